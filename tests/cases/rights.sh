#!/bin/bash
# Every address, every role, every place in the tree: rights.txt says what is expected; rights.py asks.
# timeout: 500
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
# Here trainings lie in the unit that held them.
python3 tests/oracle/warn_scheme.py | sed 's/^    title: 教育培训$/&\n    unit: section/' >"$tmp/scheme.yaml"
"$zeren" init "$data" --org "$example/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
exec python3 "$(dirname "$0")/rights.py" "$zeren" "$data"
