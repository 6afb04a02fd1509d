#!/bin/bash
# A post changes hands: the list, kept with its digest, confirmed by both; left to a vacancy and taken up from one; who
# answered for each post on each day of a year.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

source "$(dirname "$0")/handover_office.bash"
export ZEREN_DATA=$data
number() { sed -nE 's/^handover ([0-9]+) is .*/\1/p' "$tmp/out"; }

# ---- what would go over -------------------------------------------------------------------------

expect 0 out '^no post was handed over yet' handover
expect 0 out '^副主任（信息督查） as of 2022-06-30: 陈前任, then 林后任$' handover G03 --on 2022-06-30
expect 0 out '^(.* · )?open [0-9]+' handover G03 --on 2022-06-30
expect 0 out '^主任 as of 2022-06-30: 张一, then 张一$' handover 主任 --on 2022-06-30
expect 4 err "no post 'G99'" handover G99
run handover G03 --on 2022-06-30 --json
json 'v["post"] == "G03" and v["leaving"] == "陈前任" and v["coming"] == "林后任" and v["on"] == "2022-06-30"'
json '[l["no"] for l in v["lines"]] == list(range(1, len(v["lines"]) + 1)) and len(v["lines"]) > 3'
json 'all(l["due"] <= "2022-06-30" for l in v["lines"] if l["kind"] == "overdue") and all(l["due"] > "2022-06-30" for l in v["lines"] if l["kind"] in ("soon", "open"))'
lines=$(python3 -c 'import json; print(len(json.load(open("'"$tmp"'/out"))["lines"]))')

# the same by status: at the end of the year each duty with a missed slot of a post is overdue in its list, and no other
python3 - "$zeren" <<'PY'
import json, subprocess, sys
zeren, on = sys.argv[1], "2022-12-30"
def run(*words):
    return subprocess.run([zeren, *words, "--on", on, "--lang", "en"], check=True, capture_output=True, text=True).stdout
slots = {duty: run("status", duty).splitlines()[3:] for duty in json.loads(run("status", "--json"))}
found, bad = 0, 0
for post, name in (("G01", "主任"), ("G02", "副主任（机要国安）"), ("G03", "副主任（信息督查）"), ("G04", "副主任（文稿综合）")):
    listed = {l["duty"] for l in json.loads(run("handover", post, "--json"))["lines"] if l["kind"] == "overdue"}
    missed = {d for d, rows in slots.items() if any(f" {name} " in row and " missed" in row for row in rows)}
    found += len(missed)
    bad += missed != listed
    print("#", post, sorted(missed), sorted(listed))
sys.exit(1 if bad or not found else 0)
PY
case_is $? "every duty with a missed slot of the post is in the list, and no other"

# ---- kept, given, taken -------------------------------------------------------------------------

expect 5 err 'does not change after 2022-06-30: record the change' handover prepare G01 --by G01 --on 2022-06-30
expect 3 err "'prepare' needs 'by'" handover prepare G03 --on 2022-06-30
expect 0 out "is prepared, with $lines lines" handover prepare G03 --by G01 --on 2022-06-30 --day 2022-06-30
no=$(number)
expect 5 err "handover $no of this post is under way" handover prepare G03 --by G01 --on 2022-06-30
expect 5 err "in state 'prepared'" handover take "$no" --name 林后任 --day 2022-07-01
expect 6 err 'this is for 陈前任, not for 林后任' handover give "$no" --name 林后任 --day 2022-07-01
expect 3 err 'by whom' handover give "$no" --day 2022-07-01
expect 0 out 'note is recorded' handover note "$no" --line 1 --text "due for certain by 5 July" --day 2022-07-01
expect 3 err "is no line of handover $no" handover note "$no" --line 9999 --text x
expect 0 out 'give is recorded' handover give "$no" --name 陈前任 --day 2022-07-01
expect 6 err 'this is for 林后任' handover take "$no" --name 陈前任 --day 2022-07-01
expect 3 err 'the step before was on' handover take "$no" --name 林后任 --day 2022-06-29
expect 0 out 'take is recorded' handover take "$no" --name 林后任 --day 2022-07-02
expect 5 err "in state 'confirmed'" handover drop "$no" --why x --day 2022-07-03
expect 0 out "^ *$no +副主任（信息督查） +2022-06-30 +陈前任 +林后任 +$lines +confirmed by both" handover
expect 0 out 'due for certain by 5 July' handover show "$no"
expect 0 out '^2022-07-02 +take it over +林后任' handover show "$no"
run handover show "$no" --json
json '[s["step"] for s in v["steps"]] == ["prepare", "note", "give", "take"] and len(v["lines"]) == v["count"]'
digest=$(python3 -c 'import json; print(json.load(open("'"$tmp"'/out"))["digest"])')
is "$digest" "$(sha256sum "$data/objects/${digest:0:2}/${digest:2}" | cut -d' ' -f1)" "the list lies under its digest, which the log names"
run log "$no" --json
grep -q "$digest" "$tmp/out"
case_is $? "the event holds the digest"
run handover list --on 2022-07-01 --json
json 'v[0]["state"] == "given"'

# ---- vacant -------------------------------------------------------------------------------------

expect 0 out 'is prepared' handover prepare G02 --by G01 --on 2022-03-31 --day 2022-03-31
gone=$(number)
expect 5 err 'nobody comes yet' handover give "$gone" --name 何离任 --day 2022-04-01
expect 0 out 'leave is recorded' handover leave "$gone" --name 何离任 --day 2022-04-01
expect 0 out 'is prepared' handover prepare G02 --by G01 --on 2022-07-10 --day 2022-07-10
came=$(number)
expect 5 err 'the post was vacant: it is taken up' handover take "$came" --name 吴新任 --day 2022-07-11
expect 0 out 'take-up is recorded' handover take-up "$came" --name 吴新任 --day 2022-07-11
expect 0 out '^ *[0-9]+ +副主任（机要国安） +2022-07-10 +nobody +吴新任 .*taken up from a vacancy' handover

# April, June and 10 days of July: 30 + 30 + 10; May is looked after.
expect 0 out '^11 posts own duties: 3914 days held, 31 looked after, 70 vacant$' handover --vacant
expect 0 out '^副主任（机要国安） +2022-04-01 +2022-04-30 +30 +vacant' handover --vacant
expect 0 out '^副主任（机要国安） +2022-05-01 +2022-05-31 +31 +acting +周代管' handover --vacant
run handover --vacant --json
json 'v["days"] == {"held": 3914, "acting": 31, "vacant": 70} and sum(s["days"] for s in v["spells"]) == 365 * v["posts"]'
json 'all(any(s["kind"] == "vacant" and s["post"] == d["post"] and s["from"] <= d["due"] <= s["to"] for s in v["spells"]) for d in v["fell_due"]) and v["fell_due"]'
json 'all(a["to"] < b["from"] for a, b in zip(v["spells"], v["spells"][1:]) if a["post"] == b["post"])'
expect 2 err 'is one too many' handover --vacant G01
expect 2 err 'takes no --name' handover G01 --name x
expect 2 err 'NO is missing' handover give
expect 2 err "'x' is no number" handover show x
expect 4 err 'no handover 3$' handover show 3
expect 0 out '^11 个岗位' handover --vacant --lang zh
expect 0 out 'sound' verify --deep
finish
[ "$failed" = 0 ]
