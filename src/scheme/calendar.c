#include "scheme/calendar.h"

#include "scheme/shipped.h"
#include "text/bind.h"
#include "text/yaml.h"

#include <pthread.h>

/* ---- reading ---- */

static enum err_code day_in(const struct node *at, int year, struct date *out, struct err *err)
{
	if (at->kind != NODE_TEXT || !date_parse(at->text, out))
		return node_fail(at, err, "expected a day such as %d-10-01", year);
	if (date_ymd(*out).y != year)
		return node_fail(at, err, "'" STR_FMT "' is no day of %d", STR_ARG(at->text), year);
	return OK;
}

static bool among(struct date d, const struct date *days, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (days[i].n == d.n)
			return true;
	return false;
}

static enum err_code read_day(const struct node *at, struct calendar_year *y, bool worked, struct err *err)
{
	struct date d;

	TRY(day_in(at, y->year, &d, err));
	if (among(d, y->off, y->noff) || among(d, y->worked, y->nworked))
		return node_fail(at, err, "'" STR_FMT "' stands here twice", STR_ARG(at->text));
	if (worked)
		y->worked[y->nworked++] = d;
	else
		y->off[y->noff++] = d;
	return OK;
}

/* {name: 元旦, days: [2024-01-01]} */
static enum err_code read_holiday(struct arena *a, const struct node *def, struct calendar_year *y, struct err *err)
{
	struct text {
		struct str name;
		const struct node *days;
	} t = {0};
	static const struct bind rules[] = {
		{"name", BIND_TEXT, false, offsetof(struct text, name)},
		{"days", BIND_LIST, true, offsetof(struct text, days)},
	};

	TRY(bind_map(a, def, rules, LEN(rules), N_("the holiday"), &t, err));
	for (size_t i = 0; i < t.days->n; i++)
		TRY(read_day(t.days->items[i], y, false, err));
	return OK;
}

/* {day: 2024-02-04, for: 春节} */
static enum err_code read_worked(struct arena *a, const struct node *def, struct calendar_year *y, struct err *err)
{
	struct text {
		struct str day, why;
	} t = {0};
	static const struct bind rules[] = {
		{"day", BIND_TEXT, true, offsetof(struct text, day)},
		{"for", BIND_TEXT, false, offsetof(struct text, why)},
	};

	TRY(bind_map(a, def, rules, LEN(rules), N_("the working day"), &t, err));
	return read_day(NODE_GET(def, "day"), y, true, err);
}

enum err_code calendar_read(struct arena *a, struct str text, struct calendar_year *out, struct err *err)
{
	struct text {
		int64_t year;
		struct str country;
		const struct node *holidays, *worked;
	} t = {0};
	static const struct bind rules[] = {
		{"year", BIND_INT, true, offsetof(struct text, year)},
		{"country", BIND_TEXT, true, offsetof(struct text, country)},
		{"holidays", BIND_LIST, false, offsetof(struct text, holidays)},
		{"working_days", BIND_LIST, false, offsetof(struct text, worked)},
	};
	struct node *tree;

	TRY(yaml_read(a, text, &tree, err));
	TRY(bind_map(a, tree, rules, LEN(rules), N_("the calendar"), &t, err));
	if (t.year < CALENDAR_FIRST || t.year > CALENDAR_LAST)
		return node_fail(NODE_GET(tree, "year"), err, "expected a year from %d to %d", CALENDAR_FIRST,
		                 CALENDAR_LAST);
	*out = (struct calendar_year){.country = t.country, .year = (int)t.year};
	out->off = ARENA_ARRAY(a, struct date, 366);       /* no day stands twice */
	out->worked = ARENA_ARRAY(a, struct date, 366);
	for (size_t i = 0; t.holidays && i < t.holidays->n; i++)
		TRY(read_holiday(a, t.holidays->items[i], out, err));
	for (size_t i = 0; t.worked && i < t.worked->n; i++)
		TRY(read_worked(a, t.worked->items[i], out, err));
	return OK;
}

/* ---- the years of a country ---- */

static bool weekday(struct date d)
{
	return date_weekday(d) <= 5;
}

/* The place of a day in its year, from 0. */
static int place(struct date d, int year)
{
	struct date first;

	date_make(year, 1, 1, &first);
	return d.n - first.n;
}

static void set_bit(uint64_t *bits, int at, bool on)
{
	if (on)
		bits[at / 64] |= (uint64_t)1 << at % 64;
	else
		bits[at / 64] &= ~((uint64_t)1 << at % 64);
}

void calendar_add(struct arena *a, struct calendar *c, const struct calendar_year *y)
{
	uint64_t *bits = ARENA_ARRAY(a, uint64_t, 6);
	struct date d;

	BUG_IF(y->year < CALENDAR_FIRST || y->year > CALENDAR_LAST);
	date_make(y->year, 1, 1, &d);
	for (int at = 0; at < 366; at++)
		set_bit(bits, at, weekday((struct date){d.n + at}));
	for (size_t i = 0; i < y->noff; i++)
		set_bit(bits, place(y->off[i], y->year), false);
	for (size_t i = 0; i < y->nworked; i++)
		set_bit(bits, place(y->worked[i], y->year), true);
	c->years[y->year - CALENDAR_FIRST] = bits;
}

/* The files in calendars/, read once. They stay. */
static struct arena shipped_arena = ARENA_INIT;
static struct calendar_year shipped[64];
static size_t nshipped;
static pthread_once_t shipped_once = PTHREAD_ONCE_INIT;

static void read_shipped(void)
{
	struct err err = {0};

	for (const struct shipped *file = shipped_calendars; file->name; file++) {
		struct str text = {(const char *)file->text, file->n};

		BUG_IF(nshipped == LEN(shipped));
		if (calendar_read(&shipped_arena, text, &shipped[nshipped++], &err) != OK)
			BUG("%s: %s", file->name, err.text);
	}
}

struct calendar *calendar_shipped(struct arena *a, struct str country)
{
	struct calendar *c = ARENA_NEW(a, struct calendar);

	pthread_once(&shipped_once, read_shipped);
	c->plain = str_is(country, "none");
	for (size_t i = 0; !c->plain && i < nshipped; i++)
		if (str_eq(shipped[i].country, country.n ? country : S("CN")))
			calendar_add(a, c, &shipped[i]);
	return c;
}

const char **calendar_names(struct arena *a, size_t *n)
{
	const char **out;

	pthread_once(&shipped_once, read_shipped);
	out = ARENA_ARRAY(a, const char *, nshipped + 1);
	*n = 0;
	for (size_t i = 0; i < nshipped; i++) {
		bool there = false;

		for (size_t k = 0; k < *n; k++)
			there |= str_is(shipped[i].country, out[k]);
		if (!there)
			out[(*n)++] = arena_str(a, shipped[i].country).p;
	}
	out[(*n)++] = "none";
	return out;
}

/* ---- asking ---- */

bool calendar_works(const struct calendar *c, struct date day, bool *unknown)
{
	int year = date_ymd(day).y, at;

	if (year < CALENDAR_FIRST || year > CALENDAR_LAST || !c->years[year - CALENDAR_FIRST]) {
		*unknown |= !c->plain;
		return weekday(day);
	}
	at = place(day, year);
	return c->years[year - CALENDAR_FIRST][at / 64] >> at % 64 & 1;
}

struct date calendar_after(const struct calendar *c, struct date day, int64_t n, bool *unknown)
{
	int step = n < 0 ? -1 : 1;

	for (int64_t left = n < 0 ? -n : n; left > 0;) {
		day.n += step;
		left -= calendar_works(c, day, unknown);
	}
	return day;
}

struct date calendar_next(const struct calendar *c, struct date day, bool *unknown)
{
	return calendar_works(c, day, unknown) ? day : calendar_after(c, day, 1, unknown);
}

struct date calendar_previous(const struct calendar *c, struct date day, bool *unknown)
{
	return calendar_works(c, day, unknown) ? day : calendar_after(c, day, -1, unknown);
}
