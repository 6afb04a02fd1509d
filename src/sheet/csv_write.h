/* CSV for spreadsheets: RFC 4180, lines end with CR LF, UTF-8. What a spreadsheet would take for a formula gets a ' in
 * front, which reading takes off again: what is written is what is read. */
#ifndef SHEET_CSV_WRITE_H
#define SHEET_CSV_WRITE_H

#include "base/buf.h"

#define CSV_MARK "\xEF\xBB\xBF"          /* in front of the file, so that spreadsheets know it for UTF-8 */

/* A cell of a line; first: of the line. Each of its lines that begins, behind blanks, with = + - @ | (half or full
 * width) or TAB is guarded by a ', unless it is a plain number. Line ends of any kind become "\n". */
void csv_cell(struct buf *b, bool first, struct str text);
void csv_line(struct buf *b);            /* the line ends */

/* Takes the guards off, in place; returns the new length. */
size_t csv_unguard(char *p, size_t n);

#endif
