#!/usr/bin/env bash
# The burden of proof of the example, held against a recount: slots and rows from `status`, days of entry and evidence from the
# tables; what a slot of each duty asks for is copied from the scheme by hand.
. "$(dirname "$0")/kit.bash"
export ZEREN_DATA=$tmp/data ZEREN_LANG=en
"$zeren" init --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null &&
	"$zeren" import "$example" --accept --partial >/dev/null 2>&1
"$zeren" burden --json >"$tmp/burden.json"
case_is $? "burden"
"$zeren" status --json >"$tmp/status.json"
for type in $("$zeren" register --json | grep -Eo '"[a-z_]+":' | tr -d '":'); do
	"$zeren" register "$type" --json --limit 0 >"$tmp/register.$type"
done
cat >"$tmp/recount.py" <<'PY'
import collections, json, pathlib, sqlite3, sys

tmp = pathlib.Path(sys.argv[1])
burden = json.loads((tmp / "burden.json").read_text("utf-8"))
status = json.loads((tmp / "status.json").read_text("utf-8"))
bad = []


def same(what, got, want):
    if got != want:
        bad.append(f"{what}: {got}, recounted {want}")


# entries a slot asks for, files an entry asks for: meetings, studies, trainings and activities ask for one
ASKS = {"A01": (1, 1), "A02": (1, 1), "A05": (1, 1), "A06": (1, 1), "A07": (1, 0), "A08": (1, 0), "A09": (0, 0), "A10": (1, 0),
        "A11": (1, 0), "A12": (1, 0), "A13": (1, 1), "A14": (1, 1), "A15": (1, 1), "A16": (1, 0), "A17": (1, 0), "A18": (1, 0),
        "A19": (1, 0), "A20": (1, 1), "A21": (8, 0), "A22": (1, 0), "A23": (1, 1), "A24": (0, 0), "A25": (1, 1), "A26": (1, 0),
        "A27": (0, 0)}
for name, duty in burden["duties"].items():
    slots = list(status[name]["at"].values())[0]["required_year"]
    same(f"{name} slots", duty["slots"], slots)
    if name in ASKS:
        entries, files = ASKS[name]
        same(f"{name} entries", duty["entries"], slots * entries)
        same(f"{name} files", duty["files"], slots * entries * files)
same("A04 entries: six slots, one of 6, one of 2", burden["duties"]["A04"]["entries"], 6 + 6 + 2)
meetings = [json.loads(x) for x in (tmp / "register.meeting").read_text("utf-8").splitlines()]
opened = [x for x in meetings if x["fields"].get("kind") in ("室务会", "理论学习中心组学习")]
same("A03 files: one a meeting", burden["duties"]["A03"]["files"], len(opened))

# what is given: rows that duties use, and the files of their records
db = sqlite3.connect(tmp / "data" / "zeren.db")
proofs = collections.defaultdict(list)
for seq, digest in db.execute("select r.seq, p.digest from p_record r join p_proof p on p.origin = r.origin and"
                              " p.seq = r.rev_seq where p.digest is not null"):
    proofs[seq].append(digest)
days = dict(db.execute("select seq, entered - day from p_record where day is not null"))
record = {}
for path in tmp.glob("register.*"):
    for line in path.read_text("utf-8").splitlines():
        x = json.loads(line)
        record[x["source"]] = int(x["id"].split(":")[1])
simple = [d for d in burden["duties"] if d not in ("A03", "A09", "A24", "A27")]     # the others ask for no entry
used, uses, files, file_uses = set(), 0, set(), 0
for name in simple:
    mine = {record[row] for row in status[name]["rows"]}
    same(f"{name} given", burden["duties"][name]["given_entries"], len(mine))
    digests = {d for r in mine for d in proofs[r]}
    same(f"{name} given files", burden["duties"][name]["given_files"], len(digests))
    used |= mine
    uses += len(mine)
    files |= digests
for name in ("A03", "A09", "A24", "A27"):
    same(f"{name} given", burden["duties"][name]["given_entries"], 0)
for name in ("A03", "A09"):     # done by the record's own fields: its files are asked for
    mine = {record[row] for row in status[name]["rows"]}
    most = {d for r in mine for d in proofs[r]}
    if burden["duties"][name]["given_files"] > len(most):
        bad.append(f"{name}: more files than its rows have")
    files |= most
total = burden["sum"]
same("entries given", total["given_entries"], len(used))
same("uses of entries", total["entry_uses"], uses)
same("entries saved", total["entries_saved"], uses - len(used))
same("files saved", total["files_saved"], total["file_uses"] - total["given_files"])
if not len({d for r in used for d in proofs[r]}) <= total["given_files"] <= len(files):
    bad.append(f"files given: {total['given_files']} of {len(files)}")
for key in ("slots", "entries", "files"):
    same(f"sum of {key}", total[key], sum(d[key] for d in burden["duties"].values()))
    same(f"sum of {key} by unit", total[key], sum(u[key] for u in burden["units"].values()))

# late entry: the registers of 2022 were read in long after, so every dated entry is late
for x in burden["late"]:
    same(f"late in month {x['month']} of {x['unit']}", x["late"], x["entries"])
same("every dated entry is late", all(n > 30 for r, n in days.items() if r in used), True)
same("months", {x["month"] for x in burden["late"]} <= set(range(1, 13)), True)
print("\n".join(bad) or f"{len(burden['duties'])} duties, {len(used)} entries, {total['given_files']} files: the same")
sys.exit(bool(bad))
PY
python3 "$tmp/recount.py" "$tmp"
case_is $? "a recount agrees"
expect 0 out '^A04 .* +8 +14 ' burden
expect 0 out 'asked: [0-9]+ entries and [0-9]+ files' burden
expect 0 out '^unit ' burden unit
expect 0 out '^unit +month' burden month
expect 2 err 'by duty, unit or month, not week' burden week
run burden --on 2022-03-31 --json
json 'v["sum"]["given_entries"] > 0 and all(x["month"] <= 3 for x in v["late"])'
finish
