#include "cli/cli.h"

#include "base/buf.h"
#include "office/adopt.h"
#include "office/handover.h"
#include "text/json.h"
#include "who/account.h"

command_fn cmd_handover;

enum { LIST_BYTES = 8 << 20 };

struct handing {
	struct cli *c;
	struct log *log;
	struct scheme scheme;
	struct org org;
	struct facts facts;
	struct figures figures;
	struct warn_answers answers;
	struct handover_list list;
	/* what is written */
	struct handover_input in;
	struct handover_step step;
	struct id id;
};

static struct str value(const struct cli *c, const char *name)
{
	return str_c(cli_opt(c, name));
}

static struct str day_text(struct cli *c, struct date d)
{
	char text[DATE_TEXT];

	return arena_str(c->arena, date_text(d, text));
}

static struct str or_nobody(struct cli *c, struct str name)
{
	return name.n ? name : str_c(tr(c->lang, N_("nobody")));
}

static void put(struct cli *c, struct node *map, const char *key, struct str text)
{
	if (text.n)
		node_set(c->arena, map, str_c(key), node_str(c->arena, text));
}

/* ---- what the office says on a day ---- */

/* labels: the language of slots' labels; a list that is kept has them in Chinese. */
static enum err_code office_on(struct handing *h, struct date on, int year, enum lang labels, struct err *err)
{
	struct db *db = log_db(h->log);
	struct facts_opt opt = {.year = year, .lang = labels};

	TRY(facts_load(h->c->arena, db, &h->scheme, &h->org, opt, &h->facts, err));
	TRY(warn_answers_load(db, h->c->arena, &h->answers, err));
	return figures_on(&h->facts, on, &h->figures, err);
}

static enum err_code make_list(struct handing *h, const char *name, enum lang labels, struct err *err)
{
	struct cli *c = h->c;
	const struct post *post = org_post(&h->org, str_c(name));
	struct date on = DATE_NONE;

	if (!post)
		return fail(err, ERR_NOT_FOUND, "there is no post '%s', or more than one", name);
	TRY(cli_date(c, "on", &on, err));
	if (!date_is(on))
		on = handover_eve(c->arena, &h->org, post, day_at(time_now()));
	TRY(office_on(h, on, date_ymd(on).y, labels, err));
	return handover_list(log_db(h->log), &h->figures, post, &h->answers, &h->list, err);
}

/* ---- the lines ---- */

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

static enum err_code show_list(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	const struct handover_list *l = &h->list;
	struct table *t = table_new(c->arena, (int)LEN(line_heads), line_heads, "rlllllll");

	if (c->json)
		return say_json(c, handover_json(c->arena, l), err);
	for (size_t i = 0; i < l->n; i++) {
		const struct handover_line *x = &l->p[i];

		table_row(t, (struct str[]){arena_printf(c->arena, "%zu", i + 1),
			str_c(tr(c->lang, line_kind_title(x->kind))), x->duty, x->title, x->label,
			day_text(c, x->due), x->state, STR_NONE});
	}
	say(c, N_(STR_FMT " as of %s: " STR_FMT ", then " STR_FMT), STR_ARG(l->post->name), day_text(c, l->on).p,
		STR_ARG(or_nobody(c, l->leaving.holder)), STR_ARG(or_nobody(c, l->coming.holder)));
	say_counts(c, l->count);
	if (l->n)
		table_print(t, c);
	return OK;
}

static enum err_code look(struct handing *h, struct err *err)
{
	TRY(make_list(h, h->c->args[0], h->c->lang, err));
	return show_list(h, err);
}

/* ---- handovers that are kept ---- */

static struct node *handover_out(struct cli *c, const struct handover *x)
{
	struct node *one = node_map(c->arena);

	node_set(c->arena, one, S("handover"), node_num(c->arena, x->c.subject.seq));
	put(c, one, "state", str_c(state_defs[x->c.state].name));
	put(c, one, "post", x->post);
	put(c, one, "on", day_text(c, x->on));
	put(c, one, "leaving", x->leaving);
	put(c, one, "coming", x->coming);
	node_set(c->arena, one, S("count"), node_num(c->arena, x->lines));
	put(c, one, "digest", x->digest);
	return one;
}

static enum err_code list_all(struct handing *h, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("post"), N_("as of"), N_("who leaves"), N_("who comes"),
		N_("lines"), N_("state")};
	struct cli *c = h->c;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rllllrl");
	struct node *out = node_list(c->arena);
	struct date on = DATE_NONE;
	struct handovers all;

	TRY(cli_date(c, "on", &on, err));
	TRY(handovers_load(log_db(h->log), c->arena, on, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct handover *x = &all.p[i];
		const struct post *p = org_post(&h->org, x->post);

		node_push(c->arena, out, handover_out(c, x));
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)x->c.subject.seq),
			p ? p->name : x->post, day_text(c, x->on), or_nobody(c, x->leaving), or_nobody(c, x->coming),
			arena_printf(c->arena, "%lld", (long long)x->lines),
			str_c(tr(c->lang, state_defs[x->c.state].title))});
	}
	if (c->json)
		return say_json(c, out, err);
	if (!all.n)
		say(c, "no post was handed over yet; zeren handover POST shows what would go over");
	else
		table_print(t, c);
	return OK;
}

static enum err_code read_no(struct handing *h, struct err *err)
{
	struct str s = str_c(h->c->args[1]);

	h->id.origin = 1;
	if (str_int(s, &h->id.seq) && h->id.seq >= 0)
		return OK;
	return fail(err, ERR_USAGE, "'%s' is no number of a handover; zeren handover shows them", h->c->args[1]);
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

static void print_kept(struct handing *h, const struct handover *x, const struct node *lines)
{
	static const char *const heads[] = {N_("day"), N_("step"), N_("name"), N_("post"), N_("text"), N_("entered")};
	struct cli *c = h->c;
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
		const struct post *p = org_post(&h->org, s->by);

		table_row(steps, (struct str[]){day_text(c, s->day), str_c(tr(c->lang, move_defs[s->move].title)),
			s->way, p ? p->name : s->by, s->text.n ? s->text : s->why, text_time(c->arena, s->at)});
	}
	say_text(c, S(""));
	table_print(steps, c);
}

static enum err_code show(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct node *out, *kept, *steps = node_list(c->arena);
	struct handover x;
	struct hash digest;
	struct str text;

	TRY(read_no(h, err));
	TRY(handover_get(log_db(h->log), c->arena, h->id, &x, err));
	if (!hash_parse(x.digest, &digest))
		return fail(err, ERR_DAMAGED, "handover %lld names no list", (long long)h->id.seq);
	TRY(object_read(h->log, c->arena, &digest, LIST_BYTES, &text, err));
	TRY(json_read(c->arena, text, (struct json_opt){0}, &kept, err));
	out = handover_out(c, &x);
	node_set(c->arena, out, S("lines"), (struct node *)NODE_GET(kept, "lines"));
	for (size_t i = 0; i < x.c.n; i++) {
		const struct flow_step *s = &x.c.steps[i];
		struct node *one = node_map(c->arena);

		node_set(c->arena, one, S("event"), node_num(c->arena, s->id.seq));
		put(c, one, "step", str_c(move_defs[s->move].name));
		put(c, one, "day", day_text(c, s->day));
		put(c, one, "name", s->way);
		put(c, one, "by", s->by);
		put(c, one, "no", s->no);
		put(c, one, "text", s->text);
		put(c, one, "why", s->why);
		node_push(c->arena, steps, one);
	}
	node_set(c->arena, out, S("steps"), steps);
	if (c->json)
		return say_json(c, out, err);
	say(c, N_(STR_FMT " as of %s: " STR_FMT ", then " STR_FMT), STR_ARG(x.post), day_text(c, x.on).p,
		STR_ARG(or_nobody(c, x.leaving)), STR_ARG(or_nobody(c, x.coming)));
	say_text(c, str_c(tr(c->lang, state_defs[x.c.state].title)));
	print_kept(h, &x, NODE_GET(kept, "lines"));
	return OK;
}

/* ---- preparing ---- */

static enum err_code do_prepare(struct tx *tx, void *ctx, struct err *err)
{
	struct handing *h = ctx;

	return handover_prepare(tx, &h->scheme, &h->in, &h->id, err);
}

static enum err_code prepare(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct buf b CLEANUP(buf_free) = BUF_MAX(LIST_BYTES);
	struct node *out = node_map(c->arena);

	h->in = (struct handover_input){.list = &h->list, .by = value(c, "by"), .day = DATE_NONE};
	TRY(cli_date(c, "day", &h->in.day, err));
	TRY(make_list(h, c->args[1], LANG_ZH, err));
	TRY(json_canon(&b, handover_json(c->arena, &h->list), err));
	TRY(object_store_text(h->log, buf_str(&b), &h->in.object, err));
	TRY(log_write(h->log, cli_actor(c->arena), S("cli"), do_prepare, h, err));
	node_set(c->arena, out, S("handover"), node_num(c->arena, h->id.seq));
	node_set(c->arena, out, S("count"), node_num(c->arena, (int64_t)h->list.n));
	if (c->json)
		return say_json(c, out, err);
	say(c, "handover %lld is prepared, with %zu lines", (long long)h->id.seq, h->list.n);
	return OK;
}

/* ---- the steps ---- */

static enum err_code do_step(struct tx *tx, void *ctx, struct err *err)
{
	struct handing *h = ctx;

	return handover_do(tx, &h->scheme, h->id, &h->step, err);
}

static enum err_code step(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct node *out = node_map(c->arena);

	h->step = (struct handover_step){.step = str_c(c->args[0]), .name = value(c, "name"), .by = value(c, "by"),
		.why = value(c, "why"), .no = value(c, "line"), .text = value(c, "text"), .day = DATE_NONE};
	TRY(cli_date(c, "day", &h->step.day, err));
	TRY(read_no(h, err));
	TRY(log_write(h->log, cli_actor(c->arena), S("cli"), do_step, h, err));
	node_set(c->arena, out, S("handover"), node_num(c->arena, h->id.seq));
	put(c, out, "done", h->step.step);
	if (c->json)
		return say_json(c, out, err);
	say(c, "handover %lld: %s is recorded", (long long)h->id.seq, c->args[0]);
	return OK;
}

/* ---- vacant ---- */

static struct node *vacant_out(struct cli *c, const struct accountable *a, const struct vacant_slots *v)
{
	struct node *out = node_map(c->arena), *days = node_map(c->arena), *spells = node_list(c->arena),
		*due = node_list(c->arena);

	for (int k = 0; k < SPELL_KINDS; k++)
		node_set(c->arena, days, str_c(spell_kind_name((enum spell_kind)k)), node_num(c->arena, a->days[k]));
	for (size_t i = 0; i < a->spells.n; i++) {
		const struct spell *s = &a->spells.p[i];
		struct node *one = node_map(c->arena);

		put(c, one, "post", s->post->code);
		put(c, one, "name", s->post->name);
		put(c, one, "kind", str_c(spell_kind_name(s->kind)));
		put(c, one, "holder", s->holder);
		put(c, one, "from", day_text(c, s->from));
		put(c, one, "to", day_text(c, s->to));
		node_set(c->arena, one, S("days"), node_num(c->arena, s->to.n - s->from.n + 1));
		node_push(c->arena, spells, one);
	}
	for (size_t i = 0; i < v->n; i++) {
		struct node *one = node_map(c->arena);

		put(c, one, "post", v->p[i].spell->post->code);
		put(c, one, "duty", v->p[i].of->duty->id);
		put(c, one, "label", v->p[i].slot->label);
		put(c, one, "due", day_text(c, v->p[i].slot->due));
		put(c, one, "state", str_c(slot_state_name(v->p[i].slot->state)));
		node_push(c->arena, due, one);
	}
	put(c, out, "from", day_text(c, a->from));
	put(c, out, "to", day_text(c, a->to));
	node_set(c->arena, out, S("posts"), node_num(c->arena, (int64_t)a->posts));
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
		table_row(t, (struct str[]){s->post->name, day_text(c, s->from), day_text(c, s->to),
			arena_printf(c->arena, "%d", (int)(s->to.n - s->from.n + 1)),
			str_c(tr(c->lang, spell_kind_name(s->kind))), s->holder});
	}
	say(c, "%zu posts own duties: %lld days held, %lld looked after, %lld vacant", a->posts,
		(long long)a->days[SPELL_HELD], (long long)a->days[SPELL_ACTING], (long long)a->days[SPELL_VACANT]);
	if (n)
		table_print(t, c);
	for (size_t i = 0; i < v->n; i++)
		table_row(due, (struct str[]){v->p[i].spell->post->name, v->p[i].of->duty->id, v->p[i].of->duty->title,
			v->p[i].slot->label, day_text(c, v->p[i].slot->due),
			str_c(tr(c->lang, slot_state_name(v->p[i].slot->state)))});
	if (v->n) {
		say_text(c, S(""));
		say(c, "fell due while nobody answered for the post: %zu", v->n);
		table_print(due, c);
	}
}

static enum err_code vacant(struct handing *h, struct err *err)
{
	struct cli *c = h->c;
	struct date on = DATE_NONE, first, last;
	int64_t year = h->org.office.year;
	struct vacant_slots slots;
	struct accountable a;

	TRY(cli_date(c, "on", &on, err));
	if (date_is(on))
		year = date_ymd(on).y;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	date_make((int)year, 1, 1, &first);
	date_make((int)year, 12, 31, &last);
	TRY(office_on(h, date_is(on) ? on : last, (int)year, c->lang, err));
	accountable(&h->facts, h->figures.duties, h->scheme.nduties, first, last, h->figures.on, &a);
	vacant_slots(&h->figures, &a, &slots);
	if (c->json)
		return say_json(c, vacant_out(c, &a, &slots), err);
	print_vacant(c, &a, &slots);
	return OK;
}

/* ---- the actions ---- */

static const struct action {
	const char *name;
	enum err_code (*fn)(struct handing *h, struct err *err);
	bool writes;
	int operands;                /* with the action itself */
	const char *options[5];      /* that it takes */
} actions[] = {
	{"list", list_all, false, 1, {"on"}},
	{"show", show, false, 2, {NULL}},
	{"prepare", prepare, true, 2, {"on", "by", "day"}},
	{"give", step, true, 2, {"name", "by", "day"}},
	{"take", step, true, 2, {"name", "by", "day"}},
	{"leave", step, true, 2, {"name", "by", "day"}},
	{"take-up", step, true, 2, {"name", "by", "day"}},
	{"note", step, true, 2, {"line", "text", "by", "day"}},
	{"drop", step, true, 2, {"why", "by", "day"}},
};
static const struct action of_post = {"POST", look, false, 1, {"on"}},
	of_year = {"--vacant", vacant, false, 0, {"on", "year", "vacant"}};

static enum err_code find_action(const struct cli *c, const struct action **out, struct err *err)
{
	static const char *const options[] = {"on", "year", "vacant", "by", "name", "day", "line", "text", "why"};
	const struct action *x = cli_flag(c, "vacant") ? &of_year : c->nargs ? &of_post : &actions[0];

	for (size_t i = 0; x == &of_post && i < LEN(actions); i++)
		if (!strcmp(actions[i].name, c->args[0]))
			x = &actions[i];
	if (c->nargs && c->nargs < x->operands)
		return fail(err, ERR_USAGE, "zeren handover %s: %s is missing", x->name,
			x->fn == prepare ? "POST" : "NO");
	if (c->nargs > x->operands)
		return fail(err, ERR_USAGE, "zeren handover %s: %s is one too many", x->name, c->args[x->operands]);
	for (size_t i = 0; i < LEN(options); i++) {
		bool takes = false;

		for (size_t k = 0; k < LEN(x->options) && x->options[k]; k++)
			takes |= !strcmp(x->options[k], options[i]);
		if (cli_opt(c, options[i]) && !takes)
			return fail(err, ERR_USAGE, "zeren handover %s takes no --%s", x->name, options[i]);
	}
	*out = x;
	return OK;
}

enum err_code cmd_handover(struct cli *c, int *status, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;
	struct handing h = {.c = c};
	const struct action *action = NULL;

	TRY(find_action(c, &action, err));
	TRY(action->writes ? cli_open(c, &log, err) : cli_open_reading(c, &log, err));
	h.log = log;
	TRY(scheme_current(log, c->arena, &h.scheme, err));
	TRY(org_load(log_db(log), c->arena, DATE_NONE, &h.org, err));
	return action->fn(&h, err);
}
