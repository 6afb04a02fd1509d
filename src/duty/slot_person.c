/* Personal duties: what each holder of a post owes alone, within the own tenure. */
#include "duty/slot_inside.h"

struct tenures {
	const struct facts *f;
	struct date on, first, last;
	struct slot_for *p;
	size_t n, cap;
};

/* The holders of a post who have begun on the day, by their first day of the year. */
static void add_post(struct tenures *t, const struct slot_for *owner)
{
	const struct org *org = t->f->org;
	const struct post *post = org ? org_post(org, owner->owner) : NULL;
	size_t begin = t->n;

	for (size_t i = 0; post && i < org->nholders; i++) {
		const struct holder *h = &org->holders[i];
		struct slot_for x = *owner;
		size_t at;

		x.personal = true;
		x.holder = h->name;
		x.since.n = date_is(h->from) ? MAX(h->from.n, t->first.n) : t->first.n;
		x.until.n = date_is(h->to) ? MIN(h->to.n, t->last.n) : t->last.n;
		if (org_post(org, h->post) != post || x.since.n > x.until.n ||
		    (date_is(h->from) && date_is(t->on) && h->from.n > t->on.n))
			continue;
		*ARENA_PUSH(t->f->arena, t->p, t->n, t->cap) = x;
		for (at = t->n - 1; at > begin && t->p[at - 1].since.n > x.since.n; at--)
			t->p[at] = t->p[at - 1];
		t->p[at] = x;
	}
	if (t->n == begin) {
		struct slot_for *x = ARENA_PUSH(t->f->arena, t->p, t->n, t->cap);

		*x = *owner;
		x->personal = true;
		x->since = t->first;
		x->until = t->last;
	}
	for (size_t i = begin; t->n - begin > 1 && i < t->n; i++)
		t->p[i].several = true;
}

struct slot_for *slot_tenures(const struct facts *f, struct date on, const struct slot_for *owners, size_t *count)
{
	struct tenures t = {.f = f, .on = on};

	date_make(f->year, 1, 1, &t.first);
	date_make(f->year, 12, 31, &t.last);
	for (size_t i = 0; i < *count; i++)
		add_post(&t, &owners[i]);
	*count = t.n;
	return t.p;
}
