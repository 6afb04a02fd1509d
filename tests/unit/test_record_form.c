/* Records by hand: the form, every problem of it, evidence, rights, what became of one, how it is shown. */
#include "record_world.h"

#include "duty/figure.h"
#include "flow/facts_load.h"
#include "who/access.h"

/* ---- the form ---- */

static const struct record_field *field_in(const struct record_form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (str_is(form->fields[i].field->name, name))
			return &form->fields[i];
	FLUNK("no field %s", name);
	return NULL;
}

static struct str texts_of(struct fix *f, const struct texts *t)
{
	struct str s = S("");

	for (size_t i = 0; i < t->n; i++)
		s = arena_printf(&f->a, STR_FMT "%s" STR_FMT, STR_ARG(s), i ? "|" : "", STR_ARG(t->p[i]));
	return s;
}

static void form_of(struct fix *f, const char *type, int64_t seq, enum lang lang, struct facts *facts,
	struct record_form *out)
{
	const struct record_type *t = scheme_type(&f->scheme, str_c(type));
	const struct fact *r = NULL;
	static struct org org;

	ok(f, org_load(log_db(f->log), &f->a, DATE_NONE, &org, &f->err));
	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, &org, (struct facts_opt){.year = 2022, .lang = lang, .only = t},
		facts, &f->err));
	for (size_t i = 0; i < facts_of(facts, t)->n; i++)
		if (facts_of(facts, t)->p[i].id.seq == seq)
			r = &facts_of(facts, t)->p[i];
	assert_true(!seq || r);
	record_form(&f->a, facts, t, r, day("2022-05-06"), (struct record_sees){0}, out);
}

static void test_form(void **state)
{
	struct fix *f = *state;
	struct facts facts;
	struct record_form form;
	struct id one;

	adopt_file(f, SMALL);
	form_of(f, "meeting", 0, LANG_EN, &facts, &form);
	assert_int_equal(form.n, 10);
	same(field_in(&form, "date")->value, S("2022-05-06"));
	assert_true(field_in(&form, "date")->required && field_in(&form, "kind")->required);
	assert_false(field_in(&form, "hours")->required);
	same(field_in(&form, "date")->hint, S("a day, such as 2022-06-03"));
	same(field_in(&form, "due")->hint, S("a whole number, such as 35; behind it may stand 人"));
	same(texts_of(f, &field_in(&form, "first")->choices), S("yes|no"));
	assert_true(field_in(&form, "first")->closed);
	assert_int_equal(field_in(&form, "kind")->remembered.n, 0);

	take(f, "会议.csv", MEETINGS, "add 3");
	take(f, "风险.csv", RISKS, "add 2");
	one = enter(f, "meeting", "date=2022-05-01;kind=专题会;name=甲;due=12人;first=是;topics=保密、意识形态;risks=FX-1");
	form_of(f, "meeting", 0, LANG_ZH, &facts, &form);
	same(texts_of(f, &field_in(&form, "kind")->remembered), S("室务会|专题会|中心组"));
	same(texts_of(f, &field_in(&form, "due")->remembered), S("12|9"));
	same(texts_of(f, &field_in(&form, "risks")->choices), S("FX-2|FX-1"));
	same(texts_of(f, &field_in(&form, "first")->choices), S("是|否"));
	same(texts_of(f, &field_in(&form, "topics")->remembered), S("保密、意识形态|意识形态、保密|意识形态"));

	/* What the record says now, typed again as it stands there, is no change. */
	form_of(f, "meeting", one.seq, LANG_ZH, &facts, &form);
	same(field_in(&form, "due")->value, S("12人"));
	same(field_in(&form, "first")->value, S("是"));
	same(field_in(&form, "hours")->value, S(""));
	assert_int_equal(form.rev_seq, one.seq);
	for (int64_t seq = seq_of(f, "row = 2 and type = 'meeting'"); seq <= one.seq; seq++) {
		struct hand h = hand_of(f, NULL, (struct id){1, seq}, "");
		struct record_typed typed[10];

		if (count(f, arena_printf(&f->a, "select count(*) from p_record where type = 'meeting' and seq = %d", (int)seq).p) != 1)
			continue;
		form_of(f, "meeting", seq, LANG_ZH, &facts, &form);
		for (size_t i = 0; i < form.n; i++)
			typed[i] = (struct record_typed){form.fields[i].field->name, form.fields[i].value};
		h.in.typed = typed;
		h.in.ntyped = form.n;
		ok(f, record_fits(log_db(f->log), &f->a, &h.in, &h.fit, &f->err));
		same(problems(f, &h.fit), S(""));
		assert_false(h.fit.changed);
	}
	form_of(f, "risk", 0, LANG_ZH, &facts, &form);
	same(texts_of(f, &field_in(&form, "level")->choices), S("重大|较大|一般|低"));
	form_of(f, "weekly", 0, LANG_ZH, &facts, &form);
	same(field_in(&form, "month")->value, S("2022-05"));
}

static void test_problems(void **state)
{
	static const struct {
		const char *type, *typed, *problems;
	} cases[] = {
		{"meeting", "", "date: no date|kind: required, but empty|name: required, but empty"},
		{"meeting", "date=五月底;kind= ;name=\x01;what=x;dat=y",
			"name: holds a control character|what: there is no such field|dat: there is no such field; did you mean 'date'?|"
			"date: date not readable: 五月底|kind: required, but empty"},
		{"meeting", "date=5月3日;类别=a;名称=b;name=c", "name: given twice"},
		{"meeting", "date=2022-5-3;kind=a;name=b;due=约30人;hours=一;first=也许",
			"(due: not readable as a whole number: '约30人'; kept as written, not counted)|"
			"(hours: not readable as a number: '一'; kept as written, not counted)|"
			"(first: not readable as yes or no: '也许'; kept as written, not counted)"},
		{"risk", "no=FX-1;name=a;date=2019-01-01;level=很高", "(level: '很高' is not in the list 'level')"},
		{"report", "no=1;name=a;date=2021-12-31", "(date: outside the year of its register, 2022: kept, but of no account there)"},
		{"plan", "no=1;what=a;limit=2022-12-31", "(limit: outside the year of its register, 2023: kept, but of no account there)"},
		{"plan", "no=1;what=a;limit=3月1日", ""},
		{"weekly", "month=六月;times=x", "times: number not readable: x"},
		{"item", "", ": nothing was given"},
		{"item", "name=\xff", "name: "},
	};
	struct fix *f = *state;

	adopt_file(f, SMALL);
	for (size_t i = 0; i < LEN(cases); i++) {
		struct hand h = hand_of(f, cases[i].type, ID_NONE, cases[i].typed);
		struct str got;

		ok(f, record_fits(log_db(f->log), &f->a, &h.in, &h.fit, &f->err));
		got = problems(f, &h.fit);
		if (i == LEN(cases) - 1 ? !str_starts(got, str_c(cases[i].problems)) : !str_is(got, cases[i].problems))
			FLUNK("%s %s: " STR_FMT, cases[i].type, cases[i].typed, STR_ARG(got));
		if (h.fit.nrefused)
			assert_int_equal(by(&h, hand_add, "zhang.san", "test"), ERR_INPUT);
		err_clear(&f->err);
	}
	assert_int_equal(count(f, "select count(*) from p_record"), 0);

	/* One key is one record; rows that may repeat are numbered. */
	enter(f, "report", "no=BS-1;name=a;date=2022-03-01");
	{
		struct hand h = hand_of(f, "report", ID_NONE, "no=ＢＳ-1;name=b;date=3月1日");

		refused(f, by(&h, hand_add, "zhang.san", "test"), ERR_INPUT, "has the same key already");
		assert_int_equal(h.fit.problems[0].other.seq, seq_of(f, "type = 'report'"));
	}
	enter(f, "plan", "no=1;what=a;limit=2023-01-01");
	enter(f, "plan", "no=1;what=b;limit=2023-01-02");
	assert_int_equal(count(f, "select count(distinct ident) from p_record where type = 'plan'"), 2);
	sound(f);
}

/* ---- evidence ---- */

static struct record_file stored(struct fix *f, const char *name, const char *content)
{
	struct record_file x = {.name = str_c(name)};

	ok(f, object_store_text(f->log, str_c(content), &x.object, &f->err));
	return x;
}

static struct str proofs(struct fix *f, struct id id)
{
	return rows_of(f, &f->a, log_db(f->log), arena_printf(&f->a, "select name, digest is null from p_proof p"
		" join p_record r on r.rev_seq = p.seq where r.seq = %d order by name", (int)id.seq).p);
}

static struct id attach(struct fix *f, struct id id, const char *typed, struct record_file x)
{
	struct hand h = hand_of(f, NULL, id, typed);

	h.in.files = &x;
	h.in.nfiles = 1;
	ok(f, by(&h, hand_correct, "zhang.san", "test"));
	return h.id;
}

static void test_evidence(void **state)
{
	struct fix *f = *state;
	struct record_file two[2];
	struct hand h;
	struct id risk;

	adopt_file(f, SMALL);
	two[0] = stored(f, "签 到.png", "signatures");
	two[1] = stored(f, "通知、纪要.pdf", "minutes");
	h = hand_of(f, "meeting", ID_NONE, "date=5月3日;kind=a;name=b;proof=签到.png、照片.jpg");
	h.in.files = two;
	h.in.nfiles = 2;
	ok(f, by(&h, hand_add, "zhang.san", "test"));
	same(canon(f, node_get(h.fit.fields, S("proof"))), S("[\"签到.png\",\"照片.jpg\",\"通知_纪要.pdf\"]"));
	same(proofs(f, h.id), S("'照片.jpg' 1\n'签到.png' 0\n'通知_纪要.pdf' 0\n"));
	assert_int_equal(count(f, "select count(*) from p_object where name in ('签 到.png', '通知_纪要.pdf')"), 2);
	sound(f);

	/* The missing one turns up; nothing else changes. */
	assert_true(id_is(attach(f, h.id, "", stored(f, "照片.jpg", "a picture"))));
	same(proofs(f, h.id), S("'照片.jpg' 0\n'签到.png' 0\n'通知_纪要.pdf' 0\n"));
	assert_false(id_is(attach(f, h.id, "", stored(f, "照片.jpg", "a picture"))));
	assert_true(id_is(attach(f, h.id, "", stored(f, "照片.jpg", "a better one"))));
	/* A name taken out of the field goes; the others stay through any correction. */
	amend(f, h.id, "proof=签到.png;name=c");
	same(proofs(f, h.id), S("'签到.png' 0\n"));
	amend(f, h.id, "name=d");
	same(proofs(f, h.id), S("'签到.png' 0\n"));
	amend(f, h.id, "proof=");
	same(proofs(f, h.id), S(""));

	/* A type without a field for it keeps its files all the same. */
	risk = enter(f, "risk", "no=FX-1;name=a;date=2022-01-01");
	attach(f, risk, "", stored(f, "报告.pdf", "x"));
	attach(f, risk, "name=b", stored(f, "附件.pdf", "y"));
	amend(f, risk, "name=c");
	same(proofs(f, risk), S("'报告.pdf' 0\n'附件.pdf' 0\n"));
	h = hand_of(f, NULL, risk, "");
	two[0].name = S(" ");
	h.in.files = two;
	h.in.nfiles = 1;
	refused(f, by(&h, hand_correct, "zhang.san", "test"), ERR_INPUT, "a name of evidence has 1 to");
	sound(f);
}

/* ---- rights ---- */

static enum err_code setup_rights(struct tx *tx, void *ctx, struct err *err)
{
	struct org org;
	struct org_change change;
	struct id id;
	struct grant g = {.login = S("zhang.san"), .role = ROLE_FILLER, .unit = S("U01"), .from = DATE_NONE, .until = DATE_NONE};

	TRY(org_read(tx->arena, CASE "org.json", 2022, &org, err));
	TRY(org_adopt(tx, &org, &change, err));
	TRY(account_add(tx, S("zhang.san"), S("张三"), S(""), &id, err));
	TRY(account_add(tx, S("li.si"), S("李四"), S(""), &id, err));
	TRY(grant_add(tx, &g, &id, err));
	g.login = S("li.si");
	g.role = ROLE_VIEWER;
	return grant_add(tx, &g, &id, err);
}

static void test_rights(void **state)
{
	struct fix *f = *state;
	struct record_file x;
	struct hand h;
	intent_fn *const fns[] = {hand_correct, hand_withdraw, hand_restore};

	adopt_file(f, SMALL);
	ok(f, log_write(f->log, S("root"), S("test"), setup_rights, NULL, &f->err));
	x = stored(f, "a.pdf", "x");
	h = hand_of(f, "risk", ID_NONE, "no=FX-1;name=a;date=2022-01-01");
	refused(f, by(&h, hand_add, "li.si", "web"), ERR_DENIED, "add records");
	refused(f, by(&h, hand_add, "nobody", "web"), ERR_NOT_FOUND, "");
	refused(f, by(&h, hand_add, "zhang.san", "elsewhere"), ERR_NOT_FOUND, "");
	h.in.files = &x;
	h.in.nfiles = 1;
	ok(f, by(&h, hand_add, "zhang.san", "web"));
	for (size_t i = 0; i < LEN(fns); i++) {
		struct hand c = hand_of(f, NULL, h.id, "name=b");

		c.why = S("why");
		refused(f, by(&c, fns[i], "li.si", "web"), ERR_DENIED, "");
		ok(f, by(&c, fns[i], "zhang.san", "web"));
	}
	assert_int_equal(count(f, "select count(*) from p_record where said_by = 'zhang.san' and withdrawn_seq is null"), 1);
	sound(f);
}

/* ---- what became of it, and how it is shown ---- */

static void test_history(void **state)
{
	struct fix *f = *state;
	struct record_history x;
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);
	struct id one, first;

	adopt_file(f, SMALL);
	one = enter(f, "report", "no=BS-1;date=2022-03-01;name=甲");
	first = take(f, "报送.csv", "编号,日期,标题,分类\nBS-1,2022-03-01,乙,丙\n", "change 1");
	ok(f, undo(f, first));
	amend(f, one, "name=丁;theme=戊");
	ok(f, withdraw(f, one));
	ok(f, restore(f, one));
	ok(f, record_history(f->log, &f->a, &f->scheme, LANG_EN, one, &x, &f->err));
	for (size_t i = 0; i < x.n; i++) {
		const struct record_step *s = &x.steps[i];

		buf_printf(&b, "%s " STR_FMT " " STR_FMT, record_act_name(s->act), STR_ARG(s->actor), STR_ARG(s->source));
		for (size_t k = 0; k < s->n; k++)
			buf_printf(&b, "; " STR_FMT ":" STR_FMT ">" STR_FMT, STR_ARG(s->changes[k].field->name),
				STR_ARG(s->changes[k].before), STR_ARG(s->changes[k].after));
		buf_putc(&b, '\n');
	}
	same(buf_str(&b), S("entered zhang.san ; no:>BS-1; date:>2022-03-01; name:>甲\n"
		"corrected 张一 报送.csv!2; name:甲>乙; theme:>丙\n"
		"turned back 张一 ; name:乙>甲; theme:丙>\n"
		"corrected li.si ; name:甲>丁; theme:>戊\n"
		"withdrawn li.si \n"
		"restored li.si \n"));
	assert_false(x.withdrawn);
	first = take(f, "风险.csv", RISKS, "add 2");
	ok(f, undo(f, first));
	ok(f, record_history(f->log, &f->a, &f->scheme, LANG_EN, (struct id){1, first.seq + 1}, &x, &f->err));
	assert_int_equal(x.n, 2);
	assert_int_equal(x.steps[1].act, RECORD_WITHDRAWN);
	assert_true(x.withdrawn && x.steps[1].import == first.seq);
	refused(f, record_history(f->log, &f->a, &f->scheme, LANG_EN, first, &x, &f->err), ERR_NOT_FOUND, "no record");
}

/* The day of the clock stands in it: taken off. */
static struct str shown(struct fix *f, enum lang lang, const char *type, size_t i)
{
	const struct record_type *t = scheme_type(&f->scheme, str_c(type));
	struct str s, today;
	struct facts facts;
	char text[DATE_TEXT];
	size_t at;

	ok(f, facts_load(&f->a, log_db(f->log), &f->scheme, NULL, (struct facts_opt){.year = 2022, .lang = lang}, &facts, &f->err));
	s = fact_row(&f->a, &facts_of(&facts, t)->p[i]);
	today = arena_str(&f->a, date_text((struct date){(int32_t)((log_now(f->log) / 1000000 + 8 * 3600) / 86400)}, text));
	if (str_find(s, today, &at))
		s = arena_printf(&f->a, STR_FMT "DAY" STR_FMT, STR_ARG(str_sub(s, 0, at)), STR_ARG(str_sub(s, at + today.n, s.n)));
	return s;
}

static void test_shown(void **state)
{
	struct fix *f = *state;
	struct id one;
	int n;

	adopt_file(f, SMALL);
	one = enter(f, "report", "no=BS-1;date=2022-03-01;name=甲");
	n = (int)one.seq;
	same(shown(f, LANG_EN, "report", 0), arena_printf(&f->a, "entered by hand by zhang.san on DAY, record %d", n));
	same(shown(f, LANG_ZH, "report", 0), arena_printf(&f->a, "zhang.san于DAY手工登记，记录%d", n));
	amend(f, one, "name=乙");
	same(shown(f, LANG_EN, "report", 0), arena_printf(&f->a, "by hand, last corrected by li.si on DAY, record %d", n));
	take(f, "风险.csv", RISKS, "add 2");
	same(shown(f, LANG_EN, "risk", 0), S("风险.csv!2"));
	amend(f, (struct id){1, seq_of(f, "type = 'risk' and row = 2")}, "name=x");
	same(shown(f, LANG_EN, "risk", 0), S("风险.csv!2 (corrected by hand by li.si on DAY)"));
	take(f, "风险.csv", RISKS, "change 1, same 1");
	same(shown(f, LANG_EN, "risk", 0), S("风险.csv!2"));
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_form),
		ON_BOTH(test_problems),
		ON_BOTH(test_evidence),
		ON_BOTH(test_rights),
		ON_BOTH(test_history),
		ON_BOTH(test_shown),
	};

	return run_plan("record_form", tests, LEN(tests));
}
