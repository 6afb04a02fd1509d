#include "cli/scheme_out.h"

#include "base/file.h"
#include "flow/facts_load.h"
#include "report/report.h"
#include "scheme/scheme_edit.h"

enum err_code scheme_by_name(
	struct cli *c, struct log *log, const char *name, struct scheme *out, struct err *err)
{
	struct scheme_version *all;
	int64_t no;
	size_t n;

	if (!str_int(str_c(name), &no))
		return scheme_file(c->arena, str_c(name), out, err);
	if (!log)
		return fail(err, ERR_NOT_FOUND, "there is no data directory whose scheme %s could be", name);
	TRY(scheme_versions(log_db(log), c->arena, &all, &n, err));
	for (size_t i = 0; i < n; i++)
		if (all[i].id.origin == 1 && all[i].id.seq == no)
			return scheme_version_read(log, log_db(log), c->arena, &all[i], out, err);
	return fail(err, ERR_NOT_FOUND, "no scheme was adopted by event %s; zeren scheme history lists them", name);
}

enum { PLAIN_YEAR = 2023 };      /* by rules alone: any of 365 days */

/* ---- what is different ---- */

static void show_duties(struct cli *c, const struct scheme_diff *d)
{
	static const char *const heads[] = {N_("duty"), N_("title"), N_("change"), N_("key"), N_("was"), N_("is now")};
	static const char *const words[] = {N_("added"), N_("changed"), N_("ended")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llllll");

	for (size_t i = 0; i < d->nduties; i++) {
		const struct duty_change *x = &d->duties[i];
		const struct duty *duty = x->after ? x->after : x->before;
		struct str cells[6] = {duty->id, duty->title, str_c(tr(c->lang, words[x->kind]))};

		for (size_t k = 0; k < x->n || k == 0; k++) {
			if (x->n) {
				cells[3] = x->keys[k].key;
				cells[4] = x->keys[k].before;
				cells[5] = x->keys[k].after;
			}
			table_row(t, cells);
			cells[0] = cells[1] = cells[2] = STR_NONE;
		}
	}
	if (d->nduties)
		table_print(t, c);
	else
		say(c, "no duty is different");
}

static struct str gained(struct arena *a, int64_t before, int64_t after)
{
	return arena_printf(a, "%lld → %lld (%+lld)", (long long)before, (long long)after, (long long)(after - before));
}

static void show_work(struct cli *c, const struct scheme_diff *d)
{
	static const char *const heads[] = {N_("owner"), N_("slots a year"), N_("entries"), N_("files")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llll");

	if (!d->nowners)
		return;
	for (size_t i = 0; i < d->nowners; i++) {
		const struct owner_work *w = &d->owners[i];

		table_row(t, (struct str[]){w->owner, gained(c->arena, w->before.slots, w->after.slots),
			gained(c->arena, w->before.entries, w->after.entries),
			gained(c->arena, w->before.files, w->after.files)});
	}
	say_text(c, STR_NONE);
	table_print(t, c);
}

static enum err_code facts_of_scheme(struct cli *c, struct log *log, const struct scheme *s, const struct org *org,
	int year, struct facts *out, struct err *err)
{
	struct facts_opt opt = {.year = year, .lang = c->lang};
	struct facts_build *b;

	if (log)
		return facts_load(c->arena, log_db(log), s, org, opt, out, err);
	b = facts_begin(c->arena, s, org, opt);
	facts_done(b, out);
	return OK;
}

enum err_code show_scheme_diff(struct cli *c, struct log *log, const struct scheme *before,
	const struct scheme *after, struct err *err)
{
	struct org *org = ARENA_NEW(c->arena, struct org);
	struct facts was, is;
	struct scheme_diff d;
	int64_t year;

	if (log)
		TRY(org_load(log_db(log), c->arena, DATE_NONE, org, err));
	else
		scheme_diff_org(c->arena, before, after, org);
	year = org->office.year ? org->office.year : PLAIN_YEAR;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	TRY(facts_of_scheme(c, log, before, org, (int)year, &was, err));
	TRY(facts_of_scheme(c, log, after, org, (int)year, &is, err));
	scheme_diff(c->arena, before, after, &d);
	scheme_diff_work(&was, &is, &d);
	if (c->json)
		return say_json(c, scheme_diff_json(c->arena, &d), err);
	show_duties(c, &d);
	show_work(c, &d);
	return OK;
}

/* ---- editing ---- */

static enum err_code keys_of(struct cli *c, struct edit_key **out, size_t *n, struct err *err)
{
	*n = (size_t)c->nargs - 2;
	*out = ARENA_ARRAY(c->arena, struct edit_key, *n);
	for (size_t i = 0; i < *n; i++) {
		struct str rest = str_c(c->args[i + 2]);

		if (!str_has(rest, S("=")))
			return fail(err, ERR_USAGE, "expected KEY=VALUE, not %s", c->args[i + 2]);
		str_cut(&rest, S("="), &(*out)[i].key);
		(*out)[i].value = rest;
	}
	return OK;
}

static enum err_code edit(struct cli *c, struct str text, struct str *out, struct err *err)
{
	struct str id = str_c(c->args[1]);
	struct edit_key *keys;
	size_t n;

	TRY(keys_of(c, &keys, &n, err));
	if (!strcmp(c->args[0], "end"))
		return scheme_edit_end(c->arena, text, id, out, err);
	if (!strcmp(c->args[0], "add"))
		return scheme_edit_add(c->arena, text, id, keys, n, out, err);
	return scheme_edit_set(c->arena, text, id, keys, n, out, err);
}

/* The texts that the adopted scheme uses: the edited one uses the same. */
static enum err_code used_text(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	const struct scheme *s = ctx;

	for (size_t i = 0; i < s->nuses; i++)
		if (str_eq(s->uses[i].name, name)) {
			*out = s->uses[i].text;
			return OK;
		}
	return fail(err, ERR_NOT_FOUND, "the adoption does not name the scheme '" STR_FMT "'", STR_ARG(name));
}

enum err_code scheme_edited(struct cli *c, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	bool accept = cli_flag(c, "accept");
	struct org_change change = {0};
	struct scheme before, after = {0};
	struct date from = DATE_NONE;
	struct str text;

	TRY(cli_date(c, "from", &from, err));
	TRY(accept ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	TRY(scheme_current(log, c->arena, &before, err));
	TRY(edit(c, before.text, &text, err));
	TRY(scheme_read_from(c->arena, STR_NONE, text, (struct scheme_source){used_text, &before}, &after, err));
	TRY(report_outline_check(c->arena, &after, err));
	TRY(show_scheme_diff(c, log, &before, &after, err));
	if (cli_opt(c, "out"))
		TRY(file_write(cli_opt(c, "out"), text, err));
	if (!accept) {
		say(c, "not in force yet; --accept puts it in force, --out FILE writes it down");
		return OK;
	}
	TRY(adopt_all(c, log, NULL, &after, from, &change, err));
	say(c, "scheme in force: " STR_FMT " (" STR_FMT ")", STR_ARG(after.title), STR_ARG(after.code));
	return OK;
}
