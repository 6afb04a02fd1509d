#include "base/file.h"
#include "doc/font_in.h"

#include <fontconfig/fontconfig.h>

struct system_font {
	const char *family, *path;
	int index, weight;
};

struct font_system {
	struct system_font *fonts; /* by family, then weight as far as it is from regular, then path */
	size_t n;
};

static int by_family(const void *pa, const void *pb)
{
	const struct system_font *a = pa, *b = pb;
	int c = strcmp(a->family, b->family);

	if (!c)
		c = abs(a->weight - FC_WEIGHT_REGULAR) - abs(b->weight - FC_WEIGHT_REGULAR);
	if (!c)
		c = strcmp(a->path, b->path);
	return c ? c : a->index - b->index;
}

static const char *text_of(FcPattern *p, const char *what, int n)
{
	FcChar8 *s = NULL;

	return FcPatternGetString(p, what, n, &s) == FcResultMatch ? (const char *)s : NULL;
}

struct font_system *font_system(struct arena *a)
{
	struct font_system *s = ARENA_NEW(a, struct font_system);
	FcConfig *config = FcInitLoadConfigAndFonts();
	FcPattern *all = FcPatternCreate();
	FcObjectSet *want = FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_WEIGHT, (char *)NULL);
	FcFontSet *set = config ? FcFontList(config, all, want) : NULL;
	size_t cap = 0;

	for (int i = 0; set && i < set->nfont; i++) {
		FcPattern *p = set->fonts[i];
		const char *path = text_of(p, FC_FILE, 0), *family;
		int index = 0, weight = FC_WEIGHT_REGULAR;
		FcPatternGetInteger(p, FC_INDEX, 0, &index);
		FcPatternGetInteger(p, FC_WEIGHT, 0, &weight);
		if (!path || index > 0xffff) /* a named instance of a variable font */
			continue;
		path = arena_str(a, str_c(path)).p;
		for (int k = 0; (family = text_of(p, FC_FAMILY, k)); k++)
			*ARENA_PUSH(a, s->fonts, s->n, cap) =
				(struct system_font){arena_str(a, str_c(family)).p, path, index, weight};
	}
	if (set)
		FcFontSetDestroy(set);
	FcObjectSetDestroy(want);
	FcPatternDestroy(all);
	if (config)
		FcConfigDestroy(config);
	if (s->n)
		qsort(s->fonts, s->n, sizeof *s->fonts, by_family);
	return s;
}

const char *font_system_find(const struct font_system *s, const char *family, const char *file, int *index)
{
	size_t from = 0, to = s->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (strcmp(s->fonts[mid].family, family) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	for (; from < s->n && !strcmp(s->fonts[from].family, family); from++)
		if (!file || str_is(path_base(str_c(s->fonts[from].path)), file)) {
			*index = s->fonts[from].index;
			return s->fonts[from].path;
		}
	return NULL;
}
