"""Documents on paper, proved against docs/layout.md from the files alone (tests/layout).

    test_layout.py [--all] [--count N] [--seed S] [--keep FOLDER]

The ordinary run takes 25 documents, --all 500. What was counted is printed at the end. Where the build has no OFD yet,
those parts are left out and said so.
"""
import argparse
import copy
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/layout"))
import bad  # noqa: E402
import checker  # noqa: E402
import docx_pages  # noqa: E402
import generator  # noqa: E402
import long  # noqa: E402
import model  # noqa: E402
import ofd_schema  # noqa: E402
import sample  # noqa: E402

BUILD = pathlib.Path(os.environ.get("ZEREN", ROOT / "build/zeren")).parent
DRIVER, READER = BUILD / "tests/unit/doc_driver", BUILD / "tests/layout/ofd_read"
HAS_OFD = (ROOT / "src/doc/ofd.c").exists()
OPTIONS = argparse.Namespace(count=25, seed=1, keep=None, ink=6)
COUNTED = Counter()
SPACE = re.compile(r"\s")


def run(*command, **more):
    return subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more)


def drive(docs, folder, formats="pdf,ofd,txt", env=None):
    """What doc_driver says of each document, by name; its files are in the folder."""
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs)
    done = run(DRIVER, "-f", formats, "-o", folder, input=lines.encode("utf-8", "surrogatepass"), env={**os.environ, **(env or {})})
    said = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if done.returncode not in (0, 1) or len(said) != len(docs):
        raise AssertionError(f"the driver ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return {s["name"]: s for s in said}


def pdf_sound(path):
    """qpdf's and pdffonts' complaints."""
    done = run("qpdf", "--check", path)
    if done.returncode:
        yield f"qpdf: {(done.stdout + done.stderr).decode().strip().splitlines()[-1]}"
    for line in run("pdffonts", path).stdout.decode().splitlines()[2:]:
        if line.split()[-5:-2] != ["yes", "yes", "yes"]:
            yield f"pdffonts: not embedded, subset and mapped: {line}"


def text_same(path, pages):
    """Is what pdftotext reads the same, page by page, as the glyphs say?"""
    texts = run("pdftotext", "-raw", path, "-").stdout.decode().split("\f")
    for number, (text, page) in enumerate(zip(texts, pages), 1):
        want = Counter(g.ch for g in page.glyphs if g.ch and not SPACE.match(g.ch))
        have = Counter(SPACE.sub("", text))
        if want != have:
            yield f"page {number}: pdftotext lacks {dict(want - have)} and adds {dict(have - want)}"


def ink(folder, name):
    """The OFD's pages beside the PDF's."""
    run("pdftoppm", "-r", 100, "-gray", folder / f"{name}.pdf", folder / name)
    done = run(READER, "compare", folder / f"{name}.ofd", 100, folder / name)
    for p in folder.glob(f"{name}-*.pgm"):
        p.unlink()
    if done.returncode:
        yield f"ofd_read: {done.stdout.decode()[-600:]}{done.stderr.decode()[-600:]}"


def counts_agree(c, said):
    """Lines as the layout counts them and as they are: on the grid only."""
    ours = dict(c.counts)
    theirs = {k: v for k, v in said["lines"].items() if v and k in ("full", "last", "taken in", "pushed out")}
    if {k: v for k, v in ours.items() if k != "broken"} != theirs:
        yield f"lines: {ours} stand on the pages, the layout says {theirs}"


def tree_text(doc, path):
    """Is every text of the tree in its plain text, too?"""
    text = SPACE.sub("", path.read_text("utf-8"))
    for b in doc["blocks"]:
        texts = [b.get("text", "") + "".join(r["text"] for r in b.get("runs", []))]
        texts += [t for row in b.get("table", {}).get("rows", []) for t in (c if isinstance(c, str) else c["text"] for c in row)]
        for t in texts:
            if SPACE.sub("", t) not in text:
                yield f"plain text: lacks “{t[:40]}”"
                return


def prove(doc, said, folder, with_ink):
    """Everything about one document's files; faults as lines."""
    name = doc["name"]
    if "error" in said:
        return [f"{name}: {said['error']}"], None
    pdf, ofd = folder / f"{name}.pdf", folder / f"{name}.ofd"
    try:
        c, found = checker.files(doc, pdf, ofd if HAS_OFD else None)
    except model.Broken as e:
        return [f"{name}: {e}"], None
    faults = [f"page {p}: {r}: {w}" for r, p, w in found]
    faults += list(pdf_sound(pdf)) + list(text_same(pdf, c.pages)) + list(counts_agree(c, said))
    faults += tree_text(doc, folder / f"{name}.txt")
    if said["pages"] != len(c.pages):
        faults.append(f"{len(c.pages)} pages, the layout says {said['pages']}")
    if HAS_OFD:
        faults += ofd_schema.faults(ofd)
        if with_ink:
            faults += ink(folder, name)
    return [f"{name}: {f}" for f in faults], c


def prove_group(docs, inked):
    """[(faults, counts)] of some documents; their files go when they are proved."""
    out = []
    with tempfile.TemporaryDirectory(prefix="layout") as tmp:
        folder = pathlib.Path(OPTIONS.keep or tmp)
        said = drive(docs, folder)
        for d in docs:
            faults, c = prove(d, said[d["name"]], folder, d["name"] in inked)
            counts = Counter()
            if c:
                tongue = "English" if d["lang"] == "en" else "Chinese"
                counts.update({f"{tongue}: {k}": v for k, v in c.reasons.items()})
                counts.update({"documents": 1, "pages": len(c.pages), f"{tongue}: all": sum(c.full.values()), f"{tongue}: 28 cells": c.full[True]})
                counts.update({f"note: {k}": v for k, v in c.notes.items()})
            out.append((faults, counts))
            for end in (".pdf", ".ofd", ".txt"):
                if not OPTIONS.keep:
                    (folder / f"{d['name']}{end}").unlink(missing_ok=True)
    return out


def prove_all(test, docs, with_ink=0):
    docs, bad_lines = list(docs), []
    inked = {d["name"] for d in docs[:with_ink]}
    groups = [docs[i::8] for i in range(8)] if len(docs) < 80 else [docs[i:i + 10] for i in range(0, len(docs), 10)]
    with ProcessPoolExecutor(2) as pool:
        for results in pool.map(prove_group, [g for g in groups if g], [inked] * len(groups)):
            for faults, counts in results:
                bad_lines += faults
                COUNTED.update(counts)
    test.assertEqual(bad_lines, [], f"{len(bad_lines)} faults:\n" + "\n".join(bad_lines[:400]))


class Documents(unittest.TestCase):
    def test_generated(self):
        prove_all(self, (generator.document(s) for s in range(OPTIONS.seed, OPTIONS.seed + OPTIONS.count)), OPTIONS.ink)

    def test_long(self):
        before = COUNTED["pages"]
        docs = long.documents()
        prove_all(self, docs, 1)
        self.assertGreaterEqual(COUNTED["pages"] - before, 20 * len(docs))

    def test_same_bytes(self):
        with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
            docs = [sample.DOCUMENT, long.documents()[2]]
            drive(docs, a)
            drive(docs[::-1], b)
            for one in pathlib.Path(a).iterdir():
                self.assertEqual(one.read_bytes(), (pathlib.Path(b) / one.name).read_bytes(), one.name)


class Bad(unittest.TestCase):
    """Input that can't be set well: a warning or an error that says why, a sound file, no crash."""

    def test_bad(self):
        with tempfile.TemporaryDirectory(prefix="layout") as tmp:
            folder = pathlib.Path(tmp)
            cases = bad.cases(folder)
            said = drive([c["doc"] for c in cases], folder)
            for case in cases:
                name = case["doc"]["name"]
                with self.subTest(name):
                    s = said[name]
                    if case.get("error"):
                        self.assertRegex(s.get("error", ""), case["error"])
                        continue
                    self.assertNotIn("error", s)
                    if case.get("warning"):
                        self.assertTrue(any(re.search(case["warning"], w["text"]) for w in s["warnings"]), s["warnings"])
                    else:
                        self.assertEqual(s["warnings"], [])
                    pdf = folder / f"{name}.pdf"
                    self.assertEqual(list(pdf_sound(pdf)), [])
                    if case.get("check", True):
                        c, faults = checker.files(case["doc"], pdf, folder / f"{name}.ofd" if HAS_OFD else None)
                        self.assertEqual([f for f in faults if f[0] not in case.get("but", ())], [])
                    if HAS_OFD:
                        self.assertEqual(ofd_schema.faults(folder / f"{name}.ofd"), [])

    def test_no_fonts(self):
        with tempfile.TemporaryDirectory() as tmp:
            said = drive([sample.DOCUMENT], tmp, "pdf", env={"ZEREN_FONTS": tmp})[sample.DOCUMENT["name"]]
            self.assertEqual(said.get("code"), "not_found", said)
            self.assertEqual(list(pathlib.Path(tmp).iterdir()), [])


class Docx(unittest.TestCase):
    """A DOCX has as many pages in a word processor as on paper, or one more or less: documents of long tables, lying pages, heads."""

    SEEDS = [2, 9, 18, 36, 47, 126]

    @unittest.skipUnless(shutil.which("soffice"), "no LibreOffice")
    def test_pages(self):
        with tempfile.TemporaryDirectory(prefix="layout") as tmp:
            found = docx_pages.compare([generator.document(s) for s in self.SEEDS], tmp, DRIVER)
        self.assertEqual([f for f in found if not docx_pages.within(*f[1:])], [])
        self.assertGreater(sum(f[1] for f in found), 60)


class Checker(unittest.TestCase):
    """The checker sees what is wrong: pages are spoiled, one thing each."""

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as tmp:
            drive([sample.DOCUMENT], tmp, "pdf")
            cls.pages = model.pdf_pages(pathlib.Path(tmp) / f"{sample.DOCUMENT['name']}.pdf")
        checker.radicals(cls.pages)

    def rules(self, pages, doc=sample.DOCUMENT):
        return {r for r, _, _ in checker.check(doc, pages).faults}

    def test_sound(self):
        self.assertEqual(checker.check(sample.DOCUMENT, copy.deepcopy(self.pages)).faults, [])

    def test_spoiled(self):
        for what, rule, spoil in sample.SPOILT:
            with self.subTest(what):
                pages = copy.deepcopy(self.pages)
                c = checker.check(sample.DOCUMENT, pages)
                clean = copy.deepcopy(self.pages)
                spoil(c, clean)
                found = self.rules(clean)
                self.assertIn(rule, found, f"{what}: {found}")

    def test_another_text(self):
        doc = copy.deepcopy(sample.DOCUMENT)
        doc["blocks"][2]["text"] = doc["blocks"][2]["text"].replace("安全", "安金", 1)
        self.assertIn("text", self.rules(copy.deepcopy(self.pages), doc))

    def test_other_cell(self):
        doc = copy.deepcopy(sample.DOCUMENT)
        table = next(b for b in doc["blocks"] if b["kind"] == "table")["table"]
        table["rows"][2][1], table["rows"][3][1] = table["rows"][3][1], table["rows"][2][1]
        self.assertIn("B3", self.rules(copy.deepcopy(self.pages), doc))

    def test_same_sees(self):
        other = copy.deepcopy(self.pages)
        self.assertEqual(list(model.same(self.pages, other)), [])
        other[0].glyphs[40].x += 0.1
        other[1].rules and other[1].rules.pop()
        self.assertTrue(list(model.same(self.pages, other)))


class Schema(unittest.TestCase):
    """The schema and the reader see what is wrong with a package."""

    def test_sound(self):
        self.assertEqual(ofd_schema.faults(sample.tiny_ofd()), [])

    def test_spoiled(self):
        for what, part, old, new in sample.OFD_SPOILT:
            with self.subTest(what):
                self.assertTrue(ofd_schema.faults(sample.tiny_ofd(part, old, new)))

    def test_reader(self):
        with tempfile.TemporaryDirectory() as tmp:
            path = pathlib.Path(tmp) / "tiny.ofd"
            path.write_bytes(sample.tiny_ofd())
            done = run(READER, "text", path)
            self.assertEqual((done.returncode, done.stdout.decode()), (0, "甲乙\n\f"), done.stderr)
            self.assertEqual(run(READER, "png", path, 50, path.with_suffix("")).returncode, 0)
            path.write_bytes(sample.tiny_ofd("Doc_0/Pages/Page_0/Content.xml", 'Font="3"', 'Font="9"'))
            self.assertEqual(run(READER, "text", path).returncode, 1)


def figures():
    print(f"{COUNTED['documents']} documents, {COUNTED['pages']} pages. Lines that are not the last of their paragraph:")
    for key, n in sorted(COUNTED.items()):
        tongue = key.split(": ")[0]
        if tongue in ("English", "Chinese"):
            print(f"  {key}: {n} ({100 * n / COUNTED[tongue + ': all']:.1f} %)")
    print({k: v for k, v in COUNTED.items() if k.startswith("note")})
    if not HAS_OFD:
        print("OFD is not in this build: left out")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    options, rest = parser.parse_known_args()
    OPTIONS.seed, OPTIONS.keep = options.seed, options.keep
    OPTIONS.count = options.count or (500 if options.all else 25)
    OPTIONS.ink = 60 if options.all else 6
    result = unittest.main(argv=[sys.argv[0], *rest], exit=False).result
    figures()
    sys.exit(not result.wasSuccessful())
