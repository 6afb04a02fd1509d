#!/bin/bash
# Writing and verifying a log beside bare SQLite, fdatasync, and read + hash, in one run.
#     ./dev bench log [EVENTS] [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$(dirname "${ZEREN:-$here/../build/zeren}")/bench/bench_log
for round in $(seq "${2:-3}"); do
	work=$(mktemp -d)
	echo "round $round"
	"$bench" "$work" "${1:-100000}"
	rm -rf "$work"
done
