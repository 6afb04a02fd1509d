/* One tree for YAML and JSON: what was written, with the place it was written at. Lives in an arena.
 * Scalars of YAML are text until a field's type reads them; JSON keeps its kinds. */
#ifndef TEXT_NODE_H
#define TEXT_NODE_H

#include "base/arena.h"
#include "base/err.h"

enum node_kind {
	NODE_NULL,
	NODE_BOOL,     /* JSON only */
	NODE_INT,      /* JSON only */
	NODE_TEXT,     /* any YAML scalar; a JSON string */
	NODE_LIST,
	NODE_MAP
};

struct node {
	enum node_kind kind;
	int line, col;            /* from 1; 0 for nodes built by the program */
	const char *file;         /* where several files make one tree: the one it stands in; else NULL */
	bool quoted;              /* YAML: the scalar stood in quotes */
	bool yes;                 /* NODE_BOOL */
	int64_t num;              /* NODE_INT */
	bool decimal;             /* NODE_TEXT: a decimal number, which json_pretty writes without quotes */
	struct str text;          /* NODE_TEXT; valid UTF-8, NFC */
	struct node **items;      /* NODE_LIST and NODE_MAP: [n] */
	struct node **keys;       /* NODE_MAP: [n], NODE_TEXT, no two alike */
	size_t n, cap, keys_cap;
};

/* The value of a key, NULL when absent or when map is NULL or no map. */
struct node *node_get(const struct node *map, struct str key);
#define NODE_GET(map, lit) node_get((map), S(lit))

/* The text of a key's value; empty when absent or no text. */
struct str node_text(const struct node *map, struct str key);

/* The integer of a key's value (JSON); fallback when absent or no integer. */
int64_t node_int(const struct node *map, struct str key, int64_t fallback);
bool node_true(const struct node *map, struct str key);   /* JSON true; false when absent */

/* As YAML on one line, as it may stand behind a key: {count: 2, take: {of: meeting}}, [甲, 乙], text, "a: b". What
 * yaml_read makes of it is alike. In an arena. */
struct str node_flow(struct arena *a, const struct node *n);

/* Do both say the same, keys in the same order? Places, quotes and files make no difference. */
bool node_alike(const struct node *a, const struct node *b);

/* Says of a whole tree which file it stands in, for errors. name must live as long. */
void node_of_file(struct node *tree, const char *name);

/* Building: new nodes in the arena. node_set keeps the keys in the order given and refuses (BUG) a second
 * of the same name. Strings are not copied. */
struct node *node_map(struct arena *a);
struct node *node_list(struct arena *a);
struct node *node_str(struct arena *a, struct str s);
struct node *node_num(struct arena *a, int64_t v);
struct node *node_bool(struct arena *a, bool v);
struct node *node_null(struct arena *a);
void node_set(struct arena *a, struct node *map, struct str key, struct node *value);
void node_push(struct arena *a, struct node *list, struct node *value);

/* For readers, who keep the key's place: adds without looking for an equal key, and asks once at the end of
 * the map. node_repeat: the first key that repeats an earlier one (*first), NULL when no two are alike. */
void node_put(struct arena *a, struct node *map, struct node *key, struct node *value);
const struct node *node_repeat(const struct node *map, const struct node **first);

#endif
