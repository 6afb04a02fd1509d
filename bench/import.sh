#!/bin/bash
# 100,000 sheet rows imported, beside the floor: expat doing nothing plus the same rows inserted bare, in one run.
#     ./dev bench import [ROWS] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
rows=${1:-100000}
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -o "$work/floor" "$here/import_floor.c" $(pkg-config --cflags --libs expat sqlite3 libzip)
python3 "$here/make_sheet.py" "$rows" "$work"
init="rm -rf $work/d; $zeren init $work/d --org $work/org.json --scheme $work/scheme.yaml >/dev/null"
sh -c "$init"
"$zeren" import "$work/会议.xlsx" --data "$work/d" --accept >/dev/null
mv "$work/d" "$work/done"
sh -c "$init"
echo "$rows rows, $rounds rounds; preview reads and classifies, accept also writes"
python3 "$here/side.py" "$rounds" \
	floor "$work/floor $work/会议.xlsx $work/done/zeren.db $work/new.db" \
	preview "$zeren import $work/会议.xlsx --data $work/d" \
	'init + accept' "$init && $zeren import $work/会议.xlsx --data $work/d --accept"
