"""Asks zeren serve for its pages. Called by serve.sh: PROGRAM DATA PASSED FAILED."""
import hashlib
import html
import re
import subprocess
import sys

from site_of import Browser, Site, Tally, account, links, words

program, data = sys.argv[1], sys.argv[2]
case = Tally(int(sys.argv[3]), int(sys.argv[4]))
PAGES = ["/", "/duties", "/duties/A08", "/registers", "/registers/meeting", "/registers/submission?page=2", "/report",
         "/figures", "/excuses", "/handovers", "/handovers/posts/G03", "/settings", "/more", "/own", "/import", "/?on=2022-06-30", "/?day=2022-12-31"]

account(program, data, "wang.li", "filler", "reviewer", name="王丽")
subprocess.run([program, "narrative", "write", "一（二）", "--data", data], check=True, capture_output=True,
               input="第一段。\n\n全年采用九百条。<b>".encode())
site = Site(program, data, env={"ZEREN_TIMING": "1"})
s = Browser(site)

# ---- who is let in ----
for path in PAGES[:6] + ["/files/" + "0" * 64]:
    answer, body = s.ask(path)
    case(answer.status == 303 and answer.headers["Location"].startswith("/signin"), f"without a session {path} leads to signing in")
answer, body = s.ask("/nothing")
case(answer.status == 404 and "会议台账" not in body.decode(), "there is no such page")
status, page = s.sign_in("wang.li")
case(status == 200 and "工作台" in page and "王丽" in page, "signed in, the desk", page)
answer, _ = s.ask("/", headers={"Host": "evil.example"})
case(answer.status == 421, "another name of the host is refused")

# ---- every page ----
for path in PAGES:
    answer, body = s.ask(path)
    case(answer.status == 200 and answer.headers["Content-Type"].startswith("text/html"), f"{path} is there")
    case("default-src 'none'" in answer.headers["Content-Security-Policy"] and "script-src 'unsafe" not in str(answer.headers)
         and answer.headers["X-Content-Type-Options"] == "nosniff", f"{path} has strict headers")
    english = re.findall(r"[A-Za-z]{3,}", re.sub(r"[\w.\-]*\.(xlsx|csv|pdf|docx|txt|jpg|png)\S*|Zeren|XLSX|CSV|\b(?:pdf|docx|ofd|html|xlsx|csv)\b|\b(?:SVG|PDF|PNG)\b|[a-z_]+[./][\w./]*", " ", words(body.decode())))
    if not path.startswith(("/figures", "/import")):           # names of figures, of who imported
        case(not english, f"{path} is all Chinese", english[:20])
    for link in sorted(set(links(body.decode())))[:25]:
        if link.startswith("/") and not link.startswith("/settings?"):     # those change how the next pages look
            got, _ = s.ask(link.split("#")[0])
            late = got.status == 429 and "format=" in link and int(got.headers["Retry-After"]) > 0   # files: ten at once
            case(got.status == 200 or late, f"{path}: the link {link} leads somewhere", got.status)
answer, _ = s.ask("/", method="HEAD")
case(answer.status == 200, "HEAD is answered like GET")
answer, _ = s.ask("/", method="POST", body=b"")
case(answer.status == 405, "a page takes no form")

# ---- how many statements an answer takes, once its world is made; the head of the log and the session are two ----
STATEMENTS = {"/scheme": 6, "/plan": 2, "/burden": 3, "/": 4, "/duties": 2, "/duties/A08": 2, "/registers": 2, "/registers/meeting": 2, "/registers/submission?page=2": 2,
              "/registers/meeting/new": 2, "/records/101": 10, "/records/101/correct": 2, "/report": 6,
              "/assess": 7, "/assess/U01": 7, "/appeals": 7,
              "/report?figure=meetings.total": 6, "/figures": 2, "/figures?figure=meetings.total": 2, "/org": 2, "/org/posts/G01": 2,
              "/search?q=会议": 2, "/excuses": 4, "/handovers": 4, "/handovers/posts/G03": 9, "/import": 5, "/own": 5, "/help": 3, "/settings": 2, "/more": 2}
for path, most in STATEMENTS.items():
    took = [int(re.search(r'desc="(\d+)"', s.ask(path)[0].headers["Server-Timing"])[1]) for _ in range(9)]
    case(min(took) <= most, f"{path} takes {most} statements", took)

# ---- the other language ----
s.ask("/settings?lang=en")
for path in ["/", "/duties", "/registers", "/figures", "/report", "/settings"]:
    status, page = s.page(path)
    case(status == 200 and 'lang="en"' in page, f"{path} in English")
# what the program says itself, as its Chinese texts have it; names and registers of the office are Chinese in either language
said = set(re.findall(r'^msgstr "([^"%]{2,})"$', open("text/zh.po", encoding="utf-8").read(), re.M))
data_words = open("examples/district-office-2022/scheme.yaml", encoding="utf-8").read() + open("examples/district-office-2022/org.json", encoding="utf-8").read()
for path in PAGES + ["/registers/meeting/new", "/records/101", "/records/101/correct", "/org", "/search?q=会议", "/verify", "/password", "/enrol"]:
    text = re.sub(r"<(code|article|del|ins)\b.*?</\1>", " ", s.page(path)[1], flags=re.S)
    nodes = [html.unescape(n).strip() for n in re.findall(r">([^<>]+)<", text) + re.findall(r'(?:aria-label|placeholder)="([^"]*)"', text)]
    chinese = [n for n in nodes if re.search(r"[\u4e00-\u9fff]", n) and n in said and n not in data_words]
    case(not chinese, f"{path} in English says nothing in Chinese itself", chinese)
s.ask("/settings?lang=zh&theme=dark&size=large")
page = s.page("/")[1]
case('data-theme="dark"' in page and 'data-size="large"' in page, "colours and size are kept")

# ---- what pages say ----
page = words(s.page("/duties?on=2022-12-31")[1])
case("86.16" in page, "the score of the case stands under the duties")
page = s.page("/duties/A08?unit=U01")[1]
case("副主任（文稿综合）→清水镇" in page and "缺" in words(page), "A08 names what was missed")
opened = [l for l in links(page) if "slot=" in l]
case(len(opened) >= 12, "each slot can be opened", len(opened))
page = s.page(opened[0].split("#")[0])[1]
case('id="behind"' in page, "an open slot has its panel")
page = s.page("/registers/submission?sort=-date")[1]
dates = re.findall(r'<td class="date">([\d-]+)</td>', page)
case(dates and dates == sorted(dates, reverse=True), "a register is sorted by date", dates[:5])
page = words(s.page("/registers/submission?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E8%AF%8D")[1])
case("没有记录含这些字词" in page, "nothing found says so")
page = words(s.page("/report?figure=meetings.total")[1])
case("31" in page and "依据31条记录" in page, "a figure of the report opens its records")
case("会议场次" in page and "<code>meetings.total</code>" in s.page("/report?figure=meetings.total")[1],
     "it is called by its title, with its name")

# ---- people's own paragraphs, and what the check says beside them ----
page = s.page("/report")[1]
own = re.search(r'<section class="own"[^>]*一（二）[^>]*>(.*?)</section>', page, flags=re.S)[1]
said = [re.sub("<[^>]*>", "", p).strip() for p in re.findall(r'<p id="p\d+"[^>]*>(.*?)</p>', own, flags=re.S)]
case(said == ["第一段。", "全年采用九百条。&lt;b&gt;"], "own paragraphs stand in the report", own)
case(own.find("第一段。") < own.find('<ul class="aside"') < own.find("<mark>全年采用九百条。</mark>"), "a finding stands beside its sentence", own)

# ---- from a number to the file in three clicks ----
page = s.page("/figures?figure=meetings.total")[1]
records = [l for l in links(page) if l.startswith("/records/")]
case(len(records) == 31, "a figure lists its records", len(records))
files = [l for r in records for l in links(s.page(r)[1]) if l.startswith("/files/")]
case(bool(files), "records name their files")
answer, body = s.ask(files[0])
case(answer.status == 200 and hashlib.sha256(body).hexdigest() == files[0].rsplit("/", 1)[1]
     and answer.headers["Content-Disposition"].startswith("attachment"), "the file is handed out byte for byte")

# ---- a register taken along: in the office's words, and not without end ----
taker = Browser(site)
taker.sign_in("wang.li")
taker.ask("/settings?lang=en")
_, body = taker.ask("/registers/meeting/export?format=csv")
sheet = body.decode("utf-8-sig")
case('"是"' in sheet and '"yes"' not in sheet, "an export says 是 where the page speaks English", sheet[:300])
answers = [taker.ask("/registers/meeting/export?format=csv")[0].status for _ in range(12)]
case(answers[0] == 200 and answers[-1] == 429, "who takes out more than is needed waits", answers)

# ---- bad addresses ----
for path, status, text in [("/nothing", 404, ""), ("/duties/A99", 404, "A99"), ("/records/0", 404, ""), ("/registers/x", 404, "x"),
                           ("/registers/meeting?sort=nope", 404, "nope"), ("/registers/meeting?page=-1", 400, "page"),
                           ("/?on=2022-02-30", 400, "2022-06-03"), ("/?what=1", 400, "what"), ("/?day=1&day=2", 400, "day"),
                           ("/registers/meeting?q=" + "x" * 300, 400, "200"), ("/files/zz", 404, ""),
                           ("/files/" + "0" * 64, 404, ""), ("/figures?figure=none", 404, "none"), ("/records/abc", 400, "id")]:
    got, page = s.page(path)
    case(got == status and text in page, f"{path[:60]}: {status}", (got, page))
for attack in ["/registers/meeting?q=<script>alert(1)</script>", '/registers/meeting?q="><img src=x>', "/duties/A08?slot='><b>",
               "/registers/meeting?q=%27%20or%201=1--"]:
    got, page = s.page(attack)
    case(got == 200 and "<script>alert" not in page and "<img src=x" not in page and "'><b>" not in page, f"{attack} is only text")

# ---- beside other programs ----
read = subprocess.run([program, "log", "--data", data, "--kind", "import.accept", "--json"], capture_output=True, text=True)
case(read.returncode == 0 and '"seq":' in read.stdout, "another program may read the log")
wrote = subprocess.run([program, "undo", "5", "--data", data], capture_output=True, text=True)
case(wrote.returncode == 8, "but not write it", (wrote.returncode, wrote.stderr))

case(s.ask("/health", cookies=False)[1] == b"ok\n", "health is answered")
answer, body = s.ask("/assets/zeren.css", cookies=False)
case(answer.status == 200 and s.ask("/assets/zeren.css", headers={"If-None-Match": answer.headers["ETag"]})[0].status == 304,
     "the style sheet is there, and not sent twice")
case(site.stop() == 0, "it stops when asked")

# ---- behind a proxy with TLS ----
site = Site(program, data, "--host", "zeren.example")
s = Browser(site)
asked = {"Host": "zeren.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
answer, body = s.ask("/signin", headers=asked)
case(answer.status == 200 and "max-age" in answer.headers.get("Strict-Transport-Security", ""), "by its name, and held to TLS", answer.status)
case(s.ask("/signin", headers={**asked, "Host": "other.example"})[0].status == 421, "by no other name")
form = s.form_in(body.decode(), "/signin")
s.send(form, {**asked, "Origin": "https://zeren.example"}, login="wang.li", password="klar-wie-Morgentau-31")
cookie = s.answer.headers["Set-Cookie"]
case(s.answer.status == 303 and cookie.startswith("__Host-zeren=") and "; Secure" in cookie, "the cookie is for TLS alone", cookie)
case("203.0.113.7" in s.ask("/own", headers=asked)[1].decode(), "the session knows where the person is")
case(s.ask("/metrics", headers=asked)[0].status == 404, "the counters are not for him")
case(site.stop() == 0, "it stops, too")
sys.exit(case.end())
