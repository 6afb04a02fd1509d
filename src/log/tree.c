#include "log/tree.h"

#include "crypto/digest.h"

#include <inttypes.h>
#include <string.h>

_Static_assert((int)HASH_BYTES == (int)DIGEST_BYTES, "one algorithm");

struct hash tree_leaf(struct str event)
{
	struct str parts[] = {{"\0", 1}, event};
	struct hash h = {0};

	digest_parts(parts, LEN(parts), h.b);
	return h;
}

struct hash tree_node(const struct hash *left, const struct hash *right)
{
	char text[1 + 2 * HASH_BYTES] = {1};
	struct hash h = {0};

	memcpy(text + 1, left->b, HASH_BYTES);
	memcpy(text + 1 + HASH_BYTES, right->b, HASH_BYTES);
	digest_sha256((struct str){text, sizeof text}, h.b);
	return h;
}

struct hash tree_empty(void)
{
	struct hash h = {0};

	digest_sha256(STR_NONE, h.b);
	return h;
}

/* ---- range ---- */

/* Each trailing zero of the new count is a pair of perfect subtrees of one size: they become one. */
void range_add(struct range *r, const struct hash *leaf)
{
	BUG_IF(r->n == INT64_MAX);
	r->n++;
	r->hashes[r->nhashes++] = *leaf;
	for (int64_t n = r->n; !(n & 1); n >>= 1) {
		r->hashes[r->nhashes - 2] = tree_node(&r->hashes[r->nhashes - 2], &r->hashes[r->nhashes - 1]);
		r->nhashes--;
	}
}

struct hash range_root(const struct range *r)
{
	struct hash h;

	if (!r->nhashes)
		return tree_empty();
	h = r->hashes[r->nhashes - 1];
	for (size_t i = r->nhashes - 1; i > 0; i--)
		h = tree_node(&r->hashes[i - 1], &h);
	return h;
}

struct str range_bytes(const struct range *r)
{
	return (struct str){(const char *)r->hashes, r->nhashes * HASH_BYTES};
}

bool range_load(struct range *r, int64_t n, struct str bytes)
{
	if (n < 0 || bytes.n != (size_t)__builtin_popcountll((uint64_t)n) * HASH_BYTES)
		return false;
	memset(r, 0, sizeof *r);
	r->n = n;
	r->nhashes = bytes.n / HASH_BYTES;
	if (bytes.n)
		memcpy(r->hashes, bytes.p, bytes.n);
	return true;
}

/* ---- proofs ---- */

/* Largest power of two below n; n > 1. */
static int64_t split(int64_t n)
{
	return INT64_C(1) << (63 - __builtin_clzll((uint64_t)n - 1));
}

/* Root of the n leaves from `from`. */
static enum err_code subtree(struct tree_leaves l, int64_t from, int64_t n, struct hash *out, struct err *err)
{
	struct range r = {0};
	struct hash some[256];

	while (n > 0) {
		int64_t k = MIN(n, (int64_t)LEN(some));

		TRY(l.get(l.ctx, from, k, some, err));
		for (int64_t i = 0; i < k; i++)
			range_add(&r, &some[i]);
		from += k;
		n -= k;
	}
	*out = range_root(&r);
	return OK;
}

static enum err_code push(struct proof *p, struct tree_leaves l, int64_t from, int64_t n, struct err *err)
{
	return subtree(l, from, n, &p->hashes[p->n++], err);
}

/* Collected from the root down, given from the leaf up. */
static void turn(struct proof *p)
{
	for (size_t i = 0; i < p->n / 2; i++) {
		struct hash h = p->hashes[i];

		p->hashes[i] = p->hashes[p->n - 1 - i];
		p->hashes[p->n - 1 - i] = h;
	}
}

/* PATH(m, D[n]) of §2.1.1. */
enum err_code tree_inclusion(struct tree_leaves l, int64_t index, int64_t size, struct proof *out,
	struct err *err)
{
	struct proof p = {0};
	int64_t from = 0, n = size, m = index;

	if (index < 0 || index >= size)
		return fail(err, ERR_INPUT, N_("event %" PRId64 " is not among the first %" PRId64), index,
			size);
	while (n > 1) {
		int64_t k = split(n);

		if (m < k) {
			TRY(push(&p, l, from + k, n - k, err));
			n = k;
		} else {
			TRY(push(&p, l, from, k, err));
			from += k;
			m -= k;
			n -= k;
		}
	}
	turn(&p);
	*out = p;
	return OK;
}

/* PROOF(m, D[n]) of §2.1.2. whole: the subtree is one that the old root is made of alone. */
enum err_code tree_consistency(struct tree_leaves l, int64_t first, int64_t second, struct proof *out,
	struct err *err)
{
	struct proof p = {0};
	int64_t from = 0, n = second, m = first;
	bool whole = true;

	if (first <= 0 || first > second)
		return fail(err, ERR_INPUT,
			N_("a log of %" PRId64 " events is no beginning of one of %" PRId64), first,
			second);
	while (m != n) {
		int64_t k = split(n);

		if (m <= k) {
			TRY(push(&p, l, from + k, n - k, err));
			n = k;
		} else {
			TRY(push(&p, l, from, k, err));
			from += k;
			m -= k;
			n -= k;
			whole = false;
		}
	}
	if (!whole)
		TRY(push(&p, l, from, n, err));
	turn(&p);
	*out = p;
	return OK;
}

/* The verifiers follow RFC 9162 §2.1.3.2 and §2.1.4.2, which writes out what RFC 6962 leaves to the
 * reader. */
static void shift(int64_t *fn, int64_t *sn)
{
	*fn >>= 1;
	*sn >>= 1;
}

bool tree_check_inclusion(const struct proof *p, int64_t index, int64_t size, const struct hash *leaf,
	const struct hash *root)
{
	int64_t fn = index, sn = size - 1;
	struct hash r = *leaf;

	if (index < 0 || index >= size || p->n > TREE_RANGE)
		return false;
	for (size_t i = 0; i < p->n; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) || fn == sn) {
			r = tree_node(&p->hashes[i], &r);
			while (fn != 0 && !(fn & 1))
				shift(&fn, &sn);
		} else {
			r = tree_node(&r, &p->hashes[i]);
		}
		shift(&fn, &sn);
	}
	return sn == 0 && hash_eq(&r, root);
}

bool tree_check_consistency(const struct proof *p, int64_t first, int64_t second, const struct hash *root1,
	const struct hash *root2)
{
	int64_t fn = first - 1, sn = second - 1;
	struct hash fr, sr;
	size_t i = 0;

	if (first <= 0 || first > second || p->n > TREE_RANGE)
		return false;
	if (first == second)
		return p->n == 0 && hash_eq(root1, root2);
	if (!p->n)
		return false;
	fr = (first & (first - 1)) ? p->hashes[i++] : *root1;
	sr = fr;
	while (fn & 1)
		shift(&fn, &sn);
	for (; i < p->n; i++) {
		const struct hash *c = &p->hashes[i];

		if (sn == 0)
			return false;
		if ((fn & 1) || fn == sn) {
			fr = tree_node(c, &fr);
			sr = tree_node(c, &sr);
			while (fn != 0 && !(fn & 1))
				shift(&fn, &sn);
		} else {
			sr = tree_node(&sr, c);
		}
		shift(&fn, &sn);
	}
	return sn == 0 && hash_eq(&fr, root1) && hash_eq(&sr, root2);
}

/* ---- text ---- */

struct str hash_text(const struct hash *h, char out[HASH_TEXT])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < HASH_BYTES; i++) {
		out[2 * i] = hex[h->b[i] >> 4];
		out[2 * i + 1] = hex[h->b[i] & 15];
	}
	out[HASH_TEXT - 1] = 0;
	return (struct str){out, HASH_TEXT - 1};
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hash_parse(struct str hex, struct hash *out)
{
	struct hash h;

	if (hex.n != HASH_TEXT - 1)
		return false;
	for (size_t i = 0; i < HASH_BYTES; i++) {
		int hi = digit(hex.p[2 * i]), lo = digit(hex.p[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		h.b[i] = (unsigned char)(hi << 4 | lo);
	}
	*out = h;
	return true;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
	return !memcmp(a->b, b->b, HASH_BYTES);
}
