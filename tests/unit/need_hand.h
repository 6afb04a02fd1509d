/* Tests of needs by hand: a duty, records, a day, and every slot that must be there, as "due state done". Working days are
 * those of China. */
#ifndef TESTS_NEED_HAND_H
#define TESTS_NEED_HAND_H

#include "unit.h"

#include "duty_kit.h"

#include "text/json.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"    /* most cases are without decisions */

#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

static const char NEED_HEAD[] =
	"zeren: 1\n"
	"scheme: hand\n"
	"title: By hand\n"
	"prompt: 2 working days\n"
	"office: {terms: schoolTerms}\n"
	"roles: {member: team member}\n"
	"records:\n"
	"  m: {about: meeting, title: M, fields: {date: date, at: time, kind: choice, hours: number, done: number, all: number,\n"
	"    lead: post, unit: unit}}\n"
	"  z: {about: submission, title: Z, fields: {date: date, month: {type: period, per: month}, n: number, of: number}}\n"
	"  t: {about: incident, title: T, fields: {no: text, date: date, at: time, due: date, asked: date, approved: date,\n"
	"    closed: date, closed_at: time, shut: flag, until: date}}\n"
	"  a: {about: document, title: A, fields: {date: date, at: time, no: text}}\n"
	"figures: {rate: {count: m}}\n"
	"duties:\n";

static const char NEED_ORG[] =
	"{\"units\":[{\"id\":\"U1\",\"name\":\"north\",\"short\":\"n\",\"kind\":\"town\"}],"
	"\"posts\":[{\"id\":\"P1\",\"name\":\"one\",\"role\":\"team member\"},{\"id\":\"P2\",\"name\":\"two\",\"role\":\"team member\"},"
	"{\"id\":\"P3\",\"name\":\"boss\",\"role\":\"head\"}],"
	"\"holders\":[{\"post\":\"P1\",\"name\":\"Ann\",\"from\":\"2020-01-01\",\"to\":\"2022-06-10\"},"
	"{\"post\":\"P1\",\"name\":\"Ben\",\"from\":\"2022-06-20\"},"
	"{\"post\":\"P2\",\"name\":\"Cat\",\"from\":\"2021-01-01\"}],"
	"\"bodies\":[{\"id\":\"B1\",\"name\":\"board\"},{\"id\":\"B2\",\"name\":\"council\"}],"
	"\"schoolTerms\":[{\"name\":\"autumn\",\"from\":\"09-01\",\"to\":\"01-15\"},{\"name\":\"spring\",\"from\":\"02-20\",\"to\":\"07-05\"}],"
	"\"visits\":[{\"name\":\"first\",\"from\":\"2022-02-01\",\"to\":\"2022-03-10\"},"
	"{\"name\":\"second\",\"from\":\"2022-03-01\",\"to\":\"2022-04-30\"}],"
	"\"bad\":[{\"name\":\"x\",\"from\":\"02-30\",\"to\":\"03-10\"}],"
	"\"shut\":[\"2022-03-02\"]}";

static const char NEED_STEPS[] = "[[\"2022-01-01\",50000],[\"2022-06-30\",90000],[\"2022-10-01\",70000]]";

struct world {
	struct arena a;
	struct err err;
	struct org org;
	struct node *steps;
};

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct node *org;

	if (!w || json_read(&w->a, str_c(NEED_ORG), (struct json_opt){0}, &org, &w->err) != OK ||
		json_read(&w->a, str_c(NEED_STEPS), (struct json_opt){0}, &w->steps, &w->err) != OK)
		return -1;
	kit_org(&w->a, org, &w->org);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	arena_free(&w->a);
	free(w);
	return 0;
}

/* "m 2022-01-05 kind=k1 at=09:30; t 2022-02-01 no=R1": type, date, then fields. */
static struct node *records_of(struct arena *a, const char *text)
{
	struct node *list = node_list(a);
	struct str rest = str_c(text), one;

	while (rest.n && str_cut(&rest, S(";"), &one)) {
		struct node *map = node_map(a);
		struct str type, word, key;
		int64_t n;

		one = str_trim(one);
		str_cut(&one, S(" "), &type);
		node_set(a, map, S("type"), node_str(a, type));
		if (str_cut(&one, S(" "), &word))
			node_set(a, map, S("date"), node_str(a, word));
		while (one.n && str_cut(&one, S(" "), &word)) {
			str_cut(&word, S("="), &key);
			node_set(a, map, key, str_is(word, "yes") ? node_bool(a, true)
				: str_int(word, &n) ? node_num(a, n) : node_str(a, word));
		}
		node_push(a, list, map);
	}
	return list;
}

struct hand {
	const char *duty;      /* all but id and title */
	const char *records;
	const char *on;        /* its year is the year in hand, but for "2022@2023-01-05" */
	const char *slots;     /* "2022-03-31 met 2022-03-02; 2022-06-30 missed" */
	const char *allowed;   /* decisions, as JSON without its brackets; NULL: none */
};

static void judge(struct world *w, const struct hand *t, struct scheme *scheme, struct duty_state *out)
{
	struct facts *facts = ARENA_NEW(&w->a, struct facts);
	struct str text = arena_printf(&w->a, "%s  - {id: D1, title: T, %s}\n", NEED_HEAD, t->duty), day = str_c(t->on), year;
	struct node *allowed;
	struct date d;
	int64_t y;

	if (scheme_read(&w->a, text, scheme, &w->err) != OK)
		FLUNK("%s: %s", t->duty, w->err.text);
	if (!str_has(day, S("@")) || !str_cut(&day, S("@"), &year))
		year = str_sub(day, 0, 4);
	if (!str_int(year, &y) || !date_parse(day, &d))
		FLUNK("no day '%s'", t->on);
	if (kit_facts(&w->a, scheme, &w->org, (int)y, records_of(&w->a, t->records), facts, &w->err) != OK)
		FLUNK("%s: %s", t->duty, w->err.text);
	if (t->allowed) {
		if (json_read(&w->a, arena_printf(&w->a, "[%s]", t->allowed), (struct json_opt){0}, &allowed, &w->err) != OK)
			FLUNK("%s: %s", t->allowed, w->err.text);
		kit_allowed(&w->a, allowed, facts);
	}
	duty_on(facts, &scheme->duties[0], d, kit_figures(w->steps), out);
}

static struct str told(struct world *w, const struct duty_state *s)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 20);
	char due[DATE_TEXT], done[DATE_TEXT];

	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];

		buf_printf(&b, "%s%s %s%s%s", i ? "; " : "", (date_text(x->due, due), due), kit_slot_state(x->state),
			date_is(x->done) ? " " : "", (date_text(x->done, done), done));
	}
	return arena_str(&w->a, buf_str(&b));
}

static void check(struct world *w, const struct hand *t, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < n; i++) {
		struct scheme *scheme = ARENA_NEW(&w->a, struct scheme);
		struct duty_state s;
		struct str found;

		judge(w, &t[i], scheme, &s);
		found = told(w, &s);
		if (!str_is(found, t[i].slots)) {
			print_error("%s\n  on %s with %s:\n  " STR_FMT "\n  not %s\n", t[i].duty, t[i].on, t[i].records, STR_ARG(found),
				t[i].slots);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

#define HOURS "hours: {from: \"08:00\", to: \"18:00\"}, time: at, from: 03-01, to: 03-01, take: m}"
#define CHECK(t) check(*state, t, LEN(t))
#define BOSS "owner: \"post:boss\", "

#endif
