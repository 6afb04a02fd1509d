#include "office/rule.h"

#include <libical/ical.h>

static struct icalrecurrencetype parsed(struct arena *a, struct str text)
{
	icalerror_set_errors_are_fatal(0);
	return icalrecurrencetype_from_string(arena_str(a, text).p);
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
	struct icaltimetype t = icaltime_null_date();

	t.year = v.y;
	t.month = v.m;
	t.day = v.d;
	return t;
}

struct date *rule_days(struct arena *a, struct str text, struct date start, struct date first, struct date last,
	size_t *n)
{
	struct icalrecurrencetype r = parsed(a, text);
	icalrecur_iterator *walk = icalrecur_iterator_new(r, time_of(start));
	struct date *out = NULL, d;
	size_t cap = 0;

	*n = 0;
	for (struct icaltimetype t = walk ? icalrecur_iterator_next(walk) : icaltime_null_time(); !icaltime_is_null_time(t);
	     t = icalrecur_iterator_next(walk)) {
		if (!date_make(t.year, t.month, t.day, &d) || d.n > last.n)
			break;
		if (d.n >= first.n)
			*ARENA_PUSH(a, out, *n, cap) = d;
	}
	if (walk)
		icalrecur_iterator_free(walk);
	icalrecurrencetype_clear(&r);
	return out;
}
