/* A draft: a text of the scheme that is not in force yet. It is kept by its digest, shown with its effect against the
 * version adopted last, and adopted from a day. Files come in here too. */
#include "scheme/shipped.h"
#include "report/report.h"
#include "web/pages.h"
#include "web/scheme_view.h"

enum { SCHEME_BYTES = 1 << 20 };

enum err_code scheme_base(struct call *c, struct scheme *out, int64_t *no, struct err *err)
{
	struct scheme_version *all;
	size_t n;

	TRY(scheme_versions(log_db(c->log), c->arena, &all, &n, err));
	if (!n)
		return fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
	*no = all[n - 1].id.seq;
	return scheme_version_read(c->log, log_db(c->log), c->arena, &all[n - 1], out, err);
}

/* The texts that the adopted scheme uses; a draft may use others, of those that come with the program. */
static enum err_code used_text(void *ctx, struct arena *a, struct str name, struct str *out, struct err *err)
{
	const struct scheme *s = ctx;

	for (size_t i = 0; i < s->nuses; i++)
		if (str_eq(s->uses[i].name, name)) {
			*out = s->uses[i].text;
			return OK;
		}
	if (str_has(name, S("/")))
		return fail(err, ERR_NOT_FOUND,
			"a scheme on a page uses those that come with the program only, not '" STR_FMT
			"'; put it in force with zeren adopt --scheme FILE",
			STR_ARG(name));
	return shipped_text(name, out, err);
}

enum err_code scheme_draft_read(
	struct call *c, const struct scheme *base, struct str text, struct scheme *out, struct err *err)
{
	TRY(scheme_read_from(c->arena, STR_NONE, text, (struct scheme_source){used_text, (void *)base}, out, err));
	return report_outline_check(c->arena, out, err);
}

enum err_code scheme_draft(
	struct call *c, const struct scheme *base, struct str digest, struct scheme *out, struct err *err)
{
	struct hash h;
	struct str text;

	if (!hash_parse(digest, &h) || object_read(c->log, c->arena, &h, SCHEME_BYTES, &text, err) == ERR_NOT_FOUND) {
		err_clear(err);
		return fail(err, ERR_NOT_FOUND, "there is no such draft");
	}
	TRY(err->code);
	return scheme_draft_read(c, base, text, out, err);
}

struct url draft_url(struct call *c, struct str digest, int64_t base)
{
	return url_query(c->arena, url_add(c->arena, url_path("/scheme/draft"), digest), "base",
		arena_printf(c->arena, "%lld", (long long)base));
}

enum err_code scheme_draft_go(struct call *c, struct str text, int64_t base, struct err *err)
{
	struct object o;
	char hex[HASH_TEXT];

	TRY(objects_store_text(objects_of(c->log), text, &o, err));
	return call_go(c, draft_url(c, arena_str(c->arena, hash_text(&o.digest, hex)), base), err);
}

/* ---- its page ---- */

/* Is anything different but the duties? */
static bool other_parts(struct arena *a, const struct scheme *before, const struct scheme *after)
{
	struct err no = {0};
	struct scheme_head was, is;

	if (scheme_head_read(a, before->text, NULL, &was, &no) != OK ||
		scheme_head_read(a, after->text, NULL, &is, &no) != OK)
		return true;
	for (size_t i = 0; i < was.tree->n + is.tree->n; i++) {
		bool old = i < was.tree->n;
		struct str key = (old ? was.tree->keys[i] : is.tree->keys[i - was.tree->n])->text;
		const struct node *x = node_get(was.tree, key), *y = node_get(is.tree, key);

		if (!str_is(key, "duties") && (!x || !y || !node_alike(x, y)))
			return true;
	}
	return false;
}

static enum err_code show_draft(struct call *c, struct str wrong, struct err *err)
{
	struct str digest = value_of(&c->values, "digest");
	struct draft_view v = {.wrong = wrong};
	struct scheme base, draft;
	char day[DATE_TEXT];
	struct str begun;

	TRY(call_world(c, err));
	TRY(scheme_base(c, &base, &v.base, err));
	TRY(scheme_draft(c, &base, digest, &draft, err));
	v.frame = call_frame(c, NAV_SCHEME, call_say(c, N_("What the change does")));
	v.title = draft.title;
	v.stale = value_int(&c->values, "base") >= 0 && value_int(&c->values, "base") != v.base;
	v.from = c->req->method == HTTP_POST ? value_of(&c->values, "from")
					     : arena_str(c->arena, date_text(day_at(c->now), day));
	v.here = url_add(c->arena, url_path("/scheme/draft"), digest);
	begun = arena_printf(c->arena, "%lld", (long long)(v.stale ? value_int(&c->values, "base") : v.base));
	v.again = url_query(c->arena, url_query(c->arena, url_path("/scheme/new"), "draft", digest), "base", begun);
	v.other = other_parts(c->arena, &base, &draft);
	v.effect = ARENA_NEW(c->arena, struct effect);
	TRY(scheme_effect(c, &base, &draft, digest, v.effect, err));
	for (size_t i = 0; i < v.effect->duties.n; i++)
		v.effect->duties.p[i].edit = url_query(c->arena, v.effect->duties.p[i].edit, "base", begun);
	page_scheme_draft(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code scheme_draft_page(struct call *c, struct err *err)
{
	return show_draft(c, STR_NONE, err);
}

/* ---- adopting it ---- */

struct adopting {
	const struct scheme *scheme;
	struct adoption how;
	int64_t base;
	int64_t no; /* the new version; that which is there when nothing had to be written */
};

static enum err_code write_adoption(struct tx *tx, void *ctx, struct err *err)
{
	struct adopting *x = ctx;
	struct scheme_version *all;
	size_t n;

	TRY(scheme_versions(tx->db, tx->arena, &all, &n, err));
	if (!n || all[n - 1].id.seq != x->base)
		return fail(err, ERR_CONFLICT, "another version was adopted meanwhile: look at the effect once more");
	TRY(scheme_adopt(tx, x->scheme, &x->how, err));
	TRY(scheme_versions(tx->db, tx->arena, &all, &n, err));
	x->no = all[n - 1].id.seq;
	return OK;
}

static enum err_code adopt(struct call *c, struct adopting *x, struct err *err)
{
	static struct scheme none;
	struct scheme base, *draft = ARENA_NEW(c->arena, struct scheme);
	int64_t no;

	*draft = none;
	x->base = value_int(&c->values, "base");
	TRY(scheme_base(c, &base, &no, err));
	TRY(scheme_draft(c, &base, value_of(&c->values, "digest"), draft, err));
	TRY(scheme_store(objects_of(c->log), c->arena, draft, &x->how, err));
	x->how.from = value_date(&c->values, "from");
	x->scheme = draft;
	if (!date_is(x->how.from))
		return fail(err, ERR_REQUIRED, "the first day in force is missing");
	return call_write(c, write_adoption, x, err);
}

enum err_code scheme_draft_post(struct call *c, struct err *err)
{
	struct adopting x = {0};
	enum err_code code = adopt(c, &x, err);
	struct str wrong;

	if (code == OK)
		return call_go(c,
			url_query(c->arena,
				url_add(c->arena, url_path("/scheme/versions"),
					arena_printf(c->arena, "%lld", (long long)x.no)),
				"done", S("adopted")),
			err);
	if (code == ERR_NOT_FOUND)
		return code;
	wrong = call_refused(c, err);
	return wrong.n ? show_draft(c, wrong, err) : code;
}

/* ---- a whole file ---- */

static enum err_code given_text(struct call *c, struct str *out, struct err *err)
{
	size_t n;
	const struct given *g = values_of(&c->values, "file", &n);
	char *bytes;

	if (!n || !g->size)
		return fail(err, ERR_REQUIRED, "choose the file of a scheme (.yaml)");
	if (g->size > SCHEME_BYTES)
		return fail(err, ERR_LIMIT, "the scheme would be larger than %d bytes", SCHEME_BYTES);
	if (g->fd < 0) {
		*out = str_sub(c->req->body.bytes, (size_t)g->at, (size_t)(g->at + g->size));
		return OK;
	}
	bytes = arena_alloc(c->arena, (size_t)g->size);
	TRY(http_body_read(&c->req->body, g->at, bytes, (size_t)g->size, err));
	*out = (struct str){bytes, (size_t)g->size};
	return OK;
}

enum err_code scheme_upload_post(struct call *c, struct err *err)
{
	enum err_code code;
	struct scheme base, draft;
	struct str text, wrong;
	int64_t no;

	TRY(scheme_base(c, &base, &no, err));
	code = given_text(c, &text, err);
	if (code == OK)
		code = scheme_draft_read(c, &base, text, &draft, err);
	if (code == OK)
		return scheme_draft_go(c, text, no, err);
	wrong = call_refused(c, err);
	return wrong.n ? scheme_show(c, wrong, err) : code;
}
