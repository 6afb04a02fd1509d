#include "flow/risk_step.h"

#include "flow/facts_load.h"
#include "record/record.h"
#include "who/account.h"

struct making {
	struct tx *tx;
	const struct scheme *s;
	const struct risk_input *in;
	struct facts facts;
	struct risk risk;
	int move;
	struct str level;                /* the new one; empty: it stays */
	struct flow_input step;
};

/* ---- the risk ---- */

static enum err_code find(struct making *m, const struct org *org, struct err *err)
{
	struct facts_opt opt = {.year = m->in->year};
	const struct risk *r;
	struct risks all;
	struct date on = m->step.day;

	TRY(facts_load(m->tx->arena, m->tx->db, m->s, org, opt, &m->facts, err));
	all = risks_on(&m->facts, on);
	r = risk_named(&m->facts, &all, m->in->no);
	if (!r)
		return fail(err, ERR_NOT_FOUND, "no risk '" STR_FMT "' on the register", STR_ARG(m->in->no));
	m->risk = *r;
	return OK;
}

/* ---- its level ---- */

static enum err_code known(struct making *m, int axis, struct str value, struct str *out, struct err *err)
{
	const struct axis *x = &m->s->grid->axes[axis];
	const char *names[64], *near;
	size_t n = MIN(x->values.n, LEN(names));
	int at = axis_at(&m->facts, x, value);

	if (at >= 0) {
		*out = x->values.p[at];
		return OK;
	}
	for (size_t i = 0; i < n; i++)
		names[i] = x->values.p[i].p;
	near = nearest_name(value, names, n, sizeof *names);
	return fail(err, ERR_INPUT, "%s: the matrix has no '" STR_FMT "'%s%s", axis ? "impact" : "likelihood",
	            STR_ARG(value), near ? ": " : "", near ? near : "");
}

/* By the matrix; with a level of its own only with a reason. */
static enum err_code by_matrix(struct making *m, struct err *err)
{
	struct arena *a = m->tx->arena;
	struct str likelihood, impact;
	const struct grade *g;

	if (!m->s->grid)
		return fail(err, ERR_INPUT, "this scheme has no matrix: rate by --level and --why");
	if (!m->in->likelihood.n || !m->in->impact.n)
		return fail(err, ERR_REQUIRED, "likelihood and impact: both are needed to rate by the matrix");
	TRY(known(m, AXIS_LIKELIHOOD, m->in->likelihood, &likelihood, err));
	TRY(known(m, AXIS_IMPACT, m->in->impact, &impact, err));
	g = matrix_grade(&m->facts, m->s->grid, likelihood, impact);
	m->step.way = arena_printf(a, STR_FMT "×" STR_FMT, STR_ARG(likelihood), STR_ARG(impact));
	if (!m->level.n || words_alike(&m->facts, m->level, g->level)) {
		m->level = g->level;
		return OK;
	}
	if (str_blank(m->step.why))
		return fail(err, ERR_REQUIRED, "why: the matrix gives '" STR_FMT "'; another level needs a reason",
		            STR_ARG(g->level));
	return OK;
}

static enum err_code check_level(struct making *m, struct err *err)
{
	const struct matrix *grid = m->s->grid;
	const struct grade *g = grade_of(&m->facts, grid, m->level), *now = m->risk.grade;
	bool up = m->move == MOVE_RISK_ESCALATE, down = m->move == MOVE_RISK_LOWER;

	if (!m->level.n)
		return up || down ? fail(err, ERR_REQUIRED, "'%s' needs '%s'", move_defs[m->move].name, "level") : OK;
	if (grid && !g)
		return fail(err, ERR_INPUT, "'" STR_FMT "' is no level of the matrix", STR_ARG(m->level));
	if (g)
		m->level = g->level;
	if (g && now && ((up && g >= now) || (down && g <= now)))      /* gravest first */
		return fail(err, ERR_INPUT, "level '" STR_FMT "' is not %s than '" STR_FMT "'", STR_ARG(m->level),
		            tr(err->lang, up ? N_("graver") : N_("milder")), STR_ARG(now->level));
	return OK;
}

static enum err_code find_level(struct making *m, struct err *err)
{
	bool rates = m->move == MOVE_RISK_RATE;

	m->level = m->step.level;
	if (!rates && m->move != MOVE_RISK_REVIEW && m->move != MOVE_RISK_CONSULT && m->move != MOVE_RISK_ESCALATE &&
	    m->move != MOVE_RISK_LOWER) {
		if (m->level.n || m->in->likelihood.n || m->in->impact.n)
			return fail(err, ERR_INPUT, "'%s' does not change the level", move_defs[m->move].name);
		return OK;
	}
	if (m->in->likelihood.n || m->in->impact.n) {
		TRY(by_matrix(m, err));
	} else if (rates) {
		if (!m->level.n)
			return fail(err, ERR_REQUIRED, "'rate' needs likelihood and impact, or a level and why");
		if (str_blank(m->step.why))
			return fail(err, ERR_REQUIRED, "why: a level by hand needs a reason");
		m->step.way = S("by hand");
	}
	TRY(check_level(m, err));
	m->step.level = m->level;
	return OK;
}

/* ---- what it writes ---- */

static bool tracked(const struct record_type *t, const struct field *f)
{
	for (size_t i = 0; f && i < t->ntracks; i++)
		if (t->tracks[i].field == f)
			return true;
	return false;
}

/* Which word the records of updates have for the step; RISK_WORDS: none. */
static enum risk_word word_of(const struct making *m)
{
	const struct risk_updates *u = &m->risk.map->updates;
	bool changed = m->level.n && !words_alike(&m->facts, m->level, m->risk.level);

	switch (m->move) {
	case MOVE_RISK_RATE:
	case MOVE_RISK_ESCALATE:
	case MOVE_RISK_LOWER:
		return WORD_RATE;
	case MOVE_RISK_REVIEW:
		return changed ? WORD_RATE : WORD_REVIEW;
	case MOVE_RISK_CONSULT:
		return changed ? WORD_RATE : u->words[WORD_CONSULT].n ? WORD_CONSULT : WORD_REVIEW;
	case MOVE_RISK_MEASURE:
		return WORD_MEASURE;
	case MOVE_RISK_CLOSE:
		return WORD_CLOSE;
	default:
		return WORD_REOPEN;
	}
}

static void type_in(struct record_input *in, struct record_typed *typed, const struct field *f, struct str text)
{
	if (f && text.n)
		typed[in->ntyped++] = (struct record_typed){f->name, text};
}

/* A review and a consultation of one day may be one row to the register, by its key. Nothing is said twice then: the
 * step keeps who did it and what came of it. A level that changes is always said. */
static bool said_already(const struct making *m, enum risk_word word, const struct record_fit *fit)
{
	bool same = false;

	if (word == WORD_RATE && !words_alike(&m->facts, m->level, m->risk.level))
		return false;
	for (size_t i = 0; i < fit->n; i++)
		same |= fit->problems[i].refused && id_is(fit->problems[i].other);
	return same && fit->nrefused == 1;
}

static enum err_code put_update(struct making *m, const struct org *org, struct err *err)
{
	const struct risk_updates *u = &m->risk.map->updates;
	enum risk_word word = word_of(m);
	struct record_typed typed[8];
	struct record_input in = {.scheme = m->s, .lang = err->lang, .type = u->of, .year = m->in->year,
		.typed = typed};
	const struct post *by = org_post(org, m->step.by);
	struct record_fit fit;
	char day[DATE_TEXT];
	struct id id;

	if (!u->words[word].n)
		return OK;
	type_in(&in, typed, u->no, m->risk.no);
	type_in(&in, typed, u->date, date_text(m->step.day, day));
	type_in(&in, typed, u->what, u->words[word].p[0]);
	if (word == WORD_RATE)
		type_in(&in, typed, u->level, m->level);
	type_in(&in, typed, u->by, by ? by->name : m->step.by);
	type_in(&in, typed, u->note, m->step.text.n ? m->step.text : m->step.why);
	TRY(record_fits(m->tx->db, m->tx->arena, &in, &fit, err));
	return said_already(m, word, &fit) ? OK : record_put(m->tx, m->tx->arena, &in, &fit, &id, err);
}

/* Likelihood and impact stand in the risk's own fields. */
static enum err_code put_axes(struct making *m, struct err *err)
{
	const struct risk_map *map = m->risk.map;
	struct record_typed typed[2];
	struct record_input in = {.scheme = m->s, .lang = err->lang, .id = m->risk.fact->id, .typed = typed,
	                          .why = m->step.step};
	struct record_fit fit;
	struct id id;

	if (!m->in->likelihood.n)
		return OK;
	type_in(&in, typed, map->likelihood, m->in->likelihood);
	type_in(&in, typed, map->impact, m->in->impact);
	return in.ntyped ? record_say(m->tx, m->tx->arena, &in, &fit, &id, err) : OK;
}

/* What the register would not show is refused. */
static enum err_code check_register(struct making *m, struct err *err)
{
	const struct risk_map *map = m->risk.map;
	const struct risk_updates *u = &map->updates;
	char day[DATE_TEXT];

	if (date_is(m->risk.closed) && m->move != MOVE_RISK_REOPEN)
		return fail(err, ERR_CONFLICT, "risk " STR_FMT " was closed on %s by the register", STR_ARG(m->risk.no),
		            date_text(m->risk.closed, day).p);
	if (m->move == MOVE_RISK_REOPEN && tracked(map->type, map->closed))
		return fail(err, ERR_CONFLICT, "what closed risk " STR_FMT " is a record of '" STR_FMT
		            "': withdraw that record instead", STR_ARG(m->risk.no),
			STR_ARG(u->of ? u->of->name : S("?")));
	if (m->move == MOVE_RISK_CLOSE && (!map->closed ||
	    (tracked(map->type, map->closed) && (!u->of || !u->words[WORD_CLOSE].n))))
		return fail(err, ERR_CONFLICT, "the scheme does not say where the closure of a risk is written "
			"(risk: closed)");
	if (m->level.n && tracked(map->type, map->level) && (!u->of || !u->level))
		return fail(err, ERR_CONFLICT, "the scheme does not say where a new level is written (risk: updates: "
			"level)");
	return OK;
}

enum err_code risk_step(
	struct tx *tx, const struct scheme *s, const struct risk_input *in, struct id *event, struct err *err)
{
	struct making m = {.tx = tx, .s = s, .in = in, .step = in->step};
	struct org org;

	TRY(org_load(tx->db, tx->arena, DATE_NONE, &org, err));
	if (!date_is(m.step.day))
		m.step.day = day_at(log_now(tx->log));
	TRY(find(&m, &org, err));
	if (flow_move_named(FLOW_RISK, in->step.step, &m.move)) {        /* else flow_step says it */
		TRY(find_level(&m, err));
		TRY(check_register(&m, err));
	}
	TRY(flow_step(tx, s, FLOW_RISK, m.risk.fact->id, &m.step, event, err));
	TRY(put_axes(&m, err));
	return m.risk.map->updates.of ? put_update(&m, &org, err) : OK;
}
