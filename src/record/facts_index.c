/* What is found once, when all records are there: records by word, links, lookups. */
#include "record/facts_inside.h"

#include "scheme/duty_def.h"
#include "scheme/risk_def.h"

/* ---- records by word ---- */

static void count_words(struct fact_column *c, const struct datum *d, bool put, const struct fact *r)
{
	uint32_t *at;

	if (d && d->kind == NODE_LIST)
		for (size_t i = 0; i < d->n; i++)
			count_words(c, d->items[i], put, r);
	if (!d || d->kind != NODE_TEXT)
		return;
	at = tally_at(&c->at, d->word);
	if (!put)
		++*at;
	else
		c->by[*at - 1].p[c->by[*at - 1].n++] = r;
}

/* Two walks: how many records each word has, then those records. */
static void keep_words(struct facts *f, const struct record_type *type, const struct field *field)
{
	const struct fact_set *set = facts_of(f, type);
	struct fact_column *c = &set->columns[field->at];
	uint32_t next = 0;

	if (c->by)
		return;
	c->at = (struct tally)TALLY_IN(f->arena);
	for (size_t i = 0; i < set->n; i++)
		if (!set->p[i].withdrawn)
			count_words(c, c->own[i], false, NULL);
	c->by = ARENA_ARRAY(f->arena, struct fact_rows, c->at.n);
	for (size_t i = 0; i < c->at.nslots; i++) {
		struct tally_slot *s = &c->at.slots[i];

		if (!s->key)
			continue;
		c->by[next].p = ARENA_ARRAY(f->arena, const struct fact *, s->value);
		s->value = ++next;
	}
	for (size_t i = 0; i < set->n; i++)
		if (!set->p[i].withdrawn)
			count_words(c, c->own[i], true, &set->p[i]);
}

const struct fact_rows *fact_rows_by(const struct fact_column *c, const struct datum *word)
{
	static const struct fact_rows nothing;
	uint32_t at = tally_get(&c->at, word);

	if (!c->by)
		return NULL;
	return at ? &c->by[at - 1] : &nothing;
}

/* Fields that slots are asked with, an owner or an object at a time. */
static void keep_asked(struct facts *f, const struct set *s)
{
	for (size_t i = 0; s->of && i < s->nwheres; i++)
		for (size_t k = 0; k < s->wheres[i].n; k++) {
			const struct cond *c = &s->wheres[i].conds[k];

			if ((c->op == COND_IS || c->op == COND_HAS) && !c->path.link && c->values.n == 1 &&
			    str_starts(c->values.p[0], S("$")))
				keep_words(f, s->of, c->path.field);
		}
}

/* ---- links ---- */

static const struct fact *first_inside(const struct fact_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!rows->p[i]->outside)
			return rows->p[i];
	return NULL;
}

static void link_column(struct facts *f, const struct fact_set *set, const struct field *field)
{
	const struct fact_column *to;
	const struct fact **linked;
	const struct datum *d;

	keep_words(f, field->link_type, field->link_field);
	to = column_of(f, field->link_type, field->link_field);
	linked = ARENA_ARRAY(f->arena, const struct fact *, set->n);
	for (size_t i = 0; i < set->n; i++) {
		d = set->columns[field->at].own[i];
		if (d && d->kind == NODE_TEXT && d->text.n)
			linked[i] = first_inside(fact_rows_by(to, d->word));
	}
	set->columns[field->at].linked = linked;
}

/* ---- lookups ---- */

/* The organisation's setting behind a lookup: a map of value → list of words. */
static const struct node *lookup_table(const struct facts *f, struct str name)
{
	struct str key = f->scheme->office ? node_text(f->scheme->office, name) : STR_NONE;

	return f->org ? node_get(f->org->office.settings, key.n ? key : name) : NULL;
}

/* The first value whose words name the word, as a number of values, plus 1. */
static struct tally words_of(struct datums *values, struct arena *tmp, const struct node *table)
{
	struct tally out = TALLY_IN(tmp);

	for (size_t i = 0; table && table->kind == NODE_MAP && i < table->n; i++)
		for (size_t k = 0; table->items[i]->kind == NODE_LIST && k < table->items[i]->n; k++) {
			uint32_t *at = tally_at(&out, datum_add(values, table->items[i]->items[k]->text)->word);

			if (!*at)
				*at = (uint32_t)i + 1;
		}
	return out;
}

static void look_up(struct facts *f, struct datums *values, const struct record_type *type, const struct field *field)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	const struct fact_set *set = facts_of(f, type);
	const struct node *table = lookup_table(f, field->lookup);
	const struct field *by = type_field(type, field->lookup_by);
	struct fact_column *c = &set->columns[field->at];
	struct tally words = words_of(values, &tmp, table);
	const struct datum **value = ARENA_ARRAY(f->arena, const struct datum *, set->n), *d;

	for (size_t i = 0; i < set->n; i++) {
		uint32_t at;

		value[i] = c->own[i];
		d = value[i] || !by ? NULL : set->columns[by->at].own[i];
		at = d && d->kind == NODE_TEXT && d->text.n ? tally_get(&words, d->word) : 0;
		if (at)
			value[i] = datum_add(values, table->keys[at - 1]->text);
	}
	c->value = value;
}

/* ---- all of it ---- */

void facts_index(struct facts *f, struct datums *values)
{
	const struct scheme *s = f->scheme;

	for (size_t t = 0; t < s->ntypes; t++) {
		const struct record_type *type = &s->types[t];

		for (size_t i = 0; i < type->nfields; i++) {
			if (type->fields[i].link_type)
				link_column(f, &f->sets[t], &type->fields[i]);
			if (type->fields[i].lookup.n)
				look_up(f, values, type, &type->fields[i]);
		}
		for (size_t i = 0; i < type->ntracks; i++)
			keep_words(f, type->tracks[i].from, type->tracks[i].key);
		if (type->risk && type->risk->updates.of)
			keep_words(f, type->risk->updates.of, type->risk->updates.no);
	}
	for (size_t i = 0; i < s->nduties; i++)
		for (size_t k = 0; k < s->duties[i].nneeds; k++) {
			keep_asked(f, &s->duties[i].needs[k].take);
			keep_asked(f, &s->duties[i].needs[k].then);
		}
	for (size_t t = 0; t < s->ntypes; t++)
		for (size_t i = 0; i < s->types[t].ntracks; i++) {
			const struct track *track = &s->types[t].tracks[i];
			struct fact_column *c = &f->sets[t].columns[track->field->at];

			c->track = track;
			c->tests = tests_of(f, &track->where, &(const struct ask){.on = DATE_NONE});
		}
}
