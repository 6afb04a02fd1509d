#include "flow/inspect.h"

#include "who/access.h"

#include <stdlib.h>

static const struct {
	const char *name, *title;
} results[] = {
	[INSPECT_OK] = {"ok", N_("in order")},
	[INSPECT_PROBLEM] = {"problem", N_("problem")},
	[INSPECT_NOT_HERE] = {"none", N_("does not apply")},
};

const char *inspect_result_name(enum inspect_result r)
{
	return results[r].name;
}

const char *inspect_result_title(enum inspect_result r)
{
	return results[r].title;
}

bool inspect_result_named(struct str name, enum inspect_result *out)
{
	for (size_t i = 0; i < LEN(results); i++) {
		if (str_is(name, results[i].name)) {
			*out = (enum inspect_result)i;
			return true;
		}
	}
	return false;
}

const struct choice_list *inspect_checklist(const struct scheme *s, struct str name)
{
	if (!name.n)
		return s->nchecklists == 1 ? &s->checklists[0] : NULL;
	for (size_t i = 0; i < s->nchecklists; i++)
		if (str_eq(s->checklists[i].name, name))
			return &s->checklists[i];
	return NULL;
}

struct str inspect_item(const struct choice_list *list, struct str name)
{
	int64_t n;

	for (size_t i = 0; i < list->values.n; i++)
		if (str_eq(list->values.p[i], name))
			return list->values.p[i];
	if (str_int(name, &n) && n >= 1 && (size_t)n <= list->values.n)
		return list->values.p[n - 1];
	return STR_NONE;
}

/* ---- reading ---- */

#define INSPECTED "select origin, seq, list, item, result, what, finding, by_post, day, actor, subject_origin, subject"
SQL(inspected_sql,
	INSPECTED " from p_inspected where subject_origin = ?1 and subject = ?2 and day <= ?3 order by origin, seq");
SQL(inspected_all_sql, INSPECTED " from p_inspected where day <= ?1 order by subject_origin, subject, origin, seq");

static struct inspected *said_before(struct inspected_list *l, struct str list, struct str item)
{
	for (size_t i = 0; i < l->n; i++)
		if (list.n && str_eq(l->p[i].list, list) && str_eq(l->p[i].item, item))
			return &l->p[i];
	return NULL;
}

static enum err_code put_row(struct arena *a, const struct query *q, struct inspected_list *out, struct err *err)
{
	struct inspected *before, x = {.event = {query_int(q, 0), query_int(q, 1)},
		.list = arena_str(a, query_text(q, 2)), .item = arena_str(a, query_text(q, 3)),
		.what = arena_str(a, query_text(q, 5)), .by = arena_str(a, query_text(q, 7)),
		.day = {(int32_t)query_int(q, 8)}, .actor = arena_str(a, query_text(q, 9))};

	if (!inspect_result_named(query_text(q, 4), &x.result))
		return fail(err, ERR_DAMAGED, "table p_inspected, row %lld:%lld: no such result",
			(long long)x.event.origin, (long long)x.event.seq);
	if (query_int(q, 6))
		x.finding = (struct id){x.event.origin, query_int(q, 6)};
	before = said_before(out, x.list, x.item);
	*(before ? before : ARENA_PUSH(a, out->p, out->n, out->cap)) = x;
	return OK;
}

enum err_code inspected_load(
	struct db *db, struct arena *a, struct id inspection, struct date on, struct inspected_list *out,
		struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct inspected_list){0};
	TRY(db_query(db, &inspected_sql, ARGS(V_ID(inspection), V_INT(date_is(on) ? on.n : INT32_MAX)), &q, err));
	while (query_next(&q, err))
		TRY(put_row(a, &q, out, err));
	return err->code;
}

/* What was said of every inspection, by inspection. */
struct said_of {
	struct id inspection;
	struct inspected_list list;
};
struct said_all {
	struct said_of *p;
	size_t n, cap;
};

static enum err_code load_all(struct db *db, struct arena *a, struct date on, struct said_all *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &inspected_all_sql, ARGS(V_INT(on.n)), &q, err));
	while (query_next(&q, err)) {
		struct id of = {query_int(&q, 10), query_int(&q, 11)};

		if (!out->n || !id_eq(out->p[out->n - 1].inspection, of))
			*ARENA_PUSH(a, out->p, out->n, out->cap) = (struct said_of){of, {0}};
		TRY(put_row(a, &q, &out->p[out->n - 1].list, err));
	}
	return err->code;
}

static const struct inspected_list *said_of(const struct said_all *all, struct id inspection)
{
	static const struct inspected_list none;

	for (size_t i = 0; i < all->n; i++)
		if (id_eq(all->p[i].inspection, inspection))
			return &all->p[i].list;
	return &none;
}

/* ---- as of a day ---- */

static struct str text_of(const struct facts *f, const struct fact *r, const struct field *field)
{
	return field ? datum_text(f->arena, f->lang, fact_value(f, r, field, DATE_NONE)) : STR_NONE;
}

static struct date day_of_key(const struct facts *f, const struct fact *r, int key)
{
	const struct field *field = flow_field(r->type, key);

	return field ? datum_day(field, fact_value(f, r, field, DATE_NONE)) : DATE_NONE;
}

static const struct node *mapped(const struct facts *f, const struct fact *r)
{
	struct node *map = node_map(f->arena);

	for (int i = 0; i < KEY_N; i++) {
		const struct field *field = key_defs[i].flow == FLOW_INSPECTION ? flow_field(r->type, i) : NULL;
		const struct datum *d = field ? fact_value(f, r, field, DATE_NONE) : NULL;

		if (d && !node_get(map, field->name))
			node_set(f->arena, map, field->name, datum_node(f->arena, d));
	}
	return map;
}

static void read_one(const struct facts *f, const struct fact *r, const struct flow_case *stepped, struct date on,
	struct inspection *x)
{
	const struct unit *u;

	x->record = r;
	if (stepped) {
		x->c = *stepped;
	} else {
		x->c = (struct flow_case){.flow = FLOW_INSPECTION, .subject = r->id, .state = FLOW_NONE,
			.began = FLOW_NONE, .due = DATE_NONE, .limit = DATE_NONE, .next = DATE_NONE,
			.since = DATE_NONE};
		flow_of_record(r->type, mapped(f, r), f->org, on, &x->c);
	}
	x->c.keeper = flow_keeper(f, r);
	x->no = text_of(f, r, type_field(r->type, S("no")));
	x->unit = text_of(f, r, flow_field(r->type, KEY_INSPECTION_UNIT));
	x->lead = text_of(f, r, flow_field(r->type, KEY_INSPECTION_LEAD));
	x->team = text_of(f, r, flow_field(r->type, KEY_INSPECTION_TEAM));
	x->methods = text_of(f, r, flow_field(r->type, KEY_INSPECTION_METHODS));
	x->checklist = text_of(f, r, flow_field(r->type, KEY_INSPECTION_CHECKLIST));
	u = f->org && x->c.unit.n ? org_unit(f->org, x->c.unit) : NULL;
	if (u)
		x->unit = u->name;
	x->planned = date_is(x->c.due) ? x->c.due : DATE_NONE;
	x->day = DATE_NONE;
	if (x->c.state == STATE_INSPECTION_HELD || x->c.state == STATE_INSPECTION_REPORTED)
		x->day = day_of_key(f, r, KEY_INSPECTION_DATE);
	else if (!date_is(x->planned))
		x->planned = day_of_key(f, r, KEY_INSPECTION_DATE);
	x->overdue = x->c.state == STATE_INSPECTION_PLANNED && date_is(x->planned) && date_lt(x->planned, on);
}

static void count_results(
	const struct inspected_list *list, const struct findings *all, const struct facts *f, struct inspection *x)
{
	for (size_t i = 0; i < list->n; i++) {
		x->looked += list->p[i].list.n != 0;
		x->problems += list->p[i].result == INSPECT_PROBLEM;
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *y = &all->p[i];
		bool its = false;

		for (size_t k = 0; k < list->n; k++)
			its |= id_eq(list->p[k].finding, y->record->id);
		for (size_t k = 0; k < y->record->type->nfields; k++)
			its |= y->record->type->fields[k].link_type == x->record->type &&
				fact_linked(f, y->record, &y->record->type->fields[k], DATE_NONE) == x->record;
		x->found += its;
		x->open += its && flow_open_state(y->c.state);
	}
}

static struct date first_day(const struct inspection *x)
{
	return date_is(x->day) ? x->day : x->planned;
}

static int by_day(const void *a, const void *b)
{
	const struct inspection *x = a, *y = b;

	if (first_day(x).n != first_day(y).n)
		return first_day(x).n < first_day(y).n ? -1 : 1;
	return x->record->no < y->record->no ? -1 : x->record->no > y->record->no;
}

enum err_code inspections_load(struct db *db, struct arena *a, const struct facts *facts, struct date on, int year,
	struct inspections *out, struct err *err)
{
	struct facts f = facts_for(facts, a);
	struct finding_ask ask = {.on = on};
	struct said_all said = {0};
	struct flow_cases cases;
	struct findings all;

	*out = (struct inspections){0};
	TRY(findings_load(db, a, facts, &ask, &all, err));
	out->findings = all;
	TRY(flow_load(db, a, FLOW_INSPECTION, on, &cases, err));
	TRY(load_all(db, a, on, &said, err));
	for (size_t t = 0; t < f.scheme->ntypes; t++) {
		const struct record_type *type = &f.scheme->types[t];
		const struct fact_set *set = type->about == ABOUT_INSPECTION ? facts_of(&f, type) : NULL;

		for (size_t i = 0; set && i < set->n; i++) {
			struct inspection x = {0};

			if (set->p[i].withdrawn)
				continue;
			read_one(&f, &set->p[i], flow_case_of(&cases, set->p[i].id), on, &x);
			if (year && date_is(first_day(&x)) && date_ymd(first_day(&x)).y != year)
				continue;
			count_results(said_of(&said, x.record->id), &all, &f, &x);
			*ARENA_PUSH(a, out->p, out->n, out->cap) = x;
		}
	}
	if (out->n)
		qsort(out->p, out->n, sizeof *out->p, by_day);
	return OK;
}
