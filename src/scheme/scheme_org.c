/* What the duties of a scheme name and the organisation has not. */
#include "scheme/scheme_org.h"

#include "scheme/duty_def.h"
#include "text/bind.h"

struct misses {
	struct arena *a;
	enum lang lang;
	const struct scheme *s;
	const struct org *org;
	struct str *p;
	size_t n, cap;
};

enum named { NAMED_POST, NAMED_ROLE, NAMED_KIND, NAMED_BODY };

static const char *const said[] = {
	[NAMED_POST] = N_("%s: the organisation has no post '" STR_FMT "' (duty " STR_FMT ")%s%s"),
	[NAMED_ROLE] = N_("%s: no post of the organisation has the role '" STR_FMT "' (duty " STR_FMT ")%s%s"),
	[NAMED_KIND] = N_("%s: no unit of the organisation is of the kind '" STR_FMT "' (duty " STR_FMT ")%s%s"),
	[NAMED_BODY] = N_("%s: the organisation has no body '" STR_FMT "' (duty " STR_FMT ")%s%s"),
};

static void miss(struct misses *m, const char *fmt, const struct node *at, struct str name, struct str duty,
	const char *near)
{
	*ARENA_PUSH(m->a, m->p, m->n, m->cap) = arena_printf(m->a, tr(m->lang, fmt),
		node_place(m->a, m->lang, at).p, STR_ARG(name), STR_ARG(duty),
		near ? tr(m->lang, N_("; nearest: ")) : "", near ? near : "");
}

/* The names of one sort that the organisation has. */
static size_t names_of(const struct misses *m, enum named sort, struct str **out)
{
	const struct org *o = m->org;
	size_t n = sort == NAMED_KIND ? o->nunits : sort == NAMED_BODY ? o->nbodies : o->nposts;

	*out = ARENA_ARRAY(m->a, struct str, n + 1);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = sort == NAMED_KIND ? o->units[i].kind : sort == NAMED_BODY ? o->bodies[i].name
			: sort == NAMED_ROLE ? o->posts[i].role : o->posts[i].name;
	return n;
}

static void look_for(struct misses *m, enum named sort, struct str name, const struct node *at, struct str duty)
{
	struct str *names;
	size_t n = names_of(m, sort, &names);
	const char **known = ARENA_ARRAY(m->a, const char *, n + 1);

	if (sort == NAMED_POST && org_post(m->org, name))
		return;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(names[i], name))
			return;
		known[i] = arena_str(m->a, names[i]).p;
	}
	miss(m, said[sort], at, name, duty, nearest_name(name, known, n, sizeof *known));
}

static void owner(struct misses *m, const struct owner_rule *o, const struct node *at, struct str duty)
{
	if (o->kind == OWNER_POST)
		look_for(m, NAMED_POST, o->name, at, duty);
	else if (o->kind == OWNER_EACH_POST)
		look_for(m, NAMED_ROLE, o->name, at, duty);
	else if (o->kind == OWNER_EACH_UNIT)
		look_for(m, NAMED_KIND, o->name, at, duty);
	else if (o->kind == OWNER_BODY)
		look_for(m, NAMED_BODY, o->name, at, duty);
}

static void each(struct misses *m, const struct each_of *e, const struct node *at, struct str duty)
{
	const struct node *settings = m->org->office.settings;

	if (e->kind == EACH_UNITS)
		look_for(m, NAMED_KIND, e->of, at, duty);
	else if (e->kind == EACH_POSTS)
		look_for(m, NAMED_ROLE, e->of, at, duty);
	else if (e->kind == EACH_WORDS && !node_get(settings, e->of) &&
		!(m->s->office && node_get(settings, node_text(m->s->office, e->of))))
		miss(m, N_("%s: the file of the organisation has no words '" STR_FMT "' (duty " STR_FMT ")%s%s"), at,
			e->of, duty, NULL);
}

struct texts scheme_org_misses(struct arena *a, enum lang lang, const struct scheme *s, const struct org *org)
{
	struct misses m = {.a = a, .lang = lang, .s = s, .org = org};

	for (size_t i = 0; i < s->nduties; i++) {
		const struct duty *d = &s->duties[i];

		owner(&m, &d->owner, NODE_GET(d->node, "owner"), d->id);
		for (size_t k = 0; k < d->nneeds; k++) {
			const struct need *n = &d->needs[k];

			if (NODE_GET(n->node, "owner"))
				owner(&m, &n->owner, NODE_GET(n->node, "owner"), d->id);
			for (size_t j = 0; j < n->neach; j++)
				each(&m, &n->each[j], NODE_GET(n->node, "for_each"), d->id);
		}
	}
	return (struct texts){m.p, m.n};
}
