/* Appeals: the panel's list, and one with its steps and what may be decided. */
#include "web/assess_of.h"

#include "scheme/number.h"
#include "web/flow_view.h"
#include "web/pages.h"
#include "web/scope.h"
#include "web/sign_view.h"

struct look appeal_look(int state)
{
	if (state == STATE_APPEAL_FILED)
		return (struct look){"upcoming", "t-open", state_defs[state].title};
	if (state == STATE_APPEAL_TAKEN_UP)
		return (struct look){"open", "t-open", state_defs[state].title};
	if (flow_open_state(state))
		return (struct look){"due", "t-due", state_defs[state].title};
	if (state == STATE_APPEAL_RESCORED)
		return (struct look){"met", "t-met", state_defs[state].title};
	return (struct look){"excused", "t-excused", state_defs[state].title};
}

/* The assessed unit of an appeal; false: of another year, or he may not see it. */
static bool seen(struct call *c, const struct assess_year *y, const struct flow_case *f, struct str *code,
	const struct unit **unit, struct str *item)
{
	const struct assessment *a;
	int64_t of;
	size_t at;

	if (!appeal_about(f->about, &of, item) || !(a = assess_opened(y, of, &at)))
		return false;
	*unit = a->unit.n ? org_unit(&c->world->org, a->unit) : NULL;
	*code = a->unit.n ? a->unit : c->world->org.office.code;
	return assess_sees(c, *unit);
}

static struct str item_name(struct call *c, const struct assess_year *y, const struct unit *unit, struct str id)
{
	const struct assess_row *row = assess_row_of(y, unit);
	const struct assess_item *i = row ? assess_item_get(row->sheet.plan, id) : NULL;

	return i ? arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(id), STR_ARG(i->title)) : id;
}

/* Those that run, then those that are over. */
static enum err_code send(struct call *c, const struct appeals_view *v, struct err *err)
{
	struct appeal_rows all = {0};

	for (size_t i = 0; i < v->open.n + v->over.n; i++)
		*ARENA_PUSH(c->arena, all.p, all.n, all.cap) =
			i < v->open.n ? v->open.p[i] : v->over.p[i - v->open.n];
	return list_send(c, &(struct list_shown){LIST_APPEALS, .rows = all.p, .n = all.n}, err);
}

enum err_code appeals_page(struct call *c, struct err *err)
{
	struct appeals_view v = {0};
	struct assess_year y;

	TRY(call_world(c, err));
	TRY(assess_year(c, &y, err));
	v.may_decide = call_may_any(c, ACT_APPEAL_DECIDE);
	for (size_t i = y.appeals.n; i-- > 0;) {
		const struct flow_case *f = &y.appeals.p[i];
		const struct unit *unit;
		struct str code, item;
		struct appeal_row row;

		if (!seen(c, &y, f, &code, &unit, &item))
			continue;
		row = (struct appeal_row){.unit = unit ? unit->name : c->world->org.office.name,
			.item = item_name(c, &y, unit, item), .look = appeal_look(f->state),
			.since = f->since,
			.why = f->n ? f->steps[0].why : STR_NONE,
			.url = call_url(c, url_add(c->arena, url_path("/appeals"),
				arena_printf(c->arena, "%lld", (long long)f->subject.seq)))};
		if (flow_open_state(f->state))
			*ARENA_PUSH(c->arena, v.open.p, v.open.n, v.open.cap) = row;
		else
			*ARENA_PUSH(c->arena, v.over.p, v.over.n, v.over.cap) = row;
	}
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	v.frame = call_frame(c, NAV_ASSESS, call_say(c, N_("Appeals")));
	page_appeals(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- one ---- */

static const struct {
	int move;
	const char *consequence;
} consequences[] = {
	{MOVE_APPEAL_TAKE_UP, N_("From then on the panel decides; the score stands meanwhile.")},
	{MOVE_APPEAL_UPHOLD, N_("The item is scored anew, confirmed by a second person, and settled again.")},
	{MOVE_APPEAL_PARTLY, N_("The item is scored anew, confirmed by a second person, and settled again.")},
	{MOVE_APPEAL_DISMISS, N_("The score stays as it is, and the appeal is over.")},
};

static const struct {
	const char *word, *text;
} dones[] = {
	{"take-up", N_("The appeal is taken up.")},
	{"uphold", N_("The appeal is upheld; the scorer scores the item anew.")},
	{"partly", N_("The appeal is upheld in part; the scorer scores the item anew.")},
	{"dismiss", N_("The appeal is dismissed; the score stays.")},
	{"take-back", N_("The appeal is taken back.")},
};

static enum err_code find(struct call *c, const struct assess_year *y, struct flow_case **out, struct str *code,
	const struct unit **unit, struct str *item, struct err *err)
{
	int64_t id = value_int(&c->values, "id");

	for (size_t i = 0; i < y->appeals.n; i++)
		if (y->appeals.p[i].subject.seq == id && seen(c, y, &y->appeals.p[i], code, unit, item)) {
			*out = &y->appeals.p[i];
			return OK;
		}
	return fail(err, ERR_NOT_FOUND, "no appeal %lld", (long long)id);
}

static void put_steps(struct call *c, struct appeal_view *v, const struct flow_case *f)
{
	for (size_t i = f->n; i-- > 0;) {
		const struct flow_step *s = &f->steps[i];

		*ARENA_PUSH(c->arena, v->steps.p, v->steps.n, v->steps.cap) = (struct appeal_step){
			.what = move_defs[s->move].title, .why = s->why, .when = call_time(c, s->at),
			.who = arena_printf(c->arena, STR_FMT " · " STR_FMT,
				STR_ARG(owner_name(&c->world->org, s->by)), STR_ARG(call_person(c, s->actor)))};
	}
}

static void put_offers(struct call *c, struct appeal_view *v, const struct flow_case *f)
{
	struct flow_offer *offers;
	size_t n;

	offers = flow_offers(log_db(c->log), c->arena, c->lang, f, c->access, c->access->account.login, S("web"),
		c->access->account.post, day_at(c->now), &n);
	for (size_t i = 0; i < n; i++) {
		struct appeal_offer *o;

		if (offers[i].move == MOVE_APPEAL_TAKE_BACK)
			v->may_back = !offers[i].why_not.n;
		if (move_defs[offers[i].move].act != ACT_APPEAL_DECIDE)
			continue;
		if (!c->access->account.post.n)
			offers[i].why_not = call_say(c, N_("your account has no post to act for"));
		o = ARENA_PUSH(c->arena, v->decide.p, v->decide.n, v->decide.cap);
		*o = (struct appeal_offer){.name = str_c(move_defs[offers[i].move].name),
			.title = move_defs[offers[i].move].title,
			.why_not = flow_say(c, FLOW_APPEAL, offers[i].why_not),
			.why = move_defs[offers[i].move].asks & F_WHY};
		for (size_t k = 0; k < LEN(consequences); k++)
			if (consequences[k].move == offers[i].move)
				o->consequence = consequences[k].consequence;
	}
}

static void put_item(struct call *c, struct appeal_view *v, const struct assess_one *x, struct str id)
{
	for (size_t i = 0; i < x->sheet.plan->nsections; i++)
		for (size_t k = 0; k < x->sheet.sections[i].section->nitems; k++) {
			const struct assess_item_score *s = &x->sheet.sections[i].items[k];

			if (!str_eq(s->item->id, id))
				continue;
			v->points = thousandths_text(c->arena, s->item->points);
			v->got = thousandths_text(c->arena, s->part.got);
			v->self = s->self ? thousandths_text(c->arena, s->self->got) : STR_NONE;
			put_score_lines(c, &v->lines, &s->part, NULL);
		}
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE, code, item;
	struct appeal_view v = {.wrong = wrong};
	const struct unit *unit;
	struct assess_year y;
	struct assess_one x;
	struct flow_case *f;

	TRY(assess_year(c, &y, err));
	TRY(find(c, &y, &f, &code, &unit, &item, err));
	TRY(assess_one_of(c, &y, code, &x, err));
	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			v.done = dones[i].text;
	v.typed = c->req->method == HTTP_POST ? value_of(&c->values, "why") : STR_NONE;
	v.unit = x.name;
	v.item = item_name(c, &y, unit, item);
	v.sheet = url_at(c->arena, assess_url(c, code), arena_printf(c->arena, "i-" STR_FMT, STR_ARG(item)));
	v.url = call_url(c, url_add(c->arena, url_path("/appeals"),
		arena_printf(c->arena, "%lld", (long long)f->subject.seq)));
	v.back_url = call_url(c, url_add(c->arena, url_add(c->arena, url_path("/appeals"),
		arena_printf(c->arena, "%lld", (long long)f->subject.seq)), S("back")));
	v.look = appeal_look(f->state);
	v.may_decide = call_may_unit(c, ACT_APPEAL_DECIDE, unit);
	v.to_rescore = f->state == STATE_APPEAL_UPHELD || f->state == STATE_APPEAL_PARTLY;
	put_steps(c, &v, f);
	put_offers(c, &v, f);
	put_item(c, &v, &x, item);
	v.frame = call_frame(c, NAV_ASSESS, call_say(c, N_("Appeal")));
	page_appeal(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code appeal_page(struct call *c, struct err *err)
{
	TRY(call_world(c, err));
	return show(c, STR_NONE, err);
}

struct deciding {
	struct call *c;
	struct str step;
};

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct deciding *d = ctx;
	struct assess_appeal in = {.appeal = {1, value_int(&d->c->values, "id")}, .step = d->step};

	if (!str_is(d->step, "take-back"))
		in.why = value_of(&d->c->values, "why");
	return assess_appeal(tx, d->c->facts.scheme, d->c->facts.calendar, &in, NULL, err);
}

static enum err_code perform(struct call *c, struct str step, struct err *err)
{
	struct deciding d = {c, step};
	const struct unit *unit;
	struct assess_year y;
	struct flow_case *f;
	struct str code, item, wrong, no;

	TRY(call_world(c, err));
	TRY(assess_year(c, &y, err));
	TRY(find(c, &y, &f, &code, &unit, &item, err));
	no = arena_printf(c->arena, "%lld", (long long)f->subject.seq);
	if (call_write(c, do_step, &d, err) == OK)
		return call_go(c, url_query(c->arena, call_url(c, url_add(c->arena, url_path("/appeals"), no)), "done",
			step), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}

enum err_code appeal_post(struct call *c, struct err *err)
{
	return perform(c, value_of(&c->values, "do"), err);
}

enum err_code appeal_back_post(struct call *c, struct err *err)
{
	return perform(c, S("take-back"), err);
}
