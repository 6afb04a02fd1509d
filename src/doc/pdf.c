#include "base/date.h"
#include "base/map.h"
#include "doc/draw.h"
#include "doc/pdf_in.h"

#include <cairo-pdf.h>

enum { ATTRS = 80, LEVELS = 5 };

/* Tags of PDF for what an item is; NULL: not content, drawn without. */
static const char *const role_tags[LAY_ROLES] = {
	[ROLE_COPY_NO] = "P", [ROLE_SECRECY] = "P", [ROLE_URGENCY] = "P", [ROLE_MARK] = "P", [ROLE_NUMBER] = "P",
	[ROLE_SIGNER] = "P", [ROLE_HEAD_RULE] = NULL, [ROLE_TITLE] = "H1", [ROLE_ADDRESSEE] = "P", [ROLE_H1] = "H2",
	[ROLE_H2] = "H3", [ROLE_H3] = "H4", [ROLE_H4] = "H5", [ROLE_BODY] = "P", [ROLE_NOTE] = "P",
	[ROLE_CAPTION] = "Caption", [ROLE_SOURCE] = "P", [ROLE_TABLE_HEAD] = "TH", [ROLE_TABLE_CELL] = "TD",
	[ROLE_TABLE_RULE] = NULL, [ROLE_PICTURE] = "Figure", [ROLE_ANNEX_LIST] = "P",
	[ROLE_PRESENT] = "P", [ROLE_SIGN] = "P",
	[ROLE_DATE] = "P", [ROLE_POSTSCRIPT] = "P", [ROLE_ANNEX_NUMBER] = "P", [ROLE_ANNEX_TITLE] = "H1",
	[ROLE_ANNEX_H] = "H2", [ROLE_COLOPHON] = "P", [ROLE_COLOPHON_RULE] = NULL, [ROLE_PAGE_NUMBER] = NULL,
	[ROLE_CODE] = NULL,
};

/* A paragraph, picture or cell: what its items have in common. */
struct part {
	enum lay_role role;
	size_t block, row, col;
	const char *tag;
};

struct pdf {
	const struct lay *lay;
	struct draw draw;
	struct map ids; /* id -> struct lay_mark */
	struct arena arena;
	size_t *first, *last; /* [blocks] pages that it stands on; first SIZE_MAX: none */
	bool *split; /* [blocks] has it links that lead somewhere, or gaps? */
	bool in_table, in_row, in_part, whole; /* open tags; whole: the part is its own leaf */
	struct part part;
	struct str *alts; /* of the figures, in order */
	size_t nalts, alts_cap;
};

static const struct part no_part = {LAY_ROLES, SIZE_MAX, SIZE_MAX, SIZE_MAX, NULL};

static void attr_of(const struct lay_mark *m, char out[ATTRS])
{
	snprintf(out, ATTRS, "page=%zu pos=[0 %d]", m->page + 1, (int)draw_pt(m->y));
}

static const struct lay_mark *target(const struct pdf *p, const struct lay_item *it)
{
	return it->link.n && it->kind == LAY_TEXT ? map_get(&p->ids, it->link) : NULL;
}

/* What cairo is told of a link: a place in the document, or an address in quotes; empty: it leads nowhere. */
static struct str link_attrs(struct pdf *p, const struct lay_item *it)
{
	const struct lay_mark *m = target(p, it);
	CLEANUP(buf_free) struct buf b = BUF_MAX(DOC_BYTES);
	char attrs[ATTRS];

	if (m) {
		attr_of(m, attrs);
		return arena_str(&p->arena, str_c(attrs));
	}
	if (it->kind != LAY_TEXT || !doc_is_address(it->link))
		return STR_NONE;
	buf_put(&b, S("uri='"));
	for (size_t i = 0; i < it->link.n; i++) {
		if (it->link.p[i] == '\'' || it->link.p[i] == '\\')
			buf_putc(&b, '\\');
		buf_putc(&b, it->link.p[i]);
	}
	buf_putc(&b, '\'');
	return arena_str(&p->arena, buf_str(&b));
}

static bool has_gaps(const struct lay_item *it)
{
	bool gaps = false;

	for (size_t from = 0; it->kind == LAY_TEXT && from < it->nglyphs && !gaps;)
		from = draw_piece(it, from, &gaps);
	return gaps;
}

/* ---- what stands where ---- */

static void find_blocks(struct pdf *p)
{
	const struct lay *l = p->lay;
	size_t n = l->doc->nblocks;

	p->first = ARENA_ARRAY(&p->arena, size_t, n);
	p->last = ARENA_ARRAY(&p->arena, size_t, n);
	p->split = ARENA_ARRAY(&p->arena, bool, n);
	for (size_t i = 0; i < n; i++)
		p->first[i] = SIZE_MAX;
	for (size_t i = 0; i < l->nmarks; i++)
		if (l->marks[i].id.n && !map_get(&p->ids, l->marks[i].id))
			map_set(&p->ids, l->marks[i].id, &l->marks[i]);
	for (size_t i = 0; i < l->npages; i++)
		for (size_t k = 0; k < l->pages[i].n; k++) {
			const struct lay_item *it = &l->pages[i].items[k];
			if (it->block >= n || !role_tags[it->role])
				continue;
			if (p->first[it->block] == SIZE_MAX)
				p->first[it->block] = i;
			p->last[it->block] = i;
			p->split[it->block] |= target(p, it) || doc_is_address(it->link) || has_gaps(it);
		}
}

/* ---- tags: Document > H1 | P | … | Table > TR > TH | TD; leaves in what crosses a page or holds links ---- */

static void end_part(struct pdf *p)
{
	if (p->in_part)
		cairo_tag_end(p->draw.cr, p->part.tag);
	p->in_part = false;
}

static void end_row(struct pdf *p)
{
	end_part(p);
	if (p->in_row)
		cairo_tag_end(p->draw.cr, "TR");
	p->in_row = false;
}

static void end_table(struct pdf *p)
{
	end_row(p);
	if (p->in_table)
		cairo_tag_end(p->draw.cr, "Table");
	p->in_table = false;
	p->part = no_part;
}

static void begin_part(struct pdf *p, const struct lay_item *it)
{
	bool cell = it->role == ROLE_TABLE_HEAD || it->role == ROLE_TABLE_CELL;
	struct part now = {it->role, it->block, cell ? it->row : 0, cell ? it->col : 0, role_tags[it->role]};

	if (p->in_part && now.block == p->part.block && now.row == p->part.row && now.col == p->part.col &&
		now.role == p->part.role)
		return;
	if (!cell || !p->in_table || now.block != p->part.block)
		end_table(p);
	else if (now.row != p->part.row)
		end_row(p);
	else
		end_part(p);
	if (cell && !p->in_table)
		cairo_tag_begin(p->draw.cr, "Table", NULL);
	p->in_table = cell;
	if (cell && !p->in_row)
		cairo_tag_begin(p->draw.cr, "TR", NULL);
	p->in_row = cell;
	p->whole = it->block < p->lay->doc->nblocks && !p->split[it->block] &&
		(cell || p->first[it->block] == p->last[it->block]);
	cairo_tag_begin(p->draw.cr, now.tag, NULL);
	p->in_part = true;
	p->part = now;
	if (it->role == ROLE_PICTURE)
		*ARENA_PUSH(&p->arena, p->alts, p->nalts, p->alts_cap) = it->alt;
}

/* A text in leaves that end with a piece with gaps: poppler loses what stands behind such a piece in its leaf. */
static void put_pieces(struct pdf *p, const struct lay_item *it, const struct lay_item *next)
{
	bool gaps;

	for (size_t from = 0, to; from < it->nglyphs; from = to) {
		cairo_tag_begin(p->draw.cr, "Span", NULL);
		to = draw_piece(it, from, &gaps);
		draw_glyphs(&p->draw, it, from, to, gaps, next);
		if (!gaps && to < it->nglyphs) {
			from = to;
			to = draw_piece(it, from, &gaps);
			draw_glyphs(&p->draw, it, from, to, gaps, next);
		}
		cairo_tag_end(p->draw.cr, "Span");
	}
}

static void put_item(struct pdf *p, const struct lay_item *it, const struct lay_item *next)
{
	struct str attrs = link_attrs(p, it);

	begin_part(p, it);
	if (attrs.n) {
		cairo_tag_begin(p->draw.cr, CAIRO_TAG_LINK, attrs.p);
		draw_glyphs(&p->draw, it, 0, it->nglyphs, has_gaps(it), next);
		cairo_tag_end(p->draw.cr, CAIRO_TAG_LINK);
	} else if (p->whole || it->kind != LAY_TEXT) {
		draw_item(&p->draw, it);
	} else {
		put_pieces(p, it, next);
	}
}

/* The head of a table on its second page is not content once more. */
static bool repeated(const struct pdf *p, const struct lay_item *it, size_t page)
{
	return it->role == ROLE_TABLE_HEAD && it->block < p->lay->doc->nblocks && page != p->first[it->block];
}

static void put_page(struct pdf *p, cairo_surface_t *s, size_t page)
{
	const struct lay_page *g = &p->lay->pages[page];
	char label[16];

	cairo_pdf_surface_set_size(s, draw_pt(g->w), draw_pt(g->h)); /* begins the page: tags before it are lost */
	if (page == 0)
		cairo_tag_begin(p->draw.cr, "Document", NULL);
	if (g->number) {
		snprintf(label, sizeof label, "%d", g->number);
		cairo_pdf_surface_set_page_label(s, label);
	}
	for (size_t i = 0; i < g->n; i++) /* what lies behind first: no leaf is open then */
		if (!role_tags[g->items[i].role] || repeated(p, &g->items[i], page))
			draw_item(&p->draw, &g->items[i]);
	for (size_t i = 0; i < g->n; i++)
		if (role_tags[g->items[i].role] && !repeated(p, &g->items[i], page))
			put_item(p, &g->items[i], i + 1 < g->n ? &g->items[i + 1] : NULL);
	if (p->in_part && (p->whole || p->in_table)) { /* a leaf ends with its page */
		end_part(p);
		p->part.col = SIZE_MAX;
	}
	if (page + 1 == p->lay->npages) {
		end_table(p);
		cairo_tag_end(p->draw.cr, "Document");
	}
	cairo_show_page(p->draw.cr);
}

/* ---- around the pages ---- */

static void put_outline(const struct pdf *p, cairo_surface_t *s)
{
	int parents[LEVELS] = {[0] = CAIRO_PDF_OUTLINE_ROOT};
	int depth = 0, levels[LEVELS] = {0};
	char attrs[ATTRS];

	for (size_t i = 0; i < p->lay->nmarks; i++) {
		const struct lay_mark *m = &p->lay->marks[i];
		if (m->level < 1 || !m->text.n)
			continue;
		while (depth && levels[depth] >= m->level)
			depth--;
		if (depth + 1 >= LEVELS)
			continue;
		attr_of(m, attrs);
		char *text = strndup(m->text.p, m->text.n);
		BUG_IF(!text);
		parents[depth + 1] = cairo_pdf_surface_add_outline(s, parents[depth], text, attrs,
			m->level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
		free(text);
		levels[++depth] = m->level;
	}
}

static void set_metadata(cairo_surface_t *s, cairo_pdf_metadata_t what, struct str value)
{
	char *text = value.n ? strndup(value.p, value.n) : NULL;

	if (text)
		cairo_pdf_surface_set_metadata(s, what, text);
	free(text);
}

static void put_metadata(const struct doc *d, cairo_surface_t *s)
{
	char time[TIME_TEXT];
	struct str at = d->at ? time_text(d->at, time) : S("1980-01-01T00:00:00Z");
	CLEANUP(buf_free) struct buf day = BUF_MAX(TIME_TEXT);

	buf_put(&day, str_sub(at, 0, 19)); /* seconds are enough */
	buf_putc(&day, 'Z');
	set_metadata(s, CAIRO_PDF_METADATA_TITLE, d->title);
	set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, d->author);
	set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, d->subject);
	set_metadata(s, CAIRO_PDF_METADATA_CREATOR, S("Zeren " ZEREN_VERSION));
	set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, buf_str(&day));
	set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, buf_str(&day));
}

static cairo_status_t put(void *to, const unsigned char *p, unsigned n)
{
	buf_put(to, (struct str){(const char *)p, n});
	return CAIRO_STATUS_SUCCESS;
}

/* cairo 1.16 loses 48 bytes with each font that it cuts: not a leak of ours to be told of. */
#ifdef ZEREN_SANITISED
void __lsan_disable(void);
void __lsan_enable(void);
#endif

static void finish(cairo_surface_t *s)
{
#ifdef ZEREN_SANITISED
	__lsan_disable();
#endif
	cairo_surface_finish(s);
#ifdef ZEREN_SANITISED
	__lsan_enable();
#endif
}

static cairo_status_t put_document(struct pdf *p, struct buf *bytes)
{
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(put, bytes, draw_pt(PAGE_W), draw_pt(PAGE_H));

	cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
	put_metadata(p->lay->doc, s);
	p->draw.cr = cairo_create(s);
	p->part = no_part;
	for (size_t i = 0; i < p->lay->npages; i++)
		put_page(p, s, i);
	put_outline(p, s);

	cairo_status_t status = cairo_status(p->draw.cr);

	cairo_destroy(p->draw.cr);
	finish(s);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(s);
	cairo_surface_destroy(s);
	return status;
}

enum err_code doc_pdf(const struct lay *l, struct arena *a, struct str *out, struct err *err)
{
	CLEANUP(buf_free) struct buf bytes = BUF_MAX(DOC_BYTES);
	struct pdf p = {.lay = l, .draw = {.text = BUF_MAX(DOC_BYTES)}};
	struct embed fonts;
	enum err_code code = embed_fonts(l, &p.arena, &fonts, err);

	if (code != OK) {
		embed_free(&fonts);
		arena_free(&p.arena);
		return code;
	}
	p.draw.fonts = &fonts;
	p.ids = (struct map)MAP_IN(&p.arena);
	find_blocks(&p);

	cairo_status_t status = put_document(&p, &bytes);

	draw_free(&p.draw);
	embed_free(&fonts);
	if (status == CAIRO_STATUS_SUCCESS && !bytes.over)
		*out = pdf_complete(a, arena_str(a, buf_str(&bytes)), l->doc->lang, p.alts, p.nalts);
	arena_free(&p.arena);
	if (status != CAIRO_STATUS_SUCCESS)
		return fail(err, ERR_IO, "the PDF can't be written: %s", cairo_status_to_string(status));
	if (bytes.over)
		return fail(err, ERR_LIMIT, "the PDF is larger than %d MB", DOC_BYTES >> 20);
	return OK;
}
