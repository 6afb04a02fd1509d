#include "scheme/period.h"

#include "text/bind.h"

static int number_word(struct str s)
{
	int64_t n;

	return str_int(s, &n) && n >= 1 && n <= 120 ? (int)n : 0;
}

static const struct {
	const char *word;
	enum span_kind kind;
} words[] = {
	{"year", SPAN_YEAR}, {"half", SPAN_HALF}, {"quarter", SPAN_QUARTER}, {"month", SPAN_MONTH},
	{"xun", SPAN_XUN}, {"week", SPAN_WEEK}, {"day", SPAN_DAY},
};

const char *span_near(struct str s)
{
	return nearest_name(s, &words[0].word, LEN(words), sizeof *words);
}

bool span_read(struct str s, struct span_rule *out)
{
	struct str rest = s, first, from = S(" years from "), table = S("table:");
	int64_t base;
	size_t at;

	*out = (struct span_rule){.n = 1};
	for (size_t i = 0; i < LEN(words); i++) {
		if (str_is(s, words[i].word)) {
			out->kind = words[i].kind;
			return true;
		}
	}
	if (str_find(s, from, &at)) {
		out->kind = SPAN_YEAR;
		out->n = number_word(str_sub(s, 0, at));
		if (!out->n || !str_int(str_sub(s, at + from.n, s.n), &base) || base < 1900 || base > 2199)
			return false;
		out->base = (int)base;
		return true;
	}
	if (str_starts(s, table)) {
		out->kind = SPAN_TABLE;
		out->table = str_trim(str_sub(s, table.n, s.n));
		return out->table.n > 0;
	}
	str_cut(&rest, S(" "), &first);
	out->n = number_word(first);
	if (!rest.p || !out->n)
		return false;
	if (str_is(rest, "hours") || str_is(rest, "hour")) {
		out->kind = SPAN_HOURS;
		return out->n <= 24;
	}
	out->kind = SPAN_MONTHS;
	return str_is(rest, "months") && out->n <= 12;
}

static struct date day(int y, int m, int d)
{
	struct date out;

	if (!date_make(y, m, d, &out))
		BUG("no day %d-%d-%d", y, m, d);
	return out;
}

/* n months from the first of month m; not beyond December. */
static struct stretch months(int y, int m, int n, int no)
{
	int last = MIN(m + n - 1, 12);

	return (struct stretch){day(y, m, 1), day(y, last, date_month_days(y, last)), no};
}

static struct stretch week_of(struct date d)
{
	struct date monday = {d.n - date_weekday(d) + 1}, thursday = {monday.n + 3};
	int y = date_ymd(thursday).y;

	return (struct stretch){monday, {monday.n + 6}, (thursday.n - day(y, 1, 1).n) / 7 + 1};
}

static struct stretch years_of(const struct span_rule *r, int y)
{
	int into = r->n > 1 ? ((y - r->base) % r->n + r->n) % r->n : 0;

	return (struct stretch){day(y - into, 1, 1), day(y - into + r->n - 1, 12, 31), 1};
}

struct stretch span_at(const struct span_rule *r, struct date d)
{
	struct ymd v = date_ymd(d);
	int third = MIN((v.d - 1) / 10, 2);

	switch (r->kind) {
	case SPAN_YEAR:
		return years_of(r, v.y);
	case SPAN_HALF:
		return months(v.y, v.m < 7 ? 1 : 7, 6, v.m < 7 ? 1 : 2);
	case SPAN_QUARTER:
		return months(v.y, (v.m - 1) / 3 * 3 + 1, 3, (v.m - 1) / 3 + 1);
	case SPAN_MONTHS:
		return months(v.y, (v.m - 1) / r->n * r->n + 1, r->n, (v.m - 1) / r->n + 1);
	case SPAN_MONTH:
		return months(v.y, v.m, 1, v.m);
	case SPAN_XUN:
		return (struct stretch){day(v.y, v.m, third * 10 + 1),
		                        third < 2 ? day(v.y, v.m, third * 10 + 10) : date_month_end(d),
		                        (v.m - 1) * 3 + third + 1};
	case SPAN_WEEK:
		return week_of(d);
	case SPAN_DAY:
		break;
	case SPAN_HOURS:
	case SPAN_TABLE:
		BUG("no period of the calendar");
	}
	return (struct stretch){d, d, d.n - day(v.y, 1, 1).n + 1};
}

struct stretch span_next(const struct span_rule *r, const struct stretch *s)
{
	return span_at(r, (struct date){s->last.n + 1});
}

struct str span_label(struct arena *a, enum lang lang, const struct span_rule *r, const struct stretch *s)
{
	static const char *const thirds[] = {
		N_("month %d, days 1–10"), N_("month %d, days 11–20"), N_("month %d, from day 21")};
	struct ymd v = date_ymd(s->first), w = date_ymd(s->last);

	switch (r->kind) {
	case SPAN_YEAR:
		return r->n > 1 ? arena_printf(a, tr(lang, N_("years %d–%d")), v.y, w.y)
		                : arena_printf(a, tr(lang, N_("year %d")), v.y);
	case SPAN_HALF:
		return str_c(tr(lang, s->no == 1 ? N_("first half") : N_("second half")));
	case SPAN_QUARTER:
		return arena_printf(a, tr(lang, N_("Q%d")), s->no);
	case SPAN_MONTHS:
		return v.m == w.m ? arena_printf(a, tr(lang, N_("month %d")), v.m)
		                  : arena_printf(a, tr(lang, N_("months %d–%d")), v.m, w.m);
	case SPAN_MONTH:
		return arena_printf(a, tr(lang, N_("month %d")), v.m);
	case SPAN_XUN:
		return arena_printf(a, tr(lang, thirds[(s->no - 1) % 3]), v.m);
	case SPAN_WEEK:
		return arena_printf(a, tr(lang, N_("week %d")), s->no);
	case SPAN_DAY:
	case SPAN_HOURS:
	case SPAN_TABLE:
		break;
	}
	return arena_printf(a, tr(lang, N_("month %d, day %d")), v.m, v.d);
}
