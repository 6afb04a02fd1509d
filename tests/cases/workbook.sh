#!/bin/bash
# timeout: 900
# Workbooks that people work in: the year's with its list of registers, changed and brought back by the ids of its rows, also
# after LibreOffice has written it anew; blank ones, filled in.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en
office=riverside-school-2024
export ZEREN_DATA=$tmp/data
"$zeren" init "$ZEREN_DATA" --org examples/$office/org.json --scheme examples/$office/scheme.yaml >/dev/null
"$zeren" import examples/$office --accept --partial >/dev/null

anew() {        # FILE.xlsx FOLDER: as LibreOffice writes it
	soffice "-env:UserInstallation=file://$tmp/office-profile" --headless --convert-to 'xlsx:Calc MS Excel 2007 XML' \
		--outdir "$2" "$1" >/dev/null 2>&1
}

counts() {      # LINE NAME: what the preview says
	grep -qx "$1" "$tmp/out"
	case_is $? "$2"
	grep -qx "$1" "$tmp/out" || shown
}

# A small hand for workbooks: edit.py FROM TO, with a script of: sheet NAME, set REF TEXT, number REF N, drop ROW, copy ROW
# (to the end), swap COL COL
cat >"$tmp/edit.py" <<'PY'
import re, sys, zipfile
import xml.etree.ElementTree as etree
ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
M = "{%s}" % ns["m"]
etree.register_namespace("", ns["m"])
etree.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
src, dst = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
parts = {n: src.read(n) for n in src.namelist()}
book = etree.fromstring(parts["xl/workbook.xml"])
rels = {r.get("Id"): r.get("Target") for r in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])}
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
where = {s.get("name"): "xl/" + rels[s.get(R)] for s in book.find("m:sheets", ns)}
trees = {n: etree.fromstring(parts[p]) for n, p in where.items()}
sheet = None
col = lambda ref: re.match("[A-Z]+", ref)[0]
order = lambda c: (len(c), c)
def row(n):
    data = sheet.find("m:sheetData", ns)
    for r in data:
        if int(r.get("r")) == n:
            return r
    return etree.SubElement(data, M + "row", r=str(n))
def cell(ref):
    r = row(int(re.search(r"\d+", ref)[0]))
    for c in r:
        if c.get("r") == ref:
            return c
    c = etree.Element(M + "c", r=ref)
    at = [i for i, o in enumerate(r) if order(col(o.get("r"))) > order(col(ref))]
    r.insert(at[0] if at else len(r), c)
    return c
for line in sys.stdin:
    what, *args = line.rstrip("\n").split(" ", 2)
    if what == "sheet":
        sheet = trees[args[0]]
    elif what in ("set", "number"):
        c = cell(args[0])
        for x in list(c):
            c.remove(x)
        if what == "set":
            c.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(c, M + "is"), M + "t").text = args[1]
        else:
            c.attrib.pop("t", None)
            etree.SubElement(c, M + "v").text = args[1]
    elif what == "drop":
        sheet.find("m:sheetData", ns).remove(row(int(args[0])))
    elif what == "copy":
        data = sheet.find("m:sheetData", ns)
        r = etree.fromstring(etree.tostring(row(int(args[0]))))
        n = str(max(int(x.get("r")) for x in data) + 1)
        r.set("r", n)
        for c in r:
            c.set("r", col(c.get("r")) + n)
        data.append(r)
    elif what == "swap":
        a, b = args
        for r in sheet.find("m:sheetData", ns):
            for c in r:
                if col(c.get("r")) in (a, b):
                    c.set("r", (b if col(c.get("r")) == a else a) + r.get("r"))
            r[:] = sorted(r, key=lambda c: order(col(c.get("r"))))
    else:
        sys.exit("edit.py: " + line)
for n, p in where.items():
    parts[p] = etree.tostring(trees[n], xml_declaration=True, encoding="UTF-8")
with zipfile.ZipFile(dst, "w", zipfile.ZIP_DEFLATED) as out:
    for n, data in parts.items():
        out.writestr(n, data)
PY

edit() {        # FROM TO, the script on standard input
	python3 "$tmp/edit.py" "$1" "$2"
}

# ---- the year's workbook ------------------------------------------------------------------------

"$zeren" export --all --out "$tmp/year.xlsx" >/dev/null
"$zeren" export --all --out "$tmp/again.xlsx" >/dev/null
cmp -s "$tmp/year.xlsx" "$tmp/again.xlsx"
case_is $? "twice the same bytes"
run verify --json
cp "$tmp/out" "$tmp/verified"
python3 - "$tmp/year.xlsx" "$tmp/verified" <<'PY'
import json, re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
read = lambda n: z.read(n).decode()
names = re.findall(r'<sheet name="([^"]*)"', read("xl/workbook.xml"))
assert names[0] == "目录" and len(names) == len({n.lower() for n in names}) == 9, names
assert all(len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) for n in names)
rels = dict(re.findall(r'Id="(rId\d+)"[^>]*Target="([^"]*)"', read("xl/_rels/workbook.xml.rels")))
front = read("xl/" + rels[re.search(r'<sheet name="目录"[^>]*r:id="([^"]*)"', read("xl/workbook.xml"))[1]])
text = re.findall(r"<t[^>]*>([^<]*)</t>", front)
seen = json.load(open(sys.argv[2]))
assert seen["root"] in text, (seen, text)
assert re.findall(r'location="\'([^\']*)\'!A1"', front) == names[1:]
assert [int(n) for n in re.findall(r'<c r="C\d+" s="\d+"><v>(\d+)</v>', front)] == [9, 5, 5, 42, 12, 9, 11, 3]
assert sum('tabSelected' in read("xl/worksheets/sheet%d.xml" % i) for i in range(1, 10)) == 1 and "tabSelected" in front
for i in range(2, 10):
    sheet = read("xl/worksheets/sheet%d.xml" % i)
    for want in ('state="frozen"', "<autoFilter", 'orientation="landscape"', 'fitToHeight="0"', 'hidden="1"'):
        assert want in sheet, (i, want)
assert read("xl/workbook.xml").count("_xlnm.Print_Titles") == 9
assert 'formatCode="0&quot;人&quot;"' in read("xl/styles.xml")
PY
case_is $? "a list in front with counts, links, root; names, print titles, units as forms"
anew "$tmp/year.xlsx" "$tmp/lo"
run import "$tmp/lo/year.xlsx"
is 0 $status "LibreOffice has written it anew"
counts "new 0, changed 0, same 96, refused 0, duplicate 0, outside the year 0" "nothing has changed by that"
grep -Eq '^(look at|gone|not read|problem)' "$tmp/out"
is 1 $? "and there is nothing to say"

# ---- brought back -------------------------------------------------------------------------------

edit "$tmp/year.xlsx" "$tmp/back.xlsx" <<'E'
sheet 隐患整改
set A2 改号-1
sheet 应急演练
number C4 40
copy 3
sheet 安全会议
drop 5
swap A B
E
run import "$tmp/back.xlsx"
counts "new 0, changed 2, same 93, refused 0, duplicate 1, outside the year 0" "a changed key, a changed number, a copy, a row less"
grep -q "^changed  back.xlsx#隐患整改 row 2, record [0-9]*, 编号: '.*' → '改号-1'$" "$tmp/out" &&
	grep -q "^changed  back.xlsx#应急演练 row 4, record [0-9]*, 参加人数: '35人' → '40人'$" "$tmp/out" &&
	[ "$(grep -c '^gone     back.xlsx#安全会议 (was row' "$tmp/out")" = 1 ] && [ "$(grep -c '^gone' "$tmp/out")" = 1 ] &&
	! grep -q '^look at' "$tmp/out"
case_is $? "each said, old and new; the one that is gone"
before=$("$zeren" export --all --out "$tmp/x.xlsx" >/dev/null; sha256sum <"$tmp/x.xlsx")
run import "$tmp/back.xlsx" --accept
is 0 $status "accepted"
id=$(grep -Eo 'zeren undo [0-9]+' "$tmp/out" | grep -Eo '[0-9]+')
[ "$("$zeren" export hazard | grep -c 改号-1)" = 1 ] && [ "$("$zeren" export hazard | wc -l)" = 13 ]
case_is $? "the record has its new key, and there is none more"
run undo "$id" --why "tried"
is 0 $status "taken back"
"$zeren" export hazard --out "$tmp/hazard.xlsx" >/dev/null
run import "$tmp/hazard.xlsx"
counts "new 0, changed 0, same 12, refused 0, duplicate 0, outside the year 0" "as it was"

# ---- blank --------------------------------------------------------------------------------------

run export --all --blank --out "$tmp/blank.xlsx"
grep -q 'blank.xlsx: 8 registers to be filled in, year 2024' "$tmp/out"
case_is $? "blank registers"
run import "$tmp/blank.xlsx"
counts "new 0, changed 0, same 0, refused 0, duplicate 0, outside the year 0" "an empty one brings nothing"
grep -Eq '^(look at|gone|not read|problem)' "$tmp/out"
is 1 $? "and nothing is gone"
python3 - "$tmp/blank.xlsx" <<'PY'
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
sheet = z.read("xl/worksheets/sheet1.xml").decode()
book = z.read("xl/workbook.xml").decode()
assert re.search(r'<pane ySplit="3"', sheet) and 'Print_Titles" localSheetId="0">\'安全会议\'!$1:$2<' in book, book
kinds = re.findall(r'<dataValidation(?: type="(\w+)")? ', sheet)
assert kinds == ["date", "list", "", "decimal", "decimal", "list", ""], kinds
assert 'state="hidden"' in book and "'选项'!$" in sheet
assert "必填：日期，如 2022-06-03" in sheet and "人" in sheet
assert "sheetProtection" not in sheet
PY
case_is $? "lists, dates and numbers are looked at, a note below each head, nothing is locked"
edit "$tmp/blank.xlsx" "$tmp/filled.xlsx" <<'E'
sheet 安全会议
number A4 45616
set B4 校务会
set C4 补录的会议
number D4 11
set E4 10人
set F4 是
set A5 2024年11月29日
set B5 安全例会
set C5 手写日期
sheet 应急演练
number A4 45600
set B4 消防疏散
number C4 1200
E
anew "$tmp/filled.xlsx" "$tmp/lo"
for file in "$tmp/filled.xlsx" "$tmp/lo/filled.xlsx"; do
	run import "$file"
	is 0 $status "filled in${file#"$tmp"}"
	counts "new 3, changed 0, same 0, refused 0, duplicate 0, outside the year 0" "it is imported as it stands"
done
"$zeren" import "$tmp/filled.xlsx" --accept >/dev/null
"$zeren" export meeting | grep -q '"2024-11-20","校务会","补录的会议","11","10人","是"'
case_is $? "and says what was written"
expect 2 err 'writes a workbook' export meeting --blank --format csv --out "$tmp/x.csv"
expect 2 err 'needs --out FILE here' export meeting --blank

# ---- entered by hand ----------------------------------------------------------------------------

run record add drill 演练日期=2024-12-20 科目=手工登记的演练 组织部门=保卫科
is 0 $status "a record by hand"
"$zeren" export drill --out "$tmp/drill.xlsx" >/dev/null
last=$(python3 - "$tmp/drill.xlsx" <<'PY'
import re, sys, zipfile
print(re.findall(r'<row r="(\d+)"', zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode())[-1])
PY
)
printf 'sheet 应急演练\nset B%s 改名的演练\n' "$last" | edit "$tmp/drill.xlsx" "$tmp/hand.xlsx"
run import "$tmp/hand.xlsx"
grep -q "科目: '手工登记的演练' → '改名的演练'$" "$tmp/out" && grep -q "was said by hand by" "$tmp/out" && ! grep -q '^gone' "$tmp/out"
case_is $? "it is known by its id, too, and who said it is said"
printf 'sheet 应急演练\ndrop %s\n' "$last" | edit "$tmp/drill.xlsx" "$tmp/less.xlsx"
run import "$tmp/less.xlsx"
grep -q '^gone     less.xlsx#应急演练 (entered by hand): .*; the record stays$' "$tmp/out"
case_is $? "and missed where its row is gone"

finish
