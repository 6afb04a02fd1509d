/* YAML read strictly (libyaml's events into nodes with line and column): no anchors, aliases, tags,
 * directives, merge keys, duplicate keys, empty or second documents; at most YAML_DEPTH nested lists and
 * maps, YAML_BYTES bytes. A key is one line of text, not empty. Every scalar is text, a missing value empty
 * text. ERR_INPUT "line 3, column 7: …"; ERR_LIMIT for the size. Text is put into NFC; it holds no control
 * characters but \n and \t. So whatever is read has a canonical JSON form. */
#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "text/node.h"

enum { YAML_BYTES = 1 << 20, YAML_DEPTH = 16 };

/* Reads one document. The nodes live in the arena and don't refer to text. A byte order mark is skipped. */
enum err_code yaml_read(struct arena *a, struct str text, struct node **out, struct err *err);

#endif
