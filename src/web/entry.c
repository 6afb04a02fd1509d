/* Records entered and corrected by hand: one form for both. */
#include "web/entry_view.h"
#include "web/pages.h"
#include "web/register_view.h"
#include "web/scope.h"

#include "text/nfc.h"

enum { LONG_FROM = 90, PICKS = 60 };

struct work {
	struct call *c;
	struct record_input in;
	struct record_fit fit;
	struct id id;              /* of what was written */
};

/* ---- files ---- */

enum err_code call_files(struct call *c, const char *name, const struct record_file **out, size_t *n, struct err *err)
{
	const struct given *given = values_of(&c->values, name, n);
	struct record_file *files = ARENA_ARRAY(c->arena, struct record_file, *n);
	struct objects in = objects_of(c->log);

	for (size_t i = 0; i < *n; i++) {
		const struct given *g = &given[i];
		struct str bytes = c->req->body.bytes;
		enum err_code code;

		TRY(nfc(c->arena, g->file, &files[i].name, err));
		code = g->fd >= 0
			? objects_store_part(in, g->fd, g->at, g->size, &files[i].object, err)
			: objects_store_text(in, str_sub(bytes, (size_t)g->at, (size_t)(g->at + g->size)),
				  &files[i].object, err);
		if (code != OK)
			return err_at(err, STR_FMT, STR_ARG(g->file));
	}
	*out = files;
	return OK;
}

/* ---- the form ---- */

static bool is_day(struct str s)
{
	struct date day;

	return !s.n || date_parse(s, &day);
}

static enum entry_kind kind_of(const struct record_field *f, struct str value)
{
	switch (f->field->type) {
	case TYPE_DATE:
		return is_day(value) ? ENTRY_DAY : ENTRY_LINE;
	case TYPE_CHOICE:
	case TYPE_FLAG:
	case TYPE_UNIT:
	case TYPE_POST:
		return f->closed && f->choices.n <= PICKS ? ENTRY_PICK : ENTRY_LINE;
	case TYPE_TEXT:
		return value.n > LONG_FROM || !(f->remembered.n || f->required) ? ENTRY_LONG : ENTRY_LINE;
	default:
		return ENTRY_LINE;
	}
}

static const char *mode_of(enum field_type type)
{
	return type == TYPE_COUNT ? "numeric" : type == TYPE_NUMBER || type == TYPE_MONEY ? "decimal" : "text";
}

static void offer(struct call *c, struct picks *to, const struct texts *words, struct str chosen)
{
	for (size_t i = 0; i < words->n; i++) {
		bool there = false;

		for (size_t k = 0; k < to->n && !there; k++)
			there = str_eq(to->p[k].value, words->p[i]);
		if (!there)
			*ARENA_PUSH(c->arena, to->p, to->n, to->cap) =
				(struct pick){words->p[i], words->p[i], str_eq(words->p[i], chosen)};
	}
}

/* What was typed under the name of an input; NULL when the form was not sent. */
static const struct given *typed(struct call *c, struct str name)
{
	const struct given *given;
	size_t n;

	if (c->req->method != HTTP_POST)
		return NULL;
	given = values_of(&c->values, "f.", &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(given[i].name, name))
			return &given[i];
	return NULL;
}

static struct entry_field entry_field(struct call *c, const struct record_field *f, const struct record_fit *fit)
{
	struct entry_field e = {.title = f->title, .hint = f->hint, .required = f->required,
		.mode = mode_of(f->field->type)};
	const struct given *was;

	e.name = arena_printf(c->arena, "f." STR_FMT, STR_ARG(f->field->name));
	e.id = arena_printf(c->arena, "f-" STR_FMT, STR_ARG(f->field->name));
	was = typed(c, e.name);
	e.value = was ? was->value : f->value;
	e.kind = kind_of(f, e.value);
	if (f->field->type == TYPE_TEXT || f->field->type == TYPE_FLAG || e.kind == ENTRY_DAY)
		e.hint = STR_NONE;         /* the field says it itself */
	if (e.kind == ENTRY_PICK) {
		struct texts now = {.p = &e.value, .n = e.value.n > 0};

		offer(c, &e.picks, &f->choices, e.value);
		offer(c, &e.picks, &now, e.value);
	} else if (e.kind == ENTRY_LINE) {
		offer(c, &e.picks, &f->remembered, STR_NONE);
		offer(c, &e.picks, &f->choices, STR_NONE);
	}
	for (size_t i = 0; fit && i < fit->n; i++)
		if (fit->problems[i].field == f->field)
			*(fit->problems[i].refused ? &e.wrong : &e.note) = fit->problems[i].text;
	return e;
}

/* What is to be said of the whole, or of what is no field. */
static struct str of_whole(struct call *c, const struct record_fit *fit)
{
	struct str out = STR_NONE;

	for (size_t i = 0; fit && i < fit->n; i++)
		if (!fit->problems[i].field && fit->problems[i].refused)
			out = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(out), out.n ? "; " : "",
				STR_ARG(fit->problems[i].text));
	return out;
}

/* after: what the page says of the record entered just before (done=). */
static void put_done(struct call *c, struct entry_view *v)
{
	int64_t seq = c->req->method == HTTP_GET ? value_int(&c->values, "done") : -1;

	if (seq < 0)
		return;
	v->done_id = arena_printf(c->arena, "%lld", (long long)seq);
	v->done = call_url(c, url_add(c->arena, url_path("/records"), v->done_id));
}

static bool sees(void *ctx, const struct fact *r)
{
	return call_sees(ctx, r);
}

/* The units that he may enter for, and the one that keeps it now; where there is but one, it stands there already. */
static void offer_units(struct call *c, struct record_form *form)
{
	enum act act = id_is(form->id) ? ACT_RECORD_CHANGE : ACT_RECORD_ADD;
	struct texts in_reach = {0};
	size_t cap = 0;
	struct record_field *f = NULL;

	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].field == form->type->unit)
			f = &form->fields[i];
	if (!f)
		return;
	for (size_t i = 0; i < f->choices.n; i++) {
		const struct unit *u = org_unit(&c->world->org, f->choices.p[i]);

		if (u && call_may_unit(c, act, u))
			*ARENA_PUSH(c->arena, in_reach.p, in_reach.n, cap) = f->choices.p[i];
	}
	f->choices = in_reach;
	f->remembered.n = 0;
	f->closed = true;
	f->required |= !call_may(c, act);
	if (!id_is(form->id) && !f->value.n && in_reach.n == 1 && f->required)
		f->value = in_reach.p[0];
}

static enum err_code show(struct call *c, const struct record_type *type, const struct fact *r,
	const struct record_fit *fit, struct str wrong, struct err *err)
{
	struct url regs = url_add(c->arena, url_path("/registers"), type->name);
	struct str title = r ? call_say(c, N_("Correct a record"))
			     : arena_printf(c->arena, tr(c->lang, "Enter: " STR_FMT), STR_ARG(type->title));
	struct entry_view v = {.register_title = type->title, .register_url = call_url(c, regs)};
	struct record_form form;
	bool focus = false;

	record_form(c->arena, &c->facts, type, r, c->on, (struct record_sees){sees, c}, &form);
	offer_units(c, &form);
	v.fields.p = ARENA_ARRAY(c->arena, struct entry_field, form.n);
	for (size_t i = 0; i < form.n; i++) {
		struct entry_field *e = &v.fields.p[v.fields.n];

		v.takes_files |= form.fields[i].field->type == TYPE_FILE;
		if (form.fields[i].field->type == TYPE_FILE && !r)
			continue;          /* a new record's files name themselves */
		*e = entry_field(c, &form.fields[i], fit);
		v.fields.n++;
		e->first = !focus && (fit ? e->wrong.n > 0 : !r && !e->value.n);
		focus |= e->first;
	}
	v.wrong = wrong.n ? wrong : of_whole(c, fit);
	v.back = v.register_url;
	v.here = call_here(c);
	if (r) {
		v.id = arena_printf(c->arena, "%lld", (long long)r->id.seq);
		v.rev = c->req->method == HTTP_POST ? value_int(&c->values, "rev") : form.rev_seq;
		v.why = c->req->method == HTTP_POST ? value_of(&c->values, "why") : STR_NONE;
		v.back = call_url(c, url_add(c->arena, url_path("/records"), v.id));
	} else {
		put_done(c, &v);
	}
	v.frame = call_frame(c, NAV_REGISTERS, title);
	page_entry(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- taking it ---- */

static enum err_code read_input(struct work *w, struct err *err)
{
	struct call *c = w->c;
	size_t n;
	const struct given *given = values_of(&c->values, "f.", &n);
	struct record_typed *out = ARENA_ARRAY(c->arena, struct record_typed, n);

	w->in.scheme = c->facts.scheme;
	w->in.lang = c->lang;
	w->in.year = c->world->org.office.year;
	for (size_t i = 0; i < n; i++) {
		out[i].name = str_sub(given[i].name, 2, given[i].name.n);
		TRY(nfc(c->arena, str_trim(given[i].value), &out[i].text, err));
	}
	w->in.typed = out;
	w->in.ntyped = n;
	return OK;
}

static enum err_code do_add(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return record_add(tx, w->c->arena, &w->in, &w->fit, &w->id, err);
}

static enum err_code do_correct(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return record_correct(tx, w->c->arena, &w->in, &w->fit, &w->id, err);
}

/* Files are kept only for what fits. */
static enum err_code write(struct work *w, intent_fn *fn, struct err *err)
{
	struct call *c = w->c;
	size_t files;

	TRY(read_input(w, err));
	values_of(&c->values, "files", &files);
	if (files) {
		TRY(record_fits(log_db(c->log), c->arena, &w->in, &w->fit, err));
		if (w->fit.nrefused)
			return fail(err, ERR_INPUT, "it does not fit yet; files must be chosen again");
		TRY(call_files(c, "files", &w->in.files, &w->in.nfiles, err));
	}
	return call_write(c, fn, w, err);
}

/* The form once more, with what was wrong. */
static enum err_code again(struct work *w, const struct record_type *type, const struct fact *r, struct err *err)
{
	bool fields = w->fit.nrefused > 0 && err->code == ERR_INPUT;
	struct str wrong = call_refused(w->c, err);

	if (!wrong.n)
		return err->code;
	return show(w->c, type, r, &w->fit, fields ? STR_NONE : wrong, err);
}

static enum err_code type_named(struct call *c, const struct record_type **out, struct err *err)
{
	struct str name = value_of(&c->values, "type");

	TRY(call_world(c, err));
	*out = scheme_type(c->facts.scheme, name);
	if (*out && (*out)->computed)
		*out = NULL;
	if (*out && !call_may_enter(c, *out))
		return access_need(c->access, ACT_RECORD_ADD, c->access->office, err);
	return *out ? OK : fail(err, ERR_NOT_FOUND, "there is no register '%s'", arena_str(c->arena, name).p);
}

enum err_code entry_page(struct call *c, struct err *err)
{
	const struct record_type *type;

	TRY(type_named(c, &type, err));
	return show(c, type, NULL, NULL, STR_NONE, err);
}

enum err_code entry_post(struct call *c, struct err *err)
{
	struct work w = {.c = c};
	struct url next;
	struct str no;

	TRY(type_named(c, &w.in.type, err));
	if (write(&w, do_add, err) != OK)
		return again(&w, w.in.type, NULL, err);
	no = arena_printf(c->arena, "%lld", (long long)w.id.seq);
	next = call_url(c, url_add(c->arena, url_path("/records"), no));
	if (str_is(value_of(&c->values, "then"), "next"))
		return call_go(c, url_query(c->arena, call_url(c, call_here(c)), "done", no), err);
	return call_go(c, url_query(c->arena, next, "done", S("add")), err);
}

static enum err_code record_named(struct call *c, const struct fact **out, struct err *err)
{
	int64_t seq = value_int(&c->values, "id");
	const struct unit *unit;

	TRY(call_world(c, err));
	*out = call_record(c, seq);
	if (!*out || !call_sees(c, *out))
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)seq);
	unit = call_record_unit(c, *out);
	return access_need(c->access, ACT_RECORD_CHANGE, unit ? unit->id : c->access->office, err);
}

enum err_code correct_page(struct call *c, struct err *err)
{
	const struct fact *r;

	TRY(record_named(c, &r, err));
	return show(c, r->type, r, NULL, STR_NONE, err);
}

enum err_code correct_post(struct call *c, struct err *err)
{
	struct work w = {.c = c};
	const struct fact *r;

	TRY(record_named(c, &r, err));
	w.in.id = r->id;
	w.in.rev_seq = MAX(value_int(&c->values, "rev"), 0);
	w.in.why = value_of(&c->values, "why");
	if (write(&w, do_correct, err) != OK)
		return again(&w, r->type, r, err);
	return call_go(c,
		url_query(c->arena, call_url(c, url_add(c->arena, url_path("/records"), value_of(&c->values, "id"))),
			"done", id_is(w.id) ? S("correct") : S("same")),
		err);
}
