/* DIR/checkpoint is the text of a C2SP tlog-checkpoint, not signed so far: name of the log, size, root in
 * base64 — and as an extension line the roots of the full subtrees, in hexadecimal, so that a quick verify
 * need only look at the events that came after. */
#include "base/file.h"
#include "log/inside.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { CHECKPOINT_BYTES = 64 << 10 };

#define BASE64_TEXT 45
static struct str base64(const struct hash *h, char out[BASE64_TEXT])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *o = out;

	for (size_t i = 0; i < HASH_BYTES; i += 3) {
		unsigned v = (unsigned)h->b[i] << 16 | (unsigned)h->b[i + 1] << 8;

		if (i + 2 < HASH_BYTES)
			v |= h->b[i + 2];
		for (int shift = 18; shift >= 0; shift -= 6)
			*o++ = digits[v >> shift & 63];
	}
	o[-1] = '=';   /* 32 bytes leave two over */
	*o = 0;
	return (struct str){out, BASE64_TEXT - 1};
}

static void write_text(struct buf *b, struct str origin, const struct range *range)
{
	struct hash root = range_root(range);
	char text[BASE64_TEXT], hex[HASH_TEXT];

	buf_printf(b, STR_FMT "\n%" PRId64 "\n", STR_ARG(origin), range->n);
	buf_put(b, base64(&root, text));
	buf_put(b, S("\nsubtrees"));
	for (size_t i = 0; i < range->nhashes; i++) {
		buf_putc(b, ' ');
		buf_put(b, hash_text(&range->hashes[i], hex));
	}
	buf_putc(b, '\n');
}

/* Without syncing, for a scratch log. */
static enum err_code put_scratch(const char *path, struct str text, struct err *err)
{
	CLEANUP(fd_close) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		return fail_errno(err, N_("%s: cannot be written"), path);
	return OK;
}

enum err_code log_checkpoint(struct log *log, struct err *err)
{
	struct arena a CLEANUP(arena_free) = ARENA_INIT;
	CLEANUP(buf_free) struct buf b = BUF_MAX(CHECKPOINT_BYTES);
	const char *path = log_path(&a, log, "checkpoint").p;
	struct range range;
	enum err_code code;

	if (log->opt.read_only)
		return fail(err, ERR_DENIED, N_("the log is open for reading only"));
	pthread_mutex_lock(&log->file);
	log_range(log, &range);
	write_text(&b, log->origin, &range);
	code = (log->opt.scratch ? put_scratch : file_write)(path, buf_str(&b), err);
	if (code == OK) {
		pthread_mutex_lock(&log->mutex);
		log->checkpointed = range.n;
		pthread_mutex_unlock(&log->mutex);
	}
	pthread_mutex_unlock(&log->file);
	return code;
}

static bool read_subtrees(struct str line, int64_t n, struct range *out)
{
	struct hash hashes[TREE_RANGE];
	struct str word;
	size_t k = 0;

	if (!str_cut(&line, S(" "), &word) || !str_is(word, "subtrees"))
		return false;
	while (str_cut(&line, S(" "), &word))
		if (k == TREE_RANGE || !hash_parse(word, &hashes[k++]))
			return false;
	return range_load(out, n, (struct str){(const char *)hashes, k * HASH_BYTES});
}

enum err_code checkpoint_read(struct arena *a, const char *dir, struct checkpoint *out, struct err *err)
{
	const char *path = path_join(a, str_c(dir), S("checkpoint")).p;
	struct str rest, size, root, subtrees;
	struct checkpoint c;
	char text[BASE64_TEXT];
	struct hash h;
	int64_t n;

	TRY(file_read(a, path, CHECKPOINT_BYTES, &rest, err));
	if (!str_cut(&rest, S("\n"), &c.origin) || !str_cut(&rest, S("\n"), &size) ||
		!str_cut(&rest, S("\n"), &root) || !str_cut(&rest, S("\n"), &subtrees) ||
		!origin_valid(c.origin) ||
		!str_int(size, &n) || n < 0 || !read_subtrees(subtrees, n, &c.range))
		return fail(err, ERR_DAMAGED, N_("%s: not a checkpoint"), path);
	h = range_root(&c.range);
	if (!str_eq(root, base64(&h, text)))
		return fail(err, ERR_DAMAGED, N_("%s: the root does not follow from the subtrees"), path);
	*out = c;
	return OK;
}

enum err_code log_checkpoint_read(const struct log *log, struct arena *a, struct range *out, struct err *err)
{
	struct checkpoint c;

	TRY(checkpoint_read(a, log->dir, &c, err));
	*out = c.range;
	return OK;
}
