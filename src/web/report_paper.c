/* What stands around the report on paper: looked at, and said otherwise than the scheme does. */
#include "web/report_view.h"

#include "web/pages.h"

/* The parts of the paper: each from the field named on, in the order of paper_fields. */
static const struct { const char *from, *title; } parts[] = {
	{"form", N_("Head of the paper")}, {"addressee", N_("Body of the paper")}, {"copies", N_("Foot of the paper")},
	{"keep", N_("Lines and length")}, {"address", N_("Links of the numbers")}};

static struct paper_row *new_row(struct call *c, struct paper_view *v, const struct paper_field *f)
{
	struct paper_group *g;

	for (size_t i = 0; i < LEN(parts); i++)
		if (str_is(str_c(f->name), parts[i].from))
			*ARENA_PUSH(c->arena, v->groups.p, v->groups.n, v->groups.cap) =
				(struct paper_group){.title = parts[i].title};
	BUG_IF(!v->groups.n);
	g = &v->groups.p[v->groups.n - 1];
	return ARENA_PUSH(c->arena, g->rows.p, g->rows.n, g->rows.cap);
}

static const struct paper_value *own_value(const struct paper_values *l, const struct paper_field *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_is(l->p[i].field, f->name))
			return &l->p[i];
	return NULL;
}

static void put_choices(struct call *c, struct paper_row *row, const struct paper_field *f)
{
	size_t n = 0;

	while (f->choices && f->choices[n])
		n++;
	row->choices.p = ARENA_ARRAY(c->arena, struct paper_choice, n + 1);
	for (row->choices.n = 0; row->choices.n < n; row->choices.n++)
		row->choices.p[row->choices.n] = (struct paper_choice){
			f->choices[row->choices.n], f->titles[row->choices.n], str_is(row->value,
				f->choices[row->choices.n])};
}

/* A value in words: of a choice its title. */
static struct str in_words(struct call *c, const struct paper_field *f, struct str value)
{
	for (size_t i = 0; f && f->choices && f->choices[i]; i++)
		if (str_is(value, f->choices[i]))
			return call_say(c, f->titles[i]);
	return value;
}

/* typed: what a form that was refused said of it; NULL: none was. */
static struct str typed_of(const struct values *values, const struct paper_field *f, struct str otherwise)
{
	size_t n;
	const struct given *all = values ? values_of(values, "f.", &n) : NULL;

	for (size_t i = 0; all && i < n; i++)
		if (str_is(str_sub(all[i].name, 2, all[i].name.n), f->name))
			return all[i].value;
	return otherwise;
}

static void put_past(struct call *c, struct paper_view *v, const struct paper_values *all)
{
	for (size_t i = 0; i < MIN(all->n, (size_t)VERSIONS_SHOWN); i++) {
		const struct paper_value *x = &all->p[i];
		const struct paper_field *f = paper_field(x->field);

		*ARENA_PUSH(c->arena, v->past.p, v->past.n, v->past.cap) = (struct paper_past){
			f ? call_say(c, f->title) : x->field, in_words(c, f, x->value), x->why,
			call_person(c, x->actor), call_time(c, x->at), !x->value.n};
	}
}

static enum err_code show(struct call *c, struct str wrong, bool saved, struct err *err)
{
	struct outline *o = ARENA_NEW(c->arena, struct outline);
	struct paper_view v = {.wrong = wrong, .saved = saved};
	struct paper_values all;
	struct paper now;

	TRY(call_world(c, err));
	TRY(outline_read(c->arena, &c->world->scheme, o, err));
	now = o->paper;
	TRY(paper_values_put(c->arena, &now, &c->world->paper, err));
	TRY(paper_values_load(log_db(c->log), c->arena, true, &all, err));
	for (const struct paper_field *f = paper_fields; f->name; f++) {
		const struct paper_value *own = own_value(&c->world->paper, f);
		struct paper_row *row = new_row(c, &v, f);

		*row = (struct paper_row){.name = f->name, .title = f->title, .hint = f->hint, .sort = f->sort,
			.value = typed_of(wrong.n ? &c->values : NULL, f, paper_text(c->arena, &now, f)),
			.scheme = in_words(c, f, paper_text(c->arena, &o->paper, f)),
			.office = own};
		if (own) {
			row->by = call_person(c, own->actor);
			row->when = call_time(c, own->at);
		}
		put_choices(c, row, f);
	}
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("Paper")));
	if (c->req->method == HTTP_POST)
		v.frame->carry.n = 0;
	v.may = call_may(c, ACT_PAPER_EDIT);
	v.on = call_on(c);
	v.back = report_url(c, STR_NONE);
	v.preview = call_url(c, url_path("/report/preview"));
	v.picture = url_query(c->arena, call_url(c, url_path("/report/preview/1.png")), "dpi", S("60"));
	put_past(c, &v, &all);
	page_report_paper(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code paper_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, value_flag(&c->values, "saved"), err);
}

struct saving {
	struct call *c;
	const struct paper *scheme, *now;
	struct str why;
};

/* What differs from what counts now; what the scheme says, too, is the scheme's again. */
static enum err_code save(struct tx *tx, void *ctx, struct err *err)
{
	struct saving *s = ctx;
	size_t n;
	const struct given *all = values_of(&s->c->values, "f.", &n);

	for (size_t i = 0; i < n; i++) {
		struct str name = str_sub(all[i].name, 2, all[i].name.n), value = str_trim(all[i].value);
		const struct paper_field *f = paper_field(name);

		if (!f)
			return fail(err, ERR_NOT_FOUND, "the paper has no field " STR_FMT, STR_ARG(name));
		if (str_eq(value, paper_text(tx->arena, s->now, f)))
			continue;
		if (str_eq(value, paper_text(tx->arena, s->scheme, f)))
			value = STR_NONE;
		TRY(paper_set(tx, name, value, s->why, NULL, err));
	}
	return OK;
}

enum err_code paper_post(struct call *c, struct err *err)
{
	struct outline *o = ARENA_NEW(c->arena, struct outline);
	struct saving s = {.c = c, .scheme = &o->paper, .why = value_of(&c->values, "why")};
	struct paper now;
	struct str wrong;

	TRY(call_world(c, err));
	TRY(outline_read(c->arena, &c->world->scheme, o, err));
	now = o->paper;
	TRY(paper_values_put(c->arena, &now, &c->world->paper, err));
	s.now = &now;
	if (call_write(c, save, &s, err) == OK)
		return call_go(c, url_query(c->arena, call_url(c, url_path("/report/paper")), "saved", S("1")), err);
	wrong = call_refused(c, err);
	if (!wrong.n)
		return err->code;
	world_drop(c->worlds, &c->world);
	return show(c, wrong, false, err);
}
