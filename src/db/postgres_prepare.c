#include "db/postgres.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

/* ---- text of statements ---- */

/* Behind the literal, quoted name or comment that begins at p; p itself where none does. */
static char *skip_quoted(char *p)
{
	char quote = *p;
	char *end;

	if (quote == '\'' || quote == '"') {      /* a doubled quote begins the next one at once */
		end = strchr(p + 1, quote);
		if (!end)
			BUG("a quote without end: %s", p);
		return end + 1;
	}
	if (p[0] == '-' && p[1] == '-')
		return p + strcspn(p, "\n");
	if (p[0] == '/' && p[1] == '*') {
		end = strstr(p + 2, "*/");
		if (!end)
			BUG("a comment without end: %s", p);
		return end + 2;
	}
	return p;
}

/* ?1 to $1 outside of quotes and comments; in place, the length stays. The largest number. */
static int number_args(char *text)
{
	int most = 0;
	char *p = text;

	while (*p) {
		char *q = skip_quoted(p);

		if (q == p && *p == '?') {
			int n = isdigit((unsigned char)p[1]) ? (int)strtol(p + 1, &q, 10) : 0;

			if (n < 1 || n > DB_ARGS)
				BUG("write ?1 to ?%d: %s", DB_ARGS, text);
			*p = '$';
			most = MAX(most, n);
		}
		p = q > p ? q : p + 1;
	}
	return most;
}

enum err_code pg_prepare(struct db *db, const struct sql *sql, const char *text, struct db_stmt **out,
	struct err *err)
{
	struct pg_stmt *st = calloc(1, sizeof *st);
	char *copy = strdup(text);

	if (!st || !copy)
		BUG("out of memory");
	st->head.sql = sql;
	st->text = copy;
	st->nargs = number_args(copy);
	*out = &st->head;
	return OK;
}

void pg_unprepare(struct db *db, struct db_stmt *dst)
{
	struct pg_stmt *st = pg_stmt_of(dst);

	while (st->variants) {      /* the server forgets them with the connection */
		struct pg_variant *next = st->variants->next;

		free(st->variants);
		st->variants = next;
	}
	free(st->text);
	free(st);
}

/* ---- arguments ---- */

static Oid type_of(const struct val *v)
{
	static const Oid types[] = {
		[VAL_NULL] = 0, [VAL_INT] = PG_INT8, [VAL_TEXT] = PG_TEXT, [VAL_BLOB] = PG_BYTEA,
	};

	return types[v->kind];
}

static enum err_code fill_args(const struct pg_stmt *st, const struct val *args, size_t n,
	struct pg_args *out, struct err *err)
{
	if ((int)n != st->nargs)
		BUG("%s: %zu arguments, the statement has %d", db_stmt_name(&st->head), n, st->nargs);
	for (size_t i = 0; i < n; i++) {
		const struct val *v = &args[i];

		out->format[i] = 1;
		switch (v->kind) {
		case VAL_NULL:
			out->p[i] = NULL;
			out->len[i] = 0;
			continue;
		case VAL_INT:
			for (int b = 0; b < 8; b++)      /* big-endian */
				out->number[i][b] = (char)((uint64_t)v->i >> (56 - 8 * b));
			out->p[i] = out->number[i];
			out->len[i] = 8;
			continue;
		case VAL_TEXT:
			if (v->s.n && memchr(v->s.p, 0, v->s.n))
				return fail(err, ERR_INPUT, "%s: a text with a zero byte cannot be stored",
					db_stmt_name(&st->head));
			break;
		case VAL_BLOB:
			break;
		}
		if (v->s.n > INT_MAX)
			return fail(err, ERR_LIMIT, "%s: a value is too long for the database",
				db_stmt_name(&st->head));
		out->p[i] = v->s.n ? v->s.p : "";
		out->len[i] = (int)v->s.n;
	}
	return OK;
}

/* Prepares on the server; types of 0 are found by it. */
static enum err_code make_variant(struct pg *p, struct pg_stmt *st, const Oid *types, struct pg_variant **out,
	struct err *err)
{
	struct pg_variant *v = calloc(1, sizeof *v);
	PGresult *r;
	bool open = false;

	if (!v)
		BUG("out of memory");
	snprintf(v->name, sizeof v->name, "s%lu", ++p->prepared);
	for (int i = 0; i < st->nargs; i++) {
		v->types[i] = types[i];
		open |= types[i] == 0;
	}
	r = PQprepare(p->c, v->name, st->text, st->nargs, v->types);
	if (PQresultStatus(r) == PGRES_COMMAND_OK && open) {
		PQclear(r);
		r = PQdescribePrepared(p->c, v->name);
		for (int i = 0; i < st->nargs; i++)
			v->types[i] = PQparamtype(r, i);
	}
	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		pg_fail(p, r, db_stmt_name(&st->head), err);
		PQclear(r);
		free(v);
		return err->code;
	}
	PQclear(r);
	v->next = st->variants;
	st->variants = *out = v;
	return OK;
}

static enum err_code find_variant(struct pg *p, struct pg_stmt *st, const struct val *args,
	struct pg_variant **out, struct err *err)
{
	for (struct pg_variant *v = st->variants; v; v = v->next) {
		int i = 0;

		while (i < st->nargs && (args[i].kind == VAL_NULL || v->types[i] == type_of(&args[i])))
			i++;
		if (i == st->nargs) {
			*out = v;
			return OK;
		}
	}
	{
		Oid types[DB_ARGS] = {0};

		for (int i = 0; i < st->nargs; i++)
			types[i] = type_of(&args[i]);
		return make_variant(p, st, types, out, err);
	}
}

enum err_code pg_bind(struct pg *p, struct pg_stmt *st, const struct val *args, size_t n, struct pg_args *out,
	struct pg_variant **variant, struct err *err)
{
	TRY(fill_args(st, args, n, out, err));
	return find_variant(p, st, args, variant, err);
}

enum err_code pg_check_cols(struct pg_stmt *st, const PGresult *r, struct err *err)
{
	for (int i = 0; i < PQnfields(r); i++)
		switch (PQftype(r, i)) {
		case PG_BOOL: case PG_INT2: case PG_INT4: case PG_INT8:
		case PG_TEXT: case PG_VARCHAR: case PG_CHAR: case PG_NAME: case PG_BYTEA:
			break;
		default:
			return fail(err, ERR_DB, "%s: column %d is neither integer, text nor bytes "
				"(PostgreSQL's type %u); cast it", db_stmt_name(&st->head), i + 1, PQftype(r,
					i));
		}
	st->cols_known = true;
	return OK;
}

/* What the server infers for each argument, and whether it then takes the type that calls will send. */
enum err_code pg_check(struct db *db, struct db_stmt *dst, struct err *err)
{
	struct pg *p = pg_of(db);
	struct pg_stmt *st = pg_stmt_of(dst);
	Oid types[DB_ARGS] = {0};
	struct pg_variant *v = NULL;
	PGresult *r;

	pg_make_ready(p, err->lang);
	TRY(make_variant(p, st, types, &v, err));
	for (int i = 0; i < st->nargs; i++)
		switch (v->types[i]) {
		case PG_INT2: case PG_INT4: case PG_INT8:
			types[i] = PG_INT8;
			break;
		case PG_TEXT: case PG_VARCHAR: case PG_NAME:
			types[i] = PG_TEXT;
			break;
		case PG_BYTEA:
			types[i] = PG_BYTEA;
			break;
		default:
			return fail(err, ERR_DB, "%s: argument %d is neither integer, text nor bytes "
				"(PostgreSQL's type %u); cast it", db_stmt_name(dst), i + 1, v->types[i]);
		}
	TRY(make_variant(p, st, types, &v, err));
	r = PQdescribePrepared(p->c, v->name);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		pg_fail(p, r, db_stmt_name(dst), err);
	else
		pg_check_cols(st, r, err);
	PQclear(r);
	return err->code;
}
