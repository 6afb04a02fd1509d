/* Sheets by hand: what sections, vetoes, grades, quotas and people's marks make of items, what is at stake and whether it
 * comes true, bad schemes. */
#include "assess_world.h"

/* ---- sections and total ---- */

#define TWO "f 2022-01-01; f 2022-01-02"

static void test_sections(void **state)
{
	static const struct {
		const char *plan, *section, *total, *full;
	} t[] = {
		/* 3 + 2 = 5 */
		{"sections: [{id: S, items: [{id: A, title: A, points: 3, all: f}, {id: B, title: B, points: 2, all: f}]}]", "5", "5", "5"},
		/* a bonus inside fills up to the section's points: 3 − 2 + 4 → 3 */
		{"sections: [{id: S, items: [{id: A, title: A, points: 3, each: f, deduct: 1}, "
			"{id: B, title: B, bonus: inside, each: f, grant: 2}]}]", "3", "3", "3"},
		/* outside it goes beyond: 3 − 2 + 4 = 5; with a limit of 1.5: 2.5 */
		{"sections: [{id: S, items: [{id: A, title: A, points: 3, each: f, deduct: 1}, "
			"{id: B, title: B, bonus: outside, each: f, grant: 2}]}]", "5", "5", "3"},
		{"sections: [{id: S, bonus_at_most: 1.5, items: [{id: A, title: A, points: 3, each: f, deduct: 1}, "
			"{id: B, title: B, bonus: outside, each: f, grant: 2}]}]", "2.5", "2.5", "3"},
		/* cap */
		{"sections: [{id: S, cap: 4, items: [{id: A, title: A, points: 9, all: f}]}]", "4", "4", "9"},
		/* converted: 7 of 9 for 20 points: 15.5555… → 15.556 */
		{"sections: [{id: S, convert: 20, items: [{id: A, title: A, points: 9, each: f, deduct: 1}]}]", "15.556", "15.556", "20"},
		/* 30% of 8 and 70% of 6: 2.4 + 4.2 */
		{"sections: [{id: S, weight: 30%, items: [{id: A, title: A, points: 10, each: f, deduct: 1}]}, "
			"{id: P, weight: 70%, items: [{id: B, title: B, points: 10, each: f, deduct: 2}]}]", "2.4", "6.6", "10"},
		/* the total converted to 100: 7 × 100 ÷ 9 = 77.778; capped at 50 before: 5 of 9 */
		{"convert: 100, sections: [{id: S, items: [{id: A, title: A, points: 9, each: f, deduct: 1}]}]", "7", "77.778", "100"},
		{"cap: 5, sections: [{id: S, items: [{id: A, title: A, points: 9, each: f, deduct: 1}]}]", "7", "5", "9"},
		/* vetoes: the total; the section alone */
		{"sections: [{id: S, items: [{id: A, title: A, points: 9, all: f}]}, {id: P, items: [{id: B, title: B, points: 1, all: f}]}], "
			"vetoes: [{title: V, when: {figure: found, over: 1}, then: zero}]", "9", "0", "10"},
		{"sections: [{id: S, items: [{id: A, title: A, points: 9, all: f}]}, {id: P, items: [{id: B, title: B, points: 1, all: f}]}], "
			"vetoes: [{title: V, when: {records: f, at_least: 2}, then: zero, section: S}]", "0", "1", "10"},
		{"sections: [{id: S, items: [{id: A, title: A, points: 9, all: f}]}], "
			"vetoes: [{title: V, when: {figure: found, over: 2}, then: zero}]", "9", "9", "9"},
		{"sections: [{id: S, items: [{id: A, title: A, points: 9, all: f}]}], "
			"vetoes: [{title: V, when: {duty: Q, over: 3}, then: zero}]", "9", "0", "9"},
		{"sections: [{id: S, items: [{id: A, title: A, points: 9, each: f, deduct: 4}]}], "
			"vetoes: [{title: V, when: {item: A, under: 2}, then: zero}]", "1", "0", "9"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct made *m = make(w, arena_printf(&w->a, "assess: {%s}\n", t[i].plan).p, TWO, "2022-12-31", NULL, NULL);

		is(w, t[i].plan, t[i].section, m->sheet.sections[0].part.got);
		is(w, t[i].plan, t[i].total, m->sheet.part.got);
		is(w, t[i].plan, t[i].full, m->sheet.full);
	}
}

static void test_grades(void **state)
{
	static const struct {
		const char *points, *vetoes, *grade;
	} t[] = {
		{"90", "", "good"}, {"89.999", "", "fair"}, {"70", "", "fair"}, {"0", "", "bad"},
		/* 取消评优 */
		{"95", ", vetoes: [{title: V, when: {figure: found, over: 0}, then: bar, grade: good}]", "fair"},
		{"75", ", vetoes: [{title: V, when: {figure: found, over: 0}, then: bar, grade: good}]", "fair"},
		/* 降一等, never below the last */
		{"95", ", vetoes: [{title: V, when: {figure: found, over: 0}, then: lower}]", "fair"},
		{"95", ", vetoes: [{title: V, when: {figure: found, over: 0}, then: lower, steps: 5}]", "bad"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct str plan = arena_printf(&w->a, "assess: {sections: [{id: S, items: [{id: A, title: A, points: %s, all: f}]}], "
			"grades: [{name: good, from: 90}, {name: fair, from: 70}, {name: bad}]%s}\n", t[i].points, t[i].vetoes);
		struct made *m = make(w, plan.p, TWO, "2022-12-31", NULL, NULL);

		if (!str_is(assess_sheet_grade(&m->sheet), t[i].grade))
			FLUNK("%s%s: " STR_FMT ", not %s", t[i].points, t[i].vetoes, STR_ARG(assess_sheet_grade(&m->sheet)), t[i].grade);
	}
}

/* Three towns: one of them may be good (a third of three is one). */
static void test_quotas(void **state)
{
	static const struct {
		const char *records, *quota;
		const char *grades[3];           /* of north, south, east */
	} t[] = {
		{"f 2022-01-01 unit=south; f 2022-01-02 unit=east; f 2022-01-03 unit=east", "40%", {"good", "fair", "fair"}},
		/* north and south have the same: both or none */
		{"f 2022-01-02 unit=east", "40%", {"fair", "fair", "fair"}},
		{"f 2022-01-02 unit=east", "70%", {"good", "good", "fair"}},
		/* 30% of three is none */
		{"f 2022-01-02 unit=east", "30%", {"fair", "fair", "fair"}},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct str plan = arena_printf(&w->a, "assess: {of: \"each unit:town\", sections: [{id: S, items: "
			"[{id: A, title: A, points: 9, each: f, deduct: 1}]}], "
			"grades: [{name: good, from: 7, quota: %s}, {name: fair, from: 3}, {name: bad}]}\n", t[i].quota);
		struct made *m = make(w, plan.p, t[i].records, "2022-12-31", "north", NULL);
		struct assess_row *rows;
		size_t n;

		rows = assess_rows(&m->facts, &m->figures, NULL, &n);
		assert_int_equal(n, 3);
		for (size_t k = 0; k < n; k++) {
			const char *want = t[i].grades[rows[k].unit - w->org.units];
			struct str name = m->scheme.assessment->grades[rows[k].grade].name;

			assert_true(!k || rows[k].sheet.part.got <= rows[k - 1].sheet.part.got);
			if (!str_is(name, want))
				FLUNK("%s, %s: " STR_FMT " is " STR_FMT ", not %s", t[i].records, t[i].quota,
					STR_ARG(rows[k].unit->name), STR_ARG(name), want);
		}
	}
}

/* ---- marks ---- */

static void test_marks(void **state)
{
	static const char plan[] = "assess: {sections: [{id: S, items: [{id: A, title: A, points: 4, share: Q}, "
		"{id: J, title: J, points: 3, judge: deduct, from: 0.5, to: 2}, {id: G, title: G, bonus: outside, judge: grant, from: 1, to: "
			"2}]}]}\n";
	static const struct assess_mark scores[] = {
		{.item = {"A", 1}, .got = 2500, .confirmed = true, .event = 5, .text = {"one was empty", 13}},
		{.item = {"A", 1}, .got = 2000, .confirmed = false, .event = 7},
		{.item = {"J", 1}, .got = 1500, .confirmed = true, .event = 6},
		{.item = {"A", 1}, .got = 1000, .confirmed = true, .event = 3},
	};
	static const struct assess_mark selfs[] = {{.item = {"A", 1}, .got = 4000, .event = 1}};
	struct assess_inputs in = {.scores = scores, .nscores = LEN(scores), .selfs = selfs, .nselfs = 1};
	struct world *w = *state;
	struct made *m = make(w, plan, Q3, "2022-12-31", NULL, &in);
	const struct assess_item_score *x = m->sheet.sections[0].items;
	const struct assess *p = m->scheme.assessment;

	/* computed 3, self 4, the newest confirmed score 2.5, a newer one waits */
	is(w, "computed", "3", x[0].computed);
	is(w, "self", "4", x[0].self->got);
	is(w, "assessed", "2.5", x[0].part.got);
	assert_int_equal(x[0].waiting->event, 7);
	/* discretion: 3 − 1.5; nothing was granted: 2.5 + 1.5 + 0 */
	is(w, "judged", "1.5", x[1].part.got);
	is(w, "total", "4", m->sheet.part.got);
	/* what may be given */
	assert_int_equal(assess_mark_fits(p, S("J"), 3000, &w->err), OK);
	assert_int_equal(assess_mark_fits(p, S("J"), 1000, &w->err), OK);
	assert_int_equal(assess_mark_fits(p, S("J"), 2600, &w->err), ERR_INPUT);
	assert_string_equal(w->err.text, "item 'J' has 1 to 2.5 points, not 2.6");
	err_clear(&w->err);
	assert_int_equal(assess_mark_fits(p, S("G"), 2000, &w->err), OK);
	assert_int_equal(assess_mark_fits(p, S("G"), 0, &w->err), OK);
	assert_int_equal(assess_mark_fits(p, S("G"), 500, &w->err), ERR_INPUT);
	err_clear(&w->err);
	assert_int_equal(assess_mark_fits(p, S("A"), 4001, &w->err), ERR_INPUT);
	err_clear(&w->err);
	assert_int_equal(assess_mark_fits(p, S("X"), 0, &w->err), ERR_NOT_FOUND);
	err_clear(&w->err);
}

/* A scheme without assess: is the sum of its duties' own scores. */
static void test_made(void **state)
{
	struct world *w = *state;
	struct made *m = make(w, "", Q3, "2022-12-31", NULL, NULL);
	int64_t sum = 0;

	for (size_t i = 0; i < m->scheme.nduties; i++)
		sum += duty_score(&m->figures.duties[i]).got;
	assert_int_equal(m->sheet.part.got, sum);
	is(w, "full", "11", m->sheet.full);
}

/* ---- lines ---- */

static void test_lines(void **state)
{
	struct world *w = *state;
	struct made *m = make(w, "assess: {sections: [{id: S, items: [{id: A, title: A, points: 1, each: f, deduct: 0.167, at_most: 0.2, "
		"times: {field: how, words: {told: 0.5}}}, {id: B, title: B, points: 3, missing: Q, deduct: 0.5}]}]}\n",
		"f 2022-01-01 how=told; f 2022-01-02; " Q3, "2022-12-31", NULL, NULL);
	const struct assess_part *p = &m->sheet.sections[0].items[0].part;

	/* 1, −0.0835 of row 1, −0.167 of row 2, +0.0505 back to the limit; exactly 0.8, so nothing is rounded */
	assert_int_equal(p->n, 4);
	assert_true(str_is(nano_text(&w->a, p->p[1].nano), "-0.0835"));
	assert_string_equal(p->p[1].sum.p, "0.167 × 0.5");
	assert_int_equal(p->p[1].facts.n, 1);
	assert_int_equal(p->p[1].facts.p[0]->row, 1);
	assert_true(str_is(nano_text(&w->a, p->p[3].nano), "0.0505"));
	is(w, "A", "0.8", p->got);
	p = &m->sheet.sections[0].items[1].part;
	assert_int_equal(p->n, 2);
	assert_string_equal(p->p[1].sum.p, "1 × 0.5 = 0.5");
	assert_int_equal(p->p[1].nslots, 1);
	assert_string_equal(assess_line_name(p->p[1].kind), "missed");
}

/* ---- what would raise it ---- */

/* The record of a hint is added, the sheet made anew: the total has grown by what was said. */
static void test_whatif(void **state)
{
	static const struct {
		const char *plan, *records, *on, *text, *gain, *added;
	} t[] = {
		/* on 1 November the fourth quarter is open: 4 × 3 ÷ 3 would become … two of three are done: 2.667 → 3 of 4: 3 */
		{"points: 4, share: Q", "m 2022-01-01 kind=q; m 2022-04-01 kind=q", "2022-11-01", "do Q4 in time, by 2022-12-31", "0.333",
			"m 2022-11-01 kind=q"},
		/* a paper that is late counts half: 2 × 1 ÷ 2 */
		{"points: 2, share: B", "", "2022-05-01", "do 2022-03-15 late: it was due on 2022-03-15", "1", "m 2022-05-01 kind=b"},
		/* and is not missed: 0.5 */
		{"points: 2, missing: B, deduct: 0.5", "", "2022-05-01", "do 2022-03-15 late: it was due on 2022-03-15", "0.5",
			"m 2022-05-01 kind=b"},
		/* on the day itself it is in time */
		{"points: 2, share: B", "", "2022-03-15", "do 2022-03-15 in time, by 2022-03-15", "2", "m 2022-03-15 kind=b"},
		/* a point a time, two at most */
		{"points: 2, done: f, grant: 1", "f 2022-01-01", "2022-05-01", "one more record: F", "1", "f 2022-05-01"},
		/* one more of a figure that is short */
		{"points: 2, short: {figure: found}, of: 3, deduct: 0.5", "", "2022-05-01", "one more of figure found", "0.5", "f 2022-05-01"},
		/* the limit leaves 0.2 of the 0.5 */
		{"bonus: outside, each: f, grant: 0.5, at_most: 0.7", "f 2022-01-01", "2022-05-01", "one more record: F", "0.2", "f 2022-05-01"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct str plan = arena_printf(&w->a, "assess: {sections: [{id: S, items: [{id: I, title: T, %s}]}]}\n", t[i].plan);
		struct made *m = make(w, plan.p, t[i].records, t[i].on, NULL, NULL), *then;
		struct assess_hints h;
		const struct assess_hint *x = NULL;

		m->facts.lang = LANG_EN;
		if (figures_on(&m->facts, m->figures.on, &m->figures, &w->err) != OK)
			FLUNK("%s", w->err.text);
		assess_whatif(&m->facts, &m->figures, NULL, NULL, &h);
		for (size_t k = 0; k < h.n; k++)
			if (str_is(assess_hint_text(&m->facts, &h.p[k]), t[i].text))
				x = &h.p[k];
		if (!x)
			FLUNK("%s: not told: %s", t[i].plan, t[i].text);
		is(w, t[i].text, t[i].gain, x->gain);
		then = make(w, plan.p, arena_printf(&w->a, "%s; %s", t[i].records, t[i].added).p, t[i].on, NULL, NULL);
		is(w, t[i].added, t[i].gain, then->sheet.part.got - m->sheet.part.got);
	}
}

/* A quarter gone by is not repaired, a record that took points off stands; nothing can be made good when the year is over. */
static void test_gone(void **state)
{
	struct world *w = *state;
	struct made *m = make(w, "assess: {sections: [{id: S, items: [{id: A, title: A, points: 4, missing: Q, deduct: 1}, "
		"{id: B, title: B, points: 2, each: f, deduct: 0.5}, {id: C, title: C, points: 2, done: m, grant: 1}]}]}\n",
		"f 2022-01-01; m 2022-10-01 kind=q", "2022-12-31", NULL, NULL);
	struct assess_hints h;

	assess_whatif(&m->facts, &m->figures, NULL, NULL, &h);
	/* one more meeting today; then three quarters and a finding that are gone */
	assert_int_equal(h.n, 5);
	assert_int_equal(h.p[0].kind, HINT_RECORD);
	is(w, "one more", "1", h.p[0].gain);
	for (size_t i = 1; i < h.n; i++)
		assert_int_equal(h.p[i].kind, HINT_GONE);
	assert_non_null(h.p[4].fact);
}

/* ---- bad schemes ---- */

static void test_errors(void **state)
{
	static const struct {
		const char *item, *words;
	} t[] = {
		{"points: 2", "an item has one rule"},
		{"points: 2, share: Q, all: Q", "an item has one rule"},
		{"points: 2, share: X", "no duty 'X'"},
		{"points: 2, share: {of: m}", "this form counts duties by their ids"},
		{"points: 2, missing: Q", "the item lacks 'deduct'"},
		{"points: 2, share: Q, deduct: 1", "'deduct' does not go with 'share'"},
		{"points: 2, each: f", "one of them"},
		{"points: 2, each: f, deduct: 1, grant: 1", "one of them"},
		{"points: 2, each: ff, deduct: 1", "no record type 'ff'"},
		{"points: x, share: Q", "'points' takes points"},
		{"points: 2.0001, share: Q", "'points' takes points"},
		{"share: Q", "the item lacks 'points'"},
		{"points: 2, bonus: outside, each: f, grant: 1", "a bonus has no points of its own"},
		{"bonus: beside, each: f, grant: 1", "'bonus' is inside or outside"},
		{"points: 2, bands: {figure: value}", "the item lacks 'steps'"},
		{"points: 2, bands: {figure: valu}, steps: [{under: 1, deduct: 1}]", "no figure 'valu'"},
		{"points: 2, bands: Q, steps: [{under: 9, deduct: 1}, {under: 9, deduct: 2}]", "steps go from the lowest"},
		{"points: 2, judge: maybe, from: 1, to: 2", "'judge' is deduct or grant"},
		{"points: 2, judge: deduct, from: 1, to: 3", "more than the item's points"},
		{"points: 2, share: Q, average: owner", "'average' is owners"},
		{"points: 2, done: Q, grant: 1, average: owners", "owners are averaged"},
		{"points: 2, each: f, deduct: 1, times: {field: how, words: {hidden: many}}", "'times' takes numbers"},
		{"points: 2, each: f, deduct: 1, times: {field: hw, words: {hidden: 2}}", "did you mean 'how'?"},
		{"points: 2, short: f, of: {setting: a, figure: b}, deduct: 1", "'of' is a number"},
		{"points: 2, floor: 3, cap: 1, share: Q", "the floor is above the cap"},
		{"points: 2, shar: Q", "did you mean 'share'?"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct scheme s;
		struct str text = arena_printf(&w->a, "%sassess:\n  sections: [{id: S, items: [{id: I, title: T, %s}]}]\n", HEAD, t[i].item);

		if (scheme_read(&w->a, text, &s, &w->err) != ERR_INPUT)
			FLUNK("%s: taken", t[i].item);
		if (!strstr(w->err.text, t[i].words) || !strstr(w->err.text, "line 19, column "))
			FLUNK("%s: '%s' lacks '%s'", t[i].item, w->err.text, t[i].words);
		err_clear(&w->err);
	}
}

static void test_plan_errors(void **state)
{
	static const char S1[] = "sections: [{id: S, items: [{id: A, title: A, points: 1, share: Q}]}]";
	static const struct {
		const char *plan, *words;
	} t[] = {
		{"of: towns, %s", "'of' is office or each unit:KIND"},
		{"%s, grades: [{name: a, from: 1}]", "the last takes all the others"},
		{"%s, grades: [{name: a, from: 1}, {name: b, from: 2}, {name: c}]", "from the best to the last"},
		{"%s, grades: [{name: a, from: 1, quota: 130%%}, {name: b}]", "'quota' takes a share"},
		{"%s, vetoes: [{title: V, when: {figure: found}, then: lower}]", "there are no grades"},
		{"%s, vetoes: [{title: V, when: {figure: found}, then: zero, section: X}]", "no section 'X'"},
		{"%s, vetoes: [{title: V, when: {figure: found, duty: Q}, then: zero}]", "'when' asks one of"},
		{"%s, vetoes: [{title: V, when: {item: B}, then: zero}]", "no item 'B'"},
		{"%s, appeal: 5", "'appeal' takes working days"},
		{"sections: [{id: S, weight: 30.05%%, items: []}]", "'weight' takes a share"},
		{"sections: [{id: S, convert: 10, items: []}]", "only points can be converted"},
	};
	struct world *w = *state;

	for (size_t i = 0; i < LEN(t); i++) {
		struct scheme s;
		struct str plan = str_has(str_c(t[i].plan), S("%s")) ? arena_printf(&w->a, t[i].plan, S1) : arena_printf(&w->a, t[i].plan, "");
		struct str text = arena_printf(&w->a, "%sassess: {" STR_FMT "}\n", HEAD, STR_ARG(plan));

		if (scheme_read(&w->a, text, &s, &w->err) != ERR_INPUT)
			FLUNK("%s: taken", t[i].plan);
		if (!strstr(w->err.text, t[i].words))
			FLUNK("%s: '%s' lacks '%s'", t[i].plan, w->err.text, t[i].words);
		err_clear(&w->err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sections, setup, teardown),
		cmocka_unit_test_setup_teardown(test_grades, setup, teardown),
		cmocka_unit_test_setup_teardown(test_quotas, setup, teardown),
		cmocka_unit_test_setup_teardown(test_marks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_made, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whatif, setup, teardown),
		cmocka_unit_test_setup_teardown(test_gone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_plan_errors, setup, teardown),
	};

	return cmocka_run_group_tests_name("assess_sheet", tests, NULL, NULL);
}
