#include "cli/table.h"

#include "base/buf.h"
#include "cli/out.h"
#include "cli/width.h"

enum { NARROW = 6, GAP = 2, LINE_BYTES = 4 << 20 };

struct table {
	struct arena *arena;
	int cols;
	const char *const *heads;
	const char *aligns;
	struct str **rows;
	size_t n, cap;
};

struct table *table_new(struct arena *a, int cols, const char *const *heads, const char *aligns)
{
	struct table *t = ARENA_NEW(a, struct table);

	BUG_IF(cols < 1 || strlen(aligns) != (size_t)cols);
	t->arena = a;
	t->cols = cols;
	t->heads = heads;
	t->aligns = aligns;
	return t;
}

void table_row(struct table *t, const struct str *cells)
{
	struct str *row = ARENA_ARRAY(t->arena, struct str, (size_t)t->cols);

	for (int i = 0; i < t->cols; i++)
		row[i] = text_line(t->arena, cells[i]);
	*ARENA_PUSH(t->arena, t->rows, t->n, t->cap) = row;
}

/* The widest column gives way first, until all fit or none can. */
static void narrow(int *w, int cols, int width)
{
	int all = GAP * (cols - 1);

	for (int i = 0; i < cols; i++)
		all += w[i];
	while (all > width) {
		int widest = 0;

		for (int i = 1; i < cols; i++)
			if (w[i] > w[widest])
				widest = i;
		if (w[widest] <= NARROW)
			return;
		w[widest]--;
		all--;
	}
}

static void line(const struct table *t, const struct str *cells, const int *w, struct buf *b)
{
	for (int i = 0; i < t->cols; i++) {
		bool right = t->aligns[i] == 'r';
		bool last = i == t->cols - 1;

		/* no blanks at the end of a line */
		width_pad(b, cells[i], last && !right ? MIN(w[i], width_text(cells[i])) : w[i], right);
		if (!last)
			buf_printf(b, "%*s", GAP, "");
	}
}

static void header(const struct table *t, const struct str *heads, const int *w, bool colour, struct buf *b)
{
	if (colour)
		buf_put(b, S("\033[4m"));
	line(t, heads, w, b);
	if (colour) {
		buf_put(b, S("\033[0m\n"));
		return;
	}
	buf_putc(b, '\n');
	for (int i = 0; i < t->cols; i++) {
		for (int k = 0; k < w[i]; k++)
			buf_putc(b, '-');
		buf_put(b, i < t->cols - 1 ? S("  ") : S("\n"));
	}
}

void table_write(const struct table *t, enum lang lang, int width, bool colour,
	void (*put)(void *ctx, struct str s), void *ctx)
{
	struct buf CLEANUP(buf_free) b = BUF_MAX(LINE_BYTES);
	struct str *heads = ARENA_ARRAY(t->arena, struct str, (size_t)t->cols);
	int *w = ARENA_ARRAY(t->arena, int, (size_t)t->cols);

	for (int i = 0; i < t->cols; i++) {
		heads[i] = text_line(t->arena, str_c(tr(lang, t->heads[i])));
		w[i] = width_text(heads[i]);
		for (size_t k = 0; k < t->n; k++)
			w[i] = MAX(w[i], width_text(t->rows[k][i]));
	}
	if (width > 0)
		narrow(w, t->cols, width);
	header(t, heads, w, colour, &b);
	put(ctx, buf_str(&b));
	for (size_t k = 0; k < t->n; k++) {
		buf_reset(&b);
		line(t, t->rows[k], w, &b);
		buf_putc(&b, '\n');
		put(ctx, buf_str(&b));
	}
}

static void put_out(void *ctx, struct str s)
{
	out_put(s);
}

void table_print(const struct table *t, const struct cli *c)
{
	if (c->json)
		return;
	progress_end(c);
	table_write(t, c->lang, c->width, c->colour, put_out, NULL);
}
