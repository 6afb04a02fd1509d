#include "db/postgres.h"

#include <stdlib.h>

enum { OLDEST = 130000 };

/* Messages of libpq end in a line break, and may have several lines. */
static void first_line(const char *text, char *out, size_t size)
{
	snprintf(out, size, "%.*s", (int)strcspn(text, "\n"), text);
}

enum err_code pg_fail(const struct pg *p, const PGresult *r, const char *what, struct err *err)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *said = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	struct str code = str_c(state), class = str_sub(code, 0, 2);
	char text[512];

	first_line(said ? said : PQerrorMessage(p->c), text, sizeof text);
	if (PQstatus(p->c) == CONNECTION_BAD)
		return fail(err, ERR_IO, "%s: the connection to PostgreSQL is lost: %s", p->name, text);
	if (str_is(class, "23"))
		return fail(err, ERR_CONFLICT, "%s: a rule of the database forbids it: %s", what, text);
	if (str_is(class, "40") || str_is(code, "55P03"))
		return fail(err, ERR_BUSY, "%s: another program is writing; try again", p->name);
	if (str_is(code, "53100"))
		return fail(err, ERR_IO, "%s: disk is full", p->name);
	if (str_is(class, "53") || str_is(class, "57") || str_is(class, "58"))
		return fail(err, ERR_IO, "%s: PostgreSQL cannot go on: %s", p->name, text);
	if (str_is(class, "54"))
		return fail(err, ERR_LIMIT, "%s: a value is too long for the database", what);
	if (str_is(code, "XX001") || str_is(code, "XX002"))
		return fail(err, ERR_DAMAGED, "%s: the database is damaged: %s", p->name, text);
	if (str_is(code, "25P02"))
		return fail(err, ERR_DB, "%s: an earlier error has undone the transaction", p->name);
	return fail(err, ERR_DB, "%s: refused by the database: %s", what, text);
}

/* ---- what the server must be ---- */

enum { ENCODING, COLLATION, ORDER, FSYNC, PAGES, COMMIT, NANSWERS };
static const char question[] =
	"select current_setting('server_encoding'), "
	"(select datcollate from pg_catalog.pg_database where datname = current_database()), "
	"(select string_agg(x, '' order by x) "
	"from unnest(array['b', '~', '一', 'B', 'é', '_', '中', 'a ', 'a']) x), "
	"current_setting('fsync'), current_setting('full_page_writes'), "
	"current_setting('synchronous_commit')";

static enum err_code check_text(const struct pg *p, const PGresult *r, struct err *err)
{
	const char *encoding = PQgetvalue(r, 0, ENCODING);

	if (strcmp(encoding, "UTF8"))
		return fail(err, ERR_DB,
			"%s: the database is in %s; make one with: createdb -T template0 -E UTF8 "
			"--locale=C NAME", p->name, encoding);
	if (strcmp(PQgetvalue(r, 0, ORDER), "B_aa b~é一中"))      /* by bytes, as SQLite sorts */
		return fail(err, ERR_DB,
			"%s: the database sorts text by the rules of %s; make one with: createdb "
			"-T template0 -E UTF8 --locale=C NAME", p->name, PQgetvalue(r, 0, COLLATION));
	return OK;
}

static enum err_code check_durable(const struct pg *p, const PGresult *r, struct err *err)
{
	static const struct { int col; const char *name; } settings[] = {
		{FSYNC, "fsync"}, {PAGES, "full_page_writes"}, {COMMIT, "synchronous_commit"},
	};
	const char *force = getenv("ZEREN_FORCE_PG");

	if (p->db.opt.scratch || (force && !strcmp(force, "1")))
		return OK;
	for (size_t i = 0; i < LEN(settings); i++)
		if (!strcmp(PQgetvalue(r, 0, settings[i].col), "off"))
			return fail(err, ERR_DB,
				"%s: PostgreSQL's %s is off: a power cut would lose what was recorded; "
				"set it to on (ZEREN_FORCE_PG=1 to use it all the same)", p->name,
					settings[i].name);
	return OK;
}

static enum err_code check_server(struct pg *p, struct err *err)
{
	int version = PQserverVersion(p->c);
	PGresult *r;

	if (version < OLDEST)
		return fail(err, ERR_DB, "%s: PostgreSQL %d is too old, 13 or later is needed", p->name,
			version / 10000);
	r = PQexec(p->c, question);
	if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1 || PQnfields(r) != NANSWERS)
		pg_fail(p, r, "database", err);
	else if (check_text(p, r, err) == OK)
		check_durable(p, r, err);
	PQclear(r);
	return err->code;
}

/* ---- opening ---- */

/* Notices are for nobody: only cli/, http/ and job/ print. */
static void drop_notice(void *ctx, const char *message)
{
}

static enum err_code set_up(struct pg *p, const char *where, struct err *err)
{
	/* what the address itself says comes after, and counts */
	static const char *const keys[] = {"connect_timeout", "fallback_application_name", "dbname",
		"client_encoding", NULL};
	const char *const values[] = {"10", "zeren", where, "UTF8", NULL};
	const char *host, *name;
	char text[512];

	p->c = PQconnectdbParams(keys, values, 1);
	if (!p->c)
		BUG("out of memory");
	host = PQhost(p->c);
	name = PQdb(p->c);
	if (asprintf(&p->name, "%s%s%s", name ? name : "PostgreSQL", host && *host ? "@" : "",
		host ? host : "") < 0)
		BUG("out of memory");
	first_line(PQerrorMessage(p->c), text, sizeof text);
	if (PQstatus(p->c) != CONNECTION_OK)
		return fail(err, ERR_IO, "%s: no connection to PostgreSQL: %s", p->name, text);
	PQsetNoticeProcessor(p->c, drop_notice, NULL);
	TRY(check_server(p, err));
	TRY(db_exec(&p->db, "set standard_conforming_strings = on; set client_min_messages = warning; "
		"set default_transaction_isolation = 'repeatable read'", err));
	return p->db.opt.read_only ? db_exec(&p->db, "set default_transaction_read_only = on", err) : OK;
}

void pg_done(struct db *db)
{
	struct pg *p = (struct pg *)db;

	PQfinish(p->c);
	free(p->name);
	free(p);
}

enum err_code postgres_open(const char *where, struct db_opt opt, struct db **out, struct err *err)
{
	struct pg *p = calloc(1, sizeof *p);

	if (!p)
		BUG("out of memory");
	*p = (struct pg){.db = {.driver = &pg_driver, .opt = opt}};
	if (set_up(p, where, err) != OK) {
		pg_done(&p->db);
		return err->code;
	}
	*out = &p->db;
	return OK;
}
