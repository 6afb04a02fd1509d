#include "doc/ofd_in.h"
#include "pack/xml_write.h"

/* Elements for what an item is; NULL: not content. */
static const char *const names[LAY_ROLES] = {
	[ROLE_COPY_NO] = "copyNumber", [ROLE_SECRECY] = "secrecy", [ROLE_URGENCY] = "urgency", [ROLE_MARK] = "mark",
	[ROLE_NUMBER] = "number", [ROLE_SIGNER] = "signer", [ROLE_TITLE] = "title", [ROLE_ADDRESSEE] = "addressee",
	[ROLE_H1] = "h1", [ROLE_H2] = "h2", [ROLE_H3] = "h3", [ROLE_H4] = "h4", [ROLE_BODY] = "p", [ROLE_NOTE] = "note",
	[ROLE_CAPTION] = "caption", [ROLE_SOURCE] = "source", [ROLE_TABLE_HEAD] = "th", [ROLE_TABLE_CELL] = "td",
	[ROLE_PICTURE] = "figure", [ROLE_ANNEX_LIST] = "annexes", [ROLE_PRESENT] = "present",
	[ROLE_SIGN] = "sign", [ROLE_DATE] = "date",
	[ROLE_POSTSCRIPT] = "postscript", [ROLE_ANNEX_NUMBER] = "annexNumber", [ROLE_ANNEX_TITLE] = "annexTitle",
	[ROLE_ANNEX_H] = "annexHeading", [ROLE_COLOPHON] = "colophon", [ROLE_PAGE_NUMBER] = "pageNumber",
	[ROLE_CODE] = "code",
};

struct open { /* elements */
	const char *part;
	bool table, row;
	enum lay_role role;
	size_t block, at_row, at_col;
};

static void end_part(struct open *e, struct buf *b)
{
	if (e->part)
		buf_printf(b, "</z:%s>\n", e->part);
	e->part = NULL;
}

static void end_row(struct open *e, struct buf *b)
{
	end_part(e, b);
	if (e->row)
		buf_put(b, S("</z:tr>\n"));
	e->row = false;
}

static void end_table(struct open *e, struct buf *b)
{
	end_row(e, b);
	if (e->table)
		buf_put(b, S("</z:table>\n"));
	e->table = false;
}

static void begin_part(struct open *e, struct buf *b, const struct lay_item *it)
{
	bool cell = it->role == ROLE_TABLE_HEAD || it->role == ROLE_TABLE_CELL;

	if (e->part && e->role == it->role && e->block == it->block &&
		(!cell || (e->at_row == it->row && e->at_col == it->col)))
		return;
	if (!cell || !e->table || e->block != it->block)
		end_table(e, b);
	else if (e->at_row != it->row)
		end_row(e, b);
	else
		end_part(e, b);
	if (cell && !e->table)
		buf_put(b, S("<z:table>\n"));
	if (cell && !e->row)
		buf_put(b, S("<z:tr>\n"));
	e->table = e->row = cell;
	e->part = names[it->role];
	e->role = it->role;
	e->block = it->block;
	e->at_row = it->row;
	e->at_col = it->col;
	buf_printf(b, "<z:%s", e->part);
	if (it->alt.n) {
		buf_put(b, S(" alt=\""));
		xml_put(b, it->alt);
		buf_putc(b, '"');
	}
	buf_putc(b, '>');
}

static void put_page(const struct ofd *o, struct open *e, struct buf *b, size_t page, bool numbers)
{
	const struct lay_page *p = &o->lay->pages[page];

	for (size_t i = 0; i < p->n; i++) {
		const struct lay_item *it = &p->items[i];
		if (!names[it->role] || !o->pages[page].objects[i] || (it->role == ROLE_PAGE_NUMBER) != numbers)
			continue;
		begin_part(e, b, it);
		buf_printf(b, "<ofd:ObjectRef PageRef=\"%u\">%u</ofd:ObjectRef>", o->pages[page].id,
			o->pages[page].objects[i]);
	}
}

void ofd_tags(const struct ofd *o, struct buf *b)
{
	struct open e = {0};

	buf_put(b, S(OFD_HEAD "<z:document xmlns:z=\"" OFD_TAGS_NS "\" " OFD_NS ">\n"));
	for (size_t i = 0; i < o->lay->npages; i++)
		put_page(o, &e, b, i, false);
	end_table(&e, b);
	for (size_t i = 0; i < o->lay->npages; i++) { /* behind all, so that no paragraph is torn by them */
		put_page(o, &e, b, i, true);
		end_part(&e, b);
	}
	buf_put(b, S("</z:document>\n"));
}
