/* What people call figures. */
#include "duty/figure_inside.h"

struct str title_of(struct frame *fr, struct str name)
{
	const struct figure *g = fr->figure;
	struct arena *a = fr->c->f->arena;
	struct str rest = g->title, out = S(""), words = S(""), text, field;
	bool named = false;

	for (size_t i = 0; i < g->nbraces; i++)
		words = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(words), i ? "、" : "", STR_ARG(fr->only[i].word));
	while (g->nbraces && str_cut(&rest, S("{"), &text)) {
		out = arena_printf(a, STR_FMT STR_FMT, STR_ARG(out), STR_ARG(text));
		if (!rest.p)
			break;
		named = true;
		str_cut(&rest, S("}"), &field);
		for (size_t i = 0; i < g->nbraces; i++)
			if (str_eq(g->braces[i].field, field))
				out = arena_printf(a, STR_FMT STR_FMT, STR_ARG(out), STR_ARG(fr->only[i].word));
	}
	if (!g->title.n || !g->nbraces)
		return g->title.n ? g->title : name;
	return named ? out : arena_printf(a, STR_FMT "：" STR_FMT, STR_ARG(g->title), STR_ARG(words));
}

/* The keys, or their titles, that lead from a value to one in it; empty where none do. */
static struct str way_to(struct arena *a, const struct figure_value *from, const struct figure_value *to)
{
	for (size_t i = 0; (from->kind == FIG_MAP || from->kind == FIG_LIST) && i < from->n; i++) {
		const struct figure_value *v = from->items[i];
		struct str name = v->title, rest = v == to ? STR_NONE : way_to(a, v, to);

		if (v != to && !rest.n)
			continue;
		if (!name.n)
			name = from->kind == FIG_MAP ? from->keys[i] : arena_printf(a, "%zu", i + 1);
		return rest.n ? arena_printf(a, STR_FMT "：" STR_FMT, STR_ARG(name), STR_ARG(rest)) : name;
	}
	return STR_NONE;
}

struct str figure_title(struct arena *a, const struct figure_result *r, const struct figure_value *part)
{
	struct str way = !part || part == &r->value ? STR_NONE : way_to(a, &r->value, part);

	return way.n ? arena_printf(a, STR_FMT "：" STR_FMT, STR_ARG(r->title), STR_ARG(way)) : r->title;
}

bool figure_titled(const struct figure_result *r, const struct figure_value *part)
{
	return r->figure->title.n || (part && part != &r->value && part->title.n);
}
