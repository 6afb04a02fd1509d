/* A settings file: `key = value` lines, # comments, blank lines. Blanks around key and value don't count. */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/arena.h"
#include "base/err.h"

struct conf_key {
	const char *name;
	struct str *value;   /* set when the file has the key; left alone otherwise */
};

/* Reads the file (at most 64 KiB). ERR_NOT_FOUND, ERR_IO; ERR_INPUT with the line for a line without "=", a
 * key that is not among keys (ended by one without name), a key twice, no value, or text that is no
 * UTF-8. */
enum err_code conf_read(struct arena *a, const char *path, const struct conf_key *keys, struct err *err);

#endif
