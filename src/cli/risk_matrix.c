/* The matrix of risks on the command line: its cells with the risks in them, its levels. */
#include "cli/risk_out.h"

struct str risk_colour(const struct cli *c, const struct grade *g)
{
	return g ? str_c(tr(c->lang, colour_name(g->colour))) : STR_NONE;
}

static size_t count(const struct risk_world *w, const struct grade *level, int likelihood, int impact)
{
	const struct matrix *m = w->scheme.grid;
	size_t n = 0;

	for (size_t i = 0; i < w->risks.n; i++) {
		const struct risk *r = &w->risks.p[i];

		if (date_is(r->closed))
			continue;
		n += level ? r->grade == level
		           : axis_at(&w->facts, &m->axes[AXIS_LIKELIHOOD], r->likelihood) == likelihood &&
		             axis_at(&w->facts, &m->axes[AXIS_IMPACT], r->impact) == impact;
	}
	return n;
}

static void show_grid(struct cli *c, const struct risk_world *w)
{
	const struct matrix *m = w->scheme.grid;
	const struct texts *rows = &m->axes[AXIS_LIKELIHOOD].values, *cols = &m->axes[AXIS_IMPACT].values;
	const char **heads = ARENA_ARRAY(c->arena, const char *, cols->n + 1);
	char *aligns = ARENA_ARRAY(c->arena, char, cols->n + 2);
	struct str *cells = ARENA_ARRAY(c->arena, struct str, cols->n + 1);
	struct table *t;

	heads[0] = arena_printf(c->arena, STR_FMT "＼" STR_FMT, STR_ARG(m->axes[AXIS_LIKELIHOOD].title),
	                        STR_ARG(m->axes[AXIS_IMPACT].title)).p;
	memset(aligns, 'l', cols->n + 1);
	for (size_t k = 0; k < cols->n; k++)
		heads[k + 1] = arena_str(c->arena, cols->p[k]).p;
	t = table_new(c->arena, (int)cols->n + 1, heads, aligns);
	for (size_t i = rows->n; i > 0; i--) {
		cells[0] = rows->p[i - 1];
		for (size_t k = 0; k < cols->n; k++) {
			const struct grade *g = &m->grades[m->cells[(i - 1) * cols->n + k]];
			size_t n = count(w, NULL, (int)i - 1, (int)k);

			cells[k + 1] = n ? arena_printf(c->arena, STR_FMT " %zu", STR_ARG(g->level), n) : g->level;
		}
		table_row(t, cells);
	}
	table_print(t, c);
}

static void show_grades(struct cli *c, const struct risk_world *w)
{
	static const char *const heads[] = {N_("level"), N_("colour of the risk"), N_("in hand"), N_("reviewed"),
		N_("must know")};
	static const char *const spans[] = {N_("every year"), N_("every half-year"), N_("every quarter"),
		N_("every %d months"), N_("every month"), N_("every ten days"), N_("every week"), N_("every day")};
	const struct matrix *m = w->scheme.grid;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llrll");
	size_t known = 0, all = 0;

	for (size_t i = 0; i < m->ngrades; i++) {
		const struct grade *g = &m->grades[i];
		size_t n = count(w, g, 0, 0);
		struct buf tell CLEANUP(buf_free) = BUF_MAX(1 << 12);
		struct str every = STR_NONE;

		for (size_t k = 0; k < g->tell.n; k++)
			buf_printf(&tell, "%s" STR_FMT, k ? "、" : "", STR_ARG(g->tell.p[k]));
		if (g->reviewed)
			every = arena_printf(c->arena, tr(c->lang, g->review.kind == SPAN_YEAR && g->review.n > 1 ?
				N_("every %d years") : spans[g->review.kind]), g->review.n);
		known += n;
		table_row(t, (struct str[]){g->level, risk_colour(c, g), arena_printf(c->arena, "%zu", n), every,
		                            buf_str(&tell)});
	}
	table_print(t, c);
	for (size_t i = 0; i < w->risks.n; i++)
		all += !date_is(w->risks.p[i].closed);
	if (all > known)
		say(c, "%zu open risks have a level that the matrix does not know", all - known);
}

enum err_code risk_matrix_out(struct cli *c, const struct risk_world *w, struct err *err)
{
	const struct matrix *m = w->scheme.grid;
	struct node *out = node_map(c->arena), *levels = node_map(c->arena), *cells = node_list(c->arena);

	if (!m)
		return fail(err, ERR_NOT_FOUND, "the scheme has no risk matrix (matrix:)");
	if (!c->json) {
		show_grid(c, w);
		show_grades(c, w);
		return OK;
	}
	for (size_t i = 0; i < m->ngrades; i++)
		node_set(c->arena, levels, m->grades[i].level,
			node_num(c->arena, (int64_t)count(w, &m->grades[i], 0, 0)));
	for (size_t i = 0; i < m->axes[AXIS_LIKELIHOOD].values.n; i++)
		for (size_t k = 0; k < m->axes[AXIS_IMPACT].values.n; k++) {
			struct node *cell = node_map(c->arena);

			node_set(c->arena, cell, S("likelihood"), node_str(c->arena,
				m->axes[AXIS_LIKELIHOOD].values.p[i]));
			node_set(c->arena, cell, S("impact"), node_str(c->arena, m->axes[AXIS_IMPACT].values.p[k]));
			node_set(c->arena, cell, S("level"), node_str(c->arena,
				m->grades[m->cells[i * m->axes[AXIS_IMPACT].values.n + k]].level));
			node_set(c->arena, cell, S("open"),
				node_num(c->arena, (int64_t)count(w, NULL, (int)i, (int)k)));
			node_push(c->arena, cells, cell);
		}
	node_set(c->arena, out, S("levels"), levels);
	node_set(c->arena, out, S("cells"), cells);
	return say_json(c, out, err);
}
