/* Figures: a definition (口径) once, its value on a day, and the records behind it. Pure functions of scheme, facts and
 * day. The language is described in docs/scheme.md ("Figures"). */
#ifndef DUTY_FIGURE_H
#define DUTY_FIGURE_H

#include "duty/duty.h"

struct figure;            /* scheme/figure_def.h */

/* The value of a figure, or of a part of one. Numbers are exact: thousandths, or text where it is a word. NONE: there
 * is no value, as of a share of nothing; FLAG: yes or no. */
enum value_kind { FIG_NUMBER, FIG_TEXT, FIG_LIST, FIG_MAP, FIG_FLAG, FIG_NONE };
struct figure_value {
	enum value_kind kind;
	int64_t thousandths;              /* NUMBER */
	int digits;                       /* NUMBER: decimals to print; -1: as many as there are */
	bool yes;                         /* FLAG */
	struct str text;                  /* TEXT */
	struct texts ids;                 /* NUMBER of different values: which they were; sorted where asked for */
	struct figure_value **items;      /* LIST, MAP */
	struct str *keys;                 /* MAP */
	size_t n, cap, keys_cap;
	struct fact_list facts;           /* counted into this value, each once; of a share those of the first figure */
	bool has_facts;                   /* false: it follows from other figures or duties (see from) */
	struct texts from;                /* names of figures and duties it follows from */
	struct str title;                 /* of a part, as the scheme states it; empty: it states none */
};

struct figure_result {
	struct str name;                  /* a family's member: meetings.kind.室务会 */
	struct str title;                 /* for people; the name where the scheme states none */
	const struct figure *figure;
	struct figure_value value;
	struct fact_list facts;           /* as of a value, but of the whole: of a share both its figures' records */
	bool has_facts;
	struct texts from;
};

struct figures {
	const struct facts *facts;
	struct date on;                   /* the day asked about */
	struct figure_result *p;          /* in the order of the scheme, families' members in order of value */
	size_t n, cap;
	struct map by_name;               /* name → struct figure_result */
	struct duty_state *duties;        /* [scheme->nduties], on the day */
	struct calc *calc;                /* private to figure_*.c */
};

/* All figures and all duties as of a day. Lives in the facts' arena. ERR_INPUT where a figure follows from one that is
 * not there, or from itself (the loader has refused what it could). */
enum err_code figures_on(const struct facts *f, struct date on, struct figures *out, struct err *err);

/* One duty as of a day, and one figure or part of one, without making all the others: for asking day after day. In the
 * facts' arena. As figures_on; ERR_NOT_FOUND: no such figure. */
enum err_code duty_alone(
	const struct facts *f, const struct duty *d, struct date on, struct duty_state *out, struct err *err);
enum err_code figure_alone(
	const struct facts *f, struct str name, struct date on, struct figure_value *out, struct err *err);

/* The same figures for another asker, as facts_for: what is made while it asks lies in the arena of mine. */
struct figures figures_for(const struct figures *f, const struct facts *mine);

/* By name; a part by name/part or name.part, a member of a list by its place: name/2. NULL when unknown. Brackets of
 * either width are one. The member of a family that no record gave (meetings.kind.民主生活会) is there as nothing
 * counted. */
const struct figure_result *figure_get(const struct figures *f, struct str name);
const struct figure_value *figure_part(const struct figures *f, struct str name);
/* The same, and the figure that it is of. */
const struct figure_value *figure_find(const struct figures *f, struct str name, const struct figure_result **of);

/* The value as it is printed: "31", "36.4"; lists joined by 、, maps as "title value" joined by ；, the key
 * where the scheme states no title; "—" for none. */
struct str figure_text(struct arena *a, const struct figure_value *v);
/* Numbers that are not whole are texts marked decimal (text/node.h): for json_pretty, not for json_canon. */
struct node *figure_json(struct arena *a, const struct figure_value *v);

/* {"name": {"title", "value", "rule", "ids": […], "from": […], "rows": […]}}: title and rule where the scheme has one;
 * ids where it asks for them; from names other figures and duties; rows, "file#sheet!row", where records were
 * counted. */
struct node *figures_json(const struct figures *f);
struct node *figure_result_json(struct arena *a, const struct figure_result *r);
/* The same of a part, whose records are its own. */
struct node *figure_part_json(struct arena *a, const struct figure_result *of, const struct figure_value *part);

/* What people call a figure, or a part of it: 问题整改：销号率. Never empty: where the scheme states no title the name
 * stands for it, of a part its key. */
struct str figure_title(struct arena *a, const struct figure_result *r, const struct figure_value *part);

/* Does the scheme state one, for the figure or for this part of it? */
bool figure_titled(const struct figure_result *r, const struct figure_value *part);

/* The counting rule of a figure as the scheme states it; empty where it states none. */
struct str figure_rule(const struct figure *f);

/* "file#sheet!row" of a record; of one that a person said last also who and when, in the language of the facts. */
struct str fact_row(struct arena *a, const struct fact *r);

#endif
