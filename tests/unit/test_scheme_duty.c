/* What the author of a scheme may get wrong in duties: the place, what was expected, the nearest valid name. */
#include "office_world.h"

static const char BASE[] =
/*  1 */ "zeren: 1\n"
/*  2 */ "scheme: small\n"
/*  3 */ "title: 小方案\n"
/*  4 */ "lists: {level: [省级, 市级]}\n"
/*  5 */ "records:\n"
/*  6 */ "  report:\n"
/*  7 */ "    about: submission\n"
/*  8 */ "    title: 报送\n"
/*  9 */ "    fields: {no: text, date: date, month: {type: period, per: month}, level: {type: choice, of: level}, due: count}\n"
/* 10 */ "  use: {about: submission, title: 采用, fields: {no: {type: link, link: report.no}, date: date}}\n";

static const struct duty_fault {
	const char *owner, *need, *says;
} duty_faults[] = {
	/* periods */
	{"office", "{each: montly, take: report}",
		"line 15, column 18: no period 'montly': year, half, quarter, 2 months, month, xun, week, day, 4 "
		"hours, 3 years from 2021 or table:KEY; did you mean 'month'?"},
	{"office", "{count: 2, per: fortnight, take: report}",
		"line 15, column 27: no period 'fortnight': year, half, quarter, 2 months, month, xun,"},
	{"office", "{each: 25 hours, take: report}",
		"line 15, column 18: no period '25 hours': year, half, quarter, 2 months, month, xun,"},
	{"office", "{each: 4 hours, take: report}",
		"line 15, column 18: a period of hours needs 'hours: {from: \"08:00\", to: \"20:00\"}'"},
	{"office", "{each: 4 hours, hours: {from: \"08:00\", to: \"07:00\"}, time: no, take: report}",
		"line 15, column 54: expected a time of day such as \"20:00\", after 'from'"},
	{"office", "{each: 4 hours, hours: {from: \"08:00\", to: \"18:00\"}, time: no, take: report}",
		"line 15, column 70: field 'no' is of type text; a time is needed here"},
	{"office", "{each: 4 hours, hours: {from: \"08:00\", to: \"18:00\"}, time: at, take: report}",
		"line 15, column 70: record 'report' has no field 'at'"},
	{"office", "{each: month, days: working, take: report}",
		"line 15, column 31: 'days' goes with a period of days or hours"},
	{"office", "{each: day, days: freitag, take: report}",
		"line 15, column 29: 'days' takes working, all, or weekdays: monday … sunday"},
	/* days that do not exist */
	{"office", "{by: 02-30, take: report}",
		"line 15, column 16: '02-30' is no day of the calendar: 06-30, next 01-10, last 12-20 or"},
	{"office", "{by: next 13-01, take: report}",
		"line 15, column 16: 'next 13-01' is no day of the calendar: 06-30, next 01-10, last 12-20"},
	{"office", "{by: [03-31, 2022-06-31], take: report}",
		"line 15, column 24: '2022-06-31' is no day of the calendar: 06-30, next 01-10, last 12-20"},
	{"office", "{by: year_and, take: report}",
		"line 15, column 16: 'year_and' is no day: 06-30, next 01-10, year_end or 2022-06-30 are; did you "
		"mean 'year_end'?"},
	{"office", "{each: month, from: 02-30, take: report}",
		"line 15, column 31: '02-30' is no day of the calendar: 06-30, next 01-10, last 12-20 or"},
	{"office", "{each: month, start: 02-30, for_each: use, take: report}",
		"line 15, column 32: '02-30' is no day of the calendar: 06-30, next 01-10, last 12-20 or"},
	{"office", "{on: 02-30, take: report}",
		"line 15, column 16: '02-30' is no day of the calendar: 06-30, next 01-10, last 12-20 or"},
	{"office", "{on: thurday, take: report}",
		"line 15, column 16: 'on' knows no 'thurday': weekdays (monday … sunday), day 5, last day, working "
		"day 3, last working day, working days, 06-30 or {rule: FREQ=…} are; did you mean 'thursday'?"},
	{"office", "{on: day 32, take: report}",
		"line 15, column 16: 'on' knows no 'day 32': weekdays (monday … sunday), day 5, last day, working "
		"day 3, last working day, working days, 06-30 or {rule: FREQ=…} are; did you mean 'day 5'?"},
	{"office", "{on: last workingday, take: report}",
		"line 15, column 16: 'on' knows no 'last workingday': weekdays (monday … sunday), day 5, last day, "
		"working day 3, last working day, working days, 06-30 or {rule: FREQ=…} are; did you mean 'last "
		"working day'?"},
	{"office", "{on: {rule: \"FREQ=HOURLY\"}, take: report}",
		"line 15, column 23: 'FREQ=HOURLY' is no rule of whole days by RFC 5545, or names no day:"},
	{"office", "{on: {rule: \"FREQ=MONTHLY;BYDAY=2XX\"}, take: report}",
		"line 15, column 23: 'FREQ=MONTHLY;BYDAY=2XX' is no rule of whole days by RFC 5545,"},
	{"office", "{on: {rule: \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}, take: report}", "line 15, column 23: 'FREQ=YEARLY;BYMONTH=2"},
	{"office", "{on: {rule: \"FREQ=MONTHLY;BYDAY=6MO\"}, take: report}", "line 15, column 23: 'FREQ=MONTHLY;BYDAY=6MO'"},
	{"office", "{on: {rule: \"FREQ=DAILY;INTERVAL=0\"}, take: report}", "line 15, column 23: 'FREQ=DAILY;INTERVAL=0'"},
	{"office", "{on: {rule: \"FREQ=DAILY\", start: 2022-02-30}, take: report}",
		"line 15, column 44: '2022-02-30' is no day: 2022-06-30 is"},
	{"office", "{on: [friday, {rule: \"FREQ=DAILY\"}], take: report}",
		"line 15, column 25: a rule stands alone, not in a list"},
	{"office", "{on: friday, window: weak, take: report}",
		"line 15, column 32: no window 'weak': day, week, month, quarter, half, year or 7d; did you mean "
		"'week'?"},
	{"office", "{on: friday, shift: nest, take: report}", "line 15, column 31: 'shift' is next or previous"},
	/* owners */
	{NULL, "{each: month, take: report}", "line 12, column 5: the duty lacks 'owner'"},
	{"ofice", "{each: month, take: report}",
		"line 14, column 12: no owner 'ofice': post:NAME, each post:ROLE, each unit:KIND, field:FIELD, "
		"body:NAME, each body, office, everyone or a name under roles:; did you mean 'office'?"},
	{"post", "{each: month, take: report}",
		"line 14, column 12: no owner 'post': post:NAME, each post:ROLE, each unit:KIND,"},
	{"each bodies", "{each: month, take: report}",
		"line 14, column 12: no owner 'each bodies': post:NAME, each post:ROLE, each unit:KIND, field:FIELD, "
		"body:NAME, each body, office, everyone or a name under roles:; did you mean 'each body'?"},
	{"field:levle", "{for_each: report, each: month, take: report}",
		"line 14, column 12: record 'report' has no field 'levle'; did you mean 'level'?"},
	{"each body", "{for_each: use, each: month, take: report}",
		"line 14, column 12: each body goes together with 'for_each: bodies' only: here the"},
	{"office", "{for_each: portfolios, each: month, take: report}",
		"line 15, column 22: 'for_each' knows no 'portfolios'; did you mean 'portfolio'?"},
	/* keys that do not go together */
	{"office", "{count: 2, within: 3d, take: report}",
		"line 15, column 22: 'within' does not go with this form of need: it goes with when"},
	{"office", "{each: month, shift: next, take: report}",
		"line 15, column 32: 'shift' goes with 'period' here: a period itself does not move"},
	{"office", "{each: month, due: 5d, take: report}",
		"line 15, column 30: 'due' goes with 'period' here: without it a period is due on its last day"},
	{"office", "{each: month, period: month, grace: 5d, take: report}",
		"line 15, column 47: 'grace' goes with a period of the calendar or a table and a number of"},
	{"office", "{by: [03-31, 06-30], count: 2, take: report}",
		"line 15, column 39: 'count' goes with one day: a list has one slot a day"},
	{"office", "{when: report, within: 3d, due: date}", "line 15, column 43: 'due' and 'within' do not go together"},
	/* fields, numbers */
	{"office", "{each: month, enough: {sum: dew, at_least: 3}, take: report}",
		"line 15, column 39: record 'report' has no field 'dew'"},
	{"office", "{each: month, enough: {rate: [due], at_least: 3}, take: report}",
		"line 15, column 40: 'rate' takes two fields: [done, due]"},
	{"office", "{each: month, enough: {rate: [due, dud], at_least: 3}, take: report}",
		"line 15, column 46: record 'report' has no field 'dud'; did you mean 'due'?"},
	{"office", "{each: month, enough: {distinct: leval, at_least: 3}, take: report}",
		"line 15, column 44: record 'report' has no field 'leval'; did you mean 'level'?"},
	{"office", "{each: month, enough: {sum: due, days: yes, at_least: 3}, take: report}",
		"line 15, column 33: 'enough' has one of sum, days, distinct, rate and share"},
	{"office", "{each: month, enough: {share: {level: 省级}, at_least: many}, take: report}",
		"line 15, column 64: 'at_least' takes a number"},
	{"office", "{each: month, apart: 2 weeks, take: report}",
		"line 15, column 32: 'apart' takes days or hours: 7d, 12h"},
	{"office", "{when: report, within: 3 workdays}",
		"line 15, column 34: 'within' takes 24h, 3d, 5 working days or 2 months, not '3 workdays'"},
	{"office", "{when: report, within: 0d}",
		"line 15, column 34: 'within' takes 24h, 3d, 5 working days or 2 months, not '0d'; did you mean '3d'?"},
	{"office", "{when: report, within: prompt}",
		"line 15, column 34: 'within: prompt' needs the key 'prompt' of the scheme: the office's"},
	{"office", "{when: report, within: pronto}",
		"line 15, column 34: 'within' takes 24h, 3d, 5 working days or 2 months, not 'pronto'"},
	{"office", "{when: report, due: level}",
		"line 15, column 31: field 'level' is of type choice; a date is needed here"},
	{"office", "{when: report, within: 3d, extend: {by: 5d, asked: date, approved: dates}}",
		"line 15, column 78: record 'report' has no field 'dates'; did you mean 'date'?"},
	{"office", "{by: 06-30, reach: {figure: x, at_least: [90, 80]}}",
		"line 15, column 52: 'at_least' has 2 numbers for 1 days"},
	{"office", "{by: [06-30, 12-31], reach: {figure: x, at_least: [90, x]}}",
		"line 15, column 66: 'at_least' takes a number"},
	{"office\n    personal: yes", "{each: month, take: report}",
		"line 16, column 11: a personal duty is owed by a post or each post of a role"},
	{"post:甲\n    personal: yes", "{when: report, within: 3d}",
		"line 16, column 11: a personal duty is of the form count, each, on or by"},
	{"post:甲\n    personal: yes", "{for_each: use, each: month, take: report}",
		"line 16, column 22: a personal duty has no 'for_each'"},
	{"office\n    score: {roll_up: averge}", "{each: month, take: report}",
		"line 15, column 22: 'roll_up' is all, average or deduct, not 'averge'; did you mean 'average'?"},
	{"office\n    score: {roll_up: deduct}", "{each: month, take: report}",
		"line 15, column 22: 'roll_up: deduct' needs 'deduct', so much for each owner with a missed slot"},
	{"office\n    score: {roll_up: all, deduct: 1}", "{each: month, take: report}",
		"line 15, column 22: 'roll_up: all' stands alone: nothing is deducted"},
	{"office\n    score: {at_most: 1}", "{each: month, take: report}", "line 15, column 12: score lacks 'deduct'"},
};

static void test_duty_faults(void **state)
{
	struct fix *f = *state;
	int bad = 0;

	for (size_t i = 0; i < LEN(duty_faults); i++) {
		const struct duty_fault *t = &duty_faults[i];
		struct str owner = t->owner ? arena_printf(&f->a, "    owner: %s\n", t->owner) : STR_NONE;
		struct scheme s;
		enum err_code code = scheme_read(&f->a, arena_printf(&f->a, "%sduties:\n  - id: D1\n    title: T\n" STR_FMT
			"    need: %s\n", BASE, STR_ARG(owner), t->need), &s, &f->err);

		if (code != ERR_INPUT || strncmp(f->err.text, t->says, strlen(t->says)) != 0) {
			print_error("%s %s\n   %s: %s\n   not: %s\n", t->owner, t->need, err_name(code), f->err.text, t->says);
			bad++;
		}
		err_clear(&f->err);
	}
	assert_int_equal(bad, 0);
}

int main(void)
{
	struct CMUnitTest tests[] = {PLAIN(test_duty_faults)};

	return run_plan("scheme_duty", tests, LEN(tests));
}
