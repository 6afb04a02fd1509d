#!/bin/bash
# timeout: 400
# Workbooks that take a while, on the pages of a real server: take_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
python3 "$(dirname "$0")/../../bench/make_sheet.py" 21000 "$tmp"
"$zeren" init "$data" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$tmp/会议.xlsx" --data "$data" --accept >/dev/null || exit 1
exec python3 "$(dirname "$0")/take_pages.py" "$zeren" "$data" "$tmp"
