/* Between the files that compute an item of an assessment. */
#ifndef SCORE_ASSESS_INSIDE_H
#define SCORE_ASSESS_INSIDE_H

#include "score/assess.h"

/* An item being made. */
struct made {
	const struct scoring *g;
	const struct assess_item *x;
	struct assess_part *out;
};

/* A line more; nano is held within what sums of millions of lines fit into. */
struct assess_line *made_line(const struct made *m, enum assess_line_kind k, wide nano, struct str sum);
/* Thousandths as text. */
struct str made_points(const struct made *m, int64_t thousandths);
/* The line of the item's full points. */
struct assess_line *made_full(const struct made *m);
/* What lies beyond at_most is taken back. before: the sum without what the form added or took off. */
void made_limit(const struct made *m, int64_t before);
/* n × each = …, as words; both thousandths. The line's amount is signed. */
struct assess_line *made_times(const struct made *m, enum assess_line_kind k, int64_t n, int64_t each, int sign);
/* A line that tells that there is no value. */
void made_no_value(const struct made *m, enum assess_line_kind k);

/* The forms: each puts its lines. */
#define F(c, key, src, keys, avg, fn, words) void fn(const struct made *m);
#include "tbl/score_forms.h"
#undef F

#endif
