/* Text into lines and titles: the first eight bytes say how wide and how far in, the rest is the text. */
#include "../unit/line_laws.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct line_atoms t;
	struct line *l;
	struct line_opt opt = {.cell = TYPE_W / GRID_COLS};
	int32_t cols;
	size_t n;

	if (size < 8)
		return 0;
	cols = data[0] % 64 + 1;
	opt.width = (int32_t)((int64_t)TYPE_W * cols / GRID_COLS) + (data[1] & 1 ? data[2] * 10000 : 0);
	opt.first = MIN(data[3] % 64, 2 * cols - 2) * opt.cell / 2;
	opt.rest = MIN(data[4] % 64, 2 * cols - 2) * opt.cell / 2;
	opt.ragged = data[5] & 1;
	if (data[5] & 2)
		opt.cell = 0;
	t = line_atoms(&a, (struct str){(const char *)data + 8, size - 8}, SIZE_3 + (data[5] & 4 ? data[6] * 20000 : 0));
	n = lines_break(&a, t.p, t.n, &opt, &l);
	if (!lines_lawful(t.p, t.n, &opt, l, n))
		abort();
	n = lines_title(&a, t.p, t.n, opt.width, &l);
	opt.cell = 0;
	if (!lines_lawful(t.p, t.n, &opt, l, n))
		abort();
	arena_free(&a);
	return 0;
}
