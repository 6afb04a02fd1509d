"""Registers through the pages: looked at, taken, withdrawn, and what is hostile. Called by import_pages.sh:
PROGRAM DATA EXAMPLE."""
import io
import pathlib
import re
import subprocess
import sys
import threading
import time
import zipfile

from site_of import Browser, Form, Site, Tally, account, links, words

program, data, example = sys.argv[1:3] + [pathlib.Path(sys.argv[3])]
case = Tally()
REGISTERS = sorted(p for p in example.iterdir() if p.name[0].isdigit())
EVIDENCE = sorted((example / "佐证").iterdir())
MEETINGS, ADOPTED = "01会议台账.xlsx", "05信息采用情况.csv"
TABS = {"new": "新增", "changed": "变更", "same": "相同", "refused": "退回", "duplicate": "重复", "outside the year": "年外"}


def parts(*paths):
    return [("files", p.name, p.read_bytes()) for p in paths]


def stored():
    """Events, objects and what lies in staging."""
    log = subprocess.run([program, "log", "--data", data, "--limit", "1", "--json"], capture_output=True, text=True).stdout
    kept = sum(p.is_file() for p in pathlib.Path(data, "objects").rglob("*"))
    return re.findall(r'"seq":(\d+)', log)[:1], kept


def staged():
    return sorted(p.name for p in pathlib.Path(data, "staging").glob("*"))


def upload(b, files, **fields):
    """Sends them and waits until they are read: address and page."""
    status, to, text = b.send(b.form("/import", "/import"), files=files, **fields)
    if status != 303:
        return status, text
    for _ in range(600):
        answer, body = b.ask(to)
        text = body.decode()
        if not answer.headers.get("Refresh"):
            break
        time.sleep(0.1)
    return to, text


def counts(page):
    """Of the tabs: word → rows."""
    found = re.search(r'<p class="tabs">(.*?)</p>', page, re.S)
    return {w: int(n) for w, n in re.findall(r">\s*([^<>\s]+) <span class=\"num\">(\d+)<", found[1])} if found else {}


def bare(b, path, **fields):
    """A form with nothing but the session's token, whatever the page there has."""
    form = Form(b, "", path)
    form.fields = {"csrf": b.form("/own", "/signout").fields["csrf"], **fields}
    return form


def register(b, name):
    """How many records the table of registers counts."""
    row = re.search(rf'<a href="/registers/{name}">.*?<td class="n">(\d+)</td>', b.page("/registers")[1], re.S)
    return int(row[1])


for login, role in [("wang.li", "filler"), ("zhao.min", "filler"), ("liu.kan", "viewer"), ("zhou.xia", "filler U11")]:
    account(program, data, login, role)
site = Site(program, data)
b, other = Browser(site), Browser(site)
b.sign_in("wang.li")
other.sign_in("zhao.min")

# ---- who may ----
for login in ["liu.kan", "zhou.xia"]:
    viewer = Browser(site)
    status, page = viewer.sign_in(login)
    case("/import" not in links(page) and viewer.page("/import")[0] in (403, 404), f"{login} may not import, and sees no word of it")
    case('href="/import"' not in viewer.page("/registers/meeting")[1], f"{login}: nor on a register's page")
    form = b.form("/import", "/import")
    form.fields["csrf"] = viewer.form("/own", "/signout").fields["csrf"]
    case(viewer.send(form, files=parts(REGISTERS[0]))[0] in (403, 404), f"{login}: nor by a form of somebody else's")
status, page = b.page("/import")
case(status == 200 and "还没有导入过台账" in page and "/import" in links(b.page("/")[1]), "who may sees the page, and that nothing is there yet")
case('enctype="multipart/form-data"' in page and "multiple" in page, "a plain form with files")
case(b.send(b.form("/import", "/import"), files=[("files", "", b"")])[0] == 400, "without a file it says so")
status, _, page = b.send(b.form("/import", "/import"), files=parts(EVIDENCE[0]))
case(status == 400 and ".xlsx" in page, "evidence alone is no register", page)
case(b.send(b.form("/import", "/import"), files=parts(REGISTERS[0]), year="1492")[0] == 400, "no such year")
case(not staged(), "nothing of that is kept", staged())

# ---- a look ----
before = stored()
said = subprocess.run([program, "import", str(example), "--data", data, "--lang", "en"], capture_output=True, text=True).stdout
said = {w: int(n) for w, n in re.findall(r"(new|changed|same|refused|duplicate|outside the year) (\d+)", re.search(r"^new .*$", said, re.M)[0])}
at, page = upload(b, parts(*REGISTERS, *EVIDENCE))
case({TABS[w]: n for w, n in said.items() if n} == counts(page), "the page counts what zeren import prints", (said, counts(page)))
case(f"收下{said['new']}行，退回{said['refused']}行" in words(page), "the button says what it does")
case(stored() == before, "looking writes nothing")
table = re.findall(r'<tr><th scope="row">(.*?)</th>.*?<td class="n">(\d+)</td>', page, re.S)
case(len(table) == 22 and sum(int(n) for _, n in table) >= said["new"], "each register with its rows", table)
page = b.page(at + "?show=refused")[1]
case("日期无法识别" in words(page) and "2022年2月30日" in page and page.count('class="bad') + page.count('"bad ') >= 10,
     "a refused row has its column, the reason and what stood there")
case(words(page).count("缺少必填项") + words(page).count("缺少日期") >= 5, "also where something is missing")
page = b.page(at + "?show=new&page=2")[1]
case("第51至100行" in words(page), "fifty rows a page", words(page)[:300])
page = b.page(at + "?show=new&table=0")[1]
case("第1至31行，共31行" in words(page) and "周例会" not in page.split('id="rows"')[1], "one register alone")
for query, status in [("show=nope", 404), ("table=x", 400), ("page=-1", 400), ("show=same&page=999999", 200), ("show=new&table=999", 200)]:
    case(b.page(f"{at}?{query}")[0] == status, f"?{query}: {status}", b.page(f"{at}?{query}")[0])
english = b.page(at + "?lang=en")[1]
case("Take 457 rows, send 21 back" in words(english) and "sent back" in english, "all of it in English", words(english)[:400])
b.page("/?lang=zh")

# ---- another's, and none ----
case(other.page(at)[0] == 404, "another person's upload is not there")
case(other.page(at + "/refused")[0] == 404, "nor its workbook")
form = b.form(at, at)
form.fields["csrf"] = other.form("/own", "/signout").fields["csrf"]
case(other.send(form, do="good")[0] == 404 and stored() == before, "nor does he take it")
other.send(form, do="forget")
case(b.page(at)[0] == 200, "or give it up")
case(at not in links(other.page("/import")[1]) and at in links(b.page("/import")[1]), "it waits on its person's page alone")
case(b.page("/import/" + "A" * 43)[0] == 404, "a token that is none")

# ---- the refused rows ----
answer, body = b.ask(at + "/refused")
case(answer.headers["Content-Disposition"].startswith("attachment") and "xlsx" in answer.headers["Content-Disposition"], "the workbook is a download")
book = zipfile.ZipFile(io.BytesIO(body))
sheets = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
rows = sum(len(re.findall("<row ", book.read(n).decode())) for n in book.namelist() if n.startswith("xl/worksheets/sheet"))
case(rows - len(sheets) == said["refused"] and any("会议" in s for s in sheets), "with each row that is sent back", (rows, sheets))

# ---- taking ----
status, _, page = b.send(b.form(at, at), do="all")
case(status == 409 and 'role="alert"' in page and "收下457行" in words(page) and stored() == before, "all of it is refused while rows are bad", page)
case(b.send(b.form(at, at), do="everything")[0] == 400, "no other word")
status, to, page = b.send(b.form(at, at), do="good")
case(status == 303 and to == at, "the good rows are taken", page)
page = b.page(at)[1]
number = int(re.search(r"导入编号(\d+)", page)[1])
case("收下" in page and f"/imports/{number}" in links(page), "the page says so, with the number")
case(b.ask(at + "/refused")[0].status == 200, "the workbook is there still")
before = stored()
status, to, _ = b.send(bare(b, at, do="good"))
case(status == 303 and stored() == before and b.page("/import")[1].count(f'href="/imports/{number}"') == 1, "taking it twice takes it once")
case(register(b, "meeting") == 31 and register(b, "submission") == 118, "the registers show them")
line = subprocess.run([program, "log", "--data", data, "--kind", "import.accept", "--json"], capture_output=True, text=True).stdout
case('"actor":"wang.li"' in line and '"via":"web"' in line, "the log names the person", line[:200])
page = b.page("/import")[1]
case(all(x in words(page) for x in (str(number), "wang.li", "457", "21", "有效")), "it stands among those taken before")

# ---- again, changed, gone, to be looked at ----
at, page = upload(b, parts(*REGISTERS))
case(counts(page).get("相同") == 457 and "新增" not in counts(page) and "没有要写入的内容" in page, "once more: everything is here", counts(page))
b.send(b.form(at, at), do="forget")
head, *lines = (example / ADOPTED).read_bytes().decode("gb18030").splitlines()
column = head.split(",").index("备注")
cells = lines[1].split(",")
cells[column] = "改过的备注"
lines[1] = ",".join(cells)
del lines[4:6]
file = ("files", ADOPTED, "\n".join([head, *lines]).encode())
at, page = upload(b, [file])
case(counts(page).get("变更") == 1 and counts(page).get("缺失") == 2, "what changed and what is gone", counts(page))
page = b.page(at + "?show=changed")[1]
case("<del>" in page and "<ins>改过的备注</ins>" in page and "备注" in page.split("<del>")[0], "before and after of the field", page[-3000:])
record = re.search(r'href="(/records/\d+)"', page.split('id="rows"')[1])[1]
case(b.page(record)[0] == 200, "the record is a click away")
case(len(re.findall(r'href="/records/', b.page(at + "?show=gone")[1])) == 2, "so are those gone")

# ---- somebody else was quicker ----
at2, _ = upload(other, [("files", ADOPTED, file[2].replace("改过的备注".encode(), "别人的备注".encode()))])
case(other.send(other.form(at2, at2), do="good")[0] == 303, "another person changes the same record")
status, _, page = b.send(b.form(at, at), do="good")
case(status == 409 and 'role="alert"' in page and "<del>" not in page and counts(page).get("变更") == 1, "then it is refused, and what is the case now is shown", page[-2500:])
page = b.page(at + "?show=changed")[1]
case("<del>别人的备注</del>" in page and "<ins>改过的备注</ins>" in page, "before is what the other one wrote")
case(b.send(b.form(at, at), do="good")[0] == 303, "looked at again, it is taken")
last = int(re.search(r"导入编号(\d+)", b.page(at)[1])[1])

# ---- withdrawing ----
page = b.page(f"/imports/{number}")[1]
case("目前不能撤回" in page and "更正" in page and "<button>撤回" not in page, "an import that others stand on: the reason, no button", page[-2000:])
status, _, text = b.send(bare(b, f"/imports/{number}"))
case(status == 409 and "更正" in text, "nor by a form", text[-500:])
for n, who in [(last, b), (int(re.search(r"导入编号(\d+)", other.page(at2)[1])[1]), other)]:
    page = b.page(f"/imports/{n}")[1]
    case("将撤回0条记录" in page and "由它更正过的1条" in page, "what it would do stands there", words(page))
    case(b.send(b.form(f"/imports/{n}"))[0] == 303, f"import {n} is withdrawn")
page = b.page(f"/imports/{number}")[1]
case("将撤回475条记录" in words(page), "the consequence in words", words(page)[-400:])
case(viewer.send(bare(viewer, f"/imports/{number}"))[0] in (403, 404)
     and viewer.page(f"/imports/{number}")[0] in (403, 404), "not for who may not import")
status, to, _ = b.send(b.form(f"/imports/{number}"), why="<b>传错了</b>")
page = b.page(to)[1]
case(status == 303 and "已撤回" in page and "撤回475条记录" in page and "&lt;b&gt;传错了" in page, "withdrawn, and what it changed", words(page))
case(register(b, "meeting") == 0 and register(b, "submission") == 0, "the old numbers are back")
case("已撤回" in b.page("/import")[1], "the list says so")
case(b.send(bare(b, to))[0] == 409, "but once")
for path in ["/imports/999999", "/imports/3"]:
    case(b.page(path)[0] == 404, f"{path} is no import")

# ---- what is hostile ----
def bomb():
    out, name = io.BytesIO(), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(example / MEETINGS) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        with new.open(name, "w", force_zip64=True) as f:
            f.write(b"<worksheet><sheetData>")
            for _ in range(1100):
                f.write(b" " * (1 << 20))
    return out.getvalue()


before = stored()
for why, name, body in [("no workbook", MEETINGS, b"hello"), ("no byte", MEETINGS, b""), ("an old workbook", "01.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)),
                        ("a zip bomb", MEETINGS, bomb()), ("half a workbook", MEETINGS, (example / MEETINGS).read_bytes()[:3000])]:
    to, page = upload(b, [("files", name, body)])
    case(isinstance(to, str) and "文件无法读取" in page and name in page and "没有写入任何内容" in page, f"{why} is refused with its name", page[-1500:])
    status, to, _ = b.send(b.form(to, to), do="forget")
    case(status == 303 and "已放弃" in b.page(to)[1], f"{why}: given up")
to, page = upload(b, [("files", "<script>alert(1)<.xlsx", b"hello")])
case(isinstance(to, str) and "<script>alert" not in page and "&lt;script&gt;" in page, "a name with a tag is only text", page[-800:])
b.send(b.form(to, to), do="forget")
to, page = upload(b, [("files", "../../../etc/" + ADOPTED, (example / ADOPTED).read_bytes()), ("files", "..\\..\\x.pdf", b"x")])
case(isinstance(to, str) and counts(page) and "etc" not in words(page), "of a path only the name is kept", page[-600:])
b.send(b.form(to, to), do="forget")
for name in ["..", "a\x01.csv", "x" * 300 + ".csv"]:
    status, _, _ = b.send(b.form("/import", "/import"), files=[("files", name, b"x")])
    case(status == 400, f"the name {name[:4]!r} is refused", status)
status, _, page = b.send(b.form("/import", "/import"), files=parts(REGISTERS[0]) + [("files", "甲.pdf", b"1"), ("files", "甲.pdf", b"2")])
case(status == 400 and "甲.pdf" in page, "two evidence files of one name are refused")
status, _, _ = b.send(b.form("/import", "/import"), files=[("other", MEETINGS, b"x")])
case(status == 400, "no other field takes files")
for at in [l for l in links(b.page("/import")[1]) if l.startswith("/import/")]:
    b.send(bare(b, at, do="forget"))
    case(b.page(at)[0] == 404, "what is given up is gone")
case(stored() == before, "nothing of all that was written", (before, stored()))

# ---- two at once, and too many ----
found = {}
def both(who, name):
    found[name] = upload(who, parts(*REGISTERS))


threads = [threading.Thread(target=both, args=x) for x in [(b, "one"), (other, "two")]]
for t in threads:
    t.start()
for t in threads:
    t.join()
case(all(counts(page).get("退回") == 21 for _, page in found.values()) and found["one"][0] != found["two"][0], "two uploads at once, each its own")
small = [("files", ADOPTED, file[2])]
ends = [upload(b, small)[0] for _ in range(4)]
case([isinstance(e, str) for e in ends] == [True] * 3 + [False] and ends[3] == 400, "four may wait, no more", ends)
for who in (b, other):
    for at in [l for l in links(who.page("/import")[1]) if l.startswith("/import/")]:
        who.send(bare(who, at, do="forget"))
case(not staged(), "given up, nothing is left in the folder", staged())

# ---- a clean one, and taking along ----
at, page = upload(b, parts(REGISTERS[13]), year="2022")
case("收下12行" in words(page) and "退回" not in counts(page) and "/refused" not in page, "a clean register is taken whole", words(page)[:300])
case(b.ask(at + "/refused")[0].status == 404, "no row is refused, no workbook")
case(b.send(b.form(at), do="all")[0] == 303, "all of it")
kind = re.search(r'href="/registers/([a-z_.]+)"', b.page(at)[1])[1]
_, page = b.page(f"/registers/{kind}")
case(f"/registers/{kind}/export?format=xlsx" in links(page) and "/import" in links(page), "a register's page brings in and takes along")
answer, body = b.ask(f"/registers/{kind}/export?format=csv")
case(answer.status == 200 and body.decode("utf-8-sig").count("\n") == 13 and "attachment" in answer.headers["Content-Disposition"], "as CSV", body[:200])
answer, body = b.ask(f"/registers/{kind}/export?format=xlsx")
case(answer.status == 200 and "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(body)).namelist(), "as a workbook")
lines = lambda x: x.decode("utf-8-sig").splitlines()
_, page = b.page(f"/registers/{kind}?on=2023-12-31")
column = (re.search(r"sort=([a-zA-Z_]+)", page) or ["", "none"])[1]
answer, whole = b.ask(f"/registers/{kind}/export?format=csv&on=2023-12-31&sort=-{column}")
_, plain = b.ask(f"/registers/{kind}/export?format=csv")
case(sorted(lines(whole)) == sorted(lines(plain)) and lines(whole)[0] == lines(plain)[0] and len(lines(plain)) > 5, "sorted as the page is: the same lines", whole[:300])
_, none = b.ask(f"/registers/{kind}/export?format=csv&on=2023-12-31&q=nosuchwordanywhere")
case(lines(none) == lines(plain)[:1], "narrowed as the page is: nothing found, nothing taken", none[:300])
case(f"/registers/{kind}/export?q=nosuch&format=csv" in links(b.page(f"/registers/{kind}?q=nosuch")[1]), "the link has the words")
again = Browser(site)       # a session may take ten at once
again.sign_in("wang.li")
answer, body = again.ask(f"/registers/{kind}/export?format=pdf&on=2023-12-31&sort=-{column}")
case(answer.status == 200 and body[:5] == b"%PDF-" and answer.headers["Content-Type"] == "application/pdf"
    and ".pdf" in answer.headers["Content-Disposition"], "as a document", body[:200])
answer, body = again.ask(f"/registers/{kind}/export?format=html&on=2023-12-31&sort=-{column}")
table = lambda x: [re.findall("<td[^>]*>(.*?)</td>", r)[1:] for r in re.findall("<tr><td.*?</tr>", x.decode(), re.S)]
_, other = again.ask(f"/registers/{kind}/export?format=html&on=2023-12-31&sort={column}")
case(len(table(body)) == len(lines(plain)) - 1 and table(body) == table(other)[::-1], "a document is sorted as the page is", body[-600:])
answer, body = again.ask(f"/registers/{kind}/export?format=html&on=2023-12-31&q=nosuchwordanywhere")
case("筛选：“nosuchwordanywhere”" in body.decode() and "共0条" in body.decode(), "a document says what it is narrowed by", body[-600:])
case(f"/registers/{kind}/export?q=nosuch&format=ofd" in links(b.page(f"/registers/{kind}?q=nosuch")[1]), "its link has the words")
case(again.page("/export?format=pdf")[0] == 400, "no document of all registers")
answer, body = b.ask("/export?format=xlsx")
book = zipfile.ZipFile(io.BytesIO(body)).read("xl/workbook.xml").decode()
case(answer.status == 200 and book.index('name="目录"') < book.index("sheetId="), "all of the year, the list in front", book[:300])
answer, body = b.ask(f"/registers/{kind}/export?format=blank")
case(answer.status == 200 and b"dataValidation" in zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml"), "a blank one")
case(b.page("/export?format=csv")[0] == 400 and viewer.page("/export")[0] in (403, 404), "no CSV of all, nor for who sees a part")
case(not [x for x in staged() if x.startswith("export")], "no file is left behind", staged())
for path, status in [(f"/registers/{kind}/export?format=ods", 400), ("/registers/nope/export", 404)]:
    case(b.page(path)[0] == status, f"{path}: {status}")
case(viewer.page(f"/registers/{kind}/export")[0] in (403, 404), "who sees a part does not take the whole")
case(site.stop() == 0, "it stops when asked")
sound = subprocess.run([program, "verify", "--deep", "--data", data], capture_output=True, text=True)
case(sound.returncode == 0, "the log is sound", sound.stdout + sound.stderr)
sys.exit(case.end())
