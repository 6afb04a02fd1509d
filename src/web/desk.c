/* The desk: what is missed, due and to come, the month, and what was entered last. */
#include "web/duty_view.h"
#include "web/pages.h"
#include "web/scope.h"

#include <stdlib.h>

enum { TODO_SHOWN = 40, NEWEST_SHOWN = 6, WEEKS = 6 };

/* The most pressing first: what is soonest due, then what was missed last. */
static int by_press(const void *a, const void *b)
{
	const struct slot_view *x = a, *y = b;

	if (!x->late_days != !y->late_days)
		return x->late_days ? 1 : -1;
	if (!x->late_days)
		return (x->due.n > y->due.n) - (x->due.n < y->due.n);
	return (x->late_days > y->late_days) - (x->late_days < y->late_days);
}

/* What is due on one day, or, without one, all that is missed or due within reach. */
static void put_todo(struct call *c, struct desk_view *v, struct date day)
{
	for (size_t d = 0; d < c->facts.scheme->nduties; d++) {
		const struct duty_state *s = &c->figures.duties[d];

		for (size_t i = 0; i < s->nslots; i++) {
			const struct slot *x = &s->slots[i];
			bool soon = x->state == SLOT_PENDING && date_is(x->due) && x->due.n - c->on.n <= FAR_DAYS;
			struct slot_view *row;

			v->missed += x->state == SLOT_MISSED;
			v->open += x->state == SLOT_PENDING;
			v->soon += x->state == SLOT_PENDING && x->due.n - c->on.n <= DUE_SOON_DAYS;
			v->unproved += x->unproved;
			if (date_is(day) ? !date_eq(x->due, day) : x->state != SLOT_MISSED && !soon)
				continue;
			row = ARENA_PUSH(c->arena, v->todo.p, v->todo.n, v->todo.cap);
			*row = slot_view(c, s, x);
			row->url = url_at(c->arena, row->url, S("behind"));
		}
	}
	if (v->todo.n)
		qsort(v->todo.p, v->todo.n, sizeof *v->todo.p, by_press);
	v->todo.n = MIN(v->todo.n, (size_t)TODO_SHOWN);
}

/* The slot that is worst among those due on a day, and how many are. */
static struct look day_look(struct call *c, struct date day, int *n)
{
	struct look worst = {0};
	int worst_rank = 9;

	*n = 0;
	for (size_t d = 0; d < c->facts.scheme->nduties; d++) {
		const struct duty_state *s = &c->figures.duties[d];

		for (size_t i = 0; i < s->nslots; i++) {
			static const int rank[] = {
				[SLOT_MISSED] = 0, [SLOT_PENDING] = 1, [SLOT_LATE] = 2, [SLOT_MET] = 3};

			if (!date_eq(s->slots[i].due, day))
				continue;
			(*n)++;
			if (rank[s->slots[i].state] < worst_rank) {
				worst_rank = rank[s->slots[i].state];
				worst = slot_look(&s->slots[i], c->on);
			}
		}
	}
	return worst;
}

static void put_month(struct call *c, struct desk_view *v)
{
	struct ymd on = date_ymd(c->on);
	struct date first, day;

	date_make(on.y, on.m, 1, &first);
	day.n = first.n - (date_weekday(first) - 1);
	v->month = c->lang == LANG_ZH ? arena_printf(c->arena, "%d年%d月", on.y, on.m)
				      : arena_printf(c->arena, "%d-%02d", on.y, on.m);
	v->weeks.p = ARENA_ARRAY(c->arena, struct week_view, WEEKS);
	for (; v->weeks.n < WEEKS && day.n <= date_month_end(c->on).n; v->weeks.n++) {
		struct week_view *w = &v->weeks.p[v->weeks.n];

		w->days.p = ARENA_ARRAY(c->arena, struct day_view, 7);
		for (w->days.n = 0; w->days.n < 7; w->days.n++, day.n++) {
			struct day_view *x = &w->days.p[w->days.n];
			char iso[DATE_TEXT];
			int n;

			x->day = date_ymd(day).d;
			x->other = date_ymd(day).m != on.m;
			x->today = date_eq(day, c->on);
			x->look = day_look(c, day, &n);
			x->name = arena_printf(c->arena, STR_FMT ": %d", STR_ARG(call_day(c, day)), n);
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

		for (size_t i = 0; i < set->n; i++)
			if ((!date_is(set->p[i].day) || set->p[i].day.n <= c->on.n) && call_sees(c, &set->p[i]))
				all[n++] = &set->p[i];
	}
	if (n)
		qsort(all, n, sizeof *all, by_entry);
	for (size_t i = 0; i < MIN(n, (size_t)NEWEST_SHOWN); i++)
		*ARENA_PUSH(c->arena, v->newest.p, v->newest.n, v->newest.cap) = record_line(c, all[i]);
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
	put_todo(c, &v, day);
	put_month(c, &v);
	put_newest(c, &v);
	page_desk(page_begin(c), &v);
	return page_end(c, err);
}
