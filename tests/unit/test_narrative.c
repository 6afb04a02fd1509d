/* People's paragraphs in the log: written, refused, in conflict, their history, replayed, and as narrative.md. */
#include "report_world.h"

#include "who/access.h"

/* ---- intents ---- */

struct saving {
	struct section_save save;
	int64_t rev;
	const struct narrative *file; /* a whole one instead */
	size_t written;
};

static enum err_code save_intent(struct tx *tx, void *ctx, struct err *err)
{
	struct saving *s = ctx;

	if (s->file)
		return narrative_import(tx, s->save.year, s->file, &s->written, err);
	return narrative_write(tx, &s->save, &s->rev, err);
}

static enum err_code saved_by(struct fix *f, const char *actor, const char *via, const char *section, const char *text,
	int64_t seen, int64_t *rev)
{
	struct saving s = {.save = {.year = 2022, .section = str_c(section), .text = str_c(text), .rev = seen}};

	TRY(log_write(f->log, str_c(actor), str_c(via), save_intent, &s, &f->err));
	if (rev)
		*rev = s.rev;
	return OK;
}

static enum err_code saved(struct fix *f, const char *section, const char *text, int64_t seen, int64_t *rev)
{
	return saved_by(f, "张一", "test", section, text, seen, rev);
}

static struct narrative loaded(struct fix *f, struct db *db)
{
	struct narrative n;

	ok(f, narrative_load(db, &f->a, &f->scheme, 2022, &n, &f->err));
	return n;
}

static struct section_versions versions(struct fix *f, const char *section)
{
	struct section_versions l;

	ok(f, narrative_history(log_db(f->log), &f->a, 2022, str_c(section), &l, &f->err));
	return l;
}

static void take(struct fix *f, const char *text, size_t written)
{
	struct narrative n;
	struct saving s = {.save.year = 2022, .file = &n};

	ok(f, narrative_read(&f->a, str_c(text), &n, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), save_intent, &s, &f->err));
	assert_int_equal(s.written, written);
}

static void adopt(struct fix *f)
{
	adopt_scheme(f, S(RECORDS SUGGEST OUTLINE));
}

/* ---- one section ---- */

static void test_written(void **state)
{
	struct fix *f = *state;
	const struct own *own;
	struct narrative n;
	int64_t rev, again;

	adopt(f);
	n = loaded(f, log_db(f->log));
	assert_int_equal(n.n, 0);
	ok(f, saved(f, "一(一)", " 开了3次会，\r\n来了9人。 \n\n\n\t第二段。\n", REV_NONE, &rev));
	ok(f, saved(f, "引言", "好。", REV_ANY, NULL));
	n = loaded(f, log_db(f->log));
	assert_int_equal(n.n, 2);
	assert_true(n.logged);
	same(n.p[0].number, S("引言")); /* in the order of the report */
	own = narrative_get(&n, S("一（一）"));
	assert_non_null(own);
	same(own->text, S("开了3次会，\n来了9人。\n\n第二段。"));
	same(own->heading, S("一（一）会议"));
	assert_int_equal(own->n, 2);
	same(own->paras[0].text, S("开了3次会，来了9人。"));
	assert_int_equal(own->paras[1].line, 8);
	assert_int_equal(own->rev, rev);
	same(own->actor, S("张一"));
	assert_true(own->at > 0);
	ok(f, saved(f, "一（一）会议", "开了3次会，\n来了9人。\n\n第二段。", rev, &again)); /* the same: no version */
	assert_int_equal(again, rev);
	assert_int_equal(versions(f, "一（一）").n, 1);
	ok(f, saved(f, "一（一）", "\n \n", rev, &again)); /* taken away */
	assert_true(again > rev);
	n = loaded(f, log_db(f->log));
	own = narrative_get(&n, S("一（一）"));
	assert_int_equal(own->n, 0);
	assert_int_equal(own->rev, again);
	assert_int_equal(versions(f, "二（一）").n, 0);
	assert_int_equal(n.notes.text.n, 0);
	ok(f, narrative_load(log_db(f->log), &f->a, &f->scheme, 2023, &n, &f->err)); /* of one year */
	assert_int_equal(n.n, 0);
	sound(f);
}

static void test_refused(void **state)
{
	static const char *const controls[] = {"好\x01", "a\x7f", "\xc2\x85", "\xe2\x80\xae", "\xe2\x80\xa8x", "一\rb"};
	struct fix *f = *state;
	char *big = arena_alloc(&f->a, SECTION_BYTES + 2), *many = arena_alloc(&f->a, 400);
	int64_t size;

	adopt(f);
	size = size_of(f);
	refused(f, saved(f, "一（二）", "好。", REV_ANY, NULL), ERR_NOT_FOUND,
		"no section '一(二)' takes own paragraphs; nearest: 一（一）; there are: 引言 一（一） 二（一） 三");
	refused(f, saved(f, "结束语的话", "好。", REV_ANY, NULL), ERR_NOT_FOUND,
		"no section '结束语的话' takes own paragraphs; there are: 引言");
	refused(f, saved(f, "", "好。", REV_ANY, NULL), ERR_NOT_FOUND, "no section ''");
	for (size_t i = 0; i < LEN(controls); i++)
		refused(f, saved(f, "三", arena_printf(&f->a, "好。\n%s", controls[i]).p, REV_ANY, NULL), ERR_INPUT,
			"三: line 2: a control character (U+");
	refused(f, saved(f, "三", "好。\n\n # 题", REV_ANY, NULL), ERR_INPUT, "三: line 3 begins with '#'");
	refused(f, saved(f, "三", "\xff", REV_ANY, NULL), ERR_INPUT, "三: line 1, column 1");
	memset(big, 'a', SECTION_BYTES + 1);
	big[SECTION_BYTES + 1] = 0;
	refused(f, saved(f, "三", big, REV_ANY, NULL), ERR_LIMIT, "at most 32768 bytes");
	for (size_t i = 0; i <= SECTION_PARAS; i++)
		memcpy(many + 3 * i, "a\n\n", 4);
	refused(f, saved(f, "三", many, REV_ANY, NULL), ERR_LIMIT, "at most 100 paragraphs, not 101");
	assert_int_equal(size_of(f), size);
	big[SECTION_BYTES] = 0;
	ok(f, saved(f, "三", big, REV_ANY, NULL));
	memset(big, '"', SECTION_BYTES); /* two bytes each in the event */
	refused(f, saved(f, "三", big, REV_ANY, NULL), ERR_LIMIT, "");
	ok(f, saved(f, "三", "e\xcc\x81", REV_ANY, NULL)); /* into NFC */
	same(loaded(f, log_db(f->log)).p[0].text, S("\xc3\xa9"));
	sound(f);
}

static void test_conflict(void **state)
{
	struct fix *f = *state;
	int64_t mine, theirs;

	adopt(f);
	ok(f, saved(f, "三", "一稿。", REV_NONE, &mine));
	ok(f, saved_by(f, "李二", "test", "三", "二稿。", mine, &theirs));
	refused(f, saved(f, "三", "我的二稿。", mine, NULL), ERR_CONFLICT, "section 三 was saved meanwhile by 李二 at 20");
	refused(f, saved(f, "三", "我的二稿。", mine, NULL), ERR_CONFLICT,
		arena_printf(&f->a, "(event %lld)", (long long)theirs).p);
	refused(f, saved(f, "三", "我的二稿。", REV_NONE, NULL), ERR_CONFLICT, "李二");
	refused(f, saved(f, "引言", "好。", theirs, NULL), ERR_NOT_FOUND, "nobody has written section 引言 yet");
	ok(f, saved(f, "三", "二稿。", mine, &mine)); /* says the same: nothing to lose */
	assert_int_equal(mine, theirs);
	ok(f, saved(f, "三", "一稿。", mine, &mine)); /* an old version again */
	assert_int_equal(versions(f, "三").n, 3);
	sound(f);
}

static void test_history(void **state)
{
	struct fix *f = *state;
	struct section_versions l;
	struct saving s = {.save = {.year = 2022, .section = S("三"), .text = S("二稿。"), .rev = REV_ANY, .why = S("改数")}};
	int64_t first;

	adopt(f);
	ok(f, saved(f, "三", "一稿。", REV_NONE, &first));
	ok(f, log_write(f->log, S("李二"), S("test"), save_intent, &s, &f->err));
	ok(f, saved(f, "三", "", s.rev, NULL));
	l = versions(f, "三");
	assert_int_equal(l.n, 3);
	assert_int_equal(l.p[0].text.n, 0);
	same(l.p[1].text, S("二稿。"));
	same(l.p[1].why, S("改数"));
	same(l.p[1].actor, S("李二"));
	same(l.p[2].text, S("一稿。"));
	assert_int_equal(l.p[2].id.seq, first);
	assert_true(l.p[0].at >= l.p[2].at);
	s.save.why = S("两\n行");
	s.save.text = S("三稿。");
	refused(f, log_write(f->log, S("李二"), S("test"), save_intent, &s, &f->err), ERR_INPUT, "'why' must be one line");
}

/* ---- as known then ---- */

static void test_known(void **state)
{
	CLEANUP(db_close) struct db *then = NULL, *now = NULL;
	struct fix *f = *state;
	struct narrative n;
	int64_t first;

	adopt(f);
	take(f, NARRATIVE, 5);
	ok(f, saved(f, "三", "一稿。", REV_ANY, &first));
	ok(f, saved(f, "三", "二稿。", first, NULL));
	ok(f, db_open(":memory:", (struct db_opt){.scratch = true}, &then, &f->err));
	ok(f, log_replay(f->log, first + 1, then, false, NULL, NULL, &f->err));
	n = loaded(f, then);
	same(narrative_get(&n, S("三"))->text, S("一稿。"));
	n = loaded(f, log_db(f->log));
	same(narrative_get(&n, S("三"))->text, S("二稿。"));
	ok(f, db_open(":memory:", (struct db_opt){.scratch = true}, &now, &f->err));
	ok(f, log_replay(f->log, size_of(f), now, false, NULL, NULL, &f->err));
	same_dump(dump_tables(f, &f->a, now), dump_tables(f, &f->a, log_db(f->log)));
	sound(f);
}

/* ---- narrative.md ---- */

static void test_round_trip(void **state)
{
	static const char *const exact = /* a heading as the outline does not have it, one of another scheme's order */
		"# 人写的\n\n给写的人看的话。\n\n再一段。\n\n"
		"## 引言\n青溪区\n抓得紧。\n\n## 一(一) 会\n开会。\n\n第二段。\n\n## 三 打算\n四个方面。\n";
	struct fix *f = *state;
	struct narrative n;
	struct str md;

	adopt(f);
	take(f, exact, 4);
	n = loaded(f, log_db(f->log));
	md = narrative_markdown(&f->a, &n);
	same(md, str_c(exact));
	take(f, exact, 0);
	take(f, "## 三 打算\r\n四个方面。\r\n", 0);
	take(f, "## 三、打算\n四个方面。\n", 1); /* the heading */
	take(f, "## 三、打算\n", 1);
	take(f, "## 三、打算\n", 0);
	take(f, "## 二（一）\n", 0);
	n = loaded(f, log_db(f->log));
	assert_int_equal(narrative_get(&n, S("三"))->n, 0);
	assert_int_equal(narrative_get(&n, S("一（一）"))->n, 2); /* not named: stays */
	same(n.notes.heading, S("人写的"));
	md = narrative_markdown(&f->a, &n);
	assert_false(str_has(md, S("三")));
	sound(f);
}

/* The case's own file, byte for byte, and out of it the report as from the file. */
static void test_case_file(void **state)
{
	struct fix *f = *state;
	struct narrative n;
	struct str text;

	adopt_file(f, CASE "scheme.yaml");
	ok(f, file_read(&f->a, CASE "narrative.md", NARRATIVE_BYTES, &text, &f->err));
	take(f, arena_str(&f->a, text).p, 11);
	n = loaded(f, log_db(f->log));
	same(narrative_markdown(&f->a, &n), text);
	assert_int_equal(n.n, 10);
	sound(f);
}

/* ---- the report ---- */

static struct report with(struct fix *f, struct tiny *w, const struct narrative *n)
{
	struct report r;

	ok(f, report_compose(&w->figures, n, (struct report_opt){.lang = LANG_EN, .db = log_db(f->log)}, &r, &f->err));
	return r;
}

static void test_report(void **state)
{
	struct fix *f = *state;
	struct narrative file, logged;
	struct report a, b;
	struct report_findings l;
	struct tiny w;
	size_t own = 0;

	tiny_world(f, RECORDS SUGGEST OUTLINE, MEETINGS, PLANS, &w);
	ok(f, narrative_read(&f->a, S(NARRATIVE), &file, &f->err));
	take(f, NARRATIVE, 5);
	logged = loaded(f, log_db(f->log));
	a = with(f, &w, &file);
	b = with(f, &w, &logged);
	same(text_of(f, &a), text_of(f, &b));
	assert_int_equal(a.nspans, b.nspans);
	for (size_t i = 0; i < a.nspans; i++)
		assert_int_equal(a.spans[i].line, b.spans[i].line);
	for (size_t i = 0; i < b.nparas; i++)
		if (b.paras[i].kind == PARA_OWN && str_is(b.paras[i].own, "一（一）"))
			assert_int_equal(b.paras[i].nth, ++own);
	assert_int_equal(own, 2);
	/* A scheme that has lost a section: the report goes on, the check says so. */
	*ARENA_PUSH(&f->a, logged.p, logged.n, logged.cap) = (struct own){.number = S("五"), .heading = S("五"),
		.text = S("好。"), .paras = &(struct own_para){S("好。"), 1}, .n = 1};
	b = with(f, &w, &logged);
	same(text_of(f, &a), text_of(f, &b));
	ok(f, report_check(&b, &l, &f->err));
	own = 0;
	for (size_t i = 0; i < l.n; i++)
		if (!strcmp(l.p[i].code, "own_unplaced")) {
			same(l.p[i].own, S("五"));
			own++;
		}
	assert_int_equal(own, 1);
}

/* ---- rights ---- */

struct people {
	const struct org *org;
	struct org_change change;
};

static enum err_code people_intent(struct tx *tx, void *ctx, struct err *err)
{
	static const enum role roles[] = {ROLE_FILLER, ROLE_OWNER, ROLE_REVIEWER, ROLE_VIEWER, ROLE_SCORER};
	struct people *p = ctx;
	struct id id;

	TRY(org_adopt(tx, p->org, &p->change, err));
	for (size_t i = 0; i < LEN(roles); i++) {
		struct grant grant = {.login = str_c(role_name(roles[i])), .role = roles[i],
			.unit = p->org->office.code, .from = DATE_NONE, .until = DATE_NONE};

		TRY(account_add(tx, grant.login, S("某人"), S(""), &id, err));
		TRY(grant_add(tx, &grant, NULL, err));
	}
	return OK;
}

static void test_rights(void **state)
{
	static const char *const may[] = {"filler", "owner", "reviewer"}, *const not[] = {"viewer", "scorer"};
	struct fix *f = *state;
	struct narrative n = {0};
	struct saving file = {.save.year = 2022, .file = &n};
	struct org org;
	struct people people = {.org = &org};

	adopt(f);
	ok(f, org_read(&f->a, CASE "org.json", 2022, &org, &f->err));
	ok(f, log_write(f->log, S("张一"), S("test"), people_intent, &people, &f->err));
	for (size_t i = 0; i < LEN(may); i++)
		ok(f, saved_by(f, may[i], "web", "三", may[i], REV_ANY, NULL));
	for (size_t i = 0; i < LEN(not); i++) {
		refused(f, saved_by(f, not[i], "web", "三", "好。", REV_ANY, NULL), ERR_DENIED, "own paragraphs");
		refused(f, log_write(f->log, str_c(not[i]), S("api"), save_intent, &file, &f->err), ERR_DENIED, "");
	}
	refused(f, saved_by(f, "nobody", "web", "三", "好。", REV_ANY, NULL), ERR_NOT_FOUND, "");
	sound(f);
}

/* What comes to the log past narrative_write is held to the same rules. */
struct raw {
	int year;
	const char *section, *text, *says;
	enum err_code code;
};

static enum err_code raw_intent(struct tx *tx, void *ctx, struct err *err)
{
	const struct raw *x = ctx;
	struct node *data = node_map(tx->arena);

	node_set(tx->arena, data, S("year"), node_num(tx->arena, x->year));
	node_set(tx->arena, data, S("section"), node_str(tx->arena, str_c(x->section)));
	node_set(tx->arena, data, S("text"), node_str(tx->arena, str_c(x->text)));
	return tx_event(tx, "section.write", ID_NONE, data, NULL, err);
}

static void test_rules(void **state)
{
	static const struct raw rows[] = {
		{1800, "三", "好。", "year must be 1900 to 2199", ERR_INPUT},
		{2022, "", "好。", "'section' must not be empty", ERR_REQUIRED},
		{2022, "三\n四", "好。", "'section' must be one line", ERR_INPUT},
		{2022, "三", " 好。", "the text is not as section_text makes it", ERR_INPUT},
		{2022, "三", "# 好。", "line 1 begins with '#'", ERR_INPUT},
		{2022, "四", "好。", "", OK},
		{2022, "四", "又。", "was saved meanwhile", ERR_CONFLICT},
	};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(rows); i++)
		refused(f, log_write(f->log, S("x"), S("test"), raw_intent, (void *)&rows[i], &f->err), rows[i].code,
			rows[i].says);
	sound(f);
}

int main(void)
{
	struct CMUnitTest tests[] = {
		ON_BOTH(test_written),
		ON_SQLITE(test_refused),
		ON_BOTH(test_conflict),
		ON_BOTH(test_history),
		ON_BOTH(test_known),
		ON_BOTH(test_round_trip),
		ON_SQLITE(test_case_file),
		ON_BOTH(test_report),
		ON_BOTH(test_rights),
		ON_SQLITE(test_rules),
	};

	return run_plan("narrative", tests, LEN(tests));
}
