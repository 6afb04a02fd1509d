"""Random duties, held against the duty engine slot by slot.

    slots_oracle.py DRIVER [--n N] [--all] [--seed S] [--one SEED] [--show] [--form NAME] [--has WORD]

DRIVER is duty_driver of the build (tests/unit/duty_driver.c). Each duty is evaluated here by a slow walk from
day to day, written from the design's "Meaning, fixed" and docs/scheme.md without a look at the engine: each with
records over three years in 1990-2100, in each of these years, on days chosen at random. Counts, status, score,
and the slots' owner, object, label, due day, day done, state and remarks must be the same. A case depends on its
seed (and --form) alone; one that differs is made smaller (records, days, decisions, needs) before it is shown.
--n 2000 is the ordinary run, --all 20,000. --form makes needs of one form only (slots_make.py: count, each, period,
review, hours, table, on, rule, by, when, limit, holds, reach), --has asks only duties with a word in them.

slots_days.py: days, periods, calendars, rules. slots_world.py: what exists. slots_need.py, slots_periods.py,
slots_forms.py: what a need opens. slots_make.py, slots_make_needs.py: random cases.
"""
import argparse
import collections
import json
import subprocess
import sys
from datetime import date
from fractions import Fraction

from slots_days import half_up, iso
from slots_forms import slots_of
from slots_make import SCHEME, Maker
from slots_world import World

STATES = ('met', 'late', 'missed', 'pending', 'excused', 'not_applicable')


# ---- the state of a slot

def decision_on(case, slot, on):
    """The decision on a slot that counts on a day: the last one that was not revoked."""
    fits = [d for d in case.get('allowed', ()) if (d['owner'], d['object'], d['label']) == (
        slot.owner, slot.object, slot.label) and iso(d['decided']) <= on and not (
            d.get('revoked') and iso(d['revoked']) <= on)]
    last = None
    for decision in fits:
        if not last or decision['decided'] >= last['decided']:
            last = decision
    return last


def decided(case, slots, on):
    """[(slot, decision)]; a slot that was given more time has its new due day."""
    found = []
    for slot in slots:
        decision = decision_on(case, slot, on)
        if decision and decision['kind'] == 'extended' and iso(decision['asked']) <= slot.due:
            slot.due = slot.until = iso(decision['until'])
        found.append((slot, decision))
    return found


def judged(slot, decision, on):
    """[owner, due, done, state, object, label, calendar unknown, internal] of a slot on a day."""
    done, after_minute = slot.find(slot.due, slot.until)
    tardy = done and (done > slot.due or after_minute)
    if slot.never and tardy and slot.late:
        done, tardy = None, False
    if done and done <= on:
        state = 'late' if slot.late and tardy else 'met'
    else:
        state = 'missed' if slot.due <= on else 'pending'
    if decision and decision['kind'] == 'not_applicable':
        state = 'not_applicable'
    elif decision and decision['kind'] == 'excused' and state != 'met':
        state = 'excused'
    return [slot.owner, slot.due.isoformat(), done.isoformat() if done else '', state, slot.object, slot.label,
            int('calendar_unknown' in slot.flags), int('internal' in slot.flags)]


# ---- a duty on a day

def evaluate(case, year, on):
    duty, world = case['duty'], World(case, year, on)
    slots = [judged(*both, on) for both in decided(case, list(slots_of(duty, world)), on)]
    n = {state: sum(s[3] == state for s in slots) for state in STATES}
    required, passed = sum(n.values()) - n['excused'] - n['not_applicable'], (on - date(year, 1, 1)).days + 1
    if n['missed']:
        status = 'missed'
    elif n['late']:
        status = 'late'
    elif (duty.get('pace') == 'linear' and on < date(year, 12, 31) and n['pending']
          and n['met'] < half_up(Fraction(required * passed, 365))):
        status = 'at_risk'
    elif required and n['met'] == required:
        status = 'satisfied'
    elif n['met'] or n['late'] or n['missed']:
        status = 'on_track'
    else:
        status = 'not_due'
    return {'year': year, 'on': on.isoformat(), **n, 'required_year': required,
            'required_to_date': required - n['pending'], 'status': status, 'score': score_of(duty, slots, n),
            'slots': sorted(slots)}


def part_of(states):
    """The share done of what was due; all of it where nothing was."""
    due = sum(s in ('met', 'late', 'missed') for s in states)
    return Fraction(2 * states.count('met') + states.count('late'), 2 * due) if due else Fraction(1)


def score_of(duty, slots, n):
    """In thousandths, got in tens of them; the share of 10,000."""
    points, rule = Fraction(str(duty.get('points', 0))), duty.get('score', {})
    roll_up = rule.get('roll_up')
    if roll_up == 'all':
        return {'got': 0 if n['missed'] else 10 * half_up(points * 100)}
    if roll_up == 'average':
        owners = {s[0] for s in slots}
        parts = [part_of([s[3] for s in slots if s[0] == owner]) for owner in owners]
        mean = sum(parts) / len(parts) if parts else Fraction(1)
        return {'got': 10 * half_up(points * mean * 100)}
    if rule:
        missed = [s[0] for s in slots if s[3] == 'missed']
        misses = len(set(missed)) if roll_up or rule['per'] == 'owner_with_miss' else len(missed)
        deducted = min(misses * Fraction(str(rule['deduct'])), Fraction(str(rule.get('at_most', points))))
        got = 10 * half_up(max(points - deducted, Fraction(0)) * 100)
        return {'got': got} if roll_up else {'misses': misses, 'deducted': int(deducted * 1000), 'got': got}
    part = part_of([s[3] for s in slots])
    return {'share': half_up(part * 10000), 'got': 10 * half_up(points * part * 100)}


# ---- against the engine

class Driver:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding='utf-8')

    def ask(self, case):
        """What the driver says of a case; without calendars those of the program count."""
        line = {'scheme': json.dumps({**SCHEME, **case.get('top', {}), 'duties': [case['duty']]}, ensure_ascii=False),
                'org': case['org'], 'records': case['records'], 'asked': case['asked'],
                'figures': {'rate': case['figures']}, 'allowed': case.get('allowed', [])}
        if case['calendars'] is not None:
            line['calendars'] = case['calendars']
        self.process.stdin.write(json.dumps(line, ensure_ascii=False) + '\n')
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit('the driver has ended with status %s' % self.process.wait())
        return json.loads(answer)


def as_ours(found):
    """The driver's answer in our form: one list a slot."""
    slots = [[*slot, object_, label, int(unknown), int(internal)]
             for slot, (object_, label, _, unknown, internal) in zip(found['slots'], found['more'])]
    return {**found, 'slots': sorted(slots)}


def differences(driver, case):
    answer = driver.ask(case)
    if 'error' in answer:
        return ['the scheme is refused: ' + answer['error']]
    found = []
    for (year, on), theirs in zip(case['asked'], answer['states']):
        ours = evaluate(case, year, date.fromisoformat(on))
        theirs = as_ours(theirs)
        theirs['score'] = {k: v for k, v in theirs['score'].items() if k in ours['score']}
        for key in ours:
            if ours[key] == theirs.get(key, 0 if key in STATES else None):
                continue
            if key == 'slots':
                a, b = (collections.Counter(map(tuple, side[key])) for side in (ours, theirs))
                found.append('%d on %s: slots only here %s, only in C %s' % (
                    year, on, sorted((a - b).elements())[:8], sorted((b - a).elements())[:8]))
            else:
                found.append('%d on %s: %s %s, in C %s' % (year, on, key, ours[key], theirs.get(key)))
    return found


def smaller(driver, case):
    """The case with as little in it as still differs."""
    def still(changed):
        return differences(driver, changed)
    if len(case['duty'].get('needs', ())) > 1:
        for need in case['duty']['needs']:
            one = {**case, 'duty': {**case['duty'], 'needs': [{'owner': case['duty']['owner'], **need}]}}
            if still(one):
                return smaller(driver, one)
    for key in ('asked', 'records', 'allowed', 'calendars'):
        size = len(case[key])
        while size:
            i = 0
            while i < len(case[key]):
                less = {**case, key: case[key][:i] + case[key][i + size:]}
                if still(less):
                    case = less
                else:
                    i += size
            size //= 2
    return case


def show(driver, case, seed):
    case = smaller(driver, case)
    print('FAIL seed %d: %s %s' % (seed, json.dumps(case['duty'], ensure_ascii=False), json.dumps(case['top'])))
    for key in ('records', 'allowed', 'calendars'):
        for row in case[key]:
            print('     %s' % json.dumps(row, ensure_ascii=False))
    text, org = json.dumps(case['duty']), case['org']
    if 'personal' in text:
        print('     %s' % json.dumps(org['holders']))
    if any(word in text for word in ('nights', 'calendar', 'table', 'portfolio')):
        print('     %s' % json.dumps({k: org[k] for k in ('calendar', 'terms', 'portfolios')}, ensure_ascii=False))
    for line in differences(driver, case)[:4]:
        print('   * %s' % line)


def main():
    parser = argparse.ArgumentParser(description='Hold random duties against the duty engine.')
    parser.add_argument('driver')
    parser.add_argument('--n', type=int, default=2000)
    parser.add_argument('--all', action='store_true', help='20,000')
    parser.add_argument('--seed', type=int, default=1, help='the first')
    parser.add_argument('--one', type=int, metavar='SEED')
    parser.add_argument('--show', action='store_true', help='what is in the case too')
    parser.add_argument('--most', type=int, default=5, help='differing cases shown')
    parser.add_argument('--form', help='needs of this form only')
    parser.add_argument('--has', help='only duties with this word in them')
    args = parser.parse_args()
    sys.stdout.reconfigure(encoding='utf-8')
    first, n = (args.one, 1) if args.one is not None else (args.seed, 20000 if args.all else args.n)
    driver, failed, asked, states = Driver(args.driver), [], 0, collections.Counter()
    for seed in range(first, first + n):
        case = Maker(seed, args.form).case()
        if args.has and args.has not in json.dumps({k: case[k] for k in ('duty', 'top', 'allowed')}):
            continue
        asked += 1
        if args.one is not None and args.show:
            print(json.dumps(case, ensure_ascii=False, indent=1))
        if differences(driver, case):
            failed.append(seed)
            if len(failed) <= args.most:
                show(driver, case, seed)
        elif seed % 10 == 0:
            for year, on in case['asked']:
                found = evaluate(case, year, date.fromisoformat(on))
                states.update([found['status'], *('slots ' + slot[3] for slot in found['slots'])])
    driver.process.stdin.close()
    status = driver.process.wait()
    if status:
        print('the driver ended with status %d' % status)
        failed.append(None)
        asked += 1
    if failed:
        print('seeds that differ: %s' % failed[:50])
    print('in each tenth case: %s' % dict(states))
    print('%d passed, %d failed' % (asked - len(failed), len(failed)))
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
