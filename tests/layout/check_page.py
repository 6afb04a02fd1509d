"""The order of pages (docs/layout.md, chapter 5)."""
import check_table
from flow import NEAR, S2, S3, S4, S_S5, blank, plain
from lines import CELL, EM, is_hanzi

CELL4 = S4
BODY = {"body", "h1", "h2", "h3", "h4", "table"}
HEADINGS = {"h1", "h2", "h3", "h4", "annex_h", "caption"}


def check(c):
    red_head(c)
    numbers(c)
    body_on_first(c)
    pages_filled(c)
    headings(c)
    signature(c)
    annexes(c)
    colophon(c)
    landscape(c)
    titles(c)
    order(c)


def box_of(e):
    """Page, left, right, first and last baseline of an element of one page."""
    return (e.lines[0].page, min(l.x0 for l in e.lines), max(l.x1 for l in e.lines), e.lines[0].y, e.lines[-1].y)


def near(c, rule, page, what, got, want, tolerance=NEAR):
    if abs(got - want) > tolerance:
        c.fault(rule, page, f"{what}: {got:.2f} mm, not {want:.2f}")


def red_rules(page):
    return sorted((r for r in page.rules if r.rgb == (230, 0, 0) and r.flat), key=lambda r: r.y0)


def red_head(c):
    head = c.doc.get("head", {})
    form = head.get("form", "plain")
    rules = [red_rules(p) for p in c.pages]
    if form == "plain":
        if any(rules):
            c.fault("P1", 0, "red rules without a head")
        return
    for p, found in enumerate(rules[1:], 1):
        if found:
            c.fault("P1", p, "red rules on a later page")
    role = {e.role: e for e in c.head}
    row = 0
    for key in ("copy_no", "secrecy", "urgency"):
        if key in role and role[key].lines:
            line = role[key].lines[0]
            k, off = c.row_of(line.page, line.y)
            if k != row or abs(off) > NEAR:
                c.fault("P1", line.page, f"{key} stands on row {k} {off:+.2f} mm, not {row}")
            first = line.glyphs[0]
            if form != "letter" and not -NEAR <= first.x - 28 <= CELL / 2:
                c.fault("P1", line.page, f"{key} begins at {first.x:.2f} mm")
            row += 1
    mark = role.get("mark")
    bottom = None
    if mark and mark.lines:
        if len(mark.lines) > 1 and mark.lines[0].glyphs[0].size > S2 + 0.01:
            c.fault("P1", 0, "the mark takes more than a line")
        g = mark.lines[0].glyphs[0]
        top = g.y - 0.88 * g.size
        want = {"letter": 30.0, "order": 57.0}.get(form, 72.0)
        if form != "letter" and 47 - NEAR <= top < want - NEAR:
            c.notes["mark moved up (P3)"] += 1
        elif abs(top - want) > NEAR:
            c.fault("P1", 0, f"the mark's em box begins at {top:.2f} mm, not {want:.0f}")
        _, x0, x1, _, _ = box_of(mark)
        g = mark.lines[0].glyphs[0]
        near(c, "P1", 0, "middle of the mark", (x0 + x1) / 2, 106 if form != "letter" else 105, 1.1)
        if x1 - x0 > (150 if g.size > S2 + 0.01 else 156) + NEAR:
            c.fault("2 sizes", 0, f"the mark is {x1 - x0:.1f} mm wide")
        pt = g.size / (25.4 / 72)
        if not 22 - 0.01 <= pt <= 62 + 0.01:
            c.fault("2 sizes", 0, f"the mark has {pt:.2f} pt")
        bottom = top + g.size
    number = role.get("number")
    if form in ("red", "minutes") and number and number.lines:
        line = number.lines[0]
        box = line.y + 0.12 * S3
        if not rules[0]:
            c.fault("P1", 0, "no red rule")
        else:
            r = rules[0][0]
            near(c, "P1", 0, "red rule below the number", r.y0 - box, 4)
            near(c, "P1", 0, "width of the red rule", r.x1 - r.x0, 156, 0.1)
            near(c, "P1", 0, "thickness of the red rule", r.width, 0.5, 0.02)
        if head.get("signers"):
            first = line.glyphs[0]
            near(c, "P1", 0, "number's left indent", first.x + (first.adv or EM) / 2 - 28, 1.5 * CELL, 0.3)
            ys = {round(g.y, 1) for _, g in c.signers}
            near(c, "P1", 0, "number and last signer's row", line.y, max(ys))
            right = max(g.x + (g.adv or EM) for _, g in c.signers)
            near(c, "P1", 0, "signers' right indent", 184 - right, CELL, 0.1)
            per = {}
            for _, g in c.signers:
                per.setdefault(round(g.y, 1), []).append(g)
            label = set("签发人：")
            for _, g in c.signers:
                want = "fang" if g.ch in label else "kai"
                if g.face != want and not (g.ch in label or c.stand_in(g)):
                    c.fault("2 faces", 0, f"a signer's name in {g.font}")
                    break
        else:
            near(c, "P1", 0, "middle of the number", (line.x0 + line.x1) / 2, 106, 0.6)
    if form == "letter" and rules[0]:
        if len(rules[0]) != 4:
            c.fault("P1", 0, f"{len(rules[0])} red rules on a letter, not 2 double ones")
        else:
            a, b, d, e = rules[0]
            for r, w in ((a, 1), (b, 0.35), (d, 0.35), (e, 1)):
                near(c, "P1", 0, "thickness of a letter's rule", r.width, w, 0.02)
                near(c, "P1", 0, "width of a letter's rule", r.x1 - r.x0, 170, 0.1)
                near(c, "P1", 0, "middle of a letter's rule", (r.x0 + r.x1) / 2, 105, 0.1)
            if bottom is not None:
                near(c, "P1", 0, "letter's rule below the mark", a.y0 - bottom, 4)
                near(c, "P1", 0, "letter's thin rule below the thick one", b.y0 - a.y0, 1.2)
            near(c, "P1", 0, "letter's last rule from the paper's foot", 297 - e.y0, 20)
    elif form == "letter":
        c.fault("P1", 0, "a letter without rules")


def printed(c):
    """Which pages carry a number: {page from 0: number}."""
    n = len(c.pages)
    out = {p: p + 1 for p in range(n)}
    if c.doc.get("head", {}).get("form") == "letter":
        out.pop(0, None)
    if c.foot and n >= 2 and not [g for g in c.pages[n - 2].glyphs if not blank(g.ch or " ")]:
        out.pop(n - 2, None)
        out.pop(n - 1, None)
    return out


def alone(c):
    """Does the colophon stand on a page of its own?"""
    if not c.foot:
        return False
    last = len(c.pages) - 1
    return all(line.page < last for e in c.main for line in e.lines) and \
        all(p < last for e in c.main if e.table for p, _ in e.pieces) and not c.pages[last].images


def numbers(c):
    """P10, P11."""
    want = printed(c)
    if c.foot and alone(c):
        c.notes["colophon alone on its page"] += 1
    for p, page in enumerate(c.pages):
        glyphs = [g for g in c.numbers.get(p, []) if not blank(g.ch or " ")]
        text = "".join(g.ch for g in glyphs)
        if p not in want:
            if text:
                c.fault("P10", p, f"a number “{text}” where none is due")
            continue
        if text != f"—{want[p]}—":
            c.fault("P10", p, f"the number reads “{text}”, not — {want[p]} —")
            continue
        for g in glyphs:
            if g.face != "song" or abs(g.size - S4) > 0.01:
                c.fault("P10", p, f"the number is set in {g.font}, {g.size:.2f} mm")
                break
        odd = want[p] % 2 == 1
        a, z = glyphs[0], glyphs[-1]
        if page.lying:
            near(c, "P11", p, "number's baseline", a.x, 28 - 0.88 * S4 if a.turn == 90 else a.x)
            if a.turn != 90:
                c.fault("P11", p, f"the number is turned {a.turn}°")
            if odd:
                near(c, "P11", p, "number's end", 184 - (z.y + (z.adv or S4)), CELL4, 0.1)
            else:
                near(c, "P11", p, "number's beginning", a.y - 28, CELL4, 0.1)
        else:
            near(c, "P10", p, "number's em box below the type area", a.y - 0.88 * S4 - 262, 7)
            if odd:
                near(c, "P10", p, "number's end from the right", 184 - (z.x + (z.adv or S4)), CELL4, 0.1)
            else:
                near(c, "P10", p, "number's beginning from the left", a.x - 28, CELL4, 0.1)


def body_on_first(c):
    """P3."""
    flow = [e for e in c.main if e.role in BODY and not e.annex]
    if flow and not any(line.page == 0 for e in flow for line in e.lines) and \
            not any(p == 0 for e in flow if e.table for p, _ in e.pieces):
        c.fault("P3", 0, "page 1 shows no body")


def body_rows(c, p):
    return [(line, e) for e in c.main for line in e.lines if line.page == p]


def pages_filled(c):
    """P4: no page begins with the last line of a paragraph of three or more; else all rows are used."""
    for e in c.main:
        if e.role not in ("body", "h1", "h2", "h3", "h4"):
            continue
        for a, b in zip(e.lines, e.lines[1:]):
            if a.page == b.page:
                continue
            if b.page != a.page + 1:
                c.fault("P4", b.page, f"{e.where} goes on {b.page - a.page} pages later")
            n = len(e.lines)
            if b is e.lines[-1] and n >= 3:
                c.fault("P4", b.page, f"{e.where}: the page begins with the last line of {n}: “{b.text}”")
            row = c.row_of(a.page, a.y)[0]
            last = c.rows(a.page) - 1
            widow = n >= 3 and b is e.lines[-2]
            if row != last and not (widow and row == last - 1):
                # where the signature must have lines of body with it, more of them go (P6)
                sign = any(s.role in ("sign", "date", "post") and s.lines and s.lines[0].page == b.page for s in c.main)
                if not sign:
                    c.fault("P4", a.page, f"{e.where} goes on after row {row}, {last - row} free: “{a.text[:10]}…”")
    flow = [e for e in c.main if e.lines]
    for e, f in zip(flow, flow[1:]):
        if f.role != "body" or e.role not in ("body", "addressee") or e.annex != f.annex or f.block != e.block + 1:
            continue
        if e.lines[-1].page != f.lines[0].page:
            row = c.row_of(e.lines[-1].page, e.lines[-1].y)[0]
            last = c.rows(e.lines[-1].page) - 1
            sign = any(s.role in ("sign", "date", "post") and s.lines and s.lines[0].page == f.lines[0].page for s in c.main)
            if row != last and not sign:
                c.fault("P4", e.lines[-1].page, f"{last - row} rows free before {f.where}: “{f.text[:10]}…”")


def headings(c):
    """P4: a heading and the first two lines of what follows on one page."""
    items = [e for e in c.main if e.lines or e.role in ("table", "picture")]
    for i, e in enumerate(items):
        if e.role not in HEADINGS or i + 1 >= len(items) or not e.lines:
            continue
        f = items[i + 1]
        if f.annex != e.annex or f.role in ("annex_list", "post", "sign", "date", "postscript"):
            continue
        page = e.lines[-1].page
        if len(e.lines) > 3:        # a paragraph with its heading run in
            continue
        if f.table and f.pieces:
            if min(p for p, _ in f.pieces) != page:
                c.fault("P4", page, f"{e.where} stands apart from its table")
        elif f.lines:
            with_it = f.lines[:2]
            if f.role in HEADINGS:
                with_it = f.lines[:1]
            if any(line.page != page for line in with_it):
                c.fault("P4", page, f"{e.where} “{e.text[:10]}” is parted from the first lines of what follows")
        if e.lines[0].page != page:
            c.fault("P4", page, f"{e.where} is broken over pages")


def signature(c):
    """P6, P7."""
    sign = c.doc.get("sign", {})
    seal = sign.get("seal", "none")
    parts = [e for e in c.main if e.role in ("post", "sign", "date") and e.lines]
    if not parts:
        return
    if len({e.lines[0].page for e in parts}) > 1:
        c.fault("P6", parts[-1].lines[0].page, "the signature is broken over pages")
    page = parts[0].lines[0].page
    before = [e for e in c.main[:c.main.index(parts[0])] if e.lines or e.role in ("table", "picture")]
    body = [line for e in before for line in e.lines if e.role in ("body", "h1", "h2", "h3", "h4", "annex_list") and line.page == page]
    had = [line for e in before for line in e.lines if e.role == "body"]
    table = any(p == page for e in before if e.table for p, _ in e.pieces)
    if len(body) < min(2, len(had)) and not table:
        c.fault("P6", page, f"the signature stands with {len(body)} lines of body")
    names = [e for e in parts if e.role == "sign"]
    date = next((e for e in parts if e.role == "date"), None)
    rows = [c.row_of(e.lines[0].page, e.lines[0].y)[0] for e in parts]
    for e in parts:
        k, off = c.row_of(e.lines[0].page, e.lines[0].y)
        if abs(off) > NEAR:
            c.fault("G2", page, f"{e.where} stands {off:+.2f} mm from row {k}")
    last = before[-1] if before else None
    if last is not None and last.lines and last.lines[-1].page == page and last.role in ("body", "annex_list", "h1", "h2", "h3", "h4"):
        free = rows[0] - c.row_of(page, last.lines[-1].y)[0] - 1
        want = 1 if seal == "none" else 2
        if free != want:
            c.fault("P6", page, f"{free} rows free above the signature, not {want}")
    if date is None or not names:
        return
    _, dx0, dx1, dy, _ = box_of(date)
    _, nx0, nx1, ny, _ = box_of(names[-1])
    first_n, first_d = names[-1].lines[0].glyphs[0], date.lines[0].glyphs[0]
    gap = c.row_of(page, dy)[0] - c.row_of(page, ny)[0]
    if gap != (2 if seal == "hand" else 1):
        c.fault("P6", page, f"the date stands {gap} rows below the name")
    if not is_hanzi(first_n.ch):
        return      # letters have their own widths
    left_n = first_n.x + (first_n.adv or EM) / 2 - CELL / 2
    left_d = first_d.x - (CELL / 2 - (first_d.adv or CELL / 2)) / 2     # a digit in half a cell
    if seal == "none":
        # by cells: the date's length in cells
        if date_cells(date.text) <= cells(names[-1].text):
            near(c, "P6", page, "name's end from the right", 184 - nx1, 2 * CELL, 0.3)
            near(c, "P6", page, "date's first behind the name's first", left_d - left_n, 2 * CELL, 0.6)
        else:
            near(c, "P6", page, "date's end from the right", 184 - dx1, 2 * CELL, 0.6)
            near(c, "P6", page, "name's first before the date's first", left_d - left_n, 2 * CELL, 0.6)
    elif seal == "stamp":
        if nx1 < 184 - 0.3:     # a name as long as the line moves both to the left
            near(c, "P6", page, "date's end from the right", 184 - dx1, 4 * CELL, 0.6)
        near(c, "P6", page, "name over the middle of the date", (nx0 + nx1) / 2, (dx0 + dx1) / 2, 0.6)
    else:
        near(c, "P6", page, "date's end from the right", 184 - dx1, 4 * CELL, 0.6)
    note = next((e for e in c.main if e.role == "postscript" and e.lines), None)
    if note and note.lines[0].page == page:
        gap = c.row_of(page, note.lines[0].y)[0] - c.row_of(page, dy)[0]
        if gap != 1:
            c.fault("P7", page, f"附注 stands {gap} rows below the date")


def cells(text):
    return sum(0.5 if ch < "\x7f" else 1 for ch in text)


def date_cells(text):
    """G8: digits of a date take half a cell each."""
    return sum(0.5 if ch.isascii() else 1 for ch in text)


def annexes(c):
    """P8."""
    items = [e for e in c.main if e.lines or e.role in ("table", "picture")]
    for i, e in enumerate(items):
        if e.role == "annex" and e.lines:
            first = e.lines[0]
            number = items[i - 1] if i and items[i - 1].role == "annex_number" else None
            if number:
                page = number.lines[0].page
                row, _ = c.row_of(page, number.lines[0].y)
                if row != 0:
                    c.fault("P8", page, f"{number.text} stands on row {row}")
                g = number.lines[0].glyphs[0]
                near(c, "P8", page, f"{number.text}'s left edge", g.x + (g.adv or EM) / 2 - c.area(page)[0], CELL / 2)
                if first.page != page:
                    c.fault("P8", first.page, "an annex's title on another page than its number")
                row, _ = c.row_of_title(first.page, first.y)
                if row != 2:
                    c.fault("P8", page, f"{number.text}: its title stands on row {row}, not 2")
            above = [f for f in items[:i - (1 if number else 0)]]
            for f in above:
                pages = [line.page for line in f.lines] + [p for p, _ in getattr(f, "pieces", {})]
                if pages and max(pages) >= first.page:
                    c.fault("P8", first.page, f"{e.where} does not begin a page")
                    break
            after = items[i + 1] if i + 1 < len(items) else None
            if after and after.lines and after.annex == e.annex and after.lines[0].page == first.page and after.role in (
                    "body", "h1", "h2", "h3", "h4", "annex_h"):
                gap = c.row_of(first.page, after.lines[0].y)[0] - c.row_of_title(first.page, e.lines[-1].y)[0] - 1
                if gap != 1:
                    c.fault("P8", first.page, f"{gap} rows free below an annex's title")


def colophon(c):
    """P9."""
    if not c.foot:
        return
    last = len(c.pages) - 1
    if len(c.pages) % 2:
        c.fault("P9", last, "the colophon stands on an odd page")
    pages = {line.page for e in c.foot for line in e.lines}
    if pages != {last}:
        c.fault("P9", last, f"the colophon stands on {sorted(p + 1 for p in pages)}")
        return
    page = c.pages[last]
    check_table.frames(page)
    top = min(line.y for e in c.foot for line in e.lines) - 10
    rules = sorted((r for r in page.single if r.flat and r.y0 > top and r.rgb == (0, 0, 0)), key=lambda r: r.y0)
    if c.doc.get("head", {}).get("form") == "letter":
        if rules:
            c.fault("P9", last, f"{len(rules)} rules in a letter's colophon")
        return
    if len(rules) < 2:
        c.fault("P9", last, f"{len(rules)} rules in the colophon")
        return
    for k, r in enumerate(rules):
        near(c, "P9", last, "width of a rule", r.x1 - r.x0, 156, 0.1)
        near(c, "P9", last, "left end of a rule", r.x0, 28)
        near(c, "P9", last, "thickness of a rule", r.width, 0.35 if k in (0, len(rules) - 1) else 0.25, 0.02)
    near(c, "P9", last, "the last rule", rules[-1].y0, 262)
    rows = {}
    for e in c.foot:
        for line in e.lines:
            rows.setdefault(round(line.y, 1), []).append((e, line))
    ys = sorted(rows)
    near(c, "P9", last, "height of the colophon", rules[-1].y0 - rules[0].y0, 8.5 * len(ys), 0.1)
    for e in c.foot:
        first, end = e.lines[0].glyphs[0], e.lines[-1]
        if e.role in ("copies", "issuer"):
            near(c, "P9", last, f"{e.role}'s left indent", first.x - 28, CELL4, 0.1)
        if e.role == "printed":
            near(c, "P9", last, "right indent of the date", 184 - end.x1, CELL4, 0.1)
        if e.role == "copies":
            at = e.text.index("：") + 1
            under = next((g[1] for g in e.glyphs[at:] if g), None)
            for line in e.lines[1:]:
                near(c, "P9", last, "turned line of 抄送", line.glyphs[0].x, under.x, 0.1)
            for line in e.lines:
                if line.x1 > 184 - CELL4 + CELL4 / 2 + NEAR:
                    c.fault("P9", last, f"抄送 reaches {184 - line.x1:.2f} mm from the right")
    # on an even page of its own only if what goes before has no room above
    if alone(c) and last >= 1:
        low = max([line.y for e in c.main for line in e.lines if line.page == last - 1] or [0])
        edge = c.area(last - 1)[3] - 8.5 * len(ys) - 2
        if last % 2 == 0 and low and low + 0.12 * S3 < edge - NEAR:
            c.fault("P9", last, "the colophon has room on the page before")
        c.notes["colophon on a new page"] += 1


def landscape(c):
    for e in c.main:
        for line in e.lines:
            if c.pages[line.page].lying != e.lying:
                c.fault("P11", line.page, f"{e.where} on a page that {'stands' if e.lying else 'lies'}")
                break
        if e.table:
            for p, _ in e.pieces:
                if c.pages[p].lying != e.lying:
                    c.fault("P11", p, f"{e.where} on a page that {'stands' if e.lying else 'lies'}")
    for p, page in enumerate(c.pages):
        if page.lying and any(g.turn == 0 and g.x < 35 - 0.25 for g in page.glyphs if not blank(g.ch or " ")):
            c.fault("P11", p, "text left of the type area of a page that lies")


def titles(c):
    """T4, 7.3.2."""
    items = [e for e in c.main if e.lines or e.role in ("table", "picture")]
    title = next((e for e in items if e.role == "title"), None)
    if not title or title is not items[0]:
        return
    row, _ = c.row_of_title(0, title.lines[0].y)
    form = c.doc.get("head", {}).get("form", "plain")
    if form == "plain" and row != 0:
        c.fault("T4", 0, f"the title begins on row {row}")
    if form in ("red", "minutes"):
        rules = red_rules(c.pages[0])
        if rules:
            next_row = next(k for k in range(40) if c.row_top(0, k) >= rules[0].y0 + rules[0].width / 2 - NEAR)
            if row != next_row + 2:
                if row in (next_row, next_row + 1):
                    c.notes["rows above the title given up (P3)"] += 1
                else:
                    c.fault("T4", 0, f"the title begins on row {row}, the first free one is {next_row}")
    if len(items) > 1 and items[1].lines and items[1].lines[0].page == 0 and items[1].role in ("body", "addressee", "h1", "h2"):
        gap = c.row_of(0, items[1].lines[0].y)[0] - c.row_of_title(0, title.lines[-1].y)[0] - 1
        if gap != 1 and not (gap == 0 and form != "plain"):
            c.fault("T4", 0, f"{gap} rows free below the title")


def order(c):
    """Rows never overlap and go down the page."""
    for p in range(len(c.pages)):
        before = None
        for line, e in body_rows(c, p):
            if e.role in ("post", "sign", "date"):
                before = None
                continue
            if before is not None and line.y < before[0].y + 2.5 and e is not before[1]:
                c.fault("P2", p, f"{e.where} “{line.text[:8]}” stands above or on what goes before it")
            if before is not None and line.y < before[0].y + 3 and e is before[1]:
                c.fault("P2", p, f"{e.where}: lines overlap at “{line.text[:8]}”")
            before = (line, e)
    for p, glyphs in c.codes:
        text = "".join(g.ch for g in glyphs)
        if plain(text) != plain(c.doc.get("code", "")):
            c.fault("P12", p, f"small below the type area: “{text}”")
        if p != len(c.pages) - 1:
            c.fault("P12", p, "the code is not on the last page")
        g = glyphs[0]
        near(c, "P12", p, "size of the code", g.size, S_S5, 0.01)
        if not c.pages[p].lying:
            middle = (min(g.x for g in glyphs) + max(g.x + (g.adv or 0) for g in glyphs)) / 2
            near(c, "P12", p, "middle of the code", middle, 106, 1.1)
    if c.doc.get("code") and not c.codes:
        c.fault("P12", len(c.pages) - 1, "the code is missing")
