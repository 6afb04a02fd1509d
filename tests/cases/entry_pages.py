"""Records entered, corrected, withdrawn and restored through pages. Called by entry.sh: PROGRAM DATA."""
import hashlib
import json
import re
import subprocess
import sys

from site_of import Browser, Site, Tally, account, links, words

program, data = sys.argv[1:3]
case = Tally()
account(program, data, "wang.li", "filler", name="王丽")
account(program, data, "guest", "viewer")
account(program, data, "liu", "owner", name="刘主任", post="G01")
account(program, data, "shi.qiao", "filler T01", name="石桥镇填报员")
account(program, data, "zhu.xi", "filler T02", name="竹溪镇填报员")
account(program, data, "qing.xi", "filler U00", name="区里填报员")
site = Site(program, data)
b, guest = Browser(site), Browser(site)
b.sign_in("wang.li")
guest.sign_in("guest")


def figure(name, on="2022-12-31"):
    page = b.page(f"/figures?figure={name}&on={on}")[1]
    return len([l for l in links(page) if l.startswith("/records/")])


# ---- the desk of who holds a post ----
liu = Browser(site)
liu.sign_in("liu")
mine, everything = liu.page("/")[1], liu.page("/?whose=all")[1]
totals = [[int(n) for n in re.findall(r"<dd>(\d+)</dd>", p)] for p in (mine, everything)]
case("我的（主任）" in mine and "我的（" not in b.page("/")[1], "who holds a post has a desk of his own")
case(0 < totals[0][0] < totals[1][0] and all(m <= a for m, a in zip(*totals)), "with his part of what is owed", totals)
case(totals[1] == [int(n) for n in re.findall(r"<dd>(\d+)</dd>", b.page("/")[1])], "and the whole beside it")
case("尚未决定：10" in mine and "没有人写" in mine and "尚未决定" not in guest.page("/")[1], "what waits for his word stands there", words(mine)[:600])
slot = [l for l in links(liu.page("/duties/A02")[1]) if "slot=" in l][0]
case("/registers/meeting/new" in links(liu.page(slot.split("#")[0])[1]), "a slot leads to the register that would fill it")

# ---- a register narrowed ----
status, page = b.page("/registers/inspection?w.unit=石桥镇")
units = set(re.findall(r"<td[^>]*>([^<]*[镇乡])</td>", page))
case(status == 200 and units == {"石桥镇"} and 'value="石桥镇" selected' in page, "a register is narrowed by a value", units)
case("w.unit=" in "".join(l for l in links(page) if "sort=" in l), "which stays while it is sorted")
case("没有记录含这些字词" in b.page("/registers/inspection?w.unit=没有这个单位")[1], "nothing left says so")
page = b.page("/registers/submission?rows=200")[1]
case(page.count("<tr><td>") == 118 and "rows=1000" in page, "all of a register on one page", page.count("<tr><td>"))

# ---- a meeting with its file ----
_, desk = b.page("/")
case('/new"' in desk and '/new"' not in guest.page("/")[1], "the desk offers entering to whom may")
before = figure("meetings.total")
form = b.form("/registers/meeting/new", None, "f.date")
case({"f.date", "f.kind"} <= set(form.fields), "the form has the register's fields", form.fields)
_, page = b.page("/registers/meeting/new")
case("<datalist" in page and "<option" in page, "values used before are offered")
status, to, page = b.send(form, files=[], **{"f.date": "2022-02-30"})
case(status == 400 and 'class="wrong"' in page and "2022-02-30" in page, "all that is wrong is said beside its field, what was typed stays",
     words(page)[-900:])
wrong = page.count('class="wrong"')
case(wrong >= 2, "every field, not the first", wrong)
sheet = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
good = {**form.fields}
for tag in re.findall(r'<select[^>]*name="(f\.[^"]*)".*?</select>', b.page("/registers/meeting/new")[1], re.S):
    options = [o for o in re.findall(r'<option value="([^"]*)"', re.search(rf'<select[^>]*name="{re.escape(tag)}".*?</select>',
               b.page("/registers/meeting/new")[1], re.S)[0]) if o]
    good[tag] = options[0] if options else ""
good |= {"f.date": "2022-12-20", "f.name": "年末<b>专题</b>会", "f.topic": "年末<b>专题</b>会", "f.kind": "室务会", "f.attended": "12",
         "f.present": "12", "f.expected": "12", "f.host": "主任", "f.chair": "主任", "f.minutes": "有"}
good = {k: v for k, v in good.items() if k in form.fields}
status, to, page = b.send(form, files=[("files", "签到表1220.png", sheet)], **good)
case(status == 303 and to.startswith("/records/") and "done=add" in to, "a meeting with a file is recorded", words(page)[-1500:])
if status == 303:
    record = to.split("?")[0]
    _, page = b.page(to)
    case("已登记" in page and "签到表1220.png" in page, "its page says so and names the file", words(page)[:900])
    case("<b>专题" not in page, "what was typed is only text")
    case("wang.li" in words(page), "its history names who entered it")
    file = [l for l in links(page) if l.startswith("/files/")][0]
    case(hashlib.sha256(b.ask(file)[1]).hexdigest() == file.rsplit("/", 1)[1] == hashlib.sha256(sheet).hexdigest(), "the file is kept byte for byte")
    case(figure("meetings.total") == before + 1, "the figure counts it at once")

    # ---- twice is once ----
    status, _, page = b.send(form, files=[], **good)
    case(status == 400 and record.rsplit("/", 1)[1] in page, "the same once more is refused, the record that has its key is named", words(page)[-500:])

    # ---- corrected ----
    first, second = b.form(record + "/correct", None, "f.date"), b.form(record + "/correct", None, "f.date")
    status, to, page = b.send(first, files=[], **{"f.date": "2022-12-21", "why": "日期写错"})
    case(status == 303 and "done=correct" in to, "it is corrected", words(page)[-500:])
    _, page = b.page(record)
    case("<del>2022-12-20</del>" in page and "<ins>2022-12-21</ins>" in page and "日期写错" in page, "its history says what and why")
    case("签到表1220.png" in page, "its file stays")
    status, _, page = b.send(second, files=[], **{"f.date": "2022-12-22"})
    case(status == 409 and "2022-12-22" in page, "a correction of what was seen before is refused, what was typed stays", (status, words(page)[:300]))
    status, to, _ = b.send(b.form(record + "/correct", None, "f.date"), files=[("files", "补充说明.txt", b"more")])
    case(status == 303 and "补充说明.txt" in b.page(record)[1] and "签到表1220.png" in b.page(record)[1], "evidence is added later")
    status, to, _ = b.send(b.form(record + "/correct", None, "f.date"), files=[])
    case(status == 303 and "done=same" in to, "nothing new is not written")

    # ---- withdrawn and restored ----
    status, _, page = b.send(b.form(record, record + "/withdraw", "why"), why="")
    case(status == 400 and "为什么撤回" in page and b.page(record)[0] == 200, "without a reason it is not withdrawn", words(page)[:300])
    status, to, _ = b.send(b.form(record, record + "/withdraw", "why"), why="重复登记")
    case(status == 303 and figure("meetings.total") == before, "withdrawn, it counts no more")
    status, page = b.page(to)
    case(status == 200 and "重复登记" in page and record + "/restore" in page, "its history stays and offers to restore it")
    case(guest.page(record)[0] == 200 and record + "/restore" not in guest.page(record)[1], "who only looks sees it without the button")
    status, to, _ = b.send(b.form(record, record + "/restore"))
    case(status == 303 and figure("meetings.total") == before + 1, "restored, it counts again")

    # ---- entered by mistake ----
    good["f.date"] = "2022-12-23"
    for key in ("f.name", "f.topic"):
        if key in good:
            good[key] = "误登的会"
    status, to, _ = b.send(form, files=[], **good, then="next")
    case(status == 303 and "/registers/meeting/new?done=" in to, "record, and another")
    status, page = b.page(to)
    case("已登记为第" in words(page), "the next form says which was recorded", words(page)[:400])
    number = to.split("done=")[1]
    status, to, _ = b.send(b.form(f"/records/{number}?done=add", f"/records/{number}/withdraw"))
    case(status == 303 and figure("meetings.total") == before + 1, "taken back at once")

    # ---- who may not ----
    case(guest.page("/registers/meeting/new")[0] == 403 and guest.page(record + "/correct")[0] == 403, "who only looks enters nothing")
    form = b.form(record, record + "/withdraw", "why")
    form.fields["csrf"] = guest.form("/own", "/signout").fields["csrf"]
    case(guest.send(form, why="x")[0] == 403, "nor by a form of another's")
    case(b.page("/registers/none/new")[0] == 404 and b.page("/records/999999/correct")[0] == 404, "there are no such")
    case(b.send(b.form("/registers/meeting/new", None, "f.date"), files=[], **{"f.nothing": "x"})[0] == 400, "an unknown field is refused")
    case(b.send(b.form("/registers/meeting/new", None, "f.date"), files=[("other", "x", b"x")])[0] == 400, "a file of another name too")

# ---- a township enters for itself: trainings lie in the unit that held them ----
own, sibling, district = Browser(site), Browser(site), Browser(site)
own.sign_in("shi.qiao")
sibling.sign_in("zhu.xi")
district.sign_in("qing.xi")
case("/registers/training/new" in links(own.page("/")[1]) and "/registers/meeting/new" not in links(own.page("/")[1]),
     "the desk of a township offers what it may enter")
case(own.page("/registers/meeting/new")[0] == 404, "what only the office keeps is not there for it")
status, page = own.page("/registers/training/new")
units = re.search(r'<select[^>]*name="f.section".*?</select>', page, re.S)
case(status == 200 and units and re.findall(r'<option value="([^"]+)"', units[0]) == ["石桥镇"], "its form offers its own unit alone", units and units[0])
case(own.form("/registers/training/new", None, "f.date").fields["f.section"] == "石桥镇", "which stands there already")
offered = set(re.findall(r'<option value="([^"]+)"', page))
case(offered == {"石桥镇"} and len(set(re.findall(r'<option value="([^"]+)"', b.page("/registers/training/new")[1])) - {u for u in offered}) > 20, "nothing of what others entered is offered", offered)
units = re.search(r'(<datalist|<select)(.(?!</datalist>|</select>))*石桥镇.*?(</datalist>|</select>)', district.page("/registers/training/new")[1], re.S)
case(units and "竹溪镇" in units[0], "who may for the district is offered every unit")
said = {"f.date": "2022-11-03", "f.topic": "防汛值守培训", "f.audience": "全镇干部", "f.present": "31", "f.due": "31", "f.form": "集中培训"}
form = own.form("/registers/training/new", None, "f.date")
said = {k: v for k, v in said.items() if k in form.fields}
status, to, page = own.send(form, files=[("files", "签到表1103.png", sheet)], **said)
case(status == 303 and to.startswith("/records/"), "it records a training of its own, with its file", words(page)[-600:])
record = (to or "/records/0").split("?")[0]
case(own.page(record)[0] == 200 and b.page(record)[0] == 200 and sibling.page(record)[0] == 404, "its own see it, the office sees it, its sibling does not")
file = [l for l in links(own.page(record)[1]) if l.startswith("/files/")][0]
case(own.ask(file)[0].status == 200 and sibling.ask(file)[0].status == 404, "so with its file")
case(record in links(own.page("/registers/training")[1]) and record not in links(sibling.page("/registers/training")[1]), "and in the register")
status, _, page = own.send(form, files=[], **{**said, "f.topic": "别处的", "f.section": "竹溪镇"})
case(status == 404, "for its sibling it enters nothing", (status, words(page)[-300:]))
status, _, page = own.send(form, files=[], **{**said, "f.topic": "别处的", "f.section": ""})
case(status == 404, "nor for the office", (status, words(page)[-300:]))

status, to, page = own.send(own.form(record + "/correct", None, "f.date"), files=[], **{"f.topic": "防汛值班培训", "why": "题目写错"})
case(status == 303 and "done=correct" in to and "防汛值班培训" in own.page(record)[1], "it corrects its own", words(page)[-300:])
status, _, _ = own.send(own.form(record + "/correct", None, "f.date"), files=[], **{"f.section": "竹溪镇"})
case(status == 404 and "石桥镇" in own.page(record)[1], "and cannot give it to its sibling")
stranger = own.form(record + "/correct", None, "f.date")
stranger.fields["csrf"] = sibling.form("/own", "/signout").fields["csrf"]
case(sibling.page(record + "/correct")[0] == 404 and sibling.send(stranger, files=[], **{"f.topic": "改"})[0] == 404, "its sibling cannot correct it")
case(b.page(record + "/correct")[0] == 404 and record + "/correct" not in links(b.page(record)[1]), "nor who fills for the office alone")
status, to, _ = district.send(district.form(record + "/correct", None, "f.date"), files=[], **{"f.audience": "全镇干部和村干部"})
case(status == 303 and "done=correct" in to, "who may for the district can")

taken = own.form(record, record + "/withdraw", "why")
stranger = own.form(record, record + "/withdraw", "why")
stranger.fields["csrf"] = sibling.form("/own", "/signout").fields["csrf"]
case(sibling.send(stranger, why="不是我的")[0] == 404 and own.page(record)[0] == 200, "its sibling cannot withdraw it")
status, to, _ = own.send(taken, why="重复登记")
case(status == 303 and own.page(to)[0] == 200 and record + "/restore" in own.page(record)[1], "it withdraws its own, and sees that it is")
case(sibling.page(record)[0] == 404, "the sibling still sees nothing")
stranger = own.form(record, record + "/restore")
stranger.fields["csrf"] = sibling.form("/own", "/signout").fields["csrf"]
case(sibling.send(stranger)[0] == 404, "nor restores it")
case(own.send(own.form(record, record + "/restore"))[0] == 303 and own.page(record)[0] == 200, "it restores its own")

case(site.stop() == 0, "it stops when asked")
check = subprocess.run([program, "verify", "--deep", "--data", data], capture_output=True, text=True)
case(check.returncode == 0, "the log is whole, and its tables follow from it", check.stdout + check.stderr)
sys.exit(case.end())
