/* What holds for the lines of every text, checked without the code that makes them: docs/layout.md L2 to L6 by lists of
 * its own. A law that is broken is told, and 0 given back. */
#ifndef TESTS_LINE_LAWS_H
#define TESTS_LINE_LAWS_H

#include "line_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <uchar.h>

static inline bool law_in(uint32_t c, const char32_t *list)
{
	for (; *list; list++)
		if (c == *list)
			return true;
	return false;
}

static inline bool law_blank(uint32_t c)
{
	return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x3000 || c == 0x2028 || c == 0x2029 ||
		(c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x1680;
}

static inline bool law_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

#define LAW(that) \
	do { \
		if (!(that)) { \
			fprintf(stderr, "line %zu: %s\n", i, #that); \
			return false; \
		} \
	} while (0)

/* Of the boundary before line i. */
static inline bool law_between(const struct atom *t, const struct line *l, size_t i)
{
	const struct line *was = &l[i - 1];
	uint32_t before, behind, end = was->to < l[i].from ? t[l[i].from - 1].cp : 0;

	for (size_t k = was->to; k < l[i].from; k++)
		LAW(law_blank(t[k].cp));
	if (was->why == LINE_BROKEN || was->to == was->from || l[i].to == l[i].from || end == '\n' || end == 0x2028 || end == 0x2029)
		return true;
	before = t[was->to - 1].cp;
	behind = t[l[i].from].cp;
	LAW(!law_in(behind, U"、，。；：？！）〕］｝】》〉」』”’…—～·々"));
	LAW(!law_in(before, U"（〔［｛【《〈「『“‘￥№§"));
	LAW(!law_in(before, U"([{$") && !law_in(behind, U",.;:?!)]}"));
	LAW(!t[l[i].from].keep);
	LAW(was->to < l[i].from || before >= 0x7F || behind >= 0x7F || law_in(before, U"/?&=_-"));
	LAW(!law_digit(before) || l[i].from > was->to + 1 ||
		!law_in(behind, U"年月日时点分秒周天个人名位次条件项家户处场期起份篇部批类级届号元万亿千百倍种套台辆间所米吨"));
	LAW(before != U'第' || !law_digit(behind) || l[i].from > was->to + 1);
	LAW(!law_digit(behind) || was->to < was->from + 2 || !law_in(before, U"—～") || !law_digit(t[was->to - 2].cp));
	return true;
}

/* Of where the atoms of line i stand on a grid of so many columns. */
static inline bool law_places(const struct atom *t, const struct line *l, size_t i, const struct line_opt *opt, int cols)
{
	int64_t indent = i ? opt->rest : opt->first, at = indent, cells = 0;
	/* cells that divide the width; else what is left over stays free */
	bool whole = llabs((int64_t)cols * opt->cell - opt->width) <= cols && indent % opt->cell == 0;
	bool widened = l->why == LINE_TAKEN_IN || l->why == LINE_PUSHED_OUT;

	LAW(l->used <= (int64_t)opt->width + 2 || l->to == l->from || l->why == LINE_BROKEN || l->to == l->from + 1);
	for (size_t k = l->from; k < l->to; k++) {
		int64_t x = l->x[k - l->from], middle = x + t[k].width / 2, cell;

		/* a mark that lost its left half may begin before what it follows ends; letters never */
		LAW(x >= indent - t[k].size && x <= (int64_t)MAX(l->used, opt->width) + t[k].size / 4);
		if (t[k].cp < 0x3400 || t[k].cp > 0x9FFF)
			continue;
		LAW(middle > at);
		at = middle;
		if (widened || !whole || t[k].width * 4LL > opt->cell * 5LL)
			continue;
		cell = middle * cols / opt->width;
		LAW(llabs(middle - (2 * cell + 1) * opt->width / (2 * cols)) <= 2);
		cells++;
	}
	LAW(l->why != LINE_FULL || l->used == opt->width || !whole);
	LAW(cells <= cols);
	return true;
}

static inline bool lines_lawful(const struct atom *t, size_t n, const struct line_opt *opt, const struct line *l, size_t nlines)
{
	size_t i = 0;
	int cols = opt->cell ? (opt->width + opt->cell / 2) / opt->cell : 0;

	LAW(nlines > 0 && l[0].from == 0);
	for (i = 0; i < nlines; i++) {
		LAW(l[i].from <= l[i].to && l[i].to <= n);
		if (i && !law_between(t, l, i))
			return false;
		if (cols && !law_places(t, &l[i], i, opt, cols))
			return false;
		LAW(cols || l[i].why == LINE_OFF_GRID || l[i].why == LINE_BROKEN);
	}
	for (size_t k = l[i - 1].to; k < n; k++)
		LAW(law_blank(t[k].cp));
	return true;
}

#endif
