#include "cli/folder.h"

#include "record/adopt.h"

#include <stdio.h>
#include <unistd.h>

command_fn cmd_import;

enum { LINES_SHOWN = 40 };

/* Asks a yes-or-no question on the terminal; no when there is nobody to ask. */
static bool ask(struct cli *c, const char *fmt, size_t good, size_t bad)
{
	char answer[16];

	if (c->json || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return false;
	fprintf(stderr, tr(c->lang, fmt), good, bad);
	fflush(stderr);
	if (!fgets(answer, sizeof answer, stdin))
		return false;
	return answer[0] == 'y' || answer[0] == 'Y' || strncmp(answer, "是", 3) == 0;
}

static enum err_code year_of(struct cli *c, const struct org *org, int *out, struct err *err)
{
	int64_t year = org->office.year;

	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	if (!year)
		return fail(err, ERR_REQUIRED, "which year? give --year");
	*out = (int)year;
	return OK;
}

static enum err_code accept(struct cli *c, struct import *im, struct log *log, struct id *id, struct err *err)
{
	size_t good = import_count(im, ROW_ADD) + import_count(im, ROW_CHANGE), bad = import_count(im, ROW_REFUSED);
	bool partial = cli_flag(c, "partial");

	if (!import_clean(im) && !partial)
		partial = ask(c, N_("take %zu rows, send %zu back? [y/N] "), good, bad);
	TRY(import_accept(im, log, cli_actor(c->arena), S("cli"), partial, id, err));
	if (!id_is(*id))
		say(c, "nothing to write: everything is here already");
	else
		say(c, "taken: %zu rows, sent back: %zu; import %lld (zeren undo %lld withdraws it)", good, bad,
		    (long long)id->seq, (long long)id->seq);
	return OK;
}

static enum err_code write_refused(struct cli *c, const struct import *im, struct err *err)
{
	const char *path = cli_opt(c, "refused");

	if (!path)
		return OK;
	if (!import_count(im, ROW_REFUSED)) {
		say(c, "no row is refused; %s is not written", path);
		return OK;
	}
	TRY(import_refused(im, path, err));
	say(c, "refused rows with their reasons: %s", path);
	return OK;
}

enum err_code cmd_import(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct import_opt opt = {.lang = c->lang, .evidence = cli_opt(c, "evidence"), .progress = {on_sheet_rows, c}};
	struct scheme scheme;
	struct import im;
	struct org org;
	struct str *paths;
	struct id id = ID_NONE;
	size_t n;

	if (cli_flag(c, "partial") && !cli_flag(c, "accept"))
		return fail(err, ERR_USAGE, "--partial goes with --accept");
	TRY(folder_registers(c, c->args, c->nargs, &paths, &n, err));
	TRY(cli_flag(c, "accept") ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &org, err));
	TRY(year_of(c, &org, &opt.year, err));
	TRY(scheme_of_year(log, log_db(log), c->arena, opt.year, &scheme, err));
	if (!opt.evidence && c->nargs == 1)
		opt.evidence = folder_evidence(c, c->args[0]);
	TRY(import_read(c->arena, &scheme, paths, n, opt, &im, err));
	TRY(import_compare(&im, log_db(log), err));
	show_import(c, &im, LINES_SHOWN);
	TRY(write_refused(c, &im, err));
	if (!import_clean(&im))
		*status = 1;
	if (cli_flag(c, "accept"))
		TRY(accept(c, &im, log, &id, err));
	else if (import_count(&im, ROW_ADD) + import_count(&im, ROW_CHANGE))
		say(c, "nothing written yet; add --accept to write%s",
		    import_clean(&im) ? "" : tr(c->lang, N_(" and --partial to leave the refused rows out")));
	return c->json ? import_out(c, &im, id, err) : OK;
}
