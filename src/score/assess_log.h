/* Assessments in the log: opened for a year and the office or a unit, with the scheme in force then; self scores,
 * scores with a second person, the settlement, appeals. Who is scored, who scores, who confirms and who decides an
 * appeal are different hands: posts always, accounts too where people sign in. */
#ifndef SCORE_ASSESS_LOG_H
#define SCORE_ASSESS_LOG_H

#include "log/log.h"
#include "log/tree.h"
#include "score/assess.h"

enum { ASSESS_ORIGIN = 1 };         /* assessments are those of the log written here */

extern const struct event_kind assess_kinds[], appeal_kinds[];   /* each ended by a kind without name */

struct assessment {
	struct id id;                    /* event that opened it; ID_NONE: it was not opened */
	int year;
	struct str unit;                 /* code; empty: the office */
	struct hash digest;              /* of the scheme */
	bool settled;
	int64_t settled_seq;             /* of the last settlement */
	struct date settled_on, settled_day;     /* as of which day; on which day it was done (UTC+8) */
	int64_t total;                   /* thousandths */
	struct str grade, settled_by;
	struct hash lines;
};

/* The assessment of a year and unit (code; empty: the office); id ID_NONE where there is none. ERR_DB. */
enum err_code assessment_find(
	struct db *db, struct arena *a, int year, struct str unit, struct assessment *out, struct err *err);
/* By its event. ERR_NOT_FOUND. */
enum err_code assessment_get(struct db *db, struct arena *a, struct id id, struct assessment *out, struct err *err);
/* The one of a year that was opened last; id ID_NONE where there is none. ERR_DB. */
enum err_code assessment_newest(struct db *db, struct arena *a, int year, struct assessment *out, struct err *err);
/* The scheme that it is scored by: what the year was judged by when it was opened; of one that was not opened what it
 * is judged by now. ERR_DAMAGED. */
enum err_code assessment_scheme(struct log *log, struct db *db, struct arena *a, const struct assessment *x, int year,
	struct scheme *out, struct err *err);
/* Its marks, for assess_on. */
enum err_code assessment_inputs(
	struct db *db, struct arena *a, struct id id, struct assess_inputs *out, struct err *err);

/* All assessments of a year with their marks, as they were opened: two statements. ERR_DB. */
struct assessments {
	struct assessment *p;
	size_t n, cap;
	struct assess_inputs *inputs;    /* [n] */
};
enum err_code assessments_of_year(
	struct db *db, struct arena *a, int year, struct assessments *out, struct err *err);

/* Facts and figures by the scheme of an assessment (NULL: by the one of now). */
typedef enum err_code assess_take_fn(void *ctx, const struct assessment *x, const struct facts **f,
	const struct figures **figures, struct err *err);
/* The year's sheets beside each other, each by its own scheme: an opened one by that of its opening, the others by the
 * one that the year is judged by now (digest now). Grades by quota are those of all units by that scheme; the rows are
 * best first. What take gives must live as long as the rows. Fails as take fails. */
enum err_code assess_year_rows(struct arena *a, const struct assessments *all,
	const struct hash *now, assess_take_fn *take, void *ctx, struct assess_row **rows, size_t *n, struct err *err);
/* All rows by the scheme of some facts, with the marks of a year. */
struct assess_row *assess_rows_with(
	const struct facts *f, const struct figures *figures, const struct assessments *all, size_t *n);

/* The digest of a sheet's lines. ERR_LIMIT. */
enum err_code assess_sheet_digest(const struct facts *f, const struct assess_sheet *s, struct hash *out,
	struct err *err);

/* ---- writing: inside an intent ---- */

/* by: code or name of the post by which it is done; on pages that of the account, whatever stands here. Rights first,
 * on the assessed unit. */

/* s: the scheme in force, with its digest. ERR_CONFLICT where it is open already; ERR_NOT_FOUND for a unit that the
 * scheme does not score. *id may be NULL. */
enum err_code assess_open(struct tx *tx, const struct scheme *s, const struct hash *digest, int year, struct str unit,
	struct str by, struct id *id, struct err *err);

struct assess_entry {
	struct id assessment;
	struct str item, text, by;
	struct str thing;                /* score: key of an assess_thing; empty: of the whole item */
	int64_t got;                     /* thousandths */
	int64_t appeal;                  /* score: event of the appeal that it follows; 0: none */
};
/* s: the scheme of the assessment. text: what proves it; may be empty. ERR_CONFLICT once settled. */
enum err_code assess_self(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, struct id *id, struct err *err);
/* text: the reason, must, but of a thing that has all its points. It counts once confirmed. After the settlement only
 * where the panel upheld an appeal, which is then scored anew: its last step is made here too. ERR_DENIED: who scored
 * himself, or whose own post it is, does not score. */
enum err_code assess_score(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, struct id *id, struct err *err);
/* The same of several at once, all of one assessment and appeal; a refusal names the thing. */
enum err_code assess_scores(
	struct tx *tx, const struct scheme *s, const struct assess_entry *in, size_t n, struct err *err);
/* mark: event of the score. ERR_DENIED: by whom it was scored, or who scored himself. */
enum err_code assess_confirm(struct tx *tx, struct id assessment, int64_t mark, struct str by, struct err *err);
/* grade: after quotas; may be empty. ERR_CONFLICT: a score awaits its second person; or nothing came since it was
 * settled. */
enum err_code assess_settle(struct tx *tx, struct id assessment, const struct facts *f,
	const struct assess_sheet *sheet,
	struct str grade, struct str by, struct err *err);

/* A step of an appeal. step "file" (appeal 0) makes one: against an item's score, by the unit that is assessed, within
 * the scheme's working days after the settlement; others are the panel's. why as flows ask for it. *id: its event. */
struct assess_appeal {
	struct id assessment;
	struct id appeal;                /* ID_NONE: file */
	struct str step, item, why, by;
};
enum err_code assess_appeal(struct tx *tx, const struct scheme *s, const struct calendar *calendar,
	const struct assess_appeal *in, struct id *id, struct err *err);

struct flow_case;
struct flow_step;
/* Of the check of a step of an appeal: whoever takes it up or decides it has neither given nor confirmed a score of its
 * item. ERR_DENIED. */
enum err_code appeal_hands(struct tx *tx, const struct flow_case *c, const struct flow_step *s, struct err *err);

/* What an appeal is about: "12/A05", event of the assessment and item. False for anything else. */
bool appeal_about(struct str about, int64_t *assessment, struct str *item);

#endif
