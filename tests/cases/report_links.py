"""The links of a printed report, read out of PDF, DOCX and OFD and followed to the pages that are served. Called by report_links.sh:
PROGRAM DATA FOLDER PASSED FAILED."""
import html
import io
import json
import re
import subprocess
import sys
import urllib.parse
import zipfile

from site_of import Browser, Site, Tally, account, links, words

program, data, folder = sys.argv[1:4]
case = Tally(int(sys.argv[4]), int(sys.argv[5]))
account(program, data, "wang.li", "owner", "filler", "reviewer", name="王丽")
account(program, data, "li.si", "reviewer", name="李四")
site = Site(program, data)
b, other = Browser(site), Browser(site)
b.sign_in("wang.li")
other.sign_in("li.si")
HERE = f"http://127.0.0.1:{site.port}"


def export(format, more=""):
    answer, body = b.ask(f"/report/export?format={format}&on=2022-12-31" + more)
    assert answer.status == 200, (format, answer.status, body[:300])
    return body


def objects(pdf):
    with open(folder + "/a.pdf", "wb") as f:
        f.write(pdf)
    said = subprocess.run(["qpdf", "--json=1", folder + "/a.pdf"], capture_output=True, check=True).stdout
    return json.loads(said)["objects"]


def pdf_links(pdf):
    """[(address, rectangle)] in the order of the pages."""
    return [(o["/A"]["/URI"], o["/Rect"]) for o in objects(pdf).values() if isinstance(o, dict) and o.get("/Subtype") == "/Link"]


def docx_links(docx):
    """[(address, text)]"""
    z = zipfile.ZipFile(io.BytesIO(docx))
    rels = dict(re.findall(r'Id="(rId\d+)" Type="[^"]*/hyperlink" Target="([^"]*)" TargetMode="External"', z.read("word/_rels/document.xml.rels").decode()))
    found = re.findall(r'<w:hyperlink r:id="(rId\d+)"[^>]*>(.*?)</w:hyperlink>', z.read("word/document.xml").decode(), re.S)
    return [(html.unescape(rels[i]), html.unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", run)))) for i, run in found]


def ofd_links(ofd):
    """[(address, text)], a part a line."""
    z = zipfile.ZipFile(io.BytesIO(ofd))
    pages = sorted((n for n in z.namelist() if re.search(r"Page_\d+/Content.xml$", n)), key=lambda n: int(re.search(r"Page_(\d+)", n)[1]))
    return [(html.unescape(a), html.unescape("".join(re.findall(r"<ofd:TextCode[^>]*>([^<]*)", text)))) for n in pages
            for a, text in re.findall(r'<ofd:TextObject(?:(?!</ofd:TextObject>).)*?<ofd:URI URI="([^"]*)"/>(.*?)</ofd:TextObject>', z.read(n).decode(), re.S)]


def path(address):
    assert address.startswith(HERE + "/"), address
    return address[len(HERE):]


# ---- said on the page ----
plain = {f: export(f) for f in ("pdf", "docx", "ofd")}
case(not pdf_links(plain["pdf"]) and not docx_links(plain["docx"]) and not ofd_links(plain["ofd"]), "without an address there are no links")
status, _, page = b.send(b.form("/report/paper", "/report/paper"), f__address="zeren.example.gov.cn/x")
case(status == 400 and "应为 https://" in page and 'value="zeren.example.gov.cn/x"' in page, "no address is refused and kept in its field", (status, words(page)[:400]))
status, to, _ = b.send(b.form("/report/paper", "/report/paper"), f__address=HERE + "/", why="扫码看台账")
case(status == 303 and f'name="f.address" value="{HERE}"' in b.page("/report/paper")[1], "the office's own is taken, without its last stroke", (status, to))

# ---- each format leads to the same pages ----
pdf, docx, ofd = export("pdf"), export("docx"), export("ofd")
in_pdf, in_docx, in_ofd = pdf_links(pdf), docx_links(docx), ofd_links(ofd)
trace = [s for s in json.loads(export("trace"))["spans"] if s["kind"] in ("figure", "field")]
case(len(trace) > 100 and "".join(t for _, t in in_docx) == "".join(s["text"] for s in trace), "each figure and field is a link in the DOCX, in order",
     (len(trace), len(in_docx)))
case(list(dict.fromkeys(a for a, _ in in_pdf)) == list(dict.fromkeys(a for a, _ in in_docx)) == list(dict.fromkeys(a for a, _ in in_ofd)),
     "PDF, DOCX and OFD lead to the same places, in the same order", (len(in_pdf), len(in_docx), len(in_ofd)))
case("".join(t for _, t in in_ofd) == "".join(t for _, t in in_docx), "with the same words")
style = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
case(all("rStyle" not in run and "w:color" not in run and "<w:u " not in run for run in re.findall(r"<w:hyperlink.*?</w:hyperlink>", style, re.S)),
     "a linked number is black and without a line")
marked = subprocess.run(["pdfinfo", "-struct", folder + "/a.pdf"], capture_output=True, text=True).stdout
case(len(re.findall(r"^ *Link\b", marked, re.M)) == len(in_pdf) and all(o.get("/BS", {}).get("/W") == 0 for o in objects(pdf).values()
     if isinstance(o, dict) and o.get("/Subtype") == "/Link"), "each is tagged, none has a frame", len(in_pdf))
case(subprocess.run(["qpdf", "--check", folder + "/a.pdf"], capture_output=True).returncode == 0, "qpdf finds the PDF sound")


def read(bytes, *how):
    return subprocess.run(["pdftotext", *how, "-", "-"], input=bytes, capture_output=True, check=True).stdout


case(all(read(pdf, *how) == read(plain["pdf"], *how) for how in ([], ["-raw"], ["-layout"])), "who copies its text copies the same as before")


def glyphs(bytes):
    """[(character, x, y)] as they are drawn."""
    with open(folder + "/g.pdf", "wb") as f:
        f.write(bytes)
    said = subprocess.run(["mutool", "trace", folder + "/g.pdf"], capture_output=True, text=True).stdout
    return [(c, float(x), float(y)) for c, x, y in re.findall(r'<g unicode="([^"]*)" glyph="[^"]*" x="([^"]*)" y="([^"]*)"', said) if c.strip()]


was, now = glyphs(plain["pdf"]), glyphs(pdf)
case(len(was) == len(now) > 3000 and all(p[0] == q[0] and abs(p[1] - q[1]) < .02 and abs(p[2] - q[2]) < .02 for p, q in zip(was, now)),
     "no character stands elsewhere")

# ---- followed ----
figures = {s["name"]: s for s in trace if s["kind"] == "figure"}
bad, seen = [], set()
for address, text in in_docx:
    where = path(address).split("#")[0]
    if (where, text) in seen:
        continue
    seen.add((where, text))
    status, page = b.page(where)
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(where).query)
    if status != 200 or asked["on"] != ["2022-12-31"]:
        bad.append((where, status))
    elif where.startswith("/report"):
        panel = re.search(r'<aside class="behind" id="behind".*?</aside>', page, re.S)
        if not panel or asked["figure"][0] not in html.unescape(panel[0]) or not address.endswith("#behind"):
            bad.append((where, panel and words(panel[0])))
kinds = [path(a).split("?")[0].split("/")[1] for a, _ in in_docx]
case(not bad and min(map(kinds.count, ("report", "duties", "records"))) > 5, "each opens its page: figures, duties, records", (bad[:5], len(seen)))
address = next(a for a, _ in in_pdf if "figure=" + urllib.parse.quote("meetings.kind.室务会") in a)
_, page = b.page(path(address).split("#")[0])
panel = re.search(r'<aside class="behind" id="behind".*?</aside>', page, re.S)[0]
rows = figures["meetings.kind.室务会"]["rows"]
case(f'<p class="big">{figures["meetings.kind.室务会"]["text"]}</p>' in panel and f"{len(rows)}条" in words(panel) and len(rows) == 12
     and len({l for l in links(panel) if l.startswith("/records/")}) == len(rows), "with the number and all of its records", words(panel))
stranger = Browser(site)
answer, _ = stranger.ask(path(address).split("#")[0])
to = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.headers["Location"]).query)["to"][0]
case(answer.status == 303 and answer.headers["Location"].startswith("/signin?") and to == path(address).split("#")[0],
     "who is not signed in does that first, and is led back", answer.headers["Location"])
form = Browser(site)
form.ask("/")
status, to, text = form.send(form.form(answer.headers["Location"]), login="li.si", password="klar-wie-Morgentau-31")
case(status == 303 and "meetings.kind" in to or "/second" in (to or ""), "back to the number", (status, to))

# ---- as it was then ----
status, _, page = other.send(other.form("/report/versions?on=2022-12-31", "/report/approve"), no="5", day="2023-01-05")
known = re.search(r"known=(\d+)", html.unescape(other.page("/report/versions?on=2022-12-31")[1]))[1]
sent = [a for a, _ in pdf_links(export("pdf", "&approved=1"))]
case(status == 303 and sent and all(f"&known={known}&" in a for a in sent if "figure=" in a), "an approved report leads to what was known then",
     (status, known, sent[:2]))
_, page = b.page(path(next(a for a in sent if "figure=" in a)).split("#")[0])
case(f"到事件{known}为止" in page and 'id="behind"' in page, "and the page says so")
case(not docx_links(export("docx", "&redact=redacted")), "redacted, it leads nowhere")
case(site.stop() == 0, "it stops when asked")
subprocess.run([program, "report", "--out", folder + "/cli", "--data", data], check=True, capture_output=True)
case([open(f"{folder}/cli/report.{f}", "rb").read() for f in ("pdf", "docx", "ofd")] == [pdf, docx, ofd], "zeren report writes the same bytes")
sys.exit(case.end())
