#!/usr/bin/env python3
"""JSON, normal form and GB18030 against Python's own json, unicodedata and codecs.

Compiles tests/oracle/text_driver.c with src/base and src/text (CC, default cc) and asks it.
"""
import json
import os
import pathlib
import random
import shlex
import struct
import subprocess
import tempfile
import unicodedata
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAFE = 2**53 - 1


def build(folder):
    out = pathlib.Path(folder) / "text_driver"
    libs = subprocess.run(["pkg-config", "--cflags", "--libs", "jansson", "yaml-0.1", "libutf8proc"], check=True,
        stdout=subprocess.PIPE, text=True).stdout.split()
    sources = [*ROOT.glob("src/base/*.c"), *ROOT.glob("src/text/*.c"), ROOT / "tests/oracle/text_driver.c"]
    subprocess.run([*shlex.split(os.environ.get("CC", "cc")), "-std=gnu17", "-O1", "-D_GNU_SOURCE", "-I", ROOT / "src",
        "-include", "base/banned.h", "-o", out, *sources, *libs], check=True)
    return out


class Driver:
    def __init__(self, program):
        self.p = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, what, data):
        self.p.stdin.write(what + struct.pack("=I", len(data)) + data)
        self.p.stdin.flush()
        mark, n = struct.unpack("=cI", self.p.stdout.read(5))
        return mark == b"+", self.p.stdout.read(n)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class Values:
    """Random values that have a canonical form."""

    RANGES = [(0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x52F), (0x2000, 0x2BFF), (0x3000, 0x9FFF), (0xAC00, 0xD7A3),
        (0xE000, 0xFFFD), (0x1F300, 0x1FAFF), (0x20000, 0x2FA1F)]

    def __init__(self, seed):
        self.r = random.Random(seed)

    def text(self):
        chars = []
        for _ in range(self.r.choice((0, 1, 3, 8, 30))):
            kind = self.r.random()
            chars.append(self.r.choice("\n\t\"\\/") if kind < 0.15 else self.r.choice("abz 019_") if kind < 0.5
                else chr(self.r.randint(*self.r.choice(self.RANGES))))
        return unicodedata.normalize("NFC", "".join(chars))

    def value(self, depth=0):
        kind = self.r.randrange(9 if depth < 6 else 5)
        if kind == 0:
            return self.r.choice((None, True, False))
        if kind == 1:
            return self.r.randint(-SAFE, SAFE)
        if kind == 2:
            return self.r.choice((0, 1, -1, SAFE, -SAFE, self.r.randint(-100, 100)))
        if kind < 5:
            return self.text()
        count = self.r.choice((0, 1, 2, 3, 20 if depth == 1 else 4))
        if kind < 7:
            return [self.value(depth + 1) for _ in range(count)]
        # Python sorts keys by code point, as bytes of UTF-8 sort
        return {self.text(): self.value(depth + 1) for _ in range(count)}


class TextTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.driver = Driver(build(cls.folder.name))

    @classmethod
    def tearDownClass(cls):
        cls.driver.p.stdin.close()
        cls.driver.p.wait()
        cls.driver.p.stdout.close()
        cls.folder.cleanup()
        assert cls.driver.p.returncode == 0

    def gives(self, what, data, want):
        self.assertEqual(self.driver.ask(what, data), (True, want), data[:200])

    def test_canonical_form(self):
        values = Values(1)
        for _ in range(3000):
            v = values.value()
            want = canonical(v)
            loose = json.dumps(v, indent=values.r.choice((None, 0, 2)), ensure_ascii=values.r.random() < 0.5).encode()
            self.gives(b"j", loose, want)
            self.gives(b"?", want, b"yes")
            if loose != want:
                self.gives(b"?", loose, b"no")

    def test_pretty(self):
        values = Values(2)
        for _ in range(500):
            v = values.value()
            self.gives(b"p", canonical(v), json.dumps(v, indent=2, sort_keys=True, ensure_ascii=False).encode())

    def test_damaged_json(self):
        """Whatever is read after a byte was changed, Python reads as the same value."""
        values, taken = Values(3), 0
        for _ in range(3000):
            data = bytearray(canonical(values.value()))
            for _ in range(values.r.randint(1, 2)):
                data[values.r.randrange(len(data))] = values.r.choice(
                    b"{}[],:\"\\0195-+.eEntu \n\x00\x1f\x7f\xc3\xa4")
            ok, out = self.driver.ask(b"j", bytes(data))
            self.gives(b"?", bytes(data), b"yes" if ok and out == data else b"no")
            if ok:
                taken += 1
                self.assertEqual(unicodedata.normalize("NFC", canonical(json.loads(data)).decode()).encode(), out)
        self.assertGreater(taken, 100)

    def test_normal_form_of_every_character(self):
        seconds, pairs = {*range(0x1160, 0x1200)}, []
        for c in range(0x110000):
            parts = unicodedata.decomposition(chr(c)).split()
            if len(parts) == 2 and not parts[0].startswith("<"):
                pairs.append("".join(chr(int(p, 16)) for p in parts))
                seconds.add(int(parts[1], 16))
        single = [chr(c) for c in range(0x110000)
            if not 0xD800 <= c < 0xE000 and unicodedata.category(chr(c)) != "Cn"]
        for texts in ("|".join(single), "".join(single[:0x20]), "|".join(pairs),
                "|".join(s + chr(m) for s in single[:0x3000] for m in (0x301, 0x323, 0x3099)),
                "|".join(chr(0xAC00 + i) + chr(0x11A8 + i % 27) for i in range(0, 11172, 5)),
                "|".join("가" + chr(m) + "a" + chr(m) + chr(0x323) for m in sorted(seconds))):
            self.gives(b"n", texts.encode(), unicodedata.normalize("NFC", texts).encode())

    def test_normal_form_of_random_texts(self):
        r = random.Random(4)
        marks = [c for c in range(0x300, 0x3130) if unicodedata.combining(chr(c))]
        for _ in range(2000):
            text = "".join(chr(r.choice(marks)) if r.random() < 0.4 else chr(r.choice((r.randrange(0x20, 0x250),
                r.randrange(0x4E00, 0x9FA6), r.randrange(0x1100, 0x1200), r.randrange(0xAC00, 0xD7A4),
                r.randrange(0x900, 0xE00)))) for _ in range(r.choice((3, 10, 3000))))
            text = "".join(c for c in text if unicodedata.category(c) != "Cn")
            self.gives(b"n", text.encode(), unicodedata.normalize("NFC", text).encode())

    def test_gb18030(self):
        """Ideographs of the basic plane and beyond; the editions of 2000 and 2005 differ in a few signs only."""
        for first in (*range(0x3400, 0x4DB6, 97), *range(0x4E00, 0x9FA6, 89), *range(0x20000, 0x2A6D7, 1009)):
            text = "行\n" + "".join(chr(c) for c in range(first, first + 9) if unicodedata.category(chr(c)) == "Lo")
            self.gives(b"c", text.encode("gb18030"), text.encode())
            self.gives(b"c", text.encode(), text.encode())

    def test_json_is_yaml(self):
        """Flow collections of quoted texts mean the same in both, but for keys that are empty or of several lines,
        and for surrogate pairs."""
        values = Values(5)

        def strings(v):
            if isinstance(v, dict):
                return {k: strings(x) for k, x in v.items() if k and "\n" not in k and max(k) < "\U00010000"}
            if isinstance(v, list):
                return [strings(x) for x in v]
            return "".join(c for c in str(v) if c < "\U00010000")

        for _ in range(1000):
            v = strings(values.value())
            self.gives(b"y", json.dumps(v).encode(), canonical(v))


if __name__ == "__main__":
    unittest.main()
