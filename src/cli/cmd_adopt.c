#include "cli/folder.h"

#include "base/file.h"
#include "record/adopt.h"
#include "record/calendar_adopt.h"

command_fn cmd_adopt;

/* What is given replaces what is in force; the other is read back from the log. */
static enum err_code read_either(
	struct cli *c, struct log *log, int year, struct org *org, struct scheme *scheme, struct err *err)
{
	const char *org_path = cli_opt(c, "org"), *scheme_path = cli_opt(c, "scheme");

	if (!org_path && !scheme_path && !cli_opt(c, "calendar"))
		return fail(err, ERR_USAGE, "adopt needs --org FILE, --scheme FILE or --calendar FILE");
	if (scheme_path)
		TRY(read_scheme_file(c, scheme_path, scheme, err));
	else if (org_path)
		TRY(scheme_current(log, c->arena, scheme, err));
	if (org_path)
		return org_read(c->arena, org_path, year, org, err);
	return org_load(log_db(log), c->arena, DATE_NONE, org, err);
}

/* A calendar, with its file as an object. */
struct calendar_file {
	struct calendar_year year;
	struct object text;
};

static enum err_code write_calendar(struct tx *tx, void *ctx, struct err *err)
{
	const struct calendar_file *x = ctx;

	return calendar_adopt(tx, &x->year, &x->text, err);
}

static enum err_code adopt_calendar(struct cli *c, struct log *log, const char *path, struct calendar_file *out,
	struct err *err)
{
	struct str text;

	TRY(file_read(c->arena, path, 1 << 20, &text, err));
	if (calendar_read(c->arena, text, &out->year, err) != OK)
		return err_at(err, "%s", path);
	TRY(object_store_text(log, text, &out->text, err));
	return log_write(log, cli_actor(c->arena), S("cli"), write_calendar, out, err);
}

enum err_code cmd_adopt(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct org_change change = {0};
	struct scheme scheme;
	struct node *out;
	struct org org;
	struct date from = DATE_NONE;
	int64_t year = 0, before;
	struct calendar_file calendar = {0};

	TRY(cli_date(c, "from", &from, err));
	if (date_is(from) && !cli_opt(c, "scheme"))
		return fail(err, ERR_USAGE, "--from goes with --scheme");
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	TRY(cli_open(c, &log, err));
	TRY(read_either(c, log, (int)year, &org, &scheme, err));
	before = log_size(log);
	if (cli_opt(c, "org") || cli_opt(c, "scheme"))
		TRY(adopt_all(c, log, cli_opt(c, "org") ? &org : NULL, cli_opt(c, "scheme") ? &scheme : NULL, from,
			&change, err));
	if (!cli_opt(c, "org") != !cli_opt(c, "scheme"))
		warn_misses(c, &org, &scheme);
	if (cli_opt(c, "calendar"))
		TRY(adopt_calendar(c, log, cli_opt(c, "calendar"), &calendar, err));
	if (c->json) {
		out = node_map(c->arena);
		node_set(c->arena, out, S("added"), node_num(c->arena, change.added));
		node_set(c->arena, out, S("changed"), node_num(c->arena, change.changed));
		node_set(c->arena, out, S("gone"), node_num(c->arena, change.gone));
		node_set(c->arena, out, S("events"), node_num(c->arena, log_size(log) - before));
		return say_json(c, out, err);
	}
	if (log_size(log) == before)
		say(c, "nothing to write: this is in force already");
	if (cli_opt(c, "scheme"))
		say(c, "scheme in force: " STR_FMT " (" STR_FMT ")", STR_ARG(scheme.title), STR_ARG(scheme.code));
	if (cli_opt(c, "calendar"))
		say(c, "calendar in force: " STR_FMT " %d, %zu days off, %zu days worked",
		    STR_ARG(calendar.year.country), calendar.year.year, calendar.year.noff, calendar.year.nworked);
	if (cli_opt(c, "org"))
		say(c, "organisation: %d added, %d changed, %d the same; %d not named in the file stay", change.added,
		    change.changed, change.same, change.gone);
	return OK;
}
