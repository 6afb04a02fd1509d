/* zeren report adopt: a report that was edited in a word processor, held against the log. */
#include "cli/report_out.h"

#include "report/adopt.h"
#include "text/json.h"

struct adopting {
	struct cli *c;
	struct adoption found;
	int year;
	struct str why;
};

static const char *const heads[ADOPT_KINDS] = {
	[ADOPT_CHANGED] = N_("%s, own paragraph: new words"),
	[ADOPT_ADDED] = N_("%s: a new own paragraph"),
	[ADOPT_REMOVED] = N_("%s: an own paragraph is gone"),
	[ADOPT_FIGURE] = N_("%s, a figure differs: "),
	[ADOPT_FIXED] = N_("%s: words that the scheme and the records make; change those"),
	[ADOPT_FIXED_REMOVED] =
		N_("%s: a paragraph that the scheme and the records make is gone; it stays in the report"),
	[ADOPT_HOMELESS] = N_("%s: a new paragraph, but the scheme has no room for people's text here"),
	[ADOPT_NUMBER] = N_("%s: "),
	[ADOPT_MOVED] = N_("%s: a paragraph was moved; it stays where the report has it"),
	[ADOPT_ANNEX] = N_("%s: records and the scheme make it; it stays as it was"),
	[ADOPT_CELL] = N_("%s: the record says it; correct it there"),
};

/* What is said of what has no section. */
static const struct {
	const char *field, *head;
} others[] = {{"annexes", N_("names of annexes: the scheme says them (report.paper.annexes)")},
	{"code", N_("code of an approved version: --approved N holds the document against that version")},
	{"footnote", N_("a footnote; the report has none, it is left out")},
	{"endnote", N_("an endnote; the report has none, it is left out")},
	{"remark", N_("a remark in the margin; it is left out")},
	{"header", N_("words in the header of the pages; they are left out")},
	{"footer", N_("words in the footer of the pages; they are left out")}};

static const char *other_head(const struct cli *c, const struct adopt_item *it)
{
	const struct paper_field *f = it->field ? paper_field(str_c(it->field)) : NULL;

	if (f)
		return arena_printf(c->arena,
			tr(c->lang, N_("%s: the office says it; to change it: zeren report paper %s VALUE")),
			tr(c->lang, f->title), f->name)
			.p;
	for (size_t i = 0; i < LEN(others); i++)
		if (it->field && !strcmp(others[i].field, it->field))
			return tr(c->lang, others[i].head);
	return tr(c->lang,
		it->now.n ? N_("a picture that the report does not have; it is left out")
			  : N_("a picture is gone; it stays in the report"));
}

static struct str place(const struct cli *c, const struct adopt_item *it)
{
	if (it->own.n)
		return it->own;
	if (it->place.n)
		return it->place;
	return it->section.n ? it->section : str_c(tr(c->lang, N_("title and lead")));
}

static void show_text(const struct cli *c, const char *what, struct str text)
{
	if (text.n)
		say_text(c,
			arena_printf(
				c->arena, "    %s" STR_FMT, tr(c->lang, what), STR_ARG(text_line(c->arena, text))));
}

static struct str head_of(const struct cli *c, const struct adopt_item *it)
{
	const char *head = heads[it->kind];

	if (!head)
		return str_c(other_head(c, it));
	if (it->kind == ADOPT_MOVED && it->own.n)
		head = N_("%s: own paragraphs in another order");
	return arena_printf(c->arena, tr(c->lang, head), arena_str(c->arena, place(c, it)).p);
}

static void show_item(const struct cli *c, const struct adopt_item *it)
{
	struct str head = head_of(c, it);

	if (it->kind == ADOPT_FIGURE) {
		say_text(c,
			arena_printf(
				c->arena, STR_FMT STR_FMT, STR_ARG(head), STR_ARG(text_line(c->arena, it->figure))));
		show_text(c, N_("by the records: "), it->old);
		show_text(c, N_("in the document: "), it->now.n ? it->now : str_c(tr(c->lang, N_("left out"))));
		return;
	}
	if (it->kind == ADOPT_NUMBER) {
		say_text(c, arena_printf(c->arena, STR_FMT STR_FMT, STR_ARG(head), STR_ARG(it->now)));
		return;
	}
	say_text(c, head);
	show_text(c, N_("record: "), it->record);
	show_text(c, N_("was: "), it->old);
	show_text(c, N_("now: "), it->now);
	if (it->kind == ADOPT_CELL && !it->now.n)
		show_text(c, N_("now: "), str_c(tr(c->lang, N_("left out"))));
}

static void set(struct arena *a, struct node *n, struct str key, struct str value)
{
	if (value.n)
		node_set(a, n, key, node_str(a, value));
}

static enum err_code show_json(const struct adopting *w, int64_t event, struct err *err)
{
	struct arena *a = w->c->arena;
	struct node *out = node_map(a), *items = node_list(a), *sections = node_list(a);

	for (size_t i = 0; i < w->found.n; i++) {
		const struct adopt_item *it = &w->found.p[i];
		struct node *n = node_map(a);

		node_set(a, n, S("kind"), node_str(a, str_c(adopt_kind_name(it->kind))));
		set(a, n, S("section"), it->section);
		set(a, n, S("own"), it->own);
		if (it->para)
			node_set(a, n, S("paragraph"), node_num(a, (int64_t)it->para));
		set(a, n, S("figure"), it->figure);
		set(a, n, S("field"), it->field ? str_c(it->field) : STR_NONE);
		set(a, n, S("place"), it->place);
		set(a, n, S("record"), it->record);
		if (it->kind == ADOPT_CELL)
			node_set(a, n, S("number"), node_bool(a, it->number));
		set(a, n, S("was"), it->old);
		set(a, n, S("now"), it->now);
		node_push(a, items, n);
	}
	for (size_t i = 0; i < w->found.nsections; i++) {
		struct node *n = node_map(a);

		node_set(a, n, S("section"), node_str(a, w->found.sections[i].number));
		node_set(a, n, S("text"), node_str(a, w->found.sections[i].text));
		node_push(a, sections, n);
	}
	node_set(a, out, S("items"), items);
	node_set(a, out, S("sections"), sections);
	node_set(a, out, S("figures"), node_num(a, (int64_t)w->found.figures));
	node_set(a, out, S("accepted"), node_bool(a, event >= 0));
	if (event >= 0)
		node_set(a, out, S("event"), node_num(a, event));
	return say_json(w->c, out, err);
}

static enum err_code write_sections(struct tx *tx, void *ctx, struct err *err)
{
	const struct adopting *w = ctx;

	return adopt_write(tx, w->year, &w->found, w->why, err);
}

/* *event: the last one of the intent; -1 where nothing was to be written. */
static enum err_code accept_all(struct adopting *w, int64_t *event, struct err *err)
{
	CLEANUP(log_close) struct log *log = NULL;

	if (!w->found.nsections)
		return OK;
	TRY(cli_open(w->c, &log, err));
	TRY(log_write(log, cli_actor(w->c->arena), S("cli"), write_sections, w, err));
	*event = log_size(log) - 1;
	return OK;
}

static void show(const struct adopting *w, int64_t event)
{
	const struct adoption *f = &w->found;

	for (size_t i = 0; i < f->n; i++)
		show_item(w->c, &f->p[i]);
	if (!f->n)
		say(w->c, "the document says what the log says");
	else if (event >= 0)
		say(w->c,
			"written: own text of %zu sections, up to event %lld (zeren narrative history shows what "
			"it was)",
			f->nsections, (long long)event);
	else if (f->nsections)
		say(w->c, "nothing is written yet: --accept takes the own text of %zu sections", f->nsections);
	else
		say(w->c, "nothing of this is people's own text: nothing to take");
	if (f->figures)
		say(w->c,
			"figures that differ: %zu; records say them, so correct the records or put the document right",
			f->figures);
}

enum err_code report_adopt(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world world = {0};
	struct adopting w = {.c = c};
	struct report_opt opt = {.lang = c->lang};
	struct paper_approval paper;
	struct approval version;
	struct narrative own;
	struct docx_text text;
	struct report r;
	int64_t event = -1;

	if (c->nargs < 2)
		return fail(err, ERR_USAGE, "which document? zeren report adopt FILE.docx");
	if (c->nargs > 2)
		return fail(err, ERR_USAGE, "zeren report adopt takes one file; '%s' is one too many", c->args[2]);
	if (cli_opt(c, "narrative") || cli_opt(c, "redact") || cli_opt(c, "out"))
		return fail(err, ERR_USAGE, "zeren report adopt takes no --narrative, --redact or --out");
	if (cli_opt(c, "approved")) {
		if (cli_opt(c, "known") || cli_opt(c, "on"))
			return fail(err, ERR_USAGE, "--approved N says its day and its event itself");
		TRY(report_approved(c, &version, &paper, err));
		world.version = &version;
		opt.approval = &paper;
	}
	TRY(docx_read(c->arena, c->args[1], &text, err));
	TRY(document_world(c, &world, err));
	opt.db = report_world_db(&world);
	opt.decisions = &world.decisions;
	opt.paper = &world.paper;
	TRY(report_outline_check(c->arena, &world.scheme, err));
	TRY(narrative_of_world(c, &world, &own, err));
	TRY(report_compose(&world.figures, &own, opt, &r, err));
	TRY(adopt_compare(&r, &own, &text, &w.found, err));
	w.year = world.facts.year;
	w.why = cli_opt(c, "why") ? str_c(cli_opt(c, "why"))
				  : arena_printf(c->arena, tr(c->lang, "out of %s"), text.name.p);
	if (cli_flag(c, "accept"))
		TRY(accept_all(&w, &event, err));
	*status = w.found.figures > 0;
	if (c->json)
		return show_json(&w, event, err);
	show(&w, event);
	return OK;
}
