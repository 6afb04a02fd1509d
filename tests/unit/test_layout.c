/* Pages by docs/layout.md: each case names its rule. */
#include "lay_look.h"

#define MARK "某某区人民政府文件"


/* ---- plain reports ---- */

static void plain(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	add(d, DOC_TITLE, "年度报告");
	add(d, DOC_ADDRESSEE, "市委办公室：");
	add(d, DOC_H1, "一、情况");
	add_lines(d, 40);
	l = put(d);
	assert_int_equal(row_of(need(l, ROLE_TITLE, 0).item), 0); /* T4 */
	assert_int_equal(need(l, ROLE_TITLE, 0).item->size, SIZE_2);
	near(need(l, ROLE_TITLE, 0).item->x - TYPE_X, (TYPE_W - 4 * SIZE_2) / 2); /* T1 */
	assert_int_equal(row_of(need(l, ROLE_ADDRESSEE, 0).item), 2); /* 7.3.2 */
	assert_int_equal(left_cells(need(l, ROLE_ADDRESSEE, 0).item), 0);
	assert_int_equal(left_cells(need(l, ROLE_H1, 0).item), 2); /* L1 */
	for (size_t i = 0; i < 40; i++) { /* G2: 22 rows, then the next page */
		struct found f = need(l, ROLE_BODY, i);

		assert_int_equal(row_of(f.item), (i + 4) % 22);
		assert_int_equal(f.page, (i + 4) / 22);
		assert_int_equal(left_cells(f.item), 2);
	}
	assert_int_equal(l->npages, 2);
	assert_int_equal(l->nwarnings, 0);
}

static void box(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	d->grid = GRID_BOX;
	add_lines(d, 23);
	l = put(d);
	near(top_of(need(l, ROLE_BODY, 0).item), TYPE_Y + (TYPE_H / 22 - SIZE_3) / 2);
	near(top_of(need(l, ROLE_BODY, 21).item), TYPE_Y + TYPE_H - TYPE_H / 22 + (TYPE_H / 22 - SIZE_3) / 2);
	assert_int_equal(need(l, ROLE_BODY, 22).page, 1);
}

static void numbers(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;
	const struct lay_item *odd, *even;

	add_lines(d, 30);
	d->code = S("3f5a");
	l = put(d);
	odd = need(l, ROLE_PAGE_NUMBER, 0).item;
	even = need(l, ROLE_PAGE_NUMBER, 1).item;
	is(text_of_item(odd), "— 1 —");
	near(top_of(odd), TYPE_Y + TYPE_H + 7 * NM_MM); /* P10 */
	near(odd->x + odd->advance, TYPE_X + TYPE_W - SIZE_4);
	near(even->x, TYPE_X + SIZE_4);
	assert_int_equal(odd->size, SIZE_4);
	assert_int_equal(odd->font->face, FACE_SONG);
	assert_int_equal(l->pages[1].number, 2);
	assert_int_equal(need(l, ROLE_CODE, 0).page, 1); /* P12 */
	near(top_of(need(l, ROLE_CODE, 0).item), TYPE_Y + TYPE_H + 15 * NM_MM);
}

/* ---- heads [P1] ---- */

static struct doc *red(void)
{
	struct doc *d = new_doc();

	d->head = (struct doc_head){.form = FORM_RED, .copy_no = S("000001"), .secrecy = S("机密★1年"),
		.urgency = S("特急"), .mark = S(MARK), .number = S("区政发〔2022〕5号")};
	add(d, DOC_TITLE, "关于安全生产工作的通知");
	add(d, DOC_ADDRESSEE, "各街道办事处：");
	add_lines(d, 3);
	return d;
}

static void red_head(void **state)
{
	struct lay *l = put(red());
	const struct lay_item *mark = need(l, ROLE_MARK, 0).item, *number = need(l, ROLE_NUMBER, 0).item;
	const struct lay_item *rule = need(l, ROLE_HEAD_RULE, 0).item, *title = need(l, ROLE_TITLE, 0).item;

	assert_int_equal(row_of(need(l, ROLE_COPY_NO, 0).item), 0);
	assert_int_equal(row_of(need(l, ROLE_SECRECY, 0).item), 1);
	assert_int_equal(row_of(need(l, ROLE_URGENCY, 0).item), 2);
	assert_int_equal(need(l, ROLE_URGENCY, 0).item->font->face, FACE_HEI);
	near(top_of(mark), TYPE_Y + 35 * NM_MM);
	assert_true(mark->advance <= 150 * NM_MM + NEAR && mark->advance > 149 * NM_MM);
	near(mark->x + mark->advance / 2, TYPE_X + TYPE_W / 2);
	assert_int_equal(mark->rgb, 0xE60000);
	/* the first row below the mark, and two free */
	assert_int_equal(row_of(number), (35 * NM_MM + mark->size + ROW_H - 1) / ROW_H + 2);
	assert_int_equal(number->rgb, 0);
	near(rule->y, top_of(number) + SIZE_3 + 4 * NM_MM);
	near(rule->x, TYPE_X);
	near(rule->ops[1].x, TYPE_W);
	assert_int_equal(rule->line, NM_MM / 2);
	/* [P2] the row whose em box is below the rule, and two free */
	assert_int_equal(row_of(title), (rule->y + NM_MM / 4 - TYPE_Y + ROW_H - 1) / ROW_H + 2);
	assert_int_equal(row_of(need(l, ROLE_ADDRESSEE, 0).item), row_of(title) + 2);
}

static void mark_size(void **state)
{
	struct doc *d = red();

	d->head.mark = S("某某局");
	assert_int_equal(need(put(d), ROLE_MARK, 0).item->size, 62 * NM_PT);
	d->head.mark = S("某某某某某某某某某某某某某某某某某某某某某某某某委员会办公室文件");
	assert_int_equal(need(put(d), ROLE_MARK, 0).item->size, 22 * NM_PT); /* and broken */
	assert_int_equal(count(put(d), ROLE_MARK), 2);
}

static void signers(void **state)
{
	struct doc *d = red();
	struct lay *l;
	int row;

	d->head.signers = (struct str[]){S("王小明"), S("李四"), S("欧阳某某")};
	d->head.nsigners = 3;
	l = put(d);
	row = row_of(need(l, ROLE_NUMBER, 0).item);
	assert_int_equal(left_cells(need(l, ROLE_NUMBER, 0).item), 1);
	is(text_of_item(need(l, ROLE_SIGNER, 0).item), "签发人：");
	assert_int_equal(need(l, ROLE_SIGNER, 0).item->font->face, FACE_FANG);
	assert_int_equal(row_of(need(l, ROLE_SIGNER, 0).item), row - 1);
	assert_int_equal(need(l, ROLE_SIGNER, 1).item->font->face, FACE_KAI);
	assert_int_equal(right_cells(need(l, ROLE_SIGNER, 2).item), 1);
	assert_int_equal(row_of(need(l, ROLE_SIGNER, 3).item), row);
	near(need(l, ROLE_SIGNER, 3).item->x, need(l, ROLE_SIGNER, 1).item->x);
}

static void letter(void **state)
{
	struct doc *d = red();
	struct lay *l;

	d->head.form = FORM_LETTER;
	add_lines(d, 20);
	l = put(d);
	near(top_of(need(l, ROLE_MARK, 0).item), 30 * NM_MM);
	near(need(l, ROLE_HEAD_RULE, 0).item->y, 34 * NM_MM + need(l, ROLE_MARK, 0).item->size);
	near(need(l, ROLE_HEAD_RULE, 0).item->x, 20 * NM_MM);
	near(need(l, ROLE_HEAD_RULE, 0).item->ops[1].x, 170 * NM_MM);
	assert_int_equal(need(l, ROLE_HEAD_RULE, 0).item->line, NM_MM);
	near(need(l, ROLE_HEAD_RULE, 3).item->y, 277 * NM_MM);
	assert_int_equal(right_cells(need(l, ROLE_NUMBER, 0).item), 0);
	assert_int_equal(row_of(need(l, ROLE_NUMBER, 0).item), row_of(need(l, ROLE_COPY_NO, 0).item));
	assert_int_equal(l->pages[0].number, 0);
	assert_int_equal(l->pages[1].number, 2);
}

static void order(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	d->head = (struct doc_head){.form = FORM_ORDER, .mark = S("某某市人民政府令"), .number = S("第38号")};
	add_lines(d, 3);
	l = put(d);
	near(top_of(need(l, ROLE_MARK, 0).item), TYPE_Y + 20 * NM_MM);
	assert_int_equal(count(l, ROLE_HEAD_RULE), 0);
	assert_int_equal(row_of(need(l, ROLE_BODY, 0).item), row_of(need(l, ROLE_NUMBER, 0).item) + 3);
}

static void shows_body(void **state)
{
	for (int n = 1; n <= 260; n += 20) { /* [P3] the more addressees, the less room */
		CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 16);
		struct doc *d = red();
		struct lay *l;

		for (int i = 0; i < n; i++)
			buf_put(&b, S("区直单位，"));
		d->blocks[1].runs[0].text = buf_str(&b);
		l = put(d);
		if (n < 60)
			assert_int_equal(need(l, ROLE_BODY, 0).page, 0);
		assert_true(top_of(need(l, ROLE_MARK, 0).item) >= row_of(need(l, ROLE_URGENCY, 0).item) * ROW_H + SIZE_3 + TYPE_Y);
	}
}

/* One line of body and much below it: the line stays on page 1 [P3 before P6]. */
static void one_line(void **state)
{
	struct doc *d = red();
	struct lay *l;

	d->nblocks = 2;
	add_lines(d, 1);
	d->sign = (struct doc_sign){.names = (struct str[]){S("某某区人民政府")}, .nnames = 1, .date = S("2022年1月5日")};
	d->annexes = (struct str[]){S("甲"), S("乙"), S("丙"), S("丁"), S("戊"), S("己"), S("庚"), S("辛")};
	d->nannexes = 8;
	l = put(d);
	assert_int_equal(need(l, ROLE_BODY, 0).page, 0);
	near(top_of(need(l, ROLE_MARK, 0).item), TYPE_Y + 35 * NM_MM);
	assert_int_equal(need(l, ROLE_ANNEX_LIST, 0).page, 1);
	assert_int_equal(need(l, ROLE_DATE, 0).page, 1);
}

/* ---- where pages end [P4] ---- */

static const char *const three_lines = BODY_LINE BODY_LINE BODY_LINE;

static void keeps(void **state)
{
	for (int n = 0; n < 24; n++) {
		struct doc *d = new_doc();
		struct lay *l;

		add_lines(d, n);
		add(d, DOC_H1, "一、情况");
		add(d, DOC_H2, "（一）成效");
		add(d, DOC_BODY, three_lines);
		l = put(d);
		assert_int_equal(need(l, ROLE_H1, 0).page, need(l, ROLE_H2, 0).page);
		assert_int_equal(need(l, ROLE_H2, 0).page, need(l, ROLE_BODY, (size_t)n + 1).page);
		/* the last of three lines is never alone, nor is there a hole where none has to be */
		assert_int_equal(need(l, ROLE_BODY, (size_t)n + 2).page, need(l, ROLE_BODY, (size_t)n + 1).page);
		if (n <= 17)
			assert_int_equal(l->npages, 1);
	}
}

static void widow(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	add_lines(d, 20);
	add(d, DOC_BODY, three_lines);
	l = put(d);
	assert_int_equal(need(l, ROLE_BODY, 20).page, 0);
	assert_int_equal(need(l, ROLE_BODY, 21).page, 1);
	assert_int_equal(row_of(need(l, ROLE_BODY, 22).item), 1);
}

/* ---- what stands below the body ---- */

static void annex_list(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	add_lines(d, 2);
	d->annexes = (struct str[]){S("2022年度会议台账"), S("关于进一步加强安全生产工作责任落实情况的说明以及其他有关材料")};
	d->nannexes = 2;
	l = put(d);
	is(text_of_item(need(l, ROLE_ANNEX_LIST, 0).item), "附件："); /* P5 */
	assert_int_equal(row_of(need(l, ROLE_ANNEX_LIST, 0).item), 3);
	assert_int_equal(left_cells(need(l, ROLE_ANNEX_LIST, 0).item), 2);
	is(text_of_item(need(l, ROLE_ANNEX_LIST, 1).item), "1.");
	is(text_of_item(need(l, ROLE_ANNEX_LIST, 3).item), "2.");
	assert_int_equal(left_cells(need(l, ROLE_ANNEX_LIST, 4).item), 6);
	assert_int_equal(left_cells(need(l, ROLE_ANNEX_LIST, 5).item), 6);
	assert_int_equal(row_of(need(l, ROLE_ANNEX_LIST, 5).item), 5);
	d->nannexes = 1;
	l = put(d);
	is(text_of_item(need(l, ROLE_ANNEX_LIST, 1).item), "2022年度会议台账");
	assert_int_equal(left_cells(need(l, ROLE_ANNEX_LIST, 1).item), 5);
}

static struct doc *signed_by(const char *name, const char *date, enum doc_seal seal)
{
	struct doc *d = new_doc();

	add_lines(d, 2);
	d->sign = (struct doc_sign){.nnames = 1, .date = str_c(date), .seal = seal, .post = S("区长")};
	d->sign.names = ARENA_NEW(&arena, struct str);
	d->sign.names[0] = str_c(name);
	return d;
}

static void sign_none(void **state)
{
	struct lay *l = put(signed_by("某某区人民政府办公室", "2022年12月30日", SEAL_NONE));
	const struct lay_item *name = need(l, ROLE_SIGN, 0).item, *date = need(l, ROLE_DATE, 0).item;

	assert_int_equal(row_of(name), 3); /* P6 */
	assert_int_equal(right_cells(name), 2);
	assert_int_equal(row_of(date), 4);
	assert_int_equal(left_cells(date), left_cells(name) + 2);
	l = put(signed_by("区教育局", "2022年12月30日", SEAL_NONE)); /* the date is longer */
	name = need(l, ROLE_SIGN, 0).item;
	date = need(l, ROLE_DATE, 0).item;
	assert_int_equal(right_cells(date), 2);
	assert_int_equal(left_cells(date), left_cells(name) + 2);
}

static void sign_stamp(void **state)
{
	struct doc *d = signed_by("某某区人民政府办公室", "2022年12月30日", SEAL_STAMP);
	const struct lay_item *name, *date;
	struct lay *l;

	d->postscript = S("（联系人：张三）");
	l = put(d);
	name = need(l, ROLE_SIGN, 0).item;
	date = need(l, ROLE_DATE, 0).item;
	assert_int_equal(row_of(name), 4);
	assert_int_equal(right_cells(date), 4);
	near(name->x + name->advance / 2, date->x + date->advance / 2);
	assert_int_equal(row_of(need(l, ROLE_POSTSCRIPT, 0).item), 6); /* P7 */
	assert_int_equal(left_cells(need(l, ROLE_POSTSCRIPT, 0).item), 2);
	l = put(signed_by("某某某某某某某某某某某某某某某某某某区人民政府", "2022年1月5日", SEAL_STAMP));
	name = need(l, ROLE_SIGN, 0).item;
	assert_int_equal(right_cells(name), 0); /* not beyond the edge */
}

static void sign_hand(void **state)
{
	struct lay *l = put(signed_by("王小明", "2022年1月5日", SEAL_HAND));
	const struct lay_item *post = need(l, ROLE_SIGN, 0).item, *name = need(l, ROLE_SIGN, 1).item;

	assert_int_equal(row_of(post), 4);
	assert_int_equal(right_cells(name), 4);
	assert_int_equal(right_cells(post), right_cells(name) + 3 + 2); /* 王小明, and two free */
	assert_int_equal(row_of(need(l, ROLE_DATE, 0).item), 6);
	assert_int_equal(right_cells(need(l, ROLE_DATE, 0).item), 4);
}

static void sign_not_alone(void **state)
{
	struct str annexes[] = {S("甲"), S("乙")};

	for (int n = 10; n < 24; n++)
		for (size_t with = 0; with <= 2; with += 2) {
			struct doc *d = signed_by("某某区人民政府办公室", "2022年12月30日", SEAL_STAMP);
			size_t here = 0;
			struct lay *l;

			d->annexes = annexes;
			d->nannexes = with;
			add_lines(d, n);
			l = put(d);
			for (size_t i = 0; i < count(l, ROLE_BODY); i++)
				here += need(l, ROLE_BODY, i).page == need(l, ROLE_DATE, 0).page;
			assert_true(here >= 2); /* 7.3.5.5 */
			assert_int_equal(need(l, ROLE_SIGN, 0).page, need(l, ROLE_DATE, 0).page);
		}
}

/* ---- annexes ---- */

static void annexes(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;
	const struct lay_item *number;

	add_lines(d, 2);
	add(d, DOC_ANNEX, "登记表")->number = S("附件1");
	add_lines(d, 1);
	add(d, DOC_ANNEX, "横表")->landscape = true;
	add_lines(d, 17);
	l = put(d);
	assert_int_equal(l->npages, 4);
	assert_int_equal(need(l, ROLE_ANNEX_NUMBER, 0).page, 1); /* P8 */
	assert_int_equal(row_of(need(l, ROLE_ANNEX_NUMBER, 0).item), 0);
	assert_int_equal(row_of(need(l, ROLE_ANNEX_TITLE, 0).item), 2);
	assert_int_equal(row_of(need(l, ROLE_BODY, 2).item), 4);
	assert_true(l->pages[2].landscape && l->pages[2].w == PAGE_H && l->pages[2].h == PAGE_W); /* P11 */
	near(top_of(need(l, ROLE_ANNEX_TITLE, 1).item), 28 * NM_MM);
	near(need(l, ROLE_BODY, 3).item->x, 35 * NM_MM + 2 * CELL_W);
	assert_int_equal(need(l, ROLE_BODY, 3 + 13).page, 3); /* 15 rows, two of them title */
	number = need(l, ROLE_PAGE_NUMBER, 2).item;
	assert_int_equal(number->turn, 90);
	near(number->x + SIZE_4 * 88 / 100, 28 * NM_MM);
	near(number->y + number->advance, 184 * NM_MM - SIZE_4); /* odd */
	near(need(l, ROLE_PAGE_NUMBER, 3).item->y, 28 * NM_MM + SIZE_4); /* even */
}

/* ---- 版记 [P9] ---- */

static void colophon(void **state)
{
	for (int n = 1; n < 50; n++) {
		struct doc *d = new_doc();
		size_t flow = ((size_t)n + 21) / 22, last;
		struct lay *l;

		add_lines(d, n);
		d->colophon = (struct doc_colophon){
			.copies = S("区委各部门"), .issuer = S("区政府办公室"), .date = S("2022年1月5日")};
		l = put(d);
		last = l->npages - 1;
		assert_int_equal(l->npages % 2, 0);
		assert_int_equal(need(l, ROLE_COLOPHON, 0).page, last);
		near(need(l, ROLE_COLOPHON_RULE, 2).item->y, TYPE_Y + TYPE_H);
		near(need(l, ROLE_COLOPHON_RULE, 0).item->y, TYPE_Y + TYPE_H - 17 * NM_MM);
		if (flow % 2)
			assert_int_equal(l->npages, flow + 1);
		else if (l->npages == flow) { /* nothing stands where it is */
			const struct lay_item *body = need(l, ROLE_BODY, (size_t)n - 1).item;

			assert_true(top_of(body) + SIZE_3 < TYPE_Y + TYPE_H - 17 * NM_MM);
		} else {
			assert_int_equal(l->npages, flow + 2);
			assert_true(n % 22 == 0 || n % 22 > 19);
			assert_int_equal(l->pages[last].number, 0);
			assert_int_equal(l->pages[last - 1].number, 0);
			assert_int_equal(l->pages[last - 1].n, 0);
		}
	}
}

static void colophon_text(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	add_lines(d, 1);
	d->colophon = (struct doc_colophon){.issuer = S("区政府办公室"), .date = S("2022年1月5日"),
		.copies = S("区委各部门，区人大常委会办公室，区政协办公室，区纪委监委，区法院，区检察院，各人民团体")};
	l = put(d);
	assert_int_equal(count(l, ROLE_COLOPHON), 5);
	is(text_of_item(need(l, ROLE_COLOPHON, 0).item), "抄送：");
	near(need(l, ROLE_COLOPHON, 0).item->x, TYPE_X + SIZE_4);
	near(need(l, ROLE_COLOPHON, 2).item->x, TYPE_X + 4 * SIZE_4);
	assert_true(str_ends(text_of_item(need(l, ROLE_COLOPHON, 2).item), S("。")));
	is(text_of_item(need(l, ROLE_COLOPHON, 4).item), "2022年1月5日印发");
	near(need(l, ROLE_COLOPHON, 4).item->x + need(l, ROLE_COLOPHON, 4).item->advance, TYPE_X + TYPE_W - SIZE_4);
	near(top_of(need(l, ROLE_COLOPHON, 4).item), TYPE_Y + TYPE_H - 85 * NM_MM / 10 + (85 * NM_MM / 10 - SIZE_4) / 2);
}

/* ---- runs, marks, warnings ---- */

static void runs(void **state)
{
	struct doc *d = new_doc();
	struct doc_block *b = doc_block(d, DOC_BODY, S("p1"));
	struct lay *l;

	doc_run(d, b, (struct doc_run){.text = S("一是安全。"), .face = FACE_KAI});
	doc_run(d, b, (struct doc_run){.text = S("共开会"), .link = S("")});
	doc_run(d, b, (struct doc_run){.text = S("十二"), .link = S("fig")});
	doc_run(d, b, (struct doc_run){.text = S("次。")});
	add(d, DOC_H1, "一、情况。其余");
	l = put(d);
	is(text_of_item(need(l, ROLE_BODY, 0).item), "一是安全。");
	assert_int_equal(need(l, ROLE_BODY, 0).item->font->face, FACE_KAI);
	is(text_of_item(need(l, ROLE_BODY, 2).item), "十二");
	is(need(l, ROLE_BODY, 2).item->link, "fig");
	assert_int_equal(l->nmarks, 2);
	assert_int_equal(l->marks[0].level, 0);
	is(l->marks[0].id, "p1");
	assert_int_equal(l->marks[1].level, 1);
	is(l->marks[1].text, "一、情况");
}

static void missing(void **state)
{
	struct doc *d = new_doc();
	struct lay *l;

	add(d, DOC_BODY, "甲\U000F1234乙\U000F1234丙\U000F1235\u200b\t丁");
	l = put(d);
	assert_int_equal(l->nwarnings, 1); /* L9: each once, with its code */
	assert_true(str_has(l->warnings[0].text, S("U+F1234")) && str_has(l->warnings[0].text, S("U+F1235")));
	assert_true(str_has(l->warnings[0].text, S("2 characters")));
}

static void nothing(void **state)
{
	struct doc *d = new_doc();

	assert_int_equal(put(d)->npages, 1);
	doc_block(d, DOC_BODY, STR_NONE);
	doc_block(d, DOC_TITLE, STR_NONE);
	doc_block(d, DOC_TABLE, STR_NONE);
	doc_block(d, DOC_ANNEX, STR_NONE);
	d->colophon.issuer = S("局");
	assert_int_equal(put(d)->npages, 2);
}

static void too_high(void **state)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(1 << 20);
	struct doc *d = red();
	struct lay *l;

	for (int i = 0; i < 9000; i++)
		buf_put(&b, S("各部门、"));
	d->head.mark = d->head.secrecy = d->colophon.copies = buf_str(&b);
	d->head.signers = ARENA_ARRAY(&arena, struct str, 900);
	d->head.nsigners = 900;
	for (size_t i = 0; i < 900; i++)
		d->head.signers[i] = S("王小明");
	l = put(d);
	assert_true(l->nwarnings >= 2);
	for (size_t p = 0; p < l->npages; p++)
		for (size_t i = 0; i < l->pages[p].n; i++)
			assert_true(l->pages[p].items[i].y > 0 && l->pages[p].items[i].y < PAGE_H);
}

static void too_long(void **state)
{
	struct err err = {.lang = LANG_EN};
	struct doc *d = new_doc();
	struct lay *l;

	for (int i = 0; i < DOC_PAGES; i++)
		add(d, DOC_ANNEX, "表");
	d->blocks[0].kind = DOC_BODY;
	assert_int_equal(put(d)->npages, DOC_PAGES);
	add(d, DOC_ANNEX, "表");
	assert_int_equal(doc_layout(&arena, d, fonts, LANG_EN, &l, &err), ERR_LIMIT);
	is(str_c(err.text), "the document has more than 5000 pages");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain), cmocka_unit_test(box), cmocka_unit_test(numbers), cmocka_unit_test(red_head),
		cmocka_unit_test(mark_size), cmocka_unit_test(signers),
		cmocka_unit_test(letter), cmocka_unit_test(order),
		cmocka_unit_test(shows_body),
		cmocka_unit_test(one_line), cmocka_unit_test(keeps), cmocka_unit_test(widow), cmocka_unit_test(annex_list),
		cmocka_unit_test(sign_none), cmocka_unit_test(sign_stamp),
		cmocka_unit_test(sign_hand),
		cmocka_unit_test(sign_not_alone), cmocka_unit_test(annexes), cmocka_unit_test(colophon),
		cmocka_unit_test(colophon_text), cmocka_unit_test(runs), cmocka_unit_test(missing), cmocka_unit_test(nothing),
		cmocka_unit_test(too_high), cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
