/* Parsing foreign bytes in a short-lived child process without files or network (Landlock where the kernel
 * has it, seccomp always), memory and CPU limited. */
#ifndef PACK_CHILD_H
#define PACK_CHILD_H

#include "base/arena.h"
#include "base/err.h"

/* Where a parser writes what it found. */
struct child_out;

/* A record to the parent. ERR_LIMIT past child_limits; whatever the parent's child_record_fn made of it is
 * known only to the parent. */
enum err_code child_send(struct child_out *out, struct str record, struct err *err);

/* The parser, run in the child: fd is the opened file (seekable, read only), nothing else is open but the
 * pipes. What it returns in err reaches the parent as its own. */
typedef enum err_code child_parse_fn(void *ctx, int fd, struct child_out *out, struct err *err);

/* Called in the parent for each record, which must be taken as untrusted; the record is valid during the
 * call. */
typedef enum err_code child_record_fn(void *ctx, struct str record, struct err *err);

struct child_limits {
	size_t record_bytes;     /* one record */
	size_t total_bytes;      /* all records */
	size_t memory_bytes;     /* address space of the child (not under ASan) */
	int cpu_seconds;
	void (*prepare)(void);   /* NULL, or loads what the parser needs (iconv tables): in the child, not yet
	                          * shut in */
};

/* For the parser: the whole of fd, at most limit bytes (ERR_LIMIT), ERR_IO. Works inside the sandbox. */
enum err_code child_read(struct arena *a, int fd, size_t limit, struct str *out, struct err *err);

/* Opens path, forks, parses, collects. A child that dies (crash, limit, forbidden call) is ERR_INPUT: "the
 * file could not be read safely". With ZEREN_NO_FORK=1 in the environment (fuzzing, debugging) it runs in
 * the same process. ERR_NOT_FOUND, ERR_IO for a file that cannot be opened. Every text begins with the name
 * of the file. May be called from any thread. Locks that other threads hold at that moment stay locked in
 * the child for good: the parser may use malloc and what prepare has used, not stdio. A child that hangs
 * before it is shut in is started anew. */
enum err_code child_run(const char *path, child_parse_fn *parse, void *parse_ctx, child_record_fn *take,
		void *take_ctx, struct child_limits limits, struct err *err);

#endif
