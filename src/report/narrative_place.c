/* Which sections of an outline take people's paragraphs, and what a person means by one. */
#include "report/report.h"

#include "base/utf8.h"

/* The words of a heading; empty where it holds what changes. */
static struct str words_of(const struct phrase *p)
{
	return p->n == 1 && p->p[0].kind == PIECE_TEXT ? p->p[0].text : S("");
}

static void add(struct arena *a, struct own_places *out, struct str number, struct str words)
{
	struct own_place *p = ARENA_PUSH(a, out->p, out->n, out->cap);
	const char *mark = words.n && !str_ends(number, S("）")) ? "、" : "";

	p->number = number;
	p->heading = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(number), mark, STR_ARG(words));
}

void outline_places(struct arena *a, const struct outline *o, struct own_places *out)
{
	*out = (struct own_places){0};
	if (o->lead_own.n)
		add(a, out, o->lead_own, S(""));
	for (size_t i = 0; i < o->nsections; i++) {
		const struct section *s = &o->sections[i];

		if (s->own)
			add(a, out, s->number, words_of(&s->heading));
		for (size_t k = 0; k < s->nsections; k++)
			if (s->sections[k].own)
				add(a, out, s->sections[k].number, words_of(&s->sections[k].heading));
	}
}

enum err_code narrative_places(struct arena *a, const struct scheme *s, struct own_places *out, struct err *err)
{
	struct outline o;

	TRY(outline_read(a, s, &o, err));
	outline_places(a, &o, out);
	return OK;
}

static const struct own_place *find(struct arena *a, const struct own_places *l, struct str section)
{
	struct str number = heading_number(a, section), want = utf8_squeeze(a, number.n ? number : section);

	for (size_t i = 0; i < l->n; i++)
		if (str_eq(utf8_squeeze(a, l->p[i].number), want))
			return &l->p[i];
	return NULL;
}

/* Every number, a blank between. */
static struct str all(struct arena *a, const struct own_places *l)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(512);

	for (size_t i = 0; i < l->n; i++)
		buf_printf(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(l->p[i].number));
	return arena_str(a, buf_str(&b));
}

enum err_code narrative_place(
	struct arena *a, const struct own_places *l, struct str section, const struct own_place **out, struct err *err)
{
	struct str want = str_sub(utf8_squeeze(a, section), 0, 96);
	const struct own_place *found = find(a, l, section);
	size_t best = 3, d;
	struct str nearest = S("");

	if (found) {
		*out = found;
		return OK;
	}
	for (size_t i = 0; i < l->n; i++)
		if ((d = str_distance(want, utf8_squeeze(a, l->p[i].number), best)) < best) {
			best = d;
			nearest = l->p[i].number;
		}
	if (!nearest.n)
		return fail(err, ERR_NOT_FOUND, "no section '" STR_FMT "' takes own paragraphs; there are: " STR_FMT,
			STR_ARG(want), STR_ARG(all(a, l)));
	return fail(err, ERR_NOT_FOUND,
		"no section '" STR_FMT "' takes own paragraphs; nearest: " STR_FMT "; there are: " STR_FMT,
		STR_ARG(want), STR_ARG(nearest), STR_ARG(all(a, l)));
}

enum err_code narrative_bind(struct arena *a, const struct own_places *l, const struct narrative *n, struct err *err)
{
	for (size_t i = 0; i < n->n; i++)
		if (!find(a, l, n->p[i].number))
			return fail(err, ERR_INPUT,
				"line %d: heading \"" STR_FMT "\" belongs to no section of the report; it takes "
				"paragraphs for: " STR_FMT,
				n->p[i].line, STR_ARG(n->p[i].heading), STR_ARG(all(a, l)));
	return OK;
}
