"""Counts the figures of a folder again, from README (计数口径) alone.

    recount_figures.py FOLDER [-o OUT] [--year Y]

Prints {"figures": {name: {"value": ..., "rows": [...]}}} in the shape of truth.json.
"""
import argparse
import json
import os
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import recount
from tables import TABLES, normal

MONTHS = {'每月': 1, '每季度': 3, '每半年': 6, '每年': 12}      # 复核周期


# ---- rows

class Entry:
    """A row of a register, asked by the column's own name."""

    def __init__(self, layout, cells, place, year, key):
        self.layout, self.cells, self.place, self.year, self.key = layout, cells, place, year, key

    def raw(self, column):
        return recount.text_of(self.layout.cell(self.cells, column)).strip()

    def text(self, column):
        return normal(self.raw(column))

    def words(self, column):
        """The different values of a cell that holds several."""
        parts = re.split('[、,，;；\n]', self.raw(column))
        return list(dict.fromkeys(normal(p) for p in parts if normal(p)))

    def number(self, column):
        value = recount.read_number(self.layout.cell(self.cells, column))
        return value if isinstance(value, Decimal) else None

    def date(self, column):
        return recount.read_date(self.layout.cell(self.cells, column), self.year)

    def month(self, column):
        return recount.read_month(self.layout.cell(self.cells, column), self.year)

    def yes(self, column):
        return self.text(column) in ('是', '√', '有')

    @property
    def day(self):
        table = TABLES[self.key]
        return self.month(table.date) if table.month else self.date(table.date)


def read_folder(folder, year):
    """{table: accepted rows}, and the rows of 05 that lie outside the year."""
    accepted, outside = {key: [] for key in TABLES}, []
    for name, key, sheet in recount.tables_of(folder):
        entry, _ = recount.count_table(sheet, key, year)
        layout = recount.Layout(sheet, key)
        left = {i['row'] for kind in ('refused', 'duplicate', 'skipped') for i in entry[kind]}
        late = {i['row'] for i in entry['out_of_year']}
        for row, cells in sorted(sheet.rows().items()):
            if row < layout.row + layout.depth or row in left or all(map(recount.is_blank, cells.values())):
                continue
            one = Entry(layout, cells, '%s!%d' % (name, row), year, key)
            if row in late:
                outside += [one] if key == '05' else []
            else:
                accepted[key].append(one)
    return accepted, outside


# ---- arithmetic

def half_up(value, digits):
    scaled = abs(Fraction(value)) * 10 ** digits
    whole = int(scaled + Fraction(1, 2))
    return float(Decimal(whole if value >= 0 else -whole) / 10 ** digits)


def share(part, whole):
    return half_up(Fraction(part) * 100 / Fraction(whole), 1) if whole else None


def plain(number):
    number = Decimal(number)
    return int(number) if number == int(number) else float(number)


def total(rows, *columns):
    return plain(sum((row.number(c) or 0 for row in rows for c in columns), Decimal(0)))


def counted(rows, number=None, **more):
    return {'value': len(rows) if number is None else number, 'rows': places(rows), **more}


def places(rows):
    return [row.place for row in rows]


def grouped(rows, column):
    groups = {}
    for row in rows:
        for word in row.words(column) if column in ('专题标签', '检查方式') else [row.text(column)]:
            if word:
                groups.setdefault(word, []).append(row)
    return groups


def attendance(rows, due, got):
    both = [r for r in rows if r.number(due) is not None and r.number(got) is not None]
    a, b = total(both, due), total(both, got)
    return {'value': {'due': a, 'got': b, 'rate_pct': share(b, a), 'rows_without_figures': len(rows) - len(both)}}


def by_day(rows):
    return sorted(rows, key=lambda row: row.day)


# ---- the figures, register by register

class Figures:
    def __init__(self, folder, year):
        with open(os.path.join(folder, 'org.json'), encoding='utf-8-sig') as file:
            self.org = json.load(file)
        self.year = year or self.org['year']
        self.rows, self.outside = read_folder(folder, self.year)
        self.mid, self.end = date(self.year, 6, 30), date(self.year, 12, 31)
        self.out = {}
        for part in (self.meetings, self.weekly, self.study, self.training, self.channels, self.submissions,
                     self.adopted, self.honours, self.documents, self.risks, self.reviews, self.inspections,
                     self.portfolio, self.problems, self.monthly, self.plan):
            part()

    def family(self, name, rows, column):
        for word, group in grouped(rows, column).items():
            self.out[name + word] = counted(group)

    def meetings(self):
        rows, out = self.rows['01#会议台账'], self.out
        due, got = '参会人数/应到', '参会人数/实到'
        out['meetings.total'] = counted(rows)
        self.family('meetings.kind.', rows, '会议类别')
        self.family('meetings.topic.', rows, '专题标签')
        for kind, group in grouped(rows, '会议类别').items():
            out['meetings.attendance.' + kind] = attendance(group, due, got)
        out['meetings.attendance.all'] = attendance(rows, due, got)
        self.sw = [r for r in rows if r.text('会议类别') == '室务会']
        self.zx = [r for r in rows if r.text('会议类别') == '理论学习中心组学习']
        topic = [r for r in self.sw if '意识形态' in r.words('专题标签')]
        out['sw.topic_ideology'] = counted(topic)
        out['sw.topic_ideology_dates'] = {'value': [r.day.isoformat() for r in by_day(topic)]}
        out['sw.risk_reviews'] = counted([r for r in self.sw if '风险研判' in r.words('专题标签')])
        points = {p for r in self.sw for p in r.words('研判风险点')}
        out['sw.risk_points'] = counted([r for r in self.sw if r.words('研判风险点')], len(points), ids=sorted(points))

    def weekly(self):
        rows, out = self.rows['02'], self.out
        out['weekly.total'] = counted(rows, total(rows, '召开次数'))
        for name, column in (('first_topic', '第一议题次数'), ('twentieth', '专题学习二十大精神次数')):
            out['weekly.' + name] = counted([r for r in rows if r.number(column)], total(rows, column))
        out['weekly.attendance'] = attendance(rows, '应到人次', '实到人次')
        pairs = {'sw': [sum(r.yes('第一议题') for r in self.sw), len(self.sw)],
                 'zx': [sum(r.yes('第一议题') for r in self.zx), len(self.zx)],
                 'weekly': [total(rows, '第一议题次数'), total(rows, '召开次数')]}
        held, with_topic = (sum(p[i] for p in pairs.values()) for i in (1, 0))
        out['first_topic'] = {'value': {'meetings': held, 'with': with_topic,
                                        'rate_pct': share(with_topic, held), **pairs}}
        study = self.rows['03#周四大学堂及支部学习']
        out['topic_twentieth'] = {'value': {
            '室务会': sum('二十大精神' in r.words('专题标签') for r in self.sw),
            '中心组': sum('二十大精神' in r.words('专题标签') for r in self.zx),
            '周例会': total(rows, '专题学习二十大精神次数'),
            '支部和夜学': sum('二十大精神' in r.words('专题标签') for r in study)}}

    def study(self):
        rows, out = self.rows['03#周四大学堂及支部学习'], self.out
        forms = grouped(rows, '学习方式')
        out['study.total'] = counted(rows)
        self.family('study.form.', rows, '学习方式')
        out['study.share_reading_lecture_pct'] = {
            'value': share(len(forms.get('读文件', [])) + len(forms.get('辅导报告', [])), len(rows))}
        ways = {way: sum(len(forms.get(f, [])) for f in members) for way, members in self.org['studyForms'].items()}
        out['study.five_forms'] = {'value': ways}
        out['study.five_forms_used'] = {'value': sum(n > 0 for n in ways.values())}
        out['study.hours'] = counted([r for r in rows if r.number('学时') is not None], total(rows, '学时'))
        out['study.attendance'] = attendance(rows, '应参加', '实参加')
        out['study.person_times'] = counted([r for r in rows if r.number('实参加') is not None],
                                            total(rows, '实参加'))
        out['study.discussions'] = counted(forms.get('研讨', []))
        for platform, group in grouped(self.rows['03#平台学习汇总'], '平台').items():
            out['platform.hours.' + platform] = counted(group, total(group, '单位总学时'))
        self.thursdays(rows)

    def thursdays(self, rows):
        """A05: one a Thursday, done by a Thursday school of the same week."""
        calendar = self.org['calendar']
        exempt = {e['date'] for e in calendar['exempt']}
        day, last = map(date.fromisoformat, (calendar['thursdayFrom'], calendar['thursdayTo']))
        school = by_day(r for r in rows if r.text('组织形式') == '周四大学堂')
        due, held = 0, []
        while day <= last:
            if day.isoweekday() == 4 and day.isoformat() not in exempt:
                due += 1
                week = [r for r in school if r.day.isocalendar()[:2] == day.isocalendar()[:2]]
                held += week[:1]
            day += timedelta(days=1)
        self.out['thursday.due'] = {'value': due}
        self.out['thursday.held'] = counted(held)

    def training(self):
        rows, out = self.rows['06#教育培训'], self.out
        with_numbers = {c: [r for r in rows if r.number(c) is not None] for c in ('实训人数', '学时')}
        out['training.total'] = counted(rows)
        out['training.person_times'] = counted(with_numbers['实训人数'], total(rows, '实训人数'))
        out['training.hours'] = counted(with_numbers['学时'], total(rows, '学时'))
        out['training.attendance'] = attendance(rows, '应训人数', '实训人数')
        for topic in ('保密', '国家安全', '意识形态'):
            group = [r for r in rows if topic in r.words('专题标签')]
            out['training.topic.' + topic] = {'value': {
                'sessions': len(group), 'person_times': total(group, '实训人数'), 'hours': total(group, '学时')},
                'rows': places(group)}
        out['training.share_visit_lecture_pct'] = {
            'value': share(sum(r.text('形式') in ('参观学习', '听取报告') for r in rows), len(rows))}
        rows = self.rows['06#主题活动']
        out['activities.total'] = counted(rows)
        out['activities.person_times'] = counted([r for r in rows if r.number('参与人次') is not None],
                                                 total(rows, '参与人次'))
        out['activities.names'] = {'value': [r.raw('活动名称') for r in by_day(rows)]}

    def channels(self):
        rows, out = self.rows['08#阵地清单'], self.out
        in_use = [r for r in rows if not r.date('停用日期') or r.date('停用日期') > self.end]
        out['channels.registered'] = counted(rows)
        out['channels.in_service_at_year_end'] = counted(in_use)
        out['channels.filed'] = {'value': sum(r.yes('是否备案') for r in in_use)}
        out['channels.new_in_year'] = counted([r for r in rows if r.date('启用日期').year == self.year])

    def submissions(self):
        rows, out = self.rows['04#*'], self.out
        out['submissions.total'] = counted(rows)
        out['submissions.by_month'] = {'value': {
            str(m): sum(r.day.month == m for r in rows) for m in range(1, 13)}}
        for theme, group in grouped(rows, '主题分类').items():
            out['submissions.theme.' + theme] = {'value': len(group)}

    def level(self, row):
        journal = row.text('采用刊物').strip('《》')
        for level, journals in self.org['publications'].items():
            if not row.text('层级') and journal in map(normal, journals):
                return level
        return row.text('层级')

    def adopted(self):
        # Of two reports with one number README does not say which an adoption means: the earlier.
        sent = {r.text('报送编号'): r for r in reversed(by_day(self.rows['04#*']))}
        out = self.out
        linked = [r for r in self.rows['05'] if r.text('报送编号') in sent]
        sets = {}
        for name, level in (('provincial', '省级'), ('municipal', '市级')):
            group = [r for r in linked if self.level(r) == level]
            sets[name] = {r.text('报送编号') for r in group}
            out['adopted.times.' + name] = counted(group)
            out['adopted.' + name] = counted(group, len(sets[name]))
        either, both = sets['provincial'] | sets['municipal'], sets['provincial'] & sets['municipal']
        out['adopted.distinct'] = {'value': len(either)}
        out['adopted.both_levels'] = {'value': len(both), 'ids': sorted(both)}
        out['adopted.rate_pct'] = {'value': share(len(either), len(self.rows['04#*']))}
        out['adopted.unlinked'] = {'value': [{'row': r.place, 'id': r.text('报送编号')}
                                             for r in self.rows['05'] if r not in linked]}
        wide = linked + [r for r in self.outside if r.text('报送编号') in sent]
        wide = {name: {r.text('报送编号') for r in wide if self.level(r) == level}
                for name, level in (('provincial', '省级'), ('municipal', '市级'))}
        out['adopted.variant_by_submission_date'] = {'value': {
            **{name: len(ids) for name, ids in wide.items()},
            'distinct': len(wide['provincial'] | wide['municipal'])}}
        party = [r for r in linked if r.text('采用刊物').strip('《》') == '云岭先锋']
        themes = {}
        for row in party:
            themes.setdefault(sent[row.text('报送编号')].text('主题分类'), set()).add(row.text('报送编号'))
        out['adopted.party_journal_by_theme'] = {'value': {t: len(ids) for t, ids in themes.items()},
                                                 'rows': places(party)}

    def honours(self):
        rows, out = self.rows['07#荣誉推荐'], self.out
        waiting = [r for r in rows if r.text('状态') == '获评' and not r.text('文号')]
        others = dict.fromkeys(r.text('级别') for r in rows if r.text('级别'))
        for state in ('获评', '公示', '推荐'):
            for level in dict.fromkeys(('省级', '市级', '区级', *others)):
                group = [r for r in rows if (r.text('状态'), r.text('级别')) == (state, level) and r not in waiting]
                if group or level in ('省级', '市级', '区级'):
                    out['honours.%s.%s' % (state, level)] = counted(group, total(group, '数量'))
        out['honours.awaiting_document'] = counted(waiting, total(waiting, '数量'))
        out['honours.recommended_lines'] = {'value': [
            '%s %s' % (r.raw('荣誉（推荐）名称'), r.raw('数量')) for r in by_day(rows) if r.text('状态') == '推荐']}

    def documents(self):
        rows, out = self.rows['12#制度文件'], self.out
        systems = [r for r in rows if r.text('类别') == '制度']
        issued = [r for r in systems if r.day.year == self.year]
        states = {'新建': 0, '修订': 0}
        for row in issued:
            if row.text('状态'):
                states[row.text('状态')] = states.get(row.text('状态'), 0) + 1
        out['documents.systems_issued'] = {'value': states, 'rows': places(r for r in issued if r.text('状态'))}
        out['documents.systems_standing'] = {'value': len(systems)}
        rows = self.rows['12#责任书']
        out['pledges.signed'] = counted(rows)
        out['pledges.late'] = counted([r for r in rows if r.day > date(self.year, 3, 31)])
        rows, weights = self.rows['12#目标考核'], {}
        for row in rows:
            weights[row.raw('考核项目')] = plain(weights.get(row.raw('考核项目'), 0) + row.number('分值'))
        out['assessment.weights'] = {'value': weights, 'rows': places(rows)}

    def risks(self):
        rows, out = self.rows['09#风险清单'], self.out
        updates = by_day(self.rows['09#更新记录'])
        for name, day in (('mid', self.mid), ('end', self.end)):
            control = [r for r in rows if r.day <= day and not (r.date('化解日期') and r.date('化解日期') <= day)]
            levels = dict.fromkeys(('重大', '较大', '一般', '低'), 0)
            for row in control:
                level = row.text('风险等级')
                for u in updates:
                    if (u.day <= day and u.text('更新事项') == '等级调整' and u.text('调整后等级')
                            and u.text('风险编号') == row.text('风险编号')):
                        level = u.text('调整后等级')
                levels[level] = levels.get(level, 0) + 1
            out['risks.open.' + name] = counted(control)
            out['risks.open_by_level.' + name] = {'value': levels, 'rows': places(control)}
        out['risks.on_ledger'] = counted(rows)
        out['risks.registered_in_year'] = {'value': sum(r.day.year == self.year for r in rows)}
        out['risks.carried_over'] = {'value': sum(r.day.year < self.year for r in rows)}
        out['risks.resolved_in_year'] = counted([r for r in rows if r.date('化解日期')
                                                 and r.date('化解日期').year == self.year])
        out['risks.level_changes'] = {'value': [
            {'date': u.day.isoformat(), 'risk': u.text('风险编号'), 'to': u.text('调整后等级') or None}
            for u in updates if u.text('更新事项') == '等级调整']}
        days = sorted({u.day for u in updates})
        gap = Fraction((days[-1] - days[0]).days, len(days) - 1) if len(days) > 1 else None
        out['risks.updates'] = {'value': {
            'entries': len(updates), 'dates': len(days), 'last': days[-1].isoformat() if days else None,
            'mean_gap_days': None if gap is None else half_up(gap, 1)}}
        out['consultations.held'] = counted(self.rows['09#会商研判'])
        rows = self.rows['09#预警处置']
        closed = sum(bool(r.date('反馈日期') and r.date('处置时限') and r.date('反馈日期') <= r.date('处置时限'))
                     for r in rows)
        out['warnings'] = {'value': {'issued': len(rows), 'closed_in_limit': closed,
                                     'rate_pct': share(closed, len(rows))}, 'rows': places(rows)}

    def reviews(self):
        """A11 at the end of the year."""
        required, done, missed = 0, 0, []
        for risk in self.rows['09#风险清单']:
            length = MONTHS.get(risk.text('复核周期'))
            for month in range(1, 13, length or 12):
                first = date(self.year, month, 1)
                after = date(self.year + (month + (length or 12) > 12), (month + (length or 12) - 1) % 12 + 1, 1)
                closed = risk.date('化解日期')
                if not length or first <= risk.day or (closed and closed < after):
                    continue
                required += 1
                if any(first <= u.day < after and u.text('更新事项') in ('复核', '等级调整')
                       and u.text('风险编号') == risk.text('风险编号') for u in self.rows['09#更新记录']):
                    done += 1
                else:
                    missed.append(risk.text('风险编号'))
        self.out['risks.reviews'] = {'value': {'required': required, 'done': done, 'rate_pct': share(done, required),
                                               'missed': sorted(missed)}}

    def inspections(self):
        rows, out = self.rows['10#督查检查'], self.out
        on_site = [r for r in rows if '实地' in r.words('检查方式')]
        out['inspections.total'] = counted(rows)
        self.family('inspections.method.', rows, '检查方式')
        self.family('inspections.kind.', rows, '检查类别')
        out['inspections.on_site_share_pct'] = {'value': share(len(on_site), len(rows))}
        out['inspections.paper_only'] = counted([r for r in rows if r not in on_site])
        out['inspections.problems_stated'] = counted([r for r in rows if r.number('发现问题数') is not None],
                                                     total(rows, '发现问题数'))
        differ = []
        for row in by_day(rows):
            found = sum(p.text('检查编号') == row.text('检查编号') for p in self.rows['11#问题整改']) \
                if row.text('检查编号') else 0
            if found != (row.number('发现问题数') or 0):
                stated = row.number('发现问题数')
                differ.append({'inspection': row.text('检查编号') or None,
                               'stated': None if stated is None else plain(stated), 'in_problem_ledger': found})
        out['check.inspection_vs_problem_ledger'] = {'value': differ}

    def holder(self, post, day):
        for held in self.org['holders']:
            if (held['post'] == post and date.fromisoformat(held['from']) <= day
                    and (not held['to'] or date.fromisoformat(held['to']) >= day)):
                return held['name']
        return None

    def portfolio(self):
        """A08: an inspection of the kind, led by the post, of its unit."""
        posts, out = {p['id']: p['name'] for p in self.org['posts']}, self.out
        special = by_day(r for r in self.rows['10#督查检查'] if r.text('检查类别') == '分管领域专项督查')
        matrix, held, closed, misses = [], [], 0, []
        for line in self.org['portfolios']:
            post, unit = posts[line['post']], line['unit']
            done = [r for r in special if (r.text('带队岗位'), r.text('被查单位')) == (normal(post), normal(unit))]
            loop = any(r.text('通报情况') for r in done)
            closed += loop
            matrix.append({'post': post, 'unit': unit, 'done': bool(done), 'rows': places(done), 'closed_loop': loop})
            if done:
                held.append({'post': post, 'unit': unit, 'holder_on_date': self.holder(line['post'], done[0].day)})
            elif post not in misses:
                misses.append(post)
        out['portfolio.matrix'] = {'value': matrix}
        out['portfolio.done'] = {'value': '%d/%d' % (len(held), len(matrix))}
        out['portfolio.closed_loop'] = {'value': closed}
        out['portfolio.done_by_holder'] = {'value': held}
        out['portfolio.members_with_misses'] = {'value': misses}

    def problems(self):
        every, out = by_day(self.rows['11#问题整改']), self.out
        for name, day in (('end', self.end), ('mid', self.mid)):
            rows = [r for r in every if r.day.year == self.year and r.day <= day]
            limit = {r: r.date('延期至') or r.date('整改时限') for r in rows}
            closed = [r for r in rows if r.date('销号日期') and r.date('销号日期') <= day]
            overdue = [r for r in rows if r not in closed and limit[r] and limit[r] < day]
            late = [r for r in closed if limit[r] and r.date('销号日期') > limit[r]]
            spans = [(r.date('销号日期') - r.day).days for r in closed]
            out['problems.' + name] = {'value': {
                'found': len(rows), 'closed': len(closed), 'open': len(rows) - len(closed),
                'overdue_open': len(overdue), 'overdue_ids': [r.text('问题编号') for r in overdue],
                'closed_late': len(late), 'closed_late_ids': [r.text('问题编号') for r in late],
                'closure_rate_pct': share(len(closed), len(rows)),
                'average_days': half_up(Fraction(sum(spans), len(spans)), 1) if spans else None,
                'by_source': {w: len(g) for w, g in grouped(rows, '问题来源').items()}}, 'rows': places(rows)}
        carried = [r for r in every if r.day.year < self.year]
        out['problems.carried_over'] = {'value': {
            'total': len(carried), 'closed_in_year': sum(
                bool(r.date('销号日期') and r.date('销号日期').year == self.year) for r in carried)},
            'rows': places(carried)}
        for name, fits in (('extended', lambda r: r.date('延期至')), ('recurrent', lambda r: '是' in r.text('复发')),
                           ('done_not_accepted', lambda r: r.date('完成日期') and not r.date('销号日期'))):
            out['problems.' + name] = {'value': [r.text('问题编号') for r in every if fits(r)]}

    def monthly(self):
        rows, out = self.rows['13#零报告'], self.out
        late = []
        for row in by_day(rows):
            end = (row.day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            if row.date('报告日期') and row.date('报告日期') > end:
                late.append(row.day.isoformat()[:7])
        out['zero_reports'] = {'value': {
            'months': len({r.day for r in rows}), 'late': late,
            'events': total(rows, '国家安全情况（件）', '失泄密情况（件）', '突发情况（件）')}, 'rows': places(rows)}
        rows = self.rows['13#文稿审核']
        out['drafts'] = {'value': {
            'checked': total(rows, '审核件数'), 'returned': total(rows, '退回修改'),
            'errors_before_issue': total(rows, '印发前更正差错'),
            'errors_after_issue': total(rows, '印发后差错')}, 'rows': places(rows)}

    def plan(self):
        rows, problems = self.rows['14#计划'], {}
        for row in rows:
            for word in row.words('对应问题'):
                problems.setdefault(word, []).append(row.text('计划编号'))
        self.out['plan.items'] = counted(rows)
        self.out['plan.by_problem'] = {'value': problems}


def figures(folder, year=None):
    return Figures(folder, year).out


def main():
    parser = argparse.ArgumentParser(description='Count the figures of a folder again.')
    parser.add_argument('folder')
    parser.add_argument('-o', dest='out')
    parser.add_argument('--year', type=int)
    args = parser.parse_args()
    text = json.dumps({'figures': figures(args.folder, args.year)}, ensure_ascii=False, indent=1)
    if args.out:
        with open(args.out, 'w', encoding='utf-8') as file:
            file.write(text + '\n')
    else:
        sys.stdout.reconfigure(encoding='utf-8')
        print(text)


if __name__ == '__main__':
    main()
