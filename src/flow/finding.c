#include "flow/finding.h"

#include "record/record.h"

#include <stdlib.h>

/* ---- one finding ---- */

static const struct field *first_text(const struct record_type *t, const struct field *not)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].type == TYPE_TEXT && &t->fields[i] != not)
			return &t->fields[i];
	return NULL;
}

/* What a record calls itself: the field that links name it by, else its first text. */
static const struct field *key_field(const struct scheme *s, const struct record_type *t)
{
	for (size_t i = 0; i < s->ntypes; i++)
		for (size_t k = 0; k < s->types[i].nfields; k++)
			if (s->types[i].fields[k].link_type == t && s->types[i].fields[k].link_field)
				return s->types[i].fields[k].link_field;
	for (size_t i = 0; i < s->nsheets; i++)
		if (s->sheets[i].record == t && s->sheets[i].nkey)
			return s->sheets[i].key[0];
	return type_field(t, S("no")) ? type_field(t, S("no")) : NULL;
}

static struct str text_of(const struct facts *f, const struct fact *r, const struct field *field)
{
	return field ? datum_text(f->arena, f->lang, fact_value(f, r, field, DATE_NONE)) : STR_NONE;
}

static struct date date_of(const struct facts *f, const struct fact *r, int key, struct date on)
{
	const struct field *field = flow_field(r->type, key);

	return field ? datum_day(field, fact_value(f, r, field, on)) : DATE_NONE;
}

/* The values that the flow: map names, as fields of a record that had no step. */
static const struct node *mapped(const struct facts *f, const struct fact *r)
{
	struct node *map = node_map(f->arena);

	for (int i = 0; i < KEY_N; i++) {
		const struct field *field = key_defs[i].flow == FLOW_FINDING ? flow_field(r->type, i) : NULL;
		const struct datum *d = field ? fact_value(f, r, field, DATE_NONE) : NULL;

		if (d && !node_get(map, field->name))
			node_set(f->arena, map, field->name, datum_node(f->arena, d));
	}
	return map;
}

struct str flow_keeper(const struct facts *f, const struct fact *r)
{
	const struct datum *d = f->org && r->type->unit ? fact_own(f, r, r->type->unit) : NULL;
	const struct unit *u = d && d->kind == NODE_TEXT ? record_unit(f->org, r->type, d->text) : NULL;

	return u ? u->code : STR_NONE;
}

static struct date last_step(const struct flow_case *c, int move, int other)
{
	for (size_t i = c->n; i-- > 0;)
		if (c->steps[i].move == move || c->steps[i].move == other)
			return c->steps[i].day;
	return DATE_NONE;
}

static bool put_right(int state)
{
	return state == STATE_FINDING_DONE || state == STATE_FINDING_VERIFIED || state == STATE_FINDING_CLOSED ||
		state == STATE_FINDING_RECHECKED;
}

static struct date first_of(struct date a, struct date b)
{
	return date_is(a) ? a : b;
}

static void days_of(const struct facts *f, struct finding *x, struct date on)
{
	const struct fact *r = x->record;
	bool closed = x->c.state == STATE_FINDING_CLOSED || x->c.state == STATE_FINDING_RECHECKED;

	x->found = first_of(date_of(f, r, KEY_FINDING_FOUND, on), r->day);
	x->fed_back = first_of(last_step(&x->c, MOVE_FINDING_FEEDBACK, FLOW_NONE),
		date_of(f, r, KEY_FINDING_FEEDBACK, on));
	x->done = x->closed = DATE_NONE;
	if (closed)
		x->closed = first_of(last_step(&x->c, MOVE_FINDING_CLOSE, FLOW_NONE), date_of(f, r,
			KEY_FINDING_CLOSED, on));
	if (put_right(x->c.state))
		x->done = first_of(last_step(&x->c, MOVE_FINDING_DONE, MOVE_FINDING_ON_THE_SPOT),
			first_of(date_of(f, r, KEY_FINDING_DONE, on), x->closed));
}

static void judge(struct finding *x, struct date on)
{
	bool final = state_defs[x->c.state].final;
	struct date end = date_is(x->closed) ? x->closed : on;

	x->owed = x->c.state != STATE_FINDING_DROPPED;
	if (!final && !put_right(x->c.state) && date_is(x->c.due)) {
		x->overdue = date_lt(x->c.due, on);
		x->soon = !x->overdue && x->c.due.n - on.n <= FINDING_SOON;
		x->days_late = x->overdue ? on.n - x->c.due.n : 0;
	}
	if (date_is(x->done) && date_is(x->c.limit) && date_lt(x->c.limit, x->done)) {
		x->late = true;
		x->days_late = x->done.n - x->c.limit.n;
	}
	x->recheck = x->c.state == STATE_FINDING_CLOSED && date_is(x->c.next) && date_lt(x->c.next, on);
	x->days = date_is(x->found) ? MAX(0, end.n - x->found.n) : -1;
}

static void read_one(const struct facts *f, const struct fact *r, const struct flow_case *stepped, struct date on,
	struct finding *x)
{
	const struct field *key = key_field(f->scheme, r->type), *what = flow_field(r->type, KEY_FINDING_WHAT);
	const struct unit *u;

	x->record = r;
	if (stepped) {
		x->c = *stepped;
	} else {
		x->c = (struct flow_case){.flow = FLOW_FINDING, .subject = r->id, .began = FLOW_NONE, .due = DATE_NONE,
			.limit = DATE_NONE, .next = DATE_NONE, .since = DATE_NONE};
		flow_of_record(r->type, mapped(f, r), f->org, on, &x->c);
		x->c.next = date_of(f, r, KEY_FINDING_RECHECK, DATE_NONE);
	}
	x->c.keeper = flow_keeper(f, r);
	x->no = text_of(f, r, key);
	x->what = text_of(f, r, what ? what : first_text(r->type, key));
	x->source = text_of(f, r, flow_field(r->type, KEY_FINDING_SOURCE));
	x->cause = text_of(f, r, flow_field(r->type, KEY_FINDING_CAUSE));
	x->unit = text_of(f, r, flow_field(r->type, KEY_FINDING_UNIT));
	u = f->org && x->c.unit.n ? org_unit(f->org, x->c.unit) : NULL;
	if (u)
		x->unit = u->name;
	days_of(f, x, on);
	judge(x, on);
}

/* ---- all of them ---- */

static bool below(const struct org *org, struct str code, struct str top)
{
	for (int depth = 0; depth < 64 && code.n; depth++) {
		const struct unit *u = org ? org_unit(org, code) : NULL;

		if (str_eq(code, top))
			return true;
		code = u ? u->parent : STR_NONE;
	}
	return false;
}

/* Of the year: found in it, or not yet closed when it began and found before it ended. */
static bool of_year(const struct finding *x, int year)
{
	struct date first, last;

	if (!year || !date_make(year, 1, 1, &first) || !date_make(year, 12, 31, &last))
		return true;
	if (date_is(x->found) && date_lt(last, x->found))
		return false;
	return !date_is(x->closed) || !date_lt(x->closed, first);
}

static bool wanted(const struct facts *f, const struct finding *x, const struct finding_ask *ask)
{
	if (date_is(x->found) && date_lt(ask->on, x->found))
		return false;
	return of_year(x, ask->year) && (!ask->unit.n || below(f->org, x->c.unit, ask->unit));
}

static int by_found(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->found.n != y->found.n)
		return x->found.n < y->found.n ? -1 : 1;
	if (x->record->id.origin != y->record->id.origin)
		return x->record->id.origin < y->record->id.origin ? -1 : 1;
	return x->record->id.seq < y->record->id.seq ? -1 : x->record->id.seq > y->record->id.seq;
}

void findings_of(struct arena *a, const struct facts *facts, const struct flow_cases *cases,
	const struct finding_ask *ask, struct findings *out)
{
	struct facts f = facts_for(facts, a);

	*out = (struct findings){.on = ask->on};
	for (size_t t = 0; t < f.scheme->ntypes; t++) {
		const struct record_type *type = &f.scheme->types[t];
		const struct fact_set *set = type->about == ABOUT_FINDING ? facts_of(&f, type) : NULL;

		for (size_t i = 0; set && i < set->n; i++) {
			struct finding x = {0};

			if (set->p[i].withdrawn)
				continue;
			read_one(&f, &set->p[i], flow_case_of(cases, set->p[i].id), ask->on, &x);
			if (wanted(&f, &x, ask))
				*ARENA_PUSH(a, out->p, out->n, out->cap) = x;
		}
	}
	if (out->n)
		qsort(out->p, out->n, sizeof *out->p, by_found);
}

enum err_code findings_load(struct db *db, struct arena *a, const struct facts *facts, const struct finding_ask *ask,
	struct findings *out, struct err *err)
{
	struct flow_cases cases;

	TRY(flow_load(db, a, FLOW_FINDING, ask->on, &cases, err));
	findings_of(a, facts, &cases, ask, out);
	return OK;
}

const struct finding *finding_of(const struct findings *all, struct id id)
{
	for (size_t i = 0; i < all->n; i++)
		if (id_eq(all->p[i].record->id, id))
			return &all->p[i];
	return NULL;
}

/* ---- measures ---- */

struct measures measures_of(struct arena *a, const struct flow_case *c, struct date on)
{
	struct measures out = {0};

	for (size_t i = 0; i < c->n; i++) {
		const struct flow_step *s = &c->steps[i];

		if (s->move == MOVE_FINDING_MEASURE) {
			struct measure *m = ARENA_PUSH(a, out.p, out.n, out.cap);

			*m = (struct measure){s->no, s->post, s->text, s->day, s->due, DATE_NONE, 0, false};
		}
		for (size_t k = 0; s->move == MOVE_FINDING_PROGRESS && k < out.n; k++) {
			if (!str_eq(out.p[k].no, s->no))
				continue;
			out.p[k].progress = s->progress;
			out.p[k].done = s->progress == 100 ? s->day : DATE_NONE;
		}
	}
	for (size_t k = 0; k < out.n; k++)
		out.p[k].overdue = out.p[k].progress < 100 && date_is(on) && date_lt(out.p[k].due, on);
	return out;
}

int64_t finding_percent(struct arena *a, const struct finding *x, struct date on)
{
	struct measures m = measures_of(a, &x->c, on);
	int64_t sum = 0;

	if (put_right(x->c.state))
		return 100;
	for (size_t i = x->c.n; i-- > 0;)
		if (x->c.steps[i].move == MOVE_FINDING_PROGRESS && !x->c.steps[i].no.n)
			return x->c.steps[i].progress;
	for (size_t i = 0; i < m.n; i++)
		sum += m.p[i].progress;
	return m.n ? sum / (int64_t)m.n : -1;
}
