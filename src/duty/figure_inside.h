/* Inside figures: what their evaluation shares between the files figure_*.c. */
#ifndef DUTY_FIGURE_INSIDE_H
#define DUTY_FIGURE_INSIDE_H

#include "duty/figure.h"
#include "scheme/figure_def.h"

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
extern measure_fn *const figure_fns[MEASURE_N];

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
