/* Help from the table of commands. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/cmd.h"

/* Help on a command, or on all for NULL; with --json the same as data. Fails as say_json does. */
enum err_code help_on(const struct cli *c, const struct command *cmd, struct err *err);

#endif
