#include "pack/opc.h"

#include "base/file.h"
#include "pack/xml.h"

struct reading {
	struct arena *arena;
	struct str from;
	struct opc_rels rels;
	size_t cap;
};

static struct str dir_of(struct str part)
{
	return str_sub(part, 0, part.n - path_base(part).n);
}

struct str opc_resolve(struct arena *a, struct str from, struct str target)
{
	struct str rest = target.n && target.p[0] == '/' ? target
		: arena_printf(a, STR_FMT STR_FMT, STR_ARG(dir_of(from)), STR_ARG(target));
	char *out = arena_alloc(a, rest.n + 1);
	size_t n = 0;
	struct str step;

	while (str_cut(&rest, S("/"), &step)) {
		if (!step.n || str_is(step, "."))
			continue;
		if (str_is(step, "..")) {
			while (n > 0 && out[--n] != '/')
				;
			continue;
		}
		if (n > 0)
			out[n++] = '/';
		memcpy(out + n, step.p, step.n);
		n += step.n;
	}
	out[n] = 0;
	return (struct str){out, n};
}

static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct reading *r = ctx;
	const char *mode = xml_attr(attrs, "TargetMode");
	struct str target = str_c(xml_attr(attrs, "Target"));
	struct opc_rel *rel;

	if (strcmp(name, "Relationship"))
		return OK;
	if (r->rels.n == OPC_RELS)
		return fail(err, ERR_LIMIT, N_("more than %d relationships"), OPC_RELS);
	rel = ARENA_PUSH(r->arena, r->rels.items, r->rels.n, r->cap);
	rel->id = arena_str(r->arena, str_c(xml_attr(attrs, "Id")));
	rel->type = arena_str(r->arena, path_base(str_c(xml_attr(attrs, "Type"))));
	if (target.n && !(mode && !strcmp(mode, "External")))
		rel->part = opc_resolve(r->arena, r->from, target);
	return OK;
}

enum err_code opc_rels(struct arena *a, struct unzip *z, struct str part, struct opc_rels *out,
		struct err *err)
{
	static const struct xml_on on = {.start = on_start};
	struct reading r = {.arena = a, .from = part};
	struct str list = arena_printf(a, STR_FMT "_rels/" STR_FMT ".rels", STR_ARG(dir_of(part)),
		STR_ARG(path_base(part)));

	if (unzip_has(z, list))
		TRY(xml_member(z, list, &on, &r, err));
	*out = r.rels;
	return OK;
}

const struct opc_rel *opc_by_id(const struct opc_rels *rels, struct str id)
{
	for (size_t i = 0; i < rels->n; i++)
		if (str_eq(rels->items[i].id, id))
			return &rels->items[i];
	return NULL;
}

const struct opc_rel *opc_by_type(const struct opc_rels *rels, const char *type)
{
	for (size_t i = 0; i < rels->n; i++)
		if (str_is(rels->items[i].type, type))
			return &rels->items[i];
	return NULL;
}
