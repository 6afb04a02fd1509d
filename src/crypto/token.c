#include "crypto/token.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <errno.h>
#include <sys/random.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void random_bytes(void *out, size_t n)
{
	char *p = out;

	while (n) {
		ssize_t got = getrandom(p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		BUG_IF(got <= 0);
		p += got;
		n -= (size_t)got;
	}
}

static struct str to_text(const unsigned char b[TOKEN_BYTES], char out[TOKEN_TEXT])
{
	unsigned held = 0, bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < TOKEN_BYTES; i++) {
		held = held << 8 | b[i];
		for (bits += 8; bits >= 6; bits -= 6)
			out[n++] = digits[held >> (bits - 6) & 63];
	}
	out[n++] = digits[held << (6 - bits) & 63];
	out[n] = 0;
	return (struct str){out, n};
}

struct str token_new(char out[TOKEN_TEXT])
{
	unsigned char b[TOKEN_BYTES];
	struct str text;

	random_bytes(b, sizeof b);
	text = to_text(b, out);
	OPENSSL_cleanse(b, sizeof b);
	return text;
}

bool token_is(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(digits, s.p[i]))
			return false;
	return s.n == TOKEN_TEXT - 1;
}

void token_hash(struct str token, unsigned char out[DIGEST_BYTES])
{
	digest_sha256(token, out);
}

struct str token_derive(struct str token, struct str label, char out[TOKEN_TEXT])
{
	unsigned char b[HMAC_MAX];

	_Static_assert((int)HMAC_MAX == (int)TOKEN_BYTES, "a token is as long as what HMAC-SHA256 gives");
	hmac(HMAC_SHA256, token, label, b);
	return to_text(b, out);
}

size_t hmac(enum hmac_hash hash, struct str key, struct str text, unsigned char out[HMAC_MAX])
{
	char name[] = "SHA256";
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *ctx = mac ? EVP_MAC_CTX_new(mac) : NULL;
	size_t n = 0;

	if (hash == HMAC_SHA1)
		memcpy(name, "SHA1", sizeof "SHA1");
	/* no key is a key of no bytes, but not a null pointer, which would mean the key of before */
	if (!ctx || !EVP_MAC_init(ctx, (const unsigned char *)(key.n ? key.p : ""), key.n, params) ||
		!EVP_MAC_update(ctx, (const unsigned char *)text.p, text.n) || !EVP_MAC_final(ctx, out, &n, HMAC_MAX))
		BUG("OpenSSL has no HMAC");
	EVP_MAC_CTX_free(ctx);
	EVP_MAC_free(mac);
	return n;
}

bool same_secret(struct str a, struct str b)
{
	return a.n == b.n && (!a.n || !CRYPTO_memcmp(a.p, b.p, a.n));
}
