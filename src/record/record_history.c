/* What became of a record: its events, and those that withdrew imports which had said it. */
#include "record/record_inside.h"

#include <stdlib.h>

SQL(history_record_sql, "select type, rev_seq, withdrawn_seq from p_record where origin = ?1 and seq = ?2");
SQL(history_events_sql,
	"select seq from event where origin = ?1 and seq = ?2 union all"
	" select seq from event where subject_origin = ?1 and subject_seq = ?2 and origin = ?1");
SQL(history_import_sql,
	"select t.source, i.undone_seq from p_import i"
	" join p_import_table t on t.origin = i.origin and t.seq = i.seq"
	" where i.origin = ?1 and i.seq = ?2 and t.n = ?3");

const char *record_act_name(enum record_act act)
{
	static const char *const names[RECORD_ACTS] = {
		[RECORD_ADDED] = N_("entered"),
		[RECORD_CORRECTED] = N_("corrected"),
		[RECORD_WITHDRAWN] = N_("withdrawn"),
		[RECORD_RESTORED] = N_("restored"),
		[RECORD_TURNED_BACK] = N_("turned back"),
	};

	return names[act];
}

/* What a record said after one of its events. */
struct said {
	struct said *before;
	const struct node *fields, *raw;
	int64_t import;
};

struct walk {
	struct log *log;
	struct arena *a;
	enum lang lang;
	struct record_history *out;
	struct said *now;
	bool withdrawn;
};

struct seqs {
	int64_t *p;
	size_t n, cap;
};

static int by_seq(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void add_seq(struct arena *a, struct seqs *s, int64_t seq)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->p[i] == seq)
			return;
	*ARENA_PUSH(a, s->p, s->n, s->cap) = seq;
}

/* ---- one step ---- */

static struct str words(struct walk *w, const struct field *f, const struct said *s)
{
	struct value v = row_value(w->a, f, s ? s->fields : NULL, s ? s->raw : NULL);

	return row_typed(w->a, w->lang, f, &v);
}

static void put_changes(struct walk *w, struct record_step *step, const struct said *before, const struct said *after)
{
	const struct record_type *t = w->out->type;

	for (size_t i = 0; i < t->nfields; i++) {
		struct str x = words(w, &t->fields[i], before), y = words(w, &t->fields[i], after);

		if (!str_eq(x, y))
			*ARENA_PUSH(w->a, step->changes, step->n, step->cap) =
				(struct record_change){&t->fields[i], x, y};
	}
}

static void put_proof(struct walk *w, struct record_step *step, const struct node *list)
{
	size_t cap = 0;

	for (size_t i = 0; list && i < list->n; i++)
		*ARENA_PUSH(w->a, step->proof.p, step->proof.n, cap) = node_text(list->items[i], S("name"));
}

static struct record_step *new_step(struct walk *w, const struct event *e, enum record_act act)
{
	struct record_step *s = ARENA_PUSH(w->a, w->out->steps, w->out->n, w->out->cap);

	*s = (struct record_step){.act = act, .event = e->id, .at = e->at, .actor = e->actor, .via = e->via,
	                          .why = node_text(e->data, S("why"))};
	return s;
}

static enum err_code put_source(struct walk *w, struct record_step *step, const struct event *e, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	step->import = node_int(e->data, S("import"), 0);
	if (!step->import)
		return OK;
	TRY(db_one(log_db(w->log), &history_import_sql,
	           ARGS(V_INT(e->id.origin), V_INT(step->import), V_INT(node_int(e->data, S("table"), 0))), &q, err));
	step->source = arena_printf(w->a, STR_FMT "!%lld", STR_ARG(query_text(&q, 0)),
	                            (long long)node_int(e->data, S("row"), 0));
	return OK;
}

static enum err_code said_anew(struct walk *w, const struct event *e, enum record_act act, struct err *err)
{
	struct record_step *step = new_step(w, e, act);
	struct said *s = ARENA_NEW(w->a, struct said);

	TRY(put_source(w, step, e, err));
	*s = (struct said){w->now, NODE_GET(e->data, "fields"), NODE_GET(e->data, "raw"), step->import};
	put_changes(w, step, w->now, s);
	put_proof(w, step, NODE_GET(e->data, "proof"));
	w->now = s;
	return OK;
}

/* An import that said it last is withdrawn: back to what was said before, or gone. */
static void import_undone(struct walk *w, const struct event *e)
{
	struct record_step *step;

	if (w->withdrawn || !w->now || w->now->import != e->subject.seq)
		return;
	step = new_step(w, e, w->now->before ? RECORD_TURNED_BACK : RECORD_WITHDRAWN);
	step->import = e->subject.seq;
	w->withdrawn = !w->now->before;
	if (w->withdrawn)
		return;
	put_changes(w, step, w->now, w->now->before);
	w->now = w->now->before;
}

static enum err_code one_event(struct walk *w, const struct event *e, struct err *err)
{
	if (str_is(e->kind, "record.add"))
		return said_anew(w, e, RECORD_ADDED, err);
	if (str_is(e->kind, "record.correct"))
		return said_anew(w, e, RECORD_CORRECTED, err);
	if (str_is(e->kind, "import.undo")) {
		import_undone(w, e);
		return OK;
	}
	w->withdrawn = str_is(e->kind, "record.withdraw");
	new_step(w, e, w->withdrawn ? RECORD_WITHDRAWN : RECORD_RESTORED);
	return OK;
}

/* ---- which events ---- */

static enum err_code own_events(struct walk *w, struct seqs *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(log_db(w->log), &history_events_sql, ARGS(V_ID(w->out->id)), &q, err));
	while (query_next(&q, err))
		add_seq(w->a, out, query_int(&q, 0));
	return err->code;
}

/* The event that withdrew the import of an event, where there is one. */
static enum err_code undone_by(struct walk *w, const struct event *e, struct seqs *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	int64_t import = node_int(e->data, S("import"), 0);

	if (!import)
		return OK;
	TRY(db_one(log_db(w->log), &history_import_sql,
	           ARGS(V_INT(e->id.origin), V_INT(import), V_INT(node_int(e->data, S("table"), 0))), &q, err));
	if (!query_null(&q, 1))
		add_seq(w->a, out, query_int(&q, 1));
	return OK;
}

static enum err_code read_record(struct walk *w, const struct scheme *s, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	if (db_one(log_db(w->log), &history_record_sql, ARGS(V_ID(w->out->id)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no record %lld", (long long)w->out->id.seq);
	}
	w->out->type = scheme_type(s, query_text(&q, 0));
	w->out->rev_seq = query_int(&q, 1);
	w->out->withdrawn = !query_null(&q, 2);
	if (!w->out->type)
		return fail(err, ERR_NOT_FOUND, "record %lld is of type '" STR_FMT "', which the scheme does not know",
		            (long long)w->out->id.seq, STR_ARG(query_text(&q, 0)));
	return OK;
}

enum err_code record_history(struct log *log, struct arena *a, const struct scheme *s, enum lang lang, struct id id,
	struct record_history *out, struct err *err)
{
	struct walk w = {.log = log, .a = a, .lang = lang, .out = out};
	struct seqs seqs = {0};
	struct event e;

	*out = (struct record_history){.id = id};
	TRY(read_record(&w, s, err));
	TRY(own_events(&w, &seqs, err));
	for (size_t i = 0, own = seqs.n; i < own; i++) {
		TRY(log_get(log, a, (struct id){id.origin, seqs.p[i]}, &e, NULL, err));
		TRY(undone_by(&w, &e, &seqs, err));
	}
	if (seqs.n)
		qsort(seqs.p, seqs.n, sizeof *seqs.p, by_seq);
	for (size_t i = 0; i < seqs.n; i++) {
		TRY(log_get(log, a, (struct id){id.origin, seqs.p[i]}, &e, NULL, err));
		TRY(one_event(&w, &e, err));
	}
	return OK;
}
