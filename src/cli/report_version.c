/* Versions of the report on the command line: approved, sent, withdrawn, listed, counted. */
#include "cli/report_out.h"

#include "who/account.h"

/* ---- which version ---- */

static enum err_code year_of(struct cli *c, struct log *log, int *out, struct err *err)
{
	struct org org;
	int64_t year;

	TRY(org_load(log_db(log), c->arena, DATE_NONE, &org, err));
	year = org.office.year;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	*out = (int)year;
	return OK;
}

static enum err_code version_named(struct cli *c, struct log *log, const char *word, struct approval *out,
	struct err *err)
{
	const struct approval *found;
	struct approvals all;
	int64_t n;
	int year;

	if (!str_int(str_c(word), &n) || n < 1)
		return fail(err, ERR_USAGE, "the number of a version is expected, not %s", word);
	TRY(year_of(c, log, &year, err));
	TRY(approvals_load(log_db(log), c->arena, year, &all, err));
	found = approval_get(&all, n);
	if (!found)
		return fail(err, ERR_NOT_FOUND, "the report of %d has %zu approved versions, none of them is %lld",
			year,
			all.n, (long long)n);
	*out = *found;
	return OK;
}

enum err_code report_approved(struct cli *c, struct approval *out, struct paper_approval *paper, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;

	TRY(cli_open_reading(c, &log, err));
	TRY(version_named(c, log, cli_opt(c, "approved"), out, err));
	*paper = approval_paper(c->arena, log, out);
	return OK;
}

/* ---- approve, sent, withdraw ---- */

struct writing {
	struct approve approve;
	int64_t seq; /* of the event; of the approval */
	struct date day;
	struct str to, way, why;
};

static enum err_code do_approve(struct tx *tx, void *ctx, struct err *err)
{
	struct writing *w = ctx;

	return report_approve(tx, &w->approve, &w->seq, err);
}

static enum err_code do_send(struct tx *tx, void *ctx, struct err *err)
{
	struct writing *w = ctx;

	return report_send(tx, w->seq, w->day, w->to, w->way, err);
}

static enum err_code do_withdraw(struct tx *tx, void *ctx, struct err *err)
{
	struct writing *w = ctx;

	return report_withdraw(tx, w->seq, w->why, err);
}

enum err_code report_said_now(struct cli *c, struct report_world *w, struct version_text *out, struct err *err)
{
	struct report *r = ARENA_NEW(c->arena, struct report);

	TRY(document_world(c, w, err));
	TRY(report_of_world(c, w, false, r, err));
	version_text_of(r, out);
	return OK;
}

enum err_code report_approve_action(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	CLEANUP(log_close) struct log *log = NULL;
	struct writing x = {.approve = {.no = str_c(cli_opt(c, "no")), .day = DATE_NONE}};
	struct version_text said;
	struct approvals all;
	struct range head;
	struct str json;
	int64_t size;

	TRY(cli_date(c, "day", &x.approve.day, err));
	TRY(report_said_now(c, &w, &said, err));
	TRY(version_text_json(c->arena, &said, &json, err));
	size = log_size(w.log);
	log_close(&w.log); /* it was open for reading only */
	TRY(cli_open(c, &log, err));
	log_range(log, &head);
	if (head.n != size)
		return fail(err, ERR_CONFLICT, "the log has grown meanwhile; look at the report again");
	if (!date_is(x.approve.day))
		x.approve.day = day_at(log_now(log));
	TRY(object_store_text(log, json, &x.approve.text, err));
	x.approve.year = w.facts.year;
	x.approve.on = w.on;
	x.approve.known = head.n - 1;
	x.approve.root = range_root(&head);
	TRY(log_write(log, cli_actor(c->arena), S("cli"), do_approve, &x, err));
	TRY(approvals_load(log_db(log), c->arena, x.approve.year, &all, err));
	if (c->json) {
		struct node *out = node_map(c->arena);

		node_set(c->arena, out, S("version"), node_num(c->arena, all.n ? all.p[0].n : 0));
		node_set(c->arena, out, S("known"), node_num(c->arena, x.approve.known));
		return say_json(c, out, err);
	}
	say(c, "version %lld of the report of %d is approved, as known at event %lld",
		all.n ? (long long)all.p[0].n : 0, x.approve.year, (long long)x.approve.known);
	return OK;
}

static enum err_code on_version(struct cli *c, intent_fn *fn, struct writing *x, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct approval v;

	TRY(cli_open(c, &log, err));
	TRY(version_named(c, log, c->args[1], &v, err));
	x->seq = v.seq;
	if (!date_is(x->day))
		x->day = day_at(log_now(log));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), fn, x, err));
	say(c, "recorded of version %lld", (long long)v.n);
	return OK;
}

enum err_code report_sent_action(struct cli *c, int *status, struct err *err)
{
	struct writing x = {.day = DATE_NONE, .to = str_c(cli_opt(c, "to")), .way = str_c(cli_opt(c, "way"))};

	TRY(cli_date(c, "day", &x.day, err));
	if (str_blank(x.to))
		return fail(err, ERR_USAGE, "to say that a report was sent needs --to WHOM");
	return on_version(c, do_send, &x, err);
}

enum err_code report_withdraw_action(struct cli *c, int *status, struct err *err)
{
	struct writing x = {.day = DATE_NONE, .why = str_c(cli_opt(c, "why"))};

	if (str_blank(x.why))
		return fail(err, ERR_USAGE, "to withdraw an approval needs --why TEXT");
	return on_version(c, do_withdraw, &x, err);
}

/* ---- the list ---- */

static struct str state_of(struct cli *c, const struct approval *v)
{
	char day[DATE_TEXT];
	struct str out = STR_NONE;

	if (v->withdrawn)
		return arena_printf(c->arena, tr(c->lang, "withdrawn: " STR_FMT), STR_ARG(v->withdrawn_why));
	for (size_t i = 0; i < v->nsendings; i++) {
		const struct sending *s = &v->sendings[i];

		out = arena_printf(c->arena, STR_FMT "%s", STR_ARG(out), i ? "；" : "");
		out = arena_printf(c->arena, tr(c->lang, STR_FMT "sent to " STR_FMT " on %s"), STR_ARG(out),
			STR_ARG(s->to),
			date_text(s->day, day).p);
	}
	return out.n ? out : str_c(tr(c->lang, N_("approved, not sent")));
}

static struct node *approval_json(struct arena *a, const struct approval *v)
{
	struct node *one = node_map(a), *sent = node_list(a);

	node_set(a, one, S("version"), node_num(a, v->n));
	node_set(a, one, S("year"), node_num(a, v->year));
	node_set(a, one, S("no"), node_str(a, v->no));
	node_set(a, one, S("on"), node_str(a, text_day(a, v->on)));
	node_set(a, one, S("day"), node_str(a, text_day(a, v->day)));
	node_set(a, one, S("known"), node_num(a, v->known));
	node_set(a, one, S("root"), node_str(a, v->root));
	node_set(a, one, S("digest"), node_str(a, v->digest));
	node_set(a, one, S("actor"), node_str(a, v->actor));
	node_set(a, one, S("event"), node_num(a, v->seq));
	if (v->withdrawn) {
		node_set(a, one, S("withdrawn"), node_num(a, v->withdrawn));
		node_set(a, one, S("why"), node_str(a, v->withdrawn_why));
	}
	for (size_t i = 0; i < v->nsendings; i++) {
		struct node *s = node_map(a);

		node_set(a, s, S("to"), node_str(a, v->sendings[i].to));
		node_set(a, s, S("way"), node_str(a, v->sendings[i].way));
		node_set(a, s, S("day"), node_str(a, text_day(a, v->sendings[i].day)));
		node_push(a, sent, s);
	}
	node_set(a, one, S("sent"), sent);
	return one;
}

static enum err_code list_versions(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("version"), N_("document number"), N_("approved on"), N_("as of"),
		N_("event"), N_("by"), N_("state")};
	CLEANUP(log_close) struct log *log = NULL;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlllrll");
	struct node *list = node_list(c->arena);
	struct approvals all;
	int year;

	TRY(cli_open_reading(c, &log, err));
	TRY(year_of(c, log, &year, err));
	TRY(approvals_load(log_db(log), c->arena, year, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct approval *v = &all.p[i];

		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)v->n), v->no,
				text_day(c->arena, v->day), text_day(c->arena, v->on),
				arena_printf(c->arena, "%lld", (long long)v->known), v->actor, state_of(c, v)});
		node_push(c->arena, list, approval_json(c->arena, v));
	}
	if (c->json)
		return say_json(c, list, err);
	if (all.n)
		table_print(t, c);
	else
		say(c, "no version of the report of %d is approved", year);
	return OK;
}

enum err_code report_versions_action(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct version_text was, is;
	struct comparison x;
	struct approval v;

	if (c->nargs < 2)
		return list_versions(c, err);
	TRY(report_said_now(c, &w, &is, err));
	TRY(version_named(c, w.log, c->args[1], &v, err));
	TRY(approval_text(w.log, c->arena, &v, &was, err));
	if (c->nargs > 2) {
		TRY(version_named(c, w.log, c->args[2], &v, err));
		TRY(approval_text(w.log, c->arena, &v, &is, err));
	}
	version_compare(c->arena, &was, &is, &x);
	return report_show_comparison(c, &x, false, err);
}

/* ---- counting ---- */

enum err_code report_count_action(struct cli *c, int *status, struct err *err)
{
	static const char *const heads[] = {N_("section"), N_("heading"), N_("characters")};
	CLEANUP(report_world_done) struct report_world w = {0};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llr");
	struct node *out = node_map(c->arena), *list = node_list(c->arena);
	struct section_counts counts;
	struct version_text said;
	struct report r;

	TRY(document_world(c, &w, err));
	TRY(report_of_world(c, &w, false, &r, err));
	version_text_of(&r, &said);
	version_count(c->arena, &said, &counts);
	for (size_t i = 0; i < counts.n; i++) {
		struct node *one = node_map(c->arena);

		table_row(t, (struct str[]){counts.p[i].section, counts.p[i].heading,
				arena_printf(c->arena, "%zu", counts.p[i].n)});
		node_set(c->arena, one, S("section"), node_str(c->arena, counts.p[i].section));
		node_set(c->arena, one, S("characters"), node_num(c->arena, (int64_t)counts.p[i].n));
		node_push(c->arena, list, one);
	}
	node_set(c->arena, out, S("characters"), node_num(c->arena, (int64_t)counts.all));
	node_set(c->arena, out, S("limit"), node_num(c->arena, r.paper.limit));
	node_set(c->arena, out, S("sections"), list);
	if (r.paper.limit && (int64_t)counts.all > r.paper.limit)
		*status = 1;
	if (c->json)
		return say_json(c, out, err);
	table_print(t, c);
	if (r.paper.limit)
		say(c, "%zu characters; at most %lld are wanted", counts.all, (long long)r.paper.limit);
	else
		say(c, "%zu characters", counts.all);
	return OK;
}
