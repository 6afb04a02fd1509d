/* Canonical JSON straight into values: what canon_read (log/canon.h) accepts, without its nodes. A text that is known
 * was checked when it came; only new ones are looked at for their normal form. */
#include "record/datum_inside.h"

#include "log/canon.h"
#include "text/json.h"
#include "text/nfc.h"

#include <stdlib.h>

struct reader {
	struct canon c;
	struct datums *t;
	struct arena tmp;                /* texts without their escapes, lists until they are kept */
};

static const struct datum *value(struct reader *r, int depth);

static const struct datum *text(struct reader *r)
{
	struct datum d = {.kind = NODE_TEXT}, **slot;
	size_t escapes;

	if (!canon_text(&r->c, &d.text, &escapes))
		return NULL;
	d.text = canon_unescape(&r->tmp, d.text, escapes);
	slot = datum_slot(r->t, &d);
	if (*slot)
		return *slot;
	return nfc_is(d.text) ? datum_take(r->t, &d, slot) : NULL;
}

/* The items, and of a map the keys behind them, in the table's arena only when the value is new. */
static const struct datum *keep(struct reader *r, enum node_kind kind, const struct datum **items,
	const struct datum **keys, size_t n)
{
	size_t all = kind == NODE_MAP ? 2 * n : n;
	const struct datum **p = ARENA_ARRAY(&r->tmp, const struct datum *, all);
	struct datum d = {.kind = (uint8_t)kind, .items = p, .n = (uint32_t)n};

	if (n)
		memcpy(p, items, n * sizeof *p);
	if (all > n)
		memcpy(p + n, keys, n * sizeof *p);
	return datum_keep(r->t, &d);
}

static const struct datum *list(struct reader *r, int depth)
{
	const struct datum **items = NULL, *item;
	size_t n = 0, cap = 0;

	if (canon_take(&r->c, ']'))
		return keep(r, NODE_LIST, NULL, NULL, 0);
	do {
		item = value(r, depth);
		if (!item)
			return NULL;
		*ARENA_PUSH(&r->tmp, items, n, cap) = item;
	} while (canon_take(&r->c, ','));
	return canon_take(&r->c, ']') ? keep(r, NODE_LIST, items, NULL, n) : NULL;
}

/* A key and the colon behind it; last: the key before it, NULL for the first. */
static const struct datum *key_after(struct reader *r, const struct datum *last)
{
	const struct datum *key = text(r);

	if (!key || (last && str_cmp(last->text, key->text) >= 0))
		return NULL;
	return canon_take(&r->c, ':') ? key : NULL;
}

static const struct datum *map(struct reader *r, int depth)
{
	const struct datum **items = NULL, **keys = NULL, *item, *key = NULL;
	size_t n = 0, cap = 0, nkeys = 0, keys_cap = 0;

	if (canon_take(&r->c, '}'))
		return keep(r, NODE_MAP, NULL, NULL, 0);
	do {
		key = key_after(r, key);
		item = key ? value(r, depth) : NULL;
		if (!item)
			return NULL;
		*ARENA_PUSH(&r->tmp, items, n, cap) = item;
		*ARENA_PUSH(&r->tmp, keys, nkeys, keys_cap) = key;
	} while (canon_take(&r->c, ','));
	return canon_take(&r->c, '}') ? keep(r, NODE_MAP, items, keys, n) : NULL;
}

static const struct datum *value(struct reader *r, int depth)
{
	struct datum d = {.kind = NODE_NULL};

	if (r->c.p == r->c.end)
		return NULL;
	switch (*r->c.p) {
	case '"':
		return text(r);
	case '{':
	case '[':
		if (depth == JSON_DEPTH)
			return NULL;
		return *r->c.p++ == '{' ? map(r, depth + 1) : list(r, depth + 1);
	case 't':
	case 'f':
		d.kind = NODE_BOOL;
		d.yes = *r->c.p == 't';
		return canon_word(&r->c, d.yes ? S("true") : S("false")) ? datum_keep(r->t, &d) : NULL;
	case 'n':
		return canon_word(&r->c, S("null")) ? datum_keep(r->t, &d) : NULL;
	default:
		d.kind = NODE_INT;
		return canon_number(&r->c, &d.num) ? datum_keep(r->t, &d) : NULL;
	}
}

const struct datum *datum_read(struct datums *t, struct str json)
{
	struct reader r = {.c = {json.p, json.p + json.n}, .t = t};
	const struct datum *d = json.n ? value(&r, 0) : NULL;

	if (r.c.p != r.c.end)
		d = NULL;
	arena_free(&r.tmp);
	return d;
}

/* ---- a record ---- */

static int by_name(const void *a, const void *b)
{
	return str_cmp((*(const struct field *const *)a)->name, (*(const struct field *const *)b)->name);
}

const struct field **field_order(struct arena *a, const struct record_type *type)
{
	const struct field **out = ARENA_ARRAY(a, const struct field *, type->nfields);

	for (size_t i = 0; i < type->nfields; i++)
		out[i] = &type->fields[i];
	if (type->nfields)
		qsort(out, type->nfields, sizeof *out, by_name);
	return out;
}

/* One key and its value. at: the first field that may come; both are in the same order. */
static bool member(struct reader *r, struct arena *a, const struct field *const *order, size_t n, size_t *at,
	const struct datum **last, struct datum_row *out)
{
	const struct datum *key = key_after(r, *last), *v = key ? value(r, 1) : NULL;
	int cmp = -1;

	*last = key;
	while (v && *at < n && (cmp = str_cmp(order[*at]->name, key->text)) < 0)
		++*at;
	if (v && *at < n && !cmp)
		out->cells[order[*at]->at] = v;
	else if (v)
		*ARENA_PUSH(a, out->more, out->nmore, out->cap) = (struct datum_named){key, v};
	return v;
}

bool datum_read_row(struct datums *t, struct arena *a, struct str json, const struct field *const *order, size_t n,
	struct datum_row *out)
{
	struct reader r = {.c = {json.p, json.p + json.n}, .t = t};
	const struct datum *last = NULL;
	size_t at = 0;
	bool good = canon_take(&r.c, '{');

	if (good && !canon_take(&r.c, '}')) {
		do
			good = member(&r, a, order, n, &at, &last, out);
		while (good && canon_take(&r.c, ','));
		good = good && canon_take(&r.c, '}');
	}
	arena_free(&r.tmp);
	return good && r.c.p == r.c.end;
}
