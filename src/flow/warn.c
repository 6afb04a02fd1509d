/* The warnings of a day: what the runs of the rules say of it, with answers. */
#include "flow/warn_inside.h"

#include "crypto/digest.h"
#include "scheme/number.h"

#include <stdlib.h>

static struct str key_of(struct arena *a, const struct warn_rule *r, struct str object)
{
	unsigned char sum[DIGEST_BYTES];

	digest_sha256(object, sum);
	return arena_printf(a, STR_FMT "-%02x%02x%02x%02x%02x", STR_ARG(r->id), sum[0], sum[1], sum[2], sum[3], sum[4]);
}

/* "owner", "post:主任", "role:head" for people. */
static struct str whom(const struct scheme *s, struct str to, struct str owner)
{
	struct str name;

	if (!to.n || str_is(to, "owner"))
		return owner;
	if (text_after(to, "post:", &name))
		return name;
	text_after(to, "role:", &name);
	return s->roles && node_text(s->roles, name).n ? node_text(s->roles, name) : name;
}

static void settle(const struct walk *w, const struct warn_answers *answers, struct warning *x)
{
	const struct warn_answer *lift =
		answer_between(answers, x->rule, x->object, WARN_LIFT, x->since, w->last);

	x->answer = answer_between(answers, x->rule, x->object, WARN_ANSWER, x->since, w->last);
	if (lift) {
		x->state = WARN_LIFTED;
		x->answer = lift;
	} else if (x->answer) {
		x->state = WARN_ANSWERED;
	} else if (date_is(x->limit) && x->limit.n < w->last.n) {
		x->state = WARN_LAPSED;
		if (x->band->escalate.n)
			x->to = whom(w->f->scheme, x->band->escalate, x->owner);
	}
}

static void warning_of(const struct walk *w, const struct warn_run *run, const struct strip *s, struct warnings *out)
{
	struct arena *a = w->f->arena;
	int last = w->days - 1, first = last, since = strip_since(run, s, last);
	const struct thing *t = s->thing;
	const struct thing_state *now = thing_on(t, w->last);
	const struct warn_band *band = &run->rule->bands[s->bands[last]];
	struct warning *x = ARENA_PUSH(a, out->p, out->n, out->cap);

	while (first > 0 && s->bands[first - 1] >= 0)
		first--;
	*x = (struct warning){
		.rule = run->rule, .band = band, .thing = t, .key = key_of(a, run->rule, t->key), .object = t->key,
		.title = t->title, .owner = t->owner, .to = whom(w->f->scheme, band->to, t->owner), .duty = t->duty,
		.fact = t->fact, .value = s->value, .due = now ? now->due : DATE_NONE, .first = walk_day(w, first),
		.since = walk_day(w, since), .limit = limit_day(w->f, band, walk_day(w, since))};
	if (t->risk) {
		struct risk *r = ARENA_NEW(a, struct risk);

		risk_on(w->f, t->fact->type->risk, t->fact, w->last, r);
		x->risk = r;
	}
	settle(w, w->answers, x);
}

static int by_colour(const void *pa, const void *pb)
{
	const struct warning *a = pa, *b = pb;

	if (a->band->colour != b->band->colour)
		return a->band->colour > b->band->colour ? -1 : 1;
	if (a->value != b->value)
		return (a->value > b->value ? -1 : 1) * (a->band->at_most ? -1 : 1);
	return str_cmp(a->object, b->object);
}

enum err_code warnings_on(const struct facts *f, const struct warn_answers *answers, struct date on,
	struct warnings *out, struct err *err)
{
	struct walk w = {.f = f, .answers = answers, .last = on};

	TRY(walk_year(&w, err));
	*out = (struct warnings){.facts = f, .on = on, .runs = w.runs};
	for (size_t i = 0; w.days && i < f->scheme->nwarn_rules; i++) {
		const struct warn_run *run = &w.runs[i];
		size_t before = out->n;

		for (size_t k = 0; k < run->things.n; k++)
			if (run->strips[k].bands[w.days - 1] >= 0)
				warning_of(&w, run, &run->strips[k], out);
		if (out->n > before)
			qsort(out->p + before, out->n - before, sizeof *out->p, by_colour);
	}
	return OK;
}

struct str warn_value_text(struct arena *a, const struct warning *w)
{
	int64_t tenths = (w->value + 50) / 100;

	if (w->rule->metric != METRIC_GAP || w->value < 0)
		return thousandths_text(a, w->value);
	return tenths % 10 ? arena_printf(a, "%lld.%lld", (long long)tenths / 10, (long long)tenths % 10)
		: arena_printf(a, "%lld", (long long)tenths / 10);
}

const struct warning *warning_named(const struct warnings *all, struct str key)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->p[i].key, key))
			return &all->p[i];
	return NULL;
}

const char *warn_state_name(enum warn_state s)
{
	static const char *const names[] = {"open", "answered", "lapsed", "lifted"};

	BUG_IF(s >= WARN_STATES);
	return names[s];
}

const char *warn_state_title(enum warn_state s)
{
	static const char *const titles[] = {N_("not answered"), N_("answered"), N_("answer overdue"), N_("lifted")};

	BUG_IF(s >= WARN_STATES);
	return titles[s];
}
