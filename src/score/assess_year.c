/* A year's sheets beside each other, each by the scheme that it was opened with. */
#include "score/assess_log.h"

/* The marks of each unit of the organisation, in its order; the office's own first where it is scored. */
static const struct assess_inputs *inputs_of(const struct facts *f, const struct assessments *all)
{
	const struct org *org = f->org;
	struct assess_inputs *out = ARENA_ARRAY(f->arena, struct assess_inputs, org->nunits + 1);
	bool office = assess_has_unit(f, NULL);

	for (size_t i = 0; i < all->n; i++) {
		if (office && !all->p[i].unit.n)
			out[0] = all->inputs[i];
		for (size_t k = 0; !office && k < org->nunits; k++)
			if (str_eq(org->units[k].code, all->p[i].unit))
				out[k] = all->inputs[i];
	}
	return out;
}

struct assess_row *assess_rows_with(
	const struct facts *f, const struct figures *figures, const struct assessments *all, size_t *n)
{
	return assess_rows(f, figures, inputs_of(f, all), n);
}

static const struct assessment *opened_for(const struct assessments *all, const struct unit *unit)
{
	struct str code = unit ? unit->code : STR_NONE;

	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->p[i].unit, code))
			return &all->p[i];
	return NULL;
}

static bool alike(const struct hash *a, const struct hash *b)
{
	return !memcmp(a->b, b->b, HASH_BYTES);
}

struct merged {
	struct assess_row *p;
	size_t n, cap;
};

/* The rows by one scheme: of those that were opened with it, and by that of now of those that were not opened. */
static void take_rows(struct arena *a, const struct assessments *all, const struct hash *scheme, bool is_now,
	const struct assess_row *rows, size_t n, struct merged *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct assessment *x = opened_for(all, rows[i].unit);

		if (x ? alike(&x->digest, scheme) : is_now)
			*ARENA_PUSH(a, out->p, out->n, out->cap) = rows[i];
	}
}

enum err_code assess_year_rows(struct arena *a, const struct assessments *all,
	const struct hash *now, assess_take_fn *take, void *ctx, struct assess_row **rows, size_t *n, struct err *err)
{
	struct merged out = {0};

	for (size_t i = 0; i <= all->n; i++) {           /* that of now, then each other one once */
		const struct assessment *x = i ? &all->p[i - 1] : NULL;
		const struct hash *scheme = x ? &x->digest : now;
		const struct figures *figures;
		const struct facts *f;
		struct assess_row *some;
		bool seen = x && alike(&x->digest, now);
		size_t k;

		for (size_t j = 0; x && j + 1 < i; j++)
			seen |= alike(&all->p[j].digest, &x->digest);
		if (seen)
			continue;
		TRY(take(ctx, x, &f, &figures, err));
		some = assess_rows_with(f, figures, all, &k);
		take_rows(a, all, scheme, !x, some, k, &out);
	}
	assess_rows_sort(out.p, out.n);
	*rows = out.p;
	*n = out.n;
	return OK;
}
