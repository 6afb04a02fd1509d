/* Duties: what each owner owes, slot by slot, and what became of it as of a day. The meaning is fixed in docs/scheme.md
 * ("Duties"); everything here is a pure function of scheme, facts and day. */
#ifndef DUTY_DUTY_H
#define DUTY_DUTY_H

#include "record/facts.h"
#include "scheme/duty_def.h"

const char *slot_state_name(enum slot_state s);       /* "not_applicable": in files */

struct slot {
	struct str owner, object;        /* post or unit; what it is about: empty where the duty has no objects */
	struct str label;                /* 2季度, 第2次, 白鹭乡, 2022-04-28 */
	const struct need *need;         /* that opened it */
	struct date due, done;           /* done: DATE_NONE while it is not */
	enum slot_state state;
	struct fact_list facts;          /* records that fill it, or (WHEN, HOLDS) opened it */
	const struct fact *of;           /* the object, where it is a record */
	bool unproved;                   /* done, but one of its records has too little evidence */
	bool entered_late;               /* done, but one of its records was entered long after (补录) */
	struct str holder;               /* of a personal duty: whose tenure it is of */
	bool calendar_unknown;           /* its due day was found by working days of a year without a calendar */
	bool internal;                   /* its limit is the office's own (内部时限): within: prompt */
	bool extended;                   /* its due day was put off by a decision */
};

/* Is it owed at all: neither excused nor not applicable? */
static inline bool slot_required(const struct slot *s)
{
	return s->state != SLOT_EXCUSED && s->state != SLOT_NOT_APPLICABLE;
}

enum duty_status { DUTY_MISSED, DUTY_LATE, DUTY_AT_RISK, DUTY_SATISFIED, DUTY_ON_TRACK, DUTY_NOT_DUE, DUTY_STATUSES };
const char *duty_status_name(enum duty_status s);     /* "on_track": in files; translated for people by tr(N_(…)) */

struct duty_state {
	const struct duty *duty;
	struct slot *slots;
	size_t nslots, cap;
	int required_to_date, required_year, met, late, missed, pending;
	int excused, not_applicable;     /* beside them: neither is required */
	int unproved, entered_late;      /* flags of done slots; they change no status */
	enum duty_status status;
	struct fact_list facts;          /* records used, each once */
};

struct score_line {
	int64_t points, got;             /* thousandths; got rounded half up to hundredths */
	int64_t share;                   /* SHARE, AVERAGE: of 10,000, half up */
	int misses;                      /* DEDUCT: slots, or owners with one missed; ALL: owners with one missed */
	int64_t deducted;                /* thousandths */
};

/* figure values are asked of above through this, so that duties need not know figures (need REACH). */
struct figure_source {
	/* False when the figure has no value that day. facts: the records counted; may be left alone. */
	bool (*value)(void *ctx, struct str name, struct date on, int64_t *thousandths, struct fact_list *facts);
	void *ctx;
};

/* The state of a duty on a day. In the facts' arena. */
void duty_on(const struct facts *f, const struct duty *d, struct date on, struct figure_source figures,
	struct duty_state *out);

/* The same of some of its slots: counts, status and records of those that keep() says true of. Its points stay those of
 * the whole. */
void duty_part(const struct facts *f, const struct duty_state *whole, struct date on,
	bool (*keep)(void *ctx, const struct slot *x), void *ctx, struct duty_state *out);

/* The key of the organisation's settings that a need counts by (from, to, except, table:) and that the organisation
 * does not have, or has no good table under; empty when none is missing. Without it the whole year counts and no day is
 * exempt, and a table's periods are none, so whoever adopts the two is told. Only f's arena, scheme and org are looked
 * at. */
struct str need_lacks(const struct facts *f, const struct need *n);

/* The score by the state at the end of the year. */
struct score_line duty_score(const struct duty_state *s);

/* Why it stands as it does, for people: "缺：2季度、…", "已完成3，应达进度6，全年应完成12". */
struct str duty_reason(struct arena *a, enum lang lang, const struct duty_state *s, int year, struct date on);

/* The slots that a reason names, joined by 、. */
struct str slots_text(struct arena *a, const struct duty_state *s, enum slot_state state);

#endif
