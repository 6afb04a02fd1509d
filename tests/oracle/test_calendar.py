"""Working days of 2019-2026, each day of them, against the duty engine.

The files calendars/*.yaml are read as text here, and a row of all days from 2018 to 2027 says which of them are worked.
From that row follow: the working days of each year, the n-th and the last of each month, the n-th after each day, the
next and the previous of each day, the days owed with `days: working`. The engine answers with the calendars compiled
into the program.
"""
import os
import sys
from datetime import date, timedelta

from slots_oracle import Driver
from test_import import ROOT
from test_needs import ORG, calendars

YEARS = range(2019, 2027)
ALL = [date(2018, 1, 1) + timedelta(i) for i in range(3652)]       # to the end of 2027
AT = {day: i for i, day in enumerate(ALL)}


def worked_row(files):
    """For each day of ALL whether it is worked."""
    off = {d for f in files for d in f['holidays']}
    made_up = {d for f in files for d in f['working']}
    return [day.isoformat() in made_up or day.isoweekday() <= 5 and day.isoformat() not in off for day in ALL]


class Asked:
    """Due days that the engine gives for a need, by label."""

    def __init__(self, driver, worked):
        self.driver, self.worked, self.passed, self.failed = driver, worked, 0, 0

    def slots(self, need, year, records=()):
        case = {'duty': {'id': 'D1', 'title': 'x', 'owner': 'post:boss', 'points': 1, 'need': need}, 'org': ORG,
                'records': list(records), 'figures': [], 'asked': [[year, '%d-12-31' % year]], 'calendars': None}
        answer = self.driver.ask(case)
        if 'error' in answer:
            sys.exit('the engine refuses: ' + answer['error'])
        state = answer['states'][0]
        return [(more[1], slot[1], bool(more[3])) for slot, more in zip(state['slots'], state['more'])]

    def same(self, what, ours, theirs):
        """Each expected line is a case."""
        ours, theirs = set(ours), set(theirs)
        self.passed += len(ours & theirs)
        self.failed += len(ours - theirs)
        if ours != theirs:
            self.failed += not ours - theirs
            print('FAIL %s: only here %s, only in C %s' % (what, sorted(ours - theirs)[:5], sorted(theirs - ours)[:5]))

    def step(self, i, by):
        """The nearest worked day from a day on, itself included."""
        while not self.worked[i]:
            i += by
        return i

    def after(self, i, n):
        """The n-th worked day after a day, and whether a year without a file was asked."""
        unknown = False
        while n:
            i += 1
            unknown |= ALL[i].year not in YEARS
            n -= self.worked[i]
        return ALL[i].isoformat(), unknown


def facts(files, asked):
    """What must hold of the files themselves: a make-up day is a Saturday or Sunday, and no day is both. One Monday is
    named too, the first after the Spring Festival of 2020 that was made longer."""
    for f in files:
        worked = [date.fromisoformat(d) for d in f['working']]
        asked.same('make-up days of %d' % f['year'], [(d, True) for d in worked],
                   [(d, (d.isoweekday() > 5 or d == date(2020, 2, 3)) and d.isoformat() not in f['holidays']
                     and d.year == f['year']) for d in worked])
    asked.same('years', [f['year'] for f in files], list(YEARS))


def year_of(asked, year):
    days = [i for i, day in enumerate(ALL) if day.year == year]
    worked = [i for i in days if asked.worked[i]]
    plain = [(ALL[i].isoformat(), ALL[i].isoformat(), False) for i in worked]
    asked.same('working days of %d' % year, plain, asked.slots({'on': 'working days', 'take': 'ev'}, year))
    asked.same('days: working of %d' % year, [p[1] for p in plain], [
        s[1] for s in asked.slots({'each': 'day', 'days': 'working', 'take': 'ev'}, year)])
    for month in range(1, 13):
        of_month = [i for i in worked if ALL[i].month == month]
        text = '%02d-01' % month, '%02d-28' % month if month == 2 else '%02d-30' % month
        for n in (1, 2, 3, 5, 10, 15):
            need = {'on': 'working day %d' % n, 'from': text[0], 'to': 'year_end', 'take': 'ev'}
            found = [s for s in asked.slots(need, year) if s[1][5:7] == text[0][:2]]
            asked.same('working day %d of %d-%d' % (n, year, month), [
                (ALL[i].isoformat(), ALL[i].isoformat(), False) for i in of_month[n - 1:n]], found)
    last = {ALL[i].month: ALL[i].isoformat() for i in worked}       # the last of each month remains
    asked.same('last working days of %d' % year, [(d, d, False) for d in last.values()],
               asked.slots({'on': 'last working day', 'take': 'ev'}, year))
    for which, by in (('next', 1), ('previous', -1)):
        want = []
        for i in days:
            to = asked.step(i, by)
            want.append((ALL[i].isoformat(), ALL[to].isoformat(), ALL[to].year not in YEARS))
        asked.same('%s working day in %d' % (which, year), want, asked.slots(
            {'on': {'rule': 'FREQ=DAILY'}, 'shift': which, 'take': 'ev'}, year))
    records = [{'type': 'dn', 'date': ALL[i].isoformat(), 'no': ALL[i].isoformat()} for i in days]
    for n in (1, 2, 3, 5, 7, 10, 15, 20):
        need = {'when': {'of': 'dn'}, 'label': 'field:no', 'done': {'flag': 'yes'}, 'within': '%d working days' % n}
        asked.same('%d working days after each day of %d' % (n, year),
                   [(ALL[i].isoformat(), *asked.after(i, n)) for i in days], asked.slots(need, year, records))


def main():
    program = os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren'))
    driver = Driver(os.path.join(os.path.dirname(os.path.abspath(program)), 'tests', 'unit', 'duty_driver'))
    files = calendars()
    asked = Asked(driver, worked_row(files))
    facts(files, asked)
    for year in YEARS:
        year_of(asked, year)
    print('%d passed, %d failed' % (asked.passed, asked.failed))
    sys.exit(1 if asked.failed else 0)


if __name__ == '__main__':
    main()
