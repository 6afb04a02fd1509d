"""A document's elements in the order of the page, and the glyphs that draw them: roles come from the tree's own text."""
from dataclasses import dataclass, field

from model import PT

NEAR = 0.05     # mm, of places
S2, S3, S4, S_S4, S5, S_S5 = (v * PT for v in (22, 16, 14, 12, 10.5, 9))
BLOCKS = {      # face, sizes
    "title": ("biao", (S2,)), "addressee": ("fang", (S3,)), "h1": ("hei", (S3,)), "h2": ("kai", (S3,)),
    "h3": ("fang", (S3,)), "h4": ("fang", (S3,)), "body": ("fang", (S3,)), "note": ("fang", (S5,)),
    "caption": ("hei", (S_S4,)), "source": ("fang", (S5,)), "annex": ("biao", (S2,)), "annex_h": ("hei", (S3,)),
}


@dataclass
class Element:
    role: str
    text: str
    faces: list             # per character
    sizes: tuple
    block: int = -1
    keep: tuple = ()
    table: dict = None
    picture: dict = None
    annex: int = 0          # how many annexes have begun
    lying: bool = False
    glyphs: list = field(default_factory=list)      # (page number from 0, Glyph), per character; None for spaces
    lines: list = field(default_factory=list)       # [Line]

    @property
    def where(self):
        return f"{self.role}{f' (block {self.block})' if self.block >= 0 else ''}"


@dataclass
class Line:
    page: int
    y: float
    a: int          # characters of the element
    b: int
    glyphs: list

    @property
    def text(self):
        return "".join(g.ch for g in self.glyphs)

    @property
    def x0(self):
        return min(g.x for g in self.glyphs)

    @property
    def x1(self):
        return max(g.x + (g.adv or g.size) for g in self.glyphs)


def blank(ch):
    return ch in " \u3000\u00a0" or ch < " " or ch == "\x7f"


def plain(text):
    return "".join(c for c in text if not blank(c))


def element(role, text, face, sizes, **more):
    return Element(role, text, [face] * len(text), sizes, **more)


def of_block(doc, i, b, annex, lying):
    kind, more = b["kind"], {"block": i, "annex": annex, "lying": lying}
    if kind == "table":
        return Element("table", "", [], (S_S4, S5, S_S5), table=b["table"], **more)
    if kind == "picture":
        return Element("picture", "", [], (), picture=b["picture"], **more)
    face, sizes = BLOCKS[kind]
    runs = ([{"text": b["text"]}] if b.get("text") else []) + b.get("runs", [])
    e = Element(kind, "", [], sizes, keep=tuple(doc.get("keep", ())), **more)
    for run in runs:
        own = run.get("face", "block")
        e.text += run["text"]
        e.faces += [face if own == "block" else own] * len(run["text"])
    return e


def main_of(doc):
    """What follows the head, in order: blocks, the list of annexes, signature, annexes. Head and colophon apart."""
    blocks = doc.get("blocks", [])
    first = next((i for i, b in enumerate(blocks) if b["kind"] == "annex"), len(blocks))
    keep = tuple(doc.get("keep", ()))
    out = [of_block(doc, i, b, 0, False) for i, b in enumerate(blocks[:first])]
    names = doc.get("annexes", [])
    for k, name in enumerate(names):
        label = "附件：" if k == 0 else ""
        label += f"{k + 1}." if len(names) > 1 else ""
        e = element("annex_list", label + name, "fang", (S3,), keep=keep)
        e.label = len(label)
        out.append(e)
    sign = doc.get("sign", {})
    hand = sign.get("seal") == "hand"
    if hand and sign.get("post"):
        out.append(element("post", sign["post"], "fang", (S3,)))
    for name in sign.get("names", []):
        out.append(element("sign", name, "fang", (S3,)))
    if sign.get("date"):
        out.append(element("date", sign["date"], "fang", (S3,)))
    if doc.get("postscript"):
        out.append(element("postscript", doc["postscript"], "fang", (S3,), keep=keep))
    annex, lying = 0, False
    for i, b in enumerate(blocks[first:], first):
        if b["kind"] == "annex":
            annex, lying = annex + 1, b.get("landscape", False)
            if b.get("number"):
                out.append(element("annex_number", b["number"], "hei", (S3,), block=i, annex=annex, lying=lying))
        out.append(of_block(doc, i, b, annex, lying))
    return [e for e in out if e.text.strip() or e.table or e.picture]


def head_of(doc):
    head = doc.get("head", {})
    out = []
    if head.get("form", "plain") == "plain":
        return out
    for key, face in (("copy_no", "fang"), ("secrecy", "hei"), ("urgency", "hei")):
        if head.get(key):
            out.append(element(key, head[key], face, (S3,)))
    if head.get("mark"):
        out.append(element("mark", head["mark"].replace("、", ""), "biao", None))
    if head.get("number"):
        out.append(element("number", head["number"], "fang", (S3,)))
    return out


def colophon_of(doc):
    foot, out = doc.get("colophon", {}), []
    if foot.get("copies"):
        text = "抄送：" + foot["copies"].rstrip("。") + "。"
        out.append(element("copies", text, "fang", (S4,)))
    if foot.get("issuer"):
        out.append(element("issuer", foot["issuer"], "fang", (S4,)))
    if foot.get("date"):
        out.append(element("printed", foot["date"] + "印发", "fang", (S4,)))
    return out


class Mismatch(Exception):
    pass


def take(e, stream, at):
    """Draws an element from the stream of (page, glyph) at a place; where the next begins."""
    e.glyphs = [None] * len(e.text)
    for i, ch in enumerate(e.text):
        if blank(ch):
            if at < len(stream) and blank(stream[at][1].ch or " "):
                e.glyphs[i] = stream[at]
                at += 1
            continue
        while at < len(stream) and blank(stream[at][1].ch or " "):
            at += 1
        if at >= len(stream):
            raise Mismatch(f"{e.where}: the pages end before “{e.text[i:i + 12]}”")
        if stream[at][1].ch != ch:
            found = "".join(g.ch for _, g in stream[at:at + 12])
            raise Mismatch(f"{e.where}: page {stream[at][0] + 1} has “{found}” instead of “{e.text[i:i + 12]}”")
        e.glyphs[i] = stream[at]
        at += 1
    split_lines(e)
    return at


def split_lines(e):
    line = None
    for i, item in enumerate(e.glyphs):
        if item is None or blank(item[1].ch):
            continue
        page, g = item
        if line is None or line.page != page or abs(line.y - g.y) > 0.05:
            line = Line(page, g.y, i, i, [])
            e.lines.append(line)
        line.b = i + 1
        line.glyphs.append(g)
