#include "duty/status.h"

#include "scheme/number.h"

static void put(struct arena *a, struct node *map, const char *key, struct node *value)
{
	node_set(a, map, str_c(key), value);
}

/* A number with decimals, written without quotes. */
static struct node *decimal(struct arena *a, int64_t v)
{
	struct node *n = node_str(a, thousandths_text(a, v));

	n->decimal = true;
	return n;
}

/* Four decimals: 0.9552 of 9552. */
static struct node *share(struct arena *a, int64_t v)
{
	struct node *n = node_str(a, arena_printf(a, "%d.%04d", (int)(v / 10000), (int)(v % 10000)));

	n->decimal = true;
	return n;
}

static struct node *counts(const struct facts *f, const struct duty_state *s, struct date on)
{
	struct arena *a = f->arena;
	struct node *m = node_map(a), *reasons = node_list(a);
	struct str why = duty_reason(a, f->lang, s, f->year, on);

	if (why.n)
		node_push(a, reasons, node_str(a, why));
	put(a, m, "required_to_date", node_num(a, s->required_to_date));
	put(a, m, "required_year", node_num(a, s->required_year));
	put(a, m, "met", node_num(a, s->met));
	put(a, m, "late", node_num(a, s->late));
	put(a, m, "missed", node_num(a, s->missed));
	put(a, m, "pending", node_num(a, s->pending));
	if (s->excused)
		put(a, m, "excused", node_num(a, s->excused));
	if (s->not_applicable)
		put(a, m, "not_applicable", node_num(a, s->not_applicable));
	put(a, m, "status", node_str(a, str_c(duty_status_name(s->status))));
	put(a, m, "reasons", reasons);
	return m;
}

static struct node *score_of(struct arena *a, const struct duty *d, const struct score_line *x)
{
	struct node *m = node_map(a);

	static const char *const modes[] = {[SCORE_SHARE] = "share", [SCORE_DEDUCT_SLOT] = "deduct",
		[SCORE_DEDUCT_OWNER] = "deduct", [SCORE_ALL] = "all", [SCORE_AVERAGE] = "average"};

	put(a, m, "points", decimal(a, x->points));
	put(a, m, "mode", node_str(a, str_c(modes[d->score])));
	switch (d->score) {
	case SCORE_SHARE:
	case SCORE_AVERAGE:
		put(a, m, "share", share(a, x->share));
		break;
	case SCORE_ALL:
		put(a, m, "misses", node_num(a, x->misses));
		break;
	case SCORE_DEDUCT_SLOT:
	case SCORE_DEDUCT_OWNER:
		put(a, m, "misses", node_num(a, x->misses));
		put(a, m, "each", decimal(a, d->deduct));
		put(a, m, "cap", decimal(a, d->at_most));
		put(a, m, "deducted", decimal(a, x->deducted));
		break;
	}
	put(a, m, "got", decimal(a, x->got));
	return m;
}

struct str owner_text(struct arena *a, const struct facts *f, const struct duty *d)
{
	const struct owner_rule *o = &d->owner;

	if (d->owner_text.n)
		return d->owner_text;
	switch (o->kind) {
	case OWNER_POST:
	case OWNER_EACH_POST:
	case OWNER_EACH_UNIT:
	case OWNER_BODY:
		return o->name;
	case OWNER_EACH_BODY:
		return str_c(tr(f->lang, N_("each meeting body")));
	case OWNER_OFFICE:
		return f->org ? f->org->office.name : STR_NONE;
	case OWNER_FIELD:
	case OWNER_EVERYONE:
		break;
	}
	return o->name;
}

static struct node *rows_of(struct arena *a, const struct duty_state *s)
{
	struct node *list = node_list(a);

	for (size_t i = 0; i < s->facts.n; i++)
		node_push(a, list, node_str(a, fact_row(a, s->facts.p[i])));
	return list;
}

/* Who else is named, where the scheme does. */
static void people(struct arena *a, struct node *m, const struct duty *d)
{
	struct node *helpers = node_list(a);

	for (size_t i = 0; i < d->helpers.n; i++)
		node_push(a, helpers, node_str(a, d->helpers.p[i]));
	if (d->helpers.n)
		put(a, m, "helpers", helpers);
	if (d->receiver.n)
		put(a, m, "receiver", node_str(a, d->receiver));
	if (d->approver.n)
		put(a, m, "approver", node_str(a, d->approver));
}

struct node *status_json(const struct facts *f, const struct figures *const *days, size_t n, struct node **total)
{
	struct arena *a = f->arena;
	struct node *out = node_map(a);
	int64_t full = 0, got = 0;
	char text[DATE_TEXT];

	for (size_t i = 0; i < f->scheme->nduties; i++) {
		const struct duty *d = &f->scheme->duties[i];
		const struct duty_state *last = &days[n - 1]->duties[i];
		struct score_line score = duty_score(last);
		struct node *m = node_map(a), *at = node_map(a);

		put(a, m, "name", node_str(a, d->title));
		put(a, m, "owner", node_str(a, owner_text(a, f, d)));
		put(a, m, "cadence", node_str(a, d->cadence));
		people(a, m, d);
		put(a, m, "points", decimal(a, score.points));
		if (d->ends)
			put(a, m, "ended", node_str(a, arena_str(a, date_text(d->until, text))));
		for (size_t k = 0; k < n; k++)
			node_set(a, at, arena_str(a, date_text(days[k]->on, text)),
			         counts(f, &days[k]->duties[i], days[k]->on));
		put(a, m, "at", at);
		put(a, m, "score", score_of(a, d, &score));
		put(a, m, "unproved", node_num(a, last->unproved));
		put(a, m, "entered_late", node_num(a, last->entered_late));
		put(a, m, "rows", rows_of(a, last));
		node_set(a, out, d->id, m);
		full += score.points;
		got += score.got;
	}
	if (total) {
		*total = node_map(a);
		put(a, *total, "full", decimal(a, full));
		put(a, *total, "got", decimal(a, got));
	}
	return out;
}
