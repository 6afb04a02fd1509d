#!/bin/bash
# timeout: 400
# Risks and warnings by the pages of a real server: risk_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
without matrix warnings "    risk" <"$example/scheme.yaml" >"$tmp/bare.yaml"
"$zeren" init "$data-bare" --org "$example/org.json" --scheme "$tmp/bare.yaml" >/dev/null || exit 1
exec python3 "$(dirname "$0")/risk_pages.py" "$zeren" "$data"
