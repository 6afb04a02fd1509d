/* Workbooks that take a while: made in a thread of their own, so that a page can show how far it is, then sent from the
 * disk as often as asked. Each is its asker's alone, has no name on the disk, and is gone after an hour, when too many
 * are made, or when the program ends. Threads may share it. */
#ifndef WEB_TAKES_H
#define WEB_TAKES_H

#include "crypto/token.h"
#include "record/export.h"
#include "web/world.h"

struct takes;

enum {
	TAKE_ROWS = 20000,               /* records from which on it is worth a page: some seconds */
	TAKES_EACH = 2,                  /* of one account */
	TAKES_ALL = 16,
	TAKE_SECONDS = 3600
};

/* dir: the data directory; worlds: outlive it. ERR_IO when the thread cannot be started. */
enum err_code takes_open(const char *dir, struct log_opt opt, struct worlds *worlds, struct takes **out,
	struct err *err);
void takes_close(struct takes **t);      /* waits for the one that is made; for CLEANUP */

struct take_given {
	struct str login, title;         /* title: of the file, without ending */
	struct str key;                  /* what is asked for, of which position of the log: two alike are one */
	enum lang lang;                  /* of reasons */
	const struct world *world;       /* its scheme and organisation; held as long as needed */
	const struct record_type *type;  /* the registers of this type; NULL: all */
	struct export_ask ask;           /* copied: ids too; org and progress are not looked at */
	size_t all;                      /* records, about */
};

/* Queues it; where the same waits, is made or is there, that is it. ERR_LIMIT where too many are under way. */
enum err_code take_put(struct takes *t, const struct take_given *given, char token[TOKEN_TEXT], struct err *err);

enum take_state { TAKE_WAITING, TAKE_MAKING, TAKE_PACKING, TAKE_READY, TAKE_FAILED };

struct take_look {
	enum take_state state;
	struct str title, error;         /* error: FAILED */
	size_t rows, all;                /* rows: may be more than all */
	int64_t size, left;              /* READY: bytes; seconds until it is gone */
	bool fetched;                    /* somebody has begun to load it */
	struct str *notes;               /* READY: what it could not take as it is */
	size_t nnotes;
};

/* A snapshot, in a. ERR_NOT_FOUND for a token that is none, another's, or gone. */
enum err_code take_look(struct takes *t, struct arena *a, struct str token, struct str login, struct take_look *out,
	struct err *err);

/* The file, opened once more; its title in a. ERR_NOT_FOUND as take_look, ERR_BUSY while it is made. */
enum err_code take_file(struct takes *t, struct arena *a, struct str token, struct str login, int *fd, int64_t *size,
	struct str *title, struct err *err);

#endif
