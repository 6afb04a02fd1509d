/* Charts as drawings (docs/layout.md, "Charts"): pure functions of plain data, the same for pages and for paper. Every
 * text comes from the caller. Places and sizes are nanometres. All lives in the arena; texts are not copied.
 *
 * Readable without colour: a state is a shape, tones next to each other differ in lightness, series have dashes and
 * marks, or hatches. No text is smaller than CHART_TEXT_MIN, none overlaps another: what does not fit is split into
 * several drawings, thinned (periods), or cut with an ellipsis and whole in its title. */
#ifndef DOC_CHART_H
#define DOC_CHART_H

#include "doc/drawing.h"

enum { CHART_TEXT_MIN = 7 * 352778, CHART_SERIES = 6, CHART_BANDS = 6 };

struct chart_opt {
	int32_t width; /* at most */
	int32_t height; /* of one drawing, at most; 0: as high as it gets */
	int32_t text; /* em of its texts; less than CHART_TEXT_MIN counts as that */
	int32_t cell; /* of a heat map: side of its squares; 0: as wide as fits, at most three ems */
};
extern const struct chart_opt chart_paper; /* the type area of a page and 12 rows of the grid */
extern const struct chart_opt chart_lying; /* of a lying page */
extern const struct chart_opt chart_page; /* on the screen */

/* What a thing looks like: a shape and a tone. First states of what is owed, then levels from mild to grave. */
enum chart_mark {
	CHART_NONE, /* nothing: an empty place */
	CHART_UPCOMING, CHART_EXCUSED, CHART_OPEN, CHART_DUE, CHART_UNPROVED, CHART_MET, CHART_LATE, CHART_MISSED,
	CHART_GREEN, CHART_BLUE, CHART_YELLOW, CHART_ORANGE, CHART_RED, CHART_MARKS
};
const char *chart_mark_name(enum chart_mark m); /* "met", "level-red"; "" for none */
/* The mark of a name of this list; CHART_NONE for any other. */
enum chart_mark chart_mark_named(struct str name);

/* The worse a state or level, the larger: missed is graver than late, and that than met. */
int chart_mark_grave(enum chart_mark m);

/* A tone: the ink of shapes and lines, the ground behind them. */
struct chart_tone {
	uint32_t ink, fill; /* 0xRRGGBB */
};
struct chart_tone chart_mark_tone(enum chart_mark m);
struct chart_tone chart_series_tone(size_t series); /* < CHART_SERIES */
struct chart_tone chart_band_tone(size_t band, size_t n); /* the band-th of n, light to dark */

struct chart_label {
	struct str text;
	struct str title, link; /* both may be empty */
};
struct chart_labels {
	struct chart_label *p;
	size_t n, cap;
};
struct chart_key { /* of a legend */
	enum chart_mark mark;
	struct str word;
};
struct chart_keys {
	struct chart_key *p;
	size_t n, cap;
};

/* The figures of a chart as a table: for who can't see it, to be taken along, and so that every number opens what is
 * behind it, also where the drawing has no room for it. */
struct chart_datum {
	struct str text;
	struct str title, link; /* both may be empty */
};
struct chart_table {
	struct str corner; /* head of the column of names; may be empty */
	struct chart_labels heads, rows;
	struct chart_datum *cells; /* [rows.n * heads.n] */
};

/* One or several drawings, in order, and what they show. */
struct charts {
	struct drawing **p;
	size_t n, cap;
	const struct chart_table *table; /* whole, whatever the drawings cut or count together; NULL: no drawing */
	struct str title, desc; /* desc: its main figures in words */
	bool seen[CHART_MARKS]; /* HEAT: the marks of its squares */
	enum lang lang; /* of its words */
	struct str unit, source; /* of the values; where they are from, of which day, in whose reach. May be empty */
};

/* ---- heat map: a square where row and column meet ---- */

struct chart_cell {
	enum chart_mark mark; /* NONE: the row does not have this column */
	struct str text; /* in the table; empty: the title */
	struct str title, link;
	bool current;
};
struct chart_heat {
	struct str title, desc;
	struct str corner, sum; /* heads of the names and of the sums, in the table */
	struct chart_labels rows, cols;
	struct chart_cell *cells; /* [rows.n * cols.n] */
	struct str *row_sums, *col_sums; /* "9/12", each opening what its name does; NULL: none */
	struct chart_keys keys; /* legend; none: the page has its own */
};
struct charts chart_heat(struct arena *a, const struct chart_heat *d, const struct chart_opt *o);

/* ---- strip: what is due in a year, on a line of periods ---- */

struct chart_point {
	size_t row;
	int32_t at; /* thousandths of a period from the beginning of the first: 1500 is the middle of the second */
	enum chart_mark mark;
	struct str what, state; /* in the table */
	struct str title, link;
	bool current;
};
struct chart_strip {
	struct str title, desc;
	struct str corner, what, state; /* heads of the table, a point a row */
	struct chart_labels rows, periods;
	struct chart_point *points;
	size_t npoints;
	struct chart_keys keys;
};
/* Marks that would touch stand on a further line of their row. A row that would need more than four has one mark a
 * period, the gravest, and their number. */
struct charts chart_strip(struct arena *a, const struct chart_strip *d, const struct chart_opt *o);

/* ---- matrix: likelihood upwards, impact to the right ---- */

struct chart_field {
	enum chart_mark mark;
	struct str word; /* of its level */
	struct str count; /* empty: none */
	struct str title, link;
	bool current;
};
struct chart_matrix {
	struct str title, desc;
	struct str across, upwards; /* names of the axes; may be empty */
	struct chart_labels rows, cols; /* rows from the top */
	struct chart_field *fields; /* [rows.n * cols.n] */
};
struct charts chart_matrix(struct arena *a, const struct chart_matrix *d, const struct chart_opt *o);

/* ---- bars, ageing, lines: figures ---- */

struct chart_value {
	int64_t n; /* thousandths */
	bool none; /* not known: no bar, a gap in a line */
	struct str text; /* as it is printed; empty: n, as short as it goes */
	struct str title, link;
};
enum chart_stack { BARS_GROUPED, BARS_STACKED };
struct chart_figures {
	struct str title, desc;
	struct str unit; /* of the axis: 次; may be empty */
	struct str corner, sum; /* heads of the names, and of the sums where stacked, in the table */
	struct chart_labels names; /* of the categories: units, months, bands; a stack's sum opens what its name does */
	struct chart_labels series; /* one or more; of one its name may be empty */
	const enum chart_mark *marks; /* [series.n] BARS: the series are states and have their tones; NULL: none are */
	struct chart_value *values; /* [names.n * series.n], those of a name together */
	enum chart_stack stack; /* BARS; what is below 0 counts as 0 where stacked */
	bool across; /* BARS lie; they do so by themselves when names do not fit below them */
	bool bands; /* BARS: the series are steps of one thing, light to dark */
};
/* More than CHART_SERIES series (CHART_BANDS bands) come in several drawings. */
struct charts chart_bars(struct arena *a, const struct chart_figures *d, const struct chart_opt *o);
/* Stacked lying bars of age bands, the oldest darkest: series are the bands. */
struct charts chart_ageing(struct arena *a, const struct chart_figures *d, const struct chart_opt *o);
/* Names are points of time in order; each line says its name at its end. */
struct charts chart_lines(struct arena *a, const struct chart_figures *d, const struct chart_opt *o);

/* All drawings of a chart one below the other, its title above them and where it is from below, without links: for a
 * picture by itself. NULL: higher or wider than a drawing can be. */
struct drawing *chart_whole(struct arena *a, const struct charts *c);

/* ---- texts ---- */

/* About so wide: Hanzi and other wide characters an em, the others 0.55. */
int32_t chart_text_width(struct str text, int32_t em);
/* The box that a text of a drawing takes: x, y of its upper left corner, width, height. */
struct chart_box {
	int32_t x, y, w, h;
};
struct chart_box chart_text_box(const struct shape *text);

/* Thousandths as short as they go: 12, 0.5, -3.25. */
struct str chart_number(struct arena *a, int64_t thousandths);

#endif
