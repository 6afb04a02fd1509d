# What tests of the commands share; sourced. ZEREN names the program, ZEREN_TMP an empty folder.
set -u
zeren=${ZEREN:-build/zeren}
tmp=${ZEREN_TMP:-$(mktemp -d)}
unset ZEREN_DATA ZEREN_LANG NO_COLOR COLUMNS
export PROGRAM=$zeren TERM=xterm TMPDIR=$tmp/tmpdir
mkdir -p "$TMPDIR"
example=examples/district-office-2022
passed=0 failed=0
[ -x "$zeren" ] || { echo "no program $zeren: set ZEREN"; exit 1; }
"$zeren" version --json | grep -q -i 'sanit' && sanitised=yes || sanitised=no

case_is() {     # STATUS NAME: the case went well if STATUS is 0
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
		echo "ok $((passed + failed)) - $2"
	else
		failed=$((failed + 1))
		echo "not ok $((passed + failed)) - $2"
	fi
}

run() {         # ARGS...: sets status, $tmp/out, $tmp/err
	"$zeren" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

shown() { { echo "# status $status"; sed 's/^/# out: /' "$tmp/out"; sed 's/^/# err: /' "$tmp/err"; } | head -20; }

expect() {      # STATUS STREAM PATTERN ARGS...: the program ends so, the stream holds the pattern (extended)
	local want=$1 stream=$2 pattern=$3 bad=1
	shift 3
	run "$@"
	[ "$status" = "$want" ] && grep -Eq -- "$pattern" "$tmp/$stream" && bad=0
	case_is $bad "zeren $(printf '%q ' "$@")ends with $want, $stream: $pattern"
	[ $bad = 0 ] || shown
}

json() {        # EXPRESSION over v, the value on stdout, and lines, one value a line (python)
	python3 -c 'import json, sys
text = open(sys.argv[1], encoding="utf-8").read()
lines = [json.loads(line) for line in text.splitlines()]
v = lines[0] if len(lines) == 1 else None
sys.exit(0 if eval(sys.argv[2]) else 1)' "$tmp/out" "$1" 2>"$tmp/py"
	local bad=$?
	case_is $bad "json: $1"
	[ $bad = 0 ] || { shown; sed 's/^/# /' "$tmp/py"; }
}

is() {          # WANT GOT NAME
	[ "$1" = "$2" ]
	case_is $? "$3"
	[ "$1" = "$2" ] || echo "# $2, not $1"
}

without() {     # KEY...: a scheme on stdin without these sections; blanks before a key are its depth
	awk -v keys="|$(IFS='|' && echo "$*")|" '{ match($0, /^ */); depth = RLENGTH; key = $0; sub(/:.*/, "", key) }
		off && depth <= at { off = 0 }
		!off && index(keys, "|" key "|") { off = 1; at = depth }
		!off'
}

size_of() {     # DATA: the number of the newest event of its log
	"$zeren" log --data "$1" --limit 1 --json 2>/dev/null | grep -Eo '"seq":[0-9]+(,"subject":"[^"]*")?,"v":' | grep -Eo '[0-9]+' |
		head -n 1
}

stored_in() {   # DATA: what is kept in it, so that nothing can be added unseen
	echo "event $(size_of "$1"), $(find "$1" -type f -path '*/objects/*' | wc -l) files, $(
		find "$1" -type f -path '*/staging/*' | wc -l) staged"
}

tamper() {      # DATA SQL: behind the program's back, with the guards taken off
	python3 - "$1/zeren.db" "$2" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
    db.execute(f"drop trigger {name}")
n = db.execute(sys.argv[2]).rowcount
db.commit()
sys.exit(0 if n > 0 else 1)
PY
}

finish() {
	echo "1..$((passed + failed))"
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
	exit
}
