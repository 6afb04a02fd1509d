#!/bin/bash
# Lists of pages taken along: each as CSV and in every other form, narrowed as the page is, in the account's own reach;
# list_files.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
"$zeren" excuse ask A02 --slot 第2次 --by G01 --why 防汛 --day 2022-11-01 --data "$data" >/dev/null || exit 1
"$zeren" excuse ask A01 --slot 上半年 --kind extended --until 2023-01-10 --by G01 --why 迟到 --day 2022-06-04 --data "$data" \
	>"$tmp/out" || exit 1
"$zeren" excuse approve "$(sed -nE 's/^[^0-9]*([0-9]+).*/\1/p' "$tmp/out")" --by G02 --day 2022-06-05 --data "$data" >/dev/null || exit 1
exec python3 "$(dirname "$0")/list_files.py" "$zeren" "$data"
