/* Would the rules have warned? Held against what became of what they looked at, over the years chosen. */
#include "web/pages.h"
#include "flow/facts_load.h"
#include "web/risk_view.h"

enum { YEARS_BACK = 8, YEARS_AT_ONCE = 3 };

static struct str number(struct call *c, bool said, int n)
{
	return said ? arena_printf(c->arena, "%d", n) : S("—");
}

static struct str half(struct call *c, bool said, int twice)
{
	return said ? arena_printf(c->arena, "%d%s", twice / 2, twice % 2 ? ".5" : "") : S("—");
}

static struct trial_row row_of(struct call *c, const struct warn_trial *t)
{
	bool j = t->judged, lead = j && t->before;

	return (struct trial_row){.rule = t->rule->id, .title = t->rule->title, .objects = number(c, j, t->objects),
		.bad = number(c, j, t->bad), .before = number(c, j, t->before),
		.median = half(c, lead, t->lead_median_x2), .least = number(c, lead, t->lead_min),
		.most = number(c, lead, t->lead_max), .after = number(c, j, t->after), .never = number(c, j, t->never),
		.good = number(c, j, t->good), .false_alarms = number(c, j, t->false_alarms), .warned = t->warned};
}

static void pick_year(struct call *c, struct picks *to, int year, int64_t chosen)
{
	struct str text = arena_printf(c->arena, "%d", year);

	*ARENA_PUSH(c->arena, to->p, to->n, to->cap) = (struct pick){text, text, year == chosen};
}

static enum err_code try_year(struct call *c, int year, const struct warn_answers *answers, struct warn_trial **sum,
	struct err *err)
{
	const struct scheme *s = c->facts.scheme;
	struct facts_opt opt = {.year = year, .lang = c->lang};
	struct facts *f = ARENA_NEW(c->arena, struct facts);
	struct warn_trial *one;

	if (year == c->facts.year)
		*f = facts_for(&c->world->facts, c->arena);
	else
		TRY(facts_load(c->arena, log_db(c->log), s, &c->world->org, opt, f, err));
	TRY(warn_backtest(f, answers, &one, err));
	for (size_t i = 0; *sum && i < s->nwarn_rules; i++)
		warn_trial_add(c->arena, &(*sum)[i], &one[i]);
	if (!*sum)
		*sum = one;
	return OK;
}

static enum err_code run(struct call *c, struct backtest_view *v, struct err *err)
{
	struct warn_answers answers;
	struct warn_trial *sum = NULL;

	if (v->last < v->first)
		return fail(err, ERR_INPUT, "the first year lies after the last one");
	if (v->last - v->first >= YEARS_AT_ONCE)
		return fail(err, ERR_INPUT,
			"at most %d years at once; more of them with: zeren warn backtest --from %lld --to %lld",
			YEARS_AT_ONCE, (long long)v->first, (long long)v->last);
	TRY(warn_answers_load(log_db(c->log), c->arena, &answers, err));
	for (int64_t y = v->first; y <= v->last; y++)
		TRY(try_year(c, (int)y, &answers, &sum, err));
	for (size_t i = 0; i < c->facts.scheme->nwarn_rules; i++)
		*ARENA_PUSH(c->arena, v->rows.p, v->rows.n, v->rows.cap) = row_of(c, &sum[i]);
	v->ran = true;
	return OK;
}

enum err_code backtest_page(struct call *c, struct err *err)
{
	struct backtest_view v = {.first = value_int(&c->values, "from"), .last = value_int(&c->values, "to")};
	bool asked = v.first > 0 || v.last > 0;

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_WARNINGS, call_say(c, N_("Would the rules have warned?")));
	v.any = c->facts.scheme->nwarn_rules != 0;
	v.all = call_url(c, url_path("/warnings"));
	if (v.first <= 0)
		v.first = v.last > 0 ? v.last : c->facts.year;
	if (v.last <= 0)
		v.last = v.first;
	for (int y = c->facts.year; y > c->facts.year - YEARS_BACK; y--) {
		pick_year(c, &v.from, y, v.first);
		pick_year(c, &v.to, y, v.last);
	}
	if (asked && v.any && run(c, &v, err) != OK) {
		v.wrong = call_refused(c, err);
		if (!v.wrong.n)
			return err->code;
	}
	page_warning_backtest(page_begin(c), &v);
	return page_end(c, err);
}
