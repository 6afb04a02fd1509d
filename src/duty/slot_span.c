/* The periods that a need opens slots for in a year. */
#include "duty/slot_inside.h"

struct listing {
	const struct run *r;
	const struct span_rule *span;
	int year;
	struct stretch season[2];
	int nseason;
	bool bounded;
	struct owed *p;
	size_t n, cap;
};

/* A week belongs to its Thursday. */
static struct date thursday(const struct stretch *s)
{
	return (struct date){s->first.n + 3};
}

bool owed_within(const struct span_rule *span, const struct stretch *s, struct date first, struct date last)
{
	if (span->kind == SPAN_WEEK)
		return thursday(s).n >= first.n && thursday(s).n <= last.n;
	return s->first.n >= first.n && s->last.n <= last.n;
}

/* The year a period is owed in: weeks that of their Thursday, others that of their last day. */
static int owed_in(const struct span_rule *span, const struct stretch *s)
{
	return date_ymd(span->kind == SPAN_WEEK ? thursday(s) : s->last).y;
}

static bool in_season(const struct listing *l, const struct stretch *s)
{
	for (int i = 0; i < l->nseason; i++)
		if (owed_within(l->span, s, l->season[i].first, l->season[i].last))
			return true;
	return !l->bounded;
}

static struct owed *add(struct listing *l, struct stretch s, struct str label)
{
	struct owed *o = ARENA_PUSH(run_arena(l->r), l->p, l->n, l->cap);

	*o = (struct owed){.s = s, .label = label};
	return o;
}

/* Is a day owed, by days: and except:? */
static bool day_owed(const struct listing *l, struct date d, bool *unknown)
{
	const struct need *n = l->r->n;

	if (n->days == DAYS_WORKING && !calendar_works(l->r->calendar, d, unknown))
		return false;
	if (n->days == DAYS_OF_WEEK && !(n->weekdays >> date_weekday(d) & 1))
		return false;
	return !n->except.n || !slot_exempt(l->r, d);
}

static void calendar_periods(struct listing *l)
{
	struct arena *a = run_arena(l->r);
	struct stretch s;
	struct date first;

	date_make(l->year, 1, 1, &first);
	s = span_at(l->span, first);
	if (owed_in(l->span, &s) < l->year)
		s = span_next(l->span, &s);
	for (; owed_in(l->span, &s) == l->year; s = span_next(l->span, &s)) {
		bool unknown = false;

		if (!in_season(l, &s) || (l->span->kind == SPAN_DAY && !day_owed(l, s.first, &unknown)))
			continue;
		add(l, s, span_label(a, l->r->f->lang, l->span, &s))->unknown = unknown;
	}
}

/* A day is cut from its opening hour on; a shorter rest counts when it is at least half as long. */
static void cut_day(struct listing *l, struct date d, int no, bool unknown)
{
	const struct need *n = l->r->n;
	int length = l->span->n * 60;
	struct ymd v = date_ymd(d);
	struct owed *o = NULL;

	for (int from = n->hours_from; from < n->hours_to; from += length) {
		int to = MIN(from + length, n->hours_to);

		if ((to - from) * 2 < length)
			break;
		o = add(l, (struct stretch){d, d, no},
		        arena_printf(run_arena(l->r), "%02d-%02d %02d:%02d–%02d:%02d", v.m, v.d, from / 60, from % 60,
		                     to / 60, to % 60));
		o->from = from;
		o->to = to;
		o->unknown = unknown;
	}
	if (o)
		o->closes = true;
}

static void hours(struct listing *l)
{
	struct date d, last;
	int no = 0;

	date_make(l->year, 1, 1, &d);
	date_make(l->year, 12, 31, &last);
	for (; d.n <= last.n; d.n++) {
		struct stretch s = {d, d, ++no};
		bool unknown = false;

		if (in_season(l, &s) && day_owed(l, d, &unknown))
			cut_day(l, d, no, unknown);
	}
}

/* 29 February of other years is the 28th. */
static struct date day_in(int year, struct ymd v)
{
	struct date d = DATE_NONE;

	date_make(year, v.m, MIN(v.d, date_month_days(year, v.m)), &d);
	return d;
}

/* By the last day; those of one last day as the table has them. */
static void table(struct listing *l)
{
	struct table_period *p;
	size_t n;

	if (!slot_table(l->r->f, l->span->table, &p, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		bool turn = p[i].yearly && p[i].to.m * 100 + p[i].to.d < p[i].from.m * 100 + p[i].from.d;
		struct stretch s = {day_in(p[i].yearly ? l->year - turn : p[i].from.y, p[i].from),
		                    day_in(p[i].yearly ? l->year : p[i].to.y, p[i].to), (int)i + 1};
		struct owed o;
		size_t at;

		if (!date_is(s.first) || !date_is(s.last) || date_ymd(s.last).y != l->year || !in_season(l, &s))
			continue;
		o = *add(l, s, p[i].name);
		for (at = l->n - 1; at > 0 && l->p[at - 1].s.last.n > s.last.n; at--)
			l->p[at] = l->p[at - 1];
		l->p[at] = o;
	}
}

struct owed_list slot_owed(const struct run *r, const struct span_rule *span, int year)
{
	struct listing l = {.r = r, .span = span, .year = year};

	l.bounded = slot_season(r, year, l.season, &l.nseason);
	if (span->kind == SPAN_TABLE)
		table(&l);
	else if (span->kind == SPAN_HOURS)
		hours(&l);
	else
		calendar_periods(&l);
	return (struct owed_list){l.p, l.n};
}

const struct owed_list *slot_owed_by(struct run *r, const struct slot_for *x, struct span_rule *span)
{
	const struct node *words = r->n->span_words;
	const struct datum *v;

	*span = r->n->span;
	if (!r->n->span_field) {
		if (!r->owed.p)
			r->owed = slot_owed(r, span, r->f->year);
		return &r->owed;
	}
	if (!r->by_word)
		r->by_word = ARENA_ARRAY(run_arena(r), struct owed_list, words->n);
	v = x->record ? fact_value(r->f, x->record, r->n->span_field, r->on) : NULL;
	for (size_t i = 0; v && v->kind == NODE_TEXT && i < words->n; i++) {
		if (!words_alike(r->f, words->keys[i]->text, v->text))
			continue;
		if (!span_read(words->items[i]->text, span))
			return NULL;
		if (!r->by_word[i].p)
			r->by_word[i] = slot_owed(r, span, r->f->year);
		return &r->by_word[i];
	}
	return NULL;
}
