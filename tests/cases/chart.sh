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
		grep -n '' "$example/scheme.yaml" | sed "/^[0-9]*:$mark\$/q" | cut -d: -f2- |
			sed 's/^    annexes:$/&\n      - {chart: ageing, title: 附图一}\n      - {chart: heat, title: 附图二, duties: [A14], landscape: yes}/'
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
# What was known at an event: a finding that is reopened later was closed then, whatever the day; and it is said.
known=$(size_of "$data")
finding=$("$zeren" finding list --json --data "$data" |
	python3 -c 'import json, sys; print(next(x["finding"] for x in json.load(sys.stdin) if x["no"] == "WT-01"))')
says() { "$zeren" chart ageing --data "$data" --json "$@" | json_of "$key"; }
json_of() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
key=says
before=$(says)
expect 0 out 'reopened' finding reopen "$finding" --data "$data" --by G02 --day 2022-11-01 --why 又缺页 --due 2022-12-15
[ "$before" != "$(says)" ]
case_is $? "a finding that is reopened is on the chart"
is "$before" "$(says --known "$known")" "but not on that of what was known before"
key=source
is "as known when event $known was the last" "$(says --known "$known" | sed 's/.*; //')" "which its source line says"
# Files: no states that do not occur, the office's own fonts.
"$zeren" chart strip --duty A03 --data "$data" --out "$tmp/strip.svg" >/dev/null
is "0 1" "$(grep -c '>excused<' "$tmp/strip.svg") $(grep -c '>met<' "$tmp/strip.svg")" "a legend has the states of its picture"
"$zeren" chart heat --data "$data" --out "$tmp/free.png" >/dev/null
"$zeren" report --data "$data" --format docx --out "$tmp/free" >/dev/null
mkdir -p "$data/fonts"
python3 - "$(find /usr/local/share/fonts/zeren ~/.local/share/fonts/zeren -name FandolKai-Regular.otf 2>/dev/null | head -n 1)" "$data/fonts/hei.otf" <<'PY'
# A copy of a font that is called 方正黑体_GBK: its family is renamed in the table of names.
import struct, sys
font = bytearray(open(sys.argv[1], "rb").read())
tables = {bytes(font[12 + 16 * i:16 + 16 * i]): struct.unpack_from(">I", font, 20 + 16 * i)[0] for i in range(struct.unpack_from(">H", font, 4)[0])}
at = tables[b"name"]
count, strings = struct.unpack_from(">HH", font, at + 2)
new = "方正黑体_GBK".encode("utf-16-be")
for i in range(count):
    length, offset = struct.unpack_from(">HH", font, at + 6 + 12 * i + 8)
    where = at + strings + offset
    if bytes(font[where:where + length]) == "FandolKai".encode("utf-16-be"):
        font[where:where + len(new)] = new
        struct.pack_into(">H", font, at + 6 + 12 * i + 8, len(new))
open(sys.argv[2], "wb").write(font)
PY
"$zeren" chart heat --data "$data" --out "$tmp/own.pdf" >/dev/null
pdffonts "$tmp/own.pdf" | grep -q 'Kai'
case_is $? "a chart's PDF uses the office's own font"
"$zeren" chart heat --data "$data" --out "$tmp/own.png" >/dev/null
! cmp -s "$tmp/free.png" "$tmp/own.png"
case_is $? "so does its PNG"
"$zeren" report --data "$data" --format docx --out "$tmp/own" >/dev/null
! cmp -s <(unzip -p "$tmp/free/report.docx" word/media/image1.png) <(unzip -p "$tmp/own/report.docx" word/media/image1.png)
case_is $? "so do the charts of a DOCX"
rm -r "$data/fonts"
python3 "$(dirname "$0")/chart_pages.py" "$zeren" "$data" "$known" >"$tmp/pages"
sed -n '/^\(not \)\?ok\|^#/p' "$tmp/pages"
passed=$((passed + $(grep -c '^ok' "$tmp/pages"))) failed=$((failed + $(grep -c '^not ok' "$tmp/pages")))
grep -q '^ok' "$tmp/pages" || failed=$((failed + 1))
echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
