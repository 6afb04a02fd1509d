#!/usr/bin/env python3
"""How many pages LibreOffice makes of a DOCX, beside those of the PDF of the same document.

usage: docx_pages.py [--seed S] [--count N] [--keep FOLDER] [--driver PROGRAM] [SEED…]

Takes N documents of generator.py from S on (or those of the seeds named), and prints a line for each: pages of the PDF, of the
DOCX in LibreOffice, the difference, and whether it is within one page (5 % of more than 20). Fonts of offices are not free:
the free ones stand in on both sides. The status is 1 where a document is not within.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import generator

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STANDS_IN = {"仿宋_GB2312": "FandolFang", "楷体_GB2312": "FandolKai", "黑体": "FandolHei", "宋体": "FandolSong",
    "方正小标宋简体": "Noto Serif CJK SC"}
AT_ONCE = 20    # documents in one process of LibreOffice


def fonts_conf(folder):
    """A fontconfig file that has the free fonts in place of the office's."""
    path = folder / "fonts.conf"
    path.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>'
        '<dir>/usr/local/share/fonts/zeren</dir><dir prefix="xdg">fonts/zeren</dir>' f"<cachedir>{folder}/fontcache</cachedir>" +
        "".join(f'<alias binding="same"><family>{a}</family><prefer><family>{b}</family></prefer></alias>' for a, b in STANDS_IN.items()) +
        "</fontconfig>")
    return path


def to_pdf(files, out, folder):
    """LibreOffice makes PDF files of them; folder holds its profile."""
    env = {**os.environ, "FONTCONFIG_FILE": str(fonts_conf(folder))}
    for at in range(0, len(files), AT_ONCE):
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", out,
            *files[at:at + AT_ONCE]], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def pages(path):
    said = subprocess.run(["pdfinfo", path], stdout=subprocess.PIPE, check=True).stdout.decode()
    return int(next(line for line in said.splitlines() if line.startswith("Pages:")).split()[1])


def within(pdf, docx):
    """As near as a DOCX can be held: one page, one in twenty of long ones."""
    return abs(docx - pdf) <= max(1, pdf // 20)


def compare(docs, folder, driver, form="laid"):
    """[(name, pages of the PDF, pages of the DOCX)]; the files stay in the folder, LibreOffice's in folder/office."""
    folder = pathlib.Path(folder).resolve()
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs)
    subprocess.run([driver, "-f", f"pdf,{form}", "-o", folder, "-"], input=lines.encode(), stdout=subprocess.DEVNULL, check=True)
    to_pdf([folder / f"{d['name']}.docx" for d in docs], folder / "office", folder)
    return [(d["name"], pages(folder / f"{d['name']}.pdf"), pages(folder / "office" / f"{d['name']}.pdf")) for d in docs]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--keep")
    parser.add_argument("--driver", default=ROOT / "build/tests/unit/doc_driver")
    parser.add_argument("--form", choices=["laid", "docx"], default="laid", help="docx: written without fonts")
    parser.add_argument("seeds", type=int, nargs="*")
    options = parser.parse_args()
    docs = [generator.document(s) for s in options.seeds or range(options.seed, options.seed + options.count)]
    with tempfile.TemporaryDirectory(prefix="pages") as tmp:
        folder = pathlib.Path(options.keep or tmp)
        folder.mkdir(parents=True, exist_ok=True)
        found = compare(docs, folder, options.driver, options.form)
    far = [f for f in found if not within(*f[1:])]
    print("document   PDF  DOCX  more")
    for name, pdf, docx in found:
        print(f"{name:<9} {pdf:>4} {docx:>5} {docx - pdf:>+5}{'' if within(pdf, docx) else '  beyond'}")
    print(f"{len(found) - len(far)} of {len(found)} within one page (5 % beyond 20 pages); "
        f"{sum(p == d for _, p, d in found)} the same; {sum(f[1] for f in found)} pages and {sum(f[2] for f in found)}")
    sys.exit(bool(far))


if __name__ == "__main__":
    main()
