#include "pagec.h"

#include "text/place.h"

#include <stdarg.h>
#include <stdio.h>

bool listed(const char *list, struct str word)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(256);

	buf_putc(&b, ' ');
	for (size_t i = 0; i < word.n; i++)
		buf_putc(&b, word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i]);
	buf_putc(&b, ' ');
	return word.n && !b.over && str_has(str_c(list), buf_str(&b));
}

enum err_code refuse(struct page *p, size_t at, const char *fmt, ...)
{
	struct place place = place_of(p->text, at);
	va_list ap;
	char what[512];

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return fail(p->err, ERR_INPUT, STR_FMT ":%d:%d: %s", STR_ARG(p->name), place.line, place.col, what);
}

char peek(const struct page *p)
{
	return p->at < p->text.n ? p->text.p[p->at] : 0;
}

bool ahead(const struct page *p, const char *word)
{
	return str_starts(str_sub(p->text, p->at, p->text.n), str_c(word));
}

bool take(struct page *p, const char *word)
{
	bool there = ahead(p, word);

	p->at += there ? strlen(word) : 0;
	return there;
}

void skip(struct page *p)
{
	while (blank(peek(p)))
		p->at++;
}

bool next(struct page *p, const char *word)
{
	skip(p);
	return take(p, word);
}

enum err_code expect(struct page *p, const char *word)
{
	return next(p, word) ? OK : refuse(p, p->at, "expected %s", word);
}

enum err_code identifier(struct page *p, struct str *out)
{
	size_t from;

	skip(p);
	from = p->at;
	while (name_char(peek(p)) && (p->at > from || !digit(peek(p))))
		p->at++;
	*out = str_sub(p->text, from, p->at);
	return out->n ? OK : refuse(p, from, "expected a name");
}

enum err_code quoted(struct page *p, struct str *out)
{
	size_t from;

	TRY(expect(p, "\""));
	from = p->at;
	for (; peek(p) != '"'; p->at++) {
		if ((unsigned char)peek(p) < ' ')
			return refuse(p, from - 1, "the quote has no end on its line");
		if (take(p, "\\") && peek(p) != '"' && peek(p) != '\\')
			return refuse(p, p->at - 1, "only \\\" and \\\\ are known here");
	}
	*out = str_sub(p->text, from, p->at++);
	return OK;
}

static void c_string(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_put(b, i + 1 < s.n ? S("\\n\"\n\t\"") : S("\\n"));
		else if (s.p[i] == '"' || s.p[i] == '\\')
			buf_printf(b, "\\%c", s.p[i]);
		else
			buf_putc(b, s.p[i]);
	}
	buf_putc(b, '"');
}

void flush(struct page *p)
{
	if (p->lit.n) {
		buf_put(p->code, S("\thtml_lit(h, "));
		c_string(p->code, buf_str(&p->lit));
		buf_printf(p->code, ", %zu);\n", p->lit.n);
		buf_reset(&p->lit);
	}
}

void c_here(struct page *p)
{
	flush(p);
	buf_printf(p->code, "#line %d \"" STR_FMT "\"\n\t", place_of(p->text, p->at).line, STR_ARG(p->name));
}
