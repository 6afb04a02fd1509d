/* Findings on the desk: those whose next step is the person's. */
#include "web/finding_view.h"
#include "web/scope.h"

/* Whose turn it is in a state: of a move's right; own: of the finding's unit, or of the post it names. */
static const struct {
	int state, move;
	bool own;
} turns[] = {
	{STATE_FINDING_FOUND, MOVE_FINDING_FEEDBACK, false}, {STATE_FINDING_REGISTERED, MOVE_FINDING_FEEDBACK, false},
	{STATE_FINDING_FED_BACK, MOVE_FINDING_RECEIPT, true}, {STATE_FINDING_RECEIVED, MOVE_FINDING_MEASURE, true},
	{STATE_FINDING_DISPUTED, MOVE_FINDING_UPHOLD, false}, {STATE_FINDING_PLANNED, MOVE_FINDING_APPROVE, false},
	{STATE_FINDING_RECTIFYING, MOVE_FINDING_PROGRESS, true}, {STATE_FINDING_EXTENSION, MOVE_FINDING_GRANT, false},
	{STATE_FINDING_DONE, MOVE_FINDING_VERIFY, false}, {STATE_FINDING_RETURNED, MOVE_FINDING_DONE, true},
	{STATE_FINDING_VERIFIED, MOVE_FINDING_CLOSE, false}, {STATE_FINDING_STANDING, MOVE_FINDING_CONTINUE, true},
	{STATE_FINDING_REOPENED, MOVE_FINDING_MEASURE, true},
};
enum { WAITS_SHOWN = 6 };

/* Is the next step his? Whether a post is above is left to the page of the finding. */
static bool his(const struct call *c, const struct finding *x, int *move)
{
	const struct org *org = &c->world->org;
	const struct post *post = org_post(org, c->access->account.post);
	const struct unit *u = x->c.unit.n ? org_unit(org, x->c.unit) : NULL;
	struct err quiet = {.lang = c->lang};

	for (size_t i = 0; i < LEN(turns); i++) {
		struct flow_step s = {.move = turns[i].move, .by = c->access->account.post,
			.actor = c->access->account.login, .via = S("web"), .day = c->on, .due = DATE_NONE};

		if (turns[i].state != x->c.state || !flow_right(c, &x->c, turns[i].move))
			continue;
		if (turns[i].own && !(post && (str_eq(x->c.post, post->code) || (u && org_unit(org, post->unit) == u))))
			continue;
		*move = turns[i].move;
		return flow_may(&x->c, &s, FLOW_ABOVE, &quiet) == OK;
	}
	return false;
}

enum err_code findings_waiting(struct call *c, const struct finding_waits **out, struct err *err)
{
	struct finding_waits *w;
	struct findings all;
	bool any = false;
	int move;

	*out = NULL;
	for (size_t t = 0; t < c->facts.scheme->ntypes; t++)
		any |= c->facts.scheme->types[t].about == ABOUT_FINDING;
	if (!any || !c->access->account.post.n)
		return OK;
	TRY(findings_seen(c, STR_NONE, 0, &all, err));
	w = ARENA_NEW(c->arena, struct finding_waits);
	*w = (struct finding_waits){.all = url_query(c->arena, call_url(c, url_path("/findings")), "state", S("open"))};
	for (int late = 1; late >= 0; late--)
		for (size_t i = 0; i < all.n; i++) {
			const struct finding *x = &all.p[i];
			struct str no = finding_name(c, x);

			if (x->overdue != late || !his(c, x, &move))
				continue;
			if (w->rows.n == WAITS_SHOWN) {
				w->more++;
				continue;
			}
			*ARENA_PUSH(c->arena, w->rows.p, w->rows.n, w->rows.cap) = (struct finding_wait){
				.text = arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(no), STR_ARG(x->what)),
				.what = call_say(c, move_defs[move].title), .when = finding_remark(c, x, c->on),
				.look = finding_look(x), .late = x->overdue, .url = finding_url(c, x->record)};
		}
	if (w->rows.n)
		*out = w;
	return OK;
}
