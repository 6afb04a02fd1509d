"""The slots that each form of need opens. See slots_oracle.py; written from docs/scheme.md alone.

A slot does not know yet whether it is done: `find(due, until)` says on which day it was and whether that was after the
due minute of that day, for the due day it is asked about and, where somebody was given more time, until when records of
a period count.
"""
import collections
from datetime import date
from fractions import Fraction

from slots_days import (
    DAY, Period, clock, dates_of, day_ref, half_up, iso, key_of, minutes, month_later, period_last, periods,
    share_of_days, stretches, table_periods)


class Slot:
    def __init__(self, owner, due, find, late=False, never=False, label='', object_='', flags=()):
        self.owner, self.due, self.find, self.late, self.never = owner, due, find, late, never
        self.label, self.object, self.flags = label, object_, [f for f in flags if f]
        self.until = None       # of one that was given more time


class Given:
    """What a need is asked for once an owner and an object are known."""

    def __init__(self, need, world, owner, each=(), row=None, called='', tenure=None):
        self.need, self.world, self.owner, self.each, self.row, self.called = need, world, owner, each, row, called
        self.tenure = tenure
        self.taken = self.rows() if 'take' in need else []

    def rows(self):
        rows = apart(self.need, self.world.take(self.need['take'], self.owner, self.each), self.world)
        if self.tenure:
            rows = [r for r in rows if self.tenure[0] <= self.world.day(r) <= self.tenure[1]]
        return rows

    def within(self, period):
        """Whether a holder's tenure has all of a period; of a week its Thursday."""
        if not self.tenure:
            return True
        first, last = (period.decide, period.decide) if period.decide else (period.first, period.last)
        return self.tenure[0] <= first and last <= self.tenure[1]

    def about(self):
        """What stands before a slot's own label."""
        text = self.need.get('label', '')
        text = '' if text.startswith('field:') else text
        if self.need.get('for_each') == 'portfolio':
            return '%s%s→%s' % (text, self.owner, self.called)
        return text + self.called

    def slot(self, due, find, late, own='', flags=()):
        about = self.about()
        label = about + (' ' if self.called and about and own else '') + own
        return Slot(self.owner, due, find, late, self.need.get('late') == 'never', label, self.called, flags)


def apart(need, rows, world):
    """The rows that count: none too soon after the last one that does."""
    if 'apart' not in need:
        return rows
    n, hours = int(need['apart'][:-1]), need['apart'][-1] == 'h'
    if 'time' in need:
        def at(row):
            return world.day(row).toordinal() * 1440 + minutes(row.get(need['time']))
        least = n * 60 if hours else n * 1440
    else:
        def at(row):
            return world.day(row).toordinal()
        least = -(-n // 24) if hours else n
    kept = []
    for row in sorted(rows, key=at):
        if not kept or at(row) - at(kept[-1]) >= least:
            kept.append(row)
    return kept


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
    names = days if isinstance(days, list) else [days]
    return day in [d for d in dates_of(names, day.year, cal) if d == day]


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


# ---- on

def on_slots(given):
    need, world = given.need, given.world
    year = world.year
    first = world.bound(need.get('from'), year, date(year, 1, 1))
    last = world.bound(need.get('to'), year, date(year, 12, 31))
    exempt = world.setting(need['except']) if 'except' in need else []
    left, late = list(given.taken), need.get('late') == 'counts'
    certain = need['on']        # what is named without a calendar
    if not isinstance(certain, dict):
        certain = [item for item in (certain if isinstance(certain, list) else [certain]) if 'working' not in item]
    certain = dates_of(certain, year, world.calendar())
    for day in dates_of(need['on'], year, world.calendar()):
        if not first <= day <= last or day.isoformat() in exempt or not given.within(Period(day, day, '')):
            continue
        cal = world.calendar()
        if day not in certain:
            cal.works(day)      # the day itself was found by working days of its year
        due = cal.shift(day, need.get('shift'))
        rows = [r for r in left if in_window(need.get('window', 'day'), world.day(r), due)]
        if rows:
            left = [r for r in left if r is not rows[0]]        # a record fills one slot
        done = world.day(rows[0]) if rows else None
        yield given.slot(due, lambda due, until, done=done: (done, False), late, day.isoformat(),
                         [cal.unknown and 'calendar_unknown'])


def in_window(window, day, due):
    if window[0].isdigit():
        return due - int(window[:-1]) * DAY <= day <= due
    return key_of(window, day) == key_of(window, due)


# ---- by

def by_slots(given):
    need, world = given.need, given.world
    names = need['by'] if isinstance(need['by'], list) else [need['by']]
    days = sorted([day_ref(text, world.year, world.on), i] for i, text in enumerate(names))
    if 'reach' in need:
        bars = need['reach']['at_least']
        for day, i in days:
            bar = Fraction(str(bars[i] if isinstance(bars, list) else bars))
            cal, own = world.calendar(), need['reach']['figure']
            own = (day.isoformat() if len(days) > 1 else '') if 'label' in need else (
                own + ' ' + day.isoformat() if len(days) > 1 else own)
            yield given.slot(cal.shift(day, need.get('shift')),
                             lambda due, until, bar=bar: (reached(world, due, bar), False), False, own,
                             [cal.unknown and 'calendar_unknown'])
        return
    first = date(min(world.year, days[0][0].year), 1, 1)    # of the year, or of the earlier year it is due in
    for text in names:
        if text.startswith('next '):        # up to that day of this year they are the year before's
            first = max(first, day_ref(text, world.year - 1, world.on) + DAY)
    if 'from' in need:
        first = day_ref(need['from'], world.year, world.on)
    rows = [r for r in given.taken if world.day(r) >= first]
    times = need.get('count', 1)
    mine = [day for day, _ in days * times if given.within(Period(day, day, ''))]    # counted in the tenure
    for i, day in enumerate(mine):
        cal = world.calendar()
        done = world.day(rows[i]) if i < len(rows) else None
        own = '第%d次' % (i + 1) if times > 1 else day.isoformat()
        if len(days) == times == 1 and (given.called or 'label' in need):
            own = ''
        yield given.slot(cal.shift(day, need.get('shift')), lambda due, until, done=done: (done, False), True, own,
                         [cal.unknown and 'calendar_unknown'])


def reached(world, due, bar):
    return due if due <= world.on and value_on(world.figures, due) >= bar else None


def value_on(figure, on):
    value = Fraction(0)
    for day, thousandths in figure:
        if iso(day) <= on:
            value = Fraction(thousandths, 1000)
    return value


# ---- when

def when_slots(need, world, rule):
    limited = 'within' in need or 'due' in need
    late = limited or need.get('late') == 'counts'      # without a time limit done is done
    by = need['label'][6:] if need.get('label', '').startswith('field:') else None
    for row in world.take(need['when']):
        day = world.day(row)
        if day.year != world.year:
            continue
        owner = row.get(rule[6:]) or '' if rule.startswith('field:') else world.owners(rule)[0]
        due, minute, flags = when_due(need, world, row)
        for i in range(int(row.get(need['times'], 0)) if 'times' in need else 1):
            done, at = when_done(need, world, row, owner, i, by)
            if done and done > world.on:
                done = None

            def find(due_, until, done=done, at=at, due=due, minute=minute):
                return done, bool(not until and done and done == due and minute is not None and at > minute)
            label = row.get(by, '') if by else need.get('label', '') + (
                '%d月' % day.month if row['type'] == 'mo' else day.isoformat())
            if 'times' in need:
                label += '第%d次' % (i + 1)
            yield Slot(owner, due, find, late, limited and need.get('late') == 'never', label, '', flags)


def when_due(need, world, row):
    """The due day, its minute where that counts, and what is to be remarked."""
    cal, day, minute, flags = world.calendar(), world.day(row), None, []
    within = need.get('within', '')
    if within == 'prompt':
        within, flags = world.top['prompt'], ['internal']
    if 'due' in need:
        due = iso(row.get(need['due'])) or date(world.year, 12, 31)
    elif within.endswith('h') and 'time' in need:
        minute = minutes(row.get(need['time'])) + 60 * int(within[:-1])
        due, minute = day + minute // 1440 * DAY, minute % 1440
    else:
        due = later(day, within, cal)
    if 'extend' in need:
        more = need['extend']
        asked, approved = iso(row.get(more['asked'])), iso(row.get(more['approved']))
        if asked and approved and asked <= due and asked <= world.on and approved <= world.on:
            due = later(due, more['by'], cal)
    moved = cal.shift(due, need.get('shift'))
    if moved != due:        # the day it was moved to counts whole
        minute = None
    return moved, minute, ['calendar_unknown' if cal.unknown else '', *flags]


def later(day, text, cal):
    """A day and 3d, 24h, 5 working days, 2 months."""
    if not text:
        return day
    n = int(text.split()[0].rstrip('dh'))
    if text.endswith('working days'):
        return cal.after(day, n)
    if text.endswith('months'):
        return month_later(day, n)
    return day + (n if text.endswith('d') else -(-n // 24)) * DAY


def when_done(need, world, row, owner, i, by):
    """The day an occasion was answered for, and the minute."""
    day, clock_ = world.day(row), need.get('done_time')
    if 'take' in need:
        rows = [r for r in world.take(need['take'], owner, (row.get(by),)) if world.day(r) >= day]
        rows.sort(key=lambda r: (world.day(r), minutes(r.get(clock_)) if clock_ else 0))
        return (world.day(rows[0]), minutes(rows[0].get(clock_))) if rows else (None, 0)
    if 'done_times' in need:
        return (day if i < int(row.get(need['done_times'], 0)) else None), 0
    if 'done' in need and world.fits(row, need['done']):
        return iso(row.get(need.get('done_on'))) or day, minutes(row.get(clock_))
    return None, 0


# ---- holds

def holds_slots(given):
    need, world, row = given.need, given.world, given.row
    until, late = iso(world.value(row, need['holds'])), need.get('late') == 'counts'
    cal = world.calendar()
    due = cal.shift(until or date(world.year, 12, 31), need.get('shift'))
    done = None
    if not until or until.year > world.year:
        done = world.day(row)
    elif 'take' in need:
        rows = [r for r in given.taken if world.day(r) > world.day(row)]
        done = world.day(rows[0]) if rows else None
    yield given.slot(due, lambda due, until: (done, False), late, '', [cal.unknown and 'calendar_unknown'])


FORMS = [('on', on_slots), ('holds', holds_slots), ('each', each_slots), ('by', by_slots), ('count', count_slots)]


def slots_of(duty, world):
    """All slots of a duty; what a holder owes alone once for each tenure."""
    for need in duty.get('needs') or [duty['need']]:
        rule = need.get('owner', duty['owner'])
        if 'when' in need:
            yield from when_slots(need, world, rule)
            continue
        form = next(f for key, f in FORMS if key in need)
        if duty.get('personal') == 'yes':
            for owner in world.owners(rule):
                tenures = world.tenures(owner)
                for tenure in tenures:
                    called = owner if rule.startswith('each ') else ''
                    for slot in form(Given(need, world, owner, called=called, tenure=tenure)):
                        if len(tenures) > 1:
                            slot.label = '（%s）%s' % (tenure[2], slot.label)
                        yield slot
            continue
        for owner, each, row, called in world.objects(need, rule):
            yield from form(Given(need, world, owner, each, row, called))
