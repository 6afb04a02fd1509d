/* The responsibility system: what is in force on a day, its versions, its text to be had. */
#include "web/pages.h"
#include "web/scheme_view.h"

#include "duty/status.h"

static struct str number(struct call *c, int64_t n)
{
	return arena_printf(c->arena, "%lld", (long long)n);
}

static struct url version_url(struct call *c, int64_t no)
{
	return url_add(c->arena, url_path("/scheme/versions"), number(c, no));
}

static struct str points(struct arena *a, int64_t thousandths)
{
	int64_t part = thousandths % 1000;

	if (!part)
		return arena_printf(a, "%lld", (long long)(thousandths / 1000));
	return part % 100 ? arena_printf(a, "%lld.%03lld", (long long)(thousandths / 1000), (long long)part)
			  : arena_printf(a, "%lld.%lld", (long long)(thousandths / 1000), (long long)(part / 100));
}

/* ---- versions ---- */

static enum err_code version_line(struct call *c, const struct scheme_version *v, const struct scheme_version *present,
	struct version_line *out, struct err *err)
{
	struct event e;

	TRY(log_get(c->log, c->arena, v->id, &e, NULL, err));
	*out = (struct version_line){.no = v->id.seq,
		.title = v->title,
		.who = call_person(c, e.actor),
		.when = call_time(c, e.at),
		.from = v->from,
		.present = v == present,
		.url = version_url(c, v->id.seq)};
	return OK;
}

static enum err_code put_versions(struct call *c, const struct scheme_version *all, size_t n,
	const struct scheme_version *present, struct version_lines *out, struct err *err)
{
	while (n-- > 0)
		TRY(version_line(c, &all[n], present, ARENA_PUSH(c->arena, out->p, out->n, out->cap), err));
	return OK;
}

/* ---- the page ---- */

static void put_duties(struct call *c, const struct scheme *s, struct scheme_view *v)
{
	struct facts f = c->facts;

	f.scheme = s;
	for (size_t i = 0; i < s->nduties; i++) {
		const struct duty *d = &s->duties[i];
		struct duty_line *line = ARENA_PUSH(c->arena, v->duties.p, v->duties.n, v->duties.cap);

		*line = (struct duty_line){.id = d->id,
			.title = d->title,
			.cadence = d->cadence,
			.proof = d->proof,
			.owner = owner_text(c->arena, &f, d),
			.points = points(c->arena, d->points),
			.url = call_url(c, url_add(c->arena, url_path("/duties"), d->id)),
			.edit = url_add(c->arena, url_path("/scheme/duties"), d->id),
			.lent = d->node->file != NULL};
		for (size_t k = 0; k < d->tags.n; k++)
			line->tags = arena_printf(c->arena, STR_FMT "%s" STR_FMT, STR_ARG(line->tags), k ? "、" : "",
				STR_ARG(d->tags.p[k]));
	}
}

enum err_code scheme_show(struct call *c, struct str wrong, struct err *err)
{
	struct scheme_view v = {.may = call_may(c, ACT_SCHEME_EDIT), .wrong = wrong};
	const struct scheme_version *present;
	struct scheme_version *all;
	struct scheme s;
	size_t n;

	TRY(call_world(c, err));
	TRY(scheme_versions(log_db(c->log), c->arena, &all, &n, err));
	present = scheme_version_on(all, n, c->on);
	if (!present)
		return fail(err, ERR_NOT_FOUND, "no scheme has been adopted here");
	TRY(scheme_version_read(c->log, log_db(c->log), c->arena, present, &s, err));
	v.frame = call_frame(c, NAV_SCHEME, call_say(c, N_("Responsibility system")));
	v.title = s.title;
	v.code = s.code;
	v.text = url_add(c->arena, version_url(c, present->id.seq), S("text"));
	v.later = present != &all[n - 1];
	v.last = version_url(c, all[n - 1].id.seq);
	v.add = url_path("/scheme/new");
	put_duties(c, &s, &v);
	TRY(put_versions(c, all, n, present, &v.versions, err));
	page_scheme(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code scheme_page(struct call *c, struct err *err)
{
	return scheme_show(c, STR_NONE, err);
}

/* ---- one version ---- */

static enum err_code version_at(struct call *c, const struct scheme_version *all, size_t n, size_t *at, struct err *err)
{
	int64_t no = value_int(&c->values, "n");

	for (*at = 0; *at < n; ++*at)
		if (all[*at].id.origin == 1 && all[*at].id.seq == no)
			return OK;
	return fail(err, ERR_NOT_FOUND, "no version of the scheme has the number %lld", (long long)no);
}

static enum err_code compare(struct call *c, const struct scheme_version *before, const struct scheme_version *after,
	struct scheme_version_view *v, struct err *err)
{
	struct scheme was, is;

	v->effect = ARENA_NEW(c->arena, struct effect);
	TRY(scheme_version_read(c->log, log_db(c->log), c->arena, before, &was, err));
	TRY(scheme_version_read(c->log, log_db(c->log), c->arena, after, &is, err));
	return scheme_effect(c, &was, &is, STR_NONE, v->effect, err);
}

enum err_code scheme_version_page(struct call *c, struct err *err)
{
	struct scheme_version_view v = {0};
	struct scheme_version *all;
	size_t n, at;

	TRY(call_world(c, err));
	TRY(scheme_versions(log_db(c->log), c->arena, &all, &n, err));
	TRY(version_at(c, all, n, &at, err));
	v.frame = call_frame(
		c, NAV_SCHEME, arena_printf(c->arena, tr(c->lang, N_("Version %lld")), (long long)all[at].id.seq));
	TRY(version_line(c, &all[at], scheme_version_on(all, n, c->on), &v.it, err));
	v.text = url_add(c->arena, v.it.url, S("text"));
	if (str_is(value_of(&c->values, "done"), "adopted"))
		v.done = N_("The new version is adopted. What was due before its first day keeps its old text.");
	if (at) {
		v.before = arena_printf(c->arena, tr(c->lang, N_("version %lld")), (long long)all[at - 1].id.seq);
		TRY(compare(c, &all[at - 1], &all[at], &v, err));
	}
	page_scheme_version(page_begin(c), &v);
	return page_end(c, err);
}

enum err_code scheme_text_page(struct call *c, struct err *err)
{
	struct scheme_version *all;
	struct scheme s;
	size_t n, at;

	TRY(scheme_versions(log_db(c->log), c->arena, &all, &n, err));
	TRY(version_at(c, all, n, &at, err));
	TRY(scheme_version_read(c->log, log_db(c->log), c->arena, &all[at], &s, err));
	buf_put(&c->resp->body, s.text);
	http_type(c->resp, "application/yaml; charset=utf-8");
	http_attachment(c->resp, arena_printf(c->arena, STR_FMT ".yaml", STR_ARG(s.code)));
	return OK;
}
