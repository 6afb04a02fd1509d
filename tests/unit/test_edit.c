/* Editing a duty in the text of a scheme: what is not said anew stays byte for byte. And two versions side by side. */
#include "office_world.h"

#include "duty/scheme_diff.h"
#include "duty_kit.h"
#include "scheme/scheme_edit.h"
#include "text/yaml.h"

static const char TEXT[] =
	"# 头\n"
	"zeren: 1\n"
	"scheme: small    # 代码\n"
	"title: 小方案\n"
	"records:\n"
	"  m: {about: meeting, title: 会议, fields: {date: date, kind: choice, proof: file}, evidence: {any: [纪要], enough: 2}}\n"
	"duties:\n"
	"  # 例会\n"
	"  - id: D1\n"
	"    title:   例会      # 说明\n"
	"    owner: post:主任\n"
	"    points: 6\n"
	"    # 要求\n"
	"    need: {count: 2, per: year,\n"
	"      take: {of: m, where: {kind: 大会}}}\n"
	"\n"
	"  # 学习\n"
	"  - {id: D2, title: 学习, owner: each post:科长, need: {each: quarter, take: m}}\n"
	"  - id: D3\n"
	"    title: 检查\n"
	"    owner: each unit:科室\n"
	"    needs:\n"
	"      - {by: 03-31, take: m}\n"
	"      - {by: 09-30, take: m}\n"
	"\n"
	"# 尾\n"
	"figures: {all: {count: m}}\n";

/* The text with `from`, which stands there once, put as `to`. */
static struct str with(struct fix *f, struct str text, const char *from, const char *to)
{
	size_t at;

	if (!str_find(text, str_c(from), &at))
		FLUNK("'%s' does not stand in the text", from);
	return arena_printf(&f->a, STR_FMT "%s" STR_FMT, STR_ARG(str_sub(text, 0, at)), to,
		STR_ARG(str_sub(text, at + strlen(from), text.n)));
}

static struct str set(struct fix *f, const char *id, const char *key, const char *value)
{
	const struct edit_key k = {str_c(key), str_c(value)};
	struct scheme s;
	struct str out;

	ok(f, scheme_edit_set(&f->a, str_c(TEXT), str_c(id), &k, 1, &out, &f->err));
	ok(f, scheme_read(&f->a, out, &s, &f->err));
	return out;
}

static void test_set(void **state)
{
	struct fix *f = *state;
	struct str text = str_c(TEXT);

	same(set(f, "D1", "title", "室务会"), with(f, text, "title:   例会      # 说明\n", "title: 室务会\n"));
	same(set(f, "D1", "title", "会: 议, #1"), with(f, text, "title:   例会      # 说明\n", "title: \"会: 议, #1\"\n"));
	same(set(f, "D1", "points", ""), with(f, text, "    points: 6\n", ""));
	same(set(f, "D1", "cadence", "每年两次"), with(f, text, "where: {kind: 大会}}}\n",
		"where: {kind: 大会}}}\n    cadence: 每年两次\n"));
	same(set(f, "D1", "need.count", "4"), with(f, text, "need: {count: 2, per: year,\n      take: {of: m, where: {kind: 大会}}}\n",
		"need: {count: 4, per: year, take: {of: m, where: {kind: 大会}}}\n"));
	same(set(f, "D1", "need", "{each: month, take: m}"), with(f, text,
		"need: {count: 2, per: year,\n      take: {of: m, where: {kind: 大会}}}\n", "need: {each: month, take: m}\n"));
	same(set(f, "D3", "needs.2.by", "10-31"), with(f, text, "    needs:\n      - {by: 03-31, take: m}\n      - {by: 09-30, take: m}\n",
		"    needs: [{by: 03-31, take: m}, {by: 10-31, take: m}]\n"));
	/* one in braces is written anew, a key a line */
	same(set(f, "D2", "title", "集体学习"), with(f, text, "  - {id: D2, title: 学习, owner: each post:科长, need: {each: quarter, take: m}}\n",
		"  - id: D2\n    title: 集体学习\n    owner: each post:科长\n    need: {each: quarter, take: m}\n"));
	same(set(f, "D1", "title", "例会"), text);        /* what says the same is not touched */
}

static void test_add_end(void **state)
{
	struct fix *f = *state;
	const struct edit_key keys[] = {{S("title"), S("新")}, {S("owner"), S("office")}, {S("need"), S("{each: year, take: m}")}};
	struct str out, text = str_c(TEXT);

	ok(f, scheme_edit_add(&f->a, text, S("D4"), keys, LEN(keys), &out, &f->err));
	same(out, with(f, text, "      - {by: 09-30, take: m}\n", "      - {by: 09-30, take: m}\n"
		"  - id: D4\n    title: 新\n    owner: office\n    need: {each: year, take: m}\n"));
	ok(f, scheme_edit_end(&f->a, text, S("D2"), &out, &f->err));
	same(out, with(f, text, "  - {id: D2, title: 学习, owner: each post:科长, need: {each: quarter, take: m}}\n", ""));
	ok(f, scheme_edit_end(&f->a, text, S("D1"), &out, &f->err));
	ok(f, scheme_edit_add(&f->a, S("zeren: 1\nscheme: a\ntitle: b"), S("X"), keys, LEN(keys), &out, &f->err));
	same(out, S("zeren: 1\nscheme: a\ntitle: b\nduties:\n  - id: X\n    title: 新\n    owner: office\n    need: {each: year, take: m}\n"));
	/* the last line has no end */
	ok(f, scheme_edit_add(&f->a, out, S("Y"), keys, LEN(keys), &out, &f->err));
	ok(f, scheme_edit_add(&f->a, str_sub(out, 0, out.n - 1), S("Z"), keys, 1, &out, &f->err));
	assert_true(str_ends(out, S("take: m}\n  - id: Z\n    title: 新\n")));
}

static void refuse(struct fix *f, const char *text, const char *id, const char *key, const char *value, enum err_code code,
	const char *says)
{
	const struct edit_key k = {str_c(key), str_c(value)};
	struct str out;

	refused(f, scheme_edit_set(&f->a, str_c(text), str_c(id), &k, 1, &out, &f->err), code, says);
}

static void test_refused(void **state)
{
	struct fix *f = *state;
	const struct edit_key k = {S("title"), S("x")};
	struct str out;

	refuse(f, TEXT, "D9", "title", "x", ERR_NOT_FOUND, "no duty 'D9' in this text");
	refuse(f, TEXT, "D1", "id", "D7", ERR_INPUT, "the id of a duty stays");
	refuse(f, TEXT, "D1", "title.x", "y", ERR_INPUT, "'title.x' leads nowhere");
	refuse(f, TEXT, "D3", "needs.9.by", "01-01", ERR_INPUT, "'needs.9.by' leads nowhere");
	refuse(f, TEXT, "D1", "need", "{a: ", ERR_INPUT, "need: line 2, column 1: a value is expected here");
	refuse(f, "zeren: 1\nduties: [{id: A, title: t}]\n", "A", "title", "x", ERR_CONFLICT, "only a person can edit it");
	refused(f, scheme_edit_add(&f->a, str_c(TEXT), S("D1"), &k, 1, &out, &f->err), ERR_CONFLICT, "already");
	refused(f, scheme_edit_end(&f->a, S("duties:\n- id: A\n"), S("A"), &out, &f->err), ERR_CONFLICT, "the only duty");
}

/* Every duty of a whole scheme: each key said anew, and taken out; the rest of the text reads as before. */
static void test_whole(void **state)
{
	struct fix *f = *state;
	struct scheme s, again;
	struct str text;

	ok(f, file_read(&f->a, CASE "scheme.yaml", 1 << 20, &text, &f->err));
	ok(f, scheme_read(&f->a, text, &s, &f->err));
	for (size_t i = 0; i < s.nduties; i++) {
		const struct edit_key keys[] = {{S("points"), S("99")}, {S("title"), S("标题: “一”, #二")}};
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct str out;

		ok(f, scheme_edit_set(&a, text, s.duties[i].id, keys, LEN(keys), &out, &f->err));
		ok(f, scheme_read(&a, out, &again, &f->err));
		assert_int_equal(again.duties[i].points, 99000);
		same(again.duties[i].title, S("标题: “一”, #二"));
		ok(f, scheme_edit_end(&a, text, s.duties[i].id, &out, &f->err));
	}
}

/* What node_flow writes, yaml_read reads as it was. */
static void test_flow(void **state)
{
	struct fix *f = *state;
	static const char *const texts[] = {"甲", "a b", "", " a", "a ", "a: b", "a:b", "a #b", "a#b", "- a", "[a]", "a, b", "'", "\"a\\",
		"yes", "06-30", "a\nb", "<<", "?", "a:", "{x}", "%", "@a", "`", "!a", "*a", "&a", "post:主任", "：", "~", "null"};
	struct node *list = node_list(&f->a), *map = node_map(&f->a), *back;

	for (size_t i = 0; i < LEN(texts); i++) {
		node_push(&f->a, list, node_str(&f->a, str_c(texts[i])));
		if (*texts[i] && !strchr(texts[i], '\n'))
			node_set(&f->a, map, str_c(texts[i]), list->items[i]);
	}
	node_push(&f->a, list, map);
	node_push(&f->a, list, node_list(&f->a));
	ok(f, yaml_read(&f->a, node_flow(&f->a, list), &back, &f->err));
	assert_true(node_alike(list, back));
	node_push(&f->a, back, map);
	assert_false(node_alike(list, back));
}

/* ---- two versions ---- */

static void diff_of(struct fix *f, const char *before, struct str after, struct scheme_diff *out)
{
	struct scheme *was = ARENA_NEW(&f->a, struct scheme), *is = ARENA_NEW(&f->a, struct scheme);
	struct facts *x = ARENA_NEW(&f->a, struct facts), *y = ARENA_NEW(&f->a, struct facts);
	struct org *org = ARENA_NEW(&f->a, struct org);

	ok(f, scheme_read(&f->a, str_c(before), was, &f->err));
	ok(f, scheme_read(&f->a, after, is, &f->err));
	scheme_diff_org(&f->a, was, is, org);
	ok(f, kit_facts(&f->a, was, org, 2023, node_list(&f->a), x, &f->err));
	ok(f, kit_facts(&f->a, is, org, 2023, node_list(&f->a), y, &f->err));
	scheme_diff(&f->a, was, is, out);
	scheme_diff_work(x, y, out);
}

static void work(const struct scheme_diff *d, size_t i, const char *owner, struct burden_sum before, struct burden_sum after)
{
	const struct owner_work *w = &d->owners[i];

	same(w->owner, str_c(owner));
	assert_memory_equal(&w->before, &before, sizeof before);
	assert_memory_equal(&w->after, &after, sizeof after);
}

static void test_diff(void **state)
{
	struct fix *f = *state;
	const struct edit_key keys[] = {{S("title"), S("新")}, {S("owner"), S("post:主任")}, {S("need"), S("{each: month, take: m}")}};
	struct scheme_diff d;
	struct str text;

	diff_of(f, TEXT, str_c(TEXT), &d);
	assert_int_equal(d.nduties, 0);
	assert_int_equal(d.nowners, 0);
	diff_of(f, TEXT, set(f, "D1", "need.count", "5"), &d);
	assert_int_equal(d.nduties, 1);
	assert_int_equal(d.duties[0].kind, DIFF_CHANGED);
	assert_int_equal(d.duties[0].n, 1);
	same(d.duties[0].keys[0].key, S("need.count"));
	same(d.duties[0].keys[0].before, S("2"));
	same(d.duties[0].keys[0].after, S("5"));
	assert_int_equal(d.nowners, 1);
	/* two slots, an entry and two files each; then five */
	work(&d, 0, "主任", (struct burden_sum){2, 2, 4}, (struct burden_sum){5, 5, 10});
	ok(f, scheme_edit_end(&f->a, str_c(TEXT), S("D2"), &text, &f->err));
	ok(f, scheme_edit_add(&f->a, text, S("D4"), keys, LEN(keys), &text, &f->err));
	diff_of(f, TEXT, text, &d);
	assert_int_equal(d.nduties, 2);
	assert_int_equal(d.duties[0].kind, DIFF_ADDED);
	same(d.duties[0].after->id, S("D4"));
	assert_int_equal(d.duties[1].kind, DIFF_ENDED);
	same(d.duties[1].before->id, S("D2"));
	assert_int_equal(d.nowners, 2);
	work(&d, 0, "主任", (struct burden_sum){2, 2, 4}, (struct burden_sum){14, 14, 28});   /* and twelve months */
	work(&d, 1, "each post:科长", (struct burden_sum){4, 4, 8}, (struct burden_sum){0, 0, 0});
	/* the same words, but another post: a key of roles has changed */
	diff_of(f, "zeren: 1\nscheme: a\ntitle: b\nroles: {head: 甲}\nrecords: {m: {about: meeting, title: t, fields: {date: date}}}\n"
		"duties:\n  - {id: A, title: t, owner: head, need: {count: 1, take: m}}\n",
		S("zeren: 1\nscheme: a\ntitle: b\nroles: {head: 乙}\nrecords: {m: {about: meeting, title: t, fields: {date: date}}}\n"
		"duties:\n  - {id: A, title: t, owner: head, need: {count: 1, take: m}}\n"), &d);
	same(d.duties[0].keys[0].key, S("owner"));
	same(d.duties[0].keys[0].after, S("each post:乙"));
	work(&d, 0, "each post:乙", (struct burden_sum){0, 0, 0}, (struct burden_sum){1, 1, 0});
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_set),
		PLAIN(test_add_end),
		PLAIN(test_refused),
		PLAIN(test_whole),
		PLAIN(test_flow),
		PLAIN(test_diff),
	};

	return run_plan("edit", tests, LEN(tests));
}
