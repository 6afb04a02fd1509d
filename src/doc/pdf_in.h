/* Between the files pdf*.c. */
#ifndef DOC_PDF_IN_H
#define DOC_PDF_IN_H

#include "base/arena.h"

/* What cairo has no words for, put into the file that it wrote: the language of the document, that its title is shown,
 * what each figure shows (alts, in the order of their tags), and the letters before its dates. A file of another form
 * than cairo 1.16's stays as it is. */
struct str pdf_complete(struct arena *a, struct str pdf, struct str lang, const struct str *alts, size_t nalts);

#endif
