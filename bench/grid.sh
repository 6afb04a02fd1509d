#!/bin/bash
# Duties of many units as of a day: cells in memory beside the machine's own reading of as many bytes, from one unit to five
# million (2.3 GiB), and an office of 200 units with 40 duties from its database.
#     ./dev bench grid [ROUNDS] [UNITS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
bin=$(dirname "$zeren")/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bin/bench_grid" "${1:-7}" "${2:-5000000}"
python3 "$here/make_heat.py" "$work/case" 200 40
"$zeren" init "$work/d" --org "$work/case/org.json" --scheme "$work/case/scheme.yaml" >/dev/null
"$zeren" import "$work/case" --data "$work/d" --accept >/dev/null
"$bin/bench_grid_office" "$work/d" 责任单位 "${1:-7}"
