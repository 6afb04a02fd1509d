#include "report/outline.h"

#include "base/utf8.h"
#include "scheme/number.h"

/* Words that count something, longer ones first where one begins another. The first NARROW count also behind a number
 * word; the others are too often the beginning of another word (进一步, 统一部署). */
static const char *const units[] = {
	"个百分点",
	"人次",
	"家次",
	"学时",
	"课时",
	"小时",
	"万元",
	"亿元",
	"星期",
	"次",
	"条",
	"个",
	"名",
	"项",
	"场",
	"人",
	"件",
	"份",
	"家",
	"天",
	"期",
	"篇",
	"处",
	"起",
	"户",
	"届",
	"位",
	"种",
	"轮",
	"批",
	"周",
	"年",
	"月",
	"元",
	"倍",
	"%",
	"％",
	"‰",
	"分钟",
	"季度",
	"公里",
	"日",
	"号",
	"分",
	"成",
	"册",
	"本",
	"部",
	"幅",
	"块",
	"间",
	"节",
	"门",
	"组",
	"支",
	"级",
	"点",
	"类",
	"步",
	"岁",
	"所",
	"座",
	"台",
	"套",
	"辆",
	"米",
	"吨",
	"回",
	"遍",
	"句",
	"字",
	"页",
};
enum { NARROW = 38 };

static const char number_words[] = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟";
static const char vague_words[] = "余多几来";

static bool one_of(const char *set, struct str c)
{
	return str_has(str_c(set), c);
}

static struct str next(struct str s, size_t *at)
{
	size_t from = *at;

	utf8_next(s, at);
	return str_sub(s, from, *at);
}

static struct str unit_of(struct str text, size_t n)
{
	while (text.n && text.p[0] == ' ')
		text = str_sub(text, 1, text.n);
	for (size_t i = 0; i < n; i++)
		if (str_starts(text, str_c(units[i])))
			return str_sub(text, 0, strlen(units[i]));
	return S("");
}

struct str unit_word(struct str text)
{
	return unit_of(text, LEN(units));
}

/* 0–9 in any form that people type: also full-width, circled and Roman ones. */
static bool is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19) || (c >= 0x2460 && c <= 0x249b) ||
		(c >= 0x2160 && c <= 0x217f) || (c >= 0x2776 && c <= 0x2793);
}

static bool in_number(uint32_t c)
{
	return is_digit(c) || c == '.' || c == ',' || c == 0xff0e;
}

/* A term that stands at the place: passed over whole. */
static size_t term_at(struct str text, size_t at, const struct texts *terms)
{
	for (size_t i = 0; terms && i < terms->n; i++)
		if (terms->p[i].n && str_starts(str_sub(text, at, text.n), terms->p[i]))
			return terms->p[i].n;
	return 0;
}

static void digits(struct str text, size_t from, struct number_at *out)
{
	CLEANUP(arena_free) struct arena a = ARENA_INIT;
	size_t at = from, end = from;

	while (at < text.n) {
		uint32_t c = utf8_next(text, &at);

		if (!in_number(c))
			break;
		if (is_digit(c))
			end = at;
	}
	*out = (struct number_at){from, end, true, -1};
	if (!thousandths(utf8_half(&a, str_sub(text, from, end)), &out->thousandths))
		out->thousandths = -1;
}

/* What a number word stands for: a digit or a power of ten; -1 where it is none. */
static int word_value(struct str c, bool *power)
{
	static const struct {
		const char *words;
		int value;
	} rows[] = {{"〇零", 0}, {"一壹", 1}, {"二两贰", 2}, {"三叁", 3}, {"四肆", 4}, {"五伍", 5}, {"六陆", 6},
		{"七柒", 7}, {"八捌", 8}, {"九玖", 9}, {"十拾", 10}, {"百佰", 100}, {"千仟", 1000}, {"万", 10000}};

	for (size_t i = 0; i < LEN(rows); i++)
		if (one_of(rows[i].words, c)) {
			*power = rows[i].value >= 10;
			return rows[i].value;
		}
	return -1;
}

/* 二〇二二: figures one after the other. 三四 is not 34 but three or four. */
static int64_t figures_value(struct str s)
{
	size_t at = 0, n = 0;
	bool zero = false, power;
	int64_t value = 0;

	while (at < s.n) {
		int v = word_value(next(s, &at), &power);

		if (v < 0 || power || ++n > 8)
			return -1;
		zero = zero || !v;
		value = value * 10 + v;
	}
	return n == 1 || n >= 4 || zero ? value : -1;
}

/* 一千零五十, 三万二千. -1 for what has no one value: 百, 一百五, 十三四. */
static int64_t powers_value(struct str s)
{
	int64_t total = 0, below = 0;           /* below: the four places in hand */
	int digit = -1, least = 10000, last = 0; /* least: the power before in those places; last: before at all */
	bool power, zero = false;
	size_t at = 0;

	while (at < s.n) {
		int v = word_value(next(s, &at), &power);

		if (v < 0 || (!power && digit >= 0))
			return -1;
		if (!power) {
			zero = zero || !v;
			digit = v ? v : -1;
			continue;
		}
		if (v < 10000 ? v >= least || (digit < 0 && v > 10) : total || below + MAX(digit, 0) == 0)
			return -1;
		below = v < 10000 ? below + (digit < 0 ? 1 : digit) * v : below + MAX(digit, 0);
		total += v < 10000 ? 0 : below * v;
		below = v < 10000 ? below : 0;
		least = last = v;
		digit = -1;
		zero = false;
	}
	return digit > 0 && !zero && last >= 100 ? -1 : total + below + MAX(digit, 0);
}

int64_t hanzi_value(struct str s)
{
	int64_t value = figures_value(s);

	return value >= 0 || !s.n ? value : powers_value(s);
}

/* Number words from `from` on, with a vague one behind; true when a unit word follows. */
static bool counts(struct str text, size_t from, size_t *to)
{
	size_t at = from, here = from;

	while (here < text.n && one_of(number_words, next(text, &here)))
		at = here;
	here = at;
	if (here < text.n && one_of(vague_words, next(text, &here)))
		at = here;
	*to = at;
	return unit_of(str_sub(text, at, text.n), NARROW).n > 0;
}

bool number_find(struct str text, size_t at, const struct texts *terms, struct number_at *out)
{
	while (at < text.n) {
		size_t term = term_at(text, at, terms), from = at, to;
		uint32_t c;

		if (term) {
			at += term;
			continue;
		}
		c = utf8_next(text, &at);
		if (is_digit(c)) {
			digits(text, from, out);
			return true;
		}
		if (!one_of(number_words, str_sub(text, from, at)))
			continue;
		if (counts(text, from, &to)) {
			int64_t value = hanzi_value(str_sub(text, from, to));

			*out = (struct number_at){from, to, false, value < 0 ? -1 : value * 1000};
			return true;
		}
		at = to;
	}
	return false;
}

struct str hanzi_number(struct arena *a, size_t n)
{
	static const char *const d[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

	BUG_IF(n < 1 || n > 99);
	if (n < 10)
		return str_c(d[n]);
	return arena_printf(a, "%s十%s", n < 20 ? "" : d[n / 10], d[n % 10]);
}
