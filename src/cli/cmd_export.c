#include "cli/folder.h"
#include "cli/out.h"
#include "cli/report_out.h"

#include "base/file.h"
#include "flow/facts_load.h"
#include "record/adopt.h"
#include "record/export.h"
#include "record/facts.h"

#include <stdlib.h>
#include <unistd.h>

command_fn cmd_export;

enum { PIECE_BYTES = 64 << 10 };

struct wish {
	const char *out;                 /* NULL: stdout */
	bool xlsx, blank;
	const struct export_form *form;  /* a document */
	struct export_sheet *sheets;
	size_t n;
	struct export_ask ask;
};

/* What stands behind the last dot of a path. */
static struct str ending(struct str path)
{
	for (size_t i = path.n; i-- && path.p[i] != '/';)
		if (path.p[i] == '.')
			return str_sub(path, i + 1, path.n);
	return STR_NONE;
}

static enum err_code read_format(const struct cli *c, struct wish *w, struct err *err)
{
	struct str format = str_c(cli_opt(c, "format")), end;

	w->out = cli_opt(c, "out");
	end = ending(str_c(w->out));
	w->blank = cli_flag(c, "blank");
	w->xlsx = w->blank || cli_flag(c, "all") || str_ends(str_c(w->out), S(".xlsx"));
	w->form = export_form(format.p ? format : end);
	if (format.p && !w->form && !str_is(format, "csv") && !str_is(format, "xlsx"))
		return fail(err, ERR_USAGE, "--format: expected csv, xlsx, pdf, docx, ofd or html");
	if (!format.p && !w->form && end.n && !str_is(end, "csv") && !str_is(end, "xlsx"))
		return fail(err, ERR_USAGE,
			"--out: ." STR_FMT
			" is none of csv, xlsx, pdf, docx, ofd, html; --format says which of them is meant",
			STR_ARG(end));
	if (format.p)
		w->xlsx = str_is(format, "xlsx");
	if (w->form && cli_flag(c, "all"))
		return fail(err, ERR_USAGE, "--all writes a workbook: a document holds one register");
	if (w->blank && !w->xlsx)
		return fail(err, ERR_USAGE, "--blank writes a workbook");
	if (cli_flag(c, "all") && !w->xlsx)
		return fail(err, ERR_USAGE, "--all writes a workbook: a CSV holds one register");
	if (!w->out && (w->xlsx || w->form || c->json))
		return fail(err, ERR_USAGE, "export needs --out FILE here");
	if (cli_flag(c, "all") == (c->nargs > 0))
		return fail(err, ERR_USAGE, "export needs a TYPE, or --all");
	return OK;
}

static enum err_code read_year(const struct cli *c, const struct org *org, struct wish *w, struct err *err)
{
	int64_t year = 0;

	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	w->ask.year = year ? (int)year : date_is(w->ask.on) ? date_ymd(w->ask.on).y : org->office.year;
	return OK;
}

/* ---- CSV ---- */

/* To fd, or to stdout when it is -1. */
static enum err_code put_csv(const struct wish *w, struct log *log, int fd, size_t *rows, struct err *err)
{
	struct buf piece CLEANUP(buf_free) = BUF_MAX(PIECE_BYTES);
	struct export_place at = {0};

	for (;;) {
		buf_reset(&piece);
		TRY(export_csv(&w->sheets[0], &w->ask, log_db(log), &at, &piece, err));
		*rows = at.rows;
		if (!piece.n || (fd < 0 && say_gone()))
			return OK;
		if (fd < 0)
			out_put(buf_str(&piece));
		else
			TRY(fd_put(fd, buf_str(&piece), w->out, err));
	}
}

static void unlink_tmp(const char **path)
{
	if (*path)
		unlink(*path);
}

/* The file whole or not at all. */
static enum err_code csv_file(struct cli *c, const struct wish *w, struct log *log, size_t *rows, struct err *err)
{
	char *name = (char *)arena_printf(c->arena, "%s.XXXXXX", w->out).p;
	CLEANUP(fd_close) int fd = mkstemp(name);
	CLEANUP(unlink_tmp) const char *tmp = fd < 0 ? NULL : name;

	if (fd < 0)
		return fail_errno(err, "%s: cannot be written", w->out);
	TRY(put_csv(w, log, fd, rows, err));
	if (fsync(fd) < 0 || rename(tmp, w->out) < 0)
		return fail_errno(err, "%s: cannot be written", w->out);
	tmp = NULL;
	return OK;
}

static enum err_code write_csv(struct cli *c, const struct wish *w, struct log *log, size_t *rows, struct err *err)
{
	enum err_code code;

	TRY(db_begin(log_db(log), err));
	code = w->out ? csv_file(c, w, log, rows, err) : put_csv(w, log, -1, rows, err);
	db_rollback(log_db(log));
	return code;
}

/* ---- what was written ---- */

static enum err_code tell(struct cli *c, const struct wish *w, const size_t *rows, struct err *err)
{
	struct node *out = node_map(c->arena), *sheets = node_map(c->arena);
	size_t all = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct export_sheet *s = &w->sheets[i];

		node_set(c->arena, sheets, s->map ? s->map->name : s->type->name, node_num(c->arena, (int64_t)rows[i]));
		all += rows[i];
	}
	if (c->json) {
		node_set(c->arena, out, S("file"), node_str(c->arena, str_c(w->out)));
		node_set(c->arena, out, S("year"), node_num(c->arena, w->ask.year));
		node_set(c->arena, out, S("records"), sheets);
		return say_json(c, out, err);
	}
	if (w->blank)
		say(c, "%s: %zu registers to be filled in, year %d", w->out, w->n, w->ask.year);
	else if (w->out)
		say(c, "%s: %zu records of %zu registers, year %d", w->out, all, w->n, w->ask.year);
	return OK;
}

static enum err_code write_blank(struct cli *c, const struct wish *w, struct log *log, const struct scheme *scheme,
	const struct org *org, struct err *err)
{
	struct facts_opt opt = {.year = w->ask.year, .lang = w->ask.lang};
	struct facts facts;

	TRY(facts_load(c->arena, log_db(log), scheme, org, opt, &facts, err));
	return export_blank(w->sheets, w->n, &w->ask, &facts, log, w->out, err);
}

static enum err_code write_document(struct cli *c, const struct wish *w, struct log *log, size_t *rows, struct err *err)
{
	struct export_paper paper = {.fonts = report_fonts(c)};

	TRY(export_document(c->arena, w->sheets, w->n, &w->ask, log, w->form, &paper, err));
	for (size_t i = 0; i < paper.nwarnings; i++)
		warn(c, STR_FMT, STR_ARG(paper.warnings[i]));
	memcpy(rows, paper.rows, w->n * sizeof *rows);
	return file_write(w->out, paper.bytes, err);
}

struct going {
	struct cli *c;
	size_t all;
};

static void on_rows(void *ctx, size_t rows, bool packing)
{
	const struct going *g = ctx;

	if (packing)
		progress(g->c, N_("putting the workbook together"), (int64_t)rows, 0);
	else
		progress(g->c, N_("writing"), (int64_t)rows, (int64_t)MAX(g->all, rows));
}

static enum err_code write_xlsx(struct cli *c, const struct wish *w, struct log *log, size_t *rows, struct err *err)
{
	struct going going = {.c = c};
	struct export_ask ask = w->ask;
	enum err_code code;

	if (c->progress)
		TRY(export_expect(w->sheets, w->n, &ask, log_db(log), &going.all, err));
	ask.progress = on_rows;
	ask.progress_ctx = &going;
	code = export_xlsx(w->sheets, w->n, &ask, log, w->out, rows, err);
	progress_end(c);
	return code;
}

static enum err_code write_out(struct cli *c, const struct wish *w, struct log *log, const struct scheme *scheme,
	const struct org *org, size_t *rows, struct err *err)
{
	if (w->blank)
		return write_blank(c, w, log, scheme, org, err);
	if (w->form)
		return write_document(c, w, log, rows, err);
	return w->xlsx ? write_xlsx(c, w, log, rows, err) : write_csv(c, w, log, rows, err);
}

enum err_code cmd_export(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct wish w = {.ask = {.on = DATE_NONE, .lang = LANG_ZH}};
	struct scheme scheme;
	struct export_notes notes = {.arena = c->arena};
	struct org org;
	size_t *rows;

	w.ask.notes = &notes;
	TRY(read_format(c, &w, err));
	TRY(cli_date(c, "on", &w.ask.on, err));
	TRY(cli_open_reading(c, &log, err));
	TRY(scheme_current(log, c->arena, &scheme, err));
	w.ask.lang = scheme_lang(&scheme);
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &org, err));
	TRY(read_year(c, &org, &w, err));
	if (cli_flag(c, "all")) {
		w.n = export_sheets(c->arena, &scheme, &w.sheets);
	} else {
		w.n = 1;
		w.sheets = ARENA_NEW(c->arena, struct export_sheet);
		TRY(export_find(c->arena, &scheme, str_c(c->args[0]), w.sheets, err));
	}
	rows = ARENA_ARRAY(c->arena, size_t, w.n);
	if (cli_flag(c, "all") || w.blank || w.form)
		w.ask.org = &org;
	TRY(write_out(c, &w, log, &scheme, &org, rows, err));
	for (size_t i = 0; i < notes.n; i++)
		warn(c, STR_FMT, STR_ARG(export_note_text(c->arena, c->lang, &notes.p[i])));
	if (notes.more)
		warn(c, "and %zu more of that kind", notes.more);
	return tell(c, &w, rows, err);
}
