/* The measures: a row each in the table at the end. All arithmetic is on whole thousandths, halves up. */
#include "duty/figure_inside.h"

#include "base/utf8.h"
#include "duty/risk.h"

#include <stdlib.h>

/* a × times ÷ b in thousandths, rounded half up (away from 0) to so many decimals. b is not 0. */
static int64_t portion(int64_t a, int64_t times, int64_t b, int digits)
{
	static const int64_t step[] = {1000, 100, 10, 1};
	__extension__ typedef __int128 wide;
	bool minus = (a < 0) != (b < 0);
	wide top = (wide)(a < 0 ? -a : a) * times * 1000, unit = (wide)(b < 0 ? -b : b) * step[digits];
	int64_t n = (int64_t)((2 * top + unit) / (2 * unit)) * step[digits];

	return minus ? -n : n;
}

/* ---- of records or slots ---- */

static enum err_code count(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	for (size_t i = 0; i < items->n; i++)
		count_in(fr, &items->p[i]);
	*out = value_number((int64_t)items->n * 1000, 0);
	return OK;
}

/* Risks whose next review is overdue on the day. */
static enum err_code overdue(struct frame *fr, const struct expr *x, const struct items *items,
	struct figure_value *out, struct err *err)
{
	struct date on = date_is(fr->on) ? fr->on : fr->c->asked;
	int64_t n = 0;

	for (size_t i = 0; i < items->n; i++) {
		struct risk r;

		risk_on(fr->c->f, items->p[i].fact->type->risk, items->p[i].fact, on, &r);
		if (!risk_overdue(&r, on))
			continue;
		count_in(fr, &items->p[i]);
		n++;
	}
	*out = value_number(n * 1000, 0);
	return OK;
}

static enum err_code sum(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	int64_t total = 0;

	for (size_t i = 0; i < items->n; i++) {
		int64_t n, here = 0;
		bool any = false;

		for (size_t k = 0; k < x->nat; k++) {
			if (!datum_number(item_value(fr, &items->p[i], &x->at[k]), &n))
				continue;
			any = true;
			if (__builtin_add_overflow(here, n, &here))
				return fail(err, ERR_LIMIT, "the sum is too large");
		}
		if (__builtin_add_overflow(total, here, &total))
			return fail(err, ERR_LIMIT, "the sum is too large");
		if (any && !(x->nonzero && !here))
			count_in(fr, &items->p[i]);
	}
	*out = value_number(total, -1);
	return OK;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void ids_sort(struct texts *ids)
{
	if (ids->n)
		qsort(ids->p, ids->n, sizeof *ids->p, by_text);
}

static enum err_code distinct(struct frame *fr, const struct expr *x, const struct items *items,
	struct figure_value *out, struct err *err)
{
	struct texts keys = keys_of(fr, x->at, items);

	*out = value_number((int64_t)keys.n * 1000, 0);
	out->ids = keys;
	if (x->ids)
		ids_sort(&out->ids);
	for (size_t i = 0; i < items->n; i++)
		if (item_value(fr, &items->p[i], x->at))
			count_in(fr, &items->p[i]);
	return OK;
}

/* The first or last item's value; of days the earliest or latest. */
static void end_of(struct frame *fr, const struct expr *x, const struct items *items, bool last,
	struct figure_value *out)
{
	const struct item *found = NULL;
	struct date best = DATE_NONE;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->p[last ? items->n - 1 - i : i];
		struct date day = item_day(fr, it, x->at);

		if (!item_value(fr, it, x->at) || (found && !date_is(day)))
			continue;
		if (found && (last ? day.n <= best.n : day.n >= best.n))
			continue;
		found = it;
		best = day;
	}
	*out = found ? item_figure(fr, found, x->at) : (struct figure_value){.kind = FIG_NONE};
	if (found)
		count_in(fr, found);
}

static enum err_code first(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	end_of(fr, x, items, false, out);
	return OK;
}

static enum err_code last(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	end_of(fr, x, items, true, out);
	return OK;
}

static int by_number(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* (last day − first day) ÷ (different days − 1) */
static enum err_code gap(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	int32_t *days = ARENA_ARRAY(fr->c->f->arena, int32_t, items->n);
	size_t n = 0, different = 0;

	for (size_t i = 0; i < items->n; i++) {
		struct date d = item_day(fr, &items->p[i], x->at);

		if (!date_is(d))
			continue;
		days[n++] = d.n;
		count_in(fr, &items->p[i]);
	}
	if (n)
		qsort(days, n, sizeof *days, by_number);
	for (size_t i = 0; i < n; i++)
		different += !i || days[i] != days[i - 1];
	*out = (struct figure_value){.kind = FIG_NONE};
	if (different > 1)
		*out = value_number(portion(days[n - 1] - days[0], 1, (int64_t)different - 1, x->digits), x->digits);
	return OK;
}

/* The mean of the days from one date to another. */
static enum err_code days(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	int64_t total = 0, n = 0;

	for (size_t i = 0; i < items->n; i++) {
		struct date from = item_day(fr, &items->p[i], &x->at[0]), to = item_day(fr, &items->p[i], &x->at[1]);

		if (!date_is(from) || !date_is(to))
			continue;
		total += to.n - from.n;
		n++;
		count_in(fr, &items->p[i]);
	}
	*out = n ? value_number(portion(total, 1, n, x->digits), x->digits) : (struct figure_value){.kind = FIG_NONE};
	return OK;
}

/* ---- of other values ---- */

static enum err_code no_number(const struct expr *x, struct err *err)
{
	return node_fail(x->node, err, "figure '" STR_FMT "': '%s' wants numbers here", STR_ARG(x->figure->name),
	                 x->measure->name);
}

static enum err_code two(struct frame *fr, const struct expr *x, struct figure_value v[2], struct err *err)
{
	for (size_t i = 0; i < 2; i++)
		TRY(figure_eval(fr, x->args[i], &v[i], err));
	return OK;
}

static enum err_code ratio(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	struct figure_value v[2];

	TRY(two(fr, x, v, err));
	for (size_t i = 0; i < 2; i++)
		if (v[i].kind != FIG_NUMBER && v[i].kind != FIG_NONE)
			return no_number(x, err);
	*out = (struct figure_value){.kind = FIG_NONE};
	if (v[0].kind == FIG_NUMBER && v[1].kind == FIG_NUMBER && v[1].thousandths)
		*out = value_number(portion(v[0].thousandths, x->percent ? 100 : 1, v[1].thousandths, x->digits),
		                    x->digits);
	out->facts = v[0].facts;
	out->has_facts = v[0].has_facts;
	out->from = v[0].from;
	return OK;
}

static enum err_code add(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	*out = value_number(0, -1);
	for (size_t i = 0; i < x->nargs; i++) {
		struct figure_value v;

		TRY(figure_eval(fr, x->args[i], &v, err));
		if (v.kind == FIG_NONE)
			continue;
		if (v.kind != FIG_NUMBER)
			return no_number(x, err);
		if (__builtin_add_overflow(out->thousandths, v.thousandths, &out->thousandths))
			return fail(err, ERR_LIMIT, "the sum is too large");
	}
	return OK;
}

static enum err_code pair(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	struct figure_value v[2];

	TRY(two(fr, x, v, err));
	*out = (struct figure_value){.kind = FIG_LIST};
	for (size_t i = 0; i < 2; i++)
		*value_add(fr->c->f->arena, out, STR_NONE) = v[i];
	return OK;
}

static enum err_code fraction(struct frame *fr, const struct expr *x, const struct items *items,
	struct figure_value *out, struct err *err)
{
	struct arena *a = fr->c->f->arena;
	struct figure_value v[2];

	TRY(two(fr, x, v, err));
	*out = value_words(arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(figure_text(a, &v[0])),
	                                STR_ARG(figure_text(a, &v[1]))));
	return OK;
}

/* The different values that two figures both counted. */
static enum err_code common(struct frame *fr, const struct expr *x, const struct items *items,
	struct figure_value *out, struct err *err)
{
	struct arena *a = fr->c->f->arena;
	struct map have = MAP_IN(a);
	struct figure_value v[2];

	TRY(two(fr, x, v, err));
	for (size_t i = 0; i < 2; i++)
		if (v[i].kind != FIG_NUMBER || (v[i].thousandths && !v[i].ids.n))
			return node_fail(x->node, err, "figure '" STR_FMT "': 'common' wants two figures that count"
			                 " different values (distinct)", STR_ARG(x->figure->name));
	for (size_t i = 0; i < v[0].ids.n; i++)
		map_set(&have, utf8_squeeze(a, v[0].ids.p[i]), out);
	*out = value_number(0, 0);
	out->ids.p = ARENA_ARRAY(a, struct str, v[1].ids.n);
	for (size_t i = 0; i < v[1].ids.n; i++)
		if (map_get(&have, utf8_squeeze(a, v[1].ids.p[i])))
			out->ids.p[out->ids.n++] = v[1].ids.p[i];
	ids_sort(&out->ids);
	out->thousandths = (int64_t)out->ids.n * 1000;
	return OK;
}

static bool something(const struct figure_value *v)
{
	switch (v->kind) {
	case FIG_NUMBER:
		return v->thousandths != 0;
	case FIG_LIST:
	case FIG_MAP:
		return v->n > 0;
	case FIG_FLAG:
		return v->yes;
	case FIG_TEXT:
		return true;
	case FIG_NONE:
		break;
	}
	return false;
}

/* How many entries are there, those with nothing counted left out. */
static enum err_code size(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	struct figure_value v;

	TRY(figure_eval(fr, x->args[0], &v, err));
	if (v.kind != FIG_LIST && v.kind != FIG_MAP)
		return node_fail(x->node, err, "figure '" STR_FMT "': 'size' wants a list or a map",
		                 STR_ARG(x->figure->name));
	*out = value_number(0, 0);
	for (size_t i = 0; i < v.n; i++)
		out->thousandths += something(v.items[i]) ? 1000 : 0;
	return OK;
}

static enum err_code parts(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	struct arena *a = fr->c->f->arena;
	struct counted all = {0};
	struct frame inner = *fr;

	inner.tally = &all;
	for (size_t i = 0; items && i < items->n; i++)
		count_in(fr, &items->p[i]);
	*out = (struct figure_value){.kind = FIG_MAP};
	for (size_t i = 0; i < x->nargs; i++) {
		struct figure_value *part = value_add(a, out, x->names[i]);

		TRY(figure_eval(&inner, x->args[i], part, err));
		part->title = x->titles[i];
	}
	/* Where the figure has a set, its records are what it counts, not those of each part. */
	counted_add(fr->c->f, fr->tally, &all, !items);
	return OK;
}

measure_fn *const figure_fns[MEASURE_N] = {
#define M(fn, name, arg, with) [MEASURE_##fn] = fn,
#include "tbl/measures.h"
#undef M
};
