/* Steps of findings and inspections on pages: the fields of their forms, and refusals in the words of the forms. */
#include "base/buf.h"
#include "text/json.h"
#include "web/flow_view.h"
#include "web/pages.h"
#include "web/scope.h"

/* A field of a step by its bit; the first row whose move fits (FLOW_NONE: any) names it. */
static const struct {
	int move;
	unsigned bit;
	const char *name, *title;
} names[] = {
	{MOVE_FINDING_FEEDBACK, F_NO, "no", N_("Number of the feedback")},
	{MOVE_FINDING_MEASURE, F_NO, "no", N_("Number of the measure")},
	{MOVE_FINDING_PROGRESS, F_NO, "no", N_("Measure")},
	{MOVE_FINDING_CLOSE, F_NO, "no", N_("Closure number")},
	{MOVE_FINDING_NOTICE, F_NO, "no", N_("Number of the notice")},
	{MOVE_INSPECTION_REPORT, F_NO, "no", N_("Number of the feedback")},
	{FLOW_NONE, F_NO, "no", N_("Number")},
	{MOVE_FINDING_MEASURE, F_POST, "post", N_("Post that takes it")},
	{FLOW_NONE, F_UNIT, "unit", N_("Unit that puts it right")},
	{FLOW_NONE, F_POST, "post", N_("Post that answers for it")},
	{FLOW_NONE, F_LEVEL, "level", N_("Severity")},
	{MOVE_FINDING_CLOSE, F_DUE, "due", N_("Day of the re-check")},
	{MOVE_FINDING_RECHECK, F_DUE, "due", N_("Day of the next look")},
	{MOVE_FINDING_STAND, F_DUE, "due", N_("Day of the next look")},
	{MOVE_FINDING_CONTINUE, F_DUE, "due", N_("Day of the next look")},
	{MOVE_INSPECTION_POSTPONE, F_DUE, "due", N_("New day")},
	{FLOW_NONE, F_DUE, "due", N_("To be put right by")},
	{FLOW_NONE, F_PROGRESS, "progress", N_("Progress in %")},
	{FLOW_NONE, F_WAY, "way", N_("How it was checked")},
	{MOVE_FINDING_MEASURE, F_TEXT, "text", N_("What is done")},
	{MOVE_FINDING_DONE, F_TEXT, "text", N_("What was done")},
	{MOVE_FINDING_ON_THE_SPOT, F_TEXT, "text", N_("What was done")},
	{MOVE_FINDING_VERIFY, F_TEXT, "text", N_("What was seen")},
	{MOVE_FINDING_RECHECK, F_TEXT, "text", N_("What was seen")},
	{FLOW_NONE, F_TEXT, "text", N_("What there is to say")},
	{FLOW_NONE, F_WHY, "why", N_("Why")},
};

static const char *const ways[] = {N_("on site"), N_("by papers"), N_("on site and by papers"), N_("hearing")};

struct str flow_title(const struct call *c, const char *key)
{
	struct str s = arena_str(c->arena, call_say(c, key));

	if (s.n && s.p[0] >= 'a' && s.p[0] <= 'z')
		((char *)s.p)[0] = (char)(s.p[0] - 'a' + 'A');
	return s;
}

const char *flow_field_title(int move, unsigned bit)
{
	for (size_t i = 0; i < LEN(names); i++)
		if (names[i].bit == bit && (names[i].move == move || names[i].move == FLOW_NONE))
			return names[i].title;
	return "";
}

/* ---- refusals by titles ---- */

static struct str swap(const struct call *c, struct str text, struct str name, struct str title)
{
	struct buf out CLEANUP(buf_free) = BUF_MAX(16 << 10);
	size_t at;

	while (name.n && str_find(text, name, &at)) {
		buf_printf(&out, STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, at)), STR_ARG(title));
		text = str_sub(text, at + name.n, text.n);
	}
	buf_printf(&out, STR_FMT, STR_ARG(text));
	return arena_str(c->arena, buf_str(&out));
}

/* A name in the marks that refusals put around it. */
static struct str quoted(const struct call *c, struct str text, const char *name, const char *title)
{
	struct str t = call_say(c, title);

	text = swap(c, text, arena_printf(c->arena, "'%s'", name), arena_printf(c->arena, "'" STR_FMT "'", STR_ARG(t)));
	return swap(c, text, arena_printf(c->arena, "“%s”", name), arena_printf(c->arena, "“" STR_FMT "”", STR_ARG(t)));
}

struct str flow_say(const struct call *c, enum flow flow, struct str text)
{
	const struct org *org = &c->world->org;
	size_t at;

	for (int i = flow_defs[flow].first_move; i < flow_move_end(flow); i++)
		text = quoted(c, text, move_defs[i].name, move_defs[i].title);
	for (int i = flow_defs[flow].first_state; i < flow_state_end(flow); i++)
		text = quoted(c, text, state_defs[i].name, state_defs[i].title);
	for (size_t i = 0; i < LEN(names); i++)
		if (names[i].move == FLOW_NONE)
			text = quoted(c, text, names[i].name, names[i].title);
	for (size_t i = 0; i < org->nposts; i++)
		if (str_find(text, org->posts[i].code, &at))
			text = swap(c, text, org->posts[i].code, org->posts[i].name);
	return text;
}

/* ---- the fields of a form ---- */

static bool sets_level(int move)
{
	for (const struct set_def *x = set_defs; x->move != FLOW_NONE; x++)
		if (x->move == move && x->of == F_LEVEL)
			return true;
	return false;
}

/* What may be said, beside what must. */
static unsigned may_say(int move)
{
	unsigned asks = move_defs[move].asks, out = 0;

	if (asks & R_TO)
		out |= F_POST | F_UNIT;
	if (asks & (R_DUE | R_NEXT | R_AS_ASKED))
		out |= F_DUE;
	if (asks & R_KNOWN_NO)
		out |= F_NO;
	if (sets_level(move))
		out |= F_LEVEL;
	return out;
}

static void pick(struct call *c, struct picks *to, struct str value, struct str text, struct str chosen)
{
	*ARENA_PUSH(c->arena, to->p, to->n, to->cap) = (struct pick){value, text, str_eq(value, chosen)};
}

static void pick_posts(struct call *c, struct step_field *f)
{
	const struct org *org = &c->world->org;

	f->kind = STEP_PICK;
	for (size_t i = 0; i < org->nposts; i++)
		pick(c, &f->picks, org->posts[i].code, org->posts[i].name, f->value);
}

static void pick_units(struct call *c, struct step_field *f)
{
	const struct org *org = &c->world->org;

	f->kind = STEP_PICK;
	for (size_t i = 0; i < org->nunits; i++)
		pick(c, &f->picks, org->units[i].code, org->units[i].name, f->value);
}

/* The words of a closed list; those used before are offered otherwise. */
static void pick_level(struct call *c, struct step_field *f, const struct record_type *type)
{
	const struct field *level = flow_field(type, KEY_FINDING_LEVEL);

	if (!level || !level->of)
		return;
	f->kind = STEP_PICK;
	for (size_t i = 0; i < level->of->values.n; i++)
		pick(c, &f->picks, level->of->values.p[i], level->of->values.p[i], f->value);
}

/* Measures that progress can be said of; the whole is the empty one. */
static void pick_measure(struct call *c, struct step_field *f, const struct flow_case *x)
{
	f->kind = STEP_PICK;
	for (size_t i = 0; i < x->n; i++)
		if (x->steps[i].move == MOVE_FINDING_MEASURE)
			pick(c, &f->picks, x->steps[i].no, arena_printf(c->arena, STR_FMT " " STR_FMT,
				STR_ARG(x->steps[i].no), STR_ARG(x->steps[i].text)), f->value);
	f->hint = call_say(c, N_("empty: the finding as a whole"));
}

static struct str next_no(struct call *c, const struct flow_case *x)
{
	int n = 1;

	for (size_t i = 0; i < x->n; i++)
		n += x->steps[i].move == MOVE_FINDING_MEASURE;
	return arena_printf(c->arena, "%d", n);
}

static void fill_field(struct call *c, struct step_field *f, const struct flow_case *x,
	const struct record_type *type, int move, unsigned bit, bool sent)
{
	if (move == MOVE_FINDING_MEASURE && bit == F_NO && !sent)
		f->value = next_no(c, x);
	if (bit == F_POST && f->must && !sent)
		f->value = c->access->account.post;
	if (bit == F_POST)
		pick_posts(c, f);
	else if (bit == F_UNIT)
		pick_units(c, f);
	else if (bit == F_LEVEL)
		pick_level(c, f, type);
	else if (bit == F_NO && move_defs[move].asks & R_KNOWN_NO)
		pick_measure(c, f, x);
	else if (bit == F_DUE)
		f->kind = STEP_DAY;
	else if (bit == F_PROGRESS)
		f->kind = STEP_NUMBER;
	else if (bit == F_TEXT || bit == F_WHY)
		f->kind = STEP_LONG;
	for (size_t i = 0; bit == F_WAY && i < LEN(ways); i++)
		pick(c, &f->picks, call_say(c, ways[i]), call_say(c, ways[i]), STR_NONE);
	if (bit == F_DUE && move_defs[move].asks & R_AS_ASKED)
		f->hint = call_say(c, N_("empty: the day that was asked for"));
	else if (bit == F_DUE && !f->must && move_defs[move].asks & R_DUE)
		f->hint = call_say(c, N_("empty: the day in force stays"));
	else if (!f->must && !f->hint.n && bit & (F_POST | F_UNIT | F_LEVEL))
		f->hint = call_say(c, N_("empty: as it is"));
}

static struct str posted(struct call *c, bool sent, const char *name)
{
	return sent ? value_of(&c->values, name) : STR_NONE;
}

void flow_fields(struct call *c, struct step_form *form, const struct flow_case *x, const struct record_type *type,
	int move)
{
	static const unsigned order[] = {F_NO, F_UNIT, F_POST, F_LEVEL, F_PROGRESS, F_WAY, F_DUE, F_TEXT, F_WHY};
	unsigned must = move_defs[move].asks, may = must | may_say(move);
	struct step_field *f = ARENA_PUSH(c->arena, form->fields.p, form->fields.n, form->fields.cap);
	struct date today = date_lt(day_at(c->now), c->on) ? day_at(c->now) : c->on;
	char day[DATE_TEXT];

	*f = (struct step_field){.name = "day", .title = call_say(c, N_("Day")), .kind = STEP_DAY, .must = true};
	f->id = arena_printf(c->arena, "%s-day", form->move);
	f->value = form->open ? value_of(&c->values, "day") : arena_str(c->arena, date_text(today, day));
	for (size_t i = 0; i < LEN(order); i++) {
		if (!(may & order[i]))
			continue;
		f = ARENA_PUSH(c->arena, form->fields.p, form->fields.n, form->fields.cap);
		*f = (struct step_field){.title = call_say(c, flow_field_title(move, order[i])),
			.must = (must & order[i]) != 0};
		for (size_t k = 0; k < LEN(names) && !f->name; k++)
			f->name = names[k].bit == order[i] ? names[k].name : NULL;
		f->id = arena_printf(c->arena, "%s-%s", form->move, f->name);
		f->value = posted(c, form->open, f->name);
		fill_field(c, f, x, type, move, order[i], form->open);
	}
}
