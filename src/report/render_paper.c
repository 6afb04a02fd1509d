/* What stands around the report's text: filled in when it is composed, put into the document when that is made. */
#include "report/report.h"

#include "base/utf8.h"
#include "doc/chart.h"

/* ---- filling in ---- */

static void hide(struct report *r)
{
	struct paper *p = &r->paper;

	p->number = p->copy_no = p->address = STR_NONE;
	p->signers.n = 0;
	p->nannexes = 0;
	for (const struct paper_field *f = paper_fields; f->name; f++) {
		struct str *text = (struct str *)((char *)p + f->at);
		struct texts *names = (struct texts *)((char *)p + f->at);

		if (f->sort == PAPER_TEXT)
			*text = redact_words(r, *text);
		for (size_t i = 0; f->sort == PAPER_NAMES && i < names->n; i++)
			names->p[i] = redact_words(r, names->p[i]);
	}
}

/* A list of its own: the outline's is the scheme's. */
static void own_lists(struct arena *a, struct paper *p)
{
	struct paper_annex *annexes = ARENA_ARRAY(a, struct paper_annex, p->nannexes + 1);

	for (const struct paper_field *f = paper_fields; f->name; f++) {
		struct texts *names = (struct texts *)((char *)p + f->at);
		struct str *copy;

		if (f->sort != PAPER_NAMES)
			continue;
		copy = ARENA_ARRAY(a, struct str, names->n + 1);
		for (size_t i = 0; i < names->n; i++)
			copy[i] = names->p[i];
		names->p = copy;
	}
	for (size_t i = 0; i < p->nannexes; i++)
		annexes[i] = p->annexes[i];
	p->annexes = annexes;
}

static struct str ended(struct arena *a, struct str s, struct str with)
{
	return !s.n || str_ends(s, with) ? s : arena_printf(a, STR_FMT STR_FMT, STR_ARG(s), STR_ARG(with));
}

static enum err_code annex_charts(struct report *r, struct err *err)
{
	for (size_t i = 0; i < r->paper.nannexes; i++) {
		struct paper_annex *annex = &r->paper.annexes[i];

		if (!annex->chart)
			continue;
		annex->pictures = ARENA_NEW(r->arena, struct charts);
		TRY(report_chart_of(r, annex->chart, annex->title, NULL, annex->landscape ? &chart_lying : &chart_paper,
			annex->pictures, err));
	}
	return OK;
}

enum err_code report_paper(struct report *r, struct err *err)
{
	const struct org *org = r->figures->facts->org;
	struct paper *p = &r->paper;
	bool zh = r->lang == LANG_ZH;
	struct paper_words words = {.year = r->figures->facts->year, .title = r->outline->scheme->title};

	*p = r->outline->paper;
	TRY(paper_values_put(r->arena, p, r->opt.paper, err));
	own_lists(r->arena, p);
	if (org) {
		words.office = org->office.name;
		words.office_short = org->office.short_name;
	}
	if (r->opt.approval) {
		words.no = r->opt.approval->no;
		if (!date_is(p->date))
			p->date = r->opt.approval->day;
		if (!date_is(p->issued))
			p->issued = r->opt.approval->day;
	}
	paper_fill(r->arena, p, &words);
	if (r->redaction)
		hide(r);
	if (p->addressee.n && str_ends(p->addressee, S(":")))
		p->addressee.n--;
	p->addressee = ended(r->arena, p->addressee, zh ? S("：") : S(":"));
	if (p->postscript.n && !str_starts(p->postscript, zh ? S("（") : S("(")))
		p->postscript = arena_printf(r->arena, zh ? "（" STR_FMT "）" : "(" STR_FMT ")",
			STR_ARG(p->postscript));
	return annex_charts(r, err);
}

/* ---- head, signature, 版记 ---- */

/* 2022年1月5日; of a draft with room for month and day. */
static struct str day_text(const struct report *r, struct date day)
{
	if (date_is(day))
		return date_words(r->arena, r->lang, day, true);
	return arena_printf(r->arena, r->lang == LANG_ZH ? "%d年　月　日" : "__ ________ %d", r->figures->facts->year);
}

/* Names that a line should not break: short ones of the organisation's units, and those that are listed. */
enum { KEEP_LONGEST = 8 };

static void keep_words(const struct report *r, struct doc *d)
{
	const struct org *org = r->figures->facts->org;
	size_t cap = 0;

	for (size_t i = 0; i < r->paper.keep.n; i++)
		*ARENA_PUSH(r->arena, d->keep, d->nkeep, cap) = r->paper.keep.p[i];
	for (size_t i = 0; org && i < org->nunits; i++) {
		const struct str names[] = {org->units[i].name, org->units[i].short_name};

		for (size_t k = 0; k < LEN(names); k++)
			if (names[k].n && utf8_count(names[k]) <= KEEP_LONGEST)
				*ARENA_PUSH(r->arena, d->keep, d->nkeep, cap) = names[k];
	}
}

/* When the file says it was made: when it was approved; of a draft the day it is dated, or speaks of. No clock: the
 * same report is the same file. */
static int64_t file_date(const struct report *r)
{
	struct date day = date_is(r->paper.date) ? r->paper.date : r->figures->on;

	return r->opt.approval ? r->opt.approval->at : (int64_t)day.n * 86400 * 1000000;
}

void report_around(const struct report *r, struct doc *d)
{
	const struct paper *p = &r->paper;
	bool colophon = p->copies.n || p->issuer.n;

	d->head = (struct doc_head){.form = (enum doc_form)p->form,
		.copy_no = p->copy_no,
		.secrecy = p->secrecy,
		.urgency = p->urgency,
		.mark = p->mark,
		.number = p->number,
		.signers = p->signers.p,
		.nsigners = p->signers.n};
	d->sign.names = p->signature.p;
	d->sign.nnames = p->signature.n;
	d->sign.post = p->post;
	d->sign.seal = (enum doc_seal)p->seal;
	if (p->signature.n || date_is(p->date))
		d->sign.date = day_text(r, p->date);
	d->postscript = p->postscript;
	if (p->form == FORM_MINUTES)
		d->present = (struct doc_present){p->present, p->absent, p->guests};
	if (colophon)
		d->colophon = (struct doc_colophon){
			.copies = p->copies, .issuer = p->issuer, .date = day_text(r, p->issued)};
	d->grid = (enum doc_grid)p->grid;
	d->author = p->signature.n ? p->signature.p[0] : STR_NONE;
	d->at = file_date(r);
	if (r->opt.approval) {
		d->subject = r->redaction ? STR_NONE : p->number;
		if (!r->redaction)
			d->code = r->opt.approval->code;
	}
	keep_words(r, d);
}

/* ---- annexes: registers and charts ---- */

/* The fields that any of the records has. */
static size_t columns_of(const struct report *r, const struct paper_annex *annex, const struct fact_list *l,
	const struct field **out)
{
	const struct record_type *t = annex->set.of;
	size_t n = 0;

	for (size_t k = 0; k < annex->ncolumns; k++)
		out[n++] = annex->columns[k];
	for (size_t k = 0; !annex->ncolumns && k < t->nfields && n < DOC_COLS - 1; k++)
		for (size_t i = 0; i < l->n; i++)
			if (datum_text(r->arena, r->lang, fact_own(r->figures->facts, l->p[i], &t->fields[k])).n) {
				out[n++] = &t->fields[k];
				break;
			}
	return n;
}

static void nothing(struct doc *d)
{
	doc_run(d, doc_block(d, DOC_BODY, S("")), (struct doc_run){.text = str_c(doc_say(d, N_("None")))});
}

struct fact_list report_annex_facts(const struct report *r, const struct paper_annex *annex)
{
	if (annex->chart)
		return (struct fact_list){0};
	return set_take(r->figures->facts, &annex->set, &(struct ask){.on = r->figures->on});
}

struct str report_annex_name(const struct report *r, size_t nth)
{
	return r->paper.nannexes > 1 ? arena_printf(r->arena, tr(r->lang, N_("Annex %zu")), nth)
				     : str_c(tr(r->lang, N_("Annex")));
}

/* By which a row is known again in an edited document: short enough for a bookmark. */
static struct str row_id(struct arena *a, size_t annex, const struct fact *f)
{
	if (f->type->computed)
		return arena_printf(a, "t%zu-c%u", annex + 1, (unsigned)f->no);
	return arena_printf(a, "t%zu-%llx-%llx", annex + 1, (unsigned long long)f->id.origin,
		(unsigned long long)f->id.seq);
}

static void annex_table(const struct report *r, struct doc *d, size_t nth)
{
	const struct paper_annex *annex = &r->paper.annexes[nth];
	const struct facts *f = r->figures->facts;
	struct fact_list l = report_annex_facts(r, annex);
	const struct field **cols = ARENA_ARRAY(r->arena, const struct field *,
		annex->ncolumns + annex->set.of->nfields + 1);
	size_t n = columns_of(r, annex, &l, cols);
	struct doc_table *t;
	struct doc_cell *cells;

	if (!l.n || !n) {
		nothing(d);
		return;
	}
	t = doc_table(d, S(""), n + 1);
	t->nheads = 1;
	cells = doc_row(d, t, S(""));
	cells[0].text = r->lang == LANG_ZH ? S("序号") : S("No.");
	for (size_t k = 0; k < n; k++)
		cells[k + 1].text = cols[k]->title.n ? cols[k]->title : cols[k]->name;
	for (size_t i = 0; i < l.n; i++) {
		cells = doc_row(d, t, row_id(r->arena, nth, l.p[i]));
		cells[0].text = arena_printf(r->arena, "%zu", i + 1);
		for (size_t k = 0; k < n; k++)
			cells[k + 1].text =
				datum_text(r->arena, r->lang, fact_value(f, l.p[i], cols[k], r->figures->on));
	}
}

void report_annexes(const struct report *r, struct doc *d)
{
	const struct paper *p = &r->paper;
	size_t cap = 0;

	for (size_t i = 0; i < p->nannexes; i++) {
		struct doc_block *b = doc_block(d, DOC_ANNEX, arena_printf(r->arena, "annex-%zu", i + 1));

		b->number = report_annex_name(r, i + 1);
		b->landscape = p->annexes[i].landscape;
		doc_run(d, b, (struct doc_run){.text = p->annexes[i].title});
		*ARENA_PUSH(r->arena, d->annexes, d->nannexes, cap) = p->annexes[i].title;
		if (!p->annexes[i].chart)
			annex_table(r, d, i);
		else if (p->annexes[i].pictures->n)
			report_pictures(r, d, p->annexes[i].pictures);
		else
			nothing(d);
	}
}
