"""The shipped schemes, held against the catalogue of duties that schemes/mapping.tsv maps.

    test_schemes.py [--zeren PATH] [--less] [--only SCHEME] [DUTY…]

Every duty of the catalogue stands in the mapping, each duty it names is in its scheme, every form of cadence and of
owner is used. Each scheme loads, as a file and by its name, and an office of all kinds of units and posts
(tests/cases/offices/generic) evaluates it for a year without records, its score, warnings, risks and findings too: no slot of it is met, and each duty either owes
something or waits for what its records bring. Then each duty alone is given the records of schemes_met.txt, and just
so many of its slots are met as that file says; with --less they are fewer without any one of the records. Words of records and fields keep to the scope rule.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

from test_import import ROOT, Score

YEAR = 2024
SCHEMES = os.path.join(ROOT, 'schemes')
ORG = os.path.join(ROOT, 'tests', 'cases', 'offices', 'generic', 'org.json')
MET = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'schemes_met.txt')
SHARED = {'common', 'common-records'}
CADENCES = ['C%d' % i for i in range(1, 25)]
OWNERS = ['O%d' % i for i in range(1, 13)]
CATALOGUE = ['D%02d' % i for i in range(1, 93)]
# Needs that owe nothing until a record arises or stands in a register.
WAITS = re.compile(r'\bwhen:|for_each: \{of:|\bholds:')
# What no record or field of a shipped scheme may be called (tests/unit/test_scope.c holds more of them).
BANNED = ['言论', '发言内容', '发言', '聊天', '信仰', '宗教', '定位', '轨迹', '行踪', '思想动态', '舆情', '网民', '观点', '情绪', '姓名', '身份证',
          '手机', '微信群', '信访人', '举报人', '上访', '重点人员', '积分', '点赞', '浏览']


def run(zeren, *args, ok=(0,)):
    result = subprocess.run([zeren, *args], capture_output=True, text=True, timeout=120)
    if result.returncode not in ok:
        raise OSError('%s: exit status %d: %s' % (' '.join(args[:3]), result.returncode, result.stderr.strip()))
    return result.stdout


def read_mapping():
    rows = []
    with open(os.path.join(SCHEMES, 'mapping.tsv'), encoding='utf-8') as f:
        for line in f:
            if not line.startswith('#'):
                d, scheme, duties, cadence, owner, note = line.rstrip('\n').split('\t')
                rows.append((d, scheme, duties.split(','), cadence.split(','), owner.split(','), note))
    return rows


def read_duties(scheme):
    """Text of each duty by its id, as it stands in the file."""
    with open(os.path.join(SCHEMES, scheme + '.yaml'), encoding='utf-8') as f:
        text = f.read()
    part = re.search(r'^duties:\n(.*?)(?=^\S)', text, re.M | re.S)
    pieces = re.split(r'^  - id: (\S+)\n', part[1], flags=re.M) if part else ['']
    return dict(zip(pieces[1::2], pieces[2::2]))


def read_met():
    """scheme -> duty -> (slots met, [(whether it meets nothing, arguments of record add)])."""
    table, scheme, duty = {}, None, None
    with open(MET, encoding='utf-8') as f:
        for line in f:
            words = shlex.split(line, comments=True)
            if not words:
                continue
            if words[0] == '==':
                scheme = table.setdefault(words[1], {})
            elif not line.startswith(' '):
                duty = scheme[words[0]] = (int(words[1]), [])
            else:
                idle = words[0] == '-'
                words = words[idle:]
                times = int(words.pop(0)[:-1]) if re.fullmatch(r'\d+x', words[0]) else 1
                for n in range(1, times + 1):
                    duty[1].append((idle, [w.replace('{n}', '%02d' % n) for w in words]))
    return table


# Registers as offices really keep them, a row each: what the row becomes -> name of the file, header, cells.
REGISTERS = {
    'meeting': ('会议台账', '序号│日期│会议名称│届次│主持│地点│应到│实到│议题│是否专题│形成决议│纪要文号│佐证│备注',
                '1│2024-03-04│党委会│第3次│主任│会议室│9│8│工作│是│通过│1号│纪要.pdf│'),
    'study': ('学习台账', '序号│日期│形式│学习主题│学习篇目│主讲/领学│参加对象│人数│学时│佐证',
              '1│2024年3月4日│研讨│主题│篇目│某某│机关干部│20人│2学时│签到表.pdf'),
    'risk': ('风险台账', '序号│领域│风险点描述│风险等级│来源│责任领导│责任科室│防控措施│研判日期│当前状态│复核日期│化解日期│备注',
             '1│安全│风险点│较大│自查│副主任│综合科│措施│2024.3.4│在控│││'),
    'finding': ('问题整改台账', '序号│问题来源│问题描述│发现日期│整改措施│责任领导│责任单位│责任人│完成时限│整改进展│'
                '完成情况（已完成/基本完成/持续推进）│佐证│验收人│销号日期│备注',
                '1│自查│问题│2024-03-04│措施│副主任│综合科│某某│2024-04-04│推进│已完成│报告.pdf│某某│2024-04-01│'),
    'honour': ('荣誉台账', '序号│日期│荣誉名称│授予单位│级别│获奖对象│类别（集体/个人/项目）│文号│证书编号│佐证',
               '1│2024-03-04│先进集体│上级│市级│综合科│集体│1号│2号│证书.pdf'),
    'channel': ('阵地台账', '序号│阵地名称│类型│主办科室│责任人（岗位）│审批流程│受众范围│备案情况│检查频次│最近检查│存在问题│整改',
                '1│门户网站│网站│宣传科│宣传专责│两审│公众│是│每季度│2024-03-04│无│'),
    'training': ('培训台账', '序号│日期│主题│组织部门│讲师│对象│应训│实训│学时│考核方式│合格率│佐证',
                 '1│2024-03-04│保密│综合科│某某│机关干部│20│19│2│闭卷│95│签到表.pdf'),
    'inspection': ('检查台账', '序号│日期│检查类别│组织单位│带队领导│检查组成员│被检查单位/点位│检查内容│发现问题数│现场整改│限期整改│'
                   '复查日期│结果', '1│2024-03-04│综合检查│综合科│副主任│某某│服务中心│消防│3处│1处│2处│2024-03-20│整改'),
    'assignment': ('督办台账', '编号│来源（会议/批示/文件）│事项│承办单位│协办│交办日期│时限│进度│颜色│延期│办结日期│评价',
                   'D1│会议│事项│综合科│宣传科│2024-03-04│2024-04-04│100│绿││2024-04-01│好'),
    'book': ('档案目录', '卷号│责任系统│年度│类别│文件题名│文号│日期│页号│载体', '1│安全生产│2024│会议│纪要│1号│2024-03-04│1│纸'),
    'submission_total': ('信息报送采用汇总', '月份│单位│本期报送条数│累计报送│本期得分│累计得分', '3月│综合科│5│15│3│9'),
    'pledge': ('责任书台账', '序号│签订日期│甲方│乙方│责任书类别', '1│2024-02-01│主任│综合科│安全责任书'),
}


def new_office(zeren, scheme, folder):
    data = os.path.join(folder, 'data')
    run(zeren, 'init', data, '--org', ORG, '--scheme', os.path.join(SCHEMES, scheme + '.yaml'))
    return data


def status(zeren, data):
    on = '%d-12-31' % YEAR
    answer = json.loads(run(zeren, 'status', '--json', '--year', str(YEAR), '--on', on, '--data', data))
    return {duty: entry['at'][on] for duty, entry in answer.items()}


def check_mapping(score, rows, duties):
    problems = ['%s is not mapped' % d for d in CATALOGUE if d not in [r[0] for r in rows]]
    problems += ['%s is no duty of the catalogue' % r[0] for r in rows if r[0] not in CATALOGUE]
    for d, scheme, named, *_ in rows:
        if scheme not in duties:
            problems.append('%s: no scheme %s' % (d, scheme))
            continue
        problems += ['%s: %s has no duty %s' % (d, scheme, one) for one in named if one not in duties[scheme]]
    score.note('every duty of the catalogue is expressed by duties that exist', problems)
    score.note('every mapping says how in a sentence', [r[0] for r in rows if len(r[5].split()) < 5 or r[5][-1] != '.'])
    for title, at, all_of in (('cadence', 3, CADENCES), ('owner', 4, OWNERS)):
        used = {form for r in rows for form in r[at]}
        score.note('every form of %s is used' % title,
                   ['%s is not used' % form for form in all_of if form not in used]
                   + ['%s is none' % form for form in sorted(used - set(all_of))])


def check_load(score, zeren, schemes):
    for scheme in schemes:
        problems = []
        for name in (os.path.join(SCHEMES, scheme + '.yaml'),):
            try:
                run(zeren, 'scheme', 'check', name)
            except OSError as error:
                problems.append(str(error))
        score.note('%s loads' % scheme, problems)
    try:
        listed = run(zeren, 'scheme', 'list', '--lang', 'en')
        score.note('every scheme is compiled in', [s for s in schemes if not re.search(r'^%s\b' % s, listed, re.M)])
    except OSError as error:
        score.note('every scheme is compiled in', [str(error)])


def check_words(score):
    for name in sorted(os.listdir(SCHEMES)):
        if not name.endswith('.yaml'):
            continue
        with open(os.path.join(SCHEMES, name), encoding='utf-8') as f:
            text = re.sub(r'(^|\s)#.*', '', f.read())
        part = re.search(r'^records:\n.*?(?=^duties:|^figures:|\Z)', text + '\n', re.M | re.S)
        score.note('%s: names of records, fields and columns' % name,
                   [word for word in BANNED if part and word in part[0]])


def check_registers(score, zeren):
    """Every register layout is read whole, and becomes what it is."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            data = new_office(zeren, 'ideology', folder)
            os.mkdir(os.path.join(folder, 'registers'))
            for name, *rows in REGISTERS.values():
                with open(os.path.join(folder, 'registers', name + '.csv'), 'w', encoding='utf-8') as f:
                    f.writelines(','.join('"%s"' % cell for cell in row.split('│')) + '\n' for row in rows)
            run(zeren, 'import', os.path.join(folder, 'registers'), '--year', str(YEAR), '--accept', '--data', data)
            for record, (_, head, cells) in REGISTERS.items():
                lines = run(zeren, 'register', record, '--json', '--data', data).splitlines()
                known = [len(json.loads(line)['fields']) for line in lines]
                # All cells but those of the columns that hold no fact (序号, 地点, names of persons) and the empty ones.
                if len(lines) != 1 or known[0] < sum(bool(cell) for cell in cells.split('│')) - 4:
                    problems.append('%s: records with so many fields: %s' % (record, known))
        except OSError as error:
            problems.append(str(error))
    score.note('registers as offices keep them are read whole', problems)


def check_empty(score, zeren, scheme, duties):
    """A year without records."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            data = new_office(zeren, scheme, folder)
            at = status(zeren, data)
            run(zeren, 'assess', '--year', str(YEAR), '--data', data)
            for what in ('warn', 'risk', 'finding') if scheme != 'data-protection' else ():
                run(zeren, what, '--on', '%d-12-31' % YEAR, '--data', data)
        except OSError as error:
            return score.note('%s: a year without records' % scheme, [str(error)])
    for duty, text in duties.items():
        if duty not in at:
            problems.append('%s: no status' % duty)
        elif at[duty]['met'] or at[duty]['late']:
            problems.append('%s: met without records' % duty)
        elif not at[duty]['required_year'] and not WAITS.search(text):
            problems.append('%s: owes nothing and waits for nothing' % duty)
    score.note('%s: a year without records' % scheme, problems)


def state_with(zeren, scheme, duty, records):
    with tempfile.TemporaryDirectory() as folder:
        data = new_office(zeren, scheme, folder)
        for _, words in records:
            run(zeren, 'record', 'add', *words, '--year', str(YEAR), '--data', data)
        return status(zeren, data)[duty]


def meet(zeren, scheme, duty, want, records, less):
    """What is wrong, a list."""
    try:
        got = state_with(zeren, scheme, duty, records)
        if got['met'] != want:
            return ['%s: %d slots met, not %d: %s' % (duty, got['met'], want, got['reasons'])]
        idle = [words for i, (idle, words) in enumerate(records) if less and not idle
                and state_with(zeren, scheme, duty, records[:i] + records[i + 1:])['met'] >= want]
    except (OSError, KeyError) as error:
        return ['%s: %s' % (duty, error)]
    return ['%s: met as well without: %s' % (duty, ' '.join(words)) for words in idle]


def check_together(score, zeren, schemes):
    """An office with all of them: one file that uses each, with a report of its own."""
    problems = []
    with open(os.path.join(SCHEMES, schemes[0] + '.yaml'), encoding='utf-8') as f:
        report = f.read().partition('\nreport:')[2]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'scheme.yaml')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('zeren: 1\nscheme: all\ntitle: 全部\nuse: [%s]\nsuggest:\n  - {problem: 二（一）, when: {figure: '
                    'meetings.total, over: 0}, say: 会议}\nreport:%s' % (', '.join(schemes), report))
        try:
            run(zeren, 'init', os.path.join(folder, 'data'), '--org', ORG, '--scheme', path)
            at = status(zeren, os.path.join(folder, 'data'))
            problems = ['%s is not there' % duty for s in schemes for duty in read_duties(s) if duty not in at]
        except OSError as error:
            problems.append(str(error))
    score.note('all of them in one office', problems)


def check_met(score, zeren, scheme, duties, table, only, less):
    missing = ['%s: no records in %s' % (duty, os.path.basename(MET)) for duty in duties if duty not in table]
    missing += ['%s: no such duty' % duty for duty in table if duty not in duties]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(meet, zeren, scheme, duty, *entry, less) for duty, entry in table.items()
                if duty in duties and (not only or duty in only)]
        problems = [problem for job in jobs for problem in job.result()]
    score.note('%s: each duty is met by its records' % scheme, missing + problems)


def main():
    parser = argparse.ArgumentParser(description='Hold the shipped schemes against the catalogue of duties.')
    parser.add_argument('--zeren', default=os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren')))
    parser.add_argument('--less', action='store_true', help='see that each record is needed')
    parser.add_argument('--only', help='one scheme')
    parser.add_argument('duties', nargs='*')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    if not os.access(args.zeren, os.X_OK):
        sys.exit('no program %s: set ZEREN or --zeren' % args.zeren)
    score = Score()
    names = sorted(n[:-5] for n in os.listdir(SCHEMES) if n.endswith('.yaml'))
    schemes = [n for n in names if n not in SHARED and args.only in (None, n)]
    duties = {scheme: read_duties(scheme) for scheme in names}
    table = read_met()
    if not args.only:
        check_mapping(score, read_mapping(), duties)
        check_load(score, args.zeren, names)
        check_words(score)
        check_registers(score, args.zeren)
        check_together(score, args.zeren, [s for s in schemes if s != 'data-protection'])
    for scheme in schemes:
        if not args.duties:
            check_empty(score, args.zeren, scheme, duties[scheme])
        check_met(score, args.zeren, scheme, duties[scheme], table.get(scheme, {}), args.duties, args.less)
    sys.exit(score.end())


if __name__ == '__main__':
    main()
