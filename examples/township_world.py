"""A township and its work-safety year without a fault: who is who, and every record that the year needs."""
import pathlib
import re
import zlib
from datetime import date, timedelta

YEAR = 2023
CALENDAR = pathlib.Path(__file__).resolve().parent.parent / 'calendars/china-2023.yaml'
VILLAGES = ['石桥村', '柳林村', '新塘村', '白沙村', '枫树村', '大坪村', '高岭村', '梅溪村', '上湾村', '下湾村', '东岳村', '青石社区']
STATIONS = {'党政办': '党政办主任', '安监站': '安监站站长', '规建办': '规建办主任', '农业办': '农业办主任', '社事办': '社事办主任',
            '执法队': '执法队队长'}
MEMBERS = ['常务副镇长', '副镇长（工业）', '副镇长（农业）', '副镇长（城建）']
CHIEF, SAFETY = '镇长', '安监站站长'
CAUSES = ['线路老化', '通道堵塞', '灭火器失效', '防护缺失', '违规存放', '制度未上墙', '警示标志缺失', '设备带病运行']
TENURES = {     # holders of the posts that changed hands; 副镇长（城建） stood empty from 1 August to 10 September
    '副镇长（农业）': [('周四', date(2020, 3, 1), date(2023, 6, 30)), ('吴九', date(2023, 7, 1), None)],
    '副镇长（城建）': [('郑五', date(2021, 5, 1), date(2023, 7, 31)), ('钱十', date(2023, 9, 11), None)]}
PORTFOLIOS = {m: [list(STATIONS)[k + 2]] + VILLAGES[3 * k:3 * k + 3] for k, m in enumerate(MEMBERS)}
SOUND = ('QY-03', 'QY-08', 'QY-12', 'QY-20', 'QY-31')     # enterprises in which nothing was found
DRILLS = {'消防': '消防疏散', '防汛': '防汛转移', '危化': '危化品泄漏处置'}
SCENARIOS = ['火灾', '防汛', '危化品泄漏', '燃气泄漏', '森林火灾', '有限空间', '地质灾害', '人员密集场所']
REVIEWS = {'每月': 1, '每季度': 3, '每半年': 6}
CLASSES = {'甲类': 1, '乙类': 3, '丙类': 6}


def day(month, number):
    return date(YEAR, month, number)


def pick(*what):
    """The same number for the same words, whatever else is made."""
    return zlib.crc32('|'.join(map(str, what)).encode())


def days_off():
    """Holidays and days worked instead, from the calendar that the program is shipped with."""
    found = {'holidays': set(), 'working_days': set()}
    part = None
    for line in CALENDAR.read_text('utf-8').splitlines():
        head = re.match(r'\s*(\w+):', line)
        if head:
            part = head[1] if head[1] in found else part
        for text in re.findall(r'\d{4}-\d\d-\d\d', line) if part else ():
            found[part].add(date.fromisoformat(text))
    return found['holidays'], found['working_days']


HOLIDAYS, WORKING = days_off()


def works(d):
    return d in WORKING or (d.weekday() < 5 and d not in HOLIDAYS)


def working_days_after(d, n):
    while n:
        d += timedelta(1)
        n -= works(d)
    return d


def to_work(d):
    while not works(d):
        d += timedelta(1)
    return d


class Rec:
    """A row of a register: fields by name, texts that are written instead of them, and why it is not taken."""

    def __init__(self, reg, key, fields, raw=None, fate='accepted'):
        self.reg, self.key, self.f, self.raw, self.fate = reg, key, fields, raw or {}, fate

    def __getitem__(self, name):
        return self.f.get(name)


class World:
    def __init__(self, seed):
        self.seed, self.recs, self.extra_files = seed, [], {}
        self.own, self.missing_files = {}, set()
        for make in (self.enterprises, self.meetings, self.inspections, self.patrols, self.hazards, self.trainings,
                     self.drills, self.pledges, self.risks, self.incidents, self.supervision, self.submissions,
                     self.plans, self.narrative):
            make()

    def add(self, reg, key, raw=None, fate='accepted', **fields):
        self.recs.append(Rec(reg, key, fields, raw, fate))
        return self.recs[-1]

    def of(self, *regs, **want):
        return [r for r in self.recs if r.reg in regs and all(r[k] == v for k, v in want.items())]

    def get(self, key):
        found = [r for r in self.recs if r.key == key]
        assert len(found) == 1, key
        return found[0]

    def one(self, *regs, **want):
        found = self.of(*regs, **want)
        assert len(found) == 1, (regs, want, len(found))
        return found[0]

    def within(self, reg, first, last, **want):
        found = [r for r in self.of(reg, **want) if first <= r['date'] <= last]
        assert len(found) == 1, (reg, first, want, len(found))
        return found[0]

    def drop(self, rec):
        assert not [h for h in self.of('hazard') if h['check'] == rec.key], rec.key
        self.recs.remove(rec)

    def number(self, low, high, *what):
        return low + pick(self.seed, *what) % (high - low + 1)

    # ---- the registers

    def enterprises(self):
        posts = [STATIONS[s] for s in ('安监站', '规建办', '社事办', '执法队')]
        words = ['机械', '纺织', '建材', '食品', '化工', '家具', '包装', '铸造']
        for i in range(40):
            village = VILLAGES[i % 12]
            self.add('enterprise', 'QY-%02d' % (i + 1), no='QY-%02d' % (i + 1), village=village,
                     name='%s%s厂' % (village[:2], words[i * 5 % 8] + '一二三四'[i // 12]),
                     **{'class': '甲类' if i < 4 else '乙类' if i < 14 else '丙类'},
                     owner=posts[i] if i < 4 else village + '主任')

    def meetings(self):
        for k, d in enumerate([day(2, 10), day(5, 12), day(8, 18), day(11, 10)], 1):
            due = self.number(22, 26, 'committee', k)
            self.add('committee', 'AW-%d' % k, no='安委〔2023〕%d' % k, date=d, kind='安委会会议', host=CHIEF, due=due,
                     present=due - self.number(0, 3, 'absent', k), topic='分析%d季度安全生产形势' % k, minutes='安委会纪要%d.txt' % k)
        for i, host in enumerate(MEMBERS):
            for q, (m, d) in enumerate([(3, 6 + 2 * i), (6, 5 + i), (9, 18 + i), (12, 4 + i)], 1):
                due = self.number(8, 14, host, q)
                self.add('special', 'ZT-%d%d' % (i + 1, q), date=day(m, d), kind='安全专题会', host=host, due=due,
                         present=due - self.number(0, 2, host, q, 'absent'), topic='听取分管领域安全工作汇报',
                         minutes='专题会纪要%d%d.txt' % (i + 1, q))

    def inspection(self, d, kind, lead, unit, enterprise=None):
        key = 'JC-%03d' % (len(self.of('inspection')) + 1)
        self.add('inspection', key, no=key, date=d, kind=kind, lead=lead, unit=unit, enterprise=enterprise,
                 found=self.number(0, 4, key), entered=working_days_after(d, 1 + pick(key) % 4))

    def inspections(self):
        for k, d in enumerate([day(3, 22), day(6, 14), day(9, 21), day(12, 13)]):
            self.inspection(d, '带队检查', CHIEF, VILLAGES[k * 3 + 1])
        for m in range(1, 13):
            self.inspection(to_work(day(m, 15)), '综合检查', SAFETY, VILLAGES[m - 1])
        for i, e in enumerate(self.of('enterprise')):
            months = CLASSES[e['class']]
            for k in range(12 // months):
                m = k * months + (1 if months == 1 else 2 if months == 3 else 3 + i % 3)
                self.inspection(to_work(day(m, 2 + i * 7 % 19)), '企业检查', e['owner'], e['village'], e['no'])
        for i, lead in enumerate(MEMBERS):
            for k, unit in enumerate(PORTFOLIOS[lead]):
                self.inspection(to_work(day(2 + k, 9 + i)), '分管检查', lead, unit)
                self.inspection(to_work(day(9 + k, 12 + i)), '分管检查', lead, unit)
        for d in (day(1, 18), day(4, 26), day(9, 27)):
            self.inspection(d, '节前检查', SAFETY, '青石社区')

    def patrols(self):
        for i, village in enumerate(VILLAGES):
            for m in range(5, 10):
                self.add('patrol', 'XC-%02d%d' % (i + 1, m), date=to_work(day(m, 3 + i)), unit=village,
                         points=self.number(3, 9, village, m))

    def hazards(self):
        checks = sorted((r for r in self.of('inspection', kind='企业检查') if r['date'] <= day(11, 3) and r['enterprise'] not in SOUND),
                        key=lambda r: r['date'])
        seen = {}
        for k, check in enumerate(checks[2::3][:36], 1):
            unit, found = check['unit'], check['date']
            seen[unit] = seen.get(unit, -1) + 1
            key, limit = 'YH-%02d' % k, found + timedelta(30)
            fixer = check['lead'] if check['lead'] != SAFETY else '执法队队长'
            extended = k in (3, 22)
            done = limit + timedelta(12) if extended else found + timedelta(self.number(6, 24, key))
            self.add('hazard', key, no=key, check=check.key, what='%s：%s' % (check['enterprise'], CAUSES[seen[unit]]),
                     cause=CAUSES[seen[unit]], unit=unit, found_on=found, limit=limit, fixer=fixer, verifier=SAFETY, done=done,
                     asked=limit - timedelta(4) if extended else None, approved=limit - timedelta(2) if extended else None,
                     closed=done + timedelta(2), closure_no='销〔2023〕%d号' % k)

    def trainings(self):
        topics = ['新安全生产法', '企业主要负责人培训', '危险化学品安全', '有限空间作业', '消防安全', '汛期安全', '特种作业', '冬季安全']
        for k, topic in enumerate(topics, 1):
            key = 'PX-%02d' % k
            self.add('training', key, no=key, date=to_work(day(k + 2, 20)), topic=topic, unit='安监站', people=self.number(30, 120, key),
                     hours=[2, 3, 2.5][k % 3], passed=self.number(90, 100, key, 'passed'), plan='JH-01' if k < 7 else None,
                     proof='%s签到表.txt' % key)

    def drills(self):
        for k, name in enumerate(SCENARIOS, 1):
            self.add('scenario', 'YA-%02d' % k, no='YA-%02d' % k, name=name + '专项应急预案', revised=date(2021, k, 15))
        for k, (kind, half) in enumerate([(kind, half) for half in (0, 1) for kind in DRILLS.values()], 1):
            key = 'YL-%02d' % k
            self.add('drill', key, no=key, date=to_work(day(6 * half + k % 3 + 3, 11 + k)), kind=kind, scenario='YA-%02d' % k, unit='安监站',
                     people=self.number(40, 160, key), assessed='是', plan='JH-02')
        for k, village in enumerate(VILLAGES, 7):
            key = 'YL-%02d' % k
            self.add('drill', key, no=key, date=to_work(day(4 + k % 7, k)), kind='村居综合', scenario='YA-%02d' % (7 + k % 2), unit=village,
                     people=self.number(20, 60, key), assessed='是' if k % 4 else '否', plan=None)

    def pledges(self):
        for k, post in enumerate([*STATIONS.values(), *(v + '主任' for v in VILLAGES)], 1):
            self.add('pledge', 'ZR-%02d' % k, date=day(3, 1 + k % 9), first=CHIEF, second=post)

    def risks(self):
        rows = [('烟花爆竹零售点', '重大', '每月', '经常', '严重'), ('老旧厂房用电', '较大', '每季度', '可能', '严重'),
                ('液氨制冷车间', '较大', '每季度', '罕见', '严重'), ('农村自建房', '较大', '每季度', '经常', '一般'),
                ('临水临崖路段', '一般', '每半年', '可能', '一般'), ('山塘水库', '一般', '每半年', '罕见', '一般'),
                ('集贸市场', '一般', '每半年', '经常', '轻微'), ('校园周边', '低', '每半年', '可能', '轻微'),
                ('沿街商铺', '较大', '每季度', '经常', '一般'), ('在建工地', '较大', '每季度', '可能', '严重')]
        for k, (name, level, review, likelihood, impact) in enumerate(rows, 1):
            key, owner = 'FX-%02d' % k, [*STATIONS.values()][k % 6]
            registered = day(4, 10) if k == 10 else date(2021 + k % 2, 1 + k, 5)
            self.add('risk', key, no=key, name=name, unit=VILLAGES[k], owner=owner, registered=registered, likelihood=likelihood,
                     impact=impact, level=level, review=review, measures='巡查、告知、挂牌')
            months = REVIEWS[review]
            for p in range(12 // months):
                if (k == 9 and p == 3) or (k == 10 and p < 2):
                    continue
                d = to_work(day((p + 1) * months, 8 + k))
                what, new = ('等级调整', '一般') if (k, p) == (3, 2) else ('研判', None)
                self.add('risk_update', 'FB-%02d%02d' % (k, p + 1), date=d, no=key, what=what, new_level=new, by=owner, note='现场核查')
        self.add('risk_update', 'FB-0900', date=day(10, 20), no='FX-09', what='销号', new_level=None, by=self.get('FX-09')['owner'],
                 note='已完成改造')

    def incidents(self):
        rows = [('SG-01', day(4, 18), '14:20', '机械伤害', day(4, 18), '15:05', day(5, 2), day(5, 10), day(6, 9), day(6, 13), day(7, 20)),
                ('SG-02', day(6, 27), '08:10', '火灾', day(6, 27), '08:50', None, None, None, None, day(8, 15)),
                ('SG-03', day(9, 1), '23:30', '道路交通', day(9, 2), '00:15', None, None, day(10, 25), day(10, 27), day(12, 8))]
        for no, d, time, kind, reported, clock, changed, supplement, asked, approved, inquired in rows:
            self.add('incident', no, no=no, date=d, time=time, kind=kind, unit=VILLAGES[int(no[-1])], reported=reported,
                     reported_time=clock, changed=changed, supplement=supplement, inquiry_asked=asked, inquiry_approved=approved,
                     inquired=inquired)

    def supervision(self):
        for half in (0, 1):
            for i, village in enumerate(VILLAGES, 1):
                key, d = 'DC-%02d' % (12 * half + i), to_work(day(4 + 6 * half, 9 + i))
                found = self.number(0, 3, key)
                self.add('supervision', key, no=key, date=d, unit=village, lead=SAFETY, found=found, plan='JH-03' if half else None,
                         feedback=working_days_after(d, 1 + i % 4) if found else None,
                         notice='青安督〔2023〕%d号' % (12 * half + i) if found else None)

    def submissions(self):
        for m in range(0, 12):      # the report on December 2022 came in January; that on December 2023 is not there yet
            self.add('submission', 'YB-%02d' % m, no='青安月〔2023〕%d号' % (m + 1), date=day(m + 1, 3) if m != 9 else day(10, 4), kind='月报',
                     month=(YEAR, m) if m else (YEAR - 1, 12), title='安全生产月报')
        for k, d in enumerate([day(4, 7), day(7, 6), day(10, 9)], 1):
            self.add('submission', 'JF-%d' % k, no='青安季〔2023〕%d号' % k, date=d, kind='季度分析', month=None,
                     title='%s季度安全生产形势分析' % '一二三'[k - 1])

    def plans(self):
        rows = [('JH-01', '培训', '举办安全生产培训', '6', '次', SAFETY), ('JH-02', '演练', '组织镇级应急演练', '6', '场', SAFETY),
                ('JH-03', '督查', '下半年督查全部村居', '12', '次', SAFETY)]
        for no, aspect, what, target, unit, owner in rows:
            self.add('plan', no, no=no, aspect=aspect, what=what, target=target, unit=unit, limit=day(12, 31), owner=owner)
        rows = [('XJ-01', '压实责任', '副职领导分片包干、逐月对账', '12', '次', '常务副镇长', ['二（一）']),
                ('XJ-02', '检查执法', '按风险分类排出企业检查日程表', '1', '份', SAFETY, ['二（二）']),
                ('XJ-03', '隐患治理', '隐患清单挂图作战', '100', '%', SAFETY, ['二（三）']),
                ('XJ-04', '应急能力', '为各村配齐演练器材', '12', '套', '常务副镇长', ['二（四）']),
                ('XJ-05', '检查执法', '引入专家会诊重点厂房', '4', '轮', '副镇长（工业）', ['二（二）', '二（三）'])]
        for no, aspect, what, target, unit, owner, problems in rows:
            self.add('next', no, no=no, aspect=aspect, what=what, target=target, unit=unit, limit=date(YEAR + 1, 11, 30), owner=owner,
                     problems='、'.join(problems))

    def narrative(self):
        self.own = {
            '引言': ['本镇把安全生产摆在突出位置，落实一岗双责和三管三必须，守住底线。'],
            '一（一）组织领导': ['镇班子把安全生产纳入重要日程，逐级传导责任。'],
            '一（二）检查督查': ['检查以风险分类定频次，问题当场交底。'],
            '一（三）隐患和风险': ['隐患逐条建账，风险分级挂牌。'],
            '一（四）应急和培训': ['演练以实景为主，培训以企业一线为主。'],
            '二（一）分管责任': ['个别分管领域用力不均，部署多、跟踪少。'],
            '二（二）检查频次': ['人手偏紧，个别企业检查间隔偏长。'],
            '二（三）隐患整改': ['有的隐患依赖外购配件，整改偏慢。'],
            '二（四）基层演练': ['村居演练脚本化，实战性不强。'],
            '三 下一步工作': ['来年按工作计划逐项推进，按季对账。']}
