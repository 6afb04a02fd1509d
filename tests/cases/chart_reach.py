"""Charts by two accounts: what each counts is what its account may see. Called by chart_reach.sh: PROGRAM DATA."""
import csv
import html
import io
import re
import sys

from site_of import Browser, Site, Tally, account, words

program, data = sys.argv[1:3]
case = Tally()
account(program, data, "kan", "viewer", name="看客")
account(program, data, "shi", "viewer T01", name="石桥")
account(program, data, "jia", "viewer U14", name="机要")
site = Site(program, data)
who = {}
for login in ("kan", "shi", "jia"):
    who[login] = Browser(site, f"127.0.3.{len(who) + 1}")
    who[login].sign_in(login)
kan, shi, jia = who["kan"], who["shi"], who["jia"]
ON = "on=2022-12-31"


def table(browser, kind, more=""):
    """The figures of a chart as its account gets them: name -> cells."""
    answer, body = browser.ask(f"/charts/{kind}?format=csv&{ON}{more}")
    case(answer.status == 200, f"/charts/{kind} as CSV", answer.status)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    return {row[0]: row[1:] for row in rows[1:]}


def number(text):
    found = re.findall(r"\d+", text)
    return int(found[0]) if found else 0


def rows(browser, path):
    """How many lines the list behind a link has."""
    page = browser.page(html.unescape(path).split("#")[0])[1]
    body = re.search(r'id="(?:list|rows)".*?</section>', page, re.S)[0]
    return len(re.findall(r"<tr><t[hd]", body.split("<tbody>")[1])) if "<tbody>" in body else 0


def parts(browser, path):
    """The links of a chart's table with what they say."""
    page = browser.page(path)[1]
    return re.findall(r'<td><a href="([^"]*)">([^<]*)</a></td>', page)


# ---- the matrix: each cell says how many risks there are in reach, and opens them ----
for b, want in ((kan, 4), (jia, 2), (shi, 0)):
    counted = sum(number(x) for cells in table(b, "matrix").values() for x in cells)
    case(counted == want, f"matrix: {want} risks in reach", counted)
    behind = parts(b, f"/charts/matrix?{ON}")
    case(len(behind) == 9 and all(rows(b, link) == number(text) for link, text in behind), "each cell's list has so many", behind)

# ---- ageing ----
whole, part = table(kan, "ageing"), table(shi, "ageing")
case(number(whole["全部"][-1]) > number(part[[*part][0]][-1]) > 0, "ageing: the office has more than a township", (whole, part))
case(not set(part) - {"石桥镇"}, "a township sees its own bar alone", part)
for b in (kan, shi):
    behind = parts(b, f"/charts/ageing?{ON}")
    case(behind and all(rows(b, link) == number(text) for link, text in behind), "ageing: each figure opens so many", behind)

# ---- heat map and strip ----
whole, part = table(kan, "heat"), table(shi, "heat")
case("综合科" in whole and set(part) == {"石桥镇", "区委办", "已办/应办"}, "heat: a township has its row, and what the office owes about it", list(part))
case(whole["石桥镇"] == part["石桥镇"] and whole["区委办"] != part["区委办"], "with the same figures, of the other a part", part)
case(len(table(kan, "strip", "&duty=A14")) > len(table(shi, "strip", "&duty=A14")) == 1, "strip: the slots of its own")
case(shi.page(f"/charts/strip?duty=A26&{ON}")[0] == 404, "a duty without any slot in reach is not there")
for b in (kan, shi):
    for kind in ("heat", "strip", "matrix", "ageing"):
        of = f"/charts/{kind}?{ON}" + ("&duty=A14" if kind == "strip" else "")
        page = b.page(of)[1]
        said = "全部单位" if b is kan else "本账号可见部分"
        case(said in words(page), f"{kind}: says whose reach it has", words(page)[-300:])
        svg = re.sub("<[^>]*>", "", b.ask(of + "&format=svg")[1].decode())
        case(said in svg and ("综合科" in svg) == (kind == "heat" and b is kan), f"{kind}: so does its file")
        for format, magic in (("pdf", b"%PDF"), ("png", b"\x89PNG")):
            answer, body = b.ask(of + "&format=" + format)
            case(answer.status == 200 and body.startswith(magic) and "attachment" in answer.headers["Content-Disposition"],
                 f"{kind}: {format} to take along", answer.status)

# ---- of the report: bars and lines are the office's, so are its other charts ----
for n in range(1, 7):
    status, page = kan.page(f"/charts/report?n={n}&{ON}")
    case(status == 200 and "全部单位" in page and page.count('class="drawing"') == 1, f"chart {n} of the report")
    behind = parts(kan, f"/charts/report?n={n}&{ON}")
    case(behind and all(kan.page(html.unescape(link).split("#")[0])[0] == 200 for link, _ in behind[::5]), "its figures open", behind[:3])
    case(shi.page(f"/charts/report?n={n}&{ON}")[0] == 404, "it is not there for who sees a part")
case(kan.page(f"/charts/report?n=7&{ON}")[0] == 404 and kan.page(f"/charts/pie?{ON}")[0] == 404, "a chart that there is not")
case(kan.page(f"/charts/heat?format=gif&{ON}")[0] == 422 or kan.page(f"/charts/heat?format=gif&{ON}")[0] == 400, "a format that there is not",
     kan.page(f"/charts/heat?format=gif&{ON}")[0])

# ---- each page with a chart has its table, and its files ----
for path in (f"/findings?{ON}", f"/risks?{ON}", f"/duties?{ON}", f"/duties/A14?{ON}", f"/report?{ON}"):
    page = kan.page(path)[1]
    charts = page.count('class="drawing"')
    case(page.count("format=png") == charts and page.count("<summary>数据表</summary>") + page.count(">数据表</a>") == charts,
         f"{path}: {charts} charts, each with table and files", (page.count("format=png"), page.count("数据表")))
site.stop()
sys.exit(case.end())
