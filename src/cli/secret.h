/* Secrets from a person or a pipe. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli/cli.h"

/* A password: asked for twice at the terminal, without echo, or the first line of stdin with from_stdin. The
 * questions are message keys. NFC, in the command's arena. ERR_USAGE without a terminal or where the two differ;
 * ERR_INPUT where it is no UTF-8; ERR_LIMIT for more than 1,024 bytes. */
enum err_code secret_read(
	struct cli *c, const char *ask, const char *again, bool from_stdin, struct str *out, struct err *err);

#endif
