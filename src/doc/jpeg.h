/* JPEG files decoded by libjpeg-turbo: baseline and progressive, grey, colour, CMYK and YCCK. What is broken ends in
 * false, whatever it is; what is larger than PICTURE_PIXELS, has more than 100 scans or needs more than 512 MB, too. */
#ifndef DOC_JPEG_H
#define DOC_JPEG_H

#include "base/arena.h"

struct jpeg_image {
	int w, h;
	uint32_t *px; /* [w * h] 0xRRGGBB, by rows; free() it */
};

/* Is it whole, and of the size that its header says (doc/picture.h)? Reads all of it, without its pixels. Bytes behind
 * its end, such as cameras put there, are no fault; an end before its time is. */
bool jpeg_sound(struct str bytes);

/* Its pixels, at a half, a quarter or an eighth of its size where that is still w × h or more: a page at 72 dpi needs
 * no photo of 50 million. False: it is not sound, or there is no memory. */
bool jpeg_read(struct str bytes, int w, int h, struct jpeg_image *out);

/* The picture as every reader of documents shows it: upright without EXIF saying so, in grey or three colours. Most
 * files are so and come back as they are, as do those of other formats; the others are written anew in the arena, at
 * quality 95. False: it would have to be, but is not sound, or there is no memory. */
bool jpeg_plain(struct arena *a, struct str bytes, struct str *out);

#endif
