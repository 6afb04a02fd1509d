/* Options that every command takes: language, JSON, data directory, colours. */
#ifndef CLI_COMMON_H
#define CLI_COMMON_H

#include "cli/cmd.h"

/* Rows of cmd_common. */
enum common { COMMON_HELP, COMMON_JSON, COMMON_DATA, COMMON_LANG, COMMON_COLOR, COMMON_VERSION, COMMON_N };

/* Reads a language as --lang and ZEREN_LANG have it; false for another. */
bool common_lang(const char *s, enum lang *out);

/* Sets what these options, the environment and the terminal say. given: the value of each, "" for a flag, NULL where it
 * is absent. ERR_USAGE names the option and what was expected. */
enum err_code common_set(struct cli *c, const char *const given[COMMON_N], struct err *err);

#endif
