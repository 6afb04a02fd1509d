#!/bin/bash
# Suggested problems: listed, accepted, dropped; a dropped one leaves the report, a decision can be made anew, and the
# report as known before it is as it was.
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_DATA=$data ZEREN_LANG=en

expect 0 out '1  二（一） .*undecided' problem
run report --out "$tmp/before"
case_is $status "the report before anything was decided"
before=$(size_of "$data")
expect 0 out 'dropped: 1' problem 1 --drop --why "settled"
expect 0 out 'accepted: 2' problem 2 3 --accept
expect 0 out '1  二（一） .*dropped' problem
expect 0 out '2  二（二） .*accepted' problem
expect 0 out '"accepted":false.*"why":"settled"' log "$((before + 1))" --json
run report --out "$tmp/after"
grep -q '3项分管督查未开展' "$tmp/before/report.md" && ! grep -q '3项分管督查未开展' "$tmp/after/report.md"
case_is $? "a dropped problem leaves the report"
run report --known "$before" --out "$tmp/known"
diff -r "$tmp/before" "$tmp/known" >"$tmp/diff"
case_is $? "as known before, the report is what it was"
expect 0 out 'accepted: 1' problem 1 --accept
run report --out "$tmp/again"
grep -q '3项分管督查未开展' "$tmp/again/report.md"
case_is $? "a decision can be made anew"
expect 2 err "'99' is no number" problem 99 --drop
expect 2 err 'give their numbers' problem --accept
expect 2 err 'one of them' problem 1 --accept --drop
expect 0 out 'sound' verify --deep

# A changed scheme and organisation put in force.
expect 0 out 'in force already' adopt --scheme "$example/scheme.yaml" --org "$example/org.json"
sed 's/points: 6/points: 7/' "$example/scheme.yaml" >"$tmp/scheme.yaml"
expect 0 out 'scheme in force' adopt --scheme "$tmp/scheme.yaml" --from 2023-01-01
run status --json
! grep -q '"points": 7' "$tmp/out"
case_is $? "a past year keeps its scheme"
expect 0 out 'scheme in force' adopt --scheme "$tmp/scheme.yaml" --from 2022-01-01
run status --json
grep -q '"points": 7' "$tmp/out"
case_is $? "the new scheme counts from its first day on"
expect 2 err 'needs --org' adopt
printf "zeren: 1\n" >"$tmp/bad.yaml"
expect 3 err "lacks .scheme." adopt --scheme "$tmp/bad.yaml"

# An organisation without the calendar that a duty counts by: every Thursday of the year is owed, and that is said.
mkdir "$tmp/bare"
cp "$example"/org.xlsx "$example"/scheme.yaml "$example"/03*.xlsx "$tmp/bare"
expect 1 err "duty A05 counts by 'nights.thursdayFrom'" try "$tmp/bare" --year 2022 --out "$tmp/bare-out"
grep -A12 '"A05"' "$tmp/bare-out/status.json" | grep -q '"required_year": 52'
case_is $? "A05 counts the whole year where the nights are not known"
python3 - "$tmp/bare-out/refused.xlsx" <<'PY'
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
text = "".join(z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/") or n.endswith("Strings.xml"))
sys.exit(0 if "学习方式" in text and re.search("<cols>", text) else 1)
PY
case_is $? "the refused rows stand in columns wide enough for dates"
finish
[ "$failed" = 0 ]
