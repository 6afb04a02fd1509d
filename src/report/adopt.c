#include "report/adopt.h"

#include "base/utf8.h"
#include "doc/docx.h"

enum { GONE = -1, LIKENESS = 50 /* percent of their pairs of characters that two texts share to be one paragraph */ };

struct line { /* a paragraph of the document */
	const struct docx_item *item;
	struct str text;
	int para; /* of the report; GONE: none */
	bool outside; /* behind the text: below the signature */
};

struct work {
	const struct report *r;
	struct arena *a;
	const struct narrative *own;
	struct adoption *out;
	struct line *lines;
	size_t n, cap;
	int *line_of; /* [r->nparas]; GONE: none */
};

const char *adopt_kind_name(enum adopt_kind k)
{
	static const char *const names[ADOPT_KINDS] = {"own_changed", "own_added", "own_removed", "figure",
		"made_changed", "made_removed", "no_room", "own_number"};

	return names[k];
}

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

/* ---- which paragraph is which ---- */

/* Words as they are compared: line breaks and tabs, which a word processor puts in, are nothing. */
static struct str bare(struct arena *a, struct str s)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOCX_PARA_BYTES);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\t')
			buf_putc(&b, s.p[i]);
	return arena_str(a, str_trim(buf_str(&b)));
}

static bool one_of(struct str s, const char *const *names)
{
	for (; *names; names++)
		if (str_is(s, *names))
			return true;
	return false;
}

/* What stands around the report's text: other things than the report say it. */
static bool around(struct str style)
{
	/* LibreOffice writes Addressee as a style of its own. */
	static const char *const styles[] = {"Addressee", "Envelope Address", "envelope address", "Annex List",
		"Signature", "Date", "Postscript", "Head Line", "Issuer Mark", "Document Number", "Colophon",
		"Archive Code", "caption", "Caption", "Source", "Note", "Picture", "Section End", "Table Text",
		"Table Head", "footer", NULL};

	return one_of(style, styles);
}

static bool behind(struct str style)
{
	static const char *const styles[] = {"Annex List", "Signature", "Date", "Postscript", NULL};

	return one_of(style, styles);
}

static void gather(struct work *w, const struct docx_text *text)
{
	bool outside = false;

	for (size_t i = 0; i < text->n; i++) {
		const struct docx_item *it = &text->p[i];
		struct line *l;

		if (it->row)
			continue;
		if (str_is(it->style, "Annex Number") || str_is(it->style, "Annex Title"))
			break;
		outside = outside || behind(it->style);
		if (around(it->style) && !it->nmarks)
			continue;
		l = ARENA_PUSH(w->a, w->lines, w->n, w->cap);
		*l = (struct line){.item = it, .text = bare(w->a, it->text), .para = GONE, .outside = outside};
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

			if (para && w->lines[i].text.n && w->lines[i].para == GONE && w->line_of[para - 1] == GONE)
				pair(w, i, para - 1);
		}
}

/* In percent, the pairs of neighbouring characters that two texts share. */
static int likeness(struct work *w, struct str a, struct str b)
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

/* Lines without a bookmark of a paragraph, and paragraphs without a line: first the same words, then the likest. */
static void by_words(struct work *w, int least)
{
	for (size_t i = 0; i < w->n; i++) {
		size_t best = 0;
		int most = least - 1;

		if (w->lines[i].para != GONE || !w->lines[i].text.n)
			continue;
		for (size_t k = 0; k < w->r->nparas; k++) {
			int like;

			if (w->line_of[k] != GONE)
				continue;
			like = str_eq(bare(w->a, para_words(w->r, k)), w->lines[i].text) ? 101
				: least > 100						 ? 0
					      : likeness(w, para_words(w->r, k), w->lines[i].text);
			if (like > most) {
				most = like;
				best = k;
			}
		}
		if (most >= least)
			pair(w, i, best);
	}
}

/* ---- what is said of them ---- */

static struct adopt_item *tell(struct work *w, enum adopt_kind kind, struct str section)
{
	struct adopt_item *it = ARENA_PUSH(w->a, w->out->p, w->out->n, w->out->cap);

	it->kind = kind;
	it->section = section;
	return it;
}

/* The section of people's text that belongs to a section of the report; empty: none. */
static struct str room_of(const struct own_places *places, const struct outline *o, struct str section)
{
	if (!section.n)
		return o->lead_own;
	for (size_t i = 0; i < places->n; i++)
		if (str_eq(places->p[i].number, section))
			return places->p[i].number;
	return STR_NONE;
}

static void paired(struct work *w, const struct line *l)
{
	const struct para *p = &w->r->paras[l->para];
	struct str words = bare(w->a, para_words(w->r, (size_t)l->para));
	struct adopt_item *it;

	if (str_eq(words, l->text))
		return;
	if (p->kind != PARA_OWN) {
		adopt_fixed(w->r, (size_t)l->para, l->text, w->out);
		return;
	}
	it = tell(w, ADOPT_CHANGED, p->section);
	it->own = p->own;
	it->para = (size_t)l->para + 1;
	it->old = words;
	it->now = l->text;
}

/* Paragraphs of people's text, as the document has them: own section → its text. */
static void put_own(struct work *w, struct map *texts, struct str own, struct str text)
{
	void **at = map_at(texts, own);
	struct str *s = *at;

	if (!s)
		*at = s = ARENA_NEW(w->a, struct str);
	*s = s->n ? arena_printf(w->a, STR_FMT "\n\n" STR_FMT, STR_ARG(*s), STR_ARG(text)) : text;
}

static void walk(struct work *w, const struct own_places *places, struct map *texts)
{
	struct str section = STR_NONE;

	for (size_t i = 0; i < w->n; i++) {
		const struct line *l = &w->lines[i];
		struct adopt_item *it;
		struct str own;

		if (!l->text.n)
			continue;
		if (l->para != GONE) {
			const struct para *p = &w->r->paras[l->para];

			section = p->section;
			paired(w, l);
			if (p->kind == PARA_OWN)
				put_own(w, texts, p->own, l->text);
			continue;
		}
		own = l->outside || l->item->outline ? STR_NONE : room_of(places, w->r->outline, section);
		it = tell(w, own.n ? ADOPT_ADDED : ADOPT_HOMELESS, section);
		it->own = own;
		it->now = l->text;
		if (own.n)
			put_own(w, texts, own, l->text);
	}
}

static void removed(struct work *w)
{
	for (size_t i = 0; i < w->r->nparas; i++) {
		const struct para *p = &w->r->paras[i];
		struct adopt_item *it;

		if (w->line_of[i] != GONE || !para_words(w->r, i).n)
			continue;
		it = tell(w, p->kind == PARA_OWN ? ADOPT_REMOVED : ADOPT_FIXED_REMOVED, p->section);
		it->own = p->own;
		it->para = i + 1;
		it->old = para_words(w->r, i);
	}
}

/* The section's text by its paragraphs, as put_own puts it together. */
static struct str text_now(struct work *w, const struct own *own)
{
	struct map texts = MAP_IN(w->a);
	struct str *s;

	for (size_t i = 0; own && i < own->n; i++)
		put_own(w, &texts, own->number, bare(w->a, own->paras[i].text));
	s = own ? map_get(&texts, own->number) : NULL;
	return s ? *s : STR_NONE;
}

static void sections(struct work *w, const struct own_places *places, const struct map *texts)
{
	for (size_t i = 0; i < places->n; i++) {
		const struct own *own = narrative_get(w->own, places->p[i].number);
		struct str *found = map_get(texts, places->p[i].number), text = found ? *found : STR_NONE;
		struct adopt_section *s;

		if (str_eq(text, text_now(w, own)))
			continue;
		s = ARENA_PUSH(w->a, w->out->sections, w->out->nsections, w->out->sections_cap);
		*s = (struct adopt_section){places->p[i].number, text, own ? own->rev : REV_NONE};
	}
}

/* ---- numbers in people's text, as it would be ---- */

static const struct adopt_section *section_of(const struct adoption *a, struct str number)
{
	for (size_t i = 0; i < a->nsections; i++)
		if (str_eq(a->sections[i].number, number))
			return &a->sections[i];
	return NULL;
}

static void own_put(struct work *w, struct narrative *n, const struct adopt_section *s)
{
	struct own *own = NULL;
	struct str rest = s->text, part;

	for (size_t i = 0; i < n->n; i++)
		if (str_eq(n->p[i].number, s->number))
			own = &n->p[i];
	if (!own)
		own = ARENA_PUSH(w->a, n->p, n->n, n->cap);
	*own = (struct own){.number = s->number, .heading = s->number, .text = s->text};
	while (s->text.n && str_cut(&rest, S("\n\n"), &part))
		*ARENA_PUSH(w->a, own->paras, own->n, own->cap) = (struct own_para){part, 1};
}

static enum err_code numbers(struct work *w, struct err *err)
{
	struct narrative *n = ARENA_NEW(w->a, struct narrative);
	struct report_findings findings;
	struct report then;

	if (!w->out->nsections)
		return OK;
	n->logged = true;
	for (size_t i = 0; i < w->own->n; i++)
		*ARENA_PUSH(w->a, n->p, n->n, n->cap) = w->own->p[i];
	for (size_t i = 0; i < w->out->nsections; i++)
		own_put(w, n, &w->out->sections[i]);
	TRY(report_compose(w->r->figures, n, w->r->opt, &then, err));
	TRY(report_check(&then, &findings, err));
	for (size_t i = 0; i < findings.n; i++) {
		const struct report_finding *f = &findings.p[i];
		struct adopt_item *it;

		if (strcmp(f->code, "own_number") != 0 || !section_of(w->out, f->own))
			continue;
		it = tell(w, ADOPT_NUMBER, f->section);
		it->own = f->own;
		it->old = f->value;
		it->now = f->text;
	}
	return OK;
}

/* At least half of the report's paragraphs must be there: who takes the wrong file would take everything away. */
static enum err_code same_report(const struct work *w, const struct docx_text *text, struct err *err)
{
	size_t all = 0, there = 0;

	for (size_t i = 0; i < w->r->nparas; i++) {
		all += para_words(w->r, i).n > 0;
		there += w->line_of[i] != GONE;
	}
	if (2 * there >= all)
		return OK;
	return fail(err, ERR_INPUT,
		STR_FMT
		": %zu of the report's %zu paragraphs are in it: this is another document, or the report of "
		"another year",
		STR_ARG(text->name), there, all);
}

enum err_code adopt_compare(const struct report *r, const struct narrative *own, const struct docx_text *text,
	struct adoption *out, struct err *err)
{
	struct work w = {.r = r, .a = r->arena, .own = own, .out = out};
	struct own_places places = {0};
	struct map texts = MAP_IN(r->arena);

	*out = (struct adoption){0};
	outline_places(r->arena, r->outline, &places);
	w.line_of = ARENA_ARRAY(r->arena, int, r->nparas);
	for (size_t i = 0; i < r->nparas; i++)
		w.line_of[i] = GONE;
	gather(&w, text);
	by_mark(&w);
	by_words(&w, 101);
	by_words(&w, LIKENESS);
	TRY(same_report(&w, text, err));
	walk(&w, &places, &texts);
	removed(&w);
	sections(&w, &places, &texts);
	return numbers(&w, err);
}

enum err_code adopt_write(struct tx *tx, int year, const struct adoption *a, struct str why, struct err *err)
{
	for (size_t i = 0; i < a->nsections; i++) {
		const struct adopt_section *s = &a->sections[i];
		struct section_save save = {
			.year = year, .section = s->number, .text = s->text, .rev = s->rev, .why = why};

		if (narrative_write(tx, &save, NULL, err) != OK)
			return err_at(err, STR_FMT, STR_ARG(s->number));
	}
	return OK;
}
