/* Pictures of the report's pages, kept in memory for all workers: the newest ones, PREVIEW_BYTES at most. A picture is
 * of what a key says (log, day, redaction), so it never grows old. */
#ifndef WEB_PREVIEWS_H
#define WEB_PREVIEWS_H

#include "base/arena.h"
#include "base/str.h"

enum { PREVIEW_BYTES = 48 << 20, PREVIEWS_KEPT = 400 };

struct preview {
	size_t page, pages; /* page from 0 */
	int dpi;
	bool landscape;
	struct str words; /* of the page, a line each */
	struct str warnings; /* of the whole, a line each */
	struct str png;
};

struct previews;
/* Threads share it. Never fails. */
struct previews *previews_new(void);
/* Nobody may use it any more. */
void previews_free(struct previews **p);

/* The picture of a page; its texts are copied into the arena. False: it is not kept. */
bool previews_find(
	struct previews *p, struct arena *a, struct str key, size_t page, int dpi, struct preview *out);
/* Keeps a copy; the one that was asked for longest ago goes. */
void previews_keep(struct previews *p, struct str key, const struct preview *x);

#endif
