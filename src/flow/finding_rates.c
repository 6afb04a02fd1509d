/* Rates, ages and recurrences of findings. */
#include "flow/finding.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>

const int finding_ages[5] = {30, 60, 90, 180, 0};

int64_t finding_permille(size_t part, size_t of)
{
	return of ? (int64_t)((2000 * part + of) / (2 * of)) : -1;
}

static void count_open(struct finding_rates *r, const struct finding *x)
{
	size_t k = 0;

	r->open++;
	r->overdue += x->overdue;
	r->soon += x->soon;
	r->standing += x->c.state == STATE_FINDING_STANDING;
	if (x->days < 0) {
		r->undated++;
		return;
	}
	while (finding_ages[k] && x->days > finding_ages[k])
		k++;
	r->ages[k]++;
}

struct finding_rates finding_rates(const struct findings *all, const struct recurrences *again)
{
	struct finding_rates r = {.found = all->n, .recurred = again ? again->n : 0};

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *x = &all->p[i];

		if (!x->owed)
			continue;
		r.owed++;
		if (!date_is(x->closed) && flow_open_state(x->c.state)) {
			count_open(&r, x);
			continue;
		}
		r.closed++;
		r.recheck += x->recheck;
		if (date_is(x->c.limit) && date_is(x->done)) {
			r.dated++;
			r.in_time += !x->late;
		}
		if (x->days >= 0 && date_is(x->closed)) {
			r.timed++;
			r.days += x->days;
		}
	}
	return r;
}

/* ---- recurrence ---- */

/* Marks and digits of ASCII, general punctuation, CJK marks, and what of the full-width forms is left. */
static bool is_mark(uint32_t c)
{
	return (c < 0x80 && !isalpha((int)c)) || (c >= 0x2000 && c <= 0x206f) || (c >= 0x3000 && c <= 0x303f) ||
		(c >= 0xff00 && c <= 0xff0f) || c == 0xb7;
}

struct str finding_cause_key(struct arena *a, struct str text)
{
	struct str s = utf8_squeeze(a, text);
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (!is_mark(c))
			n += utf8_put(c < 0x80 ? (uint32_t)tolower((int)c) : c, out + n);
	}
	return (struct str){out, n};
}

/* A finding as one that may come again, or has. */
struct closing {
	struct str key;
	const struct finding *x;
};

static int by_key(const void *a, const void *b)
{
	const struct closing *x = a, *y = b;
	int c = str_cmp(x->key, y->key);

	return c ? c : x->x < y->x ? -1 : x->x > y->x;
}

static int by_day(const void *a, const void *b)
{
	const struct recurrence *x = a, *y = b;

	if (x->found.n != y->found.n)
		return x->found.n < y->found.n ? -1 : 1;
	return x->again->record->no < y->again->record->no ? -1 : x->again->record->no > y->again->record->no;
}

static void add_reopened(struct arena *a, struct recurrences *out, const struct finding *x)
{
	struct date closed = DATE_NONE;

	for (size_t i = 0; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];

		if (s->move == MOVE_FINDING_CLOSE)
			closed = s->day;
		if (s->move != MOVE_FINDING_REOPEN)
			continue;
		*ARENA_PUSH(a, out->p, out->n, out->cap) = (struct recurrence){RECUR_REOPENED, x, x, closed, s->day,
			date_is(closed) ? s->day.n - closed.n : -1, x->cause.n ? x->cause : x->what};
	}
}

static bool same_unit(const struct finding *x, const struct finding *y)
{
	return x->c.unit.n ? str_eq(x->c.unit, y->c.unit) : str_eq(x->unit, y->unit);
}

/* The last day before another on which one was closed, by its steps or as its record says. */
static struct date closed_before(const struct finding *x, struct date before)
{
	struct date out = date_is(x->closed) && date_lt(x->closed, before) ? x->closed : DATE_NONE;

	for (size_t i = 0; i < x->c.n; i++)
		if (x->c.steps[i].move == MOVE_FINDING_CLOSE && date_lt(x->c.steps[i].day, before))
			out = x->c.steps[i].day;
	return out;
}

static void add_again(struct arena *a, struct recurrences *out, const struct closing *group, size_t n,
	const struct finding *x, int64_t within)
{
	const struct finding *best = NULL;
	struct date best_day = DATE_NONE;

	for (size_t i = 0; i < n; i++) {
		const struct finding *y = group[i].x;
		struct date closed = y == x || !y->owed ? DATE_NONE : closed_before(y, x->found);

		if (!date_is(closed) || x->found.n - closed.n > within || (date_is(y->found) && date_lt(x->found,
			y->found)))
			continue;
		if (!best || same_unit(y, x) > same_unit(best, x) ||
			(same_unit(y, x) == same_unit(best, x) && date_lt(best_day, closed))) {
			best = y;
			best_day = closed;
		}
	}
	if (best)
		*ARENA_PUSH(a, out->p, out->n, out->cap) = (struct recurrence){
			same_unit(best, x) ? RECUR_UNIT : RECUR_ACROSS, best, x, best_day, x->found,
			x->found.n - best_day.n, x->cause.n ? x->cause : x->what};
}

struct recurrences recurrences_of(struct arena *a, const struct findings *all, int64_t within)
{
	struct closing *list = ARENA_ARRAY(a, struct closing, all->n);
	struct recurrences out = {0};
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct finding *x = &all->p[i];
		struct str key = finding_cause_key(a, x->cause.n ? x->cause : x->what);

		add_reopened(a, &out, x);
		if (key.n)
			list[n++] = (struct closing){key, x};
	}
	if (n)
		qsort(list, n, sizeof *list, by_key);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && str_eq(list[to].key, list[from].key);)
			to++;
		for (size_t i = from; i < to; i++)
			if (date_is(list[i].x->found) && list[i].x->owed)
				add_again(a, &out, list + from, to - from, list[i].x, within);
	}
	if (out.n)
		qsort(out.p, out.n, sizeof *out.p, by_day);
	return out;
}
