/* redact: of an outline: a list of levels, each of which hides more than the one before it; or, as one level without a
 * name, a map of what to keep and which words to replace. */
#include "report/outline.h"

const char *const figure_origins[ORIGINS] = {"figure", "duty", "record", "typed"};

/* What goes with the sign, in this order. */
static const struct bind hide_rules[] = {
	{"sign", BIND_TEXT, true, offsetof(struct hide, sign)},
	{"keep", BIND_TEXTS, false, offsetof(struct hide, keep)},
	{"kind", BIND_TEXTS, false, offsetof(struct hide, kind)},
	{"of", BIND_TEXTS, false, offsetof(struct hide, of)},
};

static size_t region_kinds_n(void)
{
	size_t n = 0;

	while (region_kinds[n])
		n++;
	return n;
}

/* Each text of a list, or the one text that stands for a list. */
static const struct node *text_at(const struct node *list, size_t i)
{
	return list->kind == NODE_LIST ? list->items[i] : list;
}

static enum err_code kinds_known(
	const struct node *map, const struct hide *h, const char *const *kinds, size_t n, struct err *err)
{
	struct buf all CLEANUP(buf_free) = BUF_MAX(512);

	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", kinds[i]);
	for (size_t i = 0; i < h->kind.n; i++) {
		const struct node *at = text_at(NODE_GET(map, "kind"), i);
		const char *near = nearest_name(h->kind.p[i], kinds, n, sizeof *kinds);
		bool known = false;

		for (size_t k = 0; k < n; k++)
			known = known || str_is(h->kind.p[i], kinds[k]);
		if (!known && near)
			return node_fail(at, err, "no kind '" STR_FMT "' here; did you mean '%s'?",
				STR_ARG(h->kind.p[i]), near);
		if (!known)
			return node_fail(
				at, err, "no kind '" STR_FMT "' here; it may be: %s", STR_ARG(h->kind.p[i]), all.p);
	}
	return OK;
}

/* A figure, a count of a duty, a field of a record; or a pattern. */
static enum err_code names_known(
	struct outline_reader *r, const struct node *list, const struct texts *names, struct err *err)
{
	for (size_t i = 0; i < names->n; i++) {
		struct str rest = names->p[i], head;

		if (str_has(rest, S("*")) || str_has(rest, S("?")))
			continue;
		str_cut(&rest, S("."), &head);
		if (!scheme_duty(r->s, head) && !scheme_type(r->s, head))
			TRY(figure_known(r, names->p[i], text_at(list, i), err));
	}
	return OK;
}

static enum err_code hide_read(
	struct outline_reader *r, const struct node *node, enum hide_kind k, struct hide *out, struct err *err)
{
	static const size_t rules[HIDE_KINDS] = {
		[HIDE_FIGURES] = 4, [HIDE_DATES] = 1, [HIDE_PLACES] = 3, [HIDE_UNITS] = 3, [HIDE_PEOPLE] = 3};

	if (node->kind == NODE_TEXT)
		out->sign = node->text;
	else
		TRY(bind_map(r->a, node, hide_rules, rules[k], N_("what a level hides"), out, err));
	if (!out->sign.n)
		return node_fail(node, err, "expected a sign to print instead, such as \"*\"");
	if (k == HIDE_FIGURES) {
		TRY(kinds_known(node, out, figure_origins, LEN(figure_origins), err));
		TRY(names_known(r, NODE_GET(node, "keep"), &out->keep, err));
		return names_known(r, NODE_GET(node, "of"), &out->of, err);
	}
	return k == HIDE_PLACES ? kinds_known(node, out, region_kinds, region_kinds_n(), err) : OK;
}

static enum err_code words_read(const struct node *words, struct redact_level *out, struct err *err)
{
	for (size_t i = 0; words && i < words->n; i++)
		if (words->items[i]->kind != NODE_TEXT)
			return node_fail(words->items[i], err, "expected a text");
	out->words = words;
	return OK;
}

struct level_form {
	struct str level;
	const struct node *hides[HIDE_KINDS], *words;
};

static enum err_code level_read(
	struct outline_reader *r, const struct node *map, struct redact_level *out, struct err *err)
{
	static const struct bind rules[] = {
		{"level", BIND_TEXT, true, offsetof(struct level_form, level)},
		{"figures", BIND_NODE, false, offsetof(struct level_form, hides[HIDE_FIGURES])},
		{"dates", BIND_NODE, false, offsetof(struct level_form, hides[HIDE_DATES])},
		{"places", BIND_NODE, false, offsetof(struct level_form, hides[HIDE_PLACES])},
		{"units", BIND_NODE, false, offsetof(struct level_form, hides[HIDE_UNITS])},
		{"people", BIND_NODE, false, offsetof(struct level_form, hides[HIDE_PEOPLE])},
		{"words", BIND_MAP, false, offsetof(struct level_form, words)},
	};
	struct level_form f = {0};
	const struct node *name;
	size_t at;

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the redaction level"), &f, err));
	name = NODE_GET(map, "level");
	if (!f.level.n || str_has(f.level, S(" ")) || str_starts(f.level, S("-")))
		return node_fail(name, err, "a redaction level is named by one word that does not begin with '-'");
	if (r->o->nlevels && outline_level(r->o, f.level, &at, &(struct err){0}) == OK)
		return node_fail(name, err, "the redaction level '" STR_FMT "' is there already", STR_ARG(f.level));
	if (map->n < 2)
		return node_fail(map, err,
			"a redaction level hides something: figures, dates, places, units, people or words");
	out->name = f.level;
	for (enum hide_kind k = 0; k < HIDE_KINDS; k++)
		if (f.hides[k])
			TRY(hide_read(r, f.hides[k], k, &out->hides[k], err));
	return words_read(f.words, out, err);
}

struct one_form {
	struct texts keep;
	const struct node *words;
};

/* All figures but some, and words: one level. */
static enum err_code one_read(
	struct outline_reader *r, const struct node *map, struct redact_level *out, struct err *err)
{
	static const struct bind rules[] = {
		{"keep", BIND_TEXTS, false, offsetof(struct one_form, keep)},
		{"words", BIND_MAP, false, offsetof(struct one_form, words)},
	};
	struct one_form f = {0};

	if (map)
		TRY(bind_map(r->a, map, rules, LEN(rules), N_("redact"), &f, err));
	out->hides[HIDE_FIGURES] = (struct hide){.sign = S("*"), .keep = f.keep};
	return words_read(f.words, out, err);
}

enum err_code redact_read(struct outline_reader *r, const struct node *node, struct err *err)
{
	struct outline *o = r->o;
	size_t n = node && node->kind == NODE_LIST ? node->n : 1;

	if (!n)
		return node_fail(node, err,
			"expected redaction levels, from the one that hides least to the one that hides most");
	o->levels = ARENA_ARRAY(r->a, struct redact_level, n);
	if (!node || node->kind != NODE_LIST) {
		o->nlevels = 1;
		return one_read(r, node, o->levels, err);
	}
	for (; o->nlevels < n; o->nlevels++)
		TRY(level_read(r, node->items[o->nlevels], &o->levels[o->nlevels], err));
	return OK;
}

enum err_code outline_level(const struct outline *o, struct str name, size_t *out, struct err *err)
{
	struct buf all CLEANUP(buf_free) = BUF_MAX(1024);

	*out = o->nlevels - 1;
	if (!name.n)
		return OK;
	for (size_t i = 0; i < o->nlevels; i++) {
		if (str_eq(o->levels[i].name, name)) {
			*out = i;
			return OK;
		}
		buf_printf(&all, "%s" STR_FMT, i ? ", " : "", STR_ARG(o->levels[i].name));
	}
	if (!all.n)
		return fail(err, ERR_NOT_FOUND, "the outline names no redaction levels, so there is no '" STR_FMT "'",
			STR_ARG(name));
	return fail(err, ERR_NOT_FOUND, "there is no redaction level '" STR_FMT "'; the outline has: " STR_FMT,
		STR_ARG(name), STR_ARG(buf_str(&all)));
}
