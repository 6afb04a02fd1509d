#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may cut a UTF-8 character in half: step back to its start. */
static void trim_utf8(char *s, size_t size)
{
	size_t n = strlen(s), i = n;

	if (n + 1 < size)
		return;
	while (i > 0 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
		i--;
	if (i > 0 && (unsigned char)s[i - 1] >= 0xC0)
		s[i - 1] = 0;
}

static void fill(struct err *err, enum err_code code, const char *fmt, va_list ap)
{
	err->code = code;
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	trim_utf8(err->text, sizeof err->text);
}

enum err_code fail(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	BUG_IF(code == OK);
	if (err->code != OK)
		return err->code;
	va_start(ap, fmt);
	fill(err, code, tr(err->lang, fmt), ap);
	va_end(ap);
	return code;
}

enum err_code fail_errno(struct err *err, const char *fmt, ...)
{
	int no = errno;
	size_t n;
	va_list ap;

	if (err->code != OK)
		return err->code;
	va_start(ap, fmt);
	fill(err, ERR_IO, tr(err->lang, fmt), ap);
	va_end(ap);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof err->text - n, ": %s", strerror(no));
	trim_utf8(err->text, sizeof err->text);
	return ERR_IO;
}

enum err_code err_at(struct err *err, const char *fmt, ...)
{
	char where[512];
	size_t w, n;
	va_list ap;

	BUG_IF(err->code == OK);
	va_start(ap, fmt);
	vsnprintf(where, sizeof where, fmt, ap);
	va_end(ap);
	trim_utf8(where, sizeof where);
	w = strlen(where);
	n = MIN(strlen(err->text), sizeof err->text - 1 - (w + 2));
	memmove(err->text + w + 2, err->text, n);
	err->text[w + 2 + n] = 0;
	memcpy(err->text, where, w);
	memcpy(err->text + w, ": ", 2);
	trim_utf8(err->text, sizeof err->text);
	return err->code;
}

enum err_code err_on(struct err *err, const char *field, enum err_code code)
{
	if (code != OK && !err->field)
		err->field = field;
	return code;
}

void err_clear(struct err *err)
{
	err->field = NULL;
	err->code = OK;
	err->text[0] = 0;
}

const char *err_name(enum err_code code)
{
	static const char *const names[] = {
		"ok",
#define X(code, exit, name) name,
#include "tbl/errors.h"
#undef X
	};

	BUG_IF(code >= ERR_N);
	return names[code];
}

int err_exit(enum err_code code)
{
	static const int status[] = {
		0,
#define X(code, exit, name) exit,
#include "tbl/errors.h"
#undef X
	};

	BUG_IF(code >= ERR_N);
	return status[code];
}
