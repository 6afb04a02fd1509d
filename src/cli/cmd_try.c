/* The whole way on a folder, keeping nothing. The log has a fixed origin and clock, so that two runs are alike to the
 * byte. */
#include "cli/folder.h"
#include "cli/report_out.h"

#include "base/buf.h"
#include "base/file.h"
#include "duty/status.h"
#include "flow/facts_load.h"
#include "text/json.h"

#include <stdlib.h>

command_fn cmd_try;

enum { JSON_OUT_BYTES = 64 << 20, LINES_SHOWN = 12 };

static void scratch_done(char **dir)
{
	struct err err = {0};

	if (*dir)
		file_remove_tree(*dir, &err);
}

/* 31 December of the year, noon UTC. */
static int64_t clock_of(int year)
{
	struct date d;

	date_make(year, 12, 31, &d);
	return (int64_t)d.n * 86400000000 + 43200000000;
}

static enum err_code open_scratch(struct cli *c, int year, char **dir, struct log **log, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	struct str path = arena_printf(c->arena, "%s/zeren-try-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	struct log_opt opt = {
		.kinds = cli_kinds(), .scratch = true, .origin = "z000000000000", .clock = clock_of(year)};
	char *p = (char *)path.p;

	if (!mkdtemp(p))
		return fail_errno(err, "%s: no folder for scratch work", path.p);
	*dir = p;
	return log_create(path_join(c->arena, path, S("data")).p, NULL, opt, log, err);
}

static enum err_code write_json(
	struct cli *c, const char *out, const char *name, const struct node *node, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(JSON_OUT_BYTES);

	json_pretty(&b, node);
	buf_putc(&b, '\n');
	if (b.over)
		return fail(err, ERR_LIMIT, "%s is larger than %d bytes", name, JSON_OUT_BYTES);
	return file_write(path_join(c->arena, str_c(out), str_c(name)).p, buf_str(&b), err);
}

static enum err_code read_all(
	struct cli *c, const char *folder, struct org *org, struct scheme *scheme, struct import *im, struct err *err)
{
	struct import_opt opt = {
		.lang = c->lang, .evidence = folder_evidence(c, folder), .progress = {on_sheet_rows, c}};
	const char *scheme_path = cli_opt(c, "scheme");
	int64_t year = 0;
	struct str *paths;
	size_t n;

	if (!file_is_dir(folder))
		return fail(err, ERR_NOT_FOUND, "%s: no such folder", folder);
	if (!scheme_path)
		scheme_path = path_join(c->arena, str_c(folder), S("scheme.yaml")).p;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	TRY(folder_org(c, folder, (int)year, org, err));
	TRY(read_scheme_file(c, scheme_path, scheme, err));
	TRY(folder_registers(c, (char *const[]){(char *)folder}, 1, &paths, &n, err));
	opt.year = year ? (int)year : org->office.year;
	return import_read(c->arena, scheme, paths, n, opt, im, err);
}

/* Duties and figures at mid-year and at the end of the year. */
static enum err_code write_results(struct cli *c, struct log *log, const struct scheme *scheme, const char *out,
	int year, struct org *org, struct figures *end, struct err *err)
{
	struct facts *facts = ARENA_NEW(c->arena, struct facts);
	struct facts_opt opt = {.year = year};
	struct figures mid;
	struct node *status = node_map(c->arena), *total;
	struct date mid_day, end_day;

	date_make(year, 6, 30, &mid_day);
	date_make(year, 12, 31, &end_day);
	TRY(org_load(log_db(log), c->arena, DATE_NONE, org, err));
	TRY(facts_load(c->arena, log_db(log), scheme, org, opt, facts, err));
	TRY(figures_on(facts, mid_day, &mid, err));
	TRY(figures_on(facts, end_day, end, err));
	node_set(c->arena, status, S("duties"),
	         status_json(facts, (const struct figures *[]){&mid, end}, 2, &total));
	node_set(c->arena, status, S("score"), total);
	TRY(write_json(c, out, "status.json", status, err));
	return write_json(c, out, "figures.json", figures_json(end), err);
}

struct taking {
	const struct narrative *narrative;
	int year;
};

static enum err_code take_narrative(struct tx *tx, void *ctx, struct err *err)
{
	const struct taking *t = ctx;

	return narrative_import(tx, t->year, t->narrative, NULL, err);
}

/* narrative.md of the folder, where there is one, through the log. */
static enum err_code folder_narrative(struct cli *c, struct log *log, const char *folder, const struct scheme *scheme,
	int year, struct narrative *out, struct err *err)
{
	struct str path = path_join(c->arena, str_c(folder), S("narrative.md"));
	struct narrative file;
	struct taking taking = {&file, year};

	if (file_exists(path.p)) {
		TRY(narrative_file(c, path.p, scheme, &file, err));
		if (log_write(log, S("try"), S("try"), take_narrative, &taking, err) != OK)
			return err_at(err, "%s", path.p);
	}
	return narrative_load(log_db(log), c->arena, scheme, year, out, err);
}

static enum err_code write_report(struct cli *c, struct log *log, const struct scheme *scheme,
	const struct figures *figures, size_t *findings, struct err *err)
{
	const struct report_opt opt = {.lang = c->lang, .db = log_db(log)};
	struct err late = {.lang = c->lang};
	struct narrative narrative;

	TRY(folder_narrative(c, log, c->args[0], scheme, figures->facts->year, &narrative, err));
	if (report_files(c, figures, &narrative, opt, cli_opt(c, "out"), NULL, findings, &late) != ERR_NOT_FOUND) {
		*err = late;
		return late.code;
	}
	warn(c, "%s", late.text); /* no font: all else is written */
	return OK;
}

static void say_written(struct cli *c, const char *out, const char *name, const char *what)
{
	say(c, "  %s/%s  %s", out, name, tr(c->lang, what));
}

enum err_code cmd_try(struct cli *c, int *status, struct err *err)
{
	CLEANUP(scratch_done) char *dir = NULL;
	CLEANUP(log_close) struct log *log = NULL;
	const char *out = cli_opt(c, "out");
	struct org_change change = {0};
	struct figures figures;
	struct scheme scheme;
	struct import im;
	struct org org;
	struct node *json;
	size_t findings = 0;
	struct id id;

	if (!out)
		return fail(err, ERR_USAGE, "try needs --out DIR");
	TRY(read_all(c, c->args[0], &org, &scheme, &im, err));
	TRY(open_scratch(c, im.year, &dir, &log, err));
	TRY(adopt_all(c, log, &org, &scheme, DATE_NONE, &change, err));
	TRY(import_compare(&im, log_db(log), err));
	TRY(import_accept(&im, log, S("try"), S("try"), true, &id, err));
	TRY(file_mkdirs(out, err));
	json = import_json(&im);
	TRY(write_json(c, out, "import.json", json, err));
	TRY(write_results(c, log, &scheme, out, im.year, &org, &figures, err));
	if (scheme.report)
		TRY(write_report(c, log, &scheme, &figures, &findings, err));
	TRY(file_remove_tree(path_join(c->arena, str_c(out), S("refused.xlsx")).p, err));   /* of an earlier run */
	if (import_count(&im, ROW_REFUSED))
		TRY(import_refused(&im, path_join(c->arena, str_c(out), S("refused.xlsx")).p, err));
	if (!import_clean(&im))
		*status = 1;
	if (c->json)
		return say_json(c, json, err);
	show_import(c, &im, LINES_SHOWN);
	say(c, "look at:");
	if (scheme.report) {
		say_written(c, out, "report.html", N_("the annual report; every figure opens the records behind it"));
		say_written(c, out, "report.docx", N_("the same to edit"));
		say_written(c, out, "report.pdf",
			N_("the same on paper, as official documents are laid out; report.ofd too"));
		say_written(c, out, "check.json", N_("where words, figures and duties disagree"));
	}
	if (import_count(&im, ROW_REFUSED))
		say_written(
			c, out, "refused.xlsx", N_("the refused rows, each with its reason, to mend and send again"));
	say_written(c, out, "status.json", N_("every duty at mid-year and at the end of the year, and its score"));
	say_written(c, out, "figures.json", N_("every figure with the rows behind it"));
	say_written(c, out, "import.json", N_("what became of every row"));
	if (scheme.report)
		say(c, "%zu findings of the check; zeren help check tells more", findings);
	return OK;
}
