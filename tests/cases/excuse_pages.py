"""Excuses asked for beside a slot and decided by another hand; a post that is handed over. Called by excuse_pages.sh:
PROGRAM DATA."""
import json
import re
import subprocess
import sys

from site_of import Browser, Form, Site, Tally, account, links, words

program, data = sys.argv[1:3]
case = Tally()
DUTIES = [f"A{i:02d}" for i in range(1, 31)]


def run(*args):
    return json.loads(subprocess.run([program, *args, "--data", data, "--json"], capture_output=True, text=True, check=True).stdout)


def opens(row):
    """The address of the slot in a row of a table."""
    return next(x for x in links(row) if x.startswith("/duties/")).split("#")[0]


def slot_of(b, duty, label):
    """The address that opens a slot of a duty."""
    _, page = b.page(f"/duties/{duty}")
    for row in re.findall(r"<tr[ >].*?</tr>", page, re.S):
        if f">{label}</a>" in row:
            return opens(row)
    raise LookupError(label)


account(program, data, "zhang.yi", "filler", "reviewer", name="张一", post="G01")
account(program, data, "wu.xin", "reviewer", name="吴新任", post="G02")
account(program, data, "chen.qian", "filler", name="陈前任", post="G03")
account(program, data, "lin.hou", "filler", name="林后任", post="G03")
account(program, data, "wang.wu", "filler", "reviewer", name="无岗")
account(program, data, "zhou.xia", "viewer T01", name="周下")
site = Site(program, data)
who = {}
for login in "zhang.yi wu.xin chen.qian lin.hou wang.wu zhou.xia".split():
    who[login] = Browser(site, f"127.0.2.{len(who) + 1}")
    who[login].sign_in(login)
asks, decides = who["zhang.yi"], who["wu.xin"]

# ---- asking ----
status, page = asks.page("/excuses")
case(status == 200 and "没有待决定的申请" in words(page), "nothing was asked for yet: the page says where to ask", words(page)[-600:])
here = slot_of(asks, "A02", "第2次")
status, page = asks.page(here)
case("申请免办、延期或不适用" in words(page), "beside a missed slot there is a form", words(page)[-700:])
case("申请免办" not in words(who["wang.wu"].page(here)[1]), "not for an account without a post")
case("申请免办" not in words(decides.page(here)[1]), "nor for who may not enter records")
form = asks.form(here, where='name="kind"')
status, _, page = asks.send(form, kind="excused", why="", day="2022-11-01")
case(status == 400 and 'role="alert"' in page and 'value="2022-11-01"' in page, "without a reason it is refused, what was typed stays", words(page)[-700:])
status, _, page = asks.send(form, kind="maybe", why="x")
case(status == 400 and "表单没有说明申请什么" in words(page), "another kind is none")
status, _, page = asks.send(form, slot="nothing", kind="excused", why="x")
case(status == 400 and 'role="alert"' in page, "a slot that is none")
status, to, page = asks.send(form, kind="excused", why="防汛抗旱", day="2022-11-01")
case(status == 303 and "done=ask" in to, "asked for", (status, to, words(page)[:300]))
status, page = asks.page(to.split("#")[0])
case("已提出" in words(page) and "防汛抗旱" in words(page) and 'name="kind"' not in page, "it stands beside the slot, and is not asked for twice", words(page)[-500:])
status, _, page = asks.send(form, kind="excused", why="再来一次", day="2022-11-02")
case(status == 409 and 'role="alert"' in page, "nor by an old form", status)

# ---- deciding ----
status, page = asks.page("/excuses")
case("防汛抗旱" in page and 'value="grant"' not in page and "您不能决定" in words(page), "who asked does not decide, and is told so", words(page)[-500:])
number = run("excuse")[0]["excuse"]
own = Form(asks, "", f"/excuses/{number}")
own.fields = {"csrf": form.fields["csrf"], "do": "grant", "day": "2022-11-03"}
status, _, page = asks.send(own)
case(status == 403 and "须由他人" in words(page), "nor by a form made by hand", (status, words(page)[:300]))
case(run("excuse")[0]["state"] == "asked", "and nothing was written")
case("等您决定的免办、延期申请：1件" in words(decides.page("/")[1]), "the desk of another says that it waits", words(decides.page("/")[1])[:600])
case("申请：" not in words(asks.page("/")[1]).split("合计")[0] or "等您决定的免办" not in words(asks.page("/")[1]), "the desk of who asked does not")
case("防汛抗旱" not in who["zhou.xia"].page("/excuses")[1], "a township does not see the office's")
deciding = decides.form("/excuses", where='value="grant"')
status, _, page = decides.send(deciding, do="refuse", day="2022-11-10", why="")
case(status == 400 and 'role="alert"' in page and 'value="2022-11-10"' in page, "a refusal needs a reason", (status, words(page)[-300:]))
status, to, _ = decides.send(deciding, do="grant", day="2022-11-10")
case(status == 303 and "done=grant" in to, "granted", (status, to))
status, page = decides.page(to)
case("已批准" in words(page) and "没有待决定的申请" in words(page), "it stands among the decided ones", words(page)[-500:])
status, _, page = decides.send(deciding, do="refuse", day="2022-11-11", why="晚了")
case(status == 409 and 'role="alert"' in page, "it is not decided twice", status)
row = [r for r in re.findall(r"<tr[ >].*?</tr>", asks.page("/duties/A02")[1], re.S) if ">第2次</a>" in r][0]
case("已免" in row, "the slot is excused on the page of its duty", words(row))
row = [r for r in re.findall(r"<tr[ >].*?</tr>", asks.page("/duties/A02?on=2022-11-09")[1], re.S) if ">第2次</a>" in r][0]
case("已免" not in row, "not before the day of the decision", words(row))

# ---- revoking what was granted ----
case('value="revoke"' not in decides.page("/excuses")[1], "who granted it does not revoke it")
case('value="revoke"' not in who["chen.qian"].page("/excuses")[1], "nor who may not review")
revoking = asks.form("/excuses", where='value="revoke"')
stolen = asks.form("/excuses", where='value="revoke"')
stolen.fields["csrf"] = decides.form("/own", "/signout").fields["csrf"]
status, _, page = decides.send(stolen, do="revoke", day="2022-11-20", why="误批")
case(status == 403 and "须由他人" in words(page), "nor by a form made by hand", (status, words(page)[:300]))
status, _, page = asks.send(revoking, do="revoke", day="2022-11-20", why="")
case(status == 400 and 'role="alert"' in page and '<details class="act" open>' in page and 'value="2022-11-20"' in page,
     "it needs a reason, what was typed stays", (status, words(page)[-400:]))
status, to, _ = asks.send(revoking, do="revoke", day="2022-11-20", why="误批")
status, page = asks.page(to)
case("done=revoke" in to and "已撤销" in words(page) and "误批" in words(page), "another hand revokes it", words(page)[-500:])
second = lambda on: [r for r in re.findall(r"<tr[ >].*?</tr>", asks.page(f"/duties/A02?on={on}")[1], re.S) if ">第2次</a>" in r][0]
case("已免" in second("2022-11-19") and "已免" not in second("2022-11-20"), "the slot is owed again from that day on")

# ---- more time; in English ----
asks.page("/settings?lang=en")
row, duty = next((r, d) for d in DUTIES for r in re.findall(r"<tr[ >].*?</tr>", asks.page(f"/duties/{d}?on=2022-03-01")[1], re.S)
                 if ("t-due" in r or "t-open" in r) and "主任<" in r)
form = asks.form(opens(row), where='name="kind"')
status, _, page = asks.send(form, kind="extended", why="floods", until="2022-01-03", day="2022-03-01")
case(status == 400 and "later than" in words(page), "a new day that is no later is refused", (status, words(page)[-400:]))
status, to, page = asks.send(form, kind="extended", why="floods", until="2022-12-15", day="2022-03-01")
case(status == 303, "more time is asked for in English", (status, words(page)[-400:]))
extended = [x for x in run("excuse") if x["kind"] == "extended"][0]
case(extended["duty"] == duty and re.search("[一-龥]", extended["label"]) and extended["label"] not in words(row), "and names the slot in Chinese", (extended, words(row)))
case("floods" in asks.page(to.split("#")[0])[1], "it stands beside the slot in English too")
asks.page("/settings?lang=zh")
deciding = decides.form("/excuses", where='value="grant"')
case(deciding.fields.get("until") == "2022-12-15", "who decides sees the day asked for")
status, to, _ = decides.send(deciding, do="grant", day="2022-03-02", until="2022-12-10")
case(status == 303 and "2022-12-10" in asks.page(f"/duties/{duty}?on=2022-03-02")[1], "and may grant another", (status, to))

# ---- taken back ----
row = next(r for d in DUTIES for r in re.findall(r"<tr[ >].*?</tr>", asks.page(f"/duties/{d}")[1], re.S)
           if "t-missed" in r and "主任<" in r and "第2次" not in r)
form = asks.form(opens(row), where='name="kind"')
status, to, page = asks.send(form, kind="not_applicable", why="已合并", day="2022-12-31")
case(status == 303, "that it does not apply is asked for", words(page)[-300:])
back = [x for x in run("excuse") if x["why"] == "已合并"][0]["excuse"]
case(f"/excuses/{back}/withdraw" not in decides.page("/excuses")[1], "another cannot take it back")
status, to, page = asks.send(asks.form("/excuses", f"/excuses/{back}/withdraw"))
case(status == 303 and [x for x in run("excuse") if x["excuse"] == back][0]["state"] == "withdrawn", "who asked takes it back", (status, words(page)[:300]))

# ---- handovers ----
leaves, comes = who["chen.qian"], who["lin.hou"]
status, page = leaves.page("/handovers")
text = words(page)
case(status == 200 and "副主任（信息督查）" in text and "陈前任" in text and "林后任" in text, "posts that changed hands", text[-900:])
case("周代管" in text and "空缺" in text and "代管31天，空缺70天" in text, "vacant and looked after: the days, and who", text[-900:])
due = run("handover", "--vacant")["fell_due"]
case(due and all(x["label"] in page for x in due), "what fell due while a post was vacant", due[:2])
case("/handovers/posts/G03?on=2022-06-30" in links(page), "a change leads to what goes over")
case("/handovers/posts/G03" in links(leaves.page("/org/posts/G03")[1]), "so does the page of the post")
case("副主任（信息督查）" not in words(who["zhou.xia"].page("/handovers")[1]) and who["zhou.xia"].page("/handovers/posts/G03")[0] == 404, "not for a township")
at = "/handovers/posts/G03?on=2022-06-30"
want = run("handover", "G03", "--on", "2022-06-30", "--lang", "zh")
status, page = leaves.page(at)
case(status == 200 and page.count('<td class="n">') == len(want["lines"]), "as many lines as zeren handover lists", (page.count('<td class="n">'), len(want["lines"])))
case(all(x["title"].replace("&", "&amp;") in page for x in want["lines"]), "each with its title")
status, page = leaves.page("/handovers/posts/G03")
case("任职人在这一天之后没有变化" in words(page) and at in links(page) and 'name="day"' not in page, "on another day it leads to the day of the change", words(page)[:600])
status, to, page = leaves.send(leaves.form(at, where='name="day"'), day="2022-06-30")
case(status == 303 and "done=prepare" in to, "prepared", (status, words(page)[:400]))
kept = run("handover")[0]
one = to.split("?")[0]
status, page = leaves.page(to)
detail = run("handover", "show", str(kept["handover"]))
case(status == 200 and detail["digest"] in page and "已留存" in words(page), "its page shows the digest", words(page)[:500])
case(page.count('<td class="n">') == kept["count"] == len(want["lines"]), "and the list as it is kept", kept)
case("我交出" in words(page) and "我接手" not in words(page), "who leaves is asked to confirm", words(page)[:600])
case("等待陈前任" in words(comes.page(one)[1]) and "我接手" not in words(comes.page(one)[1]), "who comes is told whom it waits for", words(comes.page(one)[1])[:600])
hand = Form(comes, "", one)
hand.fields = {"csrf": comes.form("/own", "/signout").fields["csrf"], "do": "give", "day": "2022-07-01"}
status, _, page = comes.send(hand)
case(status == 403 and "陈前任" in words(page), "and cannot give it in the other's place", (status, words(page)[:300]))
status, to, page = leaves.send(leaves.form(one, where='value="note"'), do="note", line="1", text="七月五日前一定报", day="2022-07-01")
case(status == 303 and "七月五日前一定报" in leaves.page(to)[1], "a note at a line", (status, words(page)[:300]))
status, _, page = leaves.send(leaves.form(one, where='value="note"'), do="note", line="9999", text="没有这一行", day="2022-07-01")
case(status == 400 and 'value="没有这一行"' in page, "a line that is none is refused, what was typed stays", (status, words(page)[:300]))
old = leaves.form(one, where='value="give"')
status, to, page = leaves.send(old, do="give", day="2022-07-01")
case(status == 303 and "由接收人确认" in words(leaves.page(to)[1]), "given", (status, words(page)[:300]))
status, _, page = leaves.send(old, do="give", day="2022-07-01")
case(status == 409, "it is not given twice", status)
status, to, page = comes.send(comes.form(one, where='value="take"'), do="take", day="2022-07-02")
case(status == 303 and "双方已确认" in words(comes.page(to)[1]), "taken", (status, words(page)[:300]))
case(run("handover")[0]["state"] == "confirmed" and 'name="do"' not in comes.page(one)[1], "it is closed")
page = leaves.page("/handovers")[1]
case(one in links(page), "and stands among the closed ones")
case(leaves.page("/handovers/3")[0] == 404 and leaves.page("/handovers/posts/G99")[0] == 404, "what is not there is not there")
case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
