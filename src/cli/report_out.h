/* The report of an office: out of its log for `zeren report` and `zeren check`, and into files. */
#ifndef CLI_REPORT_OUT_H
#define CLI_REPORT_OUT_H

#include "cli/cli.h"
#include "report/version.h"
#include "who/who.h"

/* Writes report.docx, report.pdf, report.ofd, report.html, report.md, report.txt, trace.json and check.json into out
 * (which is there), and report.redacted.md. formats: "pdf,ofd": those alone; png are pages/page-01.png …, with --dpi of
 * the command; NULL: all but these. With opt.redact all are redacted: no annex, no check.json; the values stand in
 * trace.json alone. narrative: people's paragraphs; NULL or empty: none, with a notice. findings: how many the check
 * has; may be NULL. ERR_NOT_FOUND where the scheme has no report, ERR_USAGE for an unknown format. Where a face has no
 * font all that needs none is written before that is said. */
enum err_code report_files(struct cli *c, const struct figures *f, const struct narrative *narrative,
	struct report_opt opt, const char *out, const char *formats, size_t *findings, struct err *err);
/* The folder of the office's own fonts in the data directory; NULL where there is none. */
const char *report_fonts(struct cli *c);

/* Reads a narrative.md and holds its headings against the outline; errors name file and line. */
enum err_code narrative_file(
	struct cli *c, const char *path, const struct scheme *scheme, struct narrative *out, struct err *err);

/* What the log says on a day, as known now or at an event. */
struct report_world {
	const struct approval *version; /* given: its day and event instead of those asked for; NULL: none */
	struct log *log;
	struct db *known; /* NULL: the log's own tables */
	int64_t event; /* that they are known at; 0: the last */
	bool document; /* labels in the language of the scheme */
	struct scheme scheme;
	struct org org;
	struct date on;
	struct facts facts;
	struct figures figures;
	struct map decisions;      /* of suggested problems */
	struct paper_values paper;
};
/* By --on, --year and --known of the command. labels: language of the slots' labels (2季度, Q2); a report speaks its
 * outline's, a command its reader's. */
enum err_code report_world(struct cli *c, enum lang labels, struct report_world *out, struct err *err);
/* The same for a report: labels in the language that the scheme is written in. */
enum err_code document_world(struct cli *c, struct report_world *out, struct err *err);
/* The same without figures, duties and decisions, which are left alone. */
enum err_code facts_world(struct cli *c, enum lang labels, struct report_world *out, struct err *err);
void report_world_done(struct report_world *w); /* for CLEANUP */

/* People's paragraphs: those of --narrative of the command, else those of the log. */
enum err_code narrative_of_world(
	struct cli *c, const struct report_world *w, struct narrative *out, struct err *err);
/* Composes with them. */
enum err_code report_of_world(
	struct cli *c, const struct report_world *w, bool redact, struct report *out, struct err *err);
struct db *report_world_db(const struct report_world *w);

/* zeren report adopt FILE: what people changed in a report's DOCX, shown or (--accept) taken. *status is 1 where a
 * figure differs. */
enum err_code report_adopt(struct cli *c, int *status, struct err *err);

/* ---- versions (report_version.c), paper (report_paper.c): actions of `zeren report` ---- */

/* Opens the world and takes down what the report says now. */
enum err_code report_said_now(struct cli *c, struct report_world *w, struct version_text *out, struct err *err);
/* Shows a comparison; all: paragraphs that stayed as they were, too. */
enum err_code report_show_comparison(struct cli *c, const struct comparison *x, bool all, struct err *err);

typedef enum err_code report_action(struct cli *c, int *status, struct err *err);
report_action report_approve_action, report_sent_action, report_withdraw_action, report_versions_action,
	report_compare_action, report_count_action, report_paper_action;

/* The approved version that --approved names, of the year asked about; ERR_NOT_FOUND names those there are. */
enum err_code report_approved(struct cli *c, struct approval *out, struct paper_approval *paper, struct err *err);

#endif
