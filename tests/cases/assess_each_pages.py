"""What is judged one by one, through pages. Called by assess_each.sh: PROGRAM DATA TOWNS."""
import re
import sys

from site_of import Browser, Form, Site, Tally, words

program, data, towns = sys.argv[1:4]
case = Tally()
site = Site(program, data)
people = []
for login in ("he.ping", "fu.he", "zhu.ren"):
    b = Browser(site)
    b.sign_in(login)
    people.append(b)
he, fu, zhu = people


def things(b, item):
    """The form of the rows of an item; None: it may not be sent."""
    _, page = b.page("/assess/U01")
    for head, body in re.findall(r'(<form\b[^>]*class="whole"[^>]*>)(.*?)</form>', page, re.S):
        if f'name="item" value="{item}"' in body:
            f = Form(b, body, re.search(r'action="([^"]*)"', head)[1])
            f.fields["do"] = "things"
            return f if 'name="do"' in body else None
    return None


def confirm(b, do, item, mark=""):
    _, page = b.page("/assess/U01")
    for head, body in re.findall(r'(<form\b[^>]*class="inline"[^>]*>)(.*?)</form>', page, re.S):
        if f'name="do" value="{do}"' in body and f'name="item" value="{item}"' in body and mark in body:
            return Form(b, body, re.search(r'action="([^"]*)"', head)[1])
    return None


def got(b, item):
    _, page = b.page("/assess/U01")
    row = re.search(rf'<tr id="i-{item}">(.*?)</tr>', page, re.S)[1]
    return words(re.findall(r'<td class="n">(.*?)</td>', row, re.S)[2]).strip()


case(things(he, "M1") is None, "nothing is judged before it is open")
_, page = he.page("/assess/U01")
form = he.form_in(page, None, 'value="open"')
case(he.send(form)[0] == 303, "opened")
f = things(he, "M1")
case(f is not None and [k for k in f.fields if k.startswith("p.")] == ["p.G01", "p.G02", "p.G03"], "a row for each member, by code", f and f.fields)
case("每个对象15至19.5分，或20分" in he.page("/assess/U01")[1], "what each may have is said")
status, _, page = he.send(f)
case(status == 400 and "没有填写新的内容" in page, "nothing typed is nothing said", (status, words(page)[:300]))
status, _, page = he.send(f, p__G01="18", p__G02="20")
case(status == 400 and "主任" in words(page) and "理由" in page and 'value="18"' in page, "less than all needs a reason; what was typed stays", words(page)[:400])
status, _, page = he.send(f, p__G01="14", w__G01="迟交")
case(status == 400 and "15至19.5" in page and 'value="迟交"' in page, "and the range is held", words(page)[:400])
status, to, _ = he.send(f, p__G01="18", w__G01="迟交", p__G02="20")
case(status == 303 and "done=things" in to, "two rows in one go", status)
_, page = he.page("/assess/U01")
case("18待确认" in page and "20待确认" in page and confirm(he, "confirm-all", "M1") is None, "both wait for another hand", words(page)[:600])
case(got(he, "M1") == "20", "and do not count", got(he, "M1"))
case(he.send(things(he, "M1"))[0] == 400, "the same once more is nothing new")
zf = things(zhu, "M1")
case("p.G01" not in zf.fields and "p.G02" in zf.fields, "nobody judges himself", zf.fields)
zhu_forced = things(zhu, "M1")
zhu_forced.fields["p.G01"] = "20"
case(zhu.send(zhu_forced)[0] == 403, "not even by a form that was not offered")
mark = re.search(r'name="mark" value="(\d+)"', fu.page("/assess/U01")[1])[1]
one = confirm(fu, "confirm", "M1", f'value="{mark}"')
case(one is not None and fu.send(one)[0] == 303, "one row is confirmed")
# (18 + 20 + 20) ÷ 3 = 19.333
case(got(fu, "M1") == "19.333", "and counts", got(fu, "M1"))
case("1" in words(fu.page("/assess/U01")[1]) and confirm(fu, "confirm-all", "M1") is not None, "the other waits")
# another score comes between seeing and confirming: what was not seen is not confirmed
late = confirm(fu, "confirm-all", "M1")
case(he.send(things(he, "M1"), p__G03="15", w__G03="缺席")[0] == 303, "one more while the second person looks")
case(fu.send(late)[0] == 303 and got(fu, "M1") == "19.333", "all that was seen is confirmed, no more", got(fu, "M1"))
case(fu.send(confirm(fu, "confirm-all", "M1"))[0] == 303, "the rest")
# (18 + 20 + 15) ÷ 3 = 17.667
case(got(fu, "M1") == "17.667", "all of them count", got(fu, "M1"))

f = things(he, "T1")
key = next(k for k in f.fields if k.startswith("p."))
f.fields[key], f.fields["w" + key[1:]] = "30", "未完成两项"
case(he.send(f)[0] == 303 and fu.send(confirm(fu, "confirm-all", "T1"))[0] == 303 and got(he, "T1") == "30", "a task by its record", got(he, "T1"))
_, page = he.page("/assess/U01")
case("/records/" in re.search(r'<details class="act things".*?</details>', page[page.index('id="i-T1"'):], re.S)[0], "with a link to it")
case("40" in re.search(r'<tr id="i-T1">(.*?)</tr>', page, re.S)[1], "its self score from the record's own number")
case(site.stop() == 0, "it stops when asked")

# ---- each sheet of the list by its own scheme ----
site = Site(program, towns)
he = Browser(site)
he.sign_in("he.ping")
_, page = he.page("/assess")
rows = {words(a).strip(): [words(x).strip() for x in re.findall(r'<td class="n">(.*?)</td>', b, re.S)]
        for a, b in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)}
case(rows.get("竹溪镇", [""])[0] == "100" and rows["竹溪镇"][2] == "99", "the opened one by the scheme of its opening", rows)
case(rows.get("清水镇", [""])[0] == "50" and rows["清水镇"][2] == "49", "the others by the one in force", rows)
for unit, full in (("T02", "满分100分"), ("T03", "满分50分")):
    case(full in he.page(f"/assess/{unit}")[1], f"and so its own page: {unit}")
case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
