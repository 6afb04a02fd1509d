/* Schemes in force: each adopted by an event that holds its digest; its text is an object of the log.
 *
 * Versions: an adoption has a first day in force. On a day the version counts that was adopted last among those
 * whose first day is not after it; the first adoption of all counts since ever. A year is judged by the version in
 * force at its end; of duties that changed within it, what was due before the change by the older text
 * (duty/duty.h). */
#ifndef RECORD_ADOPT_H
#define RECORD_ADOPT_H

#include "log/object.h"
#include "scheme/scheme.h"

/* How a scheme is adopted: its texts are stored before. */
struct adoption {
	struct object text;
	struct object *uses;                 /* [nuses] of the scheme */
	struct date from;                    /* first day in force; DATE_NONE: today */
};

/* Stores the texts of a scheme and of those that it uses. uses lies in a; from is DATE_NONE. */
enum err_code scheme_store(
	struct objects in, struct arena *a, const struct scheme *s, struct adoption *out, struct err *err);

/* Records a scheme, inside an intent; the one that is in force already is not adopted again, but with another first
 * day. ERR_CONFLICT where it begins within a year and a duty of the version before cannot be read by its record
 * types. */
enum err_code scheme_adopt(struct tx *tx, const struct scheme *s, const struct adoption *how, struct err *err);

/* An adoption. */
struct scheme_version {
	struct id id;
	struct str code, title;
	struct date from;                    /* DATE_NONE: since ever */
	struct hash digest;
};

/* All of them, in the order of adoption. */
enum err_code scheme_versions(
	struct db *db, struct arena *a, struct scheme_version **out, size_t *n, struct err *err);

/* That which counts on a day; NULL when there is none. */
const struct scheme_version *scheme_version_on(const struct scheme_version *all, size_t n, struct date on);

/* Its text, with those that it uses, as it was adopted. */
enum err_code scheme_version_read(struct log *log, struct db *db, struct arena *a, const struct scheme_version *v,
	struct scheme *out, struct err *err);

/* What a year is judged by. ERR_NOT_FOUND where no scheme is adopted. db: the log's, or a replay. */
enum err_code scheme_of_year(
	struct log *log, struct db *db, struct arena *a, int year, struct scheme *out, struct err *err);

/* The scheme adopted last. ERR_NOT_FOUND when none is; ERR_DAMAGED when its text is not what was adopted. */
enum err_code scheme_current(struct log *log, struct arena *a, struct scheme *out, struct err *err);

/* The same by the tables of another database: a replay of the log up to some event. */
enum err_code scheme_current_in(struct log *log, struct db *db, struct arena *a, struct scheme *out, struct err *err);

/* The same by what was adopted before an event, and the digest of the version that a year is judged by now.
 * ERR_NOT_FOUND where none was. */
enum err_code scheme_of_year_before(struct log *log, struct db *db, struct arena *a, int year, int64_t before,
	struct scheme *out, struct err *err);
enum err_code scheme_digest_of_year(struct db *db, struct arena *a, int year, struct hash *out, struct err *err);

#endif
