#include "sheet/sheet.h"

#include "base/file.h"
#include "pack/child.h"
#include "sheet/csv.h"
#include "sheet/xlsx_read.h"
#include "text/charset.h"

#include <errno.h>
#include <unistd.h>

enum { HEAD_BYTES = 512 };

/* What one needs to know of the file's name, in the child. */
struct job {
	bool csv_name;
};

const char *col_text(int col, char out[COL_TEXT])
{
	char letters[COL_TEXT];
	int n = 0;

	BUG_IF(col < 1 || col > SHEET_COLS_MAX);
	for (; col > 0; col = (col - 1) / 26)
		letters[n++] = (char)('A' + (col - 1) % 26);
	for (int i = 0; i < n; i++)
		out[i] = letters[n - 1 - i];
	out[n] = 0;
	return out;
}

const struct sheet_col *sheet_col(const struct sheet *s, int col)
{
	size_t from = 0, to = s->ncols;

	while (from < to) {
		size_t at = from + (to - from) / 2;

		if (s->cols[at].first > col)
			to = at;
		else if (s->cols[at].last < col)
			from = at + 1;
		else
			return &s->cols[at];
	}
	return NULL;
}

static bool has(struct str head, const char *what)
{
	return str_has(head, str_c(what));
}

/* A file that is neither: says what it is, where that is plain. */
static enum err_code neither(struct str head, struct err *err)
{
	if (str_starts(head, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return fail(err, ERR_INPUT, N_("an old .xls workbook, or one with a password: "
			"open it and save it as .xlsx without a password"));
	if (has(head, "<html") || has(head, "<HTML") || has(head, "<table"))
		return fail(err, ERR_INPUT, N_("a web page with the name of a workbook: "
			"open it and save it as .xlsx"));
	if (has(head, "urn:schemas-microsoft-com:office:spreadsheet"))
		return fail(err, ERR_INPUT, N_("an XML spreadsheet of 2003: open it and save it as .xlsx"));
	if (!head.n)
		return fail(err, ERR_INPUT, N_("the file is empty"));
	return fail(err, ERR_INPUT, N_("neither an .xlsx workbook nor a .csv or .txt file"));
}

static enum err_code parse(void *ctx, int fd, struct child_out *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const struct job *job = ctx;
	struct wire *w = wire_new(&a, out);
	char bytes[HEAD_BYTES];
	ssize_t n = pread(fd, bytes, sizeof bytes, 0);
	struct str head = {bytes, n > 0 ? (size_t)n : 0};

	if (n < 0)
		return fail_errno(err, N_("the file cannot be read"));
	if (str_starts(head, S("PK\3\4")) || str_starts(head, S("PK\5\6")))
		return xlsx_read(fd, w, err);
	if (!job->csv_name || str_starts(head, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return neither(head, err);
	return csv_read(fd, w, err);
}

static bool ends_like(struct str name, const char *suffix)
{
	size_t n = strlen(suffix);

	return name.n >= n && !strncasecmp(name.p + name.n - n, suffix, n);
}

/* Loads the iconv tables: shut in, the child may not. */
static void load_tables(void)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err err = {.code = OK};
	const char *encoding;
	struct str text;

	(void)charset_decode(&a, S("\xD6\xD0\xCE\xC4"), &text, &encoding, &err);
}

enum err_code book_read(struct arena *a, const char *path, struct sheet_progress progress, struct book *out,
		struct err *err)
{
	static const struct child_limits limits = {
		.record_bytes = WIRE_RECORD,
		.total_bytes = SHEET_TEXT + (size_t)SHEET_CELLS * 16 + (size_t)SHEET_ROWS * 16 +
			(size_t)SHEET_SPANS * 32 + (1 << 20),
		.memory_bytes = (size_t)1 << 30,
		.cpu_seconds = 60,
		.prepare = load_tables,
	};
	struct str name = arena_str(a, path_base(str_c(path)));
	struct job job = {ends_like(name, ".csv") || ends_like(name, ".txt")};
	struct unwire *u = unwire_new(a, progress);
	struct book book;

	TRY(child_run(path, parse, &job, unwire_take, u, limits, err));
	if (unwire_book(u, &book, err) != OK)
		return err_at(err, STR_FMT, STR_ARG(name));
	book.name = name;
	*out = book;
	return OK;
}
