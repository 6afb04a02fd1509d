/* What a change of the responsibility system does: duty by duty, key by key, and how much work it is for whom. */
#include "web/scheme_view.h"

#include "duty/scheme_diff.h"
#include "flow/facts_load.h"

static const char *const kinds[] = {N_("added"), N_("changed"), N_("ended")};

static void put_duties(struct call *c, const struct scheme_diff *d, struct str draft, struct effect *out)
{
	for (size_t i = 0; i < d->nduties; i++) {
		const struct duty_change *x = &d->duties[i];
		const struct duty *duty = x->after ? x->after : x->before;
		struct changed_duty *to = ARENA_PUSH(c->arena, out->duties.p, out->duties.n, out->duties.cap);

		*to = (struct changed_duty){.id = duty->id,
			.title = duty->title,
			.kind = kinds[x->kind],
			.ended = x->kind == DIFF_ENDED,
			.may = draft.n && x->after && !duty->node->file,
			.edit = url_add(c->arena, url_path("/scheme/duties"), duty->id)};
		if (draft.n)
			to->edit = url_query(c->arena, to->edit, "draft", draft);
		to->keys.p = ARENA_ARRAY(c->arena, struct changed_key, x->n);
		for (; to->keys.n < x->n; to->keys.n++) {
			const struct key_change *k = &x->keys[to->keys.n];

			to->keys.p[to->keys.n] = (struct changed_key){k->key, duty_key_title(c, k->key),
				duty_value_words(c, k->key, k->before), duty_value_words(c, k->key, k->after)};
		}
	}
}

static struct gained gained(struct arena *a, int64_t before, int64_t after)
{
	struct gained g = {.before = before, .after = after};

	if (after > before)
		g.more = arena_printf(a, "+%lld", (long long)(after - before));
	else if (after < before)
		g.more = arena_printf(a, "−%lld", (long long)(before - after));
	return g;
}

static void put_work(struct call *c, const struct scheme_diff *d, struct effect *out)
{
	for (size_t i = 0; i < d->nowners; i++) {
		const struct owner_work *w = &d->owners[i];

		*ARENA_PUSH(c->arena, out->work.p, out->work.n, out->work.cap) = (struct changed_work){
			owner_name(&c->world->org, w->owner), gained(c->arena, w->before.slots, w->after.slots),
			gained(c->arena, w->before.entries, w->after.entries),
			gained(c->arena, w->before.files, w->after.files)};
	}
}

enum err_code scheme_effect(struct call *c, const struct scheme *before, const struct scheme *after, struct str draft,
	struct effect *out, struct err *err)
{
	struct facts_opt opt = {.year = c->facts.year, .lang = c->lang};
	struct facts was, is;
	struct scheme_diff d;

	out->year = c->facts.year;
	scheme_diff(c->arena, before, after, &d);
	TRY(facts_load(c->arena, log_db(c->log), before, &c->world->org, opt, &was, err));
	TRY(facts_load(c->arena, log_db(c->log), after, &c->world->org, opt, &is, err));
	scheme_diff_work(&was, &is, &d);
	put_duties(c, &d, draft, out);
	put_work(c, &d, out);
	return OK;
}
