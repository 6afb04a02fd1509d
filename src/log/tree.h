/* Merkle tree of RFC 6962 §2.1 over SHA-256: leaf = H(0x00 ‖ event), node = H(0x01 ‖ left ‖ right), split
 * at the largest power of two below n. Knows nothing of databases. */
#ifndef LOG_TREE_H
#define LOG_TREE_H

#include "base/arena.h"
#include "base/err.h"

enum { HASH_BYTES = 32, TREE_RANGE = 64 };

struct hash {
	unsigned char b[HASH_BYTES];
};

/* The hashes that trees are made of, by the rules above. */
struct hash tree_leaf(struct str event);
struct hash tree_node(const struct hash *left, const struct hash *right);
struct hash tree_empty(void);    /* root of no leaves: H("") */

/* The roots of the perfect subtrees of a tree of n leaves, largest first: enough to append and to give the
 * root. At most 64 hashes. */
struct range {
	int64_t n;
	size_t nhashes;
	struct hash hashes[TREE_RANGE];
};
void range_add(struct range *r, const struct hash *leaf);
struct hash range_root(const struct range *r);

/* Stored form: the hashes one behind the other. range_load refuses (false) a count that does not fit n. */
struct str range_bytes(const struct range *r);
bool range_load(struct range *r, int64_t n, struct str bytes);

/* Proofs. leaves gives the hash of leaf i; a proof is at most 64 hashes. */
struct tree_leaves {
	enum err_code (*get)(void *ctx, int64_t from, int64_t n, struct hash *out, struct err *err);
	void *ctx;
};
struct proof {
	size_t n;
	struct hash hashes[TREE_RANGE];
};
/* That leaf index is in the tree of size leaves. ERR_INPUT unless 0 <= index < size. */
enum err_code tree_inclusion(struct tree_leaves l, int64_t index, int64_t size, struct proof *out,
	struct err *err);
/* That the tree of first leaves is a prefix of that of second. ERR_INPUT unless 0 < first <= second. */
enum err_code tree_consistency(struct tree_leaves l, int64_t first, int64_t second, struct proof *out,
	struct err *err);

/* Exact: spare or missing hashes, size 0, index >= size are false. */
bool tree_check_inclusion(const struct proof *p, int64_t index, int64_t size, const struct hash *leaf,
	const struct hash *root);
bool tree_check_consistency(const struct proof *p, int64_t first, int64_t second, const struct hash *root1,
	const struct hash *root2);

#define HASH_TEXT 65
struct str hash_text(const struct hash *h, char out[HASH_TEXT]);   /* lower-case hex */
bool hash_parse(struct str hex, struct hash *out);
bool hash_eq(const struct hash *a, const struct hash *b);

#endif
