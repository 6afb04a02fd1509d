/* Markdown as the pages of help show it: ids as GitHub makes them, tables, lines that end within a sentence. */
#include "unit.h"

#include "doc/markdown_read.h"

static struct arena arena;

static struct md_doc read(const char *text)
{
	struct md_doc doc;

	markdown_read(&arena, str_c(text), &doc);
	return doc;
}

static void is(struct str s, const char *want)
{
	assert_string_equal(arena_str(&arena, s).p, want);
}

static void headings(void **state)
{
	struct md_doc d = read("# Manual\n\n## 9. Figures, report, check\n\n### “改动可查”说的是什么\n## 14. 语言、颜色、`JSON`\n");

	assert_int_equal(d.n, 4);
	assert_int_equal(d.p[1].level, 2);
	assert_int_equal(d.p[1].number, 9);
	is(d.p[1].id, "9-figures-report-check");
	is(d.p[2].id, "改动可查说的是什么");
	is(d.p[3].id, "14-语言颜色json");
	is(d.p[3].text, "14. 语言、颜色、JSON");
}

static void lines(void **state)
{
	struct md_doc d = read("照台账原样\n读入 XLSX\nfiles and\n*more* **of\nit** and `a|b`.");
	struct md_runs r = d.p[0].runs;

	assert_int_equal(d.n, 1);
	assert_int_equal(r.n, 5);
	is(r.p[0].text, "照台账原样读入 XLSX files and more ");
	assert_int_equal(r.p[1].mark, MD_STRONG);
	is(r.p[1].text, "of it");
	assert_int_equal(r.p[3].mark, MD_CODE);
	is(r.p[3].text, "a|b");
}

static void links(void **state)
{
	struct md_runs r = read("see [the manual](manual.md#4-importing), <b>not</b> this.").p[0].runs;

	assert_int_equal(r.p[1].mark, MD_LINK);
	is(r.p[1].text, "the manual");
	is(r.p[1].to, "manual.md#4-importing");
	is(r.p[2].text, ", not this.");
}

static void tables(void **state)
{
	struct md_doc d = read("before:\n| a | b |\n|---|:-:|\n| `x\\|y` | 1 |\n| two |  |\nafter\n\n```\n| no | table |\n|---|---|\n```\n");

	assert_int_equal(d.n, 4);
	assert_int_equal(d.p[1].kind, MD_TABLE);
	assert_int_equal(d.p[1].head.cells.n, 2);
	assert_int_equal(d.p[1].rows.n, 2);
	is(d.p[1].rows.p[0].cells.p[0].p[0].text, "x|y");
	assert_int_equal(d.p[1].rows.p[0].cells.p[0].p[0].mark, MD_CODE);
	is(d.p[2].runs.p[0].text, "after");
	assert_int_equal(d.p[3].kind, MD_PRE);
	is(d.p[3].text, "| no | table |\n|---|---|\n");
}

static void lists(void **state)
{
	struct md_doc d = read("1. one\n2. two\n   - deep\n\n- a\n- **b**\n");

	assert_int_equal(d.n, 2);
	assert_true(d.p[0].ordered);
	assert_int_equal(d.p[0].items.n, 2);
	is(d.p[0].items.p[1].p[0].text, "two deep");
	assert_false(d.p[1].ordered);
	assert_int_equal(d.p[1].items.p[1].p[0].mark, MD_STRONG);
}

static void nothing(void **state)
{
	assert_int_equal(read("").n, 0);
	assert_int_equal(read("|").n, 1);
	assert_int_equal(read("| a |\n").n, 1);
	assert_int_equal(read("| a |\n| - |").p[0].rows.n, 0);
	read("```\n|");
	read("[x](javascript:alert(1)) \\| | \n|-|\n|");
}

static int done(void **state)
{
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings), cmocka_unit_test(lines), cmocka_unit_test(links), cmocka_unit_test(tables),
		cmocka_unit_test(lists), cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, done);
}
