/* What the pages of the responsibility system show: the scheme in force, its versions, the form of a duty, the effect
 * of a change before it is adopted. */
#ifndef WEB_SCHEME_VIEW_H
#define WEB_SCHEME_VIEW_H

#include "record/adopt.h"
#include "scheme/scheme_edit.h"
#include "web/duty_view.h"
#include "web/sign_view.h"

/* ---- the scheme in force ---- */

struct duty_line {
	struct str id, title, cadence, owner, points, proof, tags;
	struct url url, edit;
	bool lent;                 /* stands in a scheme that this one uses: only a file changes it */
};
struct version_line {
	int64_t no;                /* event that adopted it */
	struct str title, who, when;
	struct date from;          /* DATE_NONE: since ever */
	bool present;              /* in force on the day asked about */
	struct url url;
};
struct version_lines {
	struct version_line *p;
	size_t n, cap;
};
struct scheme_view {
	struct frame *frame;
	struct str title, code, wrong;
	struct { struct duty_line *p; size_t n, cap; } duties;
	struct version_lines versions;       /* the newest first */
	struct url text, add;
	bool may;                  /* change it */
	bool later;                /* another one than that in force was adopted last: changes build on that */
	struct url last;
};

/* ---- what a change does ---- */

struct changed_key {
	struct str key, title;     /* title: the field's in the form; empty for what has none */
	struct str before, after;
};
struct changed_duty {
	struct str id, title;
	const char *kind;          /* a message key */
	bool ended;
	struct { struct changed_key *p; size_t n; } keys;
	struct url edit;           /* empty: not to be changed here */
	bool may;
};
struct gained {
	int64_t before, after;
	struct str more;           /* +2, −1, empty */
};
struct changed_work {
	struct str owner;
	struct gained slots, entries, files;
};
struct effect {
	struct { struct changed_duty *p; size_t n, cap; } duties;
	struct { struct changed_work *p; size_t n, cap; } work;
	int64_t year;
};

/* What is different between two schemes, with the work of the year in hand, for people. draft: its digest, for the
 * addresses of the duties' forms; empty: none is offered. After call_world. */
enum err_code scheme_effect(struct call *c, const struct scheme *before, const struct scheme *after, struct str draft,
	struct effect *out, struct err *err);

struct scheme_version_view {
	struct frame *frame;
	struct version_line it;
	struct str before;         /* title and number of the version before; empty: there is none */
	struct url text;
	const char *done;
	struct effect *effect;     /* NULL: the first one */
};

/* ---- a draft ---- */

struct draft_view {
	struct frame *frame;
	struct str wrong, title, from;
	struct effect *effect;
	int64_t base;              /* the version that it is compared with */
	bool stale;                /* another version was adopted since it was begun */
	bool other;                /* what is not a duty is different as well: record types, registers, report */
	struct url here, again;
};

/* ---- the form of a duty ---- */

enum duty_input { INPUT_LINE, INPUT_LONG, INPUT_PICK };

struct duty_field {
	struct str key;            /* need.count */
	struct str name, id;       /* of the field: k.need.count */
	struct str title, hint, value, wrong;
	enum duty_input kind;
	const char *mode;          /* inputmode */
	struct picks picks;
	bool first;                /* of those that are wrong */
};
struct duty_fields {
	struct duty_field *p;
	size_t n, cap;
};
struct duty_part {                 /* the duty itself, one of its needs, the rest */
	struct str title, hint, id;
	struct duty_fields fields;
	bool rest;                 /* keys that are seldom changed */
};
struct duty_parts {
	struct duty_part *p;
	size_t n, cap;
};
struct duty_form_view {
	struct frame *frame;
	struct str id, wrong, draft;
	struct duty_parts parts;
	struct url here, draft_url;
	bool fresh;                /* a duty to be added */
	struct str form;           /* of the need of a fresh one */
	struct { struct chip *p; size_t n, cap; } forms;   /* the others */
	bool may_end;
};

/* The forms of a need as the address and people call them, by enum need_form. */
enum { DUTY_FORMS = NEED_REACH + 1 };
extern const struct duty_form {
	const char *word, *title;  /* title: a message key */
} duty_forms[DUTY_FORMS];

/* Adds the parts of a duty as its text has it; node NULL: of a new one with that form of need. */
void duty_parts_of(struct call *c, const struct node *node, struct str form, struct duty_parts *out);
/* What the form calls a key (need.count), empty where it has no field; a period as people say it, else the value. */
struct str duty_key_title(struct call *c, struct str key);
struct str duty_value_words(struct call *c, struct str key, struct str value);
/* Puts what was typed (fields k.…) into the parts and gives the keys that differ from what stands there. */
void duty_parts_typed(struct call *c, struct duty_parts *parts, struct edit_key **out, size_t *n);
/* Puts the reason beside the field that it is about, by the line and column that it names in text; false: there is
 * none. */
bool duty_parts_wrong(
	struct call *c, struct duty_parts *parts, struct str text, struct str id, struct str why);

/* ---- between the files ---- */

/* The scheme adopted last, which changes build on, and its number. */
enum err_code scheme_base(struct call *c, struct scheme *out, int64_t *no, struct err *err);
/* A draft, by its digest or its text; what it uses is as the base has it, else as it comes with the program. Its
 * outline is checked too. ERR_NOT_FOUND for a digest that is none, ERR_INPUT for a text that is no sound scheme. */
enum err_code scheme_draft(
	struct call *c, const struct scheme *base, struct str digest, struct scheme *out, struct err *err);
enum err_code scheme_draft_read(
	struct call *c, const struct scheme *base, struct str text, struct scheme *out, struct err *err);
/* Keeps a text as a draft and goes to its page. */
enum err_code scheme_draft_go(struct call *c, struct str text, int64_t base, struct err *err);
struct url draft_url(struct call *c, struct str digest, int64_t base);
/* The page of the scheme, with what was wrong with an upload. */
enum err_code scheme_show(struct call *c, struct str wrong, struct err *err);

#endif
