/* The two forms of what is taken out. */
#include "base/file.h"
#include "base/utf8.h"
#include "office/export_inside.h"
#include "sheet/csv_write.h"
#include "sheet/xlsx_write.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ID_WIDTH = 24, HEAD_WIDTH_MOST = 40 };

/* ---- CSV ---- */

static void head_line(const struct export_sheet *sheet, struct buf *line)
{
	buf_put(line, S(CSV_MARK));
	for (size_t i = 0; i < sheet->n; i++)
		csv_cell(line, i == 0, sheet->heads[i]);
	csv_line(line);
}

static enum err_code record_line(struct arena *a, const struct export_sheet *sheet, enum lang lang,
	const struct export_record *r, struct buf *line, struct err *err)
{
	struct node *fields, *raw;

	TRY(export_read(a, r, &fields, &raw, err));
	for (size_t i = 0; i < sheet->n; i++)
		csv_cell(line, i == 0, export_cell(a, lang, sheet->fields[i], fields, raw).text);
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
static enum err_code put_batch(const struct export_sheet *sheet, const struct export_ask *ask, struct arena *a,
	const struct export_batch *batch, struct export_place *at, struct buf *out, bool *full, struct err *err)
{
	struct buf line CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);

	for (size_t i = 0; i < batch->n && !*full; i++) {
		const struct export_record *r = &batch->p[i];

		if (r->wanted) {
			buf_reset(&line);
			TRY(record_line(a, sheet, ask->lang, r, &line, err));
			*full = !put_line(at, buf_str(&line), out);
		}
		if (!*full) {
			at->last = r->id;
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
	bool full = false;

	if (!at->begun) {
		struct buf line CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);

		head_line(sheet, &line);
		full = !put_line(at, buf_str(&line), out);
		at->begun = !full;
	}
	while (!full) {
		arena_reset(&texts);
		TRY(export_batch(&texts, db, sheet, ask, at->last, batch, err));
		if (!batch->n)
			return OK;
		TRY(put_batch(sheet, ask, &texts, batch, at, out, &full, err));
	}
	return OK;
}

/* ---- XLSX ---- */

/* Columns as wide as what usually stands in them, in characters. */
static int width_of(const struct field *f, struct str head)
{
	static const int widths[] = {[TYPE_DATE] = 12, [TYPE_PERIOD] = 10, [TYPE_TIME] = 8, [TYPE_NUMBER] = 10,
		[TYPE_COUNT] = 8, [TYPE_MONEY] = 14, [TYPE_FLAG] = 8, [TYPE_CHOICE] = 14, [TYPE_TEXT] = 24,
		[TYPE_TAGS] = 24, [TYPE_LIST] = 24, [TYPE_FILE] = 30, [TYPE_N] = 0};
	int of_type = widths[f->type] ? widths[f->type] : 18;

	return MAX(of_type, (int)MIN(utf8_count(head) * 2 + 4, (size_t)HEAD_WIDTH_MOST));
}

static enum err_code begin_sheet(struct arena *a, struct xlsx *x, const struct export_sheet *sheet, struct err *err)
{
	int *widths = ARENA_ARRAY(a, int, sheet->n + 1);
	struct str name = sheet->map && !sheet->first ? sheet->map->name : sheet->type->title;

	for (size_t i = 0; i < sheet->n; i++)
		widths[i] = width_of(sheet->fields[i], sheet->heads[i]);
	widths[sheet->n] = ID_WIDTH;
	TRY(xlsx_sheet(x, name, widths, sheet->n + 1, 1, err));
	for (size_t i = 0; i < sheet->n; i++)
		TRY(xlsx_text(x, 0, (int)i, sheet->heads[i], XLSX_HEAD, err));
	xlsx_hide(x, (int)sheet->n);
	return xlsx_text(x, 0, (int)sheet->n, S(EXPORT_ID), XLSX_HEAD, err);
}

static enum err_code put_cell(struct xlsx *x, int row, int col, struct export_cell c, struct err *err)
{
	if (!c.text.n)
		return OK;
	switch (c.kind) {
	case OUT_NUMBER:
		return xlsx_number(x, row, col, c.text, XLSX_PLAIN, err);
	case OUT_DATE:
		return xlsx_date(x, row, col, c.day, XLSX_PLAIN, err);
	case OUT_TEXT:
		break;
	}
	return xlsx_text(x, row, col, c.text, XLSX_PLAIN, err);
}

static enum err_code put_record(struct arena *a, struct xlsx *x, const struct export_sheet *sheet, enum lang lang,
	struct log *reader, int row, const struct export_record *r, struct err *err)
{
	struct node *fields, *raw;
	struct str id;

	TRY(export_read(a, r, &fields, &raw, err));
	for (size_t i = 0; i < sheet->n; i++)
		TRY(put_cell(x, row, (int)i, export_cell(a, lang, sheet->fields[i], fields, raw), err));
	TRY(log_id_text(reader, a, r->id, &id, err));
	return xlsx_text(x, row, (int)sheet->n, id, XLSX_PLAIN, err);
}

static enum err_code put_sheet(struct xlsx *x, const struct export_sheet *sheet, const struct export_ask *ask,
	struct log *reader, size_t *rows, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT, texts CLEANUP(arena_free) = ARENA_INIT;
	struct export_batch *batch = ARENA_NEW(&a, struct export_batch);
	struct id last = ID_NONE;
	int row = 0;

	TRY(begin_sheet(&a, x, sheet, err));
	do {
		arena_reset(&texts);
		TRY(export_batch(&texts, log_db(reader), sheet, ask, last, batch, err));
		for (size_t i = 0; i < batch->n; i++) {
			last = batch->p[i].id;
			if (batch->p[i].wanted)
				TRY(put_record(&texts, x, sheet, ask->lang, reader, ++row, &batch->p[i], err));
		}
	} while (batch->n);
	xlsx_filter(x, (int)sheet->n);
	*rows = (size_t)row;
	return OK;
}

static enum err_code put_sheets(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	struct log *reader, const char *path, size_t *rows, struct err *err)
{
	CLEANUP(xlsx_drop) struct xlsx *x = NULL;
	struct xlsx *whole;
	size_t here;

	TRY(xlsx_open(path, &x, err));
	for (size_t i = 0; i < n; i++)
		TRY(put_sheet(x, &sheets[i], ask, reader, rows ? &rows[i] : &here, err));
	whole = x;
	x = NULL;
	return xlsx_close(whole, err);
}

enum err_code export_xlsx(const struct export_sheet *sheets, size_t n, const struct export_ask *ask, struct log *reader,
	const char *path, size_t *rows, struct err *err)
{
	enum err_code code;

	TRY(db_begin(log_db(reader), err));
	code = put_sheets(sheets, n, ask, reader, path, rows, err);
	db_rollback(log_db(reader));
	return code;
}

static enum err_code open_file(const char *path, int *fd, int64_t *size, struct err *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || fstat(*fd, &st) < 0)
		return fail_errno(err, N_("%s: cannot be read"), path);
	*size = st.st_size;
	return OK;
}

enum err_code export_xlsx_open(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	struct log *reader, const char *dir, int *fd, int64_t *size, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	char *folder = (char *)arena_printf(&a, "%s/export-XXXXXX", dir).p;
	const char *path;
	struct err ignored = {0};
	enum err_code code;

	if (!mkdtemp(folder))
		return fail_errno(err, N_("%s: cannot be written"), dir);
	path = arena_printf(&a, "%s/export.xlsx", folder).p;
	code = export_xlsx(sheets, n, ask, reader, path, NULL, err);
	code = code == OK ? open_file(path, fd, size, err) : code;
	(void)file_remove_tree(folder, &ignored);
	return code;
}
