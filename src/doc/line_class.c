#include "doc/line_class.h"

#include <uchar.h>

static uint16_t class_ascii(uint32_t c)
{
	if (c <= ' ' || c == 0x7F)
		return c == '\n' ? CH_END | CH_SPACE : CH_SPACE;
	if (c >= '0' && c <= '9')
		return CH_WEST | CH_DIGIT;
	switch (c) {
	case ',': case '.': case ';': case ':': case '?': case '!': case ')': case ']': case '}':
		return CH_WEST | CH_NO_START;
	case '(': case '[': case '{': case '$':
		return CH_WEST | CH_NO_END;
	}
	return CH_WEST;
}

static bool letter_west(uint32_t c)
{
	return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF);
}

static bool takes_no_place(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
		(c >= 0x2060 && c <= 0x2064) || (c >= 0x20D0 && c <= 0x20FF) || c == 0x3099 || c == 0x309A ||
		(c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || c == 0xFEFF ||
		(c >= 0xE0100 && c <= 0xE01EF);
}

/* ² ₂ ⁻: small digits and signs. */
static bool raised(uint32_t c)
{
	return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x209C);
}

/* Class of a character by itself. */
static uint16_t class_of(uint32_t c)
{
	if (c >= 0x3400 && c <= 0x9FFF)
		return 0;
	if (c < 0x80)
		return class_ascii(c);
	if (letter_west(c))
		return CH_WEST;
	if (c >= 0xFF10 && c <= 0xFF19)
		return CH_DIGIT;
	if (takes_no_place(c))
		return CH_ZERO;
	switch (c) {
	case U'、': case U'，': case U'。': case U'；': case U'：': case U'．':
		return CH_MARK | CH_NO_START | CH_PAUSE;
	case U'？': case U'！':
		return CH_MARK | CH_NO_START | CH_STOP;
	case U'）': case U'〕': case U'］': case U'｝': case U'】': case U'》': case U'〉': case U'」': case U'』':
	case U'〗': case U'”': case U'’':
		return CH_MARK | CH_NO_START | CH_CLOSE;
	case U'（': case U'〔': case U'［': case U'｛': case U'【': case U'《': case U'〈': case U'「': case U'『':
	case U'〖': case U'“': case U'‘':
		return CH_MARK | CH_NO_END | CH_OPEN;
	case U'—': case U'…': case U'―': case U'⋯':
		return CH_MARK | CH_NO_START | CH_DASH;
	case U'–': case U'～': case U'〜': case U'·': case U'・': case U'⸺':
		return CH_MARK | CH_NO_START;
	case U'々': case U'〻': case U'ー':
		return CH_NO_START;
	case U'￥': case U'¥': case U'＄': case U'№': case U'§': case U'£': case U'€': case U'￡':
		return CH_NO_END;
	case 0x3000: case 0xA0: case 0x202F: case 0x1680: case 0x205F:
		return CH_SPACE;
	case 0x2028: case 0x2029:
		return CH_END | CH_SPACE;
	}
	return (c >= 0x80 && c < 0xA0) || (c >= 0x2000 && c <= 0x200A) ? CH_SPACE : 0;
}

/* ---- western runs ---- */

static bool joins_run(const struct line_text *t, size_t i)
{
	uint32_t c = t->atoms[i].cp;

	if (t->cls[i] & CH_END)
		return false;
	if (t->cls[i] & CH_WEST)
		return true;
	if (t->cls[i] & CH_SPACE)
		return c != 0x3000;
	if (!i || !(t->cls[i - 1] & CH_RUN))
		return false;
	if (t->cls[i] & CH_ZERO)
		return true;
	if (c == U'‰' || c == U'℃' || c == U'％')
		return t->cls[i - 1] & CH_DIGIT;
	if (raised(c))
		return t->cls[i - 1] & CH_WEST;
	/* an apostrophe */
	return c == U'’' && t->cls[i - 1] & CH_WEST && i + 1 < t->n && class_of(t->atoms[i + 1].cp) & CH_WEST;
}

static void classes(struct line_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->cls[i] = class_of(t->atoms[i].cp);
	for (size_t i = 0; i < t->n; i++) {
		uint32_t c = t->atoms[i].cp;

		if (!joins_run(t, i))
			continue;
		if (c == U'‰' || c == U'℃' || c == U'％' || c == U'’' || raised(c))
			t->cls[i] = CH_WEST;
		t->cls[i] |= CH_RUN;
		if ((c | 32) - 'a' < 26 || letter_west(c))
			t->cls[i] |= CH_LETTER;
	}
}

/* ---- what is kept together ---- */

static const char16_t *const units[] = {
#define U(word) word,
#include "tbl/units.h"
#undef U
};

/* Length of the longest unit word at i; 0: none. */
static size_t unit_at(const struct line_text *t, size_t i)
{
	size_t best = 0;

	for (size_t k = 0; k < LEN(units); k++) {
		const char16_t *w = units[k];
		size_t m = 0;

		while (w[m] && i + m < t->n && t->atoms[i + m].cp == w[m])
			m++;
		if (!w[m] && m > best)
			best = m;
	}
	return best;
}

static bool some(const struct line_text *t, size_t i)
{
	uint32_t c = i < t->n ? t->atoms[i].cp : 0;

	return c == U'余' || c == U'多' || c == U'几' || c == U'来';
}

/* Length of what counts behind a number: 余 万 元 … */
static size_t count_at(const struct line_text *t, size_t from)
{
	size_t i = from, m;
	bool much = some(t, i);

	i += much;
	for (m = 0; m < 4 && i < t->n; m++, i++) {
		uint32_t c = t->atoms[i].cp;

		if (c != U'十' && c != U'百' && c != U'千' && c != U'万' && c != U'亿')
			break;
	}
	if (m) { /* 百分点 is a unit, 千米 as well */
		size_t back = unit_at(t, i - 1);

		if (back > 1)
			return i - 1 + back - from;
	}
	if (m && !much && some(t, i) && unit_at(t, i + 1))
		i++;
	m += unit_at(t, i);
	i += unit_at(t, i);
	return m ? i - from : 0;
}

static void keep(struct line_text *t, size_t from, size_t n)
{
	for (size_t i = from; i < from + n && i < t->n; i++)
		t->gap[i] |= GAP_KEEP;
}

/* 〔2022〕5号 at i: how long; 0: none such. */
static size_t number_at(const struct line_text *t, size_t i)
{
	size_t k = i + 1;

	while (k < t->n && k < i + 9 && t->cls[k] & CH_DIGIT)
		k++;
	if (k == i + 1 || k >= t->n || !(t->atoms[k].cp == U'〕' || t->atoms[k].cp == U'］'))
		return 0;
	k++;
	if (k < t->n && t->atoms[k].cp == U'第')
		k++;
	for (size_t from = k; k < t->n && t->cls[k] & CH_DIGIT; k++)
		if (k == from + 9)
			return 0;
	return k < t->n && t->atoms[k].cp == U'号' ? k + 1 - i : 0;
}

/* Is the place before i behind a hyphen between two words? A-1 and e-mail are one. */
static bool hyphen(const struct line_text *t, size_t i)
{
	if (i < 4 || i + 3 > t->n || t->atoms[i - 1].cp != '-')
		return false;
	for (size_t k = 0; k < 3; k++)
		if (!(t->cls[i + k] & t->cls[i - 2 - k] & CH_LETTER))
			return false;
	return true;
}

static bool ranges(uint32_t c)
{
	return c == U'—' || c == U'–' || c == U'～' || c == U'〜' || c == U'-' || c == U'~' || c == U'―';
}

static bool number_ends(const struct line_text *t, size_t i)
{
	uint32_t c = t->atoms[i].cp;

	return t->cls[i] & CH_DIGIT || c == '%' || c == U'％' || c == U'‰' || c == U'℃';
}

static void gaps(struct line_text *t)
{
	size_t seen = SIZE_MAX, before = SIZE_MAX; /* the last atom that one sees, and the one before it */
	bool counts = false; /* the western run that ends there began with a digit */

	for (size_t i = 0; i < t->n; i++) {
		uint16_t c = t->cls[i], last = i ? t->cls[i - 1] : 0;

		if (i && c & last & CH_RUN)
			t->gap[i] |= GAP_RUN;
		if (c & CH_ZERO || (c & CH_SPACE && !(c & CH_END))) {
			t->gap[i] |= GAP_GLUE;
			continue;
		}
		if (t->atoms[i].keep)
			t->gap[i] |= GAP_KEEP;
		if (i && (t->atoms[i - 1].cp == 0xA0 || t->atoms[i - 1].cp == 0x202F || t->atoms[i - 1].cp == 0x2060))
			t->gap[i] |= GAP_KEEP;
		if (c & CH_END) {
			seen = before = SIZE_MAX;
			counts = false;
			continue;
		}
		if (seen != SIZE_MAX) {
			const struct atom *p = &t->atoms[seen];

			if (c & CH_NO_START || t->cls[seen] & CH_NO_END)
				t->gap[i] |= GAP_MARK;
			if (c & CH_DASH && seen + 1 == i && p->cp == t->atoms[i].cp) {
				t->gap[i] |= GAP_KEEP;
				if (!(t->gap[i - 1] & GAP_PAIR))
					t->gap[i] |= GAP_PAIR;
			}
			if (c & t->cls[seen] & CH_WEST && !(last & CH_SPACE) && t->atoms[i - 1].cp != 0x200B &&
				!hyphen(t, i))
				t->gap[i] |= GAP_KEEP;
			if (i - seen <= 2 && !(c & CH_WEST)) {
				if (number_ends(t, seen) || (counts && t->cls[seen] & CH_WEST))
					keep(t, i, count_at(t, i));
				if (number_ends(t, seen) && ranges(t->atoms[i].cp) && i + 1 < t->n &&
						t->cls[i + 1] & CH_DIGIT)
					keep(t, i, 2);
			}
			if (c & CH_DIGIT && i - seen <= 2 && p->cp == U'第')
				keep(t, i, 1);
			if (c & CH_DIGIT && before != SIZE_MAX && ranges(p->cp) && number_ends(t, before))
				keep(t, i, 1);
		}
		if (t->atoms[i].cp == U'〔' || t->atoms[i].cp == U'［') {
			size_t m = number_at(t, i);

			keep(t, i + 1, m ? m - 1 : 0);
		}
		if (!(c & CH_WEST))
			counts = c & CH_DIGIT;
		else if (seen == SIZE_MAX || !(t->cls[seen] & CH_WEST) || last & CH_SPACE)
			counts = c & CH_DIGIT;
		before = seen;
		seen = i;
	}
}

struct line_text line_text(struct arena *a, const struct atom *atoms, size_t n)
{
	struct line_text t = {
		.atoms = atoms, .n = n, .cls = ARENA_ARRAY(a, uint16_t, n), .gap = ARENA_ARRAY(a, uint8_t, n),
	};

	classes(&t);
	gaps(&t);
	return t;
}
