/* Charts of an office: its duties, risks, findings and figures as data for doc/chart.h. Pages and reports draw the
 * same; pages give the addresses that a chart's parts open. */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "doc/chart.h"
#include "duty/figure.h"
#include "duty/risk.h"

struct finding;  /* flow/finding.h */
struct findings;
struct flow_cases; /* flow/flow.h */

/* What stands behind a part of a chart; what is not of its kind is NULL or empty. */
struct chart_behind {
	const struct duty *duty;
	const struct unit *unit; /* HEAT: of a square or, without a duty, of a row; NULL: of the whole column */
	const struct duty_state *state; /* STRIP */
	const struct slot *slot;
	struct str figure; /* a figure, or a member of one: name/key */
	struct str likelihood, impact;
	size_t band; /* of an age; its unit's code in unit_code; empty: all */
	struct str unit_code;
	bool aged, ages; /* of one band; of all of them together */
};
struct chart_in {
	struct arena *arena;
	enum lang lang;
	const struct figures *figures;
	struct str (*link)(void *ctx, const struct chart_behind *to); /* NULL: no links; empty: none for this part */
	void *ctx;
	/* Whose reach it has: is a risk or finding within it? unit: code of the unit a finding lies in, else empty.
	 * NULL: all that the office keeps. Duties and figures are within reach as `figures` has them. */
	bool (*sees)(void *reach, const struct fact *r, struct str unit);
	void *reach;
	const struct flow_cases *flows; /* AGEING: of findings, as old as figures; NULL: from the database */
	int64_t known; /* the event that it is as known at; said with its source. 0: now */
};

struct outline_chart; /* report/outline.h */
/* The chart that an outline describes, by this one; none where there is nothing to show, or db (for findings) is NULL.
 * Every chart comes with its figures in words and as a table, its unit, and what it was drawn from: office, year, day,
 * reach. Fails as findings_load. */
enum err_code office_chart(const struct chart_in *in, struct db *db, const struct outline_chart *c, struct str title,
	const struct chart_opt *opt, struct charts *out, struct err *err);

/* ---- between the files chart*.c ---- */

/* The same with what it was drawn from said. */
struct charts chart_sourced(const struct chart_in *in, struct charts c, struct str unit);
/* One more of a list in words: "met 12, met late 3". */
struct str chart_listed(const struct chart_in *in, struct str list, struct str what, size_t n);
/* "12, 3": what is empty is left out. */
struct str chart_joined(const struct chart_in *in, struct str list, struct str more);
bool chart_sees(const struct chart_in *in, const struct fact *r, struct str unit);
struct str chart_link(const struct chart_in *in, struct chart_behind to);

/* ---- each ---- */

enum { DUE_SOON_DAYS = 14, FAR_DAYS = 92 };
/* How a slot looks on a day; one that does not apply as excused. */
enum chart_mark slot_mark(const struct slot *s, struct date on);
/* "met late"; empty for what is no state of a slot. */
const char *chart_mark_word(enum chart_mark m);

/* The post or unit of an owner's code by name; the code where it is neither. */
struct str owner_name(const struct org *org, struct str code);
/* The unit an owner belongs to: of a post its unit, of a unit itself; NULL for none. */
const struct unit *owner_unit(const struct org *org, struct str code);
/* The unit that a slot is counted with: its owner's, a body's, or else the office's own; NULL where there is none. */
const struct unit *slot_unit(const struct org *org, const struct slot *s);

/* Units × duties: the gravest slot of each, done of due at the ends. duties: so many of them; none: all of the scheme.
 * Units that have none of them are left out. */
struct charts office_heat(const struct chart_in *in, const struct duty *const *duties, size_t n, bool legend,
	struct str title, const struct chart_opt *opt);

/* The slots of a duty at their days, a row an owner; unit: those of one alone; NULL: all. current: that is shown
 * now. No drawing where there is none. */
struct charts office_strip(const struct chart_in *in, const struct duty_state *s, const struct unit *unit,
	const struct slot *current, bool legend, struct str title, const struct chart_opt *opt);

/* The scheme's matrix with the open risks of these; the field of likelihood and impact is the current one (empty:
 * none). No drawing where the scheme has no matrix. */
struct charts office_matrix(const struct chart_in *in, const struct risks *all, struct str likelihood,
	struct str impact, struct str title, const struct chart_opt *opt);
enum chart_mark colour_mark(enum colour c);

/* Open findings by the days since they were found, a bar a unit; none are open: no drawing. */
struct charts office_ages(const struct chart_in *in, const struct findings *all, struct str title,
	const struct chart_opt *opt);
/* Is it open, and owed? Its band of days since it was found, the last one: found on no day; what that is called. */
bool finding_owed_open(const struct finding *x);
size_t finding_band(const struct finding *x);
struct str finding_band_text(struct arena *a, enum lang lang, size_t band);

enum figures_form { FIGURES_BARS, FIGURES_STACKED, FIGURES_LYING, FIGURES_LINES };
/* Figures that are maps, as bars or lines: their keys are the names, each figure is a series. Figures that are numbers
 * are a bar each. No drawing where nothing was counted. */
struct charts office_figures(const struct chart_in *in, const struct texts *names, enum figures_form form,
	struct str unit, struct str title, const struct chart_opt *opt);

#endif
