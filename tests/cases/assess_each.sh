#!/bin/bash
# An item that judges several things, each by itself, through the program and its pages: members of a body, tasks with weights;
# two hands for each; one unit's grade after quotas; each sheet by its own scheme. assess_each_pages.py.
# timeout: 300
source "$(dirname "$0")/kit.bash"
source "$(dirname "$0")/assess_each_site.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data

"$zeren" init "$data" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
export ZEREN_DATA=$data ZEREN_LANG=en

# The organisation must have the body and the posts.
sed 's/body: 党组/body: 党且组/' "$tmp/scheme.yaml" >"$tmp/bad.yaml"
expect 3 err "line 14, column .*no body '党且组'.*did you mean '党组'" adopt --scheme "$tmp/bad.yaml" --from 2022-01-01
sed 's/class, columns: level, table: {A/class, columns: level, table: {C/' "$tmp/scheme.yaml" >"$tmp/bad.yaml"
expect 3 err "line 16, column .*'class' has no word 'C'" adopt --scheme "$tmp/bad.yaml" --from 2022-01-01

task() {        # FIELD=VALUE...: the number of the record
	run record add task "$@"
	[ "$status" = 0 ] || shown
	size_of "$data"
}
one=$(task date=2022-03-01 name=一 class=A level=I own=40)
two=$(task date=2022-04-01 name=二 class=B level=II load=K2 own=20)
item() {        # ID KEY: of the sheet in $tmp/out
	python3 -c 'import json, sys
item = next(x for s in json.load(open(sys.argv[1], encoding="utf-8"))["sections"] for x in s["items"] if x["id"] == sys.argv[2])
v = item.get(sys.argv[3])
print(v["points"] if isinstance(v, dict) else v)' "$tmp/out" "$1" "$2"
}
sheet() { run assess --json; }

sheet
# Nobody is judged: the members keep 20, the tasks have 0; by their own numbers (5 × 40 + 3.6 × 20) ÷ 8.6 = 31.628.
is 20 "$(item M1 got)" "members keep their points until something is taken off"
is 0 "$(item T1 got)" "tasks have none until they are given some"
is 31.628 "$(item T1 self)" "the self score follows from the records"
expect 0 out 'opened' assess open --by 督查科科长
expect 4 err "judges no '副主人'.*|judges no" assess score M1 18 --thing 副主人 --why 少 --by 督查科科长
expect 3 err "judges no things one by one" assess score J1 9 --thing G01 --why 少 --by 督查科科长
expect 3 err '15 to 19.5 points, not 14' assess score M1 14 --thing G01 --why 少 --by 督查科科长
expect 3 err 'needs its reason' assess score M1 18 --thing G01 --by 督查科科长
expect 6 err 'nobody judges himself' assess score M1 18 --thing G01 --why 少 --by 主任
expect 0 out 'to be confirmed' assess score M1 18 --thing 主任 --why 述职迟交 --by 督查科科长
mark=$(size_of "$data")
expect 0 out 'to be confirmed' assess score M1 20 --thing G02 --by 督查科科长
sheet
is 20 "$(item M1 got)" "what is not confirmed does not count"
expect 5 err "'M1' is not confirmed" assess settle --by 督查科科长
# The newer one is confirmed, the older one of another member waits all the same.
expect 0 out 'confirmed' assess confirm "$(size_of "$data")" --by 秘书科科长
expect 5 err "'M1' is not confirmed" assess settle --by 督查科科长
expect 6 err 'another hand' assess confirm M1 --by 督查科科长
expect 6 err 'nobody judges himself' assess confirm "$mark" --by 主任
expect 0 out 'confirmed' assess confirm M1 --by 秘书科科长
expect 5 err 'no score of item .M1. waits' assess confirm M1 --by 秘书科科长
sheet
# (18 + 20 + 20) ÷ 3 = 19.333
is 19.333 "$(item M1 got)" "members: the mean"
expect 0 out 'may be taken off: 0.5 to 5; .*2 of 3 judged' assess
expect 0 out '主任: \(20 − 18\) × 1 ÷ 3; 18 by 督查科科长, confirmed by 秘书科科长: 述职迟交' assess --explain

expect 0 out 'to be confirmed' assess score T1 36 --thing "$one" --why 大部完成 --by 督查科科长
expect 0 out 'to be confirmed' assess score T1 20 --thing "$two" --why 半数完成 --by 督查科科长
expect 0 out 'confirmed' assess confirm T1 --by 秘书科科长
sheet
# (5 × 36 + 3 × 1.2 × 20) ÷ 8.6 = 252 ÷ 8.6 = 29.302
is 29.302 "$(item T1 got)" "tasks: weighed"
expect 0 out '× 3.6 ÷ 8.6; 20 by' assess --explain
# all points for the first: (200 + 72) ÷ 8.6 = 31.628, 2.326 more
expect 0 out '\+2.326 .*all points for' assess whatif
# A record that is withdrawn takes its judgement with it; it is told.
expect 0 out '' record withdraw "$two" --why 重复
sheet
is 36 "$(item T1 got)" "a withdrawn record takes its judgement with it"
expect 0 out 'not among them any more: 1:' assess --explain
expect 0 out '' record restore "$two"
expect 0 out 'settled' assess settle --by 督查科科长
expect 0 out 'the same, line by line' assess
# Upheld, one of them is scored anew.
expect 0 out 'appeal: event' assess appeal file M1 --why 有回执 --by 主任
appeal=$(size_of "$data")
expect 0 out 'appeal' assess appeal take-up "$appeal" --by 综合科科长
expect 0 out 'appeal' assess appeal uphold "$appeal" --why 属实 --by 综合科科长
expect 0 out 'to be confirmed' assess score M1 20 --thing G01 --by 督查科科长 --appeal "$appeal"
expect 0 out 'confirmed' assess confirm M1 --by 秘书科科长
sheet
is 20 "$(item M1 got)" "scored anew after the appeal"
expect 0 out 'settled' assess settle --by 督查科科长
expect 0 out 'sound' verify --deep

# ---- grades and schemes of a year ----
cat >"$tmp/units.yaml" <<'YAML'
zeren: 1
scheme: units
title: 各镇
records:
  fault: {about: finding, title: 问题, fields: {date: date, unit: unit}}
duties:
  - {id: Q, title: 问题, owner: "post:主任", points: 1, need: {each: year, take: fault}}
assess:
  of: "each unit:责任单位"
  sections: [{id: A, items: [{id: F, title: 问题, points: 100, each: fault, deduct: 1}]}]
  grades: [{name: 优秀, from: 90, quota: 15%}, {name: 合格}]
YAML
rm -rf "$tmp/towns"
export ZEREN_DATA=$tmp/towns
"$zeren" init "$tmp/towns" --org "$tmp/org.json" --scheme "$tmp/units.yaml" >/dev/null || exit 1
for n in T02 T03 T04 T05 T06 T07 T08 T09; do "$zeren" record add fault date=2022-03-01 unit=$n >/dev/null; done
# Nine towns: 15% are one. 石桥镇 has 100 points, the others 99 each.
expect 0 out '100 +优秀' assess --unit T01
expect 0 out '99 +合格 \(by quota\)' assess --unit T02
run assess --unit T02 --json
is 合格 "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))["grade_by_quota"])' "$tmp/out")" "one unit's grade is that after quotas"
# T02 is opened, then the year is judged by another scheme: T02 by the old one, the others by the new one.
expect 0 out 'opened' assess open --unit T02 --by 督查科科长
sed 's/points: 100/points: 50/; s/from: 90/from: 45/' "$tmp/units.yaml" >"$tmp/later.yaml"
expect 0 out 'in force' adopt --scheme "$tmp/later.yaml" --from 2022-01-01
expect 0 out 'T02|竹溪镇 +100 +99' assess units
expect 0 out '石桥镇 +50 +50' assess units
expect 0 out '清水镇 +50 +49' assess units
export ZEREN_DATA=$data

each_site "$tmp/site"
each_account he.ping 何平 G16 "$tmp/towns" viewer
# its own plan and sum are not those of this case
ZEREN_LANG='' python3 "$(dirname "$0")/assess_each_pages.py" "$zeren" "$tmp/site" "$tmp/towns" >"$tmp/pages"
status=$?
grep -A3 '^not ok' "$tmp/pages" | sed 's/^/# /'
[ "$(grep -c '^ok' "$tmp/pages")" -ge 29 ] && [ $status = 0 ]
case_is $? "the pages of what is judged one by one"
finish
