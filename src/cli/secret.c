#include "cli/secret.h"

#include "base/file.h"
#include "text/nfc.h"

#include <errno.h>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

enum { SECRET_BYTES = 1024 };

/* A line without its end. */
static enum err_code read_line(int fd, struct arena *a, struct str *out, struct err *err)
{
	char *p = arena_alloc(a, SECRET_BYTES + 1);
	size_t n = 0;

	for (;;) {
		ssize_t got = read(fd, p + n, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, "the password cannot be read");
		if (!got || p[n] == '\n')
			break;
		if (++n > SECRET_BYTES)
			return fail(err, ERR_LIMIT, "a password has at most %d bytes here", (int)SECRET_BYTES);
	}
	if (n && p[n - 1] == '\r')
		n--;
	p[n] = 0;
	return nfc(a, (struct str){p, n}, out, err);
}

/* The terminal shows nothing while the line is typed, and as before afterwards. */
static enum err_code ask_one(struct cli *c, int tty, const char *ask, struct str *out, struct err *err)
{
	const char *text = tr(c->lang, ask);
	struct termios before, quiet;
	enum err_code code;

	if (tcgetattr(tty, &before))
		return fail_errno(err, "the terminal does not answer");
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	if (tcsetattr(tty, TCSAFLUSH, &quiet) || write(tty, text, strlen(text)) < 0)
		return fail_errno(err, "the terminal does not answer");
	code = read_line(tty, c->arena, out, err);
	tcsetattr(tty, TCSAFLUSH, &before);
	return write(tty, "\n", 1) < 0 ? fail_errno(err, "the terminal does not answer") : code;
}

enum err_code secret_read(
	struct cli *c, const char *ask, const char *again, bool from_stdin, struct str *out, struct err *err)
{
	CLEANUP(fd_close) int tty = -1;
	struct str second;

	if (from_stdin)
		return read_line(STDIN_FILENO, c->arena, out, err);
	tty = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (tty < 0)
		return fail(err, ERR_USAGE,
			"there is no terminal to ask for a password; give it with --password-stdin");
	TRY(ask_one(c, tty, ask, out, err));
	TRY(ask_one(c, tty, again, &second, err));
	return str_eq(*out, second) ? OK : fail(err, ERR_USAGE, "the two passwords differ");
}
