/* Files of assets/, compiled in by tools/assets. */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include <stddef.h>

struct asset {
	const char *path, *type, *tag;
	size_t n;
	const unsigned char *bytes;
};
extern const struct asset web_assets[];    /* ended by one without path */
extern const struct asset web_manuals[];   /* docs that the pages of help are made of; not served as they are */

#endif
