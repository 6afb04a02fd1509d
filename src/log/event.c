#include "log/event.h"

#include "base/date.h"
#include "log/canon.h"
#include "log/tree.h"
#include "text/json.h"

#include <inttypes.h>

enum { NAME_BYTES = 32, PERSON_BYTES = 256 };

/* ---- ids ---- */

bool origin_valid(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return name.n > 0 && name.n <= NAME_BYTES;
}

struct str id_text(struct arena *a, struct str origin_name, struct id id)
{
	return arena_printf(a, STR_FMT ":%" PRId64, STR_ARG(origin_name), id.seq);
}

bool id_split(struct str text, struct str *origin_name, int64_t *seq)
{
	struct str name;
	int64_t n;

	if (!str_cut(&text, S(":"), &name) || !origin_valid(name) || !str_int(text, &n) || n < 0)
		return false;
	if (text.p[0] == '-' || (text.p[0] == '0' && text.n > 1))
		return false;
	*origin_name = name;
	*seq = n;
	return true;
}

/* ---- writing ---- */

static enum err_code put_text(struct buf *b, struct str s, struct err *err)
{
	struct node n = {.kind = NODE_TEXT, .text = s};

	return json_canon(b, &n, err);
}

static enum err_code put_person(struct buf *b, const char *key, struct str s, struct err *err)
{
	if (!s.n || s.n > PERSON_BYTES)
		return fail(err, ERR_INPUT, N_("%s: expected 1 to %d bytes of text"), key, (int)PERSON_BYTES);
	buf_printf(b, "\"%s\":", key);
	return put_text(b, s, err);
}

/* The keys stand in the order of their bytes; names and numbers need no escapes. */
static enum err_code put_event(struct buf *b, const struct event *e, struct event_names names,
	struct err *err)
{
	char at[TIME_TEXT];

	buf_putc(b, '{');
	TRY(put_person(b, "actor", e->actor, err));
	buf_put(b, S(",\"at\":\""));
	buf_put(b, time_text(e->at, at));
	buf_put(b, S("\",\"data\":"));
	TRY(json_canon(b, e->data, err));
	buf_put(b, S(",\"kind\":"));
	TRY(put_text(b, e->kind, err));
	buf_printf(b, ",\"log\":\"" STR_FMT "\",\"seq\":%" PRId64, STR_ARG(names.log), e->id.seq);
	if (id_is(e->subject))
		buf_printf(b, ",\"subject\":\"" STR_FMT ":%" PRId64 "\"", STR_ARG(names.subject),
			e->subject.seq);
	buf_printf(b, ",\"v\":%d,", EVENT_VERSION);
	TRY(put_person(b, "via", e->via, err));
	buf_putc(b, '}');
	return b->over ? ERR_LIMIT : OK;
}

enum err_code event_write(struct buf *b, const struct event *e, struct event_names names, struct err *err)
{
	enum err_code code = put_event(b, e, names, err);

	if (!b->over)
		return code;
	err_clear(err);
	return fail(err, ERR_LIMIT, N_("an event holds at most %d bytes"), (int)EVENT_BYTES);
}

/* ---- reading ---- */

static enum err_code bad(struct err *err, const char *field)
{
	return fail(err, ERR_DAMAGED, N_("field \"%s\" of the event is missing or not of its form"), field);
}

/* The map's member at *i when it has that key and kind; the keys come in order. */
static const struct node *member(const struct node *map, size_t *i, struct str key, enum node_kind kind)
{
	if (*i == map->n || !str_eq(map->keys[*i]->text, key) || map->items[*i]->kind != kind)
		return NULL;
	return map->items[(*i)++];
}

static bool person(const struct node *n, struct str *out)
{
	if (!n || !n->text.n || n->text.n > PERSON_BYTES)
		return false;
	*out = n->text;
	return true;
}

static enum err_code subject(const struct node *map, size_t *i, struct event *e, struct event_names *names,
	struct err *err)
{
	const struct node *n;

	if (*i == map->n || !str_eq(map->keys[*i]->text, S("subject")))
		return OK;
	n = member(map, i, S("subject"), NODE_TEXT);
	if (!n || !id_split(n->text, &names->subject, &e->subject.seq))
		return bad(err, "subject");
	return OK;
}

enum err_code event_read(struct arena *a, struct str canon, struct event *out, struct event_names *names,
	struct err *err)
{
	const struct node *n;
	struct event e = {0};
	struct event_names in = {STR_NONE, STR_NONE};
	struct node *map;
	size_t i = 0;

	if (canon.n > EVENT_BYTES || !canon_read(a, canon, &map) || map->kind != NODE_MAP)
		return fail(err, ERR_DAMAGED, N_("the event is not in canonical form"));
	if (!person(member(map, &i, S("actor"), NODE_TEXT), &e.actor))
		return bad(err, "actor");
	n = member(map, &i, S("at"), NODE_TEXT);
	if (!n || !time_parse(n->text, &e.at))
		return bad(err, "at");
	e.data = member(map, &i, S("data"), NODE_MAP);
	if (!e.data)
		return bad(err, "data");
	n = member(map, &i, S("kind"), NODE_TEXT);
	if (!n || !n->text.n)
		return bad(err, "kind");
	e.kind = n->text;
	n = member(map, &i, S("log"), NODE_TEXT);
	if (!n || !origin_valid(n->text))
		return bad(err, "log");
	in.log = n->text;
	n = member(map, &i, S("seq"), NODE_INT);
	if (!n || n->num < 0)
		return bad(err, "seq");
	e.id.seq = n->num;
	TRY(subject(map, &i, &e, &in, err));
	n = member(map, &i, S("v"), NODE_INT);
	if (!n || n->num != EVENT_VERSION)
		return bad(err, "v");
	if (!person(member(map, &i, S("via"), NODE_TEXT), &e.via))
		return bad(err, "via");
	if (i != map->n)
		return fail(err, ERR_DAMAGED, N_("the event has a field \"" STR_FMT "\" that no event has"),
			STR_ARG(map->keys[i]->text));
	*out = e;
	*names = in;
	return OK;
}

/* ---- fields ---- */

static const char *const sorts[] = {
	[FIELD_TEXT] = N_("a text"),
	[FIELD_INT] = N_("an integer"),
	[FIELD_BOOL] = N_("true or false"),
	[FIELD_LIST] = N_("a list"),
	[FIELD_MAP] = N_("a map"),
	[FIELD_DATE] = N_("a date as 2022-06-03"),
	[FIELD_DIGEST] = N_("a SHA-256 digest in 64 lower-case hexadecimal digits"),
	[FIELD_ID] = N_("an id as z0123456789ab:7"),
};

static bool fits(enum field_kind kind, const struct node *n)
{
	struct date day;
	struct hash hash;
	struct str name;
	int64_t seq;

	switch (kind) {
	case FIELD_TEXT:
		return n->kind == NODE_TEXT;
	case FIELD_INT:
		return n->kind == NODE_INT;
	case FIELD_BOOL:
		return n->kind == NODE_BOOL;
	case FIELD_LIST:
		return n->kind == NODE_LIST;
	case FIELD_MAP:
		return n->kind == NODE_MAP;
	case FIELD_DATE:
		return n->kind == NODE_TEXT && date_parse(n->text, &day);
	case FIELD_DIGEST:
		return n->kind == NODE_TEXT && hash_parse(n->text, &hash);
	case FIELD_ID:
		return n->kind == NODE_TEXT && id_split(n->text, &name, &seq);
	}
	return false;
}

static const struct event_field *field(const struct event_kind *kind, struct str name)
{
	for (size_t i = 0; i < kind->nfields; i++)
		if (str_is(name, kind->fields[i].name))
			return &kind->fields[i];
	return NULL;
}

enum err_code event_fields(const struct event_kind *kind, const struct event *e, struct err *err)
{
	const struct node *data = e->data;
	int missing = 0;

	if (!data || data->kind != NODE_MAP)
		return fail(err, ERR_INPUT, N_("%s: expected a map of fields"), kind->name);
	for (size_t i = 0; i < data->n; i++) {
		const struct event_field *f = field(kind, data->keys[i]->text);

		if (!f)
			return fail(err, ERR_INPUT, N_("%s: unknown field \"" STR_FMT "\""), kind->name,
				STR_ARG(data->keys[i]->text));
		if (!fits(f->kind, data->items[i]))
			return fail(err, ERR_INPUT, N_("%s: field \"%s\": expected %s"), kind->name, f->name,
				tr(err->lang, sorts[f->kind]));
		missing -= f->required;
	}
	for (size_t i = 0; i < kind->nfields; i++)
		missing += kind->fields[i].required;
	for (size_t i = 0; missing && i < kind->nfields; i++)
		if (kind->fields[i].required && !node_get(data, str_c(kind->fields[i].name)))
			return fail(err, ERR_REQUIRED, N_("%s: field \"%s\" is missing"), kind->name,
				kind->fields[i].name);
	if (kind->on_subject && !e->subject.origin)
		return fail(err, ERR_REQUIRED, N_("%s: needs the object it is about"), kind->name);
	if (!kind->on_subject && e->subject.origin)
		return fail(err, ERR_INPUT, N_("%s: makes a new object and is about none"), kind->name);
	return OK;
}
