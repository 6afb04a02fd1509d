/* The body of a request: bytes in, verdict out; knows nothing of sockets. Content-Length or chunks, kept in memory or
 * in an unlinked file, never more than allowed. Chunks as in RFC 9112, 7.1, less what hides requests: no extensions,
 * no trailers, at most 8 digits, CR LF exactly. */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/head.h"

#include <stdatomic.h>

/* What all bodies of a server take together; counted by what has come, not by what was announced. Any thread. */
struct body_budget {
	_Atomic int64_t memory, disk;
	int64_t memory_max, disk_max;
};

struct body_reader {
	struct body_budget *budget;
	int64_t max, left;          /* allowed in all; still to come of the body or chunk */
	int state, digits;
	bool spool;
	struct buf bytes;
	int fd;
	int64_t size;               /* has come; also what it holds of the budget */
};

/* Begins a body of at most max bytes; into a file in the folder `spool`, or into memory when that is NULL. The budget
 * outlives the reader. HTTP_MORE; HTTP_DONE when there is no body; 413; 503 when the file can't be made. */
int body_begin(struct body_reader *b, const struct http_framing *framing, int64_t max, const char *spool,
	struct body_budget *budget, const char **why);

/* Takes from `in` what belongs to the body; *used bytes of it. HTTP_MORE, HTTP_DONE, or: 400 for a chunk that is none,
 * 413, 503 when the budget is used up or the disk refuses. However the bytes are split, the verdict is the same. */
int body_take(struct body_reader *b, struct str in, size_t *used, const char **why);

/* The body, valid until body_done. */
struct http_body body_get(const struct body_reader *b);

/* Gives back memory, file and budget. A zeroed reader, or one that is done, is fine. */
void body_done(struct body_reader *b);

#endif
