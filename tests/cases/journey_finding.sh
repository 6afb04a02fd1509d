#!/bin/bash
# An inspection, its finding, the way to closure by several hands, in a real Chromium: tests/browser/journey_finding.mjs.
# timeout: 400
source "$(dirname "$0")/kit.bash"
source "$(dirname "$0")/finding_site.bash"
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
cp -r "$(dirname "$0")/../browser" "$tmp/browser" && rm -rf "$tmp/browser/node_modules"
program=$(readlink -f "$zeren")
cd "$tmp/browser" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; echo "0 passed, 1 failed"; exit 1; }
exec node journey_finding.mjs "$program" "$data" "${SHOTS:-}"
