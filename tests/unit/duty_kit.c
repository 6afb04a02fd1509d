#include "duty_kit.h"

#include "scheme/day.h"
#include "text/json.h"

static struct date day_at(const struct node *map, struct str key)
{
	struct date d;

	return date_parse(node_text(map, key), &d) ? d : DATE_NONE;
}

static size_t length(const struct node *list)
{
	return list && list->kind == NODE_LIST ? list->n : 0;
}

static void kit_members(struct arena *a, const struct node *list, struct body *out)
{
	out->members = ARENA_ARRAY(a, struct str, length(list));
	for (; out->nmembers < length(list); out->nmembers++)
		out->members[out->nmembers] = list->items[out->nmembers]->text;
}

void kit_org(struct arena *a, const struct node *map, struct org *out)
{
	const struct node *units = NODE_GET(map, "units"), *posts = NODE_GET(map, "posts");
	const struct node *held = NODE_GET(map, "portfolios"), *holders = NODE_GET(map, "holders");
	const struct node *bodies = NODE_GET(map, "bodies");

	*out = (struct org){.units = ARENA_ARRAY(a, struct unit, length(units)),
	                    .posts = ARENA_ARRAY(a, struct post, length(posts)),
	                    .holders = ARENA_ARRAY(a, struct holder, length(holders)),
	                    .portfolios = ARENA_ARRAY(a, struct portfolio, length(held)),
	                    .bodies = ARENA_ARRAY(a, struct body, length(bodies))};
	out->office = (struct office){.code = S("OFFICE"), .name = S("the office"), .short_name = S("office"),
	                              .settings = map};
	for (; out->nunits < length(units); out->nunits++) {
		const struct node *u = units->items[out->nunits];

		out->units[out->nunits] = (struct unit){
			.code = node_text(u, S("id")), .name = node_text(u, S("name")), .short_name = node_text(u, S("short")),
			.kind = node_text(u, S("kind"))};
	}
	for (; out->nposts < length(posts); out->nposts++) {
		const struct node *p = posts->items[out->nposts];

		out->posts[out->nposts] = (struct post){
			.code = node_text(p, S("id")), .name = node_text(p, S("name")), .role = node_text(p, S("role"))};
	}
	for (; out->nportfolios < length(held); out->nportfolios++) {
		const struct node *p = held->items[out->nportfolios];

		out->portfolios[out->nportfolios] = (struct portfolio){
			.post = node_text(p, S("post")), .unit = node_text(p, S("unit")),
			.from = day_at(p, S("from")), .to = day_at(p, S("to"))};
	}
	for (; out->nholders < length(holders); out->nholders++) {
		const struct node *h = holders->items[out->nholders];

		out->holders[out->nholders] = (struct holder){
			.post = node_text(h, S("post")), .name = node_text(h, S("name")),
			.from = day_at(h, S("from")), .to = day_at(h, S("to"))};
	}
	for (; out->nbodies < length(bodies); out->nbodies++) {
		const struct node *b = bodies->items[out->nbodies];

		out->bodies[out->nbodies] = (struct body){.code = node_text(b, S("id")), .name = node_text(b, S("name"))};
		kit_members(a, NODE_GET(b, "members"), &out->bodies[out->nbodies]);
	}
	org_index(a, out);
}

static struct date *days_at(struct arena *a, const struct node *list, size_t *n)
{
	struct date *out = ARENA_ARRAY(a, struct date, length(list));

	for (size_t i = 0; i < length(list); i++)
		if (date_parse(list->items[i]->text, &out[*n]))
			(*n)++;
	return out;
}

void kit_calendars(struct arena *a, const struct node *list, struct facts *f)
{
	struct calendar *c;

	if (!list)
		return;
	c = ARENA_NEW(a, struct calendar);
	c->plain = str_is(f->scheme->calendar, "none");
	for (size_t i = 0; !c->plain && i < length(list); i++) {
		struct calendar_year y = {.year = (int)node_int(list->items[i], S("year"), 0)};

		y.off = days_at(a, NODE_GET(list->items[i], "holidays"), &y.noff);
		y.worked = days_at(a, NODE_GET(list->items[i], "working"), &y.nworked);
		calendar_add(a, c, &y);
	}
	f->calendar = c;
}

void kit_allowed(struct arena *a, const struct node *list, struct facts *f)
{
	struct allowance *all = ARENA_ARRAY(a, struct allowance, length(list));

	for (size_t i = 0; i < length(list); i++) {
		const struct node *v = list->items[i];
		struct str kind = node_text(v, S("kind"));

		all[i] = (struct allowance){
			.duty = node_text(v, S("duty")), .owner = node_text(v, S("owner")), .object = node_text(v, S("object")),
			.label = node_text(v, S("label")), .asked = day_at(v, S("asked")), .decided = day_at(v, S("decided")),
			.until = day_at(v, S("until")), .revoked = day_at(v, S("revoked")),
			.kind = str_is(kind, "excused") ? ALLOW_EXCUSED : str_is(kind, "extended") ? ALLOW_EXTENDED
			                                                                          : ALLOW_NOT_APPLICABLE};
	}
	f->allowed = all;
	f->nallowed = length(list);
}

/* The day of a record by its type's date field: of a period its last. */
static struct date record_day(const struct record_type *type, const struct node *r)
{
	struct str text = type->day ? node_text(r, type->day->name) : STR_NONE;
	struct period p;
	struct date d;

	if (type->day && type->day->type == TYPE_PERIOD)
		return period_parse(text, &p) ? p.last : DATE_NONE;
	return date_parse(text, &d) ? d : DATE_NONE;
}

enum err_code kit_facts(struct arena *a, const struct scheme *s, const struct org *org, int year,
	const struct node *records, struct facts *out, struct err *err)
{
	struct facts_build *build = facts_begin(a, s, org, (struct facts_opt){.year = year});

	for (size_t i = 0; i < length(records); i++) {
		struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
		struct node *r = records->items[i];
		const struct record_type *type = scheme_type(s, node_text(r, S("type")));

		if (!type)
			return fail(err, ERR_INPUT, "record %zu: no such type", i + 1);
		TRY(json_canon(&b, r, err));
		TRY(facts_add(build, type, (struct fact){
			.id = {1, (int64_t)i + 1}, .source = S("test"), .row = (int)i + 1, .rev_seq = (int64_t)i + 1,
			.outside = node_true(r, S("outside")), .day = record_day(type, r)}, buf_str(&b), STR_NONE, err));
	}
	facts_done(build, out);
	return OK;
}

static bool step(void *ctx, struct str name, struct date on, int64_t *thousandths, struct fact_list *facts)
{
	const struct node *steps = ctx;
	struct date from;

	(void)name;
	(void)facts;
	if (!steps)
		return false;
	*thousandths = 0;
	for (size_t i = 0; i < length(steps); i++)
		if (date_parse(steps->items[i]->items[0]->text, &from) && from.n <= on.n)
			*thousandths = steps->items[i]->items[1]->num;
	return true;
}

struct figure_source kit_figures(const struct node *steps)
{
	union {
		const struct node *p;
		void *ctx;
	} u = {.p = steps};

	return (struct figure_source){step, u.ctx};
}

struct str kit_owner(const struct facts *f, const struct slot *s)
{
	const struct post *p = org_post(f->org, s->owner);
	const struct unit *u = p ? NULL : org_unit(f->org, s->owner);

	return p ? p->name : u ? u->name : s->owner;
}

const char *kit_slot_state(enum slot_state s)
{
	return slot_state_name(s);
}
