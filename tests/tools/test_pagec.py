"""Wrong pages are refused at their place; right ones write what they should, whatever the values hold."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGEC = pathlib.Path(os.environ.get("ZEREN", "build/zeren")).resolve().parent / "pagec"
HEAD = "{{page x(struct v *v)}}\n"

WRONG = [  # page behind its head, what is said
    ("<p>{{v->a}", "2:10: expected }}"),
    ("<p>Hello</p>", "2:4: words without {{t}}"),
    ("<p>你好</p>", "2:4: words without {{t}}"),
    ("<p>&eacute;</p>", "2:4: write &amp; for &"),
    ("<p>a & b</p>", "2:4: words without"),
    ("<p>1 & 2</p>", "2:6: write &amp; for &"),
    ("<p>1 > 2</p>", "2:6: write &gt; for >"),
    ("<p>1 < 2</p>", "2:6: expected a tag"),
    ("<p><b></p></b>", "2:7: </p> where <b> is open"),
    ("<p>", "2:1: <p> is not closed"),
    ("</p>", "2:1: </p> closes nothing"),
    ("<P></P>", "2:1: write tags in small letters"),
    ("<br/>", "2:1: /> stands in svg only"),
    ("<p>{{if v->a}}</p>{{end}}", "2:15: </p> closes an element from outside of the block"),
    ("{{if v->a}}<p>{{else}}</p>{{end}}", "2:12: <p> is not closed before {{else}}"),
    ("{{for r in v->l}}<p>{{end}}", "2:18: <p> is not closed before {{end}}"),
    ("{{if v->a}}", "2:1: the block has no {{end}}"),
    ("{{end}}", "2:1: {{end}} without"),
    ("{{if v->a}}{{else}}{{elif v->b}}{{end}}", "2:20: {{elif}} does not belong here"),
    ("{{if v->a}}{{empty}}{{end}}", "2:12: {{empty}} does not belong here"),
    ("<script>{{v->a}}</script>", "2:1: only <script src"),
    ("<script src=\"/a.js\">1</script>", "2:1: only <script src"),
    ("<script src=\"/{{v->a}}\"></script>", "2:15: src holds no {{ }}"),
    ("<style></style>", "2:1: <style> is not allowed"),
    ("<iframe></iframe>", "2:1: <iframe> is not allowed"),
    ("<!-- {{v->a}} -->", "2:6: {{ in a comment"),
    ("<!-- ", "2:1: the comment has no end"),
    ("<{{v->a}}>", "2:1: expected a tag"),
    ("<p {{v->a}}></p>", "2:4: only {{if}}"),
    ("<p {{v->a}}=\"\"></p>", "2:4: only {{if}}"),
    ("<p id={{v->a}}></p>", "2:7: the value of id in double quotes"),
    ("<p id='a'></p>", "2:7: the value of id in double quotes"),
    ("<p id=\"a\" id=\"b\"></p>", "2:11: the attribute id a second time"),
    ("<p id=\"a\"{{if v->a}} id=\"b\"{{end}}></p>", "2:22: the attribute id a second time"),
    ("<p onclick=\"1\"></p>", "2:4: the attribute onclick is not allowed"),
    ("<p style=\"\"></p>", "2:4: the attribute style is not allowed"),
    ("<p srcdoc=\"\"></p>", "2:4: the attribute srcdoc is not allowed"),
    ("<p{{if v->a}}></p>{{end}}", "2:3: the block does not end within the tag"),
    ("<p class=\"{{if v->a}}\"></p>", "2:11: the block does not end within the value"),
    ("<a href=\"javascript:1\"></a>", "2:10: an address begins"),
    ("<a href=\"//evil\"></a>", "2:10: an address begins"),
    ("<a href=\"/\\evil\"></a>", "2:10: an address begins"),
    ("<a href=\"x/{{v->a}}\"></a>", "2:10: an address begins"),
    ("<a href=\"{{v->u}}x\"></a>", "2:18: nothing stands beside"),
    ("<a href=\"/{{if v->a}}b{{end}}\"></a>", "2:11: {{if}} inside an address"),
    ("<a href=\"/{{t \"a\"}}\"></a>", "2:11: words inside an address"),
    ("<img src=\"/a.png\">", "2:1: <img> without alt"),
    ("<img src=\"/a.png\" alt=\"cat\">", "2:24: words in alt without {{t}}"),
    ("<p title=\"Hello\"></p>", "2:11: words in title without {{t}}"),
    ("<input type=\"submit\" value=\"Save\">", "2:22: words in value without {{t}}"),
    ("<input name=\"a\">", "2:1: <input> has no label"),
    ("<form method=\"post\" action=\"/\"></form>", "2:1: <form method=\"post\"> without {{csrf}}"),
    ("<form method=\"post\" action=\"/\">{{if v->a}}{{csrf}}{{end}}</form>", "2:43: {{csrf}} in a block"),
    ("<p title=\"{{drawing v->chart}}\"></p>", "2:11: {{drawing}} does not belong here"),
    ("<form action=\"/\">{{csrf}}</form>", "2:18: {{csrf}} outside of a form with"),
    ("<form method=\"{{v->a}}\"></form>", "2:15: method holds no {{ }}"),
    ("<form{{if v->a}} method=\"post\"{{end}}></form>", "2:18: method is get or post, in no block"),
    ("<textarea id=\"a\"><p></p></textarea>", "2:18: <textarea> holds nothing but text"),
    ("{{t \"%d of %d\", v->a}}", "2:1: the text takes 2 arguments, here are 1"),
    ("{{t \"%d\"}}", "2:1: the text takes 1 arguments, here are none"),
    ("{{t \"%x\", v->a}}", "2:1: a text takes %s, %d"),
    ("{{t \"%1$s %3$s\", v->a, v->b, v->c}}", "2:1: a text takes %s, %d"),
    ("{{t \"a}}\n", "2:5: the quote has no end"),
    ("{{v->a + 1}}", "2:8: expected }}"),
    ("{{v->a; system(1)}}", "2:7: expected }}"),
    ("{{&v}}", "2:3: expected a name"),
    ("{{if v->a = 1}}{{end}}", "2:11: expected }}"),
    ("{{if v->a < \"b\"}}{{end}}", "2:13: words are compared"),
    ("{{page y()}}", "2:1: {{page}} does not belong here"),
    ("{{content}}{{content}}", "2:12: {{content}} stands once"),
    ("{{a(a(a(a(a(a(a(a(a(a(1))))))))))}}", "nested more than 8 deep"),
    ("<b>" * 65, "more than 64 elements"),
    ("{{if v->a}}" * 33, "more than 32 blocks"),
    ("<p" + "".join(f" a{i}" for i in range(33)) + "></p>", "more than 32 attributes"),
    ("<p>\x01</p>", "2:4: a control character"),
]

RIGHT = [  # page behind its head, what it writes
    ("{{v->evil}}", "&lt;script&gt;&quot;&#39;&amp;javascript:"),
    ("<p title=\"{{v->evil}}\"></p>", "<p title=\"&lt;script&gt;&quot;&#39;&amp;javascript:\"></p>"),
    ("<a href=\"/{{v->evil}}\"></a>", "<a href=\"/%3Cscript%3E%22%27%26%01javascript%3A\"></a>"),
    ("<a href=\"?a={{v->evil}}&amp;b={{v->n}}\"></a>",
        "<a href=\"?a=%3Cscript%3E%22%27%26%01javascript%3A&amp;b=-7\"></a>"),
    ("<a href=\"/{{v->dots}}/{{v->none}}/b\"></a>", "<a href=\"/-/-/b\"></a>"),
    ("<a href=\"/a?{{v->none}}\"></a>", "<a href=\"/a?\"></a>"),
    ("<a href=\"{{v->url}}\"></a>", "<a href=\"/d/a%2Fb?k=1%262&amp;l=%E8%B4%A3#x\"></a>"),
    ("<textarea id=\"a\">{{v->evil}}</textarea>",
        "<textarea id=\"a\">\n&lt;script&gt;&quot;&#39;&amp;javascript:</textarea>"),
    ("{{v->n}} {{v->size}} {{v->day}}{{v->no_day}} {{v->c}}", "-7 18446744073709551615 2022-06-03 c&lt;"),
    ("{{for s in v->words}}{{s_i}}{{*s}}{{empty}}-{{end}}", "0a1b&amp;"),
    ("{{for s in v->no_words}}{{*s}}{{empty}}-{{end}}", "-"),
    ("{{for v2 in v->items}}{{v2->n}}{{end}}", "-7-7"),
    ("{{if v->none}}1{{elif v->n == 7}}2{{else}}3{{end}}", "3"),
    ("{{if !v->none && (v->n < 0 || v->yes) && v->c && v->day && !v->no_day}}1{{end}}", "1"),
    ("{{if v->dots == \"..\" && v->dots != \"x\"}}1{{end}}", "1"),
    ("<p{{if v->yes}} id=\"a\"{{else}} id=\"b\"{{end}} hidden></p>", "<p id=\"a\" hidden></p>"),
    ("<p class=\"a{{if v->none}} b{{else}} c{{end}}\"></p>", "<p class=\"a c\"></p>"),
    ("{{t \"%2$s < %1$d 100%%\", v->n, v->evil}}",
        "&lt;script&gt;&quot;&#39;&amp;javascript: &lt; -7 100%"),
    ("{{t \"100% \\\"so\\\"\"}}", "100% &quot;so&quot;"),
    ("{{raw \"A <b> & \\\"\"}}", "A &lt;b> &amp; &quot;"),
    ("<p>\n\t1   2\n</p><pre> 1  2\n</pre><!-- gone -->", "<p>\n1 2\n</p><pre>\n 1  2\n</pre>"),
    ("<form method=\"post\" action=\"/\">{{csrf}}</form>",
        "<form method=\"post\" action=\"/\"><input type=\"hidden\" name=\"csrf\" value=\"t&quot;k\"></form>"),
    ("{{drawing v->chart}}|{{drawing v->no_chart}}",
        "<svg class=\"drawing\" width=\"96\" height=\"48\" viewBox=\"0 0 96 48\" role=\"group\"><title>&lt;script&gt;&quot;&#39;&amp;javascript:"
        "</title><a href=\"/d?a=1&amp;b=&quot;\" aria-label=\"&lt;b&gt;\"><title>&lt;b&gt;</title><text class=\"x&quot; f\" x=\"0\" y=\"0\""
        " font-size=\"12\">&lt;i&gt;</text></a><g><title>no</title><text fill=\"#000000\" x=\"0\" y=\"0\" font-size=\"12\">out</text></g></svg>|"),
    ("{{let n = v->n}}{{n}}", "-7"),
    ("{{fn(v->n, \"a\")}}", "a"),
    ("<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>"),
    ("<p>“1”：2→3</p>", "<p>“1”：2→3</p>"),
]

NO_C = ["{{v->yes}}", "{{drawing v->evil}}", "{{v->gone}}", "<a href=\"{{v->c}}\"></a>", "{{v->url}}", "{{v}}", "{{v->kind}}"]   # cc refuses

VIEWS = r"""
#include "web/html.h"
enum kind { KIND };
struct v {
	struct str evil, dots, none; int n; size_t size; struct date day, no_day; const char *c; bool yes; enum kind kind;
	struct url url; const struct drawing *chart, *no_chart; struct { struct str *p; size_t n; } words, no_words; struct { struct v **p; int n; } items;
};
static inline const char *fn(int n, const char *s) { return n ? s : NULL; }
"""
MAIN = r"""
#include "pages.h"
#include "doc/drawing.h"
#include <stdio.h>
const struct tr_entry tr_zh[] = {{0}};
const size_t tr_zh_n = 0;
int main(void)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_MAX(1 << 20);
	struct html h = {.out = &out, .lang = LANG_EN, .csrf = S("t\"k")};
	struct str words[] = {S("a"), S("b&")};
	struct v v = {.evil = S("<script>\"'&\x01javascript:"), .dots = S(".."), .n = -7, .size = SIZE_MAX,
		.no_day = DATE_NONE, .c = "c<", .yes = true, .words = {words, 2}}, *two[] = {&v, &v};
	struct err err = {.lang = LANG_EN};

	date_make(2022, 6, 3, &v.day);
	struct drawing *d = drawing_new(&a, 25400000, 12700000);
	d->title = v.evil;
	struct shape *s = drawing_text(d, 0, 0, 3175000, -1, S("<i>"));
	s->link = S("/d?a=1&b=\"");
	s->title = S("<b>");
	s->name = S("x\"");
	s = drawing_text(d, 0, 0, 3175000, -1, S("out"));
	s->link = S("//elsewhere");
	s->title = S("no");
	v.chart = d;
	v.items.p = two;
	v.items.n = 2;
	v.url = url_query(&a, url_add(&a, url_path("/d"), S("a/b")), "k", S("1&2"));
	v.url = url_at(&a, url_query(&a, v.url, "l", S("责")), S("x"));
%s
	out.max = 3;
	html_lit(&h, "1234", 4);
	printf("%%d", html_done(&h, &err) == ERR_LIMIT);
	arena_free(&a);
	buf_free(&out);
}
"""


class Pages(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = pathlib.Path(tmp.name)
        (self.dir / "pages").mkdir()
        (self.dir / "web").mkdir()
        (self.dir / "web/views.h").write_text("#ifndef V\n#define V\n" + VIEWS + "#endif\n", "utf-8")

    def page(self, name, text):
        (self.dir / f"pages/{name}.html").write_text(text, "utf-8")
        return f"pages/{name}.html"

    def pagec(self, *pages):
        run = subprocess.run([str(PAGEC), "pages.c", "pages.h", *pages], cwd=self.dir, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        return run.returncode, run.stdout

    def cc(self, *args):
        run = subprocess.run([os.environ.get("CC", "cc"), "-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra",
            "-Wno-unused-parameter", "-Wno-format-nonliteral", "-I.", f"-I{ROOT}/src", *args], cwd=self.dir,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        return run.returncode, run.stdout

    def test_wrong_pages(self):
        for text, said in WRONG:
            with self.subTest(page=text):
                code, out = self.pagec(self.page("x", HEAD + text))
                self.assertEqual(code, 1, out)
                self.assertTrue(out.startswith("pages/x.html:"), out)
                self.assertIn(said, out)

    def test_wrong_heads(self):
        for text, said in (("<p></p>", "1:1: a page begins with"), ("{{page y()}}", "1:8: the page is called x"),
                ("{{page x(union u *u)}}", "1:10: a parameter is"), ("{{page x(", "expected a name"),
                ("", "1:1: a page begins with")):
            with self.subTest(page=text):
                code, out = self.pagec(self.page("x", text))
                self.assertEqual(code, 1, out)
                self.assertIn(f"pages/x.html:{said}" if said[0] == "1" else said, out)

    def test_right_pages(self):
        pages = [self.page(f"p{i}", f"{{{{page p{i}(struct v *v)}}}}\n{text}") for i, (text, _) in enumerate(RIGHT)]
        pages.append(self.page("frame", "{{page frame(struct v *f)}}<main>{{content}}{{f->n}}</main>"))
        pages.append(self.page("row", "{{page row(struct v *v, int n)}}<i>{{n}}</i>"))
        pages.append(self.page("in", "{{page in(struct v *v)}}{{layout frame(v)}}{{call row(v, 3)}}"))
        self.assertEqual(self.pagec(*pages), (0, ""))
        calls = [f"page_p{i}" for i in range(len(RIGHT))] + ["page_in"]
        (self.dir / "main.c").write_text(MAIN % "\n".join(
            f'\t{c}(&h, &v);\n\tprintf("%s%c", out.p ? out.p : "", 1);\n\tbuf_reset(&out);' for c in calls), "utf-8")
        base = [f"{ROOT}/src/base/{n}.c" for n in ("arena", "base", "buf", "date", "err", "str", "tr", "utf8")]
        self.assertEqual(self.cc("-fsanitize=address,undefined", "main.c", "pages.c", f"{ROOT}/src/web/html.c", f"{ROOT}/src/doc/drawing.c", *base,
            "-o", "main"), (0, ""))
        out = subprocess.run([str(self.dir / "main")], check=True, stdout=subprocess.PIPE).stdout.decode().split("\x01")
        wanted = [want for _, want in RIGHT] + ["<main><i>3</i>-7</main>"]
        for text, want, got in zip([text for text, _ in RIGHT] + ["layout and call"], wanted, out):
            with self.subTest(page=text):
                self.assertEqual(got.rstrip("\n"), want)
        self.assertEqual(len(out), len(wanted) + 1)
        self.assertEqual(out[-1], "1", "a page that does not fit")

    def test_types_are_the_compilers(self):
        for text in NO_C:
            with self.subTest(page=text):
                self.assertEqual(self.pagec(self.page("x", HEAD + text)), (0, ""))
                code, out = self.cc("-c", "pages.c")
                self.assertEqual(code, 1)
                self.assertIn("pages/x.html:2:", out)

    def test_no_page(self):
        self.assertEqual(self.pagec(), (0, ""))
        self.assertEqual(self.cc("-c", "pages.c"), (0, ""))


if __name__ == "__main__":
    unittest.main()
