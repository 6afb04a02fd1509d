/* An upload waiting for its person's word: registers that somebody has sent, read and compared, not yet written. It is
 * its sender's alone, lies in DIR/staging/import-TOKEN/, and is gone after two hours, when it is forgotten, or when the
 * program ends. Reading runs in threads of its own, so that a page can show how far it is. Threads may share it. */
#ifndef WEB_DROP_H
#define WEB_DROP_H

#include "crypto/token.h"
#include "http/http.h"
#include "record/import.h"

struct drops;

enum {
	DROPS_EACH = 4,                  /* that wait for one account */
	DROPS_ALL = 32,
	DROP_SECONDS = 7200,
	DROP_READERS = 2                 /* read at a time; others wait their turn */
};
#define DROPS_BYTES ((size_t)2 << 30)    /* memory of all that was read */

/* dir: the data directory, which this process has open for writing (what an earlier one left in staging/ went when it
 * was opened); kinds: of its readers. ERR_IO when a thread cannot be started. */
enum err_code drops_open(const char *dir, struct log_opt opt, struct drops **out, struct err *err);
void drops_close(struct drops **d);      /* waits for what is being read; for CLEANUP */

/* ---- giving ---- */

/* A part of an upload (http/multipart.h). What ends like a register (import_is_register) is one, all else is evidence
 * that they may name. */
struct drop_file {
	struct str name;                 /* 1 to 255 bytes, no path */
	const struct http_body *body;
	int64_t at, size;
};

struct drop_given {
	struct str login;
	int year;                        /* of the registers; 0: the office's */
	enum lang lang;                  /* of reasons */
	const struct drop_file *files;
	size_t n;
};

/* Copies the files and queues them. The caller has looked whether the account may import (ACT_IMPORT); drop_take looks
 * again. ERR_REQUIRED without a register; ERR_LIMIT where too many wait already; ERR_INPUT
 * for two evidence files of one name. */
enum err_code drop_put(struct drops *d, const struct drop_given *given, char token[TOKEN_TEXT], struct err *err);

/* ---- looking ---- */

enum drop_state {
	DROP_WAITING,                    /* for its turn */
	DROP_READING,
	DROP_READY,                      /* for its person */
	DROP_WRITING,
	DROP_TAKEN,                      /* written; the refused rows may still be had */
	DROP_FAILED                      /* error says why */
};

/* What of it: rows of a class, or what is said beside them. */
enum drop_list { DROP_ROWS, DROP_NOTICES, DROP_GONE };

struct drop_ask {
	enum drop_list list;
	enum row_class class;            /* DROP_ROWS */
	int table;                       /* number, or -1: of all */
	size_t from, most;
};

struct drop_row {
	size_t table;
	int row;                         /* in the file; 0: the whole table */
	struct id id;                    /* CHANGE, SAME, GONE: the record that is here */
	struct str column, text;         /* REFUSED: the column, in the file's words, and why; NOTICES, GONE: what */
	int same_as;                     /* DUPLICATE: row */
	struct date day;                 /* OUT_OF_YEAR */
	struct str *cells;               /* DROP_ROWS: [heads of its table] for people */
};

struct drop_table {
	struct str source, title;        /* file#sheet; the register it was taken for */
	struct str type;                 /* of its records */
	struct str problem;              /* not empty: it cannot be taken */
	size_t rows, count[ROW_CLASSES], skipped, notices, gone;
	struct str *heads;               /* its columns that are read, in the file's order and words */
	struct str *fields;              /* [nheads] and what they are called in the scheme */
	size_t nheads;
};

struct drop_look {
	enum drop_state state;
	int year;                        /* READY and behind */
	struct str *files;               /* names of the registers */
	size_t nfiles, files_read;
	size_t rows_read;                /* of all that were read; how many there are is not known before */
	int64_t left;                    /* seconds until it is gone */
	struct str error;                /* FAILED */
	struct id import;                /* TAKEN; ID_NONE: there was nothing to write */
	bool clean, anything;            /* import_clean, import_anything: as long as it is READY */
	struct drop_table *tables;       size_t ntables;
	struct str *unmapped;            size_t nunmapped;
	size_t count[ROW_CLASSES], notices, gone;      /* of all tables */
	struct drop_row *rows;           size_t nrows;  /* as asked */
	size_t all;                      /* how many there are of them */
};

/* A snapshot, in a. ERR_NOT_FOUND for a token that is none, another's, or gone. */
enum err_code drop_look(struct drops *d, struct arena *a, struct str token, struct str login, struct drop_ask ask,
	struct drop_look *out, struct err *err);

/* The tokens of an account, the newest first. */
size_t drop_list(struct drops *d, struct str login, char tokens[DROPS_EACH][TOKEN_TEXT]);

/* ---- deciding ---- */

/* Writes it, as login by "web": all of it, or with partial the good rows. *id: the import, ID_NONE when nothing had to
 * be written; the same again for one that is TAKEN. ERR_CONFLICT, ERR_INPUT as import_may; ERR_CONFLICT where records
 * have changed since it was read: it is READY again with what is the case now, to be looked at once more. ERR_BUSY
 * while it is read. */
enum err_code drop_take(struct drops *d, struct writer *w, struct str token, struct str login, bool partial,
	struct id *id, struct err *err);

/* The workbook of its refused rows, opened: for http_file. ERR_NOT_FOUND where none is refused, ERR_BUSY while it is
 * read or written. */
enum err_code drop_refused(struct drops *d, struct str token, struct str login, int *fd, int64_t *size,
	struct err *err);

/* Gives it up. One that is not there is fine. */
void drop_forget(struct drops *d, struct str token, struct str login);

#endif
