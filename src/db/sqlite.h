/* Inside of db/: the SQLite connection, shared by sqlite.c (statements) and sqlite_open.c (settings). */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include "db/driver.h"

#include <sqlite3.h>

enum {
	SQLITE_APPLICATION = 0x5A52454E,   /* "ZREN" in the file's header */
};

struct sqlite {
	struct db db;
	sqlite3 *h;
	char *path;
	int page_size, wal_pages;
	bool broken;      /* a write to the disk failed behind a commit: nothing more is written */
};

extern const struct db_driver sqlite_driver;

/* Fills err with what the last call on the connection met; what: the statement or step. */
enum err_code sqlite_fail(const struct sqlite *s, int rc, const char *what, struct err *err);

/* Moves the write-ahead log into the file (SQLITE_CHECKPOINT_…). Readers in the way are no error. */
enum err_code sqlite_checkpoint(struct sqlite *s, int mode, struct err *err);

/* Closes and frees what sqlite_open has made, complete or not. */
void sqlite_done(struct db *db);

#endif
