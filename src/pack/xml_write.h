/* Text into XML 1.0 and HTML. */
#ifndef PACK_XML_WRITE_H
#define PACK_XML_WRITE_H

#include "base/buf.h"

/* & < > " as entities; what XML does not hold (control characters, U+FFFE, U+FFFF) is left out. */
void xml_put(struct buf *b, struct str text);

#endif
