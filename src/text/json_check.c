#include "text/json.h"

#include "text/nfc.h"

/* The grammar of canonical JSON, read once from front to back. tests/fuzz/fuzz_json.c holds it against
 * reading and writing. */
struct check {
	struct str s;
	size_t at;
};

static bool eat(struct check *c, char what)
{
	if (c->at == c->s.n || c->s.p[c->at] != what)
		return false;
	c->at++;
	return true;
}

static bool eat_word(struct check *c, struct str word)
{
	if (!str_starts(str_sub(c->s, c->at, c->s.n), word))
		return false;
	c->at += word.n;
	return true;
}

/* *raw is what stands between the quotes. An escape stands for a character that nothing composes with, so
 * each part between escapes is in normal form by itself or not at all. */
static bool text(struct check *c, struct str *raw)
{
	size_t from, part;

	if (!eat(c, '"'))
		return false;
	for (from = part = c->at; c->at < c->s.n; c->at++) {
		unsigned char b = (unsigned char)c->s.p[c->at];

		if (b != '"' && b != '\\' && b >= 0x20 && b != 0x7F)
			continue;
		if (!nfc_is(str_sub(c->s, part, c->at)))
			return false;
		if (b == '"') {
			*raw = str_sub(c->s, from, c->at++);
			return true;
		}
		if (b != '\\' || ++c->at == c->s.n || !memchr("\"\\nt", c->s.p[c->at], 4))
			return false;
		part = c->at + 1;
	}
	return false;
}

/* The byte that the raw text has at *at, escapes undone; -1 at the end. */
static int raw_next(struct str raw, size_t *at)
{
	if (*at == raw.n)
		return -1;
	if (raw.p[*at] == '\\') {
		*at += 2;
		return raw.p[*at - 1] == 'n' ? '\n' : raw.p[*at - 1] == 't' ? '\t' : raw.p[*at - 1];
	}
	return (unsigned char)raw.p[(*at)++];
}

static int raw_cmp(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		int x = raw_next(a, &i), y = raw_next(b, &k);

		if (x != y || x < 0)
			return x - y;
	}
}

static bool number(struct check *c)
{
	size_t from = c->at += c->s.p[c->at] == '-';
	int64_t v;

	while (c->at < c->s.n && c->s.p[c->at] >= '0' && c->s.p[c->at] <= '9')
		c->at++;
	if (c->at == from || c->s.p[from] == '0' || !str_int(str_sub(c->s, from, c->at), &v))
		return false;
	return v <= ((int64_t)1 << 53) - 1;
}

static bool value(struct check *c, int depth);

static bool list(struct check *c, int depth)
{
	if (eat(c, ']'))
		return true;
	do {
		if (!value(c, depth))
			return false;
	} while (eat(c, ','));
	return eat(c, ']');
}

static bool map(struct check *c, int depth)
{
	struct str key, last = STR_NONE;
	bool first = true;

	if (eat(c, '}'))
		return true;
	do {
		if (!text(c, &key) || (!first && raw_cmp(last, key) >= 0) || !eat(c, ':') || !value(c, depth))
			return false;
		last = key;
		first = false;
	} while (eat(c, ','));
	return eat(c, '}');
}

static bool value(struct check *c, int depth)
{
	struct str raw;

	if (c->at == c->s.n)
		return false;
	switch (c->s.p[c->at]) {
	case '{':
		c->at++;
		return depth < JSON_DEPTH && map(c, depth + 1);
	case '[':
		c->at++;
		return depth < JSON_DEPTH && list(c, depth + 1);
	case '"':
		return text(c, &raw);
	case '0':
		c->at++;
		return true;
	case 't':
		return eat_word(c, S("true"));
	case 'f':
		return eat_word(c, S("false"));
	case 'n':
		return eat_word(c, S("null"));
	default:
		return number(c);
	}
}

bool json_is_canon(struct str s)
{
	struct check c = {.s = s};

	return s.n <= JSON_BYTES && value(&c, 0) && c.at == c.s.n;
}
