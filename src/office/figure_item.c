/* Items: the records of a set, or the slots of a duty; what stands in them; in bunches by a key. */
#include "office/figure_def.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "office/number.h"

#include <stdlib.h>

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
	struct fact_list l = set_take(fr->c->f, &from->set, &ask);

	for (size_t i = 0; i < l.n; i++)
		*ARENA_PUSH(fr->c->f->arena, out->p, out->n, out->cap) = (struct item){.fact = l.p[i]};
}

static bool has_word(struct frame *fr, const struct node *v, struct str word)
{
	for (size_t i = 0; v && v->kind == NODE_LIST && i < v->n; i++)
		if (has_word(fr, v->items[i], word))
			return true;
	return v && v->kind != NODE_LIST &&
	       words_alike(fr->c->f, value_text(fr->c->f->arena, LANG_ZH, v), word);
}

static bool is_member(struct frame *fr, const struct item *it)
{
	for (size_t i = 0; i < fr->nonly; i++)
		if (!has_word(fr, item_value(fr, it, &fr->only[i].at), fr->only[i].word))
			return false;
	return true;
}

enum err_code items_of(struct frame *fr, const struct source *from, struct items *out, struct err *err)
{
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
	*out = (struct items){0};
	for (size_t i = 0; i < all->n; i++)
		if (is_member(fr, &all->p[i]))
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
static bool seen(struct arena *a, struct tally *t, const struct fact *r)
{
	t->seen.arena = a;
	for (; t->nseen < t->facts.n; t->nseen++)
		map_set(&t->seen, (struct str){(const char *)&t->facts.p[t->nseen]->id, sizeof(struct id)},
		        (void *)t->facts.p[t->nseen]);
	return map_get(&t->seen, (struct str){(const char *)&r->id, sizeof r->id});
}

void tally_fact(struct arena *a, struct tally *t, const struct fact *r)
{
	if (!seen(a, t, r))
		*ARENA_PUSH(a, t->facts.p, t->facts.n, t->facts.cap) = r;
}

void tally_facts(struct arena *a, struct tally *t, const struct fact_list *l)
{
	if (!t->facts.n)
		t->facts = (struct fact_list){l->p, l->n, l->n};
	else
		for (size_t i = 0; i < l->n; i++)
			tally_fact(a, t, l->p[i]);
}

void tally_from(struct arena *a, struct tally *t, struct str name)
{
	if (!texts_have(&t->from, name))
		*ARENA_PUSH(a, t->from.p, t->from.n, t->from_cap) = name;
}

void tally_add(struct arena *a, struct tally *t, const struct tally *inner, bool facts)
{
	if (facts)
		tally_facts(a, t, &inner->facts);
	for (size_t i = 0; i < inner->from.n; i++)
		tally_from(a, t, inner->from.p[i]);
	t->counted |= inner->counted;
}

void count_in(struct frame *fr, const struct item *it)
{
	struct arena *a = fr->c->f->arena;

	if (it->fact)
		tally_fact(a, fr->tally, it->fact);
	for (size_t i = 0; it->slot && i < it->slot->facts.n; i++)
		tally_fact(a, fr->tally, it->slot->facts.p[i]);
}

/* ---- what stands in them ---- */

static struct node *text_or_none(struct arena *a, struct str s)
{
	return s.n ? node_str(a, s) : NULL;
}

static struct node *day_node(struct arena *a, struct date d)
{
	char out[DATE_TEXT];

	return date_is(d) ? node_str(a, arena_str(a, date_text(d, out))) : NULL;
}

/* Who held the post that owns the slot on the day it was done. */
static struct str holder(const struct facts *f, const struct slot *s)
{
	const struct post *post = f->org ? org_post(f->org, s->owner) : NULL;

	for (size_t i = 0; post && date_is(s->done) && i < f->org->nholders; i++) {
		const struct holder *h = &f->org->holders[i];

		if (str_eq(h->post, post->code) && h->from.n <= s->done.n && (!date_is(h->to) || h->to.n >= s->done.n))
			return h->name;
	}
	return STR_NONE;
}

static struct node *slot_rows(struct arena *a, const struct slot *s)
{
	struct node *out = node_list(a);

	for (size_t i = 0; i < s->facts.n; i++)
		node_push(a, out, node_str(a, fact_row(a, s->facts.p[i])));
	return out;
}

static const struct node *slot_value(struct frame *fr, const struct slot *s, enum look look)
{
	static const char *const states[] = {"met", "late", "missed", "pending"};
	struct arena *a = fr->c->f->arena;

	switch (look) {
	case LOOK_OWNER:
		return text_or_none(a, s->owner);
	case LOOK_OBJECT:
		return text_or_none(a, s->object);
	case LOOK_LABEL:
		return text_or_none(a, s->label);
	case LOOK_STATE:
		return node_str(a, str_c(states[s->state]));
	case LOOK_DUE:
		return day_node(a, s->due);
	case LOOK_DONE_ON:
		return day_node(a, s->done);
	case LOOK_DONE:
		return node_bool(a, s->state == SLOT_MET || s->state == SLOT_LATE);
	case LOOK_ROWS:
		return slot_rows(a, s);
	case LOOK_HOLDER:
		return text_or_none(a, holder(fr->c->f, s));
	case LOOK_PATH:
	case LOOK_ROW:
		break;
	}
	return NULL;
}

const struct node *item_value(struct frame *fr, const struct item *it, const struct look_at *at)
{
	if (it->slot)
		return slot_value(fr, it->slot, at->look);
	if (at->look == LOOK_ROW)
		return node_str(fr->c->f->arena, fact_row(fr->c->f->arena, it->fact));
	return fact_path(fr->c->f, it->fact, at->path, fr->on);
}

/* Codes, whose half-width form is all ASCII, are shown in it: ＤＣ－０２ is DC-02. */
static bool code_text(struct arena *a, struct str *s)
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
	const struct node *v = item_value(fr, it, at);
	enum field_type type = it->fact && at->look == LOOK_PATH ? at->path.field->type : TYPE_TEXT;
	struct figure_value out;
	int64_t n;

	if ((type == TYPE_NUMBER || type == TYPE_COUNT || type == TYPE_MONEY) && node_number(v, &n))
		return value_number(n, -1);
	out = value_of_node(fr->c->f->arena, v);
	if (out.kind == FIG_TEXT && at->look != LOOK_ROW)
		code_text(fr->c->f->arena, &out.text);
	return out;
}

struct date item_day(struct frame *fr, const struct item *it, const struct look_at *at)
{
	if (it->slot)
		return at->look == LOOK_DUE ? it->slot->due : at->look == LOOK_DONE_ON ? it->slot->done : DATE_NONE;
	return at->look == LOOK_PATH ? node_day(at->path.field, item_value(fr, it, at)) : DATE_NONE;
}

/* ---- in bunches ---- */

static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x3000;
}

/* A key as it is printed: codes in half-width; else as written, without blanks beside ideographs. */
static struct str key_text(struct arena *a, struct str s)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(s.n + 1);
	uint32_t before = ' ';

	s = str_trim(s);
	if (code_text(a, &s))
		return s;
	for (size_t at = 0, from = 0; at < s.n; from = at) {
		uint32_t c = utf8_next(s, &at), after = ' ';
		size_t next = at;

		while (next < s.n && is_blank(after))
			after = utf8_next(s, &next);
		if (is_blank(c) && (before >= 0x80 || after >= 0x80))
			continue;
		buf_put(&b, str_sub(s, from, at));
		before = c;
	}
	return arena_str(a, buf_str(&b));
}

struct sorter {
	struct frame *fr;
	const struct group *by;
	struct bunches *out;
	struct map known;               /* squeezed key → index + 1 */
};

static struct bunch *bunch_of(struct sorter *s, struct str key, bool make)
{
	struct arena *a = s->fr->c->f->arena;
	void **at = map_at(&s->known, utf8_squeeze(a, key));

	if (!*at && make) {
		ARENA_PUSH(a, s->out->p, s->out->n, s->out->cap)->key = key_text(a, key);
		*at = (void *)(uintptr_t)s->out->n;
	}
	return *at ? &s->out->p[(uintptr_t)*at - 1] : NULL;
}

static void put_in(struct sorter *s, struct str key, const struct item *it)
{
	struct bunch *b = bunch_of(s, key, !s->by->only);

	/* A list may name a member twice: the item counts once. */
	if (!b || (b->items.n && b->items.p[b->items.n - 1].fact == it->fact &&
	           b->items.p[b->items.n - 1].slot == it->slot))
		return;
	*ARENA_PUSH(s->fr->c->f->arena, b->items.p, b->items.n, b->items.cap) = *it;
}

static const struct node *lookup_words(const struct facts *f, struct str name)
{
	struct str key = f->scheme->office ? node_text(f->scheme->office, name) : STR_NONE;
	const struct node *v = f->org ? node_get(f->org->office.settings, key.n ? key : name) : NULL;

	return v && v->kind == NODE_MAP ? v : NULL;
}

static void put_looked_up(struct sorter *s, const struct node *table, const struct node *v, const struct item *it)
{
	for (size_t i = 0; table && i < table->n; i++)
		for (size_t k = 0; table->items[i]->kind == NODE_LIST && k < table->items[i]->n; k++)
			if (has_word(s->fr, v, table->items[i]->items[k]->text)) {
				put_in(s, table->keys[i]->text, it);
				break;
			}
}

static void put_item(struct sorter *s, const struct node *table, const struct item *it)
{
	struct arena *a = s->fr->c->f->arena;
	const struct node *v;
	struct date day;

	if (s->by->kind == BY_MONTH) {
		day = item_day(s->fr, it, &s->by->at);
		if (date_is(day))
			put_in(s, arena_printf(a, "%d", date_ymd(day).m), it);
		return;
	}
	v = item_value(s->fr, it, &s->by->at);
	if (!v)
		return;
	if (s->by->kind == BY_LOOKUP)
		put_looked_up(s, table, v, it);
	else if (v->kind != NODE_LIST)
		put_in(s, value_text(a, LANG_ZH, v), it);
	for (size_t i = 0; s->by->kind == BY_FIELD && v->kind == NODE_LIST && i < v->n; i++)
		put_in(s, value_text(a, LANG_ZH, v->items[i]), it);
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct bunch *)a)->key, ((const struct bunch *)b)->key);
}

void bunches_of(struct frame *fr, const struct group *by, const struct items *items, struct bunches *out)
{
	struct sorter s = {.fr = fr, .by = by, .out = out, .known = MAP_IN(fr->c->f->arena)};
	const struct node *table = by->kind == BY_LOOKUP ? lookup_words(fr->c->f, by->lookup) : NULL;
	size_t fixed;

	*out = (struct bunches){0};
	for (int m = 1; by->kind == BY_MONTH && m <= 12; m++)
		bunch_of(&s, arena_printf(fr->c->f->arena, "%d", m), true);
	for (size_t i = 0; table && i < table->n; i++)
		bunch_of(&s, table->keys[i]->text, true);
	for (size_t i = 0; i < by->all.n; i++)
		bunch_of(&s, by->all.p[i], true);
	fixed = out->n;
	for (size_t i = 0; i < items->n; i++)
		put_item(&s, table, &items->p[i]);
	if (out->n > fixed)
		qsort(out->p + fixed, out->n - fixed, sizeof *out->p, by_key);
}
