#!/usr/bin/env bash
# What a plan promised: lines become duties of the year of their limit, met by records that name them or by a decision; what
# became of each stands in the next report; a promise of last year's that is made again is marked.
. "$(dirname "$0")/kit.bash"
mkdir -p "$tmp/office"
cat >"$tmp/office/org.json" <<'EOF'
{"office": {"id": "U1", "name": "某局", "short": "某局"}, "year": 2023,
 "units": [{"id": "U1", "name": "某局", "kind": "本单位"}],
 "posts": [{"id": "P1", "name": "主任", "unit": "U1", "role": "head"}, {"id": "P2", "name": "科长", "unit": "U1", "role": "section"}],
 "holders": [], "portfolios": []}
EOF
cat >"$tmp/office/scheme.yaml" <<'EOF'
zeren: 1
scheme: promises
title: 计划
records:
  plan:
    about: plan
    title: 工作计划
    fields: {no: text, what: text, target: text, unit: text, limit: date, owner: post, problems: list}
  training:
    about: training
    title: 培训
    fields: {date: date, name: text, plan: {type: link, link: plan.no}}
sheets:
  - record: plan
    file: "plan*"
    columns: {no: 编号, what: 内容, target: 目标, unit: 单位, limit: 时限, owner: 责任岗位, problems: 问题}
    required: [no, what]
    key: [no]
    year: {of: limit, shift: 1}
  - record: training
    file: "training*"
    columns: {date: 日期, name: 名称, plan: 计划编号}
    required: [name]
    key: [date, name]
    year: {of: date}
plan: {record: plan, title: 承诺, no: no, what: what, owner: owner, limit: limit, target: target, unit: unit, units: [次, 期],
  problems: problems, fates: [已完成, 推进中, 未完成, 不再实施]}
duties:
  - {id: T1, title: 培训, owner: post:主任, points: 5, need: {count: 1, take: {of: training}}}
figures:
  promises.total: {title: 承诺, count: commitment}
  promises.fate: {title: 结果, count: commitment, by: fate}
  promises.kept: {count: commitment, where: {fate: 已完成}}
  promises.again: {of: commitment, where: {repeats: {empty: no}}, list: no}
report:
  title: "{year}年计划落实情况"
  sections:
    - heading: 落实情况
      sections:
        - heading: 承诺事项
          say:
            - "共{promises.total}项，完成{promises.kept}项。"
            - {of: commitment, each: "{no}{what}：{fate}{why}", join: ；}
    - heading: 逐项结果
      each: {of: commitment, by: fate, say: "{what}，应完成{times}次，已完成{done}次，责任岗位为{owner}（{no}）。"}
EOF
# The plan made in 2021 for 2022, and that made in 2022 for 2023.
printf '编号,内容,目标,单位,时限,责任岗位,问题\nA1,开展全员保密培训,4次,次,2022-12-31,科长,\nA2,修订保密制度,1,项,2022-06-30,主任,\n' \
	>"$tmp/office/plan-2022.csv"
cat >"$tmp/office/plan-2023.csv" <<'EOF'
编号,内容,目标,单位,时限,责任岗位,问题
B1,开展全员保密培训。,3次,次,2023-12-31,科长,
B2,新建值班制度,100%,落实率,2023-06-30,主任,
B3,集中修订保密制度,1,项,2023-09-30,主任,
B4,购置碎纸机,2,台,2023-03-31,科长,
B5,更新网页,2,次,2023-05-31,科长,
EOF
printf '日期,名称,计划编号\n2023-02-01,甲班,B1\n2023-07-01,乙班,B1\n2023-08-01,丙班,\n2023-05-20,网页一,B5\n2023-06-20,网页二,B5\n' \
	>"$tmp/office/training-2023.csv"
export ZEREN_DATA=$tmp/data ZEREN_LANG=zh
run init --org "$tmp/office/org.json" --scheme "$tmp/office/scheme.yaml"
is 0 $status "init"
run import "$tmp/office/plan-2022.csv" --year 2021 --accept
run import "$tmp/office/plan-2023.csv" --year 2022 --accept
is 0 $status "the plan for 2023"
run import "$tmp/office/training-2023.csv" --year 2023 --accept
is 0 $status "what was done"

# ---- what became of each ----
run plan --json
json 'sorted(x["no"] for x in v) == ["B1", "B2", "B3", "B4", "B5"]'
json '{x["no"]: (x["done"], x["times"], x["fate"]) for x in v} == {"B1": (2, 3, "under way"), "B2": (0, 1, "not done"),
 "B3": (0, 1, "not done"), "B4": (0, 1, "not done"), "B5": (2, 2, "done")}'
expect 0 out 'B5 .*2/2 *逾期完成' plan --on 2023-12-31
run plan --on 2023-12-31 --json
json '{x["no"]: (x["late"], x["missed"]) for x in v} == {"B1": (0, 1), "B2": (0, 1), "B3": (0, 1), "B4": (0, 1), "B5": (1, 0)}'
# B1 says the same but for a full stop; 修订保密制度 has 5 pairs, 集中修订保密制度 7, all 5 shared: 200 × 5 ÷ 12 = 83.
json '{x["no"]: (x["repeats"], x.get("likeness")) for x in v if x["repeats"]} == {"B1": ("A1", 100), "B3": ("A2", 83)}'
run plan --on 2023-06-30 --json
json '{x["no"]: (x["done"], x["fate"]) for x in v if x["no"] in ("B1", "B5")} == {"B1": (1, "under way"), "B5": (2, "done")}'
run plan --on 2023-05-31 --json
json '{x["no"]: (x["done"], x["missed"], x["fate"]) for x in v if x["no"] == "B5"} == {"B5": (1, 1, "under way")}'
run plan --year 2022 --json
json '{x["no"]: x["fate"] for x in v} == {"A1": "not done", "A2": "not done"}'
expect 0 out '没有时限在2030年的计划' plan --year 2030

expect 1 out '“集中修订保密制度”（plan-2023.csv!4）是重复的承诺（83%相同）：当年的C-A2未完成' check --year 2022
expect 1 out '“开展全员保密培训。”（plan-2023.csv!2）是重复的承诺（100%相同）：当年的C-A1未完成' check --year 2022
! grep -q '新建值班制度.*重复' "$tmp/out"
case_is $? "what is new is not called a repetition"

# ---- decisions ----
training=$("$zeren" register training --json --where name=丙班 | grep -Eo '"id":"[^"]*' | grep -Eo '[0-9]+$')
expect 0 out '已记录：完成' plan done B1 --record "$training" --day 2023-08-01
expect 0 out '已记录：不再实施' plan drop B4 --why 已统一采购 --day 2023-03-15
expect 0 out '已记录：完成' plan done C-B2 --day 2023-06-01
expect 2 err '--why' plan drop B3
expect 3 err '这一天还没有到' plan done B3 --day 2099-01-01
expect 4 err '没有编号为 B9' plan done B9
expect 4 err '99999' plan done B3 --record 99999
run plan --json
json '{x["no"]: (x["done"], x["fate"], x["why"]) for x in v} == {"B1": (3, "done", ""), "B2": (1, "done", ""),
 "B3": (0, "not done", ""), "B4": (0, "dropped", "已统一采购"), "B5": (2, "done", "")}'
run plan --on 2023-03-01 --json
json '[x["fate"] for x in v if x["no"] == "B4"] == ["not done"]'
expect 0 out '已记录：重新' plan reopen B2 --day 2023-10-01
run plan --json
json '[(x["done"], x["fate"], x["missed"]) for x in v if x["no"] == "B2"] == [(0, "not done", 1)]'
run plan --on 2023-09-30 --json
json '[(x["done"], x["fate"]) for x in v if x["no"] == "B2"] == [(1, "done")]'

# ---- duties, registers, figures, report ----
expect 0 out 'C-B3' status
expect 0 out 'C-B4.*不再实施' status
run register commitment --json --limit 0
json 'len(lines) == 5'
run figure promises.fate
grep -q '不再实施 1' "$tmp/out" && grep -q '已完成 2' "$tmp/out" && grep -q '未完成 2' "$tmp/out"
case_is $? "a figure counts them by fate"
expect 0 out 'B1、B3' figure promises.again
expect 0 out . report --out "$tmp/report"
grep -q '共5项，完成2项。' "$tmp/report/report.txt"
case_is $? "the report counts them"
grep -q 'B4购置碎纸机：不再实施已统一采购' "$tmp/report/report.txt"
case_is $? "the report says what became of each"
grep -q '开展全员保密培训。，应完成3次，已完成3次，责任岗位为科长（B1）。' "$tmp/report/report.txt"
case_is $? "the report's list of results has a line each"
python3 - "$tmp/report/report.html" <<'PY'
import collections, re, sys
text = open(sys.argv[1], encoding="utf-8").read()
ids = collections.Counter(re.findall(r' id="([^"]+)"', text))
links = set(re.findall(r'href="#([^"]+)"', text))
sys.exit(0 if all(n == 1 for n in ids.values()) and links <= set(ids) and any(x.startswith("c-") for x in ids) else 1)
PY
case_is $? "each line of the annex has a place of its own, and every link leads to one"
expect 3 err '由其他记录得出' record add commitment no=X1
"$zeren" export --all --out "$tmp/all.xlsx" >/dev/null && python3 - "$tmp/all.xlsx" <<'PY'
import sys, zipfile
sheets = zipfile.ZipFile(sys.argv[1]).read("xl/workbook.xml").decode()
sys.exit(sheets.count("<sheet ") < 2 or "承诺" in sheets)
PY
case_is $? "computed records are not exported"
expect 0 out '完好' verify --deep
before=$("$zeren" plan --json)
is "$before" "$("$zeren" plan --json --known "$(size_of "$tmp/data")")" "the same, as known at the last event"

# ---- schemes that are wrong ----
wrong() {        # SED PATTERN
	sed "$1" "$tmp/office/scheme.yaml" >"$tmp/wrong.yaml"
	expect 3 err "$2" scheme check "$tmp/wrong.yaml" --lang en
}
wrong 's/limit: limit/limit: what/' "line 26, column [0-9]+: 'limit' must name a date"
wrong 's/record: plan, title/record: pan, title/' "no record type 'pan'; did you mean 'plan'"
wrong 's/, 不再实施]/]/' "'fates' are four words"
wrong 's/^  training:/  commitment:/' "'commitment' is what 'plan' makes"
finish
