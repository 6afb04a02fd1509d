#!/bin/bash
# timeout: 600
# The way of an office's registers: init, import, register, undo, verify, try, on the case, end to end.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

office=$tmp/office data=$tmp/data
cp -r "$example" "$office"
registers() { ls "$office" | grep -E '^[0-9]'; }

# ---- init ---------------------------------------------------------------------------------------

expect 2 err '^zeren: init needs --org FILE and --scheme FILE$' init "$data"
expect 2 err 'init needs' init "$data" --org "$office/org.json"
expect 2 err 'init needs' init "$data" --scheme "$office/scheme.yaml"
[ ! -e "$data" ]
case_is $? "nothing was made"
run init "$data" --org "$office/org.json" --scheme "$office/scheme.yaml" --json
is 0 $status "init"
json 'set(v) == {"data", "log", "scheme"} and v["scheme"] == "district-office-ideology" and v["log"]'
origin=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["log"])' "$tmp/out")
expect 5 err '^zeren: .*' init "$data" --org "$office/org.json" --scheme "$office/scheme.yaml"
expect 0 out '^19 units, 13 posts, 14 holders, 12 portfolios; scheme .*\(district-office-ideology\)$' \
	init "$tmp/other" --org "$office/org.xlsx" --scheme "$office/scheme.yaml" --year 2022
expect 3 err 'year' init "$tmp/third" --org "$office/org.xlsx" --scheme "$office/scheme.yaml"
[ ! -e "$tmp/third" ]
case_is $? "an organisation without a year makes nothing"
export ZEREN_DATA=$data
expect 0 out '^sound$' verify --deep

# ---- scheme check -------------------------------------------------------------------------------

expect 0 out 'scheme\.yaml: sound; 意识形态工作责任制, 22 record types, 22 registers$' scheme check "$office/scheme.yaml"
run scheme check "$office/scheme.yaml" --json
json 'v["scheme"] == "district-office-ideology" and v["records"] == 22 and v["sheets"] == 22'
expect 2 err 'scheme: ' scheme check
expect 4 err 'nowhere\.yaml' scheme check "$tmp/nowhere.yaml"

# ---- a look -------------------------------------------------------------------------------------

before=$(stored_in "$data")
expect 1 out '^refused  .*05信息采用情况\.csv row [0-9]+, 采用日期: ' import "$office"
expect 1 out '^new [0-9]+, changed 0, same 0, refused [0-9]+, duplicate [0-9]+, outside the year [0-9]+$' import "$office"
expect 1 out '^nothing written yet; add --accept to write and --partial to leave the refused rows out$' import "$office"
run import "$office" --json --lang zh
is 1 $status "a look with --json: status"
[ ! -s "$tmp/err" ]
case_is $? "a look with --json: nothing on stderr"
python3 - "$tmp/out" "$example/truth.json" <<'PY'
import json, sys
ours, truth = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:])
for key in ("ledgers", "evidence"):
    if ours[key] != truth[key]:
        print("#", key, "differ")
        sys.exit(1)
PY
case_is $? "--json is the truth of the case: every row of 22 tables, the evidence"
expect 1 out '^拒收|^退回' import "$office" --lang zh
is "$before" "$(stored_in "$data")" "looking stores nothing"

# ---- partly, all, again -------------------------------------------------------------------------

run import "$office" --accept
is 5 $status "with refused rows --accept alone is refused"
[ "$(wc -l <"$tmp/err")" = 1 ] && grep -Eq '^zeren: [0-9]+ rows are refused, the first is .*\.(xlsx#|csv).* row [0-9]+, ' "$tmp/err"
case_is $? "and names the first of them"
is "$before" "$(stored_in "$data")" "and stores nothing"
expect 2 err '^zeren: --partial goes with --accept$' import "$office" --partial
run import "$office" --accept --partial --refused "$tmp/refused.xlsx"
is 1 $status "with --partial the rest is taken, status 1"
taken=$(sed -nE 's/^taken: ([0-9]+) rows, sent back: ([0-9]+); import ([0-9]+) .*/\1 \2 \3/p' "$tmp/out")
read -r rows back import <<<"$taken"
python3 - "$example/truth.json" "$rows" "$back" <<'PY'
import json, sys
ledgers = json.load(open(sys.argv[1], encoding="utf-8"))["ledgers"].values()
assert sum(l["accepted"] for l in ledgers) == int(sys.argv[2])
assert sum(len(l["refused"]) for l in ledgers) == int(sys.argv[3])
PY
case_is $? "as many rows taken ($rows) and sent back ($back) as the truth says"
expect 0 out '^sound$' verify --deep
after=$(stored_in "$data")
expect 1 out '^nothing to write: everything is here already$' import "$office" --accept --partial
expect 1 out ", changed 0, same $rows, refused $back," import "$office"
is "$after" "$(stored_in "$data")" "importing again stores nothing"
python3 - "$tmp/refused.xlsx" "$back" <<'PY'
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
rows = sum(len(re.findall("<row ", z.read(n).decode())) for n in z.namelist() if n.startswith("xl/worksheets/sheet"))
sheets = sum(n.startswith("xl/worksheets/sheet") for n in z.namelist())
sys.exit(0 if rows - sheets == int(sys.argv[2]) else 1)
PY
case_is $? "the workbook of refused rows has $back rows"
expect 1 out "^new 0, changed 0, same 0, refused $back, duplicate 0, outside the year 0$" import "$tmp/refused.xlsx"
is "" "$(grep '^gone' "$tmp/out")" "and sent back as it is says nothing of what is gone"
expect 0 out '^no row is refused; .*none\.xlsx is not written$' import "$office/14下步工作计划.xlsx" --refused "$tmp/none.xlsx"
[ ! -e "$tmp/none.xlsx" ]
case_is $? "no workbook where no row is refused"

# ---- registers ----------------------------------------------------------------------------------

run register --json
is 0 $status "register --json"
python3 - "$tmp/out" "$example/truth.json" <<'PY'
import json, sys
counts = json.load(open(sys.argv[1], encoding="utf-8"))
ledgers = json.load(open(sys.argv[2], encoding="utf-8"))["ledgers"]
assert len(counts) == 24, counts
kept = sum(l["accepted"] + len(l["out_of_year"]) for l in ledgers.values())
accepted = sum(l["accepted"] for l in ledgers.values())
assert accepted <= sum(counts.values()) <= kept, (accepted, sum(counts.values()), kept)
PY
case_is $? "every type with its number of records"
expect 0 out '^meeting +会议 ' register
expect 0 out '^[0-9]+ of [0-9]+ records; --limit 0 shows all$' register meeting --limit 3
run register meeting --json --limit 0
json 'len(lines) > 20 and all(set(r) >= {"id", "source", "fields"} for r in lines)'
json "all(r['id'].startswith('$origin:') and r['source'].startswith('01会议台账.xlsx#') and '!' in r['source'] for r in lines)"
run register meeting --json --limit 0 --where 会议类别=室务会
json 'lines and all(r["fields"]["kind"] == "室务会" for r in lines)'
run register meeting --json --limit 0 --where kind=室务会
cp "$tmp/out" "$tmp/by_name"
run register meeting --json --limit 0 --where 会议类别=室务会
cmp -s "$tmp/out" "$tmp/by_name"
case_is $? "a field by its name or by its word on the sheet"
run register meeting --json --limit 0 --sort -date
json '[r["fields"]["date"] for r in lines] == sorted((r["fields"]["date"] for r in lines), reverse=True)'
run register meeting --json --limit 0 --on 2022-03-31
json 'lines and all(r["fields"]["date"] <= "2022-03-31" for r in lines)'
run register meeting --json --limit 0 --year 2022
json 'lines and all(r["fields"]["date"].startswith("2022") for r in lines)'
run register risk --json --on 2022-06-30
cp "$tmp/out" "$tmp/mid"
run register risk --json --on 2022-12-31
! cmp -s "$tmp/out" "$tmp/mid"
case_is $? "tracked fields as of a day"
expect 4 err "^zeren: no record type 'meetings'; did you mean 'meeting'\?$" register meetings
expect 3 err "^zeren: record 'meeting' has no field 'kinds'; did you mean 'kind'\?$" register meeting --where kinds=x
expect 3 err "has no field 'when'" register meeting --sort when
expect 2 err '^zeren: --where: expected FIELD=VALUE$' register meeting --where kind
expect 2 err -- '--on' register meeting --on yesterday
expect 2 err -- '--on' register meeting --on 2022-02-30
expect 0 out "no records of '会议' fit" register meeting --where kind=没有这种会

# ---- a mended row, a corrected row --------------------------------------------------------------

python3 - "$office/02周例会月度汇总.csv" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as f:
    rows = list(csv.reader(f))
head = next(i for i, row in enumerate(rows) if "月份" in row)
rows[head + 2][rows[head].index("备注")] = "更正过的备注"
with open(sys.argv[1], "w", encoding="utf-8-sig", newline="") as f:
    csv.writer(f).writerows(rows)
PY
expect 1 out ', changed 1, same ' import "$office/02周例会月度汇总.csv"
expect 1 out '^taken: 1 rows, sent back: 1; import [0-9]+ \(zeren undo [0-9]+ withdraws it\)$' \
	import "$office/02周例会月度汇总.csv" --accept --partial
second=$(sed -nE 's/.*import ([0-9]+) .*/\1/p' "$tmp/out")
expect 0 out '更正过的备注' register weekly
expect 0 out '^sound$' verify --deep

# ---- undo ---------------------------------------------------------------------------------------

size=$(stored_in "$data")
expect 2 err "^zeren: undo: 'x' is no import's number" undo x
expect 2 err 'is no import' undo -- -3
expect 4 err '^zeren: .*' undo 99999999
expect 4 err '^zeren: no import 1$' undo 1
expect 5 err "^zeren: 1 records of import $import were corrected by a later import$" undo "$import"
is "$size" "$(stored_in "$data")" "a refused undo stores nothing"
run undo "$second" --why '年份录错了' --json
is 0 $status "undo"
json "v == {'withdrawn': $second}"
expect 0 out '年份录错了' log --kind import.undo --limit 1 --json
run register weekly --json
json 'all("更正过的备注" not in json.dumps(r, ensure_ascii=False) for r in lines) and len(lines) > 0'
expect 5 err "^zeren: import $second was withdrawn$" undo "$second"
expect 0 out "^import $import is withdrawn; its rows stay in the log$" undo "$import"
run register --json
json 'set(v.values()) == {0}'
run register meeting --json --limit 0 --all
json 'len(lines) > 20 and all(r["withdrawn"] for r in lines)'
expect 0 out '^sound$' verify --deep
cp "$example"/02* "$office/"
expect 1 out "^taken: $rows rows, sent back: $back; import" import "$office" --accept --partial
expect 0 out '^sound$' verify --deep
expect 5 err "^zeren: import $import was withdrawn$" undo "$import"

# An import that later records name: the list.
links=$tmp/links
run init "$links" --org "$office/org.json" --scheme "$office/scheme.yaml"
for file in 04信息报送登记.xlsx 05信息采用情况.csv; do
	run import --data "$links" "$office/$file" --accept --partial
done
first=$("$zeren" log --data "$links" --kind import.accept --limit 0 --json |
	python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["seq"])')
expect 5 err "^zeren: [0-9]+ later records stand on import $first: 信息采用 [0-9]+: .*; 信息采用 " undo "$first" --data "$links"
[ "$(wc -l <"$tmp/err")" = 1 ]
case_is $? "on one line"

# ---- the question on a terminal -----------------------------------------------------------------

ask() {         # ANSWER DIR: what an import with refused rows says when a person answers so
	python3 - "$1" "$2" "$office/05信息采用情况.csv" <<'PY'
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(os.environ["PROGRAM"], ["zeren", "import", "--accept", "--data", sys.argv[2], sys.argv[3]])
out = b""
answered = False
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    out += part
    if b"[y/N]" in out and not answered:
        os.write(fd, sys.argv[1].encode() + b"\n")
        answered = True
_, status = os.waitpid(pid, 0)
sys.stdout.write(out.decode("utf-8", "replace").replace("\r\n", "\n"))
print("status", os.waitstatus_to_exitcode(status), "asked" if answered else "not asked")
PY
}
asked=$tmp/asked
run init "$asked" --org "$office/org.json" --scheme "$office/scheme.yaml"
size=$(stored_in "$asked")
ask n "$asked" >"$tmp/said"
grep -q '^status 5 asked$' "$tmp/said"
case_is $? "asked on a terminal; no is no"
is "$size" "$(stored_in "$asked")" "no stores nothing"
ask y "$asked" >"$tmp/said"
grep -q '^status 1 asked$' "$tmp/said" && grep -q '^taken: ' "$tmp/said"
case_is $? "yes takes the good rows"

# ---- verify names what was changed --------------------------------------------------------------

copy() { rm -rf "$tmp/copy"; cp -r "$data" "$tmp/copy"; }
expect 0 out '^sound$' verify --deep
copy
event=$("$zeren" log --kind record.add --limit 1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["seq"])')
tamper "$tmp/copy" "update event set canon = replace(canon, '\"row\":', '\"roW\":') where origin = 1 and seq = $event"
case_is $? "a byte of event $event is flipped"
for depth in "" --deep; do
	expect 7 out "event $event[^0-9]" verify --data "$tmp/copy" $depth
done
run verify --data "$tmp/copy" --json
is 7 $status "verify --json of a damaged log: status"
json "v['sound'] is False and any('event $event' in f for f in v['findings'])"
record=$event
for change in "fields = replace(fields, '{', '{ ')" "withdrawn_seq = 1" "row = row + 1" "day = day + 1" "outside = 1 - outside"; do
	copy
	tamper "$tmp/copy" "update p_record set $change where origin = 1 and seq = $record"
	case_is $? "a row of p_record is changed: $change"
	expect 0 out '^sound$' verify --data "$tmp/copy"      # only --deep looks at the tables
	expect 7 out "p_record.*1:$record.*${change%% *}" verify --data "$tmp/copy" --deep
done
copy
tamper "$tmp/copy" "delete from p_record where origin = 1 and seq = $record"
expect 7 out "p_record.*1:$record" verify --data "$tmp/copy" --deep
copy
tamper "$tmp/copy" "update p_import_table set source = 'x' where rowid = (select max(rowid) from p_import_table)"
expect 7 out 'p_import_table.*source' verify --data "$tmp/copy" --deep
copy
proof=$(find "$tmp/copy/objects" -type f -size -20k | sort | head -n 1)
name=${proof#"$tmp/copy/objects/"}
chmod u+w "$proof"
python3 -c 'import sys
b = bytearray(open(sys.argv[1], "rb").read()); b[len(b) // 2] ^= 1; open(sys.argv[1], "wb").write(b)' "$proof"
expect 7 out "${name//\//.}|objects/$name" verify --data "$tmp/copy"
rm -f "$proof"
expect 7 out "$name" verify --data "$tmp/copy"
expect 0 out '^sound$' verify --deep

# ---- try ----------------------------------------------------------------------------------------

rm -rf "$TMPDIR"/*
fresh=$tmp/fresh
cp -r "$example" "$fresh"
chmod -R a-w "$fresh"
find "$fresh" | sort >"$tmp/listing"
unset ZEREN_DATA
cd "$tmp" || exit 1
case $zeren in /*) ;; *) zeren=$OLDPWD/$zeren ;; esac
for n in 1 2; do
	"$zeren" try "$fresh" --out "$tmp/try$n" >"$tmp/said$n" 2>"$tmp/err$n"
	is 1 $? "try $n ends with 1: rows are refused"
	[ "$n" = 2 ] || sleep 1.1                                # another second of the clock
done
diff -r "$tmp/try1" "$tmp/try2" >"$tmp/diff" 2>&1
case_is $? "two runs write the same bytes"
sed 's/^/# /' "$tmp/diff" | head -5
sed 's/try1/try2/g' "$tmp/said1" | cmp -s - "$tmp/said2"
case_is $? "and say the same"
[ -s "$tmp/try1/import.json" ] && [ -s "$tmp/try1/refused.xlsx" ]
case_is $? "import.json and refused.xlsx are there"
find "$fresh" | sort | cmp -s - "$tmp/listing"
case_is $? "the folder is as it was"
is "" "$(ls -A "$TMPDIR")" "nothing is left in TMPDIR"
[ ! -e "$tmp/zeren-data" ]
case_is $? "no data directory was made"
"$zeren" try "$fresh" --out "$tmp/try3" --lang zh >/dev/null 2>&1
python3 - "$tmp/try3/import.json" "$OLDPWD/$example/truth.json" <<'PY'
import json, sys
ours, truth = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:])
sys.exit(0 if ours["ledgers"] == truth["ledgers"] and ours["evidence"] == truth["evidence"] else 1)
PY
case_is $? "import.json is the truth of the case"
run try "$fresh" --out "$tmp/try4" --json
is 1 $status "try --json: status"
python3 - "$tmp/out" "$tmp/try4/import.json" <<'PY'
import json, sys
a, b = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:])
sys.exit(0 if a == b else 1)
PY
case_is $? "try --json prints import.json"
mkdir "$tmp/xlsx"
cp -r "$fresh"/* "$tmp/xlsx/"
chmod -R u+w "$tmp/xlsx"
rm "$tmp/xlsx/org.json"
run try "$tmp/xlsx" --out "$tmp/try5" --year 2022 --lang en
is 1 $status "try with org.xlsx and --year"
"$zeren" try "$fresh" --out "$tmp/try6" --lang en >/dev/null
cmp -s "$tmp/try5/import.json" "$tmp/try6/import.json"
case_is $? "which gives the same import.json"
expect 3 err 'year' try "$tmp/xlsx" --out "$tmp/try7"
mv "$tmp/xlsx/scheme.yaml" "$tmp/elsewhere.yaml"
expect 4 err 'scheme\.yaml' try "$tmp/xlsx" --out "$tmp/try7" --year 2022
run try "$tmp/xlsx" --out "$tmp/try8" --year 2022 --scheme "$tmp/elsewhere.yaml"
is 1 $status "try with --scheme"
expect 2 err '^zeren: try needs --out DIR$' try "$fresh"
expect 4 err '^zeren: .*/nowhere: no such folder$' try "$tmp/nowhere" --out "$tmp/try7"
mkdir "$tmp/bare"
expect 4 err '^zeren: .*bare: neither org\.json nor org\.xlsx here$' try "$tmp/bare" --out "$tmp/try7"
[ ! -e "$tmp/try7" ]
case_is $? "a try that fails writes nothing"
is "" "$(ls -A "$TMPDIR")" "and leaves nothing in TMPDIR"
chmod -R u+w "$fresh"
finish
