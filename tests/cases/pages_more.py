"""Organisation, log, verification, help, search, counters. Called by pages_more.sh: PROGRAM DATA DAMAGED-COPY."""
import hashlib
import html
import re
import sys
import time
import urllib.parse

from site_of import Browser, Site, Tally, links, words

program, data, damaged = sys.argv[1:4]
case = Tally()
site = Site(program, data)
people = {}
for login in ("wang.li", "zhao", "viewer", "audit", "sec", "sys"):
    people[login] = Browser(site)
    people[login].sign_in(login)
wang, zhao, viewer, audit, sec, sysadmin = people.values()

# ---- who may ----
nobody = Browser(site)
for path in ("/org", "/org/posts/G01", "/log", "/log/1", "/verify", "/help", "/help/manual", "/search?q=x"):
    answer, _ = nobody.ask(path)
    case(answer.status == 303 and answer.headers["Location"].startswith("/signin"), f"without a session {path} leads to signing in")
MAY = {"/org": (200, 200, 200, 404, 404, 404), "/org/posts/G12": (200, 404, 200, 404, 404, 404),
       "/org/units/U12": (200, 404, 200, 404, 404, 404), "/org/units/U11": (200, 200, 200, 404, 404, 404),
       "/log": (403, 403, 403, 200, 403, 403), "/log/20": (403, 403, 403, 200, 403, 403),
       "/verify": (200, 403, 403, 200, 200, 200), "/help": (200,) * 6, "/help/manual": (200,) * 6,
       "/search?q=会议": (200, 200, 200, 404, 404, 404), "/settings": (200,) * 6}
for path, wanted in MAY.items():
    got = tuple(b.page(path)[0] for b in people.values())
    case(got == wanted, f"who may see {path}", got)
for path in ("/org/posts/G99", "/org/units/U99", "/help/nothing"):
    case(wang.page(path)[0] == 404, f"there is no {path}")
case(audit.page("/log/99999")[0] == 404 and audit.page("/log/x")[0] == 400, "nor an event that is none")
for who, yes, no in ((wang, ("/org", "/verify", "/help"), ("/log",)), (audit, ("/log", "/verify", "/help"), ("/org",)),
                     (zhao, ("/org", "/help"), ("/log", "/verify"))):
    found = [x.split("?")[0] for x in links(who.page("/help")[1])]
    case(all(x in found for x in yes) and not any(x in found for x in no), f"the rail has {yes}, not {no}", found)

# ---- both languages; no address that leads nowhere ----
PAGES = {"wang.li": ["/org", "/org/posts/G03", "/org/units/U01", "/verify", "/help", "/help/manual", "/help/scheme", "/help/glossary",
                     "/help/first-steps", "/search", "/search?q=会议", "/warnings", "/settings"],
         "audit": ["/log", "/log/20", "/log?kind=record.add", "/verify", "/help"], "sys": ["/settings", "/verify", "/help"]}
for login, paths in PAGES.items():
    b = people[login]
    for path in paths:
        page = b.page(path)[1]
        said = re.sub(r"PostgreSQL|SQLite|JSON|KiB|MiB|SHA-256|RFC|Zeren|zeren verify --deep|--json|zeren log|cli(:\w+)?|[\w.\-]*\.(xlsx|csv|txt|pdf|docx)\S*|"
                      r"\b(?:xlsx|csv|pdf|docx|ofd|html)\b|[a-z_]+[./][\w./]*|first_topic.*", " ", words(re.sub(r"<pre.*?</pre>", " ", page, flags=re.S)))
        said = re.sub(r"\{[\w.]+\}", " ", said)
        case(not re.findall(r"[A-Za-z]{3,}", said), f"{path} is all Chinese", re.findall(r"[A-Za-z]{3,}", said)[:9])
        for link in sorted(set(links(page)))[:40]:
            if link.startswith("/") and not link.startswith("/assets"):
                answer, _ = b.ask(link.split("#")[0])
                case(answer.status == 200 or link == "/", f"{path}: the link {link} leads somewhere", answer.status)
    b.ask("/settings?lang=en")
    for path in paths:
        status, page = b.page(path)
        own = set("责任 王丽 审计 系统 中共云岭市青溪区委办公室".split())
        chinese = set(re.findall(r"[一-鿿]+", words(re.sub(r"<(td|th|dd|dt|select|pre|mark)\b.*?</\1>", " ", page, flags=re.S)))) - own
        case(status == 200 and 'lang="en"' in page and (not chinese or path.startswith(("/org", "/search"))), f"{path} in English", chinese)
    b.ask("/settings?lang=zh")

# ---- no keys where there are names ----
said = words(wang.page("/figures")[1])
case("到会率（%） 95.5" in said and "rate_pct" not in said and "rows_without" not in said, "parts of a figure by their titles")
keys = set(re.findall(r"(?<![^；、 ])([a-z_]+)(?= )", said)) - set("xlsx csv pdf docx ofd html".split())
case(not keys and "风险等级调整" in said, "columns of a list by their titles", keys)
page = wang.page("/report/paper")[1]
case(re.findall(r"<legend>([^<]*)</legend>", page) == "版头 主体 版记 排版 数字的链接".split(), "the paper in its parts")
case(not re.search(r"plain|copy_no|postscript|stamp", words(re.sub(r"<select.*?</select>", "", page, flags=re.S))), "its fields by their titles alone")
key = [l for l in links(wang.page("/warnings")[1]) if re.match(r"/warnings/[a-z]+-[0-9a-f]+", l)][0]
case(key.split("/")[2].split("?")[0] not in words(wang.page(key)[1]), "a warning by its rule, not by its key")
case("命令行（" in words(wang.page("/import")[1]) and "cli:" not in words(wang.page("/import")[1]), "who sat at the command line, in words")
kinds = set(re.findall(r'"([a-z]+\.[a-z]+)"', open("src/web/log_words.c").read()))
told = set(re.findall(r"\b[a-z]+\.[a-z]+\b", " ".join(re.findall(r"(?m)^### (.*)", open("docs/events.md").read()))))
case(told <= kinds and {"appeal.open", "excuse.step", "handover.step"} <= kinds, "every kind of event has a word in the log", told - kinds)

# ---- the organisation ----
page = wang.page("/org")[1]
case("石桥镇" in page and "周五" in page and "王三" not in page and "第一责任人" in page, "units, posts and who holds them today")
case(page.index("中共云岭市青溪区委员会") < page.index("综合科") and 'class="d2 post"' in page, "as a tree")
case("停学日" in page and "云江信息" in page and "studyForms" not in page, "the office's settings in words")
case("室务会" in page.split('id="bodies"')[1] and "/org/posts/G02" in page.split('id="bodies"')[1], "a body with its posts")
case("室务会" in wang.page("/org/posts/G02")[1], "and a post with its body")

# ---- the plan made for next year ----
said = words(wang.page("/plan")[1])
case("2023年的打算" in said and re.search(r"JH-12 信息报送 130条 信息科科长 2023-12-31", said), "what is promised for the year after stands there", said[-900:])
past = wang.page("/org?on=2022-03-01")[1]
case("王三" in past and "周五" not in past, "on an earlier day another holder")
case("on=2022-03-01" in past.split("/org/posts/")[1].split('"')[0], "the day goes along")
page = zhao.page("/org")[1]
case("综合科" in page and "石桥镇" not in page and "机要保密科" not in page and "停学日" not in page, "who sees one unit sees that one")
page = wang.page("/org/posts/G03")[1]
case(page.index(">周五<") < page.index(">王三<") and "2022-08-14" in page, "the history of a post")
case("/duties/A01" in wang.page("/org/posts/G01")[1] and "/duties/A08" in page, "a post's duties")
case("<form method" not in viewer.page("/org/posts/G03")[1].replace("<form method=\"get\"", ""), "who only looks is offered no form")

# ---- the organisation, changed ----
form = wang.form("/org/posts/G03", None, 'value="holder"')
status, _, page = wang.send(form, name="吴新", **{"from": ""})
case(status == 400 and 'role="alert"' in page and 'value="吴新"' in page, "without a day it is refused, what was typed stays")
status, _, page = wang.send(form, name="吴新", **{"from": "2022-08-01"})
case(status in (400, 409) and 'role="alert"' in page and 'value="2022-08-01"' in page, "before the present holder began it is refused", page[:200])
status, to, _ = wang.send(form, name="<script>alert(1)</script>", **{"from": "2022-11-01"})
page = wang.page(to)[1]
case(status == 303 and "<script>alert" not in page and "&lt;script&gt;alert" in page and "2022-10-31" in page and "换人已登记" in page,
     "a new holder; the old one ends the day before; the name is only text", page)
case("<script>alert" not in wang.page("/org")[1] + wang.page("/search?q=<script>")[1] + audit.page("/log")[1], "nowhere is it more")
status, to, _ = wang.send(wang.form("/org/posts/G03", None, 'value="correct"'), name="吴新")
case(status == 303 and ">吴新<" in wang.page(to)[1], "a correction")
form = wang.form("/org/posts/G03", None, 'value="holder"')
status, to, _ = wang.send(form, until="2022-11-30")
page = wang.page(to)[1]
case(status == 303 and "空缺" in page and "取消终止" in page, "he leaves, the post is vacant")
status, to, _ = wang.send(wang.form("/org/posts/G03", None, 'value="reopen"'))
case(status == 303 and "空缺" not in wang.page(to)[1].split("<h2")[0], "that is taken back")
form = wang.form("/org/posts/G03", None, 'value="portfolio"')
status, to, _ = wang.send(form, unit="T05", **{"from": "2022-05-01"})
case(status == 303 and "松坪乡" in wang.page("/org/posts/G03")[1].split("</table>")[1], "a unit comes into the portfolio")
case(wang.send(form, unit="T05", **{"from": "2022-06-01"})[0] == 409, "not twice")
page = wang.page("/org/posts/G03")[1]
term = re.findall(r'name="term" value="(\d+)"', page)[-1]
form = wang.form_in(page, None, f'value="{term}"')
case(wang.send(form)[0] == 400, "an end needs its day")
case(wang.send(form, until="2022-04-01")[0] == 400, "that is not before the first")
case(wang.send(form, until="2022-09-30")[0] == 303 and "2022-09-30" in wang.page("/org/posts/G03")[1], "it ends")
status, to, _ = wang.send(wang.form("/org/posts/G03", None, 'value="again"'))
case(status == 303 and "2022-09-30" not in wang.page(to)[1], "that is taken back too")
status, to, _ = wang.send(wang.form("/org/posts/G03", None, 'value="rename"'), name="副主任（信息）")
case(status == 303 and "副主任（信息）" in wang.page("/org")[1], "a post has another name")
case(wang.send(wang.form("/org/posts/G03", None, 'value="rename"'))[0] == 400, "nothing that changes is refused")
form = wang.form("/org/units/U11", None, 'value="post"')
case(wang.send(form, code="G01", name="又一个")[0] == 409, "a code is taken once")
status, _, page = wang.send(form, code="a/b", name="又一个")
case(status == 400 and 'value="a/b"' in page and "<details class=\"more-form\" open" in page, "a code that fits no address is refused")
case(wang.send(form, code="G31", name="综合科副科长")[0] == 303 and "综合科副科长" in zhao.page("/org")[1], "a new post, which who sees the unit sees")
status, _, _ = wang.send(wang.form("/org/units/U01", None, 'value="unit"'), code="U19", name="档案科", kind="科室")
case(status == 303 and "档案科" in wang.page("/org")[1], "a new unit")
status, _, _ = wang.send(wang.form("/org/units/U19", None, 'value="rename"'), short="档案")
case(status == 303 and "档案" in wang.page("/org/units/U19")[1], "with a short name")
for b, name in ((zhao, "who fills in one unit"), (viewer, "who looks"), (sec, "who looks after accounts")):
    form = wang.form("/org/units/U11", None, 'value="post"')
    form.fields["csrf"] = b.form("/own", "/signout").fields["csrf"]
    case(b.send(form, code="G99", name="偷加")[0] == 403, f"{name} changes nothing")
case(wang.page("/org/posts/G99")[0] == 404, "and nothing is there")

# ---- the log ----
page = audit.page("/log")[1]
rows = [int(x) for x in re.findall(r'<th scope="row" class="n"><a href="/log/(\d+)">', page)]
case(len(rows) == 50 and rows == sorted(rows, reverse=True) and "新增单位" in page and "wang.li" in page, "newest first, fifty a page", rows[:5])
older = audit.page([x for x in links(page) if "page=2" in x][0])[1]
case(f'href="/log/{rows[-1] - 1}"' in older, "then the older ones")
page = audit.page("/log?kind=holder.add")[1]
case(set(re.findall(r"新增单位|登记记录|任职", page.split("<tbody>")[1])) == {"任职"} and "共15个" in page, "by kind", words(page)[-300:])
today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
case("共15个" in audit.page(f"/log?kind=holder.add&day={today}")[1], "and by day")
case("没有这种事件" in audit.page("/log?day=2022-06-03")[1] and audit.page("/log?day=2022-13-01")[0] == 400, "of which there may be none")
page = audit.page(f"/log/{rows[0]}")[1]
case("成立" in page and "不成立" not in page and '"actor": "wang.li"' in html.unescape(page), "one event whole, with its proof", page)
page = audit.page("/log/20")[1]
leaf = re.search(r"<td><code>([0-9a-f]{64})</code>", page)[1]
step = re.findall(r'<td>(在前|在后)</td><td><code>([0-9a-f]{64})</code>', page)
root = re.findall(r"<td><code>([0-9a-f]{64})</code>", page)[-1]
have = bytes.fromhex(leaf)
for side, hash_ in step:
    other = bytes.fromhex(hash_)
    have = hashlib.sha256(b"\1" + (other + have if side == "在前" else have + other)).digest()
case(have.hex() == root and len(step) > 5, "the hashes give the root as the page says")
case(f'{root}' in audit.page("/verify")[1], "which is that of the log")
about = re.search(r'<td class="n"><a href="/log/(\d+)">', audit.page("/log?kind=unit.change")[1])[1]
case("此后关于它的事件" in audit.page("/log/" + about)[1], "what was said of a thing later")


# ---- verify ----
def verify(b, depth):
    """Its page when it is done; while it runs the page has to come again by itself."""
    b.send(b.form("/verify", "/verify", f'value="{depth}"'))
    again = True
    for _ in range(600):
        answer, body = b.ask("/verify")
        running = "正在核验" in body.decode()
        again = again and (answer.headers["Refresh"] == "2") == running
        if not running:
            break
        time.sleep(.1)
    return body.decode() if again else "no Refresh"


for b, depth in ((audit, "full"), (wang, "quick"), (sysadmin, "full")):
    page = verify(b, depth)
    case("完好" in page and 'role="alert"' not in page, f"verify, {depth}: sound", words(page))
case("文件" in words(verify(audit, "full")), "with what was looked at")
form = audit.form("/verify", "/verify")
case(audit.send(form, depth="whole")[0] == 400, "there is no other depth")
form.fields["csrf"] = viewer.form("/own", "/signout").fields["csrf"]
case(viewer.send(form)[0] == 403, "who only looks does not start it")

# ---- help ----
page = wang.page("/help")[1]
case("填报" in page and "审核" in page and "安全管理员</h2>" not in page, "first steps of one's own roles")
case("安全管理员</h2>" in sec.page("/help")[1], "of each the own")
steps = re.findall(r"<h2[^>]*>([^<]*)</h2>", wang.page("/help/first-steps")[1])
case(steps == "填报 责任人 审核 核验 考核 复核 查看 审计管理员 安全管理员 系统管理员".split(), "one section for each role, in the order of tbl/roles.h", steps)
page = wang.page("/help/manual")[1]
ids = set(re.findall(r'id="([^"]+)"', page))
inside = {x[1:] for x in links(page) if x.startswith("#")}
case(len(inside) > 15 and all(urllib.parse.unquote(x) in ids for x in inside), "every link within the manual leads somewhere", inside - ids)
case(page.count("<table") > 8 and "<pre" in page and "|---" not in page, "with its tables and examples")
for path, section in (("/registers", "s7"), ("/verify", "s10"), ("/own", "s17"), ("/org", "s3")):
    at = [x for x in links(wang.page(path)[1]) if x.startswith("/help/manual")]
    case(at and at[0].endswith("#" + section) and f'id="{section}"' in page, f"help at hand on {path}", at)

# ---- search ----
page = wang.page("/search?q=石桥镇")[1]
case("记录" in words(page) and "<mark>石桥镇</mark>" in page and "/org/units/T01" in page and "/records/" in page, "records and units are found")
n = int(re.search(r"找到(\d+)项", page)[1])
case(n > 5 and int(re.search(r"找到(\d+)项", wang.page("/search?q=石桥镇 帮扶")[1])[1]) < n, "two words find less than one")
case("/duties/A13" in wang.page("/search?q=a13")[1] and "figure=meetings.total" in wang.page("/search?q=MEETINGS.TOTAL")[1], "duties and figures, capitals or not")
case("/org/posts/G02" in wang.page("/search?q=李二")[1], "who holds a post")
page = wang.page("/search?q=2022")[1]
case(page.count("<mark>") <= 80 and re.search(r"共\d{2,}项，列出前20项", page), "twenty of each, the number of all")
page = zhao.page("/search?q=石桥镇")[1]
mine = [x for x in links(page) if x.startswith("/records/")]
case("/org/units/T01" not in page and 0 < len(mine) < 20 and all(zhao.page(x)[0] == 200 for x in mine), "who sees one unit finds what names it, no more", mine)
case("/org/units/U11" in zhao.page("/search?q=综合科")[1], "but his own")
for attack in ('<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "'%00"):
    status, page = wang.page("/search?q=" + attack.replace("%", "%25"))
    case(status == 200 and "<script>alert" not in page and "<img src=x" not in page, f"{attack} is only text")
case('action="/search"' in wang.page("/")[1] and 'action="/search"' not in audit.page("/log")[1], "the box is there for who may see what it finds")
case("没有含这些字词" in wang.page("/search?q=没有这个词的")[1], "nothing found says so")

# ---- counters, settings ----
answer, body = nobody.ask("/metrics", cookies=False)
case(answer.status == 200 and answer.headers["Content-Type"].startswith("application/openmetrics-text") and body.endswith(b"# EOF\n"),
     "counters for who asks from this machine")
case(re.search(rb"^zeren_http_requests_total [1-9]", body, re.M) and re.search(rb"^zeren_log_events [1-9]", body, re.M), "they count", body)
case("zeren_" in sysadmin.page("/metrics")[1], "and for who looks after it")
page = sysadmin.page("/settings")[1]
case(data in page and "SQLite" in page and "备份" in page, "the settings tell him of the installation")
case(data not in wang.page("/settings")[1], "and nobody else")
case(site.stop() == 0, "it stops when asked")

# ---- a damaged event ----
site = Site(program, damaged)
audit = Browser(site)
audit.sign_in("audit")
page = verify(audit, "full")
case('role="alert"' in page and "20" in re.search(r"<ol.*?</ol>", page, re.S)[0] and "完好" not in words(page).replace("完好的", ""), "a damaged event is found", words(page))
status, page = audit.page("/log/20")
case(status == 200 and 'role="alert"' in page and "不成立" in page and "主人" in page, "and is shown as it stands, without a proof", page[-900:])
case(audit.page("/log?kind=post.add")[0] == 200, "the list goes on")
site.stop()
sys.exit(case.end())
