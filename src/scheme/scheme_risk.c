/* matrix: of a scheme, and risk: of its record types. */
#include "base/utf8.h"
#include "scheme/risk_def.h"
#include "scheme/warn_def.h"

/* ---- colours ---- */

static const struct { const char *name, *zh, *words; } colours[COLOURS] = {
	[COLOUR_NONE] = {"", "", ""},
#define C(c, name, zh, words) [COLOUR_##c] = {name, zh, words},
#include "tbl/colours.h"
#undef C
};

const char *colour_name(enum colour c)
{
	BUG_IF(c >= COLOURS);
	return colours[c].words;
}

enum err_code colour_read(struct str text, const struct node *at, enum colour *out, struct err *err)
{
	const char *near;

	for (int i = COLOUR_NONE + 1; i < COLOURS; i++) {
		if (str_is(text, colours[i].name) || str_is(text, colours[i].zh)) {
			*out = (enum colour)i;
			return OK;
		}
	}
	near = nearest_name(text, &colours[1].name, COLOURS - 1, sizeof *colours);
	if (near)
		return node_fail(at, err, "no colour '" STR_FMT "'; did you mean '%s'?", STR_ARG(text), near);
	return node_fail(at, err, "no colour '" STR_FMT "'; it may be 绿, 蓝, 黄, 橙, 红 (green, blue, yellow, orange, "
		"red)",
	                 STR_ARG(text));
}

/* ---- the matrix ---- */

static enum err_code read_axis(struct arena *a, const struct node *map, struct axis *out, struct err *err)
{
	static const struct bind rules[] = {
		{"title", BIND_TEXT, true, offsetof(struct axis, title)},
		{"values", BIND_TEXTS, true, offsetof(struct axis, values)},
		{"words", BIND_TEXTS, false, offsetof(struct axis, words)},
	};

	TRY(bind_map(a, map, rules, LEN(rules), N_("the axis"), out, err));
	if (out->values.n < 2)
		return node_fail(map, err, "an axis needs two values at least, the lowest first");
	if (out->words.n && out->words.n != out->values.n)
		return node_fail(NODE_GET(map, "words"), err, "'words' has %zu texts for %zu values", out->words.n,
		                 out->values.n);
	for (size_t i = 0; i < out->values.n; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(out->values.p[i], out->values.p[k]))
				return node_fail(NODE_GET(map, "values"), err, "'" STR_FMT "' stands there twice",
				                 STR_ARG(out->values.p[i]));
	return OK;
}

static enum err_code read_grade(struct arena *a, const struct node *map, struct grade *out, struct err *err)
{
	struct text {
		struct str level, colour, review;
		struct texts tell;
	} x = {0};
	static const struct bind rules[] = {
		{"level", BIND_TEXT, true, offsetof(struct text, level)},
		{"colour", BIND_TEXT, true, offsetof(struct text, colour)},
		{"review", BIND_TEXT, false, offsetof(struct text, review)},
		{"tell", BIND_TEXTS, false, offsetof(struct text, tell)},
	};

	TRY(bind_map(a, map, rules, LEN(rules), N_("the level"), &x, err));
	*out = (struct grade){.level = x.level, .tell = x.tell, .reviewed = x.review.n > 0};
	TRY(colour_read(x.colour, NODE_GET(map, "colour"), &out->colour, err));
	if (out->reviewed && !span_read(x.review, &out->review))
		return node_fail(NODE_GET(map, "review"), err,
		                 "no period '" STR_FMT "'; it may be year, half, quarter, month, 2 months, xun, week "
			"or day",
		                 STR_ARG(x.review));
	return OK;
}

static enum err_code read_grades(struct arena *a, const struct node *list, struct matrix *m, struct err *err)
{
	m->ngrades = list->n;
	m->grades = ARENA_ARRAY(a, struct grade, list->n);
	for (size_t i = 0; i < list->n; i++) {
		TRY(read_grade(a, list->items[i], &m->grades[i], err));
		for (size_t k = 0; k < i; k++) {
			if (str_eq(m->grades[i].level, m->grades[k].level))
				return node_fail(list->items[i], err, "level '" STR_FMT "' stands there twice",
				                 STR_ARG(m->grades[i].level));
			if (m->grades[i].colour >= m->grades[k].colour)
				return node_fail(list->items[i], err,
				                 "levels go from the gravest to the mildest: colour '%s' of '" STR_FMT
				                 "' is no milder than that of '" STR_FMT "'",
				                 tr(err->lang, colour_name(m->grades[i].colour)),
				                 STR_ARG(m->grades[i].level), STR_ARG(m->grades[k].level));
		}
	}
	return list->n ? OK : node_fail(list, err, "a matrix needs a level at least");
}

static enum err_code nearest_fail(const struct node *at, struct str word, const struct texts *names, const char *what,
	struct err *err)
{
	const char *near[64];
	size_t n = MIN(names->n, LEN(near));
	const char *best;

	for (size_t i = 0; i < n; i++)
		near[i] = names->p[i].p;
	best = nearest_name(word, near, n, sizeof *near);
	if (best)
		return node_fail(
			at, err, "no %s '" STR_FMT "'; did you mean '%s'?", tr(err->lang, what), STR_ARG(word), best);
	return node_fail(at, err, "no %s '" STR_FMT "' in the matrix", tr(err->lang, what), STR_ARG(word));
}

/* The names end in a 0 byte: they are texts of the scheme's tree. */
static struct texts level_names(struct arena *a, const struct matrix *m)
{
	struct texts t = {ARENA_ARRAY(a, struct str, m->ngrades), m->ngrades};

	for (size_t i = 0; i < m->ngrades; i++)
		t.p[i] = m->grades[i].level;
	return t;
}

static size_t texts_at(const struct texts *t, struct str s)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->p[i], s))
			return i;
	return t->n;
}

/* A row for each likelihood, in it a level for each impact; a graver value never gives a milder level. */
static enum err_code read_cells(struct arena *a, const struct node *map, struct matrix *m, struct err *err)
{
	const struct texts *rows = &m->axes[AXIS_LIKELIHOOD].values, *cols = &m->axes[AXIS_IMPACT].values;
	struct texts names = level_names(a, m);

	m->cells = ARENA_ARRAY(a, size_t, rows->n * cols->n);
	for (size_t i = 0; i < map->n; i++)
		if (texts_at(rows, map->keys[i]->text) == rows->n)
			return nearest_fail(map->keys[i], map->keys[i]->text, rows, N_("likelihood"), err);
	for (size_t i = 0; i < rows->n; i++) {
		const struct node *row = node_get(map, rows->p[i]);

		if (!row || row->kind != NODE_LIST || row->n != cols->n)
			return node_fail(row ? row : map, err,
			                 "cells of '" STR_FMT "' must be a list of %zu levels, one for each impact",
			                 STR_ARG(rows->p[i]), cols->n);
		for (size_t k = 0; k < cols->n; k++) {
			size_t at = texts_at(&names, row->items[k]->text), *cell = &m->cells[i * cols->n + k];

			if (row->items[k]->kind != NODE_TEXT || at == names.n)
				return nearest_fail(row->items[k], row->items[k]->text, &names, N_("level"), err);
			*cell = at;
			if ((k && at > cell[-1]) || (i && at > *(cell - cols->n)))
				return node_fail(row->items[k], err,
				                 "'" STR_FMT "' is milder than a cell of lower likelihood or impact",
				                 STR_ARG(names.p[at]));
		}
	}
	return OK;
}

static enum err_code read_matrix(struct arena *a, struct scheme *s, struct err *err)
{
	struct text {
		struct str title;
		const struct node *likelihood, *impact, *levels, *cells;
	} x = {0};
	static const struct bind rules[] = {
		{"title", BIND_TEXT, false, offsetof(struct text, title)},
		{"likelihood", BIND_MAP, true, offsetof(struct text, likelihood)},
		{"impact", BIND_MAP, true, offsetof(struct text, impact)},
		{"levels", BIND_LIST, true, offsetof(struct text, levels)},
		{"cells", BIND_MAP, true, offsetof(struct text, cells)},
	};
	struct matrix *m = ARENA_NEW(a, struct matrix);

	TRY(bind_map(a, s->matrix, rules, LEN(rules), N_("the matrix"), &x, err));
	m->title = x.title;
	m->node = s->matrix;
	TRY(read_axis(a, x.likelihood, &m->axes[AXIS_LIKELIHOOD], err));
	TRY(read_axis(a, x.impact, &m->axes[AXIS_IMPACT], err));
	TRY(read_grades(a, x.levels, m, err));
	TRY(read_cells(a, x.cells, m, err));
	s->grid = m;
	return OK;
}

/* ---- risk: of a record type ---- */

/* A field that must be of one of the types (bits), or may be left out. */
static enum err_code mapped(const struct record_type *t, const struct node *map, const char *key, unsigned types,
	const struct field **out, struct err *err)
{
	const struct node *at = node_get(map, str_c(key));

	if (!at)
		return OK;
	if (at->kind != NODE_TEXT)
		return node_fail(at, err, "'%s' must name a field of the record", key);
	TRY(field_of(t, at->text, at, out, err));
	if (!(types >> (*out)->type & 1))
		return node_fail(at, err, "'%s' can not be a field of type %s", key, field_type_name((*out)->type));
	return OK;
}

enum { WORDY = 1u << TYPE_TEXT | 1u << TYPE_CHOICE, DATED = 1u << TYPE_DATE, POSTED = WORDY | 1u << TYPE_POST,
	UNITED = WORDY | 1u << TYPE_UNIT };

/* Each level of the matrix must be one that the field can hold. */
static enum err_code check_levels(
	const struct scheme *s, const struct field *f, const struct node *at, struct err *err)
{
	for (size_t i = 0; s->grid && f && f->of && i < s->grid->ngrades; i++)
		if (!texts_have(&f->of->values, s->grid->grades[i].level))
			return node_fail(at, err, "level '" STR_FMT "' of the matrix is not in list '" STR_FMT "'",
			                 STR_ARG(s->grid->grades[i].level), STR_ARG(f->of->name));
	return OK;
}

static enum err_code read_words(struct arena *a, const struct node *map, struct risk_updates *u, struct err *err)
{
	static const struct bind rules[RISK_WORDS] = {
		{"rate", BIND_TEXTS, true, offsetof(struct risk_updates, words[WORD_RATE])},
		{"review", BIND_TEXTS, true, offsetof(struct risk_updates, words[WORD_REVIEW])},
		{"consult", BIND_TEXTS, false, offsetof(struct risk_updates, words[WORD_CONSULT])},
		{"measure", BIND_TEXTS, false, offsetof(struct risk_updates, words[WORD_MEASURE])},
		{"close", BIND_TEXTS, false, offsetof(struct risk_updates, words[WORD_CLOSE])},
		{"reopen", BIND_TEXTS, false, offsetof(struct risk_updates, words[WORD_REOPEN])},
	};

	return bind_map(a, map, rules, LEN(rules), N_("the words of updates"), u, err);
}

static enum err_code read_updates(
	struct arena *a, const struct scheme *s, const struct node *map, struct risk_updates *out, struct err *err)
{
	struct text {
		struct str of, no, date, what, level, by, note;
		const struct node *words;
	} x = {0};
	static const struct bind rules[] = {
		{"of", BIND_TEXT, true, offsetof(struct text, of)},
		{"no", BIND_TEXT, true, offsetof(struct text, no)},
		{"date", BIND_TEXT, true, offsetof(struct text, date)},
		{"what", BIND_TEXT, true, offsetof(struct text, what)},
		{"level", BIND_TEXT, false, offsetof(struct text, level)},
		{"by", BIND_TEXT, false, offsetof(struct text, by)},
		{"note", BIND_TEXT, false, offsetof(struct text, note)},
		{"words", BIND_MAP, true, offsetof(struct text, words)},
	};

	TRY(bind_map(a, map, rules, LEN(rules), N_("updates"), &x, err));
	TRY(type_of(s, x.of, NODE_GET(map, "of"), &out->of, err));
	TRY(mapped(out->of, map, "no", WORDY | 1u << TYPE_LINK, &out->no, err));
	TRY(mapped(out->of, map, "date", DATED, &out->date, err));
	TRY(mapped(out->of, map, "what", WORDY, &out->what, err));
	TRY(mapped(out->of, map, "level", WORDY, &out->level, err));
	TRY(mapped(out->of, map, "by", POSTED, &out->by, err));
	TRY(mapped(out->of, map, "note", WORDY, &out->note, err));
	TRY(check_levels(s, out->level, map, err));
	return read_words(a, x.words, out, err);
}

/* review: FIELD with words, {field: review, words: {每月: month}}. */
static enum err_code read_review(struct arena *a, const struct node *map, struct risk_map *out, struct err *err)
{
	struct text {
		struct str field;
		const struct node *words;
	} x = {0};
	static const struct bind rules[] = {
		{"field", BIND_TEXT, true, offsetof(struct text, field)},
		{"words", BIND_MAP, true, offsetof(struct text, words)},
	};
	struct span_rule span;

	TRY(bind_map(a, map, rules, LEN(rules), N_("review"), &x, err));
	TRY(field_of(out->type, x.field, NODE_GET(map, "field"), &out->review, err));
	for (size_t i = 0; i < x.words->n; i++)
		if (x.words->items[i]->kind != NODE_TEXT || !span_read(x.words->items[i]->text, &span))
			return node_fail(x.words->items[i], err,
			                 "'words' maps a word to a period: year, half, quarter, month, 2 months, "
				"xun, week or day");
	out->review_words = x.words;
	return OK;
}

static enum err_code read_risk_map(
	struct arena *a, const struct scheme *s, struct record_type *t, const struct node *map, struct err *err)
{
	struct any {
		const struct node *no, *name, *level, *likelihood, *impact, *owner, *unit, *registered, *closed,
			*measures,
			*reviewed, *review, *updates;
	} any = {0};
	static const struct bind rules[] = {
#define K(key, must) {#key, BIND_NODE, must, offsetof(struct any, key)}
		K(no, true), K(name, false), K(level, true), K(likelihood, false), K(impact, false), K(owner, false),
		K(unit, false), K(registered, true), K(closed, false), K(measures, false), K(reviewed, false),
		K(review, false), K(updates, false),
#undef K
	};
	struct risk_map *m = ARENA_NEW(a, struct risk_map);

	TRY(bind_map(a, map, rules, LEN(rules), N_("risk"), &any, err));
	if (t->about != ABOUT_RISK)
		return node_fail(map, err, "'risk' is for records about risk; '" STR_FMT "' is about %s",
			STR_ARG(t->name),
		                 about_name(t->about));
	m->type = t;
	TRY(mapped(t, map, "no", WORDY, &m->no, err));
	TRY(mapped(t, map, "name", WORDY, &m->name, err));
	TRY(mapped(t, map, "level", WORDY, &m->level, err));
	TRY(mapped(t, map, "likelihood", WORDY, &m->likelihood, err));
	TRY(mapped(t, map, "impact", WORDY, &m->impact, err));
	TRY(mapped(t, map, "owner", POSTED, &m->owner, err));
	TRY(mapped(t, map, "unit", UNITED, &m->unit, err));
	TRY(mapped(t, map, "registered", DATED, &m->registered, err));
	TRY(mapped(t, map, "closed", DATED, &m->closed, err));
	TRY(mapped(t, map, "measures", WORDY, &m->measures, err));
	TRY(mapped(t, map, "reviewed", DATED, &m->reviewed, err));
	TRY(check_levels(s, m->level, any.level, err));
	if (any.review)
		TRY(read_review(a, any.review, m, err));
	if (any.updates)
		TRY(read_updates(a, s, any.updates, &m->updates, err));
	t->risk = m;
	if (!t->flow)
		t->flow = map;           /* the same keys: steps write into these fields (flow/flow.h) */
	return OK;
}

enum err_code scheme_risk(struct arena *a, struct scheme *s, struct err *err)
{
	if (s->matrix)
		TRY(read_matrix(a, s, err));
	for (size_t i = 0; i < s->ntypes; i++) {
		const struct node *map = NODE_GET(s->types[i].node, "risk");

		if (map)
			TRY(read_risk_map(a, s, &s->types[i], map, err));
	}
	return s->warnings ? scheme_warnings(a, s, err) : OK;
}
