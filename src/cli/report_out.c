#include "cli/report_out.h"

#include "base/file.h"
#include "doc/layout.h"
#include "flow/decision.h"
#include "record/adopt.h"
#include "flow/facts_load.h"
#include "text/json.h"
#include "text/nfc.h"

#include <inttypes.h>

enum { JSON_OUT_BYTES = 64 << 20 };

/* ---- files ---- */

struct writing {
	struct cli *c;
	const char *out;
};

static enum err_code put(struct writing *w, const char *name, const struct buf *b, struct err *err)
{
	if (b->over)
		return fail(err, ERR_LIMIT, "%s is larger than %zu bytes", name, b->max);
	return file_write(path_join(w->c->arena, str_c(w->out), str_c(name)).p, buf_str(b), err);
}

static enum err_code put_json(struct writing *w, const char *name, const struct node *node, struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(JSON_OUT_BYTES);

	json_pretty(&b, node);
	buf_putc(&b, '\n');
	return put(w, name, &b, err);
}

static enum err_code put_doc(struct writing *w, const char *name, const struct doc *d,
	void (*write)(const struct doc *d, struct buf *out), struct err *err)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(DOC_BYTES);

	write(d, &b);
	return put(w, name, &b, err);
}

/* Is it among the formats asked for? NULL: all of them but pictures of pages. */
static bool wanted(const char *formats, const char *format)
{
	struct str rest = str_c(formats), one;

	if (!formats)
		return strcmp(format, "png") != 0;
	while (str_cut(&rest, S(","), &one))
		if (str_is(str_trim(one), format))
			return true;
	return false;
}

static enum err_code formats_known(const char *formats, struct err *err)
{
	struct str rest = str_c(formats), one;

	while (formats && str_cut(&rest, S(","), &one))
		if (!report_output(str_trim(one)) && !str_is(str_trim(one), "png"))
			return fail(err, ERR_USAGE,
				"--format: some of docx, pdf, ofd, html, md, txt, trace, png with commas between are "
				"expected, "
				"not " STR_FMT, STR_ARG(one));
	return OK;
}

const char *report_fonts(struct cli *c)
{
	const char *dir = path_join(c->arena, str_c(c->data), S("fonts")).p;

	return file_is_dir(dir) ? dir : NULL;
}

static void warn_pages(struct cli *c, const struct lay *lay)
{
	for (size_t i = 0; i < lay->nwarnings; i++)
		warn(c, STR_FMT, STR_ARG(lay->warnings[i].text));
}

/* page-01.png … in a folder of their own. */
static enum err_code pictures(struct writing *w, struct printing *p, struct err *err)
{
	struct arena *a = w->c->arena;
	struct str dir = path_join(a, str_c(w->out), S("pages"));
	const struct lay *lay;
	int64_t dpi = 150;

	TRY(cli_int(w->c, "dpi", 36, 400, &dpi, err));
	TRY(printing_lay(p, &lay, err));
	TRY(file_mkdirs(dir.p, err));
	for (size_t i = 0; i < lay->npages; i++) {
		struct str png;

		TRY(doc_png(lay, i, (int)dpi, a, &png, err));
		TRY(file_write(path_join(a, dir, arena_printf(a, "page-%02zu.png", i + 1)).p, png, err));
	}
	return OK;
}

/* A format that can't be made does not keep the others from being written; the first reason is told in the end. */
static enum err_code documents(struct writing *w, const struct report *r, const char *formats, struct err *err)
{
	CLEANUP(printing_done) struct printing p = {.report = r, .fonts = report_fonts(w->c)};
	struct err first = {.lang = err->lang};

	for (const struct report_output *as = report_outputs; as->format; as++) {
		struct err why = {.lang = err->lang};
		struct str bytes;

		if (!wanted(formats, as->format) || (as->print && first.code == ERR_NOT_FOUND))
			continue;
		if (report_bytes(&p, as, &bytes, &why) != OK) {
			if (first.code == OK)
				first = why;
			if (!as->print)
				break;
			continue;
		}
		TRY(file_write(path_join(w->c->arena, str_c(w->out), str_c(as->name)).p, bytes, err));
	}
	if (wanted(formats, "png") && first.code == OK)
		TRY(pictures(w, &p, err));
	if (p.lay)
		warn_pages(w->c, p.lay);
	if (first.code != OK)
		*err = first;
	return first.code;
}

static enum err_code checked(struct writing *w, const struct report *r, size_t *n, struct err *err)
{
	struct report_findings findings;

	TRY(report_check(r, &findings, err));
	if (!r->opt.redact) /* hidden values stay in the trace alone */
		TRY(put_json(w, "check.json", report_check_json(r, &findings), err));
	if (n)
		*n = findings.n;
	return OK;
}

enum err_code narrative_file(
	struct cli *c, const char *path, const struct scheme *scheme, struct narrative *out, struct err *err)
{
	struct own_places places;
	struct str text;

	if (!file_exists(path))
		return fail(err, ERR_NOT_FOUND, "%s: no such file or folder", path);
	TRY(narrative_places(c->arena, scheme, &places, err));
	TRY(file_read(c->arena, path, NARRATIVE_BYTES, &text, err));
	if (nfc(c->arena, text, &text, err) != OK || narrative_read(c->arena, text, out, err) != OK ||
		narrative_bind(c->arena, &places, out, err) != OK)
		return err_at(err, "%s", path);
	return OK;
}

static void warn_bare(struct cli *c, const struct scheme *s, const struct narrative *n)
{
	struct own_places places = {0};
	struct err none = {0};

	if (narrative_places(c->arena, s, &places, &none) == OK && !places.n)
		return; /* nobody is asked for any */
	for (size_t i = 0; n && i < n->n; i++)
		if (n->p[i].n)
			return;
	warn(c, "no own paragraphs: the report stands without what only people can write");
}

enum err_code report_files(struct cli *c, const struct figures *f, const struct narrative *narrative,
	struct report_opt opt, const char *out, const char *formats, size_t *findings, struct err *err)
{
	struct err late = {.lang = err->lang};
	struct writing w = {c, out};
	struct report r, hidden;

	warn_bare(c, f->facts->scheme, narrative);
	TRY(formats_known(formats, err));
	TRY(report_outline_check(c->arena, f->facts->scheme, err));
	TRY(report_compose(f, narrative, opt, &r, err));
	documents(&w, &r, formats, &late);
	if (findings)
		*findings = 0;
	if (!formats)
		TRY(checked(&w, &r, findings, err));
	if (!formats && !opt.redact) {
		opt.redact = true; /* as the last level has it */
		TRY(report_compose(f, narrative, opt, &hidden, err));
		TRY(put_doc(&w, "report.redacted.md", report_doc(&hidden, false), doc_markdown, err));
	}
	if (late.code != OK)
		*err = late;
	return late.code;
}

/* ---- out of the log ---- */

struct db *report_world_db(const struct report_world *w)
{
	return w->known ? w->known : log_db(w->log);
}

enum err_code facts_world(struct cli *c, enum lang labels, struct report_world *w, struct err *err)
{
	int64_t year, known = -1;
	struct facts_opt opt = {0};

	w->on = DATE_NONE;
	TRY(cli_date(c, "on", &w->on, err));
	TRY(cli_int(c, "known", 0, INT64_MAX, &known, err));
	if (w->version) {
		w->on = w->version->on;
		known = w->version->known;
	}
	TRY(cli_open_reading(c, &w->log, err));
	w->event = MAX(known, 0);
	if (known >= 0)
		TRY(cli_known(w->log, known, &w->known, err));
	TRY(org_load(report_world_db(w), c->arena, DATE_NONE, &w->org, err));
	year = date_is(w->on) ? date_ymd(w->on).y : w->org.office.year;
	TRY(cli_int(c, "year", 1990, 2100, &year, err));
	opt.year = w->version ? w->version->year : (int)year;
	opt.lang = labels;
	TRY(scheme_of_year(w->log, report_world_db(w), c->arena, opt.year, &w->scheme, err));
	if (w->document)
		opt.lang = scheme_lang(&w->scheme);
	if (!date_is(w->on))
		date_make(opt.year, 12, 31, &w->on);
	return facts_load(c->arena, report_world_db(w), &w->scheme, &w->org, opt, &w->facts, err);
}

enum err_code report_world(struct cli *c, enum lang labels, struct report_world *w, struct err *err)
{
	TRY(facts_world(c, labels, w, err));
	TRY(decisions_load(report_world_db(w), c->arena, w->facts.year, &w->decisions, err));
	TRY(paper_values_load(report_world_db(w), c->arena, false, &w->paper, err));
	return figures_on(&w->facts, w->on, &w->figures, err);
}

enum err_code document_world(struct cli *c, struct report_world *w, struct err *err)
{
	w->document = true;
	return report_world(c, LANG_ZH, w, err);
}

void report_world_done(struct report_world *w)
{
	db_close(&w->known);
	log_close(&w->log);
}

enum err_code narrative_of_world(
	struct cli *c, const struct report_world *w, struct narrative *out, struct err *err)
{
	const char *path = cli_opt(c, "narrative");

	if (path)
		return narrative_file(c, path, &w->scheme, out, err);
	return narrative_load(report_world_db(w), c->arena, &w->scheme, w->facts.year, out, err);
}

enum err_code report_of_world(
	struct cli *c, const struct report_world *w, bool redact, struct report *out, struct err *err)
{
	struct report_opt opt = {.lang = c->lang, .redact = redact, .db = report_world_db(w),
	                         .decisions = &w->decisions, .paper = &w->paper};
	struct narrative *narrative = ARENA_NEW(c->arena, struct narrative);

	TRY(narrative_of_world(c, w, narrative, err));
	warn_bare(c, &w->scheme, narrative);
	TRY(report_outline_check(c->arena, &w->scheme, err));
	return report_compose(&w->figures, narrative, opt, out, err);
}
