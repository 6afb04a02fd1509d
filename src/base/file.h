/* Files and folders. Paths are UTF-8 C strings inside a struct str made by an arena (0 byte behind). */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* The whole file, at most limit bytes (ERR_LIMIT names both sizes). ERR_NOT_FOUND, ERR_IO. */
enum err_code file_read(struct arena *a, const char *path, size_t limit, struct str *out, struct err *err);

/* Writes a new file beside path, syncs it, renames it over path, syncs the folder: readers see the old
 * or the new, whole. */
enum err_code file_write(const char *path, struct str text, struct err *err);

/* Makes the names in a folder durable (fsync). ERR_IO. */
enum err_code file_sync_dir(const char *path, struct err *err);

/* Makes the folder and its parents; it may exist. Mode 0700. */
enum err_code file_mkdirs(const char *path, struct err *err);

/* Names in a folder, sorted by bytes, without "." and ".."; at most limit of them. */
struct file_list {
	struct str *names;
	size_t n;
};
enum err_code file_list(struct arena *a, const char *path, size_t limit, struct file_list *out, struct err *err);

/* Removes a folder and all below it; does not follow links; absent is fine. */
enum err_code file_remove_tree(const char *path, struct err *err);

/* Is there a folder of that name (through links)? */
bool file_is_dir(const char *path);
/* Is there anything of that name (through links)? */
bool file_exists(const char *path);

/* dir/name, with one slash between them. */
struct str path_join(struct arena *a, struct str dir, struct str name);
struct str path_base(struct str path);   /* behind the last slash */

/* Writes all of it. name: what the file is called in the error. ERR_IO. */
enum err_code fd_put(int fd, struct str bytes, const char *name, struct err *err);
void fd_close(int *fd);   /* for CLEANUP; -1 is none */

#endif
