/* Sections of an outline: headings, points, plans. */
#include "report/outline.h"

#include "base/utf8.h"

struct point_form {
	const struct node *lead, *say, *claim;
};

static enum err_code point_read(struct outline_reader *r, const struct node *map, struct point *out, struct err *err)
{
	static const struct bind rules[] = {
		{"lead", BIND_NODE, true, offsetof(struct point_form, lead)},
		{"say", BIND_NODE, false, offsetof(struct point_form, say)},
		{"claim", BIND_NODE, false, offsetof(struct point_form, claim)},
	};
	struct point_form f = {0};

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the point"), &f, err));
	TRY(phrase_read(r, f.lead, (struct scope){0}, &out->lead, err));
	TRY(parts_read(r, f.say, 0, &out->say, err));
	return claims_read(r, f.claim, &out->claims, err);
}

struct plan_form {
	const struct node *of, *say, *headings;
	struct str by, problems;
};

static enum err_code plan_read(struct outline_reader *r, const struct node *map, struct plan **out, struct err *err)
{
	static const struct bind rules[] = {
		{"of", BIND_NODE, true, offsetof(struct plan_form, of)},
		{"by", BIND_TEXT, true, offsetof(struct plan_form, by)},
		{"problems", BIND_TEXT, false, offsetof(struct plan_form, problems)},
		{"headings", BIND_MAP, false, offsetof(struct plan_form, headings)},
		{"say", BIND_NODE, true, offsetof(struct plan_form, say)},
	};
	struct plan *p = ARENA_NEW(r->a, struct plan);
	struct plan_form f = {0};

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("each"), &f, err));
	TRY(set_read(r->a, r->s, f.of, NULL, &p->set, err));
	TRY(field_of(p->set.of, f.by, NODE_GET(map, "by"), &p->by, err));
	if (f.problems.n)
		TRY(field_of(p->set.of, f.problems, NODE_GET(map, "problems"), &p->problems, err));
	TRY(phrase_read(r, f.say, (struct scope){.type = p->set.of}, &p->say, err));
	for (size_t i = 0; f.headings && i < f.headings->n; i++) {
		struct phrase checked = {0};

		TRY(phrase_read(r, f.headings->items[i], (struct scope){0}, &checked, err));
		if (checked.n != 1 || checked.p[0].kind != PIECE_TEXT)
			return node_fail(f.headings->items[i], err, "expected a text without names in braces");
	}
	p->headings = f.headings;
	p->node = map;
	*out = p;
	return OK;
}

struct section_form {
	const struct node *heading, *say, *points, *charts, *claim, *sections, *each;
	struct str own;
};

/* own: must be the number that the section has by its place. */
static enum err_code own_read(
	struct outline_reader *r, const struct node *map, struct str own, struct section *out, struct err *err)
{
	out->own = own.n > 0;
	if (own.n && !str_eq(utf8_squeeze(r->a, own), utf8_squeeze(r->a, out->number)))
		return node_fail(NODE_GET(map, "own"), err, "this is section " STR_FMT ", not " STR_FMT,
			STR_ARG(out->number), STR_ARG(own));
	return OK;
}

static enum err_code section_read(
	struct outline_reader *r, const struct node *map, struct section *out, struct err *err)
{
	static const struct bind rules[] = {
		{"heading", BIND_NODE, true, offsetof(struct section_form, heading)},
		{"own", BIND_TEXT, false, offsetof(struct section_form, own)},
		{"say", BIND_NODE, false, offsetof(struct section_form, say)},
		{"points", BIND_LIST, false, offsetof(struct section_form, points)},
		{"charts", BIND_LIST, false, offsetof(struct section_form, charts)},
		{"claim", BIND_NODE, false, offsetof(struct section_form, claim)},
		{"sections", BIND_LIST, false, offsetof(struct section_form, sections)},
		{"each", BIND_NODE, false, offsetof(struct section_form, each)},
	};
	struct section_form f = {0};

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the section"), &f, err));
	out->node = map;
	TRY(own_read(r, map, f.own, out, err));
	if (out->parent.n && (f.sections || f.each))
		return node_fail(map, err, "sections stand in two levels at most");
	if (f.sections && f.each)
		return node_fail(map, err, "a section has sections or each, not both");
	TRY(phrase_read(r, f.heading, (struct scope){0}, &out->heading, err));
	TRY(parts_read(r, f.say, 0, &out->say, err));
	TRY(claims_read(r, f.claim, &out->claims, err));
	out->npoints = f.points ? f.points->n : 0;
	out->points = ARENA_ARRAY(r->a, struct point, out->npoints);
	for (size_t i = 0; i < out->npoints; i++)
		TRY(point_read(r, f.points->items[i], &out->points[i], err));
	TRY(charts_read(r, f.charts, &out->charts, &out->ncharts, err));
	if (f.each)
		TRY(plan_read(r, f.each, &out->plan, err));
	return f.sections ? sections_read(r, f.sections, out, &out->sections, &out->nsections, err) : OK;
}

enum err_code sections_read(struct outline_reader *r, const struct node *list, const struct section *above,
	struct section **out, size_t *n, struct err *err)
{
	if (list->n > 99)
		return node_fail(list, err, "more than 99 sections");
	*out = ARENA_ARRAY(r->a, struct section, list->n);
	*n = list->n;
	for (size_t i = 0; i < list->n; i++) {
		struct section *s = &(*out)[i];
		struct str number = hanzi_number(r->a, i + 1);

		s->index = i;
		s->parent = above ? above->number : S("");
		s->number = above
			? arena_printf(r->a, STR_FMT "（" STR_FMT "）", STR_ARG(above->number), STR_ARG(number))
			: number;
		TRY(section_read(r, list->items[i], s, err));
	}
	return OK;
}

const struct section *outline_section(const struct outline *o, struct str number)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	struct str want = utf8_squeeze(&a, number);

	for (size_t i = 0; i < o->nsections; i++) {
		const struct section *s = &o->sections[i];

		if (str_eq(utf8_squeeze(&a, s->number), want))
			return s;
		for (size_t k = 0; k < s->nsections; k++)
			if (str_eq(utf8_squeeze(&a, s->sections[k].number), want))
				return &s->sections[k];
	}
	return NULL;
}
