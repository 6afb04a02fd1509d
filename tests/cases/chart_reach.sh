#!/bin/bash
# Whose reach a chart has: each kind by an account that sees the office and by one that sees one unit, on its page, as a
# table and as a file; and what a chart is as a file. chart_reach.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low ZEREN_LANG=en
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
mark='          own: 一（一）'
{
	grep -n '' "$example/scheme.yaml" | sed "/^[0-9]*:$mark\$/q" | cut -d: -f2-
	echo '          charts:'
	for line in '{chart: bars, title: 各月, figures: [submissions.by_month], unit: 条}' '{chart: matrix, title: 矩阵}' \
		'{chart: ageing, title: 时长}' '{chart: heat, title: 热力}' '{chart: strip, title: 全年, duty: A14}' \
		'{chart: lines, title: 走势, figures: [submissions.by_month]}'; do
		echo "            - $line"
	done
	sed "1,/^$mark\$/d" "$example/scheme.yaml"
} >"$tmp/scheme.yaml"
"$zeren" init "$data" --org "$example/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
while read -r no likelihood impact; do
	"$zeren" risk step "$no" rate --likelihood "$likelihood" --impact "$impact" --on 2022-12-20 --by G03 --why 复核 --data "$data" >/dev/null ||
		exit 1
done <<'RISKS'
FX-02 高 严重
FX-03 中 严重
FX-06 低 轻微
FX-09 高 一般
RISKS

# ---- zeren chart ----
expect 2 err 'KIND is missing' chart --data "$data"
expect 3 err "'pie' is no kind of chart" chart pie --data "$data"
expect 3 err "there is no duty 'Z9'" chart strip --duty Z9 --data "$data"
expect 3 err 'bars and lines show figures' chart bars --data "$data"
expect 2 err 'needs --out' chart heat --format pdf --data "$data"
expect 2 err 'expected svg, pdf, png or csv' chart heat --format gif --data "$data"
expect 0 out '^<svg xmlns' chart matrix --data "$data"
expect 0 out '^.?"Unit","0 to 30 days"' chart ageing --format csv --data "$data"
expect 0 out . chart matrix --json --data "$data"
json 'v["says"] == "8 open risks: 重大 1, 较大 2, 低 1, in no cell 4" and v["rows"][0]["cells"][2] == "重大 1"'
json '"as of 31 December 2022; the whole office" in v["source"]'
for kind in heat matrix ageing "strip --duty A03" "bars --figures submissions.by_month" "lines --figures submissions.by_month"; do
	for format in svg pdf png; do
		expect 0 out . chart $kind --out "$tmp/x.$format" --data "$data"
		mv "$tmp/x.$format" "$tmp/y.$format"
		expect 0 out . chart $kind --out "$tmp/x.$format" --data "$data"
		cmp -s "$tmp/x.$format" "$tmp/y.$format"
		case_is $? "$kind: the same bytes twice as $format"
	done
	is "%PDF" "$(head -c 4 "$tmp/x.pdf")" "$kind: a PDF"
	python3 -c 'import sys, xml.etree.ElementTree as e
t = e.parse(sys.argv[1]).getroot(); s = "{http://www.w3.org/2000/svg}"
sys.exit(not (t.find(s + "title").text and t.find(s + "desc").text and not list(t.iter(s + "a")) and
	"as of 31 December 2022" in " ".join("".join((x.text or "") + " " for x in t.iter(s + "text")).split())))' "$tmp/x.svg"
	case_is $? "$kind: an SVG with title, figures in words and where it is from, without links"
done
expect 0 out . report --data "$data" --out "$tmp/report" --format pdf,docx,ofd,txt
is 6 "$(grep -c '^来源：.*台账，截至2022年12月31日；范围：全部单位$' "$tmp/report/report.txt")" "on paper each says where it is from and whose reach it has"
unzip -p "$tmp/report/report.docx" word/document.xml | grep -Eq 'descr="[^"]*矩阵。8项未解除风险：重大 1、较大 2、低 1、不在任何一格 4"'
case_is $? "alternative text says the main figures (DOCX)"

python3 "$(dirname "$0")/chart_reach.py" "$zeren" "$data" >"$tmp/pages"
sed -n '/^\(not \)\?ok\|^#/p' "$tmp/pages"
passed=$((passed + $(grep -c '^ok' "$tmp/pages"))) failed=$((failed + $(grep -c '^not ok' "$tmp/pages")))
grep -q '^ok' "$tmp/pages" || failed=$((failed + 1))
echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
