/* Writing and verifying a log beside what the machine can do, in one run:
 *
 *     bench_log FOLDER [N]
 *
 * append: N small events through the writer, 8 threads, group commit — beside the same rows and hashes by bare SQLite,
 * 100 a commit; one: one event a commit — beside one append and fdatasync of its bytes; verify: full — beside reading
 * and hashing every row. Each line: rate, and the ratio to the line before it. */
#include "base/buf.h"
#include "base/file.h"
#include "crypto/digest.h"
#include "log/log.h"
#include "log/tree.h"
#include "log/verify.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 8, BATCH = 100, SINGLES = 1000 };

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void check(enum err_code code, const struct err *err)
{
	if (code == OK)
		return;
	fprintf(stderr, "bench_log: %s\n", err->text);
	exit(2);
}

static const struct event_field note_fields[] = {{"text", FIELD_TEXT, true}, {"n", FIELD_INT, true}};
static const struct event_kind note_kinds[] = {{.name = "bench.note", .fields = note_fields, .nfields = 2}, {0}};
static const struct event_kind *const kinds[] = {note_kinds, NULL};

static const char *const words = "室务会专题研究意识形态工作，分析研判风险点，明确防控措施和责任岗位，限期反馈。";

static enum err_code note(struct tx *tx, void *ctx, struct err *err)
{
	struct node *data = node_map(tx->arena);

	node_set(tx->arena, data, S("text"), node_str(tx->arena, str_c(words)));
	node_set(tx->arena, data, S("n"), node_num(tx->arena, *(int *)ctx));
	return tx_event(tx, "bench.note", ID_NONE, data, NULL, err);
}

struct worker {
	struct writer *w;
	int n;
};

static void *work(void *ctx)
{
	struct worker *k = ctx;
	struct err err = {.lang = LANG_EN};

	for (int i = 0; i < k->n; i++)
		check(writer_do(k->w, S("bench"), S("bench"), note, &i, &err), &err);
	return NULL;
}

static double append(struct log *log, int n)
{
	struct err err = {.lang = LANG_EN};
	struct worker k = {.n = n / THREADS};
	pthread_t t[THREADS];
	double start = now();

	check(writer_start(log, (struct writer_opt){0}, &k.w, &err), &err);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, work, &k);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	writer_stop(&k.w);
	return n / (now() - start);
}

struct many {
	int n;
};

static enum err_code notes(struct tx *tx, void *ctx, struct err *err)
{
	const struct many *m = ctx;

	for (int i = 0; i < m->n; i++)
		TRY(note(tx, &i, err));
	return OK;
}

/* BATCH events an intent, as an import writes them. */
static double append_many(struct log *log, int n)
{
	struct err err = {.lang = LANG_EN};
	struct many m = {BATCH};
	double start = now();

	for (int i = 0; i < n / BATCH; i++)
		check(log_write(log, S("bench"), S("bench"), notes, &m, &err), &err);
	return n / (now() - start);
}

static sqlite3 *bare_open(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(2);
	sqlite3_exec(db, "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=0;"
	             "create table event(origin integer not null, seq integer not null, kind text not null, so integer,"
	             " ss integer, leaf blob not null, canon text not null, primary key(origin, seq)) strict;",
	             NULL, NULL, NULL);
	return db;
}

/* The same rows and leaf hashes, prepared once, n in groups of batch. */
static double bare(const char *path, struct str canon, int n, int batch)
{
	sqlite3 *db = bare_open(path);
	sqlite3_stmt *st;
	double start = now();

	sqlite3_prepare_v2(db, "insert into event values(1, ?1, 'bench.note', null, null, ?2, ?3)", -1, &st, NULL);
	for (int i = 0; i < n; i++) {
		struct hash leaf = tree_leaf(canon);

		if (i % batch == 0)
			sqlite3_exec(db, "begin immediate", NULL, NULL, NULL);
		sqlite3_bind_int64(st, 1, i);
		sqlite3_bind_blob(st, 2, leaf.b, HASH_BYTES, SQLITE_STATIC);
		sqlite3_bind_text(st, 3, canon.p, (int)canon.n, SQLITE_STATIC);
		sqlite3_step(st);
		sqlite3_reset(st);
		if (i % batch == batch - 1)
			sqlite3_exec(db, "commit", NULL, NULL, NULL);
	}
	sqlite3_finalize(st);
	start = now() - start;
	sqlite3_close(db);
	return n / start;
}

static double fdatasyncs(const char *path, struct str canon, int n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
	double start = now();

	for (int i = 0; i < n; i++)
		if (write(fd, canon.p, canon.n) < 0 || fdatasync(fd) < 0)
			exit(2);
	close(fd);
	return n / (now() - start);
}

static double one_by_one(struct log *log, int n)
{
	struct err err = {.lang = LANG_EN};
	double start = now();

	for (int i = 0; i < n; i++)
		check(log_write(log, S("bench"), S("bench"), note, &i, &err), &err);
	return n / (now() - start);
}

static volatile unsigned char sink;      /* so that the hashing is not optimised away */

static double read_and_hash(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	struct hash all = tree_empty();
	double start = now();
	int n = 0;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		exit(2);
	sqlite3_prepare_v2(db, "select canon from event order by origin, seq", -1, &st, NULL);
	for (; sqlite3_step(st) == SQLITE_ROW; n++) {
		struct hash h = tree_leaf((struct str){(const char *)sqlite3_column_text(st, 0),
		                                       (size_t)sqlite3_column_bytes(st, 0)});

		all.b[0] ^= h.b[0];
	}
	sqlite3_finalize(st);
	sqlite3_close(db);
	start = now() - start;
	sink = all.b[0];
	return n / start;
}

static void say(const char *what, double rate, double beside)
{
	printf("%-44s %10.0f/s  %5.2f of it\n", what, rate, rate / beside);
}

int main(int argc, char **argv)
{
	struct arena a = ARENA_INIT;
	struct err err = {.lang = LANG_EN};
	struct log *log;
	struct event e;
	struct str canon, dir;
	struct verify_result v;
	int n = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 100000;
	double base, start;

	if (argc < 2)
		return 2;
	dir = arena_printf(&a, "%s/log", argv[1]);
	check(log_create(dir.p, NULL, (struct log_opt){.kinds = kinds}, &log, &err), &err);
	append(log, THREADS * 100);
	check(log_get(log, &a, (struct id){1, 5}, &e, &canon, &err), &err);
	printf("event of %zu bytes\n", canon.n);

	base = bare(arena_printf(&a, "%s/bare.db", argv[1]).p, canon, n, BATCH);
	say("bare SQLite, hash and insert, 100 a commit", base, base);
	say("events, 100 an intent and commit", append_many(log, n), base);
	say("events, 8 threads through the writer", append(log, n / 4), base);

	base = fdatasyncs(arena_printf(&a, "%s/file", argv[1]).p, canon, SINGLES);
	say("append and fdatasync", base, base);
	say("bare SQLite, one a commit", bare(arena_printf(&a, "%s/bare1.db", argv[1]).p, canon, SINGLES, 1), base);
	say("one event a commit", one_by_one(log, SINGLES), base);

	log_close(&log);
	base = read_and_hash(arena_printf(&a, "%s/zeren.db", dir.p).p);
	say("read every row and hash it", base, base);
	check(log_open(dir.p, (struct log_opt){.kinds = kinds}, &log, &err), &err);
	start = now();
	check(log_verify(log, &a, VERIFY_FULL, NULL, NULL, &v, &err), &err);
	say("full verify", (double)v.events / (now() - start), base);
	log_close(&log);
	arena_free(&a);
	return v.nfindings != 0;
}
