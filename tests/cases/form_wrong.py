"""What a refused form says, and where. Called by form_wrong.sh: PROGRAM DATA."""
import html
import re
import sys

from site_of import Browser, Site, Tally, account, words

program, data = sys.argv[1:3]
case = Tally()
account(program, data, "an", "security", name="安全")
account(program, data, "shen", "reviewer", "filler", name="沈核", post="G02")
account(program, data, "kan", "viewer", name="看客二")
site = Site(program, data)
an, shen, shi, he = (Browser(site) for _ in range(4))
for browser, login in ((an, "an"), (shen, "shen"), (shi, "shi.qiao"), (he, "he.ping")):
    browser.sign_in(login)


def wrong(page):
    """The field that is marked, its value, and the text that it names by aria-describedby."""
    tags = re.findall(r'<(?:input|select|textarea)\b[^>]*aria-invalid="true"[^>]*>', page)
    if len(tags) != 1:
        return tags
    name, value = (re.search(rf'\b{key}="([^"]*)"', tags[0]) for key in ("name", "value"))
    ids = re.search(r'aria-describedby="([^"]*)"', tags[0])[1].split()
    said = [m[1] for i in ids for m in [re.search(rf'<span class="wrong" id="{re.escape(i)}">([^<]*)</span>', page)] if m]
    top = re.search(r'<p class="error" role="alert">([^<]*)</p>', page)
    same = len(said) == 1 and top and said[0] == top[1]
    return (name[1], html.unescape(value[1]) if value else None, html.unescape(said[0]) if same else (said, top and top[1]))


def refused(browser, what, form, field, reason, **fields):
    status, _, page = browser.send(form, **fields)
    got = wrong(page)
    ok = 400 <= status < 500 and len(got) == 3 and got[0] == field and reason in got[2] and (got[1] is None or got[1] == fields.get(field, ""))
    case(ok, f"{what}: {field} is marked, with its reason and what was typed", (status, got, words(page)[-200:]))
    return page


def unmarked(browser, path):
    case("aria-invalid" not in browser.page(path)[1], f"{path}: nothing is marked at first")


# ---- accounts ----
for path in ("/accounts", "/accounts/kan"):
    unmarked(an, path)
new = lambda: an.form("/accounts", "/accounts", 'name="login"')
page = refused(an, "a new account", new(), "login", "不能作账号名", login="王 丽", name="王丽")
case('value="王丽"' in page, "and the name stays")
refused(an, "a login that is taken", new(), "login", "kan", login="kan", name="看")
page = refused(an, "without a name", new(), "name", "姓名", login="wu.ming", name="")
case('value="wu.ming"' in page, "and the login stays")
grant = lambda: an.form("/accounts/kan", "/accounts/kan", 'value="grant"')
page = refused(an, "a role that ends before it begins", grant(), "until", "早于", role="owner", unit="T01", **{"from": "2022-05-01", "until": "2022-04-01"})
case(re.search(r'<option value="owner" selected', page) and re.search(r'<option value="T01" selected', page) and 'value="2022-05-01"' in page,
     "role, unit and first day stay")
refused(an, "a role that he has", grant(), "role", "已有这个角色", role="viewer")
refused(an, "a name that is too long", an.form("/accounts/kan", "/accounts/kan", 'value="change"'), "name", "字节", name="长" * 60)

# ---- the organisation ----
post, unit = "/org/posts/G12", "/org/units/U01"
for path in (post, unit):
    unmarked(shen, path)
holder = lambda: shen.form(post, None, 'value="holder"')
page = refused(shen, "a holder without a first day", holder(), "from", "第一天", name="新人")
case('value="新人"' in page, "the new name stays")
refused(shen, "nobody at all", holder(), "name", "新任", name="")
refused(shen, "two at once", holder(), "from", "", name="新人", **{"from": "1999-01-01", "until": "2030-01-01"})
refused(shen, "a portfolio that ends first", shen.form(post, None, 'value="portfolio"'), "until", "早于", **{"from": "2022-05-01", "until": "2022-04-01"})
refused(shen, "a unit with a code that is taken", shen.form(unit, None, 'value="unit"'), "code", "T01", code="T01", name="新单位")
refused(shen, "a unit without a name", shen.form(unit, None, 'value="unit"'), "name", "", code="X1", name="")
refused(shen, "a post with a code that is none", shen.form(unit, None, 'value="post"'), "code", "字母", code="a/b", name="新岗位")
refused(shen, "a unit renamed to nothing", shen.form(unit, None, 'value="rename"'), "name", "", name="")

# ---- excuses ----
listed = shen.page("/duties/A02?on=2022-10-01")[1]
slots = [html.unescape(x).split("#")[0] for x in re.findall(r'href="(/duties/A02\?[^"]*slot=[^"]*)"', listed)]
ask = lambda: shen.form(slots[-1], "/duties/A02?on=2022-10-01", 'name="slot"')
page = refused(shen, "more time without a day", ask(), "until", "延期要写明日期", kind="extended", why="汛情", day="2022-10-01", until="")
case('value="汛情"' in page and re.search(r'<option value="extended" selected', page), "kind and reason stay")
refused(shen, "an excuse without a reason", ask(), "why", "why", kind="excused", why="", day="2022-10-01")

# ---- assessments ----
sheet = "/assess/T01?on=2022-12-31"
score = lambda: he.form(sheet, None, 'value="score"')
page = refused(he, "points that are none", score(), "points", "三位小数", points="很好", text="看过材料")
case('value="看过材料"' in page, "the reason stays")
refused(he, "a score without a reason", score(), "text", "理由", points="3", text="")
refused(shi, "a self score that is none", shi.form(sheet, "/assess/T01/self?on=2022-12-31"), "points", "应为0至40分", points="155", text="自评")

case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
