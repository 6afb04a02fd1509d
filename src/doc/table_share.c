/* How the columns of a table share its width [B1]. */
#include "doc/table_share.h"

enum { PARTS = 10000 /* of the widest column's share */ };

static int64_t need(const struct share_col *c)
{
	return c->given ? c->given : MAX(c->word, c->least);
}

bool share_fits(const struct share_col *c, size_t n, int64_t room)
{
	int64_t sum = 0;

	for (size_t k = 0; k < n; k++) {
		if (c[k].given && c[k].word > c[k].given)
			return false;
		sum += need(&c[k]);
	}
	return sum <= room;
}

static int64_t root(int64_t v)
{
	int64_t low = 0, high = 3037000499; /* whose square is the last that 63 bits hold */

	while (low < high) {
		int64_t mid = low + (high - low + 1) / 2;

		if (mid * mid <= v)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

/* A column's share where there is too little for all, up to a common width. whole: words are not broken. */
static int64_t capped(const struct share_col *c, int64_t common, bool whole)
{
	if (!whole)
		return MIN(need(c), common);
	return c->given ? c->given : MAX(c->word, MIN(c->least, common));
}

/* The largest common width that has room. */
static void cap(const struct share_col *c, size_t n, int64_t room, int64_t *w)
{
	int64_t from = 0, to = room, words = 0;

	for (size_t k = 0; k < n; k++)
		words += c[k].given ? c[k].given : c[k].word;
	while (from < to) {
		int64_t common = from + (to - from + 1) / 2, sum = 0;

		for (size_t k = 0; k < n; k++)
			sum += capped(&c[k], common, words <= room);
		if (sum <= room)
			from = common;
		else
			to = common - 1;
	}
	for (size_t k = 0; k < n; k++)
		w[k] = capped(&c[k], from, words <= room);
}

/* Widths given that are too wide together: all narrower in proportion. */
static void shrink(const struct share_col *c, size_t n, int64_t room, int64_t given, int64_t *w)
{
	for (size_t k = 0; k < n; k++)
		w[k] = c[k].given * room / MAX(given, 1);
}

/* What a column has at least where there is room for all. */
static int64_t least(const struct share_col *c, int64_t whole)
{
	return !c->given && c->line <= whole ? MAX(c->line, need(c)) : need(c);
}

/* Columns of short lines have them whole, where together they take no more than six tenths of what is not given.
 * Returns up to which width. */
static int64_t whole_lines(const struct share_col *c, size_t n, const struct share_opt *opt)
{
	int64_t shorts = 0, all = 0, room = opt->room;

	for (size_t k = 0; k < n; k++) {
		room -= c[k].given;
		all += least(&c[k], opt->whole);
		if (!c[k].given && c[k].line <= opt->whole)
			shorts += c[k].line;
	}
	return shorts * 10 <= room * 6 && all <= opt->room ? opt->whole : 0;
}

/* A column's share by the square root of its area: so the columns together are the least high. */
static int64_t share_of(const struct share_col *c, int64_t most, int64_t factor, int64_t low, int64_t more)
{
	int64_t part = MAX(root(c->area) * PARTS / most, 1) * factor / PARTS;

	return c->given ? c->given : MIN(MAX(part, low), MAX(c->line + more, low));
}

static void by_area(const struct share_col *c, size_t n, const struct share_opt *opt, int64_t *w)
{
	int64_t most = 1, from = 0, to = opt->room * PARTS, whole = whole_lines(c, n, opt);

	for (size_t k = 0; k < n; k++)
		most = MAX(most, root(c[k].area));
	while (from < to) { /* the largest factor whose widths have room */
		int64_t factor = from + (to - from + 1) / 2, sum = 0;

		for (size_t k = 0; k < n; k++)
			sum += share_of(&c[k], most, factor, least(&c[k], whole), opt->more);
		if (sum <= opt->room)
			from = factor;
		else
			to = factor - 1;
	}
	for (size_t k = 0; k < n; k++)
		w[k] = share_of(&c[k], most, from, least(&c[k], whole), opt->more);
}

bool share_widths(const struct share_col *c, size_t n, const struct share_opt *opt, int64_t *w)
{
	int64_t given = 0, needs = 0, lines = 0, room;
	size_t own = 0;
	bool whole = true;

	for (size_t k = 0; k < n; k++) {
		given += c[k].given;
		needs += need(&c[k]);
		own += !c[k].given;
		lines += c[k].given ? 0 : c[k].line + opt->more;
	}
	room = opt->room - given;
	if (needs > opt->room && !own)
		shrink(c, n, opt->room, given, w);
	else if (needs > opt->room)
		cap(c, n, opt->room, w);
	else if (lines > room)
		by_area(c, n, opt, w);
	else
		for (size_t k = 0; k < n; k++) { /* a small table stays small */
			int64_t line = c[k].line + opt->more;

			w[k] = c[k].given ? c[k].given :
				2 * (lines + given) < opt->room ? line : line * room / MAX(lines, 1);
		}
	for (size_t k = 0; k < n; k++)
		whole = whole && w[k] >= c[k].word;
	return whole;
}

bool table_number(struct str s)
{
	bool digit = false;

	s = str_trim(s);
	if (str_is(s, "—") || str_is(s, "-"))
		return true;
	if (str_ends(s, S("‰")))
		s.n -= 3;
	for (size_t i = 0; i < s.n; i++) {
		digit = digit || (s.p[i] >= '0' && s.p[i] <= '9');
		if (!s.p[i] || !strchr("0123456789.,+-% ", s.p[i]))
			return false;
	}
	return digit;
}
