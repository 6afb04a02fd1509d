#!/usr/bin/env python3
"""A register of N rows and 12 columns as a spreadsheet program writes it: make_sheet.py N FOLDER

FOLDER gets 会议.xlsx, scheme.yaml and org.json. The same N gives the same bytes."""
import random, sys, zipfile
from xml.sax.saxutils import escape

HEADS = ['日期', '类别', '名称', '主持岗位', '应到', '实到', '第一议题', '议题', '标签', '参会单位', '纪要', '备注']
FIELDS = ['date', 'kind', 'name', 'host', 'due', 'present', 'first_topic', 'agenda', 'topics', 'units', 'minutes', 'note']
TYPES = ['date', 'choice', 'text', 'post', 'count', 'count', 'flag', 'text', 'tags', 'list', 'text', 'text']
KINDS = ['室务会', '理论学习中心组学习', '区级会议', '组织生活会', '分析会']
TOPICS = ['意识形态', '保密', '国家安全', '党建', '目标考核']


def rows(n):
    rng = random.Random(7)
    for i in range(n):
        yield [44562 + rng.randrange(365), rng.choice(KINDS), f'第{i + 1}次会议', '主任', 13 + rng.randrange(40),
               10 + rng.randrange(40), rng.choice(['是', '否']), f'研究第{i % 97}项工作，部署下一步任务',
               '、'.join(rng.sample(TOPICS, 2)), '石桥镇、竹溪镇、清水镇', f'纪要〔2022〕{i % 500}号', '']


def sheet(n):
    shared, order = {}, []

    def text(s):
        if s not in shared:
            shared[s] = len(order)
            order.append(s)
        return shared[s]

    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/'
           'spreadsheetml/2006/main"><sheetData><row r="1">']
    out += [f'<c r="{chr(65 + k)}1" t="s"><v>{text(h)}</v></c>' for k, h in enumerate(HEADS)]
    out.append('</row>')
    for i, row in enumerate(rows(n), 2):
        out.append(f'<row r="{i}">')
        for k, v in enumerate(row):
            ref = f'{chr(65 + k)}{i}'
            if k == 0:
                out.append(f'<c r="{ref}" s="1"><v>{v}</v></c>')
            elif isinstance(v, int):
                out.append(f'<c r="{ref}"><v>{v}</v></c>')
            elif v:
                out.append(f'<c r="{ref}" t="s"><v>{text(v)}</v></c>')
        out.append('</row>')
    out.append('</sheetData></worksheet>')
    strings = ('<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
               + ''.join(f'<si><t>{escape(s)}</t></si>' for s in order) + '</sst>')
    return ''.join(out), strings


def main():
    n, folder = int(sys.argv[1]), sys.argv[2]
    body, strings = sheet(n)
    rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    pkg = 'http://schemas.openxmlformats.org/package/2006'
    main_ns = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    parts = {
        '[Content_Types].xml': f'<Types xmlns="{pkg}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        '_rels/.rels': f'<Relationships xmlns="{pkg}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        'xl/workbook.xml': f'<workbook xmlns="{main_ns}" xmlns:r="{rel}"><sheets><sheet name="会议" sheetId="1" r:id="r1"/>'
        '</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': f'<Relationships xmlns="{pkg}/relationships">'
        f'<Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        'xl/styles.xml': f'<styleSheet xmlns="{main_ns}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        '</styleSheet>',
        'xl/sharedStrings.xml': strings,
        'xl/worksheets/sheet1.xml': body,
    }
    with zipfile.ZipFile(f'{folder}/会议.xlsx', 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as z:
        for name, data in parts.items():
            z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    with open(f'{folder}/scheme.yaml', 'w') as f:
        f.write('zeren: 1\nscheme: bench\ntitle: 测量\nrecords:\n  meeting:\n    about: meeting\n    title: 会议\n    fields:\n')
        f.writelines(f'      {a}: {t}\n' for a, t in zip(FIELDS, TYPES))
        f.write('sheets:\n  - record: meeting\n    file: "*"\n    columns:\n')
        f.writelines(f'      {a}: [{h}]\n' for a, h in zip(FIELDS, HEADS))
        f.write('    required: [kind, name]\n    key: [date, kind, name]\n    year: {of: date}\n')
    with open(f'{folder}/org.json', 'w') as f:
        f.write('{"year": 2022, "office": {"id": "U01", "name": "办公室", "short": "办公室"},'
                ' "units": [{"id": "U01", "name": "办公室", "short": "办公室", "parent": "", "kind": "本单位"}],'
                ' "posts": [{"id": "G01", "name": "主任", "unit": "U01", "role": "第一责任人"}],'
                ' "holders": [], "portfolios": []}\n')


main()
