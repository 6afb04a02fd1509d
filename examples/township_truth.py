"""What is right of a township's year, counted from what was made and not from what was written: slots, figures, findings."""
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from township_world import (CHIEF, CLASSES, DRILLS, MEMBERS, PORTFOLIOS, REVIEWS, SAFETY, STATIONS, TENURES, VILLAGES, YEAR, day,
                            working_days_after, pick)

QUARTER_ENDS = [day(3, 31), day(6, 30), day(9, 30), day(12, 31)]
END = QUARTER_ENDS[-1]
WARNED = [day(4, 11), day(4, 26), day(4, 27), day(5, 20), day(6, 17), day(6, 20), END]
# Problem of the report -> duties whose misses suggest it.
SUGGESTED = {'A02': '二（一）', 'A07': '二（一）', 'A05': '二（二）', 'A06': '二（二）', 'A13': '二（三）', 'A10': '二（四）'}

POINTS = dict(zip(('A%02d' % k for k in range(1, 27)), [6, 6, 4, 6, 12, 5, 5, 5, 4, 4, 4, 4, 8, 3, 6, 2, 3, 4, 3, 4, 3, 3, 3, 3, 2, 2]))
# Duty -> points for each miss, at most, and whether an owner's misses count once.
DEDUCT = {'A02': (Fraction(1, 2), 3, False), 'A05': (Fraction(1, 2), 6, False), 'A07': (1, 3, True), 'A15': (3, 6, False),
          'A24': (1, 3, True)}


def month_end(m):
    return date(YEAR + m // 12, m % 12 + 1, 1) - timedelta(1)


def stretches(months):
    """(first, last, name) of the periods of so many months."""
    for k in range(12 // months):
        name = {1: '%d月', 3: '%d季度', 6: '%s', 12: ''}[months]
        name = name and name % (['上半年', '下半年'][k] if months == 6 else k + 1)
        yield day(k * months + 1, 1), month_end((k + 1) * months), name


class Slot:
    """Something owed, from day since on, before day until. counted: done after the due day is late, not missed."""

    def __init__(self, duty, owner, label, due, done, since=day(1, 1), counted=False, until=date.max):
        self.duty, self.owner, self.label, self.due, self.done = duty, owner, label.strip(), due, done
        self.since, self.counted, self.until = since, counted, until

    def state(self, on):
        if self.done and self.done <= on:
            return 'late' if self.counted and self.done > self.due else 'met'
        return 'missed' if self.due <= on else 'pending'


class Truth:
    def __init__(self, world):
        self.w, self.slots, self.unclear = world, [], []
        self.of = lambda *regs, **want: [r for r in world.of(*regs, **want) if r.fate == 'accepted']
        for make in (self.meetings, self.checks, self.drills, self.hazards, self.incidents, self.papers, self.risks, self.members):
            make()

    def slot(self, *args, **more):
        self.slots.append(Slot(*args, **more))

    def at_end(self):
        return [s for s in self.slots if s.since <= END < s.until]

    def each(self, duty, owner, about, months, records, grace=0, season=(1, 12), shown=True):
        for first, last, name in stretches(months):
            if first.month < season[0] or last.month > season[1]:
                continue
            days = sorted(r['date'] for r in records if first <= r['date'] <= last)
            if not days:        # what comes soon after, beyond the first of its own period
                after = sorted(r['date'] for r in records if r['date'] > last)
                days = [d for d in after[1:] if d <= last + timedelta(grace)]
            done = days[0] if days else None
            self.slot(duty, owner, '%s %s' % (about, name), last, done, counted=bool(grace))

    def meetings(self):
        self.each('A01', '安委会', '', 3, self.of('committee'))
        for m in MEMBERS:
            self.each('A02', m, m, 3, self.of('special', host=m))

    def checks(self):
        checks = self.of('inspection')
        kind = lambda k: [r for r in checks if r['kind'] == k]
        self.each('A03', CHIEF, '', 3, [r for r in kind('带队检查') if r['lead'] == CHIEF])
        self.each('A04', SAFETY, '', 1, kind('综合检查'), grace=5)
        for e in self.of('enterprise'):
            if e['class'] in CLASSES:
                self.each('A05', e['owner'], e['no'], CLASSES[e['class']], [r for r in kind('企业检查') if r['enterprise'] == e['no']])
        for v in VILLAGES:
            self.each('A06', SAFETY, v, 6, self.of('supervision', unit=v))
            self.each('A24', v, v, 1, self.of('patrol', unit=v), season=(5, 9))
        for m in MEMBERS:
            for unit in PORTFOLIOS[m]:
                self.each('A07', m, '%s→%s' % (m, unit), 6, [r for r in kind('分管检查') if (r['lead'], r['unit']) == (m, unit)])
        for r in self.of('supervision'):
            if (r['found'] or 0) > 0:
                self.slot('A21', SAFETY, r.key, working_days_after(r['date'], 5), r['feedback'], r['date'], True)
        for r in checks:
            self.slot('A22', SAFETY, r.key, working_days_after(r['date'], 5), r['entered'], r['date'], True)
        for d in (day(1, 20), day(4, 28), day(9, 28)):
            days = [r['date'] for r in kind('节前检查') if d - timedelta(5) <= r['date'] <= d]
            self.slot('A23', SAFETY, d.isoformat(), d, min(days, default=None))

    def drills(self):
        drills, trainings = self.of('drill'), sorted(self.of('training'), key=lambda r: r['date'])
        for word, kind in DRILLS.items():
            self.each('A08', SAFETY, word, 6, [r for r in drills if r['kind'] == kind])
        for s in self.of('scenario'):
            self.each('A09', SAFETY, s['no'], 12, [r for r in drills if r['scenario'] == s['no']])
        for v in VILLAGES:
            self.each('A10', v, v, 12, [r for r in drills if r['unit'] == v])
        for k in range(6):
            self.slot('A11', SAFETY, '第%d次' % (k + 1), END, trainings[k]['date'] if k < len(trainings) else None)
        total, done = Decimal(0), None
        for r in trainings:
            total += Decimal(str(r['hours'] or 0))
            done = done or (r['date'] if total >= 16 else None)
        self.slot('A11', SAFETY, '累计学时', END, done)
        for post in [*STATIONS.values(), *(v + '主任' for v in VILLAGES)]:
            days = [r['date'] for r in self.of('pledge', second=post)]
            self.slot('A12', CHIEF, post, day(3, 31), min(days, default=None), counted=True)

    def hazards(self):
        for r in self.of('hazard'):
            due = r['limit']
            if r['asked'] and r['approved'] and r['asked'] <= due:
                due += timedelta(30)
            self.slot('A13', r['fixer'], r.key, due, r['done'], r['found_on'], True)
            if r['closed']:
                good = r['verifier'] and r['verifier'] != r['fixer']
                self.slot('A14', r['fixer'], r.key, r['found_on'], r['found_on'] if good else None, r['closed'])
        rate = self.percent(len([r for r in self.of('hazard') if r['closed']]), len(self.of('hazard')))
        self.slot('A25', SAFETY, '年末整改率', END, END if rate >= 90 else None)

    def incidents(self):
        for r in self.of('incident'):
            minutes = lambda d, t: (d - day(1, 1)).days * 1440 + int(t[:2]) * 60 + int(t[3:])
            late = minutes(r['reported'], r['reported_time']) > minutes(r['date'], r['time']) + 60
            due = r['date'] + timedelta(r['time'] >= '23:00')
            s = Slot('A15', CHIEF, r.key, due, r['reported'], r['date'], True)
            if late:        # never repaired
                s.done = None
                s.state = lambda on, s=s: 'missed'
            self.slots.append(s)
            if r['changed']:
                self.slot('A16', SAFETY, r.key, r['date'] + timedelta(30), r['supplement'], r['date'], True)
            due = r['date'] + timedelta(60)
            if r['inquiry_asked'] and r['inquiry_approved'] and r['inquiry_asked'] <= due:
                due += timedelta(60)
            self.slot('A17', '常务副镇长', r.key, due, r['inquired'], r['date'], True)

    def papers(self):
        for m in range(1, 13):
            days = [r['date'] for r in self.of('submission', kind='月报') if r['month'] == (YEAR, m)]
            self.slot('A18', '党政办主任', '%d月' % m, month_end(m) + timedelta(5), min(days, default=None), counted=True)
        for k, name in enumerate(['一季度', '二季度', '三季度']):
            first = day(4 + 3 * k, 1)
            days = [r['date'] for r in self.of('submission', kind='季度分析') if r['date'] >= first]
            self.slot('A19', '党政办主任', name, day(4 + 3 * k, 10), min(days, default=None), counted=True)
        self.slot('A19', '党政办主任', '年度报告', date(YEAR + 1, 1, 10), None, counted=True)

    def risks(self):
        for r in self.of('risk'):
            updates = self.of('risk_update', no=r['no'])
            closed = min([u['date'] for u in updates if u['what'] == '销号'], default=None)
            for first, last, name in stretches(REVIEWS[r['review']]):
                if first <= r['registered']:
                    continue
                gone = closed if closed and last >= closed else date.max
                days = [u['date'] for u in updates if u['what'] != '销号' and first <= u['date'] <= last]
                self.slot('A20', r['owner'], '%s %s' % (r['no'], name), last, min(days, default=None), r['registered'], until=gone)

    def members(self):
        for m in MEMBERS:
            tenures = TENURES.get(m, [(None, day(1, 1), None)])
            for holder, a, b in tenures:
                a, b = max(a, day(1, 1)), b or END
                owed = (2 * 4 * ((b - a).days + 1) + 365) // (2 * 365)
                days = sorted(r['date'] for r in self.of('inspection', lead=m) if a <= r['date'] <= b)
                for k in range(owed):
                    who = '（%s）' % holder if len(tenures) > 1 else ''
                    self.slot('A26', m, '%s%s 第%d次' % (who, m, k + 1), b, days[k] if k < len(days) else None, since=a)

    # ---- sums

    @staticmethod
    def percent(part, whole, places='0.1'):
        return float((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(places), ROUND_HALF_UP)) if whole else None

    def duties(self):
        out = {}
        for duty in sorted({s.duty for s in self.slots}):
            mine, at = [s for s in self.slots if s.duty == duty], {}
            for on in QUARTER_ENDS:
                states = Counter(s.state(on) for s in mine if s.since <= on < s.until)
                at[on.isoformat()] = {k: states[k] for k in ('met', 'late', 'missed', 'pending')}
            out[duty] = {'at': at, 'slots': sorted([s.owner, s.label, s.due.isoformat(), s.state(END),
                                                    s.done.isoformat() if s.done and s.done <= END else None]
                                                   for s in mine if s.until > END)}
        return out

    def figures(self):
        of, total = self.of, lambda rs, f: sum(r[f] or 0 for r in rs)
        checks, hazards, meetings = of('inspection'), of('hazard'), of('committee', 'special')
        done = [r for r in hazards if r['done']]
        level = {}
        for r in of('risk'):
            updates = sorted((u for u in of('risk_update', no=r['no'])), key=lambda u: u['date'])
            if not any(u['what'] == '销号' for u in updates):
                level[r['no']] = ([r['level']] + [u['new_level'] for u in updates if u['what'] == '等级调整'])[-1]
        count = lambda items, keys=(): {**{k: 0 for k in keys}, **Counter(items)}
        due, got = total(meetings, 'due'), total(meetings, 'present')
        return {
            'meetings.committee': len(of('committee')), 'meetings.special': len(of('special')),
            'meetings.attendance': {'due': due, 'got': got, 'rate_pct': self.percent(got, due)},
            'enterprises.total': len(of('enterprise')), 'enterprises.by_class': count(r['class'] for r in of('enterprise')),
            'inspections.total': len(checks), 'inspections.found': total(checks, 'found'),
            'inspections.enterprises': len([r for r in checks if r['kind'] == '企业检查']),
            'inspections.covered': len({r['enterprise'] for r in checks if r['kind'] == '企业检查'} & {e['no'] for e in of('enterprise')}),
            'inspections.by_month': {str(m): n for m, n in count((r['date'].month for r in checks), range(1, 13)).items()},
            **{'inspections.kind.' + k: n for k, n in Counter(r['kind'] for r in checks).items()},
            'patrols.total': len(of('patrol')), 'patrols.points': total(of('patrol'), 'points'),
            'hazards': {'found': len(hazards), 'done': len(done), 'closed': len([r for r in hazards if r['closed']]),
                        'open': len([r for r in hazards if not r['closed']]),
                        'extended': len([r for r in hazards if r['approved']]),
                        'closure_rate_pct': self.percent(len([r for r in hazards if r['closed']]), len(hazards))},
            'hazards.by_cause': count(r['cause'] for r in hazards),
            'hazards.days': self.percent(sum((r['done'] - r['found_on']).days for r in done), len(done) * 100),
            'training.total': len(of('training')), 'training.people': total(of('training'), 'people'),
            'training.hours': total(of('training'), 'hours'),
            'drills.total': len(of('drill')), 'drills.people': total(of('drill'), 'people'),
            'drills.assessed': len(of('drill', assessed='是')), 'drills.scenarios': len({r['scenario'] for r in of('drill')}),
            'pledges.signed': len(of('pledge')), 'risks.open': len(level),
            'risks.by_level': count(level.values(), ['重大', '较大', '一般', '低']),
            'risks.raised': len(of('risk_update', what='等级调整')), 'incidents.total': len(of('incident')),
            'supervision.total': len(of('supervision')), 'supervision.found': total(of('supervision'), 'found'),
            'submissions.monthly': len(of('submission', kind='月报')), 'promises.total': len(of('plan')),
            'promises.by_fate': count(fate for _, fate in self.promises())}

    def promises(self):
        for p in self.of('plan'):
            done = len([r for r in self.of('training', 'drill', 'supervision') if r['plan'] == p['no']])
            target = int(p['target']) if p['unit'] in ('次', '场') else 1
            yield p['no'], '完成' if done >= target else '进行中' if done else '未完成'

    def unproved(self):
        """Slots one of whose records lacks its minutes or its sign-in sheet."""
        bare = {r.key for r in self.of('committee', 'special', 'training')
                if (r['minutes'] or r['proof'] or '') in self.w.missing_files | {''}}
        count = lambda keys: sum(k in bare for k in keys)
        parts = lambda rs: sum(any(r.key in bare for r in rs if a <= r['date'] <= b) for a, b, _ in stretches(3))
        trainings = sorted(self.of('training'), key=lambda r: r['date'])
        enough = sum(Decimal(str(r['hours'] or 0)) for r in trainings) >= 16
        return {'A01': parts(self.of('committee')), 'A02': sum(parts(self.of('special', host=m)) for m in MEMBERS),
                'A11': count(r.key for r in trainings[:6]) + (enough and count(r.key for r in trainings) > 0)}

    def scores(self):
        """Points got of each duty, to two decimals."""
        out = {}
        for duty, points in POINTS.items():
            mine = [s for s in self.at_end() if s.duty == duty and s.state(END) != 'pending']
            part = lambda of: (Fraction(sum(2 * (s.state(END) == 'met') + (s.state(END) == 'late') for s in of), 2 * len(of)) if of else 1)
            missed = [s for s in mine if s.state(END) == 'missed']
            if duty in DEDUCT:
                each, most, by_owner = DEDUCT[duty]
                got = points - min(most, each * (len({s.owner for s in missed}) if by_owner else len(missed)))
            elif duty == 'A26':
                owners = sorted({s.owner for s in mine})
                got = points * sum((part([s for s in mine if s.owner == o]) for o in owners), Fraction(0)) / len(owners)
            else:
                got = points * part(mine)
            got = Decimal(Fraction(got).numerator) / Decimal(Fraction(got).denominator)
            out[duty] = float(got.quantize(Decimal('0.01'), ROUND_HALF_UP))
        return out

    def warned(self):
        """Hazards near their limit or past it, on each of the days."""
        out = {}
        for on in WARNED:
            out[on.isoformat()] = sorted(w for s in self.slots if s.duty == 'A13' and s.since <= on and not (s.done and s.done <= on)
                                         for w in self.warning(s.label, (s.due - on).days))
        return out

    @staticmethod
    def warning(no, left):
        if 0 < left <= 5:
            yield 'near|blue|' + no
        if left < 0:
            yield 'over|%s|%s' % ('yellow' if left > -15 else 'red', no)

    def assessed(self):
        """What the items of the year's assessment come to."""
        state = lambda *duties: Counter(s.state(END) for s in self.at_end() if s.duty in duties)
        shared, checked = state('A01', 'A02', 'A20'), state('A03', 'A04', 'A05', 'A06', 'A07')
        share = Fraction(2 * shared['met'] + shared['late'], 2 * (shared['met'] + shared['late'] + shared['missed'])) * 30
        return {'T1': float(Decimal(int(share * 2000 + 1) // 2) / 1000), 'T2': max(0, 40 - checked['missed']),
                'T3': 0 if state('A08', 'A09', 'A10', 'A11')['missed'] else 30, 'R1': 10 + 2 - len(self.of('incident'))}

    def vacant(self):
        """Slots of a post done on a day on which nobody held it."""
        for s in self.slots:
            spells = TENURES.get(s.owner)
            if spells and s.done and s.done <= END and not any(a <= s.done and (not b or s.done <= b) for _, a, b in spells):
                yield 'vacant|%s|%s' % (s.duty, s.label)

    def findings(self):
        """Findings that follow from the slots: each miss and delay, what it suggests, what no problem names."""
        own = [('%s|%s|%s|%s' % (s.state(END), s.duty, s.owner, s.label)) for s in self.at_end() if s.state(END) in ('missed', 'late')]
        missed = {s.duty for s in self.at_end() if s.state(END) == 'missed'}
        follow = ['suggested|%s|%s' % (SUGGESTED[d], d) if d in SUGGESTED else 'missed_without_problem|' + d for d in missed]
        return Counter(own + [*self.vacant()]), Counter(follow)


def style(world, rec, field):
    return pick(world.seed, rec.key, field)
