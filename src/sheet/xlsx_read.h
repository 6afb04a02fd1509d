/* XLSX (ECMA-376, transitional and strict) read as a stream inside the parser child. Private to sheet/. */
#ifndef SHEET_XLSX_READ_H
#define SHEET_XLSX_READ_H

#include "pack/opc.h"
#include "pack/unzip.h"
#include "pack/xml.h"
#include "sheet/wire.h"

/* The workbook behind fd, told to w. ERR_INPUT, ERR_LIMIT; texts name sheet and cell where they can. */
enum err_code xlsx_read(int fd, struct wire *w, struct err *err);

/* ---- what the cells refer to ---- */

enum {
	XLSX_STRINGS = 4 << 20,       /* shared strings */
	XLSX_STYLES  = 100000,        /* cell formats */
	XLSX_FORMATS = 10000          /* number formats of the book's own */
};

struct xlsx_strings {
	size_t n;
	const struct str *items;
};

struct xlsx_styles {
	size_t n;
	const bool *is_date;          /* of cell format i */
};

/* Both read a part into the arena. A string over SHEET_CELL_BYTES is ERR_LIMIT, as are too many. */
enum err_code xlsx_strings_read(struct arena *a, struct unzip *z, struct str part, struct xlsx_strings *out,
		struct err *err);
enum err_code xlsx_styles_read(struct arena *a, struct unzip *z, struct str part, struct xlsx_styles *out,
		struct err *err);

/* Whether numbers under this format code are shown as dates: y, m, d outside quotes, brackets and escapes,
 * or 年月日 where no digit stands for the number itself. [h]:mm (time passed) is none. */
bool xlsx_format_is_date(struct str code);

/* Takes _xHHHH_ escapes (ST_Xstring) out and makes "\r\n" and "\r" of them "\n", in place; returns the new
 * length. Other control characters stay escaped. */
size_t xlsx_unescape(char *p, size_t n);

/* ---- one worksheet ---- */

struct xlsx_env {
	struct wire *wire;
	struct xlsx_strings strings;
	struct xlsx_styles styles;
	bool date1904;
};

struct xlsx_sheet;

/* Reads the worksheet XML fed to it; what ends the parse early names the cell. */
struct xlsx_sheet *xlsx_sheet_new(struct arena *a, const struct xlsx_env *env);
extern const struct xml_on xlsx_sheet_on;

#endif
