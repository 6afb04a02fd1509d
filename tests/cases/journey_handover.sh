#!/bin/bash
# Excuses and handovers in a real Chromium, see tests/browser/journey_handover.mjs and browser.sh.
# timeout: 400
source "$(dirname "$0")/kit.bash"

data=$tmp/data
python3 - "$example/org.json" >"$tmp/org.json" <<'PY'
import json, sys
org = json.load(open(sys.argv[1], encoding="utf-8"))
org["holders"] = [h for h in org["holders"] if h["post"] not in ("G03", "G02")] + [
    {"post": "G03", "name": "陈前任", "from": "2021-01-01", "to": "2022-06-30"},
    {"post": "G03", "name": "林后任", "from": "2022-07-01"},
    {"post": "G02", "name": "何离任", "from": "2021-01-01", "to": "2022-03-31"},
    {"post": "G02", "name": "周代管", "from": "2022-05-01", "to": "2022-05-31", "acting": True},
    {"post": "G02", "name": "吴新任", "from": "2022-07-11"}]
json.dump(org, sys.stdout, ensure_ascii=False)
PY
"$zeren" init "$data" --org "$tmp/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
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
