#include "cli/folder.h"

#include "base/file.h"
#include "log/object.h"
#include "scheme/scheme_org.h"
#include "record/adopt.h"
#include "duty/duty.h"
#include "report/report.h"

static bool is_register(struct str name)
{
	if (name.p[0] == '.' || str_starts(name, S("~$")) || str_is(name, "org.xlsx"))
		return false;
	return import_is_register(name);
}

enum err_code folder_registers(
	struct cli *c, char *const *paths, int n, struct str **out, size_t *count, struct err *err)
{
	size_t cap = 0;

	*out = NULL;
	*count = 0;
	for (int i = 0; i < n; i++) {
		struct file_list l;
		size_t before = *count;

		if (!file_is_dir(paths[i])) {
			if (!file_exists(paths[i]))
				return fail(err, ERR_NOT_FOUND, "%s: no such file or folder", paths[i]);
			*ARENA_PUSH(c->arena, *out, *count, cap) = str_c(paths[i]);
			continue;
		}
		TRY(file_list(c->arena, paths[i], IMPORT_FILES, &l, err));
		for (size_t k = 0; k < l.n; k++)
			if (is_register(l.names[k]))
				*ARENA_PUSH(c->arena, *out, *count, cap) =
					path_join(c->arena, str_c(paths[i]), l.names[k]);
		if (*count == before)
			return fail(err, ERR_REQUIRED, "%s: no registers here (.xlsx, .csv)", paths[i]);
	}
	return OK;
}

const char *folder_evidence(struct cli *c, const char *folder)
{
	static const char *const names[] = {"佐证", "evidence"};

	for (size_t i = 0; i < LEN(names); i++) {
		struct str dir = path_join(c->arena, str_c(folder), str_c(names[i]));

		if (file_is_dir(dir.p))
			return dir.p;
	}
	return NULL;
}

enum err_code folder_org(struct cli *c, const char *folder, int year, struct org *out, struct err *err)
{
	struct str json = path_join(c->arena, str_c(folder), S("org.json"));
	struct str xlsx = path_join(c->arena, str_c(folder), S("org.xlsx"));

	if (file_exists(json.p))
		return org_read(c->arena, json.p, year, out, err);
	if (file_exists(xlsx.p))
		return org_read(c->arena, xlsx.p, year, out, err);
	return fail(err, ERR_NOT_FOUND, "%s: neither org.json nor org.xlsx here", folder);
}

enum err_code read_scheme_file(struct cli *c, const char *path, struct scheme *out, struct err *err)
{
	TRY(scheme_file(c->arena, str_c(path), out, err));
	return report_outline_check(c->arena, out, err);
}

void on_sheet_rows(void *ctx, size_t rows)
{
	progress(ctx, N_("rows read"), (int64_t)rows, 0);
}

struct adopting {
	const struct org *org;
	const struct scheme *scheme;
	struct adoption how;
	struct org_change *change;
};

static enum err_code write_adoption(struct tx *tx, void *ctx, struct err *err)
{
	const struct adopting *x = ctx;

	if (x->org)
		TRY(org_adopt(tx, x->org, x->change, err));
	return x->scheme ? scheme_adopt(tx, x->scheme, &x->how, err) : OK;
}

/* A duty that counts by a setting the organisation lacks owes more than was meant: that is said. */
static void warn_lacks(struct cli *c, const struct org *org, const struct scheme *scheme)
{
	const struct facts f = {.arena = c->arena, .scheme = scheme, .org = org};

	for (size_t i = 0; i < scheme->nduties; i++) {
		for (size_t k = 0; k < scheme->duties[i].nneeds; k++) {
			struct str key = need_lacks(&f, &scheme->duties[i].needs[k]);

			if (key.n)
				warn(c, "duty " STR_FMT " counts by '" STR_FMT "', which the organisation file lacks: "
				        "the whole year counts, no day is exempt, a table has no periods",
				     STR_ARG(scheme->duties[i].id), STR_ARG(key));
		}
	}
}

void warn_misses(struct cli *c, const struct org *org, const struct scheme *scheme)
{
	struct texts misses = scheme_org_misses(c->arena, c->lang, scheme, org);

	for (size_t i = 0; i < misses.n; i++)
		warn(c, STR_FMT, STR_ARG(misses.p[i]));
}

enum err_code adopt_all(struct cli *c, struct log *log, const struct org *org, const struct scheme *scheme,
	struct date from, struct org_change *change, struct err *err)
{
	struct adopting x = {.org = org, .scheme = scheme, .change = change};

	if (org && scheme) {
		warn_lacks(c, org, scheme);
		warn_misses(c, org, scheme);
	}
	if (scheme)
		TRY(scheme_store(objects_of(log), c->arena, scheme, &x.how, err));
	x.how.from = from;
	return log_write(log, cli_actor(c->arena), S("cli"), write_adoption, &x, err);
}

/* ---- showing an import ---- */

static struct str number(struct arena *a, size_t n)
{
	return n ? arena_printf(a, "%zu", n) : S("·");
}

static void show_table_line(struct cli *c, struct table *out, const struct import_table *t)
{
	struct arena *a = c->arena;
	struct str cells[8];

	if (t->problem.n) {
		cells[0] = t->source;
		for (size_t i = 1; i < LEN(cells); i++)
			cells[i] = S("–");
	} else {
		cells[0] = t->source;
		cells[1] = number(a, t->nrows);
		cells[2] = number(a, t->count[ROW_ADD]);
		cells[3] = number(a, t->count[ROW_CHANGE]);
		cells[4] = number(a, t->count[ROW_SAME]);
		cells[5] = number(a, t->count[ROW_REFUSED]);
		cells[6] = number(a, t->count[ROW_DUPLICATE]);
		cells[7] = number(a, t->count[ROW_OUT_OF_YEAR]);
	}
	table_row(out, cells);
}

/* Says at most `most` lines of a kind, and how many more there are. */
struct capped {
	struct cli *c;
	const struct import *im;
	int shown, most, more;
};

static bool room(struct capped *k)
{
	if (k->shown < k->most) {
		k->shown++;
		return true;
	}
	k->more++;
	return false;
}

static void show_refused(struct capped *k, const struct import_table *t)
{
	struct cli *c = k->c;

	for (size_t i = 0; i < t->nrows; i++) {
		const struct import_row *r = &t->rows[i];

		if (r->class != ROW_REFUSED || !room(k))
			continue;
		say(c, N_("refused  " STR_FMT " row %d, " STR_FMT ": " STR_FMT), STR_ARG(t->source), r->no,
		    STR_ARG(t->heads[r->field->at]), STR_ARG(text_line(c->arena, refusal_text(c->arena, c->lang, r))));
	}
}

static void show_notices(struct capped *k, const struct import_table *t)
{
	for (size_t i = 0; i < t->nnotices; i++)
		if (room(k))
			say(k->c, N_("look at  " STR_FMT " row %d: " STR_FMT), STR_ARG(t->source), t->notices[i].row,
			    STR_ARG(text_line(k->c->arena, t->notices[i].text)));
}

/* Each field that would say something else; of evidence that came since there is none. */
static void show_changed(struct capped *k, const struct import_table *t)
{
	struct cli *c = k->c;

	for (size_t i = 0; i < t->nrows; i++) {
		const struct import_row *r = &t->rows[i];
		struct import_change *to;
		size_t n = r->class == ROW_CHANGE ? import_changes(c->arena, k->im, t, r, &to) : 0;

		for (size_t f = 0; f < n; f++)
			if (room(k))
				say(c, N_("changed  " STR_FMT " row %d, record %lld, " STR_FMT ": '" STR_FMT
				"' → '" STR_FMT "'"),
					STR_ARG(t->source), r->no, (long long)r->id.seq, STR_ARG(to[f].head),
					STR_ARG(text_line(c->arena, to[f].was)), STR_ARG(text_line(c->arena,
					to[f].is)));
	}
}

static void show_gone(struct capped *k, const struct import_table *t)
{
	for (size_t i = 0; i < t->ngone; i++) {
		const struct import_gone *g = &t->gone[i];
		struct str label = text_line(k->c->arena, g->label);

		if (!room(k))
			continue;
		if (g->row)
			say(k->c, N_("gone     " STR_FMT " (was row %d): " STR_FMT "; the record stays"),
			STR_ARG(t->source),
				g->row, STR_ARG(label));
		else
			say(k->c, N_("gone     " STR_FMT " (entered by hand): " STR_FMT "; the record stays"),
				STR_ARG(t->source), STR_ARG(label));
	}
}

static void show_each(
	struct cli *c, const struct import *im, int most, void (*fn)(struct capped *k, const struct import_table *t))
{
	struct capped k = {.c = c, .im = im, .most = most};

	for (size_t i = 0; i < im->ntables; i++)
		if (!im->tables[i].problem.n)
			fn(&k, &im->tables[i]);
	if (k.more)
		say(c, N_("         … %d more"), k.more);
}

void show_import(struct cli *c, const struct import *im, int most)
{
	static const char *const heads[] = {N_("register"), N_("rows"), N_("new"), N_("changed"), N_("same"),
	                                    N_("refused"), N_("duplicate"), N_("outside the year")};
	struct table *t = table_new(c->arena, (int)LEN(heads), heads, "lrrrrrrr");

	progress_end(c);
	for (size_t i = 0; i < im->ntables; i++)
		show_table_line(c, t, &im->tables[i]);
	table_print(t, c);
	say(c, N_("new %zu, changed %zu, same %zu, refused %zu, duplicate %zu, outside the year %zu"),
	    import_count(im, ROW_ADD), import_count(im, ROW_CHANGE), import_count(im, ROW_SAME),
	    import_count(im, ROW_REFUSED), import_count(im, ROW_DUPLICATE), import_count(im, ROW_OUT_OF_YEAR));
	for (size_t i = 0; i < im->ntables; i++)
		if (im->tables[i].problem.n)
			say(c, N_("problem  " STR_FMT ": " STR_FMT), STR_ARG(im->tables[i].source),
			    STR_ARG(text_line(c->arena, im->tables[i].problem)));
	show_each(c, im, most, show_refused);
	show_each(c, im, most, show_changed);
	show_each(c, im, most, show_gone);
	show_each(c, im, most, show_notices);
	for (size_t i = 0; i < im->nunmapped; i++)
		say(c, N_("not read " STR_FMT ": the scheme has no register like it"), STR_ARG(im->unmapped[i]));
}

enum err_code import_out(struct cli *c, const struct import *im, struct id id, struct err *err)
{
	struct node *out = import_json(im);

	if (id_is(id))
		node_set(c->arena, out, S("import"), node_num(c->arena, id.seq));
	return say_json(c, out, err);
}
