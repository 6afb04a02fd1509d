/* The scope rule, held by structure: Zeren records what offices and posts do. It has no field, record type, event,
 * table, command or route for persons, places, messages, views, ratings, browsing. A word added to one of the lists
 * below is a decision about what the program is for, not a matter of course. */
#include "office_world.h"

#include "base/utf8.h"

#include <ctype.h>

/* ---- the closed lists, copied from the design ---- */

static const char *const TYPES[] = {"text", "number", "count", "money", "date", "time", "period", "choice", "tags",
	"list", "flag", "post", "unit", "object", "file", "link"};
static const char *const ABOUTS[] = {"meeting", "training", "study", "activity", "submission", "document", "pledge",
	"honour", "channel", "risk", "review", "warning", "inspection", "finding", "plan", "attestation", "incident", "object"};

static void test_closed_lists(void **state)
{
	assert_int_equal(TYPE_N, LEN(TYPES));
	for (size_t i = 0; i < LEN(TYPES); i++)
		assert_string_equal(field_type_name((enum field_type)i), TYPES[i]);
	assert_int_equal(ABOUT_N, LEN(ABOUTS));
	for (size_t i = 0; i < LEN(ABOUTS); i++)
		assert_string_equal(about_name((enum about)i), ABOUTS[i]);
}

/* ---- words that name nothing here ---- */

static const char *const BANNED[] = {
	"person", "people", "citizen", "resident", "employee", "staff", "individual", "user", "profile",
	"place", "location", "locate", "gps", "latitude", "longitude", "position", "track", "trace", "trajectory",
	"message", "chat", "talk", "speech", "utterance", "comment", "mail", "inbox", "forum", "thread", "reply", "quote",
	"opinion", "attitude", "view", "belief", "sentiment", "mood", "emotion", "thought", "stance", "loyalty", "remark",
	"rating", "rank", "stars", "likes", "credit", "behaviour", "behavior", "habit",
	"browsing", "browse", "browser", "url", "visit", "click", "search_term", "keyword", "watch", "watchlist",
	"monitor", "surveillance", "suspect", "blacklist", "informer", "denounce",
	"face", "photo", "portrait", "fingerprint", "biometric", "phone", "mobile", "imei", "device", "app", "wechat", "weibo",
	"religion", "ethnic", "race", "gender", "birth", "family", "spouse", "health", "salary",
};

/* The words of a name: what stands between marks, and the whole. NULL, or the one that is not to be there. */
static const char *banned(struct arena *a, struct str name)
{
	struct str s = arena_str(a, name);
	char *p = (char *)s.p;

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)tolower((unsigned char)p[i]);
	for (size_t i = 0; i < LEN(BANNED); i++) {
		struct str word = str_c(BANNED[i]), rest = s;
		size_t at, from = 0;

		while (str_find(rest, word, &at)) {
			size_t begin = from + at, end = begin + word.n;
			bool starts = begin == 0 || !isalpha((unsigned char)p[begin - 1]);

			end += end < s.n && p[end] == 's';
			if (starts && (end == s.n || !isalpha((unsigned char)p[end])))
				return BANNED[i];
			from = begin + 1;
			rest = str_sub(s, from, s.n);
		}
	}
	return NULL;
}

static void allow(struct fix *f, const char *where, struct str name)
{
	const char *word = banned(&f->a, name);

	if (word)
		FLUNK("%s: '" STR_FMT "' holds '%s' (scope rule)", where, STR_ARG(name), word);
}

static void test_the_test(void **state)
{
	struct fix *f = *state;

	assert_non_null(banned(&f->a, S("person")));
	assert_non_null(banned(&f->a, S("p_Message")));
	assert_non_null(banned(&f->a, S("record.opinions")));
	assert_non_null(banned(&f->a, S("persona_person")));
	assert_null(banned(&f->a, S("personal")));
	assert_null(banned(&f->a, S("p_post")));
	assert_null(banned(&f->a, S("review")));
	assert_null(banned(&f->a, S("replacement")));
}

static void test_events(void **state)
{
	const struct event_kind *const *tables = cli_kinds();
	struct fix *f = *state;
	size_t n = 0;

	for (; *tables; tables++) {
		for (const struct event_kind *k = *tables; k->name; k++, n++) {
			allow(f, "kind of event", str_c(k->name));
			for (size_t i = 0; i < k->nfields; i++)
				allow(f, k->name, str_c(k->fields[i].name));
		}
	}
	assert_true(n >= 10);
}

/* Every identifier of the migrations, comments left out. */
static void test_migrations(void **state)
{
	struct fix *f = *state;
	struct file_list l;
	size_t words = 0;

	ok(f, file_list(&f->a, "sql", 1000, &l, &f->err));
	for (size_t i = 0; i < l.n; i++) {
		struct str text, line;

		ok(f, file_read(&f->a, path_join(&f->a, S("sql"), l.names[i]).p, 1 << 20, &text, &f->err));
		while (str_cut(&text, S("\n"), &line)) {
			size_t comment, from = 0;

			if (str_find(line, S("--"), &comment))
				line.n = comment;
			for (size_t k = 0; k <= line.n; k++) {
				if (k < line.n && (isalnum((unsigned char)line.p[k]) || line.p[k] == '_'))
					continue;
				if (k > from) {
					allow(f, l.names[i].p, str_sub(line, from, k));
					words++;
				}
				from = k + 1;
			}
		}
	}
	assert_true(words > 100);
}

static void test_tables(void **state)
{
	struct fix *f = *state;
	struct db_table *t;
	size_t n;

	ok(f, db_tables(log_db(f->log), &f->a, S(""), &t, &n, &f->err));
	assert_true(n >= 15);
	for (size_t i = 0; i < n; i++) {
		allow(f, "table", t[i].name);
		for (size_t k = 0; k < t[i].ncols; k++)
			allow(f, t[i].name.p, t[i].cols[k].name);
	}
}

/* The names in src/tbl: commands, options, routes, parameters, settings — every literal but texts for people, which
 * stand in N_(). */
static size_t check_literals(struct fix *f, const char *file, struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		size_t end;

		if (str_starts(str_sub(s, i, s.n), S("/*"))) {
			i += str_find(str_sub(s, i, s.n), S("*/"), &end) ? end + 1 : s.n;
			continue;
		}
		if (str_starts(str_sub(s, i, s.n), S("N_("))) {
			bool quoted = false;

			for (; i < s.n && (quoted || s.p[i] != ')'); i++) {
				if (quoted && s.p[i] == '\\')
					i++;
				else if (s.p[i] == '"')
					quoted = !quoted;
			}
			continue;
		}
		if (s.p[i] != '"')
			continue;
		for (end = i + 1; end < s.n && s.p[end] != '"'; end++)
			end += s.p[end] == '\\';
		allow(f, file, str_sub(s, i + 1, end));
		n++;
		i = end;
	}
	return n;
}

static void test_names_in_tbl(void **state)
{
	struct fix *f = *state;
	struct file_list l;

	ok(f, file_list(&f->a, "src/tbl", 1000, &l, &f->err));
	assert_true(l.n >= 4);
	for (size_t i = 0; i < l.n; i++) {
		struct str text;

		ok(f, file_read(&f->a, path_join(&f->a, S("src/tbl"), l.names[i]).p, 1 << 20, &text, &f->err));
		assert_true(check_literals(f, l.names[i].p, text) > 0);
	}
}

/* ---- schemes ---- */

static void test_refused(void **state)
{
	static const char *const words[] = {"person", "people", "place", "location", "message", "post_text", "chat", "rating",
		"score", "url", "web", "opinion", "attitude", "speech", "browsing", "photo", "phone", "id_card", "姓名", "言论",
		"位置", "积分"};
	struct fix *f = *state;

	for (size_t i = 0; i < LEN(words); i++) {
		struct scheme s;
		struct str type = arena_printf(&f->a, "zeren: 1\nscheme: a\ntitle: b\nrecords:\n  r:\n    about: meeting\n"
			"    title: c\n    fields:\n      x: %s\n", words[i]);
		struct str about = arena_printf(&f->a, "zeren: 1\nscheme: a\ntitle: b\nrecords:\n  r:\n    about: %s\n"
			"    title: c\n    fields:\n      x: text\n", words[i]);

		refused(f, scheme_read(&f->a, type, &s, &f->err), ERR_INPUT,
			arena_printf(&f->a, "line 9, column 10: no field type '%s'; ", words[i]).p);
		refused(f, scheme_read(&f->a, about, &s, &f->err), ERR_INPUT,
			arena_printf(&f->a, "line 6, column 12: no subject of records (about) '%s'; ", words[i]).p);
	}
}

/* What a column of a shipped scheme may not be called. Counts of people are totals (人数), posts are no persons (岗位). */
static const char *const NOT_IN_SCHEMES[] = {"姓名", "人名", "名单", "身份证", "手机", "电话", "微信", "微博", "住址", "籍贯", "民族",
	"言论", "观点", "思想动态", "倾向", "情绪", "表态", "发言稿", "心得", "笔记", "积分", "排名", "点赞", "评论", "转发", "浏览", "定位",
	"轨迹", "位置", "人脸", "照片墙", "个人", "发言", "聊天", "信仰", "宗教", "行踪", "舆情", "网民", "信访人", "举报人", "重点人员", "谈话"};

static void check_words(struct fix *f, struct str file, struct str text)
{
	struct str s = utf8_squeeze(&f->a, text);

	allow(f, file.p, text);
	for (size_t i = 0; i < LEN(NOT_IN_SCHEMES); i++)
		if (str_has(s, str_c(NOT_IN_SCHEMES[i])))
			FLUNK(STR_FMT ": '" STR_FMT "' holds '%s' (scope rule)", STR_ARG(file), STR_ARG(text), NOT_IN_SCHEMES[i]);
}

static void check_scheme(struct fix *f, struct str path)
{
	struct scheme s;

	ok(f, scheme_file(&f->a, path, &s, &f->err));
	for (size_t i = 0; i < s.ntypes; i++) {
		const struct record_type *t = &s.types[i];

		check_words(f, path, t->name);
		check_words(f, path, t->title);
		for (size_t k = 0; k < t->nfields; k++) {
			/* "people" is the one word that is a total: only a count may be called so. */
			if (!str_is(t->fields[k].name, "people") || t->fields[k].type != TYPE_COUNT)
				check_words(f, path, t->fields[k].name);
			check_words(f, path, t->fields[k].title);
		}
		for (size_t k = 0; k < t->evidence.any.n; k++)
			check_words(f, path, t->evidence.any.p[k]);
	}
	for (size_t i = 0; i < s.nsheets; i++)
		for (size_t k = 0; k < s.sheets[i].record->nfields; k++)
			for (size_t w = 0; w < s.sheets[i].columns[k].n; w++)
				check_words(f, path, s.sheets[i].columns[k].p[w]);
}

static void test_shipped(void **state)
{
	struct fix *f = *state;
	static const char *const roots[] = {"examples", "schemes"};
	size_t n = 0;

	for (size_t r = 0; r < LEN(roots); r++) {
		struct file_list l;

		if (!file_is_dir(roots[r]))
			continue;
		ok(f, file_list(&f->a, roots[r], 1000, &l, &f->err));
		for (size_t i = 0; i < l.n; i++) {
			struct str path = path_join(&f->a, str_c(roots[r]), l.names[i]);

			if (file_is_dir(path.p))
				path = path_join(&f->a, path, S("scheme.yaml"));
			if (!str_ends(path, S(".yaml")) || !file_exists(path.p))
				continue;
			check_scheme(f, path);
			n++;
		}
	}
	assert_true(n >= 13);            /* two examples, the schemes in schemes/ */
}

int main(void)
{
	struct CMUnitTest tests[] = {
		PLAIN(test_closed_lists),
		PLAIN(test_the_test),
		PLAIN(test_events),
		PLAIN(test_migrations),
		ON_SQLITE(test_tables),
		PLAIN(test_names_in_tbl),
		PLAIN(test_refused),
		PLAIN(test_shipped),
	};

	return run_plan("scope", tests, LEN(tests));
}
