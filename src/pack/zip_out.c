#include "pack/zip_out.h"

#include "base/arena.h"
#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

enum {
	PIECE = 64 << 10,
	LOCAL_BYTES = 30,
	CENTRAL_BYTES = 46,
	END_BYTES = 22,
	VERSION = 20,                    /* deflate */
	UTF8_NAME = 1 << 11,
	DEFLATED = 8,
	DOS_DATE = 1 << 5 | 1            /* 1980-01-01, 00:00 */
};

struct member {
	const char *name;
	uint32_t crc;
	uint64_t in, out, at;            /* bytes before and after, offset of its header */
};

struct zip_out {
	struct arena arena;
	int fd;
	const char *path;
	z_stream stream;
	bool open;                       /* a member is */
	uint64_t at;                     /* bytes written */
	struct member *members;
	size_t n, cap;
	unsigned char piece[PIECE];
};

struct zip_out *zip_out_new(int fd, const char *path, int level)
{
	struct zip_out *z = calloc(1, sizeof *z);

	if (!z)
		BUG("out of memory (%zu bytes)", sizeof *z);
	z->fd = fd;
	z->path = path;
	if (deflateInit2(&z->stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		BUG("zlib cannot begin");
	return z;
}

void zip_out_free(struct zip_out **z)
{
	if (!*z)
		return;
	(void)deflateEnd(&(*z)->stream);
	arena_free(&(*z)->arena);
	free(*z);
	*z = NULL;
}

/* Little-endian numbers of 2 and 4 bytes, one behind the other: sizes says which. */
static size_t numbers(unsigned char *to, const char *sizes, const uint64_t *values)
{
	size_t n = 0;

	for (size_t i = 0; sizes[i]; i++)
		for (int k = 0; k < sizes[i] - '0'; k++)
			to[n++] = (unsigned char)(values[i] >> (8 * k));
	return n;
}

static enum err_code put(struct zip_out *z, const void *p, size_t n, struct err *err)
{
	z->at += n;
	if (z->at > UINT32_MAX)
		return fail(err, ERR_LIMIT, "%s: more than 4 GiB", z->path);
	return fd_put(z->fd, (struct str){p, n}, z->path, err);
}

static size_t local(const struct member *m, unsigned char out[LOCAL_BYTES])
{
	return numbers(out, "42224444" "22", (const uint64_t[]){0x04034b50, VERSION, UTF8_NAME, DEFLATED,
		DOS_DATE << 16,
		m->crc, m->out, m->in, strlen(m->name), 0});
}

/* Runs what is in the stream through; all of it is read. */
static enum err_code squeeze(struct zip_out *z, int flush, struct err *err)
{
	struct member *m = &z->members[z->n - 1];
	int code;

	do {
		size_t n;

		z->stream.next_out = z->piece;
		z->stream.avail_out = PIECE;
		code = deflate(&z->stream, flush);
		BUG_IF(code == Z_STREAM_ERROR);
		n = PIECE - z->stream.avail_out;
		m->out += n;
		if (n)
			TRY(put(z, z->piece, n, err));
	} while (flush == Z_FINISH ? code != Z_STREAM_END : !z->stream.avail_out);
	return OK;
}

/* Its header again, now that the sizes are known. */
static enum err_code end_member(struct zip_out *z, struct err *err)
{
	struct member *m = &z->members[z->n - 1];
	unsigned char head[LOCAL_BYTES];

	if (!z->open)
		return OK;
	z->open = false;
	z->stream.next_in = NULL;
	z->stream.avail_in = 0;
	TRY(squeeze(z, Z_FINISH, err));
	if (m->in > UINT32_MAX)
		return fail(err, ERR_LIMIT, "%s: more than 4 GiB", z->path);
	if (pwrite(z->fd, head, local(m, head), (off_t)m->at) != LOCAL_BYTES)
		return fail_errno(err, N_("%s: cannot be written"), z->path);
	return OK;
}

enum err_code zip_out_member(struct zip_out *z, const char *name, struct err *err)
{
	unsigned char head[LOCAL_BYTES];
	struct member *m;

	if (z->n)
		TRY(end_member(z, err));
	m = ARENA_PUSH(&z->arena, z->members, z->n, z->cap);
	m->name = name;
	m->at = z->at;
	m->crc = (uint32_t)crc32(0, NULL, 0);
	(void)deflateReset(&z->stream);
	z->open = true;
	TRY(put(z, head, local(m, head), err));
	return put(z, name, strlen(name), err);
}

enum err_code zip_out_put(struct zip_out *z, struct str bytes, struct err *err)
{
	struct member *m = &z->members[z->n - 1];

	BUG_IF(!z->open || bytes.n > UINT32_MAX);
	if (!bytes.n)
		return OK;
	m->crc = (uint32_t)crc32(m->crc, (const unsigned char *)bytes.p, (uInt)bytes.n);
	m->in += bytes.n;
	z->stream.next_in = (unsigned char *)bytes.p;
	z->stream.avail_in = (uInt)bytes.n;
	return squeeze(z, Z_NO_FLUSH, err);
}

enum err_code zip_out_end(struct zip_out *z, struct err *err)
{
	unsigned char b[CENTRAL_BYTES];
	uint64_t from;

	if (z->n)
		TRY(end_member(z, err));
	from = z->at;
	for (size_t i = 0; i < z->n; i++) {
		const struct member *m = &z->members[i];
		size_t n = numbers(b, "4222244442222244", (const uint64_t[]){0x02014b50, VERSION, VERSION, UTF8_NAME,
			DEFLATED,
			DOS_DATE << 16, m->crc, m->out, m->in, strlen(m->name), 0, 0, 0, 0, 0, m->at});

		TRY(put(z, b, n, err));
		TRY(put(z, m->name, strlen(m->name), err));
	}
	return put(z, b, numbers(b, "42222442", (const uint64_t[]){0x06054b50, 0, 0, z->n, z->n, z->at - from, from,
		0}), err);
}
