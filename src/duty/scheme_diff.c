#include "duty/scheme_diff.h"

#include <stdlib.h>

const char *diff_kind_name(enum diff_kind k)
{
	static const char *const names[] = {"added", "changed", "ended"};

	return names[k];
}

/* ---- what a duty says ---- */

static struct str flow(struct arena *a, const struct node *n)
{
	return n ? node_flow(a, n) : STR_NONE;
}

static void add_key(struct arena *a, struct duty_change *d, struct str key, struct str before, struct str after)
{
	*ARENA_PUSH(a, d->keys, d->n, d->cap) = (struct key_change){key, before, after};
}

/* Maps are compared key by key, all else whole. */
static void compare(
	struct arena *a, struct duty_change *d, struct str key, const struct node *before, const struct node *after)
{
	if (node_alike(before, after))
		return;
	if (!before || !after || before->kind != NODE_MAP || after->kind != NODE_MAP) {
		add_key(a, d, key, flow(a, before), flow(a, after));
		return;
	}
	for (size_t i = 0; i < before->n + after->n; i++) {
		const struct node *from = i < before->n ? before : after;
		struct str name = from->keys[i < before->n ? i : i - before->n]->text;

		if (i >= before->n && node_get(before, name))
			continue;
		compare(a, d, key.n ? arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(key), STR_ARG(name)) : name,
			node_get(before, name), node_get(after, name));
	}
}

static struct str owner_words(struct arena *a, const struct owner_rule *o)
{
	static const char *const words[] = {"post:", "each post:", "each unit:", "field:", "office", "everyone"};

	return arena_printf(a, "%s" STR_FMT, words[o->kind], STR_ARG(o->name));
}

static void changed(struct arena *a, const struct duty *before, const struct duty *after, struct scheme_diff *out)
{
	struct duty_change d = {.kind = DIFF_CHANGED, .before = before, .after = after};
	struct str was = owner_words(a, &before->owner), is = owner_words(a, &after->owner);
	bool owner = false;

	compare(a, &d, STR_NONE, before->node, after->node);
	for (size_t i = 0; i < d.n; i++)
		owner = owner || str_is(d.keys[i].key, "owner");
	if (!owner && !str_eq(was, is))
		add_key(a, &d, S("owner"), was, is);
	if (d.n)
		*ARENA_PUSH(a, out->duties, out->nduties, out->duties_cap) = d;
}

void scheme_diff(struct arena *a, const struct scheme *before, const struct scheme *after, struct scheme_diff *out)
{
	*out = (struct scheme_diff){0};
	for (size_t i = 0; i < after->nduties; i++) {
		const struct duty *is = &after->duties[i], *was = scheme_duty(before, is->id);

		if (was)
			changed(a, was, is, out);
		else
			*ARENA_PUSH(a, out->duties, out->nduties, out->duties_cap) =
				(struct duty_change){.kind = DIFF_ADDED, .after = is};
	}
	for (size_t i = 0; i < before->nduties; i++)
		if (!scheme_duty(after, before->duties[i].id))
			*ARENA_PUSH(a, out->duties, out->nduties, out->duties_cap) =
				(struct duty_change){.kind = DIFF_ENDED, .before = &before->duties[i]};
}

/* ---- what it asks of whom ---- */

static struct owner_work *owner_at(struct arena *a, struct map *owners, struct scheme_diff *out, struct str name)
{
	void **at = map_at(owners, name);

	if (!*at) {
		ARENA_PUSH(a, out->owners, out->nowners, out->owners_cap)->owner = name;
		*at = (void *)(uintptr_t)out->nowners;           /* its place plus 1: the array moves as it grows */
	}
	return &out->owners[(uintptr_t)*at - 1];
}

static void count(const struct facts *f, struct map *owners, struct scheme_diff *out, bool after)
{
	struct date last;

	date_make(f->year, 12, 31, &last);
	for (size_t i = 0; i < f->scheme->nduties; i++) {
		struct duty_state s;

		duty_on(f, &f->scheme->duties[i], last, (struct figure_source){0}, &s);
		for (size_t k = 0; k < s.nslots; k++) {
			struct owner_work *w = owner_at(f->arena, owners, out, s.slots[k].owner);
			struct burden_sum *to = after ? &w->after : &w->before, asks = slot_asks(&s.slots[k]);

			to->slots += asks.slots;
			to->entries += asks.entries;
			to->files += asks.files;
		}
	}
}

static int by_gain(const void *x, const void *y)
{
	const struct owner_work *a = x, *b = y;
	int64_t p = a->after.slots - a->before.slots, q = b->after.slots - b->before.slots;

	if (p != q)
		return p > q ? -1 : 1;
	p = a->after.files - a->before.files;
	q = b->after.files - b->before.files;
	if (p != q)
		return p > q ? -1 : 1;
	return str_cmp(a->owner, b->owner);
}

static bool same_sum(const struct burden_sum *a, const struct burden_sum *b)
{
	return a->slots == b->slots && a->entries == b->entries && a->files == b->files;
}

void scheme_diff_work(const struct facts *before, const struct facts *after, struct scheme_diff *out)
{
	struct map owners = MAP_IN(after->arena);
	size_t kept = 0;

	count(before, &owners, out, false);
	count(after, &owners, out, true);
	for (size_t i = 0; i < out->nowners; i++)
		if (!same_sum(&out->owners[i].before, &out->owners[i].after))
			out->owners[kept++] = out->owners[i];
	out->nowners = kept;
	if (kept)
		qsort(out->owners, kept, sizeof *out->owners, by_gain);
}

/* ---- for want of an organisation ---- */

struct standin {
	struct arena *a;
	struct org *org;
	size_t posts_cap, units_cap, portfolios_cap;
};

static void add_unit(struct standin *x, struct str kind)
{
	struct str name = arena_printf(x->a, "each unit:" STR_FMT, STR_ARG(kind));

	for (size_t i = 0; i < x->org->nunits; i++)
		if (str_eq(x->org->units[i].kind, kind))
			return;
	*ARENA_PUSH(x->a, x->org->units, x->org->nunits, x->units_cap) =
		(struct unit){.code = name, .name = name, .kind = kind};
}

/* With a portfolio of one unit. */
static void add_post(struct standin *x, struct str role)
{
	struct str name = arena_printf(x->a, "each post:" STR_FMT, STR_ARG(role));

	for (size_t i = 0; i < x->org->nposts; i++)
		if (str_eq(x->org->posts[i].role, role))
			return;
	*ARENA_PUSH(x->a, x->org->posts, x->org->nposts, x->posts_cap) =
		(struct post){.code = name, .name = name, .role = role};
	*ARENA_PUSH(x->a, x->org->portfolios, x->org->nportfolios, x->portfolios_cap) = (struct portfolio){
		.post = name, .unit = S("portfolio"), .from = DATE_NONE, .to = DATE_NONE};
}

static void add_rules(struct standin *x, const struct scheme *s)
{
	for (size_t i = 0; i < s->nduties; i++)
		for (size_t k = 0; k < s->duties[i].nneeds; k++) {
			const struct need *n = &s->duties[i].needs[k];

			if (n->owner.kind == OWNER_EACH_POST)
				add_post(x, n->owner.name);
			if (n->owner.kind == OWNER_EACH_UNIT)
				add_unit(x, n->owner.name);
			for (size_t e = 0; e < n->neach; e++) {
				if (n->each[e].kind == EACH_POSTS)
					add_post(x, n->each[e].of);
				if (n->each[e].kind == EACH_UNITS)
					add_unit(x, n->each[e].of);
			}
		}
}

void scheme_diff_org(struct arena *a, const struct scheme *before, const struct scheme *after, struct org *out)
{
	struct standin x = {a, out, 0, 0, 0};

	*out = (struct org){.office = {.name = S("office"), .short_name = S("office"), .settings = node_map(a)}};
	add_rules(&x, before);
	add_rules(&x, after);
	org_index(a, out);
}

/* ---- as JSON ---- */

static struct node *sum_json(struct arena *a, const struct burden_sum *s)
{
	struct node *m = node_map(a);

	node_set(a, m, S("slots"), node_num(a, s->slots));
	node_set(a, m, S("entries"), node_num(a, s->entries));
	node_set(a, m, S("files"), node_num(a, s->files));
	return m;
}

static struct node *duty_json(struct arena *a, const struct duty_change *d)
{
	const struct duty *duty = d->after ? d->after : d->before;
	struct node *m = node_map(a), *keys = node_list(a);

	node_set(a, m, S("id"), node_str(a, duty->id));
	node_set(a, m, S("kind"), node_str(a, str_c(diff_kind_name(d->kind))));
	node_set(a, m, S("title"), node_str(a, duty->title));
	for (size_t i = 0; i < d->n; i++) {
		struct node *k = node_map(a);

		node_set(a, k, S("key"), node_str(a, d->keys[i].key));
		node_set(a, k, S("before"), node_str(a, d->keys[i].before));
		node_set(a, k, S("after"), node_str(a, d->keys[i].after));
		node_push(a, keys, k);
	}
	node_set(a, m, S("keys"), keys);
	return m;
}

struct node *scheme_diff_json(struct arena *a, const struct scheme_diff *d)
{
	struct node *out = node_map(a), *duties = node_list(a), *owners = node_list(a);

	for (size_t i = 0; i < d->nduties; i++)
		node_push(a, duties, duty_json(a, &d->duties[i]));
	for (size_t i = 0; i < d->nowners; i++) {
		struct node *m = node_map(a);

		node_set(a, m, S("owner"), node_str(a, d->owners[i].owner));
		node_set(a, m, S("before"), sum_json(a, &d->owners[i].before));
		node_set(a, m, S("after"), sum_json(a, &d->owners[i].after));
		node_push(a, owners, m);
	}
	node_set(a, out, S("duties"), duties);
	node_set(a, out, S("owners"), owners);
	return out;
}
