#include "base/date.h"
#include "base/map.h"
#include "crypto/digest.h"
#include "doc/ofd_in.h"
#include "pack/xml_write.h"
#include "pack/zip_write.h"

enum { LEVELS = 4, ID_BYTES = 16 };

struct parts { /* of the package, as they come */
	struct arena *a;
	struct zip_part *items;
	size_t n, cap;
};

static void add(struct parts *p, struct str name, struct str bytes)
{
	*ARENA_PUSH(p->a, p->items, p->n, p->cap) = (struct zip_part){name.p, bytes};
}

static void add_buf(struct parts *p, const char *name, struct buf *b)
{
	add(p, str_c(name), arena_str(p->a, buf_str(b)));
	buf_reset(b);
}

static void put_element(struct buf *b, const char *name, struct str text)
{
	if (!text.n)
		return;
	buf_printf(b, "<ofd:%s>", name);
	xml_put(b, text);
	buf_printf(b, "</ofd:%s>\n", name);
}

void ofd_dest(const struct ofd *o, struct buf *b, const struct lay_mark *m)
{
	buf_printf(b, "<ofd:Dest Type=\"XYZ\" PageID=\"%u\" Left=\"0\" Top=\"", o->pages[m->page].id);
	ofd_mm(b, m->y);
	buf_put(b, S("\" Zoom=\"0\"/>"));
}

/* ---- fonts and pictures ---- */

static void put_font(struct ofd *o, struct parts *p, const struct embedded *f, unsigned id, struct buf *b)
{
	struct str name = arena_printf(o->arena, "font_%u.%s", id, str_starts(f->bytes, S("OTTO")) ? "otf" : "ttf");

	add(p, arena_printf(o->arena, "Doc_0/Res/%s", name.p), f->bytes);
	buf_printf(b, "<ofd:Font ID=\"%u\" FontName=\"", id);
	xml_put(b, f->font->name);
	buf_put(b, S("\" FamilyName=\""));
	xml_put(b, f->font->alt);
	buf_printf(b, "\" Charset=\"unicode\"><ofd:FontFile>%s</ofd:FontFile></ofd:Font>\n", name.p);
}

static void put_fonts(struct ofd *o, struct parts *p)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	buf_put(&b, S(OFD_HEAD "<ofd:Res " OFD_NS " BaseLoc=\"Res\">\n"));
	if (o->fonts.n) {
		buf_put(&b, S("<ofd:Fonts>\n"));
		for (size_t i = 0; i < o->fonts.n; i++)
			put_font(o, p, &o->fonts.fonts[i], o->font_ids[i], &b);
		buf_put(&b, S("</ofd:Fonts>\n"));
	}
	buf_put(&b, S("</ofd:Res>\n"));
	add_buf(p, "Doc_0/PublicRes.xml", &b);
}

static void put_images(struct ofd *o, struct parts *p)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	if (!o->nimages)
		return;
	buf_put(&b, S(OFD_HEAD "<ofd:Res " OFD_NS " BaseLoc=\"Res\">\n<ofd:MultiMedias>\n"));
	for (size_t i = 0; i < o->nimages; i++) {
		const struct ofd_image *m = &o->images[i];
		bool jpeg = str_starts(m->bytes, S("\xff\xd8"));
		struct str name = arena_printf(o->arena, "image_%u.%s", m->id, jpeg ? "jpg" : "png");
		add(p, arena_printf(o->arena, "Doc_0/Res/%s", name.p), m->bytes);
		buf_printf(&b,
			"<ofd:MultiMedia ID=\"%u\" Type=\"Image\" Format=\"%s\"><ofd:MediaFile>%s</ofd:MediaFile>"
			"</ofd:MultiMedia>\n",
			m->id, jpeg ? "JPG" : "PNG", name.p);
	}
	buf_put(&b, S("</ofd:MultiMedias>\n</ofd:Res>\n"));
	add_buf(p, "Doc_0/DocumentRes.xml", &b);
}

/* ---- the document ---- */

/* Marks from *at that stand below level, each with those below it. */
static void put_outline(const struct ofd *o, struct buf *b, size_t *at, int level, int depth)
{
	const struct lay *l = o->lay;

	while (*at < l->nmarks) {
		const struct lay_mark *m = &l->marks[*at];
		if (m->level > 0 && m->level <= level)
			return;
		++*at;
		if (m->level < 1 || !m->text.n || depth >= LEVELS)
			continue;
		buf_put(b, S("<ofd:OutlineElem Title=\""));
		xml_put(b, m->text);
		buf_put(b, S("\"><ofd:Actions><ofd:Action Event=\"CLICK\"><ofd:Goto>"));
		ofd_dest(o, b, m);
		buf_put(b, S("</ofd:Goto></ofd:Action></ofd:Actions>\n"));
		put_outline(o, b, at, m->level, depth + 1);
		buf_put(b, S("</ofd:OutlineElem>\n"));
	}
}

static bool has_outline(const struct lay *l, int level)
{
	for (size_t i = 0; i < l->nmarks; i++)
		if (l->marks[i].level >= 1 && l->marks[i].level <= level && l->marks[i].text.n)
			return true;
	return false;
}

/* The title and every annex. */
static void put_bookmarks(const struct ofd *o, struct buf *b)
{
	const struct lay *l = o->lay;

	if (!has_outline(l, 1))
		return;
	buf_put(b, S("<ofd:Bookmarks>\n"));
	for (size_t i = 0; i < l->nmarks; i++)
		if (l->marks[i].level == 1 && l->marks[i].text.n) {
			buf_put(b, S("<ofd:Bookmark Name=\""));
			xml_put(b, l->marks[i].text);
			buf_put(b, S("\">"));
			ofd_dest(o, b, &l->marks[i]);
			buf_put(b, S("</ofd:Bookmark>\n"));
		}
	buf_put(b, S("</ofd:Bookmarks>\n"));
}

static void put_document(struct ofd *o, struct parts *p, bool attached)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);
	size_t at = 0;

	buf_printf(&b, OFD_HEAD "<ofd:Document " OFD_NS ">\n<ofd:CommonData>\n<ofd:MaxUnitID>%u</ofd:MaxUnitID>\n",
		o->last_id);
	buf_put(&b, S("<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\n"
		      "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>\n"));
	if (o->nimages)
		buf_put(&b, S("<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>\n"));
	buf_put(&b, S("</ofd:CommonData>\n<ofd:Pages>\n"));
	for (size_t i = 0; i < o->lay->npages; i++)
		buf_printf(&b, "<ofd:Page ID=\"%u\" BaseLoc=\"Pages/Page_%zu/Content.xml\"/>\n", o->pages[i].id, i);
	buf_put(&b, S("</ofd:Pages>\n"));
	if (has_outline(o->lay, INT32_MAX)) {
		buf_put(&b, S("<ofd:Outlines>\n"));
		put_outline(o, &b, &at, 0, 0);
		buf_put(&b, S("</ofd:Outlines>\n"));
	}
	put_bookmarks(o, &b);
	buf_put(&b, S("<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>\n"));
	if (attached)
		buf_put(&b, S("<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>\n"));
	buf_put(&b, S("</ofd:Document>\n"));
	add_buf(p, "Doc_0/Document.xml", &b);
}

static void put_tags(const struct ofd *o, struct parts *p)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	buf_put(&b, S(OFD_HEAD "<ofd:CustomTags " OFD_NS ">\n<ofd:CustomTag NameSpace=\"" OFD_TAGS_NS
			"\"><ofd:FileLoc>Content.xml</ofd:FileLoc></ofd:CustomTag>\n</ofd:CustomTags>\n"));
	add_buf(p, "Doc_0/Tags/CustomTags.xml", &b);
	ofd_tags(o, &b);
	add_buf(p, "Doc_0/Tags/Content.xml", &b);
}

/* The end of an attached file's name: no path, no blank. */
static struct str format_of(struct str format)
{
	for (size_t i = 0; i < format.n; i++) {
		char c = format.p[i];
		if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')))
			return S("bin");
	}
	return format.n ? format : S("bin");
}

static void put_attachments(struct parts *p, const struct doc_attachment *files, size_t n)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	buf_put(&b, S(OFD_HEAD "<ofd:Attachments " OFD_NS ">\n"));
	for (size_t i = 0; i < n; i++) {
		struct str format = format_of(files[i].format);
		struct str file = arena_printf(p->a, "attach_%zu." STR_FMT, i + 1, STR_ARG(format));
		add(p, arena_printf(p->a, "Doc_0/Attachs/%s", file.p), files[i].bytes);
		buf_printf(&b, "<ofd:Attachment ID=\"A%zu\" Name=\"", i + 1);
		xml_put(&b, files[i].name);
		buf_put(&b, S("\" Format=\""));
		buf_put(&b, format);
		buf_printf(&b, "\" Visible=\"true\"><ofd:FileLoc>%s</ofd:FileLoc></ofd:Attachment>\n", file.p);
	}
	buf_put(&b, S("</ofd:Attachments>\n"));
	add_buf(p, "Doc_0/Attachs/Attachments.xml", &b);
}

/* OFD.xml, which tells all the others; its id is that of their content. */
static void put_info(const struct ofd *o, struct parts *p)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);
	CLEANUP(digest_done) struct digest d = {0};
	const struct doc *doc = o->lay->doc;
	unsigned char id[DIGEST_BYTES];
	char time[TIME_TEXT];
	struct str day = doc->at ? str_sub(time_text(doc->at, time), 0, 10) : S("1980-01-01");

	digest_init(&d);
	for (size_t i = 0; i < p->n; i++) {
		digest_put(&d, str_c(p->items[i].name));
		digest_put(&d, p->items[i].bytes);
	}
	digest_put(&d, doc->title);
	digest_put(&d, day);
	digest_end(&d, id);
	buf_put(&b, S(OFD_HEAD "<ofd:OFD " OFD_NS " Version=\"1.0\" DocType=\"OFD\">\n<ofd:DocBody>\n<ofd:DocInfo>\n"
			       "<ofd:DocID>"));
	for (size_t i = 0; i < ID_BYTES; i++)
		buf_printf(&b, "%02x", id[i]);
	buf_put(&b, S("</ofd:DocID>\n"));
	put_element(&b, "Title", doc->title);
	put_element(&b, "Author", doc->author);
	put_element(&b, "Subject", doc->subject);
	put_element(&b, "CreationDate", day);
	put_element(&b, "ModDate", day);
	put_element(&b, "Creator", S("Zeren"));
	put_element(&b, "CreatorVersion", S(ZEREN_VERSION));
	buf_put(&b, S("</ofd:DocInfo>\n<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\n</ofd:DocBody>\n</ofd:OFD>\n"));
	add_buf(p, "OFD.xml", &b);

	struct zip_part last = p->items[p->n - 1];

	memmove(p->items + 1, p->items, (p->n - 1) * sizeof *p->items); /* readers look for it first */
	p->items[0] = last;
}

static enum err_code put_pages(struct ofd *o, struct parts *p, struct err *err)
{
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);

	for (size_t i = 0; i < o->lay->npages; i++)
		o->pages[i].id = ++o->last_id;
	for (size_t i = 0; i < o->lay->npages; i++) {
		ofd_page(o, i, &b);
		if (b.over)
			return fail(err, ERR_LIMIT, "page %zu is larger than %d MB", i + 1, DOC_BYTES >> 20);
		add_buf(p, arena_printf(o->arena, "Doc_0/Pages/Page_%zu/Content.xml", i).p, &b);
	}
	return OK;
}

static enum err_code build(
	struct ofd *o, struct parts *p, const struct doc_attachment *files, size_t n, struct err *err)
{
	TRY(embed_fonts(o->lay, o->arena, &o->fonts, err));
	o->font_ids = ARENA_ARRAY(o->arena, unsigned, o->fonts.n);
	for (size_t i = 0; i < o->fonts.n; i++)
		o->font_ids[i] = ++o->last_id;
	TRY(put_pages(o, p, err));
	put_fonts(o, p);
	put_images(o, p);
	put_tags(o, p);
	put_document(o, p, n > 0);
	if (n)
		put_attachments(p, files, n);
	put_info(o, p);
	return OK;
}

enum err_code doc_ofd_with(const struct lay *l, const struct doc_attachment *files, size_t n, struct arena *a,
	struct str *out, struct err *err)
{
	struct arena own = ARENA_INIT;
	struct map ids = MAP_IN(&own);
	struct ofd o = {.lay = l, .arena = &own, .ids = &ids, .pages = ARENA_ARRAY(&own, struct ofd_page, l->npages)};
	struct parts p = {.a = &own};

	for (size_t i = 0; i < l->nmarks; i++)
		if (l->marks[i].id.n && !map_get(&ids, l->marks[i].id))
			map_set(&ids, l->marks[i].id, &l->marks[i]);

	enum err_code code = build(&o, &p, files, n, err);

	if (code == OK)
		code = zip_write(a, p.items, p.n, out, err);
	embed_free(&o.fonts);
	arena_free(&own);
	return code;
}

enum err_code doc_ofd(const struct lay *l, struct arena *a, struct str *out, struct err *err)
{
	return doc_ofd_with(l, NULL, 0, a, out, err);
}
