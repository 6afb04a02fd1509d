/* A responsibility system as data: read strictly from YAML (text/yaml.h); each error names line, column, key, what
 * was expected and the nearest valid name. The language is described in docs/scheme.md. Everything lives in the arena
 * given to scheme_read; names are pointers into the text's tree. */
#ifndef SCHEME_SCHEME_H
#define SCHEME_SCHEME_H

#include "base/date.h"
#include "base/map.h"
#include "text/bind.h"

enum field_type {
#define V(c, name) TYPE_##c,
#include "tbl/field_types.h"
#undef V
	TYPE_N
};

enum about {
#define A(c, name) ABOUT_##c,
#include "tbl/about.h"
#undef A
	ABOUT_N
};

/* Their names in a scheme. */
const char *field_type_name(enum field_type t);
/* What a value of the type is, for people: "a whole number"; a message key. */
const char *field_type_word(enum field_type t);
/* "meeting". */
const char *about_name(enum about a);

enum period_kind { PERIOD_ANY, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };

struct record_type;

/* A closed list of values: lists: {level: [省级, 市级]}. */
struct choice_list {
	struct str name;
	struct texts values;
};

struct field {
	struct str name, title;              /* title: for people; the first header word where none is given */
	enum field_type type;
	const struct choice_list *of;        /* CHOICE: NULL is open */
	struct texts unit;                   /* NUMBER, COUNT, MONEY: words that may stand behind a number */
	struct str split;                    /* TAGS, LIST, FILE: characters between values */
	struct str strip;                    /* characters taken off both ends: 《》 */
	enum period_kind per;                /* PERIOD */
	const struct record_type *link_type; /* the record this value names, by link_field of it; NULL is none */
	const struct field *link_field;
	struct str lookup, lookup_by;        /* else: {lookup: journals, by: journal}: the value of an empty field */
	size_t at;                           /* index in the record type */
	const struct node *node;
};

/* A field of a record, or through a link a field of the record it names: theme, no.theme. */
struct path {
	const struct field *link;            /* NULL: the field is the record's own */
	const struct field *field;
};

/* A day that a condition compares with; of several the first that is there counts. */
struct day_ref {
	enum { DAY_FIELD, DAY_ON, DAY_FIXED, DAY_OF_YEAR } kind;
	struct path path;                    /* FIELD: of a period, its last day */
	struct date day;                     /* FIXED */
	int month, mday, shift;              /* OF_YEAR: that day of the year in hand + shift */
};

enum cond_op {
	COND_IS, COND_OTHER, COND_HAS, COND_LACKS, COND_LIKE, COND_WITHOUT, COND_OVER, COND_UNDER, COND_AT_LEAST,
	COND_AT_MOST, COND_EMPTY, COND_WRITTEN, COND_LINKED, COND_IN_YEAR, COND_AFTER, COND_BEFORE, COND_NOT_AFTER,
	COND_NOT_BEFORE
};

/* A condition on a field. A value may be $owner or $each: what the set is asked with. */
struct cond {
	struct path path;
	enum cond_op op;
	struct texts values;                 /* IS, OTHER, HAS, LACKS: any of; LIKE, WITHOUT: all of */
	int64_t thousandths;                 /* OVER … AT_MOST */
	bool yes;                            /* EMPTY, WRITTEN, LINKED: yes or no; IN_YEAR: the year in hand, or not */
	struct day_ref *days;                /* AFTER … NOT_BEFORE */
	size_t ndays;
};

/* All of the conditions, and one of any's branches where there are some. */
struct where {
	struct cond *conds;
	size_t n;
	struct where *any;
	size_t nany;
};

/* Records of a type: {of: adoption, where: {…}, distinct: no, date: limit, outside: yes}, or {in: set, where: {…}}. */
struct set {
	const struct record_type *of;
	struct where *wheres;                /* all must hold: its own and those of the sets it is in */
	size_t nwheres;
	struct path distinct;                /* field NULL: every record; else the first by day of each value */
	const struct field *date;            /* what dates a record here; NULL: undated */
	bool outside;                        /* also rows outside the year of their register */
	const struct node *node;
};

/* A field whose value on a day is the last change on or before it: level: {from: risk_update, key: no,
 * where: {what: 等级调整}, to: new_level}. */
struct track {
	const struct field *field;           /* of this type; kept when no change has come yet */
	const struct record_type *from;
	const struct field *key;             /* of from; names the record by its own key field */
	const struct field *own_key;         /* of this type: what key must equal */
	const struct field *to;              /* of from: the new value */
	bool fallback;                       /* only where the record itself says nothing */
	struct where where;                  /* on from */
};

struct record_type {
	struct str name, title;
	enum about about;
	struct field *fields;
	size_t nfields;
	const struct field *day;             /* the field that dates a record; NULL: undated */
	const struct field *unit;            /* the field that says which unit keeps it; NULL: the office */
	struct track *tracks;
	size_t ntracks;
	struct { struct texts any; int64_t enough, at_most; } evidence;
	const struct risk_map *risk;         /* scheme/risk_def.h: what of it says what of a risk; NULL: nothing */
	/* map: key of its flow (tbl/flows.h) → field; NULL: none (scheme/flow_def.h) */
	const struct node *flow;
	bool computed;                       /* made from other records (scheme/commitment_def.h), never entered */
	const struct node *node;
};

/* How one kind of register maps in. */
struct sheet_map {
	struct str name;                     /* of the mapping: the record's name unless given */
	struct texts file, sheet;            /* patterns with * and ?; sheet may be empty: any */
	const struct record_type *record;
	int head_rows;                       /* 1 or 2 */
	struct texts find;                   /* header words that must be there */
	struct texts *columns;               /* [record->nfields]: header words of each field */
	int *widths;                         /* [record->nfields], in characters; 0: none said; NULL: of none */
	struct texts ignore;                 /* header words of columns that hold no fact: 序号 */
	const struct field **required;
	size_t nrequired;
	const struct field **key;
	size_t nkey;
	bool repeats;                        /* rows with the same key are kept, not duplicates */
	struct {
		const struct field *of;      /* date or period that must be in the year; NULL: every row is taken */
		int64_t shift;               /* the sheet is of year + shift */
		bool standing;               /* a standing register: earlier years are kept */
		const struct field
			*until; /* carried over: earlier rows are kept unless this date is in an earlier year */
	} year;
	struct texts totals, notes;          /* how a totals row, a note begins */
	const struct node *node;
};

/* A scheme that another builds on. */
struct scheme_used {
	struct str name, text;               /* as use: has it: work-safety, ./file.yaml */
};

struct scheme {
	struct str code, title, text;        /* text: the file as read */
	struct texts tags;
	int64_t late_entry;                  /* days after which a record counts as entered late (补录); 30 */
	/* days after closure in which the same cause is a recurrence (复发); 365 */
	int64_t recurrence;
	const struct node *office;           /* map: name → key of the organisation file */
	const struct node *roles;            /* map: name → role */
	struct choice_list *lists;
	size_t nlists;
	struct choice_list *checklists;      /* items to be looked at in an inspection (flow/inspect.h) */
	size_t nchecklists;
	struct record_type *types;
	size_t ntypes;
	struct sheet_map *sheets;
	size_t nsheets;
	struct duty *duties;                 /* scheme/duty_def.h */
	size_t nduties;
	struct figure *figures;              /* scheme/figure_def.h */
	size_t nfigures;
	const struct node *report, *suggest; /* read by report/: outline, problems to suggest */
	struct str calendar;                 /* country of the calendar files; empty: CN; "none": Monday to Friday */
	const struct node *use;              /* other schemes that this one builds on, as written */
	struct scheme_used *uses;            /* all of them, each once, those first that others build on */
	size_t nuses;
	const struct commitment_rule *commitments;   /* of plan:; NULL: none */
	const struct node *prompt;           /* the internal limit that stands for 及时 */
	const struct node *matrix, *warnings, *assess, *plan;    /* read by their own modules; NULL: none */
	const struct matrix *grid;           /* scheme/risk_def.h: matrix, as read; NULL: none */
	const struct warn_rule *warn_rules;  /* scheme/warn_def.h: warnings, as read */
	size_t nwarn_rules;
	struct assess *assessment;           /* scheme/assess_def.h */
};

/* The language that a scheme is written in, which its office's documents speak: English where its title has letters and
 * neither that, nor what its report says, nor (of one without a report) the title of a duty has a Hanzi. */
enum lang scheme_lang(const struct scheme *s);

enum { SCHEME_VERSION = 1 };

/* Where the texts of the schemes that one uses come from. name: as use: says it, a shipped name (work-safety) or a file
 * beside (./file.yaml). ERR_NOT_FOUND where there is none. text NULL: those that come with the program. */
struct scheme_source {
	enum err_code (*text)(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err);
	void *ctx;
};

/* Reads a scheme that uses shipped schemes only. ERR_INPUT "line 12, column 5: …", of another file
 * "schemes/common.yaml: line 12, column 5: …". */
enum err_code scheme_read(struct arena *a, struct str text, struct scheme *out, struct err *err);

/* The same of a file and of whatever it uses. name: its path, or a shipped name, which every error then names; empty:
 * none. ERR_INPUT also for a circle of schemes, which shows the chain, and for one name that two of them give. */
enum err_code scheme_read_from(struct arena *a, struct str name, struct str text, struct scheme_source from,
	struct scheme *out, struct err *err);

/* ./file.yaml beside the file of that path, else the shipped scheme. path: a struct str. */
enum err_code scheme_text_beside(void *path, struct arena *a, struct str name, struct str *out, struct err *err);

/* A shipped name, or the path of a file, with whatever it uses. */
enum err_code scheme_file(struct arena *a, struct str name, struct scheme *out, struct err *err);

const struct record_type *scheme_type(const struct scheme *s, struct str name);   /* NULL when unknown */
const struct field *type_field(const struct record_type *t, struct str name);     /* NULL when unknown */

/* Is there a figure, or a family or part that may give one, of this name? For checking outlines. */
bool scheme_has_figure(const struct scheme *s, struct str name);

/* Says that no list of that name stands under lists:, and the nearest that does. */
enum err_code no_list(const struct scheme *s, struct str name, const struct node *at, struct err *err);

/* Reads a where: {kind: 室务会, topics: {has: 风险研判}, found: {over: 0}, closed: {empty: yes}}. map may be NULL. */
enum err_code where_read(
	struct arena *a, const struct record_type *t, const struct node *map, struct where *out, struct err *err);

/* Does one of the conditions ask for that word, $owner or $each? */
bool wheres_ask(const struct where *w, size_t n, const char *word);

/* Reads a set. named: map of name → struct set, for {in: name} and a bare name; may be NULL. A bare text that is no
 * name of a set is a record type. */
enum err_code set_read(struct arena *a, const struct scheme *s, const struct node *node, const struct map *named,
	struct set *out, struct err *err);

/* Reads a path of t: "theme", "no.theme". */
enum err_code path_read(
	const struct record_type *t, struct str text, const struct node *at, struct path *out, struct err *err);

/* Reads a day: on, year_start, year_end, 06-30, next 01-10, 2022-06-30, or (t not NULL) a path of t. */
enum err_code day_ref_read(
	const struct record_type *t, struct str text, const struct node *at, struct day_ref *out, struct err *err);

/* Was a day meant: digits and '-', behind next or last? */
bool day_like(struct str s);

/* ---- between the files of the loader ---- */

/* A file as its nodes have it. */
struct scheme_head {
	struct scheme s;
	int64_t version;
	const struct node *tree, *lists, *checklists, *records, *sheets, *duties, *figures;
};
/* file: for errors; NULL: not named. */
enum err_code scheme_head_read(
	struct arena *a, struct str text, const char *file, struct scheme_head *out, struct err *err);
/* Takes in all that main uses. name: as scheme_read_from. */
enum err_code scheme_use(struct arena *a, struct str name, struct scheme_source from, struct scheme_head *main,
	struct err *err);
enum err_code scheme_records(struct arena *a, struct scheme *s, const struct node *records, struct err *err);
enum err_code scheme_sheets(struct arena *a, struct scheme *s, const struct node *sheets, struct err *err);
enum err_code scheme_flow(struct record_type *t, const struct node *map, struct err *err);
/* Reads figures: of a scheme into s->figures; NULL where it has none. */
enum err_code scheme_figures(struct arena *a, struct scheme *s, const struct node *figures, struct err *err);
/* A field of t named by a scalar; the error names the nearest. */
enum err_code field_of(
	const struct record_type *t, struct str name, const struct node *at, const struct field **out, struct err *err);
enum err_code type_of(const struct scheme *s, struct str name, const struct node *at, const struct record_type **out,
	struct err *err);

#endif
