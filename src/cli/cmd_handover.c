#include "cli/flow_out.h"
#include "cli/handover_out.h"
#include "cli/verb.h"

#include "base/buf.h"
#include "flow/facts_load.h"
#include "flow/handover.h"
#include "record/adopt.h"
#include "text/json.h"
#include "who/account.h"

command_fn cmd_handover;

enum { LIST_BYTES = 8 << 20 };

struct handing {
	struct cli *c;
	struct log *log;
	struct scheme scheme;
	struct org org;
	struct facts facts;
	struct figures figures;
	struct warn_answers answers;
	struct handover_list list;
	/* what is written */
	struct handover_input in;
	struct handover_step step;
	struct id id;
};

static struct str value(const struct cli *c, const char *name)
{
	return str_c(cli_opt(c, name));
}

/* ---- what the office says on a day ---- */

/* labels: the language of slots' labels; a list that is kept has them in Chinese. */
static enum err_code office_on(struct handing *h, struct date on, int year, enum lang labels, struct err *err)
{
	struct db *db = log_db(h->log);
	struct facts_opt opt = {.year = year, .lang = labels};

	TRY(facts_load(h->c->arena, db, &h->scheme, &h->org, opt, &h->facts, err));
	TRY(warn_answers_load(db, h->c->arena, &h->answers, err));
	return figures_on(&h->facts, on, &h->figures, err);
}

static enum err_code neither(const struct org *org, const char *name, struct err *err);

static enum err_code make_list(struct handing *h, const char *name, enum lang labels, struct err *err)
{
	struct cli *c = h->c;
	const struct post *post = org_post(&h->org, str_c(name));
	struct date on = DATE_NONE;

	if (!post)
		return neither(&h->org, name, err);
	TRY(cli_date(c, "on", &on, err));
	if (!date_is(on))
		on = handover_eve(c->arena, &h->org, post, day_at(time_now()));
	TRY(office_on(h, on, date_ymd(on).y, labels, err));
	return handover_list(log_db(h->log), &h->figures, post, &h->answers, &h->list, err);
}

static enum err_code look(struct handing *h, struct err *err)
{
	TRY(make_list(h, h->c->args[0], h->c->lang, err));
	return handover_list_out(h->c, &h->list, err);
}

/* ---- handovers that are kept ---- */

static enum err_code list_all(struct handing *h, struct err *err)
{
	struct date on = DATE_NONE;
	struct handovers all;

	TRY(cli_date(h->c, "on", &on, err));
	TRY(handovers_load(log_db(h->log), h->c->arena, on, &all, err));
	return handovers_out(h->c, &all, &h->org, err);
}

static enum err_code read_no(struct handing *h, struct err *err)
{
	struct str s = str_c(h->c->args[1]);

	h->id.origin = 1;
	if (str_int(s, &h->id.seq) && h->id.seq >= 0)
		return OK;
	return fail(err, ERR_USAGE, "'%s' is no number of a handover; zeren handover shows them", h->c->args[1]);
}

static enum err_code show(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct handover x;
	struct node *kept;
	struct hash digest;
	struct str text;

	TRY(read_no(h, err));
	TRY(handover_get(log_db(h->log), c->arena, h->id, &x, err));
	if (!hash_parse(x.digest, &digest))
		return fail(err, ERR_DAMAGED, "handover %lld names no list", (long long)h->id.seq);
	TRY(object_read(h->log, c->arena, &digest, LIST_BYTES, &text, err));
	TRY(json_read(c->arena, text, (struct json_opt){0}, &kept, err));
	return handover_out(c, &x, &h->org, kept, err);
}

/* ---- preparing ---- */

static enum err_code do_prepare(struct tx *tx, void *ctx, struct err *err)
{
	struct handing *h = ctx;

	return handover_prepare(tx, &h->scheme, &h->in, &h->id, err);
}

static enum err_code prepare(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct buf b CLEANUP(buf_free) = BUF_MAX(LIST_BYTES);
	struct node *out = node_map(c->arena);

	h->in = (struct handover_input){.list = &h->list, .by = value(c, "by"), .day = DATE_NONE};
	TRY(cli_date(c, "day", &h->in.day, err));
	TRY(make_list(h, c->args[1], LANG_ZH, err));
	TRY(json_canon(&b, handover_json(c->arena, &h->list), err));
	TRY(object_store_text(h->log, buf_str(&b), &h->in.object, err));
	TRY(log_write(h->log, cli_actor(c->arena), S("cli"), do_prepare, h, err));
	out_num(c, out, "handover", h->id.seq);
	out_num(c, out, "count", (int64_t)h->list.n);
	if (c->json)
		return say_json(c, out, err);
	say(c, "handover %lld is prepared, with %zu lines", (long long)h->id.seq, h->list.n);
	return OK;
}

/* ---- the steps ---- */

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct handing *h = ctx;

	return handover_do(tx, &h->scheme, h->id, &h->step, err);
}

static enum err_code step(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct node *out = node_map(c->arena);

	h->step = (struct handover_step){.step = str_c(c->args[0]), .name = value(c, "name"), .by = value(c, "by"),
		.why = value(c, "why"), .no = value(c, "line"), .text = value(c, "text"), .day = DATE_NONE};
	TRY(cli_date(c, "day", &h->step.day, err));
	TRY(read_no(h, err));
	TRY(log_write(h->log, cli_actor(c->arena), S("cli"), do_step, h, err));
	out_num(c, out, "handover", h->id.seq);
	out_text(c, out, "done", h->step.step);
	if (c->json)
		return say_json(c, out, err);
	say(c, "handover %lld: %s is recorded", (long long)h->id.seq, c->args[0]);
	return OK;
}

/* ---- vacant ---- */

static enum err_code vacant(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct date on = DATE_NONE, first, last;
	int64_t year = h->org.office.year;
	struct vacant_slots slots;
	struct accountable a;

	TRY(cli_date(c, "on", &on, err));
	if (date_is(on))
		year = date_ymd(on).y;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	date_make((int)year, 1, 1, &first);
	date_make((int)year, 12, 31, &last);
	TRY(office_on(h, date_is(on) ? on : last, (int)year, c->lang, err));
	accountable(&h->facts, h->figures.duties, h->scheme.nduties, first, last, h->figures.on, &a);
	vacant_slots(&h->figures, &a, &slots);
	return vacant_out(c, &a, &slots, err);
}

/* ---- the actions ---- */

static const struct action {
	struct verb verb;
	enum err_code (*fn)(struct handing *h, struct err *err);
	bool writes;
} actions[] = {
	{{"list", 1, 1, NULL, {"on"}}, list_all, false},
	{{"show", 2, 2, N_("NO"), {NULL}}, show, false},
	{{"prepare", 2, 2, N_("POST"), {"on", "by", "day"}}, prepare, true},
	{{"give", 2, 2, N_("NO"), {"name", "by", "day"}}, step, true},
	{{"take", 2, 2, N_("NO"), {"name", "by", "day"}}, step, true},
	{{"leave", 2, 2, N_("NO"), {"name", "by", "day"}}, step, true},
	{{"take-up", 2, 2, N_("NO"), {"name", "by", "day"}}, step, true},
	{{"note", 2, 2, N_("NO"), {"line", "text", "by", "day"}}, step, true},
	{{"drop", 2, 2, N_("NO"), {"why", "by", "day"}}, step, true},
};
static const struct action of_post = {{"POST", 1, 1, NULL, {"on"}}, look, false},
	of_year = {{"--vacant", 0, 0, NULL, {"on", "year", "vacant"}}, vacant, false};

/* A word that is no action may be a post; one that is neither may be meant for an action. */
static enum err_code neither(const struct org *org, const char *name, struct err *err)
{
	struct near near = near_to(str_c(name));

	verb_offer(&near, actions, LEN(actions), sizeof actions[0]);
	if (!near_found(&near).n)
		return org_no_post(org, str_c(name), ERR_NOT_FOUND, err);
	fail(err, ERR_NOT_FOUND, "there is no post and no action '%s'", name);
	return near_say(&near, err);
}

static const struct action *find_action(const struct cli *c)
{
	const struct action *named = VERB_NAMED(actions, c->nargs ? c->args[0] : "list");

	return cli_flag(c, "vacant") ? &of_year : named ? named : &of_post;
}

enum err_code cmd_handover(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct handing h = {.c = c};
	const struct action *action = find_action(c);

	TRY(verb_fits(c, &action->verb, err));
	TRY(action->writes ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	h.log = log;
	TRY(scheme_current(log, c->arena, &h.scheme, err));
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &h.org, err));
	return action->fn(&h, err);
}
