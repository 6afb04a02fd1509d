#!/usr/bin/env python3
"""Merkle trees as RFC 6962 section 2.1 defines them, written from its text and nothing else: vectors for test_tree.c.

usage: tests/oracle/tree_vectors.py            writes tests/unit/tree_vectors.txt
       tests/oracle/tree_vectors.py --check    exit status 1 when that file is not what would be written

Leaf i of every tree is the text "leaf i". Lines of the file:
    root N HASH
    paths N HASH        SHA-256 over the audit paths of leaves 0..N-1, each as a count byte and its hashes
    prefixes N HASH     the same over the consistency proofs from 1..N to N
    inclusion yes|no INDEX SIZE LEAF-HASH ROOT HASH,HASH,…|-
    consistency yes|no FIRST SECOND ROOT ROOT HASH,HASH,…|-
Verdicts come from recursive readings of the definitions, not from the loops of RFC 9162 that tree.c follows.
"""
import functools
import hashlib
import pathlib
import random
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "unit" / "tree_vectors.txt"
SIZES = 130


def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\x01" + left + right)


def leaf(i):
    return sha(b"\x00" + b"leaf %d" % i)


def split(n):
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@functools.lru_cache(None)
def mth(lo, hi):
    """MTH(D[lo:hi])."""
    if hi == lo:
        return sha(b"")
    if hi - lo == 1:
        return leaf(lo)
    k = split(hi - lo)
    return node(mth(lo, lo + k), mth(lo + k, hi))


def path(m, lo, hi):
    """PATH(m, D[lo:hi])."""
    n = hi - lo
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return path(m, lo, lo + k) + [mth(lo + k, hi)]
    return path(m - k, lo + k, hi) + [mth(lo, lo + k)]


def subproof(m, lo, hi, b):
    """SUBPROOF(m, D[lo:hi], b)."""
    n = hi - lo
    if m == n:
        return [] if b else [mth(lo, hi)]
    k = split(n)
    if m <= k:
        return subproof(m, lo, lo + k, b) + [mth(lo + k, hi)]
    return subproof(m - k, lo + k, hi, False) + [mth(lo, lo + k)]


def root_by_path(m, n, h, proof):
    """The root that a path leads to; None when the path has not just the hashes it needs."""
    if n == 1:
        return None if proof else h
    if not proof:
        return None
    k = split(n)
    below = root_by_path(m, k, h, proof[:-1]) if m < k else root_by_path(m - k, n - k, h, proof[:-1])
    if below is None:
        return None
    return node(below, proof[-1]) if m < k else node(proof[-1], below)


def roots_by_proof(m, n, b, root1, proof):
    """Old and new root that a consistency proof leads to; None as above."""
    if m == n:
        if b:
            return None if proof else (root1, root1)
        return (proof[0], proof[0]) if len(proof) == 1 else None
    if not proof:
        return None
    k = split(n)
    if m <= k:
        r = roots_by_proof(m, k, b, root1, proof[:-1])
        return r and (r[0], node(r[1], proof[-1]))
    r = roots_by_proof(m - k, n - k, False, root1, proof[:-1])
    return r and (node(proof[-1], r[0]), node(proof[-1], r[1]))


def included(index, size, h, root, proof):
    return 0 <= index < size and root_by_path(index, size, h, proof) == root


def consistent(first, second, root1, root2, proof):
    return 0 < first <= second and roots_by_proof(first, second, True, root1, proof) == (root1, root2)


def flipped(h, rnd):
    at = rnd.randrange(256)
    return bytes(b ^ (1 << at % 8 if i == at // 8 else 0) for i, b in enumerate(h))


def damaged(proof, rnd):
    """Proofs that are not this one: less, more, changed, out of order."""
    yield proof + [sha(b"more")]
    yield [sha(b"more")] + proof
    for i in {0, len(proof) - 1} if proof else ():
        yield proof[:i] + proof[i + 1:]
        yield proof[:i] + [flipped(proof[i], rnd)] + proof[i + 1:]
    if len(proof) > 1:
        yield proof[1:] + proof[:1]
        yield []


def inclusion_cases(rnd):
    for n in (1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 33, 64, 65, 100, 127, 128, 129, 130):
        for i in sorted({0, 1, n // 2, n - 2, n - 1} & set(range(n))):
            h, root, p = leaf(i), mth(0, n), path(i, 0, n)
            yield i, n, h, root, p
            if rnd.random() > 0.15:
                continue
            for bad in damaged(p, rnd):
                yield i, n, h, root, bad
            yield i, n, flipped(h, rnd), root, p
            yield i, n, h, flipped(root, rnd), p
            for j in (i - 1, i + 1, n, n + 1, -1, -n):
                yield j, n, h, root, p
            for m in (n - 1, n + 1, 2 * n, 0, -1):
                yield i, m, h, root, p


def consistency_cases(rnd):
    for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 33, 64, 65, 127, 128, 129, 130):
        for m in sorted({1, 2, 3, n // 2, n - 1, n, 1 << (n.bit_length() - 1)} & set(range(1, n + 1))):
            root1, root2, p = mth(0, m), mth(0, n), subproof(m, 0, n, True)
            yield m, n, root1, root2, p
            if rnd.random() > 0.15:
                continue
            for bad in damaged(p, rnd):
                yield m, n, root1, root2, bad
            yield m, n, flipped(root1, rnd), root2, p
            yield m, n, root1, flipped(root2, rnd), p
            yield m, n, root2, root1, p
            for k in (m - 1, m + 1, n + 1, 0, -1):
                yield k, n, root1, root2, p
            for k in (n - 1, n + 1, 2 * n, 0, -1):
                yield m, k, root1, root2, p


def listed(proof):
    return ",".join(h.hex() for h in proof) or "-"


def all_of(proofs):
    return sha(b"".join(bytes([len(p)]) + b"".join(p) for p in proofs)).hex()


def vectors():
    rnd = random.Random(6962)
    for n in range(SIZES + 1):
        yield f"root {n} {mth(0, n).hex()}"
    for n in range(1, SIZES + 1):
        yield f"paths {n} {all_of(path(i, 0, n) for i in range(n))}"
        yield f"prefixes {n} {all_of(subproof(m, 0, n, True) for m in range(1, n + 1))}"
    for i, n, h, root, p in inclusion_cases(rnd):
        yield f"inclusion {'yes' if included(i, n, h, root, p) else 'no'} {i} {n} {h.hex()} {root.hex()} {listed(p)}"
    for m, n, root1, root2, p in consistency_cases(rnd):
        verdict = "yes" if consistent(m, n, root1, root2, p) else "no"
        yield f"consistency {verdict} {m} {n} {root1.hex()} {root2.hex()} {listed(p)}"


def main():
    text = "\n".join(["# Made by tests/oracle/tree_vectors.py", *vectors()]) + "\n"
    if sys.argv[1:] == ["--check"]:
        if OUT.read_text("ascii") != text:
            sys.exit(f"{OUT.name} is not what {pathlib.Path(__file__).name} writes")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        OUT.write_text(text, "ascii")


if __name__ == "__main__":
    main()
