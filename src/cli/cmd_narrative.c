/* People's own paragraphs of the report: looked at, written, taken in and given back. */
#include "cli/report_out.h"
#include "cli/verb.h"

#include "base/file.h"
#include "record/adopt.h"
#include "text/json.h"
#include "text/nfc.h"

#include <errno.h>
#include <unistd.h>

command_fn cmd_narrative;

struct work {
	struct cli *c;
	struct log *log;
	struct scheme scheme;
	struct own_places places;
	struct narrative now; /* of the year */
	int year;
	/* what an intent needs */
	struct section_save save;
	const struct narrative *file;
	int64_t rev;
	size_t written;
};

static void work_done(struct work *w)
{
	log_close(&w->log);
}

/* ---- which section ---- */

/* The number of what stands as second word: one of the outline, the notes, or one that the log still has. */
static enum err_code read_section(struct work *w, struct str *out, struct err *err)
{
	struct str word = str_c(w->c->args[1]);
	const struct own_place *place;

	*out = word;
	if (str_eq(word, SECTION_NOTES) || narrative_get(&w->now, word))
		return OK;
	TRY(narrative_place(w->c->arena, &w->places, word, &place, err));
	*out = place->number;
	return OK;
}

static const struct own *own_of(const struct work *w, struct str number)
{
	return str_eq(number, SECTION_NOTES) ? &w->now.notes : narrative_get(&w->now, number);
}

/* ---- show ---- */

static struct node *own_node(struct arena *a, struct str number, struct str heading, const struct own *own)
{
	struct node *one = node_map(a);

	node_set(a, one, S("section"), node_str(a, number));
	node_set(a, one, S("heading"), node_str(a, heading));
	node_set(a, one, S("text"), node_str(a, own ? own->text : S("")));
	node_set(a, one, S("rev"), node_num(a, own ? own->rev : REV_NONE));
	if (own && own->rev != REV_NONE) {
		char *at = arena_alloc(a, TIME_TEXT);

		node_set(a, one, S("actor"), node_str(a, own->actor));
		node_set(a, one, S("at"), node_str(a, time_text(own->at, at)));
	}
	return one;
}

static void show_row(
	struct cli *c, struct table *t, struct node *list, const struct own_place *place, const struct own *own)
{
	bool there = own && own->rev != REV_NONE;

	table_row(t, (struct str[]){place->number, place->heading,
			arena_printf(c->arena, "%zu", own ? own->n : 0),
			there ? text_time(c->arena, own->at) : S(""),
			there ? own->actor : str_c(tr(c->lang, N_("not written yet"))),
			there ? arena_printf(c->arena, "%lld", (long long)own->rev) : S("")});
	node_push(c->arena, list, own_node(c->arena, place->number, place->heading, own));
}

static enum err_code show_all(struct work *w, struct err *err)
{
	static const char *const heads[] = {
		N_("section"), N_("heading"), N_("paragraphs"), N_("saved"), N_("by"), N_("event")};
	struct cli *c = w->c;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "llrllr");
	struct node *list = node_list(c->arena);
	struct err none = {.lang = c->lang};

	for (size_t i = 0; i < w->places.n; i++)
		show_row(c, t, list, &w->places.p[i], narrative_get(&w->now, w->places.p[i].number));
	for (size_t i = 0; i < w->now.n; i++, err_clear(&none)) {
		const struct own *own = &w->now.p[i];
		const struct own_place *found, lost = {own->number, own->heading};

		if (own->n && narrative_place(c->arena, &w->places, own->number, &found, &none) != OK)
			show_row(c, t, list, &lost, own);
	}
	if (c->json)
		return say_json(c, list, err);
	table_print(t, c);
	return OK;
}

static enum err_code show(struct work *w, struct err *err)
{
	const struct own *own;
	struct str number;

	if (w->c->nargs < 2)
		return show_all(w, err);
	TRY(read_section(w, &number, err));
	own = own_of(w, number);
	if (w->c->json)
		return say_json(w->c, own_node(w->c->arena, number, own ? own->heading : S(""), own), err);
	if (!own || !own->text.n)
		say(w->c, "nobody has written section " STR_FMT " yet", STR_ARG(number));
	else
		say_raw(w->c, own->text);
	return OK;
}

/* ---- history ---- */

static enum err_code history(struct work *w, struct err *err)
{
	static const char *const heads[] = {N_("event"), N_("saved"), N_("by"), N_("reason"), N_("text")};
	struct cli *c = w->c;
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "rllll");
	struct node *list = node_list(c->arena);
	struct section_versions l;
	struct str number;

	TRY(read_section(w, &number, err));
	TRY(narrative_history(log_db(w->log), c->arena, w->year, number, &l, err));
	for (size_t i = 0; i < l.n; i++) {
		const struct section_version *v = &l.p[i];
		const struct own own = {.text = v->text, .rev = v->id.seq, .actor = v->actor, .at = v->at};
		struct node *one = own_node(c->arena, number, S(""), &own);

		node_set(c->arena, one, S("why"), node_str(c->arena, v->why));
		node_push(c->arena, list, one);
		table_row(t, (struct str[]){arena_printf(c->arena, "%lld", (long long)v->id.seq),
				text_time(c->arena, v->at), v->actor, v->why,
				v->text.n ? v->text : str_c(tr(c->lang, N_("taken away")))});
	}
	if (c->json)
		return say_json(c, list, err);
	if (!l.n)
		say(c, "nobody has written section " STR_FMT " yet", STR_ARG(number));
	else
		table_print(t, c);
	return OK;
}

/* ---- export ---- */

static enum err_code export(struct work *w, struct err *err)
{
	struct str text = narrative_markdown(w->c->arena, &w->now);

	if (w->c->json) {
		struct node *out = node_map(w->c->arena);

		node_set(w->c->arena, out, S("text"), node_str(w->c->arena, text));
		return say_json(w->c, out, err);
	}
	if (text.n)
		say_raw(w->c, str_sub(text, 0, text.n - 1)); /* which adds the line end */
	return OK;
}

/* ---- write, import ---- */

static enum err_code read_stdin(struct arena *a, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(NARRATIVE_BYTES);
	char part[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, part, sizeof part)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			buf_put(&b, (struct str){part, (size_t)n});
	if (n < 0)
		return fail_errno(err, "standard input cannot be read");
	if (b.over)
		return fail(err, ERR_LIMIT, "%s is larger than %d bytes", "-", (int)NARRATIVE_BYTES);
	*out = arena_str(a, buf_str(&b));
	return OK;
}

static enum err_code do_write(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return narrative_write(tx, &w->save, &w->rev, err);
}

static enum err_code written(struct work *w, size_t n, struct err *err)
{
	struct node *out = node_map(w->c->arena);

	node_set(w->c->arena, out, S("written"), node_num(w->c->arena, (int64_t)n));
	if (w->rev != REV_NONE)
		node_set(w->c->arena, out, S("rev"), node_num(w->c->arena, w->rev));
	return w->c->json ? say_json(w->c, out, err) : OK;
}

static enum err_code write_section(struct work *w, struct err *err)
{
	struct cli *c = w->c;
	const char *path = c->nargs > 2 ? c->args[2] : "-";
	int64_t size = log_size(w->log);
	struct str text;

	w->save = (struct section_save){.year = w->year, .rev = REV_ANY, .why = str_c(cli_opt(c, "why"))};
	TRY(cli_int(c, "after", 0, INT64_MAX, &w->save.rev, err));
	TRY(read_section(w, &w->save.section, err));
	if (!strcmp(path, "-"))
		TRY(read_stdin(c->arena, &text, err));
	else
		TRY(file_read(c->arena, path, NARRATIVE_BYTES, &text, err));
	w->save.text = text;
	TRY(log_write(w->log, cli_actor(c->arena), S("cli"), do_write, w, err));
	if (log_size(w->log) == size)
		say(c, "nothing to write: section " STR_FMT " says this already", STR_ARG(w->save.section));
	else
		say(c, str_blank(text) ? N_("section " STR_FMT " is taken away: event %lld")
				       : N_("section " STR_FMT " is written: event %lld"),
			STR_ARG(w->save.section), (long long)w->rev);
	return written(w, log_size(w->log) != size, err);
}

static enum err_code do_import(struct tx *tx, void *ctx, struct err *err)
{
	struct work *w = ctx;

	return narrative_import(tx, w->year, w->file, &w->written, err);
}

static enum err_code import(struct work *w, struct err *err)
{
	struct cli *c = w->c;
	struct narrative file;

	TRY(narrative_file(c, c->args[1], &w->scheme, &file, err));
	w->file = &file;
	if (log_write(w->log, cli_actor(c->arena), S("cli"), do_import, w, err) != OK)
		return err_at(err, "%s", c->args[1]);
	say(c, "written: %zu; what else the file says stands in the log already", w->written);
	return written(w, w->written, err);
}

/* ---- the command ---- */

static const struct action {
	struct verb verb;
	enum err_code (*fn)(struct work *w, struct err *err);
	bool writes;
} actions[] = {
	{{"show", 1, 2, NULL, {NULL}}, show, false},
	{{"write", 2, 3, N_("SECTION"), {NULL}}, write_section, true},
	{{"history", 2, 2, N_("SECTION"), {NULL}}, history, false},
	{{"import", 2, 2, N_("FILE"), {NULL}}, import, true},
	{{"export", 1, 1, NULL, {NULL}}, export, false},
};

static enum err_code work_open(struct work *w, bool writes, struct err *err)
{
	struct arena *a = w->c->arena;
	struct org org;
	int64_t year;

	TRY(writes ? cli_open(w->c, &w->log, err) : cli_open_reading(w->c, &w->log, err));
	TRY(org_load(log_db(w->log), a, DATE_NONE, &org, err));
	year = org.office.year;
	TRY(cli_int(w->c, "year", 1990, 2100, &year, err));
	w->year = (int)year;
	TRY(scheme_of_year(w->log, log_db(w->log), a, w->year, &w->scheme, err));
	TRY(narrative_places(a, &w->scheme, &w->places, err));
	return narrative_load(log_db(w->log), a, &w->scheme, w->year, &w->now, err);
}

enum err_code cmd_narrative(struct cli *c, int *status, struct err *err)
{
	CLEANUP(work_done) struct work w = {.c = c};
	const char *name = c->nargs ? c->args[0] : "show";
	const struct action *action = VERB_NAMED(actions, name);

	if (!action)
		return VERB_UNKNOWN(c, actions, name, err);
	TRY(verb_operands(c, &action->verb, err));
	TRY(work_open(&w, action->writes, err));
	return action->fn(&w, err);
}
