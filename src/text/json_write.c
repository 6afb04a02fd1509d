#include "text/json.h"

#include "text/nfc.h"

#include <stdlib.h>
#include <string.h>

#define SAFE_INT (((int64_t)1 << 53) - 1)

/* What stands behind the backslash; u: a \u00XX; d: U+007F, plain except in canonical form. */
static const char escape[256] = {
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
	['"'] = '"', ['\\'] = '\\', [0x7F] = 'd',
};

#define EACH(byte) (0x0101010101010101 * (uint64_t)(byte))
#define HAS_ZERO(v) (((v) - EACH(1)) & ~(v) & EACH(0x80))

/* The first byte from at on that may need an escape, s.n when there is none. */
static size_t run(struct str s, size_t at)
{
	for (uint64_t v; at + 8 <= s.n; at += 8) {
		memcpy(&v, s.p + at, 8);
		if (((v - EACH(0x20)) & ~v & EACH(0x80)) | HAS_ZERO(v ^ EACH('"')) |
			HAS_ZERO(v ^ EACH('\\')) | HAS_ZERO(v ^ EACH(0x7F)))
			break;
	}
	while (at < s.n && !escape[(unsigned char)s.p[at]])
		at++;
	return at;
}

static void put_escape(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char out[6] = {'\\', escape[c], '0', '0', hex[c >> 4], hex[c & 15]};

	if (escape[c] == 'd')
		buf_putc(b, (char)c);
	else
		buf_put(b, (struct str){out, escape[c] == 'u' ? 6 : 2});
}

/* Quoted; allowed says which kinds of escape are used, NULL all. The first byte that needs another is
 * returned, -1 if there is none. */
static int put_text(struct buf *b, struct str s, const char *allowed)
{
	buf_putc(b, '"');
	for (size_t at = 0, to; at < s.n; at = to + 1) {
		unsigned char c;

		to = run(s, at);
		buf_put(b, str_sub(s, at, to));
		if (to == s.n)
			break;
		c = (unsigned char)s.p[to];
		if (allowed && !strchr(allowed, escape[c]))
			return c;
		put_escape(b, c);
	}
	buf_putc(b, '"');
	return -1;
}

void json_quote(struct buf *b, struct str s)
{
	put_text(b, s, NULL);
}

static void put_int(struct buf *b, int64_t v)
{
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	char out[24];
	size_t at = sizeof out;

	do
		out[--at] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		out[--at] = '-';
	buf_put(b, (struct str){out + at, sizeof out - at});
}

static enum err_code canon_text(struct buf *b, struct str s, struct err *err)
{
	int c;

	if (!nfc_is(s))
		return fail(err, ERR_INPUT, "text that is not UTF-8 in normal form C");
	c = put_text(b, s, "\"\\nt");
	return c < 0 ? OK : fail(err, ERR_INPUT, "a control character (U+%04X) in a text", (unsigned)c);
}

static enum err_code canon(struct buf *b, const struct node *n, int depth, struct err *err);

static enum err_code canon_list(struct buf *b, const struct node *n, int depth, struct err *err)
{
	buf_putc(b, '[');
	for (size_t i = 0; i < n->n; i++) {
		if (i)
			buf_putc(b, ',');
		TRY(canon(b, n->items[i], depth, err));
	}
	buf_putc(b, ']');
	return OK;
}

static bool sorted(const struct node *map)
{
	for (size_t i = 1; i < map->n; i++)
		if (str_cmp(map->keys[i - 1]->text, map->keys[i]->text) >= 0)
			return false;
	return true;
}

struct pair {
	const struct node *key, *value;
};

static int pair_cmp(const void *a, const void *b)
{
	return str_cmp(((const struct pair *)a)->key->text, ((const struct pair *)b)->key->text);
}

static enum err_code canon_pair(struct buf *b, struct pair p, bool first, int depth, struct err *err)
{
	if (!first)
		buf_putc(b, ',');
	TRY(canon_text(b, p.key->text, err));
	buf_putc(b, ':');
	if (canon(b, p.value, depth, err) != OK)
		return err_at(err, STR_FMT, STR_ARG(p.key->text));
	return OK;
}

static void pairs_free(struct pair **p)
{
	free(*p);
}

static enum err_code canon_sorted(struct buf *b, const struct node *n, int depth, struct err *err)
{
	CLEANUP(pairs_free) struct pair *many = NULL;
	struct pair few[16], *p = few;

	if (n->n > LEN(few))
		p = many = calloc(n->n, sizeof *many);
	if (!p)
		BUG("out of memory (map of %zu keys)", n->n);
	for (size_t i = 0; i < n->n; i++)
		p[i] = (struct pair){n->keys[i], n->items[i]};
	qsort(p, n->n, sizeof *p, pair_cmp);
	for (size_t i = 0; i < n->n; i++) {
		if (i && str_eq(p[i - 1].key->text, p[i].key->text))
			BUG("key twice: " STR_FMT, STR_ARG(p[i].key->text));
		TRY(canon_pair(b, p[i], i == 0, depth, err));
	}
	return OK;
}

static enum err_code canon_map(struct buf *b, const struct node *n, int depth, struct err *err)
{
	buf_putc(b, '{');
	if (!sorted(n))
		TRY(canon_sorted(b, n, depth, err));
	else
		for (size_t i = 0; i < n->n; i++)
			TRY(canon_pair(b, (struct pair){n->keys[i], n->items[i]}, i == 0, depth, err));
	buf_putc(b, '}');
	return OK;
}

static enum err_code canon(struct buf *b, const struct node *n, int depth, struct err *err)
{
	switch (n->kind) {
	case NODE_NULL:
		buf_put(b, S("null"));
		return OK;
	case NODE_BOOL:
		buf_put(b, n->yes ? S("true") : S("false"));
		return OK;
	case NODE_INT:
		if (n->num > SAFE_INT || n->num < -SAFE_INT)
			return fail(err, ERR_INPUT, "a number beyond 9007199254740991");
		put_int(b, n->num);
		return OK;
	case NODE_TEXT:
		return canon_text(b, n->text, err);
	case NODE_LIST:
	case NODE_MAP:
		if (depth == JSON_DEPTH)
			return fail(err, ERR_INPUT, "nested deeper than %d levels", JSON_DEPTH);
		return (n->kind == NODE_MAP ? canon_map : canon_list)(b, n, depth + 1, err);
	}
	BUG("node of kind %d", (int)n->kind);
}

enum err_code json_canon(struct buf *b, const struct node *node, struct err *err)
{
	size_t was = b->n;
	enum err_code code = canon(b, node, 0, err);

	if (code == OK && b->over)
		code = fail(err, ERR_LIMIT, "more than %zu bytes of JSON", b->max);
	if (code != OK) {
		b->n = was;
		if (b->p)
			b->p[was] = 0;
	}
	return code;
}

static void put_line(struct buf *b, int depth)
{
	buf_putc(b, '\n');
	for (int i = 0; i < depth; i++)
		buf_put(b, S("  "));
}

static void pretty(struct buf *b, const struct node *n, int depth)
{
	bool map = n->kind == NODE_MAP;

	switch (n->kind) {
	case NODE_NULL:
		buf_put(b, S("null"));
		break;
	case NODE_BOOL:
		buf_put(b, n->yes ? S("true") : S("false"));
		break;
	case NODE_INT:
		put_int(b, n->num);
		break;
	case NODE_TEXT:
		if (n->decimal)
			buf_put(b, n->text);
		else
			json_quote(b, n->text);
		break;
	case NODE_LIST:
	case NODE_MAP:
		buf_putc(b, map ? '{' : '[');
		for (size_t i = 0; i < n->n; i++) {
			if (i)
				buf_putc(b, ',');
			put_line(b, depth + 1);
			if (map) {
				json_quote(b, n->keys[i]->text);
				buf_put(b, S(": "));
			}
			pretty(b, n->items[i], depth + 1);
		}
		if (n->n)
			put_line(b, depth);
		buf_putc(b, map ? '}' : ']');
		break;
	}
}

void json_pretty(struct buf *b, const struct node *node)
{
	pretty(b, node, 0);
}
