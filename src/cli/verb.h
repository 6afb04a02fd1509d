/* Actions of a command: `zeren record add`. A command has a table of them; each row begins with a struct verb, behind
 * it the function and what else the command wants to know. */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "base/near.h"
#include "cli/cli.h"

enum { VERB_OPTIONS = 16, VERB_MANY = 1000 };

struct verb {
	const char *name;
	int least, most;                 /* operands, the verb itself counted; VERB_MANY: as many as are given */
	const char *missing;             /* what the first is called that is not there */
	const char *options[VERB_OPTIONS];       /* of the command, that it takes; NULL behind the last */
};

#define VERB_NAMED(table, name) \
	((const typeof((table)[0]) *)verb_named((table), LEN(table), sizeof((table)[0]), (name)))
/* The row of that name in a table of n rows of size bytes, each of which begins with a struct verb; NULL where there is
 * none. VERB_NAMED knows the table's size and type. */
const void *verb_named(const void *table, size_t n, size_t size, const char *name);

#define VERB_UNKNOWN(c, table, name, err) verb_unknown((c), (table), LEN(table), sizeof((table)[0]), (name), (err))
/* ERR_USAGE: name is none of the table, whose rows begin with a name (a struct verb does). Names all and the
 * nearest. */
enum err_code verb_unknown(
	const struct cli *c, const void *table, size_t n, size_t size, const char *name, struct err *err);
/* Offers the names of such a table. */
void verb_offer(struct near *near, const void *table, size_t n, size_t size);

/* ERR_USAGE where an operand is missing or one too many. */
enum err_code verb_operands(const struct cli *c, const struct verb *v, struct err *err);

/* The same, and where an option of the command was given that the verb does not take. */
enum err_code verb_fits(const struct cli *c, const struct verb *v, struct err *err);

#endif
