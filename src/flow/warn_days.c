/* Days on which something that warnings look at can have changed. */
#include "flow/warn_inside.h"

void busy_mark(struct busy_days *d, struct date day)
{
	if (date_is(day) && day.n >= d->w->first.n && day.n <= d->w->last.n)
		d->on[day.n - d->w->first.n] = true;
}

/* The day after one that is the last of something. */
void busy_after(struct busy_days *d, struct date last)
{
	if (date_is(last))
		busy_mark(d, (struct date){last.n + 1});
}

static size_t type_at(const struct scheme *s, const struct record_type *t)
{
	return (size_t)(t - s->types);
}

/* A type, and those that its values come from. */
void busy_type(struct busy_days *d, const struct record_type *t)
{
	const struct scheme *s = d->w->f->scheme;

	if (!t || d->types[type_at(s, t)])
		return;
	d->types[type_at(s, t)] = true;
	for (size_t i = 0; i < t->nfields; i++)
		busy_type(d, t->fields[i].link_type);
	for (size_t i = 0; i < t->ntracks; i++)
		busy_type(d, t->tracks[i].from);
	if (t->risk)
		busy_type(d, t->risk->updates.of);
}

void busy_records(struct busy_days *d)
{
	const struct facts *f = d->w->f;

	for (size_t t = 0; t < f->scheme->ntypes; t++) {
		const struct record_type *type = &f->scheme->types[t];
		const struct fact_set *set = facts_of(f, type);

		for (size_t i = 0; d->types[t] && i < set->n; i++) {
			busy_mark(d, set->p[i].day);
			for (size_t k = 0; k < type->nfields; k++) {
				const struct field *field = &type->fields[k];

				if (field->type == TYPE_DATE || field->type == TYPE_PERIOD)
					busy_mark(d, datum_day(field, fact_own(f, &set->p[i], field)));
			}
		}
	}
}

struct busy_days busy_new(const struct walk *w)
{
	struct busy_days d = {w, ARENA_ARRAY(w->f->arena, bool, w->f->scheme->ntypes),
	                 ARENA_ARRAY(w->f->arena, bool, (size_t)w->days)};

	memset(d.on, w->every, (size_t)w->days);
	d.on[0] = true;
	return d;
}

void busy_org(struct busy_days *d)
{
	const struct facts *f = d->w->f;
	const struct org *org = f->org;

	for (size_t i = 0; org && i < org->nportfolios; i++) {
		busy_mark(d, org->portfolios[i].from);
		busy_after(d, org->portfolios[i].to);
	}
	for (size_t i = 0; org && i < org->nholders; i++) {
		busy_mark(d, org->holders[i].from);
		busy_after(d, org->holders[i].to);
	}
	for (size_t i = 0; i < f->nallowed; i++) {
		busy_mark(d, f->allowed[i].asked);
		busy_mark(d, f->allowed[i].decided);
		busy_mark(d, f->allowed[i].until);
		busy_mark(d, f->allowed[i].revoked);
	}
}
