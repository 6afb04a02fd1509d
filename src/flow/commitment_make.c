/* The computed records: what was promised for the year in hand, and its steps. */
#include "base/buf.h"
#include "base/utf8.h"
#include "flow/commitment.h"
#include "scheme/number.h"
#include "text/json.h"

#include <stdlib.h>

enum { TIMES_AT_MOST = 1000, FIELDS_BYTES = 64 << 10 };

/* ---- alike ---- */

static bool says_something(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return !((c >= 0x80 && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
		(c >= 0xFE30 && c <= 0xFE4F));
}

struct letters {
	uint32_t *p;
	size_t n;
};

static struct letters letters_of(struct arena *a, struct str s)
{
	struct letters l = {0};

	s = utf8_squeeze(a, s);
	l.p = ARENA_ARRAY(a, uint32_t, s.n);
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (says_something(c))
			l.p[l.n++] = c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
	}
	return l;
}

static int by_number(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static uint64_t *pairs_of(struct arena *a, const struct letters *l)
{
	uint64_t *p = ARENA_ARRAY(a, uint64_t, l->n);

	for (size_t i = 0; i + 1 < l->n; i++)
		p[i] = (uint64_t)l->p[i] << 32 | l->p[i + 1];
	if (l->n > 1)
		qsort(p, l->n - 1, sizeof *p, by_number);
	return p;
}

int commitment_likeness(struct str x, struct str y)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct letters s = letters_of(&a, x), t = letters_of(&a, y);
	uint64_t *p = pairs_of(&a, &s), *q = pairs_of(&a, &t);
	size_t i = 0, k = 0, shared = 0;

	if (!s.n || !t.n)
		return 0;
	if (s.n == t.n && !memcmp(s.p, t.p, s.n * sizeof *s.p))
		return 100;
	while (i + 1 < s.n && k + 1 < t.n) {
		shared += p[i] == q[k];
		if (p[i] == q[k]) {
			i++;
			k++;
		} else if (p[i] < q[k]) {
			i++;
		} else {
			k++;
		}
	}
	return s.n + t.n > 2 ? (int)MIN(200 * shared / (s.n + t.n - 2), (size_t)99) : 0;
}

/* ---- the lines of a plan ---- */

struct line {
	const struct fact *fact;
	struct str said, no, what;           /* no: NO#2 of a second line with that number */
	bool second;
	struct date limit;
	int64_t times;
};

struct lines {
	struct line *p;
	size_t n, cap;
};

struct make {
	struct facts_build *b;
	struct arena *a;
	const struct facts *base;
	const struct commitment_rule *rule;
	const struct commitment_decisions *decisions;
	struct lines now, last;              /* of the year in hand, and of the one before */
	struct err *err;
};

static struct str said(const struct make *m, const struct fact *r, const struct field *f)
{
	return f ? datum_text(m->base->arena, LANG_ZH, fact_value(m->base, r, f, DATE_NONE)) : STR_NONE;
}

/* 4, 4次, 12家次 with its unit word; 1 where the target counts no occasions. */
static int64_t times_of(const struct make *m, const struct fact *r)
{
	struct str target = utf8_squeeze(m->base->arena, said(m, r, m->rule->target)), word = said(m, r, m->rule->unit);
	size_t digits = 0;
	int64_t n;

	while (digits < target.n && target.p[digits] >= '0' && target.p[digits] <= '9')
		digits++;
	if (!str_int(str_sub(target, 0, digits), &n) || n < 1 || n > TIMES_AT_MOST)
		return 1;
	if (digits < target.n && !m->rule->unit)
		word = str_sub(target, digits, target.n);
	if (digits < target.n && (target.p[digits] == '.' || target.p[digits] == '%'))
		return 1;
	return !m->rule->units.n || texts_have(&m->rule->units, word) ? n : 1;
}

/* A number that the year has already: the records that name it are the first line's. */
static void tell_apart(struct make *m, const struct lines *l, struct line *x)
{
	int n = 1;

	for (size_t i = 0; i < l->n; i++)
		n += words_alike(m->base, l->p[i].said, x->said);
	x->second = n > 1;
	if (x->second)
		x->no = arena_printf(m->base->arena, STR_FMT "#%d", STR_ARG(x->said), n);
}

static void read_lines(struct make *m)
{
	const struct fact_set *all = facts_of(m->base, m->rule->plan);

	for (size_t i = 0; i < all->n; i++) {
		const struct fact *r = &all->p[i];
		struct date limit = datum_day(m->rule->limit, fact_value(m->base, r, m->rule->limit, DATE_NONE));
		int year = date_is(limit) ? date_ymd(limit).y : 0;
		struct line x = {.fact = r, .no = said(m, r, m->rule->no), .what = said(m, r, m->rule->what),
		                 .limit = limit, .times = times_of(m, r)};

		if (r->withdrawn || r->outside || !x.no.n)
			continue;
		x.said = x.no;
		tell_apart(m, year == m->base->year ? &m->now : &m->last, &x);
		if (year == m->base->year)
			*ARENA_PUSH(m->base->arena, m->now.p, m->now.n, m->now.cap) = x;
		if (year == m->base->year - 1)
			*ARENA_PUSH(m->base->arena, m->last.p, m->last.n, m->last.cap) = x;
	}
}

/* ---- what happened to one ---- */

struct step {
	struct date day;
	enum { STEP_RECORD, STEP_DONE, STEP_DROP, STEP_OPEN } kind;
	int64_t record;                      /* RECORD: its number */
	struct str why;
	size_t at;                           /* as it came */
};

struct steps {
	struct step *p;
	size_t n, cap;
};

static bool names(const struct make *m, const struct fact *r, const struct field *f, struct str no)
{
	const struct datum *v = fact_own(m->base, r, f);

	if (v && v->kind == NODE_TEXT)
		return words_alike(m->base, v->text, no);
	for (size_t i = 0; v && v->kind == NODE_LIST && i < v->n; i++)
		if (v->items[i]->kind == NODE_TEXT && words_alike(m->base, v->items[i]->text, no))
			return true;
	return false;
}

static void add_step(struct make *m, struct steps *s, struct step x)
{
	x.at = s->n;
	*ARENA_PUSH(m->base->arena, s->p, s->n, s->cap) = x;
}

static bool has_record(const struct steps *s, int64_t record)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->p[i].kind == STEP_RECORD && s->p[i].record == record)
			return true;
	return false;
}

/* Records of the year that name it in a field linked to its number. */
static void records_naming(struct make *m, const struct line *x, struct steps *s)
{
	const struct scheme *scheme = m->base->scheme;

	for (size_t t = 0; t < scheme->ntypes; t++) {
		const struct record_type *type = &scheme->types[t];
		const struct fact_set *all = facts_of(m->base, type);

		for (size_t k = 0; k < type->nfields; k++) {
			const struct field *f = &type->fields[k];

			if (f->link_type != m->rule->plan || f->link_field != m->rule->no)
				continue;
			for (size_t i = 0; i < all->n; i++) {
				const struct fact *r = &all->p[i];

				if (r->withdrawn || r->outside || !date_is(r->day) ||
				    date_ymd(r->day).y != m->base->year || !names(m, r, f, x->no) ||
				    has_record(s, r->id.seq))
					continue;
				add_step(m, s, (struct step){.day = r->day, .kind = STEP_RECORD, .record = r->id.seq});
			}
		}
	}
}

static void decided(struct make *m, const struct line *x, struct steps *s)
{
	static const int kinds[] = {
		[DECIDED_DONE] = STEP_DONE, [DECIDED_DROPPED] = STEP_DROP, [DECIDED_OPEN] = STEP_OPEN};

	for (size_t i = 0; i < m->decisions->n; i++) {
		const struct commitment_decision *d = &m->decisions->p[i];
		struct step one = {.day = d->day, .kind = kinds[d->what], .why = d->why};

		if (!id_eq(d->plan, x->fact->id))
			continue;
		if (d->record) {
			one.kind = STEP_RECORD;
			one.record = d->record;
			if (has_record(s, d->record))
				continue;
		}
		add_step(m, s, one);
	}
}

static int by_day(const void *x, const void *y)
{
	const struct step *a = x, *b = y;

	if (a->day.n != b->day.n)
		return a->day.n < b->day.n ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* ---- as records ---- */

static void put(struct make *m, struct node *map, const char *key, struct str value)
{
	if (value.n)
		node_set(m->base->arena, map, str_c(key), node_str(m->base->arena, value));
}

static void put_day(struct make *m, struct node *map, const char *key, struct date day)
{
	char text[DATE_TEXT];

	put(m, map, key, arena_str(m->base->arena, date_text(day, text)));
}

/* It stands where the line of the plan stands. */
static enum err_code add_fact(struct make *m, const struct record_type *type, const struct line *x, struct date day,
	const struct node *fields)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(FIELDS_BYTES);
	struct fact r = *x->fact;
	struct fact_more more = {.place = r.more ? arena_str(m->a, r.more->place) : STR_NONE};

	r.day = day;
	r.proofs = 0;
	r.entered = DATE_NONE;
	r.source = arena_str(m->a, r.source);
	r.more = &more;
	TRY(json_canon(&b, fields, m->err));
	return facts_add(m->b, type, r, buf_str(&b), STR_NONE, m->err);
}

static enum err_code add_steps(struct make *m, const struct line *x, struct steps *s)
{
	struct arena *a = m->base->arena;
	int64_t records = 0;
	bool whole = false, dropped = false;

	if (s->n)
		qsort(s->p, s->n, sizeof *s->p, by_day);
	for (size_t i = 0; i < s->n; i++) {
		const struct step *p = &s->p[i];
		struct node *map = node_map(a);
		enum fate fate;
		int64_t done;

		records += p->kind == STEP_RECORD;
		whole = (whole || p->kind == STEP_DONE) && p->kind != STEP_OPEN;
		dropped = (dropped || p->kind == STEP_DROP) && p->kind != STEP_OPEN && p->kind != STEP_DONE;
		if (i + 1 < s->n && s->p[i + 1].day.n == p->day.n)
			continue;                /* a day is told once, as it ended */
		done = whole ? x->times : MIN(records, x->times);
		fate = dropped ? FATE_DROPPED : done == x->times ? FATE_DONE : done ? FATE_UNDER_WAY : FATE_NOT_DONE;
		put_day(m, map, "date", p->day);
		put(m, map, "no", x->no);
		node_set(a, map, S("done"), node_num(a, done));
		put(m, map, "fate", m->rule->fates[fate]);
		put(m, map, "why", p->why);
		TRY(add_fact(m, m->rule->step, x, p->day, map));
	}
	return OK;
}

/* The line of last year that it repeats: the most alike one. */
static int repeated(const struct make *m, const struct line *x, struct str *no)
{
	int best = 0;

	for (size_t i = 0; i < m->last.n; i++) {
		int alike = commitment_likeness(x->what, m->last.p[i].what);

		if (alike <= best)
			continue;
		best = alike;
		*no = m->last.p[i].no;
	}
	return best >= COMMITMENT_ALIKE ? best : 0;
}

static enum err_code add_line(struct make *m, const struct line *x)
{
	struct arena *a = m->base->arena;
	struct node *map = node_map(a);
	struct steps steps = {0};
	struct str no = STR_NONE;
	struct date first;
	int alike = repeated(m, x, &no);

	date_make(m->base->year, 1, 1, &first);
	put(m, map, "no", x->no);
	put(m, map, "what", x->what);
	put(m, map, "owner", said(m, x->fact, m->rule->owner));
	put_day(m, map, "limit", x->limit);
	put(m, map, "target", said(m, x->fact, m->rule->target));
	node_set(a, map, S("times"), node_num(a, x->times));
	node_set(a, map, S("done"), node_num(a, 0));
	put(m, map, "fate", m->rule->fates[FATE_NOT_DONE]);
	put_day(m, map, "from", first);
	if (alike) {
		put(m, map, "repeats", no);
		node_set(a, map, S("likeness"), node_num(a, alike));
	}
	if (m->rule->problems) {
		const struct datum *v = fact_value(m->base, x->fact, m->rule->problems, DATE_NONE);

		if (v && v->kind == NODE_LIST)
			node_set(a, map, S("problems"), datum_node(a, v));
	}
	TRY(add_fact(m, m->rule->type, x, first, map));
	if (!x->second)
		records_naming(m, x, &steps);
	decided(m, x, &steps);
	return add_steps(m, x, &steps);
}

enum err_code commitments_add(struct facts_build *b, struct arena *a, const struct facts *base,
	const struct commitment_decisions *decisions, struct err *err)
{
	struct make m = {.b = b, .a = a, .base = base, .rule = base->scheme->commitments, .decisions = decisions,
	                 .err = err};

	if (!m.rule)
		return OK;
	read_lines(&m);
	for (size_t i = 0; i < m.now.n; i++)
		TRY(add_line(&m, &m.now.p[i]));
	return OK;
}
