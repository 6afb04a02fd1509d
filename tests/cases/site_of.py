"""zeren serve and browsers of it, for the cases in Python: starts the program, signs in, fills forms."""
import atexit
import base64
import hashlib
import hmac
import html
import http.client
import os
import re
import signal
import struct
import subprocess
import time
import urllib.parse

PASSWORD = "klar-wie-Morgentau-31"


def account(program, data, login, *roles, name="", post="", lasting=True, password=PASSWORD):
    """An account with roles, each "filler" or "filler U02"."""
    extra = ["--post", post] if post else []
    subprocess.run([program, "account", "add", login, "--name", name or login, "--password-stdin", "--data", data]
                   + (["--lasting"] if lasting else []) + extra, input=password + "\n", text=True, check=True, capture_output=True)
    for role in roles:
        subprocess.run([program, "account", "grant", login, *role.split(), "--data", data], check=True, capture_output=True)


def totp(secret, ahead=0):
    """RFC 6238 by its text: SHA-1, 30 seconds, six digits."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret.replace(" ", "")) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + ahead), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


class Form:
    """One form of a page, as a browser would send it."""

    def __init__(self, page, text, action):
        self.action, self.fields, self.files = action, {}, []
        self.page = page
        for tag in re.findall(r"<input\b[^>]*>", text):
            name, kind = attribute(tag, "name"), attribute(tag, "type")
            if not name or kind in ("file", "radio", "checkbox") and " checked" not in tag:
                continue
            self.fields[name] = attribute(tag, "value") or ""
        for name, body in re.findall(r'<textarea\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</textarea>', text, re.S):
            self.fields[html.unescape(name)] = html.unescape(body)
        for name, body in re.findall(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', text, re.S):
            options = re.findall(r"<option\b[^>]*>", body)
            chosen = [o for o in options if " selected" in o] or options[:1]
            self.fields[html.unescape(name)] = attribute(chosen[0], "value") if chosen else ""


def attribute(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else None


class Site:
    def __init__(self, program, data, *options, lang="zh", env=None):
        self.process = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--lang", lang, *options],
                                        stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        atexit.register(self.process.kill)     # a case that breaks off leaves no server
        self.address = ""
        while not self.address.startswith("http://"):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("zeren serve has printed no address")
            self.address = line.strip()
        parts = urllib.parse.urlsplit(self.address)
        self.port, self.enter = parts.port, parts.path + ("?" + parts.query if parts.query else "")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


class Browser:
    def __init__(self, site, source="127.0.0.1"):
        self.site, self.cookies, self.source = site, {}, source        # source: the address it asks from

    def ask(self, path, method="GET", headers=None, body=None, cookies=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60, source_address=(self.source, 0))
        headers = dict(headers or {})
        if cookies and self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        connection.request(method, urllib.parse.quote(path, safe="/?=&%:#"), headers=headers, body=body)
        answer = connection.getresponse()
        body = answer.read()
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
            if "Max-Age=0" in value.split(";")[-1]:
                del self.cookies[name]
        connection.close()
        return answer, body

    def page(self, path):
        """Status and text, redirects followed."""
        for _ in range(6):
            answer, body = self.ask(path)
            if answer.status != 303:
                break
            path = answer.headers["Location"]
        self.path = path
        return answer.status, body.decode()

    def form(self, path, action=None, where=""):
        """The first form of a page with that action (None: of the page itself) that holds `where`."""
        _, text = self.page(path)
        return self.form_in(text, action, where)

    def form_in(self, text, action=None, where=""):
        for head, body in re.findall(r'(<form\b[^>]*method="post"[^>]*>)(.*?)</form>', text, re.S):
            if where in body and (action is None or attribute(head, "action") == action) and (action or "/signout" not in head):
                return Form(self, body, attribute(head, "action") or self.path)
        raise LookupError(f"{self.path}: no form {action} with {where}")

    def send(self, form, headers=None, files=None, **fields):
        """Status, Location and text of the answer."""
        said = {**form.fields, **{k.replace("__", "."): v for k, v in fields.items()}}
        headers = {"Origin": f"http://127.0.0.1:{self.site.port}", "Sec-Fetch-Site": "same-origin", **(headers or {})}
        headers.setdefault("Host", f"127.0.0.1:{self.site.port}")
        if files is None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(said)
        else:
            mark = "----" + os.urandom(8).hex()
            headers["Content-Type"] = "multipart/form-data; boundary=" + mark
            parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in said.items()]
            for name, filename, data in files:
                parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
                             "Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
            body = b"".join(parts) + f"--{mark}--\r\n".encode()
        answer, body = self.ask(form.action, "POST", headers, body)
        self.answer = answer
        return answer.status, answer.headers.get("Location"), body.decode("utf-8", "replace")

    def sign_in(self, login, password=PASSWORD, code=None):
        """Through every page that a first sign-in asks for; the secret of a second factor stays in self.secret."""
        form = self.form("/signin")
        status, to, text = self.send(form, login=login, password=password)
        for _ in range(4):
            if status == 303:
                status, text = self.page(to)
            if self.path.startswith("/enrol"):
                if 'id="secret"' not in text:
                    _, to, _ = self.send(self.form_in(text, "/enrol/start"))
                    _, text = self.page(to)
                self.secret = re.search(r'id="secret">([^<]*)<', text)[1]
                status, _, text = self.send(self.form_in(text, "/enrol"), code=totp(self.secret))
                self.codes = re.findall(r"<li>([a-z2-7]{5}-[a-z2-7]{5})</li>", text)
                status, text = self.page("/")
            elif self.path.startswith("/second"):
                status, to, text = self.send(self.form_in(text), code=code or totp(self.secret, 1))
            else:
                break
        return status, text


class Tally:
    """TAP, and the last line that tools/runtests reads."""

    def __init__(self, passed=0, failed=0):
        self.passed, self.failed = passed, failed

    def __call__(self, good, name, shown=""):
        self.passed += bool(good)
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.passed + self.failed} - {name}", flush=True)
        if not good and shown:
            print("# " + str(shown)[:800].replace("\n", "\n# "))

    def end(self):
        print(f"1..{self.passed + self.failed}\n{self.passed} passed, {self.failed} failed")
        return self.failed > 0


def words(page):
    """What a person reads: without tags, and without what is in another language on purpose."""
    page = re.sub(r'<(title|code|script|kbd)\b.*?</\1>|<article.*?</article>|<b>.*?</b>|<a[^>]* lang="[^"]*"[^>]*>.*?</a>', " ",
                  page, flags=re.S)
    spoken = " ".join(re.findall(r'(?:aria-label|placeholder|alt)="([^"]*)"', page))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page) + " " + spoken))


def links(page):
    return [html.unescape(x) for x in re.findall(r'href="([^"]*)"', page)]
