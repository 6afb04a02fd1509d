#!/bin/bash
# Every address, every role, every place in the tree: rights.txt says what is expected; rights.py asks.
# timeout: 500
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
# Here trainings lie in the unit that held them.
sed 's/^    title: 教育培训$/&\n    unit: section/' "$example/scheme.yaml" >"$tmp/scheme.yaml"
# And a post changes hands.
python3 - "$example/org.json" >"$tmp/org.json" <<'PY'
import json, sys
org = json.load(open(sys.argv[1], encoding="utf-8"))
org["holders"] = [h for h in org["holders"] if h["post"] != "G03"] + [
    {"post": "G03", "name": "陈前任", "from": "2021-01-01", "to": "2022-06-30"}, {"post": "G03", "name": "林后任", "from": "2022-07-01"}]
json.dump(org, sys.stdout, ensure_ascii=False)
PY
"$zeren" init "$data" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
exec python3 "$(dirname "$0")/rights.py" "$zeren" "$data"
