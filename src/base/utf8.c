#include "base/utf8.h"

/* Length of the whole character at s.p, 0 when it is broken; *c only when whole. */
static size_t whole(struct str s, uint32_t *c)
{
	const unsigned char *p = (const unsigned char *)s.p;
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n;
	uint32_t v;

	if (p[0] < 0x80) {
		*c = p[0];
		return 1;
	}
	n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || s.n < n)
		return 0;
	v = p[0] & (0xFFu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		v = v << 6 | (p[i] & 0x3F);
	}
	if (v < least[n] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
		return 0;
	*c = v;
	return n;
}

uint32_t utf8_next(struct str s, size_t *at)
{
	uint32_t c = 0xFFFD;
	size_t n = whole(str_sub(s, *at, s.n), &c);

	*at += n ? n : 1;
	return c;
}

size_t utf8_check(struct str s)
{
	size_t at = 0, n;
	uint32_t c;

	while (at < s.n) {
		n = whole((struct str){s.p + at, s.n - at}, &c);
		if (!n)
			return at;
		at += n;
	}
	return s.n;
}

bool utf8_valid(struct str s)
{
	return utf8_check(s) == s.n;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

size_t utf8_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static struct str fold(struct arena *a, struct str s, bool squeeze)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0, at = 0;

	while (at < s.n) {
		size_t from = at;
		uint32_t c;

		if ((unsigned char)s.p[at] < 0x80) {   /* the common case, without a call */
			c = (unsigned char)s.p[at++];
		} else {
			c = utf8_next(s, &at);
			if (c >= 0xFF01 && c <= 0xFF5E)
				c -= 0xFEE0;
			else if (c == 0x3000)
				c = ' ';
		}
		if (squeeze && (c <= ' ' || c == 0xA0))
			continue;
		if (c < 0x80) {
			out[n++] = (char)c;
		} else {
			memcpy(out + n, s.p + from, at - from);
			n += at - from;
		}
	}
	return (struct str){out, n};
}

struct str utf8_half(struct arena *a, struct str s)
{
	return fold(a, s, false);
}

struct str utf8_squeeze(struct arena *a, struct str s)
{
	return fold(a, s, true);
}
