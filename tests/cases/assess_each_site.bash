# An office that judges the members of a body and its tasks one by one. Sourced behind kit.bash: makes $tmp/org.json and
# $tmp/scheme.yaml; each_site DIR makes a log with one task and accounts for two scorers and the first of the members.

# The example's office with a body of three, 党组; its year's tasks.
python3 -c 'import json, sys
org = json.load(open(sys.argv[1], encoding="utf-8"))
org["bodies"] = [{"id": "B01", "name": "党组", "members": ["G03", "G01", "G02"]}]
json.dump(org, open(sys.argv[2], "w", encoding="utf-8"), ensure_ascii=False)' "$example/org.json" "$tmp/org.json"
cat >"$tmp/scheme.yaml" <<'YAML'
zeren: 1
scheme: each
title: 逐个评分
lists: {classes: [A, B]}
records:
  task: {about: plan, title: 重点任务, fields: {date: date, name: text, class: {type: choice, of: classes}, level: choice, load: choice, own: number}}
duties:
  - {id: Q, title: 任务, owner: "post:主任", points: 1, need: {each: year, take: task}}
assess:
  appeal: 5d
  sections:
    - id: A
      items:
        - {id: M1, title: 班子成员, points: 20, judge: deduct, from: 0.5, to: 5, each: {body: 党组}}
        - {id: T1, title: 重点任务, points: 40, judge: grant, from: 0, to: 40, each: {of: task}, self: own,
           weigh: [{rows: class, columns: level, table: {A: {I: 5, II: 4}, B: {I: 4, II: 3}}}, {field: load, words: {K2: 1.2}}]}
        - {id: J1, title: 总体, points: 10, judge: deduct, from: 1, to: 2}
YAML

each_account() {        # LOGIN NAME POST DIR ROLES
	echo klar-wie-Morgentau-31 | "$zeren" account add "$1" --name "$2" --post "$3" --lasting --password-stdin --data "$4" >/dev/null || exit 1
	# shellcheck disable=SC2086
	"$zeren" account grant "$1" $5 --data "$4" >/dev/null || exit 1
}

each_site() {   # DIR
	rm -rf "$1"
	"$zeren" init "$1" --org "$tmp/org.json" --scheme "$tmp/scheme.yaml" >/dev/null || exit 1
	"$zeren" record add task date=2022-03-01 name=一 class=A level=I own=40 --data "$1" >/dev/null || exit 1
	each_account he.ping 何平 G16 "$1" scorer
	each_account fu.he 付和 G12 "$1" scorer
	each_account zhu.ren 主任 G01 "$1" scorer
}
