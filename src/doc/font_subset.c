#include "doc/font_in.h"

#include <hb-subset.h>
#include <hb.h>

/* What only shaping and vertical text need. */
static const hb_tag_t dropped[] = {
	HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
	HB_TAG('V', 'O', 'R', 'G'), HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('D', 'S', 'I', 'G'),
	HB_TAG('k', 'e', 'r', 'n'),
};

static hb_face_t *subset(const struct font *f, const hb_set_t *cps)
{
	hb_subset_input_t *in = hb_subset_input_create_or_fail();

	BUG_IF(!in);
	hb_set_union(hb_subset_input_unicode_set(in), cps);
	hb_set_add_range(hb_subset_input_set(in, HB_SUBSET_SETS_NAME_ID), 0, 25);
	hb_set_add_range(hb_subset_input_set(in, HB_SUBSET_SETS_NAME_LANG_ID), 0, 0xFFFF); /* the Chinese name, too */
	for (size_t i = 0; i < LEN(dropped); i++)
		hb_set_add(hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);

	hb_face_t *out = hb_subset_or_fail(f->hb_face, in);

	hb_subset_input_destroy(in);
	return out;
}

void *font_subset(const struct font *f, const void *cps)
{
	struct font_file *file = (struct font_file *)(uintptr_t)f;

	if (!file->subset || !hb_set_is_equal(file->subset_of, cps)) {
		hb_face_t *small = subset(f, cps);
		if (!small)
			return NULL;
		if (file->subset) {
			hb_blob_destroy(file->subset);
			hb_set_destroy(file->subset_of);
		}
		file->subset = hb_face_reference_blob(small);
		file->subset_of = hb_set_copy(cps);
		hb_face_destroy(small);
	}
	return hb_blob_reference(file->subset);
}
