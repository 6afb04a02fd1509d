/* Imports: files are given, those that wait for a word, and what was taken before. */
#include "web/import_view.h"
#include "web/pages.h"
#include "web/scope.h"
#include "web/sign_view.h"

enum { PAST_SHOWN = 20, NAMED_SHOWN = 3 };

SQL(imports_sql, "select seq from p_import where origin = 1 order by seq desc limit ?1 offset ?2");
SQL(import_one_sql, "select year, undone_seq from p_import where origin = 1 and seq = ?1");

/* ---- what was taken ---- */

/* The first few names, and how many there are. */
static struct str names_of(struct call *c, const struct str *names, size_t n)
{
	struct str out = S("");

	for (size_t i = 0; i < MIN(n, (size_t)NAMED_SHOWN); i++)
		out = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(out),
			!i ? "" : c->lang == LANG_ZH ? "、" : ", ", STR_ARG(names[i]));
	return n <= NAMED_SHOWN ? out
				: arena_printf(c->arena, tr(c->lang, N_(STR_FMT " and %zu more")), STR_ARG(out),
					  n - NAMED_SHOWN);
}

static struct str registers_of(struct call *c, const struct node *tables)
{
	struct str *names = ARENA_ARRAY(c->arena, struct str, tables ? tables->n : 0);

	for (size_t i = 0; tables && i < tables->n; i++)
		names[i] = node_text(tables->items[i], S("source"));
	return names_of(c, names, tables ? tables->n : 0);
}

enum err_code past_line(struct call *c, int64_t import, struct past_line *out, const struct node **tables,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	const struct node *list;
	struct event e;

	if (db_one(log_db(c->log), &import_one_sql, ARGS(V_INT(import)), &q, err) != OK) {
		if (err->code != ERR_NOT_FOUND)
			return err->code;
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "no import %lld", (long long)import);
	}
	*out = (struct past_line){.id = import, .year = query_int(&q, 0), .undone = query_int(&q, 1)};
	query_done(&q);
	TRY(log_get(c->log, c->arena, (struct id){1, import}, &e, NULL, err));
	out->who = call_person(c, e.actor);
	list = NODE_GET(e.data, "tables");
	out->when = call_time(c, e.at);
	out->registers = registers_of(c, list);
	out->url = url_add(c->arena, url_path("/imports"), arena_printf(c->arena, "%lld", (long long)import));
	out->undo = url_at(c->arena, out->url, S("undo"));
	for (size_t i = 0; list && i < list->n; i++) {
		out->accepted += node_int(list->items[i], S("accepted"), 0);
		out->refused += node_int(list->items[i], S("refused"), 0);
	}
	if (tables)
		*tables = list;
	return OK;
}

static struct url page_address(struct call *c, int64_t page)
{
	struct url u = url_path("/import");

	return page > 1 ? url_query(c->arena, u, "page", arena_printf(c->arena, "%lld", (long long)page)) : u;
}

static enum err_code put_past(struct call *c, struct imports_view *v, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	bool posted = c->req->method == HTTP_POST;
	int64_t page = posted ? 1 : MIN(MAX(value_int(&c->values, "page"), 1), 100000), ids[PAST_SHOWN + 1];
	size_t n = 0;

	TRY(db_query(log_db(c->log), &imports_sql, ARGS(V_INT(PAST_SHOWN + 1), V_INT((page - 1) * PAST_SHOWN)), &q,
		err));
	while (query_next(&q, err))
		ids[n++] = query_int(&q, 0);
	TRY(err->code);
	query_done(&q);
	v->has_before = page > 1;
	v->has_after = n > PAST_SHOWN;
	v->before = page_address(c, page - 1);
	v->after = page_address(c, page + 1);
	for (size_t i = 0; i < MIN(n, (size_t)PAST_SHOWN); i++)
		TRY(past_line(c, ids[i], ARENA_PUSH(c->arena, v->past.p, v->past.n, v->past.cap), NULL, err));
	return OK;
}

/* ---- what waits ---- */

static const char *const states[] = {
	[DROP_WAITING] = N_("waits to be read"),
	[DROP_READING] = N_("is being read"),
	[DROP_READY] = N_("waits for your word"),
	[DROP_WRITING] = N_("is being written"),
	[DROP_TAKEN] = N_("taken"),
	[DROP_FAILED] = N_("could not be read"),
};

static enum err_code put_waiting(struct call *c, struct imports_view *v, struct err *err)
{
	char tokens[DROPS_EACH][TOKEN_TEXT];
	size_t n = drop_list(c->drops, c->access->account.login, tokens);

	for (size_t i = 0; i < n; i++) {
		struct err quiet = {.lang = c->lang};
		struct drop_look look;

		if (drop_look(c->drops, c->arena, str_c(tokens[i]), c->access->account.login,
				(struct drop_ask){.table = -1}, &look, &quiet) != OK)
			continue;                  /* gone in the meantime */
		*ARENA_PUSH(c->arena, v->waiting.p, v->waiting.n, v->waiting.cap) = (struct waiting_line){
			.files = names_of(c, look.files, look.nfiles),
			.state = states[look.state],
			.rows = (int64_t)look.rows_read,
			.known = look.state != DROP_WAITING && look.state != DROP_FAILED,
			.minutes = (look.left + 59) / 60,
			.url = url_add(c->arena, url_path("/import"), arena_str(c->arena, str_c(tokens[i])))};
	}
	return OK;
}

/* ---- the page ---- */

static const struct {
	const char *word, *text;
} dones[] = {
	{"forgotten", N_("Given up. Nothing of these files was kept.")},
};

static enum err_code show(struct call *c, struct str wrong, struct err *err)
{
	struct imports_view v = {.wrong = wrong};
	struct str done = c->req->method == HTTP_POST ? STR_NONE : value_of(&c->values, "done");

	TRY(call_world(c, err));
	if (!call_may_import(c))
		return access_need(c->access, ACT_IMPORT, c->access->office, err);
	v.frame = call_frame(c, NAV_IMPORT, call_say(c, N_("Import")));
	v.year = c->world->org.office.year;
	for (size_t i = 0; i < LEN(dones); i++)
		if (str_is(done, dones[i].word))
			v.done = dones[i].text;
	TRY(put_waiting(c, &v, err));
	if (call_may(c, ACT_IMPORT))
		TRY(put_past(c, &v, err));
	page_imports(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code imports_page(struct call *c, struct err *err)
{
	return show(c, STR_NONE, err);
}

static enum err_code put(struct call *c, char token[TOKEN_TEXT], struct err *err)
{
	size_t n;
	const struct given *files = values_of(&c->values, "files", &n);
	struct drop_file *list = ARENA_ARRAY(c->arena, struct drop_file, n);
	struct drop_given given = {
		.login = c->access->account.login, .lang = c->lang, .files = list, .n = n};
	int64_t year = value_int(&c->values, "year");

	if (year != -1 && (year < 1990 || year > 2100))
		return fail(err, ERR_INPUT, "year: expected a year from 1990 to 2100");
	given.year = year == -1 ? 0 : (int)year;
	for (size_t i = 0; i < n; i++)
		list[i] = (struct drop_file){
			.name = files[i].file, .body = &c->req->body, .at = files[i].at, .size = files[i].size};
	if (!n)
		return fail(err, ERR_REQUIRED, "choose the registers first");
	return drop_put(c->drops, &given, token, err);
}

enum err_code imports_post(struct call *c, struct err *err)
{
	char token[TOKEN_TEXT];
	struct str wrong;

	TRY(call_world(c, err));
	if (!call_may_import(c))
		return access_need(c->access, ACT_IMPORT, c->access->office, err);
	if (put(c, token, err) == OK)
		return call_go(c, url_add(c->arena, url_path("/import"), str_c(token)), err);
	wrong = call_refused(c, err);
	return wrong.n ? show(c, wrong, err) : err->code;
}
