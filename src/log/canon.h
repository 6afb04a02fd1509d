/* Reads canonical JSON (text/json.h) and nothing else, in one pass: what this accepts, json_is_canon
 * accepts, and the reverse (tests/fuzz/fuzz_event.c holds them together). An event is read so at every
 * replay and verify. */
#ifndef LOG_CANON_H
#define LOG_CANON_H

#include "text/node.h"

/* False unless text is one value in canonical form from end to end. Texts without escapes point into text,
 * the rest lies in the arena. Nested deeper than JSON_DEPTH is refused. */
bool canon_read(struct arena *a, struct str text, struct node **out);

/* ---- its tokens, for readers that build no nodes ---- */

struct canon {
	const char *p, *end;
};

bool canon_take(struct canon *c, char what);             /* moves over the character, where it comes next */
bool canon_word(struct canon *c, struct str what);       /* null, true, false */

/* The text at the opening quote, as it is written, and how many escapes it has. Whether it is UTF-8 in NFC is left to
 * the caller (nfc_is, after canon_unescape). */
bool canon_text(struct canon *c, struct str *raw, size_t *escapes);
struct str canon_unescape(struct arena *a, struct str raw, size_t escapes);   /* raw itself where there are none */
bool canon_number(struct canon *c, int64_t *out);

#endif
