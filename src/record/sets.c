/* Asking sets: conditions, distinct, order. */
#include "base/utf8.h"
#include "record/facts_inside.h"
#include "scheme/number.h"

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
				d = datum_day(refs[i].path.field, fact_path(f, r, refs[i].path, on));
			break;
		}
		if (date_is(d))
			return d;
	}
	return DATE_NONE;
}

/* A word that a condition names, ready to be held against values. */
struct word {
	struct str text;
	const struct datum *word;        /* NULL: no record has it */
	bool number;
	int64_t thousandths;
};

struct test {
	const struct cond *cond;
	struct word *words;
	size_t n;
};

struct tests {
	struct test *tests;
	size_t n;
	struct tests *any;
	size_t nany;
	struct ask ask;
};

static void add_word(const struct facts *f, struct test *t, size_t *cap, struct str text)
{
	struct word *w = ARENA_PUSH(f->arena, t->words, t->n, *cap);

	w->text = text;
	w->word = datum_word(f->values, f->arena, text);
	w->number = thousandths(text, &w->thousandths);
}

static void read_test(const struct facts *f, const struct cond *c, const struct ask *ask, struct test *t)
{
	bool like = c->op == COND_LIKE || c->op == COND_WITHOUT;
	size_t cap = 0;

	t->cond = c;
	for (size_t i = 0; i < c->values.n; i++) {
		if (like)
			add_word(f, t, &cap, utf8_squeeze(f->arena, c->values.p[i]));
		else if (str_is(c->values.p[i], "$owner"))
			add_word(f, t, &cap, ask->owner);
		else if (!str_is(c->values.p[i], "$each"))
			add_word(f, t, &cap, c->values.p[i]);
		else
			for (size_t k = 0; k < ask->each.n; k++)
				add_word(f, t, &cap, ask->each.p[k]);
	}
}

static bool follows_link(const struct cond *c)
{
	return c->op == COND_LINKED || c->path.link;
}

static void read_tests(const struct facts *f, const struct where *w, const struct ask *ask, struct tests *t)
{
	size_t at = 0;

	*t = (struct tests){.tests = ARENA_ARRAY(f->arena, struct test, w->n), .n = w->n, .ask = *ask,
	                    .any = ARENA_ARRAY(f->arena, struct tests, w->nany), .nany = w->nany};
	/* What looks at the record alone comes before what follows a link. */
	for (size_t i = 0; i < w->n; i++)
		if (!follows_link(&w->conds[i]))
			read_test(f, &w->conds[i], ask, &t->tests[at++]);
	for (size_t i = 0; i < w->n; i++)
		if (follows_link(&w->conds[i]))
			read_test(f, &w->conds[i], ask, &t->tests[at++]);
	for (size_t i = 0; i < w->nany; i++)
		read_tests(f, &w->any[i], ask, &t->any[i]);
}

struct tests *tests_of(const struct facts *f, const struct where *w, const struct ask *ask)
{
	struct tests *t = ARENA_NEW(f->arena, struct tests);

	read_tests(f, w, ask, t);
	return t;
}

/* Does the value (or one of a list) mean the word? */
static bool is_word(const struct datum *v, const struct word *w)
{
	switch ((enum node_kind)v->kind) {
	case NODE_TEXT:
		return w->word && v->word == w->word;
	case NODE_LIST:
		for (size_t i = 0; i < v->n; i++)
			if (is_word(v->items[i], w))
				return true;
		return false;
	case NODE_BOOL:
		return str_is(w->text, v->yes ? "yes" : "no");
	case NODE_INT:
		return w->number && v->num * 1000 == w->thousandths;
	case NODE_MAP:
	case NODE_NULL:
		break;
	}
	return false;
}

static bool is_any(const struct datum *v, const struct test *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (is_word(v, &t->words[i]))
			return true;
	return false;
}

/* Holds the text all of the words (like), or one of them at least (for without)? */
static size_t words_in(const struct datum *v, const struct test *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += str_has(v->word->text, t->words[i].text);
	return n;
}

static bool number_holds(const struct datum *v, const struct cond *c)
{
	int64_t n;

	if (!datum_number(v, &n))
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
	const struct facts *f, const struct fact *r, const struct cond *c, const struct datum *v, const struct ask *ask)
{
	struct date a = datum_day(c->path.field, v), b = day_of(f, c->days, c->ndays, r, ask->on);

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

static bool test_holds(const struct facts *f, const struct fact *r, const struct test *t, const struct ask *ask)
{
	const struct cond *c = t->cond;
	const struct datum *v;
	struct date d;

	if (c->op == COND_LINKED)
		return c->yes == (fact_linked(f, r, c->path.field, ask->on) != NULL);
	v = fact_path(f, r, c->path, ask->on);
	/* A date that lies after the day asked about has not come: for empty it is not there yet. */
	if (c->op == COND_EMPTY) {
		bool empty = !v;

		if (v && c->path.field->type == TYPE_DATE && date_is(ask->on))
			empty = datum_day(c->path.field, v).n > ask->on.n;
		return c->yes == empty;
	}
	if (c->op == COND_WRITTEN)      /* whatever day it is: a time limit counts before it has come */
		return c->yes == (v != NULL);
	if (c->op == COND_LACKS || c->op == COND_OTHER)
		return !v || !is_any(v, t);
	if (c->op == COND_WITHOUT)
		return !v || words_in(v, t) == 0;
	if (!v)
		return false;
	switch (c->op) {
	case COND_IS:
	case COND_HAS:
		return is_any(v, t);
	case COND_LIKE:
		return words_in(v, t) == t->n;
	case COND_IN_YEAR:
		d = datum_day(c->path.field, v);
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

bool tests_hold_on(const struct facts *f, const struct tests *t, const struct fact *r, const struct ask *ask)
{
	for (size_t i = 0; i < t->n; i++)
		if (!test_holds(f, r, &t->tests[i], ask))
			return false;
	for (size_t i = 0; i < t->nany; i++)
		if (tests_hold_on(f, &t->any[i], r, ask))
			return true;
	return t->nany == 0;
}

bool tests_hold(const struct facts *f, const struct tests *t, const struct fact *r)
{
	return tests_hold_on(f, t, r, &t->ask);
}

bool fact_matches(const struct facts *f, const struct fact *r, const struct where *w, const struct ask *ask)
{
	return tests_hold(f, tests_of(f, w, ask), r);
}

struct date set_day(const struct facts *f, const struct set *s, const struct fact *r, struct date on)
{
	if (s->date == r->type->day)
		return r->day;
	return s->date ? datum_day(s->date, fact_value(f, r, s->date, on)) : DATE_NONE;
}

/* A record on its way into a list that is not in the order of its type, with what it is sorted by. */
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

/* A set being taken. */
struct taking {
	const struct facts *f;
	const struct set *s;
	const struct ask *ask;
	struct tests **tests;            /* [s->nwheres] */
	const struct fact **facts;       /* [n] */
	size_t n;
};

static void consider(struct taking *x, const struct fact *r)
{
	struct date day;

	if (r->withdrawn || (r->outside && !x->s->outside))
		return;
	day = set_day(x->f, x->s, r, x->ask->on);
	if (date_is(day) && date_is(x->ask->on) && day.n > x->ask->on.n)
		return;
	for (size_t k = 0; k < x->s->nwheres; k++)
		if (!tests_hold(x->f, x->tests[k], r))
			return;
	x->facts[x->n++] = r;
}

/* The records that a condition on one word leaves, where its field's words are kept; NULL: all must be looked at. */
static const struct fact_rows *narrowed(const struct taking *x)
{
	const struct fact_rows *rows = NULL;

	for (size_t i = 0; i < x->s->nwheres; i++)
		for (size_t k = 0; k < x->tests[i]->n; k++) {
			const struct test *t = &x->tests[i]->tests[k];
			const struct fact_column *c;

			/* A flag or number meets a word otherwise than by being it. */
			if ((t->cond->op != COND_IS && t->cond->op != COND_HAS) || t->cond->path.link || t->n != 1 ||
			    t->words[0].number || str_is(t->words[0].text, "yes") || str_is(t->words[0].text, "no"))
				continue;
			c = column_of(x->f, x->s->of, t->cond->path.field);
			if (c->own == c->value && !c->track && (rows = fact_rows_by(c, t->words[0].word)))
				return rows;
		}
	return rows;
}

static void sort_by_day(struct taking *x, struct arena *tmp)
{
	struct taken *t = ARENA_ARRAY(tmp, struct taken, x->n);

	for (size_t i = 0; i < x->n; i++)
		t[i] = (struct taken){
			x->facts[i], set_day(x->f, x->s, x->facts[i], x->ask->on), row_of(x->f, x->facts[i])};
	qsort(t, x->n, sizeof *t, by_day);
	for (size_t i = 0; i < x->n; i++)
		x->facts[i] = t[i].fact;
}

/* The first of each value by day. */
static void keep_distinct(const struct taking *x, struct fact_list *out)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct tally seen = TALLY_IN(&tmp);

	for (size_t i = 0; i < x->n; i++) {
		const struct datum *v = fact_path(x->f, x->facts[i], x->s->distinct, x->ask->on);
		uint32_t *at = tally_at(&seen, v ? v->word : x->f->values->none);

		if (!*at)
			*ARENA_PUSH(x->f->arena, out->p, out->n, out->cap) = x->facts[i];
		*at = 1;
	}
}

struct fact_list set_take(const struct facts *f, const struct set *s, const struct ask *ask)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	const struct fact_set *all = facts_of(f, s->of);
	struct taking x = {.f = f, .s = s, .ask = ask, .tests = ARENA_ARRAY(&tmp, struct tests *, s->nwheres)};
	const struct fact_rows *rows;
	struct fact_list out = {0};

	for (size_t k = 0; k < s->nwheres; k++)
		x.tests[k] = tests_of(f, &s->wheres[k], ask);
	rows = narrowed(&x);
	x.facts = ARENA_ARRAY(&tmp, const struct fact *, rows ? rows->n : all->n);
	for (size_t i = 0; i < (rows ? rows->n : all->n); i++)
		if (!rows || !i || rows->p[i] != rows->p[i - 1])      /* a list may name a word twice */
			consider(&x, rows ? rows->p[i] : &all->p[i]);
	if (x.n && s->date != s->of->day)
		sort_by_day(&x, &tmp);
	if (s->distinct.field) {
		keep_distinct(&x, &out);
		return out;
	}
	out = (struct fact_list){ARENA_ARRAY(f->arena, const struct fact *, x.n), x.n, x.n};
	if (x.n)
		memcpy(out.p, x.facts, x.n * sizeof *x.facts);
	return out;
}
