#!/bin/bash
# A register of 100,000 records of 12 columns as a workbook, beside libxlsxwriter's bare loop over the same cells in constant
# memory: seconds and the most memory each holds; then the same register ten times smaller, to see that memory is flat, and
# brought back by its ids.
#     ./dev bench xlsx [ROWS] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
rows=${1:-100000}
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -o "$work/floor" "$here/export_floor.c" -lxlsxwriter
for n in "$rows" $((rows / 10)); do
	mkdir "$work/$n"
	python3 "$here/make_sheet.py" "$n" "$work/$n"
	"$zeren" init "$work/$n/d" --org "$work/$n/org.json" --scheme "$work/$n/scheme.yaml" >/dev/null
	"$zeren" import "$work/$n/会议.xlsx" --data "$work/$n/d" --accept >/dev/null
	"$zeren" export meeting --data "$work/$n/d" --out "$work/$n/in.csv" >/dev/null
done
big=$work/$rows small=$work/$((rows / 10))
echo "$rows rows, $rounds rounds; floor writes the cells of the CSV through libxlsxwriter, a bare loop without a format"
python3 "$here/side.py" "$rounds" \
	floor "$work/floor $big/in.csv $big/floor.xlsx" \
	xlsx "$zeren export meeting --data $big/d --out $big/out.xlsx" \
	csv "$zeren export meeting --data $big/d --out $big/out.csv" \
	'a tenth' "$zeren export meeting --data $small/d --out $small/out.xlsx" \
	'brought back' "$zeren import $big/out.xlsx --data $big/d"
stat -c '%s bytes %n' "$big"/floor.xlsx "$big"/out.xlsx | sed "s,$work/,,"
