/* Workbooks made beside: asked for, looked at, sent, their number held; what is another's is not there. */
#include "import_world.h"

#include "sheet/sheet.h"
#include "web/takes.h"

struct world_fix {
	struct fix *f;
	struct worlds *worlds;
	struct takes *takes;
	const struct world *world;
	struct range head;
};

static void begin(struct fix *f, struct world_fix *w)
{
	struct log_opt opt = {.kinds = cli_kinds()};
	struct date on;

	date_make(2022, 12, 31, &on);
	w->f = f;
	ok(f, log_create(path_in(f, "log"), NULL, opt, &f->log, &f->err));
	adopt_file(f, SMALL);
	take(f, "会议.csv", MEETINGS, "add 3");
	w->worlds = worlds_new();
	ok(f, world_head(f->log, &w->head, &f->err));
	ok(f, world_take(w->worlds, f->log, &w->head, on, LANG_EN, &w->world, &f->err));
	ok(f, takes_open(path_in(f, "log"), opt, w->worlds, &w->takes, &f->err));
}

static void end(struct world_fix *w)
{
	takes_close(&w->takes);
	takes_close(&w->takes);          /* nothing the second time */
	world_drop(w->worlds, &w->world);
	worlds_free(&w->worlds);
	sound(w->f);
}

static enum err_code ask(struct world_fix *w, const char *login, const char *key, char token[TOKEN_TEXT])
{
	struct take_given given = {.login = str_c(login), .title = S("会议"), .key = str_c(key), .lang = LANG_EN,
		.world = w->world, .type = scheme_type(&w->world->scheme, S("meeting")), .ask = {.year = 2022, .on = DATE_NONE}, .all = 3};

	return take_put(w->takes, &given, token, &w->f->err);
}

/* Waits until it is made, or was in vain. */
static struct take_look made(struct world_fix *w, const char *login, const char *token)
{
	struct take_look out;

	do {
		usleep(2000);
		ok(w->f, take_look(w->takes, &w->f->a, str_c(token), str_c(login), &out, &w->f->err));
	} while (out.state < TAKE_READY);
	return out;
}

static bool is_there(struct world_fix *w, const char *login, const char *token)
{
	struct take_look out;
	bool there = take_look(w->takes, &w->f->a, str_c(token), str_c(login), &out, &w->f->err) == OK;

	err_clear(&w->f->err);
	return there;
}

/* Records in what is sent, whose sheets have a row of heads each. */
static size_t records_sent(struct world_fix *w, const char *login, const char *token)
{
	struct fix *f = w->f;
	struct take_look l = made(w, login, token);
	struct book book;
	struct str title;
	int64_t size;
	char *bytes;
	size_t n = 0;
	int fd;

	ok(f, take_file(w->takes, &f->a, str_c(token), str_c(login), &fd, &size, &title, &f->err));
	assert_int_equal(size, l.size);
	same(title, l.title);
	bytes = arena_alloc(&f->a, (size_t)size);
	assert_int_equal(pread(fd, bytes, (size_t)size, 0), size);
	close(fd);
	ok(f, file_write(path_in(f, "out.xlsx"), (struct str){bytes, (size_t)size}, &f->err));
	ok(f, book_read(&f->a, path_in(f, "out.xlsx"), (struct sheet_progress){0}, &book, &f->err));
	for (size_t i = 0; i < book.nsheets; i++)
		n += book.sheets[i].nrows - 1;
	return n;
}

static void test_way(void **state)
{
	struct fix *f = *state;
	struct world_fix w = {0};
	char token[TOKEN_TEXT], same_token[TOKEN_TEXT], other[TOKEN_TEXT], part[TOKEN_TEXT];
	struct id *ids = ARENA_ARRAY(&f->a, struct id, 1);
	struct take_given narrowed;
	struct take_look l;
	struct str title;
	int64_t size;
	int fd;

	begin(f, &w);
	ok(f, ask(&w, "li.si", "meeting 2022", token));
	l = made(&w, "li.si", token);
	assert_int_equal(l.state, TAKE_READY);
	assert_int_equal(l.all, 3);
	assert_true(l.size > 1000);
	assert_true(l.left > TAKE_SECONDS - 100 && l.left <= TAKE_SECONDS);
	assert_false(l.fetched);
	same(l.title, S("会议"));
	same(l.error, STR_NONE);

	/* the same is made once; another's is another, whatever it asks */
	ok(f, ask(&w, "li.si", "meeting 2022", same_token));
	assert_string_equal(same_token, token);
	ok(f, ask(&w, "wang.wu", "meeting 2022", other));
	assert_string_not_equal(other, token);
	assert_false(is_there(&w, "wang.wu", token));
	assert_false(is_there(&w, "li.si", other));
	assert_false(is_there(&w, "li.si", ""));
	refused(f, take_file(w.takes, &f->a, str_c(token), S("wang.wu"), &fd, &size, &title, &f->err), ERR_NOT_FOUND,
		"no longer here");

	/* sent as often as asked, each time from a descriptor of its own */
	for (int i = 0; i < 2; i++)
		assert_int_equal(records_sent(&w, "li.si", token), 3);
	assert_true(made(&w, "li.si", token).fetched);

	/* ids are copied: they are the asker's no longer */
	narrowed = (struct take_given){.login = S("zhao"), .title = S("x"), .key = S("ids"), .world = w.world,
		.type = scheme_type(&w.world->scheme, S("meeting")), .ask = {.year = 2022, .on = DATE_NONE, .ids = ids, .nids = 1}};
	ids[0] = facts_of(&w.world->facts, narrowed.type)->p[1].id;
	ok(f, take_put(w.takes, &narrowed, part, &f->err));
	ids[0].seq = -1;
	assert_int_equal(made(&w, "zhao", part).state, TAKE_READY);
	assert_int_equal(records_sent(&w, "zhao", part), 1);
	end(&w);
}

/* An account's third workbook takes the place of its oldest, and nobody else's. */
static void test_each(void **state)
{
	struct fix *f = *state;
	struct world_fix w = {0};
	char first[TOKEN_TEXT], second[TOKEN_TEXT], third[TOKEN_TEXT], theirs[TOKEN_TEXT];

	begin(f, &w);
	ok(f, ask(&w, "wang.wu", "0", theirs));
	made(&w, "wang.wu", theirs);
	ok(f, ask(&w, "li.si", "1", first));
	made(&w, "li.si", first);
	ok(f, ask(&w, "li.si", "2", second));
	made(&w, "li.si", second);
	ok(f, ask(&w, "li.si", "3", third));
	assert_false(is_there(&w, "li.si", first));
	assert_true(is_there(&w, "li.si", second));
	assert_true(is_there(&w, "wang.wu", theirs));
	made(&w, "li.si", third);
	end(&w);
}

/* Sixteen in all: the oldest that is done goes, whosever it is. */
static void test_all(void **state)
{
	struct fix *f = *state;
	struct world_fix w = {0};
	char tokens[TAKES_ALL + 1][TOKEN_TEXT], login[TAKES_ALL + 1][16];

	begin(f, &w);
	for (int i = 0; i <= TAKES_ALL; i++) {
		snprintf(login[i], sizeof login[i], "person.%d", i);
		ok(f, ask(&w, login[i], "k", tokens[i]));
		made(&w, login[i], tokens[i]);
	}
	assert_false(is_there(&w, login[0], tokens[0]));
	for (int i = 1; i <= TAKES_ALL; i++)
		assert_true(is_there(&w, login[i], tokens[i]));
	end(&w);
}

/* What fails says why, is not sent, and may be asked for again; closing while some still wait leaves nothing behind. */
static void test_fails(void **state)
{
	struct fix *f = *state;
	struct world_fix w = {0};
	char token[TOKEN_TEXT], again[TOKEN_TEXT];
	struct take_look l;
	struct str title;
	int64_t size;
	int fd;

	begin(f, &w);
	ok(f, file_remove_tree(path_in(f, "log/staging"), &f->err));
	ok(f, file_write(path_in(f, "log/staging"), S("a file where a folder is to be"), &f->err));
	ok(f, ask(&w, "li.si", "k", token));
	l = made(&w, "li.si", token);
	assert_int_equal(l.state, TAKE_FAILED);
	assert_true(l.error.n > 0);
	refused(f, take_file(w.takes, &f->a, str_c(token), S("li.si"), &fd, &size, &title, &f->err), ERR_INPUT,
		arena_str(&f->a, l.error).p);
	assert_int_equal(unlink(path_in(f, "log/staging")), 0);
	ok(f, ask(&w, "li.si", "k", again));
	assert_string_not_equal(again, token);
	assert_int_equal(made(&w, "li.si", again).state, TAKE_READY);
	for (int i = 0; i < 8; i++) {
		char login[16];

		snprintf(login, sizeof login, "person.%d", i);
		ok(f, ask(&w, login, "k", token));
	}
	end(&w);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_way),
		PLAIN(test_each),
		PLAIN(test_all),
		PLAIN(test_fails),
	};

	setenv("ZEREN_NO_FORK", "1", 1);         /* as in test_drop.c */
	return run_plan("takes", tests, LEN(tests));
}
