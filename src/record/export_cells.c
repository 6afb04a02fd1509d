/* What the cells of a record say: straight from its text where that is plain, else out of its tree. */
#include "base/utf8.h"
#include "record/export_inside.h"
#include "scheme/value.h"
#include "text/json.h"

#include <stdlib.h>

/* ---- cells, out of the tree of a record ---- */

static struct str join(struct arena *a, const struct field *f, const struct node *list)
{
	struct buf b CLEANUP(buf_free) = BUF_MAX(EXPORT_LINE);
	size_t end = 0;

	utf8_next(f->split, &end);
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_put(&b, str_sub(f->split, 0, end));
		buf_put(&b, list->items[i]->text);
	}
	return arena_str(a, buf_str(&b));
}

static bool is_number(const struct field *f)
{
	return f->type == TYPE_COUNT || f->type == TYPE_NUMBER || f->type == TYPE_MONEY;
}

static struct export_cell cell(
	struct arena *a, enum lang lang, const struct field *f, const struct node *fields, const struct node *raw)
{
	const struct node *v = node_get(fields, f->name);
	struct export_cell c = {.text = node_text(raw, f->name)};

	if (c.text.n || !v)
		return c;
	switch (v->kind) {
	case NODE_INT:
		c.text = arena_printf(a, "%lld", (long long)v->num);
		break;
	case NODE_BOOL:
		c.text = str_c(tr(lang, v->yes ? N_("yes") : N_("no")));
		break;
	case NODE_LIST:
		c.text = join(a, f, v);
		break;
	default:
		c.text = v->text;
	}
	if (is_number(f)) {
		c.kind = OUT_NUMBER;
		c.unit = node_text(fields, arena_printf(a, STR_FMT UNIT_SUFFIX, STR_ARG(f->name)));
	} else if (f->type == TYPE_DATE && date_parse(c.text, &c.day)) {
		c.kind = OUT_DATE;
	}
	return c;
}

static enum err_code tree_cells(struct export_plan *p, const struct export_record *r, struct err *err)
{
	struct node *fields, *raw = NULL;

	arena_reset(&p->texts);
	TRY(json_read(&p->texts, r->fields, (struct json_opt){0}, &fields, err));
	if (r->raw.n)
		TRY(json_read(&p->texts, r->raw, (struct json_opt){0}, &raw, err));
	for (size_t i = 0; i < p->sheet->n; i++)
		p->cells[i] = cell(&p->texts, p->lang, p->sheet->fields[i], fields, raw);
	return OK;
}

/* ---- cells, straight from the text: canonical JSON of one level, keys in order ---- */

/* A key of the text that has a column. */
struct export_key {
	struct str name;
	size_t at;
	bool unit;
};

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct export_key *)a)->name, ((const struct export_key *)b)->name);
}

void export_plan(struct arena *a, const struct export_sheet *sheet, enum lang lang, struct export_plan *out)
{
	*out = (struct export_plan){.sheet = sheet, .lang = lang, .cells = ARENA_ARRAY(a, struct export_cell, sheet->n),
		.keys = ARENA_ARRAY(a, struct export_key, 2 * sheet->n), .scratch = BUF_MAX(EXPORT_LINE)};
	for (size_t i = 0; i < sheet->n; i++) {
		const struct field *f = sheet->fields[i];

		out->keys[out->nkeys++] = (struct export_key){f->name, i, false};
		if (is_number(f))
			out->keys[out->nkeys++] = (struct export_key){
				arena_printf(a, STR_FMT UNIT_SUFFIX, STR_ARG(f->name)), i, true};
	}
	if (out->nkeys)
		qsort(out->keys, out->nkeys, sizeof *out->keys, by_name);
}

void export_plan_done(struct export_plan *p)
{
	arena_free(&p->texts);
	buf_free(&p->scratch);
	buf_free(&p->list);
}

struct scan {
	const char *p, *end;
};

static bool is_next(struct scan *s, char c)
{
	if (s->p >= s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

/* A text; points into the text it stands in, or where it has an escape into the scratch, which has room for it. */
static bool string(struct scan *s, struct buf *scratch, struct str *out)
{
	const char *from;

	if (!is_next(s, '"'))
		return false;
	from = s->p;
	while (s->p < s->end && *s->p != '"' && *s->p != '\\')
		s->p++;
	*out = (struct str){from, (size_t)(s->p - from)};
	if (is_next(s, '"'))
		return true;
	from = scratch->p + scratch->n;
	buf_put(scratch, *out);
	for (; s->p + 1 < s->end && *s->p != '"'; s->p++) {
		char c = *s->p;

		if (c == '\\') {
			c = *++s->p;
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
			if (c == 'u')
				return false;            /* canonical text has none */
		}
		buf_putc(scratch, c);
	}
	*out = (struct str){from, (size_t)(scratch->p + scratch->n - from)};
	return is_next(s, '"');
}

/* ["a","b"], joined by the first separator of the field. */
static bool list(struct scan *s, const struct field *f, struct buf *scratch, struct buf *list_out, struct str *out)
{
	size_t end = 0, n = 0;
	struct str one;

	utf8_next(f->split, &end);
	buf_reset(list_out);
	if (is_next(s, ']')) {
		*out = STR_NONE;
		return true;
	}
	do {
		if (!string(s, scratch, &one))
			return false;
		if (n++)
			buf_put(list_out, str_sub(f->split, 0, end));
		buf_put(list_out, one);
	} while (is_next(s, ','));
	if (!is_next(s, ']'))
		return false;
	*out = n == 1 ? one : (struct str){scratch->p + scratch->n, list_out->n};
	if (n > 1)
		buf_put(scratch, buf_str(list_out));
	return true;
}

static bool word(struct scan *s, struct str what)
{
	if (!str_starts((struct str){s->p, (size_t)(s->end - s->p)}, what))
		return false;
	s->p += what.n;
	return true;
}

/* One value of whatever kind. */
static bool value(struct export_plan *p, struct scan *s, const struct field *f, struct str *out)
{
	static const struct field none = {.split = {",", 1}};
	const char *from = s->p;

	if (s->p >= s->end)
		return false;
	switch (*s->p) {
	case '"':
		return string(s, &p->scratch, out);
	case '[':
		s->p++;
		return list(s, f ? f : &none, &p->scratch, &p->list, out);
	case 't':
		*out = str_c(tr(p->lang, N_("yes")));
		return word(s, S("true"));
	case 'f':
		*out = str_c(tr(p->lang, N_("no")));
		return word(s, S("false"));
	default:
		s->p += *s->p == '-';
		while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
			s->p++;
		*out = (struct str){from, (size_t)(s->p - from)};
		return out->n > 0;
	}
}

static void put_value(struct export_plan *p, const struct export_key *k, struct str text)
{
	struct export_cell *c = &p->cells[k->at];
	const struct field *f = p->sheet->fields[k->at];

	if (k->unit) {
		c->unit = text;
		return;
	}
	c->text = text;
	if (is_number(f))
		c->kind = OUT_NUMBER;
	else if (f->type == TYPE_DATE && date_parse(text, &c->day))
		c->kind = OUT_DATE;
}

/* False: not as expected; the cells are then half filled. */
static bool scan_cells(struct export_plan *p, struct str json)
{
	struct scan s = {json.p, json.p + json.n};
	size_t k = 0;

	memset(p->cells, 0, p->sheet->n * sizeof *p->cells);
	buf_reset(&p->scratch);
	buf_reserve(&p->scratch, 4 * json.n + 16);       /* what is put there must not move */
	p->list.max = p->scratch.max;
	if (!is_next(&s, '{'))
		return false;
	if (is_next(&s, '}'))
		return true;
	do {
		const struct export_key *found = NULL;
		struct str name, text;
		int order = -1;

		if (!string(&s, &p->scratch, &name) || !is_next(&s, ':'))
			return false;
		while (k < p->nkeys && (order = str_cmp(p->keys[k].name, name)) < 0)
			k++;
		if (k < p->nkeys && order == 0)
			found = &p->keys[k++];
		if (!value(p, &s, found ? p->sheet->fields[found->at] : NULL, &text))
			return false;
		if (found)
			put_value(p, found, text);
	} while (is_next(&s, ','));
	return is_next(&s, '}') && s.p == s.end;
}

enum err_code export_cells(struct export_plan *p, const struct export_record *r, struct err *err)
{
	if (!r->raw.n && scan_cells(p, r->fields))
		return OK;
	return tree_cells(p, r, err);
}
