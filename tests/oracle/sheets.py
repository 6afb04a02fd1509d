"""Reading and writing of XLSX and CSV, as little as the oracle needs.

A sheet is a dictionary of cells by (row, column), both from 1. A cell's value
is None, str, bool, Decimal or datetime: a number shown with a date format is
read as datetime. For a formula the value is the stored result.
"""
import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
DOC = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PKG = 'http://schemas.openxmlformats.org/package/2006/relationships'
N = '{%s}' % MAIN
BUILTIN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


@dataclass
class Cell:
    value: object = None
    format: object = 0      # a built-in number (int) or a format code (str)
    formula: str = None


@dataclass
class Sheet:
    name: str = ''
    cells: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)      # (row, col, last row, last col)
    bare_rows: set = field(default_factory=set)     # written as <row> without cells

    def rows(self):
        """Rows that have cells: {row: {column: Cell}}, columns in order."""
        found = {}
        for (r, c), cell in sorted(self.cells.items()):
            found.setdefault(r, {})[c] = cell
        return found


@dataclass
class Book:
    sheets: list = field(default_factory=list)
    date1904: bool = False


def is_date_format(fmt):
    if isinstance(fmt, int):
        return fmt in BUILTIN_DATES
    code = re.sub(r'"[^"]*"|\\.|_.|\*.', '', fmt)
    if re.search(r'\[(h+|m+|s+)\]', code, re.I):    # elapsed time
        return True
    code = re.sub(r'\[[^\]]*\]', '', code)          # colours, locales, conditions
    return not re.search('general', code, re.I) and bool(re.search('[ymdhs]', code, re.I))


def serial_to_date(serial, date1904=False):
    serial = float(serial)
    if date1904:
        base = datetime(1904, 1, 1)
    else:       # the 1900 system counts a 29 February 1900 that never was
        base = datetime(1899, 12, 31 if serial < 60 else 30)
    return base + timedelta(seconds=round(serial * 86400))


def date_to_serial(date, date1904=False):
    base = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    span = date - base
    return span.days + round(Decimal(span.seconds) / 86400, 10)


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number):
    letters = ''
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_reference(reference):
    letters, row = re.fullmatch(r'\$?([A-Z]+)\$?(\d+)', reference).groups()
    return int(row), column_number(letters)


def reference(row, column):
    return '%s%d' % (column_letters(column), row)


# ---- reading

def _text(element):
    """Text of a string item: plain or in runs, without phonetic guides."""
    parts = []
    for child in element:
        if child.tag == N + 't':
            parts.append(child.text or '')
        elif child.tag == N + 'r':
            parts += [t.text or '' for t in child.findall(N + 't')]
    return ''.join(parts)


def _formats(archive):
    """The number format of each cell style."""
    if 'xl/styles.xml' not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read('xl/styles.xml'))
    codes = {int(f.get('numFmtId')): f.get('formatCode') for f in root.iter(N + 'numFmt')}
    styles = root.find(N + 'cellXfs')
    ids = [int(x.get('numFmtId', 0)) for x in styles] if styles is not None else []
    return [codes.get(i, i) for i in ids]


def _read_cell(element, strings, formats, date1904):
    kind = element.get('t', 'n')
    style = int(element.get('s', 0))
    fmt = formats[style] if style < len(formats) else 0
    formula = element.find(N + 'f')
    formula = formula.text if formula is not None else None
    if kind == 'inlineStr':
        inner = element.find(N + 'is')
        return Cell(_text(inner) if inner is not None else None, fmt, formula)
    value = element.find(N + 'v')
    value = value.text if value is not None else None
    if value is None:
        return Cell(None, fmt, formula)
    if kind == 's':
        value = strings[int(value)]
    elif kind == 'b':
        value = value.strip() == '1'
    elif kind == 'd':
        value = datetime.fromisoformat(value.rstrip('Z'))
    elif kind == 'n':
        value = Decimal(value.strip())
        if is_date_format(fmt) and value >= 0:
            value = serial_to_date(value, date1904)
    return Cell(value, fmt, formula)


def read_xlsx(path):
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        strings = []
        if 'xl/sharedStrings.xml' in names:
            root = ElementTree.fromstring(archive.read('xl/sharedStrings.xml'))
            strings = [_text(item) for item in root.findall(N + 'si')]
        formats = _formats(archive)
        workbook = ElementTree.fromstring(archive.read('xl/workbook.xml'))
        properties = workbook.find(N + 'workbookPr')
        book = Book()
        if properties is not None:
            book.date1904 = properties.get('date1904') in ('1', 'true')
        links = ElementTree.fromstring(archive.read('xl/_rels/workbook.xml.rels'))
        targets = {link.get('Id'): link.get('Target') for link in links}
        for entry in workbook.iter(N + 'sheet'):
            target = targets[entry.get('{%s}id' % DOC)]
            target = target[1:] if target.startswith('/') else 'xl/' + target
            root = ElementTree.fromstring(archive.read(target))
            sheet = Sheet(entry.get('name'))
            number = 0
            for row in root.iter(N + 'row'):
                number = int(row.get('r', number + 1))
                column = 0
                for element in row.findall(N + 'c'):
                    where = element.get('r')
                    column = split_reference(where)[1] if where else column + 1
                    sheet.cells[number, column] = _read_cell(
                        element, strings, formats, book.date1904)
            for merge in root.iter(N + 'mergeCell'):
                first, _, last = merge.get('ref').partition(':')
                sheet.merges.append(split_reference(first) + split_reference(last or first))
            book.sheets.append(sheet)
    return book


def read_csv(path):
    """Records are numbered from 1; an empty record takes a number too."""
    with open(path, 'rb') as file:
        data = file.read()
    try:
        text = data.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = data.decode('gb18030')
    sheet = Sheet()
    for number, record in enumerate(csv.reader(io.StringIO(text, newline='')), 1):
        for column, value in enumerate(record, 1):
            sheet.cells[number, column] = Cell(value)
    return sheet


# ---- writing

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _Writer:
    def __init__(self, book, how_stored):
        self.book, self.how_stored = book, how_stored
        self.strings, self.formats = {}, {0: 0}

    def string(self, text):
        how = self.how_stored()
        body = '<t xml:space="preserve">%s</t>' % escape(text)
        if how == 'inline':
            return ' t="inlineStr"', '<is>%s</is>' % body
        if how == 'rich':       # the same text in two runs
            half = len(text) // 2
            body = ''.join('<r><t xml:space="preserve">%s</t></r>' % escape(part)
                           for part in (text[:half], text[half:]))
        index = self.strings.setdefault(body, len(self.strings))
        return ' t="s"', '<v>%d</v>' % index

    def cell(self, row, column, cell):
        style = self.formats.setdefault(cell.format, len(self.formats))
        value, kind, body = cell.value, '', ''
        if isinstance(value, bool):
            kind, body = ' t="b"', '<v>%d</v>' % value
        elif isinstance(value, datetime):
            body = '<v>%s</v>' % format(date_to_serial(value, self.book.date1904), 'f')
        elif isinstance(value, (int, Decimal)):
            body = '<v>%s</v>' % format(Decimal(value), 'f')
        elif value is not None and cell.formula is not None:
            kind, body = ' t="str"', '<v>%s</v>' % escape(value)
        elif value is not None:
            kind, body = self.string(value)
        if cell.formula is not None:
            body = '<f>%s</f>%s' % (escape(cell.formula), body)
        style = ' s="%d"' % style if style else ''
        return '<c r="%s"%s%s>%s</c>' % (reference(row, column), style, kind, body)

    def sheet(self, sheet):
        rows = sheet.rows()
        lines = []
        for r in sorted(rows.keys() | sheet.bare_rows):
            cells = ''.join(self.cell(r, c, cell) for c, cell in rows.get(r, {}).items())
            lines.append('<row r="%d">%s</row>' % (r, cells))
        merges = ''.join('<mergeCell ref="%s:%s"/>' % (reference(*m[:2]), reference(*m[2:]))
                         for m in sheet.merges)
        if merges:
            merges = '<mergeCells count="%d">%s</mergeCells>' % (len(sheet.merges), merges)
        return '%s<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (
            HEAD, MAIN, ''.join(lines), merges)

    def styles(self):
        customs, styles = [], []
        for fmt in self.formats:
            number = fmt
            if isinstance(fmt, str):
                number = 164 + len(customs)
                code = escape(fmt, {'"': '&quot;'})
                customs.append('<numFmt numFmtId="%d" formatCode="%s"/>' % (number, code))
            styles.append('<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0"'
                          ' applyNumberFormat="1"/>' % number)
        if customs:
            customs = ['<numFmts count="%d">' % len(customs), *customs, '</numFmts>']
        return (HEAD + '<styleSheet xmlns="%s">%s'
                '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
                '<fills count="2"><fill><patternFill patternType="none"/></fill>'
                '<fill><patternFill patternType="gray125"/></fill></fills>'
                '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
                '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"'
                ' borderId="0"/></cellStyleXfs><cellXfs count="%d">%s</cellXfs></styleSheet>'
                % (MAIN, ''.join(customs), len(styles), ''.join(styles)))


def write_xlsx(path, book, how_stored=lambda: 'shared'):
    """how_stored says of each string: 'shared', 'inline' or 'rich'."""
    writer = _Writer(book, how_stored)
    office = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
    bodies = [writer.sheet(sheet) for sheet in book.sheets]
    count = range(1, len(bodies) + 1)
    parts = {
        '[Content_Types].xml': HEAD +
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>' +
            ''.join('<Override PartName="/xl/%s.xml" ContentType="%s%s+xml"/>'
                    % (part, office, kind) for part, kind in
                    [('workbook', 'sheet.main'), ('styles', 'styles'),
                     ('sharedStrings', 'sharedStrings')] +
                    [('worksheets/sheet%d' % i, 'worksheet') for i in count]) + '</Types>',
        '_rels/.rels': HEAD + '<Relationships xmlns="%s"><Relationship Id="rId1"'
            ' Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (PKG, DOC),
        'xl/workbook.xml': HEAD + '<workbook xmlns="%s" xmlns:r="%s"><workbookPr%s/><sheets>%s'
            '</sheets></workbook>' % (MAIN, DOC,
            ' date1904="1"' if book.date1904 else '',
            ''.join('<sheet name="%s" sheetId="%d" r:id="rId%d"/>'
                    % (escape(book.sheets[i - 1].name, {'"': '&quot;'}), i, i) for i in count)),
        'xl/_rels/workbook.xml.rels': HEAD + '<Relationships xmlns="%s">%s</Relationships>' % (
            PKG, ''.join('<Relationship Id="rId%d" Type="%s/%s" Target="%s.xml"/>'
                         % (i, DOC, kind, target) for i, (kind, target) in enumerate(
                [('worksheet', 'worksheets/sheet%d' % i) for i in count] +
                [('styles', 'styles'), ('sharedStrings', 'sharedStrings')], 1))),
        'xl/styles.xml': writer.styles(),
        'xl/sharedStrings.xml': HEAD + '<sst xmlns="%s" uniqueCount="%d">%s</sst>' % (
            MAIN, len(writer.strings), ''.join('<si>%s</si>' % s for s in writer.strings)),
    }
    for i, body in enumerate(bodies, 1):
        parts['xl/worksheets/sheet%d.xml' % i] = body
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():    # a fixed time: the same seed, the same bytes
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode('utf-8'))


def write_csv(path, records, encoding='utf-8', newline='\r\n'):
    text = io.StringIO(newline='')
    writer = csv.writer(text, lineterminator=newline)
    for record in records:
        if record:
            writer.writerow(record)
        else:
            text.write(newline)
    with open(path, 'wb') as file:
        file.write(text.getvalue().encode(encoding))
