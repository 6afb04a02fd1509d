"""Random assessments, held against the program item by item.

    assess_oracle.py DRIVER [--n N] [--all] [--seed S] [--one SEED] [--show]

DRIVER is assess_driver of the build (tests/unit/assess_driver.c). Each case is a random scheme with every form of item, a
small organisation, records and scores; the sheet is computed here with fractions, from what docs/scheme.md says, without a
look at the program. Slots and figures are taken from the driver (slots_oracle.py and the oracle of figures hold those).
The same must come out for every item, section, total, grade and, for all units, the grades by quota; the lines of the
program must sum to its scores exactly. What it says would raise the score is applied: to the slots and counts here, and by
adding a record to the case and asking anew. --n 2000 is the ordinary run, --all 100,000.
"""
import argparse
import json
import subprocess
import sys
from fractions import Fraction as F

import assess_each
from assess_case import Case
from assess_sheet import Sheet, by_quota

# ---- comparing

def lines(part):
    return sum((F(x['points']) for x in part['lines']), F(0))


def differences(case, answer, stats, ask):
    if 'error' in answer:
        return [f"refused: {answer['error']}"]
    bad = []
    case.records_now = case.records
    mine = Sheet(case, answer, case.unit, case.scores)
    sheet = answer['sheet']

    def same(what, ours, theirs):
        if ours != theirs:
            bad.append(f'{what}: {ours} here, {theirs} there')

    total = lines(sheet)
    for s, theirs, ours in zip(case.sections, sheet['sections'], mine.sections):
        same(f"section {s['id']}", ours, F(theirs['got']))
        same(f"full of {s['id']}", case.full(s), F(theirs['full']))
        part = lines(theirs)
        for x, it in zip(s['items'], theirs['items']):
            stats[x['form']] = stats.get(x['form'], 0) + 1
            same(f"{x['id']} {x['form']} computed", mine.computed[x['id']], F(it['computed']))
            same(f"{x['id']} {x['form']}", mine.items[x['id']], F(it['got']))
            bad += things(case, x, it, mine, stats)
            same(f"lines of {x['id']}", F(it['got']), lines(it))
            part += F(it['got'])
        same(f"lines of {s['id']}", F(theirs['got']), part)
        total += F(theirs['got'])
    same('total', mine.total, F(sheet['got']))
    same('lines of the total', F(sheet['got']), total)
    same('grade', case.grades[mine.grade]['name'] if case.grades else None, sheet.get('grade'))
    units = case.units if case.each_unit else [('', '')]
    sheets = [(u, Sheet(case, answer, u if case.each_unit else None)) for u in units]
    if case.each_unit:
        same('rows', by_quota(case, sheets), [(u, F(t, 1000), g, q) for u, t, g, q in answer['rows']])
    bad += hints(case, answer, mine, stats, ask)
    return bad


def things(case, x, theirs, mine, stats):
    """What a judge of several things shows beside its score: the self score, and a line a thing."""
    bad = []
    by_hand = [F(got, 1000) for i, got in case.selfs if i == x['id']]
    own = by_hand[-1] if by_hand else mine.selfs.get(x['id'])
    if own != (F(theirs['self']['points']) if 'self' in theirs else None):
        bad.append(f"self score of {x['id']}: {own} here, {theirs.get('self')} there")
    if 'things' in x:
        how = x['things'][0]
        there = assess_each.things(mine, x)
        stats[how] = stats.get(how, 0) + 1
        stats['no things'] = stats.get('no things', 0) + (not there)
        stats['weighed'] = stats.get('weighed', 0) + any(w != 1 for _, w, _ in there)
        stats['self'] = stats.get('self', 0) + bool(x['own'])
        names = [t for t, _, _ in there]
        told = [t['thing'] for t in theirs['lines'] if t['kind'] == 'thing' and 'thing' in t]
        if told != names:
            bad.append(f"things of {x['id']}: {names} here, {told} there")
        away = {m[3] for m in case.scores if len(m) > 3 and m[0] == x['id']} - set(names)
        told = {t['thing'] for t in theirs['lines'] if t['kind'] == 'gone'}
        stats['gone'] = stats.get('gone', 0) + len(away)
        if told != away:
            bad.append(f"judged and not there, of {x['id']}: {sorted(away)} here, {sorted(told)} there")
    return bad


def hints(case, answer, before, stats, ask):
    bad = []
    told = set()
    for h in answer['hints']:
        if h['gone']:
            continue
        slots, records, figures, given = {}, {}, {}, set()
        for c in h['changes']:
            if 'thing' in c:
                given.add((c['item'], c['thing']))
            elif 'duty' in c:
                slots[c['duty'], c['slot']] = c['state']
            elif 'item' in c:
                records[c['item']] = records.get(c['item'], 0) + 1
            else:
                figures[c['figure']] = figures.get(c['figure'], 0) + c['by']
        after = Sheet(case, answer, case.unit, case.scores, slots, records, figures, given)
        stats['predictions'] = stats.get('predictions', 0) + 1
        gain, item = after.total - before.total, after.items[h['item']] - before.items[h['item']]
        if (gain, item) != (F(h['gain'], 1000), F(h['item_gain'], 1000)):
            bad.append(f"{h['text']} of {h['item']}: {gain} and {item} here, {h['gain']} and {h['item_gain']} there")
        missed = {k: 'missed' for k in slots if answer['slots'][k[0]][k[1]][3] == 'pending'}
        after = Sheet(case, answer, case.unit, case.scores, missed)
        loss = max(before.total - after.total, 0), max(before.items[h['item']] - after.items[h['item']], 0)
        if loss != (F(h['loss'], 1000), F(h['item_loss'], 1000)):
            bad.append(f"{h['text']} of {h['item']}, missed: {loss} here, {h['loss']} and {h['item_loss']} there")
        if len(h['changes']) == 1:
            told |= given or {(h['item'], *next(iter(slots), ()))}
            bad += applied(case, answer, h, before, stats, ask)
    # nothing is left out: every judged thing with less than all points, every slot that can still be done, where it
    # would raise its item
    for x in (x for s in case.sections for x in s['items'] if 'things' in x):
        by = assess_each.judged(x, case.scores)
        for thing, _, _ in assess_each.things(before, x):
            after = Sheet(case, answer, case.unit, case.scores, given={(x['id'], thing)})
            less = thing in by and by[thing] < assess_each.most(x)
            if less and after.items[x['id']] > before.items[x['id']] and (x['id'], thing) not in told:
                bad.append(f"{x['id']}: {thing} has less than all points and is not named")
            if not less and (x['id'], thing) in told:
                bad.append(f"{x['id']}: {thing} is named, and can not have more")
    for x in (x for s in case.sections for x in s['items']):
        if x.get('kind') != 'D' or any(m[0] == x['id'] and m[2] for m in case.scores):
            continue
        for d in x['what']:
            for i, (_, _, due, state) in enumerate(answer['slots'][d['id']]):
                open_today = state == 'pending' or (state == 'missed' and due == str(case.on))
                new = 'met' if open_today else 'late' if state == 'missed' and d['late'] else None
                if not new or (x['id'], d['id'], i) in told:
                    continue
                after = Sheet(case, answer, case.unit, case.scores, {(d['id'], i): new})
                lost = Sheet(case, answer, case.unit, case.scores, {(d['id'], i): 'missed'} if state == 'pending' else {})
                if after.items[x['id']] > before.items[x['id']] or lost.items[x['id']] < before.items[x['id']]:
                    bad.append(f"{x['id']}: slot {i} of {d['id']} matters and is not named")
    return bad


def applied(case, answer, h, before, stats, ask):
    """Adds the record that the prediction asks for and looks whether the item has gained as much."""
    c = h['changes'][0]
    item = next(x for s in case.sections for x in s['items'] if x['id'] == h['item'])
    record = {'type': 'ev', 'date': str(case.on), 'n': 1}
    if 'thing' in c:
        full = [item['id'], int(assess_each.most(item) * 1000), True, c['thing']]
        now = ask(case.asked(scores=[*case.scores, full]))
        got = next(F(x['got']) for s in now['sheet']['sections'] for x in s['items'] if x['id'] == h['item'])
        stats['judged anew'] = stats.get('judged anew', 0) + 1
        if got - before.items[h['item']] != F(h['item_gain'], 1000):
            return [f"{h['text']} of {h['item']}, judged: {got - before.items[h['item']]}, not {F(h['item_gain'], 1000)}"]
        return []
    if 'duty' in c:
        duty = next(d for d in case.duties if d['id'] == c['duty'])
        owner, thing = answer['slots'][c['duty']][c['slot']][:2]
        record['kind'] = duty['kind']
        if duty['unit']:
            record['unit'] = thing or owner
    elif 'item' in c:
        record['kind'] = item['what']
        if case.unit:
            record['unit'] = case.unit[1]
    elif c['figure'].startswith('n.'):
        record['kind'] = c['figure'][2:]
    else:
        return []
    if case.r.random() > 0.3:
        return []
    now = ask(case.asked(case.records + [record]))
    if 'duty' in c:
        old, new = answer['slots'], now['slots']
        moved = [(d, i) for d in old for i, s in enumerate(old[d]) if d in [y['id'] for y in item['what']] and s != new[d][i]]
        if moved != [(c['duty'], c['slot'])]:
            return []        # another slot is first in turn, or its time has not come
    got = next(F(x['got']) for s in now['sheet']['sections'] for x in s['items'] if x['id'] == h['item'])
    stats['applied'] = stats.get('applied', 0) + 1
    if got - before.items[h['item']] != F(h['item_gain'], 1000):
        return [f"{h['text']} of {h['item']}, done: {got - before.items[h['item']]}, not {F(h['item_gain'], 1000)}"]
    return []


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('driver')
    p.add_argument('--n', type=int, default=2000)
    p.add_argument('--all', action='store_true')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--one', type=int)
    p.add_argument('--show', action='store_true')
    args = p.parse_args()
    driver = subprocess.Popen([args.driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding='utf-8')

    def ask(question):
        driver.stdin.write(json.dumps(question, ensure_ascii=False) + '\n')
        driver.stdin.flush()
        return json.loads(driver.stdout.readline())

    stats, bad = {}, 0
    seeds = [args.one] if args.one is not None else [args.seed * 10**7 + i for i in range(100000 if args.all else args.n)]
    for seed in seeds:
        case = Case(seed)
        answer = ask(case.asked())
        if args.show:
            print(json.dumps(case.plan, indent=1), json.dumps(answer, indent=1))
        found = differences(case, answer, stats, ask)
        if found:
            bad += 1
            print(f'case {seed}:', *found[:8], sep='\n  ')
            if bad >= 10:
                break
    for line in assess_each.not_refused(Case(1), ask):
        bad += 1
        print(line)
    driver.stdin.close()
    driver.wait()
    print(f'{len(seeds)} sheets, {bad} differ;', ', '.join(f'{k} {v}' for k, v in sorted(stats.items())))
    missing = set(Case.FORMS) | {'predictions', 'applied', 'judged anew', 'body', 'posts', 'records', 'self', 'weighed',
                                 'no things', 'gone'}
    if args.one is None and missing - set(stats):
        print('never seen:', *sorted(missing - set(stats)))
        bad += 1
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
