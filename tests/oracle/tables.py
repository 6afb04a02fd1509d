"""What README says of each of the 22 tables.

date      the column that dates a row; month: it holds a month
rule      which dates belong: year, standing (also earlier years), problem
          (last year's open ones too), next (the year after), or none
required  in the order in which README lists them
key       the columns that make a row a repetition; empty: not looked for
numbers   {column: unit word}; dates: further date columns
"""
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))


class Table:
    def __init__(self, date=None, required='', key='', rule='year', month=False,
                 numbers='', dates=''):
        self.date, self.rule, self.month = date, rule if date else None, month
        self.required, self.key = required.split(), key.split()
        self.numbers = dict(pair.split(':') for pair in numbers.split())
        self.dates = dates.split()


TABLES = {
    '01#会议台账': Table('会议时间', '会议类别 会议名称', '会议时间 会议类别 会议名称',
                     numbers='参会人数/应到:人 参会人数/实到:人'),
    '02': Table('月份', '召开次数', '月份 召开次数 应到人次 第一议题次数', month=True,
                numbers='召开次数:次 应到人次:人次 实到人次:人次 第一议题次数:次 专题学习二十大精神次数:次'),
    '03#周四大学堂及支部学习': Table('学习日期', '学习方式 学习主题',
                            '学习日期 组织形式 学习方式 学习主题 实参加 学时',
                            numbers='应参加:人 实参加:人 学时:学时'),
    '03#平台学习汇总': Table(numbers='单位总学时:学时 参学人数:人'),
    '04#*': Table('报送时间', '报送编号 信息标题', '报送编号 报送时间 信息标题'),
    '05': Table('采用日期', '报送编号 采用刊物', '报送编号 采用刊物 期号 采用日期'),
    '06#教育培训': Table('培训时间', '培训主题', '培训时间 培训主题 实训人数 学时',
                     numbers='应训人数:人 实训人数:人 学时:学时'),
    '06#主题活动': Table('活动时间', '活动名称', '活动时间 活动名称 参与人次', numbers='参与人次:人次'),
    '07#荣誉推荐': Table('时间', '荣誉（推荐）名称 状态', '时间 荣誉（推荐）名称 对象 状态',
                     numbers='数量:个'),
    '08#阵地清单': Table('启用日期', '阵地名称 管理岗位', '阵地名称 启用日期', 'standing',
                     dates='停用日期'),
    '09#风险清单': Table('登记日期', '风险编号 风险点 风险等级', '风险编号 风险点 登记日期', 'standing',
                     dates='化解日期'),
    '09#更新记录': Table('更新日期', '风险编号 更新事项', '更新日期 风险编号 更新事项 调整后等级'),
    '09#会商研判': Table('会商日期', '期次 所属期', '期次 会商日期', numbers='参加单位数:家'),
    '09#预警处置': Table('发出日期', '', '预警编号', dates='处置时限 反馈日期'),
    '10#督查检查': Table('检查时间', '检查类别 带队岗位 被查单位 检查方式', '检查编号 检查时间 被查单位',
                     numbers='发现问题数:个', dates='反馈时间'),
    '11#问题整改': Table('发现日期', '问题编号 问题描述 整改时限', '问题编号 发现日期 问题描述', 'problem',
                     dates='整改时限 延期至 完成日期 销号日期'),
    '12#制度文件': Table('印发日期', '文件名称', '印发日期 文件名称 文号', 'standing',
                     dates='下次评估日期'),
    '12#责任书': Table('签订日期', '甲方岗位 乙方', '签订日期 甲方岗位 乙方 责任制类别'),
    '12#目标考核': Table(numbers='分值:分'),
    '13#零报告': Table('所属月份', '报告日期', '所属月份 报告日期 国家安全情况（件） 失泄密情况（件）', month=True,
                    numbers='国家安全情况（件）:件 失泄密情况（件）:件 突发情况（件）:件',
                    dates='报告日期'),
    '13#文稿审核': Table('月份', '审核件数', '月份 审核件数 退回修改 印发前更正差错 印发后差错', month=True,
                     numbers='审核件数:件 退回修改:件 印发前更正差错:处 印发后差错:处'),
    '14#计划': Table('完成时限', '计划编号 计划内容', '', 'next'),
}
EVIDENCE = '佐证'

with open(os.path.join(HERE, 'synonyms.json'), encoding='utf-8') as _file:
    SYNONYMS = json.load(_file)


def normal(text):
    """Full width to half width, without white space or line breaks."""
    half = (chr(ord(c) - 0xFEE0) if '！' <= c <= '～' else c for c in text)
    return ''.join(c for c in half if not c.isspace())


def table_key(file, sheet):
    """The key in TABLES of a sheet, or None; a CSV file has sheet ''."""
    prefix = file[:2]
    if not sheet:
        return prefix if prefix in TABLES else None
    key = prefix + '#' + sheet
    if key not in TABLES and re.search(r'\d{4}年', sheet):
        key = prefix + '#*'     # the sheet that carries the year in its name
    return key if key in TABLES else None


def headers(key):
    """{normalized header or synonym: the column's own header}."""
    return {normal(name): column for column, others in SYNONYMS[key].items()
            for name in [column, *others]}
