#!/bin/bash
# Refusals: a name that nobody knows and what it was meant for; where in a file something stands, in Chinese.
source "$(dirname "$0")/kit.bash"

data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
export ZEREN_DATA=$data ZEREN_LANG=en

# ---- names that nobody knows, and what they were meant for ---------------------------------------

near() { expect "$1" err "; did you mean '$2'\?$" "${@:3}"; }        # STATUS MEANT ARGS...

near 2 correct record corect 3
near 2 list excuse lst
near 2 history narrative histori
near 2 sent report snt
near 2 score assess scor
near 2 backtest warn bactest
near 2 matrix risk matrx
near 2 reopen plan repoen P1
near 2 grant account grnat zhang filler
near 2 recur finding recu
near 2 verify finding verfy 3
near 2 check inspect chekc
near 2 verified finding list --state verifed
near 4 take handover tak
near 4 G02 handover G020
near 4 object.add log --kind object.adds
near 4 meeting register meetings
near 4 meeting export meetings
near 3 kind register meeting --sort kin
near 4 A01 status A011
near 4 A01 excuse ask A011
near 4 meetings.total figure meeting.total
near 4 综合科 assess --unit 综合
# ---- where something stands, in Chinese: one form ------------------------------------------------

zh() { expect "$1" "$2" "$3" --lang zh "${@:4}"; }

mkdir -p "$tmp/reg" "$tmp/head"
csv=$example/02周例会月度汇总.csv
sed '4s/,4,/,甲,/' "$csv" >"$tmp/reg/周例会.csv"
sed '2s/召开次数/场/' "$csv" >"$tmp/head/02周例会.csv"
sed 's/title:/tilte:/' "$example/scheme.yaml" >"$tmp/bad.yaml"
sed '5s/"/x/' "$example/org.json" >"$tmp/org.json"
printf '\n\nlisten 1\n' >"$tmp/serve.conf"
zh 1 out '^退回　周例会.csv 第4行“召开次数”栏：数字无法识别：甲$' import "$tmp/reg"
zh 5 err '第一处是周例会.csv 第4行“召开次数”栏：' import "$tmp/reg" --accept
zh 1 out '^问题　02周例会.csv 第2行B列：责任制方案里没有“场”这一列' import "$tmp/head"
zh 3 err 'bad.yaml 第5行第1列：' scheme check "$tmp/bad.yaml"
zh 3 err 'org.json 第5行第[0-9]+列：' adopt --org "$tmp/org.json"
! grep -E '^msgstr .*(第 [0-9%]|：第%[zlud]+行|"页 )' text/zh.po
case_is $? "no other form of a place among the Chinese texts"

finish
