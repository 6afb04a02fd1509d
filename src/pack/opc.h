/* Parts and relationships of an office package (Open Packaging Conventions, ECMA-376 part 2): how XLSX and
 * DOCX files say which member is what. */
#ifndef PACK_OPC_H
#define PACK_OPC_H

#include "base/arena.h"
#include "pack/unzip.h"

enum { OPC_RELS = 10000 };      /* relationships of one part */

struct opc_rel {
	struct str id;
	struct str type;        /* the last step of the type's address, transitional or strict: "worksheet" */
	struct str part;        /* name of the member, without a slash in front; empty when external */
};

struct opc_rels {
	size_t n;
	struct opc_rel *items;
};

/* The relationships of a part ("xl/workbook.xml"), of the package itself for an empty name; none when the
 * package has no such list. ERR_INPUT, ERR_LIMIT, as xml_member. */
enum err_code opc_rels(struct arena *a, struct unzip *z, struct str part, struct opc_rels *out,
		struct err *err);

const struct opc_rel *opc_by_id(const struct opc_rels *rels, struct str id);      /* NULL when absent */
const struct opc_rel *opc_by_type(const struct opc_rels *rels, const char *type); /* the first, or NULL */

/* The member that a target means, seen from a part: "../media/a.png" from "xl/drawings/d.xml" is
 * "xl/media/a.png". Never leaves the package: ".." above its root stays there. */
struct str opc_resolve(struct arena *a, struct str from, struct str target);

#endif
