#include "log/canon.h"

#include "text/json.h"
#include "text/nfc.h"

enum { INT_DIGITS = 16 };
static const int64_t INT_MAX_ = INT64_C(9007199254740991);   /* 2^53-1 */

struct reader {
	struct arena *a;
	const char *p, *end;
};

static bool take(struct reader *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool word(struct reader *r, struct str w)
{
	if ((size_t)(r->end - r->p) < w.n || memcmp(r->p, w.p, w.n))
		return false;
	r->p += w.n;
	return true;
}

static char escaped(char c)
{
	return c == 'n' ? '\n' : c == 't' ? '\t' : c == '"' || c == '\\' ? c : 0;
}

/* The text behind the opening quote up to the closing one; escapes are counted. */
static bool span(struct reader *r, struct str *raw, size_t *escapes)
{
	const char *p = r->p;

	for (; p < r->end && *p != '"'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '\\') {
			if (++p == r->end || !escaped(*p))
				return false;
			++*escapes;
		} else if (c < 0x20 || c == 0x7F) {
			return false;
		}
	}
	if (p == r->end)
		return false;
	*raw = (struct str){r->p, (size_t)(p - r->p)};
	r->p = p + 1;
	return true;
}

static struct str unescaped(struct arena *a, struct str raw, size_t escapes)
{
	char *out = arena_alloc(a, raw.n - escapes + 1), *o = out;

	for (size_t i = 0; i < raw.n; i++)
		*o++ = raw.p[i] == '\\' ? escaped(raw.p[++i]) : raw.p[i];
	return (struct str){out, (size_t)(o - out)};
}

static bool text(struct reader *r, struct str *out)
{
	struct str s;
	size_t escapes = 0;

	if (!take(r, '"') || !span(r, &s, &escapes))
		return false;
	if (escapes)
		s = unescaped(r->a, s, escapes);
	*out = s;
	return nfc_is(s);
}

static bool number(struct reader *r, int64_t *out)
{
	bool minus = take(r, '-');
	const char *p = r->p;
	int64_t v = 0;

	for (; p < r->end && *p >= '0' && *p <= '9'; p++) {
		if (p - r->p == INT_DIGITS)
			return false;
		v = v * 10 + (*p - '0');
	}
	if (p == r->p || v > INT_MAX_ || (*r->p == '0' && (p - r->p > 1 || minus)))
		return false;
	r->p = p;
	*out = minus ? -v : v;
	return true;
}

static bool value(struct reader *r, int depth, struct node **out);

static bool list(struct reader *r, int depth, struct node *n)
{
	if (take(r, ']'))
		return true;
	do {
		struct node *item, **place;

		if (!value(r, depth, &item))
			return false;
		place = ARENA_PUSH(r->a, n->items, n->n, n->cap);
		*place = item;
	} while (take(r, ','));
	return take(r, ']');
}

static bool map(struct reader *r, int depth, struct node *n)
{
	struct str last = STR_NONE;

	if (take(r, '}'))
		return true;
	do {
		struct node *key = ARENA_NEW(r->a, struct node), *item, **place;
		size_t nkeys = n->n;

		key->kind = NODE_TEXT;
		if (!text(r, &key->text) || (n->n && str_cmp(last, key->text) >= 0))
			return false;
		if (!take(r, ':') || !value(r, depth, &item))
			return false;
		last = key->text;
		place = ARENA_PUSH(r->a, n->keys, nkeys, n->keys_cap);
		*place = key;
		place = ARENA_PUSH(r->a, n->items, n->n, n->cap);
		*place = item;
	} while (take(r, ','));
	return take(r, '}');
}

/* The value's kind by its first character; depth counts the lists and maps around it. */
static bool value(struct reader *r, int depth, struct node **out)
{
	struct node *n = ARENA_NEW(r->a, struct node);

	*out = n;
	if (r->p == r->end)
		return false;
	switch (*r->p) {
	case '"':
		n->kind = NODE_TEXT;
		return text(r, &n->text);
	case '{':
	case '[':
		if (depth == JSON_DEPTH)
			return false;
		n->kind = *r->p++ == '{' ? NODE_MAP : NODE_LIST;
		return n->kind == NODE_MAP ? map(r, depth + 1, n) : list(r, depth + 1, n);
	case 't':
		n->kind = NODE_BOOL;
		n->yes = true;
		return word(r, S("true"));
	case 'f':
		n->kind = NODE_BOOL;
		return word(r, S("false"));
	case 'n':
		n->kind = NODE_NULL;
		return word(r, S("null"));
	default:
		n->kind = NODE_INT;
		return number(r, &n->num);
	}
}

bool canon_read(struct arena *a, struct str s, struct node **out)
{
	struct reader r = {a, s.p, s.p + s.n};
	struct node *n;

	if (!s.n || !value(&r, 0, &n) || r.p != r.end)
		return false;
	*out = n;
	return true;
}
