/* Facts without a database, for tests of duties: records and an organisation from JSON, judged by a scheme in YAML. */
#ifndef TESTS_DUTY_KIT_H
#define TESTS_DUTY_KIT_H

#include "duty/duty.h"

/* An organisation as org.json has it: units, posts, portfolios (unit: a code; from, to), holders (post, name, from, to),
 * bodies (id, name); all else is settings. */
void kit_org(struct arena *a, const struct node *map, struct org *out);

/* Working days of a list of {year, holidays: [day], working: [day]} instead of the shipped ones; NULL: leaves those. */
void kit_calendars(struct arena *a, const struct node *list, struct facts *f);

/* Decisions on slots: a list of {duty, owner, object, label, kind, asked, decided, until}. */
void kit_allowed(struct arena *a, const struct node *list, struct facts *f);

/* Records as maps of "type" and fields in their stored form, by day, those of one day in the order given. "outside": true
 * for one outside the year of its register. ERR_INPUT where the scheme has no such type. */
enum err_code kit_facts(struct arena *a, const struct scheme *s, const struct org *org, int year,
	const struct node *records, struct facts *out, struct err *err);

/* A figure's values: a list of [day, thousandths], by day; each counts from its day on. NULL: no figure has a value. */
struct figure_source kit_figures(const struct node *steps);

/* A post's or unit's name. */
struct str kit_owner(const struct facts *f, const struct slot *s);

const char *kit_slot_state(enum slot_state s);

#endif
