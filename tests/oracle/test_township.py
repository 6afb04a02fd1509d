"""The township's year in examples/: every planted fault is found, none is invented.

    test_township.py [--zeren PATH] [--all] [--keep DIR]

The folder is made again by its generator, which must give the same bytes, and read by the real program. Each slot, each figure and
each finding of the program is held against what the generator knows it made (truth.json): rows refused, twice or of another year,
notices, slots missed and late, records of a vacant post, hazards that came back, promises, what the check says. Then faults are
left out one at a time (--all: each; else some): what they caused must be gone, and nothing else may have changed.
"""
# timeout: 600
import argparse
import concurrent.futures
import filecmp
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CASE = ROOT / 'examples/township-safety-2023'
MAKER = ROOT / 'examples/make_township.py'
DAYS = ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31']
LIST = '{owner: owner, label: label, due: due, state: state, done: done_on, holder: holder}'


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def note(self, name, problems):
        problems = list(problems)
        self.passed += not problems
        self.failed += bool(problems)
        for line in problems[:40]:
            print('  %s: %s' % (name, line))
        if problems:
            print('FAILED %s: %d' % (name, len(problems)))


def run(*args, ok=(0, 1)):
    done = subprocess.run([str(a) for a in args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding='utf-8',
                          stdin=subprocess.DEVNULL, timeout=300)
    if done.returncode not in ok:
        raise OSError('%s: %d: %s' % (' '.join(map(str, args)), done.returncode, done.stderr.strip()))
    return done.stdout


def make(out, *args):
    return run(sys.executable, MAKER, out, *args, ok=(0,))


def load(path):
    return json.loads(path.read_text('utf-8'))


def with_slots(scheme):
    """The scheme of the folder, and a figure more for each duty that lists its slots."""
    duties = re.findall(r'^  - id: (A\d\d)$', scheme, re.M)
    lines = ''.join('  slots.%s: {duty: %s, list: %s}\n' % (d, d, LIST) for d in duties)
    return re.sub(r'^figures:\n', lambda m: m[0] + lines, scheme, count=1, flags=re.M), duties


class Read:
    """What the program makes of a folder."""

    def __init__(self, zeren, folder, work, warned):
        scheme, self.duties = with_slots((CASE / 'scheme.yaml').read_text('utf-8'))
        (work / 'scheme.yaml').write_text(scheme, 'utf-8')
        data, out = work / 'data', work / 'out'
        run(zeren, 'init', data, '--org', folder / 'org.json', '--scheme', work / 'scheme.yaml')
        said = run(zeren, 'import', folder, '--data', data, '--accept', '--partial')
        run(zeren, 'try', folder, '--scheme', work / 'scheme.yaml', '--out', out)
        self.notices = re.findall(r'^留意　(.*) 第(\d+)行：“(.*?)”', said, re.M)
        self.other = [n for n in re.findall(r'^留意.*$', said, re.M) if not re.match(r'留意　.* 第\d+行：“', n)]
        self.books, self.status = load(out / 'import.json'), load(out / 'status.json')
        self.figures, self.check = load(out / 'figures.json'), load(out / 'check.json')
        self.spans, self.text = load(out / 'trace.json')['spans'], (out / 'report.txt').read_text('utf-8')
        self.slots = {}
        for on in DAYS:
            all_of = json.loads(run(zeren, 'figure', '--json', '--data', data, '--on', on, *('slots.' + d for d in self.duties)))
            self.slots[on] = {d: all_of['slots.' + d]['value'] for d in self.duties}
        hazards = map(json.loads, run(zeren, 'register', 'hazard', '--json', '--data', data).splitlines())
        numbers = {int(h['id'].partition(':')[2]): h['fields']['no'] for h in hazards}
        recur = json.loads(run(zeren, 'finding', 'recur', '--json', '--data', data, '--on', DAYS[-1]))
        self.recur = [numbers[r['again']] for r in recur if r['kind'] == 'unit']
        self.sheet = json.loads(run(zeren, 'assess', '--json', '--data', data))
        self.warnings = {on: json.loads(run(zeren, 'warn', '--json', '--data', data, '--on', on))['warnings'] for on in warned}
        self.plan = json.loads(run(zeren, 'plan', '--json', '--data', data))


def findings(read, truth):
    """All that the program found, as the generator names it."""
    rows = truth['rows']
    for source, book in read.books['ledgers'].items():
        key = lambda r, source=source: rows['%s!%d' % (source, r['row'])]
        yield from ('refused|%s|%s' % (key(r), r['column']) for r in book['refused'])
        yield from ('duplicate|' + key(r) for r in book['duplicate'])
        yield from ('out_of_year|' + key(r) for r in book['out_of_year'])
        if 'problem' in book:
            yield 'table|' + source
    for source, row, column in read.notices:
        yield 'notice|%s|%s' % (rows['%s!%s' % (source, row)], column)
    yield from read.other
    yield from ('unreferenced|' + f for f in read.books['evidence']['unreferenced'])
    for duty, slots in read.slots[DAYS[-1]].items():
        for s in slots:
            if s['state'] in ('missed', 'late'):
                yield '%s|%s|%s|%s' % (s['state'], duty, s['owner'], s['label'])
            if s['state'] in ('met', 'late') and s['owner'] not in ('安委会', '') and not s['holder'] and duty not in ('A10', 'A24'):
                yield 'vacant|%s|%s' % (duty, s['label'])
    yield from ('recur|' + no for no in read.recur)
    yield from ('promise|%s|%s' % (p['no'], p['fate']) for p in read.plan if p['fate'] != 'done')
    for f in read.check['findings']:
        if f['code'] in ('evidence_none', 'promise_repeated', 'plan_without_problem'):
            yield from ('%s|%s' % (f['code'], rows[r]) for r in f['rows'])
        else:
            yield '|'.join([f['code'], *what(f)])
    for s in read.check['suggested']:
        yield 'suggested|%s|%s' % (s['problem'], s.get('duty') or s['figure'])


def what(f):
    if f['code'] in ('claim', 'claim_and_problem'):
        return [f['claim']]
    if f['code'] == 'own_number':
        return [f['section'], f['value']]
    if f['code'] == 'evidence_missing':
        return [f['value']]
    return [f.get('duty') or f.get('section') or f['text']]


def differences(name, want, got):
    for k in sorted((want | got).keys()):
        if want[k] != got[k]:
            yield '%s: %s %d times, should be %d' % (name, k, got[k], want[k])


def same_figures(truth, read):
    for name, want in truth['figures'].items():
        value = read.figures.get(name, {}).get('value')
        if value != want:
            yield '%s: %s, should be %s' % (name, value, want)


def same_slots(truth, read):
    for duty, want in truth['duties'].items():
        got = sorted([s['owner'], s['label'], s['due'], s['state'], s['done']] for s in read.slots[DAYS[-1]][duty])
        for s in want['slots']:
            if s not in got:
                yield '%s lacks %s' % (duty, s)
        for s in got:
            if s not in want['slots']:
                yield '%s has %s' % (duty, s)
        for on in DAYS:
            states = Counter(s['state'] for s in read.slots[on][duty])
            counts = {k: states[k] for k in ('met', 'late', 'missed', 'pending')}
            if counts != want['at'][on]:
                yield '%s on %s: %s, should be %s' % (duty, on, counts, want['at'][on])
        for on, said in read.status['duties'][duty]['at'].items():
            if {k: said[k] for k in ('met', 'late', 'missed', 'pending')} != want['at'][on]:
                yield '%s in status.json on %s' % (duty, on)


def same_points(truth, read):
    for duty, want in truth['scores'].items():
        got = read.status['duties'][duty]['score']['got']
        if got != want:
            yield 'score of %s: %s, should be %s' % (duty, got, want)
    for duty, want in truth['unproved'].items():
        if read.status['duties'][duty]['unproved'] != want:
            yield '%s: %d unproved, should be %d' % (duty, read.status['duties'][duty]['unproved'], want)
    got = {i['id']: i['got'] for s in read.sheet['sections'] for i in s['items']}
    if got != truth['assessed']:
        yield 'assessment: %s, should be %s' % (got, truth['assessed'])
    for on, want in truth['warned'].items():
        got = sorted('%s|%s|%s' % (w['rule'], w['colour'], w['title'].split()[-1]) for w in read.warnings[on])
        if got != want:
            yield 'warnings on %s: %s, should be %s' % (on, got, want)


def same_report(truth, read):
    """The report by the township's own outline: all of it accounted for, its numbers those of the truth, each with its rows."""
    if ''.join(s['text'] for s in read.spans) != read.text:
        yield 'the spans are not the text'
    heads = [l for l in read.text.splitlines() if re.match('[一二三]、', l)]
    if heads != ['一、工作开展情况', '二、存在问题', '三、下一步工作']:
        yield 'headings %s' % heads
    seen = 0
    for s in read.spans:
        name, _, part = s.get('name', '').replace('attendance.', 'attendance/').partition('/')
        if s['kind'] != 'figure' or name not in truth['figures'] or isinstance(truth['figures'][name], dict) and not part:
            continue
        value = truth['figures'][name]
        value = value.get(part, 0) if part else value
        seen += 1
        if float(s['text']) != float(value) or value and not s['rows']:
            yield '%s says %s, should be %s' % (s['name'], s['text'], value)
    if seen < 25:
        yield 'only %d numbers were held against the truth' % seen


def same_tables(truth, read):
    for source, want in truth['tables'].items():
        book = read.books['ledgers'].get(source)
        got = book and {'rows': book['rows'], 'skipped': [[s['row'], s['why']] for s in book['skipped']]}
        if got != want:
            yield '%s: %s, should be %s' % (source, got, want)


def held(name, zeren, folder, work):
    """Problems of one folder, and all that was found in it."""
    work.mkdir()
    truth = load(folder / 'truth.json')
    read = Read(zeren, folder, work, truth['warned'])
    got, want = Counter(findings(read, truth)), Counter(truth['findings'] + truth['follow'])
    problems = [*differences(name, want, got), *same_figures(truth, read), *same_slots(truth, read), *same_points(truth, read),
                *same_report(truth, read), *same_tables(truth, read)]
    return problems, got


def without(zeren, fault, tmp, whole):
    """Leaves one fault out: its findings go, and all else stays but what follows from them alone."""
    folder = tmp / fault['id']
    make(folder, '--without', fault['id'])
    problems, got = held(fault['id'], zeren, folder, tmp / (fault['id'] + '-work'))
    gone, come = whole - got, got - whole
    caused = {f['finding'] for f in fault['finds']}
    truth, full = load(folder / 'truth.json'), load(CASE / 'truth.json')
    follow = Counter(full['findings'] + full['follow']) - Counter(truth['findings'] + truth['follow'])
    problems += ['%s stays' % f for f in caused if f in got and f not in follow and whole[f] == got[f]]
    problems += ['%s went, too' % f for f in gone if f not in caused and f not in follow]
    problems += ['%s came' % f for f in come]
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', str(ROOT / 'build/zeren')))
    parser.add_argument('--all', action='store_true')
    parser.add_argument('--folder', type=pathlib.Path, help='only hold this folder')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    score = Score()
    with tempfile.TemporaryDirectory(dir=os.environ.get('ZEREN_TMP') or None) as tmp:
        tmp = pathlib.Path(tmp)
        if args.folder:
            score.note(args.folder.name, held(args.folder.name, args.zeren, args.folder, tmp / 'work')[0])
            print('%d passed, %d failed' % (score.passed, score.failed))
            return score.failed > 0
        make(tmp / 'again')
        names = sorted(p.relative_to(tmp / 'again') for p in (tmp / 'again').rglob('*') if p.is_file())
        score.note('the same bytes', ['%s differs' % n for n in names if not (CASE / n).exists() or
                                      not filecmp.cmp(tmp / 'again' / n, CASE / n, shallow=False)])
        faults = load(CASE / 'faults.json')
        kinds = {f['kind'] for f in faults}
        score.note('faults', ['only %d of %d kinds' % (len(faults), len(kinds))] if len(faults) < 40 or len(kinds) < 15 else [])
        problems, whole = held('the year', args.zeren, CASE, tmp / 'whole')
        score.note('the year', problems)
        make(tmp / 'clean', '--clean')
        problems, got = held('a year without a fault', args.zeren, tmp / 'clean', tmp / 'clean-work')
        score.note('a year without a fault', problems + ['%s was found' % f for f in got])
        make(tmp / 'other', '--seed', '7')
        score.note('a year by another seed', held('a year by another seed', args.zeren, tmp / 'other', tmp / 'other-work')[0])
        some = faults if args.all else faults[::9]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for fault, problems in zip(some, pool.map(lambda f: without(args.zeren, f, tmp, whole), some)):
                score.note('without %s %s' % (fault['id'], fault['what']), problems)
    print('%d passed, %d failed' % (score.passed, score.failed))
    return score.failed > 0


if __name__ == '__main__':
    sys.exit(main())
