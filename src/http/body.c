#include "http/body.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { SIZE, SIZE_LF, DATA, DATA_CR, DATA_LF, END_CR, END_LF, WHOLE };   /* WHOLE: by Content-Length */
enum { DIGITS_MAX = 8 };

static int refuse(int status, const char *text, const char **why)
{
	*why = text;
	return status;
}

/* ---- where the bytes go ---- */

static int open_spool(const char *dir)
{
	char path[4096];
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	if (snprintf(path, sizeof path, "%s/body-XXXXXX", dir) >= (int)sizeof path)
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

static bool write_all(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}

static int store(struct body_reader *b, struct str s, const char **why)
{
	_Atomic int64_t *held = b->spool ? &b->budget->disk : &b->budget->memory;
	int64_t most = b->spool ? b->budget->disk_max : b->budget->memory_max, n = (int64_t)s.n;

	if (n > b->max - b->size)
		return refuse(413, N_("the body is larger than allowed here"), why);
	b->size += n;
	if (atomic_fetch_add(held, n) + n > most)
		return refuse(503, N_("too much is being sent at once; try again later"), why);
	if (!b->spool)
		buf_put(&b->bytes, s);
	else if (!write_all(b->fd, s))
		return refuse(503, N_("what was sent cannot be stored"), why);
	return HTTP_DONE;
}

/* ---- how they come ---- */

int body_begin(struct body_reader *b, const struct http_framing *framing, int64_t max, const char *spool,
	struct body_budget *budget, const char **why)
{
	*b = (struct body_reader){.budget = budget, .max = max, .fd = -1, .bytes = BUF_MAX((size_t)max)};
	if (framing->length > max)
		return refuse(413, N_("the body is larger than allowed here"), why);
	if (framing->length == 0)
		return HTTP_DONE;
	b->state = framing->chunked ? SIZE : WHOLE;
	b->left = framing->chunked ? 0 : framing->length;
	b->spool = spool != NULL;
	if (spool)
		b->fd = open_spool(spool);
	return spool && b->fd < 0 ? refuse(503, N_("what was sent cannot be stored"), why) : HTTP_MORE;
}

static int expect(struct body_reader *b, char c, char want, int next, const char **why)
{
	b->state = next;
	return c == want ? HTTP_MORE : refuse(400, N_("a chunk of the body is not in the form expected"), why);
}

/* A digit of a chunk's size, or the CR behind it. */
static int size_byte(struct body_reader *b, char c, const char **why)
{
	int digit = hex_digit(c);

	if (digit < 0)
		return expect(b, b->digits ? c : 0, '\r', SIZE_LF, why);
	if (++b->digits > DIGITS_MAX)
		return refuse(400, N_("a chunk of the body is not in the form expected"), why);
	b->left = b->left << 4 | digit;
	return b->left > b->max - b->size ? refuse(413, N_("the body is larger than allowed here"), why) : HTTP_MORE;
}

/* A byte of the framing around chunks. */
static int frame_byte(struct body_reader *b, char c, const char **why)
{
	switch (b->state) {
	case SIZE:
		return size_byte(b, c, why);
	case SIZE_LF:
		b->digits = 0;
		return expect(b, c, '\n', b->left ? DATA : END_CR, why);
	case DATA_CR:
		return expect(b, c, '\r', DATA_LF, why);
	case DATA_LF:
		return expect(b, c, '\n', SIZE, why);
	case END_CR:
		return expect(b, c, '\r', END_LF, why);
	default:
		return c == '\n' ? HTTP_DONE : expect(b, c, '\n', END_LF, why);
	}
}

int body_take(struct body_reader *b, struct str in, size_t *used, const char **why)
{
	int status = HTTP_MORE;

	*used = 0;
	while (*used < in.n && status == HTTP_MORE) {
		size_t n = 1;

		if (b->state == DATA || b->state == WHOLE) {
			n = (size_t)MIN((int64_t)(in.n - *used), b->left);
			status = store(b, str_sub(in, *used, *used + n), why);
			b->left -= (int64_t)n;
			if (status == HTTP_DONE && (b->left || b->state == DATA))
				status = HTTP_MORE;
			if (!b->left && b->state == DATA)
				b->state = DATA_CR;
		} else {
			status = frame_byte(b, in.p[*used], why);
		}
		*used += n;
	}
	return status;
}

struct http_body body_get(const struct body_reader *b)
{
	return (struct http_body){buf_str(&b->bytes), b->spool ? b->fd : -1, b->size};
}

void body_done(struct body_reader *b)
{
	if (!b->budget)
		return;
	atomic_fetch_sub(b->spool ? &b->budget->disk : &b->budget->memory, b->size);
	buf_free(&b->bytes);
	fd_close(&b->fd);
	b->budget = NULL;
}
