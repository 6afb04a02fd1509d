/* What needs take from the organisation's settings: bounds, exempt days, tables of periods. */
#include "duty/slot_inside.h"

static struct str table_lacks(const struct facts *f, const struct span_rule *span)
{
	struct table_period *p;
	size_t n;

	return span->kind == SPAN_TABLE && !slot_table(f, span->table, &p, &n) ? span->table : STR_NONE;
}

struct str need_lacks(const struct facts *f, const struct need *n)
{
	const struct str keys[] = {n->from, n->to, n->except};
	struct str field, lacks = table_lacks(f, &n->span);
	struct span_rule span;

	for (size_t i = 0; i < LEN(keys); i++)
		if (keys[i].n && !facts_setting(f, keys[i], &field))
			return keys[i];
	for (size_t i = 0; n->span_words && !lacks.n && i < n->span_words->n; i++)
		if (span_read(n->span_words->items[i]->text, &span))
			lacks = table_lacks(f, &span);
	return lacks;
}

struct date slot_bound(const struct facts *f, struct str key, const struct day_ref *ref, bool has, struct date on,
	struct date fallback)
{
	struct date d = DATE_NONE;
	struct str field;
	const struct node *v;

	if (has)
		d = day_of(f, ref, 1, NULL, on);
	else if (key.n && (v = facts_setting(f, key, &field)) && v->kind == NODE_TEXT)
		date_parse(v->text, &d);
	return date_is(d) ? d : fallback;
}

static bool plain_day(const struct day_ref *ref, bool has)
{
	return has && ref->kind == DAY_OF_YEAR && ref->shift == 0;
}

bool slot_season(const struct run *r, int year, struct stretch out[2], int *count)
{
	const struct need *n = r->n;
	struct facts f = *r->f;
	struct date first, last, from, to;

	if (!n->has_from && !n->from.n && !n->has_to && !n->to.n)
		return false;
	f.year = year;
	date_make(year, 1, 1, &first);
	date_make(year, 12, 31, &last);
	from = slot_bound(&f, n->from, &n->from_day, n->has_from, r->on, first);
	to = slot_bound(&f, n->to, &n->to_day, n->has_to, r->on, last);
	*count = 1;
	out[0] = (struct stretch){from, to, 1};
	if (from.n > to.n && plain_day(&n->from_day, n->has_from) && plain_day(&n->to_day, n->has_to)) {
		out[0] = (struct stretch){first, to, 1};     /* over the turn of the year */
		out[1] = (struct stretch){from, last, 2};
		*count = 2;
	}
	return true;
}

bool slot_exempt(const struct run *r, struct date day)
{
	struct str field;
	const struct node *list = r->n->except.n ? facts_setting(r->f, r->n->except, &field) : NULL;
	struct date d;

	for (size_t i = 0; list && list->kind == NODE_LIST && i < list->n; i++) {
		const struct node *v = list->items[i];
		struct str text = v->kind == NODE_MAP ? node_text(v, field) : v->text;

		if (date_parse(text, &d) && d.n == day.n)
			return true;
	}
	return false;
}

/* 2022-09-01, or 09-01 of every year. */
static bool table_day(struct str text, bool *yearly, struct ymd *out)
{
	struct day_ref ref;
	struct err no = {0};

	*yearly = text.n == 5;
	if (day_ref_read(NULL, text, NULL, &ref, &no) != OK)
		return false;
	if (ref.kind == DAY_FIXED)
		*out = date_ymd(ref.day);
	else if (*yearly && ref.kind == DAY_OF_YEAR)
		*out = (struct ymd){0, ref.month, ref.mday};
	else
		return false;
	return true;
}

bool slot_table(const struct facts *f, struct str key, struct table_period **out, size_t *count)
{
	struct str field;
	const struct node *list = facts_setting(f, key, &field);

	*count = 0;
	if (!list || list->kind != NODE_LIST || field.n)
		return false;
	*out = ARENA_ARRAY(f->arena, struct table_period, list->n);
	for (size_t i = 0; i < list->n; i++) {
		const struct node *v = list->items[i];
		struct table_period p = {.name = node_text(v, S("name"))};
		struct date from, to;
		bool yearly;

		if (!p.name.n || !table_day(node_text(v, S("from")), &p.yearly, &p.from) ||
		    !table_day(node_text(v, S("to")), &yearly, &p.to) || yearly != p.yearly)
			return false;
		if (!yearly && (!date_make(p.from.y, p.from.m, p.from.d, &from) ||
		                !date_make(p.to.y, p.to.m, p.to.d, &to) || to.n < from.n))
			return false;
		(*out)[(*count)++] = p;
	}
	return true;
}
