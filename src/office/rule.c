#include "office/rule.h"

#include <libical/ical.h>

/* In a yearly rule BYMONTHDAY without BYMONTH means those days of every month; libical takes the month of the start. */
static void every_month(struct icalrecurrencetype *r)
{
	if (r->freq != ICAL_YEARLY_RECURRENCE || r->by_month_day[0] == ICAL_RECURRENCE_ARRAY_MAX ||
	    r->by_month[0] != ICAL_RECURRENCE_ARRAY_MAX || r->by_week_no[0] != ICAL_RECURRENCE_ARRAY_MAX ||
	    r->by_year_day[0] != ICAL_RECURRENCE_ARRAY_MAX)
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

bool rule_good(struct arena *a, struct str text)
{
	struct icalrecurrencetype r = parsed(a, text);
	bool good = r.freq == ICAL_DAILY_RECURRENCE || r.freq == ICAL_WEEKLY_RECURRENCE ||
	            r.freq == ICAL_MONTHLY_RECURRENCE || r.freq == ICAL_YEARLY_RECURRENCE;

	if (r.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX || r.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
	    r.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX)
		good = false;
	good &= r.rscale == NULL;
	icalrecurrencetype_clear(&r);
	return good;
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

/* What libical 3.0 gets wrong is taken from it: of a daily rule the days of the month (negative ones never come), of a
 * weekly one the days of the week (the first may be lost), and with both the count. */
struct walk {
	struct icalrecurrencetype r;
	short mdays[ICAL_BY_MONTHDAY_SIZE];
	bool by_mday;
	unsigned weekdays;               /* bit 1 Monday … bit 7 Sunday; 0: any */
	struct date from;                /* where libical begins; what comes before start does not count */
	int64_t left;                    /* of COUNT */
};

/* Every day of the weeks that the rule means, from the first one's first day on. */
static void begin_weekly(struct walk *w, struct date start)
{
	/* libical has Sunday 1 … Saturday 7 */
	int day = date_weekday(start) % 7 + 1, first = w->r.week_start ? (int)w->r.week_start : ICAL_MONDAY_WEEKDAY;

	if (w->r.by_set_pos[0] != ICAL_RECURRENCE_ARRAY_MAX)
		return;
	for (size_t i = 0; i < ICAL_BY_DAY_SIZE && w->r.by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		w->weekdays |= 1u << ((icalrecurrencetype_day_day_of_week(w->r.by_day[i]) + 5) % 7 + 1);
	if (!w->weekdays)
		w->weekdays = 1u << date_weekday(start);
	for (short i = 0; i < 7; i++)
		w->r.by_day[i] = (short)((first - 1 + i) % 7 + 1);     /* as libical sorts them */
	w->r.by_day[7] = ICAL_RECURRENCE_ARRAY_MAX;
	w->from.n = start.n - (day - first + 7) % 7;
}

static struct walk begin(struct arena *a, struct str text, struct date start)
{
	struct walk w = {.r = parsed(a, text), .from = start, .left = INT64_MAX};

	if (w.r.count > 0)
		w.left = w.r.count;
	w.r.count = 0;
	if (w.r.freq == ICAL_WEEKLY_RECURRENCE)
		begin_weekly(&w, start);
	if (w.r.freq == ICAL_DAILY_RECURRENCE && w.r.by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX) {
		memcpy(w.mdays, w.r.by_month_day, sizeof w.mdays);
		w.by_mday = true;
		w.r.by_month_day[0] = ICAL_RECURRENCE_ARRAY_MAX;
	}
	return w;
}

/* Days of the month: 31, or -1 for the last. */
static bool meant(const struct walk *w, struct date d)
{
	struct ymd v = date_ymd(d);
	int back = v.d - date_month_days(v.y, v.m) - 1;

	if (w->weekdays && !(w->weekdays >> date_weekday(d) & 1))
		return false;
	for (size_t i = 0; w->by_mday && i < LEN(w->mdays) && w->mdays[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (w->mdays[i] == v.d || w->mdays[i] == back)
			return true;
	return !w->by_mday;
}

struct date *rule_days(struct arena *a, struct str text, struct date start, struct date first, struct date last,
	size_t *n)
{
	struct walk w = begin(a, text, start);
	icalrecur_iterator *walk = icalrecur_iterator_new(w.r, time_of(w.from));
	struct date *out = NULL, d;
	size_t cap = 0;

	*n = 0;
	while (walk && w.left > 0) {
		struct icaltimetype t = icalrecur_iterator_next(walk);

		if (icaltime_is_null_time(t) || !date_make(t.year, t.month, t.day, &d) || d.n > last.n)
			break;
		if (d.n < start.n || !meant(&w, d))
			continue;
		w.left--;
		if (d.n >= first.n)
			*ARENA_PUSH(a, out, *n, cap) = d;
	}
	if (walk)
		icalrecur_iterator_free(walk);
	icalrecurrencetype_clear(&w.r);
	return out;
}
