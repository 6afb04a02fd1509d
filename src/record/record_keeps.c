/* Fields of a record that follow from its steps: those are not corrected by hand. */
#include "record/record_inside.h"

#include "base/buf.h"
#include "scheme/flow_def.h"
#include "text/json.h"

SQL(record_keeps_sql,
	"select r.fields from p_record r join p_flow f on f.origin = r.origin and f.seq = r.seq and f.flow = ?3"
	" where r.origin = ?1 and r.seq = ?2");

static bool alike(const struct node *x, const struct node *y)
{
	struct buf p CLEANUP(buf_free) = BUF_MAX(1 << 16), q CLEANUP(buf_free) = BUF_MAX(1 << 16);
	struct err err = {0};

	if (!x || !y)
		return x == y;
	return json_canon(&p, x, &err) == OK && json_canon(&q, y, &err) == OK && str_eq(buf_str(&p), buf_str(&q));
}

enum err_code record_keeps(struct db *db, struct arena *a, const struct record_type *type, struct id id,
	const struct node *fields, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	enum flow flow = flow_of_about(type->about);
	struct node *before;

	if (flow == FLOW_N)
		return OK;
	TRY(db_query(db, &record_keeps_sql, ARGS(V_ID(id), V_TEXT(str_c(flow_defs[flow].name))), &q, err));
	if (!query_next(&q, err))
		return err->code;
	TRY(json_read(a, arena_str(a, query_text(&q, 0)), (struct json_opt){0}, &before, err));
	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *f = &type->fields[i];

		if (flow_sets(type, f) && !alike(node_get(before, f->name), node_get(fields, f->name)))
			return fail(err, ERR_CONFLICT,
				"field '" STR_FMT "' follows from the steps of %s %lld: make a step instead",
				STR_ARG(f->name), tr(err->lang, flow_defs[flow].title), (long long)id.seq);
	}
	return OK;
}
