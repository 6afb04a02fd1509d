/* A document as a tree of blocks and runs, and its writers. Knows nothing of offices: a stranger may use it. All
 * writers are pure: the same tree gives the same bytes. */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum doc_kind {
	DOC_TITLE,
	DOC_H1,
	DOC_H2,
	DOC_BODY,
	DOC_ANNEX, /* heading of an annex: only in HTML, with all that stands below it */
	DOC_ANNEX_H, /* heading within the annex */
	DOC_NOTE, /* a line of the annex */
	DOC_TABLE /* of the annex */
};

/* What a run is, for the eye. */
enum doc_mark { MARK_NONE, MARK_FIGURE, MARK_FIELD, MARK_OWN, MARK_HIDDEN };

struct doc_run {
	struct str text;
	struct str link; /* id of a block or row; empty: none */
	struct str hint; /* shown when pointed at */
	enum doc_mark mark;
};
struct doc_row {
	struct str id;
	struct str *cells; /* [table's columns] */
};
struct doc_block {
	enum doc_kind kind;
	struct str id;
	struct doc_run *runs;
	size_t nruns, runs_cap;
	struct str *heads; /* TABLE: [ncols] */
	size_t ncols;
	struct doc_row *rows;
	size_t nrows, rows_cap;
};
struct doc {
	struct arena *arena;
	struct str title;
	struct str lang; /* "zh-CN" */
	struct doc_block *blocks;
	size_t nblocks, blocks_cap;
};

/* Building; everything lives in the arena, strings are not copied. A block stays valid until the next is added. */
struct doc *doc_new(struct arena *a, struct str title, struct str lang);
struct doc_block *doc_block(struct doc *d, enum doc_kind kind, struct str id);
void doc_run(struct doc *d, struct doc_block *b, struct doc_run run);
void doc_row(struct doc *d, struct doc_block *b, struct str id, struct str *cells);

enum { DOC_BYTES = 64 << 20 };

/* Plain text: a line a block. Without the annex. */
void doc_text(const struct doc *d, struct buf *out);

/* CommonMark, without the annex and without links. Nothing in a text is taken as markup. */
void doc_markdown(const struct doc *d, struct buf *out);

/* One HTML file with its style, annex and all; no script, nothing from outside. */
void doc_html(const struct doc *d, struct buf *out);

/* Office Open XML (ECMA-376 transitional) with the page, faces and sizes of GB/T 9704-2012: title 小标宋 二号,
 * 一、 黑体, （一） 楷体, body 仿宋 三号, 37/35/28/26 mm. Without the annex. ERR_LIMIT, ERR_IO. */
enum err_code doc_docx(const struct doc *d, struct arena *a, struct str *out, struct err *err);

/* ---- between the files ---- */
bool doc_in_annex(const struct doc *d, size_t block);
struct str docx_styles(void);
struct str docx_settings(void);
struct str docx_fonts(void);

#endif
