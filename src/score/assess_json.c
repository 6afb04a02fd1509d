/* Sheets and hints as JSON: for other programs with words and decimals, and without words for a digest. */
#include "score/assess.h"
#include "scheme/number.h"

static void put(struct arena *a, struct node *map, const char *key, struct node *value)
{
	node_set(a, map, str_c(key), value);
}

static void put_text(struct arena *a, struct node *map, const char *key, struct str s)
{
	if (s.n)
		put(a, map, key, node_str(a, s));
}

/* A number with decimals: for people's programs without quotes, in canonical form as a text. */
static struct node *decimal(struct arena *a, struct str text, bool canon)
{
	struct node *n = node_str(a, text);

	n->decimal = !canon;
	return n;
}

static struct node *day(struct arena *a, struct date d)
{
	char text[DATE_TEXT];

	return date_is(d) ? node_str(a, arena_str(a, date_text(d, text))) : node_null(a);
}

struct writing {
	const struct facts *f;
	struct arena *a;
	bool canon;
};

static struct node *points(const struct writing *w, int64_t thousandths)
{
	return decimal(w->a, thousandths_text(w->a, thousandths), w->canon);
}

static struct node *slots_json(const struct writing *w, const struct assess_line *l)
{
	struct node *list = node_list(w->a);

	for (size_t i = 0; i < l->nslots; i++) {
		const struct slot *s = l->slots[i];
		struct node *m = node_map(w->a);

		put_text(w->a, m, "owner", s->owner);
		put_text(w->a, m, "object", s->object);
		if (!w->canon)
			put_text(w->a, m, "label", s->label);
		put(w->a, m, "due", day(w->a, s->due));
		node_push(w->a, list, m);
	}
	return list;
}

static struct node *rows_json(const struct writing *w, const struct fact_list *l)
{
	struct node *list = node_list(w->a);

	for (size_t i = 0; i < l->n; i++)
		node_push(w->a, list, w->canon ? node_num(w->a, l->p[i]->id.seq)
			: node_str(w->a, fact_row(w->a, l->p[i])));
	return list;
}

static struct node *lines_json(const struct writing *w, const struct assess_part *p)
{
	struct node *list = node_list(w->a);

	for (size_t i = 0; i < p->n; i++) {
		const struct assess_line *l = &p->p[i];
		struct node *m = node_map(w->a);

		put(w->a, m, "kind", node_str(w->a, str_c(assess_line_name(l->kind))));
		put(w->a, m, "points", decimal(w->a, nano_text(w->a, l->nano), w->canon));
		put_text(w->a, m, "thing", l->thing);
		if (!w->canon) {
			put_text(w->a, m, "rule", l->rule);
			put_text(w->a, m, "sum", l->sum);
		}
		if (l->nslots)
			put(w->a, m, "slots", slots_json(w, l));
		if (l->facts.n)
			put(w->a, m, "rows", rows_json(w, &l->facts));
		node_push(w->a, list, m);
	}
	return list;
}

static void put_mark(const struct writing *w, struct node *m, const char *key, const struct assess_mark *x)
{
	struct node *one;

	if (!x)
		return;
	one = node_map(w->a);
	put(w->a, one, "points", points(w, x->got));
	put_text(w->a, one, "text", x->text);
	put_text(w->a, one, "by", x->by);
	put_text(w->a, one, "confirmed_by", x->confirmed_by);
	if (x->event)
		put(w->a, one, "event", node_num(w->a, x->event));
	if (x->appeal)
		put(w->a, one, "appeal", node_num(w->a, x->appeal));
	put(w->a, m, key, one);
}

/* What is judged one by one, and what was said of it. */
static struct node *things_json(const struct writing *w, const struct assess_judged *j)
{
	struct node *list = node_list(w->a);

	for (size_t i = 0; i < j->n; i++) {
		const struct assess_thing *t = &j->p[i];
		struct node *m = node_map(w->a);

		put(w->a, m, "thing", node_str(w->a, t->key));
		put_text(w->a, m, "name", t->name);
		put(w->a, m, "weight", decimal(w->a, t->weight_text, false));
		put(w->a, m, "got", points(w, t->got));
		put_mark(w, m, "score", t->mark);
		put_mark(w, m, "waiting", t->waiting);
		node_push(w->a, list, m);
	}
	return list;
}

static struct node *item_json(const struct writing *w, const struct assess_item_score *x)
{
	struct node *m = node_map(w->a);

	put(w->a, m, "id", node_str(w->a, x->item->id));
	if (!w->canon)
		put(w->a, m, "title", node_str(w->a, x->item->title));
	put(w->a, m, "rule", node_str(w->a, str_c(assess_form_name(x->item->form))));
	put(w->a, m, "points", points(w, x->item->points));
	put(w->a, m, "computed", points(w, x->computed));
	put_mark(w, m, "self", x->self);
	put_mark(w, m, "score", x->score);
	put_mark(w, m, "waiting", x->waiting);
	if (x->part.judged && !w->canon)
		put(w->a, m, "things", things_json(w, x->part.judged));
	put(w->a, m, "got", points(w, x->part.got));
	put(w->a, m, "lines", lines_json(w, &x->part));
	return m;
}

static struct node *sheet_node(const struct writing *w, const struct assess_sheet *s)
{
	struct node *m = node_map(w->a), *sections = node_list(w->a);

	put_text(w->a, m, "unit", s->unit ? s->unit->code : STR_NONE);
	put(w->a, m, "year", node_num(w->a, w->f->year));
	put(w->a, m, "on", day(w->a, s->on));
	put(w->a, m, "full", points(w, s->full));
	put(w->a, m, "got", points(w, s->part.got));
	put_text(w->a, m, "grade", assess_sheet_grade(s));
	for (size_t i = 0; i < s->plan->nsections; i++) {
		const struct assess_section_score *x = &s->sections[i];
		struct node *one = node_map(w->a), *items = node_list(w->a);

		put(w->a, one, "id", node_str(w->a, x->section->id));
		if (!w->canon)
			put(w->a, one, "title", node_str(w->a, x->section->title));
		put(w->a, one, "full", points(w, x->section->full));
		put(w->a, one, "got", points(w, x->part.got));
		for (size_t k = 0; k < x->section->nitems; k++)
			node_push(w->a, items, item_json(w, &x->items[k]));
		put(w->a, one, "items", items);
		put(w->a, one, "lines", lines_json(w, &x->part));
		node_push(w->a, sections, one);
	}
	put(w->a, m, "sections", sections);
	put(w->a, m, "lines", lines_json(w, &s->part));
	return m;
}

struct node *assess_sheet_json(const struct facts *f, const struct assess_sheet *s)
{
	struct writing w = {f, f->arena, false};

	return sheet_node(&w, s);
}

struct node *assess_sheet_canon(const struct facts *f, const struct assess_sheet *s)
{
	struct writing w = {f, f->arena, true};

	return sheet_node(&w, s);
}

struct node *hints_json(const struct facts *f, const struct assess_hints *h)
{
	static const char *const kinds[] = {
		[HINT_PENDING] = "pending", [HINT_LATE] = "late", [HINT_RECORD] = "record", [HINT_FIGURE] = "figure",
		[HINT_ALL] = "all",
		[HINT_JUDGED] = "judged", [HINT_GONE] = "gone",
	};
	struct writing w = {f, f->arena, false};
	struct node *list = node_list(w.a);

	for (size_t i = 0; i < h->n; i++) {
		const struct assess_hint *x = &h->p[i];
		struct node *m = node_map(w.a);

		put(w.a, m, "item", node_str(w.a, x->item->id));
		put(w.a, m, "kind", node_str(w.a, str_c(kinds[x->kind])));
		put_text(w.a, m, "duty", x->duty ? x->duty->id : STR_NONE);
		if (x->slot) {
			put_text(w.a, m, "owner", x->slot->owner);
			put_text(w.a, m, "slot", x->slot->label);
			put(w.a, m, "due", day(w.a, x->slot->due));
		}
		put_text(w.a, m, "figure", x->figure);
		put_text(w.a, m, "thing", x->thing ? x->thing->key : STR_NONE);
		put_text(w.a, m, "row", x->fact ? fact_row(w.a, x->fact) : STR_NONE);
		put(w.a, m, "gain", points(&w, x->gain));
		put(w.a, m, "item_gain", points(&w, x->item_gain));
		put(w.a, m, "loss", points(&w, x->loss));
		put(w.a, m, "item_loss", points(&w, x->item_loss));
		put(w.a, m, "text", node_str(w.a, assess_hint_text(f, x)));
		node_push(w.a, list, m);
	}
	return list;
}
