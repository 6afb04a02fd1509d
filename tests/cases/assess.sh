#!/bin/bash
# An assessment through the program: the sheet and its lines, self score, score and second person, settlement, appeal, the
# old year by its old scheme, units with grades by quota, what would raise the score.
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_DATA=$data ZEREN_LANG=en

item() {        # ID KEY: of the sheet in $tmp/out
	python3 -c 'import json, sys
sheet = json.load(open(sys.argv[1], encoding="utf-8"))
item = next(x for s in sheet["sections"] for x in s["items"] if x["id"] == sys.argv[2])
v = item.get(sys.argv[3])
print(v["points"] if isinstance(v, dict) else v)' "$tmp/out" "$1" "$2"
}

sums() {        # the lines of the sheet in $tmp/out sum to its scores
	python3 -c 'import sys, re, json
from decimal import Decimal as D
def read(text): return json.loads(text, parse_float=D, parse_int=D)
sheet = read(open(sys.argv[1], encoding="utf-8").read())
of = lambda x: sum((l["points"] for l in x["lines"]), D(0))
total = of(sheet)
for s in sheet["sections"]:
    part = of(s)
    for x in s["items"]:
        assert of(x) == x["got"], x["id"]
        part += x["got"]
    assert part == s["got"], s["id"]
    total += s["got"]
assert total == sheet["got"]' "$tmp/out"
	case_is $? "the lines sum to the scores ($1)"
}

# Without assess: in the scheme every duty counts by its own score.
run assess --json
sums "every duty by its own score"
got=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))["got"])' "$tmp/out")
run status --json
is "$got" "$(python3 -c 'import json, sys
from decimal import Decimal as D
v = json.loads(open(sys.argv[1], encoding="utf-8").read(), parse_float=D)
print(sum(D(d["score"]["got"]) for d in v.values()))' "$tmp/out")" "the total is that of the duties"
expect 0 out 'A08 .* = 4' assess --explain
expect 0 out '2022-12-31' assess --explain

# A scheme with an assessment of its own.
cat "$example/scheme.yaml" - >"$tmp/scheme.yaml" <<'YAML'

assess:
  title: 2022年度考核
  convert: 100
  appeal: 3d
  sections:
    - id: A
      title: 任务
      items:
        - {id: A1, title: 会议, points: 20, share: [A01, A02]}
        - {id: A2, title: 夜学, points: 5, missing: A05, deduct: 0.5, at_most: 1}
        - {id: A3, title: 督查, points: 10, owners: A08, deduct: 1}
        - {id: A4, title: 材料质量, points: 10, judge: deduct, from: 0.5, to: 2}
    - id: B
      title: 加分
      bonus_at_most: 2
      items:
        - {id: B1, title: 采用, bonus: outside, done: A22, grant: 0.1}
  grades: [{name: 优秀, from: 90}, {name: 合格, from: 60}, {name: 不合格}]
  vetoes: [{title: 夜学缺3次以上, when: {duty: A05, at_least: 3}, then: bar, grade: 优秀}]
YAML
expect 0 out 'in force' adopt --scheme "$tmp/scheme.yaml" --from 2022-01-01
run assess --json
sums "an assessment of the scheme's own"
# A1: (2 + 1) of (2 + 2): 15; A2: 3 × 0.5, at most 1: 4; A3: two members: 8; A4: 10; of 45, with 2 outside: 39 × 100 ÷ 45
is 15 "$(item A1 got)" "A1"
is 4 "$(item A2 got)" "A2"
is 8 "$(item A3 got)" "A3"
tr -d '\n' <"$tmp/out" | grep -q '"full": 100,  "got": 86.667,  "grade": "合格"'
case_is $? "the total is 39 of 45, and the veto keeps it from the best grade"
expect 0 out '39 × 100 ÷ 45 = 86.667' assess --explain
expect 0 out 'veto: not this grade' assess --explain

# Opened: who does what.
expect 4 err 'is not open' assess self A1 20 --by G02
expect 3 err 'by which post' assess open
expect 0 out 'opened' assess open --by 督查科科长
open=$(size_of "$data")
expect 5 err 'open already' assess open --by 督查科科长
expect 0 out 'self score' assess self A1 20 --text "会议纪要齐全" --by 主任
expect 3 err "has 0 to 20 points" assess self A1 21 --by 主任
expect 4 err "no item 'A9'" assess self A9 1 --by 主任
expect 3 err 'needs its reason|why' assess score A4 8.5 --by 督查科科长
expect 3 err '8 to 9.5 points' assess score A4 7 --why "太薄" --by 督查科科长
expect 6 err 'another hand' assess score A1 16 --why "自己评自己" --by 主任
expect 0 out 'to be confirmed' assess score A4 8.5 --why "两份材料过薄" --by 督查科科长
score=$(size_of "$data")
run assess --json
is 10 "$(item A4 got)" "a score that is not confirmed does not count"
expect 5 err "'A4' is not confirmed" assess settle --by 督查科科长
expect 6 err 'another hand' assess confirm "$score" --by 督查科科长
expect 0 out 'confirmed' assess confirm "$score" --by 秘书科科长
expect 5 err 'confirmed already' assess confirm "$score" --by 秘书科科长
run assess --json
is 8.5 "$(item A4 got)" "confirmed it counts"
is 20 "$(item A1 self)" "the self score stands beside"
is 15 "$(item A1 got)" "and changes nothing"
sums "with scores"
expect 5 err 'not settled' assess appeal file A4 --why "有纪要" --by 主任
expect 6 err 'another hand' assess settle --by 主任
expect 0 out 'settled' assess settle --by 督查科科长
expect 5 err 'was settled' assess self A1 19 --by 主任
expect 5 err 'was settled' assess score A1 14 --why "再扣" --by 督查科科长
expect 5 err 'was settled' assess settle --by 督查科科长
expect 0 out 'the same, line by line' assess

# Appeal: filed, taken up by a panel that did not score, upheld in part, scored anew, confirmed, settled again.
expect 4 err "no item 'A7'" assess appeal file A7 --why "x" --by 主任
expect 3 err "needs 'why'" assess appeal file A4 --by 主任
expect 0 out 'appeal: event' assess appeal file A4 --why "另有会议纪要两份" --by 主任
appeal=$(size_of "$data")
expect 0 out "$appeal .*A4 .*filed" assess appeals
expect 5 err "'uphold' goes from: taken-up" assess appeal uphold "$appeal" --why "成立" --by 综合科科长
expect 6 err 'the panel is another hand' assess appeal take-up "$appeal" --by 督查科科长
expect 6 err 'the panel is another hand' assess appeal take-up "$appeal" --by 秘书科科长
expect 6 err 'another hand' assess appeal take-up "$appeal" --by 主任
expect 0 out 'appeal' assess appeal take-up "$appeal" --by 综合科科长
expect 5 err "state 'taken-up'" assess score A4 9.5 --why "复核" --by 督查科科长 --appeal "$appeal"
expect 0 out 'appeal' assess appeal partly "$appeal" --why "一份成立" --by 综合科科长
expect 5 err 'about another item' assess score A1 16 --why "复核" --by 督查科科长 --appeal "$appeal"
expect 0 out 'to be confirmed' assess score A4 9.5 --why "按复核意见" --by 督查科科长 --appeal "$appeal"
again=$("$zeren" log --kind assess.score --limit 1 --json | grep -Eo '"seq":[0-9]+' | head -n 1 | grep -Eo '[0-9]+')
expect 0 out "$appeal .*scored anew" assess appeals
expect 0 out 'confirmed' assess confirm "$again" --by 秘书科科长
expect 0 out 'differs' assess
expect 0 out 'settled' assess settle --by 督查科科长
expect 0 out 'the same, line by line' assess
run assess --json
is 9.5 "$(item A4 got)" "scored anew"

# The old year keeps its scheme when another is adopted, and its result.
cp "$tmp/out" "$tmp/before.json"
sed 's/points: 20, share/points: 40, share/; s/deduct: 1}/deduct: 3}/' "$tmp/scheme.yaml" >"$tmp/later.yaml"
expect 0 out 'in force' adopt --scheme "$tmp/later.yaml" --from 2022-01-01
run assess --json
cmp -s "$tmp/out" "$tmp/before.json"
case_is $? "a later scheme changes nothing of an opened assessment"
expect 0 out 'the same, line by line' assess
run assess --year 2023 --json
is 40 "$(item A1 points)" "another year is scored by the scheme in force"

# What would raise it at the end of September, and that it does.
run assess whatif --on 2022-09-30 --json
python3 -c 'import json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
assert any(h["kind"] == "pending" and h["item"] == "A1" and h["duty"] == "A02" and h["loss"] > 0 for h in v), v
assert any(h["kind"] == "pending" and h["item"] == "B1" and h["item_gain"] == 0.1 for h in v), v
assert any(h["kind"] == "gone" and h["item"] == "A2" for h in v)' "$tmp/out"
case_is $? "what is still possible and what no longer is"

# Each township by one rule, with grades by quota.
cat "$example/scheme.yaml" - >"$tmp/units.yaml" <<'YAML'

assess:
  of: "each unit:乡镇"
  sections:
    - id: A
      items:
        - {id: A1, title: 督查, points: 90, share: A08}
        - {id: A2, title: 例会, points: 10, all: A14}
  grades: [{name: 优秀, from: 90, quota: 20%}, {name: 合格, from: 60}, {name: 不合格}]
YAML
kind=$(python3 -c 'import json; print(next(u["kind"] for u in json.load(open("examples/district-office-2022/org.json"))["units"] if "镇" in u["name"]))')
sed -i "s/each unit:乡镇/each unit:$kind/" "$tmp/units.yaml"
rm -rf "$tmp/towns"
"$zeren" init "$tmp/towns" --org "$example/org.json" --scheme "$tmp/units.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$tmp/towns" --accept --partial >/dev/null
export ZEREN_DATA=$tmp/towns
run assess units --json
python3 -c 'import json, sys
rows = json.load(open(sys.argv[1], encoding="utf-8"))
assert len(rows) > 3
assert rows == sorted(rows, key=lambda r: -r["got"])
best = [r for r in rows if r["grade_by_quota"] == "优秀"]
assert len(best) <= len(rows) * 20 // 100, len(best)' "$tmp/out"
case_is $? "units, best first; no more of the best grade than the quota"
expect 0 out '竹溪镇' assess
expect 2 err 'unit says which' assess whatif
expect 4 err "no unit 'nowhere'" assess --unit nowhere
run assess --unit 竹溪镇 --json
sums "a unit"
expect 0 out 'opened' assess open --unit 竹溪镇 --by 督查科科长
expect 0 out 'self score' assess self A1 80 --unit 竹溪镇 --by 主任
expect 4 err 'is not open' assess self A1 80 --unit 清水镇 --by 主任

expect 0 out 'sound' verify --deep
export ZEREN_DATA=$data
expect 0 out 'sound' verify --deep
expect 2 err "not setle; did you mean 'settle'" assess setle
expect 2 err "'score' takes: ITEM POINTS" assess score A1
finish
