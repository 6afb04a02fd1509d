/* Every row below the header into its class. The order of the questions is the order of product.md: can it be read, is
 * it of the year, was it here before on this sheet. */
#include "base/utf8.h"
#include "record/export.h"
#include "record/import.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* What classifying one sheet carries from row to row. */
struct pass {
	struct import *im;
	struct import_table *t;
	int year;                    /* of this sheet: the import's year + shift */
	struct map seen;             /* key → struct import_row, accepted */
	struct map repeats;          /* key → how often, where rows may repeat */
	struct map outside;          /* the same for rows outside the year */
	size_t nspans;               /* vertical merges, by first row */
	struct span *spans;
};

void import_notice(struct import *im, struct import_table *t, int row, const char *fmt, ...)
{
	struct import_notice *n = ARENA_PUSH(im->arena, t->notices, t->nnotices, t->notices_cap);
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, tr(im->lang, fmt), ap);
	va_end(ap);
	n->row = row;
	n->text = arena_str(im->arena, str_c(text));
}

static const struct cell *cell_at(const struct row *r, int col)
{
	size_t lo = 0, hi = r->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->cells[mid].col == col)
			return &r->cells[mid];
		if (r->cells[mid].col < col)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* Besides the column of ids. */
static size_t filled_cells(const struct row *r, int id_col, const struct cell **first)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (str_blank(r->cells[i].text) || r->cells[i].col == id_col)
			continue;
		if (!n)
			*first = &r->cells[i];
		n++;
	}
	return n;
}

static bool begins(struct arena *a, const struct texts *words, struct str text)
{
	struct str s = utf8_squeeze(a, text);

	for (size_t i = 0; i < words->n; i++)
		if (str_starts(s, words->p[i]))
			return true;
	return false;
}

static void skip(struct pass *p, int no, enum skip why)
{
	struct import_table *t = p->t;

	*ARENA_PUSH(p->im->arena, t->skipped, t->nskipped, t->skipped_cap) = (struct import_skip){no, why};
}

/* A header printed again further down (one a page): no data, and not worth a word. */
static bool is_header_again(const struct pass *p, const struct row *r)
{
	const struct import_table *t = p->t;
	size_t hits = 0;

	for (size_t i = 0; i < t->map->record->nfields; i++) {
		const struct cell *c = t->cols[i] ? cell_at(r, t->cols[i]) : NULL;
		struct str head = t->heads[i];

		if (!c || str_blank(c->text))
			continue;
		if (!str_eq(str_trim(c->text), head))
			return false;
		hits++;
	}
	return hits >= 2;
}

/* ---- merged cells in the data: the value stands for every row of the range that has content of its own ---- */

static int by_row(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->row1 > y->row1) - (x->row1 < y->row1);
}

static void find_merges(struct pass *p)
{
	const struct sheet *s = p->t->sheet;

	p->spans = ARENA_ARRAY(p->im->arena, struct span, s->nspans);
	for (size_t i = 0; i < s->nspans; i++)
		if (s->spans[i].row2 > s->spans[i].row1 && s->spans[i].row1 > p->t->head_end)
			p->spans[p->nspans++] = s->spans[i];
	if (p->nspans)
		qsort(p->spans, p->nspans, sizeof *p->spans, by_row);
}

static const struct row *row_no(const struct sheet *s, int no)
{
	size_t lo = 0, hi = s->nrows;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->rows[mid].no == no)
			return &s->rows[mid];
		if (s->rows[mid].no < no)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static const struct cell *merged_into(struct pass *p, int no, int col)
{
	for (size_t i = 0; i < p->nspans && p->spans[i].row1 < no; i++) {
		const struct span *s = &p->spans[i];
		const struct row *r;

		if (s->row2 < no || s->col1 != col)
			continue;
		r = row_no(p->t->sheet, s->row1);
		return r ? cell_at(r, col) : NULL;
	}
	return NULL;
}

/* ---- one data row ---- */

static bool is_control(char c)
{
	return ((unsigned char)c < ' ' && c != '\n' && c != '\t') || c == 0x7F;
}

/* What the log does not take and nobody sees is left out, and told. */
static struct str without_control(struct pass *p, const struct row *r, size_t field, struct str text)
{
	size_t n = 0, left = 0;
	char *out;

	for (size_t i = 0; i < text.n; i++)
		n += is_control(text.p[i]);
	if (!n)
		return text;
	import_notice(p->im, p->t, r->no, N_("'" STR_FMT "': %zu control characters were left out"),
		STR_ARG(p->t->heads[field]), n);
	out = (char *)arena_str(p->im->arena, text).p;
	for (size_t i = 0; i < text.n; i++)
		if (!is_control(text.p[i]))
			out[left++] = text.p[i];
	return (struct str){out, left};
}

static void read_values(struct pass *p, const struct row *r, struct import_row *out)
{
	const struct record_type *type = p->t->map->record;

	out->values = ARENA_ARRAY(p->im->arena, struct value, type->nfields);
	for (size_t i = 0; i < type->nfields; i++) {
		int col = p->t->cols[i];
		const struct cell *c = col ? cell_at(r, col) : NULL;
		struct cell clean;

		if (col && p->nspans && (!c || str_blank(c->text)))
			c = merged_into(p, r->no, col);
		if (c) {
			clean = *c;
			clean.text = without_control(p, r, i, c->text);
			c = &clean;
		}
		out->values[i] = value_read(p->im->arena, &type->fields[i], c, p->year);
	}
}

static void refuse(struct import_row *r, enum refusal why, const struct field *f)
{
	r->class = ROW_REFUSED;
	r->refusal = why;
	r->field = f;
	r->text = r->values[f->at].text;
}

static bool check_field(const struct sheet_map *m, struct import_row *r, const struct field *f)
{
	enum refusal why = row_refusal(m, f, &r->values[f->at]);

	if (why != REFUSE_NONE)
		refuse(r, why, f);
	return why == REFUSE_NONE;
}

/* One fault a row: the date first, then the required fields in their order. */
static bool check_required(const struct pass *p, struct import_row *r)
{
	const struct sheet_map *m = p->t->map;

	if (m->year.of && !check_field(m, r, m->year.of))
		return false;
	for (size_t i = 0; i < m->nrequired; i++)
		if (!check_field(m, r, m->required[i]))
			return false;
	return true;
}

static void accept(struct pass *p, struct import_row *r)
{
	const struct sheet_map *m = p->t->map;
	struct arena *a = p->im->arena;
	struct str key = row_key(a, m, r->values);
	struct import_row *first;
	void **at;

	if (row_repeats(m)) {
		at = map_at(&p->repeats, key);
		row_ident(a, m, key, (uintptr_t)*at, r->ident);
		*at = (void *)((uintptr_t)*at + 1);
		r->class = ROW_ADD;
		return;
	}
	at = map_at(&p->seen, key);
	first = *at;
	if (first) {
		r->class = ROW_DUPLICATE;
		r->same_as = first->no;
		return;
	}
	/* The row itself moves when the table grows, so its number is what is remembered. */
	first = ARENA_NEW(p->im->arena, struct import_row);
	first->no = r->no;
	*at = first;
	row_ident(a, m, key, 0, r->ident);
	r->class = ROW_ADD;
}

/* A row of another year is kept as such, each one: whether it says a thing twice is its own year's question. */
static void set_aside(struct pass *p, struct import_row *r)
{
	struct str key = row_key(p->im->arena, p->t->map, r->values);
	void **at = map_at(&p->outside, key);

	r->class = ROW_OUT_OF_YEAR;
	row_ident(p->im->arena, p->t->map, key, (uintptr_t)*at, r->ident);
	*at = (void *)((uintptr_t)*at + 1);
}

/* What a person should see although the row is taken. */
static void notices(struct pass *p, const struct import_row *r)
{
	const struct record_type *type = p->t->map->record;

	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *f = &type->fields[i];
		const struct value *v = &r->values[i];
		struct str before;

		if (!r->said_id.n && export_is_cut(v->text, &before))
			import_notice(p->im, p->t, r->no,
				N_("'" STR_FMT "' was cut when it was taken out: its end is missing"),
				STR_ARG(p->t->heads[i]));
		if (v->state == VALUE_RAW)
			import_notice(p->im, p->t, r->no,
				N_("'" STR_FMT "' is not readable as %s: '" STR_FMT "'; kept as written, not counted"),
				STR_ARG(p->t->heads[i]), tr(p->im->lang, field_type_word(f->type)), STR_ARG(v->text));
		else if (v->state == VALUE_OK && f->of && !row_in_list(p->im->arena, f->of, v->text))
			import_notice(p->im, p->t, r->no,
				N_("'" STR_FMT "': '" STR_FMT "' is not in the list '" STR_FMT "'"),
				STR_ARG(p->t->heads[i]), STR_ARG(v->text), STR_ARG(f->of->name));
	}
}

/* What stands in the column of ids. */
static struct str id_at(const struct import_table *t, const struct row *r)
{
	const struct cell *c = t->id_col ? cell_at(r, t->id_col) : NULL;

	return c ? str_trim(c->text) : STR_NONE;
}

static void data_row(struct pass *p, const struct row *r)
{
	struct import_table *t = p->t;
	struct import_row *out = ARENA_PUSH(p->im->arena, t->rows, t->nrows, t->rows_cap);

	out->no = r->no;
	out->day = DATE_NONE;
	out->said_id = id_at(p->t, r);
	read_values(p, r, out);
	if (check_required(p, out)) {
		if (row_in_year(t->map, p->year, out->values, &out->day))
			accept(p, out);
		else
			set_aside(p, out);
	}
	if (out->class == ROW_ADD)
		notices(p, out);
	t->count[out->class]++;
}

/* Content under no header would be lost: said once a column. */
static void loose_columns(struct pass *p)
{
	const struct import_table *t = p->t;
	bool *known = ARENA_ARRAY(p->im->arena, bool, SHEET_COLS + 1);
	const struct row *heads[2] = {row_no(t->sheet, t->header_row), row_no(t->sheet, t->head_end)};
	char col[COL_TEXT];

	for (size_t h = 0; h < LEN(heads); h++)
		for (size_t i = 0; heads[h] && i < heads[h]->n; i++)
			known[heads[h]->cells[i].col] |= !str_blank(heads[h]->cells[i].text);
	for (size_t i = 0; i < t->sheet->nrows; i++) {
		const struct row *r = &t->sheet->rows[i];

		for (size_t k = 0; r->no > t->head_end && k < r->n; k++) {
			int c = r->cells[k].col;

			if (known[c] || str_blank(r->cells[k].text))
				continue;
			known[c] = true;
			import_notice(p->im, p->t, r->no, N_("column %s has content but no header: not read"),
				col_text(c, col));
		}
	}
}

static size_t last_filled(const struct sheet *s, int id_col)
{
	const struct cell *first;
	size_t n = s->nrows;

	while (n && !filled_cells(&s->rows[n - 1], id_col, &first))
		n--;
	return n;
}

void import_rows(struct import *im, struct import_table *t)
{
	struct pass p = {.im = im, .t = t, .year = im->year + (int)t->map->year.shift, .seen = MAP_IN(im->arena),
	                 .repeats = MAP_IN(im->arena), .outside = MAP_IN(im->arena)};
	size_t end = last_filled(t->sheet, t->id_col);
	int next = t->head_end + 1;

	if (t->problem.n)
		return;
	find_merges(&p);
	for (size_t i = 0; i < end; i++) {
		const struct row *r = &t->sheet->rows[i];
		const struct cell *first = NULL;
		size_t n;

		if (r->no <= t->head_end)
			continue;
		for (; next < r->no; next++)      /* numbers that the file leaves out are blank rows */
			skip(&p, next, SKIP_BLANK);
		next = r->no + 1;
		n = filled_cells(r, t->id_col, &first);
		if (!n)
			skip(&p, r->no, SKIP_BLANK);
		else if (str_is(id_at(t, r), EXPORT_NOTE))
			skip(&p, r->no, SKIP_NOTE);
		else if (begins(im->arena, &t->map->totals, first->text))
			skip(&p, r->no, SKIP_TOTAL);
		else if (n == 1 && begins(im->arena, &t->map->notes, first->text))
			skip(&p, r->no, SKIP_NOTE);
		else if (!is_header_again(&p, r))
			data_row(&p, r);
	}
	loose_columns(&p);
}
