"""The build tools refuse what they are for. Each case is a small wrong tree in a temporary folder."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
HEADER = '/* A module. */\n#include "base/tr.h"\n'


class Tree(unittest.TestCase):
    def setUp(self):
        self.tmp = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.tmp.name)
        self.addCleanup(self.tmp.cleanup)

    def put(self, path, text):
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")

    def call(self, tool, *args):
        run = subprocess.run([sys.executable, str(TOOLS / tool), "--root", str(self.root), *map(str, args)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        return run.returncode, run.stdout

    def accepted(self, tool, *args):
        code, out = self.call(tool, *args)
        self.assertEqual(code, 0, out)
        return out

    def refused(self, tool, *said):
        code, out = self.call(tool)
        self.assertEqual(code, 1, out)
        for words in said:
            self.assertIn(words, out)


class Floors(Tree):
    def one(self, path, include):
        self.put(path, f"\n#include {include}\n")

    def test_down_and_beside_is_accepted(self):
        self.one("src/log/event.c", '"log/event.h"')
        self.one("src/log/tree.c", '"crypto/digest.h"')
        self.one("src/record/row.c", '"tbl/flows.h"')
        self.one("src/cli/main.c", '"record/record.h"')
        self.one("src/db/sqlite.c", "<sqlite3.h>")
        self.one("src/base/file.c", "<sys/stat.h>")
        self.accepted("floors")

    def test_up_is_refused(self):
        self.one("src/base/err.c", '"log/event.h"')
        self.one("src/scheme/scheme.c", '"duty/figure.h"')
        self.refused("floors", "src/base/err.c:2:", "log/ stands above base/", "src/scheme/scheme.c:2:",
            "duty/ stands above scheme/")

    def test_across_is_refused(self):
        self.one("src/report/outline.c", '"exchange/package.h"')
        self.refused("floors", "src/report/outline.c:2:", "exchange/ stands on the same floor as report/")

    def test_table_of_a_higher_floor_is_refused(self):
        self.one("src/log/event.c", '"tbl/flows.h"')
        self.refused("floors", "src/log/event.c:2:", "scheme/ stands above log/")

    def test_table_stands_on_its_floor(self):
        self.one("src/tbl/errors.h", '"text/json.h"')
        self.refused("floors", "src/tbl/errors.h:2:", "text/ stands above base/")

    def test_unknown_table_is_refused(self):
        self.one("src/record/row.c", '"tbl/unheard_of.h"')
        self.refused("floors", "src/record/row.c:2:", "TABLES")

    def test_library_of_another_folder_is_refused(self):
        self.one("src/log/tree.c", "<openssl/evp.h>")
        self.one("src/record/row.c", "<sqlite3.h>")
        self.refused("floors", "src/log/tree.c:2:", "only crypto/", "src/record/row.c:2:", "only db/")

    def test_unknown_library_is_refused(self):
        self.one("src/base/err.c", "<glib.h>")
        self.refused("floors", "src/base/err.c:2:", "neither C, POSIX nor a library")

    def test_unknown_folder_is_refused(self):
        self.one("src/misc/a.c", "<stdio.h>")
        self.refused("floors", "src/misc/a.c:1:", "stands on no floor")

    def test_include_without_folder_is_refused(self):
        self.one("src/log/event.c", '"event.h"')
        self.refused("floors", "src/log/event.c:2:", "with its folder")


class Lint(Tree):
    def one(self, path, text):
        self.put(path, text)
        if path.startswith("src/") and path.endswith(".c"):
            self.put(f"{path.rpartition('/')[0]}/meson.build", f"zeren_src += files('{path.rpartition('/')[2]}')\n")

    def test_plain_file_is_accepted(self):
        self.one("src/base/a.c", "int a(void)\n{\n\treturn 0;     /* printf(\"x\") is only spoken of */\n}\n")
        self.one("src/base/a.h", "/* A. */\n#define A(x) \\\n\ta(x)\n\n/* Nought. */\nint a(void);\nint b(int c);\n\n"
            "struct s {\n\tint (*fn)(void);\n};\n\nint d(void);   /* one */\n"
            "static inline int e(void) { return 1; }\n")
        self.accepted("lint")

    def test_form(self):
        self.one("src/base/a.c", "int a;  \nint f(void)\n{\n    return 0;\n}\n// TO" "DO later\ntypedef struct x y;\n"
            + "int " + "x" * 120 + ";")
        self.refused("lint", "a.c:1: trailing blank", "a.c:4: indent with tabs", "a.c:6: TO" "DO", "a.c:7: typedef",
            "a.c:8: 125 columns", "no line break at the end")

    def test_chinese_takes_two_columns(self):
        self.one("src/base/a.c", "/* " + "责" * 58 + " */\n")
        self.refused("lint", "a.c:1: 122 columns")

    def test_long_file(self):
        self.one("src/base/a.c", "int a;\n" * 601)
        self.refused("lint", "a.c:601: 601 lines")

    def test_long_function_warns(self):
        self.one("src/base/a.c", "int a(void)\n{\n" + "\ta();\n" * 81 + "}\n")
        self.assertIn("a.c:2: warning: function of 81 lines", self.accepted("lint"))

    def test_header_without_comments(self):
        self.one("src/base/a.h", "#include <x.h>\n\nint a(void);\n\n/* B. */\nint b(void);\n\nint c(int x,\n\tint y);\n")
        self.refused("lint", "a.h:1: a header starts", "a.h:3: a() has no comment", "a.h:8: c() has no comment")

    def test_printing(self):
        self.one("src/log/a.c", "int a(void)\n{\n\tfprintf(stderr, \"x\");\n\tsnprintf(b, 1, \"x\");\n}\n")
        self.one("src/cli/a.c", "int a(void)\n{\n\tprintf(\"x\");\n}\n")
        code, out = self.call("lint")
        self.assertEqual((code, out.count("only cli/")), (1, 1), out)
        self.assertIn("src/log/a.c:3: fprintf here", out)

    def test_file_that_is_never_built(self):
        self.put("src/base/a.c", "int a;\n")
        self.put("tests/unit/test_a.c", "int a;\n")
        self.put("tests/fuzz/fuzz_a.c", "int a;\n")
        self.refused("lint", "src/base/a.c:1: not listed", "tests/unit/test_a.c:1: not listed",
            "tests/fuzz/fuzz_a.c:1: not listed")

    def test_pages(self):
        self.put("pages/meson.build", "pages += files('a.html')\n")
        self.put("pages/a.html", "<p>\n    1\n</p>\n")
        self.put("pages/b.html", "<p></p>\n")
        self.refused("lint", "pages/a.html:2: indent with tabs", "pages/b.html:1: not listed in pages/meson.build")


class Textc(Tree):
    CODE = ('/* A. */\n#define STR_FMT "%.*s"\nint f(void)\n{\n\tfail(err, E, "row %d: no \\"date\\"", 1);\n'
        '\tfail_errno(err, "%s: cannot be read", p);\n\tfail(err, E, "no " STR_FMT " here", n, s);\n'
        '\tputs(tr(lang, "a\\nb"));\n}\n')

    def po(self, *pairs):
        out = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        for flags, key, text in pairs:
            out += f"\n{flags}msgid {key}\nmsgstr {text}\n"
        self.put("text/zh.po", out)

    def full(self):
        self.put("src/base/a.c", self.CODE)
        c = "#, c-format\n"
        self.po((c, '"%s: cannot be read"', '"%s：读不了"'), ("", '""\n"a\\n"\n"b"', '""\n"甲\\n"\n"乙"'),
            (c, '"no %.*s here"', '"这里没有%.*s"'), (c, '"row %d: no \\"date\\""', '"第%d行：没有“日期”"'))

    def test_texts_of_pages(self):
        self.full()
        self.put("pages/a.html", '<p>{{t "Plain 100%"}} {{ t "%d of \\"%s\\"", v->n, v->s }}</p>\n')
        self.refused("textc", "pages/a.html: missing in text/zh.po: 'Plain 100%'", 'msgid "%d of \\"%s\\""', "#, c-format")

    def test_complete_makes_a_sorted_table(self):
        self.full()
        out = self.root / "tr_zh.c"
        self.accepted("textc", "--out", out)
        rows = [line for line in out.read_text("utf-8").splitlines() if line.startswith("\t{")]
        self.assertEqual(rows, ['\t{ "%s: cannot be read", "%s：读不了" },', '\t{ "a\\nb", "甲\\n乙" },',
            '\t{ "no %.*s here", "这里没有%.*s" },', '\t{ "row %d: no \\"date\\"", "第%d行：没有“日期”" },'])
        self.assertIn("tr_zh_n = 4;", out.read_text("utf-8"))

    def test_missing_empty_and_fuzzy_are_refused(self):
        self.put("src/base/a.c", self.CODE)
        self.po(("#, c-format\n", '"%s: cannot be read"', '""'), ("#, fuzzy\n", '"a\\nb"', '"甲"'))
        self.refused("textc", "src/base/a.c: missing in text/zh.po: 'no %.*s here'", "empty in text/zh.po",
            "fuzzy in text/zh.po", 'msgid "row %d: no \\"date\\""')
        self.assertIn("4 texts without translation", self.accepted("textc", "--mode", "warn"))

    def test_marked_text_as_format(self):
        self.put("src/base/a.c", 'int f(void)\n{\n\tfail(err, E, N_("the %s"), s);\n\ta(N_("all %"));\n}\n')
        self.po(("", '"all %"', '"全%"'), ("", '"the %s"', '"这%s"'))
        code, out = self.call("textc")
        self.assertEqual((code, out.count("needs the line '#, c-format'")), (1, 1), out)
        self.assertIn("'the %s'", out)

    def test_other_format_is_refused(self):
        self.put("src/base/a.c", 'int f(void)\n{\n\tfail(err, E, "row %d", 1);\n}\n')
        self.po(("#, c-format\n", '"row %d"', '"第%s行"'))
        self.refused("textc", "refused by msgfmt")
        self.po(("", '"row %d"', '"第%s行"'))
        self.refused("textc", "needs the line '#, c-format'")

    def test_order_of_texts(self):
        """Out of order is refused with its line, --update puts it right and keeps every text."""
        self.full()
        c = "#, c-format\n"
        entries = [(c, '"%s: cannot be read"', '"%s：读不了"'), (c, '"row %d: no \\"date\\""', '"第%d行：没有“日期”"'),
            (c, '"no %.*s here"', '"这里没有%.*s"'), ("", '"a\\nb"', '"甲\\n乙"')]
        self.po(*entries)
        self.refused("textc", "text/zh.po:14: not in the order of its English texts", "'no %.*s here'")
        self.assertEqual(self.call("textc", "--mode", "warn")[0], 1)
        self.accepted("textc", "--update")
        self.accepted("textc")
        after = (self.root / "text/zh.po").read_text("utf-8")
        places = [after.index(text) for text in ("读不了", "甲", "这里没有", "没有“日期”")]
        self.assertEqual(places, sorted(places))

    def test_update_keeps_and_adds(self):
        self.full()
        before = (self.root / "text/zh.po").read_text("utf-8")
        self.put("src/base/a.c", self.CODE.replace("cannot be read", "is gone"))
        self.accepted("textc", "--update")
        after = (self.root / "text/zh.po").read_text("utf-8")
        self.assertIn('msgid "%s: is gone"\nmsgstr ""', after)
        self.assertIn('msgstr "第%d行：没有“日期”"', after)
        self.assertIn('#~ msgid "%s: cannot be read"\n#~ msgstr "%s：读不了"', after)
        self.assertNotEqual(before, after)
        self.accepted("textc", "--update")
        self.assertEqual(after, (self.root / "text/zh.po").read_text("utf-8"))
        self.put("src/base/a.c", self.CODE)
        self.accepted("textc", "--update")
        self.assertIn('\nmsgid "%s: cannot be read"\nmsgstr "%s：读不了"', (self.root / "text/zh.po").read_text("utf-8"))
        self.accepted("textc")

    def test_sized_integers(self):
        self.put("src/base/a.c", 'int f(void)\n{\n\tfail(err, E, "%" PRId64 " bytes", n);\n}\n')
        self.po(("#, c-format\n", '"%<PRId64> bytes"', '"%<PRId64>字节"'))
        out = self.root / "tr_zh.c"
        self.accepted("textc", "--out", out)
        self.assertIn('{ "%" PRId64 " bytes", "%" PRId64 "字节" },', out.read_text("utf-8"))


class Demo(unittest.TestCase):
    """./dev demo makes one account a role, for posts that its office has."""

    def test_accounts(self):
        root = TOOLS.parent
        listed = re.search(r"^demo_accounts='(.*?)'$", (root / "dev").read_text("utf-8"), re.S | re.M)[1]
        rows = [line.split() for line in listed.splitlines()]
        roles = re.findall(r'^R\(\w+, +"(\w+)"', (root / "src/tbl/roles.h").read_text("utf-8"), re.M)
        posts = {p["id"] for p in json.loads((root / "examples/district-office-2022/org.json").read_text("utf-8"))["posts"]}
        self.assertEqual(sorted(r[1] for r in rows), sorted(roles))
        self.assertLessEqual({r[3] for r in rows} - {"-"}, posts)


class Log(unittest.TestCase):
    """Every kind of event has a word for people on the page of the log."""

    def test_words(self):
        root = TOOLS.parent
        words = (root / "src/web/log_words.c").read_text("utf-8")
        kinds = {k for f in (root / "src").glob("*/*.c") for k in re.findall(r'\{"([a-z]+\.[a-z]+)", \w*(?:fields|add|change)',
                 f.read_text("utf-8"))}
        self.assertGreater(len(kinds), 8)
        self.assertEqual({k for k in kinds if f'"{k}"' not in words}, set())


if __name__ == "__main__":
    unittest.main()
