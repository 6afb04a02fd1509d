/* The sheet of one unit or of the office: sections, items, the lines that explain each, what would raise the score. */
#include "web/assess_of.h"

#include "scheme/number.h"
#include "web/pages.h"
#include "web/scope.h"

enum { HINTS_SHOWN = 12, BEHIND_LINE = 60 };

static const struct {
	const char *word, *text;
} dones[] = {
	{"open", N_("The assessment is open: the unit may score itself, the scorer may score.")},
	{"self", N_("The self score is recorded.")},
	{"score", N_("The score is recorded; it counts when a second person has confirmed it.")},
	{"confirm", N_("The score is confirmed and counts.")},
	{"things", N_("The scores are recorded; each counts when a second person has confirmed it.")},
	{"confirm-all", N_("The scores are confirmed and count.")},
	{"settle", N_("The assessment is settled.")},
	{"appeal", N_("The appeal is filed; the panel takes it up.")},
};

/* ---- lines ---- */

static struct str points(struct call *c, int64_t thousandths)
{
	return thousandths_text(c->arena, thousandths);
}

static struct str signed_nano(struct call *c, int64_t nano)
{
	struct str text = nano_text(c->arena, nano);

	return nano > 0 ? arena_printf(c->arena, "+" STR_FMT, STR_ARG(text)) : text;
}

/* The duty of a slot. */
static const struct duty_state *state_of(struct call *c, const struct slot *x)
{
	const struct scheme *s = c->facts.scheme;

	for (size_t i = 0; i < s->nduties; i++)
		for (size_t k = 0; k < s->duties[i].nneeds; k++)
			if (x->need == &s->duties[i].needs[k])
				return &c->figures.duties[i];
	return NULL;
}

static void put_behind(struct call *c, struct sheet_line *out, const struct assess_line *l)
{
	for (size_t i = 0; i < l->nslots && out->slots.n < BEHIND_LINE; i++) {
		const struct duty_state *s = state_of(c, l->slots[i]);

		if (s && call_sees_slot(c, l->slots[i]))
			*ARENA_PUSH(c->arena, out->slots.p, out->slots.n, out->slots.cap) =
				slot_view(c, s, l->slots[i]);
	}
	for (size_t i = 0; i < l->facts.n && out->records.n < BEHIND_LINE; i++)
		if (call_sees(c, l->facts.p[i]))
			*ARENA_PUSH(c->arena, out->records.p, out->records.n, out->records.cap) =
				record_line(c, l->facts.p[i]);
}

/* The line of the self scores that says the same, which is taken from there. */
static const struct assess_line *beside(const struct assess_part *self, const struct assess_line *l, bool *taken)
{
	for (size_t i = 0; self && i < self->n; i++)
		if (!taken[i] && self->p[i].kind == l->kind && str_eq(self->p[i].rule, l->rule)) {
			taken[i] = true;
			return &self->p[i];
		}
	return NULL;
}

void put_score_lines(struct call *c, struct sheet_lines *out, const struct assess_part *p,
	const struct assess_part *self)
{
	bool *taken = ARENA_ARRAY(c->arena, bool, (self ? self->n : 0) + 1);

	for (size_t i = 0; i < p->n; i++) {
		const struct assess_line *l = &p->p[i], *other = beside(self, l, taken);
		struct sheet_line *to = ARENA_PUSH(c->arena, out->p, out->n, out->cap);

		*to = (struct sheet_line){.points = signed_nano(c, l->nano), .rule = l->rule, .sum = l->sum};
		if (other)
			to->self = signed_nano(c, other->nano);
		put_behind(c, to, l);
	}
	for (size_t i = 0; self && i < self->n; i++)
		if (!taken[i])
			*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = (struct sheet_line){
				.self = signed_nano(c, self->p[i].nano), .rule = self->p[i].rule,
				.sum = self->p[i].sum};
}

/* ---- items ---- */

static struct str post_of(struct call *c, struct str code)
{
	return owner_name(&c->world->org, code);
}

static void put_appeals(struct call *c, const struct assess_one *x, struct assess_item_row *r)
{
	for (size_t i = 0; x->opened && i < x->y.appeals.n; i++) {
		const struct flow_case *f = &x->y.appeals.p[i];
		struct str item;
		int64_t of;

		if (!appeal_about(f->about, &of, &item) || of != x->opened->id.seq || !str_eq(item, r->id))
			continue;
		*ARENA_PUSH(c->arena, r->appeals.p, r->appeals.n, r->appeals.cap) = (struct item_link){
			arena_printf(c->arena, "%s · " STR_FMT, tr(c->lang, state_defs[f->state].title),
				STR_ARG(call_day(c, f->since))),
			call_url(c, url_add(c->arena, url_path("/appeals"),
				arena_printf(c->arena, "%lld", (long long)f->subject.seq)))};
		if (f->state == STATE_APPEAL_UPHELD || f->state == STATE_APPEAL_PARTLY)
			r->appeal = f->subject.seq;
		if (flow_open_state(f->state))
			r->may_appeal = false;
	}
}

/* Why it has this many points, in a few words: the assessor's, else the lines but that of the full points. */
static struct str reason(struct call *c, const struct assess_item_score *x)
{
	struct str text = STR_NONE;

	if (x->score)
		return x->score->text;
	for (size_t i = 0; i < x->part.n; i++) {
		const struct assess_line *l = &x->part.p[i];
		struct str said = l->sum.n ? l->sum : l->rule;

		if (l->kind == LINE_FULL || l->kind == LINE_MEMBER || l->kind == LINE_WAITING || l->thing.n)
			continue;
		text = text.n ? arena_printf(c->arena, "%s%s" STR_FMT, text.p, c->lang == LANG_ZH ? "；" : "; ",
					STR_ARG(said))
			      : arena_str(c->arena, said);
	}
	if (x->part.judged && x->part.judged->n)
		text = arena_printf(c->arena, "%s%s" STR_FMT, text.p, c->lang == LANG_ZH ? "；" : "; ",
			STR_ARG(assess_judged_text(&c->facts, x->part.judged)));
	return text;
}

static void put_diff(struct call *c, struct assess_item_row *r, const struct assess_item_score *x)
{
	int64_t diff;

	if (!x->self)
		return;
	diff = x->part.got - x->self->got;
	r->diff = signed_nano(c, diff * NANO);
	r->diff_word = diff > 0 ? N_("more than the self score")
		: diff < 0      ? N_("less than the self score")
				: N_("as the self score");
}

static void put_waiting(struct call *c, struct assess_item_row *r, const struct assess_mark *m)
{
	if (!m)
		return;
	r->waiting = m->event;
	r->waiting_points = points(c, m->got);
	r->waiting_why = m->text;
	r->waiting_by = post_of(c, m->by);
	r->waiting_mine = str_eq(m->by, c->access->account.post) || str_eq(m->actor, c->access->account.login);
}

/* What the item counts, to look at slot by slot. */
static void put_duties(struct call *c, struct assess_item_row *r, const struct assess_item *item,
	const struct unit *unit)
{
	for (size_t i = 0; i < item->source.nduties; i++) {
		const struct duty *d = item->source.duties[i];
		struct url url = call_url(c, url_add(c->arena, url_path("/duties"), d->id));

		*ARENA_PUSH(c->arena, r->duties.p, r->duties.n, r->duties.cap) = (struct item_link){
			arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(d->id), STR_ARG(d->title)),
			unit ? url_query(c->arena, url, "unit", unit->code) : url};
	}
}

static struct url form_url(struct call *c, struct str code, struct str what)
{
	return call_url(c, url_add(c->arena, url_add(c->arena, url_path("/assess"), code), what));
}

static void put_item(struct call *c, struct assess_unit_view *v, const struct assess_one *x,
	struct assess_section_row *to, size_t section, size_t k, const char *form)
{
	const struct assess_item_score *i = &x->sheet.sections[section].items[k];
	const struct assess_item_score *own = &x->self.sections[section].items[k];
	struct assess_item_row *r = ARENA_PUSH(c->arena, to->items.p, to->items.n, to->items.cap);

	*r = (struct assess_item_row){.id = i->item->id, .title = i->item->title, .proof = i->item->proof,
		.points = points(c, i->item->points), .got = points(c, i->part.got),
		.self = points(c, own->part.got), .computed_self = !i->self,
		.self_text = i->self ? i->self->text : STR_NONE,
		.reason = reason(c, i), .url = v->url, .self_url = form_url(c, x->code, S("self")),
		.appeal_url = form_url(c, x->code, S("appeal"))};
	put_diff(c, r, i);
	put_waiting(c, r, i->waiting);
	put_score_lines(c, &r->lines, &i->part, NULL);
	put_duties(c, r, i->item, x->unit);
	r->may_appeal = v->may_self && x->settled;
	put_appeals(c, x, r);
	r->may_self = v->may_self && x->opened && !x->opened->settled;
	r->may_score = v->may_score && x->opened && (!x->opened->settled || r->appeal);
	r->may_confirm = v->may_score && r->waiting;
	if (i->part.judged)
		put_things(c, r, x, i, v->may_score, form);
	r->points_typed = i->self && r->may_self ? points(c, i->self->got) : STR_NONE;
}

/* What was typed into the form that was refused. */
static void put_typed(struct call *c, struct assess_unit_view *v, const char *form)
{
	struct str item = form ? value_of(&c->values, "item") : STR_NONE;

	for (size_t s = 0; item.n && s < v->sections.n; s++)
		for (size_t i = 0; i < v->sections.p[s].items.n; i++) {
			struct assess_item_row *r = &v->sections.p[s].items.p[i];

			if (!str_eq(r->id, item))
				continue;
			r->open = str_c(form);
			r->text_typed = value_of(&c->values, "text");
			if (strcmp(form, "appeal"))
				r->points_typed = value_of(&c->values, "points");
		}
}

static void put_sections(struct call *c, struct assess_unit_view *v, const struct assess_one *x, const char *form)
{
	for (size_t i = 0; i < x->sheet.plan->nsections; i++) {
		const struct assess_section_score *s = &x->sheet.sections[i];
		struct assess_section_row *r =
			ARENA_PUSH(c->arena, v->sections.p, v->sections.n, v->sections.cap);

		*r = (struct assess_section_row){.id = s->section->id,
			.title = s->section->title.n ? s->section->title : s->section->id,
			.full = points(c, s->section->full), .self = points(c, x->self.sections[i].part.got),
			.got = points(c, s->part.got)};
		for (size_t k = 0; k < s->section->nitems; k++)
			put_item(c, v, x, r, i, k, form);
		put_score_lines(c, &r->lines, &s->part, &x->self.sections[i].part);
	}
	put_score_lines(c, &v->lines, &x->sheet.part, &x->self.part);
}

/* ---- what would raise it ---- */

static void put_hints(struct call *c, struct assess_unit_view *v, const struct assess_one *x)
{
	struct assess_hints h;

	assess_whatif(&c->facts, &c->figures, x->unit, &x->inputs, &h);
	for (size_t i = 0; i < h.n; i++) {
		const struct assess_hint *one = &h.p[i];
		struct hint_row *r;

		v->gone += one->kind == HINT_GONE;
		if (one->kind == HINT_GONE || (one->slot && !call_sees_slot(c, one->slot)))
			continue;
		if (v->hints.n == HINTS_SHOWN) {
			v->more++;
			continue;
		}
		r = ARENA_PUSH(c->arena, v->hints.p, v->hints.n, v->hints.cap);
		*r = (struct hint_row){.what = assess_hint_text(&c->facts, one),
			.item = arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(one->item->id),
				STR_ARG(one->item->title))};
		if (one->gain > 0)
			r->gain = signed_nano(c, one->gain * NANO);
		if (one->loss > 0)
			r->loss = signed_nano(c, -one->loss * NANO);
		if (one->slot && one->duty) {
			r->url = slot_view(c, &c->figures.duties[one->duty - c->facts.scheme->duties], one->slot).url;
			r->linked = true;
		}
	}
}

/* ---- the page ---- */

static enum err_code put_settled(struct call *c, struct assess_unit_view *v, const struct assess_one *x,
	struct err *err)
{
	const struct assessment *a = x->opened;
	struct hash now;

	if (!a || !a->settled)
		return OK;
	v->settled = x->settled;
	v->again = x->again;
	v->other_day = !date_eq(x->sheet.on, a->settled_on);
	v->settled_day = call_day(c, a->settled_day);
	v->settled_on = call_day(c, a->settled_on);
	v->settled_by = post_of(c, a->settled_by);
	v->settled_total = points(c, a->total);
	v->settled_grade = a->grade;
	TRY(assess_sheet_digest(&c->facts, &x->sheet, &now, err));
	v->same = !memcmp(now.b, a->lines.b, HASH_BYTES);
	return OK;
}

static void put_rights(struct call *c, struct assess_unit_view *v, const struct assess_one *x)
{
	bool self = call_may_unit(c, ACT_RECORD_ADD, x->unit), score = call_may_unit(c, ACT_SCORE, x->unit);

	v->postless = (self || score) && !c->access->account.post.n;
	v->may_self = self && !v->postless;
	v->may_score = score && !v->postless;
	v->may_open = v->may_score && !x->opened;
	v->may_settle = v->may_score && x->opened && !x->settled && !v->waiting;
}

enum err_code assess_show(struct call *c, const struct assess_year *y, struct str code, struct str wrong,
	const char *form, struct err *err)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;
	struct assess_unit_view v = {.wrong = wrong};
	struct assess_one x;
	int64_t appeals;

	TRY(y ? assess_one_of(c, y, code, &x, err) : assess_one(c, code, &x, err));
	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			v.done = dones[i].text;
	v.name = x.name;
	v.title = x.plan->title;
	v.year = arena_printf(c->arena, "%d", x.y.year);
	v.url = assess_url(c, code);
	v.office = !x.unit;
	v.opened = x.opened != NULL;
	v.selfs = x.nselfs > 0;
	v.full = points(c, x.sheet.full);
	v.total = points(c, x.sheet.part.got);
	v.self = points(c, x.self.part.got);
	v.grade = x.grade;
	v.day = call_day(c, x.sheet.on);
	v.appeal_days = x.plan->appeal_days;
	v.look = assess_state(&x, &v.waiting, &appeals);
	put_rights(c, &v, &x);
	put_sections(c, &v, &x, form);
	put_typed(c, &v, form);
	TRY(put_settled(c, &v, &x, err));
	if (!v.settled_day.n)
		put_hints(c, &v, &x);
	v.frame = call_frame(c, NAV_ASSESS, arena_printf(c->arena, "%s: " STR_FMT, tr(c->lang, N_("Assessment")),
		STR_ARG(x.name)));
	page_assess_unit(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code assess_unit_page(struct call *c, struct err *err)
{
	TRY(call_world(c, err));
	return assess_show(c, NULL, value_of(&c->values, "unit"), STR_NONE, NULL, err);
}
