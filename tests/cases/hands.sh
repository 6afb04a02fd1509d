#!/bin/bash
# Another hand is another person: two posts of one person, and a post that has changed hands, do not verify what that person
# did himself; nor does the first post under a new holder undo it, and other people do.
. "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en ZEREN_DATA=$tmp/data

cat >"$tmp/org.json" <<'JSON'
{"year": 2022, "office": {"id": "U1", "name": "港务局"},
 "units": [{"id": "U1", "name": "港务局"}, {"id": "U2", "name": "一号码头", "parent": "U1"}],
 "posts": [{"id": "G1", "name": "局长", "unit": "U1", "role": "head"}, {"id": "G2", "name": "安全科长", "unit": "U1"},
  {"id": "G3", "name": "考核科长", "unit": "U1"}, {"id": "G4", "name": "码头经理", "unit": "U2"}, {"id": "G5", "name": "督查科长", "unit": "U1"}],
 "holders": [{"post": "G1", "name": "张一", "from": "2020-01-01"},
  {"post": "G2", "name": "李二", "from": "2020-01-01"}, {"post": "G3", "name": "李二", "from": "2021-01-01", "acting": true},
  {"post": "G4", "name": "王三", "from": "2020-01-01", "to": "2022-05-31"}, {"post": "G4", "name": "赵四", "from": "2022-06-01"},
  {"post": "G5", "name": "王三", "from": "2022-06-01"}],
 "portfolios": []}
JSON
cat >"$tmp/scheme.yaml" <<'YAML'
zeren: 1
scheme: hands
title: 港区责任制
records:
  finding:
    about: finding
    title: 问题
    fields: {no: text, what: text, found_on: date, unit: unit, limit: date, done: date, closed: date, closure_no: text}
    flow: {found: found_on, unit: unit, due: limit, done: done, closed: closed, closure_no: closure_no, what: what}
  act: {about: activity, title: 活动, fields: {date: date}}
duties:
  - {id: D1, title: 活动, owner: "post:安全科长", need: {each: year, take: act}}
assess:
  sections: [{id: A, items: [{id: I, title: 质量, points: 6, judge: deduct, from: 0.5, to: 2}]}]
warnings:
  - {id: w, title: 逾期, of: slots, metric: days_overdue, bands: [{at_least: 0, colour: red, action: 催办, to: owner}]}
YAML
expect 0 out . init "$tmp/data" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml"
number() { grep -Eo '"(record|finding)":[0-9]+' "$tmp/out" | head -n 1 | grep -Eo '[0-9]+'; }
finding() {     # sets f: a finding that 王三, as the manager, has put right on 20 May
	run record add finding no="$1" what=通道堵塞 found_on=2022-03-01 unit=一号码头 --json
	f=$(number)
	expect 0 out 'fed back' finding feedback "$f" --by G2 --day 2022-03-02 --no 督1号 --due 2022-06-30
	expect 0 out . finding receipt "$f" --by G4 --day 2022-03-03
	expect 0 out . finding measure "$f" --by G4 --day 2022-03-04 --no 1 --post G4 --due 2022-05-30 --text 清理
	expect 0 out . finding plan "$f" --by G4 --day 2022-03-05
	expect 0 out . finding approve "$f" --by G1 --day 2022-03-06
	expect 0 out . finding progress "$f" --by G4 --day 2022-05-10 --no 1 --progress 100
	expect 0 out . finding done "$f" --by G4 --day 2022-05-20 --text 清了
}

# ---- who has put it right has moved to the inspectors since -------------------------------------------
finding W-1
expect 6 err "'verify' must be done by another hand: 王三 did 'done' as post G4" \
	finding verify "$f" --by G5 --day 2022-06-10 --way 实地 --text 属实
expect 6 err "post G4 did 'done'" finding verify "$f" --by G4 --day 2022-06-10 --way 实地 --text 属实
# before that the post was nobody's
expect 0 out 'verified' finding verify "$f" --by G2 --day 2022-06-10 --way 实地 --text 属实

# ---- one person, two posts: the second, looked after ---------------------------------------------------
run record add finding no=W-2 what=漏电 found_on=2022-03-01 unit=一号码头 --json
f=$(number)
expect 0 out . finding on-the-spot "$f" --by G2 --day 2022-03-01 --text 当场断电
expect 6 err '李二 did .on-the-spot. as post G2' finding verify "$f" --by G3 --day 2022-03-02 --way 实地 --text 属实
expect 0 out 'verified' finding verify "$f" --by G1 --day 2022-03-02 --way 实地 --text 属实

# ---- excuses, warnings, scores ------------------------------------------------------------------------
expect 0 out . excuse ask D1 --slot "year 2022" --by G2 --why 防汛 --json
x=$(grep -Eo '"excuse": *[0-9]+' "$tmp/out" | grep -Eo '[0-9]+')
expect 6 err '李二 did .ask. as post G2' excuse approve "$x" --by G3
expect 0 out . excuse approve "$x" --by G1

run warn --on 2022-12-31 --json
w=$(grep -Eo 'w-[0-9a-f]{10}' "$tmp/out" | head -n 1)
expect 0 out . warn answer "$w" --by G2 --on 2022-12-31 --text 补开
expect 5 err "'安全科长' answered this warning; another hand lifts it" warn lift "$w" --by G3 --on 2022-12-31 --text 属实
expect 0 out . warn lift "$w" --by G1 --on 2022-12-31 --text 属实

expect 0 out . assess open --by G1
expect 0 out . assess score I 5 --by G2 --why 迟
expect 6 err 'another hand must do this: 李二 gave the score as post G2' assess confirm I --by G3
expect 0 out confirmed assess confirm I --by G1
expect 0 out sound verify --deep
finish
