/* Which paragraph of a document is which of the report's. */
#include "report/adopt_in.h"

#include "base/utf8.h"
#include "doc/docx.h"

/* ---- ids ---- */

/* 一（二） as 1_2. */
static struct str ascii_section(struct arena *a, struct str number)
{
	struct str top = number, sub = STR_NONE;
	size_t at;

	if (!number.n)
		return S("0");
	if (str_find(number, S("（"), &at)) {
		top = str_sub(number, 0, at);
		sub = str_sub(number, at + strlen("（"), number.n);
		if (str_find(sub, S("）"), &at))
			sub = str_sub(sub, 0, at);
	}
	return sub.n ? arena_printf(a, "%lld_%lld", (long long)hanzi_value(top), (long long)hanzi_value(sub))
		     : arena_printf(a, "%lld", (long long)hanzi_value(top));
}

struct str *para_ids(const struct report *r)
{
	static const char letters[] = {[PARA_TITLE] = 't',
		[PARA_LEAD] = 'l',
		[PARA_H1] = 'h',
		[PARA_H2] = 'h',
		[PARA_BODY] = 'b',
		[PARA_POINT] = 'p',
		[PARA_OWN] = 'o',
		[PARA_SUGGESTED] = 's',
		[PARA_PLAN] = 'n'};
	struct str *ids = ARENA_ARRAY(r->arena, struct str, r->nparas);
	struct map seen = MAP_IN(r->arena);

	for (size_t i = 0; i < r->nparas; i++) {
		const struct para *p = &r->paras[i];
		struct str key = arena_printf(
			r->arena, "p_" STR_FMT "_%c", STR_ARG(ascii_section(r->arena, p->section)), letters[p->kind]);
		void **n = map_at(&seen, key);

		*n = (void *)((uintptr_t)*n + 1);
		ids[i] = arena_printf(r->arena, STR_FMT "_%zu", STR_ARG(key), (size_t)(uintptr_t)*n);
	}
	return ids;
}

/* ---- words ---- */

static struct str trimmed(struct str s)
{
	static const struct str wide = {"　", 3};

	for (;;) {
		s = str_trim(s);
		if (str_starts(s, wide))
			s = str_sub(s, wide.n, s.n);
		else if (str_ends(s, wide))
			s.n -= wide.n;
		else
			return s;
	}
}

struct str adopt_bare(struct arena *a, struct str s)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOCX_PARA_BYTES);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\t')
			buf_putc(&b, s.p[i]);
	return arena_str(a, trimmed(buf_str(&b)));
}

struct str adopt_bare_ours(struct arena *a, struct str s, bool cell)
{
	char *p = (char *)arena_str(a, s).p;

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)p[i] < 0x20 && !(cell && p[i] == '\n'))
			p[i] = ' ';
	return adopt_bare(a, (struct str){p, s.n});
}

int adopt_likeness(struct str a, struct str b)
{
	CLEANUP(arena_free) struct arena scratch = ARENA_INIT;
	struct map pairs = MAP_IN(&scratch);
	size_t na = 0, nb = 0, shared = 0;
	struct str s[2] = {a, b};

	for (int i = 0; i < 2; i++) {
		size_t before = SIZE_MAX;

		for (size_t at = 0; at < s[i].n;) {
			size_t here = at;
			void **n;

			utf8_next(s[i], &at);
			if (before != SIZE_MAX) {
				n = map_at(&pairs, str_sub(s[i], before, at));
				if (!i) {
					*n = (void *)((uintptr_t)*n + 1);
					na++;
				} else {
					nb++;
					shared += *n != NULL;
					*n = *n ? (void *)((uintptr_t)*n - 1) : NULL;
				}
			}
			before = here;
		}
	}
	return na + nb ? (int)(200 * shared / (na + nb)) : 0;
}

/* ---- lines ---- */

static bool behind(struct str style)
{
	return str_is(style, "Annex List") || str_is(style, "Signature") || str_is(style, "Date") ||
		str_is(style, "Postscript");
}

static bool annexed(const struct docx_item *it)
{
	for (size_t i = 0; i < it->nmarks; i++)
		if (str_starts(it->marks[i], S("zeren_annex_")))
			return true;
	return str_is(it->style, "Annex Number") || str_is(it->style, "Annex Title");
}

void adopt_gather(struct work *w)
{
	bool outside = false, annex = false;

	for (size_t i = 0; i < w->text->n; i++) {
		const struct docx_item *it = &w->text->p[i];
		struct line *l;

		if (it->row)
			continue;
		outside = outside || behind(it->style);
		annex = annex || annexed(it);
		l = ARENA_PUSH(w->a, w->lines, w->n, w->cap);
		*l = (struct line){.item = it,
			.text = adopt_bare(w->a, it->text),
			.para = GONE,
			.outside = outside,
			.around = annex || adopt_is_around(it)};
	}
}

static void pair(struct work *w, size_t line, size_t para)
{
	w->lines[line].para = (int)para;
	w->line_of[para] = (int)line;
}

static void by_mark(struct work *w)
{
	struct str *ids = para_ids(w->r);
	struct map marks = MAP_IN(w->a);

	for (size_t i = 0; i < w->r->nparas; i++)
		map_set(&marks, docx_bookmark(w->a, ids[i]), (void *)(i + 1));
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < w->lines[i].item->nmarks; k++) {
			size_t para = (size_t)(uintptr_t)map_get(&marks, w->lines[i].item->marks[k]);

			if (para && w->lines[i].text.n && w->lines[i].para == GONE &&
				w->line_of[para - 1] == GONE)
				pair(w, i, para - 1);
		}
}

/* Lines without a bookmark of a paragraph, and paragraphs without a line: first the same words, then the likest. */
static void by_words(struct work *w, int least)
{
	for (size_t i = 0; i < w->n; i++) {
		size_t best = 0;
		int most = least - 1;

		if (w->lines[i].para != GONE || !w->lines[i].text.n || (w->lines[i].around && least <= 100))
			continue;
		for (size_t k = 0; k < w->r->nparas; k++) {
			int like;

			if (w->line_of[k] != GONE)
				continue;
			like = str_eq(adopt_bare_ours(w->a, para_words(w->r, k), false), w->lines[i].text) ? 101
				: least > 100						 ? 0
					      : adopt_likeness(para_words(w->r, k), w->lines[i].text);
			if (like > most) {
				most = like;
				best = k;
			}
		}
		if (most >= least)
			pair(w, i, best);
	}
}

void adopt_match(struct work *w)
{
	by_mark(w);
	by_words(w, 101);
	by_words(w, LIKENESS);
}
