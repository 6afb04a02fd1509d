"""Days, periods and calendars by a slow walk from day to day: what slots_oracle.py counts with.

Written from docs/scheme.md without a look at the engine. Nothing here knows of records.
"""
import calendar
import collections
import functools
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(1)
WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
# decide: the day that says which year and season it is of, where that is one day; hours: (from, to, the last) in minutes
Period = collections.namedtuple('Period', 'first last label decide hours', defaults=(None, None))


@functools.lru_cache(10000)
def iso(text):
    return date.fromisoformat(text) if text else None


def half_up(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def month_days(year, month):
    return calendar.monthrange(year, month)[1]


def clamped(year, month, day):
    return date(year, month, min(day, month_days(year, month)))


def month_later(day, n):
    """The same day of the month n later, or the last of that month."""
    year, month = day.year, day.month
    for _ in range(n):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return clamped(year, month, day.day)


def minutes(text):
    """14:30 as minutes of the day; nothing is midnight."""
    return int(text[:2]) * 60 + int(text[3:]) if text else 0


# ---- periods

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


def name_of(span, first, last):
    """The label of a period in Chinese."""
    if span == 'year':
        return '%d年' % first.year
    if span == 'half':
        return '上半年' if first.month == 1 else '下半年'
    if span == 'quarter':
        return '%d季度' % ((first.month + 2) // 3)
    if span == 'month' or span == '1 months':
        return '%d月' % first.month
    if span == 'xun':
        return '%d月%s旬' % (first.month, {1: '上', 11: '中', 21: '下'}[first.day])
    if span == 'week':
        return '第%d周' % first.isocalendar()[1]
    if span == 'day':
        return '%d月%d日' % (first.month, first.day)
    if 'months' in span:
        return '%d–%d月' % (first.month, last.month) if first.month != last.month else '%d月' % first.month
    return '%d–%d年' % (first.year, last.year)


@functools.lru_cache(None)
def periods(span, year):
    """The periods owed in a year: those that end in it, weeks by their Thursday."""
    reach = 13 if 'years' in span else 1
    day, end = date(year - reach, 1, 1), date(year + reach, 12, 31)
    found, first = [], day
    while day < end:
        if key_of(span, day) != key_of(span, day + DAY):
            of = first + 3 * DAY if span == 'week' else day
            if of.year == year and (first.year, first.month, first.day) != (year - reach, 1, 1):
                found.append(Period(first, day, name_of(span, first, day), of if span == 'week' else None))
            first = day + DAY
        day += DAY
    return found


def table_periods(entries, year):
    """The periods of a table that end in a year; of a table with a bad entry none."""
    found = []
    for entry in entries:
        try:
            name, first, last = entry['name'], entry['from'], entry['to']
            if len(first) != len(last) or not name:
                return []
            if len(first) == 10:
                first, last = date.fromisoformat(first), date.fromisoformat(last)
                if last < first:
                    return []
            else:
                date.fromisoformat('2000-' + first), date.fromisoformat('2000-' + last)     # no such day in any year
                before = last < first
                first, last = day_ref(first, year - before, None), day_ref(last, year, None)
        except (KeyError, TypeError, ValueError):
            return []
        if last.year == year:
            found.append(Period(first, last, name))
    return found


def stretches(span, opening):
    """The stretches of '3 hours' of a day, in minutes: (from, to, whether it is the last)."""
    n, at, end, found = int(span.split()[0]) * 60, minutes(opening['from']), minutes(opening['to']), []
    while at < end:
        if end - at >= n or 2 * (end - at) >= n:
            found.append([at, min(at + n, end), False])
        at += n
    if found:
        found[-1][2] = True
    return found


def clock(minute):
    return '%02d:%02d' % (minute // 60, minute % 60)


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
    return clamped(year + shift, month, day)


def period_last(text):
    """The last day of 2022, 2022H1, 2022Q3, 2022-05."""
    year = int(text[:4])
    month = {'': 12, 'H': int(text[5:] or 0) * 6, 'Q': int(text[5:] or 0) * 3, '-': int(text[5:] or 0)}[text[4:5]]
    return date(year, month, month_days(year, month))


# ---- working days

class Calendar:
    """Working days by {year: (holidays, make-up days)}; `unknown` says whether a year that lacks was asked about."""

    def __init__(self, years, country):
        self.country, self.unknown, self.years = country, False, years

    def works(self, day):
        weekday = day.weekday() < 5
        if self.country == 'none':
            return weekday
        if day.year not in self.years:
            self.unknown = True
            return weekday
        holidays, made_up = self.years[day.year]
        return day in made_up or weekday and day not in holidays

    def after(self, day, n):
        """The n-th working day after a day."""
        while n:
            day += DAY
            n -= self.works(day)
        return day

    def shift(self, day, which):
        """The day itself where it is a working day, else the next or previous one; as it is without `shift`."""
        while which and not self.works(day):
            day += DAY if which == 'next' else -DAY
        return day


# ---- dates of `on`

def on_month(item, year, month, cal):
    """The days of a month that 'day 5', 'last day', 'working day 3', 'last working day' name."""
    days = [date(year, month, d) for d in range(1, month_days(year, month) + 1)]
    if 'working' in item:
        days = [d for d in days if cal.works(d)]
    if item.startswith('last '):
        return days[-1:]
    n = int(item.split()[-1])
    return days[n - 1:n] if 'working' in item else [days[min(n, len(days)) - 1]]


def dates_of(on, year, cal):
    """The days of a year that `on` names, each once, in order."""
    if isinstance(on, dict):
        return rule_days(on['rule'], iso(on.get('start')) or date(year, 1, 1), year)
    found = set()
    for item in on if isinstance(on, list) else [on]:
        day = date(year, 1, 1)
        if item in WEEKDAYS or item == 'working days':
            while day.year == year:
                if WEEKDAYS[day.weekday()] == item or item == 'working days' and cal.works(day):
                    found.add(day)
                day += DAY
        elif item[0].isdigit():
            found.add(day_ref(item, year, None))
        else:
            for month in range(1, 13):
                found.update(on_month(item, year, month, cal))
    return sorted(found)


# ---- RFC 5545 rules: each day is asked whether the rule names it

@functools.lru_cache(100)
def rule_days(text, start, year):
    rule = dict(part.split('=') for part in text.split(';'))
    left = int(rule.get('COUNT', 10 ** 9))
    until = date(*(int(rule['UNTIL'][i:j]) for i, j in ((0, 4), (4, 6), (6, 8)))) if 'UNTIL' in rule else date.max
    found, day = [], start
    while day.year <= year and day <= until and left:
        if rule_names(rule, start, day):
            left -= 1
            if day.year == year:
                found.append(day)
        day += DAY
    return found


def rule_names(rule, start, day):
    freq, every = rule['FREQ'], int(rule.get('INTERVAL', 1))
    months = [int(m) for m in rule.get('BYMONTH', '').split(',') if m]
    if months and day.month not in months:
        return False
    if freq == 'DAILY':
        return (day - start).days % every == 0 and by_month_day(rule, day) and by_weekday(rule, day, None)
    if freq == 'WEEKLY':
        weeks = (key_of('week', day) - key_of('week', start)).days // 7
        return weeks % every == 0 and (
            by_weekday(rule, day, None) if 'BYDAY' in rule else day.weekday() == start.weekday())
    if freq == 'MONTHLY':
        if ((day.year - start.year) * 12 + day.month - start.month) % every:
            return False
        if 'BYMONTHDAY' in rule or 'BYDAY' in rule:
            return by_month_day(rule, day) and by_weekday(rule, day, 'month')
        return day.day == start.day
    if (day.year - start.year) % every:
        return False
    if 'BYMONTHDAY' in rule or 'BYDAY' in rule:
        return by_month_day(rule, day) and by_weekday(rule, day, 'month' if months else 'year')
    return day.day == start.day and (bool(months) or day.month == start.month)


def by_month_day(rule, day):
    if 'BYMONTHDAY' not in rule:
        return True
    from_end = day.day - month_days(day.year, day.month) - 1
    return any(int(n) in (day.day, from_end) for n in rule['BYMONTHDAY'].split(','))


def by_weekday(rule, day, of):
    """BYDAY, with an ordinal counted in the day's month or year."""
    if 'BYDAY' not in rule:
        return True
    for item in rule['BYDAY'].split(','):
        if CODES[day.weekday()] != item[-2:]:
            continue
        if not item[:-2]:
            return True
        same, n = day, int(item[:-2])       # walk to the edge, counting this weekday
        step, nth = (-DAY if n > 0 else DAY) * 7, 0
        while key_of(of, same) == key_of(of, day):
            same, nth = same + step, nth + 1
        if nth == abs(n):
            return True
    return False


def share_of_days(first, last, a, b):
    """The days of first..last that lie in a..b, and all of them."""
    inside = whole = 0
    while first <= last:
        inside, whole, first = inside + (a <= first <= b), whole + 1, first + DAY
    return Fraction(inside, whole)
