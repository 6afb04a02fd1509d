#include "log/canon.h"

#include "text/json.h"
#include "text/nfc.h"

enum { INT_DIGITS = 16 };
static const int64_t INT_MAX_ = INT64_C(9007199254740991);   /* 2^53-1 */

struct reader {
	struct canon c;
	struct arena *a;
};

bool canon_take(struct canon *c, char what)
{
	if (c->p == c->end || *c->p != what)
		return false;
	c->p++;
	return true;
}

bool canon_word(struct canon *c, struct str what)
{
	if ((size_t)(c->end - c->p) < what.n || memcmp(c->p, what.p, what.n))
		return false;
	c->p += what.n;
	return true;
}

static char escaped(char c)
{
	return c == 'n' ? '\n' : c == 't' ? '\t' : c == '"' || c == '\\' ? c : 0;
}

bool canon_text(struct canon *c, struct str *raw, size_t *escapes)
{
	const char *p = c->p + 1;

	if (c->p == c->end || *c->p != '"')
		return false;
	for (*escapes = 0; p < c->end && *p != '"'; p++) {
		unsigned char b = (unsigned char)*p;

		if (b == '\\') {
			if (++p == c->end || !escaped(*p))
				return false;
			++*escapes;
		} else if (b < 0x20 || b == 0x7F) {
			return false;
		}
	}
	if (p >= c->end)
		return false;
	*raw = (struct str){c->p + 1, (size_t)(p - c->p - 1)};
	c->p = p + 1;
	return true;
}

struct str canon_unescape(struct arena *a, struct str raw, size_t escapes)
{
	char *out, *o;

	if (!escapes)
		return raw;
	out = o = arena_alloc(a, raw.n - escapes + 1);
	for (size_t i = 0; i < raw.n; i++)
		*o++ = raw.p[i] == '\\' ? escaped(raw.p[++i]) : raw.p[i];
	return (struct str){out, (size_t)(o - out)};
}

static bool text(struct reader *r, struct str *out)
{
	struct str raw;
	size_t escapes;

	if (!canon_text(&r->c, &raw, &escapes))
		return false;
	*out = canon_unescape(r->a, raw, escapes);
	return nfc_is(*out);
}

bool canon_number(struct canon *c, int64_t *out)
{
	bool minus = canon_take(c, '-');
	const char *p = c->p;
	int64_t v = 0;

	for (; p < c->end && *p >= '0' && *p <= '9'; p++) {
		if (p - c->p == INT_DIGITS)
			return false;
		v = v * 10 + (*p - '0');
	}
	if (p == c->p || v > INT_MAX_ || (*c->p == '0' && (p - c->p > 1 || minus)))
		return false;
	c->p = p;
	*out = minus ? -v : v;
	return true;
}

static bool value(struct reader *r, int depth, struct node **out);

static bool list(struct reader *r, int depth, struct node *n)
{
	if (canon_take(&r->c, ']'))
		return true;
	do {
		struct node *item, **place;

		if (!value(r, depth, &item))
			return false;
		place = ARENA_PUSH(r->a, n->items, n->n, n->cap);
		*place = item;
	} while (canon_take(&r->c, ','));
	return canon_take(&r->c, ']');
}

static bool map(struct reader *r, int depth, struct node *n)
{
	struct str last = STR_NONE;

	if (canon_take(&r->c, '}'))
		return true;
	do {
		struct node *key = ARENA_NEW(r->a, struct node), *item, **place;
		size_t nkeys = n->n;

		key->kind = NODE_TEXT;
		if (!text(r, &key->text) || (n->n && str_cmp(last, key->text) >= 0))
			return false;
		if (!canon_take(&r->c, ':') || !value(r, depth, &item))
			return false;
		last = key->text;
		place = ARENA_PUSH(r->a, n->keys, nkeys, n->keys_cap);
		*place = key;
		place = ARENA_PUSH(r->a, n->items, n->n, n->cap);
		*place = item;
	} while (canon_take(&r->c, ','));
	return canon_take(&r->c, '}');
}

/* The value's kind by its first character; depth counts the lists and maps around it. */
static bool value(struct reader *r, int depth, struct node **out)
{
	struct node *n = ARENA_NEW(r->a, struct node);

	*out = n;
	if (r->c.p == r->c.end)
		return false;
	switch (*r->c.p) {
	case '"':
		n->kind = NODE_TEXT;
		return text(r, &n->text);
	case '{':
	case '[':
		if (depth == JSON_DEPTH)
			return false;
		n->kind = *r->c.p++ == '{' ? NODE_MAP : NODE_LIST;
		return n->kind == NODE_MAP ? map(r, depth + 1, n) : list(r, depth + 1, n);
	case 't':
		n->kind = NODE_BOOL;
		n->yes = true;
		return canon_word(&r->c, S("true"));
	case 'f':
		n->kind = NODE_BOOL;
		return canon_word(&r->c, S("false"));
	case 'n':
		n->kind = NODE_NULL;
		return canon_word(&r->c, S("null"));
	default:
		n->kind = NODE_INT;
		return canon_number(&r->c, &n->num);
	}
}

bool canon_read(struct arena *a, struct str s, struct node **out)
{
	struct reader r = {{s.p, s.p + s.n}, a};
	struct node *n;

	if (!s.n || !value(&r, 0, &n) || r.c.p != r.c.end)
		return false;
	*out = n;
	return true;
}
