#include "crypto/digest.h"
#include "doc/font_in.h"

#include <hb-subset.h>
#include <hb.h>

/* What only shaping and vertical text need. */
static const hb_tag_t dropped[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
	HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('D', 'S', 'I', 'G'),
	HB_TAG('k', 'e', 'r', 'n'),
};

static hb_face_t *subset(const struct font *f, const uint32_t *cps, size_t n)
{
	hb_subset_input_t *in = hb_subset_input_create_or_fail();

	BUG_IF(!in);
	for (size_t i = 0; i < n; i++)
		hb_set_add(hb_subset_input_unicode_set(in), cps[i]);

	hb_set_t *names = hb_subset_input_set(in, HB_SUBSET_SETS_NAME_ID);
	hb_set_t *languages = hb_subset_input_set(in, HB_SUBSET_SETS_NAME_LANG_ID);

	hb_set_add_range(names, 0, 25);
	hb_set_add_range(languages, 0, 0xFFFF); /* the Chinese name, too */
	for (size_t i = 0; i < LEN(dropped); i++)
		hb_set_add(hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);

	hb_face_t *out = hb_subset_or_fail(f->hb_face, in);

	hb_subset_input_destroy(in);
	return out;
}

struct str font_subset(const struct font *f, const uint32_t *cps, size_t n, struct arena *a)
{
	struct font_file *file = (struct font_file *)(uintptr_t)f;
	unsigned char key[DIGEST_BYTES];
	unsigned size = 0;

	digest_sha256((struct str){(const char *)cps, n * sizeof *cps}, key);
	if (!file->subset || memcmp(key, file->subset_key, sizeof key) != 0) {
		hb_face_t *small = subset(f, cps, n);
		if (!small)
			return STR_NONE;
		if (file->subset)
			hb_blob_destroy(file->subset);
		file->subset = hb_face_reference_blob(small);
		memcpy(file->subset_key, key, sizeof key);
		hb_face_destroy(small);
	}

	const char *bytes = hb_blob_get_data(file->subset, &size);

	return arena_str(a, (struct str){bytes, size});
}
