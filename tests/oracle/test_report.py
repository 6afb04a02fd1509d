"""The report of the case, held against the case itself: what stands in it, what it came from, what changes it."""
# timeout: 600
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CASE = ROOT / 'examples/district-office-2022'
ZEREN = os.environ.get('ZEREN') or str(ROOT / 'build/zeren')
FILES = ['report.md', 'report.html', 'report.docx', 'report.txt', 'report.redacted.md', 'trace.json', 'check.json']
# Sentences that name what stands in a figure of truth.json by other means: counts of a duty, fields of the records.
INSTEAD = {'portfolio.matrix': 'A08.', 'activities.names': 'activity.name', 'honours.recommended_lines': 'honour.name'}
ADOPTIONS = '05信息采用情况.csv'


def run(*args, ok=(0, 1), **more):
    done = subprocess.run([ZEREN, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          encoding='utf-8', stdin=subprocess.DEVNULL, **more)
    if done.returncode not in ok:
        raise AssertionError('zeren %s: %d\n%s' % (' '.join(map(str, args)), done.returncode, done.stderr))
    return done


def load(folder, name):
    return json.loads((folder / name).read_text('utf-8'))


def squeezed(text):
    return re.sub(r'\s', '', text)


def body(lines, spans):
    """The report's own lines among those of its paper: from its title on, without addressee, as many as it has."""
    said = ''.join(s['text'] for s in spans).splitlines()
    at = lines.index(said[0])
    rest = lines[at + 1:]
    if rest[0].endswith('：') and rest[0] != said[1]:
        rest = rest[1:]
    return (lines[at:at + 1] + rest)[:len(said)]


class Links(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.figures = [], [], set(), 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        if 'id' in attrs:
            self.ids.append(attrs['id'])
        if tag == 'a':
            self.links.append(attrs['href'])
            self.figures += attrs.get('class') == 'figure'


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tmp = pathlib.Path(tempfile.mkdtemp(dir=os.environ.get('ZEREN_TMP') or None))
        cls.out = cls.tmp / 'out'
        run('try', CASE, '--out', cls.out)
        cls.trace, cls.check = load(cls.out, 'trace.json'), load(cls.out, 'check.json')
        cls.spans = cls.trace['spans']
        cls.whole = (cls.out / 'report.txt').read_text('utf-8')
        cls.text = ''.join(l + '\n' for l in body(cls.whole.splitlines(), cls.spans))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.tmp)

    def copy(self, name):
        folder = self.tmp / name
        shutil.copytree(CASE, folder)
        return folder

    def tried(self, folder):
        out = folder.with_name(folder.name + '-out')
        run('try', folder, '--out', out)
        return out

    # ---- what stands in it

    def test_spans_are_the_text(self):
        self.assertEqual(''.join(s['text'] for s in self.spans), self.text)

    def test_paper(self):
        """What stands around it: head, addressee, names of the annexes, signature, annexes, colophon."""
        lines = self.whole.splitlines()
        self.assertEqual(lines[:2], ['中共云岭市青溪区委办公室文件', '青委办〔2022〕\u3000号'])
        self.assertEqual(lines[3], '中共云岭市青溪区委员会：')
        end = 4 + len(self.text.splitlines()) - 1
        self.assertEqual(lines[end:end + 6], ['附件：1.2022年会议台账', '2.2022年受表彰情况', '中共云岭市青溪区委办公室',
                                              '2022年\u3000月\u3000日', '附件1', '2022年会议台账'])
        self.assertEqual(len([l for l in lines if re.match('[0-9]+\t2022-', l)]), 31 + 8)
        self.assertEqual(lines[-1], '中共云岭市青溪区委办公室\t2022年\u3000月\u3000日印发')

    def test_skeleton(self):
        lines = self.text.splitlines()
        self.assertEqual(lines[0], '区委办关于2022年落实意识形态工作责任制情况的报告')
        parts = [l for l in lines if re.match('[一二三四五]、', l)]
        self.assertEqual(parts, ['一、履职情况', '二、主要问题', '三、下一步工作打算'])
        at = [lines.index(p) for p in parts] + [len(lines)]
        for part, begin, end in zip(parts, at, at[1:]):
            sections = [l[:3] for l in lines[begin:end] if re.match('（[一二三四五]）', l)]
            self.assertEqual(sections, ['（一）', '（二）', '（三）', '（四）'], part)
        points = [len(re.findall('^%s是' % n, self.text, re.M)) for n in '一二三四五']
        self.assertEqual(points, [3, 3, 3, 1, 0])

    def test_own_paragraphs(self):
        said = re.split(r'^## .*\n', (CASE / 'narrative.md').read_text('utf-8'), flags=re.M)[1:]
        self.assertEqual(len(said), 10)
        for paragraph in said:
            self.assertIn('\n' + paragraph.strip() + '\n', self.text)

    def test_sentences_have_their_figures(self):
        truth = load(CASE, 'truth.json')
        names = [s['name'].replace('/', '.') for s in self.spans if s['kind'] in ('figure', 'field') and s.get('name')]
        for sentence, figures in truth['report_sentences'].items():
            for figure in figures:
                want = INSTEAD.get(figure, figure)
                self.assertTrue(any(n == want or n.startswith(want if want.endswith('.') else want + '.') for n in names),
                                '%s: %s' % (sentence, figure))

    def test_figures_are_true(self):
        truth = load(CASE, 'truth.json')
        seen = 0
        for s in self.spans:
            if s['kind'] != 'figure' or not s.get('name'):
                continue
            figure, _, part = s['name'].partition('/')
            want = truth['figures'].get(figure)
            if want is None:
                continue
            value = want['value'][part] if part else want['value']
            if isinstance(value, (int, float)):
                self.assertEqual(float(s['text']), float(value), s['name'])
                seen += 1
            if not part and 'rows' in want and 'rows' in s:
                self.assertEqual(set(s['rows']), set(want['rows']), s['name'])
        self.assertGreater(seen, 60)

    def test_every_figure_has_records(self):
        for s in self.spans:
            if s['kind'] == 'figure':
                self.assertTrue(s['rows'], s)

    def test_outline_has_no_digit(self):
        for s in self.spans:
            if s['kind'] == 'outline':
                self.assertNotRegex(s['text'], '[0-9０-９]')

    # ---- check

    def found(self, check, code, **more):
        return [f for f in check['findings'] if f['code'] == code and all(f.get(k) == v for k, v in more.items())]

    def test_check_names_the_four(self):
        claims = {f['claim']: f for f in self.found(self.check, 'claim')}
        self.assertEqual(set(claims), {'定期研究', '严格落实', '及时更新', '预警及时'})
        self.assertEqual(claims['定期研究']['duty'], 'A02')
        a08 = claims['严格落实']
        self.assertEqual((a08['duty'], a08['value'], a08['expected']), ('A08', '9', '12'))
        self.assertEqual((claims['及时更新']['figure'], claims['及时更新']['value']), ('risks.reviews/rate_pct', '86.4'))
        self.assertEqual((claims['预警及时']['figure'], claims['预警及时']['value']), ('warnings/rate_pct', '83.3'))

    def test_check_names_the_rest(self):
        beside = {f['claim'] for f in self.found(self.check, 'claim_and_problem')}
        self.assertEqual(beside, {'定期研究', '严格落实', '及时更新', '预警及时'})
        suggested = {s.get('duty') for s in self.check['suggested']}
        status = load(CASE, 'truth.json')['duties']
        missed = {d for d in status if status[d]['at']['2022-12-31']['missed']}
        unnamed = {f['duty'] for f in self.found(self.check, 'missed_without_problem')}
        self.assertEqual(unnamed, missed - suggested)
        self.assertLessEqual({'A02', 'A05', 'A08', 'A24'}, suggested)
        self.assertEqual({f['value'] for f in self.found(self.check, 'evidence_missing')},
                         {e['file'] for e in load(CASE, 'truth.json')['evidence']['missing']})
        self.assertFalse(self.found(self.check, 'problem_without_plan') + self.found(self.check, 'plan_without_problem'))

    def test_suggestions_name_nobody(self):
        names = [h['name'] for h in load(CASE, 'org.json')['holders']]
        for s in self.check['suggested']:
            self.assertFalse(s['accepted'])
            self.assertFalse([n for n in names if n in s['text']], s)

    def test_typed_numbers(self):
        folder = self.copy('typed')
        path = folder / 'narrative.md'
        path.write_text(path.read_text('utf-8').replace('稿件质量', '全年报送120条，采用13条，稿件质量'), 'utf-8')
        out = self.tried(folder)
        (finding,) = self.found(load(out, 'check.json'), 'own_number')
        self.assertEqual((finding['value'], finding['section']), ('120', '一（二）'))
        typed = [s['text'] for s in load(out, 'trace.json')['spans'] if s['kind'] == 'own_number']
        self.assertEqual(typed, ['120', '13'])

    def test_heading_that_binds_to_nothing(self):
        folder = self.copy('heading')
        with open(folder / 'narrative.md', 'a', encoding='utf-8') as f:
            f.write('\n## 一（五）其他\n写了没有地方放。\n')
        done = run('try', folder, '--out', self.tmp / 'heading-out', ok=(3,))
        self.assertIn('一（五）其他', done.stderr)

    def test_no_narrative(self):
        folder = self.copy('bare')
        (folder / 'narrative.md').unlink()
        self.assertEqual(len(self.found(load(self.tried(folder), 'check.json'), 'own_missing')), 10)

    # ---- what changes it

    def test_one_adoption_less(self):
        """An adoption taken away changes the spans that depend on it, and no other."""
        folder = self.copy('less')
        path = folder / ADOPTIONS
        lines = path.read_bytes().decode('gb18030').split('\r\n')
        row = next(i for i, l in enumerate(lines) if i and '云岭先锋' in l and '2022' in l)
        gone = '%s!%d' % (ADOPTIONS, row + 1)
        lines[row] = ''
        path.write_bytes('\r\n'.join(lines).encode('gb18030'))
        spans = load(self.tried(folder), 'trace.json')['spans']
        self.assertEqual(len(spans), len(self.spans))
        changed = set()
        for before, after in zip(self.spans, spans):
            if before == after:
                self.assertNotIn(gone, before.get('rows', []))
                continue
            self.assertIn(gone, before['rows'])
            self.assertTrue(before['name'].startswith('adopted.'), before['name'])
            if before['text'] != after['text']:
                changed.add(before['name'])
        self.assertTrue(changed)

    def test_same_bytes(self):
        again = self.tmp / 'again'
        run('try', CASE, '--out', again, env=dict(os.environ, TZ='America/New_York', LANG='C'))
        for name in FILES:
            self.assertEqual((self.out / name).read_bytes(), (again / name).read_bytes(), name)

    def test_known(self):
        """The report as known at an event is the report that was made then."""
        data = self.tmp / 'data'
        run('init', data, '--org', CASE / 'org.json', '--scheme', CASE / 'scheme.yaml')
        registers = sorted(p for p in CASE.iterdir() if p.name[:2].isdigit())

        def take(files):
            run('import', *files, '--evidence', CASE / '佐证', '--data', data, '--accept', '--partial')

        def report(name, *more):
            out = self.tmp / name
            run('report', '--data', data, '--narrative', CASE / 'narrative.md', '--out', out, *more)
            return out

        take(registers[:6])
        then = report('then')
        last = len(run('log', '--data', data, '--from', 0, '--limit', 0, '--json').stdout.splitlines()) - 1
        take(registers[6:])
        now, known = report('now'), report('known', '--known', last)
        for name in FILES:
            self.assertEqual((then / name).read_bytes(), (known / name).read_bytes(), name)
        self.assertNotEqual((then / 'report.md').read_bytes(), (now / 'report.md').read_bytes())
        self.assertEqual((now / 'report.md').read_bytes(), (self.out / 'report.md').read_bytes())
        done = run('report', '--data', data, '--out', self.tmp / 'never', '--known', last + 1000, ok=(4,))
        self.assertIn(str(last + 1000), done.stderr)
        done = run('check', '--data', data, '--narrative', CASE / 'narrative.md', '--json', ok=(1,))
        self.assertEqual(json.loads(done.stdout)['suggested'], self.check['suggested'])

    def test_another_day(self):
        data = self.tmp / 'half'
        run('init', data, '--org', CASE / 'org.json', '--scheme', CASE / 'scheme.yaml')
        run('import', CASE, '--data', data, '--accept', '--partial')
        run('report', '--data', data, '--on', '2022-06-30', '--out', self.tmp / 'mid')
        status = load(CASE, 'truth.json')['duties']
        counts = {s['name']: s['text'] for s in load(self.tmp / 'mid', 'trace.json')['spans'] if s['kind'] == 'figure'}
        for name, text in counts.items():
            duty, _, count = name.partition('.')
            if count in ('required_year', 'missed', 'met', 'late'):
                self.assertEqual(int(text), status[duty]['at']['2022-06-30'][count], name)
        self.assertLess(int(counts['meetings.kind.室务会']), 12)

    def test_every_office(self):
        """Other offices, other outlines: the same program."""
        offices = [p.parent for p in (ROOT / 'examples').glob('*/scheme.yaml')
                   if re.search('^report:', p.read_text('utf-8'), re.M)]
        self.assertGreater(len(offices), 1)
        for office in offices:
            out = self.tmp / ('office-' + office.name)
            run('try', office, '--out', out)
            spans = load(out, 'trace.json')['spans']
            text = ''.join(s['text'] for s in spans)
            self.assertEqual(text.splitlines(), body((out / 'report.txt').read_text('utf-8').splitlines(), spans))
            self.assertGreater(len(text), 500)

    # ---- its forms

    def test_redacted(self):
        text = (self.out / 'report.redacted.md').read_text('utf-8').replace('\\', '')
        self.assertIn('上报各类信息*条，其中*条被省级信息刊物采用，*条被市级信息刊物采用', text)
        for word in ('青溪', '云岭'):
            self.assertNotIn(word, text)
        part = text.split('## 二、')[0]
        left = [n for n in re.findall('[0-9]+', part) if n != '2022']
        self.assertEqual(left, [])

    def test_redacted_whole(self):
        data, out = self.tmp / 'hidden', self.tmp / 'hidden-out'
        run('init', data, '--org', CASE / 'org.json', '--scheme', CASE / 'scheme.yaml')
        run('import', CASE, '--data', data, '--accept', '--partial')
        run('report', '--data', data, '--narrative', CASE / 'narrative.md', '--redact', '--out', out)
        self.assertEqual((out / 'report.md').read_bytes(), (self.out / 'report.redacted.md').read_bytes())
        self.assertEqual(sorted(p.name for p in out.iterdir()),
                         ['report.docx', 'report.html', 'report.md', 'report.ofd', 'report.pdf', 'report.txt', 'trace.json'])
        page = (out / 'report.html').read_text('utf-8')
        self.assertNotIn('href', page)
        self.assertNotIn('青溪', page)
        values = {s['name']: s['value'] for s in load(out, 'trace.json')['spans'] if s['kind'] == 'figure'}
        self.assertEqual(values['submissions.total'], '118')

    def test_titles(self):
        """A figure is called by its title where one is stated: in trace, annex and check, with its name."""
        span = next(s for s in self.spans if s['name' if 'name' in s else 'kind'] == 'problems.end/closure_rate_pct')
        self.assertEqual(span['title'], '问题整改（年末）：销号率（%）')
        page = (self.out / 'report.html').read_text('utf-8')
        self.assertIn('室务会场次（meetings.kind.室务会）', page)
        figures = load(self.out, 'figures.json')
        self.assertEqual([n for n, f in figures.items() if not f.get('title')], [])
        for s in self.spans:
            if s['kind'] == 'figure' and 'duty' not in s:
                self.assertTrue(s['title'], s['name'])

    def test_markdown(self):
        text = (self.out / 'report.md').read_text('utf-8')
        plain = [re.sub('^#+ ', '', l) for l in text.replace('\\', '').splitlines() if l]
        self.assertEqual(body(plain, self.spans), self.text.splitlines())

    def test_html(self):
        text = (self.out / 'report.html').read_text('utf-8')
        page = Links(text)
        self.assertEqual(len(page.ids), len(set(page.ids)))
        for link in page.links:
            self.assertTrue(link.startswith('#'), link)
            self.assertIn(link[1:], page.ids)
        self.assertEqual(page.figures, sum(s['kind'] == 'figure' for s in self.spans))
        self.assertFalse(page.tags & {'script', 'img', 'iframe', 'link', 'object'})
        self.assertNotRegex(text, r'https?:|url\(|@import')
        shown, source = set(), ''
        for head, row in re.findall(r'<h3>[^<]*  ([^<]*)</h3>|<tr id="[^"]*"><td>([0-9]+)</td>', text):
            source = head or source
            if row and source:      # rows of the paper's annexes come before
                shown.add('%s!%s' % (source, row))
        self.assertEqual(shown, {r for s in self.spans for r in s.get('rows', [])})

    def office(self, kind):
        out = self.tmp / kind.split(':')[0]
        profile = (self.tmp / 'profile').as_uri()
        done = subprocess.run(['soffice', '-env:UserInstallation=' + profile, '--headless', '--convert-to', kind, '--outdir',
                               str(out), str(self.out / 'report.docx')], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        made = list(out.glob('report.*')) if out.is_dir() else []
        self.assertEqual(len(made), 1, done.stdout.decode('utf-8', 'replace'))
        return made[0]

    def test_docx(self):
        text = self.office('txt:Text (encoded):UTF8').read_text('utf-8-sig')
        title = self.text.splitlines()[0]                # its lines end where the layout ends them
        lines = [l for l in text.splitlines() if l]
        at = next(i for i, l in enumerate(lines) if title.startswith(l))
        while lines[at] != title and title.startswith(lines[at]):
            lines[at:at + 2] = [lines[at] + lines[at + 1]]
        self.assertEqual(body(lines, self.spans), self.text.splitlines())
        pdf = subprocess.run(['pdftotext', str(self.office('pdf')), '-'], stdout=subprocess.PIPE, check=True)
        pages = pdf.stdout.decode('utf-8').split('\f')[:-1]
        self.assertGreater(len(pages), 4)
        for number, page in enumerate(pages, 1):
            self.assertRegex(squeezed(page), '—%d—' % number)
        first = squeezed(pages[0]).replace('—1—', '')
        self.assertGreater(len(first), 150)
        self.assertTrue(squeezed(self.whole).startswith(first), first)


if __name__ == '__main__':
    unittest.main()
