#!/usr/bin/env bash
# Storing an object and naming it in the log, with the first, second, third … call that changes a file or folder failing
# (tests/unit/fail_nth.c). Whatever fails: no crash; success is only said of what is there afterwards; the log opens
# again and verify finds nothing; and nothing is said to be saved after a sync has failed. ZEREN names the program; tests/unit/kill_writer lies beside it.
# timeout: 280
set -u

bin=$(dirname "$ZEREN")/tests/unit
work=${ZEREN_TMP:-$(mktemp -d)}
export ASAN_OPTIONS="verify_asan_link_order=0:exitcode=99:${ASAN_OPTIONS:-}"
passed=0 failed=0

result() {      # STATUS NAME
	if [ "$1" = 0 ]; then passed=$((passed + 1)); echo "ok $((passed + failed)) - $2"
	else failed=$((failed + 1)); echo "not ok $((passed + failed)) - $2"; sed 's/^/# /' "$work/said"; fi
}

# One fault: 0 when all went as it must; 2 when there was no Nth call.
fault() {       # NTH ERRNO FROM
	local status seq good=0
	rm -f "$work/mark"
	FAIL_NTH=$1 FAIL_ERRNO=$2 FAIL_FROM=$3 FAIL_MARK=$work/mark LD_PRELOAD=$bin/libfail_nth.so \
		"$bin/kill_writer" once "$dir" "text $1 $2 $3" >"$work/said" 2>&1
	status=$?
	[ -e "$work/mark" ] || return 2
	call=$(cat "$work/mark")
	seq=$(sed -n 's/^saved //p' "$work/said")
	if [ -n "$seq" ]; then echo "$seq text $1 $2 $3" >>"$dir.acks"; saved=$((saved + 1)); fi
	if [ $status = 0 ] && [ -z "$seq" ]; then good=1; fi
	if [ $status != 0 ] && [ $status != 1 ]; then good=1; fi
	if [ $status = 1 ] && [ ! -s "$work/said" ]; then good=1; fi
	# SQLite passes over a failing sync of its folder (unixSync); ours of folders are fsync
	if sed -n '/^fault f.*sync$/,$p' "$work/said" | grep -q '^saved'; then good=1; fi
	"$bin/kill_writer" check "$dir" "$dir.acks" >>"$work/said" 2>&1 || good=1
	return $good
}

for way in "5 0" "28 1" "5 1"; do       # once EIO; from then on ENOSPC, EIO
	dir=$work/log-${way// /-} saved=0 n=0
	"$bin/kill_writer" create "$dir" || exit 1
	: >"$dir.acks"
	while n=$((n + 1)) && [ $n -lt 500 ]; do
		fault $n $way
		status=$?
		[ $status != 2 ] || break
		result $status "errno $way: call $n, $call"
	done
	[ $n -gt 20 ] && [ $n -lt 500 ]
	result $? "errno $way: $((n - 1)) calls, $saved of them did no harm"
done
echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
