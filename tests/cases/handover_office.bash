# The office of the case where posts change hands in the year: one follows the other, one is left, looked after, taken up.
# Sourced behind kit.bash; sets data.
data=$tmp/data
python3 - "$example/org.json" >"$tmp/org.json" <<'PY'
import json, sys
org = json.load(open(sys.argv[1], encoding="utf-8"))
org["holders"] = [h for h in org["holders"] if h["post"] not in ("G03", "G02")] + [
    {"post": "G03", "name": "陈前任", "from": "2021-01-01", "to": "2022-06-30"},
    {"post": "G03", "name": "林后任", "from": "2022-07-01"},
    {"post": "G02", "name": "何离任", "from": "2021-01-01", "to": "2022-03-31"},
    {"post": "G02", "name": "周代管", "from": "2022-05-01", "to": "2022-05-31", "acting": True},
    {"post": "G02", "name": "吴新任", "from": "2022-07-11"}]
json.dump(org, sys.stdout, ensure_ascii=False)
PY
"$zeren" init "$data" --org "$tmp/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
"$zeren" import "$example" --data "$data" --accept --partial >/dev/null
