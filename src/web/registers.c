/* Registers: all of them. */
#include "web/pages.h"
#include "web/register_view.h"
#include "web/scope.h"

bool register_counts(struct call *c, const struct fact *r)
{
	return call_sees(c, r) && !r->withdrawn && !r->outside && (!date_is(r->day) || r->day.n <= c->on.n);
}

enum err_code registers_page(struct call *c, struct err *err)
{
	struct registers_view v = {0};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_REGISTERS, call_say(c, N_("Registers")));
	v.may_import = call_may_import(c);
	v.may_export = call_may(c, ACT_REPORT_EXPORT);
	v.xlsx = url_query(c->arena, call_url(c, url_path("/export")), "format", S("xlsx"));
	v.blank = url_query(c->arena, call_url(c, url_path("/export")), "format", S("blank"));
	for (size_t t = 0; t < c->facts.scheme->ntypes; t++) {
		const struct record_type *type = &c->facts.scheme->types[t];
		const struct fact_set *set = facts_of(&c->facts, type);
		struct register_row *row = ARENA_PUSH(c->arena, v.rows.p, v.rows.n, v.rows.cap);

		*row = (struct register_row){.title = type->title,
			.last = DATE_NONE,
			.url = call_url(c, url_add(c->arena, url_path("/registers"), type->name))};
		for (size_t i = 0; i < set->n; i++) {
			const struct fact *r = &set->p[i];

			if (!register_counts(c, r))
				continue;
			row->n++;
			row->late += fact_entered_late(&c->facts, r);
			row->unproved += !fact_proved(r);
			if (date_is(r->day) && (!date_is(row->last) || date_lt(row->last, r->day)))
				row->last = r->day;
		}
	}
	page_registers(page_begin(c), &v);
	return page_end(c, err);
}
