/* Workbooks and CSV files made for one test: out of parts, into a temporary file, read back. */
#ifndef TESTS_SHEET_KIT_H
#define TESTS_SHEET_KIT_H

#include "unit.h"
#include "zip_kit.h"

#include "base/file.h"
#include "sheet/sheet.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAIN_NS   "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define DOC_NS    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PKG_NS    "http://schemas.openxmlformats.org/package/2006/relationships"
#define WORKSHEET "<worksheet xmlns=\"" MAIN_NS "\"><sheetData>"
#define ENDSHEET  "</sheetData></worksheet>"
#define RELS      "<Relationships xmlns=\"" PKG_NS "\">"
#define ENDRELS   "</Relationships>"
#define REL(id, type, target) \
	"<Relationship Id=\"" id "\" Type=\"" DOC_NS "/" type "\" Target=\"" target "\"/>"

/* Parts that stand in for the usual ones; NULL: the usual one; "": none. */
struct parts {
	const char *rels, *workbook, *workbook_rels, *styles, *strings, *sheet;
};

static char kit_dir[] = "/tmp/zeren-sheet-XXXXXX";
static struct arena kit_arena;

static inline int kit_setup(void **state)
{
	return mkdtemp(kit_dir) ? 0 : -1;
}

static inline int kit_teardown(void **state)
{
	struct err err = {.lang = LANG_EN};

	arena_free(&kit_arena);
	return file_remove_tree(kit_dir, &err) == OK ? 0 : -1;
}

static inline const char *kit_path(const char *name)
{
	return path_join(&kit_arena, str_c(kit_dir), str_c(name)).p;
}

static inline const char *kit_write(const char *name, struct str bytes)
{
	const char *path = kit_path(name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.n ? bytes.p : "", 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
	return path;
}

static inline void kit_part(struct kit *k, const char *name, const char *given, const char *usual)
{
	if (!given)
		given = usual;
	if (*given)
		kit_add(k, name, str_c(given));
}

static inline void kit_usual(struct kit *k, struct parts p)
{
	kit_part(k, "_rels/.rels", p.rels, RELS REL("r1", "officeDocument", "xl/workbook.xml") ENDRELS);
	kit_part(k, "xl/workbook.xml", p.workbook, "<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" DOC_NS "\">"
		"<sheets>"
		"<sheet name=\"甲\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
	kit_part(k, "xl/_rels/workbook.xml.rels", p.workbook_rels, RELS
		REL("r1", "worksheet", "worksheets/sheet1.xml") REL("r2", "styles", "styles.xml")
		REL("r3", "sharedStrings", "sharedStrings.xml") ENDRELS);
	kit_part(k, "xl/styles.xml", p.styles, "<styleSheet xmlns=\"" MAIN_NS "\"><cellXfs><xf "
		"numFmtId=\"0\"/>"
		"<xf numFmtId=\"14\"/></cellXfs></styleSheet>");
	kit_part(k, "xl/sharedStrings.xml", p.strings, "<sst xmlns=\"" MAIN_NS "\"><si><t>零</t></si><si><t>"
		"一</t>"
		"</si></sst>");
	kit_part(k, "xl/worksheets/sheet1.xml", p.sheet, WORKSHEET ENDSHEET);
}

static inline const char *kit_book(const char *name, struct parts p)
{
	CLEANUP(kit_free) struct kit k = KIT_INIT;

	kit_usual(&k, p);
	return kit_write(name, kit_end(&k));
}

static inline struct book kit_read(const char *path)
{
	struct err err = {.lang = LANG_EN};
	struct book b;

	if (book_read(&kit_arena, path, (struct sheet_progress){0}, &b, &err) != OK)
		print_error("%s\n", err.text);
	assert_int_equal(err.code, OK);
	return b;
}

/* The sheet whose XML between <sheetData> and </worksheet> is given. */
static inline struct sheet kit_sheet(const char *xml)
{
	struct str all = arena_printf(&kit_arena, WORKSHEET "%s</worksheet>", xml);
	struct book b = kit_read(kit_book("a.xlsx", (struct parts){.sheet = all.p}));

	assert_int_equal(b.nsheets, 1);
	return b.sheets[0];
}

/* Must be refused with that code and words, in the child and in the same process alike. */
static inline void kit_refused(const char *path, enum err_code code, const char *says)
{
	for (int i = 0; i < 2; i++) {
		struct err err = {.lang = LANG_EN};
		struct book b = {.name = S("untouched")};

		setenv("ZEREN_NO_FORK", i ? "1" : "0", 1);
		if (book_read(&kit_arena, path, (struct sheet_progress){0}, &b, &err) != code ||
				!strstr(err.text, says))
			print_error("got \"%s\", expected \"%s\"\n", err.text, says);
		assert_int_equal(err.code, code);
		assert_non_null(strstr(err.text, says));
		assert_true(str_is(b.name, "untouched"));
		unsetenv("ZEREN_NO_FORK");
	}
}

static inline const struct cell *kit_cell(const struct sheet *s, int row, int col)
{
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t j = 0; s->rows[i].no == row && j < s->rows[i].n; j++)
			if (s->rows[i].cells[j].col == col)
				return &s->rows[i].cells[j];
	return NULL;
}

static inline void kit_is(const struct sheet *s, int row, int col, enum cell_kind kind, const char *text)
{
	const struct cell *c = kit_cell(s, row, col);
	char day[DATE_TEXT];

	if (!c)
		print_error("no cell in row %d, column %d\n", row, col);
	assert_non_null(c);
	assert_string_equal(c->text.p, text);
	assert_int_equal(c->text.n, strlen(text));
	assert_int_equal(c->kind, kind);
	assert_int_equal(date_is(c->date), kind == CELL_DATE);
	if (kind == CELL_DATE)
		assert_string_equal(date_text(c->date, day).p, text);
}

#endif
