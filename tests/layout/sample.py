"""A small document with a bit of everything, ways to spoil its pages, and a tiny OFD with ways to spoil that."""
import io
import pathlib
import subprocess
import zipfile

from lines import CELL
from checker import ROW

TEXT = ("各级各部门认真落实“党政同责、一岗双责”，2025年共排查隐患1280条，整改率98.5%；组织3—5人的小组，按《安全生产责任制办法》（某发〔2025〕15号）逐项核对，做到底数清、情况明——这是关键。对检查发现的问题，实行清单管理、逾期移送，"
    "由县安委会办公室督办，全年通报6批次。")
DOCUMENT = {
    "name": "sample", "title": "安全生产工作情况的报告", "lang": "zh-CN", "words": ["安全", "生产", "工作", "情况", "报告", "关于"],
    "head": {"form": "red", "mark": "某某县人民政府文件", "number": "某政发〔2026〕5号", "copy_no": "000001", "signers": ["王建国"]},
    "blocks": [{"kind": "title", "text": "某某县人民政府关于2025年度全县安全生产工作情况的报告"}, {"kind": "addressee", "text": "市人民政府："},
        {"kind": "body", "text": "现将安全生产工作情况报告如下。" + TEXT}, {"kind": "h1", "text": "一、基本情况"}, {"kind": "body", "text": TEXT},
        {"kind": "h2", "text": "（一）排查整治"}, {"kind": "body", "text": TEXT * 2}, {"kind": "caption", "text": "表1　隐患整改情况"},
        {"kind": "table", "table": {"ncols": 4, "nheads": 1, "rows": [["序号", "单位名称", "隐患（条）", "备注"]] + [[str(k + 1), f"第{k + 1}中心校", str(97 - 3 * k), "已完成整改并复查销号"] for k in range(24)]}},
        {"kind": "body", "text": TEXT}, {"kind": "body", "text": "特此报告。"},
        {"kind": "annex", "number": "附件", "text": "安全生产工作情况统计表", "landscape": True},
        {"kind": "table", "table": {"ncols": 3, "nheads": 1, "rows": [["序号", "名称", "数量"], ["1", "检查", "12"], ["2", "整改", "11"]]}}],
    "annexes": ["安全生产工作情况统计表"], "sign": {"names": ["某某县人民政府"], "date": "2026年1月5日", "seal": "stamp"}, "postscript": "（联系人：李明，电话：12345678）",
    "colophon": {"copies": "县委办公室，县人大常委会办公室", "issuer": "某某县人民政府办公室", "date": "2026年1月5日"}, "code": "log root 7f3a9c",
}


# ---- spoiling: each takes a check of sound pages and a copy of those pages

def at(pages, c, role, k=0, line=0):
    """(page, glyphs of that line in the copy)."""
    e = [e for e in c.main + c.head + c.foot if e.role == role and e.lines][k]
    found = e.lines[line]
    by_place = {(round(g.x, 3), round(g.y, 3), g.ch): g for g in pages[found.page].glyphs}
    return found.page, [by_place[round(g.x, 3), round(g.y, 3), g.ch] for g in found.glyphs]


def each(role, change, k=0, line=0, first=0, last=None):
    def spoil(c, pages):
        _, glyphs = at(pages, c, role, k, line)
        for g in glyphs[first:last]:
            change(g)
    return spoil


def move(dx=0.0, dy=0.0):
    def change(g):
        g.x, g.y = g.x + dx, g.y + dy
    return change


def set_(**values):
    def change(g):
        for key, value in values.items():
            setattr(g, key, value)
    return change


def comma_first(c, pages):
    """The last mark of a line goes to the beginning of the next."""
    for e in c.main:
        for a, b in zip(e.lines, e.lines[1:]):
            if a.glyphs[-1].ch in "，。；、" and a.page == b.page and e.role == "body":
                k = e.lines.index(a)
                body = [x for x in c.main if x.role == "body"].index(e)
                _, glyphs = at(pages, c, "body", body, k)
                glyphs[-1].x, glyphs[-1].y = 28.0 - CELL, b.y
                return
    raise AssertionError("no line ends with a mark")


def unit_broken(c, pages):
    """A line ends between a number and its unit: what follows goes to the next row."""
    for e in c.main:
        for k, line in enumerate(e.lines):
            i = next((i for i in range(line.a + 2, line.b - 2) if e.role == "body" and e.text[i] == "条" and e.text[i - 1].isdigit()), None)
            if i is not None:
                body = [x for x in c.main if x.role == "body"].index(e)
                _, glyphs = at(pages, c, "body", body, k)
                for g in glyphs[i - line.a:]:
                    g.y += ROW
                return
    raise AssertionError("no unit within a line")


def numbers(change):
    def spoil(c, pages):
        for g in pages[0].glyphs:
            if g.y > 265 and abs(g.size - 14 * 25.4 / 72) < 0.01:
                change(g)
    return spoil


def no_number(c, pages):
    pages[1].glyphs = [g for g in pages[1].glyphs if g.y < 262]


def rules(which, change, page=0):
    def spoil(c, pages):
        found = [r for r in pages[page].rules if which(r)]
        assert found, "no such rule"
        for r in found:
            change(r)
    return spoil


def wider(dx):
    def change(r):
        r.x1 += dx
    return change


def lower(dy):
    def change(r):
        r.y0, r.y1 = r.y0 + dy, r.y1 + dy
    return change


def thicker(r):
    r.width += 0.1


def red(r):
    return r.rgb == (230, 0, 0)


def in_table(change, only=lambda g: True):
    def spoil(c, pages):
        e = next(e for e in c.main if e.role == "table")
        (page, _), piece = sorted(e.pieces.items(), key=lambda i: i[0][0])[0]
        by_place = {(round(g.x, 3), round(g.y, 3)): g for g in pages[page].glyphs}
        for g in piece.glyphs:
            if only(g):
                change(by_place[round(g.x, 3), round(g.y, 3)])
                return
    return spoil


def heads_gone(c, pages):
    """The head of the second piece."""
    e = next(e for e in c.main if e.role == "table")
    (page, _), piece = sorted(e.pieces.items(), key=lambda i: i[0][0])[1]
    gone = {(round(g.x, 3), round(g.y, 3)) for g in piece.glyphs if g.face == "hei"}
    pages[page].glyphs = [g for g in pages[page].glyphs if (round(g.x, 3), round(g.y, 3)) not in gone]


def column_narrow(c, pages):
    """The rule behind the first column, on all pages."""
    e = next(e for e in c.main if e.role == "table")
    x0 = min(piece.x0 for piece in e.pieces.values())
    for page, _ in e.pieces:
        upright = [r for r in pages[page].rules if not r.flat and r.x0 > x0 + 1]
        first = min(r.x0 for r in upright)
        for r in upright:
            if r.x0 < first + 0.1:
                r.x0 = r.x1 = x0 + 7


def one_gone(c, pages):
    _, glyphs = at(pages, c, "body", 1, 0)
    pages[at(pages, c, "body", 1, 0)[0]].glyphs.remove(glyphs[5])


def last_page_first(c, pages):
    pages.insert(0, pages.pop())


def pages_lie(c, pages):
    pages[0].w = 209.0


def code_larger(c, pages):
    for g in pages[-1].glyphs:
        if g.y > 265 and g.size < 4:
            g.size = 3.6


SPOILT = [      # what, the rule that must be named, how
    ("the page is narrower", "G1", pages_lie),
    ("a glyph 0.2 mm to the right", "G3-G4", each("body", move(0.2), 0, 0, 3, 4)),
    ("a line 0.2 mm lower", "G2", each("body", move(0, 0.2), 1, 1)),
    ("a line moved out to the left", "G1", each("body", move(-0.5), 1, 1)),
    ("a smaller type", "2 sizes", each("body", set_(size=5.5), 1, 0)),
    ("another face", "2 faces", each("h1", set_(face="fang", font="FandolFang"), 0, 0)),
    ("text in grey", "G5", each("body", set_(rgb=(90, 90, 90)), 1, 0)),
    ("the mark in black", "G5", each("mark", set_(rgb=(0, 0, 0)))),
    ("a comma first", "L2", comma_first),
    ("a unit on the next line", "L3", unit_broken),
    ("a number on the wrong side", "P10", numbers(move(-110))),
    ("a number too low", "P10", numbers(move(0, 0.3))),
    ("no number", "P10", no_number),
    ("the title to the left", "T1", each("title", move(-1.0))),
    ("the date to the left", "P6", each("date", move(-CELL))),
    ("the postscript a row lower", "P7", each("postscript", move(0, ROW))),
    ("the annex's title a row lower", "P8", each("annex", move(0, ROW))),
    ("the red rule lower", "P1", rules(red, lower(0.5))),
    ("the red rule thicker", "P1", rules(red, thicker)),
    ("the mark higher", "P1", each("mark", move(0, 3.0))),
    ("a table's edge further right", "G1", rules(lambda r: not red(r) and r.flat and r.y0 < 255, wider(1.0), 2)),
    ("a table's rules thicker", "B2", rules(lambda r: not red(r) and r.flat and r.y0 < 255, thicker, 2)),
    ("a cell's text at its edge", "B2", in_table(move(-0.9), lambda g: g.ch == "第")),
    ("a cell's text in another face", "2 faces", in_table(set_(face="song", font="FandolSong"), lambda g: g.ch == "序")),
    ("no head on the next page", "B3", heads_gone),
    ("a column too narrow", "B1", column_narrow),
    ("a character gone", "text", one_gone),
    ("the colophon's last rule higher", "P9", rules(lambda r: abs(r.y0 - 262) < 0.2, lower(-0.4), -1)),
    ("the copies further left", "P9", each("copies", move(-1.0))),
    ("the code larger", "P12", code_larger),
    ("the last page first", "text", last_page_first),
]


# ---- a tiny OFD

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TINY = {
    "OFD.xml": f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID><ofd:Title>T</ofd:Title>'
        '</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    "Doc_0/Document.xml": f'<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>'
        '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages><ofd:Outlines>'
        '<ofd:OutlineElem Title="T"><ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="1" Left="0" Top="0"/></ofd:Goto></ofd:Action></ofd:Actions>'
        '</ofd:OutlineElem></ofd:Outlines></ofd:Document>',
    "Doc_0/PublicRes.xml": f'<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="仿宋_GB2312" FamilyName="仿宋"><ofd:FontFile>f.otf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>',
    "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="4"><ofd:TextObject ID="5" '
        'Boundary="28 37 20 6" Font="3" Size="5.6444"><ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="4.967" DeltaX="5.5714">甲乙</ofd:TextCode></ofd:TextObject>'
        '<ofd:PathObject ID="6" Boundary="28 50 156 1" LineWidth="0.35" Stroke="true" Fill="false"><ofd:StrokeColor Value="230 0 0"/><ofd:AbbreviatedData>M 0 0 L 156 0'
        '</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer></ofd:Content></ofd:Page>',
}
PAGE = "Doc_0/Pages/Page_0/Content.xml"
OFD_SPOILT = [      # what, part, old, new
    ("a step too many", PAGE, 'DeltaX="5.5714"', 'DeltaX="g 2 5.5714"'),
    ("no steps", PAGE, ' DeltaX="5.5714"', ""),
    ("an id twice", PAGE, 'ID="6"', 'ID="5"'),
    ("an id above MaxUnitID", PAGE, 'ID="6"', 'ID="10"'),
    ("no such font", PAGE, 'Font="3"', 'Font="7"'),
    ("a font that is a path", PAGE, 'Font="3"', 'Font="6"'),
    ("colour behind the text", PAGE, '<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="4.967" DeltaX="5.5714">甲乙</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4.967" DeltaX="5.5714">甲乙</ofd:TextCode><ofd:FillColor Value="0 0 0"/>'),
    ("a size that is no number", PAGE, 'Size="5.6444"', 'Size="16pt"'),
    ("no boundary", PAGE, ' Boundary="28 50 156 1"', ""),
    ("an unknown attribute", PAGE, 'LineWidth="0.35"', 'Linewidth="0.35"'),
    ("an unknown operator", PAGE, "M 0 0 L 156 0", "M 0 0 H 156"),
    ("another namespace", PAGE, "http://www.ofdspec.org/2016", "http://www.ofdspec.org"),
    ("area behind content", PAGE, "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content>", "<ofd:Content>" + "</ofd:Content><ofd:Area><ofd:PhysicalBox>0 0 "
        "210 297</ofd:PhysicalBox></ofd:Area><ofd:Content>"),
    ("PageArea before MaxUnitID", "Doc_0/Document.xml", "<ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>",
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:MaxUnitID>9</ofd:MaxUnitID>"),
    ("a page that is not there", "Doc_0/Document.xml", "Page_0", "Page_1"),
    ("an outline to no page", "Doc_0/Document.xml", 'PageID="1"', 'PageID="2"'),
    ("a font file that is not there", "Doc_0/PublicRes.xml", "f.otf", "g.otf"),
    ("a font not embedded", "Doc_0/PublicRes.xml", "<ofd:FontFile>f.otf</ofd:FontFile>", ""),
    ("no DocID", "OFD.xml", "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID>", ""),
    ("broken XML", PAGE, "</ofd:Page>", ""),
]


def font_file():
    """Some font of the machine: the reader only wants one."""
    done = subprocess.run(["fc-match", "-f", "%{file}", ":lang=zh"], stdout=subprocess.PIPE, check=True)
    return pathlib.Path(done.stdout.decode()).read_bytes()


def tiny_ofd(part=None, old="", new=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, text in TINY.items():
            if name == part:
                assert old in text, old
                text = text.replace(old, new)
            z.writestr(name, text)
        z.writestr("Doc_0/Res/f.otf", font_file())
    return out.getvalue()
