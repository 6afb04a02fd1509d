/* A step of a finding or an inspection, made by the form that was sent. */
#include "text/nfc.h"
#include "web/flow_view.h"
#include "web/scope.h"

/* ---- rights ---- */

bool flow_right(const struct call *c, const struct flow_case *x, int move)
{
	struct str where = flow_where(x, move);

	return call_may_unit(c, move_defs[move].act, where.n ? org_unit(&c->world->org, where) : NULL);
}

enum err_code flow_need(const struct call *c, const struct flow_case *x, int move, struct err *err)
{
	return flow_right(c, x, move) ? OK : fail(err, ERR_DENIED, "you may not do this: %s",
		tr(c->lang, act_label(move_defs[move].act)));
}

bool flow_any_right(const struct call *c, const struct flow_case *x)
{
	for (int i = flow_defs[x->flow].first_move; i < flow_move_end(x->flow); i++)
		if (flow_right(c, x, i))
			return true;
	return false;
}

/* ---- a step is made ---- */

struct stepping {
	struct call *c;
	enum flow flow;
	struct id subject;
	struct flow_input in;
	const struct record_file *files;
	size_t nfiles;
};

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct stepping *s = ctx;
	struct id named;

	for (size_t i = 0; i < s->nfiles; i++)
		TRY(object_name(tx, &s->files[i].object, s->files[i].name, &named, err));
	return flow_step(tx, s->c->facts.scheme, s->flow, s->subject, &s->in, NULL, err);
}

struct node *flow_proof(struct call *c, const struct record_file *files, size_t n)
{
	struct node *list = node_list(c->arena);
	char text[HASH_TEXT];

	for (size_t i = 0; i < n; i++) {
		struct node *one = node_map(c->arena);

		node_set(c->arena, one, S("name"), node_str(c->arena, files[i].name));
		node_set(c->arena, one, S("digest"),
			node_str(c->arena, arena_str(c->arena, hash_text(&files[i].object.digest, text))));
		node_push(c->arena, list, one);
	}
	return list;
}

static enum err_code typed(struct call *c, const char *name, struct str *out, struct err *err)
{
	return nfc(c->arena, str_trim(value_of(&c->values, name)), out, err);
}

static enum err_code read_step(struct call *c, struct flow_input *in, struct err *err)
{
	*in = (struct flow_input)FLOW_INPUT;
	in->step = value_of(&c->values, "do");
	in->day = value_date(&c->values, "day");
	if (!date_is(in->day))
		in->day = c->on;
	in->due = value_date(&c->values, "due");
	in->progress = value_int(&c->values, "progress");
	in->seen = MAX(value_int(&c->values, "seen"), 0);
	TRY(typed(c, "no", &in->no, err));
	TRY(typed(c, "post", &in->post, err));
	TRY(typed(c, "unit", &in->unit, err));
	TRY(typed(c, "level", &in->level, err));
	TRY(typed(c, "text", &in->text, err));
	TRY(typed(c, "way", &in->way, err));
	return typed(c, "why", &in->why, err);
}

enum err_code flow_take(struct call *c, const struct flow_case *x, struct err *err)
{
	struct stepping s = {.c = c, .flow = x->flow, .subject = x->subject};
	size_t files;
	int move;

	if (!flow_any_right(c, x))
		return flow_need(c, x, flow_defs[x->flow].first_move, err);
	TRY(read_step(c, &s.in, err));
	if (!flow_move_named(x->flow, s.in.step, &move))
		return fail(err, ERR_INPUT, "there is no such step");
	TRY(flow_need(c, x, move, err));
	values_of(&c->values, "files", &files);
	if (files) {                     /* they are kept only for what fits */
		s.nfiles = 0;
		TRY(flow_fits(log_db(c->log), c->arena, c->facts.scheme, x->flow, x->subject, &s.in,
			c->access->account.login, S("web"), day_at(c->now), err));
		TRY(call_files(c, "files", &s.files, &s.nfiles, err));
		s.in.proof = flow_proof(c, s.files, s.nfiles);
	}
	return call_write(c, do_step, &s, err);
}
