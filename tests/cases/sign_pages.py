"""First run, sign-in, second factor, accounts and forged forms. Called by sign.sh: PROGRAM DATA."""
import re
import sys

from site_of import PASSWORD, Browser, Site, Tally, totp, words

program, data = sys.argv[1:3]
case = Tally()
site = Site(program, data)

# ---- the first run ----
b = Browser(site)
status, page = b.page("/")
case(status == 200 and "zeren serve" in page and 'name="password"' not in page, "without accounts nobody can sign in, and is told how it begins")
case(site.enter.startswith("/first?token="), "the printed address holds a token")
case(b.page("/first?token=" + "A" * 43)[0] == 403, "another token does not serve")
form = b.form(site.enter)
status, _, page = b.send(form, admin__login="Sec Admin", admin__name="安全", admin__password=PASSWORD, login="wang.li", name="王丽",
                         password=PASSWORD, role="filler")
case(status == 400 and "sec admin" in page.lower() and 'value="wang.li"' in page, "a login that is none is refused, what was typed stays")
status, _, page = b.send(form, admin__login="sec", admin__name="安全", admin__password="123456789012", login="wang.li", name="王丽",
                         password=PASSWORD, role="filler")
case(status == 400 and 'role="alert"' in page, "a password of digits is refused")
status, to, page = b.send(form, admin__login="sec", admin__name="安全", admin__password=PASSWORD, login="wang.li", name="王丽",
                          password=PASSWORD, role="filler")
case(status == 303 and to == "/signin", "both accounts are made", page)
case(b.page(site.enter)[0] == 403, "the token serves once")

# ---- signing in ----
status, page = b.page("/registers/meeting?q=会议")
case("/signin" in b.path, "who is not signed in is led to the door")
form = b.form_in(page)
status, _, page = b.send(form, login="wang.li", password="wrong-password-1")
case(status == 403 and not b.cookies.get("zeren") and "wrong-password-1" not in page, "a wrong password is refused and not shown")
known = words(page)
status, _, page = b.send(form, login="nobody", password="wrong-password-1")
case(status == 403 and words(page).replace("nobody", "wang.li") == known, "an unknown login gets the same answer")
status, to, _ = b.send(form, login="WANG.LI", password=PASSWORD)
case(status == 303 and to.startswith("/registers/meeting?q="), "and from there to where he wanted", to)
cookie = b.answer.headers["Set-Cookie"]
case(all(x in cookie for x in ("HttpOnly", "SameSite=Lax", "Path=/")), "the cookie is kept from scripts and strangers", cookie)
case(b.page("/")[0] == 200, "the desk")
status, to, _ = b.send(b.form("/signin"), to="//evil.example/", login="wang.li", password=PASSWORD)
case(to == "/", "an address elsewhere is not followed", to)
status, to, _ = b.send(b.form("/signin"), to="http://evil.example/", login="wang.li", password=PASSWORD)
case(to == "/", "nor with its scheme", to)

# ---- forged forms ----
form = b.form("/own", "/signout")
for headers, why in [({"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}, "from another site"),
                     ({"Origin": "http://evil.example"}, "from another origin"), ({"Sec-Fetch-Site": "same-site"}, "from a neighbour")]:
    status, _, _ = b.send(form, headers)
    case(status == 403 and b.page("/")[0] == 200, f"a form {why} is refused")
good = form.fields["csrf"]
for token in ["", "A" * 43, good[:-1]]:
    form.fields["csrf"] = token
    status, _, _ = b.send(form)
    case(status == 403 and b.page("/own")[1].find("signout") > 0, f"a form with the token '{token[:3]}…' is refused")
other = Browser(site)
other.sign_in("wang.li")
form.fields["csrf"] = other.form("/own", "/signout").fields["csrf"]
case(b.send(form)[0] == 403, "the token of another session is refused")
answer, _ = b.ask("/signout")
case(answer.status == 405, "nothing is changed by GET")

# ---- sessions ----
_, page = b.page("/own")
case(page.count("本机") == 1 and page.count('name="session"') >= 1, "one's sessions are listed")
status, to, _ = b.send(b.form("/own", "/own/end", 'name="session"'))
case(status == 303 and "已退出" in b.page(to)[1], "a session is ended", to)
b.send(b.form("/own", "/own/end", "其他各处"))
case(other.page("/own")[1].find("/own/end") < 0 and b.page("/own")[1].count('name="session"') == 0, "and all the others")
b.cookies["zeren"] = b.cookies["zeren"][:-2] + ("AA" if not b.cookies["zeren"].endswith("AA") else "BB")
case("/signin" in (b.page("/") and b.path), "a changed token is no session")
b.cookies.clear()
b.sign_in("wang.li")
status, to, _ = b.send(b.form("/own", "/signout"))
case(status == 303 and to == "/signin" and "zeren" not in b.cookies and "/signin" in (b.page("/") and b.path), "signed out")

# ---- a password of one's own ----
b.sign_in("wang.li")
other.sign_in("wang.li")
before = b.cookies["zeren"]
form = b.form("/password")
case(b.send(form, now="not-this-one-9", new="grüne-Wiese-am-Bach", again="grüne-Wiese-am-Bach")[0] == 403, "without the password one has it is not changed")
case(b.send(form, now=PASSWORD, new="grüne-Wiese-am-Bach", again="grüne-Wiese-am-Bach2")[0] == 400, "the two must agree")
case(b.send(form, now=PASSWORD, new="wang.li-wang.li", again="wang.li-wang.li")[0] == 400, "one's own name is refused")
status, to, page = b.send(form, now=PASSWORD, new="grüne-Wiese-am-Bach", again="grüne-Wiese-am-Bach")
case(status == 303 and b.page(to)[0] == 200 and b.cookies["zeren"] != before, "the password is changed, the session has another token", page)
case("/signin" in (other.page("/") and other.path), "elsewhere one is signed out")

# ---- the second factor ----
admin = Browser(site)
status, page = admin.sign_in("sec")
case(len(admin.codes) == 10 and status == 200 and "账号" in page, "an administrator is asked for a second factor, and lands on the accounts", page)
used = admin.secret
case("/accounts" in admin.path or "/step" in admin.path, "not on the desk", admin.path)
case(admin.page("/registers")[0] == 404 and admin.page("/records/10")[0] == 404, "he sees no records: there are none for him")
again = Browser(site)
again.secret = used
form = again.form("/signin")
_, to, _ = again.send(form, login="sec", password=PASSWORD)
_, page = again.page(to)
case(again.path.startswith("/second") and again.page("/accounts") and again.path.startswith("/second"), "the password alone opens nothing")
case(again.send(again.form("/second"), code="000000")[0] == 403, "a wrong code is refused")
code = admin.codes[0]
status, to, _ = again.send(again.form("/second"), code=code)
case(status == 303 and again.page("/accounts")[0] == 200 and "账号" in again.page("/accounts")[1], "a recovery code serves")
third = Browser(site)
_, to, _ = third.send(third.form("/signin"), login="sec", password=PASSWORD)
case(third.send(third.form("/second"), code=code)[0] == 403, "but once")

# ---- accounts ----
form = again.form("/accounts", "/accounts")
status, _, page = again.send(form, login="li.si", name="李四")
first = re.search(r'id="password">([^<]*)<', page)
case(status == 200 and first, "an account is made, its first password shown once", page)
case("id=\"password\"" not in again.page("/accounts/li.si")[1], "and not again")
case(again.send(form, login="li.si", name="李四")[0] == 409, "a login serves once")
case(again.send(again.form("/accounts/li.si", None, 'value="grant"'), role="viewer", unit="U11")[0] == 303, "a role is given")
case(again.send(again.form("/accounts/li.si", None, 'value="grant"'), role="viewer", unit="U11")[0] == 409, "and not twice")
case(again.send(again.form("/accounts/wang.li", None, 'value="grant"'), role="security", unit="U01")[0] in (400, 409),
     "a working account becomes no administrator")
_, page = again.page("/accounts/sec")
case('value="grant"' not in page, "nobody gives a role to himself")
form = again.form("/accounts/li.si", None, 'value="grant"')
form.action = "/accounts/sec"
case(again.send(form, role="viewer")[0] in (400, 403, 409), "not by a form of one's own either")
li = Browser(site)
_, page = li.sign_in("li.si", first[1])
case(li.path.startswith("/password"), "the first password must be changed", li.path)
case("/password" in (li.page("/duties") and li.path), "before anything else")
status, to, _ = li.send(li.form("/password"), now=first[1], new="stille-Nacht-im-Tal", again="stille-Nacht-im-Tal")
case(status == 303 and li.page(to)[0] == 200 and "工作台" in li.page("/")[1], "then the desk opens")
case(li.page("/accounts")[0] == 403, "accounts are not for him")
form = again.form("/accounts/li.si", None, 'value="close"')
case(again.send(form)[0] == 303 and "/signin" in (li.page("/") and li.path), "a closed account is signed out at once")
case(again.page("/accounts/nobody")[0] == 404, "there is no such account")
case(b.page("/accounts")[0] == 403, "who fills in manages no accounts")

# ---- too many tries ----
late = Browser(site)
form = late.form("/signin")
answers = [late.send(form, login="sec", password=f"guess-number-{i}")[0] for i in range(40)]
case(429 in answers and answers.index(429) >= 5, "who guesses on and on waits", answers)
case(late.answer.headers.get("Retry-After", "").isdigit(), "and is told how long")
case(b.page("/")[0] == 200, "others go on")
case(site.stop() == 0, "it stops when asked")
sys.exit(case.end())
