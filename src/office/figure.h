/* Figures: a definition (口径) once, its value on a day, and the records behind it. Pure functions of scheme, facts and
 * day. The language is described in docs/scheme.md ("Figures"). */
#ifndef OFFICE_FIGURE_H
#define OFFICE_FIGURE_H

#include "office/duty.h"

struct figure;            /* a definition; private to figure_*.c */

/* The value of a figure, or of a part of one. Numbers are exact: thousandths, or text where it is a word. */
enum value_kind { FIG_NUMBER, FIG_TEXT, FIG_LIST, FIG_MAP };
struct figure_value {
	enum value_kind kind;
	int64_t thousandths;              /* NUMBER */
	int digits;                       /* NUMBER: decimals to print; -1: as many as there are */
	struct str text;                  /* TEXT */
	struct figure_value **items;      /* LIST, MAP */
	struct str *keys;                 /* MAP */
	size_t n, cap, keys_cap;
};

struct figure_result {
	struct str name;                  /* a family's member: meetings.kind.室务会 */
	const struct figure *figure;
	struct figure_value value;
	struct fact_list facts;           /* counted in, each once */
	bool has_facts;                   /* false: the figure follows from other figures or duties (see from) */
	struct texts from;                /* names of figures and duties it follows from */
};

struct figures {
	const struct facts *facts;
	struct date on;                   /* the day asked about */
	struct figure_result *p;          /* in the order of the scheme, families' members in order of value */
	size_t n, cap;
	struct map by_name;               /* name → struct figure_result */
	struct duty_state *duties;        /* [scheme->nduties], on the day */
};

/* All figures and all duties as of a day. Lives in the facts' arena. ERR_INPUT where a figure follows from one that is
 * not there, or from itself (the loader has refused what it could). */
enum err_code figures_on(const struct facts *f, struct date on, struct figures *out, struct err *err);

/* By name; a part by name/part. NULL when unknown. Brackets of either width are one. */
const struct figure_result *figure_get(const struct figures *f, struct str name);
const struct figure_value *figure_part(const struct figures *f, struct str name);

/* "31", "36.4", "12次"? no: the number alone, as it is printed; lists joined by 、. */
struct str figure_text(struct arena *a, const struct figure_value *v);
struct node *figure_json(struct arena *a, const struct figure_value *v);

/* "file#sheet!row" of a record. */
struct str fact_row(struct arena *a, const struct fact *r);

/* Reads figures: of a scheme into s->figures. */
enum err_code scheme_figures(struct arena *a, struct scheme *s, const struct node *figures, struct err *err);

/* Is there a figure, or a family or part that may give one, of this name? For checking outlines. */
bool scheme_has_figure(const struct scheme *s, struct str name);

#endif
