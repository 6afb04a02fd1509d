#include "cli/cmd.h"

#include "base/near.h"
#include "log/object.h"
#include "log/tree.h"
#include "text/json.h"

#include <inttypes.h>

enum { NEWEST = 50, BLOCK = 1000, OWN = 1 };

command_fn cmd_log;

/* ---- the list ---- */

struct listing {
	const struct cli *c;
	const char *kind; /* pattern, or NULL */
	int64_t from, limit, n; /* limit INT64_MAX: all */
	int64_t *ring; /* first pass: numbers of the last limit events that match */
	struct arena arena; /* of the block in hand */
	struct table *table;
	int rows;
	bool enough;
};

static const char *const heads[] = {
	N_("no."), N_("time"), N_("kind"), N_("subject"), N_("by"), N_("what it says")};

static bool matches(const struct listing *l, const struct event *e)
{
	return !l->kind || str_glob(str_c(l->kind), e->kind);
}

static void block_end(struct listing *l)
{
	if (l->table)
		table_print(l->table, l->c);
	l->table = NULL;
	l->rows = 0;
	arena_free(&l->arena);
}

static void row_add(struct listing *l, const struct event *e)
{
	struct arena *a = &l->arena;
	struct str subject = S("");

	if (!l->table)
		l->table = table_new(a, LEN(heads), heads, "rllrll");
	if (e->subject.origin == OWN)
		subject = arena_printf(a, "%" PRId64, e->subject.seq);
	else if (id_is(e->subject))
		subject = arena_printf(a, "%" PRId64 ":%" PRId64, e->subject.origin, e->subject.seq);
	table_row(l->table,
		(const struct str[]){arena_printf(a, "%" PRId64, e->id.seq), text_time(a, e->at), e->kind,
			subject, e->actor, event_summary(a, e->data)});
	if (++l->rows == BLOCK)
		block_end(l);
}

static enum err_code on_event(void *ctx, const struct event *e, struct str canon, struct err *err)
{
	struct listing *l = ctx;

	if (!matches(l, e))
		return OK;
	l->n++;
	if (l->c->json)
		say_raw(l->c, canon);
	else
		row_add(l, e);
	l->enough = l->n == l->limit || say_gone();
	return l->enough ? ERR_LIMIT : OK; /* ends the walk; err stays empty */
}

static enum err_code on_count(void *ctx, const struct event *e, struct str canon, struct err *err)
{
	struct listing *l = ctx;

	if (matches(l, e))
		l->ring[l->n++ % l->limit] = e->id.seq;
	return OK;
}

/* Where the newest begin. */
static enum err_code newest(struct listing *l, struct log *log, struct err *err)
{
	int64_t size = log_size(log);

	if (!l->kind) {
		l->from = MAX(size - l->limit, 0);
		return OK;
	}
	l->limit = MIN(l->limit, MAX(size, 1));
	l->ring = ARENA_ARRAY(l->c->arena, int64_t, (size_t)l->limit);
	TRY(log_each(log, OWN, 0, INT64_MAX, on_count, l, err));
	l->from = l->n > l->limit ? l->ring[l->n % l->limit] : 0;
	l->n = 0;
	return OK;
}

/* A kind that no event is of may be a slip. */
static enum err_code kind_unknown(const struct listing *l, struct err *err)
{
	const struct event_kind *const *tables = cli_kinds();
	struct near near = near_to(str_c(l->kind));

	for (size_t i = 0; i == 0 || tables[i - 1]; i++)
		for (const struct event_kind *k = tables[i] ? tables[i] : object_kinds; k->name; k++) {
			near_offer(&near, str_c(k->name));
			if (str_glob(str_c(l->kind), str_c(k->name)))
				return OK;
		}
	fail(err, ERR_NOT_FOUND, "there is no event of kind %s", l->kind);
	return near_say(&near, err);
}

static enum err_code list(struct cli *c, struct log *log, struct err *err)
{
	struct listing l = {.c = c, .kind = cli_opt(c, "kind"), .from = -1, .limit = NEWEST};
	enum err_code code;

	TRY(cli_int(c, "from", 0, INT64_MAX, &l.from, err));
	TRY(cli_int(c, "limit", 0, INT64_MAX, &l.limit, err));
	if (l.from < 0 && l.limit)
		TRY(newest(&l, log, err));
	if (!l.limit)
		l.limit = INT64_MAX;
	code = log_each(log, OWN, MAX(l.from, 0), INT64_MAX, on_event, &l, err);
	block_end(&l);
	if (code != OK && !l.enough)
		return code;
	if (!l.n && l.kind)
		return kind_unknown(&l, err);
	return OK;
}

/* ---- one event ---- */

static enum err_code show(struct cli *c, struct log *log, int64_t seq, struct err *err)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(16 * EVENT_BYTES);
	struct event e;
	struct str canon;
	struct hash leaf;
	struct node *node;
	char hex[HASH_TEXT];

	if (seq >= log_size(log))
		return fail(err, ERR_NOT_FOUND, "there is no event %" PRId64 "; the newest is %" PRId64, seq,
			log_size(log) - 1);
	TRY(log_get(log, c->arena, (struct id){OWN, seq}, &e, &canon, err));
	if (c->json) {
		say_raw(c, canon);
		return OK;
	}
	TRY(json_read(c->arena, canon, (struct json_opt){0}, &node, err));
	json_pretty(&b, node);
	leaf = tree_leaf(canon);
	hash_text(&leaf, hex);
	say(c, "event %" PRId64 ", " STR_FMT, seq, STR_ARG(text_time(c->arena, e.at)));
	say_text(c, buf_str(&b));
	say(c, "leaf hash %s", hex);
	return OK;
}

enum err_code cmd_log(struct cli *c, int *status, struct err *err)
{
	struct log CLEANUP(log_close) *log = NULL;
	int64_t seq;

	if (c->nargs) {
		if (!str_int(str_c(c->args[0]), &seq) || seq < 0)
			return fail(err, ERR_USAGE, "zeren log: the number of an event is expected, not %s",
				c->args[0]);
		if (cli_opt(c, "from") || cli_opt(c, "kind") || cli_opt(c, "limit"))
			return fail(err, ERR_USAGE,
				"zeren log N shows one event; it takes no --from, --kind or --limit");
	}
	TRY(cli_open_reading(c, &log, err));
	return c->nargs ? show(c, log, seq, err) : list(c, log, err);
}
