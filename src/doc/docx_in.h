/* Between the files docx*.c: a DOCX being written. Lengths are twips (1/20 pt) where nothing else is said. */
#ifndef DOC_DOCX_IN_H
#define DOC_DOCX_IN_H

#include "base/map.h"
#include "doc/docx.h"
#include "pack/xml_write.h"
#include "pack/zip_write.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum {
	TW_CELL = 316, /* 156 mm / 28: 15.79 pt */
	TW_HANZI = 315, /* of size 三号 with its spacing of -0.25 pt */
	TW_DIGIT = 155, /* likewise, half as wide */
	TW_TYPE = 8844,
	TW_TYPE_LYING = 12756, /* 156 and 225 mm */
	TW_INK_ABOVE = 137, /* of GRID_INK the rows begin so much above 37 mm */
	TW_INK_BELOW = 90, /* … and 22 of them end 65 below 262 mm; the rest is for roundings */
	TW_GAP = 57, /* 1 mm */
	TW_AFTER = 113 /* 2 mm */
};

/* 1 nm = 1/635000 … of a twip (25.4 mm = 1440). */
static inline int tw(int64_t nm)
{
	return (int)(nm * 144 / 2540000);
}
/* 1 nm = 36/1000 EMU. */
static inline int64_t emu(int64_t nm)
{
	return nm * 36 / 1000;
}

struct docx {
	const struct doc *d;
	const struct lay *lay; /* NULL: not known */
	struct arena *a;
	struct err *err;
	struct buf body;
	struct buf rels; /* of word/document.xml */
	struct zip_part *media;
	size_t nmedia, media_cap;
	int next_rel, next_mark;
	struct map ids; /* those that have a bookmark: where links may lead */
	struct str name; /* id of the paragraph that is opened next; empty: none */
	size_t addressees; /* so far */
	int pitch; /* of rows */
	bool landscape; /* of the section being written */
	int above, below; /* free rows round the title [P3] */
	int after; /* what is free below the head: the rows above the title */
	int mark_up; /* so much nearer to the top the mark stands */
	size_t blank; /* body.n while nothing stands in it */
	bool small; /* what was put last is off the grid: a table, a picture, a small line */
	bool table; /* … and is a table: the next must not run into it */
};

/* ---- docx_block.c ---- */

/* A bookmark at this place; nothing for an empty id. */
void dx_point(struct docx *x, struct str id);
/* The paragraph opened next is the nth of those that say this (struct docx_around). */
void dx_name(struct docx *x, const char *field, size_t nth);
/* A paragraph: its style, and what else stands in w:pPr, in the order of the schema. Then texts. */
void dx_open(struct docx *x, const char *style, const char *more);
void dx_text(struct docx *x, struct str text, enum doc_face face); /* a run; tabs and line ends are blanks */
void dx_tab(struct docx *x);
void dx_close(struct docx *x);
void dx_line(struct docx *x, const char *style, const char *more, struct str text);
/* A paragraph that takes no room: what a table or a section needs behind it. more: in w:pPr. */
void dx_tiny(struct docx *x, const char *more);
/* A run's beginning, and a piece of its text. */
void dx_run_open(struct docx *x, enum doc_face face);
void dx_run_text(struct docx *x, struct str text);
void dx_blocks(struct docx *x);
/* Text into XML; control characters as blanks. */
void dx_put(struct buf *b, struct str text);
/* w:rFonts of a face; nothing for FACE_BLOCK. */
void dx_face(struct buf *b, enum doc_face face, bool hint);

/* ---- docx_title.c ---- */
int dx_title_lines(const struct docx *x, struct str text); /* how many */
void dx_title_runs(struct docx *x, const struct doc_block *b);
void dx_title_text(struct docx *x, struct str text); /* within a run: of size 二号, lines broken as those of titles */

/* ---- docx_first.c ---- */
/* How many free rows page one has, and where the mark stands, so that it shows body [P3]. */
void dx_first_page(struct docx *x);

/* ---- docx_around.c: texts of what stands around the blocks ---- */
struct str dx_annex_line(struct arena *a, const struct doc *d, size_t i);
/* Names over seals: how many a row, the middle of the last from the right edge, how far apart [P6]. */
size_t dx_stamps(const struct doc_sign *s, int *mid, int64_t *step);
struct str dx_post_line(struct arena *a, const struct doc *d); /* of HAND */
/* What a label with its colon takes, in whole cells of that size. */
int dx_label(struct str label, int cell);
struct str dx_copies_line(struct arena *a, const struct doc *d);

/* ---- docx_head.c ---- */
void dx_head(struct docx *x);
/* Width of a text of size 三号. */
int dx_width(struct str text);
int dx_mark_size(const struct docx *x); /* points of the mark */
/* Is the mark that of several offices whose names leave no room for 文件 beside them? Each then has lines by itself. */
bool dx_mark_stacked(struct arena *a, const struct doc *d);
int dx_mark_height(const struct docx *x); /* twips that its lines take */
int dx_mark_at(const struct docx *x); /* where its em box begins, below the first row's top */

/* ---- docx_sign.c ---- */
void dx_annexes(struct docx *x);
void dx_sign(struct docx *x);
bool dx_signed(const struct doc *d); /* something of 7.3.5 follows the body */

/* ---- docx_end.c ---- */
void dx_colophon(struct docx *x); /* with the code, and the last section */
/* Sections: w:sectPr of what was written so far. evened: it begins on an even page. */
void dx_section(struct docx *x, struct buf *b, bool evened);

/* ---- docx_table.c, docx_picture.c ---- */
/* keep: its last row stays on the page of what follows. */
void dx_table(struct docx *x, const struct doc_block *b, bool keep);
enum err_code dx_picture(struct docx *x, const struct doc_block *b, bool keep);

/* ---- docx_parts.c, docx_styles.c: parts that hang on little ---- */
void docx_styles(const struct docx *x, struct buf *b);
struct str docx_settings(void);
struct str docx_fonts(void);
void docx_footer(struct buf *b, bool odd, bool landscape);
void docx_first(struct buf *b); /* footer of the first page of LETTER: the lower double rule */
void docx_core(const struct doc *d, struct buf *b);
extern const char docx_types[], docx_root_rels[], docx_app[];

#endif
