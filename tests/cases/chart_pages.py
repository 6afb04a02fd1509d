"""Charts on pages: every drawing is well-formed, and its links open what they say. Called by chart.sh: PROGRAM DATA."""
import html
import re
import sys
import xml.etree.ElementTree

from site_of import Browser, Site, Tally, account, links

program, data, known = sys.argv[1:4]
case = Tally()
account(program, data, "kan", "viewer", name="看客")
site = Site(program, data)
kan = Browser(site)
kan.sign_in("kan")
ON = "on=2022-12-31"


def drawings(path):
    status, page = kan.page(path)
    case(status == 200, f"{path} is there", status)
    return re.findall(r'<svg class="drawing".*?</svg>', page, re.S)


for path, many in ((f"/report?{ON}", 8), (f"/duties?{ON}", 1), (f"/duties/A08?{ON}", 1)):
    found = drawings(path)
    case(len(found) == many, f"{path}: {many} drawings", len(found))
    for svg in found:
        tree = xml.etree.ElementTree.fromstring(svg)
        case(tree.find("title") is not None and tree.get("role") == "group", f"{path}: with a title", svg[:200])
    case(not any(re.search(r"\sstyle=|<script|\son\w+=", svg) for svg in found), f"{path}: no style, no script")
    opened = {x for svg in found for x in links(svg)}
    case(len(opened) > 10, f"{path}: its parts are links", len(opened))
    wrong = [x for x in sorted(opened)[::7] if kan.page(x.split("#")[0])[0] != 200]
    case(not wrong, f"{path}: which open", wrong)

# a bar of the year by months opens the records counted into it, no others
bars = drawings(f"/report?{ON}")[0]
for link, title in re.findall(r'<a href="([^"]*)"[^>]*><title>([^<]*)</title>', bars):
    page = kan.page(html.unescape(link).split("#")[0])[1]
    behind = re.search(r'<aside class="behind".*?</aside>', page, re.S)[0]
    want = int(title.rsplit(": ", 1)[1])
    case(re.search(rf"({want} records|依据{want}条记录)", re.sub("<[^>]*>", "", behind)), f"{title}: so many records", re.sub("<[^>]*>", " ", behind)[:300])
# annexes that are charts stand behind the text, each with its own page and table
page = kan.page(f"/report?{ON}")[1]
annexed = re.findall(r'<section class="said annexed".*?</section>', page, re.S)
case([re.search(r'<h3 id="(annex-\d)">([^<]*)</h3>', x).groups() for x in annexed] == [("annex-1", "附件1 附图一"), ("annex-2", "附件2 附图二")],
     "charts of the annexes in their order", annexed and annexed[0][:300])
case(all("<table" in x and "format=csv" in x for x in annexed), "with their figures as a table, and files")
for x, title in zip(annexed, ("附图一", "附图二")):
    own = html.unescape(re.search(r'href="(/charts/report\?[^"]*format=svg[^"]*)"', x)[1])
    one = kan.page(own.replace("format=svg", "x=").replace("&x=", "").replace("x=&", ""))
    case(one[0] == 200 and f"<h1>{title}</h1>" in one[1] and f"#annex-{1 + (title == '附图二')}" in one[1], f"{title} has a page of its own",
         (own, one[0], one[1][:200]))
case(kan.page(f"/charts/report?n=9&{ON}")[0] == 404, "there is no ninth")


# known: every kind shows what was known then, says so, and leads nowhere
def said(path):
    status, page = kan.page(path)
    case(status == 200, f"{path} is there", status)
    return re.findall(r'<svg class="drawing".*?</svg>', page, re.S), re.sub("<[^>]*>", " ", page), page


for kind in ("heat", "ageing", "strip?duty=A03"):
    svg, words, page = said(f"/charts/{kind}{'&' if '?' in kind else '?'}{ON}&known={known}")
    case(f"以事件{known}为止" in words or f"event {known} was the last" in words, f"{kind}: what was known is said", words[-600:])
    case(not any(links(x) for x in svg), f"{kind}: without links")
    case(f"known={known}" in re.search(r'href="([^"]*format=pdf[^"]*)"', page)[1], f"{kind}: so are its files")
now, then = (said(f"/charts/ageing?{ON}{x}")[1] for x in ("", f"&known={known}"))
open_then, open_now = (int(re.search(r"(\d+)(?: open findings|个未办结问题)", x)[1]) for x in (then, now))
case(open_now == open_then + 1, "ageing: one less was open before", (open_then, open_now))
svg = [re.findall(r'<desc>([^<]*)', said(f"/report?{ON}{x}")[2]) for x in ("", f"&known={known}")]
ages = [[d for d in x if "个未办结问题" in d] for x in svg]
case(all(d.startswith(f"{open_now}个") for d in ages[0]) and all(d.startswith(f"{open_then}个") for d in ages[1]) and len(ages[1]) == 2,
     "so do the report's own charts", ages)
site.stop()
sys.exit(case.end())
