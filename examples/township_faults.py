"""The faults planted in the township's year: what is done to the records, and what has to be found because of it.

A finding is a text: `missed|duty|owner|label`, `late|…`, `vacant|duty|label` (done while nobody held the post), `refused|row|column`,
`duplicate|row`, `out_of_year|row`, `notice|row|column`, `recur|no`, `promise|no|fate`, or `code|what` of the check.
Some stand only together with another fault: `needs` are the faults of which one must be there, too.
"""
import re
from datetime import date, timedelta

from township_world import MEMBERS, SAFETY, VILLAGES, YEAR, day, working_days_after

FAULTS = []


def named(world, finding):
    """{YH-07} is who answers for that record, {again} the hazard that came back."""
    def one(match):
        if match[1] == 'again':
            return returning(world).key
        rec = world.get(match[1])
        return rec['fixer'] or rec['owner']
    return re.sub(r'\{(.*?)\}', one, finding)


class Fault:
    def __init__(self, kind, what, plant, finds):
        self.id, self.kind, self.what, self.plant = 'F%02d' % (len(FAULTS) + 1), kind, what, plant
        self.finds = [(f, ()) if isinstance(f, str) else f for f in finds]
        FAULTS.append(self)

    def as_json(self, world):
        return {'id': self.id, 'kind': self.kind, 'what': self.what,
                'finds': [{'finding': named(world, f), **({'needs': list(n)} if n else {})} for f, n in self.finds]}


def ids(kind):
    return [f.id for f in FAULTS if f.kind == kind]


def those(finding):
    """Faults so far that make a finding which begins so."""
    return [f.id for f in FAULTS if any(x.startswith(finding) for x, _ in f.finds)]


def setting(key, **fields):
    """Changes fields of one record."""
    return lambda w: w.get(key).f.update(fields)


def writing(key, field, text, value=None):
    """Writes a cell otherwise; value is what a reader makes of it."""
    def plant(w):
        w.get(key).raw[field] = text
        w.get(key).f[field] = value
    return plant


def dropping(key):
    return lambda w: w.drop(w.get(key))


def dropping_check(first, last, **want):
    return lambda w: w.drop(w.within('inspection', first, last, **want))


def repeating(key, again):
    def plant(w):
        old = w.get(key)
        w.add(old.reg, again, fate='duplicate', raw=dict(old.raw), **old.f)
    return plant


def saying(section, text):
    return lambda w: w.own[next(k for k in w.own if k.startswith(section))].append(text)


def adding(reg, key, fate='accepted', raw=None, **fields):
    return lambda w: w.add(reg, key, raw=raw, fate=fate, **fields)


def both(*plants):
    return lambda w: [p(w) for p in plants]


# ---- meetings
Fault('被下一季度补上的季度', '二季度安委会会议拖到7月3日', setting('AW-2', date=day(7, 3)), ['missed|A01|安委会|2季度'])
Fault('会议没有开', '常务副镇长三季度没有专题会', dropping('ZT-13'), ['missed|A02|常务副镇长|常务副镇长 3季度'])
Fault('会议没有开', '副镇长（工业）四季度没有专题会', dropping('ZT-24'), ['missed|A02|副镇长（工业）|副镇长（工业） 4季度'])
Fault('岗位空缺时的记录', '副镇长（城建）空缺期间登记了专题会', setting('ZT-43', date=day(9, 6)), ['vacant|A02|副镇长（城建） 3季度'])
Fault('被下一季度补上的季度', '镇长三季度检查拖到10月9日', lambda w: w.within('inspection', day(9, 1), day(9, 30), kind='带队检查').f.update(
    date=day(10, 9), entered=day(10, 10)), ['missed|A03|镇长|3季度'])
# ---- inspections
Fault('逾期补做', '4月综合检查拖到5月5日，5月的4日做', lambda w: [w.within('inspection', day(m, 1), day(m, 30), kind='综合检查').f.update(
    date=day(5, d), entered=day(5, 6)) for m, d in ((5, 4), (4, 5))], ['late|A04|安监站站长|4月'])
Fault('检查没有做', '8月没有综合检查', dropping_check(day(8, 1), day(8, 31), kind='综合检查'), ['missed|A04|安监站站长|8月'])
for no, first, last, post, label in [
        ('QY-03', day(7, 1), day(7, 31), '社事办主任', '7月'), ('QY-08', day(4, 1), day(6, 30), '梅溪村主任', '2季度'),
        ('QY-20', day(7, 1), day(12, 31), '梅溪村主任', '下半年'), ('QY-31', day(1, 1), day(6, 30), '高岭村主任', '上半年')]:
    Fault('企业漏检', '%s %s没有检查' % (no, label), dropping_check(first, last, kind='企业检查', enterprise=no),
          ['missed|A05|%s|%s %s' % (post, no, label)])
Fault('编号查无此企业', 'QY-12四季度的检查写成QY-99', lambda w: w.within(
    'inspection', day(10, 1), day(12, 31), kind='企业检查', enterprise='QY-12').f.update(enterprise='QY-99'),
      ['missed|A05|青石社区主任|QY-12 4季度'])
Fault('单位名称写错', '督查新塘村写成新糖村', setting('DC-03', unit='新糖村'), ['missed|A06|安监站站长|新塘村 上半年'])
Fault('单位名称写错', '分管检查高岭村写成高领村', lambda w: w.within(
    'inspection', day(1, 1), day(6, 30), kind='分管检查', unit='高岭村').f.update(unit='高领村'),
      ['missed|A07|副镇长（农业）|副镇长（农业）→高岭村 上半年'])
Fault('督查没有做', '下半年没有督查上湾村', dropping('DC-21'), ['missed|A06|安监站站长|上湾村 下半年', 'promise|JH-03|under way'])
Fault('检查没有做', '副镇长（工业）下半年没有检查枫树村', dropping_check(day(7, 1), day(12, 31), kind='分管检查', unit='枫树村'),
      ['missed|A07|副镇长（工业）|副镇长（工业）→枫树村 下半年'])
Fault('检查不在时段内', '五一节前检查早了一周', lambda w: w.one('inspection', kind='节前检查', date=day(4, 26)).f.update(
    date=day(4, 18), entered=day(4, 19)), ['missed|A23|安监站站长|2023-04-28'])
Fault('巡查没有做', '白沙村7月没有汛期巡查', dropping('XC-047'), ['missed|A24|白沙村|白沙村 7月'])
Fault('巡查没有做', '东岳村9月没有汛期巡查', dropping('XC-119'), ['missed|A24|东岳村|东岳村 9月'])


def entered(no, days, what, finding, kind):
    Fault(kind, '%s %s' % (no, what), lambda w: w.get(no).f.update(
        entered=working_days_after(w.get(no)['date'], days) if days else None), [finding % no])


for no in ('JC-020', 'JC-075', 'JC-130'):
    entered(no, 16, '第16个工作日才登记', 'late|A22|安监站站长|%s', '补录')
entered('JC-101', 0, '没有登记日期', 'missed|A22|安监站站长|%s', '没有登记日期')
# ---- drills, training, pledges
Fault('演练没有做', '下半年没有危化品演练', dropping('YL-06'),
      ['missed|A08|安监站站长|危化 下半年', 'missed|A09|安监站站长|YA-06', 'promise|JH-02|under way'])
Fault('演练没有做', '梅溪村全年没有演练', dropping('YL-14'), ['missed|A10|梅溪村|梅溪村'])
Fault('日期落在下一年', '柳林村的演练登记为2024年1月5日', both(
    setting('YL-08', date=date(2024, 1, 5)), lambda w: setattr(w.get('YL-08'), 'fate', 'out')),
      ['out_of_year|YL-08', 'missed|A10|柳林村|柳林村'])
Fault('格内用数词', '学时写作两学时', writing('PX-07', 'hours', '两学时'), ['notice|PX-07|学时'])
for no, post in (('ZR-04', '农业办主任'), ('ZR-11', '枫树村主任')):
    Fault('签订逾期', '%s 4月12日才签' % post, setting(no, date=day(4, 12)), ['late|A12|镇长|' + post])
Fault('没有签订', '下湾村主任没有签责任书', dropping('ZR-16'), ['missed|A12|镇长|下湾村主任'])
# ---- hazards
Fault('隐患没有整改', 'YH-07到期没有整改', setting('YH-07', done=None, closed=None, closure_no=None, verifier=None), ['missed|A13|{YH-07}|YH-07'])
Fault('整改逾期', 'YH-11超过期限9天', lambda w: w.get('YH-11').f.update(
    done=w.get('YH-11')['limit'] + timedelta(9), closed=w.get('YH-11')['limit'] + timedelta(10)), ['late|A13|{YH-11}|YH-11'])
for no, asked, approved, kind in (('YH-15', 2, 4, '延期申请太迟'), ('YH-18', -3, None, '延期没有批准')):
    Fault(kind, '%s %s' % (no, kind), lambda w, no=no, asked=asked, approved=approved: w.get(no).f.update(
        asked=w.get(no)['limit'] + timedelta(asked), approved=approved and w.get(no)['limit'] + timedelta(approved),
        done=w.get(no)['limit'] + timedelta(11), closed=w.get(no)['limit'] + timedelta(13)), ['late|A13|{%s}|%s' % (no, no)])
for no in ('YH-20', 'YH-24'):
    Fault('自己整改自己验收', '%s由整改岗位验收' % no, lambda w, no=no: w.get(no).f.update(verifier=w.get(no)['fixer']),
          ['missed|A14|{%s}|%s' % (no, no)])
Fault('销号没有验收岗位', 'YH-26没有验收岗位', setting('YH-26', verifier=None), ['missed|A14|{YH-26}|YH-26'])


def returning(w):
    """The second hazard of the unit that had the first."""
    return next(h for h in w.of('hazard') if h['unit'] == w.get('YH-01')['unit'] and h.key != 'YH-01')


Fault('隐患复发', '同一单位同一成因再次出现', lambda w: returning(w).f.update(cause=w.get('YH-01')['cause']), ['recur|{again}'])
# ---- incidents, papers
Fault('事故迟报', 'SG-02发生1小时20分后才报', setting('SG-02', reported_time='09:30'), ['missed|A15|镇长|SG-02'])
Fault('补报逾期', 'SG-01伤亡变化第36天才补报', setting('SG-01', supplement=day(5, 24)), ['late|A16|安监站站长|SG-01'])
Fault('延期申请太迟', 'SG-03调查延期过了60日才申请', setting('SG-03', inquiry_asked=day(11, 3), inquiry_approved=day(11, 6)),
      ['late|A17|常务副镇长|SG-03'])
Fault('报送逾期', '5月月报6月8日才报', setting('YB-05', date=day(6, 8)), ['late|A18|党政办主任|5月'])
Fault('报送遗漏', '缺8月月报', dropping('YB-08'), ['missed|A18|党政办主任|8月'])
Fault('报送逾期', '三季度分析10月16日才报', setting('JF-3', date=day(10, 16)), ['late|A19|党政办主任|三季度'])
# ---- risks
Fault('风险没有研判', 'FX-04三季度没有研判', dropping('FB-0403'), ['missed|A20|{FX-04}|FX-04 3季度'])
Fault('风险没有研判', 'FX-01 5月没有研判', dropping('FB-0105'), ['missed|A20|{FX-01}|FX-01 5月'])
Fault('反馈逾期', 'DC-11第9个工作日才反馈', lambda w: w.get('DC-11').f.update(
    found=2, feedback=working_days_after(w.get('DC-11')['date'], 9)), ['late|A21|安监站站长|DC-11'])
Fault('日期写得含糊', 'DC-15反馈日期写作十月下旬', both(setting('DC-15', found=1), writing('DC-15', 'feedback', '十月下旬')),
      ['notice|DC-15|反馈日期', 'missed|A21|安监站站长|DC-15'])
# ---- rows
for key, again in (('JC-050', 'JC-050=2'), ('PX-03', 'PX-03=2'), ('ZT-31', 'ZT-31=2'), ('YH-12', 'YH-12=2'), ('ZR-07', 'ZR-07=2')):
    Fault('重复登记', '%s登记了两次' % key, repeating(key, again), ['duplicate|' + again])
Fault('不存在的日期', '检查日期写作2023年2月30日', adding(
    'inspection', 'JC-901', 'refused', {'date': '2023年2月30日'}, no='JC-901', date=day(2, 28), kind='企业检查', lead='石桥村主任',
    enterprise='QY-01', unit='石桥村', found=1, entered=day(3, 1)), ['refused|JC-901|检查日期'])
Fault('不存在的日期', '督查日期写作2023-04-31', both(
    writing('DC-08', 'date', '2023-04-31', day(4, 30)), lambda w: setattr(w.get('DC-08'), 'fate', 'refused')),
      ['refused|DC-08|督查日期', 'missed|A06|安监站站长|梅溪村 上半年'])
Fault('必填栏空着', '责任书没有写乙方', adding('pledge', 'ZR-90', 'refused', date=day(3, 9), first='镇长', second=None), ['refused|ZR-90|乙方岗位'])
Fault('必填栏空着', '演练没有写科目', adding('drill', 'YL-90', 'refused', no='YL-90', date=day(6, 20), kind=None, scenario='YA-01', unit='安监站',
                                     people=30, assessed='否'), ['refused|YL-90|科目'])
Fault('混入别年的记录', '登记了2022年12月的专题会', adding(
    'special', 'ZT-90', 'out', date=date(2022, 12, 28), kind='安全专题会', host=MEMBERS[0], due=9, present=9, topic='年终总结',
    minutes='专题会纪要11.txt'), ['out_of_year|ZT-90'])
Fault('混入别年的记录', '登记了2022年的事故', adding(
    'incident', 'SG-90', 'out', no='SG-90', date=date(2022, 11, 30), time='10:00', kind='触电', unit='石桥村', reported=date(2022, 11, 30),
    reported_time='10:30', inquired=date(2022, 12, 20)), ['out_of_year|SG-90'])
Fault('不在清单里的类别', 'QY-41分类写作丁类', adding('enterprise', 'QY-41', no='QY-41', name='下湾废品收购站', village='下湾村', owner='下湾村主任',
                                          **{'class': '丁类'}), ['notice|QY-41|风险分类'])
# ---- evidence
Fault('佐证缺失', 'PX-05写了签到表，文件夹里没有', lambda w: w.missing_files.add('PX-05签到表.txt'), ['evidence_missing|PX-05签到表.txt'])
Fault('没有佐证', 'AW-3没有纪要', setting('AW-3', minutes=None), ['evidence_none|AW-3'])
Fault('没有佐证', 'PX-08没有签到表', setting('PX-08', proof=None), ['evidence_none|PX-08'])
Fault('佐证没有登记', '文件夹里多出一份材料', lambda w: w.extra_files.update({'未登记的检查记录.txt': '检查记录\n'}),
      ['unreferenced|未登记的检查记录.txt'])
# ---- words against records
Fault('文字里的数对不上', '自写企业检查150家次', saying('一（二）', '全年检查企业150家次，做到有计划、有记录。'), ['own_number|一（二）|150'])
Fault('文字里的数词对不上', '自写开展演练八场', saying('一（四）', '先后开展演练八场。'), ['own_number|一（四）|八'])
for section, words, needs in (('一（一）', '按季研究', 'missed|A01'), ('一（二）', '不留死角', 'missed|A06'), ('一（三）', '全部按期', 'missed|A13'),
                              ('一（四）', '村村演练', 'missed|A10'), ('一（四）', '报告及时', 'missed|A15')):
    plain = [] if words != '全部按期' else those('late|A13')
    Fault('提法站不住', '自写“%s”' % words, saying(section, '坚持%s。' % words if words == '按季研究' else '做到%s。' % words),
          [('claim|' + words, those(needs) + plain)] +
          [('claim_and_problem|' + words, those(needs))] * (words in ('不留死角', '全部按期', '村村演练')))
# ---- promises and plans
Fault('承诺没有兑现', '当年计划JH-04没有办', adding(
    'plan', 'JH-04', no='JH-04', aspect='监测', what='山塘水库安装雨量监测设备', target='1', unit='套',
    limit=day(12, 31), owner=SAFETY), ['promise|JH-04|not done'])
Fault('重复上年承诺', 'XJ-06与JH-01相同', adding('next', 'XJ-06', no='XJ-06', aspect='应急能力', what='举办安全生产培训', target='6', unit='次',
    limit=date(YEAR + 1, 11, 30), owner=SAFETY, problems='二（四）'), ['promise_repeated|XJ-06'])
Fault('有问题没有计划', '没有一条计划回应二（一）', setting('XJ-01', problems='二（二）'), ['problem_without_plan|二（一）'])
Fault('有计划没有问题', 'XJ-07没有写对应问题', adding(
    'next', 'XJ-07', no='XJ-07', aspect='压实责任', what='开展安全生产月宣传', target='1', unit='场',
    limit=date(YEAR + 1, 6, 30), owner=SAFETY, problems=None), ['plan_without_problem|XJ-07'])
Fault('有计划没有问题', 'XJ-08对应的问题报告里没有', adding(
    'next', 'XJ-08', no='XJ-08', aspect='隐患治理', what='更新高压线路警示桩', target='20', unit='处',
    limit=date(YEAR + 1, 9, 30), owner=SAFETY, problems='二（六）'), ['plan_without_problem|XJ-08'])
Fault('段落没有写', '第三部分没有人写', lambda w: w.own.pop('三 下一步工作'), ['own_missing|三'])
