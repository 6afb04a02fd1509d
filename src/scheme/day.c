#include "scheme/day.h"

#include "base/utf8.h"

/* A reader over text in half-width form: blanks between tokens do not matter. */
struct scan {
	struct str s;
	size_t at;
};

static void blanks(struct scan *c)
{
	struct str nbsp = S("\u00a0");

	for (;;) {
		if (str_starts(str_sub(c->s, c->at, c->s.n), nbsp))
			c->at += nbsp.n;
		else if (c->at < c->s.n && str_blank(str_sub(c->s, c->at, c->at + 1)))
			c->at++;
		else
			return;
	}
}

/* A number of at most max digits; -1 and nothing read when there is none. *digits counts them. */
static int number(struct scan *c, size_t max, size_t *digits)
{
	int v = 0;
	size_t from;

	blanks(c);
	from = c->at;
	while (c->at < c->s.n && c->at - from < max && c->s.p[c->at] >= '0' && c->s.p[c->at] <= '9')
		v = v * 10 + (c->s.p[c->at++] - '0');
	*digits = c->at - from;
	return *digits ? v : -1;
}

static bool word(struct scan *c, struct str w)
{
	size_t back = c->at;

	blanks(c);
	if (str_starts(str_sub(c->s, c->at, c->s.n), w)) {
		c->at += w.n;
		return true;
	}
	c->at = back;
	return false;
}

static bool any_word(struct scan *c, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word(c, str_c(words[i])))
			return true;
	return false;
}

static bool at_end(struct scan *c)
{
	blanks(c);
	return c->at == c->s.n;
}

static bool separator(struct scan *c)
{
	static const char *const words[] = {".", "-", "/"};

	return any_word(c, words, LEN(words));
}

/* (周四), (星期四) behind a day. */
static void weekday(struct scan *c)
{
	static const char *const names[] = {"周", "星期", "礼拜"};
	size_t back = c->at, close;

	if (word(c, S("(")) && any_word(c, names, LEN(names)) &&
	    str_find(str_sub(c->s, c->at, c->s.n), S(")"), &close) && close <= 6) {
		c->at += close + 1;
		return;
	}
	c->at = back;
}

/* 14:30, 14:30:00 behind a day. */
static void time_of_day(struct scan *c)
{
	size_t back = c->at, n;

	if (number(c, 2, &n) >= 0 && word(c, S(":")) && number(c, 2, &n) >= 0) {
		if (!word(c, S(":")) || number(c, 2, &n) >= 0)
			return;
	}
	c->at = back;
}

/* The numbers of a day, from the reader's place. */
static bool day_numbers(struct scan *c, int year, struct ymd *v)
{
	static const char *const days[] = {"日", "号"};
	size_t n, n2;
	int first = number(c, 8, &n), packed;

	if (first < 0)
		return false;
	if (n == 8) {
		packed = first;
		*v = (struct ymd){packed / 10000, packed / 100 % 100, packed % 100};
		return true;
	}
	if (n == 4 && word(c, S("年"))) {
		v->y = first;
		v->m = number(c, 2, &n);
		if (v->m < 0 || !word(c, S("月")))
			return false;
	} else if (n <= 2 && word(c, S("月"))) {
		v->y = year;
		v->m = first;
	} else if (n == 4 && separator(c)) {
		v->y = first;
		v->m = number(c, 2, &n);
		if (v->m < 0 || !separator(c))
			return false;
		v->d = number(c, 2, &n2);
		return v->d >= 0;
	} else {
		return false;
	}
	v->d = number(c, 2, &n);
	any_word(c, days, LEN(days));
	return v->d >= 0;
}

/* "-12日", "至6月2日": the end of a range, of which only the beginning counts. */
static bool range_end(struct scan *c, int year)
{
	static const char *const to[] = {"-", "—", "–", "~", "～", "至", "到"};
	static const char *const days[] = {"日", "号"};
	struct ymd v;
	size_t n, back;

	if (!any_word(c, to, LEN(to)))
		return false;
	any_word(c, to, LEN(to));                /* —— */
	back = c->at;
	if (!day_numbers(c, year, &v)) {
		c->at = back;
		if (number(c, 2, &n) < 0)
			return false;
		if (separator(c) && number(c, 2, &n) < 0)
			return false;
		any_word(c, days, LEN(days));
	}
	weekday(c);
	return at_end(c);
}

bool day_read(struct arena *a, struct str s, int year, struct date *out)
{
	struct scan c = {utf8_half(a, str_trim(s)), 0};
	struct ymd v = {0};

	if (!day_numbers(&c, year, &v))
		return false;
	weekday(&c);
	time_of_day(&c);
	if (!at_end(&c) && !range_end(&c, year))
		return false;
	return date_make(v.y, v.m, v.d, out);
}

static struct period months(enum period_kind kind, int y, int from, int n)
{
	struct period p = {.kind = kind};

	date_make(y, from, 1, &p.first);
	date_make(y, from + n - 1, date_month_days(y, from + n - 1), &p.last);
	return p;
}

struct period period_of_month(int y, int m)
{
	return months(PERIOD_MONTH, y, m, 1);
}

/* 一 … 十二, or digits; -1 when neither. */
static int small_number(struct scan *c, size_t *digits)
{
	static const char *const names[] = {"十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一"};

	for (size_t i = 0; i < LEN(names); i++) {
		if (word(c, str_c(names[i]))) {
			*digits = 0;
			return 12 - (int)i;
		}
	}
	return number(c, 2, digits);
}

/* The year in front, if there is one: "2022年", "2022年度", "2022-", "2022.", "2022" before 季/Q/H. */
static int year_in_front(struct scan *c, int year, bool *only)
{
	size_t n, back = c->at;
	int y = number(c, 4, &n);

	*only = false;
	if (n != 4) {
		c->at = back;
		return year;
	}
	*only = at_end(c);
	if (word(c, S("年"))) {
		word(c, S("度"));
		*only = at_end(c);
	} else {
		separator(c);
	}
	return y;
}

bool period_read(struct arena *a, struct str s, enum period_kind kind, int year, struct period *out)
{
	struct scan c = {utf8_squeeze(a, s), 0};
	bool any = kind == PERIOD_ANY, only;
	int y, v;
	size_t n, back;

	y = year_in_front(&c, year, &only);
	if (y < 1900 || y > 2199)
		return false;
	if (only || word(&c, S("全年"))) {
		*out = months(PERIOD_YEAR, y, 1, 12);
		return (any || kind == PERIOD_YEAR) && at_end(&c);
	}
	if (word(&c, S("上半年")) || word(&c, S("H1"))) {
		*out = months(PERIOD_HALF, y, 1, 6);
		return (any || kind == PERIOD_HALF) && at_end(&c);
	}
	if (word(&c, S("下半年")) || word(&c, S("H2"))) {
		*out = months(PERIOD_HALF, y, 7, 6);
		return (any || kind == PERIOD_HALF) && at_end(&c);
	}
	back = c.at;
	if (word(&c, S("Q"))) {
		v = number(&c, 1, &n);
	} else {
		word(&c, S("第"));
		v = small_number(&c, &n);
		if (v >= 1 && !word(&c, S("季度")) && !word(&c, S("季")))
			v = -1;
	}
	if (v >= 1 && v <= 4 && at_end(&c)) {
		*out = months(PERIOD_QUARTER, y, v * 3 - 2, 3);
		return any || kind == PERIOD_QUARTER;
	}
	c.at = back;
	v = small_number(&c, &n);
	if (v < 1 || v > 12)
		return false;
	if (word(&c, S("月")))
		word(&c, S("份"));
	else if (n == 0 || (any && y == year && back == 0))   /* a bare number is a month only where months are asked */
		return false;
	*out = months(PERIOD_MONTH, y, v, 1);
	return (any || kind == PERIOD_MONTH) && at_end(&c);
}

struct str period_text(struct arena *a, const struct period *p)
{
	struct ymd v = date_ymd(p->first);

	switch (p->kind) {
	case PERIOD_MONTH:
		return arena_printf(a, "%04d-%02d", v.y, v.m);
	case PERIOD_QUARTER:
		return arena_printf(a, "%04dQ%d", v.y, (v.m + 2) / 3);
	case PERIOD_HALF:
		return arena_printf(a, "%04dH%d", v.y, v.m < 7 ? 1 : 2);
	case PERIOD_YEAR:
	case PERIOD_ANY:
		break;
	}
	return arena_printf(a, "%04d", v.y);
}

bool period_parse(struct str s, struct period *out)
{
	struct scan c = {s, 0};
	size_t n;
	int y = number(&c, 4, &n), v;

	if (n != 4 || y < 1900 || y > 2199)
		return false;
	if (c.at == s.n) {
		*out = months(PERIOD_YEAR, y, 1, 12);
		return true;
	}
	if (word(&c, S("-"))) {
		v = number(&c, 2, &n);
		if (v < 1 || v > 12)
			return false;
		*out = months(PERIOD_MONTH, y, v, 1);
	} else if (word(&c, S("Q"))) {
		v = number(&c, 1, &n);
		if (v < 1 || v > 4)
			return false;
		*out = months(PERIOD_QUARTER, y, v * 3 - 2, 3);
	} else if (word(&c, S("H"))) {
		v = number(&c, 1, &n);
		if (v < 1 || v > 2)
			return false;
		*out = months(PERIOD_HALF, y, v * 6 - 5, 6);
	} else {
		return false;
	}
	return c.at == s.n;
}
