#!/bin/bash
# A slot that is excused, put off, or does not applicable: asked for, decided by another hand, in status and figures from the day
# of the decision on, and as known before as it was.
source "$(dirname "$0")/kit.bash"
export ZEREN_LANG=en

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
export ZEREN_DATA=$data
number() { sed -nE 's/^excuse ([0-9]+) is .*/\1/p' "$tmp/out"; }

# ---- what is asked for --------------------------------------------------------------------------

expect 0 out '^nothing was asked for$' excuse
expect 0 out '^no\. 2 .*missed' status A02
expect 4 err "no duty 'A99'" excuse ask A99 --by G01 --why x
expect 3 err '^zeren: which slot of duty A02\? no\. 1 · 主任; no\. 2 · 主任$' excuse ask A02 --by G01 --why x
expect 4 err 'has no such slot; there are: no\. 1 · 主任; no\. 2' excuse ask A02 --slot "no. 3" --by G01 --why x
expect 3 err "'ask' needs 'why'" excuse ask A02 --slot "no. 2" --by G01
expect 3 err "'ask' needs 'by'" excuse ask A02 --slot "no. 2" --why x
expect 4 err "no post 'G99'" excuse ask A02 --slot "no. 2" --by G99 --why x
expect 2 err '^zeren: --kind: expected excused, extended or not_applicable' excuse ask A02 --kind maybe --by G01 --why x
expect 2 err 'DUTY is missing' excuse ask --by G01 --why x
expect 2 err 'takes no --slot' excuse approve 5 --slot x
expect 2 err 'one of list show ask approve refuse withdraw' excuse beg
before=$(size_of "$data")
expect 0 out 'is asked for: A02 · 第2次, due 2022-12-31$' excuse ask A02 --slot "no. 2" --by G01 --why "flood control" --day 2022-11-01
first=$(number)
expect 5 err 'asks for this slot already' excuse ask A02 --slot 第2次 --by G01 --why again --day 2022-11-02

# ---- another hand decides -----------------------------------------------------------------------

expect 6 err 'another hand: post G01' excuse approve "$first" --by G01 --day 2022-11-03
expect 3 err 'by which post' excuse approve "$first" --day 2022-11-03
expect 3 err "needs 'why'" excuse refuse "$first" --by G02 --day 2022-11-03
expect 3 err 'step before was on 2022-11-01' excuse approve "$first" --by G02 --day 2022-10-03
expect 4 err 'no excuse 3$' excuse approve 3 --by G02
expect 0 out 'is granted$' excuse approve "$first" --by G02 --day 2022-11-10
expect 5 err "in state 'granted'" excuse refuse "$first" --by G02 --why late --day 2022-11-11
expect 0 out '^no\. 2 .*pending' status A02 --on 2022-11-09
expect 0 out '^no\. 2 .*excused' status A02 --on 2022-11-10
expect 0 out '"excused": 1,' status A02 --json
expect 0 out '"required_year": 1,' status A02 --json
expect 0 out "^ *$first +A02 +第2次 .*excused .*2022-12-31 .*granted +2022-11-01 +flood control" excuse
run excuse list --on 2022-11-05 --json
json 'v[0]["state"] == "asked" and "decided" not in v[0]'
run excuse show "$first" --json
json '[s["step"] for s in v["steps"]] == ["ask", "grant"] and v["decided"] == "2022-11-10" and v["by"] == "G01"'
expect 0 out '^2022-11-10 +grant it' excuse show "$first"
expect 0 out '^第2次 .*缺' status A02 --known "$before" --lang zh
expect 0 out '^第2次 .*已免' status A02 --lang zh

# ---- more time ----------------------------------------------------------------------------------

expect 0 out '^first half .*2022-06-30' status A01
expect 3 err 'later than the one in force, 2022-06-30' excuse ask A01 --slot "first half" --until 2022-06-01 --by G01 --why x --day 2022-05-01
expect 5 err 'on or before the due day, which was 2022-06-30' excuse ask A01 --slot "first half" --until 2022-07-15 --by G01 --why x --day 2022-07-01
expect 3 err 'only an extension' excuse ask A01 --slot "first half" --kind excused --until 2022-07-15 --by G01 --why x --day 2022-06-01
expect 3 err 'until when' excuse ask A01 --slot "first half" --kind extended --by G01 --why x --day 2022-06-01
expect 0 out 'due 2022-06-30$' excuse ask A01 --slot "first half" --until 2022-07-15 --by G01 --why floods --day 2022-06-30
second=$(number)
expect 0 out 'is granted' excuse approve "$second" --by G02 --until 2022-07-10 --day 2022-07-01
expect 0 out '^first half .*2022-07-10 .*put off' status A01

# ---- refused, taken back ------------------------------------------------------------------------

expect 0 out 'asked for' excuse ask A01 --slot "second half" --kind not_applicable --by G01 --why merged --day 2022-07-01
third=$(number)
expect 6 err 'for post G01, which began it' excuse withdraw "$third" --by G02 --day 2022-07-02
expect 0 out 'is taken back' excuse withdraw "$third" --by G01 --day 2022-07-02
expect 0 out 'asked for' excuse ask A01 --slot "second half" --kind not_applicable --by G01 --why merged --day 2022-07-01
fourth=$(number)
expect 0 out 'is refused' excuse refuse "$fourth" --by G02 --why "it was not" --day 2022-07-03
run status A01
grep -q 'second half .*not applicable' "$tmp/out" && bad=1 || bad=0
case_is $bad "what was refused changes nothing"

# ---- revoked ------------------------------------------------------------------------------------

expect 6 err 'another hand: post G02' excuse revoke "$first" --by G02 --why mistake --day 2022-11-20
expect 3 err "needs 'why'" excuse revoke "$first" --by G03 --day 2022-11-20
expect 3 err 'step before was on 2022-11-10' excuse revoke "$first" --by G03 --why mistake --day 2022-11-09
expect 5 err "in state 'refused'" excuse revoke "$fourth" --by G03 --why mistake
expect 0 out 'is revoked$' excuse revoke "$first" --by G03 --why mistake --day 2022-11-20
expect 5 err "in state 'revoked'" excuse revoke "$first" --by G04 --why again --day 2022-11-21
expect 0 out '^no\. 2 .*excused' status A02 --on 2022-11-19
expect 0 out '^no\. 2 .*pending' status A02 --on 2022-11-20
expect 0 out '^no\. 2 .*missed' status A02
run excuse show "$first" --json
json 'v["state"] == "revoked" and v["revoked"] == "2022-11-20" and v["steps"][-1]["why"] == "mistake"'
expect 0 out 'asked for' excuse ask A02 --slot "no. 2" --by G01 --why "flood control" --day 2022-11-21
again=$(number)
expect 0 out 'is granted' excuse approve "$again" --by G02 --day 2022-11-22
expect 0 out '^no\. 2 .*excused' status A02
# of two that were granted the earlier counts again when the later is revoked
expect 0 out 'asked for' excuse ask A02 --slot "no. 2" --kind not_applicable --by G01 --why "no such board" --day 2022-11-23
later=$(number)
expect 0 out 'is granted' excuse approve "$later" --by G02 --day 2022-11-24
expect 0 out '^no\. 2 .*not applicable' status A02
expect 0 out 'is revoked$' excuse revoke "$later" --by G03 --why mistake --day 2022-11-25
expect 0 out '^no\. 2 .*excused' status A02

expect 0 out 'sound' verify --deep
finish
[ "$failed" = 0 ]
