/* The fields of a duty's form: which there are follows from the form of its need; what is beyond them is shown as it
 * stands in the text. */
#include "web/scheme_view.h"

enum { LONG_FROM = 120 };
enum {
	COUNT = 1 << NEED_COUNT,
	EACH = 1 << NEED_EACH,
	ON = 1 << NEED_ON,
	BY = 1 << NEED_BY,
	WHEN = 1 << NEED_WHEN,
	HOLDS = 1 << NEED_HOLDS,
	REACH = 1 << NEED_REACH,
	ALL = 127
};

struct known {
	const char *key, *title, *hint;
	enum duty_input kind;
	unsigned always, may; /* forms of need that show it empty; that know it */
	const char *mode; /* NULL: text */
};

static const struct known duty_keys[] = {
	{"title", N_("Duty"),
		N_("What must be done"), INPUT_LINE, ALL, ALL, NULL},
	{"owner", N_("Owner"),
		N_("post:NAME, each post:ROLE, each unit:KIND, body:NAME, office or everyone"),
		INPUT_LINE, ALL, ALL, NULL},
	{"owned_by", N_("Owner in words"),
		N_("Where the owner does not read well; else empty"), INPUT_LINE, ALL, ALL, NULL},
	{"cadence", N_("How often"),
		N_("For people; what is judged stands below"), INPUT_LINE, ALL, ALL, NULL},
	{"proof", N_("Evidence"),
		N_("What proves it, for people"), INPUT_LINE, ALL, ALL, NULL},
	{"points", N_("Points"),
		N_("A number with at most three decimals"), INPUT_LINE, ALL, ALL, "decimal"},
	{"pace", N_("Steady pace"),
		N_("linear: warned as soon as it is behind; else empty"), INPUT_LINE, ALL, ALL, NULL},
};

static const struct known need_keys[] = {
	{"count", N_("How many"),
		N_("1 to 1000"), INPUT_LINE, COUNT | BY, COUNT | BY, "numeric"},
	{"per", N_("In each"),
		N_("A period"), INPUT_PICK, COUNT, COUNT, NULL},
	{"each", N_("Once in each"),
		N_("A period; 2 months, table:KEY and others as the manual of schemes says"),
		INPUT_PICK, EACH, EACH, NULL},
	{"enough", N_("So many are enough"),
		N_("A number, or {sum: FIELD, at_least: 3} and the like; empty: one record"),
		INPUT_LINE, EACH, EACH, NULL},
	{"on", N_("On"),
		N_("thursday, day 5, last day, working day 3, 06-30, or a list of them"), INPUT_LINE, ON, ON, NULL},
	{"window", N_("Also by a record of the same"),
		N_("week, month … or 5d; empty: of the day"), INPUT_LINE, ON, ON, NULL},
	{"by", N_("By the day"),
		N_("06-30, next 01-10, or a list of days"), INPUT_LINE, BY | REACH, BY | REACH, NULL},
	{"reach", N_("Figure"),
		N_("Its name"), INPUT_LINE, REACH, REACH, NULL},
	{"at_least", N_("At least"),
		N_("A number; a list goes with several days"), INPUT_LINE, REACH, REACH, NULL},
	{"within", N_("Within"),
		N_("3d, 24h, 5 working days, 1 month or prompt; empty: the same day"), INPUT_LINE, WHEN, WHEN, NULL},
	{"holds", N_("Field that says until when"),
		N_("A field of the records under for_each"), INPUT_LINE, HOLDS, HOLDS, NULL},
	{"from", N_("From"),
		N_("11-01, or a key of the organisation's settings; empty: the whole year"),
		INPUT_LINE, EACH | ON, COUNT | EACH | ON | BY, NULL},
	{"to", N_("Until"),
		N_("03-15, or a key of the organisation's settings; empty: the whole year"),
		INPUT_LINE, EACH | ON, COUNT | EACH | ON, NULL},
	{"label", N_("Label"),
		N_("Stands before the slot's own name"), INPUT_LINE, ALL, ALL, NULL},
	{"late", N_("Done after the day"),
		N_("counts, never, or empty"), INPUT_LINE, 0, ALL, NULL},
	{"when", N_("Whenever a record arises"),
		N_("Which records: {of: TYPE, where: {FIELD: VALUE}}"), INPUT_LONG, WHEN, WHEN, NULL},
	{"done", N_("It is done when its record says"),
		N_("Conditions: {FIELD: {empty: no}}"), INPUT_LONG, WHEN, WHEN, NULL},
	{"for_each", N_("For each"),
		N_("portfolio, units:KIND, posts:ROLE, words:KEY, or {of: TYPE}"), INPUT_LONG, HOLDS, ALL, NULL},
	{"take", N_("Records that fill it"),
		N_("A type, or {of: TYPE, where: {FIELD: VALUE}}"),
		INPUT_LONG, COUNT | EACH | ON | BY | HOLDS, ALL, NULL},
};

static const struct {
	const char *word, *title;
} periods[] = {
	{"year", N_("a year")},
	{"half", N_("half a year")},
	{"quarter", N_("a quarter")},
	{"2 months", N_("two months")},
	{"month", N_("a month")},
	{"xun", N_("ten days (xun)")},
	{"week", N_("a week")},
	{"day", N_("a day")},
};

const struct duty_form duty_forms[DUTY_FORMS] = {
	[NEED_COUNT] = {"count", N_("So many in each period")},
	[NEED_EACH] = {"each", N_("Once in each period")},
	[NEED_ON] = {"on", N_("On certain days")},
	[NEED_BY] = {"by", N_("By a day")},
	[NEED_WHEN] = {"when", N_("Whenever something arises")},
	[NEED_HOLDS] = {"holds", N_("Before something runs out")},
	[NEED_REACH] = {"reach", N_("A figure is reached by a day")},
};

/* ---- words ---- */

static struct str last_part(struct str key)
{
	struct str part = key;

	while (str_cut(&key, S("."), &part))
		;
	return part;
}

struct str duty_key_title(struct call *c, struct str key)
{
	struct str part = last_part(key);

	for (size_t i = 0; key.n == part.n && i < LEN(duty_keys); i++)
		if (str_is(part, duty_keys[i].key))
			return call_say(c, duty_keys[i].title);
	for (size_t i = 0; str_starts(key, S("need")) && i < LEN(need_keys); i++)
		if (str_is(part, need_keys[i].key))
			return call_say(c, need_keys[i].title);
	return STR_NONE;
}

struct str duty_value_words(struct call *c, struct str key, struct str value)
{
	struct str part = last_part(key);

	for (size_t i = 0; (str_is(part, "each") || str_is(part, "per")) && i < LEN(periods); i++)
		if (str_is(value, periods[i].word))
			return call_say(c, periods[i].title);
	return value;
}

/* ---- one field ---- */

static struct str shown(struct arena *a, const struct node *n)
{
	if (!n)
		return STR_NONE;
	return n->kind == NODE_TEXT ? n->text : node_flow(a, n);
}

static void offer(struct call *c, struct duty_field *f, struct str value, struct str text)
{
	*ARENA_PUSH(c->arena, f->picks.p, f->picks.n, f->picks.cap) =
		(struct pick){value, text, str_eq(value, f->value)};
}

/* One of the periods; what is none of them stays as it stands. */
static void offer_periods(struct call *c, struct duty_field *f)
{
	bool there = false;

	for (size_t i = 0; i < LEN(periods); i++) {
		offer(c, f, str_c(periods[i].word), call_say(c, periods[i].title));
		there = there || str_is(f->value, periods[i].word);
	}
	if (f->value.n && !there)
		offer(c, f, f->value, f->value);
}

static void offer_owners(struct call *c, struct duty_field *f)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nposts; i++)
		offer(c, f, arena_printf(c->arena, "post:" STR_FMT, STR_ARG(org->posts[i].name)), STR_NONE);
	offer(c, f, S("office"), STR_NONE);
	offer(c, f, S("everyone"), STR_NONE);
}

static struct duty_field *put_field(
	struct call *c, struct duty_part *to, struct str under, const struct known *k, struct str key, struct str value)
{
	struct duty_field *f = ARENA_PUSH(c->arena, to->fields.p, to->fields.n, to->fields.cap);
	struct str whole = arena_printf(c->arena, STR_FMT STR_FMT, STR_ARG(under), STR_ARG(key));

	*f = (struct duty_field){.key = whole,
		.value = value,
		.mode = "text",
		.name = arena_printf(c->arena, "k." STR_FMT, STR_ARG(whole)),
		.id = arena_printf(c->arena, "k-" STR_FMT, STR_ARG(whole)),
		.title = key,
		.kind = value.n > LONG_FROM ? INPUT_LONG : INPUT_LINE};
	if (!k)
		return f;
	f->title = call_say(c, k->title);
	f->hint = call_say(c, k->hint);
	if (k->mode)
		f->mode = k->mode;
	if (k->kind != INPUT_LINE)
		f->kind = k->kind;
	if (k->kind == INPUT_PICK && value.n && value.p[0] == '{')
		f->kind = INPUT_LINE;
	if (f->kind == INPUT_PICK)
		offer_periods(c, f);
	if (str_is(key, "owner"))
		offer_owners(c, f);
	return f;
}

/* ---- parts ---- */

static const struct known *known_of(const struct known *all, size_t n, struct str key, unsigned form)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(key, all[i].key) && all[i].may & form)
			return &all[i];
	return NULL;
}

/* The keys that are known, then whatever else stands there. */
static void put_keys(struct call *c, struct duty_part *to, struct duty_part *rest, struct str under,
	const struct known *all, size_t n, unsigned form, const struct node *node)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *value = node_get(node, str_c(all[i].key));

		if (all[i].may & form && (value || all[i].always & form))
			put_field(c, to, under, &all[i], str_c(all[i].key), shown(c->arena, value));
	}
	for (size_t i = 0; node && i < node->n; i++) {
		struct str key = node->keys[i]->text;

		if (known_of(all, n, key, form) ||
			(!under.n && (str_is(key, "id") || str_is(key, "need") || str_is(key, "needs"))))
			continue;
		put_field(c, rest, under, NULL, key, shown(c->arena, node->items[i]))->title =
			arena_printf(c->arena, STR_FMT STR_FMT, STR_ARG(under), STR_ARG(key));
	}
}

static enum need_form form_of(const struct node *need, struct str word)
{
	if (need && NODE_GET(need, "reach"))
		return NEED_REACH;
	if (need && NODE_GET(need, "by"))
		return NEED_BY;
	for (size_t i = 0; i < LEN(duty_forms); i++)
		if (need ? node_get(need, str_c(duty_forms[i].word)) != NULL : str_is(word, duty_forms[i].word))
			return (enum need_form)i;
	return NEED_COUNT;
}

static struct duty_part *part(struct call *c, struct duty_parts *out, const char *id, struct str title)
{
	struct duty_part *p = ARENA_PUSH(c->arena, out->p, out->n, out->cap);

	*p = (struct duty_part){.id = str_c(id), .title = title};
	return p;
}

static void put_need(struct call *c, struct duty_parts *out, struct duty_part *rest, size_t no, size_t of,
	const struct node *node, struct str word)
{
	enum need_form form = form_of(node, word);
	struct str under = of ? arena_printf(c->arena, "needs.%zu.", no) : S("need.");
	struct str title = call_say(c, duty_forms[form].title);
	struct duty_part *p = part(c, out, arena_printf(c->arena, "need%zu", no).p,
		of > 1 ? arena_printf(c->arena, tr(c->lang, N_("Need %zu of %zu: %s")), no, of, title.p) : title);

	put_keys(c, p, rest, under, need_keys, LEN(need_keys), 1u << form, node);
}

void duty_parts_of(struct call *c, const struct node *node, struct str form, struct duty_parts *out)
{
	const struct node *list = node ? NODE_GET(node, "needs") : NULL;
	struct duty_part rest = {.id = S("rest"),
		.title = call_say(c, N_("Everything else that its text says")),
		.rest = true,
		.hint = call_say(c, N_("As the scheme's text has it; the manual of schemes explains each key."))};

	put_keys(c, part(c, out, "duty", call_say(c, N_("The duty"))), &rest, STR_NONE, duty_keys, LEN(duty_keys), ALL,
		node);
	for (size_t i = 0; list && i < list->n; i++)
		put_need(c, out, &rest, i + 1, list->n, list->items[i], form);
	if (!list)
		put_need(c, out, &rest, 1, 0, node ? NODE_GET(node, "need") : NULL, form);
	if (rest.fields.n)
		*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = rest;
}

/* ---- what was typed ---- */

static void typed(struct call *c, struct duty_field *f, const struct given *given, size_t ngiven, struct edit_key **out,
	size_t *n, size_t *cap)
{
	for (size_t i = 0; i < ngiven; i++) {
		struct str value = str_trim(given[i].value);

		if (!str_eq(given[i].name, f->name) || str_eq(value, f->value))
			continue;
		*ARENA_PUSH(c->arena, *out, *n, *cap) = (struct edit_key){f->key, value};
		f->value = value;
		if (f->kind == INPUT_PICK) {
			f->picks.n = 0;
			offer_periods(c, f);
		}
	}
}

void duty_parts_typed(struct call *c, struct duty_parts *parts, struct edit_key **out, size_t *n)
{
	size_t ngiven, cap = 0;
	const struct given *given = values_of(&c->values, "k.", &ngiven);

	*out = NULL;
	*n = 0;
	for (size_t p = 0; p < parts->n; p++)
		for (size_t i = 0; i < parts->p[p].fields.n; i++)
			typed(c, &parts->p[p].fields.p[i], given, ngiven, out, n, &cap);
}
