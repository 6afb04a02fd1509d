#include "duty/accountable.h"

#include "duty/slot.h"

#include <stdlib.h>

const char *spell_kind_name(enum spell_kind k)
{
	static const char *const names[] = {N_("held"), N_("acting"), N_("vacant")};

	BUG_IF(k >= SPELL_KINDS);
	return names[k];
}

/* ---- one post ---- */

static int by_first_day(const void *a, const void *b)
{
	const struct holder *x = *(const struct holder *const *)a, *y = *(const struct holder *const *)b;

	if (x->from.n != y->from.n)
		return x->from.n < y->from.n ? -1 : 1;
	return (x > y) - (x < y);
}

/* The holders of a post by their first day. */
static const struct holder **holders_of(struct arena *a, const struct org *org, const struct post *post, size_t *n)
{
	const struct holder **out;

	*n = 0;
	for (size_t i = 0; i < org->nholders; i++)
		*n += str_eq(org->holders[i].post, post->code);
	out = ARENA_ARRAY(a, const struct holder *, *n);
	*n = 0;
	for (size_t i = 0; i < org->nholders; i++)
		if (str_eq(org->holders[i].post, post->code))
			out[(*n)++] = &org->holders[i];
	if (*n)
		qsort(out, *n, sizeof *out, by_first_day);
	return out;
}

static int32_t last_day(const struct holder *h)
{
	return date_is(h->to) ? h->to.n : INT32_MAX;
}

/* Days from one to another, both included; joined to the spell before where the same answers. */
static void put(struct arena *a, struct spells *out, size_t first, const struct post *post, const struct holder *h,
	int32_t from, int32_t to)
{
	struct spell s = {.post = post, .kind = !h ? SPELL_VACANT : h->acting ? SPELL_ACTING : SPELL_HELD,
		.holder = h ? h->name : STR_NONE, .from = {from}, .to = {to}};
	struct spell *last = out->n > first ? &out->p[out->n - 1] : NULL;

	if (last && last->kind == s.kind && str_eq(last->holder, s.holder))
		last->to = s.to;
	else
		*ARENA_PUSH(a, out->p, out->n, out->cap) = s;
}

/* Who answers on a day: of those in office the one who began last. NULL: nobody. */
static const struct holder *in_office(const struct holder *const *h, size_t n, int32_t day)
{
	const struct holder *out = NULL;

	for (size_t i = 0; i < n && h[i]->from.n <= day; i++)
		if (day <= last_day(h[i]))
			out = h[i];
	return out;
}

/* The last day before somebody else begins, or to. */
static int32_t until_next(const struct holder *const *h, size_t n, int32_t day, int32_t to)
{
	for (size_t i = 0; i < n; i++)
		if (h[i]->from.n > day)
			return MIN(to, h[i]->from.n - 1);
	return to;
}

void post_spells(struct arena *a, const struct org *org, const struct post *post, struct date from, struct date to,
	struct spells *out)
{
	size_t n, first = out->n;
	const struct holder **h = holders_of(a, org, post, &n);

	for (int32_t day = from.n, end; day <= to.n; day = end + 1) {
		const struct holder *now = in_office(h, n, day);

		end = until_next(h, n, day, to.n);
		if (now)
			end = MIN(end, last_day(now));
		put(a, out, first, post, now, day, end);
	}
}

struct spell post_on(struct arena *a, const struct org *org, const struct post *post, struct date on)
{
	struct spells all = {0};
	struct date first, last;

	if (!date_make(1900, 1, 1, &first) || !date_make(2199, 12, 31, &last))
		BUG("no such days");
	post_spells(a, org, post, first, last, &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.p[i].from.n <= on.n && on.n <= all.p[i].to.n)
			return all.p[i];
	BUG("a day outside of all spells");
}

/* ---- all that own duties ---- */

static void mark(const struct org *org, struct str owner, bool *owns)
{
	const struct post *p = owner.n ? org_post(org, owner) : NULL;

	if (p)
		owns[p - org->posts] = true;
}

void owner_posts(
	const struct facts *f, const struct duty_state *states, size_t n, struct date on, struct owner_posts *out)
{
	const struct org *org = f->org;
	bool *owns = ARENA_ARRAY(f->arena, bool, org->nposts);

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < states[i].nslots; k++)
			mark(org, states[i].slots[k].owner, owns);
		for (size_t k = 0; k < states[i].duty->nneeds; k++) {
			size_t nfors;
			const struct slot_for *fors = slot_fors(f, &states[i].duty->needs[k], on, &nfors);

			for (size_t x = 0; x < nfors; x++)
				if (slot_held(&fors[x], on))
					mark(org, fors[x].owner, owns);
		}
	}
	*out = (struct owner_posts){ARENA_ARRAY(f->arena, const struct post *, org->nposts), 0};
	for (size_t i = 0; i < org->nposts; i++)
		if (owns[i])
			out->p[out->n++] = &org->posts[i];
}

void accountable(const struct facts *f, const struct duty_state *states, size_t n, struct date from, struct date to,
	struct date on, struct accountable *out)
{
	struct owner_posts posts;

	*out = (struct accountable){.from = from, .to = to};
	owner_posts(f, states, n, on, &posts);
	out->posts = posts.n;
	for (size_t i = 0; i < posts.n; i++)
		post_spells(f->arena, f->org, posts.p[i], from, to, &out->spells);
	for (size_t i = 0; i < out->spells.n; i++) {
		const struct spell *s = &out->spells.p[i];

		out->days[s->kind] += s->to.n - s->from.n + 1;
	}
}
