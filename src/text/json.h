/* JSON (RFC 8259): reading by jansson into nodes, our own writer.
 *
 * Canonical form, for events and stored fields: a subset of RFC 8785 — keys sorted by bytes and matching
 * nothing but what the caller gives, no blanks, integers with |n| <= 2^53-1, no other numbers, text in NFC,
 * no control characters but \n and \t (written as escapes), no U+007F, at most JSON_DEPTH levels. `jq -cS`
 * and Python's json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=False) give the same bytes. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/buf.h"
#include "text/node.h"

enum {
	JSON_DEPTH = 16,             /* nested lists and maps, read and written */
	JSON_BYTES = 16 << 20,       /* largest text read */
	JSON_VALUES = 1 << 20        /* values and keys in one text (memory: some 100 bytes each) */
};

/* Reads one value; a byte order mark before it is skipped. ERR_INPUT with line and column: no JSON, duplicate
 * key (also two that NFC makes alike), a number that is no integer or beyond 64 bits, text that is no UTF-8
 * or holds NUL, depth. ERR_LIMIT. Text is put into NFC. Nodes have line and column. */
struct json_opt {
	bool decimals;   /* other numbers become NODE_TEXT (decimal), their digits as they stand: "12.50" */
};
enum err_code json_read(struct arena *a, struct str text, struct json_opt opt, struct node **out,
	struct err *err);

/* Appends node in canonical form: maps sorted by key whatever their order. ERR_INPUT where a value has no
 * canonical form (integer out of range, control character, text not in NFC, depth): the keys that lead there
 * stand before the text of the error. ERR_LIMIT where buf is full. On error buf is as it was, but for its
 * `over`. */
enum err_code json_canon(struct buf *b, const struct node *node, struct err *err);

/* True when the text is exactly what json_canon would write for it. Needs no memory; several times as fast as
 * reading it. */
bool json_is_canon(struct str text);

/* Appends node for people, two spaces a level, keys in their order, no line break at the end. A NODE_TEXT marked
 * decimal is a number: json_canon, whose form knows none but integers, quotes it. */
void json_pretty(struct buf *b, const struct node *node);

/* Appends a quoted and escaped string: escapes for ", \ and control characters below U+0020, all else as it
 * is. */
void json_quote(struct buf *b, struct str s);

#endif
