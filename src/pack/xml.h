/* XML 1.0 read as a stream (expat), without what office files never need: a DOCTYPE is refused, so there
 * are no entities but the five, no external anything. Names come without their prefix: "sheet" for
 * "x:sheet". */
#ifndef PACK_XML_H
#define PACK_XML_H

#include "base/err.h"
#include "base/str.h"
#include "pack/unzip.h"

enum {
	XML_DEPTH       = 64,          /* open elements */
	XML_TOKEN_BYTES = 1 << 20      /* one tag with its attributes, one comment */
};

/* attrs: name, value, name, value … NULL; the names still have their prefixes (xml_attr knows). Text comes
 * in as many pieces as it likes, UTF-8 with line ends as "\n"; what a call gets is valid during that call.
 * An error returned ends the parse. text and end may be NULL. */
struct xml_on {
	enum err_code (*start)(void *ctx, const char *name, const char **attrs, struct err *err);
	enum err_code (*end)(void *ctx, const char *name, struct err *err);
	enum err_code (*text)(void *ctx, struct str text, struct err *err);
};

/* The value of the attribute of that local name; NULL when absent. */
const char *xml_attr(const char **attrs, const char *name);

/* The first characters of a name or value, 40 bytes at most: for messages. */
struct str xml_brief(const char *text);

struct xml;

struct xml *xml_open(const struct xml_on *on, void *ctx);   /* on must live as long; never NULL */
void xml_free(struct xml **x);                              /* NULL is fine */

/* The next piece of the document; last with the final one (which may be empty). ERR_INPUT: not well-formed,
 * DOCTYPE, unknown encoding; ERR_LIMIT: depth, token. Texts name line and column. */
enum err_code xml_feed(struct xml *x, struct str piece, bool last, struct err *err);

/* A member of a ZIP archive parsed as XML: unzip_member and xml_feed in one. Texts of
 * both name the member; what the handlers said is left as it is. */
enum err_code xml_member(struct unzip *z, struct str name, const struct xml_on *on, void *ctx,
		struct err *err);

#endif
