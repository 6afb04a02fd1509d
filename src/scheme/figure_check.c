/* Names of figures: which definition one means, and whether all of a scheme's lead somewhere. */
#include "scheme/figure_def.h"

#include "base/utf8.h"

/* ---- what a name means ---- */

static bool take_words(const struct figure *f, struct str name, size_t at, struct str *words)
{
	struct str rest;

	if (!str_starts(name, f->braces[at].plain))
		return false;
	name = str_sub(name, f->braces[at].plain.n, name.n);
	if (at + 1 == f->nbraces) {
		if (name.n <= f->after_plain.n || !str_ends(name, f->after_plain))
			return false;
		words[at] = str_sub(name, 0, name.n - f->after_plain.n);
		return true;
	}
	for (size_t i = 1; i < name.n; i++) {      /* the shortest word that lets the rest fit */
		rest = str_sub(name, i, name.n);
		words[at] = str_sub(name, 0, i);
		if (take_words(f, rest, at + 1, words))
			return true;
	}
	return false;
}

bool figure_member(const struct figure *f, struct str name, struct str *words)
{
	return f->nbraces && take_words(f, name, 0, words);
}

/* May the value have such a part? True where only the records can tell. */
static bool has_part(const struct expr *x, struct str part)
{
	if (x->part)
		return has_part(x->part, part);
	if (!x->measure || x->by.kind)
		return true;
	if (x->measure->with & GIVES_LIST)
		return part.n && part.p[0] >= '1' && part.p[0] <= '9';
	for (size_t i = 0; x->names && i < x->nargs; i++) {
		struct str name = x->plain[i];

		if (str_eq(name, part))
			return true;
		if (str_starts(part, name) && (part.p[name.n] == '.' || part.p[name.n] == '/') &&
		    has_part(x->args[i], str_sub(part, name.n + 1, part.n)))
			return true;
	}
	return false;
}

static const struct figure *whole(const struct scheme *s, struct str name, bool families)
{
	struct str words[FIGURE_BRACES];

	for (size_t i = 0; i < s->nfigures; i++) {
		const struct figure *g = &s->figures[i];

		if (g->nbraces ? families && figure_member(g, name, words) : str_eq(g->plain, name))
			return g;
	}
	return NULL;
}

const struct figure *figure_named(const struct scheme *s, struct str name, struct str *part)
{
	const struct figure *g = whole(s, name, false);

	*part = STR_NONE;
	for (size_t i = name.n; !g && i > 0; i--) {
		if (name.p[i - 1] != '.' && name.p[i - 1] != '/')
			continue;
		*part = str_sub(name, i, name.n);
		g = whole(s, str_sub(name, 0, i - 1), true);
		if (g && !has_part(g->expr, *part))
			g = NULL;
	}
	if (g)
		return g;
	*part = STR_NONE;
	return whole(s, name, true);
}

bool scheme_has_figure(const struct scheme *s, struct str name)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str part;

	return figure_named(s, utf8_squeeze(&a, name), &part) != NULL;
}

/* ---- where names lead ---- */

static enum err_code unknown(struct loader *l, struct str name, const struct node *at, struct err *err)
{
	const char **names = ARENA_ARRAY(l->a, const char *, l->s->nfigures), *near;

	for (size_t i = 0; i < l->s->nfigures; i++)
		names[i] = l->s->figures[i].name.p;
	near = nearest_name(name, names, l->s->nfigures, sizeof *names);
	if (near)
		return node_fail(at, err, "no figure '" STR_FMT "'; did you mean '%s'?", STR_ARG(name), near);
	return node_fail(at, err, "no figure '" STR_FMT "' in this scheme", STR_ARG(name));
}

static void add(struct loader *l, struct texts *t, size_t *cap, struct str s)
{
	if (!texts_have(t, s))
		*ARENA_PUSH(l->a, t->p, t->n, *cap) = s;
}

static void gather_duties(struct loader *l, struct figure *g, const struct expr *x)
{
	if (x->from.kind == OVER_SLOTS)
		add(l, &g->duties, &g->duties_cap, x->from.duty->id);
	for (size_t i = 0; i < x->nargs; i++)
		gather_duties(l, g, x->args[i]);
}

static enum err_code find_reached(struct loader *l, const struct duty *d, struct err *err)
{
	for (size_t k = 0; k < d->nneeds; k++) {
		const struct need *n = &d->needs[k];
		struct str part;

		if (n->form == NEED_REACH && !figure_named(l->s, utf8_squeeze(l->a, n->figure), &part))
			return unknown(l, n->figure, n->node, err);
	}
	return OK;
}

static enum err_code find_refs(struct loader *l, struct err *err)
{
	for (size_t i = 0; i < l->nrefs; i++) {
		struct expr *x = l->refs[i];
		struct str part;
		const struct figure *g = x->part ? NULL : figure_named(l->s, utf8_squeeze(l->a, x->ref), &part);

		if (x->part)
			continue;
		if (!g)
			return unknown(l, x->ref, x->node, err);
		add(l, &x->figure->needs, &x->figure->needs_cap, g->name);
	}
	for (size_t i = 0; i < l->s->nduties; i++)
		for (const struct duty *d = &l->s->duties[i]; d; d = d->before)
			TRY(find_reached(l, d, err));
	return OK;
}

static enum err_code walk(struct loader *l, struct figure *g, struct err *err);

static enum err_code walk_duty(struct loader *l, const struct duty *d, struct err *err)
{
	for (size_t i = 0; d && i < d->nneeds; i++) {
		const struct figure *g;
		struct str part;

		if (d->needs[i].form != NEED_REACH)
			continue;
		g = figure_named(l->s, utf8_squeeze(l->a, d->needs[i].figure), &part);
		TRY(walk(l, (struct figure *)g, err));
	}
	return d && d->before ? walk_duty(l, d->before, err) : OK;
}

static enum err_code walk(struct loader *l, struct figure *g, struct err *err)
{
	if (g->walk == WALKING)
		return node_fail(g->key, err, "figure '" STR_FMT "' follows from itself", STR_ARG(g->name));
	if (g->walk == SEEN)
		return OK;
	g->walk = WALKING;
	for (size_t i = 0; i < l->s->nfigures; i++)
		if (texts_have(&g->needs, l->s->figures[i].name))
			TRY(walk(l, &l->s->figures[i], err));
	for (size_t i = 0; i < g->duties.n; i++)
		TRY(walk_duty(l, scheme_duty(l->s, g->duties.p[i]), err));
	g->walk = SEEN;
	return OK;
}

enum err_code figures_check(struct loader *l, struct err *err)
{
	for (size_t i = 0; i < l->s->nfigures; i++)
		gather_duties(l, &l->s->figures[i], l->s->figures[i].expr);
	TRY(find_refs(l, err));
	for (size_t i = 0; i < l->s->nfigures; i++)
		TRY(walk(l, &l->s->figures[i], err));
	return OK;
}
