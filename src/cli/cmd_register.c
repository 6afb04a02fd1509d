#include "cli/folder.h"
#include "base/utf8.h"
#include "duty/figure.h"
#include "flow/facts_load.h"
#include "record/adopt.h"
#include "record/facts.h"

#include <stdlib.h>

command_fn cmd_register;

/* What is asked of a register. */
struct asked {
	struct date on;
	int64_t year, limit;
	struct where where;
	const struct field *sort;
	bool descending, all;
};

static enum err_code list_types(struct cli *c, const struct facts *f, struct date on, struct err *err)
{
	static const char *const heads[] = {N_("type"), N_("register"), N_("records")};
	struct table *t = table_new(c->arena, 3, heads, "llr");
	struct node *out = node_map(c->arena);

	for (size_t i = 0; i < f->scheme->ntypes; i++) {
		const struct record_type *type = &f->scheme->types[i];
		const struct fact_set *set = facts_of(f, type);
		size_t n = 0;

		for (size_t k = 0; k < set->n; k++)
			n += !set->p[k].outside && (!date_is(on) || !date_is(set->p[k].day) || set->p[k].day.n <= on.n);
		table_row(t, (struct str[]){type->name, type->title, arena_printf(c->arena, "%zu", n)});
		node_set(c->arena, out, type->name, node_num(c->arena, (int64_t)n));
	}
	if (c->json)
		return say_json(c, out, err);
	table_print(t, c);
	return OK;
}

/* --where FIELD=VALUE: the field by name or by its word on the sheet. */
static enum err_code field_named(
	const struct record_type *type, struct str name, const struct field **out, struct err *err)
{
	for (size_t i = 0; i < type->nfields; i++) {
		if (str_eq(type->fields[i].name, name) || str_eq(type->fields[i].title, name)) {
			*out = &type->fields[i];
			return OK;
		}
	}
	return field_of(type, name, NULL, out, err);
}

static enum err_code read_where(struct cli *c, const struct record_type *type, struct where *out, struct err *err)
{
	struct str rest = str_c(cli_opt(c, "where")), name;
	struct cond *cond;

	if (!rest.p)
		return OK;
	if (!str_cut(&rest, S("="), &name) || !rest.p)
		return fail(err, ERR_USAGE, "--where: expected FIELD=VALUE");
	cond = ARENA_NEW(c->arena, struct cond);
	TRY(field_named(type, str_trim(name), &cond->path.field, err));
	cond->op = rest.n ? COND_HAS : COND_EMPTY;
	cond->yes = true;
	cond->values = (struct texts){ARENA_NEW(c->arena, struct str), 1};
	cond->values.p[0] = str_trim(rest);
	*out = (struct where){.conds = cond, .n = 1};
	return OK;
}

static enum err_code read_asked(struct cli *c, const struct record_type *type, struct asked *x, struct err *err)
{
	struct str sort = str_c(cli_opt(c, "sort"));

	x->limit = 100;
	TRY(cli_int(c, "year", 1990, 2100, &x->year, err));
	TRY(cli_int(c, "limit", 0, 10000000, &x->limit, err));
	TRY(read_where(c, type, &x->where, err));
	x->all = cli_flag(c, "all");
	if (sort.n) {
		x->descending = sort.p[0] == '-';
		TRY(field_named(type, str_sub(sort, x->descending, sort.n), &x->sort, err));
	}
	return OK;
}

/* A record with the value it is sorted by. */
struct line {
	const struct fact *fact;
	struct str text;
	int64_t number;
	bool is_number;
};

static int by_value(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->is_number && y->is_number)
		return (x->number > y->number) - (x->number < y->number);
	return str_cmp(x->text, y->text);
}

static void choose(struct cli *c, const struct facts *f, const struct fact_set *set, const struct asked *x,
	struct line **out, size_t *n)
{
	const struct ask ask = {.on = x->on};

	*out = ARENA_ARRAY(c->arena, struct line, set->n);
	*n = 0;
	for (size_t i = 0; i < set->n; i++) {
		const struct fact *r = &set->p[i];
		const struct datum *v;

		if (x->year && (!date_is(r->day) || date_ymd(r->day).y != x->year))
			continue;
		if (r->outside && !x->all)
			continue;
		if (date_is(x->on) && date_is(r->day) && r->day.n > x->on.n)
			continue;
		if (!fact_matches(f, r, &x->where, &ask))
			continue;
		(*out)[*n].fact = r;
		if (x->sort) {
			v = fact_value(f, r, x->sort, x->on);
			(*out)[*n].text = datum_text(c->arena, c->lang, v);
			(*out)[*n].is_number = v && v->kind == NODE_INT;
			(*out)[*n].number = v && v->kind == NODE_INT ? v->num : 0;
		}
		(*n)++;
	}
	if (x->sort && *n)
		qsort(*out, *n, sizeof **out, by_value);
	for (size_t i = 0; x->descending && i < *n / 2; i++) {
		struct line swap = (*out)[i];

		(*out)[i] = (*out)[*n - 1 - i];
		(*out)[*n - 1 - i] = swap;
	}
}

static enum err_code line_json(
	struct cli *c, struct log *log, const struct facts *f, const struct fact *r, struct date on, struct err *err)
{
	struct node *out = node_map(c->arena), *fields = node_map(c->arena);
	struct str id;

	TRY(log_id_text(log, c->arena, r->id, &id, err));
	node_set(c->arena, out, S("id"), node_str(c->arena, id));
	node_set(c->arena, out, S("source"),
	         node_str(c->arena, fact_row(c->arena, r)));
	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct datum *v = fact_value(f, r, &r->type->fields[i], on);

		if (v)
			node_set(c->arena, fields, r->type->fields[i].name, datum_node(c->arena, v));
	}
	node_set(c->arena, out, S("fields"), fields);
	if (r->withdrawn)
		node_set(c->arena, out, S("withdrawn"), node_bool(c->arena, true));
	return say_json(c, out, err);
}

static bool right_aligned(const struct field *f)
{
	return f->type == TYPE_COUNT || f->type == TYPE_NUMBER || f->type == TYPE_MONEY;
}

static void show_lines(struct cli *c, const struct facts *f, const struct record_type *type, const struct line *lines,
	size_t n, struct date on)
{
	size_t cols = type->nfields + 1;
	const char **heads = ARENA_ARRAY(c->arena, const char *, cols);
	char *aligns = ARENA_ARRAY(c->arena, char, cols + 1);
	struct str *cells = ARENA_ARRAY(c->arena, struct str, cols);
	struct table *t;

	heads[0] = N_("event");
	aligns[0] = 'r';
	for (size_t i = 1; i < cols; i++) {
		const struct field *field = &type->fields[i - 1];

		heads[i] = arena_str(c->arena, field->title.n ? field->title : field->name).p;
		aligns[i] = right_aligned(field) ? 'r' : 'l';
	}
	t = table_new(c->arena, (int)cols, heads, aligns);
	for (size_t i = 0; i < n; i++) {
		const struct fact *r = lines[i].fact;

		cells[0] = arena_printf(c->arena, "%lld%s", (long long)r->id.seq, r->withdrawn ? "×" : "");
		for (size_t k = 0; k < type->nfields; k++) {
			const struct datum *v = fact_value(f, r, &type->fields[k], on);

			cells[k + 1] = text_line(c->arena, datum_text(c->arena, c->lang, v));
		}
		table_row(t, cells);
	}
	table_print(t, c);
}

enum err_code cmd_register(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct asked x = {.on = DATE_NONE};
	const struct record_type *type;
	struct facts_opt opt = {0};
	struct scheme scheme;
	struct facts facts;
	struct line *lines;
	struct org org;
	size_t n, shown;

	TRY(cli_date(c, "on", &x.on, err));
	TRY(cli_open_reading(c, &log, err));
	TRY(scheme_current(log, c->arena, &scheme, err));
	TRY(org_load(log_db(log), c->arena, x.on, &org, err));
	opt.year = org.office.year;
	opt.lang = c->lang;
	if (!c->nargs) {
		TRY(facts_load(c->arena, log_db(log), &scheme, &org, opt, &facts, err));
		return list_types(c, &facts, x.on, err);
	}
	TRY(type_of(&scheme, str_c(c->args[0]), NULL, &type, err));
	TRY(read_asked(c, type, &x, err));
	opt.only = type;
	opt.withdrawn = x.all;
	TRY(facts_load(c->arena, log_db(log), &scheme, &org, opt, &facts, err));
	choose(c, &facts, facts_of(&facts, type), &x, &lines, &n);
	shown = x.limit ? MIN(n, (size_t)x.limit) : n;
	for (size_t i = 0; c->json && i < shown; i++)
		TRY(line_json(c, log, &facts, lines[i].fact, x.on, err));
	if (c->json)
		return OK;
	if (!n) {
		say(c, "no records of '" STR_FMT "' fit; zeren import reads registers in", STR_ARG(type->title));
		return OK;
	}
	show_lines(c, &facts, type, lines, shown, x.on);
	if (shown < n)
		say(c, "%zu of %zu records; --limit 0 shows all", shown, n);
	else
		say(c, "%zu records", n);
	return OK;
}
