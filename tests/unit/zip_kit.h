/*
 * ZIP archives written byte by byte, good and bad ones, for tests of what reads them: nothing here asks a
 * library for leave. Members are stored, or deflated as one run of a byte (gigabytes out of little).
 */
#ifndef TESTS_ZIP_KIT_H
#define TESTS_ZIP_KIT_H

#include "base/buf.h"

struct kit_member {
	struct str name, data;        /* data as it stands in the archive */
	uint32_t crc, size;           /* of the content */
	uint16_t method, flags;
};

struct kit {
	struct buf out, central;
	int n;
};

#define KIT_INIT {.out = BUF_MAX(256 << 20), .central = BUF_MAX(64 << 20)}

static inline void kit_free(struct kit *k)
{
	buf_free(&k->out);
	buf_free(&k->central);
}

static inline uint32_t kit_crc(struct str s)
{
	uint32_t c = ~0U;

	for (size_t i = 0; i < s.n; i++) {
		c ^= (unsigned char)s.p[i];
		for (int b = 0; b < 8; b++)
			c = c >> 1 ^ (c & 1 ? 0xEDB88320U : 0);
	}
	return ~c;
}

static inline void kit_u16(struct buf *b, unsigned v)
{
	buf_putc(b, (char)(v & 255));
	buf_putc(b, (char)(v >> 8 & 255));
}

static inline void kit_u32(struct buf *b, uint32_t v)
{
	kit_u16(b, v & 0xFFFF);
	kit_u16(b, v >> 16);
}

/* The fields that the local and the central head share. */
static inline void kit_head(struct buf *b, const struct kit_member *m)
{
	kit_u16(b, 20);
	kit_u16(b, m->flags);
	kit_u16(b, m->method);
	kit_u32(b, 0x00210000);       /* 1980-01-01 */
	kit_u32(b, m->crc);
	kit_u32(b, (uint32_t)m->data.n);
	kit_u32(b, m->size);
	kit_u16(b, (unsigned)m->name.n);
	kit_u16(b, 0);
}

static inline void kit_put(struct kit *k, struct kit_member m)
{
	uint32_t at = (uint32_t)k->out.n;

	buf_put(&k->out, S("PK\3\4"));
	kit_head(&k->out, &m);
	buf_put(&k->out, m.name);
	buf_put(&k->out, m.data);
	buf_put(&k->central, S("PK\1\2\x14\0"));
	kit_head(&k->central, &m);
	kit_u16(&k->central, 0);
	kit_u16(&k->central, 0);
	kit_u16(&k->central, 0);
	kit_u32(&k->central, 0);
	kit_u32(&k->central, at);
	buf_put(&k->central, m.name);
	k->n++;
}

static inline void kit_add(struct kit *k, const char *name, struct str data)
{
	kit_put(k, (struct kit_member){str_c(name), data, kit_crc(data), (uint32_t)data.n, 0, 0});
}

/* The archive; the kit takes nothing more after this. */
static inline struct str kit_end(struct kit *k)
{
	uint32_t at = (uint32_t)k->out.n, n = (uint32_t)k->central.n;

	buf_put(&k->out, buf_str(&k->central));
	buf_put(&k->out, S("PK\5\6\0\0\0\0"));
	kit_u16(&k->out, (unsigned)k->n);
	kit_u16(&k->out, (unsigned)k->n);
	kit_u32(&k->out, n);
	kit_u32(&k->out, at);
	kit_u16(&k->out, 0);
	return buf_str(&k->out);
}

/* ---- deflate (RFC 1951): one block of fixed codes ---- */

struct kit_bits {
	struct buf *out;
	uint32_t bits;
	int n;
};

static inline void kit_bits(struct kit_bits *b, uint32_t v, int n)
{
	b->bits |= v << b->n;
	for (b->n += n; b->n >= 8; b->n -= 8) {
		buf_putc(b->out, (char)(b->bits & 255));
		b->bits >>= 8;
	}
}

static inline void kit_code(struct kit_bits *b, uint32_t code,
		int n)      /* Huffman codes go highest bit first */
{
	for (int i = n - 1; i >= 0; i--)
		kit_bits(b, code >> i & 1, 1);
}

/* head, then runs x 258 times the ASCII character c. */
static inline void kit_deflate(struct buf *out, struct str head, char c, size_t runs)
{
	struct kit_bits b = {out, 0, 0};

	kit_bits(&b, 1, 1);
	kit_bits(&b, 1, 2);
	for (size_t i = 0; i < head.n; i++)
		kit_code(&b, 0x30 + (unsigned char)head.p[i], 8);
	kit_code(&b, 0x30 + (unsigned char)c, 8);
	for (size_t i = 0; i < runs; i++) {
		kit_code(&b, 0xC5, 8);       /* length 258 */
		kit_code(&b, 0, 5);          /* distance 1 */
	}
	kit_code(&b, 0, 7);
	kit_bits(&b, 0, 7);
}

#endif
