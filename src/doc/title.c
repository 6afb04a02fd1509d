#include "doc/line_class.h"

size_t lines_title(struct arena *a, const struct atom *atoms, size_t n, int32_t width, struct line **out)
{
	struct line_opt opt = {.width = width, .ragged = true};
	size_t nlines = lines_break(a, atoms, n, &opt, out);

	for (size_t i = 0; i < nlines; i++) {
		struct line *l = &(*out)[i];
		int32_t lead = MAX(width - l->used, 0) / 2;

		for (size_t k = l->from; k < l->to; k++)
			l->x[k - l->from] += lead;
		l->used += lead;
	}
	return nlines;
}
