/* Sheets of a workbook, and what is said of their cells: names, columns, printing, links, what may be filled in. */
#include "base/utf8.h"
#include "sheet/xlsx_inside.h"

#include <strings.h>

enum {
	NAME_UNITS = 31,                  /* of a sheet, in UTF-16 */
	TRIES = 9999,
	PROMPT_TITLE = 32, PROMPT = 255,  /* of a rule, in characters */
	ABOUT_BYTES = 32 << 20
};

/* ---- sheets ---- */

static size_t units(uint32_t c)
{
	return c > 0xFFFF ? 2 : 1;
}

/* At most max UTF-16 units of s. */
static struct str cut(struct str s, size_t max)
{
	size_t at = 0, n = 0;

	while (at < s.n) {
		size_t next = at;

		n += units(utf8_next(s, &next));
		if (n > max)
			break;
		at = next;
	}
	return str_sub(s, 0, at);
}

/* A name that spreadsheets take: without []:*?/\ and quotes at its ends, not empty. */
static struct str good_name(struct arena *a, struct str name, size_t max)
{
	struct str s = arena_str(a, cut(str_trim(name), max));
	char *p = (char *)s.p;

	for (size_t i = 0; i < s.n; i++)
		if (strchr("[]:*?/\\", p[i]) || (unsigned char)p[i] < ' ' ||
				(p[i] == '\'' && (i == 0 || i + 1 == s.n)))
			p[i] = '_';
	return s.n ? s : S("Sheet");
}

static bool name_taken(const struct xlsx *x, struct str name)
{
	for (size_t i = 0; i < x->nsheets; i++)
		if (x->sheets[i]->name.n == name.n && strncasecmp(x->sheets[i]->name.p, name.p, name.n) == 0)
			return true;
	return str_eq(x->lists_name, name);
}

/* 'a''b' */
static struct str quoted(struct arena *a, struct str name)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(4 * NAME_UNITS * 2 + 2);

	buf_putc(&b, '\'');
	for (size_t i = 0; i < name.n; i++) {
		buf_putc(&b, name.p[i]);
		if (name.p[i] == '\'')
			buf_putc(&b, '\'');
	}
	buf_putc(&b, '\'');
	return arena_str(a, buf_str(&b));
}

static struct xlsx_column *column(struct xlsx *x, int col)
{
	BUG_IF(!x->sheet || x->begun || col < 0 || col >= XLSX_COLS);
	while (x->ncolumns <= (size_t)col)
		(void)ARENA_PUSH(&x->arena, x->columns, x->ncolumns, x->columns_cap);
	return &x->columns[col];
}

static void add_sheet(struct xlsx *x, struct str name, bool hidden)
{
	struct xlsx_sheet *s = ARENA_NEW(&x->arena, struct xlsx_sheet);

	*ARENA_PUSH(&x->arena, x->sheets, x->nsheets, x->sheets_cap) = s;
	*s = (struct xlsx_sheet){.name = name, .quoted = quoted(&x->arena, name), .hidden = hidden, .last = -1,
		.part = arena_printf(&x->arena, "xl/worksheets/sheet%zu.xml", x->nsheets).p};
	x->sheet = s;
	x->begun = x->print = false;
	x->selected = !x->front && !hidden && x->nsheets == 1;
	x->ncolumns = 0;
	x->row = x->col = -1;
	x->freeze = 0;
	x->merges.max = x->checks.max = x->links.max = ABOUT_BYTES;
}

void xlsx_front(struct xlsx *x)
{
	if (!x->nsheets) {
		x->front = true;
		return;
	}
	BUG_IF(!x->sheet || x->begun || !x->front || x->front_at);
	x->front_at = x->nsheets;
	x->selected = true;
}

enum err_code xlsx_sheet(struct xlsx *x, struct str name, const int *widths, size_t n, int freeze,
		struct err *err)
{
	struct str good = good_name(&x->arena, name, NAME_UNITS);

	TRY(xlsx_end_sheet(x, err));
	for (int i = 2; name_taken(x, good); i++) {
		if (i > TRIES)
			return fail(err, ERR_INPUT, N_("sheet name " STR_FMT " cannot be used"),
				STR_ARG(name));
		good = good_name(&x->arena, name, NAME_UNITS - (i < 10 ? 4u : i < 100 ? 5u : 7u));
		good = arena_printf(&x->arena, STR_FMT " (%d)", STR_ARG(good), i);
	}
	add_sheet(x, good, false);
	for (size_t i = 0; i < n; i++)
		column(x, (int)i)->width = widths[i];
	x->freeze = freeze;
	return OK;
}

struct str xlsx_sheet_name(const struct xlsx *x)
{
	BUG_IF(!x->sheet);
	return x->sheet->name;
}

void xlsx_filter(struct xlsx *x, int row, int cols)
{
	BUG_IF(!x->sheet || cols < 1);
	x->sheet->filter_row = row;
	x->sheet->filter_cols = cols;
}

void xlsx_hide(struct xlsx *x, int col)
{
	column(x, col)->hidden = true;
}

void xlsx_column_date(struct xlsx *x, int col)
{
	column(x, col)->date = true;
}

void xlsx_print(struct xlsx *x, int first, int last)
{
	BUG_IF(!x->sheet || x->begun);
	x->print = true;
	x->sheet->first = first;
	x->sheet->last = last;
}

/* ---- of cells ---- */

void xlsx_merge(struct xlsx *x, int row, int col, int last)
{
	if (last <= col)
		return;
	buf_put(&x->merges, S("<mergeCell ref=\""));
	xlsx_ref(&x->merges, row, col);
	buf_putc(&x->merges, ':');
	xlsx_ref(&x->merges, row, last);
	buf_put(&x->merges, S("\"/>"));
	x->nmerges++;
}

void xlsx_link(struct xlsx *x, int row, int col, struct str sheet)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;

	buf_put(&x->links, S("<hyperlink ref=\""));
	xlsx_ref(&x->links, row, col);
	buf_put(&x->links, S("\" location=\""));
	xlsx_xml(&x->links, quoted(&a, sheet), true);
	buf_put(&x->links, S("!A1\" display=\""));
	xlsx_xml(&x->links, sheet, true);
	buf_put(&x->links, S("\"/>"));
	x->nlinks++;
}

static void attribute(struct buf *b, const char *name, struct str value, size_t most)
{
	if (!value.n)
		return;
	buf_printf(b, " %s=\"", name);
	xlsx_xml(b, cut(value, most), true);
	buf_putc(b, '"');
}

void xlsx_check(struct xlsx *x, int col, int first, int last, const struct xlsx_rule *rule)
{
	static const char *const kinds[] = {[XLSX_ANY] = "", [XLSX_LIST] = " type=\"list\"",
		[XLSX_DATE] = " type=\"date\" operator=\"between\"", [XLSX_NUMBER] =
		" type=\"decimal\" operator=\"between\""};
	struct buf *b = &x->checks;

	buf_printf(b, "<dataValidation%s errorStyle=\"warning\" allowBlank=\"1\" showInputMessage=\"1\"%s",
		kinds[rule->kind],
		rule->kind == XLSX_ANY ? "" : " showErrorMessage=\"1\"");
	if (rule->kind != XLSX_ANY) {
		attribute(b, "errorTitle", rule->title, PROMPT_TITLE);
		attribute(b, "error", rule->wrong, PROMPT);
	}
	attribute(b, "promptTitle", rule->title, PROMPT_TITLE);
	attribute(b, "prompt", rule->note, PROMPT);
	buf_put(b, S(" sqref=\""));
	xlsx_ref(b, first, col);
	buf_putc(b, ':');
	xlsx_ref(b, last, col);
	buf_put(b, S("\">"));
	if (rule->kind == XLSX_LIST) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;

		buf_put(b, S("<formula1>"));
		xlsx_xml(b, quoted(&a, x->lists_name), false);
		buf_put(b, S("!$"));
		xlsx_ref(b, -1, rule->list);
		buf_put(b, S("$2:$"));
		xlsx_ref(b, -1, rule->list);
		buf_printf(b, "$%zu</formula1>", x->lists[rule->list].n + 1);
	} else if (rule->kind == XLSX_DATE) {
		buf_put(b, S("<formula1>1</formula1><formula2>109574</formula2>"));      /* 1900 to 2199 */
	} else if (rule->kind == XLSX_NUMBER) {
		buf_put(b, S("<formula1>-999999999999999</formula1><formula2>999999999999999</formula2>"));
	}
	buf_put(b, S("</dataValidation>"));
	x->nchecks++;
}

static bool same_list(const struct xlsx_list *l, struct str head, const struct str *values, size_t n)
{
	if (!str_eq(l->head, head) || l->n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!str_eq(l->values[i], values[i]))
			return false;
	return true;
}

int xlsx_list(struct xlsx *x, struct str name, struct str head, const struct str *values, size_t n)
{
	struct str *copy = ARENA_ARRAY(&x->arena, struct str, n);
	struct xlsx_list *l;

	for (size_t i = 0; i < x->nlists; i++)
		if (same_list(&x->lists[i], head, values, n))
			return (int)i;
	l = ARENA_PUSH(&x->arena, x->lists, x->nlists, x->lists_cap);
	for (size_t i = 0; i < n; i++)
		copy[i] = arena_str(&x->arena, values[i]);
	*l = (struct xlsx_list){.head = arena_str(&x->arena, head), .values = copy, .n = n};
	if (!x->lists_name.n)
		x->lists_name = good_name(&x->arena, name, NAME_UNITS);
	return (int)x->nlists - 1;
}

enum err_code xlsx_put_lists(struct xlsx *x, struct err *err)
{
	size_t most = 0;

	if (!x->nlists)
		return OK;
	add_sheet(x, x->lists_name, true);
	for (size_t i = 0; i < x->nlists; i++)
		most = MAX(most, x->lists[i].n);
	for (size_t i = 0; i < x->nlists; i++)
		TRY(xlsx_text(x, 0, (int)i, x->lists[i].head, XLSX_PLAIN, err));
	for (size_t row = 0; row < most; row++)
		for (size_t i = 0; i < x->nlists; i++)
			if (row < x->lists[i].n)
				TRY(xlsx_text(x, (int)row + 1, (int)i, x->lists[i].values[row], XLSX_PLAIN, err));
	return xlsx_end_sheet(x, err);
}
