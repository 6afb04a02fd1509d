#!/bin/bash
# Lists of pages taken along: each as CSV and in every other form, narrowed as the page is, in the account's own reach;
# list_files.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
exec python3 "$(dirname "$0")/list_files.py" "$zeren" "$data"
