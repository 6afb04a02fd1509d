/* SHA-256 (FIPS 180-4) by OpenSSL. The algorithm is looked up once a process and the state kept once a
 * thread, so a short text costs its hashing and little more. Nothing here fails: an OpenSSL without SHA-256
 * is a BUG. */
#ifndef CRYPTO_DIGEST_H
#define CRYPTO_DIGEST_H

#include "base/str.h"

enum { DIGEST_BYTES = 32 };

/* The digest of a text. */
void digest_sha256(struct str s, unsigned char out[DIGEST_BYTES]);

/* The digest of n parts one behind the other, without joining them. */
void digest_parts(const struct str *parts, size_t n, unsigned char out[DIGEST_BYTES]);

/* Streaming. digest_end gives the digest of all that was put and starts anew. */
struct digest {
	void *ctx;         /* of OpenSSL */
};
void digest_init(struct digest *d);
void digest_put(struct digest *d, struct str s);
void digest_end(struct digest *d, unsigned char out[DIGEST_BYTES]);
void digest_done(struct digest *d);   /* for CLEANUP */

#endif
