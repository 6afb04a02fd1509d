/* What stands in a record, as of a day. */
#include "record/facts_inside.h"

#include "base/utf8.h"
#include "log/canon.h"

bool fact_proved(const struct fact *r)
{
	return r->type->evidence.any.n == 0 || r->proofs >= r->type->evidence.enough;
}

bool fact_entered_late(const struct facts *f, const struct fact *r)
{
	return date_is(r->day) && date_is(r->entered) && r->entered.n - r->day.n > f->scheme->late_entry;
}

static struct str squeezed(const struct facts *f, struct str s)
{
	return text_squeezes(s) ? utf8_squeeze(f->arena, s) : s;
}

bool words_alike(const struct facts *f, struct str a, struct str b)
{
	if (str_eq(a, b))
		return true;
	if (!text_squeezes(a) && !text_squeezes(b))
		return false;
	return str_eq(squeezed(f, a), squeezed(f, b));
}

bool fact_seen(struct fact_seen *s, const struct facts *f, const struct fact *r)
{
	uint64_t bit = (uint64_t)1 << r->no % 64;
	bool before;

	if (!s->bits)
		s->bits = ARENA_ARRAY(f->arena, uint64_t, f->n / 64 + 1);
	before = s->bits[r->no / 64] & bit;
	s->bits[r->no / 64] |= bit;
	return before;
}

/* ---- as the record says it ---- */

const struct datum *fact_own(const struct facts *f, const struct fact *r, const struct field *field)
{
	return column_of(f, r->type, field)->own[row_of(f, r)];
}

const struct datum *fact_said(const struct facts *f, const struct fact *r, struct str key)
{
	const struct field *field = type_field(r->type, key);

	if (field)
		return fact_own(f, r, field);
	for (size_t i = 0; r->more && i < r->more->n; i++)
		if (str_eq(r->more->p[i].key->text, key))
			return r->more->p[i].value;
	return NULL;
}

struct node *fact_fields(const struct facts *f, const struct fact *r)
{
	const struct field **order = field_order(f->arena, r->type);
	struct node *out = node_map(f->arena);
	size_t more = 0;

	for (size_t i = 0; i <= r->type->nfields; i++) {
		const struct datum *d;

		while (r->more && more < r->more->n &&
		       (i == r->type->nfields || str_cmp(r->more->p[more].key->text, order[i]->name) < 0)) {
			node_put(f->arena, out, datum_node(f->arena, r->more->p[more].key),
			         datum_node(f->arena, r->more->p[more].value));
			more++;
		}
		d = i < r->type->nfields ? fact_own(f, r, order[i]) : NULL;
		if (d)
			node_put(f->arena, out, node_str(f->arena, order[i]->name), datum_node(f->arena, d));
	}
	return out;
}

struct node *fact_raw(const struct facts *f, const struct fact *r)
{
	struct node *out = NULL;

	if (r->more && r->more->raw.n)
		BUG_IF(!canon_read(f->arena, r->more->raw, &out));
	return out;
}

/* ---- links and tracks ---- */

const struct fact *fact_linked(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	const struct fact_column *c = column_of(f, r->type, field);
	const struct fact *first = c->linked ? c->linked[row_of(f, r)] : NULL;
	const struct fact_rows *l;

	/* What comes behind the first has a later day, but for records without a day among those before 1970. */
	if (!first || fact_exists(first, on) || first->day.n >= 0)
		return first && fact_exists(first, on) ? first : NULL;
	l = fact_rows_by(column_of(f, field->link_type, field->link_field), fact_own(f, r, field)->word);
	for (size_t i = 0; i < l->n; i++)
		if (!l->p[i]->outside && fact_exists(l->p[i], on))
			return l->p[i];
	return NULL;
}

static const struct datum *tracked(const struct facts *f, const struct fact *r, const struct fact_column *c,
	struct date on)
{
	const struct track *t = c->track;
	const struct datum *key = fact_own(f, r, t->own_key);
	const struct fact_rows *l;
	const struct ask ask = {.on = on};

	if (!key || key->kind != NODE_TEXT || !key->text.n)
		return NULL;
	l = fact_rows_by(column_of(f, t->from, t->key), key->word);
	for (size_t i = l ? l->n : 0; i > 0; i--) {      /* newest first */
		const struct fact *u = l->p[i - 1];
		const struct datum *v = fact_own(f, u, t->to);

		if (v && !u->outside && fact_exists(u, on) && tests_hold_on(f, c->tests, u, &ask))
			return v;
	}
	return NULL;
}

const struct datum *fact_value(const struct facts *f, const struct fact *r, const struct field *field, struct date on)
{
	const struct fact_column *c = column_of(f, r->type, field);
	size_t at = row_of(f, r);
	const struct datum *v;

	if (!c->track)
		return c->value[at];
	v = c->track->fallback ? NULL : tracked(f, r, c, on);
	if (!v)
		v = c->own[at];
	if (!v && c->track->fallback)
		v = tracked(f, r, c, on);
	if (!v)
		v = c->value[at];
	/* A tracked date after the day has not come: it is not known yet. */
	if (v && field->type == TYPE_DATE && date_is(on) && datum_day(field, v).n > on.n)
		return NULL;
	return v;
}

const struct datum *fact_path(const struct facts *f, const struct fact *r, struct path path, struct date on)
{
	const struct fact *at = path.link ? fact_linked(f, r, path.link, on) : r;

	return at ? fact_value(f, at, path.field, on) : NULL;
}

const struct node *facts_setting(const struct facts *f, struct str key, struct str *field)
{
	const struct node *v = f->org ? f->org->office.settings : NULL;
	struct str part;

	*field = STR_NONE;
	while (v && str_cut(&key, S("."), &part)) {
		const struct node *next = node_get(v, part);

		if (!next && f->scheme->office && v == f->org->office.settings)
			next = node_get(v, node_text(f->scheme->office, part));
		if (!next && v->kind == NODE_LIST) {
			*field = part;
			return v;
		}
		v = next;
	}
	return v;
}
