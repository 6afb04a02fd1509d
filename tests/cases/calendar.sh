#!/bin/bash
# A calendar comes in force: by its file, once, with its errors; a duty on working days is then judged by it.
. tests/cases/kit.bash
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1

status() {      # EXPRESSION over v, what status --json has said
	python3 -c 'import json, sys
v = json.load(open(sys.argv[1], encoding="utf-8"))
sys.exit(0 if eval(sys.argv[2]) else 1)' "$tmp/out" "$1"
	case_is $? "status: $1"
}

cat >"$tmp/2027.yaml" <<'END'
year: 2027
country: CN
holidays:
  - {name: new year, days: [2027-01-01, 2027-01-04]}
working_days:
  - {day: 2027-01-03, for: new year}
END
cat >"$tmp/duty.yaml" <<'END'
zeren: 1
scheme: working
title: Working days
records:
  m: {about: meeting, title: M, fields: {date: date}}
duties:
  - {id: D1, title: The first working day but one, owner: office, need: {on: working day 2, to: 01-31, take: m}}
END

# 2027 without a file: 1 January is a Friday, the second working day Monday the 4th
expect 0 out "" adopt --data "$data" --scheme "$tmp/duty.yaml" --from 2027-01-01 --lang en
expect 0 out '' status --data "$data" --on 2027-01-03 --json
status 'v["D1"]["at"]["2027-01-03"]["missed"] == 0 and v["D1"]["at"]["2027-01-03"]["required_year"] == 1'

# by the file Sunday the 3rd is the first, Tuesday the 5th the second
expect 0 out 'calendar in force: CN 2027, 2 days off, 1 days worked' adopt --data "$data" --calendar "$tmp/2027.yaml" --lang en
expect 0 out '' status --data "$data" --on 2027-01-04 --json
status 'v["D1"]["at"]["2027-01-04"]["missed"] == 0'
expect 0 out '' status --data "$data" --on 2027-01-05 --json
status 'v["D1"]["at"]["2027-01-05"]["missed"] == 1'

# once; the event names its days
expect 0 out 'nothing to write' adopt --data "$data" --calendar "$tmp/2027.yaml" --lang en
expect 0 out '' log --data "$data" --kind calendar.adopt --json
json 'len(lines) == 1 and v["data"]["off"] == ["2027-01-01", "2027-01-04"] and v["data"]["worked"] == ["2027-01-03"]'

# errors name file, line and column; nothing is written
sed 's/2027-01-04/2027-02-30/' "$tmp/2027.yaml" >"$tmp/bad.yaml"
expect 3 err 'bad.yaml: line 4, column 41: expected a day such as 2027-10-01' adopt --data "$data" --calendar "$tmp/bad.yaml" --lang en
expect 2 err 'adopt needs --org FILE, --scheme FILE or --calendar FILE' adopt --data "$data" --lang en
expect 0 out '' log --data "$data" --kind calendar.adopt --json
json 'len(lines) == 1'
expect 0 out "sound" verify --data "$data" --deep --lang en

finish
