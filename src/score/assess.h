/* Assessment (考核): a year's score of the office, or of each unit of a kind, from items with one rule each. The
 * language is described in docs/scheme.md ("Assessment"). Everything here is a pure function of scheme, facts, figures,
 * day and what people entered (self scores, scores).
 *
 * Scores are thousandths of a point. What an item is made of is kept exact in billionths and rounded half up to
 * thousandths once, at the item; shares and averages are exact until they are rounded there. The lines of an item sum
 * to its score, the items and lines of a section to the section's, the sections and lines of a sheet to the total:
 * assess_on holds that itself. */
#ifndef SCORE_ASSESS_H
#define SCORE_ASSESS_H

#include "duty/figure.h"
#include "scheme/assess_def.h"

/* ---- what people enter ---- */

struct assess_mark {
	struct str item;
	struct str thing;                /* one of several: post (code) or record ("1:34"); empty: the item */
	int64_t event;                   /* that said it; 0: it follows from the records */
	int64_t got;                     /* thousandths */
	struct str text;                 /* why, or what proves it */
	struct str by, actor;            /* post (code) and who */
	bool confirmed;                  /* of a score: by a second person */
	struct str confirmed_by;
	int64_t appeal;                  /* after this appeal; 0: none */
};
/* The newest of each item counts; of scores that await the second person the newest is shown beside. */
struct assess_inputs {
	const struct assess_mark *selfs, *scores;
	size_t nselfs, nscores;
};

/* May an item be given this score? ERR_NOT_FOUND names the nearest item, ERR_INPUT says what it may have. */
enum err_code assess_mark_fits(const struct assess *p, struct str item, int64_t got, struct err *err);
/* The same of one of the things that it judges, with the reason: ERR_INPUT also where it judges none one by one,
 * ERR_REQUIRED for less than all points without a reason. */
enum err_code assess_thing_fits(const struct assess *p, struct str item, int64_t got, struct str why, struct err *err);

/* ---- as of a day ---- */

enum assess_line_kind {
#define L(c, name, words) LINE_##c,
#include "tbl/score_lines.h"
#undef L
	LINE_N
};
const char *assess_line_name(enum assess_line_kind k);    /* "share" */

struct assess_line {
	enum assess_line_kind kind;
	int64_t nano;                    /* billionths; 0 for what is only told */
	struct str rule, sum;            /* for people: the rule in words; the arithmetic */
	const struct slot **slots;       /* behind it */
	size_t nslots, slots_cap;
	struct fact_list facts;
	struct str thing;                /* THING, GONE: which */
};

/* One of the things of a judge of several. */
struct assess_thing {
	struct str key, name;            /* as marks name it; for people: a post's name, where the record stands */
	const struct fact *fact;         /* NULL: a post */
	wide weight;                     /* of 1000^weigh */
	struct str weight_text;
	int64_t got;                     /* thousandths */
	const struct assess_mark *mark, *waiting;    /* confirmed; newer and not confirmed. NULL: none */
};
struct assess_judged {
	struct assess_thing *p;
	size_t n;
	wide weight;                     /* of all */
	const struct assess_mark **gone; /* newest of each thing that is not among them */
	size_t ngone, cap;
	int64_t most;                    /* all that one of them may have */
	int64_t self;                    /* by the records' field, where the item has one */
};

struct assess_part {
	struct assess_line *p;
	size_t n, cap;
	int64_t got;                     /* thousandths */
	const struct assess_judged *judged;      /* of a judge of several; else NULL */
};

struct assess_item_score {
	const struct assess_item *item;
	struct assess_part part;
	int64_t computed;                /* before the assessor's hand */
	const struct assess_mark *self, *score, *waiting;     /* NULL: none */
};
struct assess_section_score {
	const struct assess_section *section;
	struct assess_item_score *items;
	struct assess_part part;         /* its own lines, and the score with its items */
};
struct assess_sheet {
	const struct assess *plan;
	const struct unit *unit;         /* NULL: the office */
	struct date on;
	struct assess_section_score *sections;
	struct assess_part part;
	int64_t full;
	int grade;                       /* of plan->grades before quotas; -1: there are none */
	int lowered;                     /* grades lost by vetoes */
	int barred;                      /* best grade that is still allowed; 0: all */
};

/* A change to what is there, as what-if tries it. */
struct assess_change {
	enum { CHANGE_SLOT, CHANGE_RECORD, CHANGE_FIGURE, CHANGE_MARK } kind;
	size_t duty, slot;               /* SLOT: of figures->duties */
	enum slot_state state;
	const struct assess_item *item;  /* RECORD: one more of what it counts; MARK */
	struct str thing;                /* MARK: it has all its points */
	struct str figure;               /* FIGURE: by so much */
	int64_t by;
};

/* The sheet of a unit (NULL: the office) as of the figures' day. inputs, changes may be empty. Lives in the arena of f,
 * which may be another asker's of figures->facts. */
void assess_on(const struct facts *f, const struct figures *figures, const struct unit *unit,
	const struct assess_inputs *inputs, const struct assess_change *changes, size_t nchanges,
	struct assess_sheet *out);

/* Scores of the item that a second person has not confirmed: of the whole, and of each thing. */
size_t assess_waiting(const struct assess_item_score *x);

/* Their events, in a. */
const int64_t *assess_waiting_marks(struct arena *a, const struct assess_sheet *s, struct str item, size_t *n);

/* Of a judge of several, in a few words: "2 of 3 judged". */
struct str assess_judged_text(const struct facts *f, const struct assess_judged *j);
/* "18 by the office manager, confirmed by the clerk: two papers were thin". */
struct str assess_mark_text(const struct facts *f, const struct assess_mark *m);

/* One of the things of an item as somebody names it: post by code or name, record by its number. ERR_NOT_FOUND names
 * the nearest. */
enum err_code assess_thing_get(const struct facts *f, const struct assess_sheet *s, struct str item, struct str name,
	const struct assess_thing **out, struct err *err);

/* Do the lines sum to the scores? */
bool assess_sheet_sound(const struct assess_sheet *s);

/* The name of a sheet's grade; empty where there are none. */
struct str assess_sheet_grade(const struct assess_sheet *s);

/* Points as text: 7.5; of billionths with as many decimals as there are. */
struct str nano_text(struct arena *a, int64_t nano);

/* ---- the units beside each other ---- */

struct assess_row {
	const struct unit *unit;         /* NULL: the office */
	struct assess_sheet sheet;
	int grade;                       /* of sheet.plan, after quotas; -1: none */
	bool quota;                      /* a quota took the better grade away */
	const struct facts *facts;       /* that it was made from */
	const struct figures *figures;
};
/* Best first; of equal totals the office, then units in their order. */
void assess_rows_sort(struct assess_row *rows, size_t n);
/* The name of its grade; empty where there are none. */
struct str assess_row_grade(const struct assess_row *r);
/* Every unit that the plan scores, best first (equal totals in the order of the organisation), with grades by quota: a
 * quota of 30% of 10 units is 3; of units with the same total all or none have the grade. inputs: [units of the
 * organisation], by its order; NULL: none. */
struct assess_row *assess_rows(const struct facts *f, const struct figures *figures,
	const struct assess_inputs *inputs, size_t *n);
bool assess_has_unit(const struct facts *f, const struct unit *unit);    /* does the plan score it? */

/* ---- what would raise the score ---- */

struct assess_hint {
	enum { HINT_PENDING, HINT_LATE, HINT_RECORD, HINT_FIGURE, HINT_ALL, HINT_JUDGED, HINT_GONE } kind;
	const struct assess_item *item;
	const struct duty *duty;         /* of a slot */
	const struct slot *slot;
	const struct fact *fact;         /* GONE: a record that took points off */
	struct str figure;
	const struct assess_thing *thing;        /* JUDGED: it had less than all its points */
	int64_t gain, item_gain;         /* of the total, of the item, if it is done; thousandths */
	int64_t loss, item_loss;         /* of what is pending: if it is missed; never below 0 */
	struct assess_change *changes;   /* that give it, [nchanges] */
	size_t nchanges;
};
struct assess_hints {
	struct assess_hint *p;
	size_t n, cap;
};
/* For each item what is still possible on the day, what it would give and, of what is pending, what it would cost to
 * miss it, both computed by doing it: most at stake (gain and loss) first; then what no longer is possible (GONE), in
 * the order of the items. ALL: everything still possible for one item at once. */
void assess_whatif(const struct facts *f, const struct figures *figures, const struct unit *unit,
	const struct assess_inputs *inputs, struct assess_hints *out);
struct str assess_hint_text(const struct facts *f, const struct assess_hint *h);

/* ---- as JSON ---- */

/* The sheet with its lines; numbers with decimals are marked decimal, for json_pretty. */
struct node *assess_sheet_json(const struct facts *f, const struct assess_sheet *s);
/* What was counted, without words for people: the same in every language, for a digest (json_canon). */
struct node *assess_sheet_canon(const struct facts *f, const struct assess_sheet *s);
struct node *hints_json(const struct facts *f, const struct assess_hints *h);

/* ---- between the files ---- */

struct scoring {
	const struct facts *f;
	const struct figures *figures;
	const struct assess *plan;
	const struct unit *unit;
	struct texts words;              /* names of the unit */
	struct str owner;                /* of an average: only this owner's slots */
	bool one_owner;
	const struct assess_change *changes;
	size_t nchanges;
	const struct assess_inputs *inputs;      /* NULL: nobody judged anything */
};
void scoring_init(struct scoring *g, const struct facts *f, const struct figures *figures, const struct unit *unit,
	const struct assess_change *changes, size_t n);
/* The duty's state for the unit, with the changes. */
void scoring_duty(const struct scoring *g, const struct duty *d, struct duty_state *out);
bool scoring_slot(const struct scoring *g, const struct slot *s);         /* is it the unit's? */
struct fact_list scoring_records(const struct scoring *g, const struct assess_source *s);
/* Records that a change adds. */
int64_t scoring_added(const struct scoring *g, const struct assess_item *x);
/* A figure's value for the unit, with the changes; false: it has none. */
bool scoring_figure(const struct scoring *g, struct str name, int64_t *thousandths, struct fact_list *facts);
struct str scoring_figure_name(const struct scoring *g, struct str name);
bool scoring_number(const struct scoring *g, const struct assess_number *n, int64_t *out);
/* How many: slots done, records, the figure; thousandths. False: the figure has no value. */
bool scoring_count(const struct scoring *g, const struct assess_item *x, int64_t *out, struct assess_line *behind);

/* A line more; sum may be empty. */
struct assess_line *part_line(struct arena *a, struct assess_part *p, enum assess_line_kind k, int64_t nano,
	struct str rule, struct str sum);
int64_t part_sum(const struct assess_part *p);
/* bit 1 << state */
void line_slots(struct arena *a, struct assess_line *l, const struct duty_state *s, unsigned states);
void line_facts(struct arena *a, struct assess_line *l, struct fact_list facts);
/* An item as its rule computes it, with floor, cap and rounding. */
void item_compute(const struct scoring *g, const struct assess_item *x, struct assess_part *out);
struct assess_line *line_of(struct arena *a, struct assess_part *p, enum assess_line_kind k, enum lang lang,
	int64_t nano,
	struct str sum);

#endif
