/* Duties as the scheme says them: what each owner owes, in which form, how often, until when. The meaning is fixed in
 * docs/scheme.md ("Duties"); what became of them on a day tells duty/duty.h. */
#ifndef SCHEME_DUTY_DEF_H
#define SCHEME_DUTY_DEF_H

#include "scheme/limit.h"
#include "scheme/period.h"
#include "scheme/scheme.h"

enum need_form { NEED_COUNT, NEED_EACH, NEED_ON, NEED_BY, NEED_WHEN, NEED_HOLDS, NEED_REACH };

/* enough: 8, {sum: hours, at_least: 6}, {days: yes, at_least: 3}, {distinct: unit, at_least: 4},
 * {rate: [done, due], at_least: 95}, {share: {where}, of: hours, at_least: 30} */
enum enough_kind { ENOUGH_COUNT, ENOUGH_SUM, ENOUGH_DAYS, ENOUGH_DISTINCT, ENOUGH_RATE, ENOUGH_SHARE };
struct enough {
	enum enough_kind kind;
	const struct field *of;          /* SUM, DISTINCT; SHARE: what is added up, NULL: records are counted */
	const struct field *part, *whole;    /* RATE */
	struct where share;              /* SHARE */
	int64_t thousandths;             /* at least: records, days, values, the sum, or per cent */
};

/* What for_each walks. Several are walked one after the other. */
enum each_kind { EACH_NONE, EACH_PORTFOLIO, EACH_UNITS, EACH_POSTS, EACH_WORDS, EACH_RECORDS, EACH_BODIES };
struct each_of {
	enum each_kind kind;
	struct str of; /* UNITS: kind of unit; POSTS: role; WORDS: key of the organisation's settings */
	struct set set;                  /* RECORDS */
};

struct owner_rule {
	enum {
		OWNER_POST, OWNER_EACH_POST, OWNER_EACH_UNIT, OWNER_FIELD, OWNER_OFFICE, OWNER_EVERYONE, OWNER_BODY,
		OWNER_EACH_BODY
	} kind;
	struct str name; /* POST, BODY: its name; EACH_POST: role; EACH_UNIT: kind; FIELD: field of the object */
};

/* on: thursday; day 5; last day; working day 3; last working day; working days; 06-30; {rule: FREQ=…} */
struct on_day {
	enum { ON_WEEKDAY, ON_DAY, ON_LAST_DAY, ON_WORKING, ON_LAST_WORKING, ON_EACH_WORKING, ON_DATE, ON_RULE } kind;
	int n;                           /* WEEKDAY: 1 Monday; DAY, WORKING: which of the month */
	int month, mday;                 /* DATE */
	struct str rule;                 /* RULE */
	struct date start;               /* RULE: where it begins; DATE_NONE: 1 January of the year in hand */
};

/* A day that is no working day moves. */
enum shift { SHIFT_NONE, SHIFT_NEXT, SHIFT_PREVIOUS };

/* Which days of each: day and N hours are owed. */
enum days { DAYS_ALL, DAYS_WORKING, DAYS_OF_WEEK };

/* due: of a period, after it. */
struct after_period {
	struct duration limit;              /* 3d, 5 working days */
	int mday;                        /* day 10 of the month after; 0: limit says it */
};

struct need {
	enum need_form form;
	struct owner_rule owner;         /* the duty's unless it has its own */
	bool personal;                   /* owed by each holder alone, within the own tenure */
	struct each_of *each;            /* for_each, [neach] */
	size_t neach;
	struct set take;                 /* what fills or (WHEN) opens slots */
	bool takes;
	enum shift shift;                /* of the due day */
	const struct field *time;        /* time of day: HOURS, apart, within so many hours */
	/* COUNT, EACH: the period; EACH may take it from a field of the object, by words */
	struct span_rule span;
	const struct field *span_field;
	const struct node *span_words;   /* map: 每季度 → quarter */
	enum days days;
	int hours_from, hours_to;        /* HOURS: minutes of the day */
	const struct field *period; /* the record's own period field decides the slot; its date then tells if late */
	struct after_period due;         /* with period */
	int64_t count;                   /* COUNT: slots a period; BY: slots */
	struct enough enough;            /* EACH */
	int64_t grace;                   /* days after a period in which a spare record still fills it, late; 0: none */
	struct duration apart;              /* COUNT, EACH: a record less than that after the last one does not count */
	struct day_ref start, end; /* EACH over records: first whole period after start; none from end's period on */
	bool has_start, has_end;
	/* COUNT, EACH: the season; ON: the bounds */
	struct str from, to, except;     /* keys of the organisation's settings, dotted: calendar.thursdayFrom */
	struct day_ref from_day, to_day; /* or days; has_from, has_to */
	bool has_from, has_to;
	/* ON */
	struct on_day *on;               /* [non] */
	size_t non;
	unsigned weekdays;               /* DAYS_OF_WEEK: bit 1 Monday … bit 7 Sunday */
	struct span_rule window;         /* a record of the same week, month … does; SPAN_DAY: of the day */
	int64_t window_days;             /* or of so many days before it */
	/* BY, REACH */
	struct day_ref *by;              /* [nby] */
	size_t nby;
	/* WHEN */
	const struct field *times;       /* a summary row stands for so many occasions … */
	const struct field *done_times;  /* … and so many done */
	struct where done;               /* done by the record's own fields … */
	const struct field *done_on;     /* … on this day (else the record's) */
	const struct field *done_time;   /* … at this time; with take: of the later record */
	struct set then;                 /* or by a later record: take */
	bool has_then;
	struct duration within;             /* due so long after; none: the same day */
	bool internal;                   /* within: prompt */
	const struct field *due_on;      /* or the record's own date */
	struct duration extend;             /* once, when asked in time and approved */
	const struct field *asked, *approved;
	/* HOLDS */
	const struct field *until;
	/* REACH */
	struct str figure;
	int64_t *at_least;               /* [nby] thousandths */
	bool late_never;                 /* by, within, period: what is done after the due day does not count */
	bool late_counts; /* done after the due day is late; else done is done (and a period gone by missed) */
	struct str label;                /* stands before a slot's own label */
	const struct field *label_field; /* names the record that opened the slot, or the object */
	const struct node *node;
};

enum score_rule { SCORE_SHARE, SCORE_DEDUCT_SLOT, SCORE_DEDUCT_OWNER, SCORE_ALL, SCORE_AVERAGE };

struct duty {
	struct str id, title, cadence, proof;   /* cadence, proof: for people */
	struct owner_rule owner;
	struct str owner_text;           /* owned_by: for people; empty: the owner rule says it */
	struct texts tags, helpers;      /* helpers: who helps, for people */
	struct str receiver, approver;   /* who gets it; who decides excuses: for people */
	bool personal;                   /* each holder of the post owes it alone */
	int64_t points;                  /* thousandths */
	bool linear;                     /* pace: linear */
	struct need *needs;
	size_t nneeds;
	enum score_rule score;
	int64_t deduct, at_most;         /* thousandths */
	/* Versions within the year in hand: only slots due from `since` on (where it starts) and before `until` (where
	 * it ends) are its own; those before are opened by the older text. */
	bool starts, ends;
	struct date since, until;
	const struct duty *before;       /* NULL: there was none */
	const struct node *node;
};

/* What becomes of a slot; figures count by it (state:). */
enum slot_state { SLOT_MET, SLOT_LATE, SLOT_MISSED, SLOT_PENDING, SLOT_EXCUSED, SLOT_NOT_APPLICABLE, SLOT_STATES };

/* ---- loading ---- */

/* A version that was in force earlier in the year in hand. */
struct scheme_past {
	struct str name;                 /* for errors: "the version in force before 2022-07-01" */
	struct str text;
	struct scheme_source source;     /* of what it uses */
	struct date from, until;         /* in force from (DATE_NONE: since ever) up to the day before until */
};

/* scheme_read_from of the version in force at the end of a year, with the duties of the n versions that were in force
 * earlier in it, the oldest first: they are read against the new record types. A duty whose text has changed has the
 * older one behind `before`; one that is gone ends; one that is new starts. ERR_INPUT where an old duty cannot be read
 * so. */
enum err_code scheme_read_year(struct arena *a, struct str text, struct scheme_source from,
	const struct scheme_past *past, size_t n, struct scheme *out, struct err *err);

/* Puts the duties of earlier versions behind those of s; between the files of the loader. */
enum err_code scheme_past_duties(
	struct arena *a, struct scheme *s, const struct scheme_past *past, size_t n, struct err *err);

/* Reads duties: of a scheme into s->duties. */
enum err_code scheme_duties(struct arena *a, struct scheme *s, const struct node *duties, struct err *err);
const struct duty *scheme_duty(const struct scheme *s, struct str id);

/* An owner as written: post:主任, each member … */
enum err_code owner_read(
	const struct scheme *s, struct str text, const struct node *at, struct owner_rule *out, struct err *err);
/* Does the need's owner go with what its slots are opened for? */
enum err_code owner_check(const struct need *n, const struct node *at, struct err *err);
/* What stands behind a prefix, without blanks; false where there is nothing, or no such prefix. */
bool text_after(struct str s, const char *prefix, struct str *rest);

#endif
