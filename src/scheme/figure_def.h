/* Inside figures: a definition (口径) as the scheme says it. The language is described in docs/scheme.md ("Figures");
 * what it is on a day tells duty/figure.h. */
#ifndef SCHEME_FIGURE_DEF_H
#define SCHEME_FIGURE_DEF_H

#include "scheme/duty_def.h"

enum { FIGURE_DEPTH = 8, FIGURE_BRACES = 3, FIGURE_DIGITS = 3 };

/* ---- a definition ---- */

/* What is looked at in a record or a slot. */
enum look { LOOK_PATH, LOOK_ROW, LOOK_OWNER, LOOK_OBJECT, LOOK_LABEL, LOOK_STATE, LOOK_DUE, LOOK_DONE_ON, LOOK_DONE,
	LOOK_ROWS, LOOK_HOLDER };
struct look_at {
	enum look look;
	struct path path;                /* PATH: of a record */
};

/* Where records or slots come from. A part's source is its figure's, narrowed. */
struct source {
	enum { OVER_NOTHING, OVER_RECORDS, OVER_SLOTS } kind;
	const struct record_type *type;  /* of the records; of those that fill the slots, NULL when of several types */
	struct set set;                  /* RECORDS */
	const struct duty *duty;         /* SLOTS */
	unsigned states;                 /* SLOTS: bits of enum slot_state */
	struct where *wheres;            /* SLOTS: one record of the slot meets them all */
	size_t nwheres;
	const struct source *self;       /* where it lies: what items are remembered by */
};

/* A piece of "{name} {number:unit}": a text, or a field, with the unit word that was written beside it. */
struct piece {
	struct str text;
	bool field, unit;
	struct look_at at;
	struct str unit_key;
};

/* A named entry of a list of maps. */
struct column {
	struct str name;
	enum { COLUMN_FIELD, COLUMN_FITS, COLUMN_COUNT } kind;
	struct look_at at;               /* FIELD */
	struct where fits;               /* FITS: does the record (one of the slot's) meet it? */
	struct set set;                  /* COUNT: how many of these name the record by link */
	const struct field *link;
};

struct group {
	enum { BY_NONE, BY_FIELD, BY_MONTH, BY_LOOKUP } kind;
	struct look_at at;
	struct str lookup;
	struct texts all;                /* members that are there even with nothing counted */
	bool only;                       /* and no others */
};

enum order { ORDER_DAY, ORDER_ROW, ORDER_FIELD };

/* What a measure takes and may have beside it: bits. */
enum measure_arg { ARG_SET, ARG_REVIEWS, ARG_FIELDS, ARG_FIELD, ARG_TWO_FIELDS, ARG_LIST, ARG_PARTS,
	ARG_TWO, ARG_MANY, ARG_ONE /* these three look at other values only */ };
enum { WITH_SET = 1, WITH_BY = 2, WITH_DIGITS = 4, WITH_AS = 8, WITH_ONCE = 16, WITH_ROWS = 32, WITH_IDS = 64,
	WITH_SORT = 128, WITH_DIFFER = 256,
	OWN_FACTS = 512 /* says itself which records a value has; else those counted are */, GIVES_LIST = 1024 };
struct measure {
	const char *name;
	enum measure_arg arg;
	unsigned with;
};
enum {
#define M(fn, name, arg, with) MEASURE_##fn,
#include "tbl/measures.h"
#undef M
	MEASURE_N
};
extern const struct measure figure_measures[];   /* [MEASURE_N], ended by a measure without name */

struct expr {
	const struct measure *measure;   /* NULL: the value of another figure (ref) or of a part beside (part) */
	struct figure *figure;
	struct source from;
	struct look_at *at;              /* fields */
	size_t nat;
	struct piece *pieces;
	size_t npieces;
	struct column *columns;
	size_t ncolumns;
	const struct column *differ[2];  /* only entries in which these two differ */
	struct str *names, *plain;       /* of parts; plain: squeezed, for comparing */
	struct str *titles;              /* of parts, for people; empty: none */
	struct expr **args;              /* operands, parts */
	size_t nargs;
	struct group by;
	int digits;
	bool percent, once, nonzero, ids;
	enum order order;
	struct look_at sort;             /* ORDER_FIELD */
	struct str ref;
	struct expr *part;
	enum { FRESH, BUSY, DONE } walk; /* looking for circles among parts */
	const struct node *node;
};

/* "honours.{state}.{level}": texts around fields. */
struct brace {
	struct str before, plain, field; /* plain: squeezed, for comparing */
	struct group by;
};

struct figure {
	struct str name, plain, rule;
	struct str title;                /* for people; of a family with {field}; empty: none */
	struct brace *braces;            /* a family has some */
	size_t nbraces;
	struct str after, after_plain;   /* behind the last brace */
	struct day_ref on;
	bool has_on, any_day;
	struct expr *expr;
	struct texts needs, duties;      /* names of figures and ids of duties it follows from */
	size_t needs_cap, duties_cap;
	enum { UNSEEN, WALKING, SEEN } walk;
	const struct node *key, *node;
};

/* ---- loading ---- */

struct loader {
	struct arena *a;
	struct scheme *s;
	struct map sets;                 /* name of a figure over records → its struct set */
	struct figure *figure;           /* being read */
	struct expr **refs;              /* all that name another figure, or a part beside */
	size_t nrefs, cap;
	int depth;
};

/* A figure or part without the keys of a figure alone. from: of what it stands in, NULL for none. */
enum err_code figure_expr_read(struct loader *l, const struct node *def, const struct source *from, struct expr **out,
	struct err *err);

/* Where def takes its records from: of, in, duty, or count: TYPE (of); else from, narrowed. count: {…} narrows too. */
enum err_code figure_source_read(struct loader *l, const struct node *def, const struct source *from,
	struct source *out, struct err *err);
enum err_code figure_look_read(const struct source *from, const struct node *name, struct look_at *out,
	struct err *err);
enum err_code figure_by_read(struct loader *l, const struct source *from, const struct node *by, struct group *out,
	struct err *err);
/* all: or only: the name of a list under lists:, or words. */
enum err_code figure_all_read(struct loader *l, const struct node *all, struct texts *out, struct err *err);
enum err_code figure_list_read(struct loader *l, const struct node *arg, struct expr *x, struct err *err);
enum err_code figure_differ_read(const struct node *differ, struct expr *x, struct err *err);

/* What stands in braces in a family's title is a field of its name. */
enum err_code figure_title_check(const struct figure *g, struct err *err);

/* Do all names lead somewhere, and to no circle? After every figure has been read. */
enum err_code figures_check(struct loader *l, struct err *err);

/* The figure (or family) that a name means (squeezed), and what stands behind it as a part; NULL when none does. */
const struct figure *figure_named(const struct scheme *s, struct str name, struct str *part);

/* The words that a family's braces take in a name (squeezed): words[nbraces]. False when it is none of the family. */
bool figure_member(const struct figure *f, struct str name, struct str *words);

#endif
