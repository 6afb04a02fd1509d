#!/bin/bash
# Registers as documents: lying tables with their heads on every page, in four forms; what is left out is said; limits.
# timeout: 300
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en ZEREN_DATA=$tmp/data

"$zeren" init "$ZEREN_DATA" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null
"$zeren" import "$example" --accept --partial >/dev/null

# ---- the forms ----------------------------------------------------------------------------------

for form in pdf docx ofd html; do
	run export meeting --out "$tmp/meeting.$form"
	[ $status = 0 ] && grep -q "meeting.$form: 31 records of 1 registers, year 2022$" "$tmp/out"
	case_is $? "a register as $form"
	"$zeren" export meeting --format $form --out "$tmp/again" >/dev/null 2>&1
	cmp -s "$tmp/meeting.$form" "$tmp/again"
	case_is $? "$form: twice the same bytes"
done
run export meeting --out "$tmp/said.pdf" --json
json 'v["records"] == {"meeting": 31} and v["file"].endswith("said.pdf")'

# ---- its pages ----------------------------------------------------------------------------------

pages=$(pdfinfo "$tmp/meeting.pdf" | sed -n 's/^Pages: *//p')
[ "$pages" -gt 1 ] && pdfinfo -l "$pages" "$tmp/meeting.pdf" >"$tmp/info" &&
	[ "$(grep -Ec 'size: +841\.[0-9]* x 595' "$tmp/info")" = "$pages" ]
case_is $? "every page lies"
for ((i = 1; i <= pages; i++)); do
	pdftotext -f $i -l $i "$tmp/meeting.pdf" - | tr -d ' \n\f' | grep -q '会议名称' || break
done
is $((pages + 1)) $i "the head stands on every page"
pdftotext -raw "$tmp/meeting.pdf" - | tr -d ' \n\f' >"$tmp/words"
grep -q '单位：中共云岭市青溪区委办公室；年度：2022；截至：已登记的全部；共31条' "$tmp/words"
case_is $? "office, year, as-of day and count"
grep -q '无内容而未列出的栏目：备注' "$tmp/words"
case_is $? "columns left out are named"
"$zeren" export meeting --out "$tmp/meeting.csv" >/dev/null
python3 - "$tmp/meeting.csv" "$tmp/meeting.html" "$tmp/words" <<'PY'
import csv, html, re, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
page = open(sys.argv[2], encoding="utf-8").read()
words = open(sys.argv[3], encoding="utf-8").read()
body = re.search("<tbody>(.*)</tbody>", page, re.S)[1]
cells = [[html.unescape(re.sub("<br>", "\n", c)) for c in re.findall("<td[^>]*>(.*?)</td>", r, re.S)] for r in re.findall("<tr>(.*?)</tr>", body, re.S)]
kept = [k for k in range(len(rows[0])) if any(r[k] for r in rows[1:])]
assert [c[1:] for c in cells] == [[r[k] for k in kept] for r in rows[1:]], (cells[0], rows[1])
assert [c[0] for c in cells] == [str(i + 1) for i in range(31)]
heads = re.search("<thead>(.*)</thead>", page, re.S)[1]
assert 'colspan="2">参会人数<' in heads and heads.count("<tr>") == 2, heads
for r in rows[1:]:
    assert re.sub(r"\s", "", r[2]) in words, r[2]
PY
case_is $? "the same cells as in the CSV; a head over two columns"
run export meeting --on 2022-06-30 --out "$tmp/half.html"
grep -q '截至：2022-06-30；共1[0-9]条' "$tmp/half.html"
case_is $? "as of a day"
run export meeting --year 2019 --out "$tmp/none.html"
[ $status = 0 ] && grep -q '没有记录' "$tmp/none.html" && grep -q '<th[^>]*>备注<' "$tmp/none.html"
case_is $? "of a year without records there is the head"

# ---- what other programs make of them -----------------------------------------------------------

soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to pdf --outdir "$tmp/lo" \
	"$tmp/meeting.docx" >/dev/null 2>&1
pdfinfo -l 99 "$tmp/lo/meeting.pdf" >"$tmp/info"
grep -Eq '^Page +1 size: +84[12][.0-9]* x 59[56]' "$tmp/info" && ! grep -Eq 'size: +59[56]' "$tmp/info"
case_is $? "DOCX: its first page lies, and none stands"
pdftotext -f 1 -l 1 "$tmp/lo/meeting.pdf" - | tr -d ' \n' | grep -q '^会议单位：'
case_is $? "DOCX: its first page has the title"
unzip -l "$tmp/meeting.ofd" | grep -q 'OFD.xml'
case_is $? "OFD is a package"
xmllint --html --noout "$tmp/meeting.html" 2>/dev/null
grep -c '<main' "$tmp/meeting.html" | grep -qx 1
case_is $? "HTML: one main part"

# ---- limits -------------------------------------------------------------------------------------

python3 - "$tmp/1安全会议.csv" <<'PY'
import csv, sys
out = csv.writer(open(sys.argv[1], "w", encoding="utf-8", newline=""))
out.writerow("时间,会议,议题,应到,实到,是否研究安全,附件".split(","))
for i in range(10001):
    out.writerow([f"2024-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}", f"会议{i}", "议题", "3", "3", "是", ""])
PY
ZEREN_DATA=$tmp/many
"$zeren" init "$ZEREN_DATA" --org examples/riverside-school-2024/org.json --scheme examples/riverside-school-2024/scheme.yaml >/dev/null
"$zeren" import "$tmp/1安全会议.csv" --accept >/dev/null
expect 3 err 'at most 10000 records, and these are more: take the workbook' export meeting --out "$tmp/many.pdf"
[ ! -e "$tmp/many.pdf" ]
case_is $? "nothing is written then"
expect 8 err 'cannot be written' export meeting --on 2024-01-31 --out "$tmp/nowhere/x.html"

finish
