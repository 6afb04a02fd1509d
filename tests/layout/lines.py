"""Where lines end and glyphs stand by docs/layout.md, chapter 3; written from that page alone."""
import itertools
import math
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CELL = 156 / 28
EM = 16 * 25.4 / 72

NOT_FIRST = set("、，。；：？！）〕］｝}】》〉」』”’…—～·々")
NOT_FIRST_ASCII = set(",.;:?!)]}")      # behind a Hanzi
NOT_LAST = set("（〔［｛{【《〈「『“‘￥$№§([")
CLOSING = set("）〕］｝】》〉」』”’")
PAUSE = set("、，。；：？！")
SLIM = set("、，。；：") | CLOSING       # what L5 narrows by itself
OPENING = set("（〔［｛【《〈「『“‘")
MARKS = CLOSING | PAUSE | OPENING | set("…—～·")
DIGITS = set("0123456789")
LETTERS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def units():
    path = ROOT / "src/tbl/units.h"
    words = re.findall(r'U\(u?"([^"]+)"\)', path.read_text("utf-8")) if path.exists() else []
    if not words:
        rules = (ROOT / "docs/layout.md").read_text("utf-8")
        words = re.search(r"units\.h`: ([^…]*)…", rules)[1].split()
    return sorted(words, key=len, reverse=True)


UNIT = re.compile("[0-9][A-Za-z]*(?:[余多几]?[万亿千百]+)?[余多几]?(?:%s)" % "|".join(map(re.escape, units())))
BIG = re.compile("[0-9][余多几]?[万亿千百]+")
TOGETHER = (
    re.compile("第[0-9]"),
    re.compile("〔[^〔〕]*〕[0-9]*号?"),
    re.compile("[0-9][—～-][0-9]"),
    re.compile("——"), re.compile("……"),
    BIG, UNIT,
)


def is_hanzi(ch):
    return "\u3400" <= ch <= "\u9fff" or ch == "〇" or "\U00020000" <= ch <= "\U0003ffff"


def western(ch):
    return "!" <= ch <= "~"


def blank(ch):
    return ch == " " or ch < " " or ch == "\x7f"


def runs_of(text):
    """Western runs as [(from, to)]; spaces within belong to them."""
    out, i, n = [], 0, len(text)
    while i < n:
        if not western(text[i]):
            i += 1
            continue
        end = k = i
        while k < n and (western(text[k]) or blank(text[k]) or (text[k] in "‰℃" and k and text[k - 1] in DIGITS)):
            k += 1
            if not blank(text[k - 1]):
                end = k
        out.append((i, end))
        i = k
    return out


def stuck(text, keep=()):
    """no[i]: no line begins with character i, by L3."""
    no = [False] * (len(text) + 1)
    for pattern in TOGETHER:
        at = 0
        while m := pattern.search(text, at):
            for i in range(m.start() + 1, m.end()):
                no[i] = True
            at = m.start() + 1
    for word in keep:
        at = text.find(word)
        while word and at >= 0:
            for i in range(at + 1, at + len(word)):
                no[i] = True
            at = text.find(word, at + 1)
    for a, b in runs_of(text):
        for i in range(a + 1, b):
            if not blank(text[i]) and not blank(text[i - 1]):
                no[i] = True
    return no


def may_end(text, i, no):
    """May a line end before character i, which is no space, and the next begin with it?"""
    if i >= len(text):
        return True
    k = i
    while k and blank(text[k - 1]):
        k -= 1
    if k == i and no[i]:
        return False
    if not k:
        return False
    if text[i] in NOT_FIRST or text[k - 1] in NOT_LAST:
        return False
    return not (text[i] in NOT_FIRST_ASCII and is_hanzi(text[k - 1]))


class Paragraph:
    """Text on the grid. adv: advance of each character in mm, None where it is not known."""

    def __init__(self, text, adv, keep=()):
        self.text, self.adv = text, adv
        self.no = stuck(text, keep)
        self.run_at = [None] * len(text)
        for r in runs_of(text):
            for i in range(*r):
                self.run_at[i] = r
        self.plain = {r: not any(c in LETTERS for c in text[r[0]:r[1]]) for r in set(self.run_at) - {None}}
        self.space = next((a for c, a in zip(text, adv) if c == " " and a), EM / 3)
        self.ends = [i for i in range(1, len(text) + 1)
            if (i == len(text) or not blank(text[i])) and may_end(text, i, self.no)]

    def char_width(self, i):
        """Of a character within a western run, mm."""
        if self.plain[self.run_at[i]]:
            return CELL if (self.adv[i] or 0) > 0.75 * EM or self.text[i] in "‰℃" else CELL / 2
        if blank(self.text[i]):
            return max(self.adv[i] or self.space, EM / 4)
        return self.adv[i] if self.adv[i] is not None else EM / 2

    def tokens(self, a, b):
        """[(from, to, cells, mm)] of a line without spaces at its end."""
        while b > a and blank(self.text[b - 1]):
            b -= 1
        out, i = [], a
        while i < b:
            run = self.run_at[i]
            if run is None:
                out.append((i, i + 1, 1, None))
                i += 1
                continue
            end = min(run[1], b)
            mm = sum(self.char_width(k) for k in range(i, end))
            out.append((i, end, math.ceil(mm / CELL - 1e-4), mm))
            i = end
        return out

    def cells(self, a, b):
        return sum(t[2] for t in self.tokens(a, b))

    def slim(self, a, b):
        """Ways in which L5 may narrow marks of a line: lists of marks, each losing half a cell, in order."""
        while b > a and blank(self.text[b - 1]):
            b -= 1
        text, ways = self.text, []
        for back, both in itertools.product((True, False), repeat=2):
            chosen = []
            if text[b - 1] in SLIM:
                chosen.append(b - 1)
            pairs = range(b - 2, a - 1, -1) if back else range(a, b - 1)
            for k in pairs:
                if text[k] not in MARKS or text[k + 1] not in MARKS:
                    continue
                if text[k] in SLIM and k not in chosen:
                    chosen.append(k)
                if text[k + 1] in OPENING and k + 1 not in chosen and (both or text[k] not in SLIM):
                    chosen.append(k + 1)
            chosen += [k for k in range(b - 1, a - 1, -1) if text[k] in SLIM and k not in chosen]
            if chosen[:3] not in ways:
                ways.append(chosen[:3])
        return ways

    def lines(self, first, rest):
        """[(from, to, why)] with so many cells for the first line and the others."""
        out, at, n = [], 0, len(self.text)
        ends, e = self.ends, 0
        while at < n:
            room = rest if out else first
            while at < n and blank(self.text[at]) and out:
                at += 1
            if at >= n:
                break
            while e < len(ends) and ends[e] <= at:
                e += 1
            best, over, width = None, None, 0
            for j in ends[e:]:
                w = self.cells(at, j)
                if w > room:
                    over = (j, w)
                    break
                best, width = j, w
            if best == n:
                out.append((at, n, "last"))
                break
            if best and width == room:
                out.append((at, best, "full"))
                at = best
                continue
            if over and any(len(way) / 2 >= over[1] - room for way in self.slim(at, over[0])):
                out.append((at, over[0], "taken in"))
                at = over[0]
                continue
            if best:
                out.append((at, best, "pushed out"))
                at = best
                continue
            j = at + 1
            while j < n and self.cells(at, j + 1) <= room:
                j += 1
            out.append((at, j, "broken"))
            at = j
        return out

    def places(self, a, b, room, indent, narrow=(), full=False):
        """Expected x of each character of a line, mm from the left edge of the type area; None for spaces."""
        xs, at = [None] * (b - a), float(indent)
        tokens = self.tokens(a, b)
        for number, (i, j, cells, mm) in enumerate(tokens):
            if mm is None:
                start, taken = at, 1.0
                if i in narrow:
                    taken = 0.5
                    if self.text[i] in OPENING:
                        start -= 0.5
                adv = self.adv[i] if self.adv[i] is not None else EM
                x = (start + 0.5) * CELL - adv / 2
                if adv < 0.75 * EM and self.text[i] in "“‘":
                    x = (start + 1) * CELL - adv
                elif adv < 0.75 * EM and self.text[i] in "”’":
                    x = start * CELL
                xs[i - a] = x
                at += taken
                continue
            spare = cells * CELL - mm
            if number == 0:
                spare = 0
            elif number == len(tokens) - 1 and full:
                pass
            else:
                spare /= 2
            x = at * CELL + spare
            for k in range(i, j):
                w = self.char_width(k)
                if not blank(self.text[k]):
                    alone = self.plain[self.run_at[k]]
                    inner = (w - self.adv[k]) / 2 if alone and self.adv[k] is not None else 0
                    xs[k - a] = x + inner
                x += w
            at += cells
        return xs
