/* The report as a document, with its registers as an annex. */
#include "report/adopt.h"

#include "report/chart.h"

#include <stdlib.h>

struct rendering {
	const struct report *r;
	struct doc *d;
	bool annex;
	struct map figures; /* name → its number in the annex, as a span that has it */
	struct map facts; /* "%p" → struct fact, shown in the annex */
};

static struct str fact_id(struct arena *a, const struct fact *f)
{
	if (f->type->computed)           /* several may stand for one record */
		return arena_printf(a, "c-%u", (unsigned)f->no);
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
	if (!x->annex)
		run.link = report_link(x->r, s);
	if (!x->annex || s->value.n)
		return run;
	if (sourced(s)) {
		run.mark = MARK_FIGURE;
		run.link = figure_id(x->r->arena, figure_at(x, s));
		run.hint = span_title(x->r, s);
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
	case PARA_CAPTION:
		return DOC_CAPTION;
	default:
		return DOC_BODY;
	}
}

void report_pictures(const struct report *r, struct doc *d, const struct charts *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct doc_block *b;
		struct doc_picture *p = ARENA_NEW(r->arena, struct doc_picture);

		if (i)
			doc_run(d, doc_block(d, DOC_CAPTION, S("")), (struct doc_run){.text = c->p[i]->title});
		b = doc_block(d, DOC_PICTURE, S(""));
		p->drawing = c->p[i];
		p->alt = c->desc.n ? arena_printf(r->arena, STR_FMT "%s" STR_FMT, STR_ARG(c->p[i]->title),
			r->lang == LANG_ZH ? "。" : ". ", STR_ARG(c->desc)) : c->p[i]->title;
		b->picture = p;
	}
	if (c->n)
		doc_run(d, doc_block(d, DOC_SOURCE, S("")), (struct doc_run){.text = c->source});
}

static void paragraphs(struct rendering *x)
{
	const struct report *r = x->r;
	struct str *ids = para_ids(r);

	for (size_t i = 0; i < r->nparas; i++) {
		struct doc_block *b = doc_block(x->d, kind_of(r->paras[i].kind), ids[i]);

		for (size_t k = r->paras[i].from; k < r->paras[i].to; k++)
			if (r->spans[k].kind != SAID_BREAK)
				doc_run(x->d, b, run_of(x, &r->spans[k]));
		if (r->paras[i].kind == PARA_TITLE && r->paper.addressee.n)
			doc_run(x->d, doc_block(x->d, DOC_ADDRESSEE, S("")),
				(struct doc_run){.text = r->paper.addressee});
		if (r->paras[i].pictures)
			report_pictures(r, x->d, r->paras[i].pictures);
	}
}

/* ---- the annex ---- */

/* "file#sheet 5、7、12": each row a link to its record below. */
static void row_links(struct rendering *x, struct doc_block *b, const struct fact_list *facts)
{
	struct arena *a = x->r->arena;

	bool zh = x->r->lang == LANG_ZH;

	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = facts->p[i];
		bool same = i && str_eq(f->source, facts->p[i - 1]->source);
		struct str before =
			same ? zh ? S("、") : S(", ")
			     : arena_printf(a, "%s" STR_FMT " ", !i ? "" : zh ? "；" : "; ", STR_ARG(f->source));

		show_fact(x, f);
		doc_run(x->d, b, (struct doc_run){.text = before});
		doc_run(x->d, b, (struct doc_run){.text = arena_printf(a, "%d", f->row), .link = fact_id(a, f)});
	}
}

static int by_place(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a, *y = *(const struct fact *const *)b;
	int c = str_cmp(x->source, y->source);

	return c ? c : (x->row > y->row) - (x->row < y->row);
}

static void figure_line(struct rendering *x, size_t i)
{
	struct arena *a = x->r->arena;
	enum lang lang = x->r->lang;
	const struct said *s = x->figures.items[i].value;
	struct str rule = s->duty ? s->duty->duty->title : figure_rule(s->figure->figure);
	struct fact_list facts = span_facts(x->r, s);
	struct doc_block *b = doc_block(x->d, DOC_NOTE, figure_id(a, i));

	doc_run(x->d, b, (struct doc_run){.text = s->text, .mark = MARK_FIGURE});
	doc_run(x->d, b, (struct doc_run){.text = arena_printf(a, "  " STR_FMT, STR_ARG(span_title(x->r, s)))});
	if (rule.n)
		doc_run(x->d, b, (struct doc_run){.text = arena_printf(a, tr(lang, "; " STR_FMT), STR_ARG(rule))});
	doc_run(x->d, b, (struct doc_run){.text = str_c(tr(lang, facts.n ? N_("; records: ") : N_("; no record")))});
	if (facts.n)
		qsort(facts.p, facts.n, sizeof *facts.p, by_place);
	row_links(x, b, &facts);
}

static bool shown(struct rendering *x, const struct fact *f)
{
	return map_get(&x->facts, arena_printf(x->r->arena, "%p", (const void *)f));
}

/* As the record says it; of a computed one as of the day, for that is all it says. */
static struct str cell(struct rendering *x, const struct fact *f, const struct field *field)
{
	if (f->type->computed)
		return datum_text(
			x->r->arena, x->r->lang, fact_value(x->r->figures->facts, f, field, x->r->figures->on));
	return datum_text(x->r->arena, x->r->lang, fact_own(x->r->figures->facts, f, field));
}

/* The fields that any of the records shown has. */
static size_t columns_of(
	struct rendering *x, const struct record_type *t, const struct fact_list *l, const struct field **out)
{
	size_t n = 0;

	for (size_t k = 0; k < t->nfields; k++)
		for (size_t i = 0; i < l->n; i++)
			if (cell(x, l->p[i], &t->fields[k]).n) {
				out[n++] = &t->fields[k];
				break;
			}
	return n;
}

static void source_table(struct rendering *x, const struct record_type *t, const struct fact_list *l)
{
	struct arena *a = x->r->arena;
	const struct field **cols = ARENA_ARRAY(a, const struct field *, t->nfields);
	size_t n = columns_of(x, t, l, cols);
	struct doc_table *table;
	struct doc_cell *cells;

	doc_run(x->d, doc_block(x->d, DOC_ANNEX_H, S("")),
		(struct doc_run){
			.text = arena_printf(a, STR_FMT "  " STR_FMT, STR_ARG(t->title), STR_ARG(l->p[0]->source))});
	table = doc_table(x->d, S(""), n + 1);
	table->nheads = 1;
	cells = doc_row(x->d, table, S(""));
	cells[0].text = str_c(tr(x->r->lang, l->p[0]->by_hand ? N_("record") : N_("row")));
	for (size_t k = 0; k < n; k++)
		cells[k + 1].text = cols[k]->title.n ? cols[k]->title : cols[k]->name;
	for (size_t i = 0; i < l->n; i++) {
		cells = doc_row(x->d, table, fact_id(a, l->p[i]));
		cells[0].text = arena_printf(a, "%d", l->p[i]->row);
		for (size_t k = 0; k < n; k++)
			cells[k + 1].text = cell(x, l->p[i], cols[k]);
	}
}

/* The records of a type that the report stands on, a table a source. */
static void register_tables(struct rendering *x, const struct record_type *t)
{
	const struct fact_set *set = facts_of(x->r->figures->facts, t);
	struct fact_list all = {0};
	size_t from = 0;

	for (size_t i = 0; i < set->n; i++)
		if (shown(x, &set->p[i]))
			*ARENA_PUSH(x->r->arena, all.p, all.n, all.cap) = &set->p[i];
	if (all.n)
		qsort(all.p, all.n, sizeof *all.p, by_place);
	for (size_t i = 1; i <= all.n; i++)
		if (i == all.n || !str_eq(all.p[i]->source, all.p[from]->source)) {
			source_table(x, t, &(struct fact_list){.p = all.p + from, .n = i - from});
			from = i;
		}
}

static void annex(struct rendering *x)
{
	char on[DATE_TEXT];
	const struct scheme *s = x->r->figures->facts->scheme;
	enum lang lang = x->r->lang;

	doc_run(x->d, doc_block(x->d, DOC_ANNEX, S("annex")),
		(struct doc_run){.text = str_c(tr(lang, N_("Annex: the figures and their records")))});
	doc_run(x->d, doc_block(x->d, DOC_NOTE, S("")),
		(struct doc_run){
			.text = arena_printf(x->r->arena, tr(lang, "as of %s"),
				date_text(x->r->figures->on, on).p)});
	for (size_t i = 0; i < x->figures.n; i++)
		figure_line(x, i);
	doc_run(x->d, doc_block(x->d, DOC_ANNEX, S("registers")),
		(struct doc_run){.text = str_c(tr(lang, N_("Annex: the registers")))});
	for (size_t i = 0; i < s->ntypes; i++)
		register_tables(x, &s->types[i]);
}

struct doc *report_doc(const struct report *r, bool with_annex)
{
	struct rendering x = {.r = r, .annex = with_annex, .figures = MAP_IN(r->arena), .facts = MAP_IN(r->arena)};

	x.d = doc_new(r->arena, r->title, doc_lang_mark(r->lang));
	paragraphs(&x);
	report_around(r, x.d);
	report_annexes(r, x.d);
	if (with_annex)
		annex(&x);
	return x.d;
}
