"""Random duties, held against the duty engine slot by slot.

    slots_oracle.py DRIVER [--n N] [--all] [--seed S] [--one SEED] [--show]

DRIVER is duty_driver of the build (tests/unit/duty_driver.c). Each duty is evaluated here by a slow walk from
day to day, written from the design's "Meaning, fixed" and docs/scheme.md without a look at the engine: each with
records over three years in 1990-2100, in each of these years, on days chosen at random. Counts, status, score,
and the slots' owner, due day, day done and state must be the same. A case depends on its seed alone; one that
differs is made smaller (records, needs, days) before it is shown.
--n 2000 is the ordinary run, --all 20,000.
"""
import argparse
import calendar
import collections
import functools
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(1)
WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
RECORDS = {
    'ev': {'about': 'meeting', 'title': 'Events', 'fields': {
        'date': 'date', 'kind': 'choice', 'unit': 'unit', 'lead': 'post', 'hours': 'number', 'flag': 'flag',
        'ref': 'text'}},
    'pe': {'about': 'submission', 'title': 'Reports of a period', 'fields': {
        'date': 'date', 'month': {'type': 'period', 'per': 'month'}, 'quarter': {'type': 'period', 'per': 'quarter'},
        'half': {'type': 'period', 'per': 'half'}, 'year': {'type': 'period', 'per': 'year'}, 'kind': 'choice',
        'hours': 'number'}},
    'mo': {'about': 'meeting', 'title': 'Months', 'fields': {
        'month': {'type': 'period', 'per': 'month'}, 'times': 'count', 'done': 'count', 'kind': 'choice'}},
    'ob': {'about': 'risk', 'title': 'Objects', 'fields': {
        'no': 'text', 'date': 'date', 'kind': 'choice', 'review': 'choice', 'closed': 'date', 'until': 'date',
        'owner': 'post'},
        'track': {'closed': {'from': 'up', 'key': 'ref', 'own': 'no', 'where': {'what': 'close'}, 'to': 'date'}}},
    'up': {'about': 'risk', 'title': 'Changes', 'fields': {
        'date': 'date', 'ref': 'text', 'what': 'choice', 'lead': 'post'}},
    'dn': {'about': 'inspection', 'title': 'Occasions', 'fields': {
        'date': 'date', 'no': 'text', 'kind': 'choice', 'found': 'count', 'feedback': 'date', 'notice': 'text',
        'flag': 'flag'}},
}
SCHEME = {'zeren': 1, 'scheme': 'random', 'title': 'Random duties', 'office': {'nights': 'calendar', 'ways': 'forms'},
          'roles': {'member': 'team member'}, 'records': RECORDS, 'figures': {'rate': {'count': 'ev'}}}
WORDS = {'monthly': 'month', 'quarterly': 'quarter', 'half-yearly': 'half', 'yearly': 'year', 'weekly': 'week'}


# ---- days and periods

@functools.lru_cache(None)
def key_of(span, day):
    """The period that a day lies in, as something that is the same for each of its days."""
    words = span.split()
    if span == 'year':
        return day.year
    if span == 'half':
        return day.year, day.month > 6
    if span == 'quarter':
        return day.year, (day.month - 1) // 3
    if span == 'month':
        return day.year, day.month
    if span == 'xun':       # the third to the end of the month
        return day.year, day.month, 1 if day.day <= 10 else 2 if day.day <= 20 else 3
    if span == 'week':
        return day - timedelta(day.weekday())
    if span == 'day':
        return day
    if words[1] == 'months':    # counted from January of each year
        return day.year, (day.month - 1) // int(words[0])
    n, base = int(words[0]), int(words[3])
    return (day.year - base) // n


@functools.lru_cache(None)
def periods(span, year):
    """[(first, last)] of the periods owed in a year: those that end in it, weeks by their Thursday."""
    reach = 13 if 'years' in span else 1
    day, end = date(year - reach, 1, 1), date(year + reach, 12, 31)
    found, first = [], day
    while day < end:
        if key_of(span, day) != key_of(span, day + DAY):
            of = first + 3 * DAY if span == 'week' else day
            if of.year == year and (first.year, first.month, first.day) != (year - reach, 1, 1):
                found.append((first, day))
            first = day + DAY
        day += DAY
    return found


def day_ref(text, year, on):
    """A day as a scheme writes it."""
    if text == 'on':
        return on
    if text in ('year_start', 'year_end'):
        return date(year, 1, 1) if text == 'year_start' else date(year, 12, 31)
    shift = {'next': 1, 'last': -1}.get(text.split()[0], 0)
    text = text.split()[-1]
    if len(text) == 10:
        return date.fromisoformat(text)
    month, day = map(int, text.split('-'))
    return date(year + shift, month, min(day, calendar.monthrange(year + shift, month)[1]))


def period_last(text):
    """The last day of 2022, 2022H1, 2022Q3, 2022-05."""
    year = int(text[:4])
    month = {'': 12, 'H': int(text[5:] or 0) * 6, 'Q': int(text[5:] or 0) * 3, '-': int(text[5:] or 0)}[text[4:5]]
    return date(year, month, calendar.monthrange(year, month)[1])


def iso(text):
    return date.fromisoformat(text) if text else None


# ---- records and sets on a day

class World:
    """What exists on a day, in a year."""

    def __init__(self, case, year, on):
        self.org, self.figures, self.year, self.on = case['org'], case['figures'], year, on
        self.sets = case['duty'].get('sets', {})
        self.rows = collections.defaultdict(list)
        for row in case['records']:
            if self.day(row) <= on:
                self.rows[row['type']].append(row)
        for rows in self.rows.values():
            rows.sort(key=self.day)     # those of one day in the order given

    @staticmethod
    def day(row):
        if row['type'] == 'mo':
            return period_last(row['month'])
        return date.fromisoformat(row['date'])

    def value(self, row, field):
        value = row.get(field)
        if row['type'] == 'ob' and field == 'closed':       # tracked
            for change in self.rows['up']:
                if change['ref'] == row['no'] and change['what'] == 'close':
                    value = change['date']
            if value and date.fromisoformat(value) > self.on:
                return None
        return value

    def fits(self, row, where, owner='', each=()):
        return all(self.holds(row, field, want, owner, each) for field, want in where.items())

    def holds(self, row, field, want, owner, each):
        value = self.value(row, field)
        if isinstance(want, dict):
            (op, than), = want.items()
            if op == 'empty':
                later = field in ('closed', 'until', 'feedback', 'date') and value and iso(value) > self.on
                return (value is None or bool(later)) == (than == 'yes')
            if op == 'other_than':
                return value != than
            return value is not None and {
                'over': lambda a, b: a > b, 'under': lambda a, b: a < b, 'at_least': lambda a, b: a >= b,
                'at_most': lambda a, b: a <= b}[op](Fraction(str(value)), Fraction(str(than)))
        if want == '$owner':
            return value == owner
        if want == '$each':
            return value in each
        if field == 'flag':
            return value is (want == 'yes')
        return value in (want if isinstance(want, list) else [want])

    def take(self, set_, owner='', each=()):
        if isinstance(set_, str):
            set_ = {'in': set_} if set_ in self.sets else {'of': set_}
        if 'in' in set_:        # conditions of both hold
            wide = self.sets[set_['in']]
            inside = self.take(wide, owner, each)
            return [r for r in inside if self.fits(r, set_.get('where', {}), owner, each)]
        found, seen = [], set()
        for row in self.rows[set_['of']]:
            if self.fits(row, set_.get('where', {}), owner, each):
                mark = row.get(set_.get('distinct'))
                if 'distinct' in set_ and mark in seen:
                    continue
                seen.add(mark)
                found.append(row)
        return found


# ---- slots

Slot = collections.namedtuple('Slot', 'owner due done late_counts')


def owners_of(rule, org):
    kind, _, name = rule.partition(':')
    if kind == 'post':
        return [name]
    if rule == 'each member':
        kind, name = 'each post', 'team member'
    if kind == 'each post':
        return [p['name'] for p in org['posts'] if p['role'] == name]
    if kind == 'each unit':
        return [u['name'] for u in org['units'] if u['kind'] == name]
    return ['the office' if rule == 'office' else '']      # everyone: nobody's name


def objects_of(need, rule, world):
    """[(owner, words of $each, the record)] that the slots are opened for."""
    org = world.org
    if 'for_each' not in need:
        return [(owner, (), None) for owner in owners_of(rule, org)]
    found = []
    for what in need['for_each'] if isinstance(need['for_each'], list) else [need['for_each']]:
        if isinstance(what, dict):
            for row in world.take(what):
                by = need['label'][6:] if need.get('label', '').startswith('field:') else 'no'
                owner = row[rule[6:]] if rule.startswith('field:') else owners_of(rule, org)[0]
                found.append((owner, (row[by],), row))
            continue
        kind, _, name = what.partition(':')
        if kind == 'portfolio':
            for post in org['posts']:
                for held in org['portfolios']:
                    on = world.on.isoformat()
                    if (post['name'] in owners_of(rule, org) and held['post'] == post['id']
                            and held.get('from', '') <= on and (not held.get('to') or on <= held['to'])):
                        unit, = [u for u in org['units'] if u['id'] == held['unit']]
                        found.append((post['name'], (unit['name'], unit['short']), None))
        elif kind == 'units':
            for unit in org['units']:
                if unit['kind'] == name:
                    owner = unit['name'] if rule.startswith('each unit:') else owners_of(rule, org)[0]
                    found.append((owner, (unit['name'], unit['short']), None))
        elif kind == 'posts':
            found += [(owners_of(rule, org)[0], (p['name'],), None) for p in org['posts'] if p['role'] == name]
        else:
            words = org[SCHEME['office'].get(name, name)]
            for word in words:
                any_of = tuple(words[word]) if isinstance(words, dict) else (word,)
                found.append((owners_of(rule, org)[0], any_of, None))
    return found


def count_slots(need, world, owner, each, _):
    late, taken = False, world.take(need['take'], owner, each)     # done inside the period
    for first, last in periods(need.get('per', 'year'), world.year):
        inside = [r for r in taken if first <= world.day(r) <= last]
        for i in range(need['count']):
            yield Slot(owner, last, world.day(inside[i]) if i < len(inside) else None, late)


def each_slots(need, world, owner, each, row):
    late, span = False, need['each']    # done inside the period, so never late
    if isinstance(span, dict):
        span = span['words'].get(world.value(row, span['field']))
        if not span:
            return
    if 'period' in need:
        late = True
    start = end = None
    if 'start' in need:
        start = iso(world.value(row, need['start'])) if row else day_ref(need['start'], world.year, world.on)
    if 'end' in need:
        end = iso(world.value(row, need['end'])) if row else day_ref(need['end'], world.year, world.on)
    taken = world.take(need['take'], owner, each)
    for first, last in periods(span, world.year):
        if start and first <= start:        # not the first whole one after it
            continue
        if end and end <= last:             # the period of the end, and those behind it
            continue
        if 'period' in need:
            rows = [r for r in taken if r.get(need['period']) and period_last(r[need['period']]) == last]
        else:
            rows = [r for r in taken if first <= world.day(r) <= last]
        done = enough_on(need.get('enough', 1), rows, world)
        yield Slot(owner, last, in_time(need, done, last), late)


def enough_on(enough, rows, world):
    """The day on which there are enough records, or the sum is reached."""
    have = Fraction(0)
    for row in rows:
        have += 1 if not isinstance(enough, dict) else Fraction(str(row.get(enough['sum'], 0)))
        if have >= Fraction(str(enough['at_least'] if isinstance(enough, dict) else enough)):
            return world.day(row)
    return None


def setting(org, key):
    """[days] of a dotted key; office: may call the first word otherwise."""
    first, *rest = key.split('.')
    at = [org.get(SCHEME['office'].get(first, first))]
    for word in rest:
        at = [x.get(word) for a in at for x in (a if isinstance(a, list) else [a]) if isinstance(x, dict)]
    return [x for a in at if a for x in (a if isinstance(a, list) else [a])]


def bound(need, key, world, default):
    text = need.get(key)
    if not text:
        return default
    if text[0] in 'yo0123456789' or text.split()[0] in ('next', 'last'):
        return day_ref(text, world.year, world.on)
    found = setting(world.org, text)
    return iso(found[0]) if found else default


def on_slots(need, world, owner, each, _):
    names = need['on'] if isinstance(need['on'], list) else [need['on']]
    day, last = bound(need, 'from', world, date(world.year, 1, 1)), bound(need, 'to', world, date(world.year, 12, 31))
    exempt = setting(world.org, need['except']) if 'except' in need else []
    left = world.take(need['take'], owner, each)
    while day <= last:
        if day.year == world.year and WEEKDAYS[day.weekday()] in names and day.isoformat() not in exempt:
            rows = [r for r in left if world.day(r) == day or (
                need.get('window') == 'week' and key_of('week', world.day(r)) == key_of('week', day))]
            if rows:
                left.remove(rows[0])        # a record fills one slot
            yield Slot(owner, day, world.day(rows[0]) if rows else None, need.get('late') == 'counts')
        day += DAY


def by_slots(need, world, owner, each, _):
    due = day_ref(need['by'], world.year, world.on)
    if 'reach' in need:
        reached = due <= world.on and value_on(world.figures, due) >= Fraction(str(need['reach']['at_least']))
        yield Slot(owner, due, due if reached else None, False)
        return
    first = date(min(world.year, due.year), 1, 1)       # records of the year, or of the earlier year it is due in
    if need['by'].startswith('next '):      # up to that day of this year they are the year before's
        first = day_ref(need['by'], world.year - 1, world.on) + DAY
    rows = [r for r in world.take(need['take'], owner, each) if world.day(r) >= first]
    for i in range(need.get('count', 1)):
        done = world.day(rows[i]) if i < len(rows) else None
        yield Slot(owner, due, in_time(need, done, due), True)


def in_time(need, done, due):
    """late: never — what has a due day of its own is not repaired after it."""
    return None if need.get('late') == 'never' and done and done > due else done


def value_on(figure, on):
    value = Fraction(0)
    for day, thousandths in figure:
        if iso(day) <= on:
            value = Fraction(thousandths, 1000)
    return value


def when_slots(need, world, rule):
    late = 'within' in need or need.get('late') == 'counts'     # without a time limit done is done
    for row in world.take(need['when']):
        day = world.day(row)
        if day.year != world.year:
            continue
        owner = row.get(rule[6:]) or '' if rule.startswith('field:') else owners_of(rule, world.org)[0]
        due = day + int(need.get('within', '0d')[:-1]) * DAY
        for i in range(int(row.get(need['times'], 0)) if 'times' in need else 1):
            done = None
            if 'take' in need:
                by = need['label'][6:] if need.get('label', '').startswith('field:') else None
                later = [r for r in world.take(need['take'], owner, (row.get(by),)) if world.day(r) >= day]
                done = world.day(later[0]) if later else None
            elif 'done_times' in need:
                done = day if i < int(row.get(need['done_times'], 0)) else None
            elif 'done' in need and world.fits(row, need['done']):
                done = iso(row.get(need.get('done_on'))) or day
            if done and done > world.on:
                done = None
            yield Slot(owner, due, in_time(need, done, due) if 'within' in need else done, late)


def holds_slots(need, world, owner, each, row):
    until = iso(world.value(row, need['holds']))
    late = need.get('late') == 'counts'
    if not until or until.year > world.year:
        yield Slot(owner, until or date(world.year, 12, 31), world.day(row), late)
        return
    later = []
    if 'take' in need:
        later = [r for r in world.take(need['take'], owner, each) if world.day(r) > world.day(row)]
    yield Slot(owner, until, world.day(later[0]) if later else None, late)


FORMS = [('on', on_slots), ('holds', holds_slots), ('each', each_slots), ('by', by_slots), ('count', count_slots)]


def slots_of(duty, world):
    for need in duty.get('needs') or [duty['need']]:
        rule = need.get('owner', duty['owner'])
        if 'when' in need:
            yield from when_slots(need, world, rule)
            continue
        form = next(f for key, f in FORMS if key in need)
        for owner, each, row in objects_of(need, rule, world):
            yield from form(need, world, owner, each, row)


def state_of(slot, on):
    if slot.done and slot.done <= on:
        return 'late' if slot.late_counts and slot.done > slot.due else 'met'
    return 'missed' if slot.due <= on else 'pending'


# ---- a duty on a day

def half_up(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def evaluate(case, year, on):
    duty, world = case['duty'], World(case, year, on)
    slots = [(slot, state_of(slot, on)) for slot in slots_of(duty, world)]
    n = {state: sum(s == state for _, s in slots) for state in ('met', 'late', 'missed', 'pending')}
    required, passed = len(slots), (on - date(year, 1, 1)).days + 1
    if n['missed']:
        status = 'missed'
    elif n['late']:
        status = 'late'
    elif (duty.get('pace') == 'linear' and on < date(year, 12, 31) and n['pending']
          and n['met'] < half_up(Fraction(required * passed, 365))):
        status = 'at_risk'
    elif required and n['met'] == required:
        status = 'satisfied'
    elif n['met'] or n['late'] or n['missed']:
        status = 'on_track'
    else:
        status = 'not_due'
    return {'year': year, 'on': on.isoformat(), **n, 'required_year': required,
            'required_to_date': required - n['pending'], 'status': status, 'score': score_of(duty, slots, n),
            'slots': sorted([s.owner, s.due.isoformat(), s.done.isoformat() if s.done else '', state]
                            for s, state in slots)}


def score_of(duty, slots, n):
    """In thousandths, got in tens of them; the share of 10,000."""
    points = Fraction(str(duty.get('points', 0)))
    if 'score' in duty:
        rule = duty['score']
        missed = [s.owner for s, state in slots if state == 'missed']
        misses = len(set(missed)) if rule['per'] == 'owner_with_miss' else len(missed)
        deducted = min(misses * Fraction(str(rule['deduct'])), Fraction(str(rule.get('at_most', points))))
        return {'misses': misses, 'deducted': int(deducted * 1000),
                'got': 10 * half_up(max(points - deducted, Fraction(0)) * 100)}
    due = n['met'] + n['late'] + n['missed']
    part = (n['met'] + Fraction(n['late'], 2)) / due if due else Fraction(1)
    return {'share': half_up(part * 10000), 'got': 10 * half_up(points * part * 100)}


# ---- random duties

class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.first = self.rng.randint(1990, 2098)
        self.near = None
        self.dense = self.rng.random() < .5     # most records in one of the years, so that much is done

    def chance(self, share):
        return self.rng.random() < share

    def day(self):
        """A day of the three years, often at an edge."""
        if self.near:
            day = self.near + self.rng.choice([0, 0, 0, -1, -2, -5, -10, -20, 1, 5]) * DAY
            return min(max(day, date(self.first, 1, 1)), date(self.first + 2, 12, 31))
        year = self.first + self.rng.choice([1, 1, 1, 1, 0, 2] if self.dense else [0, 1, 2])
        kind = self.rng.randrange(8)
        if kind == 0:
            return self.rng.choice([date(year, 1, 1), date(year, 12, 31), date(year, 6, 30), date(year, 7, 1)])
        if kind == 1:
            month = self.rng.randint(1, 12)
            return date(year, month, self.rng.choice([1, 10, 11, 20, 21, calendar.monthrange(year, month)[1]]))
        if kind == 2:
            return date(year, 2, calendar.monthrange(year, 2)[1])
        if kind == 3:       # near the turn of the year
            return min(max(date(year, 1, 1) + self.rng.randint(-8, 8) * DAY, date(self.first, 1, 1)),
                       date(self.first + 2, 12, 31))
        return date(year, 1, 1) + self.rng.randrange(366 if calendar.isleap(year) else 365) * DAY

    def span(self):
        pick = self.rng.choice
        if self.chance(.3):
            return pick(['week', 'xun', 'day', 'month'])
        return pick(['year', 'half', 'quarter', 'month', 'year', 'half', 'quarter',
                     '%d months' % self.rng.randint(1, 12),
                     '%d years from %d' % (self.rng.randint(2, 5), self.first + self.rng.randint(-4, 3))])

    def org(self):
        rng = self.rng
        org = {'office': 'The office', 'units': [], 'posts': [{'id': 'P0', 'name': 'boss', 'role': 'head'}],
               'portfolios': [], 'forms': {'A': ['k1', 'k2'], 'B': ['k3']}, 'words': ['k1', 'k3']}
        for i in range(rng.randint(1, 4)):
            org['units'].append({'id': 'U%d' % i, 'name': 'unit %d' % i, 'short': 'u%d' % i,
                                 'kind': rng.choice(['dept', 'town'])})
        for i in range(rng.randint(1, 3)):
            org['posts'].append({'id': 'P%d' % (i + 1), 'name': 'post %d' % i, 'role': 'team member'})
        for unit in org['units']:
            for post in org['posts'][1:]:
                if self.chance(.4):
                    held = {'post': post['id'], 'unit': unit['id']}
                    if self.chance(.15):
                        held['from'] = self.day().isoformat()
                    if self.chance(.15):
                        held['to'] = max(self.day().isoformat(), held.get('from', ''))
                    org['portfolios'].append(held)
        days = org['calendar'] = {}
        if self.chance(.8):
            days['from'], days['to'] = sorted([self.day().isoformat(), self.day().isoformat()])
        days['exempt'] = [{'date': self.day().isoformat(), 'why': 'flood'} for _ in range(rng.randint(0, 30))]
        return org

    def where(self, share=.4):
        where, rng = {}, self.rng
        if self.chance(share / 2 if self.dense else share):
            where['kind'] = rng.choice(['k1', 'k2', ['k1', 'k3'], {'other_than': 'k2'}])
        return where

    def set(self, of='ev', owner=False, each=None):
        set_, rng = {'of': of, 'where': self.where()}, self.rng
        if of == 'ev':
            if self.chance(.15):
                set_['where']['flag'] = rng.choice(['yes', 'no'])
            if self.chance(.15):
                set_['where']['hours'] = {rng.choice(['over', 'under', 'at_least', 'at_most']): rng.choice([1, 1.5, 2])}
            if owner:
                set_['where']['lead'] = '$owner'
            if self.chance(.08):
                set_['distinct'] = 'ref'
        if each:
            set_['where'][each] = '$each'
        return set_

    def owner(self, need):
        """An owner that fits what the slots are opened for."""
        what = need.get('for_each')
        if what == 'portfolio':
            return self.rng.choice(['each member', 'each post:team member'])
        if what in ('units:dept', 'units:town') and self.chance(.5):
            return 'each unit:' + what[6:]
        if isinstance(what, dict) and self.chance(.6):
            return 'field:owner'
        if need.get('when', {}).get('of') == 'dn' and self.chance(.3):
            return 'field:notice'
        if not what and 'when' not in need and self.chance(.25):
            return self.rng.choice(['each member', 'each unit:dept'])
        return self.rng.choice(['post:boss', 'post:boss', 'office', 'everyone', 'post:post 0'])

    def lated(self, need):
        if self.chance(.15):
            need['late'] = self.rng.choice(['counts', 'never'])
            if 'count' in need and 'by' not in need or 'each' in need and 'period' not in need:
                need['late'] = 'never'      # a period gone by is not repaired: counts is refused
        return need

    def over(self, need):
        """With objects, perhaps; and what to take."""
        rng = self.rng
        if self.chance(.5):
            need['take'] = self.set(owner=self.chance(.1))
            return need
        what = need['for_each'] = rng.choice([
            'portfolio', 'units:dept', 'units:town', 'posts:team member', 'words:ways', 'words:forms', 'words:words',
            'records', ['units:dept', 'posts:head']])
        if what == 'records':
            need['for_each'] = {'of': 'ob', 'where': self.where()}
            if self.chance(.2):
                need['for_each']['where']['closed'] = {'empty': 'yes'}
            need['take'] = {'of': 'up', 'where': {'ref': '$each'}}
            if self.chance(.5):
                need['label'] = 'field:no'
        else:
            field = {'p': 'unit', 'u': 'unit', 'w': 'kind'}.get(what[0][0] if isinstance(what, str) else '', 'unit')
            if what == 'posts:team member':
                field = 'lead'
            need['take'] = self.set(owner=what == 'portfolio', each=field)
        return need

    def month_day(self):
        text = self.rng.choice(['06-30', '12-31', '01-01', '02-29', '02-28', '03-31', '10-31', '%02d-%02d' % (
            self.rng.randint(1, 12), self.rng.randint(1, 28))])
        return self.rng.choice(['', '', '', '', 'next ', 'last ']) + text

    def need(self):
        form = self.rng.choice(['count', 'count', 'each', 'each', 'each', 'period', 'review', 'on', 'on', 'by', 'by',
                                'when', 'when', 'when', 'holds', 'reach'])
        return getattr(self, form + '_need')()

    def count_need(self):
        span = self.span()
        return self.lated(self.over({'count': self.rng.randint(1, 5), **({} if self.chance(.1) else {'per': span})}))

    def each_need(self):
        need = self.over({'each': self.span()})
        if self.chance(.4):
            need['enough'] = self.rng.randint(1, 4)
        elif self.chance(.5) and need['take']['of'] == 'ev':
            need['enough'] = {'sum': 'hours', 'at_least': self.rng.choice([.5, 2, 3.5, 6])}
        if self.chance(.15) and not isinstance(need.get('for_each'), dict):
            need['start'] = self.month_day()
        if self.chance(.15) and not isinstance(need.get('for_each'), dict):
            need['end'] = self.month_day()
        return self.lated(need)

    def period_need(self):
        span = self.rng.choice(['month', 'quarter', 'half', 'year'])
        need = {'each': span, 'period': span, 'take': {'of': 'pe', 'where': self.where(.2)}}
        if self.chance(.2):
            need['enough'] = 2
        return self.lated(need)

    def review_need(self):
        need = {'for_each': {'of': 'ob', 'where': self.where(.2)}, 'each': {'field': 'review', 'words': WORDS},
                'take': {'of': 'up', 'where': {'ref': '$each', **({'what': 'review'} if self.chance(.5) else {})}}}
        if self.chance(.7):
            need['start'] = 'date'
        if self.chance(.7):
            need['end'] = 'closed'
        if self.chance(.5):
            need['label'] = 'field:no'
        return self.lated(need)

    def on_need(self):
        rng = self.rng
        need = self.over({'on': rng.choice(WEEKDAYS) if self.chance(.7) else rng.sample(WEEKDAYS, 2)})
        if self.chance(.5):
            need['from'] = rng.choice(['nights.from', 'calendar.from', 'nights.none', '03-01', '02-29', 'year_start'])
        if self.chance(.5):
            need['to'] = rng.choice(['nights.to', 'calendar.to', '09-30', '02-29', 'year_end'])
        if self.chance(.5):
            need['except'] = 'nights.exempt.date'
        if self.chance(.6):
            need['window'] = rng.choice(['week', 'week', 'day'])
        return self.lated(need)

    def by_need(self):
        need = {'by': self.month_day()}
        if self.chance(.3):
            need['count'] = self.rng.randint(1, 3)
        return self.lated(self.over(need))

    def when_need(self):
        kind = self.rng.randrange(4)
        if kind == 0:
            need = {'when': {'of': 'mo', 'where': self.where(.2)}, 'times': 'times', 'done_times': 'done'}
        elif kind == 1:
            found = {'found': {'over': 0}} if self.chance(.6) else {}
            need = {'when': {'of': 'dn', 'where': {**found, **self.where()}},
                    'done': {'feedback': {'empty': 'no'}, **({'notice': {'empty': 'no'}} if self.chance(.5) else {})},
                    'done_on': 'feedback'}
        elif kind == 2:
            need = {'when': {'of': 'dn', 'where': self.where()}, 'done': {'flag': 'yes'},
                    **({'done_on': 'feedback'} if self.chance(.3) else {})}
        else:
            need = {'when': {'of': 'dn', 'where': self.where()}, 'label': 'field:no', 'take': {
                'of': 'up', 'where': {'ref': '$each', **({'lead': '$owner'} if self.chance(.3) else {})}}}
        if self.chance(.4):
            need['within'] = '%dd' % self.rng.choice([1, 3, 10, 30, 60])
        return self.lated(need)

    def holds_need(self):
        need = {'for_each': {'of': 'ob', 'where': self.where(.3)}, 'holds': 'until', 'label': 'field:no'}
        if self.chance(.5):
            need['take'] = {'of': 'up', 'where': {'ref': '$each'}}
        return self.lated(need)

    def reach_need(self):
        return {'by': self.month_day(), 'reach': {'figure': 'rate', 'at_least': self.rng.choice([10, 50, 90.5])}}

    def duty(self):
        needs = [self.need() for _ in range(self.rng.choice([1, 1, 1, 2, 3]))]
        owners = [self.owner(need) for need in needs]
        duty = {'id': 'D1', 'title': 'A duty', 'owner': owners[0],
                'points': self.rng.choice([1, 2, 3, 4, 5, 6, 10, 2.5, .125, 7.775])}
        for need, owner in zip(needs[1:], owners[1:]):
            if owner != duty['owner']:
                need['owner'] = owner
        if len(needs) == 1 and self.chance(.5):
            duty['need'] = needs[0]
        else:
            duty['needs'] = needs
        for need in needs:
            self.named(duty, need)
        if self.chance(.4):
            duty['pace'] = 'linear'
        if self.chance(.4):
            duty['score'] = {'deduct': self.rng.choice([.5, 1, .333, .125, 2]),
                             'per': self.rng.choice(['missed', 'owner_with_miss'])}
            if self.chance(.6):
                duty['score']['at_most'] = self.rng.choice([1, 2, .5, .755])
        return duty

    def named(self, duty, need):
        """Sometimes a set by its name, or a part of a named one."""
        take = need.get('take', {})
        if take and not take['where'] and len(take) == 2 and self.chance(.3):
            need['take'] = take['of']
        elif take and 'distinct' not in take and self.chance(.15):
            name = 'set%d' % len(duty.get('sets', {}))
            duty.setdefault('sets', {})[name] = {'of': take['of'], 'where': {
                k: v for k, v in take['where'].items() if k == 'kind'}}
            rest = {k: v for k, v in take['where'].items() if k != 'kind'}
            need['take'] = {'in': name, 'where': rest} if rest else name

    def record(self, of, org, numbers):
        rng, day = self.rng, self.day().isoformat()
        unit, kind = rng.choice(org['units']), rng.choice(['k1', 'k2', 'k3'])
        later = self.day().isoformat()
        if of == 'ev':
            row = {'date': day, 'kind': kind, 'unit': unit[rng.choice(['name', 'short'])],
                   'lead': rng.choice(org['posts'])['name'], 'hours': rng.choice([1, 2, '1.5', '0.5', '2.125']),
                   'flag': rng.choice([True, False]), 'ref': rng.choice('abcdefg')}
            if self.chance(.1):
                del row['hours']
        elif of == 'pe':
            at, year = date.fromisoformat(day), day[:4]
            month = rng.choice([at.month, at.month, at.month - 1 or 1, min(at.month + 1, 12), rng.randint(1, 12)])
            row = {'date': day, 'month': '%s-%02d' % (year, month), 'quarter': '%sQ%d' % (year, (month + 2) // 3),
                   'half': '%sH%d' % (year, (month + 5) // 6), 'year': year, 'kind': kind, 'hours': rng.randint(1, 3)}
        elif of == 'mo':
            times = rng.randint(0, 5)
            row = {'month': day[:7], 'times': times, 'done': rng.randint(0, times), 'kind': kind}
        elif of == 'ob':
            row = {'no': 'N%d' % numbers[of], 'date': day, 'kind': kind, 'review': rng.choice([*WORDS, 'never']),
                   'owner': rng.choice(org['posts'])['name']}
            if self.chance(.3):
                row['closed'] = later
            if self.chance(.8):
                until = self.day()
                row['until'] = until.isoformat()
        elif of == 'up':
            row = {'date': day, 'ref': 'N%d' % rng.randint(0, 6), 'lead': rng.choice(org['posts'])['name'],
                   'what': rng.choice(['review', 'review', 'level', 'close'])}
        else:
            row = {'date': day, 'no': 'N%d' % numbers[of], 'kind': kind, 'found': rng.randint(0, 2),
                   'flag': rng.choice([True, False])}
            if self.chance(.7):
                row['feedback'] = (iso(day) + rng.randint(-1, 90) * DAY).isoformat()
            if self.chance(.7):
                row['notice'] = rng.choice([p['name'] for p in org['posts']])
        numbers[of] += 1
        return {'type': of, **row}

    def diligent(self, duty, org, records, kinds, numbers):
        """Adds records about the due days of slots that are not done, so that many of them are."""
        year, kinds = self.first + 1, sorted(kinds - ({'up'} if 'ev' in kinds else set()))
        for _ in range(2 if kinds else 0):
            case = {'duty': duty, 'org': org, 'records': records, 'figures': []}
            world = World(case, year, date(year + 1, 1, 31))
            undone = [slot for slot in slots_of(duty, world) if not slot.done]
            for slot in self.rng.sample(undone, min(len(undone), 25)):
                self.near = slot.due
                records += [self.record(self.rng.choice(kinds), org, numbers) for _ in range(3)]
        self.near = None

    def how_many(self, of):
        if of in ('ob', 'dn'):
            return self.rng.randint(1, 7)
        return self.rng.choice([10, 20, 40, 80] if self.dense else [0, 2, 5, 7, 12, 30])

    def case(self):
        org, duty = self.org(), self.duty()
        used, text = set(), json.dumps(duty)
        for of in RECORDS:
            if '"of": "%s"' % of in text or '"take": "%s"' % of in text or of == 'up' and '"of": "ob"' in text:
                used.add(of)
        numbers = collections.Counter()
        records = [self.record(of, org, numbers) for of in sorted(used)
                   for _ in range(self.how_many(of))]
        self.rng.shuffle(records)
        asked = []
        for year in range(self.first, self.first + 3):
            for _ in range(3):
                on = self.day()
                if records and self.chance(.3):
                    on = World.day(self.rng.choice(records)) - self.rng.choice([0, 0, 1]) * DAY
                on = date(year, on.month, min(on.day, calendar.monthrange(year, on.month)[1]))
                asked.append([year, on.isoformat()])
            if self.chance(.5):
                asked.append([year, date(year, 12, 31).isoformat()])
            if self.chance(.2):     # looked at after the year
                asked.append([year, (date(year, 12, 31) + self.rng.randint(1, 40) * DAY).isoformat()])
        if self.dense and self.chance(.7):
            self.diligent(duty, org, records, used - {'ob', 'dn'}, numbers)
        figure = sorted([self.day().isoformat(), 1000 * self.rng.choice([0, 10, 49, 50, 51, 90, 91])] for _ in range(4))
        return {'duty': duty, 'org': org, 'records': records, 'asked': asked, 'figures': figure}


# ---- against the engine

class Driver:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding='utf-8')

    def ask(self, case):
        line = {'scheme': json.dumps({**SCHEME, 'duties': [case['duty']]}, ensure_ascii=False), 'org': case['org'],
                'records': case['records'], 'asked': case['asked'], 'figures': {'rate': case['figures']}}
        self.process.stdin.write(json.dumps(line, ensure_ascii=False) + '\n')
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit('the driver has ended with status %s' % self.process.wait())
        return json.loads(answer)


def without_names(found, case):
    """How the engine calls the office itself is not compared."""
    names = {p['name'] for p in case['org']['posts']} | {u['name'] for u in case['org']['units']} | {''}
    slots = sorted([owner if owner in names else 'the office', *rest] for owner, *rest in found['slots'])
    return {**found, 'slots': slots}


def differences(driver, case):
    answer = driver.ask(case)
    if 'error' in answer:
        return ['the scheme is refused: ' + answer['error']]
    found = []
    for (year, on), theirs in zip(case['asked'], answer['states']):
        ours = evaluate(case, year, date.fromisoformat(on))
        theirs = without_names(theirs, case)
        for key in ours:
            if ours[key] == theirs.get(key):
                continue
            if key == 'slots':
                a, b = (collections.Counter(map(tuple, side[key])) for side in (ours, theirs))
                found.append('%d on %s: slots only here %s, only in C %s' % (
                    year, on, sorted((a - b).elements())[:8], sorted((b - a).elements())[:8]))
            else:
                found.append('%d on %s: %s %s, in C %s' % (year, on, key, ours[key], theirs.get(key)))
    return found


def smaller(driver, case):
    """The case with as little in it as still differs."""
    def still(changed):
        return differences(driver, changed)
    for key in ('asked', 'records'):
        i = 0
        while i < len(case[key]):
            less = {**case, key: case[key][:i] + case[key][i + 1:]}
            if still(less):
                case = less
            else:
                i += 1
    if len(case['duty'].get('needs', ())) > 1:
        for need in case['duty']['needs']:
            one = {**case, 'duty': {**case['duty'], 'needs': [{'owner': case['duty']['owner'], **need}]}}
            if still(one):
                return smaller(driver, one)
    return case


def main():
    parser = argparse.ArgumentParser(description='Hold random duties against the duty engine.')
    parser.add_argument('driver')
    parser.add_argument('--n', type=int, default=2000)
    parser.add_argument('--all', action='store_true', help='20,000')
    parser.add_argument('--seed', type=int, default=1, help='the first')
    parser.add_argument('--one', type=int, metavar='SEED')
    parser.add_argument('--show', action='store_true', help='what is in the case too')
    parser.add_argument('--most', type=int, default=5, help='differing cases shown')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    first, n = (args.one, 1) if args.one is not None else (args.seed, 20000 if args.all else args.n)
    driver, failed, states = Driver(args.driver), 0, collections.Counter()
    for seed in range(first, first + n):
        case = Maker(seed).case()
        if args.one is not None and args.show:
            print(json.dumps(case, ensure_ascii=False, indent=1))
        if differences(driver, case):
            failed += 1
            if failed <= args.most:
                case = smaller(driver, case)
                print('FAIL seed %d: %s' % (seed, json.dumps(case['duty'], ensure_ascii=False)))
                for row in case['records']:
                    print('     %s' % json.dumps(row, ensure_ascii=False))
                if 'portfolio' in json.dumps(case['duty']) or 'nights' in json.dumps(case['duty']):
                    print('     %s' % json.dumps(case['org'], ensure_ascii=False))
                for line in differences(driver, case):
                    print('   * %s' % line)
        elif seed % 10 == 0:
            for year, on in case['asked']:
                found = evaluate(case, year, date.fromisoformat(on))
                states.update([found['status'], *('slots ' + slot[3] for slot in found['slots'])])
    driver.process.stdin.close()
    status = driver.process.wait()
    if status:
        print('the driver ended with status %d' % status)
        failed += 1
        n += 1
    print('in each tenth case: %s' % dict(states))
    print('%d passed, %d failed' % (n - failed, failed))
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
