#include "record/columns.h"

#include "text/json.h"

/* ---- taken down ---- */

static bool is_some_only(const struct import_table *t)
{
	return t->part || t->sent_back;
}

/* Rows of the head together, as what is taken out has one. */
static int head_height(const struct import_table *t)
{
	int tenths = 0;

	for (size_t i = 0; i < t->sheet->nrows && t->sheet->rows[i].no <= t->head_end; i++)
		if (t->sheet->rows[i].no >= t->header_row)
			tenths += t->sheet->rows[i].height;
	return MIN(tenths, COLUMNS_HEAD_MOST);
}

struct node *columns_look(struct arena *a, const struct import_table *t)
{
	const struct record_type *type = t->map ? t->map->record : NULL;
	struct node *look = node_map(a), *widths = node_map(a), *hidden = node_list(a);
	int head;

	if (!t->header_row || !t->cols || is_some_only(t))
		return NULL;
	for (size_t i = 0; i < type->nfields; i++) {
		const struct sheet_col *c = t->cols[i] ? sheet_col(t->sheet, t->cols[i]) : NULL;

		if (c && c->width >= COLUMNS_WIDTH_LEAST && c->width <= COLUMNS_WIDTH_MOST)
			node_set(a, widths, type->fields[i].name, node_num(a, c->width));
		if (c && c->hidden)
			node_push(a, hidden, node_str(a, type->fields[i].name));
	}
	head = head_height(t);
	if (head)
		node_set(a, look, S("head"), node_num(a, head));
	if (hidden->n)
		node_set(a, look, S("hidden"), hidden);
	if (widths->n)
		node_set(a, look, S("widths"), widths);
	return look->n ? look : NULL;
}

/* ---- held to its form ---- */

static bool is_between(const struct node *n, int64_t least, int64_t most)
{
	return n->kind == NODE_INT && n->num >= least && n->num <= most;
}

static bool is_kind(const struct node *n, enum node_kind kind)
{
	return !n || n->kind == kind;
}

enum err_code columns_check(const struct node *look, struct err *err)
{
	const struct node *widths = NODE_GET(look, "widths"), *hidden = NODE_GET(look, "hidden"),
		*head = NODE_GET(look, "head");

	if (!look)
		return OK;
	if (look->kind != NODE_MAP || !is_kind(widths, NODE_MAP) || !is_kind(hidden, NODE_LIST))
		return fail(err, ERR_INPUT,
			"look: a map is expected, with widths (a map), hidden (a list), head (a number)");
	if (head && !is_between(head, 1, COLUMNS_HEAD_MOST))
		return fail(err, ERR_INPUT, "look: head: expected tenths of a point, 1 to %d", COLUMNS_HEAD_MOST);
	for (size_t i = 0; widths && i < widths->n; i++)
		if (!is_between(widths->items[i], COLUMNS_WIDTH_LEAST, COLUMNS_WIDTH_MOST))
			return fail(err, ERR_INPUT,
				"look: width of " STR_FMT ": expected hundredths of a character, %d to %d",
				STR_ARG(widths->keys[i]->text), COLUMNS_WIDTH_LEAST, COLUMNS_WIDTH_MOST);
	for (size_t i = 0; hidden && i < hidden->n; i++)
		if (hidden->items[i]->kind != NODE_TEXT)
			return fail(err, ERR_INPUT, "look: hidden: expected names of fields");
	return OK;
}

/* ---- given back ---- */

SQL(look_sql,
	"select t.look from p_import_table t join p_import i on i.origin = t.origin and i.seq = t.seq"
	" where t.map = ?1 and t.look is not null and i.undone_seq is null"
	" order by case when i.year <= ?2 then 0 else 1 end, i.year desc, t.seq desc, t.origin, t.n limit 1");

/* A field that the scheme no longer has is passed over. */
static void take_look(struct arena *a, const struct record_type *type, const struct node *look, struct columns *out)
{
	const struct node *widths = NODE_GET(look, "widths"), *hidden = NODE_GET(look, "hidden");

	out->head = (int)node_int(look, S("head"), 0);
	out->widths = ARENA_ARRAY(a, int, type->nfields);
	out->hidden = ARENA_ARRAY(a, bool, type->nfields);
	for (size_t i = 0; i < type->nfields; i++)
		out->widths[i] = (int)node_int(widths, type->fields[i].name, 0);
	for (size_t k = 0; hidden && k < hidden->n; k++) {
		const struct field *f = type_field(type, hidden->items[k]->text);

		if (f)
			out->hidden[f->at] = true;
	}
}

enum err_code columns_of(struct arena *a, struct db *db, const struct sheet_map *m, int year, struct columns *out,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *look = NULL;

	TRY(db_query(db, &look_sql, ARGS(V_TEXT(m->name), V_INT(year)), &q, err));
	if (query_next(&q, err))
		TRY(json_read(a, arena_str(a, query_text(&q, 0)), (struct json_opt){0}, &look, err));
	TRY(err->code);
	take_look(a, m->record, look, out);
	return OK;
}
