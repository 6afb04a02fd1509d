/* 版记 at the foot of the last, even page [P9]; page numbers [P10, P11]; the code [P12]. */
#include "doc/doc_lines.h"
#include "doc/layout_in.h"

enum {
	ROW = 85 * NM_MM / 10,
	ISSUER_ROWS = 6,
	ROWS = TYPE_H / ROW,
	OUTER = 35 * NM_MM / 100,
	INNER = 25 * NM_MM / 100,
	NUMBER_BELOW = 7 * NM_MM,
	CODE_BELOW = 15 * NM_MM
};

static bool any(const struct doc_colophon *c)
{
	return c->copies.n || c->issuer.n || c->date.n;
}

/* 印发机关 in as many lines as it needs; the date on the row of the last, or below where that has no room for both. */
struct issued {
	struct seg *lines, date;
	size_t n, rows;
	bool more;
};

static struct issued issued(struct laying *l)
{
	const struct doc_colophon *c = &l->d->colophon;
	struct text t = text_of(l, c->issuer, FACE_FANG, SIZE_4);
	struct line_opt opt = {.width = TYPE_W - SIZE_4, .first = SIZE_4, .rest = SIZE_4, .ragged = true};
	struct issued is = {0};
	struct line *lines;

	if (!c->issuer.n && !c->date.n)
		return is;
	is.date = seg_line(l, text_of(l, doc_issued(l->d), FACE_FANG, SIZE_4), 0, ROLE_COLOPHON);
	is.date.dx = MAX(TYPE_W - SIZE_4 - is.date.line->used, SIZE_4);
	is.n = c->issuer.n ? MIN(lines_break(l->a, t.atoms, t.n, &opt, &lines), (size_t)ISSUER_ROWS) : 0;
	is.more = is.n && lines[is.n - 1].to < t.n && is.n == ISSUER_ROWS;
	is.lines = ARENA_ARRAY(l->a, struct seg, is.n);
	for (size_t i = 0; i < is.n; i++)
		is.lines[i] = (struct seg){.atoms = t.atoms, .line = &lines[i], .role = ROLE_COLOPHON};
	is.rows = MAX(is.n, 1) + (c->date.n && is.n && lines[is.n - 1].used + SIZE_4 > is.date.dx);
	return is;
}

/* 抄送 broken into lines, as many as a page has; more: there would be others. */
static size_t copies_lines(struct laying *l, struct seg *label, struct seg **out, bool *more)
{
	struct str copies = doc_copies(l->d);
	struct text t;
	struct line_opt opt = {.width = TYPE_W - SIZE_4, .ragged = true};
	size_t n, most = ROWS - issued(l).rows;
	struct line *lines;

	*out = NULL;
	*more = false;
	if (!l->d->colophon.copies.n)
		return 0;
	t = text_of(l, str_c(doc_say(l->d, N_("Copy to: "))), FACE_FANG, SIZE_4);
	*label = seg_line(l, t, 0, ROLE_COLOPHON);
	label->dx = SIZE_4;
	opt.first = opt.rest = SIZE_4 + text_width(t);
	t = text_of(l, copies, FACE_FANG, SIZE_4);
	n = MIN(lines_break(l->a, t.atoms, t.n, &opt, &lines), most);
	*more = t.n && lines[n - 1].to < t.n && n == most;
	*out = ARENA_ARRAY(l->a, struct seg, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct seg){.atoms = t.atoms, .line = &lines[i], .role = ROLE_COLOPHON};
	return n;
}

static int32_t height(struct laying *l)
{
	struct seg label, *lines;
	bool more;

	return ROW * (int32_t)(copies_lines(l, &label, &lines, &more) + issued(l).rows);
}

static enum err_code page_add(struct laying *l, bool numbered)
{
	if (l->npages >= DOC_PAGES)
		return fail(l->err, ERR_LIMIT, "the document has more than %d pages", DOC_PAGES);
	*ARENA_PUSH(l->a, l->at, l->npages, l->at_cap) = (struct page_at){.numbered = numbered};
	return OK;
}

enum err_code colophon_place(struct laying *l)
{
	const struct page_at *last = &l->at[l->npages - 1];
	bool room;

	if (!any(&l->d->colophon))
		return OK;
	room = !last->landscape && last->bottom + ABOVE_ROW <= TYPE_H - height(l);
	if (l->npages % 2)
		return page_add(l, true);
	if (room)
		return OK;
	TRY(page_add(l, false));
	return page_add(l, false);
}

static void at(struct laying *l, const struct seg *s, size_t page, int32_t y)
{
	emit_seg(l, s,
		&(struct emit_at){
			.page = page, .block = SIZE_MAX, .x = TYPE_X, .y = y + (ROW - SIZE_4) / 2 + baseline(SIZE_4)});
}

void colophon_draw(struct laying *l)
{
	const struct doc_colophon *c = &l->d->colophon;
	size_t page = l->npages - 1, n;
	bool ruled = l->d->head.form != FORM_LETTER, more;
	struct issued is = issued(l);
	struct seg label, *lines;
	int32_t y;

	if (!any(c))
		return;
	n = copies_lines(l, &label, &lines, &more);
	if (more)
		lay_warn(l, SIZE_MAX,
			str_c(tr(l->lang, "the list of copies is higher than its page: the rest of it is left out")));
	if (is.more)
		lay_warn(l, SIZE_MAX,
			str_c(tr(l->lang,
				"the issuing office takes more lines than it has: the rest of it is left out")));
	y = TYPE_Y + TYPE_H - height(l);
	if (ruled)
		emit_rule(l, page, ROLE_COLOPHON_RULE, TYPE_X, y, TYPE_X + TYPE_W, y, OUTER, BLACK);
	for (size_t i = 0; i < n; i++, y += ROW) {
		if (i == 0)
			at(l, &label, page, y);
		at(l, &lines[i], page, y);
	}
	if (n && is.rows && ruled)
		emit_rule(l, page, ROLE_COLOPHON_RULE, TYPE_X, y, TYPE_X + TYPE_W, y, INNER, BLACK);
	for (size_t i = 0; i < is.n; i++)
		at(l, &is.lines[i], page, y + (int32_t)i * ROW);
	y += (int32_t)is.rows * ROW;
	if (is.rows)
		at(l, &is.date, page, y - ROW);
	if (ruled)
		emit_rule(l, page, ROLE_COLOPHON_RULE, TYPE_X, y, TYPE_X + TYPE_W, y, OUTER, BLACK);
}

static void number_draw(struct laying *l, size_t page, const struct paper *p)
{
	bool odd = page % 2 == 0;
	struct text t = text_of(l, arena_printf(l->a, "— %zu —", page + 1), FACE_SONG, SIZE_4);
	struct seg s = seg_line(l, t, 0, ROLE_PAGE_NUMBER);
	struct emit_at at = {.page = page, .block = SIZE_MAX, .rgb = BLACK};
	int32_t along = odd ? TYPE_W - SIZE_4 - s.line->used : SIZE_4;

	if (p->landscape) {
		at.turn = 90;
		at.x = p->tx - NUMBER_BELOW - baseline(SIZE_4);
		at.y = p->ty + along;
	} else {
		at.x = p->tx + along;
		at.y = p->ty + p->th + NUMBER_BELOW + baseline(SIZE_4);
	}
	emit_seg(l, &s, &at);
	emit_page(l, page)->number = (int)page + 1;
}

void numbers_draw(struct laying *l)
{
	for (size_t i = 0; i < l->npages; i++) {
		struct paper p = paper_of(l->at[i].landscape);

		emit_page(l, i);
		if (l->at[i].numbered && !(i == 0 && l->d->head.form == FORM_LETTER))
			number_draw(l, i, &p);
		if (i + 1 == l->npages && l->d->code.n) {
			struct seg s = seg_line(l, text_of(l, l->d->code, FACE_SONG, SIZE_S5), 0, ROLE_CODE);

			s.dx = (p.tw - s.line->used) / 2;
			emit_seg(l, &s,
				&(struct emit_at){.page = i,
					.block = SIZE_MAX,
					.x = p.tx,
					.y = p.ty + p.th + CODE_BELOW + baseline(SIZE_S5),
					.rgb = BLACK});
		}
	}
}
