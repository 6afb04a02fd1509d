/* A paragraph that records and scheme make, against what the document says: which figures have another value, and which
 * sentences other words. */
#include "report/adopt.h"

#include "base/utf8.h"

enum { CELLS = 16 << 20, NONE = -1 }; /* of the table that compares two texts */

struct chars {
	uint32_t *cp;
	size_t *at; /* [n + 1] bytes */
	size_t n;
};

struct diff {
	struct str old, now;
	struct chars a, b;
	int32_t *to; /* [a.n] place in b of what stays; NONE: changed */
	bool *held; /* [b.n] stays, or is of a figure */
};

static struct chars chars_of(struct arena *arena, struct str s)
{
	struct chars c = {ARENA_ARRAY(arena, uint32_t, s.n + 1), ARENA_ARRAY(arena, size_t, s.n + 1), 0};

	for (size_t at = 0; at < s.n;) {
		c.at[c.n] = at;
		c.cp[c.n++] = utf8_next(s, &at);
	}
	c.at[c.n] = s.n;
	return c;
}

static void keep(struct diff *d, size_t i, size_t k)
{
	d->to[i] = (int32_t)k;
	d->held[k] = true;
}

/* The longest common subsequence of a[from, a_to) and b[from, b_to); nothing where that would take too much. */
static void longest(struct diff *d, size_t from, size_t a_to, size_t b_to)
{
	CLEANUP(arena_free) struct arena scratch = ARENA_INIT;
	size_t n = a_to - from, m = b_to - from, w = m + 1;
	uint16_t *len;

	if (!n || !m || n > UINT16_MAX - 1 || m > UINT16_MAX - 1 || (n + 1) * w > CELLS)
		return;
	len = ARENA_ARRAY(&scratch, uint16_t, (n + 1) * w);
	for (size_t i = n; i--;)
		for (size_t k = m; k--;)
			len[i * w + k] = d->a.cp[from + i] == d->b.cp[from + k]
				? (uint16_t)(len[(i + 1) * w + k + 1] + 1)
				: MAX(len[(i + 1) * w + k], len[i * w + k + 1]);
	for (size_t i = 0, k = 0; i < n && k < m;)
		if (d->a.cp[from + i] == d->b.cp[from + k])
			keep(d, from + i++, from + k++);
		else if (len[(i + 1) * w + k] >= len[i * w + k + 1])
			i++;
		else
			k++;
}

static struct diff compare(struct arena *a, struct str old, struct str now)
{
	struct diff d = {old, now, chars_of(a, old), chars_of(a, now), NULL, NULL};
	size_t from = 0, a_to = d.a.n, b_to = d.b.n;

	d.to = ARENA_ARRAY(a, int32_t, d.a.n + 1);
	d.held = ARENA_ARRAY(a, bool, d.b.n + 1);
	for (size_t i = 0; i < d.a.n; i++)
		d.to[i] = NONE;
	for (; from < MIN(a_to, b_to) && d.a.cp[from] == d.b.cp[from]; from++)
		keep(&d, from, from);
	for (; a_to > from && b_to > from && d.a.cp[a_to - 1] == d.b.cp[b_to - 1]; a_to--, b_to--)
		keep(&d, a_to - 1, b_to - 1);
	longest(&d, from, a_to, b_to);
	return d;
}

static bool digit(const struct diff *d, size_t k)
{
	uint32_t c = k < d->b.n ? d->b.cp[k] : 0;

	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19) ||
		((c == '.' || c == ',') && k + 1 < d->b.n && d->b.cp[k + 1] >= '0' && d->b.cp[k + 1] <= '9');
}

static bool digit_of_old(const struct diff *d, size_t i)
{
	return i < d->a.n && d->a.cp[i] >= '0' && d->a.cp[i] <= '9';
}

/* 12 within 112 or 12.5 is another number: do new digits stand before or behind characters [from, to) of the old text,
 * which are [a, b) of the new one? */
static bool longer(const struct diff *d, size_t from, size_t to, size_t a, size_t b)
{
	bool before = a && digit(d, a - 1) && !d->held[a - 1], behind = digit(d, b) && !d->held[b];

	return (digit_of_old(d, from) && before) || (digit_of_old(d, to - 1) && behind);
}

/* Where characters [from, to) of the old text stand in the new one. False: as they were. */
static bool moved(const struct diff *d, size_t from, size_t to, size_t *new_from, size_t *new_to)
{
	bool whole = d->to[from] >= 0;
	size_t a = from, b = to;

	for (size_t i = from + 1; i < to; i++)
		whole = whole && d->to[i] == d->to[i - 1] + 1;
	if (whole && !longer(d, from, to, (size_t)d->to[from], (size_t)d->to[to - 1] + 1))
		return false;
	while (a && d->to[a - 1] < 0)
		a--;
	while (b < d->a.n && d->to[b] < 0)
		b++;
	*new_from = a ? (size_t)d->to[a - 1] + 1 : 0;
	*new_to = b < d->a.n ? (size_t)d->to[b] : d->b.n;
	*new_to = MAX(*new_from, *new_to);
	return true;
}

/* Of what stands there now, the number: the rest is words. */
static void narrow(const struct diff *d, size_t *from, size_t *to)
{
	size_t a = *from, b = *to;

	while (a < b && !digit(d, a))
		a++;
	if (a == b)
		return;
	for (b = a; b < *to && digit(d, b);)
		b++;
	*from = a;
	*to = b;
}

static bool numeric(struct str s)
{
	return s.n && s.p[0] >= '0' && s.p[0] <= '9';
}

static void figure(const struct report *r, struct diff *d, const struct said *s, size_t from, size_t to,
	struct str section, struct adoption *out)
{
	size_t a, b;
	struct adopt_item *it;

	if (!moved(d, from, to, &a, &b))
		return;
	if (numeric(s->text))
		narrow(d, &a, &b);
	it = ARENA_PUSH(r->arena, out->p, out->n, out->cap);
	*it = (struct adopt_item){.kind = ADOPT_FIGURE,
		.section = section,
		.para = s->para + 1,
		.figure = span_title(r, s),
		.old = s->text,
		.now = str_sub(d->now, d->b.at[a], d->b.at[b])};
	out->figures++;
	for (size_t k = a; k < b; k++)
		d->held[k] = true;
	for (size_t i = from; i < to; i++)
		d->to[i] = 0; /* told */
}

/* Is anything else changed? */
static bool more(const struct diff *d)
{
	for (size_t i = 0; i < d->a.n; i++)
		if (d->to[i] < 0)
			return true;
	for (size_t k = 0; k < d->b.n; k++)
		if (!d->held[k])
			return true;
	return false;
}

static bool ends_sentence(uint32_t c)
{
	return c == U'。' || c == U'；' || c == U'！' || c == U'？';
}

/* What both begin and end with, in whole sentences, is left out. */
static void sentences(const struct diff *d, struct str *old, struct str *now)
{
	size_t from = 0, a = d->a.n, b = d->b.n, a_to = a, b_to = b;

	for (size_t i = 0; i < MIN(a, b) && d->a.cp[i] == d->b.cp[i]; i++)
		if (ends_sentence(d->a.cp[i]))
			from = i + 1;
	while (a > from && b > from && d->a.cp[a - 1] == d->b.cp[b - 1]) {
		a--;
		b--;
		if ((a == from || ends_sentence(d->a.cp[a - 1])) && (b == from || ends_sentence(d->b.cp[b - 1]))) {
			a_to = a;
			b_to = b;
		}
	}
	*old = str_sub(d->old, d->a.at[from], d->a.at[a_to]);
	*now = str_sub(d->now, d->b.at[from], d->b.at[b_to]);
}

void adopt_fixed(const struct report *r, size_t para, struct str now, struct adoption *out)
{
	const struct para *p = &r->paras[para];
	struct diff d = compare(r->arena, para_words(r, para), now);
	size_t byte = 0, at = 0;
	struct adopt_item *it;

	for (size_t i = p->from; i < p->to; i++) {
		const struct said *s = &r->spans[i];
		size_t n = s->kind == SAID_BREAK ? 0 : s->value.n ? s->value.n : s->text.n, from = at;

		byte += n;
		while (at < d.a.n && d.a.at[at] < byte)
			at++;
		if (s->kind == SAID_FIGURE && n && at > from)
			figure(r, &d, s, from, at, p->section, out);
	}
	if (!more(&d))
		return;
	it = ARENA_PUSH(r->arena, out->p, out->n, out->cap);
	*it = (struct adopt_item){.kind = ADOPT_FIXED, .section = p->section, .para = para + 1};
	sentences(&d, &it->old, &it->now);
}
