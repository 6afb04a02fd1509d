/* How long open findings have been, each piece of the chart opening its part of the list. */
#include "web/finding_view.h"

enum { MM = 1000000, WIDE = 190 * MM };

struct age_links {
	struct call *c;
	struct url list;
};

static struct str age_link(void *ctx, const struct chart_behind *to)
{
	struct age_links *links = ctx;
	struct arena *a = links->c->arena;
	struct url u = url_query(a, links->list, "age", arena_printf(a, "%zu", to->band + 1));

	if (to->unit_code.n)
		u = url_query(a, url_query(a, u, "unit", to->unit_code), "alone", S("1"));
	return url_at(a, u, S("rows")).text;
}

struct charts finding_ages_chart(struct call *c, const struct findings *all, struct url list)
{
	struct age_links links = {c, list};
	struct chart_in in = {c->arena, c->lang, &c->figures, age_link, &links};
	struct chart_opt opt = chart_page;

	opt.width = WIDE;
	return office_ages(
		&in, all, call_say(c, N_("Open findings by the days since they were found")), &opt);
}
