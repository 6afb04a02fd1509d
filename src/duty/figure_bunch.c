/* Items in bunches by a key: a field, a month, a group that the office's settings make of words. */
#include "duty/figure_inside.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>

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
	bool bare;                      /* only the keys */
	struct tally known;             /* word that records have → index + 1 */
	struct map others;              /* squeezed key that no record has → index + 1 */
};

static struct bunch *bunch_of_word(struct sorter *s, const struct datum *word, struct str key, bool make)
{
	struct arena *a = s->fr->c->f->arena;
	uint32_t *at = tally_at(&s->known, word);

	if (!*at && make) {
		ARENA_PUSH(a, s->out->p, s->out->n, s->out->cap)->key = key_text(a, key);
		*at = (uint32_t)s->out->n;
	}
	return *at ? &s->out->p[*at - 1] : NULL;
}

static struct bunch *bunch_of(struct sorter *s, struct str key, bool make)
{
	struct arena *a = s->fr->c->f->arena;
	const struct datum *word = known_word(s->fr, key);
	void **other;

	if (word)
		return bunch_of_word(s, word, key, make);
	other = map_at(&s->others, utf8_squeeze(a, key));
	if (!*other && make) {
		ARENA_PUSH(a, s->out->p, s->out->n, s->out->cap)->key = key_text(a, key);
		*other = (void *)(uintptr_t)s->out->n;
	}
	return *other ? &s->out->p[(uintptr_t)*other - 1] : NULL;
}

static void put_in(struct sorter *s, struct bunch *b, const struct item *it)
{
	/* A list may name a member twice: the item counts once. */
	if (!b || s->bare || (b->items.n && b->items.p[b->items.n - 1].fact == it->fact &&
	           b->items.p[b->items.n - 1].slot == it->slot))
		return;
	*ARENA_PUSH(s->fr->c->f->arena, b->items.p, b->items.n, b->items.cap) = *it;
}

static void put_value(struct sorter *s, const struct datum *v, const struct item *it)
{
	struct str key = v->kind == NODE_TEXT ? v->text : datum_text(s->fr->c->f->arena, LANG_ZH, v);

	put_in(s, v->word ? bunch_of_word(s, v->word, key, !s->by->only) : bunch_of(s, key, !s->by->only), it);
}

static const struct node *lookup_words(const struct facts *f, struct str name)
{
	struct str key = f->scheme->office ? node_text(f->scheme->office, name) : STR_NONE;
	const struct node *v = f->org ? node_get(f->org->office.settings, key.n ? key : name) : NULL;

	return v && v->kind == NODE_MAP ? v : NULL;
}

static void put_looked_up(struct sorter *s, const struct node *table, const struct datum *v, const struct item *it)
{
	for (size_t i = 0; table && i < table->n; i++)
		for (size_t k = 0; table->items[i]->kind == NODE_LIST && k < table->items[i]->n; k++)
			if (has_word(s->fr, v, table->items[i]->items[k]->text,
			             known_word(s->fr, table->items[i]->items[k]->text))) {
				put_in(s, bunch_of(s, table->keys[i]->text, !s->by->only), it);
				break;
			}
}

static void put_item(struct sorter *s, const struct node *table, const struct item *it)
{
	const struct datum *v;
	struct date day;

	if (s->by->kind == BY_MONTH) {
		day = item_day(s->fr, it, &s->by->at);
		if (date_is(day))
			put_in(s, &s->out->p[date_ymd(day).m - 1], it);     /* the months came first */
		return;
	}
	v = item_value(s->fr, it, &s->by->at);
	if (!v)
		return;
	if (s->by->kind == BY_LOOKUP)
		put_looked_up(s, table, v, it);
	else if (v->kind != NODE_LIST)
		put_value(s, v, it);
	for (size_t i = 0; s->by->kind == BY_FIELD && v->kind == NODE_LIST && i < v->n; i++)
		put_value(s, v->items[i], it);
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct bunch *)a)->key, ((const struct bunch *)b)->key);
}

void bunches_of(struct frame *fr, const struct group *by, const struct items *items, struct bunches *out)
{
	struct sorter s = {.fr = fr, .by = by, .out = out, .known = TALLY_IN(fr->c->f->arena),
	                   .others = MAP_IN(fr->c->f->arena)};
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

struct texts keys_of(struct frame *fr, const struct look_at *at, const struct items *items)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	const struct group by = {.kind = BY_FIELD, .at = *at};
	struct bunches b = {0};
	struct sorter s = {.fr = fr, .by = &by, .out = &b, .bare = true, .known = TALLY_IN(&tmp),
	                   .others = MAP_IN(&tmp)};
	struct texts out;

	for (size_t i = 0; i < items->n; i++)
		put_item(&s, NULL, &items->p[i]);
	out = (struct texts){ARENA_ARRAY(fr->c->f->arena, struct str, b.n), b.n};
	for (size_t i = 0; i < b.n; i++)
		out.p[i] = b.p[i].key;
	return out;
}
