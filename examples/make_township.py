#!/usr/bin/env python3
"""Makes examples/township-safety-2023: a township's work-safety year with planted faults. All of it is made up.

    make_township.py OUT [--seed N] [--without F01,F02] [--clean]

The same seed gives the same bytes. OUT gets the registers, evidence, org.json, narrative.md, and the truth: faults.json (what was
planted, and what has to be found because of it) and truth.json (slots, figures, findings). scheme.yaml and README.md are not made:
they stand in the folder. --without leaves faults out, --clean all of them.
"""
import argparse
import json
import pathlib
import sys
from collections import Counter
from datetime import date, datetime, timedelta

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'tests/oracle')]

import township_faults      # noqa: E402
from sheets import Book, Cell, Sheet, write_csv, write_xlsx     # noqa: E402
from township_truth import Truth, style     # noqa: E402
from township_world import CHIEF, DRILLS, MEMBERS, PORTFOLIOS, STATIONS, TENURES, VILLAGES, YEAR, World   # noqa: E402

# file, sheet (None: CSV), encoding, lines above the head, registers, columns: (head, field); field '#' is the serial number.
LAYOUTS = [
    ('01安全会议登记.xlsx', '安委会', None, ['青石镇安全生产委员会会议登记（2023年度）'], ['committee'],
     [('序号', '#'), ('会议编号', 'no'), ('会议时间', 'date'), ('会议类别', 'kind'), ('主持', 'host'), ('人数/应到', 'due'),
      ('人数/实到', 'present'), ('议题', 'topic'), ('纪要', 'minutes')]),
    ('01安全会议登记.xlsx', '专题会', None, ['分管负责人安全专题会', '填报：党政办'], ['special'],
     [('序号', '#'), ('时间', 'date'), ('类别', 'kind'), ('主持岗位', 'host'), ('应到', 'due'), ('实到', 'present'), ('研究事项', 'topic'),
      ('会议纪要', 'minutes')]),
    ('02企业名录.csv', None, 'utf-8-sig', [], ['enterprise'],
     [('企业编号', 'no'), ('企业名称', 'name'), ('风险分类', 'class'), ('所在村居', 'village'), ('包保岗位', 'owner')]),
    ('03安全检查.csv', None, 'gb18030', ['青石镇安全检查台账'], ['inspection'],
     [('检查编号', 'no'), ('检查日期', 'date'), ('检查类型', 'kind'), ('带队', 'lead'), ('企业编号', 'enterprise'), ('被查单位', 'unit'),
      ('发现隐患', 'found'), ('登记日期', 'entered'), ('备注', None)]),
    ('04汛期巡查.csv', None, 'utf-8', [], ['patrol'], [('村居', 'unit'), ('巡查日期', 'date'), ('巡查点位', 'points')]),
    ('05隐患整改台账.xlsx', '隐患整改', None, ['青石镇事故隐患整改台账', '（一患一档）'], ['hazard'],
     [('序号', '#'), ('隐患编号', 'no'), ('检查编号', 'check'), ('隐患描述', 'what'), ('成因', 'cause'), ('责任单位', 'unit'),
      ('发现日期', 'found_on'), ('整改/责任岗位', 'fixer'), ('整改/期限', 'limit'), ('整改/完成日期', 'done'), ('延期/申请日期', 'asked'),
      ('延期/批准日期', 'approved'), ('验收/验收岗位', 'verifier'), ('验收/销号日期', 'closed'), ('验收/销号文号', 'closure_no')]),
    ('06安全培训.csv', None, 'utf-8-sig', ['2023年安全培训登记表'], ['training'],
     [('编号', 'no'), ('培训日期', 'date'), ('培训内容', 'topic'), ('组织单位', 'unit'), ('参训人数', 'people'), ('学时', 'hours'),
      ('合格率', 'passed'), ('对应计划', 'plan'), ('签到表', 'proof')]),
    ('07应急预案和演练.xlsx', '预案目录', None, [], ['scenario'], [('预案编号', 'no'), ('预案名称', 'name'), ('修订日期', 'revised')]),
    ('07应急预案和演练.xlsx', '演练登记', None, ['应急演练登记'], ['drill'],
     [('序号', '#'), ('演练编号', 'no'), ('演练日期', 'date'), ('预案编号', 'scenario'), ('科目', 'kind'), ('组织单位', 'unit'),
      ('参演人数', 'people'), ('是否评估', 'assessed'), ('对应计划', 'plan')]),
    ('08责任书.csv', None, 'gb18030', [], ['pledge'], [('序号', '#'), ('签订日期', 'date'), ('甲方岗位', 'first'), ('乙方岗位', 'second')]),
    ('09风险台账.xlsx', '风险清单', None, ['镇级安全风险清单'], ['risk'],
     [('风险编号', 'no'), ('风险点', 'name'), ('责任单位', 'unit'), ('责任岗位', 'owner'), ('登记日期', 'registered'), ('可能性', 'likelihood'),
      ('影响', 'impact'), ('等级', 'level'), ('研判周期', 'review'), ('防控措施', 'measures')]),
    ('09风险台账.xlsx', '变更记录', None, [], ['risk_update'],
     [('日期', 'date'), ('风险编号', 'no'), ('事项', 'what'), ('新等级', 'new_level'), ('研判岗位', 'by'), ('说明', 'note')]),
    ('10事故报告.csv', None, 'utf-8', [], ['incident'],
     [('事故编号', 'no'), ('发生日期', 'date'), ('发生时刻', 'time'), ('事故类别', 'kind'), ('发生地', 'unit'), ('上报日期', 'reported'),
      ('上报时刻', 'reported_time'), ('伤亡变化日期', 'changed'), ('补报日期', 'supplement'), ('延期申请', 'inquiry_asked'),
      ('延期批准', 'inquiry_approved'), ('调查报告日期', 'inquired')]),
    ('11安全督查.csv', None, 'utf-8-sig', ['安全督查登记'], ['supervision'],
     [('督查编号', 'no'), ('督查日期', 'date'), ('被督查单位', 'unit'), ('组长岗位', 'lead'), ('问题数', 'found'), ('反馈日期', 'feedback'),
      ('反馈文号', 'notice'), ('对应计划', 'plan')]),
    ('12上报材料.csv', None, 'utf-8', [], ['submission'],
     [('文号', 'no'), ('报送日期', 'date'), ('材料类别', 'kind'), ('所属月份', 'month'), ('标题', 'title')]),
    ('13当年计划.csv', None, 'utf-8', [], ['plan'],
     [('计划编号', 'no'), ('方面', 'aspect'), ('任务', 'what'), ('目标', 'target'), ('单位', 'unit'), ('时限', 'limit'), ('责任岗位', 'owner')]),
    ('14下步计划.csv', None, 'utf-8', ['2024年工作计划'], ['next'],
     [('计划编号', 'no'), ('方面', 'aspect'), ('任务', 'what'), ('目标', 'target'), ('单位', 'unit'), ('时限', 'limit'), ('责任岗位', 'owner'),
      ('对应问题', 'problems')]),
]
UNITS = {'found': '处', 'people': '人', 'hours': '学时', 'due': '人', 'points': '处'}
TOTALS = {'03安全检查.csv': '合计', '05隐患整改台账.xlsx': '总计', '06安全培训.csv': '小计', '11安全督查.csv': '合计'}
NOTES = {'03安全检查.csv': '注：企业编号见企业名录', '07应急预案和演练.xlsx': '填表说明：评估一栏填是或否',
         '12上报材料.csv': '说明：文号以正式发文为准'}


def written(world, rec, field, sheet):
    """What stands in a cell: text, number or day, in one of the ways people write it."""
    if field in rec.raw:
        return rec.raw[field]
    value, how = rec[field], style(world, rec, field)
    if isinstance(value, date):
        texts = ['%d.%d.%d', '%d-%02d-%02d', '%d年%d月%d日', '%d/%d/%d']
        if sheet and how % 5 < 2:
            return datetime(value.year, value.month, value.day)
        if value.year == YEAR and how % 5 == 2 and world_year(rec):
            return '%d月%d日' % (value.month, value.day)
        return texts[how % 4] % (value.year, value.month, value.day)
    if isinstance(value, tuple):
        return '%d年%d月' % value if how % 2 or value[0] != YEAR else '%d月' % value[1]
    if field in UNITS and value is not None and how % 4 == 0:
        return '%s%s' % (value, UNITS[field])
    return value


def world_year(rec):
    return rec.reg not in ('next', 'risk', 'scenario')


def rows_of(world, layout):
    """(kind, record or text) of the lines below the head."""
    name, sheet, _, _, regs, columns = layout
    recs = sorted(world.of(*regs), key=lambda r: r['date'] or r['found_on'] or date.min)
    lines = [('data', r) for r in recs]
    if len(recs) > 12:
        lines.insert(len(recs) * 2 // 3, ('blank', None))
    if name in TOTALS:
        lines.append(('total', TOTALS[name]))
    if name in NOTES and sheet != '预案目录':
        lines.append(('note', NOTES[name]))
    return lines


def put_table(world, layout, truth):
    """The lines of a table: lists of cells; of a head with slashes the merges, too."""
    name, sheet, _, above, _, columns = layout
    source = '%s#%s' % (name, sheet) if sheet else name
    out, merges = [[text] for text in above], []
    if any('/' in head for head, _ in columns):
        top = len(out) + 1
        out += [[], []]
        for c, (head, _) in enumerate(columns, 1):
            upper, _, lower = head.partition('/')
            before = columns[c - 2][0].partition('/')[0] if c > 1 else ''
            out[-2].append(upper if not lower or upper != before else None)
            out[-1].append(lower or None)
            if not lower:
                merges.append((top, c, top + 1, c))
            elif upper != before:
                width = sum(h.startswith(upper + '/') for h, _ in columns)
                merges.append((top, c, top, c + width - 1))
    else:
        out.append([head for head, _ in columns])
    serial, table = 0, {'rows': 0, 'skipped': []}
    lines = rows_of(world, layout)
    for kind, what in lines:
        row = len(out) + 1
        if kind == 'data':
            serial += 1
            table['rows'] += 1
            truth['rows']['%s!%d' % (source, row)] = what.key
            out.append([serial if f == '#' else written(world, what, f, sheet) if f else None for _, f in columns])
            continue
        table['skipped'].append([row, kind])
        out.append([] if kind == 'blank' else [what] + ([None, serial] if kind == 'total' else []))
    truth['tables'][source] = table
    return source, out, merges


def write_tables(world, folder, truth):
    books = {}
    for layout in LAYOUTS:
        name, sheet, encoding = layout[:3]
        _, lines, merges = put_table(world, layout, truth)
        if sheet:
            cells = {(r, c): Cell(v, 31 if isinstance(v, datetime) else 0) for r, line in enumerate(lines, 1)
                     for c, v in enumerate(line, 1) if v is not None}
            for cell in cells.values():
                cell.value = str(cell.value) if isinstance(cell.value, float) else cell.value
            books.setdefault(name, Book()).sheets.append(Sheet(sheet, cells, merges))
        else:
            width = max(map(len, lines))
            write_csv(folder / name, [['' if v is None else str(v) for v in line] for line in lines if width], encoding)
    for name, book in books.items():
        write_xlsx(folder / name, book)


def organisation():
    units = [('U00', '云溪县安全生产委员会办公室', '县安委办', '', '上级单位'), ('U01', '云溪县青石镇人民政府', '青石镇', 'U00', '本单位')]
    units += [('U1%d' % k, '%s' % s, s, 'U01', '站所') for k, s in enumerate(STATIONS, 1)]
    units += [('U%d' % (20 + k), v, v, 'U01', '村居') for k, v in enumerate(VILLAGES, 1)]
    ids = {u[1]: u[0] for u in units}
    posts = [('P01', CHIEF, 'U01', '第一责任人')]
    posts += [('P0%d' % (k + 2), m, 'U01', '分管负责人') for k, m in enumerate(MEMBERS)]
    posts += [('P1%d' % k, p, ids[s], '站所负责人') for k, (s, p) in enumerate(STATIONS.items(), 1)]
    posts += [('P%d' % (20 + k), v + '主任', ids[v], '村居负责人') for k, v in enumerate(VILLAGES, 1)]
    codes = {p[1]: p[0] for p in posts}
    holders, names = [], iter('赵冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏')
    for code, post, _, _ in posts:
        for name, a, b in TENURES.get(post, [(next(names) + '某', date(2021, 1, 1), None)]):
            holders.append({'post': code, 'name': name, 'from': a.isoformat(), 'to': b.isoformat() if b else ''})
    return {'year': YEAR, 'office': {'id': 'U01', 'name': '云溪县青石镇人民政府', 'short': '青石镇'},
            'units': [dict(zip(('id', 'name', 'short', 'parent', 'kind'), u)) for u in units],
            'posts': [dict(zip(('id', 'name', 'unit', 'role'), p)) for p in posts], 'holders': holders,
            'portfolios': [{'post': codes[m], 'unit': u} for m in MEMBERS for u in PORTFOLIOS[m]],
            'bodies': [{'id': 'B01', 'name': '安委会', 'members': [codes[p] for p in [CHIEF, *MEMBERS]]}],
            'drillKinds': {k: [v] for k, v in DRILLS.items()}}


def made(seed, without=(), clean=False):
    """The world with its faults, and those that were planted."""
    world, planted = World(seed), []
    for fault in township_faults.FAULTS:
        if not clean and fault.id not in without:
            fault.plant(world)
            planted.append(fault)
    return world, planted


def truth_of(world, planted, without=()):
    truth = Truth(world)
    follow, here = truth.findings()
    ids, said = {f.id for f in planted}, Counter()
    for f in planted:
        for finding, needs in f.finds:
            if not needs or ids & set(needs):
                said[township_faults.named(world, finding)] += 1
    by_slots = Counter({k: n for k, n in said.items() if k.split('|')[0] in ('missed', 'late', 'vacant')})
    if by_slots != follow:
        raise SystemExit('faults and slots differ: only said %s, only follows %s' % (by_slots - follow, follow - by_slots))
    return truth, said, here


def to_json(path, what):
    path.write_text(json.dumps(what, ensure_ascii=False, indent=1) + '\n', 'utf-8')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--seed', type=int, default=2023)
    parser.add_argument('--without', default='')
    parser.add_argument('--clean', action='store_true')
    args = parser.parse_args()
    world, planted = made(args.seed, set(filter(None, args.without.split(','))), args.clean)
    truth, said, follow = truth_of(world, planted)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / '佐证').mkdir(exist_ok=True)
    out = {'rows': {}, 'tables': {}, 'duties': truth.duties(), 'figures': truth.figures(), 'scores': truth.scores(), 'unproved': truth.unproved(),
           'assessed': truth.assessed(), 'warned': truth.warned(),
           'findings': sorted(said.elements()), 'follow': sorted(follow.elements())}
    write_tables(world, args.out, out)
    for name in sorted({r[f] for r in world.recs for f in ('minutes', 'proof') if r[f]} - world.missing_files | set(world.extra_files)):
        text = world.extra_files.get(name) or '%s\n（样例，内容从略）\n' % name.removesuffix('.txt')
        (args.out / '佐证' / name).write_text(text, 'utf-8')
    own = ['# 人工填写的文字（2023年度）\n'] + ['## %s\n%s\n' % (k, '\n\n'.join(v)) for k, v in world.own.items()]
    (args.out / 'narrative.md').write_text('\n'.join(own), 'utf-8')
    to_json(args.out / 'org.json', organisation())
    to_json(args.out / 'truth.json', out)
    to_json(args.out / 'faults.json', [f.as_json(world) for f in planted])
    print('%d faults of %d kinds, %d findings and %d that follow' % (
        len(planted), len({f.kind for f in planted}), sum(said.values()), sum(follow.values())))


if __name__ == '__main__':
    main()
