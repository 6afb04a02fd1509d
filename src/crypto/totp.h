/* One-time passwords by time: TOTP (RFC 6238) with SHA-1 or SHA-256, steps of 30 seconds, six digits; the secret in
 * base32 (RFC 4648 §6) and as an otpauth:// address, which apps read from a QR code. */
#ifndef CRYPTO_TOTP_H
#define CRYPTO_TOTP_H

#include "base/arena.h"
#include "crypto/token.h"

enum { TOTP_STEP = 30, TOTP_DIGITS = 6, TOTP_SECRET = 20 };   /* seconds; digits; bytes of a new secret */

/* The code of one step (RFC 4226 §5.3); digits: 1 to 9. */
uint32_t totp_code(struct str secret, enum hmac_hash hash, int64_t step, int digits);

/* Is code right now, or one step (30 s) ago or ahead? A step up to and including last is not taken: a code serves
 * once. The caller keeps *step, which is the step it belongs to, as the next last. seconds: since 1970; last: -1 when
 * none was taken yet. Blanks in code are passed over. */
bool totp_check(
	struct str secret, enum hmac_hash hash, int64_t seconds, struct str code, int64_t last, int64_t *step);

/* Base32 without padding, in the arena; and back (small letters, blanks, '-' and padding are taken): false for any
 * other character or bits left over. */
struct str base32(struct arena *a, struct str bytes);
bool base32_read(struct arena *a, struct str text, struct str *out);

/* otpauth://totp/ISSUER:LOGIN?secret=…&issuer=…&algorithm=…&digits=6&period=30, percent-encoded. */
struct str totp_uri(struct arena *a, struct str secret, enum hmac_hash hash, struct str issuer, struct str login);

#endif
