/* Sheets of a workbook, and what is said of their cells: names, columns, printing, links, what may be filled in. */
#include "base/utf8.h"
#include "sheet/xlsx_inside.h"

#include <strings.h>

enum {
	NAME_UNITS = 31,                  /* of a sheet, in UTF-16 */
	TRIES = 9999,
	PROMPT_TITLE = 32, PROMPT = 255,  /* of a rule, in characters */
	PROMPT_BYTES = 16 << 10,
	PAPER_A4 = 9,
	WIDTH_MOST = 25500                /* of a column, in hundredths of a character */
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
	return workbook_validate_sheet_name(x->book, name.p) != LXW_NO_ERROR ||
		(x->lists_name.n == name.n && strncasecmp(x->lists_name.p, name.p, name.n) == 0);
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

/* Says a column to the library as it is now. */
static void put_column(struct xlsx *x, int col)
{
	const struct xlsx_column *c = &x->columns[col];
	lxw_row_col_options options = {.hidden = c->hidden};

	(void)xlsx_settle(x);
	BUG_IF(worksheet_set_column_opt(x->sheet, (lxw_col_t)col, (lxw_col_t)col, c->exact > 0 ? c->exact
		: c->width ? c->width : LXW_DEF_COL_WIDTH, x->formats[XLSX_PLAIN][c->date], &options));
}

static struct xlsx_column *column(struct xlsx *x, int col)
{
	BUG_IF(!x->sheet || col < 0 || col >= LXW_COL_MAX);
	while (x->ncolumns <= (size_t)col)
		(void)ARENA_PUSH(&x->arena, x->columns, x->ncolumns, x->columns_cap);
	return &x->columns[col];
}

/* Said when the rows are written: before, the library would say it of each of them. */
void xlsx_end_sheet(struct xlsx *x)
{
	if (x->sheet && x->points)
		worksheet_set_default_row(x->sheet, x->points, LXW_FALSE);
	x->points = 0;
}

/* Later cells go to s. */
static void turn_to(struct xlsx *x, lxw_worksheet *s, const int *widths, size_t n)
{
	(void)xlsx_settle(x);
	xlsx_end_sheet(x);
	x->sheet = s;
	x->ncolumns = 0;
	x->row = -1;
	for (size_t i = 0; i < n; i++) {
		column(x, (int)i)->width = widths[i];
		put_column(x, (int)i);
	}
}

static enum err_code add_sheet(struct xlsx *x, struct str name, lxw_worksheet **out, struct err *err)
{
	struct str good = good_name(&x->arena, name, NAME_UNITS);

	for (int i = 2; name_taken(x, good); i++) {
		if (i > TRIES)
			return fail(err, ERR_INPUT, N_("sheet name " STR_FMT " cannot be used"),
				STR_ARG(name));
		good = good_name(&x->arena, name, NAME_UNITS - (i < 10 ? 4u : i < 100 ? 5u : 7u));
		good = arena_printf(&x->arena, STR_FMT " (%d)", STR_ARG(good), i);
	}
	(void)xlsx_settle(x);
	*out = workbook_add_worksheet(x->book, good.p);
	if (!*out)
		return fail_errno(err, N_("%s: cannot be written"), x->path);
	worksheet_set_margins(*out, 0.5, 0.5, 0.6, 0.6);
	return OK;
}

enum err_code xlsx_front(struct xlsx *x, struct str name, struct err *err)
{
	BUG_IF(x->sheet || x->front);
	return add_sheet(x, name, &x->front, err);
}

void xlsx_to_front(struct xlsx *x, const int *widths, size_t n)
{
	BUG_IF(!x->front);
	turn_to(x, x->front, widths, n);
	x->front = NULL;
}

enum err_code xlsx_sheet(struct xlsx *x, struct str name, const int *widths, size_t n, int freeze,
		struct err *err)
{
	lxw_worksheet *s;

	TRY(add_sheet(x, name, &s, err));
	turn_to(x, s, widths, n);
	if (freeze > 0)
		worksheet_freeze_panes(s, (lxw_row_t)freeze, 0);
	return OK;
}

struct str xlsx_sheet_name(const struct xlsx *x)
{
	BUG_IF(!x->sheet);
	return str_c(x->sheet->name);
}

void xlsx_filter(struct xlsx *x, int row, int cols)
{
	BUG_IF(!x->sheet || cols < 1);
	(void)xlsx_settle(x);
	BUG_IF(worksheet_autofilter(x->sheet, (lxw_row_t)row, 0, (lxw_row_t)MAX(x->row, row), (lxw_col_t)(cols - 1)));
}

void xlsx_hide(struct xlsx *x, int col)
{
	column(x, col)->hidden = true;
	put_column(x, col);
}

void xlsx_width(struct xlsx *x, int col, int hundredths)
{
	struct xlsx_column *c = column(x, col);

	BUG_IF(hundredths < 100 || hundredths > WIDTH_MOST);
	c->width = hundredths / 100;
	c->exact = hundredths / 100.0;
	put_column(x, col);
}

void xlsx_column_date(struct xlsx *x, int col)
{
	column(x, col)->date = true;
	put_column(x, col);
}

void xlsx_print(struct xlsx *x, int first, int last)
{
	BUG_IF(!x->sheet);
	(void)xlsx_settle(x);
	worksheet_set_landscape(x->sheet);
	worksheet_set_paper(x->sheet, PAPER_A4);
	worksheet_fit_to_pages(x->sheet, 1, 0);
	BUG_IF(worksheet_repeat_rows(x->sheet, (lxw_row_t)first, (lxw_row_t)last));
	BUG_IF(worksheet_set_footer(x->sheet, "&C&P / &N"));
}

void xlsx_rows(struct xlsx *x, int points)
{
	BUG_IF(!x->sheet);
	x->points = points;
}

void xlsx_print_lines(struct xlsx *x)
{
	BUG_IF(!x->sheet);
	(void)xlsx_settle(x);
	worksheet_gridlines(x->sheet, LXW_SHOW_ALL_GRIDLINES);
}

/* ---- of cells ---- */

enum err_code xlsx_merge(struct xlsx *x, int row, int col, int last, struct err *err)
{
	BUG_IF(!x->sheet || row < x->row);
	if (last <= col)
		return OK;
	(void)xlsx_settle(x);
	return xlsx_result(x, worksheet_merge_range(x->sheet, (lxw_row_t)row, (lxw_col_t)col, (lxw_row_t)row,
		(lxw_col_t)last, "", x->formats[XLSX_PLAIN][0]), err);
}

enum err_code xlsx_link(struct xlsx *x, int row, int col, struct str sheet, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const char *to = arena_printf(&a, "internal:" STR_FMT "!A1", STR_ARG(quoted(&a, sheet))).p;

	TRY(xlsx_text(x, row, col, sheet, XLSX_LINK, err));
	(void)xlsx_settle(x);
	return xlsx_result(x, worksheet_write_url_opt(x->sheet, (lxw_row_t)row, (lxw_col_t)col, to,
		x->formats[XLSX_LINK][0], arena_str(&a, sheet).p, NULL), err);
}

/* "B" */
static struct str letters(struct arena *a, int col)
{
	char text[LXW_MAX_COL_NAME_LENGTH];

	lxw_col_to_name(text, (lxw_col_t)col, 0);
	return arena_str(a, str_c(text));
}

/* At most max characters as the library takes them; NULL: none. */
static char *brief(struct arena *a, struct str s, size_t max)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(PROMPT_BYTES);

	xlsx_clean(&b, str_sub(s, 0, MIN(s.n, PROMPT_BYTES / 8)));
	return s.n ? (char *)arena_str(a, cut(str_c(b.p), max)).p : NULL;
}

/* The library (1.1.4) forgets a list's formula, some twenty bytes a column; the sanitizer need not say so. */
#ifdef ZEREN_SANITISED
void __lsan_disable(void);
void __lsan_enable(void);
#define leak_off() __lsan_disable()
#define leak_on() __lsan_enable()
#else
#define leak_off() ((void)0)
#define leak_on() ((void)0)
#endif

enum err_code xlsx_check(struct xlsx *x, int col, int first, int last, const struct xlsx_rule *rule, struct err *err)
{
	static const uint8_t kinds[] = {[XLSX_ANY] = LXW_VALIDATION_TYPE_ANY,
		[XLSX_LIST] = LXW_VALIDATION_TYPE_LIST_FORMULA, [XLSX_DATE] = LXW_VALIDATION_TYPE_DATE_NUMBER,
		[XLSX_NUMBER] = LXW_VALIDATION_TYPE_DECIMAL};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	char *title = brief(&a, rule->title, PROMPT_TITLE);
	lxw_data_validation v = {.validate = kinds[rule->kind], .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
		.input_title = title, .input_message = brief(&a, rule->note, PROMPT)};
	lxw_error e;

	if (rule->kind != XLSX_ANY) {
		v.error_title = title;
		v.error_message = brief(&a, rule->wrong, PROMPT);
		v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
	}
	if (rule->kind == XLSX_LIST) {
		struct str name = letters(&a, rule->list);

		v.value_formula = (char *)arena_printf(&a, "=" STR_FMT "!$" STR_FMT "$2:$" STR_FMT "$%zu",
			STR_ARG(quoted(&a, x->lists_name)), STR_ARG(name), STR_ARG(name),
			x->lists[rule->list].n + 1).p;
	} else if (rule->kind == XLSX_DATE) {
		v.minimum_number = 1;
		v.maximum_number = 109574;               /* 1900 to 2199 */
	} else if (rule->kind == XLSX_NUMBER) {
		v.minimum_number = -999999999999999;
		v.maximum_number = 999999999999999;
	}
	(void)xlsx_settle(x);
	leak_off();
	e = worksheet_data_validation_range(x->sheet, (lxw_row_t)first, (lxw_col_t)col, (lxw_row_t)last, (lxw_col_t)col,
		&v);
	leak_on();
	return xlsx_result(x, e, err);
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
	struct str name = x->lists_name;
	lxw_worksheet *s;
	size_t most = 0;

	if (!x->nlists)
		return OK;
	x->lists_name = STR_NONE;
	TRY(add_sheet(x, name, &s, err));
	turn_to(x, s, NULL, 0);
	worksheet_hide(s);
	for (size_t i = 0; i < x->nlists; i++)
		most = MAX(most, x->lists[i].n);
	for (size_t i = 0; i < x->nlists; i++)
		TRY(xlsx_text(x, 0, (int)i, x->lists[i].head, XLSX_PLAIN, err));
	for (size_t row = 0; row < most; row++)
		for (size_t i = 0; i < x->nlists; i++)
			if (row < x->lists[i].n)
				TRY(xlsx_text(x, (int)row + 1, (int)i, x->lists[i].values[row], XLSX_PLAIN, err));
	return OK;
}
