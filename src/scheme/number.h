/* Decimal numbers without floating point. */
#ifndef SCHEME_NUMBER_H
#define SCHEME_NUMBER_H

#include "base/arena.h"

/* "35", "-2.5", "1,536.0": digits with an optional minus, thousands commas and at most three decimals that count.
 * False for anything else, and above 10^14. */
bool thousandths(struct str s, int64_t *out);

/* "35", "2.5": without spare zeros. */
struct str thousandths_text(struct arena *a, int64_t v);

/* Cuts a number with words behind it, "35人", "1.5学时", into canonical decimal text and the words (trimmed). False
 * when it begins with no number, or digits stand behind the words. */
bool number_unit(struct arena *a, struct str s, struct str *number, struct str *unit);

#endif
