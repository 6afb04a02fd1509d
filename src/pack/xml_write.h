/* Text into XML 1.0 and HTML. */
#ifndef PACK_XML_WRITE_H
#define PACK_XML_WRITE_H

#include "base/buf.h"

/* & < > " as entities; control characters, which XML does not hold, are left out. */
void xml_put(struct buf *b, struct str text);

#endif
