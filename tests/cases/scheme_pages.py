"""The responsibility system changed by forms, the plan decided, the burden of proof. Called by scheme_pages.sh: PROGRAM DATA PLAN."""
import re
import sys

from site_of import Browser, Site, Tally, account, links, words

program, data, plan = sys.argv[1:4]
case = Tally()
for place in (data, plan):
    account(program, place, "shen.he", "reviewer", name="沈核")
    account(program, place, "kan.ke", "viewer", name="看客")
site = Site(program, data)
b, guest = Browser(site), Browser(site)
b.sign_in("shen.he")
guest.sign_in("kan.ke")


def slots(duty):
    return re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a></th>', b.page(f"/duties/{duty}")[1])


def draft_of(path, **fields):
    status, to, page = b.send(b.form(path, None, "k."), **{f"k.{k}".replace("__", "."): v for k, v in fields.items()})
    return status, to, page


# ---- reading ----
status, page = guest.page("/scheme")
case(status == 200 and "/duties/A26" in links(page) and "/scheme/duties/A01" not in links(page), "who looks reads the duties and changes none")
version = re.search(r'href="(/scheme/versions/\d+)"', page)[1]
answer, text = guest.ask(version + "/text")
case(text.decode() == open("examples/district-office-2022/scheme.yaml").read() and "attachment" in answer.headers["Content-Disposition"],
     "the text comes out byte for byte")
case("第一个版本" in guest.page(version)[1], "the first version is compared with none")
case(guest.page("/scheme/versions/1")[0] == 404, "an event that adopted nothing is no version")
case(guest.page("/scheme/duties/A01")[0] == 403, "the form is not for who looks")

# ---- a wrong value ----
status, to, page = draft_of("/scheme/duties/A01", points="六分")
field = re.search(r'id="k-points-h" class="wrong">([^<]*)<', page)
case(status == 400 and field and re.match(r"第\d+行第\d+列", field[1]) and 'value="六分"' in page, "a wrong value is said beside its field", words(page)[:500])
status, to, page = draft_of("/scheme/duties/A01", need__take="{of: meting}")
field = re.search(r'id="k-need.take-h" class="wrong">([^<]*)<', page)
case(status == 400 and field and "meeting" in field[1], "so is one inside a set, with the nearest name", words(page)[:500])
status, to, page = draft_of("/scheme/duties/A01", need__take="{of: meeting")
case(status == 400 and 'id="k-need.take-h" class="wrong"' in page, "and one that cannot be read", words(page)[:500])
status, to, page = draft_of("/scheme/duties/A01", owner="post:厅长", cadence="每季度至少1次")
case(status in (303, 400) and (status == 303 or 'class="wrong"' in page or 'role="alert"' in page), "an owner that is no post is seen or told")
status, to, page = draft_of("/scheme/duties/A01")
case(status == 400 and "没有不同" in page, "nothing changed is told")
case(draft_of("/scheme/duties/A01", nonsense="1")[0] == 400, "a key that is not on the form changes nothing")

# ---- twice a year → four times, from 1 July ----
before = slots("A01")
status, to, page = draft_of("/scheme/duties/A01", need__each="quarter", cadence="每季度至少1次")
case(status == 303 and to.startswith("/scheme/draft/"), "a change leads to its effect", (status, to))
first = to
_, page = b.page(to)
case("need.each" in page and "半年 → 季度" in words(page) and "+2" in page, "which shows keys and work", words(page)[:700])
case(slots("A01") == before, "and nothing is in force yet")
case(b.send(b.form(to, None, "from"), **{"from": ""})[0] == 400, "it needs a first day")
case(guest.page(to)[0] == 403, "a draft is not for who looks")
again = [l for l in links(page) if l.startswith("/scheme/duties/A01?draft=")][0]
form = b.form(again, None, "k.")
case(form.fields["k.need.each"] == "quarter", "from there the form opens again with what was typed")
stale = b.form(first, None, "from")
status, to, _ = b.send(b.form(to, None, "from"), **{"from": "2022-07-01"})
case(status == 303 and "done=adopted" in to, "it is adopted", (status, to))
_, page = b.page(to)
case("已采用" in page and "2022-07-01" in page and "+2" in page and "沈核" in page, "its version shows the day, who, and the effect", words(page)[:600])
now = slots("A01")
case(any("上半年" in s for s in now) and any("3季度" in s for s in now) and any("4季度" in s for s in now) and not any("1季度" in s for s in now),
     "the year has the old slot before and the new ones behind", now)
status, _, page = b.send(stale, **{"from": "2022-08-01"})
case(status == 409 and "另一个版本" in page, "an effect that was shown before is not adopted unseen", (status, words(page)[:300]))
case(version in links(b.page("/scheme?on=2022-03-01")[1]) and "不在有效期内" in b.page("/scheme?on=2022-03-01")[1], "on a day before the older one is in force")

# ---- added, ended ----
form = b.form("/scheme/new?form=by", None, "k.")
case("k.need.by" in form.fields and "k.need.each" not in form.fields, "a new duty has the fields of its form")
status, to, page = b.send(form, **{"id": "A01", "k.title": "重号", "k.owner": "post:主任", "k.need.by": "06-30", "k.need.take": "meeting"})
case(status == 409 and "A01" in page and 'value="重号"' in page, "a number is given once, what was typed stays", (status, words(page)[:300]))
status, to, page = b.send(form, **{"id": "Z1", "k.title": "新责任", "k.owner": "post:主任", "k.points": "1", "k.need.by": "02-31", "k.need.take": "meeting"})
case(status == 400 and 'id="k-need.by-h" class="wrong"' in page, "a day that is none is said beside its field", words(page)[:400])
status, to, page = b.send(form, **{"id": "Z1", "k.title": "新责任", "k.owner": "post:主任", "k.points": "1", "k.need.by": "11-30", "k.need.take": "meeting"})
case(status == 303 and "新增" in b.page(to)[1], "a new duty is an addition", (status, words(page)[:400]))
form = b.form("/scheme/duties/A27", None, 'value="end"')
status, to, page = b.send(form)
_, page = b.page(to)
case(status == 303 and "A27" in page and "启用日期之前到期的仍要办" in page, "an end is shown first", words(page)[:400])
case("−" in page, "with the work that is lost")

# ---- a whole file ----
text = guest.ask(version + "/text")[1]
form = b.form("/scheme", "/scheme")
status, to, page = b.send(form, files=[("file", "scheme.yaml", text.replace("每半年至少1次".encode(), "每半年2次".encode(), 1))])
case(status == 303, "a file is taken as a draft", words(page)[:400])
_, page = b.page(to)
case("季度 → 半年" in words(page) and "每半年2次" in page, "its effect is against the version adopted last", words(page)[:600])
status, _, page = b.send(form, files=[("file", "scheme.yaml", text.replace("points: 6".encode(), "points: six".encode(), 1))])
case(status == 400 and re.search(r"第\d+行", words(page)), "a wrong file is refused with its line", words(page)[:300])
case(b.send(form, files=[("file", "a.yaml", b"zeren: 1\nuse: [./../etc]\n")])[0] in (400, 404), "a file of another folder is not read")
case(b.send(form, files=[])[0] == 400, "no file is told")

# ---- the burden of proof ----
_, page = b.page("/burden?on=2022-12-31")
case(all(x in words(page) for x in ("A21", "信息科", "118")), "the burden per duty and per unit", words(page)[:400])
case(re.search(r"160<span[^>]*>/160", page) is not None and "100%" in page, "late entries by unit")
case(site.stop() == 0, "it stops when asked")

# ---- the plan ----
site = Site(program, plan)
b, guest = Browser(site), Browser(site)
b.sign_in("shen.he")
guest.sign_in("kan.ke")
_, page = guest.page("/plan")
said = words(page)
case("新建值班制度" in said and "与上年A2相同" in said and 'name="no"' not in page, "promises, the repeated one marked", said[:600])


def decide(no, **fields):
    return b.send(b.form("/plan", "/plan", f'value="C-{no}"'), **fields)


def fate(no):
    return re.search(rf"<td>{no}</td>.*?</svg>([^<]*)<", b.page("/plan")[1], re.S)[1]


was = fate("B2")
status, _, page = decide("B2", do="drop", why="")
case(status == 400 and 'role="alert"' in page and '<details class="act" open' in page, "not pursued needs a reason, said at the open form", words(page)[:400])
status, to, _ = decide("B2", do="drop", why="已统一采购", day="2023-06-01")
case(status == 303 and "done=drop" in to and fate("B2") == "不再实施" and "已统一采购" in b.page("/plan")[1], "it is dropped with its reason", (to, fate("B2")))
status, to, _ = decide("B2", do="reopen", day="2023-06-02")
case(status == 303 and fate("B2") == was, "and opened again", (was, fate("B2")))
status, to, _ = decide("B2", do="done", day="2023-06-03")
case(status == 303 and fate("B2") == "已完成", "done by word", fate("B2"))
case(decide("B1", do="done", day="2099-01-01")[0] == 400, "a day to come is refused")
lent = b.page("/scheme")[1]
case("共用文件" in lent or "/scheme/duties/" not in "".join(links(lent)), "a duty of a shared file is not changed here")
case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
