/* Registers as documents: a lying table with its head on every page. */
#include "base/utf8.h"
#include "doc/layout.h"
#include "record/export_book.h"

/* Of the table: its first column counts. Widths: the type area of a lying page, half an em of the smallest size that a
 * table is set in, room beside a text; in characters, how long a text or a word is told from a longer one, and what a
 * column has at least. */
enum {
	COUNT_COLUMN = 1,
	LYING = 225 * NM_MM, CHAR = SIZE_S5 / 2, PADDING = 3 * NM_MM, LONGEST = 256, LONGEST_WORD = 20,
	NARROWEST = 4
};

static enum err_code in_docx(const struct doc *d, struct arena *a, struct str *out, struct err *err)
{
	return doc_docx(d, a, out, err);
}

static enum err_code in_html(const struct doc *d, struct arena *a, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	doc_html(d, &b);
	if (b.over)
		return fail(err, ERR_LIMIT, "the document is larger than %d bytes", DOC_BYTES);
	*out = arena_str(a, buf_str(&b));
	return OK;
}

const struct export_form export_forms[] = {
	{"pdf", "application/pdf", NULL, doc_pdf},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", in_docx, NULL},
	{"ofd", "application/ofd", NULL, doc_ofd},
	{"html", "text/html; charset=utf-8", in_html, NULL},
	{0},
};

const struct export_form *export_form(struct str format)
{
	for (const struct export_form *f = export_forms; f->format; f++)
		if (str_is(format, f->format))
			return f;
	return NULL;
}

/* ---- the tree ---- */

struct writing {
	struct doc *d;
	struct doc_table *table;
	struct export_plan plan;
	const struct export_ask *ask;
	size_t rows, all; /* of this register, of all */
	size_t *lengths; /* [columns * LONGEST] how many texts are so long */
	int *words; /* [columns] characters of the longest word or number */
};

/* Of a register with two lines of heads, the first: what stands before the stroke. Empty: it has one line. */
static struct str group_of(const struct export_sheet *s, size_t k)
{
	size_t at;

	if (!s->map || s->map->head_rows < 2 || !str_find(s->heads[k], S("/"), &at))
		return STR_NONE;
	return str_sub(s->heads[k], 0, at);
}

static void put_heads(struct writing *w, const struct export_sheet *s)
{
	struct doc_cell *upper = doc_row(w->d, w->table, S("")), *lower = NULL;

	w->table->nheads = 1;
	for (size_t k = 0; k < s->n && w->table->nheads == 1; k++)
		w->table->nheads += group_of(s, k).n > 0;
	if (w->table->nheads == 2)
		lower = doc_row(w->d, w->table, S(""));
	upper[0] = (struct doc_cell){.text = str_c(tr(w->ask->lang, N_("No. in the list"))), .rows = lower ? 2 : 0};
	for (size_t k = 0, next; k < s->n; k = next) {
		struct doc_cell *over = &upper[k + COUNT_COLUMN];
		struct str group = group_of(s, k);

		*over = (struct doc_cell){.text = s->heads[k], .rows = lower ? 2 : 0};
		next = k + 1;
		if (!group.n)
			continue;
		while (next < s->n && str_eq(group_of(s, next), group))
			next++;
		*over = (struct doc_cell){.text = group, .cols = (int)(next - k)};
		for (size_t i = k; i < next; i++)
			lower[i + COUNT_COLUMN].text = str_sub(s->heads[i], group.n + 1, s->heads[i].n);
	}
}

/* What a cell says, with its unit; valid until the next record. */
static struct str cell_text(struct arena *a, const struct export_cell *c)
{
	return c->unit.n && c->text.n ? arena_printf(a, STR_FMT STR_FMT, STR_ARG(c->text), STR_ARG(c->unit)) : c->text;
}

/* Of the longest word, number or name of a file in it, at most LONGEST_WORD. */
static int longest_word(struct str s)
{
	int most = 0, n = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		n = c > ' ' && c < 0x1100 ? n + 1 : 0;
		most = MAX(most, n);
	}
	return MIN(most, LONGEST_WORD);
}

/* The first time round: which columns say anything, and how long what they say is. */
static enum err_code measure(void *ctx, const struct export_record *r, struct err *err)
{
	struct writing *w = ctx;

	if (++w->all > EXPORT_PAPER)
		return fail(err, ERR_LIMIT, "a document holds at most %d records, and these are more: "
			"take the workbook, or fewer records", EXPORT_PAPER);
	TRY(export_cells(&w->plan, r, err));
	for (size_t k = 0; k < w->plan.sheet->n; k++) {
		const struct export_cell *c = &w->plan.cells[k];

		w->lengths[k * LONGEST + (size_t)MIN(export_chars(c->text) + export_chars(c->unit), LONGEST - 1)]++;
		w->words[k] = MAX(w->words[k], longest_word(c->text));
	}
	w->rows++;
	return OK;
}

static enum err_code put_record(void *ctx, const struct export_record *r, struct err *err)
{
	struct writing *w = ctx;
	struct arena *a = w->d->arena;
	struct doc_cell *cells;

	TRY(export_cells(&w->plan, r, err));
	cells = doc_row(w->d, w->table, S(""));
	cells[0].text = arena_printf(a, "%zu", w->table->nrows - w->table->nheads);
	for (size_t k = 0; k < w->plan.sheet->n; k++)
		cells[k + COUNT_COLUMN].text = arena_str(a, cell_text(a, &w->plan.cells[k]));
	return OK;
}

/* ---- columns ---- */

struct need {
	int least, good; /* characters: its longest word; nine of ten of its texts, and half its head */
};

static struct need need_of(const struct writing *w, const struct export_sheet *s, size_t k)
{
	size_t group = group_of(s, k).n, seen = 0, filled = w->rows - w->lengths[k * LONGEST];
	struct str head = str_sub(s->heads[k], group ? group + 1 : 0, s->heads[k].n);
	int least = MAX(w->words[k], NARROWEST), n = 1;

	while (n + 1 < LONGEST && (seen += w->lengths[k * LONGEST + (size_t)n]) * 10 < filled * 9)
		n++;
	return (struct need){least, MAX(MAX(n, (export_chars(head) + 1) / 2), least)};
}

static int32_t width_of(struct need need, int32_t most)
{
	return MAX(MIN(need.good * CHAR + PADDING, most), need.least * CHAR + PADDING);
}

static int64_t sum_of(const struct need *need, size_t n, int32_t most)
{
	int64_t sum = 0;

	for (size_t k = 0; k < n; k++)
		sum += width_of(need[k], most);
	return sum;
}

/* Where there is no room for all, the widest give way: each has what it needs, up to the most that leaves room. */
static void set_widths(struct writing *w, const struct export_sheet *s, const struct need *need)
{
	int32_t count = 4 * CHAR + PADDING, room = LYING - count, least = 0, most = LYING;

	if (sum_of(need, s->n, LYING) <= room)
		return;
	while (most - least > 1) {
		int32_t half = (least + most) / 2;

		if (sum_of(need, s->n, half) <= room)
			least = half;
		else
			most = half;
	}
	if (!least) /* not even the longest words have room: as the layout sees fit */
		return;
	w->table->widths = ARENA_ARRAY(w->d->arena, int32_t, s->n + COUNT_COLUMN);
	w->table->widths[0] = count;
	for (size_t k = 0; k < s->n; k++)
		w->table->widths[k + COUNT_COLUMN] = width_of(need[k], least);
}

/* The columns that say anything of any record; all where there is none. empty: the heads of the others. */
static void used_columns(const struct writing *w, const struct export_sheet *s, struct export_sheet *out,
	struct need *need, struct buf *empty)
{
	*out = *s;
	out->fields = ARENA_ARRAY(w->d->arena, const struct field *, s->n);
	out->heads = ARENA_ARRAY(w->d->arena, struct str, s->n);
	out->n = 0;
	for (size_t k = 0; k < s->n; k++) {
		if (w->rows && w->lengths[k * LONGEST] == w->rows) {
			buf_printf(empty, "%s" STR_FMT,
				!empty->n ? "" : w->ask->lang == LANG_ZH ? "、" : ", ", STR_ARG(s->heads[k]));
			continue;
		}
		need[out->n] = need_of(w, s, k);
		out->fields[out->n] = s->fields[k];
		out->heads[out->n++] = s->heads[k];
	}
}

static void line_of(struct doc *d, enum doc_kind kind, struct str text)
{
	doc_run(d, doc_block(d, kind, S("")), (struct doc_run){.text = text});
}

/* Whose, of which year, as of when, how many. */
static struct str about(const struct writing *w)
{
	const struct export_ask *ask = w->ask;
	char day[DATE_TEXT];
	struct str on = date_is(ask->on) ? str_c(date_text(ask->on, day).p) : str_c(tr(ask->lang,
		N_("all that is recorded")));

	return arena_printf(w->d->arena, tr(ask->lang, N_("Office: " STR_FMT "; year: %d; as of: " STR_FMT
		"; records: %zu")), STR_ARG(ask->org->office.name), ask->year, STR_ARG(on), w->rows);
}

static void put_lines(struct writing *w, struct str empty)
{
	struct arena *a = w->d->arena;
	enum lang lang = w->ask->lang;

	line_of(w->d, DOC_NOTE, about(w));
	if (w->ask->narrowed.n)
		line_of(w->d, DOC_NOTE, arena_printf(a, tr(lang, N_("Only: " STR_FMT)), STR_ARG(w->ask->narrowed)));
	if (empty.n)
		line_of(w->d, DOC_NOTE, arena_printf(a, tr(lang, N_("Columns in which nothing stands, left out: "
			STR_FMT)), STR_ARG(empty)));
	if (!w->rows)
		line_of(w->d, DOC_NOTE, str_c(tr(lang, N_("no record"))));
}

static enum err_code each(
	struct writing *w, const struct export_sheet *s, struct db *db, export_fn *fn, struct err *err)
{
	enum err_code code;

	export_plan(w->d->arena, s, w->ask->lang, &w->plan);
	code = export_each(db, s, w->ask, fn, w, err);
	export_plan_done(&w->plan);
	return code;
}

static enum err_code put_sheet(struct writing *w, const struct export_sheet *all, struct db *db, struct err *err)
{
	CLEANUP(buf_free) struct buf empty = BUF_MAX(64 << 10);
	struct doc *d = w->d;
	struct doc_block *b = doc_block(d, DOC_ANNEX, S(""));
	struct need *need = ARENA_ARRAY(d->arena, struct need, all->n);
	struct export_sheet s;

	b->landscape = true;
	doc_run(d, b, (struct doc_run){.text = export_sheet_name(all)});
	w->rows = 0;
	w->lengths = ARENA_ARRAY(d->arena, size_t, all->n * LONGEST);
	w->words = ARENA_ARRAY(d->arena, int, all->n);
	TRY(each(w, all, db, measure, err));
	used_columns(w, all, &s, need, &empty);
	if (s.n + COUNT_COLUMN > DOC_COLS)
		return fail(err, ERR_LIMIT, "the register has %zu columns, and a page at most %d: "
			"take the workbook", s.n, DOC_COLS - COUNT_COLUMN);
	put_lines(w, arena_str(d->arena, buf_str(&empty)));
	w->table = doc_table(d, S(""), s.n + COUNT_COLUMN);
	put_heads(w, &s);
	set_widths(w, &s, need);
	return each(w, &s, db, put_record, err);
}

static enum err_code build(struct writing *w, const struct export_sheet *sheets, size_t n, struct db *db, size_t *rows,
	struct err *err)
{
	enum err_code code = OK;

	for (size_t i = 0; i < n && code == OK; i++) {
		code = put_sheet(w, &sheets[i], db, err);
		rows[i] = w->rows;
	}
	return code;
}

/* ---- its bytes ---- */

static enum err_code print(struct arena *a, const struct doc *d, const struct export_form *form,
	struct export_paper *paper, enum lang lang, struct err *err)
{
	CLEANUP(fonts_close) struct fonts *fonts = NULL;
	struct lay *lay;

	TRY(fonts_open((const char *const[]){paper->fonts, NULL}, &fonts, err));
	TRY(doc_layout(a, d, fonts, lang, &lay, err));
	paper->warnings = ARENA_ARRAY(a, struct str, lay->nwarnings);
	for (size_t i = 0; i < lay->nwarnings; i++)
		paper->warnings[paper->nwarnings++] = lay->warnings[i].text;
	return form->print(lay, a, &paper->bytes, err);
}

enum err_code export_document(struct arena *a, const struct export_sheet *sheets, size_t n,
	const struct export_ask *ask, struct log *reader, const struct export_form *form, struct export_paper *paper,
	struct err *err)
{
	struct writing w = {.ask = ask};
	enum err_code code;

	w.d = doc_new(a, n == 1 ? export_sheet_name(&sheets[0])
		: arena_printf(a, tr(ask->lang, N_("Registers of %d")), ask->year), doc_lang_mark(ask->lang));
	w.d->author = ask->org->office.name;
	paper->rows = ARENA_ARRAY(a, size_t, n);
	TRY(db_begin(log_db(reader), err));
	code = build(&w, sheets, n, log_db(reader), paper->rows, err);
	db_rollback(log_db(reader));
	if (code != OK)
		return code;
	return form->write ? form->write(w.d, a, &paper->bytes, err) : print(a, w.d, form, paper, err->lang, err);
}
