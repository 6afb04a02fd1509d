/* Charts: nothing overlaps or is too small whatever the figures, tones that differ in grey and for the colour-blind,
 * each kind by a small example, and SVG that is safe. */
#include "unit.h"

#include "chart_check.h"
#include "chart_kit.h"

#include <math.h>

static struct arena arena;

static const struct chart_opt narrow = {.width = 110 * 1000000, .height = 80 * 1000000, .text = 0};

static const struct shape *text_of(const struct charts *c, const char *text)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->p[i]->n; k++)
			if (c->p[i]->shapes[k].kind == SHAPE_TEXT && str_is(c->p[i]->shapes[k].text, text))
				return &c->p[i]->shapes[k];
	return NULL;
}

static size_t texts(const struct charts *c, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->p[i]->n; k++)
			n += c->p[i]->shapes[k].kind == SHAPE_TEXT && str_is(c->p[i]->shapes[k].text, text);
	return n;
}

static size_t named(const struct charts *c, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->p[i]->n; k++)
			n += str_is(c->p[i]->shapes[k].name, name);
	return n;
}

static void any_figures(void **state)
{
	static const struct chart_opt *const opts[] = {&chart_paper, &chart_page, &narrow};

	for (uint32_t seed = 0; seed < 400; seed++) {
		struct chart_made m = {&arena, seed, 0, 0, seed % 3 == 2, seed % 2};
		const struct chart_opt *o = opts[seed / 7 % LEN(opts)];
		size_t which = seed % MADE_KINDS;
		struct charts c;

		m.rows = 1 + made_rnd(&m, which == 2 ? 5 : 30);
		m.cols = 1 + made_rnd(&m, which == 2 ? 5 : which == 0 ? 40 : which == 3 || which == 5 ? 3 : 14);
		c = made_chart(&m, which, o);
		assert_true(c.n > 0);
		for (size_t i = 0; i < c.n; i++) {
			check_texts(c.p[i], made_names[which], seed);
			check_shapes(c.p[i], o, made_names[which], seed);
		}
		arena_reset(&arena);
	}
}

/* Without any rows, periods, series. */
static void nothing(void **state)
{
	struct chart_figures f = {.title = S("x")};
	struct chart_heat h = {.title = S("x")};
	struct chart_strip s = {.title = S("x")};
	struct chart_matrix m = {.title = S("x")};

	assert_int_equal(chart_heat(&arena, &h, &chart_paper).n, 1);
	assert_int_equal(chart_strip(&arena, &s, &chart_paper).n, 1);
	assert_int_equal(chart_matrix(&arena, &m, &chart_paper).n, 1);
	assert_int_equal(chart_bars(&arena, &f, &chart_paper).n, 1);
	assert_int_equal(chart_lines(&arena, &f, &chart_paper).n, 1);
	assert_int_equal(chart_ageing(&arena, &f, &chart_paper).n, 1);
}

/* ---- tones ---- */

static double channel(uint32_t rgb, int shift)
{
	double c = (rgb >> shift & 255) / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

static double contrast(uint32_t a, uint32_t b)
{
	double x = luminance(a), y = luminance(b);

	return (MAX(x, y) + 0.05) / (MIN(x, y) + 0.05);
}

/* Machado, Oliveira, Fernandes 2009, severity 1: on linear light. */
static const double blind[3][9] = {
	{1, 0, 0, 0, 1, 0, 0, 0, 1},
	{0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998}, /* protanopia */
	{0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881}, /* deuteranopia */
};

/* Distance in CIE L*a*b* of two tones as such an eye sees them. */
static double distance(uint32_t a, uint32_t b, const double *m)
{
	double lab[2][3], sum = 0;

	for (int i = 0; i < 2; i++) {
		uint32_t rgb = i ? b : a;
		double l[3] = {channel(rgb, 16), channel(rgb, 8), channel(rgb, 0)}, s[3], f[3];

		for (int k = 0; k < 3; k++)
			s[k] = MIN(MAX(m[3 * k] * l[0] + m[3 * k + 1] * l[1] + m[3 * k + 2] * l[2], 0.0), 1.0);
		f[0] = (0.4124 * s[0] + 0.3576 * s[1] + 0.1805 * s[2]) / 0.9505;
		f[1] = 0.2126 * s[0] + 0.7152 * s[1] + 0.0722 * s[2];
		f[2] = (0.0193 * s[0] + 0.1192 * s[1] + 0.9505 * s[2]) / 1.089;
		for (int k = 0; k < 3; k++)
			f[k] = f[k] > 0.008856 ? cbrt(f[k]) : 7.787 * f[k] + 16.0 / 116;
		lab[i][0] = 116 * f[1] - 16;
		lab[i][1] = 500 * (f[0] - f[1]);
		lab[i][2] = 200 * (f[1] - f[2]);
	}
	for (int k = 0; k < 3; k++)
		sum += (lab[0][k] - lab[1][k]) * (lab[0][k] - lab[1][k]);
	return sqrt(sum);
}

static void apart(const uint32_t *tones, size_t n, double luminances, double all, const char *what)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			for (int eye = 0; eye < 3; eye++) {
				double far = distance(tones[i], tones[k], blind[eye]);

				if (k == i + 1 && fabs(luminance(tones[i]) - luminance(tones[k])) < luminances)
					BAD("%s: %zu and %zu are as light", what, i, k);
				if (far < all)
					BAD("%s: %zu and %zu look alike to eye %d: %.1f", what, i, k, eye, far);
			}
}

static void tones(void **state)
{
	const uint32_t states[] = {chart_mark_tone(CHART_OPEN).fill, chart_mark_tone(CHART_MET).fill,
		chart_mark_tone(CHART_LATE).fill, chart_mark_tone(CHART_MISSED).fill};
	uint32_t levels[5], series[CHART_SERIES], bands[CHART_BANDS];

	for (size_t i = 0; i < LEN(levels); i++)
		levels[i] = chart_mark_tone(CHART_GREEN + (enum chart_mark)i).fill;
	for (size_t i = 0; i < CHART_SERIES; i++)
		series[i] = chart_series_tone(i).ink;
	apart(states, LEN(states), 0.15, 10, "states");
	apart(levels, LEN(levels), 0.15, 10, "levels");
	apart(series, LEN(series), 0.15, 10, "series");
	for (size_t n = 2; n <= CHART_BANDS; n++) {
		for (size_t i = 0; i < n; i++)
			bands[i] = chart_band_tone(i, n).fill;
		apart(bands, n, 0.15, 10, "bands");
	}
	for (enum chart_mark m = CHART_UPCOMING; m < CHART_MARKS; m++)
		assert_true(contrast(chart_mark_tone(m).ink, 0xFFFFFF) >= 4.5);
	for (size_t i = 0; i < CHART_SERIES; i++)
		assert_true(contrast(series[i], 0xFFFFFF) >= 3);
}

/* Every state and level has a shape of its own, whatever its tone. */
static void shapes(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	struct str seen[CHART_MARKS];
	size_t n = 0;

	for (enum chart_mark m = CHART_UPCOMING; m < CHART_MARKS; m++) {
		struct chart_cell cell = {.mark = m};
		struct chart_label label = {.text = S("A")};
		struct chart_heat h = {.rows = {&label, 1, 1}, .cols = {&label, 1, 1}, .cells = &cell};
		struct charts c = chart_heat(&arena, &h, &chart_paper);

		for (size_t i = 0; i < c.p[0]->n; i++) {
			c.p[0]->shapes[i].fill = c.p[0]->shapes[i].stroke = c.p[0]->shapes[i].rgb = 0;
			c.p[0]->shapes[i].name = STR_NONE;
		}
		buf_reset(&b);
		drawing_svg(c.p[0], false, &b);
		seen[n] = arena_str(&arena, buf_str(&b));
		for (size_t i = 0; i < n; i++)
			assert_false(str_eq(seen[i], seen[n]));
		n++;
		assert_int_equal(chart_mark_named(str_c(chart_mark_name(m))), m);
	}
	assert_int_equal(chart_mark_named(S("nothing")), CHART_NONE);
}

/* ---- each kind ---- */

static void heat(void **state)
{
	struct chart_made m = {&arena, 3, 60, 21, false, true};
	struct charts c = made_heat(&m, &chart_paper), page = made_heat(&m, &chart_page);
	size_t cells = 0;

	assert_true(c.n >= 3);
	assert_int_equal(page.n, 1);
	for (size_t i = 0; i < m.rows; i++)
		assert_int_equal(texts(&c, arena_printf(&arena, "%s%zu", (const char *[]){"办公室", "组织部", "宣传部", "教育局",
			"文旅局", "石桥镇", "青溪街道", "云岭乡", "财政局", "民政局", "融媒体中心", "网信办"}[i % 12], i + 1).p), 1);
	assert_int_equal(texts(&c, "A21"), c.n);       /* heads on each */
	for (size_t i = 0; i < c.n; i++)
		for (size_t k = 0; k < c.p[i]->n; k++)
			cells += str_starts(c.p[i]->shapes[k].name, S("cell"));
	assert_int_equal(cells, 60 * 21);
	assert_true(str_ends(c.p[1]->title, arena_printf(&arena, "(2/%zu)", c.n)));
	/* wider than the paper: columns in two drawings, the sums at the end of the last */
	m.cols = 50;
	m.rows = 4;
	c = made_heat(&m, &chart_paper);
	assert_int_equal(c.n, 2);
	assert_int_equal(texts(&c, "A01") + texts(&c, "A50"), 2);
}

static void strip(void **state)
{
	struct chart_made m = {&arena, 5, 5, 12, false, true};
	struct charts c = made_strip(&m, &chart_paper, 40);
	size_t marks = 0, linked = 0;

	/* marks of two things never touch */
	for (size_t i = 0; i < c.p[0]->n; i++)
		linked += str_starts(c.p[0]->shapes[i].link, S("/points"));
	assert_true(linked >= 30);
	for (size_t i = 0; i < c.p[0]->n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct shape *a = &c.p[0]->shapes[i], *b = &c.p[0]->shapes[k];

			if (a->link.n && b->link.n && !str_eq(a->link, b->link) && str_starts(a->link, S("/points")) &&
				str_starts(b->link, S("/points")))
				assert_false(touch(path_box(a), path_box(b), 0));
		}
	/* a hundred a row: one mark a period, with their number */
	c = made_strip(&m, &chart_paper, 500);
	for (size_t i = 0; i < c.p[0]->n; i++) {
		int64_t n;

		if (c.p[0]->shapes[i].kind == SHAPE_TEXT && str_int(c.p[0]->shapes[i].text, &n))
			marks += (size_t)n;
	}
	assert_true(marks > 450 && marks <= 500);
}

static void matrix(void **state)
{
	struct chart_made m = {&arena, 1, 5, 5, false, true};
	struct charts c = made_matrix(&m, &chart_page);
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);

	assert_int_equal(c.n, 1);
	assert_int_equal(texts(&c, "重大"), 1);
	assert_int_equal(texts(&c, "低"), 5);   /* three fields, a row and a column */
	assert_int_equal(named(&c, "place on-level-orange current") + named(&c, "place on-level-yellow current"), 1);
	drawing_svg(c.p[0], false, &b);
	assert_true(str_has(buf_str(&b), S("aria-current=\"true\"")));
	assert_true(str_has(buf_str(&b), S("aria-label=\"field 0\"")));
}

static struct chart_figures two(struct chart_value *v, size_t n, const char *unit)
{
	static struct chart_label names[8], series[1];

	for (size_t i = 0; i < n; i++)
		names[i].text = arena_printf(&arena, "%zu月", i + 1);
	return (struct chart_figures){.title = S("t"), .unit = str_c(unit), .names = {names, n, n}, .series = {series, 1, 1},
		.values = v};
}

static void bars(void **state)
{
	struct chart_value v[] = {{.n = 10000}, {.n = 20000}, {.none = true}, {.n = 5500, .link = S("/r"), .title = S("四月")}};
	struct chart_figures d = two(v, LEN(v), "次");
	struct charts c = chart_bars(&arena, &d, &chart_paper);
	int32_t high[4] = {0};
	size_t n = 0;

	for (size_t i = 0; i < c.p[0]->n; i++)
		if (str_is(c.p[0]->shapes[i].name, "bar series-1"))
			high[n++] = path_box(&c.p[0]->shapes[i]).h;
	assert_int_equal(n, 3);
	assert_in_range(high[1], 2 * high[0] - 10, 2 * high[0] + 10);
	assert_in_range(high[2], high[0] * 55 / 100 - 10, high[0] * 55 / 100 + 10);
	assert_non_null(text_of(&c, "5.5"));
	assert_non_null(text_of(&c, "20 次"));
	/* names that do not fit below: they lie */
	d.names.p[0].text = S("城乡社区治理和服务体系建设领导小组办公室文稿和督查");
	d.names.p[1].text = S("网络安全和信息化委员会办公室及其下属事业单位");
	c = chart_bars(&arena, &d, &chart_paper);
	for (size_t i = 0; i < c.p[0]->n; i++)
		if (str_is(c.p[0]->shapes[i].name, "bar series-1"))
			assert_true(path_box(&c.p[0]->shapes[i]).w > path_box(&c.p[0]->shapes[i]).h);
	/* below nothing */
	v[0].n = -10000;
	c = chart_bars(&arena, &d, &chart_paper);
	assert_non_null(text_of(&c, "-10"));
}

static void lines(void **state)
{
	struct chart_value v[] = {{.n = 1000}, {.n = 2000}, {.none = true}, {.n = 3000}, {.n = 4000}};
	struct chart_figures d = two(v, LEN(v), "");
	struct charts c;
	size_t moves = 0;

	d.series.p[0].text = S("会议");
	c = chart_lines(&arena, &d, &chart_paper);
	for (size_t i = 0; i < c.p[0]->n; i++)
		for (size_t k = 0; str_is(c.p[0]->shapes[i].name, "series-1") && k < c.p[0]->shapes[i].nops; k++)
			moves += c.p[0]->shapes[i].ops[k].kind == PATH_MOVE;
	assert_int_equal(moves, 2);   /* a gap */
	assert_int_equal(texts(&c, "会议"), 1);
}

/* ---- numbers and SVG ---- */

static void numbers(void **state)
{
	static const struct {
		int64_t n;
		const char *text;
	} cases[] = {{0, "0"}, {12000, "12"}, {500, "0.5"}, {-3250, "-3.25"}, {7, "0.007"}, {-1, "-0.001"},
		{INT64_MAX, "9223372036854775.807"}, {INT64_MIN, "-9223372036854775.808"}};

	for (size_t i = 0; i < LEN(cases); i++)
		assert_string_equal(chart_number(&arena, cases[i].n).p, cases[i].text);
	assert_int_equal(chart_text_width(S("责任"), 1000), 2000);
	assert_int_equal(chart_text_width(S("A01"), 1000), 1650);
	assert_int_equal(chart_text_width(S("3—5"), 1000), 2100);
}

/* Tags are closed in order; no quote or bracket of a text is markup. */
static void well_formed(struct str svg)
{
	struct str open[16];
	size_t n = 0;

	for (size_t i = 0; i < svg.n; i++) {
		size_t end = i + 1;

		if (svg.p[i] != '<')
			continue;
		while (end < svg.n && svg.p[end] != '>')
			end++;
		assert_true(end < svg.n);
		if (svg.p[i + 1] == '/') {
			assert_true(n > 0);
			assert_true(str_starts(open[--n], str_sub(svg, i + 2, end)));
		} else if (svg.p[end - 1] != '/') {
			assert_true(n < LEN(open));
			open[n++] = str_sub(svg, i + 1, end);
		}
		i = end;
	}
	assert_int_equal(n, 0);
	assert_false(str_has(svg, S("style=")));
	assert_false(str_has(svg, S("<script")));
}

static void svg(void **state)
{
	static const char *const links[] = {"/a", "?a=1", "#x", "/", "//b", "javascript:1", "/\\c", "https://d", ""};
	struct drawing *d = drawing_new(&arena, 10 * 1000000, 5 * 1000000);
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	size_t hrefs = 0;

	d->title = S("<b>\"'&\x01\xff");
	d->desc = S("</desc><script>");
	for (size_t i = 0; i < LEN(links); i++) {
		struct shape *s = drawing_text(d, 0, 0, 3000000, -1, S("</text><script>alert(1)</script>"));

		s->link = str_c(links[i]);
		s->title = arena_printf(&arena, "\" onclick=\"%zu", i);
		s->name = S("x\" style=\"y");
	}
	drawing_rect(d, 0, 0, 1000000, 1000000)->filled = true;
	drawing_circle(d, 5000000, 1000000, 1000000)->stroked = true;
	for (int whole = 0; whole < 2; whole++) {
		buf_reset(&b);
		drawing_svg(d, whole, &b);
		for (size_t i = 0; whole == 0 && i + 6 < b.n; i++)
			hrefs += !memcmp(b.p + i, " href=", 6);
		assert_false(str_has(buf_str(&b), S("<script")));
		assert_false(str_has(buf_str(&b), S("onclick=\"")));
		assert_true(str_has(buf_str(&b), S("<title>&lt;b&gt;&quot;&#39;&amp;\xef\xbf\xbd</title>")));
		assert_true(str_has(buf_str(&b), S("<rect x=\"0\" y=\"0\" width=\"3.78\" height=\"3.78\"")));
		assert_true(str_has(buf_str(&b), S("<circle cx=\"18.9\" cy=\"3.78\" r=\"3.78\"")));
	}
	assert_int_equal(hrefs, 4);
	for (uint32_t seed = 0; seed < MADE_KINDS * 2; seed++) {
		struct chart_made m = {&arena, seed, 4, 4, true, seed % 2};
		struct charts c = made_chart(&m, seed / 2, &chart_page);

		buf_reset(&b);
		drawing_svg(c.p[0], seed % 2, &b);
		well_formed(buf_str(&b));
		if (m.linked)      /* of each kind, its own parts */
			assert_true(str_has(buf_str(&b), str_c((const char *[]){"href=\"/cells/", "href=\"/points/", "href=\"/risks?",
				"href=\"/values/"}[MIN(seed / 2, 3u)])) || seed / 2 == 9);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(any_figures), cmocka_unit_test(nothing), cmocka_unit_test(tones),
		cmocka_unit_test(shapes), cmocka_unit_test(heat), cmocka_unit_test(strip), cmocka_unit_test(matrix),
		cmocka_unit_test(bars), cmocka_unit_test(lines), cmocka_unit_test(numbers), cmocka_unit_test(svg)};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
