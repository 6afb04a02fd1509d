/* Secrets by chance: 256-bit tokens, HMAC, comparison in constant time. A token is shown once; what is kept of it is
 * its SHA-256, which is enough as nobody can try 2^256 of them. */
#ifndef CRYPTO_TOKEN_H
#define CRYPTO_TOKEN_H

#include "crypto/digest.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT = 44 };   /* text: 43 characters and a 0 byte */

/* Fills n bytes from the system's generator (getrandom). A system without one is a BUG. */
void random_bytes(void *out, size_t n);

/* A new token as base64url without padding (RFC 4648 §5). Returns the text. */
struct str token_new(char out[TOKEN_TEXT]);

/* True where s has the form of a token: 43 characters of base64url. */
bool token_is(struct str s);

/* What is kept of a token: SHA-256 over its text. */
void token_hash(struct str token, unsigned char out[DIGEST_BYTES]);

/* A token that follows from another and a label, by HMAC-SHA256: who has not the first cannot make the second. */
struct str token_derive(struct str token, struct str label, char out[TOKEN_TEXT]);

enum hmac_hash { HMAC_SHA1, HMAC_SHA256 };
enum { HMAC_MAX = 32 };
/* HMAC (FIPS 198-1) with SHA-1 or SHA-256: writes and returns 20 or 32 bytes. Never fails. */
size_t hmac(enum hmac_hash hash, struct str key, struct str text, unsigned char out[HMAC_MAX]);

/* Equal? The time taken tells the length and nothing else. */
bool same_secret(struct str a, struct str b);

#endif
