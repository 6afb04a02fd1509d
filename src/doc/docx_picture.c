/* Pictures of a DOCX: files as they are, drawings as PNG. */
#include "doc/docx_in.h"
#include "doc/jpeg.h"
#include "doc/layout_in.h"

enum { DRAWING_DPI = 300 };

static struct str media_add(struct docx *x, struct str bytes, bool jpeg)
{
	struct zip_part *part = ARENA_PUSH(x->a, x->media, x->nmedia, x->media_cap);
	struct str name = arena_printf(x->a, "media/image%zu.%s", x->nmedia, jpeg ? "jpeg" : "png");

	part->name = arena_printf(x->a, "word/" STR_FMT, STR_ARG(name)).p;
	part->bytes = bytes;
	buf_printf(&x->rels, "<Relationship Id=\"rId%d\" Type=\"" REL_NS "/image\" Target=\"" STR_FMT "\"/>",
		++x->next_rel, STR_ARG(name));
	return name;
}

static int64_t scaled64(int64_t v, int64_t to, int64_t of)
{
	return of > 0 ? v * to / of : v;
}

/* The size asked for, or its own; then down to what there is [B5]. */
static void fit(const struct docx *x, const struct doc_picture *p, int64_t *w, int64_t *h)
{
	int64_t own_w = *w, own_h = *h, max_w = x->landscape ? 225 * NM_MM : TYPE_W, max_h = 12 * (int64_t)PITCH;

	if (x->landscape)
		max_h = MIN(max_h, 156 * NM_MM);
	*w = p->width > 0 ? p->width : p->height > 0 ? scaled64(own_w, p->height, own_h) : own_w;
	*h = p->height > 0 ? p->height : scaled64(own_h, *w, own_w);
	if (*w > max_w) {
		*h = scaled64(*h, max_w, *w);
		*w = max_w;
	}
	if (*h > max_h) {
		*w = scaled64(*w, max_h, *h);
		*h = max_h;
	}
	*w = MAX(*w, 30000);
	*h = MAX(*h, 30000);
}

static void inline_put(struct docx *x, const struct doc_picture *p, struct str alt, int64_t w, int64_t h)
{
	struct buf *b = &x->body;
	size_t n = x->nmedia;

	buf_printf(b,
		"<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx="
		"\"%lld\" cy=\"%lld\"/>"
		"<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"%zu\" name=\"Picture %zu\" descr=\"",
		(long long)emu(w), (long long)emu(h), n, n);
	dx_put(b, alt);
	if (p->drawing && p->drawing->title.n) {
		buf_put(b, S("\" title=\""));
		dx_put(b, p->drawing->title);
	}
	buf_printf(b,
		"\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>"
		"<a:graphic>"
		"<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
		"<pic:cNvPr id=\"%zu\" name=\"Picture %zu\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
		"r:embed=\"rId%d\"/>"
		"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
		"<a:ext cx=\"%lld\" "
		"cy=\"%lld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
		"</a:graphicData>"
		"</a:graphic></wp:inline></w:drawing></w:r>",
		n, n, x->next_rel, (long long)emu(w), (long long)emu(h));
}

/* One that can't be drawn is a frame with its words, as on paper. */
static void framed(struct docx *x, struct str alt, const char *keep)
{
	dx_line(x, "Picture",
		arena_printf(x->a,
			"%s<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"000000\"/><w:left "
			"w:val=\"single\" "
			"w:sz=\"4\" w:space=\"4\" w:color=\"000000\"/><w:bottom w:val=\"single\" w:sz=\"4\" "
			"w:space=\"4\" "
			"w:color=\"000000\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color="
			"\"000000\"/></w:pBdr>",
			keep)
			.p,
		alt);
}

/* Where there's no font to draw with its words stand instead: a DOCX is written without fonts. */
static enum err_code drawn(struct docx *x, const struct drawing *d, struct pixels *px, struct str *bytes)
{
	struct err err = {.lang = x->err->lang};

	if (drawing_png(x->a, d, x->d->fonts, DRAWING_DPI, &px->w, &px->h, bytes, &err) == OK)
		return OK;
	px->wrong = err.code == ERR_NOT_FOUND;
	return px->wrong ? OK : fail(x->err, err.code, "%s", err.text);
}

enum err_code dx_picture(struct docx *x, const struct doc_block *b, bool keep)
{
	const struct doc_picture *p = b->picture;
	const char *next = keep ? "<w:keepNext/>" : "";
	struct pixels px = {0};
	struct str bytes, alt;
	int64_t w, h;

	if (!p)
		return OK;
	bytes = p->png;
	alt = p->alt.n || !p->drawing ? p->alt : p->drawing->title;
	if (p->drawing)
		TRY(drawn(x, p->drawing, &px, &bytes));
	else if (!picture_file(p->png, &px))
		return fail(x->err, ERR_INPUT, "picture \"%.*s\" is neither a PNG nor a JPEG file", STR_ARG(p->alt));
	if (px.wrong || (!p->drawing && !jpeg_plain(x->a, bytes, &bytes))) {
		framed(x, alt, next);
		return OK;
	}
	w = px.w;
	h = px.h;
	fit(x, p, &w, &h);
	media_add(x, bytes, str_starts(bytes, S("\xff\xd8\xff")));
	dx_open(x, "Picture", next);
	inline_put(x, p, alt, w, h);
	dx_close(x);
	return OK;
}
