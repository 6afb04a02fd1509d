/* Which styles a DOCX has: names and outline levels. */
#include "doc/docx_read.h"

#include "pack/xml.h"

#include <stdlib.h>

enum { CHAIN = 20 }; /* styles that one may be based on, each on the next */

struct reading {
	struct docx_styles_read *out;
	struct docx_style *style; /* being read */
	int depth, at; /* at: depth of its element */
};

static struct str kept(struct reading *r, const char *value)
{
	return arena_str(r->out->arena, str_c(value));
}

static enum err_code on_start(void *ctx, const char *name, const char **attrs, struct err *err)
{
	struct reading *r = ctx;
	const char *val = xml_attr(attrs, "val");

	r->depth++;
	if (r->depth == 2 && !strcmp(name, "style")) {
		if (r->out->n >= DOCX_STYLES)
			return fail(err, ERR_LIMIT, N_("more than %d styles"), DOCX_STYLES);
		r->style = ARENA_PUSH(r->out->arena, r->out->p, r->out->n, r->out->cap);
		r->style->id = kept(r, xml_attr(attrs, "styleId"));
		r->at = r->depth;
	}
	if (!r->style || !val)
		return OK;
	if (r->depth == r->at + 1 && !strcmp(name, "name"))
		r->style->name = kept(r, val);
	else if (r->depth == r->at + 1 && !strcmp(name, "basedOn"))
		r->style->based = kept(r, val);
	else if (r->depth == r->at + 2 && !strcmp(name, "outlineLvl") && val[0] >= '0' && val[0] <= '8' && !val[1])
		r->style->outline = val[0] - '0' + 1;
	return OK;
}

static enum err_code on_end(void *ctx, const char *name, struct err *err)
{
	struct reading *r = ctx;

	if (r->style && r->depth == r->at)
		r->style = NULL;
	r->depth--;
	return OK;
}

enum err_code docx_read_styles(struct unzip *z, struct str part, struct docx_styles_read *out, struct err *err)
{
	static const struct xml_on on = {.start = on_start, .end = on_end};
	struct reading r = {.out = out};

	return xml_member(z, part, &on, &r, err);
}

static const struct docx_style *find(const struct docx_styles_read *s, struct str id)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->p[i].id, id))
			return &s->p[i];
	return NULL;
}

const struct docx_style *docx_style_of(const struct docx_styles_read *s, struct str id, int *outline)
{
	const struct docx_style *first = id.n ? find(s, id) : NULL, *at = first;

	*outline = 0;
	for (int i = 0; at && i < CHAIN && !*outline; i++) {
		*outline = at->outline;
		at = at->based.n ? find(s, at->based) : NULL;
	}
	return first;
}
