/* The form of a type: what is expected, what there is to choose from, what was used before. */
#include "record/record_inside.h"

#include <stdlib.h>

enum { NEWEST = 200, REMEMBERED_BYTES = 90 };

/* ---- what is expected ---- */

static const char *const hints[TYPE_N] = {
	[TYPE_TEXT] = N_("words"),
	[TYPE_NUMBER] = N_("a number, such as 2.5"),
	[TYPE_COUNT] = N_("a whole number, such as 35"),
	[TYPE_MONEY] = N_("an amount, such as 1200.50"),
	[TYPE_DATE] = N_("a day, such as 2022-06-03"),
	[TYPE_TIME] = N_("a time of day, such as 14:30"),
	[TYPE_PERIOD] = N_("a month, quarter, half or year, such as 2022-06, 2022Q2, 2022H1 or 2022"),
	[TYPE_CHOICE] = N_("a word, best one used before"),
	[TYPE_TAGS] = N_("one or more words"),
	[TYPE_LIST] = N_("one or more values"),
	[TYPE_FLAG] = N_("yes or no"),
	[TYPE_POST] = N_("a post"),
	[TYPE_UNIT] = N_("a unit"),
	[TYPE_OBJECT] = N_("an object by its key"),
	[TYPE_FILE] = N_("names of evidence files"),
	[TYPE_LINK] = N_("the key of a record"),
};

static const char *const period_hints[] = {
	[PERIOD_MONTH] = N_("a month, such as 2022-06"),
	[PERIOD_QUARTER] = N_("a quarter, such as 2022Q2"),
	[PERIOD_HALF] = N_("half a year, such as 2022H1"),
	[PERIOD_YEAR] = N_("a year, such as 2022"),
};

static struct str joined(struct arena *a, const struct texts *t, const char *by)
{
	struct str s = S("");

	for (size_t i = 0; i < t->n; i++)
		s = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(s), i ? by : "", STR_ARG(t->p[i]));
	return s;
}

static struct str hint_of(struct arena *a, enum lang lang, const struct field *f)
{
	struct str s = str_c(tr(lang, hints[f->type]));

	if (f->type == TYPE_PERIOD && f->per != PERIOD_ANY)
		s = str_c(tr(lang, period_hints[f->per]));
	if (f->of)
		s = arena_printf(a, tr(lang, N_("one of: " STR_FMT)), STR_ARG(joined(a, &f->of->values, "、")));
	if (f->link_type)
		s = arena_printf(a, tr(lang, N_("a key of '" STR_FMT "'")), STR_ARG(f->link_type->title));
	if (f->unit.n)
		s = arena_printf(a, tr(lang, N_(STR_FMT "; behind it may stand " STR_FMT)), STR_ARG(s),
		                 STR_ARG(joined(a, &f->unit, "、")));
	if (f->split.n && (f->type == TYPE_TAGS || f->type == TYPE_LIST || f->type == TYPE_FILE))
		s = arena_printf(a, tr(lang, N_(STR_FMT "; between several one of " STR_FMT)), STR_ARG(s),
		                 STR_ARG(f->split));
	return s;
}

/* ---- out of the records ---- */

static int by_newest(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a, *y = *(const struct fact *const *)b;

	return x->rev_seq != y->rev_seq ? (x->rev_seq < y->rev_seq ? 1 : -1) : (x->no < y->no) - (x->no > y->no);
}

/* The records of a type that he sees, newest first. */
static struct fact_list newest(
	struct arena *a, const struct facts *f, const struct record_type *t, struct record_sees who)
{
	const struct fact_set *set = facts_of(f, t);
	struct fact_list l = {.p = ARENA_ARRAY(a, const struct fact *, set->n)};

	for (size_t i = 0; i < set->n; i++)
		if (!set->p[i].withdrawn && (!who.sees || who.sees(who.ctx, &set->p[i])))
			l.p[l.n++] = &set->p[i];
	if (l.n)
		qsort(l.p, l.n, sizeof *l.p, by_newest);
	return l;
}

static struct str words_of(struct arena *a, enum lang lang, const struct field *f, const struct datum *d)
{
	struct node *map = node_map(a);
	struct value v;

	node_set(a, map, f->name, datum_node(a, d));
	v = row_value(a, f, map, NULL);
	return row_typed(a, lang, f, &v);
}

struct used {
	const struct datum *value;
	size_t times, first;             /* first: place among the newest */
};

static int by_use(const void *a, const void *b)
{
	const struct used *x = a, *y = b;

	return x->times != y->times ? (x->times < y->times ? 1 : -1) : (x->first > y->first) - (x->first < y->first);
}

static bool is_remembered(const struct field *f)
{
	switch (f->type) {
	case TYPE_TEXT:
	case TYPE_NUMBER:
	case TYPE_COUNT:
	case TYPE_MONEY:
	case TYPE_CHOICE:
	case TYPE_TAGS:
	case TYPE_LIST:
	case TYPE_POST:
	case TYPE_UNIT:
	case TYPE_OBJECT:
		return !f->of && !f->link_type;
	default:
		return false;
	}
}

static struct texts remembered(
	struct arena *a, const struct facts *f, const struct field *field, const struct fact_list *records)
{
	size_t n = MIN(records->n, (size_t)NEWEST), kinds = 0;
	struct used *used = ARENA_ARRAY(a, struct used, n);
	struct tally seen = TALLY_IN(a);
	struct texts out = {ARENA_ARRAY(a, struct str, RECORD_REMEMBERED), 0};

	for (size_t i = 0; is_remembered(field) && i < n; i++) {
		const struct datum *d = fact_own(f, records->p[i], field);
		uint32_t *at = d ? tally_at(&seen, d) : NULL;

		if (!at)
			continue;
		if (!*at) {
			used[kinds++] = (struct used){d, 0, i};
			*at = (uint32_t)kinds;
		}
		used[*at - 1].times++;
	}
	if (kinds)
		qsort(used, kinds, sizeof *used, by_use);
	for (size_t i = 0; i < kinds && out.n < RECORD_REMEMBERED; i++) {
		struct str s = words_of(a, f->lang, field, used[i].value);

		if (s.n && s.n <= REMEMBERED_BYTES)
			out.p[out.n++] = s;
	}
	return out;
}

/* The keys of the records that a link names. */
static struct texts keys_of(struct arena *a, const struct facts *f, const struct field *link, struct record_sees who)
{
	struct fact_list l = newest(a, f, link->link_type, who);
	struct tally seen = TALLY_IN(a);
	struct texts out = {0};
	size_t cap = 0;

	for (size_t i = 0; i < l.n && out.n < RECORD_CHOICES; i++) {
		const struct datum *d = fact_own(f, l.p[i], link->link_field);

		if (d && !(*tally_at(&seen, d))++)
			*ARENA_PUSH(a, out.p, out.n, cap) = words_of(a, f->lang, link->link_field, d);
	}
	return out;
}

static struct texts choices_of(
	struct arena *a, const struct facts *f, const struct field *field, struct record_sees who)
{
	struct texts out = {0};
	size_t cap = 0;

	if (field->link_type)
		return keys_of(a, f, field, who);
	if (field->of)
		return field->of->values;
	if (field->type == TYPE_FLAG) {
		*ARENA_PUSH(a, out.p, out.n, cap) = str_c(tr(f->lang, N_("yes")));
		*ARENA_PUSH(a, out.p, out.n, cap) = str_c(tr(f->lang, N_("no")));
	}
	for (size_t i = 0; field->type == TYPE_UNIT && f->org && i < f->org->nunits; i++)
		*ARENA_PUSH(a, out.p, out.n, cap) = f->org->units[i].name;
	for (size_t i = 0; field->type == TYPE_POST && f->org && i < f->org->nposts; i++)
		*ARENA_PUSH(a, out.p, out.n, cap) = f->org->posts[i].name;
	return out;
}

/* ---- the form ---- */

/* What a new record may begin with: the day, and the unit where there is but one. */
static struct str begin_with(struct arena *a, const struct facts *f, const struct record_field *x, struct date on)
{
	struct cell cell = {.col = 1, .kind = CELL_DATE, .date = on};
	char text[DATE_TEXT];

	if (x->dates && date_is(on)) {
		cell.text = arena_str(a, date_text(on, text));
		return value_read(a, x->field, &cell, f->year).text;
	}
	if (x->field->type == TYPE_UNIT && x->choices.n == 1)
		return x->choices.p[0];
	return S("");
}

void record_form(struct arena *a, const struct facts *f, const struct record_type *type, const struct fact *r,
	struct date on, struct record_sees who, struct record_form *out)
{
	const struct sheet_map *map = record_map(a, f->scheme, type, STR_NONE);
	struct fact_list records = newest(a, f, type, who);
	const struct node *fields = r ? fact_fields(f, r) : NULL, *raw = r ? fact_raw(f, r) : NULL;

	*out = (struct record_form){.type = type, .fields = ARENA_ARRAY(a, struct record_field, type->nfields),
	                            .n = type->nfields, .id = r ? r->id : ID_NONE, .rev_seq = r ? r->rev_seq : 0};
	for (size_t i = 0; i < type->nfields; i++) {
		struct record_field *x = &out->fields[i];
		const struct field *field = &type->fields[i];
		struct value now = row_value(a, field, fields, raw);

		*x = (struct record_field){.field = field, .title = field->title.n ? field->title : field->name,
		                           .hint = hint_of(a, f->lang, field), .required = row_requires(map, field),
		                           .dates = field == type->day, .closed = field->of || field->type == TYPE_FLAG,
		                           .choices = choices_of(a, f, field, who),
		                           .remembered = remembered(a, f, field, &records)};
		x->value = r ? row_typed(a, f->lang, field, &now) : begin_with(a, f, x, on);
	}
}
