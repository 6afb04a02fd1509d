#!/bin/bash
# A risk and its warning in a real Chromium, see tests/browser/journey_risk.mjs and browser.sh.
# timeout: 400
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
while read -r login name post role; do
	echo klar-wie-Morgentau-31 | "$zeren" account add "$login" --name "$name" --post "$post" --lasting --password-stdin --data "$data" >/dev/null
	"$zeren" account grant "$login" "$role" --data "$data" >/dev/null
done <<'ACCOUNTS'
zhao 赵科 G04 owner
sun 孙副 G03 owner
du 杜主任 G01 reviewer
ACCOUNTS
cp -r "$(dirname "$0")/../browser" "$tmp/browser" && rm -rf "$tmp/browser/node_modules"
program=$(readlink -f "$zeren")
example=$(readlink -f "$example")
cd "$tmp/browser" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; echo "0 passed, 1 failed"; exit 1; }
exec node journey_risk.mjs "$program" "$data" "$example"
