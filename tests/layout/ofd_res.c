#include "ofd_res.h"

static struct font fonts[64];
static struct image images[256];
static size_t nfonts, nimages;
static FT_Library ft;

bool resources_init(void)
{
	return !FT_Init_FreeType(&ft);
}

struct bytes {
	const char *p;
	size_t n, at;
};

static cairo_status_t png_bytes(void *data, unsigned char *out, unsigned n)
{
	struct bytes *b = data;

	if (b->n - b->at < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, b->p + b->at, n);
	b->at += n;
	return CAIRO_STATUS_SUCCESS;
}

static void font_add(const struct xml *n, const char *base)
{
	struct font *f = &fonts[nfonts];
	const struct xml *file = child(n, "FontFile");
	size_t size;

	if (nfonts == sizeof fonts / sizeof *fonts)
		return;
	snprintf(f->id, sizeof f->id, "%s", attr(n, "ID"));
	snprintf(f->name, sizeof f->name, "%s", attr(n, "FontName"));
	nfonts++;
	if (!file) {
		COMPLAIN("font %s %s is not embedded", f->id, f->name);
		return;
	}
	char *name = beside(base, file->text), *bytes = part(name, &size);

	if (!bytes || FT_New_Memory_Face(ft, (FT_Byte *)bytes, (FT_Long)size, 0, &f->face)) {
		COMPLAIN("font %s %s: %s is no font", f->id, f->name, name);
		return;
	}
	if (FT_Select_Charmap(f->face, FT_ENCODING_UNICODE))
		COMPLAIN("font %s has no Unicode character map", f->name);
	f->cairo = cairo_ft_font_face_create_for_ft_face(f->face, FT_LOAD_NO_HINTING);
}

static void image_add(const struct xml *n, const char *base)
{
	const struct xml *file = child(n, "MediaFile");
	struct image *i = &images[nimages];
	struct bytes b = {0};

	if (!file || nimages == sizeof images / sizeof *images)
		return;
	snprintf(i->id, sizeof i->id, "%s", attr(n, "ID"));
	b.p = part(beside(base, file->text), &b.n);
	if (b.p && b.n > 8 && !memcmp(b.p, "\x89PNG", 4))
		i->surface = cairo_image_surface_create_from_png_stream(png_bytes, &b);
	if (i->surface && cairo_surface_status(i->surface))
		COMPLAIN("image %s is damaged", i->id);
	nimages++;
}

void resources(const char *name)
{
	const struct xml *res = part_xml(name);
	const char *loc = attr(res, "BaseLoc");
	char *base = beside(name, loc ? loc : "");

	if (*base && base[strlen(base) - 1] != '/') {
		base = must(realloc(base, strlen(base) + 2));
		strcat(base, "/");
	}
	for (const struct xml *set = res ? res->first : NULL; set; set = set->next)
		for (const struct xml *n = set->first; n; n = n->next) {
			if (!strcmp(n->name, "Font"))
				font_add(n, base);
			else if (!strcmp(n->name, "MultiMedia"))
				image_add(n, base);
		}
}

const struct font *font_of(const struct xml *n)
{
	const char *id = attr(n, "Font");

	for (size_t i = 0; id && i < nfonts; i++)
		if (!strcmp(fonts[i].id, id))
			return &fonts[i];
	COMPLAIN("text %s: there is no font %s", attr(n, "ID"), id ? id : "");
	return NULL;
}

const struct image *image_of(const struct xml *n)
{
	const char *id = attr(n, "ResourceID");

	for (size_t i = 0; id && i < nimages; i++)
		if (!strcmp(images[i].id, id))
			return &images[i];
	COMPLAIN("image %s: there is no resource %s", attr(n, "ID"), id ? id : "");
	return NULL;
}
