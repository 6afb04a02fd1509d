/* Nodes into structs, strictly: a table of keys says what a map may hold. An unknown key, a missing one or a
 * value of the wrong shape is an error that names line and column, the key, what was expected and the nearest
 * valid name. */
#ifndef TEXT_BIND_H
#define TEXT_BIND_H

#include "base/near.h"
#include "text/node.h"

enum bind_kind {
	BIND_TEXT,    /* struct str: a scalar */
	BIND_TEXTS,   /* struct texts: a list of scalars, or one scalar */
	BIND_INT,     /* int64_t */
	BIND_YES,     /* bool: yes or no (true or false) */
	BIND_NODE,    /* const struct node *: anything, read later by its own code */
	BIND_MAP,     /* the same, must be a map */
	BIND_LIST     /* the same, must be a list */
};

struct texts {
	struct str *p;
	size_t n;
};

struct bind {
	const char *key;
	enum bind_kind kind;
	bool required;
	size_t at;        /* offsetof in the struct */
};

/* Reads map by rules into out (which the caller has cleared). what names the map in errors, a message key: N_("the
 * sheet"). */
enum err_code bind_map(struct arena *a, const struct node *map, const struct bind *rules, size_t n, const char *what,
	void *out, struct err *err);

/* ERR_INPUT "line 3, column 7: …" at a node (without place where it has none), "common.yaml: line 3, …" where it
 * names its file. */
enum err_code node_fail(const struct node *at, struct err *err, const char *fmt, ...) PRINTF(3, 4);

/* Where a node stands, for a message about another one: "common.yaml, line 3" or "line 3". */
struct str node_place(struct arena *a, enum lang lang, const struct node *at);

/* True when one of t is s, byte for byte. */
bool texts_have(const struct texts *t, struct str s);

#endif
