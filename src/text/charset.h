/* Text files of unknown encoding: UTF-8 with or without byte order mark, else GB18030. */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/arena.h"
#include "base/err.h"

/* The text as UTF-8 in NFC without byte order mark. It may be a part of bytes itself. *encoding is a static
 * name, "UTF-8" or "GB18030". ERR_INPUT "line 12: neither UTF-8 nor GB18030" names the first line that is
 * neither, or the line where one encoding turns into the other. A file that begins as Chinese in UTF-8 and
 * breaks later is damaged UTF-8, never read as GB18030. UTF-16 and UTF-32 (their byte order marks) and NUL
 * bytes are refused with advice. */
enum err_code charset_decode(struct arena *a, struct str bytes, struct str *out, const char **encoding,
	struct err *err);

#endif
