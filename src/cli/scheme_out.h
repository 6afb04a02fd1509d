/* Versions of a scheme on the command line: reading one by whatever name it has, and showing what is different. */
#ifndef CLI_SCHEME_OUT_H
#define CLI_SCHEME_OUT_H

#include "cli/folder.h"
#include "duty/scheme_diff.h"
#include "record/adopt.h"

/* By the number of its adoption, a shipped name or a file. log: the data directory's, NULL where there is none. */
enum err_code scheme_by_name(
	struct cli *c, struct log *log, const char *name, struct scheme *out, struct err *err);

/* Shows what is different: duties, and the work of owners by the organisation and the records of log (of the year
 * --year, else the office's), without a log by their rules. */
enum err_code show_scheme_diff(struct cli *c, struct log *log, const struct scheme *before,
	const struct scheme *after, struct err *err);

/* The actions set, add and end: edit the adopted text, show what changes, write with --accept or --out. */
enum err_code scheme_edited(struct cli *c, struct err *err);

#endif
