#include "log/inside.h"

#include <inttypes.h>

SQL(origin_list, "select id, name from origin where id > ?1 order by id");

enum err_code origin_load(struct log *log, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};
	int64_t last = log->norigins ? log->origins[log->norigins - 1].n : 0;

	TRY(db_query(log->db, &origin_list, ARGS(V_INT(last)), &q, err));
	while (query_next(&q, err)) {
		struct origin *o = ARENA_PUSH(&log->arena, log->origins, log->norigins, log->origins_cap);

		o->n = query_int(&q, 0);
		o->name = arena_str(&log->arena, query_text(&q, 1));
	}
	return err->code;
}

static const struct origin *find(const struct log *log, struct str name, int64_t n)
{
	for (size_t i = 0; i < log->norigins; i++)
		if (n ? log->origins[i].n == n : str_eq(log->origins[i].name, name))
			return &log->origins[i];
	return NULL;
}

enum err_code origin_number(struct log *log, struct str name, int64_t *out, struct err *err)
{
	const struct origin *o = find(log, name, 0);

	if (!o) {
		TRY(origin_load(log, err));
		o = find(log, name, 0);
	}
	if (!o)
		return fail(err, ERR_NOT_FOUND, N_("a log \"" STR_FMT "\" is unknown here"), STR_ARG(name));
	*out = o->n;
	return OK;
}

enum err_code origin_name(struct log *log, int64_t n, struct str *out, struct err *err)
{
	const struct origin *o = n > 0 ? find(log, STR_NONE, n) : NULL;

	if (!o && n > 0) {
		TRY(origin_load(log, err));
		o = find(log, STR_NONE, n);
	}
	if (!o)
		return fail(err, ERR_NOT_FOUND, N_("log number %" PRId64 " is unknown here"), n);
	*out = o->name;
	return OK;
}

enum err_code log_id(struct log *log, struct str text, struct id *out, struct err *err)
{
	struct str name;
	struct id id;

	if (!id_split(text, &name, &id.seq))
		return fail(err, ERR_INPUT, N_("\"" STR_FMT "\": expected an id as z0123456789ab:7"),
			STR_ARG(text));
	TRY(origin_number(log, name, &id.origin, err));
	*out = id;
	return OK;
}

enum err_code log_id_text(struct log *log, struct arena *a, struct id id, struct str *out, struct err *err)
{
	struct str name;

	TRY(origin_name(log, id.origin, &name, err));
	*out = id_text(a, name, id);
	return OK;
}
