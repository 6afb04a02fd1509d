#include "record/calendar_adopt.h"

#include "base/buf.h"
#include "log/log.h"
#include "log/tree.h"
#include "who/access.h"

SQL(calendar_last_sql,
	"select digest from p_calendar where country = ?1 and year = ?2 order by origin, seq desc limit 1");
SQL(calendar_add_sql,
	"insert into p_calendar(origin, seq, country, year, digest, days_off, days_worked)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
SQL(calendar_all_sql,
	"select year, days_off, days_worked from p_calendar where country = ?1 order by origin desc, seq");

static struct node *days_node(struct arena *a, const struct date *days, size_t n)
{
	struct node *list = node_list(a);
	char text[DATE_TEXT];

	for (size_t i = 0; i < n; i++)
		node_push(a, list, node_str(a, arena_str(a, date_text(days[i], text))));
	return list;
}

enum err_code calendar_adopt(struct tx *tx, const struct calendar_year *y, const struct object *text, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *data = node_map(tx->arena);
	struct str digest = {(const char *)text->digest.b, HASH_BYTES};
	char hex[HASH_TEXT];
	struct id named;

	TRY(access_office(tx, ACT_SCHEME_EDIT, err));
	TRY(db_query(tx->db, &calendar_last_sql, ARGS(V_TEXT(y->country), V_INT(y->year)), &q, err));
	if (query_next(&q, err) && str_eq(query_text(&q, 0), digest))
		return OK;
	TRY(err->code);
	query_done(&q);
	TRY(object_name(tx, text, arena_printf(tx->arena, "calendar-" STR_FMT "-%d.yaml", STR_ARG(y->country), y->year),
	                &named, err));
	node_set(tx->arena, data, S("country"), node_str(tx->arena, y->country));
	node_set(tx->arena, data, S("year"), node_num(tx->arena, y->year));
	node_set(
		tx->arena, data, S("digest"), node_str(tx->arena, arena_str(tx->arena, hash_text(&text->digest, hex))));
	node_set(tx->arena, data, S("off"), days_node(tx->arena, y->off, y->noff));
	node_set(tx->arena, data, S("worked"), days_node(tx->arena, y->worked, y->nworked));
	return tx_event(tx, "calendar.adopt", ID_NONE, data, NULL, err);
}

/* ---- the event ---- */

static const struct event_field fields[] = {
	{"country", FIELD_TEXT, true},
	{"year", FIELD_INT, true},
	{"digest", FIELD_DIGEST, true},
	{"off", FIELD_LIST, true},
	{"worked", FIELD_LIST, true},
};

/* The days of a list; each of the year, each once. */
static enum err_code check_days(const struct node *list, int64_t year, struct map *seen, struct err *err)
{
	struct date d;

	for (size_t i = 0; i < list->n; i++) {
		struct str text = list->items[i]->kind == NODE_TEXT ? list->items[i]->text : STR_NONE;

		if (!date_parse(text, &d) || date_ymd(d).y != year)
			return fail(err, ERR_INPUT, "'" STR_FMT "' is no day of %lld", STR_ARG(text), (long long)year);
		if (*map_at(seen, text))
			return fail(err, ERR_INPUT, "'" STR_FMT "' stands here twice", STR_ARG(text));
		map_set(seen, text, list->items[i]);
	}
	return OK;
}

static enum err_code check(struct tx *tx, const struct event *e, struct err *err)
{
	struct map seen = MAP_IN(tx->arena);
	int64_t year = node_int(e->data, S("year"), 0);

	if (year < CALENDAR_FIRST || year > CALENDAR_LAST)
		return fail(err, ERR_INPUT, "expected a year from %d to %d", CALENDAR_FIRST, CALENDAR_LAST);
	if (!node_text(e->data, S("country")).n)
		return fail(err, ERR_INPUT, "a calendar names its country");
	TRY(check_days(NODE_GET(e->data, "off"), year, &seen, err));
	return check_days(NODE_GET(e->data, "worked"), year, &seen, err);
}

static void put_days(struct buf *b, const struct node *list)
{
	for (size_t i = 0; i < list->n; i++)
		buf_printf(b, "%s" STR_FMT, i ? " " : "", STR_ARG(list->items[i]->text));
}

static enum err_code apply(struct db *db, const struct event *e, struct err *err)
{
	struct buf off CLEANUP(buf_free) = BUF_MAX(1 << 16), worked CLEANUP(buf_free) = BUF_MAX(1 << 16);
	struct hash h;
	bool good = hash_parse(node_text(e->data, S("digest")), &h);

	put_days(&off, NODE_GET(e->data, "off"));
	put_days(&worked, NODE_GET(e->data, "worked"));
	return db_run(db, &calendar_add_sql,
		ARGS(V_ID(e->id), V_TEXT(node_text(e->data, S("country"))), V_INT(node_int(e->data, S("year"), 0)),
		     good ? V_BLOB(((struct str){(const char *)h.b, HASH_BYTES})) : V_NULL, V_TEXT(buf_str(&off)),
		     V_TEXT(buf_str(&worked))), err);
}

const struct event_kind calendar_kinds[] = {
	{"calendar.adopt", fields, LEN(fields), false, check, apply},
	{0},
};

/* ---- in force ---- */

static struct date *read_days(struct arena *a, struct str text, size_t *n)
{
	struct date *out = ARENA_ARRAY(a, struct date, text.n / (DATE_TEXT - 1) + 1), d;
	struct str word;

	*n = 0;
	while (text.n && str_cut(&text, S(" "), &word))
		if (date_parse(word, &d))
			out[(*n)++] = d;
	return out;
}

enum err_code calendar_load(struct arena *a, struct db *db, struct str country, const struct calendar **out,
	struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	struct calendar *c = calendar_shipped(a, country);

	*out = c;
	if (c->plain)
		return OK;
	TRY(db_query(db, &calendar_all_sql, ARGS(V_TEXT(country.n ? country : S("CN"))), &q, err));
	while (query_next(&q, err)) {
		struct calendar_year y = {.year = (int)query_int(&q, 0)};

		y.off = read_days(a, query_text(&q, 1), &y.noff);
		y.worked = read_days(a, query_text(&q, 2), &y.nworked);
		calendar_add(a, c, &y);
	}
	return err->code;
}
