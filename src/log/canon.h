/* Reads canonical JSON (text/json.h) and nothing else, in one pass: what this accepts, json_is_canon
 * accepts, and the reverse (tests/fuzz/fuzz_event.c holds them together). An event is read so at every
 * replay and verify. */
#ifndef LOG_CANON_H
#define LOG_CANON_H

#include "text/node.h"

/* False unless text is one value in canonical form from end to end. Texts without escapes point into text,
 * the rest lies in the arena. Nested deeper than JSON_DEPTH is refused. */
bool canon_read(struct arena *a, struct str text, struct node **out);

#endif
