"""Counts the registers of a folder again, from README alone.

    recount.py FOLDER [-o OUT] [--year Y]

Prints {"ledgers": ..., "evidence": ...} in the shape of truth.json.
"""
import argparse
import json
import os
import re
import sys
from datetime import date, datetime
from decimal import Decimal

import sheets
from tables import EVIDENCE, TABLES, headers, normal, table_key

TOTAL = re.compile('合计|总计|小计|累计|共计')
NOTE = re.compile('注|说明|填表')
HEADER_DEPTH = 30       # a header is sought in this many rows


# ---- cells

def text_of(cell):
    """A cell as text, as it stands."""
    value = cell.value if cell else None
    if value is None:
        return ''
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), 'f')
    return str(value)


def is_blank(cell):
    return normal(text_of(cell)) == ''


def real_date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


WEEKDAY = re.compile(r'\((?:周|星期)[一二三四五六日天]\)')
RANGE = r'(?:[-—–~至](?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日)?'


def read_date(cell, year):
    """The date in a cell, or None if it cannot be told."""
    if cell and isinstance(cell.value, datetime):
        return cell.value.date()
    text = WEEKDAY.sub('', normal(text_of(cell)))
    for pattern in (r'(\d{4})年(\d{1,2})月(\d{1,2})日' + RANGE,
                    r'(\d{4})\.(\d{1,2})\.(\d{1,2})',
                    r'(\d{4})-(\d{1,2})-(\d{1,2})',
                    r'(\d{4})/(\d{1,2})/(\d{1,2})',
                    r'(\d{4})(\d{2})(\d{2})'):
        match = re.fullmatch(pattern, text)
        if match:
            return real_date(*match.groups())
    match = re.fullmatch(r'(\d{1,2})月(\d{1,2})日' + RANGE, text)
    return real_date(year, *match.groups()) if match else None


def read_month(cell, year):
    """The first day of the month in a cell, or None."""
    text = normal(text_of(cell))
    match = (re.fullmatch(r'(\d{4})年(\d{1,2})月份?', text) or
             re.fullmatch(r'(\d{4})[-./](\d{1,2})', text))
    if match and isinstance(cell.value, str):
        return real_date(*match.groups(), 1)
    match = re.fullmatch(r'(\d{1,2})月份?', text)
    if match:
        return real_date(year, match.group(1), 1)
    day = read_date(cell, year)
    return day.replace(day=1) if day else None


def read_number(cell):
    """A number, with or without its unit word; otherwise the text."""
    text = normal(text_of(cell))
    match = re.fullmatch(r'(-?\d+(?:\.\d+)?)\D*', text)
    return Decimal(match.group(1)) if match else text


# ---- one table

class Layout:
    """Where a table's header stands and which column is which."""

    def __init__(self, sheet, key):
        names = headers(key)
        tops = {}
        for (r, c), cell in sheet.cells.items():
            if r <= HEADER_DEPTH + 1 and not is_blank(cell):
                tops[r, c] = text_of(cell).strip()
        spread = dict(tops)     # a group's title counts for each column under it
        for r, c, last_r, last_c in sheet.merges:
            for column in range(c + 1, last_c + 1):
                if (r, c) in tops and r == last_r:
                    spread.setdefault((r, column), tops[r, c])
        best = 0
        for r in sorted({r for r, _ in tops}):
            found, depth = {}, 1
            for c in {c for row, c in spread if row in (r, r + 1)}:
                top, sub = normal(spread.get((r, c), '')), normal(tops.get((r + 1, c), ''))
                if top and sub and top + '/' + sub in names:
                    found[c], depth = names[top + '/' + sub], 2
                elif top in names:
                    found[c] = names[top]
            if len(found) > best:
                best = len(found)
                self.row, self.depth, self.columns = r, depth, found
                self.titles = {found[c]: tops[r + 1 if '/' in found[c] else r, c] for c in found}
        if not best:
            raise ValueError('no header in ' + key)
        self.column_of = {name: c for c, name in self.columns.items()}

    def cell(self, row, name):
        return row.get(self.column_of.get(name))


def is_out_of_year(table, day, year, closed):
    if table.rule == 'next':
        return day.year != year + 1
    if table.rule == 'standing':
        return day.year > year
    if table.rule == 'problem' and day.year == year - 1:
        return closed is not None and closed.year < year
    return day.year != year


def comparable(table, name, cell, year):
    """A key column's content, brought to one form."""
    if name == table.date and table.month:
        return read_month(cell, year)
    if name == table.date or name in table.dates:
        return read_date(cell, year) or normal(text_of(cell))
    if name in table.numbers:
        return read_number(cell)
    return normal(text_of(cell))


def count_table(sheet, key, year):
    """The table's entry for "ledgers", and its accepted rows' evidence."""
    table, layout = TABLES[key], Layout(sheet, key)
    entry = {'header_row': layout.row, 'rows': 0, 'accepted': 0, 'refused': [],
             'duplicate': [], 'out_of_year': [], 'skipped': []}
    evidence = []       # (row, file name or '')
    seen = {}           # key of an accepted row: its number
    filled = {r: cells for r, cells in sheet.rows().items()
              if not all(map(is_blank, cells.values()))}
    for r in range(layout.row + layout.depth, max(filled) + 1):
        row = filled.get(r)
        if row is None:
            entry['skipped'].append({'row': r, 'why': 'blank'})
            continue
        contents = [normal(text_of(cell)) for cell in row.values() if not is_blank(cell)]
        if TOTAL.match(contents[0]):
            entry['skipped'].append({'row': r, 'why': 'total'})
            continue
        if len(contents) == 1 and NOTE.match(contents[0]):
            entry['skipped'].append({'row': r, 'why': 'note'})
            continue
        entry['rows'] += 1

        def refuse(reason, name):
            entry['refused'].append({'row': r, 'reason': reason,
                                     'column': layout.titles.get(name, name)})
        if table.date:
            cell = layout.cell(row, table.date)
            day = (read_month if table.month else read_date)(cell, year)
            if is_blank(cell):
                refuse('缺少日期', table.date)
                continue
            if day is None:
                refuse('日期无法识别：' + text_of(cell).strip(), table.date)
                continue
        missing = [n for n in table.required if is_blank(layout.cell(row, n))]
        if missing:
            refuse('缺少必填项', missing[0])
            continue
        if table.date:
            closed = read_date(layout.cell(row, '销号日期'), year)
            if is_out_of_year(table, day, year, closed):
                entry['out_of_year'].append({'row': r, 'date': day.isoformat()})
                continue
        if table.key:
            values = tuple(comparable(table, n, layout.cell(row, n), year) for n in table.key)
            first = seen.setdefault(values, r)
            if first != r:
                entry['duplicate'].append({'row': r, 'same_as': first})
                continue
        entry['accepted'] += 1
        if EVIDENCE in layout.column_of:
            evidence.append((r, text_of(layout.cell(row, EVIDENCE)).strip()))
    return entry, evidence


# ---- a folder

def tables_of(folder):
    """(name in "ledgers", key in TABLES, sheet) of every table in a folder."""
    for file in sorted(os.listdir(folder)):
        path = os.path.join(folder, file)
        if file.endswith('.csv') and table_key(file, ''):
            yield file, table_key(file, ''), sheets.read_csv(path)
        elif re.match(r'\d\d.*\.xlsx$', file):
            for sheet in sheets.read_xlsx(path).sheets:
                key = table_key(file, sheet.name)
                if key:
                    yield file + '#' + sheet.name, key, sheet


def year_of(folder):
    with open(os.path.join(folder, 'org.json'), encoding='utf-8-sig') as file:
        return json.load(file)['year']


def evidence_entry(rows, files):
    """rows: {table: [(row, file name or '')]}; files: names in the evidence folder."""
    places, without = {}, {}
    for name, found in rows.items():
        for row, file in found:
            if file:
                places.setdefault(file, []).append('%s!%d' % (name, row))
        if found:
            without[name] = sum(not file for _, file in found)
    return {
        'references': sum(map(len, places.values())),
        'present': sorted(f for f in places if f in files),
        'missing': [{'file': f, 'row': places[f]} for f in sorted(places) if f not in files],
        'unreferenced': sorted(f for f in files if f not in places),
        'accepted_rows_without_evidence': without,
    }


def recount(folder, year=None):
    year = year or year_of(folder)
    ledgers, rows = {}, {}
    for name, key, sheet in tables_of(folder):
        ledgers[name], rows[name] = count_table(sheet, key, year)
    attachments = os.path.join(folder, EVIDENCE)
    files = set(os.listdir(attachments)) if os.path.isdir(attachments) else set()
    return {'ledgers': ledgers, 'evidence': evidence_entry(rows, files)}


def main():
    parser = argparse.ArgumentParser(description='Count the registers of a folder again.')
    parser.add_argument('folder')
    parser.add_argument('-o', dest='out')
    parser.add_argument('--year', type=int, help='where there is no org.json')
    args = parser.parse_args()
    text = json.dumps(recount(args.folder, args.year), ensure_ascii=False, indent=1)
    if args.out:
        with open(args.out, 'w', encoding='utf-8') as file:
            file.write(text + '\n')
    else:
        sys.stdout.reconfigure(encoding='utf-8')
        print(text)


if __name__ == '__main__':
    main()
