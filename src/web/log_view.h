/* What the pages of the log and of its verification show. */
#ifndef WEB_LOG_VIEW_H
#define WEB_LOG_VIEW_H

#include "web/sign_view.h"

enum { EVENTS_A_PAGE = 50 };

/* What a kind of event is called: a message key; NULL for a kind that is not known here. */
const char *event_word(struct str kind);

struct event_line {
	int64_t seq;
	struct str time, kind, actor, via, said;
	const char *word;              /* of the kind */
	struct str about;              /* the subject, as its event's number; empty: the event made something */
	struct url url, about_url;
};
struct log_view {
	struct frame *frame;
	struct { struct event_line *p; size_t n, cap; } rows;
	struct picks kinds;
	struct date day;
	struct str kind;
	bool filtered, has_before, has_after;
	int64_t n, from, to;
	struct url newer, older, all;
};

struct proof_step {
	int64_t no;                    /* from 1 */
	bool left;                     /* the hash stands before what there is so far */
	struct str hash;
};
struct event_view {
	struct frame *frame;
	struct event_line line;
	struct str wrong;              /* why it cannot be read; empty: it can */
	struct str text;               /* the event, as JSON that people can read, or as it stands */
	struct str leaf, root;
	int64_t size;
	bool proved;
	struct { struct proof_step *p; size_t n; } steps;
	bool has_before, has_after;
	struct url newer, older;
	struct { struct event_line *p; size_t n, cap; } later;     /* events about the same thing */
};

struct verify_view {
	struct frame *frame;
	int64_t size;
	struct str root, last;         /* last: when the newest event was written */
	bool has_checkpoint;
	int64_t checkpoint_size;
	struct str checkpoint_root;
	bool running, ran;
	const char *depth;             /* a message key: of what runs or ran */
	int64_t done, percent;
	struct str started, ended;
	struct str failed;             /* why verifying could not go on */
	int64_t events, objects, rows;
	struct str ran_root;
	bool sound;
	struct { struct str *p; size_t n; } findings;
	struct str wrong;
};

#endif
