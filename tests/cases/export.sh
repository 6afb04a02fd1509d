#!/bin/bash
# timeout: 600
# Registers taken out and read in again: both formats, both examples; what a spreadsheet makes of them; formulas.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

start() {       # EXAMPLE: a data directory with its year
	export ZEREN_DATA=$tmp/$1
	"$zeren" init "$ZEREN_DATA" --org "examples/$1/org.json" --scheme "examples/$1/scheme.yaml" >/dev/null
	"$zeren" import "examples/$1" --accept --partial >/dev/null
}

nothing_new() { # NAME PATH...: read in again, every row is the same, and nothing is said of it
	local name=$1
	shift
	run import "$@"
	[ $status = 0 ] && grep -Eq "^new 0, changed 0, same $records, refused 0, duplicate 0, outside the year 0$" "$tmp/out" &&
		! grep -Eq '^(problem  |look at |gone  |not read )' "$tmp/out"
	local bad=$?
	case_is $bad "$name: $records records, nothing changes"
	[ $bad = 0 ] || shown
}

sheets() {      # FILE.xlsx FOLDER: what LibreOffice shows, a CSV a sheet
	rm -rf "$2"
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to \
		'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1' --outdir "$2" "$1" >/dev/null 2>&1
}

heights() {     # FILE.xlsx: a row with a text wider than its column is as many lines high, short ones are left alone
	python3 - "$1" <<'PY'
import re, sys, zipfile
sheet = zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode()
import math
width = int(float(re.search(r'<col min="3" max="3" width="([\d.]+)"', sheet).group(1)))
rows = {name: float(ht or 15) for ht, name in re.findall(r'<row r="\d+"(?: [^>]*?\bht="([\d.]+)")?[^>]*>.*?r="C\d+"[^>]*><is><t[^>]*>([^<]*)', sheet)}
wide = {n: h for n, h in rows.items() if len(n.encode("gb18030")) > width}
assert wide and all(h >= 15 * math.ceil(len(n.encode("gb18030")) / width) for n, h in wide.items()), (width, wide)
assert min(rows.values()) == 15, rows
PY
	case_is $? "rows of the workbook are as high as their texts"
}

# ---- there and back -----------------------------------------------------------------------------

for office in district-office-2022 riverside-school-2024; do
	start $office
	year=${office##*-}
	run export --all --out "$tmp/$year.xlsx" --json
	cp "$tmp/out" "$tmp/$year.json"
	is 0 $status "$office: all registers"
	json "v['year'] == $year and v['file'].endswith('.xlsx') and len(v['records']) in (22, 8)"
	records=$(python3 -c 'import json, sys; print(sum(json.load(open(sys.argv[1]))["records"].values()))' "$tmp/out")
	before=$(stored_in "$ZEREN_DATA")
	nothing_new "$office.xlsx" "$tmp/$year.xlsx"
	cp "$tmp/$year.xlsx" "$tmp/01 as they like.xlsx"       # a name that fits another register's pattern
	nothing_new "$office.xlsx by another name" "$tmp/01 as they like.xlsx"
	mkdir "$tmp/csv-$office" "$tmp/xlsx-$office"
	for type in $(python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["records"])' "$tmp/$year.json"); do
		"$zeren" export "$type" --out "$tmp/csv-$office/$type.csv" >/dev/null || break
		"$zeren" export "$type" --out "$tmp/xlsx-$office/$type.xlsx" >/dev/null || break
	done
	nothing_new "$office as CSV" "$tmp/csv-$office"
	nothing_new "$office as workbooks" "$tmp/xlsx-$office"
	run import "$tmp/$year.xlsx" --accept
	is "$before" "$(stored_in "$ZEREN_DATA")" "$office: accepted, it stores nothing"
	sheets "$tmp/$year.xlsx" "$tmp/lo-$office"
	python3 - "$tmp" "$office" "$year" <<'PY'
import csv, glob, json, os, subprocess, sys
tmp, office, year = sys.argv[1:]
def rows(path):
    return list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
ours = {}
for path in glob.glob(f"{tmp}/csv-{office}/*.csv"):
    data = rows(path)
    ours[tuple(data[0])] = data[1:]
theirs = {}
for path in glob.glob(f"{tmp}/lo-{office}/*.csv"):
    data = rows(path)
    if data[0][-1] == "zeren-contents":          # the list in front
        continue
    assert data[0][-1] == "zeren-id", data[0]
    ids = [r[-1] for r in data[1:]]
    assert all(":" in i for i in ids) and len(set(ids)) == len(ids)
    theirs[tuple(data[0][:-1])] = [r[:-1] for r in data[1:]]
assert len(ours) == len(theirs) in (22, 8), (len(ours), len(theirs))
for head, data in theirs.items():
    for a, b in zip(ours[head], data, strict=True) if sys.version_info >= (3, 10) else zip(ours[head], data):
        a = [x[1:] if x.startswith("'") else x for x in a]
        assert a == b, (head, a, b)
PY
	case_is $? "$office: LibreOffice reads the same cells as stand in the CSV"
done

# ---- the workbook -------------------------------------------------------------------------------

ZEREN_DATA=$tmp/district-office-2022
run export meeting --out "$tmp/meeting.xlsx"
grep -q "meeting.xlsx: 31 records of 1 registers, year 2022$" "$tmp/out"
case_is $? "a register as a workbook"
heights "$tmp/meeting.xlsx"
python3 - "$tmp/meeting.xlsx" <<'PY'
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
sheet = z.read("xl/worksheets/sheet1.xml").decode()
styles = z.read("xl/styles.xml").decode()
assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', sheet)
assert '<autoFilter ref="A1:N32"/>' in sheet, re.findall("<autoFilter[^>]*>", sheet)
cols = re.findall(r"<col [^>]*>", sheet)
assert "hidden" not in "".join(cols[:-1]) and 'min="15" max="15"' in cols[-1] and 'hidden="1"' in cols[-1], cols
assert "<f>" not in sheet
assert "yyyy-mm-dd" in styles
day = re.search(r'<c r="A2"( s="\d+")?( t="[^"]*")?><v>(\d+)</v>', sheet)
assert day and day.group(1) and not day.group(2) and 44562 <= int(day.group(3)) <= 44926, day
assert re.search(r'<c r="F2"( s="\d+")?><v>\d+</v>', sheet)
PY
case_is $? "frozen header, filter, hidden ids, dates and numbers as such, no formula"
"$zeren" export meeting --format xlsx --out "$tmp/again" >/dev/null
cmp -s "$tmp/meeting.xlsx" "$tmp/again"
case_is $? "twice the same bytes"

# ---- the CSV ------------------------------------------------------------------------------------

run export meeting
is 0 $status "a CSV goes to standard output"
[ "$(head -c 3 "$tmp/out" | od -An -tx1 | tr -d ' ')" = efbbbf ] && [ "$(grep -c $'\r$' "$tmp/out")" = 32 ]
case_is $? "UTF-8 with a mark, CR LF"
head -n 1 "$tmp/out" | tail -c +4 | grep -q '^"会议时间","会议类别","会议名称","主持岗位","参会人数/应到","参会人数/实到","第一议题",'
case_is $? "the office's words in the scheme's order"
cp "$tmp/out" "$tmp/whole.csv"
"$zeren" export meeting --out "$tmp/meeting.csv" >/dev/null && cmp -s "$tmp/whole.csv" "$tmp/meeting.csv"
case_is $? "into a file the same"
run export meeting --on 2022-06-30
python3 - "$tmp/out" "$tmp/whole.csv" <<'PY'
import csv, sys
half, whole = (list(csv.reader(open(p, encoding="utf-8-sig", newline=""))) for p in sys.argv[1:])
assert half == [whole[0]] + [r for r in whole[1:] if r[0] <= "2022-06-30"] and 1 < len(half) < len(whole)
PY
case_is $? "--on leaves out what is dated later"
run export meeting --year 2021
is 1 "$(wc -l <"$tmp/out")" "of a year without registers there is the header"
[ "$("$zeren" export submission | head -n 1 | wc -l)" = 1 ]
case_is $? "who reads only the beginning may"

# ---- no -----------------------------------------------------------------------------------------

expect 2 err 'needs a TYPE, or --all' export
expect 2 err 'needs a TYPE, or --all' export meeting --all --out "$tmp/x.xlsx"
expect 2 err 'a CSV holds one register' export --all --out "$tmp/x.csv" --format csv
expect 2 err 'needs --out FILE here' export --all
expect 2 err 'needs --out FILE here' export meeting --format xlsx
expect 2 out 'needs --out FILE here' export meeting --json
expect 2 err 'expected csv, xlsx, pdf, docx, ofd or html' export meeting --format ods
expect 2 err '\.XLSX is none of csv, xlsx' export meeting --out "$tmp/x.XLSX"
expect 2 err '\.ods is none of csv, xlsx' export meeting --out "$tmp/x.ods"
expect 0 out 'records' export meeting --out "$tmp/x.txt" --format csv
expect 2 err 'a document holds one register' export --all --out "$tmp/x.pdf"
expect 2 err 'needs --out FILE here' export meeting --format pdf
expect 4 err "did you mean 'meeting'" export meting
expect 8 err 'nowhere/x.csv: cannot be written' export meeting --out "$tmp/nowhere/x.csv"
expect 8 err 'nowhere/x.xlsx: cannot be written' export meeting --out "$tmp/nowhere/x.xlsx"
ls "$tmp"/x.* "$tmp"/*.csv.?????? "$tmp"/*.xlsx.?????? >/dev/null 2>&1
[ $? != 0 ]
case_is $? "nothing is left of those"

# ---- formulas -----------------------------------------------------------------------------------

python3 - "$tmp/1安全会议.csv" <<'PY'
import csv, sys
evil = ["=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "|x", "＝1+1", "＋1+1", "－2+3",
    "＠SUM(A1)", "｜x", "\u200b=1+1", "\ufeff=1+1", "\u00ad=1+1", "好\n=2+2\n\t=3", "-5", "+5.5", "-", "''=1+1", "'''=1+1", "'-5",
    "''-5", "'好'", "a\"b,c;d", "a\n\n'b", "007", "1e5", "2024-02-30"]
out = csv.writer(open(sys.argv[1], "w", encoding="utf-8", newline=""))
out.writerow("时间,会议,议题,应到,实到,是否研究安全,附件".split(","))
for i, text in enumerate(evil):
    out.writerow([f"2024-{i // 28 + 1:02}-{i % 28 + 1:02}", f"会议{i}", text, "-3", "3人", "是", text.replace("\n", "")])
PY
export ZEREN_DATA=$tmp/evil
"$zeren" init "$ZEREN_DATA" --org examples/riverside-school-2024/org.json --scheme examples/riverside-school-2024/scheme.yaml >/dev/null
run import "$tmp/1安全会议.csv" --accept
is 0 $status "registers that look like formulas"
records=28
"$zeren" export meeting --out "$tmp/evil.csv" >/dev/null
"$zeren" export meeting --out "$tmp/evil.xlsx" >/dev/null
nothing_new "formulas as CSV" "$tmp/evil.csv"
nothing_new "formulas as a workbook" "$tmp/evil.xlsx"
"$zeren" export meeting >"$tmp/evil2.csv"
cmp -s "$tmp/evil.csv" "$tmp/evil2.csv"
case_is $? "read in and taken out, the same bytes"
sheets "$tmp/evil.xlsx" "$tmp/lo-evil"
"$zeren" register meeting --limit 0 --json >"$tmp/said"
python3 - "$tmp/evil.csv" "$tmp/lo-evil"/*.csv "$tmp/said" <<'PY'
import csv, json, re, sys
rows = lambda p: list(csv.reader(open(p, encoding="utf-8-sig", newline="")))
ours, theirs = rows(sys.argv[1]), rows(sys.argv[2])
said = [json.loads(line)["fields"] for line in open(sys.argv[3], encoding="utf-8")]
assert len(ours) == len(theirs) == len(said) + 1 == 29
guarded = 0
for row in ours:
    for cell in row:
        for line in re.split("\r\n|\r|\n", cell):
            seen = re.sub("^[ \u00a0\u00ad\u3000\u200b-\u200d\u2060\ufeff]+", "", line)
            if re.fullmatch(r"[+-]?\d+(\.\d+)?", line):
                continue
            assert not seen or seen[0] not in "=+-@|\t\r＝＋－＠｜", row
            guarded += line.startswith("'")
assert guarded > 30, guarded
topic = [k for k, v in said[0].items() if v == "=1+1"][0]
for row, facts in zip(theirs[1:], said):
    assert row[2] == facts[topic], (row, facts)     # the workbook shows what was written, evaluates nothing
PY
case_is $? "no line of the CSV is a formula, no cell of the workbook is"

finish
