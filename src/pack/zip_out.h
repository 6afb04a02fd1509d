/* A ZIP archive written to a file as its members come (APPNOTE 6.3, deflated), in flat memory: the same members give
 * the same bytes; every member is dated 1980-01-01. The file must allow seeking. */
#ifndef PACK_ZIP_OUT_H
#define PACK_ZIP_OUT_H

#include "base/err.h"
#include "base/str.h"

struct zip_out;

/* Begins an archive at the start of fd, which stays the caller's; path is named in errors. level: of zlib, 1 (fast) to
 * 9. Never NULL. */
struct zip_out *zip_out_new(int fd, const char *path, int level);

/* The next member, until the next one or the end. name: lives as long as z. */
enum err_code zip_out_member(struct zip_out *z, const char *name, struct err *err);
/* More of it. ERR_LIMIT: 4 GiB, of a member or of the whole. ERR_IO. */
enum err_code zip_out_put(struct zip_out *z, struct str bytes, struct err *err);
/* Ends the archive. */
enum err_code zip_out_end(struct zip_out *z, struct err *err);

void zip_out_free(struct zip_out **z);   /* for CLEANUP; NULL is fine */

#endif
