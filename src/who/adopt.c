#include "base/utf8.h"
#include "text/json.h"
#include "who/access.h"
#include "who/org.h"

void data_text(struct arena *a, struct node *data, struct str key, struct str value)
{
	if (value.n)
		node_set(a, data, key, node_str(a, value));
}

void data_date(struct arena *a, struct node *data, struct str key, struct date value)
{
	char text[DATE_TEXT];

	if (date_is(value))
		node_set(a, data, key, node_str(a, arena_str(a, date_text(value, text))));
}

/* Sets the field where it differs, also to nothing. */
static void differ(struct arena *a, struct node *data, struct str key, struct str now, struct str want)
{
	if (!str_eq(utf8_squeeze(a, now), utf8_squeeze(a, want)))
		node_set(a, data, key, node_str(a, want));
}

struct adopting {
	struct tx *tx;
	struct arena *a;
	const struct org *have, *want;
	struct org_change *count;
	struct err *err;
};

/* An event where data says that something changed. */
static enum err_code change(struct adopting *ad, const char *kind, struct id id, struct node *data)
{
	if (!data->n) {
		ad->count->same++;
		return OK;
	}
	ad->count->changed++;
	return tx_event(ad->tx, kind, id, data, NULL, ad->err);
}

static enum err_code one_unit(struct adopting *ad, const struct unit *u)
{
	const struct unit *now = org_unit_code(ad->have, u->code);
	struct node *data = node_map(ad->a);

	if (now) {
		differ(ad->a, data, S("name"), now->name, u->name);
		differ(ad->a, data, S("short"), now->short_name, u->short_name);
		differ(ad->a, data, S("parent"), now->parent, u->parent);
		differ(ad->a, data, S("kind"), now->kind, u->kind);
		return change(ad, "unit.change", now->id, data);
	}
	data_text(ad->a, data, S("code"), u->code);
	data_text(ad->a, data, S("name"), u->name);
	data_text(ad->a, data, S("short"), u->short_name);
	data_text(ad->a, data, S("parent"), u->parent);
	data_text(ad->a, data, S("kind"), u->kind);
	ad->count->added++;
	return tx_event(ad->tx, "unit.add", ID_NONE, data, NULL, ad->err);
}

/* In the order of the file, but parents before what stands below them: so no circle arises on the way. */
static enum err_code units(struct adopting *ad)
{
	const struct org *want = ad->want;
	bool *done = ARENA_ARRAY(ad->a, bool, want->nunits);
	const struct unit **way = ARENA_ARRAY(ad->a, const struct unit *, want->nunits);

	for (size_t i = 0; i < want->nunits; i++) {
		const struct unit *u = &want->units[i];
		size_t n = 0;

		while (u && !done[u - want->units]) {
			done[u - want->units] = true;
			way[n++] = u;
			u = u->parent.n ? org_unit_code(want, u->parent) : NULL;
		}
		while (n)
			TRY(one_unit(ad, way[--n]));
	}
	return OK;
}

static enum err_code posts(struct adopting *ad)
{
	for (size_t i = 0; i < ad->want->nposts; i++) {
		const struct post *p = &ad->want->posts[i], *now = org_post_code(ad->have, p->code);
		struct node *data = node_map(ad->a);

		if (now) {
			differ(ad->a, data, S("name"), now->name, p->name);
			differ(ad->a, data, S("unit"), now->unit, p->unit);
			differ(ad->a, data, S("role"), now->role, p->role);
			TRY(change(ad, "post.change", now->id, data));
			continue;
		}
		data_text(ad->a, data, S("code"), p->code);
		data_text(ad->a, data, S("name"), p->name);
		data_text(ad->a, data, S("unit"), p->unit);
		data_text(ad->a, data, S("role"), p->role);
		ad->count->added++;
		TRY(tx_event(ad->tx, "post.add", ID_NONE, data, NULL, ad->err));
	}
	return OK;
}

static struct node *members_of(struct arena *a, const struct body *b)
{
	struct node *list = node_list(a);

	for (size_t i = 0; i < b->nmembers; i++)
		node_push(a, list, node_str(a, b->members[i]));
	return list;
}

static bool same_members(const struct body *a, const struct body *b)
{
	if (a->nmembers != b->nmembers)
		return false;
	for (size_t i = 0; i < a->nmembers; i++)
		if (!str_eq(a->members[i], b->members[i]))
			return false;
	return true;
}

static enum err_code bodies(struct adopting *ad)
{
	struct map known = MAP_IN(ad->a);

	for (size_t i = 0; i < ad->have->nbodies; i++)
		map_set(&known, ad->have->bodies[i].code, &ad->have->bodies[i]);
	for (size_t i = 0; i < ad->want->nbodies; i++) {
		const struct body *b = &ad->want->bodies[i], *now = map_get(&known, b->code);
		struct node *data = node_map(ad->a);

		if (now) {
			differ(ad->a, data, S("name"), now->name, b->name);
			differ(ad->a, data, S("unit"), now->unit, b->unit);
			if (!same_members(now, b))
				node_set(ad->a, data, S("members"), members_of(ad->a, b));
			TRY(change(ad, "body.change", now->id, data));
			continue;
		}
		data_text(ad->a, data, S("code"), b->code);
		data_text(ad->a, data, S("name"), b->name);
		data_text(ad->a, data, S("unit"), b->unit);
		node_set(ad->a, data, S("members"), members_of(ad->a, b));
		ad->count->added++;
		TRY(tx_event(ad->tx, "body.add", ID_NONE, data, NULL, ad->err));
	}
	return OK;
}

/* ---- the office ---- */

/* Settings of the file over those in force: what the file doesn't name stays. */
static struct node *merge(struct arena *a, const struct node *now, const struct node *want)
{
	struct node *out = node_map(a);

	for (size_t i = 0; want && i < want->n; i++)
		node_set(a, out, want->keys[i]->text, want->items[i]);
	for (size_t i = 0; now && i < now->n; i++)
		if (!node_get(out, now->keys[i]->text))
			node_set(a, out, now->keys[i]->text, now->items[i]);
	return out;
}

static enum err_code same_json(const struct node *x, const struct node *y, bool *same, struct err *err)
{
	struct buf a CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES), b CLEANUP(buf_free) = BUF_MAX(EVENT_BYTES);

	TRY(json_canon(&a, x, err));
	TRY(json_canon(&b, y, err));
	*same = str_eq(buf_str(&a), buf_str(&b));
	return OK;
}

static enum err_code office(struct adopting *ad)
{
	const struct office *now = &ad->have->office, *want = &ad->want->office;
	struct node *settings = merge(ad->a, now->settings, want->settings), *data = node_map(ad->a);
	bool same = false;

	differ(ad->a, data, S("code"), now->code, want->code);
	differ(ad->a, data, S("name"), now->name, want->name);
	differ(ad->a, data, S("short"), now->short_name, want->short_name);
	if (same_json(now->settings ? now->settings : node_map(ad->a), settings, &same, ad->err) != OK)
		return err_at(ad->err, "settings of the office");
	if (id_is(now->id) && same && !data->n && now->year == want->year) {
		ad->count->same++;
		return OK;
	}
	if (id_is(now->id))
		ad->count->changed++;
	else
		ad->count->added++;
	data = node_map(ad->a);
	data_text(ad->a, data, S("code"), want->code);
	data_text(ad->a, data, S("name"), want->name);
	data_text(ad->a, data, S("short"), want->short_name);
	node_set(ad->a, data, S("year"), node_num(ad->a, want->year));
	node_set(ad->a, data, S("settings"), settings);
	return tx_event(ad->tx, "office.set", ID_NONE, data, NULL, ad->err);
}

/* ---- what the file no longer names ---- */

static int gone(struct adopting *ad)
{
	struct map named = MAP_IN(ad->a);
	int n = 0;

	for (size_t i = 0; i < ad->have->nunits; i++)
		n += !org_unit_code(ad->want, ad->have->units[i].code);
	for (size_t i = 0; i < ad->have->nposts; i++)
		n += !org_post_code(ad->want, ad->have->posts[i].code);
	for (size_t i = 0; i < ad->want->nbodies; i++)
		map_set(&named, ad->want->bodies[i].code, &ad->want->bodies[i]);
	for (size_t i = 0; i < ad->have->nbodies; i++)
		n += !map_get(&named, ad->have->bodies[i].code);
	return n;
}

enum err_code org_adopt(struct tx *tx, const struct org *org, struct org_change *out, struct err *err)
{
	struct org have, want = *org;
	struct org_change count = {0};
	struct adopting ad = {
		.tx = tx, .a = tx->arena, .have = &have, .want = &want, .count = &count, .err = err};

	TRY(access_office(tx, ACT_ORG_EDIT, err));
	if (!want.index)
		org_index(tx->arena, &want);
	TRY(org_load(tx->db, tx->arena, DATE_NONE, &have, err));
	TRY(units(&ad));
	TRY(posts(&ad));
	TRY(org_adopt_terms(tx, ORG_HOLDERS, &have, &want, &count, err));
	TRY(org_adopt_terms(tx, ORG_PORTFOLIOS, &have, &want, &count, err));
	TRY(bodies(&ad));
	TRY(office(&ad));
	count.gone += gone(&ad);
	*out = count;
	return OK;
}
