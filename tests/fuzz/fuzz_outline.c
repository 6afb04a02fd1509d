/* Whatever outline is read says where it is wrong; a narrative's paragraphs hold its words, each number found once. */
#include "report/report.h"

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char records[] =
	"zeren: 1\nscheme: tiny\ntitle: 责任制\n"
	"records:\n  meeting:\n    about: meeting\n    title: 会议\n"
	"    fields: {date: date, name: text, kind: choice, people: {type: count, unit: [人]}}\n"
	"duties:\n  - {id: D01, title: 开会, owner: office, points: 5, need: {each: half, take: meeting}}\n"
	"figures:\n  meetings.total: {count: meeting}\n  meetings.by_kind: {count: meeting, by: kind}\n";

static struct arena a;

static void outline(struct str text)
{
	struct err err = {.lang = LANG_EN};
	struct scheme s = {0};

	text = arena_printf(&a, "%s" STR_FMT, records, STR_ARG(text));
	if (scheme_read(&a, text, &s, &err) == OK && report_outline_check(&a, &s, &err) != OK)
		BUG_IF(strncmp(err.text, "line ", 5) != 0);
}

/* Written and read again it says the same, and then stays as it is. */
static void written_again(const struct narrative *n)
{
	struct str text = narrative_markdown(&a, n);
	struct err err = {.lang = LANG_EN};
	struct narrative again;

	BUG_IF(narrative_read(&a, text, &again, &err) != OK);
	BUG_IF(!str_eq(again.notes.heading, n->notes.heading) || !str_eq(again.notes.text, n->notes.text));
	BUG_IF(!str_eq(narrative_markdown(&a, &again), text));
	for (size_t i = 0; i < n->n; i++) {
		const struct own *own = narrative_get(&again, n->p[i].number);

		BUG_IF(own ? !str_eq(own->text, n->p[i].text) || own->n != n->p[i].n : n->p[i].text.n);
	}
}

static void narrative(struct str text)
{
	struct err err = {.lang = LANG_EN};
	struct narrative n;
	struct number_at at;

	if (narrative_read(&a, text, &n, &err) != OK) {
		BUG_IF(strncmp(err.text, "line ", 5) != 0);
		return;
	}
	written_again(&n);
	for (size_t i = 0; i < n.n; i++)
		for (size_t k = 0; k < n.p[i].n; k++) {
			struct str para = n.p[i].paras[k].text;

			BUG_IF(!para.n || n.p[i].paras[k].line <= n.p[i].line);
			for (size_t from = 0; number_find(para, from, NULL, &at); from = at.to)
				BUG_IF(at.from < from || at.to <= at.from || at.to > para.n);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};

	if (size > 1 << 16)
		return 0;
	if (utf8_valid(text))
		narrative(text);
	outline(text);
	arena_free(&a);
	return 0;
}
