#!/bin/bash
# timeout: 300
# Registers go out as wide as they came in: the office's own widths, hidden columns and height of the head, from the import to the
# register, the year's workbook and the blank one; which import counts; what is never taken.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

cat >"$tmp/scheme.yaml" <<'Y'
zeren: 1
scheme: look
title: 台账
records:
  meeting:
    about: meeting
    title: 会议
    fields:
      date: date
      name: text
      n: count
      phone: text
      note: text
  drill:
    about: training
    title: 演练
    fields: {date: date, name: text}
sheets:
  - record: meeting
    file: "会议*"
    columns:
      date: [日期]
      name: [名称]
      n: [人数]
      phone: [联系方式]
      note: [备注]
    required: [name]
    key: [date, name]
    ignore: [序号]
    year: {of: date}
  - {record: drill, file: "演练*", columns: {date: [日期], name: [科目]}, widths: {name: 33}, required: [name], key: [date, name], year: {of: date}}
Y
cat >"$tmp/org.json" <<'J'
{"year": 2022, "office": {"id": "U01", "name": "办公室", "short": "办公室"},
 "units": [{"id": "U01", "name": "办公室", "short": "办公室", "parent": "", "kind": "本单位"}],
 "posts": [{"id": "G01", "name": "主任", "unit": "U01", "role": "第一责任人"}], "holders": [], "portfolios": []}
J

# make.py FILE HEADS COLS [HEAD-HEIGHT] with rows on standard input, cells between bars: a workbook as an office keeps one.
# COLS: "min-max=width" or "min-max=hidden", with blanks between; a width with ~ behind it was set by nobody.
cat >"$tmp/make.py" <<'PY'
import sys, zipfile
from xml.sax.saxutils import escape
file, heads, cols = sys.argv[1:4]
height = sys.argv[4] if len(sys.argv) > 4 else ""
rows = [heads.split("|")] + [line.rstrip("\n").split("|") for line in sys.stdin]
ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
pkg = "http://schemas.openxmlformats.org/package/2006"
out = ['<worksheet xmlns="%s">' % ns]
if cols:
    out.append("<cols>")
    for c in cols.split():
        span, what = c.split("=")
        a, b = span.split("-")
        out.append('<col min="%s" max="%s" %s/>' % (a, b, 'width="9" hidden="1"' if what == "hidden"
            else 'width="%s"' % what[:-1] if what.endswith("~") else 'width="%s" customWidth="1"' % what))
    out.append("</cols>")
out.append("<sheetData>")
for i, r in enumerate(rows, 1):
    out.append('<row r="%d"%s>' % (i, ' ht="%s" customHeight="1"' % height if i == 1 and height else ""))
    out += ['<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>' % (chr(65 + k), i, escape(v)) for k, v in enumerate(r) if v]
    out.append("</row>")
out.append("</sheetData></worksheet>")
with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("_rels/.rels", '<Relationships xmlns="%s/relationships"><Relationship Id="r1" Type="%s/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>' % (pkg, rel))
    z.writestr("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets>'
        '</workbook>' % (ns, rel))
    z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="%s/relationships"><Relationship Id="r1" '
        'Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % (pkg, rel))
    z.writestr("xl/worksheets/sheet1.xml", "".join(out))
PY
make() { python3 "$tmp/make.py" "$@"; }

# what.py FILE SHEET ROW: the widths of its columns as people see them (a star: hidden), and the height of that row
cat >"$tmp/what.py" <<'PY'
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
read = lambda n: z.read(n).decode()
rels = dict(re.findall(r'Id="(rId\d+)"[^>]*Target="([^"]*)"', read("xl/_rels/workbook.xml.rels")))
sheets = {n: "xl/" + rels[r] for n, r in re.findall(r'<sheet name="([^"]*)"[^>]*r:id="([^"]*)"', read("xl/workbook.xml"))}
xml = read(sheets[sys.argv[2]])
cols = []
for a, b, width, rest in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"([^>]*)', xml):
    cols += ["%g%s" % (round(float(width) - 5 / 7, 1), "*" if 'hidden="1"' in rest else "")] * (int(b) - int(a) + 1)
row = re.search(r'<row r="%s"([^>]*)' % sys.argv[3], xml)
height = re.search(r'ht="([\d.]+)"', row[1]) if row else None
print(" ".join(cols), "|", height[1] if height else "-")
PY
look() {        # WANT NAME FILE SHEET ROW
	is "$1" "$(python3 "$tmp/what.py" "$3" "$4" "$5")" "$2"
}

export ZEREN_DATA=$tmp/d
"$zeren" init "$ZEREN_DATA" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >/dev/null
mkdir "$tmp/in"
heads='序号|备注|日期|名称|联系方式|人数'

# ---- there and back: by column, wherever it stands -----------------------------------------------------------------------

make "$tmp/in/会议.xlsx" "$heads" '1-1=5 2-2=61.7109375 3-3=14.7109375 4-4=20.2109375 5-5=hidden 6-6=9.140625~' 42 <<'E'
1|早|2022-01-05|甲会|13800000000|12
2||2022-02-05|乙会|13800000001|9
E
"$zeren" import "$tmp/in/会议.xlsx" --accept >/dev/null
is 0 $? "a register with widths is taken"
"$zeren" export meeting --out "$tmp/m.xlsx" >/dev/null
look "14 19.6 6 13* 61 24* | 42" "as wide, hidden and high as in the office's own sheet; by content where nobody set it" "$tmp/m.xlsx" 会议 1
"$zeren" export --all --out "$tmp/year.xlsx" >/dev/null
look "14 19.6 6 13* 61 24* | 42" "so it is in the year's workbook" "$tmp/year.xlsx" 会议 1
"$zeren" export meeting --blank --out "$tmp/blank.xlsx" >/dev/null
look "14 19.6 8 24 61 24* | 42" "and in a blank one, where what the office hides is shown" "$tmp/blank.xlsx" 会议 2
run import "$tmp/m.xlsx"
is 0 $status "it comes back"
grep -q 'new 0, changed 0, same 2, refused 0' "$tmp/out"
case_is $? "unchanged"
expect 0 out '"look":\{"head":420,"hidden":\["phone"\],"widths":\{"date":1400,"name":1950,"note":6100\}\}' log --kind import.accept --json
expect 0 out 'sound|Sound' verify --deep

# ---- which import counts ---------------------------------------------------------------------------------------------------

make "$tmp/in/会议.xlsx" "$heads" '2-6=30.7109375' <<'E'
3||2021-03-05|丙会||1
E
"$zeren" import "$tmp/in/会议.xlsx" --year 2021 --accept >/dev/null
"$zeren" export meeting --out "$tmp/m.xlsx" >/dev/null
look "14 19.6 6 13* 61 24* | 42" "a register of an earlier year that comes later does not change this year's" "$tmp/m.xlsx" 会议 1
"$zeren" export meeting --year 2021 --out "$tmp/m.xlsx" >/dev/null
look "30 30 30 30 30 24* | -" "but is as it came itself" "$tmp/m.xlsx" 会议 1

printf '日期,名称\n2022-04-05,丁会\n' >"$tmp/in/会议.csv"
"$zeren" import "$tmp/in/会议.csv" --accept >/dev/null
"$zeren" export meeting --out "$tmp/m.xlsx" >/dev/null
look "14 19.6 6 13* 61 24* | 42" "a CSV says nothing of widths and changes none" "$tmp/m.xlsx" 会议 1

make "$tmp/in/会议.xlsx" "日期|名称|zeren-id-part" '1-2=50.7109375' <<'E'
2022-05-05|戊会|
E
"$zeren" import "$tmp/in/会议.xlsx" --accept >/dev/null
"$zeren" export meeting --out "$tmp/m.xlsx" >/dev/null
look "14 19.6 6 13* 61 24* | 42" "a blank sheet that was filled in does not either" "$tmp/m.xlsx" 会议 1

make "$tmp/in/会议.xlsx" "日期|名称" '1-1=11.7109375 2-2=300 ' <<'E'
2022-06-05|己会
E
"$zeren" import "$tmp/in/会议.xlsx" --accept >"$tmp/out"
"$zeren" export meeting --out "$tmp/m.xlsx" >/dev/null
look "11 6 6 13 6 24* | -" "the newest of the year does; a width beyond a spreadsheet's is none" "$tmp/m.xlsx" 会议 1
n=$("$zeren" log --kind import.accept --json | grep -o '"seq":[0-9]*' | grep -o '[0-9]*' | sort -n | tail -n 1)
expect 0 out . undo "$n"
"$zeren" export meeting --out "$tmp/m.xlsx" >/dev/null
look "14 19.6 6 13* 61 24* | 42" "one that was taken back does not" "$tmp/m.xlsx" 会议 1

# ---- the scheme's word goes first -----------------------------------------------------------------------------------------

make "$tmp/in/演练.xlsx" "日期|科目" '1-2=20.7109375' <<'E'
2022-06-05|消防
E
"$zeren" import "$tmp/in/演练.xlsx" --accept >/dev/null
"$zeren" export drill --out "$tmp/d.xlsx" >/dev/null
look "20 33 24* | -" "what the scheme says goes before what the sheet had" "$tmp/d.xlsx" 演练 1

# ---- refused rows, in columns as wide as theirs --------------------------------------------------------------------------

make "$tmp/in/会议.xlsx" "日期|名称" '1-1=17.7109375' <<'E'
某日|庚会
E
run import "$tmp/in/会议.xlsx" --refused "$tmp/refused.xlsx"
[ -f "$tmp/refused.xlsx" ]
case_is $? "refused rows as a workbook"
sheet=$(python3 -c 'import re, sys, zipfile; print(re.search(r"<sheet name=\"([^\"]*)", zipfile.ZipFile(sys.argv[1]).read("xl/workbook.xml").decode())[1])' "$tmp/refused.xlsx")
look "6 17 14 40 | -" "the office's widths between our own two" "$tmp/refused.xlsx" "$sheet" 1

expect 0 out 'sound|Sound' verify --deep
finish
