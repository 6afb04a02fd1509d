/* People's own paragraphs against the records: numbers they typed, marks that are none on paper, sections without
 * text, text without a section. */
#include "report/report.h"

static struct str unit_after(const struct report *r, size_t span)
{
	return span + 1 < r->nspans ? unit_word(r->spans[span + 1].text) : S("");
}

/* 三万元 counts 万元, as 3万元 does. */
static struct str unit_of_words(struct str text, struct number_at *n)
{
	static const char *const powers[] = {"万", "亿"};
	struct str unit = unit_word(str_sub(text, n->to, text.n));

	for (size_t i = 0; i < LEN(powers); i++) {
		struct str power = str_c(powers[i]), said = str_sub(text, n->from, n->to);

		if (!str_is(unit, "元") || !str_ends(said, power) || said.n == power.n)
			continue;
		n->to -= power.n;
		n->thousandths = hanzi_value(str_sub(text, n->from, n->to));
		n->thousandths = n->thousandths < 0 ? -1 : n->thousandths * 1000;
		return str_sub(text, n->to, n->to + power.n + unit.n);
	}
	return unit;
}

/* 第三次 names one of them; “两个维护” is a name; 一个 is an article; 十余次 has no one value. */
static bool counts_nothing(struct str text, const struct number_at *n, struct str unit)
{
	bool counted = str_is(unit, "次") || str_is(unit, "场");
	struct str before = str_sub(text, 0, n->from);

	if (str_ends(before, S("第")))
		return true;
	if (n->digits)
		return false;
	if (str_ends(before, S("“")) || str_ends(before, S("《")))
		return true;
	if (str_is(str_sub(text, n->from, n->to), "一"))
		return !counted || str_starts(str_sub(text, n->to + unit.n, text.n), S("性"));
	return n->thousandths < 0;
}

/* A number of people's against the figures of its section with the same unit word. */
static void own_number(const struct report *r, size_t para, struct str text, struct number_at n,
	struct report_findings *out)
{
	struct str section = r->paras[para].section, had = S(""), said;
	struct str unit = n.digits ? unit_word(str_sub(text, n.to, text.n)) : unit_of_words(text, &n);
	struct report_finding *f;

	if (!unit.n || counts_nothing(text, &n, unit))
		return;
	for (size_t i = 0; i < r->nspans; i++) {
		const struct said *x = &r->spans[i];

		if (x->kind != SAID_FIGURE || !x->number || !str_eq(r->paras[x->para].section, section) ||
			!str_eq(unit_after(r, i), unit))
			continue;
		if (n.thousandths >= 0 && x->thousandths == n.thousandths)
			return;
		had = arena_printf(r->arena, STR_FMT "%s" STR_FMT " (" STR_FMT ")", STR_ARG(had), had.n ? ", " : "",
			STR_ARG(x->value.n ? x->value : x->text), STR_ARG(span_title(r, x)));
	}
	if (!had.n)
		return;
	said = str_sub(text, n.from, n.to);
	f = check_add(r, out, "own_number", section,
		arena_printf(r->arena,
			tr(r->opt.lang, "own text of " STR_FMT ", paragraph %zu, says " STR_FMT STR_FMT
					"; the figures here: " STR_FMT),
			STR_ARG(r->paras[para].own), r->paras[para].nth, STR_ARG(said), STR_ARG(unit), STR_ARG(had)));
	f->value = said;
	place_at_byte(r, f, para, n.from);
}

static void own_numbers(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->nparas; i++) {
		struct str text = r->paras[i].kind == PARA_OWN ? para_words(r, i) : S("");
		struct number_at n;

		for (size_t at = 0; number_find(text, at, &r->outline->terms, &n); at = n.to)
			own_number(r, i, text, n, out);
	}
}

/* Own paragraphs are text and nothing else: marks of Markdown would stand on paper as they were typed. */
static bool has_marks(struct str text)
{
	static const char *const begins[] = {"|", "# ", "## ", "### ", "- ", "* ", "> ", "```"};

	text = str_trim(text);
	for (size_t i = 0; i < LEN(begins); i++)
		if (str_starts(text, str_c(begins[i])))
			return true;
	return str_has(text, S("**")) || str_has(text, S("|--")) || str_has(text, S("| --"));
}

static void own_marks(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->nparas; i++) {
		const struct para *para = &r->paras[i];
		struct report_finding *f;

		if (para->kind != PARA_OWN || !has_marks(para_words(r, i)))
			continue;
		f = check_add(r, out, "own_marks", para->section,
			arena_printf(r->arena,
				tr(r->opt.lang, "own text of " STR_FMT ", paragraph %zu, has marks of Markdown, "
						"which stand on paper as they were typed"),
				STR_ARG(para->own), para->nth));
		f->own = para->own;
		place_at_byte(r, f, i, 0);
	}
}

static void own_sections(const struct report *r, struct report_findings *out)
{
	for (size_t i = 0; i < r->missing_own.n; i++) {
		struct str number = r->missing_own.p[i];
		struct report_finding *f = check_add(r, out, "own_missing", number,
			arena_printf(r->arena,
				tr(r->opt.lang, "nobody has written the own paragraph of " STR_FMT " yet"),
				STR_ARG(number)));

		place_at_heading(r, str_eq(number, r->outline->lead_own) ? S("") : number, f);
		f->own = number;
	}
	for (size_t i = 0; i < r->unplaced.n; i++)
		check_add(r, out, "own_unplaced", S(""),
			arena_printf(r->arena,
				tr(r->opt.lang, "the own paragraphs of " STR_FMT " belong to no section of the report"),
				STR_ARG(r->unplaced.p[i])))
			->own = r->unplaced.p[i];
}

void own_check(const struct report *r, struct report_findings *out)
{
	own_numbers(r, out);
	own_marks(r, out);
	own_sections(r, out);
}
