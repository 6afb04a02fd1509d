"""A slot, and what a need is asked for. See slots_oracle.py.

A slot does not know yet whether it is done: `find(due, until)` says on which day it was and whether that was after the
due minute of that day, for the due day it is asked about and, where somebody was given more time, until when records of
a period count.
"""
from slots_days import minutes


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
