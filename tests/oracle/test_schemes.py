"""The shipped schemes, held against the catalogue of duties that schemes/mapping.tsv maps.

    test_schemes.py [--zeren PATH] [--only SCHEME] [DUTY…]

Every duty of the catalogue stands in the mapping, each duty it names is in its scheme, every form of cadence and of
owner is used. Each scheme loads, as a file and by its name, and an office of all kinds of units and posts
(tests/cases/offices/generic) evaluates it for a year without records: no slot of it is met, and each duty either owes
something or waits for what its records bring. Then each duty alone is given the records of schemes_met.txt, and just
so many of its slots are met as that file says. Words of records and fields keep to the scope rule.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

from test_import import ROOT, Score

YEAR = 2024
SCHEMES = os.path.join(ROOT, 'schemes')
ORG = os.path.join(ROOT, 'tests', 'cases', 'offices', 'generic', 'org.json')
MET = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'schemes_met.txt')
SHARED = {'common', 'common-records'}
CADENCES = ['C%d' % i for i in range(1, 25)]
OWNERS = ['O%d' % i for i in range(1, 13)]
CATALOGUE = ['D%02d' % i for i in range(1, 93)]
# Needs that owe nothing until a record arises or stands in a register.
WAITS = re.compile(r'\bwhen:|for_each: \{of:|\bholds:')
# What no record or field of a shipped scheme may be called (tests/unit/test_scope.c holds more of them).
BANNED = ['言论', '发言内容', '发言', '聊天', '信仰', '宗教', '定位', '轨迹', '行踪', '思想动态', '舆情', '网民', '观点', '情绪', '姓名', '身份证',
          '手机', '微信群', '信访人', '举报人', '上访', '重点人员', '积分', '点赞', '浏览']


def run(zeren, *args, ok=(0,)):
    result = subprocess.run([zeren, *args], capture_output=True, text=True, timeout=120)
    if result.returncode not in ok:
        raise OSError('%s: exit status %d: %s' % (' '.join(args[:3]), result.returncode, result.stderr.strip()))
    return result.stdout


def read_mapping():
    rows = []
    with open(os.path.join(SCHEMES, 'mapping.tsv'), encoding='utf-8') as f:
        for line in f:
            if not line.startswith('#'):
                d, scheme, duties, cadence, owner, note = line.rstrip('\n').split('\t')
                rows.append((d, scheme, duties.split(','), cadence.split(','), owner.split(','), note))
    return rows


def read_duties(scheme):
    """Text of each duty by its id, as it stands in the file."""
    with open(os.path.join(SCHEMES, scheme + '.yaml'), encoding='utf-8') as f:
        text = f.read()
    part = re.search(r'^duties:\n(.*?)(?=^\S)', text, re.M | re.S)
    pieces = re.split(r'^  - id: (\S+)\n', part[1], flags=re.M) if part else ['']
    return dict(zip(pieces[1::2], pieces[2::2]))


def read_met():
    """scheme -> duty -> (slots met, [arguments of record add])."""
    table, scheme, duty = {}, None, None
    with open(MET, encoding='utf-8') as f:
        for line in f:
            words = shlex.split(line, comments=True)
            if not words:
                continue
            if words[0] == '==':
                scheme = table.setdefault(words[1], {})
            elif not line.startswith(' '):
                duty = scheme[words[0]] = (int(words[1]), [])
            else:
                times = int(words.pop(0)[:-1]) if re.fullmatch(r'\d+x', words[0]) else 1
                for n in range(1, times + 1):
                    duty[1].append([w.replace('{n}', '%02d' % n) for w in words])
    return table


def new_office(zeren, scheme, folder):
    data = os.path.join(folder, 'data')
    run(zeren, 'init', data, '--org', ORG, '--scheme', os.path.join(SCHEMES, scheme + '.yaml'))
    return data


def status(zeren, data):
    on = '%d-12-31' % YEAR
    answer = json.loads(run(zeren, 'status', '--json', '--year', str(YEAR), '--on', on, '--data', data))
    return {duty: entry['at'][on] for duty, entry in answer.items()}


def check_mapping(score, rows, duties):
    problems = ['%s is not mapped' % d for d in CATALOGUE if d not in [r[0] for r in rows]]
    problems += ['%s is no duty of the catalogue' % r[0] for r in rows if r[0] not in CATALOGUE]
    for d, scheme, named, *_ in rows:
        if scheme not in duties:
            problems.append('%s: no scheme %s' % (d, scheme))
            continue
        problems += ['%s: %s has no duty %s' % (d, scheme, one) for one in named if one not in duties[scheme]]
    score.note('every duty of the catalogue is expressed by duties that exist', problems)
    score.note('every mapping says how in a sentence', [r[0] for r in rows if len(r[5].split()) < 5 or r[5][-1] != '.'])
    for title, at, all_of in (('cadence', 3, CADENCES), ('owner', 4, OWNERS)):
        used = {form for r in rows for form in r[at]}
        score.note('every form of %s is used' % title,
                   ['%s is not used' % form for form in all_of if form not in used]
                   + ['%s is none' % form for form in sorted(used - set(all_of))])


def check_load(score, zeren, schemes):
    for scheme in schemes:
        problems = []
        for name in (os.path.join(SCHEMES, scheme + '.yaml'),):
            try:
                run(zeren, 'scheme', 'check', name)
            except OSError as error:
                problems.append(str(error))
        score.note('%s loads' % scheme, problems)
    try:
        listed = run(zeren, 'scheme', 'list', '--lang', 'en')
        score.note('every scheme is compiled in', [s for s in schemes if not re.search(r'^%s\b' % s, listed, re.M)])
    except OSError as error:
        score.note('every scheme is compiled in', [str(error)])


def check_words(score):
    for name in sorted(os.listdir(SCHEMES)):
        if not name.endswith('.yaml'):
            continue
        with open(os.path.join(SCHEMES, name), encoding='utf-8') as f:
            text = re.sub(r'(^|\s)#.*', '', f.read())
        part = re.search(r'^records:\n.*?(?=^duties:|^figures:|\Z)', text + '\n', re.M | re.S)
        score.note('%s: names of records, fields and columns' % name,
                   [word for word in BANNED if part and word in part[0]])


def check_empty(score, zeren, scheme, duties):
    """A year without records."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            at = status(zeren, new_office(zeren, scheme, folder))
        except OSError as error:
            return score.note('%s: a year without records' % scheme, [str(error)])
    for duty, text in duties.items():
        if duty not in at:
            problems.append('%s: no status' % duty)
        elif at[duty]['met'] or at[duty]['late']:
            problems.append('%s: met without records' % duty)
        elif not at[duty]['required_year'] and not WAITS.search(text):
            problems.append('%s: owes nothing and waits for nothing' % duty)
    score.note('%s: a year without records' % scheme, problems)


def meet(zeren, scheme, duty, want, records):
    """What is wrong, or None."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            data = new_office(zeren, scheme, folder)
            for words in records:
                run(zeren, 'record', 'add', *words, '--year', str(YEAR), '--data', data)
            got = status(zeren, data)[duty]
        except (OSError, KeyError) as error:
            return '%s: %s' % (duty, error)
    if got['met'] != want:
        return '%s: %d slots met, not %d: %s' % (duty, got['met'], want, got['reasons'])
    return None


def check_met(score, zeren, scheme, duties, table, only):
    missing = ['%s: no records in %s' % (duty, os.path.basename(MET)) for duty in duties if duty not in table]
    missing += ['%s: no such duty' % duty for duty in table if duty not in duties]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(meet, zeren, scheme, duty, *entry) for duty, entry in table.items()
                if duty in duties and (not only or duty in only)]
        problems = [job.result() for job in jobs]
    score.note('%s: each duty is met by its records' % scheme, missing + [p for p in problems if p])


def main():
    parser = argparse.ArgumentParser(description='Hold the shipped schemes against the catalogue of duties.')
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren')))
    parser.add_argument('--only', help='one scheme')
    parser.add_argument('duties', nargs='*')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    score = Score()
    names = sorted(n[:-5] for n in os.listdir(SCHEMES) if n.endswith('.yaml'))
    schemes = [n for n in names if n not in SHARED and args.only in (None, n)]
    duties = {scheme: read_duties(scheme) for scheme in names}
    table = read_met()
    if not args.only:
        check_mapping(score, read_mapping(), duties)
        check_load(score, args.zeren, names)
        check_words(score)
    for scheme in schemes:
        if not args.duties:
            check_empty(score, args.zeren, scheme, duties[scheme])
        check_met(score, args.zeren, scheme, duties[scheme], table.get(scheme, {}), args.duties)
    sys.exit(score.end())


if __name__ == '__main__':
    main()
