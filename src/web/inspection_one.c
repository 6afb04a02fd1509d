/* One inspection: its checklist entered item by item, the problems found, its steps. */
#include "text/nfc.h"
#include "web/finding_view.h"
#include "web/pages.h"
#include "web/scope.h"

/* ---- one ---- */

struct held {
	const struct inspection *x;
	struct inspected_list said;
	const struct choice_list *list;
	struct findings all;
};

static enum err_code find(struct call *c, struct held *h, struct err *err)
{
	int64_t seq = value_int(&c->values, "id");
	struct inspections all;
	struct str name;

	TRY(call_world(c, err));
	TRY(inspections_load(log_db(c->log), c->arena, &c->facts, c->on, 0, &all, err));
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i].record->id.origin == 1 && all.p[i].record->id.seq == seq &&
			finding_seen(c, &all.p[i].c, all.p[i].record))
			h->x = &all.p[i];
	if (!h->x)
		return fail(err, ERR_NOT_FOUND, "no inspection %lld", (long long)seq);
	TRY(inspected_load(log_db(c->log), c->arena, h->x->record->id, c->on, &h->said, err));
	name = value_of(&c->values, "list");
	if (!name.n)
		name = h->x->checklist;
	for (size_t i = 0; !name.n && i < h->said.n; i++)
		name = h->said.p[i].list;
	h->list = inspect_checklist(c->facts.scheme, name);
	h->all = all.findings;
	return OK;
}

static struct look result_look(enum inspect_result r)
{
	static const char *const shapes[][2] = {[INSPECT_OK] = {"met", "t-met"}, [INSPECT_PROBLEM] = {"due", "t-late"},
		[INSPECT_NOT_HERE] = {"excused", "t-excused"}};

	return (struct look){shapes[r][0], shapes[r][1], inspect_result_title(r)};
}

/* ---- the form of a problem ---- */

static bool sees(void *ctx, const struct fact *r)
{
	return call_sees(ctx, r);
}

/* Does the inspection say it of itself? */
static bool by_itself(const struct record_type *t, const struct field *f, const struct field *link)
{
	return f == link || f->type == TYPE_FILE || f == flow_field(t, KEY_FINDING_FOUND) ||
		f == flow_field(t, KEY_FINDING_SOURCE) || f == flow_field(t, KEY_FINDING_UNIT) ||
		f == inspect_what_field(t, link);
}

static struct str typed_before(struct call *c, struct str name)
{
	const struct given *given;
	size_t n;

	if (c->req->method != HTTP_POST)
		return STR_NONE;
	given = values_of(&c->values, "f.", &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(given[i].name, name))
			return given[i].value;
	return STR_NONE;
}

static void put_field(struct call *c, struct check_item *item, const struct record_field *f, bool sent)
{
	struct step_field *to = ARENA_PUSH(c->arena, item->fields.p, item->fields.n, item->fields.cap);

	to->name = arena_printf(c->arena, "f." STR_FMT, STR_ARG(f->field->name)).p;
	to->id = arena_printf(c->arena, STR_FMT "-" STR_FMT, STR_ARG(item->id), STR_ARG(f->field->name));
	to->title = f->title;
	to->must = f->required;
	to->value = sent ? typed_before(c, str_c(to->name)) : STR_NONE;
	to->kind = f->field->type == TYPE_DATE ? STEP_DAY : f->closed && f->choices.n ? STEP_PICK : STEP_LINE;
	for (size_t i = 0; to->kind != STEP_DAY && i < f->choices.n; i++)
		*ARENA_PUSH(c->arena, to->picks.p, to->picks.n, to->picks.cap) = (struct pick){f->choices.p[i],
			f->choices.p[i], str_eq(f->choices.p[i], to->value)};
	for (size_t i = 0; to->kind == STEP_LINE && i < f->remembered.n; i++)
		*ARENA_PUSH(c->arena, to->picks.p, to->picks.n, to->picks.cap) =
			(struct pick){f->remembered.p[i], f->remembered.p[i], false};
}

/* What a finding needs beyond what the inspection knows: what must be there, its number, cause, severity. */
static void put_problem(struct call *c, struct check_item *item, const struct record_form *form,
	const struct field *link, bool sent)
{
	const struct record_type *t = form->type;

	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = form->fields[i].field;
		bool more = str_is(f->name, "no") || f == flow_field(t, KEY_FINDING_CAUSE) ||
			f == flow_field(t, KEY_FINDING_LEVEL);

		if (!by_itself(t, f, link) && (form->fields[i].required || more))
			put_field(c, item, &form->fields[i], sent);
	}
}

/* ---- the checklist ---- */

static const struct inspected *result_of(const struct held *h, struct str list, struct str item)
{
	for (size_t i = 0; i < h->said.n; i++)
		if (str_eq(h->said.p[i].list, list) && str_eq(h->said.p[i].item, item))
			return &h->said.p[i];
	return NULL;
}

static void put_result(struct call *c, struct check_item *to, const struct inspected *x)
{
	const struct post *p;

	to->look = (struct look){"open", "t-open", N_("not looked at yet")};
	if (!x)
		return;
	p = org_post(&c->world->org, x->by);
	to->said = true;
	to->look = result_look(x->result);
	to->what = x->what;
	to->who = arena_printf(c->arena, STR_FMT " · " STR_FMT, STR_ARG(p ? p->name : x->by),
		STR_ARG(call_day(c, x->day)));
	if (id_is(x->finding)) {
		to->finding = arena_printf(c->arena, "%lld", (long long)x->finding.seq);
		to->finding_url = call_url(c, url_add(c->arena, url_path("/findings"), to->finding));
	}
}

static void put_items(struct call *c, struct inspection_view *v, const struct held *h, struct str wrong)
{
	const struct field *link = NULL;
	const struct record_type *type = inspect_finding_type(c->facts.scheme, h->x->record->type, &link);
	struct str sent = wrong.n && str_is(value_of(&c->values, "do"), "check") ? value_of(&c->values, "item")
										: STR_NONE;
	bool other = wrong.n && !sent.n && str_is(value_of(&c->values, "do"), "check");
	struct record_form form = {0};
	struct check_item *beside;

	if (type && v->may_check)
		record_form(c->arena, &c->facts, type, NULL, DATE_NONE, (struct record_sees){sees, c}, &form);
	for (size_t i = 0; h->list && i < h->list->values.n; i++) {
		struct check_item *item = ARENA_PUSH(c->arena, v->items.p, v->items.n, v->items.cap);

		*item = (struct check_item){.no = (int64_t)i + 1, .text = h->list->values.p[i], .list = h->list->name};
		item->id = arena_printf(c->arena, "i%zu", i + 1);
		item->open = sent.n && str_eq(sent, arena_printf(c->arena, "%zu", i + 1));
		put_result(c, item, result_of(h, h->list->name, item->text));
		if (item->open)
			item->what = value_of(&c->values, "what");
		if (type && v->may_check)
			put_problem(c, item, &form, link, item->open);
	}
	for (size_t i = 0; i < h->said.n; i++) {      /* said of another list, or of none */
		const struct inspected *x = &h->said.p[i];
		struct check_item *item;

		if (h->list && str_eq(x->list, h->list->name))
			continue;
		item = ARENA_PUSH(c->arena, v->items.p, v->items.n, v->items.cap);
		*item = (struct check_item){.text = x->item.n ? x->item : call_say(c, N_("beside the list"))};
		item->id = arena_printf(c->arena, "o%zu", i + 1);
		put_result(c, item, x);
	}
	beside = ARENA_NEW(c->arena, struct check_item);
	*beside = (struct check_item){.id = S("other"), .open = other};
	beside->what = other ? value_of(&c->values, "what") : STR_NONE;
	if (type && v->may_check)
		put_problem(c, beside, &form, link, other);
	v->other = beside;
	v->may_find = v->may_check && type != NULL;
	for (size_t i = 0; !h->list && i < c->facts.scheme->nchecklists; i++)
		*ARENA_PUSH(c->arena, v->lists.p, v->lists.n, v->lists.cap) = (struct pick){
			c->facts.scheme->checklists[i].name, c->facts.scheme->checklists[i].name, false};
}

/* Findings that name it or were made of it. */
static void put_findings(struct call *c, struct inspection_view *v, const struct held *h)
{
	for (size_t i = 0; i < h->all.n; i++) {
		const struct finding *y = &h->all.p[i];
		bool its = false;

		for (size_t k = 0; k < h->said.n; k++)
			its |= id_eq(h->said.p[k].finding, y->record->id);
		for (size_t k = 0; k < y->record->type->nfields; k++)
			its |= y->record->type->fields[k].link_type == h->x->record->type &&
				fact_linked(&c->facts, y->record, &y->record->type->fields[k], c->on) == h->x->record;
		if (its && finding_seen(c, &y->c, y->record))
			*ARENA_PUSH(c->arena, v->findings.p, v->findings.n, v->findings.cap) =
				finding_line(c, y, c->on);
	}
}

static const struct {
	const char *word, *text;
} dones[] = {
	{"check", N_("Said. It can be said anew as long as the inspection is in hand.")},
	{"finding", N_("A finding is made out of it.")},
};

static enum err_code show(struct call *c, const struct held *h, struct str wrong, struct err *err)
{
	struct str done = c->req->method == HTTP_GET ? value_of(&c->values, "done") : STR_NONE;
	struct str id = arena_printf(c->arena, "%lld", (long long)h->x->record->id.seq);
	struct inspection_view v = {.line = inspection_line(c, h->x), .wrong = flow_say(c, FLOW_INSPECTION, wrong)};
	int move;

	v.frame = call_frame(c, NAV_FINDINGS, arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(v.line.title),
		STR_ARG(v.line.no)));
	if (flow_move_named(FLOW_INSPECTION, done, &move))
		v.done = move_defs[move].title;
	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			v.done = dones[i].text;
	v.type_title = h->x->record->type->title;
	v.list_title = h->list ? h->list->name : STR_NONE;
	v.list = call_url(c, url_path("/inspections"));
	v.action = inspection_url(c, h->x->record);
	v.record = call_url(c, url_add(c->arena, url_path("/records"), id));
	v.day = date_is(h->x->day) ? h->x->day : c->on;
	v.may_check = c->access->account.post.n && flow_right(c, &h->x->c, MOVE_INSPECTION_HOLD) &&
		h->x->c.state != STATE_INSPECTION_CANCELLED;
	put_said(c, h->x->record, &v.fields.p, &v.fields.n, &v.fields.cap);
	put_items(c, &v, h, wrong);
	put_findings(c, &v, h);
	TRY(flow_panel(c, &h->x->c, h->x->record->type, v.action, &v.panel, err));
	page_inspection(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code inspection_page(struct call *c, struct err *err)
{
	struct held h = {0};

	TRY(find(c, &h, err));
	return show(c, &h, STR_NONE, err);
}

/* ---- what is sent ---- */

struct saying {
	struct call *c;
	struct inspect_input in;
	struct record_fit fit;
	struct id finding;
};

static enum err_code do_say(struct tx *tx, void *ctx, struct err *err)
{
	struct saying *s = ctx;

	return inspect_say(tx, s->c->arena, &s->in, &s->fit, &s->finding, err);
}

static enum err_code read_fields(struct call *c, struct inspect_input *in, struct err *err)
{
	size_t n;
	const struct given *given = values_of(&c->values, "f.", &n);
	struct record_typed *typed = ARENA_ARRAY(c->arena, struct record_typed, n);

	for (size_t i = 0; i < n; i++) {
		struct str text;

		TRY(nfc(c->arena, str_trim(given[i].value), &text, err));
		if (text.n)
			typed[in->ntyped++] = (struct record_typed){str_sub(given[i].name, 2, given[i].name.n), text};
	}
	in->typed = typed;
	return nfc(c->arena, str_trim(value_of(&c->values, "what")), &in->what, err);
}

/* An item's result; a problem makes a finding where that is asked for. */
static enum err_code check(struct call *c, const struct held *h, struct str *done, struct err *err)
{
	struct saying s = {.c = c, .in = {.scheme = c->facts.scheme, .lang = c->lang, .day = DATE_NONE}};

	TRY(flow_need(c, &h->x->c, MOVE_INSPECTION_HOLD, err));
	if (!inspect_result_named(value_of(&c->values, "result"), &s.in.result))
		return fail(err, ERR_INPUT, "which result? in order, a problem or does not apply is expected");
	s.in.inspection = h->x->record->id;
	s.in.list = h->list ? h->list->name : STR_NONE;
	s.in.item = value_of(&c->values, "item");
	if (!s.in.item.n)
		s.in.list = STR_NONE;
	if (!date_is(h->x->day))
		s.in.day = c->on;
	s.in.finding = s.in.result == INSPECT_PROBLEM && value_flag(&c->values, "finding");
	TRY(read_fields(c, &s.in, err));
	if (!s.in.finding)
		s.in.ntyped = 0;
	TRY(call_write(c, do_say, &s, err));
	*done = id_is(s.finding) ? S("finding") : S("check");
	return OK;
}

enum err_code inspection_post(struct call *c, struct err *err)
{
	struct str done = value_of(&c->values, "do"), item = value_of(&c->values, "item"), wrong;
	struct held h = {0};
	struct url to;

	TRY(find(c, &h, err));
	if ((str_is(done, "check") ? check(c, &h, &done, err) : flow_take(c, &h.x->c, err)) == OK) {
		to = url_query(c->arena, inspection_url(c, h.x->record), "done", done);
		if (item.n && h.list && !h.x->checklist.n && c->facts.scheme->nchecklists > 1)
			to = url_query(c->arena, to, "list", h.list->name);
		if (item.n)
			to = url_at(c->arena, to, arena_printf(c->arena, "i" STR_FMT, STR_ARG(item)));
		return call_go(c, to, err);
	}
	if (!flow_any_right(c, &h.x->c) || err->code == ERR_NOT_FOUND)
		return err->code;
	wrong = call_refused(c, err);
	return wrong.n ? show(c, &h, wrong, err) : err->code;
}
