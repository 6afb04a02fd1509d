/* Reading a set of files: books, their sheets, evidence. */
#include "record/export.h"
#include "record/import.h"

#include "base/file.h"
#include "base/utf8.h"
#include "text/nfc.h"

#include <strings.h>
#include <sys/stat.h>

bool import_is_register(struct str name)
{
	static const char *const ends[] = {".xlsx", ".csv", ".xls", ".xlsm"};

	for (size_t i = 0; i < LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (name.n > n && strncasecmp(name.p + name.n - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

size_t import_columns(struct arena *a, const struct import_table *t, const struct field ***out)
{
	const struct record_type *type = t->map->record;
	size_t n = 0;

	*out = ARENA_ARRAY(a, const struct field *, type->nfields);
	for (int col = 1; t->cols && col <= SHEET_COLS && n < type->nfields; col++)
		for (size_t i = 0; i < type->nfields; i++)
			if (t->cols[i] == col)
				(*out)[n++] = &type->fields[i];
	return n;
}

struct str import_text(struct arena *a, enum lang lang, const struct field *f, const struct value *v)
{
	if (v->state == VALUE_OK && f->type == TYPE_FLAG)
		return str_c(tr(lang, str_is(v->text, "yes") ? N_("yes") : N_("no")));
	return v->unit.n ? arena_printf(a, STR_FMT STR_FMT, STR_ARG(v->text), STR_ARG(v->unit)) : v->text;
}

size_t import_count(const struct import *im, enum row_class class)
{
	size_t n = 0;

	for (size_t i = 0; i < im->ntables; i++)
		n += im->tables[i].count[class];
	return n;
}

size_t table_accepted(const struct import_table *t)
{
	return t->count[ROW_ADD] + t->count[ROW_CHANGE] + t->count[ROW_SAME];
}

bool import_clean(const struct import *im)
{
	for (size_t i = 0; i < im->ntables; i++)
		if (im->tables[i].problem.n)
			return false;
	return import_count(im, ROW_REFUSED) == 0;
}

static bool has_content(const struct sheet *s)
{
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t k = 0; k < s->rows[i].n; k++)
			if (!str_blank(s->rows[i].cells[k].text))
				return true;
	return false;
}

/* The list of registers in front of a year's workbook: no register. */
static bool is_contents(const struct sheet *s)
{
	for (size_t k = 0; s->nrows && k < s->rows[0].n; k++)
		if (str_is(s->rows[0].cells[k].text, EXPORT_CONTENTS))
			return true;
	return false;
}

static void read_sheets(struct import *im, struct import_file *f, size_t *cap, size_t *unmapped_cap)
{
	for (size_t i = 0; i < f->book.nsheets; i++) {
		const struct sheet *s = &f->book.sheets[i];
		struct str source = f->book.csv ? f->name
		                  : arena_printf(im->arena, STR_FMT "#" STR_FMT, STR_ARG(f->name), STR_ARG(s->name));
		struct import_table t = {.source = source, .sheet = s, .file = f}, *kept;

		if (!has_content(s) || is_contents(s))
			continue;
		if (!import_match(im, f->name, f->book.csv, &t)) {
			*ARENA_PUSH(im->arena, im->unmapped, im->nunmapped, *unmapped_cap) = source;
			continue;
		}
		kept = ARENA_PUSH(im->arena, im->tables, im->ntables, *cap);
		*kept = t;
		import_rows(im, kept);
	}
}

enum err_code import_read(struct arena *a, const struct scheme *s, const struct str *paths, size_t n,
	struct import_opt opt, struct import *out, struct err *err)
{
	struct import *im = out;
	size_t cap = 0, unmapped_cap = 0;

	*im = (struct import){.arena = a, .scheme = s, .year = opt.year, .lang = opt.lang, .since = opt.since,
	                      .proof_by_name = MAP_IN(a)};
	if (n > IMPORT_FILES)
		return fail(err, ERR_LIMIT, "%zu files, at most %d are read at a time", n, IMPORT_FILES);
	im->files = ARENA_ARRAY(a, struct import_file, n);
	for (size_t i = 0; i < n; i++) {
		struct import_file *f = &im->files[im->nfiles];

		f->path = paths[i];
		TRY(nfc(a, path_base(paths[i]), &f->name, err));
		if (book_read(a, f->path.p, opt.progress, &f->book, err) != OK)
			return err->code;
		im->nfiles++;
		read_sheets(im, f, &cap, &unmapped_cap);
		if (opt.files_read)
			atomic_fetch_add(opt.files_read, 1);
	}
	return opt.evidence ? import_proofs(im, opt.evidence, err) : OK;
}

/* ---- evidence ---- */

enum err_code import_proofs(struct import *im, const char *dir, struct err *err)
{
	struct file_list l;

	TRY(file_list(im->arena, dir, IMPORT_PROOFS, &l, err));
	im->proofs = true;
	im->proof = ARENA_ARRAY(im->arena, struct proof_file, l.n);
	for (size_t i = 0; i < l.n; i++) {
		struct proof_file *p = &im->proof[im->nproof];
		struct stat st;

		p->path = path_join(im->arena, str_c(dir), l.names[i]);
		if (l.names[i].p[0] == '.' || stat(p->path.p, &st) < 0 || !S_ISREG(st.st_mode))
			continue;
		TRY(nfc(im->arena, l.names[i], &p->name, err));
		map_set(&im->proof_by_name, utf8_squeeze(im->arena, p->name), p);
		im->nproof++;
	}
	return OK;
}

struct proof_file *import_proof(const struct import *im, struct arena *a, struct str name)
{
	return map_get(&im->proof_by_name, utf8_squeeze(a, name));
}

struct texts import_proof_names(const struct import *im, struct arena *a, const struct field *f, struct str text)
{
	struct texts t;

	if (!im->proofs || !import_proof(im, a, text))
		return value_parts(a, f, text);
	t = (struct texts){ARENA_NEW(a, struct str), 1};
	t.p[0] = text;
	return t;
}
