# timeout: 300
"""Holds Zeren's import against the recount.

    test_import.py [--zeren PATH] [--scheme FILE] [--case DIR] [--seeds N] [--from K]
                   [--org-xlsx] [--keep DIR] [--self]

The case itself and N folders made from it by perturb.py are imported with
"zeren try" and recounted. --self needs no Zeren: it holds the recount against
truth.json and against what the perturber knows it did.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import perturb
import recount
import sheets
from tables import headers, normal, table_key

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
YEARS = [None, None, None, 1, None, 2, None, -1]    # shift by seed, in turn


# ---- comparing

def by_row(name, kind, items):
    """{row: what is said of it}, so that the order of a list does not matter."""
    if kind == 'refused':
        # A column may be named as in the file or as in the scheme, the reason
        # quote the cell with or without its white space.
        file, _, sheet = name.partition('#')
        names = headers(table_key(file, sheet))
        return {i['row']: (names.get(normal(str(i['column'])), i['column']),
                         normal(str(i['reason'])))
                for i in items}
    field = {'duplicate': 'same_as', 'out_of_year': 'date', 'skipped': 'why'}[kind]
    return {i['row']: i[field] for i in items}


def compare_ledger(name, ours, theirs, other):
    for kind in ('header_row', 'rows', 'accepted'):
        if ours[kind] != theirs.get(kind):
            yield '%s %s: recount %s, %s %s' % (name, kind, ours[kind], other, theirs.get(kind))
    for kind in ('refused', 'duplicate', 'out_of_year', 'skipped'):
        given = theirs.get(kind, [])
        a, b = by_row(name, kind, ours[kind]), by_row(name, kind, given)
        for row in sorted(a.keys() | b.keys()):
            if a.get(row) != b.get(row):
                yield '%s %s row %s: recount %s, %s %s' % (
                    name, kind, row, a.get(row, '-'), other, b.get(row, '-'))
        if len(b) != len(given):
            yield '%s %s: %s names a row twice' % (name, kind, other)


def compare_evidence(ours, theirs, other):
    line = 'evidence %s: recount %s, ' + other + ' %s'
    if ours['references'] != theirs.get('references'):
        yield line % ('references', ours['references'], theirs.get('references'))
    for kind in ('present', 'unreferenced'):
        a, b = set(ours[kind]), set(theirs.get(kind, []))
        for file in sorted(a ^ b):
            yield line % (kind + ' ' + file, *('yes' if file in side else 'no' for side in (a, b)))
    a, b = ({i['file']: sorted(i['row']) for i in side.get('missing', [])}
            for side in (ours, theirs))
    for file in sorted(a.keys() | b.keys()):
        if a.get(file) != b.get(file):
            yield line % ('missing ' + file, a.get(file, '-'), b.get(file, '-'))
    a, b = (side.get('accepted_rows_without_evidence', {}) for side in (ours, theirs))
    for name in sorted(a.keys() | b.keys()):
        if a.get(name, 0) != b.get(name, 0):
            yield line % (name + ' rows without', a.get(name, 0), b.get(name, 0))


def compare(ours, theirs, other):
    """Readable differences between the recount and another reading."""
    found, given = [], theirs.get('ledgers', {})
    for name in sorted(ours['ledgers'].keys() | given.keys()):
        if name not in given:
            found.append('%s: %s has no such table' % (name, other))
        elif name not in ours['ledgers']:
            found.append('%s: recount has no such table' % name)
        else:
            found += compare_ledger(name, ours['ledgers'][name], given[name], other)
    return found + list(compare_evidence(ours['evidence'], theirs.get('evidence', {}), other))


# ---- against Zeren

def try_import(args, folder, out, year=None):
    """import.json of a trial import and the exit status; or None and what went wrong."""
    command = [args.zeren, 'try', folder, '--scheme', args.scheme, '--out', out]
    if year:
        command += ['--year', str(year)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors='replace',
                             timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    if run.returncode not in (0, 1):
        return None, 'exit status %d: %s' % (run.returncode, (run.stderr or run.stdout).strip())
    try:
        with open(os.path.join(out, 'import.json'), encoding='utf-8') as file:
            return json.load(file), run.returncode
    except (OSError, ValueError) as error:
        return None, str(error)


def check(args, folder, out, year=None):
    found, status = try_import(args, folder, out, year)
    if found is None:
        return [status]
    ours = recount.recount(folder, year)
    try:
        problems = compare(ours, found, 'import')
    except (AttributeError, KeyError, TypeError) as error:
        return ['import.json has another shape: %r' % error]
    refused = any(entry['refused'] for entry in ours['ledgers'].values())
    if status != refused:
        problems.append('exit status %d, but rows were %srefused' % (
            status, '' if refused else 'not '))
    return problems


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def note(self, title, problems):
        if problems:
            self.failed += 1
            print('FAIL %s' % title)
            for problem in problems:
                print('     %s' % problem)
        else:
            self.passed += 1

    def end(self):
        print('%d passed, %d failed' % (self.passed, self.failed))
        return 1 if self.failed else 0


def year_for(seed, case_year):
    """The year to move the folder of a seed to, or None."""
    shift = YEARS[seed % len(YEARS)]
    return case_year + shift if shift else None


def is_plain(seed):
    """Some folders are only moved to another year."""
    return seed % 10 == 5


def perturbed(args, temporary, seed, check_folder):
    """Makes the folder of a seed and checks it; keeps it if it fails and --keep is given."""
    case_year = recount.year_of(args.case)
    year = year_for(seed, case_year)
    folder = os.path.join(temporary, 'seed%d' % seed)
    plain = is_plain(seed)
    org_xlsx = args.org_xlsx and seed % 5 == 1
    expected = perturb.perturb(seed, args.case, folder, year, plain, org_xlsx)
    given_year = (year or case_year) if org_xlsx else None
    problems = check_folder(seed, folder, expected, given_year)
    title = 'seed %d: perturb.py %d IN OUT%s%s%s' % (
        seed, seed, ' --year %d' % year if year else '', ' --plain' if plain else '',
        ' --org-xlsx' if org_xlsx else '')
    if problems and args.keep:
        shutil.copytree(folder, os.path.join(args.keep, 'seed%d' % seed), dirs_exist_ok=True)
    shutil.rmtree(folder)
    return title, problems


def test_zeren(args):
    score = Score()
    with tempfile.TemporaryDirectory() as temporary:
        out = os.path.join(temporary, 'out')
        score.note('the case itself', check(args, args.case, out))

        def check_folder(seed, folder, expected, year):
            shutil.rmtree(out, ignore_errors=True)
            return check(args, folder, out, year)
        for seed in range(args.first, args.first + args.seeds):
            score.note(*perturbed(args, temporary, seed, check_folder))
    return score.end()


# ---- the oracle itself

def check_truth(case):
    path = os.path.join(case, 'truth.json')
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        truth = json.load(file)
    found = recount.recount(case)
    problems = compare(found, truth, 'truth')
    if found['ledgers'] != truth['ledgers']:
        problems.append('ledgers are not equal to the letter')
    return problems


def check_sheets(case, temporary):
    """What is written is read back, in both date systems and all string kinds."""
    problems = []
    dates = {14: 1, 22: 1, 31: 1, 45: 1, 58: 1, 0: 0, 1: 0, 10: 0, 49: 0, 'General': 0,
             'yyyy"年"m"月"': 1, '[h]:mm': 1, '0"日"': 0, '[Red]0.00': 0, '0.0\\d': 0,
             '#,##0_d': 0, '[$-804]m"月"d"日";@': 1, '"d"0': 0}
    problems += ['date format %r' % fmt for fmt, is_date in dates.items()
                 if sheets.is_date_format(fmt) != bool(is_date)]
    for serial, mac, day in [(59, 0, '1900-02-28'), (61, 0, '1900-03-01'), (44575, 0, '2022-01-14'),
                             (43113, 1, '2022-01-14')]:
        if sheets.serial_to_date(serial, mac).date().isoformat() != day:
            problems.append('serial %d' % serial)
    for name, cell in [('2022年6月3日-5日', '2022-06-03'), ('６月３日（周五）', '2022-06-03'),
                       ('20220603', '2022-06-03'), ('2022.6', None), ('2月29日', None),
                       ('2022 年 6 月 3 日', '2022-06-03'), ('5月10日-12日', '2022-05-10')]:
        day = recount.read_date(sheets.Cell(name), 2022)
        if (day and day.isoformat()) != cell:
            problems.append('date %s read as %s' % (name, day))
    for mac, how in [(False, 'shared'), (True, 'inline'), (False, 'rich')]:
        for file in sorted(os.listdir(case)):
            if file.endswith('.xlsx'):
                before = sheets.read_xlsx(os.path.join(case, file))
                before.date1904 = mac
                path = os.path.join(temporary, 'again.xlsx')
                sheets.write_xlsx(path, before, lambda: how)
                if sheets.read_xlsx(path) != before:
                    problems.append('%s is not read back (%s)' % (file, how))
    return problems


def counts(found):
    total = {}
    for entry in found['ledgers'].values():
        for kind in ('rows', 'accepted'):
            total[kind] = total.get(kind, 0) + entry[kind]
        for kind in ('refused', 'duplicate', 'out_of_year', 'skipped'):
            total[kind] = total.get(kind, 0) + len(entry[kind])
    return total


def test_self(args):
    score = Score()
    with tempfile.TemporaryDirectory() as temporary:
        score.note('truth.json', check_truth(args.case))
        score.note('sheets', check_sheets(args.case, temporary))
        original = recount.recount(args.case)
        sums = {}

        def check_folder(seed, folder, expected, year):
            found = recount.recount(folder, year)
            for kind, number in counts(found).items():
                sums[kind] = sums.get(kind, 0) + number
            problems = compare(found, expected, 'perturber')
            if found != expected:
                problems.append('not equal to the letter')
            if is_plain(seed) != (counts(found) == counts(original)):
                problems.append('the classes of rows: %s' % counts(found))
            for name, entry in found['ledgers'].items():
                if entry['rows'] != entry['accepted'] + sum(
                        len(entry[k]) for k in ('refused', 'duplicate', 'out_of_year')):
                    problems.append('%s: the classes do not add up' % name)
            return problems
        plain = os.path.join(temporary, 'plain')
        perturb.perturb(1, args.case, plain, plain=True)
        found = recount.recount(plain)
        score.note('a plain copy', compare(found, original, 'original'))
        for seed in range(args.first, args.first + args.seeds):
            score.note(*perturbed(args, temporary, seed, check_folder))
    print('in the case: %s' % counts(original))
    print('in %d folders: %s' % (args.seeds, sums))
    return score.end()


def main():
    parser = argparse.ArgumentParser(description="Hold Zeren's import against the recount.")
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren')))
    example = os.path.join(ROOT, 'examples', 'district-office-2022')
    parser.add_argument('--scheme', default=os.path.join(example, 'scheme.yaml'))
    parser.add_argument('--case', default=example)
    parser.add_argument('--seeds', type=int, default=80)
    parser.add_argument('--from', dest='first', type=int, default=1, metavar='K')
    parser.add_argument('--org-xlsx', action='store_true',
                        help='every fifth folder without org.json; needs "zeren try --year"')
    parser.add_argument('--keep', metavar='DIR', help='copy the folders that fail there')
    parser.add_argument('--self', dest='self_test', action='store_true')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    sys.exit(test_self(args) if args.self_test else test_zeren(args))


if __name__ == '__main__':
    main()
