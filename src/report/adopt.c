#include "report/adopt_in.h"

const char *adopt_kind_name(enum adopt_kind k)
{
	static const char *const names[ADOPT_KINDS] = {"own_changed", "own_added", "own_removed", "figure",
		"made_changed", "made_removed", "no_room", "own_number", "moved", "around", "annex", "cell",
		"picture", "beside"};

	return names[k];
}

/* ---- what is said of them ---- */

struct adopt_item *adopt_tell(struct work *w, enum adopt_kind kind, struct str section)
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
	struct str words = adopt_bare_ours(w->a, para_words(w->r, (size_t)l->para), false);
	struct adopt_item *it;

	if (str_eq(words, l->text))
		return;
	if (p->kind != PARA_OWN) {
		adopt_fixed(w->r, (size_t)l->para, l->text, w->out);
		return;
	}
	it = adopt_tell(w, ADOPT_CHANGED, p->section);
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

		if (!l->text.n || (l->around && l->para == GONE))
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
		it = adopt_tell(w, own.n ? ADOPT_ADDED : ADOPT_HOMELESS, section);
		it->own = own;
		it->now = l->text;
		if (own.n)
			put_own(w, texts, own, l->text);
	}
}

/* The longest rising run of paragraphs among the lines: these stand where they stood. */
static bool *in_order(struct work *w)
{
	bool *stays = ARENA_ARRAY(w->a, bool, w->n + 1);
	size_t *length = ARENA_ARRAY(w->a, size_t, w->n + 1), *before = ARENA_ARRAY(w->a, size_t, w->n + 1);
	size_t last = w->n;

	for (size_t i = 0; i < w->n; i++) {
		before[i] = w->n;
		if (w->lines[i].para == GONE)
			continue;
		for (size_t k = 0; k < i; k++)
			if (w->lines[k].para != GONE && w->lines[k].para < w->lines[i].para && length[k] > length[i]) {
				length[i] = length[k];
				before[i] = k;
			}
		length[i]++;
		if (last == w->n || length[i] > length[last])
			last = i;
	}
	for (; last < w->n; last = before[last])
		stays[last] = true;
	return stays;
}

static void moved(struct work *w)
{
	const bool *stays = in_order(w);
	struct str section = STR_NONE;

	for (size_t i = 0; i < w->n; i++) {
		const struct para *p;
		struct adopt_item *it;

		if (w->lines[i].para == GONE)
			continue;
		p = &w->r->paras[w->lines[i].para];
		if (stays[i]) {
			section = p->section;
			continue;
		}
		it = adopt_tell(w, ADOPT_MOVED, p->section);
		if (p->kind == PARA_OWN && str_eq(p->section, section))
			it->own = p->own;
		it->para = (size_t)w->lines[i].para + 1;
		it->old = w->lines[i].text;
	}
}

static void removed(struct work *w)
{
	for (size_t i = 0; i < w->r->nparas; i++) {
		const struct para *p = &w->r->paras[i];
		struct adopt_item *it;

		if (w->line_of[i] != GONE || !para_words(w->r, i).n)
			continue;
		it = adopt_tell(w, p->kind == PARA_OWN ? ADOPT_REMOVED : ADOPT_FIXED_REMOVED, p->section);
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
		put_own(w, &texts, own->number, adopt_bare(w->a, own->paras[i].text));
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
		it = adopt_tell(w, ADOPT_NUMBER, f->section);
		it->own = f->own;
		it->old = f->value;
		it->now = f->text;
	}
	return OK;
}

/* At least half of the report's paragraphs must be there: who takes the wrong file would take everything away. */
static enum err_code same_report(const struct work *w, struct err *err)
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
		STR_ARG(w->text->name), there, all);
}

enum err_code adopt_compare(const struct report *r, const struct narrative *own, const struct docx_text *text,
	struct adoption *out, struct err *err)
{
	struct work w = {.r = r, .a = r->arena, .own = own, .text = text, .out = out};
	struct own_places places = {0};
	struct map texts = MAP_IN(r->arena);

	*out = (struct adoption){0};
	outline_places(r->arena, r->outline, &places);
	w.line_of = ARENA_ARRAY(r->arena, int, r->nparas);
	for (size_t i = 0; i < r->nparas; i++)
		w.line_of[i] = GONE;
	adopt_gather(&w);
	adopt_match(&w);
	TRY(same_report(&w, err));
	adopt_around(&w); /* its lines are none of the text */
	walk(&w, &places, &texts);
	moved(&w);
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
