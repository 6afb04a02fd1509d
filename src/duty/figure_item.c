/* Items: the records of a set, or the slots of a duty; what stands in them. */
#include "duty/figure_inside.h"

#include "base/utf8.h"
#include "scheme/number.h"

/* ---- where they come from ---- */

static struct items *remembered(struct calc *c, const struct source *from, bool *known)
{
	void **at = map_at(&c->items, (struct str){(const char *)&from->self, sizeof from->self});

	*known = *at != NULL;
	if (!*at)
		*at = ARENA_NEW(c->f->arena, struct items);
	return *at;
}

static void take_slots(struct frame *fr, const struct source *from, struct items *out)
{
	const struct duty_state *s = calc_duty(fr->c, from->duty, fr->on);

	for (size_t i = 0; i < s->nslots; i++) {
		const struct item it = {.slot = &s->slots[i]};

		if (!(from->states & 1u << s->slots[i].state))
			continue;
		if (from->nwheres && !item_fits(fr, &it, from->wheres, from->nwheres))
			continue;
		*ARENA_PUSH(fr->c->f->arena, out->p, out->n, out->cap) = it;
	}
}

static void take_records(struct frame *fr, const struct source *from, struct items *out)
{
	const struct ask ask = {.on = fr->on};
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	const struct facts f = facts_for(fr->c->f, &tmp);
	struct fact_list l = set_take(&f, &from->set, &ask);

	*out = (struct items){ARENA_ARRAY(fr->c->f->arena, struct item, l.n), l.n, l.n};
	for (size_t i = 0; i < l.n; i++)
		out->p[i].fact = l.p[i];
}

bool has_word(struct frame *fr, const struct datum *v, struct str word, const struct datum *known)
{
	for (size_t i = 0; v && v->kind == NODE_LIST && i < v->n; i++)
		if (has_word(fr, v->items[i], word, known))
			return true;
	if (!v || v->kind == NODE_LIST)
		return false;
	if (v->word)
		return v->word == known;
	return words_alike(fr->c->f, datum_text(fr->c->f->arena, LANG_ZH, v), word);
}

const struct datum *known_word(struct frame *fr, struct str word)
{
	return datum_word(fr->c->f->values, fr->c->f->arena, word);
}

static bool is_member(struct frame *fr, const struct item *it, const struct datum *const *known)
{
	for (size_t i = 0; i < fr->nonly; i++)
		if (!has_word(fr, item_value(fr, it, &fr->only[i].at), fr->only[i].word, known[i]))
			return false;
	return true;
}

enum err_code items_of(struct frame *fr, const struct source *from, struct items *out, struct err *err)
{
	const struct datum *words[FIGURE_BRACES];
	bool known;
	struct items *all = remembered(fr->c, from, &known);

	if (!known && from->kind == OVER_SLOTS)
		take_slots(fr, from, all);
	if (!known && from->kind == OVER_RECORDS)
		take_records(fr, from, all);
	*out = *all;
	if (fr->tally)
		fr->tally->counted = true;
	if (fr->c->code != OK) {
		*err = *fr->c->err;
		return fr->c->code;
	}
	if (!fr->nonly)
		return OK;
	if (fr->mine && from->self == fr->figure->expr->from.self) {
		*out = *fr->mine;
		return OK;
	}
	*out = (struct items){0};
	for (size_t i = 0; i < fr->nonly; i++)
		words[i] = known_word(fr, fr->only[i].word);
	for (size_t i = 0; i < all->n; i++)
		if (is_member(fr, &all->p[i], words))
			*ARENA_PUSH(fr->c->f->arena, out->p, out->n, out->cap) = all->p[i];
	return OK;
}

bool item_fits(struct frame *fr, const struct item *it, const struct where *wheres, size_t n)
{
	const struct fact *const *p = it->fact ? &it->fact : it->slot->facts.p;
	size_t facts = it->fact ? 1 : it->slot->facts.n;
	const struct ask ask = {.on = fr->on};

	for (size_t i = 0; i < facts; i++) {
		size_t k = 0;

		while (k < n && fact_matches(fr->c->f, p[i], &wheres[k], &ask))
			k++;
		if (k == n)
			return true;
	}
	return false;
}

/* ---- counted in ---- */

/* Notes the facts that are not noted yet: what one measure counts is mostly handed on as it is. */
static bool seen(const struct facts *f, struct counted *t, const struct fact *r)
{
	for (; t->nseen < t->facts.n; t->nseen++)
		fact_seen(&t->seen, f, t->facts.p[t->nseen]);
	return fact_seen(&t->seen, f, r);
}

void counted_fact(const struct facts *f, struct counted *t, const struct fact *r)
{
	if (!seen(f, t, r))
		*ARENA_PUSH(f->arena, t->facts.p, t->facts.n, t->facts.cap) = r;
}

void counted_facts(const struct facts *f, struct counted *t, const struct fact_list *l)
{
	if (!t->facts.n)
		t->facts = (struct fact_list){l->p, l->n, l->n};
	else
		for (size_t i = 0; i < l->n; i++)
			counted_fact(f, t, l->p[i]);
}

void counted_from(const struct facts *f, struct counted *t, struct str name)
{
	if (!texts_have(&t->from, name))
		*ARENA_PUSH(f->arena, t->from.p, t->from.n, t->from_cap) = name;
}

void counted_add(const struct facts *f, struct counted *t, const struct counted *inner, bool facts)
{
	if (facts)
		counted_facts(f, t, &inner->facts);
	for (size_t i = 0; i < inner->from.n; i++)
		counted_from(f, t, inner->from.p[i]);
	t->counted |= inner->counted;
}

void count_in(struct frame *fr, const struct item *it)
{
	if (it->fact)
		counted_fact(fr->c->f, fr->tally, it->fact);
	for (size_t i = 0; it->slot && i < it->slot->facts.n; i++)
		counted_fact(fr->c->f, fr->tally, it->slot->facts.p[i]);
}

/* ---- what stands in them ---- */

static struct datum *text_datum(const struct facts *f, struct str s)
{
	struct datum *d = ARENA_NEW(f->arena, struct datum);

	*d = (struct datum){.kind = NODE_TEXT, .text = s, .word = datum_word(f->values, f->arena, s)};
	return d;
}

static struct datum *text_or_none(const struct facts *f, struct str s)
{
	return s.n ? text_datum(f, s) : NULL;
}

static struct datum *day_datum(const struct facts *f, struct date d)
{
	char out[DATE_TEXT];

	return date_is(d) ? text_datum(f, arena_str(f->arena, date_text(d, out))) : NULL;
}

static struct datum *flag_datum(const struct facts *f, bool yes)
{
	struct datum *d = ARENA_NEW(f->arena, struct datum);

	*d = (struct datum){.kind = NODE_BOOL, .yes = yes};
	d->word = datum_word(f->values, f->arena, datum_text(f->arena, LANG_ZH, d));
	return d;
}

/* Who held the post that owns the slot on the day it was done. */
static struct str holder(const struct facts *f, const struct slot *s)
{
	const struct post *post = f->org ? org_post(f->org, s->owner) : NULL;

	if (s->holder.n)
		return s->holder;        /* of a personal duty */
	for (size_t i = 0; post && date_is(s->done) && i < f->org->nholders; i++) {
		const struct holder *h = &f->org->holders[i];

		if (str_eq(h->post, post->code) && h->from.n <= s->done.n && (!date_is(h->to) || h->to.n >= s->done.n))
			return h->name;
	}
	return STR_NONE;
}

static struct datum *slot_rows(const struct facts *f, const struct slot *s)
{
	struct datum *out = ARENA_NEW(f->arena, struct datum);
	const struct datum **items = ARENA_ARRAY(f->arena, const struct datum *, s->facts.n);

	for (size_t i = 0; i < s->facts.n; i++)
		items[i] = text_datum(f, fact_row(f->arena, s->facts.p[i]));
	*out = (struct datum){.kind = NODE_LIST, .items = items, .n = (uint32_t)s->facts.n};
	return out;
}

static const struct datum *slot_value(struct frame *fr, const struct slot *s, enum look look)
{
	const struct facts *f = fr->c->f;

	switch (look) {
	case LOOK_OWNER:
		return text_or_none(f, s->owner);
	case LOOK_OBJECT:
		return text_or_none(f, s->object);
	case LOOK_LABEL:
		return text_or_none(f, s->label);
	case LOOK_STATE:
		return text_datum(f, str_c(slot_state_name(s->state)));
	case LOOK_DUE:
		return day_datum(f, s->due);
	case LOOK_DONE_ON:
		return day_datum(f, s->done);
	case LOOK_DONE:
		return flag_datum(f, s->state == SLOT_MET || s->state == SLOT_LATE);
	case LOOK_ROWS:
		return slot_rows(f, s);
	case LOOK_HOLDER:
		return text_or_none(f, holder(f, s));
	case LOOK_PATH:
	case LOOK_ROW:
		break;
	}
	return NULL;
}

const struct datum *item_value(struct frame *fr, const struct item *it, const struct look_at *at)
{
	if (it->slot)
		return slot_value(fr, it->slot, at->look);
	if (at->look == LOOK_ROW)
		return text_datum(fr->c->f, fact_row(fr->c->f->arena, it->fact));
	return fact_path(fr->c->f, it->fact, at->path, fr->on);
}

bool code_text(struct arena *a, struct str *s)
{
	struct str half = utf8_half(a, *s);

	for (size_t i = 0; i < half.n; i++)
		if ((unsigned char)half.p[i] >= 0x80)
			return false;
	*s = half;
	return true;
}

struct figure_value item_figure(struct frame *fr, const struct item *it, const struct look_at *at)
{
	const struct datum *v = item_value(fr, it, at);
	enum field_type type = it->fact && at->look == LOOK_PATH ? at->path.field->type : TYPE_TEXT;
	struct figure_value out;
	int64_t n;

	if ((type == TYPE_NUMBER || type == TYPE_COUNT || type == TYPE_MONEY) && datum_number(v, &n))
		return value_number(n, -1);
	out = value_of_datum(fr->c->f->arena, v);
	if (out.kind == FIG_TEXT && at->look != LOOK_ROW)
		code_text(fr->c->f->arena, &out.text);
	return out;
}

struct date item_day(struct frame *fr, const struct item *it, const struct look_at *at)
{
	if (it->slot)
		return at->look == LOOK_DUE ? it->slot->due : at->look == LOOK_DONE_ON ? it->slot->done : DATE_NONE;
	return at->look == LOOK_PATH ? datum_day(at->path.field, item_value(fr, it, at)) : DATE_NONE;
}
