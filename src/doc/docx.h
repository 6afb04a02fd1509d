/* A document as DOCX beside what doc/doc.h says, and DOCX files of others read back (doc/docx_read.h). */
#ifndef DOC_DOCX_H
#define DOC_DOCX_H

#include "doc/layout.h"

/* doc_docx(), but knowing how the document is laid out: the 版记 goes onto an even page where it stands by itself
 * there. Without a layout it stands at the foot of whatever page is the last. ERR_INPUT for a picture that is none. */
enum err_code doc_docx_laid(const struct lay *l, struct arena *a, struct str *out, struct err *err);

/* The name of the bookmark around a block: "zeren_" and its id, with what no bookmark may hold as "_"; at most 40
 * bytes; empty for a block without id. */
struct str docx_bookmark(struct arena *a, struct str id);

/* A paragraph of what stands around the blocks, as doc_docx() writes it: head, names of annexes, signature, 版记,
 * code. A row of a table is one, its cells with DOCX_CELL_END between: nothing that a document holds. */
#define DOCX_CELL_END "\x1f"
struct docx_around {
	/* What it says: copy_no, secrecy, urgency, mark, signers, number, annexes, present, absent, guests, signature,
	 * date, postscript, copies, issuer or code. */
	const char *field;
	size_t nth; /* of those that say this, from 1 on */
	struct str text; /* without tabs */
};
/* All of them in order; how many. In the arena. Addressees are blocks: their field is "addressee". */
size_t docx_arounds(struct arena *a, const struct doc *d, struct docx_around **out);
/* Its bookmark is that of this id. */
struct str docx_around_id(struct arena *a, const char *field, size_t nth);

/* A drawing as PNG of so many dots an inch, on white; fonts: a folder of the office's own, may be NULL.
 * ERR_NOT_FOUND (no font), ERR_LIMIT, ERR_IO. */
enum err_code drawing_png(struct arena *a, const struct drawing *d, const char *fonts, int dpi, int32_t *w, int32_t *h,
	struct str *out, struct err *err);

#endif
