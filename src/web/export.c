/* A register to take along, in the office's own columns. */
#include "base/file.h"
#include "web/register_view.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 << 10 };

/* Inside a transaction, so that it is of one position of the log. */
static enum err_code pieces(
	const struct export_sheet *sheet, const struct export_ask *ask, struct db *db, int fd, struct err *err)
{
	struct buf piece CLEANUP(buf_free) = BUF_MAX(PIECE_BYTES);
	struct export_place at = {0};

	do {
		buf_reset(&piece);
		TRY(export_csv(sheet, ask, db, &at, &piece, err));
		TRY(fd_put(fd, buf_str(&piece), "export", err));
	} while (piece.n);
	return OK;
}

/* Into a file without a name, which goes when it has been sent. */
static enum err_code csv_open(struct call *c, const struct export_sheet *sheet, const struct export_ask *ask,
	const char *dir, int *out, int64_t *size, struct err *err)
{
	char *name = (char *)arena_printf(c->arena, "%s/export-XXXXXX", dir).p;
	CLEANUP(fd_close) int fd = mkostemp(name, O_CLOEXEC);
	enum err_code code;

	if (fd < 0)
		return fail_errno(err, "the export cannot be written");
	unlink(name);
	TRY(db_begin(log_db(c->log), err));
	code = pieces(sheet, ask, log_db(c->log), fd, err);
	db_rollback(log_db(c->log));
	if (code != OK)
		return code;
	*size = lseek(fd, 0, SEEK_CUR);
	*out = fd;
	fd = -1;
	return OK;
}

size_t type_sheets(struct call *c, const struct record_type *type, struct export_sheet **out)
{
	size_t all = export_sheets(c->arena, c->facts.scheme, out), n = 0;

	for (size_t i = 0; i < all; i++)
		if ((*out)[i].type == type)
			(*out)[n++] = (*out)[i];
	return n;
}

enum err_code register_export_page(struct call *c, struct err *err)
{
	struct str format = value_of(&c->values, "format");
	bool xlsx = !str_is(format, "csv");
	/* In the words of the office's sheets, whatever the page speaks. */
	struct export_ask ask = {.lang = LANG_ZH, .on = c->asked ? c->on : DATE_NONE};
	struct export_sheet *sheets;
	const char *dir = arena_printf(c->arena, "%s/staging", log_dir(c->log)).p;
	const struct record_type *type;
	int64_t size;
	size_t n;
	int fd;

	if (format.n && xlsx && !str_is(format, "xlsx"))
		return fail(err, ERR_INPUT, "format: expected xlsx or csv");
	TRY(call_rate(c, RATE_EXPORT, err));
	TRY(call_world(c, err));
	ask.year = c->asked ? date_ymd(c->on).y : c->world->org.office.year;
	type = scheme_type(c->facts.scheme, value_of(&c->values, "type"));
	if (!type)
		return fail(err, ERR_NOT_FOUND, "there is no register '" STR_FMT "'",
			STR_ARG(value_of(&c->values, "type")));
	n = type_sheets(c, type, &sheets);
	if (n > 1 && !xlsx)
		return fail(err, ERR_INPUT, "the type has %zu registers, and a CSV holds one: take the workbook", n);
	TRY(file_mkdirs(dir, err));
	TRY(xlsx ? export_xlsx_open(sheets, n, &ask, c->log, dir, &fd, &size, err)
		 : csv_open(c, sheets, &ask, dir, &fd, &size, err));
	http_file(c->resp, fd, 0, size);
	http_type(c->resp, xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
				: "text/csv; charset=utf-8");
	http_attachment(c->resp, arena_printf(c->arena, STR_FMT ".%s", STR_ARG(type->title), xlsx ? "xlsx" : "csv"));
	return OK;
}
