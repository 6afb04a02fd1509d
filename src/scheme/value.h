/* Cells into values of a field's type, and values into the canonical fields of a record. */
#ifndef SCHEME_VALUE_H
#define SCHEME_VALUE_H

#include "scheme/scheme.h"
#include "sheet/sheet.h"

enum value_state {
	VALUE_NONE,     /* blank */
	VALUE_OK,
	VALUE_RAW       /* something that the type does not read: text is what was written */
};

/* text in canonical form by type: date 2022-06-03, period 2022-06, number 35 or 2.5, flag yes or no, else the words as
 * written, trimmed. */
struct value {
	struct str text;
	struct str unit;         /* the words behind a number: 人 of 35人 */
	enum value_state state;
};

/* Reads a cell; year: of a date without one. Values that need no change point into the cell. */
struct value value_read(struct arena *a, const struct field *f, const struct cell *cell, int year);

/* The first day a value of type date or period stands for, and the last; DATE_NONE for others. */
struct date value_first_day(const struct field *f, const struct value *v);
struct date value_last_day(const struct field *f, const struct value *v);

/* How two values of one fact are compared: half-width, without blanks and line breaks. */
struct str value_key(struct arena *a, const struct value *v);

/* The JSON form: numbers as integers where whole, else decimal text; flags as true and false; tags, lists and files as
 * lists; all else text. */
#define UNIT_SUFFIX "__unit"   /* beside a number, its unit word where one was written: number__unit */
struct node *value_node(struct arena *a, const struct field *f, struct str text);

/* The parts of a tags, list or file value; blank ones left out. */
struct texts value_parts(struct arena *a, const struct field *f, struct str text);

#endif
