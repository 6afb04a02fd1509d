/* Would the rules have warned? Each rule against what became of what it looked at. */
#include "flow/warn_inside.h"

#include <stdlib.h>

static int by_number(const void *pa, const void *pb)
{
	int a = *(const int *)pa, b = *(const int *)pb;

	return (a > b) - (a < b);
}

static int first_warned(const struct walk *w, const struct strip *s)
{
	for (int day = 0; day < w->days; day++)
		if (s->bands[day] >= 0)
			return day;
	return -1;
}

/* What became of a thing by the last day: done in time, or not. False: it did not come to its end in the year. */
static bool outcome(const struct walk *w, const struct thing *t, struct date *due, bool *bad)
{
	const struct thing_state *s = thing_on(t, w->last);

	if (!s || !date_is(s->due) || s->due.n < w->first.n || s->due.n > w->last.n)
		return false;
	*due = s->due;
	*bad = s->open || s->late;
	return true;
}

static void judge(struct walk *w, const struct strip *s, struct date due, bool bad, struct warn_trial *out, size_t *cap)
{
	int warned = first_warned(w, s), lead;
	size_t n = (size_t)out->before;

	out->objects++;
	if (!bad) {
		out->good++;
		out->false_alarms += warned >= 0;
		return;
	}
	out->bad++;
	lead = warned < 0 ? 0 : due.n - (w->first.n + warned);   /* what was met has no due day to count from */
	if (warned < 0) {
		out->never++;
	} else if (lead > 0) {
		*ARENA_PUSH(w->f->arena, out->leads, n, *cap) = lead;
		out->before = (int)n;
	} else {
		out->after++;
	}
}

/* The lead times in order, and what follows from them. */
static void leads_done(struct warn_trial *t)
{
	int n = t->before;

	if (!n)
		return;
	qsort(t->leads, (size_t)n, sizeof *t->leads, by_number);
	t->lead_min = t->leads[0];
	t->lead_max = t->leads[n - 1];
	t->lead_median_x2 = t->leads[(n - 1) / 2] + t->leads[n / 2];
}

/* A duty of one owner: bad by its first slot that was missed or late, good where all were met. */
static void judge_duties(struct walk *w, const struct warn_run *run, struct warn_trial *out, size_t *cap)
{
	for (size_t i = 0; i < run->things.n; i++) {
		const struct thing *whole = run->things.p[i];
		const struct things *slots = &w->duties[whole->duty - w->f->scheme->duties];
		struct date due = DATE_NONE;
		bool any = false, bad = false;

		for (size_t k = 0; k < slots->n; k++) {
			struct date d;
			bool b;

			if (!str_eq(slots->p[k]->owner, whole->owner) || !outcome(w, slots->p[k], &d, &b))
				continue;
			any = true;
			if (b && (!bad || d.n < due.n))
				due = d;
			bad |= b;
		}
		if (any)
			judge(w, &run->strips[i], due, bad, out, cap);
	}
}

static void trial(struct walk *w, const struct warn_run *run, struct warn_trial *out)
{
	size_t cap = 0;

	*out = (struct warn_trial){.rule = run->rule};
	for (size_t i = 0; i < run->things.n; i++)
		out->warned += first_warned(w, &run->strips[i]) >= 0;
	out->judged = run->rule->of < WARN_FIGURE && run->rule->metric != METRIC_REPEATS;
	if (!out->judged)
		return;
	if (run->rule->of == WARN_SLOTS && run->rule->metric == METRIC_GAP) {
		judge_duties(w, run, out, &cap);
	} else {
		for (size_t i = 0; i < run->things.n; i++) {
			struct date due;
			bool bad;

			if (outcome(w, run->things.p[i], &due, &bad))
				judge(w, &run->strips[i], due, bad, out, &cap);
		}
	}
	leads_done(out);
}

enum err_code warn_backtest(
	const struct facts *f, const struct warn_answers *answers, struct warn_trial **out, struct err *err)
{
	struct walk w = {.f = f, .answers = answers};

	date_make(f->year, 12, 31, &w.last);
	TRY(walk_year(&w, err));
	*out = ARENA_ARRAY(f->arena, struct warn_trial, f->scheme->nwarn_rules);
	for (size_t i = 0; i < f->scheme->nwarn_rules; i++)
		trial(&w, &w.runs[i], &(*out)[i]);
	return OK;
}

void warn_trial_add(struct arena *a, struct warn_trial *sum, const struct warn_trial *more)
{
	int *leads = ARENA_ARRAY(a, int, (size_t)(sum->before + more->before));

	if (sum->before)
		memcpy(leads, sum->leads, (size_t)sum->before * sizeof *leads);
	if (more->before)
		memcpy(leads + sum->before, more->leads, (size_t)more->before * sizeof *leads);
	sum->leads = leads;
	sum->objects += more->objects;
	sum->bad += more->bad;
	sum->before += more->before;
	sum->after += more->after;
	sum->never += more->never;
	sum->good += more->good;
	sum->false_alarms += more->false_alarms;
	sum->warned += more->warned;
	leads_done(sum);
}
