#include "http/target.h"

#include "base/tr.h"
#include "base/utf8.h"

int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Visible ASCII, less what RFC 3986 keeps out; browsers leave some of that in a query as it is typed. */
static bool allowed(struct str s, const char *never)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || strchr(never, s.p[i]) ||
				(s.p[i] == '%' && (i + 2 >= s.n || hex_digit(s.p[i + 1]) < 0 ||
					hex_digit(s.p[i + 2]) < 0)))
			return false;
	return true;
}

/* Decodes in place; what an encoded byte may not stand for makes it fail. */
static bool decode(char *p, size_t *n)
{
	size_t to = 0;

	for (size_t i = 0; i < *n; i++, to++) {
		p[to] = p[i];
		if (p[i] != '%')
			continue;
		p[to] = (char)(hex_digit(p[i + 1]) << 4 | hex_digit(p[i + 2]));
		if (p[to] == '/' || p[to] == '\\')
			return false;
		i += 2;
	}
	*n = to;
	return true;
}

static bool plain_text(struct str s)
{
	size_t at = 0;

	if (!utf8_valid(s))
		return false;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);

		if (c < ' ' || (c >= 0x7F && c < 0xA0))
			return false;
	}
	return true;
}

static bool plain_parts(struct str path)
{
	struct str rest = str_sub(path, 1, path.n), part;

	while (str_cut(&rest, S("/"), &part))
		if ((part.n == 0 && rest.p) || str_is(part, ".") || str_is(part, ".."))
			return false;
	return true;
}

int target_read(struct arena *a, struct str raw, struct str *path, struct str *query, const char **why)
{
	size_t mark = raw.n;
	bool asked = str_find(raw, S("?"), &mark);
	struct str before = str_sub(raw, 0, mark), behind = asked ? str_sub(raw, mark + 1, raw.n) : STR_NONE;
	char *p;

	*why = N_("the address of the page is not in the form expected");
	if (!str_starts(raw, S("/")) || !allowed(before, "\"#<>\\^`{|}") || !allowed(behind, "\"#<>"))
		return 400;
	p = (char *)arena_str(a, before).p;
	if (!decode(p, &before.n))
		return 400;
	before.p = p;
	if (!plain_text(before) || !plain_parts(before))
		return 400;
	*path = before;
	*query = behind;
	return HTTP_DONE;
}
