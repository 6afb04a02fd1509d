#!/bin/bash
# The report's own paragraphs in the log: taken in, written, in conflict, their history, given back byte for byte, and in
# the report, now and as known before.
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_DATA=$data ZEREN_LANG=en
md=$example/narrative.md

put() { printf '%b' "$1" >"$tmp/text"; }

# ---- taken in and given back ----

expect 0 out '一（一）.*not written yet' narrative
run report --out "$tmp/bare"
grep -q 'no own paragraphs' "$tmp/err"
case_is $? "a report without own paragraphs says so"
expect 0 out 'written: 11' narrative import "$md"
expect 0 out 'written: 0' narrative import "$md"
"$zeren" narrative export >"$tmp/export.md" && cmp -s "$md" "$tmp/export.md"
case_is $? "export gives the file back byte for byte"
expect 0 out '三 .* 1 .*cli:' narrative show
run report --out "$tmp/log"
run report --narrative "$md" --out "$tmp/file"
diff -r "$tmp/log" "$tmp/file" >"$tmp/diff"
case_is $? "the report out of the log is the report out of the file"
"$zeren" try "$example" --out "$tmp/try" >/dev/null
cmp -s "$tmp/try/report.md" "$tmp/log/report.md" && cmp -s "$tmp/try/report.redacted.md" "$tmp/log/report.redacted.md"
case_is $? "and that of zeren try"

# ---- one section ----

first=$(size_of "$data")
put '全年采用九百条。\n\n第二段，两处不同。\n'
expect 0 out 'section 一（二） is written' narrative write '一(二)' "$tmp/text" --why "新的数"
expect 0 out 'says this already' narrative write '一（二）' "$tmp/text"
expect 0 out '^第二段，两处不同。$' narrative show 一（二）
expect 0 out '"kind":"section.write".*"seq":'$((first + 1)) log "$((first + 1))" --json
put '我的。'
expect 5 err 'section 一（二） was saved meanwhile by cli:.*event '$((first + 1)) narrative write 一（二） "$tmp/text" --after "$first"
expect 0 out 'is written' narrative write 一（二） "$tmp/text" --after "$((first + 1))"
expect 0 out '新的数 .*全年采用九百条' narrative history 一（二）
run narrative history 一（二） --json
json '[x["text"][:3] for x in v] == ["我的。", "全年采", "信息报"] and v[0]["rev"] > v[1]["rev"] > v[2]["rev"]'
run report --known "$((first + 1))" --out "$tmp/known"
run report --out "$tmp/now"
grep -q '第二段，两处不同' "$tmp/known/report.md" && ! grep -q '我的。' "$tmp/known/report.md" &&
	grep -q '我的。' "$tmp/now/report.md"
case_is $? "the report as known at an event has the paragraphs of then"
run report --known "$first" --out "$tmp/before"
diff -r "$tmp/log" "$tmp/before" >"$tmp/diff"
case_is $? "as known before the save, the report is what it was"
run check --known "$((first + 1))" --json
python3 -m json.tool --compact "$tmp/out" "$tmp/flat" && mv "$tmp/flat" "$tmp/out"
json 'any(f["code"] == "own_number" and f["value"] == "九百" and f["own"] == "一（二）" and f["own_paragraph"] == 1 and f["sentence"] == 1 and f["quote"] == "全年采用九百条。" for f in v["findings"])'

put $'| 河流 | 次数 |\n|---|---|\n| 甲河 | 3 |\n\n照常开展。'
run narrative write 一（二） "$tmp/text"
run check --json
python3 -m json.tool --compact "$tmp/out" "$tmp/flat" && mv "$tmp/flat" "$tmp/out"
json '[(f["own"], f["own_paragraph"]) for f in v["findings"] if f["code"] == "own_marks"] == [("一（二）", 1)]'

# ---- taken away, and once more ----

expect 0 out 'section 一（二） is taken away' narrative write 一（二） -
expect 1 out 'nobody has written the own paragraph of 一（二） yet' check
"$zeren" narrative import "$md" >/dev/null && "$zeren" narrative export | cmp -s - "$md"
case_is $? "the file once more"
expect 0 out 'not written yet' narrative --year 2023
printf '好。\n' | "$zeren" narrative write 三 --year 2023 >/dev/null
expect 0 out '^好。$' narrative show 三 --year 2023

# ---- refused ----

before=$(stored_in "$data")
expect 4 err "no section '一\(七\)' takes own paragraphs; nearest: 一（" narrative write 一（七） "$tmp/text"
put '好。\n## 题\n'
expect 3 err '三: line 2 begins with' narrative write 三 "$tmp/text"
put '好。\x01\n'
expect 3 err '三: line 1: a control character' narrative write 三 "$tmp/text"
python3 -c 'print("字" * 11000)' >"$tmp/text"
expect 3 err 'at most 32768 bytes' narrative write 三 "$tmp/text"
put '## 一（九）别的\n好。\n'
expect 3 err 'text: line 1: heading "一（九）别的" belongs to no section' narrative import "$tmp/text"
expect 4 err 'nowhere.md: no such file' narrative import "$tmp/nowhere.md"
expect 4 err 'nowhere.md: no such file' report --narrative "$tmp/nowhere.md" --out "$tmp/never"
expect 2 err 'one of show write history import export is expected, not shwo' narrative shwo
expect 2 err 'SECTION is missing' narrative write
expect 2 err 'one too many' narrative export 三
is "$before" "$(stored_in "$data")" "nothing that was refused is in the log"
expect 0 out 'sound' verify --deep
finish
[ "$failed" = 0 ]
