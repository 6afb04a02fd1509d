/* The line of a risk: its levels from day to day, as the register or the steps tell them. */
#include "web/risk_view.h"

enum { LINE_WIDE = 460, LINE_LEFT = 76, LINE_TOP = 14, LEVEL_HIGH = 34, LINE_BELOW = 22 };

struct change {
	struct date day;
	const struct grade *grade;
};
struct changes {
	struct change *p;
	size_t n, cap;
};

static void changed(struct call *c, struct changes *list, struct date day, const struct grade *g)
{
	if (!g || !date_is(day) || (list->n && (list->p[list->n - 1].grade == g || day.n < list->p[list->n - 1].day.n)))
		return;
	*ARENA_PUSH(c->arena, list->p, list->n, list->cap) = (struct change){day, g};
}

/* The register tells it where levels are tracked there; else the steps do, from the first that says one. */
static struct changes levels_of(struct call *c, const struct risk_one_view *v, const struct risk *r,
	const struct flow_case *k)
{
	struct changes list = {0};
	struct risk then;

	if (r->map->updates.of) {
		risk_on(&c->facts, r->map, r->fact, r->registered, &then);
		changed(c, &list, r->registered, then.grade);
		for (size_t i = 0; i < v->updates.n; i++) {
			risk_on(&c->facts, r->map, r->fact, v->updates.p[i].day, &then);
			changed(c, &list, v->updates.p[i].day, then.grade);
		}
		return list;
	}
	for (size_t i = 0; i < k->n; i++)
		if (k->steps[i].level.n)
			changed(c, &list, k->steps[i].day,
				grade_of(&c->facts, c->facts.scheme->grid, k->steps[i].level));
	if (!list.n)
		changed(c, &list, r->registered, r->grade);
	return list;
}

void risk_line(struct call *c, struct risk_one_view *v, const struct risk *r, const struct flow_case *k)
{
	const struct matrix *m = c->facts.scheme->grid;
	struct level_line *line = &v->line;
	struct date end = date_is(r->closed) ? r->closed : c->on;
	struct changes list;
	int64_t days, wide = LINE_WIDE - LINE_LEFT - 12;

	if (!m || !date_is(r->registered))
		return;
	list = levels_of(c, v, r, k);
	days = MAX(end.n - r->registered.n, 1);
	for (size_t i = 0; i < m->ngrades; i++)
		*ARENA_PUSH(c->arena, line->levels.p, line->levels.n, line->levels.cap) = (struct matrix_word){
			LINE_LEFT - 12, LINE_TOP + (int64_t)i * LEVEL_HIGH + 4, m->grades[i].level, STR_NONE};
	for (size_t i = 0; i < list.n; i++) {
		const struct change *x = &list.p[i], *next = i + 1 < list.n ? x + 1 : NULL;
		struct level_point *p = ARENA_PUSH(c->arena, line->points.p, line->points.n, line->points.cap);

		*p = (struct level_point){.day = x->day, .day_text = call_day(c, x->day), .look = grade_look(x->grade)};
		p->x = LINE_LEFT + wide * (x->day.n - r->registered.n) / days;
		p->end = LINE_LEFT + wide * ((next ? next->day.n : end.n) - r->registered.n) / days;
		p->y = LINE_TOP + (x->grade - m->grades) * LEVEL_HIGH;
		if (next)
			*ARENA_PUSH(c->arena, line->rises.p, line->rises.n, line->rises.cap) = (struct level_point){
				.x = p->end, .y = p->y, .end = LINE_TOP + (next->grade - m->grades) * LEVEL_HIGH};
	}
	line->width = LINE_WIDE;
	line->height = LINE_TOP + (int64_t)m->ngrades * LEVEL_HIGH + LINE_BELOW - 12;
	line->from = (struct matrix_word){LINE_LEFT, line->height - 4, call_day(c, r->registered), STR_NONE};
	line->to = (struct matrix_word){LINE_WIDE - 12, line->height - 4, call_day(c, end), STR_NONE};
}
