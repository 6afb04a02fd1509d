#!/bin/bash
# Redaction through the program: a second office with two levels; the first, whose outline names none.
source "$(dirname "$0")/kit.bash"

office=examples/riverside-school-2024
export ZEREN_LANG=en

made() {        # FOLDER: its data in $tmp/data
	rm -rf "$tmp/data"
	"$zeren" init "$tmp/data" --org "$1/org.json" --scheme "$1/scheme.yaml" >/dev/null || exit 1
	"$zeren" import "$1" --data "$tmp/data" --accept --partial >/dev/null
	export ZEREN_DATA=$tmp/data
}

has() {         # FILE WORDS: it holds them
	grep -qF -- "$2" "$tmp/$1"
	case_is $? "$1 holds $2"
}

lacks() {       # FILE PATTERN: none of it
	! grep -qE -- "$2" "$tmp/$1"
	case_is $? "$1 holds no $2"
}

made "$office"
own=(--narrative "$office/narrative.md")
expect 0 out 'report.docx' report "${own[@]}" --redact 交流 --out "$tmp/lower"
expect 0 out 'report.docx' report "${own[@]}" --redact=公开 --out "$tmp/higher"
expect 0 out 'report.docx' report "${own[@]}" --out "$tmp/last" --redact
expect 0 out 'report.docx' report --redact "${own[@]}" --out "$tmp/first"
expect 0 out 'report.docx' report "${own[@]}" --out "$tmp/open"
diff -r "$tmp/higher" "$tmp/last" >"$tmp/diff" && diff -r "$tmp/higher" "$tmp/first" >"$tmp/diff"
case_is $? "without a level it is the last one"
cmp -s "$tmp/last/report.md" "$tmp/open/report.redacted.md"
case_is $? "report.redacted.md is the last one"

has lower/report.txt '校长某亲自部署，按**县教育局的要求'
has lower/report.txt '全年召开校务会6次'
has lower/report.txt '3月8日消防疏散'
has lower/report.txt '九年级组上学期'
has lower/trace.json '"redact": "交流"'
has higher/report.txt '校长某亲自部署，按**县教育局的要求'
has higher/report.txt '全年召开校务会*次'
has higher/report.txt '*月*日消防疏散'
has higher/report.txt '某单位上学期'
has higher/trace.json '"redact": "公开"'
has higher/trace.json '"value": "九年级组"'
for f in report.txt report.md report.html; do
	lacks "lower/$f" '临河|甲一'
	lacks "higher/$f" '临河|甲一|年级组|三中'
done

expect 4 err "no redaction level '公'; the outline has: 交流, 公开" report --redact 公 --out "$tmp/none"
[ ! -e "$tmp/none/report.md" ]
case_is $? "nothing is written of a level that is not there"
expect 2 err 'no option --redacted; did you mean --redact' report --redacted --out "$tmp/none"
expect 0 out '\[LEVEL\]' help report

made "$example"
expect 4 err 'names no redaction levels' report --redact 公开 --out "$tmp/none"
expect 0 out 'report.docx' report --narrative "$example/narrative.md" --redact --out "$tmp/old"
has old/report.txt '上报各类信息*条'
lacks old/report.txt '青溪|云岭'
lacks old/trace.json '"redact":'
finish
[ "$failed" = 0 ]
