#include "duty/burden.h"

#include <stdlib.h>

SQL(burden_files_sql, "select origin, seq, digest from p_proof where digest is not null order by origin, seq, name");

enum err_code burden_files_load(struct db *db, struct arena *a, struct burden_files *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct burden_files){0};
	TRY(db_query(db, &burden_files_sql, NO_ARGS, &q, err));
	while (query_next(&q, err)) {
		struct burden_file *f = ARENA_PUSH(a, out->p, out->n, out->cap);

		f->record = (struct id){query_int(&q, 0), query_int(&q, 1)};
		f->digest = arena_str(a, query_text(&q, 2));
	}
	return err->code;
}

/* ---- what is asked ---- */

static int64_t files_of(const struct record_type *t)
{
	return t && t->evidence.any.n ? t->evidence.enough : 0;
}

struct burden_sum slot_asks(const struct slot *x)
{
	const struct need *n = x->need;
	struct burden_sum s = {.slots = 1, .entries = 1};

	if (x->state == SLOT_EXCUSED || x->state == SLOT_NOT_APPLICABLE)
		return (struct burden_sum){0};
	switch (n->form) {
	case NEED_EACH:
		if (n->enough.kind == ENOUGH_COUNT || n->enough.kind == ENOUGH_DAYS ||
		    n->enough.kind == ENOUGH_DISTINCT)
			s.entries = (n->enough.thousandths + 999) / 1000;
		break;
	case NEED_WHEN:
	case NEED_HOLDS:
		s.entries = n->takes;
		break;
	case NEED_REACH:
		s.entries = 0;
		break;
	case NEED_COUNT:
	case NEED_ON:
	case NEED_BY:
		break;
	}
	if (n->takes)
		s.files = s.entries * files_of(n->take.of);
	else if (n->form == NEED_WHEN && !n->times)      /* a summary row stands for many; its file is not theirs */
		s.files = files_of(n->then.of);
	return s;
}

static void add(struct burden_sum *to, struct burden_sum s)
{
	to->slots += s.slots;
	to->entries += s.entries;
	to->files += s.files;
}

/* ---- what is given ---- */

/* Records and files seen by one line, each once. */
struct seen {
	struct fact_seen entries, others, facts;
	struct map digests;
};

struct run {
	const struct facts *f;
	const struct burden_files *files;
	struct burden *out;
	struct map units;                    /* name → struct unit_of */
};

struct unit_of {
	size_t at;                           /* in units */
	struct seen seen;
	struct fact_seen late;
	int64_t entries[13], by_late[13];    /* by month */
};

/* The files of a record: the first of them, and how many. */
static const struct burden_file *files_at(const struct burden_files *all, const struct fact *r, size_t *n)
{
	size_t lo = 0, hi = all->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct id x = all->p[mid].record;

		if (x.origin < r->id.origin || (x.origin == r->id.origin && x.seq < r->rev_seq))
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; lo + *n < all->n; ++*n)
		if (!id_eq(all->p[lo + *n].record, (struct id){r->id.origin, r->rev_seq}))
			break;
	return all->p + lo;
}

/* Which of a slot's records it asked for: from `first` on; entry: as an entry, or only for their files. The record that
 * opened the slot was not asked for, and what a figure counts neither. Too few are given as well. */
static size_t given_from(const struct slot *x, bool *entry)
{
	const struct need *n = x->need;

	*entry = true;
	switch (n->form) {
	case NEED_EACH:
		return 0;
	case NEED_WHEN:
		*entry = n->takes;
		return n->takes ? 1 : n->times || !date_is(x->done) ? x->facts.n : 0;
	case NEED_HOLDS:
		return n->takes ? 1 : x->facts.n;
	case NEED_REACH:
		return x->facts.n;
	case NEED_COUNT:
	case NEED_ON:
	case NEED_BY:
		break;
	}
	return date_is(x->done) ? 0 : x->facts.n;
}

static void give(struct run *r, struct burden_line *to, struct seen *seen, const struct fact *fact, bool entry)
{
	const struct burden_file *files;
	size_t n;

	if (fact_seen(entry ? &seen->entries : &seen->others, r->f, fact))
		return;
	to->entries += entry;
	if (fact_seen(&seen->facts, r->f, fact))
		return;
	files = files_at(r->files, fact, &n);
	if (fact->type->evidence.at_most > 0)
		to->excess += MAX((int64_t)n - fact->type->evidence.at_most, 0);
	for (size_t i = 0; i < n; i++) {
		void **at = map_at(&seen->digests, files[i].digest);

		to->files += !*at;
		*at = seen;
	}
}

static struct seen seen_new(const struct run *r)
{
	return (struct seen){.digests = MAP_IN(r->f->arena)};
}

/* The unit that a slot's owner belongs to: its post's, itself, or else as the owner is called. */
static struct str unit_name(const struct run *r, struct str owner)
{
	const struct org *org = r->f->org;
	const struct post *post = org ? org_post(org, owner) : NULL;
	const struct unit *unit = org ? org_unit(org, post ? post->unit : owner) : NULL;

	return unit ? unit->name : owner;
}

static struct unit_of *unit_at(struct run *r, struct str owner)
{
	struct str name = unit_name(r, owner);
	void **at = map_at(&r->units, name);
	struct unit_of *u = *at;

	if (u)
		return u;
	u = *at = ARENA_NEW(r->f->arena, struct unit_of);
	u->at = r->out->nunits;
	u->seen = seen_new(r);
	*ARENA_PUSH(r->f->arena, r->out->units, r->out->nunits, r->out->units_cap) = (struct burden_line){.name = name};
	return u;
}

static void count_late(struct run *r, struct unit_of *u, const struct fact *fact)
{
	int month = date_is(fact->day) ? date_ymd(fact->day).m : 0;

	if (!month || fact_seen(&u->late, r->f, fact))
		return;
	u->entries[month]++;
	u->by_late[month] += fact_entered_late(r->f, fact);
}

static void one_duty(struct run *r, const struct duty_state *s, struct burden_line *line, struct seen *all)
{
	struct seen mine = seen_new(r);

	*line = (struct burden_line){.name = s->duty->id, .duty = s->duty};
	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];
		struct unit_of *u = unit_at(r, x->owner);
		struct burden_sum asks = slot_asks(x);
		bool entry;

		add(&line->asked, asks);
		add(&r->out->sum.asked, asks);
		add(&r->out->units[u->at].asked, asks);
		for (size_t k = given_from(x, &entry); k < x->facts.n; k++) {
			give(r, line, &mine, x->facts.p[k], entry);
			give(r, &r->out->units[u->at], &u->seen, x->facts.p[k], entry);
			give(r, &r->out->sum, all, x->facts.p[k], entry);
			count_late(r, u, x->facts.p[k]);
		}
	}
	r->out->entry_uses += line->entries;
	r->out->file_uses += line->files;
}

static void months(struct run *r)
{
	for (size_t i = 0; i < r->units.n; i++) {
		const struct unit_of *u = r->units.items[i].value;

		for (int m = 1; m <= 12; m++)
			if (u->entries[m])
				*ARENA_PUSH(r->f->arena, r->out->months, r->out->nmonths, r->out->months_cap) =
					(struct late_line){r->out->units[u->at].name, m, u->entries[m], u->by_late[m]};
	}
}

void burden_of(const struct figures *f, const struct burden_files *files, struct burden *out)
{
	struct run r = {.f = f->facts, .files = files, .out = out, .units = MAP_IN(f->facts->arena)};
	struct seen all = seen_new(&r);

	*out = (struct burden){.nduties = f->facts->scheme->nduties};
	out->duties = ARENA_ARRAY(f->facts->arena, struct burden_line, out->nduties);
	for (size_t i = 0; i < out->nduties; i++)
		one_duty(&r, &f->duties[i], &out->duties[i], &all);
	months(&r);
}

/* ---- as JSON ---- */

static void put(struct arena *a, struct node *map, const char *key, int64_t v)
{
	node_set(a, map, str_c(key), node_num(a, v));
}

static struct node *line_json(struct arena *a, const struct burden_line *x)
{
	struct node *m = node_map(a);

	put(a, m, "slots", x->asked.slots);
	put(a, m, "entries", x->asked.entries);
	put(a, m, "files", x->asked.files);
	put(a, m, "given_entries", x->entries);
	put(a, m, "given_files", x->files);
	put(a, m, "excess", x->excess);
	return m;
}

static struct node *lines_json(struct arena *a, const struct burden_line *p, size_t n)
{
	struct node *m = node_map(a);

	for (size_t i = 0; i < n; i++)
		node_set(a, m, p[i].name, line_json(a, &p[i]));
	return m;
}

struct node *burden_json(struct arena *a, const struct burden *b)
{
	struct node *out = node_map(a), *sum = line_json(a, &b->sum), *late = node_list(a);

	put(a, sum, "entry_uses", b->entry_uses);
	put(a, sum, "entries_saved", b->entry_uses - b->sum.entries);
	put(a, sum, "file_uses", b->file_uses);
	put(a, sum, "files_saved", b->file_uses - b->sum.files);
	for (size_t i = 0; i < b->nmonths; i++) {
		const struct late_line *x = &b->months[i];
		struct node *m = node_map(a);

		node_set(a, m, S("unit"), node_str(a, x->unit));
		put(a, m, "month", x->month);
		put(a, m, "entries", x->entries);
		put(a, m, "late", x->late);
		node_push(a, late, m);
	}
	node_set(a, out, S("duties"), lines_json(a, b->duties, b->nduties));
	node_set(a, out, S("units"), lines_json(a, b->units, b->nunits));
	node_set(a, out, S("sum"), sum);
	node_set(a, out, S("late"), late);
	return out;
}
