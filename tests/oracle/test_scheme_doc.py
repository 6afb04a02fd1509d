#!/usr/bin/env python3
"""Every example of duties in docs/scheme.md and scheme.zh.md loads with the whole scheme that stands on its page."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ZEREN = os.environ.get('ZEREN', str(ROOT / 'build' / 'zeren'))


def examples(page):
    """The page's whole scheme without its duties and what stands on them, and each example of duties."""
    blocks = re.findall(r'^```yaml\n(.*?)^```', (ROOT / 'docs' / page).read_text('utf-8'), re.S | re.M)
    whole = next(b for b in blocks if b.startswith('zeren:'))
    return whole[:whole.index('\nduties:') + 1], [b for b in blocks if b.startswith('duties:')]


class Page(unittest.TestCase):
    def loads(self, page, at_least):
        head, found = examples(page)
        self.assertGreaterEqual(len(found), at_least)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'scheme.yaml'
            for text in found:
                path.write_text(head + text, 'utf-8')
                run = subprocess.run([ZEREN, 'scheme', 'check', str(path), '--lang', 'en'], capture_output=True, text=True)
                self.assertEqual(run.returncode, 0, text + run.stderr)

    def test_english(self):
        self.loads('scheme.md', 5)

    def test_chinese(self):
        self.loads('scheme.zh.md', 1)


if __name__ == '__main__':
    unittest.main()
