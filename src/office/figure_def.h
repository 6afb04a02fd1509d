/* Inside figures: a definition as read, and what its evaluation shares between the files figure_*.c. */
#ifndef OFFICE_FIGURE_DEF_H
#define OFFICE_FIGURE_DEF_H

#include "office/figure.h"

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

struct measure;

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

/* ---- evaluating ---- */

struct item {
	const struct fact *fact;         /* NULL for a slot */
	const struct slot *slot;
};
struct items {
	struct item *p;
	size_t n, cap;
};

/* One day's figures, each evaluated when first asked for. */
struct calc {
	const struct facts *f;
	struct date asked;
	struct figures *out;
	bool *done;                      /* [nfigures] */
	bool *busy;
	bool *duty_done;                 /* [nduties] */
	struct map items;                /* source → struct items */
	struct map days;                 /* of the first calc: day → struct calc of other days asked for by duties */
	struct calc *first;
	enum err_code code;              /* of what a duty asked for */
	struct err *err;
};

/* What is counted into a value. */
struct counted {
	struct fact_list facts;          /* each once */
	struct fact_seen seen;           /* the first nseen of them */
	size_t nseen;
	struct texts from;
	size_t from_cap;
	bool counted;                    /* records or slots were looked at */
};
/* Counts a record in, or all of a list, or the name of a figure or duty. */
void counted_fact(const struct facts *f, struct counted *t, const struct fact *r);
void counted_facts(const struct facts *f, struct counted *t, const struct fact_list *l);
void counted_from(const struct facts *f, struct counted *t, struct str name);
/* What was counted into an inner value is counted into the outer one: facts: false leaves its records out. */
void counted_add(const struct facts *f, struct counted *t, const struct counted *inner, bool facts);

/* An evaluation of one figure, or of one member of a family. */
struct frame {
	struct calc *c;
	const struct figure *figure;
	struct date on;
	struct { struct look_at at; struct str word; } only[FIGURE_BRACES];
	size_t nonly;
	const struct items *mine;        /* of a family: the member's, of its own set */
	struct counted *tally;           /* of the value in hand; NULL while a family looks for its members */
};

/* The title of the frame's figure with the words of the member in it, or behind it; name where there is none. */
struct str title_of(struct frame *fr, struct str name);

typedef enum err_code measure_fn(struct frame *fr, const struct expr *x, const struct items *items,
	struct figure_value *out, struct err *err);
measure_fn figure_list;

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
	measure_fn *fn;
};
extern const struct measure figure_measures[];   /* ended by a measure without name */

/* The value of a definition in a frame. ERR_INPUT where a figure is of no use to another (a list in a sum);
 * ERR_LIMIT. */
enum err_code figure_eval(struct frame *fr, const struct expr *x, struct figure_value *out, struct err *err);

/* The value of another figure by name, as of the calc's day, and the figure that it is (a part of). ERR_NOT_FOUND. */
enum err_code calc_value(struct calc *c, struct str name, const struct figure_result **result,
	const struct figure_value **out, struct err *err);
/* The calc of another day, for what a duty asks. */
struct calc *calc_on(struct calc *c, struct date on);
/* A duty's state; on: DATE_NONE is the day asked about. */
const struct duty_state *calc_duty(struct calc *c, const struct duty *d, struct date on);

/* The items of a source, those of the frame's family member. Fails as a duty's figure fails. */
enum err_code items_of(struct frame *fr, const struct source *from, struct items *out, struct err *err);
/* What stands in an item: NULL for nothing. */
const struct datum *item_value(struct frame *fr, const struct item *it, const struct look_at *at);
/* The same as a value of a figure: numbers by the field's type, NONE for nothing. */
struct figure_value item_figure(struct frame *fr, const struct item *it, const struct look_at *at);
/* The day that stands in an item, of a period its last; DATE_NONE for none. */
struct date item_day(struct frame *fr, const struct item *it, const struct look_at *at);
/* Does the record, or one of the slot's, meet all the conditions? */
bool item_fits(struct frame *fr, const struct item *it, const struct where *wheres, size_t n);
/* Does a value, or a member of a list, say the word? known: the word as records have it (known_word), NULL where none
 * has. */
bool has_word(struct frame *fr, const struct datum *v, struct str word, const struct datum *known);
const struct datum *known_word(struct frame *fr, struct str word);
/* Codes, whose half-width form is all ASCII, are shown in it: ＤＣ－０２ is DC-02. False for others, *s left alone. */
bool code_text(struct arena *a, struct str *s);
/* Notes that the item's records were counted. */
void count_in(struct frame *fr, const struct item *it);

/* Items by key: an item with a list stands under each of its members. Members that must be there come first, in their
 * order, then the others sorted. */
struct bunch {
	struct str key;
	struct items items;
};
struct bunches {
	struct bunch *p;
	size_t n, cap;
};
/* The keys alone, in no order. */
struct texts keys_of(struct frame *fr, const struct look_at *at, const struct items *items);
void bunches_of(struct frame *fr, const struct group *by, const struct items *items, struct bunches *out);

/* A new value in a list, or under a key in a map. */
struct figure_value *value_add(struct arena *a, struct figure_value *list, struct str key);
/* digits: decimals to print, -1 as many as there are. */
struct figure_value value_number(int64_t thousandths, int digits);
/* A text as a value. */
struct figure_value value_words(struct str text);
/* A value of a record: decimals are text in it, and stay it. */
struct figure_value value_of_datum(struct arena *a, const struct datum *v);

#endif
