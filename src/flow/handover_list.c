/* What goes over with a post. */
#include "flow/handover.h"

#include "flow/flow.h"

#include <stdlib.h>

static const struct {
	const char *name, *title;
} kinds[LINE_KINDS] = {
	[LINE_OVERDUE] = {"overdue", N_("overdue")},
	[LINE_SOON] = {"soon", N_("due soon")},
	[LINE_OPEN] = {"open", N_("open")},
	[LINE_UNPROVED] = {"unproved", N_("done, not proved")},
	[LINE_LATE_ENTRY] = {"late_entry", N_("entered late")},
	[LINE_FINDING] = {"finding", N_("open finding")},
	[LINE_RISK] = {"risk", N_("open risk")},
	[LINE_EXCUSE] = {"excuse", N_("excuse not decided")},
	[LINE_WARNING] = {"warning", N_("warning not answered")},
};

const char *line_kind_name(enum line_kind k)
{
	BUG_IF(k >= LINE_KINDS);
	return kinds[k].name;
}

const char *line_kind_title(enum line_kind k)
{
	BUG_IF(k >= LINE_KINDS);
	return kinds[k].title;
}

struct date handover_eve(struct arena *a, const struct org *org, const struct post *post, struct date on)
{
	struct spell now = post_on(a, org, post, on);
	struct date first;

	if (!date_make(date_ymd(on).y, 1, 1, &first))
		return on;
	return now.from.n >= first.n ? (struct date){now.from.n - 1} : on;
}

/* ---- whose it is ---- */

struct making {
	const struct facts *f;
	const struct post *post;
	struct date on;
	struct handover_list *out;
};

static struct arena *arena(const struct making *m)
{
	return m->f->arena;
}

static bool is_post(const struct making *m, struct str name)
{
	return name.n && org_post(m->f->org, name) == m->post;
}

static bool on_day(struct date from, struct date to, struct date on)
{
	return (!date_is(from) || from.n <= on.n) && (!date_is(to) || on.n <= to.n);
}

/* The post's own unit, or one in its portfolio on the day. */
static bool has_unit(const struct making *m, struct str name)
{
	const struct org *org = m->f->org;
	const struct unit *u = name.n ? org_unit(org, name) : NULL;

	if (!u)
		return false;
	if (u == org_unit(org, m->post->unit))
		return true;
	for (size_t i = 0; i < org->nportfolios; i++) {
		const struct portfolio *p = &org->portfolios[i];

		if (str_eq(p->post, m->post->code) && on_day(p->from, p->to, m->on) && org_unit(org, p->unit) == u)
			return true;
	}
	return false;
}

static void put(struct making *m, struct handover_line line)
{
	*ARENA_PUSH(arena(m), m->out->p, m->out->n, m->out->cap) = line;
	m->out->count[line.kind]++;
}

/* ---- slots ---- */

static void put_slot(struct making *m, const struct duty_state *s, const struct slot *x, enum line_kind kind)
{
	put(m, (struct handover_line){.kind = kind, .duty = s->duty->id, .title = s->duty->title, .label = x->label,
		.due = x->due, .record = x->facts.n ? x->facts.p[0]->id.seq : 0});
}

/* What one person owes alone stays with the person, but is listed while he is the one who leaves. */
static void put_slots(struct making *m, const struct duty_state *s)
{
	for (size_t i = 0; i < s->nslots; i++) {
		const struct slot *x = &s->slots[i];

		if (!is_post(m, x->owner) || (x->holder.n && !str_eq(x->holder, m->out->leaving.holder)))
			continue;
		if (x->state == SLOT_MISSED)
			put_slot(m, s, x, LINE_OVERDUE);
		if (x->state == SLOT_PENDING)
			put_slot(m, s, x, x->due.n - m->on.n <= HANDOVER_SOON ? LINE_SOON : LINE_OPEN);
		if ((x->state == SLOT_MET || x->state == SLOT_LATE) && x->unproved)
			put_slot(m, s, x, LINE_UNPROVED);
		if ((x->state == SLOT_MET || x->state == SLOT_LATE) && x->entered_late)
			put_slot(m, s, x, LINE_LATE_ENTRY);
	}
}

/* ---- findings, risks, excuses, warnings ---- */

static struct str first_text(const struct making *m, const struct fact *r)
{
	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct field *f = &r->type->fields[i];
		struct str text = f->type == TYPE_TEXT && !str_is(f->name, "no")
			? datum_text(arena(m), m->f->lang, fact_value(m->f, r, f, m->on)) : STR_NONE;

		if (text.n)
			return text;
	}
	return r->type->title;
}

/* The number that people know a record by. */
static struct str number_of(const struct making *m, const struct fact *r)
{
	const struct field *no = type_field(r->type, S("no"));

	return no ? datum_text(arena(m), m->f->lang, fact_own(m->f, r, no)) : STR_NONE;
}

static const struct flow_case *case_of(const struct flow_cases *all, struct id id)
{
	size_t lo = 0, hi = all->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		struct id x = all->p[mid].subject;

		if (x.origin < id.origin || (x.origin == id.origin && x.seq < id.seq))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < all->n && id_eq(all->p[lo].subject, id) ? &all->p[lo] : NULL;
}

static void put_finding(struct making *m, const struct flow_cases *cases, const struct fact *r)
{
	const struct flow_case *started = case_of(cases, r->id);
	struct flow_case c = {.flow = FLOW_FINDING, .subject = r->id, .due = DATE_NONE, .since = DATE_NONE};

	if (started)
		c = *started;
	else if (r->type->flow)
		flow_of_record(r->type, fact_fields(m->f, r), m->f->org, m->on, &c);
	else
		return;
	if (!flow_open_state(c.state) || !(c.post.n ? is_post(m, c.post) : has_unit(m, c.unit)))
		return;
	put(m, (struct handover_line){.kind = LINE_FINDING, .title = first_text(m, r), .label = number_of(m, r),
		.state = str_c(state_defs[c.state].name), .due = c.due, .record = r->id.seq});
}

static enum err_code put_findings(struct making *m, struct db *db, struct err *err)
{
	struct flow_cases cases;

	TRY(flow_load(db, arena(m), FLOW_FINDING, m->on, &cases, err));
	for (size_t t = 0; t < m->f->scheme->ntypes; t++) {
		const struct fact_set *set = facts_of(m->f, &m->f->scheme->types[t]);

		if (flow_of_about(m->f->scheme->types[t].about) != FLOW_FINDING)
			continue;
		for (size_t i = 0; i < set->n; i++)
			if (!set->p[i].withdrawn && (!date_is(set->p[i].day) || set->p[i].day.n <= m->on.n))
				put_finding(m, &cases, &set->p[i]);
	}
	return OK;
}

static void put_risks(struct making *m)
{
	struct risks all = risks_on(m->f, m->on);

	for (size_t i = 0; i < all.n; i++) {
		const struct risk *r = &all.p[i];

		if (!date_is(r->closed) && (r->owner.n ? is_post(m, r->owner) : has_unit(m, r->unit)))
			put(m, (struct handover_line){.kind = LINE_RISK, .title = r->name, .label = r->no,
				.state = r->level, .due = r->due, .record = r->fact->id.seq});
	}
}

static enum err_code put_excuses(struct making *m, struct db *db, struct err *err)
{
	struct excuses all;

	TRY(excuses_load(db, arena(m), m->on, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct excuse *x = &all.p[i];
		const struct duty *d = scheme_duty(m->f->scheme, x->duty);

		if (flow_open_state(x->c.state) && is_post(m, x->owner))
			put(m, (struct handover_line){.kind = LINE_EXCUSE, .duty = x->duty,
				.title = d ? d->title : STR_NONE, .label = x->label,
				.state = str_c(allow_kind_name(x->kind)), .due = x->due, .record = x->c.subject.seq});
	}
	return OK;
}

/* Without the duty's number, which the line has beside it. */
static struct str warning_title(const struct warning *w)
{
	struct str s = w->title;

	if (w->duty && str_starts(s, w->duty->id) && s.n > w->duty->id.n && s.p[w->duty->id.n] == ' ')
		s = str_sub(s, w->duty->id.n + 1, s.n);
	return s;
}

static enum err_code put_warnings(struct making *m, const struct warn_answers *answers, struct err *err)
{
	struct warnings all;

	TRY(warnings_on(m->f, answers, m->on, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct warning *w = &all.p[i];

		if ((w->state == WARN_OPEN || w->state == WARN_LAPSED) && is_post(m, w->to.n ? w->to : w->owner))
			put(m, (struct handover_line){.kind = LINE_WARNING, .duty = w->duty ? w->duty->id : STR_NONE,
				.title = warning_title(w), .label = w->key, .state = str_c(warn_state_name(w->state)),
				.due = w->limit, .record = w->fact ? w->fact->id.seq : 0});
	}
	return OK;
}

/* ---- the list ---- */

static int32_t due_of(const struct handover_line *x)
{
	return date_is(x->due) ? x->due.n : INT32_MAX;
}

static int by_kind(const void *a, const void *b)
{
	const struct handover_line *x = a, *y = b;
	int cmp = (x->kind > y->kind) - (x->kind < y->kind);

	if (!cmp)
		cmp = (due_of(x) > due_of(y)) - (due_of(x) < due_of(y));
	if (!cmp)
		cmp = str_cmp(x->duty, y->duty);
	if (!cmp)
		cmp = str_cmp(x->label, y->label);
	return cmp ? cmp : (x->record > y->record) - (x->record < y->record);
}

enum err_code handover_list(struct db *db, const struct figures *f, const struct post *post,
	const struct warn_answers *answers, struct handover_list *out, struct err *err)
{
	struct making m = {f->facts, post, f->on, out};

	*out = (struct handover_list){.post = post, .on = f->on};
	out->leaving = post_on(f->facts->arena, f->facts->org, post, f->on);
	out->coming = post_on(f->facts->arena, f->facts->org, post, (struct date){f->on.n + 1});
	for (size_t i = 0; i < f->facts->scheme->nduties; i++)
		put_slots(&m, &f->duties[i]);
	TRY(put_findings(&m, db, err));
	put_risks(&m);
	TRY(put_excuses(&m, db, err));
	TRY(put_warnings(&m, answers, err));
	if (out->n)
		qsort(out->p, out->n, sizeof *out->p, by_kind);
	return OK;
}

/* ---- as JSON ---- */

static void say(struct arena *a, struct node *map, const char *key, struct str text)
{
	if (text.n)
		node_set(a, map, str_c(key), node_str(a, text));
}

static void say_day(struct arena *a, struct node *map, const char *key, struct date d)
{
	char text[DATE_TEXT];

	say(a, map, key, arena_str(a, date_text(d, text)));
}

struct node *handover_json(struct arena *a, const struct handover_list *l)
{
	struct node *out = node_map(a), *lines = node_list(a);

	for (size_t i = 0; i < l->n; i++) {
		const struct handover_line *x = &l->p[i];
		struct node *one = node_map(a);

		node_set(a, one, S("no"), node_num(a, (int64_t)i + 1));
		say(a, one, "kind", str_c(kinds[x->kind].name));
		say(a, one, "duty", x->duty);
		say(a, one, "title", x->title);
		say(a, one, "label", x->label);
		say(a, one, "state", x->state);
		say_day(a, one, "due", x->due);
		if (x->record)
			node_set(a, one, S("record"), node_num(a, x->record));
		node_push(a, lines, one);
	}
	say(a, out, "post", l->post->code);
	say(a, out, "name", l->post->name);
	say_day(a, out, "on", l->on);
	say(a, out, "leaving", l->leaving.holder);
	say(a, out, "coming", l->coming.holder);
	node_set(a, out, S("lines"), lines);
	return out;
}

/* ---- vacant ---- */

static int by_spell(const void *a, const void *b)
{
	const struct vacant_slot *x = a, *y = b;

	if (x->spell != y->spell)
		return x->spell < y->spell ? -1 : 1;
	if (x->slot->due.n != y->slot->due.n)
		return x->slot->due.n < y->slot->due.n ? -1 : 1;
	return x->of != y->of ? (x->of < y->of ? -1 : 1) : (x->slot > y->slot) - (x->slot < y->slot);
}

void vacant_slots(const struct figures *f, const struct accountable *year, struct vacant_slots *out)
{
	const struct org *org = f->facts->org;

	*out = (struct vacant_slots){0};
	for (size_t i = 0; i < f->facts->scheme->nduties; i++) {
		const struct duty_state *s = &f->duties[i];

		for (size_t k = 0; k < s->nslots; k++) {
			const struct post *post = org_post(org, s->slots[k].owner);
			struct date due = s->slots[k].due;

			for (size_t x = 0; post && date_is(due) && x < year->spells.n; x++) {
				const struct spell *spell = &year->spells.p[x];

				if (spell->post == post && spell->kind == SPELL_VACANT && spell->from.n <= due.n &&
					due.n <= spell->to.n)
					*ARENA_PUSH(f->facts->arena, out->p, out->n, out->cap) =
						(struct vacant_slot){s, &s->slots[k], spell};
			}
		}
	}
	if (out->n)
		qsort(out->p, out->n, sizeof *out->p, by_spell);
}
