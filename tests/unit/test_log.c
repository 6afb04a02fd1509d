/* The write path: create and open, intents and refusals, the writer, objects, replay. Each on both
 * databases. */
#include "log_world.h"

#include "text/json.h"

#include <fcntl.h>
#include <sys/stat.h>

/* ---- create and open ---- */

static void create_and_open(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct log *second = NULL;
	struct event e;
	struct str canon;

	REFUSED(log_open(W.dir, options(), &W.log, &W.err), ERR_NOT_FOUND, "there is no log here");
	REFUSED(log_open("/nowhere/at all", options(), &W.log, &W.err), ERR_NOT_FOUND, "no such folder");
	create(options());
	assert_int_equal(log_size(W.log), 1);
	assert_int_equal(log_origin(W.log).n, 13);
	assert_int_equal(log_origin(W.log).p[0], 'z');
	assert_string_equal(log_dir(W.log), W.dir);
	OKAY(log_get(W.log, &a, (struct id){1, 0}, &e, &canon, &W.err));
	assert_true(str_is(e.kind, "log.open") && str_has(canon, log_origin(W.log)));
	REFUSED(log_get(W.log, &a, (struct id){1, 1}, &e, &canon, &W.err), ERR_NOT_FOUND, "no event 1");
	REFUSED(log_open(W.dir, options(), &second, &W.err), ERR_BUSY, "another program");
	REFUSED(log_create(W.dir, W.where, options(), &second, &W.err), ERR_BUSY, "another program");
	log_close(&W.log);
	REFUSED(log_create(W.dir, W.where, options(), &second, &W.err), ERR_CONFLICT, "a log already");
	assert_null(second);
	reopen();
	assert_int_equal(log_size(W.log), 1);
	add("一", 1);
	reopen();
	assert_int_equal(log_size(W.log), 2);
	clean(VERIFY_DEEP);
}

static void names_and_ids(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct log_opt opt = options();
	struct str text, bad;
	struct id id;

	opt.origin = "Z!";
	REFUSED(log_create(W.dir, W.where, opt, &W.log, &W.err), ERR_INPUT, "a log's name");
	opt.origin = "try-1";
	create(opt);
	OKAY(log_id_text(W.log, &a, (struct id){1, 7}, &text, &W.err));
	assert_true(str_is(text, "try-1:7"));
	OKAY(log_id(W.log, text, &id, &W.err));
	assert_true(id_eq(id, (struct id){1, 7}));
	REFUSED(log_id(W.log, S("other:7"), &id, &W.err), ERR_NOT_FOUND, "unknown here");
	REFUSED(log_id_text(W.log, &a, (struct id){2, 7}, &text, &W.err), ERR_NOT_FOUND, "unknown here");
	bad = S("|try-1|try-1:|:1|try-1:07|try-1:-1|try-1:1:2|Try:1|try-1:9999999999999999999");
	while (str_cut(&bad, S("|"), &text))
		REFUSED(log_id(W.log, text, &id, &W.err), ERR_INPUT, "expected an id");
}

static void settings_file(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *path = arena_printf(&a, "%s/zeren.conf", W.dir).p;
	static const struct {
		const char *text, *words;
	} bad[] = {
		{"databse = x\n", "line 1: unknown key \"databse\""},
		{"# ours\n\ndatabase\n", "line 3: expected"},
		{"database =\n", "line 1: expected"},
		{"database = a\n database=b\n", "line 2: \"database\" a second time"},
		{"\xff\n", "not UTF-8"},
	};

	for (size_t i = 0; i < LEN(bad); i++) {
		OKAY(file_write(path, str_c(bad[i].text), &W.err));
		assert_int_equal(log_create(W.dir, NULL, options(), &W.log, &W.err), ERR_INPUT);
		if (!str_has(str_c(W.err.text), str_c(bad[i].words)))
			DIE("%s", W.err.text);
		err_clear(&W.err);
	}
	OKAY(file_write(path, arena_printf(&a, "# where\n\n  database =  %s/other.db  ", W.dir), &W.err));
	REFUSED(log_create(W.dir, "elsewhere.db", options(), &W.log, &W.err), ERR_CONFLICT,
		"another database");
	create(options());
	assert_true(file_exists(arena_printf(&a, "%s/other.db", W.dir).p));
	reopen();
}

/* ---- intents ---- */

static void writes_and_refuses(void **state)
{
	struct step all[] = {
		{"test.add", ID_NONE, "a", 1, ID_NONE},
		{"test.add", ID_NONE, "b", 2, ID_NONE},
		{"test.add", ID_NONE, "refuse", 3, ID_NONE},
	};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct id one;

	create(options());
	one = add("one", 1);
	assert_true(id_eq(one, (struct id){1, 1}));
	REFUSED(write_steps(all, 3), ERR_DENIED, "by rule");      /* all or none */
	assert_int_equal(log_size(W.log), 2);
	OKAY(write_steps(all, 2));
	assert_true(id_eq(all[1].id, (struct id){1, 3}));
	OKAY(write_one("test.set", one, NULL, 9, NULL));
	OKAY(write_one("test.mute", one, NULL, 9, NULL));
	assert_true(str_is(dump(&a, log_db(W.log)), "1:1 9 one\n1:2 1 a\n1:3 2 b\n"));
	clean(VERIFY_DEEP);
	reopen();
	assert_int_equal(log_size(W.log), 6);
}

static void failing_apply(void **state)
{
	create(options());
	add("before", 1);
	REFUSED(write_one("test.bug", ID_NONE, NULL, 1, NULL), ERR_CONFLICT, "fault of the program");
	REFUSED(write_one("test.silent", ID_NONE, NULL, 1, NULL), ERR_DB, "fault of the program");
	add("after", 2);
	assert_int_equal(log_size(W.log), 3);
	clean(VERIFY_DEEP);
}

static void subjects(void **state)
{
	struct id one, set;

	create(options());
	one = add("one", 1);
	OKAY(write_one("test.set", one, NULL, 2, &set));
	REFUSED(write_one("test.set", ID_NONE, NULL, 2, NULL), ERR_REQUIRED, "needs the object");
	REFUSED(write_one("test.add", one, "x", 2, NULL), ERR_INPUT, "about none");
	REFUSED(write_one("test.set", (struct id){1, 99}, NULL, 2, NULL), ERR_NOT_FOUND, "no event");
	REFUSED(write_one("test.set", (struct id){1, 3}, NULL, 2, NULL), ERR_NOT_FOUND,
		"no event");   /* itself */
	REFUSED(write_one("test.set", (struct id){2, 1}, NULL, 2, NULL), ERR_NOT_FOUND, "log number 2");
	REFUSED(write_one("test.set", set, NULL, 2, NULL), ERR_NOT_FOUND, "made no object");
	REFUSED(write_one("test.set", (struct id){1, 0}, NULL, 2, NULL), ERR_NOT_FOUND,
		"not found");   /* by check */
	REFUSED(write_one("test.nothing", one, NULL, 2, NULL), ERR_INPUT, "unknown kind");
	assert_int_equal(log_size(W.log), 3);
}

/* One event of test.add with the fields in JSON. */
static enum err_code do_json(struct tx *tx, void *ctx, struct err *err)
{
	struct node *data;

	TRY(json_read(tx->arena, str_c(ctx), (struct json_opt){0}, &data, err));
	return tx_event(tx, "test.add", ID_NONE, data, NULL, err);
}

static void fields(void **state)
{
	static const struct {
		const char *json;
		enum err_code code;
		const char *words;
	} cases[] = {
		{"{\"name\":\"a\",\"n\":1,\"yes\":false,\"list\":[],\"map\":{},\"day\":\"2022-06-03\","
			"\"digest\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
			"\"id\":\"z1:0\"}", OK, ""},
		{"{\"n\":1}", ERR_REQUIRED, "field \"name\" is missing"},
		{"{\"name\":\"a\",\"nmae\":1}", ERR_INPUT, "unknown field \"nmae\""},
		{"{\"name\":null}", ERR_INPUT, "\"name\": expected a text"},
		{"{\"name\":\"a\",\"n\":\"1\"}", ERR_INPUT, "\"n\": expected an integer"},
		{"{\"name\":\"a\",\"yes\":1}", ERR_INPUT, "\"yes\": expected true or false"},
		{"{\"name\":\"a\",\"list\":{}}", ERR_INPUT, "\"list\": expected a list"},
		{"{\"name\":\"a\",\"map\":[]}", ERR_INPUT, "\"map\": expected a map"},
		{"{\"name\":\"a\",\"day\":\"2022-02-30\"}", ERR_INPUT, "\"day\": expected a date"},
		{"{\"name\":\"a\",\"digest\":\"E3B0\"}", ERR_INPUT, "\"digest\": expected a SHA-256"},
		{"{\"name\":\"a\",\"id\":\"z1\"}", ERR_INPUT, "\"id\": expected an id"},
		{"{\"name\":\"a\",\"n\":9007199254740992}", ERR_INPUT, ""},
		{"[]", ERR_INPUT, "expected a map"},
	};

	create(options());
	for (size_t i = 0; i < LEN(cases); i++) {
		enum err_code code = log_write(W.log, S("a"), S("b"), do_json, (void *)cases[i].json, &W.err);

		if (code != cases[i].code || !str_has(str_c(W.err.text), str_c(cases[i].words)))
			DIE("%s: %d %s", cases[i].json, (int)code, W.err.text);
		err_clear(&W.err);
	}
	assert_int_equal(log_size(W.log), 2);
}

static void limits(void **state)
{
	char *big = malloc(EVENT_BYTES);
	struct steps none = {NULL, 0}, some = {&(struct step){"test.add", ID_NONE, "a", 1, ID_NONE}, 1};

	memset(big, 'x', EVENT_BYTES - 1);
	big[EVENT_BYTES - 1] = 0;
	create(options());
	REFUSED(write_one("test.add", ID_NONE, big, 1, NULL), ERR_LIMIT, "at most 65536 bytes");
	big[EVENT_BYTES - 300] = 0;
	add(big, 1);
	REFUSED(write_one("test.add", ID_NONE, "bell \a", 1, NULL), ERR_INPUT, "");
	REFUSED(write_one("test.add", ID_NONE, "e\xCC\x81", 1, NULL), ERR_INPUT, "normal form C");
	REFUSED(log_write(W.log, S(""), S("test"), do_steps, &some, &W.err), ERR_INPUT, "actor");
	REFUSED(log_write(W.log, S("a"), (struct str){big, 257}, do_steps, &some, &W.err), ERR_INPUT, "via");
	OKAY(log_write(W.log, S(""), S(""), do_steps, &none, &W.err));   /* nothing said, nothing recorded */
	add("a\tb\n\"c\\", 2);
	assert_int_equal(log_size(W.log), 3);
	reopen();
	clean(VERIFY_DEEP);
	free(big);
}

/* An intent that swallows a refusal is refused all the same. */
static enum err_code do_swallow(struct tx *tx, void *ctx, struct err *err)
{
	struct step s[] = {{"test.add", ID_NONE, "a", 1, ID_NONE}, {"test.add", ID_NONE, "refuse", 1,
		ID_NONE}};

	do_steps(tx, &(struct steps){s, 2}, err);
	err_clear(err);
	do_steps(tx, &(struct steps){s, 1}, err);
	err_clear(err);
	return OK;
}

static void swallowed(void **state)
{
	create(options());
	REFUSED(log_write(W.log, S("a"), S("b"), do_swallow, NULL, &W.err), ERR_DENIED, "");
	assert_int_equal(log_size(W.log), 1);
	add("b", 1);
	clean(VERIFY_DEEP);
}

static void reading_only(void **state)
{
	struct log *reader;

	create(options());
	add("a", 1);
	OKAY(log_open(W.dir, (struct log_opt){.kinds = KINDS, .tables = TABLES, .read_only = true}, &reader,
		&W.err));
	assert_int_equal(log_size(reader), 2);
	REFUSED(log_write(reader, S("a"), S("b"), do_swallow, NULL, &W.err), ERR_DENIED, "reading only");
	REFUSED(object_store_text(reader, S("x"), &(struct object){0}, &W.err), ERR_DENIED, "reading only");
	log_close(&reader);
	add("b", 1);
}

/* ---- time ---- */

static enum err_code note_at(void *ctx, const struct event *e, struct str canon, struct err *err)
{
	int64_t *last = ctx;

	assert_true(e->at >= *last);
	assert_int_equal(e->at % 1000, 0);
	*last = e->at;
	return OK;
}

/* A clock put back does not put the log back. */
static void monotonic(void **state)
{
	struct log_opt late = options(), early = options();
	int64_t last = 0;

	late.clock = INT64_C(1800000000123456);
	early.clock = INT64_C(1700000000000000);
	create(late);
	add("a", 1);
	log_close(&W.log);
	OKAY(log_open(W.dir, early, &W.log, &W.err));
	add("b", 2);
	OKAY(log_each(W.log, 1, 0, INT64_MAX, note_at, &last, &W.err));
	assert_int_equal(last, INT64_C(1800000000123000));
	clean(VERIFY_FULL);
}

static void twice_the_same(void **state)
{
	struct log_opt opt = {.kinds = KINDS, .tables = TABLES, .scratch = true, .origin = "ztry",
		.clock = INT64_C(1654244100123456)};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str first = STR_NONE, text;
	struct object o;

	for (int i = 0; i < 2; i++) {
		create(opt);
		add("a", 1);
		add("b", 2);
		OKAY(object_store_text(W.log, S("text"), &o, &W.err));
		log_close(&W.log);
		OKAY(file_read(&a, arena_printf(&a, "%s/checkpoint", W.dir).p, 4096, &text, &W.err));
		assert_true(!i || str_eq(first, text));
		first = text;
		teardown(NULL);
		assert_int_equal((W.where ? setup_postgres : setup_sqlite)(NULL), 0);
	}
	assert_true(str_starts(first, S("ztry\n3\n")));
}

/* ---- objects ---- */

static enum err_code do_name(struct tx *tx, void *ctx, struct err *err)
{
	struct id a, b, c;

	TRY(object_name(tx, ctx, S("会议纪要.pdf"), &a, err));
	TRY(object_name(tx, ctx, S("会议纪要.pdf"), &b, err));
	TRY(object_name(tx, ctx, S("签到表.pdf"), &c, err));
	assert_true(id_eq(a, b));
	assert_false(id_eq(a, c));
	return OK;
}

static void objects(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *from = arena_printf(&a, "%s/in.txt", W.dir).p;
	struct object o, same;
	struct str text;
	struct file_list staged;
	struct stat st;

	create(options());
	OKAY(file_write(from, S("hello"), &W.err));
	OKAY(object_store(W.log, from, &o, &W.err));
	OKAY(object_store_text(W.log, S("hello"), &same, &W.err));
	assert_true(hash_eq(&o.digest, &same.digest) && o.size == 5 && same.size == 5);
	text = object_path(&a, W.log, &o.digest);
	assert_true(str_ends(text,
		S("/objects/2c/f24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")));
	assert_int_equal(stat(text.p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0400);
	OKAY(object_read(W.log, &a, &o.digest, 100, &text, &W.err));
	assert_true(str_is(text, "hello"));
	REFUSED(object_read(W.log, &a, &o.digest, 4, &text, &W.err), ERR_LIMIT, "5 bytes");
	REFUSED(object_store(W.log, W.dir, &o, &W.err), ERR_INPUT, "not a regular file");
	REFUSED(object_store(W.log, "/no such file", &o, &W.err), ERR_NOT_FOUND, "no such file");
	OKAY(file_list(&a, arena_printf(&a, "%s/staging", W.dir).p, 100, &staged, &W.err));
	assert_int_equal(staged.n, 0);

	OKAY(log_write(W.log, S("a"), S("b"), do_name, &same, &W.err));
	OKAY(log_write(W.log, S("a"), S("b"), do_name, &same, &W.err));
	assert_int_equal(log_size(W.log), 3);
	clean(VERIFY_DEEP);
}

static void objects_limits(void **state)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *from = arena_printf(&a, "%s/in", W.dir).p;
	struct object o;
	struct str path;
	int fd;

	create(options());
	fd = open(from, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(ftruncate(fd, (off_t)OBJECT_BYTES + 1), 0);
	close(fd);
	REFUSED(object_store(W.log, from, &o, &W.err), ERR_LIMIT, "larger than 268435456");
	OKAY(object_store_text(W.log, S(""), &o, &W.err));
	path = object_path(&a, W.log, &o.digest);
	chmod(path.p, 0600);
	fd = open(path.p, O_WRONLY);
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
	REFUSED(object_store_text(W.log, S(""), &o, &W.err), ERR_DAMAGED, "not those that were recorded");
	REFUSED(object_read(W.log, &a, &o.digest, 10, &path, &W.err), ERR_DAMAGED,
		"not those that were recorded");
	fd = open(arena_printf(&a, "%s/staging/left-over", W.dir).p, O_CREAT | O_WRONLY, 0600);
	close(fd);
	reopen();                    /* sweeps */
	assert_false(file_exists(arena_printf(&a, "%s/staging/left-over", W.dir).p));
}

/* ---- replay ---- */

static void replay(void **state)
{
	enum { N = 40 };
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(db_close) struct db *grows = NULL;
	struct str at[N + 2];
	struct id ids[N];

	create(options());
	at[1] = dump(&a, log_db(W.log));
	for (int i = 0; i < N; i++) {
		ids[i] = i % 3 ? ID_NONE : add("x", i);
		if (i % 3)
			OKAY(write_one("test.set", ids[i - i % 3], NULL, i, NULL));
		at[i + 2] = dump(&a, log_db(W.log));
	}
	OKAY(db_open(arena_printf(&a, "%s/grows.db", W.dir).p, (struct db_opt){.scratch = true}, &grows,
		&W.err));
	for (int i = 1; i < N + 2; i += 3) {
		const char *path = arena_printf(&a, "%s/at%d.db", W.dir, i).p;
		CLEANUP(db_close) struct db *db = NULL;

		OKAY(db_open(path, (struct db_opt){.scratch = true}, &db, &W.err));
		OKAY(log_replay(W.log, i, db, false, NULL, NULL, &W.err));
		assert_true(str_eq(dump(&a, db), at[i]));
		OKAY(log_replay(W.log, i, grows, true, NULL, NULL, &W.err));
		assert_true(str_eq(dump(&a, grows), at[i]));
	}
	OKAY(log_replay(W.log, INT64_MAX, grows, true, NULL, NULL, &W.err));
	assert_true(str_eq(dump(&a, grows), at[N + 1]));
}

/* Two that write to one database, as two folders naming it can: the second to commit is stopped. */
static void another_program(void **state)
{
	create(options());
	add("a", 1);
	raw("update log_head set size = size + 1");
	REFUSED(write_one("test.add", ID_NONE, "b", 1, NULL), ERR_IO,
		"another program has written to this log");
	REFUSED(write_one("test.add", ID_NONE, "b", 1, NULL), ERR_IO, "nothing is written since");
	raw("update log_head set size = size - 1");
	reopen();
	add("b", 1);
	clean(VERIFY_DEEP);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(create_and_open),
		ON_BOTH(names_and_ids),
		ON_SQLITE(settings_file),
		ON_BOTH(writes_and_refuses),
		ON_BOTH(failing_apply),
		ON_BOTH(subjects),
		ON_BOTH(fields),
		ON_BOTH(limits),
		ON_BOTH(swallowed),
		ON_BOTH(reading_only),
		ON_BOTH(monotonic),
		ON_BOTH(twice_the_same),
		ON_BOTH(objects),
		ON_SQLITE(objects_limits),
		ON_BOTH(replay),
		ON_BOTH(another_program),
	};

	return run_world(tests, LEN(tests), "log");
}
