/* Between docx_read*.c: one part of a DOCX being read in the child, and what is sent of it. */
#ifndef DOC_DOCX_READ_IN_H
#define DOC_DOCX_READ_IN_H

#include "base/buf.h"
#include "doc/docx_read.h"
#include "pack/child.h"
#include "pack/xml.h"

enum { FIELDS = 64, NESTED = 8 }; /* fields within fields; text boxes within text boxes */

/* What belongs to a paragraph or to a row beside its text. */
struct beside {
	struct str marks[DOCX_MARKS], pictures[DOCX_PICTURES];
	size_t nmarks, npictures;
};

struct para {
	struct buf text;
	struct str style; /* id */
	int outline; /* 0: none of its own; from 1 */
	struct beside with;
	bool open, joined; /* joined: its end was deleted, the next goes on with it */
};

/* A drawing, picture or text box. */
struct shape {
	struct str alt;
	bool boxed, picture; /* a text box is in it; a picture is */
};

struct body {
	enum docx_part part;
	const struct docx_styles_read *styles;
	struct child_out *out;
	struct arena arena; /* of marks and words of pictures, until they are sent */
	struct err *err;
	uint8_t el[XML_DEPTH + 2]; /* what is open */
	bool shape[XML_DEPTH + 2]; /* … stood in a shape before it */
	size_t depth, skip; /* skip: elements open within what is left out */
	bool in_shape, in_text;
	struct para paras[NESTED + 1]; /* the text's, those of text boxes in it */
	struct shape shapes[NESTED + 1];
	size_t nth; /* of both */
	struct str loose[DOCX_MARKS]; /* marks between paragraphs: of the next one */
	size_t nloose;
	bool separate[FIELDS]; /* of each open field: its result has begun */
	size_t fields;
	size_t tables; /* within each other */
	uint32_t table; /* how many there were, not counting those within others */
	struct buf row, cell;
	struct beside row_with;
	uint32_t ncells;
	bool row_gone, cell_has; /* the row was deleted; the cell has a paragraph already */
	struct buf record, note;
	size_t items;
};

/* ---- docx_read_items.c: paragraphs and rows put together and sent ---- */

struct para *read_para(struct body *b); /* the one that is being read */
void read_para_begin(struct body *b);
enum err_code read_para_end(struct body *b, struct err *err);
/* A paragraph whose end was deleted and that nothing follows. */
enum err_code read_joined_end(struct body *b, struct err *err);
void read_row_begin(struct body *b);
enum err_code read_row_end(struct body *b, struct err *err);
enum err_code read_cell_end(struct body *b, struct err *err);
enum err_code read_note_end(struct body *b, struct err *err);
/* Text where text counts: not in a shape, not among a field's instructions. */
void read_text(struct body *b, struct str s);
void read_mark(struct body *b, const char *name);
void read_shape_end(struct body *b);

#endif
