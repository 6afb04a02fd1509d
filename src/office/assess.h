/* Assessment (考核): a year's score of the office, or of each unit of a kind, from items with one rule each. The
 * language is described in docs/scheme.md ("Assessment"). Everything here is a pure function of scheme, facts, figures,
 * day and what people entered (self scores, scores).
 *
 * Scores are thousandths of a point. What an item is made of is kept exact in billionths and rounded half up to
 * thousandths once, at the item; shares and averages are exact until they are rounded there. The lines of an item sum
 * to its score, the items and lines of a section to the section's, the sections and lines of a sheet to the total:
 * assess_on holds that itself. */
#ifndef OFFICE_ASSESS_H
#define OFFICE_ASSESS_H

#include "office/figure.h"

__extension__ typedef __int128 wide;     /* products before they are rounded */

/* ---- as the scheme says it ---- */

enum { SRC_D = 1, SRC_R = 2, SRC_G = 4 };
enum { KEY_X = 1, KEY_O = 2, KEY_A = 4, KEY_S = 8, KEY_M = 16, KEY_T = 32, KEY_J = 64 };

enum assess_form {
#define F(c, key, src, keys, avg, fn, words) FORM_##c,
#include "tbl/score_forms.h"
#undef F
	FORM_N
};
const char *assess_form_name(enum assess_form f);         /* "share": the key in a scheme */

enum { POINT = 1000, NANO = 1000000 };   /* a point in thousandths; a thousandth in billionths */

enum { ASSESS_MOST = 1000000 };          /* points that an item may have, or a line be about */

/* What is counted. */
struct assess_source {
	enum { COUNT_NOTHING, COUNT_DUTIES, COUNT_FIGURE, COUNT_RECORDS } kind;
	const struct duty **duties;      /* DUTIES: slots of all of them together */
	size_t nduties;
	struct str figure;               /* FIGURE: {unit} stands for the unit's name */
	struct set set;                  /* RECORDS; $each is the unit */
	const struct field *unit;        /* RECORDS: the field that says whose one is; NULL: everybody's */
};

/* A number that the scheme, the organisation's settings or a figure says. A setting that is a map has one for each
 * unit. */
struct assess_number {
	enum { NUMBER_FIXED, NUMBER_SETTING, NUMBER_FIGURE } kind;
	int64_t thousandths;
	struct str name;
};

struct assess_step {
	int64_t under, deduct;           /* thousandths */
};

/* times: {field: how, words: {瞒报: 2, 主动报告: 0.5}} */
struct assess_factor {
	const struct field *field;
	struct str *words;
	int64_t *times;                  /* thousandths */
	size_t n;
};

/* What weighs a thing that is judged: {field: F, words: {WORD: NUMBER}}, {field: F} alone, or {rows: F, columns: G,
 * table: {ROW: {COLUMN: NUMBER}}}. */
struct assess_weigh {
	const struct field *rows, *columns;      /* columns NULL: words of rows alone */
	struct texts row, column;        /* row.n 0: the number in rows itself */
	int64_t *times;                  /* [row.n × MAX(column.n, 1)] thousandths; 0: not listed */
};

/* judge of several things, each by itself: the members of a body, posts, or records (the item's source). */
struct assess_each {
	enum { EACH_NOTHING, EACH_BODY, EACH_OF_POSTS, EACH_OF_RECORDS } kind;
	struct texts names;              /* BODY: one; POSTS: all */
	const struct node *at;           /* where the names stand */
	struct assess_weigh *weigh;
	size_t nweigh;
	const struct field *self;        /* RECORDS: the number that is the self score; NULL: none */
};
enum { WEIGH_MOST = 3 };                 /* so that products of weights stay exact in a wide */

enum assess_bonus { BONUS_NONE, BONUS_INSIDE, BONUS_OUTSIDE };

struct assess_item {
	struct str id, title, proof;
	enum assess_form form;
	struct assess_source source;
	int64_t points;                  /* 0 for a bonus */
	enum assess_bonus bonus;
	bool average;                    /* each owner scored by himself, then the mean */
	bool grants;                     /* each, judge: adds instead of taking off */
	int64_t each;                    /* deduct or grant */
	int64_t at_most;                 /* of all deductions, or grants; INT64_MAX: no limit */
	int64_t floor, cap;              /* of the item; cap INT64_MAX: none */
	int64_t more, fewer;             /* INDICATOR */
	struct assess_number of;         /* SHORT, INDICATOR, VALUE */
	struct assess_step *steps;       /* BANDS, by under */
	size_t nsteps;
	struct assess_factor *factors;
	size_t nfactors;
	const struct field *by;          /* EACH: a record counts so many times */
	int64_t from, to;                /* JUDGE */
	struct assess_each things;       /* JUDGE: of several */
	const struct node *node;
};

struct assess_section {
	struct str id, title;
	struct assess_item *items;
	size_t nitems;
	int64_t points;                  /* of its items */
	int64_t floor, cap;              /* cap INT64_MAX: none */
	int64_t convert;                 /* 百分制折算: counts for so many points; 0: for its own */
	int64_t weight;                  /* thousandths: 300 is 30%; 1000: whole */
	int64_t bonus_at_most;           /* INT64_MAX: no limit */
	int64_t full;                    /* after convert and weight */
};

struct assess_cond {
	enum { VETO_SOURCE, VETO_ITEM } kind;
	struct assess_source source;     /* DUTIES: their missed slots */
	size_t section, item;            /* ITEM: its score */
	enum cond_op op;                 /* OVER, UNDER, AT_LEAST, AT_MOST */
	int64_t thousandths;
};

struct assess_veto {
	struct str title;
	struct assess_cond when;
	enum { VETO_ZERO, VETO_ZERO_SECTION, VETO_LOWER, VETO_BAR } then;
	size_t section;                  /* ZERO_SECTION */
	size_t grade;                    /* BAR: neither this grade nor a better one */
	int64_t steps;                   /* LOWER */
};

struct assess_grade {
	struct str name;
	int64_t from;                    /* thousandths */
	int64_t quota;                   /* thousandths of the units: 300 is 30%; -1: no limit */
};

struct assess {
	struct str title, unit_kind;     /* unit_kind: each unit of this kind; empty: the office */
	struct assess_section *sections;
	size_t nsections;
	int64_t floor, cap, convert;     /* of the total; as of a section */
	int64_t full;
	struct assess_grade *grades;     /* best first */
	size_t ngrades;
	struct assess_veto *vetoes;
	size_t nvetoes;
	int64_t appeal_days;             /* working days after the settlement; 0: as long as the year's sheet stands */
	bool made;                       /* the scheme says nothing: every duty by its own score */
};

/* Reads assess: of a scheme into s->assessment; without it every duty counts by its own score. ERR_INPUT names line,
 * key and what was expected. */
enum err_code scheme_assess(struct arena *a, struct scheme *s, const struct node *map, struct err *err);
/* ---- between the files of the loader ---- */
struct assess_reading {
	struct arena *a;
	const struct scheme *s;
	struct assess *out;
};
enum err_code assess_item_read(
	struct assess_reading *r, const struct node *def, struct assess_item *out, struct err *err);
/* allowed: SRC_…, of what is counted there. */
enum err_code assess_source_read(struct assess_reading *r, const struct node *v, unsigned allowed, struct str unit,
	const struct node *unit_at, struct assess_source *out, struct err *err);
enum err_code assess_points_read(struct str text, const struct node *map, const char *key, int64_t *out,
	struct err *err);

/* each:, weigh: and self: of an item that is judged; weigh NULL, self empty: not there. */
enum err_code assess_each_read(struct assess_reading *r, const struct node *def, const struct node *weigh,
	struct str self, struct str unit, struct assess_item *out, struct err *err);

/* Does the organisation have the bodies and posts that are judged? ERR_INPUT at the name, with the nearest one. */
enum err_code assess_fits_org(const struct scheme *s, const struct org *org, struct err *err);

/* The most an item may have: its cap, else its points but where the rule itself may add to them (INT64_MAX: no
 * limit). */
int64_t assess_item_cap(const struct assess_item *x);

/* n × part ÷ whole, half up (towards more); whole above 0. */
int64_t assess_round(int64_t n, int64_t part, int64_t whole);

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
const struct assess_item *assess_item_get(const struct assess *p, struct str id);        /* NULL when unknown */

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
