#!/bin/bash
# The command line: help in both languages, refusals, exit statuses, --json, streams, log and verify.
set -u
zeren=${ZEREN:-build/zeren}
tmp=${ZEREN_TMP:-$(mktemp -d)}
unset ZEREN_DATA ZEREN_LANG NO_COLOR COLUMNS
export LANG=en_US.UTF-8     # is not to matter
export PROGRAM=$zeren TERM=xterm
passed=0 failed=0
[ -x "$zeren" ] || { echo "no program $zeren: set ZEREN"; exit 1; }

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

expect() {      # STATUS STREAM PATTERN ARGS...: the program ends so, the stream holds the pattern (extended)
	local want=$1 stream=$2 pattern=$3 bad=1
	shift 3
	run "$@"
	[ "$status" = "$want" ] && grep -Eq -- "$pattern" "$tmp/$stream" && bad=0
	case_is $bad "zeren $(printf '%q ' "$@")ends with $want, $stream: $pattern"
	[ $bad = 0 ] || { echo "# status $status"; sed 's/^/# out: /' "$tmp/out"; sed 's/^/# err: /' "$tmp/err"; } | head
}

en() { expect "$1" err "$2" --lang en "${@:3}"; }

json() {        # EXPRESSION over v, the value on stdout (python)
	python3 -c 'import json, sys
v = json.loads(open(sys.argv[1], encoding="utf-8").read())
sys.exit(0 if eval(sys.argv[2]) else 1)' "$tmp/out" "$1" 2>"$tmp/py"
	case_is $? "json: $1"
}

on_terminal() { # COLUMNS ARGS...: what the program writes to a terminal of that width
	python3 -c '
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execv(os.environ["PROGRAM"], ["zeren", *sys.argv[2:]])
out = b""
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    out += part
os.waitpid(pid, 0)
sys.stdout.buffer.write(out.replace(b"\r\n", b"\n"))' "$@"
}

# ---- help ---------------------------------------------------------------------------------------

commands="init adopt import register record export status figure chart burden warn risk report check problem plan assess excuse handover narrative inspect finding account log verify undo try serve scheme help version"

languages() {   # COMMAND: its help in English has no Chinese but names, in Chinese no English but names
	python3 - "$zeren" "$@" <<'PY'
import json, re, subprocess, sys
import unicodedata
zeren, *words = sys.argv[1:]
def help_in(lang, *more):
    return subprocess.run([zeren, "help", *words, "--lang", lang, *more], check=True, stdout=subprocess.PIPE,
        encoding="utf-8").stdout
def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
everything = json.loads(subprocess.run([zeren, "help", "--json"], check=True, stdout=subprocess.PIPE).stdout)
allowed = {"zeren", "zeren-data", "exit", "check", "zh", "en", "auto", "always", "never", "help", "json", "data",
    "lang", "color", "version", "JSON", "SHA", "UTC", "PostgreSQL", "postgresql", "evidence", "org", "scheme", "xlsx",
    "yaml", "srv", "record", "N", "ZEREN_DATA", "ZEREN_LANG", "examples", "district", "office", "meeting", "date",
    "A", "problems", "end", "csv", "CSV", "meetings", "year", "closure_rate_pct", "meetings", "md", "results", "half-year", "then", "Markdown", "narrative", "docx", "html", "txt", "trace",
    "report", "slots", "add", "change", "password", "second", "grant", "close", "open", "unlock", "list", "zhang", "san", "G", "U", "_",
    "form", "correct", "withdraw", "restore", "name", "TLS", "Host", "X-Forwarded-For", "X-Forwarded-Proto", "example", "sign-in", "pdf", "scan", "present",
    "show", "write", "text", "history", "export", "filler", "owner", "reviewer", "verifier", "scorer", "panel", "viewer", "auditor",
    "security", "system", "duty", "unit", "month", "done", "drop", "reopen", "JH", "diff", "set", "title", "need", "needs", "count", "by",
    "overdue", "recur", "rates", "steps", "feedback", "receipt", "measure", "plan", "approve", "progress", "extend", "return", "notice",
    "recheck", "lists", "hold", "postpone", "cancel", "ok", "none", "problem", "verify", "answer", "lift", "backtest", "due", "matrix",
    "step", "rate", "review", "consult", "escalate", "lower", "F", "whatif", "self", "score", "confirm", "settle", "appeal", "file",
    "take", "up", "back", "uphold", "partly", "dismiss", "ask", "refuse", "excused", "extended", "not_applicable", "prepare", "give",
    "leave", "take-up", "note", "revoke", "sent", "versions", "compare", "paper", "seal", "stamp", "limit", "adopt", "edited", "ofd", "png",
    "fonts", "withdraw", "M", "public", "out", "format", "address", "https", "gov", "cn", "PDF", "DOCX", "OFD",
    "SVG", "lying", "heat", "strip", "ageing", "bars", "lines", "grouped", "stacked", "svg", "submissions", "by_month", "months", "a"}
for c in everything["commands"]:
    allowed |= {c["name"]} | {o["name"] for o in c["options"]}
if words == ["exit"]:
    allowed |= {e.get("code") for e in json.loads(help_in("zh", "--json"))["exit"]}
bad = []
english, chinese = help_in("en"), help_in("zh")
for line in english.splitlines():
    if re.search("[\u3000-\u9fff\uff00-\uffef]", line.replace("佐证", "")):
        bad.append(line)
for line in chinese.splitlines():
    strange = [w for w in re.findall("[A-Za-z_][A-Za-z_-]*", line)
        if w not in allowed and not all(p in allowed for p in w.split("-") if p)]
    if strange:
        bad.append(f"{strange}: {line}")
if not re.search("[\u4e00-\u9fff]", chinese):
    bad.append("no Chinese at all")
bad += [line for line in (english + chinese).splitlines() if width(line) > 80]
for line in bad:
    print("#", line)
sys.exit(1 if bad else 0)
PY
	case_is $? "help $*: each language by itself, at most 80 columns"
}

languages
languages exit
for c in $commands; do
	languages "$c"
	"$zeren" "$c" --help >"$tmp/a" 2>&1 && "$zeren" help "$c" >"$tmp/b" 2>&1 && cmp -s "$tmp/a" "$tmp/b"
	case_is $? "$c --help is help $c"
	expect 0 out '^examples:' help "$c" --lang en
done
expect 0 out '^usage: zeren COMMAND' --help --lang en
expect 0 out '^usage: zeren COMMAND' --lang=en -h
expect 0 out '^usage: zeren log' --help log --lang en
expect 0 out '^ *7  damaged' help exit
expect 0 out '^ *1  ' help exit
expect 2 err 'did you mean verify' help verfy --lang en

# ---- language: --lang, ZEREN_LANG, Chinese ------------------------------------------------------

expect 0 out '用法' --help
expect 0 out '用法' --help --lang zh
ZEREN_LANG=en expect 0 out 'usage' --help
ZEREN_LANG=en_US.UTF-8 expect 0 out 'usage' --help
ZEREN_LANG=en expect 0 out '用法' --help --lang zh
ZEREN_LANG='' expect 0 out '用法' --help
ZEREN_LANG=de expect 2 err 'ZEREN_LANG' log
expect 2 err '^zeren: .*zh' --lang fr log
expect 2 err 'did you mean log' lgo --lang en        # although --lang comes behind the fault
expect 2 err '没有.*lgo.*log' lgo

# ---- refusals -----------------------------------------------------------------------------------

en 2 'a command is expected, one of: init adopt import'
en 2 'there is no command xyzzy; zeren help lists them' xyzzy
en 2 'there is no command verison; did you mean version\?' verison
en 2 'there is no command regist; did you mean register\?' regist
en 2 'there is no command \.\./log' ../log
en 2 'no option --limt; did you mean --limit\?' log --limt 3
en 2 'no option --acc; did you mean --accept\?' import x --acc
en 2 'no option --accept; zeren help log lists them' log --accept
en 2 'no option --from before the command' --from 3 log
en 2 'no option -n' log -n
en 2 '--json takes no value' log --json=1
en 2 '--from: a value is expected: N' log --from
en 2 '--from: a value is expected: N' log --from ''
en 2 '--from is given twice' log --from 1 --from 2
en 2 'number of an event is expected, not -1' log -- -1
en 2 'number of an event is expected, not 99999999999999999999' log 99999999999999999999
en 2 '2 is one too many' log 1 2
en 2 'one too many' version now
en 2 'FILE\|FOLDER… is missing' import
en 2 'IMPORT is missing' undo
en 2 'FOLDER is missing' try
en 2 'scheme: check FILE' scheme check
en 2 "not chekc; did you mean 'check'\?" scheme chekc a.yaml
en 2 'an empty operand' import ''
en 2 '--quick and --deep' verify --quick --deep
en 2 'auto, always or never' --color red log
en 2 'word 3 of the command line is not UTF-8' $'log\xff'
en 2 'takes no --from' log 1 --from 2
en 4 'no data directory' log --data "$tmp/nowhere"
en 4 'no data directory' verify --data "$tmp/nowhere"
en 4 'no data directory' verify --data "$zeren"      # a file
ZEREN_DATA=$tmp/here en 4 "$tmp/here" log
mkdir "$tmp/empty"
en 4 'empty' log --data "$tmp/empty"
[ -z "$(ls -A "$tmp/empty")" ]
case_is $? "looking into an empty folder leaves nothing there"
run log --data "$tmp/"$'a\e[31m\nzeren: all is well'
[ $status = 4 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && ! grep -q $'\e' "$tmp/err"
case_is $? "a name with control characters stays on its line and does nothing to a terminal"
run "$(printf 'x%.0s' {1..100000})"
[ $status = 2 ] && [ "$(wc -c <"$tmp/err")" -lt 2000 ]
case_is $? "a word of 100000 characters"
run log $(printf 'x %.0s' {1..5000})
[ $status = 2 ]
case_is $? "5000 operands"

# ---- --json -------------------------------------------------------------------------------------

run lgo --json --lang en
[ $status = 2 ] && [ ! -s "$tmp/err" ]
case_is $? "--json: the error is not on stderr"
json 'v == {"error": {"code": "usage", "text": "there is no command lgo; did you mean log?"}}'
run --json log --data "$tmp/"$'"\\\n\x01nowhere'
[ $status = 4 ]
case_is $? "--json: status of a missing directory"
json 'v["error"]["code"] == "not_found" and "\n" not in v["error"]["text"]'
run help --json
json '[c["name"] for c in v["commands"]] == "'"$commands"'".split()'
run help import --json --lang en
json '{o["name"] for o in v["options"]} >= {"year", "evidence", "accept", "partial", "refused"}'
run help exit --json --lang en
json '{e["status"] for e in v["exit"]} == {0, 1, 2, 3, 4, 5, 6, 7, 8} and all(e["meaning"] for e in v["exit"])'
run version --json
json 'v["version"].count(".") == 2 and set(v) == {"version", "compiler", "build"}'
expect 0 out '^Zeren [0-9]' --version

# ---- streams ------------------------------------------------------------------------------------

"$zeren" help >/dev/full 2>"$tmp/err"
[ $? = 8 ] && grep -q '^zeren: .*No space left' "$tmp/err"
case_is $? "a full disk: status 8 and a message"
"$zeren" help --json >/dev/full 2>"$tmp/err"
[ $? = 8 ] && grep -q '^zeren: ' "$tmp/err"
case_is $? "a full disk, --json"
"$zeren" lgo --json >/dev/full 2>"$tmp/err"
[ $? = 2 ] && grep -q '^zeren: .*lgo' "$tmp/err"
case_is $? "an error that stdout does not take is said on stderr"
"$zeren" help >&- 2>"$tmp/err"
[ $? = 8 ]
case_is $? "stdout closed"
"$zeren" lgo 2>&-
[ $? = 2 ]
case_is $? "stderr closed"
mkfifo "$tmp/pipe"
for ignored in '' 'trap "" PIPE;'; do
	(exec 3<>"$tmp/pipe" 4>"$tmp/pipe" 3<&-; eval "$ignored"; "$zeren" help >&4 2>"$tmp/err"; echo $? >"$tmp/status")
	[ "$(cat "$tmp/status")" = 141 ] && [ ! -s "$tmp/err" ]
	case_is $? "a reader that went away: no message $ignored"
done

on_terminal 80 help | grep -q $'\e\[1m'
case_is $? "colours on a terminal"
! NO_COLOR=1 on_terminal 80 help | grep -q $'\e'
case_is $? "NO_COLOR: no colours"
! TERM=dumb on_terminal 80 help | grep -q $'\e'
case_is $? "TERM=dumb: no colours"
! on_terminal 80 help --color never | grep -q $'\e'
case_is $? "--color never"
NO_COLOR=1 on_terminal 80 help --color always | grep -q $'\e\[1m'
case_is $? "--color always, whatever NO_COLOR says"
"$zeren" help --color always | grep -q $'\e\[1m'
case_is $? "--color always into a pipe"
! "$zeren" help | grep -q $'\e'
case_is $? "no colours into a pipe"
! on_terminal 80 help exit --json | grep -q $'\e'
case_is $? "--json on a terminal: no colours"

# ---- log and verify -----------------------------------------------------------------------------

data=$tmp/data
example=examples/district-office-2022
for args in "" "--org $example/org.json" "--org $example/org.json --scheme $example/scheme.yaml"; do
	rm -rf "$data"
	run init "$data" $args
	[ $status != 0 ] || break
done
case_is "$status" "init makes a data directory"
export ZEREN_DATA=$data ZEREN_LANG=en

expect 0 out '^ *0  20[0-9]{2}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]  log\.open ' log --from 0 --limit 1
expect 0 out '^event 0, 20' log 0
expect 0 out '^leaf hash [0-9a-f]{64}$' log 0
expect 0 out '"kind": "log.open"' log 0
expect 0 out 'log\.open' log --kind 'log.*'
expect 4 err 'there is no event 99999999; the newest is [0-9]+' log 99999999
expect 4 err 'there is no event of kind object\.adds; did you mean .object\.add.' log --kind object.adds
expect 4 err 'there is no event of kind nonsense' log --kind nonsense
expect 2 err '--from: a whole number from 0 on is expected, not x' log --from x
expect 2 err '--limit: a whole number from 0 on is expected, not -1' log --limit -1
"$zeren" log --from 0 --limit 0 --json >"$tmp/log.jsonl"
size=$(wc -l <"$tmp/log.jsonl")
python3 - "$tmp/log.jsonl" "$("$zeren" verify --json)" "$("$zeren" log 0)" <<'PY'
import hashlib, json, sys
leaves = []
for n, line in enumerate(open(sys.argv[1], "rb").read().splitlines()):
    event = json.loads(line)
    assert event["seq"] == n
    assert json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == line
    leaves.append(hashlib.sha256(b"\0" + line).digest())
def root(h):
    if len(h) == 1:
        return h[0]
    k = 1
    while k * 2 < len(h):
        k *= 2
    return hashlib.sha256(b"\1" + root(h[:k]) + root(h[k:])).digest()
v = json.loads(sys.argv[2])
assert v["root"] == root(leaves).hex(), (v, root(leaves).hex())
assert v["sound"] is True and v["findings"] == [] and v["events"] == len(leaves)
assert leaves[0].hex() in sys.argv[3]
PY
case_is $? "lines of --json are canonical, and hash to the root (RFC 6962) that verify gives"
run log --limit 1 --json
cmp -s "$tmp/out" <(tail -n 1 "$tmp/log.jsonl")
case_is $? "--limit 1 is the newest"
for n in 2 3 5 7; do
	run log --kind '*' --limit $n --json
	cmp -s "$tmp/out" <(tail -n $n "$tmp/log.jsonl")
	case_is $? "--kind with --limit $n: the newest of the kind"
done
run log --from 0 --limit 1 --json
cmp -s "$tmp/out" <(head -n 1 "$tmp/log.jsonl")
case_is $? "--from with --limit: from there on"
run log 0 --json
cmp -s "$tmp/out" <(head -n 1 "$tmp/log.jsonl")
case_is $? "log 0 --json is the event, byte for byte"
expect 0 out "^looked at: events $size, files [0-9]+$" verify
expect 0 out "^looked at: events $size, .*rows of tables [1-9]" verify --deep
expect 0 out '^root [0-9a-f]{16}$' verify
expect 0 out '^sound$' verify
expect 0 out '^sound$' verify --deep
expect 0 out '^head and checkpoint agree' verify --quick
expect 0 out '完好' verify --lang zh
on_terminal 60 log --color never >"$tmp/out"
python3 - "$tmp/out" <<'PY'
import sys, unicodedata
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
wide = [sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines]
sys.exit(0 if len(lines) > 2 and max(wide) <= 60 else 1)
PY
case_is $? "a table is cut to the terminal"
on_terminal 80 verify | grep -q $'\r''verifying .*%'
case_is $? "progress on a terminal"
! "$zeren" verify 2>&1 | grep -q $'\r'
case_is $? "no progress elsewhere"
"$zeren" log --from 0 --limit 0 --json 2>"$tmp/err" | head -c 1 >/dev/null
[ ! -s "$tmp/err" ]
case_is $? "log | head says nothing"

# one character of the past
python3 - "$data/zeren.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
    db.execute(f"drop trigger {name}")
n = db.execute("""update event set canon = replace(canon, '"at":"20', '"at":"19') where origin = 1 and seq = 0""").rowcount
db.commit()
sys.exit(0 if n == 1 else 1)
PY
case_is $? "an event is changed behind the program's back"
expect 7 out 'event 0' verify
expect 7 out '^findings: [1-9]' verify
run verify --json
[ $status = 7 ]
case_is $? "verify --json of a damaged log ends with 7"
json 'v["sound"] is False and any("event 0" in f for f in v["findings"])'

echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
