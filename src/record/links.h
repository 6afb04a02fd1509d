/* Records that name others by a link: what would stand on nothing if those went. */
#ifndef RECORD_LINKS_H
#define RECORD_LINKS_H

#include "base/buf.h"
#include "log/event.h"
#include "scheme/scheme.h"

/* The records that would go: those of an import, or one. */
struct links_ask {
	int64_t import;                  /* its number; 0: the record id */
	struct id id;
	const struct record_type *type;  /* of the record */
};

/* The records that count and name one of them through a link field: *n counts them, list gets the first few as
 * "title 12: word; …". Of an import only what was said later stands on it, and nothing of its own. ERR_DB. */
enum err_code links_to(struct db *db, const struct scheme *s, const struct links_ask *ask, struct buf *list, size_t *n,
	struct err *err);

#endif
