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

/* The records of a small book, told by the honest half. */
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
		assert_int_equal(wire_row(w, 2, false, &err), OK);
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

static void honest_records(void **state)
{
	struct records r = honest(false);
	struct book b;

	assert_int_equal(told(&r, &b), OK);
	assert_int_equal(b.nsheets, 3);
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
			whole.items[i].p[0] == RECORD_ROW);
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

		buf_putc(&row, RECORD_ROW);
		buf_put(&row, (struct str){(const char *)&no, 4});
		buf_put(&row, (struct str){(const char *)&cells, 4});
		buf_put(&row, (struct str){(const char *)&t[i].head, CELL_HEAD});
		buf_put(&row, (struct str){t[i].text, (size_t)t[i].n});
		r.items[2] = buf_str(&row);
		assert_int_equal(told(&r, &b), i == 0 ? OK : ERR_INPUT);
	}
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
		cmocka_unit_test(bad_spans),
		cmocka_unit_test(too_many_sheets),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
