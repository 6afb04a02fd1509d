/* Which mapping takes a sheet, and where its header stands. Names of files and sheets are tried first; where they fit
 * nothing, the header's own words decide. */
#include "base/utf8.h"
#include "record/export.h"
#include "record/import.h"

#include <stdarg.h>
#include <stdio.h>

enum { HEAD_SEARCH = 30, COL_NONE = -1, COL_IGNORE = -2 };

/* Titles of the columns of a header at row i of the sheet, h rows high. */
struct titles {
	size_t n;
	struct title {
		int col;
		struct str top, leaf;    /* leaf is empty for one row, or where the lower cell is */
	} *t;
};

/* A header tried: what each column would be. */
struct trial {
	size_t row;                  /* index in sheet->rows */
	int height;
	struct titles titles;
	int *field;                  /* [titles.n]: index of the field, COL_NONE, COL_IGNORE */
	size_t hits, unknown;
	bool complete;               /* date, required and find words are all there */
};

static const struct cell *cell_at(const struct row *r, int col)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->cells[i].col == col)
			return &r->cells[i];
	return NULL;
}

/* The text over a column in the upper of two header rows: its own, or that of the merged range or of the nearest cell
 * to the left, where the lower row goes on. */
static struct str top_over(const struct sheet *s, const struct row *top, int col)
{
	const struct cell *c = cell_at(top, col), *left = NULL;

	if (c && !str_blank(c->text))
		return str_trim(c->text);
	for (size_t i = 0; i < s->nspans; i++)
		if (s->spans[i].row1 == top->no && s->spans[i].col1 <= col && col <= s->spans[i].col2 &&
		    (c = cell_at(top, s->spans[i].col1)))
			return str_trim(c->text);
	for (size_t i = 0; i < top->n && top->cells[i].col < col; i++)
		if (!str_blank(top->cells[i].text))
			left = &top->cells[i];
	return left ? str_trim(left->text) : STR_NONE;
}

static int last_col(const struct row *r)
{
	return r->n ? r->cells[r->n - 1].col : 0;
}

static struct titles titles_of(struct arena *a, const struct sheet *s, size_t i, int height)
{
	const struct row *top = &s->rows[i], *low = height == 2 ? &s->rows[i + 1] : NULL;
	int last = MAX(last_col(top), low ? last_col(low) : 0);
	struct titles t = {.t = ARENA_ARRAY(a, struct title, (size_t)last)};

	for (int col = 1; col <= last; col++) {
		const struct cell *c = cell_at(top, col), *l = low ? cell_at(low, col) : NULL;
		struct title x = {.col = col};

		if (l && !str_blank(l->text)) {
			x.top = top_over(s, top, col);
			x.leaf = str_trim(l->text);
		} else if (c) {
			x.top = str_trim(c->text);
		}
		if (x.top.n || x.leaf.n)
			t.t[t.n++] = x;
	}
	return t;
}

/* The words of a title to try, best first: "参会人数/应到", then the lower alone, then each without a bracket behind.
 * */
static size_t spellings(struct arena *a, const struct title *t, struct str out[4])
{
	size_t n = 0, at;

	if (t->leaf.n && t->top.n)
		out[n++] = utf8_squeeze(a, arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(t->top), STR_ARG(t->leaf)));
	out[n++] = utf8_squeeze(a, t->leaf.n ? t->leaf : t->top);
	for (size_t i = 0, whole = n; i < whole; i++)
		if (str_ends(out[i], S(")")) && str_find(out[i], S("("), &at) && at)
			out[n++] = str_sub(out[i], 0, at);
	return n;
}

/* The header words of a mapping, squeezed, to field index + 1, or to nfields + 1 for columns to ignore. */
static void words_of(struct arena *a, const struct sheet_map *m, struct map *out)
{
	*out = (struct map)MAP_IN(a);
	for (size_t i = 0; i < m->record->nfields; i++)
		for (size_t k = 0; k < m->columns[i].n; k++)
			map_set(out, utf8_squeeze(a, m->columns[i].p[k]), (void *)(uintptr_t)(i + 1));
	for (size_t k = 0; k < m->ignore.n; k++) {
		void **at = map_at(out, utf8_squeeze(a, m->ignore.p[k]));

		if (!*at)
			*at = (void *)(uintptr_t)(m->record->nfields + 1);
	}
}

static bool is_refused_word(struct arena *a, struct str title, const char *word)
{
	struct str s = utf8_squeeze(a, title);

	return str_eq(s, utf8_squeeze(a, str_c(word))) || str_eq(s, utf8_squeeze(a, str_c(tr(LANG_ZH, word))));
}

/* The workbook of refused rows is known by its last column, in either language; then its first is no surprise. */
static bool sent_back(struct arena *a, const struct titles *t)
{
	return t->n && is_refused_word(a, t->t[t->n - 1].top, REFUSED_WHY);
}

/* Wherever somebody has moved it. */
static bool is_id_column(const struct title *t)
{
	return str_is(t->top, EXPORT_ID) || str_is(t->top, EXPORT_PART) || str_is(t->leaf, EXPORT_ID) ||
		str_is(t->leaf, EXPORT_PART);
}

/* Columns of our own that hold no fact: those of refused rows, and the ids of what was exported. */
static bool is_ours(struct arena *a, const struct titles *t, size_t i)
{
	bool last = i == t->n - 1;

	if (is_id_column(&t->t[i]))
		return true;
	return sent_back(a, t) && (last || is_refused_word(a, t->t[i].top, REFUSED_ROW));
}

static int field_of_title(struct arena *a, const struct sheet_map *m, const struct map *words, const struct title *t)
{
	struct str tries[4];
	size_t n = spellings(a, t, tries);

	for (size_t i = 0; i < n; i++) {
		uintptr_t at = (uintptr_t)map_get(words, tries[i]);

		if (at)
			return at > m->record->nfields ? COL_IGNORE : (int)at - 1;
	}
	return COL_NONE;
}

static bool has_field(const struct trial *t, const struct field *f)
{
	for (size_t i = 0; i < t->titles.n; i++)
		if (t->field[i] == (int)f->at)
			return true;
	return false;
}

static bool has_word(struct arena *a, const struct trial *t, struct str word)
{
	struct str want = utf8_squeeze(a, word);

	for (size_t i = 0; i < t->titles.n; i++)
		if (str_eq(utf8_squeeze(a, t->titles.t[i].top), want) ||
			str_eq(utf8_squeeze(a, t->titles.t[i].leaf), want))
			return true;
	return false;
}

static struct trial try_header(struct arena *a, const struct sheet_map *m, const struct map *words,
	const struct sheet *s, size_t row, int height)
{
	struct trial t = {.row = row, .height = height, .titles = titles_of(a, s, row, height), .complete = true};

	t.field = ARENA_ARRAY(a, int, t.titles.n);
	for (size_t i = 0; i < t.titles.n; i++) {
		t.field[i] = field_of_title(a, m, words, &t.titles.t[i]);
		if (t.field[i] == COL_NONE && is_ours(a, &t.titles, i))
			t.field[i] = COL_IGNORE;
		t.hits += t.field[i] != COL_NONE;
		t.unknown += t.field[i] == COL_NONE;
	}
	if (m->year.of && !has_field(&t, m->year.of))
		t.complete = false;
	for (size_t i = 0; i < m->nrequired; i++)
		if (!has_field(&t, m->required[i]))
			t.complete = false;
	for (size_t i = 0; i < m->find.n; i++)
		if (!has_word(a, &t, m->find.p[i]))
			t.complete = false;
	return t;
}

/* All that must be there is, nothing unknown beside it, and enough to go by: three columns, or all there are. */
static bool whole(const struct sheet_map *m, const struct trial *t)
{
	bool all = t->hits > 1;

	for (size_t i = 0; i < m->record->nfields; i++)
		all &= !m->columns[i].n || has_field(t, &m->record->fields[i]);
	return t->complete && !t->unknown && (t->hits >= 3 || all);
}

static bool better(const struct trial *t, const struct trial *than)
{
	return t->complete != than->complete ? t->complete : t->hits > than->hits;
}

/* The header that knows the most columns among the first rows; ties go to the declared height, then upwards. */
static bool best_header(struct arena *a, const struct sheet_map *m, const struct sheet *s, struct trial *best)
{
	const int heights[] = {m->head_rows, 3 - m->head_rows};
	struct map words;
	bool found = false;

	words_of(a, m, &words);
	for (size_t k = 0; k < LEN(heights); k++) {
		for (size_t row = 0; row < s->nrows && row < HEAD_SEARCH; row++) {
			struct trial t;

			if (heights[k] == 2 && (row + 1 >= s->nrows || s->rows[row + 1].no != s->rows[row].no + 1))
				continue;
			t = try_header(a, m, &words, s, row, heights[k]);
			if (!t.hits || (found && !better(&t, best)))
				continue;
			*best = t;
			found = true;
		}
	}
	return found;
}

static bool patterns_fit(const struct texts *patterns, struct str name)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (str_glob(patterns->p[i], name))
			return true;
	return false;
}

static bool names_fit(const struct sheet_map *m, struct str file, bool csv, struct str sheet)
{
	return patterns_fit(&m->file, file) && (csv || !m->sheet.n || patterns_fit(&m->sheet, sheet));
}

static struct str title_text(struct arena *a, const struct title *t)
{
	return t->leaf.n && t->top.n ? arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(t->top), STR_ARG(t->leaf))
	                             : t->leaf.n ? t->leaf : t->top;
}

static struct str problem(struct import *im, const char *fmt, ...) PRINTF(2, 3);
static struct str problem(struct import *im, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, tr(im->lang, fmt), ap);
	va_end(ap);
	return arena_str(im->arena, str_c(text));
}

/* The nearest header word of the mapping, for "did you mean". */
static struct str nearest_word(struct arena *a, const struct sheet_map *m, struct str title)
{
	struct str want = utf8_squeeze(a, title), best = STR_NONE;
	size_t least = MAX(utf8_count(want) / 2, (size_t)1) + 1;

	for (size_t i = 0; i < m->record->nfields; i++) {
		for (size_t k = 0; k < m->columns[i].n; k++) {
			size_t d = str_distance(want, utf8_squeeze(a, m->columns[i].p[k]), least);

			if (d < least) {
				least = d;
				best = m->columns[i].p[k];
			}
		}
	}
	return best;
}

static struct str unknown_column(
	struct import *im, const struct sheet_map *m, const struct sheet *s, const struct trial *t, size_t i)
{
	struct str title = title_text(im->arena, &t->titles.t[i]), near = nearest_word(im->arena, m, title);
	char col[COL_TEXT];

	col_text(t->titles.t[i].col, col);
	if (near.n)
		return problem(im,
			N_("row %d, column %s: the scheme knows no column '" STR_FMT "'; did you mean '" STR_FMT
			   "'? (columns or ignore of '" STR_FMT "')"),
			s->rows[t->row].no, col, STR_ARG(title), STR_ARG(near), STR_ARG(m->name));
	return problem(im,
		N_("row %d, column %s: the scheme knows no column '" STR_FMT
		   "'; add it to columns or ignore of '" STR_FMT "'"),
		s->rows[t->row].no, col, STR_ARG(title), STR_ARG(m->name));
}

static struct str first_word(const struct sheet_map *m, const struct field *f)
{
	return m->columns[f->at].n ? m->columns[f->at].p[0] : f->name;
}

/* What keeps a header from being taken; empty when nothing does. */
static struct str header_problem(
	struct import *im, const struct sheet_map *m, const struct sheet *s, const struct trial *t)
{
	int no = s->rows[t->row].no;

	for (size_t i = 0; i < t->titles.n; i++) {
		if (t->field[i] == COL_NONE)
			return unknown_column(im, m, s, t, i);
		for (size_t k = 0; t->field[i] >= 0 && k < i; k++)
			if (t->field[k] == t->field[i])
				return problem(im,
					N_("row %d: two columns stand for '" STR_FMT "': '" STR_FMT "' and '" STR_FMT
					   "'"),
					no, STR_ARG(first_word(m, &m->record->fields[t->field[i]])),
					STR_ARG(title_text(im->arena, &t->titles.t[k])),
					STR_ARG(title_text(im->arena, &t->titles.t[i])));
	}
	if (m->year.of && !has_field(t, m->year.of))
		return problem(im, N_("row %d: no column '" STR_FMT "'"), no, STR_ARG(first_word(m, m->year.of)));
	for (size_t i = 0; i < m->nrequired; i++)
		if (!has_field(t, m->required[i]))
			return problem(
				im, N_("row %d: no column '" STR_FMT "'"), no, STR_ARG(first_word(m, m->required[i])));
	for (size_t i = 0; i < m->find.n; i++)
		if (!has_word(im->arena, t, m->find.p[i]))
			return problem(im, N_("row %d: no header '" STR_FMT "'"), no, STR_ARG(m->find.p[i]));
	return STR_NONE;
}

static void take(struct import *im, const struct sheet_map *m, const struct trial *t, struct import_table *table)
{
	const struct sheet *s = table->sheet;

	table->map = m;
	table->header_row = s->rows[t->row].no;
	table->heads = ARENA_ARRAY(im->arena, struct str, m->record->nfields);
	table->cols = ARENA_ARRAY(im->arena, int, m->record->nfields);
	for (size_t i = 0; i < t->titles.n; i++) {
		if (is_id_column(&t->titles.t[i]) && !table->id_col) {
			table->id_col = t->titles.t[i].col;
			table->part = str_is(t->titles.t[i].top, EXPORT_PART) || str_is(t->titles.t[i].leaf,
				EXPORT_PART);
		}
		if (t->field[i] < 0)
			continue;
		table->heads[t->field[i]] = title_text(im->arena, &t->titles.t[i]);
		table->cols[t->field[i]] = t->titles.t[i].col;
	}
	table->head_end = s->rows[t->row].no + t->height - 1;
	table->sent_back = sent_back(im->arena, &t->titles);
	table->problem = header_problem(im, m, s, t);
}

bool import_match(struct import *im, struct str file, bool csv, struct import_table *t)
{
	const struct scheme *s = im->scheme;
	const struct sheet_map *named = NULL, *best_map = NULL;
	struct trial best = {0}, x;

	/* A mapping whose name fits, unless another one knows the header to the last column and that one does not. */
	for (int by_name = 1; by_name >= 0 && !(best_map && whole(best_map, &best)); by_name--) {
		for (size_t i = 0; i < s->nsheets; i++) {
			const struct sheet_map *m = &s->sheets[i];

			if (by_name && !names_fit(m, file, csv, t->sheet->name))
				continue;
			named = by_name && !named ? m : named;
			if (!best_header(im->arena, m, t->sheet, &x))
				continue;
			if (!by_name && !whole(m, &x))
				continue;
			if (best_map && (whole(m, &x) == whole(best_map, &best) ? !better(&x, &best)
			                                                        : whole(best_map, &best)))
				continue;
			best = x;
			best_map = m;
		}
	}
	if (best_map) {
		take(im, best_map, &best, t);
		return true;
	}
	if (!named)
		return false;
	t->map = named;
	t->problem =
		problem(im, N_("no header found in the first %d rows; expected such as '" STR_FMT "'"), HEAD_SEARCH,
			STR_ARG(first_word(named, named->nrequired ? named->required[0] : &named->record->fields[0])));
	return true;
}
