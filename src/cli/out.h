/* What the program writes to stdout and stderr, and whether it arrived. For cli/ itself; commands use
 * cli/cli.h. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "cli/cli.h"

/* Before anything is opened: file descriptors 0 to 2 exist (else a database might become stdout), and a
 * reader that goes away is an error, not a signal (a child process that died must not end us quietly). */
void out_init(void);

/* Bytes to stdout as they are. The first failure is remembered, what follows is dropped. */
void out_put(struct str s);

/* Flushes. ERR_IO: not all of it arrived. OK as well when the reader has gone; say_gone() knows. */
enum err_code out_end(struct err *err);

/* Prints an error: "zeren: text" on stderr, with --json {"error":{"code":…,"text":…}} on stdout. */
void out_error(const struct cli *c, const struct err *err);

/* Bold where colours are on; for headings. */
void out_heading(const struct cli *c, const char *text);

#endif
