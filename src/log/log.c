#include "log/log.h"

#include "base/conf.h"
#include "base/file.h"
#include "log/inside.h"
#include "log/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

SQL(log_has_origin, "select 1 from origin where id = 1");
SQL(log_add_origin, "insert into origin (id, name) values (1, ?1)");

struct str log_path(struct arena *a, const struct log *log, const char *name)
{
	return path_join(a, str_c(log->dir), str_c(name));
}

/* ---- the folder ---- */

static enum err_code take_lock(struct log *log, struct err *err)
{
	const char *path = log_path(&log->arena, log, "lock").p;

	log->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (log->lock < 0)
		return fail_errno(err, N_("%s: cannot be opened"), path);
	if (!flock(log->lock, LOCK_EX | LOCK_NB))
		return OK;
	if (errno == EWOULDBLOCK)
		return fail(err, ERR_BUSY, N_("%s: another program is working here"), log->dir);
	return fail_errno(err, N_("%s: cannot be locked"), path);
}

/* What zeren.conf says of the database; empty when it says nothing. */
static enum err_code read_conf(struct log *log, struct str *database, struct err *err)
{
	const struct conf_key keys[] = {{"database", database}, {NULL, NULL}};
	const char *path = log_path(&log->arena, log, "zeren.conf").p;

	return file_exists(path) ? conf_read(&log->arena, path, keys, err) : OK;
}

static enum err_code write_conf(struct log *log, struct str database, const char *db, struct err *err)
{
	const char *path = log_path(&log->arena, log, "zeren.conf").p;
	struct str old = STR_NONE;

	if (database.n && !str_is(database, db))
		return fail(err, ERR_CONFLICT, N_("%s: names another database"), path);
	if (database.n)
		return OK;
	if (file_exists(path))
		TRY(file_read(&log->arena, path, 64 << 10, &old, err));
	return file_write(path, arena_printf(&log->arena, STR_FMT "%sdatabase = %s\n", STR_ARG(old),
		old.n && !str_ends(old, S("\n")) ? "\n" : "", db), err);
}

/* Nobody else can be staging: we hold the lock. */
static enum err_code sweep(struct log *log, struct err *err)
{
	const char *staging = log_path(&log->arena, log, "staging").p;

	TRY(file_remove_tree(staging, err));
	return file_mkdirs(staging, err);
}

/* ---- opening ---- */

static struct log *fresh(const char *dir, struct log_opt opt)
{
	struct log *log = calloc(1, sizeof *log);

	if (!log)
		BUG("out of memory");
	log->opt = opt;
	log->lock = -1;
	log->canon.max = EVENT_BYTES;
	log->dir = arena_str(&log->arena, str_c(dir)).p;
	pthread_mutex_init(&log->mutex, NULL);
	pthread_mutex_init(&log->file, NULL);
	kinds_init(log);
	return log;
}

static void discard(struct log **log)
{
	struct log *l = *log;

	if (!l)
		return;
	*log = NULL;
	db_close(&l->db);
	fd_close(&l->lock);
	pthread_mutex_destroy(&l->mutex);
	pthread_mutex_destroy(&l->file);
	buf_free(&l->canon);
	arena_free(&l->reading);
	arena_free(&l->arena);
	free(l);
}

static enum err_code open_db(struct log *log, struct str database, struct err *err)
{
	struct db_opt opt = {.scratch = log->opt.scratch, .read_only = log->opt.read_only};
	const char *where = database.n ? database.p : log_path(&log->arena, log, "zeren.db").p;

	TRY(db_open(where, opt, &log->db, err));
	return log->opt.read_only ? OK : db_migrate(log->db, err);
}

/* Without its head row a log opens for reading only, for verify to say what is wrong. */
static enum err_code load(struct log *log, struct err *err)
{
	struct err bad = {.lang = err->lang};
	enum err_code code;

	TRY(origin_load(log, err));
	if (!log->norigins || log->origins[0].n != 1)
		return fail(err, ERR_NOT_FOUND, N_("%s: there is no log here"), log->dir);
	log->origin = log->origins[0].name;
	code = head_get(log->db, 1, &log->range, &log->at, &bad);
	if (code == OK || (log->opt.read_only && (code == ERR_NOT_FOUND || code == ERR_DAMAGED)))
		return OK;
	return fail(err, code == ERR_NOT_FOUND ? ERR_DAMAGED : code, "%s: %s", log->dir, bad.text);
}

static enum err_code check(struct log *log, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err none = {0};
	struct verify_result r;
	struct checkpoint c;

	TRY(log_verify(log, &a, VERIFY_QUICK, NULL, NULL, &r, err));
	if (!r.nfindings && checkpoint_read(&a, log->dir, &c, &none) == OK)
		log->checkpointed = c.range.n;
	if (!r.nfindings)
		return OK;
	return fail(err, ERR_DAMAGED, N_("%s: the log is damaged: " STR_FMT), log->dir,
		STR_ARG(r.findings[0].what));
}

/* A reader meets tables of an older program: they are brought up to date by opening for writing once. What else is
 * wrong with the log, the reader will see. */
static enum err_code bring_up(const char *dir, struct log_opt opt, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;

	opt.read_only = false;
	if (log_open(dir, opt, &log, err) != ERR_DAMAGED)
		return err->code;
	err_clear(err);
	return OK;
}

enum err_code log_open(const char *dir, struct log_opt opt, struct log **out, struct err *err)
{
	CLEANUP(discard) struct log *log = fresh(dir, opt);
	struct str database = STR_NONE;

	if (!file_is_dir(dir))
		return fail(err, ERR_NOT_FOUND, N_("%s: no such folder"), dir);
	TRY(read_conf(log, &database, err));
	if (!database.n && !file_exists(log_path(&log->arena, log, "zeren.db").p))
		return fail(err, ERR_NOT_FOUND, N_("%s: there is no log here"), dir);
	if (!opt.read_only)
		TRY(take_lock(log, err));
	TRY(open_db(log, database, err));
	if (opt.read_only && db_behind(log->db)) {
		db_close(&log->db);
		TRY(bring_up(dir, opt, err));
		TRY(open_db(log, database, err));
	}
	TRY(load(log, err));
	if (!opt.read_only) {
		TRY(sweep(log, err));
		TRY(check(log, err));
	}
	*out = log;
	log = NULL;
	return OK;
}

/* ---- creating ---- */

static enum err_code choose_origin(struct log *log, struct err *err)
{
	unsigned char b[6];

	if (log->opt.origin) {
		log->origin = arena_str(&log->arena, str_c(log->opt.origin));
		if (!origin_valid(log->origin))
			return fail(err, ERR_INPUT, N_("\"%s\": a log's name is 1 to 32 of a-z, 0-9 and -"),
				log->opt.origin);
		return OK;
	}
	if (getrandom(b, sizeof b, 0) != sizeof b)
		return fail_errno(err, N_("no random numbers"));
	log->origin = arena_printf(&log->arena, "z%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4],
		b[5]);
	return OK;
}

static enum err_code first_event(struct tx *tx, void *ctx, struct err *err)
{
	struct node *data = node_map(tx->arena);

	if (tx->log->opt.tables)
		TRY(db_exec(tx->db, tx->log->opt.tables, err));
	TRY(db_run(tx->db, &log_add_origin, ARGS(V_TEXT(tx->log->origin)), err));
	TRY(head_add(tx->db, 1, err));
	TRY(origin_load(tx->log, err));
	node_set(tx->arena, data, S("suite"), node_str(tx->arena, S("sha256")));
	return tx_event(tx, "log.open", ID_NONE, data, NULL, err);
}

static enum err_code refuse_second(struct log *log, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	TRY(db_query(log->db, &log_has_origin, NO_ARGS, &q, err));
	if (query_next(&q, err))
		return fail(err, ERR_CONFLICT, N_("%s: there is a log already"), log->dir);
	return err->code;
}

static enum err_code make_folder(struct log *log, struct err *err)
{
	TRY(file_mkdirs(log_path(&log->arena, log, "objects").p, err));
	TRY(file_mkdirs(log_path(&log->arena, log, "staging").p, err));
	return log->opt.scratch ? OK : file_sync_dir(log->dir, err);
}

enum err_code log_create(const char *dir, const char *db, struct log_opt opt, struct log **out,
	struct err *err)
{
	CLEANUP(discard) struct log *log = fresh(dir, opt);
	struct str database = STR_NONE;

	BUG_IF(opt.read_only);
	TRY(choose_origin(log, err));
	TRY(make_folder(log, err));
	TRY(take_lock(log, err));
	TRY(read_conf(log, &database, err));
	if (db) {
		TRY(write_conf(log, database, db, err));
		database = arena_str(&log->arena, str_c(db));
	}
	TRY(open_db(log, database, err));
	TRY(refuse_second(log, err));
	TRY(log_write(log, S("system"), S("system"), first_event, NULL, err));
	TRY(log_checkpoint(log, err));
	*out = log;
	log = NULL;
	return OK;
}

void log_close(struct log **log)
{
	struct log *l = *log;
	struct err ignored = {0};

	if (!l)
		return;
	BUG_IF(l->has_writer);
	if (!l->opt.read_only && !l->broken && l->range.n > l->checkpointed)
		log_checkpoint(l, &ignored);   /* without it a verify has more to look at: no more */
	discard(log);
}

/* ---- what it is ---- */

struct db *log_db(struct log *log)
{
	return log->db;
}

const char *log_dir(const struct log *log)
{
	return log->dir;
}

struct str log_origin(const struct log *log)
{
	return log->origin;
}

int64_t log_size(struct log *log)
{
	int64_t n;

	pthread_mutex_lock(&log->mutex);
	n = log->range.n;
	pthread_mutex_unlock(&log->mutex);
	return n;
}

void log_range(struct log *log, struct range *out)
{
	pthread_mutex_lock(&log->mutex);
	*out = log->range;
	pthread_mutex_unlock(&log->mutex);
}
