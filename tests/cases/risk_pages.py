"""Risks and warnings through pages: register, matrix, steps, answers, who may what. Called by risk_pages.sh: PROGRAM DATA."""
import re
import subprocess
import sys

from site_of import Browser, Form, Site, Tally, account, links, words

program, data = sys.argv[1:3]
case = Tally()
account(program, data, "zhao", "owner", name="赵科", post="G04")
account(program, data, "qian", "owner", name="钱科", post="G02")
account(program, data, "du", "reviewer", name="杜主任", post="G01")
account(program, data, "sun", "reviewer", "owner", name="孙副", post="G03")
account(program, data, "guest", "viewer", name="看客")
account(program, data, "wang.li", "filler", name="王丽")
account(program, data, "jia", "viewer U14", name="机要")
account(program, data, "other", "owner T01", name="石桥", post="G04")
site = Site(program, data, env={"ZEREN_TIMING": "1"})
who = {}
for login in "zhao qian du sun guest wang.li jia other".split():
    who[login] = Browser(site, f"127.0.2.{len(who) + 1}")
    who[login].sign_in(login)
zhao, qian, du, sun, guest = (who[x] for x in "zhao qian du sun guest".split())
ON = "on=2022-07-10"


def risks(page):
    return re.findall(r'<td class="nowrap">(FX-\d+)</td>', page)


# ---- the register ----
page = zhao.page(f"/risks?{ON}")[1]
case(risks(page)[0] == "FX-02" and len(risks(page)) == 10, "the register: overdue reviews first", risks(page))
case("逾期10天" in page and "2022-06-30" in page, "with how long they are overdue")
case("#s-risk-orange" in page and "#s-warn-" not in page.split('<main')[1], "a level is a shape and a word, and never a warning's colour")
case(re.search(r"重大</span> <b class=\"num\">0<.*较大</span> <b class=\"num\">4<", page, re.S), "the levels are counted")
case("不在格内的在控风险：10" in page, "what stands in no cell is said")
case(set(risks(zhao.page(f"/risks?{ON}&level=较大")[1])) == {"FX-01", "FX-02", "FX-03", "FX-07"}, "one level")
case(risks(zhao.page(f"/risks?{ON}&unit=秘书科")[1]) == ["FX-02"], "one unit")
case(risks(zhao.page(f"/risks?{ON}&state=overdue")[1]) == ["FX-02"], "only overdue reviews")
closed = risks(zhao.page(f"/risks?{ON}&state=closed")[1])
case(not set(closed) & set(risks(page)) and "化解" in zhao.page(f"/risks?{ON}&state=closed")[1], "those resolved", closed)
case("没有符合的风险" in zhao.page(f"/risks?{ON}&level=没有")[1], "nothing left says so")
case(set(risks(who["jia"].page(f"/risks?{ON}")[1])) == {"FX-03", "FX-06"}, "who sees one section sees its risks",
     risks(who["jia"].page(f"/risks?{ON}")[1]))
case(who["jia"].page(f"/risks/FX-02?{ON}")[0] == 404 and who["jia"].page(f"/risks/FX-03?{ON}")[0] == 200, "and no others")
case(zhao.page(f"/risks/FX-99?{ON}")[0] == 404, "a risk that there is not")

# ---- what may be done ----
page = zhao.page(f"/risks/FX-02?{ON}")[1]
case({"do-measure", "do-review", "do-consult", "do-escalate"} <= set(re.findall(r'id="(do-\w+)"', page)), "an owner's steps")
case("降级" in words(page) and "没有权限" in words(page) and "“在控”时不能办" in words(page), "those he may not, with reasons", words(page)[-900:])
case('method="post"' not in guest.page(f"/risks/FX-02?{ON}")[1].split("<main")[1], "who only sees has no form")
case("没有可以代表的岗位" in words(who["wang.li"].page(f"/risks/FX-02?{ON}")[1]) or "岗位" in words(who["wang.li"].page(f"/risks/FX-02?{ON}")[1]),
     "without a post there is no step")

# ---- rated by the matrix, shown first ----
case('name="do" value="rate"' not in page, "nothing can be sent before the level is shown")
preview = zhao.page(f"/risks/FX-02?{ON}&likelihood=高&impact=严重")[1]
case("高×严重" in preview and re.search(r"等级为：</p>|等级为：", preview) and "现为较大" in preview, "the preview: what the matrix gives", words(preview)[:900])
before = zhao.page(f"/risks/FX-02?{ON}")[1]
case("◆" not in before and "这里还没有办理过" in before, "and nothing is recorded by looking")
form = zhao.form(f"/risks/FX-02?{ON}&likelihood=高&impact=严重", None, 'value="rate"')
status, _, page = zhao.send(form, level="低")
case(status == 400 and 'role="alert"' in page and "高×严重" in page, "another level needs a reason; what was chosen stays", (status, words(page)[:300]))
status, to, page = zhao.send(form, day="2022-07-10")
case(status == 303 and "done=rate" in to, "it is rated", words(page)[:500])
page = zhao.page(to)[1]
case("已评定" in page and "#s-risk-red" in page and "高×严重" in page, "and says so", words(page)[:500])
case(len(re.findall(r'<circle [^>]* r="5"/>', page)) == 2 and "2022年7月10日" in page, "its line has both levels", re.findall("<circle.*?>|level-days.*?</ol>", page, re.S))
cell = [l for l in links(zhao.page(f"/risks?{ON}")[1]) if "likelihood=%E9%AB%98" in l and "impact=%E4%B8%A5" in l][0]
case(risks(zhao.page(cell.split("#")[0])[1]) == ["FX-02"], "its cell of the matrix opens it", cell)

# ---- another hand ----
LATER = "on=2022-07-15"
case("lower" not in re.findall(r'id="do-(\w+)"', zhao.page(f"/risks/FX-02?{LATER}")[1]), "who rated it does not lower it")
form = du.form(f"/risks/FX-02?{LATER}", None, 'value="lower"')
status, _, page = du.send(form, day="2022-07-11", level="较大", why="")
case(status == 400 and 'id="do-lower" open' in page.replace("  ", " "), "a reason is needed, the form stays open", (status, words(page)[:200]))
status, to, _ = du.send(form, day="2022-07-11", level="较大", why="已加固<b>")
page = du.page(to)[1]
case(status == 303 and "&lt;b&gt;" in page and "已降级" in page, "another hand lowers it, and what was typed is only text")
case(len(re.findall(r'<circle [^>]* r="5"/>', page)) == 3, "its line goes up and down", len(re.findall(r'<circle [^>]* r="5"/>', page)))
status, _, page = du.send(form, day="2022-07-11", level="一般", why="再降")
case(status == 409 and "再降" in page, "a form that was seen before is refused, what was typed stays", (status, words(page)[:300]))
foreign = Form(guest, "", f"/risks/FX-02?{LATER}")
foreign.fields["csrf"] = guest.form("/own", "/signout").fields["csrf"]
status, _, page = guest.send(foreign, do="review", text="x", day="2022-07-10")
case(status in (403, 404) and "看客" not in zhao.page(f"/risks/FX-02?{LATER}")[1], "who may only see is refused", status)
status, to, _ = zhao.send(zhao.form(f"/risks/FX-02?{LATER}", None, 'value="review"'), day="2022-07-12", text="本月研判")
case(status == 303 and "2022-09-30" in zhao.page(f"/risks?{LATER}")[1] and "FX-02" not in risks(zhao.page(f"/risks?{LATER}&state=overdue")[1]),
     "reviewed, it is overdue no more")
status, to, _ = zhao.send(zhao.form(f"/risks/FX-02?{LATER}", None, 'value="measure"'), day="2022-07-12", text="三级审核")
status, to, page = sun.send(sun.form(f"/risks/FX-02?{LATER}", None, 'value="consult"'), day="2022-07-13", minutes="2022-3", text="会商一致")
case(status == 303 and "2022-3" in sun.page(to)[1], "talked over, with the number of the minutes", words(page)[:300])
status, to, page = du.send(du.form(f"/risks/FX-02?{LATER}", None, 'value="close"'), day="2022-07-14", text="验收")
case(status == 303 and "已化解" in du.page(to)[1] and "FX-02" not in risks(du.page(f"/risks?{LATER}")[1]), "closed by another hand", words(page)[:300])

# ---- warnings ----
DAY = "on=2022-07-05"
page = du.page(f"/warnings?{DAY}")[1]
case("#s-warn-orange" in page and "风险等级" in page, "the warnings of a day")
one = du.page(f"/warnings?{DAY}&rule=review")[1]
rows = [l for l in links(one) if re.match(r"/warnings/review-", l)]
case(len(rows) == 1 and "FX-02" in one and "#s-risk-orange" in one and "#s-warn-orange" in one, "of one rule: the risk's level beside the warning's colour", rows)
case(re.search(r'#s-warn-orange.*?</td>.*?<td>.*?#s-risk-orange', one, re.S), "in two columns")
case(all("红" in r for r in re.findall(r'<tr><td>(.*?)</td>', du.page(f"/warnings?{DAY}&colour=red")[1], re.S)), "of one colour")
mine = zhao.page(f"/warnings?{DAY}&mine=1")[1]
case("FX-02" in mine and "A05" not in mine, "mine", words(mine)[:600])
case("待您答复的预警" in zhao.page(f"/?{DAY}")[1] and "待研判的风险" in zhao.page(f"/?{DAY}")[1], "they wait on the desk")
case("待您答复的预警" not in guest.page(f"/?{DAY}")[1], "of who has a post")
case("FX-02" not in who["jia"].page(f"/warnings?{DAY}")[1], "who sees one section sees its warnings")
at = rows[0]
case(who["jia"].page(at)[0] == 404, "and no others by address")
case('method="post"' not in guest.page(at)[1].split("<main")[1] and "您不能办理" in guest.page(at)[1], "who only sees reads why not")
status, _, page = zhao.send(zhao.form(at, None, 'value="answer"'), text=" ")
case(status == 400 and 'role="alert"' in page, "an answer has words", status)
status, to, _ = zhao.send(zhao.form(at, None, 'value="answer"'), text="本周内研判")
case(status == 303 and "本周内研判" in zhao.page(to)[1] and "答复已登记" in zhao.page(to)[1], "answered")
case("已答复" in du.page(f"/warnings?{DAY}&rule=review")[1] and at in links(du.page(f"/warnings?{DAY}&state=answered")[1]), "the list says so")
case('value="lift"' not in zhao.page(at)[1], "an owner does not lift")
sun.send(sun.form(at, None, 'value="answer"'), text="补充答复")
case("答复人不能解除" in sun.page(at)[1], "who answered it does not lift it")
forged = sun.form(at, None, 'value="answer"')
status, _, page = sun.send(forged, do="lift", text="x")
case(status == 409 and 'role="alert"' in page, "not even by hand", status)
status, to, _ = du.send(du.form(at, None, 'value="lift"'), text="已核实")
case(status == 303 and "预警已解除" in du.page(to)[1], "another hand lifts it")
case(at not in links(du.page(f"/warnings?{DAY}")[1]) and at in links(du.page(f"/warnings?{DAY}&state=lifted")[1]), "it left the list")
case("解除的人不收回解除" in du.page(at)[1] and 'value="reopen"' not in zhao.page(at)[1], "who lifted it, and who may not lift, do not open it again")
status, _, page = du.send(sun.form(at, None, 'value="reopen"'), text="x")
case(status == 403, "nor by another's form", status)
status, _, page = sun.send(sun.form(at, None, 'value="reopen"'), text=" ")
case(status == 400 and 'role="alert"' in page, "opening it again needs words", status)
status, to, _ = sun.send(sun.form(at, None, 'value="reopen"'), text="没有研判")
case(status == 303 and "预警已恢复" in sun.page(to)[1] and "补充答复" in sun.page(at)[1], "another hand opens it again, answered as it was")
case(at in links(du.page(f"/warnings?{DAY}")[1]), "it is on the list again")
status, to, _ = du.send(du.form(at, None, 'value="lift"'), text="再核实")
case(status == 303 and "预警已解除" in du.page(to)[1], "and can be lifted anew")
case(du.page("/warnings/none-1")[0] == 404, "a warning that there is not")

# ---- several talked over at once ----
where = f"/risks/consult?{LATER}"
case("/risks/consult" in du.page(f"/risks?{LATER}")[1] or "集中会商" not in du.page(f"/risks?{LATER}")[1], "a reviewer alone talks nothing over")
case(any(l.startswith("/risks/consult") for l in links(zhao.page(f"/risks?{LATER}")[1])), "the register leads there")
case("不到两项" in guest.page(where)[1] and 'type="checkbox"' not in guest.page(where)[1], "who only sees has no form")
status, page = zhao.page(where)
boxes = re.findall(r'<input type="checkbox" name="c\.(\d+)"[^>]*aria-label="议及：(FX-\d+)"', page)
number = {no: seq for seq, no in boxes}
case(status == 200 and {"FX-06", "FX-07"} <= set(number), "every open risk with a box", boxes)
form = zhao.form(where, None, 'id="c-no"')
minutes = "第4期会商纪要".encode()
told = dict(day="2022-12-01", no="2022-4", text="四季度会商", met="主任")
status, _, page = zhao.send(form, files=[], **told)
case(status == 400 and "请勾选" in page and 'value="2022-4"' in page and "四季度会商" in page, "none chosen is refused, what was typed stays", (status, words(page)[:300]))
one = {f"c.{number['FX-06']}": "1", f"c.{number['FX-07']}": "1", f"l.{number['FX-07']}": "重大", f"t.{number['FX-07']}": "要情多发"}
status, _, page = zhao.send(form, files=[], **{**told, **one, "no": ""})
case(status == 400 and page.count(" checked") == 3 and "要情多发" in page, "without the number of the minutes neither is written; the boxes, also of who met, stay ticked", (status, words(page)[:300]))
status, _, page = zhao.send(form, files=[], **{**told, **one, "met": "某人"})
case(status == 400 and "不是本单位的机构或岗位" in page, "who met is a body or a post", (status, words(page)[:300]))
size = lambda: subprocess.run([program, "log", "--data", data, "--limit", "1", "--json"], capture_output=True, text=True).stdout
before = size()
status, _, page = zhao.send(form, files=[], **{**told, **one, f"l.{number['FX-06']}": "很大"})
case(status == 400 and "FX-06" in page and size() == before, "a level that is none: the whole is refused, and says of which", (status, words(page)[:300]))
status, to, page = zhao.send(form, files=[("files", "第4期.txt", minutes)], **{**told, **one})
case(status == 303 and "done=2" in to and "涉及2项风险" in zhao.page(to)[1], "recorded for both", (status, words(page)[:300]))
six, seven = zhao.page(f"/risks/FX-06?{LATER}")[1], zhao.page(f"/risks/FX-07?{LATER}")[1]
case("四季度会商" in six and "2022-4" in six and "主任" in six and "第4期.txt" in six, "with what was said of all, who met, and the minutes", words(six)[-700:])
case("要情多发" in seven and "四季度会商" not in seven and "重大" in seven, "what was said of one alone, and its new level", words(seven)[-700:])
file = [l for l in links(six) if l.startswith("/files/")][0]
case(zhao.ask(file)[1] == minutes and file in links(seven), "the minutes are kept once")

# ---- backtest ----
page = du.page("/warnings/backtest")[1]
case("<caption>" not in page and "各栏含义" in page, "nothing is tried before it is asked for")
page = du.page("/warnings/backtest?from=2022&to=2022")[1]
row = re.search(r"临期提醒.*?</tr>", page, re.S)[0]
told = subprocess.run([program, "warn", "backtest", "--data", data, "--lang", "zh"], capture_output=True, text=True).stdout
line = [l.split() for l in told.splitlines() if l.startswith("near")][0]
case(re.findall(r'<td class="n">([^<]*)<', row) == line[2:], "what the command says, in a table", (row, line))
status, page = du.page("/warnings/backtest?from=2022&to=2021")
case(status == 400 and "起始年在截止年之后" in page, "years the wrong way round", status)
case(du.page("/warnings/backtest?from=2016&to=2022")[0] == 400, "many years are for the command")
case(who["jia"].page("/warnings/backtest")[0] in (403, 404), "of the office's own")

# ---- the warnings are made once a world: then a page takes few statements ----
for path, most in {f"/risks?{LATER}": 2, f"/risks/FX-03?{LATER}": 9, f"/warnings?{LATER}": 2, f"{at}": 2, f"/?{LATER}": 6}.items():
    took = [int(re.search(r'desc="(\d+)"', du.ask(path)[0].headers["Server-Timing"])[1]) for _ in range(5)]
    case(min(took) <= most, f"{path} takes {most} statements", took)

# ---- a scheme without ----
bare = data + "-bare"
account(program, bare, "guest", "viewer")
plain = Site(program, bare)
b = Browser(plain)
b.sign_in("guest")
case("没有风险台账" in b.page("/risks")[1] and "没有预警规则" in b.page("/warnings")[1], "a scheme without says what to do")
case("没有预警规则" in b.page("/warnings/backtest")[1] and b.page("/")[0] == 200, "on every page")
plain.stop()

case(site.stop() == 0, "it stops when asked")
check = subprocess.run([program, "verify", "--deep", "--data", data], capture_output=True, text=True)
case(check.returncode == 0, "the log is whole, and its tables follow from it", check.stdout + check.stderr)
sys.exit(case.end())
