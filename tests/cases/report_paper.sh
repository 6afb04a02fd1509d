#!/bin/bash
# The report on paper: report.paper of a scheme and what the office says otherwise, in all formats; errors by line and field.
# timeout: 300
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en ZEREN_DATA=$tmp/data

paper() {       # LINES of report.paper: the example's scheme with them, into $tmp/scheme.yaml
	python3 - "$example/scheme.yaml" "$1" >"$tmp/scheme.yaml" <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
text = re.sub(r"(?m)^  paper:\n(?:    .*\n)*", "", text)          # the example's own
block = "  paper:\n" + "".join(f"    {line}\n" for line in sys.argv[2].split("\n"))
sys.stdout.write(text.replace("  suggested:", block + "  suggested:", 1))
PY
}

words() {       # FILE: what it says, without blanks and line ends
	case $1 in
	*.pdf) pdftotext -layout "$1" - ;;
	*) cat "$1" ;;
	esac | tr -d ' \n\f' | sed 's/　//g'
}

has() {         # FILE WORDS
	words "$tmp/$1" >"$tmp/words"
	grep -qF -- "$2" "$tmp/words"
	case_is $? "$1 says $2"
}

lacks() {
	words "$tmp/$1" >"$tmp/words"
	! grep -qF -- "$2" "$tmp/words"
	case_is $? "$1 does not say $2"
}

paper 'form: red
mark: "{office}文件"
number: "青委办〔{year}〕{no}号"
secrecy: 内部
addressee: 区委
signature: ["{office}"]
date: 2023-01-05
copies: 区纪委，区委组织部
issuer: "{office}"
postscript: 联系人：张三
keep: [第一议题]
limit: 2000
annexes:
  - {register: honour, title: "{year}年受表彰情况", columns: [date, name]}
  - {register: document, landscape: yes}
  - {chart: bars, title: "{year}年各月报送情况", figures: [submissions.by_month]}'
"$zeren" init "$ZEREN_DATA" --org "$example/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --accept --partial >/dev/null
"$zeren" narrative import "$example/narrative.md" >/dev/null

expect 0 out 'report.pdf' report --out "$tmp/all"
for f in docx pdf ofd html md txt; do
	[ -s "$tmp/all/report.$f" ]
	case_is $? "report.$f is written"
done
for f in pdf txt; do
	has "all/report.$f" 中共云岭市青溪区委办公室文件
	has "all/report.$f" '区委：'
	has "all/report.$f" 2023年1月5日
	has "all/report.$f" 附件2
	has "all/report.$f" 2022年受表彰情况
	has "all/report.$f" 附件32022年各月报送情况
	has "all/report.$f" （联系人：张三）
done
has all/report.pdf 青委办〔2022〕号
has all/report.pdf 抄送：区纪委，区委组织部。
grep -q '<svg' "$tmp/all/report.html" && ! grep -q 'image/png' "$tmp/all/report.html"
case_is $? "charts of a page are drawings, not dots"
sed -n '/2022年各月报送情况/,$p' "$tmp/all/report.html" | grep -q '<svg'
case_is $? "an annex shows its chart"
qpdf --check "$tmp/all/report.pdf" >/dev/null
case_is $? "qpdf finds the PDF sound"
"$zeren" report --out "$tmp/again" >/dev/null
for f in docx pdf ofd; do
	cmp -s "$tmp/all/report.$f" "$tmp/again/report.$f"
	case_is $? "$f again is the same bytes"
done

# what files say of themselves: no clock, the day of the paper
pdfinfo -isodates "$tmp/all/report.pdf" >"$tmp/info"
for line in 'Title: *区委办关于2022年' 'Author: *中共云岭市青溪区委办公室' 'CreationDate: *2023-01-05T00:00:00Z' 'Tagged: *yes'; do
	grep -q "^$line" "$tmp/info"
	case_is $? "the PDF says $line"
done
pdfinfo "$tmp/all/report.pdf" | grep -q '^ModDate: .*2023'
case_is $? "and that it was not changed since"
unzip -p "$tmp/all/report.ofd" OFD.xml | grep -q '<ofd:CreationDate>2023-01-05</ofd:CreationDate>'
case_is $? "the OFD says the day"
unzip -p "$tmp/all/report.docx" docProps/core.xml | grep -q 'W3CDTF">2023-01-05T00:00:00Z</dcterms:created>'
case_is $? "the DOCX says the day"
python3 - "$tmp/all/report.pdf" <<'PY'
import json, subprocess, sys
objects = json.loads(subprocess.run(["qpdf", "--json=1", sys.argv[1]], capture_output=True, check=True).stdout)["objects"].values()
dicts = [o for o in objects if isinstance(o, dict)]
root = next(o for o in dicts if o.get("/Type") == "/Catalog")
assert root["/Lang"] == "zh-CN" and root["/ViewerPreferences"]["/DisplayDocTitle"] and root["/MarkInfo"]["/Marked"], root
titles = [o["/Title"] for o in dicts if "/Title" in o and "/Parent" in o]
assert any(t.startswith("一、") for t in titles) and any(t.startswith("（一）") for t in titles), titles
PY
case_is $? "its catalogue: language, title shown, tags; its outline has the headings"

# what is asked for, and no more
expect 0 out 'pdf,ofd' report --out "$tmp/some" --format pdf,ofd
is "report.ofd report.pdf " "$(ls "$tmp/some" | tr '\n' ' ')" "two formats are two files"
expect 0 out 'png' report --out "$tmp/png" --format png --dpi 40
ls "$tmp/png/pages/page-01.png" >/dev/null
case_is $? "pages are pictures"
expect 2 err 'docx, pdf, ofd, html, md, txt, trace, png' report --out "$tmp/some" --format pfd

# redacted: no number, no annexes
"$zeren" report --redact --out "$tmp/hidden" >/dev/null
for f in pdf txt; do
	lacks "hidden/report.$f" 青溪
	lacks "hidden/report.$f" 青委办
	lacks "hidden/report.$f" 附件
done

# without fonts all else is written, and the package named
mkdir "$tmp/nofonts"
ZEREN_FONTS=$tmp/nofonts run report --out "$tmp/bare"
[ "$status" != 0 ] && [ -s "$tmp/bare/report.docx" ] && [ -s "$tmp/bare/report.txt" ] && [ -s "$tmp/bare/check.json" ] && [ ! -e "$tmp/bare/report.pdf" ]
case_is $? "a missing font keeps back only what is printed"

# counting
run report count --json
is 1 "$status" "more characters than the limit is a finding"
json 'v["limit"] == 2000 and v["characters"] > 2000 and sum(s["characters"] for s in v["sections"]) == v["characters"]'
expect 1 out 'at most 2000' check

# the office says otherwise
expect 0 out 'office' report paper
expect 0 out '2 values' report paper number '示委办〔{year}〕{no}号' seal stamp --why 换章
expect 0 out '0 values' report paper seal stamp
"$zeren" report --out "$tmp/own" --format pdf >/dev/null
has own/report.pdf 示委办〔2022〕号
expect 0 out 'paper.set' log --kind paper.set
expect 0 out '1 values' report paper number -
"$zeren" report --out "$tmp/back" --format pdf >/dev/null
has back/report.pdf 青委办〔2022〕号
expect 4 err 'no field colour' report paper colour red
expect 3 err 'seal: expected none, stamp or hand, not wax' report paper seal wax
expect 3 err 'copy_no: expected six digits, not abc' report paper copy_no abc
expect 3 err 'number: \{jahr\}' report paper number '{jahr}'
expect 3 err 'date: expected a day' report paper date 2023-02-30
expect 3 err 'limit: expected a whole number' report paper limit many
expect 2 err 'a value is expected behind mark' report paper mark
expect 2 err 'paper takes no --out' report paper --out x
expect 2 err 'one of adopt approve' report aprove

# errors of a scheme name line and field
bad() {         # LINE of the paper, PATTERN
	paper "$1"
	expect 3 err "line [0-9]+, column [0-9]+: .*$2" scheme check "$tmp/scheme.yaml"
}
bad 'form: blue' 'form: expected plain, red'
bad 'mrak: 文件' 'no field mrak; did you mean mark'
bad 'signature: {a: b}' 'signature: expected'
bad 'addressee: "{wer}"' 'addressee: \{wer\}'
bad 'annexes: [{register: meetingg}]' 'meetingg'
bad 'annexes: [{register: meeting, columns: [nonsense]}]' 'nonsense'
bad 'annexes: {register: meeting}' 'a list is expected'
bad 'annexes: [{chart: bras, title: 图, figures: [submissions.by_month]}]' 'nearest: bars'
bad 'annexes: [{chart: bars, title: 图, figures: [submissions.by_mont]}]' 'submissions.by_mont'
bad 'annexes: [{chart: bars, figures: [submissions.by_month]}]' title
bad 'annexes: [{chart: bars, title: "{wer}", figures: [submissions.by_month]}]' 'wer'
sound=$("$zeren" verify --deep)
case_is $? "the log is sound"
finish
