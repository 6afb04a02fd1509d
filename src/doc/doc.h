/* A document as a tree of blocks and runs, and its writers. Knows nothing of offices: a stranger may use it. All
 * writers are pure: the same tree and the same fonts give the same bytes. Paper is laid out once (doc/layout.h); PDF,
 * OFD and the preview draw those pages. DOCX, HTML and Markdown take the tree. */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct drawing; /* doc/drawing.h */

/* Clauses are those of GB/T 9704-2012. */
enum doc_kind {
	DOC_TITLE,     /* 7.3.1 */
	DOC_ADDRESSEE, /* 7.3.2: ends with a colon */
	DOC_H1,        /* 7.3.3: 一、 its number is part of its text, as in all headings */
	DOC_H2,        /* （一） */
	DOC_H3,        /* 1. */
	DOC_H4,        /* （1） */
	DOC_BODY,
	DOC_NOTE,      /* a line of an annex, small */
	DOC_CAPTION,   /* title of the table or picture below it */
	DOC_TABLE,
	DOC_PICTURE,
	DOC_SOURCE,    /* small line under a table or picture: where it comes from */
	DOC_ANNEX,     /* 7.3.7: 附件 begins a page; its runs are its title; all that follows is of it */
	DOC_ANNEX_H,   /* heading within it */
	DOC_KINDS
};

/* What a run is, for the eye. */
enum doc_mark { MARK_NONE, MARK_FIGURE, MARK_FIELD, MARK_OWN, MARK_HIDDEN, MARK_KEPT };

/* Faces of official documents; what fonts they are is found by doc/font.h. FACE_BLOCK: as the block has it. */
enum doc_face { FACE_BLOCK, FACE_FANG, FACE_KAI, FACE_HEI, FACE_SONG, FACE_BIAO, FACES };

struct doc_run {
	struct str text; /* UTF-8, NFC, without line ends */
	struct str link; /* id of a block or row, or an address (doc_is_address); empty: none */
	struct str hint; /* shown when pointed at */
	enum doc_mark mark;
	enum doc_face face;
};

/* AUTO: numbers right, heads centred, else left. */
enum doc_align { ALIGN_AUTO, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };
struct doc_cell {
	struct str text; /* may hold line ends */
	/* Of a merged cell: how many it covers; 0: one. Cells that it covers are empty; before one that has a text,
	 * such as the first of another merged cell, it ends: nothing is lost. */
	int cols, rows;
	enum doc_align align;
};
struct doc_row {
	struct str id;
	struct doc_cell *cells; /* [table's columns] */
};
struct doc_table {
	size_t ncols;
	int32_t *widths; /* [ncols] nm; NULL or 0: by content */
	size_t nheads; /* so many of the first rows are its head, repeated on every page */
	struct doc_row *rows;
	size_t nrows, rows_cap;
};

struct doc_picture {
	const struct drawing *drawing; /* or */
	struct str png; /* bytes of a PNG or JPEG file */
	int32_t width, height; /* nm; 0: its own */
	struct str alt; /* what it shows, in words: never empty */
};

struct doc_block {
	enum doc_kind kind;
	struct str id;
	struct doc_run *runs;
	size_t nruns, runs_cap;
	struct doc_table *table; /* TABLE */
	struct doc_picture *picture; /* PICTURE */
	struct str number; /* ANNEX: 附件1; empty: an annex without number */
	bool landscape; /* ANNEX: its pages lie */
};

/* The head of an official document, 7.2 and 10. PLAIN: none, the title stands on the first rows. */
enum doc_form { FORM_PLAIN, FORM_RED, FORM_LETTER, FORM_ORDER, FORM_MINUTES, FORMS };
struct doc_head {
	enum doc_form form;
	struct str copy_no, secrecy, urgency; /* 7.2.1 to 7.2.3; empty: none */
	struct str mark; /* 发文机关标志, red; of several offices with 、 between, 文件 behind the last (doc_marks) */
	struct str number; /* 发文字号 */
	struct str *signers; /* 签发人, of a document upwards */
	size_t nsigners;
};

struct doc_present { /* of minutes, 10.3: names; empty: none */
	struct str present, absent, guests; /* 出席, 请假, 列席 */
};

enum doc_seal { SEAL_NONE, SEAL_STAMP, SEAL_HAND }; /* 7.3.5.2, 7.3.5.1, 7.3.5.3 */
struct doc_sign {
	struct str *names; /* 署名: offices, or of HAND the person … */
	size_t nnames;
	struct str post; /* … and the post */
	struct str date; /* 2026年1月5日 */
	enum doc_seal seal;
};

struct doc_colophon { /* 版记, 7.4; all empty: none */
	struct str copies; /* 抄送, without its label */
	struct str issuer, date; /* 印发机关; 印发日期 without 印发 */
};

enum doc_grid { GRID_INK, GRID_BOX }; /* docs/layout.md */

struct doc {
	struct arena *arena;
	struct str title; /* of the file's properties */
	struct str author, subject; /* likewise; may be empty */
	struct str lang; /* "zh-CN", "en": of what the program adds, too; empty: Chinese */
	struct doc_head head;
	struct doc_block *blocks;
	size_t nblocks, blocks_cap;
	struct str *annexes; /* 附件说明, 7.3.4: names in order; none: no such lines */
	size_t nannexes;
	struct doc_present present;
	struct doc_sign sign;
	struct str postscript; /* 附注, 7.3.6, with its brackets */
	struct doc_colophon colophon;
	struct str *keep; /* words that no line breaks, such as names */
	size_t nkeep;
	enum doc_grid grid;
	int64_t at; /* instant, µs since 1970 UTC, written as the file's date; 0: 1980-01-01 */
	const char *fonts; /* of charts in a DOCX: a folder of the office's own fonts; NULL: none */
	struct str code; /* printed small at the foot of the last page: log root for the archive; empty: none */
};

/* Building; everything lives in the arena, strings are not copied. A block stays valid until the next is added. */
struct doc *doc_new(struct arena *a, struct str title, struct str lang);
struct doc_block *doc_block(struct doc *d, enum doc_kind kind, struct str id);
void doc_run(struct doc *d, struct doc_block *b, struct doc_run run);
/* A block of kind TABLE: then its rows, heads first (t->nheads is the caller's). Cells start empty. */
struct doc_table *doc_table(struct doc *d, struct str id, size_t ncols);
struct doc_cell *doc_row(struct doc *d, struct doc_table *t, struct str id);

/* The language of the document, and a message in it: what the program writes beside what it was given. */
enum lang doc_lang(const struct doc *d);
const char *doc_say(const struct doc *d, const char *text) __attribute__((format_arg(2)));
/* How a language is marked in files: "zh-CN", "en". */
struct str doc_lang_mark(enum lang lang);

/* A mark of several offices taken apart: one name without an end where there is no 、 in it. */
struct doc_marks {
	struct str *names;
	size_t n;
	struct str end; /* 文件, which stands behind all of them */
};
struct doc_marks doc_marks(struct arena *a, struct str mark);
/* Seals of n offices, side by side [P6]: how many a row, the last over the date, whose middle is mid from the left
 * edge; their middles are step apart. Widths in any one unit. */
size_t doc_seals(size_t n, int64_t widest, int64_t mid, int64_t cell, int64_t *step);

/* The block's runs put together, in the arena. */
struct str doc_block_text(const struct doc *d, const struct doc_block *b);
/* Does a link leave the document: http://, https:// or mailto:? All others are ids. */
bool doc_is_address(struct str link);
/* Is it in an annex? */
bool doc_in_annex(const struct doc *d, size_t block);

enum {
	DOC_BYTES = 64 << 20,
	DOC_CELL_BYTES = 64 << 10, /* one cell */
	DOC_COLS = 64, /* columns a table on paper */
	DOC_PAGES = 5000
};

/* Plain text: a line a block, a table's row a line with tabs; head, sign and colophon as on paper. */
void doc_text(const struct doc *d, struct buf *out);

/* CommonMark with GitHub's tables, without links. Nothing in a text is taken as markup. */
void doc_markdown(const struct doc *d, struct buf *out);

/* One HTML file with its style, annex and all; no script, nothing from outside. */
void doc_html(const struct doc *d, struct buf *out);

/* Office Open XML (ECMA-376 transitional) with the page, faces and sizes of GB/T 9704-2012. ERR_LIMIT, ERR_IO. */
enum err_code doc_docx(const struct doc *d, struct arena *a, struct str *out, struct err *err);

#endif
