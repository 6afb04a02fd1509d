/* Rules over the days of a year: a thing, a value and a colour a day. */
#include "flow/warn_inside.h"

#include "scheme/calendar.h"

#include <stdlib.h>

enum { POINT = 1000 };

/* n ÷ d, rounded down; d > 0. */
static int64_t floor_div(int64_t n, int64_t d)
{
	return n / d - (n % d < 0);
}

static int band_of(const struct warn_rule *r, int64_t value)
{
	int best = -1;

	for (size_t i = 0; i < r->nbands; i++) {
		const struct warn_band *b = &r->bands[i];

		if ((b->at_most ? value <= b->bar : value >= b->bar) &&
		    (best < 0 || b->colour > r->bands[best].colour))
			best = (int)i;
	}
	return best;
}

enum colour strip_colour(const struct warn_run *run, const struct strip *s, int day)
{
	return s->bands[day] < 0 ? COLOUR_NONE : run->rule->bands[s->bands[day]].colour;
}

int strip_since(const struct warn_run *run, const struct strip *s, int day)
{
	enum colour c = strip_colour(run, s, day);

	while (day > 0 && strip_colour(run, s, day - 1) == c)
		day--;
	return day;
}

struct date limit_day(const struct facts *f, const struct warn_band *b, struct date since)
{
	bool unknown = false;

	if (!b->limit.days)
		return DATE_NONE;
	if (!b->limit.working)
		return (struct date){since.n + b->limit.days};
	if (f->calendar)
		return calendar_after(f->calendar, since, b->limit.days, &unknown);
	for (int left = b->limit.days; left;)    /* Monday to Friday */
		left -= date_weekday((struct date){++since.n}) <= 5;
	return since;
}

/* ---- strips: a thing, a value and a colour a day ---- */

static struct strip *strip_add(struct walk *w, struct warn_run *run, struct thing *t, size_t at)
{
	struct strip *s = &run->strips[at];

	s->thing = t;
	s->bands = ARENA_ARRAY(w->f->arena, int8_t, (size_t)w->days);
	memset(s->bands, -1, (size_t)w->days);
	return s;
}

static void strip_put(const struct walk *w, struct warn_run *run, struct strip *s, int day, int64_t value)
{
	s->bands[day] = (int8_t)band_of(run->rule, value);
	if (day == w->days - 1)
		s->value = value;
}

static void strips_make(struct walk *w, struct warn_run *run)
{
	run->strips = ARENA_ARRAY(w->f->arena, struct strip, run->things.n);
	for (size_t i = 0; i < run->things.n; i++)
		strip_add(w, run, run->things.p[i], i);
}

/* Points that an open finding lies behind the line from its start to its due day. */
static bool finding_gap(const struct thing_state *s, struct date day, int64_t *out)
{
	int64_t all, gone;

	if (!date_is(s->start) || !date_is(s->due))
		return false;
	all = s->due.n - s->start.n;
	gone = day.n - s->start.n;
	*out = (all <= 0 || gone >= all ? 100 * POINT : floor_div(100 * POINT * gone, all)) - s->progress;
	return true;
}

static bool value_on(const struct warn_rule *r, const struct thing_state *s, struct date day, int64_t *out)
{
	if (!s || !s->open)
		return false;
	if (r->metric == METRIC_GAP)
		return finding_gap(s, day, out);
	if (!date_is(s->due) || (r->metric == METRIC_DAYS_TO_DUE) != (s->due.n > day.n))
		return false;
	*out = (int64_t)POINT * labs((long)s->due.n - day.n);
	return true;
}

static void run_plain(struct walk *w, struct warn_run *run)
{
	strips_make(w, run);
	for (size_t i = 0; i < run->things.n; i++)
		for (int day = 0; day < w->days; day++) {
			struct date on = walk_day(w, day);
			int64_t v;

			if (value_on(run->rule, thing_on(run->things.p[i], on), on, &v))
				strip_put(w, run, &run->strips[i], day, v);
		}
}

/* ---- things of several: a duty's owner, a series ---- */

struct bunch {
	struct thing *whole;
	struct thing **p;
	size_t *at;              /* place of each in the things they come from */
	size_t n, cap, at_cap;
};

static int by_due(const void *pa, const void *pb)
{
	const struct thing *a = *(struct thing *const *)pa, *b = *(struct thing *const *)pb;
	struct date x = a->n ? a->states[0].due : DATE_NONE, y = b->n ? b->states[0].due : DATE_NONE;

	return x.n != y.n ? (x.n < y.n ? -1 : 1) : str_cmp(a->key, b->key);
}

/* Bunches by owner (of a duty) or by series; the whole becomes a thing of run. */
static struct bunch *bunches(struct walk *w, struct warn_run *run, const struct things *from, bool owners, size_t *n)
{
	struct arena *a = w->f->arena;
	struct map by = MAP_IN(a);
	struct bunch *out = ARENA_ARRAY(a, struct bunch, from->n);

	*n = 0;
	run->things = (struct things){.by_key = MAP_IN(a)};
	for (size_t i = 0; i < from->n; i++) {
		struct thing *t = from->p[i];
		struct str key = owners ? arena_printf(a, STR_FMT "|" STR_FMT, STR_ARG(t->duty->id), STR_ARG(t->owner))
		                        : t->series;
		struct bunch **b = (struct bunch **)map_at(&by, key);

		if (!*b) {
			*b = &out[(*n)++];
			(*b)->whole = ARENA_NEW(a, struct thing);
			*(*b)->whole = (struct thing){.key = key, .series = key, .owner = t->owner, .duty = t->duty,
				.title = t->duty ? arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(t->duty->id),
				                                STR_ARG(t->duty->title)) : t->title};
			*ARENA_PUSH(a, run->things.p, run->things.n, run->things.cap) = (*b)->whole;
		}
		*ARENA_PUSH(a, (*b)->p, (*b)->n, (*b)->cap) = t;
	}
	for (size_t i = 0; i < *n; i++)
		qsort(out[i].p, out[i].n, sizeof *out[i].p, by_due);
	strips_make(w, run);
	return out;
}

/* Share of the year gone − share of the slots done, in points. */
static bool slots_gap(const struct walk *w, const struct bunch *b, struct date day, int64_t *out)
{
	struct date first, last;
	int64_t all = 0, done = 0, length, gone;

	date_make(w->f->year, 1, 1, &first);
	date_make(w->f->year, 12, 31, &last);
	for (size_t i = 0; i < b->n; i++) {
		const struct thing_state *s = thing_on(b->p[i], day);

		all += s != NULL;
		done += s && !s->open;
	}
	if (done == all)
		return false;
	length = last.n - first.n + 1;
	gone = MIN(day.n, last.n) - first.n + 1;
	*out = floor_div(100 * POINT * (gone * all - done * length), length * all);
	return true;
}

/* Slots missed in a row: back from the day, what is not due yet left aside. */
static bool slots_missed(const struct bunch *b, struct date day, int64_t *out)
{
	int64_t n = 0;

	for (size_t i = b->n; i > 0; i--) {
		const struct thing_state *s = thing_on(b->p[i - 1], day);

		if (!s || s->due.n > day.n)
			continue;
		if (!s->open)
			break;
		n++;
	}
	*out = POINT * n;
	return n > 0;
}

static void run_bunches(struct walk *w, struct warn_run *run)
{
	const struct things all = run->things;
	size_t n;
	const struct bunch *b = bunches(w, run, &all, run->rule->metric == METRIC_GAP, &n);

	for (size_t i = 0; i < n; i++)
		for (int day = 0; day < w->days; day++) {
			struct date on = walk_day(w, day);
			int64_t v;

			if (run->rule->metric == METRIC_GAP ? slots_gap(w, &b[i], on, &v) : slots_missed(&b[i], on, &v))
				strip_put(w, run, &run->strips[i], day, v);
		}
}

/* ---- rules of warnings ---- */

static struct warn_run *run_of(const struct walk *w, const struct warn_rule *r)
{
	return &w->runs[r - w->f->scheme->warn_rules];
}

static bool coloured(const struct warn_run *of, const struct strip *s, enum colour c, int day)
{
	return strip_colour(of, s, day) >= c;
}

/* How often the series has had the colour, while it has it; or how often in a row: back from the day, where what was
 * done
 * without that colour ends the row and what is still to come stands aside. */
static bool repeats_on(const struct walk *w, const struct warn_run *of, const struct warn_rule *r,
	const struct bunch *b,
	const struct map *strips, const int16_t *count, int day, int64_t *out)
{
	int64_t n = 0;
	bool now = false;

	for (size_t i = b->n; i > 0; i--) {
		const struct strip *s = map_get(strips, b->p[i - 1]->key);
		const struct thing_state *x = thing_on(b->p[i - 1], walk_day(w, day));
		int had = count[(i - 1) * (size_t)w->days + (size_t)day];

		now |= coloured(of, s, r->colour, day);
		if (r->in_a_row && !had && x && !x->open)
			break;
		n += r->in_a_row ? had > 0 : had;
	}
	*out = POINT * n;
	return n > 0 && (now || r->in_a_row);
}

static void run_repeats(struct walk *w, struct warn_run *run)
{
	struct arena *a = w->f->arena;
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	const struct warn_run *of = run_of(w, run->rule->rule);
	struct map strips = MAP_IN(a);
	const struct bunch *b;
	size_t n;

	for (size_t i = 0; i < of->things.n; i++)
		map_set(&strips, of->things.p[i]->key, &of->strips[i]);
	b = bunches(w, run, &of->things, false, &n);
	for (size_t i = 0; i < n; i++) {
		int16_t *count = ARENA_ARRAY(&tmp, int16_t, b[i].n * (size_t)w->days);

		for (size_t k = 0; k < b[i].n; k++) {
			const struct strip *s = map_get(&strips, b[i].p[k]->key);

			for (int day = 0, had = 0; day < w->days; day++) {
				had += coloured(of, s, run->rule->colour, day) &&
				       (day == 0 || !coloured(of, s, run->rule->colour, day - 1));
				count[k * (size_t)w->days + (size_t)day] = (int16_t)had;
			}
		}
		for (int day = 0; day < w->days; day++) {
			int64_t v;

			if (repeats_on(w, of, run->rule, &b[i], &strips, count, day, &v))
				strip_put(w, run, &run->strips[i], day, v);
		}
		arena_reset(&tmp);
	}
}

/* Days since the answer was due; none once it has come, or while the warning is lifted. */
static void run_lapsed(struct walk *w, struct warn_run *run)
{
	const struct warn_run *of = run_of(w, run->rule->rule);

	run->things = of->things;
	strips_make(w, run);
	for (size_t i = 0; i < of->things.n; i++) {
		const struct strip *s = &of->strips[i];
		int since = 0;

		for (int day = 0; day < w->days; day++) {
			struct date from, limit, on = walk_day(w, day);

			if (s->bands[day] < 0)
				continue;
			if (day == 0 || strip_colour(of, s, day - 1) != strip_colour(of, s, day))
				since = day;
			from = walk_day(w, since);
			limit = limit_day(w->f, &of->rule->bands[s->bands[day]], from);
			if (!date_is(limit) || on.n <= limit.n ||
			    answer_between(w->answers, of->rule, s->thing->key, WARN_ANSWER, from, on) ||
			    answer_between(w->answers, of->rule, s->thing->key, WARN_LIFT, from, on))
				continue;
			strip_put(w, run, &run->strips[i], day, (int64_t)POINT * (on.n - limit.n));
		}
	}
}

/* ---- figures ---- */

static enum err_code run_figure(struct walk *w, struct warn_run *run, struct err *err)
{
	struct arena *a = w->f->arena;
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct thing *t = ARENA_NEW(a, struct thing);

	*t = (struct thing){.title = run->rule->figure};
	t->key = t->series = arena_printf(a, "figure|" STR_FMT, STR_ARG(run->rule->figure));
	run->things = (struct things){.by_key = MAP_IN(a)};
	*ARENA_PUSH(a, run->things.p, run->things.n, run->things.cap) = t;
	strips_make(w, run);
	for (int day = 0; day < w->days; day++) {
		struct facts mine = facts_for(w->f, &tmp);
		struct figure_value v;

		TRY(figure_alone(&mine, run->rule->figure, walk_day(w, day), &v, err));
		if (v.kind == FIG_NUMBER)
			strip_put(w, run, &run->strips[0], day, v.thousandths);
		arena_reset(&tmp);
	}
	return OK;
}

/* ---- all of it ---- */

static enum err_code run_rule(struct walk *w, const struct warn_rule *r, struct err *err)
{
	struct warn_run *run = run_of(w, r);

	run->rule = r;
	if (r->of == WARN_FIGURE)
		return run_figure(w, run, err);
	if (r->of == WARN_RULE) {
		(r->metric == METRIC_LAPSED ? run_lapsed : run_repeats)(w, run);
		return OK;
	}
	TRY(things_of(w, r, &run->things, err));
	if (r->metric == METRIC_REPEATS || (r->metric == METRIC_GAP && r->of == WARN_SLOTS))
		run_bunches(w, run);
	else
		run_plain(w, run);
	return OK;
}

enum err_code walk_year(struct walk *w, struct err *err)
{
	const struct scheme *s = w->f->scheme;

	date_make(w->f->year, 1, 1, &w->first);
	w->days = MAX(w->last.n - w->first.n + 1, 0);
	if (w->days > 2 * 366)
		return fail(err, ERR_LIMIT, "warnings of %d are looked at up to the end of %d", w->f->year,
			w->f->year + 1);
	w->duties = ARENA_ARRAY(w->f->arena, struct things, s->nduties);
	w->duty_done = ARENA_ARRAY(w->f->arena, bool, s->nduties);
	w->runs = ARENA_ARRAY(w->f->arena, struct warn_run, s->nwarn_rules);
	for (size_t i = 0; w->days && i < s->nwarn_rules; i++)
		TRY(run_rule(w, &s->warn_rules[i], err));
	return OK;
}
