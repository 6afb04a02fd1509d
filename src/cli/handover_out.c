#include "cli/handover_out.h"

#include "cli/flow_out.h"

#include "text/json.h"

static struct str or_nobody(struct cli *c, struct str name)
{
	return name.n ? name : str_c(tr(c->lang, N_("nobody")));
}

/* ---- what would go over ---- */

static const char *const line_heads[] = {
	N_("no."), N_("what"), N_("duty"), N_("title"), N_("slot"), N_("due day"), N_("state"), N_("remarks")};

static void say_counts(struct cli *c, const size_t *count)
{
	struct str out = S("");

	for (int k = 0; k < LINE_KINDS; k++)
		if (count[k])
			out = arena_printf(c->arena, STR_FMT "%s%s %zu", STR_ARG(out), out.n ? " · " : "",
				tr(c->lang, line_kind_title((enum line_kind)k)), count[k]);
	say_text(c, out.n ? out : str_c(tr(c->lang, N_("nothing is open"))));
}

enum err_code handover_list_out(struct cli *c, const struct handover_list *l, struct err *err)
{
	struct table *t = table_new(c->arena, (int)LEN(line_heads), line_heads, "rlllllll");

	if (c->json)
		return say_json(c, handover_json(c->arena, l), err);
	for (size_t i = 0; i < l->n; i++) {
		const struct handover_line *x = &l->p[i];

		table_row(t, (struct str[]){arena_printf(c->arena, "%zu", i + 1),
			str_c(tr(c->lang, line_kind_title(x->kind))), x->duty, x->title, x->label,
			text_day(c->arena, x->due), x->state, STR_NONE});
	}
	say(c, N_(STR_FMT " as of %s: " STR_FMT ", then " STR_FMT), STR_ARG(l->post->name), text_day(c->arena, l->on).p,
		STR_ARG(or_nobody(c, l->leaving.holder)), STR_ARG(or_nobody(c, l->coming.holder)));
	say_counts(c, l->count);
	if (l->n)
		table_print(t, c);
	return OK;
}

/* ---- handovers that are kept ---- */

static struct node *handover_node(struct cli *c, const struct handover *x)
{
	struct node *one = node_map(c->arena);

	out_num(c, one, "handover", x->c.subject.seq);
	out_text(c, one, "state", str_c(state_defs[x->c.state].name));
	out_text(c, one, "post", x->post);
	out_day(c, one, "on", x->on);
	out_text(c, one, "leaving", x->leaving);
	out_text(c, one, "coming", x->coming);
	out_num(c, one, "count", x->lines);
	out_text(c, one, "digest", x->digest);
	return one;
}

enum err_code handovers_out(struct cli *c, const struct handovers *all, const struct org *org, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("post"), N_("as of"), N_("who leaves"), N_("who comes"),
		N_("lines"), N_("state")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rllllrl");
	struct node *out = node_list(c->arena);

	for (size_t i = 0; i < all->n; i++) {
		const struct handover *x = &all->p[i];
		const struct post *p = org_post(org, x->post);

		node_push(c->arena, out, handover_node(c, x));
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)x->c.subject.seq),
			p ? p->name : x->post, text_day(c->arena, x->on), or_nobody(c, x->leaving),
			or_nobody(c, x->coming), arena_printf(c->arena, "%lld", (long long)x->lines),
			str_c(tr(c->lang, state_defs[x->c.state].title))});
	}
	if (c->json)
		return say_json(c, out, err);
	if (!all->n)
		say(c, "no post was handed over yet; zeren handover POST shows what would go over");
	else
		table_print(t, c);
	return OK;
}

/* Everything that was noted of a line, the oldest first. */
static struct str notes_on(struct cli *c, const struct handover *x, int64_t no)
{
	struct str out = STR_NONE;
	int64_t n;

	for (size_t i = 0; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];

		if (s->move == MOVE_HANDOVER_NOTE && str_int(s->no, &n) && n == no)
			out = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(out), out.n ? "; " : "",
				STR_ARG(s->text));
	}
	return out;
}

static struct str kind_word(struct cli *c, struct str name)
{
	for (int k = 0; k < LINE_KINDS; k++)
		if (str_is(name, line_kind_name((enum line_kind)k)))
			return str_c(tr(c->lang, line_kind_title((enum line_kind)k)));
	return name;
}

static void print_kept(struct cli *c, const struct handover *x, const struct org *org, const struct node *lines)
{
	static const char *const heads[] = {N_("day"), N_("step"), N_("name"), N_("post"), N_("text"), N_("entered")};
	struct table *t = table_new(c->arena, (int)LEN(line_heads), line_heads, "rlllllll"),
		*steps = table_new(c->arena, (int)LEN(heads), heads, "llllll");

	for (size_t i = 0; lines && i < lines->n; i++) {
		const struct node *l = lines->items[i];
		int64_t no = node_int(l, S("no"), 0);

		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)no),
			kind_word(c, node_text(l, S("kind"))), node_text(l, S("duty")), node_text(l, S("title")),
			node_text(l, S("label")), node_text(l, S("due")), node_text(l, S("state")),
			notes_on(c, x, no)});
	}
	if (lines && lines->n)
		table_print(t, c);
	for (size_t i = 0; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];
		const struct post *p = org_post(org, s->by);

		table_row(steps, (struct str[]){text_day(c->arena, s->day),
			str_c(tr(c->lang, move_defs[s->move].title)), s->way,
			p ? p->name : s->by, s->text.n ? s->text : s->why, text_time(c->arena, s->at)});
	}
	say_text(c, S(""));
	table_print(steps, c);
}

enum err_code handover_out(
	struct cli *c, const struct handover *x, const struct org *org, const struct node *kept, struct err *err)
{
	struct node *out = handover_node(c, x), *steps = node_list(c->arena);

	node_set(c->arena, out, S("lines"), (struct node *)NODE_GET(kept, "lines"));
	for (size_t i = 0; i < x->c.n; i++) {
		const struct flow_step *s = &x->c.steps[i];
		struct node *one = node_map(c->arena);

		out_num(c, one, "event", s->id.seq);
		out_text(c, one, "step", str_c(move_defs[s->move].name));
		out_day(c, one, "day", s->day);
		out_text(c, one, "name", s->way);
		out_text(c, one, "by", s->by);
		out_text(c, one, "no", s->no);
		out_text(c, one, "text", s->text);
		out_text(c, one, "why", s->why);
		node_push(c->arena, steps, one);
	}
	node_set(c->arena, out, S("steps"), steps);
	if (c->json)
		return say_json(c, out, err);
	say(c, N_(STR_FMT " as of %s: " STR_FMT ", then " STR_FMT), STR_ARG(x->post), text_day(c->arena, x->on).p,
		STR_ARG(or_nobody(c, x->leaving)), STR_ARG(or_nobody(c, x->coming)));
	say_text(c, str_c(tr(c->lang, state_defs[x->c.state].title)));
	print_kept(c, x, org, NODE_GET(kept, "lines"));
	return OK;
}

/* ---- vacant ---- */

static struct node *vacant_node(struct cli *c, const struct accountable *a, const struct vacant_slots *v)
{
	struct node *out = node_map(c->arena), *days = node_map(c->arena), *spells = node_list(c->arena),
		*due = node_list(c->arena);

	for (int k = 0; k < SPELL_KINDS; k++)
		node_set(c->arena, days, str_c(spell_kind_name((enum spell_kind)k)), node_num(c->arena, a->days[k]));
	for (size_t i = 0; i < a->spells.n; i++) {
		const struct spell *s = &a->spells.p[i];
		struct node *one = node_map(c->arena);

		out_text(c, one, "post", s->post->code);
		out_text(c, one, "name", s->post->name);
		out_text(c, one, "kind", str_c(spell_kind_name(s->kind)));
		out_text(c, one, "holder", s->holder);
		out_day(c, one, "from", s->from);
		out_day(c, one, "to", s->to);
		out_num(c, one, "days", s->to.n - s->from.n + 1);
		node_push(c->arena, spells, one);
	}
	for (size_t i = 0; i < v->n; i++) {
		struct node *one = node_map(c->arena);

		out_text(c, one, "post", v->p[i].spell->post->code);
		out_text(c, one, "duty", v->p[i].of->duty->id);
		out_text(c, one, "label", v->p[i].slot->label);
		out_day(c, one, "due", v->p[i].slot->due);
		out_text(c, one, "state", str_c(slot_state_name(v->p[i].slot->state)));
		node_push(c->arena, due, one);
	}
	out_day(c, out, "from", a->from);
	out_day(c, out, "to", a->to);
	out_num(c, out, "posts", (int64_t)a->posts);
	node_set(c->arena, out, S("days"), days);
	node_set(c->arena, out, S("spells"), spells);
	node_set(c->arena, out, S("fell_due"), due);
	return out;
}

static void print_vacant(struct cli *c, const struct accountable *a, const struct vacant_slots *v)
{
	static const char *const heads[] = {N_("post"), N_("from"), N_("to"), N_("days"), N_("state"), N_("holder")},
		*const due_heads[] = {N_("post"), N_("duty"), N_("title"), N_("slot"), N_("due day"), N_("state")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lllrll"),
		*due = table_new(c->arena, (int)LEN(due_heads), due_heads, "llllll");
	size_t n = 0;

	for (size_t i = 0; i < a->spells.n; i++) {
		const struct spell *s = &a->spells.p[i];

		if (s->kind == SPELL_HELD)
			continue;
		n++;
		table_row(t, (struct str[]){s->post->name, text_day(c->arena, s->from), text_day(c->arena, s->to),
			arena_printf(c->arena, "%d", (int)(s->to.n - s->from.n + 1)),
			str_c(tr(c->lang, spell_kind_name(s->kind))), s->holder});
	}
	say(c, "%zu posts own duties: %lld days held, %lld looked after, %lld vacant", a->posts,
		(long long)a->days[SPELL_HELD], (long long)a->days[SPELL_ACTING], (long long)a->days[SPELL_VACANT]);
	if (n)
		table_print(t, c);
	for (size_t i = 0; i < v->n; i++)
		table_row(due, (struct str[]){v->p[i].spell->post->name, v->p[i].of->duty->id, v->p[i].of->duty->title,
			v->p[i].slot->label, text_day(c->arena, v->p[i].slot->due),
			str_c(tr(c->lang, slot_state_name(v->p[i].slot->state)))});
	if (v->n) {
		say_text(c, S(""));
		say(c, "fell due while nobody answered for the post: %zu", v->n);
		table_print(due, c);
	}
}

enum err_code vacant_out(
	struct cli *c, const struct accountable *a, const struct vacant_slots *v, struct err *err)
{
	if (c->json)
		return say_json(c, vacant_node(c, a, v), err);
	print_vacant(c, a, v);
	return OK;
}
