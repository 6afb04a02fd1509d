#include "cli/report_out.h"

#include "base/file.h"

command_fn cmd_report;

enum err_code cmd_report(struct cli *c, int *status, struct err *err)
{
	CLEANUP(report_world_done) struct report_world w = {0};
	struct report_opt opt = {
		.lang = c->lang, .redact = cli_flag(c, "redact"), .level = str_c(cli_opt(c, "redact"))};
	const char *out = cli_opt(c, "out");
	struct narrative narrative;
	size_t findings = 0;

	if (c->nargs && !strcmp(c->args[0], "adopt"))
		return report_adopt(c, status, err);
	if (c->nargs)
		return fail(err, ERR_USAGE, "zeren report: adopt is expected, not %s", c->args[0]);
	if (cli_flag(c, "accept") || cli_opt(c, "why"))
		return fail(err, ERR_USAGE, "--accept and --why go with zeren report adopt FILE");
	if (!out)
		return fail(err, ERR_USAGE, "report needs --out DIR");
	TRY(report_world(c, LANG_ZH, &w, err));
	opt.db = report_world_db(&w);
	opt.decisions = &w.decisions;
	TRY(narrative_of_world(c, &w, &narrative, err));
	TRY(file_mkdirs(out, err));
	TRY(report_files(c, &w.figures, &narrative, opt, out, &findings, err));
	say(c, "%s/report.docx, report.html, report.md, report.txt: the report", out);
	say(c, "%s/trace.json: what every word came from", out);
	if (!opt.redact)
		say(c, "%s/check.json: %zu findings of the proofreading against the records (zeren check shows them)",
			out, findings);
	return OK;
}
