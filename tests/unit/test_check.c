/* The check of people's text: number words, and where in the report a finding stands. */
#include "report_world.h"

/* ---- number words ---- */

static void test_hanzi_value(void **state)
{
	static const struct {
		const char *words;
		int64_t value;
	} rows[] = {{"两", 2}, {"〇", 0}, {"十", 10}, {"十二", 12}, {"二十", 20}, {"九十九", 99}, {"一百", 100},
		{"两百", 200}, {"一百零五", 105}, {"一百一十", 110}, {"一百十二", 112}, {"三百二十一", 321},
		{"一千", 1000}, {"两千零三", 2003}, {"一千零五十", 1050}, {"九千九百九十九", 9999}, {"三万", 30000},
		{"三万二千", 32000}, {"十二万零四十", 120040}, {"九千九百九十九万九千九百九十九", 99999999},
		{"二〇二二", 2022}, {"一〇五", 105}, {"一二三四", 1234}, {"壹佰贰拾", 120},
		{"百", -1}, {"千", -1}, {"万", -1}, {"三四", -1}, {"十三四", -1}, {"一百五", -1}, {"三万二", -1},
		{"二十余", -1}, {"几", -1}, {"十百", -1}, {"二亿", -1}, {"三万万", -1}, {"", -1}};

	for (size_t i = 0; i < LEN(rows); i++)
		if (hanzi_value(str_c(rows[i].words)) != rows[i].value)
			FLUNK("%s: %lld", rows[i].words, (long long)hanzi_value(str_c(rows[i].words)));
}

/* What people wrote in section 一（一）, where figures say 3次, 2次, 1次 and 2次. */
static void test_number_words(void **state)
{
	static const struct {
		const char *text, *value; /* NULL: no finding */
	} rows[] = {{"开了两次会。", NULL}, {"开了四次会。", "四"}, {"开了4次会。", "4"}, {"开了十二次会。", "十二"},
		{"开了二十余次会。", NULL}, {"开了几次会。", NULL}, {"第四次开会。", NULL}, {"第4次开会。", NULL},
		{"一次性办好。", NULL}, {"叫“五次会议制度”。", NULL}, {"开了一次会。", NULL}, {"写了四个方面。", NULL},
		{"四个意识，五个地方。", NULL},
		{"开了一百零五次会，两次没开。", "一百零五"}};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		struct report_findings l = {0};
		struct report r;
		static struct tiny w;

		if (!i)
			tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
		r = compose(f, &w, arena_printf(&f->a, "## 一（一）\n先说。%s后说。\n", rows[i].text).p, i % 2);
		ok(f, report_check(&r, &l, &f->err));
		if (count(&l, "own_number") != (rows[i].value ? 1 : 0))
			FLUNK("%s: %zu findings", rows[i].text, count(&l, "own_number"));
		if (!rows[i].value)
			continue;
		same(found(&l, "own_number")->value, str_c(rows[i].value));
		assert_int_equal(found(&l, "own_number")->sentence, 2);
		same(found(&l, "own_number")->quote, str_c(rows[i].text));
	}
}

/* The spans of a place hold its sentence, whatever redaction has cut. */
static void test_places(void **state)
{
	struct fix *f = *state;
	struct tiny w;

	tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
	for (int redact = 0; redact < 2; redact++) {
		struct report r = compose(f, &w, NARRATIVE, redact);
		struct report_findings l;

		ok(f, report_check(&r, &l, &f->err));
		for (size_t i = 0; i < l.n; i++) {
			const struct report_finding *x = &l.p[i];
			struct str words = S("");

			for (size_t k = x->from; k < x->to; k++) {
				const struct said *s = &r.spans[k];

				assert_int_equal(s->para, x->para - 1);
				words = arena_printf(&f->a, STR_FMT STR_FMT, STR_ARG(words),
					STR_ARG(s->value.n ? s->value : s->text));
			}
			assert_true(!x->sentence == !x->quote.n);
			assert_true(str_has(words, x->quote));
		}
		assert_int_equal(found(&l, "claim")->para, 6);
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_hanzi_value),
		ON_SQLITE(test_number_words),
		ON_SQLITE(test_places),
	};

	return run_plan("check", tests, LEN(tests));
}
