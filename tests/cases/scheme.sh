#!/usr/bin/env bash
# Schemes that use others, versions with a first day in force, two versions side by side, one duty changed in the text.
. "$(dirname "$0")/kit.bash"
mkdir -p "$tmp/s"
put() { printf 'zeren: 1\nscheme: %s\ntitle: %s\n%b' "$1" "$1" "$2" >"$tmp/s/$1.yaml"; }

# ---- what comes with the program ----
expect 0 out '^common' scheme list
run scheme list --json
json 'all(set(x) == {"name", "title", "duties", "records"} for x in v) and "common" in [x["name"] for x in v]'
"$zeren" scheme show common | cmp -s - schemes/common.yaml
case_is $? "show prints the text byte for byte"
for file in schemes/*.yaml; do
	expect 0 out 'sound' scheme check "$(basename "$file" .yaml)" --lang en
done
expect 4 err "did you mean 'common'" scheme show comon --lang en
expect 4 err "no shipped scheme 'nosuch'" scheme check nosuch --lang en
expect 2 err 'scheme: check FILE' scheme diff one --lang en

# ---- a calendar that there is not ----
put mars 'calendar: CM\nrecords:\n  sitting: {about: meeting, title: 会议, fields: {date: date}}\n'
expect 0 err 's/mars.yaml: line 4, column 11: .calendar.: no calendar .CM. comes with the program \(there are: CN, none\); Monday to Friday count as working days until one is adopted; did you mean .CN.\?$' \
	scheme check "$tmp/s/mars.yaml" --lang en
expect 0 out '"warnings":\[".*mars.yaml.*CM' scheme check "$tmp/s/mars.yaml" --json
for name in CN none; do
	put known "calendar: $name\nrecords:\n  sitting: {about: meeting, title: 会议, fields: {date: date}}\n"
	expect 0 out '"warnings":\[\]' scheme check "$tmp/s/known.yaml" --json
done

# ---- use ----
records='records:\n  sitting: {about: meeting, title: 会议, fields: {date: date, kind: choice, proof: file}, evidence: {any: [纪要]}}\n'
put base "$records"
put main 'use: [common, ./base.yaml]\nduties:\n  - {id: D1, title: 例会, owner: post:主任, need: {each: month, take: sitting}}\n'
expect 0 out 'sound' scheme check "$tmp/s/main.yaml" --lang en
put twice "use: ./base.yaml\n$records"
expect 3 err "s/twice.yaml: line 6, column 3: .sitting. under records: is there twice; the other stands in .*s/base.yaml, line 5" \
	scheme check "$tmp/s/twice.yaml" --lang en
put one 'use: ./two.yaml\n'
put two 'use: ./three.yaml\n'
put three 'use: [common, ./one.yaml]\n'
expect 3 err 's/three.yaml: line 4, column 15: these schemes use each other in a circle: ./one.yaml → ./two.yaml → ./three.yaml → ./one.yaml' \
	scheme check "$tmp/s/one.yaml" --lang en
put none 'use: ./nosuch.yaml\n'
expect 3 err 's/none.yaml: line 4, column 6: .*s/nosuch.yaml: no such file' scheme check "$tmp/s/none.yaml" --lang en
put bad 'recrods: {}\n'
put uses_bad 'use: ./bad.yaml\n'
expect 3 err "s/bad.yaml: line 4, column 1: unknown key 'recrods' in the scheme; did you mean 'records'" \
	scheme check "$tmp/s/uses_bad.yaml" --lang en

# ---- adopted with all texts ----
export ZEREN_DATA=$tmp/data ZEREN_LANG=en
cat >"$tmp/org.json" <<'JSON'
{"office": {"id": "U1", "name": "某局", "short": "某局"}, "year": 2022, "units": [{"id": "U1", "name": "某局", "kind": "本单位"}],
 "posts": [{"id": "P1", "name": "主任", "unit": "U1", "role": "head"}], "holders": [], "portfolios": []}
JSON
# Names that the organisation has not are said with line, duty and the nearest one; such a duty would have no owner.
put named 'roles: {chief: 班子成员}\nrecords:\n  sitting: {about: meeting, title: 会议, fields: {date: date}}\nduties:\n  - {id: D1, title: 一, owner: post:主住, need: {each: year, take: sitting}}\n  - {id: D2, title: 二, owner: each unit:无此类, need: {each: year, take: sitting}}\n  - {id: D3, title: 三, owner: office, need: {for_each: "words:none", each: year, take: sitting}}\n'
"$zeren" init "$tmp/named" --org "$tmp/org.json" --scheme "$tmp/s/named.yaml" --lang en 2>"$tmp/said" >/dev/null
is 0 $? "names that are missing are said, not refused"
grep -q "named.yaml, line 8: the organisation has no post '主住' (duty D1)" "$tmp/said"
case_is $? "a post that is not there"
grep -q "line 9: no unit of the organisation is of the kind '无此类' (duty D2)" "$tmp/said"
case_is $? "a kind of unit that is not there"
grep -q "line 10: the file of the organisation has no words 'none' (duty D3)" "$tmp/said"
case_is $? "words that are not there"
sed 's/title: 一,/title: 一, points: -1,/' "$tmp/s/named.yaml" >"$tmp/s/negative.yaml"
expect 3 err "'points' takes a number that is not negative" scheme check "$tmp/s/negative.yaml" --lang en
run init --org "$tmp/org.json" --scheme "$tmp/s/main.yaml"
is 0 $status "init"
rm "$tmp/s/base.yaml"
expect 0 out 'D1' status
expect 0 out 'sound' verify --deep
first=$("$zeren" scheme history --json | grep -Eo '"event":[0-9]+' | grep -Eo '[0-9]+')
"$zeren" scheme show "$first" | cmp -s - "$tmp/s/main.yaml"
case_is $? "an adopted text is shown byte for byte"
expect 0 out '"name":"./base.yaml"' log "$first" --json

# ---- one duty changed ----
put base "$records"
before=$(stored_in "$tmp/data")
expect 0 out 'changed +need.each +month +quarter' scheme set D1 need.each=quarter
is "$before" "$(stored_in "$tmp/data")" "nothing is written without --accept"
expect 0 out '12 → 4 \(-8\)' scheme set D1 need.each=quarter
expect 0 out 'scheme in force' scheme set D1 need.each=quarter 'title=季度会' --accept --from 2022-07-01
expect 0 out 'scheme in force' scheme add D2 title=培训 owner=post:主任 'need={by: 11-30, take: sitting}' --accept --from 2023-01-01
run scheme history --json
json '[x["from"] for x in v] == ["", "2022-07-01", "2023-01-01"]'
slots() { "$zeren" status "$1" --year "$2" --json | grep -Eo '"required_year": [0-9]+' | grep -Eo '[0-9]+'; }
is 12 "$(slots D1 2021)" "2021 by the first version: months"
is 8 "$(slots D1 2022)" "2022: six months, then two quarters"
is 4 "$(slots D1 2023)" "2023: quarters"
expect 4 err "no duty 'D2'" status D2 --year 2022
is 1 "$(slots D2 2023)" "a duty of the version from 2023 on"
expect 0 out '2022-06-30' status D1 --year 2022
expect 0 out '2022-09-30' status D1 --year 2022
last=$("$zeren" scheme history --json | grep -Eo '"event":[0-9]+' | tail -n 1 | grep -Eo '[0-9]+')
run scheme diff "$first" "$last" --json
json '[(x["id"], x["kind"]) for x in v["duties"]] == [("D1", "changed"), ("D2", "added")]'
json '[(k["key"], k["before"], k["after"]) for k in v["duties"][0]["keys"]] == [("title", "例会", "季度会"), ("need.each", "month", "quarter")]'
json 'v["owners"] == [{"owner": "主任", "before": {"slots": 12, "entries": 12, "files": 12}, "after": {"slots": 5, "entries": 5, "files": 5}}]'
expect 0 out 'ended' scheme diff "$last" "$tmp/s/main.yaml"
expect 0 out 'no duty is different' scheme diff "$first" "$tmp/s/main.yaml"
expect 0 out 'no duty is different' scheme diff common common --data "$tmp/nosuch"
expect 4 err 'no data directory whose scheme 5' scheme diff 5 common --data "$tmp/nosuch"
expect 4 err 'no scheme was adopted by event 1;' scheme diff 1 common
expect 0 out 'not in force yet' scheme end D2 --out "$tmp/without.yaml"
diff "$tmp/without.yaml" <("$zeren" scheme show "$last") | grep -c '^>' | grep -qx 4
case_is $? "a duty that ends takes its own lines with it, and no others"
expect 4 err "no duty 'D9'" scheme end D9
expect 3 err "did you mean 'quarter'|no period 'quarterly'" scheme set D1 need.each=quarterly
expect 2 err 'expected KEY=VALUE' scheme set D1 title
expect 3 err 'leads nowhere' scheme set D1 need.each.x=y

expect 0 out 'scheme in force' scheme end D2 --accept --from 2023-07-01
"$zeren" status --json --year 2023 | grep -q '"ended": "2023-07-01"'
case_is $? "a duty that a version has ended says so"
is 0 "$(slots D2 2023)" "what was due on 11-30 is due no more"

# ---- a version that cannot carry the older duties ----
put other 'records:\n  visit: {about: inspection, title: 督查, fields: {date: date}}\nduties:\n  - {id: V1, title: 督查, owner: office, need: {each: month, take: visit}}\n'
expect 5 err 'not adopted: what was due earlier in 2024 .*no record type .sitting' adopt --scheme "$tmp/s/other.yaml" --from 2024-05-01
expect 0 out 'scheme in force' adopt --scheme "$tmp/s/other.yaml" --from 2024-01-01
is 4 "$(slots D1 2023)" "2023 keeps its version"
is 12 "$(slots V1 2024)" "2024 has its own"
! "$zeren" status --json --year 2022 | grep -q '"ended"'
case_is $? "no duty has ended in 2022"
expect 0 out 'scheme in force: .*common' adopt --scheme common --from 2030-01-01
expect 2 err 'goes with --scheme' adopt --org "$tmp/org.json" --from 2024-01-01
expect 0 out 'sound' verify --deep
known=$("$zeren" status --json --year 2022 --known "$(size_of "$tmp/data")")
is "$("$zeren" status --json --year 2022)" "$known" "a replay has the same versions"
finish
