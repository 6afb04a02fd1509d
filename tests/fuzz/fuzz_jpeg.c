/* A JPEG file as it is checked and drawn: what is sound can be read at every size, what is read is of the size that
 * its header says. */
#include "doc/jpeg.h"
#include "doc/picture.h"

#include <stdlib.h>

enum { PIXELS = 4000000 }; /* larger ones only take longer */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Written anew it is sound, upright, in other inks, and as large as before. */
static void plain(struct str bytes, const struct picture_info *was)
{
	struct arena a = ARENA_INIT;
	struct picture_info is;
	struct str out;

	if (!jpeg_plain(&a, bytes, &out) || !picture_read(out, &is) || is.turn != 1 || is.cmyk)
		abort();
	if (is.width != (picture_lies(was) ? was->height : was->width) || is.width * is.height != was->width * was->height)
		abort();
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct picture_info info;
	bool known = picture_read(bytes, &info) && info.jpeg, sound;

	if (known && (int64_t)info.width * info.height > PIXELS)
		return 0;
	sound = jpeg_sound(bytes);
	if (sound && !known)
		abort();
	if (sound)
		plain(bytes, &info);
	for (int by = 1; by <= 8 && known; by *= 2) {
		struct jpeg_image image;

		if (jpeg_read(bytes, info.width / by, info.height / by, &image) != sound)
			abort();
		if (!sound)
			continue;
		if (image.w < info.width / by || image.h < info.height / by || image.w > info.width || image.h > info.height)
			abort();
		for (int i = 0; i < image.w * image.h; i++)
			if (image.px[i] > 0xFFFFFF)
				abort();
		free(image.px);
	}
	return 0;
}
