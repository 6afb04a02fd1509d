/* Owners of duties: of a scheme. */
#include "office/duty.h"

bool text_after(struct str s, const char *prefix, struct str *rest)
{
	size_t n = strlen(prefix);

	if (s.n <= n || memcmp(s.p, prefix, n) != 0)
		return false;
	*rest = str_trim(str_sub(s, n, s.n));
	return rest->n > 0;
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
		return node_fail(at, err,
			"no owner '" STR_FMT "': post:NAME, each post:ROLE, each unit:KIND, field:FIELD, "
			"office, everyone or a name under roles:",
			STR_ARG(text));
	}
	return OK;
}

/* each post: goes by portfolios only; field: needs a record that has the field. */
enum err_code owner_check(const struct need *n, const struct node *at, struct err *err)
{
	const struct field *field;

	for (size_t i = 0; n->owner.kind == OWNER_EACH_POST && i < n->neach; i++)
		if (n->each[i].kind != EACH_PORTFOLIO)
			return node_fail(at, err,
				"each post of a role goes together with 'for_each: portfolio' only: here the objects "
				"do not say whose they are");
	if (n->owner.kind != OWNER_FIELD)
		return OK;
	if (n->form == NEED_WHEN && !n->neach)
		return field_of(n->then.of, n->owner.name, at, &field, err);
	for (size_t i = 0; i < n->neach; i++) {
		if (n->each[i].kind != EACH_RECORDS)
			return node_fail(at, err, "there is no record here whose field could be the owner");
		TRY(field_of(n->each[i].set.of, n->owner.name, at, &field, err));
	}
	return n->neach ? OK : node_fail(at, err, "there is no record here whose field could be the owner");
}
