/* Two texts of a report side by side, section by section. */
#include "report/version.h"

#include "base/utf8.h"
#include "flow/commitment.h"

/* Percent from which two paragraphs are one that changed; most pairs of a section. */
enum { ALIKE = 45, PAIRS = 250000 };

const char *same_name(enum same_kind k)
{
	static const char *const names[] = {"same", "figures", "changed", "gone", "new"};

	return names[k];
}

struct paras {
	const struct said_para **p;
	size_t n, cap;
};

struct compare {
	struct arena *a;
	struct comparison *out;
	size_t same; /* characters of the new text that stand as they were */
};

/* The same words but for the numbers in them? */
static bool but_figures(struct arena *a, struct str x, struct str y)
{
	struct str half[] = {utf8_half(a, x), utf8_half(a, y)};
	size_t at[2] = {0};

	for (;;) {
		bool number[2] = {false};

		for (int i = 0; i < 2; i++)
			while (at[i] < half[i].n && ((half[i].p[at[i]] >= '0' && half[i].p[at[i]] <= '9') ||
						     (number[i] && half[i].p[at[i]] == '.'))) {
				number[i] = true;
				at[i]++;
			}
		if (number[0] != number[1])
			return false;
		if (at[0] >= half[0].n || at[1] >= half[1].n)
			return at[0] >= half[0].n && at[1] >= half[1].n;
		if (half[0].p[at[0]++] != half[1].p[at[1]++])
			return false;
	}
}

static void put(struct compare *c, const struct said_para *was, const struct said_para *is, int percent)
{
	struct said_pair *p = ARENA_PUSH(c->a, c->out->p, c->out->n, c->out->cap);

	*p = (struct said_pair){.was = was, .is = is, .percent = percent};
	if (!was)
		p->kind = SAME_NEW;
	else if (!is)
		p->kind = SAME_GONE;
	else if (str_eq(was->text, is->text))
		p->kind = SAME_AS_IT_WAS;
	else
		p->kind = but_figures(c->a, was->text, is->text) ? SAME_BUT_FIGURES : SAME_CHANGED;
	if (p->kind == SAME_AS_IT_WAS) {
		p->percent = 100;
		c->same += said_count(is->text);
	}
	c->out->count[p->kind]++;
}

static int alike(struct compare *c, const struct said_para *was, const struct said_para *is)
{
	if (!str_eq(was->kind, is->kind))
		return 0;
	if (str_eq(was->text, is->text))
		return 200; /* before all others */
	return MAX(commitment_likeness(was->text, is->text), but_figures(c->a, was->text, is->text) ? 99 : 0);
}

/* Paragraphs of one section: the pairing in order that makes the most of likeness. */
static void section(struct compare *c, const struct paras *was, const struct paras *is)
{
	size_t w = is->n + 1, i = 0, k = 0;
	int *best, *like;

	if ((was->n + 1) * w > PAIRS) { /* place by place */
		for (; i < was->n || i < is->n; i++)
			put(c, i < was->n ? was->p[i] : NULL, i < is->n ? is->p[i] : NULL, 0);
		return;
	}
	best = ARENA_ARRAY(c->a, int, (was->n + 1) * w);
	like = ARENA_ARRAY(c->a, int, (was->n + 1) * w);
	for (i = was->n; i-- > 0;)
		for (k = is->n; k-- > 0;) {
			int l = alike(c, was->p[i], is->p[k]), with = l >= ALIKE ? l + best[(i + 1) * w + k + 1] : 0;

			like[i * w + k] = l;
			best[i * w + k] = MAX(with, MAX(best[(i + 1) * w + k], best[i * w + k + 1]));
		}
	i = k = 0;
	while (i < was->n || k < is->n) {
		bool both = i < was->n && k < is->n;
		int l = both ? like[i * w + k] : 0;

		if (both && l >= ALIKE && best[i * w + k] == l + best[(i + 1) * w + k + 1])
			put(c, was->p[i], is->p[k], MIN(l, 100)), i++, k++;
		else if (k == is->n || (both && best[(i + 1) * w + k] >= best[i * w + k + 1]))
			put(c, was->p[i++], NULL, 0);
		else
			put(c, NULL, is->p[k++], 0);
	}
}

static void sort_out(struct arena *a, const struct version_text *t, struct map *sections)
{
	for (size_t i = 0; i < t->nparas; i++) {
		void **at = map_at(sections, t->paras[i].section);
		struct paras *l = *at;

		if (!l)
			*at = l = ARENA_NEW(a, struct paras);
		*ARENA_PUSH(a, l->p, l->n, l->cap) = &t->paras[i];
	}
}

static void figures(struct arena *a, const struct version_text *was, const struct version_text *is,
	struct comparison *out)
{
	struct map before = MAP_IN(a), now = MAP_IN(a);

	for (size_t i = 0; i < was->nfigures; i++)
		map_set(&before, was->figures[i].name, &was->figures[i]);
	for (size_t i = 0; i < is->nfigures; i++) {
		const struct said_figure *f = &is->figures[i], *old = map_get(&before, f->name);

		map_set(&now, f->name, (void *)f);
		if (!old || !str_eq(old->value, f->value))
			*ARENA_PUSH(a, out->figures, out->nfigures, out->figures_cap) =
				(struct figure_pair){f->name, f->title, old ? old->value : STR_NONE, f->value};
	}
	for (size_t i = 0; i < was->nfigures; i++)
		if (!map_get(&now, was->figures[i].name))
			*ARENA_PUSH(a, out->figures, out->nfigures, out->figures_cap) =
				(struct figure_pair){was->figures[i].name, was->figures[i].title,
					was->figures[i].value, STR_NONE};
}

void version_compare(
	struct arena *a, const struct version_text *was, const struct version_text *is, struct comparison *out)
{
	static const struct paras none;
	struct map before = MAP_IN(a), now = MAP_IN(a);
	struct compare c = {.a = a, .out = out};
	size_t all = 0;

	*out = (struct comparison){0};
	sort_out(a, was, &before);
	sort_out(a, is, &now);
	for (size_t i = 0; i < now.n; i++) {
		const struct paras *l = map_get(&before, now.items[i].key);

		section(&c, l ? l : &none, now.items[i].value);
	}
	for (size_t i = 0; i < before.n; i++)
		if (!map_get(&now, before.items[i].key))
			section(&c, before.items[i].value, &none);
	if (was->nfigures) /* a file has none */
		figures(a, was, is, out);
	for (size_t i = 0; i < is->nparas; i++)
		all += said_count(is->paras[i].text);
	out->percent = all ? (int)(c.same * 100 / all) : 0;
}
