/* The measure list: values, texts put together from fields, or maps of fields. */
#include "duty/figure_inside.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { LINE_BYTES = 1 << 16 };

static struct str said_text(struct frame *fr, const struct item *it, struct str key)
{
	const struct datum *v = fact_said(fr->c->f, it->fact, key);

	return v ? v->text : STR_NONE;
}

static struct str line_of(struct frame *fr, const struct expr *x, const struct item *it)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(LINE_BYTES);
	struct arena *a = fr->c->f->arena;

	for (size_t i = 0; i < x->npieces; i++) {
		const struct piece *p = &x->pieces[i];

		buf_put(&b, p->field ? datum_text(a, LANG_ZH, item_value(fr, it, &p->at)) : p->text);
		if (p->unit && it->fact)
			buf_put(&b, said_text(fr, it, p->unit_key));
	}
	return arena_str(a, str_trim(buf_str(&b)));
}

/* How many of the column's set name a record by the column's link: key of the record → count. */
static struct map *count_links(struct frame *fr, const struct column *c)
{
	const struct ask ask = {.on = fr->on};
	struct fact_list l = set_take(fr->c->f, &c->set, &ask);
	struct map *out = ARENA_NEW(fr->c->f->arena, struct map);

	out->arena = fr->c->f->arena;
	for (size_t i = 0; i < l.n; i++) {
		const struct datum *v = fact_value(fr->c->f, l.p[i], c->link, fr->on);
		struct str key = utf8_squeeze(out->arena, datum_text(out->arena, LANG_ZH, v));
		void **at = map_at(out, key);

		*at = (void *)((uintptr_t)*at + 1);
	}
	return out;
}

static void put_column(struct frame *fr, const struct column *c, const struct map *links, const struct item *it,
	struct figure_value *out)
{
	struct arena *a = fr->c->f->arena;
	struct str key;

	switch (c->kind) {
	case COLUMN_FIELD:
		*out = item_figure(fr, it, &c->at);
		break;
	case COLUMN_FITS:
		*out = (struct figure_value){.kind = FIG_FLAG, .yes = item_fits(fr, it, &c->fits, 1)};
		break;
	case COLUMN_COUNT:
		key = datum_text(a, LANG_ZH, fact_value(fr->c->f, it->fact, c->link->link_field, fr->on));
		key = utf8_squeeze(a, key);
		*out = value_number(key.n ? (int64_t)(uintptr_t)map_get(links, key) * 1000 : 0, 0);
		break;
	}
}

/* What people call the column: as the register does, else its name in the scheme. */
static struct str column_title(struct arena *a, const struct column *c)
{
	const struct cond *cond = c->kind == COLUMN_FITS && c->fits.n ? &c->fits.conds[0] : NULL;
	static const char *const looks[] = {[LOOK_ROW] = "行", [LOOK_OWNER] = "责任人", [LOOK_OBJECT] = "对象",
		[LOOK_LABEL] = "事项", [LOOK_STATE] = "状态", [LOOK_DUE] = "期限", [LOOK_DONE_ON] = "完成日期",
		[LOOK_DONE] = "完成", [LOOK_ROWS] = "行", [LOOK_HOLDER] = "任职人"};

	switch (c->kind) {
	case COLUMN_FIELD:
		return c->at.look == LOOK_PATH ? c->at.path.field->title : str_c(looks[c->at.look]);
	case COLUMN_FITS:
		if (!cond || !cond->path.field->title.n)
			return STR_NONE;
		if (cond->op != COND_EMPTY)
			return arena_printf(a, STR_FMT "符合", STR_ARG(cond->path.field->title));
		return arena_printf(a, "%s" STR_FMT, cond->yes ? "无" : "有", STR_ARG(cond->path.field->title));
	case COLUMN_COUNT:
		return arena_printf(a, STR_FMT "数", STR_ARG(c->set.of->title));
	}
	return STR_NONE;
}

/* Numbers that are not there count as 0. */
static bool differ(struct frame *fr, const struct expr *x, const struct figure_value *map)
{
	struct arena *a = fr->c->f->arena;
	struct str text[2];

	for (size_t i = 0; i < 2; i++) {
		const struct figure_value *v = map->items[x->differ[i] - x->columns];

		text[i] = v->kind == FIG_NONE ? S("0") : figure_text(a, v);
	}
	return !words_alike(fr->c->f, text[0], text[1]);
}

static void entry(const struct facts *f, struct figure_value *list, const struct figure_value *v, const struct item *it)
{
	struct figure_value *out = value_add(f->arena, list, STR_NONE);
	struct counted t = {0};

	*out = *v;
	if (it->fact)
		counted_fact(f, &t, it->fact);
	else
		counted_facts(f, &t, &it->slot->facts);
	out->facts = t.facts;
	out->has_facts = true;
}

/* Adds what the item gives: nothing where the field is empty, each member of a list. */
static void put_item(struct frame *fr, const struct expr *x, struct map *const *links, const struct item *it,
	struct figure_value *out)
{
	struct arena *a = fr->c->f->arena;
	struct figure_value v = {.kind = FIG_MAP};

	if (x->ncolumns) {
		for (size_t i = 0; i < x->ncolumns; i++) {
			struct figure_value *to = value_add(a, &v, x->columns[i].name);

			put_column(fr, &x->columns[i], links[i], it, to);
			to->title = column_title(a, &x->columns[i]);
		}
		if (x->differ[0] && !differ(fr, x, &v))
			return;
	} else if (x->npieces) {
		v = value_words(line_of(fr, x, it));
	} else {
		v = item_figure(fr, it, x->at);
		if (v.kind == FIG_NONE)
			return;
	}
	count_in(fr, it);
	if (v.kind != FIG_LIST)
		entry(fr->c->f, out, &v, it);
	for (size_t i = 0; v.kind == FIG_LIST && i < v.n; i++)
		entry(fr->c->f, out, v.items[i], it);
}

/* The entry that stays has the records of those that said the same. */
static void join(const struct facts *f, struct figure_value *v, const struct figure_value *same)
{
	struct counted t = {0};

	counted_facts(f, &t, &v->facts);
	counted_facts(f, &t, &same->facts);
	v->facts = t.facts;
}

static void keep_first(const struct facts *f, struct figure_value *list)
{
	struct map seen = MAP_IN(f->arena);
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		void **at = map_at(&seen, utf8_squeeze(f->arena, figure_text(f->arena, list->items[i])));

		if (*at) {
			join(f, *at, list->items[i]);
			continue;
		}
		*at = list->items[i];
		list->items[n++] = list->items[i];
	}
	list->n = n;
}

struct line {
	struct item item;
	struct str text;
	int64_t number;
	bool is_number;
	size_t at;
};

static int by_line(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int cmp;

	if (x->is_number && y->is_number)
		cmp = (x->number > y->number) - (x->number < y->number);
	else
		cmp = str_cmp(x->text, y->text);
	return cmp ? cmp : (x->at > y->at) - (x->at < y->at);
}

/* By a field's value, or by file and row. */
static struct items sorted(struct frame *fr, const struct expr *x, const struct items *items)
{
	struct arena *a = fr->c->f->arena;
	struct line *l = ARENA_ARRAY(a, struct line, items->n);
	struct items out = {0};

	if (x->order == ORDER_DAY)
		return *items;
	for (size_t i = 0; i < items->n; i++) {
		const struct item *it = &items->p[i];
		const struct datum *v = x->order == ORDER_FIELD ? item_value(fr, it, &x->sort) : NULL;

		l[i] = (struct line){.item = *it, .at = i, .text = datum_text(a, LANG_ZH, v)};
		l[i].is_number = datum_number(v, &l[i].number);
		if (x->order == ORDER_ROW && it->fact)
			l[i].text = arena_printf(a, STR_FMT "!%09d", STR_ARG(it->fact->source), it->fact->row);
	}
	if (items->n)
		qsort(l, items->n, sizeof *l, by_line);
	for (size_t i = 0; i < items->n; i++)
		*ARENA_PUSH(a, out.p, out.n, out.cap) = l[i].item;
	return out;
}

enum err_code figure_list(struct frame *fr, const struct expr *x, const struct items *items, struct figure_value *out,
	struct err *err)
{
	struct map **links = ARENA_ARRAY(fr->c->f->arena, struct map *, x->ncolumns);
	struct items in_order = sorted(fr, x, items);

	for (size_t i = 0; i < x->ncolumns; i++)
		if (x->columns[i].kind == COLUMN_COUNT)
			links[i] = count_links(fr, &x->columns[i]);
	*out = (struct figure_value){.kind = FIG_LIST};
	for (size_t i = 0; i < in_order.n; i++)
		put_item(fr, x, links, &in_order.p[i], out);
	if (x->once)
		keep_first(fr->c->f, out);
	return OK;
}
