/* The scheme in force: adopted by an event that holds its digest; its text is an object of the log. */
#ifndef OFFICE_ADOPT_H
#define OFFICE_ADOPT_H

#include "log/object.h"
#include "office/scheme.h"

/* Records a scheme, inside an intent; the one that is in force already is not adopted again. digest: of its text,
 * stored before (object_store_text). */
enum err_code scheme_adopt(struct tx *tx, const struct scheme *s, const struct object *text, struct err *err);

/* The scheme adopted last. ERR_NOT_FOUND when none is; ERR_DAMAGED when its text is not what was adopted. */
enum err_code scheme_current(struct log *log, struct arena *a, struct scheme *out, struct err *err);

/* The same by the tables of another database: a replay of the log up to some event. */
enum err_code scheme_current_in(struct log *log, struct db *db, struct arena *a, struct scheme *out, struct err *err);

/* The digest of the scheme adopted last. ERR_NOT_FOUND when none is. */
enum err_code scheme_digest_in(struct db *db, struct hash *out, struct err *err);

#endif
