/* Uploads that wait: given, read in other threads, looked at, taken or given up. */
#include "import_world.h"

#include "sheet/sheet.h"
#include "web/drop.h"
#include "who/access.h"
#include "who/who.h"

#include <pthread.h>

struct world {
	struct fix *f;
	struct drops *drops;
	struct writer *writer;
};

static enum err_code found(struct tx *tx, void *ctx, struct err *err)
{
	struct fix *f = ctx;
	struct grant grant = {.login = S("li.si"), .role = ROLE_FILLER, .unit = S("U01"), .from = DATE_NONE,
		.until = DATE_NONE};
	struct org_change change = {0};
	struct org org;
	struct id id;

	TRY(org_read(&f->a, CASE "org.json", 0, &org, err));
	TRY(org_adopt(tx, &org, &change, err));
	TRY(account_add(tx, S("li.si"), S("李四"), STR_NONE, &id, err));
	TRY(account_add(tx, S("wang.wu"), S("王五"), STR_NONE, &id, err));
	return grant_add(tx, &grant, &id, err);
}

/* A log that is no scratch: readers and the writer at the same time. */
static void begin(struct fix *f, struct world *w)
{
	struct log_opt opt = {.kinds = cli_kinds()};

	w->f = f;
	ok(f, log_create(path_in(f, "log"), NULL, opt, &f->log, &f->err));
	adopt_file(f, SMALL);
	ok(f, log_write(f->log, S("张一"), S("test"), found, f, &f->err));
	ok(f, writer_start(f->log, (struct writer_opt){0}, &w->writer, &f->err));
	ok(f, drops_open(path_in(f, "log"), opt, &w->drops, &f->err));
}

static void end(struct world *w)
{
	drops_close(&w->drops);
	writer_stop(&w->writer);
	sound(w->f);
	log_close(&w->f->log);
}

/* An upload of one body: each file's bytes behind the other's. */
struct upload {
	char bytes[4096];
	struct drop_file files[8];
	struct http_body body;
	size_t n;
};

static void add(struct upload *u, const char *name, const char *text)
{
	size_t n = strlen(text);

	assert_true((size_t)u->body.size + n <= sizeof u->bytes);
	memcpy(u->bytes + u->body.size, text, n);
	u->files[u->n++] = (struct drop_file){.name = str_c(name), .body = &u->body, .at = u->body.size,
		.size = (int64_t)n};
	u->body.size += (int64_t)n;
	u->body.bytes = (struct str){u->bytes, (size_t)u->body.size};
	u->body.fd = -1;
}

static enum err_code put(struct world *w, const char *login, struct upload *u, char token[TOKEN_TEXT])
{
	struct drop_given given = {.login = str_c(login), .lang = LANG_EN, .files = u->files, .n = u->n};

	return drop_put(w->drops, &given, token, &w->f->err);
}

static struct drop_look look(struct world *w, const char *token, const char *login, struct drop_ask ask)
{
	struct drop_look out;

	do {
		usleep(10000);
		ok(w->f, drop_look(w->drops, &w->f->a, str_c(token), str_c(login), ask, &out, &w->f->err));
		assert_true(out.left > DROP_SECONDS - 100 && out.left <= DROP_SECONDS);
	} while (out.state == DROP_WAITING || out.state == DROP_READING);
	return out;
}

#define ROWS_OF(class_) ((struct drop_ask){.class = (class_), .table = -1, .most = 100})
#define TAKE(w, token, login, partial, id) \
	drop_take((w)->drops, (w)->writer, str_c(token), str_c(login), partial, id, &(w)->f->err)

static const char BAD[] = MEETINGS_HEAD
	"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,签到.txt\n"
	"待定,室务会,二月室务会,12人,10,1,无,,,\n"
	"2021-03-04,中心组,三月学习,9,9,2,,,,\n"
	"2022-01-14,室务会,一月室务会,12人,12,1.5,有,意识形态,,签到.txt\n";

static void test_way(void **state)
{
	struct fix *f = *state;
	struct world w;
	struct upload u = {0};
	struct drop_look l;
	struct drop_row *r;
	char token[TOKEN_TEXT], tokens[DROPS_EACH][TOKEN_TEXT];
	struct id id = ID_NONE, again = ID_NONE;
	struct book book;
	int64_t size;
	int fd;

	begin(f, &w);
	add(&u, "1会议.csv", BAD);
	add(&u, "1会议.csv", RISKS);      /* two of one name, as two people might call them */
	add(&u, "签到.txt", "我来了");
	ok(f, put(&w, "li.si", &u, token));
	assert_int_equal(drop_list(w.drops, S("li.si"), tokens), 1);
	assert_string_equal(tokens[0], token);
	assert_int_equal(drop_list(w.drops, S("wang.wu"), tokens), 0);

	l = look(&w, token, "li.si", ROWS_OF(ROW_REFUSED));
	assert_int_equal(l.state, DROP_READY);
	assert_int_equal(l.year, 2022);
	assert_int_equal(l.nfiles, 2);
	assert_int_equal(l.files_read, 2);
	assert_int_equal(l.rows_read, 8);
	assert_int_equal(l.ntables, 2);
	assert_int_equal(l.count[ROW_ADD], 3);
	assert_int_equal(l.all, 1);
	assert_false(l.clean);
	assert_true(l.anything);
	r = l.rows;
	assert_int_equal(r->row, 3);
	same(r->column, S("日期"));
	same(r->text, S("date not readable: 待定"));
	assert_int_equal(l.tables[r->table].nheads, 10);
	same(l.tables[r->table].heads[3], S("应到"));
	same(r->cells[0], S("待定"));
	same(r->cells[3], S("12人"));
	l = look(&w, token, "li.si", ROWS_OF(ROW_DUPLICATE));
	assert_int_equal(l.rows[0].same_as, 2);
	l = look(&w, token, "li.si", ROWS_OF(ROW_OUT_OF_YEAR));
	assert_int_equal(date_ymd(l.rows[0].day).y, 2021);
	l = look(&w, token, "li.si", (struct drop_ask){.class = ROW_ADD, .table = -1, .from = 1, .most = 1});
	assert_int_equal(l.all, 3);
	assert_int_equal(l.nrows, 1);
	same(l.rows[0].cells[0], S("FX-1"));
	l = look(&w, token, "li.si", (struct drop_ask){.class = ROW_ADD, .table = 1, .most = 9});
	assert_int_equal(l.all, 2);

	refused(f, drop_look(w.drops, &f->a, str_c(token), S("wang.wu"), ROWS_OF(ROW_ADD), &l, &f->err), ERR_NOT_FOUND,
		"no longer here");
	refused(f, TAKE(&w, token, "wang.wu", true, &id), ERR_NOT_FOUND, "no longer here");
	refused(f, TAKE(&w, token, "li.si", false, &id), ERR_CONFLICT, "rows are refused");
	ok(f, TAKE(&w, token, "li.si", true, &id));
	assert_true(id_is(id));
	ok(f, TAKE(&w, token, "li.si", true, &again));       /* clicked twice */
	assert_true(id_eq(id, again));
	l = look(&w, token, "li.si", ROWS_OF(ROW_REFUSED));
	assert_int_equal(l.state, DROP_TAKEN);
	assert_true(id_eq(l.import, id));

	ok(f, drop_refused(w.drops, str_c(token), S("li.si"), &fd, &size, &f->err));
	assert_true(size > 1000);
	close(fd);
	ok(f, book_read(&f->a, arena_printf(&f->a, "%s/log/staging/import-%s/refused.xlsx", f->dir, token).p,
		(struct sheet_progress){0}, &book, &f->err));
	assert_int_equal(book.sheets[0].nrows, 2);
	drop_forget(w.drops, str_c(token), S("wang.wu"));
	assert_int_equal(drop_list(w.drops, S("li.si"), tokens), 1);
	drop_forget(w.drops, str_c(token), S("li.si"));
	drop_forget(w.drops, str_c(token), S("li.si"));
	assert_int_equal(drop_list(w.drops, S("li.si"), tokens), 0);
	assert_false(file_exists(arena_printf(&f->a, "%s/log/staging/import-%s", f->dir, token).p));
	drops_close(&w.drops);
	writer_stop(&w.writer);
	assert_int_equal(count(f, "select count(*) from p_proof where digest is not null"), 1);
	end(&w);
}

static void test_no(void **state)
{
	struct fix *f = *state;
	struct world w;
	struct upload u = {0}, none = {0}, twice = {0}, bad = {0}, odd = {0};
	struct drop_look l;
	char token[TOKEN_TEXT], other[TOKEN_TEXT];
	struct id id;

	begin(f, &w);
	add(&none, "签到.txt", "我来了");
	refused(f, put(&w, "li.si", &none, token), ERR_REQUIRED, "no register");
	add(&twice, "a.csv", RISKS);
	add(&twice, "x.txt", "1");
	add(&twice, "x.txt", "2");
	refused(f, put(&w, "li.si", &twice, token), ERR_INPUT, "two files have the name 'x.txt'");
	add(&odd, "../a.csv", RISKS);
	refused(f, put(&w, "li.si", &odd, token), ERR_INPUT, "cannot be the name");
	add(&bad, "a.xlsx", "PK no");
	ok(f, put(&w, "li.si", &bad, token));
	l = look(&w, token, "li.si", ROWS_OF(ROW_ADD));
	assert_int_equal(l.state, DROP_FAILED);
	assert_true(str_starts(l.error, S("a.xlsx: ")));
	refused(f, TAKE(&w, token, "li.si", true, &id), ERR_INPUT, "a.xlsx: ");
	drop_forget(w.drops, str_c(token), S("li.si"));

	/* who may not import is told when he takes it, and nothing is written */
	add(&u, "2风险.csv", RISKS);
	ok(f, put(&w, "wang.wu", &u, other));
	look(&w, other, "wang.wu", ROWS_OF(ROW_ADD));
	assert_true(TAKE(&w, other, "wang.wu", true, &id) != OK);
	err_clear(&f->err);
	for (int i = 0; i < DROPS_EACH; i++)
		ok(f, put(&w, "li.si", &u, token));
	refused(f, put(&w, "li.si", &u, other), ERR_LIMIT, "wait for your word");
	look(&w, token, "li.si", ROWS_OF(ROW_ADD));
	ok(f, TAKE(&w, token, "li.si", false, &id));
	ok(f, put(&w, "li.si", &u, other));                  /* one that is written makes room */
	l = look(&w, other, "li.si", ROWS_OF(ROW_SAME));
	assert_int_equal(l.count[ROW_SAME], 2);
	assert_false(l.anything);
	ok(f, TAKE(&w, other, "li.si", false, &id));
	assert_false(id_is(id));
	refused(f, drop_refused(w.drops, str_c(other), S("li.si"), &(int){0}, &(int64_t){0}, &f->err), ERR_NOT_FOUND,
		"no row is refused");
	end(&w);
}

/* ---- many at a time: for the thread sanitizer as much as for the counts ---- */

static void *crowd(void *ctx)
{
	struct world mine = *(struct world *)ctx;
	struct fix f = {.err = {.lang = LANG_EN}};
	struct upload u = {0};
	struct drop_look l;
	char token[TOKEN_TEXT];
	int fd;

	mine.f = &f;
	add(&u, "1会议.csv", BAD);
	for (int i = 0; i < 2; i++) {
		struct id id = ID_NONE;
		int64_t size;

		while (put(&mine, "li.si", &u, token) == ERR_LIMIT) {
			err_clear(&f.err);
			usleep(20000);
		}
		ok(&f, f.err.code);
		do {
			err_clear(&f.err);
			usleep(20000);
			if (drop_look(mine.drops, &f.a, str_c(token), S("li.si"), ROWS_OF(ROW_REFUSED), &l, &f.err) != OK)
				break;            /* another's made room for itself */
			if (l.state == DROP_READY && drop_refused(mine.drops, str_c(token), S("li.si"), &fd, &size, &f.err) == OK)
				close(fd);
		} while (TAKE(&mine, token, "li.si", true, &id) == ERR_BUSY || f.err.code == ERR_CONFLICT);
		err_clear(&f.err);
		drop_forget(mine.drops, str_c(token), S("li.si"));
	}
	arena_free(&f.a);
	return NULL;
}

static void test_crowd(void **state)
{
	struct fix *f = *state;
	pthread_t threads[5];
	struct world w;

	begin(f, &w);
	for (size_t i = 0; i < LEN(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, crowd, &w), 0);
	for (size_t i = 0; i < LEN(threads); i++)
		pthread_join(threads[i], NULL);
	drops_close(&w.drops);
	writer_stop(&w.writer);
	assert_int_equal(count(f, "select count(*) from p_record where outside = 0"), 1);
	end(&w);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_way),
		PLAIN(test_no),
		PLAIN(test_crowd),
	};

	/* The sanitizer's allocator, unlike that of the system, is no use in a child of many threads. */
	setenv("ZEREN_NO_FORK", "1", 1);
	return run_plan("drop", tests, LEN(tests));
}
