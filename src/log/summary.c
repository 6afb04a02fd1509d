#include "log/event.h"
#include "log/tree.h"

#include <inttypes.h>

enum { SUMMARY_BYTES = 240, VALUE_BYTES = 90, DIGEST_SHOWN = 12 };

static void value(struct buf *b, const struct node *v);

static void members(struct buf *b, const struct node *map)
{
	for (size_t i = 0; i < map->n && !b->over; i++) {
		const struct node *v = map->items[i];

		if (v->kind == NODE_NULL || (v->kind == NODE_TEXT && !v->text.n))
			continue;
		if (b->n && b->p[b->n - 1] != ' ')
			buf_putc(b, ' ');
		if (v->kind == NODE_MAP) { /* fields of a record: their names say enough */
			members(b, v);
			continue;
		}
		buf_put(b, map->keys[i]->text);
		buf_putc(b, '=');
		value(b, v);
	}
}

/* At most so many bytes, never half a character. */
static struct str shortened(struct str s, size_t bytes)
{
	if (s.n <= bytes)
		return s;
	while (bytes && ((unsigned char)s.p[bytes] & 0xC0) == 0x80)
		bytes--;
	return str_sub(s, 0, bytes);
}

static void value(struct buf *b, const struct node *v)
{
	struct str s;

	switch (v->kind) {
	case NODE_NULL:
		break;
	case NODE_BOOL:
		buf_put(b, v->yes ? S("true") : S("false"));
		break;
	case NODE_INT:
		buf_printf(b, "%" PRId64, v->num);
		break;
	case NODE_TEXT:
		s = shortened(v->text, hash_parse(v->text, &(struct hash){0}) ? DIGEST_SHOWN : VALUE_BYTES);
		buf_put(b, s);
		if (s.n < v->text.n)
			buf_put(b, S("…"));
		break;
	case NODE_LIST:
		buf_putc(b, '[');
		for (size_t i = 0; i < v->n && !b->over; i++) {
			if (i)
				buf_putc(b, ',');
			value(b, v->items[i]);
		}
		buf_putc(b, ']');
		break;
	case NODE_MAP:
		buf_putc(b, '{');
		members(b, v);
		buf_putc(b, '}');
		break;
	}
}

struct str event_summary(struct arena *a, const struct node *data)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(EVENT_BYTES);
	struct str s;

	if (data && data->kind == NODE_MAP)
		members(&b, data);
	s = shortened(buf_str(&b), SUMMARY_BYTES);
	return arena_printf(a, STR_FMT "%s", STR_ARG(s), s.n < b.n ? "…" : "");
}
