#include "scheme/limit.h"

enum { HOURS_MOST = 24 * 3660, DAYS_MOST = 36600, WORKING_MOST = 10000, MONTHS_MOST = 1200 };

bool limit_read(struct str s, struct duration *out)
{
	static const struct {
		const char *word;
		enum limit_unit unit;
		int64_t most;
	} words[] = {
		{" working days", LIMIT_WORKING, WORKING_MOST}, {" working day", LIMIT_WORKING, WORKING_MOST},
		{" months", LIMIT_MONTHS, MONTHS_MOST}, {" month", LIMIT_MONTHS, MONTHS_MOST},
		{"h", LIMIT_HOURS, HOURS_MOST}, {"d", LIMIT_DAYS, DAYS_MOST},      /* last: a month ends in h as well */
	};

	for (size_t i = 0; i < LEN(words); i++) {
		struct str word = str_c(words[i].word);

		if (s.n <= word.n || !str_ends(s, word))
			continue;
		*out = (struct duration){.unit = words[i].unit};
		return str_int(str_sub(s, 0, s.n - word.n), &out->n) && out->n >= 1 && out->n <= words[i].most;
	}
	return false;
}

static struct date months_after(struct date day, int64_t n)
{
	struct ymd v = date_ymd(day);
	int month = (int)((v.y * 12 + v.m - 1 + n) % 12) + 1, year = (int)((v.y * 12 + v.m - 1 + n) / 12);
	struct date out;

	if (!date_make(year, month, MIN(v.d, date_month_days(year, month)), &out))
		date_make(CALENDAR_LAST, 12, 31, &out);
	return out;
}

struct date limit_after(const struct calendar *c, struct duration l, struct date day, bool *unknown)
{
	switch (l.unit) {
	case LIMIT_HOURS:
		return (struct date){day.n + (int32_t)((l.n + 23) / 24)};
	case LIMIT_DAYS:
		return (struct date){day.n + (int32_t)l.n};
	case LIMIT_WORKING:
		return calendar_after(c, day, l.n, unknown);
	case LIMIT_MONTHS:
		return months_after(day, l.n);
	case LIMIT_NONE:
		break;
	}
	return day;
}
