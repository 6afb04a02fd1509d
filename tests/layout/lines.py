"""Where lines end and glyphs stand by docs/layout.md, chapter 3; written from that page alone."""
import math
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CELL = 156 / 28
EM = 16 * 25.4 / 72

NOT_FIRST = set("、，。；：．？！）〕］｝】》〉」』〗”’…—⸺―–～〜·・々ー,.;:?!)]}")
NOT_LAST = set("（〔［｛【《〈「『〖“‘￥¥£€$№§([{")
CLOSING = set("）〕］｝】》〉」』〗”’")
PAUSE = set("、，。；：？！")
SLIM = set("、，。；：") | CLOSING       # what L5 narrows
OPENING = set("（〔［｛【《〈「『〖“‘")
STOPS = PAUSE | CLOSING                 # behind which L6 spreads first
MARKS = STOPS | OPENING | set("…—～·")
DIGITS = set("0123456789")


def units():
    path = ROOT / "src/tbl/units.h"
    words = re.findall(r'U\(u?"([^"]+)"\)', path.read_text("utf-8")) if path.exists() else []
    if not words:
        rules = (ROOT / "docs/layout.md").read_text("utf-8")
        words = re.search(r"units\.h`: ([^…]*)…", rules)[1].split()
    return sorted(words, key=len, reverse=True)


NUMBER = "[0-9][!-~‰℃％]*"
UNIT = re.compile("%s ?(?:[余多几来]?[万亿千百]*[余多几来]?(?:%s)|[余多几来]?[万亿千百]+)" % (NUMBER, "|".join(map(re.escape, units()))))
TOGETHER = (
    re.compile("第[0-9]"),
    re.compile("〔[^〔〕]*〕[0-9]*号?"),
    re.compile("[0-9%][—～–-][0-9]"),
    re.compile("——"), re.compile("……"),
    UNIT,
)


def is_hanzi(ch):
    return "\u3400" <= ch <= "\u9fff" or ch == "〇" or "\U00020000" <= ch <= "\U0003ffff"


def letter(ch):
    return "A" <= ch <= "Z" or "a" <= ch <= "z" or ("\u00c0" <= ch <= "\u024f" and ch.isalpha())


def raised(ch):
    return ch in "²³¹" or "\u2070" <= ch <= "\u209c"


def western(text, i):
    ch = text[i]
    if raised(ch):
        return i > 0 and not blank(text[i - 1]) and western(text, i - 1)
    if "!" <= ch <= "~" or letter(ch):
        return True
    if ch in "‰℃％%":
        return i > 0 and text[i - 1] in DIGITS
    return ch == "’" and 0 < i < len(text) - 1 and letter(text[i - 1]) and letter(text[i + 1])


def blank(ch):
    return ch == " " or ch < " " or ch == "\x7f"


def runs_of(text):
    """Western runs as [(from, to)]; spaces within and beside belong to them."""
    out, i, n = [], 0, len(text)
    while i < n:
        k, some = i, False
        while k < n and (blank(text[k]) or western(text, k)):
            some |= not blank(text[k])
            k += 1
        if some:
            out.append((i, k))
        i = max(k, i + 1)
    return out


def stuck(text, keep=()):
    """no[i]: no line begins with character i, by L3; 2: not even where spaces stand before it."""
    no = [0] * (len(text) + 1)
    for pattern in TOGETHER:
        at = 0
        while m := pattern.search(text, at):
            for i in range(m.start() + 1, m.end()):
                no[i] = 2
            at = m.start() + 1
    for word in keep:
        at = text.find(word)
        while word and at >= 0:
            for i in range(at + 1, at + len(word)):
                no[i] = no[i] or 1
            at = text.find(word, at + 1)
    for a, b in runs_of(text):
        for i in range(a + 1, b):
            if not blank(text[i]) and not blank(text[i - 1]) and not hyphen(text, i):
                no[i] = no[i] or 1
    return no


def hyphen(text, i):
    """A place behind a hyphen that has three letters on both sides."""
    return text[i - 1] == "-" and i > 3 and len(text[i:i + 3]) == 3 and all(map(letter, text[i - 4:i - 1] + text[i:i + 3]))


def marks_allow(text, i):
    """L2 for a line that ends before character i."""
    k = i
    while k and blank(text[k - 1]):
        k -= 1
    return k > 0 and text[i] not in NOT_FIRST and text[k - 1] not in NOT_LAST


def may_end(text, i, no):
    """May a line end before character i, which is no space, and the next begin with it?"""
    if i >= len(text):
        return True
    if no[i] == 2 or (no[i] and not blank(text[i - 1])):
        return False
    return marks_allow(text, i)


def long_places(text, is_long):
    """L3: places behind signs within a western word that is_long(from, to)."""
    out = []
    for m in re.finditer("[!-~\u00c0-\u024f²³¹\u2070-\u209c’]+", text):
        if is_long(*m.span()):
            out += [i for i in range(m.start() + 1, m.end()) if text[i - 1] in "/?&=_-" and text[i] != text[i - 1]
                and marks_allow(text, i)]
    return out


class Paragraph:
    """Text on the grid. adv: advance of each character in mm, None where it is not known."""

    def __init__(self, text, adv, keep=()):
        self.text, self.adv = text, adv
        self.no = stuck(text, keep)
        self.run_at = [None] * len(text)
        for r in runs_of(text):
            for i in range(*r):
                self.run_at[i] = r
        self.ends = [i for i in range(1, len(text) + 1)
            if (i == len(text) or not blank(text[i])) and may_end(text, i, self.no)]

    def char_width(self, i, plain):
        """Of a character within a western run, mm."""
        if plain:
            return CELL if (self.adv[i] or 0) > 0.6 * EM and not blank(self.text[i]) else CELL / 2
        if blank(self.text[i]):
            return max(self.adv[i] or 0.333 * EM, EM / 4)
        if self.text[i] == "’" and (self.adv[i] or 0) > 0.6 * EM:
            return self.adv[i] / 2
        return self.adv[i] if self.adv[i] is not None else EM / 2

    def plain(self, a, b):
        return not any(letter(c) for c in self.text[a:b])

    def tokens(self, a, b):
        """[(from, to, cells, mm)] of a line without spaces at its end."""
        while b > a and blank(self.text[b - 1]):
            b -= 1
        out, i = [], a
        while i < b:
            run = self.run_at[i]
            if run is None:
                end = i + 1
                if blank(self.text[i]):
                    while end < b and blank(self.text[end]) and self.run_at[end] is None:
                        end += 1
                out.append((i, end, -(-(end - i) // 2) if blank(self.text[i]) else 1, None))
                i = end
                continue
            end = min(run[1], b)
            plain = self.plain(i, end)
            mm = sum(self.char_width(k, plain) for k in range(i, end))
            out.append((i, end, math.ceil(mm / CELL - 1e-4), mm))
            i = end
        return out

    def cells(self, a, b):
        return sum(t[2] for t in self.tokens(a, b))

    def slim(self, a, b):
        """Marks of a line that L5 narrows, in order, each by half a cell."""
        while b > a and blank(self.text[b - 1]):
            b -= 1
        text, chosen = self.text, []
        alone = [self.run_at[k] is None for k in range(len(text))]      # an apostrophe is no mark
        if text[b - 1] in SLIM and alone[b - 1]:
            chosen.append(b - 1)
        for k in range(b - 2, a - 1, -1):
            if text[k] not in MARKS or text[k + 1] not in MARKS:
                continue
            one = k if text[k] in SLIM else k + 1 if text[k + 1] in OPENING else None
            if one is not None and one not in chosen and alone[one]:
                chosen.append(one)
        chosen += [k for k in range(b - 1, a - 1, -1) if text[k] in SLIM and alone[k] and k not in chosen]
        return chosen[:3]

    def within_long(self, room):
        """Places behind signs of words that are wider than a line."""
        return long_places(self.text, lambda a, b: self.cells(a, b) > room)

    def lines(self, first, rest):
        """[(from, to, why)] with so many cells for the first line and the others."""
        out, at, n = [], 0, len(self.text)
        for i in self.within_long(rest):
            self.no[i] = 0
        ends, e = sorted({*self.ends, *self.within_long(rest)}), 0
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
            if over and len(self.slim(at, over[0])) / 2 >= over[1] - room:
                out.append((at, over[0], "taken in"))
                at = over[0]
                continue
            begin = best or at
            while begin < n and blank(self.text[begin]):
                begin += 1
            if best and self.cells(begin, over[0]) <= rest:
                out.append((at, best, "pushed out"))
                at = best
                continue
            j = at + 1
            while j < n and self.cells(at, j + 1) <= room:
                j += 1
            k = j
            while k > at + 1 and k < n and not marks_allow(self.text, k):
                k -= 1
            j = k if k > at + 1 else j
            out.append((at, j, "broken"))
            at = j
        return out

    def places(self, a, b, indent, narrow=(), full=False):
        """Expected x of each character of a line, mm from the left edge of the type area; None for spaces. narrow: marks that
        lose half a cell; full: it ends at the right edge."""
        xs, at = [None] * (b - a), float(indent)
        tokens = self.tokens(a, b)
        for number, (i, j, cells, mm) in enumerate(tokens):
            if mm is None:
                start, taken = at, float(cells)
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
                if not blank(self.text[i]):
                    xs[i - a] = x
                at += taken
                continue
            spare = cells * CELL - mm
            if number == 0:
                spare = 0
            elif number < len(tokens) - 1 or not full:
                spare /= 2
            x, plain = at * CELL + spare, self.plain(i, j)
            for k in range(i, j):
                w = self.char_width(k, plain)
                if not blank(self.text[k]):
                    xs[k - a] = x + ((w - self.adv[k]) / 2 if plain and self.adv[k] is not None else 0)
                x += w
            at += cells
        return xs
