/* What the pages of entering and correcting records show. */
#ifndef WEB_ENTRY_VIEW_H
#define WEB_ENTRY_VIEW_H

#include "record/record.h"
#include "web/sign_view.h"

enum entry_kind { ENTRY_LINE, ENTRY_LONG, ENTRY_DAY, ENTRY_TIME, ENTRY_PICK };

struct entry_field {
	struct str name, id;       /* of the input: f.date; of the element */
	struct str title, hint, value;
	enum entry_kind kind;
	const char *mode;          /* inputmode: text, decimal, numeric */
	bool required, first;      /* first: gets the focus */
	struct str wrong, note;    /* refused; only to be looked at */
	struct picks picks;        /* PICK: what there is; others: what is offered */
};

struct entry_view {
	struct frame *frame;
	struct str register_title, wrong, id, why;
	struct url register_url, back, here;
	int64_t rev;               /* correction: the event that was seen; 0: a new record */
	bool takes_files;
	struct { struct entry_field *p; size_t n; } fields;
	struct url done;           /* the record entered just now */
	struct str done_id, done_note;
};

struct step_change {
	struct str title, before, after;
};
struct step_line {                 /* of a record's history */
	const char *what;          /* a message key */
	struct str who, when, source, why, event;
	struct { struct step_change *p; size_t n; } changes;
	struct texts proof;
};
struct step_lines {
	struct step_line *p;
	size_t n, cap;
};

/* Files of a form, stored as objects of the log: events name them afterwards. */
enum err_code call_files(struct call *c, const char *name, const struct record_file **out, size_t *n, struct err *err);

#endif
