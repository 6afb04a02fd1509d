#include "who/org.h"

/* ---- holders and portfolios in one shape ---- */

struct term *org_terms(struct arena *a, const struct org *org, enum org_list list, size_t *n)
{
	bool of_holders = list == ORG_HOLDERS;
	struct term *out;

	*n = of_holders ? org->nholders : org->nportfolios;
	out = ARENA_ARRAY(a, struct term, *n);
	for (size_t i = 0; i < *n; i++) {
		if (of_holders) {
			const struct holder *h = &org->holders[i];

			out[i] = (struct term){.id = h->id, .post = h->post, .name = h->name, .from = h->from,
				.to = h->to, .acting = h->acting, .at = i};
		} else {
			const struct portfolio *p = &org->portfolios[i];
			const struct unit *u = org_unit(org, p->unit);

			out[i] = (struct term){.id = p->id, .post = p->post, .unit = u ? u->code : p->unit,
				.from = p->from, .to = p->to, .at = i};
		}
	}
	return out;
}

int term_cmp(const void *pa, const void *pb)
{
	const struct term *a = pa, *b = pb;
	int cmp = str_cmp(a->post, b->post);

	if (!cmp)
		cmp = str_cmp(a->unit, b->unit);
	if (!cmp)
		cmp = (a->from.n > b->from.n) - (a->from.n < b->from.n);
	return cmp ? cmp : (a->at > b->at) - (a->at < b->at);
}

/* ---- adoption ---- */

/* One key — a post, or a post and a unit: what the tables and what the file say of it, each by first day. */
struct pair {
	struct term *have, *want;
	size_t nhave, nwant;
	struct term **now;         /* [nwant] the term in the tables that is this one, or NULL */
	bool *taken;               /* [nhave] */
};

struct adopting {
	struct tx *tx;
	enum org_list list;
	struct org_change *count;
	struct err *err;
	const struct term **added; /* by place in the file, whose order new ones keep */
};

static const char *kind_of(const struct adopting *ad, const char *holder, const char *portfolio)
{
	return ad->list == ORG_HOLDERS ? holder : portfolio;
}

enum likeness { SAME, OTHER_NAME, OTHER_DAY };

static bool alike(const struct term *a, const struct term *b, enum likeness like)
{
	switch (like) {
	case SAME:
		return str_eq(a->name, b->name) && date_eq(a->from, b->from);
	case OTHER_NAME:
		return date_eq(a->from, b->from);
	case OTHER_DAY:
		return str_eq(a->name, b->name) && term_meet(a, b);
	}
	return false;
}

/* The same first day and name; else a corrected name; else, where the spans meet, a corrected first day.
 * Neither side overlaps itself: what ended before one of the file ended before all later ones. */
static void match(struct pair *p, enum likeness like)
{
	size_t from = 0;

	for (size_t w = 0; w < p->nwant; w++) {
		if (p->now[w])
			continue;
		while (from < p->nhave && term_last(&p->have[from]) < p->want[w].from.n)
			from++;
		for (size_t h = from; h < p->nhave && p->have[h].from.n <= term_last(&p->want[w]); h++) {
			if (p->taken[h] || !alike(&p->have[h], &p->want[w], like))
				continue;
			p->now[w] = &p->have[h];
			p->taken[h] = true;
			break;
		}
	}
}

static enum err_code set_from(struct adopting *ad, struct term *now, const struct term *want)
{
	struct node *data = node_map(ad->tx->arena);

	data_date(ad->tx->arena, data, S("from"), want->from);
	if (!str_eq(now->name, want->name))
		data_text(ad->tx->arena, data, S("name"), want->name);
	if (now->acting != want->acting)
		node_set(ad->tx->arena, data, S("acting"), node_bool(ad->tx->arena, want->acting));
	now->from = want->from;
	now->name = want->name;
	now->acting = want->acting;
	return tx_event(
		ad->tx, kind_of(ad, "holder.change", "portfolio.change"), now->id, data, NULL, ad->err);
}

static enum err_code set_to(struct adopting *ad, struct term *now, struct date to)
{
	struct node *data = node_map(ad->tx->arena);

	data_date(ad->tx->arena, data, S("to"), to);
	now->to = to;
	return tx_event(ad->tx, kind_of(ad, "holder.end", "portfolio.end"), now->id, data, NULL, ad->err);
}

/* Spans first shrink, then grow, then new ones come: so no two holders meet on the way. */
static enum err_code shrink(struct adopting *ad, struct pair *p)
{
	for (size_t w = 0; w < p->nwant; w++) {
		struct term *now = p->now[w], *want = &p->want[w];

		if (!now)
			continue;
		if (date_eq(now->from, want->from) && date_eq(now->to, want->to) &&
			str_eq(now->name, want->name) && now->acting == want->acting)
			ad->count->same++;
		else
			ad->count->changed++;
		if (term_last(want) < term_last(now))
			TRY(set_to(ad, now, want->to));
		if (now->from.n < want->from.n)
			TRY(set_from(ad, now, want));
	}
	return OK;
}

static enum err_code grow(struct adopting *ad, struct pair *p)
{
	for (size_t w = 0; w < p->nwant; w++) {
		struct term *now = p->now[w], *want = &p->want[w];

		if (!now)
			continue;
		if (!date_eq(now->from, want->from) || !str_eq(now->name, want->name) ||
			now->acting != want->acting)
			TRY(set_from(ad, now, want));
		if (!date_eq(now->to, want->to))
			TRY(set_to(ad, now, want->to));
	}
	return OK;
}

/* A holder in office whom the file no longer names, and a later one whom it names anew: the one succeeded the
 * other. */
static enum err_code succeed(struct adopting *ad, struct pair *p, struct term *now, bool *ended)
{
	*ended = false;
	if (ad->list != ORG_HOLDERS || date_is(now->to))
		return OK;
	for (size_t w = 0; w < p->nwant && !*ended; w++) {
		if (p->now[w] || p->want[w].from.n <= now->from.n)
			continue;
		*ended = true;
		TRY(set_to(ad, now, (struct date){p->want[w].from.n - 1}));
	}
	return OK;
}

static enum err_code add(struct adopting *ad, const struct term *t)
{
	struct arena *a = ad->tx->arena;
	struct node *data = node_map(a);

	data_text(a, data, S("post"), t->post);
	data_text(a, data, S("unit"), t->unit);
	data_text(a, data, S("name"), t->name);
	data_date(a, data, S("from"), t->from);
	data_date(a, data, S("to"), t->to);
	if (t->acting)
		node_set(a, data, S("acting"), node_bool(a, true));
	ad->count->added++;
	return tx_event(ad->tx, kind_of(ad, "holder.add", "portfolio.add"), ID_NONE, data, NULL, ad->err);
}

static enum err_code one_key(struct adopting *ad, struct pair *p)
{
	p->now = ARENA_ARRAY(ad->tx->arena, struct term *, p->nwant);
	p->taken = ARENA_ARRAY(ad->tx->arena, bool, p->nhave);
	for (enum likeness like = SAME; like <= OTHER_DAY; like++)
		match(p, like);
	TRY(shrink(ad, p));
	for (size_t h = 0; h < p->nhave; h++) {
		bool ended;

		if (p->taken[h])
			continue;
		TRY(succeed(ad, p, &p->have[h], &ended));
		if (ended)
			ad->count->changed++;
		else
			ad->count->gone++;
	}
	TRY(grow(ad, p));
	for (size_t w = 0; w < p->nwant; w++)
		if (!p->now[w])
			ad->added[p->want[w].at] = &p->want[w];
	return OK;
}

static int key_cmp(const struct term *a, const struct term *b)
{
	int cmp = str_cmp(a->post, b->post);

	return cmp ? cmp : str_cmp(a->unit, b->unit);
}

/* How many terms from t on have its key. */
static size_t run(const struct term *t, size_t n)
{
	size_t k = 0;

	while (k < n && term_same_key(t, &t[k]))
		k++;
	return k;
}

enum err_code org_adopt_terms(struct tx *tx, enum org_list list, const struct org *have,
	const struct org *want, struct org_change *out, struct err *err)
{
	struct adopting ad = {.tx = tx, .list = list, .count = out, .err = err};
	size_t nh, nw, h = 0, w = 0;
	struct term *th = org_terms(tx->arena, have, list, &nh), *tw = org_terms(tx->arena, want, list, &nw);

	ad.added = ARENA_ARRAY(tx->arena, const struct term *, nw);
	if (nh)
		qsort(th, nh, sizeof *th, term_cmp);
	if (nw)
		qsort(tw, nw, sizeof *tw, term_cmp);
	while (h < nh || w < nw) {
		int cmp = h == nh ? 1 : w == nw ? -1 : key_cmp(&th[h], &tw[w]);
		struct pair p = {.have = &th[h], .want = &tw[w], .nhave = cmp <= 0 ? run(&th[h], nh - h) : 0,
			.nwant = cmp >= 0 ? run(&tw[w], nw - w) : 0};

		TRY(one_key(&ad, &p));
		h += p.nhave;
		w += p.nwant;
	}
	for (size_t i = 0; i < nw; i++)
		if (ad.added[i])
			TRY(add(&ad, ad.added[i]));
	return OK;
}
