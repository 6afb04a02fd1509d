#include "scheme/number.h"

/* Length of the number that s begins with: digits, commas between digits, one point with digits behind. */
static size_t number_length(struct str s)
{
	size_t i = 0, digits = 0;
	bool point = false;

	if (i < s.n && s.p[i] == '-')
		i++;
	for (; i < s.n; i++) {
		bool next = i + 1 < s.n && s.p[i + 1] >= '0' && s.p[i + 1] <= '9';

		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] == ',' && digits && !point && next)
			continue;
		else if (s.p[i] == '.' && digits && !point && next)
			point = true;
		else
			break;
	}
	return digits ? i : 0;
}

bool thousandths(struct str s, int64_t *out)
{
	int64_t v = 0;
	int decimals = -1;
	bool minus = s.n && s.p[0] == '-';

	if (!s.n || number_length(s) != s.n)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] == ',')
			continue;
		if (s.p[i] == '.') {
			decimals = 0;
			continue;
		}
		if (decimals >= 3) {
			if (s.p[i] != '0')
				return false;
			continue;
		}
		v = v * 10 + (s.p[i] - '0');
		if (v > 100000000000000000)
			return false;
		decimals += decimals >= 0;
	}
	for (decimals = MAX(decimals, 0); decimals < 3; decimals++)
		if (__builtin_mul_overflow(v, 10, &v) || v > 100000000000000000)
			return false;
	*out = minus ? -v : v;
	return true;
}

struct str thousandths_text(struct arena *a, int64_t v)
{
	const char *sign = v < 0 ? "-" : "";
	long long n = v < 0 ? -v : v;
	struct str s;

	if (n % 1000 == 0)
		return arena_printf(a, "%s%lld", sign, n / 1000);
	s = arena_printf(a, "%s%lld.%03lld", sign, n / 1000, n % 1000);
	while (s.p[s.n - 1] == '0')
		s.n--;
	return s;
}

bool number_unit(struct arena *a, struct str s, struct str *number, struct str *unit)
{
	size_t n = number_length(s);
	int64_t v;

	if (!n || !thousandths(str_sub(s, 0, n), &v))
		return false;
	*unit = str_trim(str_sub(s, n, s.n));
	for (size_t i = 0; i < unit->n; i++)
		if (unit->p[i] >= '0' && unit->p[i] <= '9')
			return false;
	*number = thousandths_text(a, v);
	return true;
}
