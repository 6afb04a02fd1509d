#!/bin/bash
# timeout: 300
# What readers make of a DOCX: order of elements and references, the text by pandoc and LibreOffice, pages beside the PDF's.
source "$(dirname "$0")/kit.bash"
driver=$(dirname "$zeren")/tests/unit/doc_driver
out=$tmp/docx
mkdir -p "$out/pdf"

{ python3 tests/layout/generator.py 1 12; for name in safety clean river data; do python3 tests/layout/long.py $name; done; } >"$tmp/docs"
"$driver" -f docx,pdf,txt,md,html -o "$out" <"$tmp/docs" >"$tmp/said"
case_is $? "sixteen documents are written"
mkdir "$out/again" && "$driver" -f docx,md,html -o "$out/again" <"$tmp/docs" >/dev/null
(cd "$out/again" && for f in *; do cmp -s "$f" "../$f" || echo "$f"; done) >"$tmp/differ"
[ ! -s "$tmp/differ" ]
case_is $? "the same, byte by byte, in another process"

# The order that the schema of ECMA-376 gives the children of the elements that we write, and what parts name.
cat >"$tmp/check.py" <<'PY'
import re, sys, zipfile
from xml.etree import ElementTree
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDER = {name: words.split() for name, words in {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs kinsoku wordWrap "
           "overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing jc "
           "textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b i color spacing w kern position sz szCs highlight u lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols vAlign titlePg textDirection docGrid",
    "tblBorders": "top left bottom right insideH insideV", "tblCellMar": "top left bottom right", "pBdr": "top left bottom right",
    "style": "name basedOn next link uiPriority semiHidden qFormat pPr rPr tblPr trPr tcPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat themeFontLang",
}.items()}

def faults(path):
    z = zipfile.ZipFile(path)
    names = set(z.namelist())
    types = z.read("[Content_Types].xml").decode()
    defaults = set(re.findall('Extension="([^"]+)"', types))
    overrides = {n[1:] for n in re.findall('PartName="([^"]+)"', types)}
    yield from (f"no part {n}" for n in overrides - names)
    yield from (f"no type of {n}" for n in names - overrides if n.rsplit(".", 1)[-1] not in defaults)
    styles = {s.get(W + "styleId") for s in ElementTree.fromstring(z.read("word/styles.xml")).iter(W + "style")}
    rels = {r.get("Id"): r.get("Target") for r in ElementTree.fromstring(z.read("word/_rels/document.xml.rels"))}
    outside = {t for t in rels.values() if re.match("https?://|mailto:", t)}
    yield from (f"no target {t}" for t in rels.values() if t not in outside and "word/" + t not in names)
    for name in sorted(n for n in names if n.endswith((".xml", ".rels"))):
        tree = ElementTree.fromstring(z.read(name))
        for e in tree.iter():
            here = e.tag.removeprefix(W)
            if here in ORDER and e.tag.startswith(W):
                places = [ORDER[here].index(c.tag.removeprefix(W)) if c.tag.removeprefix(W) in ORDER[here] else -1 for c in e]
                if -1 in places or places != sorted(places):
                    yield f"{name}: {here} holds {[c.tag.removeprefix(W) for c in e]}"
            if here in ("pStyle", "tblStyle", "basedOn", "next") and e.get(W + "val") not in styles:
                yield f"{name}: no style {e.get(W + 'val')}"
            if here == "tc" and e[-1].tag != W + "p":
                yield f"{name}: a cell ends in {e[-1].tag}"
            yield from (f"{name}: no relationship {v}" for k, v in e.attrib.items() if k.startswith(R) and v not in rels)
        if name == "word/document.xml":
            for kind, key in (("bookmarkStart", "id"), ("bookmarkStart", "name"), ("bookmarkEnd", "id")):
                all = [e.get(W + key) for e in tree.iter(W + kind)]
                if len(all) != len(set(all)):
                    yield f"{kind}: {key} twice"
            body = list(tree[0])
            for a, b in zip(body, body[1:]):
                if a.tag == b.tag == W + "tbl":
                    yield "two tables run into each other"
            for table in tree.iter(W + "tbl"):
                grid = len(table.find(W + "tblGrid"))
                for row in table.iter(W + "tr"):
                    spans = [c.find(f"{W}tcPr/{W}gridSpan") for c in row.iter(W + "tc")]
                    if sum(1 if s is None else int(s.get(W + "val")) for s in spans) != grid:
                        yield "a row does not fill its table"

bad = [f"{path}: {fault}" for path in sys.argv[1:] for fault in faults(path)]
print("\n".join(bad[:20]))
sys.exit(bool(bad))
PY
mkdir "$out/laid" && "$driver" -f laid -o "$out/laid" <"$tmp/docs" >/dev/null # those that know how they stand on paper
python3 "$tmp/check.py" "$out"/*.docx "$out"/laid/*.docx
case_is $? "elements in order; parts, types, styles and references are there"

# ---- the text ----

# Characters of the tree's text, blanks apart, each as often; and each line of it somewhere whole.
cat >"$tmp/same.py" <<'PY'
import collections, re, sys
from xml.etree import ElementTree
want = open(sys.argv[1], encoding="utf-8").read()
body = ElementTree.parse(sys.argv[2]).find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body")
for e in body.iter():   # what a picture says beside it, its bytes, fields of the sequence
    if e.tag.endswith(("}desc", "}title", "}binary-data")):
        e.text = ""
got = "".join(body.itertext())
flat = lambda s: re.sub(r"[\s\u3000\ufeff]", "", s)
a, b = collections.Counter(flat(want)), collections.Counter(flat(got))
lost = [line for line in re.split(r"[\n\t]", want) if flat(line) not in flat(got)]
if a != b or lost:
    print(sys.argv[2], dict(a - b), dict(b - a), lost[:3])
    sys.exit(1)
PY
bad=0
for f in "$out"/*.docx; do
	pandoc -f docx -t plain --standalone --wrap=none "$f" >"$tmp/got" 2>/dev/null || bad=1
	name=$(basename "$f" .docx)
	# pandoc draws tables with lines of -: those of the text go, too
	python3 - "$out/$name.txt" "$tmp/got" <<'PY' || bad=1
import re, sys
want, got = (re.sub(r"[\s\u3000-]", "", open(p, encoding="utf-8").read()) for p in sys.argv[1:3])
lines = [re.sub(r"[\s\u3000-]", "", x) for x in re.split(r"\n", open(sys.argv[1], encoding="utf-8").read()) if "\t" not in x]
lost = [x for x in lines if x not in got]
if lost:
    print(sys.argv[1], lost[:3])
    sys.exit(1)
PY
done
case_is $bad "pandoc reads every paragraph of the tree's text"

if command -v soffice >/dev/null; then
	office() { soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to "$1" --outdir "$2" "$out"/*.docx >/dev/null 2>&1; }
	office fodt "$out/text"
	bad=0
	for f in "$out"/*.docx; do
		name=$(basename "$f" .docx)
		python3 "$tmp/same.py" "$out/$name.txt" "$out/text/$name.fodt" || bad=1
	done
	case_is $bad "LibreOffice opens them, and its text is the tree's"
	# with the same fonts in place of the office's, which are not free
	cat >"$tmp/fonts.conf" <<-XML
		<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>
		<dir>/usr/local/share/fonts/zeren</dir><dir prefix="xdg">fonts/zeren</dir><cachedir>$tmp/fontcache</cachedir>
		<alias binding="same"><family>仿宋_GB2312</family><prefer><family>FandolFang</family></prefer></alias>
		<alias binding="same"><family>楷体_GB2312</family><prefer><family>FandolKai</family></prefer></alias>
		<alias binding="same"><family>黑体</family><prefer><family>FandolHei</family></prefer></alias></fontconfig>
	XML
	FONTCONFIG_FILE=$tmp/fonts.conf office pdf "$out/pdf"
	for name in long_safety long_clean long_river long_data; do
		a=$(pdfinfo "$out/$name.pdf" | awk '/^Pages/ { print $2 }') b=$(pdfinfo "$out/pdf/$name.pdf" | awk '/^Pages/ { print $2 }')
		[ $((a - b)) -ge -1 ] && [ $((a - b)) -le 1 ]
		case_is $? "$name: $b pages in LibreOffice, $a in the PDF"
	done
fi

# ---- Markdown and HTML ----

bad=0
for f in "$out"/long_*.md; do
	name=$(basename "$f" .md)
	pandoc -f gfm -t plain --wrap=none "$f" 2>/dev/null >"$tmp/got" || bad=1
	python3 - "$out/$name.txt" "$tmp/got" <<'PY' || bad=1
import re, sys
flat = lambda s: re.sub(r"[\s\u3000-]", "", s)
got = flat(open(sys.argv[2], encoding="utf-8").read())
lost = [x for x in open(sys.argv[1], encoding="utf-8").read().split("\n") if "\t" not in x and flat(x) not in got]
if lost:
    print(sys.argv[1], lost[:3])
    sys.exit(1)
PY
done
case_is $bad "pandoc reads the Markdown as the tree's text"
python3 - "$out"/*.html <<'PY'
import sys
from html.parser import HTMLParser
VOID = {"meta", "img", "br"}
class Check(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.bad, self.ids = [], [], []
    def handle_starttag(self, tag, attrs):
        self.ids += [v for k, v in attrs if k == "id"]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "img" and not dict(attrs).get("alt"):
            self.bad.append("a picture without words")
        leads = ("#", "https://", "http://", "mailto:") if tag == "a" else ()     # a link loads nothing
        self.bad += [f"{v} from outside" for k, v in attrs if k in ("src", "href") and not v.startswith(("data:", *leads))]
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.bad.append(f"</{tag}>")
bad = []
for path in sys.argv[1:]:
    c = Check()
    c.feed(open(path, encoding="utf-8").read())
    bad += c.bad + c.open + (["an id twice"] if len(c.ids) != len(set(c.ids)) else [])
print(bad[:5])
sys.exit(bool(bad))
PY
case_is $? "HTML: tags closed, ids once, pictures with words, nothing from outside"
finish
[ "$failed" = 0 ]
