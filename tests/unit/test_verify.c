/* Tampering: somebody with the database's password and the folder changes one thing, and verify finds and
 * names it. Each on both databases. */
#include "log_world.h"

#include "log/tree.h"

#include <fcntl.h>
#include <sys/stat.h>

T(forge_canon, "select canon from event where origin = 1 and seq = ?1");
T(forge_event, "update event set canon = ?2, leaf = ?3 where origin = 1 and seq = ?1");
T(forge_leaves, "select leaf from event where origin = 1 order by seq");
T(forge_head, "update log_head set hashes = ?1 where origin = 1");

enum { EVENTS = 13, OBJECT_EVENT = 12 };

static enum err_code do_name(struct tx *tx, void *ctx, struct err *err)
{
	struct id id;

	return object_name(tx, ctx, S("纪要.txt"), &id, err);
}

/* Thirteen events: 0 log.open, 1–8 test.add, 9–11 test.set, 12 object.add. */
static struct object fill(void)
{
	struct id ids[8];
	struct object o;

	create(options());
	for (int i = 0; i < 8; i++)
		ids[i] = add(i % 2 ? "odd" : "even", i);
	for (int i = 0; i < 3; i++)
		OKAY(write_one("test.set", ids[i], NULL, 100 + i, NULL));
	OKAY(object_store_text(W.log, S("recorded"), &o, &W.err));
	OKAY(log_write(W.log, S("a"), S("b"), do_name, &o, &W.err));
	assert_int_equal(log_size(W.log), EVENTS);
	clean(VERIFY_DEEP);
	return o;
}

/* Closes, takes the guards off as an attacker would, and runs the text. */
static void attack(const char *text)
{
	log_close(&W.log);
	raw(W.where ? "drop trigger if exists event_change on event;"
		" drop trigger if exists event_truncate on event"
		: "drop trigger if exists event_update; drop trigger if exists event_delete");
	raw(text);
}

static void open_reader(void)
{
	struct log_opt opt = options();

	opt.read_only = true;
	log_close(&W.log);
	OKAY(log_open(W.dir, opt, &W.log, &W.err));
}

/* Some finding holds the words; the first ones are shown when none does. */
static void finds(enum verify_depth depth, const char *words)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct verify_result r;

	if (!W.log)
		open_reader();
	r = verify(&a, depth);
	for (size_t i = 0; i < r.nfindings; i++)
		if (str_has(r.findings[i].what, str_c(words)))
			return;
	for (size_t i = 0; i < r.nfindings; i++)
		print_error("%s\n", r.findings[i].what.p);
	DIE("%zu findings, none says: %s", r.nfindings, words);
}

static void refuses_to_open(const char *words)
{
	struct log *log = NULL;

	log_close(&W.log);
	assert_int_equal(log_open(W.dir, options(), &log, &W.err), ERR_DAMAGED);
	if (!str_has(str_c(W.err.text), str_c(words)))
		DIE("expected \"%s\" in: %s", words, W.err.text);
	err_clear(&W.err);
}

/* ---- the guards themselves ---- */

static void guarded(void **state)
{
	struct db *db;

	fill();
	log_close(&W.log);
	db = raw_open();
	assert_int_not_equal(db_exec(db, "update event set canon = '{}' where seq = 3", &W.err), OK);
	err_clear(&W.err);
	assert_int_not_equal(db_exec(db, "delete from event where seq = 3", &W.err), OK);
	err_clear(&W.err);
	db_close(&db);
	reopen();
	clean(VERIFY_DEEP);
}

/* ---- one thing changed ---- */

static const struct tamper {
	const char *sql, *words, *quick;      /* quick: what opening says already; NULL: it need not see it */
	enum verify_depth depth;
} tampers[] = {
	{"update event set canon = replace(canon, '\"even\"', '\"evem\"') where seq = 3",
		"event 3: its hash", NULL, VERIFY_FULL},
	{"update event set leaf = (select leaf from event e where e.seq = 4) where seq = 3",
		"event 3: its hash", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, '}', ' }') where seq = 5",
		"event 5: the event is not in canonical form", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, '\"v\":1', '\"v\":2') where seq = 5",
		"event 5: field \"v\" of the event", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, 'test.add', 'test.gone'), kind = 'test.gone' where seq = 5",
		"event 5: unknown kind \"test.gone\"", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, '\"n\":4', '\"m\":4') where seq = 5",
		"event 5: test.add: unknown field \"m\"", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, '\"at\":\"202', '\"at\":\"200') where seq = 5",
		"event 5: its time goes back", NULL, VERIFY_FULL},
	{"update event set kind = 'test.set' where seq = 5", "event 5: its column kind", NULL, VERIFY_FULL},
	{"update event set subject_seq = 2 where seq = 9", "event 9: its columns subject", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, ':1\",\"v\"', ':0\",\"v\"'), subject_seq = 0 where seq = 9",
		"event 9: its hash", NULL, VERIFY_FULL},
	{"update event set canon = replace(canon, ':1\",\"v\"', ':9\",\"v\"'), subject_seq = 9 where seq = 9",
		"event 9: its subject is no earlier object", NULL, VERIFY_FULL},
	{"delete from event where seq = 12", "event 12 is missing", "event 12 is missing", VERIFY_FULL},
	{"delete from event where seq >= 10", "events 10 to 12 are missing", "event 12 is missing",
		VERIFY_FULL},
	{"delete from event where seq = 6", "event 6 is missing", NULL, VERIFY_FULL},
	{"delete from event where seq in (0, 1, 2)", "events 0 to 2 are missing", NULL, VERIFY_FULL},
	{"delete from event", "events 0 to 12 are missing", "event 12 is missing", VERIFY_FULL},
	{"update event set seq = 99 where seq = 3; update event set seq = 3 where seq = 4;"
		" update event set seq = 4 where seq = 99", "event 3: its text says that it is event 4",
		NULL, VERIFY_FULL},
	{"insert into event select origin, 13, kind, subject_origin, subject_seq, leaf, canon from event"
		" where seq = 3",
		"event 13 is there, but the head row counts only 13", "event 13 is there", VERIFY_FULL},
	{"insert into event select origin, -1, kind, subject_origin, subject_seq, leaf, canon from event"
		" where seq = 3",
		"event -1: no event has such a number", NULL, VERIFY_FULL},
	{"update log_head set size = 12", "hashes do not fit the size", "hashes do not fit the size",
		VERIFY_FULL},
	{"update log_head set at = at + 1000", "the head row's time", "the head row's time", VERIFY_FULL},
	{"delete from log_head", "log_head, row 1: is missing", "log_head, row 1: is missing", VERIFY_FULL},
	{"update p_test set n = 7 where seq = 3", "table p_test, row 1:3, column n: differs", NULL,
		VERIFY_DEEP},
	{"update p_test set n = null where seq = 3", "table p_test, row 1:3, column n: differs", NULL,
		VERIFY_DEEP},
	{"update p_test set name = 'x' where seq = 8", "table p_test, row 1:8, column name: differs", NULL,
		VERIFY_DEEP},
	{"delete from p_test where seq = 8", "table p_test, row 1:8: is missing", NULL, VERIFY_DEEP},
	{"delete from p_test", "table p_test, row 1:1: is missing", NULL, VERIFY_DEEP},
	{"insert into p_test values (1, 99, 1, 'x')", "table p_test, row 1:99: no event made it", NULL,
		VERIFY_DEEP},
	{"insert into p_test values (0, 2, 1, 'x')", "table p_test, row 0:2: no event made it", NULL,
		VERIFY_DEEP},
	{"update p_object set name = 'x.txt'", "table p_object, row 1:12, column name: differs", NULL,
		VERIFY_DEEP},
	{"delete from p_object", "table p_object, row 1:12: is missing", NULL, VERIFY_DEEP},
	{"drop table p_test", "table p_test: is missing", NULL, VERIFY_DEEP},
	{"create table p_new (a bigint primary key)", "table p_new: unknown to this program", NULL,
		VERIFY_DEEP},
	{"alter table p_test add column z bigint", "table p_test: its columns", NULL, VERIFY_DEEP},
};

static void one_thing_changed(void **state)
{
	for (size_t i = 0; i < LEN(tampers); i++) {
		const struct tamper *t = &tampers[i];

		fill();
		attack(t->sql);
		finds(t->depth, t->words);
		if (t->quick)
			refuses_to_open(t->quick);
		teardown(NULL);
		assert_int_equal((W.where ? setup_postgres : setup_sqlite)(NULL), 0);
	}
}

/* Many faults of one sort: five are named, the rest counted. */
static void many_changed(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct verify_result r;

	fill();
	attack("update event set leaf = (select leaf from event e where e.seq = 0) where seq > 0");
	open_reader();
	r = verify(&a, VERIFY_FULL);
	assert_int_equal(r.nfindings, 5);
	assert_true(str_starts(r.findings[0].what, S("event 1: its hash does not match")));
	assert_true(str_ends(r.findings[4].what, S("(and 7 more of this kind)")));
	assert_int_equal(r.events, EVENTS);
}

/* ---- files ---- */

static void spoil(const char *path, const char *text)
{
	int fd;

	unlink(path);
	if (!text)
		return;
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void object_files(void **state)
{
	static const char *const texts[] = {"recordec", "recorded+", "", NULL};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct object o = fill();
	const char *path = object_path(&a, W.log, &o.digest).p;

	for (size_t i = 0; i < LEN(texts); i++) {
		spoil(path, texts[i]);
		finds(VERIFY_FULL, path);
		finds(VERIFY_FULL, "(event 12)");
	}
	unlink(path);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	finds(VERIFY_FULL, path);
	spoil(path, "recorded");
	clean(VERIFY_DEEP);
}

static void checkpoint_file(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *path = arena_printf(&a, "%s/checkpoint", W.dir).p;
	struct str text;

	fill();
	log_close(&W.log);
	OKAY(file_read(&a, path, 4096, &text, &W.err));
	spoil(path, NULL);
	finds(VERIFY_FULL, "checkpoint: no such file");
	reopen();                    /* a missing one stops nobody; the next event writes it again */
	add("x", 1);
	log_close(&W.log);
	assert_true(file_exists(path));
	spoil(path, "rubbish\n");
	finds(VERIFY_FULL, "not a checkpoint");
	refuses_to_open("not a checkpoint");
	for (size_t at = 0; at < text.n; at++) {      /* any byte of it */
		char *bad = (char *)arena_str(&a, text).p;

		bad[at] ^= 1;
		spoil(path, bad);
		log_close(&W.log);
		open_reader();
		assert_int_not_equal(verify(&a, VERIFY_FULL).nfindings, 0);
	}
	spoil(path, text.p);
	log_close(&W.log);
	reopen();
	clean(VERIFY_DEEP);
}

/* ---- put back, forged with skill ---- */

/* The database as it was some events ago, in every table; only the checkpoint file knows better. */
static void put_back(void **state)
{
	fill();
	attack("create table old_head as select * from log_head");
	reopen();
	OKAY(write_one("test.set", (struct id){1, 4}, NULL, 1, NULL));
	add("later", 1);
	attack("delete from event where seq >= 13; delete from p_test where seq >= 13;"
		" update p_test set n = 3 where seq = 4; delete from log_head;"
		" insert into log_head select * from old_head; drop table old_head");
	finds(VERIFY_QUICK, "checkpoint: holds 15 events, the database 13: it was put back");
	finds(VERIFY_DEEP, "checkpoint: holds 15 events, the database 13: it was put back");
	refuses_to_open("it was put back");
}

static void copy_file(const char *from, const char *to)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str text;

	OKAY(file_read(&a, from, 16 << 20, &text, &W.err));
	OKAY(file_write(to, text, &W.err));
}

static void file_put_back(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *db = arena_printf(&a, "%s/zeren.db", W.dir).p, *old = arena_printf(&a, "%s/old.db",
		W.dir).p;

	fill();
	log_close(&W.log);
	copy_file(db, old);
	reopen();
	add("later", 1);
	log_close(&W.log);
	copy_file(old, db);
	refuses_to_open("checkpoint: holds 14 events, the database 13: it was put back");
}

static struct hash hash_at(struct query *q)
{
	struct hash h;

	assert_int_equal(query_text(q, 0).n, HASH_BYTES);
	memcpy(h.b, query_text(q, 0).p, HASH_BYTES);
	return h;
}

/* Another text in event 3, with a leaf that fits; with whole, a head row that fits as well. */
static void forge(bool whole)
{
	CLEANUP(db_close) struct db *db = raw_open();
	CLEANUP(query_done) struct query q = {0}, all = {0};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct range r = {0};
	struct hash leaf;
	struct str canon;
	char *p;

	OKAY(db_one(db, &forge_canon, ARGS(V_INT(3)), &q, &W.err));
	canon = arena_str(&a, query_text(&q, 0));
	query_done(&q);
	p = strstr((char *)canon.p, "ven\"");
	assert_non_null(p);
	p[-1] = 'E';
	leaf = tree_leaf(canon);
	OKAY(db_run(db, &forge_event, ARGS(V_INT(3), V_TEXT(canon),
		V_BLOB(((struct str){(char *)leaf.b, HASH_BYTES}))), &W.err));
	OKAY(db_exec(db, "update p_test set name = 'Even' where seq = 3", &W.err));
	if (!whole)
		return;
	OKAY(db_query(db, &forge_leaves, NO_ARGS, &all, &W.err));
	while (query_next(&all, &W.err)) {
		leaf = hash_at(&all);
		range_add(&r, &leaf);
	}
	OKAY(db_run(db, &forge_head, ARGS(V_BLOB(range_bytes(&r))), &W.err));
}

static void forged(void **state)
{
	fill();
	attack("select 1");
	forge(false);
	finds(VERIFY_FULL, "events 0 to 7 together are not those that were recorded");
	log_close(&W.log);
	forge(true);
	finds(VERIFY_DEEP, "events 0 to 7 are not those of the checkpoint file");
	refuses_to_open("events 0 to 7 do not continue the checkpoint file");
}

/* An older checkpoint still shows that the beginning is another one. */
static void forged_behind(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *path = arena_printf(&a, "%s/checkpoint", W.dir).p, *old = arena_printf(&a, "%s/old",
		W.dir).p;

	fill();
	OKAY(log_checkpoint(W.log, &W.err));
	copy_file(path, old);
	for (int i = 0; i < 20; i++)
		add("more", i);
	attack("select 1");
	copy_file(old, path);
	reopen();                    /* what came since continues it */
	clean(VERIFY_DEEP);
	log_close(&W.log);
	copy_file(old, path);
	forge(true);
	finds(VERIFY_FULL, "events 0 to 7 are not those of the checkpoint file");
	refuses_to_open("do not continue the checkpoint file");
}

/* ---- a log from elsewhere ---- */

static void wrong_log(void **state)
{
	fill();
	attack("update origin set name = 'zother' where id = 1");
	finds(VERIFY_FULL, "event 0: its text says that it is of the log z");
	finds(VERIFY_FULL, "checkpoint: is of the log z");
	refuses_to_open("checkpoint: is of the log z");
}

static void count_progress(void *ctx, int64_t done, int64_t all)
{
	int64_t *last = ctx;

	assert_true(done >= *last && done <= all);
	*last = done;
}

static void progress(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct step many[300];
	struct verify_result r;
	int64_t last = 0;

	create(options());
	for (size_t i = 0; i < LEN(many); i++)
		many[i] = (struct step){"test.add", ID_NONE, "x", (int64_t)i, ID_NONE};
	for (int i = 0; i < 3; i++)
		OKAY(write_steps(many, LEN(many)));
	OKAY(log_verify(W.log, &a, VERIFY_DEEP, count_progress, &last, &r, &W.err));
	assert_int_equal(last, 2 * 901);
	assert_int_equal(r.events, 901);
	assert_int_equal(r.rows, 900);
	assert_int_equal(r.nfindings, 0);
	attack("update event set canon = replace(canon, '\"x\"', '\"y\"') where seq = 700");
	finds(VERIFY_FULL, "event 700: its hash");
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(guarded),
		ON_BOTH(one_thing_changed),
		ON_BOTH(many_changed),
		ON_BOTH(object_files),
		ON_BOTH(checkpoint_file),
		ON_BOTH(put_back),
		ON_SQLITE(file_put_back),
		ON_BOTH(forged),
		ON_BOTH(forged_behind),
		ON_BOTH(wrong_log),
		ON_BOTH(progress),
	};

	return run_world(tests, LEN(tests), "verify");
}
