#!/bin/bash
# Excuses and handovers in a real Chromium, see tests/browser/journey_handover.mjs and browser.sh.
# timeout: 400
source "$(dirname "$0")/kit.bash"

source "$(dirname "$0")/handover_office.bash"
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
while read -r login name post roles; do
	echo klar-wie-Morgentau-31 | "$zeren" account add "$login" --name "$name" --post "$post" --lasting --password-stdin --data "$data" >/dev/null
	for role in $roles; do "$zeren" account grant "$login" "$role" --data "$data" >/dev/null; done
done <<'ACCOUNTS'
zhang.yi 张一 G01 filler reviewer
wu.xin 吴新任 G02 filler reviewer
chen.qian 陈前任 G03 filler
lin.hou 林后任 G03 filler
ACCOUNTS
cp -r "$(dirname "$0")/../browser" "$tmp/browser" && rm -rf "$tmp/browser/node_modules"
program=$(readlink -f "$zeren")
example=$(readlink -f "$example")
cd "$tmp/browser" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; echo "0 passed, 1 failed"; exit 1; }
exec node journey_handover.mjs "$program" "$data" "$example"
