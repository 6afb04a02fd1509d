#include "cli/record_out.h"
#include "cli/verb.h"

#include "base/file.h"
#include "flow/facts_load.h"
#include "record/adopt.h"
#include "text/nfc.h"

command_fn cmd_record;

/* What an action works on. */
struct hand {
	struct cli *c;
	struct log *log;
	struct scheme scheme;
	struct org org;
	struct record_input in;
	struct record_fit fit;
	const char **paths;          /* [in.nfiles] */
	struct id event;
};

/* ---- what was typed ---- */

/* An event's number, or an id of any log known here. */
static enum err_code read_id(struct hand *h, struct err *err)
{
	struct str s = str_c(h->c->args[1]);

	h->in.id.origin = 1;
	if (str_int(s, &h->in.id.seq) && h->in.id.seq >= 0)
		return OK;
	if (!str_has(s, S(":")))
		return fail(err, ERR_USAGE, "'%s' is no record's number; zeren register TYPE shows them",
			h->c->args[1]);
	return log_id(h->log, s, &h->in.id, err);
}

static enum err_code read_fields(struct hand *h, struct err *err)
{
	struct record_typed *typed = ARENA_ARRAY(h->c->arena, struct record_typed, (size_t)h->c->nargs);

	for (int i = 2; i < h->c->nargs; i++) {
		struct str rest = str_c(h->c->args[i]), name;

		if (!str_cut(&rest, S("="), &name) || !rest.p)
			return fail(err, ERR_USAGE, "'%s': expected FIELD=VALUE", h->c->args[i]);
		typed[h->in.ntyped++] = (struct record_typed){str_trim(name), rest};
	}
	h->in.typed = typed;
	return OK;
}

/* NAME=PATH, or a path alone, which is then called as it is. */
static enum err_code read_files(struct hand *h, struct err *err)
{
	struct str rest = str_c(cli_opt(h->c, "file")), one;
	struct record_file *files;
	size_t n = 0;

	for (struct str r = rest, x; str_cut(&r, S("\n"), &x);)
		n++;
	files = ARENA_ARRAY(h->c->arena, struct record_file, n);
	h->paths = ARENA_ARRAY(h->c->arena, const char *, n);
	for (size_t i = 0; i < n && str_cut(&rest, S("\n"), &one); i++) {
		struct str name;

		if (!str_cut(&one, S("="), &name) || !one.p)
			one = name;
		TRY(nfc(h->c->arena, path_base(name), &files[i].name, err));
		h->paths[i] = arena_str(h->c->arena, one).p;
		if (!file_exists(h->paths[i]))
			return fail(err, ERR_NOT_FOUND, "%s: no such file", h->paths[i]);
	}
	h->in.files = files;
	h->in.nfiles = n;
	return OK;
}

static enum err_code read_input(struct hand *h, struct err *err)
{
	int64_t year = h->org.office.year;

	h->in.scheme = &h->scheme;
	h->in.lang = h->c->lang;
	h->in.why = str_c(cli_opt(h->c, "why"));
	TRY(read_fields(h, err));
	TRY(read_files(h, err));
	TRY(cli_int(h->c, "year", 1990, 2100, &year, err));
	if (!year && !id_is(h->in.id))
		return fail(err, ERR_REQUIRED, "which year? give --year");
	h->in.year = (int)year;
	return OK;
}

/* ---- writing ---- */

static enum err_code do_add(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_add(tx, h->c->arena, &h->in, &h->fit, &h->event, err);
}

static enum err_code do_correct(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_correct(tx, h->c->arena, &h->in, &h->fit, &h->event, err);
}

static enum err_code do_withdraw(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_withdraw(tx, &h->scheme, h->in.id, 0, str_c(cli_opt(h->c, "why")), err);
}

static enum err_code do_restore(struct tx *tx, void *ctx, struct err *err)
{
	struct hand *h = ctx;

	return record_restore(tx, &h->scheme, h->in.id, str_c(cli_opt(h->c, "why")), err);
}

/* Files are kept only for what fits. */
static enum err_code store_files(struct hand *h, struct err *err)
{
	struct record_file *files = ARENA_ARRAY(h->c->arena, struct record_file, h->in.nfiles);

	TRY(record_fits(log_db(h->log), h->c->arena, &h->in, &h->fit, err));
	for (size_t i = 0; i < h->in.nfiles; i++) {
		files[i] = h->in.files[i];
		if (!h->fit.nrefused)
			TRY(object_store(h->log, h->paths[i], &files[i].object, err));
	}
	h->in.files = files;
	return OK;
}

static enum err_code say_done(struct hand *h, const char *done, struct err *err)
{
	struct cli *c = h->c;
	struct node *out = node_map(c->arena), *notices = record_notices_out(c, &h->fit);
	int64_t no = id_is(h->in.id) ? h->in.id.seq : h->event.seq;

	node_set(c->arena, out, S("record"), node_num(c->arena, no));
	node_set(c->arena, out, S("done"), node_str(c->arena, str_c(c->args[0])));
	if (notices->n)
		node_set(c->arena, out, S("notices"), notices);
	if (c->json)
		return say_json(c, out, err);
	say(c, done, (long long)no);
	return OK;
}

static enum err_code write_with(struct hand *h, intent_fn *fn, const char *done, struct err *err)
{
	if (h->in.nfiles)
		TRY(store_files(h, err));
	TRY(log_write(h->log, cli_actor(h->c->arena), S("cli"), fn, h, err));
	if (fn == do_correct && !id_is(h->event))
		done = N_("record %lld says that already; nothing is written");
	return say_done(h, done, err);
}

static enum err_code add(struct hand *h, struct err *err)
{
	TRY(type_of(&h->scheme, str_c(h->c->args[1]), NULL, &h->in.type, err));
	TRY(read_input(h, err));
	return write_with(h, do_add, N_("record %lld is entered"), err);
}

static enum err_code correct(struct hand *h, struct err *err)
{
	TRY(read_id(h, err));
	TRY(read_input(h, err));
	if (!h->in.ntyped && !h->in.nfiles)
		return fail(err, ERR_USAGE, "what is to be corrected? FIELD=VALUE or --file NAME=FILE");
	return write_with(h, do_correct, N_("record %lld is corrected"), err);
}

static enum err_code withdraw(struct hand *h, struct err *err)
{
	TRY(read_id(h, err));
	return write_with(h, do_withdraw, N_("record %lld is withdrawn; it stays in the log"), err);
}

static enum err_code restore(struct hand *h, struct err *err)
{
	TRY(read_id(h, err));
	return write_with(h, do_restore, N_("record %lld is restored"), err);
}

/* ---- looking ---- */

static enum err_code form(struct hand *h, struct err *err)
{
	struct cli *c = h->c;
	const struct record_type *type;
	struct record_form x;
	struct facts facts;

	TRY(type_of(&h->scheme, str_c(c->args[1]), NULL, &type, err));
	TRY(facts_load(c->arena, log_db(h->log), &h->scheme, &h->org,
		(struct facts_opt){.year = h->org.office.year, .lang = c->lang, .only = type}, &facts, err));
	record_form(c->arena, &facts, type, NULL, DATE_NONE, (struct record_sees){0}, &x);
	return record_form_out(c, &x, err);
}

static enum err_code show(struct hand *h, struct err *err)
{
	struct record_history x;

	TRY(read_id(h, err));
	TRY(record_history(h->log, h->c->arena, &h->scheme, h->c->lang, h->in.id, &x, err));
	return record_history_out(h->c, &x, err);
}

/* ---- the actions ---- */

static const struct action {
	struct verb verb;
	enum err_code (*fn)(struct hand *h, struct err *err);
	bool writes;
} actions[] = {
	{{"form", 2, 2, N_("TYPE"), {NULL}}, form, false},
	{{"add", 2, VERB_MANY, N_("TYPE"), {"file", "year"}}, add, true},
	{{"correct", 2, VERB_MANY, N_("ID"), {"file", "why"}}, correct, true},
	{{"withdraw", 2, 2, N_("ID"), {"why"}}, withdraw, true},
	{{"restore", 2, 2, N_("ID"), {"why"}}, restore, true},
	{{"show", 2, 2, N_("ID"), {NULL}}, show, false},
};

enum err_code cmd_record(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct hand h = {.c = c};
	const struct action *action = VERB_NAMED(actions, c->args[0]);

	if (!action)
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	TRY(verb_fits(c, &action->verb, err));
	TRY(action->writes ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	h.log = log;
	TRY(scheme_current(log, c->arena, &h.scheme, err));
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &h.org, err));
	return action->fn(&h, err);
}
