#!/bin/bash
# timeout: 600
# Records by hand: form, add, correct, withdraw, restore, show; beside a register of the same rows; in figure, register
# and report; and whatever call fails meanwhile.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_DATA=$data
import=$("$zeren" log --kind import.accept --limit 1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["seq"])')
number() { sed -nE 's/^record ([0-9]+) is .*/\1/p' "$tmp/out"; }

# ---- the form -----------------------------------------------------------------------------------

expect 0 out '^date +会议时间 +yes +a day, such as 2022-06-03' record form meeting
expect 0 out '^risks .*FX-14; ' record form meeting
run record form meeting --json
json '[f["field"] for f in v if f["required"]] == ["date", "kind", "name"] and all(f["expected"] for f in v)'
json '"室务会" in [f for f in v if f["field"] == "kind"][0]["used_before"]'
expect 0 out '日期，如 2022-06-03' record form meeting --lang zh
expect 4 err "^zeren: no record type 'meetings'; did you mean 'meeting'\?$" record form meetings

# ---- refusals: everything at once, nothing written ----------------------------------------------

before=$(stored_in "$data")
expect 3 err '^zeren: 会议时间: no date; 会议类别: required, but empty; 会议名称: required, but empty$' record add meeting
expect 3 err "what: there is no such field; 会议时间: date not readable: 五月底; 会议类别: required" \
	record add meeting date=五月底 what=x name=y
expect 3 err 'is in another|has the same key already' record add meeting date=2022-12-28 kind=民主生活会 name=班子2022年度民主生活会
expect 2 err "'kind': expected FIELD=VALUE" record add meeting kind
expect 2 err 'ACTION TYPE\|ID' record
expect 2 err 'one of form add correct withdraw restore show is expected, not edit' record edit meeting
expect 2 err 'zeren record show: x=1 is one too many' record show 12 x=1
expect 2 err 'zeren record show takes no --why' record show 12 --why x
expect 2 err 'zeren record add takes no --why' record add meeting --why x
expect 2 err "'x' is no record's number" record show x
expect 2 err 'what is to be corrected' record correct 110
expect 4 err '^zeren: no record 1$' record show 1
expect 4 err '^zeren: no record 1$' record correct 1 name=x
expect 4 err 'nowhere\.pdf: no such file' record correct 110 --file a.pdf="$tmp/nowhere.pdf"
expect 3 err 'why is it withdrawn' record withdraw 110
is "$before" "$(stored_in "$data")" "nothing is stored"

# ---- entered, corrected -------------------------------------------------------------------------

echo signatures >"$tmp/scan.txt"
echo minutes >"$tmp/minutes.txt"
expect 0 out '^record [0-9]+ is entered$' record add meeting 会议时间=6月30日 kind=室务会 name=手工补记的会 参会人数/应到=13人 present=12 \
	first_topic=有 topics=意识形态、保密 --file 签到.txt="$tmp/scan.txt" --file "$tmp/minutes.txt"
hand=$("$zeren" log --kind record.add --limit 1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["seq"])')
run register meeting --json --limit 0 --where name=手工补记的会
json 'lines[0]["fields"]["due"] == 13 and lines[0]["fields"]["date"] == "2022-06-30"'
json 'lines[0]["fields"]["proof"] == ["签到.txt", "minutes.txt"] and lines[0]["fields"]["first_topic"] is True'
json "lines[0]['source'].startswith('entered by hand by cli:') and lines[0]['source'].endswith(', record $hand')"
expect 0 out '^look at  参会人数/实到: not readable as a whole number' record correct "$hand" present=约十人
expect 0 out '不能按整数识别' record correct "$hand" present=约十人 --lang zh
expect 0 out "^record $hand is corrected$" record correct "$hand" present=11 "name=手工补记的室务会" --why 名称写错
expect 0 out 'says that already; nothing is written' record correct "$hand" present=11
expect 0 out "^record $hand, 会议$" record show "$hand"
expect 0 out '^ +会议名称: 手工补记的会 → 手工补记的室务会$' record show "$hand"
expect 0 out '^ +why: 名称写错$' record show "$hand"
expect 0 out '^ +evidence: 签到.txt; minutes.txt$' record show "$hand"
run record show "$hand" --json
json '[s["done"] for s in v["history"]] == ["entered", "corrected", "corrected"]'
json 'v["history"][2]["changes"]["name"] == {"before": "手工补记的会", "after": "手工补记的室务会"}'
origin=$("$zeren" log 0 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["log"])')
expect 0 out "^record $hand, " record show "$origin:$hand"
expect 0 out '^sound$' verify --deep

# ---- a correction of an imported row ------------------------------------------------------------

row=$("$zeren" register meeting --json --limit 1 --sort -date | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"].split(":")[1])')
expect 0 out "^record $row is corrected$" record correct "$row" note=经核对
expect 0 out "^[0-9-]+ [0-9:]+  entered  .*  event $row  01会议台账\.xlsx#会议台账![0-9]+$" record show "$row"
expect 1 out '^look at  .*: record '"$row"' was said by hand by cli:.*; this row would change it$' import "$example"
expect 1 out '^new 0, changed 1, same ' import "$example"
expect 5 err "^zeren: 1 records of import $import were corrected by hand since: $row$" undo "$import"

# ---- what shows records -------------------------------------------------------------------------

expect 0 out '^  entered by hand|^  by hand, last corrected by cli:|^  zeren|^  cli:|手工登记' figure 'meetings.*' --rows
run report --out "$tmp/report"
is 0 $status "the report"
grep -q "手工登记，cli:" "$tmp/report/trace.json" && grep -q '手工登记' "$tmp/report/report.html"
case_is $? "trace and annex say who entered it by hand, and when"
grep -q '于20[0-9-]*手工更正' "$tmp/report/trace.json"
case_is $? "and who corrected a row of a register"

# ---- withdrawn, restored ------------------------------------------------------------------------

first() { python3 -c 'import json, sys; r = json.loads(sys.stdin.readline()); print(eval(sys.argv[1]))' "$1"; }
named=$("$zeren" register adoption --json --limit 1 | first 'r["fields"]["no"]')
linked=$("$zeren" register submission --json --limit 1 --where no="$named" | first 'r["id"].split(":")[1]')
expect 5 err "^zeren: [0-9]+ records name record $linked: 信息采用 [0-9]+: $named" record withdraw "$linked" --why x
expect 0 out "^record $hand is withdrawn; it stays in the log$" record withdraw "$hand" --why 重复
run register meeting --json --limit 0 --where name=手工补记的室务会
[ ! -s "$tmp/out" ]
case_is $? "a withdrawn record is shown no more"
expect 5 err "^zeren: record $hand was withdrawn$" record correct "$hand" present=1
expect 0 out "^record $hand is restored$" record restore "$hand"
expect 5 err "^zeren: record $hand is not withdrawn$" record restore "$hand"
run record show "$hand" --json
json 'v["withdrawn"] is False and v["history"][-2]["why"] == "重复"'
expect 0 out '^sound$' verify --deep
copy=$tmp/copy
for change in "said_by = 'x'" "said_on = said_on - 1" "year = 2021"; do
	rm -rf "$copy"
	cp -r "$data" "$copy"
	tamper "$copy" "update p_record set $change where seq = $hand"
	expect 7 out "p_record.*1:$hand.*${change%% *}" verify --data "$copy" --deep
done

# ---- tables of the program before: brought up to date by whoever opens them first ---------------

rm -rf "$copy"
"$zeren" init "$copy" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null
"$zeren" import "$example" --data "$copy" --accept --partial >/dev/null
python3 - "$copy/zeren.db" <<'PY'
import pathlib, re, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
later = "".join(p.read_text() for p in sorted(pathlib.Path("sql").glob("*.sql")) if int(p.name[:4]) > 4)
made = re.findall(r"^create table (\w+)", later, re.M)
for table, column in re.findall(r"^alter table (\w+) add column (\w+)", later, re.M):
    if table not in made:
        db.execute(f"alter table {table} drop column {column}")
for table in made:
    db.execute(f"drop table {table}")
db.execute("pragma user_version = 4")
db.commit()
PY
case_is $? "columns and tables of later versions are taken out"
expect 0 out ' records; --limit 0 shows all$' register meeting --limit 1 --data "$copy"
# the log is of this program, which wrote down how sheets looked: nothing else may differ
"$zeren" verify --deep --data "$copy" --lang en >"$tmp/deep"
! grep '^table ' "$tmp/deep" | grep -qv 'column look' && ! grep -q 'missing\|not there' "$tmp/deep"
case_is $? "brought up to date, the tables are those of the log but for looks"

# ---- the same rows from a register --------------------------------------------------------------

fresh=$tmp/fresh
"$zeren" init "$fresh" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null
python3 - "$example/02周例会月度汇总.csv" >"$tmp/rows" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as f:
    rows = list(csv.reader(f))
head = next(i for i, row in enumerate(rows) if "月份" in row)
for row in rows[head + 1:]:
    print("\t".join(f"{k}={v}" for k, v in zip(rows[head], row) if v.strip() and k != "序号"))
PY
taken=0
while IFS=$'\t' read -r -a fields; do
	"$zeren" record add weekly "${fields[@]}" --data "$fresh" >/dev/null 2>&1 && taken=$((taken + 1))
done <"$tmp/rows"
[ $taken -ge 10 ]
case_is $? "a register's rows by hand: $taken"
expect 1 out "^new 0, changed 0, same $((taken - 1)), .* outside the year 1$" import "$example/02周例会月度汇总.csv" --data "$fresh"

# ---- whatever call fails ------------------------------------------------------------------------

fail=$(dirname "$zeren")/tests/unit/libfail_nth.so
if [ -e "$fail" ]; then
	export ASAN_OPTIONS="verify_asan_link_order=0:exitcode=99:${ASAN_OPTIONS:-}"
	n=0 harm=0 done_=0
	while n=$((n + 1)) && [ $n -lt 200 ]; do
		rm -f "$tmp/mark"
		FAIL_NTH=$n FAIL_ERRNO=5 FAIL_FROM=0 FAIL_MARK=$tmp/mark LD_PRELOAD=$fail "$zeren" record add weekly 月份=2022-$((n % 12 + 1)) \
			每周四次数=$n --data "$fresh" --file "call $n.txt=$tmp/scan.txt" >"$tmp/out" 2>"$tmp/err"
		status=$?
		[ -e "$tmp/mark" ] || break
		case $status in
		0 | 3) done_=$((done_ + 1)) ;;
		5 | 7 | 8) [ -s "$tmp/err" ] || harm=$((harm + 1)) ;;
		*) harm=$((harm + 1)); shown ;;
		esac
		"$zeren" verify --data "$fresh" >"$tmp/verified" 2>&1 || { harm=$((harm + 1)); sed 's/^/# /' "$tmp/verified"; }
	done
	[ $n -gt 10 ] && [ $n -lt 200 ] && [ $harm = 0 ]
	case_is $? "each of $((n - 1)) calls failed once: no harm ($done_ went through)"
fi
expect 0 out '^sound$' verify --data "$fresh" --deep
finish
