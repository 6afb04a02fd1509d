/* Rules of the events of who/, and random organisations adopted one after the other. */
#include "who_world.h"

/* ---- rules of single events ---- */

struct saying {
	const char *kind, *data;       /* data: JSON with ' for " */
	struct id subject;
};

static enum err_code say_intent(struct tx *tx, void *ctx, struct err *err)
{
	const struct saying *s = ctx;
	struct str text = arena_str(tx->arena, str_c(s->data));
	struct node *data;

	for (char *c = (char *)text.p; *c; c++)
		if (*c == '\'')
			*c = '"';
	TRY(json_read(tx->arena, text, (struct json_opt){0}, &data, err));
	return tx_event(tx, s->kind, s->subject, data, NULL, err);
}

static void say(struct fix *f, const char *kind, struct id subject, const char *data, enum err_code code,
	const char *words)
{
	struct saying s = {.kind = kind, .data = data, .subject = subject};
	enum err_code got = log_write(f->log, S("张一"), S("test"), say_intent, &s, &f->err);

	if (got != code || !strstr(f->err.text, words))
		FLUNK("%s %s: got %s '%s', expected %s '%s'", kind, data, err_name(got), f->err.text,
			err_name(code), words);
	err_clear(&f->err);
}

static void test_rules(void **state)
{
	struct fix *f = *state;
	struct org org;
	struct id unit, post, holder, portfolio;

	case_org(f, CASE "org.json", &org);
	adopt(f, &org, 59, 0, 0, 0);
	load(f, NULL, &org);
	unit = org.units[1].id;
	post = org.posts[0].id;
	holder = org.holders[2].id;      /* 王三 */
	portfolio = org.portfolios[0].id;
	say(f, "unit.add", ID_NONE, "{'code':'U01','name':'x'}", ERR_CONFLICT, "already");
	say(f, "unit.add", ID_NONE, "{'code':'N','name':' '}", ERR_REQUIRED, "'name'");
	say(f, "unit.add", ID_NONE, "{'code':'N','name':'x','parent':'N'}", ERR_NOT_FOUND, "'N'");
	say(f, "unit.change", unit, "{}", ERR_INPUT, "nothing");
	say(f, "unit.change", unit, "{'parent':'U01'}", ERR_INPUT, "circle");
	say(f, "unit.change", unit, "{'parent':'U11'}", ERR_INPUT, "circle");
	say(f, "unit.change", post, "{'name':'x'}", ERR_NOT_FOUND, "no unit");
	say(f, "unit.change", unit, "{'code':'x'}", ERR_INPUT, "code");
	say(f, "post.add", ID_NONE, "{'code':'G01','name':'x','unit':'U01'}", ERR_CONFLICT, "already");
	say(f, "post.add", ID_NONE, "{'code':'N','name':'x','unit':'N'}", ERR_NOT_FOUND, "'N'");
	say(f, "post.change", post, "{'unit':'N'}", ERR_NOT_FOUND, "'N'");
	say(f, "post.change", unit, "{'name':'x'}", ERR_NOT_FOUND, "no post");
	say(f, "holder.add", ID_NONE, "{'post':'N','name':'x','from':'2022-01-01'}", ERR_NOT_FOUND, "'N'");
	say(f, "holder.add", ID_NONE, "{'post':'G03','name':'x','from':'2019-01-01','to':'2020-05-06'}",
		ERR_CONFLICT, "x beside 王三, who holds it from 2020-05-06 to 2022-08-14");
	say(f, "holder.add", ID_NONE, "{'post':'G03','name':'x','from':'2019-01-01','to':'2018-05-06'}",
		ERR_INPUT, "before the first");
	say(f, "holder.add", ID_NONE, "{'post':'G03','name':'x','from':'2022-08-14','to':'2022-08-14'}",
		ERR_CONFLICT, "王三");
	say(f, "holder.end", holder, "{'to':'2022-08-15'}", ERR_CONFLICT, "周五");
	say(f, "holder.end", holder, "{}", ERR_CONFLICT, "周五");
	say(f, "holder.end", holder, "{'to':'2020-05-05'}", ERR_INPUT, "before the first");
	say(f, "holder.end", post, "{}", ERR_NOT_FOUND, "no holder");
	say(f, "holder.change", holder, "{'from':'2022-08-15'}", ERR_INPUT, "before the first");
	say(f, "portfolio.add", ID_NONE, "{'post':'G02','unit':'U14'}", ERR_CONFLICT, "twice");
	say(f, "portfolio.add", ID_NONE, "{'post':'G02','unit':'N'}", ERR_NOT_FOUND, "'N'");
	say(f, "portfolio.end", unit, "{}", ERR_NOT_FOUND, "no portfolio");
	say(f, "body.add", ID_NONE, "{'code':'M','name':'x','unit':'U01','members':[1]}",
		ERR_INPUT, "codes");
	say(f, "body.add", ID_NONE, "{'code':'M','name':'x','unit':'U01','members':['G01','G01']}",
		ERR_INPUT, "twice");
	say(f, "body.change", unit, "{'name':'x'}", ERR_NOT_FOUND, "no body");
	say(f, "office.set", ID_NONE, "{'code':'U01','name':'x','year':3,'settings':{}}",
		ERR_INPUT, "1900");
	say(f, "office.set", ID_NONE, "{'code':'N','name':'x','year':2022,'settings':{}}",
		ERR_NOT_FOUND, "'N'");

	say(f, "portfolio.end", portfolio, "{'to':'2021-12-31'}", OK, "");
	say(f, "portfolio.change", portfolio, "{'from':'2022-01-01'}", ERR_INPUT, "before the first");
	say(f, "portfolio.change", portfolio, "{'from':'2021-01-01'}", OK, "");
	say(f, "portfolio.add", ID_NONE, "{'post':'G02','unit':'U14','from':'2022-01-01'}", OK, "");
	say(f, "portfolio.end", portfolio, "{}", ERR_CONFLICT, "twice");
	say(f, "unit.change", unit, "{'parent':'','short':''}", OK, "");
	say(f, "body.add", ID_NONE, "{'code':'M','name':'x','unit':'U01','members':[]}", OK, "");
	load(f, NULL, &org);
	same(org.units[1].parent, S(""));
	same(org.units[1].short_name, S(""));
	same(org.units[1].name, S("中共云岭市青溪区委办公室"));
	sound(f);
}

/* ---- random organisations ---- */

static uint32_t seed = 20221104;
static uint32_t rnd(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static struct str word(struct fix *f, const char *prefix, uint32_t n)
{
	return arena_printf(&f->a, "%s%u", prefix, n);
}

/* Up to 8 units in a tree, now and then upside down; never in a circle. */
static void random_units(struct fix *f, struct org *o)
{
	size_t n = 1 + rnd(8);
	bool down = rnd(3) == 0;

	o->units = ARENA_ARRAY(&f->a, struct unit, n);
	for (size_t i = 0; i < n; i++, o->nunits++) {
		struct unit *u = &o->units[i];

		u->code = word(f, "U", (uint32_t)i);
		u->name = word(f, "单位", rnd(30));
		u->kind = word(f, "类", rnd(2));
		if (down && i && i + 1 < n)
			u->parent = word(f, "U", (uint32_t)i + 1);
		else if (!down && i && rnd(4))
			u->parent = word(f, "U", rnd((uint32_t)i));
	}
}

/* Up to 3 holders one after the other, with gaps; the last may be in office. */
static void random_holders(struct fix *f, struct org *o, struct str post)
{
	int32_t at = 18000 + (int32_t)rnd(10);

	for (uint32_t i = rnd(4); i > 0; i--) {
		struct holder *h = &o->holders[o->nholders++];
		int32_t to = at + (int32_t)rnd(20);

		h->post = post;
		h->name = word(f, "人", rnd(3));
		h->from.n = at;
		h->to.n = i == 1 && rnd(2) ? DATE_NONE_N : to;
		at = to + 1 + (int32_t)rnd(5);
	}
}

static void random_posts(struct fix *f, struct org *o)
{
	size_t n = rnd(5);

	o->posts = ARENA_ARRAY(&f->a, struct post, n);
	o->holders = ARENA_ARRAY(&f->a, struct holder, n * 3);
	for (size_t i = 0; i < n; i++, o->nposts++) {
		struct post *p = &o->posts[i];

		p->code = word(f, "P", (uint32_t)i);
		p->name = word(f, "岗位", rnd(9));
		p->unit = word(f, "U", rnd((uint32_t)o->nunits));
		random_holders(f, o, p->code);
	}
}

static struct str random_post(struct fix *f, const struct org *o)
{
	return word(f, "P", rnd((uint32_t)o->nposts));
}

static struct org *random_org(struct fix *f)
{
	struct org *o = ARENA_NEW(&f->a, struct org);

	random_units(f, o);
	random_posts(f, o);
	o->portfolios = ARENA_ARRAY(&f->a, struct portfolio, o->nunits);
	for (size_t i = 0; o->nposts && i < o->nunits; i++)
		if (rnd(2)) {
			struct portfolio *p = &o->portfolios[o->nportfolios++];

			p->post = random_post(f, o);
			p->unit = word(f, "U", (uint32_t)i);
			p->from.n = rnd(2) ? DATE_NONE_N : 18000 + (int32_t)rnd(50);
			p->to = DATE_NONE;
		}
	o->bodies = ARENA_NEW(&f->a, struct body);
	if (o->nposts && rnd(2)) {
		struct body *b = &o->bodies[o->nbodies++];

		b->code = S("M");
		b->name = word(f, "会", rnd(3));
		b->unit = S("U0");
		b->members = ARENA_NEW(&f->a, struct str);
		b->members[0] = random_post(f, o);
		b->nmembers = rnd(2);
	}
	o->office = (struct office){.code = S("U0"), .name = S("办"), .year = 2020 + (int)rnd(3)};
	return o;
}

static bool is_there(const struct org *t, const struct holder *h)
{
	for (size_t i = 0; i < t->nholders; i++)
		if (str_eq(t->holders[i].post, h->post) && str_eq(t->holders[i].name, h->name) &&
			date_eq(t->holders[i].from, h->from) && date_eq(t->holders[i].to, h->to))
			return true;
	return false;
}

/* What was adopted stands in the tables as the file says, and the tables follow from the log. */
static void test_random(void **state)
{
	struct fix *f = *state;
	int adopted = 0;

	for (int round = 0; round < 150; round++) {
		struct org *o = random_org(f), t;
		struct org_change c;
		enum err_code code = try_adopt(f, o, &c);
		int64_t size = log_size(f->log);

		if (code != OK) { /* a holder the file has forgotten is in the way, or a parent forgotten */
			if (code != ERR_CONFLICT && code != ERR_INPUT)
				FLUNK("round %d: %s: %s", round, err_name(code), f->err.text);
			err_clear(&f->err);
			continue;
		}
		adopted++;
		load(f, NULL, &t);
		for (size_t i = 0; i < o->nholders; i++)
			if (!is_there(&t, &o->holders[i]))
				FLUNK("round %d: holder " STR_FMT " is not there", round,
					STR_ARG(o->holders[i].name));
		for (size_t i = 0; i < o->nunits; i++)
			same(org_unit(&t, o->units[i].code)->parent, o->units[i].parent);
		ok(f, try_adopt(f, o, &c));
		assert_int_equal(log_size(f->log), size);
		assert_int_equal(c.added + c.changed, 0);
	}
	assert_in_range(adopted, 10, 150);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {ON_BOTH(test_rules), ON_BOTH(test_random)};

	return run_both(tests, LEN(tests), "who_rules");
}
