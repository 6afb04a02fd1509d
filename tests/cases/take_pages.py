"""Workbooks of many records: made beside, a page that says how far they are, loaded as often as asked, by who asked alone.
Called by take_pages.sh: PROGRAM DATA FOLDER; the log has a register of 21,000 records."""
import io
import pathlib
import re
import subprocess
import sys
import time
import zipfile

from site_of import Browser, Site, Tally, account, links

program, data, folder = sys.argv[1:3] + [pathlib.Path(sys.argv[3])]
case = Tally()
ROWS = 21000
YEAR, REGISTER = "/export?format=xlsx", "/registers/meeting/export?format=xlsx"


def staged():
    return sorted(p.name for p in pathlib.Path(data, "staging").glob("export*"))


def asked(b, path):
    """Where it leads; empty: it came at once."""
    answer, _ = b.ask(path)
    return answer.headers.get("Location") or "" if answer.status == 303 else ""


def awaited(b, at):
    """Looks again as the page does, until it is there: every answer, and the last page."""
    seen = []
    for _ in range(1200):
        answer, body = b.ask(at)
        seen.append((answer.headers.get("Refresh"), body.decode()))
        if seen[-1][0] != "2":
            break
        time.sleep(0.05)
    return seen


for login, role in [("wang.li", "filler"), ("zhao.min", "filler")]:
    account(program, data, login, role)
site = Site(program, data)
b, other, plain = Browser(site), Browser(site), Browser(site)
b.sign_in("wang.li")
other.sign_in("zhao.min")

at = asked(b, YEAR)
case(re.fullmatch(r"/export/[\w-]{43}", at), "many records: a page instead of a long wait", at)
case(asked(b, YEAR) == at, "the same link leads back to it")
seen = awaited(b, at)
case(all("<progress" in page and "正在生成工作簿" in page for again, page in seen[:-1]), "until it is there it says how far it is")
shown = [int(n) for _, page in seen for n in re.findall(r"已写(\d+)条，共约21000条记录", page)]
case(shown == sorted(shown), "never fewer than before", shown)
again, page = seen[-1]
case(again == f"1; url={at}/file", "then it loads the file, without a script", again)
case(f"{ROWS}条记录" in page and f"{at}/file" in links(page), "or by its button", page[-1500:])
answer, body = b.ask(f"{at}/file")
case(answer.status == 200 and ".xlsx" in answer.headers["Content-Disposition"], "the file", answer.headers)
(folder / "taken.xlsx").write_bytes(body)
case('name="目录"' in zipfile.ZipFile(io.BytesIO(body)).read("xl/workbook.xml").decode(), "the year's, with its list")
case(b.ask(at)[0].headers.get("Refresh") is None, "it does not load by itself again")
case(b.ask(f"{at}/file")[1] == body, "but may be loaded again")
case(not staged(), "no file has a name on the disk", staged())

case(other.page(at)[0] == 404 and other.ask(f"{at}/file")[0].status == 404, "it is its asker's alone")
case(plain.ask(f"{at}/file")[0].status in (303, 401, 403, 404), "and nobody's who is not signed in")
case(b.page("/export/" + "A" * 43)[0] == 404, "no such workbook")

one = asked(b, REGISTER)
case(one and one != at, "one register of as many, too")
while b.ask(one)[0].headers.get("Refresh") == "2":
    time.sleep(0.05)
answer, body = b.ask(f"{one}/file")
book = zipfile.ZipFile(io.BytesIO(body))
case('name="目录"' not in book.read("xl/workbook.xml").decode() and book.read("xl/worksheets/sheet1.xml").count(b"<row ") == ROWS + 1,
    "it has all its rows, and no list in front")
sorted_by = asked(b, REGISTER + "&sort=name")
case(sorted_by not in ("", one), "asked for in another order it is another one")
case(b.page(at)[0] == 404 and b.page(one)[0] == 200, "of more than two the oldest goes")
few = b.ask("/registers/meeting/export?format=xlsx&q=第777次会议")
case(few[0].status == 200 and zipfile.ZipFile(io.BytesIO(few[1])), "few records come at once")
case(b.ask("/export?format=blank")[0].status == 200, "blank ones, too")

case(site.stop() == 0, "it stops when asked, though one may be under way")
case(not staged(), "and leaves nothing behind", staged())
back = subprocess.run([program, "import", str(folder / "taken.xlsx"), "--data", data, "--lang", "en"], capture_output=True, text=True)
case(f"new 0, changed 0, same {ROWS}, refused 0" in back.stdout, "what was taken along comes back unchanged", back.stdout[-800:] + back.stderr)
sys.exit(case.end())
