/* What comes with the program: schemes/NAME.yaml and calendars/NAME.yaml, compiled in by tools/embed. */
#ifndef SCHEME_SHIPPED_H
#define SCHEME_SHIPPED_H

#include "base/err.h"
#include "base/str.h"

struct shipped {
	const char *name;                    /* work-safety */
	size_t n;
	const unsigned char *text;           /* [n] as the file has it */
};

/* By name; ended by one without a name. */
extern const struct shipped shipped_schemes[], shipped_calendars[];

/* A scheme's text; false when none is called so. */
bool shipped_find(struct str name, struct str *text);

/* ERR_NOT_FOUND "no shipped scheme 'work-safty'; did you mean 'work-safety'?" */
enum err_code shipped_text(struct str name, struct str *text, struct err *err);

#endif
