#!/usr/bin/env python3
"""Check a log by docs/log-format.md with nothing but Python's own library: a second pair of eyes.

usage: docs/check_log.py DIRECTORY

Looks at every event (number, hash, canonical form, time), the tree, the checkpoint file and the objects. Says what
is wrong, one thing a line; the exit status is 1 if anything is. SQLite only.
"""
import base64
import hashlib
import json
import pathlib
import sqlite3
import sys
import unicodedata


def sha(data):
    return hashlib.sha256(data).digest()


class Tree:
    """The roots of the full subtrees with their sizes, and from them the root."""

    def __init__(self):
        self.n, self.parts = 0, []

    def add(self, leaf):
        self.n += 1
        self.parts.append((1, leaf))
        while len(self.parts) > 1 and self.parts[-1][0] == self.parts[-2][0]:
            (size, right), (_, left) = self.parts.pop(), self.parts.pop()
            self.parts.append((2 * size, sha(b"\x01" + left + right)))

    def root(self):
        if not self.parts:
            return sha(b"")
        root = self.parts[-1][1]
        for _, left in reversed(self.parts[:-1]):
            root = sha(b"\x01" + left + root)
        return root


def event(seq, leaf, canon, name, last):
    """The event, and what is wrong with it."""
    wrong = []
    if sha(b"\x00" + canon) != leaf:
        wrong.append("its hash does not match")
    try:
        text = canon.decode("utf-8")
        e = json.loads(text)
        if json.dumps(e, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != text or \
                unicodedata.normalize("NFC", text) != text:
            wrong.append("it is not canonical")
        if (e["log"], e["seq"]) != (name, seq):
            wrong.append("it says that it is another one")
        if e["at"] < last:
            wrong.append("its time goes back")
    except (ValueError, KeyError, TypeError) as why:
        return {}, [*wrong, f"it cannot be read: {why}"]
    return e, wrong


def objects(folder, e):
    digest = e["data"]["digest"]
    try:
        data = (folder / "objects" / digest[:2] / digest[2:]).read_bytes()
    except OSError as why:
        return [str(why)]
    return [] if sha(data).hex() == digest and len(data) == e["data"]["size"] else [f"object {digest}: other bytes"]


def check(folder):
    db = sqlite3.connect(f"{(folder / 'zeren.db').absolute().as_uri()}?mode=ro", uri=True)
    (name,) = db.execute("select name from origin where id = 1").fetchone()
    size, hashes = db.execute("select size, hashes from log_head where origin = 1").fetchone()
    held = (folder / "checkpoint").read_text("ascii").split("\n")
    tree, last, at_checkpoint = Tree(), "", None
    for seq, leaf, canon in db.execute(
            "select seq, leaf, cast(canon as blob) from event where origin = 1 order by seq"):
        if seq != tree.n:
            yield f"event {tree.n} is missing"
        e, wrong = event(seq, leaf, canon, name, last)
        yield from (f"event {seq}: {w}" for w in wrong)
        last = e.get("at", last)
        if e.get("kind") == "object.add":
            yield from (f"event {seq}: {w}" for w in objects(folder, e))
        tree.add(sha(b"\x00" + canon))
        if tree.n == int(held[1]):
            at_checkpoint = tree.root()
    if tree.n != size or b"".join(h for _, h in tree.parts) != hashes:
        yield f"the tree of {tree.n} events is not that of table log_head ({size})"
    if held[0] != name or at_checkpoint is None or base64.b64encode(at_checkpoint).decode() != held[2]:
        yield f"the checkpoint of {held[1]} events of {held[0]} is not in this log ({tree.n} events of {name})"
    print(f"{tree.n} events, root {base64.b64encode(tree.root()).decode()}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    wrong = list(check(pathlib.Path(sys.argv[1])))
    print("\n".join(wrong or ["sound"]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
