#!/bin/bash
# Accounts and roles at the command line: made, granted, ended, closed; what is refused; passwords that are no good; the
# log holds who gave what and no secret; every table follows from the log.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
export ZEREN_DATA=$data ZEREN_LANG=en
good='lanhua guoqiao mifeng'

given() {       # PASSWORD STATUS STREAM PATTERN ARGS...: the password comes on stdin
	local password=$1 want=$2 stream=$3 pattern=$4
	shift 4
	printf '%s\n' "$password" | "$zeren" account "$@" --password-stdin >"$tmp/out" 2>"$tmp/err"
	status=$?
	[ "$status" = "$want" ] && grep -Eq -- "$pattern" "$tmp/$stream"
	local bad=$?
	case_is $bad "account $* ends with $want: $pattern"
	[ $bad = 0 ] || shown
}

expect 0 out 'no accounts yet' account
given "$good" 0 out "'an.quan' is made" add an.quan --name 安全
given "$good" 0 out "'zhang.san' is made" add Zhang.San --name 张三 --post G02
given "$good" 5 err 'is taken' add zhang.san --name 张四
given "$good" 2 err 'no login' add 张三 --name 张三
given "$good" 2 err 'needs --name' add li.si
given "$good" 4 err "no post 'X9'" add li.si --name 李四 --post X9
expect 2 err 'no terminal' account add li.si --name 李四
for bad in short123 123456789012 13800138000138 aaaaaaaaaaaaaa abcabcabcabc woaini1314woaini qwertyuiop1234 woaini1314520 \
	'zhang.san2022!' zerenzeren2022 Password1234 1qaz2wsx3edc4rfv 区委办2022区委办; do
	given "$bad" 3 err 'password' password zhang.san
	! grep -Fq -- "$bad" "$tmp/err"
	case_is $? "the refusal does not repeat the password"
done
before=$(size_of "$data")
given "$good!" 0 out 'must be changed' password zhang.san
expect 0 out '"what":"password"' log "$((before + 1))" --json

expect 0 out 'new role' account grant an.quan security
expect 5 err 'last security administrator' account close an.quan
expect 5 err 'last security administrator' account end an.quan security
expect 5 err 'does not go with' account grant an.quan filler U11
expect 5 err 'does not go with' account grant an.quan system
expect 0 out 'new role' account grant zhang.san filler U11 --from 2022-01-01 --until 2099-12-31
expect 5 err 'already' account grant zhang.san filler U11
expect 4 err "no unit 'U99'" account grant zhang.san filler U99
expect 2 err "no role 'king'" account grant zhang.san king
expect 2 err 'ROLE is missing' account grant zhang.san
expect 2 err 'LOGIN is missing' account close
expect 2 err 'is expected, not lsit' account lsit
expect 2 err 'one too many' account close zhang.san filler
expect 4 err "no account 'nobody'" account grant nobody filler
expect 3 err 'the last day' account grant zhang.san viewer --from 2023-01-02 --until 2023-01-01
run account --json
json '[(a["login"], a["state"], [(r["role"], r["unit"]) for r in a["roles"]]) for a in v] == [("an.quan", "open", [("security", "U01")]), ("zhang.san", "open", [("filler", "U11")])]'
expect 0 out 'zhang\.san .*张三 .*G02 .*filler U11 2022-01-01…2099-12-31' account
expect 0 out '填报 U11' account list --lang zh
expect 0 out 'is ended' account end zhang.san filler --why moved
expect 4 err 'no such role' account end zhang.san filler
expect 0 out 'changed' account change zhang.san --name 张三丰 --post -
expect 0 out 'forgotten' account unlock zhang.san
expect 0 out 'taken away' account second zhang.san
expect 0 out 'closed' account close zhang.san --why left
expect 5 err 'is closed' account grant zhang.san viewer
expect 5 err 'is closed' account close zhang.san
expect 0 out 'open' account open zhang.san
expect 5 err 'is open' account open zhang.san
"$zeren" log --from 0 --limit 0 --json >"$tmp/log.jsonl"
! grep -Eq 'argon2|lanhua' "$tmp/log.jsonl"
case_is $? "no password and no hash in the log"
grep -q '"why":"left"' "$tmp/log.jsonl" && grep -q '"role":"security"' "$tmp/log.jsonl"
case_is $? "who gave what is in the log"
expect 0 out '^sound$' verify --deep
finish
