#include "cli/record_out.h"

static struct str title_of(const struct field *f)
{
	return f->title.n ? f->title : f->name;
}

static void text(struct cli *c, struct node *map, struct str key, struct str value)
{
	if (value.n)
		node_set(c->arena, map, key, node_str(c->arena, value));
}

struct node *record_notices_out(struct cli *c, const struct record_fit *fit)
{
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < fit->n; i++) {
		const struct record_problem *p = &fit->problems[i];
		struct node *one = node_map(c->arena);

		text(c, one, S("field"), p->field ? p->field->name : STR_NONE);
		text(c, one, S("text"), p->text);
		node_push(c->arena, list, one);
		say(c, "look at  " STR_FMT ": " STR_FMT, STR_ARG(p->field ? title_of(p->field) : STR_NONE),
		    STR_ARG(text_line(c->arena, p->text)));
	}
	return list;
}

static struct str list_text(struct cli *c, const struct texts *t)
{
	struct str s = S("");

	for (size_t i = 0; i < t->n && i < RECORD_REMEMBERED; i++)
		s = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(s), i ? "; " : "", STR_ARG(t->p[i]));
	return s;
}

static struct node *list_node(struct cli *c, const struct texts *t)
{
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < t->n; i++)
		node_push(c->arena, list, node_str(c->arena, t->p[i]));
	return list;
}

enum err_code record_form_out(struct cli *c, const struct record_form *form, struct err *err)
{
	static const char *const heads[] = {N_("field"), N_("title"), N_("must"), N_("expected"), N_("used before")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllll");
	struct node *list = node_list(c->arena);

	for (size_t i = 0; i < form->n; i++) {
		const struct record_field *f = &form->fields[i];
		struct node *one = node_map(c->arena);

		table_row(t, (struct str[]){f->field->name, f->title,
			f->required ? str_c(tr(c->lang, N_("yes"))) : S(""), f->hint,
			list_text(c, f->remembered.n ? &f->remembered : &f->choices)});
		text(c, one, S("field"), f->field->name);
		text(c, one, S("title"), f->title);
		text(c, one, S("type"), str_c(field_type_name(f->field->type)));
		text(c, one, S("expected"), f->hint);
		node_set(c->arena, one, S("required"), node_bool(c->arena, f->required));
		node_set(c->arena, one, S("choices"), list_node(c, &f->choices));
		node_set(c->arena, one, S("used_before"), list_node(c, &f->remembered));
		node_push(c->arena, list, one);
	}
	if (c->json)
		return say_json(c, list, err);
	table_print(t, c);
	return OK;
}

static void show_step(struct cli *c, const struct record_step *s)
{
	struct str by = s->source.n ? s->source : s->import ? arena_printf(c->arena, "%s %lld",
		tr(c->lang, N_("import")), (long long)s->import) : str_c(tr(c->lang, N_("by hand")));

	say(c, "%s  %s  " STR_FMT "  event %lld  " STR_FMT, text_time(c->arena, s->at).p,
	    tr(c->lang, record_act_name(s->act)), STR_ARG(text_line(c->arena, s->actor)), (long long)s->event.seq,
	    STR_ARG(text_line(c->arena, by)));
	if (s->why.n)
		say(c, "    why: " STR_FMT, STR_ARG(text_line(c->arena, s->why)));
	for (size_t i = 0; i < s->n; i++) {
		const struct record_change *x = &s->changes[i];
		struct str before = text_line(c->arena, x->before), after = text_line(c->arena, x->after);

		if (x->before.n)
			say_text(c, arena_printf(c->arena, "    " STR_FMT ": " STR_FMT " → " STR_FMT,
				STR_ARG(title_of(x->field)), STR_ARG(before), STR_ARG(after.n ? after : S("—"))));
		else
			say_text(c, arena_printf(c->arena, "    " STR_FMT ": " STR_FMT, STR_ARG(title_of(x->field)),
				STR_ARG(after)));
	}
	if (s->proof.n)
		say(c, "    evidence: " STR_FMT, STR_ARG(text_line(c->arena, list_text(c, &s->proof))));
}

static struct node *step_node(struct cli *c, const struct record_step *s)
{
	struct node *out = node_map(c->arena), *changes = node_map(c->arena);

	text(c, out, S("done"), str_c(record_act_name(s->act)));
	node_set(c->arena, out, S("event"), node_num(c->arena, s->event.seq));
	text(c, out, S("at"), text_time(c->arena, s->at));
	text(c, out, S("actor"), s->actor);
	text(c, out, S("via"), s->via);
	text(c, out, S("why"), s->why);
	text(c, out, S("source"), s->source);
	if (s->import)
		node_set(c->arena, out, S("import"), node_num(c->arena, s->import));
	for (size_t i = 0; i < s->n; i++) {
		struct node *x = node_map(c->arena);

		text(c, x, S("before"), s->changes[i].before);
		text(c, x, S("after"), s->changes[i].after);
		node_set(c->arena, changes, s->changes[i].field->name, x);
	}
	node_set(c->arena, out, S("changes"), changes);
	node_set(c->arena, out, S("evidence"), list_node(c, &s->proof));
	return out;
}

enum err_code record_history_out(struct cli *c, const struct record_history *x, struct err *err)
{
	struct node *out = node_map(c->arena), *steps = node_list(c->arena);

	say(c, x->withdrawn ? N_("record %lld, " STR_FMT ", withdrawn") : N_("record %lld, " STR_FMT),
	    (long long)x->id.seq, STR_ARG(x->type->title));
	for (size_t i = 0; i < x->n; i++) {
		show_step(c, &x->steps[i]);
		node_push(c->arena, steps, step_node(c, &x->steps[i]));
	}
	node_set(c->arena, out, S("record"), node_num(c->arena, x->id.seq));
	text(c, out, S("type"), x->type->name);
	node_set(c->arena, out, S("withdrawn"), node_bool(c->arena, x->withdrawn));
	node_set(c->arena, out, S("history"), steps);
	return c->json ? say_json(c, out, err) : OK;
}
