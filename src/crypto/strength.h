/* Is a new password any good? Length 12 to 128 characters and any composition (OWASP ASVS 6.2), but nothing that is
 * guessed at once: digits alone, one thing over again, walks over the keyboard, common passwords (pinyin ones too),
 * words that belong to the person and the office, and words of cracklib's dictionary with a few changes. */
#ifndef CRYPTO_STRENGTH_H
#define CRYPTO_STRENGTH_H

#include "base/err.h"
#include "base/str.h"

/* Whose password it is: words not to lean on. Words of less than 3 bytes are passed over. */
struct strength_of {
	struct str login, name;
	const struct str *words;         /* of the office: its name, its code … */
	size_t nwords;
	int year;                        /* the year now; the few before and after count as well */
};

/* ERR_INPUT says what is wrong, never the password itself; ERR_REQUIRED for an empty one. Without cracklib's dictionary
 * (strength_dictionary) the other checks stand alone. */
enum err_code password_strength(struct str password, const struct strength_of *of, struct err *err);

/* Is cracklib's dictionary there? Where it is not, whoever sets passwords is to be told so: package
 * cracklib-runtime. */
bool strength_dictionary(void);

#endif
