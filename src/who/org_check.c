#include "base/utf8.h"
#include "who/org.h"

enum { CODE_BYTES = 64, NAME_CHARS = 200, MEMBERS = 500 };

struct checking {
	struct arena *a;
	struct org *org;
	const struct org_source *src;
	struct err *err;
};

static const char *const list_keys[ORG_LISTS] = {"units", "posts", "holders", "portfolios", "bodies"};

/* Puts the place of a thing before the error. */
static enum err_code at(struct checking *c, enum org_list list, size_t i)
{
	struct str sheet = c->src->lists[list].sheet;
	const int *rows = c->src->lists[list].rows;
	int row = rows ? rows[i] : 0;

	if (sheet.n)
		return err_at(c->err, "sheet " STR_FMT ", row %d", STR_ARG(sheet), row);
	if (row)
		return err_at(c->err, "line %d, %s[%zu]", row, list_keys[list], i);
	return err_at(c->err, "%s[%zu]", list_keys[list], i);
}

/* ---- one form for codes and names ---- */

/* Without blanks at the ends and line breaks within; a person's name in Chinese characters also without the
 * blanks that pad it to a width (李　二). */
static struct str tidy_name(struct arena *a, struct str s, bool person)
{
	struct str t = str_trim(s), out;
	bool latin = false, breaks = false;
	char *p;

	for (size_t i = 0; i < t.n; i++) {
		latin |= (t.p[i] | 0x20) >= 'a' && (t.p[i] | 0x20) <= 'z';
		breaks |= (unsigned char)t.p[i] < ' ';
	}
	if (person && !latin)
		return utf8_squeeze(a, t);
	if (!breaks)
		return t;
	p = arena_alloc(a, t.n + 1);
	out = (struct str){p, 0};
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.p[i] >= ' ')
			p[out.n++] = t.p[i];
	return out;
}

static void tidy(struct arena *a, struct org *org)
{
	for (size_t i = 0; i < org->nunits; i++) {
		org->units[i].code = utf8_squeeze(a, org->units[i].code);
		org->units[i].name = tidy_name(a, org->units[i].name, false);
		org->units[i].short_name = tidy_name(a, org->units[i].short_name, false);
		org->units[i].parent = str_trim(org->units[i].parent);
		org->units[i].kind = str_trim(org->units[i].kind);
	}
	for (size_t i = 0; i < org->nposts; i++) {
		org->posts[i].code = utf8_squeeze(a, org->posts[i].code);
		org->posts[i].name = tidy_name(a, org->posts[i].name, false);
		org->posts[i].role = str_trim(org->posts[i].role);
	}
	for (size_t i = 0; i < org->nholders; i++)
		org->holders[i].name = tidy_name(a, org->holders[i].name, true);
	for (size_t i = 0; i < org->nportfolios; i++)
		org->portfolios[i].unit = tidy_name(a, org->portfolios[i].unit, false);
	for (size_t i = 0; i < org->nbodies; i++) {
		org->bodies[i].code = utf8_squeeze(a, org->bodies[i].code);
		org->bodies[i].name = tidy_name(a, org->bodies[i].name, false);
	}
	org->office.name = tidy_name(a, org->office.name, false);
	org->office.short_name = tidy_name(a, org->office.short_name, false);
}

/* ---- words, codes, references ---- */

static enum err_code names(struct checking *c, enum org_list list, size_t i, struct str code, struct str name)
{
	if (!code.n)
		fail(c->err, ERR_REQUIRED, "no code");
	else if (code.n > CODE_BYTES)
		fail(c->err, ERR_LIMIT, "code '" STR_FMT "' is longer than %d bytes", STR_ARG(code),
			(int)CODE_BYTES);
	else if (!name.n)
		fail(c->err, ERR_REQUIRED, "'" STR_FMT "' has no name", STR_ARG(code));
	else if (utf8_count(name) > NAME_CHARS)
		fail(c->err, ERR_LIMIT, "the name of '" STR_FMT "' is longer than %d characters",
			STR_ARG(code), (int)NAME_CHARS);
	else
		return OK;
	return at(c, list, i);
}

/* Every code once; codes holds the place of the first, plus 1. */
static enum err_code once(
	struct checking *c, struct map *codes, enum org_list list, size_t i, struct str code)
{
	void **place = map_at(codes, code);
	const int *rows = c->src->lists[list].rows;
	size_t first = (size_t)(uintptr_t)*place;

	if (!first) {
		*place = (void *)(uintptr_t)(i + 1);
		return OK;
	}
	if (c->src->lists[list].sheet.n)
		fail(c->err, ERR_INPUT, "code '" STR_FMT "' stands twice, first in row %d", STR_ARG(code),
			rows[first - 1]);
	else
		fail(c->err, ERR_INPUT, "code '" STR_FMT "' stands twice, first in line %d", STR_ARG(code),
			rows[first - 1]);
	return at(c, list, i);
}

static enum err_code unit_ref(struct checking *c, enum org_list list, size_t i, struct str *ref)
{
	const struct unit *u = org_unit(c->org, *ref);

	if (u) {
		*ref = u->code;
		return OK;
	}
	if (!ref->n)
		fail(c->err, ERR_REQUIRED, "no unit is named");
	else
		org_no_unit(c->org, *ref, ERR_INPUT, c->err);
	return at(c, list, i);
}

static enum err_code post_ref(struct checking *c, enum org_list list, size_t i, struct str *ref)
{
	const struct post *p = org_post(c->org, *ref);

	if (p) {
		*ref = p->code;
		return OK;
	}
	if (!ref->n)
		fail(c->err, ERR_REQUIRED, "no post is named");
	else
		org_no_post(c->org, *ref, ERR_INPUT, c->err);
	return at(c, list, i);
}

/* ---- the lists ---- */

/* Walks up from each unit, marking the way; meeting the way in hand again is a circle. */
static enum err_code circle(struct checking *c)
{
	const struct org *org = c->org;
	size_t *mark = ARENA_ARRAY(c->a, size_t, org->nunits);

	for (size_t i = 0; i < org->nunits; i++) {
		const struct unit *u = &org->units[i];

		while (u && !mark[u - org->units]) {
			mark[u - org->units] = i + 1;
			u = u->parent.n ? org_unit_code(org, u->parent) : NULL;
		}
		if (u && mark[u - org->units] == i + 1) {
			fail(c->err, ERR_INPUT, "the parents of unit '" STR_FMT "' go round in a circle",
				STR_ARG(u->code));
			return at(c, ORG_UNITS, (size_t)(u - org->units));
		}
	}
	return OK;
}

static enum err_code units(struct checking *c)
{
	struct org *org = c->org;
	struct map codes = MAP_IN(c->a);

	for (size_t i = 0; i < org->nunits; i++) {
		TRY(names(c, ORG_UNITS, i, org->units[i].code, org->units[i].name));
		TRY(once(c, &codes, ORG_UNITS, i, org->units[i].code));
	}
	for (size_t i = 0; i < org->nunits; i++)
		if (org->units[i].parent.n)
			TRY(unit_ref(c, ORG_UNITS, i, &org->units[i].parent));
	return circle(c);
}

static enum err_code posts(struct checking *c)
{
	struct org *org = c->org;
	struct map codes = MAP_IN(c->a);

	for (size_t i = 0; i < org->nposts; i++) {
		TRY(names(c, ORG_POSTS, i, org->posts[i].code, org->posts[i].name));
		TRY(once(c, &codes, ORG_POSTS, i, org->posts[i].code));
		TRY(unit_ref(c, ORG_POSTS, i, &org->posts[i].unit));
	}
	return OK;
}

static enum err_code in_order(
	struct checking *c, enum org_list list, size_t i, struct date from, struct date to)
{
	char a[DATE_TEXT], b[DATE_TEXT];

	if (!date_is(from) || !date_is(to) || !date_lt(to, from))
		return OK;
	fail(c->err, ERR_INPUT, "the last day, %s, lies before the first, %s", date_text(to, a).p,
		date_text(from, b).p);
	return at(c, list, i);
}

static enum err_code clash(struct checking *c, enum org_list list, const struct term *a, const struct term *b)
{
	char day[DATE_TEXT];

	date_text(date_is(b->from) ? b->from : a->from, day);
	if (list == ORG_HOLDERS)
		fail(c->err, ERR_INPUT, "post '" STR_FMT "' has two holders on %s: " STR_FMT " and " STR_FMT,
			STR_ARG(b->post), day, STR_ARG(a->name), STR_ARG(b->name));
	else
		fail(c->err, ERR_INPUT,
			"unit '" STR_FMT "' stands twice in the portfolio of post '" STR_FMT "'",
			STR_ARG(b->unit), STR_ARG(b->post));
	return at(c, list, b->at);
}

/* No two spans of one holder's post, or of one post and unit, share a day. */
static enum err_code apart(struct checking *c, enum org_list list)
{
	size_t n;
	struct term *terms = org_terms(c->a, c->org, list, &n);

	if (n)
		qsort(terms, n, sizeof *terms, term_cmp);
	for (size_t i = 1; i < n; i++)
		if (term_same_key(&terms[i - 1], &terms[i]) && term_meet(&terms[i - 1], &terms[i]))
			return clash(c, list, &terms[i - 1], &terms[i]);
	return OK;
}

static enum err_code holders(struct checking *c)
{
	for (size_t i = 0; i < c->org->nholders; i++) {
		struct holder *h = &c->org->holders[i];

		TRY(post_ref(c, ORG_HOLDERS, i, &h->post));
		if (!h->name.n || utf8_count(h->name) > NAME_CHARS) {
			fail(c->err, ERR_REQUIRED,
				"the holder of post '" STR_FMT "' needs a name of at most %d characters",
				STR_ARG(h->post), (int)NAME_CHARS);
			return at(c, ORG_HOLDERS, i);
		}
		if (!date_is(h->from)) {
			fail(c->err, ERR_REQUIRED,
				"holder '" STR_FMT "' of post '" STR_FMT "' has no first day",
				STR_ARG(h->name), STR_ARG(h->post));
			return at(c, ORG_HOLDERS, i);
		}
		TRY(in_order(c, ORG_HOLDERS, i, h->from, h->to));
	}
	return apart(c, ORG_HOLDERS);
}

static enum err_code portfolios(struct checking *c)
{
	for (size_t i = 0; i < c->org->nportfolios; i++) {
		struct portfolio *p = &c->org->portfolios[i];
		struct str unit = p->unit;

		TRY(post_ref(c, ORG_PORTFOLIOS, i, &p->post));
		TRY(unit_ref(c, ORG_PORTFOLIOS, i, &unit));
		TRY(in_order(c, ORG_PORTFOLIOS, i, p->from, p->to));
	}
	return apart(c, ORG_PORTFOLIOS);
}

static enum err_code members(struct checking *c, size_t i)
{
	struct body *b = &c->org->bodies[i];
	struct map seen = MAP_IN(c->a);

	if (b->nmembers > MEMBERS) {
		fail(c->err, ERR_LIMIT, "body '" STR_FMT "' has %zu members, at most %d are read",
			STR_ARG(b->code), b->nmembers, (int)MEMBERS);
		return at(c, ORG_BODIES, i);
	}
	for (size_t k = 0; k < b->nmembers; k++) {
		TRY(post_ref(c, ORG_BODIES, i, &b->members[k]));
		if (map_get(&seen, b->members[k])) {
			fail(c->err, ERR_INPUT,
				"post '" STR_FMT "' stands twice among the members of '" STR_FMT "'",
				STR_ARG(b->members[k]), STR_ARG(b->code));
			return at(c, ORG_BODIES, i);
		}
		map_set(&seen, b->members[k], b);
	}
	return OK;
}

static enum err_code bodies(struct checking *c)
{
	struct org *org = c->org;
	struct map codes = MAP_IN(c->a);

	for (size_t i = 0; i < org->nbodies; i++) {
		TRY(names(c, ORG_BODIES, i, org->bodies[i].code, org->bodies[i].name));
		TRY(once(c, &codes, ORG_BODIES, i, org->bodies[i].code));
		if (!org->bodies[i].unit.n)
			org->bodies[i].unit = org->office.code;
		TRY(unit_ref(c, ORG_BODIES, i, &org->bodies[i].unit));
		TRY(members(c, i));
	}
	return OK;
}

static enum err_code office(struct checking *c)
{
	struct office *o = &c->org->office;
	const struct unit *u = org_unit(c->org, o->code);

	if (!u)
		return fail(c->err, ERR_INPUT,
			"the office is to be unit '" STR_FMT "', which is not among the units",
			STR_ARG(o->code));
	o->code = u->code;
	if (!o->name.n)
		o->name = u->name;
	if (!o->short_name.n)
		o->short_name = u->short_name.n ? u->short_name : u->name;
	if (!o->year)
		return fail(c->err, ERR_REQUIRED, "no year: the file names none, so it must be given");
	if (o->year < 1900 || o->year > 2199)
		return fail(c->err, ERR_INPUT, "the year %d does not lie between 1900 and 2199", o->year);
	return OK;
}

enum err_code org_check(struct arena *a, struct org *org, const struct org_source *src, struct err *err)
{
	struct checking c = {.a = a, .org = org, .src = src, .err = err};

	if (!org->office.settings)
		org->office.settings = node_map(a);
	tidy(a, org);
	org_index(a, org);
	TRY(units(&c));
	TRY(office(&c));
	TRY(posts(&c));
	TRY(holders(&c));
	TRY(portfolios(&c));
	return bodies(&c);
}
