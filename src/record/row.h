/* One row of values by the rules of its register, whether it came from a file or was typed by hand. */
#ifndef RECORD_ROW_H
#define RECORD_ROW_H

#include "scheme/value.h"

enum refusal { REFUSE_NONE, REFUSE_NO_DATE, REFUSE_BAD_DATE, REFUSE_MISSING, REFUSE_BAD_NUMBER, REFUSE_BAD_VALUE,
	REFUSE_KEY_TAKEN };

enum { IDENT_BYTES = 16 };

/* values: [m->record->nfields] throughout. */

/* Why a value that must be there refuses the row; REFUSE_NONE where it is there and readable. */
enum refusal row_refusal(const struct sheet_map *m, const struct field *f, const struct value *v);
/* "日期无法识别：待定", "缺少必填项" …; text: what stood there. */
struct str row_refusal_text(struct arena *a, enum lang lang, enum refusal why, struct str text);

/* Must it be there? The field of the year, and the required ones. */
bool row_requires(const struct sheet_map *m, const struct field *f);

/* Is it of the year (that of the register, the mapping's shift apart)? *day: the first day of the year's field,
 * DATE_NONE where the mapping asks for none. */
bool row_in_year(const struct sheet_map *m, int year, const struct value *values, struct date *day);

/* The day that dates the record: of a period its last. */
struct date row_day(const struct sheet_map *m, const struct value *values);

/* Rows with the same key are kept side by side. */
bool row_repeats(const struct sheet_map *m);
/* The key: its fields in comparable form, or all fields where the mapping names none. */
struct str row_key(struct arena *a, const struct sheet_map *m, const struct value *values);
/* What makes two rows the same fact: first half of the SHA-256 over type and key; repeat: rows of that key before
 * it. */
void row_ident(
	struct arena *a, const struct sheet_map *m, struct str key, size_t repeat, unsigned char out[IDENT_BYTES]);

/* fields and raw as canonical JSON's maps; raw is NULL when all was read. */
struct node *row_fields(
	struct arena *a, const struct record_type *type, const struct value *values, struct node **raw);

/* A value back out of fields and raw. Reading its text, with the unit behind it, gives the value again. */
struct value row_value(
	struct arena *a, const struct field *f, const struct node *fields, const struct node *raw);

/* What joins the parts of a value so that they are told apart again: the first of its separators. */
struct str row_separator(const struct field *f);

/* The text of a value as a person would type it: 35人, 2022-06-03, 是 (yes). */
struct str row_typed(struct arena *a, enum lang lang, const struct field *f, const struct value *v);

/* A word of a closed list, blanks and full-width forms apart. */
bool row_in_list(struct arena *a, const struct choice_list *l, struct str text);

/* What record.add and record.correct say beside where it comes from; raw and proof may be NULL. */
struct row_said {
	const unsigned char *ident;
	struct node *fields, *raw, *proof;
	struct date day;
	bool outside;                    /* the year of its register */
};
void row_data(struct arena *a, struct node *data, const struct row_said *said);

#endif
