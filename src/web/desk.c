/* The desk: what is missed, due and to come, the month, and what was entered last. */
#include "report/report.h"
#include "web/drop.h"
#include "web/duty_view.h"
#include "web/excuse_view.h"
#include "web/finding_view.h"
#include "web/pages.h"
#include "web/risk_view.h"
#include "web/scope.h"

#include <stdlib.h>

enum { TODO_SHOWN = 40, NEWEST_SHOWN = 6, WEEKS = 6, CHIPS_SHOWN = 8 };

/* A slot on its way to the list. */
struct press {
	const struct duty_state *of;
	const struct slot *slot;
	int32_t late, due;         /* late: days over; 0: not missed */
};

/* The most pressing first: what is soonest due, then what was missed last. */
static int by_press(const void *a, const void *b)
{
	const struct press *x = a, *y = b;

	if (!x->late != !y->late)
		return x->late ? 1 : -1;
	if (!x->late)
		return (x->due > y->due) - (x->due < y->due);
	return (x->late > y->late) - (x->late < y->late);
}

/* Is it his own: of the post he holds, or of its unit? */
static bool own(const struct call *c, const struct slot *x)
{
	const struct org *org = &c->world->org;
	const struct post *post = org_post(org, c->access->account.post), *owner = org_post(org, x->owner);

	return post && (owner ? owner == post : org_unit(org, x->owner) == org_unit(org, post->unit));
}

/* Mine, where there is any, unless all is asked for. */
static void put_choice(struct call *c, struct desk_view *v)
{
	struct str whose = value_of(&c->values, "whose");
	const struct post *post =
		c->access->account.post.n ? org_post(&c->world->org, c->access->account.post) : NULL;
	bool any = false;

	for (size_t d = 0; post && !any && d < c->facts.scheme->nduties; d++)
		for (size_t i = 0; i < c->figures.duties[d].nslots && !any; i++)
			any = own(c, &c->figures.duties[d].slots[i]);
	if (!any)
		return;
	v->post = post->name;
	v->mine = !str_is(whose, "all");
	v->mine_url = call_url(c, url_path("/"));
	v->all_url = url_query(c->arena, v->mine_url, "whose", S("all"));
}

/* What is due on one day, or, without one, all that is missed or due within reach. */
static void put_todo(struct call *c, struct desk_view *v, struct date day)
{
	struct { struct press *p; size_t n, cap; } list = {0};

	for (size_t d = 0; d < c->facts.scheme->nduties; d++) {
		const struct duty_state *s = &c->figures.duties[d];

		for (size_t i = 0; i < s->nslots; i++) {
			const struct slot *x = &s->slots[i];
			bool missed = x->state == SLOT_MISSED, open = x->state == SLOT_PENDING;

			if (v->mine && !own(c, x))
				continue;
			v->missed += missed;
			v->open += open;
			v->soon += open && x->due.n - c->on.n <= DUE_SOON_DAYS;
			v->unproved += x->unproved;
			if (date_is(day) ? date_eq(x->due, day)
					 : missed || (open && date_is(x->due) && x->due.n - c->on.n <= FAR_DAYS))
				*ARENA_PUSH(c->arena, list.p, list.n, list.cap) = (struct press){
					s, x, missed && date_is(x->due) ? c->on.n - x->due.n : 0, x->due.n};
		}
	}
	if (list.n)
		qsort(list.p, list.n, sizeof *list.p, by_press);
	for (size_t i = 0; i < MIN(list.n, (size_t)TODO_SHOWN); i++) {
		struct slot_view *row = ARENA_PUSH(c->arena, v->todo.p, v->todo.n, v->todo.cap);

		*row = slot_view(c, list.p[i].of, list.p[i].slot);
		row->url = url_at(c->arena, row->url, S("behind"));
	}
}

/* A day of the calendar's weeks: how many slots are due, and the worst of them. */
struct due_day {
	const struct slot *worst;
	int n;
};

static void count_days(
	struct call *c, const struct desk_view *v, struct date first, struct due_day days[WEEKS * 7])
{
	static const int rank[SLOT_STATES] = {[SLOT_MISSED] = 4, [SLOT_PENDING] = 3, [SLOT_LATE] = 2, [SLOT_MET] = 1};

	for (size_t d = 0; d < c->facts.scheme->nduties; d++) {
		const struct duty_state *s = &c->figures.duties[d];

		for (size_t i = 0; i < s->nslots; i++) {
			const struct slot *x = &s->slots[i];
			struct due_day *day;

			if (!slot_required(x) || !date_is(x->due) || x->due.n < first.n ||
				x->due.n >= first.n + WEEKS * 7 || (v->mine && !own(c, x)))
				continue;
			day = &days[x->due.n - first.n];
			day->n++;
			if (!day->worst || rank[x->state] > rank[day->worst->state])
				day->worst = x;
		}
	}
}

static void put_month(struct call *c, struct desk_view *v)
{
	struct due_day days[WEEKS * 7] = {0};
	struct ymd on = date_ymd(c->on);
	struct date first, day;

	date_make(on.y, on.m, 1, &first);
	first.n -= date_weekday(first) - 1;
	day = first;
	count_days(c, v, first, days);
	v->month = call_month(c, c->on);
	v->weeks.p = ARENA_ARRAY(c->arena, struct week_view, WEEKS);
	for (; v->weeks.n < WEEKS && day.n <= date_month_end(c->on).n; v->weeks.n++) {
		struct week_view *w = &v->weeks.p[v->weeks.n];

		w->days.p = ARENA_ARRAY(c->arena, struct day_view, 7);
		for (w->days.n = 0; w->days.n < 7; w->days.n++, day.n++) {
			struct day_view *x = &w->days.p[w->days.n];
			const struct due_day *due = &days[day.n - first.n];
			char iso[DATE_TEXT];

			x->day = date_ymd(day).d;
			x->other = date_ymd(day).m != on.m;
			x->today = date_eq(day, c->on);
			x->look = due->worst ? slot_look(due->worst, c->on) : (struct look){0};
			x->name = arena_printf(c->arena, STR_FMT ": %d", STR_ARG(call_day(c, day)), due->n);
			x->url = url_query(
				c->arena, call_url(c, url_path("/")), "day", arena_str(c->arena, date_text(day, iso)));
		}
	}
}

static int by_entry(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a, *y = *(const struct fact *const *)b;

	return (y->rev_seq > x->rev_seq) - (y->rev_seq < x->rev_seq);
}

static void put_newest(struct call *c, struct desk_view *v)
{
	const struct fact **all = ARENA_ARRAY(c->arena, const struct fact *, c->facts.n);
	size_t n = 0;

	for (size_t t = 0; t < c->facts.scheme->ntypes; t++) {
		const struct fact_set *set = facts_of(&c->facts, &c->facts.scheme->types[t]);

		for (size_t i = 0; !c->facts.scheme->types[t].computed && i < set->n; i++)
			if ((!date_is(set->p[i].day) || set->p[i].day.n <= c->on.n) && call_sees(c, &set->p[i]))
				all[n++] = &set->p[i];
	}
	if (n)
		qsort(all, n, sizeof *all, by_entry);
	for (size_t i = 0; i < MIN(n, (size_t)NEWEST_SHOWN); i++)
		*ARENA_PUSH(c->arena, v->newest.p, v->newest.n, v->newest.cap) = record_line(c, all[i]);
}

static int by_use(const void *a, const void *b)
{
	const struct chip *x = a, *y = b;

	return (y->used > x->used) - (y->used < x->used);
}

/* Where records are entered by hand, what was said last first. */
static void put_chips(struct call *c, struct desk_view *v)
{
	v->chips.p = ARENA_ARRAY(c->arena, struct chip, c->facts.scheme->ntypes);
	for (size_t t = 0; t < c->facts.scheme->ntypes; t++) {
		const struct record_type *type = &c->facts.scheme->types[t];
		const struct fact_set *set = facts_of(&c->facts, type);
		struct url u = url_add(c->arena, url_add(c->arena, url_path("/registers"), type->name), S("new"));
		struct chip *chip;

		if (type->computed || !call_may_enter(c, type))
			continue;
		chip = &v->chips.p[v->chips.n++];
		*chip = (struct chip){type->title, u, 0};
		for (size_t i = 0; i < set->n; i++)
			chip->used = MAX(chip->used, set->p[i].rev_seq);
	}
	if (v->chips.n)
		qsort(v->chips.p, v->chips.n, sizeof *v->chips.p, by_use);
	v->more_chips = v->chips.n > CHIPS_SHOWN;
	v->chips.n = MIN(v->chips.n, (size_t)CHIPS_SHOWN);
}

static void put_inbox(struct call *c, struct desk_view *v, const char *text, size_t n, struct url url)
{
	if (n)
		*ARENA_PUSH(c->arena, v->inbox.p, v->inbox.n, v->inbox.cap) =
			(struct inbox_line){arena_printf(c->arena, tr(c->lang, text), (int)n), url};
}

/* What waits for his word: uploads, problems that the records suggest, sections that only people can write. */
static enum err_code put_waiting(struct call *c, struct desk_view *v, struct err *err)
{
	bool decide = call_may(c, ACT_PROBLEM_DECIDE), write = call_may(c, ACT_NARRATIVE_EDIT);
	struct report_opt opt = {.lang = LANG_ZH, .db = log_db(c->log), .decisions = &c->world->decisions};
	char tokens[DROPS_EACH][TOKEN_TEXT];
	size_t undecided = 0, reviews, warnings, excuses;
	struct report r;

	if (call_may_import(c))
		put_inbox(c, v, N_("Uploads that wait for your word: %d"),
			drop_list(c->drops, c->access->account.login, tokens), url_path("/import"));
	TRY(risk_waiting(c, &reviews, &warnings, err));
	put_inbox(c, v, N_("Reviews of risks that are due: %d"), reviews, call_url(c, url_path("/risks")));
	put_inbox(c, v, N_("Warnings that wait for your answer: %d"), warnings,
		url_query(c->arena, call_url(c, url_path("/warnings")), "mine", S("1")));
	TRY(excuses_waiting(c, &excuses, err));
	put_inbox(c, v, N_("Excuses that wait for your decision: %d"), excuses, call_url(c, url_path("/excuses")));
	if ((!decide && !write) || !call_sees_all(c) || !c->facts.scheme->report)
		return OK;
	TRY(report_compose(&c->figures, &c->world->narrative, opt, &r, err));
	for (size_t i = 0; i < r.nsuggestions; i++)
		undecided += !r.suggestions[i].decided;
	if (decide)
		put_inbox(c, v, N_("Problems that the records suggest, undecided: %d"), undecided,
			call_url(c, url_path("/report")));
	if (write)
		put_inbox(c, v, N_("Sections of the report that nobody has written: %d"), r.missing_own.n,
			url_query(c->arena, call_url(c, url_path("/report")), "only", S("1")));
	return OK;
}

enum err_code desk_page(struct call *c, struct err *err)
{
	struct date day = value_date(&c->values, "day");
	struct desk_view v = {0};

	if (!call_may_any(c, ACT_VIEW))
		return call_go(c, call_home(c), err);
	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_DESK, call_say(c, N_("Desk")));
	v.all = call_url(c, url_path("/"));
	v.day = call_day(c, day);
	put_choice(c, &v);
	put_todo(c, &v, day);
	put_month(c, &v);
	put_newest(c, &v);
	put_chips(c, &v);
	TRY(put_waiting(c, &v, err));
	TRY(findings_waiting(c, &v.findings, err));
	page_desk(page_begin(c), &v);
	return page_end(c, err);
}
