/* Cells of a workbook, as they come. */
#include "base/file.h"
#include "base/utf8.h"
#include "sheet/xlsx_inside.h"
#include "sheet/xlsx_number.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	CELL_UNITS = 32767,               /* of a cell, in UTF-16 */
	NUMBER_DIGITS = 15,               /* more than these a spreadsheet cannot keep */
	LINES_MOST = 27,                  /* a row is at most 409 points high */
	LINE_POINTS = 15,
	UNIX_1900 = 25569,                /* serial date of 1970-01-01 */
	PIECE = 128 << 10,                /* rows on their way into the archive */
	BYTES_MOST = 256 << 20,           /* of a row: 16384 cells of 32767 do not fit */
	LEVEL = 3                         /* of zlib: twice as fast as 6, a tenth larger */
};

/* ---- open, close ---- */

static enum err_code start(struct xlsx *x, const char *path, struct err *err)
{
	size_t base = strlen(path) - path_base(str_c(path)).n;
	char *tmp;

	x->fd = x->row = -1;
	x->cells.max = x->out.max = BYTES_MOST;
	x->path = (char *)arena_str(&x->arena, str_c(path)).p;
	x->dir = (char *)arena_str(&x->arena, base > 1 ? (struct str){path, base - 1} : base ? S("/") : S(".")).p;
	tmp = (char *)arena_printf(&x->arena, "%s.XXXXXX", path).p;
	x->fd = mkostemp(tmp, O_CLOEXEC);
	if (x->fd < 0)
		return fail_errno(err, N_("%s: cannot be written"), path);
	x->tmp = tmp;
	x->zip = zip_out_new(x->fd, x->path, LEVEL);
	return OK;
}

enum err_code xlsx_open(const char *path, struct xlsx **out, struct err *err)
{
	struct xlsx *x CLEANUP(xlsx_drop) = calloc(1, sizeof *x);

	if (!x)
		BUG("out of memory (%zu bytes)", sizeof *x);
	TRY(start(x, path, err));
	*out = x;
	x = NULL;
	return OK;
}

static enum err_code finish(struct xlsx *x, struct err *err)
{
	if (!x->nsheets)
		/* a workbook without a sheet does not open */
		TRY(xlsx_sheet(x, S("Sheet1"), NULL, 0, 0, err));
	TRY(xlsx_end_sheet(x, err));
	TRY(xlsx_put_lists(x, err));
	TRY(xlsx_put_parts(x, err));
	TRY(zip_out_end(x->zip, err));
	if (fsync(x->fd) < 0 || rename(x->tmp, x->path) < 0)
		return fail_errno(err, N_("%s: cannot be written"), x->path);
	x->tmp = NULL;
	return file_sync_dir(x->dir, err);
}

enum err_code xlsx_close(struct xlsx *x, struct err *err)
{
	enum err_code code = finish(x, err);

	xlsx_drop(&x);
	return code;
}

void xlsx_drop(struct xlsx **at)
{
	struct xlsx *x = *at;

	if (!x)
		return;
	if (x->tmp)
		unlink(x->tmp);
	zip_out_free(&x->zip);
	fd_close(&x->fd);
	buf_free(&x->merges);
	buf_free(&x->checks);
	buf_free(&x->links);
	buf_free(&x->cells);
	buf_free(&x->out);
	arena_free(&x->arena);
	free(x);
	*at = NULL;
}

/* ---- text as XML has it ---- */

/* Bytes that may not stand as they are, or begin something that may not. */
static const bool special[256] = {
	[0] = 1, [1] = 1, [2] = 1, [3] = 1, [4] = 1, [5] = 1, [6] = 1, [7] = 1, [8] = 1, [11] = 1, [12] = 1, [13] = 1,
	[14] = 1, [15] = 1, [16] = 1, [17] = 1, [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1, [24] = 1,
	[25] = 1, [26] = 1, [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1,
	['"'] = 1,
	['_'] = 1, [0xEF] = 1};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Text that reads like an escape (_x000D_) gets its first character escaped (ST_Xstring). */
static bool like_escape(struct str s, size_t i)
{
	return i + 7 <= s.n && s.p[i + 1] == 'x' && is_hex(s.p[i + 2]) && is_hex(s.p[i + 3]) && is_hex(s.p[i + 4]) &&
		is_hex(s.p[i + 5]) && s.p[i + 6] == '_';
}

void xlsx_xml(struct buf *b, struct str s, bool attribute)
{
	size_t done = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!special[c] && !(attribute && c == '\n'))
			continue;
		if ((c == '_' && !like_escape(s, i)) || (c == '"' && !attribute))
			continue;
		if (c == 0xEF && !(i + 3 <= s.n && s.p[i + 1] == '\xBF' && (s.p[i + 2] == '\xBE' ||
			s.p[i + 2] == '\xBF')))
			continue;
		buf_put(b, str_sub(s, done, i));
		done = i + 1;
		if (c == 0xEF) {         /* U+FFFE and U+FFFF, which XML does not know */
			buf_put(b, S("\uFFFD"));
			done = i + 3;
			i += 2;
		} else if (c == '\r') {
			if (i + 1 >= s.n || s.p[i + 1] != '\n')
				buf_putc(b, '\n');
		} else if (c == '\n') {
			buf_put(b, S("&#10;"));
		} else if (c < ' ') {
			buf_printf(b, "_x%04X_", c);
		} else {
			buf_put(b, c == '&' ? S("&amp;") : c == '<' ? S("&lt;") : c == '>' ? S("&gt;")
				: c == '"' ? S("&quot;")
				: S("_x005F_"));
		}
	}
	buf_put(b, str_sub(s, done, s.n));
}

/* "B", backwards; returns how many letters. */
static size_t letters(int col, char out[4])
{
	size_t n = 0;

	for (int c = col + 1; c > 0; c = (c - 1) / 26)
		out[n++] = (char)('A' + (c - 1) % 26);
	for (size_t i = 0; i < n / 2; i++) {
		char swap = out[i];

		out[i] = out[n - 1 - i];
		out[n - 1 - i] = swap;
	}
	return n;
}

void xlsx_ref(struct buf *b, int row, int col)
{
	char name[4];

	buf_put(b, (struct str){name, letters(col, name)});
	if (row >= 0)
		buf_printf(b, "%d", row + 1);
}

/* ---- rows ---- */

static enum err_code full(const struct xlsx *x, struct err *err)
{
	return fail(err, ERR_LIMIT, N_("%s: more rows or columns than a sheet can hold"), x->path);
}

/* The row that is being written is full. */
static void end_row(struct xlsx *x)
{
	if (x->row < 0 || !x->cells.n)
		return;
	buf_put(&x->out, S("<row r=\""));
	buf_put(&x->out, (struct str){x->ref, x->nref});
	if (x->lines > 1)
		buf_printf(&x->out, "\" ht=\"%d\" customHeight=\"1", x->lines * LINE_POINTS);
	buf_put(&x->out, S("\">"));
	buf_put(&x->out, buf_str(&x->cells));
	buf_put(&x->out, S("</row>"));
	buf_reset(&x->cells);
}

/* What stands before the rows: known only now that columns may no longer be hidden. */
static enum err_code begin(struct xlsx *x, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(4 << 20);

	if (x->begun)
		return OK;
	x->begun = true;
	buf_put(&b, S("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
		"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"));
	if (x->print)
		buf_put(&b, S("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"));
	buf_printf(&b, "<sheetViews><sheetView%s workbookViewId=\"0\">", x->selected ? " tabSelected=\"1\"" : "");
	if (x->freeze > 0)
		buf_printf(&b, "<pane ySplit=\"%d\" topLeftCell=\"A%d\" activePane=\"bottomLeft\" state=\"frozen\"/>"
			"<selection pane=\"bottomLeft\"/>", x->freeze, x->freeze + 1);
	buf_put(&b, S("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>"));
	if (x->ncolumns)
		buf_put(&b, S("<cols>"));
	for (size_t i = 0; i < x->ncolumns; i++) {
		const struct xlsx_column *c = &x->columns[i];

		buf_printf(&b, "<col min=\"%zu\" max=\"%zu\" width=\"%d.7109375\"", i + 1, i + 1, c->width ? c->width
			: 9);
		if (c->date)
			buf_printf(&b, " style=\"%d\"", xlsx_format(XLSX_PLAIN, true));
		buf_put(&b, c->hidden ? S(" hidden=\"1\" customWidth=\"1\"/>") : S(" customWidth=\"1\"/>"));
	}
	buf_put(&b, x->ncolumns ? S("</cols><sheetData>") : S("<sheetData>"));
	TRY(zip_out_member(x->zip, x->sheet->part, err));
	return zip_out_put(x->zip, buf_str(&b), err);
}

static enum err_code flush(struct xlsx *x, struct err *err)
{
	TRY(begin(x, err));
	if (x->out.over || x->cells.over)
		return fail(err, ERR_LIMIT, "%s: a row of more than %d bytes", x->path, BYTES_MOST);
	TRY(zip_out_put(x->zip, buf_str(&x->out), err));
	buf_reset(&x->out);
	return OK;
}

enum err_code xlsx_end_sheet(struct xlsx *x, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(64 << 20);
	struct xlsx_sheet *s = x->sheet;

	if (!s)
		return OK;
	end_row(x);
	TRY(flush(x, err));
	s->rows = x->row + 1;
	buf_put(&b, S("</sheetData>"));
	if (s->filter_cols) {
		buf_printf(&b, "<autoFilter ref=\"A%d:", s->filter_row + 1);
		xlsx_ref(&b, MAX(s->rows, s->filter_row + 1) - 1, s->filter_cols - 1);
		buf_put(&b, S("\"/>"));
	}
	if (x->nmerges)
		buf_printf(&b, "<mergeCells count=\"%zu\">" STR_FMT "</mergeCells>", x->nmerges,
		STR_ARG(buf_str(&x->merges)));
	if (x->nchecks) {
		buf_printf(&b, "<dataValidations count=\"%zu\">", x->nchecks);
		buf_put(&b, buf_str(&x->checks));
		buf_put(&b, S("</dataValidations>"));
	}
	if (x->nlinks) {
		buf_put(&b, S("<hyperlinks>"));
		buf_put(&b, buf_str(&x->links));
		buf_put(&b, S("</hyperlinks>"));
	}
	buf_put(&b, S("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\""
		" footer=\"0.3\"/>"));
	if (x->print)
		buf_put(&b, S("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\""
		" fitToHeight=\"0\"/>"
			"<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"));
	buf_put(&b, S("</worksheet>"));
	x->sheet = NULL;
	buf_reset(&x->merges);
	buf_reset(&x->checks);
	buf_reset(&x->links);
	x->nmerges = x->nchecks = x->nlinks = 0;
	return b.over ? full(x, err) : zip_out_put(x->zip, buf_str(&b), err);
}

/* ---- cells ---- */

static enum err_code place(struct xlsx *x, int row, int col, struct err *err)
{
	BUG_IF(!x->sheet || row < x->row || col < 0 || (row == x->row && col <= x->col));
	if (row >= XLSX_ROWS || col >= XLSX_COLS)
		return full(x, err);
	if (row != x->row) {
		end_row(x);
		x->row = row;
		x->lines = 1;
		x->nref = (size_t)snprintf(x->ref, sizeof x->ref, "%d", row + 1);
		if (x->out.n >= PIECE)
			TRY(flush(x, err));
	}
	x->col = col;
	return OK;
}

/* How many lines a text takes in a column so wide, an ideograph as two characters. */
static int lines_of(struct str s, int width)
{
	int lines = 1, at = 0;

	if (s.n <= (size_t)width && !memchr(s.p, '\n', s.n))
		return 1;
	for (size_t i = 0; i < s.n && lines < LINES_MOST;) {
		uint32_t c = utf8_next(s, &i);
		int wide = c < 0x1100 ? 1 : 2;

		if (c == '\n' || at + wide > width) {
			lines++;
			at = 0;
		}
		at += c == '\n' ? 0 : wide;
	}
	return lines;
}

/* <c r="B7" s="1" and what follows it. */
static void open_cell(struct xlsx *x, int col, int format, struct str rest)
{
	char text[40];
	size_t n;

	memcpy(text, "<c r=\"", 6);
	n = 6 + letters(col, text + 6);
	memcpy(text + n, x->ref, x->nref);
	n += x->nref;
	memcpy(text + n, "\" s=\"", 5);
	n += 5;
	if (format >= 100)
		text[n++] = (char)('0' + format / 100);
	if (format >= 10)
		text[n++] = (char)('0' + format / 10 % 10);
	text[n++] = (char)('0' + format % 10);
	text[n++] = '"';
	buf_put(&x->cells, (struct str){text, n});
	buf_put(&x->cells, rest);
}

/* Too many UTF-16 units for a cell? */
static bool too_long(struct str s)
{
	size_t units = 0;

	for (size_t i = 0; s.n > CELL_UNITS && i < s.n && units <= CELL_UNITS;)
		units += utf8_next(s, &i) > 0xFFFF ? 2 : 1;
	return units > CELL_UNITS;
}

static bool blank_end(struct str s)
{
	char a = s.p[0], z = s.p[s.n - 1];

	return a == ' ' || a == '\n' || a == '\t' || z == ' ' || z == '\n' || z == '\t';
}

enum err_code xlsx_text(struct xlsx *x, int row, int col, struct str text, enum xlsx_style style,
		struct err *err)
{
	int format = xlsx_format(style, false), lines;

	if (too_long(text))
		return fail(err, ERR_LIMIT, N_("a cell of more than %d characters"), CELL_UNITS);
	TRY(place(x, row, col, err));
	if (!text.n) {
		open_cell(x, col, format, S("/>"));
		return OK;
	}
	lines = style != XLSX_TITLE && (size_t)col < x->ncolumns && x->columns[col].width
		? lines_of(text, x->columns[col].width) : 1;
	x->lines = MAX(x->lines, style == XLSX_TITLE ? 2 : lines);
	open_cell(x, col, format, blank_end(text) ? S(" t=\"inlineStr\"><is><t xml:space=\"preserve\">")
		: S(" t=\"inlineStr\"><is><t>"));
	xlsx_xml(&x->cells, text, false);
	buf_put(&x->cells, S("</t></is></c>"));
	return OK;
}

static void value_cell(struct xlsx *x, int col, int format, struct str value)
{
	open_cell(x, col, format, S("><v>"));
	buf_put(&x->cells, value);
	buf_put(&x->cells, S("</v></c>"));
}

enum err_code xlsx_date(struct xlsx *x, int row, int col, struct date date, enum xlsx_style style,
		struct err *err)
{
	int serial = date.n + UNIX_1900;
	char text[16];

	TRY(place(x, row, col, err));
	if (!date_is(date)) {
		open_cell(x, col, xlsx_format(style, true), S("/>"));
		return OK;
	}
	if (serial <= 60)
		serial--;                        /* before the 29 February 1900 that never was */
	value_cell(x, col, xlsx_format(style, true), (struct str){text, (size_t)snprintf(text, sizeof text, "%d",
		serial)});
	return OK;
}

/* The number as XML has it: as it stands where it is a plain integer. False: a spreadsheet would not keep it. */
static bool number_text(struct str decimal, char out[40], struct str *text)
{
	size_t digits = 0, plain = 0;
	bool minus = decimal.n && decimal.p[0] == '-';
	double value;

	for (size_t i = 0; i < decimal.n; i++)
		digits += decimal.p[i] >= '0' && decimal.p[i] <= '9';
	plain = digits + minus;
	*text = decimal;
	if (!digits || digits > NUMBER_DIGITS)
		return false;
	if (plain == decimal.n && (decimal.p[minus] != '0' || decimal.n == 1))
		return true;
	if (!xlsx_number_value(decimal, &value))
		return false;
	*text = (struct str){out, (size_t)snprintf(out, 40, "%.16G", value)};
	return true;
}

enum err_code xlsx_number(struct xlsx *x, int row, int col, struct str decimal, enum xlsx_style style,
		struct err *err)
{
	char out[40];
	struct str text;

	if (!number_text(decimal, out, &text))      /* as text it stays whole */
		return xlsx_text(x, row, col, decimal, style, err);
	TRY(place(x, row, col, err));
	value_cell(x, col, xlsx_format(style, false), text);
	return OK;
}

enum err_code xlsx_number_of(struct xlsx *x, int row, int col, struct str decimal, struct str unit, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	bool good = !str_has(unit, S("\"")) && !str_has(unit, S("\n")) && unit.n <= 60;
	char out[40];
	struct str text;
	size_t point = 0;
	int decimals = str_find(decimal, S("."), &point) ? (int)(decimal.n - point - 1) : 0;
	int format = good && number_text(decimal, out, &text) ? xlsx_format_of(x, unit, decimals) : -1;

	if (format < 0)
		return xlsx_text(x, row, col, arena_printf(&a, STR_FMT STR_FMT, STR_ARG(decimal), STR_ARG(unit)),
		XLSX_PLAIN,
			err);
	TRY(place(x, row, col, err));
	value_cell(x, col, format, text);
	return OK;
}
