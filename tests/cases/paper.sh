#!/bin/bash
# timeout: 120
# What readers make of a PDF: its form, fonts, text, tags, links and outline; the same file in every run.
source "$(dirname "$0")/kit.bash"
driver=$(dirname "$zeren")/tests/unit/paper_driver

draw() { mkdir -p "$tmp/$1" && "$driver" "$tmp/$1"; }

draw a && draw b
case_is $? "a document by hand is drawn twice"
(cd "$tmp" && diff -r a b)
case_is $? "PDF, OFD and pictures of pages are the same, byte by byte, in another process"
TZ=Asia/Shanghai LC_ALL=C HOME=/nonexistent draw c && (cd "$tmp" && diff -r a c)
case_is $? "in another place, too"

pdf=$tmp/a/sample.pdf
qpdf --check "$pdf" >"$tmp/check" 2>&1 && ! grep -qi warning "$tmp/check"
case_is $? "qpdf finds nothing wrong"
pdffonts "$pdf" | awk 'NR > 2 { n++; if ($0 !~ /yes yes yes/) bad = 1 } END { exit bad || n != 5 }'
case_is $? "five fonts, all embedded, cut to their characters, with a table to Unicode"

info=$(pdfinfo "$pdf")
for line in 'Title: +关于检查的报告$' 'Author: +某县$' 'Tagged: +yes$' 'Pages: +3$' 'PDF version: +1.5$'; do
	grep -Eq "^$line" <<<"$info"
	case_is $? "pdfinfo: $line"
done
is '2023-01-01T12:05:06Z' "$(pdfinfo -isodates "$pdf" | sed -n 's/^CreationDate: *//p')" "the day it was made is the document's"

pdftotext "$pdf" "$tmp/text" && pdfinfo -struct-text "$pdf" >"$tmp/struct"
for line in '关于检查的报告' '一、总体' '2022年检查35处，发现问题' '，“喆”字、𬱖字都在。'; do
	grep -q "$line" "$tmp/text"
	case_is $? "text: $line"
done
is '关于检查的报告一、总体2022年检查35处，发现问题128个，“喆”字、𬱖字都在。单位应做已做某县129份数某县2023年1月1日一月检查表' \
	"$(sed -n 's/^ *"\(.*\)"$/\1/p' "$tmp/struct" | tr -d ' \n' | sed 's/^某县文件//')" "text of the tags, in order, without page numbers"
is 'Document P H1 H2 P Table TR TH TH TH TR TD TD TD Figure P P H1' \
	"$(sed -n 's/^ *\([A-Z][A-Za-z0-9]*\)\( (block)\)\?$/\1/p' "$tmp/struct" | tr '\n' ' ' | sed 's/ $//')" "tree of tags"

# A glyph of several characters reads as the one that was written, not as a radical of the same shape (⽉ for 月), also
# for a reader that goes by the table of the font alone.
mutool trace "$pdf" 2>/dev/null | python3 -c 'import re, sys
text = "".join(re.findall(r"unicode=\"(.)\"", sys.stdin.read()))
sys.exit(not ("一月检查表" in text and not re.search("[\u2e80-\u2fdf]", text)))'
case_is $? "characters by the fonts' own tables"

python3 - "$tmp/a" <<'PY'
import re, sys, zipfile
package = zipfile.ZipFile(sys.argv[1] + "/sample.ofd")
assert package.testzip() is None
pages = [package.read(f"Doc_0/Pages/Page_{i}/Content.xml").decode() for i in range(3)]
text = ["".join(re.findall(r"<ofd:TextCode[^>]*>([^<]*)<", page)) for page in pages]
assert text == ["某县文件关于检查的报告一、总体2022年检查35处，发现问题— 1 —",
                "128个，“喆”字、𬱖字都在。单位应做已做某县129份数某县2023年1月1日— 2 —", "一月检查表— 3 —"], text
PY
case_is $? "text of the OFD is that of the document"
finish
