#include "pack/xml_write.h"

#include "base/utf8.h"

void xml_put(struct buf *b, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);

		switch (c) {
		case '&':
			buf_put(b, S("&amp;"));
			break;
		case '<':
			buf_put(b, S("&lt;"));
			break;
		case '>':
			buf_put(b, S("&gt;"));
			break;
		case '"':
			buf_put(b, S("&quot;"));
			break;
		default:
			if ((c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\n' || c == '\t')
				buf_put(b, str_sub(text, from, at));
		}
	}
}
