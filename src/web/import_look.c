/* One upload: how far its reading is, what became of each row, and the person's word on it. */
#include "web/import_view.h"
#include "web/pages.h"
#include "web/register_view.h"
#include "web/scope.h"

#include <limits.h>

/* How the rows of a tab are shown. The order is that of the tabs; the first that has rows is open. */
static const struct tab {
	const char *word, *title, *about;
	enum drop_list list;
	enum row_class class;
	enum upload_shape shape;
	bool warn, why, records;
} tabs[] = {
	{"refused", N_("sent back"),
		N_("These rows cannot be taken as they are. The workbook has them with the reason beside each: "
			"mend them there and send it again."),
		DROP_ROWS, ROW_REFUSED, SHAPE_CELLS, .warn = true, .why = true},
	{"changed", N_("changed"), N_("The record is here already; the register now says something else of it."),
		DROP_ROWS, ROW_CHANGE, SHAPE_CHANGES, .records = true},
	{"notices", N_("to be looked at"), N_("The row is taken all the same."), DROP_NOTICES, 0, SHAPE_SAID,
		.warn = true, .why = true},
	{"gone", N_("no longer there"),
		N_("Records of an earlier import that the register no longer has. They stay until somebody withdraws "
			"them."),
		DROP_GONE, 0, SHAPE_SAID, .warn = true, .why = true, .records = true},
	{"new", N_("new"), N_("Not here yet: a record is made of each row."), DROP_ROWS, ROW_ADD, SHAPE_CELLS,
		.warn = false},
	{"outside", N_("outside the year"), N_("Dated in another year: kept, but of no account in this one."),
		DROP_ROWS, ROW_OUT_OF_YEAR, SHAPE_CELLS, .why = true},
	{"duplicate", N_("duplicate"), N_("The same as an earlier row of the register: counted once."),
		DROP_ROWS, ROW_DUPLICATE, SHAPE_CELLS, .why = true},
	{"same", N_("same"), N_("Here already, word for word: nothing is written."), DROP_ROWS, ROW_SAME, SHAPE_CELLS,
		.records = true},
};
/* The columns of the table of registers. */
static const char *const columns[] = {"new", "changed", "same", "refused", "duplicate", "outside", "gone"};

enum { READING_SECONDS = 2, BRIEF_BYTES = 45 };

static const struct tab *tab_of(struct str word)
{
	for (size_t i = 0; i < LEN(tabs); i++)
		if (str_is(word, tabs[i].word))
			return &tabs[i];
	return NULL;
}

static size_t in_look(const struct drop_look *look, const struct tab *t)
{
	return t->list == DROP_ROWS ? look->count[t->class] : t->list == DROP_GONE ? look->gone : look->notices;
}

static size_t in_table(const struct drop_table *table, const struct tab *t)
{
	return t->list == DROP_ROWS ? table->count[t->class] : t->list == DROP_GONE ? table->gone : table->notices;
}

/* What of it is asked for: table -1 is all, page counts from 1. */
struct import_part {
	const struct tab *tab;
	int64_t table, page;
};

static struct url upload_url(struct call *c)
{
	return url_add(c->arena, url_path("/import"), value_of(&c->values, "token"));
}

static struct url address(struct call *c, const struct tab *tab, int64_t table, int64_t page)
{
	struct url u = url_query(c->arena, upload_url(c), "show", str_c(tab->word));

	if (table >= 0)
		u = url_query(c->arena, u, "table", arena_printf(c->arena, "%lld", (long long)table));
	if (page > 1)
		u = url_query(c->arena, u, "page", arena_printf(c->arena, "%lld", (long long)page));
	return url_at(c->arena, u, S("rows"));
}

static struct url register_url(struct call *c, struct str type)
{
	return call_url(c, url_add(c->arena, url_path("/registers"), type));
}

/* ---- registers and tabs ---- */

static void put_tables(struct call *c, struct upload_view *v, const struct drop_look *look)
{
	v->tables.p = ARENA_ARRAY(c->arena, struct upload_table, look->ntables);
	for (v->tables.n = 0; v->tables.n < look->ntables; v->tables.n++) {
		const struct drop_table *t = &look->tables[v->tables.n];
		struct upload_table *out = &v->tables.p[v->tables.n];

		*out = (struct upload_table){.source = t->source, .title = t->title, .problem = t->problem,
			.rows = (int64_t)t->rows, .url = register_url(c, t->type)};
		out->counts.n = LEN(columns);
		out->counts.p = ARENA_ARRAY(c->arena, struct count_view, LEN(columns));
		for (size_t i = 0; i < LEN(columns); i++) {
			const struct tab *tab = tab_of(str_c(columns[i]));

			out->counts.p[i] = (struct count_view){.title = tab->title, .n = (int64_t)in_table(t, tab),
				.warn = tab->warn, .url = address(c, tab, (int64_t)v->tables.n, 0)};
		}
	}
}

static void put_tabs(struct call *c, struct upload_view *v, const struct drop_look *look, const struct tab *open)
{
	for (size_t i = 0; i < LEN(tabs); i++)
		if (in_look(look, &tabs[i]))
			*ARENA_PUSH(c->arena, v->tabs.p, v->tabs.n, v->tabs.cap) = (struct upload_tab){
				.count = {.title = tabs[i].title, .n = (int64_t)in_look(look, &tabs[i]),
					.url = address(c, &tabs[i], -1, 0)},
				.current = &tabs[i] == open};
}

/* ---- rows ---- */

static const struct fact *record_of(struct call *c, struct str type, struct id id)
{
	const struct record_type *t = scheme_type(c->facts.scheme, type);
	const struct fact_set *set = t ? facts_of(&c->facts, t) : NULL;

	for (size_t i = 0; set && id_is(id) && i < set->n; i++)
		if (id_eq(set->p[i].id, id))
			return &set->p[i];
	return NULL;
}

static size_t column_of(const struct drop_table *t, struct str field)
{
	size_t i = 0;

	while (i < t->nheads && !str_eq(t->fields[i], field))
		i++;
	return i;
}

/* Each field that would say something else than the record says now. */
static void put_changes(struct call *c, struct upload_row *out, const struct drop_table *t, const struct drop_row *r)
{
	const struct fact *there = record_of(c, t->type, r->id), *fact = there && call_sees(c, there) ? there : NULL;
	const struct node *fields = fact ? fact_fields(&c->facts, fact) : NULL;
	const struct node *raw = fact ? fact_raw(&c->facts, fact) : NULL;

	for (size_t i = 0; fact && i < fact->type->nfields; i++) {
		const struct field *f = &fact->type->fields[i];
		struct value value = row_value(c->arena, f, fields, raw);
		struct str before = import_text(c->arena, c->lang, f, &value), after = STR_NONE;
		size_t column = column_of(t, f->name);

		if (column < t->nheads)
			after = r->cells[column];
		if (!str_eq(before, after))
			*ARENA_PUSH(c->arena, out->changes.p, out->changes.n, out->changes.cap) = (struct change_view){
				column < t->nheads ? t->heads[column] : f->title.n ? f->title : f->name, before, after};
	}
}

static struct str why_of(struct call *c, const struct drop_row *r)
{
	char day[DATE_TEXT];

	if (r->same_as)
		return arena_printf(c->arena, tr(c->lang, N_("as row %d")), r->same_as);
	if (date_is(r->day))
		return arena_str(c->arena, date_text(r->day, day));
	return r->text;
}

static void put_row(struct call *c, struct upload_row *out, const struct tab *tab, const struct drop_table *t,
	const struct drop_row *r)
{
	*out = (struct upload_row){.row = r->row, .why = why_of(c, r), .column = r->column};
	if (id_is(r->id)) {
		out->record = arena_printf(c->arena, "%lld", (long long)r->id.seq);
		out->url = call_url(c, url_add(c->arena, url_path("/records"), out->record));
	}
	if (tab->shape == SHAPE_CHANGES)
		put_changes(c, out, t, r);
	if (tab->shape != SHAPE_CELLS)
		return;
	out->cells.n = t->nheads;
	out->cells.p = ARENA_ARRAY(c->arena, struct row_cell, t->nheads);
	for (size_t i = 0; i < t->nheads; i++)
		out->cells.p[i] = (struct row_cell){
			r->cells[i], r->column.n && str_eq(r->column, t->heads[i]), r->cells[i].n <= BRIEF_BYTES};
}

/* The rows come by register; each register has columns of its own. */
static void put_groups(struct call *c, struct upload_view *v, const struct drop_look *look, const struct tab *tab)
{
	const struct drop_table *last = NULL;
	struct upload_group *g = NULL;

	for (size_t i = 0; i < look->nrows; i++) {
		const struct drop_table *t = &look->tables[look->rows[i].table];

		if (t != last) {
			g = ARENA_PUSH(c->arena, v->groups.p, v->groups.n, v->groups.cap);
			*g = (struct upload_group){.source = t->source, .title = t->title, .why = tab->why,
				.records = tab->records, .heads = {t->heads, t->nheads}};
			last = t;
		}
		put_row(c, ARENA_PUSH(c->arena, g->rows.p, g->rows.n, g->rows.cap), tab, t, &look->rows[i]);
	}
}

static void put_rows(
	struct call *c, struct upload_view *v, const struct drop_look *look, const struct import_part *part)
{
	int64_t from = (part->page - 1) * ROWS_A_PAGE;

	v->about = part->tab->about;
	v->shape = part->tab->shape;
	v->all = (int64_t)look->all;
	v->from = look->nrows ? from + 1 : 0;
	v->to = from + (int64_t)look->nrows;
	v->has_before = part->page > 1;
	v->has_after = v->to < v->all;
	v->before = address(c, part->tab, part->table, part->page - 1);
	v->after = address(c, part->tab, part->table, part->page + 1);
	v->every = address(c, part->tab, -1, 0);
	if (part->table >= 0 && (size_t)part->table < look->ntables)
		v->only = look->tables[part->table].source;
	put_groups(c, v, look, part->tab);
}

/* ---- the page ---- */

static enum err_code look_at(struct call *c, const struct import_part *part, struct drop_look *out, struct err *err)
{
	struct drop_ask ask = {.list = part->tab->list, .class = part->tab->class,
		.table = (int)MIN(part->table, INT_MAX), .from = (size_t)(part->page - 1) * ROWS_A_PAGE,
		.most = ROWS_A_PAGE};

	TRY(drop_look(c->drops, c->arena, value_of(&c->values, "token"), c->access->account.login, ask, out, err));
	if (call_may(c, ACT_IMPORT))
		return OK;
	for (size_t i = 0; i < out->ntables; i++)      /* what is gone may be another unit's */
		out->tables[i].gone = 0;
	out->gone = 0;
	if (ask.list == DROP_GONE)
		out->nrows = out->all = 0;
	return OK;
}

/* As the address says; without a word in it the first tab that has rows. */
static enum err_code look(struct call *c, struct import_part *part, struct drop_look *out, struct err *err)
{
	bool posted = c->req->method == HTTP_POST;
	struct str show = posted ? STR_NONE : value_of(&c->values, "show");

	*part = (struct import_part){&tabs[0], -1, 1};
	if (show.n && !(part->tab = tab_of(show)))
		return fail(err, ERR_NOT_FOUND, "there is no such page");
	if (!posted) {
		part->table = value_int(&c->values, "table");
		part->page = MIN(MAX(value_int(&c->values, "page"), 1), 1 << 24);
	}
	TRY(look_at(c, part, out, err));
	for (size_t i = 0; !show.n && i < LEN(tabs); i++)
		if (in_look(out, &tabs[i])) {
			part->tab = &tabs[i];
			return i ? look_at(c, part, out, err) : OK;
		}
	return OK;
}

static void put_state(struct call *c, struct upload_view *v, const struct drop_look *look)
{
	struct str files = S("");

	for (size_t i = 0; i < look->nfiles; i++)
		files = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(files), i ? " · " : "",
			STR_ARG(look->files[i]));
	v->state = look->state;
	v->files = files;
	v->error = look->error;
	v->nfiles = (int64_t)look->nfiles;
	v->files_read = (int64_t)look->files_read;
	v->rows_read = (int64_t)look->rows_read;
	v->minutes = (look->left + 59) / 60;
	v->year = look->year;
	v->here = upload_url(c);
	v->refused_url = url_add(c->arena, v->here, S("refused"));
	v->clean = look->clean;
	v->anything = look->anything;
	v->good = (int64_t)(look->count[ROW_ADD] + look->count[ROW_CHANGE]);
	v->refused = (int64_t)look->count[ROW_REFUSED];
	v->outside = (int64_t)look->count[ROW_OUT_OF_YEAR];
	v->unmapped.p = look->unmapped;
	v->unmapped.n = look->nunmapped;
	if (!id_is(look->import))
		return;
	v->import = look->import.seq;
	v->import_url = url_add(c->arena, url_path("/imports"), arena_printf(c->arena, "%lld", (long long)v->import));
}

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct upload_view v = {.wrong = wrong};
	struct drop_look found;
	struct import_part part;

	TRY(look(c, &part, &found, err));
	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_IMPORT, call_say(c, N_("Import")));
	put_state(c, &v, &found);
	put_tables(c, &v, &found);
	put_tabs(c, &v, &found, part.tab);
	if (v.tabs.n)
		put_rows(c, &v, &found, &part);
	if (v.state < DROP_READY || v.state == DROP_WRITING)
		TRY(http_set(c->resp, "Refresh", arena_printf(c->arena, "%d", READING_SECONDS), err));
	page_import(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code import_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

/* ---- the person's word ---- */

enum err_code import_post(struct call *c, struct err *err)
{
	struct str todo = value_of(&c->values, "do"), token = value_of(&c->values, "token"), wrong;
	struct str login = c->access->account.login;
	struct id id;

	if (str_is(todo, "forget")) {
		drop_forget(c->drops, token, login);
		return call_go(c, url_query(c->arena, url_path("/import"), "done", S("forgotten")), err);
	}
	if (!str_is(todo, "all") && !str_is(todo, "good"))
		return fail(err, ERR_INPUT, "do: expected all, good or forget");
	if (drop_take(c->drops, c->writer, token, login, str_is(todo, "good"), &id, err) == OK)
		return call_go(c, upload_url(c), err);
	if (err->code == ERR_NOT_FOUND)
		return err->code;
	wrong = call_refused(c, err);
	if (!wrong.n)
		return err->code;
	TRY(world_head(c->log, &c->head, err));        /* what is shown now is compared with what is here now */
	return show(c, wrong, err);
}

enum err_code import_refused_page(struct call *c, struct err *err)
{
	int fd;
	int64_t size;

	TRY(drop_refused(c->drops, value_of(&c->values, "token"), c->access->account.login, &fd, &size, err));
	http_type(c->resp, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	http_attachment(c->resp, call_say(c, N_("rows sent back.xlsx")));
	http_file(c->resp, fd, 0, size);
	return OK;
}
