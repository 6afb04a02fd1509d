/* One duty changed, added or ended by form. Nothing is in force before its effect was shown: what is sent makes a draft
 * (scheme_draft.c). */
#include "web/pages.h"
#include "web/scheme_view.h"

/* What is edited: the version adopted last, or a draft that began with it. */
struct work {
	struct scheme base, scheme;
	int64_t no; /* of the base; of a draft, the one that it began with */
	const struct duty *duty;
	struct duty_form_view v;
};

static enum err_code begin(struct call *c, struct work *w, struct err *err)
{
	struct str draft = value_of(&c->values, "draft");
	int64_t begun = value_int(&c->values, "base");

	TRY(call_world(c, err));
	TRY(scheme_base(c, &w->base, &w->no, err));
	if (draft.n)
		TRY(scheme_draft(c, &w->base, draft, &w->scheme, err));
	else
		w->scheme = w->base;
	if (begun >= 0)
		w->no = begun;
	w->v.draft = draft;
	return OK;
}

static struct url with_draft(struct call *c, const struct work *w, struct url u)
{
	if (w->v.draft.n)
		u = url_query(c->arena, u, "draft", w->v.draft);
	return url_query(c->arena, u, "base", arena_printf(c->arena, "%lld", (long long)w->no));
}

static enum err_code show(struct call *c, struct work *w, struct str title, struct err *err)
{
	w->v.frame = call_frame(c, NAV_SCHEME, title);
	w->v.draft_url = w->v.draft.n ? draft_url(c, w->v.draft, w->no) : url_path("/scheme");
	w->v.here = with_draft(c, w, w->v.here);
	page_scheme_duty(page_begin(c), &w->v);
	return page_end(c, err);
}

/* Refused by the edit itself: which of the keys alone is it? */
static bool wrong_key(struct call *c, struct work *w, const struct edit_key *keys, size_t n)
{
	struct str text;

	for (size_t i = 0; i < n; i++) {
		struct err one = {.lang = c->lang};

		if (w->v.fresh ? scheme_edit_add(c->arena, w->scheme.text, w->v.id, &keys[i], 1, &text, &one) == OK
			       : scheme_edit_set(c->arena, w->scheme.text, w->v.id, &keys[i], 1, &text, &one) == OK)
			continue;
		for (size_t p = 0; p < w->v.parts.n; p++)
			for (size_t k = 0; k < w->v.parts.p[p].fields.n; k++) {
				struct duty_field *f = &w->v.parts.p[p].fields.p[k];

				if (str_eq(f->key, keys[i].key)) {
					f->wrong = arena_str(c->arena, str_c(one.text));
					f->first = true;
					return one.code == ERR_INPUT;
				}
			}
	}
	return false;
}

/* Makes the draft, or says in the form what is wrong; *again: the form is to be shown once more. */
static enum err_code make(struct call *c, struct work *w, bool ends, bool *again, struct err *err)
{
	struct scheme after;
	struct edit_key *keys;
	struct str text = STR_NONE, why;
	enum err_code code;
	bool beside;
	size_t n;

	duty_parts_typed(c, &w->v.parts, &keys, &n);
	if (ends)
		code = scheme_edit_end(c->arena, w->scheme.text, w->v.id, &text, err);
	else if (!n && !w->v.fresh)
		code = fail(err, ERR_INPUT, "nothing is different from what the scheme says already");
	else if (w->v.fresh)
		code = scheme_edit_add(c->arena, w->scheme.text, w->v.id, keys, n, &text, err);
	else
		code = scheme_edit_set(c->arena, w->scheme.text, w->v.id, keys, n, &text, err);
	beside = code != OK && !ends && wrong_key(c, w, keys, n);
	if (code == OK)
		code = scheme_draft_read(c, &w->base, text, &after, err);
	if (code == OK)
		return scheme_draft_go(c, text, w->no, err);
	why = call_refused(c, err);
	if (!why.n)
		return code;
	*again = true;
	if (beside || (text.n && duty_parts_wrong(c, &w->v.parts, text, w->v.id, why)))
		why = call_say(c, N_("Not taken yet: look at the field that is marked below."));
	w->v.wrong = why;
	return OK;
}

/* ---- one that is there ---- */

static enum err_code find(struct call *c, struct work *w, struct err *err)
{
	w->v.id = value_of(&c->values, "id");
	TRY(begin(c, w, err));
	w->duty = scheme_duty(&w->scheme, w->v.id);
	if (!w->duty)
		return fail(err, ERR_NOT_FOUND, "no duty '%s' in this scheme", arena_str(c->arena, w->v.id).p);
	if (w->duty->node->file)
		return fail(err, ERR_CONFLICT,
			"the duty " STR_FMT " stands in a scheme that this one uses: it is changed in that file",
			STR_ARG(w->v.id));
	w->v.here = url_add(c->arena, url_path("/scheme/duties"), w->v.id);
	w->v.may_end = true;
	duty_parts_of(c, w->duty->node, STR_NONE, &w->v.parts);
	return OK;
}

static struct str title_of(struct call *c, const struct work *w)
{
	return arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(w->v.id), STR_ARG(w->duty->title));
}

enum err_code scheme_duty_page(struct call *c, struct err *err)
{
	struct work w = {0};

	TRY(find(c, &w, err));
	return show(c, &w, title_of(c, &w), err);
}

enum err_code scheme_duty_post(struct call *c, struct err *err)
{
	struct work w = {0};
	bool again = false;

	TRY(find(c, &w, err));
	TRY(make(c, &w, str_is(value_of(&c->values, "do"), "end"), &again, err));
	return again ? show(c, &w, title_of(c, &w), err) : OK;
}

/* ---- a new one ---- */

static void put_forms(struct call *c, struct work *w)
{
	for (size_t i = 0; i < DUTY_FORMS; i++)
		*ARENA_PUSH(c->arena, w->v.forms.p, w->v.forms.n, w->v.forms.cap) = (struct chip){
			call_say(c, duty_forms[i].title),
			with_draft(c, w,
				url_query(c->arena, url_path("/scheme/new"), "form", str_c(duty_forms[i].word))),
			str_is(w->v.form, duty_forms[i].word)};
}

static enum err_code fresh(struct call *c, struct work *w, struct err *err)
{
	struct str form = value_of(&c->values, "form");

	w->v.fresh = true;
	w->v.form = form.n ? form : S("count");
	TRY(begin(c, w, err));
	w->v.here = url_query(c->arena, url_path("/scheme/new"), "form", w->v.form);
	put_forms(c, w);
	duty_parts_of(c, NULL, w->v.form, &w->v.parts);
	return OK;
}

enum err_code scheme_new_page(struct call *c, struct err *err)
{
	struct work w = {0};

	TRY(fresh(c, &w, err));
	return show(c, &w, call_say(c, N_("A new duty")), err);
}

enum err_code scheme_new_post(struct call *c, struct err *err)
{
	struct work w = {0};
	bool again = false;

	TRY(fresh(c, &w, err));
	w.v.id = value_of(&c->values, "id");
	if (w.v.id.n) {
		TRY(make(c, &w, false, &again, err));
		if (!again)
			return OK;
	} else {
		struct edit_key *keys;
		size_t n;

		duty_parts_typed(c, &w.v.parts, &keys, &n);
		fail(err, ERR_REQUIRED, "a new duty needs a number");
		w.v.wrong = call_refused(c, err);
	}
	return show(c, &w, call_say(c, N_("A new duty")), err);
}
