#!/usr/bin/env bash
# kill -9 at a random moment, a hundred times: what was acknowledged is there, once; the numbers have no gap; verify
# finds nothing. First the test shows that it can fail: a writer that acknowledges before it has saved is caught.
# ZEREN names the program; tests/unit/kill_writer lies beside it. KILL_ROUNDS and SEED may be set.
# timeout: 280
set -u

writer=$(dirname "$ZEREN")/tests/unit/kill_writer
rounds=${KILL_ROUNDS:-100}
seed=${SEED:-$$}
RANDOM=$seed
work=${ZEREN_TMP:-$(mktemp -d)}
passed=0 failed=0
echo "# seed $seed"

result() {      # STATUS NAME: one line of TAP
	if [ "$1" = 0 ]; then passed=$((passed + 1)); echo "ok $((passed + failed)) - $2"
	else failed=$((failed + 1)); echo "not ok $((passed + failed)) - $2"; fi
}

# Writes into $1, acknowledges into $1.acks, is killed after 5 to 800 ms. 1 when it ended by itself before.
round() {       # DIR [early]
	local pid
	"$writer" write "$1" "$1.acks" ${2:-} 2>"$work/errors" &
	pid=$!
	sleep "0.$(printf %03d $((5 + RANDOM % 796)))"
	kill -9 "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	if [ $? != 137 ]; then sed 's/^/# /' "$work/errors"; return 1; fi
	touch "$1.acks"
}

check() {       # DIR
	"$writer" check "$1" "$1.acks" >"$work/said" 2>&1
}

caught=1
for i in {1..20}; do
	dir=$work/early$i
	"$writer" create "$dir" || break
	round "$dir" early && ! check "$dir" && grep -q '^acknowledged and lost' "$work/said" && { caught=0; break; }
	rm -rf "$dir" "$dir.acks"
done
result $caught "a writer that acknowledges too early is caught (try $i)"

for ((i = 1; i <= rounds; i++)); do
	if ((i % 10 == 1)); then        # ten kills on top of each other, then a new log
		dir=$work/log$i
		"$writer" create "$dir" || exit 1
	fi
	if round "$dir" && check "$dir"; then result 0 "kill $i: $(head -n 1 "$work/said")"
	else result 1 "kill $i"; sed 's/^/# /' "$work/said"; fi
done
echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
