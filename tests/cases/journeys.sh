#!/bin/bash
# Whole ways through the pages in a real Chromium, see tests/browser/journeys.mjs and browser.sh.
# timeout: 400
source "$(dirname "$0")/kit.bash"

data=$tmp/data
for d in "$data" "$data-first"; do
	"$zeren" init "$d" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
done
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_PASSWORD_COST=low
[ $sanitised = no ] || export ZEREN_NO_FORK=1            # see import_pages.sh
while read -r login name role; do
	echo klar-wie-Morgentau-31 | "$zeren" account add "$login" --name "$name" --lasting --password-stdin --data "$data" >/dev/null
	"$zeren" account grant "$login" "$role" --data "$data" >/dev/null
done <<'ACCOUNTS'
wang.li 王丽 filler
an 安管理 security
shen 沈审计 auditor
xi 席系统 system
ACCOUNTS
cp -r "$(dirname "$0")/../browser" "$tmp/browser" && rm -rf "$tmp/browser/node_modules"
program=$(readlink -f "$zeren")
example=$(readlink -f "$example")
cd "$tmp/browser" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$tmp/npm.log" 2>&1 || { cat "$tmp/npm.log"; echo "0 passed, 1 failed"; exit 1; }
exec node journeys.mjs "$program" "$data" "$example"
