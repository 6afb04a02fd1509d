/* Answers tests/oracle/assess_oracle.py, one JSON text a line:
 *   {"scheme": YAML, "org": {…}, "records": […], "year": 2022, "on": "2022-06-30", "unit": "U1" or "",
 *    "scores": [[item, thousandths, confirmed, thing], …], "selfs": [[item, thousandths], …], "whatif": true}
 * (thing: a post's code, or a record by its place among the records from 1, as text or number, or "1:PLACE"; left out or
 * null: the whole item; a score may also be a map {"item", "got", "confirmed", "thing"}; one post's code never is a number)
 * with the sheet in canonical form, the slots and figures that it follows from and what would raise it:
 *   {"sheet": {…}, "slots": {duty: [[owner, object, due, state, may be late], …]}, "figures": {name: thousandths or null},
 *    "rows": [[unit, thousandths, grade, by quota], …], "hints": [{…}]}
 * or {"error": text}. */
#include "duty_kit.h"

#include "score/assess.h"
#include "text/json.h"

#include <stdio.h>
#include <stdlib.h>

static struct node *slots_of(struct arena *a, const struct figures *g)
{
	const struct scheme *s = g->facts->scheme;
	struct node *map = node_map(a);

	for (size_t i = 0; i < s->nduties; i++) {
		struct node *list = node_list(a);

		for (size_t k = 0; k < g->duties[i].nslots; k++) {
			const struct slot *x = &g->duties[i].slots[k];
			struct node *one = node_list(a);
			char due[DATE_TEXT];

			node_push(a, one, node_str(a, x->owner));
			node_push(a, one, node_str(a, x->object));
			node_push(a, one, node_str(a, arena_str(a, date_text(x->due, due))));
			node_push(a, one, node_str(a, str_c(kit_slot_state(x->state))));
			node_push(a, list, one);
		}
		node_set(a, map, s->duties[i].id, list);
	}
	return map;
}

static struct node *number(struct arena *a, const struct figure_value *v)
{
	return v->kind == FIG_NUMBER ? node_num(a, v->thousandths) : node_null(a);
}

/* Every figure; the parts of one behind a stroke. */
static struct node *figures_of(struct arena *a, const struct figures *g)
{
	struct node *map = node_map(a);

	for (size_t i = 0; i < g->n; i++) {
		const struct figure_value *v = &g->p[i].value;

		node_set(a, map, g->p[i].name, number(a, v));
		for (size_t k = 0; v->kind == FIG_MAP && k < v->n; k++)
			node_set(a, map, arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(g->p[i].name), STR_ARG(v->keys[k])),
				number(a, v->items[k]));
	}
	return map;
}

static struct node *change_of(struct arena *a, const struct scheme *s, const struct assess_change *c)
{
	struct node *m = node_map(a);

	if (c->kind == CHANGE_SLOT) {
		node_set(a, m, S("duty"), node_str(a, s->duties[c->duty].id));
		node_set(a, m, S("slot"), node_num(a, (int64_t)c->slot));
		node_set(a, m, S("state"), node_str(a, str_c(kit_slot_state(c->state))));
	} else if (c->kind == CHANGE_MARK) {
		node_set(a, m, S("item"), node_str(a, c->item->id));
		node_set(a, m, S("thing"), node_str(a, c->thing));
	} else if (c->kind == CHANGE_RECORD) {
		node_set(a, m, S("item"), node_str(a, c->item->id));
	} else {
		node_set(a, m, S("figure"), node_str(a, c->figure));
		node_set(a, m, S("by"), node_num(a, c->by));
	}
	return m;
}

static struct node *hints_of(struct arena *a, const struct facts *f, const struct figures *g, const struct unit *u,
	const struct assess_inputs *in)
{
	struct node *list = node_list(a);
	struct assess_hints h;

	assess_whatif(f, g, u, in, &h);
	for (size_t i = 0; i < h.n; i++) {
		struct node *m = node_map(a), *changes = node_list(a);

		for (size_t k = 0; k < h.p[i].nchanges; k++)
			node_push(a, changes, change_of(a, f->scheme, &h.p[i].changes[k]));
		node_set(a, m, S("item"), node_str(a, h.p[i].item->id));
		node_set(a, m, S("gone"), node_bool(a, h.p[i].kind == HINT_GONE));
		node_set(a, m, S("gain"), node_num(a, h.p[i].gain));
		node_set(a, m, S("item_gain"), node_num(a, h.p[i].item_gain));
		node_set(a, m, S("loss"), node_num(a, h.p[i].loss));
		node_set(a, m, S("item_loss"), node_num(a, h.p[i].item_loss));
		node_set(a, m, S("changes"), changes);
		node_set(a, m, S("text"), node_str(a, assess_hint_text(f, &h.p[i])));
		node_push(a, list, m);
	}
	return list;
}

static struct node *rows_of(struct arena *a, const struct facts *f, const struct figures *g)
{
	struct node *list = node_list(a);
	struct assess_row *rows;
	size_t n;

	rows = assess_rows(f, g, NULL, &n);
	for (size_t i = 0; i < n; i++) {
		struct node *one = node_list(a);

		node_push(a, one, node_str(a, rows[i].unit ? rows[i].unit->code : S("")));
		node_push(a, one, node_num(a, rows[i].sheet.part.got));
		node_push(a, one, node_num(a, rows[i].grade));
		node_push(a, one, node_bool(a, rows[i].quota));
		node_push(a, list, one);
	}
	return list;
}

/* "1:3" of a record's number. */
static struct str thing_of(struct arena *a, const struct node *v)
{
	int64_t n;

	if (!v || v->kind == NODE_NULL)
		return STR_NONE;
	if (v->kind == NODE_INT)
		return arena_printf(a, "1:%lld", (long long)v->num);
	return str_int(v->text, &n) ? arena_printf(a, "1:%lld", (long long)n) : v->text;
}

static struct assess_mark mark_of(struct arena *a, const struct node *v)
{
	if (v->kind == NODE_MAP)
		return (struct assess_mark){.item = node_text(v, S("item")), .got = node_int(v, S("got"), 0),
		                            .confirmed = node_true(v, S("confirmed")), .thing = thing_of(a, NODE_GET(v, "thing"))};
	return (struct assess_mark){.item = v->items[0]->text, .got = v->items[1]->num, .confirmed = v->items[2]->yes,
	                            .thing = thing_of(a, v->n > 3 ? v->items[3] : NULL)};
}

static struct assess_inputs inputs_of(struct arena *a, const struct node *scores, const struct node *selfs)
{
	struct assess_mark *p = ARENA_ARRAY(a, struct assess_mark, scores ? scores->n : 0);
	struct assess_mark *own = ARENA_ARRAY(a, struct assess_mark, selfs ? selfs->n : 0);

	for (size_t i = 0; scores && i < scores->n; i++) {
		p[i] = mark_of(a, scores->items[i]);
		p[i].event = (int64_t)i + 1;
		p[i].text = S("why");
		p[i].by = S("P1");
	}
	for (size_t i = 0; selfs && i < selfs->n; i++)
		own[i] = (struct assess_mark){.item = selfs->items[i]->items[0]->text, .got = selfs->items[i]->items[1]->num,
		                              .event = (int64_t)i + 1, .by = S("P1")};
	return (struct assess_inputs){.scores = p, .nscores = scores ? scores->n : 0, .selfs = own,
	                              .nselfs = selfs ? selfs->n : 0};
}

static enum err_code answer(struct arena *a, struct str line, struct node **out, struct err *err)
{
	struct assess_inputs in;
	struct scheme scheme;
	struct figures figures;
	const struct unit *unit;
	struct assess_sheet sheet;
	struct facts facts;
	struct node *m;
	struct org org;
	struct date on;

	TRY(json_read(a, line, (struct json_opt){0}, &m, err));
	TRY(scheme_read(a, node_text(m, S("scheme")), &scheme, err));
	kit_org(a, NODE_GET(m, "org"), &org);
	TRY(assess_fits_org(&scheme, &org, err));
	if (!date_parse(node_text(m, S("on")), &on))
		return fail(err, ERR_INPUT, "no day");
	TRY(kit_facts(a, &scheme, &org, (int)node_int(m, S("year"), 0), NODE_GET(m, "records"), &facts, err));
	TRY(figures_on(&facts, on, &figures, err));
	unit = node_text(m, S("unit")).n ? org_unit(&org, node_text(m, S("unit"))) : NULL;
	in = inputs_of(a, NODE_GET(m, "scores"), NODE_GET(m, "selfs"));
	assess_on(&facts, &figures, unit, &in, NULL, 0, &sheet);
	*out = node_map(a);
	node_set(a, *out, S("sheet"), assess_sheet_canon(&facts, &sheet));
	node_set(a, *out, S("slots"), slots_of(a, &figures));
	node_set(a, *out, S("figures"), figures_of(a, &figures));
	node_set(a, *out, S("rows"), rows_of(a, &facts, &figures));
	if (node_true(m, S("whatif")))
		node_set(a, *out, S("hints"), hints_of(a, &facts, &figures, unit, &in));
	return OK;
}

int main(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	while ((n = getline(&line, &cap, stdin)) > 0) {
		struct arena a CLEANUP(arena_free) = ARENA_INIT;
		struct buf b CLEANUP(buf_free) = BUF_MAX(64 << 20);
		struct err err = {.lang = LANG_EN}, no = {0};
		struct node *out = NULL;

		if (answer(&a, (struct str){line, (size_t)n}, &out, &err) != OK) {
			out = node_map(&a);
			node_set(&a, out, S("error"), node_str(&a, arena_str(&a, str_c(err.text))));
		}
		if (json_canon(&b, out, &no) != OK)
			BUG("no canonical form: %s", no.text);
		buf_putc(&b, '\n');
		fwrite(b.p, 1, b.n, stdout);
		fflush(stdout);
	}
	free(line);
	return 0;
}
