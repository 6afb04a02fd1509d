/* Values of figures: for people and as JSON. */
#include "duty/figure_inside.h"

#include "base/buf.h"
#include "scheme/number.h"

enum { TEXT_BYTES = 1 << 20 };

struct figure_value value_number(int64_t v, int digits)
{
	return (struct figure_value){.kind = FIG_NUMBER, .thousandths = v, .digits = digits};
}

struct figure_value value_words(struct str text)
{
	return (struct figure_value){.kind = FIG_TEXT, .text = text};
}

struct figure_value *value_add(struct arena *a, struct figure_value *list, struct str key)
{
	struct figure_value *v = ARENA_NEW(a, struct figure_value);
	size_t n = list->n;

	if (list->kind == FIG_MAP)
		*ARENA_PUSH(a, list->keys, n, list->keys_cap) = key;
	*ARENA_PUSH(a, list->items, list->n, list->cap) = v;
	return v;
}

struct figure_value value_of_datum(struct arena *a, const struct datum *v)
{
	struct figure_value out = {.kind = FIG_NONE};
	int64_t number;

	if (!v || v->kind == NODE_NULL)
		return out;
	if (v->kind == NODE_BOOL)
		return (struct figure_value){.kind = FIG_FLAG, .yes = v->yes};
	if (v->kind == NODE_INT && datum_number(v, &number))
		return value_number(number, -1);
	if (v->kind == NODE_TEXT)
		return value_words(v->text);
	out.kind = FIG_LIST;
	for (size_t i = 0; v->kind == NODE_LIST && i < v->n; i++)
		*value_add(a, &out, STR_NONE) = value_of_datum(a, v->items[i]);
	return out;
}

/* v in thousandths with so many decimals, half up. */
static struct str number_text(struct arena *a, int64_t v, int digits)
{
	static const int64_t step[] = {1000, 100, 10, 1}, scale[] = {1, 10, 100, 1000};
	const char *sign = v < 0 ? "-" : "";
	int64_t n;

	if (digits < 0)
		return thousandths_text(a, v);
	digits = MIN(digits, FIGURE_DIGITS);
	n = ((v < 0 ? -v : v) + step[digits] / 2) / step[digits];
	if (!n)
		sign = "";
	if (!digits)
		return arena_printf(a, "%s%lld", sign, (long long)n);
	return arena_printf(a, "%s%lld.%0*lld", sign, (long long)(n / scale[digits]), digits,
	                    (long long)(n % scale[digits]));
}

static void put(struct arena *a, struct buf *b, const struct figure_value *v)
{
	switch (v->kind) {
	case FIG_NUMBER:
		buf_put(b, number_text(a, v->thousandths, v->digits));
		break;
	case FIG_TEXT:
		buf_put(b, v->text);
		break;
	case FIG_FLAG:
		buf_put(b, v->yes ? S("是") : S("否"));
		break;
	case FIG_NONE:
		buf_put(b, S("—"));
		break;
	case FIG_LIST:
	case FIG_MAP:
		for (size_t i = 0; i < v->n; i++) {
			if (i)
				buf_put(b, v->kind == FIG_MAP ? S("；") : S("、"));
			if (v->kind == FIG_MAP) {
				buf_put(b, v->items[i]->title.n ? v->items[i]->title : v->keys[i]);
				buf_putc(b, ' ');
			}
			put(a, b, v->items[i]);
		}
	}
}

struct str figure_text(struct arena *a, const struct figure_value *v)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(TEXT_BYTES);

	put(a, &b, v);
	return arena_str(a, buf_str(&b));
}

static struct node *number_node(struct arena *a, const struct figure_value *v)
{
	struct str text = number_text(a, v->thousandths, v->digits);
	struct node *n;
	int64_t whole;

	if (str_int(text, &whole))
		return node_num(a, whole);
	n = node_str(a, text);
	n->decimal = true;
	return n;
}

struct node *figure_json(struct arena *a, const struct figure_value *v)
{
	struct node *out;

	switch (v->kind) {
	case FIG_NUMBER:
		return number_node(a, v);
	case FIG_TEXT:
		return node_str(a, v->text);
	case FIG_FLAG:
		return node_bool(a, v->yes);
	case FIG_NONE:
		return node_null(a);
	case FIG_LIST:
		out = node_list(a);
		for (size_t i = 0; i < v->n; i++)
			node_push(a, out, figure_json(a, v->items[i]));
		return out;
	case FIG_MAP:
		out = node_map(a);
		for (size_t i = 0; i < v->n; i++)
			node_put(a, out, node_str(a, v->keys[i]), figure_json(a, v->items[i]));
		return out;
	}
	BUG("value of kind %d", (int)v->kind);
}

struct str fact_row(struct arena *a, const struct fact *r)
{
	return r->more && r->more->place.n ? r->more->place
	                                   : arena_printf(a, STR_FMT "!%d", STR_ARG(r->source), r->row);
}

struct str figure_rule(const struct figure *f)
{
	return f->rule;
}

static struct node *texts_node(struct arena *a, const struct texts *t)
{
	struct node *out = node_list(a);

	for (size_t i = 0; i < t->n; i++)
		node_push(a, out, node_str(a, t->p[i]));
	return out;
}

static struct node *rows_node(struct arena *a, const struct fact_list *facts)
{
	struct node *out = node_list(a);

	for (size_t i = 0; i < facts->n; i++)
		node_push(a, out, node_str(a, fact_row(a, facts->p[i])));
	return out;
}

struct node *figure_part_json(struct arena *a, const struct figure_result *of, const struct figure_value *part)
{
	bool whole = part == &of->value;
	const struct texts *from = whole ? &of->from : &part->from;
	struct node *out = node_map(a);

	if (figure_titled(of, part))
		node_set(a, out, S("title"), node_str(a, figure_title(a, of, part)));
	node_set(a, out, S("value"), figure_json(a, part));
	if (of->figure->rule.n)
		node_set(a, out, S("rule"), node_str(a, of->figure->rule));
	if (whole && of->figure->expr->ids)
		node_set(a, out, S("ids"), texts_node(a, &part->ids));
	if (from->n)
		node_set(a, out, S("from"), texts_node(a, from));
	if (whole ? of->has_facts : part->has_facts)
		node_set(a, out, S("rows"), rows_node(a, whole ? &of->facts : &part->facts));
	return out;
}

struct node *figure_result_json(struct arena *a, const struct figure_result *r)
{
	return figure_part_json(a, r, &r->value);
}

struct node *figures_json(const struct figures *f)
{
	struct arena *a = f->facts->arena;
	struct node *out = node_map(a);

	for (size_t i = 0; i < f->n; i++)
		node_put(a, out, node_str(a, f->p[i].name), figure_result_json(a, &f->p[i]));
	return out;
}
