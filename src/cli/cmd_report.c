#include "cli/report_out.h"
#include "cli/verb.h"

#include "base/file.h"

command_fn cmd_report;

static void say_files(struct cli *c, const char *out, bool redact, size_t findings)
{
	say(c, "%s/report.docx, report.pdf, report.ofd, report.html, report.md, report.txt: the report", out);
	say(c, "%s/trace.json: what every word came from", out);
	if (!redact)
		say(c, "%s/check.json: %zu findings of the proofreading against the records (zeren check shows them)",
			out, findings);
}

static enum err_code write_files(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct report_opt opt = {
		.lang = c->lang, .redact = cli_flag(c, "redact"), .level = str_c(cli_opt(c, "redact"))};
	const char *out = cli_opt(c, "out"), *formats = cli_opt(c, "format");
	struct paper_approval paper;
	struct approval version;
	struct narrative narrative;
	size_t findings = 0;

	if (cli_flag(c, "accept") || cli_opt(c, "why"))
		return fail(err, ERR_USAGE, "--accept and --why go with an action, such as zeren report adopt FILE");
	if (!out)
		return fail(err, ERR_USAGE, "report needs --out DIR");
	if (cli_opt(c, "approved")) {
		if (cli_opt(c, "known") || cli_opt(c, "on") || cli_opt(c, "narrative"))
			return fail(err, ERR_USAGE, "--approved N says its day and its event itself");
		TRY(report_approved(c, &version, &paper, err));
		w.version = &version;
		opt.approval = &paper;
	}
	TRY(document_world(c, &w, err));
	opt.db = report_world_db(&w);
	opt.decisions = &w.decisions;
	opt.paper = &w.paper;
	opt.known = w.event;
	TRY(narrative_of_world(c, &w, &narrative, err));
	TRY(file_mkdirs(out, err));
	TRY(report_files(c, &w.figures, &narrative, opt, out, formats, &findings, err));
	if (formats)
		say(c, "%s: %s", out, formats);
	else
		say_files(c, out, opt.redact, findings);
	return OK;
}

static const struct action {
	struct verb verb;
	report_action *fn;
} actions[] = {
	{{"adopt", 1, VERB_MANY, NULL, {"accept", "why", "on", "year", "known", "approved"}}, report_adopt},
	{{"approve", 1, 1, NULL, {"no", "day", "on", "year"}}, report_approve_action},
	{{"sent", 2, 2, N_("the number of the version"), {"to", "way", "day", "year"}}, report_sent_action},
	{{"withdraw", 2, 2, N_("the number of the version"), {"why", "year"}}, report_withdraw_action},
	{{"versions", 1, 3, NULL, {"on", "year"}}, report_versions_action},
	{{"compare", 1, 1, NULL, {"last", "on", "year", "known", "narrative"}}, report_compare_action},
	{{"count", 1, 1, NULL, {"on", "year", "known", "narrative"}}, report_count_action},
	{{"paper", 1, VERB_MANY, NULL, {"why", "year"}}, report_paper_action},
};

enum err_code cmd_report(struct cli *c, int *status, struct err *err)
{
	const struct action *action;

	if (!c->nargs)
		return write_files(c, status, err);
	action = VERB_NAMED(actions, c->args[0]);
	if (!action)
		return VERB_UNKNOWN(c, actions, c->args[0], err);
	TRY(verb_fits(c, &action->verb, err));
	return action->fn(c, status, err);
}
