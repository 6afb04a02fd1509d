/* What the bytes of a PNG or JPEG file say of themselves, without decoding them. */
#ifndef DOC_PICTURE_H
#define DOC_PICTURE_H

#include "base/str.h"

enum { PICTURE_SIDE = 30000, PICTURE_PIXELS = 50000000 }; /* of a picture that is drawn */

struct picture_info {
	bool jpeg; /* else PNG */
	bool cmyk; /* a JPEG of four inks */
	int width, height; /* pixels, 1 to PICTURE_SIDE; PICTURE_PIXELS at most in all */
};

/* False: the bytes are no such file, or its sides are beyond the limits. */
bool picture_read(struct str bytes, struct picture_info *out);

#endif
