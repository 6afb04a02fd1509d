#include "base/file.h"
#include "doc/font_in.h"

#include <hb.h>
#include <strings.h>
#include <unistd.h>

enum { PLANES = 0x110000 >> 8, DIRS = 10, FOLDER_FILES = 1000 };

struct name_row {
	enum doc_face face;
	const char *family, *name, *alt;
};
struct file_row {
	enum doc_face face;
	const char *file, *family, *package;
};

static const struct name_row names[] = {
#define NAME(face, family, name, alt) {face, family, name, alt},
#include "tbl/faces.h"
#undef NAME
};
static const struct file_row frees[] = {
#define FREE(face, file, family, package) {face, file, family, package},
#include "tbl/faces.h"
#undef FREE
};
static const struct file_row stands[] = {
#define STAND(face, file, family) {face, file, family, NULL},
#include "tbl/faces.h"
#undef STAND
};

static const char *const face_names[FACES] = {
	[FACE_BLOCK] = "", [FACE_FANG] = "仿宋", [FACE_KAI] = "楷体", [FACE_HEI] = "黑体", [FACE_SONG] = "宋体",
	[FACE_BIAO] = "小标宋",
};

/* Where free fonts lie when the system's list of fonts need not be asked: as Debian has them. */
static const char *const debian_dirs[] = {
	"/usr/local/share/fonts/zeren", /* ./dev setup as root */
	"/usr/share/fonts/opentype/fandol", "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
	"/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/arphic", "/usr/share/fonts/truetype/babelstone",
	"/usr/share/fonts/truetype/dejavu",
};

struct found { /* of a character in a face */
	struct font_file *font; /* NULL: not asked yet */
	uint32_t gid;
};

struct fonts {
	struct arena arena;
	const char *dirs[DIRS]; /* of free fonts; NULL-ended */
	bool only; /* ZEREN_FONTS: nothing but the first of them */
	struct font_system *system; /* asked for when first needed */
	struct font_file *faces[FACES];
	struct font_file *stand[LEN(stands)];
	bool stand_tried[LEN(stands)];
	struct found *found[FACES][PLANES]; /* of 256 characters each */
	const struct font **used;
	size_t nused, used_cap;
};

static const struct font_system *system_of(struct fonts *f)
{
	if (!f->system)
		f->system = font_system(&f->arena);
	return f->system;
}

static void find_dirs(struct fonts *f)
{
	const char *only = getenv("ZEREN_FONTS"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	size_t n = 0;

	if (only && *only) {
		f->dirs[0] = arena_str(&f->arena, str_c(only)).p;
		f->only = true;
		return;
	}
	if (data && *data)
		f->dirs[n++] = arena_printf(&f->arena, "%s/fonts/zeren", data).p; /* ./dev setup, not root */
	else if (home && *home)
		f->dirs[n++] = arena_printf(&f->arena, "%s/.local/share/fonts/zeren", home).p;
	for (size_t i = 0; i < LEN(debian_dirs); i++)
		f->dirs[n++] = debian_dirs[i];
	_Static_assert(LEN(debian_dirs) + 2 <= DIRS, "one for the end, one for the home");
}

static bool is_font_file(struct str name)
{
	static const char *const ends[] = {".ttf", ".otf", ".ttc", ".otc"};

	for (size_t i = 0; i < LEN(ends); i++)
		if (name.n > 4 && !strncasecmp(name.p + name.n - 4, ends[i], 4))
			return true;
	return false;
}

/* The office's own fonts: the best row of names that a file of the folder has, for every face still without. */
static void own_fonts(struct fonts *f, const char *dir)
{
	struct file_list list;
	struct err ignore = {0};
	const char *families[LEN(names)];
	struct {
		size_t row;
		const char *path;
		int index;
	} best[FACES];

	if (file_list(&f->arena, dir, FOLDER_FILES, &list, &ignore) != OK)
		return;
	for (size_t i = 0; i < FACES; i++)
		best[i].row = SIZE_MAX;
	for (size_t i = 0; i < list.n; i++) {
		if (!is_font_file(list.names[i]))
			continue;
		const char *path = path_join(&f->arena, str_c(dir), list.names[i]).p;
		for (enum doc_face face = FACE_FANG; face < FACES; face++) {
			size_t n = 0, first = 0;
			int index = 0;
			for (size_t k = 0; k < LEN(names); k++)
				if (names[k].face == face) {
					first = n ? first : k;
					families[n++] = names[k].family;
				}
			size_t k = font_file_named(path, families, n, &index);
			if (k != SIZE_MAX && first + k < best[face].row) {
				best[face].row = first + k;
				best[face].path = path;
				best[face].index = index;
			}
		}
	}
	for (enum doc_face face = FACE_FANG; face < FACES; face++)
		if (!f->faces[face] && best[face].row != SIZE_MAX) {
			const struct name_row *row = &names[best[face].row];
			struct font_file *file = font_file_open(&f->arena, best[face].path, best[face].index, NULL);
			if (!file)
				continue;
			file->font.name = str_c(row->name);
			file->font.alt = str_c(row->alt);
			f->faces[face] = file;
		}
}

/* The same among the fonts of the system. */
static void system_font(struct fonts *f, enum doc_face face)
{
	for (size_t i = 0; i < LEN(names) && !f->faces[face]; i++) {
		int index = 0;
		const char *path =
			names[i].face == face ? font_system_find(system_of(f), names[i].family, NULL, &index) : NULL;
		struct font_file *file = path ? font_file_open(&f->arena, path, index, NULL) : NULL;
		if (!file)
			continue;
		file->font.name = str_c(names[i].name);
		file->font.alt = str_c(names[i].alt);
		f->faces[face] = file;
	}
}

/* A file of the free fonts, where it is. */
static struct font_file *open_row(struct fonts *f, const struct file_row *row)
{
	struct font_file *file = NULL;
	int index = 0;

	for (size_t i = 0; f->dirs[i] && !file; i++)
		file = font_file_open(
			&f->arena, path_join(&f->arena, str_c(f->dirs[i]), str_c(row->file)).p, 0, row->family);
	if (!file && !f->only) {
		const char *path = font_system_find(system_of(f), row->family, row->file, &index);
		if (path)
			file = font_file_open(&f->arena, path, index, NULL);
	}
	return file;
}

static void free_font(struct fonts *f, enum doc_face face)
{
	for (size_t i = 0; i < LEN(frees) && !f->faces[face]; i++)
		if (frees[i].face == face)
			f->faces[face] = open_row(f, &frees[i]);
	if (!f->faces[face])
		return;
	for (size_t i = 0; i < LEN(names); i++) /* written as the first of its names */
		if (names[i].face == face) {
			f->faces[face]->font.name = str_c(names[i].name);
			f->faces[face]->font.alt = str_c(names[i].alt);
			return;
		}
}

static enum err_code no_font(enum doc_face face, struct err *err)
{
	const char *package = "", *name = "";

	for (size_t i = LEN(frees); i-- > 0;)
		if (frees[i].face == face)
			package = frees[i].package;
	for (size_t i = LEN(names); i-- > 0;)
		if (names[i].face == face)
			name = names[i].family;
	return fail(err, ERR_NOT_FOUND,
		"no font for the face %s: put %s into the folder of the office's fonts, or run ./dev setup "
		"(package %s)",
		face_names[face], name, package);
}

enum err_code fonts_open(const char *const *dirs, struct fonts **out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct fonts *f = ARENA_NEW(&arena, struct fonts);

	f->arena = arena;
	find_dirs(f);
	for (size_t i = 0; dirs && dirs[i]; i++)
		own_fonts(f, dirs[i]);
	for (enum doc_face face = FACE_FANG; face < FACES; face++) {
		if (!f->faces[face] && !f->only)
			system_font(f, face);
		if (!f->faces[face])
			free_font(f, face);
		if (!f->faces[face]) {
			fonts_close(&f);
			return no_font(face, err);
		}
		f->faces[face]->font.face = face;
	}
	*out = f;
	return OK;
}

void fonts_close(struct fonts **fonts)
{
	struct fonts *f = *fonts;

	if (!f)
		return;
	for (size_t i = 0; i < FACES; i++)
		font_file_close(f->faces[i]);
	for (size_t i = 0; i < LEN(stands); i++)
		font_file_close(f->stand[i]);

	struct arena arena = f->arena; /* it holds f itself */

	arena_free(&arena);
	*fonts = NULL;
}

const struct font *fonts_face(const struct fonts *f, enum doc_face face)
{
	return &f->faces[face == FACE_BLOCK ? FACE_FANG : face]->font;
}

static struct font_file *stand_in(struct fonts *f, size_t row)
{
	if (!f->stand_tried[row]) {
		f->stand_tried[row] = true;
		f->stand[row] = open_row(f, &stands[row]);
		if (f->stand[row]) {
			f->stand[row]->font.fallback = true;
			f->stand[row]->font.name = f->stand[row]->font.alt = f->stand[row]->font.family;
		}
	}
	return f->stand[row];
}

static bool has_glyph(const struct font_file *file, uint32_t cp, uint32_t *gid)
{
	hb_codepoint_t g = 0;

	if (!file || !hb_font_get_nominal_glyph(file->font.hb_font, cp, &g) || !g)
		return false;
	*gid = g;
	return true;
}

static struct found find_out(struct fonts *f, enum doc_face face, uint32_t cp)
{
	struct found at = {.font = f->faces[face]};

	if (has_glyph(at.font, cp, &at.gid))
		return at;
	for (size_t i = 0; i < LEN(stands); i++) {
		if (stands[i].face != FACE_BLOCK && stands[i].face != face)
			continue;
		struct font_file *file = stand_in(f, i);
		if (has_glyph(file, cp, &at.gid)) {
			at.font = file;
			break;
		}
	}
	return at;
}

const struct font *fonts_find(struct fonts *f, enum doc_face face, uint32_t cp, uint32_t *gid)
{
	if (face == FACE_BLOCK)
		face = FACE_FANG;
	BUG_IF(cp >= 0x110000);

	struct found **plane = &f->found[face][cp >> 8];

	if (!*plane)
		*plane = ARENA_ARRAY(&f->arena, struct found, 256);

	struct found *at = &(*plane)[cp & 255];

	if (!at->font) {
		*at = find_out(f, face, cp);
		if (!at->font->used) {
			at->font->used = true;
			at->font->font.face = at->font->font.fallback ? face : at->font->font.face;
			*ARENA_PUSH(&f->arena, f->used, f->nused, f->used_cap) = &at->font->font;
		}
	}
	*gid = at->gid;
	return &at->font->font;
}

const struct font *const *fonts_used(const struct fonts *f, size_t *n)
{
	*n = f->nused;
	return f->used;
}
