/* How long open findings have been, each piece of the chart opening its part of the list. */
#include "web/finding_view.h"

enum { MM = 1000000, WIDE = 190 * MM };

struct chart_view finding_ages_chart(struct call *c, const struct findings *all, struct url list, struct str unit,
	int year)
{
	struct chart_links links = {.c = c, .to = list};
	struct chart_in in = chart_on_page(&links);
	struct chart_opt opt = chart_page;
	struct url of = chart_url(c, "ageing");

	if (year != date_ymd(c->on).y)
		of = url_query(c->arena, of, "year", arena_printf(c->arena, "%d", year));
	if (unit.n)
		of = url_query(c->arena, of, "unit", unit);
	opt.width = WIDE;
	return chart_look(c, office_ages(&in, all,
		call_say(c, N_("Open findings by the days since they were found")), &opt), of);
}
