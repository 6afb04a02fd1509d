/* An import of the past: what it held, what its withdrawal would do, and the withdrawal. */
#include "web/import_view.h"
#include "web/pages.h"
#include "web/sign_view.h"

SQL(import_gone_sql, "select count(*) from p_record where origin = 1 and withdrawn_seq = ?1");

static const struct record_type *register_of(const struct scheme *s, struct str map)
{
	for (size_t i = 0; i < s->nsheets; i++)
		if (str_eq(s->sheets[i].name, map))
			return s->sheets[i].record;
	return NULL;
}

static void put_tables(struct call *c, struct past_view *v, const struct node *list)
{
	v->tables.p = ARENA_ARRAY(c->arena, struct past_table, list ? list->n : 0);
	for (size_t i = 0; list && i < list->n; i++) {
		const struct node *t = list->items[i];
		const struct record_type *type = register_of(c->facts.scheme, node_text(t, S("map")));
		struct past_table *out = &v->tables.p[v->tables.n++];

		*out = (struct past_table){.source = node_text(t, S("source")),
			.title = type ? type->title : node_text(t, S("map")),
			.accepted = node_int(t, S("accepted"), 0),
			.refused = node_int(t, S("refused"), 0),
			.known = type != NULL};
		if (type)
			out->url = call_url(c, url_add(c->arena, url_path("/registers"), type->name));
	}
}

static enum err_code put_undone(struct call *c, struct past_view *v, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct event e;

	TRY(log_get(c->log, c->arena, (struct id){1, v->past.undone}, &e, NULL, err));
	v->undone_who = call_person(c, e.actor);
	v->undone_when = call_time(c, e.at);
	v->why = node_text(e.data, S("why"));
	TRY(db_one(log_db(c->log), &import_gone_sql, ARGS(V_INT(v->past.undone)), &q, err));
	v->gone = query_int(&q, 0);
	return OK;
}

/* What would happen, or what is in the way. */
static enum err_code put_consequence(struct call *c, struct past_view *v, struct err *err)
{
	struct import_undo_sum sum = {0};

	if (import_undo_look(log_db(c->log), c->facts.scheme, (struct id){1, v->past.id}, &sum, err) != OK) {
		if (err->code != ERR_CONFLICT)
			return err->code;
		v->stands = arena_str(c->arena, str_c(err->text));
		err_clear(err);
	}
	v->withdrawn = sum.withdrawn;
	v->restored = sum.restored;
	return OK;
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct past_view v = {.wrong = wrong, .may = call_may(c, ACT_UNDO)};
	const struct node *tables;

	if (!c->world)
		TRY(call_world(c, err));
	TRY(past_line(c, value_int(&c->values, "id"), &v.past, &tables, err));
	v.frame = call_frame(c, NAV_IMPORT,
		arena_printf(c->arena, tr(c->lang, N_("Import %lld")), (long long)v.past.id));
	put_tables(c, &v, tables);
	TRY(v.past.undone ? put_undone(c, &v, err) : put_consequence(c, &v, err));
	page_import_past(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code import_past_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

static enum err_code write_undo(struct tx *tx, void *ctx, struct err *err)
{
	struct call *c = ctx;

	return import_undo_write(tx, c->facts.scheme, (struct id){1, value_int(&c->values, "id")},
		value_of(&c->values, "why"), err);
}

enum err_code import_past_post(struct call *c, struct err *err)
{
	struct str wrong;

	TRY(call_world(c, err));
	if (call_write(c, write_undo, c, err) == OK)
		return call_go(c, call_here(c), err);
	if (err->code == ERR_NOT_FOUND)
		return err->code;
	wrong = call_refused(c, err);
	if (!wrong.n)
		return err->code;
	return show(c, wrong, err);
}
