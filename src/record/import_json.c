/* import.json: what became of every row, for programs. */
#include "base/utf8.h"
#include "record/import.h"

#include <stdlib.h>

static void put(struct arena *a, struct node *map, const char *key, struct node *value)
{
	node_set(a, map, str_c(key), value);
}

static struct node *row_entry(struct arena *a, int no)
{
	struct node *e = node_map(a);

	put(a, e, "row", node_num(a, no));
	return e;
}

static struct node *skipped(struct arena *a, const struct import_table *t)
{
	static const char *const why[] = {[SKIP_BLANK] = "blank", [SKIP_TOTAL] = "total", [SKIP_NOTE] = "note"};
	struct node *list = node_list(a);

	for (size_t i = 0; i < t->nskipped; i++) {
		struct node *e = row_entry(a, t->skipped[i].no);

		put(a, e, "why", node_str(a, str_c(why[t->skipped[i].why])));
		node_push(a, list, e);
	}
	return list;
}

/* {"row": 5, "record": 17, "fields": [{"column": "应到", "was": "12", "is": "13"}]} */
static struct node *change(const struct import *im, const struct import_table *t, const struct import_row *r)
{
	struct arena *a = im->arena;
	struct node *e = row_entry(a, r->no), *fields = node_list(a);
	struct import_change *c;
	size_t n = import_changes(a, im, t, r, &c);

	put(a, e, "record", node_num(a, r->id.seq));
	for (size_t i = 0; i < n; i++) {
		struct node *f = node_map(a);

		put(a, f, "column", node_str(a, c[i].head));
		put(a, f, "was", node_str(a, c[i].was));
		put(a, f, "is", node_str(a, c[i].is));
		node_push(a, fields, f);
	}
	put(a, e, "fields", fields);
	return e;
}

static struct node *ledger(const struct import *im, const struct import_table *t)
{
	struct arena *a = im->arena;
	struct node *out = node_map(a), *refused = node_list(a), *duplicate = node_list(a), *outside = node_list(a),
		*changed = node_list(a), *e;
	char date[DATE_TEXT];

	for (size_t i = 0; i < t->nrows; i++) {
		const struct import_row *r = &t->rows[i];

		if (r->class == ROW_CHANGE)
			node_push(a, changed, change(im, t, r));
		if (r->class == ROW_REFUSED) {
			e = row_entry(a, r->no);
			put(a, e, "reason", node_str(a, refusal_text(a, im->lang, r)));
			put(a, e, "column", node_str(a, t->heads[r->field->at]));
			node_push(a, refused, e);
		} else if (r->class == ROW_DUPLICATE) {
			e = row_entry(a, r->no);
			put(a, e, "same_as", node_num(a, r->same_as));
			node_push(a, duplicate, e);
		} else if (r->class == ROW_OUT_OF_YEAR) {
			e = row_entry(a, r->no);
			put(a, e, "date", node_str(a, arena_str(a, date_text(r->day, date))));
			node_push(a, outside, e);
		}
	}
	put(a, out, "header_row", node_num(a, t->header_row));
	put(a, out, "rows", node_num(a, (int64_t)t->nrows));
	put(a, out, "accepted", node_num(a, (int64_t)table_accepted(t)));
	put(a, out, "refused", refused);
	put(a, out, "duplicate", duplicate);
	put(a, out, "out_of_year", outside);
	put(a, out, "skipped", skipped(a, t));
	if (changed->n)
		put(a, out, "changed", changed);
	if (t->problem.n)
		put(a, out, "problem", node_str(a, t->problem));
	return out;
}

/* A file that accepted rows name but the folder lacks, with those rows. */
struct missing {
	struct str name;
	struct node *rows;
};

static int missing_by_name(const void *a, const void *b)
{
	return str_cmp(((const struct missing *)a)->name, ((const struct missing *)b)->name);
}

/* What is counted while the accepted rows are walked. */
struct tally {
	int64_t references;
	struct map missing;      /* squeezed name → index + 1 in list */
	struct missing *list;
	size_t n, cap;
	struct node *without;
};

static void refer(const struct import *im, struct tally *y, struct str name, struct str row)
{
	struct proof_file *p = import_proof(im, im->arena, name);
	void **at;

	y->references++;
	if (p) {
		p->used = true;
		return;
	}
	at = map_at(&y->missing, utf8_squeeze(im->arena, name));
	if (!*at) {
		struct missing *m = ARENA_PUSH(im->arena, y->list, y->n, y->cap);

		m->name = name;
		m->rows = node_list(im->arena);
		*at = (void *)(uintptr_t)y->n;
	}
	node_push(im->arena, y->list[(uintptr_t)*at - 1].rows, node_str(im->arena, row));
}

static void tally_table(const struct import *im, const struct import_table *t, struct tally *y)
{
	const struct record_type *type = t->map->record;
	int64_t without = 0;
	bool has_column = false;

	for (size_t k = 0; k < type->nfields && !t->problem.n; k++)
		has_column |= type->fields[k].type == TYPE_FILE && t->cols[k];
	if (!has_column)
		return;
	for (size_t i = 0; i < t->nrows; i++) {
		const struct import_row *r = &t->rows[i];
		struct str row = arena_printf(im->arena, STR_FMT "!%d", STR_ARG(t->source), r->no);
		bool any = false;

		if (r->class > ROW_SAME)
			continue;
		for (size_t k = 0; k < type->nfields; k++) {
			struct texts names;

			if (type->fields[k].type != TYPE_FILE || r->values[k].state != VALUE_OK)
				continue;
			names = import_proof_names(im, im->arena, &type->fields[k], r->values[k].text);
			for (size_t n = 0; n < names.n; n++)
				refer(im, y, names.p[n], row);
			any |= names.n > 0;
		}
		without += !any;
	}
	node_set(im->arena, y->without, t->source, node_num(im->arena, without));
}

static struct node *evidence(const struct import *im)
{
	struct arena *a = im->arena;
	struct tally y = {.missing = MAP_IN(a), .without = node_map(a)};
	struct node *out = node_map(a), *present = node_list(a), *missing = node_list(a), *loose = node_list(a);

	for (size_t i = 0; i < im->nproof; i++)
		im->proof[i].used = false;
	for (size_t i = 0; i < im->ntables; i++)
		tally_table(im, &im->tables[i], &y);
	for (size_t i = 0; i < im->nproof; i++)
		node_push(a, im->proof[i].used ? present : loose, node_str(a, im->proof[i].name));
	if (y.n)
		qsort(y.list, y.n, sizeof *y.list, missing_by_name);
	for (size_t i = 0; i < y.n; i++) {
		struct node *e = node_map(a);

		put(a, e, "file", node_str(a, y.list[i].name));
		put(a, e, "row", y.list[i].rows);
		node_push(a, missing, e);
	}
	put(a, out, "references", node_num(a, y.references));
	put(a, out, "present", present);
	put(a, out, "missing", missing);
	put(a, out, "unreferenced", loose);
	put(a, out, "accepted_rows_without_evidence", y.without);
	return out;
}

struct node *import_json(const struct import *im)
{
	struct arena *a = im->arena;
	struct node *out = node_map(a), *ledgers = node_map(a);

	for (size_t i = 0; i < im->ntables; i++)
		node_set(a, ledgers, im->tables[i].source, ledger(im, &im->tables[i]));
	put(a, out, "ledgers", ledgers);
	put(a, out, "evidence", evidence(im));
	return out;
}
