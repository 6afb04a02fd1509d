"""Approved versions, preview, paper, comparison: pages and program. Called by report_versions.sh: PROGRAM DATA FOLDER."""
import atexit
import html
import json
import os
import re
import struct
import subprocess
import sys

from site_of import Browser, Site, Tally, account, links, words

program, data, folder = sys.argv[1:4]
case = Tally()
env = {**os.environ, "ZEREN_LANG": "zh", "ZEREN_DATA": data}


def zeren(*args):
    return subprocess.run([program, *args], capture_output=True, text=True, env=env)


def answer(*args):
    return json.loads(zeren(*args, "--json").stdout)


account(program, data, "wang.li", "filler", "reviewer", name="王丽")
account(program, data, "wang.li.2", "reviewer", name="王丽")
account(program, data, "li.si", "reviewer", name="李四")
account(program, data, "qian.qi", "owner", name="钱七")
account(program, data, "zhao.wu", "viewer", name="赵五")

# ---- two hands, on the command line ----
refused = zeren("report", "approve", "--no", "5")
case(refused.returncode != 0 and "换一个人批准" in refused.stderr and not answer("report", "versions"),
     "who wrote the last paragraph does not approve", refused)

site = Site(program, data)
atexit.register(site.process.kill)
wang, li, qian, viewer, again = (Browser(site) for _ in range(5))
for browser, login in [(wang, "wang.li"), (again, "wang.li.2"), (li, "li.si"), (qian, "qian.qi"), (viewer, "zhao.wu")]:
    browser.sign_in(login)
wang.send(wang.form("/report?edit=三", "/report"), text="第一段在这里。")

# ---- preview ----
status, page = viewer.page("/report/preview")
case(status == 200 and "中共云岭市青溪区委办公室文件" in page and re.search(r'<img src="/report/preview/1.png[^"]*" alt="[^"]{20,}', page),
     "the first page, with what it says", (status, page[-900:]))
pages = len(re.findall(r'aria-label="第\d+页"', page))
case(pages >= 6 and 'rel="next"' in page and 'rel="prev"' not in page, "all pages are at hand", pages)
got, body = viewer.ask("/report/preview/2.png?dpi=60")
case(got.status == 200 and got.headers["Content-Type"] == "image/png" and struct.unpack(">II", body[16:24]) == (496, 702),
     "a page is a picture of A4", body[:30])
case(viewer.ask("/report/preview/2.png?dpi=60")[1] == body, "again the same bytes")
case(viewer.ask("/report/preview/99.png")[0].status == 404 and viewer.ask("/report/preview/x.png")[0].status == 404
     and viewer.ask("/report/preview/1.png?dpi=4000")[0].status == 400, "other pages and sizes are refused")
_, page = viewer.page("/report/preview?redact=redacted&page=1")
case("青溪" not in re.sub(r"<header.*?</header>|<footer.*?</footer>", "", page.split("<main")[1], flags=re.S), "redacted, it hides what the report does")
case("rel=\"prev\"" in viewer.page("/report/preview?page=2&on=2022-06-30")[1], "the day asked about holds")

# ---- approve ----
case(wang.send(wang.form("/report/versions", "/report/approve"), no="5")[0] == 403, "the writer of the last paragraph does not approve")
status, _, page = again.send(again.form("/report/versions", "/report/approve"), no="5")
case(status == 403 and "王丽" in page and "wang.li" in page, "with another account of hers neither", (status, words(page)[-300:]))
_, page = wang.page("/report/versions")
case("还没有人批准" in page, "nothing is approved yet", words(page)[-300:])
stale = li.form("/report/versions", "/report/approve")
wang.send(wang.form("/report?edit=三", "/report"), text="第二段在这里。")
status, _, page = li.send(stale, no="5")
case(status == 409 and "与你看到的已经不同" in page, "what was not seen is not approved", status)
status, to, page = li.send(li.form("/report/versions", "/report/approve"), no="5", day="2023-01-05")
case(status == 303 and "done=1" in to, "another reviewer approves", (status, page[:400]))
_, page = li.page("/report/versions")
case("李四" in page and "2023年1月5日" in page and "approved=1" in page, "the version says who and when")
case("100%的文字没有变化" in page and "0段有改动" in page and "<table" not in page.split('id="changes"')[1], "nothing differs yet", words(page)[-400:])
case(viewer.page("/report/versions")[1].count("/report/approve") == 0 and viewer.page("/report/versions")[0] == 200, "a viewer looks on")

# ---- the same file again, from both sides ----
first = {}
for kind in ("docx", "pdf", "ofd", "txt"):
    got, first[kind] = qian.ask(f"/report/export?format={kind}&approved=1&on=2022-12-31")
    case(got.status == 200 and len(first[kind]) > 1000, f"{kind} of version 1 is handed out", got.status)
case("青委办〔2022〕5号" in first["txt"].decode() and "2023年1月5日" in first["txt"].decode(), "with number and day", first["txt"].decode()[:200])
draft = qian.ask("/report/export?format=txt")[1].decode()
case("〔2022〕5号" not in draft, "which the draft has not")
wang.send(wang.form("/report?edit=三", "/report"), text="第三段在这里。")
for kind in ("docx", "pdf", "ofd"):
    case(li.ask(f"/report/export?format={kind}&approved=1&on=2022-12-31")[1] == first[kind], f"{kind} is the same after the log has grown")
_, page = li.page("/report")
case("第1版" in page and "1段" in page, "the report says that it differs from what was approved", words(page)[:600])
_, page = li.page("/report/versions?of=1")
case("<del>二</del>" in page.replace("第<del>", "<del>") and "<ins>三</ins>" in page, "and how", re.findall(r"<(?:del|ins)>.*?</", page)[:4])
case(li.page("/report/versions?of=7")[0] == 404, "there is no such version")

# ---- sent, withdrawn ----
status, to, _ = qian.send(qian.form("/report/versions", "/report/sent"), to="市委办", way="专人", day="2023-01-06")
case(status == 303, "an owner says that it was sent")
case("市委办" in li.page("/report/versions")[1] and "专人" in li.page("/report/versions")[1], "to whom, and how")
status, _, page = qian.send(qian.form("/report/versions", "/report/sent"), to="市委办", day="2099-01-06")
case(status == 400 and "还没有到" in page, "not on a day to come", (status, words(page)[:300]))
status, _, page = qian.send(qian.form("/report/versions", "/report/sent"), to=" ")
case(status == 400 and 'role="alert"' in page, "to nobody is refused", status)
form = li.form("/report/versions", "/report/withdraw")
case(li.send(form, why="")[0] == 400 and li.send(form, why="数字有误")[0] == 303, "withdrawn, with a reason")
_, page = li.page("/report/versions")
case("数字有误" in page and 'action="/report/sent"' not in page, "then it can't be sent")
stale = qian.form("/own", "/signout")
stale.action, stale.fields = "/report/sent", {"csrf": stale.fields["csrf"], "version": "1", "to": "市委办"}
case(qian.send(stale)[0] == 409, "nor by a form of before")
for browser, action, fields in [(viewer, "/report/approve", {}), (qian, "/report/approve", {}), (viewer, "/report/sent", {"version": "1", "to": "x"}),
                                (viewer, "/report/paper", {"f.seal": "hand"}), (qian, "/report/withdraw", {"version": "1", "why": "x"})]:
    form = browser.form("/own", "/signout")
    form.action, form.fields = action, {"csrf": form.fields["csrf"], **fields}
    case(browser.send(form)[0] in (403, 404), f"who may not does not: {action}")

# ---- paper ----
_, page = qian.page("/report/paper")
case('name="f.number"' in page and "/report/preview/1.png" in page and "dpi=60" in page, "the paper's fields, and the first page beside")
status, to, _ = qian.send(qian.form("/report/paper", "/report/paper"), **{"f.seal": "stamp", "f.copies": "区纪委", "why": "按惯例"})
case(status == 303, "two are said otherwise", status)
_, page = qian.page("/report/paper")
case("钱七" in page and "按惯例" in page and 'value="区纪委"' in page, "with who, when and why")
log = zeren("log", "--kind", "paper.set", "--json").stdout
case(log.count('"kind":"paper.set"') == 2, "an event each, no more", log)
status, _, page = qian.send(qian.form("/report/paper", "/report/paper"), **{"f.date": "2023-02-30"})
case(status == 400 and "2023-02-30" in page and 'role="alert"' in page, "what is wrong is named and stays in the form", status)
qian.send(qian.form("/report/paper", "/report/paper"), **{"f.copies": ""})
case('value="区纪委"' not in qian.page("/report/paper")[1], "empty is as the scheme says")
case(li.ask("/report/export?format=pdf&approved=1&on=2022-12-31")[1] == first["pdf"], "what was approved stays as it was")

# ---- last year ----
page = viewer.page("/report/compare")[1]
case("2021年的报告没有在本系统批准并报送" in page and "zeren " not in page and "on=2021-12-31" not in page, "nothing was sent last year", words(page)[-300:])
page = li.page("/report/compare")[1]
to = [l for l in links(page.split("<main")[1]) if l.startswith("/report/versions")]
case(to == ["/report/versions?on=2021-12-31"] and li.page(to[0])[0] == 200, "who approves is led to last year's", (to, words(page)[-300:]))
case(site.stop() == 0, "it stops when asked")
text = zeren("report", "--out", folder + "/now", "--format", "md,txt")
last = open(folder + "/now/report.txt", encoding="utf-8").read().replace("第三段在这里。", "去年这里说的是别的。").replace("2022年", "2021年", 1)
open(folder + "/last.txt", "w", encoding="utf-8").write(last)
result = answer("report", "compare", "--last", folder + "/last.txt")
kinds = {}
for p in result["paragraphs"]:
    kinds.setdefault(p["kind"], []).append(p)
case(len(kinds["same"]) > 30 and result["percent"] > 80, "unchanged paragraphs are found", {k: len(v) for k, v in kinds.items()})
case(any("去年" in (p["was"] or "") for p in kinds.get("gone", []) + kinds.get("changed", [])), "and those that say something else")
missing = zeren("report", "compare")
case(missing.returncode == 4 and "--last" in missing.stderr, "without last year's text that is said", missing)
subprocess.run([program, "report", "--approved", "1", "--out", folder + "/again"], check=True, capture_output=True, env=env)
for kind in ("docx", "pdf", "ofd"):
    case(open(f"{folder}/again/report.{kind}", "rb").read() == first[kind], f"zeren report --approved 1 writes the same {kind}")
listed = answer("report", "versions")
case(len(listed) == 1 and listed[0]["why"] == "数字有误" and listed[0]["sent"][0]["to"] == "市委办", "zeren report versions lists it", listed)
case(zeren("report", "sent", "1", "--to", "市委").returncode != 0, "withdrawn stays withdrawn")
case(zeren("report", "--approved", "3", "--out", folder + "/none").returncode == 4, "there is no third version")
sound = zeren("verify", "--deep")
case(sound.returncode == 0, "the log is sound", sound.stdout + sound.stderr)
sys.exit(case.end())
