"""Assessments through pages. Called by assess_pages.sh: PROGRAM DATA OFFICE."""
import pathlib
import re
import subprocess
import sys
from decimal import Decimal as D

from site_of import Browser, Form, Site, Tally, account, links, words

program, data, office = sys.argv[1:4]
case = Tally()
site = Site(program, data)
people = {}
for login in ("he.ping", "fu.he", "shi.qiao", "zhu.xi", "zhong.cai", "kan.ke"):
    people[login] = Browser(site)
    people[login].sign_in(login)
he, fu, shi, zhu, zhong, kan = people.values()


def number(text):
    return D(re.sub(r"[^\d.-]", "", re.sub(r"<span class=\"tag.*?</span>", "", text)) or "0")


def cells(row):
    return re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, re.S)


def sound(page):
    """Every total of the sheet is the sum of its lines: what does not add up."""
    wrong = []
    parts = re.findall(r'<section class="sheet" id="s-.*?</section>', page, re.S)
    for part in parts:
        total = D(0)
        for item, under in re.findall(r'<tr id="i-[^"]*">(.*?)</tr>\s*<tr class="under">(.*?)</tr>', part, re.S):
            got = number(cells(item)[3])
            lines = re.search(r'<ul class="score-lines">(.*?)</ul>', under, re.S)[1]
            if sum(D(n) for n in re.findall(r'<span class="n">([^<]*)</span>', lines)) != got:
                wrong.append(item)
            total += got
        foot = re.findall(r"<tr>(.*?)</tr>", re.search(r"<tfoot>(.*?)</tfoot>", part, re.S)[1], re.S)
        total += sum(number(cells(r)[2]) for r in foot[:-1])
        if total != number(cells(foot[-1])[3]):
            wrong.append(foot[-1])
    table = re.search(r'aria-labelledby="total">(.*?)</section>', page, re.S)[1]
    foot = cells(re.search(r"<tfoot>(.*?)</tfoot>", table, re.S)[1])
    rows = [cells(r) for r in re.findall(r"<tr>(.*?)</tr>", re.search(r"<tbody>(.*?)</tbody>", table, re.S)[1], re.S)]
    for column in range(2, len(foot)):
        if sum(number(r[column]) for r in rows) != number(foot[column]):
            wrong.append(f"column {column}: {foot}")
    return wrong if parts else ["no sections"]


def total(page):
    return number(re.search(r"<dt>考评</dt><dd>([\d.]*)", page)[1])


def form(b, do, item="", path="/assess/T01", action=None):
    """The form of an item, as the page has it."""
    where = f'value="{do}"' if do else ""
    _, page = b.page(path)
    for head, body in re.findall(r'(<form\b[^>]*method="post"[^>]*>)(.*?)</form>', page, re.S):
        if where in body and (not item or f'name="item" value="{item}"' in body) and (not action or action in head) and "/signout" not in head:
            return Form(b, body, re.search(r'action="([^"]*)"', head)[1])
    return None


def forced(b, action, **fields):
    """A form that no page offered."""
    _, page = b.page("/own")
    f = Form(b, "", action)
    f.fields["csrf"] = b.form_in(page, "/signout").fields["csrf"]
    return b.send(f, **fields)


# ---- who sees what ----
_, page = kan.page("/assess")
case(page.count('href="/assess/T') == 9 and "未开始" in page and "等次" in page, "who sees the office sees every unit", words(page)[:600])
_, page = shi.page("/assess")
case([l for l in links(page) if l.startswith("/assess/T")] == ["/assess/T01"], "a unit sees its own row", links(page))
case(shi.page("/assess/T02")[0] == 404 and shi.page("/assess/T01")[0] == 200, "and its own sheet")
case(kan.page("/assess/U11")[0] == 404 and kan.page("/assess/nowhere")[0] == 404, "a unit that is not assessed has no sheet")
for unit in ("T01", "T02", "T09"):
    _, page = kan.page(f"/assess/{unit}")
    case(not sound(page), f"the lines sum to the scores: {unit}", sound(page))
case(any("slot=" in l for l in links(kan.page("/assess/T02")[1])), "a loss leads to the slot that was missed")
_, page = kan.page("/assess/T02?on=2022-06-30")
hints = re.search(r'<ul class="hints">(.*?)</ul>', page, re.S)[1]
case("+0.167" in hints and "逾期" in hints and "slot=" in hints and not sound(page), "what would raise the score, with what it gives and what it would cost to miss it",
     words(hints))
case("<button" not in re.search(r"<main.*</main>", page, re.S)[0], "who only looks has no form")

# ---- opened ----
case(forced(shi, "/assess/T01", do="open")[0] in (403, 404), "a unit does not open its assessment")
case(form(shi, "open") is None, "and has no form for it")
case(forced(shi, "/assess/T01/self", item="A2", points="19")[0] == 409, "nothing is scored before")
status, to, _ = he.send(form(he, "open"))
case(status == 303 and "done=open" in to, "the scorer opens it")
case(forced(he, "/assess/T01", do="open")[0] == 409, "once")

# ---- self score ----
f = form(shi, "", "A2", action="/self")
status, _, page = shi.send(f, points="25", text="材料齐全")
case(status == 400 and "16至19.5" in page and 'value="25"' in page and 'value="材料齐全"' in page, "a self score outside is refused, what was typed stays", words(page)[:500])
status, _, page = shi.send(f, points="viel", text="")
case(status == 400 and "“viel”不是分值" in page, "and one that is none", words(page)[:400])
case(shi.send(f, points="19", text="材料齐全")[0] == 303, "a self score")
case(forced(zhu, "/assess/T01/self", item="A2", points="16")[0] == 404, "another unit does not score it")
_, page = shi.page("/assess/T01")
case("材料齐全" in page and total(page) == D("100.167") and not sound(page), "it stands beside and changes nothing", words(page)[:900])
case("+1" in page and "高于自评" in page, "with the difference")

# ---- score and second person ----
case(forced(shi, "/assess/T01", do="score", item="A2", points="17", text="自己评")[0] in (403, 404), "the unit does not score")
f = form(he, "score", "A2")
status, _, page = he.send(f, points="16.5", text="")
case(status == 400 and 'value="16.5"' in page, "a score needs its reason; what was typed stays", (status, words(page)[:400]))
case(he.send(f, points="16.5", text="两份材料过薄")[0] == 303, "a score with a reason")
_, page = fu.page("/assess/T01")
mark = re.search(r'name="mark" value="(\d+)"', page)[1]
case("16.5待确认" in page and total(page) == D("100.167") and not sound(page), "does not count yet")
case(form(he, "confirm") is None and forced(he, "/assess/T01", do="confirm", mark=mark)[0] == 403, "who gave it does not confirm it")
case(form(he, "settle") is None, "and nothing is settled meanwhile")
case(fu.send(form(fu, "confirm"))[0] == 303, "a second person confirms it")
_, page = fu.page("/assess/T01")
case(total(page) == D("94.333") and "两份材料过薄" in page and not sound(page), "then it counts", (total(page), sound(page)))

# ---- settled ----
f = form(he, "settle")
status, _, page = he.send(f, total="93")
case(status == 409 and "94.333" in page, "what is settled is what was seen")
case(he.send(f)[0] == 303, "settled")
_, page = shi.page("/assess/T01")
case("定分：94.333分" in page and "逐行一致" in page and not sound(page), "a settled sheet says so", words(page)[:700])
case(forced(shi, "/assess/T01/self", item="A2", points="19")[0] == 409 and forced(he, "/assess/T01", do="score", item="A2", points="17", text="再评")[0] == 409
     and forced(he, "/assess/T01", do="settle", total="94.333")[0] == 409, "and cannot be changed")
case("不是定分所依据的日期" in shi.page("/assess/T01?on=2022-06-30")[1], "another day is told apart")
case(form(he, "score") is None and form(shi, "", "A2", action="/self") is None, "no form offers it")

# ---- appeal ----
case(forced(zhu, "/assess/T01/appeal", item="A2", text="不服")[0] == 404, "another unit does not appeal")
f = form(shi, "", "A2", action="/appeal")
status, _, page = shi.send(f, text="")
case(status == 400, "an appeal needs its reason", (status, words(page)[:300]))
case(shi.send(f, text="另有会议纪要两份")[0] == 303, "an appeal")
_, page = zhong.page("/appeals")
appeal = [l for l in links(page) if re.fullmatch(r"/appeals/\d+", l)][0]
case("另有会议纪要两份" in page and "石桥镇" in page, "the panel sees it")
case(not [l for l in links(zhu.page("/appeals")[1]) if re.fullmatch(r"/appeals/\d+", l)] and zhu.page(appeal)[0] == 404, "another unit does not")
case(forced(shi, appeal, do="uphold", why="成立")[0] in (403, 404) and forced(he, appeal, do="take-up")[0] == 403, "others do not decide")
status, _, page = zhong.send(form(zhong, "take-up", path=appeal), do="uphold", why="成立")
case(status == 409, "it is taken up first", words(page)[:300])
case(zhong.send(form(zhong, "take-up", path=appeal), do="take-up")[0] == 303, "taken up")
status, _, page = zhong.send(form(zhong, "uphold", path=appeal), do="uphold", why="")
case(status == 400, "a decision needs its reason", words(page)[:300])
case(zhong.send(form(zhong, "uphold", path=appeal), do="uphold", why="纪要属实")[0] == 303, "upheld")
_, page = shi.page(appeal)
case("纪要属实" in page and "去该项目" in page, "the unit reads why")
case(he.send(form(he, "score", "A2"), points="19.5", text="按申诉意见")[0] == 303, "the item is scored anew")
case(fu.send(form(fu, "confirm"))[0] == 303, "and confirmed")
_, page = he.page("/assess/T01")
case(total(page) == D("99.333") and "需要重新定分" in page and not sound(page), "the score changes", (total(page), words(page)[:400]))
case(he.send(form(he, "settle"))[0] == 303, "settled again")
_, page = shi.page("/assess")
case("99.333" in page and "已定分" in page, "the list says so", words(page)[:500])
case("已办结" in shi.page("/appeals")[1], "the appeal is over")
case(site.stop() == 0, "it stops when asked")

# ---- another scheme adopted since changes nothing of an opened assessment ----
later = pathlib.Path(data).with_name("later.yaml")
later.write_text(pathlib.Path(data).with_name("assess.yaml").read_text().replace("points: 40, share", "points: 80, share"))
subprocess.run([program, "adopt", "--scheme", later, "--from", "2022-01-01", "--data", data], check=True, capture_output=True)
site = Site(program, data)
shi = Browser(site)
shi.sign_in("shi.qiao")
_, page = shi.page("/assess/T01")
case("逐行一致" in page and total(page) == D("99.333") and not sound(page), "a later scheme changes nothing of it", (sound(page), words(page)[:500]))
zhu = Browser(site)
zhu.sign_in("zhu.xi")
_, page2 = zhu.page("/assess/T02")
case("满分100分" in page2 and not sound(page2), "one that is not open yet is shown by the scheme in force", words(page2)[:500])
case(shi.page([l for l in links(page) if l.startswith("/duties/A08")][0])[0] == 200, "its links lead to what was counted")
case(site.stop() == 0, "it stops when asked")

# ---- a scheme without assess: the office, every duty by its own score ----
account(program, office, "wang.li", "filler")
account(program, office, "shi.qiao", "filler T01")
site = Site(program, office)
wang, shi = Browser(site), Browser(site)
wang.sign_in("wang.li")
shi.sign_in("shi.qiao")
_, page = wang.page("/assess")
case(not sound(page) and "没有对应岗位" in page, "the office's own sheet; who has no post is told what is missing", (sound(page), words(page)[:500]))
case("考核的是本单位整体" in shi.page("/assess")[1] and shi.page("/assess/U01")[0] == 404, "who does not see the office does not see it")
case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
