/* Dates and periods as people write them in registers. */
#ifndef SCHEME_DAY_H
#define SCHEME_DAY_H

#include "base/date.h"
#include "scheme/scheme.h"

/* A day: 2022.6.3, 2022-6-3, 2022/6/3, 20220603, 2022年6月3日, 6月3日 (of year), with full-width digits, blanks, a
 * weekday in brackets or a time of day behind it; of "5月10日-12日" the first. False for anything vaguer (2022年6月,
 * 五月底) and for days that do not exist. */
bool day_read(struct arena *a, struct str s, int year, struct date *out);

/* A period: its kind, and its first and last day. */
struct period {
	enum period_kind kind;
	struct date first, last;
};
/* 6月, 6月份, 六月, 2022年6月, 2022-06, 2022.6, 6 (where kind is month); 一季度, 第1季度, Q1, 2022年一季度; 上半年;
 * 2022年, 全年. kind PERIOD_ANY takes any of them. */
bool period_read(struct arena *a, struct str s, enum period_kind kind, int year, struct period *out);
struct period period_of_month(int y, int m);

/* Stored form: 2022-06, 2022Q1, 2022H1, 2022. */
struct str period_text(struct arena *a, const struct period *p);
bool period_parse(struct str s, struct period *out);

#endif
