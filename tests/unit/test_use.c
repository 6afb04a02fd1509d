/* use: of a scheme: what comes, what does not, circles, clashes, and that every error names its file. */
#include "import_world.h"

#include "duty/duty.h"
#include "duty/figure.h"
#include "scheme/shipped.h"

#define HEAD(code) "zeren: 1\nscheme: " code "\ntitle: " code "\n"
#define MEETING "records:\n  meeting: {about: meeting, title: 会议, fields: {date: date, kind: choice}}\n"

#define MATRIX(title) "matrix: {likelihood: {title: " title ", values: [低, 高]}, impact: {title: 影响, values: [轻, 重]}," \
	" levels: [{level: 大, colour: 红}], cells: {高: [大, 大], 低: [大, 大]}}\n"

#define WARNING(id) "warnings: [{id: " id ", title: t, of: slots, metric: days_to_due, bands: [{at_most: 7, colour: 蓝," \
	" action: a}]}]\n"

struct file {
	const char *name, *text;
	int asked;
};

static enum err_code text_of(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	for (struct file *x = ctx; x->name; x++)
		if (str_is(name, x->name)) {
			x->asked++;
			*out = str_c(x->text);
			return OK;
		}
	return fail(err, ERR_NOT_FOUND, "no file");
}

/* Reads main.yaml of the files. */
static enum err_code read_main(struct fix *f, struct file *files, struct scheme *s)
{
	struct str text;

	ok(f, text_of(files, &f->a, S("./main.yaml"), &text, &f->err));
	return scheme_read_from(&f->a, S("dir/main.yaml"), text, (struct scheme_source){text_of, files}, s, &f->err);
}

/* ---- what comes ---- */

static void test_comes(void **state)
{
	struct fix *f = *state;
	struct file files[] = {
		{"./main.yaml", HEAD("main") "use: [./base.yaml, ./more.yaml]\nroles: {head: 主任}\n"
			"duties:\n  - {id: M1, title: 例会, owner: head, need: {count: 2, take: {of: meeting}}}\n"
			"figures: {seen: {count: visit}}\n", 0},
		{"./base.yaml", HEAD("base") "calendar: none\nlate_entry: 5\ntags: [甲]\nlists: {kind: [大会]}\n" MEETING
			"roles: {head: 主任}\nsheets:\n  - {record: meeting, file: \"01*\", columns: {date: 日期, kind: 类别}}\n"
			"report: {title: 不要, sections: []}\n"
			"suggest: []\n" MATRIX("甲") "assess: {a: b}\nplan: {record: meeting}\n", 0},
		{"./more.yaml", HEAD("more") "use: ./base.yaml\n"
			"records:\n  visit: {about: inspection, title: 督查, fields: {date: date, of: {type: link, link: meeting.kind}}}\n"
			"duties:\n  - {id: V1, title: 督查, owner: office, need: {each: month, take: {of: visit}}}\n"
			"figures: {met: {count: meeting}}\n", 0},
		{0}};
	struct scheme s;

	ok(f, read_main(f, files, &s));
	same(s.code, S("main"));
	assert_int_equal(s.ntypes, 2);
	same(s.types[0].name, S("meeting"));      /* what others build on comes first */
	same(s.types[1].name, S("visit"));
	assert_int_equal(s.nsheets, 1);
	assert_int_equal(s.nlists, 1);
	assert_int_equal(s.nduties, 2);
	assert_non_null(scheme_duty(&s, S("V1")));
	assert_true(scheme_has_figure(&s, S("met")));
	assert_true(scheme_has_figure(&s, S("seen")));
	same(s.calendar, S("none"));
	assert_non_null(s.matrix);
	assert_null(s.suggest);                   /* it has no report whose problems they could be */
	assert_null(s.report);                    /* these are the main file's alone */
	assert_null(s.assess);
	assert_null(s.plan);
	assert_int_equal(s.late_entry, 30);
	assert_int_equal(s.tags.n, 0);
	assert_int_equal(s.nuses, 2);             /* base once, though it is used twice */
	same(s.uses[0].name, S("./base.yaml"));
	same(s.uses[1].name, S("./more.yaml"));
	assert_int_equal(files[1].asked, 1);
}

/* What the main file says of matrix, warnings, suggest counts alone; what two bring of warnings comes together. */
static void test_own_counts(void **state)
{
	struct fix *f = *state;
	struct file files[] = {
		{"./main.yaml", HEAD("main") "use: [./a.yaml, ./b.yaml]\n" MEETING, 0},
		{"./a.yaml", HEAD("a") WARNING("W1") MATRIX("甲"), 0},
		{"./b.yaml", HEAD("b") WARNING("W2") MATRIX("乙"), 0},
		{0}};
	struct scheme s;

	ok(f, read_main(f, files, &s));
	assert_int_equal(s.warnings->n, 2);
	same(node_text(s.warnings->items[1], S("id")), S("W2"));
	same(node_text(NODE_GET(s.matrix, "likelihood"), S("title")), S("甲"));
	files[0].text = HEAD("main") "use: [./a.yaml, ./b.yaml]\nwarnings: []\n" MATRIX("丙") MEETING;
	ok(f, read_main(f, files, &s));
	assert_int_equal(s.warnings->n, 0);
	same(node_text(NODE_GET(s.matrix, "likelihood"), S("title")), S("丙"));
	files[0].text = HEAD("main") "use: [./a.yaml, ./b.yaml]\nreport: {title: t, sections: []}\n" MEETING;
	files[1].text = HEAD("a") "suggest: [{problem: 一}]\n";
	files[2].text = HEAD("b") "suggest: [{problem: 二}]\n";
	ok(f, read_main(f, files, &s));
	assert_int_equal(s.suggest->n, 2);
	files[0].text = HEAD("main") "use: [./a.yaml, ./b.yaml]\nreport: {title: t, sections: []}\nsuggest: []\n" MEETING;
	ok(f, read_main(f, files, &s));
	assert_int_equal(s.suggest->n, 0);
}

/* ---- what is refused ---- */

static const struct {
	const char *main, *a, *b, *says;
} faults[] = {
	{"use: [./a.yaml]\n" MEETING, MEETING, "", "dir/main.yaml: line 6, column 3: 'meeting' under records: is there twice; "
		"the other stands in dir/a.yaml, line 5"},
	{"use: [./a.yaml, ./b.yaml]\n", MEETING "roles: {head: 甲}\n", "roles: {head: 乙}\n",
		"dir/b.yaml: line 4, column 9: 'head' under roles: is there twice; the other stands in dir/a.yaml, line 6"},
	{"use: [./a.yaml, ./b.yaml]\n", MEETING "lists: {x: [甲]}\n", "lists: {x: [甲]}\n", "'x' under lists: is there twice"},
	{"use: [./a.yaml]\nfigures: {n: {count: meeting}}\n", MEETING "figures: {n: {count: meeting}}\n", "",
		"'n' under figures: is there twice"},
	{"use: [./a.yaml]\nduties:\n  - {id: D, title: t, owner: office, need: {count: 1, take: {of: meeting}}}\n",
		MEETING "duties:\n  - {id: D, title: t, owner: office, need: {count: 1, take: {of: meeting}}}\n", "",
		"dir/main.yaml: line 6, column 5: two duties are called 'D'; the other stands in dir/a.yaml, line 7"},
	{"use: [./a.yaml]\nsheets:\n  - {record: meeting, file: x, columns: {date: a}}\n",
		MEETING "sheets:\n  - {record: meeting, file: x, columns: {date: a}}\n", "",
		"two sheets are called 'meeting': give each a 'name'; the other stands in dir/a.yaml, line 7"},
	{"use: ./a.yaml\n", "use: ./b.yaml\n", "use: [./a.yaml]\n", "dir/b.yaml: line 4, column 7: these schemes use each other "
		"in a circle: ./a.yaml → ./b.yaml → ./a.yaml"},
	{"use: ./a.yaml\n", "use: ./main.yaml\n", "",
		"dir/a.yaml: line 4, column 6: these schemes use each other in a circle: ./main.yaml → ./a.yaml → ./main.yaml"},
	{"use: ./main.yaml\n", "", "", "./main.yaml → ./main.yaml"},
	{"use: ./c.yaml\n", "", "", "dir/main.yaml: line 4, column 6: no file"},
	{"use: ../c.yaml\n", "", "", "line 4, column 6: 'use' takes names of shipped schemes and files that lie beside"},
	{"use: ./x/c.yaml\n", "", "", "'use' takes names"},
	{"use: [[a]]\n", "", "", "'use' takes names"},
	{"use: {a: b}\n", "", "", "'use' takes names"},
	{"use: ./a.yaml\n", "title: x\n", "", "dir/a.yaml: line 4, column 1: the key \"title\" stands in line 3 already"},
	{"use: ./a.yaml\n", "recods: {}\n", "", "dir/a.yaml: line 4, column 1: unknown key 'recods'"},
	{"use: ./a.yaml\n", "records:\n  meeting: {about: meeting, title: t, fields: {date: dat}}\n", "",
		"dir/a.yaml: line 5, column 54: no field type 'dat'"},
	{"use: ./a.yaml\n", "", "", "dir/main.yaml: line 1, column 1: the scheme lacks 'records'"},
};

static void test_faults(void **state)
{
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(faults); i++) {
		struct file files[] = {
			{"./main.yaml", arena_printf(&f->a, HEAD("main") "%s", faults[i].main).p, 0},
			{"./a.yaml", arena_printf(&f->a, HEAD("a") "%s", faults[i].a).p, 0},
			{"./b.yaml", arena_printf(&f->a, HEAD("b") "%s", faults[i].b).p, 0},
			{0}};
		struct scheme s;

		refused(f, read_main(f, files, &s), ERR_INPUT, faults[i].says);
	}
}

/* ---- the shipped ones ---- */

static void test_shipped(void **state)
{
	struct fix *f = *state;
	struct scheme s;
	struct str text;

	assert_true(shipped_find(S("common"), &text));
	assert_true(str_starts(text, S("#")));
	refused(f, shipped_text(S("comon"), &text, &f->err), ERR_NOT_FOUND, "did you mean 'common'?");
	ok(f, scheme_read(&f->a, str_c(HEAD("x") "use: common\n" "records:\n  x1: {about: plan, title: t, fields: {n: text}}\n"),
		&s, &f->err));
	same(s.uses[s.nuses - 1].name, S("common"));         /* behind what it uses itself */
	refused(f, scheme_read(&f->a, str_c(HEAD("x") "use: ./a.yaml\n"), &s, &f->err), ERR_INPUT,
		"'./a.yaml' cannot be read here: only shipped schemes");
	put_file(f, "a.yaml", HEAD("a") MEETING);
	put_file(f, "m.yaml", HEAD("m") "use: ./a.yaml\n");
	ok(f, scheme_file(&f->a, str_c(path_in(f, "m.yaml")), &s, &f->err));
	assert_int_equal(s.ntypes, 1);
	put_file(f, "m.yaml", HEAD("m") "use: ./b.yaml\n");
	refused(f, scheme_file(&f->a, str_c(path_in(f, "m.yaml")), &s, &f->err), ERR_INPUT, "/b.yaml: no such file");
}

/* ---- adopted: every text is kept, and read back ---- */

static void test_adopted(void **state)
{
	struct fix *f = *state;
	struct scheme s, back;
	struct adoption how;
	const void *x[] = {&s, &how};
	const struct record_type *t;

	put_file(f, "a.yaml", HEAD("a") MEETING);
	put_file(f, "m.yaml", HEAD("m") "use: ./a.yaml\n");
	ok(f, scheme_file(&f->a, str_c(path_in(f, "m.yaml")), &s, &f->err));
	ok(f, scheme_store(objects_of(f->log), &f->a, &s, &how, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), write_scheme, x, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), write_scheme, x, &f->err));
	assert_int_equal(count(f, "select count(*) from p_scheme"), 1);
	assert_int_equal(count(f, "select count(*) from p_scheme_use"), 1);
	put_file(f, "a.yaml", HEAD("a") "records:\n  other: {about: plan, title: t, fields: {n: text}}\n");
	ok(f, scheme_current(f->log, &f->a, &back, &f->err));    /* the file is not asked again */
	assert_non_null(scheme_type(&back, S("meeting")));
	ok(f, scheme_file(&f->a, str_c(path_in(f, "m.yaml")), &s, &f->err));     /* only what is used has changed */
	ok(f, scheme_store(objects_of(f->log), &f->a, &s, &how, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), write_scheme, x, &f->err));
	assert_int_equal(count(f, "select count(*) from p_scheme"), 2);
	ok(f, scheme_current(f->log, &f->a, &back, &f->err));
	t = scheme_type(&back, S("other"));
	assert_non_null(t);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_comes),
		PLAIN(test_own_counts),
		PLAIN(test_faults),
		PLAIN(test_shipped),
		ON_BOTH(test_adopted),
	};

	return run_plan("use", tests, LEN(tests));
}
