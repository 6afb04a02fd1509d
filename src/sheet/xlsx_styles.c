#include "sheet/xlsx_read.h"

#include "base/utf8.h"
#include "pack/xml.h"

#include <stdlib.h>

struct custom {
	long id;
	bool is_date;
};

struct styles {
	struct arena *arena;
	struct custom *custom;
	bool *is_date;
	size_t ncustom, custom_cap, n, cap;
	int depth;
	bool in_formats, in_cells;    /* numFmts, cellXfs */
};

/* Formats without a code of their own: dates, and the East Asian ones among them (18.8.30). 46 is time
 * passed. */
static bool builtin_is_date(long id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 ||
		(id >= 50 && id <= 58);
}

/* [h], [mm], [ss]: the letters of time passed. */
static bool elapsed(struct str inside)
{
	for (size_t i = 0; i < inside.n; i++)
		if (!strchr("hHmMsS", inside.p[i]))
			return false;
	return inside.n > 0;
}

/* Behind what stands at *at without meaning: quoted, escaped, filling, in brackets. False when it is to be
 * looked at; *passed when it was time passed. */
static bool skipped(struct str code, size_t *at, bool *passed)
{
	char c = code.p[*at], close = c == '"' ? '"' : c == '[' ? ']' : 0;
	struct str rest = str_sub(code, *at + 1, code.n);
	size_t n;

	if (c == '\\' || c == '_' || c == '*') {
		(*at)++;
		if (*at < code.n)
			(void)utf8_next(code, at);
		return true;
	}
	if (!close)
		return false;
	if (!str_find(rest, (struct str){&close, 1}, &n))
		n = rest.n;
	if (c == '[')
		*passed = *passed || elapsed(str_sub(rest, 0, n));
	*at = MIN(*at + n + 2, code.n);
	return true;
}

bool xlsx_format_is_date(struct str code)
{
	bool letters = false, hanzi = false, digits = false, passed = false;
	size_t at = 0;
	uint32_t c;

	while (at < code.n) {
		if (skipped(code, &at, &passed))
			continue;
		c = utf8_next(code, &at);
		letters = letters || (c < 128 && c && strchr("yYmMdD", (int)c));
		hanzi = hanzi || c == 0x5E74 || c == 0x6708 || c == 0x65E5;
		digits = digits || c == '0' || c == '#' || c == '?';
	}
	return !passed && (letters || (hanzi && !digits));
}

static long id_of(const char **attrs)
{
	const char *text = xml_attr(attrs, "numFmtId");
	int64_t id;

	return text && str_int(str_c(text), &id) ? (long)id : 0;
}

static bool is_date(const struct styles *s, long id)
{
	for (size_t i = s->ncustom; i > 0; i--)
		if (s->custom[i - 1].id == id)
			return s->custom[i - 1].is_date;
	return builtin_is_date(id);
}

static enum err_code add_custom(struct styles *s, const char **attrs, struct err *err)
{
	const char *code = xml_attr(attrs, "formatCode");
	struct custom *c;

	if (s->ncustom == XLSX_FORMATS)
		return fail(err, ERR_LIMIT, N_("more than %d number formats"), XLSX_FORMATS);
	c = ARENA_PUSH(s->arena, s->custom, s->ncustom, s->custom_cap);
	c->id = id_of(attrs);
	c->is_date = code && xlsx_format_is_date(str_c(code));
	return OK;
}

/* styleSheet > numFmts > numFmt, styleSheet > cellXfs > xf; numFmts comes first. */
static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct styles *s = ctx;

	s->depth++;
	if (s->depth == 2) {
		s->in_formats = !strcmp(name, "numFmts");
		s->in_cells = !strcmp(name, "cellXfs");
	}
	if (s->depth != 3)
		return OK;
	if (s->in_formats && !strcmp(name, "numFmt"))
		return add_custom(s, attrs, err);
	if (!s->in_cells || strcmp(name, "xf"))
		return OK;
	if (s->n == XLSX_STYLES)
		return fail(err, ERR_LIMIT, N_("more than %d cell formats"), XLSX_STYLES);
	*ARENA_PUSH(s->arena, s->is_date, s->n, s->cap) = is_date(s, id_of(attrs));
	return OK;
}

static enum err_code on_end(void *ctx, const char *name, struct err *err)
{
	struct styles *s = ctx;

	s->depth--;
	return OK;
}

enum err_code xlsx_styles_read(struct arena *a, struct unzip *z, struct str part, struct xlsx_styles *out,
		struct err *err)
{
	static const struct xml_on on = {.start = on_start, .end = on_end};
	struct styles s = {.arena = a};

	TRY(xml_member(z, part, &on, &s, err));
	*out = (struct xlsx_styles){s.n, s.is_date};
	return OK;
}
