#include "who/who.h"

#include "base/utf8.h"
#include "text/json.h"
#include "who/org.h"

#include <strings.h>

/* ---- reading a file ---- */

static bool named(const char *path, const char *ending)
{
	size_t n = strlen(path), e = strlen(ending);

	return n > e && !strcasecmp(path + n - e, ending);
}

static enum err_code read_file(struct arena *a, const char *path, struct org *org, struct org_source *src,
	struct err *err)
{
	if (named(path, ".json"))
		return org_json(a, path, org, src, err);
	if (named(path, ".xlsx"))
		return org_xlsx(a, path, org, src, err);
	return fail(err, ERR_INPUT, "%s: an organisation is a file .json or .xlsx", path);
}

enum err_code org_read(struct arena *a, const char *path, int year, struct org *out, struct err *err)
{
	struct org org = {0};
	struct org_source src = {0};

	TRY(read_file(a, path, &org, &src, err));
	if (!org.office.year)
		org.office.year = year;
	if (org_check(a, &org, &src, err) != OK)
		return err_at(err, "%s", path);
	*out = org;
	return OK;
}

/* ---- lookups ---- */

/* What a name means: first the codes, then the full names, then the short ones. */
struct meaning {
	void *at;
	int rank;
	bool many;      /* two things of this rank are called so */
};

struct org_index {
	struct map unit_codes, unit_names;      /* code to thing; squeezed name to struct meaning */
	struct map post_codes, post_names;
};

static void name_add(struct map *m, struct str name, void *at, int rank)
{
	struct str key = utf8_squeeze(m->arena, name);
	struct meaning *known;
	void **place;

	if (!key.n)
		return;
	place = map_at(m, key);
	known = *place;
	if (!known) {
		known = *place = ARENA_NEW(m->arena, struct meaning);
		*known = (struct meaning){.at = at, .rank = rank};
	} else if (known->rank == rank && known->at != at) {
		known->many = true;
	}
}

static void code_add(struct map *m, struct str code, void *at)
{
	void **place = map_at(m, utf8_squeeze(m->arena, code));

	if (!*place)
		*place = at;
}

void org_index(struct arena *a, struct org *org)
{
	struct org_index *x = ARENA_NEW(a, struct org_index);

	x->unit_codes = x->unit_names = x->post_codes = x->post_names = (struct map)MAP_IN(a);
	for (size_t i = 0; i < org->nunits; i++)
		code_add(&x->unit_codes, org->units[i].code, &org->units[i]);
	for (size_t i = 0; i < org->nunits; i++)
		name_add(&x->unit_names, org->units[i].name, &org->units[i], 1);
	for (size_t i = 0; i < org->nunits; i++)
		name_add(&x->unit_names, org->units[i].short_name, &org->units[i], 2);
	for (size_t i = 0; i < org->nposts; i++)
		code_add(&x->post_codes, org->posts[i].code, &org->posts[i]);
	for (size_t i = 0; i < org->nposts; i++)
		name_add(&x->post_names, org->posts[i].name, &org->posts[i], 1);
	org->index = x;
}

/* True when utf8_squeeze could change s: it holds a blank or begins a character of the blocks it folds. */
static bool to_squeeze(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == 0xC2 || c == 0xE3 || c == 0xEF)
			return true;
	}
	return false;
}

enum lookup { BY_CODE = 1, BY_NAME = 2 };

static void *look(const struct map *codes, const struct map *names, struct str word, int by, bool *many)
{
	const struct meaning *m;
	void *at = by & BY_CODE && word.n ? map_get(codes, word) : NULL;

	*many = false;
	if (at || !(by & BY_NAME) || !word.n)
		return at;
	m = map_get(names, word);
	*many = m && m->many;
	return m && !m->many ? m->at : NULL;
}

static void *find(const struct org *org, enum org_list list, struct str word, int by, bool *many)
{
	struct arena tmp CLEANUP(arena_free) = ARENA_INIT;
	struct org here = *org;

	if (!here.index)
		org_index(&tmp, &here);
	if (to_squeeze(word))
		word = utf8_squeeze(&tmp, word);
	if (list == ORG_UNITS)
		return look(&here.index->unit_codes, &here.index->unit_names, word, by, many);
	return look(&here.index->post_codes, &here.index->post_names, word, by, many);
}

const struct unit *org_unit(const struct org *org, struct str name)
{
	bool many;

	return find(org, ORG_UNITS, name, BY_CODE | BY_NAME, &many);
}

const struct post *org_post(const struct org *org, struct str name)
{
	bool many;

	return find(org, ORG_POSTS, name, BY_CODE | BY_NAME, &many);
}

const struct unit *org_owner_unit(const struct org *org, struct str owner)
{
	const struct post *p = org_post(org, owner);
	const struct unit *u = org_unit(org, p ? p->unit : owner);

	for (size_t i = 0; !u && i < org->nbodies; i++)
		if (str_eq(org->bodies[i].name, owner) || str_eq(org->bodies[i].code, owner))
			u = org_unit(org, org->bodies[i].unit);
	return u;
}

struct unit *org_unit_code(const struct org *org, struct str code)
{
	bool many;

	return find(org, ORG_UNITS, code, BY_CODE, &many);
}

struct post *org_post_code(const struct org *org, struct str code)
{
	bool many;

	return find(org, ORG_POSTS, code, BY_CODE, &many);
}

bool org_unit_many(const struct org *org, struct str name)
{
	bool many;

	find(org, ORG_UNITS, name, BY_CODE | BY_NAME, &many);
	return many;
}

bool org_post_many(const struct org *org, struct str name)
{
	bool many;

	find(org, ORG_POSTS, name, BY_CODE | BY_NAME, &many);
	return many;
}
