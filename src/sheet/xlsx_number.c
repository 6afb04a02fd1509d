#include "sheet/xlsx_number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	SAFE_DIGITS = 15,         /* so many decimal digits survive a double */
	MOST_DIGITS = 17,
	RAW_BYTES = 512,
	PLAIN_MIN = -20, PLAIN_MAX = 20,      /* decimal exponents written without one */
	UNIX_1900 = 25569,        /* serial of 1970-01-01 */
	UNIX_1904 = 24107,
	LEAP_BUG = 60             /* serial of 1900-02-29 */
};

/* Parts of a number's text; digits may be empty. */
struct parts {
	bool minus, exponent;
	struct str whole, part;
};

static struct str digits(const char **p, const char *end)
{
	const char *from = *p;

	while (*p < end && **p >= '0' && **p <= '9')
		(*p)++;
	return (struct str){from, (size_t)(*p - from)};
}

static bool is_sign(const char *p, const char *end)
{
	return p < end && (*p == '-' || *p == '+');
}

static bool split(struct str raw, struct parts *out)
{
	const char *p, *end;

	raw = str_trim(raw);
	if (!raw.n)
		return false;
	p = raw.p;
	end = p + raw.n;
	*out = (struct parts){.minus = *p == '-'};
	if (is_sign(p, end))
		p++;
	out->whole = digits(&p, end);
	if (p < end && *p == '.') {
		p++;
		out->part = digits(&p, end);
	}
	if (!out->whole.n && !out->part.n)
		return false;
	if (p < end && (*p == 'e' || *p == 'E')) {
		out->exponent = true;
		p++;
		if (is_sign(p, end))
			p++;
		if (!digits(&p, end).n)
			return false;
	}
	return p == end;
}

/* strtod in the C locale. */
static bool value(const char *text, double *out)
{
	/* glibc: a constant, nothing to load or free */
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);

	if (!c)
		BUG("no C locale");
	*out = strtod_l(text, NULL, c);
	freelocale(c);
	return isfinite(*out);
}

bool xlsx_number_value(struct str raw, double *out)
{
	char text[RAW_BYTES];
	struct parts p;

	raw = str_trim(raw);
	if (raw.n >= sizeof text || !split(raw, &p))
		return false;
	memcpy(text, raw.p, raw.n);
	text[raw.n] = 0;
	return value(text, out);
}

/* 0.d₁d₂… × 10^(exponent+1), without zeros at the end. */
struct decimal {
	char d[MOST_DIGITS + 1];
	int n, exponent;
};

static void shortest(double x, struct decimal *out)
{
	char text[40], back[48];
	double again;

	for (int n = SAFE_DIGITS; n <= MOST_DIGITS; n++) {
		const char *e, *q;
		int k = 0;

		snprintf(text, sizeof text, "%.*e", n - 1, x);
		e = strchr(text, 'e');
		/* over the decimal point, whatever it is */
		for (q = text; q < e && k < MOST_DIGITS; q++)
			if (*q >= '0' && *q <= '9')
				out->d[k++] = *q;
		out->d[k] = 0;
		out->n = k;
		out->exponent = (int)strtol(e + 1, NULL, 10);
		snprintf(back, sizeof back, "%se%d", out->d, out->exponent - (k - 1));
		if (value(back, &again) && again == x)
			break;
	}
	while (out->n > 1 && out->d[out->n - 1] == '0')
		out->n--;
}

static struct str layout(const struct decimal *d, bool minus, char out[XLSX_NUMBER_TEXT])
{
	size_t n = 0;

	if (minus)
		out[n++] = '-';
	if (d->exponent > PLAIN_MAX || d->exponent < PLAIN_MIN) {
		out[n++] = d->d[0];
		if (d->n > 1)
			out[n++] = '.';
		for (int i = 1; i < d->n; i++)
			out[n++] = d->d[i];
		n += (size_t)snprintf(out + n, XLSX_NUMBER_TEXT - n, "E%+03d", d->exponent);
		return (struct str){out, n};
	}
	if (d->exponent < 0) {
		out[n++] = '0';
		out[n++] = '.';
		for (int i = -1; i > d->exponent; i--)
			out[n++] = '0';
	}
	for (int i = 0; i < MAX(d->n, d->exponent + 1); i++) {
		if (i > 0 && i == d->exponent + 1)
			out[n++] = '.';
		out[n++] = i < d->n ? d->d[i] : '0';
	}
	return (struct str){out, n};
}

/* At most 15 digits and no exponent: the text is the number, but for zeros nobody types. */
static bool plain(const struct parts *p, char out[XLSX_NUMBER_TEXT], struct str *text)
{
	struct str whole = p->whole, part = p->part;
	size_t n = 0;

	while (whole.n && whole.p[0] == '0')
		whole = str_sub(whole, 1, whole.n);
	while (part.n && part.p[part.n - 1] == '0')
		part.n--;
	if (p->exponent || whole.n + part.n > SAFE_DIGITS)
		return false;
	if (p->minus && whole.n + part.n)
		out[n++] = '-';
	if (!whole.n)
		out[n++] = '0';
	for (size_t i = 0; i < whole.n; i++)
		out[n++] = whole.p[i];
	if (part.n)
		out[n++] = '.';
	for (size_t i = 0; i < part.n; i++)
		out[n++] = part.p[i];
	*text = (struct str){out, n};
	return true;
}

bool xlsx_number_text(struct str raw, char out[XLSX_NUMBER_TEXT], struct str *text)
{
	struct decimal d;
	struct parts p;
	double x;

	if (!split(raw, &p))
		return false;
	if (plain(&p, out, text))
		return true;
	if (!xlsx_number_value(raw, &x))
		return false;
	if (x == 0) {
		out[0] = '0';
		*text = (struct str){out, 1};
		return true;
	}
	shortest(fabs(x), &d);
	*text = layout(&d, x < 0, out);
	return true;
}

bool xlsx_number_date(double serial, bool date1904, struct date *out)
{
	double day = floor(serial + 0.5 / 86400);
	struct date last;
	int n;

	BUG_IF(!date_make(2199, 12, 31, &last));
	if (!(day >= 1 && day <= last.n + UNIX_1900) || (!date1904 && day == LEAP_BUG))
		return false;
	n = (int)day - (date1904 ? UNIX_1904 : day < LEAP_BUG ? UNIX_1900 - 1 : UNIX_1900);
	if (n > last.n)
		return false;
	out->n = n;
	return true;
}
