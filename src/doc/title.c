#include "doc/line_class.h"

#include <uchar.h>
#include <unicode/ubrk.h>

enum { TITLE_MAX = 400 }; /* atoms: what is longer is a text, and set as one */

/* How bad a break before an atom is: where nothing better gives lines that fit, the next is tried. */
enum fault {
	FAULT_NONE,
	FAULT_LITTLE, /* 的 would begin the line, or 关于 end it */
	FAULT_WORD, /* within a word, or 《…》 */
	FAULT_NEVER, /* L2, L3 */
};

struct title {
	struct line_text t;
	int64_t width;
	int64_t *upto; /* [n + 1] width of what goes before */
	uint8_t *fault; /* [n + 1] */
};

/* ---- where ---- */

/* Boundaries of words by ICU's dictionary: ends[i], a word ends before atom i. Without its data every place is one. */
static void words(struct arena *a, const struct line_text *t, bool *ends)
{
	UChar *text = ARENA_ARRAY(a, UChar, t->n * 2 + 1);
	int32_t n = 0, *at = ARENA_ARRAY(a, int32_t, t->n + 1);
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *it;

	for (size_t i = 0; i < t->n; i++) {
		uint32_t c = t->atoms[i].cp > 0x10FFFF ? 0xFFFD : t->atoms[i].cp;

		at[i] = n;
		U16_APPEND_UNSAFE(text, n, c);
	}
	it = ubrk_open(UBRK_WORD, "zh", text, n, &status);
	for (size_t i = 0; i < t->n; i++)
		ends[i] = U_FAILURE(status) || ubrk_isBoundary(it, at[i]);
	if (U_SUCCESS(status))
		ubrk_close(it);
}

/* Joins what the dictionary cut up. */
static void own_words(const struct line_text *t, bool *ends)
{
	static const char16_t *const own[] = {
#define W(word) word,
#include "tbl/title_words.h"
#undef W
	};

	for (size_t i = 0, best; i < t->n; i += MAX(best, 1)) {
		best = 0;
		for (size_t k = 0; k < LEN(own); k++) {
			size_t m = 0;

			while (own[k][m] && i + m < t->n && t->atoms[i + m].cp == own[k][m])
				m++;
			best = own[k][m] ? best : MAX(best, m);
		}
		for (size_t j = 0; j < best; j++)
			ends[i + j] = !j;
	}
}

/* The word of one or two characters at i, or that ends before i. */
static bool word_is(const struct title *h, const bool *ends, size_t i, bool before, const char16_t *word)
{
	size_t n = word[1] ? 2 : 1, from = before ? i - n : i, to = from + n;

	if ((before && i < n) || to > h->t.n)
		return false;
	for (size_t k = 0; k < n; k++)
		if (h->t.atoms[from + k].cp != word[k])
			return false;
	return ends[from] && (to == h->t.n || ends[to]);
}

/* A word of one Hanzi: some by itself goes with what follows, any other with what goes before (责任|制). */
static bool alone(const struct title *h, const bool *ends, size_t i)
{
	uint32_t c = h->t.atoms[i].cp;

	return c >= 0x3400 && c <= 0x9FFF && ends[i] && (i + 1 == h->t.n || ends[i + 1]);
}

static bool leads(uint32_t c)
{
	static const char16_t these[] = u"对在把将由向为从以经按就各新全本该";

	for (size_t i = 0; these[i]; i++)
		if (c == these[i])
			return true;
	return false;
}

static bool clumsy(const struct title *h, const bool *ends, size_t i)
{
	static const char16_t *const begin[] = {u"了", u"和", u"与", u"及", u"或", u"等", u"暨", u"以及"};
	static const char16_t *const end[] = {u"关于", u"对于"};
	uint32_t c = h->t.atoms[i].cp, before = h->t.atoms[i - 1].cp;

	if (c == U'的' || (alone(h, ends, i - 1) && leads(before)))
		return true;
	if (alone(h, ends, i) && !leads(c) && before >= 0x3400 && before <= 0x9FFF)
		return true;
	for (size_t k = 0; k < LEN(begin); k++)
		if (word_is(h, ends, i, false, begin[k]))
			return true;
	for (size_t k = 0; k < LEN(end); k++)
		if (word_is(h, ends, i, true, end[k]))
			return true;
	return false;
}

/* 《…》 that fits a line stays whole. */
static void keep_names(struct title *h)
{
	size_t open = SIZE_MAX;

	for (size_t i = 0; i < h->t.n; i++) {
		if (h->t.atoms[i].cp == U'《' && open == SIZE_MAX)
			open = i;
		if (h->t.atoms[i].cp != U'》' || open == SIZE_MAX)
			continue;
		if (h->upto[i + 1] - h->upto[open] <= h->width)
			for (size_t k = open + 1; k <= i; k++)
				h->fault[k] = MAX(h->fault[k], FAULT_WORD);
		open = SIZE_MAX;
	}
}

static void faults(struct arena *a, struct title *h)
{
	bool *ends = ARENA_ARRAY(a, bool, h->t.n + 1);

	words(a, &h->t, ends);
	own_words(&h->t, ends);
	for (size_t i = 1; i < h->t.n; i++)
		h->fault[i] = !gap_free(&h->t, i) ? FAULT_NEVER : !ends[i] ? FAULT_WORD :
			clumsy(h, ends, i) ? FAULT_LITTLE : FAULT_NONE;
	keep_names(h);
}

/* ---- how ---- */

/* The best way to set what goes before, if its last line goes from one place to another. */
struct way {
	int32_t lines; /* 0: there's none */
	int32_t from; /* place where the line before begins; -1: there's none */
	int64_t cost; /* sum of squares of widths: the least is the most even */
	bool was_shrinking; /* … at the line before */
};

struct ways {
	const struct title *h;
	size_t *place; /* atoms before which a line may begin, and the end */
	int32_t n;
	struct way *way; /* [n × n × 2] */
};

static struct way *way_of(const struct ways *s, int32_t from, int32_t to, bool shrinking)
{
	return &s->way[((size_t)from * (size_t)s->n + (size_t)to) * 2 + shrinking];
}

static int64_t stretch(const struct ways *s, int32_t from, int32_t to)
{
	size_t a = s->place[from], b = s->place[to];

	while (b > a && s->h->t.cls[b - 1] & CH_SPACE)
		b--;
	return s->h->upto[b] - s->h->upto[a];
}

static void better(struct way *w, struct way than)
{
	if (!w->lines || than.lines < w->lines || (than.lines == w->lines && than.cost < w->cost))
		*w = than;
}

/* A line from mid to to, behind one from from to mid. */
static void add_line(const struct ways *s, int32_t from, int32_t mid, int32_t to, int64_t w, int64_t square)
{
	int64_t before = stretch(s, from, mid);

	for (int shrinking = 0; shrinking < 2; shrinking++) {
		struct way old = *way_of(s, from, mid, shrinking);
		struct way new = {old.lines + 1, from, old.cost + square, shrinking};

		if (!old.lines)
			continue;
		if (!shrinking && w >= before)
			better(way_of(s, mid, to, false), new);
		if (w <= before)
			better(way_of(s, mid, to, true), new);
	}
}

static void all_ways(const struct ways *s)
{
	for (int32_t mid = 0; mid < s->n; mid++)
		for (int32_t to = mid + 1; to < s->n; to++) {
			int64_t w = stretch(s, mid, to), mm = w / 1000; /* µm: squares stay small */

			if (w > s->h->width)
				break;
			if (!mid)
				*way_of(s, 0, to, false) = (struct way){1, -1, mm * mm, false};
			for (int32_t from = mid - 1; from >= 0 && stretch(s, from, mid) <= s->h->width; from--)
				add_line(s, from, mid, to, w, mm * mm);
		}
}

/* Ends of lines [*n] of the best shape whose breaks have no worse fault; false: none has one. */
static bool shape(struct arena *a, const struct title *h, enum fault worst, size_t **ends, size_t *n)
{
	struct ways s = {.h = h, .place = ARENA_ARRAY(a, size_t, h->t.n + 1)};
	struct way best = {0};
	int32_t from = 0, to;
	bool shrinking = false;

	for (size_t i = 0; i <= h->t.n; i++)
		if (!i || i == h->t.n || h->fault[i] <= worst)
			s.place[s.n++] = i;
	s.way = ARENA_ARRAY(a, struct way, (size_t)s.n * (size_t)s.n * 2);
	all_ways(&s);
	to = s.n - 1;
	for (int32_t i = 0; i < to; i++)
		for (int k = 0; k < 2; k++)
			if (way_of(&s, i, to, k)->lines) {
				struct way was = best;

				better(&best, *way_of(&s, i, to, k));
				if (best.cost != was.cost || best.lines != was.lines)
					from = i, shrinking = k;
			}
	*n = (size_t)best.lines;
	*ends = ARENA_ARRAY(a, size_t, *n);
	for (size_t i = *n; i-- > 0;) {
		struct way w = *way_of(&s, from, to, shrinking);

		(*ends)[i] = s.place[to];
		to = from;
		from = w.from;
		shrinking = w.was_shrinking;
	}
	return best.lines;
}

static void place_line(struct arena *a, const struct title *h, struct line *l)
{
	int64_t x, w;

	while (l->to > l->from && h->t.cls[l->to - 1] & CH_SPACE)
		l->to--;
	w = h->upto[l->to] - h->upto[l->from];
	x = MAX(h->width - w, 0) / 2;
	l->x = ARENA_ARRAY(a, int32_t, l->to - l->from);
	for (size_t i = l->from; i < l->to; i++)
		l->x[i - l->from] = (int32_t)(x + h->upto[i] - h->upto[l->from]);
	l->used = (int32_t)(x + w);
}

/* As a text: too long for a shape, or with a word that no line holds. */
static size_t as_text(struct arena *a, const struct title *h, struct line **out)
{
	struct line_opt opt = {.width = (int32_t)h->width, .ragged = true};
	size_t n = lines_break(a, h->t.atoms, h->t.n, &opt, out);

	for (size_t i = 0; i < n; i++) {
		struct line *l = &(*out)[i];
		int32_t x = (int32_t)MAX(h->width - l->used, 0) / 2;

		for (size_t k = l->from; k < l->to; k++)
			l->x[k - l->from] += x;
		l->used += x;
	}
	return n;
}

size_t lines_title(struct arena *a, const struct atom *atoms, size_t n, int32_t width, struct line **out)
{
	struct title h = {
		.t = line_text(a, atoms, n), .width = MAX(width, 1), .upto = ARENA_ARRAY(a, int64_t, n + 1),
		.fault = ARENA_ARRAY(a, uint8_t, n + 1),
	};
	size_t fewest, nlines, *ends = NULL, from = 0;
	bool many = n == 0 || n > TITLE_MAX;

	for (size_t i = 0; i < n; i++) {
		h.upto[i + 1] = h.upto[i] + atom_width(&h.t, i);
		many |= (h.t.cls[i] & CH_END) != 0;
	}
	fewest = as_text(a, &h, out);
	if (many || fewest == 1)
		return fewest;
	faults(a, &h);
	for (enum fault worst = FAULT_NONE;; worst++) {
		if (worst == FAULT_NEVER)
			return fewest;
		if (shape(a, &h, worst, &ends, &nlines) && nlines <= fewest + 1)
			break;
	}
	*out = ARENA_ARRAY(a, struct line, nlines);
	for (size_t i = 0; i < nlines; i++) {
		struct line *l = &(*out)[i];

		*l = (struct line){.from = from, .to = ends[i], .why = LINE_OFF_GRID};
		from = ends[i];
		place_line(a, &h, l);
	}
	return nlines;
}
