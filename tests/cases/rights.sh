#!/bin/bash
# Every address, every role, every place in the tree: rights.txt says what is expected; rights.py asks.
# timeout: 500
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
exec python3 "$(dirname "$0")/rights.py" "$zeren" "$data"
