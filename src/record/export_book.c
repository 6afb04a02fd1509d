/* Registers as workbooks. */
#include "base/file.h"
#include "base/utf8.h"
#include "log/tree.h"
#include "record/export_book.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ORIGIN_BYTES = 40, CONTENTS_COLUMNS = 3, CONTENTS_TENTHS = 200, CONTENTS_BYTES = 2400, ROW_POINTS = 18 };

struct str export_sheet_name(const struct export_sheet *sheet)
{
	return sheet->map && !sheet->first ? sheet->map->name : sheet->type->title;
}

void export_note(const struct export_ask *ask, struct export_note note)
{
	struct export_notes *all = ask->notes;

	if (!all)
		return;
	if (all->n == EXPORT_NOTES) {
		all->more++;
		return;
	}
	note.sheet = arena_str(all->arena, note.sheet);
	note.text = arena_str(all->arena, note.text);
	all->p[all->n++] = note;
}

void export_note_name(const struct export_ask *ask, const struct xlsx *x, const struct export_sheet *sheet)
{
	struct str name = export_sheet_name(sheet), is = xlsx_sheet_name(x);

	if (!str_eq(name, is))
		export_note(ask, (struct export_note){EXPORT_NOTE_NAME, .sheet = name, .text = is});
}

/* ---- a sheet ---- */

struct origin {
	int64_t n;
	char name[ORIGIN_BYTES];
	size_t len;
};

/* What putting one record after the other needs. */
struct put {
	struct xlsx *x;
	struct export_plan plan;
	struct origin *origins;          /* [norigins] */
	size_t norigins;
	int row;
	size_t done;
	const struct export_ask *ask;
};

SQL(origins_sql, "select id, name from origin order by id");

static enum err_code load_origins(struct arena *a, struct db *db, struct put *p, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(db, &origins_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct origin *o = ARENA_PUSH(a, p->origins, p->norigins, cap);
		struct str name = query_text(&q, 1);

		o->n = query_int(&q, 0);
		o->len = MIN(name.n, (size_t)ORIGIN_BYTES);
		memcpy(o->name, name.p, o->len);
	}
	return err->code;
}

static enum err_code begin_sheet(struct put *p, const struct export_sheet *sheet, const int *widths,
	const struct columns *look, struct err *err)
{
	int n = (int)sheet->n;

	TRY(xlsx_sheet(p->x, export_sheet_name(sheet), widths, sheet->n + 1, 1, err));
	export_note_name(p->ask, p->x, sheet);
	xlsx_hide(p->x, n);
	xlsx_print(p->x, 0, 0);
	xlsx_print_lines(p->x);
	xlsx_rows(p->x, ROW_POINTS);
	for (int i = 0; i < n; i++)
		if (sheet->fields[i]->type == TYPE_DATE)
			xlsx_column_date(p->x, i);
	for (int i = 0; i < n; i++)
		if (look->hidden && look->hidden[sheet->fields[i]->at])
			xlsx_hide(p->x, i);
	TRY(export_put_look(p->x, sheet, look, 0, err));
	for (int i = 0; i < n; i++)
		TRY(xlsx_text(p->x, 0, i, sheet->heads[i], XLSX_HEAD, err));
	p->row = 0;
	return xlsx_text(p->x, 0, n, p->ask->ids ? S(EXPORT_PART) : S(EXPORT_ID), XLSX_HEAD, err);
}

/* A text that no cell holds: cut, and the last line says so. */
static enum err_code put_cut(struct put *p, int col, struct str text, struct id id, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	const struct export_sheet *sheet = p->plan.sheet;
	struct str says = arena_printf(&a, tr(p->ask->lang, N_("too long for a cell: %zu characters in all")),
		utf8_count(text));
	struct str line = arena_printf(&a, "\n… " STR_FMT " " EXPORT_CUT, STR_ARG(says));

	export_note(p->ask, (struct export_note){EXPORT_NOTE_CELL, .sheet = export_sheet_name(sheet),
		.text = sheet->heads[col], .id = id});
	return xlsx_text(p->x, p->row, col, arena_printf(&a, STR_FMT STR_FMT, STR_ARG(xlsx_fits(text, line.n)),
		STR_ARG(line)), XLSX_PLAIN, err);
}

static enum err_code put_cell(struct put *p, int col, const struct export_cell *c, struct id id, struct err *err)
{
	struct xlsx *x = p->x;
	int row = p->row;

	if (!c->text.n)
		return OK;
	switch (c->kind) {
	case OUT_NUMBER:
		return c->unit.n ? xlsx_number_of(x, row, col, c->text, c->unit, err)
			: xlsx_number(x, row, col, c->text, XLSX_PLAIN, err);
	case OUT_DATE:
		return xlsx_date(x, row, col, c->day, XLSX_PLAIN, err);
	case OUT_TEXT:
		break;
	}
	if (xlsx_fits(c->text, 0).n < c->text.n)
		return put_cut(p, col, c->text, id, err);
	return xlsx_text(x, row, col, c->text, XLSX_PLAIN, err);
}

static enum err_code put_id(struct put *p, struct id id, struct err *err)
{
	char text[ORIGIN_BYTES + 24];
	size_t n = 0;

	for (size_t i = 0; i < p->norigins; i++) {
		const struct origin *o = &p->origins[i];

		if (o->n != id.origin)
			continue;
		memcpy(text, o->name, o->len);
		n = o->len + (size_t)snprintf(text + o->len, sizeof text - o->len, ":%lld", (long long)id.seq);
	}
	return xlsx_text(p->x, p->row, (int)p->plan.sheet->n, (struct str){text, n}, XLSX_PLAIN, err);
}

static enum err_code put_record(void *ctx, const struct export_record *r, struct err *err)
{
	struct put *p = ctx;

	TRY(export_cells(&p->plan, r, err));
	p->row++;
	for (size_t i = 0; i < p->plan.sheet->n; i++)
		TRY(put_cell(p, (int)i, &p->plan.cells[i], r->id, err));
	if (p->ask->progress && ++p->done % EXPORT_BATCH == 0)
		p->ask->progress(p->ask->progress_ctx, p->done, false);
	return put_id(p, r->id, err);
}

static enum err_code put_sheet(struct put *p, const struct export_sheet *sheet, struct db *db, size_t *rows,
	struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	int *widths = ARENA_ARRAY(&a, int, sheet->n + 1);
	struct columns look;

	export_plan(&a, sheet, p->ask->lang, &p->plan);
	TRY(export_widths(&a, db, sheet, p->ask, &p->plan, widths, err));
	TRY(export_look(&a, db, sheet, p->ask, &look, err));
	TRY(begin_sheet(p, sheet, widths, &look, err));
	TRY(export_each(db, sheet, p->ask, put_record, p, err));
	xlsx_filter(p->x, 0, (int)sheet->n);
	*rows = (size_t)p->row;
	return OK;
}

/* ---- the list of registers in front ---- */

SQL(head_sql, "select size, hashes from log_head where origin = 1");

static enum err_code read_head(struct db *db, struct range *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_one(db, &head_sql, NO_ARGS, &q, err));
	if (!range_load(out, query_int(&q, 0), query_text(&q, 1)))
		return fail(err, ERR_DAMAGED, "table log_head: the hashes do not fit the size");
	return OK;
}

/* Whose, until when, and of which position of the log: [n] lines of two. */
static size_t about(struct arena *a, const struct export_ask *ask, const struct range *head, struct str lines[][2])
{
	struct hash root = range_root(head);
	char text[HASH_TEXT], day[DATE_TEXT];
	size_t n = 0;

	lines[n][0] = str_c(tr(ask->lang, N_("Office")));
	lines[n++][1] = ask->org->office.name;
	lines[n][0] = str_c(tr(ask->lang, N_("Year")));
	lines[n++][1] = arena_printf(a, "%d", ask->year);
	lines[n][0] = str_c(tr(ask->lang, N_("As of")));
	lines[n++][1] = date_is(ask->on) ? arena_str(a, date_text(ask->on, day)) : str_c(tr(ask->lang,
		N_("all that is recorded")));
	lines[n][0] = str_c(tr(ask->lang, N_("Events in the log")));
	lines[n++][1] = arena_printf(a, "%lld", (long long)head->n);
	lines[n][0] = str_c(tr(ask->lang, N_("Root of the log")));
	lines[n++][1] = arena_str(a, hash_text(&root, text));
	return n;
}

static enum err_code put_contents(struct xlsx *x, const struct export_ask *ask, const struct range *head,
	const struct export_sheet *sheets, const struct str *names, const size_t *rows, size_t n, struct err *err)
{
	static const int widths[CONTENTS_COLUMNS + 1] = {26, 72, 12, EXPORT_ID_WIDTH};
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str lines[8][2];
	size_t nlines = about(&a, ask, head, lines);
	int row = 0;

	xlsx_to_front(x, widths, LEN(widths));
	xlsx_hide(x, CONTENTS_COLUMNS);
	xlsx_print(x, (int)nlines + 2, (int)nlines + 2);
	TRY(xlsx_merge(x, row, 0, CONTENTS_COLUMNS - 1, err));
	TRY(xlsx_text(x, row, 0, arena_printf(&a, tr(ask->lang, N_("Registers of %d")), ask->year), XLSX_TITLE, err));
	TRY(xlsx_text(x, row, CONTENTS_COLUMNS, S(EXPORT_CONTENTS), XLSX_PLAIN, err));
	for (size_t i = 0; i < nlines; i++) {
		TRY(xlsx_text(x, ++row, 0, lines[i][0], XLSX_PLAIN, err));
		TRY(xlsx_text(x, row, 1, lines[i][1], XLSX_PLAIN, err));
	}
	row++;
	TRY(xlsx_height(x, ++row, CONTENTS_TENTHS, err));
	TRY(xlsx_text(x, row, 0, str_c(tr(ask->lang, N_("Register"))), XLSX_HEAD, err));
	TRY(xlsx_text(x, row, 1, str_c(tr(ask->lang, N_("Columns"))), XLSX_HEAD, err));
	TRY(xlsx_text(x, row, 2, str_c(tr(ask->lang, N_("Records"))), XLSX_HEAD, err));
	for (size_t i = 0; i < n; i++) {
		struct buf heads CLEANUP(buf_free) = BUF_MAX(20000);

		for (size_t k = 0; k < sheets[i].n && heads.n < CONTENTS_BYTES; k++)
			buf_printf(&heads, "%s" STR_FMT, k ? "、" : "", STR_ARG(sheets[i].heads[k]));
		if (heads.n >= CONTENTS_BYTES)
			buf_printf(&heads, tr(ask->lang, N_(" … (%zu columns)")), sheets[i].n);
		TRY(xlsx_height(x, ++row, CONTENTS_TENTHS, err));
		TRY(xlsx_link(x, row, 0, names[i], err));
		TRY(xlsx_text(x, row, 1, buf_str(&heads), XLSX_BOX, err));
		TRY(xlsx_number(x, row, 2, arena_printf(&a, "%zu", rows[i]), XLSX_BOX, err));
	}
	row++;
	for (size_t i = 0; i < ask->notes->n; i++) {
		if (i == 0)
			TRY(xlsx_text(x, row + 1, 0, str_c(tr(ask->lang, N_("To be noted"))), XLSX_PLAIN, err));
		TRY(xlsx_text(x, ++row, 1, export_note_text(&a, ask->lang, &ask->notes->p[i]), XLSX_PLAIN, err));
	}
	return OK;
}

/* ---- the book ---- */

static enum err_code put_sheets(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	struct db *db, const char *path, size_t *rows, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct str *names = ARENA_ARRAY(&a, struct str, n);
	CLEANUP(xlsx_drop) struct xlsx *x = NULL;
	struct put p = {.ask = ask};
	struct xlsx *whole;
	struct range head;
	enum err_code code = OK;

	TRY(xlsx_open(path, &x, err));
	TRY(load_origins(&a, db, &p, err));
	p.x = x;
	if (ask->org) {
		TRY(read_head(db, &head, err));
		TRY(xlsx_front(x, str_c(tr(ask->lang, N_("Contents"))), err));
	}
	for (size_t i = 0; i < n && code == OK; i++) {
		code = put_sheet(&p, &sheets[i], db, &rows[i], err);
		export_plan_done(&p.plan);
		if (code == OK)
			names[i] = xlsx_sheet_name(x);
	}
	TRY(code);
	if (ask->org)
		TRY(put_contents(x, ask, &head, sheets, names, rows, n, err));
	if (ask->progress)
		ask->progress(ask->progress_ctx, p.done, true);
	whole = x;
	x = NULL;
	return xlsx_close(whole, err);
}

enum err_code export_xlsx(const struct export_sheet *sheets, size_t n, const struct export_ask *ask, struct log *reader,
	const char *path, size_t *rows, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct export_notes own = {.arena = &a};
	struct export_ask noting = *ask;
	enum err_code code;

	if (!noting.notes)
		noting.notes = &own;
	rows = rows ? rows : ARENA_ARRAY(&a, size_t, n);
	TRY(db_begin(log_db(reader), err));
	code = put_sheets(sheets, n, &noting, log_db(reader), path, rows, err);
	db_rollback(log_db(reader));
	return code;
}

/* ---- into a file of no name ---- */

static enum err_code open_file(const char *path, int *fd, int64_t *size, struct err *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || fstat(*fd, &st) < 0)
		return fail_errno(err, N_("%s: cannot be read"), path);
	*size = st.st_size;
	return OK;
}

enum err_code export_open(const char *dir, export_make *make, void *ctx, int *fd, int64_t *size, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	char *folder = (char *)arena_printf(&a, "%s/export-XXXXXX", dir).p;
	const char *path;
	struct err ignored = {0};
	enum err_code code;

	if (!mkdtemp(folder))
		return fail_errno(err, N_("%s: cannot be written"), dir);
	path = arena_printf(&a, "%s/export.xlsx", folder).p;
	code = make(ctx, path, err);
	code = code == OK ? open_file(path, fd, size, err) : code;
	(void)file_remove_tree(folder, &ignored);
	return code;
}

struct wanted_book {
	const struct export_sheet *sheets;
	size_t n;
	const struct export_ask *ask;
	struct log *reader;
};

static enum err_code make_book(void *ctx, const char *path, struct err *err)
{
	const struct wanted_book *w = ctx;

	return export_xlsx(w->sheets, w->n, w->ask, w->reader, path, NULL, err);
}

enum err_code export_xlsx_open(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	struct log *reader, const char *dir, int *fd, int64_t *size, struct err *err)
{
	struct wanted_book w = {sheets, n, ask, reader};

	return export_open(dir, make_book, &w, fd, size, err);
}
