"""What exists on a day: records, sets, settings, owners, objects, holders. See slots_oracle.py."""
import collections
from datetime import date
from fractions import Fraction

from slots_days import Calendar, day_ref, iso, period_last

OFFICE = {'nights': 'calendar', 'ways': 'forms', 'seasons': 'terms'}       # `office:` of the scheme


class World:
    """What exists on a day, in a year."""

    def __init__(self, case, year, on):
        self.org, self.figures, self.year, self.on = case['org'], case['figures'], year, on
        self.sets, self.top = case['duty'].get('sets', {}), case.get('top', {})
        self.years = {y['year']: (set(map(iso, y['holidays'])), set(map(iso, y['working'])))
                      for y in case.get('calendars', [])}
        self.rows = collections.defaultdict(list)
        for row in case['records']:
            if self.day(row) <= on:
                self.rows[row['type']].append(row)
        for rows in self.rows.values():
            rows.sort(key=self.day)     # those of one day in the order given

    def calendar(self):
        return Calendar(self.years, self.top.get('calendar', 'CN'))

    @staticmethod
    def day(row):
        if row['type'] == 'mo':
            return period_last(row['month'])
        return iso(row['date'])

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

    # -- settings

    def setting(self, key):
        """[values] of a dotted key; office: may call the first word otherwise."""
        first, *rest = key.split('.')
        at = [self.org.get(OFFICE.get(first, first))]
        for word in rest:
            at = [x.get(word) for a in at for x in (a if isinstance(a, list) else [a]) if isinstance(x, dict)]
        return [x for a in at if a for x in (a if isinstance(a, list) else [a])]

    def bound(self, text, year, default):
        """A day as `from` and `to` say it: written, or found in the settings."""
        if not text:
            return default
        if text[0].isdigit() or text.split()[0] in ('next', 'last', 'on', 'year_start', 'year_end'):
            return day_ref(text, year, self.on)
        found = self.setting(text)
        return iso(found[0]) if found else default

    # -- owners and objects

    def owners(self, rule):
        kind, _, name = rule.partition(':')
        if kind in ('post', 'body'):
            return [name]
        if rule == 'each body':
            return [b['name'] for b in self.org['bodies']]
        if rule == 'each member':
            kind, name = 'each post', 'team member'
        if kind == 'each post':
            return [p['name'] for p in self.org['posts'] if p['role'] == name]
        if kind == 'each unit':
            return [u['name'] for u in self.org['units'] if u['kind'] == name]
        return ['office' if rule == 'office' else '']      # everyone: nobody's name

    def objects(self, need, rule):
        """[(owner, words of $each, the record, what it is called)] that the slots are opened for."""
        org = self.org
        if 'for_each' not in need:
            return [(owner, (), None, owner if rule.startswith('each ') else '') for owner in self.owners(rule)]
        found = []
        for what in need['for_each'] if isinstance(need['for_each'], list) else [need['for_each']]:
            if isinstance(what, dict):
                for row in self.take(what):
                    by = need['label'][6:] if need.get('label', '').startswith('field:') else 'no'
                    owner = row[rule[6:]] if rule.startswith('field:') else self.owners(rule)[0]
                    found.append((owner, (row[by],), row, row[by]))
                continue
            kind, _, name = what.partition(':')
            if kind == 'portfolio':
                for post in org['posts']:
                    for held in org['portfolios']:
                        if post['name'] in self.owners(rule) and held['post'] == post['id']:
                            unit, = [u for u in org['units'] if u['id'] == held['unit']]
                            found.append((post['name'], (unit['name'], unit['short']), None, unit['name'], held))
            elif kind == 'units':
                for unit in org['units']:
                    if unit['kind'] == name:
                        owner = unit['name'] if rule.startswith('each unit:') else self.owners(rule)[0]
                        found.append((owner, (unit['name'], unit['short']), None, unit['name']))
            elif kind == 'bodies':
                for body in org['bodies']:
                    owner = body['name'] if rule == 'each body' else self.owners(rule)[0]
                    found.append((owner, (body['name'],), None, body['name']))
            elif kind == 'posts':
                found += [(self.owners(rule)[0], (p['name'],), None, p['name'])
                          for p in org['posts'] if p['role'] == name]
            else:
                words = org[OFFICE.get(name, name)]
                for word in words:
                    any_of = tuple(words[word]) if isinstance(words, dict) else (word,)
                    found.append((self.owners(rule)[0], any_of, None, word))
        return found

    def tenures(self, owner):
        """[(first, last, holder)] of a post in the year; the whole year of nobody where it has no holder."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        ids = [p['id'] for p in self.org['posts'] if p['name'] == owner]
        found = []
        for held in self.org.get('holders', []):
            a, b = iso(held['from']), iso(held.get('to')) or last
            if held['post'] in ids and a <= self.on and a <= last and b >= first:
                found.append((max(a, first), min(b, last), held['name']))
        return found or [(first, last, '')]
