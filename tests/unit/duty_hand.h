/* Duties by hand: one duty in a scheme's head, records as a short text, a day; what stands then. A test has the head, the
 * organisation and what the figure is worth from day to day. */
#ifndef TESTS_DUTY_HAND_H
#define TESTS_DUTY_HAND_H

#include "unit.h"

#include "duty_kit.h"

#include "text/json.h"

#define FLUNK(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

struct world {
	struct arena a;
	struct err err;
	const char *head;                /* of the scheme, up to "duties:" and its line end */
	struct org org;
	struct node *steps;
};

/* org and steps: JSON, as kit_org and kit_figures want it. */
static int world_new(void **state, const char *head, const char *org, const char *steps)
{
	struct world *w = calloc(1, sizeof *w);
	struct node *map;

	if (!w || json_read(&w->a, str_c(org), (struct json_opt){0}, &map, &w->err) != OK ||
		json_read(&w->a, str_c(steps), (struct json_opt){0}, &w->steps, &w->err) != OK)
		return -1;
	w->head = head;
	kit_org(&w->a, map, &w->org);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	arena_free(&w->a);
	free(w);
	return 0;
}

/* Records as a short text: "m 2022-01-05 kind=k1; u 2022-02-01 no=R1": type, date, then fields. Of w the date is a month.
 * Numbers stand bare, flags are yes and no. */
static struct node *records_of(struct arena *a, const char *text)
{
	struct node *list = node_list(a);
	struct str rest = str_c(text), one;

	while (str_cut(&rest, S(";"), &one)) {
		struct node *map = node_map(a);
		struct str type, word, key;

		one = str_trim(one);
		if (!one.n)
			continue;
		str_cut(&one, S(" "), &type);
		node_set(a, map, S("type"), node_str(a, type));
		if (str_cut(&one, S(" "), &word))
			node_set(a, map, str_is(type, "w") ? S("month") : S("date"), node_str(a, word));
		while (one.n && str_cut(&one, S(" "), &word)) {
			int64_t n;

			str_cut(&word, S("="), &key);
			if (str_is(word, "yes") || str_is(word, "no"))
				node_set(a, map, key, node_bool(a, str_is(word, "yes")));
			else if (str_int(word, &n))
				node_set(a, map, key, node_num(a, n));
			else
				node_set(a, map, key, node_str(a, word));
		}
		node_push(a, list, map);
	}
	return list;
}

/* duty: all but id and title; on: its year is the year in hand, but for "2022@2023-01-05"; allowed: decisions as JSON
 * without its brackets, NULL: none. */
static void judge_duty(struct world *w, const char *duty, const char *records, const char *on, const char *allowed,
	struct scheme *scheme, struct duty_state *out)
{
	struct facts *facts = ARENA_NEW(&w->a, struct facts);
	struct str text = arena_printf(&w->a, "%s  - {id: D1, title: T, %s}\n", w->head, duty), day = str_c(on), year;
	struct node *list;
	struct date d;
	int64_t y;

	if (scheme_read(&w->a, text, scheme, &w->err) != OK)
		FLUNK("%s: %s", duty, w->err.text);
	if (!str_has(day, S("@")) || !str_cut(&day, S("@"), &year))
		year = str_sub(day, 0, 4);
	if (!str_int(year, &y) || !date_parse(day, &d))
		FLUNK("no day '%s'", on);
	if (kit_facts(&w->a, scheme, &w->org, (int)y, records_of(&w->a, records), facts, &w->err) != OK)
		FLUNK("%s: %s", duty, w->err.text);
	if (allowed) {
		if (json_read(&w->a, arena_printf(&w->a, "[%s]", allowed), (struct json_opt){0}, &list, &w->err) != OK)
			FLUNK("%s: %s", allowed, w->err.text);
		kit_allowed(&w->a, list, facts);
	}
	duty_on(facts, &scheme->duties[0], d, kit_figures(w->steps), out);
}

#endif
