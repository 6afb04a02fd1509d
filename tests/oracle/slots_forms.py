"""The slots of `on`, `by`, `when` and `holds`, and those of a whole duty. See slots_oracle.py; written from docs/scheme.md
alone.
"""
from datetime import date
from fractions import Fraction

from slots_days import DAY, Period, dates_of, day_ref, iso, key_of, minutes, month_later
from slots_need import Given, Slot
from slots_periods import count_slots, each_slots


# ---- on

def on_slots(given):
    need, world = given.need, given.world
    year = world.year
    first = world.bound(need.get('from'), year, date(year, 1, 1))
    last = world.bound(need.get('to'), year, date(year, 12, 31))
    exempt = world.setting(need['except']) if 'except' in need else []
    left, late = list(given.taken), need.get('late') == 'counts'
    items = need['on'] if isinstance(need['on'], list) else [need['on']]
    certain = need['on'] if isinstance(need['on'], dict) else [item for item in items if 'working' not in item]
    certain = dates_of(certain, year, world.calendar())
    for day in dates_of(need['on'], year, world.calendar()):
        if not first <= day <= last or day.isoformat() in exempt or not given.within(Period(day, day, '')):
            continue
        cal = world.calendar()
        if day not in certain:
            cal.works(day)      # the day itself was found by nothing but working days of its year
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
    if 'done' in need and world.fits(row, need['done'], owner):
        return iso(row.get(need.get('done_on'))) or day, minutes(row.get(clock_))
    return None, 0


# ---- holds

def holds_slots(given):
    need, world, row = given.need, given.world, given.row
    until = iso(world.value(row, need['holds']))
    cal = world.calendar()
    due = cal.shift(until or date(world.year, 12, 31), need.get('shift'))
    done = None
    if not until or until.year > world.year:
        done = world.day(row)
    elif 'take' in need:
        rows = [r for r in given.taken if world.day(r) > world.day(row)]
        done = world.day(rows[0]) if rows else None
    late = not done or done.year >= world.year           # what held again before the year held all through it
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
        for owner, each, row, called, *held in world.objects(need, rule):
            for slot in form(Given(need, world, owner, each, row, called)):
                day = min(slot.due, world.on).isoformat()       # whose portfolio it was when it fell due, or is today
                if not held or (held[0].get('from', '') <= day and day <= (held[0].get('to') or day)):
                    yield slot
