/* The burden of proof: what duties ask for, what was given, what one proof for several duties saved, what came in
 * late. */
#include "duty/burden.h"

#include "web/pages.h"
#include "web/plan_view.h"
#include "web/scope.h"

enum { MONTHS = 12 };

static struct burden_row row_of(struct call *c, const struct burden_line *x)
{
	return (struct burden_row){.id = x->duty ? x->name : STR_NONE,
		.title = x->duty ? x->duty->title : x->name,
		.url = call_url(c, url_add(c->arena, url_path("/duties"), x->name)),
		.slots = x->asked.slots,
		.entries_asked = x->asked.entries,
		.entries = x->entries,
		.files_asked = x->asked.files,
		.files = x->files,
		.excess = x->excess};
}

static void put_late(struct call *c, const struct burden *b, struct burden_view *v)
{
	struct late_row *row = NULL;

	for (size_t i = 0; i < b->nmonths; i++) {
		const struct late_line *x = &b->months[i];

		if (!row || !str_eq(row->unit, x->unit)) {
			row = ARENA_PUSH(c->arena, v->late.p, v->late.n, v->late.cap);
			*row = (struct late_row){.unit = x->unit};
			row->months.p = ARENA_ARRAY(c->arena, struct late_cell, MONTHS);
			row->months.n = MONTHS;
		}
		row->months.p[x->month - 1] = (struct late_cell){x->late, x->entries};
		row->late += x->late;
		row->entries += x->entries;
	}
	for (size_t i = 0; i < v->late.n; i++) {
		row = &v->late.p[i];
		row->percent = row->entries ? (200 * row->late + row->entries) / (2 * row->entries) : 0; /* half up */
	}
}

/* By duty, then by unit. */
static enum err_code send(struct call *c, const struct burden_view *v, struct err *err)
{
	struct burden_rows all = {0};

	for (size_t i = 0; i < v->duties.n + v->units.n; i++)
		*ARENA_PUSH(c->arena, all.p, all.n, all.cap) =
			i < v->duties.n ? v->duties.p[i] : v->units.p[i - v->duties.n];
	return list_send(c, &(struct list_shown){LIST_BURDEN, .rows = all.p, .n = all.n}, err);
}

enum err_code burden_page(struct call *c, struct err *err)
{
	struct burden_view v = {0};
	struct burden_files files;
	struct burden b;

	TRY(call_world(c, err));
	TRY(burden_files_load(log_db(c->log), c->arena, &files, err));
	burden_of(&c->figures, &files, &b);
	v.may_import = call_may_import(c);
	v.frame = call_frame(c, NAV_BURDEN, call_say(c, N_("Burden of proof")));
	v.year = c->facts.year;
	v.late_days = c->facts.scheme->late_entry;
	for (size_t i = 0; i < b.nduties; i++)
		*ARENA_PUSH(c->arena, v.duties.p, v.duties.n, v.duties.cap) = row_of(c, &b.duties[i]);
	for (size_t i = 0; i < b.nunits; i++)
		*ARENA_PUSH(c->arena, v.units.p, v.units.n, v.units.cap) = row_of(c, &b.units[i]);
	if (list_asked(c))
		return send(c, &v, err);
	v.files = list_links(c);
	v.sum = row_of(c, &b.sum);
	v.entries_saved = b.entry_uses - b.sum.entries;
	v.files_saved = b.file_uses - b.sum.files;
	put_late(c, &b, &v);
	page_burden(page_begin(c), &v);
	return page_end(c, err);
}
