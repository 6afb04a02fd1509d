#!/bin/bash
# timeout: 400
# Risks and warnings by the pages of a real server: risk_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
data=$tmp/data
# the rules of the oracle, with fields for likelihood and impact, as in risk.sh
python3 tests/oracle/warn_scheme.py | sed -e 's/^      no: no$/      no: no\n      likelihood: likelihood\n      impact: impact/' \
	-e 's/^      measures:   text$/      measures:   text\n      likelihood: text\n      impact:     text/' >"$tmp/scheme.yaml"
"$zeren" init "$data" --org "$example/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
"$zeren" init "$data-bare" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
exec python3 "$(dirname "$0")/risk_pages.py" "$zeren" "$data"
