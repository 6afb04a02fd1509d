/* CSV (RFC 4180, and what spreadsheets make of it) read inside the parser child. Private to sheet/. */
#ifndef SHEET_CSV_H
#define SHEET_CSV_H

#include "sheet/wire.h"

/* The text behind fd: UTF-8 or GB18030, told to w as one sheet. Every record counts, empty ones too; one
 * ends at "\n", "\r\n" or "\r" outside quotes. The separator is a comma, or a tab or semicolon where most
 * of the first lines have it and commas are rarer. A quote inside an unquoted field is itself; what follows
 * a closing quote up to the separator belongs to the field. Line ends inside quotes become "\n". The guard
 * that csv_write.h puts before formulas is taken off. ERR_INPUT:
 * encoding, a 0 byte, a quote left open at the end (the text names the record it began in); ERR_LIMIT. */
enum err_code csv_read(int fd, struct wire *w, struct err *err);

/* The same of a decoded text. */
enum err_code csv_parse(struct str text, struct wire *w, struct err *err);

#endif
