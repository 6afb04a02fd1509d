/* duties: of a scheme. */
#include "scheme/number.h"
#include "scheme/scheme_need.h"

struct duty_text {
	struct str id, title, cadence, proof, owner, owned_by, points, pace, receiver, approver;
	struct texts tags, helpers;
	bool personal;
	const struct node *need, *needs, *sets, *score;
};

const struct duty *scheme_duty(const struct scheme *s, struct str id)
{
	for (size_t i = 0; i < s->nduties; i++)
		if (str_eq(s->duties[i].id, id))
			return &s->duties[i];
	return NULL;
}

struct score_text {
	struct str deduct, per, at_most, roll_up;
};

static enum err_code score_rule(const struct score_text *x, const struct node *map, struct duty *d, struct err *err)
{
	static const struct {
		const char *word;
		enum score_rule rule;
		bool deducts;
	} words[] = {
		{"all", SCORE_ALL, false}, {"average", SCORE_AVERAGE, false}, {"deduct", SCORE_DEDUCT_OWNER, true}};
	const struct node *at = NODE_GET(map, "roll_up");

	for (size_t i = 0; i < LEN(words); i++) {
		if (!str_is(x->roll_up, words[i].word))
			continue;
		if (!words[i].deducts && (x->deduct.n || x->per.n || x->at_most.n))
			return node_fail(at, err, "'roll_up: %s' stands alone: nothing is deducted", words[i].word);
		if (words[i].deducts && (!x->deduct.n || (x->per.n && !str_is(x->per, "owner_with_miss"))))
			return node_fail(
				at, err, "'roll_up: deduct' needs 'deduct', so much for each owner with a missed slot");
		d->score = words[i].rule;
		return OK;
	}
	if (x->roll_up.n)
		return no_word(at, nearest_name(x->roll_up, &words[0].word, LEN(words), sizeof *words), err,
		               N_("'roll_up' is all, average or deduct, not '" STR_FMT "'"), STR_ARG(x->roll_up));
	if (str_is(x->per, "missed"))
		d->score = SCORE_DEDUCT_SLOT;
	else if (str_is(x->per, "owner_with_miss"))
		d->score = SCORE_DEDUCT_OWNER;
	else
		return node_fail(
			NODE_GET(map, "per") ? NODE_GET(map, "per") : map, err, "'per' is missed or owner_with_miss");
	return OK;
}

/* score: {deduct: 0.5, per: missed | owner_with_miss, at_most: 1}, or {roll_up: all | average}; without it the share
 * done. */
static enum err_code read_score(struct arena *a, const struct node *map, struct duty *d, struct err *err)
{
	struct score_text x = {0};
	static const struct bind rules[] = {
		{"deduct", BIND_TEXT, false, offsetof(struct score_text, deduct)},
		{"per", BIND_TEXT, false, offsetof(struct score_text, per)},
		{"at_most", BIND_TEXT, false, offsetof(struct score_text, at_most)},
		{"roll_up", BIND_TEXT, false, offsetof(struct score_text, roll_up)},
	};

	d->at_most = d->points;
	if (!map)
		return OK;
	TRY(bind_map(a, map, rules, LEN(rules), N_("score"), &x, err));
	if (!x.roll_up.n && !x.deduct.n)
		return node_fail(map, err, "%s lacks '%s'", tr(err->lang, N_("score")), "deduct");
	if (x.deduct.n && !thousandths(x.deduct, &d->deduct))
		return node_fail(NODE_GET(map, "deduct"), err, "'%s' takes a number", "deduct");
	if (x.at_most.n && !thousandths(x.at_most, &d->at_most))
		return node_fail(NODE_GET(map, "at_most"), err, "'%s' takes a number", "at_most");
	return score_rule(&x, map, d, err);
}

static enum err_code read_sets(
	struct arena *a, const struct scheme *s, const struct node *map, struct map *out, struct err *err)
{
	*out = (struct map)MAP_IN(a);
	for (size_t i = 0; map && i < map->n; i++) {
		struct set *set = ARENA_NEW(a, struct set);

		TRY(set_read(a, s, map->items[i], out, set, err));
		map_set(out, map->keys[i]->text, set);
	}
	return OK;
}

static enum err_code read_duty(
	struct arena *a, const struct scheme *s, const struct node *def, struct duty *d, struct err *err)
{
	static const struct bind rules[] = {
		{"id", BIND_TEXT, true, offsetof(struct duty_text, id)},
		{"title", BIND_TEXT, true, offsetof(struct duty_text, title)},
		{"cadence", BIND_TEXT, false, offsetof(struct duty_text, cadence)},
		{"proof", BIND_TEXT, false, offsetof(struct duty_text, proof)},
		{"owner", BIND_TEXT, true, offsetof(struct duty_text, owner)},
		{"owned_by", BIND_TEXT, false, offsetof(struct duty_text, owned_by)},
		{"points", BIND_TEXT, false, offsetof(struct duty_text, points)},
		{"pace", BIND_TEXT, false, offsetof(struct duty_text, pace)},
		{"tags", BIND_TEXTS, false, offsetof(struct duty_text, tags)},
		{"sets", BIND_MAP, false, offsetof(struct duty_text, sets)},
		{"need", BIND_MAP, false, offsetof(struct duty_text, need)},
		{"needs", BIND_LIST, false, offsetof(struct duty_text, needs)},
		{"score", BIND_MAP, false, offsetof(struct duty_text, score)},
		{"personal", BIND_YES, false, offsetof(struct duty_text, personal)},
		{"helpers", BIND_TEXTS, false, offsetof(struct duty_text, helpers)},
		{"receiver", BIND_TEXT, false, offsetof(struct duty_text, receiver)},
		{"approver", BIND_TEXT, false, offsetof(struct duty_text, approver)},
	};
	struct duty_text t = {0};
	struct map sets;

	TRY(bind_map(a, def, rules, LEN(rules), N_("the duty"), &t, err));
	*d = (struct duty){.id = t.id, .title = t.title, .cadence = t.cadence, .proof = t.proof, .tags = t.tags,
	                   .owner_text = t.owned_by, .node = def, .helpers = t.helpers, .receiver = t.receiver,
	                   .approver = t.approver, .personal = t.personal};
	if (t.points.n && !thousandths(t.points, &d->points))
		return node_fail(NODE_GET(def, "points"), err, "'%s' takes a number", "points");
	if (d->points < 0)
		return node_fail(NODE_GET(def, "points"), err, "'%s' takes a number that is not negative", "points");
	if (t.pace.n && !str_is(t.pace, "linear"))
		return node_fail(NODE_GET(def, "pace"), err, "'pace' is linear, or not there");
	d->linear = t.pace.n > 0;
	TRY(owner_read(s, t.owner, NODE_GET(def, "owner"), &d->owner, err));
	TRY(read_score(a, t.score, d, err));
	TRY(read_sets(a, s, t.sets, &sets, err));
	if (!t.need == !t.needs)
		return node_fail(def, err, "a duty has 'need' or 'needs', one of them");
	d->nneeds = t.needs ? t.needs->n : 1;
	d->needs = ARENA_ARRAY(a, struct need, d->nneeds);
	for (size_t i = 0; i < d->nneeds; i++)
		TRY(need_read_one(a, s, t.needs ? t.needs->items[i] : t.need, &sets, d, &d->needs[i], err));
	return OK;
}

enum err_code scheme_duties(struct arena *a, struct scheme *s, const struct node *duties, struct err *err)
{
	s->duties = ARENA_ARRAY(a, struct duty, duties->n);
	for (size_t i = 0; i < duties->n; i++) {
		struct duty d = {0};

		TRY(read_duty(a, s, duties->items[i], &d, err));
		if (scheme_duty(s, d.id))
			return node_fail(duties->items[i], err,
				"two duties are called '" STR_FMT "'; the other stands in " STR_FMT, STR_ARG(d.id),
				STR_ARG(node_place(a, err->lang, scheme_duty(s, d.id)->node)));
		s->duties[s->nduties++] = d;
	}
	return OK;
}
