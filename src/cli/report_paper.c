/* zeren report paper: what the office says of its paper, beside what the scheme does. */
#include "cli/report_out.h"

#include "report/outline.h"

struct values {
	struct cli *c;
	size_t written;
};

static enum err_code write_values(struct tx *tx, void *ctx, struct err *err)
{
	struct values *v = ctx;
	struct cli *c = v->c;

	for (int i = 1; i + 1 < c->nargs; i += 2) {
		struct str value = str_c(c->args[i + 1]);
		bool written;

		if (str_is(value, "-"))
			value = STR_NONE;
		TRY(paper_set(tx, str_c(c->args[i]), value, str_c(cli_opt(c, "why")), &written, err));
		v->written += written;
	}
	return OK;
}

static enum err_code set_values(struct cli *c, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct values v = {.c = c};
	struct node *out = node_map(c->arena);

	if (c->nargs % 2 == 0)
		return fail(err, ERR_USAGE,
			"zeren report paper: a value is expected behind %s; - is: as the scheme says",
			c->args[c->nargs - 1]);
	TRY(cli_open(c, &log, err));
	TRY(log_write(log, cli_actor(c->arena), S("cli"), write_values, &v, err));
	node_set(c->arena, out, S("written"), node_num(c->arena, (int64_t)v.written));
	if (c->json)
		return say_json(c, out, err);
	say(c, "%zu values recorded", v.written);
	return OK;
}

static const struct paper_value *said_by_office(const struct paper_values *l, const struct paper_field *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_is(l->p[i].field, f->name))
			return &l->p[i];
	return NULL;
}

/* As the scheme has it, with the office's own put over it; braces stay. */
static enum err_code show_values(struct cli *c, struct err *err)
{
	static const char *const heads[] = {N_("field"), N_("what it is"), N_("value"), N_("said by")};
	CLEANUP(report_world_done) struct report_world w = {0};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llll");
	struct node *list = node_list(c->arena);
	struct outline o;
	struct paper p;

	TRY(facts_world(c, c->lang, &w, err));
	TRY(paper_values_load(report_world_db(&w), c->arena, false, &w.paper, err));
	TRY(outline_read(c->arena, &w.scheme, &o, err));
	p = o.paper;
	TRY(paper_values_put(c->arena, &p, &w.paper, err));
	for (const struct paper_field *f = paper_fields; f->name; f++) {
		const struct paper_value *own = said_by_office(&w.paper, f);
		struct node *one = node_map(c->arena);
		struct str value = paper_text(c->arena, &p, f);

		table_row(t, (struct str[]){str_c(f->name), str_c(tr(c->lang, f->title)), value,
				own ? own->actor : value.n ? str_c(tr(c->lang, N_("the scheme"))) : STR_NONE});
		node_set(c->arena, one, S("field"), node_str(c->arena, str_c(f->name)));
		node_set(c->arena, one, S("value"), node_str(c->arena, value));
		node_set(c->arena, one, S("office"), node_bool(c->arena, own != NULL));
		node_push(c->arena, list, one);
	}
	if (c->json)
		return say_json(c, list, err);
	table_print(t, c);
	return OK;
}

enum err_code report_paper_action(struct cli *c, int *status, struct err *err)
{
	return c->nargs > 1 ? set_values(c, err) : show_values(c, err);
}
