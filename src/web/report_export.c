/* The report taken out: the same bytes as `zeren report --out` writes. */
#include "web/report_view.h"

#include "base/file.h"

void put_levels_of(struct call *c, struct report_view *v, const struct outline *o)
{
	*ARENA_PUSH(c->arena, v->levels.p, v->levels.n, v->levels.cap) =
		(struct level_view){S(""), call_say(c, N_("Everything as it stands")), true};
	for (size_t i = 0; i < o->nlevels; i++) {
		struct str name = o->levels[i].name;

		*ARENA_PUSH(c->arena, v->levels.p, v->levels.n, v->levels.cap) = (struct level_view){
			name.n ? name : S(LEVEL_UNNAMED),
			name.n ? arena_printf(c->arena, tr(c->lang, N_("Redacted for: " STR_FMT)), STR_ARG(name))
			       : call_say(c, N_("Redacted, as the outline says")),
			false};
	}
}

void put_exports(struct call *c, struct report_view *v, const struct report *r)
{
	for (const struct report_output *as = report_outputs; as->format; as++)
		*ARENA_PUSH(c->arena, v->formats.p, v->formats.n, v->formats.cap) = as;
	put_levels_of(c, v, r->outline);
}

static enum err_code format_of(struct str word, const struct report_output **out, struct err *err)
{
	*out = report_output(word);
	return *out ? OK : fail(err, ERR_INPUT, "format: expected docx, pdf, ofd, html, md, txt or trace");
}

const char *call_fonts(struct call *c)
{
	const char *dir = path_join(c->arena, str_c(log_dir(c->log)), S("fonts")).p;

	return file_is_dir(dir) ? dir : NULL;
}

/* 区委办2022年度…报告.docx: the title of the report begins with the office and its year. */
static struct str name_of(struct call *c, const struct report *r, const struct report_output *as)
{
	struct str ending = str_c(as->name);
	bool zh = r->lang == LANG_ZH;
	size_t dot = 0;

	str_find(ending, S("."), &dot);
	return arena_printf(c->arena, STR_FMT "%s%s" STR_FMT, STR_ARG(r->title),
		!r->opt.redact ? "" : zh ? "（脱敏）" : " (redacted)",
		!str_is(str_c(as->format), "trace") ? "" : zh ? "（来历）" : " (trace)",
		STR_ARG(str_sub(ending, dot, ending.n)));
}

/* A version as it was approved: its day, its event, its number. */
static enum err_code approved_of(struct call *c, struct report_opt *opt, struct err *err)
{
	int64_t n = value_int(&c->values, "approved");
	struct paper_approval *paper = ARENA_NEW(c->arena, struct paper_approval);
	const struct approval *v;
	struct approvals all;

	TRY(call_world(c, err));
	TRY(approvals_load(log_db(c->log), c->arena, c->facts.year, &all, err));
	v = approval_get(&all, n);
	if (!v)
		return fail(err, ERR_NOT_FOUND, "the report of %d has %zu approved versions, none of them is %lld",
			c->facts.year, all.n, (long long)n);
	*paper = approval_paper(c->arena, c->log, v);
	opt->approval = paper;
	c->known = v->known;
	c->on = v->on;
	return OK;
}

enum err_code report_export_page(struct call *c, struct err *err)
{
	struct str level = value_of(&c->values, "redact");
	struct report_opt opt = {.redact = level.n, .level = str_is(level, LEVEL_UNNAMED) ? S("") : level};
	const struct report_output *as = NULL;
	CLEANUP(printing_done) struct printing printing = {.fonts = call_fonts(c)};
	struct report r;
	struct str bytes;

	TRY(format_of(value_of(&c->values, "format"), &as, err));
	if (opt.redact && str_is(str_c(as->format), "trace"))
		return fail(err, ERR_INPUT, "what every word came from says what redaction hides; "
			"take it out without redaction");
	c->known = MAX(value_int(&c->values, "known"), 0);
	TRY(call_rate(c, RATE_EXPORT, err));
	if (value_int(&c->values, "approved") > 0)
		TRY(approved_of(c, &opt, err));
	TRY(call_report(c, opt, &r, err));
	printing.report = &r;
	TRY(report_bytes(&printing, as, &bytes, err));
	TRY(http_set(c->resp, "Content-Type", str_c(as->type), err));
	http_attachment(c->resp, name_of(c, &r, as));
	http_bytes(c->resp, bytes);
	return OK;
}
