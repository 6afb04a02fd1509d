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
	snprintf(err->text + n, sizeof err->text - n, "%s%s", err->lang == LANG_EN ? ": " : "：", strerror(no));
	trim_utf8(err->text, sizeof err->text);
	return ERR_IO;
}

enum err_code err_more(struct err *err, const char *fmt, ...)
{
	size_t n = strlen(err->text);
	va_list ap;

	BUG_IF(err->code == OK);
	va_start(ap, fmt);
	vsnprintf(err->text + n, sizeof err->text - n, tr(err->lang, fmt), ap);
	va_end(ap);
	trim_utf8(err->text, sizeof err->text);
	return err->code;
}

static bool begins(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

/* What a Chinese text begins with: a row or a sheet of what is named before it (第3行, 第3条, 工作表“…”), a part of
 * that row or sheet (“日期”栏, 单元格 C3), or what is the matter. */
enum place { NO_PLACE, PLACE, PART };

static enum place place_of(const char *s)
{
	const char *end = begins(s, "“") ? strstr(s, "”") : NULL;
	size_t digits;

	if (begins(s, "单元格 ") || (end && begins(end + strlen("”"), "栏：")))
		return PART;
	if (begins(s, "工作表“"))
		return PLACE;
	if (!begins(s, "第"))
		return NO_PLACE;
	s += strlen("第");
	digits = strspn(s, "0123456789");
	return digits && (begins(s + digits, "行") || begins(s + digits, "条")) ? PLACE : NO_PLACE;
}

/* What stands between a place and what is behind it. Chinese has one form:
 * 台账.xlsx 工作表“会议”第3行“日期”栏：… */
static const char *joint(enum lang lang, const char *where, const char *text)
{
	size_t n = strlen(where), quote = strlen("”");

	if (lang == LANG_EN)
		return ": ";
	switch (place_of(text)) {
	case PART:
		return "";
	case PLACE:
		return n >= quote && !strcmp(where + n - quote, "”") ? "" : " ";
	default:
		return "：";
	}
}

enum err_code err_at(struct err *err, const char *fmt, ...)
{
	char where[512];
	const char *between;
	size_t w, b, n;
	va_list ap;

	BUG_IF(err->code == OK);
	va_start(ap, fmt);
	vsnprintf(where, sizeof where, tr(err->lang, fmt), ap);
	va_end(ap);
	trim_utf8(where, sizeof where);
	w = strlen(where);
	between = joint(err->lang, where, err->text);
	b = strlen(between);
	n = MIN(strlen(err->text), sizeof err->text - 1 - (w + b));
	memmove(err->text + w + b, err->text, n);
	err->text[w + b + n] = 0;
	memcpy(err->text, where, w);
	memcpy(err->text + w, between, b);
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
