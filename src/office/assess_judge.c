/* Items that people judge. */
#include "office/assess_inside.h"
#include "office/number.h"

void form_judge(const struct made *m)
{
	struct str sum = arena_printf(m->g->f->arena, tr(m->g->f->lang,
		m->x->grants ? N_("may be given: " STR_FMT " to " STR_FMT)
		: N_("may be taken off: " STR_FMT " to " STR_FMT)), STR_ARG(made_points(m, m->x->from)),
		STR_ARG(made_points(m, m->x->to)));

	if (!m->x->grants)
		made_full(m);
	made_line(m, LINE_JUDGE, 0, sum);
}
