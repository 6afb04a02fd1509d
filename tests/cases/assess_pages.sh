#!/bin/bash
# An assessment through the pages: who sees which sheet, self score, score and second person, settlement, appeal, and that
# every total is the sum of its lines. assess_pages.py.
# timeout: 300
source "$(dirname "$0")/kit.bash"
source "$(dirname "$0")/assess_site.bash"
export ZEREN_PASSWORD_COST=low
assess_site "$tmp/data"
"$zeren" init "$tmp/office" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$tmp/office" --accept --partial >/dev/null
exec python3 "$(dirname "$0")/assess_pages.py" "$zeren" "$tmp/data" "$tmp/office"
