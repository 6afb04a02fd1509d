"""Lists of pages as files, by who sees the office and by who sees one unit. Called by list_files.sh: PROGRAM DATA."""
import csv
import html
import io
import re
import sys
import zipfile

from site_of import Browser, Site, Tally, account

program, data = sys.argv[1:3]
case = Tally()
account(program, data, "kan", "viewer", name="看客")
account(program, data, "shi", "viewer T01", name="石桥")
site = Site(program, data)
kan, shi = Browser(site, "127.0.4.1"), Browser(site, "127.0.4.2")
kan.sign_in("kan")
shi.sign_in("shi")
ON = "on=2022-12-31"
MAGIC = {"xlsx": b"PK", "docx": b"PK", "ofd": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE html>"}


def rows(browser, path):
    answer, body = browser.ask(path + ("&" if "?" in path else "?") + "format=csv")
    case(answer.status == 200 and answer.headers["Content-Type"].startswith("text/csv"), f"{path} as CSV", answer.status)
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


# path, the words that a row's page has in each row, the least number of rows
for path, head, least in ((f"/duties?{ON}", "编号", 27), (f"/duties/A03?{ON}", "事项", 60), (f"/findings?{ON}", "编号", 10),
                          (f"/risks?{ON}", "编号", 8), (f"/warnings?{ON}", "预警", 1), (f"/org?{ON}", "编号", 16), (f"/plan?{ON}", "编号", 0),
                          (f"/excuses?{ON}", "编号", 2), (f"/handovers?{ON}", "岗位", 1), (f"/inspections?{ON}&year=0", "编号", 1),
                          (f"/appeals?{ON}", "项目", 0), (f"/burden?{ON}", "编号", 27),
                          (f"/figures?{ON}", "数字", 40)):
    kan = Browser(site, "127.0.4.1")         # files are counted by session
    kan.sign_in("kan")
    page = kan.page(path)[1]
    given = rows(kan, path)
    case(given[0][0] == head, f"{path}: its first column", given[0])
    case(len(given) > least and len({len(r) for r in given}) == 1, f"{path}: at least {least} rows, all as wide", (len(given), given[:2]))
    flat = re.sub(r"\s+", "", html.unescape(re.sub("<[^>]*>", "", page)))
    case(all(re.sub(r"\s+", "", r[1] or r[0]) in flat for r in given[1:] if len(given) < 50), f"{path}: the rows of the page", given[1:2])
    linked = [html.unescape(x) for x in re.findall(r'href="([^"]*format=[^"]*)"', page) if "/charts/" not in x]
    case(len(linked) == (6 if least else len(linked)), f"{path}: six forms are offered", linked)
    for link in linked:
        form = re.search(r"format=(\w+)", link)[1]
        answer, body = kan.ask(link)
        case(answer.status == 200 and body.startswith(MAGIC.get(form, b"\xef\xbb\xbf")) and "attachment" in answer.headers["Content-Disposition"],
             f"{path}: {form}", (answer.status, body[:80]))
        if form == "xlsx":
            book = zipfile.ZipFile(io.BytesIO(body))
            case(any("autoFilter" in book.read(n).decode("utf-8", "replace") for n in book.namelist() if "worksheets/sheet" in n),
                 f"{path}: the workbook has filters")

# narrowed as the page is, whatever page of it
every, open_ = rows(kan, f"/findings?{ON}&year=0"), rows(kan, f"/findings?{ON}&state=open&page=3")
case(1 < len(open_) < len(every), "narrowed as the page is", (len(open_), len(every)))
case({r[2] for r in rows(kan, f"/risks?{ON}&level=较大")[1:]} == {"较大"}, "one level of risks")

# what narrows is said in the page's words, in the page's language, in every form
def note(browser, path):
    body = browser.ask(path + "&format=html")[1].decode()
    return html.unescape(re.search(r"<p[^>]*>([^<]*(?:截至|as of)[^<]*)</p>", body)[1])


kan = Browser(site, "127.0.4.1")
kan.sign_in("kan")
unit = re.search(r'<option value="(T01)"[^>]*>([^<]+)', kan.page(f"/findings?{ON}")[1])
source = re.search(r'id="f-source".*?<option value="([^"]+)"', kan.page(f"/findings?{ON}&year=0")[1], re.S)
said = note(kan, f"/findings?{ON}&state=open&unit=T01&overdue=1&age=1&year=0")
case("；状态：全部未销号" in said and f"；单位：{unit[2]}；" in said and "；年度：" in said and "；只看逾期" in said and "；发现至今：" in said,
     "filters of findings by their words", said)
case(not re.search(r"[a-z_]+=|T01|open", said), "none by the name of a parameter", said)
case("；预警颜色：红；答复：未解除" in note(kan, f"/warnings?{ON}&colour=red"), "and of warnings",
     note(kan, f"/warnings?{ON}&colour=red"))
case("；风险等级：较大；" in note(kan, f"/risks?{ON}&level=较大"), "and of risks", note(kan, f"/risks?{ON}&level=较大"))
case("；年度：" in note(kan, f"/inspections?{ON}&year=0"), "and of inspections", note(kan, f"/inspections?{ON}&year=0"))
case("；单位：" in note(kan, f"/duties/A03?{ON}&unit=U01"), "and of slots", note(kan, f"/duties/A03?{ON}&unit=U01"))
kan.ask("/settings?lang=en")
said = note(kan, f"/findings?{ON}&state=open&overdue=1")
case("; State: all that are open; Year: 2022; overdue only" in said, "in English", said)
kan.ask("/settings?lang=zh")

kan = Browser(site, "127.0.4.1")
kan.sign_in("kan")

body = kan.ask("/registers/meeting/export?format=html&on=2022-12-31&w.kind=室务会&q=风险")[1].decode()
case("筛选：会议类别：室务会；“风险”" in body, "a register taken along says it the same way", re.findall("筛选[^<]*", body))

# what was asked for: one that waits, one granted with a new day
given = rows(kan, f"/excuses?{ON}")
at = given[0].index
case([r[at("状态")] for r in given[1:]] == ["待审批", "已批准"] or len({r[at("状态")] for r in given[1:]}) == 2, "both excuses", given)
case([r[at("新日期")] for r in given[1:]].count("") == 1, "a new day where more time was asked for", given)
case(given[1][at("原因")] == "防汛" and given[1][at("决定日期")] == "" and given[2][at("决定日期")] == "2022-06-05", "why, and when it was decided", given)

# in reach
for path in (f"/duties?{ON}", f"/findings?{ON}&year=0", f"/risks?{ON}", f"/org?{ON}"):
    whole, part = rows(kan, path), rows(shi, path)
    case(len(part) < len(whole) and {r[0] for r in part[1:]} <= {r[0] for r in whole[1:]}, f"{path}: a township has its part", (len(part), len(whole)))
body = shi.ask(f"/findings?{ON}&format=html")[1].decode()
case("本账号可见部分" in body and "全部单位" not in body, "the document says whose reach it has")
case("全部单位" in kan.ask(f"/findings?{ON}&format=html")[1].decode(), "or that it is the whole office's")
case(kan.ask(f"/findings?{ON}&format=doc")[0].status in (400, 422), "a format that there is not")
case(shi.ask(f"/plan?{ON}&format=csv")[0].status == 404, "a page that is not his is no list of his")
site.stop()
sys.exit(case.end())
