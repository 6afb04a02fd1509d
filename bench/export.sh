#!/bin/bash
# 100,000 records taken out, as CSV and as a workbook, beside libxlsxwriter's bare loop over the same cells: seconds, and
# the most memory each holds.
#     ./dev bench export [ROWS] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
rows=${1:-100000}
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -o "$work/floor" "$here/export_floor.c" -lxlsxwriter
python3 "$here/make_sheet.py" "$rows" "$work"
"$zeren" init "$work/d" --org "$work/org.json" --scheme "$work/scheme.yaml" >/dev/null
"$zeren" import "$work/会议.xlsx" --data "$work/d" --accept >/dev/null
type=$("$zeren" register --data "$work/d" --json | python3 -c 'import json, sys; print(*json.load(sys.stdin))')
"$zeren" export "$type" --data "$work/d" >"$work/in.csv"
echo "$rows rows, $rounds rounds; floor writes the cells of the CSV through libxlsxwriter"
python3 "$here/side.py" "$rounds" \
	floor "$work/floor $work/in.csv $work/floor.xlsx" \
	xlsx "$zeren export $type --data $work/d --out $work/out.xlsx" \
	csv "$zeren export $type --data $work/d --out $work/out.csv"
