#include "pack/xml.h"

#include <expat.h>
#include <stdlib.h>

enum { BRIEF_BYTES = 40 };

struct xml {
	const struct xml_on *on;
	void *ctx;
	XML_Parser parser;
	struct err *err;        /* of the call under way */
	enum err_code code;     /* what ended the parse */
	bool theirs;            /* it was a handler */
	int depth;
	uint64_t fed;           /* bytes */
};

static inline const char *local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xml_attr(const char **attrs, const char *name)
{
	for (; *attrs; attrs += 2)
		if (!strcmp(local(attrs[0]), name))
			return attrs[1];
	return NULL;
}

struct str xml_brief(const char *text)
{
	struct str s = str_c(text);

	if (s.n <= BRIEF_BYTES)
		return s;
	for (s.n = BRIEF_BYTES; s.n > 0 && (s.p[s.n] & 0xC0) == 0x80; )
		s.n--;
	return s;
}

static void stop(struct xml *x, enum err_code code, bool theirs)
{
	x->code = code;
	x->theirs = theirs;
	XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **attrs)
{
	struct xml *x = ctx;
	enum err_code code;

	if (x->code != OK)
		return;
	if (++x->depth > XML_DEPTH) {
		stop(x, fail(x->err, ERR_LIMIT, N_("line %lu: more than %d elements inside each other"),
			XML_GetCurrentLineNumber(x->parser), XML_DEPTH), false);
		return;
	}
	code = x->on->start(x->ctx, local(name), attrs, x->err);
	if (code != OK)
		stop(x, code, true);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
	struct xml *x = ctx;
	enum err_code code;

	if (x->code != OK)
		return;
	x->depth--;
	code = x->on->end ? x->on->end(x->ctx, local(name), x->err) : OK;
	if (code != OK)
		stop(x, code, true);
}

static void XMLCALL on_text(void *ctx, const XML_Char *p, int n)
{
	struct xml *x = ctx;
	enum err_code code;

	if (x->code != OK)
		return;
	code = x->on->text(x->ctx, (struct str){p, (size_t)n}, x->err);
	if (code != OK)
		stop(x, code, true);
}

static void XMLCALL on_doctype(void *ctx, const XML_Char *name, const XML_Char *sysid, const XML_Char *pubid,
		int has_internal_subset)
{
	struct xml *x = ctx;

	stop(x, fail(x->err, ERR_INPUT, N_("line %lu: a DOCTYPE does not belong here"),
		XML_GetCurrentLineNumber(x->parser)), false);
}

struct xml *xml_open(const struct xml_on *on, void *ctx)
{
	struct xml *x = calloc(1, sizeof *x);

	if (x)
		x->parser = XML_ParserCreate(NULL);
	if (!x || !x->parser)
		BUG("out of memory (XML parser)");
	x->on = on;
	x->ctx = ctx;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	if (on->text)
		XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return x;
}

void xml_free(struct xml **x)
{
	if (!*x)
		return;
	XML_ParserFree((*x)->parser);
	free(*x);
	*x = NULL;
}

static enum err_code broken(struct xml *x, struct err *err)
{
	unsigned long line = XML_GetCurrentLineNumber(x->parser);
	unsigned long column = XML_GetCurrentColumnNumber(x->parser) + 1;
	enum XML_Error why = XML_GetErrorCode(x->parser);

	if (why == XML_ERROR_NO_MEMORY)
		return fail(err, ERR_LIMIT, N_("line %lu, column %lu: the XML needs more memory than "
			"allowed"), line, column);
	return fail(err, ERR_INPUT, N_("line %lu, column %lu: broken XML (%s)"), line, column,
		XML_ErrorString(why));
}

enum err_code xml_feed(struct xml *x, struct str piece, bool last, struct err *err)
{
	enum XML_Status status;
	XML_Index at;

	if (x->code != OK)
		return x->code;
	BUG_IF(piece.n > INT32_MAX);
	x->err = err;
	status = XML_Parse(x->parser, piece.p ? piece.p : "", (int)piece.n, last);
	x->err = NULL;
	if (x->code != OK)
		return x->code;
	if (status != XML_STATUS_OK)
		return x->code = broken(x, err);
	/* An unfinished token is scanned again with every piece: without a limit that time grows as a
	 * square. */
	x->fed += piece.n;
	at = XML_GetCurrentByteIndex(x->parser);
	if (!last && at >= 0 && x->fed - (uint64_t)at > XML_TOKEN_BYTES)
		return x->code = fail(err, ERR_LIMIT, N_("line %lu: a tag or comment of more than %d bytes"),
			XML_GetCurrentLineNumber(x->parser), XML_TOKEN_BYTES);
	return OK;
}

static enum err_code feed(void *ctx, struct str piece, struct err *err)
{
	return xml_feed(ctx, piece, false, err);
}

enum err_code xml_member(struct unzip *z, struct str name, const struct xml_on *on, void *ctx,
		struct err *err)
{
	struct xml *x CLEANUP(xml_free) = xml_open(on, ctx);
	enum err_code code = unzip_member(z, name, feed, x, err);

	if (code != OK && x->code == OK)
		return code;                          /* of the archive: names the member itself */
	if (code == OK)
		code = xml_feed(x, STR_NONE, true, err);
	return code == OK || x->theirs ? code : err_at(err, STR_FMT, STR_ARG(name));
}
