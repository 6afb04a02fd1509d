/* Redaction: what a level hides, out of figures, days and words, while the text is put together. */
#include "report/report.h"

#include "base/utf8.h"

#include <stdlib.h>

/* ---- words to hide ---- */

enum { WORD_LEAST = 2 }; /* characters: a single one would hit half the text */

struct gather {
	struct arena *a;
	const struct outline *o;
	const struct org *org;
	struct map words; /* word → struct str: its sign */
};

static void word(struct gather *g, struct str w, struct str sign)
{
	struct str *s = ARENA_NEW(g->a, struct str);

	*s = sign;
	map_set(&g->words, w, s);
}

static void name(struct gather *g, const struct hide *h, struct str w, struct str sign)
{
	if (utf8_count(w) >= WORD_LEAST && !texts_have(&h->keep, w))
		word(g, w, sign);
}

static bool of_kind(const struct hide *h, struct str kind)
{
	return !h->kind.n || texts_have(&h->kind, kind);
}

/* 青溪区 becomes **区, and 青溪 alone **. */
static void places_of(struct gather *g, const struct hide *h, struct str unit)
{
	struct region p;
	size_t at = 0;

	while (region_next(unit, &at, &p)) {
		struct str whole = {p.stem.p, p.stem.n + p.suffix.n};

		if (!of_kind(h, p.suffix) || texts_have(&h->keep, whole))
			continue;
		name(g, h, p.stem, h->sign);
		word(g, whole, arena_printf(g->a, STR_FMT STR_FMT, STR_ARG(h->sign), STR_ARG(p.suffix)));
	}
}

static void unit_of(struct gather *g, const struct hide *h, struct str unit)
{
	name(g, h, unit, h->sign);
}

/* Each name of a unit, and of the office itself. */
static void units(struct gather *g, const struct hide *h, bool any_kind,
	void (*each)(struct gather *g, const struct hide *h, struct str unit))
{
	for (size_t i = 0; i < g->org->nunits; i++)
		if (any_kind || of_kind(h, g->org->units[i].kind)) {
			each(g, h, g->org->units[i].name);
			each(g, h, g->org->units[i].short_name);
		}
	if (any_kind || !h->kind.n) {
		each(g, h, g->org->office.name);
		each(g, h, g->org->office.short_name);
	}
}

/* Is the role among the kinds, as the scheme or as the organisation calls it? */
static bool of_role(const struct gather *g, const struct hide *h, struct str role)
{
	for (size_t i = 0; i < h->kind.n; i++)
		if (str_eq(h->kind.p[i], role) || str_eq(node_text(g->o->scheme->roles, h->kind.p[i]), role))
			return true;
	return !h->kind.n;
}

static void people(struct gather *g, const struct hide *h)
{
	for (size_t i = 0; i < g->org->nholders; i++) {
		const struct post *post = org_post(g->org, g->org->holders[i].post);

		if (of_role(g, h, post ? post->role : STR_NONE))
			name(g, h, g->org->holders[i].name, h->sign);
	}
}

/* Later ones count where two say the same word. */
static void level_words(struct gather *g, const struct redact_level *l)
{
	const struct hide *h = l->hides;

	if (g->org && h[HIDE_PLACES].sign.n)
		units(g, &h[HIDE_PLACES], true, places_of);
	if (g->org && h[HIDE_UNITS].sign.n)
		units(g, &h[HIDE_UNITS], false, unit_of);
	if (g->org && h[HIDE_PEOPLE].sign.n)
		people(g, &h[HIDE_PEOPLE]);
	for (size_t i = 0; l->words && i < l->words->n; i++)
		word(g, l->words->keys[i]->text, l->words->items[i]->text);
}

static int longest_first(const void *a, const void *b)
{
	const struct map_item *x = a, *y = b;

	return x->key.n == y->key.n ? str_cmp(x->key, y->key) : (x->key.n < y->key.n) - (x->key.n > y->key.n);
}

const struct redaction *redaction_of(struct arena *a, const struct outline *o, const struct org *org, size_t level)
{
	struct gather g = {.a = a, .o = o, .org = org, .words = MAP_IN(a)};
	struct redaction *out = ARENA_NEW(a, struct redaction);
	struct map_item *items;

	for (size_t i = 0; i <= level; i++)
		level_words(&g, &o->levels[i]);
	items = ARENA_ARRAY(a, struct map_item, g.words.n);
	for (size_t i = 0; i < g.words.n; i++)
		items[i] = g.words.items[i];
	if (g.words.n)
		qsort(items, g.words.n, sizeof *items, longest_first);
	*out = (struct redaction){.level = level, .words = {ARENA_ARRAY(a, struct str, g.words.n), g.words.n},
		.signs = ARENA_ARRAY(a, struct str, g.words.n)};
	for (size_t i = 0; i < g.words.n; i++) {
		out->words.p[i] = items[i].key;
		out->signs[i] = *(const struct str *)items[i].value;
	}
	return out;
}

/* The first word in text, of several that begin there the longest; false when there is none. */
static bool word_in(const struct redaction *r, struct str text, size_t *at, size_t *which)
{
	bool found = false;
	size_t here;

	for (size_t i = 0; i < r->words.n; i++)
		if (r->words.p[i].n && str_find(text, r->words.p[i], &here) && (!found || here < *at)) {
			*at = here;
			*which = i;
			found = true;
		}
	return found;
}

struct str redact_words(const struct report *r, struct str text)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(64 << 10);
	size_t at = 0, which = 0;

	while (word_in(r->redaction, text, &at, &which)) {
		buf_put(&b, str_sub(text, 0, at));
		buf_put(&b, r->redaction->signs[which]);
		text = str_sub(text, at + r->redaction->words.p[which].n, text.n);
	}
	buf_put(&b, text);
	return arena_str(r->arena, buf_str(&b));
}

/* Text with words hidden: a span each. */
static void add_words(struct report *r, struct said s)
{
	struct str rest = s.text;
	size_t at = 0, which = 0;

	while (word_in(r->redaction, rest, &at, &which)) {
		struct said hidden = s, before = s;

		before.text = str_sub(rest, 0, at);
		report_put(r, before);
		hidden.value = r->redaction->words.p[which];
		hidden.text = r->redaction->signs[which];
		report_put(r, hidden);
		rest = str_sub(rest, at + hidden.value.n, rest.n);
	}
	s.text = rest;
	report_put(r, s);
}

/* ---- figures and days ---- */

static bool names_it(const struct texts *patterns, struct str name)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (str_glob(patterns->p[i], name))
			return true;
	return false;
}

/* ORIGINS: no figure. */
static enum figure_origin origin_of(const struct said *s)
{
	if (s->kind == SAID_FIGURE)
		return s->duty ? ORIGIN_DUTY : ORIGIN_FIGURE;
	if (s->kind == SAID_FIELD && s->number)
		return ORIGIN_RECORD;
	return s->kind == SAID_OWN_NUMBER ? ORIGIN_TYPED : ORIGINS;
}

static bool hides_figure(const struct hide *h, const struct said *s)
{
	enum figure_origin from = origin_of(s);

	if (!h->sign.n || from == ORIGINS || !of_kind(h, str_c(figure_origins[from])))
		return false;
	if (from == ORIGIN_TYPED) /* it has no name */
		return !h->of.n;
	return (!h->of.n || names_it(&h->of, s->name)) && !names_it(&h->keep, s->name);
}

static bool is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

/* The sign for each number but a year's: *月*日, 2022年*月*日. */
static struct str day_hidden(struct arena *a, struct str text, struct str sign)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(64 << 10);
	size_t at = 0;

	while (at < text.n) {
		size_t from = at, to = at;

		if (!is_digit(utf8_next(text, &at))) {
			buf_put(&b, str_sub(text, from, at));
			continue;
		}
		for (to = at; at < text.n && is_digit(utf8_next(text, &at));)
			to = at;
		at = to;
		buf_put(&b, str_starts(str_sub(text, to, text.n), S("年")) ? str_sub(text, from, to) : sign);
	}
	return arena_str(a, buf_str(&b));
}

/* What is printed for a figure or a day; empty where it is not hidden. The sign of the highest level counts. */
static struct str hidden(const struct report *r, const struct said *s)
{
	for (size_t i = r->redaction->level + 1; i-- > 0;) {
		const struct hide *h = r->outline->levels[i].hides;

		if (hides_figure(&h[HIDE_FIGURES], s))
			return h[HIDE_FIGURES].sign;
		if (s->day && h[HIDE_DATES].sign.n)
			return day_hidden(r->arena, s->text, h[HIDE_DATES].sign);
	}
	return S("");
}

void redact_add(struct report *r, struct said s)
{
	struct str instead = hidden(r, &s);

	if (!instead.n || !s.text.n || str_eq(instead, s.text)) {
		add_words(r, s);
		return;
	}
	s.value = s.text;
	s.text = instead;
	report_put(r, s);
}
