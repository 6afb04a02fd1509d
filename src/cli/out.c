#include "cli/out.h"

#include "base/buf.h"
#include "cli/width.h"
#include "text/json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <unistd.h>

enum { SAY_BYTES = 1 << 20, HOURS_EAST = 8 };

static int failed; /* errno of the first write that failed */

void out_init(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		/* a closed stdout is opened for reading only: what is written to it fails, as it should */
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 1 ? O_RDONLY : O_RDWR) != fd)
			BUG("file descriptor %d", fd);
	}
	signal(SIGPIPE, SIG_IGN);
}

void out_put(struct str s)
{
	if (!failed && s.n && fwrite(s.p, 1, s.n, stdout) != s.n)
		failed = errno ? errno : EIO;
}

/* Somebody may have written to stdout without out_put: then errno is gone, but the pipe can be asked. */
static bool reader_gone(void)
{
	struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return failed == EPIPE || (poll(&p, 1, 0) == 1 && (p.revents & POLLERR));
}

bool say_gone(void)
{
	return failed == EPIPE;
}

enum err_code out_end(struct err *err)
{
	errno = 0;
	if ((fflush(stdout) != 0 || ferror(stdout)) && !failed)
		failed = errno ? errno : EIO;
	if (failed && reader_gone())
		failed = EPIPE;
	if (!failed || failed == EPIPE)
		return OK;
	errno = failed;
	return fail_errno(err, "standard output cannot be written");
}

static void free_text(char **p)
{
	free(*p);
}

static struct str formatted(char **text, const char *fmt, va_list ap)
{
	int n = vasprintf(text, fmt, ap);

	if (n < 0)
		BUG("out of memory");
	return (struct str){*text, (size_t)n};
}

void say_text(const struct cli *c, struct str text)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(SAY_BYTES);

	if (c->json)
		return;
	width_clean(&b, text, true);
	progress_end(c);
	out_put(buf_str(&b));
	if (!str_ends(buf_str(&b), S("\n")))
		out_put(S("\n"));
}

void say(const struct cli *c, const char *fmt, ...)
{
	char CLEANUP(free_text) *text = NULL;
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	s = formatted(&text, tr(c->lang, fmt), ap);
	va_end(ap);
	say_text(c, s);
}

void warn(const struct cli *c, const char *fmt, ...)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(SAY_BYTES);
	char CLEANUP(free_text) *text = NULL;
	struct str line;
	va_list ap;

	va_start(ap, fmt);
	width_clean(&b, formatted(&text, tr(c->lang, fmt), ap), false);
	va_end(ap);
	line = str_trim(buf_str(&b));
	progress_end(c);
	fflush(stdout); /* on a terminal the lines stay in the order they were said */
	fprintf(stderr, "zeren: " STR_FMT "\n", STR_ARG(line));
}

void say_raw(const struct cli *c, struct str line)
{
	progress_end(c);
	out_put(line);
	out_put(S("\n"));
}

enum err_code say_json(const struct cli *c, const struct node *node, struct err *err)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(JSON_BYTES);

	TRY(json_canon(&b, node, err));
	say_raw(c, buf_str(&b));
	return OK;
}

enum err_code say_pretty(const struct cli *c, const struct node *node, struct err *err)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(JSON_BYTES);

	json_pretty(&b, node);
	if (b.over)
		return fail(err, ERR_LIMIT, "more than %d bytes of JSON", JSON_BYTES);
	say_raw(c, buf_str(&b));
	return OK;
}

void out_error(const struct cli *c, const struct err *err)
{
	struct buf CLEANUP(buf_free) text = BUF_MAX(4 * sizeof err->text);
	struct buf CLEANUP(buf_free) b = BUF_MAX(32 * sizeof err->text);

	width_clean(&text, str_c(err->text), false);
	progress_end(c);
	if (c->json) {
		buf_printf(&b, "{\"error\":{\"code\":\"%s\",\"text\":", err_name(err->code));
		json_quote(&b, buf_str(&text));
		buf_put(&b, S("}}"));
		say_raw(c, buf_str(&b));
		return;
	}
	fflush(stdout);
	fprintf(stderr, "zeren: " STR_FMT "\n", STR_ARG(buf_str(&text)));
}

void out_heading(const struct cli *c, const char *text)
{
	if (c->colour)
		out_put(S("\033[1m"));
	out_put(str_c(tr(c->lang, text)));
	out_put(c->colour ? S("\033[0m\n") : S("\n"));
}

struct str text_line(struct arena *a, struct str s)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(SAY_BYTES);

	width_clean(&b, s, false);
	return arena_str(a, buf_str(&b));
}

struct str text_time(struct arena *a, int64_t us)
{
	char t[TIME_TEXT];

	time_text(us + HOURS_EAST * 3600 * INT64_C(1000000), t);
	return arena_printf(a, "%.10s %.5s", t, t + 11);
}

struct str text_day(struct arena *a, struct date d)
{
	char text[DATE_TEXT];

	return arena_str(a, date_text(d, text));
}
