#include "text/json.h"
#include "who/org.h"

SQL(load_units,
	"select origin, seq, code, name, short_name, parent, kind from p_unit where origin = ?1 order "
	"by seq");
SQL(load_posts, "select origin, seq, code, name, unit, role from p_post where origin = ?1 order by seq");
SQL(load_holders,
	"select origin, seq, post, name, from_day, to_day, acting from p_holder where origin = ?1 and "
	"from_day <= ?2 and (to_day is null or to_day >= ?3) order by seq");
SQL(load_portfolios,
	"select origin, seq, post, unit, from_day, to_day from p_portfolio where origin = ?1 and "
	"(from_day is null or from_day <= ?2) and (to_day is null or to_day >= ?3) order by seq");
SQL(load_bodies, "select origin, seq, code, name, unit from p_body where origin = ?1 order by seq");
SQL(load_members, "select seq, post from p_body_member where origin = ?1 order by seq, nth");
SQL(load_office,
	"select origin, seq, code, name, short_name, year, settings from p_office where origin = ?1");

struct loading {
	struct db *db;
	struct arena *a;
	struct val args[3];       /* origin; a first day at most, a last day at least */
	struct err *err;
};

static struct id id_at(const struct query *q)
{
	return (struct id){query_int(q, 0), query_int(q, 1)};
}

static struct str text_at(struct arena *a, const struct query *q, int col)
{
	return arena_str(a, query_text(q, col));
}

static struct date date_at(const struct query *q, int col)
{
	return query_null(q, col) ? DATE_NONE : (struct date){(int32_t)query_int(q, col)};
}

static enum err_code units(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(l->db, &load_units, l->args, 1, &q, l->err));
	while (query_next(&q, l->err)) {
		struct unit *u = ARENA_PUSH(l->a, org->units, org->nunits, cap);

		u->id = id_at(&q);
		u->code = text_at(l->a, &q, 2);
		u->name = text_at(l->a, &q, 3);
		u->short_name = text_at(l->a, &q, 4);
		u->parent = text_at(l->a, &q, 5);
		u->kind = text_at(l->a, &q, 6);
	}
	return l->err->code;
}

static enum err_code posts(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(l->db, &load_posts, l->args, 1, &q, l->err));
	while (query_next(&q, l->err)) {
		struct post *p = ARENA_PUSH(l->a, org->posts, org->nposts, cap);

		p->id = id_at(&q);
		p->code = text_at(l->a, &q, 2);
		p->name = text_at(l->a, &q, 3);
		p->unit = text_at(l->a, &q, 4);
		p->role = text_at(l->a, &q, 5);
	}
	return l->err->code;
}

static enum err_code holders(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(l->db, &load_holders, l->args, 3, &q, l->err));
	while (query_next(&q, l->err)) {
		struct holder *h = ARENA_PUSH(l->a, org->holders, org->nholders, cap);

		h->id = id_at(&q);
		h->post = text_at(l->a, &q, 2);
		h->name = text_at(l->a, &q, 3);
		h->from = date_at(&q, 4);
		h->to = date_at(&q, 5);
		h->acting = query_int(&q, 6) != 0;
	}
	return l->err->code;
}

static enum err_code portfolios(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(l->db, &load_portfolios, l->args, 3, &q, l->err));
	while (query_next(&q, l->err)) {
		struct portfolio *p = ARENA_PUSH(l->a, org->portfolios, org->nportfolios, cap);

		p->id = id_at(&q);
		p->post = text_at(l->a, &q, 2);
		p->unit = text_at(l->a, &q, 3);
		p->from = date_at(&q, 4);
		p->to = date_at(&q, 5);
	}
	return l->err->code;
}

static enum err_code members(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	size_t at = 0, cap = 0;

	TRY(db_query(l->db, &load_members, l->args, 1, &q, l->err));
	while (query_next(&q, l->err)) {
		struct body *b;

		for (; at < org->nbodies && org->bodies[at].id.seq < query_int(&q, 0); at++)
			cap = 0;
		if (at == org->nbodies)
			break;
		b = &org->bodies[at];
		*ARENA_PUSH(l->a, b->members, b->nmembers, cap) = text_at(l->a, &q, 1);
	}
	return l->err->code;
}

static enum err_code bodies(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(l->db, &load_bodies, l->args, 1, &q, l->err));
	while (query_next(&q, l->err)) {
		struct body *b = ARENA_PUSH(l->a, org->bodies, org->nbodies, cap);

		b->id = id_at(&q);
		b->code = text_at(l->a, &q, 2);
		b->name = text_at(l->a, &q, 3);
		b->unit = text_at(l->a, &q, 4);
	}
	TRY(l->err->code);
	return members(l, org);
}

static enum err_code office(struct loading *l, struct org *org)
{
	struct query q CLEANUP(query_done) = {0};
	struct node *settings = node_map(l->a);
	struct office *o = &org->office;

	o->settings = settings;
	TRY(db_query(l->db, &load_office, l->args, 1, &q, l->err));
	if (!query_next(&q, l->err))
		return l->err->code;
	o->id = id_at(&q);
	o->code = text_at(l->a, &q, 2);
	o->name = text_at(l->a, &q, 3);
	o->short_name = text_at(l->a, &q, 4);
	o->year = (int)query_int(&q, 5);
	TRY(json_read(l->a, text_at(l->a, &q, 6), (struct json_opt){0}, &settings, l->err));
	o->settings = settings;
	return OK;
}

enum err_code org_load(struct db *db, struct arena *a, struct date on, struct org *out, struct err *err)
{
	struct loading l = {.db = db, .a = a, .err = err};
	struct org org = {0};

	l.args[0] = V_INT(ORIGIN_HERE);
	l.args[1] = V_INT(date_is(on) ? on.n : INT32_MAX);
	l.args[2] = V_INT(date_is(on) ? on.n : INT32_MIN);
	TRY(units(&l, &org));
	TRY(posts(&l, &org));
	TRY(holders(&l, &org));
	TRY(portfolios(&l, &org));
	TRY(bodies(&l, &org));
	TRY(office(&l, &org));
	org_index(a, &org);
	*out = org;
	return OK;
}
