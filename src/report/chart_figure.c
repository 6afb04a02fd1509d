/* Figures as bars and lines. */
#include "report/chart.h"

struct found {
	const struct figure_result *whole;
	const struct figure_value *v;
	struct str name;
};

/* The place of a key among the names so far; a new one is added. Numbers (months) come in their order. */
static void add_key(const struct chart_in *in, struct texts *keys, size_t *cap, struct str key)
{
	size_t at = keys->n;
	int64_t a, b;

	for (size_t i = 0; i < keys->n; i++)
		if (str_eq(keys->p[i], key))
			return;
	*ARENA_PUSH(in->arena, keys->p, keys->n, *cap) = key;
	for (; at && str_int(key, &a) && str_int(keys->p[at - 1], &b) && a < b; at--)
		keys->p[at] = keys->p[at - 1];
	keys->p[at] = key;
}

static struct texts keys_of(const struct chart_in *in, const struct found *f, size_t n)
{
	struct texts keys = {0};
	size_t cap = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; f[i].v && f[i].v->kind == FIG_MAP && k < f[i].v->n; k++)
			add_key(in, &keys, &cap, f[i].v->keys[k]);
	if (!keys.n)       /* none is a map: each is a name by itself */
		for (size_t i = 0; i < n; i++)
			*ARENA_PUSH(in->arena, keys.p, keys.n, cap) =
				f[i].v ? figure_title(in->arena, f[i].whole, f[i].v) : f[i].name;
	return keys;
}

static struct chart_value value_of_key(const struct chart_in *in, const struct found *f, struct str key, bool alone)
{
	const struct figure_value *v = NULL;
	struct chart_value out = {.none = true};
	struct str name = f->name;

	if (!f->v)
		return out;
	if (alone)
		v = f->v;
	for (size_t k = 0; !alone && f->v->kind == FIG_MAP && k < f->v->n; k++)
		if (str_eq(f->v->keys[k], key)) {
			v = f->v->items[k];
			name = arena_printf(in->arena, STR_FMT "/" STR_FMT, STR_ARG(name), STR_ARG(key));
		}
	if (!v || v->kind != FIG_NUMBER)
		return out;
	out = (struct chart_value){.n = v->thousandths, .text = figure_text(in->arena, v)};
	out.title = arena_printf(in->arena, STR_FMT " " STR_FMT ": " STR_FMT,
		STR_ARG(figure_title(in->arena, f->whole, f->v)), STR_ARG(key), STR_ARG(out.text));
	if (in->link)
		out.link = in->link(in->ctx, &(struct chart_behind){.figure = name});
	return out;
}

/* 1 to 12 alone are months. */
static bool are_months(const struct texts *keys)
{
	int64_t n;

	for (size_t i = 0; i < keys->n; i++)
		if (!str_int(keys->p[i], &n) || n < 1 || n > 12)
			return false;
	return keys->n > 0;
}

static void put_names(const struct chart_in *in, struct chart_figures *d, const struct texts *keys)
{
	bool months = in->lang == LANG_ZH && are_months(keys);

	for (size_t i = 0; i < keys->n; i++)
		*ARENA_PUSH(in->arena, d->names.p, d->names.n, d->names.cap) = (struct chart_label){
			.text = months ? arena_printf(in->arena, STR_FMT "月", STR_ARG(keys->p[i])) : keys->p[i]};
}

enum { SAID = 24 };           /* values in words, at most */

/* Each series with its values; one too long is cut. */
static struct str figures_said(const struct chart_in *in, const struct chart_figures *d)
{
	struct str out = STR_NONE;
	size_t n = 0;

	for (size_t k = 0; k < d->series.n && n < SAID; k++) {
		struct str one = STR_NONE;

		for (size_t i = 0; i < d->names.n && n < SAID; i++) {
			const struct chart_value *v = &d->values[i * d->series.n + k];

			if (v->none)
				continue;
			n++;
			one = chart_joined(in, one, arena_printf(in->arena, STR_FMT " " STR_FMT,
				STR_ARG(d->names.p[i].text), STR_ARG(v->text)));
		}
		out = arena_printf(in->arena, STR_FMT "%s" STR_FMT "%s" STR_FMT, STR_ARG(out), out.n ? "; " : "",
			STR_ARG(d->series.p[k].text), d->series.p[k].text.n ? ": " : "", STR_ARG(one));
	}
	return n < SAID ? out : arena_printf(in->arena, STR_FMT " …", STR_ARG(out));
}

struct charts office_figures(const struct chart_in *in, const struct texts *names, enum figures_form form,
	struct str unit, struct str title, const struct chart_opt *opt)
{
	struct found *f = ARENA_ARRAY(in->arena, struct found, names->n);
	struct chart_figures d = {.title = title, .unit = unit, .across = form == FIGURES_LYING,
		.stack = form == FIGURES_STACKED ? BARS_STACKED : BARS_GROUPED,
		.corner = str_c(tr(in->lang, N_("What"))), .sum = str_c(tr(in->lang, N_("all")))};
	struct texts keys;
	bool alone = true;
	size_t n;

	for (size_t i = 0; i < names->n; i++) {
		f[i].name = names->p[i];
		f[i].v = figure_find(in->figures, names->p[i], &f[i].whole);
		alone &= !f[i].v || f[i].v->kind != FIG_MAP;
	}
	keys = keys_of(in, f, names->n);
	n = alone ? 1 : names->n;
	put_names(in, &d, &keys);
	d.values = ARENA_ARRAY(in->arena, struct chart_value, keys.n * n);
	for (size_t k = 0; k < n; k++) {
		*ARENA_PUSH(in->arena, d.series.p, d.series.n, d.series.cap) = (struct chart_label){
			.text = alone || names->n == 1 ? STR_NONE
				: f[k].v ? figure_title(in->arena, f[k].whole, f[k].v) : f[k].name};
		for (size_t i = 0; i < keys.n; i++)
			d.values[i * n + k] = value_of_key(in, &f[alone ? i : k], keys.p[i], alone);
	}
	if (!keys.n)
		return (struct charts){0};
	d.desc = figures_said(in, &d);
	return chart_sourced(in, form == FIGURES_LINES ? chart_lines(in->arena, &d, opt)
		: chart_bars(in->arena, &d, opt), unit);
}
