/* The plan: what became of each promise, which of them repeat last year's, and what people decide of them. */
#include "web/plan_view.h"

#include "flow/commitment.h"
#include "web/pages.h"
#include "web/scope.h"

static const struct look fate_looks[FATES] = {
	[FATE_DONE] = {"met", "t-met", N_("done")},
	[FATE_UNDER_WAY] = {"open", "t-open", N_("under way")},
	[FATE_NOT_DONE] = {"missed", "t-missed", N_("not done")},
	[FATE_DROPPED] = {"excused", "t-excused", N_("not pursued")},
};

static const struct {
	const char *word, *done;
	enum decided what;
} verbs[] = {
	{"done", N_("Recorded: the promise counts as done."), DECIDED_DONE},
	{"drop", N_("Recorded: the promise is not pursued."), DECIDED_DROPPED},
	{"reopen", N_("Recorded: the promise is open again."), DECIDED_OPEN},
};

static struct str said(struct call *c, const struct fact *r, const char *field, struct date on)
{
	const struct field *f = type_field(r->type, str_c(field));

	return f ? datum_text(c->arena, c->lang, fact_value(&c->facts, r, f, on)) : STR_NONE;
}

static struct promise_line line_of(struct call *c, const struct commitment_state *x)
{
	const struct field *limit = type_field(x->fact->type, S("limit"));
	struct promise_line line = {.id = x->duty.id,
		.no = said(c, x->fact, "no", c->on),
		.what = x->duty.title,
		.owner = x->duty.owner.name,
		.target = said(c, x->fact, "target", c->on),
		.why = said(c, x->fact, "why", c->on),
		.repeats = said(c, x->fact, "repeats", DATE_NONE),
		.likeness = said(c, x->fact, "likeness", DATE_NONE),
		.times = x->state.required_year,
		.done = x->state.met + x->state.late,
		.late = x->state.late,
		.look = fate_looks[x->fate],
		.url = call_url(c,
			url_add(c->arena, url_path("/records"),
				arena_printf(c->arena, "%lld", (long long)x->fact->id.seq)))};

	if (!date_parse(datum_text(c->arena, LANG_ZH, fact_value(&c->facts, x->fact, limit, DATE_NONE)), &line.limit))
		line.limit = DATE_NONE;
	line.same = str_is(line.likeness, "100");
	return line;
}

static enum err_code put_decided(
	struct call *c, const struct commitment_state *all, struct plan_view *v, struct err *err)
{
	struct commitment_decisions d;

	TRY(commitment_decisions_load(log_db(c->log), c->arena, &d, err));
	for (size_t i = 0; i < v->lines.n; i++)
		for (size_t k = 0; k < d.n; k++)
			if (d.p[k].plan.origin == all[i].fact->id.origin && d.p[k].plan.seq == all[i].fact->id.seq)
				v->lines.p[i].decided = d.p[k].what != DECIDED_OPEN;
	return OK;
}

static int limit_year(struct call *c, const struct commitment_rule *rule, const struct fact *r)
{
	struct date limit = datum_day(rule->limit, fact_value(&c->facts, r, rule->limit, DATE_NONE));

	return !r->withdrawn && date_is(limit) ? date_ymd(limit).y : 0;
}

static struct str text_of(struct call *c, const struct fact *r, const struct field *f)
{
	return f ? datum_text(c->arena, c->lang, fact_value(&c->facts, r, f, DATE_NONE)) : STR_NONE;
}

/* "4" and "次" of two fields; the register may have written the word beside the number already. */
static struct str target_of(struct call *c, const struct fact *r, const struct commitment_rule *rule)
{
	struct str target = text_of(c, r, rule->target), unit = text_of(c, r, rule->unit);
	char last = target.n ? target.p[target.n - 1] : ' ';

	return last >= '0' && last <= '9' ? arena_printf(c->arena, STR_FMT STR_FMT, STR_ARG(target), STR_ARG(unit))
					  : target;
}

/* What is promised for the next year that lines have their limit in. */
static void put_next(struct call *c, struct plan_view *v)
{
	const struct commitment_rule *rule = c->facts.scheme->commitments;
	const struct fact_set *set = rule ? facts_of(&c->facts, rule->plan) : NULL;

	for (size_t i = 0; set && i < set->n; i++) {
		int year = limit_year(c, rule, &set->p[i]);

		if (year > v->year && (!v->next || year < v->next))
			v->next = year;
	}
	for (size_t i = 0; v->next && i < set->n; i++) {
		const struct fact *r = &set->p[i];

		if (limit_year(c, rule, r) != v->next)
			continue;
		*ARENA_PUSH(c->arena, v->later.p, v->later.n, v->later.cap) = (struct promise_line){
			.no = text_of(c, r, rule->no), .what = text_of(c, r, rule->what),
			.owner = text_of(c, r, rule->owner),
			.target = target_of(c, r, rule),
			.limit = datum_day(rule->limit, fact_value(&c->facts, r, rule->limit, DATE_NONE)),
			.url = call_url(c, url_add(c->arena, url_path("/records"),
				arena_printf(c->arena, "%lld", (long long)r->id.seq)))};
	}
	if (v->next)
		v->next_url = url_query(c->arena, url_path("/plan"), "on",
			arena_printf(c->arena, "%lld-01-01", (long long)v->next));
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct plan_view v = {.may = call_may(c, ACT_PROBLEM_DECIDE), .wrong = wrong};
	bool post = c->req->method == HTTP_POST;
	struct commitment_state *all;
	char day[DATE_TEXT];
	size_t n;

	if (!c->world)
		TRY(call_world(c, err));
	v.may_import = call_may_import(c);
	v.frame = call_frame(c, NAV_PLAN, call_say(c, N_("Plan")));
	v.year = c->facts.year;
	v.has = c->facts.scheme->commitments != NULL;
	v.day = post ? value_of(&c->values, "day") : arena_str(c->arena, date_text(c->on, day));
	v.did = post ? value_of(&c->values, "no") : STR_NONE;
	v.typed_why = post ? value_of(&c->values, "why") : STR_NONE;
	for (size_t i = 0; !post && i < LEN(verbs); i++)
		if (str_is(value_of(&c->values, "done"), verbs[i].word))
			v.done = verbs[i].done;
	all = v.has ? commitment_states(&c->facts, c->on, &n) : NULL;
	v.fates.p = ARENA_ARRAY(c->arena, struct fate_count, FATES);
	for (v.fates.n = 0; v.fates.n < FATES; v.fates.n++)
		v.fates.p[v.fates.n] = (struct fate_count){fate_looks[v.fates.n], 0};
	for (size_t i = 0; all && i < n; i++) {
		struct promise_line *line = ARENA_PUSH(c->arena, v.lines.p, v.lines.n, v.lines.cap);

		*line = line_of(c, &all[i]);
		line->chosen = v.did.n && str_eq(v.did, line->id);
		v.fates.p[all[i].fate].n++;
		v.again += line->repeats.n > 0;
	}
	if (v.lines.n)
		TRY(put_decided(c, all, &v, err));
	if (list_asked(c))
		return list_send(c, &(struct list_shown){LIST_PLAN, .rows = v.lines.p, .n = v.lines.n}, err);
	v.files = list_links(c);
	put_next(c, &v);
	page_plan(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code plan_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

/* ---- deciding ---- */

static enum err_code write_decision(struct tx *tx, void *ctx, struct err *err)
{
	return commitment_decide(tx, ctx, err);
}

static enum err_code decide(struct call *c, const char **done, struct err *err)
{
	struct str no = value_of(&c->values, "no"), word = value_of(&c->values, "do");
	struct commitment_decision d = {.day = value_date(&c->values, "day"), .why = value_of(&c->values, "why")};
	struct commitment_state *all;
	size_t n, at = LEN(verbs);

	TRY(call_world(c, err));
	for (size_t i = 0; i < LEN(verbs); i++)
		if (str_is(word, verbs[i].word))
			at = i;
	if (at == LEN(verbs))
		return fail(err, ERR_INPUT, "the form does not say what is to be done");
	d.what = verbs[at].what;
	*done = verbs[at].word;
	all = commitment_states(&c->facts, c->on, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].duty.id, no)) {
			d.plan = all[i].fact->id;
			return call_write(c, write_decision, &d, err);
		}
	return fail(err, ERR_INPUT, "no line " STR_FMT " in the plan for %d", STR_ARG(no), c->facts.year);
}

enum err_code plan_post(struct call *c, struct err *err)
{
	const char *done = "";
	enum err_code code = decide(c, &done, err);
	struct str wrong;

	if (code == OK)
		return call_go(c, url_query(c->arena, call_url(c, url_path("/plan")), "done", str_c(done)), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : code;
}
