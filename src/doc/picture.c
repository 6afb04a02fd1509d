#include "doc/picture.h"

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static unsigned be16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static bool sides(uint32_t w, uint32_t h, struct picture_info *out)
{
	out->width = (int)w;
	out->height = (int)h;
	return w && h && w <= PICTURE_SIDE && h <= PICTURE_SIDE && (uint64_t)w * h <= PICTURE_PIXELS;
}

/* JPEG: segments up to the frame header. */
static bool read_jpeg(struct str s, struct picture_info *out)
{
	const uint8_t *p = (const uint8_t *)s.p;

	out->jpeg = true;
	for (size_t at = 2; at + 4 <= s.n;) {
		unsigned marker = p[at + 1], n;
		if (p[at] != 0xFF)
			return false;
		if (marker == 0xFF) { /* fill */
			at++;
			continue;
		}
		n = be16(p + at + 2);
		if (n < 2 || n > s.n - at - 2)
			return false;
		if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
			out->cmyk = n >= 8 && p[at + 9] == 4;
			return n >= 8 && sides(be16(p + at + 7), be16(p + at + 5), out);
		}
		if (marker == 0xDA || marker == 0xD9)
			return false;
		at += 2 + n;
	}
	return false;
}

bool picture_read(struct str bytes, struct picture_info *out)
{
	*out = (struct picture_info){0};
	if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
		return bytes.n >= 33 && !memcmp(bytes.p + 12, "IHDR", 4) &&
			sides(be32((const uint8_t *)bytes.p + 16), be32((const uint8_t *)bytes.p + 20), out);
	if (str_starts(bytes, S("\xff\xd8\xff")))
		return read_jpeg(bytes, out);
	return false;
}
