/* Versions of a scheme: which one counts in a year, and duties that change, end and begin within one. Slots are counted by
 * hand in the comments. */
#include "import_world.h"

#include "duty_kit.h"

#define HEAD "zeren: 1\nscheme: v\ntitle: 方案\n"
#define MEETING "records:\n  m: {about: meeting, title: 会议, fields: {date: date, kind: choice}}\n"
#define DUTY(id, need) "  - {id: " id ", title: " id ", owner: office, points: 1, need: {" need ", take: {of: m}}}\n"

/* Adopts a scheme from a day on; "" is today. */
static enum err_code adopt(struct fix *f, const char *text, const char *from)
{
	struct scheme s;
	struct adoption how;
	const void *x[] = {&s, &how};

	ok(f, scheme_read(&f->a, str_c(text), &s, &f->err));
	ok(f, scheme_store(objects_of(f->log), &f->a, &s, &how, &f->err));
	if (*from)
		assert_true(date_parse(str_c(from), &how.from));
	return log_write(f->log, S("张一"), S("test"), write_scheme, x, &f->err);
}

static void of_year(struct fix *f, int year, struct scheme *s)
{
	*s = (struct scheme){0};
	ok(f, scheme_of_year(f->log, log_db(f->log), &f->a, year, s, &f->err));
}

/* The slots of a duty at the end of the year, "2022-01-31 missed, …" with at most `most` of them written; records: days. */
static struct duty_state judge(struct fix *f, int year, const char *id, const char *days)
{
	struct scheme *s = ARENA_NEW(&f->a, struct scheme);
	struct facts *facts = ARENA_NEW(&f->a, struct facts);
	struct org *org = ARENA_NEW(&f->a, struct org);
	struct node *records = node_list(&f->a);
	struct str rest = str_c(days), day;
	struct duty_state out = {0};
	struct date on;

	while (str_cut(&rest, S(" "), &day)) {
		struct node *r = node_map(&f->a);

		node_set(&f->a, r, S("type"), node_str(&f->a, S("m")));
		node_set(&f->a, r, S("date"), node_str(&f->a, day));
		node_push(&f->a, records, r);
	}
	of_year(f, year, s);
	ok(f, kit_facts(&f->a, s, org, year, records, facts, &f->err));
	date_make(year, 12, 31, &on);
	if (scheme_duty(s, str_c(id)))
		duty_on(facts, scheme_duty(s, str_c(id)), on, kit_figures(NULL), &out);
	return out;
}

static void slots(struct fix *f, int year, const char *id, const char *days, int met, int missed)
{
	struct duty_state s = judge(f, year, id, days);

	if (s.met != met || s.missed != missed || s.late || s.pending)
		FLUNK("%s in %d with '%s': met %d, missed %d, late %d, pending %d; not met %d, missed %d", id, year, days, s.met,
			s.missed, s.late, s.pending, met, missed);
}

static const char V1[] = HEAD MEETING "duties:\n" DUTY("D1", "each: month") DUTY("D2", "each: quarter")
	DUTY("D3", "count: 2") DUTY("D4", "by: 03-31") DUTY("E1", "each: month");
static const char V2[] = HEAD MEETING "duties:\n" DUTY("D1", "each: quarter") DUTY("D3", "count: 2")
	DUTY("D5", "each: month");
static const char V3[] = HEAD MEETING "duties:\n" DUTY("D1", "each: month") DUTY("D3", "count: 2")
	DUTY("D5", "each: month") DUTY("E1", "each: month");

/* A new version with the year: each year by its own. */
static void test_year_turn(void **state)
{
	struct fix *f = *state;

	ok(f, adopt(f, V1, ""));
	ok(f, adopt(f, V2, "2022-01-01"));
	slots(f, 2021, "D1", "", 0, 12);          /* months */
	slots(f, 2022, "D1", "", 0, 4);           /* quarters */
	slots(f, 2021, "D2", "", 0, 4);
	slots(f, 2022, "D2", "", 0, 0);           /* gone */
	slots(f, 2021, "D5", "", 0, 0);           /* not yet there */
	slots(f, 2022, "D5", "", 0, 12);
	slots(f, 1995, "D1", "", 0, 12);          /* the first one counts since ever */
	sound(f);
}

/* From 1 July on: what was due before by the older text, the rest by the newer. */
static void test_mid_year(void **state)
{
	struct fix *f = *state;
	struct scheme s;

	ok(f, adopt(f, V1, ""));
	ok(f, adopt(f, V2, "2022-07-01"));
	slots(f, 2022, "D1", "", 0, 8);           /* January to June, then the quarters that end on 09-30 and 12-31 */
	slots(f, 2022, "D1", "2022-08-01", 1, 7); /* the third quarter */
	slots(f, 2022, "D1", "2022-05-10", 1, 7); /* May, and no quarter */
	slots(f, 2022, "D2", "", 0, 2);           /* ended: quarters to 03-31 and 06-30 */
	slots(f, 2022, "D3", "2022-02-02", 1, 1); /* unchanged: both due on 12-31 */
	slots(f, 2022, "D4", "2022-03-30", 1, 0); /* ended: due on 03-31 */
	slots(f, 2022, "D5", "", 0, 6);           /* new: July to December */
	slots(f, 2022, "E1", "", 0, 6);           /* ended: January to June */
	slots(f, 2021, "D1", "", 0, 12);
	slots(f, 2023, "D1", "", 0, 4);
	slots(f, 2023, "D2", "", 0, 0);
	of_year(f, 2022, &s);
	assert_int_equal(s.nduties, 6);           /* three of its own, three that ended */
	assert_null(scheme_duty(&s, S("D3"))->before);
	assert_false(scheme_duty(&s, S("D3"))->starts);
	assert_non_null(scheme_duty(&s, S("D1"))->before);
	assert_true(scheme_duty(&s, S("D2"))->ends);
	sound(f);
}

/* From 1 March on: what ended before anything of it was due has no points; of what ended with slots they stay. */
static void test_ended_points(void **state)
{
	struct fix *f = *state;
	static const struct {
		const char *id;
		int slots;
		int64_t points;
	} duties[] = {{"D2", 0, 0}, {"D4", 0, 0}, {"E1", 2, 1000}, {"D3", 2, 1000}, {"D5", 10, 1000}};

	ok(f, adopt(f, V1, ""));
	ok(f, adopt(f, V2, "2022-03-01"));
	for (size_t i = 0; i < LEN(duties); i++) {
		struct duty_state s = judge(f, 2022, duties[i].id, "");
		struct score_line line = duty_score(&s);

		if ((int)s.nslots != duties[i].slots || line.points != duties[i].points || line.got)
			FLUNK("%s: %d slots, %lld points, %lld got", duties[i].id, (int)s.nslots, (long long)line.points,
				(long long)line.got);
	}
	sound(f);
}

/* Three in one year; one that is gone for a while and comes back. */
static void test_thrice(void **state)
{
	struct fix *f = *state;

	ok(f, adopt(f, V1, ""));
	ok(f, adopt(f, V2, "2022-07-01"));
	ok(f, adopt(f, V3, "2022-08-15"));
	/* January to June; of the quarters none is due from 07-01 to 08-14; months that end from 08-31 on: 6 + 0 + 5 */
	slots(f, 2022, "D1", "", 0, 11);
	slots(f, 2022, "E1", "", 0, 11);
	slots(f, 2022, "D5", "", 0, 6);           /* the same in both: July to December */
	slots(f, 2022, "D2", "", 0, 2);
	slots(f, 2023, "E1", "", 0, 12);
}

/* What is adopted later with an earlier day counts from that day on. */
static void test_mended(void **state)
{
	struct fix *f = *state;

	ok(f, adopt(f, V1, ""));
	ok(f, adopt(f, V2, "2022-07-01"));
	ok(f, adopt(f, V3, "2022-01-01"));
	slots(f, 2022, "D1", "", 0, 12);
	slots(f, 2022, "D2", "", 0, 0);
	slots(f, 2021, "D2", "", 0, 4);
	assert_int_equal(count(f, "select count(*) from p_scheme where from_day is null"), 1);
	ok(f, adopt(f, V3, ""));                  /* in force already */
	assert_int_equal(count(f, "select count(*) from p_scheme"), 3);
	ok(f, adopt(f, V3, "2022-03-01"));        /* with another day it is another version */
	assert_int_equal(count(f, "select count(*) from p_scheme"), 4);
	slots(f, 2022, "D2", "", 0, 0);           /* January and February by V3 of January */
	sound(f);
}

/* Without a day it is that of the event. */
static void test_today(void **state)
{
	struct fix *f = *state;

	ok(f, adopt(f, V1, ""));
	ok(f, adopt(f, V3, ""));
	assert_int_equal(count(f, arena_printf(&f->a, "select count(*) from p_scheme where from_day between %d and %d",
		(int)(time_now() / 1000000 / 86400) - 1, (int)(time_now() / 1000000 / 86400) + 1).p), 1);
}

/* A version within a year whose record types cannot carry the older duties is refused; with the year it is taken. */
static void test_unreadable(void **state)
{
	struct fix *f = *state;
	const char *other = HEAD "records:\n  n: {about: meeting, title: 会, fields: {date: date}}\n"
		"duties:\n  - {id: D1, title: D1, owner: office, need: {each: month, take: {of: n}}}\n";

	ok(f, adopt(f, V1, ""));
	refused(f, adopt(f, other, "2022-07-01"), ERR_CONFLICT,
		"not adopted: what was due earlier in 2022 is judged by the older duties and the new record types; keep what those "
		"ask for, or let this version begin with a year; the version in force before 2022-07-01: line 7, column 82: no "
		"record type 'm' in this scheme");
	ok(f, adopt(f, other, "2023-01-01"));
	slots(f, 2022, "D1", "", 0, 12);
}

/* Roles and names of settings are those of the older text, too. */
static void test_older_names(void **state)
{
	struct fix *f = *state;
	struct scheme s;
	const struct duty *d;

	ok(f, adopt(f, HEAD "roles: {head: 主任}\noffice: {nights: calendar}\n" MEETING
		"duties:\n  - {id: D1, title: 例会, owner: head, need: {each: month, take: {of: m}}}\n", ""));
	ok(f, adopt(f, HEAD "roles: {head: 局长}\n" MEETING
		"duties:\n  - {id: D1, title: 例会, owner: head, need: {each: month, take: {of: m}}}\n", "2022-07-01"));
	of_year(f, 2022, &s);
	d = scheme_duty(&s, S("D1"));
	same(d->owner.name, S("局长"));
	assert_non_null(d->before);               /* the same words, but other posts */
	same(d->before->owner.name, S("主任"));
	same(node_text(s.office, S("nights")), S("calendar"));
}

/* A figure that an older duty asks for must be there still. */
static void test_older_figure(void **state)
{
	struct fix *f = *state;
	const char *reach = "duties:\n  - {id: D1, title: t, owner: office, need: {by: 06-30, reach: {figure: met, at_least: 3}}}\n";

	ok(f, adopt(f, arena_printf(&f->a, HEAD MEETING "figures: {met: {count: m}}\n%s", reach).p, ""));
	refused(f, adopt(f, HEAD MEETING "figures: {seen: {count: m}}\n", "2022-07-01"), ERR_CONFLICT, "'met'");
	ok(f, adopt(f, HEAD MEETING "figures: {met: {count: m}}\n", "2022-07-01"));
}

/* ---- at random: every slot is that of the version in force on its due day ---- */

static unsigned roll(uint64_t *seed, unsigned n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % n;
}

static struct str random_scheme(struct fix *f, uint64_t *seed, struct str before)
{
	static const char *const needs[] = {"each: month", "each: quarter", "each: half", "each: week", "count: 3", "by: 05-20",
		"by: 11-02", "on: friday", "each: xun", "count: 2, per: quarter"};
	struct str text = S(HEAD MEETING "duties:\n");

	if (before.n && !roll(seed, 4))
		return before;
	for (int i = 0; i < 4; i++)
		if (!i || roll(seed, 3))
			text = arena_printf(&f->a, STR_FMT "  - {id: D%d, title: t, owner: office, need: {%s, take: {of: m}}}\n",
				STR_ARG(text), i, needs[roll(seed, i ? LEN(needs) : 2)]);
	return text;
}

static void own_slots(struct fix *f, struct str text, int year, struct str id, struct duty_state *out)
{
	struct scheme *s = ARENA_NEW(&f->a, struct scheme);
	struct facts *facts = ARENA_NEW(&f->a, struct facts);
	struct org *org = ARENA_NEW(&f->a, struct org);
	struct date on;

	*out = (struct duty_state){0};
	ok(f, scheme_read(&f->a, text, s, &f->err));
	ok(f, kit_facts(&f->a, s, org, year, node_list(&f->a), facts, &f->err));
	date_make(year, 12, 31, &on);
	if (scheme_duty(s, id))
		duty_on(facts, scheme_duty(s, id), on, kit_figures(NULL), out);
}

static void hold(struct fix *f, const struct scheme_version *all, const struct str *texts, size_t n, int year, const char *id)
{
	struct duty_state got = judge(f, year, id, "");
	size_t want = 0;

	for (size_t v = 0; v < n; v++) {
		struct duty_state own;

		own_slots(f, texts[v], year, str_c(id), &own);
		for (size_t i = 0; i < own.nslots; i++) {
			size_t of = 0, here = 0;

			if (scheme_version_on(all, n, own.slots[i].due) != &all[v])
				continue;
			want++;
			for (size_t k = 0; k < got.nslots; k++)
				here += got.slots[k].due.n == own.slots[i].due.n;
			for (size_t k = 0; k < own.nslots; k++)
				of += own.slots[k].due.n == own.slots[i].due.n;
			if (here != of)
				FLUNK("%s in %d: %zu slots due on day %d, not %zu", id, year, here, own.slots[i].due.n, of);
		}
	}
	if (want != got.nslots)
		FLUNK("%s in %d: %zu slots, not %zu", id, year, got.nslots, want);
}

static void test_random(void **state)
{
	struct fix *f = *state;
	uint64_t seed = 20221129;
	struct str texts[64], before = STR_NONE;
	struct scheme_version *all;
	size_t n;

	for (size_t i = 0; i < 40; i++) {
		char day[DATE_TEXT];
		struct date from;
		size_t were = (size_t)(i ? count(f, "select count(*) from p_scheme") : 0);

		date_make(2020, 1, 1, &from);
		from.n += (int32_t)roll(&seed, 5 * 365);
		before = random_scheme(f, &seed, before);
		ok(f, adopt(f, before.p, date_text(from, day).p));
		texts[were] = before;
		ok(f, scheme_versions(log_db(f->log), &f->a, &all, &n, &f->err));
		assert_true(n == were || n == were + 1);
		for (int year = 2020; year <= 2025; year++)
			for (int d = 0; d < 4; d++)
				hold(f, all, texts, n, year, arena_printf(&f->a, "D%d", d).p);
	}
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_year_turn),
		ON_BOTH(test_mid_year),
		ON_SQLITE(test_ended_points),
		ON_SQLITE(test_thrice),
		ON_BOTH(test_mended),
		ON_SQLITE(test_today),
		ON_SQLITE(test_unreadable),
		ON_SQLITE(test_older_names),
		ON_SQLITE(test_older_figure),
		ON_SQLITE(test_random),
	};

	return run_plan("versions", tests, LEN(tests));
}
