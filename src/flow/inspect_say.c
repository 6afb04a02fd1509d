/* A result of an inspection said, and a finding made out of it. */
#include "flow/inspect.h"

#include "record/row.h"
#include "text/json.h"
#include "who/access.h"

SQL(inspect_fields_sql, "select type, fields from p_record where origin = ?1 and seq = ?2");

/* The inspection as its record says it. */
struct held {
	struct flow_case c;
	const struct record_type *type;
	struct node *fields;
	struct str list, item, by;
	struct date day;
};

static enum err_code read_held(struct tx *tx, const struct inspect_input *in, const struct org *org, struct held *h,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	const struct field *day;

	TRY(flow_now(tx->db, tx->arena, in->scheme, org, FLOW_INSPECTION, in->inspection, &h->c, err));
	TRY(db_one(tx->db, &inspect_fields_sql, ARGS(V_ID(in->inspection)), &q, err));
	h->type = scheme_type(in->scheme, query_text(&q, 0));
	TRY(json_read(tx->arena, arena_str(tx->arena, query_text(&q, 1)), (struct json_opt){0}, &h->fields, err));
	day = flow_field(h->type, KEY_INSPECTION_DATE);
	h->day = in->day;
	if (!date_is(h->day) && (!day || !date_parse(node_text(h->fields, day->name), &h->day)))
		return fail(err, ERR_REQUIRED, "on which day? the inspection has none");
	return OK;
}

static enum err_code find_item(const struct inspect_input *in, struct held *h, struct err *err)
{
	const struct field *own = flow_field(h->type, KEY_INSPECTION_CHECKLIST);
	const struct choice_list *list;
	struct str name = in->list.n || !own ? in->list : node_text(h->fields, own->name);

	if (!in->item.n)
		return OK;
	list = inspect_checklist(in->scheme, name);
	if (!list && name.n)
		return fail(err, ERR_NOT_FOUND, "no checklist '" STR_FMT "' in this scheme", STR_ARG(name));
	if (!list)
		return fail(err, ERR_REQUIRED, "which checklist? the scheme has %zu", in->scheme->nchecklists);
	h->list = list->name;
	h->item = inspect_item(list, in->item);
	if (!h->item.n)
		return fail(err, ERR_NOT_FOUND, "checklist '" STR_FMT "' has no item '" STR_FMT "'; it has %zu",
			STR_ARG(list->name), STR_ARG(in->item), list->values.n);
	return OK;
}

/* ---- the finding ---- */

const struct record_type *inspect_finding_type(
	const struct scheme *s, const struct record_type *inspection, const struct field **link)
{
	const struct record_type *first = NULL;

	*link = NULL;
	for (size_t i = 0; i < s->ntypes; i++) {
		const struct record_type *t = &s->types[i];

		if (t->about != ABOUT_FINDING)
			continue;
		first = first ? first : t;
		for (size_t k = 0; k < t->nfields; k++) {
			if (t->fields[k].link_type == inspection) {
				*link = &t->fields[k];
				return t;
			}
		}
	}
	return first;
}

struct typing {
	struct record_typed *p;
	size_t n;
	const struct inspect_input *in;
};

static void type_in(struct typing *t, const struct field *f, struct str text)
{
	for (size_t i = 0; i < t->in->ntyped; i++)
		if (f && str_eq(t->in->typed[i].name, f->name))
			return;          /* a person said otherwise */
	if (f && text.n)
		t->p[t->n++] = (struct record_typed){f->name, text};
}

const struct field *inspect_what_field(const struct record_type *t, const struct field *link)
{
	const struct field *f = flow_field(t, KEY_FINDING_WHAT);

	for (size_t i = 0; !f && i < t->nfields; i++)
		if (t->fields[i].type == TYPE_TEXT && !str_is(t->fields[i].name, "no") && &t->fields[i] != link)
			f = &t->fields[i];
	return f;
}

static enum err_code make_finding(struct tx *tx, struct arena *a, const struct inspect_input *in, const struct held *h,
	struct record_fit *fit, struct id *finding, struct err *err)
{
	struct record_input rec = {.scheme = in->scheme, .lang = in->lang, .year = in->year ?
		in->year : date_ymd(h->day).y};
	const struct field *link, *own_unit = flow_field(h->type, KEY_INSPECTION_UNIT);
	struct typing t = {ARENA_ARRAY(a, struct record_typed, in->ntyped + 8), 0, in};
	char day[DATE_TEXT];

	rec.type = inspect_finding_type(in->scheme, h->type, &link);
	if (!rec.type)
		return fail(err, ERR_NOT_FOUND, "the scheme has no records about a finding");
	if (link)
		type_in(&t, link, node_text(h->fields, link->link_field->name));
	type_in(&t, inspect_what_field(rec.type, link), in->what);
	type_in(&t, flow_field(rec.type, KEY_FINDING_FOUND), arena_str(a, date_text(h->day, day)));
	type_in(&t, flow_field(rec.type, KEY_FINDING_SOURCE), h->type->title);
	if (own_unit)
		type_in(&t, flow_field(rec.type, KEY_FINDING_UNIT), node_text(h->fields, own_unit->name));
	for (size_t i = 0; i < in->ntyped; i++)
		t.p[t.n++] = in->typed[i];
	rec.typed = t.p;
	rec.ntyped = t.n;
	return record_add(tx, a, &rec, fit, finding, err);
}

/* ---- said ---- */

static enum err_code find_by(struct tx *tx, const struct org *org, const struct inspect_input *in, struct held *h,
	struct err *err)
{
	bool web = str_is(tx->via, "web") || str_is(tx->via, "api");
	const struct post *p = in->by.n ? org_post(org, in->by) : NULL;
	struct account account;

	if (in->by.n && !p)
		return fail(err, ERR_NOT_FOUND, "there is no post '" STR_FMT "', or more than one", STR_ARG(in->by));
	h->by = p ? p->code : STR_NONE;
	if (web) {
		TRY(account_get(tx->db, tx->arena, tx->actor, &account, err));
		if (!account.post.n || (h->by.n && !str_eq(h->by, account.post)))
			return fail(err, ERR_DENIED, "you act for the post of your account alone");
		h->by = account.post;
	}
	return h->by.n ? OK : fail(err, ERR_REQUIRED, "by which post? give --by");
}

static void put(struct tx *tx, struct node *data, struct str key, struct str text)
{
	if (text.n)
		node_set(tx->arena, data, key, node_str(tx->arena, text));
}

enum err_code inspect_say(struct tx *tx, struct arena *a, const struct inspect_input *in, struct record_fit *fit,
	struct id *finding, struct err *err)
{
	struct node *data = node_map(tx->arena);
	struct held h = {0};
	char day[DATE_TEXT];
	struct org org;
	struct id unit;

	*finding = ID_NONE;
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	TRY(read_held(tx, in, &org, &h, err));
	unit = flow_unit_id(tx->db, h.c.keeper);      /* as for the steps of an inspection */
	TRY(id_is(unit) ? access_check(tx, ACT_RECORD_CHANGE, unit, err) : access_office(tx, ACT_RECORD_CHANGE, err));
	TRY(find_item(in, &h, err));
	TRY(find_by(tx, &org, in, &h, err));
	if (in->result == INSPECT_PROBLEM && str_blank(in->what))
		return fail(err, ERR_REQUIRED, "what is the problem?");
	if (in->finding)
		TRY(make_finding(tx, a, in, &h, fit, finding, err));
	put(tx, data, S("list"), h.list);
	put(tx, data, S("item"), h.item);
	put(tx, data, S("result"), str_c(inspect_result_name(in->result)));
	put(tx, data, S("what"), in->what);
	put(tx, data, S("by"), h.by);
	put(tx, data, S("day"), arena_str(tx->arena, date_text(h.day, day)));
	if (id_is(*finding))
		node_set(tx->arena, data, S("finding"), node_num(tx->arena, finding->seq));
	return tx_event(tx, "inspection.check", in->inspection, data, NULL, err);
}
