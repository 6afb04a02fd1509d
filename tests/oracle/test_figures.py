"""Holds Zeren's figures against truth.json and the recount from README.

    test_figures.py [--zeren PATH] [--scheme FILE] [--case DIR] [--seeds N] [--from K] [--keep DIR] [--self]

The case itself is held against truth.json, N folders made from it by perturb.py
against recount_figures.py. --self needs no Zeren: recount against truth.json.
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
import recount_figures
from tables import normal
from test_import import ROOT, Score, is_plain, year_for

SETS = ('rows',)        # lists compared as sets, wherever they stand


# ---- comparing

def form(value, name=''):
    """One form: numbers by value, texts in half width, lists of rows without order."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, dict):
        return {normal(k): form(v, k) for k, v in value.items()}
    items = [form(v) for v in value]
    return sorted(set(items)) if name in SETS else items


def reviews(ours, theirs):
    """A copy of theirs whose missed reviews read as ours do: the name of the period behind a risk is not compared."""
    left, found = [normal(m) for m in theirs['missed']], []
    for missed in sorted((m.split(' ')[0] for m in ours['missed']), key=len, reverse=True):
        same = [m for m in left if m.startswith(normal(missed))]
        if same:
            left.remove(same[0])
            found.append(missed)
    return {**theirs, 'missed': sorted(found + left)}


def compare(ours, theirs, other='truth'):
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in theirs or name not in ours:
            yield '%s: %s' % (name, 'missing' if name not in theirs else 'not in ' + other)
            continue
        a, b = ours[name]['value'], theirs[name]['value']
        if name == 'risks.reviews':
            b = reviews(a, b)
            a = {**a, 'missed': sorted(m.split(' ')[0] for m in a['missed'])}
        if form(a) != form(b):
            yield '%s: %s has %s\n       found %s' % (name, other, *(
                json.dumps(v, ensure_ascii=False) for v in (a, b)))
        for kind in ('rows', 'ids'):
            if kind not in ours[name]:
                continue
            x, y = (set(map(normal, side[name].get(kind, ['none']))) for side in (ours, theirs))
            if x != y:
                yield '%s %s: only in %s %s, only found %s' % (name, kind, other, sorted(x - y), sorted(y - x))


# ---- against Zeren

def found(args, folder, out, year=None):
    command = [args.zeren, 'try', folder, '--scheme', args.scheme, '--out', out]
    if year:
        command += ['--year', str(year)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors='replace', timeout=300)
        if run.returncode not in (0, 1):
            return None, ['exit status %d: %s' % (run.returncode, (run.stderr or run.stdout).strip())]
        with open(os.path.join(out, 'figures.json'), encoding='utf-8') as file:
            return json.load(file), []
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return None, [str(error)]


def truth_of(case):
    with open(os.path.join(case, 'truth.json'), encoding='utf-8') as file:
        return json.load(file)['figures']


def test(args):
    score = Score()
    score.note('recount against truth.json',
               list(compare(truth_of(args.case), recount_figures.figures(args.case))))
    if args.self_test:
        return score.end()
    with tempfile.TemporaryDirectory() as temporary:
        out = os.path.join(temporary, 'out')
        given, problems = found(args, args.case, out)
        score.note('the case itself', problems or list(compare(truth_of(args.case), given)))
        for seed in range(args.first, args.first + args.seeds):
            folder = os.path.join(temporary, 'seed%d' % seed)
            year = year_for(seed, recount.year_of(args.case))
            perturb.perturb(seed, args.case, folder, year, is_plain(seed))
            given, problems = found(args, folder, out)
            if not problems:
                problems = list(compare(recount_figures.figures(folder), given, 'recount'))
            score.note('seed %d%s' % (seed, ' --year %d' % year if year else ''), problems)
            if problems and args.keep:
                shutil.copytree(folder, os.path.join(args.keep, 'seed%d' % seed), dirs_exist_ok=True)
            shutil.rmtree(folder)
    return score.end()


def main():
    parser = argparse.ArgumentParser(description="Hold Zeren's figures against truth.json and the recount.")
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren')))
    example = os.path.join(ROOT, 'examples', 'district-office-2022')
    parser.add_argument('--scheme', default=os.path.join(example, 'scheme.yaml'))
    parser.add_argument('--case', default=example)
    parser.add_argument('--seeds', type=int, default=40)
    parser.add_argument('--from', dest='first', type=int, default=1, metavar='K')
    parser.add_argument('--keep', metavar='DIR', help='copy the folders that fail there')
    parser.add_argument('--self', dest='self_test', action='store_true')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    sys.exit(test(args))


if __name__ == '__main__':
    main()
