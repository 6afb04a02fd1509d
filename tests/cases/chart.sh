#!/bin/bash
# Charts in a report: placed by the outline, numbered, left out where there is nothing to show or figures are hidden; each
# part opens its records on the page. chart_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low ZEREN_LANG=en
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
mark='          own: 一（一）'
charts() {      # LINES…: the example's scheme with these charts in its first section
	{
		grep -n '' "$example/scheme.yaml" | sed "/^[0-9]*:$mark\$/q" | cut -d: -f2-
		echo '          charts:'
		printf '            - %s\n' "$@"
		sed "1,/^$mark\$/d" "$example/scheme.yaml"
	} >"$tmp/scheme.yaml"
}
refused() {     # PATTERN LINE
	charts "$2"
	expect 3 err "$1" scheme check "$tmp/scheme.yaml"
}

refused "'pie' is no kind of chart; nearest:" '{chart: pie, title: x}'
refused "there is no figure 'submissions.by_mnth'; nearest: submissions.by_month" '{chart: bars, title: x, figures: [submissions.by_mnth]}'
refused 'bars and lines show figures' '{chart: lines, title: x}'
refused 'only bars and lines show figures' '{chart: heat, title: x, figures: [submissions.by_month]}'
refused "there is no duty 'A99'" '{chart: strip, title: x, duty: A99}'
refused 'a strip shows a duty' '{chart: strip, title: x}'
refused 'only a heat map shows duties' '{chart: bars, title: x, figures: [submissions.by_month], duties: [A01]}'
refused 'only bars have a form' '{chart: lines, title: x, figures: [submissions.by_month], form: lying}'
refused "'2' is a number in the outline" '{chart: heat, title: 2 duties}'

charts '{chart: bars, title: "{year}年各月上报信息", figures: [submissions.by_month], unit: 条}' \
	'{chart: strip, title: 意见建议, duty: A03}' '{chart: ageing, title: 问题时长}' \
	'{chart: heat, title: 单位与事项, duties: [A01, A08]}' \
	'{chart: strip, title: 专项督查, duty: A08}' \
	'{chart: lines, title: 走势, figures: [submissions.by_month]}'
"$zeren" init "$data" --org "$example/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
expect 0 out . report --data "$data" --out "$tmp/report"
is "图1　2022年各月上报信息 图2　意见建议 图3　问题时长 图4　单位与事项 图5　专项督查 图6　走势" "$(grep -o '^图.*' "$tmp/report/report.txt" | tr '\n' ' ' | sed 's/ $//')" \
	"captions in order"
expect 0 out . report --data "$data" --on 2022-01-02 --out "$tmp/early"
is 0 "$(grep -c '^图.*意见' "$tmp/early/report.txt")" "a chart of nothing is left out"
is "图2　问题时长" "$(grep -o '^图2.*' "$tmp/early/report.txt")" "and takes no number"
expect 0 out . report --data "$data" --redact --out "$tmp/redacted"
is 0 "$(grep -c '^图' "$tmp/redacted/report.txt")" "a redacted report has no charts"
# A duty of a body counts with the body's unit, or the office: each column is what the list of duties says.
"$zeren" init "$tmp/town" --org examples/township-safety-2023/org.json --scheme examples/township-safety-2023/scheme.yaml >/dev/null || exit 1
"$zeren" import examples/township-safety-2023 --data "$tmp/town" --accept --partial >/dev/null
"$zeren" status --data "$tmp/town" --json >"$tmp/status.json"
"$zeren" chart heat --data "$tmp/town" --json >"$tmp/heat.json"
python3 - "$tmp" <<'PY'
import json, sys
duties = {i: list(d["at"].values())[-1] for i, d in json.load(open(sys.argv[1] + "/status.json")).items()}
heat = json.load(open(sys.argv[1] + "/heat.json"))
sums = dict(zip(heat["heads"], heat["rows"][-1]["cells"]))
want = {i: f"{d['met'] + d['late']}/{d['required_to_date']}" for i, d in duties.items()}
print({i: (sums.get(i), want[i]) for i in want if sums.get(i, "") != want[i]})
sys.exit(any(sums.get(i) != w for i, w in want.items()) or not want)
PY
case_is $? "columns of the heat map are what the duties say, of bodies too"
python3 "$(dirname "$0")/chart_pages.py" "$zeren" "$data" >"$tmp/pages"
sed -n '/^\(not \)\?ok\|^#/p' "$tmp/pages"
passed=$((passed + $(grep -c '^ok' "$tmp/pages"))) failed=$((failed + $(grep -c '^not ok' "$tmp/pages")))
grep -q '^ok' "$tmp/pages" || failed=$((failed + 1))
echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
