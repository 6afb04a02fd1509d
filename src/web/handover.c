/* Posts that change hands: what goes over, kept lists and their steps, and days on which nobody held a post. */
#include "base/buf.h"
#include "text/json.h"
#include "web/handover_view.h"
#include "web/pages.h"
#include "web/scope.h"

enum { LIST_BYTES = 8 << 20 };

static struct str iso(struct call *c, struct date d)
{
	char text[DATE_TEXT];

	return date_is(d) ? arena_str(c->arena, date_text(d, text)) : STR_NONE;
}

static struct str number(struct call *c, int64_t n)
{
	return arena_printf(c->arena, "%lld", (long long)n);
}

static struct url post_page(struct call *c, struct str code, struct date on)
{
	struct url u = url_add(c->arena, url_path("/handovers/posts"), code);

	return date_is(on) ? url_query(c->arena, u, "on", iso(c, on)) : call_url(c, u);
}

static struct url one_page(struct call *c, int64_t seq)
{
	return call_url(c, url_add(c->arena, url_path("/handovers"), number(c, seq)));
}

static struct url kept_page(struct call *c, const struct handover *x)
{
	return one_page(c, x->c.subject.seq);
}

/* The figures of the day, of the whole office: a post's list is one thing, whoever of its unit looks. */
static struct figures whole(struct call *c)
{
	return figures_for(&c->world->figures, &c->facts);
}

static enum err_code load(struct call *c, struct handovers *out, struct err *err)
{
	return handovers_load(log_db(c->log), c->arena, DATE_NONE, out, err);
}

/* ---- lines ---- */

static const char *const part_ids[LINE_KINDS] = {
	"overdue", "soon", "open", "unproved", "late-entry", "findings", "risks", "excuses", "warnings"};

static struct str state_text(struct call *c, enum line_kind kind, struct str state)
{
	int at;

	if (kind == LINE_FINDING && flow_state_named(FLOW_FINDING, state, &at))
		return call_say(c, state_defs[at].title);
	for (int i = 0; kind == LINE_WARNING && i < WARN_STATES; i++)
		if (str_is(state, warn_state_name(i)))
			return call_say(c, warn_state_title(i));
	return kind == LINE_EXCUSE && state.n ? call_say(c, arena_str(c->arena, state).p) : state;
}

/* A record that lies outside of what he sees is no line of his. */
static bool hidden(const struct call *c, enum line_kind kind, int64_t record)
{
	const struct fact *r = kind == LINE_FINDING || kind == LINE_RISK ? call_record(c, record) : NULL;

	return r && !call_sees(c, r);
}

static struct url line_url(struct call *c, enum line_kind kind, const struct handover_line *x)
{
	struct str duty = x->duty;
	int64_t record = x->record;

	if (kind == LINE_WARNING)
		return call_url(c, url_add(c->arena, url_path("/warnings"), x->label));
	if (kind == LINE_EXCUSE)
		return call_url(c, url_path("/excuses"));
	if (kind >= LINE_UNPROVED && record && call_record(c, record))
		return call_url(c, url_add(c->arena, url_path("/records"), number(c, record)));
	if (duty.n)
		return call_url(c, url_add(c->arena, url_path("/duties"), duty));
	return (struct url){STR_NONE};
}

struct handed_line *handed_line_put(struct call *c, struct handed_parts *parts, enum line_kind kind,
	const struct handover_line *x, int64_t no)
{
	struct handed_part *part = parts->n ? &parts->p[parts->n - 1] : NULL;
	struct handed_line *line;

	if (hidden(c, kind, x->record))
		return NULL;
	if (!part || part->id != part_ids[kind]) {
		part = &parts->p[parts->n++];
		*part = (struct handed_part){.title = line_kind_title(kind), .id = part_ids[kind]};
	}
	line = ARENA_PUSH(c->arena, part->lines.p, part->lines.n, part->lines.cap);
	*line = (struct handed_line){.no = no, .duty = x->duty, .title = x->title, .due = x->due,
		.label = kind == LINE_WARNING ? STR_NONE : x->label,       /* a key, which says nothing to people */
		.state = state_text(c, kind, x->state), .url = line_url(c, kind, x)};
	return line;
}

/* ---- handovers that are kept ---- */

static struct look look_of(const struct handover *x)
{
	if (flow_open_state(x->c.state))
		return x->c.state == STATE_HANDOVER_GIVEN ? (struct look){"due", "t-due", NULL}
							  : (struct look){"open", "t-open", NULL};
	return x->c.state == STATE_HANDOVER_DROPPED ? (struct look){"excused", "t-excused", NULL}
						    : (struct look){"met", "t-met", NULL};
}

struct handover_line_view handover_kept(struct call *c, const struct handover *x)
{
	return (struct handover_line_view){.no = number(c, x->c.subject.seq),
		.post = owner_name(&c->world->org, x->post), .leaving = x->leaving, .coming = x->coming,
		.url = kept_page(c, x), .look = look_of(x), .state = state_defs[x->c.state].title, .on = x->on,
		.lines = x->lines, .open = flow_open_state(x->c.state)};
}

/* The newest one of a post and a day; NULL: none, or it was dropped. */
static const struct handover *kept_of(const struct handovers *all, struct str post, struct date on)
{
	for (size_t i = all->n; i-- > 0;)
		if (str_eq(all->p[i].post, post) && date_eq(all->p[i].on, on) &&
			all->p[i].c.state != STATE_HANDOVER_DROPPED)
			return &all->p[i];
	return NULL;
}

/* ---- all of a year ---- */

static void put_kept(struct call *c, const struct handovers *all, struct handovers_view *v)
{
	for (size_t i = all->n; i-- > 0;) {
		const struct handover *x = &all->p[i];

		if (!call_sees_unit(c, x->post))
			continue;
		if (flow_open_state(x->c.state))
			*ARENA_PUSH(c->arena, v->running.p, v->running.n, v->running.cap) = handover_kept(c, x);
		else
			*ARENA_PUSH(c->arena, v->over.p, v->over.n, v->over.cap) = handover_kept(c, x);
	}
}

static void put_change(struct call *c, const struct handovers *all, const struct spell *a, const struct spell *b,
	struct handovers_view *v)
{
	const struct handover *kept = kept_of(all, a->post->code, a->to);
	struct change_line line = {.post = a->post->name, .leaving = a->holder, .coming = b->holder,
		.before = spell_kind_name(a->kind), .after = spell_kind_name(b->kind),
		.looked_before = a->kind == SPELL_ACTING, .looked_after = b->kind == SPELL_ACTING,
		.on = a->to, .from = b->from};

	line.url = kept ? kept_page(c, kept) : post_page(c, a->post->code, a->to);
	line.kept = kept ? number(c, kept->c.subject.seq) : STR_NONE;
	*ARENA_PUSH(c->arena, v->changes.p, v->changes.n, v->changes.cap) = line;
}

static void put_stretch(struct call *c, const struct spell *s, const struct vacant_slots *due,
	struct handovers_view *v)
{
	struct unheld *x = ARENA_PUSH(c->arena, v->stretches.p, v->stretches.n, v->stretches.cap);

	*x = (struct unheld){.post = s->post->name, .holder = s->holder, .kind = spell_kind_name(s->kind),
		.vacant = s->kind == SPELL_VACANT, .from = s->from, .to = s->to, .days = s->to.n - s->from.n + 1};
	x->url = call_url(c, url_add(c->arena, url_path("/org/posts"), s->post->code));
	for (size_t i = 0; i < due->n; i++) {
		const struct vacant_slot *d = &due->p[i];
		struct slot_view slot;

		if (d->spell != s)
			continue;
		slot = slot_view(c, d->of, d->slot);
		*ARENA_PUSH(c->arena, x->due.p, x->due.n, x->due.cap) = (struct unheld_slot){.duty = slot.duty,
			.title = slot.title, .label = slot.label, .due = slot.due, .look = slot.look,
			.url = url_at(c->arena, slot.url, S("behind"))};
	}
}

static void put_year(struct call *c, const struct handovers *all, struct handovers_view *v)
{
	struct figures f = whole(c);
	struct date first, last;
	struct vacant_slots due;
	struct accountable a;

	v->year = date_ymd(c->on).y;
	date_make((int)v->year, 1, 1, &first);
	date_make((int)v->year, 12, 31, &last);
	accountable(&c->facts, f.duties, c->facts.scheme->nduties, first, last, c->on, &a);
	vacant_slots(&f, &a, &due);
	for (size_t i = 0; i < a.spells.n; i++) {
		const struct spell *s = &a.spells.p[i];
		int64_t days = s->to.n - s->from.n + 1;

		if (!call_sees_unit(c, s->post->code))
			continue;
		v->held += s->kind == SPELL_HELD ? days : 0;
		v->acting += s->kind == SPELL_ACTING ? days : 0;
		v->vacant += s->kind == SPELL_VACANT ? days : 0;
		if (i + 1 < a.spells.n && s[1].post == s->post)
			put_change(c, all, s, s + 1, v);
		if (s->kind != SPELL_HELD)
			put_stretch(c, s, &due, v);
	}
}

/* Who holds a post, or how it stands without. */
static struct str hand(struct call *c, struct str holder, const char *kind, bool looks_after)
{
	if (!holder.n)
		return call_say(c, kind);
	return looks_after ? arena_printf(c->arena, tr(c->lang, N_(STR_FMT " (%s)")), STR_ARG(holder),
		tr(c->lang, kind)) : holder;
}

static const struct handover_line_view *in(const struct handover_lines *l, struct str no)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->p[i].no, no))
			return &l->p[i];
	return NULL;
}

static bool has_change(const struct handovers_view *v, struct str no)
{
	for (size_t i = 0; i < v->changes.n; i++)
		if (str_eq(v->changes.p[i].kept, no))
			return true;
	return false;
}

/* The changes of the year, each with the handover kept of it; then what else is kept. */
static enum err_code send(struct call *c, const struct handovers_view *v, struct err *err)
{
	const struct list_only only = {NULL, arena_printf(c->arena,
		tr(c->lang, N_("changes of %d, and every handover that is kept")), (int)v->year)};
	struct { struct handed_row *p; size_t n, cap; } all = {0};

	for (size_t i = 0; i < v->changes.n; i++) {
		const struct change_line *x = &v->changes.p[i];
		const struct handover_line_view *kept = in(&v->running, x->kept);

		kept = kept ? kept : in(&v->over, x->kept);
		*ARENA_PUSH(c->arena, all.p, all.n, all.cap) = (struct handed_row){.post = x->post, .on = x->on,
			.leaving = hand(c, x->leaving, x->before, x->looked_before),
			.coming = hand(c, x->coming, x->after, x->looked_after), .no = x->kept,
			.state = kept ? kept->state : NULL, .lines = kept ? number(c, kept->lines) : STR_NONE};
	}
	for (size_t i = 0; i < v->running.n + v->over.n; i++) {
		const struct handover_line_view *x =
			i < v->running.n ? &v->running.p[i] : &v->over.p[i - v->running.n];

		if (!has_change(v, x->no))
			*ARENA_PUSH(c->arena, all.p, all.n, all.cap) = (struct handed_row){.post = x->post,
				.on = x->on, .leaving = hand(c, x->leaving, N_("nobody"), false),
				.coming = hand(c, x->coming, N_("nobody"), false), .no = x->no, .state = x->state,
				.lines = number(c, x->lines)};
	}
	return list_send(c, &(struct list_shown){LIST_HANDOVERS, STR_NONE, &only, 1, all.p, all.n}, err);
}

enum err_code handovers_page(struct call *c, struct err *err)
{
	struct handovers_view v = {0};
	struct handovers all;

	TRY(call_world(c, err));
	TRY(load(c, &all, err));
	v.frame = call_frame(c, NAV_HANDOVERS, call_say(c, N_("Handovers")));
	put_kept(c, &all, &v);
	put_year(c, &all, &v);
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	page_handovers(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- what goes over with a post ---- */

static enum err_code find_post(struct call *c, const struct post **out, struct err *err)
{
	struct str code = value_of(&c->values, "code");
	const struct post *p;

	TRY(call_world(c, err));
	p = org_post(&c->world->org, code);
	if (!p || !call_sees_unit(c, p->code))
		return fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "'", STR_ARG(code));
	*out = p;
	return OK;
}

static enum err_code make_list(struct call *c, const struct figures *f, const struct post *p,
	struct handover_list *out, struct err *err)
{
	struct warn_answers answers;

	TRY(warn_answers_load(log_db(c->log), c->arena, &answers, err));
	return handover_list(log_db(c->log), f, p, &answers, out, err);
}

static void put_may(struct call *c, const struct post *p, const struct handover_list *l,
	struct handover_post_view *v)
{
	const struct unit *unit = org_unit(&c->world->org, p->unit);

	v->changes = !str_eq(l->leaving.holder, l->coming.holder) || l->leaving.kind != l->coming.kind;
	if (!call_may_unit(c, ACT_RECORD_ADD, unit) || !v->changes || v->kept_no.n)
		return;
	v->may = c->access->account.post.n != 0;
	if (!v->may)
		v->why_not = call_say(c, N_("your account has no post to act for"));
}

static enum err_code show_post(struct call *c, const struct post *p, struct str wrong, struct err *err)
{
	struct handover_post_view v = {.wrong = wrong, .post = p->name};
	struct date eve = handover_eve(c->arena, &c->world->org, p, c->on);
	struct figures f = whole(c);
	const struct handover *kept;
	struct handover_list l;
	struct handovers all;

	TRY(make_list(c, &f, p, &l, err));
	TRY(load(c, &all, err));
	v.frame = call_frame(c, NAV_HANDOVERS,
		arena_printf(c->arena, tr(c->lang, N_("Handover: " STR_FMT)), STR_ARG(p->name)));
	v.here = post_page(c, p->code, DATE_NONE);
	v.post_url = call_url(c, url_add(c->arena, url_path("/org/posts"), p->code));
	v.leaving = l.leaving.holder;
	v.coming = l.coming.holder;
	if (!date_eq(eve, c->on)) {
		v.eve = eve;
		v.eve_url = post_page(c, p->code, eve);
	} else {
		v.eve = DATE_NONE;
	}
	kept = kept_of(&all, p->code, c->on);
	if (kept) {
		v.kept = kept_page(c, kept);
		v.kept_no = number(c, kept->c.subject.seq);
	}
	put_may(c, p, &l, &v);
	v.day = c->req->method == HTTP_POST ? value_of(&c->values, "day") : iso(c, c->on);
	for (size_t i = 0; i < l.n; i++)
		v.count += handed_line_put(c, &v.parts, l.p[i].kind, &l.p[i], (int64_t)i + 1) != NULL;
	if (c->req->method == HTTP_POST)
		v.frame->carry.n = 0;
	page_handover_post(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code handover_post_page(struct call *c, struct err *err)
{
	const struct post *p;

	TRY(find_post(c, &p, err));
	return show_post(c, p, STR_NONE, err);
}

/* ---- preparing ---- */

struct preparing {
	const struct scheme *scheme;
	struct handover_input in;
	struct id id;
};

static enum err_code do_prepare(struct tx *tx, void *ctx, struct err *err)
{
	struct preparing *p = ctx;

	return handover_prepare(tx, p->scheme, &p->in, &p->id, err);
}

/* A list that is kept names its slots in Chinese, whoever prepares it. */
static enum err_code prepare_in(struct call *c, const struct world *world, struct str code, struct preparing *p,
	struct err *err)
{
	struct facts facts = facts_for(&world->facts, c->arena);
	struct figures f = figures_for(&world->figures, &facts);
	struct buf b CLEANUP(buf_free) = BUF_MAX(LIST_BYTES);
	const struct post *post = org_post(&world->org, code);
	struct handover_list list;

	if (!post)
		return fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "'", STR_ARG(code));
	TRY(make_list(c, &f, post, &list, err));
	TRY(json_canon(&b, handover_json(c->arena, &list), err));
	TRY(objects_store_text(objects_of(c->log), buf_str(&b), &p->in.object, err));
	p->scheme = &world->scheme;
	p->in.list = &list;
	return call_write(c, do_prepare, p, err);
}

enum err_code handover_post_post(struct call *c, struct err *err)
{
	struct preparing p = {.in = {.day = value_date(&c->values, "day")}};
	const struct world *world = NULL;
	const struct post *post;
	enum err_code code;

	TRY(find_post(c, &post, err));
	if (!call_may_unit(c, ACT_RECORD_ADD, org_unit(&c->world->org, post->unit)))
		return fail(err, ERR_DENIED, "you may not do this: %s", tr(c->lang, N_("add records")));
	TRY(world_take(c->worlds, c->log, &c->head, c->on, LANG_ZH, &world, err));
	code = prepare_in(c, world, post->code, &p, err);
	world_drop(c->worlds, &world);
	if (code != OK) {
		struct str wrong = call_refused(c, err);

		return wrong.n ? show_post(c, post, wrong, err) : code;
	}
	return call_go(c, url_query(c->arena, one_page(c, p.id.seq), "done", S("prepare")), err);
}
