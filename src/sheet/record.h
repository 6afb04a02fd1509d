/* The shape of the records between wire.c and unwire.c. Private to sheet/. */
#ifndef SHEET_RECORD_H
#define SHEET_RECORD_H

#include "base/base.h"

enum record_kind {
	RECORD_BOOK = 'B',      /* u8 csv; name of the encoding */
	RECORD_SHEET = 'S',     /* u8 hidden; name */
	RECORD_ROW = 'R',       /* u32 number, u32 cells; cells. The same number again continues it. */
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

#endif
