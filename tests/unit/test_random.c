/* Ten thousand random operations through the real intents, the same on SQLite and PostgreSQL: registers imported with
 * new, changed, refused and foreign rows, imports undone, the organisation changed, schemes adopted again. Afterwards
 * both logs are sound to the last row, hold the same events and the same tables, and give back what was known at an
 * earlier event. ZEREN_SEED=n repeats a run, ZEREN_OPS=n makes it longer. */
#include "office_world.h"

#include "log/tree.h"
#include "who/who.h"

#include <time.h>

enum { OPERATIONS = 10000, IMPORTS_KEPT = 40, COLS = 10, ROWS_MAX = 12 };

static uint64_t state_;

static uint32_t any(uint32_t below)
{
	state_ ^= state_ << 13;
	state_ ^= state_ >> 7;
	state_ ^= state_ << 17;
	return (uint32_t)((state_ * 0x2545F4914F6CDD1Du) >> 33) % below;
}

static bool one_in(uint32_t n)
{
	return any(n) == 0;
}

/* ---- the two worlds ---- */

static struct fix *worlds[2];
static size_t nworlds;
static struct id imports[IMPORTS_KEPT];     /* the newest */
static size_t nimports;
static struct {
	size_t add, correct, outside, undo, undo_refused, org, org_refused, scheme, nothing, refused_rows;
} done;

static size_t operations(void)
{
	return done.add + done.correct + done.outside + done.undo + done.org + done.scheme;
}

static void open_world(struct fix *f)
{
	struct log_opt opt = log_options();

	opt.origin = "z0123456789ab";
	opt.clock = 1640995200000000;
	ok(f, log_create(path_in(f, "log"), f->where, opt, &f->log, &f->err));
}

static int begin(void **state)
{
	const char *skip = getenv("ZEREN_SKIP_PG");

	for (nworlds = 0; nworlds < 2; nworlds++) {
		void *made;

		if (nworlds == 1 && skip && !strcmp(skip, "1"))
			break;
		if (setup_plain(&made))
			return -1;
		worlds[nworlds] = made;
		if (nworlds == 1) {
			schema(worlds[1], "create", "");
			worlds[1]->where = arena_printf(&worlds[1]->a, "%s options='-c search_path=test_office_%d'", pg_name(),
				(int)getpid()).p;
		}
		open_world(worlds[nworlds]);
	}
	return 0;
}

static int end(void **state)
{
	for (size_t i = 0; i < nworlds; i++)
		teardown((void *[]){worlds[i]});
	return 0;
}

/* ---- random registers ---- */

static const char *const KINDS[] = {"室务会", "中心组", "支委会"}, *const LEVELS[] = {"重大", "较大", "一般", "低"};
static const char *const WHATS[] = {"等级调整", "复核", "化解"}, *const PROOFS[] = {"签到.png", "纪要.pdf", "通知.pdf"};

static struct str pick(const char *const *words, uint32_t n)
{
	return str_c(words[any(n)]);
}
#define PICK(words) pick(words, LEN(words))

/* A day, most often of the year; now and then none that can be read. */
static struct str some_day(struct arena *a)
{
	static const char *const bad[] = {"", "待定", "2022-02-30", "五月底"};
	int m = (int)any(12) + 1, d = (int)any(28) + 1;

	if (one_in(20))
		return PICK(bad);
	if (one_in(15))
		return arena_printf(a, "%d-%02d-%02d", one_in(2) ? 2021 : 2023, m, d);
	return one_in(3) ? arena_printf(a, "%d月%d日", m, d % 4 + 1) : arena_printf(a, "2022.%d.%d", m, d % 4 + 1);
}

struct table {
	const char *file;
	int ncols;
	const char *heads[COLS];
	void (*row)(struct arena *a, struct str cells[COLS]);
};

static void report_row(struct arena *a, struct str c[COLS])
{
	c[0] = arena_printf(a, "BS-%u", any(40));
	c[1] = some_day(a);
	c[2] = one_in(20) ? S("") : arena_printf(a, "信息%u", any(3));
	c[3] = PICK(KINDS);
}

static void adoption_row(struct arena *a, struct str c[COLS])
{
	c[0] = arena_printf(a, "BS-%u", any(40));
	c[1] = arena_printf(a, "《刊物%u》", any(3));
	c[2] = PICK(LEVELS);
	c[3] = some_day(a);
}

static void risk_row(struct arena *a, struct str c[COLS])
{
	c[0] = arena_printf(a, "FX-%u", any(60));
	c[1] = arena_printf(a, "风险%u", any(3));
	c[2] = some_day(a);
	c[3] = PICK(LEVELS);
	c[4] = one_in(3) ? some_day(a) : S("");
}

static void update_row(struct arena *a, struct str c[COLS])
{
	c[0] = some_day(a);
	c[1] = arena_printf(a, "FX-%u", any(60));
	c[2] = PICK(WHATS);
	c[3] = PICK(LEVELS);
}

static void meeting_row(struct arena *a, struct str c[COLS])
{
	c[0] = some_day(a);
	c[1] = PICK(KINDS);
	c[2] = arena_printf(a, "会%u", any(20));
	c[3] = one_in(10) ? S("若干") : arena_printf(a, "%u人", any(5));
	c[4] = arena_printf(a, "%u", any(5));
	c[5] = arena_printf(a, "%u.%u", any(3), any(10));
	c[6] = one_in(2) ? S("是") : S("否");
	c[7] = arena_printf(a, STR_FMT "、" STR_FMT, STR_ARG(PICK(KINDS)), STR_ARG(PICK(LEVELS)));
	c[8] = one_in(2) ? arena_printf(a, "FX-%u、FX-%u", any(60), any(60)) : S("");
	c[9] = one_in(3) ? S("") : arena_printf(a, STR_FMT "；" STR_FMT, STR_ARG(PICK(PROOFS)), STR_ARG(PICK(PROOFS)));
}

static void plan_row(struct arena *a, struct str c[COLS])
{
	c[0] = arena_printf(a, "J-%u", any(25));
	c[1] = arena_printf(a, "计划%u", any(3));
	c[2] = one_in(8) ? S("2022-12-31") : one_in(8) ? S("2024-01-01") : arena_printf(a, "2023-%02u-01", any(12) + 1);
}

static void item_row(struct arena *a, struct str c[COLS])
{
	c[0] = arena_printf(a, "项目%u", any(15));
	c[1] = arena_printf(a, "%u.%u分", any(5), any(1000));
}

static const struct table TABLES[] = {
	{"报送.csv", 4, {"编号", "日期", "标题", "分类"}, report_row},
	{"采用.csv", 4, {"编号", "刊物", "级别", "日期"}, adoption_row},
	{"风险.csv", 5, {"编号", "风险点", "日期", "等级", "化解日期"}, risk_row},
	{"更新.csv", 4, {"日期", "编号", "事项", "等级"}, update_row},
	{"会议.csv", 10, {"日期", "类别", "名称", "应到", "实到", "学时", "第一议题", "专题", "风险点", "佐证"}, meeting_row},
	{"计划.csv", 3, {"编号", "内容", "时限"}, plan_row},
	{"分值.csv", 2, {"项目", "分值"}, item_row},
};

static struct row *put_row(struct arena *a, struct sheet *s, const struct str *cells, int n, FILE *csv)
{
	struct row *r = &s->rows[s->nrows++];

	r->no = (int)s->nrows;
	r->cells = ARENA_ARRAY(a, struct cell, (size_t)n);
	for (int i = 0; i < n; i++) {
		fprintf(csv, "%s" STR_FMT, i ? "," : "", STR_ARG(cells[i]));
		if (cells[i].n)
			r->cells[r->n++] = (struct cell){.col = i + 1, .kind = CELL_TEXT, .text = cells[i]};
	}
	fputc('\n', csv);
	return r;
}

/* A register of random rows: as a sheet in hand, and as the file that the log will keep. */
static void make_register(struct arena *a, const struct table *t, const char *path, struct sheet *s)
{
	int n = (int)any(ROWS_MAX) + 1;
	struct str cells[COLS];
	FILE *csv = fopen(path, "w");

	assert_non_null(csv);
	*s = (struct sheet){.rows = ARENA_ARRAY(a, struct row, ROWS_MAX + 1)};
	for (int i = 0; i < t->ncols; i++)
		cells[i] = str_c(t->heads[i]);
	put_row(a, s, cells, t->ncols, csv);
	for (int i = 0; i < n; i++) {
		t->row(a, cells);
		put_row(a, s, cells, t->ncols, csv);
	}
	assert_int_equal(fclose(csv), 0);
}

/* import_read without its child process, which 10,000 times would be the whole test. */
static void read_sheet(struct fix *f, struct arena *a, const char *path, struct sheet *s, const char *proofs,
                       struct import *im)
{
	struct import_table *t = ARENA_NEW(a, struct import_table);
	struct import_file *file = ARENA_NEW(a, struct import_file);

	*im = (struct import){.arena = a, .scheme = &f->scheme, .year = 2022, .lang = LANG_EN, .proof_by_name = MAP_IN(a),
		.files = file, .nfiles = 1, .tables = t, .ntables = 1};
	file->path = str_c(path);
	file->name = path_base(file->path);
	file->book = (struct book){.name = file->name, .csv = true, .nsheets = 1, .sheets = s};
	*t = (struct import_table){.source = file->name, .sheet = s, .file = file};
	assert_true(import_match(im, file->name, true, t));
	assert_int_equal(t->problem.n, 0);
	import_rows(im, t);
	if (proofs)
		ok(f, import_proofs(im, proofs, &f->err));
}

static void do_import(const char *folder)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const struct table *t = &TABLES[any(LEN(TABLES))];
	const char *path = path_join(&a, str_c(folder), str_c(t->file)).p;
	const char *proofs = one_in(2) ? path_join(&a, str_c(folder), S("proof")).p : NULL;
	bool real = one_in(400);
	size_t counts[2][ROW_CLASSES] = {0};
	struct id ids[2];
	struct sheet s;

	make_register(&a, t, path, &s);
	for (size_t i = 0; i < nworlds; i++) {
		struct fix *f = worlds[i];
		struct import_opt opt = {.year = 2022, .lang = LANG_EN, .evidence = proofs};
		struct str name = str_c(path);
		struct import im;

		if (real)
			ok(f, import_read(&a, &f->scheme, &name, 1, opt, &im, &f->err));
		else
			read_sheet(f, &a, path, &s, proofs, &im);
		ok(f, import_compare(&im, log_db(f->log), &f->err));
		for (int k = 0; k < ROW_CLASSES; k++)
			counts[i][k] = import_count(&im, (enum row_class)k);
		if (i == 0 && counts[i][ROW_OUT_OF_YEAR])
			for (size_t k = 0; k < im.tables[0].nrows; k++)
				done.outside += im.tables[0].rows[k].class == ROW_OUT_OF_YEAR &&
					!id_is(im.tables[0].rows[k].id);
		ok(f, import_accept(&im, f->log, S("张一"), S("test"), true, &ids[i], &f->err));
	}
	if (nworlds == 2) {
		assert_memory_equal(counts[0], counts[1], sizeof counts[0]);
		assert_true(id_eq(ids[0], ids[1]));
	}
	done.add += counts[0][ROW_ADD];
	done.correct += counts[0][ROW_CHANGE];
	done.refused_rows += counts[0][ROW_REFUSED];
	if (id_is(ids[0]))
		imports[nimports++ % IMPORTS_KEPT] = ids[0];
	else
		done.nothing++;
}

static void do_undo(void)
{
	size_t kept = MIN(nimports, (size_t)IMPORTS_KEPT);
	enum err_code codes[2] = {OK, OK};
	struct id id;

	if (!kept)
		return;
	id = imports[(nimports - 1 - any((uint32_t)(one_in(4) ? kept : MIN(kept, (size_t)4)))) % IMPORTS_KEPT];
	for (size_t i = 0; i < nworlds; i++) {
		struct fix *f = worlds[i];

		codes[i] = undo(f, id);
		if (codes[i] != OK && codes[i] != ERR_CONFLICT)
			FLUNK("undo of %" PRId64 ": %s", id.seq, f->err.text);
		if (i && strcmp(f->err.text, worlds[0]->err.text) != 0)
			FLUNK("undo of %" PRId64 ": %s / %s", id.seq, worlds[0]->err.text, f->err.text);
	}
	for (size_t i = 0; i < nworlds; i++)
		err_clear(&worlds[i]->err);
	if (nworlds == 2)
		assert_int_equal(codes[0], codes[1]);
	done.undo += codes[0] == OK;
	done.undo_refused += codes[0] != OK;
}

/* ---- the organisation ---- */

static enum err_code write_org(struct tx *tx, void *ctx, struct err *err)
{
	struct org_change change;

	return org_adopt(tx, ctx, &change, err);
}

/* The organisation of the tables, one thing of it new or changed. */
static void change_org(struct arena *a, struct org *org)
{
	static int serial;
	struct str name = arena_printf(a, "名称%d", ++serial);

	switch (any(5)) {
	case 0: {
		struct unit *u = ARENA_ARRAY(a, struct unit, org->nunits + 1);

		memcpy(u, org->units, org->nunits * sizeof *u);
		u[org->nunits] = (struct unit){.code = arena_printf(a, "X%d", serial), .name = name, .short_name = name,
			.parent = org->units[any((uint32_t)org->nunits)].code, .kind = S("科室")};
		org->units = u;
		org->nunits++;
		break;
	}
	case 1:
		org->units[any((uint32_t)org->nunits)].short_name = name;
		break;
	case 2: {
		struct post *p = ARENA_ARRAY(a, struct post, org->nposts + 1);

		memcpy(p, org->posts, org->nposts * sizeof *p);
		p[org->nposts] = (struct post){.code = arena_printf(a, "Y%d", serial), .name = name,
			.unit = org->units[any((uint32_t)org->nunits)].code, .role = S("成员")};
		org->posts = p;
		org->nposts++;
		break;
	}
	case 3: {      /* somebody new in a post, from a day on */
		struct holder *h = ARENA_ARRAY(a, struct holder, org->nholders + 1);
		struct str post = org->posts[any((uint32_t)org->nposts)].code;
		struct date from = {19000 + (int)any(700)};

		memcpy(h, org->holders, org->nholders * sizeof *h);
		for (size_t i = 0; i < org->nholders; i++)
			if (str_eq(h[i].post, post) && !date_is(h[i].to) && h[i].from.n < from.n)
				h[i].to = (struct date){from.n - 1};
		h[org->nholders] = (struct holder){.post = post, .name = name, .from = from, .to = DATE_NONE};
		org->holders = h;
		org->nholders++;
		break;
	}
	default:
		org->posts[any((uint32_t)org->nposts)].role = one_in(2) ? S("成员") : S("班子成员");
	}
	org->index = NULL;
	org_index(a, org);
}

static void do_org(bool first)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	enum err_code codes[2] = {OK, OK};
	struct fix *f = worlds[0];
	struct org org;

	if (first) {
		ok(f, org_read(&a, CASE "org.json", 2022, &org, &f->err));
	} else {
		ok(f, org_load(log_db(f->log), &a, DATE_NONE, &org, &f->err));
		change_org(&a, &org);
	}
	for (size_t i = 0; i < nworlds; i++) {
		codes[i] = log_write(worlds[i]->log, S("张一"), S("test"), write_org, &org, &worlds[i]->err);
		if (codes[i] != OK && codes[i] != ERR_CONFLICT && codes[i] != ERR_INPUT)
			FLUNK("organisation: %s", worlds[i]->err.text);
		err_clear(&worlds[i]->err);
	}
	if (nworlds == 2)
		assert_int_equal(codes[0], codes[1]);
	done.org += codes[0] == OK;
	done.org_refused += codes[0] != OK;
}

static void do_scheme(struct str base)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	int64_t size = log_size(worlds[0]->log);
	uint32_t variant = any(4);

	for (size_t i = 0; i < nworlds; i++)
		adopt_scheme(worlds[i], arena_printf(&worlds[i]->a, STR_FMT "# %u\n", STR_ARG(base), variant));
	done.scheme += log_size(worlds[0]->log) > size;
}

/* ---- the test ---- */

static void test_random(void **state)
{
	struct fix *f;
	const char *seed = getenv("ZEREN_SEED"), *ops = getenv("ZEREN_OPS");
	size_t want = ops ? (size_t)strtoul(ops, NULL, 10) : OPERATIONS, steps = 0;
	int64_t middle = 0;
	struct str base, then = STR_NONE, dumps[2];
	struct range roots[2];

	f = worlds[0];
	state_ = seed ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL) << 20 ^ (uint64_t)getpid();
	state_ += !state_;
	print_message("# ZEREN_SEED=%" PRIu64 "\n", state_);
	any(2);
	ok(f, file_read(&f->a, SMALL, 1 << 20, &base, &f->err));
	for (size_t i = 0; i < LEN(PROOFS) - 1; i++)
		put_file(f, arena_printf(&f->a, "in/proof/%s", PROOFS[i]).p, PROOFS[i]);
	do_org(true);
	do_scheme(base);
	for (; operations() < want; steps++) {
		uint32_t x = any(100);

		if (x < 78)
			do_import(path_in(f, "in"));
		else if (x < 92)
			do_undo();
		else if (x < 98)
			do_org(false);
		else
			do_scheme(base);
		if (!middle && operations() >= want / 2) {
			middle = log_size(f->log);
			then = dump_tables(f, &f->a, log_db(f->log));
		}
	}
	print_message("# %zu steps: %zu rows added, %zu corrected, %zu set aside, %zu refused; %zu imports undone, %zu not; %zu"
		" changes of the organisation, %zu refused; %zu schemes; %" PRId64 " events\n", steps, done.add, done.correct,
		done.outside, done.refused_rows, done.undo, done.undo_refused, done.org, done.org_refused, done.scheme,
		log_size(f->log));
	assert_true(done.add && done.correct && done.outside && done.undo && done.undo_refused && done.org && done.scheme > 1);
	for (size_t i = 0; i < nworlds; i++) {
		sound(worlds[i]);
		dumps[i] = dump_tables(worlds[i], &worlds[i]->a, log_db(worlds[i]->log));
		log_range(worlds[i]->log, &roots[i]);
	}
	if (nworlds == 2) {
		struct hash a = range_root(&roots[0]), b = range_root(&roots[1]);

		same_dump(dumps[0], dumps[1]);
		assert_int_equal(log_size(worlds[0]->log), log_size(worlds[1]->log));
		assert_memory_equal(&a, &b, sizeof a);
	}
	for (size_t i = 0; i < nworlds; i++) {
		CLEANUP(db_close) struct db *db = NULL;

		ok(worlds[i], db_open(":memory:", (struct db_opt){.scratch = true}, &db, &worlds[i]->err));
		ok(worlds[i], log_replay(worlds[i]->log, middle, db, false, NULL, NULL, &worlds[i]->err));
		same_dump(dump_tables(worlds[i], &worlds[i]->a, db), then);
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		{"random operations", test_random, begin, end, NULL},
	};

	return run_plan("random", tests, LEN(tests));
}
