"""A register that was changed as a sheet or as records of a CSV again (perturb.py)."""
import recount
import sheets
from sheets import Cell


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
