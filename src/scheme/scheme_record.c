/* records: of a scheme — types, fields, links, lookups, tracked fields. */
#include "scheme/value.h"

/* What a field may say, whatever its type; which of it fits the type is checked by check_type. */
struct field_text {
	struct str type, title, of, split, strip, per, link;
	struct texts unit;
	const struct node *otherwise;   /* else: */
};

struct record_text {
	struct str about, title, date, unit;
	const struct node *fields, *evidence, *track, *flow;
	const struct node *risk;                /* read by scheme_risk.c */
};

static enum err_code choice_of_type(const char *const *names, size_t n, struct str word, const struct node *at,
	const char *what, int *out, struct err *err)
{
	const char *near;

	for (size_t i = 0; i < n; i++) {
		if (str_is(word, names[i])) {
			*out = (int)i;
			return OK;
		}
	}
	near = nearest_name(word, names, n, sizeof *names);
	if (near)
		return node_fail(
			at, err, "no %s '" STR_FMT "'; did you mean '%s'?", tr(err->lang, what), STR_ARG(word), near);
	return node_fail(at, err, "no %s '" STR_FMT "'; the list is closed (docs/scheme.md)", tr(err->lang, what),
		STR_ARG(word));
}

enum err_code no_list(const struct scheme *s, struct str name, const struct node *at, struct err *err)
{
	const char *near = s->nlists ? nearest_name(name, &s->lists[0].name.p, s->nlists, sizeof *s->lists) : NULL;

	if (near)
		return node_fail(
			at, err, "no list '" STR_FMT "' under lists:; did you mean '%s'?", STR_ARG(name), near);
	return node_fail(at, err, "no list '" STR_FMT "' under lists:", STR_ARG(name));
}

static enum err_code read_list_of(
	const struct scheme *s, struct str name, const struct node *at, struct field *f, struct err *err)
{
	for (size_t i = 0; i < s->nlists; i++)
		if (str_eq(s->lists[i].name, name))
			f->of = &s->lists[i];
	if (!f->of)
		return no_list(s, name, at, err);
	return OK;
}

static enum err_code read_else(struct arena *a, const struct node *map, struct field *f, struct err *err)
{
	static const struct bind rules[] = {
		{"lookup", BIND_TEXT, true, offsetof(struct field, lookup)},
		{"by", BIND_TEXT, true, offsetof(struct field, lookup_by)},
	};

	return bind_map(a, map, rules, LEN(rules), N_("else"), f, err);
}

/* Which keys fit which types: a key that would do nothing is an error, not silence. */
static enum err_code check_type(
	const struct field *f, const struct field_text *t, const struct node *map, struct err *err)
{
	bool number = f->type == TYPE_NUMBER || f->type == TYPE_COUNT || f->type == TYPE_MONEY;
	bool many = f->type == TYPE_TAGS || f->type == TYPE_LIST || f->type == TYPE_FILE;
	const char *bad = NULL;

	if (t->of.n && f->type != TYPE_CHOICE)
		bad = "of";
	else if (t->unit.n && !number)
		bad = "unit";
	else if (t->split.n && !many)
		bad = "split";
	else if (t->per.n && f->type != TYPE_PERIOD)
		bad = "per";
	else if (f->type == TYPE_LINK && !t->link.n)
		return node_fail(map, err, "a field of type link needs 'link: type.field'");
	if (bad)
		return node_fail(node_get(map, str_c(bad)), err, "'%s' does not fit a field of type %s", bad,
		                 field_type_name(f->type));
	return OK;
}

/* A short form is allowed: `note: text` is `note: {type: text}`. */
static enum err_code read_field(
	struct arena *a, const struct scheme *s, const struct node *def, struct field *f, struct err *err)
{
	static const struct bind rules[] = {
		{"type", BIND_TEXT, true, offsetof(struct field_text, type)},
		{"title", BIND_TEXT, false, offsetof(struct field_text, title)},
		{"of", BIND_TEXT, false, offsetof(struct field_text, of)},
		{"unit", BIND_TEXTS, false, offsetof(struct field_text, unit)},
		{"split", BIND_TEXT, false, offsetof(struct field_text, split)},
		{"strip", BIND_TEXT, false, offsetof(struct field_text, strip)},
		{"per", BIND_TEXT, false, offsetof(struct field_text, per)},
		{"link", BIND_TEXT, false, offsetof(struct field_text, link)},
		{"else", BIND_MAP, false, offsetof(struct field_text, otherwise)},
	};
	static const char *const types[] = {
#define V(c, name) name,
#include "tbl/field_types.h"
#undef V
	};
	static const char *const periods[] = {"any", "month", "quarter", "half", "year"};
	struct field_text t = {0};
	int at;

	if (def->kind == NODE_TEXT)
		t.type = def->text;
	else
		TRY(bind_map(a, def, rules, LEN(rules), N_("the field"), &t, err));
	TRY(choice_of_type(types, LEN(types), t.type, def->kind == NODE_TEXT ? def : NODE_GET(def, "type"),
	                   N_("field type"), &at, err));
	f->type = (enum field_type)at;
	f->node = def;
	f->title = t.title;
	f->unit = t.unit;
	f->strip = t.strip;
	f->split = t.split.n ? t.split : S("、，,；;\n");
	TRY(check_type(f, &t, def, err));
	if (t.of.n)
		TRY(read_list_of(s, t.of, NODE_GET(def, "of"), f, err));
	if (t.per.n) {
		TRY(choice_of_type(periods, LEN(periods), t.per, NODE_GET(def, "per"), N_("period"), &at, err));
		f->per = (enum period_kind)at;
	}
	return t.otherwise ? read_else(a, t.otherwise, f, err) : OK;
}

static enum err_code read_evidence(struct arena *a, struct record_type *t, const struct node *map, struct err *err)
{
	static const struct bind rules[] = {
		{"any", BIND_TEXTS, false, offsetof(struct record_type, evidence.any)},
		{"enough", BIND_INT, false, offsetof(struct record_type, evidence.enough)},
		{"at_most", BIND_INT, false, offsetof(struct record_type, evidence.at_most)},
	};

	t->evidence.enough = 1;
	return bind_map(a, map, rules, LEN(rules), N_("evidence"), t, err);
}

/* A dot leads from a record to the one it names (no.theme); value.h keeps a number's unit word beside it. */
static enum err_code check_name(const struct node *key, struct err *err)
{
	if (str_has(key->text, S(".")))
		return node_fail(key, err, "'" STR_FMT "': a name may hold no dot", STR_ARG(key->text));
	if (str_ends(key->text, S(UNIT_SUFFIX)))
		return node_fail(key, err, "'" STR_FMT "': a name may not end in __unit", STR_ARG(key->text));
	return OK;
}

static enum err_code read_type(struct arena *a, const struct scheme *s, const struct node *def, struct record_type *t,
	struct record_text *text, struct err *err)
{
	static const struct bind rules[] = {
		{"about", BIND_TEXT, true, offsetof(struct record_text, about)},
		{"title", BIND_TEXT, true, offsetof(struct record_text, title)},
		{"date", BIND_TEXT, false, offsetof(struct record_text, date)},
		{"unit", BIND_TEXT, false, offsetof(struct record_text, unit)},
		{"fields", BIND_MAP, true, offsetof(struct record_text, fields)},
		{"evidence", BIND_MAP, false, offsetof(struct record_text, evidence)},
		{"track", BIND_MAP, false, offsetof(struct record_text, track)},
		{"risk", BIND_MAP, false, offsetof(struct record_text, risk)},
		{"flow", BIND_MAP, false, offsetof(struct record_text, flow)},
	};
	static const char *const abouts[] = {
#define A(c, name) name,
#include "tbl/about.h"
#undef A
	};
	int at;

	TRY(bind_map(a, def, rules, LEN(rules), N_("the record type"), text, err));
	TRY(choice_of_type(
		abouts, LEN(abouts), text->about, NODE_GET(def, "about"), N_("subject of records (about)"), &at, err));
	t->about = (enum about)at;
	t->title = text->title;
	t->node = def;
	if (!text->fields->n)
		return node_fail(text->fields, err, "a record type needs a field at least");
	t->nfields = text->fields->n;
	t->fields = ARENA_ARRAY(a, struct field, t->nfields);
	for (size_t i = 0; i < t->nfields; i++) {
		TRY(check_name(text->fields->keys[i], err));
		t->fields[i].name = text->fields->keys[i]->text;
		t->fields[i].at = i;
		TRY(read_field(a, s, text->fields->items[i], &t->fields[i], err));
	}
	if (text->flow)
		TRY(scheme_flow(t, text->flow, err));
	return text->evidence ? read_evidence(a, t, text->evidence, err) : OK;
}

/* The field that dates a record: named by date:, else the first date, else the first period. */
static enum err_code find_day(struct record_type *t, const struct record_text *text, struct err *err)
{
	static const enum field_type order[] = {TYPE_DATE, TYPE_PERIOD};

	if (text->date.n) {
		const struct node *at = NODE_GET(t->node, "date");

		TRY(field_of(t, text->date, at, &t->day, err));
		if (t->day->type != TYPE_DATE && t->day->type != TYPE_PERIOD)
			return node_fail(at, err, "'date' must name a field of type date or period");
		return OK;
	}
	for (size_t k = 0; k < LEN(order) && !t->day; k++)
		for (size_t i = 0; i < t->nfields && !t->day; i++)
			if (t->fields[i].type == order[k])
				t->day = &t->fields[i];
	return OK;
}

/* The field that says which unit keeps a record. */
static enum err_code find_unit(struct record_type *t, const struct record_text *text, struct err *err)
{
	const struct node *at = NODE_GET(t->node, "unit");

	if (!text->unit.n)
		return OK;
	TRY(field_of(t, text->unit, at, &t->unit, err));
	if (t->unit->type != TYPE_UNIT)
		return node_fail(at, err, "'unit' must name a field of type unit");
	return OK;
}

static enum err_code read_link(const struct scheme *s, struct field *f, struct err *err)
{
	const struct node *at = f->node->kind == NODE_MAP ? NODE_GET(f->node, "link") : NULL;
	struct str name, rest;

	if (!at)
		return OK;
	rest = at->text;
	str_cut(&rest, S("."), &name);
	if (!rest.n)
		return node_fail(at, err, "'link' must be type.field");
	TRY(type_of(s, name, at, &f->link_type, err));
	return field_of(f->link_type, rest, at, &f->link_field, err);
}

static enum err_code read_track(struct arena *a, const struct scheme *s, const struct record_type *t, struct str name,
	const struct node *def, struct track *out, struct err *err)
{
	struct text {
		struct str from, key, own, to;
		const struct node *where;
		bool fallback;
	} x = {0};
	static const struct bind rules[] = {
		{"from", BIND_TEXT, true, offsetof(struct text, from)},
		{"key", BIND_TEXT, true, offsetof(struct text, key)},
		{"own", BIND_TEXT, false, offsetof(struct text, own)},
		{"fallback", BIND_YES, false, offsetof(struct text, fallback)},
		{"to", BIND_TEXT, true, offsetof(struct text, to)},
		{"where", BIND_MAP, false, offsetof(struct text, where)},
	};

	TRY(bind_map(a, def, rules, LEN(rules), N_("track"), &x, err));
	out->fallback = x.fallback;
	TRY(field_of(t, name, def, &out->field, err));
	TRY(type_of(s, x.from, NODE_GET(def, "from"), &out->from, err));
	TRY(field_of(out->from, x.key, NODE_GET(def, "key"), &out->key, err));
	TRY(field_of(t, x.own.n ? x.own : x.key, x.own.n ? NODE_GET(def, "own") : NODE_GET(def, "key"),
	             &out->own_key, err));
	TRY(field_of(out->from, x.to, NODE_GET(def, "to"), &out->to, err));
	if (!out->from->day)
		return node_fail(def, err, "records '" STR_FMT "' have no date to track by", STR_ARG(x.from));
	return where_read(a, out->from, x.where, &out->where, err);
}

enum err_code scheme_records(struct arena *a, struct scheme *s, const struct node *records, struct err *err)
{
	struct record_text *texts = ARENA_ARRAY(a, struct record_text, records->n);

	s->ntypes = records->n;
	s->types = ARENA_ARRAY(a, struct record_type, s->ntypes);
	for (size_t i = 0; i < s->ntypes; i++) {
		TRY(check_name(records->keys[i], err));
		s->types[i].name = records->keys[i]->text;
		TRY(read_type(a, s, records->items[i], &s->types[i], &texts[i], err));
		TRY(find_day(&s->types[i], &texts[i], err));
		TRY(find_unit(&s->types[i], &texts[i], err));
	}
	for (size_t i = 0; i < s->ntypes; i++) {      /* what names other types: when all are there */
		struct record_type *t = &s->types[i];
		const struct node *track = texts[i].track;

		for (size_t k = 0; k < t->nfields; k++) {
			const struct field *by;

			TRY(read_link(s, &t->fields[k], err));
			if (t->fields[k].lookup.n)
				TRY(field_of(t, t->fields[k].lookup_by, t->fields[k].node, &by, err));
		}
		t->ntracks = track ? track->n : 0;
		t->tracks = ARENA_ARRAY(a, struct track, t->ntracks);
		for (size_t k = 0; k < t->ntracks; k++)
			TRY(read_track(a, s, t, track->keys[k]->text, track->items[k], &t->tracks[k], err));
	}
	return OK;
}
