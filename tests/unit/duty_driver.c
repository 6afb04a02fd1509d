/* Answers tests/oracle/slots_oracle.py, one JSON text a line:
 *   {"scheme": YAML, "org": {…}, "records": […], "asked": [[year, day], …], "figures": {name: [[day, thousandths], …]},
 *    "calendars": [{"year", "holidays": [day], "working": [day]}, …],
 *    "allowed": [{"duty", "owner", "object", "label", "kind", "asked", "decided", "until"}, …]}
 * with the state of the scheme's first duty on each of the days asked about:
 *   {"states": [{"year", "on", "met", …, "status", "score": {…}, "slots": [[owner, due, done, state], …],
 *    "more": [[object, label, holder, calendar_unknown, internal], … of the same slots]}, …]}
 * or {"error": text}. */
#include "duty_kit.h"

#include "text/json.h"

#include <stdio.h>
#include <stdlib.h>

static struct node *text_of(struct arena *a, struct date d)
{
	char text[DATE_TEXT];

	return node_str(a, arena_str(a, date_text(d, text)));
}

static struct node *slots_of(struct arena *a, const struct facts *f, const struct duty_state *s)
{
	struct node *list = node_list(a);

	for (size_t i = 0; i < s->nslots; i++) {
		struct node *one = node_list(a);

		node_push(a, one, node_str(a, kit_owner(f, &s->slots[i])));
		node_push(a, one, text_of(a, s->slots[i].due));
		node_push(a, one, text_of(a, s->slots[i].done));
		node_push(a, one, node_str(a, str_c(kit_slot_state(s->slots[i].state))));
		node_push(a, list, one);
	}
	return list;
}

/* Beside each slot what else is known of it. */
static struct node *more_of(struct arena *a, const struct duty_state *s)
{
	struct node *list = node_list(a);

	for (size_t i = 0; i < s->nslots; i++) {
		struct node *one = node_list(a);

		node_push(a, one, node_str(a, s->slots[i].object));
		node_push(a, one, node_str(a, s->slots[i].label));
		node_push(a, one, node_str(a, s->slots[i].holder));
		node_push(a, one, node_num(a, s->slots[i].calendar_unknown));
		node_push(a, one, node_num(a, s->slots[i].internal));
		node_push(a, list, one);
	}
	return list;
}

static struct node *score_of(struct arena *a, const struct duty_state *s)
{
	struct score_line l = duty_score(s);
	struct node *map = node_map(a);

	if (s->duty->score == SCORE_SHARE) {
		node_set(a, map, S("share"), node_num(a, l.share));
	} else {
		node_set(a, map, S("misses"), node_num(a, l.misses));
		node_set(a, map, S("deducted"), node_num(a, l.deducted));
	}
	node_set(a, map, S("got"), node_num(a, l.got));
	return map;
}

static struct node *state_of(struct arena *a, const struct facts *f, const struct duty_state *s, struct date on)
{
	const struct {
		struct str name;
		int n;
	} counts[] = {
		{S("year"), f->year}, {S("met"), s->met}, {S("late"), s->late}, {S("missed"), s->missed},
		{S("pending"), s->pending}, {S("required_year"), s->required_year},
		{S("required_to_date"), s->required_to_date}, {S("excused"), s->excused},
		{S("not_applicable"), s->not_applicable},
	};
	struct node *map = node_map(a);

	for (size_t i = 0; i < LEN(counts); i++)
		node_set(a, map, counts[i].name, node_num(a, counts[i].n));
	node_set(a, map, S("on"), text_of(a, on));
	node_set(a, map, S("status"), node_str(a, str_c(duty_status_name(s->status))));
	node_set(a, map, S("score"), score_of(a, s));
	node_set(a, map, S("slots"), slots_of(a, f, s));
	node_set(a, map, S("more"), more_of(a, s));
	return map;
}

static enum err_code answer(struct arena *a, struct str line, struct node **out, struct err *err)
{
	const struct node *asked, *figures;
	struct node *states = node_list(a), *in;
	struct scheme scheme;
	struct org org;

	TRY(json_read(a, line, (struct json_opt){0}, &in, err));
	TRY(scheme_read(a, node_text(in, S("scheme")), &scheme, err));
	kit_org(a, NODE_GET(in, "org"), &org);
	asked = NODE_GET(in, "asked");
	figures = NODE_GET(in, "figures");
	for (size_t i = 0; i < asked->n; i++) {
		struct duty_state s;
		struct facts facts;
		struct date on;

		if (!date_parse(asked->items[i]->items[1]->text, &on))
			return fail(err, ERR_INPUT, "day %zu is none", i + 1);
		TRY(kit_facts(a, &scheme, &org, (int)asked->items[i]->items[0]->num, NODE_GET(in, "records"), &facts, err));
		kit_calendars(a, NODE_GET(in, "calendars"), &facts);
		kit_allowed(a, NODE_GET(in, "allowed"), &facts);
		duty_on(&facts, &scheme.duties[0], on, kit_figures(figures ? figures->items[0] : NULL), &s);
		node_push(a, states, state_of(a, &facts, &s, on));
	}
	*out = node_map(a);
	node_set(a, *out, S("states"), states);
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
		struct err err = {0}, no = {0};
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
