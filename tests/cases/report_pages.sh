#!/bin/bash
# The report as a working page: sections written, in conflict, restored; findings beside their sentence; suggested
# problems decided; the report taken out as the program writes it. report_pages.py.
# timeout: 300
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
"$zeren" narrative import "$example/narrative.md" --data "$data" >/dev/null
"$zeren" init "$tmp/new" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
exec python3 "$(dirname "$0")/report_pages.py" "$zeren" "$data" "$tmp"
