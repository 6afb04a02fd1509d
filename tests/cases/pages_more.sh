#!/bin/bash
# Organisation, log, verification, help, search, counters: pages_more.py, on a whole year and on a copy with a damaged
# event.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
python3 -c 'import json, sys
org = json.load(open(sys.argv[1], encoding="utf-8"))
org["bodies"] = [{"id": "B01", "name": "室务会", "members": ["G01", "G02"]}]
json.dump(org, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)' "$example/org.json" "$tmp/org.json" || exit 1
"$zeren" init "$data" --org "$tmp/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
account() { # LOGIN NAME ROLE...
	local login=$1
	echo klar-wie-Morgentau-31 | "$zeren" account add "$login" --name "$2" --lasting --password-stdin --data "$data" >/dev/null
	shift 2
	for role in "$@"; do "$zeren" account grant "$login" $role --data "$data" >/dev/null; done
}
account wang.li 王丽 filler reviewer
account zhao 赵六 'filler U11'
account viewer 孙七 viewer
account audit 审计 auditor
account sec 安全 security
account sys 系统 system
cp -r "$data" "$tmp/copy"
tamper "$tmp/copy" "update event set canon = replace(canon, '主任', '主人') where origin = 1 and seq = 20" || exit 1
exec python3 "$(dirname "$0")/pages_more.py" "$zeren" "$data" "$tmp/copy"
