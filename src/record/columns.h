/* How the office's own sheet of a register looks: widths of its columns, those it hides, the height of its head. Taken
 * down when a workbook is imported, given back where the register is taken out (decision 27). No fact rests on it. */
#ifndef RECORD_COLUMNS_H
#define RECORD_COLUMNS_H

#include "record/import.h"

enum {
	COLUMNS_WIDTH_LEAST = 100, COLUMNS_WIDTH_MOST = SHEET_WIDTH, COLUMNS_HEAD_MOST = 4090,
	COLUMNS_BYTES = 16 << 10         /* looks of an import, in its event */
};

struct columns {
	int *widths;                     /* [type->nfields] hundredths of a character; 0: the sheet says none */
	bool *hidden;                    /* [type->nfields] */
	int head;                        /* tenths of a point that the head is high; 0: nobody has set it */
};

/* What a table's sheet says of the columns that its mapping took, as `look` of import.accept (docs/events.md); NULL
 * where it says nothing, or is only some of a register (a blank one, a narrowed one, mended rows). */
struct node *columns_look(struct arena *a, const struct import_table *t);

/* ERR_INPUT for a look that is not as docs/events.md has it. NULL is fine. */
enum err_code columns_check(const struct node *look, struct err *err);

/* The look of a register: of the newest import of that mapping for the year or one before, else of any, that says one
 * and was not taken back. All zero where none does. In a. */
enum err_code columns_of(struct arena *a, struct db *db, const struct sheet_map *m, int year, struct columns *out,
	struct err *err);

#endif
