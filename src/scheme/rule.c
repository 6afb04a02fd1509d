#include "scheme/rule.h"

#include <libical/ical.h>
#include <stdlib.h>

static bool given(const short *list)
{
	return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* In a yearly rule BYMONTHDAY without BYMONTH means those days of every month; libical takes the month of the start. */
static void every_month(struct icalrecurrencetype *r)
{
	if (r->freq != ICAL_YEARLY_RECURRENCE || !given(r->by_month_day) || given(r->by_month) ||
	    given(r->by_week_no) || given(r->by_year_day))
		return;
	for (short m = 1; m <= 12; m++)
		r->by_month[m - 1] = m;
	r->by_month[12] = ICAL_RECURRENCE_ARRAY_MAX;
}

static struct icalrecurrencetype parsed(struct arena *a, struct str text)
{
	struct icalrecurrencetype r;

	icalerror_set_errors_are_fatal(0);
	r = icalrecurrencetype_from_string(arena_str(a, text).p);
	every_month(&r);
	return r;
}

static struct icaltimetype time_of(struct date d)
{
	struct ymd v = date_ymd(d);
	struct icaltimetype t = icaltime_null_time();    /* icaltime_null_date has the hour before midnight */

	t.is_date = 1;
	t.year = v.y;
	t.month = v.m;
	t.day = v.d;
	return t;
}

/* What libical 3.0 gets wrong or slowly is taken from it: the days and months that a daily or weekly rule is limited to
 * (negative days of the month never come there, the first day of a week may be lost, and where nothing fits it looks on
 * for centuries), and with them the count. */
struct walk {
	struct icalrecurrencetype r;
	short mdays[ICAL_BY_MONTHDAY_SIZE];
	bool by_mday;
	unsigned weekdays;               /* bit 1 Monday … bit 7 Sunday; 0: any */
	unsigned months;                 /* bit 1 … 12; 0: any */
	struct date from;                /* where libical begins; what comes before start does not count */
	int64_t left;                    /* of COUNT */
};

/* Every day of the weeks that the rule means, from the first one's first day on. */
static void begin_weekly(struct walk *w, struct date start)
{
	/* libical has Sunday 1 … Saturday 7 */
	int day = date_weekday(start) % 7 + 1, first = w->r.week_start ? (int)w->r.week_start : ICAL_MONDAY_WEEKDAY;

	if (!w->weekdays)
		w->weekdays = 1u << date_weekday(start);
	for (short i = 0; i < 7; i++)
		w->r.by_day[i] = (short)((first - 1 + i) % 7 + 1);     /* as libical sorts them */
	w->r.by_day[7] = ICAL_RECURRENCE_ARRAY_MAX;
	w->from.n = start.n - (day - first + 7) % 7;
}

static void take_limits(struct walk *w, struct date start)
{
	struct icalrecurrencetype *r = &w->r;

	for (size_t i = 0; i < ICAL_BY_DAY_SIZE && r->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		w->weekdays |= 1u << ((icalrecurrencetype_day_day_of_week(r->by_day[i]) + 5) % 7 + 1);
	for (size_t i = 0; i < ICAL_BY_MONTH_SIZE && r->by_month[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		w->months |= 1u << r->by_month[i];
	memcpy(w->mdays, r->by_month_day, sizeof w->mdays);
	w->by_mday = given(r->by_month_day);
	r->by_day[0] = r->by_month[0] = r->by_month_day[0] = ICAL_RECURRENCE_ARRAY_MAX;
	if (r->freq == ICAL_WEEKLY_RECURRENCE)
		begin_weekly(w, start);
}

static struct walk begin(struct arena *a, struct str text, struct date start)
{
	struct walk w = {.r = parsed(a, text), .from = start, .left = INT64_MAX};

	if (w.r.count > 0)
		w.left = w.r.count;
	w.r.count = 0;
	if ((w.r.freq == ICAL_DAILY_RECURRENCE || w.r.freq == ICAL_WEEKLY_RECURRENCE) && !given(w.r.by_set_pos))
		take_limits(&w, start);
	return w;
}

/* Days of the month: 31, or -1 for the last. */
static bool meant(const struct walk *w, struct date d)
{
	struct ymd v = date_ymd(d);
	int back = v.d - date_month_days(v.y, v.m) - 1;

	if ((w->weekdays && !(w->weekdays >> date_weekday(d) & 1)) || (w->months && !(w->months >> v.m & 1)))
		return false;
	for (size_t i = 0; w->by_mday && i < LEN(w->mdays) && w->mdays[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (w->mdays[i] == v.d || w->mdays[i] == back)
			return true;
	return !w->by_mday;
}

/* The days from first to last, at most so many. */
static struct date *days_of(struct arena *a, struct walk *w, struct date start, struct date first, struct date last,
	size_t most, size_t *n)
{
	icalrecur_iterator *walk = icalrecur_iterator_new(w->r, time_of(w->from));
	struct date *out = NULL, d;
	size_t cap = 0;

	*n = 0;
	while (walk && w->left > 0 && *n < most) {
		struct icaltimetype t = icalrecur_iterator_next(walk);

		if (icaltime_is_null_time(t) || !date_make(t.year, t.month, t.day, &d) || d.n > last.n)
			break;
		if (d.n < start.n || !meant(w, d))
			continue;
		w->left--;
		if (d.n >= first.n)
			*ARENA_PUSH(a, out, *n, cap) = d;
	}
	if (walk)
		icalrecur_iterator_free(walk);
	icalrecurrencetype_clear(&w->r);
	return out;
}

struct date *rule_days(struct arena *a, struct str text, struct date start, struct date first, struct date last,
	size_t *n)
{
	struct walk w = begin(a, text, start);

	return days_of(a, &w, start, first, last, SIZE_MAX, n);
}

/* ---- is it one? ---- */

/* Is there a day of the month in one of the months? 30 February is none. */
static bool some_day(const struct icalrecurrencetype *r)
{
	bool none = given(r->by_month);

	for (size_t m = 0; m < ICAL_BY_MONTH_SIZE && r->by_month[m] != ICAL_RECURRENCE_ARRAY_MAX; m++) {
		if (r->by_month[m] < 1 || r->by_month[m] > 12)
			return false;
		for (size_t d = 0; d < ICAL_BY_MONTHDAY_SIZE && r->by_month_day[d] != ICAL_RECURRENCE_ARRAY_MAX; d++)
			none &= abs(r->by_month_day[d]) > date_month_days(2000, r->by_month[m]);
	}
	return !none || !given(r->by_month_day);
}

/* 2TU goes with months and years, and no month has a sixth Tuesday. */
static bool some_weekday(const struct icalrecurrencetype *r)
{
	bool yearly = r->freq == ICAL_YEARLY_RECURRENCE, monthly = r->freq == ICAL_MONTHLY_RECURRENCE;
	int most = yearly && !given(r->by_month) ? 53 : yearly || monthly ? 5 : 0;

	for (size_t i = 0; i < ICAL_BY_DAY_SIZE && r->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (abs(icalrecurrencetype_day_position(r->by_day[i])) > most)
			return false;
	return true;
}

static bool whole_days(const struct icalrecurrencetype *r)
{
	bool freq = r->freq == ICAL_DAILY_RECURRENCE || r->freq == ICAL_WEEKLY_RECURRENCE ||
	            r->freq == ICAL_MONTHLY_RECURRENCE || r->freq == ICAL_YEARLY_RECURRENCE;

	return freq && !given(r->by_hour) && !given(r->by_minute) && !given(r->by_second) && !r->rscale;
}

bool rule_good(struct arena *a, struct str text)
{
	struct icalrecurrencetype r = parsed(a, text);
	bool good = whole_days(&r) && some_day(&r) && some_weekday(&r);
	struct date first, last;
	struct walk w;
	size_t n = 1;

	/* Which years or days an interval leaves out depends on the start; what never comes without one never does. */
	date_make(1970, 1, 1, &first);
	date_make(2100, 12, 31, &last);
	if (good && icaltime_is_null_time(r.until)) {
		w = begin(a, text, first);
		w.r.interval = 1;
		days_of(a, &w, first, first, last, 1, &n);
	}
	icalrecurrencetype_clear(&r);
	return good && n > 0;
}
