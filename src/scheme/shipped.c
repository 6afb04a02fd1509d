#include "scheme/shipped.h"

#include "text/bind.h"

bool shipped_find(struct str name, struct str *text)
{
	for (const struct shipped *s = shipped_schemes; s->name; s++)
		if (str_is(name, s->name)) {
			*text = (struct str){(const char *)s->text, s->n};
			return true;
		}
	return false;
}

enum err_code shipped_text(struct str name, struct str *text, struct err *err)
{
	const char *near;
	size_t n = 0;

	if (shipped_find(name, text))
		return OK;
	while (shipped_schemes[n].name)
		n++;
	near = nearest_name(name, &shipped_schemes[0].name, n, sizeof *shipped_schemes);
	if (near)
		return fail(err, ERR_NOT_FOUND, "no shipped scheme '" STR_FMT "'; did you mean '%s'?", STR_ARG(name),
			near);
	return fail(err, ERR_NOT_FOUND, "no shipped scheme '" STR_FMT "'; zeren scheme list shows them",
		STR_ARG(name));
}
