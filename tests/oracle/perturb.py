"""Copies a folder of registers with random changes, the same for the same seed.

    perturb.py SEED IN OUT [--year Y] [--plain] [--org-xlsx] [--expect FILE]

--year Y     moves the whole folder to another year
--plain      only rewrites it (and moves the year), without random changes
--org-xlsx   leaves org.xlsx without org.json
--expect F   writes what an import of OUT has to find, as recount.py prints it.
             It is known from what was done to each row, not from reading OUT,
             so that the recount and this ledger check each other.
"""
import argparse
import calendar
import copy
import json
import os
import random
import re
import shutil
from datetime import date, datetime, timedelta
from decimal import Decimal

import recount
import sheets
from sheets import Cell
from tables import EVIDENCE, SYNONYMS, TABLES, normal

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
NOTES = ['注：数据截至年末。', '说明：同一事项重复登记的以首次为准。', '填表人：综合科科长',
         '注:本表由科室填报', '填表说明：按发生日期先后登记。', '说明：以上均已核对']
TITLES = ['填报科室：综合科', '填报时间：12月下旬', '单位：人、次', '（内部资料，注意保管）',
          '注：本表由各科室填报，综合科汇总', '截至年末']
TOTALS = ['合计', '总计', '小计', '累计', '共计', '合 计', '合　计', '小 计', '合计：', '小计（上半年）',
          '累计数', ' 总计']


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


# ---- moving to another year

def move_cell(cell, delta):
    if isinstance(cell.value, str):
        cell.value = move_years(cell.value, delta)
    elif isinstance(cell.value, datetime):
        day = move_date(cell.value.date(), delta)
        cell.value = datetime.combine(day, cell.value.time())
        if cell.formula:
            cell.formula = None


def move_register(register, delta, hand):
    for cells in register.above:
        for cell in cells.values():
            move_cell(cell, delta)
    for row in register.rows:
        for column, cell in list(row.cells.items()):
            fact = row.facts.get(column)
            if isinstance(fact, Bad):
                fact = Bad(move_years(fact, delta))
                if recount.read_date(Cell(str(fact)), hand.year):
                    fact = Bad('待定')    # 29 February has become a day
                row.put(column, fact, Cell(str(fact)))
            elif isinstance(fact, date):
                fact = move_date(fact, delta)
                row.put(column, fact, hand.date(fact, register, column))
            elif column != EVIDENCE:
                move_cell(cell, delta)
                if isinstance(fact, str):
                    row.facts[column] = move_years(fact, delta)
    register.name = re.sub(r'#\d{4}年', lambda m: move_years(m.group(), delta), register.name)


def move_org(org, delta):
    """org.json in another year; the days of the Thursday course stay Thursdays."""
    org['year'] += delta

    def moved(text):
        return move_date(date.fromisoformat(text), delta).isoformat() if text else text

    def thursday(text):
        day = date.fromisoformat(moved(text))
        return (day + timedelta(days=(3 - day.weekday() + 3) % 7 - 3)).isoformat()
    for holder in org.get('holders', []):
        holder['from'], holder['to'] = moved(holder['from']), moved(holder['to'])
    days = org.get('calendar', {})
    for name in ('thursdayFrom', 'thursdayTo'):
        if days.get(name):
            days[name] = thursday(days[name])
    for exempt in days.get('exempt', []):
        exempt['date'] = thursday(exempt['date'])


# ---- random changes

class Changes:
    """The random changes of one folder."""

    def __init__(self, rng, hand, files):
        self.rng, self.hand, self.files, self.year = rng, hand, files, hand.year

    def times(self, register, share):
        """How often to do a thing: on average this share of the rows."""
        expected = share * len(register.data())
        return int(expected) + self.hand.chance(expected - int(expected))

    def pick(self, register):
        rows = register.data()
        return self.rng.choice(rows) if rows else None

    def insert(self, register, row):
        at = self.rng.randint(0, len(register.rows))
        register.rows.insert(at, row)

    def random_day(self, register, where):
        """where: in, before or after the year to which the table's rows belong."""
        year = self.year + (register.table.rule == 'next')
        year += {'in': 0, 'before': -1, 'after': 1}[where]
        first, last = date(year, 1, 1), date(year, 12, 31)
        edges = {'in': [first, last], 'before': [last], 'after': [first]}[where]
        if register.table.month:
            return first.replace(month=self.rng.choice(
                [edges[0].month, self.rng.randint(1, 12)]))
        if self.hand.chance(.3):
            return self.rng.choice(edges)
        return first + timedelta(days=self.rng.randrange((last - first).days + 1))

    # each of these changes one register

    def rewrite(self, register):
        """Other forms of the same dates, numbers and texts."""
        for row in register.data():
            for column, fact in list(row.facts.items()):
                if isinstance(fact, (date, Decimal)) and self.hand.chance(.35):
                    row.put(column, fact, self.hand.fact(fact, register, column))
                elif (type(fact) is str and column in register.table.key + register.table.required
                      and isinstance(row.cells[column].value, str) and self.hand.chance(.05)):
                    row.cells[column] = Cell(self.hand.text(row.cells[column].value))

    def redate(self, register):
        """In or out of the year, unreadable, or no date."""
        table = register.table
        if not table.date:
            return
        for _ in range(self.times(register, .12)):
            row = self.pick(register)
            to = self.rng.choice(['in', 'before', 'after', 'bad', 'none'])
            if to == 'bad':
                text = self.hand.bad_date(register)
                cell = Cell(self.hand.spaced(text) if self.hand.chance(.1) else text)
                row.put(table.date, Bad(cell.value.strip()), cell)
            elif to == 'none':
                row.put(table.date, None, Cell(' ') if self.hand.chance(.2) else None)
            else:
                day = self.random_day(register, to)
                row.put(table.date, day, self.hand.fact(day, register, table.date))
                if table.rule == 'problem' and to == 'before':
                    self.close(register, row)

    def close(self, register, row):
        """Closes a problem of last year: last year, this year, or not at all."""
        when = self.rng.choice(['before', 'in', None])
        found = row.facts[register.table.date]
        day = max(found, self.random_day(register, when)) if when else None
        row.put('销号日期', day, self.hand.fact(day, register, '销号日期'))

    def clear_required(self, register):
        for _ in range(self.times(register, .06)):
            if register.table.required:
                row, column = self.pick(register), self.rng.choice(register.table.required)
                row.put(column, None, self.rng.choice([None, None, Cell(''), Cell(' ')]))

    def clear_all_but_number(self, register):
        """A row numbered beforehand and never filled in is not a blank row."""
        if '序号' in register.columns and register.table.date and self.hand.chance(.15):
            number = Cell(Decimal(self.rng.randint(30, 99)))
            self.insert(register, Row('data', {'序号': number}, {'序号': str(number.value)}))

    def duplicate(self, register):
        """Copies in other forms: with the same key, or with one thing of it changed."""
        table = register.table
        if not table.key:
            return
        for _ in range(self.times(register, .08)):
            row = copy.deepcopy(self.pick(register))
            for column, fact in list(row.facts.items()):
                cell = row.cells.get(column)
                if isinstance(fact, (date, Decimal)) and self.hand.chance(.7):
                    row.put(column, fact, self.hand.fact(fact, register, column))
                elif (cell and isinstance(cell.value, str) and type(fact) is str
                      and column != EVIDENCE and self.hand.chance(.3)):
                    row.cells[column] = Cell(self.hand.text(cell.value))
            if self.hand.chance(.3):
                # Of the two mistakes columns of 文稿审核 README does not say which counts.
                self.change(register, row, self.rng.choice(
                    [c for c in table.key if '差错' not in c]))
            elif self.hand.chance(.3):
                others = set(register.columns) - set(table.key) - set(table.required)
                others -= {table.date, EVIDENCE, *table.dates, *table.numbers}
                column = self.rng.choice(sorted(others))
                row.put(column, '另行登记', Cell('另行登记'))
            self.insert(register, row)

    def change(self, register, row, column):
        fact = row.facts.get(column)
        if isinstance(fact, Bad) or fact is None:
            return
        if isinstance(fact, date):
            by_month = column == register.table.date and register.table.month
            fact = self.random_day(register, 'in') if not by_month else fact
            row.put(column, fact, self.hand.fact(fact, register, column))
        elif isinstance(fact, Decimal):
            fact += 1
            row.put(column, fact, self.hand.fact(fact, register, column))
        else:
            row.put(column, fact + '之二', Cell(fact + '之二'))

    def move_rows(self, register):
        for _ in range(self.times(register, .08)):
            row = self.pick(register)
            register.rows.remove(row)
            self.insert(register, row)

    def empty_rows(self, register):
        for _ in range(self.times(register, .04)):
            row = self.pick(register)
            if len(register.data()) > 1:
                register.rows[register.rows.index(row)] = Row('blank')

    def insert_blanks(self, register):
        for _ in range(self.rng.choice([0, 0, 1, 1, 2, 4])):
            self.insert(register, Row('blank'))

    def insert_totals(self, register):
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            self.insert(register, self.total(register))
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            self.insert(register, Row('note', {register.columns[0]: Cell(self.rng.choice(NOTES))}))

    def total(self, register):
        cells = {register.columns[0]: Cell(self.rng.choice(TOTALS))}
        for column in register.table.numbers:
            if column not in cells and self.hand.chance(.5):
                cells[column] = Cell(Decimal(self.rng.randint(1, 900)), 0,
                                     None if register.is_csv else 'SUM(A3:A9)')
        return Row('total', cells)

    def add_titles(self, register):
        for _ in range(self.rng.choice([0, 0, 1, 2, 4])):
            row = {1: Cell(self.rng.choice(TITLES))} if self.hand.chance(.8) else {}
            register.above.insert(self.rng.randint(0, len(register.above)), row)

    def change_evidence(self, register):
        if EVIDENCE not in register.columns:
            return
        for _ in range(self.times(register, .1)):
            row = self.pick(register)
            to = self.rng.choice(['other', 'none', 'unknown'])
            name = None
            if to == 'other' and self.files:
                name = self.rng.choice(sorted(self.files))
            elif to == 'unknown':
                name = '未找到%03d.pdf' % self.rng.randint(1, 999)
            row.put(EVIDENCE, name, name and Cell(name))

    def reorder_columns(self, register):
        if self.hand.chance(.4):
            return
        blocks = {}         # columns under one title stay together
        for column in register.columns:
            blocks.setdefault(column.split('/')[0], []).append(column)
        order = list(blocks.values())
        self.rng.shuffle(order)
        register.columns = [column for block in order for column in block]

    def rename_columns(self, register):
        chosen = {}         # one choice for all columns under one title
        for column in register.columns:
            names = SYNONYMS[register.key][column]
            group = column.split('/')[0]
            if group not in chosen:
                chosen[group] = (self.rng.randrange(len(names))
                                 if names and self.hand.chance(.4) else None)
            if chosen[group] is not None:
                register.titles[column] = names[chosen[group]]

    def apply(self, register):
        for change in (self.duplicate, self.redate, self.clear_required,
                       self.clear_all_but_number, self.move_rows, self.empty_rows,
                       self.change_evidence, self.rewrite, self.insert_totals,
                       self.insert_blanks, self.add_titles, self.reorder_columns,
                       self.rename_columns):
            change(register)


def change_files(rng, folder):
    """Removes and adds evidence files; returns the names that remain."""
    for name in sorted(os.listdir(folder)):
        if rng.random() < .08:
            os.remove(os.path.join(folder, name))
    for i in range(rng.choice([0, 1, 2])):
        name = rng.choice(['补充材料%d.txt', '现场照片%d.png', '新增纪要（%d）.pdf']) % i
        with open(os.path.join(folder, name), 'wb') as file:
            file.write(b'\x89PNG\r\n\x1a\n' if name.endswith('png') else b'0\n')
    return set(os.listdir(folder))


# ---- writing a register

def put_line(register, row):
    """A row's cells by column number."""
    line = {}
    for i, column in enumerate(register.columns, 1):
        if column in row.cells:
            line[i] = row.cells[column]
    if row.kind in ('total', 'note'):       # their first words stay in front
        first = next(iter(row.cells.values()))
        line = {i: cell for i, cell in line.items() if cell is not first and i > 1}
        line = {1: first, **line}
    return line


def lines_of(register, rng, plain):
    """{row number: {column number: Cell}}, merges, the header's row, {id of Row: row}."""
    lines, merges, width = {}, [], len(register.columns)
    for i, cells in enumerate(register.above, 1):
        if cells:
            lines[i] = cells
            if len(cells) == 1 and 1 in cells and not rng.random() < .3:
                merges.append((i, 1, i, width))
    header = len(register.above) + 1
    lines[header] = {}
    if register.depth == 2:
        lines[header + 1] = {}
    for i, column in enumerate(register.columns, 1):
        title = register.titles[column]
        if '/' in title:
            group, own = title.split('/')
            lines[header + 1][i] = Cell(own)
            if register.columns[i - 2].split('/')[0] != column.split('/')[0]:
                lines[header][i] = Cell(group)
                start = i
            elif merges and merges[-1][:2] == (header, start):
                merges[-1] = (header, start, header, i)
                continue
            merges.append((header, start, header, i))
        else:
            lines[header][i] = Cell(title)
            if register.depth == 2:
                merges.append((header, i, header + 1, i))
    numbers = {}
    for at, row in enumerate(register.rows, header + register.depth):
        numbers[id(row)] = at
        line = put_line(register, row)
        if row.kind == 'total' and not plain and width > 2 and rng.random() < .2:
            line = {2: line[1], **{i: c for i, c in line.items() if i > 2}}
        if line:
            lines[at] = line
        if row.kind == 'note' and rng.random() < .5:
            merges.append((at, 1, at, width))
        elif row.kind == 'total' and 1 in line and 2 not in line and rng.random() < .5:
            merges.append((at, 1, at, 2))
    merge_remarks(register, lines, numbers, merges, rng)
    return lines, merges, header, numbers


def merge_remarks(register, lines, numbers, merges, rng):
    """Sometimes one remark stands for several rows, as in a real register."""
    if '备注' not in register.columns or rng.random() < .6:
        return
    column = register.columns.index('备注') + 1
    for first, second in zip(register.rows, register.rows[1:]):
        if first.kind == second.kind == 'data':
            at = numbers[id(first)]
            if column in lines.get(at, {}) and column not in lines.get(at + 1, {column: 0}):
                merges.append((at, column, at + 1, column))
                return


def to_sheet(register, lines, merges, end, rng):
    """end: the last row, which may be one of the blank ones after the last line."""
    sheet = sheets.Sheet(register.name.partition('#')[2], merges=merges)
    for r, line in lines.items():
        for c, cell in line.items():
            sheet.cells[r, c] = cell
    last = max(lines)
    for r in range(1, end + 1):
        if r in lines:
            continue
        how = rng.choice(['gap', 'bare', 'styled', 'spaces'] if r < last else ['bare', 'styled'])
        if how == 'bare':
            sheet.bare_rows.add(r)
        elif how == 'styled':
            for c in range(1, len(register.columns) + 1):
                sheet.cells[r, c] = Cell(None, 14)
        elif how == 'spaces':
            sheet.cells[r, rng.randint(1, len(register.columns))] = Cell(rng.choice([' ', '　']))
    return sheet


def to_records(register, lines, end, rng):
    width, records = len(register.columns), []
    for r in range(1, end + 1):
        line = lines.get(r)
        if line is None:
            records.append(rng.choice([[''] * width, [], [' '] + [''] * (width - 1)]))
        else:
            records.append([recount.text_of(line[c]) if c in line else ''
                            for c in range(1, width + 1)])
    return records


# ---- what an import has to find

def expected_entry(register, header, numbers, year):
    """The entry of "ledgers", from the facts of the rows; and the evidence."""
    table = register.table
    entry = {'header_row': header, 'rows': 0, 'accepted': 0, 'refused': [],
             'duplicate': [], 'out_of_year': [], 'skipped': []}
    kept, evidence = [], []
    last = max((i for i, row in enumerate(register.rows) if row.kind != 'blank'), default=-1)
    for row in register.rows[:last + 1]:
        r = numbers[id(row)]
        if row.kind != 'data':
            entry['skipped'].append({'row': r, 'why': row.kind})
            continue
        entry['rows'] += 1
        day = row.facts.get(table.date)
        bare = [c for c in table.required if row.facts.get(c) is None]
        if table.date and not isinstance(day, date):
            reason = '日期无法识别：' + day if day else '缺少日期'
            entry['refused'].append(
                {'row': r, 'reason': reason, 'column': register.titles[table.date]})
            continue
        if bare:
            entry['refused'].append(
                {'row': r, 'reason': '缺少必填项', 'column': register.titles[bare[0]]})
            continue
        if table.date and not belongs(table, row, day, year):
            entry['out_of_year'].append({'row': r, 'date': day.isoformat()})
            continue
        marks = [row.facts.get(c) or None for c in table.key]
        same = [number for number, other in kept if other == marks]
        if table.key and same:
            entry['duplicate'].append({'row': r, 'same_as': same[0]})
            continue
        kept.append((r, marks))
        entry['accepted'] += 1
        if EVIDENCE in register.columns:
            evidence.append((r, row.facts.get(EVIDENCE) or ''))
    return entry, evidence


def belongs(table, row, day, year):
    start, end = date(year, 1, 1), date(year, 12, 31)
    if table.rule == 'next':
        start, end = date(year + 1, 1, 1), date(year + 1, 12, 31)
    elif table.rule == 'standing':
        start = date.min
    elif table.rule == 'problem':
        closed = row.facts.get('销号日期')
        if not closed or closed >= start:
            start = date(year - 1, 1, 1)
    return start <= day <= end


# ---- a folder

def perturb(seed, source, target, year=None, plain=False, org_xlsx=False):
    """Writes the folder target; returns what an import has to find there."""
    rng = random.Random(seed)
    old_year = recount.year_of(source)
    year = year or old_year
    delta = year - old_year
    hand = Hand(rng, year)
    os.makedirs(target)
    attachments = os.path.join(target, EVIDENCE)
    if os.path.isdir(os.path.join(source, EVIDENCE)):
        shutil.copytree(os.path.join(source, EVIDENCE), attachments, copy_function=shutil.copyfile)
        os.chmod(attachments, 0o755)        # the source may be read-only
    else:
        os.makedirs(attachments)
    copy_texts(source, target, delta, org_xlsx)
    files = set(os.listdir(attachments)) if plain else change_files(rng, attachments)

    registers = [Register(name, key, sheet, old_year)
                 for name, key, sheet in recount.tables_of(source)]
    changes = Changes(rng, hand, files)
    ledgers, evidence, books = {}, {}, {}
    for register in registers:
        if delta:
            move_register(register, delta, hand)
        if not plain:
            changes.apply(register)
        lines, merges, header, numbers = lines_of(register, rng, plain)
        end = max([max(lines), *numbers.values()])
        entry, found = expected_entry(register, header, numbers, year)
        ledgers[register.name], evidence[register.name] = entry, found
        file = register.name.partition('#')[0]
        if register.is_csv:
            encoding = rng.choice(['utf-8', 'utf-8-sig', 'gb18030'])
            sheets.write_csv(os.path.join(target, file), to_records(register, lines, end, rng),
                             encoding, rng.choice(['\r\n', '\n']))
        else:
            books.setdefault(file, sheets.Book()).sheets.append(
                to_sheet(register, lines, merges, end, rng))
    for file, book in books.items():
        write_book(os.path.join(target, file), book, rng)
    return {'ledgers': ledgers, 'evidence': expected_evidence(evidence, files)}


def write_book(path, book, rng):
    book.date1904 = rng.random() < .1
    if book.date1904 and any(isinstance(cell.value, datetime) and cell.value.year < 1904
                             for sheet in book.sheets for cell in sheet.cells.values()):
        book.date1904 = False
    how = rng.choice(['shared', 'inline', 'rich', 'mixed'])
    sheets.write_xlsx(path, book, lambda: how if how != 'mixed' else
                      rng.choice(['shared', 'inline', 'rich']))


def expected_evidence(rows, files):
    named = [(file, '%s!%d' % (table, r)) for table, found in rows.items()
             for r, file in found if file]
    used = {file for file, _ in named}
    return {
        'references': len(named),
        'present': sorted(used & files),
        'missing': [{'file': file, 'row': [place for name, place in named if name == file]}
                    for file in sorted(used - files)],
        'unreferenced': sorted(files - used),
        'accepted_rows_without_evidence': {
            table: len([1 for _, file in found if not file]) for table, found in rows.items()
            if found},
    }


def copy_texts(source, target, delta, org_xlsx):
    """org.json, org.xlsx and the texts. README and the answers are of the source only."""
    with open(os.path.join(source, 'org.json'), encoding='utf-8-sig') as file:
        org = json.load(file)
    move_org(org, delta)
    if not org_xlsx:
        with open(os.path.join(target, 'org.json'), 'w', encoding='utf-8') as file:
            json.dump(org, file, ensure_ascii=False, indent=1)
    path = os.path.join(source, 'org.xlsx')
    if os.path.exists(path):
        book = sheets.read_xlsx(path)
        for sheet in book.sheets:
            for cell in sheet.cells.values():
                move_cell(cell, delta)
        sheets.write_xlsx(os.path.join(target, 'org.xlsx'), book)
    texts = [f for f in sorted(os.listdir(source)) if f.endswith('.md') and f != 'README.md']
    texts += [os.path.join(EVIDENCE, f) for f in sorted(os.listdir(os.path.join(target, EVIDENCE)))
              if f.endswith('.txt')]
    for name in texts:
        with open(os.path.join(source, name), encoding='utf-8', newline='') as file:
            text = file.read()
        with open(os.path.join(target, name), 'w', encoding='utf-8', newline='') as file:
            file.write(move_years(text, delta))


def main():
    parser = argparse.ArgumentParser(description='Copy a folder of registers with random changes.')
    parser.add_argument('seed', type=int)
    parser.add_argument('source', metavar='IN')
    parser.add_argument('target', metavar='OUT', help='must not exist')
    parser.add_argument('--year', type=int)
    parser.add_argument('--plain', action='store_true', help='no random changes')
    parser.add_argument('--org-xlsx', action='store_true', help='leave out org.json')
    parser.add_argument('--expect', help='file for what an import has to find')
    args = parser.parse_args()
    found = perturb(args.seed, args.source, args.target, args.year, args.plain, args.org_xlsx)
    if args.expect:
        with open(args.expect, 'w', encoding='utf-8') as file:
            json.dump(found, file, ensure_ascii=False, indent=1)
            file.write('\n')


if __name__ == '__main__':
    main()
