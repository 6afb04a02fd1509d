"""The sheet of a case, by fractions, from what docs/scheme.md says (chapter 16)."""
from fractions import Fraction as F

import assess_each
from assess_case import half_up


class Sheet:
    """changes: {(duty, slot): state}, {item: records more}, {figure: more}, {(item, thing)} with all points"""

    def __init__(self, case, answer, unit, scores=(), slots=None, records=None, figures=None, given=()):
        self.c, self.unit = case, unit
        self.slot_changes, self.more, self.figure_more = slots or {}, records or {}, figures or {}
        self.slots, self.figures = answer['slots'], answer['figures']
        self.items, self.computed, self.scores, self.given, self.selfs = {}, {}, scores, given, {}
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
        return [r for _, r in self.found_at(kind)]

    def found_at(self, kind, everybody=False):
        """[(place among the records, record)]; kind None: of every kind; everybody: of every unit"""
        out = []
        for i, r in enumerate(self.c.records_now):
            if kind not in (None, r['kind']) or r['date'] > str(self.c.on) or r['date'][:4] != str(self.c.year):
                continue
            if everybody or not self.unit or r.get('unit') == self.unit[1]:
                out.append((i, r))
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
        if 'things' in x:
            return assess_each.raw(self, x, self.scores, self.given)
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
        if x.get('own'):
            self.selfs[x['id']] = self.bounded(x, assess_each.own(self, x))
        given = [F(m[1], 1000) for m in scores if len(m) == 3 and m[0] == x['id'] and m[2]]
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
