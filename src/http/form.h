/* Fields of a form or a query: application/x-www-form-urlencoded as the WHATWG URL standard has it, but strict. */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { FORM_FIELDS = 1000, FORM_NAME = 128, FORM_VALUE = 65536 };

struct form_field {
	struct str name, value;
};

struct form {
	struct form_field *fields;  /* in order, repeated names included */
	size_t n;
};

/* Reads "a=1&b=%E4%B8%AD+x". "" has no field; "a" is a field with an empty value. Copies all into the arena.
 * ERR_INPUT: a field without a name, % before anything but two hex digits, what is not UTF-8, a control character
 * (in a value, tab and line breaks may stand). ERR_LIMIT: more fields, or longer ones, than stands above. */
enum err_code form_read(struct arena *a, struct str raw, struct form *out, struct err *err);

/* The next field of that name behind `after`, NULL for the first; NULL when there is none. */
const struct form_field *form_next(const struct form *f, const char *name, const struct form_field *after);

/* The value of the first field of that name; {NULL, 0} when there is none. */
struct str form_get(const struct form *f, const char *name);

/* UTF-8 without control characters, but, where `lines`, tab, CR and LF. */
bool form_text(struct str s, bool lines);

#endif
