#!/bin/bash
# A report's DOCX edited and held against the log: own paragraphs taken, figures and made sentences named, all undoable.
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
"$zeren" narrative import "$example/narrative.md" --data "$data" >/dev/null
export ZEREN_DATA=$data ZEREN_LANG=en
run report --out "$tmp/report"
docx=$tmp/report/report.docx

edit() {        # OUT.docx PYTHON: changes `text`, the XML of the document's main part; paragraph(text) is one
	python3 - "$docx" "$1" "$2" <<'PY'
import re, sys, zipfile
def paragraph(words, style="BodyText"):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
def whole(words):       # the paragraph that holds the words
    return next(p for p in re.findall(r"<w:p>.*?</w:p>", text, re.S) if words in p)
with zipfile.ZipFile(sys.argv[1]) as had, zipfile.ZipFile(sys.argv[2], "w") as out:
    for name in had.namelist():
        part = had.read(name)
        if name == "word/document.xml":
            text = part.decode()
            before = text
            exec(sys.argv[3])
            assert text != before
            part = text.encode()
        out.writestr(name, part)
PY
}

# ---- nothing changed ----

expect 0 out 'says what the log says' report adopt "$docx"
size=$(size_of "$data")
expect 0 out 'says what the log says' report adopt "$docx" --accept
is "$size" "$(size_of "$data")" "nothing is written"

# ---- people's own words ----

own=$("$zeren" narrative show 三 | head -n 1)
edit "$tmp/own.docx" 'text = text.replace("'"${own:0:12}"'", "改过的话。'"${own:0:12}"'", 1)'
expect 0 out '^三, own paragraph: new words' report adopt "$tmp/own.docx"
grep -q 'now: 改过的话。' "$tmp/out" && grep -q 'nothing is written yet' "$tmp/out"
case_is $? "shown, not written"
is "$size" "$(size_of "$data")" "without --accept nothing is written"
run report adopt "$tmp/own.docx" --json
json 'v["figures"] == 0 and not v["accepted"] and [i["kind"] for i in v["items"]] == ["own_changed"] and v["sections"][0]["section"] == "三"'
expect 0 out 'written: own text of 1 sections' report adopt "$tmp/own.docx" --accept --why "在WPS里改的"
expect 0 out '^改过的话。' narrative show 三
expect 0 out '在WPS里改的' narrative history 三
expect 0 out 'says what the log says' report adopt "$tmp/own.docx"
expect 0 out '^三, own paragraph: new words' report adopt "$docx"
run report adopt "$docx" --accept
"$zeren" narrative export | cmp -s - "$example/narrative.md"
case_is $? "the old document taken in gives the old text back"

# ---- added, removed, split, without bookmarks ----

edit "$tmp/more.docx" 'p = whole("'"${own:0:12}"'"); text = text.replace(p, p + paragraph("新写的一段。"))'
expect 0 out '^三: a new own paragraph' report adopt "$tmp/more.docx"
expect 0 out 'written: own text of 1 sections' report adopt "$tmp/more.docx" --accept
"$zeren" narrative show 三 | tail -n 1 | grep -q '^新写的一段。$'
case_is $? "an added paragraph is of the section that it stands in"
expect 0 out '^三: an own paragraph is gone' report adopt "$docx" --accept
"$zeren" narrative export | cmp -s - "$example/narrative.md"
case_is $? "a removed one is taken away"
edit "$tmp/bare.docx" 'text = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", text)'
expect 0 out 'says what the log says' report adopt "$tmp/bare.docx"
edit "$tmp/bare.docx" 'text = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", text); text = text.replace("'"${own:0:12}"'", "改过的话。'"${own:0:12}"'", 1)'
expect 0 out '^三, own paragraph: new words' report adopt "$tmp/bare.docx"
edit "$tmp/tracked.docx" 'text = text.replace("'"${own:0:12}"'", "'"${own:0:6}"'</w:t></w:r><w:ins w:id=\"900\" w:author=\"a\"><w:r><w:t>又插入</w:t></w:r></w:ins><w:del w:id=\"901\" w:author=\"a\"><w:r><w:delText>不要</w:delText></w:r></w:del><w:r><w:t>'"${own:6:6}"'", 1)'
expect 0 out "now: ${own:0:6}又插入${own:6:6}" report adopt "$tmp/tracked.docx"

edit "$tmp/anew.docx" 'p = whole("'"${own:0:12}"'"); text = text.replace(p, re.sub("<w:t [^>]*>.*?</w:t>", "<w:t>全新。</w:t>", p, count=1))'
expect 0 out '^三, own paragraph: new words' report adopt "$tmp/anew.docx"
run report adopt "$tmp/anew.docx" --json
json '[i["kind"] for i in v["items"]] == ["own_changed"] and v["items"][0]["now"] == "全新。"'
second=$("$zeren" narrative show 一（二） | head -n 1)
edit "$tmp/typed.docx" 'text = text.replace("'"${second:0:12}"'", "全年采用九百条。'"${second:0:12}"'", 1)'
expect 0 out '^一（二）: own text of 一（二）, paragraph 1, says 九百条; the figures here: ' report adopt "$tmp/typed.docx"
edit "$tmp/moved.docx" 'p = whole("（一）"); text = text.replace(p, p + paragraph("又一节", "Heading2"))'
expect 0 out 'no room' report adopt "$tmp/moved.docx"

# ---- figures and made sentences ----

"$zeren" report --out "$tmp/report" >/dev/null
figure=$(python3 -c 'import json, sys
t = json.load(open(sys.argv[1]))
s = next(s for s in t["spans"] if s["kind"] == "figure" and s["text"].isdigit() and len(s["text"]) > 1)
print(s["text"], s.get("figure", s.get("name")))' "$tmp/report/trace.json")
number=${figure% *} name=${figure#* }
edit "$tmp/figure.docx" 'text = re.sub(r"(>[^<]*?)(?<![0-9])'"$number"'(?![0-9])", r"\g<1>9'"$number"'", text, count=1)'
size=$(size_of "$data")
expect 1 out 'a figure differs: ' report adopt "$tmp/figure.docx"
grep -q "$name" "$tmp/out" && grep -q "by the records: $number" "$tmp/out" && grep -q "in the document: 9$number" "$tmp/out"
case_is $? "the figure is named, with both values" || shown
expect 1 out 'nothing to take' report adopt "$tmp/figure.docx" --accept
is "$size" "$(size_of "$data")" "a figure is never taken"
run report adopt "$tmp/figure.docx" --json
json 'v["figures"] == 1 and [i["kind"] for i in v["items"]] == ["figure"] and v["sections"] == []'
edit "$tmp/fixed.docx" 'text = re.sub("召开", "开了", text, count=1)'
expect 0 out 'words that the scheme and the records make' report adopt "$tmp/fixed.docx"
edit "$tmp/head.docx" 'p = whole("一、"); text = text.replace(p, "")'
expect 0 out 'it stays in the report' report adopt "$tmp/head.docx"

# ---- through a word processor ----

if command -v soffice >/dev/null; then
	mkdir -p "$tmp/lo"
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to docx --outdir "$tmp/lo" "$tmp/own.docx" >/dev/null 2>&1
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to docx --outdir "$tmp/lo" "$tmp/anew.docx" >/dev/null 2>&1
	run report adopt "$tmp/lo/anew.docx" --json
	json '[i["kind"] for i in v["items"]] == ["own_changed"] and v["items"][0]["now"] == "全新。"'
	expect 0 out '^三, own paragraph: new words' report adopt "$tmp/lo/own.docx"
	is 3 "$(grep -c . "$tmp/out" | awk '{print $1 - 1}')" "and nothing else, written by LibreOffice"
fi

# ---- refused ----

expect 2 err 'which document' report adopt
expect 2 err 'one of adopt .* is expected, not take' report take "$docx"
expect 4 err 'no such file' report adopt "$tmp/none.docx"
expect 3 err 'not a .docx document' report adopt "$example/narrative.md"
expect 3 err 'a workbook, not a document' report adopt "$(ls "$example"/*.xlsx | head -n 1)"
expect 2 err 'go with an action, such as zeren report adopt' report --accept
expect 2 err 'zeren report adopt takes no --redact' report --redact adopt "$docx"
edit "$tmp/other.docx" 'text = re.sub(r"<w:body>.*<w:sectPr>", "<w:body>" + paragraph("别的文件。") + "<w:sectPr>", text, flags=re.S)'
expect 3 err "0 of the report's" report adopt "$tmp/other.docx"

finish
[ "$failed" = 0 ]
