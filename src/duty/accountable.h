/* Who answers for a post, day by day: a year is cut into spells that each have one holder, somebody who looks after
 * the post (代管), or nobody. Duties bind to posts, so each day of a duty that a post owns has exactly one who answers
 * for it, or stands here as vacant. Pure functions of the organisation and the slots. */
#ifndef DUTY_ACCOUNTABLE_H
#define DUTY_ACCOUNTABLE_H

#include "duty/duty.h"

enum spell_kind { SPELL_HELD, SPELL_ACTING, SPELL_VACANT, SPELL_KINDS };
const char *spell_kind_name(enum spell_kind k);   /* "acting": in files; for people by tr() */

struct spell {
	const struct post *post;
	enum spell_kind kind;
	struct str holder;               /* empty: vacant */
	struct date from, to;            /* both included */
};
struct spells {
	struct spell *p;
	size_t n, cap;
};

/* Adds the spells of a post from one day to another, both included: in order, without a gap and without an overlap,
 * each as long as it can be. org: with all holders there ever were. Where two of them share a day, which who/
 * refuses, the one who began later answers. In a. Nothing for days out of order. */
void post_spells(struct arena *a, const struct org *org, const struct post *post, struct date from, struct date to,
	struct spells *out);

/* Who answered for the post on a day; kind VACANT: nobody. from and to: of that spell within 1900 to 2199. */
struct spell post_on(struct arena *a, const struct org *org, const struct post *post, struct date on);

/* The posts that own slots or are named as owners by a scheme's needs on the day, in the order of the organisation. */
struct owner_posts {
	const struct post **p;
	size_t n;
};
void owner_posts(const struct facts *f, const struct duty_state *states, size_t n, struct date on,
	struct owner_posts *out);

/* A year of the posts that own duties. days: of posts, one a post and day. */
struct accountable {
	struct date from, to;
	size_t posts;
	int64_t days[SPELL_KINDS];
	struct spells spells;      /* by post, then by day */
};
void accountable(const struct facts *f, const struct duty_state *states, size_t n, struct date from, struct date to,
	struct date on, struct accountable *out);

#endif
