#include "doc/layout_in.h"

enum {
	MARK_RED = 35 * NM_MM,
	MARK_ORDER = 20 * NM_MM,
	MARK_LETTER = 30 * NM_MM - TYPE_Y,
	MARK_LEAST = 10 * NM_MM,
	MARK_STEP = 5 * NM_MM
};

const char *lay_role_name(enum lay_role r)
{
	static const char *const names[LAY_ROLES] = {[ROLE_COPY_NO] = "copy_no",
		[ROLE_SECRECY] = "secrecy",
		[ROLE_URGENCY] = "urgency",
		[ROLE_MARK] = "mark",
		[ROLE_NUMBER] = "number",
		[ROLE_SIGNER] = "signer",
		[ROLE_HEAD_RULE] = "head_rule",
		[ROLE_TITLE] = "title",
		[ROLE_ADDRESSEE] = "addressee",
		[ROLE_H1] = "h1",
		[ROLE_H2] = "h2",
		[ROLE_H3] = "h3",
		[ROLE_H4] = "h4",
		[ROLE_BODY] = "body",
		[ROLE_NOTE] = "note",
		[ROLE_CAPTION] = "caption",
		[ROLE_SOURCE] = "source",
		[ROLE_TABLE_HEAD] = "table_head",
		[ROLE_TABLE_CELL] = "table_cell",
		[ROLE_TABLE_RULE] = "table_rule",
		[ROLE_PICTURE] = "picture",
		[ROLE_ANNEX_LIST] = "annex_list",
		[ROLE_PRESENT] = "present",
		[ROLE_SIGN] = "sign",
		[ROLE_DATE] = "date",
		[ROLE_POSTSCRIPT] = "postscript",
		[ROLE_ANNEX_NUMBER] = "annex_number",
		[ROLE_ANNEX_TITLE] = "annex_title",
		[ROLE_ANNEX_H] = "annex_h",
		[ROLE_COLOPHON] = "colophon",
		[ROLE_COLOPHON_RULE] = "colophon_rule",
		[ROLE_PAGE_NUMBER] = "page_number",
		[ROLE_CODE] = "code"};

	return r < LAY_ROLES ? names[r] : "";
}

const char *line_why_name(enum line_why w)
{
	static const char *const names[LINE_WHYS] = {[LINE_FULL] = "full",
		[LINE_LAST] = "last",
		[LINE_TAKEN_IN] = "taken in",
		[LINE_PUSHED_OUT] = "pushed out",
		[LINE_BROKEN] = "broken",
		[LINE_OFF_GRID] = "off the grid"};

	return w < LINE_WHYS ? names[w] : "";
}

void lay_warn(struct laying *l, size_t block, struct str text)
{
	struct lay *lay = l->lay;

	*ARENA_PUSH(l->a, lay->warnings, lay->nwarnings, lay->warnings_cap) =
		(struct lay_warning){.text = text, .block = block};
}

/* Does page 1 show body, or is there none? */
static bool shows_body(const struct laying *l)
{
	for (size_t i = 0; i < l->nplaces; i++)
		if (l->entries[l->places[i].entry].body)
			return l->places[i].page == 0;
	for (size_t i = 0; i < l->n && l->entries[i].kind != ENTRY_PAGE; i++)
		if (l->entries[i].body)
			return false;
	return true;
}

/* Gives up free rows round the title, from above, then room above the mark, until body stands on page 1 [P3]. */
static enum err_code squeeze(struct laying *l)
{
	const struct doc_head *h = &l->d->head;
	int32_t least = MARK_LEAST, left = (h->copy_no.n > 0) + (h->secrecy.n > 0) + (h->urgency.n > 0);
	size_t freed = 0;

	least = MAX(least, left * PITCH); /* not onto what stands to its left */
	for (size_t i = 0; i < l->n && !shows_body(l) && freed < 3; i++) {
		if (l->entries[i].kind == ENTRY_PAGE || l->entries[i].body)
			break;
		if (l->entries[i].kind != ENTRY_FREE)
			continue;
		l->entries[i].off = true;
		freed++;
		TRY(pages_place(l, true));
	}
	while (h->form != FORM_PLAIN && l->mark_at > least && !shows_body(l)) {
		l->mark_at = MAX(l->mark_at - MARK_STEP, least);
		head_lay(l, false);
		TRY(pages_place(l, true));
	}
	return OK;
}

static enum err_code fit_first(struct laying *l)
{
	int32_t mark_at = l->mark_at;

	TRY(pages_place(l, true));
	if (shows_body(l))
		return OK;
	TRY(squeeze(l));
	if (shows_body(l))
		return OK;
	l->released = true; /* body on page 1 comes before body beside the signature */
	l->mark_at = mark_at;
	for (size_t i = 0; i < l->n; i++)
		l->entries[i].off = false;
	head_lay(l, false);
	TRY(pages_place(l, true));
	return squeeze(l);
}

enum err_code doc_layout(
	struct arena *a, const struct doc *d, struct fonts *fonts, enum lang lang, struct lay **out, struct err *err)
{
	struct lay *lay = ARENA_NEW(a, struct lay);
	struct laying l = {.a = a, .d = d, .fonts = fonts, .lang = lang, .lay = lay, .err = err};

	lay->arena = a;
	lay->doc = d;
	lay->fonts = fonts;
	l.mark_at = d->head.form == FORM_ORDER ? MARK_ORDER : d->head.form == FORM_LETTER ? MARK_LETTER : MARK_RED;
	lay->mark_up = l.mark_at;
	text_init(&l);
	head_lay(&l, false);
	if (l.start) /* 7.3.1: two rows below the head */
		entries_free(&l, 2, false, true);
	TRY(flow_build(&l));
	TRY(fit_first(&l));
	TRY(pages_place(&l, false));
	for (size_t i = 0; i < l.n; i++)
		lay->freed += l.entries[i].off;
	lay->mark_up -= l.mark_at;
	TRY(colophon_place(&l));
	emit_page(&l, 0);
	head_lay(&l, true);
	emit_places(&l);
	colophon_draw(&l);
	numbers_draw(&l);
	text_warn(&l);
	*out = lay;
	return OK;
}
