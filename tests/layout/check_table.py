"""Tables by their rules: frames, cells, what stands in them (docs/layout.md, B1 to B5)."""
from collections import defaultdict

from flow import NEAR, S3, blank, plain
from lines import may_end, stuck
from model import PT

ROW = 29.45 * PT


class Piece:
    """One frame of a table on one page."""

    def __init__(self, rules):
        self.rules, self.owner, self.glyphs = rules, None, []
        self.x0, self.x1 = min(r.x0 for r in rules), max(r.x1 for r in rules)
        self.y0, self.y1 = min(r.y0 for r in rules), max(r.y1 for r in rules)

    def holds(self, g):
        return self.x0 - 0.3 <= g.x <= self.x1 + 0.3 and self.y0 - 0.3 <= g.y - 0.3 * g.size <= self.y1 + 0.3


def frames(page):
    """Rules that touch make a frame; single flat lines are none."""
    if hasattr(page, "frames"):
        return page.frames
    rules = [r for r in page.rules if not (r.rgb[0] > 100 and r.rgb[1] < 50)]
    group = list(range(len(rules)))

    def root(i):
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i
    flat = [i for i, r in enumerate(rules) if r.flat]
    for j, v in enumerate(rules):
        if v.flat:
            continue
        for i in flat:
            h = rules[i]
            if h.x0 - 0.2 <= v.x0 <= h.x1 + 0.2 and v.y0 - 0.2 <= h.y0 <= v.y1 + 0.2:
                group[root(i)] = root(j)
    sets = defaultdict(list)
    for i, r in enumerate(rules):
        sets[root(i)].append(r)
    page.frames = [Piece(s) for s in sets.values() if len(s) >= 4 and any(not r.flat for r in s)]
    page.single = [r for s in sets.values() if len(s) < 4 or all(r.flat for r in s) for r in s]
    return page.frames


def piece_at(page, g):
    for f in frames(page):
        if f.holds(g):
            return f
    return None


def cell_text(c):
    return c if isinstance(c, str) else c.get("text", "") if isinstance(c, dict) else ""


def span(c):
    return (max(c.get("cols", 1), 1), max(c.get("rows", 1), 1)) if isinstance(c, dict) else (1, 1)


def together(values):
    out = []
    for v in sorted(values):
        if not out or v - out[-1] > 0.15:
            out.append(v)
    return out


class Cell:
    def __init__(self, r0, c0, r1, c1, box):
        self.r0, self.c0, self.r1, self.c1, self.box = r0, c0, r1, c1, box     # rows and columns, ends outside
        self.glyphs, self.text = [], ""


def cells_of(piece, xs):
    """The piece's cells, by which of its unit boxes no rule parts. xs: edges of the table's columns."""
    ys = together({r.y0 for r in piece.rules if r.flat})
    nr, nc = len(ys) - 1, len(xs) - 1

    def parted(x, y, flat):
        for r in piece.rules:
            if r.flat == flat:
                if flat and abs(r.y0 - y) < 0.2 and r.x0 - 0.2 <= x <= r.x1 + 0.2:
                    return True
                if not flat and abs(r.x0 - x) < 0.2 and r.y0 - 0.2 <= y <= r.y1 + 0.2:
                    return True
        return False
    owner, cells = {}, []
    right = {(r, c): parted(xs[c + 1], (ys[r] + ys[r + 1]) / 2, False) for r in range(nr) for c in range(nc)}
    down = {(r, c): parted((xs[c] + xs[c + 1]) / 2, ys[r + 1], True) for r in range(nr) for c in range(nc)}
    for r in range(nr):
        for c in range(nc):
            if (r, c) in owner:
                continue
            c1 = c + 1
            while c1 < nc and not right[r, c1 - 1]:
                c1 += 1
            r1 = r + 1
            while r1 < nr and not down[r1 - 1, c]:
                r1 += 1
            cell = Cell(r, c, r1, c1, (xs[c], ys[r], xs[c1], ys[r1]))
            cells.append(cell)
            for i in range(r, r1):
                for k in range(c, c1):
                    owner[i, k] = cell
    for g in piece.glyphs:
        x, y = g.x + (g.adv or g.size) / 2, g.y - 0.35 * g.size
        r = next((i for i in range(nr) if ys[i] - 0.05 <= y <= ys[i + 1] + 0.05), None)
        c = next((k for k in range(nc) if xs[k] - 0.05 <= x <= xs[k + 1] + 0.05), None)
        if r is not None and c is not None:
            owner[r, c].glyphs.append(g)
    for cell in cells:
        cell.text = "".join(g.ch for g in sorted(cell.glyphs, key=lambda g: (round(g.y, 1), g.x)))
    return xs, ys, cells


def anchors(table):
    """{(row, column): (row, column) of the cell that covers it}. A merged cell ends before one with a text of its own (B3)."""
    over, ncols, nrows = {}, table.get("ncols") or max(len(x) for x in table["rows"]), len(table["rows"])

    def free(r, c):
        row = table["rows"][r]
        return (r, c) not in over and not (c < len(row) and cell_text(row[c]))
    for r, row in enumerate(table["rows"]):
        end = table.get("nheads", 0) if r < table.get("nheads", 0) else nrows
        for c in range(ncols):
            if (r, c) in over:
                continue
            cols, rows = span(row[c]) if c < len(row) else (1, 1)
            c1 = next((k for k in range(c + 1, min(c + cols, ncols)) if not free(r, k)), min(c + cols, ncols))
            r1 = next((i for i in range(r + 1, min(r + rows, end)) if not all(free(i, k) for k in range(c, c1))), min(r + rows, end))
            over.update({(i, k): (r, c) for i in range(r, r1) for k in range(c, c1)})
    return over


def form(check, page, piece, cells, nheads, cut):
    """B2 and chapter 2: rules, padding, sizes, lines."""
    for r in piece.rules:
        edge = (abs(r.x0 - piece.x0) < 0.1 and abs(r.x1 - piece.x0) < 0.1) or \
            (abs(r.x0 - piece.x1) < 0.1 and abs(r.x1 - piece.x1) < 0.1) if not r.flat else \
            abs(r.y0 - piece.y0) < 0.1 or abs(r.y0 - piece.y1) < 0.1
        want = 0.35 if edge else 0.2
        if abs(r.width - want) > 0.02:
            check.fault("B2", page, f"a rule {r.width:.2f} mm wide {'round' if edge else 'within'} a table")
            break
    sizes = {round(g.size / PT, 2) for g in piece.glyphs}
    if len(sizes) > 1:
        check.fault("2 sizes", page, f"a table with sizes {sorted(sizes)}")
    # a table that is too wide for its words is drawn in together with its padding (B1)
    pad = 0.4 if sizes and max(sizes) <= 9 and piece.x1 - piece.x0 > 155 else 1
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        lines = defaultdict(list)
        for g in cell.glyphs:
            lines[round(g.y, 1)].append(g)
        for g in cell.glyphs:
            from_left, from_right = g.x - x0, x1 - g.x - (g.adv or 0)
            if from_left < pad - NEAR or (from_right < pad - NEAR and not (g.ch in "、，。；：？！）〕］】》〉」』”’" and
                    from_right + g.size / 2 >= pad - NEAR)):
                check.fault("B2", page, f"{g.ch} of “{cell.text[:12]}” stands {min(from_left, from_right):.2f} mm from a "
                    "cell's side")
                break
            if g.y - 0.88 * g.size - y0 < 0.6 - NEAR or y1 - g.y - 0.12 * g.size < 0.6 - NEAR:
                check.fault("B2", page, f"{g.ch} of “{cell.text[:12]}” stands too near a rule above or below")
                break
        ys = sorted(lines)
        size = cell.glyphs[0].size if cell.glyphs else 0
        for a, b in zip(ys, ys[1:]):
            if abs(b - a - 1.3 * size) > 0.2:
                check.fault("B2", page, f"lines of “{cell.text[:12]}” are {b - a:.2f} mm apart, not {1.3 * size:.2f}")
                break
        if ys:
            above, below = ys[0] - 0.88 * size - y0, y1 - ys[-1] - 0.12 * size
            if cut is None:         # which rows go on is not known
                pass
            elif id(cell) in cut:     # a row or merged cell that a page's end parts: from above
                if above > 0.6 + 0.15 * size + 0.1 and abs(above - below) > 0.3:
                    check.fault("B3", page, f"“{cell.text[:12]}” begins {above:.2f} mm below the top of its piece")
            elif abs(above - below) > 0.3:
                check.fault("B2", page, f"“{cell.text[:12]}” is {(above - below) / 2:+.2f} mm off the middle of its cell")
        head = cell.r0 < nheads
        for g in cell.glyphs:
            if g.face != ("hei" if head else "fang") and not check.stand_in(g):
                check.fault("2 faces", page, f"{g.ch} of “{cell.text[:12]}” in a table{chr(39)}s {'head' if head else 'cell'} "
                    f"is set in {g.font}")
                break


def unbroken(text, keep):
    """What of a text stands on one line, by L2 and L3."""
    for part in text.split("\n"):
        no, at = stuck(part, keep), 0
        for i in range(1, len(part) + 1):
            if may_end(part, i, no):
                yield part[at:i].rstrip()
                at = i


def widths(check, e, page, xs, advance, size):
    """B1: no column is narrower than four Hanzi, unless its longest line is shorter; none has more than its longest line
    and 3 mm while another's text is broken. advance: of (in the head?, character)."""
    table, over = e.table, anchors(e.table)
    if table.get("widths") or None in advance.values():
        return
    nheads, ncols = table.get("nheads", 0), len(xs) - 1
    single = {a for a in over.values() if over.get((a[0], a[1] + 1)) != a}
    merged = {k for (_, k), a in over.items() if a not in single}
    line = [0.0] * ncols
    for r, k in single:
        text = cell_text(table["rows"][r][k]) if k < len(table["rows"][r]) else ""
        for part in text.split("\n"):
            line[k] = max(line[k], sum(advance.get((r < nheads, ch), 0) for ch in part))
    have = [b - a for a, b in zip(xs, xs[1:])]
    need = [max(min(v, 4 * size), size) + 2 for v in line]
    room = 225 if check.pages[page].lying else 156
    short = [k for k in range(ncols) if have[k] < need[k] - 0.1]
    if sum(need) > room - 0.1:
        check.notes["tables too wide for four Hanzi a column"] += 1
        wide = [k for k in set(range(ncols)) - merged if have[k] > line[k] + 2.1 and have[k] > size + 2.1]     # more than it can use
        if short and wide:
            check.fault("B1", page, f"{e.where}: column {short[0] + 1} has {have[short[0]]:.1f} mm, column {wide[0] + 1} {have[wide[0]]:.1f} mm")
        return
    for k in short:     # unless what others may not break needs it
        for j in set(range(ncols)) - merged:
            cells = [(r, cell_text(table["rows"][r][j])) for r, c in single if c == j and j < len(table["rows"][r])]
            word = max((sum(advance.get((r < nheads, ch), 0) for ch in w) for r, text in cells
                for w in unbroken(text, check.doc.get("keep", []))), default=0)
            if have[j] > max(word, 4 * size) + 2.1:
                check.fault("B1", page, f"{e.where}: column {k + 1} has {have[k]:.1f} mm, not {need[k]:.1f}, column {j + 1} {have[j]:.1f} mm")
    if any(have[k] < line[k] + 2 - 0.1 for k in range(ncols) if k not in merged):
        for k in set(range(ncols)) - merged:
            if have[k] > max(line[k] + 5, need[k]) + 0.1:
                check.fault("B1", page, f"{e.where}: column {k + 1} has {have[k]:.1f} mm for a line of {line[k]:.1f} mm, while others are broken")


def content(check, e, pieces):
    """B3: rows in order over the pages, heads repeated, texts whole and once."""
    table, over = e.table, anchors(e.table)
    nrows, nheads = len(table["rows"]), table.get("nheads", 0)
    ncols = table.get("ncols") or max(len(x) for x in table["rows"])
    want = {a: plain(cell_text(table["rows"][a[0]][a[1]]) if a[1] < len(table["rows"][a[0]]) else "") for a in over.values()}
    got, advance = defaultdict(str), {}
    row = 0

    def whole(r):
        """Has all that begins and ends in the row come?"""
        own = [a for a in set(over[r, c] for c in range(ncols)) if a[0] == r and span_rows(a) == 1]
        return all(got[a] == want[a] for a in own)

    def span_rows(a):
        return sum(over.get((r, a[1])) == a for r in range(a[0], nrows))
    # B6: a source stays with what it belongs to
    k = next(i for i, other in enumerate(check.main) if other is e) + 1
    source = check.main[k] if k < len(check.main) and check.main[k].role == "source" else None
    # P6: with the signature go two lines of body; where less stands between, the last row
    rest = check.main[k:]
    stop = next((i for i, o in enumerate(rest) if o.role not in ("body", "source", "note", "h1", "h2", "h3", "h4")), len(rest))
    held = stop < len(rest) and rest[stop].role not in ("annex", "table", "caption", "picture") and sum(len(o.lines) for o in rest[:stop]
        if o.role == "body") < 2
    with_last = 1 + len(source.lines) * 1.3 * 10.5 * PT if source else 0
    xs = together({r.x0 for _, piece in pieces for r in piece.rules if not r.flat})
    for number, (page, piece) in enumerate(pieces):
        xs, ys, cells = cells_of(piece, xs)
        if len(xs) - 1 != ncols:
            if len(xs) - 1 > ncols:
                check.fault("B2", page, f"{e.where}: {len(xs) - 1} columns drawn, {ncols} in the tree")
            check.notes["table columns merged throughout"] += 1
            for p, other in pieces:
                form(check, p, other, cells_of(other, xs)[2], nheads, None)
            return
        units = len(ys) - 1
        by_unit = {(i, k): cell for cell in cells for i in range(cell.r0, cell.r1) for k in range(cell.c0, cell.c1)}
        start = 0
        if number:      # the head again
            for u in range(min(nheads, units)):
                for c in range(ncols):
                    cell, a = by_unit[u, c], over[u, c]
                    if (cell.r0, cell.c0) == a and plain(cell.text) != want[a]:
                        check.fault("B3", page, f"{e.where}: the head is not repeated: “{cell.text}” for “{want[a]}”")
            start = nheads
            if units <= nheads:
                check.fault("B3", page, f"{e.where}: nothing but a head on the page")
            before = pieces[number - 1]
            low, high = check.area(before[0])[3], check.area(page)[3] - check.area(page)[1]
            first = ys[start + 1] - ys[start] if units > start else 0
            if row and not whole(row - 1):
                row -= 1        # a row that goes on
                if before_row + first < high / 2 - 1:
                    check.fault("B3", page, f"{e.where}: row {row + 1} is split though only {before_row + first:.0f} mm high")
            elif before[1].y1 + first + (with_last if row == nrows - 1 else 0) < low - 0.5 and row < nrows and not (held and row == nrows - 1) and not any(
                    over[row, c][0] < row for c in range(ncols)):
                check.fault("B3", before[0], f"{e.where}: row {row + 1}, {first:.1f} mm high, had room in {low - before[1].y1:.1f} mm")
        seen, rows_here, cut = set(), {}, set()
        for u in range(start, units):
            if row >= nrows:
                check.fault("B3", page, f"{e.where}: more rows than the tree has")
                return
            for c in range(ncols):
                cell, a = by_unit[u, c], over[row, c]
                if id(cell) in seen:
                    continue
                seen.add(id(cell))
                got[a] += plain(cell.text)
                rows_here[id(cell)] = a
                last = max(k for k in range(ncols) if over.get((a[0], k)) == a) + 1
                if (cell.c0, cell.c1) != (a[1], last):
                    check.fault("B3", page, f"{e.where}: row {row + 1}: “{cell.text[:10]}” covers columns {cell.c0 + 1} to "
                        f"{cell.c1}, not {a[1] + 1} to {last}")
            row += 1
        advance.update(((cell.r0 < nheads, g.ch), g.adv) for cell in cells for g in cell.glyphs if not blank(g.ch or " "))
        before_row = ys[-1] - ys[-2] if units else 0
        last_page = number + 1 == len(pieces)
        for cell in cells:
            a = rows_here.get(id(cell))
            if a and ((cell.r0 == start and number and got[a] != plain(cell.text)) or (cell.r1 == units and not last_page
                    and got[a] != want[a]) or span_rows(a) != cell.r1 - cell.r0 or (a[0] < row - units + start)):
                cut.add(id(cell))
        split = [cell for cell in cells if id(cell) in cut]
        cut |= {id(cell) for cell in cells for other in split if cell.r0 == other.r0 or cell.r1 == other.r1}
        form(check, page, piece, cells, nheads, cut)
        if not number and row <= nheads < nrows:
            check.fault("B3", page, f"{e.where}: nothing but a head on the page")
    widths(check, e, pieces[0][0], xs, advance, max((g.size for _, piece in pieces for g in piece.glyphs), default=0))
    for a, text in want.items():
        if got[a] != text:
            check.fault("B3", pieces[0][0], f"{e.where}: row {a[0] + 1} column {a[1] + 1} reads “{got[a][:30]}” instead of “{text[:30]}”")
            return
    if row < nrows:
        check.fault("B3", pieces[-1][0], f"{e.where}: {row} of {nrows} rows are drawn")


def check(c):
    for e in c.main:
        if e.role != "table":
            continue
        pieces = sorted(((p, piece) for (p, _), piece in e.pieces.items()), key=lambda i: (i[0], i[1].y0))
        if not pieces:
            continue
        for page, piece in pieces:
            x0, _, x1, _ = c.area(page)
            if piece.x0 < x0 - NEAR - 0.18 or piece.x1 > x1 + NEAR + 0.18:
                c.fault("B1", page, f"{e.where}: {piece.x1 - piece.x0:.1f} mm wide")
        content(c, e, pieces)
        for (pa, a), (pb, b) in zip(pieces, pieces[1:]):
            # B3: a row is split only when it is higher than half the type area; then nothing is left free above
            if pb != pa + 1:
                c.fault("B3", pb, f"{e.where}: goes on {pb - pa} pages later")
    for p, page in enumerate(c.pages):
        frames(page)
        x0, y0, x1, y1 = c.area(p)
        for x, _, w, h in page.images:
            if abs(x + w / 2 - (x0 + x1) / 2) > 0.1:
                c.fault("B5", p, f"an image is {x + w / 2 - (x0 + x1) / 2:+.2f} mm off the middle")
            if h > 12 * ROW + NEAR or w > x1 - x0 + NEAR:
                c.fault("B5", p, f"an image of {w:.1f} × {h:.1f} mm")
        size3 = [g for g in page.glyphs if abs(g.size - S3) < 0.05 and not blank(g.ch or " ")]
        for piece in page.frames:
            if piece.owner is None and not any(e.table and not e.pieces for e in c.main):     # one without any text
                c.fault("B2", p, f"a frame at {piece.x0:.1f} {piece.y0:.1f} that is no table's")
            for g in size3:
                if piece.holds(g):
                    c.fault("B4", p, f"{g.ch} stands in a table's frame")
                    break
