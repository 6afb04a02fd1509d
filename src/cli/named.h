/* What a person names at the terminal and the scheme knows. */
#ifndef CLI_NAMED_H
#define CLI_NAMED_H

#include "scheme/scheme.h"

/* The duty of that id; ERR_NOT_FOUND names the nearest one. */
enum err_code duty_named(const struct scheme *s, const char *id, const struct duty **out, struct err *err);

#endif
