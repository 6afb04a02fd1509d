/* Help: the manual, what words mean, schemes, and first steps for one's roles. */
#include "web/help_view.h"

#include "web/assets.h"
#include "web/pages.h"

static const struct {
	const char *page, *en, *zh, *title;
} docs[] = {
	{"first-steps", "first-steps.md", "first-steps.zh.md", N_("First steps")},
	{"manual", "manual.md", "manual.zh.md", N_("Manual")},
	{"scheme", "scheme.md", "scheme.zh.md", N_("Schemes")},
	{"glossary", "glossary.md", "glossary.zh.md", N_("Glossary")},
};

/* Sections of the manual, by number, that fit a page; glossary where there is none. */
static const struct {
	enum nav nav;
	int section;
} places[] = {
	{NAV_DESK, 8}, {NAV_DUTIES, 8}, {NAV_REGISTERS, 7}, {NAV_FINDINGS, 18}, {NAV_REPORT, 9},
	{NAV_FIGURES, 9}, {NAV_ORG, 3}, {NAV_LOG, 10}, {NAV_VERIFY, 10}, {NAV_ACCOUNTS, 17}, {NAV_OWN, 17},
	{NAV_SETTINGS, 14}, {NAV_RISKS, 19}, {NAV_WARNINGS, 19}, {NAV_ASSESS, 20}, {NAV_SCHEME, 8},
	{NAV_PLAN, 8}, {NAV_BURDEN, 8}, {NAV_EXCUSES, 8}, {NAV_HANDOVERS, 8},
};

struct url help_at(struct call *c, enum nav nav)
{
	struct url page = call_url(c, url_path("/help/manual"));

	for (size_t i = 0; i < LEN(places); i++)
		if (places[i].nav == nav)
			return url_at(c->arena, page, arena_printf(c->arena, "s%d", places[i].section));
	return call_url(c, url_path("/help"));
}

/* ---- links from one document to another ---- */

/* "manual.zh.md#x" becomes the page and x; what is not a page of help is only text. */
static void resolve(struct md_run *r)
{
	struct str rest = r->to, file;

	if (r->mark != MD_LINK)
		return;
	if (str_starts(r->to, S("#"))) {
		r->to = str_sub(r->to, 1, r->to.n);
		return;
	}
	if (!str_cut(&rest, S("#"), &file))
		file = r->to;
	r->mark = MD_TEXT;
	for (size_t i = 0; i < LEN(docs); i++)
		if (str_is(file, docs[i].en) || str_is(file, docs[i].zh))
			*r = (struct md_run){MD_PAGE, r->text, str_c(docs[i].page), rest};
}

static void percent_decoded(struct call *c, struct str *s)
{
	struct str out = arena_str(c->arena, *s);
	unsigned byte;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		bool hex = s->p[i] == '%' && i + 2 < s->n && sscanf(s->p + i + 1, "%2x", &byte) == 1;

		((char *)out.p)[n++] = hex ? (char)byte : s->p[i];
		i += hex ? 2 : 0;
	}
	*s = str_sub(out, 0, n);
}

static void resolve_runs(struct call *c, struct md_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++) {
		if (runs->p[i].to.n)
			percent_decoded(c, &runs->p[i].to);
		resolve(&runs->p[i]);
	}
}

static void resolve_row(struct call *c, struct md_row *row)
{
	for (size_t i = 0; i < row->cells.n; i++)
		resolve_runs(c, &row->cells.p[i]);
}

static void read_doc(struct call *c, size_t doc, struct md_doc *out)
{
	struct str file = str_c(c->lang == LANG_ZH ? docs[doc].zh : docs[doc].en), text = STR_NONE;

	for (const struct asset *a = web_manuals; a->path; a++)
		if (str_ends(str_c(a->path), file) && str_c(a->path).n == file.n + strlen("/assets/"))
			text = (struct str){(const char *)a->bytes, a->n};
	markdown_read(c->arena, text, out);
	for (size_t i = 0; i < out->n; i++) {
		struct md_block *b = &out->p[i];

		resolve_runs(c, &b->runs);
		resolve_row(c, &b->head);
		for (size_t k = 0; k < b->items.n; k++)
			resolve_runs(c, &b->items.p[k]);
		for (size_t k = 0; k < b->rows.n; k++)
			resolve_row(c, &b->rows.p[k]);
	}
}

/* ---- contents ---- */

static void put_contents(struct call *c, size_t doc, const struct md_doc *text, bool deep, struct help_part *out)
{
	*out = (struct help_part){.title = call_say(c, docs[doc].title), .page = str_c(docs[doc].page)};
	for (size_t i = 0; i < text->n; i++) {
		const struct md_block *b = &text->p[i];

		if (b->kind == MD_HEADING && (b->level == 2 || (deep && b->level == 3)))
			*ARENA_PUSH(c->arena, out->lines.p, out->lines.n, out->lines.cap) =
				(struct help_line){b->text, out->page, b->id, b->level == 3};
	}
}

/* What stands before the first section of a document is for who reads it as a file: contents, other languages. */
static void drop_lead(struct md_doc *text)
{
	size_t i = 0;

	while (i < text->n && !(text->p[i].kind == MD_HEADING && text->p[i].level == 2))
		i++;
	if (i == text->n)
		for (i = 0; i < text->n && text->p[i].kind == MD_HEADING;)
			i++;
	text->p += i;
	text->n -= i;
}

/* ---- first steps ---- */

/* Sections of the first steps stand in the order of the roles (tbl/roles.h), one each. */
static enum err_code put_steps(struct call *c, struct md_doc *out, struct err *err)
{
	struct grants grants;
	struct md_doc all;
	unsigned mine = 0;
	int section = -1;

	TRY(grant_list(log_db(c->log), c->arena, c->access->account.login, day_at(c->now), &grants, err));
	for (size_t i = 0; i < grants.n; i++)
		mine |= 1u << grants.p[i].role;
	read_doc(c, 0, &all);
	for (size_t i = 0; i < all.n; i++) {
		section += all.p[i].kind == MD_HEADING && all.p[i].level == 2;
		if (section >= 0 && mine >> section & 1)
			*ARENA_PUSH(c->arena, out->p, out->n, out->cap) = all.p[i];
	}
	return OK;
}

enum err_code help_page(struct call *c, struct err *err)
{
	struct help_view v = {.title = call_say(c, N_("Help"))};

	TRY(call_world(c, err));
	v.frame = call_frame(c, NAV_HELP, v.title);
	TRY(put_steps(c, &v.text, err));
	for (size_t i = 0; i < LEN(docs); i++) {
		struct md_doc text;

		read_doc(c, i, &text);
		put_contents(c, i, &text, false, ARENA_PUSH(c->arena, v.parts.p, v.parts.n, v.parts.cap));
	}
	page_help(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code help_doc_page(struct call *c, struct err *err)
{
	struct str page = value_of(&c->values, "page");
	struct help_view v = {0};
	size_t doc = 0;

	while (doc < LEN(docs) && !str_is(page, docs[doc].page))
		doc++;
	if (doc == LEN(docs))
		return fail(err, ERR_NOT_FOUND, "there is no page '%s' of help", arena_str(c->arena, page).p);
	TRY(call_world(c, err));
	v.title = call_say(c, docs[doc].title);
	v.frame = call_frame(c, NAV_HELP, v.title);
	read_doc(c, doc, &v.text);
	drop_lead(&v.text);
	put_contents(c, doc, &v.text, docs[doc].page[0] == 's', &v.contents);
	for (size_t i = 0; i < LEN(docs); i++)
		*ARENA_PUSH(c->arena, v.parts.p, v.parts.n, v.parts.cap) =
			(struct help_part){.title = call_say(c, docs[i].title), .page = str_c(docs[i].page),
				.current = i == doc};
	page_help_doc(page_begin(c), &v);
	return page_end(c, err);
}
