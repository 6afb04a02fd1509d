/* Between the files ofd*.c. */
#ifndef DOC_OFD_IN_H
#define DOC_OFD_IN_H

#include "base/buf.h"
#include "doc/embed.h"

#define OFD_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define OFD_NS "xmlns:ofd=\"http://www.ofdspec.org/2016\""

struct ofd_image {
	struct str bytes;
	unsigned id;
};

struct ofd_page {
	unsigned id;
	unsigned *objects; /* [items] ids */
};

struct ofd {
	const struct lay *lay;
	struct arena *arena; /* of the result */
	unsigned last_id;
	struct embed fonts;
	unsigned *font_ids; /* [fonts.n] */
	struct ofd_image *images;
	size_t nimages, images_cap;
	struct ofd_page *pages; /* [lay->npages] */
	struct map *ids; /* id -> struct lay_mark */
};

/* A length in mm, as short as it can be: "5.5714". */
void ofd_mm(struct buf *b, int64_t nm);
/* `<ofd:Dest …/>`: a place on a page. */
void ofd_dest(const struct ofd *o, struct buf *b, const struct lay_mark *m);
/* The content of a page; takes ids for its objects. */
void ofd_page(struct ofd *o, size_t page, struct buf *b);
/* The tree of what stands where, in our own namespace. */
void ofd_tags(const struct ofd *o, struct buf *b);

#define OFD_TAGS_NS "urn:zeren:document:1"

#endif
