/* log/tree.c against tests/unit/tree_vectors.txt, which tests/oracle/tree_vectors.py makes from the text of
 * RFC 6962 alone; and every proof changed in one place, which must fail. */
#include "unit.h"

#include "base/file.h"
#include "crypto/digest.h"
#include "log/tree.h"

#include <stdio.h>

static const char FILE_NAME[] = "tests/unit/tree_vectors.txt";

static struct hash leaf_of(int64_t i)
{
	char text[32];
	int n = snprintf(text, sizeof text, "leaf %lld", (long long)i);

	return tree_leaf((struct str){text, (size_t)n});
}

static enum err_code leaves(void *ctx, int64_t from, int64_t n, struct hash *out, struct err *err)
{
	for (int64_t i = 0; i < n; i++)
		out[i] = leaf_of(from + i);
	return OK;
}

static enum err_code no_leaves(void *ctx, int64_t from, int64_t n, struct hash *out, struct err *err)
{
	return fail(err, ERR_IO, "no leaves");
}

static const struct tree_leaves LEAVES = {leaves, NULL};

static struct hash root_of(int64_t n)
{
	struct range r = {0};

	for (int64_t i = 0; i < n; i++) {
		struct hash h = leaf_of(i);

		range_add(&r, &h);
	}
	return range_root(&r);
}

/* ---- the file ---- */

/* Calls fn for each line that begins with the word; fails when there are fewer than least. */
static void each_line(const char *word, size_t least, void (*fn)(struct str *rest))
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	struct err err = {0};
	struct str text, line, first;
	size_t n = 0;

	assert_int_equal(file_read(&a, FILE_NAME, 4 << 20, &text, &err), OK);
	while (str_cut(&text, S("\n"), &line)) {
		str_cut(&line, S(" "), &first);
		if (str_is(first, word)) {
			fn(&line);
			n++;
		}
	}
	assert_true(n >= least);
}

static struct str word(struct str *rest)
{
	struct str w;

	assert_true(str_cut(rest, S(" "), &w));
	return w;
}

static int64_t number(struct str *rest)
{
	int64_t n;

	assert_true(str_int(word(rest), &n));
	return n;
}

static struct hash hash(struct str *rest)
{
	struct hash h;

	assert_true(hash_parse(word(rest), &h));
	return h;
}

static struct proof proof(struct str *rest)
{
	struct str all = word(rest), one;
	struct proof p = {0};

	if (str_is(all, "-"))
		return p;
	while (str_cut(&all, S(","), &one))
		assert_true(hash_parse(one, &p.hashes[p.n++]));
	return p;
}

/* ---- vectors ---- */

static void root_line(struct str *rest)
{
	int64_t n = number(rest);
	struct hash want = hash(rest), is = root_of(n);

	assert_true(hash_eq(&is, &want));
}

static void roots(void **state)
{
	each_line("root", 131, root_line);
}

/* Count byte and hashes, as the oracle puts them together. */
static void put_proof(struct digest *d, const struct proof *p)
{
	char n = (char)p->n;

	digest_put(d, (struct str){&n, 1});
	digest_put(d, (struct str){(const char *)p->hashes, p->n * HASH_BYTES});
}

static void all_proofs(struct str *rest, bool inclusion)
{
	struct digest d CLEANUP(digest_done);
	int64_t n = number(rest);
	struct hash want = hash(rest), is, root = root_of(n);
	struct err err = {0};

	digest_init(&d);
	for (int64_t i = 0; i < n; i++) {
		struct hash h = leaf_of(i), before = root_of(i + 1);
		struct proof p;

		if (inclusion) {
			assert_int_equal(tree_inclusion(LEAVES, i, n, &p, &err), OK);
			assert_true(tree_check_inclusion(&p, i, n, &h, &root));
		} else {
			assert_int_equal(tree_consistency(LEAVES, i + 1, n, &p, &err), OK);
			assert_true(tree_check_consistency(&p, i + 1, n, &before, &root));
		}
		put_proof(&d, &p);
	}
	digest_end(&d, is.b);
	assert_true(hash_eq(&is, &want));
}

static void paths_line(struct str *rest)
{
	all_proofs(rest, true);
}

static void prefixes_line(struct str *rest)
{
	all_proofs(rest, false);
}

static void paths(void **state)
{
	each_line("paths", 130, paths_line);
}

static void prefixes(void **state)
{
	each_line("prefixes", 130, prefixes_line);
}

static void inclusion_line(struct str *rest)
{
	bool want = str_is(word(rest), "yes");
	int64_t index = number(rest), size = number(rest);
	struct hash h = hash(rest), root = hash(rest);
	struct proof p = proof(rest);

	assert_int_equal(tree_check_inclusion(&p, index, size, &h, &root), want);
}

static void inclusion(void **state)
{
	each_line("inclusion", 200, inclusion_line);
}

static void consistency_line(struct str *rest)
{
	bool want = str_is(word(rest), "yes");
	int64_t first = number(rest), second = number(rest);
	struct hash root1 = hash(rest), root2 = hash(rest);
	struct proof p = proof(rest);

	assert_int_equal(tree_check_consistency(&p, first, second, &root1, &root2), want);
}

static void consistency(void **state)
{
	each_line("consistency", 300, consistency_line);
}

/* ---- mutations ---- */

static void flip(struct hash *h, unsigned bit)
{
	h->b[bit / 8 % HASH_BYTES] ^= (unsigned char)(1 << bit % 8);
}

/* Each hash changed by one bit, left out, doubled; one too many at either end. */
static void each_mutation(const struct proof *p, void (*must_fail)(void *ctx, const struct proof *p),
	void *ctx)
{
	struct proof m;

	for (size_t i = 0; i < p->n; i++) {
		m = *p;
		flip(&m.hashes[i], (unsigned)(i * 37 + p->n));
		must_fail(ctx, &m);
		m = *p;
		memmove(&m.hashes[i], &m.hashes[i + 1], (p->n - i - 1) * sizeof m.hashes[0]);
		m.n--;
		must_fail(ctx, &m);
	}
	m = *p;
	m.hashes[m.n++] = tree_empty();
	must_fail(ctx, &m);
	m = *p;
	memmove(&m.hashes[1], &m.hashes[0], p->n * sizeof m.hashes[0]);
	m.n++;
	must_fail(ctx, &m);
	m = *p;
	m.n = TREE_RANGE + 1;
	must_fail(ctx, &m);
}

struct claim {
	int64_t a, b;
	struct hash x, y;
};

static void not_included(void *ctx, const struct proof *p)
{
	const struct claim *c = ctx;

	assert_false(tree_check_inclusion(p, c->a, c->b, &c->x, &c->y));
}

static void not_consistent(void *ctx, const struct proof *p)
{
	const struct claim *c = ctx;

	assert_false(tree_check_consistency(p, c->a, c->b, &c->x, &c->y));
}

static void changed_proofs(void **state)
{
	struct err err = {0};

	for (int64_t n = 1; n <= 40; n++)
		for (int64_t i = 0; i < n; i++) {
			struct claim c = {i, n, leaf_of(i), root_of(n)}, d = {i + 1, n, root_of(i + 1),
				root_of(n)};
			struct proof p;

			assert_int_equal(tree_inclusion(LEAVES, i, n, &p, &err), OK);
			each_mutation(&p, not_included, &c);
			flip(&c.x, (unsigned)i);
			not_included(&c, &p);
			assert_int_equal(tree_consistency(LEAVES, i + 1, n, &p, &err), OK);
			each_mutation(&p, not_consistent, &d);
			flip(&d.x, (unsigned)i);
			not_consistent(&d, &p);
			flip(&d.x, (unsigned)i);
			flip(&d.y, (unsigned)i);
			not_consistent(&d, &p);
		}
}

/* ---- the rest ---- */

static void refusals(void **state)
{
	struct tree_leaves none = {no_leaves, NULL};
	struct proof p = {.n = 7};
	struct err err = {0};

	assert_int_equal(tree_inclusion(LEAVES, -1, 5, &p, &err), ERR_INPUT);
	err_clear(&err);
	assert_int_equal(tree_inclusion(LEAVES, 5, 5, &p, &err), ERR_INPUT);
	err_clear(&err);
	assert_int_equal(tree_inclusion(LEAVES, 0, 0, &p, &err), ERR_INPUT);
	err_clear(&err);
	assert_int_equal(tree_consistency(LEAVES, 0, 5, &p, &err), ERR_INPUT);
	err_clear(&err);
	assert_int_equal(tree_consistency(LEAVES, 6, 5, &p, &err), ERR_INPUT);
	err_clear(&err);
	assert_int_equal(tree_inclusion(none, 1, 5, &p, &err), ERR_IO);
	err_clear(&err);
	assert_int_equal(tree_consistency(none, 3, 5, &p, &err), ERR_IO);
	assert_int_equal(p.n, 7);      /* written only on success */
}

static void stored_range(void **state)
{
	struct range r = {0}, back;

	for (int64_t n = 0; n < 70; n++) {
		struct hash h = leaf_of(n), root = range_root(&r), again;

		assert_true(range_load(&back, n, range_bytes(&r)));
		again = range_root(&back);
		assert_true(hash_eq(&root, &again));
		assert_false(range_load(&back, n + 1, range_bytes(&r)) &&
			__builtin_popcountll((uint64_t)n) != __builtin_popcountll((uint64_t)n + 1));
		if (r.nhashes) {
			assert_false(range_load(&back, n, str_sub(range_bytes(&r), 1, SIZE_MAX)));
			assert_false(range_load(&back, n, str_sub(range_bytes(&r), HASH_BYTES, SIZE_MAX)));
		}
		range_add(&r, &h);
	}
	assert_false(range_load(&back, -1, STR_NONE));
}

static void hash_texts(void **state)
{
	char text[HASH_TEXT], bad[HASH_TEXT];
	struct hash h = tree_empty(), back;
	struct str s = hash_text(&h, text);

	assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_true(hash_parse(s, &back) && hash_eq(&h, &back));
	assert_false(hash_parse(str_sub(s, 0, 63), &back));
	for (const char *c = "GgAF:/ \n`"; *c; c++)
		for (size_t i = 0; i < 64; i += 9) {
			memcpy(bad, text, sizeof bad);
			bad[i] = *c;
			assert_false(hash_parse((struct str){bad, 64}, &back));
		}
}

static void digests(void **state)
{
	struct str parts[] = {S("a"), S(""), S("bc")};
	struct digest d CLEANUP(digest_done);
	struct hash one, two, three;
	char text[HASH_TEXT];

	digest_sha256(S("abc"), one.b);      /* FIPS 180-4, example */
	assert_string_equal(hash_text(&one, text).p,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_parts(parts, LEN(parts), two.b);
	assert_true(hash_eq(&one, &two));
	digest_init(&d);
	for (int i = 0; i < 2; i++) {        /* digest_end starts anew */
		digest_put(&d, S("ab"));
		digest_put(&d, S("c"));
		digest_end(&d, three.b);
		assert_true(hash_eq(&one, &three));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots),
		cmocka_unit_test(paths),
		cmocka_unit_test(prefixes),
		cmocka_unit_test(inclusion),
		cmocka_unit_test(consistency),
		cmocka_unit_test(changed_proofs),
		cmocka_unit_test(refusals),
		cmocka_unit_test(stored_range),
		cmocka_unit_test(hash_texts),
		cmocka_unit_test(digests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
