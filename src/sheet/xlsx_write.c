/* Cells of a workbook, as they come. */
#include "base/file.h"
#include "base/utf8.h"
#include "sheet/xlsx_inside.h"
#include "sheet/xlsx_number.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
	NUMBER_DIGITS = 15,               /* more than these a spreadsheet cannot keep */
	LINES_MOST = 27,                  /* a row is at most 409 points high */
	LINE_POINTS = 15,
	BESIDE_LINES = 4,                 /* points above and below several lines: fonts that stand in are higher */
	UNIX_1900 = 25569,                /* serial date of 1970-01-01 */
	PARTS_BYTES = 1 << 20             /* more than all that are no rows take on the disk */
};

/* 2000-01-01T00:00:00Z: the same content gives the same bytes. (And the library's gmtime(), whose place threads share,
 * is always asked the same.) */
static const time_t CREATED = 946684800;

/* ---- open, close ---- */

static enum err_code start(struct xlsx *x, const char *path, struct err *err)
{
	size_t base = strlen(path) - path_base(str_c(path)).n;
	lxw_doc_properties properties = {.created = CREATED};
	lxw_workbook_options options = {.constant_memory = 1};
	CLEANUP(fd_close) int fd = -1;
	char *tmp;

	x->row = -1;
	xlsx_queue_init(&x->queue);
	x->path = (char *)arena_str(&x->arena, str_c(path)).p;
	x->dir = (char *)arena_str(&x->arena, base > 1 ? (struct str){path, base - 1} : base ? S("/") : S(".")).p;
	tmp = (char *)arena_printf(&x->arena, "%s.XXXXXX", path).p;
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, N_("%s: cannot be written"), path);
	x->tmp = tmp;
	options.tmpdir = x->dir;          /* the same disk: it must hold the result anyway */
	x->book = workbook_new_opt(x->tmp, &options);
	if (!x->book)
		BUG("out of memory (workbook)");
	workbook_set_properties(x->book, &properties);
	xlsx_add_formats(x);
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

enum err_code xlsx_result(const struct xlsx *x, lxw_error code, struct err *err)
{
	return code == LXW_NO_ERROR ? OK
		: fail(err, ERR_IO, N_("%s: cannot be written (%s)"), x->path, lxw_strerror(code));
}

/* The library does not look whether rows arrive on the disk: neither when they are put aside, nor when they are put
 * together, a sheet after the other, before they are squeezed. */
static enum err_code look_for_room(struct xlsx *x, struct err *err)
{
	struct statvfs disk;
	lxw_worksheet *s;
	long most = 0;

	STAILQ_FOREACH(s, x->book->worksheets, list_pointers) {
		if (!s->optimize_tmpfile)
			continue;
		if (fflush(s->optimize_tmpfile) || ferror(s->optimize_tmpfile))
			return fail_errno(err, N_("%s: cannot be written"), x->path);
		most = MAX(most, ftell(s->optimize_tmpfile));
	}
	if (statvfs(x->dir, &disk) < 0)
		return fail_errno(err, N_("%s: cannot be written"), x->path);
	if ((unsigned long)most + PARTS_BYTES <= disk.f_bavail * disk.f_frsize)
		return OK;
	errno = ENOSPC;
	return fail_errno(err, N_("%s: cannot be written"), x->path);
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
	TRY(xlsx_put_lists(x, err));
	TRY(xlsx_result(x, xlsx_settle(x), err));
	xlsx_end_sheet(x);
	TRY(look_for_room(x, err));
	code = workbook_close(x->book);
	x->book = NULL;
	TRY(xlsx_result(x, code, err));
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

void xlsx_drop(struct xlsx **at)
{
	struct xlsx *x = *at;
	lxw_worksheet *s;

	if (!x)
		return;
	xlsx_queue_done(&x->queue);
	if (x->book) {
		STAILQ_FOREACH(s, x->book->worksheets, list_pointers)
			if (s->optimize_tmpfile)
				fclose(s->optimize_tmpfile);     /* which the library leaves open */
		lxw_workbook_free(x->book);
	}
	if (x->tmp)
		unlink(x->tmp);
	arena_free(&x->arena);
	free(x);
	*at = NULL;
}

/* ---- text as XML has it ---- */

/* Bytes that may not stand as they are, or begin something that may not. The rest is the library's. */
static const bool special[256] = {
	[0] = 1, [1] = 1, [2] = 1, [3] = 1, [4] = 1, [5] = 1, [6] = 1, [7] = 1, [8] = 1, [11] = 1, [12] = 1, [13] = 1,
	[14] = 1, [15] = 1, [16] = 1, [17] = 1, [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1, [24] = 1,
	[25] = 1, [26] = 1, [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1, ['_'] = 1, [0xEF] = 1};

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

void xlsx_clean(struct buf *b, struct str s)
{
	size_t done = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!special[c] || (c == '_' && !like_escape(s, i)))
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
		} else if (c == '_') {
			buf_put(b, S("_x005F_"));
		} else {
			buf_printf(b, "_x%04X_", c);
		}
	}
	buf_put(b, str_sub(s, done, s.n));
	buf_putc(b, 0);
}

/* At most so many units of UTF-16. */
static struct str first_units(struct str s, size_t most)
{
	size_t units = 0, at = 0;

	while (at < s.n) {
		size_t next = at;

		units += utf8_next(s, &next) > 0xFFFF ? 2 : 1;
		if (units > most)
			break;
		at = next;
	}
	return str_sub(s, 0, at);
}

struct str xlsx_fits(struct str text, size_t beside)
{
	if (text.n <= XLSX_CELL || first_units(text, XLSX_CELL).n == text.n)
		return text;
	return first_units(text, XLSX_CELL - MIN(beside, (size_t)XLSX_CELL));
}

/* ---- cells ---- */

static enum err_code place(struct xlsx *x, int row, int col, struct err *err)
{
	BUG_IF(!x->sheet || row < x->row || col < 0);      /* the library would silently lose the cell */
	if (row >= LXW_ROW_MAX || col >= LXW_COL_MAX)
		return fail(err, ERR_LIMIT, N_("%s: more rows or columns than a sheet can hold"), x->path);
	if (row != x->row)
		x->lines = 1;
	x->row = row;
	return OK;
}

/* How many lines a text takes in a column so wide, an ideograph as two characters. */
static int lines_of(struct str s, int width)
{
	int lines = 1, at = 0;

	if (!s.n || (s.n <= (size_t)width && !memchr(s.p, '\n', s.n)))
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

/* Too many UTF-16 units for a cell? */
static bool too_long(struct str s)
{
	return xlsx_fits(s, 0).n < s.n;
}

/* A row as high as its longest cell: not every program makes it so by itself. */
static enum err_code grow_row(struct xlsx *x, int lines, struct err *err)
{
	if (lines <= x->lines)
		return OK;
	x->lines = lines;
	return xlsx_ask(x, (struct xlsx_op){XLSX_OP_HEIGHT, .row = x->row, .value = lines * LINE_POINTS + BESIDE_LINES},
		STR_NONE, err);
}

enum err_code xlsx_height(struct xlsx *x, int row, int tenths, struct err *err)
{
	BUG_IF(tenths < 1);
	TRY(place(x, row, 0, err));
	tenths = MIN(tenths, (LINES_MOST * LINE_POINTS + BESIDE_LINES) * 10);
	x->lines = MAX((tenths / 10 - BESIDE_LINES) / LINE_POINTS, 1);
	return xlsx_ask(x, (struct xlsx_op){XLSX_OP_HEIGHT, .row = row, .value = tenths / 10.0}, STR_NONE, err);
}

enum err_code xlsx_text(struct xlsx *x, int row, int col, struct str text, enum xlsx_style style,
		struct err *err)
{
	int width = (size_t)col < x->ncolumns ? x->columns[col].width : 0;

	if (too_long(text))
		return fail(err, ERR_LIMIT, N_("a cell of more than %d characters"), XLSX_CELL);
	TRY(place(x, row, col, err));
	TRY(grow_row(x, style == XLSX_TITLE ? 2 : width ? lines_of(text, width) : 1, err));
	return xlsx_ask(x, (struct xlsx_op){XLSX_OP_TEXT, row, col, .format = x->formats[style][0]}, text, err);
}

static enum err_code put_value(struct xlsx *x, int row, int col, double value, lxw_format *format, struct err *err)
{
	TRY(place(x, row, col, err));
	return xlsx_ask(x, (struct xlsx_op){XLSX_OP_VALUE, row, col, .format = format, .value = value}, STR_NONE, err);
}

enum err_code xlsx_date(struct xlsx *x, int row, int col, struct date date, enum xlsx_style style,
		struct err *err)
{
	lxw_format *format = x->formats[style][1];
	int serial = date.n + UNIX_1900;

	if (!date_is(date)) {
		TRY(place(x, row, col, err));
		return xlsx_ask(x, (struct xlsx_op){XLSX_OP_BLANK, row, col, .format = format}, STR_NONE, err);
	}
	if (serial <= 60)
		serial--;                        /* before the 29 February 1900 that never was */
	return put_value(x, row, col, serial, format, err);
}

/* False: a spreadsheet would not keep it. */
static bool number_of(struct str decimal, double *out)
{
	size_t digits = 0;
	int64_t whole = 0;

	for (size_t i = 0; i < decimal.n; i++)
		if (decimal.p[i] >= '0' && decimal.p[i] <= '9') {
			digits++;
			whole = digits <= NUMBER_DIGITS ? whole * 10 + (decimal.p[i] - '0') : 0;
		}
	if (!digits || digits > NUMBER_DIGITS)
		return false;
	*out = (double)whole;
	return digits == decimal.n || xlsx_number_value(decimal, out);
}

enum err_code xlsx_number(struct xlsx *x, int row, int col, struct str decimal, enum xlsx_style style,
		struct err *err)
{
	double value;

	if (!number_of(decimal, &value))      /* as text it stays whole */
		return xlsx_text(x, row, col, decimal, style, err);
	return put_value(x, row, col, value, x->formats[style][0], err);
}

enum err_code xlsx_number_of(struct xlsx *x, int row, int col, struct str decimal, struct str unit, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	bool good = !str_has(unit, S("\"")) && !str_has(unit, S("\n")) && unit.n <= 60;
	size_t point = 0;
	int decimals = str_find(decimal, S("."), &point) ? (int)(decimal.n - point - 1) : 0;
	lxw_format *format = NULL;
	double value;

	if (good && number_of(decimal, &value))
		format = xlsx_unit_format(x, unit, decimals);
	if (!format)
		return xlsx_text(x, row, col, arena_printf(&a, STR_FMT STR_FMT, STR_ARG(decimal), STR_ARG(unit)),
			XLSX_PLAIN, err);
	return put_value(x, row, col, value, format, err);
}
