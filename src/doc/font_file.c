#include "doc/font_in.h"

#include <fcntl.h>
#include <hb-ot.h>
#include <hb.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FONT_BYTES = 256 << 20, NAME_BYTES = 256 };

static const hb_ot_name_id_t family_ids[] = {HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, HB_OT_NAME_ID_FONT_FAMILY};

static void *map_file(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *p = MAP_FAILED;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size <= FONT_BYTES)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return NULL;
	*size = (size_t)st.st_size;
	return p;
}

/* One name of the face in the arena of whoever asks: into out. */
static bool get_name(hb_face_t *face, const hb_ot_name_entry_t *e, char out[NAME_BYTES])
{
	unsigned n = NAME_BYTES;

	return hb_ot_name_get_utf8(face, e->name_id, e->language, &n, out) > 0;
}

static bool is_family(hb_ot_name_id_t id)
{
	return id == family_ids[0] || id == family_ids[1];
}

/* The first of names that is a family of the face; n: none. */
static size_t face_named(hb_face_t *face, const char *const *names, size_t n)
{
	char name[NAME_BYTES];
	unsigned count = 0;
	const hb_ot_name_entry_t *e = hb_ot_name_list_names(face, &count);
	size_t best = n;

	for (unsigned i = 0; i < count; i++)
		if ((is_family(e[i].name_id) || e[i].name_id == HB_OT_NAME_ID_FULL_NAME) && get_name(face, &e[i], name))
			for (size_t k = 0; k < best; k++)
				if (!strcmp(names[k], name))
					best = k;
	return best;
}

/* As the file calls itself: in English where it can, so that it is the same for all. */
static struct str own_family(struct arena *a, hb_face_t *face)
{
	char name[NAME_BYTES];
	hb_language_t en = hb_language_from_string("en", 2);

	for (size_t k = 0; k < LEN(family_ids); k++) {
		unsigned n = sizeof name;
		if (hb_ot_name_get_utf8(face, family_ids[k], en, &n, name) > 0)
			return arena_str(a, str_c(name));
	}
	unsigned count = 0;
	const hb_ot_name_entry_t *e = hb_ot_name_list_names(face, &count);

	for (unsigned i = 0; i < count; i++)
		if (is_family(e[i].name_id) && get_name(face, &e[i], name))
			return arena_str(a, str_c(name));
	return STR_NONE;
}

static int be16(const uint8_t *p)
{
	return (int16_t)(p[0] << 8 | p[1]);
}

/* The em box of Hanzi: what OS/2 says where that is an em high, else 0.88 above the baseline. */
static void em_box(hb_face_t *face, struct font *f)
{
	hb_blob_t *os2 = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
	unsigned n = 0;
	const uint8_t *p = (const uint8_t *)hb_blob_get_data(os2, &n);

	f->ascent = f->upem * 88 / 100;
	f->descent = f->ascent - f->upem;
	if (n >= 72 && be16(p + 68) - be16(p + 70) == f->upem && be16(p + 68) > 0 && be16(p + 70) <= 0) {
		f->ascent = be16(p + 68);
		f->descent = be16(p + 70);
	}
	hb_blob_destroy(os2);
}

struct font_file *font_file_open(struct arena *a, const char *path, int index, const char *family)
{
	size_t size = 0;
	void *bytes = map_file(path, &size);
	hb_face_t *face = NULL;

	if (!bytes)
		return NULL;
	hb_blob_t *blob = hb_blob_create(bytes, (unsigned)size, HB_MEMORY_MODE_READONLY, NULL, NULL);

	if (!family) {
		face = hb_face_create(blob, (unsigned)index);
	} else {
		unsigned count = hb_face_count(blob);
		for (unsigned i = 0; i < count && !face; i++) {
			hb_face_t *one = hb_face_create(blob, i);
			if (face_named(one, &family, 1) == 0) {
				face = one;
				index = (int)i;
			} else {
				hb_face_destroy(one);
			}
		}
	}
	hb_blob_destroy(blob);
	if (!face || !hb_face_get_glyph_count(face)) {
		if (face)
			hb_face_destroy(face);
		munmap(bytes, size);
		return NULL;
	}
	hb_face_make_immutable(face);

	struct font_file *f = ARENA_NEW(a, struct font_file);

	f->bytes = bytes;
	f->size = size;
	f->nglyphs = hb_face_get_glyph_count(face);
	f->font.path = arena_str(a, str_c(path));
	f->font.index = index;
	f->font.family = own_family(a, face);
	f->font.upem = (int)hb_face_get_upem(face);
	f->font.hb_face = face;
	f->font.hb_font = hb_font_create(face);
	em_box(face, &f->font);
	return f;
}

void font_file_close(struct font_file *f)
{
	if (!f)
		return;
	if (f->cairo_face)
		f->cairo_done(f->cairo_face);
	if (f->subset) {
		hb_blob_destroy(f->subset);
		hb_set_destroy(f->subset_of);
	}
	hb_font_destroy(f->font.hb_font);
	hb_face_destroy(f->font.hb_face);
	free(f->advances);
	munmap(f->bytes, f->size);
}

size_t font_file_named(const char *path, const char *const *names, size_t n, int *index)
{
	size_t size = 0, found = SIZE_MAX;
	void *bytes = map_file(path, &size);

	if (!bytes)
		return SIZE_MAX;
	hb_blob_t *blob = hb_blob_create(bytes, (unsigned)size, HB_MEMORY_MODE_READONLY, NULL, NULL);
	unsigned count = hb_face_count(blob);

	for (unsigned i = 0; i < count; i++) {
		hb_face_t *face = hb_face_create(blob, i);
		size_t k = face_named(face, names, n);
		if (k < n && k < found && hb_face_get_glyph_count(face)) {
			found = k;
			*index = (int)i;
		}
		hb_face_destroy(face);
	}
	hb_blob_destroy(blob);
	munmap(bytes, size);
	return found;
}

int32_t font_advance(const struct font *f, uint32_t gid, int32_t size)
{
	struct font_file *file = (struct font_file *)(uintptr_t)f;

	if (gid >= file->nglyphs)
		return 0;
	if (!file->advances) {
		file->advances = calloc(file->nglyphs, sizeof *file->advances);
		BUG_IF(!file->advances);
	}
	int32_t *at = &file->advances[gid];

	if (!*at)
		*at = hb_font_get_glyph_h_advance(f->hb_font, gid) + 1;

	int64_t whole = (int64_t)(*at - 1) * size;

	return (int32_t)((whole + f->upem / 2) / f->upem);
}
