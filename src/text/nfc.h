/* Unicode normal form C (UAX 15), done once where text comes in. */
#ifndef TEXT_NFC_H
#define TEXT_NFC_H

#include "base/arena.h"
#include "base/err.h"

/* The most combining marks in a row, counted in decomposed form (UAX 15, Stream-Safe Text Format). */
enum { NFC_MARKS = 30 };

/* s in NFC; s itself when it already is (the common case, without a copy). ERR_INPUT "line 2, column 7: …"
 * when s is no UTF-8 or has more than NFC_MARKS combining marks in a row (composing those would take time
 * quadratic in them). */
enum err_code nfc(struct arena *a, struct str s, struct str *out, struct err *err);

/* True when nfc() would return s itself. Fast on ASCII and Chinese. */
bool nfc_is(struct str s);

#endif
