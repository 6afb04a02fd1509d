"""Random cases: an organisation, a duty, records, days asked about, decisions. See slots_oracle.py."""
import collections
import json
import random
from datetime import date

from slots_days import DAY, clock, iso, minutes, month_days
from slots_forms import slots_of
from slots_make_needs import WORDS, Needs
from slots_world import OFFICE, World

RECORDS = {
    'ev': {'about': 'meeting', 'title': 'Events', 'fields': {
        'date': 'date', 'kind': 'choice', 'unit': 'unit', 'lead': 'post', 'hours': 'number', 'flag': 'flag',
        'ref': 'text', 'time': 'time', 'body': 'text', 'a': 'number', 'b': 'number'}},
    'pe': {'about': 'submission', 'title': 'Reports of a period', 'fields': {
        'date': 'date', 'month': {'type': 'period', 'per': 'month'}, 'quarter': {'type': 'period', 'per': 'quarter'},
        'half': {'type': 'period', 'per': 'half'}, 'year': {'type': 'period', 'per': 'year'}, 'kind': 'choice',
        'hours': 'number', 'b': 'number'}},
    'mo': {'about': 'meeting', 'title': 'Months', 'fields': {
        'month': {'type': 'period', 'per': 'month'}, 'times': 'count', 'done': 'count', 'kind': 'choice'}},
    'ob': {'about': 'risk', 'title': 'Objects', 'fields': {
        'no': 'text', 'date': 'date', 'kind': 'choice', 'review': 'choice', 'closed': 'date', 'until': 'date',
        'owner': 'post'},
        'track': {'closed': {'from': 'up', 'key': 'ref', 'own': 'no', 'where': {'what': 'close'}, 'to': 'date'}}},
    'up': {'about': 'risk', 'title': 'Changes', 'fields': {
        'date': 'date', 'ref': 'text', 'what': 'choice', 'lead': 'post', 'time': 'time'}},
    'dn': {'about': 'inspection', 'title': 'Occasions', 'fields': {
        'date': 'date', 'no': 'text', 'kind': 'choice', 'found': 'count', 'feedback': 'date', 'notice': 'text',
        'flag': 'flag', 'time': 'time', 'fed_time': 'time', 'limit': 'date', 'asked': 'date', 'approved': 'date'}},
}
SCHEME = {'zeren': 1, 'scheme': 'random', 'title': 'Random duties', 'office': OFFICE,
          'roles': {'member': 'team member'}, 'records': RECORDS, 'figures': {'rate': {'count': 'ev'}}}


class Maker(Needs):
    def __init__(self, seed, form=None):
        self.rng, self.form = random.Random(seed), form
        self.first = self.rng.randint(1990, 2098)
        self.near = None
        self.dense = self.rng.random() < .5     # most records in one of the years, so that much is done
        self.personal = self.chance(.12) if form in (None, 'count', 'each', 'period', 'table', 'on', 'by') else False
        self.prompt = self.pick('3d', '24h', '12h', '5 working days', '1 months')

    def chance(self, share):
        return self.rng.random() < share

    def day(self):
        """A day of the three years, often at an edge."""
        if self.near:
            day = self.near + self.pick(0, 0, 0, -1, -2, -5, -10, -20, 1, 5) * DAY
            return min(max(day, date(self.first, 1, 1)), date(self.first + 2, 12, 31))
        year = self.first + self.rng.choice([1, 1, 1, 1, 0, 2] if self.dense else [0, 1, 2])
        kind = self.rng.randrange(8)
        if kind == 0:
            return self.rng.choice([date(year, 1, 1), date(year, 12, 31), date(year, 6, 30), date(year, 7, 1)])
        if kind == 1:
            month = self.rng.randint(1, 12)
            return date(year, month, self.rng.choice([1, 10, 11, 20, 21, month_days(year, month)]))
        if kind == 2:
            return date(year, 2, month_days(year, 2))
        if kind == 3:       # near the turn of the year
            return min(max(date(year, 1, 1) + self.rng.randint(-8, 8) * DAY, date(self.first, 1, 1)),
                       date(self.first + 2, 12, 31))
        return date(year, 1, 1) + self.rng.randrange(337 + month_days(year, 2)) * DAY

    def some_day(self, year):
        return date(year, 1, 1) + self.rng.randrange(337 + month_days(year, 2)) * DAY

    # -- the organisation and its calendar

    def org(self):
        rng = self.rng
        org = {'office': 'The office', 'units': [], 'posts': [{'id': 'P0', 'name': 'boss', 'role': 'head'}],
               'portfolios': [], 'forms': {'A': ['k1', 'k2'], 'B': ['k3']}, 'words': ['k1', 'k3'],
               'bodies': [{'id': 'B%d' % i, 'name': 'body %d' % i} for i in range(rng.randint(1, 2))]}
        for i in range(rng.randint(1, 4)):
            org['units'].append({'id': 'U%d' % i, 'name': 'unit %d' % i, 'short': 'u%d' % i,
                                 'kind': self.pick('dept', 'town')})
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
        org['terms'] = self.terms()
        org['holders'] = [h for post in org['posts'] for h in self.holders(post['id'])]
        return org

    def terms(self):
        """Periods of a table: school terms, floods, odd ones; now and then a bad one."""
        found = [{'name': 'spring', 'from': '02-10', 'to': '07-05'}, {'name': 'autumn', 'from': '09-01', 'to': '01-15'}]
        if self.chance(.6):
            found = []
            for i in range(self.rng.randint(1, 4)):
                if self.chance(.5):
                    a, b = (self.month_day(True) for _ in 'ab')
                else:
                    a, b = sorted([self.day().isoformat(), self.day().isoformat()])
                found.append({'name': 'term %d' % i, 'from': a, 'to': b})
        if self.chance(.04):
            found.append(self.pick({'name': 'bad', 'from': '02-30', 'to': '03-01'}, {'name': 'bad', 'from': '03-01'},
                                   {'name': 'bad', 'from': '2021-05-01', 'to': '2021-04-30'}))
        return found

    def holders(self, post):
        """Who held a post, one after the other, with gaps; now and then the same person again."""
        found, day = [], date(self.first - 1, 6, 1) + self.rng.randint(-200, 500) * DAY
        while self.chance(.75) and day.year <= self.first + 2:
            last = day + self.pick(*range(20, 700, 10)) * DAY
            found.append({'post': post, 'name': self.pick('Li', 'Wang', 'Zhao'), 'from': day.isoformat()})
            if self.chance(.2):
                break
            found[-1]['to'] = last.isoformat()
            day = last + self.pick(1, 1, 1, 15, 60) * DAY
        return found

    def calendars(self):
        """Holidays and make-up days of some years."""
        found = []
        for year in range(self.first - 1, self.first + 5):
            if self.chance(.3):
                continue
            off, made = set(), set()
            for _ in range(self.rng.randint(0, 7)):
                day = self.some_day(year)
                off |= {day + i * DAY for i in range(self.pick(1, 3, 3, 7, 8)) if (day + i * DAY).year == year}
            if self.chance(.5):
                off.add(date(year, 1, 1))
            for _ in range(self.rng.randint(0, 8)):
                day = self.some_day(year)
                if day.weekday() > 4 and day not in off:
                    made.add(day)
            found.append({'year': year, 'holidays': [d.isoformat() for d in sorted(off)],
                          'working': [d.isoformat() for d in sorted(made)]})
        return found

    # -- the duty

    def where(self, share=.4):
        where = {}
        if self.chance(share / 2 if self.dense else share):
            where['kind'] = self.pick('k1', 'k2', ['k1', 'k3'], {'other_than': 'k2'})
        return where

    def set(self, of='ev', owner=False, each=None):
        set_ = {'of': of, 'where': self.where()}
        if of == 'ev':
            if self.chance(.15):
                set_['where']['flag'] = self.pick('yes', 'no')
            if self.chance(.15):
                set_['where']['hours'] = {self.pick('over', 'under', 'at_least', 'at_most'): self.pick(1, 1.5, 2)}
            if owner:
                set_['where']['lead'] = '$owner'
            if self.chance(.08):
                set_['distinct'] = 'ref'
        if each:
            set_['where'][each] = '$each'
        return set_

    def owner(self, need):
        """An owner that fits what the slots are opened for."""
        if self.personal:
            return self.pick('post:boss', 'post:post 0', 'each member', 'each post:head')
        what = need.get('for_each')
        if what == 'portfolio':
            return self.pick('each member', 'each post:team member')
        if what in ('units:dept', 'units:town') and self.chance(.5):
            return 'each unit:' + what[6:]
        if what == 'bodies' and self.chance(.5):
            return 'each body'
        if isinstance(what, dict) and self.chance(.6):
            return 'field:owner'
        if need.get('when', {}).get('of') == 'dn' and self.chance(.3):
            return 'field:notice'
        if not what and 'when' not in need and self.chance(.3):
            return self.pick('each member', 'each unit:dept', 'each body')
        return self.pick('post:boss', 'post:boss', 'office', 'everyone', 'post:post 0', 'body:body 0', 'body:a board')

    def duty(self):
        needs = [self.need() for _ in range(self.pick(1, 1, 1, 2, 3))]
        owners = [self.owner(need) for need in needs]
        duty = {'id': 'D1', 'title': 'A duty', 'owner': owners[0],
                'points': self.pick(1, 2, 3, 4, 5, 6, 10, 2.5, .125, 7.775)}
        for need, owner in zip(needs[1:], owners[1:]):
            if owner != duty['owner']:
                need['owner'] = owner
        if len(needs) == 1 and self.chance(.5):
            duty['need'] = needs[0]
        else:
            duty['needs'] = needs
        for need in needs:
            self.named(duty, need)
            if self.chance(.1):
                need.setdefault('label', 'thing ')
        if self.personal:
            duty['personal'] = 'yes'
        if self.chance(.4):
            duty['pace'] = 'linear'
        if self.chance(.5):
            duty['score'] = self.score()
        return duty

    def score(self):
        roll_up = self.pick(None, None, 'all', 'average', 'deduct')
        if roll_up in ('all', 'average'):
            return {'roll_up': roll_up}
        score = {'deduct': self.pick(.5, 1, .333, .125, 2)}
        score.update({'roll_up': 'deduct'} if roll_up else {'per': self.pick('missed', 'owner_with_miss')})
        if self.chance(.6):
            score['at_most'] = self.pick(1, 2, .5, .755)
        return score

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

    # -- records

    def time(self):
        return clock(self.pick(self.rng.randrange(1440), self.rng.randint(10, 42) * 30))

    def record(self, of, org, numbers):
        rng, day = self.rng, self.day().isoformat()
        unit, kind = rng.choice(org['units']), self.pick('k1', 'k2', 'k3')
        later = self.day().isoformat()
        if of == 'ev':
            row = {'date': day, 'kind': kind, 'unit': unit[self.pick('name', 'short')],
                   'lead': rng.choice(org['posts'])['name'], 'hours': self.pick(1, 2, '1.5', '0.5', '2.125'),
                   'flag': self.pick(True, False), 'ref': rng.choice('abcdefg'), 'time': self.time(),
                   'body': self.pick('body 0', 'body 1', 'a board'), 'a': rng.randint(0, 5),
                   'b': self.pick(0, 2, 3, 5, '2.5')}
            for field in ('hours', 'time', 'ref', 'a', 'b'):
                if self.chance(.1):
                    del row[field]
        elif of == 'pe':
            at, year = date.fromisoformat(day), day[:4]
            month = self.pick(at.month, at.month, at.month - 1 or 1, min(at.month + 1, 12), rng.randint(1, 12))
            row = {'date': day, 'month': '%s-%02d' % (year, month), 'quarter': '%sQ%d' % (year, (month + 2) // 3),
                   'half': '%sH%d' % (year, (month + 5) // 6), 'year': year, 'kind': kind, 'hours': rng.randint(1, 3),
                   'b': rng.randint(1, 4)}
            if self.chance(.3):     # of the year before, handed in after its end
                row.update({'month': '%d-12' % (at.year - 1), 'quarter': '%dQ4' % (at.year - 1),
                            'half': '%dH2' % (at.year - 1), 'year': str(at.year - 1)})
        elif of == 'mo':
            times = rng.randint(0, 5)
            row = {'month': day[:7], 'times': times, 'done': rng.randint(0, times), 'kind': kind}
        elif of == 'ob':
            row = {'no': 'N%d' % numbers[of], 'date': day, 'kind': kind,
                   'review': self.pick(*WORDS, 'never', 'rarely', 'termly'), 'owner': rng.choice(org['posts'])['name']}
            if self.chance(.3):
                row['closed'] = later
            if self.chance(.8):
                row['until'] = self.day().isoformat()
        elif of == 'up':
            row = {'date': day, 'ref': 'N%d' % rng.randint(0, 6), 'lead': rng.choice(org['posts'])['name'],
                   'what': self.pick('review', 'review', 'level', 'close'), 'time': self.time()}
            if self.chance(.1):
                del row['time']
        else:
            row = self.occasion(org, iso(day), kind, numbers[of])
        numbers[of] += 1
        return {'type': of, **row}

    def occasion(self, org, day, kind, n):
        """What arises, perhaps with a day it is due, an extension asked for and approved, and what was done."""
        row = {'date': day.isoformat(), 'no': 'N%d' % n, 'kind': kind, 'found': self.rng.randint(0, 2),
               'flag': self.pick(True, False)}
        for field, share, least, most in (('feedback', .7, -1, 90), ('limit', .7, -3, 90), ('asked', .6, 0, 40)):
            if self.chance(share):
                row[field] = (day + self.pick(self.rng.randint(least, most), self.rng.randint(0, 3)) * DAY).isoformat()
        if 'asked' in row and self.chance(.8):
            row['approved'] = (iso(row['asked']) + self.rng.randint(0, 10) * DAY).isoformat()
        if self.chance(.7):
            row['notice'] = self.pick(*(p['name'] for p in org['posts']))
        for field in ('time', 'fed_time'):
            if self.chance(.85):
                row[field] = self.time()
        return row

    def diligent(self, case, kinds, numbers):
        """Adds records about the due days of slots that are not done, so that many of them are."""
        year, kinds = self.first + 1, sorted(kinds - ({'up'} if 'ev' in kinds else set()))
        for _ in range(2 if kinds else 0):
            world = World(case, year, date(year + 1, 1, 31))
            undone = [slot for slot in slots_of(case['duty'], world) if not slot.find(slot.due, None)[0]]
            for slot in self.rng.sample(undone, min(len(undone), 25)):
                self.near = slot.due
                case['records'] += [self.record(self.rng.choice(kinds), case['org'], numbers) for _ in range(3)]
        self.near = None

    def prompt_ones(self, case, numbers):
        """What has arisen is answered on the due day, a little before or after the minute."""
        for row in [r for r in case['records'] if r['type'] == 'dn']:
            within = next((n['within'] for n in case['duty'].get('needs') or [case['duty']['need']]
                           if 'done_time' in n), '24h')
            hours = int((self.prompt if within == 'prompt' else within)[:-1])
            at = minutes(row.get('time')) + hours * 60 + self.pick(-1, 0, 0, 1, 1, 60, -60, 600)
            day, at = iso(row['date']) + at // 1440 * DAY, at % 1440
            if self.chance(.5):
                row['feedback'], row['fed_time'] = day.isoformat(), clock(at)
            if self.chance(.6) and iso(row['date']) <= day:
                case['records'].append({**self.record('up', case['org'], numbers), 'date': day.isoformat(),
                                        'ref': row['no'], 'time': clock(at)})

    def spare_ones(self, case, numbers):
        """Records of the days after periods that have too few, some more than those days' own period needs."""
        year = self.first + 1
        slots = list(slots_of(case['duty'], World(case, year, date(year + 1, 1, 31))))
        kind = 'up' if '"of": "up"' in json.dumps(case['duty']) else 'ev'
        for slot in self.rng.sample(slots, min(len(slots), 4)):
            for _ in range(self.rng.randint(4, 12)):
                day = slot.due + self.pick(1, 1, 2, 3, 4, 9, 10, 11) * DAY
                day = min(day, date(self.first + 2, 12, 31)).isoformat()
                row = {**self.record(kind, case['org'], numbers), 'date': day}
                if kind == 'up' and slot.object:
                    row['ref'] = slot.object
                case['records'].append(row)

    def how_many(self, of):
        if of in ('ob', 'dn'):
            return self.rng.randint(1, 7)
        return self.pick(10, 20, 40, 80) if self.dense else self.pick(0, 2, 5, 7, 12, 30)

    # -- days asked about, decisions

    def asked(self, records):
        found = []
        for year in range(self.first, self.first + 3):
            for _ in range(3):
                on = self.day()
                if records and self.chance(.3):
                    on = World.day(self.rng.choice(records)) - self.pick(0, 0, 1) * DAY
                on = date(year, on.month, min(on.day, month_days(year, on.month)))
                found.append([year, on.isoformat()])
            if self.chance(.5):
                found.append([year, date(year, 12, 31).isoformat()])
            if self.chance(.2):     # looked at after the year
                found.append([year, (date(year, 12, 31) + self.rng.randint(1, 40) * DAY).isoformat()])
        return found

    def decisions(self, case):
        """Excuses, extensions and the like for some slots, each decided on some day."""
        year, text = self.first + 1, json.dumps(case['duty'])
        slots = list(slots_of(case['duty'], World(case, year, date(year, 12, 31))))
        kinds = ['excused', 'excused', 'not_applicable', 'extended', 'extended']
        if '"hours": {"from"' in text:
            kinds = kinds[:3]
        found = []
        for slot in self.rng.sample(slots, min(len(slots), self.rng.randint(1, 6))):
            for _ in range(self.pick(1, 1, 1, 2, 3)):
                asked = slot.due + self.pick(-40, -10, -3, -1, 0, 0, 1, 5) * DAY
                decided = asked + self.rng.randint(0, 12) * DAY
                found.append({'duty': 'D1', 'owner': slot.owner, 'object': slot.object, 'label': slot.label,
                              'kind': self.rng.choice(kinds), 'asked': asked.isoformat(), 'decided': decided.isoformat(),
                              'until': (slot.due + self.rng.randint(1, 40) * DAY).isoformat()})
                if self.pick(0, 0, 0, 1):
                    found[-1]['revoked'] = (decided + self.rng.randint(0, 90) * DAY).isoformat()
        return found

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
        top = {'prompt': self.prompt} if '"prompt"' in text else {}
        if self.chance(.1):
            top['calendar'] = self.pick('none', 'CN')
        case = {'duty': duty, 'top': top, 'org': org, 'records': records, 'asked': self.asked(records),
                'calendars': self.calendars(), 'allowed': [], 'figures': []}
        if '"done_time"' in text:
            self.prompt_ones(case, numbers)
        if '"grace"' in text and self.chance(.85):
            self.spare_ones(case, numbers)
        if self.dense and self.chance(.7):
            self.diligent(case, used - {'ob', 'dn'}, numbers)
        case['figures'] = sorted([self.day().isoformat(), 1000 * self.pick(0, 10, 49, 50, 51, 90, 91)]
                                 for _ in range(4))
        if self.chance(.2):
            case['allowed'] = self.decisions(case)
        if any(d['kind'] == 'extended' for d in case['allowed']):       # their days are those of one year
            case['asked'] = [a for a in case['asked'] if a[0] == self.first + 1]
        if '"day"' in text or '"hours": {"from"' in text or 'working days' in text:      # many slots, fewer days
            case['asked'] = case['asked'][::3]
        return case
