#!/bin/bash
# One office's year, each from a cold start of the program: status of all duties, all figures, the report in every
# format, and the whole way from the sheets (try). `version` is the program doing nothing.
#     ./dev bench office [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
zeren=${ZEREN:-$here/../build/zeren}
case=$here/../examples/district-office-2022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$zeren" init "$work/d" --org "$case/org.json" --scheme "$case/scheme.yaml" >/dev/null
"$zeren" import "$case" --data "$work/d" --accept --partial >/dev/null || [ $? = 1 ]
"$zeren" narrative import "$case/narrative.md" --data "$work/d" >/dev/null
python3 "$here/side.py" "${1:-11}" \
	version "$zeren version" \
	status "$zeren status --data $work/d" \
	figures "$zeren figure --data $work/d" \
	report "$zeren report --data $work/d --out $work/r" \
	try "$zeren try $case --out $work/t"
