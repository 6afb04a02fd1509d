/* Characters of a document with their fonts, glyphs and widths, each looked up once for a face and a size. */
#include "doc/layout_in.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { CACHE_STYLES = 32, CODES = 0x110000, MISSING_NAMED = 200, JOINED_NAMED = 5 };

struct glyph {
	const struct font *font; /* NULL: not yet looked up */
	uint32_t gid;
	int32_t width;
};

struct style {
	enum doc_face face;
	int32_t size;
	struct glyph *pages[CODES >> 8];
};

struct glyph_cache {
	struct style *styles[CACHE_STYLES];
	size_t n;
};

struct keep_word {
	uint32_t *cps;
	size_t n;
};

struct keep_words {
	struct keep_word *words; /* by first character, longest first */
	size_t n;
	uint64_t first[1024]; /* bit: some word begins with a character of these lower 16 bits */
};

static struct style *style_of(struct laying *l, enum doc_face face, int32_t size)
{
	struct glyph_cache *c = l->cache;
	struct style *s;

	for (size_t i = 0; i < c->n; i++)
		if (c->styles[i]->face == face && c->styles[i]->size == size)
			return c->styles[i];
	s = ARENA_NEW(l->a, struct style);
	s->face = face;
	s->size = size;
	c->styles[c->n < CACHE_STYLES ? c->n++ : CACHE_STYLES - 1] = s; /* full: drawings with many sizes */
	return s;
}

static void note_missing(struct laying *l, uint32_t cp)
{
	if (!l->missing_seen)
		l->missing_seen = ARENA_ARRAY(l->a, uint8_t, CODES / 8);
	if (l->missing_seen[cp >> 3] & 1 << (cp & 7))
		return;
	l->missing_seen[cp >> 3] |= (uint8_t)(1 << (cp & 7));
	*ARENA_PUSH(l->a, l->missing, l->nmissing, l->missing_cap) = cp;
}

static const struct glyph *glyph_of(struct laying *l, struct style *s, uint32_t cp)
{
	struct glyph **page = &s->pages[cp >> 8], *g;

	if (!*page)
		*page = ARENA_ARRAY(l->a, struct glyph, 256);
	g = &(*page)[cp & 255];
	if (!g->font) {
		g->font = fonts_find(l->fonts, s->face, cp, &g->gid);
		g->width = font_advance(g->font, g->gid, s->size);
		if (!g->gid)
			note_missing(l, cp);
	}
	return g;
}

/* Of no width and no ink: joiners, directions, selectors. */
static bool ignorable(uint32_t c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
		(c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
		(c >= 0xE0000 && c <= 0xE0FFF);
}

/* [L8] */
static bool control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

/* Letters of scripts that are joined, stacked or read from the right: Hebrew, Arabic, those of India, Tibetan, Burmese,
 * Khmer, Mongolian. */
static bool joins(uint32_t c)
{
	return (c >= 0x591 && c <= 0xDFF) || (c >= 0xF00 && c <= 0xFFF) || (c >= 0x1000 && c <= 0x109F) ||
		(c >= 0x1780 && c <= 0x18AF);
}

/* Notes the words of such letters that begin at a place; where they end. */
static void note_joined(struct laying *l, struct str s, size_t from)
{
	size_t at = from, to = from;

	while (at < s.n && joins(utf8_next(s, &at)))
		to = at;
	for (size_t i = 0; i < MIN(l->njoined, (size_t)JOINED_NAMED); i++)
		if (str_eq(l->joined[i], str_sub(s, from, to)))
			return;
	if (l->njoined < JOINED_NAMED)
		l->joined[l->njoined] = str_sub(s, from, to);
	l->njoined++;
}

static size_t put_atoms(struct laying *l, struct str s, struct style *style, size_t run, bool ends, struct atom *out)
{
	size_t n = 0;
	bool joined = false; /* the character before is of such a word */

	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(s, &at);
		const struct glyph *g;

		if (ignorable(cp) || cp == '\r')
			continue;
		if (ends && cp == '\n') {
			g = glyph_of(l, style, ' ');
			out[n++] = (struct atom){
				.cp = cp, .font = g->font, .gid = g->gid, .size = style->size, .run = run};
			continue;
		}
		if (control(cp))
			cp = ' ';
		g = glyph_of(l, style, cp);
		if (joins(cp) && !joined && g->gid)
			note_joined(l, s, from);
		joined = joins(cp);
		out[n++] = (struct atom){
			.cp = cp, .font = g->font, .gid = g->gid, .size = style->size, .width = g->width, .run = run};
	}
	return n;
}

/* ---- words that no line breaks ---- */

static int keep_cmp(const void *pa, const void *pb)
{
	const struct keep_word *a = pa, *b = pb;

	if (a->cps[0] != b->cps[0])
		return a->cps[0] < b->cps[0] ? -1 : 1;
	return a->n > b->n ? -1 : a->n < b->n;
}

static void keep_init(struct laying *l)
{
	struct keep_words *k = l->keep = ARENA_NEW(l->a, struct keep_words);

	k->words = ARENA_ARRAY(l->a, struct keep_word, l->d->nkeep);
	for (size_t i = 0; i < l->d->nkeep; i++) {
		struct str s = l->d->keep[i];
		struct keep_word *w = &k->words[k->n];

		w->cps = ARENA_ARRAY(l->a, uint32_t, s.n);
		w->n = 0;
		for (size_t at = 0; at < s.n;)
			w->cps[w->n++] = utf8_next(s, &at);
		if (w->n < 2)
			continue;
		k->first[(w->cps[0] & 0xFFFF) >> 6] |= (uint64_t)1 << (w->cps[0] & 63);
		k->n++;
	}
	qsort(k->words, k->n, sizeof *k->words, keep_cmp);
}

static bool keep_is(const struct keep_word *w, const struct atom *at, size_t left)
{
	if (w->n > left)
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (at[i].cp != w->cps[i])
			return false;
	return true;
}

/* Length of the longest word that begins here; 0: none. */
static size_t keep_at(const struct keep_words *k, const struct atom *at, size_t left)
{
	uint32_t c = at->cp;
	size_t lo = 0, hi = k->n;

	if (!(k->first[(c & 0xFFFF) >> 6] >> (c & 63) & 1))
		return 0;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (k->words[mid].cps[0] < c)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < k->n && k->words[lo].cps[0] == c; lo++)
		if (keep_is(&k->words[lo], at, left))
			return k->words[lo].n;
	return 0;
}

static void keep_mark(const struct keep_words *k, struct atom *atoms, size_t n)
{
	for (size_t i = 0; k->n && i < n;) {
		size_t w = keep_at(k, &atoms[i], n - i);

		for (size_t j = 1; j < w; j++)
			atoms[i + j].keep = true;
		i += MAX(w, 1);
	}
}

/* ---- texts ---- */

static bool latin(uint32_t c)
{
	return (c | 32) - 'a' < 26 || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

/* ’ between letters is no quote: of one that the font draws as wide as a Hanzi only its left half is taken [G4]. */
static void slim_apostrophes(struct text t)
{
	for (size_t i = 1; i + 1 < t.n; i++)
		if (t.atoms[i].cp == 0x2019 && latin(t.atoms[i - 1].cp) && latin(t.atoms[i + 1].cp) &&
			(int64_t)t.atoms[i].width * 10 > (int64_t)t.atoms[i].size * 6)
			t.atoms[i].width /= 2;
}

static struct text put_runs(
	struct laying *l, const struct doc_run *runs, size_t n, enum doc_face face, int32_t size, bool ends)
{
	struct text t = {.runs = runs};
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++)
		bytes += runs[i].text.n;
	t.atoms = ARENA_ARRAY(l->a, struct atom, bytes); /* a character has a byte or more */
	for (size_t i = 0; i < n; i++) {
		enum doc_face own = runs[i].face == FACE_BLOCK ? face : runs[i].face;

		t.n += put_atoms(l, runs[i].text, style_of(l, own, size), i, ends, t.atoms + t.n);
	}
	slim_apostrophes(t);
	keep_mark(l->keep, t.atoms, t.n);
	return t;
}

struct text text_of_runs(struct laying *l, const struct doc_run *runs, size_t n, enum doc_face face, int32_t size)
{
	return put_runs(l, runs, n, face, size, false);
}

struct text text_of(struct laying *l, struct str s, enum doc_face face, int32_t size)
{
	struct text t = put_runs(l, &(struct doc_run){.text = s}, 1, face, size, false);

	t.runs = NULL;
	return t;
}

struct text text_of_cell(struct laying *l, struct str s, enum doc_face face, int32_t size)
{
	struct text t = put_runs(l, &(struct doc_run){.text = s}, 1, face, size, true);

	t.runs = NULL;
	return t;
}

int32_t text_width(struct text t)
{
	int64_t w = 0;

	for (size_t i = 0; i < t.n; i++)
		w += t.atoms[i].width;
	return (int32_t)MIN(w, INT32_MAX / 2);
}

size_t text_lines(struct laying *l, struct text t, const struct line_opt *opt, struct line **out)
{
	size_t n = lines_break(l->a, t.atoms, t.n, opt, out);

	for (size_t i = 0; i < n; i++)
		l->lay->lines[(*out)[i].why]++;
	return n;
}

static struct seg one_line(struct laying *l, struct text t, int32_t cell, bool tight, enum lay_role role)
{
	struct line_opt opt = {.width = INT32_MAX / 4, .cell = cell, .ragged = true, .tight = tight};
	struct line *line;

	opt.width -= cell ? opt.width % cell : 0;
	if (lines_break(l->a, t.atoms, t.n, &opt, &line) > 1)
		lay_warn(l, SIZE_MAX,
			arena_printf(l->a, tr(l->lang, "a line of the head or foot is longer than a page is wide")));
	return (struct seg){.atoms = t.atoms, .line = line, .runs = t.runs, .role = role};
}

struct seg seg_line(struct laying *l, struct text t, int32_t cell, enum lay_role role)
{
	return one_line(l, t, cell, false, role);
}

struct seg seg_tight(struct laying *l, struct text t, enum lay_role role)
{
	return one_line(l, t, CELL, true, role);
}

void text_init(struct laying *l)
{
	l->cache = ARENA_NEW(l->a, struct glyph_cache);
	keep_init(l);
}

static void warn_joined(struct laying *l)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 10);
	size_t named = MIN(l->njoined, (size_t)JOINED_NAMED);

	for (size_t i = 0; i < named; i++)
		buf_printf(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(l->joined[i]));
	if (named)
		lay_warn(l, SIZE_MAX,
			arena_printf(l->a,
				tr(l->lang,
					"words whose letters are joined, stacked or read from the right stand letter "
					"by letter from the left: %.*s%s"),
				STR_ARG(buf_str(&b)), l->njoined > named ? " …" : ""));
}

void text_warn(struct laying *l)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(8192);
	size_t named = MIN(l->nmissing, (size_t)MISSING_NAMED);

	warn_joined(l);
	if (!l->nmissing)
		return;
	for (size_t i = 0; i < named; i++) {
		char c[4];
		size_t n = utf8_put(l->missing[i], c);

		if (i)
			buf_put(&b, S(", "));
		buf_put(&b, (struct str){c, n});
		buf_printf(&b, " U+%04X", l->missing[i]);
	}
	lay_warn(l, SIZE_MAX,
		arena_printf(l->a, tr(l->lang, "no font has %zu characters, which are drawn as boxes: %.*s%s"),
			l->nmissing, STR_ARG(buf_str(&b)), l->nmissing > named ? " …" : ""));
}
