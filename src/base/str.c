#include "base/str.h"
#include "base/utf8.h"

int str_cmp(struct str a, struct str b)
{
	size_t n = MIN(a.n, b.n);
	int cmp = n ? memcmp(a.p, b.p, n) : 0;

	return cmp ? cmp : (a.n > b.n) - (a.n < b.n);
}

struct str str_sub(struct str s, size_t from, size_t to)
{
	to = MIN(to, s.n);
	from = MIN(from, to);
	return from ? (struct str){s.p + from, to - from} : (struct str){s.p, to};   /* NULL + 0 is not defined */
}

/* Length of the blank that s begins with, 0 if none. */
static size_t blank_first(struct str s)
{
	if (!s.n)
		return 0;
	if (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r'))
		return 1;
	if (str_starts(s, S("\xC2\xA0")))
		return 2;
	if (str_starts(s, S("\xE3\x80\x80")))
		return 3;
	return 0;
}

static size_t blank_last(struct str s)
{
	if (!s.n)
		return 0;
	if (str_ends(s, S("\xC2\xA0")))
		return 2;
	if (str_ends(s, S("\xE3\x80\x80")))
		return 3;
	return blank_first((struct str){s.p + s.n - 1, 1});
}

struct str str_trim(struct str s)
{
	size_t n;

	while ((n = blank_first(s)) > 0)
		s = (struct str){s.p + n, s.n - n};
	while ((n = blank_last(s)) > 0)
		s.n -= n;
	return s;
}

bool str_blank(struct str s)
{
	return str_trim(s).n == 0;
}

bool str_find(struct str s, struct str what, size_t *at)
{
	const char *p;

	if (!what.n) {
		*at = 0;
		return true;
	}
	if (!s.n)
		return false;
	p = memmem(s.p, s.n, what.p, what.n);
	if (!p)
		return false;
	*at = (size_t)(p - s.p);
	return true;
}

bool str_has(struct str s, struct str what)
{
	size_t at;

	return str_find(s, what, &at);
}

bool str_cut(struct str *rest, struct str sep, struct str *part)
{
	size_t at;

	if (!rest->p)
		return false;
	if (str_find(*rest, sep, &at)) {
		*part = str_sub(*rest, 0, at);
		*rest = str_sub(*rest, at + sep.n, rest->n);
	} else {
		*part = *rest;
		*rest = STR_NONE;
	}
	return true;
}

bool str_glob(struct str pat, struct str s)
{
	size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;

	while (i < s.n) {
		if (p < pat.n && pat.p[p] == '*') {
			star = p++;
			mark = i;
		} else if (p < pat.n && pat.p[p] == '?') {
			size_t at = i;

			utf8_next(s, &at);
			i = at;
			p++;
		} else if (p < pat.n && pat.p[p] == s.p[i]) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (p < pat.n && pat.p[p] == '*')
		p++;
	return p == pat.n;
}

bool str_int(struct str s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	int64_t v = 0;
	size_t i = minus;

	if (s.n == i || s.n - i > 18)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*out = minus ? -v : v;
	return true;
}

enum { DIST_MAX = 64 };

static size_t decode(struct str s, uint32_t *out)
{
	size_t n = 0, at = 0;

	while (at < s.n && n < DIST_MAX)
		out[n++] = utf8_next(s, &at);
	return n;
}

size_t str_distance(struct str a, struct str b, size_t max)
{
	uint32_t x[DIST_MAX], y[DIST_MAX];
	size_t rows[3][DIST_MAX + 1], nx = decode(a, x), ny = decode(b, y);

	for (size_t j = 0; j <= ny; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= nx; i++) {
		const size_t *before = rows[(i + 1) % 3], *last = rows[(i + 2) % 3];
		size_t *row = rows[i % 3];

		row[0] = i;
		for (size_t j = 1; j <= ny; j++) {
			row[j] = MIN(MIN(last[j], row[j - 1]) + 1, last[j - 1] + (x[i - 1] != y[j - 1]));
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				row[j] = MIN(row[j], before[j - 2] + 1);
		}
	}
	return MIN(rows[nx % 3][ny], max + 1);
}
