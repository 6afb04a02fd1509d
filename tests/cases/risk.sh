#!/bin/bash
# timeout: 300
# Risks and warnings on the command line: the register with its levels, the matrix, steps, warnings of a day, answers,
# backtest.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >"$tmp/out" 2>&1 || { cat "$tmp/out"; exit 1; }
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_DATA=$data

whole() {       # EXPRESSION over v, the one value on stdout, over several lines
	python3 -c 'import json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
w = v["warnings"] if "warnings" in v else []
sys.exit(0 if eval(sys.argv[2]) else 1)' "$tmp/out" "$1" 2>/dev/null
	local bad=$?
	case_is $bad "json: $1"
	[ $bad = 0 ] || shown
}

# ---- a scheme without rules ---------------------------------------------------------------------

without matrix warnings "    risk" <"$example/scheme.yaml" >"$tmp/bare.yaml"
"$zeren" init "$tmp/bare" --org "$example/org.json" --scheme "$tmp/bare.yaml" >/dev/null
expect 4 err 'no warning rules \(warnings:\)' warn --data "$tmp/bare"
expect 4 err 'no register of risks' risk --data "$tmp/bare"

# ---- the register -------------------------------------------------------------------------------

expect 0 out '^FX-02 .* 较大 +orange .* 2022-02-28 +2022-06-30 \(overdue\)' risk --on 2022-07-10
expect 0 out '^10 risks on 2022-07-10, 1 reviews overdue$' risk list --on 2022-07-10
expect 0 out '^[0-9]+ risks on 2022-07-10, 1 reviews overdue$' risk due --on 2022-07-10
run risk --on 2022-07-10 --level 较大 --json
json 'len(v) == 4 and all(r["level"] == "较大" and r["risk_colour"] == "orange" for r in v)'
expect 0 out '^重大 +red +0 +every month +post:主任' risk matrix --on 2022-07-10
run risk matrix --on 2022-07-10 --json
json 'v["levels"] == {"重大": 0, "较大": 4, "一般": 3, "低": 3} and len(v["cells"]) == 9'
json '[c["level"] for c in v["cells"] if c["likelihood"] == "高"] == ["一般", "较大", "重大"]'
expect 4 err "no risk 'FX-99' on 2022-07-10" risk show FX-99 --on 2022-07-10
expect 2 err 'which risk' risk show
expect 2 err "'extra': nothing is expected behind matrix" risk matrix extra
expect 2 err "'x': nothing is expected behind due" risk due x
expect 3 err "no level '绿'; the matrix has: 重大, 较大, 一般, 低" risk --level 绿
expect 2 err "\-\-level is of list" risk matrix --level 低
expect 2 err "one of list|expected list, due, matrix, show or step" risk lst

run warn --on 2022-06-30
grep -q '[0-9]\.[0-9] points behind' "$tmp/out" && ! grep -q '[0-9]\.[0-9][0-9][0-9]* points behind' "$tmp/out"
case_is $? "how far behind with one decimal"

# ---- steps --------------------------------------------------------------------------------------

expect 0 out '^done: rate$' risk step FX-08 rate --likelihood 高 --impact 严重 --by 国安科科长 --on 2022-07-11
expect 0 out '^level 重大, colour of the risk red$' risk show FX-08 --on 2022-07-11
expect 0 out '^level 低, colour of the risk blue$' risk show FX-08 --on 2022-07-10
expect 0 out '^2022-07-11 +rate it +G[0-9]+ +重大 +高×严重' risk show FX-08
run risk matrix --on 2022-07-11 --json
json '[c["open"] for c in v["cells"] if c["likelihood"] == "高" and c["impact"] == "严重"] == [1]'
expect 0 out '^2022-07-11 +等级调整 +重大 +国安科科长 ' risk show FX-08
expect 3 err "the matrix gives '低'" risk step FX-08 rate --likelihood 低 --impact 轻微 --level 重大 --by 国安科科长 --on 2022-07-12
expect 3 err "a level by hand needs a reason" risk step FX-08 rate --level 低 --by 国安科科长 --on 2022-07-12
expect 3 err "is not graver than '重大'" risk step FX-08 escalate --level 一般 --why x --by 国安科科长 --on 2022-07-12
expect 6 err 'another hand' risk step FX-08 lower --level 一般 --why x --by 国安科科长 --on 2022-07-12
expect 0 out '^done' risk step FX-08 lower --level 一般 --why 已加固 --by 主任 --on 2022-07-12
expect 3 err "needs 'by'|needs .by." risk step FX-08 review --text x --on 2022-07-12
expect 3 err "did you mean 'review'" risk step FX-08 reviw --text x --by 主任 --on 2022-07-12
expect 3 err '2022-07-12: this one was not earlier' risk step FX-08 review --text x --by 主任 --on 2022-07-01
expect 2 err 'only in a consultation' risk step FX-08 FX-09 review --text x --by 主任
before=$(size_of "$data")
expect 4 err "no risk 'FX-99'" risk step FX-01=重大 FX-99 consult --no 2022-3 --text x --by 主任 --on 2022-07-20
is "$before" "$(size_of "$data")" "a consultation is written whole or not at all"
expect 0 out '^done: consult$' risk step FX-01=重大 FX-09 consult --no 2022-3 --text 三季度会商 --by 主任 --on 2022-07-20
expect 0 out '^level 重大, ' risk show FX-01 --on 2022-07-20
expect 0 out '^level 一般, ' risk show FX-09 --on 2022-07-20
expect 6 err 'another hand' risk step FX-09 close --text x --by 主任 --on 2022-07-21
expect 0 out '^done' risk step FX-09 review --text 已无风险 --by 国安科科长 --on 2022-07-21
expect 0 out '^done' risk step FX-09 close --text 验收 --by 主任 --on 2022-07-22
expect 0 out '^resolved on 2022-07-22$' risk show FX-09
expect 5 err 'was closed on 2022-07-22' risk step FX-09 review --text x --by 主任 --on 2022-07-23
run figure risks.resolved_in_year --json --on 2022-07-22
whole 'v["risks.resolved_in_year"]["value"] == 2'
expect 0 out '^sound$' verify --deep

# a review and a consultation of one day are one row to the register, and both stand in the steps
expect 0 out '^done' risk step FX-08 review --text 上午 --by 国安科科长 --on 2022-08-01
expect 0 out '^done' risk step FX-08 FX-01 consult --no 2022-4 --text 下午 --by 主任 --with 主任、国安科科长 --on 2022-08-01
run risk show FX-08 --json
json '[(s["step"], s.get("way")) for s in v["steps"] if s["day"] == "2022-08-01"] == [("review", None), ("consult", "主任、国安科科长")]'
run register risk_update --where no=FX-08 --json --limit 0
json 'len([r for r in lines if r["fields"]["date"] == "2022-08-01"]) == 1'
expect 2 err 'with' risk step FX-08 review --text x --by 主任 --with x

# ---- warnings -----------------------------------------------------------------------------------

expect 0 out '^over-[0-9a-f]{10} +red +A05 周四大学堂集体夜学 2022-04-28 .* 165 days overdue +2022-05-13 +通报 +主任' warn --on 2022-10-10
expect 0 out '^over-[0-9a-f]{10} +yellow +A10 阵地季度检查 3季度|^over-[0-9a-f]{10} +yellow +A10 阵地季度检查 Q3' warn --on 2022-10-10
expect 4 err "no warning rule 'ovr'" warn --rule ovr
expect 0 out 'no warnings on 2022-01-01' warn --rule over --on 2022-01-01
run warn --rule review --on 2022-07-10 --json
whole 'len(w) == 1 and w[0]["risk"] == {"no": "FX-02", "level": "较大", "risk_colour": "orange"}'
whole 'w[0]["since"] == "2022-07-01" and w[0]["limit"] == "2022-07-06"'
whole 'w[0]["state"] == "lapsed" and w[0]["colour"] == "orange"'
key=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["warnings"][0]["key"])' "$tmp/out")
# the key does not hang on language or day
run warn --rule review --on 2022-07-05 --json --lang zh
whole "w[0]['key'] == '$key' and w[0]['state'] == 'open'"

# ---- answers ------------------------------------------------------------------------------------

expect 2 err 'which warning' warn answer
expect 4 err "no warning 'x-1'" warn answer x-1 --by 主任 --text x --on 2022-07-05
expect 3 err 'by: the post' warn answer "$key" --text x --on 2022-07-05
expect 3 err 'text: what was done' warn answer "$key" --by 国安科科长 --on 2022-07-05
expect 4 err "no post '张三'" warn answer "$key" --by 张三 --text x --on 2022-07-05
expect 0 out '^answered: FX-02 ' warn answer "$key" --by 国安科科长 --text 本周研判 --on 2022-07-05
run warn --rule review --on 2022-07-10 --json
whole 'w[0]["state"] == "answered" and w[0]["answer"]["text"] == "本周研判"'
run warn --rule review --on 2022-07-04 --json
whole 'w[0]["state"] == "open"'
expect 5 err 'another hand lifts it' warn lift "$key" --by 国安科科长 --text x --on 2022-07-08
expect 0 out '^lifted: FX-02 ' warn lift "$key" --by 主任 --text 已核实 --on 2022-07-08
expect 0 out '^1 more were lifted; --all shows them$' warn --rule review --on 2022-07-10
expect 0 out 'lifted' warn --rule review --on 2022-07-10 --all
expect 0 out 'warning\.lift' log --limit 2
expect 5 err "'主任' lifted this warning; another hand" warn reopen "$key" --by 主任 --text x --on 2022-07-09
expect 3 err 'text: what was done' warn reopen "$key" --by 国安科科长 --on 2022-07-09
expect 3 err 'it was lifted on 2022-07-08' warn reopen "$key" --by 国安科科长 --text x --on 2022-07-07
expect 0 out '^reopened: FX-02 ' warn reopen "$key" --by 国安科科长 --text 没有研判 --on 2022-07-09
expect 5 err 'not lifted' warn reopen "$key" --by 主任 --text x --on 2022-07-09
run warn --rule review --on 2022-07-10 --json
whole 'w[0]["state"] == "answered" and w[0]["answer"]["text"] == "本周研判"'
run warn --rule review --on 2022-07-08 --all --json
whole 'w[0]["state"] == "lifted"'
expect 0 out '^lifted: FX-02 ' warn lift "$key" --by 主任 --text 已核实 --on 2022-07-10
run warn --rule review --on 2022-07-10 --all --json
whole 'w[0]["state"] == "lifted"'
expect 0 out '^sound$' verify --deep

# ---- backtest -----------------------------------------------------------------------------------

expect 0 out '^near +临期提醒 +[0-9]+ +[0-9]+ +[0-9]+ +15 +15 +15 ' warn backtest
expect 0 out '^false alarms: met in time, but with a colour on some day$' warn backtest --from 2022 --to 2022
expect 2 err 'lies after --to' warn backtest --from 2022 --to 2020
run warn backtest --json
json 'all(r["bad"] == r["before"] + r["after"] + r["never"] for r in v["rules"] if r["judged"])'
json 'all(r["objects"] == r["bad"] + r["good"] and r["before"] == len(r["leads"]) for r in v["rules"] if r["judged"])'
run warn backtest --from 2021 --to 2022 --json
json 'v["from"] == 2021 and v["to"] == 2022'

expect 0 out '^near +临期提醒 +' warn backtest --data "$tmp/bare" --scheme "$example/scheme.yaml" --year 2022
"$zeren" import "$example" --data "$tmp/bare" --accept --partial >/dev/null
"$zeren" warn backtest --json >"$tmp/ours"
run warn backtest --data "$tmp/bare" --scheme "$example/scheme.yaml" --json
python3 - "$tmp/ours" "$tmp/out" <<'PY'
import json, sys
ours, other = ([r for r in json.load(open(name))["rules"] if r["rule"] in ("pace", "finding", "findover")]
    for name in sys.argv[1:])     # steps were taken in one of the two alone
sys.exit(ours != other)
PY
case_is $? "rules of a file, tried on an office that has others in force"
expect 2 err '^zeren: --scheme is to look' warn answer x-1 --scheme "$example/scheme.yaml" --by 主任 --text x

# ---- a scheme's author --------------------------------------------------------------------------

sed 's/colour: 橙, 动/&/; s/  - {level: 较大, colour: 橙/  - {level: 较大, colour: 成/' "$example/scheme.yaml" >"$tmp/bad.yaml"
sed -i 's/level: 较大, colour: 橙/level: 较大, colour: 成/' "$tmp/bad.yaml"
expect 3 err "line [0-9]+, column [0-9]+: no colour '成'" scheme check "$tmp/bad.yaml"
sed 's/metric: days_overdue/metric: days_overdu/' "$example/scheme.yaml" >"$tmp/bad.yaml"
expect 3 err "line [0-9]+, column [0-9]+: no metric 'days_overdu'; did you mean 'days_overdue'\?" scheme check "$tmp/bad.yaml"

finish
