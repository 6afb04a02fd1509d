/* What stands in the fields of records, each value read once: the same value is the same struct datum, so that a
 * column is an array of pointers, and two values are alike where their words are the same pointer. Made while records
 * are read; after that nothing here changes, and any number of threads may look. */
#ifndef RECORD_DATUM_H
#define RECORD_DATUM_H

#include "base/date.h"
#include "scheme/scheme.h"

struct datum {
	struct str text;                 /* TEXT */
	union {
		int64_t num;             /* INT */
		const struct datum *const *items;    /* LIST, MAP: [n]; of a MAP its keys stand behind them */
	};
	const struct datum *word;        /* its text for people (datum_text, Chinese) in half-width without blanks, as a
	                                    TEXT; NULL in one made while asking whose word no record has */
	union {
		int32_t day;             /* TEXT: the day it stands for (a period: its last), DATE_NONE_N for none */
		uint32_t n;              /* LIST, MAP */
	};
	uint32_t hash;
	uint8_t kind;                    /* enum node_kind */
	bool yes;                        /* BOOL */
	bool period;                     /* day is that of a period */
};

/* Every value once. */
struct datums {
	struct arena *arena;
	struct datum **slots;            /* by hash, open addressing, half full at most */
	size_t n, nslots;
	const struct datum *none;        /* the empty text */
};

/* An empty table; what it takes in lives in a. */
void datums_init(struct datums *t, struct arena *a);

/* The value of a text, which must be UTF-8 in NFC; it is copied when it is new. */
const struct datum *datum_add(struct datums *t, struct str text);

/* The value of a text; NULL where no record has it, nor a word alike. */
const struct datum *datum_find(const struct datums *t, struct str text);

/* The word of a text: what a value alike has as its word. NULL where none has. a: for a copy without blanks. */
const struct datum *datum_word(const struct datums *t, struct arena *a, struct str text);

/* A record's values. Keys that its type does not know stand behind the others. */
struct datum_row {
	const struct datum **cells;      /* [type->nfields], NULL where nothing stands; the caller's, cleared */
	struct datum_named *more;        /* [nmore], by key */
	size_t nmore, cap;
};
struct datum_named {
	const struct datum *key, *value;
};

/* Reads canonical JSON (text/json.h) of one map. order: the type's fields by name (field_order). False for anything
 * else: the row is then of no use. more lies in a. */
bool datum_read_row(struct datums *t, struct arena *a, struct str json, const struct field *const *order, size_t n,
	struct datum_row *out);

/* The fields of a type by name, as canonical JSON has them. */
const struct field **field_order(struct arena *a, const struct record_type *type);

/* Reads one canonical value of any kind; NULL for anything else. */
const struct datum *datum_read(struct datums *t, struct str json);

/* A node of it, for a page or an event; lives in a, texts are those of the datum. */
struct node *datum_node(struct arena *a, const struct datum *d);

/* A value for people: lists joined by 、, flags as 是 and 否 (yes and no). NULL is empty. */
struct str datum_text(struct arena *a, enum lang lang, const struct datum *d);

/* The day a value of type date or period stands for (a period: its last day); DATE_NONE for none. */
struct date datum_day(const struct field *field, const struct datum *d);

/* A number in thousandths; false for none. */
bool datum_number(const struct datum *d, int64_t *out);

/* A map from values (by identity) to numbers. */
struct tally {
	struct arena *arena;
	struct tally_slot {
		const struct datum *key;
		uint32_t value;
	} *slots;
	size_t n, nslots;
};
#define TALLY_IN(arena_) {.arena = (arena_)}

uint32_t *tally_at(struct tally *t, const struct datum *key);           /* adds it with 0, or finds it */
uint32_t tally_get(const struct tally *t, const struct datum *key);     /* 0 when it is not there, or key is NULL */

/* False when squeezing would change nothing: no blank, nothing full-width. */
bool text_squeezes(struct str s);

#endif
