"""Registers as rows of facts, and the ways in which an office writes a fact (perturb.py)."""
import calendar
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import recount
from sheets import Cell
from tables import normal, TABLES

# Each shows the day: a full date shown as year and month README does not decide.
EXCEL_FORMATS = [
    14, 15, 22, 30, 31, 58, r'yyyy\-mm\-dd', 'yyyy"年"m"月"d"日"', 'm"月"d"日"',
    r'yyyy\.m\.d', 'yyyy/m/d;@', r'yyyy/m/d\ h:mm', '[$-804]yyyy"年"m"月"d"日";@',
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', r'yyyy/m/d\ aaaa;@', 'd-mmm-yy', '[Red]m/d/yyyy',
]
TIMED_FORMATS = {22, r'yyyy/m/d\ h:mm'}
NUMBER_FORMATS = [0, 1, 2, '0"%s"', '[Red]0.0', '#,##0_ ', '0.0_);[Red]\\(0.0\\)', '0\\日']
WEEKDAYS = '一二三四五六日'
CHINESE_MONTHS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']


class Bad(str):
    """The text of a date that nobody can read."""


def wide(text, digits_only=False):
    def one(c):
        return chr(ord(c) + 0xFEE0) if '!' <= c <= '~' and (c.isdigit() or not digits_only) else c
    return ''.join(map(one, text))


def move_years(text, delta):
    """Adds delta to each year of this century written in a text, in its own width."""
    def one(match):
        moved = str(int(match.group()) + delta)
        return wide(moved) if match.group()[0] == '２' else moved
    return re.sub(r'(?<!\d)[2２][0０][12１２]\d(?!\d)', one, text)


def move_date(day, delta):
    if delta and (day.month, day.day) == (2, 29) and not calendar.isleap(day.year + delta):
        day = day.replace(day=28)
    return day.replace(year=day.year + delta)


class Row:
    """A row below the header.

    kind: data, blank, total or note. A data row's facts are what its cells
    say, {column: date | Bad | Decimal | text | None}, kept apart from how the
    cells say it.
    """

    def __init__(self, kind, cells=None, facts=None):
        self.kind, self.cells, self.facts = kind, cells or {}, facts or {}

    def put(self, column, fact, cell):
        self.facts[column] = fact
        if cell is None:
            self.cells.pop(column, None)
        else:
            self.cells[column] = cell


class Register:
    """One table: what stands above the header, its columns, its rows."""

    def __init__(self, name, key, sheet, year):
        self.name, self.key, self.table, self.sheet = name, key, TABLES[key], sheet
        self.is_csv = '#' not in name
        layout = recount.Layout(sheet, key)
        self.columns = [layout.columns[c] for c in sorted(layout.columns)]
        self.titles = {c: c for c in self.columns}
        self.depth = layout.depth
        filled = {r: {c: cell for c, cell in cells.items() if not recount.is_blank(cell)}
                  for r, cells in sheet.rows().items()}
        last = max(r for r, cells in filled.items() if cells)
        self.above = [filled.get(r, {}) for r in range(1, layout.row)]
        self.rows = []
        for r in range(layout.row + layout.depth, last + 1):
            cells = {layout.columns[c]: cell for c, cell in filled.get(r, {}).items()}
            first = normal(recount.text_of(next(iter(cells.values()), None)))
            if not cells:
                self.rows.append(Row('blank'))
            elif re.match('[合总小累共]计', first):
                self.rows.append(Row('total', cells))
            elif len(cells) == 1 and re.match('注|说明|填表', first):
                self.rows.append(Row('note', cells))
            else:
                facts = {c: self.fact(c, cell, year) for c, cell in cells.items()}
                self.rows.append(Row('data', cells, facts))

    def fact(self, column, cell, year):
        if column == self.table.date or column in self.table.dates:
            by_month = column == self.table.date and self.table.month
            day = (recount.read_month if by_month else recount.read_date)(cell, year)
            return day or Bad(recount.text_of(cell).strip())
        if column in self.table.numbers:
            return recount.read_number(cell)
        return normal(recount.text_of(cell))

    def data(self):
        return [row for row in self.rows if row.kind == 'data']


# ---- ways of writing the same thing

class Hand:
    """Writes facts in the forms that README allows, chosen at random."""

    def __init__(self, rng, year):
        self.rng, self.year = rng, year

    def chance(self, share):
        return self.rng.random() < share

    def date(self, day, register, column):
        rng, y, m, d = self.rng, day.year, day.month, day.day
        if column == register.table.date and register.table.month:
            return self.month(day, register)
        if not register.is_csv and self.chance(.4):
            return self.excel_date(day)
        forms = ['%d.%d.%d' % (y, m, d), '%d-%d-%d' % (y, m, d), '%d/%d/%d' % (y, m, d),
                 '%d.%02d.%02d' % (y, m, d), '%d-%02d-%02d' % (y, m, d),
                 '%d/%02d/%02d' % (y, m, d), '%d%02d%02d' % (y, m, d),
                 '%d年%d月%d日' % (y, m, d), '%d年%02d月%02d日' % (y, m, d)]
        # Without a year it is this year's; of a plan for next year README does not say.
        if y == self.year and register.table.rule != 'next':
            forms += ['%d月%d日' % (m, d)] * 3
        text = rng.choice(forms)
        if text.isdigit() and not register.is_csv and self.chance(.3):
            return Cell(Decimal(text))
        ends_late = d + 2 <= calendar.monthrange(y, m)[1]
        is_range = text.endswith('日') and ends_late and self.chance(.15)
        if is_range:
            text += '-%d日' % rng.randint(d + 1, d + 2)
        if self.chance(.2):
            text = wide(text, digits_only=True)
        if self.chance(.15):
            text = self.spaced(text)
        if not is_range and self.chance(.15):
            week = rng.choice(['周', '星期']) + WEEKDAYS[day.weekday()]
            text += rng.choice(['（%s）', '(%s)', ' （%s）']) % week
        return Cell(text)

    def excel_date(self, day):
        fmt = self.rng.choice(EXCEL_FORMATS)
        moment = datetime(day.year, day.month, day.day)
        if fmt in TIMED_FORMATS:
            moment += timedelta(minutes=self.rng.choice([0, 510, 870, 1439]))
        formula = None
        if moment.hour == 0 and self.chance(.15):
            formula = 'DATE(%d,%d,%d)' % (day.year, day.month, day.day)
        return Cell(moment, fmt, formula)

    def month(self, day, register):
        y, m = day.year, day.month
        if not register.is_csv and self.chance(.2):
            return Cell(datetime(y, m, 1), self.rng.choice([57, 27, 17, 'yyyy"年"m"月"']))
        forms = ['%d年%d月' % (y, m), '%d-%02d' % (y, m), '%d.%d' % (y, m)]
        if y == self.year:
            forms += ['%d月' % m, '%d月份' % m]
        text = self.rng.choice(forms)
        return Cell(wide(text, digits_only=True) if self.chance(.2) else text)

    def bad_date(self, register):
        rng, y = self.rng, self.year
        if register.table.month:
            return rng.choice(['待定', '十三月', '13月', '%d年13月' % y, '%d.13' % y])
        m, d = rng.randint(1, 12), rng.randint(1, 28)
        short = rng.choice([4, 6, 9, 11])
        forms = ['%d年2月30日' % y, '%d年%d月32日' % (y, m), '%d.%d.35' % (y, m),
                 '%d-13-%02d' % (y, d), '%d月31日' % short, '%d/%d/31' % (y, short), '%d0230' % y,
                 '待定', '%s月底' % CHINESE_MONTHS[m - 1], '%d月底' % m,
                 '%s月%s旬' % (CHINESE_MONTHS[m - 1], rng.choice('上中下')),
                 '%d月%s旬' % (m, rng.choice('上中下')),
                 '%d年%d月' % (y, m), '%d.%d' % (y, m), '%d-%02d' % (y, m), '%d月' % m]
        if not calendar.isleap(y):
            forms.append('%d年2月29日' % y)
        return rng.choice(forms)

    def number(self, value, unit, register):
        text = format(value.normalize(), 'f')
        if not register.is_csv and self.chance(.5):
            fmt = self.rng.choice(NUMBER_FORMATS)
            if isinstance(fmt, str):
                fmt = fmt.replace('%s', unit)
            return Cell(value, fmt, text + '+0' if self.chance(.1) else None)
        text = self.rng.choice([text, text + unit, text + ' ' + unit, ' ' + text])
        return Cell(wide(text, digits_only=True) if self.chance(.4) else text)

    def spaced(self, text):
        """With a space, but not inside a number."""
        places = [i for i in range(1, len(text) + 1) if not text[i - 1:i + 1].isdigit()
                  or i == len(text)]
        at = self.rng.choice(places)
        return text[:at] + self.rng.choice([' ', '  ', '　']) + text[at:]

    def text(self, text):
        """Other widths, spaces or a line break; the same after normalizing."""
        way = self.rng.choice(['wide', 'half', 'space', 'break', 'all wide'])
        if way == 'wide':
            return wide(text, digits_only=True)
        if way == 'all wide':
            return wide(text)
        if way == 'half':
            return ''.join(chr(ord(c) - 0xFEE0) if '！' <= c <= '～' else c for c in text)
        if way == 'space':
            return self.spaced(text)
        at = len(text) // 2
        return text[:at] + '\n' + text[at:]

    def fact(self, fact, register, column):
        if fact is None or isinstance(fact, Bad):
            return Cell(str(fact)) if fact else None
        if isinstance(fact, date):
            return self.date(fact, register, column)
        if isinstance(fact, Decimal):
            return self.number(fact, register.table.numbers[column], register)
        return Cell(fact)
