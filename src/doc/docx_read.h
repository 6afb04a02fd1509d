/* DOCX files as people give them back, edited in Word, WPS or LibreOffice: paragraphs and rows of tables. Tracked
 * changes are taken as accepted; fields are their results, links their text; headers, footers, notes and remarks in the
 * margin come apart. The file is parsed in a child process without files or network (pack/child.h). */
#ifndef DOC_DOCX_READ_H
#define DOC_DOCX_READ_H

#include "base/arena.h"
#include "base/err.h"

enum {
	DOCX_FILE_BYTES = 64 << 20, /* file on disk */
	DOCX_INFLATED = 256 << 20, /* bytes inflated from one file in all */
	DOCX_TEXT = 32 << 20, /* bytes of text in all */
	DOCX_PARA_BYTES = 1 << 20, /* one paragraph, one cell */
	DOCX_ITEMS = 200000, /* paragraphs and rows */
	DOCX_MARKS = 32, /* our bookmarks in one paragraph or row */
	DOCX_PICTURES = 64, /* pictures in one paragraph or row; more are not told */
	DOCX_CELLS = 1024, /* cells a row */
	DOCX_STYLES = 10000
};

/* A paragraph of the text, or a row of a table. Text is UTF-8 in NFC; a line break is "\n", a tab "\t"; not trimmed.
 * Paragraphs of a cell are lines of its text. */
struct docx_item {
	bool row;
	int outline; /* level from 1 to 9; 0: no heading */
	struct str style; /* its style's name: "heading 1"; empty: none */
	struct str *marks; /* [nmarks] bookmarks of ours (zeren_…) that begin in it */
	size_t nmarks;
	struct str *pictures; /* [npictures] what each picture or drawing in it says of itself; may be empty */
	size_t npictures;
	struct str text;
	uint32_t table; /* of a row: which table, from 1 on */
	struct str *cells; /* [ncells] of a row */
	size_t ncells;
};

enum docx_part { DOCX_BODY, DOCX_FOOTNOTES, DOCX_ENDNOTES, DOCX_COMMENTS, DOCX_HEADER, DOCX_FOOTER, DOCX_PARTS };

/* What stands beside the text: a note or remark, or all of a header or footer. Never empty. */
struct docx_note {
	enum docx_part part;
	struct str text;
};

struct docx_text {
	struct str name; /* of the file, without folder */
	struct docx_item *p;
	size_t n, cap;
	struct docx_note *notes;
	size_t nnotes, notes_cap;
};

/* ERR_NOT_FOUND, ERR_IO; ERR_INPUT: what the file is instead of a DOCX, what is broken in it and where; ERR_LIMIT. */
enum err_code docx_read(struct arena *a, const char *path, struct docx_text *out, struct err *err);

/* ---- between the files: in the child ---- */

struct child_out;
struct unzip;

struct docx_style {
	struct str id, name, based;
	int outline; /* 0: none of its own */
};
struct docx_styles_read {
	struct arena *arena;
	struct docx_style *p;
	size_t n, cap;
};
/* The styles of a member; none where it is missing. */
enum err_code docx_read_styles(struct unzip *z, struct str part, struct docx_styles_read *out, struct err *err);
/* The style of that id; NULL: none. Its outline is that of what it is based on, too. */
const struct docx_style *docx_style_of(const struct docx_styles_read *s, struct str id, int *outline);

/* Parses a part and sends its items or notes. */
enum err_code docx_read_part(struct unzip *z, struct str name, enum docx_part part,
	const struct docx_styles_read *styles, struct child_out *out, struct err *err);

/* Records: a kind, then numbers (4 bytes) and texts (their length, then their bytes). */
enum docx_record { DOCX_RECORD_PARA = 'P', DOCX_RECORD_ROW = 'R', DOCX_RECORD_NOTE = 'N' };

#endif
