"""Random assessments, held against the program item by item.

    assess_oracle.py DRIVER [--n N] [--all] [--seed S] [--one SEED] [--show]

DRIVER is assess_driver of the build (tests/unit/assess_driver.c). Each case is a random scheme with every form of item, a
small organisation, records and scores; the sheet is computed here with fractions, from what docs/scheme.md says, without a
look at the program. Slots and figures are taken from the driver (slots_oracle.py and the oracle of figures hold those).
The same must come out for every item, section, total, grade and, for all units, the grades by quota; the lines of the
program must sum to its scores exactly. What it says would raise the score is applied: to the slots and counts here, and by
adding a record to the case and asking anew. --n 2000 is the ordinary run, --all 100,000.
"""
import argparse
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction as F

KINDS = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6']
UNITS = [('U1', 'north'), ('U2', 'south'), ('U3', 'east'), ('U4', 'west'), ('U5', 'middle')]
HOW = {'hidden': '2', 'told': '0.5', 'again': '1.333'}
RECORDS = {'ev': {'about': 'meeting', 'title': 'Events', 'fields': {
    'date': 'date', 'kind': 'choice', 'unit': 'unit', 'how': 'choice', 'late': 'choice', 'n': 'number', 'ref': 'text'}}}


def half_up(x, unit=F(1, 1000)):
    """The nearest multiple of unit, the greater of two."""
    n = (F(x) / unit + F(1, 2))
    return F(n.numerator // n.denominator) * unit


def text(x):
    """A decimal text of at most three places."""
    n = int(F(x) * 1000)
    assert F(n, 1000) == F(x)
    s = f"{'-' if n < 0 else ''}{abs(n) // 1000}.{abs(n) % 1000:03}".rstrip('0').rstrip('.')
    return s


# ---- a case

class Case:
    def __init__(self, seed):
        r = self.r = random.Random(seed)
        self.year = 2022
        self.on = date(2022, 1, 1) + timedelta(r.choice([364, 364, r.randrange(365), r.randrange(365)]))
        self.each_unit = r.random() < 0.5
        self.units = UNITS[:r.randint(1, 5)]
        self.unit = r.choice(self.units) if self.each_unit else None
        self.duties = [self.duty(i) for i in range(r.randint(1, 4))]
        self.records = [self.record() for _ in range(r.choice([0, 3, 10, 30]))]
        self.ids = 0
        self.sections = [self.section(i) for i in range(r.randint(1, 3))]
        self.plan = {'of': 'each unit:town' if self.each_unit else 'office'}
        self.convert = None
        if r.random() < 0.2 and sum(self.full(s) for s in self.sections):
            self.convert = r.choice([F(10), F(100), F(37, 2)])
            self.plan['convert'] = text(self.convert)
        self.cap = r.choice([None, None, F(3), F(10)])
        if self.cap is not None:
            self.plan['cap'] = text(self.cap)
        self.plan['sections'] = [s['def'] for s in self.sections]
        self.grades = []
        if r.random() < 0.8:
            marks = sorted({F(r.randint(0, 20), r.choice([1, 2])) for _ in range(r.randint(1, 3))}, reverse=True)
            self.grades = [{'name': f'g{i}', 'from': m, 'quota': r.choice([None, F(3, 10), F(1, 2), F(0)])}
                           for i, m in enumerate(marks)] + [{'name': 'last', 'from': None, 'quota': None}]
            self.plan['grades'] = [
                {'name': g['name'], **({'from': text(g['from'])} if g['from'] is not None else {}),
                 **({'quota': f"{text(g['quota'] * 100)}%"} if g['quota'] is not None else {})} for g in self.grades]
        self.vetoes = [self.veto() for _ in range(r.choice([0, 0, 1, 2]))]
        if self.vetoes:
            self.plan['vetoes'] = [v['def'] for v in self.vetoes]
        self.scores = self.marks()

    def duty(self, i):
        r = self.r
        kind = KINDS[i % 4]
        points = F(r.randint(1, 12), r.choice([1, 2]))
        owner = 'post:boss'
        where = {'kind': kind}
        form = r.randrange(6)
        if form == 0:
            need = {'count': r.randint(1, 4), 'per': r.choice(['year', 'half', 'quarter'])}
        elif form == 1:
            need = {'each': r.choice(['month', 'quarter', 'half', 'year'])}
        elif form == 2:
            need = {'by': f'{r.randint(1, 12):02}-15', 'late': 'counts'}
            if r.random() < 0.5:
                need['count'] = r.randint(1, 3)
        elif form == 3:
            need = {'by': f'{r.randint(1, 12):02}-15', 'for_each': 'units:town', 'late': 'counts'}
            where['unit'] = {'is': '$each'}
        elif form == 4:
            owner = 'each unit:town'
            need = {'each': r.choice(['quarter', 'half'])}
            where['unit'] = {'is': '$owner'}
        else:
            need = {'for_each': 'units:town', 'each': 'half'}
            where['unit'] = {'is': '$each'}
        need['take'] = {'of': 'ev', 'where': where}
        duty = {'id': f'D{i}', 'title': f'Duty {i}', 'owner': owner, 'points': text(points), 'need': need}
        score = None
        if r.random() < 0.5:
            score = {'deduct': F(r.randint(1, 2000), 1000), 'per': r.choice(['missed', 'owner_with_miss'])}
            score['at_most'] = r.choice([None, F(r.randint(0, 3000), 1000)])
            duty['score'] = {'deduct': text(score['deduct']), 'per': score['per'],
                             **({'at_most': text(score['at_most'])} if score['at_most'] is not None else {})}
        return {'def': duty, 'id': f'D{i}', 'points': points, 'score': score, 'kind': kind, 'late': form in (2, 3),
                'unit': 'unit' in where}

    def record(self):
        r = self.r
        out = {'type': 'ev', 'date': str(date(2022, 1, 1) + timedelta(r.randrange(-20, 385))), 'kind': r.choice(KINDS)}
        if r.random() < 0.8:
            out['unit'] = r.choice(self.units)[1]
        if r.random() < 0.5:
            out['how'] = r.choice([*HOW, 'else'])
        if r.random() < 0.3:
            out['late'] = 'late'
        if r.random() < 0.7:
            out['n'] = r.randint(0, 5)
        return out

    def number(self, low=0, high=4000):
        return F(self.r.choice([self.r.randint(low, high), 167, 500, 1000]), 1000)

    def source(self, allowed):
        """(as in the scheme, kind, what)"""
        r = self.r
        kind = r.choice(allowed)
        if kind == 'D':
            some = r.sample(self.duties, r.randint(1, min(2, len(self.duties))))
            return [d['id'] for d in some], 'D', some
        k = r.choice(KINDS)
        if kind == 'R':
            return {'of': 'ev', 'where': {'kind': k}}, 'R', k
        name = r.choice([f'n.{k}', 'u.{unit}', 'p/rate']) if self.each_unit else r.choice([f'n.{k}', 'p/rate', 'sum'])
        return {'figure': name}, 'G', name

    FORMS = {'share': 'D', 'own': 'D', 'missing': 'D', 'owners': 'D', 'short': 'DRG', 'each': 'R', 'done': 'DRG',
             'all': 'DRG', 'bands': 'DG', 'indicator': 'RG', 'judge': '', 'value': 'G'}

    def item(self):
        r = self.r
        self.ids += 1
        form = r.choice(list(self.FORMS))
        x = {'id': f'I{self.ids}', 'form': form, 'points': self.number(0, 9000), 'bonus': None, 'average': False}
        d = {'id': x['id'], 'title': f'Item {self.ids}'}
        if form == 'own':
            some = r.choice(self.duties)
            d['own'], x['kind'], x['what'] = some['id'], 'D', [some]
            x['points'] = some['points']
        elif form != 'judge':
            d[form], x['kind'], x['what'] = self.source(self.FORMS[form])
        if r.random() < 0.25:
            x['bonus'] = d['bonus'] = r.choice(['inside', 'outside'])
            x['points'] = F(0)
        elif form != 'own':
            d['points'] = text(x['points'])
        x['each'] = self.number()
        x['grants'] = form == 'done' or (form == 'each' and r.random() < 0.5)
        if form in ('missing', 'owners', 'short') or (form == 'each' and not x['grants']):
            d['deduct'] = text(x['each'])
        if form == 'done' or (form == 'each' and x['grants']):
            d['grant'] = text(x['each'])
        x['at_most'] = None
        if form in ('missing', 'owners', 'short', 'each', 'done', 'indicator') and r.random() < 0.5:
            x['at_most'] = self.number(0, 5000)
            d['at_most'] = text(x['at_most'])
        if form in ('short', 'indicator', 'value'):
            x['of'] = r.choice([F(r.randint(1, 9)), F(r.randint(1, 9000), 1000), 'towns', 'limit'])
            d['of'] = {'setting': f"goals.{x['of']}"} if isinstance(x['of'], str) else text(x['of'])
        if form == 'bands':
            bars = sorted({F(r.randint(0, 110)) for _ in range(r.randint(1, 3))})
            x['steps'] = [(b, self.number()) for b in bars]
            d['steps'] = [{'under': text(b), 'deduct': text(v)} for b, v in x['steps']]
        if form == 'indicator':
            x['more'], x['fewer'] = self.number(), self.number()
            d['more'], d['fewer'] = text(x['more']), text(x['fewer'])
        x['times'], x['by'] = [], False
        if form == 'each':
            if r.random() < 0.6:
                x['times'].append(('how', HOW))
            if r.random() < 0.3:
                x['times'].append(('late', {'late': '1.5'}))
            if x['times']:
                d['times'] = [{'field': f, 'words': w} for f, w in x['times']]
            if r.random() < 0.3:
                x['by'] = True
                d['by'] = 'n'
        if form == 'judge':
            x['grants'] = r.random() < 0.5
            d['judge'] = 'grant' if x['grants'] else 'deduct'
            x['from'], x['to'] = sorted(self.number(0, 3000) for _ in range(2))
            if not x['grants'] and not x['bonus']:
                x['to'] = min(x['to'], x['points'])
                x['from'] = min(x['from'], x['to'])
            d['from'], d['to'] = text(x['from']), text(x['to'])
        x['floor'], x['cap'] = F(0), None
        if r.random() < 0.15:
            x['floor'] = -self.number(0, 4000)
            d['floor'] = text(x['floor'])
        if r.random() < 0.15:
            x['cap'] = self.number(0, 9000)
            d['cap'] = text(x['cap'])
        if form in ('share', 'missing', 'all') and x['kind'] == 'D' and r.random() < 0.4:
            x['average'] = True
            d['average'] = 'owners'
        x['def'] = d
        return x

    def section(self, i):
        r = self.r
        s = {'items': [self.item() for _ in range(r.randint(1, 5))], 'id': f'S{i}'}
        d = s['def'] = {'id': s['id'], 'items': [x['def'] for x in s['items']]}
        s['points'] = sum(x['points'] for x in s['items'])
        s['floor'], s['cap'] = F(0), s['points'] if any(x['bonus'] == 'inside' for x in s['items']) else None
        s['convert'] = s['bonus_at_most'] = None
        s['weight'] = F(1)
        if r.random() < 0.2:
            s['cap'] = self.number(0, 9000)
            d['cap'] = text(s['cap'])
        if r.random() < 0.2 and s['points']:
            s['convert'] = r.choice([F(10), F(25), F(100)])
            d['convert'] = text(s['convert'])
        if r.random() < 0.3:
            s['weight'] = F(r.choice([300, 650, 700, 333]), 1000)
            d['weight'] = f"{text(s['weight'] * 100)}%"
        if r.random() < 0.3:
            s['bonus_at_most'] = self.number(0, 3000)
            d['bonus_at_most'] = text(s['bonus_at_most'])
        return s

    @staticmethod
    def full(s):
        return half_up((s['convert'] or s['points']) * s['weight'])

    def veto(self):
        r = self.r
        items = [x for s in self.sections for x in s['items']]
        v = {'op': r.choice(['over', 'under', 'at_least', 'at_most']), 'bar': F(r.randint(0, 5))}
        kind = r.choice(['figure', 'records', 'duty', 'item'])
        v['kind'] = kind
        v['what'] = {'figure': f'n.{r.choice(KINDS)}', 'records': r.choice(KINDS),
                     'duty': r.choice(self.duties)['id'], 'item': r.choice(items)['id']}[kind]
        when = {kind: {'of': 'ev', 'where': {'kind': v['what']}} if kind == 'records' else v['what'], v['op']: text(v['bar'])}
        v['then'] = r.choice(['zero', 'section', 'lower', 'bar'] if self.grades else ['zero', 'section'])
        d = {'title': 'A veto', 'when': when, 'then': v['then']}
        if v['then'] == 'section':
            v['section'] = r.randrange(len(self.sections))
            d.update({'then': 'zero', 'section': self.sections[v['section']]['id']})
        if v['then'] == 'lower':
            v['steps'] = d['steps'] = r.randint(1, 2)
        if v['then'] == 'bar':
            v['grade'] = r.randrange(len(self.grades))
            d['grade'] = self.grades[v['grade']]['name']
        v['def'] = d
        return v

    def marks(self):
        out = []
        for s in self.sections:
            for x in s['items']:
                for _ in range(self.r.choice([0, 0, 0, 1, 2])):
                    out.append([x['id'], self.r.randint(-1000, 9000), self.r.random() < 0.7])
        return out

    def goals(self):
        return {'towns': {'north': 3, 'south': '2.5', 'else': 1, 'office': 4}, 'limit': 3}

    def asked(self, records=None):
        scheme = {'zeren': 1, 'scheme': 'random', 'title': 'Random', 'records': RECORDS,
                  'duties': [d['def'] for d in self.duties],
                  'figures': {'n.{kind}': {'count': 'ev'}, 'u.{unit}': {'count': 'ev'},
                              'sum': {'count': 'ev'},
                              'p': {'of': 'ev', 'parts': {'some': {'count': {'kind': 'k1'}}, 'all': 'count', 'rate': {
                                  'ratio': ['some', 'all'], 'as': 'percent', 'digits': 1}}}},
                  'assess': self.plan}
        org = {'units': [{'id': c, 'name': n, 'short': n, 'kind': 'town'} for c, n in self.units],
               'posts': [{'id': 'P1', 'name': 'boss', 'role': 'head'}], 'goals': self.goals()}
        return {'scheme': json.dumps(scheme), 'org': org, 'records': self.records if records is None else records,
                'year': self.year, 'on': str(self.on), 'unit': self.unit[0] if self.unit else '', 'scores': self.scores,
                'whatif': True}


# ---- the sheet, by fractions

class Sheet:
    """changes: {(duty, slot): state}, {item: records more}, {figure: more}"""

    def __init__(self, case, answer, unit, scores=(), slots=None, records=None, figures=None):
        self.c, self.unit = case, unit
        self.slot_changes, self.more, self.figure_more = slots or {}, records or {}, figures or {}
        self.slots, self.figures = answer['slots'], answer['figures']
        self.items, self.computed = {}, {}
        total = F(0)
        self.sections = [self.section(s, scores) for s in case.sections]
        self.lowered = self.barred = 0
        for v in case.vetoes:
            if v['then'] == 'section' and self.strikes(v):
                self.sections[v['section']] = F(0)
        total = max(sum(self.sections), F(0))
        if case.cap is not None:
            total = min(total, case.cap)
        if case.convert:
            total = half_up(total * case.convert / sum(case.full(s) for s in case.sections))
        for v in case.vetoes:
            if v['then'] == 'section' or not self.strikes(v):
                continue
            if v['then'] == 'zero':
                total = F(0)
            elif v['then'] == 'lower':
                self.lowered += v['steps']
            else:
                self.barred = max(self.barred, v['grade'] + 1)
        self.total = total
        self.grade = -1
        if case.grades:
            last = len(case.grades) - 1
            at = next(i for i, g in enumerate(case.grades) if g['from'] is None or total >= g['from'])
            self.grade = min(max(at + self.lowered, self.barred), last)

    # what is counted

    def mine(self, duty):
        """[(owner, state)] of the slots that are the unit's."""
        out = []
        for i, (owner, thing, _, state) in enumerate(self.slots[duty['id']]):
            if self.unit and self.unit[1] not in (owner, thing) and self.unit[0] not in (owner, thing):
                continue
            out.append((owner, self.slot_changes.get((duty['id'], i), state)))
        return out

    def all_slots(self, x):
        return [s for d in x['what'] for s in self.mine(d)]

    def found(self, kind):
        out = []
        for r in self.c.records_now:
            if r['kind'] != kind or r['date'] > str(self.c.on) or r['date'][:4] != str(self.c.year):
                continue
            if not self.unit or r.get('unit') == self.unit[1]:
                out.append(r)
        return out

    def figure(self, name):
        if self.unit:
            name = name.replace('{unit}', self.unit[1])
        v = self.figures.get(name, 0)
        return None if v is None else F(v, 1000) + F(self.figure_more.get(name, 0), 1000)

    def setting(self, v):
        if not isinstance(v, str):
            return v
        goal = self.c.goals()[v]
        if isinstance(goal, dict):
            goal = goal.get(self.unit[1], goal['else']) if self.unit else goal['office']
        return F(str(goal))

    def count(self, x):
        if x['kind'] == 'D':
            return F(sum(s in ('met', 'late') for _, s in self.all_slots(x)))
        if x['kind'] == 'R':
            return F(len(self.found(x['what'])) + self.more.get(x['id'], 0))
        return self.figure(x['what'])

    # forms

    def raw(self, x, slots=None):
        """The sum of a form before floor, cap and rounding."""
        form, points, limit = x['form'], x['points'], x['at_most']
        capped = (lambda v: v) if limit is None else (lambda v: max(min(v, limit), -limit))
        if form in ('share', 'own', 'missing', 'owners', 'all', 'bands') and x['kind'] == 'D':
            slots = self.all_slots(x) if slots is None else slots
            n = {s: sum(t == s for _, t in slots) for s in ('met', 'late', 'missed')}
            due = sum(n.values())
            if form == 'share':
                return points if not due else half_up(points * (n['met'] + F(n['late'], 2)) / due)
            if form == 'own':
                return self.own(x['what'][0], slots, n, due)
            if form == 'missing':
                return points - capped(n['missed'] * x['each'])
            if form == 'owners':
                return points - capped(len({o for o, s in slots if s == 'missed'}) * x['each'])
            if form == 'all':
                return F(0) if n['missed'] else points
            if not due:
                return points
            rate = F(100 * (n['met'] + n['late']), due)
            return points - next((v for bar, v in x['steps'] if rate < bar), F(0))
        if form == 'judge':
            return F(0) if x['grants'] else points
        if form == 'each':
            found = [self.worth(x, r) for r in self.found(x['what'])] + [x['each']] * self.more.get(x['id'], 0)
            return capped(sum(found, F(0))) if x['grants'] else points - capped(sum(found, F(0)))
        have = self.count(x)
        if form == 'all':
            return points if have is not None and have > 0 else F(0)
        if form == 'bands':
            return points if have is None else points - next((v for bar, v in x['steps'] if have < bar), F(0))
        if form == 'done':
            return F(0) if have is None else capped(max(have, F(0)) * x['each'])
        want = self.setting(x['of'])
        if have is None:
            return F(0) if form == 'value' else points
        if form == 'short':
            return points - capped(max(want - have, F(0)) * x['each'])
        if form == 'indicator':
            return points + capped((want - have) * x['fewer'] if have < want else -(have - want) * x['more'])
        assert form == 'value'
        return half_up(max(have, F(0)) * points / want) if want > 0 else F(0)

    @staticmethod
    def own(duty, slots, n, due):
        score = duty['score']
        if not score:
            return half_up(duty['points'] * (n['met'] + F(n['late'], 2)) / due if due else duty['points'], F(1, 100))
        misses = n['missed'] if score['per'] == 'missed' else len({o for o, s in slots if s == 'missed'})
        off = misses * score['deduct']
        if score['at_most'] is not None:
            off = min(off, score['at_most'])
        return half_up(max(duty['points'] - off, F(0)), F(1, 100))

    @staticmethod
    def worth(x, r):
        times = F(1)
        for field, words in x['times']:
            if r.get(field) in words:
                times = half_up(times * F(words[r[field]]))
        return x['each'] * times * (F(r.get('n', 0)) if x['by'] else 1)

    def bounded(self, x, v):
        cap = x['cap']
        if cap is None and not x['bonus'] and x['form'] != 'indicator':
            cap = x['points']
        if v < x['floor']:
            v = x['floor']
        elif cap is not None and v > cap:
            v = cap
        return half_up(v)

    def item(self, x, scores):
        if x['average']:
            owners = list(dict.fromkeys(o for o, _ in self.all_slots(x)))
            each = [self.bounded(x, self.raw(x, [s for s in self.all_slots(x) if s[0] == o])) for o in owners]
            v = half_up(sum(each) / len(each)) if each else x['points']
        else:
            v = self.raw(x)
        self.computed[x['id']] = v = self.bounded(x, v)
        given = [F(g, 1000) for i, g, yes in scores if i == x['id'] and yes]
        self.items[x['id']] = given[-1] if given else v
        return self.items[x['id']]

    def section(self, s, scores):
        inside = outside = F(0)
        for x in s['items']:
            v = self.item(x, scores)
            if x['bonus'] == 'outside':
                outside += v
            else:
                inside += v
        if inside < s['floor']:
            inside = s['floor']
        elif s['cap'] is not None:
            inside = min(inside, s['cap'])
        if s['convert']:
            inside = half_up(inside * s['convert'] / s['points'])
        inside = half_up(inside * s['weight'])
        if s['bonus_at_most'] is not None:
            outside = min(outside, s['bonus_at_most'])
        return inside + outside

    def strikes(self, v):
        n = {'figure': lambda: self.figure(v['what']), 'records': lambda: F(len(self.found(v['what']))),
             'duty': lambda: F(sum(s == 'missed' for _, s in self.mine({'id': v['what']}))),
             'item': lambda: self.items[v['what']]}[v['kind']]()
        if n is None:
            return False
        return {'over': n > v['bar'], 'under': n < v['bar'], 'at_least': n >= v['bar'], 'at_most': n <= v['bar']}[v['op']]


def by_quota(case, sheets):
    """[(unit code, total, grade, taken by quota)], best first."""
    rows = [[u[0], s.total, s.grade, False] for u, s in sheets]
    rows.sort(key=lambda r: -r[1])
    for g, grade in enumerate(case.grades[:-1]):
        if grade['quota'] is None:
            continue
        room = int(grade['quota'] * len(rows))
        have = [r for r in rows if r[2] == g]
        if len(have) <= room:
            continue
        out = {r[1] for r in have[room:]}
        for r in have:
            if r[1] in out:
                r[2], r[3] = g + 1, True
    return [tuple(r) for r in rows]


# ---- comparing

def lines(part):
    return sum((F(x['points']) for x in part['lines']), F(0))


def differences(case, answer, stats, ask):
    if 'error' in answer:
        return [f"refused: {answer['error']}"]
    bad = []
    case.records_now = case.records
    mine = Sheet(case, answer, case.unit, case.scores)
    sheet = answer['sheet']

    def same(what, ours, theirs):
        if ours != theirs:
            bad.append(f'{what}: {ours} here, {theirs} there')

    total = lines(sheet)
    for s, theirs, ours in zip(case.sections, sheet['sections'], mine.sections):
        same(f"section {s['id']}", ours, F(theirs['got']))
        same(f"full of {s['id']}", case.full(s), F(theirs['full']))
        part = lines(theirs)
        for x, it in zip(s['items'], theirs['items']):
            stats[x['form']] = stats.get(x['form'], 0) + 1
            same(f"{x['id']} {x['form']} computed", mine.computed[x['id']], F(it['computed']))
            same(f"{x['id']} {x['form']}", mine.items[x['id']], F(it['got']))
            same(f"lines of {x['id']}", F(it['got']), lines(it))
            part += F(it['got'])
        same(f"lines of {s['id']}", F(theirs['got']), part)
        total += F(theirs['got'])
    same('total', mine.total, F(sheet['got']))
    same('lines of the total', F(sheet['got']), total)
    same('grade', case.grades[mine.grade]['name'] if case.grades else None, sheet.get('grade'))
    units = case.units if case.each_unit else [('', '')]
    sheets = [(u, Sheet(case, answer, u if case.each_unit else None)) for u in units]
    if case.each_unit:
        same('rows', by_quota(case, sheets), [(u, F(t, 1000), g, q) for u, t, g, q in answer['rows']])
    bad += hints(case, answer, mine, stats, ask)
    return bad


def hints(case, answer, before, stats, ask):
    bad = []
    told = set()
    for h in answer['hints']:
        if h['gone']:
            continue
        slots, records, figures = {}, {}, {}
        for c in h['changes']:
            if 'duty' in c:
                slots[c['duty'], c['slot']] = c['state']
            elif 'item' in c:
                records[c['item']] = records.get(c['item'], 0) + 1
            else:
                figures[c['figure']] = figures.get(c['figure'], 0) + c['by']
        after = Sheet(case, answer, case.unit, case.scores, slots, records, figures)
        stats['predictions'] = stats.get('predictions', 0) + 1
        gain, item = after.total - before.total, after.items[h['item']] - before.items[h['item']]
        if (gain, item) != (F(h['gain'], 1000), F(h['item_gain'], 1000)):
            bad.append(f"{h['text']} of {h['item']}: {gain} and {item} here, {h['gain']} and {h['item_gain']} there")
        missed = {k: 'missed' for k in slots if answer['slots'][k[0]][k[1]][3] == 'pending'}
        after = Sheet(case, answer, case.unit, case.scores, missed)
        loss = max(before.total - after.total, 0), max(before.items[h['item']] - after.items[h['item']], 0)
        if loss != (F(h['loss'], 1000), F(h['item_loss'], 1000)):
            bad.append(f"{h['text']} of {h['item']}, missed: {loss} here, {h['loss']} and {h['item_loss']} there")
        if len(h['changes']) == 1:
            told.add((h['item'], *next(iter(slots), ())))
            bad += applied(case, answer, h, before, stats, ask)
    # nothing is left out: every slot that can still be done and would raise its item
    for x in (x for s in case.sections for x in s['items']):
        if x.get('kind') != 'D' or any(m[0] == x['id'] and m[2] for m in case.scores):
            continue
        for d in x['what']:
            for i, (_, _, due, state) in enumerate(answer['slots'][d['id']]):
                open_today = state == 'pending' or (state == 'missed' and due == str(case.on))
                new = 'met' if open_today else 'late' if state == 'missed' and d['late'] else None
                if not new or (x['id'], d['id'], i) in told:
                    continue
                after = Sheet(case, answer, case.unit, case.scores, {(d['id'], i): new})
                lost = Sheet(case, answer, case.unit, case.scores, {(d['id'], i): 'missed'} if state == 'pending' else {})
                if after.items[x['id']] > before.items[x['id']] or lost.items[x['id']] < before.items[x['id']]:
                    bad.append(f"{x['id']}: slot {i} of {d['id']} matters and is not named")
    return bad


def applied(case, answer, h, before, stats, ask):
    """Adds the record that the prediction asks for and looks whether the item has gained as much."""
    c = h['changes'][0]
    item = next(x for s in case.sections for x in s['items'] if x['id'] == h['item'])
    record = {'type': 'ev', 'date': str(case.on), 'n': 1}
    if 'duty' in c:
        duty = next(d for d in case.duties if d['id'] == c['duty'])
        owner, thing = answer['slots'][c['duty']][c['slot']][:2]
        record['kind'] = duty['kind']
        if duty['unit']:
            record['unit'] = thing or owner
    elif 'item' in c:
        record['kind'] = item['what']
        if case.unit:
            record['unit'] = case.unit[1]
    elif c['figure'].startswith('n.'):
        record['kind'] = c['figure'][2:]
    else:
        return []
    if case.r.random() > 0.3:
        return []
    now = ask(case.asked(case.records + [record]))
    if 'duty' in c:
        old, new = answer['slots'], now['slots']
        moved = [(d, i) for d in old for i, s in enumerate(old[d]) if d in [y['id'] for y in item['what']] and s != new[d][i]]
        if moved != [(c['duty'], c['slot'])]:
            return []        # another slot is first in turn, or its time has not come
    got = next(F(x['got']) for s in now['sheet']['sections'] for x in s['items'] if x['id'] == h['item'])
    stats['applied'] = stats.get('applied', 0) + 1
    if got - before.items[h['item']] != F(h['item_gain'], 1000):
        return [f"{h['text']} of {h['item']}, done: {got - before.items[h['item']]}, not {F(h['item_gain'], 1000)}"]
    return []


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('driver')
    p.add_argument('--n', type=int, default=2000)
    p.add_argument('--all', action='store_true')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--one', type=int)
    p.add_argument('--show', action='store_true')
    args = p.parse_args()
    driver = subprocess.Popen([args.driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding='utf-8')

    def ask(question):
        driver.stdin.write(json.dumps(question, ensure_ascii=False) + '\n')
        driver.stdin.flush()
        return json.loads(driver.stdout.readline())

    stats, bad = {}, 0
    seeds = [args.one] if args.one is not None else [args.seed * 10**7 + i for i in range(100000 if args.all else args.n)]
    for seed in seeds:
        case = Case(seed)
        answer = ask(case.asked())
        if args.show:
            print(json.dumps(case.plan, indent=1), json.dumps(answer, indent=1))
        found = differences(case, answer, stats, ask)
        if found:
            bad += 1
            print(f'case {seed}:', *found[:8], sep='\n  ')
            if bad >= 10:
                break
    driver.stdin.close()
    driver.wait()
    print(f'{len(seeds)} sheets, {bad} differ;', ', '.join(f'{k} {v}' for k, v in sorted(stats.items())))
    missing = set(Case.FORMS) | {'predictions', 'applied'}
    if args.one is None and missing - set(stats):
        print('never seen:', *sorted(missing - set(stats)))
        bad += 1
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
