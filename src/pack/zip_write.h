/* A ZIP archive made in memory (APPNOTE 6.3, deflated): the same members give the same bytes on any day and in any
 * time zone; every member is dated 1980-01-01. */
#ifndef PACK_ZIP_WRITE_H
#define PACK_ZIP_WRITE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct zip_part {
	const char *name; /* "word/document.xml"; no two alike */
	struct str bytes;
};

enum { ZIP_WRITE_BYTES = 256 << 20 };

/* The archive of the parts, in their order, in the arena. ERR_LIMIT above ZIP_WRITE_BYTES; ERR_IO where libzip
 * fails. */
enum err_code zip_write(struct arena *a, const struct zip_part *parts, size_t n, struct str *out, struct err *err);

#endif
