/* Items of an assessment by hand: each rule with its arithmetic in words, for the office and for one unit of many. */
#include "assess_world.h"

struct hand {
	const char *item;      /* all but id and title */
	const char *records;
	const char *on, *unit; /* unit NULL: the office */
	const char *got;
};

static void check(struct world *w, const struct hand *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str plan = arena_printf(&w->a,
			"assess: {%ssections: [{id: S, floor: -100, items: [{id: I, title: T, %s}]}]}\n",
			t[i].unit ? "of: \"each unit:town\", " : "", t[i].item);
		struct made *m = make(w, plan.p, t[i].records, t[i].on, t[i].unit, NULL);
		int64_t v = m->sheet.sections[0].items[0].part.got;

		if (!str_is(got(w, v), t[i].got))
			FLUNK("%s\n  on %s with %s: " STR_FMT ", not %s", t[i].item, t[i].on, t[i].records, STR_ARG(got(w, v)), t[i].got);
	}
}


static void test_slots(void **state)
{
	static const struct hand t[] = {
		/* three of four quarters: 5 × 3 ÷ 4 = 3.75 */
		{"points: 5, share: Q", Q3, END, "3.75"},
		/* nothing done */
		{"points: 5, share: Q", "", END, "0"},
		/* on 30 June two are due and done: 5 × 2 ÷ 2 */
		{"points: 5, share: Q", Q3, "2022-06-30", NULL, "5"},
		/* in February nothing is due: all points */
		{"points: 5, share: Q", "", "2022-02-01", NULL, "5"},
		/* late is half: 2 × (0 + 1 ÷ 2) ÷ 1 = 1 */
		{"points: 2, share: B", "m 2022-03-16 kind=b", END, "1"},
		/* two duties are one heap of slots: (3 + 1 ÷ 2) ÷ 5 × 1 = 0.7 */
		{"points: 1, share: [Q, B]", Q3 "; m 2022-03-16 kind=b", END, "0.7"},
		/* 1 × 1 ÷ 3 = 0.3333… → 0.333, and 2 × 1 ÷ 3 = 0.6666… → 0.667 */
		{"points: 1, share: Q", "m 2022-01-01 kind=q", "2022-09-30", NULL, "0.333"},
		{"points: 2, share: Q", "m 2022-01-01 kind=q", "2022-09-30", NULL, "0.667"},
		/* half a thousandth goes up: 0.001 × 1 ÷ 2 = 0.0005 → 0.001 */
		{"points: 0.001, share: Q", "m 2022-01-01 kind=q", "2022-06-30", NULL, "0.001"},
		/* one quarter missed: 3 − 1 × 0.5; four missed: 3 − 2, with at most 1.5: 3 − 1.5 */
		{"points: 3, missing: Q, deduct: 0.5", Q3, END, "2.5"},
		{"points: 3, missing: Q, deduct: 0.5", "", END, "1"},
		{"points: 3, missing: Q, deduct: 0.5, at_most: 1.5", "", END, "1.5"},
		/* never below 0: 1 − 4 × 0.5 = −1 → 0; with floor −0.5: −0.5 */
		{"points: 1, missing: Q, deduct: 0.5", "", END, "0"},
		{"points: 1, missing: Q, deduct: 0.5, floor: -0.5", "", END, "-0.5"},
		/* late is not missed */
		{"points: 1, missing: B, deduct: 0.5", "m 2022-05-01 kind=b", END, "1"},
		/* 每少1场扣0.167: 1 − 3 × 0.167 = 0.499 */
		{"points: 1, missing: Q, deduct: 0.167", "m 2022-01-01 kind=q", END, "0.499"},
		/* three towns owe two halves each; north has both, south one, east none: two towns fail: 3 − 2 × 0.4 */
		{"points: 3, owners: T, deduct: 0.4", "m 2022-01-01 kind=t unit=north; m 2022-07-01 kind=t unit=north; "
			"m 2022-07-01 kind=t unit=south", END, "2.2"},
		/* all or nothing */
		{"points: 3, all: Q", Q3 "; m 2022-10-01 kind=q", END, "3"},
		{"points: 3, all: Q", Q3, END, "0"},
		/* 有1次得1分，满2: one, two, three */
		{"points: 2, done: Q, grant: 1", "m 2022-01-01 kind=q", END, "1"},
		{"points: 2, done: Q, grant: 1", Q3, END, "2"},
		/* a duty's own score: 4 × 3 ÷ 4 = 3; the towns': 3 − 2 × 0.5 */
		{"own: Q", Q3, END, "3"},
		{"own: T", "m 2022-01-01 kind=t unit=north; m 2022-07-01 kind=t unit=north; m 2022-07-01 kind=t unit=south", END, "2"},
	};

	check(*state, t, LEN(t));
}

static void test_average(void **state)
{
	static const char towns[] = "m 2022-01-01 kind=t unit=north; m 2022-07-01 kind=t unit=north; m 2022-07-01 kind=t unit=south";
	const struct hand t[] = {
		/* north 6, south 3, east 0: (6 + 3 + 0) ÷ 3 = 3 */
		{"points: 6, share: T, average: owners", towns, END, "3"},
		/* all or nothing each: (1 + 0 + 0) ÷ 3 = 0.333 */
		{"points: 1, all: T, average: owners", towns, END, "0.333"},
		/* 1 − 0, 1 − 0.7, 1 − 1.4 → 0 at the floor: (1 + 0.3 + 0) ÷ 3 = 0.433 */
		{"points: 1, missing: T, deduct: 0.7, average: owners", towns, END, "0.433"},
		/* together it would be 1 − 3 × 0.7 → 0 */
		{"points: 1, missing: T, deduct: 0.7", towns, END, "0"},
	};

	check(*state, t, LEN(t));
}

static void test_records(void **state)
{
	static const char three[] = "f 2022-01-01 how=hidden n=2; f 2022-02-01 how=told n=1; f 2022-03-01 n=3";
	const struct hand t[] = {
		/* each 0.5: 2 − 3 × 0.5; at most 1 */
		{"points: 2, each: f, deduct: 0.5", three, END, "0.5"},
		{"points: 2, each: f, deduct: 0.5, at_most: 1", three, END, "1"},
		/* hidden doubled, told halved: 5 − (1 + 0.25 + 0.5) */
		{"points: 5, each: f, deduct: 0.5, times: {field: how, words: {hidden: 2, told: 0.5}}", three, END, "3.25"},
		/* by n: 5 − 0.5 × (2 + 1 + 3) = 2; both: 5 − 0.5 × (2×2 + 1×0.5 + 3) = 1.25 */
		{"points: 5, each: f, deduct: 0.5, by: n", three, END, "2"},
		{"points: 5, each: f, deduct: 0.5, by: n, times: {field: how, words: {hidden: 2, told: 0.5}}", three, END, "1.25"},
		/* 0.167 × 0.5 = 0.0835 is kept exact until the item: two of them 0.167, so 1 − 0.167 */
		{"points: 1, each: f, deduct: 0.167, times: {field: how, words: {told: 0.5}}",
			"f 2022-01-01 how=told; f 2022-01-02 how=told", END, "0.833"},
		/* one alone: 1 − 0.0835 = 0.9165 → 0.917 half up */
		{"points: 1, each: f, deduct: 0.167, times: {field: how, words: {told: 0.5}}", "f 2022-01-01 how=told", END, "0.917"},
		/* hidden and again: 0.1 × 2 × 2 */
		{"points: 1, each: f, deduct: 0.1, times: [{field: how, words: {hidden: 2}}, {field: again2, words: {yes: 2}}]",
			"f 2022-01-01 how=hidden again2=yes", END, "0.6"},
		/* what is dated after the day, or in another year, is not there */
		{"points: 2, each: f, deduct: 0.5", "f 2022-06-30; f 2022-07-01; f 2021-12-31", "2022-06-30", NULL, "1.5"},
		/* a bonus: 0.3 a record, at most 0.5 */
		{"bonus: outside, each: f, grant: 0.3", three, END, "0.9"},
		{"bonus: outside, each: f, grant: 0.3, at_most: 0.5", three, END, "0.5"},
		/* there is a record, or none */
		{"points: 2, all: f", three, END, "2"},
		{"points: 2, all: f", "", END, "0"},
	};

	check(*state, t, LEN(t));
}

static void test_numbers(void **state)
{
	static const struct hand t[] = {
		/* 每少1人扣0.5 of 10: 6 are there, 4 − 4 × 0.5 */
		{"points: 4, short: f, of: 10, deduct: 0.5", "f 2022-01-01; f 2022-01-02; f 2022-01-03; f 2022-01-04; f 2022-01-05; "
			"f 2022-01-06", END, "2"},
		/* the goal of the settings: 3 − 1 = 2 short */
		{"points: 4, short: {figure: found}, of: {setting: goals.all}, deduct: 0.5", "f 2022-01-01", END, "3"},
		/* more than enough adds nothing */
		{"points: 4, short: {figure: found}, of: 1, deduct: 0.5", "f 2022-01-01; f 2022-01-02", END, "4"},
		/* 多1人扣1，少1人加0.5, reference 2: five, two, none */
		{"points: 5, indicator: {figure: found}, of: 2, more: 1, fewer: 0.5", "f 2022-01-01; f 2022-01-02; f 2022-01-03; "
			"f 2022-01-04; f 2022-01-05", END, "2"},
		{"points: 5, indicator: {figure: found}, of: 2, more: 1, fewer: 0.5", "f 2022-01-01; f 2022-01-02", END, "5"},
		{"points: 5, indicator: {figure: found}, of: 2, more: 1, fewer: 0.5", "", END, "6"},
		{"points: 5, indicator: {figure: found}, of: 2, more: 1, fewer: 0.5, cap: 5.5", "", END, "5.5"},
		/* <90 −2, 90–94 −1: 89.9, 90, 94.9, 95 */
		{"points: 5, bands: {figure: value}, steps: [{under: 90, deduct: 2}, {under: 95, deduct: 1}]", "g 2022-01-01 value=89",
			END, "3"},
		{"points: 5, bands: {figure: value}, steps: [{under: 90, deduct: 2}, {under: 95, deduct: 1}]", "g 2022-01-01 value=90",
			END, "4"},
		{"points: 5, bands: {figure: value}, steps: [{under: 90, deduct: 2}, {under: 95, deduct: 1}]", "g 2022-01-01 value=95",
			END, "5"},
		/* a rate of slots: 3 of 4 is 75%: not under 75; 2 of 4 is */
		{"points: 5, bands: Q, steps: [{under: 75, deduct: 2}]", Q3, END, "5"},
		{"points: 5, bands: Q, steps: [{under: 75, deduct: 2}]", "m 2022-01-01 kind=q; m 2022-04-01 kind=q", END, "3"},
		/* 百分制折算: 83 of 100 for 20 points: 16.6; never more than 20 */
		{"points: 20, value: {figure: value}, of: 100", "g 2022-01-01 value=83", END, "16.6"},
		{"points: 20, value: {figure: value}, of: 100", "g 2022-01-01 value=120", END, "20"},
		/* no value yet: nothing is given, nothing is taken off */
		{"points: 20, value: {figure: value}, of: 100", "", END, "0"},
		{"points: 5, bands: {figure: value}, steps: [{under: 90, deduct: 2}]", "", END, "5"},
	};

	check(*state, t, LEN(t));
}

/* One rule scores each town by its own slots and records. */
static void test_units(void **state)
{
	static const char towns[] = "m 2022-01-01 kind=t unit=north; m 2022-07-01 kind=t unit=north; m 2022-07-01 kind=t unit=south; "
		"f 2022-01-01 unit=north; f 2022-01-02 unit=south; f 2022-01-03 unit=s";
	const struct hand t[] = {
		{"points: 4, share: T", towns, "2022-12-31", "north", "4"},
		{"points: 4, share: T", towns, "2022-12-31", "south", "2"},
		{"points: 4, share: T", towns, "2022-12-31", "east", "0"},
		/* the office's quarterly meeting is not a town's: nothing is due there */
		{"points: 4, share: Q", towns, "2022-12-31", "north", "4"},
		/* by name or by short name: two of south */
		{"points: 4, each: f, deduct: 1", towns, "2022-12-31", "south", "2"},
		{"points: 4, each: f, deduct: 1", towns, "2022-12-31", "east", "4"},
		{"points: 4, each: f, deduct: 1, unit: none", towns, "2022-12-31", "east", "1"},
		/* a family's member */
		{"points: 4, short: {figure: \"found.{unit}\"}, of: 3, deduct: 1", towns, "2022-12-31", "north", "2"},
		/* a goal for each: north (by its short name) 2, south 0.5, else 1 */
		{"points: 4, short: f, of: {setting: goals.towns}, deduct: 1", "", "2022-12-31", "north", "2"},
		{"points: 4, short: f, of: {setting: goals.towns}, deduct: 1", "", "2022-12-31", "south", "3.5"},
		{"points: 4, short: f, of: {setting: goals.towns}, deduct: 1", "", "2022-12-31", "east", "3"},
	};

	check(*state, t, LEN(t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_slots, setup, teardown),
		cmocka_unit_test_setup_teardown(test_average, setup, teardown),
		cmocka_unit_test_setup_teardown(test_records, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_units, setup, teardown),
	};

	return cmocka_run_group_tests_name("assess", tests, NULL, NULL);
}
