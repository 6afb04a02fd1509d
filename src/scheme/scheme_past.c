/* Duties of versions that were in force earlier in the year, behind those of the version at its end. */
#include "scheme/duty_def.h"

/* Its duties by the record types of s, with its own lists, roles and names of settings. */
static enum err_code read_duties(
	struct arena *a, const struct scheme *s, const struct scheme_past *past, struct scheme *out, struct err *err)
{
	const char *file = arena_str(a, past->name).p;
	struct scheme_head h;

	TRY(scheme_head_read(a, past->text, file, &h, err));
	if (h.s.use && scheme_use(a, STR_NONE, past->source, &h, err) != OK)
		return err_at(err, "%s", file);
	*out = h.s;
	out->types = s->types;
	out->ntypes = s->ntypes;
	return h.duties ? scheme_duties(a, out, h.duties, err) : OK;
}

/* What the older version calls settings by, where the newer one has no such name. */
static void keep_names(struct arena *a, struct scheme *s, const struct node *older)
{
	struct node *all;

	if (!older)
		return;
	all = node_map(a);
	for (size_t i = 0; s->office && i < s->office->n; i++)
		node_put(a, all, s->office->keys[i], s->office->items[i]);
	for (size_t i = 0; i < older->n; i++)
		if (!node_get(all, older->keys[i]->text))
			node_put(a, all, older->keys[i], older->items[i]);
	s->office = all;
}

static bool same_owner(const struct owner_rule *x, const struct owner_rule *y)
{
	return x->kind == y->kind && str_eq(x->name, y->name);
}

/* As written, and by whom it is owed: a role may have come to mean other posts. */
static bool same_text(const struct duty *x, const struct duty *y)
{
	if (!node_alike(x->node, y->node) || x->nneeds != y->nneeds || !same_owner(&x->owner, &y->owner))
		return false;
	for (size_t i = 0; i < x->nneeds; i++)
		if (!same_owner(&x->needs[i].owner, &y->needs[i].owner))
			return false;
	return true;
}

struct chain {
	struct arena *a;
	const struct scheme *olds;           /* [n] */
	const struct scheme_past *past;
	size_t n;
};

/* What stood before d, which holds from `from` on (DATE_NONE: since ever); versions from `at` - 1 back. */
static void go_back(struct chain *c, struct duty *d, struct date from, size_t at)
{
	while (at > 0) {
		const struct scheme_past *p = &c->past[--at];
		const struct duty *older = scheme_duty(&c->olds[at], d->id);

		if (older && same_text(older, d) && date_eq(p->until, from)) {
			from = p->from;
			continue;
		}
		if (older) {
			struct duty *copy = ARENA_NEW(c->a, struct duty);

			*copy = *older;
			copy->ends = true;
			copy->until = p->until;
			d->before = copy;
			go_back(c, copy, p->from, at);
			break;
		}
	}
	if (date_is(from)) {
		d->starts = true;
		d->since = from;
	}
}

static void add_ended(struct scheme *s, struct chain *c)
{
	for (size_t at = c->n; at > 0; at--) {
		const struct scheme *old = &c->olds[at - 1];

		for (size_t i = 0; i < old->nduties; i++) {
			struct duty *d;

			if (scheme_duty(s, old->duties[i].id))
				continue;
			d = &s->duties[s->nduties++];
			*d = old->duties[i];
			d->ends = true;
			d->until = c->past[at - 1].until;
			go_back(c, d, c->past[at - 1].from, at - 1);
		}
	}
}

enum err_code scheme_past_duties(
	struct arena *a, struct scheme *s, const struct scheme_past *past, size_t n, struct err *err)
{
	struct scheme *olds = ARENA_ARRAY(a, struct scheme, n);
	struct chain c = {a, olds, past, n};
	struct duty *own = s->duties;
	size_t room = s->nduties;

	for (size_t i = 0; i < n; i++) {
		TRY(read_duties(a, s, &past[i], &olds[i], err));
		keep_names(a, s, olds[i].office);
		room += olds[i].nduties;
	}
	s->duties = ARENA_ARRAY(a, struct duty, room);
	for (size_t i = 0; i < s->nduties; i++) {
		s->duties[i] = own[i];
		go_back(&c, &s->duties[i], past[n - 1].until, n);
	}
	add_ended(s, &c);
	return OK;
}
