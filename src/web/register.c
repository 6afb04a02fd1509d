/* One register as a table that is searched, sorted and turned page by page. */
#include "web/pages.h"
#include "web/register_view.h"
#include "web/scope.h"

#include <stdlib.h>

static bool number_field(const struct field *f)
{
	return f->type == TYPE_COUNT || f->type == TYPE_NUMBER || f->type == TYPE_MONEY;
}

struct line {
	const struct fact *fact;
	struct str text; /* it is sorted by */
	int64_t number;
	bool is_number;
};

static int by_value(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int order = x->is_number && y->is_number ? (x->number > y->number) - (x->number < y->number)
						 : str_cmp(x->text, y->text);

	return order ? order : (x->fact->no > y->fact->no) - (x->fact->no < y->fact->no);
}

static bool holds(struct call *c, const struct fact *r, struct str q)
{
	if (!q.n)
		return true;
	for (size_t i = 0; i < r->type->nfields; i++)
		if (str_has(datum_text(c->arena, c->lang, fact_value(&c->facts, r, &r->type->fields[i], c->on)), q))
			return true;
	return false;
}

/* Values of a column to filter by, in the order they first appear. None for more than so many. */
enum { FILTER_VALUES = 40 };

static bool filters(const struct field *f)
{
	return f->type == TYPE_CHOICE || f->type == TYPE_UNIT || f->type == TYPE_POST || f->type == TYPE_FLAG;
}

/* Columns that the address holds to a value: [n] of them. */
struct held {
	const struct field *field;
	struct str want;
};
struct helds {
	struct held *p;
	size_t n;
};

static struct helds held_of(struct call *c, const struct record_type *type)
{
	struct helds out = {0};
	const struct given *given;
	size_t n;

	given = values_of(&c->values, "w.", &n);
	out.p = ARENA_ARRAY(c->arena, struct held, n);
	for (size_t i = 0; i < n; i++) {
		const struct field *f = type_field(type, str_sub(given[i].name, 2, given[i].name.n));

		if (f && given[i].value.n)
			out.p[out.n++] = (struct held){f, given[i].value};
	}
	return out;
}

static bool passes(struct call *c, const struct helds *held, const struct fact *r)
{
	for (size_t i = 0; i < held->n; i++)
		if (!str_eq(held->p[i].want, datum_text(c->arena, c->lang,
						     fact_value(&c->facts, r, held->p[i].field, c->on))))
			return false;
	return true;
}

/* The values of a column, each once, in the order they first appear; false for too many. */
static bool offer(struct call *c, const struct record_type *type, const struct field *f, const struct helds *held,
	struct picks *out)
{
	const struct fact_set *set = facts_of(&c->facts, type);
	const struct datum *seen[FILTER_VALUES];

	for (size_t i = 0; i < set->n; i++) {
		const struct datum *d = register_counts(c, &set->p[i])
			? fact_value(&c->facts, &set->p[i], f, c->on) : NULL;
		bool there = !d;
		struct str text;

		for (size_t k = 0; k < out->n && !there; k++)
			there = seen[k] == d;
		if (there)
			continue;
		if (out->n == FILTER_VALUES)
			return false;
		seen[out->n] = d;
		text = datum_text(c->arena, c->lang, d);
		*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = (struct pick){.value = text, .text = text};
		for (size_t k = 0; k < held->n; k++)
			out->p[out->n - 1].chosen |= held->p[k].field == f && str_eq(held->p[k].want, text);
	}
	return out->n > 1;
}

static void put_filters(
	struct call *c, struct register_view *v, const struct record_type *type, const struct helds *held)
{
	for (size_t k = 0; k < type->nfields; k++) {
		const struct field *f = &type->fields[k];
		struct column_filter x = {.title = f->title.n ? f->title : f->name};

		if (!filters(f) || !offer(c, type, f, held, &x.picks))
			continue;
		x.name = arena_printf(c->arena, "w." STR_FMT, STR_ARG(f->name));
		x.id = arena_printf(c->arena, "w-" STR_FMT, STR_ARG(f->name));
		*ARENA_PUSH(c->arena, v->filters.p, v->filters.n, v->filters.cap) = x;
	}
}

static struct line *choose(struct call *c, const struct record_type *type, const struct field *sort,
	const struct helds *held, size_t *n)
{
	const struct fact_set *set = facts_of(&c->facts, type);
	struct line *lines = ARENA_ARRAY(c->arena, struct line, set->n);
	struct str q = value_of(&c->values, "q");

	*n = 0;
	for (size_t i = 0; i < set->n; i++) {
		const struct fact *r = &set->p[i];
		const struct datum *v = sort ? fact_value(&c->facts, r, sort, c->on) : NULL;
		struct line *line = &lines[*n];

		if (!register_counts(c, r) || !passes(c, held, r) || !holds(c, r, q))
			continue;
		*line = (struct line){.fact = r};
		if (sort) {
			line->text = datum_text(c->arena, c->lang, v);
			line->is_number = datum_number(v, &line->number);
		}
		(*n)++;
	}
	if (sort && *n)
		qsort(lines, *n, sizeof *lines, by_value);
	return lines;
}

/* Records a page: fifty, unless one of the other lengths is asked for. */
static const int64_t lengths[] = {ROWS_A_PAGE, 200, 1000};

static int64_t length(const struct call *c)
{
	int64_t asked = value_int(&c->values, "rows");

	for (size_t i = 0; i < LEN(lengths); i++)
		if (asked == lengths[i])
			return asked;
	return lengths[0];
}

/* The words, values and order by which a register is narrowed, behind an address. */
static struct url narrowed(struct call *c, struct url u, const struct record_type *type, struct str q, struct str sort)
{
	struct helds held = held_of(c, type);

	if (q.n)
		u = url_query(c->arena, u, "q", q);
	if (sort.n)
		u = url_query(c->arena, u, "sort", sort);
	for (size_t i = 0; i < held.n; i++)
		u = url_query(c->arena, u, arena_printf(c->arena, "w." STR_FMT, STR_ARG(held.p[i].field->name)).p,
			held.p[i].want);
	return u;
}

/* The address of this register, narrowed and sorted as it is, from its first page on. */
static struct url address_of(struct call *c, const struct record_type *type, struct str q, struct str sort)
{
	return narrowed(c, call_url(c, url_add(c->arena, url_path("/registers"), type->name)), type, q, sort);
}

/* The same at its length, on a page; the first is not said. */
static struct url address(struct call *c, const struct record_type *type, struct str q, struct str sort, int64_t page)
{
	struct url u = address_of(c, type, q, sort);

	if (length(c) != lengths[0])
		u = url_query(c->arena, u, "rows", arena_printf(c->arena, "%d", (int)length(c)));
	if (page > 1)
		u = url_query(c->arena, u, "page", arena_printf(c->arena, "%lld", (long long)page));
	return u;
}

/* The same page at each length. */
static void put_lengths(struct call *c, struct register_view *v, const struct record_type *type)
{
	struct url u = address_of(c, type, v->q, v->sort);

	v->lengths.p = ARENA_ARRAY(c->arena, struct page_length, LEN(lengths));
	for (size_t i = 0; v->n > lengths[0] && i < LEN(lengths); i++)
		v->lengths.p[v->lengths.n++] = (struct page_length){lengths[i],
			url_query(c->arena, u, "rows", arena_printf(c->arena, "%d", (int)lengths[i])),
			lengths[i] == length(c)};
}

static void put_heads(struct call *c, struct register_view *v, const struct record_type *type)
{
	bool down = v->sort.n && v->sort.p[0] == '-';
	struct str name = str_sub(v->sort, down, v->sort.n);

	v->heads.p = ARENA_ARRAY(c->arena, struct column_head, type->nfields);
	for (v->heads.n = 0; v->heads.n < type->nfields; v->heads.n++) {
		const struct field *f = &type->fields[v->heads.n];
		struct column_head *h = &v->heads.p[v->heads.n];
		bool mine = str_eq(name, f->name);

		h->title = f->title.n ? f->title : f->name;
		h->number = number_field(f);
		h->sorted = !mine ? NULL : down ? "descending" : "ascending";
		h->url = address(c, type, v->q,
			mine && !down ? arena_printf(c->arena, "-" STR_FMT, STR_ARG(f->name)) : f->name, 0);
	}
}

static const char *class_of(const struct field *f, struct str text)
{
	return number_field(f) ? "n" : f->type == TYPE_DATE ? "date" : text.n > 60 ? "long" : "";
}

static void put_line(struct call *c, struct line_view *row, const struct fact *r)
{
	row->id = arena_printf(c->arena, "%lld", (long long)r->id.seq);
	row->url = call_url(c, url_add(c->arena, url_path("/records"), row->id));
	row->late = fact_entered_late(&c->facts, r);
	row->unproved = !fact_proved(r);
	row->cells.p = ARENA_ARRAY(c->arena, struct cell_view, r->type->nfields);
	for (row->cells.n = 0; row->cells.n < r->type->nfields; row->cells.n++) {
		const struct field *f = &r->type->fields[row->cells.n];
		struct str text = datum_text(c->arena, c->lang, fact_value(&c->facts, r, f, c->on));

		row->cells.p[row->cells.n] = (struct cell_view){text, class_of(f, text)};
	}
}

static void put_lines(
	struct call *c, struct register_view *v, const struct record_type *type, const struct line *lines, size_t n)
{
	bool down = v->sort.n && v->sort.p[0] == '-';
	int64_t most = length(c), pages = MAX(((int64_t)n + most - 1) / most, 1);
	int64_t page = MIN(MAX(value_int(&c->values, "page"), 1), pages);
	size_t from = (size_t)((page - 1) * most), to = MIN(from + (size_t)most, n);

	v->n = (int64_t)n;
	v->from = n ? (int64_t)from + 1 : 0;
	v->to = (int64_t)to;
	v->has_before = page > 1;
	v->has_after = page < pages;
	v->before = address(c, type, v->q, v->sort, page - 1);
	v->after = address(c, type, v->q, v->sort, page + 1);
	v->rows.p = ARENA_ARRAY(c->arena, struct line_view, to - from);
	for (size_t i = from; i < to; i++)
		put_line(c, &v->rows.p[v->rows.n++], lines[down ? n - 1 - i : i].fact);
}

/* A copy to take along: the same words, values and order. */
static struct url with_view(struct call *c, struct url u, const struct record_type *type)
{
	return narrowed(c, u, type, value_of(&c->values, "q"), value_of(&c->values, "sort"));
}

/* Bringing in and taking out, for who may. */
static void put_takers(struct call *c, struct register_view *v, const struct record_type *type)
{
	struct url here = url_add(c->arena, url_path("/registers"), type->name);
	struct url export = call_url(c, url_add(c->arena, here, S("export")));
	struct export_sheet *sheets;
	size_t n;

	v->may_import = call_may_import(c);
	v->may_export = call_may(c, ACT_REPORT_EXPORT);
	v->one_sheet = type_sheets(c, type, &sheets) == 1;
	v->xlsx = url_query(c->arena, with_view(c, export, type), "format", S("xlsx"));
	v->csv = url_query(c->arena, with_view(c, export, type), "format", S("csv"));
	v->blank = url_query(c->arena, export, "format", S("blank"));
	for (n = 0; export_forms[n].format; n++)
		;
	v->papers.p = ARENA_ARRAY(c->arena, struct take_link, n);
	for (v->papers.n = 0; v->papers.n < n; v->papers.n++)
		v->papers.p[v->papers.n] = (struct take_link){export_forms[v->papers.n].format, url_query(c->arena,
			with_view(c, export, type), "format", str_c(export_forms[v->papers.n].format))};
}

struct str register_narrowed(struct call *c, const struct record_type *type)
{
	struct helds held = held_of(c, type);
	CLEANUP(buf_free) struct buf b = BUF_MAX(64 << 10);
	struct str q = value_of(&c->values, "q");

	for (size_t i = 0; i < held.n; i++) {
		const struct field *f = held.p[i].field;
		struct str title = f->title.n ? f->title : f->name;

		buf_printf(&b, "%s" STR_FMT "：" STR_FMT, i ? "；" : "", STR_ARG(title), STR_ARG(held.p[i].want));
	}
	if (q.n)
		buf_printf(&b, "%s“" STR_FMT "”", held.n ? "；" : "", STR_ARG(q));
	return arena_str(c->arena, buf_str(&b));
}

enum err_code register_shown(struct call *c, const struct record_type *type, struct id **out, size_t *n,
	struct err *err)
{
	struct str by = value_of(&c->values, "sort");
	struct helds held = held_of(c, type);
	bool down = str_starts(by, S("-"));
	const struct field *sort = NULL;
	struct line *lines;

	*out = NULL;
	if (!by.n && !held.n && !value_of(&c->values, "q").n)
		return OK;
	by = str_sub(by, down, by.n);
	if (by.n && !(sort = type_field(type, by)))
		return fail(err, ERR_NOT_FOUND, "the register has no column '%s'", arena_str(c->arena, by).p);
	lines = choose(c, type, sort, &held, n);
	*out = ARENA_ARRAY(c->arena, struct id, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = lines[down ? *n - 1 - i : i].fact->id;
	return OK;
}

enum err_code register_page(struct call *c, struct err *err)
{
	struct str name = value_of(&c->values, "type"), by;
	const struct record_type *type;
	const struct field *sort = NULL;
	struct register_view v = {0};
	struct helds held;
	struct line *lines;
	size_t n;

	TRY(call_world(c, err));
	type = scheme_type(c->facts.scheme, name);
	if (!type)
		return fail(err, ERR_NOT_FOUND, "there is no register '%s'", arena_str(c->arena, name).p);
	v.sort = value_of(&c->values, "sort");
	by = str_sub(v.sort, str_starts(v.sort, S("-")), v.sort.n);
	if (by.n && !(sort = type_field(type, by)))
		return fail(err, ERR_NOT_FOUND, "the register has no column '%s'", arena_str(c->arena, by).p);
	v.title = type->title;
	v.q = value_of(&c->values, "q");
	v.on = c->asked ? c->on : DATE_NONE;
	v.frame = call_frame(c, NAV_REGISTERS, type->title);
	v.here = url_add(c->arena, url_path("/registers"), type->name);
	v.all = call_url(c, v.here);
	held = held_of(c, type);
	put_filters(c, &v, type, &held);
	v.narrowed = v.q.n || held.n;
	v.may_add = !type->computed && call_may_enter(c, type);
	v.add = call_url(c, url_add(c->arena, v.here, S("new")));
	put_heads(c, &v, type);
	put_takers(c, &v, type);
	lines = choose(c, type, sort, &held, &n);
	put_lines(c, &v, type, lines, n);
	put_lengths(c, &v, type);
	page_register(page_begin(c), &v);
	return page_end(c, err);
}
