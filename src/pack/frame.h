/* What runs through the pipe between a parser child and its parent, and both ends of it. Private to pack/. */
#ifndef PACK_FRAME_H
#define PACK_FRAME_H

#include "pack/child.h"

#include <sys/types.h>

/* Frames of a head and its bytes. A child that ends well says so in its last frame, so that an end of the
 * pipe alone is always a death. */
enum frame_kind {
	FRAME_READY = 1,      /* shut in; the parser begins */
	FRAME_RECORD,         /* what child_send was given */
	FRAME_ERROR,          /* u32 enum err_code, text: the last */
	FRAME_END             /* the last */
};

struct frame_head {
	uint32_t n;
	uint32_t kind;
};

struct child_job {
	child_parse_fn *parse;
	void *parse_ctx;
	child_record_fn *take;
	void *take_ctx;
	struct child_limits limits;
	size_t address_space;     /* of the parent when it forked */
	enum lang lang;
};

/* ---- child_out.c ---- */

/* An end that gives records straight to job->take (fd -1), or writes frames to fd. */
struct child_out *child_out_new(struct arena *a, const struct child_job *job, int fd);

/* The whole life of the child; file and the end's fd are all it keeps open. Does not return. */
_Noreturn void child_live(const struct child_job *job, struct child_out *out, int file);

/* ERR_LIMIT for a record too many or too large; counts it. */
enum err_code child_count(const struct child_limits *limits, size_t n, size_t *total, struct err *err);

/* ---- child_in.c ---- */

struct child_in {
	int fd;
	pid_t pid;                /* of the child; -1 when gone */
	const struct child_job *job;
	int64_t start_by, end_by; /* ms */
	size_t total;
	char *bytes;
	size_t n, cap;
	bool ready, done;         /* the first frame came, the last one */
};

/* Reads frames until the last one, the child's death, an error or a deadline. ERR_BUSY: not ready in time. */
enum err_code child_collect(struct child_in *in, struct err *err);

/* Whatever happened: no child and no buffer is left behind. For CLEANUP. */
void child_in_done(struct child_in *in);

int64_t child_ms(void);   /* a clock that only moves forward */

#endif
