/* Registers as CSV, piece by piece. */
#include "record/export_inside.h"
#include "sheet/csv_write.h"

static void head_line(const struct export_sheet *sheet, struct buf *line)
{
	buf_put(line, S(CSV_MARK));
	for (size_t i = 0; i < sheet->n; i++)
		csv_cell(line, i == 0, sheet->heads[i]);
	csv_line(line);
}

static enum err_code record_line(
	struct export_plan *plan, const struct export_record *r, struct buf *line, struct err *err)
{
	struct buf with CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);

	TRY(export_cells(plan, r, err));
	for (size_t i = 0; i < plan->sheet->n; i++) {
		const struct export_cell *c = &plan->cells[i];

		buf_reset(&with);
		if (c->unit.n) {
			buf_put(&with, c->text);
			buf_put(&with, c->unit);
		}
		csv_cell(line, i == 0, c->unit.n ? buf_str(&with) : c->text);
	}
	csv_line(line);
	return OK;
}

/* As much of the line as fits; true when all of it is out. */
static bool put_line(struct export_place *at, struct str line, struct buf *out)
{
	struct str rest = str_sub(line, at->cut, line.n), now = str_sub(rest, 0, out->max - out->n);

	buf_put(out, now);
	at->cut = now.n == rest.n ? 0 : at->cut + now.n;
	return now.n == rest.n;
}

/* *full: no more goes into out. */
static enum err_code put_batch(struct export_plan *plan, const struct export_batch *batch, struct export_place *at,
	struct buf *out, bool *full, struct err *err)
{
	struct buf line CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);

	for (size_t i = 0; i < batch->n && !*full; i++) {
		const struct export_record *r = &batch->p[i];

		if (r->wanted) {
			buf_reset(&line);
			TRY(record_line(plan, r, &line, err));
			*full = !put_line(at, buf_str(&line), out);
		}
		if (!*full) {
			at->last = r->id;
			at->at++;
			at->rows += r->wanted;
		}
	}
	return OK;
}

enum err_code export_csv(const struct export_sheet *sheet, const struct export_ask *ask, struct db *db,
	struct export_place *at, struct buf *out, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct export_batch *batch = ARENA_NEW(&a, struct export_batch);
	struct arena texts CLEANUP(arena_free) = ARENA_INIT;
	struct export_plan plan CLEANUP(export_plan_done) = {0};
	bool full = false;

	if (!at->begun) {
		struct buf line CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);

		head_line(sheet, &line);
		full = !put_line(at, buf_str(&line), out);
		at->begun = !full;
	}
	export_plan(&a, sheet, ask->lang, &plan);
	while (!full) {
		arena_reset(&texts);
		TRY(export_batch(&texts, db, sheet, ask, at, batch, err));
		if (!batch->n)
			return OK;
		TRY(put_batch(&plan, batch, at, out, &full, err));
	}
	return OK;
}
