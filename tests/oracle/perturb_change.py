"""Random changes to registers and to the folder of evidence (perturb.py)."""
import copy
import os
from datetime import date, timedelta
from decimal import Decimal

from perturb_row import Bad, Row
from sheets import Cell
from tables import EVIDENCE, SYNONYMS

NOTES = ['注：数据截至年末。', '说明：同一事项重复登记的以首次为准。', '填表人：综合科科长',
         '注:本表由科室填报', '填表说明：按发生日期先后登记。', '说明：以上均已核对']
TITLES = ['填报科室：综合科', '填报时间：12月下旬', '单位：人、次', '（内部资料，注意保管）',
          '注：本表由各科室填报，综合科汇总', '截至年末']
TOTALS = ['合计', '总计', '小计', '累计', '共计', '合 计', '合　计', '小 计', '合计：', '小计（上半年）',
          '累计数', ' 总计']


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
