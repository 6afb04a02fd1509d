/* Owners and objects: who owes, and about what. */
#include "base/utf8.h"
#include "duty/slot.h"

struct list {
	const struct facts *f;
	const struct need *n;
	struct date on;
	struct slot_for *p;
	size_t count, cap;
};

static struct texts one_word(struct arena *a, struct str s)
{
	struct texts t = {ARENA_NEW(a, struct str), 1};

	t.p[0] = s;
	return t;
}

static struct texts two_words(struct arena *a, struct str s, struct str t)
{
	struct texts out = {ARENA_ARRAY(a, struct str, 2), str_eq(s, t) || !t.n ? 1 : 2};

	out.p[0] = s;
	out.p[1] = t;
	return out;
}

/* In office on the day? A portfolio or post without dates always is. */
static bool holds_on(struct date from, struct date to, struct date on)
{
	return !date_is(on) || ((!date_is(from) || from.n <= on.n) && (!date_is(to) || to.n >= on.n));
}

bool slot_held(const struct slot_for *x, struct date day)
{
	return !x->pair || holds_on(x->from, x->to, day);
}

struct str fact_owner(const struct facts *f, const struct need *n, const struct fact *r)
{
	const struct datum *v = fact_said(f, r, n->owner.name);

	return v ? v->text : STR_NONE;
}

static struct str owner_of(const struct list *l, const struct slot_for *x)
{
	const struct owner_rule *o = &l->n->owner;

	switch (o->kind) {
	case OWNER_POST:
	case OWNER_BODY:
		return o->name;
	case OWNER_FIELD:
		return x->record ? fact_owner(l->f, l->n, x->record) : STR_NONE;
	case OWNER_EACH_UNIT:
	case OWNER_EACH_BODY:
		return x->owner.n ? x->owner : x->object;
	case OWNER_OFFICE:
		return l->f->org ? l->f->org->office.short_name : STR_NONE;
	case OWNER_EACH_POST:
	case OWNER_EVERYONE:
		break;
	}
	return x->owner;
}

static void add(struct list *l, struct slot_for x)
{
	x.owner = owner_of(l, &x);
	*ARENA_PUSH(l->f->arena, l->p, l->count, l->cap) = x;
}

static void portfolio(struct list *l)
{
	const struct org *org = l->f->org;
	const struct owner_rule *o = &l->n->owner;

	for (size_t i = 0; org && i < org->nportfolios; i++) {
		const struct portfolio *p = &org->portfolios[i];
		const struct post *post = org_post(org, p->post);
		const struct unit *unit = org_unit(org, p->unit);

		if (!post || (date_is(p->from) && date_is(l->on) && p->from.n > l->on.n))
			continue;
		if ((o->kind == OWNER_EACH_POST && !str_eq(post->role, o->name)) ||
		    (o->kind == OWNER_POST && !str_eq(post->name, o->name)))
			continue;
		add(l, (struct slot_for){.owner = post->name, .object = unit ? unit->name : p->unit, .pair = true,
		                         .from = p->from, .to = p->to,
		                         .words = unit ? two_words(l->f->arena, unit->name, unit->short_name)
		                                       : one_word(l->f->arena, p->unit)});
	}
}

static void units(struct list *l, struct str kind, bool owners)
{
	const struct org *org = l->f->org;

	for (size_t i = 0; org && i < org->nunits; i++) {
		const struct unit *u = &org->units[i];

		if (!str_eq(u->kind, kind))
			continue;
		add(l, (struct slot_for){.owner = owners ? u->name : STR_NONE, .object = u->name,
		                         .words = two_words(l->f->arena, u->name, u->short_name)});
	}
}

static void posts(struct list *l, struct str role, bool owners)
{
	const struct org *org = l->f->org;

	for (size_t i = 0; org && i < org->nposts; i++) {
		const struct post *p = &org->posts[i];

		if (!str_eq(p->role, role))
			continue;
		add(l, (struct slot_for){.owner = owners ? p->name : STR_NONE, .object = p->name,
		                         .words = one_word(l->f->arena, p->name)});
	}
}

static void bodies(struct list *l, bool owners)
{
	const struct org *org = l->f->org;

	for (size_t i = 0; org && i < org->nbodies; i++) {
		struct str name = org->bodies[i].name;

		add(l, (struct slot_for){.owner = owners ? name : STR_NONE, .object = name,
		                         .words = one_word(l->f->arena, name)});
	}
}

/* A setting of the organisation that is a map of name → list of words, or a list of words. */
static void words(struct list *l, struct str key)
{
	struct arena *a = l->f->arena;
	const struct node *table = l->f->org ? node_get(l->f->org->office.settings, key) : NULL;

	if (!table && l->f->scheme->office)
		table = l->f->org ? node_get(l->f->org->office.settings, node_text(l->f->scheme->office, key)) : NULL;
	for (size_t i = 0; table && i < table->n; i++) {
		struct slot_for x = {0};

		if (table->kind == NODE_MAP) {
			const struct node *v = table->items[i];

			x.object = table->keys[i]->text;
			x.words.p = ARENA_ARRAY(a, struct str, v->n + 1);
			for (size_t k = 0; v->kind == NODE_LIST && k < v->n; k++)
				x.words.p[x.words.n++] = v->items[k]->text;
		} else {
			x.object = table->items[i]->text;
			x.words = one_word(a, x.object);
		}
		add(l, x);
	}
}

static void records(struct list *l, const struct set *set)
{
	const struct ask ask = {.on = l->on};
	struct fact_list found = set_take(l->f, set, &ask);

	for (size_t i = 0; i < found.n; i++) {
		const struct fact *r = found.p[i];
		const struct field *name = l->n->label_field ? l->n->label_field : &r->type->fields[0];
		const struct datum *v = fact_value(l->f, r, name, l->on);
		struct str key = datum_text(l->f->arena, LANG_ZH, v);

		add(l, (struct slot_for){.object = key, .record = r, .words = one_word(l->f->arena, key)});
	}
}

static void owners_alone(struct list *l)
{
	const struct owner_rule *o = &l->n->owner;

	if (o->kind == OWNER_EACH_POST)
		posts(l, o->name, true);
	else if (o->kind == OWNER_EACH_UNIT)
		units(l, o->name, true);
	else if (o->kind == OWNER_EACH_BODY)
		bodies(l, true);
	else
		add(l, (struct slot_for){0});
}

struct slot_for *slot_fors(const struct facts *f, const struct need *n, struct date on, size_t *count)
{
	struct list l = {.f = f, .n = n, .on = on};

	if (!n->neach)
		owners_alone(&l);
	for (size_t i = 0; i < n->neach; i++) {
		const struct each_of *e = &n->each[i];

		switch (e->kind) {
		case EACH_PORTFOLIO:
			portfolio(&l);
			break;
		case EACH_UNITS:
			units(&l, e->of, false);
			break;
		case EACH_POSTS:
			posts(&l, e->of, false);
			break;
		case EACH_WORDS:
			words(&l, e->of);
			break;
		case EACH_BODIES:
			bodies(&l, false);
			break;
		case EACH_RECORDS:
			records(&l, &e->set);
			break;
		case EACH_NONE:
			break;
		}
	}
	*count = l.count;
	return l.p;
}
