"""The report's page, its forms and its files. Called by report_pages.sh: PROGRAM DATA FOLDER."""
import atexit
import html
import io
import json
import os
import re
import subprocess
import sys
import zipfile

from site_of import Browser, Site, Tally, account, links, words

program, data, folder = sys.argv[1:4]
case = Tally()
LONG = "字" * 11300                # 33 KiB and more
FORMATS = {"docx": "report.docx", "pdf": "report.pdf", "ofd": "report.ofd", "html": "report.html", "md": "report.md", "txt": "report.txt", "trace": "trace.json"}

account(program, data, "wang.li", "filler", "reviewer", name="王丽")
account(program, data, "li.si", "reviewer", name="李四")
account(program, data, "zhao.wu", "viewer", name="赵五")
account(program, data, "sun.liu", "filler U11", name="孙六")
site = Site(program, data)
atexit.register(site.process.kill)
b, other, viewer, part = (Browser(site) for _ in range(4))
for browser, login in [(b, "wang.li"), (other, "li.si"), (viewer, "zhao.wu"), (part, "sun.liu")]:
    browser.sign_in(login)


def section(browser, number, **fields):
    """Status, Location and page of a save of that section."""
    return browser.send(browser.form(f"/report?edit={number}", "/report"), **fields)


def text_of(page):
    """The report's text, without what stands around it."""
    article = re.search(r"<article.*?</article>", page, re.S)[0]
    article = re.sub(r'<ul class="aside".*?</ul>|<section class="problems".*?</section>|<p class="tools".*?</p>', "", article, flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", article))


def said(page, paragraph):
    """The paragraph around some words, with what stands beside it."""
    for div in re.findall(r'<div class="said.*?</div>', page, re.S):
        if paragraph in re.sub(r"<[^>]*>", "", div):
            return html.unescape(div)
    return ""


def export(browser, query):
    answer, body = browser.ask("/report/export?" + query)
    return answer, body


# ---- written, seen, taken out ----
_, page = b.page("/report")
case(page.count('class="own"') == 10 and "修改史" in page, "each own section can be edited", page.count('class="own"'))
case("命令行（" in page and "cli:" not in page, "who wrote it stands there")
case("区委办关于2022年落实" in text_of(page), "the text holds no blank of the page's own", text_of(page)[:200])
_, page = b.page("/report?edit=一（一）")
case(page.count("<textarea") == 1 and "主要负责同志坚持带头学" in re.search(r"<textarea.*?</textarea>", page, re.S)[0]
     and "可以引用的数字" in page and "室务会场次" in page and 'class="edit" href="/report?edit=' not in page,
     "one section is a text to change, figures beside it")
status, to, page = section(b, "一（一）", text="第一段，新写的。\r\n\r\n第二段。<script>alert(1)</script>", why="重写")
case(status == 303 and to.startswith("/report?saved=") and "#own-" in to, "saved, and back to its place", (status, to, page))
_, page = b.page(to.split("#")[0])
case("已保存" in page and "第一段，新写的。" in page and "王丽" in page, "it stands in the report, with who wrote it")
case("<script>alert" not in page and "&lt;script&gt;alert(1)" in page, "a tag that was typed is text")
answer, body = export(b, "format=docx")
docx = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml").decode()
case("第一段，新写的。" in re.sub(r"<[^>]*>", "", docx), "it stands in the document")
case("filename*=UTF-8''" in answer.headers["Content-Disposition"] and "%E5%8C%BA%E5%A7%94%E5%8A%9E" in answer.headers["Content-Disposition"]
     and ".docx" in answer.headers["Content-Disposition"], "which is named by office and year", answer.headers["Content-Disposition"])

# ---- two browsers ----
mine, theirs = (x.form("/report?edit=一（二）", "/report") for x in (b, other))
case(other.send(theirs, text="李四写的一段。")[0] == 303, "one of two saves first")
status, _, page = b.send(mine, text="王丽写的一段。\n\n没有丢。")
case(status == 409 and "李四写的一段。" in page and "没有丢。" in page and "李四" in page and 'role="alert"' in page,
     "the other sees both texts, and who and when", (status, page))
case("李四写的一段。" in re.search(r'class="theirs".*?</section>', page, re.S)[0]
     and "王丽写的一段。" in re.search(r"<textarea.*?</textarea>", page, re.S)[0], "what was typed stays in the form")
case(b.send(b.form_in(page, "/report"))[0] == 303 and "没有丢。" in b.page("/report")[1], "and may be saved over it")

# ---- what cannot be saved ----
for text, why in [("好。\n## 题\n", "2"), ("好\n\n# 题", "3")]:
    status, _, page = section(b, "三", text=text)
    case(status == 400 and f"第{why}行" in page and 'aria-invalid="true"' in page and re.search(r"题\n?</textarea>", page),
         f"a heading in line {why} is refused by line", re.findall(r'role="alert">.*', page))
status, _, page = section(b, "三", text=LONG)
case(status == 400 and "32768" in page and LONG in page, "33 KiB are refused and kept in the form", (status, page[:300]))
form = b.form("/report?edit=三", "/report")
form.fields["section"] = "九（九）"
case(b.send(form, text="好。")[0] == 404, "there is no such section")

# ---- nobody has written ----
case(section(b, "二（一）", text="")[0] == 303, "a section is taken away")
_, page = b.page("/report")
case("写这一节" in page and "1节还没有人写" in page and "这里还没有人写" in page, "the page invites to write it")
case("这里还没有人写" not in viewer.page("/report")[1], "those who may")
case("这里还没有人写" in text_of(page).split("对意识形态工作的思想认识不足")[-1].split("思想政治理论学习不够")[0], "in its place")

# ---- history ----
_, page = b.page("/report/history?section=二（一）")
case("<del>" in page and "正文已撤去" in page and page.count('value="') and "共2个版本" in page, "history shows what was taken away", words(page))
status, to, _ = b.send(b.form_in(page, "/report/restore"))
case(status == 303 and "1节还没有人写" not in b.page("/report")[1], "an earlier version is restored", to)
_, page = b.page("/report/history?section=二（一）")
case("共3个版本" in page and "恢复版本" in page and "<ins>" in page, "by a version of its own")
section(b, "三", text="第一段在这里。\n\n第二段有12次。\n\n第三段。", why="一")
section(b, "三", text="第一段在这里。\n\n第二段有15次。\n\n第三段。\n\n又一段。", why="二")
_, page = b.page("/report/history?section=三")
first = re.search(r'<li id="v.*?</li>', page, re.S)[0]
case("第二段有1<del>2</del><ins>5</ins>次。" in first and "<ins>又一段。</ins>" in first and "<p>第一段在这里。</p>" in first,
     "what changed is marked, paragraph by paragraph", first)
before = sorted(set(map(int, re.findall(r"known=(\d+)", page))))[-2]
_, page = b.page(f"/report?known={before}")
case("第二段有12次" in text_of(page) and "又一段" not in text_of(page) and "?edit=" not in page and f"到事件{before}为止" in page,
     "the report as it was then, to be read", page)
case(any(f"known={before}&figure=" in l for l in links(page)), "its figures stay there", links(page)[-5:])
case(b.page("/report?known=99999999")[0] == 404, "there is no such event yet")
answer, then = export(b, f"format=md&known={before}")
case(b.page("/report/history?section=九（九）")[0] == 404, "a section that is none has no history")
stale = b.form("/report/history?section=三", "/report/restore")
section(other, "三", text="第一段在这里。")
case(b.send(stale)[0] == 409, "what was saved meanwhile is not restored over")
case(b.send(b.form("/report/history?section=三", "/report/restore"), version="999999")[0] == 404, "there is no such version")

# ---- beside the sentence ----
section(b, "一（一）", text="工作有序推进。全年定期研究意识形态工作七次，成效明显。其余照旧。")
_, page = b.page("/report")
place = said(page, "工作有序推进")
case("<mark>全年定期研究意识形态工作七次，成效明显。</mark>" in place and "七" in place.split('class="aside"')[1].split("</ul>")[0],
     "a number that no figure has is marked where it stands", place)
case("工作有序推进。<mark>" in place and "</mark>其余照旧。" in place, "its sentence, no more")
ids = re.findall(r'<li id="(c\d+)"', page)
count = re.search(r"(\d+)处要看", page)
listed = re.findall(r'<li><a href="#(c\d+)"', page)
case(count and int(count[1]) == len(ids) == len(listed) and set(ids) == set(listed), "the list at the top leads to each", (count, len(ids), len(listed)))
claim = said(page, "夯实第一责任人责任")
case("<mark>" in claim and "/duties/A02" in claim, "a claim that does not hold leads to its duty")
found = subprocess.run([program, "check", "--data", data, "--json"], capture_output=True, text=True)
case(len(json.loads(found.stdout)["findings"]) == len(ids), "as many as zeren check finds", (len(ids), found.stderr))

_, page = b.page("/report?only=1")
case("夯实第一责任人责任" in text_of(page) and "落实“第一议题”制度" not in text_of(page) and page.count("<mark>") and "看全文" in page
     and "周四大学堂" in page, "only what waits for a person, when asked")

# ---- suggested problems ----
_, page = b.page("/report")
waiting = int(re.search(r"(\d+)条问题建议待定", page)[1])
case(waiting == 10 and "/duties/A08" in re.search(r'id="problem-1".*?</div>', page, re.S)[0], "what the records suggest waits for a person")
words_of = "3项分管督查未开展"
case(words_of in text_of(page), "a suggestion stands in the text")
form = b.form_in(page, "/report/problems", "A08")
status, to, _ = b.send(form, do="drop", why="已补办")
_, page = b.page("/report")
case(status == 303 and words_of not in text_of(page) and "不列入" in page and "9条问题建议待定" in page, "dropped, the text follows", to)
case(words_of in page, "but it is still there to be taken up")
log = subprocess.run([program, "log", "--data", data, "--kind", "problem.decide", "--json"], capture_output=True, text=True).stdout
case("已补办" in log and "wang.li" in log, "the log has who and why", log)
status, _, _ = b.send(b.form_in(page, "/report/problems", "A08"), do="accept")
_, page = b.page("/report")
case(status == 303 and words_of in text_of(page) and "列为问题" in page, "taken up after all, it stands there again")
case(b.send(form, do="both")[0] == 400, "a decision is one of two")
form.fields["key"] = "九|duty:A99"
case(b.send(form, do="drop")[0] == 404, "what nothing suggests cannot be decided")

# ---- who may not ----
_, page = viewer.page("/report")
case("?edit=" not in page and "/report/problems" not in page and "导出" in page and viewer.page("/report?edit=三")[1].count("<textarea") == 0,
     "a viewer sees no button, and may take the report out")
token = viewer.form("/own", "/signout").fields["csrf"]
for action, fields in [("/report", {"section": "三", "text": "好", "rev": "0"}), ("/report/problems", {"key": "x", "do": "drop"}),
                       ("/report/restore", {"section": "三", "version": "1", "rev": "0"})]:
    form = viewer.form("/own", "/signout")
    form.action, form.fields = action, {"csrf": token, **fields}
    case(viewer.send(form)[0] in (403, 404), f"nor may he send {action}")
case(part.ask("/report/export?format=md")[0].status in (403, 404) and part.ask("/report/history?section=三")[0].status in (403, 404),
     "who sees a part takes out nothing")

# ---- as the program writes it ----
files = {}
for kind in FORMATS:
    answer, files[kind] = export(b, f"format={kind}&on=2022-12-31")
    case(answer.status == 200 and answer.headers["Content-Disposition"].startswith("attachment"), f"{kind} is handed out")
for kind in ("md", "txt", "html", "docx"):
    _, files["hidden " + kind] = export(other, f"format={kind}&redact=redacted")
case(export(other, "format=trace&redact=redacted")[0].status == 400, "no trace of what is hidden")
case(export(other, "format=xls")[0].status == 400 and export(other, "format=md&redact=无")[0].status == 404, "no other format, no other level")
answers = [export(other, "format=txt")[0].status for _ in range(12)]
case(429 in answers and b.page("/report")[0] == 200, "who takes out report after report waits", answers)
hidden = files["hidden txt"].decode()
case("青溪" not in hidden and not re.search(r"\d次|\d条", hidden.split("三、")[0]) and "*次" in hidden, "redacted, it holds no figure and no place", re.findall(r"..青溪..|.*\d次.*|.*\d条.*", hidden)[:3])

# ---- the other language, another day ----
other.ask("/settings?lang=en")
for path in ["/report?edit=三", "/report/history?section=三"]:
    chinese = re.sub(r'<(\w+)[^>]* lang="zh-CN".*?</\1>', "", other.page(path)[1].split("<main", 1)[1], flags=re.S)
    left = set(re.findall(r"[\u4e00-\u9fff]{2,}", words(re.sub(r"<aside.*", "", chinese, flags=re.S))))
    case(not left & {"修改", "保存", "恢复", "版本", "导出", "理由"}, f"{path} in English", left)
_, page = b.page("/report?on=2022-06-30&edit=三")
form = b.form_in(page, "/report")
case(form.fields.get("on") == "2022-06-30" and "on=2022-06-30" in (b.send(form, text="年中。")[1] or ""), "the day asked about stays")
case(all(b.ask(l.split("#")[0])[0].status == 200 for l in links(b.page("/report?on=2022-06-30")[1]) if l.startswith("/report/history")),
     "each history opens")
section(b, "三", text="第一段在这里。")
case(site.stop() == 0, "it stops when asked")

env = {**os.environ, "ZEREN_LANG": "zh", "ZEREN_DATA": data}
subprocess.run([program, "report", "--out", folder + "/open"], check=True, capture_output=True, env=env)
subprocess.run([program, "report", "--out", folder + "/hidden", "--redact"], check=True, capture_output=True, env=env)
for kind, name in FORMATS.items():
    case(open(f"{folder}/open/{name}", "rb").read() == files[kind], f"{kind} is what zeren report writes")
for kind in ("md", "txt", "html", "docx"):
    case(open(f"{folder}/hidden/{FORMATS[kind]}", "rb").read() == files["hidden " + kind], f"{kind} redacted, too")
subprocess.run([program, "report", "--out", folder + "/then", "--known", str(before)], check=True, capture_output=True, env=env)
case(open(folder + "/then/report.md", "rb").read() == then, "as known before, too")
# ---- an office that has entered nothing yet ----
account(program, folder + "/new", "wang.li", "filler", "reviewer", name="王丽")
fresh = Browser(Site(program, folder + "/new"))
fresh.sign_in("wang.li")
for path in ("/report", "/report?edit=引言"):
    ids = re.findall(r'\bid="([^"]*)"', fresh.page(path)[1])
    case(len(ids) > 20 and len(ids) == len(set(ids)), f"{path} of a new office: each section is asked for once", [x for x in set(ids) if ids.count(x) > 1])
sound = subprocess.run([program, "verify", "--deep"], capture_output=True, env=env)
case(sound.returncode == 0, "the log is sound", sound.stdout)
sys.exit(case.end())
