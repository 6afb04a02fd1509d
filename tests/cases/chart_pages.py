"""Charts on pages: every drawing is well-formed, and its links open what they say. Called by chart.sh: PROGRAM DATA."""
import html
import re
import sys
import xml.etree.ElementTree

from site_of import Browser, Site, Tally, account, links

program, data = sys.argv[1:3]
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


for path, many in ((f"/report?{ON}", 6), (f"/duties?{ON}", 1), (f"/duties/A08?{ON}", 1)):
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
site.stop()
sys.exit(case.end())
