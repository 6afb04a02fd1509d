/* The rows of an annex's register against those of the document: which cells differ, and which record says them. */
#include "report/adopt_in.h"

struct str adopt_annex_name(struct work *w, size_t annex)
{
	if (!annex || annex > w->r->paper.nannexes)
		return STR_NONE;
	return report_annex_name(w->r, annex);
}

static struct str cell_of(struct work *w, const struct doc_table *t, size_t row, size_t col)
{
	return adopt_bare_ours(w->a, t->rows[row].cells[col].text, true);
}

/* The column of the document that has this head; where heads don't tell, the one in the same place. */
static size_t column(struct work *w, const struct doc_table *t, size_t col, const struct docx_item *head)
{
	struct str want = cell_of(w, t, 0, col);

	for (size_t k = 0; head && k < head->ncells; k++)
		if (str_eq(adopt_bare(w->a, head->cells[k]), want))
			return k;
	return head && head->ncells != t->ncols ? SIZE_MAX : col;
}

static bool same_digits(struct str a, struct str b)
{
	for (size_t i = 0, k = 0;; i++, k++) {
		while (i < a.n && (a.p[i] < '0' || a.p[i] > '9'))
			i++;
		while (k < b.n && (b.p[k] < '0' || b.p[k] > '9'))
			k++;
		if (i >= a.n || k >= b.n)
			return i >= a.n && k >= b.n;
		if (a.p[i] != b.p[k])
			return false;
	}
}

/* Where a person finds it: in its register, or by its number. */
static struct str record_of(struct work *w, const struct fact *f)
{
	struct str row = fact_row(w->a, f);

	if (f->type->computed)
		return row;
	return arena_printf(w->a, STR_FMT " [%lld]", STR_ARG(row), (long long)f->id.seq);
}

static void tell(struct work *w, const struct expected *e, size_t col, struct str old, struct str now)
{
	const struct doc_table *t = e->table->table;
	const struct paper_annex *annex = e->annex ? &w->r->paper.annexes[e->annex - 1] : NULL;
	struct str title = col < t->ncols ? cell_of(w, t, 0, col) : STR_NONE;
	bool head = e->row < t->nheads;
	struct adopt_item *it = adopt_tell(w, head || !annex ? ADOPT_ANNEX : ADOPT_CELL, STR_NONE);
	struct fact_list facts;

	it->old = old;
	it->now = now;
	it->place = head ? arena_printf(w->a, tr(w->r->opt.lang, N_("%s, head")), adopt_annex_name(w, e->annex).p)
			 : arena_printf(w->a, tr(w->r->opt.lang, N_("%s, row %zu, %s")),
				   adopt_annex_name(w, e->annex).p, e->row + 1 - t->nheads, arena_str(w->a, title).p);
	if (it->kind != ADOPT_CELL)
		return;
	facts = report_annex_facts(w->r, annex);
	if (e->row - t->nheads < facts.n)
		it->record = record_of(w, facts.p[e->row - t->nheads]);
	it->number = !same_digits(old, now);
	w->out->figures += it->number;
}

void adopt_row(struct work *w, const struct expected *e, const struct docx_item *head)
{
	const struct doc_table *t = e->table->table;
	bool *known = ARENA_ARRAY(w->a, bool, e->found->ncells + 1);

	for (size_t c = 0; c < t->ncols; c++) {
		size_t k = column(w, t, c, e->row < t->nheads ? e->found : head);
		struct str old = cell_of(w, t, e->row, c), now = STR_NONE;

		if (k < e->found->ncells) {
			now = adopt_bare(w->a, e->found->cells[k]);
			known[k] = true;
		} else if (e->row >= t->nheads) {
			continue; /* the head says that the column is gone */
		}
		if (!str_eq(old, now))
			tell(w, e, c, old, now);
	}
	for (size_t k = 0; k < e->found->ncells; k++)
		if (!known[k] && adopt_bare(w->a, e->found->cells[k]).n)
			tell(w, e, t->ncols, STR_NONE, adopt_bare(w->a, e->found->cells[k]));
}
