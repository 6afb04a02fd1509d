/* The versions of a section that people wrote: who, when, what changed; and an earlier one taken up again. */
#include "web/report_view.h"

#include "web/pages.h"

/* ---- what changed ---- */

static void put_piece(struct arena *a, struct changed_para *p, int what, struct str text)
{
	struct piece_view *x;

	if (!text.n)
		return;
	x = ARENA_PUSH(a, p->pieces.p, p->pieces.n, p->pieces.cap);
	x->what = what;
	x->text = text;
}

static bool begins(struct str s, size_t at)
{
	return at >= s.n || ((unsigned char)s.p[at] & 0xc0) != 0x80;
}

/* One paragraph for another: what both begin and end with stays, the middle went and came; all of it where little
 * stays. */
static void put_changed(struct arena *a, struct changed_para *p, struct str was, struct str is)
{
	size_t head = 0, tail = 0, most = MIN(was.n, is.n);

	while (head < most && was.p[head] == is.p[head])
		head++;
	while (!begins(was, head) || !begins(is, head))
		head--;
	while (tail < most - head && was.p[was.n - 1 - tail] == is.p[is.n - 1 - tail])
		tail++;
	while (!begins(was, was.n - tail) || !begins(is, is.n - tail))
		tail--;
	if ((head + tail) * 3 < most)
		head = tail = 0;
	put_piece(a, p, DIFF_SAME, str_sub(is, 0, head));
	put_piece(a, p, DIFF_GONE, str_sub(was, head, was.n - tail));
	put_piece(a, p, DIFF_ADDED, str_sub(is, head, is.n - tail));
	put_piece(a, p, DIFF_SAME, str_sub(is, is.n - tail, is.n));
}

void put_changed_text(struct arena *a, struct changed_para *p, struct str was, struct str is)
{
	put_changed(a, p, was, is);
}

/* Lengths of the longest common runs of paragraphs of was[i…] and is[k…], row by row. */
static size_t *common(struct arena *a, const struct texts *was, const struct texts *is)
{
	size_t w = is->n + 1, *c = ARENA_ARRAY(a, size_t, (was->n + 1) * w);

	for (size_t i = was->n; i-- > 0;)
		for (size_t k = is->n; k-- > 0;)
			c[i * w + k] = str_eq(was->p[i], is->p[k]) ? c[(i + 1) * w + k + 1] + 1
								   : MAX(c[(i + 1) * w + k], c[i * w + k + 1]);
	return c;
}

/* Paragraph by paragraph; one that went and one that came at the same place are one that was changed. */
static void put_changes(struct arena *a, struct version_view *v, struct str before, struct str now)
{
	struct texts was = paragraphs_of(a, before), is = paragraphs_of(a, now);
	size_t *c = common(a, &was, &is), w = is.n + 1, i = 0, k = 0;

	while (i < was.n || k < is.n) {
		struct changed_para *p = ARENA_PUSH(a, v->paras.p, v->paras.n, v->paras.cap);
		bool goes = i < was.n && (k == is.n || c[(i + 1) * w + k] >= c[i * w + k + 1]);

		if (i < was.n && k < is.n && str_eq(was.p[i], is.p[k]))
			put_piece(a, p, DIFF_SAME, (i++, is.p[k++]));
		else if (i < was.n && k < is.n && c[i * w + k] == c[(i + 1) * w + k + 1])
			put_changed(a, p, was.p[i], is.p[k]), i++, k++;
		else if (goes)
			put_piece(a, p, DIFF_GONE, was.p[i++]);
		else
			put_piece(a, p, DIFF_ADDED, is.p[k++]);
	}
}

/* ---- the page ---- */

static void put_versions(struct call *c, struct history_view *v, const struct section_versions *l)
{
	v->n = (int64_t)l->n;
	v->rev = l->n ? l->p[0].id.seq : REV_NONE;
	for (size_t i = 0; i < MIN(l->n, (size_t)VERSIONS_SHOWN); i++) {
		const struct section_version *from = &l->p[i];
		struct version_view *to = ARENA_PUSH(c->arena, v->versions.p, v->versions.n, v->versions.cap);

		*to = (struct version_view){.rev = from->id.seq,
			.by = call_person(c, from->actor),
			.when = call_time(c, from->at),
			.why = from->why,
			.then = url_query(c->arena, call_url(c, url_path("/report")), "known",
				arena_printf(c->arena, "%lld", (long long)from->id.seq)),
			.newest = i == 0,
			.empty = !from->text.n};
		put_changes(c->arena, to, l->p[MIN(i + 1, l->n - 1)].text, from->text);
	}
}

static enum err_code versions_of(struct call *c, struct report *r, const struct own_place **place,
	struct section_versions *out, struct err *err)
{
	struct own_places places;

	TRY(call_report(c, (struct report_opt){0}, r, err));
	outline_places(c->arena, r->outline, &places);
	TRY(narrative_place(c->arena, &places, value_of(&c->values, "section"), place, err));
	return narrative_history(
		log_db(c->log), c->arena, date_ymd(c->on).y, (*place)->number, out, err);
}

enum err_code history_page(struct call *c, struct err *err)
{
	struct history_view v = {0};
	struct section_versions l;
	const struct own_place *place;
	struct report r;

	TRY(versions_of(c, &r, &place, &l, err));
	v.frame = call_frame(c, NAV_REPORT, call_say(c, N_("History")));
	v.number = place->number;
	v.heading = place->heading;
	v.on = call_on(c);
	v.may_edit = call_may(c, ACT_NARRATIVE_EDIT);
	v.back = report_url(c, section_id(c->arena, &r, place->number));
	put_versions(c, &v, &l);
	page_report_history(page_begin(c), &v);
	return page_end(c, err);
}

/* ---- an earlier one again ---- */

static enum err_code write_again(struct tx *tx, void *ctx, struct err *err)
{
	return narrative_write(tx, ctx, NULL, err);
}

enum err_code section_restore_post(struct call *c, struct err *err)
{
	int64_t version = value_int(&c->values, "version");
	struct section_save save = {.rev = MAX(value_int(&c->values, "rev"), REV_NONE)};
	struct section_versions l;
	const struct own_place *place;
	struct report r;

	TRY(versions_of(c, &r, &place, &l, err));
	for (size_t i = 0; i < l.n; i++)
		if (l.p[i].id.seq == version) {
			save.year = date_ymd(c->on).y;
			save.section = place->number;
			save.text = l.p[i].text;
			save.why = arena_printf(c->arena, tr(c->lang, N_("version %lld restored")), (long long)version);
			TRY(call_write(c, write_again, &save, err));
			return call_go(c,
				url_at(c->arena,
					url_query(c->arena, call_url(c, url_path("/report")), "saved", place->number),
					section_id(c->arena, &r, place->number)),
				err);
		}
	return fail(err, ERR_NOT_FOUND, "section " STR_FMT " has no version %lld", STR_ARG(place->number),
		(long long)version);
}
