/* Passwords: Argon2id (RFC 9106) by libsodium, kept as a PHC string. A hashing takes about a tenth of a second and 64
 * MiB, so at most two run at once and at most 16 wait; who comes then gets ERR_BUSY. Never hash in the thread that
 * writes the log. */
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

enum {
	PASSWORD_MIN = 12, PASSWORD_MAX = 128,         /* characters */
	PASSWORD_PHC = 128,                            /* bytes, with the 0 byte */
	PASSWORD_AT_ONCE = 2, PASSWORD_WAITING = 16,
};

/* What a hashing costs; one lane. Zero: the default of 64 MiB and 3 passes, or, where the environment says
 * ZEREN_PASSWORD_COST=low (tests), the floor of 19 MiB and 2 passes. Anything lower can only be asked for here. */
struct password_cost {
	uint32_t kib, passes;
};

/* Hashes with 16 bytes of salt into 32. ERR_BUSY; ERR_LIMIT for more than PASSWORD_MAX characters. Whether the
 * password is any good is asked elsewhere (crypto/strength.h). */
enum err_code password_hash(struct str password, struct password_cost cost, char out[PASSWORD_PHC], struct err *err);

/* Does the password belong to phc? phc NULL or empty stands for an account that does not exist or has no password: the
 * same time is spent at the given cost, and the answer is no. ERR_BUSY. */
enum err_code password_verify(
	struct str password, const char *phc, struct password_cost cost, bool *yes, struct err *err);

/* Was it hashed at a lower cost than this, or in another way? Then hash anew, as the password is at hand. */
bool password_is_weak(const char *phc, struct password_cost cost);

#endif
