/* Tests of needs by hand: a duty, records, a day, and every slot that must be there, as "due state done". Working days are
 * those of China. */
#ifndef TESTS_NEED_HAND_H
#define TESTS_NEED_HAND_H

#include "duty_hand.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"    /* most cases are without decisions */

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

static int setup(void **state)
{
	return world_new(state, NEED_HEAD, NEED_ORG, NEED_STEPS);
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
	judge_duty(w, t->duty, t->records, t->on, t->allowed, scheme, out);
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
