/* Charts on pages: what their parts open, whose reach they have, their figures as a table, and the files they may be
 * taken along as. */
#ifndef WEB_CHART_VIEW_H
#define WEB_CHART_VIEW_H

#include "report/chart.h"
#include "web/call.h"

enum { CHART_CELLS = 600 };        /* a table of more stands on the chart's own page */

/* What the links of a page's chart need besides the call. */
struct chart_links {
	struct call *c;
	struct str unit;           /* STRIP, HEAT: shown alone; empty: all */
	struct url to;             /* MATRIX: what is opened with likelihood and impact, AGEING: the list, or empty */
	const char *at;            /* MATRIX: the place in it */
};
/* The call's figures, links and reach; links must live as long. */
struct chart_in chart_on_page(struct chart_links *links);

struct chart_part {                /* of a table */
	struct str text, title;
	bool linked;
	struct url url;
};
struct chart_parts {
	struct chart_part *p;
	size_t n;
};
struct chart_row {
	struct chart_part name;
	struct chart_parts parts;
};
struct chart_view {
	struct charts charts;
	struct str title, unit, source, desc;
	bool wide;                 /* its table is on its own page */
	struct str corner;
	struct chart_parts heads;
	struct { struct chart_row *p; size_t n; } rows;
	bool file;                 /* it has a page of its own, and files */
	struct url page, svg, pdf, png, csv;
};
/* As it is shown. of: its own page ("/charts/heat"), where its table and files are; no text: it has none. */
struct chart_view chart_look(struct call *c, struct charts charts, struct url of);

/* Its table, also where it is wide. */
void chart_rows(struct call *c, struct chart_view *v);

struct chart_page_view {
	struct frame *frame;
	struct chart_view chart;
	struct url back;
};

/* ---- what page a chart is of: charts.c ---- */

/* "/charts/heat" on the day asked about. */
struct url chart_url(struct call *c, const char *kind);

#endif
