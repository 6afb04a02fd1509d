/* A report out of figures, records and people's own paragraphs: a list of spans whose concatenation is its text, each
 * with what it came from. A pure function of scheme, facts, day and narrative. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "doc/doc.h"
#include "report/narrative.h"
#include "report/outline.h"
#include "report/paper.h"

struct lay; /* doc/layout.h */
struct fonts; /* doc/font.h */

enum said_kind {
	SAID_OUTLINE, /* text of the scheme */
	SAID_SETTING, /* year, office, day, a bar of the scheme */
	SAID_FIGURE, /* a figure's value, or a count of a duty */
	SAID_FIELD, /* a field of a record */
	SAID_OWN, /* people's text */
	SAID_OWN_NUMBER, /* a number that people typed */
	SAID_NUMBERING, /* 一、（一） 一是, and the marks between */
	SAID_BREAK, /* end of a paragraph: a line end */
	SAID_KINDS
};
const char *span_kind_name(enum said_kind k); /* "own_number": in files */

struct said {
	enum said_kind kind;
	struct str text; /* as printed */
	struct str value; /* what redaction has hidden; empty: nothing */
	struct str name; /* figure, A08.missed, type.field, setting */
	const struct figure_result *figure; /* FIGURE */
	const struct figure_value *part; /* of it: the whole value, a part or a member */
	const struct duty_state *duty; /* FIGURE: a duty's count */
	const struct fact *fact; /* FIELD */
	int line, col; /* of the scheme; OWN: line of the narrative */
	int64_t thousandths; /* FIGURE, OWN_NUMBER */
	bool number; /* thousandths holds */
	bool day; /* a day, or days */
	size_t para;
};

struct charts; /* doc/chart.h */
enum para_kind {
	PARA_TITLE, PARA_LEAD, PARA_H1, PARA_H2, PARA_BODY, PARA_POINT, PARA_OWN, PARA_SUGGESTED, PARA_CAPTION,
	PARA_PLAN
};
struct para {
	enum para_kind kind;
	struct str section; /* 一（一）; empty: the lead */
	size_t from, to; /* spans */
	struct str own; /* OWN: the section of people's text that it is of, 一（一） or 引言 … */
	size_t nth; /* … and its place there, from 1 */
	const struct outline_chart *chart; /* CAPTION: of this … */
	struct charts *pictures; /* … for paper */
};

/* A problem that the records suggest; a person decides. */
struct suggestion {
	const struct suggest *of;
	struct str text;
	const struct duty_state *duty; /* or */
	const struct figure_result *figure;
	struct str key; /* what a decision is recorded by */
	bool decided, accepted; /* by a person (flow/decision.h); undecided ones are printed, too */
};

/* A claim of the outline that stands in the text. */
struct standing {
	const struct claim *claim;
	struct str section;
	size_t from, to; /* spans that it stands in */
};

struct plan_line {
	const struct fact *fact;
	struct texts problems; /* section numbers */
};

/* What an approval puts on the paper. */
struct paper_approval {
	struct date day; /* the document's */
	struct str no, code; /* its number; log, event and root, printed on the last page */
	int64_t at; /* µs UTC */
};

struct report_opt {
	enum lang lang; /* of messages; the report speaks the scheme's language (struct report) */
	bool redact;
	struct str level; /* of redaction, by name; empty: the last one */
	struct db *db; /* to look for missing evidence; may be NULL */
	const struct flow_cases *flows; /* of findings, where db is of another position; NULL: from db */
	const struct map *decisions; /* of suggested problems (flow/decision.h); NULL: none was made */
	const struct paper_values *paper; /* what the office says of its paper; NULL: as the scheme has it */
	const struct paper_approval *approval; /* NULL: a draft, with blanks for number and day */
	int64_t known; /* the event that links ask for, where the report is as known then; 0: now */
};

struct report {
	struct arena *arena;
	const struct outline *outline;
	const struct figures *figures;
	struct report_opt opt;
	enum lang lang; /* of the document: what the program adds to the scheme's words (scheme_lang) */
	const struct redaction *redaction; /* NULL: none */
	struct str title;
	struct said *spans;
	size_t nspans, spans_cap;
	struct para *paras;
	size_t nparas, paras_cap;
	struct suggestion *suggestions;
	size_t nsuggestions, suggestions_cap;
	struct standing *standing;
	size_t nstanding, standing_cap;
	struct plan_line *plan;
	size_t nplan, plan_cap;
	bool has_plan; /* the outline asks for plan lines that name problems */
	struct texts missing_own; /* numbers of sections without their own paragraph */
	size_t missing_cap;
	struct texts unplaced; /* numbers of people's sections that the outline does not have */
	size_t unplaced_cap;
	bool narrative; /* there was one */
	struct paper paper; /* what stands around the text, redacted where the report is */
	size_t ncharts;
};

/* Checks report: and suggest: of a scheme; OK where it has none. */
enum err_code report_outline_check(struct arena *a, const struct scheme *s, struct err *err);

/* Composes. narrative: people's paragraphs, which must live as long; NULL: none. Lives in the facts' arena, so do the
 * results below. ERR_NOT_FOUND when the scheme has no report, or no such level of
 * redaction; ERR_INPUT for a heading of a narrative.md that binds to
 * nothing (line and heading). */
enum err_code report_compose(const struct figures *f, const struct narrative *narrative, struct report_opt opt,
	struct report *out, struct err *err);

/* The whole text: the spans one after the other. */
void report_text(const struct report *r, struct buf *out);

/* ---- proofreading against the records ---- */

struct report_finding {
	const char *code; /* "claim", "problem_without_plan" … (check.c) */
	struct str section, text; /* text: for people */
	struct str duty, figure, claim, value, expected; /* empty where they don't apply */
	struct str *rows; /* file#sheet!row */
	size_t nrows;
	/* Where it stands, so that a page can put it beside. All count from 1; 0: none, or the whole. */
	size_t para; /* of the report's paragraphs */
	size_t sentence; /* of that paragraph */
	size_t from, to; /* spans (from 0) that the sentence touches; of the whole paragraph where sentence is 0 */
	struct str quote; /* the sentence's words */
	struct str own; /* section of people's text (report/narrative.h); empty: it is not about theirs */
	size_t own_para; /* paragraph of that text */
};
struct report_findings {
	struct report_finding *p;
	size_t n, cap;
};
enum err_code report_check(const struct report *r, struct report_findings *out, struct err *err);

/* {"findings": […], "suggested": […]} */
struct node *report_check_json(const struct report *r, const struct report_findings *f);

/* {"title", "on", "paragraphs": […], "spans": [{"kind", "text", …, "rows"}]} */
struct node *report_trace(const struct report *r);

/* The records behind a span, each once: counted into the figure or into the part of it, and those of the figures and
 * duties that it follows from. */
struct fact_list span_facts(const struct report *r, const struct said *s);

/* What a figure is called, with its name: 会议场次（meetings.total）; the name alone where it has no title. */
struct str span_title(const struct report *r, const struct said *s);

/* The address, in full, of the page that shows a span's records, where the paper has an address (struct paper): a
 * figure on the report's page, a duty's count on the duty's, a field on its record's, all on the report's day. Empty:
 * it has none, the span is of no records, or the report is redacted. */
struct str report_link(const struct report *r, const struct said *s);

/* The report as a document with all that stands around it; annex: with the registers behind its figures, each figure a
 * link there; else each a link as report_link has it. A redacted one has no annexes, number, copy number, signers,
 * code nor links: they say what is hidden. */
struct doc *report_doc(const struct report *r, bool annex);
/* Head, signature and 版记; annexes behind all other blocks (render_paper.c). */
void report_around(const struct report *r, struct doc *d);
void report_annexes(const struct report *r, struct doc *d);
/* The records of an annex as they stand there, a row each behind the head; none where it has a chart. */
struct fact_list report_annex_facts(const struct report *r, const struct paper_annex *annex);
/* What stands before a heading, n from 1: 一、 and （一）, or "1. " and "(1) ". */
struct str report_heading_mark(const struct report *r, size_t n, bool second);
/* What an annex is called, from 1: 附件1, Annex 1; without a number where it is the only one. */
struct str report_annex_name(const struct report *r, size_t nth);
/* The drawings of a chart behind what is there; those behind the first have captions with their part. */
void report_pictures(const struct report *r, struct doc *d, const struct charts *c);
/* Fills the paper in: scheme, office, approval; redacts it (render_paper.c). */
enum err_code report_paper(struct report *r, struct err *err);

struct chart_in;
struct chart_opt;
/* The chart of a caption, in one drawing or several; none where there is nothing to show. links: how its parts open
 * what is behind them (report/chart.h); NULL: they do not. Fails as findings_load. */
enum err_code report_chart(const struct report *r, size_t para, const struct chart_in *links,
	const struct chart_opt *opt, struct charts *out, struct err *err);
/* The same of a chart that has no caption, such as an annex. */
enum err_code report_chart_of(const struct report *r, const struct outline_chart *c, struct str title,
	const struct chart_in *links, const struct chart_opt *opt, struct charts *out, struct err *err);

/* ---- as files ---- */

struct printing;
struct report_output {
	const char *format; /* docx, pdf, ofd, html, md, txt, trace */
	const char *name; /* of the file: report.docx */
	const char *type; /* media type */
	const char *title; /* a message key: what it is, for people */
	/* one of them */
	void (*write)(const struct report *r, struct buf *out);
	enum err_code (*file)(struct printing *p, struct str *out, struct err *err);
	enum err_code (*print)(const struct lay *l, struct arena *a, struct str *out, struct err *err);
};
extern const struct report_output report_outputs[]; /* ended by one without format */
/* The one called so; NULL: none. */
const struct report_output *report_output(struct str format);

/* A report on its way to files: its pages are laid out once, when the first of them is asked for. fonts: folder of the
 * office's own (NULL: none). CLEANUP(printing_done). Not for two threads at once. */
struct printing {
	const struct report *report;
	const char *fonts;
	struct fonts *open;
	struct lay *lay;
};
void printing_done(struct printing *p);
/* The pages. ERR_NOT_FOUND where a face has no font, with the package that has one; else as doc_layout. */
enum err_code printing_lay(struct printing *p, const struct lay **out, struct err *err);
/* The bytes of a file, the same for the same report and fonts. ERR_LIMIT past DOC_BYTES; of pages as printing_lay. */
enum err_code report_bytes(struct printing *p, const struct report_output *as, struct str *out, struct err *err);

/* ---- between the files ---- */

/* A duty or a figure is as asked; false as well where the figure has no value. */
bool condition_holds(const struct report *r, const struct condition *c);
/* How it stands, for people: "A02 …: required 2, done 1, missed 1 (…)". */
struct str condition_stands(const struct report *r, const struct condition *c);
const struct duty_state *duty_state_of(const struct figures *f, const struct duty *d);
const char *limit_words(enum limit_op op);

/* A finding without a place yet. */
struct report_finding *check_add(
	const struct report *r, struct report_findings *out, const char *code, struct str section, struct str text);
/* What people wrote: numbers, sections without text, text without a section (check_own.c). */
void own_check(const struct report *r, struct report_findings *out);
void repeat_check(const struct report *r, struct report_findings *out);

/* Where a finding stands: a paragraph (its place from 0), the first one of a section, the sentence around a byte of a
 * paragraph's words, around a span, the first from span to span that has the words. para_words: without the line end,
 * hidden values as they are. */
struct str para_words(const struct report *r, size_t para);
void place_at_para(const struct report *r, struct report_finding *f, size_t para);
void place_at_heading(const struct report *r, struct str section, struct report_finding *f);
void place_at_byte(const struct report *r, struct report_finding *f, size_t para, size_t byte);
void place_at_span(const struct report *r, struct report_finding *f, size_t span);
void place_at_words(const struct report *r, struct report_finding *f, size_t from, size_t to, struct str words);

/* What a phrase is said of, besides the day. */
struct said_of {
	const struct suggestion *sg;
	const struct fact *fact;
	struct date on; /* of the fact's values */
	const struct figure_result *figure;
	struct str name; /* of the figure */
	struct str key; /* of the member, in a map */
	size_t place; /* of the member, from 1 on */
	const struct figure_value *value;
};
void report_say(struct report *r, const struct phrase *p, const struct said_of *of);
void report_add(struct report *r, struct said s); /* redacts */
void report_put(struct report *r, struct said s); /* as it is; nothing where it has no text */

/* What a level hides, with all that the levels below it hide: words, longest first, and what is printed for each. */
struct redaction {
	size_t level; /* of the outline */
	struct texts words;
	struct str *signs; /* [words.n] */
};
/* Gathers the words: those the levels list, and names of places, units and people out of the organisation. */
const struct redaction *redaction_of(
	struct arena *a, const struct outline *o, const struct org *org, size_t level);
/* A text with the words hidden. */
struct str redact_words(const struct report *r, struct str text);
/* Adds what may be said of it. */
void redact_add(struct report *r, struct said s);
void report_parts(struct report *r, const struct parts *parts, const struct suggestion *sg);
void report_phrase(struct report *r, const struct phrase *p, const struct suggestion *sg);
void report_plan(struct report *r, const struct section *s);
void report_mark(struct report *r, struct str text, const struct node *at); /* numbering */
struct para *para_begin(struct report *r, enum para_kind kind, struct str section);
void para_end(struct report *r);
/* 2022-06-03 as 6月3日 in the report's year, else 2022年6月3日; other text as it is. */
struct str date_said(const struct report *r, struct str text);

/* The sections that take people's paragraphs, in order. */
void outline_places(struct arena *a, const struct outline *o, struct own_places *out);

#endif
