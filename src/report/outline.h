/* The outline of a report, as report: and suggest: of a scheme say it: headings, sentences around figures, points,
 * lists, claims, what to suggest, what to redact. Data, read strictly; its text takes only {name} and holds no digit
 * and no number word before a unit word, so that every number printed comes from the records. The language is
 * described in docs/scheme.md ("Report"). */
#ifndef REPORT_OUTLINE_H
#define REPORT_OUTLINE_H

#include "duty/figure.h"
#include "report/paper.h"

enum { OUTLINE_LEVELS = 2, PART_DEPTH = 4 };

/* What a duty's state can be asked for: {A08.missed}. */
enum duty_count {
	COUNT_REQUIRED,
	COUNT_YEAR,
	COUNT_DONE,
	COUNT_MET,
	COUNT_LATE,
	COUNT_MISSED,
	COUNT_PENDING,
	COUNT_OWNERS_MISSED,
	DUTY_COUNTS
};
extern const char *const duty_count_names[DUTY_COUNTS];
/* So many slots, or owners. */
int64_t duty_count(const struct duty_state *s, enum duty_count of);

enum setting { SET_YEAR, SET_TITLE, SET_OFFICE, SET_OFFICE_SHORT, SET_ON, SETTINGS };
extern const char *const setting_names[SETTINGS];

/* A text without braces, or what stands in braces. */
enum piece_kind { PIECE_TEXT, PIECE_SETTING, PIECE_FIGURE, PIECE_DUTY, PIECE_FIELD, PIECE_KEY, PIECE_VALUE, PIECE_BAR };
struct piece {
	enum piece_kind kind;
	struct str text; /* TEXT; else the name as written */
	enum setting setting;
	const struct duty *duty; /* DUTY */
	enum duty_count count;
	const struct field *field; /* FIELD */
	const struct field *unit_field; /* {target:unit}: the unit word stands in this field … */
	bool unit; /* … or beside the number */
	int line, col;
};
struct phrase {
	struct piece *p;
	size_t n, cap;
};

/* {duty: A02, status: [satisfied, on track], missed: {over: 0}}, or {figure: name, at_least: 90}: all must hold. */
enum limit_op { OP_OVER, OP_UNDER, OP_AT_LEAST, OP_AT_MOST };
struct limit {
	enum duty_count count; /* of a duty */
	enum limit_op op;
	int64_t than; /* thousandths */
};
struct condition {
	const struct duty *duty;
	unsigned statuses; /* bits of enum duty_status; 0: any */
	struct str figure; /* where no duty is asked */
	struct limit *limits;
	size_t nlimits, limits_cap;
	const struct node *node;
};

/* Words, and what must hold for them to stand. */
struct claim {
	struct str text;
	struct condition needs;
};
struct claims {
	struct claim *p;
	size_t n, cap;
};

/* Records, or the members of a figure, one after the other. */
struct listing {
	struct set set;
	bool records; /* else figure */
	struct str figure;
	struct phrase each;
	struct str join;
	size_t most; /* 0: all */
	struct phrase then; /* when there are more */
	const struct node *node;
};

struct parts;
enum part_kind { PART_SAY, PART_LIST, PART_CHOICE };
struct part {
	enum part_kind kind;
	struct phrase say;
	struct listing list;
	struct condition when;
	struct parts *yes, *no;
};
struct parts {
	struct part *p;
	size_t n, cap;
};

struct point {
	struct phrase lead; /* its first sentence, without the full stop */
	struct parts say;
	struct claims claims;
};

/* Lines of a plan, grouped by a field in order of first appearance. */
struct plan {
	struct set set;
	const struct field *by;
	const struct field *problems; /* names the problems that a line answers; NULL: none */
	const struct node *headings; /* map: value of by → heading; NULL: the value itself */
	struct phrase say;
	const struct node *node;
};

/* A chart and its caption. */
enum outline_chart_kind {
	OUTLINE_HEAT,
	OUTLINE_STRIP,
	OUTLINE_MATRIX,
	OUTLINE_AGEING,
	OUTLINE_BARS,
	OUTLINE_LINES,
	OUTLINE_CHARTS
};
struct outline_chart {
	enum outline_chart_kind kind;
	struct phrase title;
	struct texts figures; /* BARS, LINES */
	bool stacked, lying; /* BARS */
	struct str unit; /* of the values: 次 */
	const struct duty **duties; /* HEAT: these, none: all; STRIP: one */
	size_t nduties;
	const struct node *node;
};

struct section {
	struct str number; /* 一（一）: by its place */
	struct str parent; /* 一; empty at the top */
	size_t index; /* among its sisters, from 0 */
	struct phrase heading;
	bool own; /* people's paragraph is bound here */
	bool problems; /* its sections are problems */
	struct parts say;
	struct point *points;
	size_t npoints;
	struct claims claims;
	struct section *sections;
	size_t nsections;
	struct outline_chart *charts;
	size_t ncharts;
	struct plan *plan; /* each: {of: plan, by: aspect}; NULL: none */
	const struct node *node;
};

/* A problem to suggest to a person, when the records show a miss. */
struct suggest {
	struct str problem; /* number of its section */
	struct condition when;
	struct phrase say;
};

/* What a level of redaction hides. */
enum hide_kind { HIDE_FIGURES, HIDE_DATES, HIDE_PLACES, HIDE_UNITS, HIDE_PEOPLE, HIDE_KINDS };
/* Where a figure comes from: kinds of HIDE_FIGURES. */
enum figure_origin { ORIGIN_FIGURE, ORIGIN_DUTY, ORIGIN_RECORD, ORIGIN_TYPED, ORIGINS };
extern const char *const figure_origins[ORIGINS];

struct hide {
	struct str sign; /* what is printed instead; empty: nothing of it is hidden here */
	struct texts kind; /* only these: figure_origins, region_kinds, kinds of units, roles of people; none: all */
	struct texts of; /* figures: only of these names: patterns with * and ? */
	struct texts keep; /* these are left: patterns of figures, words */
};
struct redact_level {
	struct str name; /* empty: the only level of an outline that names none */
	struct hide hides[HIDE_KINDS];
	const struct node *words; /* map: word → what is printed for it; NULL: none */
};

struct outline {
	const struct scheme *scheme;
	struct phrase title;
	struct str lead_own; /* heading of the lead's own paragraph; empty: none */
	struct parts lead;
	struct claims lead_claims;
	struct section *sections;
	size_t nsections;
	struct str suggested; /* stands before suggested sentences */
	struct suggest *suggests;
	size_t nsuggests;
	struct texts terms; /* fixed words with a number in them that counts nothing: 四个意识 */
	struct redact_level *levels; /* [nlevels], at least one; each hides what those before it hide, and more */
	size_t nlevels;
	struct paper paper; /* as the scheme says it, names in braces not yet filled in */
};

/* Reads report: and suggest: of a scheme. ERR_NOT_FOUND when it has no report; ERR_INPUT "line 12, column 5: …". */
enum err_code outline_read(struct arena *a, const struct scheme *s, struct outline *out, struct err *err);

/* The section of that number; NULL when there is none. */
const struct section *outline_section(const struct outline *o, struct str number);

/* The place of a level of redaction by its name; the last one where name is empty. ERR_NOT_FOUND names them. */
enum err_code outline_level(const struct outline *o, struct str name, size_t *out, struct err *err);

/* ---- places in names ---- */

/* 青溪区: stem 青溪, suffix 区. */
struct region {
	struct str stem, suffix;
};
/* The next of the places that a unit's name begins with, *at moving on from 0: 云岭市 and 青溪区 of
 * 中共云岭市青溪区委员会. False when there is none. */
bool region_next(struct str name, size_t *at, struct region *out);
extern const char *const region_kinds[]; /* the suffixes, ended by NULL */

/* ---- between the files outline*.c ---- */

struct outline_reader {
	struct arena *a;
	const struct scheme *s;
	struct outline *o;
};

/* What names may stand in braces besides settings, figures and duties' counts. */
struct scope {
	const struct record_type *type; /* fields of this record */
	bool members; /* {key}, {value} of a figure's members */
	const struct condition *when; /* {missed} … of its duty, {value} of its figure, {bar} */
};

/* Each reads a part of the outline; ERR_INPUT with line, column and what was expected. node may be NULL where the part
 * may be left out. figure_known, duty_known: ERR_INPUT names the nearest. */
enum err_code phrase_read(
	struct outline_reader *r, const struct node *node, struct scope scope, struct phrase *out, struct err *err);
enum err_code condition_read(struct outline_reader *r, const struct node *node, struct condition *out, struct err *err);
enum err_code parts_read(
	struct outline_reader *r, const struct node *node, int depth, struct parts *out, struct err *err);
enum err_code claims_read(struct outline_reader *r, const struct node *node, struct claims *out, struct err *err);
enum err_code redact_read(struct outline_reader *r, const struct node *node, struct err *err);
enum err_code sections_read(struct outline_reader *r, const struct node *list, const struct section *above,
	struct section **out, size_t *n, struct err *err);
/* caption: it has its title, else that stands elsewhere. */
enum err_code chart_read(struct outline_reader *r, const struct node *map, bool caption, struct outline_chart *out,
	struct err *err);
enum err_code charts_read(
	struct outline_reader *r, const struct node *list, struct outline_chart **out, size_t *n, struct err *err);
enum err_code figure_known(struct outline_reader *r, struct str name, const struct node *at, struct err *err);
enum err_code duty_known(
	struct outline_reader *r, struct str id, const struct node *at, const struct duty **out, struct err *err);

/* The value of number words up to 9999万: 两, 十二, 一百零五, 二〇二二. -1 for what has no one value: 十余, 三四, 百,
 * 一百五. */
int64_t hanzi_value(struct str s);
/* "一", "十二": 1 to 99. */
struct str hanzi_number(struct arena *a, size_t n);

/* ---- numbers in text ---- */

/* The unit word that text begins with (次, 人次, %), blanks in front left out; empty when none. */
struct str unit_word(struct str text);

/* The first number in text from *at on: digits of any width (*value in thousandths where it can be read, else -1),
 * or number words before a unit word (-1 as well where they have no one value). Terms are passed over. False when there
 * is none. */
struct number_at {
	size_t from, to;
	bool digits;
	int64_t thousandths;
};
bool number_find(struct str text, size_t at, const struct texts *terms, struct number_at *out);

#endif
