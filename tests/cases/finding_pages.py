"""Findings and inspections through pages: their lists, what may be done by whom, refusals. Called by finding_pages.sh:
PROGRAM DATA."""
import hashlib
import html
import re
import subprocess
import sys

from site_of import Browser, Site, Tally, account, links, words

program, data = sys.argv[1:3]
case = Tally()
account(program, data, "kan", "viewer U00", name="看看")
account(program, data, "shi.fu", "verifier T01", name="石副书记", post="G21")
account(program, data, "no.post", "owner U00", name="没有岗位")
site = Site(program, data, env={"ZEREN_TIMING": "1"})
people = {}
for login in ["wang.li", "fu.zhu", "lin.zhu", "shi.qiao", "zhu.xi", "kan", "no.post", "shi.fu"]:
    people[login] = Browser(site)
    people[login].sign_in(login)
wang, fu, lin, shi, zhu, kan = (people[k] for k in ["wang.li", "fu.zhu", "lin.zhu", "shi.qiao", "zhu.xi", "kan"])


def of(page, kind):
    """The things that a page links to: their addresses by what the link says."""
    return {re.sub(r"<[^>]*>", "", text): to for to, text in re.findall(rf'<a href="(/{kind}/\d+)(?:\?[^"]*)?"[^>]*>(.*?)</a>', page)}


def moves(b, path):
    return re.findall(r'id="do-([\w-]+)"', b.page(path)[1])


def do(b, path, move, **fields):
    """The form of a step, filled in and sent."""
    files = fields.pop("files", [])
    form = b.form(path, path, f'name="do" value="{move}"')
    return b.send(form, files=files, **fields)


# ---- the list ----
status, page = wang.page("/findings")
found = of(page, "findings")
case(status == 200 and {"P-1", "P-2", "P-3", "P-4"} <= set(found), "the list has every finding", found)
case("已逾期92天" in page and "10天后到期" in page, "with how late it is, and what is due soon")
case("25.0%" in page and "1 ÷ 4" in page and "59 ÷ 1" in page, "rates stand with their arithmetic")
case("同一单位" in page and page.index("P-1</a> 2022-04-10") > 0, "what came back stands there")
ages = [(l, int(n)) for l, n in re.findall(r'<a href="([^"]*age=[^"]*)"[^>]*><title>[^<]*: (\d+)</title>', page)]
case(len(ages) >= 5 and all(n > 0 for _, n in ages), "ages are bars, each a link", ages)
for link, n in ages:
    part = wang.page(html.unescape(link).split("#")[0])[1]
    case(f"第1至{n}件，共{n}件" in part and "只看未办结的" in part, f"which opens its {n}", (link, words(part)[:300]))
names = lambda path, b=wang: set(of(re.search(r'<tbody>.*?</tbody>', b.page(path)[1], re.S)[0], "findings"))
case(names("/findings?overdue=1") == {"P-2"}, "narrowed to what is overdue")
case(names("/findings?state=closed") == {"P-1"} and names("/findings?state=open") == {"P-2", "P-3", "P-4"}, "narrowed by state")
case(names("/findings?unit=U01") == {"P-1", "P-2"} and names("/findings?unit=T02") == {"P-3"}, "by a unit and those below it")
case(names("/findings?source=自查") == {"P-3", "P-4"}, "by source")
case("没有符合条件的问题" in wang.page("/findings?state=dropped")[1], "nothing left says what to do next")
case(names("/findings?on=2022-05-01") == {"P-1"}, "as of a day before the others were found")
case("/registers/problem/new" in links(page) and "/registers/problem/new" not in links(kan.page("/findings")[1]),
     "a new one is entered from here by who may")
case("整改" in re.search(r'class="wide">.*?</ul>', page, re.S)[0], "the rail has the word")

# ---- what a township sees ----
for b, starts in [(shi, ["/duties", "/org", "/org/units/T01", "/findings"]), (kan, ["/plan?on=2020-06-30", "/burden?on=2020-06-30"])]:
    to = {x.replace("&amp;", "&").split("#")[0] for start in starts for x in links(b.page(start)[1])}
    dead = sorted(x for x in to if x.startswith("/") and not x.startswith(("/assets", "/report")) and "format=" not in x and b.page(x)[0] != 200)
    case(to and not dead, f"no link of {starts[0]} and its like leads nowhere for who sees less", dead)
case(names("/findings", shi) == {"P-4"} and names("/findings", zhu) == {"P-3"}, "a township sees its own findings alone")
case("0 ÷ 1" in shi.page("/findings")[1], "its rates are of those alone")
case(shi.page(found["P-3"])[0] == 404 and shi.page(found["P-4"])[0] == 200, "others are not there for it")
status, page = shi.page("/inspections")
case(set(of(page, "inspections")) == {"D-1", "D-4"}, "so with inspections", of(page, "inspections"))
all_inspections = of(wang.page("/inspections")[1], "inspections")
case(set(all_inspections) == {"D-1", "D-2", "D-3", "D-4"} and shi.page(all_inspections["D-2"])[0] == 404, "who sees all sees them all")

# ---- an inspection is put off, held, its list said item by item ----
i = all_inspections["D-1"]
case(moves(wang, i) == ["hold", "postpone"], "it can be held or put off", moves(wang, i))
case("取消" in wang.page(i)[1] and "没有权限" in wang.page(i)[1], "what he may not do stands there with the reason")
status, _, page = do(wang, i, "postpone", day="2022-02-20", due="2022-03-10")
case('href="#do-postpone"' in page and re.search(r'id="do-postpone" open.*?<p class="error wide">[^<]*需要“原因”', page, re.S),
     "what is missing stands in the form, and the top leads there")
case(status == 400 and "“推迟”需要“原因”" in page and 'id="do-postpone" open' in page and 'value="2022-03-10"' in page,
     "a refusal says the step by its name, the form stays with what was typed", (status, words(page)[:400]))
status, to, _ = do(wang, i, "postpone", day="2022-02-20", due="2022-03-10", why="防汛")
case(status == 303 and "done=postpone" in to and "2022年3月10日" in wang.page(to)[1] and "防汛" in wang.page(to)[1], "it is put off")
status, to, _ = do(wang, i, "hold", day="2022-03-10")
case(status == 303 and "已开展" in wang.page(to)[1], "it was held")
form = wang.form(i, i, 'name="item" value="1"')
status, to, page = wang.send(form, files=[], result="ok")
case(status == 303 and to.endswith("#i1"), "an item in order: one button", (status, to))
case('t-met' in re.search(r'<li id="i1">.*?</li>', wang.page(i)[1], re.S)[0], "it says so")
wang.send(wang.form(i, i, 'name="item" value="3"'), files=[], result="none")
problem = lambda b=wang: b.form(i, i, 'id="i2-what"')
status, _, page = wang.send(problem(), files=[], finding="1")
case(status == 400 and re.search(r'<details open>\s*<summary[^>]*疏散通道', page), "a problem without words is refused, its form stays open",
     (status, words(page)[:300]))
status, to, page = wang.send(problem(), files=[], what="通道<b>堵塞", finding="1", **{"f.no": "W-1", "f.cause": "无人巡查", "f.level": "较重"})
case(status == 303 and "done=finding" in to, "a problem makes a finding at once", words(page)[:500])
_, page = wang.page(i)
item = re.search(r'<li id="i2">.*?</li>', page, re.S)[0]
f = re.search(r'href="(/findings/\d+)"', item)[1]
case("<use href=\"#s-due\"/></svg>问题" in item, "the item says so", item[:300])
case("通道&lt;b&gt;堵塞" in page and "<b>堵塞" not in page, "what was typed is only text")
status, page = wang.page(f)
case(status == 200 and i in links(page) and "W-1" in page and "石桥镇" in page and "较重" in page, "the finding leads back to its inspection",
     words(page)[:500])
status, to, page = wang.send(wang.form(i, i, 'id="other-what"'), files=[], what="没有台账", finding="1", **{"f.no": "W-2", "f.cause": "无人巡查"})
case(status == 303 and set(of(wang.page(i)[1], "findings")) >= {"W-1", "W-2"}, "one beside the list too", words(page)[:300])
status, _, page = wang.send(wang.form(i, i, 'id="other-what"'), files=[], what="没有台账", finding="1", **{"f.no": "W-1"})
case(status in (400, 409) and "没有台账" in page, "the same number once more is refused, what was typed stays", status)
case("answers" not in kan.page(i)[1] and "您可以查看" in kan.page(i)[1], "who only looks has no buttons")
case("没有对应岗位" in people["no.post"].page(i)[1] and "answers" not in people["no.post"].page(i)[1], "nor has who has no post")
stranger = wang.form(i, i, 'name="item" value="1"')
stranger.fields["csrf"] = kan.form("/own", "/signout").fields["csrf"]
case(kan.send(stranger, files=[], result="ok")[0] == 403 and zhu.page(i)[0] == 404, "nor by a form of another's")
status, to, _ = do(wang, i, "report", day="2022-03-12", no="督反馈1号")
case(status == 303 and "已反馈结果" in wang.page(i)[1], "its results are fed back")

# ---- the finding's way by several hands ----
case("feedback" in moves(wang, f) and "verify" not in moves(wang, f), "who checks feeds it back", moves(wang, f))
status, to, _ = do(wang, f, "feedback", day="2022-03-12", no="督〔2022〕3号", due="2022-06-30")
case(status == 303 and "督〔2022〕3号" in wang.page(f)[1], "fed back with number and day")
case(moves(wang, f) == ["on-the-spot"], "the one who fed it back does not sign the receipt", moves(wang, f))
_, page = wang.page(f)
case("“签收”须由他人办：岗位督查科科长办了“反馈”" in page, "the reason names step and post as people call them", words(page)[-1500:])
case("W-1" in shi.page("/")[1] and "签收" in shi.page("/")[1] and "等您办的问题" in shi.page("/")[1], "it waits on the desk of the unit")
case("W-1" not in zhu.page("/")[1], "on no other desk")
case(do(shi, f, "receipt", day="2022-03-13")[0] == 303, "the unit signs")
status, _, page = do(shi, f, "plan", day="2022-03-14")
case(status == 400 and "还没有" in page, "there is nothing to hand in yet", (status, words(page)[:200]))
for no, text in (("1", "清理通道"), ("2", "每周巡查")):
    form = shi.form(f, f, 'name="do" value="measure"')
    case(form.fields["no"] == no and form.fields["post"] == "G21", "the number of the measure and the post stand there already", form.fields)
    case(shi.send(form, files=[], day="2022-03-14", due="2022-04-30", text=text)[0] == 303, f"measure {no} is set")
case(do(shi, f, "plan", day="2022-03-15")[0] == 303 and "approve" not in moves(shi, f), "the measures are handed in")
case("W-1" in lin.page("/")[1] and do(lin, f, "approve", day="2022-03-16")[0] == 303, "a reviewer, on whose desk it waited, approves them")
case(do(shi, f, "progress", day="2022-04-20", no="1", progress="100")[0] == 303 and "50%" in shi.page(f)[1], "progress of one measure of two: half")
status, _, page = do(shi, f, "done", day="2022-04-21", text="好了")
case(status == 409 and "措施2" in page.replace(" ", ""), "not all measures are done", (status, words(page)[:300]))
do(shi, f, "progress", day="2022-05-01", no="2", progress="100")
old = shi.form(f, f, 'name="do" value="done"')
do(shi, f, "progress", day="2022-05-02", no="2", progress="100")
status, _, page = shi.send(old, files=[], day="2022-05-03", text="已清理")
case(status == 409 and "已清理" in page, "another step came meanwhile: refused, what was typed stays", status)
photo = b"\x89PNG\r\n" + bytes(range(256)) * 9
before = subprocess.run(["find", data, "-path", "*/objects/*", "-type", "f"], capture_output=True, text=True).stdout.count("\n")
status, _, page = do(shi, f, "done", day="2022-05-03", text="", files=[("files", "整改照.png", photo)])
after = subprocess.run(["find", data, "-path", "*/objects/*", "-type", "f"], capture_output=True, text=True).stdout.count("\n")
case(status == 400 and before == after, "of a refused step no file is kept", (status, before, after))
status, to, page = do(shi, f, "done", day="2022-05-03", text="已清理", files=[("files", "整改照.png", photo)])
case(status == 303, "put right, with a picture", words(page)[:300])
file = [l for l in links(shi.page(f)[1]) if l.startswith("/files/")][0]
case(hashlib.sha256(shi.ask(file)[1]).hexdigest() == file.rsplit("/", 1)[1], "the unit gets its picture back")
case(fu.ask(file)[0].status == 200 and zhu.ask(file)[0].status == 404, "the verifier too, another unit does not")
case("W-1" in fu.page("/")[1] and "W-1" not in shi.page("/")[1], "it waits for a verifier now")
case("verify" not in moves(shi, f) and "没有权限" in shi.page(f)[1], "the one who put it right is not offered the verification")
form = fu.form(f, f, 'name="do" value="verify"')
stolen = fu.form(f, f, 'name="do" value="verify"')
stolen.fields["csrf"] = shi.form("/own", "/signout").fields["csrf"]
status, _, page = shi.send(stolen, files=[], day="2022-05-04", way="实地", text="属实")
case(status == 403 and "申请销号" in shi.page(f)[1], "and is refused when he sends it all the same", status)
own = people["shi.fu"]
_, page = own.page(f)
case("verify" not in moves(own, f) and "须由他人办" in page, "who may verify, of the same post, is refused as the same hand", words(page)[-900:])
stolen.fields["csrf"] = own.form("/own", "/signout").fields["csrf"]
status, _, page = own.send(stolen, files=[], day="2022-05-04", way="实地", text="属实")
case(status == 403 and "须由他人办" in page, "by the form too", status)
status, to, page = fu.send(form, files=[], day="2022-05-05", way="实地", text="属实")
case(status == 303 and "close" in moves(fu, f), "another hand verifies", words(page)[:300])
status, to, _ = do(fu, f, "close", day="2022-05-06", no="销〔2022〕1号", due="2022-12-01")
_, page = fu.page(f)
case(status == 303 and "销〔2022〕1号" in page and "已销号" in page, "closed with a number, with a day to look again",
     words(page)[:600])
case("2022年12月1日" in page, "which stands among the days")
case(set(moves(fu, f)) == {"recheck", "reopen"}, "then only looking again or reopening is possible", moves(fu, f))
status, page = fu.page(f + "?on=2022-04-25")
case(status == 200 and "整改中" in page and "又办了新的步骤" in page and not re.findall(r'id="do-', page), "as of a day before it is being put right, and takes no step")
case(wang.page("/findings/999999")[0] == 404 and wang.page("/inspections/999999")[0] == 404 and wang.page(f"/findings/{i.rsplit('/', 1)[1]}")[0] == 404,
     "there are no such")
status, _, page = wang.send(wang.form(found["P-2"], found["P-2"], 'value="feedback"'), files=[], do="burn")
case(status == 400 and "没有这一步" in page, "a step that there is not")

# ---- this office's scheme has no report ----
status, page = wang.page("/report")
case(status == 200 and "责任体系方案还没有报告提纲" in page and "/scheme" in links(page), "its page says what will stand there", words(page)[:300])

# ---- how many statements an answer takes ----
# one more for the names of those who took steps, however many they are
for path, most in {"/findings": 4, "/inspections": 7, f: 9 + 1, i: 13 + 1}.items():
    took = [int(re.search(r'desc="(\d+)"', wang.ask(path)[0].headers["Server-Timing"])[1]) for _ in range(5)]
    case(min(took) <= most, f"{path} takes {most} statements", took)

case(site.stop() == 0, "it stops when asked")
check = subprocess.run([program, "verify", "--deep", "--data", data], capture_output=True, text=True)
case(check.returncode == 0, "the log is whole, and its tables follow from it", check.stdout + check.stderr)
sys.exit(case.end())
