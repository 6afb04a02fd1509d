#include "who/access.h"

#include "who/kinds.h"

#include <stdlib.h>

SQL(access_office_unit,
	"select u.origin, u.seq, u.code from p_office o join p_unit u on u.origin = o.origin and u.code = o.code "
	"where o.origin = ?1");
/* Every unit in reach with every role that reaches it. */
SQL(access_reach,
	"with recursive reach(origin, code, role) as (select g.origin, g.unit, g.role from p_grant g "
	"where g.origin = ?1 and g.login = ?2 and g.ended_seq is null and (g.from_day is null or g.from_day <= ?3) and "
	"(g.until_day is null or g.until_day >= ?3) "
	"union select u.origin, u.code, r.role from reach r join p_unit u on u.origin = r.origin and "
	"u.parent = r.code) "
	"select u.origin, u.seq, u.code, r.role from reach r join p_unit u on u.origin = r.origin and u.code = r.code "
	"order by u.origin, u.seq");

static int by_unit(const void *a, const void *b)
{
	const struct access_unit *x = a, *y = b;

	if (x->unit.origin != y->unit.origin)
		return x->unit.origin < y->unit.origin ? -1 : 1;
	return (x->unit.seq > y->unit.seq) - (x->unit.seq < y->unit.seq);
}

static enum err_code load_office(struct db *db, struct arena *a, struct access *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};

	TRY(db_query(db, &access_office_unit, ARGS(V_INT(ORIGIN_HERE)), &q, err));
	if (query_next(&q, err)) {
		out->office = (struct id){query_int(&q, 0), query_int(&q, 1)};
		out->office_code = arena_str(a, query_text(&q, 2));
	}
	return err->code;
}

static enum err_code load_units(struct db *db, struct arena *a, struct date on, struct access *out, struct err *err)
{
	struct query q CLEANUP(query_done) = {0};
	size_t cap = 0;

	TRY(db_query(db, &access_reach, ARGS(V_INT(ORIGIN_HERE), V_TEXT(out->account.login), V_INT(on.n)), &q, err));
	while (query_next(&q, err)) {
		struct id unit = {query_int(&q, 0), query_int(&q, 1)};
		enum role role;

		if (!role_parse(query_text(&q, 3), &role))
			continue;
		if (!out->n || !id_eq(out->units[out->n - 1].unit, unit))
			*ARENA_PUSH(a, out->units, out->n, cap) =
				(struct access_unit){.unit = unit, .code = arena_str(a, query_text(&q, 2))};
		out->units[out->n - 1].acts |= role_acts(role);
		out->second |= role_second(role);
	}
	for (size_t i = 0; i < out->n; i++)
		map_set(&out->codes, out->units[i].code, &out->units[i]);
	return err->code;
}

enum err_code access_load(
	struct db *db, struct arena *a, struct id account, struct date on, struct access *out, struct err *err)
{
	struct access who = {.codes = MAP_IN(a)};

	TRY(account_by_id(db, a, account, &who.account, err));
	TRY(load_office(db, a, &who, err));
	if (!who.account.closed)
		TRY(load_units(db, a, on, &who, err));
	*out = who;
	return OK;
}

void access_owner(struct access *out)
{
	*out = (struct access){.owner = true};
}

/* ---- deciding ---- */

static bool decide(const struct access *who, enum act act, const struct access_unit *u)
{
	if (who->owner)
		return true;
	if (act_sort(act) == ACT_EVERY)
		return id_is(who->account.id) && !who->account.closed;
	return u && (u->acts >> act & 1);
}

bool may(const struct access *who, enum act act, struct id unit)
{
	struct access_unit key = {.unit = unit};

	return decide(who, act, who->n ? bsearch(&key, who->units, who->n, sizeof key, by_unit) : NULL);
}

bool may_code(const struct access *who, enum act act, struct str unit)
{
	return decide(who, act, who->n ? map_get(&who->codes, unit) : NULL);
}

bool may_office(const struct access *who, enum act act)
{
	return may(who, act, who->office);
}

enum err_code access_need(const struct access *who, enum act act, struct id unit, struct err *err)
{
	if (may(who, act, unit))
		return OK;
	if (act_sort(act) == ACT_THING && !may(who, ACT_VIEW, unit))
		return fail(err, ERR_NOT_FOUND, "there is no such thing here");
	return fail(err, ERR_DENIED, "you may not do this: %s", tr(err->lang, act_label(act)));
}

/* ---- inside an intent ---- */

static bool by_owner(struct str via)
{
	return str_is(via, "cli") || str_is(via, "try") || str_is(via, "test");
}

static bool by_account(struct str via)
{
	return str_is(via, "web") || str_is(via, "api");
}

static enum err_code load_actor(struct tx *tx, struct access *who, struct err *err)
{
	struct account account;
	struct err quiet = {.lang = err->lang};
	enum err_code code;

	*who = (struct access){0};
	if (!by_account(tx->via))
		return OK;
	code = account_get(tx->db, tx->arena, tx->actor, &account, &quiet);
	if (code == ERR_NOT_FOUND)
		return OK;                       /* somebody unknown: nothing is allowed */
	if (code != OK)
		return fail(err, code, "%s", quiet.text);
	return access_load(tx->db, tx->arena, account.id, day_at(log_now(tx->log)), who, err);
}

bool access_all(const struct tx *tx)
{
	return by_owner(tx->via);
}

enum err_code access_check(struct tx *tx, enum act act, struct id unit, struct err *err)
{
	struct access who;

	if (by_owner(tx->via))
		return OK;
	TRY(load_actor(tx, &who, err));
	return access_need(&who, act, unit, err);
}

enum err_code access_office(struct tx *tx, enum act act, struct err *err)
{
	struct access who;

	if (by_owner(tx->via))
		return OK;
	TRY(load_actor(tx, &who, err));
	return access_need(&who, act, who.office, err);
}

enum err_code access_other_hand(const struct tx *tx, struct str before, struct err *err)
{
	if (str_eq(tx->actor, before))
		return fail(err, ERR_DENIED, "another person must do this: the step before is your own");
	return OK;
}

struct str access_roles(struct arena *a, const struct access *who, enum act act)
{
	struct str out = S(",");

	if (who->owner)
		return S("*");
	for (int r = 0; r < ROLE_N; r++)
		if (role_allows((enum role)r, act))
			out = arena_printf(a, STR_FMT "%s,", STR_ARG(out), role_name((enum role)r));
	return out;
}
