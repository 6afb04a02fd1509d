#include "cli/assess_out.h"

#include "base/buf.h"
#include "flow/facts_load.h"
#include "record/adopt.h"
#include "scheme/number.h"

#include <inttypes.h>

/* ---- out of the log ---- */

struct db *assess_world_db(const struct assess_world *w)
{
	return w->known ? w->known : log_db(w->log);
}

void assess_world_done(struct assess_world *w)
{
	db_close(&w->known);
	log_close(&w->log);
}

static enum err_code which(struct cli *c, struct assess_world *w, int year, struct err *err)
{
	struct db *db = assess_world_db(w);
	const char *unit = cli_opt(c, "unit");

	if (unit && !(w->unit = org_unit(&w->org, str_c(unit))))
		return org_no_unit(&w->org, str_c(unit), ERR_NOT_FOUND, err);
	TRY(assessment_find(db, c->arena, year, w->unit ? w->unit->code : STR_NONE, &w->assessment, err));
	TRY(assessments_of_year(db, c->arena, year, &w->all, err));
	TRY(scheme_digest_of_year(db, c->arena, year, &w->digest, err));
	TRY(assessment_scheme(w->log, db, c->arena, &w->assessment, year, &w->scheme, err));
	if (id_is(w->assessment.id))
		TRY(assessment_inputs(db, c->arena, w->assessment.id, &w->inputs, err));
	return OK;
}

enum err_code assess_world(struct cli *c, struct assess_world *w, struct err *err)
{
	struct date on = DATE_NONE;
	int64_t year, known = -1;
	struct facts_opt opt = {0};

	TRY(cli_date(c, "on", &on, err));
	TRY(cli_int(c, "known", 0, INT64_MAX, &known, err));
	TRY(cli_open_reading(c, &w->log, err));
	if (known >= 0)
		TRY(cli_known(w->log, known, &w->known, err));
	TRY(org_load(assess_world_db(w), c->arena, DATE_NONE, &w->org, err));
	year = date_is(on) ? date_ymd(on).y : w->org.office.year;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	TRY(which(c, w, (int)year, err));
	opt.year = (int)year;
	opt.lang = c->lang;
	if (!date_is(on))
		date_make(opt.year, 12, 31, &on);
	TRY(facts_load(c->arena, assess_world_db(w), &w->scheme, &w->org, opt, &w->facts, err));
	return figures_on(&w->facts, on, &w->figures, err);
}

enum err_code assess_world_one(const struct assess_world *w, struct err *err)
{
	struct str kind = w->scheme.assessment->unit_kind;

	if (assess_has_unit(&w->facts, w->unit))
		return OK;
	if (kind.n)
		return fail(err, ERR_USAGE, "this scheme scores each unit of kind " STR_FMT ": --unit says which",
			STR_ARG(kind));
	return fail(err, ERR_USAGE, "this scheme scores the office: no --unit");
}

/* ---- the sheet ---- */

static struct str points(struct cli *c, int64_t thousandths)
{
	return thousandths_text(c->arena, thousandths);
}

static struct str mark_text(struct cli *c, const struct assess_mark *m)
{
	return m ? points(c, m->got) : S("·");
}

static struct str reason(struct cli *c, const struct assess_world *w, const struct assess_item_score *x)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(1 << 16);

	for (size_t i = 0; i < x->part.n; i++) {
		const struct assess_line *l = &x->part.p[i];

		if (l->kind == LINE_FULL || l->kind == LINE_MEMBER || l->thing.n)
			continue;
		if (b.n)
			buf_printf(&b, "; ");
		buf_printf(&b, "%s" STR_FMT, l->kind == LINE_ASSESSED ? "→ " : "",
			STR_ARG(l->sum.n ? l->sum : l->rule));
	}
	if (x->part.judged && x->part.judged->n)
		buf_printf(&b, "; " STR_FMT, STR_ARG(assess_judged_text(&w->facts, x->part.judged)));
	return arena_str(c->arena, buf_str(&b));
}

static struct str signed_points(struct cli *c, int64_t nano)
{
	return arena_printf(c->arena, "%s" STR_FMT, nano > 0 ? "+" : "", STR_ARG(nano_text(c->arena, nano)));
}

/* The lines with what is behind each. */
static void show_lines(struct cli *c, const struct assess_world *w, const struct assess_part *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct assess_line *l = &p->p[i];
		char due[DATE_TEXT];

		say_text(c, arena_printf(c->arena, "    " STR_FMT "  " STR_FMT "%s" STR_FMT,
			STR_ARG(signed_points(c, l->nano)), STR_ARG(l->rule), l->sum.n ? ": " : "", STR_ARG(l->sum)));
		for (size_t k = 0; k < l->nslots; k++)
			say_text(c, arena_printf(c->arena, "        " STR_FMT "  " STR_FMT "  " STR_FMT,
				STR_ARG(l->slots[k]->label), STR_ARG(l->slots[k]->owner),
				STR_ARG(date_text(l->slots[k]->due, due))));
		for (size_t k = 0; k < l->facts.n; k++)
			say_text(c, arena_printf(c->arena, "        " STR_FMT,
				STR_ARG(fact_row(c->arena, l->facts.p[k]))));
	}
}

static void explain(struct cli *c, const struct assess_world *w, const struct assess_sheet *s)
{
	for (size_t i = 0; i < s->plan->nsections; i++) {
		const struct assess_section_score *x = &s->sections[i];

		for (size_t k = 0; k < x->section->nitems; k++) {
			const struct assess_item_score *it = &x->items[k];

			say_text(c, arena_printf(c->arena, STR_FMT " " STR_FMT " = " STR_FMT, STR_ARG(it->item->id),
				STR_ARG(it->item->title), STR_ARG(points(c, it->part.got))));
			show_lines(c, w, &it->part);
		}
		say_text(c, arena_printf(c->arena, STR_FMT " = " STR_FMT, STR_ARG(x->section->title),
			STR_ARG(points(c, x->part.got))));
		show_lines(c, w, &x->part);
	}
	say_text(c, arena_printf(c->arena, "%s = " STR_FMT, tr(c->lang, N_("total")), STR_ARG(points(c, s->part.got))));
	show_lines(c, w, &s->part);
}

/* Is it still what was settled? */
static enum err_code settled(struct cli *c, const struct assess_world *w, const struct assess_sheet *s, struct err *err)
{
	const struct assessment *x = &w->assessment;
	char day[DATE_TEXT];
	struct hash now;
	bool same;

	if (!x->settled)
		return OK;
	TRY(assess_sheet_digest(&w->facts, s, &now, err));
	same = !memcmp(now.b, x->lines.b, HASH_BYTES);
	say(c, "settled by event %lld on " STR_FMT ": " STR_FMT " " STR_FMT "; %s", (long long)x->settled_seq,
		STR_ARG(date_text(x->settled_day, day)), STR_ARG(points(c, x->total)), STR_ARG(x->grade),
		tr(c->lang, same ? N_("computed anew it is the same, line by line") : N_("computed anew it differs")));
	return OK;
}

/* With a word where a quota took the better one away. */
static struct str grade_text(struct cli *c, const struct assess_row *r)
{
	struct str grade = assess_row_grade(r);

	return r->quota ? arena_printf(c->arena, STR_FMT " (%s)", STR_ARG(grade), tr(c->lang, N_("by quota"))) : grade;
}

static void show_table(struct cli *c, const struct assess_world *w, const struct assess_row *r)
{
	const struct assess_sheet *s = &r->sheet;
	static const char *const heads[] = {N_("item"), N_("title"), N_("points"), N_("computed"), N_("self"),
		N_("assessed"),
		N_("why")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llrrrrl");

	for (size_t i = 0; i < s->plan->nsections; i++) {
		const struct assess_section_score *x = &s->sections[i];

		for (size_t k = 0; k < x->section->nitems; k++) {
			const struct assess_item_score *it = &x->items[k];

			table_row(t, (struct str[]){it->item->id, it->item->title, points(c, it->item->points),
				points(c, it->computed), mark_text(c, it->self), points(c, it->part.got),
				reason(c, w, it)});
		}
		table_row(t, (struct str[]){x->section->id, x->section->title, points(c, x->section->full), STR_NONE,
			STR_NONE,
			points(c, x->part.got), STR_NONE});
	}
	table_row(t, (struct str[]){S("="), s->plan->title, points(c, s->full), STR_NONE, STR_NONE,
		points(c, s->part.got),
		grade_text(c, r)});
	table_print(t, c);
}

enum err_code assess_show_sheet(struct cli *c, struct assess_world *w, struct err *err)
{
	struct assess_row r;
	struct node *out;

	TRY(assess_world_one(w, err));
	assess_world_row(w, &r);
	if (c->json) {
		out = assess_sheet_json(&w->facts, &r.sheet);
		if (w->unit && r.grade >= 0)
			node_set(c->arena, out, S("grade_by_quota"), node_str(c->arena, assess_row_grade(&r)));
		return say_pretty(c, out, err);
	}
	if (cli_flag(c, "explain"))
		explain(c, w, &r.sheet);
	else
		show_table(c, w, &r);
	return settled(c, w, &r.sheet, err);
}

/* ---- units ---- */

struct taking {
	struct cli *c;
	struct assess_world *w;
};

/* Facts and figures by the scheme of one of the year's assessments: mostly those in hand. */
static enum err_code take(void *ctx, const struct assessment *x, const struct facts **f, const struct figures **figures,
	struct err *err)
{
	const struct taking *t = ctx;
	struct assess_world *w = t->w;
	const struct hash *mine = id_is(w->assessment.id) ? &w->assessment.digest : &w->digest;
	struct facts_opt opt = {.year = w->facts.year, .lang = t->c->lang};
	static const struct assessment none;
	struct arena *a = t->c->arena;
	struct figures *g;
	struct facts *all;
	struct scheme *s;

	*f = &w->facts;
	*figures = &w->figures;
	if (!memcmp((x ? &x->digest : &w->digest)->b, mine->b, HASH_BYTES))
		return OK;
	s = ARENA_NEW(a, struct scheme);
	*f = all = ARENA_NEW(a, struct facts);
	*figures = g = ARENA_NEW(a, struct figures);
	TRY(assessment_scheme(w->log, assess_world_db(w), a, x ? x : &none, opt.year, s, err));
	TRY(facts_load(a, assess_world_db(w), s, &w->org, opt, all, err));
	return figures_on(all, w->figures.on, g, err);
}

enum err_code assess_world_rows(struct cli *c, struct assess_world *w, struct assess_row **rows, size_t *n,
	struct err *err)
{
	struct taking t = {c, w};

	return assess_year_rows(c->arena, &w->all, &w->digest, take, &t, rows, n, err);
}

void assess_world_row(const struct assess_world *w, struct assess_row *out)
{
	struct assess_row *rows;
	size_t n;

	rows = assess_rows_with(&w->facts, &w->figures, &w->all, &n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].unit == w->unit)
			*out = rows[i];
}

enum err_code assess_show_units(struct cli *c, struct assess_world *w, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("unit"), N_("full"), N_("total"), N_("grade"), N_("remarks")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rlrrll");
	struct node *list = node_list(c->arena);
	struct assess_row *rows;
	size_t n;

	TRY(assess_world_rows(c, w, &rows, &n, err));
	for (size_t i = 0; i < n; i++) {
		const struct assess_row *r = &rows[i];
		struct str name = r->unit ? r->unit->name : w->org.office.name;
		struct str grade = assess_row_grade(r);
		struct node *one;

		table_row(t, (struct str[]){arena_printf(c->arena, "%zu", i + 1), name, points(c, r->sheet.full),
			points(c, r->sheet.part.got), grade, r->quota ? str_c(tr(c->lang, N_("by quota"))) : STR_NONE});
		one = assess_sheet_json(r->facts, &r->sheet);
		node_set(c->arena, one, S("name"), node_str(c->arena, name));
		if (grade.n)
			node_set(c->arena, one, S("grade_by_quota"), node_str(c->arena, grade));
		node_push(c->arena, list, one);
	}
	if (c->json)
		return say_pretty(c, list, err);
	table_print(t, c);
	return OK;
}

/* ---- what would raise it ---- */

enum err_code assess_show_whatif(struct cli *c, struct assess_world *w, struct err *err)
{
	static const char *const heads[] = {N_("gain"), N_("if missed"), N_("item"), N_("what")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rrll");
	struct assess_hints h;
	size_t gone = 0;

	TRY(assess_world_one(w, err));
	assess_whatif(&w->facts, &w->figures, w->unit, &w->inputs, &h);
	if (c->json)
		return say_pretty(c, hints_json(&w->facts, &h), err);
	for (size_t i = 0; i < h.n; i++) {
		bool past = h.p[i].kind == HINT_GONE;

		gone += past;
		if (past && !cli_flag(c, "explain"))
			continue;
		table_row(t, (struct str[]){h.p[i].gain > 0 ? signed_points(c, h.p[i].gain * NANO) : S("·"),
			h.p[i].loss > 0 ? signed_points(c, -h.p[i].loss * NANO) : S("·"),
			arena_printf(c->arena, STR_FMT " " STR_FMT, STR_ARG(h.p[i].item->id),
			STR_ARG(h.p[i].item->title)),
			assess_hint_text(&w->facts, &h.p[i])});
	}
	if (h.n > gone || cli_flag(c, "explain"))
		table_print(t, c);
	else
		say(c, "nothing is left that would raise or lower the score");
	if (gone && !cli_flag(c, "explain"))
		say(c, "%zu losses can be made good no longer; --explain names them", gone);
	return OK;
}

/* ---- appeals ---- */

enum err_code assess_show_appeals(struct cli *c, struct assess_world *w, struct err *err)
{
	static const char *const heads[] = {N_("no."), N_("assessment"), N_("item"), N_("state"), N_("since"),
		N_("why")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rrllll");
	struct node *list = node_list(c->arena);
	struct flow_cases all;
	size_t shown = 0;

	TRY(flow_load(assess_world_db(w), c->arena, FLOW_APPEAL, DATE_NONE, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct flow_case *x = &all.p[i];
		struct node *one = node_map(c->arena);
		struct str item, why = STR_NONE;
		char day[DATE_TEXT];
		int64_t of;

		if (!appeal_about(x->about, &of, &item) || (id_is(w->assessment.id) && of != w->assessment.id.seq))
			continue;
		for (size_t k = 0; k < x->n; k++)
			why = x->steps[k].why.n ? x->steps[k].why : why;
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)x->subject.seq),
			arena_printf(c->arena, "%lld", (long long)of), item,
			str_c(tr(c->lang, state_defs[x->state].title)),
			date_text(x->since, day), why});
		node_set(c->arena, one, S("appeal"), node_num(c->arena, x->subject.seq));
		node_set(c->arena, one, S("assessment"), node_num(c->arena, of));
		node_set(c->arena, one, S("item"), node_str(c->arena, item));
		node_set(c->arena, one, S("state"), node_str(c->arena, str_c(state_defs[x->state].name)));
		node_set(c->arena, one, S("why"), node_str(c->arena, why));
		node_push(c->arena, list, one);
		shown++;
	}
	if (c->json)
		return say_json(c, list, err);
	if (shown)
		table_print(t, c);
	else
		say(c, "no appeals");
	return OK;
}
