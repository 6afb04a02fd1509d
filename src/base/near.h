/* The valid name nearest to one that is unknown, for refusals: "there is no post '办工室主任'; did you mean
 * '办公室主任'?" Whoever refuses a name offers the valid ones and lets the nearest be said. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include "base/err.h"
#include "base/str.h"

struct near {
	struct str word;                /* what is unknown */
	struct str best, begun;         /* nearest by spelling so far; the one that begins with word */
	size_t least;                   /* best differs in fewer characters */
	bool many;                      /* more than one begins with word */
};

/* Nothing offered yet. word must live as long. */
struct near near_to(struct str word);

/* Offers a valid name, which must live as long. An empty one counts for nothing. */
void near_offer(struct near *x, struct str name);

/* What word may have been meant for: the only name that begins so, else the nearest by spelling (at most a third of it
 * different, two letters swapped counting as one; a single character is like nothing else). Empty when nothing is. */
struct str near_found(const struct near *x);

/* Puts "; did you mean '…'?" behind the refusal in err where something is near. Returns err->code. */
enum err_code near_say(const struct near *x, struct err *err);

/* The same of n C strings, stride bytes apart (struct rows that begin with a name); NULL when nothing is near. */
const char *nearest_name(struct str word, const char *const *names, size_t n, size_t stride);

#endif
