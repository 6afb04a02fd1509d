#!/bin/bash
# An office of one unit, with no risk, no warning rule, no own paragraphs and a register of two columns in GB18030: it has a
# report in all formats all the same, a joint one, and nobody is asked for what the outline has no place for.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en ZEREN_DATA=$tmp/data

mkdir "$tmp/office"
cat >"$tmp/office/org.json" <<'JSON'
{"year": 2024, "office": {"id": "B1", "name": "清平县档案局", "short": "县档案局"},
 "units": [{"id": "B1", "name": "清平县档案局", "short": "县档案局", "kind": "本单位"}],
 "posts": [{"id": "P1", "name": "局长", "unit": "B1"}], "holders": [], "portfolios": []}
JSON
printf '日期,会议\n2024.1.5,局务会\n2024年7月5日,局务会\n20241105,党组会\n' | iconv -t gb18030 >"$tmp/office/会议.csv"
cat >"$tmp/office/scheme.yaml" <<'YAML'
zeren: 1
scheme: archive
title: 保密工作责任制
records:
  meeting: {about: meeting, title: 会议, fields: {date: date, kind: choice}}
sheets:
  - {record: meeting, file: "会议*", columns: {date: [日期], kind: [会议]}, required: [kind], key: [date, kind], year: {of: date}}
duties:
  - {id: B01, title: 局务会每半年一次, owner: post:局长, need: {each: half, take: {of: meeting, where: {kind: 局务会}}}}
figures:
  m: {title: 会议, count: meeting}
report:
  title: "{office}{year}年{title}情况"
  paper:
    form: red
    mark: "{office.name}、清平县国家保密局文件"
    number: "清档〔{year}〕{no}号"
    signature: ["{office}", 清平县国家保密局]
    seal: stamp
    copies: 各股室
    issuer: "{office}"
  sections:
    - heading: 会议
      say: "召开会议{m}次，网址https://www.qingping-archives.example.cn/confidentiality/annual-report/rules/minutes/index.html 可查。"
YAML

expect 0 out 'made, log' init --org "$tmp/office/org.json" --scheme "$tmp/office/scheme.yaml"
expect 0 out 'taken: 3 rows' import "$tmp/office" --accept
expect 0 out '0 findings' check
expect 0 out 'report.pdf' report --out "$tmp/draft"
is '' "$(cat "$tmp/err")" 'nothing is missed that the outline has no place for'
expect 0 out 'Version 1|version 1' report approve --no 5 --day 2025-01-05
expect 0 out 'report.ofd' report --approved 1 --out "$tmp/sent"
expect 0 out sound verify --deep

pdftotext -layout "$tmp/sent/report.pdf" - >"$tmp/pages"
grep -q '清平县档案局 *清平县国家保密局$' "$tmp/pages"
case_is $? 'both offices sign, side by side'
grep -q '清档〔2024〕5号' "$tmp/pages"
case_is $? 'the number is that of the approval'
grep -q '2025年1月5日$' "$tmp/pages"
case_is $? 'the date is the day of the approval'
grep -q '^ *清平县档案局2024年保密工作责任制情况$' "$tmp/pages"
case_is $? 'the title has the name of the office'
grep -q '/$' "$tmp/pages"
case_is $? 'an address of the web is broken behind a sign'
is 2 "$(pdfinfo "$tmp/sent/report.pdf" | awk '/^Pages/ { print $2 }')" 'two pages, the last an even one'

expect 0 out 'says what the log says' report adopt "$tmp/sent/report.docx" --approved 1
python3 - "$tmp/sent/report.docx" "$tmp/edited.docx" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for name in old.namelist():
        data = old.read(name)
        new.writestr(name, data.replace("清平县国家保密局<".encode(), "清平县保密局<".encode(), 1) if name == "word/document.xml" else data)
PY
expect 0 out '^ *now: 清平县档案局清平县保密局　文件$' report adopt "$tmp/edited.docx" --approved 1

expect 0 out '' report paper form minutes present 张三、李四 guests 县财政局王五 --why minutes
expect 0 out 'report.docx' report --out "$tmp/minutes"
for f in pdf docx html md txt; do
	case $f in
	pdf) pdftotext "$tmp/minutes/report.pdf" - ;;
	docx) unzip -p "$tmp/minutes/report.docx" word/document.xml | sed 's/<[^>]*>//g' ;;
	*) cat "$tmp/minutes/report.$f" ;;
	esac >"$tmp/words"
	grep -q '出席：张三、李四' "$tmp/words" && grep -q '列席：县财政局王五' "$tmp/words" && ! grep -q '请假' "$tmp/words"
	case_is $? "$f says who was there"
done
expect 0 out 'says what the log says' report adopt "$tmp/minutes/report.docx"
finish
