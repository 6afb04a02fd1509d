/* What the page of a workbook shows that takes a while. */
#ifndef WEB_TAKE_VIEW_H
#define WEB_TAKE_VIEW_H

#include "web/call.h"
#include "web/takes.h"

struct take_view {
	struct frame *frame;
	enum take_state state;
	struct str title, error, size;    /* size: 12.3 MB */
	int64_t rows, all, minutes;
	struct { struct str *p; size_t n; } notes;
	struct url here, file;
};

#endif
