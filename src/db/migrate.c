#include "db/driver.h"

/* Is there something to do, and what is the last? -1 says that the tables are another program's. */
static enum err_code version(struct db *db, int64_t *out, struct err *err)
{
	CLEANUP(query_done) struct query q = {0};

	TRY(db_query_text(db, db->driver->version, &q, err));
	if (!query_next(&q, err))
		return err->code != OK ? err->code : fail(err, ERR_DB,
			"the database does not say its version");
	*out = query_int(&q, 1) ? -1 : query_int(&q, 0);
	return OK;
}

/* Applies the first one that is missing, in the transaction that is open; *more: there was one. */
static enum err_code step(struct db *db, bool *more, struct err *err)
{
	const struct sql_file *f = sql_files;
	int64_t now = 0, last = 0;

	if (db->driver->migrate_lock)
		TRY(db_exec(db, db->driver->migrate_lock, err));
	TRY(version(db, &now, err));
	if (now < 0)
		return fail(err, ERR_INPUT, "the database holds tables of another program");
	for (; f->number; f++)
		last = f->number;
	if (now > last)
		return fail(err, ERR_DB, "the database was made by a newer version of the program "
			"(its number is %d, this one knows %d)", (int)now, (int)last);
	for (f = sql_files; f->number && f->number <= now; f++)
		;
	*more = f->number != 0;
	if (!*more)
		return OK;
	if (db_exec(db, db->driver->kind == DB_SQLITE ? f->sqlite : f->postgres, err) != OK)
		return err_at(err, "sql/%s.sql", f->name);
	return db->driver->set_version(db, f->number, f->name, err);
}

bool db_behind(struct db *db)
{
	struct err err = {0};
	int64_t now = 0, last = 0;

	for (const struct sql_file *f = sql_files; f->number; f++)
		last = f->number;
	return version(db, &now, &err) == OK && now > 0 && now < last;
}

enum err_code db_migrate(struct db *db, struct err *err)
{
	bool more = true;

	while (more) {
		TRY(db_begin(db, err));
		if (step(db, &more, err) != OK) {
			db_rollback(db);
			return err->code;
		}
		TRY(db_commit(db, err));
	}
	db_stmt_drop(db);      /* PostgreSQL's were made for the tables as they were */
	return OK;
}
