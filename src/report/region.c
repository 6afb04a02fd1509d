/* Names of places at the beginning of units' names. Chinese writes no blanks: a place is two to five characters with an
 * administrative word behind them, where these are not the end of an ordinary word. */
#include "report/outline.h"

#include "base/utf8.h"

enum { STEM_LEAST = 2, STEM_MOST = 5 };

/* Longer ones first where one ends another. */
const char *const region_kinds[] = {"自治区", "自治州", "自治县", "自治旗", "街道", "地区", "省", "市", "州", "区",
	"县", "旗", "镇", "乡", "村", NULL};

/* What stands before a place, longer ones first. */
static const char *const before[] = {"中国共产党", "中国共产主义青年团", "国家税务总局", "共青团", "中共"};

/* Words that end like a place: 住房和城乡建设局 begins with none. */
static const char *const ordinary[] = {
	"城市", "城乡", "城镇", "乡镇", "村镇", "农村", "乡村", "社区", "小区", "校区", "园区", "学区", "景区",
	"片区", "山区", "灾区", "辖区", "库区", "厂区", "市区", "军区", "街区", "都市", "超市", "股市",
};

static const char *starts_with(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(s, str_c(words[i])))
			return words[i];
	return NULL;
}

static bool ends_ordinary(struct str s)
{
	for (size_t i = 0; i < LEN(ordinary); i++)
		if (str_ends(s, str_c(ordinary[i])))
			return true;
	return false;
}

bool region_next(struct str name, size_t *at, struct region *out)
{
	struct str rest = str_sub(name, *at, name.n);
	const char *skip = *at ? NULL : starts_with(rest, before, LEN(before));
	size_t to = 0;

	if (skip)
		rest = str_sub(rest, strlen(skip), rest.n);
	for (size_t n = 1; n <= STEM_MOST && to < rest.n; n++) {
		const char *kind;

		utf8_next(rest, &to);
		kind = starts_with(str_sub(rest, to, rest.n), region_kinds, LEN(region_kinds) - 1);
		if (n < STEM_LEAST || !kind || ends_ordinary(str_sub(rest, 0, to + strlen(kind))))
			continue;
		*out = (struct region){str_sub(rest, 0, to), str_sub(rest, to, to + strlen(kind))};
		*at = (size_t)(out->suffix.p + out->suffix.n - name.p);
		return true;
	}
	return false;
}
