/* Asking sets: conditions, distinct, order. */
#include "base/utf8.h"
#include "office/facts.h"
#include "office/number.h"

#include <stdlib.h>

struct date day_of(const struct facts *f, const struct day_ref *refs, size_t n, const struct fact *r, struct date on)
{
	for (size_t i = 0; i < n; i++) {
		struct date d = DATE_NONE;

		switch (refs[i].kind) {
		case DAY_ON:
			d = on;
			break;
		case DAY_FIXED:
			d = refs[i].day;
			break;
		case DAY_OF_YEAR:
			/* 29 February in a year that has none is its last day of February. */
			date_make(f->year + refs[i].shift, refs[i].month,
			          MIN(refs[i].mday, date_month_days(f->year + refs[i].shift, refs[i].month)), &d);
			break;
		case DAY_FIELD:
			if (r)
				d = node_day(refs[i].path.field, fact_path(f, r, refs[i].path, on));
			break;
		}
		if (date_is(d))
			return d;
	}
	return DATE_NONE;
}

/* Does the value (or one of a list) mean the word? */
static bool is_word(const struct facts *f, const struct node *v, struct str word)
{
	int64_t a, b;

	if (v->kind == NODE_LIST) {
		for (size_t i = 0; i < v->n; i++)
			if (is_word(f, v->items[i], word))
				return true;
		return false;
	}
	if (v->kind == NODE_BOOL)
		return str_is(word, v->yes ? "yes" : "no");
	if (v->kind == NODE_INT)
		return thousandths(word, &b) && node_number(v, &a) && a == b;
	return v->kind == NODE_TEXT && words_alike(f, v->text, word);
}

static bool is_any(const struct facts *f, const struct node *v, const struct texts *values, const struct ask *ask)
{
	for (size_t i = 0; i < values->n; i++) {
		struct str word = values->p[i];

		if (str_is(word, "$owner"))
			word = ask->owner;
		if (str_is(word, "$each")) {
			for (size_t k = 0; k < ask->each.n; k++)
				if (is_word(f, v, ask->each.p[k]))
					return true;
		} else if (is_word(f, v, word)) {
			return true;
		}
	}
	return false;
}

/* Holds the text all of the words (like), or one of them at least (for without)? */
static size_t words_in(const struct facts *f, const struct node *v, const struct texts *words)
{
	struct str text = utf8_squeeze(f->arena, value_text(f->arena, LANG_ZH, v));
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++)
		n += str_has(text, utf8_squeeze(f->arena, words->p[i]));
	return n;
}

static bool number_holds(const struct node *v, const struct cond *c)
{
	int64_t n;

	if (!node_number(v, &n))
		return false;
	switch (c->op) {
	case COND_OVER:
		return n > c->thousandths;
	case COND_UNDER:
		return n < c->thousandths;
	case COND_AT_LEAST:
		return n >= c->thousandths;
	default:
		return n <= c->thousandths;
	}
}

static bool days_hold(
	const struct facts *f, const struct fact *r, const struct cond *c, const struct node *v, const struct ask *ask)
{
	struct date a = node_day(c->path.field, v), b = day_of(f, c->days, c->ndays, r, ask->on);

	if (!date_is(a) || !date_is(b))
		return false;
	switch (c->op) {
	case COND_AFTER:
		return a.n > b.n;
	case COND_BEFORE:
		return a.n < b.n;
	case COND_NOT_AFTER:
		return a.n <= b.n;
	default:
		return a.n >= b.n;
	}
}

static bool cond_holds(const struct facts *f, const struct fact *r, const struct cond *c, const struct ask *ask)
{
	const struct node *v = fact_path(f, r, c->path, ask->on);
	struct date d;

	/* A date that lies after the day asked about has not come: for empty it is not there yet. */
	if (c->op == COND_EMPTY) {
		bool empty = !v;

		if (v && c->path.field->type == TYPE_DATE && date_is(ask->on))
			empty = node_day(c->path.field, v).n > ask->on.n;
		return c->yes == empty;
	}
	if (c->op == COND_WRITTEN)      /* whatever day it is: a time limit counts before it has come */
		return c->yes == (v != NULL);
	if (c->op == COND_LINKED)
		return c->yes == (fact_linked(f, r, c->path.field, ask->on) != NULL);
	if (c->op == COND_LACKS || c->op == COND_OTHER)
		return !v || !is_any(f, v, &c->values, ask);
	if (c->op == COND_WITHOUT)
		return !v || words_in(f, v, &c->values) == 0;
	if (!v)
		return false;
	switch (c->op) {
	case COND_IS:
	case COND_HAS:
		return is_any(f, v, &c->values, ask);
	case COND_LIKE:
		return words_in(f, v, &c->values) == c->values.n;
	case COND_IN_YEAR:
		d = node_day(c->path.field, v);
		return date_is(d) && (c->yes ? date_ymd(d).y == f->year : date_ymd(d).y < f->year);
	case COND_AFTER:
	case COND_BEFORE:
	case COND_NOT_AFTER:
	case COND_NOT_BEFORE:
		return days_hold(f, r, c, v, ask);
	default:
		return number_holds(v, c);
	}
}

bool fact_matches(const struct facts *f, const struct fact *r, const struct where *w, const struct ask *ask)
{
	for (size_t i = 0; i < w->n; i++)
		if (!cond_holds(f, r, &w->conds[i], ask))
			return false;
	for (size_t i = 0; i < w->nany; i++)
		if (fact_matches(f, r, &w->any[i], ask))
			return true;
	return w->nany == 0;
}

struct date set_day(const struct facts *f, const struct set *s, const struct fact *r, struct date on)
{
	if (s->date == r->type->day)
		return r->day;
	return s->date ? node_day(s->date, fact_value(f, r, s->date, on)) : DATE_NONE;
}

/* A record on its way into a list, with what it is sorted by. */
struct taken {
	const struct fact *fact;
	struct date day;
	size_t at;
};

static int by_day(const void *a, const void *b)
{
	const struct taken *x = a, *y = b;

	if (x->day.n != y->day.n)
		return x->day.n < y->day.n ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

struct fact_list set_take(const struct facts *f, const struct set *s, const struct ask *ask)
{
	const struct fact_set *all = facts_of(f, s->of);
	struct taken *t = ARENA_ARRAY(f->arena, struct taken, all->n);
	struct map seen = MAP_IN(f->arena);
	struct fact_list out = {0};
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct fact *r = &all->p[i];
		struct date day = set_day(f, s, r, ask->on);
		bool fits = !r->withdrawn && (s->outside || !r->outside);

		fits = fits && (!date_is(day) || !date_is(ask->on) || day.n <= ask->on.n);
		for (size_t k = 0; fits && k < s->nwheres; k++)
			fits = fact_matches(f, r, &s->wheres[k], ask);
		if (fits)
			t[n++] = (struct taken){r, day, i};
	}
	if (n && s->date != s->of->day)
		qsort(t, n, sizeof *t, by_day);
	for (size_t i = 0; i < n; i++) {
		if (s->distinct.field) {
			const struct node *v = fact_path(f, t[i].fact, s->distinct, ask->on);
			void **at = map_at(&seen, utf8_squeeze(f->arena, value_text(f->arena, LANG_ZH, v)));

			if (*at)
				continue;
			*at = t;
		}
		*ARENA_PUSH(f->arena, out.p, out.n, out.cap) = t[i].fact;
	}
	return out;
}
