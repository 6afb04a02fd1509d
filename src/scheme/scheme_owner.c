/* Owners of duties: of a scheme. */
#include "scheme/scheme_need.h"

bool text_after(struct str s, const char *prefix, struct str *rest)
{
	size_t n = strlen(prefix);

	if (s.n <= n || memcmp(s.p, prefix, n) != 0)
		return false;
	*rest = str_trim(str_sub(s, n, s.n));
	return rest->n > 0;
}

/* The nearest owner rule or role to a text that is none. */
static const char *nearest_owner(const struct scheme *s, struct str text)
{
	const char *names[64] = {"office", "everyone", "each body"};
	size_t n = 3;

	for (size_t i = 0; s->roles && i < s->roles->n && n < LEN(names); i++)
		names[n++] = s->roles->keys[i]->text.p;
	if (str_starts(text, S("each ")) && !str_starts(text, S("each b")))
		return nearest_name(str_trim(str_sub(text, 5, text.n)), names + 3, n - 3, sizeof *names);
	return nearest_name(text, names, n, sizeof *names);
}

/* post:主任, each post:班子成员, each unit:责任单位, each <role of roles:>, field:owner, office, everyone */
enum err_code owner_read(
	const struct scheme *s, struct str text, const struct node *at, struct owner_rule *out, struct err *err)
{
	struct str rest;

	*out = (struct owner_rule){0};
	if (text_after(text, "post:", &out->name))
		out->kind = OWNER_POST;
	else if (text_after(text, "each post:", &out->name))
		out->kind = OWNER_EACH_POST;
	else if (text_after(text, "body:", &out->name))
		out->kind = OWNER_BODY;
	else if (str_is(text, "each body"))
		out->kind = OWNER_EACH_BODY;
	else if (text_after(text, "each unit:", &out->name))
		out->kind = OWNER_EACH_UNIT;
	else if (text_after(text, "field:", &out->name))
		out->kind = OWNER_FIELD;
	else if (str_is(text, "office"))
		out->kind = OWNER_OFFICE;
	else if (str_is(text, "everyone"))
		out->kind = OWNER_EVERYONE;
	else if (text_after(text, "each ", &rest) && s->roles && node_text(s->roles, rest).n) {
		out->kind = OWNER_EACH_POST;
		out->name = node_text(s->roles, rest);
	} else if (s->roles && node_text(s->roles, text).n) {
		out->kind = OWNER_EACH_POST;
		out->name = node_text(s->roles, text);
	} else {
		return no_word(at, nearest_owner(s, text), err,
			N_("no owner '" STR_FMT "': post:NAME, each post:ROLE, each unit:KIND, field:FIELD, body:NAME, "
			   "each body, office, everyone or a name under roles:"), STR_ARG(text));
	}
	return OK;
}

/* The field that names who owes it. */
static enum err_code owner_field(
	const struct record_type *of, struct str name, const struct node *at, struct err *err)
{
	const struct field *f;

	TRY(field_of(of, name, at, &f, err));
	if (f->type != TYPE_POST && f->type != TYPE_UNIT && f->type != TYPE_OBJECT && f->type != TYPE_TEXT)
		return node_fail(at, err,
		                 "field '" STR_FMT "' is of type %s; an owner is named in a post, unit, object or text",
		                 STR_ARG(name), field_type_name(f->type));
	return OK;
}

/* each post: goes by portfolios only; field: needs a record that has the field. */
enum err_code owner_check(const struct need *n, const struct node *at, struct err *err)
{
	for (size_t i = 0; n->owner.kind == OWNER_EACH_POST && i < n->neach; i++)
		if (n->each[i].kind != EACH_PORTFOLIO)
			return node_fail(at, err,
				"each post of a role goes together with 'for_each: portfolio' only: here the objects "
				"do not say whose they are");
	for (size_t i = 0; n->owner.kind == OWNER_EACH_BODY && i < n->neach; i++)
		if (n->each[i].kind != EACH_BODIES)
			return node_fail(at, err, "each body goes together with 'for_each: bodies' only: here the "
			                 "objects do not say whose they are");
	if (n->owner.kind != OWNER_FIELD)
		return OK;
	if (n->form == NEED_WHEN && !n->neach)
		return owner_field(n->then.of, n->owner.name, at, err);
	for (size_t i = 0; i < n->neach; i++) {
		if (n->each[i].kind != EACH_RECORDS)
			return node_fail(at, err, "there is no record here whose field could be the owner");
		TRY(owner_field(n->each[i].set.of, n->owner.name, at, err));
	}
	return n->neach ? OK : node_fail(at, err, "there is no record here whose field could be the owner");
}
