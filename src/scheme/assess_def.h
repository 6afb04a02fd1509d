/* Assessment (考核) as the scheme says it: sections, items with one rule each, vetoes and grades. The language is
 * described in docs/scheme.md ("Assessment"); what a year scores by it tells score/assess.h. */
#ifndef SCHEME_ASSESS_DEF_H
#define SCHEME_ASSESS_DEF_H

#include "scheme/duty_def.h"
#include "who/who.h"

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

const struct assess_item *assess_item_get(const struct assess *p, struct str id);        /* NULL when unknown */

#endif
