#!/usr/bin/env python3
"""An office's year with many records: make_year.py N FOLDER

FOLDER gets the registers of examples/district-office-2022, with N submissions and N adoptions made from the rows there
in place of its own. The same N gives the same bytes."""
import csv, os, random, shutil, sys

CASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'examples', 'district-office-2022')
JOURNALS = ['《云岭信息》', '《云岭先锋》', '云岭信息', '省委信息', '《要情快报》', '《县区动态》']
FORMS = ['单篇', '综合', '约稿']
THEMES = ['经济发展', '党建风采', '生态建设', '人文特色', '安全稳定', '民生实事', '意识形态', '保密']
SECTIONS = ['信息科', '综合科', '秘书科', '督查科', '国安科', '机要保密科']


def day(rng):
    return f'2022-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}'


def submissions(n, rng):
    for i in range(n):
        yield [f'QX2022-{i + 1:06d}', day(rng), f'关于第{i + 1}项重点工作推进情况的报告', '市委办公室',
               rng.choice(THEMES), rng.choice(SECTIONS), '副主任（文稿综合）', '急件' if i % 50 == 0 else '']


def adoptions(n, rng):
    for i in range(n):
        no = rng.randrange(n + n // 50) + 1         # one in fifty names no submission
        yield [i + 1, f'QX2022-{no:06d}', rng.choice(JOURNALS), rng.choice(['省级', '市级', '区级', '']),
               f'第{i % 400 + 1}期', day(rng), rng.choice(FORMS), '']


def write(path, head, rows):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        csv.writer(f).writerows([head, *rows])


def main():
    n, folder = int(sys.argv[1]), sys.argv[2]
    shutil.copytree(CASE, folder, ignore=lambda _, names: [x for x in names if x[:2] in ('04', '05')])
    write(os.path.join(folder, '04信息报送登记.csv'), ['报送编号', '报送时间', '信息标题', '报送对象', '主题分类', '撰稿科室',
          '审核岗位', '备注'], submissions(n, random.Random(7)))
    write(os.path.join(folder, '05信息采用情况.csv'), ['序号', '报送编号', '采用刊物', '层级', '期号', '采用日期', '采用形式',
          '备注'], adoptions(n, random.Random(8)))


main()
