/* What is asked of a computed assessment: which judgements wait for their second person, and one thing by its name. */
#include "score/assess.h"

/* Tells each to out where that is not NULL. */
static size_t waiting(const struct assess_item_score *x, int64_t *out)
{
	const struct assess_judged *j = x->part.judged;
	size_t n = 0;

#define TELL(mark) \
	do { \
		if (out) \
			out[n] = (mark)->event; \
		n++; \
	} while (0)
	if (x->waiting)
		TELL(x->waiting);
	for (size_t i = 0; j && i < j->n; i++)
		if (j->p[i].waiting)
			TELL(j->p[i].waiting);
	for (size_t i = 0; j && i < j->ngone; i++)
		if (!j->gone[i]->confirmed)
			TELL(j->gone[i]);
#undef TELL
	return n;
}

size_t assess_waiting(const struct assess_item_score *x)
{
	return waiting(x, NULL);
}

static const struct assess_item_score *score_at(const struct assess_sheet *s, struct str item)
{
	for (size_t i = 0; i < s->plan->nsections; i++)
		for (size_t k = 0; k < s->sections[i].section->nitems; k++)
			if (str_eq(s->sections[i].items[k].item->id, item))
				return &s->sections[i].items[k];
	return NULL;
}

const int64_t *assess_waiting_marks(struct arena *a, const struct assess_sheet *s, struct str item, size_t *n)
{
	const struct assess_item_score *x = score_at(s, item);
	int64_t *out;

	*n = x ? waiting(x, NULL) : 0;
	out = ARENA_ARRAY(a, int64_t, *n + 1);
	if (*n)
		waiting(x, out);
	return out;
}

static bool called(const struct facts *f, const struct assess_thing *t, struct str name)
{
	int64_t seq;

	if (str_eq(t->key, name) || (!t->fact && words_alike(f, t->name, name)))
		return true;
	return t->fact && str_int(name, &seq) && seq == t->fact->id.seq;
}

enum err_code assess_thing_get(const struct facts *f, const struct assess_sheet *s, struct str item, struct str name,
	const struct assess_thing **out, struct err *err)
{
	const struct assess_item_score *x = score_at(s, item);
	const struct assess_judged *j = x ? x->part.judged : NULL;
	const char *names[1000], *near;
	size_t n = 0;

	if (!j)
		return assess_thing_fits(s->plan, item, 0, S("-"), err) != OK ? err->code
			: fail(err, ERR_INPUT, "item '" STR_FMT "' judges no things one by one", STR_ARG(item));
	for (size_t i = 0; i < j->n; i++) {
		if (called(f, &j->p[i], name)) {
			*out = &j->p[i];
			return OK;
		}
		if (n + 2 <= LEN(names)) {
			names[n++] = arena_str(f->arena, j->p[i].key).p;
			names[n++] = j->p[i].name.p;
		}
	}
	near = nearest_name(name, names, n, sizeof *names);
	if (near)
		return fail(err, ERR_NOT_FOUND, "item '" STR_FMT "' judges no '" STR_FMT "'; did you mean '%s'?",
			STR_ARG(item), STR_ARG(name), near);
	return fail(err, ERR_NOT_FOUND, "item '" STR_FMT "' judges no '" STR_FMT "' on that day", STR_ARG(item),
		STR_ARG(name));
}
