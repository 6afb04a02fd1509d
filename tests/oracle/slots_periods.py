"""The slots of `count` and `each`: one or more a period. See slots_oracle.py; written from docs/scheme.md alone."""
import collections
from datetime import date
from fractions import Fraction

from slots_days import (
    DAY, WEEKDAYS, Period, clock, day_ref, half_up, iso, minutes, month_later, period_last, periods, share_of_days,
    stretches, table_periods)


# ---- periods owed

def span_of(need, world, row):
    span = need.get('each', need.get('per', 'year'))
    if isinstance(span, dict):
        return span['words'].get(world.value(row, span['field']))
    return span


def owed(need, span, world, year, row=None):
    """The periods a need owes in a year, and the calendar that was asked."""
    cal = world.calendar()
    if span.startswith('table:'):
        found = table_periods(world.setting(span[6:]), year)
    elif span.endswith('hours'):
        found = [Period(p.first, p.last, '%s %s–%s' % (p.first.isoformat()[5:], clock(a), clock(b)), None, (a, b, last))
                 for p in periods('day', year) for a, b, last in stretches(span, need['hours'])]
    else:
        found = periods(span, year)
    found = [p for p in found if on_day(need.get('days', 'all'), p.first, cal)]
    season = season_of(need, world, year)
    except_ = world.setting(need['except']) if 'except' in need else []
    start = end = None
    if 'start' in need:
        start = iso(world.value(row, need['start'])) if row else day_ref(need['start'], year, world.on)
    if 'end' in need:
        end = iso(world.value(row, need['end'])) if row else day_ref(need['end'], year, world.on)
    kept = []
    for p in found:
        first, last = (p.decide, p.decide) if p.decide else (p.first, p.last)
        if not any(a <= first and last <= b for a, b in season) or p.first.isoformat() in except_:
            continue
        if start and p.first <= start:      # not the first whole one after it
            continue
        if end and end <= p.last:           # the period of the end, and those behind it
            continue
        kept.append(p)
    return kept


def on_day(days, day, cal):
    if days == 'all':
        return True
    if days == 'working':
        return cal.works(day)
    return WEEKDAYS[day.weekday()] in (days if isinstance(days, list) else [days])


def season_of(need, world, year):
    """[(first, last)]: a period is owed inside one of them."""
    a, b = need.get('from'), need.get('to')
    if not a and not b:
        return [(date.min, date.max)]
    start, end = date(year, 1, 1), date(year, 12, 31)
    first, last = world.bound(a, year, start), world.bound(b, year, end)
    if first > last and a and b and len(a) == len(b) == 5 and a[0].isdigit() and b[0].isdigit():
        return [(first, end), (start, last)]
    return [(first, last)]


def rows_in(given, p, last, need):
    """The records of a period, up to a last day."""
    world = given.world
    if 'period' in need:
        return [r for r in given.taken if r.get(need['period']) and period_last(r[need['period']]) == p.last]
    rows = [r for r in given.taken if p.first <= world.day(r) <= last]
    if p.hours:
        a, b, ends = p.hours
        rows = [r for r in rows if r.get(need['time'])
                and (a <= minutes(r[need['time']]) < b or ends and minutes(r[need['time']]) == b)]
    return rows


def day_flag(need, p, world):
    """Whether the kind of day was asked of a calendar that nobody knows."""
    cal = world.calendar()
    if need.get('days') == 'working':
        cal.works(p.first)
    return cal


# ---- grace: records of the days after a period that their own period does not need

def spares(given, span, want):
    """{period: the spare records it may have}, from the periods of all years about."""
    need, world, year = given.need, given.world, given.world.year
    if 'grace' not in need:
        return {}
    far = 8 if 'years' in span or span.startswith('table:') else 1
    all_owed = [p for y in range(year - far, year + far + 1) for p in owed(need, span, world, y, given.row)]
    needed = set()
    for p in all_owed:
        needed.update(id(r) for r in rows_in(given, p, p.last, need)[:want])
    found = collections.defaultdict(list)
    for row in given.taken:
        day = world.day(row)
        before = [p for p in all_owed if p.last < day]
        if id(row) in needed or not before:
            continue
        p = max(before, key=lambda p: p.last)       # of several the first
        if (day - p.last).days <= int(need['grace'][:-1]):
            found[p].append(row)
    return found


# ---- count and each

def count_slots(given):
    need, world = given.need, given.world
    span = span_of(need, world, given.row)
    spare = spares(given, span, need['count'])
    for p in owed(need, span, world, world.year, given.row):
        n, last = need['count'], p.last
        if given.tenure:
            share = share_of_days(p.first, p.last, *given.tenure[:2])
            n, last = (half_up(n * share) if share else 0), min(p.last, given.tenure[1])
        group = []
        for i in range(n):
            def find(due, until, i=i, p=p, last=last, group=group):
                return counted(given, p, last, group, spare.get(p, ()))[i], False
            label = '第%d次' % (i + 1)
            if span != 'year' and 'years' not in span:
                label = p.label + label
            group.append(given.slot(last, find, 'grace' in need, label))
        yield from group


def counted(given, p, last, group, spare):
    """The days on which the slots of a period were done: each takes the first record that no slot before it has."""
    used, days = [], []
    for slot in group:
        rows = [r for r in rows_in(given, p, slot.until or last, given.need) if id(r) not in used]
        days.append(given.world.day(rows[0]) if rows else None)
        used += map(id, rows[:1])
    for i, day in enumerate(days):
        rest = [r for r in spare if id(r) not in used]
        if not day and rest:
            days[i] = given.world.day(rest[0])
            used.append(id(rest[0]))
    return days


def each_slots(given):
    need, world = given.need, given.world
    span = span_of(need, world, given.row)
    if not span:
        return
    enough = need.get('enough', 1)
    spare = spares(given, span, enough) if 'grace' in need else {}
    for p in owed(need, span, world, world.year, given.row):
        if not given.within(p):
            continue
        due, cal = due_of(need, p, world)

        def find(due, until, p=p):
            rows = rows_in(given, p, until or p.last, need)
            done = enough_on(enough, rows, world, due)
            rest = [r for r in spare.get(p, ()) if all(r is not own for own in rows)]
            if not done and rest and len(rows) < enough <= len(rows) + len(rest):
                done = world.day(rest[enough - len(rows) - 1])
            return done, False
        own = '' if (span == 'year' or 'years' in span) and (given.called or 'label' in need) else p.label
        yield given.slot(due, find, 'period' in need or 'grace' in need, own,
                         [cal.unknown and 'calendar_unknown'])


def due_of(need, p, world):
    """The due day of a period."""
    cal, due, text = day_flag(need, p, world), p.last, need.get('due')
    if text:
        if text.startswith('day '):
            due = month_later(date(due.year, due.month, 1), 1)
            due = [due + i * DAY for i in range(31) if (due + i * DAY).month == due.month][:int(text[4:])][-1]
        elif text.endswith('working days'):
            due = cal.after(due, int(text.split()[0]))
        else:
            due += int(text[:-1]) * DAY
    return cal.shift(due, need.get('shift')), cal


def number(row, field):
    return Fraction(str(row[field]))


def enough_on(enough, rows, world, due):
    """The day on which there is enough, or None."""
    if not isinstance(enough, dict):
        return world.day(rows[enough - 1]) if len(rows) >= enough else None
    least = Fraction(str(enough['at_least']))
    if 'rate' in enough or 'share' in enough:
        return share_on(enough, least, rows, world, due)
    have, seen = Fraction(0), set()
    for row in rows:
        if 'sum' in enough:
            have += number(row, enough['sum']) if enough['sum'] in row else 0
        else:
            seen.add(world.day(row) if 'days' in enough else row.get(enough['distinct'], ''))
            have = Fraction(len(seen - {''}))
        if have >= least:
            return world.day(row)
    return None


def share_on(enough, least, rows, world, due):
    """A rate is judged on the due day, from what is there by then."""
    if world.on < due:
        return None
    rows = [r for r in rows if world.day(r) <= due]
    if 'rate' in enough:
        a, b = enough['rate']
        rows = [r for r in rows if a in r and b in r]
        part, whole = sum(number(r, a) for r in rows), sum(number(r, b) for r in rows)
    else:
        of = enough.get('of')
        rows = [r for r in rows if not of or of in r]
        part = sum((number(r, of) if of else 1) for r in rows if world.fits(r, enough['share']))
        whole = sum((number(r, of) if of else 1) for r in rows)
    return world.day(rows[-1]) if whole and Fraction(part) * 100 / whole >= least else None
