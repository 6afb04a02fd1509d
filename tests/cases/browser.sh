#!/bin/bash
# The pages in a real Chromium, see tests/browser/pages.mjs. ./dev test installs chromium, nodejs and npm; the two
# packages of tests/browser/package-lock.json come from npm into a folder that is thrown away.
# timeout: 1200
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
"$zeren" narrative import "$example/narrative.md" --data "$data" >/dev/null
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
echo klar-wie-Morgentau-31 | "$zeren" account add wang.li --name 王丽 --lasting --password-stdin --data "$data" >/dev/null
for role in filler reviewer; do "$zeren" account grant wang.li $role --data "$data" >/dev/null; done
cp -r "$(dirname "$0")/../browser" "$tmp/browser" && rm -rf "$tmp/browser/node_modules"
program=$(readlink -f "$zeren")
example=$(readlink -f "$example")
cd "$tmp/browser" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; echo "0 passed, 1 failed"; exit 1; }
exec node pages.mjs "$program" "$data" "$example"
