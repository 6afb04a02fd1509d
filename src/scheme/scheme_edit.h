/* Editing the duties of a scheme as a form does, in its text: what is not said anew stays byte for byte, with its
 * comments. The result is read again and held against what was meant, so that no edit damages a file. */
#ifndef SCHEME_SCHEME_EDIT_H
#define SCHEME_SCHEME_EDIT_H

#include "scheme/scheme.h"

/* A key of a duty and its new value. key: title, owner, points, need.count, needs.2.by (lists count from 1). value: of
 * title, cadence, proof, owner, owned_by, points, pace the text itself; of others YAML on one line, {count: 2} or a
 * text. Empty: the key is taken away. */
struct edit_key {
	struct str key, value;
};

/* Changes keys of a duty. ERR_NOT_FOUND where the text itself has no such duty (it may stand in a scheme that it uses);
 * ERR_INPUT for a key or value that cannot be; ERR_CONFLICT where the text is written so that it is edited by hand
 * only. The result is YAML and says what was meant; whether it is a sound scheme tells scheme_read_from. In a. */
enum err_code scheme_edit_set(struct arena *a, struct str text, struct str id, const struct edit_key *keys, size_t n,
	struct str *out, struct err *err);

/* A new duty behind the others. ERR_CONFLICT also where one is called so already. */
enum err_code scheme_edit_add(struct arena *a, struct str text, struct str id, const struct edit_key *keys, size_t n,
	struct str *out, struct err *err);

/* Takes a duty out. Comments above it go with it only where they stand in its own lines. */
enum err_code scheme_edit_end(struct arena *a, struct str text, struct str id, struct str *out, struct err *err);

#endif
