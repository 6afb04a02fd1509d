"""The records of a figure's parts, over both examples.

    test_parts.py [--zeren PATH]

Every part (a member of a map or list, a part of parts) is asked for by its name. Its rows are among those of its
figure; a map that shares records out has disjoint parts that are together the whole; a count counts its rows; a share
opens what is shared out. Some are held against rows counted from the registers by hand (truth.json).
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from test_import import ROOT, Score

# Maps whose parts share their figure's records out: each record stands in one.
SHARED = {
    'district-office-2022': [
        'submissions.by_month', 'documents.systems_issued', 'adopted.party_journal_by_theme', 'assessment.weights',
        'risks.open_by_level.end', 'risks.open_by_level.mid', 'problems.end/by_source', 'problems.mid/by_source'],
    'riverside-school-2024': []}
# Parts that count records or slots: as many rows as the number says, but for slots that share a record.
COUNTS = {
    'district-office-2022': [
        'topic_twentieth/室务会', 'topic_twentieth/中心组', 'topic_twentieth/支部和夜学', 'warnings/issued',
        'warnings/closed_in_limit', 'problems.end/found', 'problems.end/closed', 'problems.end/open',
        'problems.carried_over/total', 'risks.updates/entries', 'training.topic.保密/sessions',
        'meetings.attendance.all/rows_without_figures'],
    'riverside-school-2024': ['hazards/found', 'hazards/closed']}
# A share and what is shared out.
SHARES = {
    'district-office-2022': [
        ('warnings/rate_pct', 'warnings/closed_in_limit'), ('problems.end/closure_rate_pct', 'problems.end/closed'),
        ('risks.reviews/rate_pct', 'risks.reviews/done'), ('first_topic/rate_pct', 'first_topic/with')],
    'riverside-school-2024': [('hazards/closure_rate_pct', 'hazards/closed')]}
# Part -> a figure of truth.json with the same records.
SAME = {
    'district-office-2022': {
        'topic_twentieth/周例会': 'weekly.twentieth',
        'study.five_forms/研讨学': 'study.form.研讨'},
    'riverside-school-2024': {}}


def parts(name, value):
    """Names of all parts below a value."""
    members = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    for key, member in members:
        part = '%s/%s' % (name, key)
        yield part
        if not isinstance(value, list) or isinstance(member, (dict, list)):
            yield from parts(part, member)


def run(zeren, *args):
    result = subprocess.run([zeren, *args], capture_output=True, text=True, timeout=300)
    if result.returncode not in (0, 1):
        raise OSError('%s: exit status %d: %s' % (args[0], result.returncode, result.stderr.strip()))
    return result.stdout


def rows_of(all_of, name, seen=()):
    """The rows of a figure or part, or of those that it follows from."""
    entry = all_of[name]
    rows = set(entry.get('rows', ()))
    for other in entry.get('from', ()):
        other = next((n for n in (other, other.replace('.', '/', 1)) if n in all_of), None)
        if other and other not in seen:
            rows |= rows_of(all_of, other, (*seen, name))
    return rows


def check(score, case, all_of, names):
    problems = []
    for whole, part in names:
        extra = rows_of(all_of, part) - rows_of(all_of, whole)
        if extra:
            problems.append('%s: %s are not rows of %s' % (part, sorted(extra), whole))
    score.note('%s: rows of %d parts are rows of their figures' % (case, len(names)), problems)
    problems = []
    for name in SHARED[case]:
        members = [p for p in all_of if p.startswith(name + '/')]
        lists = [all_of[p]['rows'] for p in members]
        together = set().union(*lists)
        if sum(map(len, lists)) != len(together):
            problems.append('%s: a record stands in two parts' % name)
        if together != set(all_of[name]['rows']):
            problems.append('%s: its parts are not the whole' % name)
    score.note('%s: parts that share out' % case, problems)
    problems = ['%s is %s and has %d rows' % (p, all_of[p]['value'], len(all_of[p]['rows']))
                for p in COUNTS[case] if all_of[p]['value'] != len(all_of[p]['rows'])]
    score.note('%s: counts' % case, problems)
    problems = ['%s: other rows than %s' % pair for pair in SHARES[case]
                if rows_of(all_of, pair[0]) != rows_of(all_of, pair[1])]
    problems += ['%s: other rows than %s' % (part, whole) for part, whole in SAME[case].items()
                 if rows_of(all_of, part) != rows_of(all_of, whole)]
    score.note('%s: shares' % case, problems)


def main():
    parser = argparse.ArgumentParser(description='Hold the rows of parts of figures against their figures.')
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren')))
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    score = Score()
    for case in SHARED:
        folder = os.path.join(ROOT, 'examples', case)
        with tempfile.TemporaryDirectory() as temporary:
            data = os.path.join(temporary, 'data')
            run(args.zeren, 'init', data, '--org', os.path.join(folder, 'org.json'),
                '--scheme', os.path.join(folder, 'scheme.yaml'))
            run(args.zeren, 'import', folder, '--data', data, '--accept', '--partial')
            all_of = json.loads(run(args.zeren, 'figure', '--json', '--data', data))
            names = [(name, p) for name, entry in all_of.items() for p in parts(name, entry['value'])]
            asked = json.loads(run(args.zeren, 'figure', '--json', '--data', data, *(p for _, p in names)))
        missing = [p for _, p in names if p not in asked]
        score.note('%s: every part has a name' % case, missing)
        check(score, case, {**all_of, **asked}, [n for n in names if n[1] in asked])
    sys.exit(score.end())


if __name__ == '__main__':
    main()
