/* What of an upload a page is shown: copied, so that the page needs no lock. */
#include "base/file.h"
#include "web/drop_inside.h"

/* The part of a list that was asked for. */
struct asked {
	struct arena *arena;
	const struct drop *drop;
	const struct drop_ask *ask;
	struct drop_look *out;
	size_t cap;
};

/* A place for one more of the list, when it falls into the part; else NULL. */
static struct drop_row *place(struct asked *x, size_t table, int row)
{
	struct drop_row *r;
	size_t at = x->out->all++;

	if (at < x->ask->from || at - x->ask->from >= x->ask->most)
		return NULL;
	r = ARENA_PUSH(x->arena, x->out->rows, x->out->nrows, x->cap);
	r->table = table;
	r->row = row;
	r->day = DATE_NONE;
	return r;
}

static struct str *cells_of(struct asked *x, const struct import_table *t, const struct import_row *r)
{
	const struct field **fields;
	size_t n = import_columns(x->arena, t, &fields);
	struct str *cells = ARENA_ARRAY(x->arena, struct str, n);

	for (size_t i = 0; i < n; i++)
		cells[i] = arena_str(x->arena,
			import_text(x->arena, x->drop->lang, fields[i], &r->values[fields[i]->at]));
	return cells;
}

static void list_rows(struct asked *x, size_t table, const struct import_table *t)
{
	for (size_t i = 0; i < t->nrows; i++) {
		const struct import_row *r = &t->rows[i];
		struct drop_row *to;

		if (r->class != x->ask->class || !(to = place(x, table, r->no)))
			continue;
		to->id = r->class == ROW_CHANGE || r->class == ROW_SAME ? r->id : ID_NONE;
		to->same_as = r->same_as;
		if (r->class == ROW_OUT_OF_YEAR)
			to->day = r->day;
		if (r->class == ROW_REFUSED) {
			to->column = arena_str(x->arena, t->heads[r->field->at]);
			to->text = arena_str(x->arena, refusal_text(x->arena, x->drop->lang, r));
		}
		to->cells = cells_of(x, t, r);
	}
}

static void list_notices(struct asked *x, size_t table, const struct import_table *t)
{
	for (size_t i = 0; i < t->nnotices; i++) {
		struct drop_row *to = place(x, table, t->notices[i].row);

		if (to)
			to->text = arena_str(x->arena, t->notices[i].text);
	}
}

static void list_gone(struct asked *x, size_t table, const struct import_table *t)
{
	for (size_t i = 0; i < t->ngone; i++) {
		struct drop_row *to = place(x, table, t->gone[i].row);

		if (!to)
			continue;
		to->id = t->gone[i].id;
		to->text = arena_str(x->arena, t->gone[i].label);
	}
}

static void copy_table(struct arena *a, const struct import_table *t, struct drop_look *sum, struct drop_table *out)
{
	const struct field **fields;

	out->source = arena_str(a, t->source);
	out->title = arena_str(a, t->map->record->title);
	out->type = arena_str(a, t->map->record->name);
	out->problem = t->problem.n ? arena_str(a, t->problem) : STR_NONE;
	out->nheads = import_columns(a, t, &fields);
	out->heads = ARENA_ARRAY(a, struct str, out->nheads);
	out->fields = ARENA_ARRAY(a, struct str, out->nheads);
	for (size_t i = 0; i < out->nheads; i++) {
		out->heads[i] = arena_str(a, t->heads[fields[i]->at]);
		out->fields[i] = arena_str(a, fields[i]->name);
	}
	out->rows = t->nrows;
	out->skipped = t->nskipped;
	out->notices = t->nnotices;
	out->gone = t->ngone;
	sum->notices += t->nnotices;
	sum->gone += t->ngone;
	for (int k = 0; k < ROW_CLASSES; k++) {
		out->count[k] = t->count[k];
		sum->count[k] += t->count[k];
	}
}

static void copy_import(struct arena *a, const struct drop *x, const struct drop_ask *ask, struct drop_look *out)
{
	static void (*const lists[])(struct asked *x, size_t table, const struct import_table *t) = {
		[DROP_ROWS] = list_rows, [DROP_NOTICES] = list_notices, [DROP_GONE] = list_gone};
	struct asked asked = {.arena = a, .drop = x, .ask = ask, .out = out};
	const struct import *im = &x->im;

	out->year = im->year;
	out->import = out->state == DROP_TAKEN ? x->import : ID_NONE;
	out->clean = import_clean(im);
	out->anything = import_anything(im);
	out->ntables = im->ntables;
	out->tables = ARENA_ARRAY(a, struct drop_table, im->ntables);
	for (size_t i = 0; i < im->ntables; i++)
		copy_table(a, &im->tables[i], out, &out->tables[i]);
	out->nunmapped = im->nunmapped;
	out->unmapped = ARENA_ARRAY(a, struct str, im->nunmapped);
	for (size_t i = 0; i < im->nunmapped; i++)
		out->unmapped[i] = arena_str(a, im->unmapped[i]);
	for (size_t i = 0; i < im->ntables; i++)
		if (ask->table < 0 || (size_t)ask->table == i)
			lists[ask->list](&asked, i, &im->tables[i]);
}

enum err_code drop_look(struct drops *d, struct arena *a, struct str token, struct str login, struct drop_ask ask,
	struct drop_look *out, struct err *err)
{
	struct drop_look look = {0};
	struct drop *x = drop_hold(d, token, login, &look.state, err);

	if (!x)
		return err->code;
	look.left = MAX(DROP_SECONDS - (drop_clock() - x->born), (int64_t)0);
	look.files_read = atomic_load(&x->files_read);
	look.rows_read = atomic_load(&x->rows_read);
	look.nfiles = x->n;
	look.files = ARENA_ARRAY(a, struct str, x->n);
	for (size_t i = 0; i < x->n; i++)
		look.files[i] = arena_str(a, path_base(x->paths[i]));
	if (look.state == DROP_FAILED)
		look.error = arena_str(a, x->error);
	if (look.state == DROP_READY || look.state == DROP_TAKEN) {
		if (pthread_rwlock_tryrdlock(&x->look) == 0) {
			copy_import(a, x, &ask, &look);
			pthread_rwlock_unlock(&x->look);
		} else if (look.state == DROP_READY) {
			look.state = DROP_WRITING;
		}
	}
	drop_release(d, x);
	*out = look;
	return OK;
}
