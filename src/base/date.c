#include "base/date.h"

#include <stdio.h>
#include <time.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 2199, DAY_SECONDS = 86400 };

/* Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static int32_t days_from_civil(int y, int m, int d)
{
	int era, yoe, doy, doe;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

int date_month_days(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

	BUG_IF(m < 1 || m > 12);
	return days[m - 1] + (m == 2 && leap);
}

bool date_make(int y, int m, int d, struct date *out)
{
	if (y < YEAR_MIN || y > YEAR_MAX || m < 1 || m > 12 || d < 1 || d > date_month_days(y, m))
		return false;
	out->n = days_from_civil(y, m, d);
	return true;
}

struct ymd date_ymd(struct date a)
{
	int z = a.n + 719468, era, doe, yoe, doy, mp, m;

	BUG_IF(!date_is(a));
	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	m = mp < 10 ? mp + 3 : mp - 9;
	return (struct ymd){yoe + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1};
}

int date_weekday(struct date a)
{
	return ((a.n % 7 + 7) % 7 + 3) % 7 + 1;   /* 1970-01-01 was a Thursday */
}

struct date date_month_end(struct date a)
{
	struct ymd v = date_ymd(a);

	return (struct date){a.n - v.d + date_month_days(v.y, v.m)};
}

struct str date_text(struct date a, char out[DATE_TEXT])
{
	struct ymd v;

	out[0] = 0;
	if (!date_is(a))
		return (struct str){out, 0};
	v = date_ymd(a);
	snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)v.y % 10000, (unsigned)v.m % 100, (unsigned)v.d % 100);
	return (struct str){out, DATE_TEXT - 1};
}

/* n digits at s.p[at]; -1 when one is none. */
static int digits(struct str s, size_t at, size_t n)
{
	int v = 0;

	for (size_t i = at; i < at + n; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

bool date_parse(struct str s, struct date *out)
{
	if (s.n != DATE_TEXT - 1 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	return date_make(digits(s, 0, 4), digits(s, 5, 2), digits(s, 8, 2), out);
}

struct str time_text(int64_t us, char out[TIME_TEXT])
{
	int64_t day = us / 1000000 / DAY_SECONDS, ms;
	char date[DATE_TEXT];

	BUG_IF(us < 0);
	ms = us / 1000 - day * DAY_SECONDS * 1000;
	date_text((struct date){(int32_t)day}, date);
	snprintf(out, TIME_TEXT, "%sT%02u:%02u:%02u.%03uZ", date, (unsigned)(ms / 3600000) % 24,
	         (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60), (unsigned)(ms % 1000));
	return (struct str){out, TIME_TEXT - 1};
}

bool time_parse(struct str s, int64_t *us)
{
	struct date day;
	int h, m, sec, ms;

	if (s.n != TIME_TEXT - 1 || !date_parse(str_sub(s, 0, 10), &day))
		return false;
	if (s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':' || s.p[19] != '.' || s.p[23] != 'Z')
		return false;
	h = digits(s, 11, 2);
	m = digits(s, 14, 2);
	sec = digits(s, 17, 2);
	ms = digits(s, 20, 3);
	if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59 || ms < 0 || day.n < 0)
		return false;
	*us = ((int64_t)day.n * DAY_SECONDS + h * 3600 + m * 60 + sec) * 1000000 + (int64_t)ms * 1000;
	return true;
}

int64_t time_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

struct str date_words(struct arena *a, enum lang lang, struct date d, bool year)
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"};
	struct ymd y = date_ymd(d);

	if (lang == LANG_ZH)
		return year ? arena_printf(a, "%d年%d月%d日", y.y, y.m, y.d) : arena_printf(a, "%d月%d日", y.m, y.d);
	return year ? arena_printf(a, "%d %s %d", y.d, months[y.m - 1], y.y)
		    : arena_printf(a, "%d %s", y.d, months[y.m - 1]);
}
