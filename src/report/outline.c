#include "report/outline.h"

/* ---- lists, choices, claims ---- */

struct list_form {
	const struct node *of, *each, *then;
	struct str figure, join;
	int64_t most;
};

static enum err_code list_read(struct outline_reader *r, const struct node *map, struct listing *out, struct err *err)
{
	static const struct bind rules[] = {
		{"of", BIND_NODE, false, offsetof(struct list_form, of)},
		{"figure", BIND_TEXT, false, offsetof(struct list_form, figure)},
		{"each", BIND_NODE, true, offsetof(struct list_form, each)},
		{"join", BIND_TEXT, false, offsetof(struct list_form, join)},
		{"most", BIND_INT, false, offsetof(struct list_form, most)},
		{"then", BIND_NODE, false, offsetof(struct list_form, then)},
	};
	struct list_form f = {.join = S("、")};
	struct scope scope = {0};

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the list"), &f, err));
	if (!f.of == !f.figure.n)
		return node_fail(map, err, "a list is of records (of) or of a figure's members (figure)");
	if (f.most < 0)
		return node_fail(map, err, "expected a number");
	*out = (struct listing){
		.records = f.of, .figure = f.figure, .join = f.join, .most = (size_t)f.most, .node = map};
	if (f.of) {
		TRY(set_read(r->a, r->s, f.of, NULL, &out->set, err));
		scope.type = out->set.of;
	} else {
		TRY(figure_known(r, f.figure, NODE_GET(map, "figure"), err));
		scope.members = true;
	}
	TRY(phrase_read(r, f.each, scope, &out->each, err));
	return f.then ? phrase_read(r, f.then, (struct scope){0}, &out->then, err) : OK;
}

struct choice_form {
	const struct node *when, *say, *otherwise;
};

static enum err_code choice_read(
	struct outline_reader *r, const struct node *map, int depth, struct part *out, struct err *err)
{
	static const struct bind rules[] = {
		{"when", BIND_NODE, true, offsetof(struct choice_form, when)},
		{"say", BIND_NODE, true, offsetof(struct choice_form, say)},
		{"else", BIND_NODE, false, offsetof(struct choice_form, otherwise)},
	};
	struct choice_form f = {0};

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the choice"), &f, err));
	out->kind = PART_CHOICE;
	out->yes = ARENA_NEW(r->a, struct parts);
	out->no = ARENA_NEW(r->a, struct parts);
	TRY(condition_read(r, f.when, &out->when, err));
	TRY(parts_read(r, f.say, depth + 1, out->yes, err));
	return f.otherwise ? parts_read(r, f.otherwise, depth + 1, out->no, err) : OK;
}

static enum err_code part_read(
	struct outline_reader *r, const struct node *node, int depth, struct parts *out, struct err *err)
{
	struct part part = {0};

	if (node->kind == NODE_TEXT) {
		TRY(phrase_read(r, node, (struct scope){0}, &part.say, err));
	} else if (NODE_GET(node, "when")) {
		TRY(choice_read(r, node, depth, &part, err));
	} else {
		part.kind = PART_LIST;
		TRY(list_read(r, node, &part.list, err));
	}
	*ARENA_PUSH(r->a, out->p, out->n, out->cap) = part;
	return OK;
}

enum err_code parts_read(
	struct outline_reader *r, const struct node *node, int depth, struct parts *out, struct err *err)
{
	if (!node)
		return OK;
	if (depth > PART_DEPTH)
		return node_fail(node, err, "choices stand in each other too deep");
	if (node->kind != NODE_LIST)
		return part_read(r, node, depth, out, err);
	for (size_t i = 0; i < node->n; i++)
		TRY(part_read(r, node->items[i], depth, out, err));
	return OK;
}

struct claim_form {
	const struct node *needs;
	struct str text;
};

static enum err_code claim_read(struct outline_reader *r, const struct node *map, struct claims *out, struct err *err)
{
	static const struct bind rules[] = {
		{"text", BIND_TEXT, true, offsetof(struct claim_form, text)},
		{"needs", BIND_NODE, false, offsetof(struct claim_form, needs)},
	};
	struct claim_form f = {0};
	struct claim claim = {0};
	const struct node *needs;

	if (map->kind == NODE_MAP && NODE_GET(map, "needs")) {
		TRY(bind_map(r->a, map, rules, LEN(rules), N_("the claim"), &f, err));
		needs = f.needs;
		claim.text = f.text;
	} else { /* {text: …, figure: …, at_least: 90} */
		struct node *rest = node_map(r->a);

		claim.text = node_text(map, S("text"));
		if (!claim.text.n)
			return node_fail(map, err, "a claim has words (text) and what they need (needs)");
		rest->line = map->line;
		rest->col = map->col;
		for (size_t i = 0; i < map->n; i++)
			if (!str_is(map->keys[i]->text, "text"))
				node_put(r->a, rest, map->keys[i], map->items[i]);
		needs = rest;
	}
	if (!claim.text.n)
		return node_fail(map, err, "a claim has words (text) and what they need (needs)");
	TRY(condition_read(r, needs, &claim.needs, err));
	*ARENA_PUSH(r->a, out->p, out->n, out->cap) = claim;
	return OK;
}

enum err_code claims_read(struct outline_reader *r, const struct node *node, struct claims *out, struct err *err)
{
	if (!node)
		return OK;
	if (node->kind != NODE_LIST)
		return claim_read(r, node, out, err);
	for (size_t i = 0; i < node->n; i++)
		TRY(claim_read(r, node->items[i], out, err));
	return OK;
}

/* ---- the whole ---- */

struct form {
	const struct node *title, *lead, *claim, *sections, *redact, *paper;
	struct str own, suggested;
	struct texts terms;
};

struct suggest_form {
	struct str problem;
	const struct node *when, *say;
};

static enum err_code suggest_read(
	struct outline_reader *r, const struct node *map, struct suggest *out, struct err *err)
{
	static const struct bind rules[] = {
		{"problem", BIND_TEXT, true, offsetof(struct suggest_form, problem)},
		{"when", BIND_NODE, true, offsetof(struct suggest_form, when)},
		{"say", BIND_NODE, true, offsetof(struct suggest_form, say)},
	};
	struct suggest_form f = {0};
	const struct section *s;

	TRY(bind_map(r->a, map, rules, LEN(rules), N_("the suggestion"), &f, err));
	s = outline_section(r->o, f.problem);
	if (!s || !s->parent.n)
		return node_fail(
			NODE_GET(map, "problem"), err, "there is no section " STR_FMT " in report", STR_ARG(f.problem));
	out->problem = s->number;
	TRY(condition_read(r, f.when, &out->when, err));
	return phrase_read(r, f.say, (struct scope){.when = &out->when}, &out->say, err);
}

static enum err_code suggests_read(struct outline_reader *r, const struct node *list, struct err *err)
{
	if (!list)
		return OK;
	r->o->suggests = ARENA_ARRAY(r->a, struct suggest, list->n);
	r->o->nsuggests = list->n;
	for (size_t i = 0; i < list->n; i++)
		TRY(suggest_read(r, list->items[i], &r->o->suggests[i], err));
	return OK;
}

/* Sections that suggestions name are problems, and so are their sisters. */
static void mark_problems(struct outline *o)
{
	for (size_t i = 0; i < o->nsections; i++)
		for (size_t k = 0; k < o->nsuggests; k++)
			for (size_t j = 0; j < o->sections[i].nsections; j++)
				if (str_eq(o->sections[i].sections[j].number, o->suggests[k].problem))
					o->sections[i].problems = true;
}

static enum err_code annex_chart(struct outline_reader *r, struct paper_annex *annex, struct err *err)
{
	struct outline_chart *chart = ARENA_NEW(r->a, struct outline_chart);

	if (!annex->chart_of)
		return OK;
	annex->chart = chart;
	return chart_read(r, annex->chart_of, false, chart, err);
}

enum err_code outline_read(struct arena *a, const struct scheme *s, struct outline *out, struct err *err)
{
	static const struct bind rules[] = {
		{"title", BIND_NODE, true, offsetof(struct form, title)},
		{"lead", BIND_NODE, false, offsetof(struct form, lead)},
		{"own", BIND_TEXT, false, offsetof(struct form, own)},
		{"claim", BIND_NODE, false, offsetof(struct form, claim)},
		{"sections", BIND_LIST, true, offsetof(struct form, sections)},
		{"suggested", BIND_TEXT, false, offsetof(struct form, suggested)},
		{"terms", BIND_TEXTS, false, offsetof(struct form, terms)},
		{"redact", BIND_NODE, false, offsetof(struct form, redact)},
		{"paper", BIND_NODE, false, offsetof(struct form, paper)},
	};
	struct outline_reader r = {a, s, out};
	struct form f = {0};

	if (!s->report)
		return fail(err, ERR_NOT_FOUND, "the scheme has no report");
	*out = (struct outline){.scheme = s};
	TRY(bind_map(a, s->report, rules, LEN(rules), N_("report"), &f, err));
	out->terms = f.terms;
	out->lead_own = f.own;
	out->suggested = f.suggested;
	TRY(phrase_read(&r, f.title, (struct scope){0}, &out->title, err));
	TRY(parts_read(&r, f.lead, 0, &out->lead, err));
	TRY(claims_read(&r, f.claim, &out->lead_claims, err));
	TRY(sections_read(&r, f.sections, NULL, &out->sections, &out->nsections, err));
	TRY(redact_read(&r, f.redact, err));
	TRY(paper_read(a, s, f.paper, &out->paper, err));
	for (size_t i = 0; i < out->paper.nannexes; i++)
		TRY(annex_chart(&r, &out->paper.annexes[i], err));
	TRY(suggests_read(&r, s->suggest, err));
	mark_problems(out);
	return OK;
}
