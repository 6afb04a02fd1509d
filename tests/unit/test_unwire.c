/* What the parent takes from its parser child, as if a file had turned the child against it. */
#include "sheet_kit.h"

#include "pack/frame.h"
#include "sheet/record.h"
#include "sheet/wire.h"

struct records {
	struct str items[64];
	size_t n;
};

static enum err_code keep(void *ctx, struct str record, struct err *err)
{
	struct records *r = ctx;

	assert_true(r->n < LEN(r->items));
	r->items[r->n++] = arena_str(&kit_arena, record);
	return OK;
}

static const struct sheet_col LOOKS[] = {{1, 2, 1250, false}, {4, 4, 0, true}, {9, SHEET_COLS, SHEET_WIDTH, true}};

/* The records of a small book, told by the honest half; the second sheet says how it looks. */
static struct records honest(bool csv)
{
	struct records r = {0};
	struct err err = {.lang = LANG_EN};
	struct child_job job = {.take = keep, .take_ctx = &r,
		.limits = {.record_bytes = WIRE_RECORD, .total_bytes = 1 << 30}};
	struct wire *w = wire_new(&kit_arena, child_out_new(&kit_arena, &job, -1));
	struct date day;

	assert_true(date_make(2022, 6, 3, &day));
	assert_int_equal(wire_book(w, csv, csv ? "UTF-8" : NULL, &err), OK);
	for (int s = 0; s < (csv ? 1 : 3); s++) {
		assert_int_equal(wire_sheet(w, s ? S("乙") : S("甲"), s == 2, &err), OK);
		if (!csv && s == 1)
			assert_int_equal(wire_cols(w, LOOKS, LEN(LOOKS), &err), OK);
		assert_int_equal(wire_row(w, 2, false, &err), OK);
		wire_height(w, 305);
		assert_int_equal(wire_cell(w, 1, CELL_TEXT, DATE_NONE, S("文字"), &err), OK);
		assert_int_equal(wire_cell(w, 3, CELL_DATE, day, S("2022-06-03"), &err), OK);
		assert_int_equal(wire_cell(w, 4, CELL_TEXT, DATE_NONE, STR_NONE, &err), OK);
		assert_int_equal(wire_row(w, 3, csv, &err), OK);
		assert_int_equal(wire_row(w, 9, false, &err), OK);
		assert_int_equal(wire_cell(w, SHEET_COLS, CELL_NUMBER, DATE_NONE, S("13"), &err), OK);
		if (!csv)
			assert_int_equal(wire_span(w, (struct span){1, 1, 2, 3}, &err), OK);
	}
	assert_int_equal(wire_end(w, &err), OK);
	return r;
}

static void check_cell(const struct cell *c, int after)
{
	assert_true(c->col > after && c->col <= SHEET_COLS);
	assert_true(c->kind <= CELL_ERROR);
	assert_int_equal(date_is(c->date), c->kind == CELL_DATE);
	assert_true(c->text.n > 0 && !memchr(c->text.p, 0, c->text.n));
}

static void check_sheet(const struct sheet *s, bool csv)
{
	int row = 0;

	for (size_t i = 0; i < s->nrows; i++) {
		int col = 0;

		assert_true(s->rows[i].no > row && s->rows[i].no <= SHEET_ROWS);
		assert_true(csv || s->rows[i].n > 0);
		row = s->rows[i].no;
		for (size_t j = 0; j < s->rows[i].n; j++) {
			check_cell(&s->rows[i].cells[j], col);
			col = s->rows[i].cells[j].col;
		}
	}
}

/* What the parent makes of the records: OK and in order, or an error. */
static enum err_code told(const struct records *r, struct book *out)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct unwire *u = unwire_new(&a, (struct sheet_progress){0});
	struct err err = {.lang = LANG_EN};

	for (size_t i = 0; i < r->n; i++)
		TRY(unwire_take(u, r->items[i], &err));
	TRY(unwire_book(u, out, &err));
	for (size_t i = 0; i < out->nsheets; i++)
		check_sheet(&out->sheets[i], out->csv);
	return OK;
}

/* How many looks the second sheet has, each as it was said; the first row of each sheet is as high as it was said. */
static size_t looks_told(const struct records *r)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct unwire *u = unwire_new(&a, (struct sheet_progress){0});
	struct err err = {.lang = LANG_EN};
	struct book b;

	for (size_t i = 0; i < r->n; i++)
		assert_int_equal(unwire_take(u, r->items[i], &err), OK);
	assert_int_equal(unwire_book(u, &b, &err), OK);
	for (size_t i = 0; i < b.sheets[1].ncols; i++)
		assert_memory_equal(&b.sheets[1].cols[i], &LOOKS[i], sizeof LOOKS[i]);
	assert_int_equal(b.sheets[0].rows[0].height, 305);
	assert_int_equal(b.sheets[0].rows[1].height, 0);
	assert_int_equal(b.sheets[0].ncols, 0);
	assert_null(sheet_col(&b.sheets[0], 1));
	assert_null(sheet_col(&b.sheets[1], 3));
	assert_ptr_equal(sheet_col(&b.sheets[1], 2), &b.sheets[1].cols[0]);
	assert_ptr_equal(sheet_col(&b.sheets[1], SHEET_COLS), &b.sheets[1].cols[2]);
	return b.sheets[1].ncols;
}

static void honest_records(void **state)
{
	struct records r = honest(false);
	struct book b;

	assert_int_equal(told(&r, &b), OK);
	assert_int_equal(b.nsheets, 3);
	assert_int_equal(looks_told(&r), 3);
	r = honest(true);
	assert_int_equal(told(&r, &b), OK);
	assert_int_equal(b.nsheets, 1);
}

/* Each record left out, doubled, cut short, made longer. */
static void records_out_of_place(void **state)
{
	struct records whole = honest(false), r;
	struct book b;

	for (size_t i = 0; i < whole.n; i++) {
		r = whole;
		memmove(&r.items[i], &r.items[i + 1], (r.n - i - 1) * sizeof r.items[0]);
		r.n--;
		assert_int_equal(told(&r, &b) == OK, whole.items[i].p[0] == RECORD_SPAN ||
			whole.items[i].p[0] == RECORD_ROW || whole.items[i].p[0] == RECORD_COLS);
		r = whole;
		memmove(&r.items[i + 1], &r.items[i], (r.n - i) * sizeof r.items[0]);
		r.n++;
		assert_int_equal(told(&r, &b) == OK, whole.items[i].p[0] == RECORD_SPAN ||
			whole.items[i].p[0] == RECORD_SHEET);
		for (size_t n = 0; n < whole.items[i].n; n++) {
			bool may = whole.items[i].p[0] == RECORD_SHEET && n == 2;      /* no name */

			r = whole;
			r.items[i].n = n;
			assert_int_equal(told(&r, &b), may ? OK : ERR_INPUT);
		}
		r = whole;
		r.items[i] = arena_printf(&kit_arena, "%*s", (int)whole.items[i].n + 1, "");
		memcpy((char *)r.items[i].p, whole.items[i].p, whole.items[i].n);
		assert_int_equal(told(&r, &b) == OK, whole.items[i].p[0] == RECORD_SHEET);
	}
	r = (struct records){0};
	assert_int_equal(told(&r, &b), ERR_INPUT);
	r = (struct records){{honest(false).items[0]}, 1};
	assert_int_equal(told(&r, &b), ERR_INPUT);
}

/* One field of the first row's first cell at a time. */
static void bad_cells(void **state)
{
	static const struct { struct cell_head head; const char *text; int n; } t[] = {
		/* good: the measure of the rest */
		{{2, DATE_NONE_N, 1, CELL_TEXT}, "ab\0", 3},
		{{2, DATE_NONE_N, 0, CELL_TEXT}, "ab\0", 3}, {{2, DATE_NONE_N, SHEET_COLS + 1, CELL_TEXT},
			"ab\0", 3},
		{{2, DATE_NONE_N, 1, CELL_ERROR + 1}, "ab\0", 3}, {{2, 0, 1, CELL_TEXT}, "ab\0", 3},
		{{2, DATE_NONE_N, 1, CELL_DATE}, "ab\0", 3}, {{2, -25568, 1, CELL_DATE}, "ab\0", 3},
		{{2, 84006, 1, CELL_DATE}, "ab\0", 3}, {{2, INT32_MAX, 1, CELL_DATE}, "ab\0", 3},
		{{0, DATE_NONE_N, 1, CELL_TEXT}, "\0", 1}, {{3, DATE_NONE_N, 1, CELL_TEXT}, "ab\0", 3},
		{{1, DATE_NONE_N, 1, CELL_TEXT}, "ab\0", 3}, {{2, DATE_NONE_N, 1, CELL_TEXT}, "abc", 3},
		{{2, DATE_NONE_N, 1, CELL_TEXT}, "a\0\0", 3}, {{2, DATE_NONE_N, 1, CELL_TEXT}, "\xFF\xFE\0",
			3},
		{{2, DATE_NONE_N, 1, CELL_TEXT}, "ab\0x", 4}, {{UINT32_MAX, DATE_NONE_N, 1, CELL_TEXT},
			"ab\0", 3},
		{{SHEET_CELL_BYTES + 1, DATE_NONE_N, 1, CELL_TEXT}, "ab\0", 3},
	};
	struct records r = honest(false);
	struct book b;

	for (size_t i = 0; i < LEN(t); i++) {
		CLEANUP(buf_free) struct buf row = BUF_MAX(1000);
		const uint32_t no = 2, cells = 1;
		const uint16_t height = 0;

		buf_putc(&row, RECORD_ROW);
		buf_put(&row, (struct str){(const char *)&no, 4});
		buf_put(&row, (struct str){(const char *)&cells, 4});
		buf_put(&row, (struct str){(const char *)&height, 2});
		buf_put(&row, (struct str){(const char *)&t[i].head, CELL_HEAD});
		buf_put(&row, (struct str){t[i].text, (size_t)t[i].n});
		r.items[2] = buf_str(&row);
		assert_int_equal(told(&r, &b), i == 0 ? OK : ERR_INPUT);
	}
}

static void bad_looks(void **state)
{
	static const struct col_head bad[] = {
		{1, 1, 100, 0},       /* good: the measure of the rest */
		{0, 1, 100, 0}, {2, 1, 100, 0}, {1, SHEET_COLS + 1, 100, 0}, {1, 1, 99, 0}, {1, 1, SHEET_WIDTH + 1, 0},
		{1, 1, 65535, 0}, {1, 1, 100, 2}, {65535, 65535, 100, 0},
	};
	struct records r = honest(false);
	const uint16_t n = 1, two = 2;
	struct book b;
	size_t at = 0;
	char raw[3 + 2 * COL_HEAD];

	while (r.items[at].p[0] != RECORD_COLS)
		at++;
	raw[0] = RECORD_COLS;
	memcpy(raw + 1, &n, 2);
	for (size_t i = 0; i < LEN(bad); i++) {
		memcpy(raw + 3, &bad[i], COL_HEAD);
		r.items[at] = (struct str){raw, 3 + COL_HEAD};
		assert_int_equal(told(&r, &b), i ? ERR_INPUT : OK);
	}
	memcpy(raw + 1, &two, 2);        /* one behind the other, and not the same again */
	memcpy(raw + 3, &bad[0], COL_HEAD);
	memcpy(raw + 3 + COL_HEAD, &bad[0], COL_HEAD);
	r.items[at] = (struct str){raw, 3 + 2 * COL_HEAD};
	assert_int_equal(told(&r, &b), ERR_INPUT);
}

static void bad_spans(void **state)
{
	static const struct span bad[] = {
		{0, 1, 1, 1}, {1, 0, 1, 1}, {2, 1, 1, 1}, {1, 2, 1, 1}, {1, 1, SHEET_ROWS + 1, 1},
		{1, 1, 1, SHEET_COLS_MAX + 1}, {-1, -1, -1, -1}, {INT32_MIN, 1, INT32_MAX, 1},
	};
	struct records r = honest(false);
	struct book b;
	char raw[1 + sizeof bad[0]];

	for (size_t i = 0; i < LEN(bad); i++) {
		raw[0] = RECORD_SPAN;
		memcpy(raw + 1, &bad[i], sizeof bad[i]);
		r.items[4] = (struct str){raw, sizeof raw};
		assert_int_equal(told(&r, &b), ERR_INPUT);
	}
}

static void too_many_sheets(void **state)
{
	struct records r = honest(false), one = {{r.items[0]}, 1};
	struct unwire *u = unwire_new(&kit_arena, (struct sheet_progress){0});
	struct err err = {.lang = LANG_EN};

	assert_int_equal(unwire_take(u, one.items[0], &err), OK);
	for (int i = 0; i < SHEET_SHEETS; i++)
		assert_int_equal(unwire_take(u, r.items[1], &err), OK);
	assert_int_equal(unwire_take(u, r.items[1], &err), ERR_INPUT);
}

/* Bytes changed at random: any answer, in order. */
static void any_bytes(void **state)
{
	uint64_t x = 88172645463325252;

	for (int i = 0; i < 60000; i++) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		static struct records two[2];
		struct records r;
		struct book b;

		if (!two[0].n) {
			two[0] = honest(false);
			two[1] = honest(true);
		}
		r = two[i & 1];
		for (int k = 0; k < 1 + i % 3; k++) {
			struct str *s;
			size_t at;

			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			s = &r.items[x % r.n];
			*s = arena_str(&a, *s);
			at = (x >> 8) % s->n;
			((char *)s->p)[at] = (char)(i % 5 ? x >> 40
				: (unsigned char)s->p[at] ^ (1U << (x >> 40) % 8));
		}
		(void)told(&r, &b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_records),
		cmocka_unit_test(records_out_of_place),
		cmocka_unit_test(bad_cells),
		cmocka_unit_test(bad_looks),
		cmocka_unit_test(bad_spans),
		cmocka_unit_test(too_many_sheets),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
