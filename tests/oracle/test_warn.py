"""Warnings of the example office, told again day by day from what the program says of slots and registers.

    test_warn.py [--zeren PATH] [--days N] [--keep DIR]

Written without looking at the C. On N days of the year every value and colour is worked out from `zeren status DUTY` and
`zeren register`; since when, how often, in a row and what went unanswered from the lists of all 365 days; the backtest
from those lists and from what became of each slot by the end of the year.
"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASE = ROOT / 'examples/district-office-2022'
FIRST, LAST = datetime.date(2022, 1, 1), datetime.date(2022, 12, 31)
DAYS = [FIRST + datetime.timedelta(i) for i in range(365)]
GRAVE = ['', 'green', 'blue', 'yellow', 'orange', 'red']
PACE, ROW = ['A08', 'A22', 'A21'], ['A05', 'A17', 'A18', 'A21']

Slot = collections.namedtuple('Slot', 'duty label owner due done state')


def date(text):
    return datetime.date.fromisoformat(text) if text else None


class Zeren:
    def __init__(self, program, data):
        self.program, self.data = program, data

    def __call__(self, *args):
        done = subprocess.run([self.program, *map(str, args), '--data', self.data, '--lang', 'en'], capture_output=True,
                              text=True, check=False)
        if done.returncode:
            sys.exit('zeren %s: %s%s' % (' '.join(map(str, args)), done.stdout, done.stderr))
        return done.stdout


# ---- what the program says of slots and registers ----------------------------------------------------------------

def cells(line, widths):
    """A line of a table, cut by display width."""
    out, at = [], 0
    for width in widths:
        cell, used = '', 0
        while at < len(line) and used < width:
            used += 2 if unicodedata.east_asian_width(line[at]) in 'WF' else 1
            cell += line[at]
            at += 1
        out.append(cell.strip())
        at += 2
    return out


def slots_of(zeren, duty, on):
    lines = zeren('status', duty, '--on', on).rstrip('\n').split('\n')
    widths = [len(mark) for mark in lines[2].split('  ')] if len(lines) > 2 else []
    out = []
    for line in lines[3:]:
        label, owner, due, done, state = cells(line, widths)[:5]
        out.append(Slot(duty, label, owner, date(due), date(done), state))
    return out


def records(zeren, kind, on):
    return [json.loads(line)['fields'] for line in
            zeren('register', kind, '--on', on, '--limit', 0, '--json').splitlines()]


# ---- values and colours of a day -----------------------------------------------------------------------------------

def worst(value, bands):
    """bands: (what must hold, colour)."""
    colours = [colour for holds, colour in bands if holds(value)]
    return max(colours, key=GRAVE.index, default='')


def pace_colour(points):
    return worst(points, [(lambda v: v >= 10, 'yellow'), (lambda v: v >= 30, 'red')])


def near_colour(days):
    return worst(days, [(lambda v: v <= 15, 'blue'), (lambda v: v <= 5, 'yellow')])


def over_colour(days):
    return worst(days, [(lambda v: v >= 1, 'yellow'), (lambda v: v >= 15, 'red')])


def floor3(x):
    """Thousandths, rounded down."""
    return Fraction(x * 1000 // 1, 1000)


def expected_slots(slots, on):
    """near, over: (rule, owner, due) → [(colour, value)] of a duty's slots."""
    out = collections.Counter()
    for s in slots:
        if s.state not in ('missed', 'pending'):
            continue
        left = (s.due - on).days
        rule, days = ('near', left) if left > 0 else ('over', -left)
        colour = near_colour(days) if left > 0 else over_colour(days)
        if colour:
            out[rule, s.duty, s.owner, str(s.due), colour, Fraction(days)] += 1
    return out


def expected_pace(slots, on):
    out = collections.Counter()
    for owner in {s.owner for s in slots}:
        mine = [s for s in slots if s.owner == owner]
        done = sum(s.state in ('met', 'late') for s in mine)
        if done == len(mine):
            continue
        gap = floor3(Fraction(100 * ((on - FIRST).days + 1), 365) - Fraction(100 * done, len(mine)))
        if pace_colour(gap):
            out['pace', mine[0].duty, owner, '', pace_colour(gap), gap] += 1
    return out


def expected_row(slots, on):
    out = collections.Counter()
    run = 0
    for s in sorted((s for s in slots if s.due <= on), key=lambda s: s.due, reverse=True):
        if s.state != 'missed':
            break
        run += 1
    colour = worst(run, [(lambda v: v >= 1, 'yellow'), (lambda v: v >= 3, 'red')])
    if colour:
        out['row', slots[0].duty, slots[0].owner, '', colour, Fraction(run)] += 1
    return out


def expected_findings(problems, on):
    out = collections.Counter()
    for p in problems:
        due, closed = date(p.get('extended') or p.get('limit')), date(p.get('closed'))
        if not due or (closed and closed <= on):
            continue
        left = (due - on).days
        if 0 < left <= 10:
            out['finding', '', p.get('owner', ''), str(due), 'blue', Fraction(left)] += 1
        if left < 0:
            out['findover', '', p.get('owner', ''), str(due), 'red', Fraction(-left)] += 1
    return out


PERIODS = {'每月': 1, '每季度': 3, '每半年': 6, '每年': 12}


def whole_period_after(day, months):
    """The last day of the period after the one that the day lies in."""
    at = day.year * 12 + (day.month - 1) // months * months + 2 * months
    return datetime.date(at // 12, at % 12 + 1, 1) - datetime.timedelta(1)


def review_due(risk, updates, on):
    """Last day of the first whole period after the last review, or the registration; None when none is owed."""
    mine = [u for u in updates if u['no'] == risk['no'] and date(u['date']) <= on]
    closed = date(risk.get('closed')) or next((date(u['date']) for u in mine if u['what'] == '化解'), None)
    reviews = [date(u['date']) for u in mine if u['what'] in ('复核', '等级调整')]
    if (closed and closed <= on) or not risk.get('registered') or date(risk['registered']) > on:
        return None
    months = PERIODS.get(risk.get('review'))
    return months and whole_period_after(max(reviews, default=date(risk['registered'])), months)


def expected_reviews(risks, updates, on):
    out = collections.Counter()
    for risk in risks:
        due = review_due(risk, updates, on)
        if due and due < on:
            out['review', '', risk.get('owner', ''), str(due), 'orange', Fraction((on - due).days)] += 1
    return out


def expected_rate(zeren, on):
    text = zeren('figure', 'problems.end/closure_rate_pct', '--on', on, '--json')
    value = find_value(json.loads(text))
    out = collections.Counter()
    if value is not None and value <= 80:
        out['rate', '', '', '', 'yellow', value] += 1
    return out


def find_value(node):
    if isinstance(node, dict):
        if 'value' in node:
            return None if node['value'] is None else Fraction(str(node['value']))
        return find_value(next(iter(node.values())))
    return None


# ---- what was found ------------------------------------------------------------------------------------------------

def found_on(warnings, rules):
    out = collections.Counter()
    for w in warnings:
        if w['rule'] not in rules:
            continue
        due = w.get('due', '') if w['rule'] not in ('pace', 'row', 'again', 'rate') else ''
        out[w['rule'], w.get('duty', ''), w['owner'], due, w['colour'], Fraction(str(w['value']))] += 1
    return out


class Report:
    def __init__(self):
        self.checks, self.bad = 0, []

    def same(self, what, ours, theirs):
        self.checks += 1
        if ours != theirs:
            self.bad.append('%s: by the oracle %s, found %s' % (what, ours, theirs))

    def counters(self, what, ours, theirs):
        self.checks += len(ours) + 1
        for side, more in (('only by the oracle', ours - theirs), ('only found', theirs - ours)):
            for key in more:
                self.bad.append('%s: %s %s' % (what, side, key))


def check_day(zeren, day, duties, listed, report):
    ours = collections.Counter()
    for duty in duties:
        slots = slots_of(zeren, duty, day)
        if not slots:
            continue
        ours += expected_slots(slots, day)
        if duty in PACE:
            ours += expected_pace(slots, day)
        if duty in ROW:
            ours += expected_row(slots, day)
    ours += expected_findings(records(zeren, 'problem', day), day)
    ours += expected_reviews(records(zeren, 'risk', day), records(zeren, 'risk_update', day), day)
    ours += expected_rate(zeren, day)
    rules = {'near', 'over', 'pace', 'row', 'finding', 'findover', 'review', 'rate'}
    report.counters('on %s' % day, ours, found_on(listed[day], rules))


# ---- from the lists of all days ------------------------------------------------------------------------------------

def strips(listed):
    """(rule, object) → colour on each day, the warning on each day."""
    out = collections.defaultdict(dict)
    for day in DAYS:
        for w in listed[day]:
            out[w['rule'], w['object']][day] = w
    return out


def year_file(year):
    """Days off and days worked of a year, by calendars/."""
    path = ROOT / ('calendars/china-%d.yaml' % year)
    text = path.read_text('utf-8') if path.exists() else ''
    off, _, worked = text.partition('working_days:')
    return [{datetime.date.fromisoformat(d) for d in re.findall(r'\b\d{4}-\d\d-\d\d\b', part.partition('holidays:')[2] or part)
             if d.startswith(str(year))} for part in (off, worked)]


FILES = {year: year_file(year) for year in (2022, 2023)}


def works(day):
    off, worked = FILES[day.year]
    return day in worked or (day not in off and day.isoweekday() <= 5)


def working_after(day, n):
    while n:
        day += datetime.timedelta(1)
        n -= works(day)
    return day


def limit_of(rule, colour, since):
    limits = {('near', 'blue'): working_after(since, 5), ('near', 'yellow'): since + datetime.timedelta(3),
              ('over', 'yellow'): working_after(since, 3), ('review', 'orange'): since + datetime.timedelta(5)}
    return limits.get((rule, colour))


def check_since(strip, report):
    """since, first, the limit and its state, by the days before."""
    for (rule, thing), days in strip.items():
        first = since = None
        before = None
        for day in DAYS:
            w = days.get(day)
            if not w:
                first = since = before = None
                continue
            if before is None:
                first = day
            if before is None or before['colour'] != w['colour']:
                since = day
            before = w
            limit = limit_of(rule, w['colour'], since)
            where = '%s %s on %s' % (rule, thing, day)
            report.same(where + ' since', str(since), w['since'])
            report.same(where + ' first', str(first), w['first'])
            report.same(where + ' limit', str(limit or ''), w.get('limit', ''))
            report.same(where + ' state', 'lapsed' if limit and limit < day else 'open', w['state'])


def check_silent(strip, report):
    """Without any answer: every day after the limit of an `over` that has one."""
    for day in DAYS:
        ours = collections.Counter()
        for (rule, thing), days in strip.items():
            w = days.get(day)
            if rule == 'over' and w and w.get('limit') and date(w['limit']) < day:
                ours[thing, 'orange', Fraction((day - date(w['limit'])).days)] += 1
        theirs = collections.Counter((w['object'], w['colour'], Fraction(str(w['value'])))
                                     for (rule, _), days in strip.items() if rule == 'silent'
                                     for w in [days.get(day)] if w)
        report.counters('silent on %s' % day, ours, theirs)


def check_again(strip, report):
    """Twice yellow or worse in one series (duty, owner, object), while one of it still is."""
    series = collections.defaultdict(list)
    for (rule, thing), days in strip.items():
        if rule == 'over':
            series['|'.join(thing.split('|')[:3])].append(days)
    for day in DAYS:
        ours = collections.Counter()
        for name, many in series.items():
            turns = sum(d in days and d - datetime.timedelta(1) not in days
                        for days in many for d in DAYS[:(day - FIRST).days + 1])
            if turns >= 2 and any(day in days for days in many):
                ours[name, 'orange', Fraction(turns)] += 1
        theirs = collections.Counter((w['object'], w['colour'], Fraction(str(w['value'])))
                                     for (rule, _), days in strip.items() if rule == 'again'
                                     for w in [days.get(day)] if w)
        report.counters('again on %s' % day, ours, theirs)


# ---- backtest ------------------------------------------------------------------------------------------------------

def judge(ends, warned):
    """ends: (key, due, bad); warned: key → days warned on, one list a thing."""
    out = {'objects': 0, 'bad': 0, 'before': 0, 'after': 0, 'never': 0, 'good': 0, 'false_alarms': 0, 'leads': []}
    for key, due, bad in ends:
        first = warned(key)
        out['objects'] += 1
        out['bad' if bad else 'good'] += 1
        if not bad:
            out['false_alarms'] += first is not None
        elif first is None:
            out['never'] += 1
        elif first < due:
            out['before'] += 1
            out['leads'].append((due - first).days)
        else:
            out['after'] += 1
    out['leads'].sort()
    return out


def check_backtest(zeren, duties, strip, report):
    slots = {duty: slots_of(zeren, duty, LAST) for duty in duties}
    titles = {duty: d['name'] for duty, d in json.loads(zeren('status', '--json')).items()
              if isinstance(d, dict) and 'name' in d}
    found = {r['rule']: r for r in json.loads(zeren('warn', 'backtest', '--json'))['rules']}
    firsts = collections.defaultdict(list)   # rule, title, owner, due → first days
    for (rule, thing), days in strip.items():
        w = days[min(days)]
        firsts[rule, w['title'], w['owner'], w.get('due', '')].append(min(days))
    for rule in ('near', 'over'):
        left = {key: sorted(days) for key, days in firsts.items()}
        ends = [((rule, '%s %s %s' % (s.duty, titles[s.duty], s.label), s.owner, str(s.due)), s.due,
                 s.state in ('late', 'missed', 'pending'))
                for duty in duties for s in slots[duty] if FIRST <= s.due <= LAST]

        def warned(key, left=left):
            return left[key].pop(0) if left.get(key) else None
        ours = judge(ends, warned)
        report.same('backtest ' + rule, ours, {key: found[rule][key] for key in ours})
    ends = []
    for duty in PACE:
        for owner in {s.owner for s in slots[duty]}:
            mine = [s for s in slots[duty] if s.owner == owner and FIRST <= s.due <= LAST]
            bad = [s.due for s in mine if s.state in ('late', 'missed')]
            if mine:
                ends.append((('pace', '%s|%s' % (duty, owner)), min(bad, default=None), bool(bad)))
    ours = judge(ends, lambda key: min(strip[key]) if key in strip else None)
    report.same('backtest pace', ours, {key: found['pace'][key] for key in ours})
    ends = []
    for p in records(zeren, 'problem', LAST):
        due, closed = date(p.get('extended') or p.get('limit')), date(p.get('closed'))
        if due and FIRST <= due <= LAST:
            ends.append((('finding', 'problem|' + p['no']), due, not closed or closed > due))
    ours = judge(ends, lambda key: min(strip[key]) if key in strip else None)
    report.same('backtest finding', ours, {key: found['finding'][key] for key in ours})
    for rule in found:
        report.same('warned ' + rule, len({thing for r, thing in strip if r == rule}), found[rule]['warned'])
    return found


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--zeren', default=os.environ.get('ZEREN', str(ROOT / 'build/zeren')))
    args.add_argument('--days', type=int, default=14)
    args.add_argument('--keep')
    args = args.parse_args()
    folder = args.keep or tempfile.mkdtemp()
    report = Report()
    try:
        zeren = Zeren(args.zeren, os.path.join(folder, 'data'))
        scheme = pathlib.Path(folder) / 'scheme.yaml'
        text = (CASE / 'scheme.yaml').read_text('utf-8')
        scheme.write_text(text.replace('督办, to: owner, limit: 10 working days', '督办, to: owner, limit: 3 working days'),
                          'utf-8')
        if not os.path.exists(zeren.data):
            zeren('init', '--org', CASE / 'org.json', '--scheme', scheme)
            subprocess.run([args.zeren, 'import', str(CASE), '--accept', '--partial', '--data', zeren.data],
                           capture_output=True, check=False)
        duties = list(json.loads(zeren('status', '--json', '--on', LAST)))
        listed = {day: json.loads(zeren('warn', '--json', '--on', day))['warnings'] for day in DAYS}
        for day in [DAYS[i] for i in range(3, 365, max(365 // args.days, 1))] + [LAST]:
            check_day(zeren, day, duties, listed, report)
        strip = strips(listed)
        check_since(strip, report)
        check_silent(strip, report)
        check_again(strip, report)
        found = check_backtest(zeren, duties, strip, report)
        near = statistics.median(found['near']['leads'])
        print('%d comparisons, %d differences; %d warnings in 365 lists; near: median lead %g days' % (
            report.checks, len(report.bad), sum(map(len, listed.values())), near))
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)
    for line in report.bad[:40]:
        print('differs: ' + line)
    sys.exit(bool(report.bad))


if __name__ == '__main__':
    main()
