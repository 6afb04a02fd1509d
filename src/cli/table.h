/* Tables into any place; commands use table_print of cli/cli.h. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/cli.h"

/* Writes header and rows, whole lines, through put. width: columns of the terminal, 0 for no limit; a
 * column is never made narrower than six. */
void table_write(const struct table *t, enum lang lang, int width, bool colour,
	void (*put)(void *ctx, struct str s), void *ctx);

#endif
