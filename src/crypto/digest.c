#include "crypto/digest.h"

#include <openssl/evp.h>
#include <pthread.h>

static EVP_MD *sha256;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static _Thread_local EVP_MD_CTX *mine;

static void free_ctx(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

static void fetch(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!sha256 || EVP_MD_get_size(sha256) != DIGEST_BYTES)
		BUG("OpenSSL has no SHA-256");
	if (pthread_key_create(&key, free_ctx))
		BUG("no thread key left");
}

static void start(EVP_MD_CTX *ctx)
{
	if (!EVP_DigestInit_ex2(ctx, sha256, NULL))
		BUG("SHA-256 does not start");
}

static EVP_MD_CTX *fresh(void)
{
	EVP_MD_CTX *ctx;

	pthread_once(&once, fetch);
	ctx = EVP_MD_CTX_new();
	if (!ctx)
		BUG("out of memory");
	return ctx;
}

/* The state of this thread; freed when the thread ends. */
static EVP_MD_CTX *own(void)
{
	if (!mine) {
		mine = fresh();
		pthread_setspecific(key, mine);
	}
	return mine;
}

static void put(EVP_MD_CTX *ctx, struct str s)
{
	if (s.n && !EVP_DigestUpdate(ctx, s.p, s.n))
		BUG("SHA-256 does not go on");
}

static void end(EVP_MD_CTX *ctx, unsigned char out[DIGEST_BYTES])
{
	unsigned n = 0;

	if (!EVP_DigestFinal_ex(ctx, out, &n) || n != DIGEST_BYTES)
		BUG("SHA-256 does not end");
}

void digest_parts(const struct str *parts, size_t n, unsigned char out[DIGEST_BYTES])
{
	EVP_MD_CTX *ctx = own();

	start(ctx);
	for (size_t i = 0; i < n; i++)
		put(ctx, parts[i]);
	end(ctx, out);
}

void digest_sha256(struct str s, unsigned char out[DIGEST_BYTES])
{
	digest_parts(&s, 1, out);
}

void digest_init(struct digest *d)
{
	d->ctx = fresh();
	start(d->ctx);
}

void digest_put(struct digest *d, struct str s)
{
	put(d->ctx, s);
}

void digest_end(struct digest *d, unsigned char out[DIGEST_BYTES])
{
	end(d->ctx, out);
	start(d->ctx);
}

void digest_done(struct digest *d)
{
	EVP_MD_CTX_free(d->ctx);
	d->ctx = NULL;
}
