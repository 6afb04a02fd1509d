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
import json
import os
import random
import shutil
from datetime import date, datetime

import recount
import sheets
from perturb_change import change_files, Changes
from perturb_row import Hand, move_years, Register
from perturb_sheet import lines_of, to_records, to_sheet
from perturb_year import move_cell, move_org, move_register
from tables import EVIDENCE

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
