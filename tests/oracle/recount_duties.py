"""Counts the duties of a folder again, from README (责任事项, 计分) and duties.md alone.

    recount_duties.py FOLDER [-o OUT] [--year Y]

Prints {"duties": {id: {"at": {day: ...}, "score": ..., "rows": [...]}}, "score": ...} in the shape of truth.json
(without its notes). Of A24 the closing rate is all that counts.
"""
import argparse
import calendar
import json
import os
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import recount_figures
from recount_figures import MONTHS, by_day, half_up, places, plain
from tables import normal

QUARTERS = '一二三四'
LINEAR = ('A02', 'A08', 'A22')
DEDUCT = {'A05': (Fraction(1, 2), 1), 'A08': (1, 2)}    # each, cap
TERMS = ('A12', 'A13', 'A17', 'A19', 'A23', 'A26')      # late is late; elsewhere a gone period is missed


class Slot:
    def __init__(self, label, due, done=None, rows=(), owner=''):
        self.label, self.due, self.done, self.rows, self.owner = label, due, done, list(rows), owner

    def state(self, on, late_counts):
        if self.done and self.done <= on:
            return 'late' if late_counts and self.done > self.due else 'met'
        return 'missed' if self.due <= on else 'pending'


def month_end(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])


def stretches(year, months):
    """(first, last, number) of the periods of so many months in a year."""
    return [(date(year, m, 1), month_end(year, m + months - 1), (m - 1) // months + 1)
            for m in range(1, 13, months)]


def period_name(months, number):
    if months == 6:
        return ['上半年', '下半年'][number - 1]
    return {12: '全年', 3: '%d季度' % number, 2: '%d–%d月' % (2 * number - 1, 2 * number), 1: '%d月' % number}[months]


class Duties:
    """The slots of each duty as known on a day."""

    def __init__(self, folder, year=None):
        with open(os.path.join(folder, 'org.json'), encoding='utf-8-sig') as file:
            self.org = json.load(file)
        self.year = year or self.org['year']
        self.rows, _ = recount_figures.read_folder(folder, self.year)
        self.list = read_list(os.path.join(folder, 'duties.md'))
        self.end = date(self.year, 12, 31)

    # -- rows that exist on a day

    def got(self, table, on, fits=lambda row: True, day=lambda row: row.day):
        found = [r for r in self.rows[table] if day(r) and day(r) <= on and fits(r)]
        return sorted(found, key=day)

    def meetings(self, on, kind=None, topic=None, *words):
        return self.got('01#会议台账', on, lambda r: (
            (not kind or r.text('会议类别') == kind) and (not topic or topic in r.words('专题标签'))
            and all(w in r.text('会议名称') for w in words)))

    def posts(self, role):
        return [p for p in self.org['posts'] if p['role'] == role]

    def units(self, kind):
        return [u for u in self.org['units'] if u['kind'] == kind]

    def month_day(self, row):
        return month_end(row.day.year, row.day.month)

    # -- slots of a kind

    def each(self, months, rows, enough=1, label='', day=lambda row: row.day):
        """One a period, done on the day of the row that makes it enough."""
        for first, last, number in stretches(self.year, months):
            inside = [r for r in rows if first <= day(r) <= last]
            done = day(inside[enough - 1]) if len(inside) >= enough else None
            yield Slot(label or period_name(months, number), last, done, inside)

    def numbered(self, count, rows, day=lambda row: row.day):
        for i in range(count):
            yield Slot('第%d次' % (i + 1), self.end, day(rows[i]) if i < len(rows) else None, rows[i:i + 1])

    def total(self, months, rows, column, enough, label='', day=lambda row: row.day):
        for first, last, number in stretches(self.year, months):
            inside, done, sum_ = [r for r in rows if first <= day(r) <= last], None, Decimal(0)
            for r in inside:
                sum_ += r.number(column) or 0
                if sum_ >= enough and not done:
                    done = day(r)
            yield Slot(label or period_name(months, number), last, done, inside)

    # -- the list

    def a01(self, on):
        yield from self.each(6, self.meetings(on, '室务会', '意识形态'))

    def a02(self, on):
        yield from self.numbered(2, self.meetings(on, '室务会', '风险研判'))

    def a03(self, on):
        for r in self.got('01#会议台账', on, lambda r: r.text('会议类别') in ('室务会', '理论学习中心组学习')):
            yield Slot(r.raw('会议名称') + ('' if r.text('会议类别') in r.text('会议名称') else r.raw('会议类别')),
                       r.day, r.day if r.yes('第一议题') else None, [r])
        for r in self.got('02', on, day=self.month_day):
            with_topic = r.number('第一议题次数') or 0
            for i in range(int(r.number('召开次数') or 0)):
                yield Slot('周例会%d月第%d次' % (r.day.month, i + 1), self.month_day(r),
                           self.month_day(r) if i < with_topic else None, [r])

    def a04(self, on):
        rows = self.meetings(on, '理论学习中心组学习')
        yield from self.each(2, rows)
        yield from self.each(12, rows, 6, '全年不少于6次')
        yield from self.each(12, [r for r in rows if '意识形态' in r.words('专题标签')], 2, '意识形态专题不少于2次')

    def a05(self, on):
        days = self.org['calendar']
        day, last = date.fromisoformat(days['thursdayFrom']), date.fromisoformat(days['thursdayTo'])
        exempt = {e['date'] for e in days['exempt']}
        school = self.got('03#周四大学堂及支部学习', on, lambda r: r.text('组织形式') == '周四大学堂')
        while day <= last:
            if day.weekday() == 3 and day.isoformat() not in exempt:
                week = [r for r in school if r.day - timedelta(r.day.weekday()) == day - timedelta(3)]
                yield Slot(day.isoformat(), day, week[0].day if week else None, week[:1])
            day += timedelta(1)

    def a06(self, on):
        for name, forms in self.org['studyForms'].items():
            rows = self.got('03#周四大学堂及支部学习', on, lambda r: r.text('学习方式') in map(normal, forms))
            yield from self.each(12, rows, label=name)

    def a07(self, on):
        yield from self.total(1, self.got('02', on, day=self.month_day), '召开次数', 3, day=self.month_day)

    def a08(self, on):
        names = {p['id']: p['name'] for p in self.org['posts']}
        for line in self.org['portfolios']:
            post, unit = names[line['post']], line['unit']
            rows = self.got('10#督查检查', on, lambda r: (
                r.text('检查类别') == '分管领域专项督查' and r.text('带队岗位') == normal(post)
                and r.text('被查单位') == normal(unit)))
            for slot in self.each(12, rows, label='%s→%s' % (post, unit)):
                slot.owner = post
                yield slot

    def a09(self, on):
        for r in self.got('10#督查检查', on, lambda r: (r.number('发现问题数') or 0) > 0):
            done = r.date('反馈时间') if r.text('通报情况') else None
            yield Slot(r.raw('检查编号'), r.day, done, [r])

    def a10(self, on):
        yield from self.each(3, self.got('10#督查检查', on, lambda r: r.text('检查类别') == '阵地检查'))

    def a11(self, on):
        for risk in self.got('09#风险清单', on):
            months, closed = MONTHS.get(risk.text('复核周期')), risk.date('化解日期')
            closed = closed if closed and closed <= on else None
            number, rows = risk.text('风险编号'), []
            for first, last, n in stretches(self.year, months) if months else ():
                if first <= risk.day or (closed and closed <= last):
                    continue
                rows = self.got('09#更新记录', on, lambda r: (
                    r.text('风险编号') == number and r.text('更新事项') in ('复核', '等级调整') and first <= r.day <= last))
                yield Slot('%s %s' % (number, period_name(months, n)), last, rows[0].day if rows else None, rows)

    def a12(self, on):
        for first, last, n in stretches(self.year, 3):
            rows = self.got('09#会商研判', on, lambda r: quarter(r.text('所属期'), self.year) == (self.year, n))
            yield Slot('%d季度' % n, last, rows[0].day if rows else None, rows)

    def a13(self, on):
        yield from self.term(date(self.year, 6, 30), self.meetings(on, '区级会议', None, '国家安全工作会议'))

    def term(self, due, rows, label=''):
        rows = [r for r in rows if r.day.year == self.year]
        yield Slot(label, due, rows[0].day if rows else None, rows[:1])

    def a14(self, on):
        rows = self.meetings(on, None, None, '国家安全责任制', '例会')
        for unit in self.units('责任单位'):
            here = [r for r in rows if normal(unit['name']) in r.words('参会单位')]
            yield from self.each(12, here, label=unit['name'])

    def a15(self, on):
        rows = self.got('06#教育培训', on, lambda r: '保密' in r.words('专题标签'))
        yield from self.numbered(2, rows)
        yield from self.total(12, rows, '学时', 6, '累计不少于6学时')

    def a16(self, on):
        yield from self.each(6, self.got('10#督查检查', on, lambda r: r.text('检查类别') == '保密检查'))

    def a17(self, on):
        for first, last, n in stretches(self.year, 1):
            rows = self.got('13#零报告', on, lambda r: r.day == first, day=lambda r: r.date('报告日期'))
            yield Slot('%d月' % n, last, rows[0].date('报告日期') if rows else None, rows)

    def a18(self, on):
        yield from self.each(1, self.got('13#文稿审核', on, day=self.month_day), day=self.month_day)

    def a19(self, on):
        names = [p['name'] for role in ('班子成员', '科室负责人') for p in self.posts(role)]
        for name in names + [u['name'] for u in self.units('责任单位')]:
            rows = self.got('12#责任书', on, lambda r: r.text('乙方') == normal(name))
            yield from self.term(date(self.year, 3, 31), rows, name)

    def a20(self, on):
        yield from self.each(12, self.meetings(on, '民主生活会', '意识形态'), label='民主生活会')
        for slot in self.each(6, self.meetings(on, '组织生活会', '意识形态')):
            slot.label = '组织生活会' + slot.label
            yield slot

    def a21(self, on):
        yield from self.each(1, self.got('04#*', on), 8)

    def a22(self, on):
        sent = {r.text('报送编号') for r in self.got('04#*', on)}
        for level, count in (('省级', 12), ('市级', 30)):
            first = {}
            for r in self.got('05', on, lambda r: r.text('报送编号') in sent and self.level(r) == level):
                first.setdefault(r.text('报送编号'), r)
            for slot in self.numbered(count, list(first.values())):
                slot.label = level + slot.label
                yield slot

    def level(self, row):
        journal = row.text('采用刊物').strip('《》')
        if row.text('层级'):
            return row.text('层级')
        return next((level for level, names in self.org['publications'].items() if journal in map(normal, names)), '')

    def a23(self, on):
        yield from self.term(date(self.year, 10, 31), self.got('06#教育培训', on, lambda r: '意识形态' in r.text('培训主题')))

    def a24(self, on):
        found = self.got('11#问题整改', on, lambda r: r.day.year == self.year)
        closed = [r for r in found if r.date('销号日期') and r.date('销号日期') <= on]
        reached = on >= self.end and found and half_up(Fraction(100 * len(closed), len(found)), 1) >= 90
        yield Slot('年末销号率', self.end, self.end if reached else None, found)

    def a25(self, on):
        yield from self.each(3, self.got('06#主题活动', on))

    def a26(self, on):
        rows = self.got('12#制度文件', on, lambda r: r.text('类别') == '报告' and '意识形态' in r.text('文件名称'))
        half = [r for r in rows if '上半年' in r.text('文件名称')]
        yield from self.term(date(self.year, 7, 10), half, '上半年报告')
        yield from self.term(date(self.year + 1, 1, 10), [r for r in rows if r not in half], '全年报告')

    def a27(self, on):
        for r in self.got('12#制度文件', on, lambda r: r.text('类别') == '制度'):
            until = r.date('下次评估日期')
            fine = until is None or until > self.end
            yield Slot(r.raw('文件名称'), until or self.end, r.day if fine else None, [r])

    # -- what became of them

    def judged(self, duty, on):
        slots = list(getattr(self, duty.lower())(on))
        states = [slot.state(on, duty in TERMS) for slot in slots]
        n = {state: states.count(state) for state in ('met', 'late', 'missed', 'pending')}
        year = len(slots)
        if duty == 'A26':
            assert year == 2
        passed = (on - date(self.year, 1, 1)).days + 1
        pace = half_up(Fraction(year * passed, 365), 0)
        if n['missed']:
            status = 'missed'
        elif n['late']:
            status = 'late'
        elif duty in LINEAR and n['pending'] and n['met'] < pace:
            status = 'at_risk'
        elif n['met'] and not n['pending']:
            status = 'satisfied'
        elif n['met'] or n['late'] or n['missed']:
            status = 'on_track'
        else:
            status = 'not_due'
        reasons = []
        for state, word in (('missed', '缺：'), ('late', '逾期：')):
            labels = [s.label for s, is_ in zip(slots, states) if is_ == state]
            if labels:
                reasons.append(word + '、'.join(labels))
        if status == 'at_risk':
            reasons.append('已完成%d，应达进度%d，全年应完成%d' % (n['met'], pace, year))
        return slots, states, {'required_to_date': year - n['pending'], 'required_year': year, **n,
                               'status': status, 'reasons': reasons}

    def scored(self, duty, slots, states):
        points = self.list[duty]['points']
        if duty in DEDUCT:
            each, cap = DEDUCT[duty]
            missed = [slot.owner if duty == 'A08' else slot for slot, state in zip(slots, states) if state == 'missed']
            misses = len(set(missed))
            deducted = min(misses * each, Fraction(cap))
            return {'points': points, 'mode': 'deduct', 'misses': misses, 'each': float(each), 'cap': float(cap),
                    'deducted': float(deducted), 'got': half_up(points - deducted, 2)}
        due = sum(state != 'pending' for state in states)
        done = Fraction(states.count('met')) + Fraction(states.count('late'), 2)
        part = done / due if due else Fraction(1)
        return {'points': points, 'mode': 'share', 'share': half_up(part, 4), 'got': half_up(points * part, 2)}

    def all(self):
        duties, days = {}, [date(self.year, 6, 30), self.end]
        for duty, said in self.list.items():
            entry = {**said, 'at': {}}
            for on in days:
                slots, states, entry['at'][on.isoformat()] = self.judged(duty, on)
            entry['score'] = self.scored(duty, slots, states)
            entry['rows'] = sorted({p for slot in slots for p in places(slot.rows)})
            duties[duty] = entry
        got = sum((Decimal(str(d['score']['got'])) for d in duties.values()), Decimal(0))
        full = sum(d['points'] for d in duties.values())
        return {'duties': duties, 'score': {'full': plain(full), 'got': plain(got)}}


def quarter(text, year):
    """(year, number) of a quarter as written, or None."""
    match = re.fullmatch(r'(?:(\d{4})年)?第?([一二三四1-4])季度', text)
    if not match:
        return None
    number = QUARTERS.find(match[2]) + 1 or int(match[2])
    return int(match[1] or year), number


def read_list(path):
    """The table of duties.md: what, who, how often, points."""
    found = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            cells = [c.strip() for c in line.strip().strip('|').split('|')]
            if re.fullmatch(r'A\d\d', cells[0]) and len(cells) == 7:
                found[cells[0]] = {'name': cells[1], 'owner': cells[2], 'cadence': cells[3],
                                   'points': plain(cells[5])}
    return found


def main():
    parser = argparse.ArgumentParser(description='Count the duties of a folder again.')
    parser.add_argument('folder')
    parser.add_argument('-o', dest='out')
    parser.add_argument('--year', type=int, help='where it is not the year of org.json')
    args = parser.parse_args()
    text = json.dumps(Duties(args.folder, args.year).all(), ensure_ascii=False, indent=1)
    if args.out:
        with open(args.out, 'w', encoding='utf-8') as file:
            file.write(text + '\n')
    else:
        sys.stdout.reconfigure(encoding='utf-8')
        print(text)


if __name__ == '__main__':
    main()
