"""The cases by hand of tests/cases/needs.txt: each against the duty engine and against the oracle of slots.

    test_needs.py [--show]      --show prints what both found for a case that differs

needs.txt says in its head how a case is written. The working days are those of calendars/*.yaml, read here as text.
"""
import glob
import json
import os
import re
import sys
from datetime import date

from slots_oracle import Driver, as_ours, evaluate
from test_import import ROOT

NEEDS = os.path.join(ROOT, 'tests', 'cases', 'needs.txt')
ORG = {
    'units': [{'id': 'U0', 'name': 'archive', 'short': 'arc', 'kind': 'dept'},
              {'id': 'U1', 'name': 'press', 'short': 'prs', 'kind': 'dept'},
              {'id': 'U2', 'name': 'hill town', 'short': 'hill', 'kind': 'town'}],
    'posts': [{'id': 'P0', 'name': 'boss', 'role': 'head'}, {'id': 'P1', 'name': 'ann', 'role': 'team member'},
              {'id': 'P2', 'name': 'ben', 'role': 'team member'}],
    'portfolios': [{'post': 'P1', 'unit': 'U0'}, {'post': 'P2', 'unit': 'U1'}],
    'bodies': [{'id': 'B0', 'name': 'board'}], 'holders': [], 'forms': {'A': ['k1', 'k2'], 'B': ['k3']},
    'calendar': {'from': '2023-03-01', 'to': '2023-11-30', 'exempt': [{'date': '2023-05-04'}, {'date': '2023-06-01'}]},
    'terms': [{'name': 'spring', 'from': '02-10', 'to': '07-05'}, {'name': 'autumn', 'from': '09-01', 'to': '01-15'}]}
STATES = {'met', 'late', 'missed', 'pending', 'excused', 'not_applicable'}
DUTY = ('owner', 'personal', 'score', 'points', 'sets', 'pace')


def calendars():
    """[{year, holidays, working}] from the text of the files, without a reader of YAML."""
    found = []
    for path in sorted(glob.glob(os.path.join(ROOT, 'calendars', '*.yaml'))):
        with open(path, encoding='utf-8') as file:
            text = re.sub(r'#.*', '', file.read())
        off, worked = text.split('working_days:')
        found.append({'year': int(re.search(r'year: (\d+)', text)[1]), 'holidays': re.findall(r'\d{4}-\d\d-\d\d', off),
                      'working': re.findall(r'\d{4}-\d\d-\d\d', worked)})
    return found


# ---- the short form of YAML in which cases are written: {a: b, c: [d, "e f"]}

def flow(text):
    value, rest = flow_at(text.strip())
    if rest.strip():
        raise ValueError('left over: ' + rest)
    return value


def flow_at(text):
    text = text.lstrip()
    if text[0] == '{':
        found, text = {}, text[1:].lstrip()
        while text[0] != '}':
            key, text = text.split(':', 1)
            found[key.strip().strip('"')], text = flow_at(text)
            text = text.lstrip().removeprefix(',').lstrip()
        return found, text[1:]
    if text[0] == '[':
        found, text = [], text[1:].lstrip()
        while text[0] != ']':
            one, text = flow_at(text)
            found.append(one)
            text = text.lstrip().removeprefix(',').lstrip()
        return found, text[1:]
    if text[0] == '"':
        end = text.index('"', 1)
        return text[1:end], text[end + 1:]
    word = re.match(r'[^,}\]]*', text)[0]
    return plain(word.strip()), text[len(word):]


def plain(word):
    return int(word) if re.fullmatch(r'\d+', word) else float(word) if re.fullmatch(r'\d+\.\d+', word) else word


# ---- cases

class Case:
    def __init__(self, form, title, line):
        self.form, self.title, self.line, self.why = form, title, line, []
        self.duty = {'id': 'D1', 'title': title, 'owner': 'post:boss', 'points': 1}
        self.top, self.org, self.records, self.allowed, self.days, self.figures = {}, dict(ORG), [], [], [], []

    def add(self, line):
        key, _, rest = line.partition(' ')
        if key.rstrip(':') in DUTY:
            self.duty[key[:-1]] = flow(rest)
        elif key == 'need:':
            self.duty.setdefault('needs', []).append(flow(rest))
        elif key == 'scheme:':
            self.top.update(flow(rest))
        elif key == 'org:':
            self.org.update(flow(rest))
        elif key == 'figure:':
            self.figures = flow(rest)
        elif key == 'allow:':
            self.allowed.append({'duty': 'D1', 'owner': 'boss', 'object': '', 'until': '', **flow(rest)})
        elif key == 'on':
            words = rest.rstrip(':').split()
            self.days.append([int(words[2]) if len(words) > 1 else int(words[0][:4]), words[0], {}, [], None])
        elif key == '=':
            self.days[-1][3].append(expected(rest))
        elif key in ('counts:', 'status:', 'got:'):
            self.days[-1][2][key[:-1]] = flow(rest)
        elif key == 'others:':
            self.days[-1][4] = (int(rest.split()[0]), rest.split()[1])
        elif key == 'why:' or self.why:
            self.why.append(line)
        elif key in ('ev', 'pe', 'mo', 'ob', 'up', 'dn'):
            self.records.append(record(key, rest))
        else:
            raise ValueError('line %d: not understood: %s' % (self.line, line))

    def case(self):
        return {'duty': self.duty, 'top': self.top, 'org': self.org, 'records': self.records, 'allowed': self.allowed,
                'figures': self.figures, 'asked': [day[:2] for day in self.days]}


def record(of, text):
    """ev 2024-03-05 kind=k1 topic="two words" (of mo the month: mo 2024-03)"""
    row = {'type': of}
    for i, word in enumerate(re.findall(r'(?:[^\s"]|"[^"]*")+', text)):
        key, sep, value = word.partition('=')
        if not sep:
            key, value = ('month' if of == 'mo' else 'date'), word
        value = value.strip('"')
        row[key] = {'yes': True, 'no': False}[value] if key == 'flag' else plain(value) if re.fullmatch(
            r'\d+', value) and key not in ('year', 'no', 'ref') else value
    return row


def expected(text):
    """label | due | done or - | state [remarks] [| owner]"""
    label, due, done, state, *owner = [part.strip() for part in text.split('|')]
    state, *remarks = state.split(' ', 1)
    if state not in STATES:
        raise ValueError('no state: ' + state)
    return [owner[0] if owner else 'boss', due, '' if done == '-' else done, state, label,
            int('calendar unknown' in ''.join(remarks)), int('internal' in ''.join(remarks))]


def read(path):
    cases, form, case = [], '', None
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if line.startswith('## '):
                form, case = line[3:], None
            elif line.startswith('# '):
                if not form:
                    continue    # the head of the file
                case = Case(form, line[2:], number)
                cases.append(case)
            elif line and case:
                case.add(line)
    return cases


# ---- held against what is found

def faults(day, state):
    """What of a day differs from what stands there."""
    year, on, words, want, others = day
    slots = [[owner, due, done, is_, label, unknown, internal]
             for owner, due, done, is_, _, label, unknown, internal in state['slots']]
    found = []
    for slot in want:
        if slot in slots:
            slots.remove(slot)
        else:
            found.append('not there: %s' % slot)
    if others:
        if [len(slots), {s[3] for s in slots}] != [others[0], {others[1]}]:
            found.append('not %d others %s: %s' % (*others, slots[:5]))
    else:
        found += ['more: %s' % slot for slot in slots]
    got = {'counts': {k: state.get(k, 0) for k in words.get('counts', ())}, 'status': state['status'],
           'got': state['score']['got'] / 1000}
    for key, value in words.items():
        if value.replace(' ', '_') != got[key] if key == 'status' else value != got[key]:
            found.append('%s %s instead of %s' % (key, got[key], value))
    return ['%s: %s' % (on, text) for text in found]


def main():
    program = os.environ.get('ZEREN', os.path.join(ROOT, 'build', 'zeren'))
    driver = Driver(os.path.join(os.path.dirname(os.path.abspath(program)), 'tests', 'unit', 'duty_driver'))
    sys.stdout.reconfigure(encoding='utf-8')
    passed = failed = 0
    for hand in read(NEEDS):
        case = hand.case()
        answer = driver.ask({**case, 'calendars': None})        # those of the program
        if not hand.why or not hand.days:
            wrong = ['the case says nothing']
        elif 'error' in answer:
            wrong = ['the engine refuses: %s' % answer['error']]
        else:
            wrong = []
            for day, theirs in zip(hand.days, answer['states']):
                ours = evaluate({**case, 'calendars': calendars()}, day[0], date.fromisoformat(day[1]))
                wrong += ['engine %s' % text for text in faults(day, as_ours(theirs))]
                wrong += ['oracle %s' % text for text in faults(day, ours)]
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print('FAIL needs.txt:%d %s: %s' % (hand.line, hand.form, hand.title))
            for text in wrong:
                print('   * %s' % text)
            if '--show' in sys.argv:
                print('     %s' % json.dumps(hand.duty, ensure_ascii=False))
    print('%d passed, %d failed' % (passed, failed))
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
