/* How wide the columns of a register are. */
#include "base/utf8.h"
#include "record/export_book.h"

#include <stdlib.h>

enum { WIDTH_LEAST = 6, WIDTH_MOST = 40 };

int export_chars(struct str s)
{
	int most = 0, at = 0;

	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_next(s, &i);

		at = c == '\n' ? 0 : at + (c < 0x1100 ? 1 : 2);
		most = MAX(most, at);
	}
	return most;
}

/* Where nothing is known of the content, as wide as what usually stands in such a column. */
static int usual_width(const struct field *f)
{
	static const int widths[TYPE_N] = {[TYPE_DATE] = 12, [TYPE_PERIOD] = 10, [TYPE_TIME] = 8, [TYPE_NUMBER] = 10,
		[TYPE_COUNT] = 8, [TYPE_MONEY] = 14, [TYPE_FLAG] = 8, [TYPE_CHOICE] = 14, [TYPE_TEXT] = 24,
		[TYPE_TAGS] = 24, [TYPE_LIST] = 24, [TYPE_FILE] = 30};

	return widths[f->type] ? widths[f->type] : 18;
}

static int by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Wide enough for nine of ten texts; a head may take two lines. */
static int fitting(int *lengths, size_t n, struct str head)
{
	int need = (export_chars(head) + 1) / 2 + 2, width;

	qsort(lengths, n, sizeof *lengths, by_size);
	width = lengths[(n - 1) * 9 / 10] + 2;
	return MAX(MIN(MAX(width, need), WIDTH_MOST), WIDTH_LEAST);
}

/* What its scheme says of a width; 0: nothing. */
static int said_width(const struct export_sheet *sheet, size_t k)
{
	return sheet->map && sheet->map->widths ? sheet->map->widths[sheet->fields[k]->at] : 0;
}

enum err_code export_look(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct columns *out, struct err *err)
{
	*out = (struct columns){0};
	return sheet->map ? columns_of(a, db, sheet->map, ask->year, out, err) : OK;
}

enum err_code export_put_look(struct xlsx *x, const struct export_sheet *sheet, const struct columns *look, int head,
	struct err *err)
{
	for (size_t k = 0; look->widths && k < sheet->n; k++)
		if (look->widths[sheet->fields[k]->at] && !said_width(sheet, k))
			xlsx_width(x, (int)k, look->widths[sheet->fields[k]->at]);
	return look->head ? xlsx_height(x, head, look->head, err) : OK;
}

enum err_code export_widths(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct export_plan *plan, int *widths, struct err *err)
{
	struct arena texts CLEANUP(arena_free) = ARENA_INIT;
	struct export_batch *batch = ARENA_NEW(a, struct export_batch);
	struct export_place start = {0};
	int *lengths = ARENA_ARRAY(a, int, sheet->n * EXPORT_BATCH);
	size_t n = 0;

	TRY(export_batch(&texts, db, sheet, ask, &start, batch, err));
	for (size_t i = 0; i < batch->n; i++) {
		if (!batch->p[i].wanted)
			continue;
		TRY(export_cells(plan, &batch->p[i], err));
		for (size_t k = 0; k < sheet->n; k++)
			lengths[k * EXPORT_BATCH + n] =
			export_chars(plan->cells[k].text) + export_chars(plan->cells[k].unit);
		n++;
	}
	for (size_t k = 0; k < sheet->n; k++) {
		const struct field *f = sheet->fields[k];
		int said = said_width(sheet, k);

		widths[k] = said ? said : n ? fitting(lengths + k * EXPORT_BATCH, n, sheet->heads[k])
			: MAX(usual_width(f), MIN(export_chars(sheet->heads[k]) / 2 + 4, WIDTH_MOST));
	}
	widths[sheet->n] = EXPORT_ID_WIDTH;
	return OK;
}

int export_width(const struct export_sheet *sheet, size_t k)
{
	const struct field *f = sheet->fields[k];
	int said = said_width(sheet, k);

	return said ? said : MAX(usual_width(f), MIN(export_chars(sheet->heads[k]) + 2, WIDTH_MOST));
}
