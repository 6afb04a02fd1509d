#include "record/datum_inside.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "log/event.h"
#include "scheme/day.h"
#include "scheme/number.h"

/* ---- the table ---- */

static void grow(struct datums *t)
{
	struct datum **old = t->slots;
	size_t n = t->nslots;

	t->nslots = n ? n * 2 : 1024;
	t->slots = ARENA_ARRAY(t->arena, struct datum *, t->nslots);
	for (size_t i = 0; i < n; i++) {
		size_t at;

		if (!old[i])
			continue;
		for (at = old[i]->hash; t->slots[at & (t->nslots - 1)]; at++)
			;
		t->slots[at & (t->nslots - 1)] = old[i];
	}
}

static bool same(const struct datum *x, const struct datum *y)
{
	if (x->hash != y->hash || x->kind != y->kind)
		return false;
	switch ((enum node_kind)x->kind) {
	case NODE_TEXT:
		return str_eq(x->text, y->text);
	case NODE_INT:
		return x->num == y->num;
	case NODE_BOOL:
		return x->yes == y->yes;
	case NODE_LIST:
		return x->n == y->n && !memcmp(x->items, y->items, x->n * sizeof *x->items);
	case NODE_MAP:
		return x->n == y->n && !memcmp(x->items, y->items, 2 * x->n * sizeof *x->items);
	case NODE_NULL:
		break;
	}
	return true;
}

static uint32_t hash_of(const struct datum *d)
{
	switch ((enum node_kind)d->kind) {
	case NODE_TEXT:
		return (uint32_t)str_hash(d->text);
	case NODE_INT:
		return (uint32_t)str_hash((struct str){(const char *)&d->num, sizeof d->num});
	case NODE_LIST:
	case NODE_MAP:
		return (uint32_t)str_hash((struct str){(const char *)d->items, d->n * sizeof *d->items});
	case NODE_BOOL:
	case NODE_NULL:
		break;
	}
	return (uint32_t)d->kind << 1 | d->yes;
}

struct datum **datum_slot(const struct datums *t, struct datum *d)
{
	d->hash = hash_of(d);
	for (size_t at = d->hash;; at++) {
		struct datum **slot = &t->slots[at & (t->nslots - 1)];

		if (!*slot || same(*slot, d))
			return slot;
	}
}

bool text_squeezes(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == 0xC2 || c == 0xEF ||
			(c == 0xE3 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0x80))
			return true;
	}
	return false;
}

static void read_day(struct datum *d)
{
	struct period p;
	struct date day;

	d->day = DATE_NONE_N;
	if (d->text.n == 10 && date_parse(d->text, &day)) {
		d->day = day.n;
	} else if (period_parse(d->text, &p)) {
		d->day = p.last.n;
		d->period = true;
	}
}

static const struct datum *const *copy_items(struct arena *a, const struct datum *d)
{
	size_t n = d->kind == NODE_MAP ? 2 * (size_t)d->n : d->n;
	const struct datum **p = ARENA_ARRAY(a, const struct datum *, n);

	if (n)
		memcpy(p, d->items, n * sizeof *p);
	return p;
}

/* A text that squeezing leaves alone is its own word. */
static const struct datum *word_of(struct datums *t, struct datum *d)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str text = datum_text(&a, LANG_ZH, d);

	if (d->kind == NODE_TEXT && !text_squeezes(text))
		return d;
	return datum_add(t, text_squeezes(text) ? utf8_squeeze(&a, text) : text);
}

const struct datum *datum_take(struct datums *t, const struct datum *d, struct datum **slot)
{
	size_t text = d->kind == NODE_TEXT ? d->text.n : 0;
	struct datum *kept = arena_alloc(t->arena, sizeof *kept + text);

	*kept = *d;
	if (kept->kind == NODE_TEXT) {   /* what is compared lies side by side */
		kept->text.p = memcpy(kept + 1, text ? d->text.p : "", text);
		read_day(kept);
	} else if (kept->kind == NODE_LIST || kept->kind == NODE_MAP) {
		kept->items = copy_items(t->arena, d);
	}
	if ((t->n + 1) * 2 > t->nslots) {
		grow(t);
		slot = datum_slot(t, kept);
	}
	*slot = kept;
	t->n++;
	kept->word = word_of(t, kept);
	return kept;
}

const struct datum *datum_keep(struct datums *t, struct datum *d)
{
	struct datum **slot = datum_slot(t, d);

	return *slot ? *slot : datum_take(t, d, slot);
}

void datums_init(struct datums *t, struct arena *a)
{
	*t = (struct datums){.arena = a};
	grow(t);
	t->none = datum_add(t, S(""));
}

const struct datum *datum_add(struct datums *t, struct str text)
{
	return datum_keep(t, &(struct datum){.kind = NODE_TEXT, .text = text});
}

const struct datum *datum_find(const struct datums *t, struct str text)
{
	struct datum d = {.kind = NODE_TEXT, .text = text};

	if (!t->nslots)
		return NULL;
	return *datum_slot(t, &d);
}

const struct datum *datum_word(const struct datums *t, struct arena *a, struct str text)
{
	return datum_find(t, text_squeezes(text) ? utf8_squeeze(a, text) : text);
}

/* ---- a value ---- */

struct node *datum_node(struct arena *a, const struct datum *d)
{
	struct node *out;

	switch ((enum node_kind)d->kind) {
	case NODE_BOOL:
		return node_bool(a, d->yes);
	case NODE_INT:
		return node_num(a, d->num);
	case NODE_TEXT:
		return node_str(a, d->text);
	case NODE_LIST:
		out = node_list(a);
		for (size_t i = 0; i < d->n; i++)
			node_push(a, out, datum_node(a, d->items[i]));
		return out;
	case NODE_MAP:
		out = node_map(a);
		for (size_t i = 0; i < d->n; i++)
			node_put(a, out, datum_node(a, d->items[d->n + i]), datum_node(a, d->items[i]));
		return out;
	case NODE_NULL:
		break;
	}
	return node_null(a);
}

struct str datum_text(struct arena *a, enum lang lang, const struct datum *d)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);

	if (!d || d->kind == NODE_NULL)
		return STR_NONE;
	if (d->kind == NODE_BOOL)
		return str_c(tr(lang, d->yes ? N_("yes") : N_("no")));
	if (d->kind == NODE_INT)
		return arena_printf(a, "%lld", (long long)d->num);
	if (d->kind == NODE_TEXT)
		return d->text;
	for (size_t i = 0; i < d->n; i++) {
		if (i)
			buf_put(&b, lang == LANG_ZH ? S("、") : S(", "));
		buf_put(&b, d->items[i]->text);
	}
	return arena_str(a, buf_str(&b));
}

struct date datum_day(const struct field *field, const struct datum *d)
{
	if (!d || d->kind != NODE_TEXT || d->period != (field->type == TYPE_PERIOD))
		return DATE_NONE;
	return (struct date){d->day};
}

bool datum_number(const struct datum *d, int64_t *out)
{
	if (d && d->kind == NODE_INT) {
		*out = d->num * 1000;
		return true;
	}
	return d && d->kind == NODE_TEXT && thousandths(d->text, out);
}

/* ---- numbers by value ---- */

static size_t place(const struct tally *t, const struct datum *key)
{
	size_t at = (size_t)(((uint64_t)(uintptr_t)key >> 4) * 0x9E3779B97F4A7C15u >> 24);

	while (t->slots[at & (t->nslots - 1)].key && t->slots[at & (t->nslots - 1)].key != key)
		at++;
	return at & (t->nslots - 1);
}

uint32_t *tally_at(struct tally *t, const struct datum *key)
{
	struct tally old = *t;
	size_t at;

	if ((t->n + 1) * 2 > t->nslots) {
		t->nslots = t->nslots ? t->nslots * 4 : 16;
		t->slots = ARENA_ARRAY(t->arena, struct tally_slot, t->nslots);
		for (size_t i = 0; i < old.nslots; i++)
			if (old.slots[i].key)
				t->slots[place(t, old.slots[i].key)] = old.slots[i];
	}
	at = place(t, key);
	t->n += !t->slots[at].key;
	t->slots[at].key = key;
	return &t->slots[at].value;
}

uint32_t tally_get(const struct tally *t, const struct datum *key)
{
	return key && t->nslots ? t->slots[place(t, key)].value : 0;
}
