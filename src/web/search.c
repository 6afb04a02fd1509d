/* Search: every word of the question in the texts of a record, a duty, a figure, a unit or a post. */
#include "web/search_view.h"

#include "base/utf8.h"
#include "web/duty_view.h"
#include "web/org_view.h"
#include "web/pages.h"
#include "web/scope.h"

enum { WORDS = 8, AROUND = 60 };

struct looking {
	struct call *c;
	struct search_view *v;
	struct str words[WORDS], raw[WORDS];   /* compared form; as typed */
	size_t nwords;
	struct hit_group *group;
	struct arena passing;      /* of what is compared: emptied for each record */
};

/* Without blanks, full-width forms and capitals. */
static struct str fold(struct arena *a, struct str s)
{
	struct str out = arena_str(a, utf8_squeeze(a, s));
	char *p = (char *)out.p;

	for (size_t i = 0; i < out.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	return out;
}

static void read_words(struct looking *l, struct str q)
{
	struct str rest = utf8_half(l->c->arena, q), word;

	while (l->nwords < WORDS && str_cut(&rest, S(" "), &word)) {
		struct str f = fold(l->c->arena, word);

		if (!f.n)
			continue;
		l->raw[l->nwords] = word;
		l->words[l->nwords++] = f;
	}
}

/* Which of the words does the text hold, one bit each? */
static unsigned held(struct looking *l, struct str text)
{
	struct str f = text.n ? fold(&l->passing, text) : text;
	unsigned bits = 0;

	for (size_t i = 0; i < l->nwords; i++)
		bits |= (unsigned)str_has(f, l->words[i]) << i;
	return bits;
}

static unsigned all(const struct looking *l)
{
	return (1u << l->nwords) - 1;
}

/* Never half a character. */
static size_t whole(struct str s, size_t at)
{
	while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* A piece of the text around the first word that stands there as it was typed. */
static void excerpt(struct looking *l, struct hit *h, struct str label, struct str text)
{
	size_t at = 0, n = 0, from, to;

	for (size_t i = 0; i < l->nwords && !n; i++)
		if (str_find(text, l->raw[i], &at))
			n = l->raw[i].n;
	from = at > AROUND ? whole(text, at - AROUND) : 0;
	to = whole(text, MIN(at + n + 3 * AROUND, text.n));
	h->label = label;
	h->before = arena_printf(l->c->arena, "%s" STR_FMT, from ? "…" : "", STR_ARG(str_sub(text, from, at)));
	h->hit = arena_str(l->c->arena, str_sub(text, at, at + n));
	h->after = arena_printf(l->c->arena, STR_FMT "%s", STR_ARG(str_sub(text, at + n, to)), to < text.n ? "…" : "");
}

static void begin(struct looking *l, const char *title, const char *id)
{
	l->group = ARENA_PUSH(l->c->arena, l->v->groups.p, l->v->groups.n, l->v->groups.cap);
	*l->group = (struct hit_group){.title = title, .id = id};
}

/* Counts a hit; NULL when enough are shown. */
static struct hit *found(struct looking *l)
{
	struct hit_group *g = l->group;
	struct hit *h;

	g->n++;
	l->v->n++;
	if (g->hits.n == HITS_SHOWN)
		return NULL;
	h = ARENA_PUSH(l->c->arena, g->hits.p, g->hits.n, g->hits.cap);
	*h = (struct hit){0};
	g->shown++;
	return h;
}

/* ---- what is looked at ---- */

static void record(struct looking *l, const struct fact *r)
{
	struct call *c = l->c;
	struct str label = STR_NONE, text = STR_NONE;
	unsigned bits = 0;
	struct hit *h;

	arena_reset(&l->passing);
	for (size_t i = 0; i < r->type->nfields && bits != all(l); i++) {
		const struct field *f = &r->type->fields[i];
		struct str s = datum_text(&l->passing, c->lang, fact_value(&c->facts, r, f, c->on));
		unsigned now = s.n ? held(l, s) : 0;

		if (now && !text.n) {
			text = s;
			label = f->title.n ? f->title : f->name;
		}
		bits |= now;
	}
	if (bits == all(l) && (h = found(l))) {
		struct record_line line = record_line(c, r);

		h->title = line.title;
		h->where = line.source;
		h->url = line.url;
		excerpt(l, h, label, text);
	}
}

static void records(struct looking *l)
{
	struct call *c = l->c;

	begin(l, N_("Records"), "records");
	for (size_t t = 0; t < c->facts.scheme->ntypes; t++) {
		const struct record_type *type = &c->facts.scheme->types[t];
		const struct fact_set *set = facts_of(&c->facts, type);
		int64_t before = l->group->n;

		for (size_t i = 0; !type->computed && i < set->n; i++) {
			const struct fact *r = &set->p[i];

			if (!r->withdrawn && !r->outside && (!date_is(r->day) || r->day.n <= c->on.n) &&
				call_sees(c, r))
				record(l, r);
		}
		if (l->group->n > before)
			*ARENA_PUSH(c->arena, l->group->more.p, l->group->more.n, l->group->more.cap) =
				(struct hit_more){type->title, l->group->n - before, url_query(c->arena, call_url(c,
					url_add(c->arena, url_path("/registers"), type->name)), "q", l->raw[0])};
	}
}

static void duties(struct looking *l)
{
	struct call *c = l->c;

	begin(l, N_("Duties"), "duties");
	for (size_t i = 0; i < c->facts.scheme->nduties; i++) {
		const struct duty *d = &c->facts.scheme->duties[i];
		struct str text = arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(d->id), STR_ARG(d->title));
		bool mine = call_sees_all(c) || c->figures.duties[i].nslots;
		struct hit *h = mine && held(l, text) == all(l) ? found(l) : NULL;

		if (!h)
			continue;
		h->title = text;
		h->where = d->cadence;
		h->url = call_url(c, url_add(c->arena, url_path("/duties"), d->id));
	}
}

static void figures(struct looking *l)
{
	struct call *c = l->c;

	begin(l, N_("Figures"), "figures");
	for (size_t i = 0; i < c->figures.n; i++) {
		const struct figure_result *f = &c->figures.p[i];
		struct str rule = figure_rule(f->figure);
		struct hit *h = (held(l, f->name) | held(l, rule)) == all(l) ? found(l) : NULL;

		if (!h)
			continue;
		h->title = f->name;
		h->where = figure_text(c->arena, &f->value);
		h->url = url_query(c->arena, call_url(c, url_path("/figures")), "figure", f->name);
		if (rule.n)
			excerpt(l, h, call_say(c, N_("Counting rule")), rule);
	}
}

static void organisation(struct looking *l)
{
	struct call *c = l->c;
	const struct org *org = &c->world->org;

	begin(l, N_("Organisation"), "organisation");
	for (size_t i = 0; i < org->nunits; i++) {
		const struct unit *u = &org->units[i];
		struct str text = arena_printf(c->arena, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(u->name),
			STR_ARG(u->short_name), STR_ARG(u->code));
		struct hit *h = org_sees(c, u->code) && held(l, text) == all(l) ? found(l) : NULL;

		if (h)
			*h = (struct hit){.title = u->name, .where = u->kind.n ? u->kind : u->code,
				.url = unit_link(c, u).url};
	}
	for (size_t i = 0; i < org->nposts; i++) {
		const struct post *p = &org->posts[i];
		struct org_post_line line = org_post_line(c, p);
		struct str text = arena_printf(c->arena, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(p->name),
			STR_ARG(p->code), STR_ARG(line.holder));
		struct hit *h = org_sees(c, p->unit) && held(l, text) == all(l) ? found(l) : NULL;

		if (h)
			*h = (struct hit){.title = p->name, .where = line.holder.n ? line.holder : p->role,
				.url = line.url};
	}
}

enum err_code search_page(struct call *c, struct err *err)
{
	struct search_view v = {.q = value_of(&c->values, "q")};
	struct looking l = {.c = c, .v = &v};

	TRY(call_world(c, err));
	v.on = c->asked ? c->on : DATE_NONE;
	v.frame = call_frame(c, NAV_NONE, call_say(c, N_("Search")));
	v.frame->q = v.q;
	read_words(&l, v.q);
	if (l.nwords) {
		records(&l);
		duties(&l);
		figures(&l);
		organisation(&l);
	}
	arena_free(&l.passing);
	page_search(page_begin(c), &v);
	return page_end(c, err);
}
