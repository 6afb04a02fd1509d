"""Holds every route of src/web/routes.c against rights.txt, signed in as each role on each unit. PROGRAM DATA."""
import json
import pathlib
import re
import subprocess
import sys

from site_of import Browser, Form, Site, Tally, account, links

program, data = sys.argv[1:3]
here = pathlib.Path(__file__).parent
case = Tally()
ROLES = "filler owner reviewer verifier scorer panel viewer auditor security system".split()
UNITS = {"own": "U01", "parent": "U00", "child": "U11", "sibling": "T01"}


def register(name):
    out = subprocess.run([program, "register", name, "--data", data, "--json"], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()] if not out.startswith(("[", "{\n")) else json.loads(out)


def number(records, want):
    for r in records["records"] if isinstance(records, dict) else records:
        if want(json.dumps(r, ensure_ascii=False)):
            return r["id"].split(":")[1]
    raise LookupError("no such record")


names = [u["name"] for u in json.load(open("examples/district-office-2022/org.json"))["units"] if u["id"] not in ("U00", "U01")]
office = number(register("meeting"), lambda t: '"主任"' in t and "png" in t and not any(n in t for n in names))
township = number(register("inspection"), lambda t: "石桥镇" in t and not any(n in t for n in names if n != "石桥镇"))
finding = number(register("problem"), lambda t: "石桥镇" in t and not any(n in t for n in names if n != "石桥镇"))
section = number(register("training"), lambda t: '"综合科"' in t and not any(n in t for n in names if n != "综合科"))
log = subprocess.run([program, "log", "--data", data, "--kind", "import.accept", "--json"], capture_output=True, text=True).stdout
imported = re.search(r'"seq":(\d+)', log)[1]

log = subprocess.run([program, "log", "--data", data, "--kind", "scheme.adopt", "--json"], capture_output=True, text=True).stdout
version, draft = re.search(r'"seq":(\d+)', log)[1], re.search(r'"digest":"([0-9a-f]{64})"', log)[1]

excuse = subprocess.run([program, "excuse", "ask", "A02", "--slot", "第2次", "--by", "G01", "--why", "x", "--data", data, "--json"],
                        capture_output=True, text=True, check=True).stdout
handover = subprocess.run([program, "handover", "prepare", "G03", "--on", "2022-06-30", "--by", "G01", "--data", data, "--json"],
                          capture_output=True, text=True, check=True).stdout
handover = str(json.loads(handover)["handover"])
excuse = str(json.loads(excuse)["excuse"])
accounts = {("none", "none"): "nobody"}
account(program, data, "nobody")
for place, unit in UNITS.items():
    for role in ROLES:
        accounts[place, role] = f"{role}.{place}"
        account(program, data, f"{role}.{place}", f"{role} {unit}")

site = Site(program, data)
viewer = Browser(site)
viewer.sign_in("viewer.own")
file = [l for l in links(viewer.page(f"/records/{office}")[1]) if l.startswith("/files/")][0].rsplit("/", 1)[1]
fill = {"{O}": str(office), "{T}": str(township), "{F}": file, "{I}": imported, "{S}": str(section), "{P}": str(finding), "{L}": "nobody", "{V}": version, "{D}": draft, "{R}": "FX-01", "{E}": excuse, "{H}": handover}
warned = subprocess.run([program, "warn", "--on", "2022-12-31", "--data", data, "--json"], capture_output=True, text=True, check=True).stdout
fill["{W}"] = [w["key"] for w in json.loads(warned)["warnings"] if w["owner"] == "综合科科长"][0]
rows = []
for line in (here / "rights.txt").read_text().splitlines():
    if line and line[0] != "#":
        method, path, *expected = line.split()
        for key, value in fill.items():
            path = path.replace(key, value)
        rows.append((method, path, dict(zip([*UNITS, "none"], expected))))

# ---- is every route in the table? ----
source = pathlib.Path("src/web/routes.c").read_text()
for kind, pattern in re.findall(r'\b(PAGE|FORM)\("([^"]+)"', source):
    method = {"PAGE": "GET", "FORM": "POST"}[kind]
    like = re.compile(re.sub(r":\w+", "[^/]+", pattern))
    case(any(m == method and like.fullmatch(re.split("[?#]", p)[0]) for m, p, _ in rows), f"{method} {pattern} stands in the table")

# ---- ask ----
for turn, ((place, role), login) in enumerate(accounts.items()):
    b = Browser(site, f"127.0.1.{turn + 1}")
    b.sign_in(login)
    _, page = b.page("/own")
    csrf = b.form_in(page, "/signout").fields["csrf"]
    for method, path, expected in rows:
        sent = []
        want = expected[place] if place == "none" else expected[place][ROLES.index(role)]
        if method == "GET":
            answer, text = b.ask(path)
            got, to = answer.status, answer.headers.get("Location") or ""
        else:
            path, *sent = path.split("#")
            form = Form(b, "", path)
            form.fields.update(pair.split("=", 1) for pair in sent)
            form.fields["csrf"] = csrf
            got, to, text = b.send(form, files=[] if re.search(r"/correct$|^/import$|^/(findings|inspections)/\d+$|^/risks/consult$|^/registers/.*/new$|^/scheme$", path) else None)
            to = to or ""
        good = got == {"0": 404, "x": 403}[want] if want in "0x" else got < 500 and (want == "*" or got not in (403, 404))
        if sent and want == "+":
            good = "您的账号没有岗位" in text
        if want in "+*" and to.startswith("/signin") and path not in ("/signout", "/first"):
            good = False
        case(good, f"{role} on {place}: {method} {path} {' '.join(sent)}: {want}", (got, to, text[-300:] if isinstance(text, str) else text[-300:].decode("utf-8", "replace")))
case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
