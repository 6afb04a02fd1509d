"""The example office's scheme with matrix, map of risks and warning rules: warn_scheme.py > scheme.yaml."""
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
MAP = '''    risk:
      no: no
      name: name
      level: level
      owner: owner
      unit: section
      registered: registered
      closed: closed
      measures: measures
      review: {field: review, words: {每月: month, 每季度: quarter, 每半年: half, 每年: year}}
      updates:
        of: risk_update
        no: no
        date: date
        what: what
        level: new_level
        by: by
        note: note
        words: {rate: 等级调整, review: 复核, close: 化解}
'''
BEFORE = '    track:                                # 某日的值'


def text():
    scheme = (HERE / '../../examples/district-office-2022/scheme.yaml').read_text('utf-8')
    assert scheme.count(BEFORE) == 1
    return scheme.replace(BEFORE, MAP + BEFORE) + (HERE / 'warn_rules.yaml').read_text('utf-8')


if __name__ == '__main__':
    sys.stdout.write(text())
