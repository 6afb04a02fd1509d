/* Members of a ZIP archive (APPNOTE 6.3, stored or deflated), read as streams within limits. Named so
 * because libzip has taken zip_. Meant for a parser child (pack/child.h): libzip sees foreign bytes
 * here. */
#ifndef PACK_UNZIP_H
#define PACK_UNZIP_H

#include "base/err.h"
#include "base/str.h"

struct unzip;

struct unzip_limits {
	size_t file_bytes;    /* the archive itself */
	size_t entries;       /* members in it */
	size_t inflated;      /* bytes inflated, all members read together */
};

/* Opens the archive behind fd, which stays the caller's and is not needed after this. ERR_INPUT: no ZIP
 * archive, broken, encrypted, two members of one name; ERR_LIMIT; ERR_IO. */
enum err_code unzip_open(int fd, struct unzip_limits limits, struct unzip **out, struct err *err);
void unzip_free(struct unzip **z);   /* NULL is fine */

/* Member names compare as OOXML part names do: ASCII letters in either case, "\" as "/". */
bool unzip_has(const struct unzip *z, struct str name);

typedef enum err_code unzip_take_fn(void *ctx, struct str part, struct err *err);

/* Hands the content of a member on piece by piece. ERR_INPUT: missing, broken, wrong
 * checksum, method other than stored or deflated; ERR_LIMIT: more than limits.inflated. Texts name the
 * member. */
enum err_code unzip_member(struct unzip *z, struct str name, unzip_take_fn *take, void *ctx,
		struct err *err);

#endif
