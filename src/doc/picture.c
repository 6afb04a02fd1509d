#include "doc/picture.h"

#include <string.h>

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

static uint32_t tiff(const uint8_t *p, int n, bool little)
{
	uint32_t v = 0;

	for (int i = 0; i < n; i++)
		v |= (uint32_t)p[i] << 8 * (little ? i : n - 1 - i);
	return v;
}

/* The orientation of an Exif segment (Exif 2.3, 4.6.4), in its first directory. 0: it says none. */
static int exif_turn(const uint8_t *p, size_t n)
{
	enum { ENTRY = 12, ORIENTATION = 0x0112, SHORT = 3 };
	bool little;
	size_t at, entries;

	if (n < 16 || memcmp(p, "Exif\0", 6) != 0 || (memcmp(p + 6, "II", 2) != 0 && memcmp(p + 6, "MM", 2) != 0))
		return 0;
	p += 6;
	n -= 6;
	little = *p == 'I';
	at = tiff(p + 4, 4, little);
	if (at > n - 2)
		return 0;
	entries = tiff(p + at, 2, little);
	for (at += 2; entries-- && at <= n && n - at >= ENTRY; at += ENTRY) {
		uint32_t v = tiff(p + at + 8, 2, little);

		if (tiff(p + at, 2, little) == ORIENTATION && tiff(p + at + 2, 2, little) == SHORT)
			return v >= 1 && v <= 8 ? (int)v : 0;
	}
	return 0;
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
		if (marker == 0xE1 && out->turn == 1)
			out->turn = MAX(exif_turn(p + at + 4, n - 2), 1);
		at += 2 + n;
	}
	return false;
}

bool picture_read(struct str bytes, struct picture_info *out)
{
	*out = (struct picture_info){.turn = 1};
	if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
		return bytes.n >= 33 && !memcmp(bytes.p + 12, "IHDR", 4) &&
			sides(be32((const uint8_t *)bytes.p + 16), be32((const uint8_t *)bytes.p + 20), out);
	if (str_starts(bytes, S("\xff\xd8\xff")))
		return read_jpeg(bytes, out);
	return false;
}
