/* What the two kinds of workbook share, full ones and blank ones. */
#ifndef RECORD_EXPORT_BOOK_H
#define RECORD_EXPORT_BOOK_H

#include "record/columns.h"
#include "record/export_inside.h"
#include "sheet/xlsx_write.h"

enum { EXPORT_ID_WIDTH = 24 };

/* What the sheet of a register is called, if no other one is. */
struct str export_sheet_name(const struct export_sheet *sheet);
/* Of its k-th column, in characters, whatever stands there. */
int export_width(const struct export_sheet *sheet, size_t k);
/* All of them, [n + 1] with that of ids: as the scheme says, else by what stands in the first records, else by type.
 * Uses up what plan has in hand. */
enum err_code export_widths(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct export_plan *plan, int *widths, struct err *err);

/* How the office's own sheet looks; all zero for a register of none. In a. */
enum err_code export_look(struct arena *a, struct db *db, const struct export_sheet *sheet,
	const struct export_ask *ask, struct columns *out, struct err *err);
/* The sheet begun last gets the widths of that look, where the scheme says none, and its head, which is in that row,
 * the height; before anything is written there. */
enum err_code export_put_look(struct xlsx *x, const struct export_sheet *sheet, const struct columns *look, int head,
	struct err *err);

/* Keeps a note of the ask, if it wants any; texts are copied. */
void export_note(const struct export_ask *ask, struct export_note note);
/* Notes where the sheet begun last has another name than its register. */
void export_note_name(const struct export_ask *ask, const struct xlsx *x, const struct export_sheet *sheet);

/* How wide a text is in characters, an ideograph as two: its longest line. */
int export_chars(struct str s);

/* Writes a workbook that will be path. */
typedef enum err_code export_make(void *ctx, const char *path, struct err *err);
/* Makes a file in a folder of its own below dir and opens it to be read; it has no name any more then. ERR_IO, and
 * what make fails with. */
enum err_code export_open(const char *dir, export_make *make, void *ctx, int *fd, int64_t *size, struct err *err);

#endif
