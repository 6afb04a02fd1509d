#!/bin/bash
# timeout: 300
# What workbooks do not take as it is: names of sheets, texts longer than a cell, numbers that a spreadsheet would round, formulas that
# are none, days before 1900, control characters, no rows, 200 columns. Where something is cut it is said, and nothing is lost on
# the way back.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en
python3 - "$tmp" <<'PY'
import csv, json, os, sys
tmp = sys.argv[1]
wide = ["f%03d" % i for i in range(200)]
titles = ["隐患[排查]:整治*台账?/\\", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四甲", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四乙"]
y = ["zeren: 1", "scheme: edges", "title: 边", "records:"]
y += ["  r%d: {about: document, title: '%s', fields: {date: date, name: text, n: count, note: text}}" % (i, t) for i, t in enumerate(titles)]
y += ["  wide: {about: document, title: 宽, fields: {date: date, %s}}" % ", ".join("%s: text" % w for w in wide)]
y += ["sheets:"]
y += ["  - {record: r%d, file: 'r%d*', columns: {date: [日期], name: [名称%d], n: [数量], note: [备注]}, required: [name%s], key: [name]%s}"
    % (i, i, i, "", ", year: {of: date}" if i else "") for i in range(3)]
y += ["  - {record: wide, file: 'wide*', columns: {date: [日期], %s}, required: [f000], key: [f000], year: {of: date}}"
    % ", ".join("%s: [第%s项内容]" % (w, w[1:]) for w in wide)]
open(tmp + "/scheme.yaml", "w").write("\n".join(y) + "\n")
json.dump({"year": 2022, "office": {"id": "U01", "name": "办公室", "short": "办公室"},
    "units": [{"id": "U01", "name": "办公室", "short": "办公室", "parent": "", "kind": "本单位"}],
    "posts": [{"id": "G01", "name": "主任", "unit": "U01", "role": "第一责任人"}], "holders": [], "portfolios": []},
    open(tmp + "/org.json", "w"))
os.mkdir(tmp + "/in")
rows = [["日期", "名称0", "数量", "备注"],
    ["2022-01-01", "long", 1, "长" * 100 + "x" * 40000], ["2022-01-02", "edge", 1, "y" * 32767],
    ["2022-01-03", "=1+1", 1, "-2+3"], ["2022-01-04", "@SUM(A1)", 1, "+8613800000000"], ["2022-01-05", "\tTab", 1, "=cmd|' /C calc'!A0"],
    ["1899-12-31", "old", 1, "不早于1900年的表格"], ["2022-01-06", "digits", "12345678901234567890", "12345678901234567890"],
    ["2022-01-07", "control", 1, "a\x07b\x1bc\x7f"], ["2022-01-08", "escape", 1, "_x000D_ "]]
csv.writer(open(tmp + "/in/r0.csv", "w", newline="")).writerows(rows)
csv.writer(open(tmp + "/in/wide.csv", "w", newline="")).writerows([["日期"] + ["第%03d项内容" % i for i in range(200)],
    ["2022-01-01"] + ["v%d" % i for i in range(200)]])
PY
export ZEREN_DATA=$tmp/d
"$zeren" init "$ZEREN_DATA" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >/dev/null
run import "$tmp/in/r0.csv" "$tmp/in/wide.csv" --accept
is 0 $status "the registers are taken"
grep -q "row 9: '备注': 3 control characters were left out" "$tmp/out"
case_is $? "control characters, which nobody sees, are left out and told"

expect 0 err "register '一二三.*甲' stands in the sheet '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一'" export --all --out "$tmp/y.xlsx"
grep -q "乙' stands in the sheet '一二三四五六七八九十一二三四五六七八九十一二三四五六七 (2)'" "$tmp/err"
case_is $? "two names that would be alike once cut are told apart"
grep -q "record [0-9]*: '备注' is cut: it is longer than a cell can be; the record has all of it" "$tmp/err"
case_is $? "a text that no cell holds is cut, and it is said of which record"
[ "$(grep -c 'is cut' "$tmp/err")" = 1 ]
case_is $? "of that one only"
python3 - "$tmp/y.xlsx" <<'PY'
import re, sys, zipfile
import xml.etree.ElementTree as etree
z = zipfile.ZipFile(sys.argv[1])
ns = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
names = [s.get("name") for s in etree.fromstring(z.read("xl/workbook.xml")).find("m:sheets", ns)]
assert names[1] == "隐患_排查__整治_台账___", names
assert all(len(n.encode("utf-16-le")) <= 62 and not re.search(r"[\[\]:*?/\\]", n) for n in names) and len(set(names)) == len(names) == 5
def cells(i):
    out = {}
    for c in etree.fromstring(z.read("xl/worksheets/sheet%d.xml" % i)).iter("{%s}c" % ns["m"]):
        t, v = c.find("m:is/m:t", ns), c.find("m:v", ns)
        assert c.find("m:f", ns) is None, c.get("r")
        out[c.get("r")] = t.text if t is not None else float(v.text) if v is not None else None
    return out
front = " ".join(str(v) for v in cells(1).values())
assert "注意" in front, front[-500:]
assert "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四甲" in front
assert "（201栏）" in front, front[-900:]
s = cells(2)
by = {v: int(re.search(r"\d+", k)[0]) for k, v in s.items() if k[0] == "B" and v}
note = lambda name: s["D%d" % by[name]]
long = note("long")
assert len(long.encode("utf-16-le")) <= 2 * 32767 and re.search("x\n… .*40100.*\\[zeren-cut\\]$", long), long[-80:]
assert note("edge") == "y" * 32767
assert note("=1+1") == "-2+3" and note("@SUM(A1)") == "+8613800000000" and note("Tab") == "=cmd|' /C calc'!A0", s
assert s["C%d" % by["digits"]] == note("digits") == "12345678901234567890"
assert note("control") == "abc" and note("escape").startswith("_x005F_x000D_"), note("escape")
assert s["A%d" % by["old"]] == "1899-12-31"
for i in (3, 4):
    assert len(cells(i)) == 5 and b'ref="A1:D1"' in z.read("xl/worksheets/sheet%d.xml" % i)
w = cells(5)
assert len(w) == 2 * 202 and w["GS1"] == "第199项内容" and w["GS2"] == "v199" and w["GT1"] == "zeren-id", w
PY
case_is $? "names, cells and the list in front are as they should be"

run import "$tmp/y.xlsx"
is 0 $status "it comes back"
grep -q '^new 0, changed 0, same 10, refused 0' "$tmp/out"
case_is $? "and nothing has changed, cut texts neither"
[ "$status" = 0 ] || shown
"$zeren" export --all --blank --out "$tmp/blank.xlsx" 2>"$tmp/err" >/dev/null
grep -q "stands in the sheet" "$tmp/err"
case_is $? "blank registers say it too"
run export wide --out "$tmp/w.xlsx"
is "" "$(cat "$tmp/err")" "where nothing is cut nothing is said"

# A cut text that somebody has changed before the cut: the record keeps its own, and it is told.
python3 - "$tmp/y.xlsx" "$tmp/changed.xlsx" <<'PY'
import sys, zipfile
src = zipfile.ZipFile(sys.argv[1])
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as out:
    for n in src.namelist():
        out.writestr(n, src.read(n).replace("长长长".encode(), "短长长".encode(), 1))
PY
expect 0 out "'备注' was cut when it was taken out: the record keeps its text" import "$tmp/changed.xlsx"
grep -q '^new 0, changed 0, same 10, refused 0' "$tmp/out"
case_is $? "so nothing is lost by it"
expect 0 out 'sound|Sound' verify --deep
finish
