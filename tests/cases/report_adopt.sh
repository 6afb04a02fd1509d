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

edit() {        # OUT.docx PYTHON: changes `text`, the XML of the document's main part; paragraph(text) is one; parts: all of the file
	python3 - "$docx" "$1" "$2" <<'PY'
import re, sys, zipfile
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
def run(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"
def paragraph(words, style="BodyText"):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(words)}</w:p>'
def whole(words):       # the paragraph that holds the words
    return next(p for p in re.findall(r"<w:p>.*?</w:p>", text, re.S) if words in p)
def rows():             # of the first table
    return re.findall(r"<w:tr>.*?</w:tr>", re.search(r"<w:tbl>.*?</w:tbl>", text, re.S)[0], re.S)
def cells(row):
    return re.findall(r"<w:tc>.*?</w:tc>", row, re.S)
def say(old, new):      # the words of one run
    global text
    assert f">{old}</w:t>" in text, old
    text = text.replace(f">{old}</w:t>", f">{new}</w:t>", 1)
def beside(kind, type, xml):    # a part beside the text
    parts[f"word/{kind}9.xml"] = f"<w:{type} {W}>{xml}</w:{type}>".encode()
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    for name, end, more in (("[Content_Types].xml", b"</Types>",
                             f'<Override PartName="/word/{kind}9.xml" ContentType="{base}.{kind}+xml"/>'),
                            ("word/_rels/document.xml.rels", b"</Relationships>",
                             '<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                             f'{kind}" Target="{kind}9.xml"/>')):
        parts[name] = parts[name].replace(end, more.encode() + end)
with zipfile.ZipFile(sys.argv[1]) as had:
    parts = {name: had.read(name) for name in had.namelist()}
before, text = dict(parts), parts["word/document.xml"].decode()
exec(sys.argv[3])
parts["word/document.xml"] = text.encode()
assert parts != before
with zipfile.ZipFile(sys.argv[2], "w") as out:
    for name, part in parts.items():
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

# ---- what stands around the text: named, never taken ----

size=$(size_of "$data")
around() {      # STATUS PATTERN PYTHON EXPRESSION: the document edited so; the expression over the items of --json
	edit "$tmp/around.docx" "$3"
	expect "$1" out "$2" report adopt "$tmp/around.docx"
	run report adopt "$tmp/around.docx" --accept --json
	json "not v['sections'] and (lambda i: $4)(v['items'])"
}
around 0 'zeren report paper addressee VALUE' 'say("中共云岭市青溪区委员会：", "市委、市政府：")' \
	'len(i) == 1 and i[0]["kind"] == "around" and i[0]["field"] == "addressee" and i[0]["was"] == "中共云岭市青溪区委员会：" and i[0]["now"] == "市委、市政府："'
around 0 'zeren report paper date VALUE' 'say("2022年　月　日", "2023年1月5日")' \
	'[(x["field"], x["now"]) for x in i] == [("date", "2023年1月5日")]'
around 0 'now: 青委办〔2022〕5号' 'say("青委办〔2022〕　号", "青委办〔2022〕5号")' '[x["field"] for x in i] == ["number"]'
around 0 'zeren report paper signature' 'p = whole("w_signature_1"); text = text.replace(p, "")' \
	'len(i) == 1 and i[0]["field"] == "signature" and "now" not in i[0]'
around 0 'zeren report paper signature' 'p = whole("w_signature_1"); text = text.replace(p, p + paragraph("区委宣传部", "Signature"))' \
	'[(x["field"], x["now"]) for x in i] == [("signature", "区委宣传部")]'
around 0 'zeren report paper copies' 'say("抄送：区纪委区监委，区委组织部，区委宣传部，区委统战部。", "抄送：区纪委区监委。")' '[x["field"] for x in i] == ["copies"]'
around 0 'report.paper.annexes' 'say("附件：1.2022年会议台账", "附件：1.会议")' '[x["field"] for x in i] == ["annexes"]'
around 0 '附件1: records and the scheme' 'text = text.replace(">2022年会议台账</w:t>", ">全年的会</w:t>")' \
	'[(x["kind"], x["place"], x["was"], x["now"]) for x in i] == [("annex", "附件1", "2022年会议台账", "全年的会")]'
around 0 'the scheme and the records make' 'p = whole("zeren_p_0_t_1"); text = text.replace(p, re.sub(r"<w:t .*</w:t>", "<w:t>新题目</w:t>", p))' \
	'[x["kind"] for x in i] == ["made_changed"] and i[0]["now"] == "新题目"'
# without bookmarks, and typed anew in another style
around 0 'addressee' 'text = re.sub(r"<w:bookmark(Start|End)[^>]*>", "", text); say("中共云岭市青溪区委员会：", "市委、市政府：")' \
	'[(x["field"], x["now"]) for x in i] == [("addressee", "市委、市政府：")]'
around 0 'no room' 'p = whole("w_date_1"); text = text.replace(p, paragraph("2022年12月31日"))' \
	'[(x["kind"], x.get("now")) for x in i] == [("around", None), ("no_room", "2022年12月31日")]'

# ---- annexes: cells, rows, columns ----

around 1 'the record says it; correct it there' 'r = rows()[2]; c = cells(r)[1]; text = text.replace(r, r.replace(c, re.sub(r">[^<>]+</w:t>", ">1999-01-01</w:t>", c)), 1)' \
	'len(i) == 1 and i[0]["kind"] == "cell" and i[0]["place"].startswith("附件1, row 2, ") and i[0]["now"] == "1999-01-01" and i[0]["number"] and ".xlsx#" in i[0]["record"]'
around 0 'the record says it' 'r = rows()[2]; c = cells(r)[2]; text = text.replace(r, r.replace(c, re.sub(r">([^<>]+)</w:t>", r">\g<1>甲</w:t>", c)), 1)' \
	'len(i) == 1 and i[0]["kind"] == "cell" and not i[0]["number"]'
around 0 'it stays as it was' 'r = rows()[3]; text = text.replace(r, "", 1)' 'len(i) == 1 and i[0]["kind"] == "annex" and i[0]["was"].startswith("3　") and "now" not in i[0]'
around 0 'now: 99　新' 'r = rows()[3]; n = re.sub("<w:bookmark[^>]*>", "", r); n = re.sub(r">[^<>]+</w:t>", "></w:t>", n); n = n.replace("></w:t>", ">99</w:t>", 1).replace("></w:t>", ">新</w:t>", 1); text = text.replace(r, r + n, 1)' \
	'[x["kind"] for x in i] == ["annex"]'
around 0 'head' 'r = rows(); text = text.replace("".join(r), "".join("".join(x.rsplit(cells(x)[-1], 1)) for x in r), 1)' \
	'len(i) == 1 and i[0]["place"] == "附件1, head"'
edit "$tmp/sorted.docx" 'r = rows(); text = text.replace(r[2] + r[3], r[3] + r[2], 1)'
expect 0 out 'says what the log says' report adopt "$tmp/sorted.docx"

# ---- pictures, remarks, notes, headers, what was moved ----

around 0 'a picture that the report does not have' 'p = whole("一、"); text = text.replace(p, p + "<w:p><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"/></w:pict></w:r></w:p>", 1)' \
	'[(x["kind"], x["section"]) for x in i] == [("picture", "一")]'
around 0 'a remark in the margin' 'beside("comments", "comments", "<w:comment w:id=\"0\" w:author=\"张\"><w:p>" + run("这里再核一下") + "</w:p></w:comment>")' \
	'[(x["field"], x["now"]) for x in i] == [("remark", "这里再核一下")]'
around 0 'a footnote' 'beside("footnotes", "footnotes", "<w:footnote w:id=\"2\"><w:p>" + run("见附件") + "</w:p></w:footnote>")' '[x["field"] for x in i] == ["footnote"]'
around 0 'words in the header' 'beside("header", "hdr", "<w:p>" + run("内部资料") + "</w:p>")' '[x["field"] for x in i] == ["header"]'
around 0 'a paragraph was moved' 'a, b = whole("zeren_p_1_h_1"), whole("zeren_p_2_h_1"); text = text.replace(b, "").replace(a, b + a)' \
	'[x["kind"] for x in i] == ["moved"] and i[0]["section"] in ("一", "二")'
is "$size" "$(size_of "$data")" "nothing of all this is written"

# quotes that a word processor turns round, runs split within a word, a change tracked within a figure
edit "$tmp/quotes.docx" 'text = text.replace("'"${own:0:12}"'", "“智能”引号。'"${own:0:5}"'</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr><w:t>'"${own:5:7}"'", 1)'
expect 0 out "now: “智能”引号。${own:0:12}" report adopt "$tmp/quotes.docx"
edit "$tmp/within.docx" 'text = re.sub(r"(>[^<]*?)(?<![0-9])'"$number"'(?![0-9])([^<]*)</w:t></w:r>", r"\g<1></w:t></w:r><w:del><w:r><w:delText>'"$number"'</w:delText></w:r></w:del><w:ins><w:r><w:t>7'"$number"'</w:t></w:r></w:ins><w:r><w:t>\g<2></w:t></w:r>", text, count=1)'
expect 1 out "in the document: 7$number" report adopt "$tmp/within.docx"

# an approved version has its number and its day
other=$tmp/other
"$zeren" init "$other" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null
"$zeren" import "$example" --data "$other" --accept --partial >/dev/null
"$zeren" report approve --no 5 --day 2023-01-05 --data "$other" >/dev/null
"$zeren" report --approved 1 --out "$tmp/approved" --format docx --data "$other" >/dev/null
export ZEREN_DATA=$other
expect 0 out 'code of an approved version' report adopt "$tmp/approved/report.docx"
expect 0 out 'says what the log says' report adopt "$tmp/approved/report.docx" --approved 1
expect 2 err 'says its day and its event itself' report adopt "$tmp/approved/report.docx" --approved 1 --on 2022-06-30
export ZEREN_DATA=$data

# ---- through a word processor ----

if command -v soffice >/dev/null; then
	mkdir -p "$tmp/lo"
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to docx --outdir "$tmp/lo" "$tmp/own.docx" >/dev/null 2>&1
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to docx --outdir "$tmp/lo" "$tmp/anew.docx" >/dev/null 2>&1
	run report adopt "$tmp/lo/anew.docx" --json
	json '[i["kind"] for i in v["items"]] == ["own_changed"] and v["items"][0]["now"] == "全新。"'
	expect 0 out '^三, own paragraph: new words' report adopt "$tmp/lo/own.docx"
	is 3 "$(grep -c . "$tmp/out" | awk '{print $1 - 1}')" "and nothing else, written by LibreOffice"
	edit "$tmp/all.docx" 'say("中共云岭市青溪区委员会：", "市委、市政府："); say("2022年　月　日", "2023年1月5日"); r = rows()[2]; text = text.replace(r, r.replace("</w:t>", "9</w:t>", 1), 1)'
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to docx --outdir "$tmp/lo" "$tmp/all.docx" >/dev/null 2>&1
	run report adopt "$tmp/lo/all.docx" --json
	json '[(i["kind"], i.get("field")) for i in v["items"]] == [("around", "date"), ("around", "addressee"), ("cell", None)]'
fi

# ---- heads and feet of every kind: what the program wrote is what it reads ----

long=某某自治县全面推行河湖长制工作领导小组办公室
while read -r form mark issuer; do
	"$zeren" report paper form "$form" mark "$mark" issuer "$issuer" >/dev/null
	run report --out "$tmp/head" --format docx
	expect 0 out 'says what the log says' report adopt "$tmp/head/report.docx"
done <<EOF
red 某县教育局、某县公安局文件 某县教育局办公室
red $long、某县水务局文件 ${long}综合协调股
red $long、某县水务局 ${long}综合协调与督查考核股
letter 某县教育局、某县公安局文件 $long
minutes ${long}会议纪要 $long
EOF

# ---- what cells of registers hold besides words: line ends and tabs, in a sentence and in an annex ----

honour=$("$zeren" register honour --json --limit 0 | python3 -c 'import json, sys
print(next(h["id"].split(":")[1] for h in map(json.loads, sys.stdin) if h["fields"].get("state") == "获评" and h["fields"].get("level") == "区级" and h["fields"].get("document")))')
run record correct "$honour" name="$(printf '先进集体\n综合\t一等奖')"
run report --out "$tmp/ends" --format docx,trace
is 2 "$(unzip -p "$tmp/ends/report.docx" word/document.xml | grep -o '综合 一等奖' | grep -c .)" "they are blanks in a sentence and a cell"
expect 0 out 'says what the log says' report adopt "$tmp/ends/report.docx"

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
