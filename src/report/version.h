/* Versions of the year's report that were approved. A version is what the report says as of a day when some event is
 * the last that is known, so it can always be written again, byte for byte; its text and its figures are kept beside it
 * as an object, by which it is compared: with what the report says now, with another version, with last year's.
 * Two hands: who wrote the last own paragraph does not approve, with another account of his neither. */
#ifndef REPORT_VERSION_H
#define REPORT_VERSION_H

#include "log/object.h"
#include "report/report.h"

/* ---- what a version says ---- */

struct said_para {
	struct str kind; /* "title", "h1", "h2", "body" */
	struct str section; /* 一（一）; empty: the lead */
	struct str text;
};
struct said_figure {
	struct str name, title, value;
};
struct version_text {
	struct str title;
	struct said_para *paras;
	size_t nparas, paras_cap;
	struct said_figure *figures; /* those that the text prints, each once, by first place */
	size_t nfigures, figures_cap;
};

/* What a report says. In its arena. */
void version_text_of(const struct report *r, struct version_text *out);
/* As canonical JSON, and back. ERR_DAMAGED where it is no such text. ERR_LIMIT. */
enum err_code version_text_json(struct arena *a, const struct version_text *t, struct str *out, struct err *err);
enum err_code version_text_read(struct arena *a, struct str json, struct version_text *out, struct err *err);
/* The text of a file that a person has: plain or Markdown, a paragraph a line; headings by their numbers, 一、 and
 * （一）. It has no figures. */
void version_text_file(struct arena *a, struct str text, struct version_text *out);

/* ---- differences ---- */

enum same_kind { SAME_AS_IT_WAS, SAME_BUT_FIGURES, SAME_CHANGED, SAME_GONE, SAME_NEW };
const char *same_name(enum same_kind k); /* "changed" */
struct said_pair {
	enum same_kind kind;
	const struct said_para *was, *is; /* NULL: there is none */
	int percent; /* how alike they are (flow/commitment.h) */
};
struct figure_pair {
	struct str name, title, was, is; /* empty: not printed then, or now */
};
struct comparison {
	struct said_pair *p; /* section by section as the new text has them; sections that went come last */
	size_t n, cap;
	struct figure_pair *figures; /* those that differ */
	size_t nfigures, figures_cap;
	size_t count[SAME_NEW + 1];
	int percent; /* of the new text's characters that stand in paragraphs as they were */
};
/* BUT_FIGURES: nothing but numbers differs. */
void version_compare(
	struct arena *a, const struct version_text *was, const struct version_text *is, struct comparison *out);

/* Characters as word processors count them: a Hanzi or full-width mark is one, a run of others without blanks one. */
size_t said_count(struct str text);
struct section_count {
	struct str section; /* empty: title and lead */
	struct str heading;
	size_t n;
};
struct section_counts {
	struct section_count *p; /* sections and the parts in them, each with its own characters alone */
	size_t n, cap, all;
};
void version_count(struct arena *a, const struct version_text *t, struct section_counts *out);

/* ---- approval, sending ---- */

struct sending {
	struct date day;
	struct str to, way, actor;
	int64_t seq, at;
};
struct approval {
	int64_t seq; /* its event */
	int64_t n; /* 1, 2 … within the year */
	int year;
	struct date on, day; /* as of; of the approval, the document's date */
	struct str no, digest, root, actor;
	int64_t known, at;
	int64_t withdrawn; /* event; 0: it counts */
	struct str withdrawn_why, withdrawn_actor;
	int64_t withdrawn_at;
	struct sending *sendings; /* by event */
	size_t nsendings, sendings_cap;
};
struct approvals {
	struct approval *p; /* the newest first */
	size_t n, cap;
};
/* Those of a year. */
enum err_code approvals_load(struct db *db, struct arena *a, int year, struct approvals *out, struct err *err);
/* The one of that number; the newest that counts for 0. NULL: none. */
const struct approval *approval_get(const struct approvals *l, int64_t n);
/* The newest that was sent and counts; NULL: none. */
const struct approval *approval_sent(const struct approvals *l);
/* Its text. ERR_DAMAGED, ERR_NOT_FOUND where the object is gone. */
enum err_code approval_text(
	struct log *log, struct arena *a, const struct approval *v, struct version_text *out, struct err *err);

/* For report_opt. */
struct paper_approval approval_paper(struct arena *a, const struct log *log, const struct approval *v);

/* Approves inside an intent. text: of version_text_json, stored by who calls (objects_store_text). Asks for
 * ACT_REPORT_APPROVE. ERR_DENIED for the person who wrote the last own paragraph. */
struct approve {
	int year;
	struct date on, day;
	struct str no;
	int64_t known;
	struct hash root;
	struct object text;
};
enum err_code report_approve(struct tx *tx, const struct approve *how, int64_t *seq, struct err *err);

/* Says that a version was sent. ERR_INPUT for a day to come, ERR_CONFLICT for one that was withdrawn.
 * ACT_REPORT_SEND. */
enum err_code report_send(struct tx *tx, int64_t approval, struct date day, struct str to, struct str way,
	struct err *err);
/* Takes an approval back, with the reason. ACT_REPORT_APPROVE. */
enum err_code report_withdraw(struct tx *tx, int64_t approval, struct str why, struct err *err);

extern const struct event_kind version_kinds[]; /* ended by a kind without name */

#endif
