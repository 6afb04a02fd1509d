/* The report's pages as pictures, one at a time. */
#include "web/report_view.h"

#include "base/utf8.h"
#include "doc/layout.h"
#include "web/pages.h"
#include "web/previews.h"

enum { DPI = 110, DPI_LEAST = 36, DPI_MOST = 400, ALT_CHARS = 120, WORDS_BYTES = 64 << 10 };

/* What a page says, a line each, as it is read. */
static struct str words_of(struct arena *a, const struct lay_page *page)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(WORDS_BYTES);
	int32_t y = 0;
	bool any = false;

	for (size_t i = 0; i < page->n; i++) {
		const struct lay_item *it = &page->items[i];
		char c[4];

		if (it->kind == LAY_IMAGE || (it->kind == LAY_PATH && it->alt.n)) {
			buf_put(&b, any ? S("\n") : S(""));
			buf_put(&b, it->alt);
			any = true;
		}
		if (it->kind != LAY_TEXT || !it->nglyphs)
			continue;
		if (any)
			buf_put(&b, it->y != y ? S("\n") : it->role == ROLE_TABLE_CELL ? S(" ") : S(""));
		for (size_t k = 0; k < it->nglyphs; k++)
			buf_put(&b, (struct str){c, utf8_put(it->glyphs[k].cp, c)});
		y = it->y;
		any = true;
	}
	return arena_str(a, buf_str(&b));
}

static struct str warnings_of(struct arena *a, const struct lay *l)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(WORDS_BYTES);

	for (size_t i = 0; i < l->nwarnings; i++) {
		buf_put(&b, i ? S("\n") : S(""));
		buf_put(&b, l->warnings[i].text);
	}
	return arena_str(a, buf_str(&b));
}

static enum err_code draw(struct call *c, const struct lay *l, struct str key, size_t page, int dpi,
	struct preview *out, struct err *err)
{
	if (page >= l->npages)
		return fail(err, ERR_NOT_FOUND, "the report has %zu pages", l->npages);
	*out = (struct preview){.page = page,
		.pages = l->npages,
		.dpi = dpi,
		.landscape = l->pages[page].landscape,
		.words = words_of(c->arena, &l->pages[page]),
		.warnings = warnings_of(c->arena, l)};
	TRY(doc_png(l, page, dpi, c->arena, &out->png, err));
	previews_keep(c->previews, key, out);
	return OK;
}

/* From memory; else laid out, with the page after it, which is asked for next. */
static enum err_code preview_of(
	struct call *c, struct report_opt opt, size_t page, int dpi, struct preview *out, struct err *err)
{
	CLEANUP(printing_done) struct printing p = {.fonts = call_fonts(c)};
	const struct lay *lay;
	struct preview next;
	struct report r;
	struct str key;

	if (!c->world)
		TRY(call_world(c, err));
	key = arena_printf(c->arena, "%lld %lld %d %d%d " STR_FMT, (long long)c->world->head.n, (long long)c->known,
		c->on.n, opt.redact, c->lang, STR_ARG(opt.level));
	if (previews_find(c->previews, c->arena, key, page, dpi, out))
		return OK;
	TRY(call_report(c, opt, &r, err));
	p.report = &r;
	TRY(printing_lay(&p, &lay, err));
	TRY(draw(c, lay, key, page, dpi, out, err));
	return page + 1 < lay->npages ? draw(c, lay, key, page + 1, dpi, &next, err) : OK;
}

static struct report_opt opt_asked(struct call *c)
{
	struct str level = value_of(&c->values, "redact");

	c->known = MAX(value_int(&c->values, "known"), 0);
	return (struct report_opt){.redact = level.n, .level = str_is(level, LEVEL_UNNAMED) ? STR_NONE : level};
}

/* An address with what this page was asked. */
static struct url with_asked(struct call *c, struct url u)
{
	struct str level = value_of(&c->values, "redact");

	u = call_url(c, u);
	if (level.n)
		u = url_query(c->arena, u, "redact", level);
	if (c->known)
		u = url_query(c->arena, u, "known", arena_printf(c->arena, "%lld", (long long)c->known));
	return u;
}

static struct url page_url(struct call *c, size_t page)
{
	return url_query(c->arena, with_asked(c, url_path("/report/preview")), "page",
		arena_printf(c->arena, "%zu", page + 1));
}

static struct str alt_of(struct call *c, const struct preview *p)
{
	struct str s = p->words;
	size_t at = 0, n = 0;

	while (at < s.n && n++ < ALT_CHARS)
		utf8_next(s, &at);
	return arena_printf(c->arena, tr(c->lang, "Page %zu of %zu, which begins: " STR_FMT), p->page + 1, p->pages,
		STR_ARG(str_sub(s, 0, at)));
}

static void put_lines(struct arena *a, struct texts *out, struct str text)
{
	size_t cap = 0;
	struct str line;

	while (text.n && str_cut(&text, S("\n"), &line))
		*ARENA_PUSH(a, out->p, out->n, cap) = line;
}

/* What may be chosen: as the export panel has it, without what it says of each. */
static enum err_code put_levels(struct call *c, struct preview_view *v, struct err *err)
{
	struct str asked = value_of(&c->values, "redact");
	struct outline *o = ARENA_NEW(c->arena, struct outline);
	struct report_view levels = {0};

	TRY(outline_read(c->arena, &c->world->scheme, o, err));
	put_levels_of(c, &levels, o);
	for (size_t i = 0; i < levels.levels.n; i++)
		levels.levels.p[i].first = str_eq(levels.levels.p[i].value, asked);
	v->levels.p = levels.levels.p;
	v->levels.n = levels.levels.n;
	return OK;
}

enum err_code preview_page(struct call *c, struct err *err)
{
	struct report_opt opt = opt_asked(c);
	int64_t page = MAX(value_int(&c->values, "page"), 1);
	struct preview_view v = {0};
	struct preview p;

	TRY(call_world(c, err));
	TRY(put_levels(c, &v, err));
	TRY(preview_of(c, opt, (size_t)page - 1, DPI, &p, err));
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("Preview")));
	v.on = call_on(c);
	v.known = c->known;
	v.page = page;
	v.pages = (int64_t)p.pages;
	v.landscape = p.landscape;
	v.picture = with_asked(c, url_add(c->arena, url_path("/report/preview"),
		arena_printf(c->arena, "%lld.png", (long long)page)));
	v.alt = alt_of(c, &p);
	put_lines(c->arena, &v.words, p.words);
	put_lines(c->arena, &v.warnings, p.warnings);
	v.back = report_url(c, STR_NONE);
	if (page > 1)
		v.before = page_url(c, (size_t)page - 2);
	if (page < v.pages)
		v.after = page_url(c, (size_t)page);
	v.numbers.p = ARENA_ARRAY(c->arena, struct preview_number, p.pages);
	for (size_t i = 0; i < p.pages; i++)
		v.numbers.p[v.numbers.n++] =
			(struct preview_number){(int64_t)i + 1, page_url(c, i), (int64_t)i + 1 == page};
	page_report_preview(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code preview_picture(struct call *c, struct err *err)
{
	struct report_opt opt = opt_asked(c);
	struct str name = value_of(&c->values, "picture");
	int64_t page = 0, dpi = value_int(&c->values, "dpi");
	struct preview p;

	if (!str_ends(name, S(".png")) || !str_int(str_sub(name, 0, name.n - 4), &page) || page < 1)
		return fail(err, ERR_NOT_FOUND, "a page is called 1.png, 2.png …");
	if (dpi < 0)
		dpi = DPI;
	if (dpi < DPI_LEAST || dpi > DPI_MOST)
		return fail(err, ERR_INPUT, "dpi: %d to %d is expected", (int)DPI_LEAST, (int)DPI_MOST);
	TRY(preview_of(c, opt, (size_t)page - 1, (int)dpi, &p, err));
	http_type(c->resp, "image/png");
	TRY(http_set(c->resp, "Cache-Control", S("private, no-cache"), err));
	http_bytes(c->resp, p.png);
	return OK;
}
