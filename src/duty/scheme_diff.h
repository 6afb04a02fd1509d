/* Two versions of a scheme side by side: duties added, changed, ended, and what that asks of each owner in a year. */
#ifndef DUTY_SCHEME_DIFF_H
#define DUTY_SCHEME_DIFF_H

#include "duty/burden.h"

enum diff_kind { DIFF_ADDED, DIFF_CHANGED, DIFF_ENDED };
const char *diff_kind_name(enum diff_kind k);     /* "added": in files; for people by tr(N_(…)) */

/* A key of a duty that says something else: need.count, title. */
struct key_change {
	struct str key, before, after;       /* as YAML on one line; empty: it was not there */
};

struct duty_change {
	enum diff_kind kind;
	const struct duty *before, *after;   /* NULL where it is not in that version */
	struct key_change *keys;             /* of a changed one, [n] */
	size_t n, cap;
};

/* What an owner owes in a year. */
struct owner_work {
	struct str owner;
	struct burden_sum before, after;
};

struct scheme_diff {
	struct duty_change *duties;          /* in the order of the newer version, then those ended */
	size_t nduties, duties_cap;
	struct owner_work *owners;           /* those for whom something changes; by slots gained, the most first */
	size_t nowners, owners_cap;
};

/* What is different in the duties. In a. A role that has come to mean other posts changes `owner`. */
void scheme_diff(struct arena *a, const struct scheme *before, const struct scheme *after, struct scheme_diff *out);

/* Adds the work of owners: both are the facts of one year, each read by its own scheme, with one organisation. What
 * opens by records is counted by those in hand. */
void scheme_diff_work(const struct facts *before, const struct facts *after, struct scheme_diff *out);

/* An organisation for want of one: one post of each role and one unit of each kind that the schemes name, called by
 * their rules ("each post:班子成员"), so that work can be counted per rule. */
void scheme_diff_org(
	struct arena *a, const struct scheme *before, const struct scheme *after, struct org *out);

/* {"duties": [{id, kind, title, keys: [{key, before, after}]}], "owners": [{owner, before: {slots, entries, files},
 * after}]} */
struct node *scheme_diff_json(struct arena *a, const struct scheme_diff *d);

#endif
