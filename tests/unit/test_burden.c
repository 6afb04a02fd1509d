/* The burden of proof by hand: what slots ask for, what is given, what one proof for several duties saves. And how alike two
 * promises are. */
#include "office_world.h"

#include "duty/burden.h"
#include "duty_kit.h"
#include "flow/commitment.h"
#include "text/json.h"

static const char SCHEME[] =
	"zeren: 1\nscheme: s\ntitle: t\nlate_entry: 30\n"
	"records:\n"
	"  m:\n"
	"    about: meeting\n"
	"    title: 会议\n"
	"    fields: {date: date, kind: choice, hours: number, closed: flag, proof: file}\n"
	"    evidence: {any: [纪要], enough: 2, at_most: 3}\n"
	"  n: {about: meeting, title: 会, fields: {date: date, times: count, first: count}}\n"
	"duties:\n"
	"  - {id: COUNT, title: t, owner: post:主任, need: {count: 3, take: m}}\n"
	"  - {id: EACH, title: t, owner: post:科长, need: {each: half, enough: 4, take: m}}\n"
	"  - {id: SUM, title: t, owner: post:科长, need: {each: year, enough: {sum: hours, at_least: 6}, take: m}}\n"
	"  - {id: OWN, title: t, owner: post:主任, need: {when: m, done: {closed: yes}}}\n"
	"  - {id: LATER, title: t, owner: post:主任, need: {when: {of: m, where: {kind: 会}}, take: {of: m, where: {kind: 后}}, within: 30d}}\n"
	"  - {id: TIMES, title: t, owner: post:主任, need: {when: {of: n}, times: times, done_times: first}}\n"
	"  - {id: BY, title: t, owner: each unit:科室, need: {by: 06-30, take: n}}\n";

static const char ORG[] = "{\"units\":[{\"id\":\"U1\",\"name\":\"办公室\",\"short\":\"办\",\"kind\":\"科室\"}],"
	"\"posts\":[{\"id\":\"P1\",\"name\":\"主任\",\"role\":\"head\",\"unit\":\"U1\"}],\"portfolios\":[]}";

/* By day; what is entered later than 30 days after is late. */
static const struct {
	const char *day, *kind, *entered;
	int hours;
	bool closed;
	const char *files;       /* a letter a file: the same letter is the same file */
} RECORDS[] = {
	{"2022-02-01", "会", "2022-02-03", 2, true, "ab"},
	{"2022-02-10", "后", "2022-03-13", 2, false, "a"},        /* 31 days */
	{"2022-03-01", "会", "2022-03-31", 2, true, "cdefg"},     /* 30 days; two files more than three */
	{"2022-12-31", "他", "2022-12-31", 1, false, ""},
};

struct judged {
	struct facts facts;
	struct figures figures;
	struct burden_files files;
	struct burden burden;
};

static void read_all(struct fix *f, struct judged *j)
{
	struct scheme *s = ARENA_NEW(&f->a, struct scheme);
	struct org *org = ARENA_NEW(&f->a, struct org);
	struct facts_build *b;
	struct node *map;
	struct date on;

	ok(f, scheme_read(&f->a, str_c(SCHEME), s, &f->err));
	ok(f, json_read(&f->a, str_c(ORG), (struct json_opt){0}, &map, &f->err));
	kit_org(&f->a, map, org);
	org->posts[0].unit = S("U1");
	b = facts_begin(&f->a, s, org, (struct facts_opt){.year = 2022});
	for (size_t i = 0; i < LEN(RECORDS); i++) {
		struct fact r = {.id = {1, (int64_t)i + 10}, .source = S("t"), .row = (int)i, .rev_seq = (int64_t)i + 10,
			.proofs = (int)strlen(RECORDS[i].files)};

		assert_true(date_parse(str_c(RECORDS[i].day), &r.day) && date_parse(str_c(RECORDS[i].entered), &r.entered));
		ok(f, facts_add(b, &s->types[0], r, arena_printf(&f->a, "{\"closed\":%s,\"date\":\"%s\",\"hours\":%d,\"kind\":\"%s\"}",
			RECORDS[i].closed ? "true" : "false", RECORDS[i].day, RECORDS[i].hours, RECORDS[i].kind), STR_NONE, &f->err));
		for (const char *c = RECORDS[i].files; *c; c++)
			*ARENA_PUSH(&f->a, j->files.p, j->files.n, j->files.cap) =
				(struct burden_file){r.id, {c, 1}};
	}
	ok(f, facts_add(b, &s->types[1], (struct fact){.id = {1, 90}, .source = S("t"), .row = 9, .rev_seq = 90, .day = {19000}},
		S("{\"date\":\"2022-01-08\",\"first\":1,\"times\":3}"), STR_NONE, &f->err));
	facts_done(b, &j->facts);
	date_make(2022, 12, 31, &on);
	ok(f, figures_on(&j->facts, on, &j->figures, &f->err));
	burden_of(&j->figures, &j->files, &j->burden);
}

static void line(const struct burden_line *x, int64_t slots, int64_t entries, int64_t files, int64_t given, int64_t given_files,
	int64_t excess)
{
	if (x->asked.slots != slots || x->asked.entries != entries || x->asked.files != files || x->entries != given ||
	    x->files != given_files || x->excess != excess)
		FLUNK(STR_FMT ": asked %lld %lld %lld, given %lld %lld, excess %lld", STR_ARG(x->name), (long long)x->asked.slots,
			(long long)x->asked.entries, (long long)x->asked.files, (long long)x->entries, (long long)x->files,
			(long long)x->excess);
}

static void test_duties(void **state)
{
	struct fix *f = *state;
	struct judged j = {0};

	read_all(f, &j);
	/* three slots, an entry each with two files; given the first three records: files a b c d e f g */
	line(&j.burden.duties[0], 3, 3, 6, 3, 7, 2);
	/* two halves of four entries: eight, sixteen files; given all four, also where there were too few */
	line(&j.burden.duties[1], 2, 8, 16, 4, 7, 2);
	/* a sum asks for one entry; all four count into it */
	line(&j.burden.duties[2], 1, 1, 2, 4, 7, 2);
	/* four records arose; each asks for its own files, for no other entry; two of them are closed: a b, c to g */
	line(&j.burden.duties[3], 4, 0, 8, 0, 7, 2);
	/* two of kind 会 want a later record: the first has that of 02-10, with file a; the second has none */
	line(&j.burden.duties[4], 2, 2, 4, 1, 1, 0);
	/* three times in one summary row: neither entries nor files */
	line(&j.burden.duties[5], 3, 0, 0, 0, 0, 0);
	/* of type n, which asks for no evidence */
	line(&j.burden.duties[6], 1, 1, 0, 1, 0, 0);
}

static void test_sum(void **state)
{
	struct fix *f = *state;
	struct judged j = {0};
	const struct burden *b = &j.burden;

	read_all(f, &j);
	/* slots 3+2+1+4+2+3+1; entries 3+8+1+0+2+0+1; files 6+16+2+8+4; given 4 records of m and 1 of n, 7 different files */
	line(&b->sum, 16, 15, 36, 5, 7, 2);
	assert_int_equal(b->entry_uses, 3 + 4 + 4 + 0 + 1 + 0 + 1);
	assert_int_equal(b->file_uses, 7 + 7 + 7 + 7 + 1);
	/* the head's unit has COUNT, OWN, LATER, TIMES and, as a unit, BY; the other post is no post of the organisation */
	assert_int_equal(b->nunits, 2);
	same(b->units[0].name, S("办公室"));
	line(&b->units[0], 13, 6, 18, 4, 7, 2);
	same(b->units[1].name, S("科长"));
	line(&b->units[1], 3, 9, 18, 4, 7, 2);
}

static void test_late(void **state)
{
	struct fix *f = *state;
	struct judged j = {0};
	const struct late_line *m = NULL;

	read_all(f, &j);
	for (size_t i = 0; i < j.burden.nmonths; i++)
		if (str_is(j.burden.months[i].unit, "科长") && j.burden.months[i].month == 2)
			m = &j.burden.months[i];
	assert_non_null(m);
	assert_int_equal(m->entries, 2);
	assert_int_equal(m->late, 1);             /* 31 days are late; 30, in March, are not */
	for (size_t i = 0; i < j.burden.nmonths; i++)
		assert_true(j.burden.months[i].month == 2 || !j.burden.months[i].late);
}

/* ---- promises ---- */

static void test_likeness(void **state)
{
	static const struct {
		const char *x, *y;
		int percent;
	} pairs[] = {
		{"开展培训", "开展培训", 100},
		{"开展　培训。", "开展培训", 100},         /* blanks and punctuation say nothing */
		{"ＡＢ１", "ab1", 100},                    /* width and case neither */
		{"修订保密制度", "集中修订保密制度", 83},  /* 5 of 5 and 7: 200 × 5 ÷ 12 */
		{"甲乙丙丁", "甲乙丙戊", 66},              /* 2 of 3 and 3 */
		{"甲乙", "乙甲", 0},
		{"甲甲甲", "甲甲", 66},                    /* a pair counts as often as both have it: 1 of 2 and 1 */
		{"甲", "乙", 0},
		{"", "", 0},
		{"。", "甲", 0},
	};

	for (size_t i = 0; i < LEN(pairs); i++) {
		assert_int_equal(commitment_likeness(str_c(pairs[i].x), str_c(pairs[i].y)), pairs[i].percent);
		assert_int_equal(commitment_likeness(str_c(pairs[i].y), str_c(pairs[i].x)), pairs[i].percent);
	}
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_duties),
		PLAIN(test_sum),
		PLAIN(test_late),
		PLAIN(test_likeness),
	};

	return run_plan("burden", tests, LEN(tests));
}
