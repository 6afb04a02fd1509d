#include "sheet/csv_write.h"

/* Blanks and what is not seen: in front of a formula they do not keep a spreadsheet from it. */
static const char *const unseen[] = {" ", "\xC2\xA0", "\xC2\xAD", "\xE3\x80\x80", "\xE2\x80\x8B", "\xE2\x80\x8C",
	"\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xBB\xBF"};
static const char *const formula[] = {"=", "+", "-", "@", "|", "\t", "＝", "＋", "－", "＠", "｜"};

/* The word of the list that s begins with, its length; 0 for none. */
static size_t begins(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(s, str_c(words[i])))
			return strlen(words[i]);
	return 0;
}

/* -3, +2.5 */
static bool plain_number(struct str s)
{
	size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+'), digits = 0, dots = 0;

	for (; at < s.n; at++) {
		if (s.p[at] == '.' && digits && !dots)
			dots++, digits = 0;
		else if (s.p[at] >= '0' && s.p[at] <= '9')
			digits++;
		else
			return false;
	}
	return digits > 0;
}

/* Is a line, without the quotes before it, to be guarded? One that has quotes already always is, so that taking one off
 * again gives what it was. */
static bool dangerous(struct str line, size_t quotes)
{
	struct str rest = str_sub(line, quotes, line.n);
	size_t n;

	if (!quotes && plain_number(line))
		return false;
	while ((n = begins(rest, unseen, LEN(unseen))))
		rest = str_sub(rest, n, rest.n);
	return begins(rest, formula, LEN(formula)) > 0;
}

static size_t quotes_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '\'')
		n++;
	return n;
}

/* Up to the next line end of any kind, which is taken off *rest too. */
static struct str next_line(struct str *rest)
{
	struct str line = *rest;
	size_t at = 0;

	while (at < rest->n && rest->p[at] != '\n' && rest->p[at] != '\r')
		at++;
	line.n = at;
	at += at < rest->n && str_starts(str_sub(*rest, at, rest->n), S("\r\n")) ? 2 : 1;
	*rest = str_sub(*rest, at, rest->n);
	return line;
}

static void put_line(struct buf *b, struct str line)
{
	if (dangerous(line, quotes_of(line)))
		buf_putc(b, '\'');
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, line.p[i]);
	}
}

void csv_cell(struct buf *b, bool first, struct str text)
{
	if (!first)
		buf_putc(b, ',');
	if (!text.n)
		return;
	buf_putc(b, '"');
	put_line(b, next_line(&text));
	while (text.n) {
		buf_putc(b, '\n');
		put_line(b, next_line(&text));
	}
	buf_putc(b, '"');
}

void csv_line(struct buf *b)
{
	buf_put(b, S("\r\n"));
}

size_t csv_unguard(char *p, size_t n)
{
	struct str rest = {p, n}, line;
	size_t out = 0;

	if (!memchr(p, '\'', n))
		return n;
	for (bool more = false; str_cut(&rest, S("\n"), &line); more = true) {
		size_t quotes = quotes_of(line);
		bool guarded = quotes && dangerous(line, quotes) &&
			(quotes > 1 || !plain_number(str_sub(line, 1, line.n)));

		if (more)
			p[out++] = '\n';
		line = str_sub(line, guarded, line.n);
		memmove(p + out, line.p, line.n);
		out += line.n;
	}
	return out;
}
