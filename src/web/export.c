/* A register to take along, in the office's own columns. */
#include "base/file.h"
#include "web/pages.h"
#include "web/register_view.h"
#include "web/report_view.h"
#include "web/takes.h"

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

/* What is asked for, and how. */
struct taking {
	struct export_sheet *sheets;
	size_t n;
	struct export_ask ask;
	struct str title;                /* of the file */
	enum { TAKE_XLSX, TAKE_CSV, TAKE_BLANK, TAKE_DOC } form;
	const struct export_form *doc;   /* DOC */
};

static enum err_code read_form(struct call *c, struct taking *t, struct err *err)
{
	static const char *const forms[] = {[TAKE_XLSX] = "xlsx", [TAKE_CSV] = "csv", [TAKE_BLANK] = "blank"};
	struct str format = value_of(&c->values, "format");
	int form = -1;

	/* In the words of the office's sheets, whatever the page speaks. */
	t->ask = (struct export_ask){.lang = LANG_ZH, .on = c->asked ? c->on : DATE_NONE};
	t->doc = export_form(format);
	for (size_t i = 0; i < LEN(forms); i++)
		if (str_is(format, forms[i]) || (!format.n && i == TAKE_XLSX))
			form = (int)i;
	if (form < 0 && !t->doc)
		return fail(err, ERR_INPUT, "format: expected xlsx, csv, pdf, docx, ofd, html or blank");
	t->form = t->doc ? TAKE_DOC : form;
	TRY(call_rate(c, RATE_EXPORT, err));
	TRY(call_world(c, err));
	t->ask.lang = scheme_lang(c->facts.scheme);
	t->ask.year = c->asked ? date_ymd(c->on).y : c->world->org.office.year;
	return OK;
}

static enum err_code blank_open(
	struct call *c, const struct taking *t, const char *dir, int *fd, int64_t *size, struct err *err)
{
	struct facts facts = c->facts;

	facts.lang = t->ask.lang;
	return export_blank_open(t->sheets, t->n, &t->ask, &facts, c->log, dir, fd, size, err);
}

static enum err_code send(struct call *c, const struct taking *t, struct err *err)
{
	const char *dir = arena_printf(c->arena, "%s/staging", log_dir(c->log)).p;
	int64_t size;
	int fd;

	TRY(file_mkdirs(dir, err));
	TRY(t->form == TAKE_CSV ? csv_open(c, t->sheets, &t->ask, dir, &fd, &size, err)
		: t->form == TAKE_BLANK ? blank_open(c, t, dir, &fd, &size, err)
		: export_xlsx_open(t->sheets, t->n, &t->ask, c->log, dir, &fd, &size, err));
	http_file(c->resp, fd, 0, size);
	http_type(c->resp, t->form == TAKE_CSV ? "text/csv; charset=utf-8"
		: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	http_attachment(c->resp,
		arena_printf(c->arena, STR_FMT ".%s", STR_ARG(t->title), t->form == TAKE_CSV ? "csv" : "xlsx"));
	return OK;
}

static enum err_code send_document(struct call *c, const struct taking *t, struct err *err)
{
	struct export_paper paper = {.fonts = call_fonts(c)};

	TRY(export_document(c->arena, t->sheets, t->n, &t->ask, c->log, t->doc, &paper, err));
	TRY(http_set(c->resp, "Content-Type", str_c(t->doc->type), err));
	http_attachment(c->resp, arena_printf(c->arena, STR_FMT ".%s", STR_ARG(t->title), t->doc->format));
	http_bytes(c->resp, paper.bytes);
	return OK;
}

/* A workbook of many records is made beside, and a page shows how far it is; small ones come at once. */
static enum err_code send_book(struct call *c, const struct taking *t, const struct record_type *type, struct err *err)
{
	const struct http_request *req = c->req;
	struct take_given given = {.login = c->access->account.login, .title = t->title, .lang = c->lang,
		.world = c->world, .type = type, .ask = t->ask};
	char token[TOKEN_TEXT];

	if (c->facts.n < TAKE_ROWS)              /* of all years: no need to count */
		return send(c, t, err);
	TRY(export_expect(t->sheets, t->n, &t->ask, log_db(c->log), &given.all, err));
	if (given.all < TAKE_ROWS)
		return send(c, t, err);
	given.key = arena_printf(c->arena, STR_FMT "?" STR_FMT "#%lld,%d", STR_ARG(req->path), STR_ARG(req->query),
		(long long)c->head.n, (int)c->on.n);
	TRY(take_put(c->takes, &given, token, err));
	return call_go(c, url_add(c->arena, url_path("/export"), arena_str(c->arena, str_c(token))), err);
}

enum err_code register_export_page(struct call *c, struct err *err)
{
	struct taking t = {0};
	const struct record_type *type;
	struct id *ids;

	TRY(read_form(c, &t, err));
	type = scheme_type(c->facts.scheme, value_of(&c->values, "type"));
	if (!type)
		return fail(err, ERR_NOT_FOUND, "there is no register '" STR_FMT "'",
			STR_ARG(value_of(&c->values, "type")));
	t.n = type_sheets(c, type, &t.sheets);
	if (t.n > 1 && t.form == TAKE_CSV)
		return fail(err, ERR_INPUT, "the type has %zu registers, and a CSV holds one: take the workbook", t.n);
	t.title = type->title;
	if (t.form == TAKE_BLANK) {
		t.ask.org = &c->world->org;
		return send(c, &t, err);
	}
	TRY(register_shown(c, type, &ids, &t.ask.nids, err));
	t.ask.ids = ids;
	if (t.form != TAKE_DOC)
		return t.form == TAKE_XLSX ? send_book(c, &t, type, err) : send(c, &t, err);
	t.ask.org = &c->world->org;
	t.ask.narrowed = register_narrowed(c, type);
	return send_document(c, &t, err);
}

/* All registers of the year in one workbook. */
enum err_code registers_export_page(struct call *c, struct err *err)
{
	struct taking t = {0};

	TRY(read_form(c, &t, err));
	if (t.form == TAKE_CSV || t.form == TAKE_DOC)
		return fail(err, ERR_INPUT, t.doc ? N_("a document holds one register: take the workbook")
			: N_("a CSV holds one register: take the workbook"));
	t.n = export_sheets(c->arena, c->facts.scheme, &t.sheets);
	t.ask.org = &c->world->org;
	t.title = arena_printf(c->arena, tr(t.ask.lang, N_("Registers of %d")), t.ask.year);
	return t.form == TAKE_XLSX ? send_book(c, &t, NULL, err) : send(c, &t, err);
}
