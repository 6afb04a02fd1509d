"""Asks zeren serve for its pages. Called by serve.sh: PROGRAM DATA PASSED FAILED."""
import hashlib
import html
import http.client
import re
import signal
import subprocess
import sys
import urllib.parse

program, data, passed, failed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def case(good, name, shown=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
    print(f"{'ok' if good else 'not ok'} {passed + failed} - {name}")
    if not good and shown:
        print("# " + str(shown)[:600].replace("\n", "\n# "))


class Server:
    def __init__(self):
        self.process = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--lang", "zh"],
                                        stdout=subprocess.PIPE, text=True)
        self.address = ""
        while not self.address.startswith("http://"):
            self.address = self.process.stdout.readline().strip()
        parts = urllib.parse.urlsplit(self.address)
        self.port, self.enter = parts.port, parts.path + "?" + parts.query
        self.cookies = {}

    def ask(self, path, method="GET", cookies=True, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = dict(headers or {})
        if cookies and self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        connection.request(method, urllib.parse.quote(path, safe="/?=&%:#"), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        connection.close()
        return answer, body

    def page(self, path):
        answer, body = self.ask(path)
        return answer.status, body.decode()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def words(page):
    """What a person reads: without tags, and without what is in another language on purpose."""
    page = re.sub(r"<(title|code|script)\b.*?</\1>|<article.*?</article>|<b>.*?</b>", " ", page, flags=re.S)
    spoken = " ".join(re.findall(r'(?:aria-label|placeholder|alt)="([^"]*)"', page))
    return html.unescape(re.sub(r"<[^>]*>", " ", page) + " " + spoken)


def links(page):
    return [html.unescape(x) for x in re.findall(r'href="([^"]*)"', page)]


s = Server()
PAGES = ["/", "/duties", "/duties/A08", "/registers", "/registers/meeting", "/registers/submission?page=2", "/report",
         "/figures", "/settings", "/more", "/?on=2022-06-30", "/?day=2022-12-31"]

# ---- who is let in ----
for path in PAGES[:6] + ["/nothing", "/files/" + "0" * 64]:
    answer, body = s.ask(path, cookies=False)
    case(answer.status == 403 and "会议台账" not in body.decode(), f"without the cookie {path} is refused")
answer, _ = s.ask("/enter?key=" + "0" * 64)
case(answer.status == 403 and not s.cookies, "a wrong key is refused")
answer, _ = s.ask(s.enter)
case(answer.status == 303 and answer.headers["Location"] == "/" and "HttpOnly" in answer.headers["Set-Cookie"],
     "the printed address lets in and leads on")
answer, _ = s.ask("/", headers={"Host": "evil.example"})
case(answer.status == 421, "another name of the host is refused")

# ---- every page ----
for path in PAGES:
    answer, body = s.ask(path)
    case(answer.status == 200 and answer.headers["Content-Type"].startswith("text/html"), f"{path} is there")
    case("default-src 'none'" in answer.headers["Content-Security-Policy"] and "script-src 'unsafe" not in str(answer.headers)
         and answer.headers["X-Content-Type-Options"] == "nosniff", f"{path} has strict headers")
    english = re.findall(r"[A-Za-z]{3,}", re.sub(r"[\w.\-]*\.(xlsx|csv|pdf|docx|txt|jpg|png)\S*|Zeren|[a-z_]+[./][\w./]*", " ", words(body.decode())))
    if not path.startswith("/figures"):
        case(not english, f"{path} is all Chinese", english[:20])
    for link in sorted(set(links(body.decode())))[:25]:
        if link.startswith("/"):
            got, _ = s.ask(link.split("#")[0])
            case(got.status == 200, f"{path}: the link {link} leads somewhere", got.status)
answer, _ = s.ask("/", method="HEAD")
case(answer.status == 200, "HEAD is answered like GET")
answer, _ = s.ask("/", method="POST", headers={"Content-Length": "0"})
case(answer.status == 405, "a page takes no form")

# ---- the other language ----
s.ask("/settings?lang=en")
for path in ["/", "/duties", "/registers", "/figures", "/report", "/settings"]:
    status, page = s.page(path)
    case(status == 200 and 'lang="en"' in page, f"{path} in English")
english = words(s.page("/settings")[1])
chinese = re.findall(r"[\u4e00-\u9fff]+", english)
case(set(chinese) <= {"责任", "中共云岭市青溪区委办公室"}, "the settings have no Chinese word in English", chinese)
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

# ---- people's own paragraphs, and what the check says beside them ----
def write(section, text):
    subprocess.run([program, "narrative", "write", section, "--data", data], check=True, capture_output=True, input=text.encode())


write("一（二）", "第一段。\n\n全年采用九百条。<b>")
page = s.page("/report")[1]
own = re.findall(r'<p id="p\d+" class="own" data-section="一（二）">(.*?)</p>\s*(<p class="aside"[^>]*>.*?</p>)?', page, flags=re.S)
case([re.sub("<[^>]*>", "", o[0]).strip() for o in own] == ["第一段。", "全年采用九百条。&lt;b&gt;"], "own paragraphs stand in the report", own)
case(len(own) == 2 and not own[0][1] and "九百" in own[1][1], "a finding stands below the paragraph that it is about", own)
write("一（二）", "第一段。")
case("全年采用九百条" not in s.page("/report")[1], "what is saved is there at the next click")

# ---- from a number to the file in three clicks ----
page = s.page("/figures?figure=meetings.total")[1]
records = [l for l in links(page) if l.startswith("/records/")]
case(len(records) == 31, "a figure lists its records", len(records))
files = [l for r in records for l in links(s.page(r)[1]) if l.startswith("/files/")]
case(bool(files), "records name their files")
answer, body = s.ask(files[0])
case(answer.status == 200 and hashlib.sha256(body).hexdigest() == files[0].rsplit("/", 1)[1]
     and answer.headers["Content-Disposition"].startswith("attachment"), "the file is handed out byte for byte")

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

# ---- what is written beside it is seen at the next click ----
before = words(s.page("/registers")[1])
imports = subprocess.run([program, "log", "--data", data, "--kind", "import.accept", "--json"], capture_output=True, text=True)
number = re.search(r'"seq":(\d+)', imports.stdout)[1]
subprocess.run([program, "undo", number, "--data", data], check=True, capture_output=True)
case(words(s.page("/registers")[1]) != before, "an undo beside it is seen at the next click")

case(s.ask("/health", cookies=False)[1] == b"ok\n", "health is answered")
answer, body = s.ask("/assets/zeren.css", cookies=False)
case(answer.status == 200 and s.ask("/assets/zeren.css", headers={"If-None-Match": answer.headers["ETag"]})[0].status == 304,
     "the style sheet is there, and not sent twice")
case(s.stop() == 0, "it stops when asked")
print(f"1..{passed + failed}\n{passed} passed, {failed} failed")
sys.exit(failed > 0)
