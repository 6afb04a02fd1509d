/* People's paragraphs in the log: section.write and its table. */
#include "report/narrative.h"

#include "base/date.h"
#include "record/adopt.h"
#include "who/access.h"
#include "who/org.h"

enum { NAME_BYTES = 256, WHY_BYTES = 1024, YEAR_FIRST = 1900, YEAR_LAST = 2199 };

SQL(section_add_sql,
	"insert into p_section(origin, seq, year, section, heading, text, why, actor, at)"
	" values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
SQL(section_last_sql,
	"select seq, heading, text, actor, at from p_section where origin = ?1 and year = ?2 and section = ?3"
	" order by seq desc limit 1");
SQL(section_all_sql,
	"select seq, text, why, actor, at from p_section where origin = ?1 and year = ?2 and section = ?3"
	" order by seq desc");
SQL(sections_sql,
	"select p.seq, p.section, p.heading, p.text, p.actor, p.at from p_section p where p.origin = ?1 and p.year = ?2"
	" and p.seq = (select max(q.seq) from p_section q where q.origin = p.origin and q.year = p.year"
	" and q.section = p.section) order by p.section");

/* ---- section.write ---- */

static const struct event_field fields[] = {
	{"year", FIELD_INT, true},
	{"section", FIELD_TEXT, true},
	{"text", FIELD_TEXT, true},
	{"heading", FIELD_TEXT, false},
	{"after", FIELD_INT, false},
	{"why", FIELD_TEXT, false},
};

/* The newest version; rev REV_NONE where there is none. */
static enum err_code last(
	struct db *db, struct arena *a, int64_t year, struct str section, struct own *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct own){.number = section};
	TRY(db_query(db, &section_last_sql, ARGS(V_INT(ORIGIN_HERE), V_INT(year), V_TEXT(section)), &q, err));
	if (!query_next(&q, err))
		return err->code;
	out->rev = query_int(&q, 0);
	out->heading = arena_str(a, query_text(&q, 1));
	out->text = arena_str(a, query_text(&q, 2));
	out->actor = arena_str(a, query_text(&q, 3));
	out->at = query_int(&q, 4);
	return OK;
}

/* "2022-06-03 16:15" in the office's time, UTC+8. */
static struct str when(struct arena *a, int64_t us)
{
	char t[TIME_TEXT];

	time_text(us + INT64_C(8) * 3600 * 1000000, t);
	return arena_printf(a, "%.10s %.5s", t, t + 11);
}

/* Control characters are refused with the bytes of the event already. */
static enum err_code one_line(const struct event *e, const char *field, size_t most, struct err *err)
{
	struct str s = node_text(e->data, str_c(field));

	if (s.n > most)
		return fail(err, ERR_LIMIT, "'%s' has at most %zu bytes", field, most);
	if (str_has(s, S("\n")) || str_has(s, S("\t")))
		return fail(err, ERR_INPUT, "'%s' must be one line", field);
	return OK;
}

static enum err_code check(struct tx *tx, const struct event *e, struct err *err)
{
	struct str section = node_text(e->data, S("section")), text = node_text(e->data, S("text")), kept;
	int64_t year = node_int(e->data, S("year"), 0);
	struct own now;

	if (year < YEAR_FIRST || year > YEAR_LAST)
		return fail(err, ERR_INPUT, "year must be %d to %d", (int)YEAR_FIRST, (int)YEAR_LAST);
	if (!section.n)
		return fail(err, ERR_REQUIRED, "'%s' must not be empty", "section");
	TRY(one_line(e, "section", NAME_BYTES, err));
	TRY(one_line(e, "heading", NAME_BYTES, err));
	TRY(one_line(e, "why", WHY_BYTES, err));
	TRY(section_text(tx->arena, text, &kept, err));
	if (!str_eq(text, kept))
		return fail(err, ERR_INPUT, "the text is not as section_text makes it");
	TRY(last(tx->db, tx->arena, year, section, &now, err));
	if (now.rev == node_int(e->data, S("after"), REV_NONE))
		return OK;
	if (now.rev == REV_NONE)
		return fail(err, ERR_NOT_FOUND, "nobody has written section " STR_FMT " yet", STR_ARG(section));
	return fail(err, ERR_CONFLICT,
		"section " STR_FMT " was saved meanwhile by " STR_FMT " at " STR_FMT
		" (event %lld); look at that first",
		STR_ARG(section), STR_ARG(now.actor), STR_ARG(when(tx->arena, now.at)), (long long)now.rev);
}

static enum err_code apply(struct db *db, const struct event *e, struct err *err)
{
	return db_run(db, &section_add_sql,
		ARGS(V_ID(e->id), V_INT(node_int(e->data, S("year"), 0)), V_TEXT(node_text(e->data, S("section"))),
			V_TEXT(node_text(e->data, S("heading"))), V_TEXT(node_text(e->data, S("text"))),
			V_TEXT(node_text(e->data, S("why"))), V_TEXT(e->actor), V_INT(e->at)),
		err);
}

const struct event_kind section_kinds[] = {
	{"section.write", fields, LEN(fields), false, check, apply},
	{0},
};

/* ---- reading ---- */

static bool names(struct arena *a, struct str heading, struct str number)
{
	struct str n = heading_number(a, heading);

	return str_eq(n.n ? n : heading, number);
}

/* The heading that narrative.md gets: as a file had it, as the outline has it, else the bare number. */
static struct str heading_of(struct arena *a, const struct own *own, const struct own_place *place)
{
	if (own->heading.n && names(a, own->heading, own->number))
		return own->heading;
	return place && names(a, place->heading, own->number) ? place->heading : own->number;
}

static enum err_code read_rows(struct db *db, struct arena *a, int year, struct narrative *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &sections_sql, ARGS(V_INT(ORIGIN_HERE), V_INT(year)), &q, err));
	while (query_next(&q, err)) {
		struct str number = arena_str(a, query_text(&q, 1));
		bool notes = str_eq(number, SECTION_NOTES);
		struct own *own = notes ? &out->notes : ARENA_PUSH(a, out->p, out->n, out->cap);

		*own = (struct own){.number = number,
			.heading = arena_str(a, query_text(&q, 2)),
			.text = arena_str(a, query_text(&q, 3)),
			.rev = query_int(&q, 0),
			.actor = arena_str(a, query_text(&q, 4)),
			.at = query_int(&q, 5)};
	}
	return err->code;
}

/* In the order of the report; what the outline does not have comes last. */
static void in_order(struct arena *a, const struct own_places *l, const struct narrative *rows, struct narrative *out)
{
	for (size_t k = 0; k <= l->n; k++)
		for (size_t i = 0; i < rows->n; i++) {
			const struct own_place *place = NULL;
			struct own *own;

			for (size_t j = 0; j < l->n; j++)
				if (str_eq(l->p[j].number, rows->p[i].number))
					place = &l->p[j];
			if (place != (k < l->n ? &l->p[k] : NULL))
				continue;
			own = ARENA_PUSH(a, out->p, out->n, out->cap);
			*own = rows->p[i];
			own->heading = heading_of(a, own, place);
		}
}

enum err_code narrative_load(struct db *db, struct arena *a, const struct scheme *s, int year, struct narrative *out,
	struct err *err)
{
	struct narrative rows = {0}, lined;
	struct own_places places;

	*out = (struct narrative){.notes = {.number = SECTION_NOTES}, .logged = true};
	if (!s->report)
		return OK;
	rows.notes = out->notes;
	TRY(narrative_places(a, s, &places, err));
	TRY(read_rows(db, a, year, &rows, err));
	out->notes = rows.notes;
	in_order(a, &places, &rows, out);
	TRY(narrative_read(a, narrative_markdown(a, out), &lined, err));
	for (size_t i = 0; i < out->n; i++) {
		const struct own *own = narrative_get(&lined, out->p[i].number);

		if (!own)
			continue;
		out->p[i].line = own->line;
		out->p[i].paras = own->paras;
		out->p[i].n = own->n;
	}
	return OK;
}

enum err_code narrative_history(
	struct db *db, struct arena *a, int year, struct str section, struct section_versions *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	*out = (struct section_versions){0};
	TRY(db_query(db, &section_all_sql, ARGS(V_INT(ORIGIN_HERE), V_INT(year), V_TEXT(section)), &q, err));
	while (query_next(&q, err))
		*ARENA_PUSH(a, out->p, out->n, out->cap) = (struct section_version){
			.id = {ORIGIN_HERE, query_int(&q, 0)},
			.text = arena_str(a, query_text(&q, 1)),
			.why = arena_str(a, query_text(&q, 2)),
			.actor = arena_str(a, query_text(&q, 3)),
			.at = query_int(&q, 4)};
	return err->code;
}

/* ---- writing ---- */

/* s.section is exact; heading: as a file calls it, empty: as before. What says the same already is not written. */
static enum err_code save(
	struct tx *tx, const struct section_save *s, struct str heading, int64_t *rev, bool *written, struct err *err)
{
	struct arena *a = tx->arena;
	struct node *data = node_map(a);
	struct id id = ID_NONE;
	struct own now;
	struct str text;
	int64_t after;

	if (section_text(a, s->text, &text, err) != OK)
		return err_at(err, STR_FMT, STR_ARG(s->section));
	TRY(last(tx->db, a, s->year, s->section, &now, err));
	*rev = now.rev;
	*written = !str_eq(text, now.text) || (heading.n && !str_eq(heading, now.heading) &&
						      (text.n || str_eq(s->section, SECTION_NOTES)));
	if (!*written)
		return OK;
	heading = heading.n ? heading : now.heading;
	after = s->rev == REV_ANY ? now.rev : s->rev;
	node_set(a, data, S("year"), node_num(a, s->year));
	node_set(a, data, S("section"), node_str(a, s->section));
	node_set(a, data, S("text"), node_str(a, text));
	if (heading.n)
		node_set(a, data, S("heading"), node_str(a, heading));
	if (after != REV_NONE)
		node_set(a, data, S("after"), node_num(a, after));
	if (s->why.n)
		node_set(a, data, S("why"), node_str(a, s->why));
	TRY(tx_event(tx, "section.write", ID_NONE, data, &id, err));
	*rev = id.seq;
	return OK;
}

static enum err_code places_in(struct tx *tx, int year, struct own_places *out, struct err *err)
{
	struct scheme scheme = {0};

	TRY(scheme_of_year(tx->log, tx->db, tx->arena, year, &scheme, err));
	return narrative_places(tx->arena, &scheme, out, err);
}

enum err_code narrative_write(struct tx *tx, const struct section_save *s, int64_t *rev, struct err *err)
{
	struct section_save exact = *s;
	const struct own_place *place;
	struct own_places places;
	int64_t now;
	bool written;

	TRY(access_office(tx, ACT_NARRATIVE_EDIT, err));
	if (!str_eq(s->section, SECTION_NOTES)) {
		TRY(places_in(tx, s->year, &places, err));
		TRY(narrative_place(tx->arena, &places, s->section, &place, err));
		exact.section = place->number;
	}
	return save(tx, &exact, S(""), rev ? rev : &now, &written, err);
}

enum err_code narrative_import(
	struct tx *tx, int year, const struct narrative *from, size_t *written, struct err *err)
{
	struct own_places places;
	int64_t rev;
	bool one;

	if (written)
		*written = 0;
	TRY(access_office(tx, ACT_NARRATIVE_EDIT, err));
	TRY(places_in(tx, year, &places, err));
	TRY(narrative_bind(tx->arena, &places, from, err));
	for (size_t i = 0; i <= from->n; i++) { /* the notes first */
		const struct own *own = i ? &from->p[i - 1] : &from->notes;
		struct section_save s = {.year = year, .section = own->number, .text = own->text, .rev = REV_ANY};
		const struct own_place *place;

		if (i) {
			TRY(narrative_place(tx->arena, &places, own->number, &place, err));
			s.section = place->number;
		}
		if (!own->text.n && !own->heading.n)
			continue;
		TRY(save(tx, &s, own->heading, &rev, &one, err));
		if (written)
			*written += one;
	}
	return OK;
}
