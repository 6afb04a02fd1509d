/* The report as a document, with its registers as an annex. */
#include "report/report.h"

struct rendering {
	const struct report *r;
	struct doc *d;
	bool annex;
	struct map figures; /* name → its number in the annex, as a span that has it */
	struct map facts; /* "%p" → struct fact, shown in the annex */
};

static struct str fact_id(struct arena *a, const struct fact *f)
{
	return arena_printf(a, "r-%lld-%lld", (long long)f->id.origin, (long long)f->id.seq);
}

static struct str figure_id(struct arena *a, size_t n)
{
	return arena_printf(a, "f-%zu", n + 1);
}

static bool sourced(const struct said *s)
{
	return s->kind == SAID_FIGURE && (s->figure || s->duty);
}

/* The place of a figure among those named so far; a new one is added. */
static size_t figure_at(struct rendering *x, const struct said *s)
{
	void **at = map_at(&x->figures, s->name);

	if (!*at)
		*at = (void *)s;
	for (size_t i = 0; i < x->figures.n; i++)
		if (str_eq(x->figures.items[i].key, s->name))
			return i;
	BUG("a figure is lost");
}

static void show_fact(struct rendering *x, const struct fact *f)
{
	map_set(&x->facts, arena_printf(x->r->arena, "%p", (const void *)f), (void *)f);
}

static struct doc_run run_of(struct rendering *x, const struct said *s)
{
	struct doc_run run = {.text = s->text};

	if (s->value.n)
		run.mark = MARK_HIDDEN;
	else if (s->kind == SAID_OWN_NUMBER)
		run.mark = MARK_OWN;
	if (!x->annex || s->value.n)
		return run;
	if (sourced(s)) {
		run.mark = MARK_FIGURE;
		run.link = figure_id(x->r->arena, figure_at(x, s));
		run.hint = s->name;
	} else if (s->kind == SAID_FIELD && s->fact) {
		run.mark = MARK_FIELD;
		run.link = fact_id(x->r->arena, s->fact);
		run.hint = fact_row(x->r->arena, s->fact);
		show_fact(x, s->fact);
	}
	return run;
}

static enum doc_kind kind_of(enum para_kind k)
{
	switch (k) {
	case PARA_TITLE:
		return DOC_TITLE;
	case PARA_H1:
		return DOC_H1;
	case PARA_H2:
		return DOC_H2;
	default:
		return DOC_BODY;
	}
}

static void paragraphs(struct rendering *x)
{
	const struct report *r = x->r;

	for (size_t i = 0; i < r->nparas; i++) {
		struct doc_block *b = doc_block(x->d, kind_of(r->paras[i].kind), S(""));

		for (size_t k = r->paras[i].from; k < r->paras[i].to; k++)
			if (r->spans[k].kind != SAID_BREAK)
				doc_run(x->d, b, run_of(x, &r->spans[k]));
	}
}

/* ---- the annex ---- */

static void figure_lines(struct rendering *x)
{
	struct arena *a = x->r->arena;
	enum lang lang = x->r->opt.lang;

	for (size_t i = 0; i < x->figures.n; i++) {
		const struct said *s = x->figures.items[i].value;
		struct fact_list facts = span_facts(x->r, s);
		struct doc_block *b = doc_block(x->d, DOC_NOTE, figure_id(a, i));
		struct str rule = s->duty ? s->duty->duty->title : figure_rule(s->figure->figure);

		doc_run(x->d, b,
			(struct doc_run){
				.text = arena_printf(a, STR_FMT "  " STR_FMT, STR_ARG(s->name), STR_ARG(s->text))});
		if (rule.n)
			doc_run(x->d, b,
				(struct doc_run){.text = arena_printf(a, tr(lang, " (" STR_FMT ")"), STR_ARG(rule))});
		doc_run(x->d, b, (struct doc_run){.text = str_c(tr(lang, facts.n ? N_(": ") : N_(": no record")))});
		for (size_t k = 0; k < facts.n; k++) {
			show_fact(x, facts.p[k]);
			doc_run(x->d, b, (struct doc_run){.text = k ? S("  ") : S("")});
			doc_run(x->d, b,
				(struct doc_run){.text = fact_row(a, facts.p[k]), .link = fact_id(a, facts.p[k])});
		}
	}
}

static bool shown(struct rendering *x, const struct fact *f)
{
	return map_get(&x->facts, arena_printf(x->r->arena, "%p", (const void *)f));
}

static void table_row_of(struct rendering *x, struct doc_block *b, const struct fact *f)
{
	struct arena *a = x->r->arena;
	struct str *cells = ARENA_ARRAY(a, struct str, f->type->nfields + 1);

	cells[0] = fact_row(a, f);
	for (size_t i = 0; i < f->type->nfields; i++)
		cells[i + 1] = value_text(a, LANG_ZH, node_get(f->fields, f->type->fields[i].name));
	doc_row(x->d, b, fact_id(a, f), cells);
}

static void register_table(struct rendering *x, const struct record_type *t)
{
	const struct fact_set *set = facts_of(x->r->figures->facts, t);
	struct arena *a = x->r->arena;
	struct doc_block *b = NULL;

	for (size_t i = 0; i < set->n; i++) {
		if (!shown(x, &set->p[i]))
			continue;
		if (!b) {
			doc_run(x->d, doc_block(x->d, DOC_ANNEX_H, S("")), (struct doc_run){.text = t->title});
			b = doc_block(x->d, DOC_TABLE, S(""));
			b->ncols = t->nfields + 1;
			b->heads = ARENA_ARRAY(a, struct str, b->ncols);
			b->heads[0] = str_c(tr(x->r->opt.lang, N_("place")));
			for (size_t k = 0; k < t->nfields; k++)
				b->heads[k + 1] = t->fields[k].title.n ? t->fields[k].title : t->fields[k].name;
		}
		table_row_of(x, b, &set->p[i]);
	}
}

static void annex(struct rendering *x)
{
	const struct scheme *s = x->r->figures->facts->scheme;
	enum lang lang = x->r->opt.lang;

	doc_run(x->d, doc_block(x->d, DOC_ANNEX, S("annex")),
		(struct doc_run){.text = str_c(tr(lang, N_("Annex: the figures and their records")))});
	figure_lines(x);
	doc_run(x->d, doc_block(x->d, DOC_ANNEX, S("registers")),
		(struct doc_run){.text = str_c(tr(lang, N_("Annex: the registers")))});
	for (size_t i = 0; i < s->ntypes; i++)
		register_table(x, &s->types[i]);
}

struct doc *report_doc(const struct report *r, bool with_annex)
{
	struct rendering x = {.r = r, .annex = with_annex, .figures = MAP_IN(r->arena), .facts = MAP_IN(r->arena)};

	x.d = doc_new(r->arena, r->title, S("zh-CN"));
	paragraphs(&x);
	if (with_annex)
		annex(&x);
	return x.d;
}
