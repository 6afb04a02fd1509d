#!/usr/bin/env python3
"""Proves a document's pages against docs/layout.md, from what a PDF or OFD says, not from what the program thinks.

usage: checker.py DOC.json DOC.pdf [DOC.ofd]

Prints a line a fault: page, line, rule, what is wrong; then how lines were set. Ends with 1 when there are faults.
"""
import json
import re
import sys
import unicodedata
from collections import Counter

import check_page
import check_table
import flow
import lines
import model
from flow import NEAR, S2, S3, S4, blank, plain
from lines import CELL, EM
from model import PT

RADICALS = {"⻅": "见", "⻓": "长", "⻔": "门", "⻚": "页", "⻛": "风", "⻜": "飞", "⻢": "马", "⻥": "鱼", "⻦": "鸟", "⻋": "车", "⻉": "贝", "⻄": "西",
    "⻆": "角", "⻘": "青", "⻝": "食", "⻬": "齐", "⻰": "龙", "⻣": "骨", "⻩": "黄", "⺠": "民", "⻁": "虎", "⺟": "母", "⻤": "鬼", "⻮": "齿", "⻨": "麦"}
SPACES = {"kai": 0.389}     # how wide a space is, em, where the file does not draw it; others 0.333
ROW = 29.45 * PT
GRID = {"body", "addressee", "h1", "h2", "h3", "h4", "annex_list", "postscript", "annex_h", "annex_number"}
INDENTED = {"body", "h1", "h2", "h3", "h4", "annex_list", "postscript", "annex_h"}
FLOW = {"body", "addressee", "h1", "h2", "h3", "h4", "annex_h"}


def radicals(pages):
    """Characters that read as radicals (月 as ⽉), which who searches takes for others; they are put right."""
    found = set()
    for page in pages:
        for g in page.glyphs:
            if "\u2e80" <= g.ch <= "\u2fdf":
                found.add(g.ch)
                g.ch = RADICALS.get(g.ch) or unicodedata.normalize("NFKC", g.ch)
    return found


class Check:
    """One document's pages. faults: [(rule, page from 1, what)]; counts: how lines are set, by own reasoning."""

    def __init__(self, doc, pages):
        self.doc, self.pages = doc, pages
        self.faults, self.counts, self.notes = [], Counter(), Counter()
        self.full, self.reasons = Counter(), Counter()
        self.box = doc.get("grid") == "box"
        self.head = flow.head_of(doc)
        self.main = flow.main_of(doc)
        self.foot = flow.colophon_of(doc)
        self.numbers, self.codes = {}, []

    def fault(self, rule, page, what):
        self.faults.append((rule, page + 1, what))

    # ---- places

    def area(self, page):
        """x0, y0, x1, y1 of the type area."""
        return (35, 28, 260, 184) if self.pages[page].lying else (28, 37, 184, 262)

    def rows(self, page):
        return 15 if self.pages[page].lying else 22

    def row_top(self, page, k):
        top = self.area(page)[1]
        if self.box:
            pitch = 225 / 22
            return top + k * pitch + (pitch - EM) / 2
        return top + k * ROW

    def row_of(self, page, y, size=S3):
        """The row that a baseline stands on, and how far from it."""
        pitch = 225 / 22 if self.box else ROW
        k = round((y - 0.88 * S3 - self.row_top(page, 0)) / pitch)
        return k, y - 0.88 * S3 - self.row_top(page, k)

    def row_of_title(self, page, y):
        """A title's em box begins with the row, or is centred on the row's."""
        pitch = 225 / 22 if self.box else ROW
        best = None
        for shift in (0.88 * S2, 0.88 * S2 - (S2 - S3) / 2, 0.88 * S3):
            k = round((y - shift - self.row_top(page, 0)) / pitch)
            off = y - shift - self.row_top(page, k)
            if best is None or abs(off) < abs(best[1]):
                best = (k, off)
        return best

    # ---- all

    def run(self):
        if not self.pages:
            self.fault("P", 0, "no page at all")
            return self
        stream = self.sort_out()
        try:
            self.match(stream)
        except flow.Mismatch as e:
            self.fault("text", 0, str(e))
            self.margins()
            return self
        self.margins()
        self.roles()
        for e in self.main + self.head + self.foot:
            self.ends(e)
        for e in self.main:
            if e.role in GRID:
                self.grid(e)
        self.titles()
        check_page.check(self)
        check_table.check(self)
        return self

    def sort_out(self):
        """The stream of glyphs without page numbers and code, which stand outside the type area."""
        stream, found = [], radicals(self.pages)
        for p, page in enumerate(self.pages):
            x0, y0, x1, y1 = self.area(p)
            outside = {"number": [], "code": []}
            for g in page.glyphs:
                if page.lying and g.turn == 90:
                    outside["number"].append(g)
                elif g.y - 0.88 * g.size > y1 + 3:
                    outside["number" if abs(g.size - S4) < 0.1 else "code"].append(g)
                else:
                    stream.append((p, g))
            if outside["number"]:
                self.numbers[p] = outside["number"]
            if outside["code"]:
                self.codes.append((p, outside["code"]))
        if found:
            self.fault("text", 0, f"read as radicals: {''.join(sorted(found))}")
        return stream

    def match(self, stream):
        first = next((e for e in self.main if e.text), None)
        begin = 0
        if self.head:
            begin = self.find(first, stream) if first else len(stream)
        at = begin
        for e in self.main:
            if e.table:
                at = self.take_table(e, stream, at)
            elif e.text:
                at = flow.take(e, stream, at)
        rest = [s for s in stream[at:] if not blank(s[1].ch or " ")]
        if self.foot:
            rest = self.take_all(self.foot, rest, "colophon")
        if rest:
            text = "".join(g.ch for _, g in rest[:20])
            raise flow.Mismatch(f"page {rest[0][0] + 1} has “{text}”, which is not in the tree")
        head = [s for s in stream[:begin] if not blank(s[1].ch or " ")]
        self.head_glyphs = head
        if self.head:
            head = self.take_all(self.head, head, "head")
        self.signers = head
        signers = self.doc.get("head", {}).get("signers", [])
        want = ("签发人：" + "".join(signers)) if signers else ""
        if sorted(plain(want)) != sorted(g.ch for _, g in head):
            raise flow.Mismatch(f"head: “{''.join(g.ch for _, g in head)}” instead of “{want}”")

    @staticmethod
    def find(e, stream):
        want = plain(e.text)
        for at in range(len(stream)):
            if stream[at][1].ch != want[0]:
                continue
            k = at
            for ch in want:
                while k < len(stream) and blank(stream[k][1].ch or " "):
                    k += 1
                if k >= len(stream) or stream[k][1].ch != ch:
                    break
                k += 1
            else:
                sizes = e.sizes
                if any(abs(stream[at][1].size - s) < 0.1 for s in sizes):
                    return at
        raise flow.Mismatch(f"{e.where}: “{e.text[:20]}” is nowhere")

    def take_all(self, elements, stream, what):
        """Elements in any order; the glyphs that are left."""
        stream = list(stream)
        for e in elements:
            want = plain(e.text)
            for at in range(len(stream) - len(want) + 1):
                if all(stream[at + k][1].ch == c for k, c in enumerate(want)):
                    flow.take(e, stream[at:at + len(want)], 0)
                    del stream[at:at + len(want)]
                    break
            else:
                raise flow.Mismatch(f"{what}: {e.role} “{e.text[:20]}” is missing in “"
                    f"{''.join(g.ch for _, g in stream[:40])}”")
        return stream

    def take_table(self, e, stream, at):
        """A table's glyphs: all that follow and stand within a frame of rules."""
        e.pieces = {}
        begin = at
        while at < len(stream):
            page, g = stream[at]
            if blank(g.ch or " "):
                at += 1
                continue
            piece = check_table.piece_at(self.pages[page], g)
            if piece is None or (piece.owner not in (None, e)):
                break
            piece.owner = e
            piece.glyphs.append(g)
            e.pieces.setdefault((page, id(piece)), piece)
            at += 1
        if at == begin and any(plain(check_table.cell_text(c)) for r in e.table["rows"] for c in r):
            raise flow.Mismatch(f"{e.where}: no table where page {stream[at][0] + 1 if at < len(stream) else '?'} has “"
                f"{''.join(g.ch for _, g in stream[at:at + 12])}”")
        return at

    # ---- rules

    def margins(self):
        """G1: nothing that is read outside the type area but head, number, code."""
        for p, page in enumerate(self.pages):
            if abs(min(page.w, page.h) - 210) > 0.1 or abs(max(page.w, page.h) - 297) > 0.1:
                self.fault("G1", p, f"the page is {page.w:.2f} × {page.h:.2f} mm")
            x0, y0, x1, y1 = self.area(p)
            skip = {id(g) for g in self.numbers.get(p, [])} | {id(g) for q, gs in self.codes if q == p for g in gs}
            skip |= {id(g) for e in self.head if e.role == "mark" for _, g in filter(None, e.glyphs)}
            for g in page.glyphs:
                if id(g) in skip or blank(g.ch or " "):
                    continue
                wide = g.adv if g.adv is not None else 0
                over = max(x0 - g.x, g.x + wide - x1, y0 - (g.y - 0.88 * g.size), g.y + 0.12 * g.size - y1)
                # a mark at the end of a line may be narrowed: it keeps its ink, its empty half stands out
                half = g.ch in lines.CLOSING | lines.PAUSE and g.x + wide / 2 <= x1 + NEAR
                half |= g.ch in lines.OPENING and g.x + wide / 2 >= x0 - NEAR
                if g.ch == "‰" or (g.ch in lines.DIGITS and g.face == "kai"):
                    over -= 0.2 * EM if g.ch == "‰" else 0.06 * EM      # wider than its cell: stands out on both sides
                if over > NEAR and not (half and max(y0 - (g.y - 0.88 * g.size), g.y + 0.12 * g.size - y1) <= NEAR):
                    self.fault("G1", p, f"{g.ch} at {g.x:.2f} {g.y:.2f} stands {over:.2f} mm outside the type area")
                    break
            for r in page.rules:
                if r.rgb[0] > 100 and r.rgb[1] < 50:
                    continue        # of the head
                over = max(x0 - r.x0, r.x1 - x1, y0 - r.y0, r.y1 - y1)
                if over > 0.36 / 2 + NEAR:
                    self.fault("G1", p, f"a rule at {r.x0:.2f} {r.y0:.2f} stands {over:.2f} mm outside the type area")
                    break
            for x, y, w, h in page.images:
                over = max(x0 - x, x + w - x1, y0 - y, y + h - y1)
                if over > NEAR:
                    self.fault("B5", p, f"an image at {x:.2f} {y:.2f} stands {over:.2f} mm outside the type area")

    def roles(self):
        """Chapter 2 and G5."""
        for e in self.head + self.main + self.foot:
            for i, item in enumerate(e.glyphs):
                if item is None or blank(item[1].ch):
                    continue
                p, g = item
                want = e.faces[i]
                if g.face != want and not self.stand_in(g):
                    self.fault("2 faces", p, f"{e.where}: {g.ch} is set in {g.font}, not {want}")
                    break
                if e.sizes is not None and not any(abs(g.size - s) < 0.01 for s in e.sizes):
                    self.fault("2 sizes", p, f"{e.where}: {g.ch} has {g.size / PT:.2f} pt")
                    break
                red = e.role == "mark"
                if (g.rgb == (230, 0, 0)) != red or (not red and g.rgb != (0, 0, 0)):
                    self.fault("G5", p, f"{e.where}: {g.ch} has colour {g.rgb}")
                    break

    @staticmethod
    def stand_in(g):
        """May another font have drawn it? Only what GB 2312 has not; that the faces all have."""
        try:
            g.ch.encode("gb2312")
        except UnicodeEncodeError:
            return True
        return False

    def ends(self, e):
        """L2, L3: no forbidden mark at either end of any line, nothing broken that belongs together."""
        no = lines.stuck(e.text, e.keep)
        loose = set(lines.long_places(e.text, lambda a, b: self.long_word(e, a, b)))
        for k, line in enumerate(e.lines):
            first, last = line.glyphs[0].ch, line.glyphs[-1].ch
            before = e.lines[k - 1] if k else None
            if k and first in lines.NOT_FIRST:
                self.fault("L2", line.page, f"{e.where}: a line begins with {first}: {line.text[:10]}")
            if k + 1 < len(e.lines) and last in lines.NOT_LAST:
                self.fault("L2", line.page, f"{e.where}: a line ends with {last}: {line.text[-10:]}")
            if k and no[line.a] and before.b == line.a and line.a not in loose and not self.too_long(e, no, line.a):
                self.fault("L3", line.page, f"{e.where}: broken {e.text[line.a - 6:line.a]}|{e.text[line.a:line.a + 6]}")

    def too_long(self, e, no, at):
        """Is what was broken there longer than a line?"""
        a = b = at
        while a and no[a]:
            a -= 1
        while b < len(e.text) and no[b]:
            b += 1
        return self.long_word(e, a, b)

    def long_word(self, e, a, b):
        if e.role in GRID:
            adv = [g[1].adv if g else None for g in e.glyphs]
            return lines.Paragraph(e.text, adv).cells(a, b) > 26
        return sum(g[1].adv or g[1].size for g in e.glyphs[a:b] if g) > 100

    def grid(self, e):
        """G2 to G4, L1, L4 to L6."""
        lying = e.lying
        cols = 40 if lying else 28
        indent = 2 if e.role in INDENTED else 0
        rest_indent = 0
        if e.role == "annex_list":
            label = e.text.find("：") + 1 if e.text.startswith("附件：") else 0
            indent = 2 if label else 5
            rest_indent = None
        for line in e.lines:
            k, off = self.row_of(line.page, line.y)
            if abs(off) > NEAR or not 0 <= k < self.rows(line.page):
                self.fault("G2", line.page, f"{e.where}: “{line.text[:8]}” stands {off:+.2f} mm from row {k}")
            if self.pages[line.page].lying != lying:
                self.fault("P11", line.page, f"{e.where}: “{line.text[:8]}” on a page that {'stands' if lying else 'lies'}")
        adv = [SPACES.get(face, 0.333) * EM if lines.blank(ch) else g[1].adv if g else None
            for ch, face, g in zip(e.text, e.faces, e.glyphs)]
        par = lines.Paragraph(e.text, adv, e.keep)
        if rest_indent is None:
            return self.annex_list(e, indent)
        expected = par.lines(cols - indent, cols)
        agrees = [(a, b) for a, b, _ in expected] == [(line.a, line.b) for line in e.lines] or \
            [plain(e.text[a:b]) for a, b, _ in expected] == [plain(line.text) for line in e.lines]
        if not agrees:
            for (a, b, why), line in zip(expected, e.lines):
                if plain(e.text[a:b]) != plain(line.text):
                    self.fault("L4-L6", line.page, f"{e.where}: line “{line.text}” where “{e.text[a:b]}” ({why}) is expected")
                    break
            else:
                self.fault("L4-L6", e.lines[0].page, f"{e.where}: {len(e.lines)} lines, {len(expected)} expected")
        for k, line in enumerate(e.lines):
            room = cols - (indent if k == 0 else 0)
            self.line(e, par, k, line, room, indent if k == 0 else 0)

    def line(self, e, par, k, line, room, indent):
        """How one line is set, and whether each glyph stands where that puts it."""
        last = k == len(e.lines) - 1
        x0 = self.area(line.page)[0]
        cells = par.cells(line.a, line.b)
        real = [None if g is None or blank(g[1].ch) else g[1].x - x0 for g in e.glyphs[line.a:line.b]]
        tokens = par.tokens(line.a, line.b)
        if cells > room:
            why = "taken in"
            want = par.places(line.a, line.b, indent, par.slim(line.a, line.b)[:int(round((cells - room) * 2))], True)
            if cells - room > 1.5:
                self.fault("L5", line.page, f"{e.where}: {cells} cells taken into {room}: “{line.text}”")
            elif not self.stands(want, real):
                self.fault("L5", line.page, f"{e.where}: marks narrowed otherwise: {self.off(par, line, want, real)}")
        elif last:
            why = "last"
        elif cells == room:
            why = "full"
        elif par.no[line.b] and e.text[line.b:line.b + 1].strip() and k + 1 < len(e.lines) and e.lines[k + 1].a == line.b:
            why = "broken"
        else:
            why = "pushed out"
        if why in ("last", "full", "broken"):
            want = par.places(line.a, line.b, indent, (), cells == room)
            if not self.stands(want, real):
                self.fault("G3-G4", line.page, f"{e.where}: {self.off(par, line, want, real)}")
        if why == "pushed out":
            self.spread(e, par, line, tokens, cells, room, indent, real)
        self.counts[why] += e.role != "annex_number"
        if not last:
            self.full[cells == room and why == "full"] += 1
            if why != "full":
                self.reasons[f"{why}: {self.reason(par, line, room)}"] += 1

    @staticmethod
    def reason(par, line, room):
        """The rule by which the line could not end where its cells are full."""
        j, n = line.a + 1, len(par.text)
        while j < n and par.cells(line.a, j + 1) <= room:
            j += 1
        if j < n and par.no[j]:
            return "a western run (L3)" if par.run_at[j] and par.run_at[j] == par.run_at[j - 1] else "what belongs together (L3)"
        return "a mark (L2)"

    @staticmethod
    def stands(want, real):
        return all(w is None or r is None or abs(w - r) <= NEAR for w, r in zip(want, real))

    @staticmethod
    def off(par, line, want, real):
        for i, (w, r) in enumerate(zip(want, real)):
            if w is not None and r is not None and abs(w - r) > NEAR:
                return (f"“{line.text}”: {par.text[line.a + i]} ({i}) stands at {r / CELL:.3f} cells, "
                    f"not {w / CELL:.3f} ({r - w:+.3f} mm)")
        return f"“{line.text}”"

    def spread(self, e, par, line, tokens, cells, room, indent, real):
        """L6: each gap holds at most a cell; what is not behind a mark is alike; runs and pairs stay whole."""
        natural = par.places(line.a, line.b, indent)
        shift = [r - w if w is not None and r is not None else None for w, r in zip(natural, real)]
        extra, before = [], None
        for i, j, _, mm in tokens:
            own = [s for s in shift[i - line.a:j - line.a] if s is not None]
            if own and max(own) - min(own) > 2 * NEAR:
                self.fault("L6", line.page, f"{e.where}: a number or word is spread: “{par.text[i:j]}” in “{line.text}”")
            if own and before is not None:
                extra.append((own[0] - before, i))
            if own:
                before = own[-1]
        if not extra:
            return
        left = (room - cells) * CELL
        total = sum(x for x, _ in extra)
        if total < 0.2 and left / len(extra) > 0:
            # ragged: only right where a gap would have been wider than a cell
            gaps = sum(not self.pair(par.text, i) for _, i in extra)
            marks = any(par.text[i - 1] in lines.STOPS and par.text[i] not in lines.MARKS for _, i in extra)
            behind = sum(par.text[i - 1] in lines.STOPS and par.text[i] not in lines.MARKS for _, i in extra)
            widest = (left - behind * CELL / 2) / gaps + marks * CELL / 2 if gaps else 0
            if gaps and widest <= CELL - NEAR and left > 0.2:
                self.fault("L6", line.page, f"{e.where}: {left / CELL:.1f} cells left ragged though {gaps} gaps could hold "
                    f"them: “{line.text}”")
            else:
                self.notes["ragged"] += 1
            return
        run_last = tokens[-1][3] is not None
        if abs(total - left) > (CELL if run_last or tokens[0][3] is not None else 4 * NEAR):
            self.fault("L6", line.page, f"{e.where}: {left / CELL:.2f} cells to spread, {total / CELL:.2f} spread: “{line.text}”")
        for x, i in extra:
            if self.pair(par.text, i) and abs(x) > NEAR:
                self.fault("L6", line.page, f"{e.where}: a pair is spread: “{line.text}”")
            if x > 1.5 * CELL + NEAR or x < -NEAR - (CELL / 2 if par.run_at[i] else 0):
                self.fault("L6", line.page, f"{e.where}: a gap of {x / CELL:.2f} cells: “{line.text}”")
        plain_gaps = [x for x, i in extra if par.text[i - 1] not in lines.MARKS and not self.pair(par.text, i)
            and par.run_at[i] is None and par.run_at[i - 1] is None]
        if plain_gaps and max(plain_gaps) - min(plain_gaps) > 2 * NEAR:
            self.fault("L6", line.page, f"{e.where}: gaps differ by {max(plain_gaps) - min(plain_gaps):.2f} mm: “{line.text}”")
        marks = [x for x, i in extra if par.text[i - 1] in lines.STOPS and par.text[i] not in lines.MARKS]
        base = min(plain_gaps) if plain_gaps else 0
        if marks and base > NEAR and any(x - base < CELL / 2 - 2 * NEAR for x in marks) and \
                all(par.run_at[i] is None and par.run_at[i - 1] is None for _, i in extra):
            self.fault("L6", line.page, f"{e.where}: gaps opened before all marks had half a cell: “{line.text}”")

    @staticmethod
    def pair(text, i):
        return text[i - 1:i + 1] in ("——", "……")

    def annex_list(self, e, indent):
        """P5: names under names, turned lines under the first character of the name."""
        name = next((g[1] for g in e.glyphs[e.label:] if g), None)
        par = lines.Paragraph(e.text, [g[1].adv if g else None for g in e.glyphs], e.keep)
        begin = 5 + (e.label > 3 or not e.text.startswith("附件：")) + (len(self.doc["annexes"]) >= 10)
        for k, line in enumerate(e.lines):
            x0 = self.area(line.page)[0]
            last, cells = k + 1 == len(e.lines), par.cells(max(line.a, e.label), line.b)
            why = "last" if last else "full" if cells == 28 - begin else "taken in" if cells > 28 - begin else "pushed out"
            self.counts[why] += 1
            if not last:
                self.full[why == "full"] += 1
                if why != "full":
                    self.reasons[f"{why}: {self.reason(par, line, 28 - begin)}"] += 1
            if k == 0:
                want = x0 + 2 * CELL if e.text.startswith("附件：") else None
                if want is not None and abs(line.glyphs[0].x + (line.glyphs[0].adv or EM) / 2 - want - CELL / 2) > NEAR:
                    self.fault("P5", line.page, f"附件： begins at {line.x0 - x0:.2f} mm, not 2 cells")
            elif name and abs(line.glyphs[0].x - name.x) > 0.2 and lines.is_hanzi(name.ch) and \
                    lines.is_hanzi(line.glyphs[0].ch):
                self.fault("P5", line.page, f"“{line.text[:8]}” begins {line.glyphs[0].x - name.x:+.2f} mm from the name above it")

    def titles(self):
        """T1 to T3."""
        for e in self.main:
            if e.role not in ("title", "annex"):
                continue
            widths = []
            words = self.doc.get("words", [])
            for k, line in enumerate(e.lines):
                x0, _, x1, _ = self.area(line.page)
                middle, width = (line.x0 + line.x1) / 2, line.x1 - line.x0
                widths.append(width)
                if abs(middle - (x0 + x1) / 2) > 0.1 and not (set(line.text) & lines.MARKS):
                    self.fault("T1", line.page, f"{e.where}: “{line.text}” is {middle - (x0 + x1) / 2:+.2f} mm off the middle")
                drawn_in = line.glyphs[-1].size / 2 if line.text[-1] in "》〉」』”’）〕］】、，。；：？！" else 0     # L5
                if width > x1 - x0 + drawn_in + NEAR:
                    self.fault("T1", line.page, f"{e.where}: “{line.text}” is {width:.1f} mm wide")
                row, off = self.row_of_title(line.page, line.y)
                if abs(off) > NEAR:
                    self.fault("T1", line.page, f"{e.where}: “{line.text}” stands {off:+.2f} mm from row {row}")
                if k and re.match("[的了和与及或等暨、]|以及", line.text):
                    self.fault("T2", line.page, f"{e.where}: a line begins with {line.text[0]}")
                if k + 1 < len(e.lines) and re.search("(关于|对于|[（〔［｛【《〈「『“‘])$", line.text):
                    self.fault("T2", line.page, f"{e.where}: a line ends with {line.text[-2:]}")
                if k:
                    before = e.lines[k - 1]
                    for word in words:
                        at = e.text.find(word, max(0, line.a - len(word) + 1), line.a + len(word) - 1)
                        if 0 <= at < line.a < at + len(word) and before.b == line.a:
                            self.fault("T2", line.page, f"{e.where}: “{word}” is broken: {before.text}|{line.text}")
                    inside = next((m for m in re.finditer("《[^》]*》", e.text) if m.start() < line.a < m.end()), None)
                    if inside and len(inside[0]) <= 20:
                        self.fault("T2", line.page, f"{e.where}: {inside[0]} is broken")
            need = -(-sum(g[1].adv or g[1].size for g in e.glyphs if g) // (x1 - x0))
            if len(widths) > need:
                self.notes["title lines more than needed"] += 1
            if len(widths) > need + 1:
                self.fault("T1", e.lines[0].page, f"{e.where}: {len(widths)} lines, {need:.0f} would hold it")
            if len(widths) == 2 and abs(widths[0] - widths[1]) > 9 * S2:
                self.fault("T3", e.lines[0].page, f"{e.where}: lines of {widths[0]:.0f} and {widths[1]:.0f} mm")
            for k in range(1, len(widths) - 1):
                if widths[k] < max(widths[:k]) - NEAR and widths[k] < max(widths[k + 1:]) - NEAR:
                    self.fault("T3", e.lines[0].page, f"{e.where}: an hourglass: {[round(w / S2, 1) for w in widths]}")


def check(doc, pages):
    return Check(doc, pages).run()


def files(doc, pdf, ofd=None):
    """A document's files, checked: (Check, faults)."""
    pages = model.pdf_pages(pdf)
    c = check(doc, pages)
    faults = list(c.faults)
    if ofd:
        other = model.ofd_pages(ofd)
        faults += [("PDF = OFD", 0, w) for w in model.same(pages, other)]
        faults += [("OFD " + r, p, w) for r, p, w in check(doc, other).faults if (r, p, w) not in c.faults]
    return c, faults


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    doc = json.load(open(sys.argv[1], encoding="utf-8"))
    c, faults = files(doc, sys.argv[2], *sys.argv[3:4])
    for rule, page, what in faults:
        print(f"page {page}: {rule}: {what}")
    print(f"lines {dict(c.counts)}, full of not last {c.full[True]} of {sum(c.full.values())}, others {dict(c.reasons)}, "
        f"{dict(c.notes)}; {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
