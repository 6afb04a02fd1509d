/* What the bytes of a PNG or JPEG file say of themselves, without decoding them. */
#ifndef DOC_PICTURE_H
#define DOC_PICTURE_H

#include "base/str.h"

enum { PICTURE_SIDE = 30000, PICTURE_PIXELS = 50000000 }; /* of a picture that is drawn */

struct picture_info {
	bool jpeg; /* else PNG */
	bool cmyk; /* a JPEG of four inks */
	int turn; /* how EXIF says that its rows and columns lie, 1 to 8; 1: upright, as a PNG always is */
	/* Of the file's rows and columns: pixels, 1 to PICTURE_SIDE; PICTURE_PIXELS at most in all. */
	int width, height;
};

/* False: the bytes are no such file, or its sides are beyond the limits. */
bool picture_read(struct str bytes, struct picture_info *out);
/* Does it lie on its side, so that what is its width in the file is its height? */
static inline bool picture_lies(const struct picture_info *i)
{
	return i->turn >= 5;
}

#endif
