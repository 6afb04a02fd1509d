/* What the two kinds of workbook share, full ones and blank ones. */
#ifndef OFFICE_EXPORT_BOOK_H
#define OFFICE_EXPORT_BOOK_H

#include "office/export_inside.h"
#include "sheet/xlsx_write.h"

/* What the sheet of a register is called, if no other one is. */
struct str export_sheet_name(const struct export_sheet *sheet);
/* Of its k-th column, in characters, whatever stands there. */
int export_width(const struct export_sheet *sheet, size_t k);

/* How wide a text is in characters, an ideograph as two: its longest line. */
int export_chars(struct str s);

/* Writes a workbook that will be path. */
typedef enum err_code export_make(void *ctx, const char *path, struct err *err);
/* Makes a file in a folder of its own below dir and opens it to be read; it has no name any more then. ERR_IO, and
 * what make fails with. */
enum err_code export_open(const char *dir, export_make *make, void *ctx, int *fd, int64_t *size, struct err *err);

#endif
