"""Holds Zeren's duties against truth.json and the recount from README.

    test_duties.py [--zeren PATH] [--scheme FILE] [--case DIR] [--seeds N] [--from K] [--keep DIR] [--self]

The case itself is held against truth.json, N folders made from it by perturb.py (other years too) against
recount_duties.py: counts and status on both days, score, rows as sets. Names and reasons only of the case; how an
owner is called for people is not compared.
--self needs no Zeren: recount against truth.json.
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
import recount_duties
from tables import normal
from test_import import ROOT, Score, is_plain, year_for

COUNTS = ('required_to_date', 'required_year', 'met', 'late', 'missed', 'pending', 'status')


def form(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return normal(value) if isinstance(value, str) else value


def differ(title, ours, theirs, keys, other):
    for key in keys:
        if form(ours.get(key)) != form(theirs.get(key)):
            yield '%s %s: %s %s, found %s' % (title, key, other, ours.get(key), theirs.get(key))


def compare_duty(name, ours, theirs, reasons, other):
    yield from differ(name, ours, theirs, ('name', 'cadence', 'points') if reasons else ('points',), other)
    given = theirs.get('at', {})
    for on in sorted(ours['at'].keys() | given.keys()):
        if on not in given or on not in ours['at']:
            yield '%s: %s %s' % (name, on, 'missing' if on not in given else 'not in ' + other)
            continue
        yield from differ('%s on %s' % (name, on), ours['at'][on], given[on], COUNTS, other)
        if reasons and [*map(normal, ours['at'][on]['reasons'])] != [*map(normal, given[on].get('reasons', []))]:
            yield '%s on %s reasons: %s %s, found %s' % (name, on, other, ours['at'][on]['reasons'],
                                                         given[on].get('reasons'))
    score = theirs.get('score', {})
    yield from differ(name + ' score', ours['score'], score, sorted(ours['score'].keys() | score.keys()), other)
    a, b = (set(map(normal, side.get('rows', ['none']))) for side in (ours, theirs))
    if a != b:
        yield '%s rows: only in %s %s, only found %s' % (name, other, sorted(a - b), sorted(b - a))


def compare(ours, theirs, other='truth', reasons=False):
    """Readable differences between what must be and what was found."""
    given = theirs.get('duties', {})
    for name in sorted(ours['duties'].keys() | given.keys()):
        if name not in given or name not in ours['duties']:
            yield '%s: %s' % (name, 'missing' if name not in given else 'not in ' + other)
        else:
            yield from compare_duty(name, ours['duties'][name], given[name], reasons, other)
    yield from differ('score', ours['score'], theirs.get('score', {}), ('full', 'got'), other)


def found(args, folder, out, year=None):
    command = [args.zeren, 'try', folder, '--scheme', args.scheme, '--out', out]
    if year:
        command += ['--year', str(year)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors='replace', timeout=300)
        if run.returncode not in (0, 1):
            return None, ['exit status %d: %s' % (run.returncode, (run.stderr or run.stdout).strip())]
        with open(os.path.join(out, 'status.json'), encoding='utf-8') as file:
            return json.load(file), []
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return None, [str(error)]


def truth_of(case):
    with open(os.path.join(case, 'truth.json'), encoding='utf-8') as file:
        return json.load(file)


def test(args):
    score, truth = Score(), truth_of(args.case)
    score.note('recount against truth.json',
               list(compare(truth, recount_duties.Duties(args.case).all(), reasons=True)))
    if args.self_test:
        return score.end()
    with tempfile.TemporaryDirectory(dir=os.environ.get('ZEREN_TMP')) as temporary:
        out = os.path.join(temporary, 'out')
        given, problems = found(args, args.case, out)
        score.note('the case itself', problems or list(compare(truth, given, reasons=True)))
        for seed in range(args.first, args.first + args.seeds):
            folder = os.path.join(temporary, 'seed%d' % seed)
            year = year_for(seed, recount.year_of(args.case))
            perturb.perturb(seed, args.case, folder, year, is_plain(seed))
            given, problems = found(args, folder, out)
            if not problems:
                problems = list(compare(recount_duties.Duties(folder).all(), given, 'recount'))
            score.note('seed %d: perturb.py %d IN OUT%s%s' % (
                seed, seed, ' --year %d' % year if year else '', ' --plain' if is_plain(seed) else ''), problems)
            if problems and args.keep:
                shutil.copytree(folder, os.path.join(args.keep, 'seed%d' % seed), dirs_exist_ok=True)
            shutil.rmtree(folder)
            shutil.rmtree(out, ignore_errors=True)
    return score.end()


def main():
    parser = argparse.ArgumentParser(description="Hold Zeren's duties against truth.json and the recount.")
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren')))
    example = os.path.join(ROOT, 'examples', 'district-office-2022')
    parser.add_argument('--scheme', default=os.path.join(example, 'scheme.yaml'))
    parser.add_argument('--case', default=example)
    parser.add_argument('--seeds', type=int, default=20)
    parser.add_argument('--from', dest='first', type=int, default=1, metavar='K')
    parser.add_argument('--keep', metavar='DIR', help='copy the folders that fail there')
    parser.add_argument('--self', dest='self_test', action='store_true')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    sys.exit(test(args))


if __name__ == '__main__':
    main()
