/* The organisation as of a day: units in their tree, posts, who holds them, portfolios, bodies, settings. */
#include "web/org_view.h"

#include "web/duty_view.h"
#include "web/pages.h"

enum { DEEP = 5, SETTING_BYTES = 4000 };

bool org_sees(const struct call *c, struct str unit)
{
	return call_may(c, ACT_VIEW) || may_code(c->access, ACT_VIEW, unit);
}

bool org_on(const struct call *c, struct date from, struct date to)
{
	return (!date_is(from) || from.n <= c->on.n) && (!date_is(to) || to.n >= c->on.n);
}

struct org_link unit_link(struct call *c, const struct unit *u)
{
	return (struct org_link){u->short_name.n ? u->short_name : u->name,
		call_url(c, url_add(c->arena, url_path("/org/units"), u->code))};
}

struct org_link post_link(struct call *c, const struct post *p)
{
	return (struct org_link){p->name, call_url(c, url_add(c->arena, url_path("/org/posts"), p->code))};
}

/* ---- lines ---- */

struct org_post_line org_post_line(struct call *c, const struct post *p)
{
	const struct org *org = &c->world->org;
	struct org_post_line line = {.code = p->code, .name = p->name, .role = p->role, .since = DATE_NONE,
		.url = post_link(c, p).url};

	for (size_t i = 0; i < org->nholders; i++) {
		const struct holder *h = &org->holders[i];

		if (!str_eq(h->post, p->code) || !org_on(c, h->from, h->to))
			continue;
		line.holder = h->name;
		line.since = h->from;
	}
	for (size_t i = 0; i < org->nportfolios; i++) {
		const struct portfolio *f = &org->portfolios[i];
		const struct unit *u = org_unit(org, f->unit);

		if (str_eq(f->post, p->code) && org_on(c, f->from, f->to))
			*ARENA_PUSH(c->arena, line.portfolio.p, line.portfolio.n, line.portfolio.cap) =
				(struct org_span){.id = f->id.seq, .name = u ? unit_link(c, u).text : f->unit,
					.url = u ? unit_link(c, u).url : url_path("/org"),
					.from = f->from, .to = f->to};
	}
	return line;
}

struct org_unit_line org_unit_line(struct call *c, const struct unit *u)
{
	const struct org *org = &c->world->org;
	struct org_unit_line line = {.code = u->code, .name = u->name, .short_name = u->short_name, .kind = u->kind,
		.url = unit_link(c, u).url};

	if (str_eq(line.short_name, line.name))
		line.short_name = STR_NONE;
	for (size_t i = 0; i < org->nposts; i++)
		if (str_eq(org->posts[i].unit, u->code))
			*ARENA_PUSH(c->arena, line.rows.p, line.rows.n, line.rows.cap) =
				org_post_line(c, &org->posts[i]);
	line.posts = (int64_t)line.rows.n;
	return line;
}

/* ---- the tree ---- */

/* Units below a code, each followed by its own; what he may not see does not deepen the tree. */
static void put_below(struct call *c, struct org_view *v, struct str above, int depth)
{
	static const char *const classes[] = {"d0", "d1", "d2", "d3", "d4", "d5"};
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nunits; i++) {
		const struct unit *u = &org->units[i];
		bool sees = org_sees(c, u->code);

		if (!str_eq(u->parent, above))
			continue;
		if (sees) {
			struct org_unit_line *line = ARENA_PUSH(c->arena, v->units.p, v->units.n, v->units.cap);

			*line = org_unit_line(c, u);
			line->depth = classes[MIN(depth, DEEP)];
			v->nposts += line->posts;
			for (size_t k = 0; k < line->rows.n; k++)
				v->vacant += !line->rows.p[k].holder.n;
		}
		put_below(c, v, u->code, depth + sees);
	}
}

static void put_bodies(struct call *c, struct org_view *v)
{
	const struct org *org = &c->world->org;

	for (size_t i = 0; i < org->nbodies; i++) {
		const struct body *b = &org->bodies[i];
		struct org_body_line *line;

		if (!org_sees(c, b->unit))
			continue;
		line = ARENA_PUSH(c->arena, v->bodies.p, v->bodies.n, v->bodies.cap);
		*line = (struct org_body_line){.name = b->name};
		for (size_t k = 0; k < b->nmembers; k++) {
			const struct post *p = org_post(org, b->members[k]);

			if (p && org_sees(c, p->unit))
				*ARENA_PUSH(c->arena, line->members.p, line->members.n, line->members.cap) =
					post_link(c, p);
		}
	}
}

/* ---- settings in words ---- */

static const struct {
	const char *key, *word;
} setting_words[] = {
	{"systems", N_("Responsibility systems")}, {"studyForms", N_("Forms of study")},
	{"publications", N_("Publications")}, {"calendar", N_("Calendar")},
	{"thursdayFrom", N_("Thursdays from")}, {"thursdayTo", N_("Thursdays until")}, {"exempt", N_("Days off")},
};

static const char *setting_word(struct str key)
{
	for (size_t i = 0; i < LEN(setting_words); i++)
		if (str_is(key, setting_words[i].key))
			return setting_words[i].word;
	return NULL;
}

/* A value as people write it: lists with 、 or commas, maps as "key: value", maps in a list by their values alone. */
static void say(const struct call *c, struct buf *b, const struct node *v, bool keys)
{
	bool zh = c->lang == LANG_ZH;

	switch (v->kind) {
	case NODE_TEXT:
		buf_put(b, v->text);
		break;
	case NODE_INT:
		buf_printf(b, "%lld", (long long)v->num);
		break;
	case NODE_BOOL:
		buf_put(b, str_c(tr(c->lang, v->yes ? N_("yes") : N_("no"))));
		break;
	case NODE_LIST:
	case NODE_MAP:
		for (size_t i = 0; i < v->n; i++) {
			bool deep = v->items[i]->kind == NODE_LIST || v->items[i]->kind == NODE_MAP;
			const char *word = v->kind == NODE_MAP ? setting_word(v->keys[i]->text) : NULL;

			if (v->items[i]->kind == NODE_BOOL && !keys)
				continue;
			if (i)
				buf_put(b, str_c(deep || (keys && v->kind == NODE_MAP) ? zh ? "；" : "; "
						: v->kind == NODE_LIST ? zh ? "、" : ", " : " "));
			if (v->kind == NODE_MAP && keys) {
				buf_put(b, word ? str_c(tr(c->lang, word)) : v->keys[i]->text);
				buf_put(b, str_c(zh ? "：" : ": "));
			}
			say(c, b, v->items[i], v->kind == NODE_MAP);
		}
		break;
	case NODE_NULL:
		break;
	}
}

static void put_settings(struct call *c, struct org_view *v)
{
	const struct node *all = c->world->org.office.settings;

	for (size_t i = 0; all && i < all->n; i++) {
		struct buf CLEANUP(buf_free) b = BUF_MAX(SETTING_BYTES);

		say(c, &b, all->items[i], true);
		*ARENA_PUSH(c->arena, v->settings.p, v->settings.n, v->settings.cap) =
			(struct org_setting){setting_word(all->keys[i]->text), all->keys[i]->text,
				arena_str(c->arena, buf_str(&b))};
	}
}

enum err_code org_page(struct call *c, struct err *err)
{
	struct org_view v = {.all = call_may(c, ACT_VIEW), .may = call_may(c, ACT_ORG_EDIT)};
	const struct office *office;

	TRY(call_world(c, err));
	office = &c->world->org.office;
	v.frame = call_frame(c, NAV_ORG, call_say(c, N_("Organisation")));
	v.office = office->name;
	v.office_short = office->short_name;
	v.year = office->year;
	put_below(c, &v, STR_NONE, 0);
	v.nunits = (int64_t)v.units.n;
	if (list_asked(c))
		return list_send(c, &(struct list_shown){LIST_UNITS, .rows = v.units.p, .n = v.units.n}, err);
	v.files = list_links(c);
	put_bodies(c, &v);
	if (v.all)
		put_settings(c, &v);
	page_org(page_begin(c), &v);
	return page_end(c, err);
}
