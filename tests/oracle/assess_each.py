"""A judge of several things (docs/scheme.md, chapter 16): how a case draws one, and what it comes to, by fractions.

The things are members of a body, posts or records. Each has a mark by a judgement of its own, records have weights; the item
is the mean of the marks by weight, rounded once.
"""
from fractions import Fraction as F

POSTS = [('P1', 'boss', 'head'), ('P2', 'second', 'deputy'), ('P3', 'third', 'deputy'), ('P4', 'fourth', 'deputy'),
         ('P5', 'fifth', 'clerk')]
LOADS = {'K1': '1', 'K2': '1.2', 'K3': '1.5', 'K4': '0.001', 'K5': '1000'}
CLASSES, LEVELS = ['A', 'B', 'C'], ['I', 'II', 'III']
FIELDS = {'load': 'choice', 'class': 'choice', 'level': 'choice', 'weight': 'number', 'own': 'number'}
LEAST, MOST = F(1, 1000), F(1000)       # of a weight


def bodies(r):
    """B1 … B3, one of them often without a member."""
    return {f'B{i}': [p[0] for p in r.sample(POSTS, r.randint(0, len(POSTS)))] for i in (1, 2, 3)}


def fields(r):
    """What a record says that can be judged; each field may be empty."""
    out = {}
    for name, values in (('load', [*LOADS, 'K9']), ('class', [*CLASSES, 'D']), ('level', [*LEVELS, 'IV']),
                         ('weight', ['0.5', 1, '1.25', 3, '0.333', 1000, '0.001', 0, -1, 1001]),
                         ('own', [-1, 0, '0.5', 1, 2, '3.333', 4, 7, 20])):
        if r.random() < 0.7:
            out[name] = r.choice(values)
    return out


def weigh(r):
    """(as in the scheme, what it means) of one to three factors; a single one may stand without a list."""
    said, meant = [], []
    for _ in range(r.randint(1, 3)):
        form = r.randrange(3)
        if form == 0:
            words = {w: LOADS[w] for w in r.sample(list(LOADS), r.randint(1, len(LOADS)))}
            said.append({'field': 'load', 'words': words})
            meant.append(('words', 'load', words))
        elif form == 1:
            said.append({'field': 'weight'})
            meant.append(('number', 'weight', None))
        else:
            table = {c: {k: r.choice(['1', '2', '5', '0.7', '1000', '0.001']) for k in r.sample(LEVELS, r.randint(1, 3))}
                     for c in r.sample(CLASSES, r.randint(1, 3))}
            said.append({'rows': 'class', 'columns': 'level', 'table': table})
            meant.append(('table', 'class', table))
    return said, meant


def draw(case, x, d, kinds):
    """Makes the item x, as the scheme says it d, one of several things."""
    r = case.r
    how = r.choice(['body', 'posts', 'records', 'records'])
    x['things'], x['weigh'], x['own'] = (how, None), [], None
    if how == 'body':
        x['things'] = how, r.choice(list(case.bodies))
        d['each'] = {'body': x['things'][1]}
    elif how == 'posts':
        x['things'] = how, [p[0] for p in r.sample(POSTS, r.randint(1, 4))]
        d['each'] = {'posts': x['things'][1]}
    else:
        kind = r.choice([None, r.choice(kinds)])
        x['things'] = how, kind
        d['each'] = {'of': 'ev', **({'where': {'kind': kind}} if kind else {})}
        if r.random() < 0.2:
            x['everybody'], d['unit'] = True, 'none'
        if r.random() < 0.7:
            d['weigh'], x['weigh'] = weigh(r)
        if r.random() < 0.5:
            x['own'] = d['self'] = 'own'


def marks(case, x):
    """Judgements of things: of those that are there, and of some that are not."""
    r = case.r
    how, what = x['things']
    there = {'body': case.bodies.get(what) if how == 'body' else None, 'posts': what,
             'records': [name(i) for i in range(len(case.records))]}[how]
    out = []
    for thing in there:
        for _ in range(r.choice([0, 1, 1, 1, 2])):
            high = max(int(most(x) * 1000), 1)
            got = r.choice([r.randint(0, high), r.randint(0, high), 0, high, r.randint(-500, high + 500)])
            out.append([x['id'], got, r.random() < 0.8, thing])
    if r.random() < 0.3:
        out.append([x['id'], 500, True, r.choice(['P1', 'P9', name(10**6)])])
    r.shuffle(out)
    return out


def name(i):
    """Of the record at i."""
    return f'1:{i + 1}'


# ---- what it comes to

def number(text):
    return None if text is None else F(text)


def weight(x, r):
    w = F(1)
    for form, field, known in x['weigh']:
        if form == 'words':
            w *= F(known.get(r.get(field), 1))
        elif form == 'table':
            w *= F(known.get(r.get(field), {}).get(r.get('level'), 1))
        else:
            n = number(r.get(field))
            w *= n if n is not None and LEAST <= n <= MOST else 1
    return w


def most(x):
    """All points; a bonus, which has none, as much as one judgement may give."""
    return x['points'] if not x['bonus'] else x['to'] if x['grants'] else F(0)


def held(x, mark):
    """A mark is between none and all points."""
    return max(F(0), min(mark, most(x)))


def things(sheet, x):
    """[(name, weight, record or None)] in order: posts by code or as listed, records by day, then as the register has them."""
    how, what = x['things']
    if how == 'body':
        return [(p, F(1), None) for p in sorted(sheet.c.bodies[what])]
    if how == 'posts':
        return [(p, F(1), None) for p in what]
    return [(name(i), weight(x, r), r) for i, r in sorted(sheet.found_at(what, x.get('everybody')), key=lambda f: f[1]['date'])]


def judged(x, scores):
    """{thing: its mark}: the newest that is confirmed."""
    return {m[3]: held(x, F(m[1], 1000)) for m in scores if len(m) > 3 and m[0] == x['id'] and m[2]}


def mean(x, pairs):
    """Of (weight, mark), exact."""
    if not pairs:
        return F(0) if x['grants'] else x['points']
    return sum(w * m for w, m in pairs) / sum(w for w, _ in pairs)


def raw(sheet, x, scores, given=()):
    """given: names of things that have all points."""
    by = judged(x, scores)
    plain = F(0) if x['grants'] else x['points']
    return mean(x, [(w, most(x) if (x['id'], t) in given else by.get(t, plain)) for t, w, _ in things(sheet, x)])


def own(sheet, x):
    """The self score from the records; None where the item has none."""
    if not x.get('own'):
        return None
    return mean(x, [(w, held(x, number(r.get(x['own'])) or F(0))) for _, w, r in things(sheet, x)])


# ---- what the loader must refuse: (keys of the item beside id, title, points; a word of the complaint, which names line and column)

JUDGE = {'judge': 'grant', 'from': '0', 'to': '5'}
OF = {'each': {'of': 'ev'}}
REFUSED = [
    ({'share': ['D0'], **OF}, 'judge'),
    ({**JUDGE, 'each': {'of': 'evv'}}, "'ev'"),
    ({**JUDGE, 'each': {'body': 'B9'}}, 'B'),
    ({**JUDGE, 'each': {'posts': ['P1', 'P99']}}, 'P'),
    ({**JUDGE, 'each': {'of': 'ev', 'posts': ['P1']}}, 'posts'),
    ({**JUDGE, 'each': {'body': 'B1', 'posts': ['P1']}}, 'posts'),
    ({**JUDGE, 'each': {'of': 'ev', 'where': {'knd': 'k1'}}}, 'kind'),
    ({**JUDGE, 'each': {'of': 'ev', 'body': 'B1'}}, 'body'),
    ({**JUDGE, 'each': {}}, 'of'),
    ({**JUDGE, 'each': {'posts': []}}, 'posts'),
    ({**JUDGE, 'each': {'body': 'B1'}, 'self': 'own'}, 'self'),
    ({**JUDGE, 'each': {'posts': ['P1']}, 'weigh': [{'field': 'weight'}]}, 'weigh'),
    ({**JUDGE, 'weigh': [{'field': 'weight'}]}, 'weigh'),
    ({**JUDGE, 'self': 'own'}, 'self'),
    ({**JUDGE, **OF, 'self': 'onw'}, 'own'),
    ({**JUDGE, **OF, 'self': 'kind'}, 'number'),
    ({**JUDGE, **OF, 'weigh': [{'field': 'weihgt'}]}, 'weight'),
    ({**JUDGE, **OF, 'weigh': [{'field': 'ref'}]}, 'field'),
    ({**JUDGE, **OF, 'weigh': [{'field': 'load', 'words': {'K1': '0'}}]}, 'weight'),
    ({**JUDGE, **OF, 'weigh': [{'field': 'load', 'words': {'K1': '-1'}}]}, 'weight'),
    ({**JUDGE, **OF, 'weigh': [{'field': 'load', 'words': {'K1': '1000.001'}}]}, 'weight'),
    ({**JUDGE, **OF, 'weigh': [{'field': 'set', 'words': {'z': '1'}}]}, 'z'),
    ({**JUDGE, **OF, 'weigh': [{'rows': 'class', 'columns': 'level', 'table': {'A': {'I': '0'}}}]}, 'weight'),
    ({**JUDGE, **OF, 'weigh': [{'rows': 'set', 'columns': 'level', 'table': {'z': {'I': '1'}}}]}, 'z'),
    ({**JUDGE, **OF, 'weigh': [{'rows': 'class', 'columns': 'set', 'table': {'A': {'z': '1'}}}]}, 'z'),
    ({**JUDGE, **OF, 'weigh': [{'rows': 'class', 'table': {'A': {'I': '1'}}}]}, 'columns'),
]


def not_refused(case, ask):
    """Each of REFUSED asked for: what was taken, or was refused without the word."""
    bad = []
    for keys, word in REFUSED:
        question = case.asked(assess={'sections': [{'id': 'S', 'items': [
            {'id': 'X', 'title': 'Item', 'points': '5', **keys}]}]})
        said = ask(question).get('error')
        if not said or word not in said or 'line 1, column ' not in said:
            bad.append(f"{keys}: {said or 'taken'}, where {word!r} was expected")
    return bad
