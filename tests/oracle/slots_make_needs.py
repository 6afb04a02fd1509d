"""Random needs of every form, alone and combined. See slots_oracle.py; Maker of slots_make.py is made of it."""
from slots_days import CODES, WEEKDAYS, month_days

WORDS = {'monthly': 'month', 'quarterly': 'quarter', 'half-yearly': 'half', 'yearly': 'year', 'weekly': 'week'}


def possible(months, parts):
    """Whether there is a day of the month in one of the months; a rule without one is refused."""
    days = [int(n) for part in parts if part.startswith('BYMONTHDAY=') for n in part[11:].split(',')]
    return not days or any(n <= month_days(2000, int(m)) for n in days for m in months[8:].split(','))


class Needs:
    """What Maker knows of needs; it brings rng, chance, day, where, set, first."""

    def pick(self, *items):
        return self.rng.choice(items)

    def span(self):
        if self.chance(.3):
            return self.pick('week', 'xun', 'day', 'month')
        return self.pick('year', 'half', 'quarter', 'month', 'year', 'half', 'quarter',
                         '%d months' % self.rng.randint(1, 12),
                         '%d years from %d' % (self.rng.randint(2, 5), self.first + self.rng.randint(-4, 3)))

    def lated(self, need):
        if self.chance(.15) and 'grace' not in need:
            need['late'] = self.pick('counts', 'never')
            if 'count' in need and 'by' not in need or 'each' in need and 'period' not in need:
                need['late'] = 'never'      # a period gone by is not repaired: counts is refused
        return need

    def over(self, need):
        """With objects, perhaps; and what to take."""
        if self.personal or self.chance(.5):
            need['take'] = self.set(owner=self.chance(.1))
            return need
        what = need['for_each'] = self.pick(
            'portfolio', 'units:dept', 'units:town', 'posts:team member', 'words:ways', 'words:forms', 'words:words',
            'records', 'bodies', ['units:dept', 'posts:head'])
        if what == 'records':
            need['for_each'] = {'of': 'ob', 'where': self.where()}
            if self.chance(.2):
                need['for_each']['where']['closed'] = {'empty': 'yes'}
            need['take'] = {'of': 'up', 'where': {'ref': '$each'}}
            if self.chance(.5):
                need['label'] = 'field:no'
        else:
            field = {'p': 'unit', 'u': 'unit', 'w': 'kind', 'b': 'body'}[what[0] if isinstance(what, str) else 'u']
            if what == 'posts:team member':
                field = 'lead'
            need['take'] = self.set(owner=what == 'portfolio', each=field)
        return need

    def shifted(self, need, share=.3):
        if self.chance(share):
            need['shift'] = self.pick('next', 'previous')
        return need

    def apart(self, need):
        if self.chance(.15):
            need['apart'] = self.pick('1d', '7d', '30d', '12h', '36h', '48h', '100h')
            if self.chance(.5):
                need['time'] = 'time'
        return need

    def season(self, need, days=False):
        """Of the year; days: single days may be left out too."""
        if self.chance(.2):
            a = self.pick('nights.from', 'calendar.from', 'nights.none', '03-01', '10-15', '11-01', 'year_start')
            b = self.pick('nights.to', 'calendar.to', '09-30', '03-31', '02-29', 'year_end')
            need.update(self.pick({'from': a}, {'to': b}, {'from': a, 'to': b}, {'from': a, 'to': b}))
        if days and self.chance(.3):
            need['except'] = 'nights.exempt.date'
        return need

    def days_of(self, need):
        if self.chance(.6):
            need['days'] = self.pick('working', 'working', 'all', 'friday', self.rng.sample(WEEKDAYS, 3))
        return need

    def graced(self, need):
        if self.chance(.15) and not self.personal:
            need['grace'] = self.pick('1d', '3d', '10d', '20d', '45d')
            need.pop('start', None)
            need.pop('end', None)
        return need

    def month_day(self, plain=False):
        text = self.pick('06-30', '12-31', '01-01', '02-29', '02-28', '03-31', '10-31', '%02d-%02d' % (
            self.rng.randint(1, 12), self.rng.randint(1, 28)))
        return text if plain else self.pick('', '', '', '', 'next ', 'last ') + text

    def enough(self, need):
        if self.chance(.35):
            need['enough'] = self.rng.randint(1, 4)
        elif need['take'].get('of') == 'ev' and self.chance(.6):
            need['enough'] = self.pick(
                {'sum': 'hours', 'at_least': self.pick(.5, 2, 3.5, 6)},
                {'days': 'yes', 'at_least': self.rng.randint(1, 4)},
                {'distinct': self.pick('ref', 'kind', 'lead'), 'at_least': self.rng.randint(1, 4)},
                {'rate': ['a', 'b'], 'at_least': self.pick(50, 80, 92.5, 100, 33.333)},
                {'share': {'kind': self.pick('k1', ['k1', 'k2'])}, 'of': self.pick('a', 'hours'),
                 'at_least': self.pick(20, 50, 66.667, 75)},
                {'share': {'flag': 'yes'}, 'at_least': self.pick(20, 50, 75)})
        return need

    # -- forms

    def need(self):
        forms = {'count': 2, 'each': 3, 'period': 2, 'review': 1, 'hours': 1, 'table': 2, 'on': 3, 'rule': 1, 'by': 2,
                 'when': 2, 'limit': 3, 'holds': 1, 'reach': 1}
        if self.personal:
            forms = {'count': 3, 'each': 3, 'period': 1, 'table': 1, 'on': 1, 'by': 1, 'rule': 1}
        if self.form:
            forms = {self.form: 1}
        return getattr(self, self.rng.choices(*zip(*forms.items()))[0] + '_need')()

    def count_need(self):
        span = 'table:seasons' if self.chance(.1) else self.span()
        need = self.over({'count': self.rng.randint(1, 5), **({} if self.chance(.1) else {'per': span})})
        return self.lated(self.apart(self.season(self.graced(need))))

    def each_need(self):
        span = self.span()
        need = self.enough(self.over({'each': span}))
        if span == 'day':
            self.days_of(need)
        if self.chance(.15) and not isinstance(need.get('for_each'), dict):
            need['start'] = self.month_day()
        if self.chance(.15) and not isinstance(need.get('for_each'), dict):
            need['end'] = self.month_day()
        if not isinstance(need.get('enough', 1), dict):
            self.graced(need)
        return self.lated(self.apart(self.season(need, span == 'day')))

    def table_need(self):
        need = self.enough(self.over({'each': self.pick('table:terms', 'table:terms', 'table:seasons', 'table:lost')}))
        if need['each'] == 'table:lost' and self.chance(.7):
            need['each'] = 'table:terms'
        if self.chance(.3):
            need.pop('enough', None)
            need = {'count': self.rng.randint(1, 3), 'per': need.pop('each'), **need}
        if not isinstance(need.get('enough', 1), dict):
            self.graced(need)
        return self.lated(self.apart(self.season(need)))

    def hours_need(self):
        a = self.rng.randint(5, 10) * 60 + self.pick(0, 0, 30, 45)
        b = min(a + self.pick(3, 4, 8, 10, 12) * 60 + self.pick(0, 0, 20, 90), 1439)
        need = {'each': '%d hours' % self.pick(2, 3, 4, 5, 8), 'time': 'time', 'hours': {
            'from': '%02d:%02d' % (a // 60, a % 60), 'to': '%02d:%02d' % (b // 60, b % 60)},
            'take': self.set()}
        if self.chance(.2):
            need['enough'] = self.rng.randint(1, 2)
        if self.chance(.1):
            need['apart'] = self.pick('2h', '1h', '1d')
        return self.season(self.days_of(need), True)

    def period_need(self):
        span = self.pick('month', 'quarter', 'half', 'year')
        need = {'each': span, 'period': span, 'take': {'of': 'pe', 'where': self.where(.2)}}
        if self.chance(.2):
            need['enough'] = self.pick(2, {'sum': 'hours', 'at_least': 4}, {'rate': ['hours', 'b'], 'at_least': 60},
                                       {'distinct': 'kind', 'at_least': 2})
        if self.chance(.6):
            need['due'] = self.pick('5d', '1d', '45d', '5 working days', '1 working days', '12 working days', 'day 5',
                                    'day 10', 'day 31', 'day 30')
        return self.lated(self.shifted(need))

    def review_need(self):
        words = {**WORDS, **({'rarely': '2 years from %d' % self.first, 'termly': 'table:terms'}
                             if self.chance(.4) else {})}
        need = {'for_each': {'of': 'ob', 'where': self.where(.2)}, 'each': {'field': 'review', 'words': words},
                'take': {'of': 'up', 'where': {'ref': '$each', **({'what': 'review'} if self.chance(.5) else {})}}}
        if self.chance(.7):
            need['start'] = 'date'
        if self.chance(.7):
            need['end'] = 'closed'
        if self.chance(.5):
            need['label'] = 'field:no'
        return self.lated(self.season(need))

    def on_item(self):
        return self.pick(
            'day %d' % self.rng.randint(1, 31), 'last day', 'working day %d' % self.rng.randint(1, 12),
            'last working day', self.month_day(True), self.month_day(True), self.rng.choice(WEEKDAYS))

    def on_need(self):
        kind = self.rng.randrange(10)
        if kind < 3:
            on = self.rng.choice(WEEKDAYS) if self.chance(.7) else self.rng.sample(WEEKDAYS, 2)
        elif kind == 3:
            on = 'working days'
        else:
            on = self.on_item() if self.chance(.6) else [self.on_item() for _ in range(self.rng.randint(1, 3))]
        return self.on_with({'on': on})

    def on_with(self, on):
        need = self.over(on)
        if self.chance(.4):
            need['from'] = self.pick('nights.from', 'calendar.from', 'nights.none', '03-01', '02-29', 'year_start')
        if self.chance(.4):
            need['to'] = self.pick('nights.to', 'calendar.to', '09-30', '02-29', 'year_end')
        if self.chance(.4):
            need['except'] = 'nights.exempt.date'
        if self.chance(.7):
            need['window'] = self.pick('week', 'week', 'day', 'month', 'quarter', 'half', 'year', '3d', '0d', '15d')
        return self.lated(self.shifted(need))

    def rule_need(self):
        freq, rng, parts = self.pick('DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY'), self.rng, []
        if self.chance(.5) or freq == 'DAILY':
            parts.append('INTERVAL=%d' % rng.randint(2, 20 if freq == 'DAILY' else 3))
        days = ','.join(rng.sample(CODES, rng.randint(1, 2)))
        nth = ','.join(self.pick('1', '2', '3', '4', '-1', '-2', '5') + c for c in rng.sample(CODES, rng.randint(1, 2)))
        month_days = ','.join(str(n) for n in rng.sample([1, 5, 10, 15, 28, 29, 30, 31, -1, -2, -10], rng.randint(1, 2)))
        months = 'BYMONTH=' + ','.join(map(str, sorted(rng.sample(range(1, 13), rng.randint(1, 3)))))
        if freq == 'WEEKLY':
            parts += ['BYDAY=' + days] if self.chance(.7) else []
        elif freq in ('MONTHLY', 'YEARLY'):
            parts += self.pick([], ['BYDAY=' + nth], ['BYMONTHDAY=' + month_days], ['BYDAY=' + nth],
                               ['BYMONTHDAY=' + month_days, 'BYDAY=' + days])
        else:
            parts += self.pick([], ['BYDAY=' + days], ['BYMONTHDAY=' + month_days])
        if self.chance(.5 if freq == 'YEARLY' else .2) and possible(months, parts):
            parts.append(months)
        on = {'rule': ';'.join(['FREQ=' + freq, *parts])}
        if self.chance(.5):
            on['start'] = self.day().replace(year=self.first - rng.randint(0, 4), day=rng.randint(1, 28)).isoformat()
            if self.chance(.3):     # the day is one that only some months have
                on['start'] = '%d-0%d-%d' % (self.first - rng.randint(0, 3), self.pick(1, 3, 5, 8), rng.randint(29, 31))
        if self.chance(.2):
            on['rule'] += ';COUNT=%d' % rng.randint(1, 30)
        elif self.chance(.2):
            on['rule'] += ';UNTIL=' + self.day().isoformat().replace('-', '')
        return self.on_with({'on': on})

    def by_need(self):
        need = {'by': self.month_day()}
        if self.chance(.3):
            need['count'] = self.rng.randint(1, 3)
        elif self.chance(.4):
            need['by'] = [self.month_day() for _ in range(self.rng.randint(1, 4))]
        if self.chance(.2):
            need['from'] = self.pick('year_start', '03-01', 'last 11-01', '02-29', self.month_day())
        return self.lated(self.shifted(self.over(need)))

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
            need['within'] = '%dd' % self.pick(1, 3, 10, 30, 60)
        return self.lated(need)

    def limit_need(self):
        """What arises, with every kind of time limit."""
        need = {'when': {'of': 'dn', 'where': self.where()}}
        if self.chance(.6):
            need.update({'label': 'field:no', 'take': {'of': 'up', 'where': {'ref': '$each'}}})
        else:
            need.update({'done': {'feedback': {'empty': 'no'}}, 'done_on': 'feedback'})
        limit = self.pick('hours', 'hours', 'days', 'working', 'months', 'prompt', 'due')
        if limit == 'due':
            need['due'] = 'limit'
        else:
            need['within'] = {
                'hours': '%dh' % self.pick(1, 2, 12, 24, 30, 48, 72), 'days': '%dd' % self.rng.randint(1, 30),
                'working': '%d working days' % self.pick(1, 2, 3, 5, 7, 10, 20, 60),
                'months': '%d months' % self.pick(1, 2, 3, 6, 12), 'prompt': 'prompt'}[limit]
        minute = limit == 'hours' or limit == 'prompt' and self.prompt.endswith('h')
        if minute and self.chance(.7):
            need['time'], need['done_time'] = 'time', 'time' if 'take' in need else 'fed_time'
        elif self.chance(.5):
            need['extend'] = {'by': self.pick('10d', '30d', '5 working days', '20 working days', '1 months', '2 months'),
                              'asked': 'asked', 'approved': 'approved'}
        return self.lated(self.shifted(need))

    def holds_need(self):
        need = {'for_each': {'of': 'ob', 'where': self.where(.3)}, 'holds': 'until', 'label': 'field:no'}
        if self.chance(.5):
            need['take'] = {'of': 'up', 'where': {'ref': '$each'}}
        return self.lated(self.shifted(need))

    def reach_need(self):
        need = {'by': self.month_day(), 'reach': {'figure': 'rate', 'at_least': self.pick(10, 50, 90.5)}}
        if self.chance(.3):
            need['by'] = [self.month_day() for _ in range(self.rng.randint(1, 3))]
            need['reach']['at_least'] = [self.pick(10, 50, 90.5) for _ in need['by']]
        return self.shifted(need)
