#!/bin/bash
# Inspections and findings through the program: a checklist, a finding made out of it, the way to closure by several
# hands, refusals that say what is possible, overdue ones, rates with their arithmetic, recurrences.
. "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en ZEREN_DATA=$tmp/data

cat >"$tmp/org.json" <<'JSON'
{"year": 2022, "office": {"id": "U01", "name": "青溪办"},
 "units": [{"id": "U00", "name": "青溪区委", "parent": ""}, {"id": "U01", "name": "青溪办", "parent": "U00"},
  {"id": "U11", "name": "综合科", "parent": "U01"}, {"id": "U12", "name": "秘书科", "parent": "U01"}],
 "posts": [{"id": "G01", "name": "主任", "unit": "U01"}, {"id": "G02", "name": "副主任", "unit": "U01"},
  {"id": "G11", "name": "综合科科长", "unit": "U11"}, {"id": "G12", "name": "秘书科科长", "unit": "U12"}],
 "holders": [], "portfolios": []}
JSON
cat >"$tmp/scheme.yaml" <<'YAML'
zeren: 1
scheme: checks
title: 督查整改
recurrence: 180
checklists:
  fire: [灭火器, 疏散通道, 应急灯]
records:
  inspection:
    about: inspection
    title: 专项督查
    fields:
      no: text
      planned: date
      date: date
      unit: unit
      lead: post
      methods: list
      reported: date
    flow: {date: date, due: planned, unit: unit, lead: lead, methods: methods, report: reported}
  problem:
    about: finding
    title: 问题整改
    fields:
      no: text
      inspection: {type: link, link: inspection.no}
      source: choice
      what: text
      cause: text
      found_on: date
      unit: unit
      limit: date
      fed_back: date
      done: date
      closed: date
      closure_no: text
      recheck: date
      progress: number
    flow: {found: found_on, unit: unit, due: limit, feedback: fed_back, done: done, closed: closed, closure_no: closure_no,
      recheck: recheck, progress: progress, source: source, cause: cause, what: what}
sheets:
  - record: problem
    file: "问题*"
    columns: {no: [编号], what: [描述], cause: [原因], found_on: [发现日期], unit: [单位], limit: [时限], done: [完成],
      closed: [销号日期]}
    required: [what]
    key: [no]
    year: {of: found_on, carried_until: closed}
YAML
expect 0 out . init "$tmp/data" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml"

# ---- an inspection: planned, put off, held; what was looked at ------------------------------------

number() { grep -Eo '"(record|finding)":[0-9]+' "$tmp/out" | head -n 1 | grep -Eo '[0-9]+'; }

run record add inspection no=D-1 planned=2022-03-01 unit=综合科 lead=G02 methods=实地、查资料 --year 2022 --json
i=$(number)
expect 0 out "D-1 .*综合科" inspect plan
run inspect plan --on 2022-03-02 --json
json 'v[0]["overdue"] is True and v[0]["state"] == "planned" and v[0]["planned"] == "2022-03-01"'
expect 3 err "needs 'by'" inspect postpone $i --due 2022-03-10 --why 防汛
expect 0 out 'planned' inspect postpone $i --by G02 --day 2022-02-20 --due 2022-03-10 --why 防汛
expect 3 err 'the inspection has none' inspect check $i 1 ok
expect 0 out 'held' inspect hold $i --by G02 --day 2022-03-10
expect 5 err "possible now: report" inspect postpone $i --by G02 --due 2022-04-10 --why 又防汛
expect 2 err 'is no result' inspect check $i 1 fine --by G02
expect 4 err "no item '9'; it has 3" inspect check $i 9 ok --by G02
expect 4 err "no checklist 'gas'" inspect check $i 1 ok --by G02 --list gas
expect 3 err 'what is the problem' inspect check $i 2 problem --by G02
expect 2 err 'give --finding' inspect check $i 2 problem cause=x --by G02 --text 堵塞
expect 0 out 'in order' inspect check $i 灭火器 ok --by G02
expect 0 out 'does not apply' inspect check $i 3 none --by G02
run inspect check $i 2 problem no=W-1 cause=无人巡查 --by G02 --text 通道堵塞 --finding --json
json 'v["result"] == "problem" and v["finding"] > 0'
f=$(number)
run finding list --json
json 'len(v) == 1 and v[0]["what"] == "通道堵塞" and v[0]["found"] == "2022-03-10" and v[0]["unit"] == "综合科"'
json 'v[0]["source"] == "专项督查" and v[0]["state"] == "found" and v[0]["unit_code"] == "U11"'
run inspect show $i --json
json '[x.get("result") for x in v["items"]] == ["ok", "problem", "none"] and v["findings"] == 1 and v["open"] == 1'
json 'v["items"][1]["finding"] == '"$f"
expect 0 out '通道堵塞' inspect show $i
expect 0 out 'Finding [0-9]+ is entered' inspect finding $i no=W-2 cause=台账不全 --by G02 --text 没有记录
run inspect list --json
json 'v[0]["findings"] == 2 and v[0]["looked"] == 3 and v[0]["problems"] == 2 and v[0]["held"] == "2022-03-10"'
expect 0 out 'results fed back' inspect report $i --by G02 --day 2022-03-12 --no 督反馈1号
expect 0 out 'fire .*灭火器' inspect lists

# ---- the finding's way, by several hands ----------------------------------------------------------

expect 0 out 'verify .*done .*verified .*--by --text --way *verdict' finding steps
expect 2 err 'is expected, not verfy' finding verfy $f --by G02
expect 5 err "state 'found'; 'verify' goes from: done; possible now: register, feedback, on-the-spot" \
	finding verify $f --by G02 --way 实地 --text 属实
expect 2 err 'takes no --state' finding verify $f --by G02 --state done
expect 4 err 'Finding 9999: there is none' finding register 9999 --by G02
expect 4 err 'the record is of type .inspection.' finding register $i --by G02
expect 3 err "needs 'no'" finding feedback $f --by G02 --day 2022-03-12
expect 0 out 'fed back' finding feedback $f --by G02 --day 2022-03-12 --no 督〔2022〕3号 --due 2022-06-30
expect 6 err "'receipt' must be done by another hand: post G02 did 'feedback'" finding receipt $f --by G02 --day 2022-03-13
expect 0 out 'receipt signed' finding receipt $f --by 综合科科长 --day 2022-03-13
expect 0 out . finding measure $f --by G11 --day 2022-03-14 --no 1 --post G11 --due 2022-04-30 --text 清理通道
expect 0 out . finding measure $f --by G11 --day 2022-03-14 --no 2 --post G12 --due 2022-05-30 --text 每周巡查
expect 0 out 'to be approved' finding plan $f --by G11 --day 2022-03-15
expect 6 err 'another hand' finding approve $f --by G11 --day 2022-03-16
expect 0 out 'being put right' finding approve $f --by G01 --day 2022-03-16
expect 0 out . finding progress $f --by G11 --day 2022-04-20 --no 1 --progress 100
run finding show $f --on 2022-06-01 --json
json '[(m["no"], m["progress"], m["overdue"]) for m in v["measures"]] == [("1", 100, False), ("2", 0, True)]'
json 'v["progress"] == 50 and v["state"] == "rectifying" and "extend" in v["possible"]'
expect 5 err 'measure 2 stands at 0%' finding done $f --by G11 --day 2022-05-01 --text 都好了
expect 5 err 'only before the day it is due, which was 2022-06-30' \
	finding extend $f --by G11 --day 2022-07-01 --due 2022-08-31 --why 缺货
expect 0 out 'extension asked for' finding extend $f --by G11 --day 2022-06-20 --due 2022-08-31 --why 缺货
expect 6 err 'for a post of a unit above U11' finding grant $f --by G12 --day 2022-06-21
expect 0 out 'due: 2022-08-31' finding grant $f --by G01 --day 2022-06-21
run finding overdue --on 2022-07-05 --json
json 'v == []'
run finding overdue --on 2022-08-20 --json
json 'len(v) == 1 and v[0]["due"] == "2022-08-31" and v[0]["overdue"] is False'
run finding overdue --on 2022-09-05 --json
json 'v[0]["overdue"] is True and v[0]["days_late"] == 5'
expect 0 out . finding progress $f --by G12 --day 2022-08-01 --no 2 --progress 100
before=$(stored_in "$tmp/data")
echo scan >"$tmp/proof.pdf"
expect 4 err 'no such file' finding done $f --by G11 --day 2022-08-02 --text 好了 --proof "$tmp/none.pdf"
expect 3 err "needs 'text'" finding done $f --by G11 --day 2022-08-02 --proof "$tmp/proof.pdf"
is "$before" "$(stored_in "$tmp/data")" "what is refused leaves no event and no file"
expect 0 out 'closure asked for' finding done $f --by G11 --day 2022-08-02 --text 好了 --proof "整改照.pdf=$tmp/proof.pdf"
expect 6 err "post G11 did 'done'" finding verify $f --by G11 --day 2022-08-03 --way 实地 --text 属实
expect 6 err "post G12 did 'progress'" finding verify $f --by G12 --day 2022-08-03 --way 实地 --text 属实
expect 0 out 'returned' finding return $f --by G02 --day 2022-08-03 --why 还堆着纸箱
expect 0 out . finding done $f --by G11 --day 2022-08-05 --text 清走了
expect 0 out 'verified' finding verify $f --by G02 --day 2022-08-06 --way 实地 --text 属实
expect 6 err 'another hand' finding close $f --by G11 --day 2022-08-07 --no 销1
expect 0 out ': closed with a number$' finding close $f --by G02 --day 2022-08-07 --no 销〔2022〕1号 --due 2022-10-07
expect 0 out . finding notice $f --by G02 --day 2022-08-08 --no 通报1号
expect 3 err 'was on 2022-08-08' finding recheck $f --by G02 --day 2022-08-07 --way 实地 --text 好
run register problem --json
grep -q '2022-08-07' "$tmp/out" && grep -q '销〔2022〕1号' "$tmp/out"
case_is $? "the register says what the steps said"
expect 0 out 'to be checked again' finding overdue --on 2022-10-10
expect 0 out 'checked again after closure' finding recheck $f --by G02 --day 2022-10-08 --way 实地 --text 没有再堵
expect 0 out '整改照.pdf' finding show $f --on 2022-12-31
run finding show $f --on 2022-03-20 --json
json 'v["state"] == "rectifying" and "closed" not in v and len(v["steps"]) == 6'

# ---- a register of the past, rates, recurrences ---------------------------------------------------

mkdir -p "$tmp/reg"
cat >"$tmp/reg/问题.csv" <<'CSV'
编号,描述,原因,发现日期,单位,时限,完成,销号日期
L-1,台账缺页,无人保管,2022-01-10,综合科,2022-02-10,2022-02-01,2022-02-05
L-2,台账又缺页,无人 保管,2022-06-01,综合科,2022-07-01,2022-07-11,2022-07-15
L-3,门锁坏,无人保管。,2022-08-01,秘书科,2022-12-01,,
L-4,灯不亮,线路老化,2022-02-01,秘书科,2022-03-01,,
CSV
run import "$tmp/reg" --accept --year 2022 --json
case_is $status "a register of the past is taken in"
import=$("$zeren" log --kind import.accept --limit 1 --json | grep -Eo '"seq":[0-9]+' | head -n 1 | grep -Eo '[0-9]+')
run finding rates --on 2022-12-31 --json
# found 6: W-1 W-2 L-1..L-4; closed W-1 (2022-03-10 to 2022-08-07: 150 days), L-1 (26), L-2 (44): 220 ÷ 3 = 73.3
json '(v["found"], v["owed"], v["closed"], v["open"], v["overdue"]) == (6, 6, 3, 3, 2)'
json 'v["closure_rate"] == "50.0%" and v["mean_days"] == "73.3"'
# by the day in force: W-1 on 2022-08-05 by 2022-08-31, L-1 by 2022-02-10: in time; L-2 ten days late: 2 ÷ 3 = 66.7%
json 'v["in_time_rate"] == "66.7%" and v["recurred"] == 2'
# open: W-2 since 2022-03-10 (296 days), L-3 since 2022-08-01 (152), L-4 since 2022-02-01 (333)
json '[a["findings"] for a in v["ages"]] == [0, 0, 0, 1, 2]'
expect 0 out 'closure rate +50\.0% +3 ÷ 6' finding rates --on 2022-12-31
run finding rates --on 2022-12-31 --unit 秘书科 --json
json '(v["found"], v["closed"], v["closure_rate"], v["overdue"]) == (2, 0, "0.0%", 2)'
run finding rates --on 2021-12-31 --json
json '(v["found"], v["closure_rate"], v["mean_days"]) == (0, "—", "—")'
run finding recur --on 2022-12-31 --json
# L-2 after L-1 in the same unit: 2022-02-05 to 2022-06-01 is 116 days; L-3 after L-2 in another: 17 days
json '[(x["kind"], x["days"]) for x in v] == [("unit", 116), ("across", 17)]'
run finding recur --on 2022-12-31 --within 100 --json
json '[x["kind"] for x in v] == ["across"]'
expect 0 out '复发|unit' finding recur --on 2022-12-31
l=$("$zeren" finding list --state closed --json | python3 -c 'import json, sys
print([x["finding"] for x in json.load(sys.stdin) if x["no"] == "L-1"][0])')
k=$("$zeren" finding list --json | python3 -c 'import json, sys
print([x["finding"] for x in json.load(sys.stdin) if x["no"] == "L-4"][0])')
expect 0 out 'registered' finding register $k --by G02 --day 2022-09-01
expect 5 err "1 records of import $import had steps since: $k" undo $import --why 试
expect 5 err "state 'closed'" finding verify $l --by G02 --way 实地 --text x
expect 0 out 'reopened' finding reopen $l --by G02 --day 2022-11-01 --why 又缺页 --due 2022-12-15
run finding recur --on 2022-12-31 --json
json '("reopened", '"$l"') in [(x["kind"], x["again"]) for x in v]'
run finding list --open --year 2022 --on 2022-12-31 --json
json '{x["no"] for x in v} == {"W-2", "L-1", "L-3", "L-4"}'
expect 2 err 'is no state of a finding' finding list --state shut
expect 4 err "no unit '没有科'" finding list --unit 没有科
expect 2 err 'is one too many' finding rates 3
expect 2 err 'number of a record is missing' finding show

# a register kept beside, imported again: what steps said stays, the rest is taken
sed -i 's/^L-1,台账缺页/L-1,台账缺了三页/' "$tmp/reg/问题.csv"
expect 0 out "'销号日期' follows from its steps and stays" import "$tmp/reg" --year 2022
expect 0 out . import "$tmp/reg" --accept --year 2022
run finding show $l --on 2022-12-31 --json
json 'v["state"] == "reopened" and v["what"] == "台账缺了三页" and "closed" not in v and v["due"] == "2022-12-15"'
grep -q '"closed":' <("$zeren" register problem --where no=L-1 --json)
[ $? = 1 ]
case_is $? "the register has no day of closure for what was reopened"
expect 5 err "follows from the steps of Finding" record correct $l closed=2022-12-01
expect 0 out '^sound$' verify --deep
finish
