/* Versions of the report that were approved: made, sent, taken back, and held against what the records say now; last
 * year's report beside this year's. */
#include "web/report_view.h"

#include "web/pages.h"

/* ---- comparisons ---- */

static const char *const kinds[] = {N_("as it was"), N_("other figures"), N_("changed"), N_("gone"), N_("new")};

static void put_pair(struct call *c, struct compared_view *v, const struct said_pair *p)
{
	struct pair_view *x = ARENA_PUSH(c->arena, v->pairs.p, v->pairs.n, v->pairs.cap);
	struct changed_para pieces = {0};

	*x = (struct pair_view){.section = p->is ? p->is->section : p->was->section,
		.kind = p->kind, .what = kinds[p->kind], .percent = p->percent, .had = p->was, .has = p->is};
	put_changed_text(c->arena, &pieces, p->was ? p->was->text : STR_NONE, p->is ? p->is->text : STR_NONE);
	for (size_t i = 0; i < pieces.pieces.n; i++) {
		struct piece_view *piece = &pieces.pieces.p[i];

		if (piece->what != DIFF_ADDED)
			*ARENA_PUSH(c->arena, x->was.p, x->was.n, x->was.cap) = *piece;
		if (piece->what != DIFF_GONE)
			*ARENA_PUSH(c->arena, x->is.p, x->is.n, x->is.cap) = *piece;
	}
}

const struct compared_view *compared_view(struct call *c, const struct comparison *x, bool all)
{
	struct compared_view *v = ARENA_NEW(c->arena, struct compared_view);

	*v = (struct compared_view){.percent = x->percent,
		.same = (int64_t)x->count[SAME_AS_IT_WAS],
		.changed = (int64_t)x->count[SAME_CHANGED],
		.gone = (int64_t)x->count[SAME_GONE],
		.added = (int64_t)x->count[SAME_NEW],
		.only_figures = (int64_t)x->count[SAME_BUT_FIGURES]};
	for (size_t i = 0; i < x->n; i++)
		if (all || x->p[i].kind != SAME_AS_IT_WAS)
			put_pair(c, v, &x->p[i]);
	v->figures.p = x->figures;
	v->figures.n = x->nfigures;
	return v;
}

/* ---- one version ---- */

static struct url file_url(struct call *c, const struct approval *v, struct str format)
{
	char on[DATE_TEXT];
	struct url u = url_query(c->arena, url_path("/report/export"), "format", format);

	u = url_query(c->arena, u, "approved", arena_printf(c->arena, "%lld", (long long)v->n));
	return url_query(c->arena, u, "on", arena_str(c->arena, date_text(v->on, on)));
}

struct approved_view *approved_view(struct call *c, const struct approval *from)
{
	struct approved_view *v = ARENA_NEW(c->arena, struct approved_view);
	struct str known = arena_printf(c->arena, "%lld", (long long)from->known);
	char on[DATE_TEXT];

	*v = (struct approved_view){.n = from->n, .seq = from->seq, .known = from->known,
		.no = from->no,
		.day = call_day(c, from->day),
		.on = call_day(c, from->on),
		.by = call_person(c, from->actor),
		.when = call_time(c, from->at),
		.root = str_sub(from->root, 0, 16),
		.counts = !from->withdrawn,
		.sent = from->nsendings > 0,
		.withdrawn_why = from->withdrawn_why};
	if (from->withdrawn) {
		v->withdrawn_by = call_person(c, from->withdrawn_actor);
		v->withdrawn_when = call_time(c, from->withdrawn_at);
	}
	v->then = url_query(c->arena,
		url_query(c->arena, url_path("/report"), "on", arena_str(c->arena, date_text(from->on, on))), "known",
		known);
	v->changes = url_at(c->arena,
		url_query(c->arena, call_url(c, url_path("/report/versions")), "of",
			arena_printf(c->arena, "%lld", (long long)from->n)),
		S("changes"));
	v->pdf = file_url(c, from, S("pdf"));
	v->ofd = file_url(c, from, S("ofd"));
	v->docx = file_url(c, from, S("docx"));
	v->sendings.p = ARENA_ARRAY(c->arena, struct sending_view, from->nsendings + 1);
	for (size_t i = 0; i < from->nsendings; i++)
		v->sendings.p[v->sendings.n++] = (struct sending_view){from->sendings[i].to, from->sendings[i].way,
			call_day(c, from->sendings[i].day), call_person(c, from->sendings[i].actor)};
	return v;
}

static enum err_code compared(struct call *c, const struct approval *v, const struct version_text *is,
	struct comparison *out, struct err *err)
{
	struct version_text was;

	TRY(approval_text(c->log, c->arena, v, &was, err));
	version_compare(c->arena, &was, is, out);
	return OK;
}

static void put_counts(struct call *c, struct report_view *v, const struct version_text *said)
{
	struct section_counts counts;

	version_count(c->arena, said, &counts);
	for (size_t i = 0; i < counts.n; i++)
		*ARENA_PUSH(c->arena, v->counts.p, v->counts.n, v->counts.cap) = (struct count_line){
			counts.p[i].section, counts.p[i].heading, (int64_t)counts.p[i].n};
	v->characters = (int64_t)counts.all;
}

enum err_code put_approved(struct call *c, struct report_view *v, const struct report *r, struct err *err)
{
	const struct approval *newest;
	struct version_text said;
	struct approvals all;
	struct comparison x;

	version_text_of(r, &said);
	put_counts(c, v, &said);
	v->limit = r->paper.limit;
	v->preview = call_url(c, url_path("/report/preview"));
	if (c->known)
		v->preview = url_query(c->arena, v->preview, "known",
			arena_printf(c->arena, "%lld", (long long)c->known));
	v->paper = call_url(c, url_path("/report/paper"));
	v->versions = call_url(c, url_path("/report/versions"));
	v->compare = call_url(c, url_path("/report/compare"));
	TRY(approvals_load(log_db(c->log), c->arena, r->figures->facts->year, &all, err));
	newest = approval_get(&all, 0);
	if (!newest || c->known)
		return OK;
	v->approved = approved_view(c, newest);
	TRY(compared(c, newest, &said, &x, err));
	v->differ = (int64_t)x.nfigures;
	v->changed = (int64_t)(x.n - x.count[SAME_AS_IT_WAS]);
	return OK;
}

/* ---- the page of versions ---- */

static struct str digest_of(struct call *c, const struct version_text *said, struct object *out, struct err *err)
{
	char hex[HASH_TEXT];
	struct str json;

	if (version_text_json(c->arena, said, &json, err) != OK ||
		objects_store_text(objects_of(c->log), json, out, err) != OK)
		return STR_NONE;
	return arena_str(c->arena, hash_text(&out->digest, hex));
}

/* Of what is seen, so that nothing else is approved; nothing is stored. */
static enum err_code put_digest(struct call *c, const struct version_text *said, struct versions_view *v,
	struct err *err)
{
	struct hash h;
	char hex[HASH_TEXT];
	struct str json;

	TRY(version_text_json(c->arena, said, &json, err));
	h = tree_leaf(json);
	v->digest = arena_str(c->arena, hash_text(&h, hex));
	return OK;
}

static enum err_code put_changes_of(struct call *c, struct versions_view *v, const struct approvals *all,
	const struct version_text *said, struct err *err)
{
	const struct approval *of = approval_get(all, MAX(value_int(&c->values, "of"), 0));
	struct comparison x;

	if (value_int(&c->values, "of") > 0 && !of)
		return fail(err, ERR_NOT_FOUND, "the report of %lld has %zu approved versions, none of them is %lld",
			(long long)v->year, all->n, (long long)value_int(&c->values, "of"));
	if (!of)
		return OK;
	TRY(compared(c, of, said, &x, err));
	v->of = of->n;
	v->changes = compared_view(c, &x, false);
	return OK;
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	bool form = c->req->method == HTTP_POST;
	struct versions_view v = {.wrong = wrong};
	char today[DATE_TEXT];
	struct version_text said;
	struct approvals all;
	struct report r;

	TRY(call_report(c, (struct report_opt){0}, &r, err));
	version_text_of(&r, &said);
	v.year = r.figures->facts->year;
	TRY(approvals_load(log_db(c->log), c->arena, (int)v.year, &all, err));
	for (size_t i = 0; i < all.n; i++)
		*ARENA_PUSH(c->arena, v.versions.p, v.versions.n, v.versions.cap) = *approved_view(c, &all.p[i]);
	if (!form)
		TRY(put_changes_of(c, &v, &all, &said, err));
	TRY(put_digest(c, &said, &v, err));
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("Approved versions")));
	if (form)
		v.frame->carry.n = 0;
	v.on = call_on(c);
	v.today = arena_str(c->arena, date_text(day_at(c->now), today));
	v.may_approve = call_may(c, ACT_REPORT_APPROVE);
	v.may_send = call_may(c, ACT_REPORT_SEND);
	v.done = form ? NULL : value_of(&c->values, "done").n ? N_("Recorded.") : NULL;
	v.back = report_url(c, STR_NONE);
	page_report_versions(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code versions_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

/* ---- what people do ---- */

struct doing {
	struct approve approve;
	int64_t seq;
	struct date day;
	struct str to, way, why;
};

static enum err_code do_approve(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return report_approve(tx, &x->approve, NULL, err);
}

static enum err_code do_send(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return report_send(tx, x->seq, x->day, x->to, x->way, err);
}

static enum err_code do_withdraw(struct tx *tx, void *ctx, struct err *err)
{
	struct doing *x = ctx;

	return report_withdraw(tx, x->seq, x->why, err);
}

static enum err_code answered(struct call *c, enum err_code code, struct err *err)
{
	struct str wrong;

	if (code == OK)
		return call_go(c, url_query(c->arena, call_url(c, url_path("/report/versions")), "done", S("1")), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}

static enum err_code approve(struct call *c, struct err *err)
{
	struct doing x = {.approve = {.no = value_of(&c->values, "no"), .day = value_date(&c->values, "day")}};
	struct versions_view seen = {0};
	struct version_text said;
	struct report r;

	TRY(call_report(c, (struct report_opt){0}, &r, err));
	version_text_of(&r, &said);
	TRY(put_digest(c, &said, &seen, err));
	if (!str_eq(seen.digest, value_of(&c->values, "digest")))
		return fail(err, ERR_CONFLICT,
			"the report says something else now than what you saw; look at it again");
	if (!digest_of(c, &said, &x.approve.text, err).n)
		return err->code;
	if (!date_is(x.approve.day))
		x.approve.day = day_at(c->now);
	x.approve.year = r.figures->facts->year;
	x.approve.on = c->on;
	x.approve.known = c->world->head.n - 1;
	x.approve.root = range_root(&c->world->head);
	return call_write(c, do_approve, &x, err);
}

enum err_code approve_post(struct call *c, struct err *err)
{
	return answered(c, approve(c, err), err);
}

static enum err_code on_version(struct call *c, intent_fn *fn, struct doing *x, struct err *err)
{
	int64_t n = value_int(&c->values, "version");
	const struct approval *v;
	struct approvals all;

	TRY(call_world(c, err));
	TRY(approvals_load(log_db(c->log), c->arena, c->facts.year, &all, err));
	v = n > 0 ? approval_get(&all, n) : NULL;
	if (!v)
		return fail(err, ERR_NOT_FOUND, "the report of %lld has %zu approved versions, none of them is %lld",
			(long long)c->facts.year, all.n, (long long)n);
	x->seq = v->seq;
	if (!date_is(x->day))
		x->day = day_at(c->now);
	return call_write(c, fn, x, err);
}

enum err_code sent_post(struct call *c, struct err *err)
{
	struct doing x = {.day = value_date(&c->values, "day"), .to = value_of(&c->values, "to"),
		.way = value_of(&c->values, "way")};

	return answered(c, on_version(c, do_send, &x, err), err);
}

enum err_code approval_withdraw_post(struct call *c, struct err *err)
{
	struct doing x = {.day = DATE_NONE, .why = value_of(&c->values, "why")};

	return answered(c, on_version(c, do_withdraw, &x, err), err);
}

/* ---- last year's ---- */

enum err_code compare_page(struct call *c, struct err *err)
{
	struct compare_view v = {0};
	const struct approval *last;
	struct version_text said;
	struct approvals all;
	struct comparison x;
	struct report r;

	TRY(call_report(c, (struct report_opt){0}, &r, err));
	version_text_of(&r, &said);
	v.year = r.figures->facts->year;
	v.may = call_may(c, ACT_REPORT_APPROVE);
	v.last = v.year - 1;
	v.versions = url_query(c->arena, url_path("/report/versions"), "on",
		arena_printf(c->arena, "%04d-12-31", (int)v.last));
	TRY(approvals_load(log_db(c->log), c->arena, (int)v.last, &all, err));
	last = approval_sent(&all);
	if (last) {
		TRY(compared(c, last, &said, &x, err));
		v.compared = compared_view(c, &x, true);
		v.source = arena_printf(c->arena, tr(c->lang, "report of %d, version %lld, sent to " STR_FMT),
			last->year,
			(long long)last->n, STR_ARG(last->sendings[0].to));
	}
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("Last year beside this year")));
	v.back = report_url(c, STR_NONE);
	page_report_compare(page_begin(c), &v);
	return page_end(c, err);
}
