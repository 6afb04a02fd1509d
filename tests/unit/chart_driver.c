/* Charts to look at: chart_driver DIR writes one SVG a chart, on paper and as on pages. */
#include "chart_kit.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	static const struct {
		size_t rows, cols;
	} sizes[MADE_KINDS] = {{16, 21}, {6, 12}, {5, 5}, {12, 2}, {12, 3}, {10, 2}, {9, 4}, {8, 5}, {12, 4}, {4, 12}};
	CLEANUP(arena_free) struct arena a = ARENA_INIT;

	if (argc < 2)
		return 1;
	for (size_t i = 0; i < MADE_KINDS * 2; i++) {
		struct chart_made m = {&a, 7, sizes[i / 2].rows, sizes[i / 2].cols, false, i % 2};
		struct charts c = made_chart(&m, i / 2, i % 2 ? &chart_page : &chart_paper);

		for (size_t k = 0; k < c.n; k++) {
			CLEANUP(buf_free) struct buf b = BUF_MAX(16 << 20);
			char name[256];
			FILE *f;

			drawing_svg(c.p[k], true, &b);
			snprintf(name, sizeof name, "%s/%s-%s-%zu.svg", argv[1], made_names[i / 2],
				i % 2 ? "page" : "paper", k);
			if (!(f = fopen(name, "w")))
				return 1;
			fwrite(b.p, 1, b.n, f);
			fclose(f);
		}
	}
	return 0;
}
