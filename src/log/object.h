/* Files by digest: evidence and long texts. DIR/objects/ab/cdef… named by the SHA-256 of the plain file
 * (sha256sum agrees). Written crash-safe: staged, synced, linked into place, folder synced — and only then
 * does an event name it (kind "object.add": digest, size, name). Nothing is ever parsed or rendered
 * here. */
#ifndef LOG_OBJECT_H
#define LOG_OBJECT_H

#include "log/log.h"
#include "log/tree.h"

extern const struct event_kind object_kinds[];   /* ended by a kind without name */

enum { OBJECT_BYTES = 256 << 20 };   /* largest file */

struct object {
	struct hash digest;
	int64_t size;
};

/* Stores a file's bytes (streamed) or a text. The same bytes twice are one object. No event yet. ERR_DENIED for a log
 * that is open for reading only. */
enum err_code object_store(struct log *log, const char *path, struct object *out, struct err *err);
enum err_code object_store_text(struct log *log, struct str text, struct object *out, struct err *err);

/* The folder that the files of a log are kept in. Whoever has it may store, in any thread and beside the thread that
 * writes, as long as this process holds the log: a server's workers, before they hand an intent to the writer. */
struct objects {
	const char *dir;             /* the data directory; lives as long as the log */
	bool scratch;
};
struct objects objects_of(const struct log *log);
enum err_code objects_store(struct objects in, const char *path, struct object *out, struct err *err);
/* The same of size bytes of an open file from `at` on. ERR_IO where it has fewer. */
enum err_code objects_store_part(
	struct objects in, int fd, int64_t at, int64_t size, struct object *out, struct err *err);
enum err_code objects_store_text(struct objects in, struct str text, struct object *out, struct err *err);

/* Says in the log that the object is here under that name; the same digest and name said before is not said
 * again. *id: the event that named it first. */
enum err_code object_name(struct tx *tx, const struct object *o, struct str name, struct id *id,
	struct err *err);

/* Reads a stored text whole and checks its digest: ERR_DAMAGED names the file. */
enum err_code object_read(struct log *log, struct arena *a, const struct hash *digest, size_t limit,
	struct str *out, struct err *err);

/* Reads the stored file once and compares digest and size: ERR_DAMAGED or ERR_IO name the file. */
enum err_code object_check(struct arena *a, const struct log *log, const struct object *o, struct err *err);

/* Where the file of a digest lies. */
struct str object_path(struct arena *a, const struct log *log, const struct hash *digest);

#endif
