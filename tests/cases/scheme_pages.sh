#!/bin/bash
# The responsibility system, the plan and the burden of proof on pages; scheme_pages.py. The plan's office is that of plan.sh, smaller.
# timeout: 200
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
plan=$tmp/plan
mkdir "$plan"
cat >"$plan/org.json" <<'ORG'
{"office": {"id": "U1", "name": "某局", "short": "某局"}, "year": 2023,
 "units": [{"id": "U1", "name": "某局", "kind": "本单位"}],
 "posts": [{"id": "P1", "name": "主任", "unit": "U1", "role": "head"}, {"id": "P2", "name": "科长", "unit": "U1", "role": "section"}],
 "holders": [], "portfolios": []}
ORG
cat >"$plan/scheme.yaml" <<'SCHEME'
zeren: 1
scheme: promises
title: 计划
use: [common]
records:
  promise:
    about: plan
    title: 工作计划
    fields: {no: text, what: text, target: text, limit: date, owner: post}
sheets:
  - record: promise
    file: "plan*"
    columns: {no: 编号, what: 内容, target: 目标, limit: 时限, owner: 责任岗位}
    required: [no, what]
    key: [no]
    year: {of: limit, shift: 1}
plan: {record: promise, title: 承诺, no: no, what: what, owner: owner, limit: limit, target: target, fates: [已完成, 推进中, 未完成, 不再实施]}
SCHEME
printf '编号,内容,目标,时限,责任岗位\nA2,修订保密制度,1,2022-06-30,主任\n' >"$plan/plan-2022.csv"
printf '编号,内容,目标,时限,责任岗位\nB1,修订保密制度。,1,2023-12-31,科长\nB2,新建值班制度,1,2023-06-30,主任\n' >"$plan/plan-2023.csv"
"$zeren" init "$plan/data" --org "$plan/org.json" --scheme "$plan/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$plan/plan-2022.csv" --year 2021 --accept --data "$plan/data" >/dev/null
"$zeren" import "$plan/plan-2023.csv" --year 2022 --accept --data "$plan/data" >/dev/null
exec python3 "$(dirname "$0")/scheme_pages.py" "$zeren" "$data" "$plan/data"
