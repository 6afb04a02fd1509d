/* Numbers and dates as spreadsheets store them. Private to sheet/. */
#ifndef SHEET_XLSX_NUMBER_H
#define SHEET_XLSX_NUMBER_H

#include "base/date.h"

enum { XLSX_NUMBER_TEXT = 64 };

/* The shortest decimal text that reads back as the same double: "13", "2.5", "0.1" for
 * 0.1000000000000000055; no exponent from 1e-20 to below 1e21. raw is decimal with optional exponent,
 * blanks around it allowed; false for anything else and for what no double holds. Independent of the
 * locale. */
bool xlsx_number_text(struct str raw, char out[XLSX_NUMBER_TEXT], struct str *text);

/* The same check; the value as a double. */
bool xlsx_number_value(struct str raw, double *out);

/* The day of a serial date (ECMA-376 part 1, 18.17.4), its time of day dropped after rounding to the
 * second. False below 1 (a time alone), on the 29 February 1900 that never was (60), and outside what
 * struct date covers. */
bool xlsx_number_date(double serial, bool date1904, struct date *out);

#endif
