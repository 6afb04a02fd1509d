/* A chart as a file by itself: with its title, unit and source note, and without links, which would lead nowhere. */
#ifndef REPORT_CHART_FILE_H
#define REPORT_CHART_FILE_H

#include "report/chart.h"
#include "report/outline.h"

struct chart_format {
	const char *format, *type; /* "svg"; of media */
	bool paper; /* drawn for paper: in several drawings where one is too large */
	bool costly; /* needs fonts, takes a while */
	enum err_code (*write)(struct arena *a, const struct charts *c, const char *fonts, struct str *out,
		struct err *err);
};
extern const struct chart_format chart_formats[]; /* svg, pdf, png, csv; a format NULL ends them */
const struct chart_format *chart_format(struct str format); /* NULL: no such format */
/* How a chart is to be drawn for it. */
struct chart_opt chart_format_opt(const struct chart_format *f, enum outline_chart_kind kind);

/* The bytes of the file; fonts: the folder of the office's own, may be NULL. The same chart gives the same bytes.
 * ERR_NOT_FOUND: nothing to show, or a face has no font; ERR_LIMIT: too large. */
enum err_code chart_file(struct arena *a, const struct charts *c, const struct chart_format *f, const char *fonts,
	struct str *out, struct err *err);

/* "heat": kinds by name, as an outline has them; OUTLINE_CHARTS: none. */
enum outline_chart_kind outline_chart_named(struct str name);
const char *outline_chart_name(enum outline_chart_kind kind);
/* What a chart is called where nobody gave it a title. */
struct str office_chart_title(const struct chart_in *in, const struct outline_chart *c);

#endif
