/* What an item judges one by one: a row each, with what was given, and the form that gives it. */
#include "web/assess_of.h"

#include "scheme/number.h"
#include "text/nfc.h"
#include "web/scope.h"

enum { THINGS_SHOWN = 300 };

/* ---- what is there ---- */

static struct str points(struct call *c, int64_t thousandths)
{
	return thousandths_text(c->arena, thousandths);
}

/* Is it his own: by his post, or by his account? */
static bool mine(const struct call *c, const struct assess_mark *m)
{
	return str_eq(m->by, c->access->account.post) || str_eq(m->actor, c->access->account.login);
}

static bool confirmable(const struct call *c, const struct assess_mark *m)
{
	return m && !m->confirmed && !mine(c, m) && !str_eq(m->thing, c->access->account.post);
}

static struct str said(const struct call *c, const struct assess_mark *m)
{
	return m ? assess_mark_text(&c->facts, m) : STR_NONE;
}

static void put_waiting(struct call *c, struct assess_item_row *r, struct thing_row *row, const struct assess_mark *m,
	bool may_score)
{
	if (!m)
		return;
	row->waiting = m->event;
	row->waiting_points = points(c, m->got);
	row->waiting_why = m->text;
	row->waiting_by = owner_name(&c->world->org, m->by);
	row->may_confirm = may_score && confirmable(c, m);
	if (!row->may_confirm)
		return;
	r->nconfirm++;
	r->last_waiting = MAX(r->last_waiting, m->event);
}

/* ---- the form ---- */

/* What was typed under a name that begins so; NULL: no such row. */
static const struct given *typed(struct call *c, const char *prefix, struct str key)
{
	size_t n, at = strlen(prefix);
	const struct given *given = values_of(&c->values, prefix, &n);

	for (size_t i = 0; i < n; i++)
		if (str_eq(str_sub(given[i].name, at, given[i].name.n), key))
			return &given[i];
	return NULL;
}

/* What stands in the row to begin with: the newest that was said of it. */
static const struct assess_mark *newest(const struct assess_thing *t)
{
	return t->waiting ? t->waiting : t->mark;
}

static void put_row(
	struct call *c, struct assess_item_row *r, const struct assess_thing *t, bool may_score, bool refused)
{
	struct thing_row *row = ARENA_PUSH(c->arena, r->things.p, r->things.n, r->things.cap);
	const struct assess_mark *m = newest(t);

	*row = (struct thing_row){.key = t->key, .name = t->name, .weight = t->weight_text, .got = points(c, t->got),
		.said = said(c, t->mark)};
	if (t->fact && call_sees(c, t->fact)) {
		struct record_line line = record_line(c, t->fact);

		row->name = line.title;
		row->url = line.url;
		row->linked = true;
	}
	row->may_judge = r->may_judge && !str_eq(t->key, c->access->account.post);
	if (m) {
		row->points_typed = points(c, m->got);
		row->text_typed = m->text;
	}
	if (refused && typed(c, "p.", t->key))
		row->points_typed = typed(c, "p.", t->key)->value;
	if (refused && typed(c, "w.", t->key))
		row->text_typed = typed(c, "w.", t->key)->value;
	put_waiting(c, r, row, t->waiting, may_score);
}

static void put_gone(struct call *c, struct assess_item_row *r, const struct assess_mark *m, bool may_score)
{
	struct thing_row *row = ARENA_PUSH(c->arena, r->gone.p, r->gone.n, r->gone.cap);

	*row = (struct thing_row){.key = m->thing, .name = owner_name(&c->world->org, m->thing), .said = said(c, m)};
	put_waiting(c, r, row, m->confirmed ? NULL : m, may_score);
}

void put_things(struct call *c, struct assess_item_row *r, const struct assess_one *x,
	const struct assess_item_score *i, bool may_score, const char *form)
{
	const struct assess_judged *j = i->part.judged;
	const struct assess_item *item = i->item;
	bool refused = form && !strcmp(form, "things") && str_eq(value_of(&c->values, "item"), item->id);
	int64_t base = item->grants ? 0 : item->points;

	r->several = true;
	r->things_posts = item->things.kind != EACH_OF_RECORDS;
	r->weighed = item->things.nweigh > 0;
	r->may_judge = r->may_score;
	r->nthings = (int64_t)j->n;
	r->range = arena_printf(c->arena,
		tr(c->lang, N_("Each has " STR_FMT " to " STR_FMT " points, or " STR_FMT ".")),
		STR_ARG(points(c, item->grants ? item->from : base - item->to)),
		STR_ARG(points(c, item->grants ? item->to : base - item->from)), STR_ARG(points(c, base)));
	for (size_t k = 0; k < j->n; k++) {
		r->njudged += j->p[k].mark != NULL;
		if (k < THINGS_SHOWN)
			put_row(c, r, &j->p[k], may_score, refused);
		else
			r->more_things++;
	}
	for (size_t k = 0; k < j->ngone; k++)
		put_gone(c, r, j->gone[k], may_score);
	r->may_confirm_things = x->opened && r->nconfirm > 0;
	r->things_open = refused || r->nconfirm > 0;
}

/* ---- what it says ---- */

static const struct assess_judged *judged(const struct assess_one *x, struct str item)
{
	for (size_t i = 0; i < x->sheet.plan->nsections; i++)
		for (size_t k = 0; k < x->sheet.sections[i].section->nitems; k++)
			if (str_eq(x->sheet.sections[i].items[k].item->id, item))
				return x->sheet.sections[i].items[k].part.judged;
	return NULL;
}

/* Points and reason of a row; *changed: it says something new. */
static enum err_code read_row(struct call *c, const struct assess *plan, const struct assess_thing *t,
	struct assess_entry *in, bool *changed, struct err *err)
{
	const struct given *p = typed(c, "p.", t->key), *w = typed(c, "w.", t->key);
	const struct assess_mark *m = newest(t);
	struct str text = p ? str_trim(p->value) : STR_NONE;

	*changed = false;
	if (!text.n)
		return OK;
	if (!thousandths(text, &in->got)) {
		fail(err, ERR_INPUT, "'" STR_FMT "' are no points: a number of at most three decimals", STR_ARG(text));
		return err_at(err, "%s", arena_str(c->arena, t->name).p);
	}
	if (w)
		TRY(nfc(c->arena, str_trim(w->value), &in->text, err));
	in->thing = t->key;
	*changed = !m || m->got != in->got || !str_eq(m->text, in->text);
	if (*changed && assess_thing_fits(plan, in->item, in->got, in->text, err) != OK)
		return err_at(err, "%s", arena_str(c->arena, t->name).p);
	return OK;
}

enum err_code read_things(
	struct call *c, const struct assess_one *x, struct assess_entry **out, size_t *n, struct err *err)
{
	struct str item = value_of(&c->values, "item");
	const struct assess_judged *j = judged(x, item);
	int64_t appeal = MAX(value_int(&c->values, "appeal"), 0);

	*n = 0;
	if (!j)
		return fail(err, ERR_INPUT, "item '" STR_FMT "' judges no things one by one", STR_ARG(item));
	*out = ARENA_ARRAY(c->arena, struct assess_entry, j->n + 1);
	for (size_t i = 0; i < j->n; i++) {
		struct assess_entry in = {.assessment = x->opened->id, .item = item, .appeal = appeal};
		bool changed;

		TRY(read_row(c, x->plan, &j->p[i], &in, &changed, err));
		if (changed)
			(*out)[(*n)++] = in;
	}
	return OK;
}

const int64_t *things_to_confirm(struct call *c, const struct assess_one *x, size_t *n)
{
	const struct assess_judged *j = judged(x, value_of(&c->values, "item"));
	int64_t seen = value_int(&c->values, "mark");
	int64_t *out = ARENA_ARRAY(c->arena, int64_t, j ? j->n + j->ngone + 1 : 1);

	*n = 0;
	for (size_t i = 0; j && i < j->n; i++)
		if (confirmable(c, j->p[i].waiting) && j->p[i].waiting->event <= seen)
			out[(*n)++] = j->p[i].waiting->event;
	for (size_t i = 0; j && i < j->ngone; i++)
		if (confirmable(c, j->gone[i]) && j->gone[i]->event <= seen)
			out[(*n)++] = j->gone[i]->event;
	return out;
}
