/* Languages and messages. The English text in the code is the key; text/zh.po holds the Chinese,
 * compiled into a sorted table at build time (tools/textc). */
#ifndef BASE_TR_H
#define BASE_TR_H

#include <stddef.h>

enum lang { LANG_ZH, LANG_EN };   /* zero is the default: Chinese */

struct tr_entry {
	const char *en, *zh;
};

extern const struct tr_entry tr_zh[];   /* sorted by en (strcmp) */
extern const size_t tr_zh_n;

/* Marks a text for translation without translating it here (tables). */
#define N_(text) text

/* The text in that language; the key itself where the language is English or the text unknown.
 * Never fails; the result lives as long as the program. */
const char *tr(enum lang lang, const char *text) __attribute__((format_arg(2)));

#endif
