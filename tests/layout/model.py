"""What stands where on the pages of a PDF or an OFD, as one model; without any code of the program.

A PDF is taken apart by `mutool trace` (mupdf), an OFD by its XML. Lengths are mm from the upper left corner of the page.
"""
import io
import math
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

PT = 25.4 / 72
FACES = (       # what a font's name tells of its face; the first that fits
    ("biao", re.compile("小标宋|Song-?Bold|Serif.*(Black|Bold)", re.I)),
    ("fang", re.compile("仿宋|Fang", re.I)),
    ("kai", re.compile("楷|FandolKai", re.I)),
    ("hei", re.compile("黑体|SimHei|FandolHei", re.I)),
    ("song", re.compile("宋|SimSun|FandolSong", re.I)),
    ("hei", re.compile("NotoSansCJK|Noto Sans CJK", re.I)),
)


def face_of(name):
    for face, pattern in FACES:
        if pattern.search(name):
            return face
    return "other"


@dataclass(slots=True)
class Glyph:
    ch: str
    x: float        # origin, on the baseline
    y: float
    size: float     # of the em, mm
    font: str
    face: str
    rgb: tuple
    turn: int       # degrees clockwise
    adv: float      # mm; None: not known
    n: int = 0      # in the order of the page


@dataclass(slots=True)
class Rule:
    """A horizontal or vertical line, by its middle."""
    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    rgb: tuple

    @property
    def flat(self):
        return abs(self.y1 - self.y0) < 1e-6


@dataclass
class Page:
    w: float
    h: float
    glyphs: list = field(default_factory=list)
    rules: list = field(default_factory=list)
    paths: list = field(default_factory=list)       # what is no rule: (bounding box, rgb)
    images: list = field(default_factory=list)      # (x, y, w, h)

    @property
    def lying(self):
        return self.w > self.h


class Broken(Exception):
    """The file itself is not what it should be."""


def rules_of(page, subpaths, stroked, width, rgb):
    """Puts the path's straight lines and thin boxes among the page's rules, all else among its paths."""
    for points, curved, closed in subpaths:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if curved or (not stroked and min(box[2] - box[0], box[3] - box[1]) > 1.2):
            page.paths.append((box, rgb))
        elif not stroked:       # a thin box that is filled
            w, h = box[2] - box[0], box[3] - box[1]
            if w >= h:
                page.rules.append(Rule(box[0], (box[1] + box[3]) / 2, box[2], (box[1] + box[3]) / 2, h, rgb))
            else:
                page.rules.append(Rule((box[0] + box[2]) / 2, box[1], (box[0] + box[2]) / 2, box[3], w, rgb))
        else:
            ring = points + points[:1] if closed and points[0] != points[-1] else points
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if abs(ax - bx) < 1e-3:
                    if abs(ay - by) > 1e-3:
                        page.rules.append(Rule(ax, min(ay, by), ax, max(ay, by), width, rgb))
                elif abs(ay - by) < 1e-3:
                    page.rules.append(Rule(min(ax, bx), ay, max(ax, bx), ay, width, rgb))
                else:
                    page.paths.append((box, rgb))


# ---- PDF

ATTR = re.compile(r'([A-Za-z]+)="([^"]*)"')
ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#(\d+)|(lt|gt|amp|quot|apos));")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def unescape(text):
    def one(m):
        return chr(int(m[1], 16)) if m[1] else chr(int(m[2])) if m[2] else NAMED[m[3]]
    return ENTITY.sub(one, text) if "&" in text else text


def numbers(text):
    return [float(v) for v in text.split()]


def rgb_of(attrs):
    values = numbers(attrs.get("color", "0"))
    if len(values) == 1:
        values *= 3
    if len(values) == 4:
        values = [1 - min(1, c + values[3]) for c in values[:3]]
    return tuple(round(v * 255) for v in values)


def apply(m, x, y):
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def pdf_pages(path):
    done = subprocess.run(["mutool", "trace", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise Broken(f"mutool: {done.stderr.decode('utf-8', 'replace').strip()}")
    complaints = [c for c in done.stderr.decode("utf-8", "replace").splitlines() if "ICC support" not in c]
    if complaints:
        raise Broken(f"mutool: {complaints[0]}")
    pages, page, attrs, span = [], None, {}, {}
    sub, matrix, stroked = None, None, False
    for line in done.stdout.decode("utf-8", "surrogatepass").split("\n"):
        line = line.strip()
        if line.startswith("<g "):
            a = dict(ATTR.findall(line))
            x, y = apply(matrix, float(a["x"]), float(a["y"]))
            glyph = Glyph(unescape(a.get("unicode", "")), x * PT, y * PT, span["size"], span["font"], span["face"],
                span["rgb"], span["turn"], float(a["adv"]) * span["size"], len(page.glyphs))
            page.glyphs.append(glyph)
        elif line.startswith("<span "):
            a = dict(ATTR.findall(line))
            t = numbers(a["trm"])
            ax, ay = apply(matrix, t[0], t[1])
            ox, oy = apply(matrix, 0, 0)
            dx, dy = ax - ox, ay - oy
            name = unescape(a["font"])
            name = name[7:] if re.match("[A-Z]{6}[+]", name) else name
            span = {"font": name, "face": face_of(name), "size": math.hypot(dx, dy) * PT, "rgb": rgb_of(attrs),
                "turn": round(math.degrees(math.atan2(dy, dx))) % 360}
        elif line.startswith("<page "):
            a = dict(ATTR.findall(line))
            box = numbers(a["mediabox"])
            page = Page((box[2] - box[0]) * PT, (box[3] - box[1]) * PT)
            pages.append(page)
        elif re.match("<(fill_text|ignore_text|stroke_text|clip_text|fill_path|stroke_path|fill_image)", line):
            attrs = dict(ATTR.findall(line))
            matrix = numbers(attrs.get("transform", "1 0 0 1 0 0"))
            sub, stroked = [], line.startswith("<stroke")
            if line.startswith("<fill_image"):
                xs, ys = zip(*(apply(matrix, *c) for c in ((0, 0), (1, 0), (0, 1), (1, 1))))
                page.images.append((min(xs) * PT, min(ys) * PT, (max(xs) - min(xs)) * PT, (max(ys) - min(ys)) * PT))
        elif sub is not None and re.match("<(moveto|lineto|curveto|closepath)", line):
            a = dict(ATTR.findall(line))
            if line.startswith("<closepath"):
                if sub:
                    sub[-1][2] = True
                continue
            if line.startswith("<curveto"):
                points = [(float(a[f"x{i}"]), float(a[f"y{i}"])) for i in (1, 2, 3)]
            else:
                points = [(float(a["x"]), float(a["y"]))]
            points = [tuple(v * PT for v in apply(matrix, *p)) for p in points]
            if line.startswith("<moveto"):
                sub.append([[], False, False])
            sub[-1][0].extend(points)
            sub[-1][1] |= line.startswith("<curveto")
        elif re.match("</(fill|stroke)_path>", line):
            scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            width = float(attrs.get("linewidth", 0)) * scale * PT
            rules_of(page, [s for s in sub if len(s[0]) > 1], stroked, width, rgb_of(attrs))
            sub = None
    return pages


# ---- OFD

NS = "{http://www.ofdspec.org/2016}"


def deltas(text, count):
    """DeltaX or DeltaY: plain numbers and `g n v`, v n times."""
    out, parts = [], (text or "").split()
    i = 0
    while i < len(parts):
        if parts[i] == "g":
            out += [float(parts[i + 2])] * int(parts[i + 1])
            i += 3
        else:
            out.append(float(parts[i]))
            i += 1
    if text and len(out) != count - 1:
        raise Broken(f"{len(out)} steps for {count} characters")
    return out or [0.0] * (count - 1)


class Ofd:
    """An OFD package, its parts read on demand."""

    def __init__(self, source):
        data = pathlib.Path(source).read_bytes() if isinstance(source, (str, os.PathLike)) else source
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        bad = self.zip.testzip()
        if bad:
            raise Broken(f"{bad} is damaged in the package")
        self.names = self.zip.namelist()
        self.root = self.xml("OFD.xml")
        self.doc_path = self.text(self.root, f"{NS}DocBody/{NS}DocRoot").lstrip("/")
        self.folder = os.path.dirname(self.doc_path)
        self.doc = self.xml(self.doc_path)

    def xml(self, name):
        try:
            return ET.fromstring(self.zip.read(name))
        except KeyError:
            raise Broken(f"{name} is not in the package") from None
        except ET.ParseError as e:
            raise Broken(f"{name}: {e}") from None

    @staticmethod
    def text(node, path):
        found = node.find(path)
        if found is None or not found.text:
            raise Broken(f"{path.replace(NS, '')} is missing")
        return found.text

    def at(self, folder, loc):
        return loc.lstrip("/") if loc.startswith("/") else os.path.normpath(os.path.join(folder, loc))

    def resources(self):
        """(part, element) of all resources, in order."""
        common = self.doc.find(f"{NS}CommonData")
        for tag in ("PublicRes", "DocumentRes"):
            for node in common.findall(NS + tag):
                name = self.at(self.folder, node.text)
                yield name, self.xml(name)

    def fonts(self):
        return {f.get("ID"): f for _, res in self.resources() for f in res.iter(NS + "Font")}

    def page_parts(self):
        for node in self.doc.find(f"{NS}Pages"):
            name = self.at(self.folder, node.get("BaseLoc"))
            yield node.get("ID"), name, self.xml(name)


def ofd_rgb(node, tag):
    colour = node.find(NS + tag)
    if colour is None:
        return (0, 0, 0)
    return tuple(int(float(v)) for v in colour.get("Value", "0 0 0").split())


def ofd_text(page, node, fonts):
    bx, by, _, _ = numbers(node.get("Boundary"))
    m = numbers(node.get("CTM")) if node.get("CTM") else [1, 0, 0, 1, 0, 0]
    size = float(node.get("Size"))
    turn = round(math.degrees(math.atan2(m[1], m[0]))) % 360 or int(node.get("CharDirection", 0)) % 360
    font = fonts.get(node.get("Font"))
    if font is None:
        raise Broken(f"text {node.get('ID')}: no font {node.get('Font')}")
    name = font.get("FontName")
    for code in node.findall(NS + "TextCode"):
        text = code.text or ""
        x, y = float(code.get("X", 0)), float(code.get("Y", 0))
        try:
            dx, dy = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
        except Broken as e:
            raise Broken(f"text {node.get('ID')} “{text}”: {e}") from None
        for i, ch in enumerate(text):
            px, py = apply(m, x, y)
            page.glyphs.append(Glyph(ch, bx + px, by + py, size * math.hypot(m[0], m[1]), name, face_of(name),
                ofd_rgb(node, "FillColor"), turn, None, len(page.glyphs)))
            if i + 1 < len(text):
                x, y = x + dx[i], y + dy[i]


def ofd_path(page, node):
    bx, by, _, _ = numbers(node.get("Boundary"))
    m = numbers(node.get("CTM")) if node.get("CTM") else [1, 0, 0, 1, 0, 0]
    words = (node.find(NS + "AbbreviatedData").text or "").split()
    sub, i = [], 0
    counts = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}
    while i < len(words):
        op = words[i]
        if op == "C":
            if sub:
                sub[-1][2] = True
            i += 1
        elif op in counts:
            points = [apply(m, float(words[i + 1 + 2 * k]), float(words[i + 2 + 2 * k])) for k in range(counts[op])]
            if op in "SM":
                sub.append([[], False, False])
            sub[-1][0].extend((bx + x, by + y) for x, y in points)
            sub[-1][1] |= op in "QB"
            i += 1 + 2 * counts[op]
        elif op == "A":
            x, y = apply(m, float(words[i + 6]), float(words[i + 7]))
            sub[-1][0].append((bx + x, by + y))
            sub[-1][1] = True
            i += 8
        else:
            raise Broken(f"path {node.get('ID')}: {op} is no operator")
    sub = [s for s in sub if len(s[0]) > 1]
    width = float(node.get("LineWidth", 0.353)) * math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))
    if node.get("Fill", "false") == "true":
        rules_of(page, sub, False, 0, ofd_rgb(node, "FillColor"))
    if node.get("Stroke", "true") == "true":
        rules_of(page, sub, True, width, ofd_rgb(node, "StrokeColor"))


def ofd_pages(source):
    ofd = source if isinstance(source, Ofd) else Ofd(source)
    fonts = ofd.fonts()
    default = ofd.doc.find(f"{NS}CommonData/{NS}PageArea/{NS}PhysicalBox")
    pages = []
    for _, _, part in ofd.page_parts():
        box = part.find(f"{NS}Area/{NS}PhysicalBox")
        box = numbers((default if box is None else box).text)
        page = Page(box[2], box[3])
        pages.append(page)
        for layer in part.iter(NS + "Layer"):
            for node in layer.iter():
                if node.tag == NS + "TextObject":
                    ofd_text(page, node, fonts)
                elif node.tag == NS + "PathObject":
                    ofd_path(page, node)
                elif node.tag == NS + "ImageObject":
                    b, m = numbers(node.get("Boundary")), numbers(node.get("CTM"))
                    xs, ys = zip(*(apply(m, *c) for c in ((0, 0), (1, 0), (0, 1), (1, 1))))
                    page.images.append((b[0] + min(xs), b[1] + min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return pages


def same_glyphs(a, b, tolerance):
    """The first way in which glyphs differ; their order may."""
    left, right = defaultdict(list), defaultdict(list)
    for glyphs, by_char in ((a, left), (b, right)):
        for g in glyphs:
            if g.ch.strip():
                by_char[g.ch].append(g)
    for ch in left.keys() | right.keys():
        if len(left[ch]) != len(right[ch]):
            yield f"{ch} stands {len(left[ch])} times and {len(right[ch])}"
            return
        for g in left[ch]:
            h = min(right[ch], key=lambda h: abs(g.x - h.x) + abs(g.y - h.y))
            right[ch].remove(h)
            if max(abs(g.x - h.x), abs(g.y - h.y)) > tolerance or abs(g.size - h.size) > 0.01 or g.rgb != h.rgb or g.turn != h.turn:
                yield (f"{ch} stands at {g.x:.3f} {g.y:.3f} size {g.size:.3f} {g.rgb} {g.turn}° and at {h.x:.3f} {h.y:.3f} size "
                    f"{h.size:.3f} {h.rgb} {h.turn}°")
                return
            if g.face != h.face and "other" not in (g.face, h.face):
                yield f"{ch} is set in {g.font} and {h.font}"
                return
            if h.adv is None:
                h.adv = g.adv


def same(a, b, tolerance=0.02):
    """How two models of one document differ, in words; nothing: not at all. What b does not know of advances it takes from a."""
    if len(a) != len(b):
        yield f"{len(a)} pages and {len(b)}"
    for number, (p, q) in enumerate(zip(a, b), 1):
        if abs(p.w - q.w) > 0.1 or abs(p.h - q.h) > 0.1:
            yield f"page {number}: {p.w:.1f} × {p.h:.1f} mm and {q.w:.1f} × {q.h:.1f}"
        yield from (f"page {number}: {what}" for what in same_glyphs(p.glyphs, q.glyphs, tolerance))
        for what in ("rules", "images", "paths"):
            if len(getattr(p, what)) != len(getattr(q, what)):
                yield f"page {number}: {len(getattr(p, what))} {what} and {len(getattr(q, what))}"
        for r, s in zip(p.rules, q.rules):
            if max(abs(r.x0 - s.x0), abs(r.y0 - s.y0), abs(r.x1 - s.x1), abs(r.y1 - s.y1)) > tolerance or \
                    abs(r.width - s.width) > 0.01 or r.rgb != s.rgb:
                yield f"page {number}: a rule {r} and {s}"
                break
        for r, s in zip(p.images, q.images):
            if max(abs(v - w) for v, w in zip(r, s)) > 0.05:
                yield f"page {number}: an image at {r} and {s}"
                break
