/* Registers taken out again, in the office's own columns: as CSV piece by piece, or as a workbook. What was taken out
 * and is imported unchanged changes nothing. Records are read a batch at a time, so memory stays flat whatever the
 * size; a record stands in the register it came from, one that came from none in the first of its type. */
#ifndef RECORD_EXPORT_H
#define RECORD_EXPORT_H

#include "base/buf.h"
#include "log/log.h"
#include "scheme/scheme.h"
#include "who/who.h"

struct facts;                            /* record/facts.h */
struct doc;                              /* doc/doc.h */
struct lay;                              /* doc/layout.h */

/* One register: a sheet of a workbook, or a CSV. */
struct export_sheet {
	const struct record_type *type;
	const struct sheet_map *map;     /* NULL: no register of the scheme holds the type */
	bool first;                      /* of its type */
	const struct field **fields;     /* [n] its columns, as the scheme has them in order */
	struct str *heads;               /* [n] the first header word of each */
	size_t n;
};

/* All registers of a scheme, then the types that none holds. Returns how many. */
size_t export_sheets(struct arena *a, const struct scheme *s, struct export_sheet **out);

/* The register of that name, or the only one of that type. ERR_NOT_FOUND names the nearest; ERR_INPUT where there are
 * several, to choose from. */
enum err_code export_find(struct arena *a, const struct scheme *s, struct str name, struct export_sheet *out,
	struct err *err);

/* What a workbook could not take as it is. */
struct export_note {
	enum { EXPORT_NOTE_NAME, EXPORT_NOTE_CELL } kind;
	struct str sheet;                /* the register */
	struct str text;                 /* NAME: what its sheet is called instead; CELL: the head of the column */
	struct id id;                    /* CELL: the record */
};

enum { EXPORT_NOTES = 50 };
struct export_notes {
	struct arena *arena;             /* the caller's, and theirs */
	struct export_note p[EXPORT_NOTES];
	size_t n, more;                  /* more: those after the first fifty */
};
/* For people: "'…' stands in the workbook as sheet '…'". */
struct str export_note_text(struct arena *a, enum lang lang, const struct export_note *note);

struct export_ask {
	int year;                        /* registers of this year, and what they carry on from those before */
	struct date on;                  /* without records dated later; DATE_NONE: all */
	enum lang lang;                  /* of yes and no, and of our own words */
	const struct id *ids;            /* [nids] these records only, in this order; NULL: all */
	size_t nids;
	/* Of workbooks: rows of all sheets until now, now and then; packing: all are there and the file is put
	 * together. May be NULL. */
	void (*progress)(void *ctx, size_t rows, bool packing);
	void *progress_ctx;
	const struct org *org;           /* whose they are: then a book begins with a list of its registers */
	struct export_notes *notes;      /* of workbooks; may be NULL */
	struct str narrowed;             /* what the ids were chosen by, for people: of documents; may be empty */
};

/* About how many records that will be: those carried on from earlier years are not counted. */
enum err_code export_expect(const struct export_sheet *sheets, size_t n, const struct export_ask *ask, struct db *db,
	size_t *rows, struct err *err);

/* Where a CSV is: no memory but this, so that it may be left at any time. Begin with zero. */
struct export_place {
	struct id last;                  /* whose line is out */
	size_t at;                       /* how many of the records chosen are */
	size_t cut;                      /* bytes out of the next line */
	bool begun;                      /* the header is out */
	size_t rows;
};

/* Puts the next piece of the CSV into out, as much as fits out->max; nothing when it is at its end. For http_stream:
 * the reader may be another one each time. */
enum err_code export_csv(const struct export_sheet *sheet, const struct export_ask *ask, struct db *db,
	struct export_place *at, struct buf *out, struct err *err);

/* Writes a workbook with a sheet for each register: frozen header, filter, dates and numbers as such, and behind the
 * office's columns a hidden one with each record's id; with ask->org a list of the sheets in front. Columns are as wide
 * as the scheme says, else as in the office's own sheet (columns.h), else by what stands there. All of one position of
 * the reader's log. rows may be NULL: [n],
 * how many records each sheet has. */
enum err_code export_xlsx(const struct export_sheet *sheets, size_t n, const struct export_ask *ask, struct log *reader,
	const char *path, size_t *rows, struct err *err);

/* The same into a file of no name below dir, opened to be read: for http_file. */
enum err_code export_xlsx_open(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	struct log *reader, const char *dir, int *fd, int64_t *size, struct err *err);

/* Registers to be handed out and filled in, a sheet each: the office's columns with a line under each head that says
 * what it is to hold, lists to choose from, dates and numbers looked at, lines to write on. What is filled in is
 * imported as it stands. Words in the language of the facts, which know what the choices are; ask: year and org. */
enum err_code export_blank(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	const struct facts *facts, struct log *reader, const char *path, struct err *err);
/* The same into a file of no name below dir. */
enum err_code export_blank_open(const struct export_sheet *sheets, size_t n, const struct export_ask *ask,
	const struct facts *facts, struct log *reader, const char *dir, int *fd, int64_t *size, struct err *err);

/* ---- documents: to be read, printed and kept; what is to be read in again is a CSV or a workbook ---- */

enum { EXPORT_PAPER = 10000 };           /* records that a document holds at most; its pages: DOC_PAGES */

struct export_form {
	const char *format, *type;       /* "pdf"; of media */
	enum err_code (*write)(const struct doc *d, struct arena *a, struct str *out, struct err *err); /* or */
	enum err_code (*print)(const struct lay *l, struct arena *a, struct str *out, struct err *err);
};
extern const struct export_form export_forms[];  /* pdf, docx, ofd, html; a format NULL ends them */
const struct export_form *export_form(struct str format);        /* NULL: no such form */

struct export_paper {
	const char *fonts;               /* in: the folder of the office's own; may be NULL */
	struct str bytes;
	size_t *rows;                    /* [n] records of each sheet */
	struct str *warnings;            /* of the layout: what has no glyph, is too wide; in the language of err */
	size_t nwarnings;
};

/* Each register on lying pages of its own: its name, the office, year, as-of day and count, and the records in the
 * columns of the register as a table whose head stands on every page; columns that are empty throughout are left out
 * and named. ask->org is needed. All of it, and *paper, lives in the arena. The same log gives the same bytes.
 * ERR_LIMIT above EXPORT_PAPER records, DOC_COLS columns and DOC_PAGES pages, naming the workbook instead;
 * ERR_NOT_FOUND where a face has no font. */
enum err_code export_document(struct arena *a, const struct export_sheet *sheets, size_t n,
	const struct export_ask *ask, struct log *reader, const struct export_form *form, struct export_paper *paper,
	struct err *err);

/* Words of our own in what was taken out; import knows them. The header of the hidden column of ids, of a whole
 * register and of some of its records; where an id would stand: the row of notes of a blank register; a sheet that
 * holds no register. */
#define EXPORT_ID       "zeren-id"
#define EXPORT_PART     "zeren-id-part"
#define EXPORT_NOTE     "zeren-note"
#define EXPORT_CONTENTS "zeren-contents"
/* Ends a cell whose text is cut, as a spreadsheet holds no more; and a text with its line before that. */
#define EXPORT_CUT      "[zeren-cut]"
/* Was the text cut? *before: what stands before the line that says so. */
bool export_is_cut(struct str text, struct str *before);

#endif
