#!/bin/bash
# Members judged one by one by two hands in a real Chromium, see tests/browser/journey_each.mjs and browser.sh.
# timeout: 600
source "$(dirname "$0")/kit.bash"
source "$(dirname "$0")/assess_each_site.bash"
export ZEREN_PASSWORD_COST=low
each_site "$tmp/data"
cp -r "$(dirname "$0")/../browser" "$tmp/browser" && rm -rf "$tmp/browser/node_modules"
program=$(readlink -f "$zeren")
example=$(readlink -f "$example")
cd "$tmp/browser" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; echo "0 passed, 1 failed"; exit 1; }
exec node journey_each.mjs "$program" "$tmp/data" "$example"
