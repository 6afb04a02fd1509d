#include "sheet/xlsx_write.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "sheet/xlsx_number.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	NAME_UNITS = 31,                  /* of a sheet, in UTF-16 */
	CELL_UNITS = 32767,               /* of a cell */
	NUMBER_DIGITS = 15,               /* more than these a spreadsheet cannot keep */
	TRIES = 99,
	LINES_MOST = 27,                  /* a row is at most 409 points high */
	UNIX_1900 = 25569                 /* serial date of 1970-01-01 */
};

/* 2000-01-01T00:00:00Z: the same content gives the same bytes. (And the library's gmtime(), whose place threads share,
 * is always asked the same.) */
static const time_t CREATED = 946684800;

enum { STYLES = 3, KINDS = 2 };            /* plain or date, of each style */

struct xlsx {
	struct arena arena;
	char *path, *dir, *tmp;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	int row;                          /* the last one written to */
	int lines;                        /* that it has, by its longest cell; 0: nothing written yet */
	const int *widths;                /* [nwidths] of the sheet's columns */
	size_t nwidths;
	lxw_format *formats[STYLES][KINDS];
};

/* ---- open, close ---- */

static void add_formats(struct xlsx *x)
{
	for (int s = 0; s < STYLES; s++)
		for (int k = 0; k < KINDS; k++) {
			lxw_format *f = workbook_add_format(x->book);

			format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
			format_set_text_wrap(f);
			if (k == 1)
				format_set_num_format(f, "yyyy-mm-dd");
			if (s == XLSX_HEAD) {
				format_set_bold(f);
				format_set_bg_color(f, 0xDDEBF7);
				format_set_border(f, LXW_BORDER_THIN);
			}
			if (s == XLSX_BAD) {
				format_set_bg_color(f, 0xFFC7CE);
				format_set_font_color(f, 0x9C0006);
			}
			x->formats[s][k] = f;
		}
}

static char *copy(struct arena *a, struct str s)
{
	return (char *)arena_str(a, s).p;
}

static enum err_code start(struct xlsx *x, const char *path, struct err *err)
{
	size_t base = strlen(path) - path_base(str_c(path)).n;
	lxw_doc_properties properties = {.created = CREATED};
	lxw_workbook_options options = {.constant_memory = 1};
	CLEANUP(fd_close) int fd = -1;
	char *tmp;

	x->path = copy(&x->arena, str_c(path));
	x->dir = copy(&x->arena, base > 1 ? (struct str){path, base - 1} : base ? S("/") : S("."));
	tmp = (char *)arena_printf(&x->arena, "%s.XXXXXX", path).p;
	fd = mkstemp(tmp);
	if (fd < 0)
		return fail_errno(err, N_("%s: cannot be written"), path);
	x->tmp = tmp;
	options.tmpdir = x->dir;          /* the same disk: it must hold the result anyway */
	x->book = workbook_new_opt(x->tmp, &options);
	if (!x->book)
		BUG("out of memory (workbook)");
	workbook_set_properties(x->book, &properties);
	add_formats(x);
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

static enum err_code lxw_failed(const struct xlsx *x, lxw_error code, struct err *err)
{
	return fail(err, ERR_IO, N_("%s: cannot be written (%s)"), x->path, lxw_strerror(code));
}

static enum err_code sync_file(const struct xlsx *x, struct err *err)
{
	CLEANUP(fd_close) int fd = open(x->tmp, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) < 0)
		return fail_errno(err, N_("%s: cannot be written"), x->path);
	return OK;
}

static enum err_code finish(struct xlsx *x, struct err *err)
{
	lxw_error code;

	if (!x->sheet)
		/* a workbook without a sheet does not open */
		TRY(xlsx_sheet(x, S("Sheet1"), NULL, 0, 0, err));
	code = workbook_close(x->book);
	x->book = NULL;
	if (code != LXW_NO_ERROR)
		return lxw_failed(x, code, err);
	TRY(sync_file(x, err));
	if (rename(x->tmp, x->path) < 0)
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

void xlsx_drop(struct xlsx **x)
{
	if (!*x)
		return;
	if ((*x)->book)
		(void)workbook_close((*x)->book);      /* frees it; the file it writes goes at once */
	if ((*x)->tmp)
		unlink((*x)->tmp);
	arena_free(&(*x)->arena);
	free(*x);
	*x = NULL;
}

/* ---- sheets ---- */

static size_t units(uint32_t c)
{
	return c > 0xFFFF ? 2 : 1;
}

/* At most max UTF-16 units of s. */
static struct str cut(struct str s, size_t max)
{
	size_t at = 0, n = 0;

	while (at < s.n) {
		size_t next = at;

		n += units(utf8_next(s, &next));
		if (n > max)
			break;
		at = next;
	}
	return str_sub(s, 0, at);
}

/* A copy in which U+FFFE and U+FFFF, which XML does not know, are U+FFFD. */
static struct str xml_copy(struct arena *a, struct str s)
{
	struct str out = arena_str(a, s);
	char *p = (char *)out.p;

	for (size_t i = 2; i < out.n; i++)
		if ((p[i] == '\xBE' || p[i] == '\xBF') && p[i - 1] == '\xBF' && p[i - 2] == '\xEF')
			p[i] = '\xBD';
	return out;
}

/* A name that spreadsheets take: without []:*?/\ and quotes at its ends, not empty. */
static struct str good_name(struct arena *a, struct str name, size_t max)
{
	struct str s = xml_copy(a, cut(str_trim(name), max));
	char *p = (char *)s.p;

	for (size_t i = 0; i < s.n; i++)
		if (strchr("[]:*?/\\", p[i]) || (unsigned char)p[i] < ' ' ||
				(p[i] == '\'' && (i == 0 || i + 1 == s.n)))
			p[i] = '_';
	return s.n ? s : S("Sheet");
}

enum err_code xlsx_sheet(struct xlsx *x, struct str name, const int *widths, size_t n, int freeze,
		struct err *err)
{
	struct str good = good_name(&x->arena, name, NAME_UNITS);

	for (int i = 2; workbook_validate_sheet_name(x->book, good.p) != LXW_NO_ERROR; i++) {
		if (i > TRIES)
			return fail(err, ERR_INPUT, N_("sheet name " STR_FMT " cannot be used"),
				STR_ARG(name));
		good = good_name(&x->arena, name, NAME_UNITS - 5);
		good = arena_printf(&x->arena, STR_FMT " (%d)", STR_ARG(good), i);
	}
	x->sheet = workbook_add_worksheet(x->book, good.p);
	if (!x->sheet)
		return fail(err, ERR_IO, N_("%s: cannot be written"), x->path);
	x->row = x->lines = 0;
	x->widths = n ? memcpy(ARENA_ARRAY(&x->arena, int, n), widths, n * sizeof *widths) : NULL;
	x->nwidths = n;
	for (size_t i = 0; i < n; i++)
		worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
	if (freeze > 0)
		worksheet_freeze_panes(x->sheet, (lxw_row_t)freeze, 0);
	return OK;
}

void xlsx_filter(struct xlsx *x, int cols)
{
	BUG_IF(!x->sheet || cols < 1);
	(void)worksheet_autofilter(x->sheet, 0, 0, (lxw_row_t)x->row, (lxw_col_t)(cols - 1));
}

void xlsx_hide(struct xlsx *x, int col)
{
	lxw_row_col_options hidden = {.hidden = 1};

	BUG_IF(!x->sheet || col < 0);
	(void)worksheet_set_column_opt(x->sheet, (lxw_col_t)col, (lxw_col_t)col, LXW_DEF_COL_WIDTH, NULL, &hidden);
}

/* ---- cells ---- */

static enum err_code place(struct xlsx *x, int row, int col, struct err *err)
{
	BUG_IF(!x->sheet || row < x->row || col < 0);      /* libxlsxwriter would silently lose the cell */
	if (row >= LXW_ROW_MAX || col >= LXW_COL_MAX)
		return fail(err, ERR_LIMIT, N_("%s: more rows or columns than a sheet can hold"), x->path);
	x->lines = row == x->row ? MAX(x->lines, 1) : 1;
	x->row = row;
	return OK;
}

/* How many lines a text takes in a column so wide, an ideograph as two characters. */
static int lines_of(struct str s, int width)
{
	int lines = 1, at = 0;

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

/* A row as high as its longest cell: not every program makes it so by itself. */
static void grow_row(struct xlsx *x, int row, int col, struct str s)
{
	int lines = (size_t)col < x->nwidths && x->widths[col] ? lines_of(s, x->widths[col]) : 1;

	if (lines <= x->lines)
		return;
	x->lines = lines;
	(void)worksheet_set_row(x->sheet, (lxw_row_t)row, lines * LXW_DEF_ROW_HEIGHT, NULL);
}

static enum err_code result(const struct xlsx *x, lxw_error code, struct err *err)
{
	return code == LXW_NO_ERROR ? OK : lxw_failed(x, code, err);
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Text that reads like an escape (_x000D_) gets its first character escaped (ST_Xstring). */
static struct str escaped(struct arena *a, struct str s)
{
	char *out;
	size_t n = 0;

	s = xml_copy(a, s);
	if (!str_has(s, S("_x")))
		return s;
	out = arena_alloc(a, s.n * 2 + 1);       /* six more for seven */
	for (size_t i = 0; i < s.n; i++) {
		if (i + 7 <= s.n && s.p[i] == '_' && s.p[i + 1] == 'x' && is_hex(s.p[i + 2]) &&
			is_hex(s.p[i + 3]) &&
				is_hex(s.p[i + 4]) && is_hex(s.p[i + 5]) && s.p[i + 6] == '_') {
			memcpy(out + n, "_x005F", 6);
			n += 6;
		}
		out[n++] = s.p[i];
	}
	return (struct str){out, n};
}

enum err_code xlsx_text(struct xlsx *x, int row, int col, struct str text, enum xlsx_style style,
		struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str s = cut(text, CELL_UNITS);
	lxw_format *f = x->formats[style][0];

	TRY(place(x, row, col, err));
	if (s.n < text.n)
		return fail(err, ERR_LIMIT, N_("a cell of more than %d characters"), CELL_UNITS);
	grow_row(x, row, col, s);
	if (!s.n)
		return result(x, worksheet_write_blank(x->sheet, (lxw_row_t)row, (lxw_col_t)col, f), err);
	return result(x, worksheet_write_string(x->sheet, (lxw_row_t)row, (lxw_col_t)col, escaped(&a, s).p,
		f), err);
}

enum err_code xlsx_date(struct xlsx *x, int row, int col, struct date date, enum xlsx_style style,
		struct err *err)
{
	int serial = date.n + UNIX_1900;

	if (!date_is(date))
		return xlsx_text(x, row, col, STR_NONE, style, err);
	TRY(place(x, row, col, err));
	if (serial <= 60)
		serial--;                        /* before the 29 February 1900 that never was */
	return result(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)col, serial,
		x->formats[style][1]), err);
}

enum err_code xlsx_number(struct xlsx *x, int row, int col, struct str decimal, enum xlsx_style style,
		struct err *err)
{
	size_t digits = 0;
	double value;

	for (size_t i = 0; i < decimal.n; i++)
		digits += decimal.p[i] >= '0' && decimal.p[i] <= '9';
	if (digits > NUMBER_DIGITS || !xlsx_number_value(decimal, &value))      /* as text it stays whole */
		return xlsx_text(x, row, col, decimal, style, err);
	TRY(place(x, row, col, err));
	return result(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)col, value,
		x->formats[style][0]), err);
}
