#!/bin/bash
# Figures and duties over many records: an office's year with N submissions and N adoptions, from a cold start of the
# program, and loaded once and asked as of another day. ZEREN_BEFORE: an earlier zeren to set beside.
#     ./dev bench facts [N] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
n=${1:-50000}
rounds=${2:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/make_year.py" "$n" "$work/case"
"$zeren" init "$work/d" --org "$work/case/org.json" --scheme "$work/case/scheme.yaml" >/dev/null
"$zeren" import "$work/case" --data "$work/d" --accept --partial >/dev/null || [ $? = 1 ]
before=()
for c in figure status; do
	[ -z "${ZEREN_BEFORE:-}" ] || before+=("$c before" "$ZEREN_BEFORE $c --data $work/d")
	before+=("$c" "$zeren $c --data $work/d")
done
python3 "$here/side.py" "$rounds" "${before[@]}"
"$(dirname "$zeren")/bench/bench_facts" "$work/d" "$rounds"
