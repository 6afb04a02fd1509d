/* A node as YAML on one line. */
#include "base/buf.h"
#include "text/node.h"

enum { FLOW_BYTES = 1 << 20 };

/* May it stand without quotes, also between the commas of a list? */
static bool plain(struct str s)
{
	static const char first[] = "-?:,[]{}#&*!|>'\"%@` ";

	if (!s.n || strchr(first, s.p[0]) || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ':')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c == 0x7F || strchr(",[]{}", c))
			return false;
		if ((c == ':' && s.p[i + 1] == ' ') || (c == '#' && s.p[i - 1] == ' '))
			return false;
	}
	return !str_is(s, "<<");
}

static void scalar(struct buf *b, struct str s)
{
	if (plain(s)) {
		buf_put(b, s);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\n' || c == '\t') {
			buf_printf(b, "\\%c", c == '\n' ? 'n' : 't');
			continue;
		}
		if (c == '"' || c == '\\')
			buf_putc(b, '\\');
		buf_putc(b, c);
	}
	buf_putc(b, '"');
}

static void put(struct buf *b, const struct node *n)
{
	bool map = n->kind == NODE_MAP;

	if (!map && n->kind != NODE_LIST) {
		scalar(b, n->text);
		return;
	}
	buf_putc(b, map ? '{' : '[');
	for (size_t i = 0; i < n->n; i++) {
		if (i)
			buf_put(b, S(", "));
		if (map) {
			scalar(b, n->keys[i]->text);
			buf_put(b, S(": "));
		}
		put(b, n->items[i]);
	}
	buf_putc(b, map ? '}' : ']');
}

struct str node_flow(struct arena *a, const struct node *n)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(FLOW_BYTES);

	put(&b, n);
	return arena_str(a, buf_str(&b));
}
