#include "text/nfc.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/place.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum fault { FINE, BROKEN, CROWDED };

/* Characters that composing leaves alone whatever stands beside them: combining class 0 and NFC_QC=Yes
 * (UAX 15, 9.1). Not all there are, but those of Chinese and European texts; every other character is handed
 * to utf8proc, which costs time and changes nothing. tests/oracle/test_text.py checks the table. */
static const struct {
	uint32_t from, to;
} plain[] = {
	{0x00388, 0x00482}, {0x0048A, 0x0052F}, {0x01E00, 0x01EFF}, {0x02002, 0x020CF}, {0x02100, 0x02125},
	{0x0212C, 0x02328}, {0x0232B, 0x02ADB}, {0x02E80, 0x03029}, {0x03030, 0x03098}, {0x0309B, 0x0A66E},
	{0x0AC00, 0x0D7A3}, {0x0E000, 0x0F8FF}, {0x0FE00, 0x0FE1F}, {0x0FE30, 0x0FE6F}, {0x0FF00, 0x0FFFF},
	{0x1F000, 0x1FBFF}, {0x20000, 0x2F7FF}, {0x30000, 0x323AF}, {0xF0000, 0x10FFFF},
};

static bool is_plain(uint32_t c)
{
	size_t lo = 0, hi = LEN(plain);

	if (c < 0x300 || (c >= 0x309B && c <= 0xA66E))
		return true;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (c < plain[mid].from)
			hi = mid;
		else if (c > plain[mid].to)
			lo = mid + 1;
		else
			return true;
	}
	return false;
}

/* utf8_next that tells a broken byte from a written U+FFFD. */
static bool next(struct str s, size_t *at, uint32_t *c)
{
	size_t from = *at;

	*c = utf8_next(s, at);
	return *c != 0xFFFD || *at - from == 3;
}

/* Moves at over plain characters. *last is the start of the last one, which a mark behind may join; it stays
 * when there is none. Returns the place of the first other character or broken byte, s.n without any. */
static size_t plain_run(struct str s, size_t at, size_t *last)
{
	const unsigned char *p = (const unsigned char *)s.p;

	while (at < s.n) {
		size_t to = at;
		uint64_t eight;
		uint32_t c;

		if (p[at] < 0x80) {
			for (; at + 8 <= s.n; at += 8) {
				memcpy(&eight, p + at, 8);
				if (eight & 0x8080808080808080)
					break;
			}
			while (at < s.n && p[at] < 0x80)
				at++;
			*last = at - 1;
			continue;
		}
		if (p[at] >= 0xE4 && p[at] <= 0xE9) {   /* U+4000–9FFF: nearly every Chinese character */
			while (at + 3 <= s.n && p[at] >= 0xE4 && p[at] <= 0xE9 &&
				(p[at + 1] & 0xC0) == 0x80 && (p[at + 2] & 0xC0) == 0x80)
				at += 3;
			if (at != to) {
				*last = at - 3;
				continue;
			}
		}
		if (!next(s, &to, &c) || !is_plain(c))
			return at;
		*last = at;
		at = to;
	}
	return s.n;
}

/* Counts the combining marks at the end of what has been read: *marks before c, then after it. */
static void count_marks(uint32_t c, int *marks)
{
	utf8proc_int32_t part[16];
	int boundary = 0;
	utf8proc_ssize_t n;

	if (c < 0xC0) {
		*marks = 0;
		return;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)c, part, LEN(part),
		UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
	BUG_IF(n < 1 || n > (utf8proc_ssize_t)LEN(part));
	for (utf8proc_ssize_t i = 0; i < n; i++)
		*marks = utf8proc_get_property(part[i])->combining_class ? *marks + 1 : 0;
}

/* Where a piece that begins at from can end: before a plain character, some 4 KiB on, so that a long text
 * needs little memory at a time. */
static enum fault piece_end(struct str s, size_t from, size_t *end)
{
	size_t at = from, to = from;
	int marks = 0;

	while (at < s.n) {
		uint32_t c;

		if (!next(s, &to, &c)) {
			*end = at;
			return BROKEN;
		}
		if (at - from >= 4096 && is_plain(c))
			break;
		count_marks(c, &marks);
		if (marks > NFC_MARKS) {
			*end = at;
			return CROWDED;
		}
		at = to;
	}
	*end = at;
	return FINE;
}

static void compose_part(struct buf *b, struct str piece)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)piece.p, (utf8proc_ssize_t)piece.n, &out,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	BUG_IF(n < 0);   /* out of memory: whole UTF-8 has no other way to fail */
	buf_put(b, (struct str){(const char *)out, (size_t)n});
	free(out);
}

/* utf8proc (2.8 at least) drops U+11A7 behind a Hangul syllable, taking it for a final consonant. It is none:
 * nothing composes with it, so a part may begin there. */
static void compose(struct buf *b, struct str piece)
{
	for (size_t at = 0; str_find(str_sub(piece, 1, piece.n), S("\u11A7"), &at);) {
		compose_part(b, str_sub(piece, 0, at + 1));
		piece = str_sub(piece, at + 1, piece.n);
	}
	compose_part(b, piece);
}

/* s in NFC into b; b stays empty when s is plain throughout. *at is the place of a fault. */
static enum fault convert(struct str s, struct buf *b, size_t *at)
{
	size_t done = 0, from = 0;
	enum fault fault;

	for (*at = 0; *at < s.n;) {
		from = *at;
		*at = plain_run(s, *at, &from);
		if (*at == s.n)
			break;
		fault = piece_end(s, from, at);
		if (fault != FINE)
			return fault;
		buf_put(b, str_sub(s, done, from));
		compose(b, str_sub(s, from, *at));
		done = *at;
	}
	if (done)
		buf_put(b, str_sub(s, done, s.n));
	BUG_IF(b->over);
	return FINE;
}

/* NFC is at most three times as long in UTF-8 (UAX 15, table 8). */
static size_t longest(struct str s)
{
	return s.n * 3 + 16;
}

enum err_code nfc(struct arena *a, struct str s, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(longest(s));
	size_t at;
	enum fault fault = convert(s, &b, &at);
	struct place where;

	if (fault == FINE) {
		*out = !b.n || str_eq(buf_str(&b), s) ? s : arena_str(a, buf_str(&b));
		return OK;
	}
	where = place_of(s, at);
	if (fault == BROKEN)
		return fail(err, ERR_INPUT, "line %d, column %d: not valid UTF-8 text", where.line,
			where.col);
	return fail(err, ERR_INPUT, "line %d, column %d: more than %d combining marks in a row", where.line,
		where.col, NFC_MARKS);
}

bool nfc_is(struct str s)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(longest(s));
	size_t at;

	return convert(s, &b, &at) == FINE && (!b.n || str_eq(buf_str(&b), s));
}
