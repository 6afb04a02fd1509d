#include "who/org_page.h"

#include "base/utf8.h"

enum { HEAD_ROWS = 20, SPANS = 1000 };

static bool listed(const char *const words[PAGE_WORDS], struct str text, size_t *at)
{
	for (size_t i = 0; i < PAGE_WORDS && words[i]; i++)
		if (str_is(text, words[i])) {
			*at = i;
			return true;
		}
	return false;
}

/* ---- cells ---- */

static const struct cell *cell_at(const struct row *row, int col)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].col == col && !str_blank(row->cells[i].text))
			return &row->cells[i];
	return NULL;
}

static const struct row *row_of(const struct sheet *s, int no)
{
	size_t lo = 0, hi = s->nrows;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->rows[mid].no < no)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < s->nrows && s->rows[lo].no == no ? &s->rows[lo] : NULL;
}

/* The cell of a field; inside a merged range that of its corner. NULL when empty. */
static const struct cell *get(const struct org_page *t, const struct row *row, int field)
{
	int col = t->cols[field];
	const struct cell *c = col ? cell_at(row, col) : NULL;

	for (size_t i = 0; col && !c && i < MIN(t->sheet->nspans, (size_t)SPANS); i++) {
		const struct span *s = &t->sheet->spans[i];
		const struct row *top;

		if (row->no < s->row1 || row->no > s->row2 || col < s->col1 || col > s->col2)
			continue;
		top = row_of(t->sheet, s->row1);
		return top ? cell_at(top, s->col1) : NULL;
	}
	return c;
}

struct str org_page_text(const struct org_page *t, const struct row *row, int field)
{
	const struct cell *c = get(t, row, field);

	return c ? str_trim(c->text) : STR_NONE;
}

/* ---- days ---- */

/* Up to three numbers with anything of ./-年月日 between; false for any other text. */
static bool numbers(struct str s, int out[3], size_t *n, size_t digits[3])
{
	size_t at = 0;

	*n = 0;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);

		if (c >= '0' && c <= '9') {
			if (*n == 3 || digits[*n] == 8)
				return false;
			out[*n] = out[*n] * 10 + (int)(c - '0');
			digits[*n]++;
		} else if (c == '.' || c == '/' || c == '-' || c == 0x5E74 || c == 0x6708 || c == 0x65E5) {
			if (*n == 3 || !digits[*n])
				return false;
			++*n;
		} else {
			return false;
		}
	}
	*n += *n < 3 && digits[*n];
	return true;
}

/* 2022-06-03, 2022.6.3, 2022/6/3, 20220603, 2022年6月3日, in full or half width. */
static bool day_of(struct str s, struct date *out)
{
	int v[3] = {0};
	size_t n, digits[3] = {0};

	if (!numbers(s, v, &n, digits))
		return false;
	if (n == 1 && digits[0] == 8)
		return date_make(v[0] / 10000, v[0] / 100 % 100, v[0] % 100, out);
	return n == 3 && digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2 &&
		date_make(v[0], v[1], v[2], out);
}

/* No day: an empty cell, or words for it. */
static bool no_day(struct str s)
{
	static const char *const words[] = {"至今", "今", "现任", "在任", "-", "—", "——", "/", "无"};

	for (size_t i = 0; i < LEN(words); i++)
		if (str_is(s, words[i]))
			return true;
	return !s.n;
}

static enum err_code at_row(const struct org_page *t, const struct row *row)
{
	return err_at(t->err, "sheet " STR_FMT ", row %d", STR_ARG(t->sheet->name), row->no);
}

enum err_code org_page_day(const struct org_page *t, const struct row *row, int field, struct date *out)
{
	const struct cell *c = get(t, row, field);
	struct str s = c ? utf8_squeeze(t->a, c->text) : STR_NONE;

	*out = DATE_NONE;
	if (c && c->kind == CELL_DATE)
		*out = c->date;
	else if (!no_day(s) && !day_of(s, out)) {
		fail(t->err, ERR_INPUT, STR_FMT ": '" STR_FMT "' is no day; write it as 2022-06-03",
			STR_ARG(t->heads[field]), STR_ARG(c->text));
		return at_row(t, row);
	}
	return OK;
}

/* ---- finding sheets and headers ---- */

static struct str head_word(struct arena *a, struct str cell)
{
	struct str s = utf8_squeeze(a, cell), part;

	if (str_starts(s, S("*")))
		s = str_sub(s, 1, s.n);
	return str_cut(&s, S("("), &part) ? part : s;
}

/* Reads row as a header: the place of each field's best column. Returns the first required field that it
 * lacks, or PAGE_FIELDS. */
static int header(struct org_page *t, const struct row *row)
{
	size_t best[PAGE_FIELDS];
	int lacks = PAGE_FIELDS;

	for (int f = 0; f < PAGE_FIELDS; f++) {
		best[f] = PAGE_WORDS;
		t->cols[f] = 0;
	}
	for (size_t i = 0; i < row->n; i++) {
		struct str word = head_word(t->a, row->cells[i].text);

		for (int f = 0; f < PAGE_FIELDS; f++) {
			size_t at;

			if (!listed(t->form->columns[f].words, word, &at) || at >= best[f])
				continue;
			best[f] = at;
			t->cols[f] = row->cells[i].col;
			t->heads[f] = word;
		}
	}
	for (int f = PAGE_FIELDS - 1; f >= 0; f--)
		if (t->form->columns[f].required && !t->cols[f])
			lacks = f;
	return lacks;
}

static int found(const struct org_page *t)
{
	int n = 0;

	for (int f = 0; f < PAGE_FIELDS; f++)
		n += t->cols[f] > 0;
	return n;
}

static enum err_code find_header(struct org_page *t)
{
	int most = 0, lacking = 0, line = 0;

	for (size_t i = 0; i < MIN(t->sheet->nrows, (size_t)HEAD_ROWS); i++) {
		int lacks = header(t, &t->sheet->rows[i]);

		if (lacks == PAGE_FIELDS) {
			t->first = i + 1;
			return OK;
		}
		if (found(t) > most) {
			most = found(t);
			lacking = lacks;
			line = t->sheet->rows[i].no;
		}
	}
	if (most > 1)
		return fail(t->err, ERR_INPUT, "sheet " STR_FMT ": the header in row %d has no column '%s'",
			STR_ARG(t->sheet->name), line, t->form->columns[lacking].words[0]);
	return fail(t->err, ERR_INPUT,
		"sheet " STR_FMT ": no header row with '%s' and '%s' in the first %d rows",
		STR_ARG(t->sheet->name), t->form->columns[0].words[0], t->form->columns[1].words[0],
		(int)HEAD_ROWS);
}

static enum err_code find_sheet(struct arena *a, const struct book *book, const struct org_form *form,
	const struct sheet **out, struct err *err)
{
	size_t at;

	*out = NULL;
	for (size_t i = 0; i < book->nsheets; i++) {
		if (!listed(form->names, utf8_squeeze(a, book->sheets[i].name), &at))
			continue;
		if (*out)
			return fail(err, ERR_INPUT,
				"sheets " STR_FMT " and " STR_FMT " would hold the same facts",
				STR_ARG((*out)->name), STR_ARG(book->sheets[i].name));
		*out = &book->sheets[i];
	}
	if (!*out && !form->optional)
		return fail(err, ERR_REQUIRED, "there is no sheet '%s'", form->names[0]);
	return OK;
}

enum err_code org_page_find(struct arena *a, const struct book *book, const struct org_form *form,
	struct org_page *out, struct err *err)
{
	struct org_page t = {.a = a, .form = form, .err = err};

	TRY(find_sheet(a, book, form, &t.sheet, err));
	if (t.sheet)
		TRY(find_header(&t));
	*out = t;
	return OK;
}

/* ---- rows ---- */

bool org_page_no_fact(const struct org_page *t, const struct row *row)
{
	static const char *const notes[] = {"注:", "注.", "备注:", "说明", "填表"};
	struct str first = STR_NONE;
	int n = 0;

	for (int f = 0; f < PAGE_FIELDS; f++)
		n += t->cols[f] && cell_at(row, t->cols[f]);
	if (!n)
		return true;
	for (size_t i = 0; i < row->n && !first.n; i++)
		first = utf8_squeeze(t->a, row->cells[i].text);
	for (size_t i = 0; n == 1 && i < LEN(notes); i++)
		if (str_starts(first, str_c(notes[i])))
			return true;
	return false;
}

enum err_code org_page_complete(const struct org_page *t, const struct row *row)
{
	for (int f = 0; f < PAGE_FIELDS; f++)
		if (t->form->columns[f].required && !org_page_text(t, row, f).n) {
			fail(t->err, ERR_REQUIRED, STR_FMT " is empty", STR_ARG(t->heads[f]));
			return at_row(t, row);
		}
	return OK;
}
