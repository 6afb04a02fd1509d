/* The shape of the records between wire.c and unwire.c. Private to sheet/. */
#ifndef SHEET_RECORD_H
#define SHEET_RECORD_H

#include "base/base.h"

enum record_kind {
	RECORD_BOOK = 'B',      /* u8 csv; name of the encoding */
	RECORD_SHEET = 'S',     /* u8 hidden; name */
	RECORD_COLS = 'C',      /* u16 n; n of struct col_head. Before the rows of a sheet, once. */
	/* u32 number, u32 cells, u16 height in tenths of a point; cells. The same number again continues it. */
	RECORD_ROW = 'R',
	RECORD_SPAN = 'M'       /* struct span */
};

/* Of a cell; its text and a 0 byte follow. Without the padding at its end: CELL_HEAD bytes. */
struct cell_head {
	uint32_t n;
	int32_t date;
	uint16_t col;
	uint8_t kind;
};

enum { CELL_HEAD = 11 };

/* Of columns first to last; width in hundredths of a character, 0: none. Without the padding: COL_HEAD bytes. */
struct col_head {
	uint16_t first, last, width;
	uint8_t hidden;
};

enum { COL_HEAD = 7 };

#endif
