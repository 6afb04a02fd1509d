"""Random cases for assess_oracle.py: a scheme with every form of item, a small organisation, records and scores."""
import json
import random
from datetime import date, timedelta
from fractions import Fraction as F

import assess_each

KINDS = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6']
UNITS = [('U1', 'north'), ('U2', 'south'), ('U3', 'east'), ('U4', 'west'), ('U5', 'middle')]
HOW = {'hidden': '2', 'told': '0.5', 'again': '1.333'}
RECORDS = {'ev': {'about': 'meeting', 'title': 'Events', 'fields': {
    'date': 'date', 'kind': 'choice', 'unit': 'unit', 'how': 'choice', 'late': 'choice', 'n': 'number', 'ref': 'text',
    'set': {'type': 'choice', 'of': 'words'}, **assess_each.FIELDS}}}


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
        self.bodies = assess_each.bodies(r)
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
        self.scores, self.selfs = self.marks(), self.self_scores()

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
        return {**out, **assess_each.fields(r)}

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
            if r.random() < 0.7:
                assess_each.draw(self, x, d, KINDS)
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
                if 'things' in x:
                    out += assess_each.marks(self, x)
        return out

    def self_scores(self):
        return [[x['id'], self.r.randint(0, 9000)] for s in self.sections for x in s['items'] if self.r.random() < 0.2]

    def goals(self):
        return {'towns': {'north': 3, 'south': '2.5', 'else': 1, 'office': 4}, 'limit': 3}

    def asked(self, records=None, scores=None, assess=None):
        scheme = {'zeren': 1, 'scheme': 'random', 'title': 'Random', 'lists': {'words': ['x', 'y']},
                  'records': RECORDS,
                  'duties': [d['def'] for d in self.duties],
                  'figures': {'n.{kind}': {'count': 'ev'}, 'u.{unit}': {'count': 'ev'},
                              'sum': {'count': 'ev'},
                              'p': {'of': 'ev', 'parts': {'some': {'count': {'kind': 'k1'}}, 'all': 'count', 'rate': {
                                  'ratio': ['some', 'all'], 'as': 'percent', 'digits': 1}}}},
                  'assess': assess or self.plan}
        org = {'units': [{'id': c, 'name': n, 'short': n, 'kind': 'town'} for c, n in self.units],
               'posts': [{'id': c, 'name': n, 'role': role} for c, n, role in assess_each.POSTS],
               'bodies': [{'id': c, 'name': c, 'members': m} for c, m in self.bodies.items()], 'goals': self.goals()}
        return {'scheme': json.dumps(scheme), 'org': org, 'records': self.records if records is None else records,
                'year': self.year, 'on': str(self.on), 'unit': self.unit[0] if self.unit else '',
                'scores': self.scores if scores is None else scores, 'selfs': self.selfs, 'whatif': True}
