/* Calendars that an office adopts: the years that did not come with the program, or others of a year that did. */
#ifndef RECORD_CALENDAR_ADOPT_H
#define RECORD_CALENDAR_ADOPT_H

#include "log/object.h"
#include "scheme/calendar.h"

/* Records a calendar, inside an intent; what is in force for its country and year already is not adopted again.
 * text: its file, stored before (object_store_text). */
enum err_code calendar_adopt(struct tx *tx, const struct calendar_year *y, const struct object *text, struct err *err);

/* Working days by the tables: the shipped years of a country (empty: CN; "none": Monday to Friday) and those adopted.
 * In a. ERR_DB. */
enum err_code calendar_load(struct arena *a, struct db *db, struct str country, const struct calendar **out,
	struct err *err);

extern const struct event_kind calendar_kinds[];     /* ended by a kind without name */

#endif
