/* Between the files chart_*.c: texts that fit, marks, hatches, axes, legends. */
#ifndef DOC_CHART_IN_H
#define DOC_CHART_IN_H

#include "doc/chart.h"

enum { CHART_ENDLESS = 1500 * 1000000 }; /* of one drawing, also where no height is said: places fit an int32_t */
enum { CHART_INK = 0x000000, CHART_SOFT = 0x505050, CHART_LINE = 0xB0B0B0, CHART_PAPER = 0xFFFFFF };

/* A chart on its way. */
struct chart {
	struct arena *a;
	const struct chart_opt *opt;
	struct charts out;
	struct drawing *d; /* the one that is drawn on */
	int32_t em; /* of texts */
	int32_t hair; /* width of thin lines */
};
struct chart chart_begin(struct arena *a, const struct chart_opt *opt);
/* A new drawing. part from 0; of more than one the title says which. */
void chart_sheet(struct chart *c, struct str title, struct str desc, size_t part, size_t parts);
/* What one drawing may be high. */
int32_t chart_height(const struct chart_opt *o);
/* So many of n in each of the parts, as even as can be; at least one part. most > 0. */
size_t chart_parts(size_t n, size_t most, size_t *each);

/* The text, cut with an ellipsis to the width; the whole of it where it fits. */
struct str chart_fit(const struct chart *c, struct str text, int32_t width);
int32_t chart_width(const struct chart *c, struct str text);
/* The widest of them. */
int32_t chart_widest(const struct chart *c, const struct chart_labels *l);

/* A text with the middle of its Hanzi at y. name: its class, "ink" or "soft". */
struct shape *chart_say(struct chart *c, int32_t x, int32_t y, int anchor, struct str text, const char *name);
/* A label, cut to width; whole in its title. */
void chart_label(struct chart *c, int32_t x, int32_t y, int anchor, const struct chart_label *l, int32_t width,
	const char *name);
/* A label above each column, or turned where they do not fit into step. Below y where up is false. */
bool chart_turned(const struct chart *c, const struct chart_labels *l, int32_t step);

/* A thin line; name: "ink", or "line" for a pale one. */
struct shape *chart_rule(struct chart *c, int32_t x, int32_t y, int32_t x2, int32_t y2, const char *name);

/* A mark in a box of that side with its upper left corner there; ground: on a cell of its own tone. */
struct chart_on {
	struct str link, title;
	bool current;
};
void chart_mark(
	struct chart *c, enum chart_mark m, int32_t x, int32_t y, int32_t side, bool ground, struct chart_on on);
/* Lines of a hatch within a rectangle: 0 none, 1 /, 2 \, 3 —, 4 |, 5 both. */
void chart_hatch(struct chart *c, int hatch, struct chart_box box, uint32_t rgb, struct chart_on on);

/* Those of the keys that were seen, in their order. */
struct chart_keys chart_keys_seen(const struct chart *c, const struct chart_keys *keys, const bool seen[CHART_MARKS]);
/* A legend's keys from x on, at most width wide, first line's middle at y; its height. Draws nothing where c->d is
 * NULL. */
int32_t chart_legend(struct chart *c, const struct chart_keys *keys, int32_t x, int32_t y, int32_t width);

/* An axis: its beginning and end, and the step between its marks; all in thousandths. */
struct chart_axis {
	int64_t from, to, step;
};
/* whole: of counts, so that no mark stands at a fraction. */
struct chart_axis chart_axis_of(int64_t least, int64_t most, size_t marks, bool whole);
/* Are all values that are known whole numbers? */
bool chart_counts(const struct chart_figures *d);
/* Where v lies on the way of so many nanometres. */
int32_t chart_at(const struct chart_axis *x, int64_t v, int32_t length);

/* The charts that were drawn, with their title and the table of what they show. */
struct charts chart_end(struct chart *c, struct str title, struct str desc, const struct chart_table *table);
/* (chart_table.c) */
const struct chart_table *chart_table_heat(struct arena *a, const struct chart_heat *d);
const struct chart_table *chart_table_strip(struct arena *a, const struct chart_strip *d);
const struct chart_table *chart_table_matrix(struct arena *a, const struct chart_matrix *d);
const struct chart_table *chart_table_figures(struct arena *a, const struct chart_figures *d);

/* As it is printed; empty where it is not known. */
struct str chart_value_text(struct arena *a, const struct chart_value *v);

#endif
