#include "scheme/value.h"

#include "base/utf8.h"
#include "scheme/day.h"
#include "scheme/number.h"

#include <string.h>

enum { UNIT_WORD_BYTES = 12 };   /* 35人次, 1.5学时: more than this behind a number is no unit word */

static struct value ok(struct str text)
{
	return (struct value){.text = text, .state = VALUE_OK};
}

static struct value raw(struct str text)
{
	return (struct value){.text = text, .state = VALUE_RAW};
}

static struct value read_date(struct arena *a, const struct cell *cell, struct str text, int year)
{
	struct date day = cell->date;
	char out[DATE_TEXT];

	if (cell->kind != CELL_DATE && !day_read(a, text, year, &day))
		return raw(text);
	return ok(arena_str(a, date_text(day, out)));
}

static struct value read_period(
	struct arena *a, const struct field *f, const struct cell *cell, struct str text, int year)
{
	struct period p;

	if (cell->kind == CELL_DATE) {
		struct ymd v = date_ymd(cell->date);
		struct str words = f->per == PERIOD_QUARTER ? arena_printf(a, "%dQ%d", v.y, (v.m + 2) / 3)
		                 : f->per == PERIOD_HALF ? arena_printf(a, "%dH%d", v.y, v.m < 7 ? 1 : 2)
		                 : f->per == PERIOD_YEAR ? arena_printf(a, "%d", v.y)
		                                         : arena_printf(a, "%d-%02d", v.y, v.m);

		return ok(words);
	}
	if (!period_read(a, text, f->per, year, &p))
		return raw(text);
	return ok(period_text(a, &p));
}

static struct value read_flag(struct arena *a, struct str text)
{
	static const char *const yes[] = {
		"是", "有", "√", "✓", "✔", "对", "已", "Y", "y", "YES", "Yes", "yes", "TRUE", "1"};
	static const char *const no[] = {
		"否", "无", "没有", "未", "×", "✗", "✘", "N", "n", "NO", "No", "no", "FALSE", "0"};
	struct str s = utf8_squeeze(a, text);

	for (size_t i = 0; i < LEN(yes); i++)
		if (str_is(s, yes[i]))
			return ok(S("yes"));
	for (size_t i = 0; i < LEN(no); i++)
		if (str_is(s, no[i]))
			return ok(S("no"));
	return raw(text);
}

/* ¥36,000: a sign of money before the number says nothing that the field does not. */
static struct str without_sign(struct str s)
{
	static const char *const signs[] = {"¥", "￥", "$", "€", "£"};

	for (size_t i = 0; i < LEN(signs); i++)
		if (str_starts(s, str_c(signs[i])))
			return str_trim(str_sub(s, strlen(signs[i]), s.n));
	return s;
}

static struct value read_number(struct arena *a, const struct field *f, struct str text)
{
	struct str number, unit, s = str_trim(utf8_half(a, text));

	if (f->type == TYPE_MONEY)
		s = without_sign(s);
	if (!number_unit(a, s, &number, &unit) || unit.n > UNIT_WORD_BYTES)
		return raw(text);
	return (struct value){.text = number, .unit = unit, .state = VALUE_OK};
}

/* 14:30, 9:05, 14:30:59: hour and minute. */
static struct value read_time(struct arena *a, struct str text)
{
	struct str s = utf8_squeeze(a, text), hour = STR_NONE, minute = STR_NONE, second = S("00");
	int64_t h, m, sec;

	str_cut(&s, S(":"), &hour);
	str_cut(&s, S(":"), &minute);
	if (s.p)
		second = s;
	if (hour.n <= 2 && minute.n == 2 && second.n == 2 && str_int(hour, &h) && str_int(minute, &m) &&
	    str_int(second, &sec) && h >= 0 && h < 24 && m >= 0 && m < 60 && sec >= 0 && sec < 60)
		return ok(arena_printf(a, "%02d:%02d", (int)h, (int)m));
	return raw(text);
}

/* Takes characters of f->strip off both ends. */
static struct str strip(const struct field *f, struct str s)
{
	size_t at = 0;

	while (f->strip.n && at < f->strip.n) {
		size_t from = at;
		struct str c;

		utf8_next(f->strip, &at);
		c = str_sub(f->strip, from, at);
		if (str_starts(s, c)) {
			s = str_sub(s, c.n, s.n);
			at = 0;
		} else if (str_ends(s, c)) {
			s.n -= c.n;
			at = 0;
		}
	}
	return str_trim(s);
}

struct value value_read(struct arena *a, const struct field *f, const struct cell *cell, int year)
{
	struct str text = cell ? str_trim(cell->text) : STR_NONE;

	if (!text.n)
		return (struct value){.state = VALUE_NONE};
	if (cell->kind == CELL_ERROR)
		return raw(text);
	switch (f->type) {
	case TYPE_DATE:
		return read_date(a, cell, text, year);
	case TYPE_PERIOD:
		return read_period(a, f, cell, text, year);
	case TYPE_NUMBER:
	case TYPE_COUNT:
	case TYPE_MONEY:
		return read_number(a, f, text);
	case TYPE_FLAG:
		return read_flag(a, text);
	case TYPE_TIME:
		return read_time(a, text);
	case TYPE_TEXT:
	case TYPE_CHOICE:
	case TYPE_TAGS:
	case TYPE_LIST:
	case TYPE_POST:
	case TYPE_UNIT:
	case TYPE_OBJECT:
	case TYPE_FILE:
	case TYPE_LINK:
	case TYPE_N:
		break;
	}
	text = strip(f, text);
	return text.n ? ok(text) : (struct value){.state = VALUE_NONE};
}

static bool span_of(const struct field *f, const struct value *v, struct period *out)
{
	if (v->state != VALUE_OK)
		return false;
	if (f->type == TYPE_PERIOD)
		return period_parse(v->text, out);
	if (f->type != TYPE_DATE || !date_parse(v->text, &out->first))
		return false;
	out->last = out->first;
	return true;
}

struct date value_first_day(const struct field *f, const struct value *v)
{
	struct period p;

	return span_of(f, v, &p) ? p.first : DATE_NONE;
}

struct date value_last_day(const struct field *f, const struct value *v)
{
	struct period p;

	return span_of(f, v, &p) ? p.last : DATE_NONE;
}

struct str value_key(struct arena *a, const struct value *v)
{
	return v->state == VALUE_NONE ? STR_NONE : utf8_squeeze(a, v->text);
}

struct texts value_parts(struct arena *a, const struct field *f, struct str text)
{
	struct texts t = {0};
	size_t cap = 0, from = 0, at = 0;

	while (at < text.n) {
		size_t here = at;

		utf8_next(text, &at);
		if (str_has(f->split, str_sub(text, here, at)) || text.p[here] == '\n' || text.p[here] == '\r') {
			if (!str_blank(str_sub(text, from, here)))
				*ARENA_PUSH(a, t.p, t.n, cap) = str_trim(str_sub(text, from, here));
			from = at;
		}
	}
	if (!str_blank(str_sub(text, from, text.n)))
		*ARENA_PUSH(a, t.p, t.n, cap) = str_trim(str_sub(text, from, text.n));
	return t;
}

struct node *value_node(struct arena *a, const struct field *f, struct str text)
{
	struct node *list;
	struct texts parts;
	int64_t v;

	switch (f->type) {
	case TYPE_NUMBER:
	case TYPE_COUNT:
	case TYPE_MONEY:
		return str_int(text, &v) ? node_num(a, v) : node_str(a, text);
	case TYPE_FLAG:
		return node_bool(a, str_is(text, "yes"));
	case TYPE_TAGS:
	case TYPE_LIST:
	case TYPE_FILE:
		list = node_list(a);
		parts = value_parts(a, f, text);
		for (size_t i = 0; i < parts.n; i++)
			node_push(a, list, node_str(a, parts.p[i]));
		return list;
	default:
		return node_str(a, text);
	}
}
