/* Routes: method, path and declared parameters. A handler sees only what its route declares, read and checked here;
 * anything else that a request carries is refused by name. Knows nothing of sockets. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum param_kind {
	PARAM_TEXT,      /* one line, trimmed: no control characters */
	PARAM_LONG,      /* several lines: line ends become LF, no other control characters */
	PARAM_SECRET,    /* as typed, for passwords: not trimmed, never shown again */
	PARAM_WORD,      /* letters of any script, digits and - _ . ~ : codes, names of types */
	PARAM_INT,       /* 0 to 10^15 */
	PARAM_DATE,      /* 2022-06-03 */
	PARAM_FLAG,      /* there or not; 1, on or yes */
	PARAM_FILE,      /* a part with a file name, of a multipart body */
	PARAM_FIELDS     /* every parameter whose name begins with this name: f.date, f.kind */
};

struct param {
	const char *name;
	enum param_kind kind;
	size_t max;          /* bytes of one value; 0: 200 */
	bool must, many;     /* many: may be given more than once */
};

enum { ROUTE_PARAMS = 24, ROUTE_SEGMENTS = 8, PARAM_VALUES = 2000 };

struct route {
	const char *method;  /* GET (also answers HEAD) or POST */
	const char *path;    /* "/registers/:type"; a part that begins with : is a parameter */
	void (*run)(void);   /* the handler, of the type that the server above casts to */
	int act;             /* what the person must be allowed to do */
	unsigned flags;      /* of the server above */
	struct param params[ROUTE_PARAMS];
	size_t nparams;
};

enum route_found { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_OTHER_METHOD };

/* What stands in a path's parameters, in order. */
struct route_match {
	const struct route *route;
	struct str parts[ROUTE_SEGMENTS];
	size_t n;
};

/* The route of a decoded path ("/registers/meeting"); a literal part goes before a parameter. */
enum route_found route_find(
	const struct route *routes, size_t n, struct str method, struct str path, struct route_match *out);

/* One value as it came: of the path, a query, a form or a part of a multipart body. */
struct given {
	struct str name, value;
	bool is_file;
	struct str file;           /* IS_FILE: what it is called; value is empty */
	int fd;                    /* IS_FILE: where its bytes are … */
	int64_t at, size;          /* … in that file; read with pread */
};

/* What was given of each declared parameter, in the order given. */
struct values {
	const struct route *route;
	struct {
		struct given *p;
		size_t n, cap;
	} of[ROUTE_PARAMS];
};

/* Checks everything that was given against the declaration. ERR_INPUT for an undeclared name, one given twice, or a
 * value of another kind (names the parameter and what was expected); ERR_REQUIRED; ERR_LIMIT. The language is
 * err's. */
enum err_code values_read(struct arena *a, const struct route_match *m, const struct given *given, size_t n,
	struct values *out, struct err *err);

/* The first value of a declared parameter (BUG for another name): empty, -1, DATE_NONE, false when it was not given. */
struct str value_of(const struct values *v, const char *name);
int64_t value_int(const struct values *v, const char *name);
struct date value_date(const struct values *v, const char *name);
bool value_flag(const struct values *v, const char *name);
/* All of them. */
const struct given *values_of(const struct values *v, const char *name, size_t *n);

#endif
