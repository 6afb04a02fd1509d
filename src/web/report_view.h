/* What the pages of the report show: its text in blocks, with what is to be looked at beside each sentence, people's
 * own sections in hand, suggested problems, versions of a section, and what can be taken out. */
#ifndef WEB_REPORT_VIEW_H
#define WEB_REPORT_VIEW_H

#include "report/version.h"
#include "web/register_view.h"

/* ---- the text ---- */

struct span_view {
	struct str text, hint;     /* hint: what a figure is called */
	bool live, current;        /* live: opens what it came from */
	bool marked;               /* of a sentence that a finding is about */
	struct url url;
};
struct finding_view {
	struct str id;             /* c1 … */
	struct str text;
	struct str duty, figure;   /* what it stands on, in words; empty: nothing */
	bool typed;                /* a number that people typed: url shows those that they may */
	struct url url;
};
struct para_view {
	int64_t at, level;         /* level: 2 title, 3 and 4 headings, 0 text */
	const char *class;
	struct { struct span_view *p; size_t n, cap; } spans;
	struct { struct finding_view *p; size_t n, cap; } findings;
	struct chart_view chart;   /* above a caption */
};

/* ---- a section of people's own ---- */

/* What may be said only where the records carry it. */
struct claim_view {
	struct str text, stands;
	bool holds;
};
struct section_form {
	struct str text, why, wrong;       /* wrong: why it was not saved */
	bool conflict;                     /* somebody saved meanwhile: theirs and by hold */
	struct { struct str *p; size_t n, cap; } theirs;
	struct { struct claim_view *p; size_t n, cap; } claims;
};
struct own_block {
	struct str number, heading, id;    /* id: of the place in the page */
	struct str by, when;               /* of the newest version; empty: none */
	int64_t rev;
	bool saved;                        /* just now */
	struct url edit, history, close;
	const struct section_form *form;   /* in hand; NULL: not */
};

/* ---- a suggested problem ---- */

struct problem_view {
	struct str id, key, text;
	bool accepted, dropped;
	struct str source;         /* what it stands on, in words */
	struct url url;
};

struct block_view {
	const struct own_block *own;
	struct { struct para_view *p; size_t n, cap; } paras;
	struct { struct problem_view *p; size_t n, cap; } problems;
};

/* ---- the page ---- */

struct outline_row {
	int64_t at;
	struct str text;
	bool sub;
};
struct cited {                     /* a figure that one may name */
	struct str title, value;
	struct url url;
};
struct cite_view {
	struct url close;
	struct { struct cited *p; size_t n, cap; } here, others;   /* here: those that the section says already */
};
struct annex_view {                /* one with a chart */
	struct str id, number, title;
	struct chart_view chart;
};
struct level_view {
	struct str value, title;   /* value: of the form */
	bool first;
};
struct report_view {
	struct frame *frame;
	struct str on;             /* as the address says it; empty: it does not */
	bool may_edit, may_decide, may_export;
	int64_t known;             /* the event that it is as known at; 0: now */
	struct url now;            /* the same as known now */
	bool only;                 /* only what is to be looked at, below its headings */
	struct url other;          /* the whole text, or only that */
	struct { struct outline_row *p; size_t n, cap; } outline;
	struct { struct block_view *p; size_t n, cap; } blocks;
	struct { struct annex_view *p; size_t n, cap; } annexes;
	struct { struct finding_view *p; size_t n, cap; } findings, loose;   /* all; those with no place in the text */
	int64_t undecided, unwritten;
	struct str first_undecided, first_unwritten;   /* ids */
	struct { const struct report_output **p; size_t n, cap; } formats;
	struct { struct level_view *p; size_t n, cap; } levels;
	const struct figure_view *open;
	const struct cite_view *cite;
	struct url preview, paper, versions, compare;
	int64_t characters, limit; /* limit 0: none */
	struct { struct count_line *p; size_t n, cap; } counts;
	const struct approved_view *approved; /* the newest that counts; NULL: none */
	int64_t differ, changed;   /* figures and paragraphs that say something else since */
};

/* ---- versions of a section ---- */

struct piece_view {
	enum { DIFF_SAME, DIFF_ADDED, DIFF_GONE } what;
	struct str text;
};
struct changed_para {               /* a paragraph */
	struct { struct piece_view *p; size_t n, cap; } pieces;
};
struct version_view {
	int64_t rev;
	struct str by, when, why;
	struct url then;           /* the report as it was then */
	bool newest, empty;
	struct { struct changed_para *p; size_t n, cap; } paras;
};
struct history_view {
	struct frame *frame;
	struct str number, heading, on;
	int64_t rev, n;            /* n: of all versions; the newest are shown */
	bool may_edit;
	struct url back;
	struct { struct version_view *p; size_t n, cap; } versions;
};

/* ---- pages as they are printed (report_preview.c) ---- */

struct preview_number {
	int64_t n;
	struct url url;
	bool current;
};
struct preview_view {
	struct frame *frame;
	struct str on;             /* as the address says it */
	int64_t known, page, pages;
	bool landscape;
	struct url picture, before, after, back;
	struct str alt;
	struct texts words, warnings;
	struct { struct level_view *p; size_t n; } levels;
	struct { struct preview_number *p; size_t n; } numbers;
};

/* ---- the paper (report_paper.c) ---- */

struct paper_row {
	const char *name, *title, *hint;
	enum paper_sort sort;
	struct str value, scheme;  /* as it counts; as the scheme says it */
	bool office;               /* the office says it */
	struct str by, when;
	struct { struct paper_choice { const char *word, *title; bool chosen; } *p; size_t n; } choices;
};
struct paper_group {               /* rows that stand in one part of the paper */
	const char *title;
	struct { struct paper_row *p; size_t n, cap; } rows;
};
struct paper_past {
	struct str field, value, why, by, when;
	bool back;                 /* as the scheme says it again */
};
struct paper_view {
	struct frame *frame;
	bool may, saved;
	struct str on, wrong;
	struct url back, preview, picture;
	struct { struct paper_group *p; size_t n, cap; } groups;
	struct { struct paper_past *p; size_t n, cap; } past;
};

/* ---- approved versions, last year beside this year (report_versions.c) ---- */

struct sending_view {
	struct str to, way, when, by;
};
struct approved_view {
	int64_t n, seq, known;
	struct str no, day, on, by, when, root;
	bool counts, sent;
	struct str withdrawn_why, withdrawn_by, withdrawn_when;
	struct url then, changes, pdf, ofd, docx;
	struct { struct sending_view *p; size_t n; } sendings;
};
struct pair_view {
	struct str section;
	enum same_kind kind;
	const char *what;          /* a message key */
	int64_t percent;
	struct { struct piece_view *p; size_t n, cap; } was, is;
	bool had, has;
};
struct compared_view {
	struct { struct pair_view *p; size_t n, cap; } pairs;
	struct { struct figure_pair *p; size_t n, cap; } figures;
	int64_t percent, same, changed, gone, added, only_figures;
};
struct versions_view {
	struct frame *frame;
	struct str on, wrong, digest, today, no;
	const char *done;
	int64_t year, of;          /* of: the version whose differences are shown; 0: none */
	bool may_approve, may_send, own_hand;
	struct url back;
	struct { struct approved_view *p; size_t n, cap; } versions;
	const struct compared_view *changes;
};
struct compare_view {
	struct frame *frame;
	int64_t year, last;        /* last: the one before */
	bool may;                  /* approve */
	struct url versions;       /* of the year before */
	struct str source;         /* what stands on the left */
	const struct compared_view *compared; /* NULL: there is none */
	struct url back;
};
struct count_line {
	struct str section, heading;
	int64_t n;
};

/* ---- between the files ---- */

enum { VERSIONS_SHOWN = 40 };

/* What the address or a form asks of the report's page. */
struct report_asked {
	struct str figure, edit, saved;
	const struct section_form *form;   /* of a save that was refused; NULL: none */
	int64_t rev;                       /* … which the person saw */
	bool only;                         /* what is to be looked at */
};

/* In place of the call's world that of c->known; where that is 0 the same. Fails as world_take_known. */
enum err_code call_known(struct call *c, struct err *err);
/* The report of the call's day, with the world it is of. redact as report_opt. */
enum err_code call_report(struct call *c, struct report_opt opt, struct report *out, struct err *err);
/* The page. */
enum err_code report_show(struct call *c, const struct report_asked *asked, struct err *err);
/* An address of the report, at a place of it. */
struct url report_url(struct call *c, struct str place);
struct url figure_url(struct call *c, const char *page, struct str name);
/* The id of a section's place in the page: own-3. */
struct str section_id(struct arena *a, const struct report *r, struct str number);
/* "3 June 2022 10:02" (own.c). */
struct str call_time(struct call *c, int64_t us);
/* The day as forms carry it on; empty where the address names none. */
struct str call_on(struct call *c);

/* The text in blocks, each finding beside the paragraph that it is about (report_text.c). */
enum err_code put_text(struct call *c, struct report_view *v, const struct report *r,
	const struct report_asked *asked, struct err *err);
/* People's sections and suggested problems, put into the page (report_edit.c). */
struct own_block *own_block(struct call *c, const struct report *r, struct str number,
	const struct report_asked *asked);
void put_problems(struct call *c, struct report_view *v, const struct report *r, struct str section,
	struct block_view *b);
const struct cite_view *cite_view(struct call *c, const struct report *r, struct str number);
/* The paragraphs of a section's text. */
struct texts paragraphs_of(struct arena *a, struct str text);
/* The folder of the office's own fonts; NULL where there is none. */
const char *call_fonts(struct call *c);
/* What the export panel offers (report_export.c). */
void put_exports(struct call *c, struct report_view *v, const struct report *r);
void put_levels_of(struct call *c, struct report_view *v, const struct outline *o);
/* How a form says a level that the outline has no name for. */
#define LEVEL_UNNAMED "redacted"
/* What changed from one paragraph to another (report_history.c). */
void put_changed_text(struct arena *a, struct changed_para *p, struct str was, struct str is);
/* Approved versions beside the report: put into its page (report_versions.c). */
enum err_code put_approved(struct call *c, struct report_view *v, const struct report *r, struct err *err);
struct approved_view *approved_view(struct call *c, const struct approval *from);
const struct compared_view *compared_view(struct call *c, const struct comparison *x, bool all);

#endif
