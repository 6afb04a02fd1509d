/* enough: what a period needs. */
#include "scheme/scheme_need.h"

#include "scheme/number.h"

struct enough_text {
	struct str sum, distinct, of, at_least;
	bool days;
	struct texts rate;
	const struct node *share;
};

static enum err_code read_kind(const struct need_read *x, const struct enough_text *t, struct need *n, struct err *err)
{
	const struct node *at = x->t->enough;
	const struct record_type *of = n->take.of;
	struct enough *e = &n->enough;

	if (t->sum.n) {
		e->kind = ENOUGH_SUM;
		return need_number(of, t->sum, NODE_GET(at, "sum"), &e->of, err);
	}
	if (t->distinct.n) {
		e->kind = ENOUGH_DISTINCT;
		return field_of(of, t->distinct, NODE_GET(at, "distinct"), &e->of, err);
	}
	if (t->days) {
		e->kind = ENOUGH_DAYS;
		return OK;
	}
	if (t->share) {
		e->kind = ENOUGH_SHARE;
		if (t->of.n)
			TRY(need_number(of, t->of, NODE_GET(at, "of"), &e->of, err));
		return where_read(x->a, of, t->share, &e->share, err);
	}
	e->kind = ENOUGH_RATE;
	if (t->rate.n != 2)
		return node_fail(NODE_GET(at, "rate"), err, "'rate' takes two fields: [done, due]");
	TRY(need_number(of, t->rate.p[0], NODE_GET(at, "rate")->items[0], &e->part, err));
	return need_number(of, t->rate.p[1], NODE_GET(at, "rate")->items[1], &e->whole, err);
}

enum err_code need_read_enough(const struct need_read *x, struct need *n, struct err *err)
{
	static const struct bind rules[] = {
		{"sum", BIND_TEXT, false, offsetof(struct enough_text, sum)},
		{"days", BIND_YES, false, offsetof(struct enough_text, days)},
		{"distinct", BIND_TEXT, false, offsetof(struct enough_text, distinct)},
		{"rate", BIND_TEXTS, false, offsetof(struct enough_text, rate)},
		{"share", BIND_MAP, false, offsetof(struct enough_text, share)},
		{"of", BIND_TEXT, false, offsetof(struct enough_text, of)},
		{"at_least", BIND_TEXT, true, offsetof(struct enough_text, at_least)},
	};
	const struct node *at = x->t->enough;
	struct enough_text t = {0};

	n->enough.thousandths = 1000;
	if (!at)
		return OK;
	if (at->kind == NODE_TEXT)
		return thousandths(at->text, &n->enough.thousandths) && n->enough.thousandths > 0 ? OK
		       : node_fail(at, err, "'%s' takes a number above 0, of at most three decimals", "enough");
	TRY(bind_map(x->a, at, rules, LEN(rules), N_("enough"), &t, err));
	if ((t.sum.n > 0) + (t.distinct.n > 0) + t.days + (t.share != NULL) + (NODE_GET(at, "rate") != NULL) != 1)
		return node_fail(at, err, "'enough' has one of sum, days, distinct, rate and share");
	if (t.of.n && !t.share)
		return node_fail(NODE_GET(at, "of"), err, "'of' goes with 'share'");
	if (!thousandths(t.at_least, &n->enough.thousandths))
		return node_fail(NODE_GET(at, "at_least"), err, "'%s' takes a number", "at_least");
	return read_kind(x, &t, n, err);
}
