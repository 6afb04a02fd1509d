/* Documents of several offices, minutes, words in other scripts: by docs/layout.md. */
#include "lay_look.h"

#include <string.h>

static struct doc *joint(void)
{
	struct doc *d = new_doc();

	d->head = (struct doc_head){.form = FORM_RED, .copy_no = S("000001"), .secrecy = S("机密★1年"),
		.urgency = S("特急"), .number = S("区政发〔2022〕5号")};
	add(d, DOC_TITLE, "关于安全生产工作的通知");
	add(d, DOC_ADDRESSEE, "各街道办事处：");
	add_lines(d, 3);
	return d;
}

/* Offices that issue together: their names below each other, as wide as each other, 文件 right of them in the middle. */
static void mark_joint(void **state)
{
	struct doc *d = joint();
	const struct lay_item *one, *two, *end;
	struct lay *l;

	d->head.mark = S("某某县人民医院、某某县卫生健康局文件");
	l = put(d);
	assert_int_equal(count(l, ROLE_MARK), 3);
	one = need(l, ROLE_MARK, 0).item;
	two = need(l, ROLE_MARK, 1).item;
	end = need(l, ROLE_MARK, 2).item;
	is(text_of_item(one), "某某县人民医院");
	is(text_of_item(two), "某某县卫生健康局");
	is(text_of_item(end), "文件");
	near(top_of(one), TYPE_Y + 35 * NM_MM);
	near(one->x, two->x);
	near(one->x + one->advance, two->x + two->advance);
	near((one->y + two->y) / 2, end->y);
	assert_true(end->x >= two->x + two->advance && end->x + end->advance <= TYPE_X + TYPE_W);
	near(one->x - TYPE_X, TYPE_X + TYPE_W - end->x - end->advance);
	assert_int_equal(row_of(need(l, ROLE_NUMBER, 0).item),
		(top_of(two) + two->size - TYPE_Y + ROW_H - 1) / ROW_H + 2);
	d->head.form = FORM_LETTER; /* 10.1: that of the office which leads */
	l = put(d);
	assert_int_equal(count(l, ROLE_MARK), 1);
	is(text_of_item(need(l, ROLE_MARK, 0).item), "某某县人民医院");
}

/* Names that leave no room for 文件 beside them: each office has lines by itself, none shares one with another. */
static void mark_stacked(void **state)
{
	static const char *const lines[] = {"某某自治县全面推行", "河长制工作领导小组办公室", "某某自治县水务局", "某某县税务局文件"};
	struct doc *d = joint();
	struct lay *l;

	d->head.mark = S("某某自治县全面推行河长制工作领导小组办公室、某某自治县水务局、某某县税务局文件");
	l = put(d);
	assert_int_equal(count(l, ROLE_MARK), LEN(lines));
	for (size_t i = 0; i < LEN(lines); i++) {
		const struct lay_item *it = need(l, ROLE_MARK, i).item;

		is(text_of_item(it), lines[i]);
		near(it->x - TYPE_X, TYPE_X + TYPE_W - it->x - it->advance);
		if (i)
			near(it->y - need(l, ROLE_MARK, i - 1).item->y, SIZE_2 * 13 / 10);
	}
}

/* 附件说明 and a high signature that have no room on one page: the last two names go with it, the page before is full. */
static void sign_high(void **state)
{
	struct str names[] = {S("某某自治县全面推行河长制工作领导小组办公室"), S("某某自治县水务局"), S("某某县税务局")};
	struct str annexes[] = {S("登记表"), S("台账"), S("落实情况"), S("次数"), S("全年"), S("月报")};

	for (int n = 1; n < 23; n++) {
		struct doc *d = new_doc();
		struct lay *l;
		size_t page;

		add_lines(d, n);
		d->sign = (struct doc_sign){.names = names, .nnames = 3, .date = S("2022年12月3日"), .seal = SEAL_STAMP};
		d->annexes = annexes;
		d->nannexes = LEN(annexes);
		l = put(d);
		page = need(l, ROLE_DATE, 0).page;
		assert_int_equal(page, n > 1);
		for (size_t i = 0; i < 3; i++)
			assert_int_equal(need(l, ROLE_SIGN, i).page, page);
		assert_int_equal(need(l, ROLE_ANNEX_LIST, count(l, ROLE_ANNEX_LIST) - 3).page, page);
	}
}

/* 印发机关 of more than the room beside the date: the date on a row below, both within the rules. */
static void issuer_long(void **state)
{
	static const struct {
		const char *issuer;
		int lines, rows;
	} of[] = {{"某某自治县水务局", 1, 1}, {"某某自治县全面推行河长制工作领导小组办公室秘书股", 1, 2},
		{"某某自治县全面推行河长制工作领导小组办公室综合协调与督查考核股", 2, 2},
		{"某某自治县全面推行河长制工作领导小组办公室综合协调与督查考核股某某自治县全面推行河长制工作领导小组", 2, 2},
		{"某某自治县全面推行河长制工作领导小组办公室综合协调与督查考核股某某自治县全面推行河长制工作领导小组综合组", 2, 3}};

	for (size_t k = 0; k < LEN(of); k++) {
		struct doc *d = new_doc();
		struct lay *l;
		const struct lay_item *date;

		add_lines(d, 1);
		d->colophon = (struct doc_colophon){.issuer = str_c(of[k].issuer), .date = S("2022年12月3日")};
		l = put(d);
		assert_int_equal(count(l, ROLE_COLOPHON), of[k].lines + 1);
		date = need(l, ROLE_COLOPHON, (size_t)of[k].lines).item;
		is(text_of_item(date), "2022年12月3日印发");
		near(need(l, ROLE_COLOPHON_RULE, 0).item->y, TYPE_Y + TYPE_H - of[k].rows * 85 * NM_MM / 10);
		for (size_t i = 0; i < (size_t)of[k].lines; i++) {
			const struct lay_item *it = need(l, ROLE_COLOPHON, i).item;

			near(it->x, TYPE_X + SIZE_4);
			assert_true(it->x + it->advance <= TYPE_X + TYPE_W - SIZE_4 / 2);
			assert_true(it->y < date->y - SIZE_4 || it->x + it->advance + SIZE_4 <= date->x);
		}
	}
}

/* Seals of 42 mm side by side, none beyond the type area, none touching: three a row where the names allow it. */
static void sign_joint(void **state)
{
	struct str names[] = {S("某某县教育局"), S("某某县财政局"), S("某某县公安局"), S("某某县水务局")};
	struct doc *d = new_doc();
	const struct lay_item *at[4], *date;
	struct lay *l;

	add_lines(d, 2);
	d->sign.date = S("2022年12月3日");
	d->sign.seal = SEAL_STAMP;
	for (size_t n = 2; n <= 4; n++) {
		d->sign.names = names;
		d->sign.nnames = n;
		l = put(d);
		date = need(l, ROLE_DATE, 0).item;
		for (size_t i = 0; i < n; i++) {
			at[i] = need(l, ROLE_SIGN, i).item;
			is(text_of_item(at[i]), names[i].p);
			assert_true(at[i]->x + at[i]->advance / 2 - 21 * NM_MM >= TYPE_X);
			for (size_t k = 0; k < i; k++)
				assert_true(at[i]->x - at[k]->x > 42 * NM_MM || at[i]->y - at[k]->y > 42 * NM_MM);
		}
		near(at[n - 1]->x + at[n - 1]->advance / 2, date->x + date->advance / 2);
		assert_int_equal(right_cells(date), 4);
		assert_int_equal(row_of(at[0]), 4);
		assert_int_equal(row_of(date), row_of(at[n - 1]) + 1);
		assert_int_equal(row_of(at[n - 1]), n == 4 ? 9 : 4); /* 2 and 2 */
	}
	names[0] = S("某某某某某某某某某某某某县人民政府办公室");
	d->sign.nnames = 2;
	l = put(d);
	assert_int_equal(row_of(need(l, ROLE_SIGN, 1).item), 9); /* a row each */
}

/* [P5a] Who was there: labels in 黑体, turned lines under the first name, a free row above. */
static void minutes(void **state)
{
	struct doc *d = new_doc();
	const struct lay_item *label, *names, *more, *next;
	struct lay *l;

	d->head.form = FORM_MINUTES;
	add_lines(d, 2);
	l = put(d);
	assert_int_equal(count(l, ROLE_PRESENT), 0);
	d->present.present = S("区委办公室张三、李四，区财政局王五、赵六，区公安局孙七、周八，区水务局吴九");
	d->present.guests = S("区融媒体中心郑十");
	l = put(d);
	label = need(l, ROLE_PRESENT, 0).item;
	names = need(l, ROLE_PRESENT, 1).item;
	more = need(l, ROLE_PRESENT, 2).item;
	next = need(l, ROLE_PRESENT, 3).item;
	is(text_of_item(label), "出席：");
	assert_int_equal(label->font->face, FACE_HEI);
	assert_int_equal(left_cells(label), 2);
	assert_int_equal(row_of(names), row_of(label));
	assert_int_equal(names->font->face, FACE_FANG);
	assert_int_equal(left_cells(names), 5);
	assert_int_equal(left_cells(more), 5);
	assert_int_equal(row_of(more), row_of(label) + 1);
	is(text_of_item(next), "列席：");
	assert_int_equal(row_of(next), row_of(label) + 2);
	assert_int_equal(row_of(label), row_of(need(l, ROLE_BODY, 1).item) + 2);
}

/* What stands behind a label begins at its end, or at most so far from it. */
static void follows(const struct lay_item *label, const struct lay_item *name, int32_t most)
{
	int32_t gap = name->x - label->x - label->advance;

	assert_true(gap > -NEAR && gap <= most);
}

/* [P13] An English document: its labels are English, take the cells that their letters need, and touch nothing. */
static void english(void **state)
{
	struct doc *d = new_doc();
	const struct lay_item *label, *name;
	struct lay *l;

	d->lang = S("en");
	d->head = (struct doc_head){.form = FORM_MINUTES, .mark = S("Harbour Trust"), .number = S("HT 7"),
		.signers = (struct str[]){S("Jane Doe"), S("John Roe")}, .nsigners = 2};
	add_lines(d, 1);
	d->annexes = (struct str[]){S("Findings"), S("Breaches")};
	d->nannexes = 2;
	d->present.guests = S("Mary Major");
	d->colophon = (struct doc_colophon){.copies = S("The Regulator"), .issuer = S("Harbour Trust"),
		.date = S("5 January 2023")};
	l = put(d);
	label = need(l, ROLE_SIGNER, 0).item;
	name = need(l, ROLE_SIGNER, 1).item;
	is(text_of_item(label), "Signed by:");
	follows(label, name, CELL_W);
	assert_int_equal(right_cells(need(l, ROLE_SIGNER, 2).item), 1);
	label = need(l, ROLE_ANNEX_LIST, 0).item;
	name = need(l, ROLE_ANNEX_LIST, 1).item;
	is(text_of_item(label), "Annex:");
	assert_int_equal(left_cells(label), 2);
	is(text_of_item(name), "1.");
	follows(label, name, 2 * CELL_W);
	near(need(l, ROLE_ANNEX_LIST, 2).item->x, need(l, ROLE_ANNEX_LIST, 4).item->x); /* both names */
	label = need(l, ROLE_PRESENT, 0).item;
	name = need(l, ROLE_PRESENT, 1).item;
	is(text_of_item(label), "In attendance:");
	follows(label, name, 2 * CELL_W);
	label = need(l, ROLE_COLOPHON, 0).item;
	name = need(l, ROLE_COLOPHON, 1).item;
	is(text_of_item(label), "Copy to:");
	follows(label, name, CELL_W);
	is(text_of_item(name), "The Regulator.");
	is(text_of_item(need(l, ROLE_COLOPHON, 3).item), "Issued 5 January 2023");
}

/* [L9] What is not set as its script asks is said, and which words; Hanzi, Latin and Cyrillic are none of it. */
static void joined(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	add(d, DOC_BODY, "艾尔肯（ئەركىن）、Łukasz、Иван等同志带班。");
	l = put(d);
	assert_int_equal(l->nwarnings, 1);
	assert_non_null(strstr(l->warnings[0].text.p, "ئەركىن"));
	d = new_doc();
	add(d, DOC_BODY, "ئەركىن、ئەركىن、ئەركىن");
	assert_true(str_ends(put(d)->warnings[0].text, S("ئەركىن")));
	assert_null(strstr(put(d)->warnings[0].text.p, "ئەركىن, "));
	d = new_doc();
	add(d, DOC_BODY, "艾尔肯、Łukasz、Иван等同志带班。");
	assert_int_equal(put(d)->nwarnings, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mark_joint), cmocka_unit_test(mark_stacked), cmocka_unit_test(sign_high),
		cmocka_unit_test(issuer_long), cmocka_unit_test(sign_joint), cmocka_unit_test(minutes),
		cmocka_unit_test(english), cmocka_unit_test(joined),
	};

	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
