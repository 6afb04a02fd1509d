#!/usr/bin/env bash
# docs/log-format.md is right: its commands are run on the log of its example and answer as it says. docs/check_log.py,
# which knows the format by that page only, agrees with the program: sound, or not. ZEREN names the program.
set -u

root=$PWD
bin=$(dirname "$ZEREN")/tests/unit
work=${ZEREN_TMP:-$(mktemp -d)}
passed=0 failed=0
command -v xxd >/dev/null || xxd() { python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read()))'; }

result() {      # STATUS NAME
	if [ "$1" = 0 ]; then passed=$((passed + 1)); echo "ok $((passed + failed)) - $2"
	else failed=$((failed + 1)); echo "not ok $((passed + failed)) - $2"; fi
}

# ---- the page ----

"$bin/kill_writer" example "$work/example" >/dev/null || exit 1
cd "$work/example" || exit 1
kind=''
while IFS= read -r line; do
	case $kind$line in
	'```sh') kind=sh block='' ;;
	'```text') kind=text want='' ;;
	sh'```') kind=''; eval "$block" >"$work/said" 2>&1 ;;    # in this shell: later blocks use what it sets
	text'```')
		kind=''
		[ "$(cat "$work/said")" = "${want%$'\n'}" ]
		result $? "${block%%$'\n'*}"
		;;
	sh*) block+=$line$'\n' ;;
	text*) want+=$line$'\n' ;;
	esac
done <"$root/docs/log-format.md"
cd "$root" || exit 1
[ $passed -ge 6 ]
result $? "the page has its examples"

# ---- the second pair of eyes ----

agree() {       # NAME WANT: program and script both end with that status
	local script program
	python3 docs/check_log.py "$work/log" >"$work/script" 2>&1; script=$?
	"$bin/kill_writer" verify "$work/log" full >"$work/program" 2>&1; program=$?
	[ $script = "$2" ] && [ $program = "$2" ]
	result $? "$1"
	[ $script = "$2" ] && [ $program = "$2" ] || sed 's/^/# /' "$work/script" "$work/program"
}

fresh() {
	rm -rf "$work/log"
	"$bin/kill_writer" create "$work/log" && "$bin/kill_writer" once "$work/log" 一 >/dev/null &&
		"$bin/kill_writer" once "$work/log" 二 >/dev/null && "$bin/kill_writer" fill "$work/log" 700
}

attack() {      # SQL
	sqlite3 "$work/log/zeren.db" "drop trigger event_update; drop trigger event_delete; $1"
}

fresh
agree "a sound log" 0
while IFS='|' read -r name sql; do
	fresh
	attack "$sql"
	agree "$name" 1
done <<'CASES'
another letter|update event set canon = replace(canon, 'minutes', 'minutez') where seq = 300
another leaf|update event set leaf = zeroblob(32) where seq = 0
an event gone|delete from event where seq = 400
the last gone|delete from event where seq = 702
two exchanged|update event set seq = -1 where seq = 5; update event set seq = 5 where seq = 6; update event set seq = 6 where seq = -1
another size|update log_head set size = size + 1
back to the start|delete from event where seq > 0; update log_head set size = 1, hashes = (select leaf from event)
CASES
fresh
rm -f "$work"/log/objects/*/*
agree "objects gone" 1
echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
