/* What stands around a report's text on paper: head, addressee, signature, annexes, 版记. The scheme says it under
 * report.paper (docs/scheme.md, "Paper"); an office may say each of it otherwise, as an event each: paper.set, whose
 * newest value counts. What is the approval's (its number, its day) comes from report/version.h. */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "doc/doc.h"
#include "log/log.h"
#include "record/facts.h"
#include "text/bind.h"

enum {
	PAPER_TEXT_BYTES = 1024, /* of one value */
	PAPER_ADDRESS_BYTES = 200,
	PAPER_DIGITS_MOST = 10,
	PAPER_LIST = 40, /* names in a list */
	PAPER_ANNEXES = 20,
	PAPER_LIMIT = 1000000 /* characters */
};

enum paper_sort { PAPER_TEXT, PAPER_NAMES, PAPER_CHOICE, PAPER_DAY, PAPER_NUMBER, PAPER_DIGITS, PAPER_ADDRESS };
struct paper_field {
	const char *name; /* "mark": in the scheme, in events, in forms */
	const char *title; /* a message key: what it is, for people */
	const char *hint; /* a message key: what is expected */
	enum paper_sort sort;
	const char *const *choices; /* CHOICE: words, ended by NULL */
	size_t at; /* offsetof in struct paper */
	const char *const *titles; /* of the choices: message keys */
};
extern const struct paper_field paper_fields[]; /* ended by one without name */
const struct paper_field *paper_field(struct str name); /* NULL: none */

struct outline_chart; /* report/outline.h */
struct charts; /* doc/chart.h */

/* An annex with the records of a register, or with a chart. */
struct paper_annex {
	struct set set; /* of: NULL: a chart */
	const struct node *chart_of; /* as the scheme says it, without title and landscape */
	const struct outline_chart *chart;
	struct charts *pictures; /* its drawings, when the report is composed */
	struct str title;
	const struct field **columns;
	size_t ncolumns; /* 0: all that hold something */
	bool landscape;
};

struct paper {
	int64_t form, grid, seal; /* enum doc_form, doc_grid, doc_seal */
	struct str mark, number, copy_no, secrecy, urgency, addressee, post, copies, issuer, postscript;
	struct str present, absent, guests; /* of minutes */
	struct texts signers, signature, keep;
	struct date date, issued; /* DATE_NONE: the day of the approval */
	int64_t limit; /* characters; 0: none */
	struct str address; /* https://zeren.example.gov.cn: of the pages that numbers lead to; empty: nowhere */
	struct paper_annex *annexes;
	size_t nannexes;
};

/* Reads report.paper (NULL: a paper without any of it). ERR_INPUT with line, column, field and what is expected. */
enum err_code paper_read(
	struct arena *a, const struct scheme *s, const struct node *node, struct paper *out, struct err *err);

/* Puts a value into a field; empty: nothing changes. Names in a list stand between 、 or ； or on lines. ERR_INPUT
 * names the field and what is expected. */
enum err_code paper_put(struct arena *a, struct paper *p, struct str field, struct str value, struct err *err);
/* The same as text. */
struct str paper_text(struct arena *a, const struct paper *p, const struct paper_field *f);

/* An address of a server: http or https, a host, a port; one / behind it is left out. ERR_INPUT says what is expected,
 * ERR_LIMIT above PAPER_ADDRESS_BYTES. Points into value. */
enum err_code paper_address(struct str value, struct str *out, struct err *err);

/* {year} {no} {office} {office.short} {title} in its texts become what they are. */
struct paper_words {
	int year;
	struct str no, office, office_short, title;
};
void paper_fill(struct arena *a, struct paper *p, const struct paper_words *w);
/* ERR_INPUT where a text holds another name in braces. */
enum err_code paper_names(struct str text, struct err *err);

/* ---- the office's own values ---- */

struct paper_value {
	struct str field, value, why, actor;
	int64_t seq, at; /* event; µs UTC */
};
struct paper_values {
	struct paper_value *p;
	size_t n, cap;
};
/* The newest of each field, in the order of paper_fields, those taken back left out; or all there ever were, the newest
 * first. The database may be one replayed to an earlier event. */
enum err_code paper_values_load(
	struct db *db, struct arena *a, bool history, struct paper_values *out, struct err *err);
/* Puts them over what the scheme says. */
enum err_code paper_values_put(
	struct arena *a, struct paper *p, const struct paper_values *v, struct err *err);

/* Says one otherwise than the scheme, inside an intent; value empty: as the scheme says. What is said already is not
 * written (*written; may be NULL). Asks for ACT_PAPER_EDIT. ERR_NOT_FOUND: no such field; ERR_INPUT. */
enum err_code paper_set(
	struct tx *tx, struct str field, struct str value, struct str why, bool *written, struct err *err);

extern const struct event_kind paper_kinds[]; /* ended by a kind without name */

#endif
