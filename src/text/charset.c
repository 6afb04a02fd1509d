#include "text/charset.h"

#include "base/utf8.h"
#include "text/nfc.h"
#include "text/place.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

/* GB18030 text that happens to read as UTF-8 so far, and by that many three-byte characters, does not
 * occur. */
enum { SURELY_UTF8 = 8 };

static void converter_close(iconv_t *cd)
{
	if (*cd != (iconv_t)-1)
		iconv_close(*cd);
}

/* GB18030 to UTF-8; out has room. Moves *out on; returns the place of the first byte that is none, s.n when
 * whole. */
static size_t from_gb18030(struct str s, char **out, size_t room)
{
	CLEANUP(converter_close) iconv_t cd = iconv_open("UTF-8", "GB18030");
	char *in = (char *)s.p;   /* iconv takes char ** and writes nothing there */
	size_t left = s.n;

	if (cd == (iconv_t)-1)
		BUG("iconv knows no GB18030: %s", strerror(errno));
	if (iconv(cd, &in, &left, out, &room) == (size_t)-1)
		BUG_IF(errno != EILSEQ && errno != EINVAL);
	return s.n - left;
}

/* The longest UTF-8 for n bytes of GB18030: two bytes become three, four at most four. */
static size_t longest(size_t n)
{
	return n / 2 * 3 + 8;
}

/* Whether the whole part before a fault is Chinese in UTF-8 rather than chance. */
static bool surely_utf8(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n && n < SURELY_UTF8; i++)
		n += (unsigned char)s.p[i] >= 0xE0;
	return n == SURELY_UTF8;
}

/* Says why a text is neither; u and g are the places where reading it as UTF-8 and as GB18030 broke. The
 * lines before the later one are good in one of the two. */
static enum err_code neither(struct arena *a, struct str s, size_t u, size_t g, struct err *err)
{
	size_t later = MAX(u, g), end = later, from = later;
	int line = place_of(s, later).line;
	struct str text;
	char *out;

	while (end < s.n && s.p[end] != '\n')
		end++;
	while (from > 0 && s.p[from - 1] != '\n')
		from--;
	text = str_sub(s, from, end);
	out = arena_alloc(a, longest(text.n));
	if (!utf8_valid(text) && from_gb18030(text, &out, longest(text.n)) < text.n)
		return fail(err, ERR_INPUT, "line %d: neither UTF-8 nor GB18030", line);
	return fail(err, ERR_INPUT, "line %d: here the encoding changes between UTF-8 and GB18030; "
		"save the whole file as UTF-8", line);
}

static enum err_code refuse_other(struct str s, struct err *err)
{
	const char *nul;

	if (str_starts(s, S("\xFF\xFE")) || str_starts(s, S("\xFE\xFF")) || str_starts(s, S("\0\0\xFE\xFF")))
		return fail(err, ERR_INPUT,
			"the file is in UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and try again");
	nul = s.n ? memchr(s.p, 0, s.n) : NULL;
	if (nul)
		return fail(err, ERR_INPUT,
			"line %d: a NUL byte; this is not a text file, or it is in UTF-16: "
			"save it as \"CSV UTF-8\"", place_of(s, (size_t)(nul - s.p)).line);
	return OK;
}

enum err_code charset_decode(struct arena *a, struct str bytes, struct str *out, const char **encoding,
	struct err *err)
{
	struct str s = bytes;
	bool marked;
	size_t u, g;
	char *p, *end;

	TRY(refuse_other(s, err));
	marked = str_starts(s, S("\xEF\xBB\xBF"));
	if (marked)
		s = str_sub(s, 3, s.n);
	u = utf8_check(s);
	if (u == s.n) {
		TRY(nfc(a, s, out, err));
		*encoding = "UTF-8";
		return OK;
	}
	if (marked || surely_utf8(str_sub(s, 0, u)))
		return fail(err, ERR_INPUT, "line %d: damaged text: UTF-8 up to here, but not from here on",
			place_of(s, u).line);
	p = end = arena_alloc(a, longest(s.n));
	g = from_gb18030(s, &end, longest(s.n));
	if (g < s.n)
		return neither(a, s, u, g, err);
	TRY(nfc(a, (struct str){p, (size_t)(end - p)}, out, err));
	*encoding = "GB18030";
	return OK;
}
