#include "base/tr.h"

#include <string.h>

const char *tr(enum lang lang, const char *text)
{
	size_t lo = 0, hi = tr_zh_n;

	if (lang == LANG_EN)
		return text;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int cmp = strcmp(text, tr_zh[mid].en);

		if (cmp == 0)
			return tr_zh[mid].zh;
		if (cmp < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return text;
}
