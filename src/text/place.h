/* Where in a text something stands, for messages. */
#ifndef TEXT_PLACE_H
#define TEXT_PLACE_H

#include "base/str.h"

struct place {
	int line, col;   /* from 1; columns are characters, lines end with \n */
};

/* The place of the byte text.p[at]; at may be text.n. */
struct place place_of(struct str text, size_t at);

#endif
